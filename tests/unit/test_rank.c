// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/index_make.h"

#include <math.h>

#include "lib/base/fault.h"
#include "lib/rank/rank.h"

/* ---- a small index of the test's own, and the sample ---- */

enum { SMALL_OCCUPATIONS = 9 };

static struct soc_index *small, *sample;
static struct ranker *small_ranker, *sample_ranker;

static const char *make_small(void)
{
	const struct record records[] = {
		make_occupation("13-0001.00", "Kite Makers", "Build kites of paper and wood."),
		make_occupation("13-0001.01", "Paper Kite Makers", "Fold kites of paper."),
		make_occupation("13-0001.02", "Box Kite Makers", "Glue box kites."),
		make_occupation("13-0002.00", "Kite Fliers", "Fly kites in the wind."),
		make_occupation("13-1001.00", "Lantern Lighters", "Light lanterns at dusk."),
		make_occupation("15-0001.00", "Robot Tamers", "Teach robots manners."),
		make_occupation("15-1201.00", "Twin Workers", ""),
		make_occupation("15-1202.00", "Twin Workers", ""),
		make_occupation("53-0001.00", "All Other Workers", ""),
		make_title("13-0001.01", TITLE_ALTERNATE, "Origami Kite Folder"),
		make_title("13-0002.00", TITLE_REPORTED, "Wind Artist"),
		make_title("15-0001.00", TITLE_ALTERNATE, "Chief Robot Officer (CRO)"),
		make_title("15-0001.00", TITLE_ALTERNATE,
			   "Aerial Botanical Ceramic Digital Electric Floral Granite Harbor Island Jungle Knitting "
			   "Lemon Marble Nectar Oyster Tamer"),
		make_task("13-0002.00", "1", "Watch the wind before a flight."),
		make_task("15-0001.00", "2", "Feed the robots with oil."),
		make_technology("15-0001.00", "Python", "Languages"),
		make_technology("15-0001.00", "Gear Mesh Studio", "Design software"),
		make_technology("15-0001.00", "Oil of Olives", "Design software"),
		make_filing("13-0002.00", "Senior Kite Flier", PROGRAMME_LCA, 2024),
		make_filing("13-0002.00", "Kite Flier II", PROGRAMME_LCA, 2024),
	};
	return make_index("small.soc", records, COUNT(records));
}

static int set_up(void **state)
{
	struct error err = { 0 };
	if (make_set_up(state) != 0)
		return -1;
	bool ok = soc_index_open(make_small(), &small, &err) && ranker_new(small, &small_ranker, &err) &&
		  soc_index_open(make_sample_index("sample.soc"), &sample, &err) &&
		  ranker_new(sample, &sample_ranker, &err);
	return ok ? 0 : -1;
}

static int tear_down(void **state)
{
	ranker_free(small_ranker);
	ranker_free(sample_ranker);
	soc_index_close(small);
	soc_index_close(sample);
	return make_tear_down(state);
}

static struct ranking rank(struct ranker *r, struct slice title, struct slice text, enum code_level level,
			   size_t offset, size_t limit)
{
	struct job job = { title, text };
	struct rank_options options = { .level = level, .offset = offset, .limit = limit };
	struct ranking out;
	struct error err = { 0 };
	if (!rank_job(r, &job, &options, &out, &err))
		fail_msg("not ranked: %s", err.text);
	return out;
}

/* Jobs of all sorts, for what must hold of every ranking. */
static const struct {
	struct slice title, text;
} jobs[] = {
	{ { "Kite Maker", 10 }, { NULL, 0 } },
	{ { "Registered Nurse", 16 }, { NULL, 0 } },
	{ { "Senior Software Engineer II (Remote)", 36 },
	  { "Write and test programs, fix bugs, review code in Python.", 57 } },
	{ { NULL, 0 }, { "drive a truck, load freight and keep a log of hours", 51 } },
	{ { "wind", 4 }, { "wind wind wind wind robots", 26 } },
	{ { "C++ / C# R&D", 12 }, { "the of and", 10 } },
	{ { "qqqq xyzzy", 10 }, { NULL, 0 } },
	{ { "the of and", 10 }, { "teach children to read", 22 } },
	{ { "a\xFF\xFE\0b nurse\xC3", 11 }, { "\0\0\0 nurse \x80", 12 } },
};

