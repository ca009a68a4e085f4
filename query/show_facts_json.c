// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * show_facts_json.c - the facts that hang on a code, for programs.
 */
#include "lib/index/manifest.h"
#include "query/fact_find.h"
#include "query/show_json.h"

void show_json_source(const struct command *c, json_t *object, uint32_t source)
{
	static const char *const members[] = { "title", "release", "date" };
	static const char *const names[] = { "source", "release", "date" };
	for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
		const char *text = i == 0 ? manifest_source_title(c->index->manifest, source)
				   : manifest_source_text(c->index->manifest, source, members[i]);
		json_object_set_new(object, names[i], json_string(text));
	}
}

static json_t *json_value(const struct fact_series *s, const struct fact *f)
{
	if (fact_specs[s->key].kind == FACT_TEXT || fact_specs[s->key].kind == FACT_LIST)
		return command_json_text(f->text);
	bool unknown = f->number.mark == FACT_UNAVAILABLE || (f->number.mark == FACT_AT_LEAST && f->number.digits == 0);
	if (unknown)
		return json_null();
	return f->number.decimals ? json_real(fact_value(&f->number)) : json_integer((json_int_t)f->number.digits);
}

/* A number as people read it; a text is that already. */
static void set_shown(const struct command *c, json_t *object, const struct fact_series *s, const struct fact *f)
{
	const struct fact_spec *spec = &fact_specs[s->key];
	struct buffer text = { 0 };
	if (spec->kind == FACT_TEXT || spec->kind == FACT_LIST)
		return;
	fact_format_number(spec->kind, spec->unit, &f->number, &text, c->err);
	json_object_set_new(object, "shown", command_json_text(buffer_slice(&text)));
	if (f->number.mark != FACT_EXACT)
		json_object_set_new(object, "mark", json_string(f->number.mark == FACT_AT_LEAST ? "at_least"
									 : "unavailable"));
	buffer_free(&text);
}

static json_t *json_fact(const struct command *c, const struct fact_answer *a, const struct fact *f)
{
	const struct fact_spec *spec = &fact_specs[a->series->key];
	bool own = a->series->key == FACT_CUSTOM;
	json_t *object = json_pack("{s:s, s:o}", "fact", own ? "own" : spec->key, "value", json_value(a->series, f));
	if (own)
		json_object_set_new(object, "column", command_json_text(a->series->name));
	if (own && f->number.mark == FACT_EXACT)
		json_object_set_new(object, "number", json_real(fact_value(&f->number)));
	set_shown(c, object, a->series, f);
	if (spec->unit != FACT_UNIT_NONE)
		json_object_set_new(object, "unit", json_string(fact_unit_name(spec->unit)));
	if (f->note.length)
		json_object_set_new(object, "note", command_json_text(f->note));
	if (spec->kind == FACT_LIST && facts_series(&c->index->facts, FACT_STEM_DHS))
		json_object_set_new(object, "stem", json_boolean(fact_is_stem_degree(c->index, f->text)));
	json_object_set_new(object, "code", command_json_text(f->code));
	json_object_set_new(object, "way", json_string(fact_way_name(a->way)));
	show_json_source(c, object, a->series->source);
	return object;
}

json_t *show_json_facts(const struct command *c, const struct code *code)
{
	json_t *list = json_array();
	for (size_t i = 0; i < c->index->facts.count; i++) {
		const struct fact_series *s = &c->index->facts.at[i];
		struct fact_answer a = fact_find(c->index, s, code);
		do {
			for (size_t k = 0; k < a.count; k++)
				json_array_append_new(list, json_fact(c, &a, &a.at[k]));
		} while (fact_find_next(&a, code));
	}
	return list;
}

/* What a list says, "stem" null where it says nothing of the occupation. */
static json_t *json_verdict(const struct command *c, enum stem_list list, const struct stem_verdict *v)
{
	bool open = list != STEM_ONET && !v->said;
	json_t *object = json_pack("{s:s, s:o}", "list", stem_list_name(list), "stem",
				   open ? json_null() : json_boolean(v->stem));
	if (v->partly)
		json_object_set_new(object, "partly", json_true());
	if (list == STEM_DHS) {
		json_object_set_new(object, "fields", json_integer((json_int_t)v->fields));
		json_object_set_new(object, "on_list", json_integer((json_int_t)v->on_list));
	}
	show_json_source(c, object, v->source);
	return object;
}

json_t *show_json_stem(const struct command *c, const struct code *code)
{
	json_t *lists = json_array();
	for (int list = 0; list < STEM_LIST_COUNT; list++) {
		struct stem_verdict v;
		if (fact_stem(c->index, (enum stem_list)list, code, &v))
			json_array_append_new(lists, json_verdict(c, (enum stem_list)list, &v));
	}
	return lists;
}

json_t *show_json_appendix(const struct command *c, const struct code *code)
{
	struct fact_answer a = fact_find_key_of(c->index, FACT_APPENDIX_A, code);
	return a.series ? json_boolean(a.count > 0) : json_null();
}
