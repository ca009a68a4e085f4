// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * show.c - soc show: all that is known of a code.
 */
#include <stdlib.h>

#include "lib/index/manifest.h"
#include "query/command.h"
#include "query/crosswalk.h"
#include "query/show_json.h"

/* So many codes are named where the one asked for does not exist. */
#define NEAREST_SHOWN 8

/* ---- sections of an occupation, in the order in which they are shown ---- */

/* How the pieces of one kind of evidence are set. */
enum layout { LAYOUT_TEXT, LAYOUT_LIST, LAYOUT_RUN };

static const struct section_spec {
	enum evidence_kind kind;
	const char *heading;
	enum layout layout;
} sections[] = {
	{ EVIDENCE_DESCRIPTION, "Description", LAYOUT_TEXT },
	{ EVIDENCE_DEFINITION, "SOC definition", LAYOUT_TEXT },
	{ EVIDENCE_REPORTED_TITLE, "Reported titles", LAYOUT_RUN },
	{ EVIDENCE_ALTERNATE_TITLE, "Alternate titles", LAYOUT_RUN },
	{ EVIDENCE_SHORT_TITLE, "Short titles", LAYOUT_RUN },
	{ EVIDENCE_DIRECT_MATCH, "Direct match titles", LAYOUT_RUN },
	{ EVIDENCE_ILLUSTRATIVE, "Illustrative examples", LAYOUT_RUN },
	{ EVIDENCE_CENSUS_TITLE, "Census index titles", LAYOUT_RUN },
	{ EVIDENCE_FILED_TITLE, "Titles filed under this code", LAYOUT_RUN },
	{ EVIDENCE_CORE_TASK, "Core tasks", LAYOUT_LIST },
	{ EVIDENCE_SUPPLEMENTAL_TASK, "Supplemental tasks", LAYOUT_LIST },
	{ EVIDENCE_UNRATED_TASK, "Tasks without a rating", LAYOUT_LIST },
	{ EVIDENCE_EMERGING_TASK, "Emerging tasks", LAYOUT_LIST },
	{ EVIDENCE_ACTIVITY, "Work activities", LAYOUT_LIST },
	{ EVIDENCE_TECHNOLOGY, "Technologies", LAYOUT_RUN },
	{ EVIDENCE_TOOL, "Tools", LAYOUT_RUN },
};

#define SECTION_TOTAL (sizeof sections / sizeof *sections)

static const char *source_title(const struct command *c, uint32_t source)
{
	return manifest_source_title(c->index->manifest, source);
}

static void print_heading(const struct command *c, const char *heading, size_t count, uint32_t source)
{
	fputc('\n', c->page.stream);
	page_write(&c->page, PAGE_BOLD, "%s", heading);
	if (count > 1)
		fprintf(c->page.stream, " (%zu)", count);
	page_write(&c->page, PAGE_DIM, "  %s", source_title(c, source));
	fputc('\n', c->page.stream);
}

/* "Python *" and so on: a piece as one item of a run. */
static void append_item(const struct evidence *e, struct buffer *run, struct error *err)
{
	if (run->length)
		buffer_append_text(run, "; ", err);
	buffer_append(run, e->text.at, e->text.length, err);
	if (e->count > 0)
		buffer_printf(run, err, " (%u)", e->count);
	if (e->flags & (EVIDENCE_HOT | EVIDENCE_IN_DEMAND))
		buffer_append_text(run, e->flags & EVIDENCE_IN_DEMAND ? " [in demand]" : " [hot]", err);
}

static void print_section(const struct command *c, const struct occupation *o, const struct section_spec *spec)
{
	struct buffer run = { 0 };
	size_t count = 0;
	const struct evidence *first = NULL;
	for (size_t i = 0; i < o->evidence_count; i++) {
		if (o->evidence[i].kind != spec->kind)
			continue;
		first = first ? first : &o->evidence[i];
		count++;
	}
	if (count == 0)
		return;
	print_heading(c, spec->heading, count, first->source);
	for (const struct evidence *e = first; e < first + count; e++) {
		if (spec->layout == LAYOUT_RUN)
			append_item(e, &run, c->err);
		else
			page_paragraph(&c->page, spec->layout == LAYOUT_LIST ? "  - " : "  ",
				       spec->layout == LAYOUT_LIST ? 4 : 2, e->text, NULL, 0);
	}
	if (run.length)
		page_paragraph(&c->page, "  ", 2, buffer_slice(&run), NULL, 0);
	buffer_free(&run);
}

