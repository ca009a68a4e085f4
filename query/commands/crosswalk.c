// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * crosswalk.c - soc crosswalk: from a code of any edition to the others, with what split and what merged.
 */
#include "lib/index/manifest.h"
#include "lib/soc/code_reader.h"
#include "query/commands/command.h"
#include "query/output/document.h"

/* One line of an answer: the pair, and how many pairs begin or end alike. */
struct found {
	const struct crossing *x;
	size_t ways;    /* from the same code: split where more than one */
	size_t sources; /* into the same code: merged where more than one */
};

static bool same_walk(const struct crossing *a, const struct crossing *b)
{
	return a->from_edition == b->from_edition && a->to_edition == b->to_edition;
}

static struct found count_ways(const struct crossings *all, const struct crossing *x)
{
	struct found f = { x, 0, 0 };
	for (size_t i = 0; i < all->count; i++) {
		f.ways += same_walk(&all->at[i], x) && slice_equal(all->at[i].from, x->from);
		f.sources += same_walk(&all->at[i], x) && slice_equal(all->at[i].to, x->to);
	}
	return f;
}

static const char *what_happened(const struct found *f)
{
	if (f->ways > 1 && f->sources > 1)
		return "split and merged";
	if (f->ways > 1)
		return "split";
	return f->sources > 1 ? "merged" : "one to one";
}

/* Its two lines in text. */
static void print_found(const struct command *c, const struct found *f)
{
	const struct crossing *x = f->x;
	page_write(&c->page, PAGE_PLAIN, "  %-14s %-11.*s %.*s", edition_name(x->from_edition), (int)x->from.length,
		   x->from.at, (int)x->from_title.length, x->from_title.at);
	fputc('\n', c->page.stream);
	page_write(&c->page, PAGE_PLAIN, "  > %-12s %-11.*s %.*s", edition_name(x->to_edition), (int)x->to.length,
		   x->to.at, (int)x->to_title.length, x->to_title.at);
	page_write(&c->page, PAGE_DIM, "  (%s; %s)", what_happened(f),
		   manifest_source_title(c->session.index->manifest, x->source));
	fputc('\n', c->page.stream);
}

static void write_found(const struct command *c, struct document *d, const struct found *f)
{
	const struct crossing *x = f->x;
	document_row(d);
	document_cell_printf(d, RUN_CODE, "%s %.*s", edition_name(x->from_edition), (int)x->from.length, x->from.at);
	document_cell_text(d, RUN_PLAIN, x->from_title);
	document_cell_printf(d, RUN_CODE, "%s %.*s", edition_name(x->to_edition), (int)x->to.length, x->to.at);
	document_cell_text(d, RUN_PLAIN, x->to_title);
	document_cell_printf(d, RUN_PLAIN, "%s", what_happened(f));
	document_cell_printf(d, RUN_PLAIN, "%s", manifest_source_title(c->session.index->manifest, x->source));
}

/* Begin the section of a code with its table. */
static void begin_section(struct document *d, struct slice code)
{
	static const struct column columns[] = { { "From", COLUMN_SHORT },   { "Title", COLUMN_TEXT },
						 { "To", COLUMN_SHORT },     { "Title", COLUMN_TEXT },
						 { "Change", COLUMN_SHORT }, { "Source", COLUMN_SHORT } };
	char heading[64];
	snprintf(heading, sizeof heading, "%.*s", (int)code.length, code.at);
	document_section(d, 1, heading, heading);
	document_table(d, "Codes of other editions", columns, sizeof columns / sizeof *columns);
}

static void write_json_side(struct json_writer *w, const char *key, enum edition edition, struct slice code,
			    struct slice title)
{
	json_begin_object(w, key);
	json_write_string(w, "edition", edition_name(edition));
	json_write_text(w, "code", code);
	json_write_text(w, "title", title);
	json_end_object(w);
}

static void write_json_found(const struct command *c, struct json_writer *w, const struct found *f)
{
	const struct crossing *x = f->x;
	json_begin_object(w, NULL);
	write_json_side(w, "from", x->from_edition, x->from, x->from_title);
	write_json_side(w, "to", x->to_edition, x->to, x->to_title);
	json_write_bool(w, "split", f->ways > 1);
	json_write_bool(w, "merged", f->sources > 1);
	json_write_string(w, "source", manifest_source_title(c->session.index->manifest, x->source));
	json_end_object(w);
}

static void put_side(struct csv_writer *rows, enum edition edition, struct slice code, struct slice title)
{
	csv_put_text(rows, edition_name(edition));
	csv_put(rows, code);
	csv_put(rows, title);
}

static void put_found(const struct command *c, struct csv_writer *rows, struct slice asked, const struct found *f)
{
	const struct crossing *x = f->x;
	csv_put(rows, asked);
	put_side(rows, x->from_edition, x->from, x->from_title);
	put_side(rows, x->to_edition, x->to, x->to_title);
	csv_put_text(rows, f->ways > 1 ? "true" : "false");
	csv_put_text(rows, f->sources > 1 ? "true" : "false");
	csv_put_text(rows, manifest_source_title(c->session.index->manifest, x->source));
	csv_end(rows);
}

