// SPDX-License-Identifier: GPL-3.0-or-later
/* fact_store.c - the records of facts: packing, unpacking, finding the facts of a code. */
#include <stdlib.h>

#include "lib/base/string_map.h"
#include "lib/index/fact_store.h"

static bool is_text(enum fact_key key)
{
	return fact_specs[key].kind == FACT_TEXT || fact_specs[key].kind == FACT_LIST;
}

/* ---- parts ---- */

/* Codes of fields of study belong to no major group. */
static struct slice part_of(const struct fact_series *s, const struct fact *f)
{
	return s->key == FACT_STEM_DHS ? SLICE("")
				       : (struct slice){ f->code.at, f->code.length < 2 ? f->code.length : 2 };
}

static struct slice code_of(const struct fact_series *s, const struct fact *f)
{
	(void)s;
	return f->code;
}

/* By what facts are in order: by code, and so by part. */
typedef struct slice (*fact_order)(const struct fact_series *s, const struct fact *f);

/* The facts of a series whose `key` is the wanted one: they follow each other, *count of them. */
static const struct fact *find_facts(const struct fact_series *s, fact_order key, struct slice wanted, size_t *count)
{
	size_t low = 0, high = s->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (slice_compare(key(s, &s->at[middle]), wanted) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	*count = 0;
	while (low + *count < s->count && slice_equal(key(s, &s->at[low + *count]), wanted))
		++*count;
	return s->at + low;
}

static const struct fact *facts_in(const struct fact_series *s, struct slice part, size_t *count)
{
	return find_facts(s, part_of, part, count);
}

static int compare_slices(const void *a, const void *b)
{
	return slice_compare(*(const struct slice *)a, *(const struct slice *)b);
}

/* Put slices in order, each once; how many are left. */
static size_t sort_distinct(struct slice *at, size_t count)
{
	size_t kept = 0;
	if (count > 1)
		qsort(at, count, sizeof *at, compare_slices);
	for (size_t i = 0; i < count; i++)
		if (kept == 0 || !slice_equal(at[kept - 1], at[i]))
			at[kept++] = at[i];
	return kept;
}

bool facts_list_parts(const struct facts *f, struct arena *arena, struct fact_parts *out, struct error *err)
{
	size_t n = 0;
	*out = (struct fact_parts){ .at = arena_alloc(arena, (f->total + 1) * sizeof *out->at, err) };
	for (size_t s = 0; out->at && s < f->count; s++)
		for (size_t i = 0; i < f->at[s].count; i++) {
			struct slice part = part_of(&f->at[s], &f->at[s].at[i]);
			if (n == 0 || !slice_equal(out->at[n - 1], part))
				out->at[n++] = part;
		}
	out->count = out->at ? sort_distinct(out->at, n) : 0;
	return out->at != NULL;
}

void facts_part_key(struct slice part, char key[FACTS_PART_KEY_SIZE])
{
	snprintf(key, FACTS_PART_KEY_SIZE, FACTS_KEY "/%.*s", (int)part.length, part.at);
}

/* ---- packing ---- */

/* One part on its way. */
struct part_packer {
	const struct facts *facts;
	struct slice part;
	struct slice *codes; /* distinct, ascending */
	size_t code_count;
	struct map strings;
	struct error *err;
};

static size_t code_number(const struct part_packer *p, struct slice code)
{
	const struct slice *found = bsearch(&code, p->codes, p->code_count, sizeof code, compare_slices);
	return (size_t)(found - p->codes);
}

static bool collect(struct part_packer *p)
{
	size_t capacity = 0, count;
	uint32_t number;
	bool ok = true;
	for (size_t s = 0; s < p->facts->count; s++) {
		const struct fact_series *series = &p->facts->at[s];
		const struct fact *f = facts_in(series, p->part, &count);
		for (const struct fact *end = f + count; ok && f < end; f++)
			ok = ARRAY_ADD(p->codes, p->code_count, capacity, p->err, f->code) &&
			     (!is_text(series->key) || map_add(&p->strings, f->text, &number, NULL, p->err)) &&
			     (f->note.length == 0 || map_add(&p->strings, f->note, &number, NULL, p->err));
	}
	p->code_count = sort_distinct(p->codes, p->code_count);
	return ok;
}

static void pack_codes(const struct part_packer *p, struct buffer *out)
{
	struct slice last = { "", 0 };
	pack_number(out, p->code_count, p->err);
	for (size_t i = 0; i < p->code_count; i++) {
		struct slice code = p->codes[i];
		size_t shared = 0;
		while (shared < last.length && shared < code.length && last.at[shared] == code.at[shared])
			shared++;
		pack_number(out, shared, p->err);
		pack_string(out, (struct slice){ code.at + shared, code.length - shared }, p->err);
		last = code;
	}
}

static void pack_strings(const struct part_packer *p, struct buffer *out)
{
	pack_number(out, p->strings.count, p->err);
	for (uint32_t i = 0; i < p->strings.count; i++)
		pack_string(out, map_key(&p->strings, i), p->err);
}

/* The digits with as many decimals as the series has. */
static int64_t scaled(const struct fact_number *n, unsigned decimals)
{
	int64_t digits = n->digits;
	for (unsigned i = n->decimals; i < decimals; i++)
		digits *= 10;
	return digits;
}

static void pack_fact_number(const struct fact_number *n, unsigned decimals, struct buffer *out, struct error *err)
{
	int64_t digits = scaled(n, decimals);
	pack_number(out, n->mark, err);
	pack_number(out, digits < 0 ? 2 * (uint64_t) - (digits + 1) + 1 : 2 * (uint64_t)digits, err);
}

/* What the facts of a series share. */
struct series_shape {
	unsigned decimals;
	bool notes;
};

static struct series_shape series_shape(const struct fact_series *s)
{
	struct series_shape shared = { 0, false };
	for (size_t i = 0; i < s->count; i++) {
		shared.decimals =
			s->at[i].number.decimals > shared.decimals ? s->at[i].number.decimals : shared.decimals;
		shared.notes |= s->at[i].note.length > 0;
	}
	return shared;
}

static void pack_facts(const struct part_packer *p, const struct fact_series *s, struct buffer *out)
{
	size_t count, last = 0;
	const struct fact *facts = facts_in(s, p->part, &count);
	struct series_shape shared = series_shape(s);
	pack_number(out, count, p->err);
	for (const struct fact *f = facts; f < facts + count; f++) {
		size_t number = code_number(p, f->code);
		pack_number(out, number - last, p->err);
		if (is_text(s->key))
			pack_number(out, map_find(&p->strings, f->text), p->err);
		else
			pack_fact_number(&f->number, shared.decimals, out, p->err);
		/* A note is the number of its string and one more; 0 is none. */
		if (shared.notes)
			pack_number(out, f->note.length ? (uint64_t)map_find(&p->strings, f->note) + 1 : 0, p->err);
		last = number;
	}
}

bool facts_pack(const struct facts *f, const struct fact_parts *parts, struct buffer *out, struct error *err)
{
	pack_number(out, parts->count, err);
	for (size_t i = 0; i < parts->count; i++)
		pack_string(out, parts->at[i], err);
	pack_number(out, f->count, err);
	for (size_t i = 0; i < f->count; i++) {
		const struct fact_series *s = &f->at[i];
		struct series_shape shared = series_shape(s);
		pack_number(out, s->key, err);
		pack_number(out, s->source, err);
		pack_number(out, shared.decimals, err);
		pack_number(out, shared.notes, err);
		pack_string(out, s->name, err);
	}
	return buffer_ok(out);
}

bool facts_pack_part(const struct facts *f, struct slice part, struct buffer *out, struct error *err)
{
	struct part_packer p = { .facts = f, .part = part, .err = err };
	bool ok = collect(&p);
	if (ok) {
		pack_codes(&p, out);
		pack_strings(&p, out);
	}
	for (size_t i = 0; ok && i < f->count; i++)
		pack_facts(&p, &f->at[i], out);
	memory_free(p.codes);
	map_free(&p.strings);
	return ok && buffer_ok(out);
}

/* ---- unpacking ---- */

/* One part that is read. */
struct part_reader {
	struct unpack u;
	struct slice *codes;
	size_t code_count;
	struct slice *strings;
	size_t string_count;
	size_t count; /* of the facts of the series that is next */
};

/* Codes are whole again only in memory of their own. */
static bool unpack_codes(struct part_reader *x, struct arena *arena, struct error *err)
{
	struct slice last = { "", 0 };
	x->codes = unpack_array(&x->u, 2, sizeof *x->codes, arena, &x->code_count, err);
	for (size_t i = 0; x->codes && i < x->code_count && !x->u.bad; i++) {
		uint64_t shared = unpack_number(&x->u);
		struct slice rest = unpack_string(&x->u);
		x->u.bad |= shared > last.length;
		if (x->u.bad)
			break;
		char *code = arena_alloc(arena, (size_t)shared + rest.length + 1, err);
		if (!code)
			return false;
		memcpy(code, last.at, (size_t)shared);
		memcpy(code + shared, rest.at, rest.length);
		struct slice whole = { code, (size_t)shared + rest.length };
		x->u.bad |= i > 0 && slice_compare(last, whole) >= 0;
		last = x->codes[i] = whole;
	}
	return x->codes != NULL;
}

static bool unpack_strings(struct part_reader *x, struct arena *arena, struct error *err)
{
	x->strings = unpack_array(&x->u, 1, sizeof *x->strings, arena, &x->string_count, err);
	for (size_t i = 0; x->strings && i < x->string_count; i++)
		x->strings[i] = unpack_string(&x->u);
	return x->strings != NULL;
}

static struct slice string_at(struct part_reader *x, uint64_t number)
{
	x->u.bad |= number >= x->string_count;
	return x->u.bad ? SLICE("") : x->strings[number];
}

static struct fact_number unpack_fact_number(struct unpack *u, unsigned decimals)
{
	uint64_t mark = unpack_number(u), zigzag = unpack_number(u);
	u->bad |= mark >= FACT_MARK_COUNT;
	return (struct fact_number){ mark < FACT_MARK_COUNT ? (enum fact_mark)mark : FACT_UNAVAILABLE,
				     zigzag & 1 ? -(int64_t)(zigzag >> 1) - 1 : (int64_t)(zigzag >> 1), decimals };
}

/* A text may be a number too: columns of the user's own are filtered as such. */
static struct fact_number number_of(struct slice text)
{
	struct fact_number n;
	return fact_read_number(text, &n) ? n : (struct fact_number){ FACT_UNAVAILABLE, 0, 0 };
}

static void unpack_fact(struct part_reader *x, const struct fact_series *s, const struct series_shape *shared,
			uint64_t *code, struct fact *f)
{
	*code += unpack_number(&x->u);
	x->u.bad |= *code >= x->code_count;
	if (x->u.bad)
		return;
	*f = (struct fact){ .code = x->codes[*code], .text = SLICE(""), .note = SLICE("") };
	if (is_text(s->key))
		f->text = string_at(x, unpack_number(&x->u));
	f->number = !is_text(s->key)        ? unpack_fact_number(&x->u, shared->decimals)
		    : s->key == FACT_CUSTOM ? number_of(f->text)
					    : (struct fact_number){ FACT_UNAVAILABLE, 0, 0 };
	uint64_t note = shared->notes ? unpack_number(&x->u) : 0;
	if (note > 0)
		f->note = string_at(x, note - 1);
}

/* What the parts have of a series, one behind the other: they come in the order of codes. */
static bool unpack_facts(struct part_reader *parts, size_t count, const struct series_shape *shared,
			 struct fact_series *s, struct arena *arena, struct error *err)
{
	size_t total = 0, n = 0;
	for (size_t p = 0; p < count; p++) {
		uint64_t stored = unpack_number(&parts[p].u);
		parts[p].u.bad |= stored > (uint64_t)(parts[p].u.end - parts[p].u.at) / 2;
		parts[p].count = parts[p].u.bad ? 0 : (size_t)stored;
		total += parts[p].count;
	}
	s->at = arena_alloc(arena, (total + 1) * sizeof *s->at, err);
	for (size_t p = 0; s->at && p < count; p++) {
		uint64_t code = 0;
		size_t first = n;
		for (size_t i = 0; i < parts[p].count && !parts[p].u.bad; i++)
			unpack_fact(&parts[p], s, shared, &code, &s->at[n++]);
		parts[p].u.bad |=
			first > 0 && n > first && slice_compare(s->at[first - 1].code, s->at[first].code) >= 0;
	}
	s->count = n;
	return s->at != NULL;
}

static void unpack_series(struct unpack *u, struct fact_series *s, struct series_shape *shared)
{
	uint64_t key = unpack_number(u);
	s->source = (uint32_t)unpack_number(u);
	uint64_t decimals = unpack_number(u);
	shared->notes = unpack_number(u) != 0;
	s->name = unpack_string(u);
	u->bad |= key >= FACT_KEY_COUNT || decimals > FACT_SCALE_MAX;
	s->key = u->bad ? FACT_CUSTOM : (enum fact_key)key;
	shared->decimals = u->bad ? 0 : (unsigned)decimals;
}

static bool unpack_parts(struct unpack *u, struct arena *arena, struct fact_parts *out, struct error *err)
{
	out->at = unpack_array(u, 1, sizeof *out->at, arena, &out->count, err);
	for (size_t i = 0; out->at && i < out->count && !u->bad; i++) {
		out->at[i] = unpack_string(u);
		u->bad |= out->at[i].length > FACTS_PART_LENGTH ||
			  (i > 0 && slice_compare(out->at[i - 1], out->at[i]) >= 0);
	}
	return out->at != NULL;
}

bool facts_unpack_parts(struct slice head, struct arena *arena, struct fact_parts *out, struct error *err)
{
	struct unpack u = unpack_begin(head);
	bool ok = unpack_parts(&u, arena, out, err);
	u.at = u.end; /* the series, which follow, are not asked for */
	return ok && unpack_finish(&u, "record of facts", err);
}

static bool unpack_all(struct unpack *u, struct part_reader *parts, size_t count, struct arena *arena,
		       struct facts *out, struct error *err)
{
	struct fact_parts names;
	if (!unpack_parts(u, arena, &names, err))
		return false;
	size_t series;
	out->at = unpack_array(u, 5, sizeof *out->at, arena, &series, err);
	for (size_t p = 0; p < count; p++)
		if (!unpack_codes(&parts[p], arena, err) || !unpack_strings(&parts[p], arena, err))
			return false;
	for (; out->at && out->count < series && !u->bad; out->count++) {
		struct fact_series *s = &out->at[out->count];
		struct series_shape shared;
		unpack_series(u, s, &shared);
		if (!unpack_facts(parts, count, &shared, s, arena, err))
			return false;
		out->total += s->count;
	}
	return out->at != NULL;
}

bool facts_unpack(struct slice head, const struct slice *parts, size_t count, struct arena *arena, struct facts *out,
		  struct error *err)
{
	struct unpack u = unpack_begin(head);
	struct part_reader *x = memory_new((count + 1) * sizeof *x, err);
	*out = (struct facts){ 0 };
	for (size_t p = 0; x && p < count; p++)
		x[p].u = unpack_begin(parts[p]);
	bool ok = x && unpack_all(&u, x, count, arena, out, err);
	for (size_t p = 0; x && p < count; p++)
		u.bad |= x[p].u.bad || x[p].u.at != x[p].u.end;
	memory_free(x);
	return ok && unpack_finish(&u, "record of facts", err);
}

/* ---- looking ---- */

const struct fact_series *facts_series(const struct facts *f, enum fact_key key)
{
	for (size_t i = 0; i < f->count; i++)
		if (f->at[i].key == key)
			return &f->at[i];
	return NULL;
}

const struct fact *facts_of(const struct fact_series *s, struct slice code, size_t *count)
{
	const struct fact *first = find_facts(s, code_of, code, count);
	return *count ? first : NULL;
}
