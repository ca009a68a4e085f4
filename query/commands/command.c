// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * command.c - what the sub-commands of soc share: the index path, levels, input files, filters and codes from options.
 */
#include <errno.h>
#include <stdlib.h>

#include "lib/base/utf8.h"
#include "lib/index/manifest.h"
#include "query/commands/command.h"
#include "query/engine/other_codes.h"
#include "query/output/provenance.h"
#include "lib/rank/query_expansion.h"
#include "lib/table/sniff.h"

/* A job's text longer than this is a file named by mistake. */
#define TEXT_MAX (64u << 20)

const char *command_index_path(struct command *c)
{
	static const char fallback[] = "/.local/share";
	const char *path = options_value(c->options, OPTION_INDEX);
	if (!path)
		path = getenv("SOC_INDEX");
	if (path && *path)
		return path;
	const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
	bool named = data && *data;
	struct buffer text = { 0 };
	struct slice kept = { 0 };
	if (buffer_printf(&text, c->session.err, "%s%s/soc/current.soc",
			  named  ? data
			  : home ? home
				 : "",
			  named ? "" : fallback))
		kept = arena_copy(&c->session.arena, buffer_slice(&text), c->session.err);
	buffer_free(&text);
	return kept.at;
}

enum code_level command_level(const struct command *c, bool *automatic)
{
	const char *name = options_value(c->options, OPTION_LEVEL);
	*automatic = name && strcmp(name, "auto") == 0;
	for (int level = 0; name && level < LEVEL_COUNT; level++)
		if (strcmp(name, code_level_name((enum code_level)level)) == 0)
			return (enum code_level)level;
	return LEVEL_SOC;
}

bool command_read_with(const struct command *c, unsigned allowed, unsigned *with)
{
	static const struct {
		const char *name;
		unsigned bit;
	} names[] = { { "census", WITH_CENSUS },
		      { "soc2010", WITH_SOC_2010 },
		      { "group", WITH_GROUPS },
		      { "matched", WITH_MATCHED } };
	const char *list = options_value(c->options, OPTION_WITH);
	while (list && *list) {
		size_t length = strcspn(list, ","), i = 0;
		struct slice name = slice_trim((struct slice){ list, length });
		while (i < sizeof names / sizeof *names &&
		       !(slice_equal(name, slice_of(names[i].name)) && names[i].bit & allowed))
			i++;
		if (i == sizeof names / sizeof *names)
			return error_set(c->session.err, ERROR_USAGE, "such as --with census,soc2010,group",
					 "--with does not know '%.*s'", (int)name.length, name.at);
		*with |= names[i].bit;
		list += length + (list[length] == ',');
	}
	return true;
}

unsigned command_expand(const struct command *c)
{
	return (options_given(c->options, OPTION_NO_SYNONYMS) ? 0u : EXPAND_SYNONYMS) |
	       (options_given(c->options, OPTION_NO_SPELLING) ? 0u : EXPAND_SPELLING | EXPAND_JOINED) |
	       (options_given(c->options, OPTION_NO_CLEANING) ? 0u : EXPAND_CLEANING | EXPAND_SENTENCE_WEIGHTS) |
	       (options_given(c->options, OPTION_EMPLOYER_AFTER_COMMA) ? EXPAND_EMPLOYER_AFTER_COMMA : 0u);
}

bool command_tell_sample(struct command *c)
{
	bool sample;
	if (c->quiet)
		return true;
	if (!manifest_tell_sample(&c->session.index->records, &sample, c->session.err))
		return false;
	if (sample)
		fputs("soc: this index holds the SAMPLE corpus, not a release of the Department of Labor\n", stderr);
	return true;
}

static bool read_stream(FILE *f, const char *name, struct buffer *out, struct error *err)
{
	char block[1 << 16];
	size_t n;
	while ((n = fread(block, 1, sizeof block, f)) > 0) {
		if (out->length + n > TEXT_MAX)
			return error_set(err, ERROR_LIMIT, "give one job; soc code reads files of many",
					 "%s has more than 64 MiB", name);
		if (!buffer_append(out, block, n, err))
			return false;
	}
	return !ferror(f) || error_set_errno(err, errno, NULL, "cannot read %s", name);
}

bool command_read_file(struct command *c, const char *path, struct slice *out)
{
	struct buffer text = { 0 };
	bool standard = strcmp(path, "-") == 0;
	FILE *f = standard ? stdin : fopen(path, "rb");
	if (!f)
		return error_set_errno(c->session.err, errno, NULL, "cannot open %s", path);
	bool ok = read_stream(f, standard ? "standard input" : path, &text, c->session.err);
	if (!standard)
		fclose(f);
	*out = ok ? arena_copy(&c->session.arena, buffer_slice(&text), c->session.err) : (struct slice){ 0 };
	buffer_free(&text);
	return ok && out->at;
}

