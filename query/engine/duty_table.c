// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * duty_table.c - the codes to weigh for a duty sheet, and what each duty says for each of them.
 */
#include <stdlib.h>

#include "query/engine/duty_table.h"

/* A code that leads for duties with so much of the time together is weighed. */
#define LEADS_LEAST 0.15

const char *duty_reason_name(enum duty_reason reason)
{
	static const char *const names[DUTY_REASON_COUNT] = { "named", "leads_job", "leads_title", "leads_duties" };
	return names[reason];
}

/* ---- a sheet: which codes lead for its parts ---- */

static struct duty_choice *find_code(struct duty_choices *all, const struct code *code)
{
	for (size_t i = 0; i < all->count; i++)
		if (strcmp(all->at[i].code.text, code->text) == 0)
			return &all->at[i];
	return NULL;
}

static struct duty_choice *add_code(struct duty_choices *all, const struct code *code, enum duty_reason reason)
{
	struct duty_choice *found = find_code(all, code);
	if (found)
		return found;
	all->at[all->count] = (struct duty_choice){ *code, reason, 0.0 };
	return &all->at[all->count++];
}

/* The code that leads for a title or a duty alone; empty where nothing is known. */
static struct code find_leader(struct session *s, struct ranker *ranker, struct slice title, struct slice text)
{
	struct rank_options options = { .level = LEVEL_SOC, .limit = 1, .expand = s->expand, .codes_alone = true };
	struct job job = { title, text };
	struct ranking ranking;
	bool ok = session_ok(s) && rank_job(ranker, &job, &options, &ranking, s->err);
	return ok && ranking.count ? ranking.at[0].code : (struct code){ "" };
}

static int by_share(const void *a, const void *b)
{
	const struct duty *const *x = a, *const *y = b;
	if ((*x)->share != (*y)->share)
		return (*x)->share < (*y)->share ? 1 : -1;
	return *x < *y ? -1 : 1;
}

/* Who leads for single duties, with the time of those; the duties with the most time alone. */
static void find_leaders(struct duty_finder *f, struct ranker *ranker)
{
	const struct duty_sheet *sheet = f->sheet;
	const struct duty **order;
	if (!SESSION_ARRAY(f->session, order, sheet->count))
		return;
	for (size_t i = 0; i < sheet->count; i++)
		order[i] = &sheet->at[i];
	qsort(order, sheet->count, sizeof *order, by_share);
	for (size_t i = 0; i < sheet->count && i < DUTIES_RANKED; i++) {
		struct code code = find_leader(f->session, ranker, SLICE(""), order[i]->text);
		if (code.text[0])
			add_code(&f->leaders, &code, DUTY_LEADS_DUTIES)->time += order[i]->share;
	}
}

static bool read_words(struct duty_finder *f)
{
	const struct duty_sheet *sheet = f->sheet;
	struct slice *texts;
	double *shares;
	if (!SESSION_ARRAY(f->session, texts, sheet->count) || !SESSION_ARRAY(f->session, shares, sheet->count))
		return false;
	for (size_t i = 0; i < sheet->count; i++) {
		texts[i] = sheet->at[i].text;
		shares[i] = sheet->at[i].share;
	}
	return duty_words_read(f->session, texts, shares, sheet->count, &f->words);
}

bool duty_finder_begin(struct session *s, const struct duty_sheet *sheet, struct slice title, struct ranker *ranker,
		       bool choosing, struct duty_finder *f)
{
	*f = (struct duty_finder){ .session = s, .sheet = sheet, .job.title = title };
	if (!soc_index_need_manifest(s->index, s->err) || !soc_index_need_reference(s->index, s->err))
		return false;
	f->job.text = duty_sheet_text(s, sheet);
	if (choosing)
		find_leaders(f, ranker);
	if (title.length)
		f->title_leads = find_leader(s, ranker, title, SLICE(""));
	return read_words(f);
}

void duty_finder_free(struct duty_finder *f)
{
	duty_words_free(&f->words);
}

