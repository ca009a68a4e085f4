// SPDX-License-Identifier: GPL-3.0-or-later
/* explain_score.c - every summand of the score of one candidate: the sums of features.c, done again for one
 * document so that each term, title and n-gram gets its amount. */
#include <math.h>

#include "lib/rank/explain_score.h"
#include "lib/rank/formulas.h"

/* The explanation of one candidate while it is made. */
struct score_explainer {
	struct features *features;
	struct soc_index *index;
	const struct documents *documents; /* of the ranking */
	const double *weights;             /* of the features in the job */
	const double *parts, *values;      /* of the candidate, by feature */
	uint32_t document;                 /* the candidate's */
	uint32_t soc_document;             /* ... and that of its SOC code */
	struct arena *arena;
	struct attribution *out;
	size_t capacity;
	double sums[FEATURE_COUNT]; /* of the summands, by feature */
	struct error *err;
};

/* ---- summands ---- */

/* A job of 500 words has some 600. */
#define SUMMANDS_USUAL 1024

static bool add(struct score_explainer *a, struct contribution c)
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
	a->sums[c.feature] += c.amount;
	return true;
}

static bool add_value(struct score_explainer *a, enum feature feature, enum cause cause, struct slice words,
		      double value)
{
	return add(a,
		   (struct contribution){
			   .feature = feature, .cause = cause, .words = words, .amount = a->weights[feature] * value });
}

/* ---- one list ---- */

/* A decoded posting list. */
struct postings {
	const struct posting *at; /* by ascending document */
	size_t count;
};

static struct postings read_list(const struct score_explainer *a, struct slice list, const struct documents *documents)
{
	struct posting *out = a->features->postings;
	return (struct postings){ out, postings_decode(list, documents, a->index->count, out) };
}

/* The weight of a document's posting; 0: none. */
static float held_by(const struct postings *h, size_t document)
{
	size_t low = 0, high = h->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (h->at[middle].document < document)
			low = middle + 1;
		else
			high = middle;
	}
	return low < h->count && h->at[low].document == document ? h->at[low].weight : 0.0f;
}

/* ---- the latent space ---- */

/* The latent similarity of a query and an occupation. */
static float find_lsa(const struct score_explainer *a, const struct query *q, size_t occupation)
{
	float vector[LSA_RANK], length = lsa_fold_in(q, vector);
	return a->features->latent.at && length > 0.0f
		       ? lsa_similarity(lsa_product(&a->features->latent, vector, occupation) / length)
		       : 0.0f;
}

/* The words share the value as they share the dot product of the query and the occupation. */
static bool attribute_lsa(struct score_explainer *a, enum feature feature, const struct query *q, size_t occupation)
{
	float vector[LSA_RANK], at[LSA_RANK], length = lsa_fold_in(q, vector);
	const struct lsa_space *latent = &a->features->latent;
	double value = a->values[feature];
	if (value == 0.0 || !(length > 0.0f))
		return true;
	double scale = value / (double)lsa_product(latent, vector, occupation);
	lsa_find(latent, occupation, at);
	for (size_t i = 0; i < q->count + q->extra_count; i++) {
		const struct query_term *t = i < q->count ? &q->terms[i] : &q->extras[i - q->count];
		float product =
			lsa_term_product(t, i < q->count ? sqrtf(t->count) : t->count, at) * latent->scales[occupation];
		if (!add_value(a, feature, CAUSE_WORD, t->term, scale * (double)product))
			return false;
	}
	return true;
}

/* A code has the similarity of its most similar occupation. */
static bool attribute_title_lsa(struct score_explainer *a, const struct query *q)
{
	size_t nearest = a->out->first;
	float most = -1.0f;
	for (size_t o = a->out->first; o < a->out->end; o++) {
		float nearness = find_lsa(a, q, o);
		nearest = nearness > most ? o : nearest;
		most = nearness > most ? nearness : most;
	}
	return attribute_lsa(a, FEATURE_TITLE_LATENT_SIMILARITY, q, nearest);
}

/* ---- the text's words ---- */

/* A list of the text, by occupation. */
struct text_list {
	float held; /* what the occupation holds that gave the text's part; where that is nothing, the others
				           are only those before it */
	size_t occurrences;
	float sum; /* of what all hold */
};

