// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * search.c - soc search: ranked codes for a job, each with what matched.
 */
#include <math.h>

#include "lib/index/manifest.h"
#include "query/command.h"
#include "query/phrase.h"
#include "query/rank.h"
#include "query/reasons.h"

#define DEFAULT_LIMIT 10
#define REASONS_IN_TEXT 3
#define REASONS_IN_JSON 10
#define UNEXPLAINED_IN_TEXT 12

/* A line of at most so many words is a title; of more than the second, a text; between them it can be either, and
 * is asked both ways, which measured on long titles costs them nothing. */
#define TITLE_WORDS_SURE 4
#define TITLE_WORDS_MAX 12

/* One search from options to answer. */
struct search {
	struct command *c;
	struct job job;
	struct free_text free;
	struct rank_options options;
	struct ranking ranking;
	struct job_words words;
};

/* ---- what is asked ---- */

/* The operands as one text. */
static bool join_operands(struct search *s, struct slice *out)
{
	struct buffer text = { 0 };
	bool ok = true;
	for (size_t i = 0; ok && i < s->c->options->operand_count; i++)
		ok = (i == 0 || buffer_append_byte(&text, ' ', s->c->err)) &&
		     buffer_append_text(&text, s->c->options->operands[i], s->c->err);
	*out = ok ? arena_copy(&s->c->arena, buffer_slice(&text), s->c->err) : (struct slice){ 0 };
	buffer_free(&text);
	return ok && out->at;
}

/* Free text of one short line is a title; of more lines, a text whose first line is the title where that is
 * short. */
static bool split_free_text(struct search *s, struct slice text)
{
	struct slice line = slice_trim(text);
	struct text_words words;
	const char *end = line.length ? memchr(line.at, '\n', line.length) : NULL;
	struct slice rest = { 0 };
	if (end) {
		rest = slice_trim((struct slice){ end, (size_t)(line.at + line.length - end) });
		line.length = (size_t)(end - line.at);
	}
	if (!text_analyze(s->c->index->analyzer, line, &words, s->c->err))
		return false;
	bool title = words.count <= TITLE_WORDS_MAX;
	if (!s->job.title.length && title)
		s->job.title = line;
	else
		rest = slice_trim(text);
	if (rest.length == 0 && words.count > TITLE_WORDS_SURE)
		rest = line;
	if (!s->job.text.length)
		s->job.text = rest;
	return true;
}

static bool read_job(struct search *s)
{
	struct command *c = s->c;
	const char *title = options_value(c->options, OPTION_TITLE), *text = options_value(c->options, OPTION_TEXT);
	struct slice operands;
	if (title)
		s->job.title = slice_of(title);
	if (text && !command_read_file(c, text, &s->job.text))
		return false;
	if (!join_operands(s, &operands) ||
	    !free_text_read(c->index, operands, &c->arena, &s->free, c->err) ||
	    (slice_trim(s->free.words).length && !split_free_text(s, s->free.words)))
		return false;
	s->options.allow = s->free.allow;
	if (slice_trim(s->job.title).length == 0 && slice_trim(s->job.text).length == 0)
		return error_set(c->err, ERROR_USAGE, "soc search TEXT..., or --title T and --text FILE",
				 "there is nothing to search for");
	return true;
}

static bool read_numbers(struct search *s)
{
	long limit = DEFAULT_LIMIT, offset = 0;
	if (!options_number(s->c->options, OPTION_LIMIT, 1, 100000, &limit, s->c->err) ||
	    !options_number(s->c->options, OPTION_OFFSET, 0, 100000, &offset, s->c->err))
		return false;
	s->options.limit = (size_t)limit;
	s->options.offset = (size_t)offset;
	s->options.level = command_level(s->c, &s->options.automatic);
	return true;
}

/* ---- text ---- */

/* "official title", or "filed 226 times: LCA FY2024 226": what kind of evidence it is. */
static void describe_evidence(const struct evidence *e, struct buffer *out)
{
	if (e->kind != EVIDENCE_FILED_TITLE)
		buffer_append_text(out, evidence_specs[e->kind].name, NULL);
	else
		buffer_printf(out, NULL, "filed %u time%s: %.*s", e->count, e->count == 1 ? "" : "s",
			      (int)e->detail.length, e->detail.at);
}

