// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * show_json.c - an occupation, or a group, as JSON (docs/formats.md).
 */
#include "lib/index/manifest.h"
#include "query/engine/crosswalk_lookup.h"
#include "query/engine/fact_lookup.h"
#include "query/output/format.h"
#include "query/output/show_json.h"

static const char *source_title(const struct session *s, uint32_t source)
{
	return manifest_source_title(s->index->manifest, source);
}

static json_t *json_evidence(const struct session *s, const struct evidence *e)
{
	json_t *object =
		json_pack("{s:o, s:s}", "text", format_json_text(e->text), "source", source_title(s, e->source));
	if (e->detail.length)
		json_object_set_new(object,
				    e->kind == EVIDENCE_SHORT_TITLE   ? "long"
				    : e->kind == EVIDENCE_FILED_TITLE ? "filed"
								      : "category",
				    format_json_text(e->detail));
	if (e->id.length)
		json_object_set_new(object, "id", format_json_text(e->id));
	if (e->count)
		json_object_set_new(object, "filings", json_integer(e->count));
	if (e->flags & EVIDENCE_HOT)
		json_object_set_new(object, "hot", json_true());
	if (e->flags & EVIDENCE_IN_DEMAND)
		json_object_set_new(object, "in_demand", json_true());
	return object;
}

static json_t *json_by_kind(const struct session *s, const struct occupation *o)
{
	json_t *kinds = json_object();
	for (size_t i = 0; i < o->evidence_count; i++) {
		const char *key = evidence_specs[o->evidence[i].kind].key;
		json_t *list = json_object_get(kinds, key);
		if (!list) {
			json_object_set_new(kinds, key, json_array());
			list = json_object_get(kinds, key);
		}
		json_array_append_new(list, json_evidence(s, &o->evidence[i]));
	}
	return kinds;
}

static json_t *json_education(const struct session *s, const struct occupation *o)
{
	json_t *list = json_array();
	for (size_t i = 0; i < o->education_count; i++) {
		const struct education *e = &o->education[i];
		const struct category_reference *r =
			reference_category(&s->index->reference, e->element, e->scale, e->category);
		json_t *answer = json_pack("{s:o, s:o, s:I, s:o, s:f, s:b}", "element", format_json_text(e->element),
					   "scale", format_json_text(e->scale), "category", (json_int_t)e->category,
					   "text", format_json_text(r ? r->text : SLICE("")), "percent", e->percent,
					   "suppressed", e->suppressed);
		show_json_source(s, answer, e->source);
		json_array_append_new(list, answer);
	}
	return list;
}

static json_t *json_zone(const struct session *s, const struct occupation *o)
{
	const struct zone_reference *z = reference_zone(&s->index->reference, o->zone);
	if (o->zone == 0)
		return json_null();
	json_t *object = json_pack("{s:I}", "zone", (json_int_t)o->zone);
	show_json_source(s, object, o->zone_source);
	if (z) {
		json_object_set_new(object, "name", format_json_text(z->name));
		json_object_set_new(object, "svp", format_json_text(z->svp));
	}
	return object;
}

static json_t *json_related(const struct session *s, const struct occupation *o)
{
	json_t *list = json_array();
	for (size_t i = 0; i < o->related_count; i++)
		json_array_append_new(
			list, json_pack("{s:o, s:I, s:o, s:s}", "code", format_json_text(o->related[i].code), "rank",
					(json_int_t)o->related[i].rank, "tier", format_json_text(o->related[i].tier),
					"source", source_title(s, o->related[i].source)));
	return list;
}

json_t *show_json_occupation(struct session *s, size_t number)
{
	struct arena arena = { 0 };
	struct occupation o;
	json_t *object = NULL;
	if (soc_index_occupation(s->index, number, &arena, &o, s->err)) {
		const struct entry *e = &s->index->entries[number];
		json_t *groups = json_object();
		for (int level = LEVEL_MAJOR; level <= LEVEL_SOC; level++)
			json_object_set_new(groups, code_level_name((enum code_level)level),
					    json_string(code_at_level(&e->code, (enum code_level)level).text));
		object = json_pack("{s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "code", e->code.text, "title",
				   format_json_text(o.title), "groups", groups, "job_zone", json_zone(s, &o),
				   "evidence", json_by_kind(s, &o), "education", json_education(s, &o), "related",
				   json_related(s, &o), "appendix_a", show_json_appendix(s, &e->code), "stem",
				   show_json_stem(s, &e->code), "facts", show_json_facts(s, &e->code));
	}
	arena_free(&arena);
	return object;
}

