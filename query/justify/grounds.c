// SPDX-License-Identifier: GPL-3.0-or-later
#include <math.h>
#include <stdlib.h>

#include "query/justify/grounds.h"
#include "query/search_output.h"
#include "query/show_page.h"

/* ---- gathering ---- */

static bool find_one(struct command *c, struct job_words *words, const struct ranking *ranking, struct ground *out)
{
	out->place = asked_place(ranking, &out->asked->code);
	if (out->place == ranking->count)
		return true;
	out->candidate = &ranking->at[out->place];
	return reasons_find(c->index, words, out->candidate->occupation, GROUNDS_SHOWN, &c->arena, &out->reasons, c->err);
}

bool grounds_find(struct command *c, const struct job *job, const struct asked_codes *codes, const struct ranking *ranking,
		  struct grounds *out)
{
	struct job_words words = { 0 };
	*out = (struct grounds){ .at = arena_alloc(&c->arena, (codes->count + 1) * sizeof *out->at, c->err) };
	bool ok = out->at && job_words_read(c->index, job, &c->arena, &words, c->err) &&
		  job_words_weigh(c->index, job, ranking, &c->arena, &words, c->err) &&
		  job_words_expand(c->index, ranking->rewordings, ranking->rewording_count, &c->arena, &words, c->err);
	for (; ok && out->count < codes->count; out->count++) {
		struct ground *g = &out->at[out->count];
		*g = (struct ground){ .asked = &codes->at[out->count] };
		ok = find_one(c, &words, ranking, g);
	}
	job_words_free(&words);
	return ok;
}

/* ---- as a part of a document ---- */

static void write_reason(const struct reason *r, const struct command *c, struct document *d)
{
	struct show_view view = { .c = (struct command *)(uintptr_t)c };
	struct buffer kind = { 0 };
	char source[160];
	show_source(&view, r->evidence.source, source, sizeof source);
	document_item(d);
	document_spans(d, r->evidence.text, r->spans, r->span_count);
	if (search_describe_evidence(&r->evidence, &kind, c->err))
		document_printf(d, RUN_DIM, " (%.*s; %s)", (int)kind.length, kind.at, source);
	buffer_free(&kind);
}

static void write_reasons(const struct ground *g, const struct command *c, struct document *d)
{
	static const char *const names[REASON_GROUP_COUNT] = { "Titles that are like the job's", "Tasks that are like the job's",
							       "What else has words of the job" };
	bool any = false;
	for (size_t group = 0; group < REASON_GROUP_COUNT; group++) {
		if (g->reasons.count[group] == 0)
			continue;
		document_paragraph(d);
		document_text(d, RUN_STRONG, slice_of(names[group]));
		for (size_t i = 0; i < g->reasons.count[group]; i++)
			write_reason(&g->reasons.at[group][i], c, d);
		any = true;
	}
	if (!any) {
		document_paragraph(d);
		document_text(d, RUN_PLAIN, SLICE("No title and no task of it has a word of the job."));
	}
}

static void write_unexplained(const struct ground *g, struct document *d)
{
	if (g->reasons.unexplained_count == 0)
		return;
	document_note(d);
	document_text(d, RUN_PLAIN, SLICE("Nothing in it explains: "));
	for (size_t i = 0; i < g->reasons.unexplained_count; i++) {
		document_text(d, RUN_PLAIN, i ? SLICE(", ") : SLICE(""));
		document_text(d, RUN_PLAIN, g->reasons.unexplained[i]);
	}
}

struct part {
	enum signal signal;
	double points;
};

static int compare_parts(const void *a, const void *b)
{
	double x = fabs(((const struct part *)a)->points), y = fabs(((const struct part *)b)->points);
	return x > y ? -1 : x < y ? 1 : (int)((const struct part *)a)->signal - (int)((const struct part *)b)->signal;
}

