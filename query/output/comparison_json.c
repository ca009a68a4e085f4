// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * comparison_json.c - a comparison as JSON (docs/formats.md).
 */
#include <stdlib.h>

#include "query/output/comparison_write.h"
#include "query/output/format.h"
#include "query/output/show_json.h"

/* ---- pieces ---- */

/* What was measured has six significant digits, among figures that have all of theirs. */
static json_t *json_measured(double value)
{
	char text[32];
	snprintf(text, sizeof text, "%.6g", value);
	return json_real(strtod(text, NULL));
}

static json_t *json_code_at(const struct comparison *x, size_t side)
{
	return json_string(x->sides[side].asked->code.text);
}

static json_t *json_spans(struct slice text, const struct span *spans, size_t count)
{
	json_t *list = json_array();
	for (size_t i = 0; i < count; i++)
		json_array_append_new(list,
				      format_json_text((struct slice){ text.at + spans[i].start, spans[i].length }));
	return list;
}

/* A piece of evidence with its source, and with its occupation where the code has several. */
static json_t *json_evidence(const struct comparison *x, const struct session *s, size_t side, const struct evidence *e,
			     const struct occupation *member)
{
	json_t *object = json_pack("{s:o, s:s, s:o}", "code", json_code_at(x, side), "kind",
				   evidence_specs[e->kind].key, "text", format_json_text(e->text));
	if (x->sides[side].member_count > 1)
		json_object_set_new(object, "occupation", format_json_text(member->code));
	if (e->id.length)
		json_object_set_new(object, "id", format_json_text(e->id));
	if (e->kind == EVIDENCE_TECHNOLOGY) {
		json_object_set_new(object, "hot", json_boolean(e->flags & EVIDENCE_HOT));
		json_object_set_new(object, "in_demand", json_boolean(e->flags & EVIDENCE_IN_DEMAND));
	}
	show_json_source(s, object, e->source);
	return object;
}

/* ---- codes ---- */

static json_t *json_definitions(const struct comparison_side *side, const struct session *s)
{
	json_t *list = json_array();
	for (size_t i = 0; i < side->definition_count; i++) {
		const struct comparison_definition *d = &side->definitions[i];
		json_t *object = json_pack("{s:s, s:o, s:o}", "kind", evidence_specs[d->evidence->kind].key, "text",
					   format_json_text(d->evidence->text), "own_words",
					   json_spans(d->evidence->text, d->spans, d->span_count));
		show_json_source(s, object, d->evidence->source);
		json_array_append_new(list, object);
	}
	return list;
}

static json_t *json_advanced(const struct occupation *o, const struct session *s)
{
	double percent;
	bool suppressed;
	uint32_t source;
	if (!education_advanced(o, &percent, &suppressed, &source))
		return json_null();
	json_t *object = json_pack("{s:f, s:b}", "percent", percent, "few_answers", suppressed);
	show_json_source(s, object, source);
	return object;
}

static json_t *json_education(const struct occupation *o, const struct session *s)
{
	json_t *list = json_array();
	for (size_t i = 0; i < o->education_count; i++) {
		const struct education *e = &o->education[i];
		if (e->category == 0 || !slice_equal(e->element, SLICE(EDUCATION_ELEMENT)) ||
		    !slice_equal(e->scale, SLICE(EDUCATION_SCALE)))
			continue;
		const struct category_reference *r =
			reference_category(&s->index->reference, e->element, e->scale, e->category);
		json_array_append_new(list, json_pack("{s:I, s:o, s:f, s:b}", "category", (json_int_t)e->category,
						      "text", format_json_text(r ? r->text : SLICE("")), "percent",
						      e->percent, "few_answers", e->suppressed));
	}
	return list;
}

static json_t *json_zone(const struct occupation *o, const struct session *s)
{
	const struct zone_reference *z = reference_zone(&s->index->reference, o->zone);
	if (o->zone == 0)
		return json_null();
	json_t *object =
		json_pack("{s:I, s:o, s:o}", "zone", (json_int_t)o->zone, "name",
			  format_json_text(z ? z->name : SLICE("")), "svp", format_json_text(z ? z->svp : SLICE("")));
	show_json_source(s, object, o->zone_source);
	return object;
}

static json_t *json_occupations(const struct comparison_side *side, const struct session *s)
{
	json_t *list = json_array();
	for (size_t m = 0; m < side->member_count; m++) {
		const struct occupation *o = &side->members[m];
		json_array_append_new(list,
				      json_pack("{s:o, s:o, s:o, s:o, s:o}", "code", format_json_text(o->code), "title",
						format_json_text(o->title), "job_zone", json_zone(o, s), "education",
						json_education(o, s), "advanced_degree", json_advanced(o, s)));
	}
	return list;
}

