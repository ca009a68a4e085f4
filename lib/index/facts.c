// SPDX-License-Identifier: GPL-3.0-or-later
#include <stdlib.h>

#include "lib/base/ascii.h"
#include "lib/base/map.h"
#include "lib/index/facts.h"

static bool is_text(enum fact_key key)
{
	return fact_specs[key].kind == FACT_TEXT || fact_specs[key].kind == FACT_LIST;
}

/* ---- packing ---- */

struct packing {
	struct slice *codes;      /* distinct, ascending */
	size_t code_count;
	struct map strings;
	struct error *err;
};

static int compare_slices(const void *a, const void *b)
{
	return slice_compare(*(const struct slice *)a, *(const struct slice *)b);
}

static size_t code_number(const struct packing *p, struct slice code)
{
	const struct slice *found = bsearch(&code, p->codes, p->code_count, sizeof code, compare_slices);
	return (size_t)(found - p->codes);
}

static bool note_string(struct packing *p, struct slice s)
{
	uint32_t number;
	return map_add(&p->strings, s, &number, NULL, p->err);
}

static bool collect(struct packing *p, const struct facts *f)
{
	p->codes = memory_new((f->total + 1) * sizeof *p->codes, p->err);
	bool ok = p->codes != NULL;
	size_t n = 0;
	for (size_t s = 0; ok && s < f->count; s++) {
		for (size_t i = 0; ok && i < f->at[s].count; i++) {
			const struct fact *fact = &f->at[s].at[i];
			p->codes[n++] = fact->code;
			ok = (!is_text(f->at[s].key) || note_string(p, fact->text)) &&
			     (fact->note.length == 0 || note_string(p, fact->note));
		}
	}
	if (!ok)
		return false;
	if (n > 1)
		qsort(p->codes, n, sizeof *p->codes, compare_slices);
	for (size_t i = 0; i < n; i++)
		if (p->code_count == 0 || !slice_equal(p->codes[p->code_count - 1], p->codes[i]))
			p->codes[p->code_count++] = p->codes[i];
	return true;
}

static bool pack_codes(const struct packing *p, struct buffer *out)
{
	struct slice last = { "", 0 };
	bool ok = pack_number(out, p->code_count, p->err);
	for (size_t i = 0; ok && i < p->code_count; i++) {
		struct slice code = p->codes[i];
		size_t shared = 0;
		while (shared < last.length && shared < code.length && last.at[shared] == code.at[shared])
			shared++;
		ok = pack_number(out, shared, p->err) &&
		     pack_string(out, (struct slice){ code.at + shared, code.length - shared }, p->err);
		last = code;
	}
	return ok;
}

static bool pack_strings(const struct packing *p, struct buffer *out)
{
	bool ok = pack_number(out, p->strings.count, p->err);
	for (uint32_t i = 0; ok && i < p->strings.count; i++)
		ok = pack_string(out, map_key(&p->strings, i), p->err);
	return ok;
}

/* The digits with as many decimals as the series has. */
static int64_t scaled(const struct fact_number *n, unsigned decimals)
{
	int64_t digits = n->digits;
	for (unsigned i = n->decimals; i < decimals; i++)
		digits *= 10;
	return digits;
}

static bool pack_fact_number(const struct fact_number *n, unsigned decimals, struct buffer *out, struct error *err)
{
	int64_t digits = scaled(n, decimals);
	uint64_t zigzag = digits < 0 ? 2 * (uint64_t)-(digits + 1) + 1 : 2 * (uint64_t)digits;
	return pack_number(out, n->mark, err) && pack_number(out, zigzag, err);
}

/* A note is the number of its string and one more; 0 is none. */
static bool pack_note(const struct packing *p, struct slice note, struct buffer *out)
{
	return pack_number(out, note.length ? (uint64_t)map_find(&p->strings, note) + 1 : 0, p->err);
}

