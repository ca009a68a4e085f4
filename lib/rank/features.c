// SPDX-License-Identifier: GPL-3.0-or-later
/* features.c - computes the value of each feature for every document of a pass. */
#include <math.h>

#include "lib/rank/formulas.h"
#include "lib/rank/features.h"
#include "lib/rank/simd.h"

const struct feature_spec feature_specs[FEATURE_COUNT] = {
#define FEATURE_SPEC(id, key, what) { key, what },
	FEATURE_TABLE(FEATURE_SPEC)
#undef FEATURE_SPEC
};

const double feature_weights[FEATURE_COUNT] = {
#define WEIGHT(id, weight) [FEATURE_##id] = weight,
#define POOL(name, value)
#define CALIBRATION(kind, shift, slope, tilt, evidence)
#include "lib/rank/weights.def"
#undef WEIGHT
#undef POOL
#undef CALIBRATION
};

static bool map_levels(struct features *s, struct error *err);

/* ---- scratch ---- */

bool features_new(struct soc_index *index, struct features *s, struct error *err)
{
	size_t n = index->count;
	*s = (struct features){ .index = index };
	for (size_t i = 0; i < FEATURE_COUNT; i++) {
		s->parts[i] = memory_new(vector_room(n) * sizeof *s->parts[i], err);
		if (!s->parts[i])
			return false;
	}
	s->matched = memory_new(n, err);
	s->dense = memory_new(n * sizeof *s->dense, err);
	s->postings = memory_new(n * sizeof *s->postings, err);
	s->share = memory_new(n * sizeof *s->share, err);
	s->best = memory_new(n * sizeof *s->best, err);
	s->levels = memory_new(n, err);
	s->words = memory_new(vector_room(n) * sizeof *s->words, err);
	s->extras = memory_new(n * sizeof *s->extras, err);
	return s->matched && s->dense && s->postings && s->share && s->best && s->levels && s->words && s->extras &&
	       map_levels(s, err);
}

void features_free(struct features *s)
{
	for (size_t i = 0; i < FEATURE_COUNT; i++)
		memory_free(s->parts[i]);
	memory_free(s->matched);
	memory_free(s->dense);
	memory_free(s->postings);
	memory_free(s->words);
	memory_free(s->extras);
	memory_free(s->share);
	memory_free(s->best);
	classifier_close(&s->model);
	lsa_space_free(&s->latent);
	memory_free(s->levels);
	map_free(&s->level_words);
	title_matches_free(&s->title_entries);
	postings_cache_free(&s->cache);
	*s = (struct features){ 0 };
}

void features_begin(struct features *s, const struct documents *documents)
{
	/* Parts are cleared when they have been used, at the size of the pass that used them. */
	for (size_t i = 0; i < FEATURE_COUNT; i++)
		if (s->used[i])
			memset(s->parts[i], 0, s->documents->count * sizeof *s->parts[i]);
	memset(s->used, 0, sizeof s->used);
	s->documents = documents;
	memset(s->matched, 0, s->index->count); /* the text is scored by occupation in every pass */
}

static size_t decode(struct features *s, struct slice list, struct posting *out)
{
	return postings_decode(list, s->documents, s->index->count, out);
}

/* ---- sums over words ---- */

/* Add scale x BM25 of one term.  Lengths are in quarters, which cancel. */
static void add_bm25(struct features *s, enum feature to, struct slice list, enum length length, float scale)
{
	size_t n = decode(s, list, s->postings);
	const float *lengths = s->documents->lengths[length];
	const struct bm25 bm25 = bm25_begin(s->documents, length, n, scale);
	float *part = s->parts[to];
	s->used[to] |= n > 0;
	for (size_t i = 0; i < n; i++) {
		uint32_t u = s->postings[i].document;
		part[u] += bm25_value(&bm25, s->postings[i].weight, lengths[u]);
		s->matched[u] = 1;
	}
}

/* ---- impacts: computed when the index was built, by SOC code ---- */

