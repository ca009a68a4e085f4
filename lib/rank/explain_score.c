// SPDX-License-Identifier: GPL-3.0-or-later
#include <math.h>

#include "lib/rank/explain_score.h"
#include "lib/rank/formulas.h"
#include "lib/rank/posting_pairs.h"

/* One candidate on its way to its summands. */
struct attributing {
	struct signals *signals;
	struct soc_index *index;
	const struct units *units; /* of the ranking */
	enum asked_kind kind;
	const struct candidate *candidate;
	uint32_t unit;     /* the candidate's */
	uint32_t soc_unit; /* ... and that of its SOC code */
	struct arena *arena;
	struct attribution *out;
	size_t capacity;
	double sums[SIGNAL_COUNT]; /* of what was kept, by signal */
	struct error *err;
};

/* ---- keeping ---- */

/* A job of 500 words has some 600. */
#define SUMMANDS_USUAL 1024

static bool keep(struct attributing *a, struct contribution c)
{
	struct attribution *out = a->out;
	if (c.amount == 0.0)
		return true;
	if (out->count == a->capacity) {
		size_t more = a->capacity ? 2 * a->capacity : SUMMANDS_USUAL;
		struct contribution *at = arena_alloc(a->arena, more * sizeof *at, a->err);
		if (!at)
			return false;
		if (out->count)
			memcpy(at, out->at, out->count * sizeof *at);
		out->at = at;
		a->capacity = more;
	}
	out->at[out->count++] = c;
	a->sums[c.signal] += c.amount;
	return true;
}

static bool keep_value(struct attributing *a, enum signal signal, enum cause cause, struct slice words, double value)
{
	return keep(a, (struct contribution){ .signal = signal,
					      .cause = cause,
					      .words = words,
					      .amount = signal_weights[signal][a->kind] * value });
}

/* ---- one list ---- */

/* A list of which the candidate holds something. */
struct held {
	const struct holding *at; /* all holdings, in the order of units */
	size_t count;
};

static struct held read_list(const struct attributing *a, struct slice list, const struct units *units)
{
	struct holding *out = a->signals->holdings;
	return (struct held){ out, holdings_decode(list, units, a->index->count, out) };
}

/* What a unit holds; 0: nothing. */
static float held_by(const struct held *h, size_t unit)
{
	size_t low = 0, high = h->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (h->at[middle].unit < unit)
			low = middle + 1;
		else
			high = middle;
	}
	return low < h->count && h->at[low].unit == unit ? h->at[low].weight : 0.0f;
}

/* ---- the latent space ---- */

/* How near a question is to an occupation. */
static float ask_latent(const struct attributing *a, const struct question *q, size_t occupation)
{
	float place[LATENT_RANK], length = latent_place(q, place);
	return a->signals->latent.at && length > 0.0f
		       ? latent_nearness(latent_product(&a->signals->latent, place, occupation) / length)
		       : 0.0f;
}

/* The words share the value as they share the product of the question and the occupation. */
static bool attribute_latent(struct attributing *a, enum signal signal, const struct question *q, size_t occupation)
{
	float place[LATENT_RANK], at[LATENT_RANK], length = latent_place(q, place);
	const struct latent_space *latent = &a->signals->latent;
	double value = a->candidate->values[signal];
	if (value == 0.0 || !(length > 0.0f))
		return true;
	double unit = value / (double)latent_product(latent, place, occupation);
	latent_find(latent, occupation, at);
	for (size_t i = 0; i < q->count + q->extra_count; i++) {
		const struct query_term *t = i < q->count ? &q->terms[i] : &q->extras[i - q->count];
		float product = latent_term_product(t, i < q->count ? sqrtf(t->count) : t->count, at) *
				latent->scales[occupation];
		if (!keep_value(a, signal, CAUSE_WORD, t->term, unit * (double)product))
			return false;
	}
	return true;
}

/* A code is as near to a title as its nearest occupation. */
static bool attribute_title_latent(struct attributing *a, const struct question *q)
{
	size_t nearest = a->out->first;
	float most = -1.0f;
	for (size_t o = a->out->first; o < a->out->end; o++) {
		float nearness = ask_latent(a, q, o);
		nearest = nearness > most ? o : nearest;
		most = nearness > most ? nearness : most;
	}
	return attribute_latent(a, SIGNAL_TITLE_LATENT, q, nearest);
}