bool duty_finder_rank(struct duty_finder *f, struct ranker *ranker, enum code_level level)
{
	struct ranking ranking;
	if (!target_rank_job(f->session, ranker, &f->job, level, &ranking))
		return false;
	f->ranking =
		(struct ranking){ .level = level, .at = ranking.at, .count = ranking.count, .found = ranking.found };
	return true;
}

/* Those with the most time first, of equal ones the first that was found. */
static const struct duty_choice *next_leader(struct duty_choices *leaders)
{
	struct duty_choice *best = NULL;
	for (size_t i = 0; i < leaders->count; i++)
		if (leaders->at[i].time >= LEADS_LEAST && (!best || leaders->at[i].time > best->time))
			best = &leaders->at[i];
	return best;
}

/* The codes to weigh; ERROR_INPUT where no code has anything of the job. */
static bool choose_codes(const struct duty_finder *f, struct duty_choices *out)
{
	struct duty_choices leaders = f->leaders;
	*out = (struct duty_choices){ .count = 0 };
	for (size_t i = 0; i < f->ranking.count && out->count < DUTY_LEADING; i++)
		if (f->ranking.at[i].matched)
			add_code(out, &f->ranking.at[i].code, DUTY_LEADS_JOB);
	if (f->title_leads.text[0])
		add_code(out, &f->title_leads, DUTY_LEADS_TITLE);
	for (const struct duty_choice *next; out->count < DUTY_CODES && (next = next_leader(&leaders));) {
		struct code code = next->code;
		find_code(&leaders, &code)->time = 0.0;
		add_code(out, &code, DUTY_LEADS_DUTIES);
	}
	return out->count > 0 ||
	       error_set(f->session->err, ERROR_INPUT, "name the codes to weigh: --codes 15-1252,15-2051",
			 "no word of these duties is known to the index");
}

/* ---- a table: its codes ---- */

/* What the table is made with. */
struct builder {
	struct session *session;
	struct duty_finder *f;
	struct duty_table *t;
	const struct duty_cover **covers; /* by code */
};

/* The candidate of the ranking that is a code, NULL for none, and its place.  Where codes are chosen, only those in
 * which something of the job was found have one. */
static const struct candidate *find_candidate(const struct builder *m, const struct code *code, size_t *place)
{
	const struct ranking *ranking = &m->f->ranking;
	*place = 0;
	for (size_t i = 0; i < ranking->count; i++) {
		const struct candidate *candidate = &ranking->at[i];
		if (!m->t->named && !candidate->matched)
			continue;
		if (strcmp(candidate->code.text, code->text) == 0)
			return candidate;
		++*place;
	}
	return NULL;
}

static void set_codes(struct builder *m, const struct target_codes *codes, const struct duty_choices *choices)
{
	struct duty_table *t = m->t;
	t->level = codes->level;
	if (!SESSION_ARRAY(m->session, t->codes, codes->count))
		return;
	for (size_t i = 0; i < codes->count; i++) {
		struct duty_code *code = &t->codes[t->code_count++];
		*code = (struct duty_code){ .asked = codes->at[i],
					    .reason = choices ? choices->at[i].reason : DUTY_NAMED };
		const struct candidate *candidate = find_candidate(m, &code->asked.code, &code->place);
		if (candidate) {
			code->score = candidate->score;
			code->confidence = candidate->confidence;
		}
	}
}

static void find_codes(struct builder *m)
{
	struct duty_choices choices;
	struct target_codes codes;
	const char *texts[sizeof choices.at / sizeof *choices.at];
	if (!choose_codes(m->f, &choices))
		return;
	for (size_t i = 0; i < choices.count; i++)
		texts[i] = choices.at[i].code.text;
	if (target_codes_read(m->session, texts, choices.count, &codes))
		set_codes(m, &codes, &choices);
}

/* ---- duties and codes ---- */

static void make_rows(struct builder *m)
{
	struct duty_table *t = m->t;
	if (!SESSION_ARRAY(m->session, t->rows, t->sheet->count))
		return;
	t->row_count = t->sheet->count;
	for (size_t i = 0; i < t->row_count; i++) {
		t->rows[i] = (struct duty_row){ .duty = &t->sheet->at[i],
						.words = m->f->words.duties[i].words,
						.best = DUTY_NOBODY };
		SESSION_ARRAY(m->session, t->rows[i].at, t->code_count);
	}
}