/* ---- what holds of every ranking ---- */

static void check_ranking(const struct ranking *r, const struct soc_index *index, size_t row)
{
	double sum = 0.0;
	for (size_t i = 0; i < r->count; i++) {
		const struct candidate *c = &r->at[i];
		double parts = 0.0;
		for (size_t s = 0; s < FEATURE_COUNT; s++) {
			ROW_CHECK(isfinite(c->parts[s]), row);
			parts += c->parts[s];
		}
		ROW_CHECK(isfinite(c->score) && c->confidence >= 0.0 && c->confidence <= 1.0 + 1e-9, row);
		if (r->level >= LEVEL_SOC)
			ROW_CHECK(fabs(parts - c->score) < 1e-4, row);
		ROW_CHECK(c->occupation < index->count, row);
		ROW_CHECK(slice_equal(c->title, index->entries[c->occupation].title), row);
		struct code own = code_at_level(&index->entries[c->occupation].code, r->level);
		ROW_CHECK(strcmp(own.text, c->code.text) == 0, row);
		ROW_CHECK(i == 0 || r->at[i - 1].score > c->score ||
				  (r->at[i - 1].score == c->score && strcmp(r->at[i - 1].code.text, c->code.text) < 0),
			  row);
		for (size_t k = 0; k < i; k++)
			ROW_CHECK(strcmp(r->at[k].code.text, c->code.text) != 0, row);
		sum += c->confidence;
	}
	ROW_CHECK(sum <= 1.0 + 1e-6, row);
	ROW_CHECK(r->count <= r->found, row);
}

static void rankings_are_sound(void **state)
{
	(void)state;
	struct ranker *const rankers[] = { small_ranker, sample_ranker };
	const struct soc_index *const indexes[] = { small, sample };
	for (size_t x = 0; x < COUNT(rankers); x++) {
		for (size_t j = 0; j < COUNT(jobs); j++) {
			for (int level = 0; level < LEVEL_COUNT; level++) {
				struct ranking r =
					rank(rankers[x], jobs[j].title, jobs[j].text, (enum code_level)level, 0, 1000);
				assert_int_equal(r.level, level);
				check_ranking(&r, indexes[x], j);
				ROW_CHECK(r.count == r.found, j);
			}
		}
	}
}

/* The same question gives the same answer to the bit, whatever was asked in between. */
static void rankings_are_repeatable(void **state)
{
	(void)state;
	struct candidate before[200];
	struct ranker *fresh = NULL;
	assert_true(ranker_new(sample, &fresh, NULL));
	for (size_t j = 0; j < COUNT(jobs); j++) {
		struct ranking r = rank(sample_ranker, jobs[j].title, jobs[j].text, LEVEL_SOC, 0, COUNT(before));
		size_t count = r.count;
		memcpy(before, r.at, count * sizeof *before);
		rank(sample_ranker, jobs[(j + 1) % COUNT(jobs)].title, SLICE("teach dogs"), LEVEL_ONET, 0, 3);
		struct ranker *const again[] = { sample_ranker, fresh };
		for (size_t k = 0; k < COUNT(again); k++) {
			r = rank(again[k], jobs[j].title, jobs[j].text, LEVEL_SOC, 0, COUNT(before));
			ROW_CHECK(r.count == count, j);
			for (size_t i = 0; i < count; i++) {
				ROW_CHECK(strcmp(r.at[i].code.text, before[i].code.text) == 0, j);
				ROW_CHECK(r.at[i].occupation == before[i].occupation, j);
				ROW_CHECK(r.at[i].score == before[i].score, j);
				ROW_CHECK(r.at[i].confidence == before[i].confidence, j);
				ROW_CHECK(memcmp(r.at[i].parts, before[i].parts, sizeof before[i].parts) == 0, j);
			}
		}
	}
	ranker_free(fresh);
}