/* ---- the text's words ---- */

/* A list of the text, by occupation. */
struct text_list {
	float held; /* what the occupation holds that gave the text's part; where that is nothing, the others
				           are only those before it */
	size_t holders;
	float sum; /* of what all hold */
};

/* Nothing is kept of the other occupations: this is done for every word and every code of a case. */
static struct text_list read_text_list(const struct attributing *a, struct slice list)
{
	struct text_list l = { .held = 0.0f };
	struct unpack u = unpack_begin(list);
	size_t wanted = a->out->text_occupation + 1, occupations = a->index->count;
	struct pairs_sum eight;
	for (uint64_t next = 0; u.at < u.end && (next < wanted || l.held > 0.0f);) {
		/* Those on this side of it, and those beyond. */
		if (pairs_sum_eight(&u, &eight) && (next + eight.first < wanted || next >= wanted) &&
		    eight.first <= occupations - next) {
			u.at += 2 * PAIRS_AT_ONCE;
			next += eight.first;
			l.sum += (float)eight.second;
			l.holders += PAIRS_AT_ONCE;
			continue;
		}
		for (int i = 0; i < PAIRS_AT_ONCE && u.at < u.end; i++, l.holders++) {
			struct unpack_pair pair = unpack_two(&u);
			if (u.bad || pair.first == 0 || pair.first > occupations - next)
				return l;
			next += pair.first;
			l.sum += (float)pair.second;
			l.held = next == wanted ? (float)pair.second : l.held;
		}
	}
	return l;
}

/* Whether the index knows the word: then its scale counts for the length. */
static bool attribute_language(struct attributing *a, const struct query_term *t, float scale, bool *known)
{
	struct text_list l = read_text_list(a, t->sections[SECTION_TEXT]);
	*known = l.holders > 0;
	return l.held == 0.0f ||
	       keep_value(a, SIGNAL_TEXT_WORDS, CAUSE_WORD, t->term,
			  (double)(scale * language_value(language_rarity(&a->index->onet, l.sum), l.held)));
}

static bool attribute_text_titles(struct attributing *a, const struct query_term *t, float scale)
{
	const struct units *onet = &a->index->onet;
	struct text_list l = read_text_list(a, t->sections[SECTION_TITLES]);
	float length = onet->lengths[LENGTH_TITLES][a->out->text_occupation];
	return l.held == 0.0f ||
	       keep_value(a, SIGNAL_TEXT_TITLES, CAUSE_WORD, t->term,
			  (double)(scale * vote_value(vote_mass(onet, LENGTH_TITLES, TEXT_SMOOTHING), l.held, length)));
}

static bool attribute_text_bm25(struct attributing *a, enum signal signal, enum cause cause, struct slice words,
				struct slice list, enum length length, float scale)
{
	const struct units *onet = &a->index->onet;
	struct text_list l = read_text_list(a, list);
	const struct bm25 bm25 = bm25_begin(onet, length, l.holders, scale);
	return l.held == 0.0f ||
	       keep_value(a, signal, cause, words,
			  (double)bm25_value(&bm25, l.held, onet->lengths[length][a->out->text_occupation]));
}

static bool attribute_text_words(struct attributing *a, const struct question *q)
{
	float mass = 0.0f, known = 0.0f;
	for (size_t i = 0; i < q->count; i++)
		mass += sqrtf(q->terms[i].count);
	for (size_t i = 0; mass > 0.0f && i < q->count; i++) {
		const struct query_term *t = &q->terms[i];
		float scale = sqrtf(t->count) / sqrtf(mass);
		bool known_word;
		if (!attribute_language(a, t, scale, &known_word) || !attribute_text_titles(a, t, scale) ||
		    !attribute_text_bm25(a, SIGNAL_TEXT_EXTRAS, CAUSE_WORD, t->term, t->sections[SECTION_EXTRAS],
					 LENGTH_EXTRAS, scale))
			return false;
		known += known_word ? scale : 0.0f;
	}
	for (size_t i = 0; mass > 0.0f && i < q->bigram_count; i++)
		if (!attribute_text_bm25(a, SIGNAL_TEXT_BIGRAMS, CAUSE_PAIR, q->bigrams[i].term,
					 q->bigrams[i].sections[0], LENGTH_TEXT,
					 sqrtf(q->bigrams[i].count) / sqrtf(mass)))
			return false;
	float length = a->index->onet.lengths[LENGTH_TEXT][a->out->text_occupation];
	return keep_value(a, SIGNAL_TEXT_WORDS, CAUSE_CODE, SLICE(""), (double)(known * language_length(length)));
}

