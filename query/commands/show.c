// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * show.c - soc show: all that is known of a code.
 */
#include <stdlib.h>

#include "lib/index/manifest.h"
#include "query/engine/fact_lookup.h"
#include "query/commands/command.h"
#include "query/commands/crosswalk.h"
#include "query/output/show_json.h"
#include "query/output/show_write.h"

/* So many codes are named where the one asked for does not exist. */
#define NEAREST_SHOWN 8

/* ---- codes ---- */

/* One call of soc show. */
struct showing {
	struct command *c;
	struct show_view view;
	json_t *list;           /* of --format json: the objects so far */
	struct csv_writer rows; /* of --format csv and tsv */
	size_t pages;           /* of --format text: how many so far */
};

static void print_members(const struct command *c, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		const struct entry *e = &c->index->entries[i];
		page_write(&c->page, PAGE_PLAIN, "  %s  %.*s", e->code.text, (int)e->title.length, e->title.at);
		fputc('\n', c->page.stream);
	}
}

static json_t *json_members(const struct command *c, size_t from, size_t to)
{
	json_t *list = json_array();
	for (size_t i = from; i < to; i++)
		json_array_append_new(list, json_pack("{s:s, s:o}", "code", c->index->entries[i].code.text, "title",
						      command_json_text(c->index->entries[i].title)));
	return list;
}

static void tell_nearest(const struct command *c, const struct code *code)
{
	size_t from, to;
	fprintf(stderr, "soc: the index has no code %s\n", code->text);
	if (c->quiet)
		return;
	codes_find_nearest(c->index, code, NEAREST_SHOWN, &from, &to);
	fprintf(stderr, "hint: the nearest are\n");
	for (size_t i = from; i < to; i++)
		fprintf(stderr, "  %s  %.*s\n", c->index->entries[i].code.text, (int)c->index->entries[i].title.length,
			c->index->entries[i].title.at);
}

static void print_census_titles(const struct show_view *v, const struct group *g)
{
	struct buffer run = { 0 };
	show_heading(v, "Census index titles of the group", g->title_count, g->source);
	for (size_t i = 0; i < g->title_count; i++)
		buffer_printf(&run, v->c->err, "%s%.*s", i == 0 ? "" : "; ", (int)g->titles[i].length, g->titles[i].at);
	show_item(v, "  ", 2, buffer_slice(&run));
	buffer_free(&run);
}

static void print_group(const struct show_view *v, const struct code *code, size_t from, size_t to)
{
	const struct command *c = v->c;
	const struct group *g = groups_find(&c->index->groups, code);
	struct slice title = codes_group_title(c->index, code);
	page_write(&c->page, PAGE_BOLD, "%s%s%.*s", code->text, title.length ? "  " : "", (int)title.length, title.at);
	fprintf(c->page.stream, "%sa %s group with %zu occupations\n", title.length ? "\n" : "  ",
		code_level_name(code_level(code)), to - from);
	if (show_wants(v, SHOW_MEMBERS))
		print_members(c, from, to);
	show_facts(v, code, SHOW_PROFESSION, SHOW_OWN);
	if (g && g->title_count > 0 && show_wants(v, SHOW_TITLES))
		print_census_titles(v, g);
}

/* ---- codes of the surveys' own ---- */

/* Whether facts hang on a code that is none of the classification. */
static bool has_facts(const struct command *c, const struct code *code)
{
	size_t count;
	for (size_t i = 0; i < c->index->facts.count; i++)
		if (facts_of(&c->index->facts.at[i], slice_of(code->text), &count))
			return true;
	return false;
}

/* Whether an occupation takes facts of that code. */
static bool takes_facts(const struct command *c, size_t number, const struct code *code)
{
	for (size_t i = 0; i < c->index->facts.count; i++) {
		struct fact_answer a = fact_find(c->index, &c->index->facts.at[i], &c->index->entries[number].code);
		if (a.count && slice_equal(a.at->code, slice_of(code->text)))
			return true;
	}
	return false;
}