static void add_impacts(struct features *s, enum feature to, struct slice list, float scale)
{
	const struct documents *soc = &s->index->soc;
	float *part = s->parts[to], weight = scale / (float)IMPACT_UNIT;
	struct posting_cursor p = posting_cursor_begin(list, soc->count);
	uint32_t document, held;
	s->used[to] |= list.length > 0;
	while (posting_cursor_next(&p, &document, &held)) {
		float impact = weight * (float)held;
		if (s->documents == soc) {
			part[document] += impact;
			s->matched[document] = 1;
			continue;
		}
		for (size_t o = soc->first[document]; o < soc->first[document + 1]; o++) {
			part[o] += impact;
			s->matched[o] = 1;
		}
	}
}

/* Character n-grams: long lists as arrays, for all codes at once. */
static bool add_grams(struct features *s, const struct query *q, struct error *err)
{
	const struct documents *soc = &s->index->soc;
	float *part = s->parts[FEATURE_TITLE_NGRAMS];
	for (size_t i = 0; i < q->gram_count; i++) {
		const struct query_term *t = &q->grams[i];
		const float *impacts = NULL;
		if (s->documents == soc && !postings_cache_dense(&s->cache, t->sections[0], soc->count, &impacts, err))
			return false;
		if (impacts)
			vector_add(part, impacts, soc->count, t->count / (float)IMPACT_UNIT);
		else
			add_impacts(s, FEATURE_TITLE_NGRAMS, t->sections[0], t->count);
		s->used[FEATURE_TITLE_NGRAMS] = true;
	}
	for (size_t u = 0; s->documents == soc && u < soc->count; u++)
		s->matched[u] |= part[u] != 0.0f;
	return true;
}

/* ---- the classifier, by SOC code ---- */

static bool add_classifier(struct features *s, enum feature to, const struct query *q, enum classifier_input input,
			   struct error *err)
{
	bool any;
	const struct documents *soc = &s->index->soc;
	if (!classifier_load(&s->model, s->index, err) || !classifier_score(&s->model, soc->count, q, input, &any, err))
		return false;
	s->used[to] = any;
	for (size_t c = 0; any && c < soc->count; c++) {
		if (s->documents == soc)
			s->parts[to][c] = s->model.scores[c];
		for (size_t o = soc->first[c]; s->documents != soc && o < soc->first[c + 1]; o++)
			s->parts[to][o] = s->model.scores[c];
	}
	return true;
}

/* ---- the latent space, by occupation ---- */

/* A code has the similarity of its most similar occupation. */
static bool add_lsa(struct features *s, enum feature to, const struct query *q, struct error *err)
{
	if (!lsa_load(&s->latent, s->index, err))
		return false;
	if (!lsa_project(&s->latent, q))
		return true;
	s->used[to] = true;
	float *part = s->parts[to];
	for (size_t o = 0; o < s->index->count; o++) {
		float nearness = lsa_similarity(s->latent.cosines[o]);
		uint32_t u = s->documents->of[o];
		part[u] = nearness > part[u] ? nearness : part[u];
	}
	return true;
}

/* ---- the title ---- */

static void raise_to(float *value, float least)
{
	*value = least > *value ? least : *value;
}

/* A title entry scores for each of its labels, and counts as contained by as much of the query as it explains. */
static void add_label_score(struct features *s, const struct title_similarity *l, struct label label, float total,
			    float listed)
{
	s->dense[label.document] += l->strength * title_entry_score(label.weight, total);
	if (!l->contained)
		return;
	raise_to(&s->parts[FEATURE_TITLE_CONTAINED][label.document], l->share);
	if (!l->exact)
		return;
	s->parts[FEATURE_TITLE_EXACT][label.document] += title_entry_exact(label.weight, total);
	if (label.publishers & TITLE_ENTRY_SOC)
		raise_to(&s->parts[FEATURE_TITLE_DIRECT_MATCH][label.document], l->share);
	if (label.publishers == 0)
		return;
	s->listed = true;
	raise_to(&s->parts[FEATURE_TITLE_LISTED][label.document], l->share * powf(listed, LISTED_POWER));
}

