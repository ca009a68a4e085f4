// SPDX-License-Identifier: GPL-3.0-or-later
/* title_match.c - the cosine of a title query with every title entry of the index that shares a term with it. */
#include "lib/rank/formulas.h"
#include "lib/rank/title_match.h"

static const char rebuild[] = "run soc-index verify FILE.soc, and build the index anew";

/* Words of less weight need not be in a title that counts as exact. */
#define CORE_WEIGHT_MIN 0.9f

void title_matches_free(struct title_matches *b)
{
	memory_free(b->like);
	memory_free(b->matches);
	memory_free(b->extras);
	memory_free(b->touched);
	memory_free(b->list);
	*b = (struct title_matches){ 0 };
}

/* Room for what a query can touch, which is far less than all title entries: a list has no more numbers than bytes. */
static bool need_scratch(struct title_matches *b, struct soc_index *index, const struct query *q, struct error *err)
{
	size_t longest = 0, all = 0;
	for (size_t i = 0; i < q->count + q->extra_count; i++) {
		size_t length = (i < q->count ? &q->terms[i] : &q->extras[i - q->count])
					->sections[SECTION_TITLE_ENTRIES]
					.length;
		longest = length > longest ? length : longest;
		all += length;
	}
	b->capacity = index->title_entries.title_entries;
	b->matches = b->matches ? b->matches : memory_new(((size_t)b->capacity + 1) * sizeof *b->matches, err);
	return b->matches && ARRAY_RESERVE(b->list, b->list_room, longest + 1, err) &&
	       ARRAY_RESERVE(b->touched, b->touched_room, all + 1, err) &&
	       ARRAY_RESERVE(b->like, b->like_room, all + 1, err);
}

/* ---- a term's list ---- */

#define HIGH_BITS 0x8080808080808080u
#define ONES 0x0101010101010101u

/* Whether eight steps in a row take a byte each, and none is 0, as nearly all: these are read at once, without which coding titles
 * takes 5% more instructions. */
static bool are_small(uint64_t steps)
{
	return ((steps | (steps - ONES)) & HIGH_BITS) == 0;
}

/* The title entries of a list, of so many in all, into `to`; what is malformed ends it. */
static size_t read_list(struct slice list, uint32_t title_entries, uint32_t *to)
{
	struct unpack u = unpack_begin(list);
	uint64_t next = 0, steps;
	uint32_t *out = to;
	while (u.at < u.end) {
		if (u.end - u.at >= 8 && title_entries - next >= 8 * 0x7F) {
			memcpy(&steps, u.at, sizeof steps);
			if (are_small(steps)) {
				for (int i = 0; i < 8; i++) {
					next += u.at[i];
					*out++ = (uint32_t)next - 1;
				}
				u.at += 8;
				continue;
			}
		}
		uint64_t step = unpack_number(&u);
		if (u.bad || step == 0 || step > title_entries - next)
			break;
		next += step;
		*out++ = (uint32_t)next - 1;
	}
	return (size_t)(out - to);
}

/* ---- matching ---- */

/* Totals of a query. */
struct query_totals {
	float norm; /* square root of the sum of (weight x idf)^2 over the query */
	float mass; /* sum of weight x idf */
	float core; /* ... over the words that make a title exact */
	size_t touched;
};

/*
 * A term of the query weighs 1, or less: then what it adds to the squares of a title entry is reduced in the dot product of the
 * entry and the query.  Synonyms are not in the query: a term of weight u adds u x idf^2 to that product alone.
 * So what is contained and what is exact knows nothing of either, and no synonym makes a title so.
 */
static void match_term(struct title_matches *b, const struct query_term *t, struct query_totals *m)
{
	size_t count = read_list(t->sections[SECTION_TITLE_ENTRIES], b->capacity, b->list), touched = m->touched;
	float idf = idf_value_float(b->capacity, count), square = idf * idf, weight = t->count < 1.0f ? t->count : 1.0f;
	float mass = weight * idf;
	m->norm += weight * weight * square;
	m->mass += mass;
	m->core += weight >= CORE_WEIGHT_MIN ? mass : 0.0f;
	const uint32_t *list = b->list;
	struct title_entry_match *matches = b->matches;
	for (size_t i = 0; i < count; i++) {
		struct title_entry_match *match = &matches[list[i]];
		/* Without a branch: whether it is the first time is hard to predict. */
		b->touched[touched] = list[i];
		touched += match->squares == 0.0f;
		match->squares += square;
		match->mass += mass;
	}
	float lessened = (weight - 1.0f) * idf * idf, *extras = b->extras;
	for (size_t i = 0; weight < 1.0f && i < count; i++)
		extras[list[i]] += lessened;
	m->touched = touched;
}

static void match_synonym(struct title_matches *b, const struct query_term *t, struct query_totals *m)
{
	size_t count = read_list(t->sections[SECTION_TITLE_ENTRIES], b->capacity, b->list), touched = m->touched;
	float idf = idf_value_float(b->capacity, count), product = t->count * idf * idf;
	for (size_t i = 0; i < count; i++) {
		uint32_t title_entry = b->list[i];
		b->touched[touched] = title_entry;
		touched += b->matches[title_entry].squares == 0.0f && b->extras[title_entry] == 0.0f;
		b->extras[title_entry] += product;
	}
	m->touched = touched;
}