/* ---- show facts json ---- */

/*
 * show_facts_json.c - the facts that hang on a code, for programs.
 */

void show_json_source(const struct session *s, json_t *object, uint32_t source)
{
	static const char *const members[] = { "title", "release", "date" };
	static const char *const names[] = { "source", "release", "date" };
	for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
		const char *text = i == 0 ? manifest_source_title(s->index->manifest, source)
					  : manifest_source_text(s->index->manifest, source, members[i]);
		json_object_set_new(object, names[i], json_string(text));
	}
}

static json_t *json_value(const struct fact_series *s, const struct fact *f)
{
	if (fact_specs[s->key].kind == FACT_TEXT || fact_specs[s->key].kind == FACT_LIST)
		return format_json_text(f->text);
	bool unknown = f->number.mark == FACT_UNAVAILABLE || (f->number.mark == FACT_AT_LEAST && f->number.digits == 0);
	if (unknown)
		return json_null();
	return f->number.decimals ? json_real(fact_value(&f->number)) : json_integer((json_int_t)f->number.digits);
}

/* A number as people read it; a text is that already. */
static void set_shown(const struct session *session, json_t *object, const struct fact_series *s, const struct fact *f)
{
	const struct fact_spec *spec = &fact_specs[s->key];
	struct buffer text = { 0 };
	if (spec->kind == FACT_TEXT || spec->kind == FACT_LIST)
		return;
	fact_format_number(spec->kind, spec->unit, &f->number, &text, session->err);
	json_object_set_new(object, "shown", format_json_text(buffer_slice(&text)));
	if (f->number.mark != FACT_EXACT)
		json_object_set_new(object, "mark",
				    json_string(f->number.mark == FACT_AT_LEAST ? "at_least" : "unavailable"));
	buffer_free(&text);
}

static json_t *json_fact(const struct session *s, const struct fact_answer *a, const struct fact *f)
{
	const struct fact_spec *spec = &fact_specs[a->series->key];
	bool own = a->series->key == FACT_CUSTOM;
	json_t *object = json_pack("{s:s, s:o}", "fact", own ? "own" : spec->key, "value", json_value(a->series, f));
	if (own)
		json_object_set_new(object, "column", format_json_text(a->series->name));
	if (own && f->number.mark == FACT_EXACT)
		json_object_set_new(object, "number", json_real(fact_value(&f->number)));
	set_shown(s, object, a->series, f);
	if (spec->unit != FACT_UNIT_NONE)
		json_object_set_new(object, "unit", json_string(fact_unit_name(spec->unit)));
	if (f->note.length)
		json_object_set_new(object, "note", format_json_text(f->note));
	if (spec->kind == FACT_LIST && facts_series(&s->index->facts, FACT_STEM_DHS))
		json_object_set_new(object, "stem", json_boolean(fact_is_stem_degree(s->index, f->text)));
	json_object_set_new(object, "code", format_json_text(f->code));
	json_object_set_new(object, "way", json_string(fact_way_name(a->way)));
	show_json_source(s, object, a->series->source);
	return object;
}

json_t *show_json_facts(const struct session *session, const struct code *code)
{
	json_t *list = json_array();
	for (size_t i = 0; i < session->index->facts.count; i++) {
		const struct fact_series *s = &session->index->facts.at[i];
		struct fact_answer a = fact_find(session->index, s, code);
		do {
			for (size_t k = 0; k < a.count; k++)
				json_array_append_new(list, json_fact(session, &a, &a.at[k]));
		} while (fact_find_next(&a, code));
	}
	return list;
}

/* What a list says, "stem" null where it says nothing of the occupation. */
static json_t *json_verdict(const struct session *s, enum stem_list list, const struct stem_verdict *v)
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
	show_json_source(s, object, v->source);
	return object;
}

