// SPDX-License-Identifier: GPL-3.0-or-later
#include <stdlib.h>

#include "query/justify/duty_finder.h"

/* A code that leads for duties with so much of the time together is weighed. */
#define LEADS_LEAST 0.15

/* ---- codes, each once ---- */

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

/* ---- who leads for a part of the job ---- */

/* The code that leads for a title or a duty alone; empty where nothing is known. */
static bool find_leader(struct command *c, struct ranker *ranker, const struct job *job, struct code *out)
{
	struct rank_options options = { .level = LEVEL_SOC, .limit = 1, .expand = command_expand(c), .codes_alone = true };
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
static bool find_leaders(struct duty_finder *f, struct ranker *ranker)
{
	const struct duty_sheet *sheet = f->sheet;
	const struct duty **order = arena_alloc(&f->c->arena, (sheet->count + 1) * sizeof *order, f->c->err);
	if (!order)
		return false;
	for (size_t i = 0; i < sheet->count; i++)
		order[i] = &sheet->at[i];
	qsort(order, sheet->count, sizeof *order, by_share);
	for (size_t i = 0; i < sheet->count && i < DUTIES_RANKED; i++) {
		struct job job = { { "", 0 }, order[i]->text };
		struct code code;
		if (!find_leader(f->c, ranker, &job, &code))
			return false;
		if (code.text[0])
			add_code(&f->leaders, &code, DUTY_LEADS_DUTIES)->time += order[i]->share;
	}
	return true;
}

/* ---- the sheet ---- */

static bool read_words(struct duty_finder *f)
{
	const struct duty_sheet *sheet = f->sheet;
	struct arena *arena = &f->c->arena;
	struct error *err = f->c->err;
	struct slice *texts = arena_alloc(arena, (sheet->count + 1) * sizeof *texts, err);
	double *shares = arena_alloc(arena, (sheet->count + 1) * sizeof *shares, err);
	if (!texts || !shares)
		return false;
	for (size_t i = 0; i < sheet->count; i++) {
		texts[i] = sheet->at[i].text;
		shares[i] = sheet->at[i].share;
	}
	return duty_words_read(f->c->index, texts, shares, sheet->count, arena, &f->words, err);
}

bool duty_finder_begin(struct command *c, const struct duty_sheet *sheet, struct ranker *ranker, bool choosing,
		       struct duty_finder *f)
{
	const char *title = options_value(c->options, OPTION_TITLE);
	*f = (struct duty_finder){ .c = c, .sheet = sheet };
	f->job.title = slice_trim(slice_of(title ? title : ""));
	struct job title_alone = { f->job.title, { "", 0 } };
	return soc_index_need_manifest(c->index, c->err) && soc_index_need_reference(c->index, c->err) &&
	       duty_sheet_text(sheet, &c->arena, &f->job.text, c->err) &&
	       (!choosing || find_leaders(f, ranker)) &&
	       (f->job.title.length == 0 || find_leader(c, ranker, &title_alone, &f->title_leads)) &&
	       read_words(f);
}

void duty_finder_free(struct duty_finder *f)
{
	duty_words_free(&f->words);
}

bool duty_finder_rank(struct duty_finder *f, struct ranker *ranker, enum code_level level)
{
	struct ranking ranking;
	if (!asked_rank_job(f->c, ranker, &f->job, level, &ranking))
		return false;
	f->ranking = (struct ranking){ .level = level, .at = ranking.at, .count = ranking.count, .found = ranking.found };
	return true;
}

/* ---- which codes ---- */

/* Those with the most time first, of equal ones the first that was found. */
static const struct duty_choice *next_leader(struct duty_choices *leaders)
{
	struct duty_choice *best = NULL;
	for (size_t i = 0; i < leaders->count; i++)
		if (leaders->at[i].time >= LEADS_LEAST && (!best || leaders->at[i].time > best->time))
			best = &leaders->at[i];
	return best;
}

bool duty_finder_choose(const struct duty_finder *f, struct duty_choices *out)
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
	return out->count > 0 || error_set(f->c->err, ERROR_INPUT, "name the codes to weigh: --codes 15-1252,15-2051",
					   "no word of these duties is known to the index");
}
