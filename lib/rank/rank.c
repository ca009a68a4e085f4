// SPDX-License-Identifier: GPL-3.0-or-later
/* rank.c - ranks a job: reads its queries, sums weighted features, orders documents, computes confidences. */
#include <math.h>
#include <stdlib.h>

#include "lib/rank/explain_score.h"
#include "lib/rank/calibration.h"
#include "lib/rank/rank.h"
#include "lib/rank/features.h"
#include "lib/rank/formulas.h"
#include "lib/rank/query_language.h"
#include "lib/rank/simd.h"

/* The queries of a job, read once and scored at one or two levels. */
struct job_query {
	struct query title;
	struct query text;
	bool foreign; /* neither of them is in English */
	struct expansions expansions;
	struct cleaned_title cleaned;
	struct weighted_text weighted;
	enum query_kind kind;
};

struct ranker {
	struct soc_index *index;
	struct title_cleaning cleaner;
	struct sentence_weighting weigher;
	struct expander expander;
	struct features features;
	struct arena arena;     /* of the queries of the current job ... */
	struct job_query query; /* ... which stay for rank_attribute() */
	enum query_kind kind;   /* of the current job ... */
	struct opinions opinions;
	struct opinion_weights pool;
	double weights[FEATURE_COUNT]; /* of the features in this job */
	struct calibrations calibrations;
	bool calibration_loaded;
	struct candidate *candidates;
	size_t candidate_capacity;
	float *scores;        /* by document */
	uint32_t *order;      /* documents, best first */
	float *detail_scores; /* by occupation: the pass that chooses among those that share a code */
};

bool ranker_new(struct soc_index *index, struct ranker **out, struct error *err)
{
	struct ranker *r = memory_new(sizeof *r, err);
	*out = NULL;
	if (!r)
		return false;
	r->index = index;
	r->expander.index = index;
	r->scores = memory_new(vector_room(index->count) * sizeof *r->scores, err);
	r->detail_scores = memory_new(vector_room(index->count) * sizeof *r->detail_scores, err);
	r->order = memory_new(index->count * sizeof *r->order, err);
	if (!r->scores || !r->detail_scores || !r->order || !features_new(index, &r->features, err)) {
		ranker_free(r);
		return false;
	}
	*out = r;
	return true;
}

void ranker_free(struct ranker *r)
{
	if (!r)
		return;
	title_cleaning_free(&r->cleaner);
	sentence_weighting_free(&r->weigher);
	expander_free(&r->expander);
	features_free(&r->features);
	arena_free(&r->arena);
	memory_free(r->candidates);
	memory_free(r->scores);
	memory_free(r->detail_scores);
	memory_free(r->order);
	memory_free(r);
}

/* ---- one pass over one kind of document ---- */

/* The features times their weights; rules come afterwards. */
static void sum_opinions(const struct features *s, const double *weights, float *scores)
{
	memset(scores, 0, s->documents->count * sizeof *scores);
	for (size_t i = 0; i < FEATURE_COUNT; i++)
		if (s->used[i] && weights[i] != 0.0 && !feature_is_rule((enum feature)i))
			vector_add(scores, s->parts[i], s->documents->count, (float)weights[i]);
}

/* What title and text weigh; r->scores is scratch memory. */
static bool weigh_opinions(struct ranker *r, const struct job_query *query, struct error *err)
{
	struct features *s = &r->features;
	double opinion[FEATURE_COUNT] = { 0.0 };
	r->opinions = (struct opinions){ 0 };
	r->pool = (struct opinion_weights){ .share = query->kind == TITLE_ONLY, .title = 1.0, .text = 1.0 };
	if (query->text.count > 0 && !features_mass(s, &query->text, &r->opinions.text_mass, err))
		return false;
	if (query->kind == TITLE_AND_TEXT) {
		memcpy(opinion, feature_weights, FEATURE_TEXT_WORDS * sizeof *opinion);
		sum_opinions(s, opinion, r->scores);
		r->opinions.title_entropy = opinion_entropy(r->scores, s->documents->count);
		if (!features_mass(s, &query->title, &r->opinions.title_mass, err))
			return false;
		r->pool = opinion_pool_weigh(&opinion_pool_default, &r->opinions);
	}
	for (size_t i = 0; i < FEATURE_COUNT; i++)
		r->weights[i] = feature_is_rule((enum feature)i)      ? 1.0
				: feature_is_of_text((enum feature)i) ? feature_weights[i] * r->pool.text
								      : feature_weights[i] * r->pool.title;
	return true;
}