static void match_codes(struct builder *m)
{
	struct duty_table *t = m->t;
	make_rows(m);
	if (!SESSION_ARRAY(m->session, m->covers, t->code_count))
		return;
	for (size_t k = 0; k < t->code_count; k++) {
		struct duty_code *code = &t->codes[k];
		m->covers[k] = duty_words_cover(&m->f->words, code->asked.first, code->asked.end);
		if (!m->covers[k])
			return;
		code->occupation = m->covers[k]->occupation;
		for (size_t i = 0; i < t->row_count; i++) {
			t->rows[i].at[k] = m->covers[k]->at[i];
			code->coverage += t->rows[i].duty->share * t->rows[i].at[k].coverage;
		}
	}
}

/* More coverage first; of equal ones who leads the ranking. */
static int by_coverage(const void *a, const void *b)
{
	const struct duty_code *x = a, *y = b;
	if (x->coverage != y->coverage)
		return x->coverage < y->coverage ? 1 : -1;
	return x->place < y->place ? -1 : x->place > y->place;
}

/* Put the codes that were found in the order of their coverage, and the matches of each row with them. */
static void sort_codes(struct builder *m)
{
	struct duty_table *t = m->t;
	size_t *old;
	struct duty_code *codes;
	struct duty_coverage *matches;
	if (!SESSION_ARRAY(m->session, old, t->code_count) || !SESSION_ARRAY(m->session, codes, t->code_count) ||
	    !SESSION_ARRAY(m->session, matches, t->code_count))
		return;
	memcpy(codes, t->codes, t->code_count * sizeof *codes);
	qsort(codes, t->code_count, sizeof *codes, by_coverage);
	for (size_t k = 0; k < t->code_count; k++)
		while (strcmp(t->codes[old[k]].asked.code.text, codes[k].asked.code.text) != 0)
			old[k]++;
	for (size_t i = 0; i < t->row_count; i++) {
		memcpy(matches, t->rows[i].at, t->code_count * sizeof *matches);
		for (size_t k = 0; k < t->code_count; k++)
			t->rows[i].at[k] = matches[old[k]];
	}
	memcpy(t->codes, codes, t->code_count * sizeof *codes);
}

/* Whether of two codes that cover a duty about equally, the duty falls to `a`. */
static bool goes_before(const struct duty_code *a, const struct duty_code *b)
{
	return a->place != b->place ? a->place < b->place : a->coverage > b->coverage;
}

/* Each duty falls to the code that covers it most, or nearly so and is more likely that of the job. */
static void deal_out(struct duty_table *t)
{
	for (size_t i = 0; i < t->row_count; i++) {
		struct duty_row *row = &t->rows[i];
		for (size_t k = 0; k < t->code_count; k++)
			if (row->at[k].coverage > row->coverage)
				row->coverage = row->at[k].coverage;
		if (row->coverage < DUTY_COVERED) {
			t->uncovered += row->duty->share;
			continue;
		}
		for (size_t k = 0; k < t->code_count; k++)
			if (row->at[k].coverage >= DUTY_COVERED && row->at[k].coverage >= DUTY_NEAR * row->coverage &&
			    (row->best == DUTY_NOBODY || goes_before(&t->codes[k], &t->codes[row->best])))
				row->best = k;
		t->codes[row->best].time += row->duty->share;
		t->codes[row->best].duties++;
	}
}

/* The codes with much of the time, most first, of equal ones the one with more coverage; where none has, the first. */
static void find_leading(struct builder *m)
{
	struct duty_table *t = m->t;
	for (size_t k = 0; k < t->code_count; k++) {
		size_t at = t->leading_count++;
		for (; at > 0 && (t->codes[t->leading[at - 1]].time < t->codes[k].time ||
				  (t->codes[t->leading[at - 1]].time <= t->codes[k].time &&
				   t->codes[t->leading[at - 1]].coverage < t->codes[k].coverage));
		     at--)
			t->leading[at] = t->leading[at - 1];
		t->leading[at] = k;
	}
	while (t->leading_count > 1 && t->codes[t->leading[t->leading_count - 1]].time < DUTY_LARGE)
		t->leading_count--;
	if (t->leading_count == 1 && t->codes[t->leading[0]].time <= 0.0)
		t->leading_count = 0;
}

