// SPDX-License-Identifier: GPL-3.0-or-later
#include <math.h>

#include "tests/unit/job_make.h"

#include "query/engine/evidence_shares.h"

static struct soc_index *sample;
static struct soc_index *small;
static struct error err;

static const char *make_small(void)
{
	const struct record records[] = {
		make_occupation("13-0001.00", "Wind Fliers", "Fly a kite high."),
		make_occupation("13-0001.01", "Night Fliers", "Fly in the dark."),
		make_occupation("13-0002.00", "Lamp Lighters", "Light lamps."),
		make_title("13-0001.00", TITLE_ALTERNATE, "Senior Kite Pilot (SKP)"),
		make_title("13-0001.00", TITLE_ALTERNATE, "Pilot of Balloons"),
		make_title("13-0001.01", TITLE_ALTERNATE, "Kite Pilot"),
		make_task("13-0001.00", "1", "Mend the kite after a flight."),
		make_task("13-0001.01", "2", "Hang a lantern on the kite."),
		make_filing("13-0001.00", "Kite Pilot", PROGRAMME_LCA, 2024),
		make_filing("13-0001.00", "Kite Pilot", PROGRAMME_LCA, 2024),
		make_filing("13-0001.00", "Kite Pilot", PROGRAMME_LCA, 2024),
		make_technology("13-0001.00", "Kite Designer", "Drawing software"),
	};
	return make_index("small.soc", records, COUNT(records));
}

static int set_up(void **state)
{
	if (make_set_up(state) != 0)
		return -1;
	return soc_index_open(make_sample_index("sample.soc"), &sample, &err) &&
			       soc_index_open(make_small(), &small, &err)
		       ? 0
		       : -1;
}

static int tear_down(void **state)
{
	soc_index_close(sample);
	soc_index_close(small);
	return make_tear_down(state);
}

/* ---- one case ---- */

struct made {
	struct session session;
	struct target_ranking ranked;
	struct evidence_shares support;
};

static void make_case(struct made *m, struct soc_index *index, const struct job *job, enum code_level level,
		      size_t place)
{
	*m = (struct made){ .session = { .index = index, .expand = EXPAND_ALL, .err = &err } };
	assert_true(target_rank(&m->session, job, level, &m->ranked));
	assert_true(evidence_shares_find(&m->session, &m->ranked, place % m->ranked.ranking.count, &m->support));
}

static void drop_case(struct made *m)
{
	target_ranking_free(&m->ranked);
	session_free(&m->session);
}

/* The points of the piece with this text and kind; NAN where it has none. */
static double points_of(const struct evidence_shares *s, enum evidence_kind kind, const char *text)
{
	for (size_t i = 0; i < s->first[EVIDENCE_SHARE_GROUP_COUNT]; i++)
		if (s->pieces[i].evidence->kind == kind && slice_equal(s->pieces[i].evidence->text, slice_of(text)))
			return s->pieces[i].points;
	return NAN;
}

/* ---- what each piece gets ---- */

static void pieces_share_by_what_they_weigh(void **state)
{
	const struct job job = { .title = SLICE(""), .text = SLICE("kite") };
	struct made m;
	(void)state;
	make_case(&m, small, &job, LEVEL_ONET, 0);
	assert_string_equal(m.support.code.text, "13-0001.00");
	double task = points_of(&m.support, EVIDENCE_UNRATED_TASK, "Mend the kite after a flight.");
	if (isnan(task))
		task = points_of(&m.support, EVIDENCE_CORE_TASK, "Mend the kite after a flight.");
	double description = points_of(&m.support, EVIDENCE_DESCRIPTION, "Fly a kite high.");
	assert_true(task > 0.0 && fabs(description - 2.0 * task) < 1e-9);
	/* The words of filed titles do not count in the text as a whole, but among titles. */
	assert_true(points_of(&m.support, EVIDENCE_FILED_TITLE, "Kite Pilot") > 0.0);
	assert_true(points_of(&m.support, EVIDENCE_TECHNOLOGY, "Kite Designer") > 0.0);
	assert_true(isnan(points_of(&m.support, EVIDENCE_ALTERNATE_TITLE, "Pilot of Balloons")));
	assert_int_equal(m.support.unexplained_count, 0);
	drop_case(&m);
}

