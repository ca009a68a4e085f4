// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * rank_eval.c - where each feature alone puts the right codes of a development set.
 *
 *   rank_eval --index FILE [--features KEY,KEY...|all|none] [--as title|text|both] [--top N] SET.csv
 *
 * SET has the columns id, title, text and gold: SOC codes with `|` between alternatives.  Every code of the
 * index is ranked for every row, and a row is answered by one line:
 *
 *   {"id":"17","candidates":[{"soc":"15-1252","score":8.31,"confidence":0.82}, ...],"codes":867,
 *    "places":{"title_score":[3,1,1], ...}}
 *
 * The candidates are those that `soc code` gives, scores with as many digits.  A place says of one feature alone
 * how many codes stand before the best right one, how many share its value, and how many of these are right;
 * it is null where no right code is in the index.
 */
#include <stdlib.h>

#include "lib/rank/rank.h"
#include "tests/eval/set.h"

struct wish {
	const char *index;
	const char *set;
	bool features[FEATURE_COUNT];
	bool title; /* what of a row is asked */
	bool text;
	size_t top;
};

struct evaluation {
	struct wish wish;
	struct soc_index *index;
	struct ranker *ranker;
	struct set set;
	struct set_row asked;
	json_t *row; /* the line of the current row */
};

/* ---- the command line ---- */

static bool read_features(const char *list, struct wish *w, struct error *err)
{
	bool all = strcmp(list, "all") == 0, none = strcmp(list, "none") == 0;
	memset(w->features, all, sizeof w->features);
	while (!all && !none && *list) {
		size_t length = strcspn(list, ","), s = 0;
		while (s < FEATURE_COUNT &&
		       !slice_equal((struct slice){ list, length }, slice_of(feature_specs[s].key)))
			s++;
		if (s == FEATURE_COUNT)
			return error_set(err, ERROR_USAGE, "the keys stand in lib/rank/rank.h",
					 "there is no feature %.*s", (int)length, list);
		w->features[s] = true;
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
	memset(w->features, true, sizeof w->features);
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
		else if (strcmp(option, "--features") == 0 ? !read_features(value, w, err)
			 : strcmp(option, "--as") == 0     ? !read_parts(value, w, err)
						       : !error_set(err, ERROR_USAGE, NULL, "%s is not known", option))
			return false;
	}
	return (w->index && w->set) || error_set(err, ERROR_USAGE, "rank_eval --index FILE SET.csv", "measure what?");
}

/* ---- one row ---- */

static json_t *describe_candidates(const struct ranking *r)
{
	json_t *list = json_array();
	for (size_t i = 0; i < r->count; i++)
		json_array_append_new(list, json_pack("{s:s, s:f, s:f}", "soc", r->at[i].code.text, "score",
						      r->at[i].score, "confidence", r->at[i].confidence));
	return list;
}

static json_t *find_place(const struct evaluation *e, const struct ranking *r, size_t feature)
{
	const struct candidate *best = NULL;
	size_t before = 0, same = 0, right = 0;
	for (size_t i = 0; i < r->count; i++)
		if (set_is_gold(&e->asked, &r->at[i].code) &&
		    (!best || r->at[i].values[feature] > best->values[feature]))
			best = &r->at[i];
	if (!best)
		return json_null();
	for (size_t i = 0; i < r->count; i++) {
		double ahead = r->at[i].values[feature] - best->values[feature];
		before += ahead > 0;
		same += !(ahead > 0) && !(ahead < 0);
		right += !(ahead > 0) && !(ahead < 0) && set_is_gold(&e->asked, &r->at[i].code);
	}
	return json_pack("[I, I, I]", (json_int_t)before, (json_int_t)same, (json_int_t)right);
}

static json_t *find_places(const struct evaluation *e, const struct ranking *r)
{
	json_t *places = json_object();
	for (size_t s = 0; s < FEATURE_COUNT; s++)
		if (e->wish.features[s])
			json_object_set_new(places, feature_specs[s].key, find_place(e, r, s));
	return places;
}

static bool has_features(const struct wish *w)
{
	for (size_t s = 0; s < FEATURE_COUNT; s++)
		if (w->features[s])
			return true;
	return false;
}

/* Once as `soc code` ranks; once more with every code, whether anything of the job is in it or not. */
static bool rank_row(struct evaluation *e, const struct job *job, struct error *err)
{
	struct rank_options options = { .level = LEVEL_SOC, .limit = e->wish.top, .expand = EXPAND_ALL };
	struct ranking r = { 0 };
	bool asked = job->title.length || job->text.length;
	if (asked && !rank_job(e->ranker, job, &options, &r, err))
		return false;
	json_object_set_new(e->row, "candidates", describe_candidates(&r));
	if (!has_features(&e->wish))
		return true;
	options.limit = e->index->count;
	options.unmatched = true;
	if (asked && !rank_job(e->ranker, job, &options, &r, err))
		return false;
	json_object_set_new(e->row, "codes", json_integer((json_int_t)r.count));
	json_object_set_new(e->row, "places", find_places(e, &r));
	return true;
}

static bool evaluate_row(struct evaluation *e, struct error *err)
{
	struct job job = { { 0 }, { 0 } };
	if (e->wish.title)
		job.title = e->asked.title;
	if (e->wish.text)
		job.text = e->asked.text;
	e->row = json_object();
	json_object_set_new(e->row, "id", json_stringn(e->asked.id.at ? e->asked.id.at : "", e->asked.id.length));
	bool ok = rank_row(e, &job, err) && (json_dumpf(e->row, stdout, JSON_COMPACT | JSON_REAL_PRECISION(6)) == 0 ||
					     error_set(err, ERROR_IO, NULL, "cannot write"));
	putchar('\n');
	json_decref(e->row);
	return ok;
}

static bool evaluate_rows(struct evaluation *e, struct error *err)
{
	bool more;
	while (set_next(&e->set, &e->asked, &more, err)) {
		if (!more)
			return true;
		if (!evaluate_row(e, err))
			return false;
	}
	return false;
}

int main(int argc, char **argv)
{
	struct evaluation e = { 0 };
	struct error err = { 0 };
	bool ok = read_wish(argc, argv, &e.wish, &err) && soc_index_open(e.wish.index, &e.index, &err) &&
		  ranker_new(e.index, &e.ranker, &err) && set_open(e.wish.set, &e.set, &err) && evaluate_rows(&e, &err);
	if (ok && fflush(stdout) != 0)
		ok = error_set(&err, ERROR_IO, NULL, "cannot write");
	if (!ok)
		error_print(stderr, "rank_eval", &err);
	set_close(&e.set);
	ranker_free(e.ranker);
	soc_index_close(e.index);
	return ok ? 0 : 2;
}