/* Postings of other occupations are only summed up: this is done for every word and every code of an explanation. */
static struct text_list read_text_list(const struct score_explainer *a, struct slice list)
{
	struct text_list l = { .held = 0.0f };
	struct posting_cursor p = posting_cursor_begin(list, a->index->count);
	uint32_t occupation, weight;
	uint64_t sum = 0;
	while (posting_cursor_next(&p, &occupation, &weight)) {
		l.occurrences++;
		sum += weight;
		if (occupation == a->out->text_occupation)
			l.held = (float)weight;
		else if (occupation > a->out->text_occupation && l.held == 0.0f)
			break;
	}
	l.sum = (float)sum;
	return l;
}

/* Whether the index knows the word: then its scale counts for the length. */
static bool attribute_language(struct score_explainer *a, const struct query_term *t, float scale, bool *known)
{
	struct text_list l = read_text_list(a, t->sections[SECTION_TEXT]);
	*known = l.occurrences > 0;
	return l.held == 0.0f ||
	       add_value(a, FEATURE_TEXT_WORDS, CAUSE_WORD, t->term,
			 (double)(scale * language_value(language_rarity(&a->index->onet, l.sum), l.held)));
}

static bool attribute_text_titles(struct score_explainer *a, const struct query_term *t, float scale)
{
	const struct documents *onet = &a->index->onet;
	struct text_list l = read_text_list(a, t->sections[SECTION_TITLES]);
	float length = onet->lengths[LENGTH_TITLES][a->out->text_occupation];
	return l.held == 0.0f ||
	       add_value(a, FEATURE_TEXT_TITLES, CAUSE_WORD, t->term,
			 (double)(scale * lift_value(lift_mass(onet, LENGTH_TITLES, TEXT_SMOOTHING), l.held, length)));
}

static bool attribute_text_bm25(struct score_explainer *a, enum feature feature, enum cause cause, struct slice words,
				struct slice list, enum length length, float scale)
{
	const struct documents *onet = &a->index->onet;
	struct text_list l = read_text_list(a, list);
	const struct bm25 bm25 = bm25_begin(onet, length, l.occurrences, scale);
	return l.held == 0.0f ||
	       add_value(a, feature, cause, words,
			 (double)bm25_value(&bm25, l.held, onet->lengths[length][a->out->text_occupation]));
}

static bool attribute_text_words(struct score_explainer *a, const struct query *q)
{
	float mass = 0.0f, known = 0.0f;
	for (size_t i = 0; i < q->count; i++)
		mass += sqrtf(q->terms[i].count);
	for (size_t i = 0; mass > 0.0f && i < q->count; i++) {
		const struct query_term *t = &q->terms[i];
		float scale = sqrtf(t->count) / sqrtf(mass);
		bool known_word;
		if (!attribute_language(a, t, scale, &known_word) || !attribute_text_titles(a, t, scale) ||
		    !attribute_text_bm25(a, FEATURE_TEXT_TECHNOLOGIES, CAUSE_WORD, t->term, t->sections[SECTION_EXTRAS],
					 LENGTH_EXTRAS, scale))
			return false;
		known += known_word ? scale : 0.0f;
	}
	for (size_t i = 0; mass > 0.0f && i < q->bigram_count; i++)
		if (!attribute_text_bm25(a, FEATURE_TEXT_BIGRAMS, CAUSE_BIGRAM, q->bigrams[i].term,
					 q->bigrams[i].sections[0], LENGTH_TEXT,
					 sqrtf(q->bigrams[i].count) / sqrtf(mass)))
			return false;
	float length = a->index->onet.lengths[LENGTH_TEXT][a->out->text_occupation];
	return add_value(a, FEATURE_TEXT_WORDS, CAUSE_CODE, SLICE(""), (double)(known * language_length(length)));
}

/* A code has what its best occupation had in ranking. */
static bool attribute_text(struct score_explainer *a, const struct query *q)
{
	struct attribution *out = a->out;
	if (q->count == 0)
		return true;
	if (out->end - out->first > 1)
		out->text_occupation = a->features->best[a->soc_document];
	return attribute_text_words(a, q) && attribute_lsa(a, FEATURE_TEXT_LATENT_SIMILARITY, q, out->text_occupation);
}

/* ---- titles ---- */

/* The score of one title for the candidate. */
struct title_score {
	uint32_t title_entry;
	double scores;
};

