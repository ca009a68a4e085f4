// SPDX-License-Identifier: GPL-3.0-or-later
/* collect.c - takes the records of all sources and keeps them with their occupations. */
#include <stdlib.h>

#include "indexer/collect.h"

static const enum evidence_kind title_evidence[TITLE_KIND_COUNT] = {
	[TITLE_OFFICIAL] = EVIDENCE_OFFICIAL_TITLE,   [TITLE_ALTERNATE] = EVIDENCE_ALTERNATE_TITLE,
	[TITLE_REPORTED] = EVIDENCE_REPORTED_TITLE,   [TITLE_DIRECT_MATCH] = EVIDENCE_DIRECT_MATCH,
	[TITLE_ILLUSTRATIVE] = EVIDENCE_ILLUSTRATIVE, [TITLE_CENSUS] = EVIDENCE_CENSUS_TITLE,
	[TITLE_FILED] = EVIDENCE_FILED_TITLE,
};

static const enum evidence_kind task_evidence[TASK_KIND_COUNT] = {
	[TASK_CORE] = EVIDENCE_CORE_TASK,
	[TASK_SUPPLEMENTAL] = EVIDENCE_SUPPLEMENTAL_TASK,
	[TASK_UNRATED] = EVIDENCE_UNRATED_TASK,
	[TASK_EMERGING] = EVIDENCE_EMERGING_TASK,
};

/* One record on its way: the sink's arguments, and the draft that the record's code names. */
struct record_taker {
	struct collected *g;
	const struct record *record;
	struct draft *draft;           /* NULL where the code names no occupation ... */
	enum reject_reason unresolved; /* ... for this reason */
	enum reject_reason *why;
	struct error *err;
};

static enum sink_verdict reject(struct record_taker *t, enum reject_reason why)
{
	*t->why = why;
	return SINK_REJECTED;
}

/* ---- knowing a row that comes again ---- */

/* Remember (occupation or code, what, text, detail): SINK_USED where it is new, SINK_REJECTED where it came before. */
static enum sink_verdict note_new(struct record_taker *t, unsigned what, struct slice text, struct slice detail)
{
	struct buffer *key = &t->g->key;
	uint32_t number;
	bool fresh;
	buffer_clear(key);
	pack_string(key, t->draft ? t->draft->said.code : slice_of(t->record->code.text), t->err);
	pack_number(key, what, t->err);
	pack_string(key, text, t->err);
	if (!pack_string(key, detail, t->err) || !map_add(&t->g->seen, buffer_slice(key), &number, &fresh, t->err))
		return SINK_FAILED;
	return fresh ? SINK_USED : reject(t, REJECT_DUPLICATE);
}

/* Names for note_new() beyond the kinds of evidence. */
enum { SEEN_ZONE = EVIDENCE_KIND_COUNT, SEEN_RELATED, SEEN_GROUP_TITLE, SEEN_EDUCATION /* plus the category */ };

/* ---- adding ---- */

static struct slice keep(struct record_taker *t, struct slice s)
{
	return arena_copy(&t->g->strings, s, t->err);
}

/* The verdict once what a record says was `added`, and all its texts were to be kept. */
static enum sink_verdict kept(const struct record_taker *t, bool added)
{
	return added && arena_ok(&t->g->strings) ? SINK_USED : SINK_FAILED;
}

static bool add_evidence(struct record_taker *t, enum evidence_kind kind, struct slice text, struct slice detail,
			 struct slice id, uint32_t flags)
{
	struct occupation *o = &t->draft->said;
	struct evidence e = { kind,          t->record->source, flags,      t->record->count,
			      keep(t, text), keep(t, detail),   keep(t, id) };
	t->g->by_kind[kind]++;
	return kept(t, ARRAY_ADD(o->evidence, o->evidence_count, t->draft->evidence_capacity, t->err, e)) == SINK_USED;
}

