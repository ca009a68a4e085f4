// SPDX-License-Identifier: GPL-3.0-or-later
#include "lib/index/manifest.h"
#include "query/engine/fact_lookup.h"
#include "query/output/show_json.h"

static const char *source_title(const struct command *c, uint32_t source)
{
	return manifest_source_title(c->index->manifest, source);
}

static json_t *json_evidence(const struct command *c, const struct evidence *e)
{
	json_t *object =
		json_pack("{s:o, s:s}", "text", command_json_text(e->text), "source", source_title(c, e->source));
	if (e->detail.length)
		json_object_set_new(object,
				    e->kind == EVIDENCE_SHORT_TITLE   ? "long"
				    : e->kind == EVIDENCE_FILED_TITLE ? "filed"
								      : "category",
				    command_json_text(e->detail));
	if (e->id.length)
		json_object_set_new(object, "id", command_json_text(e->id));
	if (e->count)
		json_object_set_new(object, "filings", json_integer(e->count));
	if (e->flags & EVIDENCE_HOT)
		json_object_set_new(object, "hot", json_true());
	if (e->flags & EVIDENCE_IN_DEMAND)
		json_object_set_new(object, "in_demand", json_true());
	return object;
}

static json_t *json_by_kind(const struct command *c, const struct occupation *o)
{
	json_t *kinds = json_object();
	for (size_t i = 0; i < o->evidence_count; i++) {
		const char *key = evidence_specs[o->evidence[i].kind].key;
		json_t *list = json_object_get(kinds, key);
		if (!list) {
			json_object_set_new(kinds, key, json_array());
			list = json_object_get(kinds, key);
		}
		json_array_append_new(list, json_evidence(c, &o->evidence[i]));
	}
	return kinds;
}

static json_t *json_education(const struct command *c, const struct occupation *o)
{
	json_t *list = json_array();
	for (size_t i = 0; i < o->education_count; i++) {
		const struct education *e = &o->education[i];
		const struct category_reference *r =
			reference_category(&c->index->reference, e->element, e->scale, e->category);
		json_t *answer = json_pack("{s:o, s:o, s:I, s:o, s:f, s:b}", "element", command_json_text(e->element),
					   "scale", command_json_text(e->scale), "category", (json_int_t)e->category,
					   "text", command_json_text(r ? r->text : SLICE("")), "percent", e->percent,
					   "suppressed", e->suppressed);
		show_json_source(c, answer, e->source);
		json_array_append_new(list, answer);
	}
	return list;
}

static json_t *json_zone(const struct command *c, const struct occupation *o)
{
	const struct zone_reference *z = reference_zone(&c->index->reference, o->zone);
	if (o->zone == 0)
		return json_null();
	json_t *object = json_pack("{s:I}", "zone", (json_int_t)o->zone);
	show_json_source(c, object, o->zone_source);
	if (z) {
		json_object_set_new(object, "name", command_json_text(z->name));
		json_object_set_new(object, "svp", command_json_text(z->svp));
	}
	return object;
}

static json_t *json_related(const struct command *c, const struct occupation *o)
{
	json_t *list = json_array();
	for (size_t i = 0; i < o->related_count; i++)
		json_array_append_new(
			list, json_pack("{s:o, s:I, s:o, s:s}", "code", command_json_text(o->related[i].code), "rank",
					(json_int_t)o->related[i].rank, "tier", command_json_text(o->related[i].tier),
					"source", source_title(c, o->related[i].source)));
	return list;
}

json_t *show_json_occupation(struct command *c, size_t number)
{
	struct arena arena = { 0 };
	struct occupation o;
	json_t *object = NULL;
	if (soc_index_occupation(c->index, number, &arena, &o, c->err)) {
		const struct entry *e = &c->index->entries[number];
		json_t *groups = json_object();
		for (int level = LEVEL_MAJOR; level <= LEVEL_SOC; level++)
			json_object_set_new(groups, code_level_name((enum code_level)level),
					    json_string(code_at_level(&e->code, (enum code_level)level).text));
		object = json_pack("{s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "code", e->code.text, "title",
				   command_json_text(o.title), "groups", groups, "job_zone", json_zone(c, &o),
				   "evidence", json_by_kind(c, &o), "education", json_education(c, &o), "related",
				   json_related(c, &o), "appendix_a", show_json_appendix(c, &e->code), "stem",
				   show_json_stem(c, &e->code), "facts", show_json_facts(c, &e->code));
	}
	arena_free(&arena);
	return object;
}

/* ---- show facts json ---- */

/*
 * show_facts_json.c - the facts that hang on a code, for programs.
 */

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
		json_object_set_new(object, "mark",
				    json_string(f->number.mark == FACT_AT_LEAST ? "at_least" : "unavailable"));
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
