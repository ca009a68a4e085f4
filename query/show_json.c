// SPDX-License-Identifier: GPL-3.0-or-later
#include "lib/index/manifest.h"
#include "query/show_json.h"

static const char *source_title(const struct command *c, uint32_t source)
{
	return manifest_source_title(c->index->manifest, source);
}

static json_t *json_evidence(const struct command *c, const struct evidence *e)
{
	json_t *object = json_pack("{s:o, s:s}", "text", command_json_text(e->text), "source",
				   source_title(c, e->source));
	if (e->detail.length)
		json_object_set_new(object, e->kind == EVIDENCE_SHORT_TITLE ? "long" : e->kind == EVIDENCE_FILED_TITLE
				    ? "filed" : "category", command_json_text(e->detail));
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
		json_t *answer = json_pack("{s:o, s:o, s:I, s:o, s:f, s:b}",
			"element", command_json_text(e->element), "scale", command_json_text(e->scale),
			"category", (json_int_t)e->category, "text", command_json_text(r ? r->text : SLICE("")),
			"percent", e->percent, "suppressed", e->suppressed);
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
		json_array_append_new(list, json_pack("{s:o, s:I, s:o, s:s}",
			"code", command_json_text(o->related[i].code), "rank", (json_int_t)o->related[i].rank,
			"tier", command_json_text(o->related[i].tier),
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
		object = json_pack("{s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "code", e->code.text,
			"title", command_json_text(o.title), "groups", groups, "job_zone", json_zone(c, &o),
			"evidence", json_by_kind(c, &o), "education", json_education(c, &o),
			"related", json_related(c, &o), "appendix_a", show_json_appendix(c, &e->code),
			"stem", show_json_stem(c, &e->code), "facts", show_json_facts(c, &e->code));
	}
	arena_free(&arena);
	return object;
}