/* As add_evidence(), for a piece that may have come before. */
static enum sink_verdict add_new_evidence(struct record_taker *t, enum evidence_kind kind, struct slice text,
					  struct slice detail, struct slice id, uint32_t flags)
{
	enum sink_verdict verdict = note_new(t, kind, text, detail);
	return verdict != SINK_USED || add_evidence(t, kind, text, detail, id, flags) ? verdict : SINK_FAILED;
}

static uint32_t evidence_flags(uint32_t record_flags)
{
	return (record_flags & RECORD_HOT ? EVIDENCE_HOT : 0u) |
	       (record_flags & RECORD_IN_DEMAND ? EVIDENCE_IN_DEMAND : 0u) |
	       (record_flags & RECORD_SHOWN ? EVIDENCE_SHOWN : 0u) |
	       (record_flags & RECORD_REVISION ? EVIDENCE_REVISION : 0u);
}

/* ---- one function a kind of record ---- */

static enum sink_verdict take_occupation(struct record_taker *t)
{
	struct collected *g = t->g;
	const struct record *r = t->record;
	uint32_t number;
	bool fresh;
	/* Room first: there are as many drafts as codes, also when something fails in between. */
	if (!ARRAY_RESERVE(g->drafts, g->draft_capacity, g->codes.count + 1, t->err))
		return SINK_FAILED;
	g->drafts[g->codes.count] = (struct draft){ 0 };
	if (!map_add(&g->codes, slice_of(r->code.text), &number, &fresh, t->err))
		return SINK_FAILED;
	if (!fresh)
		return reject(t, REJECT_DUPLICATE);
	t->draft = &g->drafts[number];
	*t->draft = (struct draft){ .said = { .code = keep(t, slice_of(r->code.text)), .title = keep(t, r->text) } };
	struct slice none = SLICE("");
	return kept(t, resolver_add_occupation(&g->resolver, &r->code, number, t->err) &&
			       add_evidence(t, EVIDENCE_OFFICIAL_TITLE, r->text, none, none, 0) &&
			       (!r->detail.length || add_evidence(t, EVIDENCE_DESCRIPTION, r->detail, none, none, 0)));
}

/* The group with a code, made where it is new. */
static struct group *need_group(struct record_taker *t, struct slice code)
{
	struct collected *g = t->g;
	uint32_t number;
	bool fresh;
	if (!map_add(&g->group_codes, code, &number, &fresh, t->err))
		return NULL;
	struct group group = { .code = map_key(&g->group_codes, number),
			       .title = SLICE(""),
			       .source = t->record->source };
	if (fresh && !ARRAY_ADD(g->groups.at, g->groups.count, g->groups.capacity, t->err, group))
		return NULL;
	return &g->groups.at[number];
}

/* A title that leads to a group and no further: by the code of a group, or a pattern such as 51-91XX, which
 * means the group whose digits it has. */
static enum sink_verdict take_group_title(struct record_taker *t)
{
	char digits[CODE_SIZE] = "";
	struct slice code = t->record->id.length ? t->record->id : slice_of(t->record->code.text);
	if (code.length != 7)
		return reject(t, REJECT_BAD_CODE);
	for (size_t i = 0; i < code.length; i++)
		digits[i] = code.at[i] == 'X' || code.at[i] == 'x' ? '0' : code.at[i];
	struct code parsed;
	if (!code_parse(slice_of(digits), &parsed))
		return reject(t, REJECT_BAD_CODE);
	struct group *g = need_group(t, slice_of(digits));
	enum sink_verdict verdict = g ? note_new(t, SEEN_GROUP_TITLE, slice_of(digits), t->record->text) : SINK_FAILED;
	if (verdict != SINK_USED)
		return verdict;
	return kept(t, ARRAY_ADD(g->titles, g->title_count, g->title_capacity, t->err, keep(t, t->record->text)));
}