static void limits_cut_the_same_list(void **state)
{
	(void)state;
	static const size_t rows[][2] = {
		/* offset, limit; more than 32 wanted are sorted in another way */
		{ 0, 1 },  { 0, 5 },    { 1, 1 },      { 3, 4 },           { 0, 32 },
		{ 0, 33 }, { 31, 1 },   { 30, 10 },    { 40, 7 },          { 0, 0 },
		{ 7, 0 },  { 500, 10 }, { 0, 100000 }, { 100000, 100000 }, { 1, SIZE_MAX - 1 },
	};
	struct candidate all[200];
	for (int level = 0; level < LEVEL_COUNT; level++) {
		struct slice title = SLICE("Sales Manager"), text = SLICE("sell and manage people in a shop");
		struct ranking r = rank(sample_ranker, title, text, (enum code_level)level, 0, COUNT(all));
		size_t found = r.found;
		assert_int_equal(r.count, found);
		assert_true(found > (level >= LEVEL_SOC ? 50u : 5u) && found <= COUNT(all));
		memcpy(all, r.at, found * sizeof *all);
		for (size_t i = 0; i < COUNT(rows); i++) {
			size_t offset = rows[i][0], limit = rows[i][1];
			size_t left = offset < found ? found - offset : 0, wanted = left < limit ? left : limit;
			r = rank(sample_ranker, title, text, (enum code_level)level, offset, limit);
			ROW_CHECK(r.found == found && r.count == wanted, i);
			for (size_t k = 0; k < wanted; k++) {
				ROW_CHECK(strcmp(r.at[k].code.text, all[offset + k].code.text) == 0, i);
				ROW_CHECK(r.at[k].score == all[offset + k].score, i);
				ROW_CHECK(r.at[k].occupation == all[offset + k].occupation, i);
			}
		}
	}
}

/* ---- what is found ---- */

static void jobs_find_their_codes(void **state)
{
	(void)state;
	static const struct {
		const char *title, *text;
		enum code_level level;
		const char *code;       /* the first; NULL: nothing is found */
		const char *occupation; /* which gave it */
	} rows[] = {
		{ "Kite Flier", "", LEVEL_SOC, "13-0002", "13-0002.00" },
		{ "kite fliers", "", LEVEL_ONET, "13-0002.00", "13-0002.00" },
		{ "Lighter of Lanterns", "", LEVEL_SOC, "13-1001", "13-1001.00" },
		{ "Origami Kite Folder", "", LEVEL_SOC, "13-0001", "13-0001.01" },
		{ "Box Kite Maker", "", LEVEL_SOC, "13-0001", "13-0001.02" },
		{ "Box Kite Maker", "", LEVEL_BROAD, "13-0000", "13-0001.02" },
		{ "Chief Robot Officer", "", LEVEL_SOC, "15-0001", "15-0001.00" },
		{ "CRO", "", LEVEL_SOC, "15-0001", "15-0001.00" },
		{ "", "feeding robots with oil", LEVEL_SOC, "15-0001", "15-0001.00" },
		{ "", "Python", LEVEL_MINOR, "15-0000", "15-0001.00" },
		{ "Lamterm Lihgter Lanternz", "", LEVEL_SOC, "13-1001", "13-1001.00" }, /* by pieces of words */
		{ "", "", LEVEL_SOC, NULL, NULL },
		{ "", "", LEVEL_MAJOR, NULL, NULL },
		{ "qqqqqq", "", LEVEL_SOC, NULL, NULL },
		{ "qqqqqq", "zzzzzz qqqq", LEVEL_ONET, NULL, NULL },
		{ "of the and", "", LEVEL_SOC, NULL, NULL },
		{ "!!!", "...", LEVEL_BROAD, NULL, NULL },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct ranking r =
			rank(small_ranker, slice_of(rows[i].title), slice_of(rows[i].text), rows[i].level, 0, 10);
		ROW_CHECK((r.count > 0) == (rows[i].code != NULL), i);
		ROW_CHECK(r.count == r.found, i);
		if (!rows[i].code)
			continue;
		if (strcmp(r.at[0].code.text, rows[i].code) != 0)
			fail_msg("row %zu: %s, not %s", i, r.at[0].code.text, rows[i].code);
		ROW_CHECK(strcmp(small->entries[r.at[0].occupation].code.text, rows[i].occupation) == 0, i);
	}
}