/* The candidate's label of a title entry; false where the entry is listed under others alone. */
static bool find_label(const struct score_explainer *a, uint32_t title_entry, struct label *label, float *total)
{
	struct label labels[LABELS_MAX];
	size_t count = read_labels(a->index, a->documents, title_entry, labels);
	bool found = false;
	*total = 0.0f;
	for (size_t i = 0; i < count; i++) {
		*total += labels[i].weight;
		if (labels[i].document == a->document) {
			*label = labels[i];
			found = true;
		}
	}
	return found;
}

/* The log of the sum is shared as the scores are. */
static bool add_title_scores(struct score_explainer *a, const struct title_score *at, size_t count)
{
	double sum = 0.0;
	for (size_t i = 0; i < count; i++)
		sum += at[i].scores;
	double value = a->weights[FEATURE_TITLE_SIMILARITY] * log1p(sum);
	for (size_t i = 0; sum > 0.0 && i < count; i++)
		if (!add(a, (struct contribution){ .feature = FEATURE_TITLE_SIMILARITY,
						   .cause = CAUSE_TITLE,
						   .title_entry = at[i].title_entry,
						   .amount = value * at[i].scores / sum }))
			return false;
	return true;
}

/* A feature that is the best of its titles is due to that one, the first of equal ones. */
struct best_title {
	uint32_t title_entry;
	float share;
};

static void raise_title(struct best_title *best, uint32_t title_entry, float share)
{
	if (share > best->share)
		*best = (struct best_title){ title_entry, share };
}

static bool add_best_title(struct score_explainer *a, enum feature feature, const struct best_title *best)
{
	return best->share == 0.0f || add(a, (struct contribution){ .feature = feature,
								    .cause = CAUSE_TITLE,
								    .title_entry = best->title_entry,
								    .amount = a->parts[feature] });
}

static bool attribute_titles(struct score_explainer *a)
{
	const struct title_matches *title_entries = &a->features->title_entries;
	struct title_score *scores = arena_alloc(a->arena, (title_entries->count + 1) * sizeof *scores, a->err);
	struct best_title contained = { 0 }, match = { 0 }, listed = { 0 };
	size_t count = 0;
	for (size_t i = 0; scores && i < title_entries->count; i++) {
		const struct title_similarity *l = &title_entries->like[i];
		struct label label;
		float total;
		if (!find_label(a, l->title_entry, &label, &total))
			continue;
		scores[count++] =
			(struct title_score){ l->title_entry,
					      (double)(l->strength * title_entry_score(label.weight, total)) };
		if (l->contained)
			raise_title(&contained, l->title_entry, l->share);
		if (!l->exact)
			continue;
		if (label.publishers & TITLE_ENTRY_SOC)
			raise_title(&match, l->title_entry, l->share);
		if (label.publishers)
			raise_title(&listed, l->title_entry, l->share);
		if (!add(a, (struct contribution){ .feature = FEATURE_TITLE_EXACT,
						   .cause = CAUSE_TITLE,
						   .title_entry = l->title_entry,
						   .amount = a->weights[FEATURE_TITLE_EXACT] *
							     (double)title_entry_exact(label.weight, total) }))
			return false;
	}
	return scores && add_best_title(a, FEATURE_TITLE_CONTAINED, &contained) &&
	       add_best_title(a, FEATURE_TITLE_DIRECT_MATCH, &match) &&
	       add_best_title(a, FEATURE_TITLE_LISTED, &listed) && add_title_scores(a, scores, count);
}

/* ---- the title's words ---- */

static bool attribute_head(struct score_explainer *a, const struct query *q)
{
	struct postings h = read_list(a, q->head.sections[0], a->documents);
	float held = held_by(&h, a->document), mass = lift_mass(a->documents, LENGTH_HEADS, TITLE_SMOOTHING);
	return held == 0.0f ||
	       add_value(a, FEATURE_TITLE_HEAD_WORD, CAUSE_WORD, q->head.term,
			 (double)lift_value(mass, held, a->documents->lengths[LENGTH_HEADS][a->document]));
}

/* What a list of impacts has for a SOC code. */
static float find_impact(struct slice list, size_t code)
{
	uint32_t impact;
	return unpack_value(list, code, &impact) ? (float)impact / (float)IMPACT_UNIT : 0.0f;
}

static bool attribute_pieces(struct score_explainer *a, const struct query *q)
{
	for (size_t i = 0; i < q->gram_count; i++)
		if (!add_value(a, FEATURE_TITLE_NGRAMS, CAUSE_NGRAM, q->grams[i].term,
			       (double)(q->grams[i].count * find_impact(q->grams[i].sections[0], a->soc_document))))
			return false;
	return true;
}