/* Official and alternate titles stand under an occupation's own code; other lists know SOC codes or groups. */
static enum sink_verdict take_title(struct record_taker *t)
{
	const struct record *r = t->record;
	struct slice none = SLICE("");
	if (!t->draft)
		return r->title_kind == TITLE_CENSUS && (r->id.length || code_level(&r->code) < LEVEL_SOC)
			       ? take_group_title(t)
			       : reject(t, t->unresolved);
	enum sink_verdict brief = SINK_REJECTED;
	if (r->title_kind == TITLE_ALTERNATE && r->detail.length)
		brief = note_new(t, EVIDENCE_SHORT_TITLE, r->detail, none);
	if (brief == SINK_FAILED ||
	    (brief == SINK_USED && !add_evidence(t, EVIDENCE_SHORT_TITLE, r->detail, r->text, none, 0)))
		return SINK_FAILED;
	enum sink_verdict verdict =
		add_new_evidence(t, title_evidence[r->title_kind], r->text, none, none, evidence_flags(r->flags));
	/* A row that is known but for its short title has been of use. */
	return verdict == SINK_REJECTED ? brief : verdict;
}

static enum sink_verdict take_task(struct record_taker *t)
{
	const struct record *r = t->record;
	return add_new_evidence(t, task_evidence[r->task_kind], r->text, SLICE(""), r->id, evidence_flags(r->flags));
}

static enum sink_verdict take_activity(struct record_taker *t)
{
	struct collected *g = t->g;
	uint32_t number;
	bool fresh;
	if (!map_add(&g->activities, t->record->id, &number, &fresh, t->err))
		return SINK_FAILED;
	if (!fresh)
		return reject(t, REJECT_DUPLICATE);
	size_t count = number;
	return kept(t, ARRAY_ADD(g->activity_titles, count, g->activity_capacity, t->err, keep(t, t->record->text)));
}

/* Several tasks of one occupation lead to one activity, which is one piece of evidence. */
static enum sink_verdict take_task_activity(struct record_taker *t)
{
	uint32_t number = map_find(&t->g->activities, t->record->detail);
	if (number == MAP_NONE)
		return reject(t, REJECT_UNKNOWN_ID);
	struct slice text = t->g->activity_titles[number];
	return add_new_evidence(t, EVIDENCE_ACTIVITY, text, SLICE(""), t->record->detail, 0) == SINK_FAILED
		       ? SINK_FAILED
		       : SINK_USED;
}

static enum sink_verdict take_technology(struct record_taker *t)
{
	const struct record *r = t->record;
	return add_new_evidence(t, EVIDENCE_TECHNOLOGY, r->text, r->detail, SLICE(""), evidence_flags(r->flags));
}

static enum sink_verdict take_tool(struct record_taker *t)
{
	return add_new_evidence(t, EVIDENCE_TOOL, t->record->text, t->record->detail, SLICE(""), 0);
}

static enum sink_verdict take_zone(struct record_taker *t)
{
	enum sink_verdict verdict = note_new(t, SEEN_ZONE, SLICE(""), SLICE(""));
	if (verdict != SINK_USED)
		return verdict;
	t->draft->said.zone = (uint32_t)t->record->number;
	t->draft->said.zone_source = t->record->source;
	return SINK_USED;
}

static enum sink_verdict take_zone_reference(struct record_taker *t)
{
	struct reference *ref = &t->g->reference;
	if (reference_zone(ref, (uint32_t)t->record->number))
		return reject(t, REJECT_DUPLICATE);
	struct zone_reference z = {
		(uint32_t)t->record->number, keep(t, t->record->text), keep(t, t->record->detail), { { 0 } }
	};
	for (size_t k = 0; k < ZONE_TEXT_COUNT; k++)
		z.texts[k] = keep(t, t->record->more[k]);
	return kept(t, ARRAY_ADD(ref->zones, ref->zone_count, ref->zone_capacity, t->err, z));
}