static void titles_get_their_own_votes(void **state)
{
	const struct job job = { .title = SLICE("kite pilot"), .text = SLICE("") };
	struct made m;
	(void)state;
	make_case(&m, small, &job, LEVEL_SOC, 0);
	assert_string_equal(m.support.code.text, "13-0001");
	double filed = points_of(&m.support, EVIDENCE_FILED_TITLE, "Kite Pilot");
	double lay = points_of(&m.support, EVIDENCE_ALTERNATE_TITLE, "Kite Pilot");
	double senior = points_of(&m.support, EVIDENCE_ALTERNATE_TITLE, "Senior Kite Pilot (SKP)");
	/* The filed title and the lay one are the same title entry and have the same words: they differ by their weights alone. */
	assert_true(lay > 0.0 && fabs(filed / lay - 2.0 * log(4.0)) < 1e-6);
	assert_true(senior > 0.0 && senior < lay);
	drop_case(&m);
}

static void what_nothing_explains_is_told(void **state)
{
	const struct job job = {
		.title = SLICE("pilot"),
		.text = SLICE("Mend the kite. Audit quarterly ledgers thoroughly. We offer dental insurance.")
	};
	struct made m;
	(void)state;
	make_case(&m, small, &job, LEVEL_SOC, 0);
	assert_int_equal(m.support.sentence_count, 1);
	assert_true(slice_equal(m.support.sentences[0], SLICE("Audit quarterly ledgers thoroughly.")));
	assert_true(m.support.unexplained_count >= 4);
	assert_true(slice_equal(m.support.unexplained[0], SLICE("Audit")));
	assert_true(slice_equal(m.support.unexplained[3], SLICE("thoroughly")));
	for (size_t i = 0; i < m.support.unexplained_count; i++)
		assert_false(slice_equal(m.support.unexplained[i], SLICE("dental")));
	drop_case(&m);
}

/* ---- what holds for every job ---- */

static bool reads_evidence(enum feature feature)
{
	static const enum feature own[] = { FEATURE_TITLE_NGRAMS,
					    FEATURE_TITLE_PRIOR,
					    FEATURE_TITLE_EMPLOYMENT,
					    FEATURE_TITLE_LEVEL,
					    FEATURE_TITLE_CLASSIFIER,
					    FEATURE_TEXT_CLASSIFIER,
					    FEATURE_TITLE_LATENT_SIMILARITY,
					    FEATURE_TEXT_LATENT_SIMILARITY };
	for (size_t i = 0; i < COUNT(own); i++)
		if (own[i] == feature)
			return false;
	return true;
}

static void check_piece(const struct evidence_shares *s, const struct evidence_share_piece *p, size_t row)
{
	ROW_CHECK(p->points >= 0.0 && (p->points > 0.0) == (p->group != EVIDENCE_SHARE_ACTIVITIES), row);
	for (size_t i = 0; i < p->span_count; i++) {
		size_t end = (size_t)p->spans[i].start + p->spans[i].length;
		ROW_CHECK(end <= p->evidence->text.length &&
				  (i == 0 || p->spans[i].start >= p->spans[i - 1].start + p->spans[i - 1].length),
			  row);
	}
	ROW_CHECK(p > s->pieces ? p->group >= p[-1].group && (p->group != p[-1].group || p->points <= p[-1].points)
				: true,
		  row);
}

static void check_case(const struct evidence_shares *s, size_t row)
{
	double all = 0.0;
	ROW_CHECK(s->first[0] == 0, row);
	for (size_t g = 0; g < EVIDENCE_SHARE_GROUP_COUNT; g++) {
		double group = 0.0;
		for (size_t i = s->first[g]; i < s->first[g + 1]; i++) {
			check_piece(s, &s->pieces[i], row);
			ROW_CHECK(s->pieces[i].group == g, row);
			group += s->pieces[i].points;
		}
		ROW_CHECK(fabs(group - s->points[g]) < 1e-9, row);
		all += group;
	}
	for (size_t i = 0; i < s->rest_count; i++) {
		const struct evidence_share_rest *r = &s->rests[i];
		/* Whatever words and titles gave, evidence has: of such features the length alone belongs to no piece. */
		ROW_CHECK(!reads_evidence(r->feature) || r->word_count == 0, row);
		ROW_CHECK(!reads_evidence(r->feature) || (r->feature == FEATURE_TEXT_WORDS && r->points < 1e-4) ||
				  fabs(r->points) < 1e-4,
			  row);
		all += r->points;
	}
	ROW_CHECK(fabs(all - s->candidate->score) < 1e-4, row);
}