json_t *show_json_stem(const struct session *s, const struct code *code)
{
	json_t *lists = json_array();
	for (int list = 0; list < STEM_LIST_COUNT; list++) {
		struct stem_verdict v;
		if (fact_stem(s->index, (enum stem_list)list, code, &v))
			json_array_append_new(lists, json_verdict(s, (enum stem_list)list, &v));
	}
	return lists;
}

json_t *show_json_appendix(const struct session *s, const struct code *code)
{
	struct fact_answer a = fact_find_key_of(s->index, FACT_APPENDIX_A, code);
	return a.series ? json_boolean(a.count > 0) : json_null();
}

/* ---- a code of any kind ---- */

static json_t *json_members(const struct session *s, size_t from, size_t to)
{
	json_t *list = json_array();
	for (size_t i = from; i < to; i++)
		json_array_append_new(list, json_pack("{s:s, s:o}", "code", s->index->entries[i].code.text, "title",
						      format_json_text(s->index->entries[i].title)));
	return list;
}

static json_t *json_survey_code(const struct session *s, const struct code *code)
{
	json_t *members = json_array();
	for (size_t i = 0; i < s->index->count; i++) {
		json_t *one = fact_taken_from(s->index, i, code) ? json_members(s, i, i + 1) : NULL;
		if (one)
			json_array_extend(members, one);
		json_decref(one);
	}
	return json_pack("{s:s, s:s, s:o, s:o, s:o}", "code", code->text, "level", "survey", "title",
			 format_json_text(fact_code_title(s->index, slice_of(code->text))), "members", members, "facts",
			 show_json_facts(s, code));
}

/* The Census index titles of a group, as pieces of evidence are shown. */
static json_t *json_group_titles(const struct session *s, const struct code *code)
{
	const struct group *g = groups_find(&s->index->groups, code);
	json_t *list = json_array();
	for (size_t i = 0; g && i < g->title_count; i++)
		json_array_append_new(list, json_pack("{s:o, s:s}", "text", format_json_text(g->titles[i]), "source",
						      manifest_source_title(s->index->manifest, g->source)));
	return list;
}

json_t *show_json_page(struct session *s, const struct code *code, size_t from, size_t to)
{
	if (from == to)
		return json_survey_code(s, code);
	if (!codes_name_occupation(s->index, code, from, to))
		return json_pack("{s:s, s:s, s:o, s:o, s:o, s:o}", "code", code->text, "level",
				 code_level_name(code_level(code)), "title",
				 format_json_text(codes_group_title(s->index, code)), "members",
				 json_members(s, from, to), "census_titles", json_group_titles(s, code), "facts",
				 show_json_facts(s, code));
	json_t *object = show_json_occupation(s, from);
	if (object && to - from > 1)
		json_object_set_new(object, "also", json_members(s, from + 1, to));
	return object;
}

/* Read of the index what a page is made from. */
bool show_need_all(struct session *s)
{
	return soc_index_need_manifest(s->index, s->err) && soc_index_need_reference(s->index, s->err) &&
	       soc_index_need_group_titles(s->index, s->err) && soc_index_need_crossings(s->index, s->err) &&
	       soc_index_need_facts(s->index, s->err);
}

static bool add_page(json_t *list, json_t *object)
{
	return object && json_array_append_new(list, object) == 0;
}

json_t *show_json_code(struct session *s, const struct code *code)
{
	json_t *list = show_need_all(s) ? json_array() : NULL;
	size_t from, to, count = 0, numbers[SUCCESSORS_MAX];
	bool ok = list != NULL;
	if (ok && soc_index_range(s->index, code, &from, &to))
		ok = add_page(list, show_json_page(s, code, from, to));
	else if (ok && fact_code_known(s->index, code))
		ok = add_page(list, show_json_page(s, code, 0, 0));
	else if (ok)
		count = crosswalk_successors(s->index, code, numbers);
	for (size_t i = 0; ok && i < count; i++)
		ok = add_page(list, show_json_page(s, &s->index->entries[numbers[i]].code, numbers[i], numbers[i] + 1));
	if (ok)
		return list;
	json_decref(list);
	error_no_memory(s->err); /* where nothing else was said */
	return NULL;
}