static bool add_title_bm25(struct score_explainer *a, enum feature feature, const struct query_term *t,
			   enum section section, enum length length)
{
	struct postings h = read_list(a, t->sections[section], a->documents);
	float held = held_by(&h, a->document), scale = t->count < 1.0f ? t->count : 1.0f;
	const struct bm25 bm25 = bm25_begin(a->documents, length, h.count, scale);
	return held == 0.0f || add_value(a, feature, CAUSE_WORD, t->term,
					 (double)bm25_value(&bm25, held, a->documents->lengths[length][a->document]));
}

static bool attribute_title(struct score_explainer *a, const struct query *q)
{
	if (q->count == 0)
		return true;
	for (size_t i = 0; i < q->count + q->extra_count; i++) {
		const struct query_term *t = i < q->count ? &q->terms[i] : &q->extras[i - q->count];
		if (!add_title_bm25(a, FEATURE_TITLE_DESCRIPTIONS, t, SECTION_PROSE, LENGTH_PROSE) ||
		    !add_title_bm25(a, FEATURE_TITLE_TECHNOLOGIES, t, SECTION_EXTRAS, LENGTH_EXTRAS))
			return false;
	}
	return attribute_titles(a) && attribute_head(a, q) && attribute_pieces(a, q) && attribute_title_lsa(a, q);
}

/* ---- the classifier ---- */

struct classifier_words {
	struct score_explainer *a;
	enum feature feature;
};

static bool take_words(void *ctx, struct slice words, float amount, struct error *err)
{
	const struct classifier_words *m = ctx;
	struct slice kept = arena_copy(m->a->arena, words, err);
	enum cause cause = memchr(words.at, ' ', words.length) ? CAUSE_BIGRAM : CAUSE_WORD;
	return kept.at && add_value(m->a, m->feature, cause, kept, (double)amount);
}

/* A code that is no likelier than chance has nothing of it. */
static bool attribute_classifier(struct score_explainer *a, enum feature feature, const struct query *q,
				 enum classifier_input input)
{
	struct classifier_words m = { a, feature };
	if (q->count == 0 || a->values[feature] == 0.0)
		return true;
	return classifier_explain(&a->features->model, a->index->soc.count, a->soc_document, q, input, take_words, &m,
				  a->err);
}

/* ---- the whole ---- */

/* The features of which a part belongs to the code by itself. */
static bool is_of_code(enum feature feature)
{
	return feature == FEATURE_TITLE_PRIOR || feature == FEATURE_TITLE_EMPLOYMENT ||
	       feature == FEATURE_TITLE_LEVEL || feature == FEATURE_TITLE_CLASSIFIER ||
	       feature == FEATURE_TEXT_CLASSIFIER;
}

/* What is left of each part, so that the amounts add up to it. */
static bool add_rest(struct score_explainer *a)
{
	for (int i = 0; i < FEATURE_COUNT; i++) {
		double rest = a->parts[i] - a->sums[i];
		if (!is_of_code((enum feature)i) && fabs(rest) > a->out->residue)
			a->out->residue = fabs(rest);
		if (!add(a, (struct contribution){ .feature = (enum feature)i, .cause = CAUSE_CODE, .amount = rest }))
			return false;
	}
	return true;
}

bool explain_score(struct features *s, const struct query *title, const struct query *text,
		   const double weights[FEATURE_COUNT], const struct documents *documents, size_t occupation,
		   const double parts[FEATURE_COUNT], const double values[FEATURE_COUNT], struct arena *arena,
		   struct attribution *out, struct error *err)
{
	struct score_explainer a = { .features = s,
				     .index = s->index,
				     .documents = documents,
				     .weights = weights,
				     .parts = parts,
				     .values = values,
				     .document = documents->of[occupation],
				     .soc_document = s->index->soc.of[occupation],
				     .arena = arena,
				     .out = out,
				     .err = err };
	*out = (struct attribution){ .first = documents->first[a.document], .end = documents->first[a.document + 1] };
	out->text_occupation = out->first;
	return attribute_text(&a, text) && attribute_title(&a, title) &&
	       attribute_classifier(&a, FEATURE_TITLE_CLASSIFIER, title, CLASSIFIER_TITLE) &&
	       attribute_classifier(&a, FEATURE_TEXT_CLASSIFIER, text, CLASSIFIER_TEXT) && add_rest(&a);
}