/* No evidence of the code has a word that nothing explains. */
static void check_unexplained(struct made *m, enum code_level level, size_t row)
{
	size_t from = m->support.candidate->occupation, to = from + 1;
	if (level == LEVEL_SOC)
		assert_true(soc_index_range(sample, &m->support.code, &from, &to));
	for (size_t o = from; o < to; o++) {
		struct occupation record;
		assert_true(soc_index_occupation(sample, o, &m->session.arena, &record, &err));
		for (size_t i = 0; i < m->support.unexplained_count; i++)
			for (size_t k = 0; k < record.evidence_count; k++)
				ROW_CHECK(!slice_equal_nocase(record.evidence[k].text, m->support.unexplained[i]), row);
	}
}

static void shares_add_up_for_every_job(void **state)
{
	struct buffer title = { 0 }, text = { 0 };
	struct arena arena = { 0 };
	size_t pieces = 0, unexplained = 0, sentences = 0;
	(void)state;
	for (size_t row = 1; row <= 200; row++) {
		struct made m;
		arena_reset(&arena);
		draw_from(row);
		struct job job = draw_job(sample, &title, &text, &arena);
		enum code_level level = draw(2) ? LEVEL_SOC : LEVEL_ONET;
		make_case(&m, sample, &job, level, draw(3) ? draw(5) : draw((uint32_t)sample->count));
		check_case(&m.support, row);
		check_unexplained(&m, level, row);
		pieces += m.support.first[EVIDENCE_SHARE_GROUP_COUNT];
		unexplained += m.support.unexplained_count;
		sentences += m.support.sentence_count;
		drop_case(&m);
	}
	assert_true(pieces > 1000 && unexplained > 100 && sentences > 20);
	arena_free(&arena);
	buffer_free(&title);
	buffer_free(&text);
}

/* Each piece is in one line, with those of its group that say the same. */
static void equal_pieces_make_one_line(void **state)
{
	const struct job job = { .title = SLICE("ICU nurse"), .text = SLICE("Give medicines to patients.") };
	struct made m;
	bool any = false;
	(void)state;
	make_case(&m, sample, &job, LEVEL_SOC, 0);
	const struct evidence_shares *s = &m.support;
	for (size_t g = 0; g < EVIDENCE_SHARE_GROUP_COUNT; g++) {
		size_t pieces = 0;
		double points = 0.0;
		for (size_t i = s->first_line[g]; i < s->first_line[g + 1]; i++) {
			const struct evidence_share_piece *line = s->lines[i];
			double together = 0.0;
			for (const struct evidence_share_piece *p = line; p; p = p->same) {
				ROW_CHECK(p->group == g && slice_equal(p->evidence->text, line->evidence->text), i);
				together += p->points;
				pieces++;
			}
			for (size_t k = s->first_line[g]; k < i; k++)
				ROW_CHECK(!slice_equal(s->lines[k]->evidence->text, line->evidence->text), i);
			ROW_CHECK(fabs(together - line->together) < 1e-9, i);
			ROW_CHECK(i == s->first_line[g] || s->lines[i - 1]->together >= line->together, i);
			points += together;
			any |= line->same != NULL;
		}
		ROW_CHECK(pieces == s->first[g + 1] - s->first[g], g);
		ROW_CHECK(fabs(points - s->points[g]) < 1e-9, g);
	}
	assert_true(any);
	drop_case(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pieces_share_by_what_they_weigh), cmocka_unit_test(titles_get_their_own_votes),
		cmocka_unit_test(what_nothing_explains_is_told),   cmocka_unit_test(shares_add_up_for_every_job),
		cmocka_unit_test(equal_pieces_make_one_line),
	};
	return cmocka_run_group_tests_name("query/justify/support", tests, set_up, tear_down);
}
