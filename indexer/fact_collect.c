// SPDX-License-Identifier: GPL-3.0-or-later
/* fact_collect.c - takes the facts of all sources, and hangs each on a code of the edition of the index. */
#include <math.h>
#include <stdlib.h>

#include "indexer/fact_collect.h"

/* One record on its way. */
struct fact_taker {
	struct fact_drafts *d;
	const struct fact_ground *ground;
	const struct record *r;
	struct error *err;
};

/* ---- a row that comes again ---- */

/* The survey gives a code twice, once as a broad group and once as a detailed occupation, with the same values:
 * `detail` tells the two rows apart. */
static bool is_new_row(struct fact_taker *t, bool *answer)
{
	struct buffer *key = &t->d->key;
	uint32_t number;
	buffer_clear(key);
	pack_number(key, t->r->source, t->err);
	pack_string(key, slice_of(t->r->code.text), t->err);
	pack_string(key, t->r->id, t->err);
	pack_string(key, t->r->detail, t->err);
	for (size_t i = 0; i < t->r->fact_count; i++) {
		const struct record_fact *f = &t->r->facts[i];
		pack_number(key, f->key, t->err);
		pack_string(key, f->name, t->err);
		pack_number(key, f->number.mark, t->err);
		pack_number(key, (uint64_t)f->number.digits, t->err);
		pack_number(key, f->number.decimals, t->err);
		pack_string(key, f->text, t->err);
		pack_string(key, f->note, t->err);
	}
	return buffer_ok(key) && map_add(&t->d->rows, buffer_slice(key), &number, answer, t->err);
}

/* ---- adding ---- */

static bool is_hourly(enum fact_key key)
{
	return fact_specs[key].unit == FACT_UNIT_HOUR;
}

/* `#` says no number of its own; the notes of the survey do. */
static struct fact_number with_top(const struct fact_drafts *d, const struct record_fact *f)
{
	struct fact_number n = f->number;
	if (n.mark == FACT_AT_LEAST && n.digits == 0 && fact_specs[f->key].kind == FACT_MONEY) {
		n = d->tops[is_hourly(f->key) ? 0 : 1];
		n.mark = FACT_AT_LEAST;
	}
	return n;
}

static struct fact_draft *add_draft(struct fact_drafts *d, struct error *err)
{
	if (!ARRAY_RESERVE(d->at, d->capacity, d->count + 1, err))
		return NULL;
	d->at[d->count] = (struct fact_draft){ .order = (uint32_t)d->count };
	return &d->at[d->count];
}

/* The same fact of the same code from the same source is kept once; another value is kept too. */
static bool is_known(const struct fact_drafts *d, const struct fact_draft *f, size_t since)
{
	for (size_t i = since; i < d->count; i++) {
		const struct fact_draft *o = &d->at[i];
		if (o->key == f->key && o->column == f->column && slice_equal(o->fact.code, f->fact.code) &&
		    o->fact.number.mark == f->fact.number.mark && o->fact.number.digits == f->fact.number.digits &&
		    o->fact.number.decimals == f->fact.number.decimals && slice_equal(o->fact.text, f->fact.text) &&
		    slice_equal(o->fact.note, f->fact.note))
			return true;
	}
	return false;
}

/* How far back is_known() looks: the survey's two rows of one code follow each other. */
#define LOOK_BACK 64