/* ---- what is said of it besides ---- */

static void read_skills(struct builder *m)
{
	struct duty_table *t = m->t;
	struct code *all;
	if (!SESSION_ARRAY(m->session, all, t->code_count))
		return;
	for (size_t k = 0; k < t->code_count; k++)
		all[k] = t->codes[k].asked.code;
	/* The facts of all codes at once. */
	if (!soc_index_need_facts_of(m->session->index, all, t->code_count, m->session->err))
		return;
	for (size_t k = 0; k < t->code_count; k++)
		skill_find(m->session, &all[k], t->codes[k].asked.first, t->codes[k].asked.end, &t->codes[k].skill);
}

static void find_unexplained(struct builder *m)
{
	for (size_t i = 0; i < m->t->row_count; i++) {
		struct duty_row *row = &m->t->rows[i];
		row->unexplained =
			duty_words_unexplained(&m->f->words, i, m->covers, m->t->code_count, &row->unexplained_count);
	}
}

static void find_rules(struct builder *m)
{
	struct duty_table *t = m->t;
	struct rule_duty *duties;
	if (!SESSION_ARRAY(m->session, duties, t->row_count))
		return;
	for (size_t i = 0; i < t->row_count; i++) {
		struct duty_row *row = &t->rows[i];
		row->supervises = rules_find_supervising(row->words);
		duties[i] = (struct rule_duty){ row->duty->text, row->words, row->supervises };
		t->supervising += row->supervises ? row->duty->share : 0.0;
	}
	struct rule_case job = { .title = t->title,
				 .title_leads = t->title_leads,
				 .leading_count = t->leading_count,
				 .duties = duties,
				 .duty_count = t->row_count,
				 .named = t->named,
				 .uncovered = t->uncovered,
				 .supervising = t->supervising };
	for (size_t i = 0; i < t->leading_count; i++) {
		const struct duty_code *code = &t->codes[t->leading[i]];
		job.leading[i] = (struct rule_code){ &code->asked, &code->skill, code->time };
	}
	rules_find(m->session, &job, &t->rules);
}

/* ---- the whole ---- */

/* Which code each duty falls to, and which codes lead. */
static bool begin_table(struct builder *m, const struct target_codes *codes)
{
	struct duty_finder *f = m->f;
	*m->t = (struct duty_table){
		.sheet = f->sheet, .named = codes != NULL, .title = f->job.title, .title_leads = f->title_leads
	};
	if (codes)
		set_codes(m, codes, NULL);
	else
		find_codes(m);
	match_codes(m);
	if (!codes)
		sort_codes(m);
	if (!SESSION_ARRAY(m->session, m->t->leading, m->t->code_count))
		return false;
	deal_out(m->t);
	find_leading(m);
	return true;
}

bool duty_table_begin(struct duty_finder *f, const struct target_codes *codes, struct duty_table *out)
{
	struct builder m = { .session = f->session, .f = f, .t = out };
	return begin_table(&m, codes);
}

bool duty_table_make(struct duty_finder *f, const struct target_codes *codes, struct duty_table *out)
{
	struct builder m = { .session = f->session, .f = f, .t = out };
	if (!begin_table(&m, codes))
		return false;
	read_skills(&m);
	find_unexplained(&m);
	find_rules(&m);
	return session_ok(f->session);
}

bool duty_table_find(struct session *s, const struct duty_sheet *sheet, struct slice title,
		     const struct target_codes *codes, struct duty_table *out)
{
	struct duty_finder f = { .session = s };
	struct ranker *ranker;
	bool ok = ranker_new(s->index, &ranker, s->err) &&
		  duty_finder_begin(s, sheet, title, ranker, codes == NULL, &f) &&
		  duty_finder_rank(&f, ranker, codes ? codes->level : LEVEL_SOC) && duty_table_make(&f, codes, out);
	duty_finder_free(&f);
	ranker_free(ranker);
	return ok;
}