static void score_title_entry(struct features *s, const struct title_similarity *l)
{
	struct label labels[LABELS_MAX];
	size_t count = read_labels(s->index, s->documents, l->title_entry, labels);
	float total = 0.0f, listed = 0.0f;
	if (count == 1) {
		add_label_score(s, l, labels[0], labels[0].weight, 1.0f);
		return;
	}
	for (size_t i = 0; i < count; i++) {
		total += labels[i].weight;
		listed += labels[i].publishers ? labels[i].weight : 0.0f;
	}
	for (size_t i = 0; i < count; i++)
		add_label_score(s, l, labels[i], total, listed / total);
}

/* Compare the titles, unless a pass before has done so. */
static bool compare_titles(struct features *s, const struct query *q, struct error *err)
{
	if (s->compared == q)
		return true;
	if (!title_matches_find(&s->title_entries, s->index, q, err))
		return false;
	s->cosine = 0.0f;
	for (size_t i = 0; i < s->title_entries.count; i++) {
		struct title_similarity *l = &s->title_entries.like[i];
		raise_to(&s->cosine, l->cosine);
		l->strength = l->cosine > TITLE_ENTRY_COSINE_MIN ? expf(TITLE_SHARPNESS * l->cosine) : 0.0f;
	}
	s->compared = q;
	return true;
}

static bool add_titles(struct features *s, const struct query *q, struct error *err)
{
	if (!compare_titles(s, q, err))
		return false;
	s->used[FEATURE_TITLE_SIMILARITY] = s->used[FEATURE_TITLE_CONTAINED] = s->used[FEATURE_TITLE_EXACT] =
		s->used[FEATURE_TITLE_DIRECT_MATCH] = s->used[FEATURE_TITLE_LISTED] = true;
	s->listed = false;
	for (size_t i = 0; i < s->title_entries.count; i++)
		score_title_entry(s, &s->title_entries.like[i]);
	for (size_t u = 0; u < s->documents->count; u++) {
		if (s->dense[u] == 0.0f)
			continue;
		s->parts[FEATURE_TITLE_SIMILARITY][u] = logf(1.0f + s->dense[u]);
		s->matched[u] = 1;
		s->dense[u] = 0.0f;
	}
	return true;
}

/* ---- levels: managers, supervisors, professors ---- */

/* Codes whose titles nearly always name the level: the beginnings of the codes, and the words that name it. */
static const struct level {
	const char *codes;
	const char *words;
} levels[] = {
	/* managers */
	{ "11-",
	  " manager managers management director head chief president officer administrator superintendent owner "
	  "executive vp svp evp avp ceo cfo cio coo cto principal dean postmaster legislator mayor governor rancher "
	  "grower farmer " },
	/* first-line supervisors: the first minor group of each of these major groups */
	{ "33-1 35-1 37-1 39-1 41-1 43-1 45-1 47-1 49-1 51-1 53-1 ",
	  " supervisor supervisors supervisory supervising foreman forewoman foreperson lead leader head chief "
	  "superintendent "
	  "manager overseer boss captain sergeant lieutenant chef director coordinator " },
	/* postsecondary teachers */
	{ "25-1",
	  " professor lecturer instructor faculty college university postsecondary teacher adjunct academic scholar "
	  "fellow " },
};

enum { LEVEL_KINDS = sizeof levels / sizeof *levels };

/* The next of the words between blanks; empty at the end. */
static struct slice next_word(const char **at)
{
	*at += strspn(*at, " ");
	struct slice word = { *at, strcspn(*at, " ") };
	*at += word.length;
	return word;
}

/* Which words name a level, and which occupations are of one: bits by number in `levels`. */
static bool map_levels(struct features *s, struct error *err)
{
	uint32_t number;
	for (size_t l = 0; l < LEVEL_KINDS; l++) {
		const char *words = levels[l].words, *codes = levels[l].codes;
		for (struct slice word; (word = next_word(&words)).length > 0;) {
			if (!map_add(&s->level_words, word, &number, NULL, err) || number >= LEVEL_WORDS_MAX)
				return false;
			s->word_levels[number] |= (unsigned char)(1u << l);
		}
		for (struct slice code; (code = next_word(&codes)).length > 0;)
			for (size_t o = 0; o < s->index->count; o++)
				if (memcmp(s->index->entries[o].code.text, code.at, code.length) == 0)
					s->levels[o] |= (unsigned char)(1u << l);
	}
	return true;
}

