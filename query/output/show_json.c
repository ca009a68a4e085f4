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

void show_json_source(const struct session *s, struct json_writer *w, uint32_t source)
{
	json_write_string(w, "source", source_title(s, source));
	json_write_string(w, "release", manifest_source_text(s->index->manifest, source, "release"));
	json_write_string(w, "date", manifest_source_text(s->index->manifest, source, "date"));
}

/* ---- an occupation ---- */

static void write_evidence(const struct session *s, struct json_writer *w, const struct evidence *e)
{
	json_begin_object(w, NULL);
	json_write_text(w, "text", e->text);
	json_write_string(w, "source", source_title(s, e->source));
	if (e->detail.length)
		json_write_text(w,
				e->kind == EVIDENCE_SHORT_TITLE   ? "long"
				: e->kind == EVIDENCE_FILED_TITLE ? "filed"
								  : "category",
				e->detail);
	if (e->id.length)
		json_write_text(w, "id", e->id);
	if (e->count)
		json_write_count(w, "filings", e->count);
	if (e->flags & EVIDENCE_HOT)
		json_write_bool(w, "hot", true);
	if (e->flags & EVIDENCE_IN_DEMAND)
		json_write_bool(w, "in_demand", true);
	json_end_object(w);
}

/* By kind, in the order in which the kinds come first. */
static void write_all_evidence(const struct session *s, struct json_writer *w, const struct occupation *o)
{
	bool written[EVIDENCE_KIND_COUNT] = { false };
	json_begin_object(w, "evidence");
	for (size_t i = 0; i < o->evidence_count; i++) {
		enum evidence_kind kind = o->evidence[i].kind;
		if (written[kind])
			continue;
		written[kind] = true;
		json_begin_array(w, evidence_specs[kind].key);
		for (size_t k = i; k < o->evidence_count; k++)
			if (o->evidence[k].kind == kind)
				write_evidence(s, w, &o->evidence[k]);
		json_end_array(w);
	}
	json_end_object(w);
}

static void write_education(const struct session *s, struct json_writer *w, const struct occupation *o)
{
	json_begin_array(w, "education");
	for (size_t i = 0; i < o->education_count; i++) {
		const struct education *e = &o->education[i];
		const struct category_reference *r =
			reference_category(&s->index->reference, e->element, e->scale, e->category);
		json_begin_object(w, NULL);
		json_write_text(w, "element", e->element);
		json_write_text(w, "scale", e->scale);
		json_write_count(w, "category", e->category);
		json_write_text(w, "text", r ? r->text : SLICE(""));
		json_write_real(w, "percent", e->percent);
		json_write_bool(w, "suppressed", e->suppressed);
		show_json_source(s, w, e->source);
		json_end_object(w);
	}
	json_end_array(w);
}

static void write_zone(const struct session *s, struct json_writer *w, const struct occupation *o)
{
	const struct zone_reference *z = reference_zone(&s->index->reference, o->zone);
	if (o->zone == 0) {
		json_write_null(w, "job_zone");
		return;
	}
	json_begin_object(w, "job_zone");
	json_write_count(w, "zone", o->zone);
	show_json_source(s, w, o->zone_source);
	if (z) {
		json_write_text(w, "name", z->name);
		json_write_text(w, "svp", z->svp);
	}
	json_end_object(w);
}

static void write_related(const struct session *s, struct json_writer *w, const struct occupation *o)
{
	json_begin_array(w, "related");
	for (size_t i = 0; i < o->related_count; i++) {
		json_begin_object(w, NULL);
		json_write_text(w, "code", o->related[i].code);
		json_write_count(w, "rank", o->related[i].rank);
		json_write_text(w, "tier", o->related[i].tier);
		json_write_string(w, "source", source_title(s, o->related[i].source));
		json_end_object(w);
	}
	json_end_array(w);
}

