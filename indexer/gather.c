// SPDX-License-Identifier: GPL-3.0-or-later
#include <stdlib.h>

#include "indexer/gather.h"

static const enum evidence_kind title_evidence[TITLE_KIND_COUNT] = {
	[TITLE_OFFICIAL] = EVIDENCE_OFFICIAL_TITLE, [TITLE_ALTERNATE] = EVIDENCE_ALTERNATE_TITLE,
	[TITLE_REPORTED] = EVIDENCE_REPORTED_TITLE, [TITLE_DIRECT_MATCH] = EVIDENCE_DIRECT_MATCH,
	[TITLE_ILLUSTRATIVE] = EVIDENCE_ILLUSTRATIVE, [TITLE_CENSUS] = EVIDENCE_CENSUS_TITLE,
	[TITLE_FILED] = EVIDENCE_FILED_TITLE,
};

static const enum evidence_kind task_evidence[TASK_KIND_COUNT] = {
	[TASK_CORE] = EVIDENCE_CORE_TASK, [TASK_SUPPLEMENTAL] = EVIDENCE_SUPPLEMENTAL_TASK,
	[TASK_UNRATED] = EVIDENCE_UNRATED_TASK, [TASK_EMERGING] = EVIDENCE_EMERGING_TASK,
};

/* One record on its way: the sink's arguments, and the draft that the record's code names. */
struct taking {
	struct gathered *g;
	const struct record *record;
	struct draft *draft;
	enum reject_reason *why;
	struct error *err;
};

static enum sink_verdict reject(struct taking *t, enum reject_reason why)
{
	*t->why = why;
	return SINK_REJECTED;
}

/* ---- knowing a row that comes again ---- */

/* Whether (draft, what, text, detail) is new; it is remembered. */
static bool is_new(struct taking *t, unsigned what, struct slice text, struct slice detail, bool *answer)
{
	struct buffer *key = &t->g->key;
	uint32_t number;
	buffer_clear(key);
	return pack_string(key, slice_of(t->record->code.text), t->err) &&
	       pack_number(key, what, t->err) && pack_string(key, text, t->err) &&
	       pack_string(key, detail, t->err) &&
	       map_add(&t->g->seen, buffer_slice(key), &number, answer, t->err);
}

/* Names for is_new() beyond the kinds of evidence. */
enum { SEEN_ZONE = EVIDENCE_KIND_COUNT, SEEN_EDUCATION, SEEN_RELATED };

/* ---- adding ---- */

static struct slice keep(struct taking *t, struct slice s)
{
	return arena_copy(&t->g->strings, s, t->err);
}

static bool add_evidence(struct taking *t, enum evidence_kind kind, struct slice text, struct slice detail,
			 struct slice id, uint32_t flags)
{
	struct draft *d = t->draft;
	if (!array_reserve((void **)&d->said.evidence, &d->evidence_capacity, d->said.evidence_count + 1,
			   sizeof *d->said.evidence, t->err))
		return false;
	struct evidence *e = &d->said.evidence[d->said.evidence_count];
	*e = (struct evidence){ .kind = kind, .source = t->record->source, .flags = flags,
				.count = t->record->count, .text = keep(t, text),
				.detail = keep(t, detail), .id = keep(t, id) };
	if (!e->text.at || !e->detail.at || !e->id.at)
		return false;
	d->said.evidence_count++;
	t->g->by_kind[kind]++;
	return true;
}

/* As add_evidence(), for a piece that may have come before. */
static enum sink_verdict add_new_evidence(struct taking *t, enum evidence_kind kind, struct slice text,
					  struct slice detail, struct slice id, uint32_t flags)
{
	bool fresh;
	if (!is_new(t, kind, text, detail, &fresh))
		return SINK_FAILED;
	if (!fresh)
		return reject(t, REJECT_DUPLICATE);
	return add_evidence(t, kind, text, detail, id, flags) ? SINK_USED : SINK_FAILED;
}