/* The levels that a title names. */
static unsigned named_levels(const struct features *s, struct text_words words)
{
	unsigned said = words.count == 0 ? (1u << LEVEL_KINDS) - 1 : 0;
	for (size_t i = 0; i < words.count; i++) {
		uint32_t number = map_find(&s->level_words, words.at[i].folded);
		said |= number == MAP_NONE ? 0u : s->word_levels[number];
	}
	return said;
}

/* Codes of a level that the title does not name have -1. */
static void add_level(struct features *s, struct text_words words)
{
	unsigned said = named_levels(s, words);
	s->used[FEATURE_TITLE_LEVEL] = true;
	for (size_t u = 0; u < s->documents->count; u++)
		if (s->levels[s->documents->first[u]] & ~said)
			s->parts[FEATURE_TITLE_LEVEL][u] = -1.0f;
}

/* Add the lift of the head word. */
static void add_head(struct features *s, struct slice list)
{
	size_t n = decode(s, list, s->postings);
	const float *lengths = s->documents->lengths[LENGTH_HEADS];
	float *part = s->parts[FEATURE_TITLE_HEAD_WORD];
	s->used[FEATURE_TITLE_HEAD_WORD] |= n > 0;
	float mass = lift_mass(s->documents, LENGTH_HEADS, TITLE_SMOOTHING);
	for (size_t i = 0; i < n; i++) {
		uint32_t u = s->postings[i].document;
		part[u] += lift_value(mass, s->postings[i].weight, lengths[u]);
		s->matched[u] = 1;
	}
}

bool features_add_title(struct features *s, const struct query *q, enum depth depth, struct error *err)
{
	if (!add_titles(s, q, err))
		return false;
	if (depth == DEPTH_BRIEF)
		return true;
	add_head(s, q->head.sections[0]);
	if (!add_grams(s, q, err))
		return false;
	for (size_t i = 0; i < q->count + q->extra_count; i++) {
		const struct query_term *t = i < q->count ? &q->terms[i] : &q->extras[i - q->count];
		float scale = t->count < 1.0f ? t->count : 1.0f;
		add_bm25(s, FEATURE_TITLE_DESCRIPTIONS, t->sections[SECTION_PROSE], LENGTH_PROSE, scale);
		add_bm25(s, FEATURE_TITLE_TECHNOLOGIES, t->sections[SECTION_EXTRAS], LENGTH_EXTRAS, scale);
	}
	s->used[FEATURE_TITLE_PRIOR] = true;
	s->used[FEATURE_TITLE_EMPLOYMENT] = true;
	memcpy(s->parts[FEATURE_TITLE_EMPLOYMENT], s->documents->employment,
	       s->documents->count * sizeof *s->documents->employment);
	memcpy(s->parts[FEATURE_TITLE_PRIOR], s->documents->prior, s->documents->count * sizeof *s->documents->prior);
	add_level(s, q->words);
	return add_lsa(s, FEATURE_TITLE_LATENT_SIMILARITY, q, err) &&
	       add_classifier(s, FEATURE_TITLE_CLASSIFIER, q, CLASSIFIER_TITLE, err);
}

/* ---- the text ---- */

/* Weights below this are computed once a list, for few differ: without that, a text of 100 words takes 2% more instructions. */
#define WEIGHTS_MAX 64

/* From the weights of a list to what each posting adds to the language model. */
static void compute_language(const struct documents *documents, struct cached_postings *l)
{
	float sum = 0.0f, values[WEIGHTS_MAX] = { 0.0f }; /* by weight; 0: not computed yet */
	for (size_t i = 0; i < l->count; i++)
		sum += l->at[i].weight;
	float rarity = language_rarity(documents, sum);
	for (size_t i = 0; i < l->count; i++) {
		float weight = l->at[i].weight, own = 0.0f,
		      *value = weight < (float)WEIGHTS_MAX ? &values[(size_t)weight] : &own;
		if (*value == 0.0f)
			*value = language_value(rarity, weight);
		l->at[i].weight = *value;
	}
}

