// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * exhibit_write.c - an exhibit as a document.
 */
#include <math.h>

#include "lib/base/ascii.h"
#include "lib/index/manifest.h"
#include "query/output/comparison_write.h"
#include "query/output/duty_write.h"
#include "query/output/evidence_shares_write.h"
#include "query/output/exhibit_write.h"
#include "query/output/format.h"

static const struct target_code *chosen_of(const struct exhibit *x)
{
	return &x->codes.at[0];
}

static void write_code(struct document *d, const struct code *code, struct slice title)
{
	document_text(d, RUN_CODE, slice_of(code->text));
	document_text(d, RUN_PLAIN, SLICE(" "));
	document_text(d, RUN_PLAIN, title);
}

/* ---- the head ---- */

/* "O*NET 30.1, December 2025": the database on which the rest hangs. */
static void write_release(const struct session *s, struct document *d)
{
	const json_t *source, *manifest = s->index->manifest;
	size_t i;
	json_array_foreach(json_object_get(manifest, "sources"), i, source)
	{
		if (strcmp(manifest_source_text(manifest, i, "family"), "onet") != 0)
			continue;
		const char *date = manifest_source_text(manifest, i, "date");
		document_pair(d, "Database");
		document_printf(d, RUN_PLAIN, "%s%s%s%s", manifest_source_title(manifest, i), *date ? ", " : "", date,
				manifest_is_sample(manifest) ? " (the sample corpus, no release)" : "");
		return;
	}
}

static void write_standing(const struct exhibit *x, const struct target_code *a, struct document *d)
{
	size_t place = target_rank_of(&x->ranked.ranking, &a->code);
	if (place == x->ranked.ranking.count)
		document_text(d, RUN_PLAIN, SLICE("not among the ranked: the index knows nothing of it"));
	else
		document_printf(d, RUN_PLAIN, "%zu of %zu codes; confidence %.0f%%, score %.2f", place + 1,
				x->ranked.ranking.count, 100.0 * x->ranked.ranking.at[place].confidence,
				x->ranked.ranking.at[place].score);
}

static void write_head(const struct exhibit *x, const struct session *s, struct document *d)
{
	if (x->title.length)
		document_pair_text(d, "Job title", RUN_STRONG, x->title);
	document_pair(d, x->named ? "Code examined" : "Leading code");
	document_printf(d, RUN_STRONG, "%s %.*s", chosen_of(x)->code.text, (int)chosen_of(x)->title.length,
			chosen_of(x)->title.at);
	document_pair(d, "Its rank");
	write_standing(x, chosen_of(x), d);
	if (x->codes.count > 1)
		document_pair(d, "Weighed against");
	for (size_t i = 1; i < x->codes.count; i++) {
		document_text(d, RUN_PLAIN, i > 1 ? SLICE("; ") : SLICE(""));
		write_code(d, &x->codes.at[i].code, x->codes.at[i].title);
	}
	write_release(s, d);
	document_pair(d, "Written");
	document_printf(d, RUN_PLAIN, "%s, with soc-search " SOC_VERSION, x->provenance.day);
}

/* ---- the question ---- */

/* Each line that says something is a paragraph of its own. */
static void write_lines(struct document *d, struct slice text)
{
	while (text.length > 0) {
		const char *end = memchr(text.at, '\n', text.length);
		struct slice line = slice_trim((struct slice){ text.at, end ? (size_t)(end - text.at) : text.length });
		if (line.length) {
			document_quote(d);
			document_text(d, RUN_PLAIN, line);
		}
		size_t used = end ? (size_t)(end - text.at) + 1 : text.length;
		text.at += used;
		text.length -= used;
	}
}

static void write_expansions(const struct exhibit *x, struct document *d)
{
	for (size_t i = 0; i < x->ranked.ranking.expansion_count; i++) {
		const struct expansion *r = &x->ranked.ranking.expansions[i];
		document_item(d);
		document_text(d, RUN_STRONG, r->written);
		document_text(d, RUN_PLAIN,
			      r->kind == EXPANSION_SPELLING ? SLICE(" was taken for ") : SLICE(" was read also as "));
		document_text(d, RUN_STRONG, r->words);
	}
}

/* What was given, and what the candidates are ranked by. */
static const char *describe_job(const struct exhibit *x)
{
	if (x->text.length && x->has_duties)
		return x->title.length ? "Its title, a text and its duties were given; "
					 "the candidates are ranked by the title and the text."
				       : "A text and its duties were given, and no title; "
					 "the candidates are ranked by the text.";
	if (x->text.length || x->has_duties)
		return x->title.length  ? x->text.length ? "Its title and a text were given."
							 : "Its title and its duties were given."
		       : x->text.length ? "A text was given, and no title."
					: "Its duties were given, and no title.";
	return "Its title alone was given.";
}