/* Documents that have something of a feature lead, where they are not too far behind: the feature then has what that takes.  So
 * their share of the softmax, and the confidence, is hardly more than that of the one that would have led. */
static void apply_rule(struct ranker *r, enum feature feature, float reach)
{
	const struct features *s = &r->features;
	float *part = s->parts[feature], best = -INFINITY, other = -INFINITY;
	size_t count = s->documents->count;
	if (!s->listed)
		return;
	for (size_t u = 0; u < count; u++) {
		float *most = part[u] > 0.0f ? &best : &other;
		*most = r->scores[u] > *most ? r->scores[u] : *most;
	}
	float needed = fmaxf(other + LEAD_MARGIN - best, 0.0f);
	for (size_t u = 0; u < count; u++) {
		part[u] = fminf(needed, reach * (float)r->pool.title * part[u]);
		r->scores[u] += part[u];
	}
}

static bool score_documents(struct ranker *r, const struct job_query *query, const struct documents *documents,
			    struct error *err)
{
	struct features *s = &r->features;
	features_begin(s, documents);
	if (!features_add_text(s, &query->text, err) ||
	    (query->title.count > 0 && !features_add_title(s, &query->title, DEPTH_ALL, err)) ||
	    !weigh_opinions(r, query, err))
		return false;
	sum_opinions(s, r->weights, r->scores);
	apply_rule(r, FEATURE_TITLE_LISTED, LISTED_LEAD);
	apply_rule(r, FEATURE_TITLE_DIRECT_MATCH, DIRECT_MATCH_LEAD);
	return true;
}

/* After a pass over codes: the strongest features alone. */
static bool score_occupations(struct ranker *r, const struct job_query *query, struct error *err)
{
	struct features *s = &r->features;
	features_begin(s, &r->index->onet);
	if (query->text.count > 0)
		features_repeat_text(s);
	if (query->title.count > 0 && !features_add_title(s, &query->title, DEPTH_BRIEF, err))
		return false;
	sum_opinions(s, r->weights, r->detail_scores);
	return true;
}

static bool document_allowed(const struct documents *documents, size_t document, const unsigned char *allow)
{
	for (size_t o = documents->first[document]; allow && o < documents->first[document + 1]; o++)
		if (allow[o])
			return true;
	return allow == NULL;
}

/* ---- order ---- */

struct by_score {
	float score;
	uint32_t document;
};

static int compare_scores(const void *a, const void *b)
{
	const struct by_score *x = a, *y = b;
	if (x->score != y->score)
		return x->score > y->score ? -1 : 1;
	return x->document < y->document ? -1 : x->document > y->document;
}

/* Up to so many are inserted in order; more are sorted at the end, which would cost titles 20% more instructions. */
#define INSERTED_MAX 32

/* Insert `one` among the best; documents come in ascending order, so equal scores keep it. */
static size_t insert_best(struct by_score *best, size_t count, size_t wanted, struct by_score one)
{
	size_t i = count < wanted ? count : wanted;
	while (i > 0 && best[i - 1].score < one.score)
		i--;
	if (i == wanted)
		return count;
	size_t end = count < wanted ? count : wanted - 1;
	memmove(&best[i + 1], &best[i], (end - i) * sizeof *best);
	best[i] = one;
	return end + 1;
}