/* From the weights of a list of titles to the lift of each posting. */
static void compute_lifts(const struct documents *documents, struct cached_postings *l)
{
	float mass = lift_mass(documents, LENGTH_TITLES, TEXT_SMOOTHING);
	for (size_t i = 0; i < l->count; i++)
		l->at[i].weight =
			lift_value(mass, l->at[i].weight, documents->lengths[LENGTH_TITLES][l->at[i].document]);
}

/* A list of the text: what it comes to for each occupation, which `make` works out, or, where that is NULL, what they hold. */
static bool find_cached(struct features *s, struct slice list,
			void (*make)(const struct documents *documents, struct cached_postings *l),
			struct cached_postings *out, struct error *err)
{
	struct cached_postings *l;
	bool fresh;
	if (!postings_cache_sparse(&s->cache, list, s->documents, &l, &fresh, err))
		return false;
	if (fresh && make)
		make(s->documents, l);
	*out = l ? *l : (struct cached_postings){ .count = 0 };
	return true;
}

/* Add scale x that. */
static void add_cached(struct features *s, enum feature to, const struct cached_postings *l, float scale)
{
	float *part = s->parts[to];
	unsigned char *matched = s->matched;
	const struct posting *at = l->at;
	s->used[to] |= l->count > 0;
	for (size_t i = 0, count = l->count; i < count; i++) {
		part[at[i].document] += scale * at[i].weight;
		matched[at[i].document] = 1;
	}
}

/* Add BM25 of that.  The length norm is the same for every term, so it is computed once. */
static void add_cached_bm25(struct features *s, const struct cached_postings *l, float scale)
{
	const struct bm25 bm25 = bm25_begin(s->documents, LENGTH_EXTRAS, l->count, scale);
	const float *lengths = s->documents->lengths[LENGTH_EXTRAS];
	float *part = s->parts[FEATURE_TEXT_TECHNOLOGIES], *norms = s->extras;
	unsigned char *matched = s->matched;
	const struct posting *at = l->at;
	if (l->count == 0)
		return;
	if (norms[0] == 0.0f)
		for (size_t o = 0; o < s->documents->count; o++)
			norms[o] = bm25_norm(&bm25, lengths[o]);
	s->used[FEATURE_TEXT_TECHNOLOGIES] = true;
	for (size_t i = 0, count = l->count; i < count; i++) {
		part[at[i].document] += bm25_normed(&bm25, at[i].weight, norms[at[i].document]);
		matched[at[i].document] = 1;
	}
}

/* The penalty for the length of an occupation: the same for every text, so it is computed once. */
static void add_length_share(struct features *s, float known)
{
	float *share = s->share;
	if (share[0] == 0.0f)
		for (size_t u = 0; u < s->documents->count; u++)
			share[u] = language_length(s->documents->lengths[LENGTH_TEXT][u]);
	for (size_t u = 0; u < s->documents->count; u++)
		s->parts[FEATURE_TEXT_WORDS][u] += known * share[u];
}

/* ---- from occupations to SOC codes ---- */

/* Of occupations that share a code the one with the largest weighted sum of its parts; of equal ones the first. */
static uint32_t find_best(const struct features *s, const enum feature *used, size_t count, size_t first, size_t end)
{
	size_t best = first;
	float most = -INFINITY;
	for (size_t o = first; o < end; o++) {
		float sum = 0.0f;
		for (size_t i = 0; i < count; i++)
			sum += (float)feature_weights[used[i]] * s->parts[used[i]][o];
		if (sum > most) {
			most = sum;
			best = o;
		}
	}
	return (uint32_t)best;
}

static void find_bests(struct features *s)
{
	const struct documents *soc = &s->index->soc;
	enum feature used[FEATURE_COUNT];
	size_t count = 0;
	for (size_t i = 0; i < FEATURE_COUNT; i++)
		if (s->used[i])
			used[count++] = (enum feature)i;
	for (size_t u = 0; u < soc->count; u++) {
		size_t first = soc->first[u], end = soc->first[u + 1];
		s->best[u] = end - first == 1 ? (uint32_t)first : find_best(s, used, count, first, end);
	}
}

/* FEATURE_TEXT_WORDS is kept by occupation for features_repeat_text(). */
static void swap_words(struct features *s)
{
	float *words = s->words;
	s->words = s->parts[FEATURE_TEXT_WORDS];
	s->parts[FEATURE_TEXT_WORDS] = words;
}