/* One call of soc crosswalk. */
struct walk {
	struct command *c;
	struct json_writer json; /* of --format json and jsonl */
	struct csv_writer rows;  /* of --format csv and tsv */
	struct document *d;      /* of --format md and html */
};

static void tell_found(struct walk *w, struct slice code, const struct found *f, bool first)
{
	if (format_is_json(w->c->format)) {
		write_json_found(w->c, &w->json, f);
	} else if (format_is_table(w->c->format)) {
		put_found(w->c, &w->rows, code, f);
	} else if (w->d) {
		if (first)
			begin_section(w->d, code);
		write_found(w->c, w->d, f);
	} else {
		if (first) {
			page_write(&w->c->page, PAGE_BOLD, "%.*s", (int)code.length, code.at);
			fputc('\n', w->c->page.stream);
		}
		print_found(w->c, f);
	}
}

/* Every pair in which the code stands on either side. */
static bool cross_pairs(struct walk *w, struct slice code)
{
	const struct crossings *all = &w->c->session.index->crossings;
	bool any = false;
	for (size_t i = 0; i < all->count; i++) {
		const struct crossing *x = &all->at[i];
		if (!slice_equal(x->from, code) && !slice_equal(x->to, code))
			continue;
		struct found f = count_ways(all, x);
		tell_found(w, code, &f, !any);
		any = true;
	}
	return any;
}

static bool cross_one(struct walk *w, struct slice code)
{
	bool json = format_is_json(w->c->format);
	if (json) {
		format_json_begin(&w->json);
		json_write_text(&w->json, "code", code);
		json_begin_array(&w->json, "pairs");
	}
	bool any = cross_pairs(w, code);
	if (json) {
		json_end_array(&w->json);
		format_json_end(&w->json);
	}
	if (!any && !w->c->quiet)
		fprintf(stderr, "soc: no crosswalk of this index has the code %.*s\n", (int)code.length, code.at);
	return any;
}

/* A SOC or O*NET-SOC code in any shape; a Census code of four digits, or a pattern of the Census Bureau, as it is. */
static struct slice read_code(struct command *c, const char *operand)
{
	struct code code;
	struct slice text = slice_trim(slice_of(operand));
	bool pattern = text.length > 0 && strchr("xX", text.at[text.length - 1]);
	return !pattern && code_read_one(text, &code)
		       ? arena_copy(&c->session.arena, slice_of(code.text), c->session.err)
		       : text;
}

/* Each code in turn; what was found of all of them. */
static enum outcome cross_all(struct walk *w)
{
	enum outcome outcome = OUTCOME_FOUND;
	for (size_t i = 0; i < w->c->options->operand_count; i++) {
		struct slice code = read_code(w->c, w->c->options->operands[i]);
		if (!code.at)
			return OUTCOME_ERROR;
		if (!cross_one(w, code))
			outcome = OUTCOME_NOTHING;
	}
	return outcome;
}

static struct document *new_document(const struct command *c)
{
	struct buffer title = { 0 };
	buffer_append_text(&title, "Crosswalk of ", c->session.err);
	for (size_t i = 0; i < c->options->operand_count; i++)
		buffer_printf(&title, c->session.err, "%s%s", i ? ", " : "", c->options->operands[i]);
	return document_new_titled(&title, c->session.err);
}

enum outcome command_crosswalk(struct command *c)
{
	struct buffer json = { 0 };
	struct walk w = { .c = c,
			  .json = format_json(c->format, JSON_DIGITS_MEASURED, &json, c->session.err),
			  .rows = format_rows(c->format, c->session.err) };
	if (c->options->operand_count == 0) {
		error_set(c->session.err, ERROR_USAGE, "soc crosswalk 15-1132", "no code is named");
		return OUTCOME_ERROR;
	}
	if (!command_tell_sample(c) || !soc_index_need_manifest(c->session.index, c->session.err) ||
	    !soc_index_need_crossings(c->session.index, c->session.err))
		return OUTCOME_ERROR;
	if (c->session.index->crossings.count == 0) {
		error_set(
			c->session.err, ERROR_USAGE,
			"give soc-index the crosswalk files too, such as 2010_to_2019_Crosswalk.csv of onetcenter.org",
			"this index was built without crosswalks");
		return OUTCOME_ERROR;
	}
	if (format_is_table(c->format))
		csv_header(&w.rows, "asked from_edition from_code from_title to_edition to_code to_title split merged "
				    "source");
	if (c->format == FORMAT_JSON)
		json_begin_array(&w.json, NULL);
	if (format_is_page(c->format) && !(w.d = new_document(c)))
		return OUTCOME_ERROR;
	enum outcome outcome = cross_all(&w);
	if (outcome == OUTCOME_ERROR)
		document_free(w.d);
	else if (w.d && !command_print_document(c, w.d))
		outcome = OUTCOME_ERROR;
	if (c->format == FORMAT_JSON && outcome != OUTCOME_ERROR) {
		json_end_array(&w.json);
		format_json_print(&w.json);
	}
	buffer_free(&json);
	return outcome;
}
