// SPDX-License-Identifier: GPL-3.0-or-later
#include <math.h>

#include "lib/rank/bags.h"

/* Words that weigh less need not be in a title that is the very one asked for. */
#define CORE_WEIGHT_MIN 0.9f

void bags_free(struct bags *b)
{
	memory_free(b->like);
	memory_free(b->matches);
	memory_free(b->extras);
	memory_free(b->touched);
	memory_free(b->list);
	*b = (struct bags){ 0 };
}

/* Room for what a question can touch, which is far less than all bags: a list has no more bags than bytes. */
static bool need_scratch(struct bags *b, struct soc_index *index, const struct question *q, struct error *err)
{
	size_t longest = 0, all = 0;
	for (size_t i = 0; i < q->count + q->extra_count; i++) {
		size_t length = (i < q->count ? &q->terms[i] : &q->extras[i - q->count])->sections[SECTION_BAGS].length;
		longest = length > longest ? length : longest;
		all += length;
	}
	b->capacity = index->bags.bags;
	b->matches = b->matches ? b->matches : memory_new(((size_t)b->capacity + 1) * sizeof *b->matches, err);
	return b->matches && array_reserve((void **)&b->list, &b->list_room, longest + 1, sizeof *b->list, err) &&
	       array_reserve((void **)&b->touched, &b->touched_room, all + 1, sizeof *b->touched, err) &&
	       array_reserve((void **)&b->like, &b->like_room, all + 1, sizeof *b->like, err);
}

/* ---- a term's list ---- */

#define HIGH_BITS 0x8080808080808080u
#define ONES 0x0101010101010101u

/* Whether eight steps in a row take a byte each, and none is 0; nearly all are, of the words that count. */
static bool are_small(uint64_t steps)
{
	return ((steps | (steps - ONES)) & HIGH_BITS) == 0;
}

