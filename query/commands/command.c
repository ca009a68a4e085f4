// SPDX-License-Identifier: GPL-3.0-or-later
#include <errno.h>
#include <stdlib.h>

#include "lib/index/manifest.h"
#include "query/commands/command.h"
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
	if (buffer_printf(&text, c->err, "%s%s/soc/current.soc",
			  named  ? data
			  : home ? home
				 : "",
			  named ? "" : fallback))
		kept = arena_copy(&c->arena, buffer_slice(&text), c->err);
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

unsigned command_expand(const struct command *c)
{
	return (options_given(c->options, OPTION_NO_SYNONYMS) ? 0u : EXPAND_SYNONYMS) |
	       (options_given(c->options, OPTION_NO_SPELLING) ? 0u : EXPAND_SPELLING | EXPAND_JOINED) |
	       (options_given(c->options, OPTION_NO_CLEANING) ? 0u : EXPAND_CLEANING | EXPAND_WEIGHING);
}

bool command_tell_sample(struct command *c)
{
	bool sample;
	if (c->quiet)
		return true;
	if (!manifest_tell_sample(&c->index->records, &sample, c->err))
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
		return error_set_errno(c->err, errno, NULL, "cannot open %s", path);
	bool ok = read_stream(f, standard ? "standard input" : path, &text, c->err);
	if (!standard)
		fclose(f);
	*out = ok ? arena_copy(&c->arena, buffer_slice(&text), c->err) : (struct slice){ 0 };
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
	return !kind || error_set(c->err, ERROR_INPUT, "save the job as plain text in UTF-8, and give that",
				  "%s is %s, not text", strcmp(path, "-") == 0 ? "standard input" : path, kind);
}

/* U+FFFD for every byte that is not UTF-8, and for NUL. */
static bool replace_bad_bytes(struct slice text, struct buffer *out)
{
	size_t bad;
	bool ok = true;
	while (ok && !slice_is_utf8(text, &bad)) {
		ok = buffer_append(out, text.at, bad, NULL) && buffer_append_text(out, "\xEF\xBF\xBD", NULL);
		text.at += bad + 1;
		text.length -= bad + 1;
	}
	return ok && buffer_append(out, text.at, text.length, NULL);
}

const struct occupation *command_occupation(struct command *c, size_t number)
{
	if (!c->occupations)
		c->occupations = arena_alloc(&c->arena, (c->index->count + 1) * sizeof *c->occupations, c->err);
	if (!c->occupations || c->occupations[number])
		return c->occupations ? c->occupations[number] : NULL;
	struct occupation *o = arena_alloc(&c->arena, sizeof *o, c->err);
	if (o && soc_index_occupation(c->index, number, &c->arena, o, c->err))
		c->occupations[number] = o;
	return c->occupations[number];
}

/* Any of several codes or beginnings of codes. */
static bool read_groups(struct command *c, struct slice list, struct plan_filters *f)
{
	size_t most = f->group_count + list.length / 2 + 1;
	struct filter_group *groups = arena_alloc(&c->arena, most * sizeof *groups, c->err);
	if (!groups)
		return false;
	if (f->group_count)
		memcpy(groups, f->groups, f->group_count * sizeof *groups);
	f->groups = groups;
	do {
		if (!filter_next_group(&list, &groups[f->group_count], c->err))
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
		return fact_read_percent(slice_of(v->value), out, c->err);
	case OPTION_WAGE:
		return fact_read_wage(slice_of(v->value), out, c->err);
	case OPTION_STEM:
		return fact_read_stem(v->value, out);
	case OPTION_DEGREE:
		return fact_read_degree(slice_of(v->value), out, c->err);
	case OPTION_WHERE:
		return fact_read_where(slice_of(v->value), out, c->err);
	default:
		all->count = before;
		return true;
	}
}

bool command_read_filters(struct command *c, struct plan_filters *out)
{
	*out = (struct plan_filters){ 0 };
	out->facts.at = arena_alloc(&c->arena, (c->options->value_count + 1) * sizeof *out->facts.at, c->err);
	if (!out->facts.at)
		return false;
	for (size_t i = 0; i < c->options->value_count; i++) {
		const struct option_value *v = &c->options->values[i];
		bool ok = v->id == OPTION_ZONE    ? filter_read_zones(slice_of(v->value), &out->zones, c->err)
			  : v->id == OPTION_KIND  ? filter_read_kinds(slice_of(v->value), &out->kinds, c->err)
			  : v->id == OPTION_GROUP ? read_groups(c, slice_of(v->value), out)
						  : read_fact_condition(c, v, &out->facts);
		if (!ok)
			return false;
	}
	return true;
}

json_t *command_json_text(struct slice text)
{
	struct buffer clean = { 0 };
	json_t *string = NULL;
	size_t bad;
	if (slice_is_utf8(text, &bad))
		return json_stringn(text.at ? text.at : "", text.length);
	if (replace_bad_bytes(text, &clean))
		string = json_stringn(clean.at, clean.length);
	buffer_free(&clean);
	return string;
}

/* The facts that --where knows. */
static enum outcome list_facts(struct command *c)
{
	static const char *const kinds[] = { [FACT_NUMBER] = "number",
					     [FACT_MONEY] = "money",
					     [FACT_PERCENT] = "percent",
					     [FACT_TEXT] = "text",
					     [FACT_LIST] = "list" };
	json_t *list = c->format == FORMAT_JSON ? json_array() : NULL;
	for (size_t k = 0; k < FACT_OCCUPATION_COUNT; k++) {
		const struct fact_spec *spec = &fact_specs[k];
		if (list) {
			json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:s}", "name", spec->key, "kind",
							      kinds[spec->kind], "unit", fact_unit_name(spec->unit),
							      "holds", spec->what));
			continue;
		}
		page_write(&c->page, PAGE_BOLD, "%-22s", spec->key);
		page_write(&c->page, PAGE_PLAIN, " %s", spec->what);
		fputc('\n', c->page.stream);
	}
	if (list)
		format_print_json(list);
	return OUTCOME_FOUND;
}

enum outcome command_fields(struct command *c)
{
	if (options_given(c->options, OPTION_FACTS))
		return list_facts(c);
	if (c->format == FORMAT_JSON) {
		json_t *list = json_array();
		for (size_t f = 0; f < FIELD_COUNT; f++)
			json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:s}", "name", field_specs[f].name,
							      "prefix", field_specs[f].prefix, "holds",
							      field_specs[f].help, "example", field_specs[f].example));
		format_print_json(list);
		return OUTCOME_FOUND;
	}
	for (size_t f = 0; f < FIELD_COUNT; f++) {
		page_write(&c->page, PAGE_BOLD, "%-12s", field_specs[f].name);
		page_write(&c->page, PAGE_PLAIN, " %s", field_specs[f].help);
		page_write(&c->page, PAGE_DIM, "  (%s)", field_specs[f].example);
		fputc('\n', c->page.stream);
	}
	return OUTCOME_FOUND;
}