/* ---- education, training and experience ---- */

static void print_share(const struct command *c, const struct education *e)
{
	static const char bar[] = "##################################################";
	const struct category_reference *r =
		reference_category(&c->index->reference, e->element, e->scale, e->category);
	struct slice name = r ? r->text : e->element;
	int room = c->page.width - 36 > 20 ? c->page.width - 36 : 20, length = (int)name.length;
	if (length > room) {
		length = room;
		while (length > 0 && name.at[length] != ' ')
			length--;
	}
	page_write(&c->page, PAGE_PLAIN, "  %5.1f%%  %-*.*s  %.*s%s", e->percent, room, length, name.at,
		   (int)(e->percent / 5.0 + 0.5), bar, e->suppressed ? " (few answers)" : "");
	fputc('\n', c->page.stream);
}

static void print_education(const struct command *c, const struct occupation *o)
{
	struct slice last = { 0 };
	for (size_t i = 0; i < o->education_count; i++) {
		const struct education *e = &o->education[i];
		if (e->category == 0)
			continue;
		if (!last.at || !slice_equal(last, e->element)) {
			const struct category_reference *r =
				reference_category(&c->index->reference, e->element, e->scale, e->category);
			char heading[128];
			snprintf(heading, sizeof heading, "%.*s, share of workers asked",
				 (int)(r ? r->name.length : e->element.length), r ? r->name.at : e->element.at);
			print_heading(c, heading, 0, e->source);
			last = e->element;
		}
		if (e->percent > 0.0)
			print_share(c, e);
	}
}

/* ---- the rest of the page ---- */

static void print_zone(const struct command *c, const struct occupation *o)
{
	const struct zone_reference *z = reference_zone(&c->index->reference, o->zone);
	if (o->zone == 0)
		return;
	print_heading(c, "Job Zone", 0, o->zone_source);
	if (!z) {
		fprintf(c->page.stream, "  %u\n", o->zone);
		return;
	}
	struct buffer text = { 0 };
	buffer_printf(&text, c->err, "%.*s, SVP %.*s", (int)z->name.length, z->name.at,
		      (int)z->svp.length, z->svp.at);
	page_paragraph(&c->page, "  ", 2, buffer_slice(&text), NULL, 0);
	buffer_free(&text);
	static const char *const labels[ZONE_TEXT_COUNT] = { "  Experience", "  Education", "  Training",
							     "  Examples" };
	for (size_t k = 0; k < ZONE_TEXT_COUNT; k++)
		if (z->texts[k].length)
			page_paragraph(&c->page, labels[k], 14, z->texts[k], NULL, 0);
}

static void print_related(const struct command *c, const struct occupation *o)
{
	if (o->related_count == 0)
		return;
	print_heading(c, "Related occupations", o->related_count, o->related[0].source);
	for (size_t i = 0; i < o->related_count; i++) {
		struct code code;
		int number = code_parse(o->related[i].code, &code) ? soc_index_find(c->index, &code) : -1;
		struct slice title = number >= 0 ? c->index->entries[number].title : SLICE("");
		page_write(&c->page, PAGE_PLAIN, "  %.*s  %.*s", (int)o->related[i].code.length,
			   o->related[i].code.at, (int)title.length, title.at);
		fputc('\n', c->page.stream);
	}
}

/* The groups that hold a code: `15-0000 > 15-1200 > 15-1250 > 15-1252`. */
static void print_hierarchy(const struct command *c, const struct code *code)
{
	page_write(&c->page, PAGE_DIM, "in");
	for (int level = LEVEL_MAJOR; level <= LEVEL_SOC; level++)
		page_write(&c->page, PAGE_DIM, "%s %s", level == LEVEL_MAJOR ? "" : " >",
			   code_at_level(code, (enum code_level)level).text);
	fputc('\n', c->page.stream);
}