static void print_reasons(const struct search *s, const char *label, const struct reason *at, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct evidence *e = &at[i].evidence;
		struct buffer text = { 0 };
		buffer_append(&text, e->text.at, e->text.length, NULL);
		buffer_append_text(&text, "  (", NULL);
		describe_evidence(e, &text);
		buffer_append_text(&text, ")", NULL);
		page_paragraph(&s->c->page, i == 0 ? label : "", 14, buffer_slice(&text), at[i].spans,
			       at[i].span_count);
		buffer_free(&text);
	}
}

static void print_unexplained(const struct search *s, const struct reasons *r)
{
	struct buffer text = { 0 };
	if (r->unexplained_count == 0)
		return;
	for (size_t i = 0; i < r->unexplained_count && i < UNEXPLAINED_IN_TEXT; i++) {
		if (i > 0)
			buffer_append_text(&text, ", ", NULL);
		buffer_append(&text, r->unexplained[i].at, r->unexplained[i].length, NULL);
	}
	if (r->unexplained_count > UNEXPLAINED_IN_TEXT)
		buffer_printf(&text, NULL, " and %zu more", r->unexplained_count - UNEXPLAINED_IN_TEXT);
	page_paragraph(&s->c->page, "    unexplained", 16, buffer_slice(&text), NULL, 0);
	buffer_free(&text);
}

/* The code to show: at the SOC level the best occupation under it, at a group's level the group. */
static const char *shown_code(const struct search *s, const struct candidate *c)
{
	return s->ranking.level >= LEVEL_SOC ? s->c->index->entries[c->occupation].code.text : c->code.text;
}

static void print_head(const struct search *s, const struct candidate *c, size_t rank)
{
	const struct page *p = &s->c->page;
	struct buffer title = { 0 };
	char first[32];
	snprintf(first, sizeof first, "%2zu. %s", rank, shown_code(s, c));
	buffer_append(&title, c->title.at, c->title.length, NULL);
	struct span whole = { 0, (uint32_t)title.length };
	if (s->ranking.level < LEVEL_SOC)
		buffer_printf(&title, NULL, " (the best of this %s group)", code_level_name(s->ranking.level));
	page_paragraph(p, first, 16, buffer_slice(&title), &whole, 1);
	buffer_free(&title);
	uint32_t zone = s->c->index->entries[c->occupation].zone;
	fprintf(p->stream, "    confidence %.0f%%, score %.2f", 100.0 * c->confidence, c->score);
	if (zone)
		fprintf(p->stream, ", Job Zone %u", zone);
	fputc('\n', p->stream);
}

static bool print_candidate(struct search *s, const struct candidate *c, size_t rank, struct arena *arena)
{
	struct reasons r;
	arena_reset(arena);
	if (!reasons_find(s->c->index, &s->words, c->occupation, REASONS_IN_TEXT, arena, &r, s->c->err))
		return false;
	print_head(s, c, rank);
	print_reasons(s, "    titles", r.at[REASON_TITLES], r.count[REASON_TITLES]);
	print_reasons(s, "    tasks", r.at[REASON_TASKS], r.count[REASON_TASKS]);
	if (r.count[REASON_TITLES] + r.count[REASON_TASKS] == 0)
		print_reasons(s, "    matched", r.at[REASON_OTHERS], r.count[REASON_OTHERS]);
	print_unexplained(s, &r);
	return true;
}

static bool print_text(struct search *s, struct arena *arena)
{
	for (size_t i = 0; i < s->ranking.count; i++) {
		if (i > 0)
			fputc('\n', s->c->page.stream);
		if (!print_candidate(s, &s->ranking.at[i], s->options.offset + i + 1, arena))
			return false;
	}
	return true;
}

/* ---- JSON ---- */

static json_t *json_reason(const struct search *s, const struct reason *r)
{
	json_t *spans = json_array();
	for (size_t i = 0; i < r->span_count; i++)
		json_array_append_new(spans, json_pack("[ii]", (int)r->spans[i].start, (int)r->spans[i].length));
	json_t *object = json_pack("{s:o, s:s, s:s, s:f, s:o}", "text", command_json_text(r->evidence.text),
		"kind", evidence_specs[r->evidence.kind].key,
		"source", manifest_source_title(s->c->index->manifest, r->evidence.source),
		"cosine", r->cosine, "matched", spans);
	if (r->evidence.kind == EVIDENCE_FILED_TITLE) {
		json_object_set_new(object, "filings", json_integer(r->evidence.count));
		json_object_set_new(object, "filed", command_json_text(r->evidence.detail));
	}
	return object;
}