/* The `wanted` best documents that something of the job matched, into r->order; *found is how many matched in all. */
static bool order_documents(struct ranker *r, const struct documents *documents, const struct rank_options *options,
			    size_t wanted, size_t *found, struct error *err)
{
	struct by_score *best = arena_alloc(&r->arena, (documents->count + 1) * sizeof *best, err);
	size_t n = 0, all = 0;
	bool ordered = wanted <= INSERTED_MAX;
	if (!best)
		return false;
	for (size_t u = 0; u < documents->count; u++) {
		if (!(r->features.matched[u] || options->unmatched) || !document_allowed(documents, u, options->allow))
			continue;
		struct by_score one = { r->scores[u], (uint32_t)u };
		all++;
		if (ordered)
			n = insert_best(best, n, wanted, one);
		else
			best[n++] = one;
	}
	if (!ordered)
		qsort(best, n, sizeof *best, compare_scores);
	for (size_t i = 0; i < n; i++)
		r->order[i] = best[i].document;
	*found = all;
	return true;
}

/* ---- confidence ---- */

static const struct calibration calibrations[QUERY_KIND_COUNT] = {
#define WEIGHT(id, weight)
#define POOL(name, value)
#define CALIBRATION(kind, shift, slope, tilt, evidence) [kind] = { shift, slope, tilt, evidence },
#include "lib/rank/weights.def"
#undef WEIGHT
#undef POOL
#undef CALIBRATION
};

/* For titles an index may have a calibration of its own, for the first step. */
static bool load_calibration(struct ranker *r, struct error *err)
{
	struct slice bytes;
	if (r->calibration_loaded)
		return true;
	r->calibrations = (struct calibrations){ calibration_default, calibrations[TITLE_ONLY], calibrations[TEXT_ONLY],
						 calibrations[TITLE_AND_TEXT] };
	r->calibration_loaded = hash_table_find(&r->index->records, SLICE(CALIBRATION_KEY), &bytes, err);
	if (r->calibration_loaded)
		calibration_unpack(bytes, &r->calibrations.own);
	return r->calibration_loaded;
}

/* How scores become shares and confidences. */
struct scale {
	double total; /* log of the sum of exp(score) over all documents that are allowed */
	double best;  /* score of the first */
	struct calibration_input first;
	double sure; /* confidence in the first, and in each that is equal to it */
	double rest; /* what that leaves to the others, beside the share that it leaves */
};

static double log_total(const float *scores, const struct documents *documents, const unsigned char *allow)
{
	double best = -INFINITY, sum = 0.0;
	for (size_t u = 0; u < documents->count; u++)
		if ((double)scores[u] > best && document_allowed(documents, u, allow))
			best = (double)scores[u];
	float least = (float)best - 20.0f; /* what lies further behind does not count */
	for (size_t u = 0; u < documents->count; u++)
		if (scores[u] > least && document_allowed(documents, u, allow))
			sum += (double)expf(scores[u] - (float)best);
	return best + log(sum);
}

static struct scale make_scale(const struct ranker *r, const struct documents *documents, const unsigned char *allow)
{
	struct scale s = { .total = log_total(r->scores, documents, allow), .best = (double)r->scores[r->order[0]] };
	double equal = 0.0;
	for (size_t u = 0; u < documents->count; u++)
		equal += r->scores[u] == r->scores[r->order[0]] && document_allowed(documents, u, allow);
	s.first = (struct calibration_input){ .share = exp(s.best - s.total),
					      .prior = (double)documents->prior[r->order[0]],
					      .cosine = r->kind == TEXT_ONLY ? 0.0 : (double)r->features.cosine,
					      .text_mass = r->opinions.text_mass };
	s.sure = fmin(calibration_blend(&r->calibrations, s.first, r->pool.share), 1.0 / equal);
	s.rest = (1.0 - equal * s.sure) / fmax(1.0 - equal * s.first.share, 1e-9);
	return s;
}

/* The others divide among them what the first leaves, by their shares. */
static double confidence_in(const struct scale *s, double score)
{
	return score >= s->best ? s->sure : exp(score - s->total) * s->rest;
}

/* ---- candidates ---- */

