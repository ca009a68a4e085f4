// SPDX-License-Identifier: GPL-3.0-or-later
#include <stdlib.h>

#include "query/justify/duty_table.h"

const char *duty_reason_name(enum duty_reason reason)
{
	static const char *const names[DUTY_REASON_COUNT] = { "named", "leads_job", "leads_title", "leads_duties" };
	return names[reason];
}

/* ---- which codes ---- */

/* Single duties are ranked for so many of them, those with the most time. */
#define DUTIES_RANKED 24
/* A code that leads for duties with so much of the time together is weighed. */
#define LEADS_LEAST 0.15

struct found_code {
	struct code code;
	enum duty_reason reason;
	double time;             /* of the duties for which it leads */
};

/* Codes that are to be weighed. */
struct choice {
	struct found_code at[DUTIES_RANKED + DUTY_LEADING + 1];
	size_t count;
};

static struct found_code *find_code(struct choice *all, const struct code *code)
{
	for (size_t i = 0; i < all->count; i++)
		if (strcmp(all->at[i].code.text, code->text) == 0)
			return &all->at[i];
	return NULL;
}

static struct found_code *add_code(struct choice *all, const struct code *code, enum duty_reason reason)
{
	struct found_code *found = find_code(all, code);
	if (found)
		return found;
	all->at[all->count] = (struct found_code){ *code, reason, 0.0 };
	return &all->at[all->count++];
}

/* The code that leads for a title or a duty alone; empty where nothing is known. */
static bool find_leader(struct command *c, struct ranker *ranker, const struct job *job, enum code_level level,
			struct code *out)
{
	struct rank_options options = { .level = level, .limit = 1, .expand = command_expand(c) };
	struct ranking ranking;
	*out = (struct code){ "" };
	if (!rank_job(ranker, job, &options, &ranking, c->err))
		return false;
	if (ranking.count)
		*out = ranking.at[0].code;
	return true;
}

static int by_share(const void *a, const void *b)
{
	const struct duty *const *x = a, *const *y = b;
	if ((*x)->share != (*y)->share)
		return (*x)->share < (*y)->share ? 1 : -1;
	return *x < *y ? -1 : 1;
}

/* Who leads for single duties, with the time of those; the duties with the most time alone. */
static bool find_duty_leaders(struct command *c, const struct duty_sheet *sheet, struct ranker *ranker,
			      struct choice *leaders)
{
	const struct duty **order = arena_alloc(&c->arena, (sheet->count + 1) * sizeof *order, c->err);
	if (!order)
		return false;
	for (size_t i = 0; i < sheet->count; i++)
		order[i] = &sheet->at[i];
	qsort(order, sheet->count, sizeof *order, by_share);
	for (size_t i = 0; i < sheet->count && i < DUTIES_RANKED; i++) {
		struct job job = { { "", 0 }, order[i]->text };
		struct code code;
		if (!find_leader(c, ranker, &job, LEVEL_SOC, &code))
			return false;
		if (code.text[0])
			add_code(leaders, &code, DUTY_LEADS_DUTIES)->time += order[i]->share;
	}
	return true;
}

/* Those with the most time first, of equal ones the first that was found. */
static const struct found_code *next_leader(struct choice *leaders)
{
	struct found_code *best = NULL;
	for (size_t i = 0; i < leaders->count; i++)
		if (leaders->at[i].time >= LEADS_LEAST && (!best || leaders->at[i].time > best->time))
			best = &leaders->at[i];
	return best;
}

static void choose_codes(const struct ranking *ranking, const struct code *of_title, struct choice *leaders,
			 struct choice *out)
{
	*out = (struct choice){ .count = 0 };
	for (size_t i = 0; i < ranking->found && i < DUTY_LEADING; i++)
		add_code(out, &ranking->at[i].code, DUTY_LEADS_JOB);
	if (of_title->text[0])
		add_code(out, of_title, DUTY_LEADS_TITLE);
	for (const struct found_code *f; out->count < DUTY_CODES && (f = next_leader(leaders));) {
		struct code code = f->code;
		find_code(leaders, &code)->time = 0.0;
		add_code(out, &code, DUTY_LEADS_DUTIES);
	}
}

/* ---- the codes of a table ---- */

/* What the table is made with. */
struct making {
	struct command *c;
	struct duty_table *t;
	struct job job;
	struct ranker *ranker;       /* of the whole job; the ranking belongs to it */
	struct ranking ranking;
	struct choice leaders;       /* of single duties */
	struct duty_words words;
};