static uint32_t evidence_flags(uint32_t record_flags)
{
	return (record_flags & RECORD_HOT ? EVIDENCE_HOT : 0u) |
	       (record_flags & RECORD_IN_DEMAND ? EVIDENCE_IN_DEMAND : 0u) |
	       (record_flags & RECORD_SHOWN ? EVIDENCE_SHOWN : 0u) |
	       (record_flags & RECORD_REVISION ? EVIDENCE_REVISION : 0u);
}

/* ---- one function a kind of record ---- */

static enum sink_verdict take_occupation(struct taking *t)
{
	struct gathered *g = t->g;
	const struct record *r = t->record;
	uint32_t number;
	bool fresh;
	if (!map_add(&g->codes, slice_of(r->code.text), &number, &fresh, t->err))
		return SINK_FAILED;
	if (!fresh)
		return reject(t, REJECT_DUPLICATE);
	if (!array_reserve((void **)&g->drafts, &g->draft_capacity, number + 1, sizeof *g->drafts, t->err))
		return SINK_FAILED;
	t->draft = &g->drafts[number];
	*t->draft = (struct draft){ .said = { .code = keep(t, slice_of(r->code.text)),
					      .title = keep(t, r->text) } };
	struct slice none = SLICE("");
	if (!t->draft->said.code.at || !t->draft->said.title.at ||
	    !add_evidence(t, EVIDENCE_OFFICIAL_TITLE, r->text, none, none, 0))
		return SINK_FAILED;
	if (r->detail.length && !add_evidence(t, EVIDENCE_DESCRIPTION, r->detail, none, none, 0))
		return SINK_FAILED;
	return SINK_USED;
}

static enum sink_verdict take_title(struct taking *t)
{
	const struct record *r = t->record;
	struct slice none = SLICE("");
	bool fresh;
	if (r->title_kind == TITLE_ALTERNATE && r->detail.length) {
		if (!is_new(t, EVIDENCE_SHORT_TITLE, r->detail, none, &fresh) ||
		    (fresh && !add_evidence(t, EVIDENCE_SHORT_TITLE, r->detail, r->text, none, 0)))
			return SINK_FAILED;
	}
	return add_new_evidence(t, title_evidence[r->title_kind], r->text, none, none,
				evidence_flags(r->flags));
}

static enum sink_verdict take_task(struct taking *t)
{
	const struct record *r = t->record;
	return add_new_evidence(t, task_evidence[r->task_kind], r->text, SLICE(""), r->id,
				evidence_flags(r->flags));
}

static enum sink_verdict take_activity(struct taking *t)
{
	struct gathered *g = t->g;
	uint32_t number;
	bool fresh;
	if (!map_add(&g->activities, t->record->id, &number, &fresh, t->err))
		return SINK_FAILED;
	if (!fresh)
		return reject(t, REJECT_DUPLICATE);
	if (!array_reserve((void **)&g->activity_titles, &g->activity_capacity, number + 1,
			   sizeof *g->activity_titles, t->err))
		return SINK_FAILED;
	g->activity_titles[number] = keep(t, t->record->text);
	return g->activity_titles[number].at ? SINK_USED : SINK_FAILED;
}

/* Several tasks of one occupation lead to one activity, which is one piece of evidence. */
static enum sink_verdict take_task_activity(struct taking *t)
{
	uint32_t number = map_find(&t->g->activities, t->record->detail);
	bool fresh;
	if (number == MAP_NONE)
		return reject(t, REJECT_UNKNOWN_ID);
	struct slice text = t->g->activity_titles[number];
	if (!is_new(t, EVIDENCE_ACTIVITY, text, SLICE(""), &fresh))
		return SINK_FAILED;
	return !fresh || add_evidence(t, EVIDENCE_ACTIVITY, text, SLICE(""), t->record->detail, 0)
	       ? SINK_USED : SINK_FAILED;
}

static enum sink_verdict take_technology(struct taking *t)
{
	const struct record *r = t->record;
	return add_new_evidence(t, EVIDENCE_TECHNOLOGY, r->text, r->detail, SLICE(""),
				evidence_flags(r->flags));
}

static enum sink_verdict take_tool(struct taking *t)
{
	return add_new_evidence(t, EVIDENCE_TOOL, t->record->text, t->record->detail, SLICE(""), 0);
}