static void print_survey_code(const struct show_view *v, const struct code *code)
{
	const struct command *c = v->c;
	struct slice title = fact_code_title(c->index, slice_of(code->text));
	bool any = false;
	page_write(&c->page, PAGE_BOLD, "%s  %.*s", code->text, (int)title.length, title.at);
	fputc('\n', c->page.stream);
	show_item(v, "", 0,
		  SLICE("a code that is not of the classification: a survey has it for several occupations "
			"together"));
	for (size_t i = 0; i < c->index->count; i++) {
		if (!takes_facts(c, i, code))
			continue;
		if (!any)
			page_heading(&c->page, "Occupations that take its facts");
		any = true;
		print_members(c, i, i + 1);
	}
	show_facts(v, code, SHOW_PROFESSION, SHOW_OWN);
}

static json_t *json_survey_code(const struct command *c, const struct code *code)
{
	json_t *members = json_array();
	for (size_t i = 0; i < c->index->count; i++) {
		json_t *one = takes_facts(c, i, code) ? json_members(c, i, i + 1) : NULL;
		if (one)
			json_array_extend(members, one);
		json_decref(one);
	}
	return json_pack("{s:s, s:s, s:o, s:o, s:o}", "code", code->text, "level", "survey", "title",
			 command_json_text(fact_code_title(c->index, slice_of(code->text))), "members", members,
			 "facts", show_json_facts(c, code));
}

/* ---- pages and objects ---- */

static bool show_text(struct showing *s, const struct code *code, size_t from, size_t to)
{
	struct command *c = s->c;
	if (s->pages++ > 0)
		fputc('\n', c->page.stream);
	if (from == to) {
		print_survey_code(&s->view, code);
		return true;
	}
	if (!codes_name_occupation(c->index, code, from, to)) {
		print_group(&s->view, code, from, to);
		return true;
	}
	if (!show_occupation(&s->view, from))
		return false;
	if (to - from > 1 && show_wants(&s->view, SHOW_MEMBERS)) {
		page_heading(&c->page, "Also under this code");
		print_members(c, from + 1, to);
	}
	return true;
}

/* The Census index titles of a group, as pieces of evidence are shown. */
static json_t *json_group_titles(const struct command *c, const struct code *code)
{
	const struct group *g = groups_find(&c->index->groups, code);
	json_t *list = json_array();
	for (size_t i = 0; g && i < g->title_count; i++)
		json_array_append_new(list, json_pack("{s:o, s:s}", "text", command_json_text(g->titles[i]), "source",
						      manifest_source_title(c->index->manifest, g->source)));
	return list;
}

static json_t *json_page(struct command *c, const struct code *code, size_t from, size_t to)
{
	if (from == to)
		return json_survey_code(c, code);
	if (!codes_name_occupation(c->index, code, from, to))
		return json_pack("{s:s, s:s, s:o, s:o, s:o, s:o}", "code", code->text, "level",
				 code_level_name(code_level(code)), "title",
				 command_json_text(codes_group_title(c->index, code)), "members",
				 json_members(c, from, to), "census_titles", json_group_titles(c, code), "facts",
				 show_json_facts(c, code));
	json_t *object = show_json_occupation(c, from);
	if (object && to - from > 1)
		json_object_set_new(object, "also", json_members(c, from + 1, to));
	return object;
}

static bool show_json(struct showing *s, const struct code *code, size_t from, size_t to)
{
	json_t *object = json_page(s->c, code, from, to);
	if (!object)
		return false;
	if (s->list)
		json_array_append_new(s->list, object);
	else
		format_print_line_exactly(object);
	return true;
}

/* Read of the index what a page is made from. */
static bool need_all(const struct command *c)
{
	return soc_index_need_manifest(c->index, c->err) && soc_index_need_reference(c->index, c->err) &&
	       soc_index_need_group_titles(c->index, c->err) && soc_index_need_crossings(c->index, c->err) &&
	       soc_index_need_facts(c->index, c->err);
}

json_t *show_json_code(struct command *c, const struct code *code)
{
	struct showing s = { .c = c, .list = need_all(c) ? json_array() : NULL };
	size_t from, to, numbers[SUCCESSORS_MAX];
	bool ok = s.list != NULL;
	if (ok && soc_index_range(c->index, code, &from, &to)) {
		ok = show_json(&s, code, from, to);
	} else if (ok && has_facts(c, code)) {
		ok = show_json(&s, code, 0, 0);
	} else if (ok) {
		size_t count = crosswalk_successors(c->index, code, numbers);
		for (size_t i = 0; ok && i < count; i++)
			ok = show_json(&s, &c->index->entries[numbers[i]].code, numbers[i], numbers[i] + 1);
	}
	if (ok)
		return s.list;
	json_decref(s.list);
	error_no_memory(c->err); /* where nothing else was said */
	return NULL;
}