static void equal_scores_are_in_the_order_of_codes(void **state)
{
	(void)state;
	struct ranking r = rank(small_ranker, SLICE("Twin Worker"), SLICE(""), LEVEL_SOC, 0, 10);
	assert_true(r.count >= 2);
	assert_string_equal(r.at[0].code.text, "15-1201");
	assert_string_equal(r.at[1].code.text, "15-1202");
	assert_true(r.at[0].score == r.at[1].score && r.at[0].confidence == r.at[1].confidence);
	r = rank(small_ranker, SLICE("Twin Worker"), SLICE(""), LEVEL_SOC, 1, 1);
	assert_string_equal(r.at[0].code.text, "15-1202");
}

/* The very words of a title, in whatever order and number, are known as such; also of a long one. */
static void exact_titles_are_known(void **state)
{
	(void)state;
	static const struct {
		const char *title;
		bool exact, contained;
	} rows[] = {
		{ "Kite Fliers", true, true },     { "fliers, kite kite", true, true },
		{ "The Kite Fliers", true, true }, { "Kite Fliers of Paper", false, true },
		{ "Kite", false, false },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct ranking r = rank(small_ranker, slice_of(rows[i].title), SLICE(""), LEVEL_ONET, 0, 20);
		const struct candidate *c = NULL;
		for (size_t k = 0; k < r.count; k++)
			if (strcmp(r.at[k].code.text, "13-0002.00") == 0)
				c = &r.at[k];
		ROW_CHECK(c != NULL, i);
		ROW_CHECK((c->parts[FEATURE_TITLE_EXACT] > 0.0) == rows[i].exact, i);
		ROW_CHECK((c->parts[FEATURE_TITLE_CONTAINED] > 0.0) == rows[i].contained, i);
	}
	struct ranking r = rank(
		small_ranker,
		SLICE("Aerial Botanical Ceramic Digital Electric Floral Granite Harbor Island Jungle Knitting Lemon "
		      "Marble Nectar Oyster Tamer"),
		SLICE(""), LEVEL_SOC, 0, 1);
	assert_string_equal(r.at[0].code.text, "15-0001");
	assert_true(r.at[0].parts[FEATURE_TITLE_EXACT] > 0.0 && r.at[0].parts[FEATURE_TITLE_CONTAINED] > 0.0);
}

static void levels_are_chosen(void **state)
{
	(void)state;
	struct job job = { SLICE("Kite Fliers"), SLICE("") };
	struct rank_options options = { .level = LEVEL_SOC, .automatic = true, .limit = 100 };
	struct ranking r;
	for (size_t j = 0; j < COUNT(jobs); j++) {
		job = (struct job){ jobs[j].title, jobs[j].text };
		assert_true(rank_job(sample_ranker, &job, &options, &r, NULL));
		check_ranking(&r, sample, j);
		ROW_CHECK(r.level <= LEVEL_SOC, j);
		ROW_CHECK(r.count == 0 || r.level == LEVEL_MAJOR || r.at[0].confidence >= 0.5, j);
		/* It is what that level gives when it is asked for. */
		enum code_level level = r.level;
		size_t found = r.found;
		double score = r.count ? r.at[0].score : 0.0;
		r = rank(sample_ranker, jobs[j].title, jobs[j].text, level, 0, 100);
		ROW_CHECK(r.found == found && (r.count == 0 || r.at[0].score == score), j);
	}
}

static void groups_add_up(void **state)
{
	(void)state;
	for (int level = LEVEL_MAJOR; level < LEVEL_SOC; level++) {
		double confidence = 0.0, grouped = 0.0;
		struct ranking r = rank(sample_ranker, SLICE("Nurse Manager"), SLICE(""), LEVEL_SOC, 0, 1000);
		for (size_t i = 0; i < r.count; i++)
			confidence += r.at[i].confidence;
		r = rank(sample_ranker, SLICE("Nurse Manager"), SLICE(""), (enum code_level)level, 0, 1000);
		for (size_t i = 0; i < r.count; i++)
			grouped += r.at[i].confidence;
		assert_true(fabs(confidence - grouped) < 1e-9);
	}
}