/* What gave the score, the most first; the parts add up to it. */
static void write_parts(const struct ground *g, struct document *d)
{
	static const struct column columns[] = { { "What gave it", COLUMN_TEXT }, { "Points", COLUMN_NUMBER }, { "Share", COLUMN_NUMBER } };
	struct part parts[SIGNAL_COUNT];
	size_t count = 0;
	double rest = 0.0;
	for (int s = 0; s < SIGNAL_COUNT; s++)
		if (fabs(g->candidate->parts[s]) < 0.005)
			rest += g->candidate->parts[s];
		else
			parts[count++] = (struct part){ (enum signal)s, g->candidate->parts[s] };
	qsort(parts, count, sizeof *parts, compare_parts);
	document_table(d, "The parts of its score", columns, sizeof columns / sizeof *columns);
	for (size_t i = 0; i < count; i++) {
		document_row(d);
		document_cell_text(d, RUN_PLAIN, slice_of(signal_specs[parts[i].signal].what));
		document_cell_printf(d, RUN_PLAIN, "%+.2f", parts[i].points);
		document_cell_printf(d, RUN_PLAIN, "%.0f%%", 100.0 * parts[i].points / g->candidate->score);
	}
	if (fabs(rest) >= 0.005) {
		document_row(d);
		document_cell_text(d, RUN_PLAIN, SLICE("the rest, each of it less than 0.005"));
		document_cell_printf(d, RUN_PLAIN, "%+.2f", rest);
		document_cell_printf(d, RUN_PLAIN, "%.0f%%", 100.0 * rest / g->candidate->score);
	}
	document_row(d);
	document_cell_text(d, RUN_STRONG, SLICE("score"));
	document_cell_printf(d, RUN_STRONG, "%.2f", g->candidate->score);
	document_cell_text(d, RUN_STRONG, SLICE("100%"));
	document_table_end(d);
}

static void write_ground(const struct ground *g, const struct command *c, struct document *d, int level)
{
	char heading[256], id[CODE_SIZE + 16];
	snprintf(heading, sizeof heading, "%s %.*s", g->asked->code.text, (int)(g->asked->title.length < 200 ? g->asked->title.length : 200),
		 g->asked->title.at);
	snprintf(id, sizeof id, "reasons-%s", g->asked->code.text);
	document_section(d, level, id, heading);
	document_paragraph(d);
	if (!g->candidate) {
		document_text(d, RUN_PLAIN, SLICE("It is not among the ranked: the index knows nothing of it."));
		return;
	}
	const struct entry *best = &c->index->entries[g->candidate->occupation];
	document_printf(d, RUN_PLAIN, "Rank %zu, confidence %.1f%%, score %.2f", g->place + 1, 100.0 * g->candidate->confidence,
			g->candidate->score);
	if (strcmp(best->code.text, g->asked->code.text) != 0 && !slice_equal(best->title, g->asked->title))
		document_printf(d, RUN_PLAIN, ", by the occupation %s %.*s under it", best->code.text, (int)best->title.length,
				best->title.at);
	document_text(d, RUN_PLAIN, SLICE("."));
	write_reasons(g, c, d);
	write_unexplained(g, d);
	if (g->candidate->score > 0.0)
		write_parts(g, d);
}

void grounds_write(const struct grounds *g, const struct command *c, struct document *d, int level)
{
	for (size_t i = 0; i < g->count; i++)
		write_ground(&g->at[i], c, d, level);
}

/* ---- as JSON ---- */

static json_t *group_json(const struct ground *g, enum reason_group group, const struct command *c)
{
	json_t *list = json_array();
	for (size_t i = 0; i < g->reasons.count[group]; i++) {
		const struct reason *r = &g->reasons.at[group][i];
		struct show_view view = { .c = (struct command *)(uintptr_t)c };
		char source[160];
		show_source(&view, r->evidence.source, source, sizeof source);
		json_array_append_new(list, json_pack("{s:s, s:o, s:s, s:f}", "kind", evidence_specs[r->evidence.kind].key, "text",
			command_json_text(r->evidence.text), "source", source, "cosine", r->cosine));
	}
	return list;
}

static json_t *ground_json(const struct ground *g, const struct command *c)
{
	json_t *object = json_pack("{s:s, s:o}", "code", g->asked->code.text, "title", command_json_text(g->asked->title));
	if (!g->candidate)
		return object;
	json_t *parts = json_object(), *words = json_array();
	for (int s = 0; s < SIGNAL_COUNT; s++)
		if (g->candidate->parts[s] != 0.0)
			json_object_set_new(parts, signal_specs[s].key, json_real(g->candidate->parts[s]));
	for (size_t i = 0; i < g->reasons.unexplained_count; i++)
		json_array_append_new(words, command_json_text(g->reasons.unexplained[i]));
	json_object_update_new(object, json_pack("{s:I, s:f, s:f, s:s, s:o, s:o, s:o, s:o, s:o}", "rank", (json_int_t)g->place + 1,
		"score", g->candidate->score, "confidence", g->candidate->confidence,
		"best", c->index->entries[g->candidate->occupation].code.text, "parts", parts,
		"titles", group_json(g, REASON_TITLES, c), "tasks", group_json(g, REASON_TASKS, c),
		"others", group_json(g, REASON_OTHERS, c), "unexplained", words));
	return object;
}

json_t *grounds_json(const struct grounds *g, const struct command *c)
{
	json_t *list = json_array();
	for (size_t i = 0; i < g->count; i++)
		json_array_append_new(list, ground_json(&g->at[i], c));
	return list;
}