/* Rows are of members, below the code that was asked for. */
static bool show_rows(struct showing *s, const char *asked, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		const struct entry *e = &s->c->index->entries[i];
		csv_put_text(&s->rows, asked);
		csv_put_text(&s->rows, e->code.text);
		csv_put(&s->rows, e->title);
		csv_end(&s->rows);
	}
	return true;
}

/* Show what stands under `code`, where `asked` was asked for. */
static enum outcome show_range(struct showing *s, const char *asked, const struct code *code, size_t from, size_t to)
{
	bool ok = format_is_table(s->c->format)  ? show_rows(s, asked, from, to)
		  : format_is_json(s->c->format) ? show_json(s, code, from, to)
						 : show_text(s, code, from, to);
	return ok ? OUTCOME_FOUND : OUTCOME_ERROR;
}

/* A code that the index does not have: a survey's own has facts, an old one leads to what it has become, any other to its neighbours. */
static enum outcome show_absent(struct showing *s, const struct code *code)
{
	size_t numbers[SUCCESSORS_MAX];
	if (!format_is_table(s->c->format) && has_facts(s->c, code))
		return show_range(s, code->text, code, 0, 0);
	size_t count = crosswalk_successors(s->c->index, code, numbers);
	if (count == 0) {
		tell_nearest(s->c, code);
		return OUTCOME_NOTHING;
	}
	if (!s->c->quiet)
		fprintf(stderr, "soc: %s is a code of an older edition; it has become:\n", code->text);
	enum outcome outcome = OUTCOME_FOUND;
	for (size_t i = 0; i < count && outcome == OUTCOME_FOUND; i++)
		outcome = show_range(s, code->text, &s->c->index->entries[numbers[i]].code, numbers[i], numbers[i] + 1);
	return outcome;
}

static bool read_code(const struct command *c, const char *operand, struct code *code)
{
	return code_parse(slice_of(operand), code) ||
	       error_set(c->err, ERROR_USAGE,
			 "a code looks like 15-1252.00, 15-1252 or 15-0000; to find one, "
			 "use soc search",
			 "'%s' is no occupation code", operand);
}

static enum outcome show_one(struct showing *s, const char *operand)
{
	struct code code;
	size_t from, to;
	if (!read_code(s->c, operand, &code))
		return OUTCOME_ERROR;
	return soc_index_range(s->c->index, &code, &from, &to) ? show_range(s, code.text, &code, from, to)
							       : show_absent(s, &code);
}

/* What cannot be shown in this format is known before anything is printed. */
static bool check_operands(const struct command *c)
{
	if (c->options->operand_count == 0)
		return error_set(c->err, ERROR_USAGE, "soc show 15-1252.00", "no code is named");
	for (size_t i = 0; format_is_table(c->format) && i < c->options->operand_count; i++) {
		struct code code;
		if (!read_code(c, c->options->operands[i], &code))
			return false;
		if (code_is_onet(&code))
			return error_set(c->err, ERROR_USAGE,
					 "show it with --format text, json or jsonl; rows are "
					 "for codes of at most six digits",
					 "%s is one occupation and has no members to list "
					 "as %s",
					 code.text, format_name(c->format));
	}
	return true;
}

enum outcome command_show(struct command *c)
{
	enum outcome outcome = OUTCOME_FOUND;
	struct showing s = { .c = c, .rows = format_rows(c->format, c->err) };
	if (!show_read_view(c, &s.view) || !check_operands(c) || !command_tell_sample(c) || !need_all(c))
		return OUTCOME_ERROR;
	if (format_is_table(c->format))
		csv_header(&s.rows, "asked code title");
	if (c->format == FORMAT_JSON)
		s.list = json_array();
	for (size_t i = 0; outcome != OUTCOME_ERROR && i < c->options->operand_count; i++) {
		enum outcome one = show_one(&s, c->options->operands[i]);
		outcome = one > outcome ? one : outcome;
	}
	if (s.list && outcome != OUTCOME_ERROR)
		format_print_json_exactly(s.list);
	else
		json_decref(s.list);
	return outcome;
}