static bool print_occupation(struct command *c, size_t number)
{
	struct arena arena = { 0 };
	struct occupation o;
	bool ok = soc_index_occupation(c->index, number, &arena, &o, c->err);
	if (ok) {
		const struct entry *e = &c->index->entries[number];
		page_write(&c->page, PAGE_BOLD, "%s  %.*s", e->code.text, (int)e->title.length, e->title.at);
		fputc('\n', c->page.stream);
		print_hierarchy(c, &e->code);
		for (size_t i = 0; i < SECTION_TOTAL && sections[i].layout == LAYOUT_TEXT; i++)
			print_section(c, &o, &sections[i]);
		print_zone(c, &o);
		for (size_t i = 0; i < SECTION_TOTAL; i++)
			if (sections[i].layout != LAYOUT_TEXT)
				print_section(c, &o, &sections[i]);
		print_education(c, &o);
		print_related(c, &o);
	}
	arena_free(&arena);
	return ok;
}

/* ---- codes ---- */

/* One call of soc show. */
struct showing {
	struct command *c;
	json_t *list;                   /* of --format json: the objects so far */
	struct delimited_output rows;   /* of --format csv and tsv */
	size_t pages;                   /* of --format text: how many so far */
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

/* The codes around the place where a code would stand, in its major group where there is one. */
static void tell_nearest(const struct command *c, const struct code *code)
{
	struct code major = code_at_level(code, LEVEL_MAJOR);
	size_t from = 0, to = c->index->count, place = 0;
	fprintf(stderr, "soc: the index has no code %s\n", code->text);
	if (c->quiet)
		return;
	if (!soc_index_range(c->index, &major, &from, &to)) {
		from = 0;
		to = c->index->count;
	}
	while (place < c->index->count && strcmp(c->index->entries[place].code.text, code->text) < 0)
		place++;
	size_t begin = place > from + NEAREST_SHOWN / 2 ? place - NEAREST_SHOWN / 2 : from;
	if (begin + NEAREST_SHOWN > to)
		begin = to - from > NEAREST_SHOWN ? to - NEAREST_SHOWN : from;
	fprintf(stderr, "hint: the nearest are\n");
	for (size_t i = begin; i < to && i < begin + NEAREST_SHOWN; i++)
		fprintf(stderr, "  %s  %.*s\n", c->index->entries[i].code.text,
			(int)c->index->entries[i].title.length, c->index->entries[i].title.at);
}

/* A code that names one occupation, or a SOC code whose own occupation comes first among several. */
static bool is_occupation(const struct command *c, const struct code *code, size_t from, size_t to)
{
	if (to - from == 1)
		return true;
	struct code soc = code_soc(&c->index->entries[to - 1].code), first = code_soc(&c->index->entries[from].code);
	return strcmp(soc.text, code->text) == 0 && strcmp(first.text, code->text) == 0;
}

/* What the SOC files say of a group: its title, and the Census titles that lead to it and no further. */
static struct slice group_title(const struct command *c, const struct code *code)
{
	const struct group *g = groups_find(&c->index->groups, code);
	return g ? g->title : SLICE("");
}

static void print_group(const struct command *c, const struct code *code, size_t from, size_t to)
{
	const struct group *g = groups_find(&c->index->groups, code);
	struct buffer run = { 0 };
	struct slice title = group_title(c, code);
	page_write(&c->page, PAGE_BOLD, "%s%s%.*s", code->text, title.length ? "  " : "", (int)title.length, title.at);
	fprintf(c->page.stream, "%sa %s group with %zu occupations\n", title.length ? "\n" : "  ",
		code_level_name(code_level(code)), to - from);
	print_members(c, from, to);
	if (!g || g->title_count == 0)
		return;
	print_heading(c, "Census index titles of the group", g->title_count, g->source);
	for (size_t i = 0; i < g->title_count; i++)
		append_item(&(struct evidence){ .text = g->titles[i] }, &run, c->err);
	page_paragraph(&c->page, "  ", 2, buffer_slice(&run), NULL, 0);
	buffer_free(&run);
}

static bool show_text(struct showing *s, const struct code *code, size_t from, size_t to)
{
	struct command *c = s->c;
	if (s->pages++ > 0)
		fputc('\n', c->page.stream);
	if (!is_occupation(c, code, from, to)) {
		print_group(c, code, from, to);
		return true;
	}
	if (!print_occupation(c, from))
		return false;
	if (to - from > 1) {
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

static bool show_json(struct showing *s, const struct code *code, size_t from, size_t to)
{
	struct command *c = s->c;
	json_t *object;
	if (is_occupation(c, code, from, to)) {
		object = show_json_occupation(c, from);
		if (object && to - from > 1)
			json_object_set_new(object, "also", json_members(c, from + 1, to));
	} else {
		object = json_pack("{s:s, s:s, s:o, s:o, s:o}", "code", code->text, "level",
				   code_level_name(code_level(code)), "title", command_json_text(group_title(c, code)),
				   "members", json_members(c, from, to), "census_titles", json_group_titles(c, code));
	}
	if (!object)
		return false;
	if (s->list)
		json_array_append_new(s->list, object);
	else
		format_print_line(object);
	return true;
}

/* Rows are of members, below the code that was asked for. */
static bool show_rows(struct showing *s, const char *asked, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		const struct entry *e = &s->c->index->entries[i];
		delimited_put_text(&s->rows, asked);
		delimited_put_text(&s->rows, e->code.text);
		delimited_put(&s->rows, e->title);
		delimited_end(&s->rows);
	}
	return true;
}

/* Show what stands under `code`, where `asked` was asked for. */
static enum outcome show_range(struct showing *s, const char *asked, const struct code *code, size_t from, size_t to)
{
	bool ok = format_is_table(s->c->format) ? show_rows(s, asked, from, to)
		: format_is_json(s->c->format) ? show_json(s, code, from, to) : show_text(s, code, from, to);
	return ok ? OUTCOME_FOUND : OUTCOME_ERROR;
}

/* A code that the index does not have: an old one leads to what it has become, any other to its neighbours. */
static enum outcome show_absent(struct showing *s, const struct code *code)
{
	size_t numbers[SUCCESSORS_MAX], count = crosswalk_successors(s->c->index, code, numbers);
	if (count == 0) {
		tell_nearest(s->c, code);
		return OUTCOME_NOTHING;
	}
	if (!s->c->quiet)
		fprintf(stderr, "soc: %s is a code of an older edition; it has become:\n", code->text);
	enum outcome outcome = OUTCOME_FOUND;
	for (size_t i = 0; i < count && outcome == OUTCOME_FOUND; i++)
		outcome = show_range(s, code->text, &s->c->index->entries[numbers[i]].code, numbers[i],
				     numbers[i] + 1);
	return outcome;
}

static bool read_code(const struct command *c, const char *operand, struct code *code)
{
	return code_parse(slice_of(operand), code) ||
	       error_set(c->err, ERROR_USAGE, "a code looks like 15-1252.00, 15-1252 or 15-0000; to find one, "
			 "use soc search", "'%s' is no occupation code", operand);
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
			return error_set(c->err, ERROR_USAGE, "show it with --format text, json or jsonl; rows are "
					 "for codes of at most six digits", "%s is one occupation and has no members to list "
					 "as %s", code.text, format_name(c->format));
	}
	return true;
}

enum outcome command_show(struct command *c)
{
	enum outcome outcome = OUTCOME_FOUND;
	struct showing s = { .c = c, .rows = format_rows(c->format, c->err) };
	if (!check_operands(c) || !command_tell_sample(c) || !soc_index_need_reference(c->index, c->err) ||
	    !soc_index_need_groups(c->index, c->err) || !soc_index_need_crossings(c->index, c->err))
		return OUTCOME_ERROR;
	if (format_is_table(c->format))
		delimited_header(&s.rows, "asked code title");
	if (c->format == FORMAT_JSON)
		s.list = json_array();
	for (size_t i = 0; outcome != OUTCOME_ERROR && i < c->options->operand_count; i++) {
		enum outcome one = show_one(&s, c->options->operands[i]);
		outcome = one > outcome ? one : outcome;
	}
	if (s.list && outcome != OUTCOME_ERROR)
		format_print_json(s.list);
	else
		json_decref(s.list);
	return outcome;
}