/* The bags of a list, of so many in all, into `to`; what is malformed ends it. */
static size_t read_list(struct slice list, uint32_t bags, uint32_t *to)
{
	struct unpack u = unpack_begin(list);
	uint64_t next = 0, steps;
	uint32_t *out = to;
	while (u.at < u.end) {
		if (u.end - u.at >= 8 && bags - next >= 8 * 0x7F) {
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
		if (u.bad || step == 0 || step > bags - next)
			break;
		next += step;
		*out++ = (uint32_t)next - 1;
	}
	return (size_t)(out - to);
}

static float idf_of(const struct bags *b, size_t holders)
{
	return logf(1.0f + (float)b->capacity / (holders ? (float)holders : 1.0f));
}

/* ---- matching ---- */

/* What the whole question weighs, and which bags have a share of it. */
struct matching {
	float norm;        /* square root of the sum of (weight x idf)^2 over the question */
	float mass;        /* sum of weight x idf */
	float core;        /* ... over the words that make a title exact */
	size_t touched;
};

/* Compared as bits, which is faster: nothing here is a negative zero. */
static bool is_zero(const float *value)
{
	uint32_t bits;
	memcpy(&bits, value, sizeof bits);
	return bits == 0;
}

/*
 * A term of the question weighs 1, or less: then what it adds to the squares of a bag has to be lessened, for the product
 * of a bag and the question.  Synonyms are not in the question: a term of weight u adds u x idf^2 to that product alone.
 * So what is contained and what is exact knows nothing of either, and no synonym makes a title so.
 */
static void match_term(struct bags *b, const struct query_term *t, struct matching *m)
{
	size_t count = read_list(t->sections[SECTION_BAGS], b->capacity, b->list), touched = m->touched;
	float idf = idf_of(b, count), square = idf * idf, weight = t->count < 1.0f ? t->count : 1.0f;
	float mass = weight * idf;
	m->norm += weight * weight * square;
	m->mass += mass;
	m->core += weight >= CORE_WEIGHT_MIN ? mass : 0.0f;
	const uint32_t *list = b->list;
	struct bag_match *matches = b->matches;
	for (size_t i = 0; i < count; i++) {
		struct bag_match *match = &matches[list[i]];
		/* Without a branch: whether it is the first time is hard to foretell. */
		b->touched[touched] = list[i];
		touched += is_zero(&match->squares);
		match->squares += square;
		match->mass += mass;
	}
	float lessened = (weight - 1.0f) * idf * idf, *extras = b->extras;
	for (size_t i = 0; weight < 1.0f && i < count; i++)
		extras[list[i]] += lessened;
	m->touched = touched;
}

static void match_synonym(struct bags *b, const struct query_term *t, struct matching *m)
{
	size_t count = read_list(t->sections[SECTION_BAGS], b->capacity, b->list), touched = m->touched;
	float idf = idf_of(b, count), product = t->count * idf * idf;
	for (size_t i = 0; i < count; i++) {
		uint32_t bag = b->list[i];
		b->touched[touched] = bag;
		touched += is_zero(&b->matches[bag].squares) && is_zero(&b->extras[bag]);
		b->extras[bag] += product;
	}
	m->touched = touched;
}

/* Whether there are terms of less weight; there is room for what they add then. */
static bool need_extras(struct bags *b, const struct question *q, bool *any, struct error *err)
{
	*any = q->extra_count > 0;
	for (size_t i = 0; i < q->count; i++)
		*any |= q->terms[i].count < 1.0f;
	if (*any && !b->extras)
		b->extras = memory_new(((size_t)b->capacity + 1) * sizeof *b->extras, err);
	return !*any || b->extras;
}

/* ---- comparing ---- */

/* Norms are stored in 1/256: a bag is wholly matched when no term is missing beyond that rounding, which in the
 * square grows with the norm. */
static float slack(float norm)
{
	return 0.05f + norm / (float)BAG_NORM_UNIT;
}

/* The products of a bag with the question: what is left of it as it was. */
static float take_extra(struct bags *b, uint32_t bag)
{
	float extra = b->extras[bag];
	b->extras[bag] = 0.0f;
	return extra;
}

/* One bag beside the question. */
struct compared {
	uint32_t bag;
	struct bag_match match;
	float norm;
	float product;     /* of both, with what extra terms add */
	bool extras;       /* there are such: a cosine can then come out above 1 */
};

/* Keep a bag that is alike enough, or wholly in the question. */
static void keep_alike(struct bags *b, const struct matching *m, const struct compared *c)
{
	bool contained = c->match.mass > 0.0f && c->match.squares > c->norm * c->norm - slack(c->norm);
	float cosine = c->product / (c->norm * m->norm);
	if (!contained && !(cosine > BAG_COSINE_MIN))
		return;
	b->like[b->count++] = (struct bag_likeness){
		.bag = c->bag, .cosine = c->extras && cosine > 1.0f ? 1.0f : cosine, .share = c->match.mass / m->mass, .contained = contained,
		.exact = contained && c->match.mass > m->core - slack(m->norm) };
}

bool bags_compare(struct bags *b, struct soc_index *index, const struct question *q, struct error *err)
{
	struct matching m = { 0 };
	bool extras;
	b->count = 0;
	if (!need_scratch(b, index, q, err) || !need_extras(b, q, &extras, err))
		return false;
	for (size_t i = 0; i < q->count; i++)
		match_term(b, &q->terms[i], &m);
	for (size_t i = 0; i < q->extra_count; i++)
		match_synonym(b, &q->extras[i], &m);
	m.norm = sqrtf(m.norm + (extras ? q->extra_squares : 0.0f));
	const float alike = BAG_COSINE_MIN * m.norm / (float)BAG_NORM_UNIT;
	for (size_t i = 0; i < m.touched; i++) {
		struct compared c = { .bag = b->touched[i], .extras = extras };
		c.match = b->matches[c.bag];
		c.product = extras ? c.match.squares + take_extra(b, c.bag) : c.match.squares;
		b->matches[c.bag] = (struct bag_match){ 0 };
		float stored = (float)bag_table_norm(&index->bags, c.bag);
		c.norm = stored / (float)BAG_NORM_UNIT;
		/* Most are neither alike nor contained. */
		if (c.product > alike * stored || c.match.squares > c.norm * c.norm - slack(c.norm))
			keep_alike(b, &m, &c);
	}
	return true;
}

/* ---- which of a few bags a title is ---- */

bool bag_finder_begin(struct bag_finder *f, struct soc_index *index, const uint32_t *bags, size_t count, struct error *err)
{
	size_t all = index->bags.bags;
	*f = (struct bag_finder){ .index = index, .bags = bags, .count = count };
	f->norms = memory_new((count + 1) * sizeof *f->norms, err);
	f->among = memory_new(all / 64 * sizeof *f->among + sizeof *f->among, err);
	f->list = memory_resize(NULL, (all + 1) * sizeof *f->list);
	if (!f->norms || !f->among || !f->list)
		return error_no_memory(err);
	for (size_t i = 0; i < count; i++) {
		f->norms[i] = bag_table_norm(&index->bags, bags[i]);
		f->among[bags[i] / 64] |= (uint64_t)1 << bags[i] % 64;
	}
	return true;
}

void bag_finder_free(struct bag_finder *f)
{
	map_free(&f->words);
	memory_free(f->at);
	memory_free(f->numbers);
	memory_free(f->norms);
	memory_free(f->among);
	memory_free(f->list);
	arena_free(&f->arena);
	*f = (struct bag_finder){ 0 };
}

/* Both lists ascend. */
static void note_holders(const struct bag_finder *f, size_t count, struct bag_word *w)
{
	for (size_t k = 0, i = 0; k < count; k++) {
		uint32_t bag = f->list[k];
		if (!(f->among[bag / 64] >> bag % 64 & 1))
			continue;
		while (f->bags[i] < bag)
			i++;
		w->bits[i / 64] |= (uint64_t)1 << i % 64;
		w->holders[w->count++] = (uint32_t)i;
	}
}

static bool need_bag_word(struct bag_finder *f, struct slice term, uint32_t *number, struct error *err)
{
	bool added;
	struct question q;
	if (!map_add(&f->words, term, number, &added, err))
		return false;
	if (!added)
		return true;
	if (!array_reserve((void **)&f->at, &f->capacity, f->words.count, sizeof *f->at, err) ||
	    !question_read_term(f->index, map_key(&f->words, *number), &f->arena, &q, err))
		return false;
	size_t holders = read_list(q.terms[0].sections[SECTION_BAGS], f->index->bags.bags, f->list);
	double idf = log(1.0 + (double)f->index->bags.bags / (holders ? (double)holders : 1.0));
	size_t most = holders < f->count ? holders : f->count;
	struct bag_word *w = &f->at[*number];
	*w = (struct bag_word){ idf * idf, arena_alloc(&f->arena, (f->count / 64 + 1) * sizeof *w->bits, err),
				arena_alloc(&f->arena, (most + 1) * sizeof *w->holders, err), 0 };
	if (!w->bits || !w->holders)
		return false;
	note_holders(f, holders, w);
	return true;
}

/* The distinct words of a title that are no stop words, into f->numbers; *possible is false as soon as one is in none of
 * the bags. */
static bool number_title(struct bag_finder *f, struct text_words words, size_t *count, bool *possible, struct error *err)
{
	*count = 0;
	*possible = true;
	if (!array_reserve((void **)&f->numbers, &f->number_capacity, words.count + 1, sizeof *f->numbers, err))
		return false;
	for (size_t i = 0; i < words.count && *possible; i++) {
		uint32_t number;
		bool known = words.at[i].stop;
		if (known)
			continue;
		if (!need_bag_word(f, words.at[i].term, &number, err))
			return false;
		for (size_t k = 0; k < *count; k++)
			known |= f->numbers[k] == number;
		if (!known)
			f->numbers[(*count)++] = number;
		*possible = f->at[number].count > 0;
	}
	*possible &= *count > 0;
	return true;
}

static bool has_all(const struct bag_finder *f, size_t count, uint32_t bag)
{
	for (size_t k = 0; k < count; k++)
		if (!(f->at[f->numbers[k]].bits[bag / 64] >> bag % 64 & 1))
			return false;
	return true;
}

/* Of the bags that have all words of the title, it is the one whose norm is the title's: others have more words. */
bool bag_finder_find(struct bag_finder *f, struct text_words words, size_t *which, struct error *err)
{
	size_t count;
	bool possible;
	double squares = 0.0, nearest = 1.0;
	*which = f->count;
	if (!number_title(f, words, &count, &possible, err))
		return false;
	if (!possible)
		return true;
	const struct bag_word *rarest = &f->at[f->numbers[0]];
	for (size_t k = 0; k < count; k++) {
		const struct bag_word *w = &f->at[f->numbers[k]];
		squares += w->square;
		rarest = w->count < rarest->count ? w : rarest;
	}
	double norm = fmin(sqrt(squares) * BAG_NORM_UNIT, UINT16_MAX);
	uint32_t below = (uint32_t)norm;
	for (size_t i = 0; i < rarest->count; i++) {
		uint32_t bag = rarest->holders[i];
		if (f->norms[bag] - below > 1)   /* what is near is one of two whole numbers */
			continue;
		double off = fabs(f->norms[bag] - norm);
		if (off < nearest && has_all(f, count, bag)) {
			nearest = off;
			*which = bag;
		}
	}
	return true;
}
