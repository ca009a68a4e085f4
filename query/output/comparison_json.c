// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * comparison_json.c - a comparison as JSON (docs/formats.md).
 */
#include "query/output/comparison_write.h"
#include "query/output/format.h"
#include "query/output/show_json.h"

/* ---- pieces ---- */

static void write_code(const struct comparison *x, size_t side, struct json_writer *w)
{
	json_write_string(w, "code", x->sides[side].asked->code.text);
}

/* A piece of evidence with its source, and with its occupation where the code has several: members. */
static void write_evidence(const struct comparison *x, const struct session *s, size_t side, const struct evidence *e,
			   const struct occupation *member, struct json_writer *w)
{
	write_code(x, side, w);
	json_write_string(w, "kind", evidence_specs[e->kind].key);
	json_write_text(w, "text", e->text);
	if (x->sides[side].member_count > 1)
		json_write_text(w, "occupation", member->code);
	if (e->id.length)
		json_write_text(w, "id", e->id);
	if (e->kind == EVIDENCE_TECHNOLOGY) {
		json_write_bool(w, "hot", e->flags & EVIDENCE_HOT);
		json_write_bool(w, "in_demand", e->flags & EVIDENCE_IN_DEMAND);
	}
	show_json_source(s, w, e->source);
}

/* ---- codes ---- */

static void write_groups(const struct comparison_side *side, const struct session *s, struct json_writer *w)
{
	json_begin_object(w, "groups");
	for (int level = LEVEL_MAJOR; level <= LEVEL_SOC; level++) {
		const struct group *g = groups_find(&s->index->groups, &side->groups[level]);
		json_begin_object(w, code_level_name((enum code_level)level));
		json_write_string(w, "code", side->groups[level].text);
		json_write_text(w, "title", g ? g->title : SLICE(""));
		json_end_object(w);
	}
	json_end_object(w);
}

static void write_definitions(const struct comparison_side *side, const struct session *s, struct json_writer *w)
{
	json_begin_array(w, "definitions");
	for (size_t i = 0; i < side->definition_count; i++) {
		const struct comparison_definition *d = &side->definitions[i];
		json_begin_object(w, NULL);
		json_write_string(w, "kind", evidence_specs[d->evidence->kind].key);
		json_write_text(w, "text", d->evidence->text);
		format_json_words(w, "own_words", d->evidence->text, d->spans, d->span_count);
		show_json_source(s, w, d->evidence->source);
		json_end_object(w);
	}
	json_end_array(w);
}

static void write_zone(const struct occupation *o, const struct session *s, struct json_writer *w)
{
	const struct zone_reference *z = reference_zone(&s->index->reference, o->zone);
	if (o->zone == 0) {
		json_write_null(w, "job_zone");
		return;
	}
	json_begin_object(w, "job_zone");
	json_write_count(w, "zone", o->zone);
	json_write_text(w, "name", z ? z->name : SLICE(""));
	json_write_text(w, "svp", z ? z->svp : SLICE(""));
	show_json_source(s, w, o->zone_source);
	json_end_object(w);
}

static void write_education(const struct occupation *o, const struct session *s, struct json_writer *w)
{
	json_begin_array(w, "education");
	for (size_t i = 0; i < o->education_count; i++) {
		const struct education *e = &o->education[i];
		if (e->category == 0 || !slice_equal(e->element, SLICE(EDUCATION_ELEMENT)) ||
		    !slice_equal(e->scale, SLICE(EDUCATION_SCALE)))
			continue;
		const struct category_reference *r =
			reference_category(&s->index->reference, e->element, e->scale, e->category);
		json_begin_object(w, NULL);
		json_write_count(w, "category", e->category);
		json_write_text(w, "text", r ? r->text : SLICE(""));
		json_write_real(w, "percent", e->percent);
		json_write_bool(w, "few_answers", e->suppressed);
		json_end_object(w);
	}
	json_end_array(w);
}

static void write_advanced(const struct occupation *o, const struct session *s, struct json_writer *w)
{
	double percent;
	bool suppressed;
	uint32_t source;
	if (!education_advanced(o, &percent, &suppressed, &source)) {
		json_write_null(w, "advanced_degree");
		return;
	}
	json_begin_object(w, "advanced_degree");
	json_write_real(w, "percent", percent);
	json_write_bool(w, "few_answers", suppressed);
	show_json_source(s, w, source);
	json_end_object(w);
}