static void write_question(const struct exhibit *x, struct document *d)
{
	document_section(d, 1, "question", "The question");
	document_paragraph(d);
	document_printf(d, RUN_PLAIN, "Which occupation code is this job's? %s", describe_job(x));
	if (x->title.length)
		document_pair_text(d, "Title", RUN_PLAIN, x->title);
	write_lines(d, x->text);
	write_expansions(x, d);
}

/* ---- the candidates ---- */

bool exhibit_describe_trust(const struct session *s, struct buffer *out)
{
	const json_t *held = json_object_get(s->index->manifest, "held_out");
	json_int_t titles = json_integer_value(json_object_get(held, "titles"));
	if (titles == 0)
		return true;
	return buffer_printf(
		out, s->err,
		"To know how far its ranking can be trusted, this index was asked for %lld published titles that had "
		"been kept out of it: the right code came first for %.1f%% of them, "
		"and stood among the first five for %.1f%%.",
		(long long)titles, 100.0 * json_real_value(json_object_get(held, "at_1")),
		100.0 * json_real_value(json_object_get(held, "at_5")));
}

static bool is_weighed(const struct exhibit *x, const struct code *code)
{
	for (size_t i = 0; i < x->codes.count; i++)
		if (strcmp(x->codes.at[i].code.text, code->text) == 0)
			return true;
	return false;
}

static bool is_listed(const struct exhibit *x, size_t place)
{
	return place < EXHIBIT_CANDIDATES || is_weighed(x, &x->ranked.ranking.at[place].code);
}

/* The title of the code itself; its best occupation may be another. */
static struct slice title_of(const struct session *s, const struct candidate *k)
{
	size_t from, to;
	return soc_index_range(s->index, &k->code, &from, &to) ? s->index->entries[from].title : k->title;
}

static void write_occupation(const struct exhibit *x, const struct session *s, const struct candidate *k,
			     struct document *d)
{
	const struct entry *best = &s->index->entries[k->occupation];
	struct slice title = title_of(s, k);
	document_cell_text(d, is_weighed(x, &k->code) ? RUN_STRONG : RUN_PLAIN, title);
	if (!slice_equal(title, k->title))
		document_printf(d, RUN_DIM, " (by %s %.*s)", best->code.text, (int)best->title.length, best->title.at);
}

static void write_candidate_table(const struct exhibit *x, const struct session *s, struct document *d)
{
	static const struct column columns[] = { { "Rank", COLUMN_NUMBER },
						 { "Code", COLUMN_SHORT },
						 { "Occupation", COLUMN_TEXT },
						 { "Score", COLUMN_NUMBER },
						 { "Confidence", COLUMN_NUMBER } };
	document_table(d, "The candidates in the order of the ranking; those in bold are weighed below", columns,
		       sizeof columns / sizeof *columns);
	for (size_t i = 0; i < x->ranked.ranking.count; i++) {
		const struct candidate *k = &x->ranked.ranking.at[i];
		if (!is_listed(x, i))
			continue;
		document_row(d);
		document_cell_printf(d, RUN_PLAIN, "%zu", i + 1);
		document_cell_text(d, RUN_CODE, slice_of(k->code.text));
		write_occupation(x, s, k, d);
		document_cell_printf(d, RUN_PLAIN, "%.2f", k->score);
		document_cell_printf(d, RUN_PLAIN, "%.1f%%", 100.0 * k->confidence);
	}
	document_table_end(d);
}

/* A bar that is shorter cannot be seen. */
#define CONFIDENCE_DRAWN 0.02

/* The confidence of the leading candidates, those that are weighed told apart. */
static void write_candidate_figure(const struct exhibit *x, const struct session *s, struct document *d)
{
	struct bar bars[EXHIBIT_CANDIDATES];
	char labels[EXHIBIT_CANDIDATES][160], values[EXHIBIT_CANDIDATES][16];
	size_t count = 0;
	for (size_t i = 0; i < x->ranked.ranking.count && i < EXHIBIT_CANDIDATES; i++) {
		const struct candidate *k = &x->ranked.ranking.at[i];
		struct slice title = title_of(s, k);
		if (k->confidence < CONFIDENCE_DRAWN && !is_weighed(x, &k->code))
			continue;
		snprintf(labels[count], sizeof labels[count], "%s %.*s", k->code.text,
			 (int)(title.length < 120 ? title.length : 120), title.at);
		snprintf(values[count], sizeof values[count], "%.1f%%", 100.0 * k->confidence);
		bars[count] =
			(struct bar){ labels[count], 0.0, k->confidence, NAN, values[count], is_weighed(x, &k->code) };
		count++;
	}
	document_bars(d, "Confidence that a code is the right one", bars, count, 1.0);
}