static json_t *json_groups(const struct comparison_side *side, const struct session *s)
{
	json_t *object = json_object();
	for (int level = LEVEL_MAJOR; level <= LEVEL_SOC; level++) {
		const struct group *g = groups_find(&s->index->groups, &side->groups[level]);
		json_object_set_new(object, code_level_name((enum code_level)level),
				    json_pack("{s:s, s:o}", "code", side->groups[level].text, "title",
					      format_json_text(g ? g->title : SLICE(""))));
	}
	return object;
}

static json_t *json_codes(const struct comparison *x, const struct session *session)
{
	json_t *list = json_array();
	for (size_t s = 0; s < x->count; s++) {
		const struct comparison_side *side = &x->sides[s];
		const struct code *own = &side->own;
		json_array_append_new(
			list,
			json_pack("{s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "code", side->asked->code.text, "title",
				  format_json_text(side->asked->title), "groups", json_groups(side, session),
				  "definitions", json_definitions(side, session), "occupations",
				  json_occupations(side, session), "appendix_a", show_json_appendix(session, own),
				  "stem", show_json_stem(session, own), "facts", show_json_facts(session, own)));
	}
	return list;
}

/* ---- rows ---- */

static const char *section_name(enum comparison_section section)
{
	static const char *const names[COMPARISON_SECTION_COUNT] = { "fit",         "classification", "work",
								     "preparation", "profession",     "wages",
								     "degrees",     "stem",           "outlook",
								     "own" };
	return names[section];
}

static json_t *json_row(const struct comparison *x, const struct session *session, const struct comparison_row *row)
{
	json_t *values = json_array();
	for (size_t s = 0; s < x->count; s++) {
		json_t *value = json_pack("{s:o, s:o}", "code", json_code_at(x, s), "value",
					  row->values[s].length ? format_json_text(row->values[s]) : json_null());
		if (row->of[s].length) {
			json_object_set_new(value, "of", format_json_text(row->of[s]));
			json_object_set_new(value, "way", json_string(fact_way_name(row->ways[s])));
		}
		json_array_append_new(values, value);
	}
	json_t *object = json_pack("{s:s, s:s, s:s, s:b, s:o}", "fact", row->key, "label", row->label, "section",
				   section_name(row->section), "differs", row->differs, "values", values);
	if (row->source != COMPARISON_NO_SOURCE)
		show_json_source(session, object, row->source);
	return object;
}

static json_t *json_rows(const struct comparison *x, const struct session *s)
{
	json_t *list = json_array();
	for (size_t i = 0; i < x->row_count; i++)
		json_array_append_new(list, json_row(x, s, &x->rows[i]));
	return list;
}

/* ---- where they part ---- */

static json_t *json_classification(const struct comparison *x)
{
	json_t *pairs = json_array();
	for (size_t a = 0; a < x->count; a++)
		for (size_t b = a + 1; b < x->count; b++) {
			enum code_level level = LEVEL_ONET;
			size_t digit = comparison_digit(&x->sides[a].asked->code, &x->sides[b].asked->code, &level);
			json_array_append_new(pairs, json_pack("{s:[o, o], s:I, s:s}", "codes", json_code_at(x, a),
							       json_code_at(x, b), "part_at_digit", (json_int_t)digit,
							       "part_at_level", code_level_name(level)));
		}
	return json_pack("{s:o, s:o}", "shared",
			 x->related ? json_pack("{s:s, s:s}", "level", code_level_name(x->shared), "code",
						x->sides[0].groups[x->shared].text)
				    : json_null(),
			 "pairs", pairs);
}

/* ---- lists ---- */

static json_t *json_common(const struct comparison *x, const struct session *session,
			   const struct comparison_common *common, bool tasks)
{
	json_t *of = json_array();
	for (size_t s = 0; s < x->count; s++) {
		if (!common->of[s])
			continue;
		json_t *one = json_evidence(x, session, s, common->of[s], common->member[s]);
		if (common->filings[s])
			json_object_set_new(one, "filings", json_integer(common->filings[s]));
		json_array_append_new(of, one);
	}
	json_t *object = json_pack("{s:o}", "of", of);
	if (tasks)
		json_object_set_new(object, "alike", json_measured(common->alike));
	return object;
}