static void write_occupations(const struct comparison_side *side, const struct session *s, struct json_writer *w)
{
	json_begin_array(w, "occupations");
	for (size_t m = 0; m < side->member_count; m++) {
		const struct occupation *o = &side->members[m];
		json_begin_object(w, NULL);
		json_write_text(w, "code", o->code);
		json_write_text(w, "title", o->title);
		write_zone(o, s, w);
		write_education(o, s, w);
		write_advanced(o, s, w);
		json_end_object(w);
	}
	json_end_array(w);
}

static void write_codes(const struct comparison *x, const struct session *session, struct json_writer *w)
{
	json_begin_array(w, "codes");
	for (size_t s = 0; s < x->count; s++) {
		const struct comparison_side *side = &x->sides[s];
		json_begin_object(w, NULL);
		write_code(x, s, w);
		json_write_text(w, "title", side->asked->title);
		write_groups(side, session, w);
		write_definitions(side, session, w);
		write_occupations(side, session, w);
		show_json_appendix(session, &side->own, w);
		show_json_stem(session, &side->own, w);
		show_json_facts(session, &side->own, w);
		json_end_object(w);
	}
	json_end_array(w);
}

/* ---- where they part ---- */

static void write_classification(const struct comparison *x, struct json_writer *w)
{
	json_begin_object(w, "classification");
	if (x->related) {
		json_begin_object(w, "shared");
		json_write_string(w, "level", code_level_name(x->shared));
		json_write_string(w, "code", x->sides[0].groups[x->shared].text);
		json_end_object(w);
	} else {
		json_write_null(w, "shared");
	}
	json_begin_array(w, "pairs");
	for (size_t a = 0; a < x->count; a++)
		for (size_t b = a + 1; b < x->count; b++) {
			const struct code *one = &x->sides[a].asked->code, *other = &x->sides[b].asked->code;
			enum code_level level = LEVEL_ONET;
			size_t digit = comparison_digit(one, other, &level);
			json_begin_object(w, NULL);
			json_write_texts(w, "codes", (struct slice[]){ slice_of(one->text), slice_of(other->text) }, 2);
			json_write_count(w, "part_at_digit", digit);
			json_write_string(w, "part_at_level", code_level_name(level));
			json_end_object(w);
		}
	json_end_array(w);
	json_end_object(w);
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

static void write_row(const struct comparison *x, const struct session *session, const struct comparison_row *row,
		      struct json_writer *w)
{
	json_begin_object(w, NULL);
	json_write_string(w, "fact", row->key);
	json_write_string(w, "label", row->label);
	json_write_string(w, "section", section_name(row->section));
	json_write_bool(w, "differs", row->differs);
	json_begin_array(w, "values");
	for (size_t s = 0; s < x->count; s++) {
		json_begin_object(w, NULL);
		write_code(x, s, w);
		json_write_text_or_null(w, "value", row->values[s]);
		if (row->of[s].length) {
			json_write_text(w, "of", row->of[s]);
			json_write_string(w, "way", fact_way_name(row->ways[s]));
		}
		json_end_object(w);
	}
	json_end_array(w);
	if (row->source != COMPARISON_NO_SOURCE)
		show_json_source(session, w, row->source);
	json_end_object(w);
}

/* ---- lists ---- */

static void write_counts(const struct comparison *x, const struct comparison_list *l, struct json_writer *w)
{
	json_begin_array(w, "counts");
	for (size_t s = 0; s < x->count; s++) {
		json_begin_object(w, NULL);
		write_code(x, s, w);
		json_write_count(w, "count", l->totals[s]);
		if (l == &x->titles)
			json_write_count(w, "filings", l->filings[s]);
		json_end_object(w);
	}
	json_end_array(w);
}

static void write_common(const struct comparison *x, const struct session *session, const struct comparison_list *l,
			 struct json_writer *w)
{
	json_begin_array(w, "common");
	for (size_t i = 0; i < l->common_count; i++) {
		const struct comparison_common *common = &l->common[i];
		json_begin_object(w, NULL);
		json_begin_array(w, "of");
		for (size_t s = 0; s < x->count; s++) {
			if (!common->of[s])
				continue;
			json_begin_object(w, NULL);
			write_evidence(x, session, s, common->of[s], common->member[s], w);
			if (common->filings[s])
				json_write_count(w, "filings", common->filings[s]);
			json_end_object(w);
		}
		json_end_array(w);
		if (l == &x->tasks)
			json_write_measured(w, "alike", common->alike);
		json_end_object(w);
	}
	json_end_array(w);
}

static void write_own(const struct comparison *x, const struct session *s, const struct comparison_list *l, size_t side,
		      struct json_writer *w)
{
	json_begin_array(w, "own");
	for (size_t i = 0; i < l->own_count[side]; i++) {
		const struct comparison_own *own = &l->own[side][i];
		json_begin_object(w, NULL);
		write_evidence(x, s, side, own->evidence, own->member, w);
		if (l == &x->tasks) {
			json_write_measured(w, "tells", own->tells);
			format_json_words(w, "own_words", own->evidence->text, own->spans, own->span_count);
		}
		json_end_object(w);
	}
	json_end_array(w);
}

static void write_list(const struct comparison *x, const struct session *session, const char *key,
		       const struct comparison_list *l, struct json_writer *w)
{
	json_begin_object(w, key);
	write_counts(x, l, w);
	write_common(x, session, l, w);
	if (l != &x->titles) {
		json_begin_array(w, "apart");
		for (size_t s = 0; s < x->count; s++) {
			json_begin_object(w, NULL);
			write_code(x, s, w);
			write_own(x, session, l, s, w);
			json_end_object(w);
		}
		json_end_array(w);
	}
	json_end_object(w);
}

/* ---- the job ---- */

/* Its place in the ranking; null where it is not ranked. */
static void write_candidate(const struct comparison_fit *fit, struct json_writer *w)
{
	const struct candidate *candidate = fit->candidate;
	if (!candidate) {
		json_write_null(w, "rank");
		json_write_null(w, "score");
		json_write_null(w, "confidence");
		return;
	}
	json_write_count(w, "rank", fit->place + 1);
	json_write_measured(w, "score", candidate->score);
	json_write_measured(w, "confidence", candidate->confidence);
	json_begin_object(w, "parts");
	for (int k = 0; k < FEATURE_COUNT; k++)
		json_write_measured(w, feature_specs[k].key, candidate->parts[k]);
	json_end_object(w);
}

static void write_fit(const struct comparison *x, const struct session *s, size_t side, struct json_writer *w)
{
	const struct comparison_fit *fit = &x->fits[side];
	json_begin_object(w, NULL);
	write_code(x, side, w);
	write_candidate(fit, w);
	json_write_texts(w, "words", fit->words, fit->word_count);
	if (fit->task.span_count > 0) {
		json_begin_object(w, "nearest_task");
		write_evidence(x, s, side, &fit->task.evidence, fit->task_member, w);
		json_write_measured(w, "cosine", fit->task.cosine);
		json_end_object(w);
	}
	json_end_object(w);
}

static void write_job(const struct comparison *x, const struct session *session, struct json_writer *w)
{
	if (!x->job) {
		json_write_null(w, "job");
		return;
	}
	json_begin_object(w, "job");
	json_write_text(w, "title", x->job->title);
	json_write_text(w, "text", x->job->text);
	json_write_count(w, "ranked", x->ranked);
	json_begin_array(w, "fits");
	for (size_t s = 0; s < x->count; s++)
		write_fit(x, session, s, w);
	json_end_array(w);
	json_begin_array(w, "decides");
	for (size_t i = 0; i < x->feature_count; i++) {
		json_begin_object(w, NULL);
		json_write_string(w, "signal", feature_specs[x->features[i].feature].key);
		json_write_string(w, "what", feature_specs[x->features[i].feature].what);
		json_write_measured(w, "spread", x->features[i].spread);
		json_end_object(w);
	}
	json_end_array(w);
	json_end_object(w);
}

void comparison_json(const struct comparison *x, const struct session *s, struct json_writer *w)
{
	json_write_string(w, "level", code_level_name(x->level));
	write_codes(x, s, w);
	write_classification(x, w);
	json_begin_array(w, "rows");
	for (size_t i = 0; i < x->row_count; i++)
		write_row(x, s, &x->rows[i], w);
	json_end_array(w);
	write_list(x, s, "tasks", &x->tasks, w);
	write_list(x, s, "activities", &x->activities, w);
	write_list(x, s, "technologies", &x->technologies, w);
	write_list(x, s, "filed_titles", &x->titles, w);
	write_job(x, s, w);
}