static void write_candidates(const struct exhibit *x, const struct session *s, struct document *d)
{
	struct buffer trust = { 0 };
	document_section(d, 1, "candidates", "Candidates considered");
	document_paragraph(d);
	document_printf(
		d, RUN_PLAIN,
		"All %zu codes of the index were ranked. A score adds up everything in the index that speaks for a "
		"code; the confidence is the probability that the code is right, and adds up to 100%% over all codes.",
		x->ranked.ranking.count);
	write_candidate_figure(x, s, d);
	write_candidate_table(x, s, d);
	if (exhibit_describe_trust(s, &trust) && trust.length)
		document_paragraph_text(d, RUN_DIM, buffer_slice(&trust));
	buffer_free(&trust);
}

/* ---- all of it ---- */

static struct document *begin(const struct exhibit *x, struct session *s)
{
	struct buffer title = { 0 };
	struct slice name = x->title.length < 200 ? x->title : (struct slice){ x->title.at, 200 };
	buffer_printf(&title, s->err, name.length ? "Occupation code for %.*s" : "Occupation code for a job",
		      (int)name.length, name.at);
	return document_new_titled(&title, s->err);
}

struct document *exhibit_write(const struct exhibit *x, struct session *s)
{
	struct document *d = begin(x, s);
	if (!d)
		return NULL;
	write_head(x, s, d);
	write_question(x, d);
	write_candidates(x, s, d);
	if (x->comparison.count) {
		document_section(d, 1, "comparison", "Comparison");
		document_new_page(d);
		comparison_write(&x->comparison, s, d, 2);
	}
	if (x->has_duties) {
		document_section(d, 1, "duty-table", "Duties");
		document_new_page(d);
		duty_table_write(&x->duties, s, d, 2);
	}
	document_section(d, 1, "reasons", "The reasons");
	document_new_page(d);
	for (size_t i = 0; i < x->case_count; i++)
		evidence_shares_write(&x->cases[i], s, d, 2, EXHIBIT_PIECES);
	document_section(d, 1, "provenance", "Provenance");
	document_new_page(d);
	provenance_write(&x->provenance, s, d, 2);
	return d;
}

/* ---- JSON ---- */

static void write_json_question(const struct exhibit *x, struct json_writer *w)
{
	json_begin_object(w, "question");
	if (x->title.length)
		json_write_text(w, "title", x->title);
	if (x->text.length)
		json_write_text(w, "text", x->text);
	json_end_object(w);
}

static void write_json_candidates(const struct exhibit *x, const struct session *s, struct json_writer *w)
{
	json_begin_array(w, "candidates");
	for (size_t i = 0; i < x->ranked.ranking.count; i++) {
		const struct candidate *k = &x->ranked.ranking.at[i];
		if (!is_listed(x, i))
			continue;
		json_begin_object(w, NULL);
		json_write_count(w, "rank", i + 1);
		json_write_string(w, "code", k->code.text);
		json_write_string(w, "best", s->index->entries[k->occupation].code.text);
		json_write_text(w, "title", k->title);
		json_write_real(w, "score", k->score);
		json_write_real(w, "confidence", k->confidence);
		json_write_bool(w, "weighed", is_weighed(x, &k->code));
		json_end_object(w);
	}
	json_end_array(w);
}

void exhibit_json(const struct exhibit *x, const struct session *s, struct json_writer *w)
{
	struct buffer trust = { 0 };
	json_write_string(w, "code", x->codes.at[0].code.text);
	json_write_bool(w, "named", x->named);
	write_json_question(x, w);
	json_write_count(w, "ranked", x->ranked.ranking.count);
	write_json_candidates(x, s, w);
	if (exhibit_describe_trust(s, &trust) && trust.length)
		json_write_text(w, "trust", buffer_slice(&trust));
	buffer_free(&trust);
	if (x->comparison.count) {
		json_begin_object(w, "comparison");
		comparison_json(&x->comparison, s, w);
		json_end_object(w);
	}
	if (x->has_duties) {
		json_begin_object(w, "duties");
		duty_table_json(&x->duties, s, w);
		json_end_object(w);
	}
	json_begin_array(w, "reasons");
	for (size_t i = 0; i < x->case_count; i++) {
		json_begin_object(w, NULL);
		evidence_shares_json(&x->cases[i], s, w);
		json_end_object(w);
	}
	json_end_array(w);
	provenance_json(&x->provenance, s, w);
}