/* `as`: the code under which it was published, where it hangs on another; else empty. */
static bool add_fact(struct fact_taker *t, const struct record_fact *f, struct slice code, struct slice as)
{
	struct fact_drafts *d = t->d;
	struct fact_draft *draft = add_draft(d, t->err);
	struct buffer note = { 0 };
	if (!draft)
		return false;
	draft->key = f->key;
	draft->source = t->r->source;
	draft->published = t->r->scope == FACTS_OF_OCCUPATION;
	bool ok = (f->key != FACT_CUSTOM || map_add(&d->columns, f->name, &draft->column, NULL, t->err)) &&
		  buffer_append(&note, f->note.at, f->note.length, t->err) &&
		  (as.length == 0 || buffer_printf(&note, t->err, "%spublished for %.*s", f->note.length ? "; " : "",
						   (int)as.length, as.at));
	draft->fact =
		(struct fact){ .code = code, .number = with_top(d, f), .text = f->text, .note = buffer_slice(&note) };
	if (ok && !is_known(d, draft, d->count > LOOK_BACK ? d->count - LOOK_BACK : 0)) {
		draft->fact.code = arena_copy(t->ground->strings, code, t->err);
		draft->fact.text = arena_copy(t->ground->strings, f->text, t->err);
		draft->fact.note = arena_copy(t->ground->strings, buffer_slice(&note), t->err);
		ok = arena_ok(t->ground->strings);
		d->count += ok;
	}
	buffer_free(&note);
	return ok;
}

static enum sink_verdict add_facts(struct fact_taker *t, struct slice code, struct slice as)
{
	for (size_t i = 0; i < t->r->fact_count; i++)
		if (!add_fact(t, &t->r->facts[i], code, as))
			return SINK_FAILED;
	return SINK_USED;
}

/* ---- codes of the SOC ---- */

/* A code of the sources' own edition hangs on itself; an old one on what it has become, where that is one code. */
static enum sink_verdict take_code(struct fact_taker *t, enum reject_reason *why)
{
	const struct code *code = &t->r->code;
	struct code to;
	enum resolve_scope scope = t->r->scope == FACTS_OF_SOC      ? RESOLVE_SOC
				   : t->r->scope == FACTS_OF_SURVEY ? RESOLVE_SURVEY
								    : RESOLVE_ANY;
	*why = resolve_code(t->ground->resolver, t->ground->codes, code, scope, &to);
	if (*why != REJECT_NONE)
		return SINK_REJECTED;
	return add_facts(t, slice_of(to.text), slice_of(strcmp(to.text, code->text) != 0 ? code->text : ""));
}

/* ---- O*NET-SOC codes, whose edition only the whole source tells ---- */

static bool is_from(const struct crossing *x, struct slice code)
{
	return x->from_edition == EDITION_ONET_2010 && slice_equal(x->from, code);
}

/* What stands for a source and a code, which may be empty, in d->listed and d->old; in d->key. */
static struct slice source_key(struct fact_drafts *d, uint32_t source, struct slice code, struct error *err)
{
	buffer_clear(&d->key);
	pack_number(&d->key, source, err);
	pack_string(&d->key, code, err);
	return buffer_slice(&d->key);
}

static bool has_successor(const struct fact_ground *ground, struct slice code)
{
	for (size_t i = 0; i < ground->crossings->count; i++)
		if (is_from(&ground->crossings->at[i], code) &&
		    map_find(ground->codes, ground->crossings->at[i].to) != MAP_NONE)
			return true;
	return false;
}

/* Under the code as it was published; settle_edition() finds later what it means. */
static enum sink_verdict take_occupation(struct fact_taker *t, enum reject_reason *why)
{
	struct slice code = slice_of(t->r->code.text);
	uint32_t number;
	if (map_find(t->ground->codes, code) == MAP_NONE) {
		*why = REJECT_UNKNOWN_CODE;
		if (!has_successor(t->ground, code))
			return SINK_REJECTED;
		if (!map_add(&t->d->old, source_key(t->d, t->r->source, SLICE(""), t->err), &number, NULL, t->err) ||
		    !buffer_ok(&t->d->key))
			return SINK_FAILED;
	}
	bool ok = map_add(&t->d->listed, source_key(t->d, t->r->source, code, t->err), &number, NULL, t->err);
	return ok && buffer_ok(&t->d->key) ? add_facts(t, code, SLICE("")) : SINK_FAILED;
}