/* A code takes the features of its best occupation, by the weighted sum of them.  Codes come in the order of their occupations
 * and are never more, so this is done in place. */
static void fold_parts(struct features *s)
{
	const struct documents *soc = &s->index->soc;
	find_bests(s);
	for (size_t u = 0; u < soc->count; u++) {
		size_t first = soc->first[u], end = soc->first[u + 1];
		unsigned char matched = s->matched[first];
		for (size_t o = first + 1; o < end; o++)
			matched |= s->matched[o];
		s->matched[u] = matched;
	}
	memset(s->matched + soc->count, 0, s->index->count - soc->count);
	swap_words(s);
	for (size_t i = 0; i < FEATURE_COUNT; i++) {
		float *part = s->parts[i];
		const float *from = i == FEATURE_TEXT_WORDS ? s->words : part;
		if (!s->used[i] && i != FEATURE_TEXT_WORDS)
			continue;
		for (size_t u = 0; u < soc->count; u++)
			part[u] = from[s->best[u]];
		memset(part + soc->count, 0, (s->index->count - soc->count) * sizeof *part);
	}
}

/* A word that comes often counts by the square root; the whole by the square root of its length. */
static bool add_text(struct features *s, const struct query *q, struct error *err)
{
	float mass = 0.0f, known = 0.0f;
	for (size_t i = 0; i < q->count; i++)
		mass += sqrtf(q->terms[i].count);
	if (mass == 0.0f)
		return true;
	for (size_t i = 0; i < q->count; i++) {
		const struct query_term *t = &q->terms[i];
		float scale = sqrtf(t->count) / sqrtf(mass);
		struct cached_postings l;
		if (!find_cached(s, t->sections[SECTION_TEXT], compute_language, &l, err))
			return false;
		known += l.count > 0 ? scale : 0.0f;
		add_cached(s, FEATURE_TEXT_WORDS, &l, scale);
		if (!find_cached(s, t->sections[SECTION_TITLES], compute_lifts, &l, err))
			return false;
		add_cached(s, FEATURE_TEXT_TITLES, &l, scale);
		if (!find_cached(s, t->sections[SECTION_EXTRAS], NULL, &l, err))
			return false;
		add_cached_bm25(s, &l, scale);
	}
	for (size_t i = 0; i < q->bigram_count; i++)
		add_bm25(s, FEATURE_TEXT_BIGRAMS, q->bigrams[i].sections[0], LENGTH_TEXT,
			 sqrtf(q->bigrams[i].count) / sqrtf(mass));
	s->used[FEATURE_TEXT_WORDS] = true;
	add_length_share(s, known);
	return add_lsa(s, FEATURE_TEXT_LATENT_SIMILARITY, q, err);
}

/*
 * A text describes one occupation, not all that share its SOC code: every occupation is scored, and a code takes the features
 * of its best one.  The classifier knows codes only.
 */
bool features_add_text(struct features *s, const struct query *q, struct error *err)
{
	const struct documents *documents = s->documents;
	if (q->count == 0)
		return true;
	/* Where this fails, the next pass clears what was added, of all occupations. */
	s->documents = &s->index->onet;
	if (!add_text(s, q, err))
		return false;
	s->documents = documents;
	if (documents == &s->index->soc)
		fold_parts(s);
	return add_classifier(s, FEATURE_TEXT_CLASSIFIER, q, CLASSIFIER_TEXT, err);
}

void features_repeat_text(struct features *s)
{
	swap_words(s);
	s->used[FEATURE_TEXT_WORDS] = true;
}

/* Words that the index does not know have no mass. */
bool features_mass(struct features *s, const struct query *q, double *out, struct error *err)
{
	const struct documents *documents = s->documents;
	bool ok = true;
	*out = 0.0;
	s->documents = &s->index->onet;
	for (size_t i = 0; ok && i < q->count; i++) {
		struct cached_postings l;
		ok = find_cached(s, q->terms[i].sections[SECTION_TEXT], compute_language, &l, err);
		if (ok && l.count > 0)
			*out += (double)q->terms[i].count * idf_value(s->index->count, l.count);
	}
	s->documents = documents;
	return ok;
}
