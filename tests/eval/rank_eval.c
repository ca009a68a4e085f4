// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * rank_eval.c - where each signal alone puts the right codes of a development set.
 *
 *   rank_eval --index FILE [--signals KEY,KEY...|all|none] [--as title|text|both] [--top N] SET.csv
 *
 * SET has the columns id, title, text and gold: SOC codes with `|` between alternatives.  Every code of the
 * index is ranked for every row, and a row is answered by one line:
 *
 *   {"id":"17","candidates":[{"soc":"15-1252","score":8.31,"confidence":0.82}, ...],"codes":867,
 *    "places":{"title_vote":[3,1,1], ...}}
 *
 * The candidates are those that `soc code` gives, scores with as many digits.  A place says of one signal alone
 * how many codes stand before the best right one, how many share its value, and how many of these are right;
 * it is null where no right code is in the index or the signal has no part in the score.
 */
#include <stdlib.h>

#include "lib/rank/rank.h"
#include "lib/table/table.h"

#define MAX_GOLD 64
#define NO_COLUMN SIZE_MAX

/* The columns that are read. */
enum column { COLUMN_ID, COLUMN_TITLE, COLUMN_TEXT, COLUMN_GOLD, COLUMN_COUNT };
static const char *const column_names[COLUMN_COUNT] = { "id", "title", "text", "gold" };

struct wish {
	const char *index;
	const char *set;
	bool signals[SIGNAL_COUNT];
	bool title;               /* what of a row is asked */
	bool text;
	size_t top;
};

struct evaluation {
	struct wish wish;
	struct soc_index *index;
	struct ranker *ranker;
	struct container *container;
	struct table *table;
	size_t columns[COLUMN_COUNT];
	struct code gold[MAX_GOLD];
	size_t gold_count;
	json_t *row;              /* the line of the current row */
};

/* ---- the command line ---- */

static bool read_signals(const char *list, struct wish *w, struct error *err)
{
	bool all = strcmp(list, "all") == 0, none = strcmp(list, "none") == 0;
	memset(w->signals, all, sizeof w->signals);
	while (!all && !none && *list) {
		size_t length = strcspn(list, ","), s = 0;
		while (s < SIGNAL_COUNT && !slice_equal((struct slice){ list, length }, slice_of(signal_specs[s].key)))
			s++;
		if (s == SIGNAL_COUNT)
			return error_set(err, ERROR_USAGE, "the keys stand in lib/rank/rank.h", "there is no signal %.*s",
					 (int)length, list);
		w->signals[s] = true;
		list += length + (list[length] == ',');
	}
	return true;
}

static bool read_parts(const char *parts, struct wish *w, struct error *err)
{
	w->title = strcmp(parts, "text") != 0;
	w->text = strcmp(parts, "title") != 0;
	return (w->title != w->text) || strcmp(parts, "both") == 0 ||
	       error_set(err, ERROR_USAGE, "title, text or both", "--as %s is not known", parts);
}

static bool read_wish(int argc, char **argv, struct wish *w, struct error *err)
{
	*w = (struct wish){ .title = true, .text = true, .top = 10 };
	memset(w->signals, true, sizeof w->signals);
	for (int i = 1; i < argc; i++) {
		const char *option = argv[i], *value = i + 1 < argc ? argv[i + 1] : NULL;
		if (option[0] != '-') {
			w->set = option;
			continue;
		}
		if (!value)
			return error_set(err, ERROR_USAGE, NULL, "%s needs a value", option);
		i++;
		if (strcmp(option, "--index") == 0)
			w->index = value;
		else if (strcmp(option, "--top") == 0)
			w->top = strtoul(value, NULL, 10);
		else if (strcmp(option, "--signals") == 0 ? !read_signals(value, w, err)
			 : strcmp(option, "--as") == 0	  ? !read_parts(value, w, err)
							  : !error_set(err, ERROR_USAGE, NULL, "%s is not known", option))
			return false;
	}
	return (w->index && w->set) || error_set(err, ERROR_USAGE, "rank_eval --index FILE SET.csv", "measure what?");
}

/* ---- the set ---- */

static bool find_columns(struct evaluation *e, struct error *err)
{
	size_t count;
	const struct slice *header = table_header(e->table, &count);
	for (size_t c = 0; c < COLUMN_COUNT; c++) {
		e->columns[c] = NO_COLUMN;
		for (size_t i = 0; i < count; i++)
			if (slice_equal_nocase(slice_trim(header[i]), slice_of(column_names[c])))
				e->columns[c] = i;
		if (e->columns[c] == NO_COLUMN)
			return error_set(err, ERROR_INPUT, NULL, "%s has no column %s", e->wish.set, column_names[c]);
	}
	return true;
}

static bool open_set(struct evaluation *e, struct error *err)
{
	if (!container_open(e->wish.set, NULL, &e->container, err))
		return false;
	struct table_place place = { .container = e->container };
	return table_open(&place, &e->table, err) &&
	       (table_next_header(e->table, err) == TABLE_ROW ||
		error_set(err, ERROR_INPUT, NULL, "%s has no header row", e->wish.set)) &&
	       find_columns(e, err);
}

static struct slice field(const struct evaluation *e, const struct table_row *row, enum column column)
{
	return e->columns[column] < row->count ? slice_trim(row->fields[e->columns[column]]) : (struct slice){ 0 };
}

static bool read_gold(struct evaluation *e, struct slice list, struct error *err)
{
	e->gold_count = 0;
	while (list.length) {
		const char *bar = memchr(list.at, '|', list.length);
		struct slice one = { list.at, bar ? (size_t)(bar - list.at) : list.length };
		if (e->gold_count == MAX_GOLD || !code_parse(one, &e->gold[e->gold_count]))
			return error_set(err, ERROR_INPUT, "SOC codes, with | between them", "%.*s is no code, or one of too many",
					 (int)one.length, one.at);
		e->gold_count++;
		list.at += one.length + (bar != NULL);
		list.length -= one.length + (bar != NULL);
	}
	return true;
}

