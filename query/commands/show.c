// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * show.c - soc show: all that is known of a code.
 */
#include <stdlib.h>

#include "lib/index/manifest.h"
#include "lib/soc/code_reader.h"
#include "query/engine/crosswalk_lookup.h"
#include "query/engine/fact_lookup.h"
#include "query/commands/command.h"
#include "query/output/show_json.h"
#include "query/output/show_write.h"

/* So many codes are named where the one asked for does not exist. */
#define NEAREST_SHOWN 8

/* ---- codes ---- */

/* One call of soc show. */
struct showing {
	struct command *c;
	struct show_view view;
	struct json_writer json; /* of --format json and jsonl */
	struct csv_writer rows;  /* of --format csv and tsv */
};

static void tell_nearest(const struct command *c, const struct code *code)
{
	size_t from, to;
	fprintf(stderr, "soc: the index has no code %s\n", code->text);
	if (c->quiet)
		return;
	codes_find_nearest(c->session.index, code, NEAREST_SHOWN, &from, &to);
	fprintf(stderr, "hint: the nearest are\n");
	for (size_t i = from; i < to; i++)
		fprintf(stderr, "  %s  %.*s\n", c->session.index->entries[i].code.text,
			(int)c->session.index->entries[i].title.length, c->session.index->entries[i].title.at);
}

/* ---- pages and objects ---- */

/* Rows are of members, below the code that was asked for. */
static bool show_rows(struct showing *s, const char *asked, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		const struct entry *e = &s->c->session.index->entries[i];
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
		  : format_is_json(s->c->format) ? show_json_page(&s->c->session, code, from, to, &s->json)
						 : show_page(&s->view, code, from, to);
	return ok ? OUTCOME_FOUND : OUTCOME_ERROR;
}

/* A code that the index does not have: a survey's own has facts, an old one leads to what it has become, any other to
 * its neighbours. */
static enum outcome show_absent(struct showing *s, const struct code *code)
{
	size_t numbers[SUCCESSORS_MAX];
	if (!format_is_table(s->c->format) && fact_code_known(s->c->session.index, code))
		return show_range(s, code->text, code, 0, 0);
	size_t count = crosswalk_successors(s->c->session.index, code, numbers);
	if (count == 0) {
		tell_nearest(s->c, code);
		return OUTCOME_NOTHING;
	}
	if (!s->c->quiet)
		fprintf(stderr, "soc: %s is a code of an older edition; it has become:\n", code->text);
	enum outcome outcome = OUTCOME_FOUND;
	for (size_t i = 0; i < count && outcome == OUTCOME_FOUND; i++)
		outcome = show_range(s, code->text, &s->c->session.index->entries[numbers[i]].code, numbers[i],
				     numbers[i] + 1);
	return outcome;
}

static bool read_code(const struct command *c, const char *operand, struct code *code)
{
	return code_read_one(slice_of(operand), code) ||
	       error_set(c->session.err, ERROR_USAGE,
			 "a code looks like 15-1252.00, 15-1252 or 15-0000; to find one, use soc search",
			 "'%s' is no occupation code", operand);
}

static enum outcome show_one(struct showing *s, const char *operand)
{
	struct code code;
	size_t from, to;
	if (!read_code(s->c, operand, &code))
		return OUTCOME_ERROR;
	return soc_index_range(s->c->session.index, &code, &from, &to) ? show_range(s, code.text, &code, from, to)
								       : show_absent(s, &code);
}

/* --section and --all. */
static bool read_view(struct command *c, struct show_view *out)
{
	*out = (struct show_view){ &c->session, .width = c->format == FORMAT_TEXT ? c->page.width : 0,
				   .all = options_given(c->options, OPTION_ALL) };
	for (size_t i = 0; i < c->options->value_count; i++)
		if (c->options->values[i].id == OPTION_SECTION &&
		    !show_read_sections(c->options->values[i].value, &out->sections, c->session.err))
			return false;
	if (out->sections == 0)
		out->sections = (1u << SHOW_COUNT) - 1;
	return true;
}

/* What cannot be shown in this format is known before anything is printed. */
static bool check_operands(const struct command *c)
{
	if (c->options->operand_count == 0)
		return error_set(c->session.err, ERROR_USAGE, "soc show 15-1252.00", "no code is named");
	for (size_t i = 0; format_is_table(c->format) && i < c->options->operand_count; i++) {
		struct code code;
		if (!read_code(c, c->options->operands[i], &code))
			return false;
		if (code_is_onet(&code))
			return error_set(c->session.err, ERROR_USAGE,
					 "show it with --format text, json or jsonl; "
					 "rows are for codes of at most six digits",
					 "%s is one occupation and has no members to list as %s", code.text,
					 format_name(c->format));
	}
	return true;
}

static struct document *new_document(const struct command *c)
{
	struct buffer title = { 0 };
	buffer_append_text(&title, c->options->operand_count > 1 ? "Occupations " : "Occupation ", c->session.err);
	for (size_t i = 0; i < c->options->operand_count; i++)
		buffer_printf(&title, c->session.err, "%s%s", i ? ", " : "", c->options->operands[i]);
	struct document *d = document_new_titled(&title, c->session.err);
	if (d)
		document_listing(d);
	return d;
}

enum outcome command_show(struct command *c)
{
	enum outcome outcome = OUTCOME_FOUND;
	struct buffer json = { 0 };
	struct showing s = { .c = c,
			     .json = format_json(c->format, JSON_DIGITS_EXACT, &json, c->session.err),
			     .rows = format_rows(c->format, c->session.err) };
	if (!read_view(c, &s.view) || !check_operands(c) || !command_tell_sample(c) || !show_need_all(&c->session))
		return OUTCOME_ERROR;
	if (format_is_table(c->format))
		csv_header(&s.rows, "asked code title");
	if (c->format == FORMAT_JSON)
		json_begin_array(&s.json, NULL);
	if ((c->format == FORMAT_TEXT || format_is_page(c->format)) && !(s.view.d = new_document(c)))
		return OUTCOME_ERROR;
	for (size_t i = 0; outcome != OUTCOME_ERROR && i < c->options->operand_count; i++) {
		enum outcome one = show_one(&s, c->options->operands[i]);
		outcome = one > outcome ? one : outcome;
	}
	/* In text, what comes before a code that is none is shown; of a damaged index nothing. */
	bool shown = c->format == FORMAT_TEXT && c->session.err->code == ERROR_USAGE;
	if (outcome == OUTCOME_ERROR && !shown)
		document_free(s.view.d);
	else if (s.view.d && !command_print_document(c, s.view.d))
		outcome = OUTCOME_ERROR;
	if (c->format == FORMAT_JSON && outcome != OUTCOME_ERROR) {
		json_end_array(&s.json);
		format_json_print(&s.json);
	}
	buffer_free(&json);
	return outcome;
}