/* The facts of all codes at once. */
static bool need_facts(struct command *c, const struct asked_codes *codes)
{
	struct code *all = arena_alloc(&c->arena, (codes->count + 1) * sizeof *all, c->err);
	for (size_t i = 0; all && i < codes->count; i++)
		all[i] = codes->at[i].code;
	return all && soc_index_need_facts_of(c->index, all, codes->count, c->err);
}

static bool set_codes(struct making *m, const struct asked_codes *codes, const struct choice *choice)
{
	struct duty_table *t = m->t;
	if (!need_facts(m->c, codes))
		return false;
	t->codes = arena_alloc(&m->c->arena, (codes->count + 1) * sizeof *t->codes, m->c->err);
	t->level = codes->level;
	for (size_t i = 0; t->codes && i < codes->count; i++) {
		struct duty_code *code = &t->codes[t->code_count++];
		const struct asked_code *asked = &codes->at[i];
		*code = (struct duty_code){ .asked = *asked, .reason = choice ? choice->at[i].reason : DUTY_NAMED };
		code->place = asked_place(&m->ranking, &asked->code);
		if (code->place < m->ranking.count) {
			code->score = m->ranking.at[code->place].score;
			code->confidence = m->ranking.at[code->place].confidence;
		}
		if (!skill_find(m->c, &asked->code, asked->first, asked->end, &code->skill))
			return false;
	}
	return t->codes != NULL;
}

/* Rank single duties, the title alone and the whole job, in this order: one ranker reads what it needs of the index only
 * once, and the last ranking is that which stays.  All codes are ranked where the user's are among them; else those of which
 * anything is known. */
static bool rank_all(struct making *m, const struct asked_codes *codes)
{
	struct command *c = m->c;
	struct job title = { m->job.title, { "", 0 } };
	struct rank_options options = { .level = codes ? codes->level : LEVEL_SOC, .limit = c->index->count,
					.expand = command_expand(c), .unmatched = codes != NULL };
	return ranker_new(c->index, &m->ranker, c->err) &&
	       (codes || find_duty_leaders(c, m->t->sheet, m->ranker, &m->leaders)) &&
	       (m->job.title.length == 0 || find_leader(c, m->ranker, &title, LEVEL_SOC, &m->t->title_leads)) &&
	       rank_job(m->ranker, &m->job, &options, &m->ranking, c->err);
}

/* Nothing of the job is known where the ranking found no code. */
static bool find_codes(struct making *m)
{
	struct choice choice;
	struct asked_codes codes;
	const char *texts[DUTIES_RANKED + DUTY_LEADING + 1];
	choose_codes(&m->ranking, &m->t->title_leads, &m->leaders, &choice);
	if (choice.count == 0)
		return error_set(m->c->err, ERROR_INPUT, "name the codes to weigh: --codes 15-1252,15-2051",
				 "no word of these duties is known to the index");
	for (size_t i = 0; i < choice.count; i++)
		texts[i] = choice.at[i].code.text;
	return asked_codes_read(m->c, texts, choice.count, &codes) && set_codes(m, &codes, &choice);
}

/* ---- duties and codes ---- */

static bool match_codes(struct making *m)
{
	struct duty_table *t = m->t;
	struct arena *arena = &m->c->arena;
	struct slice *texts = arena_alloc(arena, (t->sheet->count + 1) * sizeof *texts, m->c->err);
	double *shares = arena_alloc(arena, (t->sheet->count + 1) * sizeof *shares, m->c->err);
	struct duty_match *by_code = arena_alloc(arena, (t->sheet->count + 1) * sizeof *by_code, m->c->err);
	t->row_count = t->sheet->count;
	t->rows = arena_alloc(arena, (t->row_count + 1) * sizeof *t->rows, m->c->err);
	if (!texts || !shares || !by_code || !t->rows)
		return false;
	for (size_t i = 0; i < t->row_count; i++) {
		texts[i] = t->sheet->at[i].text;
		shares[i] = t->sheet->at[i].share;
		t->rows[i] = (struct duty_row){ .duty = &t->sheet->at[i], .best = DUTY_NOBODY };
		t->rows[i].at = arena_alloc(arena, (t->code_count + 1) * sizeof *t->rows[i].at, m->c->err);
		if (!t->rows[i].at)
			return false;
	}
	if (!duty_words_read(m->c->index, texts, shares, t->row_count, arena, &m->words, m->c->err))
		return false;
	for (size_t k = 0; k < t->code_count; k++) {
		const struct asked_code *asked = &t->codes[k].asked;
		if (!duty_words_match(m->c, &m->words, asked->first, asked->end, &t->codes[k].occupation, by_code))
			return false;
		for (size_t i = 0; i < t->row_count; i++) {
			t->rows[i].at[k] = by_code[i];
			t->codes[k].coverage += t->rows[i].duty->share * by_code[i].coverage;
		}
	}
	return true;
}