static bool pack_series(const struct packing *p, const struct fact_series *s, struct buffer *out)
{
	unsigned decimals = 0;
	bool notes = false, ok;
	size_t last = 0;
	for (size_t i = 0; i < s->count; i++) {
		decimals = s->at[i].number.decimals > decimals ? s->at[i].number.decimals : decimals;
		notes |= s->at[i].note.length > 0;
	}
	ok = pack_number(out, s->key, p->err) && pack_number(out, s->source, p->err) &&
	     pack_number(out, decimals, p->err) && pack_number(out, notes, p->err) &&
	     pack_string(out, s->name, p->err) && pack_number(out, s->count, p->err);
	for (size_t i = 0; ok && i < s->count; i++) {
		const struct fact *f = &s->at[i];
		size_t number = code_number(p, f->code);
		ok = pack_number(out, number - last, p->err) &&
		     (is_text(s->key) ? pack_number(out, map_find(&p->strings, f->text), p->err)
				      : pack_fact_number(&f->number, decimals, out, p->err)) &&
		     (!notes || pack_note(p, f->note, out));
		last = number;
	}
	return ok;
}

bool facts_pack(const struct facts *f, struct buffer *out, struct error *err)
{
	struct packing p = { .err = err };
	bool ok = collect(&p, f) && pack_codes(&p, out) && pack_strings(&p, out) && pack_number(out, f->count, err);
	for (size_t i = 0; ok && i < f->count; i++)
		ok = pack_series(&p, &f->at[i], out);
	memory_free(p.codes);
	map_free(&p.strings);
	return ok;
}

/* ---- unpacking ---- */

struct unpacking {
	struct unpack u;
	struct arena *arena;
	struct slice *codes;
	size_t code_count;
	struct slice *strings;
	size_t string_count;
	const struct facts_majors *majors;   /* NULL: all facts are read */
	struct fact *kept;                   /* of one series, while it is read so; on the heap */
	size_t kept_capacity;
	struct error *err;
};

/* A count that is believable: each item takes at least `least` bytes. */
static size_t unpack_count(struct unpack *u, size_t least)
{
	uint64_t count = unpack_number(u);
	u->bad |= count > (uint64_t)(u->end - u->at) / least;
	return u->bad ? 0 : (size_t)count;
}