/* A code has what its best occupation had in ranking. */
static bool attribute_text(struct attributing *a, const struct question *q)
{
	struct attribution *out = a->out;
	if (q->count == 0)
		return true;
	if (out->end - out->first > 1)
		out->text_occupation = a->signals->best[a->soc_unit];
	return attribute_text_words(a, q) && attribute_latent(a, SIGNAL_TEXT_LATENT, q, out->text_occupation);
}

/* ---- titles ---- */

/* One vote for the candidate. */
struct title_vote {
	uint32_t bag;
	double votes;
};

/* What a bag says for the candidate's unit; false where it speaks for others. */
static bool find_speaker(const struct attributing *a, uint32_t bag, struct speaker *speaker, float *total)
{
	struct speaker speakers[SPEAKERS_MAX];
	size_t count = read_speakers(a->index, a->units, bag, speakers);
	bool found = false;
	*total = 0.0f;
	for (size_t i = 0; i < count; i++) {
		*total += speakers[i].weight;
		if (speakers[i].unit == a->unit) {
			*speaker = speakers[i];
			found = true;
		}
	}
	return found;
}

/* The log of the sum is shared as the votes are. */
static bool keep_votes(struct attributing *a, const struct title_vote *at, size_t count)
{
	double sum = 0.0;
	for (size_t i = 0; i < count; i++)
		sum += at[i].votes;
	double value = signal_weights[SIGNAL_TITLE_VOTE][a->kind] * log1p(sum);
	for (size_t i = 0; sum > 0.0 && i < count; i++)
		if (!keep(a, (struct contribution){ .signal = SIGNAL_TITLE_VOTE,
						    .cause = CAUSE_TITLE,
						    .bag = at[i].bag,
						    .amount = value * at[i].votes / sum }))
			return false;
	return true;
}

static bool attribute_titles(struct attributing *a)
{
	const struct bags *bags = &a->signals->bags;
	struct title_vote *votes = arena_alloc(a->arena, (bags->count + 1) * sizeof *votes, a->err);
	struct contribution contained = { .signal = SIGNAL_TITLE_CONTAINED, .cause = CAUSE_TITLE };
	size_t count = 0;
	for (size_t i = 0; votes && i < bags->count; i++) {
		const struct bag_likeness *l = &bags->like[i];
		struct speaker speaker;
		float total;
		if (!find_speaker(a, l->bag, &speaker, &total))
			continue;
		votes[count++] = (struct title_vote){ l->bag, (double)(l->strength * bag_vote(speaker.weight, total)) };
		double share = signal_weights[SIGNAL_TITLE_CONTAINED][a->kind] * (double)l->share;
		if (l->contained && share > contained.amount) {
			contained.amount = share;
			contained.bag = l->bag;
		}
		if (l->exact && !keep(a, (struct contribution){ .signal = SIGNAL_TITLE_EXACT,
								.cause = CAUSE_TITLE,
								.bag = l->bag,
								.amount = signal_weights[SIGNAL_TITLE_EXACT][a->kind] *
									  (double)bag_exact(speaker.weight, total) }))
			return false;
	}
	return votes && keep(a, contained) && keep_votes(a, votes, count);
}

/* ---- the title's words ---- */

static bool attribute_head(struct attributing *a, const struct question *q)
{
	struct held h = read_list(a, q->head.sections[0], a->units);
	float held = held_by(&h, a->unit), mass = vote_mass(a->units, LENGTH_HEADS, VOTE_SMOOTHING);
	return held == 0.0f || keep_value(a, SIGNAL_TITLE_HEAD, CAUSE_WORD, q->head.term,
					  (double)vote_value(mass, held, a->units->lengths[LENGTH_HEADS][a->unit]));
}

/* What a list of impacts has for a SOC code. */
static float find_impact(struct slice list, size_t code)
{
	uint32_t impact;
	return unpack_value(list, code, &impact) ? (float)impact / (float)IMPACT_UNIT : 0.0f;
}