static json_t *json_reasons(const struct search *s, const struct reasons *r, enum reason_group group)
{
	json_t *list = json_array();
	for (size_t i = 0; i < r->count[group]; i++)
		json_array_append_new(list, json_reason(s, &r->at[group][i]));
	return list;
}

static json_t *json_parts(const struct candidate *c)
{
	json_t *parts = json_object();
	for (size_t i = 0; i < SIGNAL_COUNT; i++)
		if (c->parts[i] != 0.0)
			json_object_set_new(parts, signal_specs[i].key, json_real(c->parts[i]));
	return parts;
}

static json_t *json_candidate(struct search *s, const struct candidate *c, size_t rank, struct arena *arena)
{
	struct reasons r;
	arena_reset(arena);
	if (!reasons_find(s->c->index, &s->words, c->occupation, REASONS_IN_JSON, arena, &r, s->c->err))
		return NULL;
	uint32_t zone = s->c->index->entries[c->occupation].zone;
	json_t *unexplained = json_array();
	for (size_t i = 0; i < r.unexplained_count; i++)
		json_array_append_new(unexplained, command_json_text(r.unexplained[i]));
	return json_pack("{s:I, s:s, s:s, s:o, s:o, s:f, s:f, s:o, s:o, s:o, s:o, s:o}", "rank", (json_int_t)rank,
		"code", shown_code(s, c), "soc", s->ranking.level < LEVEL_SOC ? c->code.text
		: code_soc(&s->c->index->entries[c->occupation].code).text, "title", command_json_text(c->title),
		"zone", zone ? json_integer(zone) : json_null(), "score", c->score, "confidence", c->confidence,
		"parts", json_parts(c), "titles", json_reasons(s, &r, REASON_TITLES),
		"tasks", json_reasons(s, &r, REASON_TASKS), "others", json_reasons(s, &r, REASON_OTHERS),
		"unexplained", unexplained);
}

static bool print_json(struct search *s, struct arena *arena)
{
	json_t *list = json_array();
	for (size_t i = 0; i < s->ranking.count; i++) {
		json_t *c = json_candidate(s, &s->ranking.at[i], s->options.offset + i + 1, arena);
		if (!c) {
			json_decref(list);
			return false;
		}
		json_array_append_new(list, c);
	}
	command_print_json(json_pack("{s:o, s:o, s:s, s:I, s:b, s:o}", "title", command_json_text(s->job.title),
		"text", command_json_text(s->job.text), "level", code_level_name(s->ranking.level),
		"found", (json_int_t)s->ranking.found, "sample", manifest_is_sample(s->c->index->manifest),
		"candidates", list));
	return true;
}

/* ---- the command ---- */

static bool run(struct search *s)
{
	struct ranker *ranker = NULL;
	struct arena scratch = { 0 };
	bool ok = read_numbers(s) && read_job(s) && command_tell_sample(s->c) &&
		  ranker_new(s->c->index, &ranker, s->c->err) &&
		  rank_job(ranker, &s->job, &s->options, &s->ranking, s->c->err) &&
		  job_words_read(s->c->index, &s->job, &s->c->arena, &s->words, s->c->err) &&
		  (s->c->json ? print_json(s, &scratch) : print_text(s, &scratch));
	arena_free(&scratch);
	job_words_free(&s->words);
	ranker_free(ranker);
	return ok;
}

enum outcome command_search(struct command *c)
{
	struct search s = { .c = c };
	if (!run(&s))
		return OUTCOME_ERROR;
	if (s.ranking.count > 0)
		return OUTCOME_FOUND;
	if (!c->quiet)
		fprintf(stderr, "soc: %s\n", s.ranking.found ? "no more results: --offset is behind the last"
			: s.free.phrases ? "nothing holds these phrases and words"
			: "no word of this is known to the index");
	return OUTCOME_NOTHING;
}