static enum sink_verdict take_education(struct record_taker *t)
{
	const struct record *r = t->record;
	struct occupation *o = &t->draft->said;
	enum sink_verdict verdict = note_new(t, SEEN_EDUCATION + (unsigned)r->number, r->id, r->scale);
	if (verdict != SINK_USED)
		return verdict;
	struct education e = { .element = keep(t, r->id),
			       .scale = keep(t, r->scale),
			       .category = (uint32_t)r->number,
			       .percent = r->value,
			       .suppressed = (r->flags & RECORD_SUPPRESS) != 0,
			       .source = r->source };
	return kept(t, ARRAY_ADD(o->education, o->education_count, t->draft->education_capacity, t->err, e));
}

static enum sink_verdict take_education_category(struct record_taker *t)
{
	const struct record *r = t->record;
	struct reference *ref = &t->g->reference;
	if (reference_category(ref, r->id, r->scale, (uint32_t)r->number))
		return reject(t, REJECT_DUPLICATE);
	struct category_reference c = { keep(t, r->id), keep(t, r->detail), keep(t, r->scale), (uint32_t)r->number,
					keep(t, r->text) };
	return kept(t, ARRAY_ADD(ref->categories, ref->category_count, ref->category_capacity, t->err, c));
}

static enum sink_verdict take_related(struct record_taker *t)
{
	const struct record *r = t->record;
	struct occupation *o = &t->draft->said;
	struct slice code = slice_of(r->other.text);
	if (map_find(&t->g->codes, code) == MAP_NONE)
		return reject(t, REJECT_UNKNOWN_CODE);
	enum sink_verdict verdict = note_new(t, SEEN_RELATED, code, SLICE(""));
	if (verdict != SINK_USED)
		return verdict;
	struct related related = { keep(t, code), keep(t, r->text), (uint32_t)r->number, r->source };
	return kept(t, ARRAY_ADD(o->related, o->related_count, t->draft->related_capacity, t->err, related));
}

static enum sink_verdict take_group(struct record_taker *t)
{
	const struct record *r = t->record;
	struct group *g = need_group(t, slice_of(r->code.text));
	if (!g)
		return SINK_FAILED;
	/* The structure says again what the definitions said: that is no fault. */
	if (!g->title.length)
		g->title = keep(t, r->text);
	if (t->draft && r->detail.length &&
	    add_new_evidence(t, EVIDENCE_DEFINITION, r->detail, SLICE(""), SLICE(""), 0) == SINK_FAILED)
		return SINK_FAILED;
	return kept(t, true);
}

static enum sink_verdict take_filing(struct record_taker *t)
{
	enum reject_reason why;
	if (!t->draft)
		return reject(t, t->unresolved);
	if (!filings_add(&t->g->filings, (uint32_t)(t->draft - t->g->drafts), t->record, &why, t->err))
		return SINK_FAILED;
	return why == REJECT_NONE ? SINK_USED : reject(t, why);
}

static enum sink_verdict take_crosswalk(struct record_taker *t)
{
	static const enum edition editions[CROSSWALK_COUNT][2] = {
		[CROSSWALK_SOC_2010_2018] = { EDITION_SOC_2010, EDITION_SOC_2018 },
		[CROSSWALK_ONET_2010_2019] = { EDITION_ONET_2010, EDITION_ONET_2019 },
		[CROSSWALK_ONET_2019_SOC] = { EDITION_ONET_2019, EDITION_SOC_2018 },
		[CROSSWALK_CENSUS_2018_SOC] = { EDITION_CENSUS_2018, EDITION_SOC_2018 },
	};
	const struct record *r = t->record;
	struct crossings *all = &t->g->crossings;
	bool census = r->crosswalk == CROSSWALK_CENSUS_2018_SOC;
	bool leads = r->crosswalk == CROSSWALK_SOC_2010_2018 || r->crosswalk == CROSSWALK_ONET_2010_2019;
	if (leads && !resolver_add_crossing(&t->g->resolver, &r->code, &r->other, t->err))
		return SINK_FAILED;
	struct crossing x = {
		.from_edition = editions[r->crosswalk][0],
		.to_edition = editions[r->crosswalk][1],
		.from = keep(t, census ? r->id : slice_of(r->code.text)),
		.from_title = keep(t, r->text),
		.to = keep(t, r->more[0].length ? r->more[0] : slice_of(r->other.text)),
		.to_title = keep(t, r->detail),
		.source = r->source,
	};
	return kept(t, ARRAY_ADD(all->at, all->count, all->capacity, t->err, x));
}