static bool attribute_pieces(struct attributing *a, const struct question *q)
{
	for (size_t i = 0; i < q->gram_count; i++)
		if (!keep_value(a, SIGNAL_TITLE_GRAMS, CAUSE_PIECE, q->grams[i].term,
				(double)(q->grams[i].count * find_impact(q->grams[i].sections[0], a->soc_unit))))
			return false;
	return true;
}

static bool add_title_bm25(struct attributing *a, enum signal signal, const struct query_term *t, enum section section,
			   enum length length)
{
	struct held h = read_list(a, t->sections[section], a->units);
	float held = held_by(&h, a->unit), scale = t->count < 1.0f ? t->count : 1.0f;
	const struct bm25 bm25 = bm25_begin(a->units, length, h.count, scale);
	return held == 0.0f || keep_value(a, signal, CAUSE_WORD, t->term,
					  (double)bm25_value(&bm25, held, a->units->lengths[length][a->unit]));
}

static bool attribute_title(struct attributing *a, const struct question *q)
{
	if (q->count == 0)
		return true;
	for (size_t i = 0; i < q->count + q->extra_count; i++) {
		const struct query_term *t = i < q->count ? &q->terms[i] : &q->extras[i - q->count];
		if (!add_title_bm25(a, SIGNAL_TITLE_PROSE, t, SECTION_PROSE, LENGTH_PROSE) ||
		    !add_title_bm25(a, SIGNAL_TITLE_EXTRAS, t, SECTION_EXTRAS, LENGTH_EXTRAS))
			return false;
	}
	return attribute_titles(a) && attribute_head(a, q) && attribute_pieces(a, q) && attribute_title_latent(a, q);
}

/* ---- the trained model ---- */

struct model_words {
	struct attributing *a;
	enum signal signal;
};

static bool take_words(void *ctx, struct slice words, float amount, struct error *err)
{
	const struct model_words *m = ctx;
	struct slice kept = arena_copy(m->a->arena, words, err);
	enum cause cause = memchr(words.at, ' ', words.length) ? CAUSE_PAIR : CAUSE_WORD;
	return kept.at && keep_value(m->a, m->signal, cause, kept, (double)amount);
}

/* A code that is no likelier than chance has nothing of it. */
static bool attribute_model(struct attributing *a, enum signal signal, const struct question *q, enum model_input input)
{
	struct model_words m = { a, signal };
	if (q->count == 0 || a->candidate->values[signal] == 0.0)
		return true;
	return model_take_apart(&a->signals->model, a->index->soc.count, a->soc_unit, q, input, take_words, &m, a->err);
}

/* ---- the whole ---- */

/* The signals of which a part belongs to the code by itself. */
static bool is_of_code(enum signal signal)
{
	return signal == SIGNAL_TITLE_PRIOR || signal == SIGNAL_TITLE_EMPLOYMENT || signal == SIGNAL_TITLE_LEVEL ||
	       signal == SIGNAL_TITLE_MODEL || signal == SIGNAL_TEXT_MODEL;
}

/* What is left of each part, so that the amounts add up to it. */
static bool keep_rest(struct attributing *a)
{
	for (int i = 0; i < SIGNAL_COUNT; i++) {
		double rest = a->candidate->parts[i] - a->sums[i];
		if (!is_of_code((enum signal)i) && fabs(rest) > a->out->residue)
			a->out->residue = fabs(rest);
		if (!keep(a, (struct contribution){ .signal = (enum signal)i, .cause = CAUSE_CODE, .amount = rest }))
			return false;
	}
	return true;
}

bool attribute(struct signals *s, const struct question *title, const struct question *text, enum asked_kind kind,
	       const struct units *units, const struct candidate *c, struct arena *arena, struct attribution *out,
	       struct error *err)
{
	struct attributing a = { .signals = s,
				 .index = s->index,
				 .units = units,
				 .kind = kind,
				 .candidate = c,
				 .unit = units->of[c->occupation],
				 .soc_unit = s->index->soc.of[c->occupation],
				 .arena = arena,
				 .out = out,
				 .err = err };
	*out = (struct attribution){ .first = units->first[a.unit], .end = units->first[a.unit + 1] };
	out->text_occupation = out->first;
	return attribute_text(&a, text) && attribute_title(&a, title) &&
	       attribute_model(&a, SIGNAL_TITLE_MODEL, title, MODEL_TITLE) &&
	       attribute_model(&a, SIGNAL_TEXT_MODEL, text, MODEL_TEXT) && keep_rest(&a);
}