/* Whether all old codes that have gone into a code are in a source; of no use after a failure. */
static bool is_whole(struct fact_drafts *d, const struct fact_ground *ground, uint32_t source, struct slice to,
		     struct error *err)
{
	bool whole = true;
	for (size_t i = 0; i < ground->crossings->count && whole; i++) {
		const struct crossing *x = &ground->crossings->at[i];
		if (x->from_edition == EDITION_ONET_2010 && slice_equal(x->to, to))
			whole = map_find(&d->listed, source_key(d, source, x->from, err)) != MAP_NONE;
	}
	return whole;
}

/* One of the `ways` that lead on from the code of a fact. */
static bool lead_on(struct fact_drafts *d, const struct fact_ground *ground, const struct fact_draft *f,
		    struct slice to, size_t ways, struct fact_draft *out, struct error *err)
{
	struct buffer note = { 0 };
	*out = *f;
	out->published = false;
	out->fact.code = to;
	buffer_append(&note, f->fact.note.at, f->fact.note.length, err);
	buffer_printf(&note, err, "%s%spublished for %.*s%s", f->fact.note.length ? "; " : "",
		      is_whole(d, ground, f->source, to, err) ? "" : FACT_IN_PART, (int)f->fact.code.length,
		      f->fact.code.at, ways > 1 ? ", which was split" : "");
	out->fact.note = arena_copy(ground->strings, buffer_slice(&note), err);
	bool ok = buffer_ok(&note) && buffer_ok(&d->key) && arena_ok(ground->strings);
	buffer_free(&note);
	return ok;
}

/* The facts of a source of the old edition go on to what their codes have become; a code that is the same in both
 * stays. */
static bool settle_edition(struct fact_drafts *d, const struct fact_ground *ground, size_t number, struct error *err)
{
	const struct crossings *all = ground->crossings;
	struct fact_draft f = d->at[number];
	size_t ways = 0, done = 0;
	for (size_t i = 0; i < all->count; i++)
		ways += is_from(&all->at[i], f.fact.code) && map_find(ground->codes, all->at[i].to) != MAP_NONE;
	for (size_t i = 0; i < all->count && done < ways; i++) {
		struct slice to = all->at[i].to;
		if (!is_from(&all->at[i], f.fact.code) || map_find(ground->codes, to) == MAP_NONE)
			continue;
		struct fact_draft *draft = done++ == 0 ? &d->at[number] : add_draft(d, err);
		if (!draft)
			return false;
		if (!slice_equal(to, f.fact.code) && !lead_on(d, ground, &f, to, ways, draft, err))
			return false;
		if (slice_equal(to, f.fact.code))
			*draft = f;
		d->count += done > 1;
	}
	return true;
}

static bool settle_editions(struct fact_drafts *d, const struct fact_ground *ground, struct error *err)
{
	bool ok = true;
	for (size_t i = 0, count = d->count; ok && i < count && d->old.count > 0; i++) {
		if (!d->at[i].published)
			continue;
		bool old = map_find(&d->old, source_key(d, d->at[i].source, SLICE(""), err)) != MAP_NONE;
		ok = buffer_ok(&d->key) && (!old || settle_edition(d, ground, i, err));
	}
	return ok;
}

/* ---- Census codes ---- */

/* A Census code stands for SOC codes, a group, or a pattern. */
static enum sink_verdict take_census(struct fact_taker *t, enum reject_reason *why)
{
	const struct crossings *all = t->ground->crossings;
	struct buffer as = { 0 };
	enum sink_verdict verdict = SINK_REJECTED;
	if (!buffer_printf(&as, t->err, "Census %.*s", (int)t->r->id.length, t->r->id.at))
		verdict = SINK_FAILED;
	for (size_t i = 0; verdict != SINK_FAILED && i < all->count; i++) {
		const struct crossing *x = &all->at[i];
		if (x->from_edition == EDITION_CENSUS_2018 && x->to.length > 0 && slice_equal(x->from, t->r->id))
			verdict = add_facts(t, x->to, buffer_slice(&as));
	}
	buffer_free(&as);
	*why = REJECT_UNKNOWN_CODE;
	return verdict;
}