static struct fact_ground fact_ground(struct collected *g)
{
	return (struct fact_ground){ &g->strings, &g->resolver, &g->codes, &g->crossings };
}

static enum sink_verdict take_facts(struct record_taker *t)
{
	struct fact_ground ground = fact_ground(t->g);
	return fact_drafts_take(&t->g->facts, &ground, t->record, t->why, t->err);
}

/* ---- the sink ---- */

/* What a record says of an occupation is kept under its own code; what other lists say, under the occupation
 * that their code means. */
enum code_use { CODE_NONE, CODE_OWN, CODE_RESOLVED };

static const struct {
	enum sink_verdict (*take)(struct record_taker *);
	enum code_use use;
} takers[RECORD_KIND_COUNT] = {
	[RECORD_OCCUPATION] = { take_occupation, CODE_NONE },
	[RECORD_TITLE] = { take_title, CODE_RESOLVED },
	[RECORD_TASK] = { take_task, CODE_OWN },
	[RECORD_ACTIVITY] = { take_activity, CODE_NONE },
	[RECORD_TASK_ACTIVITY] = { take_task_activity, CODE_OWN },
	[RECORD_TECHNOLOGY] = { take_technology, CODE_OWN },
	[RECORD_TOOL] = { take_tool, CODE_OWN },
	[RECORD_ZONE] = { take_zone, CODE_OWN },
	[RECORD_ZONE_REFERENCE] = { take_zone_reference, CODE_NONE },
	[RECORD_EDUCATION] = { take_education, CODE_OWN },
	[RECORD_EDUCATION_CATEGORY] = { take_education_category, CODE_NONE },
	[RECORD_RELATED] = { take_related, CODE_OWN },
	[RECORD_GROUP] = { take_group, CODE_RESOLVED },
	[RECORD_FILING] = { take_filing, CODE_RESOLVED },
	[RECORD_CROSSWALK] = { take_crosswalk, CODE_NONE },
	[RECORD_FACTS] = { take_facts, CODE_NONE },
	[RECORD_WAGE_TOP] = { take_facts, CODE_NONE },
};

/* Titles that O*NET gives belong to its own codes. */
static enum code_use use_of(const struct record *r)
{
	bool own = r->kind == RECORD_TITLE && r->title_kind <= TITLE_REPORTED;
	return own ? CODE_OWN : takers[r->kind].use;
}

static enum sink_verdict take(void *ctx, const struct record *record, enum reject_reason *why, struct error *err)
{
	struct record_taker t = {
		.g = ctx, .record = record, .unresolved = REJECT_UNKNOWN_CODE, .why = why, .err = err
	};
	enum code_use use = use_of(record);
	uint32_t number = MAP_NONE;
	if (use == CODE_OWN)
		number = map_find(&t.g->codes, slice_of(record->code.text));
	else if (use == CODE_RESOLVED && record->code.text[0])
		t.unresolved = resolve(&t.g->resolver, &t.g->codes, &record->code, &number);
	if (number != MAP_NONE)
		t.draft = &t.g->drafts[number];
	else if (use == CODE_OWN)
		return reject(&t, REJECT_UNKNOWN_CODE);
	enum sink_verdict verdict = takers[record->kind].take(&t);
	/* What part of a record has come before is no reason where another part is used. */
	if (verdict == SINK_USED)
		*why = REJECT_NONE;
	return verdict;
}