/* What bytes are that are no text, or NULL.  Marked-up text is. */
static const char *foreign_kind(struct slice bytes)
{
	if (sniff_zip(bytes))
		return "a zip file, as a Word document is";
	if (sniff_gzip(bytes))
		return "a gzip file";
	const struct sniff *foreign = sniff_markup(bytes) ? NULL : sniff_foreign(bytes);
	return foreign ? foreign->what : NULL;
}

bool command_read_text(struct command *c, const char *path, struct slice *out)
{
	if (!command_read_file(c, path, out))
		return false;
	const char *kind = foreign_kind(*out);
	return !kind || error_set(c->session.err, ERROR_INPUT, "save the job as plain text in UTF-8, and give that",
				  "%s is %s, not text", strcmp(path, "-") == 0 ? "standard input" : path, kind);
}

/* Any of several codes or beginnings of codes. */
static bool read_groups(struct command *c, struct slice list, struct plan_filters *f)
{
	size_t most = f->group_count + list.length / 2 + 1;
	struct filter_group *groups = arena_alloc(&c->session.arena, most * sizeof *groups, c->session.err);
	if (!groups)
		return false;
	if (f->group_count)
		memcpy(groups, f->groups, f->group_count * sizeof *groups);
	f->groups = groups;
	do {
		if (!filter_next_group(&list, &groups[f->group_count], c->session.err))
			return false;
		f->group_count++;
	} while (list.length > 0);
	return true;
}

/* A condition on facts, where the option is one; its texts live as long as the command line. */
static bool read_fact_condition(struct command *c, const struct option_value *v, struct fact_conditions *all)
{
	struct fact_condition *out = &all->at[all->count];
	size_t before = all->count++;
	switch (v->id) {
	case OPTION_ADVANCED_DEGREE:
		return fact_read_percent(slice_of(v->value), out, c->session.err);
	case OPTION_WAGE:
		return fact_read_wage(slice_of(v->value), out, c->session.err);
	case OPTION_STEM:
		return fact_read_stem(v->value, out);
	case OPTION_DEGREE:
		return fact_read_degree(slice_of(v->value), out, c->session.err);
	case OPTION_WHERE:
		return fact_read_where(slice_of(v->value), out, c->session.err);
	default:
		all->count = before;
		return true;
	}
}

bool command_read_filters(struct command *c, struct plan_filters *out)
{
	*out = (struct plan_filters){ 0 };
	out->facts.at =
		arena_alloc(&c->session.arena, (c->options->value_count + 1) * sizeof *out->facts.at, c->session.err);
	if (!out->facts.at)
		return false;
	for (size_t i = 0; i < c->options->value_count; i++) {
		const struct option_value *v = &c->options->values[i];
		bool ok = v->id == OPTION_ZONE    ? filter_read_zones(slice_of(v->value), &out->zones, c->session.err)
			  : v->id == OPTION_KIND  ? filter_read_kinds(slice_of(v->value), &out->kinds, c->session.err)
			  : v->id == OPTION_GROUP ? read_groups(c, slice_of(v->value), out)
						  : read_fact_condition(c, v, &out->facts);
		if (!ok)
			return false;
	}
	return true;
}

/* How many entries a list has, with commas between them. */
static size_t count_entries(const char *list)
{
	size_t count = 1;
	for (; *list; list++)
		count += *list == ',';
	return count;
}

/* Each entry as a text of its own. */
static bool split_list(struct command *c, const char *list, const char **texts)
{
	static const char hint[] = "put one comma between codes, such as --codes 15-1252,15-2051";
	bool more = true;
	if (slice_trim(slice_of(list)).length == 0)
		return error_set(c->session.err, ERROR_USAGE, hint, "--codes names no code");
	for (size_t i = 0; more; i++) {
		size_t length = strcspn(list, ",");
		struct slice text = slice_trim((struct slice){ list, length });
		if (text.length == 0)
			return error_set(c->session.err, ERROR_USAGE, hint, "--codes has an empty entry, number %zu",
					 i + 1);
		texts[i] = arena_copy(&c->session.arena, text, c->session.err).at;
		if (!texts[i])
			return false;
		more = list[length] == ',';
		list += length + more;
	}
	return true;
}

bool command_read_targets(struct command *c, const char *const *texts, size_t count, struct target_codes *out)
{
	if (!target_codes_read(&c->session, texts, count, out))
		return false;
	for (size_t i = 0; i < out->count && !c->quiet; i++)
		if (out->at[i].older.text[0])
			fprintf(stderr, "soc: %s is a code of an older edition; it has become %s\n",
				out->at[i].older.text, out->at[i].code.text);
	return true;
}