static bool read_rows(struct making *m)
{
	struct duty_table *t = m->t;
	for (size_t i = 0; i < t->row_count; i++) {
		struct duty_row *row = &t->rows[i];
		if (!duty_words_unexplained(&m->words, i, &m->c->arena, &row->unexplained, &row->unexplained_count, m->c->err) ||
		    !rules_find_supervising(m->c->index, row->duty->text, &row->supervises, m->c->err))
			return false;
		t->supervising += row->supervises ? row->duty->share : 0.0;
	}
	return true;
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

/* ---- what it comes to ---- */

/* More coverage first; of equal ones who leads the ranking. */
static int by_coverage(const void *a, const void *b)
{
	const struct duty_code *x = a, *y = b;
	if (x->coverage != y->coverage)
		return x->coverage < y->coverage ? 1 : -1;
	return x->place < y->place ? -1 : x->place > y->place;
}

/* Put the codes that were found in the order of their coverage, and the matches of each row with them. */
static bool sort_codes(struct making *m)
{
	struct duty_table *t = m->t;
	size_t *old = arena_alloc(&m->c->arena, (t->code_count + 1) * sizeof *old, m->c->err);
	struct duty_code *codes = arena_alloc(&m->c->arena, (t->code_count + 1) * sizeof *codes, m->c->err);
	struct duty_match *matches = arena_alloc(&m->c->arena, (t->code_count + 1) * sizeof *matches, m->c->err);
	if (!old || !codes || !matches)
		return false;
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
	return true;
}

/* The codes with much of the time, most first, of equal ones the one with more coverage; where none has, the first. */
static bool find_leading(struct making *m)
{
	struct duty_table *t = m->t;
	t->leading = arena_alloc(&m->c->arena, (t->code_count + 1) * sizeof *t->leading, m->c->err);
	for (size_t k = 0; t->leading && k < t->code_count; k++) {
		size_t at = t->leading_count;
		for (; at > 0 && (t->codes[t->leading[at - 1]].time < t->codes[k].time ||
				  (t->codes[t->leading[at - 1]].time <= t->codes[k].time &&
				   t->codes[t->leading[at - 1]].coverage < t->codes[k].coverage)); at--)
			t->leading[at] = t->leading[at - 1];
		t->leading[at] = k;
		t->leading_count++;
	}
	while (t->leading_count > 1 && t->codes[t->leading[t->leading_count - 1]].time < DUTY_LARGE)
		t->leading_count--;
	if (t->leading_count == 1 && t->codes[t->leading[0]].time <= 0.0)
		t->leading_count = 0;
	return t->leading != NULL;
}

static bool find_all(struct making *m, const struct asked_codes *codes)
{
	struct command *c = m->c;
	return soc_index_need_manifest(c->index, c->err) && soc_index_need_reference(c->index, c->err) &&
	       duty_sheet_text(m->t->sheet, &c->arena, &m->job.text, c->err) &&
	       rank_all(m, codes) &&
	       (codes ? set_codes(m, codes, NULL) : find_codes(m)) && match_codes(m) && (codes || sort_codes(m)) &&
	       read_rows(m);
}

bool duty_table_find(struct command *c, const struct duty_sheet *sheet, const struct asked_codes *codes,
		     struct duty_table *out)
{
	const char *title = options_value(c->options, OPTION_TITLE);
	struct making m = { .c = c, .t = out };
	*out = (struct duty_table){ .sheet = sheet, .named = codes != NULL };
	out->title = m.job.title = slice_trim(slice_of(title ? title : ""));
	bool ok = find_all(&m, codes);
	if (ok)
		deal_out(out);
	ok = ok && find_leading(&m) && rules_find(c, out, &out->rules);
	duty_words_free(&m.words);
	ranker_free(m.ranker);
	return ok;
}