/* ---- very much, and rubbish ---- */

static void large_texts_are_ranked(void **state)
{
	(void)state;
	struct buffer text = { 0 }, rubbish = { 0 };
	uint32_t random = 7;
	while (text.length < 1u << 20) {
		random = random * 1664525u + 1013904223u;
		assert_true(buffer_append_text(&text, "care for patients and give medicine; word", NULL));
		assert_true(buffer_printf(&text, NULL, "%u ", random >> 12));
	}
	while (rubbish.length < 1u << 20) {
		random = random * 1664525u + 1013904223u;
		assert_true(buffer_append_byte(&rubbish, (char)(random >> 24), NULL));
	}
	struct ranking r = rank(sample_ranker, SLICE("Nurse"), buffer_slice(&text), LEVEL_SOC, 0, 1000);
	assert_true(r.count > 10);
	check_ranking(&r, sample, 0);
	assert_true(strncmp(r.at[0].code.text, "29-", 3) == 0 || strncmp(r.at[0].code.text, "31-", 3) == 0);
	r = rank(sample_ranker, SLICE(""), buffer_slice(&rubbish), LEVEL_ONET, 0, 1000);
	check_ranking(&r, sample, 1);
	/* As a title, too: nobody should, somebody will. */
	rubbish.length = 1u << 16;
	r = rank(sample_ranker, buffer_slice(&rubbish), SLICE(""), LEVEL_BROAD, 0, 1000);
	check_ranking(&r, sample, 2);
	buffer_free(&text);
	buffer_free(&rubbish);
}

/* ---- the index itself ---- */

static void codes_are_found(void **state)
{
	(void)state;
	/* 13-0000 reads as a broad occupation, a minor group and a major one: the finest has members. */
	static const struct {
		const char *code;
		size_t from, to; /* equal: none */
	} rows[] = {
		{ "13-0001.00", 0, 1 }, { "13-0001.02", 2, 3 }, { "13-0001", 0, 3 }, { "13-0002", 3, 4 },
		{ "13-0000", 0, 4 },    { "13-1000", 4, 5 },    { "15-1200", 6, 8 }, { "15-1201", 6, 7 },
		{ "53-0000", 8, 9 },    { "13-0001.03", 0, 0 }, { "13-0003", 0, 0 }, { "99-0000", 0, 0 },
		{ "15-0001.01", 0, 0 },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct code code = make_code(rows[i].code);
		size_t from, to;
		bool found = soc_index_range(small, &code, &from, &to);
		ROW_CHECK(found == (rows[i].to > rows[i].from), i);
		ROW_CHECK(!found || (from == rows[i].from && to == rows[i].to), i);
		ROW_CHECK(soc_index_find(small, &code) == (found ? (int)rows[i].from : -1), i);
	}
	struct arena arena = { 0 };
	struct occupation o;
	struct error err = { 0 };
	for (size_t i = 0; i < small->count; i++) {
		assert_true(soc_index_occupation(small, i, &arena, &o, &err));
		assert_true(slice_equal(o.code, slice_of(small->entries[i].code.text)));
		assert_true(slice_equal(o.title, small->entries[i].title));
	}
	assert_false(soc_index_occupation(small, small->count, &arena, &o, &err));
	arena_free(&arena);
}

static void what_cannot_be_opened_is_told(void **state)
{
	(void)state;
	struct soc_index *index = (struct soc_index *)(uintptr_t)1;
	struct error err = { 0 };
	assert_false(soc_index_open(make_path("absent.soc"), &index, &err));
	assert_int_equal(err.code, ERROR_IO);
	assert_null(index);
	error_clear(&err);
	assert_false(soc_index_open(make_file("text.soc", SLICE("no index")), &index, &err));
	assert_int_equal(err.code, ERROR_DAMAGED);

	/* A sealed file without a catalogue is no index. */
	const char *path = make_path("empty.soc");
	error_clear(&err);
	assert_true(index_file_seal(path, &(struct index_parts){ 0 }, &err));
	assert_false(soc_index_open(path, &index, &err));
	assert_int_equal(err.code, ERROR_DAMAGED);
	assert_null(index);
	assert_true(err.hint[0]);
}