static bool is_gold(const struct evaluation *e, const struct code *code)
{
	for (size_t i = 0; i < e->gold_count; i++)
		if (strcmp(e->gold[i].text, code->text) == 0)
			return true;
	return false;
}

/* ---- one row ---- */

static json_t *describe_candidates(const struct ranking *r)
{
	json_t *list = json_array();
	for (size_t i = 0; i < r->count; i++)
		json_array_append_new(list, json_pack("{s:s, s:f, s:f}", "soc", r->at[i].code.text, "score", r->at[i].score,
						      "confidence", r->at[i].confidence));
	return list;
}

/* A weight may be negative: the signal itself then points the other way. */
static double value_of(const struct candidate *c, size_t signal)
{
	return signal_specs[signal].weight < 0 ? -c->parts[signal] : c->parts[signal];
}

static json_t *find_place(const struct evaluation *e, const struct ranking *r, size_t signal)
{
	const struct candidate *best = NULL;
	size_t before = 0, same = 0, right = 0;
	if (signal_specs[signal].weight == 0)
		return json_null();
	for (size_t i = 0; i < r->count; i++)
		if (is_gold(e, &r->at[i].code) && (!best || value_of(&r->at[i], signal) > value_of(best, signal)))
			best = &r->at[i];
	if (!best)
		return json_null();
	for (size_t i = 0; i < r->count; i++) {
		double ahead = value_of(&r->at[i], signal) - value_of(best, signal);
		before += ahead > 0;
		same += !(ahead > 0) && !(ahead < 0);
		right += !(ahead > 0) && !(ahead < 0) && is_gold(e, &r->at[i].code);
	}
	return json_pack("[I, I, I]", (json_int_t)before, (json_int_t)same, (json_int_t)right);
}

static json_t *find_places(const struct evaluation *e, const struct ranking *r)
{
	json_t *places = json_object();
	for (size_t s = 0; s < SIGNAL_COUNT; s++)
		if (e->wish.signals[s])
			json_object_set_new(places, signal_specs[s].key, find_place(e, r, s));
	return places;
}

static bool has_signals(const struct wish *w)
{
	for (size_t s = 0; s < SIGNAL_COUNT; s++)
		if (w->signals[s])
			return true;
	return false;
}

/* Once as `soc code` ranks; once more with every code, whether anything of the job is in it or not. */
static bool rank_row(struct evaluation *e, const struct job *job, struct error *err)
{
	struct rank_options options = { .level = LEVEL_SOC, .limit = e->wish.top,
					.expand = EXPAND_SYNONYMS | EXPAND_SPELLING | EXPAND_JOINED };
	struct ranking r = { 0 };
	bool asked = job->title.length || job->text.length;
	if (asked && !rank_job(e->ranker, job, &options, &r, err))
		return false;
	json_object_set_new(e->row, "candidates", describe_candidates(&r));
	if (!has_signals(&e->wish))
		return true;
	options.limit = e->index->count;
	options.unmatched = true;
	if (asked && !rank_job(e->ranker, job, &options, &r, err))
		return false;
	json_object_set_new(e->row, "codes", json_integer((json_int_t)r.count));
	json_object_set_new(e->row, "places", find_places(e, &r));
	return true;
}

static bool evaluate_row(struct evaluation *e, const struct table_row *row, struct error *err)
{
	struct slice id = field(e, row, COLUMN_ID);
	struct job job = { { 0 }, { 0 } };
	if (e->wish.title)
		job.title = field(e, row, COLUMN_TITLE);
	if (e->wish.text)
		job.text = field(e, row, COLUMN_TEXT);
	if (row->reject != REJECT_NONE)
		return error_set(err, ERROR_INPUT, NULL, "%s", reject_reason_name(row->reject));
	e->row = json_object();
	json_object_set_new(e->row, "id", json_stringn(id.at ? id.at : "", id.length));
	bool ok = read_gold(e, field(e, row, COLUMN_GOLD), err) && rank_row(e, &job, err) &&
		  (json_dumpf(e->row, stdout, JSON_COMPACT | JSON_REAL_PRECISION(6)) == 0 ||
		   error_set(err, ERROR_IO, NULL, "cannot write"));
	putchar('\n');
	json_decref(e->row);
	return ok;
}

static bool evaluate_rows(struct evaluation *e, struct error *err)
{
	struct table_row row;
	for (;;) {
		switch (table_next(e->table, &row, err)) {
		case TABLE_ROW:
			if (!evaluate_row(e, &row, err))
				return error_at(err, e->wish.set, row.line, 0);
			break;
		case TABLE_END:
			return true;
		case TABLE_FAILED:
			return false;
		}
	}
}

int main(int argc, char **argv)
{
	struct evaluation e = { 0 };
	struct error err = { 0 };
	bool ok = read_wish(argc, argv, &e.wish, &err) && soc_index_open(e.wish.index, &e.index, &err) &&
		  ranker_new(e.index, &e.ranker, &err) && open_set(&e, &err) && evaluate_rows(&e, &err);
	if (ok && fflush(stdout) != 0)
		ok = error_set(&err, ERROR_IO, NULL, "cannot write");
	if (!ok)
		error_print(stderr, "rank_eval", &err);
	table_close(e.table);
	container_close(e.container);
	ranker_free(e.ranker);
	soc_index_close(e.index);
	return ok ? 0 : 2;
}