/* Whether there are terms of less weight; there is room for what they add then. */
static bool need_extras(struct title_matches *b, const struct query *q, bool *any, struct error *err)
{
	*any = q->extra_count > 0;
	for (size_t i = 0; i < q->count; i++)
		*any |= q->terms[i].count < 1.0f;
	if (*any && !b->extras)
		b->extras = memory_new(((size_t)b->capacity + 1) * sizeof *b->extras, err);
	return !*any || b->extras;
}

/* ---- comparing ---- */

/* Norms are stored in 1/256: a title entry is wholly matched when no term is missing beyond that rounding, which in the
 * square grows with the norm. */
static float slack(float norm)
{
	return 0.05f + norm / (float)TITLE_ENTRY_NORM_UNIT;
}

/* What extra terms add to the dot product of a title entry and the query; cleared for the next query. */
static float take_extra(struct title_matches *b, uint32_t title_entry)
{
	float extra = b->extras[title_entry];
	b->extras[title_entry] = 0.0f;
	return extra;
}

/* A title entry compared with the query. */
struct title_comparison {
	uint32_t title_entry;
	struct title_entry_match match;
	float norm;
	float product; /* of both, with what extra terms add */
	bool extras;   /* there are such: a cosine can then come out above 1 */
};

/* Add a title entry that is similar enough, or wholly contained in the query. */
static void add_similar(struct title_matches *b, const struct query_totals *m, const struct title_comparison *c)
{
	bool contained = c->match.mass > 0.0f && c->match.squares > c->norm * c->norm - slack(c->norm);
	float cosine = c->product / (c->norm * m->norm);
	if (!contained && !(cosine > TITLE_ENTRY_COSINE_MIN))
		return;
	b->like[b->count++] =
		(struct title_similarity){ .title_entry = c->title_entry,
					   .cosine = c->extras && cosine > 1.0f ? 1.0f : cosine,
					   .share = c->match.mass / m->mass,
					   .contained = contained,
					   .exact = contained && c->match.mass > m->core - slack(m->norm) };
}

bool title_matches_find(struct title_matches *b, struct soc_index *index, const struct query *q, struct error *err)
{
	struct query_totals m = { 0 };
	bool extras;
	b->count = 0;
	if (!need_scratch(b, index, q, err) || !need_extras(b, q, &extras, err))
		return false;
	for (size_t i = 0; i < q->count; i++)
		match_term(b, &q->terms[i], &m);
	for (size_t i = 0; i < q->extra_count; i++)
		match_synonym(b, &q->extras[i], &m);
	m.norm = sqrtf(m.norm + (extras ? q->extra_squares : 0.0f));
	const float alike = TITLE_ENTRY_COSINE_MIN * m.norm / (float)TITLE_ENTRY_NORM_UNIT;
	for (size_t i = 0; i < m.touched; i++) {
		struct title_comparison c = { .title_entry = b->touched[i], .extras = extras };
		c.match = b->matches[c.title_entry];
		c.product = extras ? c.match.squares + take_extra(b, c.title_entry) : c.match.squares;
		b->matches[c.title_entry] = (struct title_entry_match){ 0 };
		float stored = (float)title_table_norm(&index->title_entries, c.title_entry);
		c.norm = stored / (float)TITLE_ENTRY_NORM_UNIT;
		/* Most are neither similar nor contained. */
		if (c.product > alike * stored || c.match.squares > c.norm * c.norm - slack(c.norm))
			add_similar(b, &m, &c);
	}
	return true;
}

/* ---- which title entries the titles of an occupation are ---- */

bool title_entry_reader_begin(struct soc_index *index, size_t occupation, struct title_entry_reader *out,
			      struct error *err)
{
	struct slice part = index->file.parts[PART_TITLES];
	size_t table = 4 * (index->count + 1), bytes = part.length > table ? part.length - table : 0;
	const unsigned char *firsts = (const unsigned char *)part.at + 4 * occupation;
	if (bytes > 0 && !page_checksums_need(&index->file.blocks, firsts, 8, err))
		return false;
	size_t from = bytes > 0 ? little4(firsts) : 0, to = bytes > 0 ? little4(firsts + 4) : 0;
	if (from >= to || to > bytes)
		return error_set(err, ERROR_DAMAGED, rebuild, "the bags of titles are malformed");
	struct slice packed = { part.at + table + from, to - from };
	*out = (struct title_entry_reader){ .packed = unpack_begin(packed),
					    .title_entries = index->title_entries.title_entries };
	if (!page_checksums_need(&index->file.blocks, packed.at, packed.length, err))
		return false;
	out->first = unpack_number(&out->packed);
	return true;
}

/* The next title entry that is not new. */
static uint64_t read_step(struct title_entry_reader *r, uint64_t number)
{
	uint64_t step = number / 2 - 1;
	r->next = step & 1 ? r->next - (step + 1) / 2 : r->next + step / 2;
	return r->next++;
}

uint32_t title_entry_reader_next(struct title_entry_reader *r)
{
	uint64_t title_entry = UINT64_MAX;
	if (r->fresh == 0 && r->packed.at < r->packed.end) {
		uint64_t number = unpack_number(&r->packed);
		if (number & 1)
			r->fresh = number / 2 + 1;
		else if (number > 0)
			title_entry = read_step(r, number);
	}
	if (r->fresh > 0) {
		r->fresh--;
		title_entry = r->first++;
	}
	return title_entry < r->title_entries ? (uint32_t)title_entry : TITLE_ENTRY_NONE;
}