/* Codes are whole again only in memory of their own. */
static bool unpack_codes(struct unpacking *x)
{
	struct slice last = { "", 0 };
	x->code_count = unpack_count(&x->u, 2);
	x->codes = arena_alloc(x->arena, (x->code_count + 1) * sizeof *x->codes, x->err);
	for (size_t i = 0; x->codes && i < x->code_count && !x->u.bad; i++) {
		uint64_t shared = unpack_number(&x->u);
		struct slice rest = unpack_string(&x->u);
		x->u.bad |= shared > last.length;
		if (x->u.bad)
			break;
		char *code = arena_alloc(x->arena, (size_t)shared + rest.length + 1, x->err);
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

static bool unpack_strings(struct unpacking *x)
{
	x->string_count = unpack_count(&x->u, 1);
	x->strings = arena_alloc(x->arena, (x->string_count + 1) * sizeof *x->strings, x->err);
	for (size_t i = 0; x->strings && i < x->string_count; i++)
		x->strings[i] = unpack_string(&x->u);
	return x->strings != NULL;
}

static struct slice string_at(struct unpacking *x, uint64_t number)
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

static void unpack_fact(struct unpacking *x, const struct fact_series *s, unsigned decimals, bool notes, uint64_t *code,
			struct fact *f)
{
	*code += unpack_number(&x->u);
	x->u.bad |= *code >= x->code_count;
	if (x->u.bad)
		return;
	*f = (struct fact){ .code = x->codes[*code], .text = SLICE(""), .note = SLICE("") };
	if (is_text(s->key))
		f->text = string_at(x, unpack_number(&x->u));
	f->number = !is_text(s->key) ? unpack_fact_number(&x->u, decimals)
		  : s->key == FACT_CUSTOM ? number_of(f->text) : (struct fact_number){ FACT_UNAVAILABLE, 0, 0 };
	uint64_t note = notes ? unpack_number(&x->u) : 0;
	if (note > 0)
		f->note = string_at(x, note - 1);
}

static bool unpack_facts(struct unpacking *x, struct fact_series *s, unsigned decimals, bool notes)
{
	uint64_t code = 0;
	s->at = arena_alloc(x->arena, (s->count + 1) * sizeof *s->at, x->err);
	for (size_t i = 0; s->at && i < s->count && !x->u.bad; i++)
		unpack_fact(x, s, decimals, notes, &code, &s->at[i]);
	return s->at != NULL;
}

static bool is_marked(const struct facts_majors *majors, struct slice code)
{
	return code.length < 2 || !ascii_is_digit(code.at[0]) || !ascii_is_digit(code.at[1]) ||
	       majors->marked[(code.at[0] - '0') * 10 + code.at[1] - '0'];
}

/* Only the facts of some major groups: those are kept on the heap until their number is known. */
static bool unpack_marked(struct unpacking *x, struct fact_series *s, unsigned decimals, bool notes)
{
	uint64_t code = 0;
	size_t kept = 0;
	for (size_t i = 0; i < s->count && !x->u.bad; i++) {
		if (!array_reserve((void **)&x->kept, &x->kept_capacity, kept + 1, sizeof *x->kept, x->err))
			return false;
		unpack_fact(x, s, decimals, notes, &code, &x->kept[kept]);
		kept += !x->u.bad && is_marked(x->majors, x->kept[kept].code);
	}
	s->count = kept;
	s->at = arena_alloc(x->arena, (kept + 1) * sizeof *s->at, x->err);
	if (s->at && kept > 0)
		memcpy(s->at, x->kept, kept * sizeof *s->at);
	return s->at != NULL;
}

static bool unpack_series(struct unpacking *x, struct fact_series *s)
{
	uint64_t key = unpack_number(&x->u);
	s->source = (uint32_t)unpack_number(&x->u);
	uint64_t decimals = unpack_number(&x->u);
	bool notes = unpack_number(&x->u) != 0;
	s->name = unpack_string(&x->u);
	s->count = unpack_count(&x->u, 2);
	x->u.bad |= key >= FACT_KEY_COUNT || decimals > FACT_SCALE_MAX;
	s->key = x->u.bad ? FACT_CUSTOM : (enum fact_key)key;
	return x->majors && s->key != FACT_STEM_DHS ? unpack_marked(x, s, (unsigned)decimals, notes)
						    : unpack_facts(x, s, (unsigned)decimals, notes);
}

static bool unpack_all(struct unpacking *x, struct facts *out)
{
	*out = (struct facts){ 0 };
	if (!unpack_codes(x) || !unpack_strings(x))
		return false;
	size_t count = unpack_count(&x->u, 6);
	out->at = arena_alloc(x->arena, (count + 1) * sizeof *out->at, x->err);
	if (!out->at)
		return false;
	for (; out->count < count && !x->u.bad; out->count++) {
		if (!unpack_series(x, &out->at[out->count]))
			return false;
		out->total += out->at[out->count].count;
	}
	if (x->u.bad || x->u.at != x->u.end)
		return error_set(x->err, ERROR_DAMAGED, "run soc-index verify FILE.soc, and build the index anew",
				 "the record of facts is malformed");
	return true;
}

bool facts_unpack(struct slice bytes, struct arena *arena, struct facts *out, struct error *err)
{
	struct unpacking x = { .u = unpack_begin(bytes), .arena = arena, .err = err };
	return unpack_all(&x, out);
}

bool facts_unpack_of(struct slice bytes, const struct facts_majors *majors, struct arena *arena, struct facts *out,
		     struct error *err)
{
	struct unpacking x = { .u = unpack_begin(bytes), .arena = arena, .err = err, .majors = majors };
	bool ok = unpack_all(&x, out);
	memory_free(x.kept);
	return ok;
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
	size_t low = 0, high = s->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (slice_compare(s->at[middle].code, code) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	*count = 0;
	while (low + *count < s->count && slice_equal(s->at[low + *count].code, code))
		++*count;
	return *count ? &s->at[low] : NULL;
}