static json_t *json_own(const struct comparison *x, const struct session *s, const struct comparison_list *l,
			size_t side, bool tasks)
{
	json_t *list = json_array();
	for (size_t i = 0; i < l->own_count[side]; i++) {
		const struct comparison_own *own = &l->own[side][i];
		json_t *object = json_evidence(x, s, side, own->evidence, own->member);
		if (tasks) {
			json_object_set_new(object, "tells", json_measured(own->tells));
			json_object_set_new(object, "own_words",
					    json_spans(own->evidence->text, own->spans, own->span_count));
		}
		json_array_append_new(list, object);
	}
	return list;
}

static json_t *json_list(const struct comparison *x, const struct session *session, const struct comparison_list *l)
{
	bool tasks = l == &x->tasks, titles = l == &x->titles;
	json_t *counts = json_array(), *own = json_array(), *common = json_array();
	for (size_t s = 0; s < x->count; s++) {
		json_t *count = json_pack("{s:o, s:I}", "code", json_code_at(x, s), "count", (json_int_t)l->totals[s]);
		if (titles)
			json_object_set_new(count, "filings", json_integer((json_int_t)l->filings[s]));
		json_array_append_new(counts, count);
		if (!titles)
			json_array_append_new(own, json_pack("{s:o, s:o}", "code", json_code_at(x, s), "own",
							     json_own(x, session, l, s, tasks)));
	}
	for (size_t i = 0; i < l->common_count; i++)
		json_array_append_new(common, json_common(x, session, &l->common[i], tasks));
	json_t *object = json_pack("{s:o, s:o}", "counts", counts, "common", common);
	if (titles)
		json_decref(own);
	else
		json_object_set_new(object, "apart", own);
	return object;
}

/* ---- the job ---- */

static json_t *json_words(const struct comparison_fit *fit)
{
	json_t *list = json_array();
	for (size_t i = 0; i < fit->word_count; i++)
		json_array_append_new(list, format_json_text(fit->words[i]));
	return list;
}

static json_t *json_parts(const struct candidate *candidate)
{
	json_t *object = json_object();
	for (int k = 0; k < FEATURE_COUNT; k++)
		json_object_set_new(object, feature_specs[k].key, json_measured(candidate->parts[k]));
	return object;
}

static json_t *json_fit(const struct comparison *x, const struct session *s, size_t side)
{
	const struct comparison_fit *fit = &x->fits[side];
	const struct candidate *candidate = fit->candidate;
	json_t *object = json_pack("{s:o}", "code", json_code_at(x, side));
	json_object_set_new(object, "rank", candidate ? json_integer((json_int_t)fit->place + 1) : json_null());
	json_object_set_new(object, "score", candidate ? json_measured(candidate->score) : json_null());
	json_object_set_new(object, "confidence", candidate ? json_measured(candidate->confidence) : json_null());
	if (candidate)
		json_object_set_new(object, "parts", json_parts(candidate));
	json_object_set_new(object, "words", json_words(fit));
	if (fit->task.span_count > 0) {
		json_t *task = json_evidence(x, s, side, &fit->task.evidence, fit->task_member);
		json_object_set_new(task, "cosine", json_measured(fit->task.cosine));
		json_object_set_new(object, "nearest_task", task);
	}
	return object;
}

static json_t *json_job(const struct comparison *x, const struct session *session)
{
	json_t *fits = json_array(), *decides = json_array();
	if (!x->job) {
		json_decref(fits);
		json_decref(decides);
		return json_null();
	}
	for (size_t s = 0; s < x->count; s++)
		json_array_append_new(fits, json_fit(x, session, s));
	for (size_t i = 0; i < x->feature_count; i++)
		json_array_append_new(decides,
				      json_pack("{s:s, s:s, s:o}", "signal", feature_specs[x->features[i].feature].key,
						"what", feature_specs[x->features[i].feature].what, "spread",
						json_measured(x->features[i].spread)));
	return json_pack("{s:o, s:o, s:I, s:o, s:o}", "title", format_json_text(x->job->title), "text",
			 format_json_text(x->job->text), "ranked", (json_int_t)x->ranked, "fits", fits, "decides",
			 decides);
}

json_t *comparison_json(const struct comparison *x, const struct session *s)
{
	return json_pack("{s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "level", code_level_name(x->level), "codes",
			 json_codes(x, s), "classification", json_classification(x), "rows", json_rows(x, s), "tasks",
			 json_list(x, s, &x->tasks), "activities", json_list(x, s, &x->activities), "technologies",
			 json_list(x, s, &x->technologies), "filed_titles", json_list(x, s, &x->titles), "job",
			 json_job(x, s));
}