static bool write_occupation(struct session *s, size_t number, struct json_writer *w)
{
	struct arena arena = { 0 };
	struct occupation o;
	const struct entry *e = &s->index->entries[number];
	bool ok = soc_index_occupation(s->index, number, &arena, &o, s->err);
	if (ok) {
		json_write_string(w, "code", e->code.text);
		json_write_text(w, "title", o.title);
		json_begin_object(w, "groups");
		for (int level = LEVEL_MAJOR; level <= LEVEL_SOC; level++)
			json_write_string(w, code_level_name((enum code_level)level),
					  code_at_level(&e->code, (enum code_level)level).text);
		json_end_object(w);
		write_zone(s, w, &o);
		write_all_evidence(s, w, &o);
		write_education(s, w, &o);
		write_related(s, w, &o);
		show_json_appendix(s, &e->code, w);
		show_json_stem(s, &e->code, w);
		show_json_facts(s, &e->code, w);
	}
	arena_free(&arena);
	return ok;
}

/* ---- facts ---- */

static void write_value(struct json_writer *w, const struct fact_series *s, const struct fact *f)
{
	const struct fact_number *n = &f->number;
	if (fact_specs[s->key].kind == FACT_TEXT || fact_specs[s->key].kind == FACT_LIST)
		json_write_text(w, "value", f->text);
	else if (n->mark == FACT_UNAVAILABLE || (n->mark == FACT_AT_LEAST && n->digits == 0))
		json_write_null(w, "value");
	else if (n->decimals)
		json_write_real(w, "value", fact_value(n));
	else
		json_write_integer(w, "value", n->digits);
}

/* A number as people read it; a text is that already. */
static void write_shown(const struct session *session, struct json_writer *w, const struct fact_series *s,
			const struct fact *f)
{
	const struct fact_spec *spec = &fact_specs[s->key];
	struct buffer text = { 0 };
	if (spec->kind == FACT_TEXT || spec->kind == FACT_LIST)
		return;
	fact_format_number(spec->kind, spec->unit, &f->number, &text, session->err);
	json_write_text(w, "shown", buffer_slice(&text));
	if (f->number.mark != FACT_EXACT)
		json_write_string(w, "mark", f->number.mark == FACT_AT_LEAST ? "at_least" : "unavailable");
	buffer_free(&text);
}

static void write_fact(const struct session *s, struct json_writer *w, const struct fact_answer *a,
		       const struct fact *f)
{
	const struct fact_spec *spec = &fact_specs[a->series->key];
	bool own = a->series->key == FACT_CUSTOM;
	json_begin_object(w, NULL);
	json_write_string(w, "fact", own ? "own" : spec->key);
	write_value(w, a->series, f);
	if (own)
		json_write_text(w, "column", a->series->name);
	if (own && f->number.mark == FACT_EXACT)
		json_write_real(w, "number", fact_value(&f->number));
	write_shown(s, w, a->series, f);
	if (spec->unit != FACT_UNIT_NONE)
		json_write_string(w, "unit", fact_unit_name(spec->unit));
	if (f->note.length)
		json_write_text(w, "note", f->note);
	if (spec->kind == FACT_LIST && facts_series(&s->index->facts, FACT_STEM_DHS))
		json_write_bool(w, "stem", fact_is_stem_degree(s->index, f->text));
	json_write_text(w, "code", f->code);
	json_write_string(w, "way", fact_way_name(a->way));
	show_json_source(s, w, a->series->source);
	json_end_object(w);
}

void show_json_facts(const struct session *session, const struct code *code, struct json_writer *w)
{
	json_begin_array(w, "facts");
	for (size_t i = 0; i < session->index->facts.count; i++) {
		const struct fact_series *s = &session->index->facts.at[i];
		struct fact_answer a = fact_find(session->index, s, code);
		do {
			for (size_t k = 0; k < a.count; k++)
				write_fact(session, w, &a, &a.at[k]);
		} while (fact_find_next(&a, code));
	}
	json_end_array(w);
}

/* What a list says, "stem" null where it says nothing of the occupation. */
static void write_verdict(const struct session *s, struct json_writer *w, enum stem_list list,
			  const struct stem_verdict *v)
{
	json_begin_object(w, NULL);
	json_write_string(w, "list", stem_list_name(list));
	if (list == STEM_ONET || v->said)
		json_write_bool(w, "stem", v->stem);
	else
		json_write_null(w, "stem");
	if (v->partly)
		json_write_bool(w, "partly", true);
	if (list == STEM_DHS) {
		json_write_count(w, "fields", v->fields);
		json_write_count(w, "on_list", v->on_list);
	}
	show_json_source(s, w, v->source);
	json_end_object(w);
}