#ifdef SOC_FAULTS
static void each_allocation_fails_in_turn(void **state)
{
	(void)state;
	const char *path = make_path("small.soc");
	const struct job job = { SLICE("Origami Kite Folder"),
				 SLICE("Fold kites of paper, in the wind, with other workers.") };
	long k = 0;
	bool ok;
	do {
		struct soc_index *index = NULL;
		struct error err = { 0 };
		fault_arm(FAULT_MEMORY, ++k, false);
		ok = soc_index_open(path, &index, &err);
		assert_int_equal(ok, fault_failures(FAULT_MEMORY) == 0);
		assert_int_equal(err.code, ok ? ERROR_NONE : ERROR_MEMORY);
		assert_int_equal(index != NULL, ok);
		soc_index_close(index);
	} while (!ok);
	assert_true(k > 5);

	static const enum code_level levels[] = { LEVEL_BROAD, LEVEL_SOC, LEVEL_ONET };
	for (size_t l = 0; l < COUNT(levels); l++) {
		struct rank_options options = { .level = levels[l], .limit = SMALL_OCCUPATIONS, .automatic = l == 0 };
		struct ranking r;
		fault_arm(FAULT_MEMORY, 0, false);
		assert_true(rank_job(small_ranker, &job, &options, &r, NULL));
		double scores[SMALL_OCCUPATIONS];
		size_t count = r.count;
		for (size_t i = 0; i < count; i++)
			scores[i] = r.at[i].score;
		k = 0;
		do {
			struct soc_index *index = NULL;
			struct ranker *ranker = NULL;
			struct error err = { 0 };
			fault_arm(FAULT_MEMORY, 0, false);
			assert_true(soc_index_open(path, &index, NULL));
			fault_arm(FAULT_MEMORY, ++k, false);
			ok = ranker_new(index, &ranker, &err) && rank_job(ranker, &job, &options, &r, &err);
			assert_int_equal(ok, fault_failures(FAULT_MEMORY) == 0);
			assert_int_equal(err.code, ok ? ERROR_NONE : ERROR_MEMORY);
			/* The same ranker answers the next time. */
			fault_arm(FAULT_MEMORY, 0, false);
			if (ranker) {
				assert_true(rank_job(ranker, &job, &options, &r, NULL));
				assert_int_equal(r.count, count);
				for (size_t i = 0; i < count; i++)
					ROW_CHECK(r.at[i].score == scores[i], i);
			}
			ranker_free(ranker);
			soc_index_close(index);
		} while (!ok);
		assert_true(k > 20);
	}

	k = 0;
	do {
		struct arena arena = { 0 };
		struct occupation o;
		struct error err = { 0 };
		fault_arm(FAULT_MEMORY, ++k, false);
		ok = soc_index_occupation(small, 3, &arena, &o, &err);
		assert_int_equal(ok, fault_failures(FAULT_MEMORY) == 0);
		assert_int_equal(err.code, ok ? ERROR_NONE : ERROR_MEMORY);
		arena_free(&arena);
	} while (!ok);
	fault_arm(FAULT_MEMORY, 0, false);
	assert_true(k > 1);
}
#endif

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rankings_are_sound),
		cmocka_unit_test(rankings_are_repeatable),
		cmocka_unit_test(limits_cut_the_same_list),
		cmocka_unit_test(jobs_find_their_codes),
		cmocka_unit_test(equal_scores_are_in_the_order_of_codes),
		cmocka_unit_test(exact_titles_are_known),
		cmocka_unit_test(levels_are_chosen),
		cmocka_unit_test(groups_add_up),
		cmocka_unit_test(large_texts_are_ranked),
		cmocka_unit_test(codes_are_found),
		cmocka_unit_test(what_cannot_be_opened_is_told),
#ifdef SOC_FAULTS
		cmocka_unit_test(each_allocation_fails_in_turn),
#endif
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