enum sink_verdict fact_drafts_take(struct fact_drafts *d, const struct fact_ground *ground, const struct record *r,
				   enum reject_reason *why, struct error *err)
{
	struct fact_taker t = { d, ground, r, err };
	bool fresh;
	if (r->kind == RECORD_WAGE_TOP) {
		for (size_t i = 0; i < r->fact_count; i++)
			d->tops[is_hourly(r->facts[i].key) ? 0 : 1] = r->facts[i].number;
		return SINK_USED;
	}
	if (!is_new_row(&t, &fresh))
		return SINK_FAILED;
	*why = REJECT_DUPLICATE;
	if (!fresh)
		return SINK_REJECTED;
	if (r->scope == FACTS_OF_CIP)
		return add_facts(&t, r->id, SLICE(""));
	return r->scope == FACTS_OF_CENSUS       ? take_census(&t, why)
	       : r->scope == FACTS_OF_OCCUPATION ? take_occupation(&t, why)
						 : take_code(&t, why);
}

/* ---- what follows from a record ---- */

bool fact_drafts_derive(struct fact_drafts *d, const struct occupation *o, struct error *err)
{
	double percent;
	bool suppressed;
	uint32_t source;
	if (!education_advanced(o, &percent, &suppressed, &source))
		return true;
	percent = percent > 100.0 ? 100.0 : percent; /* rounded parts may add to a little more */
	struct fact_draft *draft = add_draft(d, err);
	if (!draft)
		return false;
	draft->key = FACT_ADVANCED_DEGREE;
	draft->source = source;
	draft->fact = (struct fact){ .code = o->code,
				     .text = SLICE(""),
				     .note = suppressed ? SLICE("from few answers") : SLICE(""),
				     .number = { FACT_EXACT, llround(percent * 100.0), 2 } };
	d->count++;
	return true;
}

/* ---- the end ---- */

static int compare_drafts(const void *a, const void *b)
{
	const struct fact_draft *x = a, *y = b;
	int order = (x->key > y->key) - (x->key < y->key);
	if (order == 0)
		order = (x->source > y->source) - (x->source < y->source);
	if (order == 0)
		order = (x->column > y->column) - (x->column < y->column);
	if (order == 0)
		order = slice_compare(x->fact.code, y->fact.code);
	return order ? order : (x->order > y->order) - (x->order < y->order);
}

static bool same_series(const struct fact_draft *a, const struct fact_draft *b)
{
	return a->key == b->key && a->source == b->source && a->column == b->column;
}

bool fact_drafts_finish(struct fact_drafts *d, const struct fact_ground *ground, struct error *err)
{
	size_t capacity = 0;
	if (!settle_editions(d, ground, err))
		return false;
	d->sorted = memory_new((d->count + 1) * sizeof *d->sorted, err);
	if (!d->sorted)
		return false;
	if (d->count > 1)
		qsort(d->at, d->count, sizeof *d->at, compare_drafts);
	for (size_t i = 0; i < d->count; i++) {
		const struct fact_draft *f = &d->at[i];
		struct slice name = f->key == FACT_CUSTOM ? map_key(&d->columns, f->column) : SLICE("");
		struct fact_series series = { f->key, f->source, name, &d->sorted[i], 0 };
		if ((i == 0 || !same_series(f, &d->at[i - 1])) &&
		    !ARRAY_ADD(d->facts.at, d->facts.count, capacity, err, series))
			return false;
		d->sorted[i] = f->fact;
		d->by_key[f->key]++;
		d->facts.at[d->facts.count - 1].count++;
	}
	d->facts.total = d->count;
	return true;
}

void fact_drafts_free(struct fact_drafts *d)
{
	memory_free(d->at);
	memory_free(d->sorted);
	memory_free(d->facts.at);
	map_free(&d->rows);
	map_free(&d->listed);
	map_free(&d->old);
	map_free(&d->columns);
	buffer_free(&d->key);
	*d = (struct fact_drafts){ 0 };
}