/* Without a scale, no confidence is query for. */
static struct candidate make_candidate(const struct ranker *r, const struct documents *documents, uint32_t document,
				       const struct scale *scale)
{
	struct candidate c = { .occupation = documents->first[document],
			       .score = r->scores[document],
			       .matched = r->features.matched[document] };
	const struct entry *e = &r->index->entries[c.occupation];
	c.code = documents == &r->index->soc ? code_soc(&e->code) : e->code;
	c.title = e->title;
	c.confidence = scale ? confidence_in(scale, c.score) : 0.0;
	for (size_t i = 0; i < FEATURE_COUNT; i++) {
		c.values[i] = r->features.parts[i][document];
		c.parts[i] = r->weights[i] * c.values[i];
	}
	return c;
}

/* At the SOC level: which of the occupations that share the code is meant. */
static bool choose_occupations(struct ranker *r, const struct job_query *query, const struct rank_options *options,
			       struct candidate *at, size_t count, struct error *err)
{
	const struct documents *soc = &r->index->soc;
	bool needed = false;
	for (size_t i = 0; i < count; i++) {
		uint32_t document = soc->of[at[i].occupation];
		needed |= soc->first[document + 1] - soc->first[document] > 1;
	}
	if (!needed)
		return true;
	if (!score_occupations(r, query, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		uint32_t document = soc->of[at[i].occupation];
		size_t best = SIZE_MAX;
		for (size_t o = soc->first[document]; o < soc->first[document + 1]; o++)
			if ((!options->allow || options->allow[o]) &&
			    (best == SIZE_MAX || r->detail_scores[o] > r->detail_scores[best]))
				best = o;
		at[i].occupation = best;
		at[i].title = r->index->entries[best].title;
	}
	return true;
}

/* Candidates of the finest level become candidates of their groups: confidences add, and so does the
 * evidence, as the log of the sum of exp(score); title and parts are those of the best member. */
static size_t group_candidates(struct candidate *at, size_t count, enum code_level level)
{
	size_t kept = 0;
	for (size_t i = 0; i < count; i++) {
		struct candidate c = at[i];
		c.code = code_at_level(&c.code, level);
		size_t k = 0;
		while (k < kept && strcmp(at[k].code.text, c.code.text) != 0)
			k++;
		if (k == kept) {
			at[kept++] = c;
			continue;
		}
		at[k].score += log1p(exp(c.score - at[k].score));
		at[k].confidence += c.confidence;
		at[k].matched |= c.matched;
	}
	return kept;
}

static int compare_candidates(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;
	if (x->score != y->score)
		return x->score > y->score ? -1 : 1;
	return strcmp(x->code.text, y->code.text);
}

/* The finest level at which the first candidate is more likely right than wrong. */
static enum code_level choose_level(struct candidate *scratch, const struct candidate *at, size_t count)
{
	if (count == 0 || at[0].confidence >= 0.5)
		return LEVEL_SOC;
	for (int level = LEVEL_BROAD; level > LEVEL_MAJOR; level--) {
		memcpy(scratch, at, count * sizeof *at);
		size_t n = group_candidates(scratch, count, (enum code_level)level);
		for (size_t i = 0; i < n; i++)
			if (scratch[i].confidence >= 0.5)
				return (enum code_level)level;
	}
	return LEVEL_MAJOR;
}

/* Rank groups: every candidate is needed, then folded. */
static bool rank_groups(struct ranker *r, const struct rank_options *options, struct ranking *out, struct error *err)
{
	enum code_level level = options->level;
	if (options->automatic) {
		struct candidate *scratch = arena_alloc(&r->arena, (out->count + 1) * sizeof *scratch, err);
		if (!scratch)
			return false;
		level = choose_level(scratch, out->at, out->count);
	}
	out->level = level;
	if (level >= LEVEL_SOC)
		return true;
	out->count = group_candidates(out->at, out->count, level);
	out->found = out->count;
	qsort(out->at, out->count, sizeof *out->at, compare_candidates);
	return true;
}

/* ---- the whole ---- */

static bool read_queries(struct ranker *r, const struct job *job, unsigned expand, struct job_query *query,
			 struct error *err)
{
	*query = (struct job_query){ 0 };
	r->features.compared = NULL;
	r->cleaner.employer_after_comma = expand & EXPAND_EMPLOYER_AFTER_COMMA;
	arena_reset(&r->arena);
	if (expand & EXPAND_CLEANING && !clean_title(&r->cleaner, job->title, &r->arena, &query->cleaned, err))
		return false;
	if (job->title.length &&
	    !expand_query(&r->expander, job->title, &query->cleaned.span_weights, QUERY_HEAD | QUERY_GRAMS, expand,
			  &r->arena, &query->title, &query->expansions, err))
		return false;
	/* A text is read as it stands: it has many words that the index does not know and that are no mistakes. */
	if (expand & EXPAND_SENTENCE_WEIGHTS &&
	    !weight_sentences(&r->weigher, job->text, &r->arena, &query->weighted, err))
		return false;
	if (job->text.length && !query_read(r->index, job->text, &query->weighted.span_weights, QUERY_BIGRAMS,
					    &r->arena, &query->text, err))
		return false;
	struct language_counts counts = language_count(&query->text);
	query->foreign = (query->title.count > 0 || query->text.count > 0) &&
			 (query->title.count == 0 || query->expansions.foreign) &&
			 (query->text.count == 0 || language_is_foreign(&counts));
	query->kind = query->text.count == 0 ? TITLE_ONLY : query->title.count == 0 ? TEXT_ONLY : TITLE_AND_TEXT;
	r->kind = query->kind;
	return true;
}

static size_t clip(size_t count, size_t offset, size_t limit)
{
	size_t left = count > offset ? count - offset : 0;
	return left < limit ? left : limit;
}

bool rank_job(struct ranker *r, const struct job *job, const struct rank_options *options, struct ranking *out,
	      struct error *err)
{
	struct job_query *query = &r->query;
	bool finest = options->level == LEVEL_ONET && !options->automatic;
	const struct documents *documents = finest ? &r->index->onet : &r->index->soc;
	bool grouped = options->automatic || options->level < LEVEL_SOC;
	bool all = grouped || options->limit >= documents->count || options->offset >= documents->count;
	size_t found, wanted = all ? documents->count : options->offset + options->limit;
	*out = (struct ranking){ .level = options->level };
	if (!load_calibration(r, err) || !read_queries(r, job, options->expand, query, err) ||
	    !score_documents(r, query, documents, err) || !order_documents(r, documents, options, wanted, &found, err))
		return false;
	size_t offset = grouped ? 0 : options->offset;
	size_t count = grouped ? found : clip(found, offset, options->limit);
	if (!ARRAY_RESERVE(r->candidates, r->candidate_capacity, count + 1, err))
		return false;
	struct scale scale = { 0 };
	bool scaled = found > 0 && !options->codes_alone && !query->foreign;
	if (scaled)
		scale = make_scale(r, documents, options->allow);
	for (size_t i = 0; i < count; i++)
		r->candidates[i] = make_candidate(r, documents, r->order[offset + i], scaled ? &scale : NULL);
	*out = (struct ranking){ .level = options->level, .at = r->candidates, .count = count, .found = found };
	if (grouped) {
		if (!rank_groups(r, options, out, err))
			return false;
		out->count = clip(out->found, options->offset, options->limit);
		out->at += out->found > options->offset ? options->offset : out->found;
	}
	out->first = scale.first;
	out->kind = r->kind;
	out->opinions = r->opinions;
	out->pool = r->pool;
	out->foreign = query->foreign;
	out->expansions = query->expansions.at;
	out->expansion_count = query->expansions.count;
	out->parts = query->cleaned.parts;
	out->part_count = query->cleaned.part_count;
	out->weighted = query->weighted;
	return documents != &r->index->soc || options->codes_alone ||
	       choose_occupations(r, query, options, out->at, out->count, err);
}

bool rank_attribute(struct ranker *r, const struct candidate *c, enum code_level level, struct arena *arena,
		    struct attribution *out, struct error *err)
{
	const struct documents *documents = level == LEVEL_ONET ? &r->index->onet : &r->index->soc;
	return explain_score(&r->features, &r->query.title, &r->query.text, r->weights, documents, c->occupation,
			     c->parts, c->values, arena, out, err);
}