bool command_read_codes(struct command *c, struct target_codes *out)
{
	const char *list = options_value(c->options, OPTION_CODES);
	*out = (struct target_codes){ .level = LEVEL_SOC };
	if (!list)
		return true;
	size_t count = count_entries(list);
	const char **texts = arena_alloc(&c->session.arena, count * sizeof *texts, c->session.err);
	return texts && split_list(c, list, texts) && command_read_targets(c, texts, count, out);
}

struct slice command_title(const struct command *c)
{
	const char *title = options_value(c->options, OPTION_TITLE);
	return slice_trim(slice_of(title ? title : ""));
}

bool command_read_job(struct command *c, struct job *out)
{
	const char *text = options_value(c->options, OPTION_TEXT);
	*out = (struct job){ command_title(c), { "", 0 } };
	if (text && !command_read_text(c, text, &out->text))
		return false;
	out->text = slice_trim(out->text);
	return true;
}

bool command_read_duties(struct command *c, const char *path, struct duty_sheet *out)
{
	struct slice bytes;
	if (!command_read_file(c, path, &bytes))
		return false;
	bool ok = duty_sheet_read(&c->session, bytes, path, out);
	if (!c->quiet && out->columns.length)
		fprintf(stderr, "soc: %.*s\n", (int)out->columns.length, out->columns.at);
	return ok;
}

bool command_print_document(struct command *c, struct document *d)
{
	bool ok = d != NULL;
	if (ok && c->format != FORMAT_TEXT) {
		attribution_write(&c->session, d);
		ok = session_ok(&c->session); /* else the page has holes */
	}
	ok = ok && (c->format == FORMAT_TEXT ? document_print_text(d, &c->page, c->session.err)
		    : c->format == FORMAT_MD ? document_print_markdown(d, stdout, c->session.err)
					     : document_print_html(d, stdout, c->session.err));
	document_free(d);
	return ok;
}

/* Four texts a row, as an array of objects on standard output. */
static enum outcome print_json_rows(struct command *c, const char *const keys[4], size_t count,
				    void (*read)(size_t row, const char *values[4]))
{
	struct buffer out = { 0 };
	struct json_writer w = format_json(FORMAT_JSON, JSON_DIGITS_MEASURED, &out, c->session.err);
	json_begin_array(&w, NULL);
	for (size_t i = 0; i < count; i++) {
		const char *values[4];
		read(i, values);
		format_json_begin(&w);
		for (size_t k = 0; k < 4; k++)
			json_write_string(&w, keys[k], values[k]);
		json_end_object(&w);
	}
	json_end_array(&w);
	return format_json_print(&w) ? OUTCOME_FOUND : OUTCOME_ERROR;
}

static void read_fact_row(size_t row, const char *values[4])
{
	static const char *const kinds[] = { [FACT_NUMBER] = "number",
					     [FACT_MONEY] = "money",
					     [FACT_PERCENT] = "percent",
					     [FACT_TEXT] = "text",
					     [FACT_LIST] = "list" };
	const struct fact_spec *spec = &fact_specs[row];
	values[0] = spec->key;
	values[1] = kinds[spec->kind];
	values[2] = fact_unit_name(spec->unit);
	values[3] = spec->what;
}

static void read_field_row(size_t row, const char *values[4])
{
	const struct field_spec *spec = &field_specs[row];
	values[0] = spec->name;
	values[1] = spec->prefix;
	values[2] = spec->help;
	values[3] = spec->example;
}

/* The facts that --where knows. */
static enum outcome list_facts(struct command *c)
{
	static const char *const keys[] = { "name", "kind", "unit", "holds" };
	if (c->format == FORMAT_JSON)
		return print_json_rows(c, keys, FACT_OCCUPATION_COUNT, read_fact_row);
	for (size_t k = 0; k < FACT_OCCUPATION_COUNT; k++) {
		page_write(&c->page, PAGE_BOLD, "%-22s", fact_specs[k].key);
		page_write(&c->page, PAGE_PLAIN, " %s", fact_specs[k].what);
		fputc('\n', c->page.stream);
	}
	return OUTCOME_FOUND;
}

enum outcome command_fields(struct command *c)
{
	static const char *const keys[] = { "name", "prefix", "holds", "example" };
	if (options_given(c->options, OPTION_FACTS))
		return list_facts(c);
	if (c->format == FORMAT_JSON)
		return print_json_rows(c, keys, FIELD_COUNT, read_field_row);
	for (size_t f = 0; f < FIELD_COUNT; f++) {
		page_write(&c->page, PAGE_BOLD, "%-12s", field_specs[f].name);
		page_write(&c->page, PAGE_PLAIN, " %s", field_specs[f].help);
		page_write(&c->page, PAGE_DIM, "  (%s)", field_specs[f].example);
		fputc('\n', c->page.stream);
	}
	return OUTCOME_FOUND;
}