void show_json_stem(const struct session *s, const struct code *code, struct json_writer *w)
{
	json_begin_array(w, "stem");
	for (int list = 0; list < STEM_LIST_COUNT; list++) {
		struct stem_verdict v;
		if (fact_stem(s->index, (enum stem_list)list, code, &v))
			write_verdict(s, w, (enum stem_list)list, &v);
	}
	json_end_array(w);
}

void show_json_appendix(const struct session *s, const struct code *code, struct json_writer *w)
{
	struct fact_answer a = fact_find_key_of(s->index, FACT_APPENDIX_A, code);
	if (a.series)
		json_write_bool(w, "appendix_a", a.count > 0);
	else
		json_write_null(w, "appendix_a");
}

/* ---- a code of any kind ---- */

static void write_member(const struct session *s, struct json_writer *w, size_t number)
{
	json_begin_object(w, NULL);
	json_write_string(w, "code", s->index->entries[number].code.text);
	json_write_text(w, "title", s->index->entries[number].title);
	json_end_object(w);
}

static void write_members(const struct session *s, struct json_writer *w, const char *key, size_t from, size_t to)
{
	json_begin_array(w, key);
	for (size_t i = from; i < to; i++)
		write_member(s, w, i);
	json_end_array(w);
}

static void write_survey_code(const struct session *s, struct json_writer *w, const struct code *code)
{
	json_write_string(w, "code", code->text);
	json_write_string(w, "level", "survey");
	json_write_text(w, "title", fact_code_title(s->index, slice_of(code->text)));
	json_begin_array(w, "members");
	for (size_t i = 0; i < s->index->count; i++)
		if (fact_taken_from(s->index, i, code))
			write_member(s, w, i);
	json_end_array(w);
	show_json_facts(s, code, w);
}

/* With its Census index titles, as pieces of evidence are shown. */
static void write_group(const struct session *s, struct json_writer *w, const struct code *code, size_t from, size_t to)
{
	const struct group *g = groups_find(&s->index->groups, code);
	json_write_string(w, "code", code->text);
	json_write_string(w, "level", code_level_name(code_level(code)));
	json_write_text(w, "title", codes_group_title(s->index, code));
	write_members(s, w, "members", from, to);
	json_begin_array(w, "census_titles");
	for (size_t i = 0; g && i < g->title_count; i++) {
		json_begin_object(w, NULL);
		json_write_text(w, "text", g->titles[i]);
		json_write_string(w, "source", source_title(s, g->source));
		json_end_object(w);
	}
	json_end_array(w);
	show_json_facts(s, code, w);
}

bool show_json_page(struct session *s, const struct code *code, size_t from, size_t to, struct json_writer *w)
{
	bool ok = true;
	format_json_begin(w);
	if (from == to)
		write_survey_code(s, w, code);
	else if (!codes_name_occupation(s->index, code, from, to))
		write_group(s, w, code, from, to);
	else if ((ok = write_occupation(s, from, w)) && to - from > 1)
		write_members(s, w, "also", from + 1, to);
	return ok && format_json_end(w);
}

/* Read of the index what a page is made from. */
bool show_need_all(struct session *s)
{
	return soc_index_need_manifest(s->index, s->err) && soc_index_need_reference(s->index, s->err) &&
	       soc_index_need_group_titles(s->index, s->err) && soc_index_need_crossings(s->index, s->err) &&
	       soc_index_need_facts(s->index, s->err);
}

bool show_json_code(struct session *s, const struct code *code, struct json_writer *w)
{
	size_t from, to, numbers[SUCCESSORS_MAX];
	bool ok = show_need_all(s);
	json_begin_array(w, NULL);
	if (ok && soc_index_range(s->index, code, &from, &to)) {
		ok = show_json_page(s, code, from, to, w);
	} else if (ok && fact_code_known(s->index, code)) {
		ok = show_json_page(s, code, 0, 0, w);
	} else if (ok) {
		size_t count = crosswalk_successors(s->index, code, numbers);
		for (size_t i = 0; ok && i < count; i++)
			ok = show_json_page(s, &s->index->entries[numbers[i]].code, numbers[i], numbers[i] + 1, w);
	}
	json_end_array(w);
	return ok && buffer_ok(w->out);
}