static enum sink_verdict take_zone(struct taking *t)
{
	bool fresh;
	if (!is_new(t, SEEN_ZONE, SLICE(""), SLICE(""), &fresh))
		return SINK_FAILED;
	if (!fresh)
		return reject(t, REJECT_DUPLICATE);
	t->draft->said.zone = (uint32_t)t->record->number;
	t->draft->said.zone_source = t->record->source;
	return SINK_USED;
}

static enum sink_verdict take_zone_reference(struct taking *t)
{
	struct reference *ref = &t->g->reference;
	if (reference_zone(ref, (uint32_t)t->record->number))
		return reject(t, REJECT_DUPLICATE);
	if (!array_reserve((void **)&ref->zones, &ref->zone_capacity, ref->zone_count + 1,
			   sizeof *ref->zones, t->err))
		return SINK_FAILED;
	struct zone_reference *z = &ref->zones[ref->zone_count];
	z->zone = (uint32_t)t->record->number;
	z->name = keep(t, t->record->text);
	z->svp = keep(t, t->record->detail);
	bool ok = z->name.at && z->svp.at;
	for (size_t k = 0; k < ZONE_TEXT_COUNT; k++) {
		z->texts[k] = keep(t, t->record->more[k]);
		ok = ok && z->texts[k].at;
	}
	ref->zone_count += ok;
	return ok ? SINK_USED : SINK_FAILED;
}

static enum sink_verdict take_education(struct taking *t)
{
	const struct record *r = t->record;
	struct draft *d = t->draft;
	char category[16];
	bool fresh;
	int n = snprintf(category, sizeof category, "%d %.*s", r->number, (int)r->scale.length, r->scale.at);
	if (!is_new(t, SEEN_EDUCATION, r->id, (struct slice){ category, (size_t)n }, &fresh))
		return SINK_FAILED;
	if (!fresh)
		return reject(t, REJECT_DUPLICATE);
	if (!array_reserve((void **)&d->said.education, &d->education_capacity, d->said.education_count + 1,
			   sizeof *d->said.education, t->err))
		return SINK_FAILED;
	struct education *e = &d->said.education[d->said.education_count];
	*e = (struct education){ .element = keep(t, r->id), .scale = keep(t, r->scale),
				 .category = (uint32_t)r->number, .percent = r->value,
				 .suppressed = (r->flags & RECORD_SUPPRESS) != 0, .source = r->source };
	if (!e->element.at || !e->scale.at)
		return SINK_FAILED;
	d->said.education_count++;
	return SINK_USED;
}

static enum sink_verdict take_education_category(struct taking *t)
{
	const struct record *r = t->record;
	struct reference *ref = &t->g->reference;
	if (reference_category(ref, r->id, r->scale, (uint32_t)r->number))
		return reject(t, REJECT_DUPLICATE);
	if (!array_reserve((void **)&ref->categories, &ref->category_capacity, ref->category_count + 1,
			   sizeof *ref->categories, t->err))
		return SINK_FAILED;
	struct category_reference *c = &ref->categories[ref->category_count];
	*c = (struct category_reference){ .element = keep(t, r->id), .name = keep(t, r->detail),
					  .scale = keep(t, r->scale), .category = (uint32_t)r->number,
					  .text = keep(t, r->text) };
	if (!c->element.at || !c->name.at || !c->scale.at || !c->text.at)
		return SINK_FAILED;
	ref->category_count++;
	return SINK_USED;
}

static enum sink_verdict take_related(struct taking *t)
{
	const struct record *r = t->record;
	struct draft *d = t->draft;
	bool fresh;
	if (map_find(&t->g->codes, slice_of(r->other.text)) == MAP_NONE)
		return reject(t, REJECT_UNKNOWN_CODE);
	if (!is_new(t, SEEN_RELATED, slice_of(r->other.text), SLICE(""), &fresh))
		return SINK_FAILED;
	if (!fresh)
		return reject(t, REJECT_DUPLICATE);
	if (!array_reserve((void **)&d->said.related, &d->related_capacity, d->said.related_count + 1,
			   sizeof *d->said.related, t->err))
		return SINK_FAILED;
	struct related *e = &d->said.related[d->said.related_count];
	*e = (struct related){ .code = keep(t, slice_of(r->other.text)), .tier = keep(t, r->text),
			       .rank = (uint32_t)r->number, .source = r->source };
	if (!e->code.at || !e->tier.at)
		return SINK_FAILED;
	d->said.related_count++;
	return SINK_USED;
}