struct record_sink collect_sink(struct collected *g)
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
	size_t next[EVIDENCE_KIND_COUNT + 1] = { 0 };
	struct evidence *ordered = memory_new((d->said.evidence_count + 1) * sizeof *ordered, err);
	if (!ordered)
		return false;
	for (size_t i = 0; i < d->said.evidence_count; i++)
		next[d->said.evidence[i].kind + 1]++;
	for (size_t k = 0; k < EVIDENCE_KIND_COUNT; k++)
		next[k + 1] += next[k];
	for (size_t i = 0; i < d->said.evidence_count; i++)
		ordered[next[d->said.evidence[i].kind]++] = d->said.evidence[i];
	memory_free(d->said.evidence);
	d->said.evidence = ordered;
	return true;
}

/* The filings of each title become one piece of evidence. */
static bool add_filed_titles(struct collected *g, struct error *err)
{
	struct buffer described = { 0 };
	bool ok = true;
	filings_select(&g->filings, &g->filed_titles);
	for (size_t i = 0; ok && i < g->filed_titles; i++) {
		const struct filed_title *f = &g->filings.titles[i];
		struct record r = { .kind = RECORD_TITLE, .source = f->source, .count = f->count };
		struct record_taker t = { .g = g, .record = &r, .draft = &g->drafts[f->draft], .err = err };
		buffer_clear(&described);
		ok = filings_describe(f, &described, err) &&
		     add_evidence(&t, EVIDENCE_FILED_TITLE, f->text, buffer_slice(&described), SLICE(""), 0);
	}
	buffer_free(&described);
	return ok;
}

static int compare_groups(const void *a, const void *b)
{
	const struct group *x = a, *y = b;
	return slice_compare(x->code, y->code);
}

bool collect_finish(struct collected *g, struct error *err)
{
	if (g->codes.count == 0)
		return error_set(err, ERROR_INPUT,
				 "give an O*NET release as published: soc-index build -o FILE.soc db_30_1_text.zip",
				 "the sources hold no occupation");
	if (g->codes.count > OCCUPATIONS_MAX)
		return error_set(err, ERROR_LIMIT, "index one release of the classification at a time",
				 "the sources hold %zu occupations; an index holds at most %d", g->codes.count,
				 OCCUPATIONS_MAX);
	if (!add_filed_titles(g, err))
		return false;
	if (g->groups.count > 1)
		qsort(g->groups.at, g->groups.count, sizeof *g->groups.at, compare_groups);
	qsort(g->drafts, g->codes.count, sizeof *g->drafts, compare_drafts);
	for (size_t i = 0; i < g->codes.count; i++)
		if (!order_evidence(&g->drafts[i], err) || !fact_drafts_derive(&g->facts, &g->drafts[i].said, err))
			return false;
	struct fact_ground ground = fact_ground(g);
	return fact_drafts_finish(&g->facts, &ground, err);
}

void collect_free(struct collected *g)
{
	for (size_t i = 0; i < g->codes.count && g->drafts; i++) {
		memory_free(g->drafts[i].said.evidence);
		memory_free(g->drafts[i].said.education);
		memory_free(g->drafts[i].said.related);
	}
	for (size_t i = 0; i < g->groups.count; i++)
		memory_free(g->groups.at[i].titles);
	memory_free(g->drafts);
	memory_free(g->groups.at);
	memory_free(g->crossings.at);
	memory_free(g->activity_titles);
	memory_free(g->reference.zones);
	memory_free(g->reference.categories);
	resolver_free(&g->resolver);
	filings_free(&g->filings);
	fact_drafts_free(&g->facts);
	map_free(&g->group_codes);
	map_free(&g->codes);
	map_free(&g->seen);
	map_free(&g->activities);
	buffer_free(&g->key);
	arena_free(&g->strings);
	*g = (struct collected){ 0 };
}