/* ---- the sink ---- */

static enum sink_verdict (*const take_functions[RECORD_KIND_COUNT])(struct taking *) = {
	[RECORD_OCCUPATION] = take_occupation,
	[RECORD_TITLE] = take_title,
	[RECORD_TASK] = take_task,
	[RECORD_ACTIVITY] = take_activity,
	[RECORD_TASK_ACTIVITY] = take_task_activity,
	[RECORD_TECHNOLOGY] = take_technology,
	[RECORD_TOOL] = take_tool,
	[RECORD_ZONE] = take_zone,
	[RECORD_ZONE_REFERENCE] = take_zone_reference,
	[RECORD_EDUCATION] = take_education,
	[RECORD_EDUCATION_CATEGORY] = take_education_category,
	[RECORD_RELATED] = take_related,
};

static enum sink_verdict take(void *ctx, const struct record *record, enum reject_reason *why,
			      struct error *err)
{
	struct taking t = { .g = ctx, .record = record, .why = why, .err = err };
	if (record->kind != RECORD_OCCUPATION && record->code.text[0]) {
		uint32_t number = map_find(&t.g->codes, slice_of(record->code.text));
		if (number == MAP_NONE)
			return reject(&t, REJECT_UNKNOWN_CODE);
		t.draft = &t.g->drafts[number];
	}
	return take_functions[record->kind](&t);
}

struct record_sink gather_sink(struct gathered *g)
{
	return (struct record_sink){ .take = take, .ctx = g };
}

/* ---- the end of the phase ---- */

static int compare_drafts(const void *a, const void *b)
{
	const struct draft *x = a, *y = b;
	return slice_compare(x->said.code, y->said.code);
}

/* Stable by counting: pieces of one kind stay in the order in which the sources gave them. */
static bool order_evidence(struct draft *d, struct error *err)
{
	size_t next[EVIDENCE_KIND_COUNT + 1] = { 0 }, capacity = 0;
	struct evidence *ordered = NULL;
	if (!array_reserve((void **)&ordered, &capacity, d->said.evidence_count + 1, sizeof *ordered, err))
		return false;
	for (size_t i = 0; i < d->said.evidence_count; i++)
		next[d->said.evidence[i].kind + 1]++;
	for (size_t k = 0; k < EVIDENCE_KIND_COUNT; k++)
		next[k + 1] += next[k];
	for (size_t i = 0; i < d->said.evidence_count; i++)
		ordered[next[d->said.evidence[i].kind]++] = d->said.evidence[i];
	memory_free(d->said.evidence);
	d->said.evidence = ordered;
	d->evidence_capacity = capacity;
	return true;
}

bool gather_finish(struct gathered *g, struct error *err)
{
	if (g->codes.count == 0)
		return error_set(err, ERROR_INPUT, "give an O*NET release as published: soc-index build -o "
				 "FILE.soc db_30_1_text.zip", "the sources hold no occupation");
	qsort(g->drafts, g->codes.count, sizeof *g->drafts, compare_drafts);
	for (size_t i = 0; i < g->codes.count; i++)
		if (!order_evidence(&g->drafts[i], err))
			return false;
	return true;
}

void gather_free(struct gathered *g)
{
	for (size_t i = 0; i < g->codes.count && g->drafts; i++) {
		memory_free(g->drafts[i].said.evidence);
		memory_free(g->drafts[i].said.education);
		memory_free(g->drafts[i].said.related);
	}
	memory_free(g->drafts);
	memory_free(g->activity_titles);
	memory_free(g->reference.zones);
	memory_free(g->reference.categories);
	map_free(&g->codes);
	map_free(&g->seen);
	map_free(&g->activities);
	buffer_free(&g->key);
	arena_free(&g->strings);
	*g = (struct gathered){ 0 };
}
