// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * fit.c - learn what each feature weighs, and how scores become confidence (lib/rank/weights.def).
 *
 *   fit [--keep] INDEX:SET.csv:title|text|both[:TIMES[:SURE]] ...
 *
 * Weights are those of a conditional logit: the softmax of the scores over the codes shall give the right ones as
 * much probability as can be, in the sum of logs over all rows, with a ridge.  No weight is negative: a feature that
 * would have to speak against what it finds is left out.  A feature has one weight; where title and text are given, it
 * is multiplied with that of its part (lib/rank/opinion_pool.h), whose numbers are learned in turn with the weights, from the
 * same likelihood.  Every row counts TIMES, which is 1 where it is not given; for the confidence SURE, or TIMES.
 *
 * From there weights are changed one at a time as long as more rows have a right code first or among the first five.  --keep
 * leaves all of this as the table has it.
 *
 * What makes a title lead to the code that the SOC, O*NET or the Census index list it under is a rule, not learned, and left out
 * here: `make eval` measures with it.
 *
 * Confidence is a logistic regression on the log-odds of the first code's softmax.
 *
 * Writes weights.def to standard output, and to standard error how the sets do with these weights and how each does
 * with those learned from the other sets alone.
 */
#include <math.h>
#include <stdlib.h>

#include "lib/rank/calibration.h"
#include "lib/rank/rank.h"
#include "tests/eval/set.h"

/* Weights are learned from the right codes and so many of the best others, and measured with KEPT of them. */
#define LEARNED 128
#define KEPT 900
#define RIDGE 1.0
#define STEPS 30 /* of Newton's method, at most */
#define BINS 10
#define ROUNDS 2 /* of weights and pool in turn */
#define SAMPLES_MAX 64

/* One row: the values of the features for its best codes. */
struct observation {
	float *values;        /* by code and feature */
	float *priors;        /* by code */
	unsigned char *right; /* by code */
	size_t count;
	size_t learned;  /* the first of them, from which the weights are learned */
	bool answerable; /* one of them is right */
	double cosine;   /* of the most similar title */
	struct opinions opinions;
	struct opinion_weights pool;
};

struct sample {
	char set[64];
	char index[64];
	enum query_kind kind;
	struct calibration own; /* of the index, for titles */
	struct observation *at;
	size_t count;
	size_t capacity;
	double weight; /* of a row */
	double sure;   /* ... for the confidence */
};

struct study {
	struct sample samples[SAMPLES_MAX];
	size_t count;
	struct arena arena;
};

typedef double vector[FEATURE_COUNT];
typedef double matrix[FEATURE_COUNT][FEATURE_COUNT];

/* What is learned. */
struct learned {
	vector weights;
	struct opinion_pool pool;
	struct calibration calibrations[QUERY_KIND_COUNT];
};

static const char *const kind_names[QUERY_KIND_COUNT] = { "title", "text", "both" };

/* ---- reading ---- */

static bool keep_row(struct study *y, struct sample *s, const struct soc_index *index, const struct ranking *r,
		     const struct set_row *row, struct error *err)
{
	struct observation o = { .cosine = r->first.cosine, .opinions = r->opinions, .pool = r->pool };
	if (!ARRAY_RESERVE(s->at, s->capacity, s->count + 1, err))
		return false;
	o.values = arena_alloc(&y->arena, (KEPT + SET_GOLD_MAX) * FEATURE_COUNT * sizeof *o.values, err);
	o.priors = arena_alloc(&y->arena, (KEPT + SET_GOLD_MAX) * sizeof *o.priors, err);
	o.right = arena_alloc(&y->arena, KEPT + SET_GOLD_MAX, err);
	if (!o.values || !o.priors || !o.right)
		return false;
	for (int rest = 0; rest < 2; rest++) {
		for (size_t i = 0; i < r->count; i++) {
			bool right = set_is_gold(row, &r->at[i].code), learned = right || i < LEARNED;
			if (learned == rest || (!right && i >= KEPT))
				continue;
			for (size_t k = 0; k < FEATURE_COUNT; k++)
				o.values[o.count * FEATURE_COUNT + k] =
					feature_is_rule((enum feature)k) ? 0.0f : (float)r->at[i].values[k];
			o.priors[o.count] = index->soc.prior[index->soc.of[r->at[i].occupation]];
			o.right[o.count++] = right;
			o.answerable |= right;
		}
		o.learned = rest ? o.learned : o.count;
	}
	s->at[s->count++] = o;
	return true;
}

static bool read_rows(struct study *y, struct sample *s, struct set *set, struct ranker *ranker,
		      const struct soc_index *index, struct error *err)
{
	const struct rank_options options = {
		.level = LEVEL_SOC, .limit = index->count, .unmatched = true, .expand = EXPAND_ALL
	};
	struct set_row row;
	bool more;
	while (set_next(set, &row, &more, err)) {
		if (!more)
			return true;
		struct job job = { s->kind == TEXT_ONLY ? SLICE("") : row.title,
				   s->kind == TITLE_ONLY ? SLICE("") : row.text };
		struct ranking r;
		if ((s->kind != TEXT_ONLY && !job.title.length) || (s->kind != TITLE_ONLY && !job.text.length))
			continue;
		if (!rank_job(ranker, &job, &options, &r, err) || !keep_row(y, s, index, &r, &row, err))
			return false;
	}
	return false;
}

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash ? slash + 1 : path;
}

static bool read_calibration(struct soc_index *index, struct calibration *calibration, struct error *err)
{
	struct slice bytes;
	bool ok = hash_table_find(&index->records, SLICE(CALIBRATION_KEY), &bytes, err);
	if (ok && !calibration_unpack(bytes, calibration))
		*calibration = calibration_default;
	return ok;
}

/* INDEX:SET:KIND[:TIMES[:SURE]] */
static bool read_sample(struct study *y, char *spec, struct error *err)
{
	struct sample *s = &y->samples[y->count];
	struct soc_index *index = NULL;
	struct ranker *ranker = NULL;
	struct set set = { 0 };
	char *path = strchr(spec, ':'), *kind = path ? strchr(path + 1, ':') : NULL,
	     *times = kind ? strchr(kind + 1, ':') : NULL;
	if (!kind || y->count == SAMPLES_MAX)
		return error_set(err, ERROR_USAGE, "INDEX:SET.csv:title", "%s is no sample, or one of too many", spec);
	*path++ = *kind++ = '\0';
	if (times)
		*times++ = '\0';
	s->weight = times ? strtod(times, &times) : 1.0;
	s->sure = times && *times == ':' ? strtod(times + 1, NULL) : s->weight;
	snprintf(s->index, sizeof s->index, "%s", base_name(spec));
	snprintf(s->set, sizeof s->set, "%s", base_name(path));
	while (s->kind < QUERY_KIND_COUNT && strcmp(kind, kind_names[s->kind]) != 0)
		s->kind++;
	if (s->kind == QUERY_KIND_COUNT)
		return error_set(err, ERROR_USAGE, "title, text or both", "%s is no kind of question", kind);
	bool ok = soc_index_open(spec, &index, err) && ranker_new(index, &ranker, err) && set_open(path, &set, err) &&
		  read_rows(y, s, &set, ranker, index, err);
	if (ok)
		ok = read_calibration(index, &s->own, err);
	set_close(&set);
	ranker_free(ranker);
	soc_index_close(index);
	y->count++;
	return ok;
}

/* ---- the likelihood ---- */

/* Which samples and features take part. */
struct part {
	const char *left_out; /* a set; NULL: none */
	bool features[FEATURE_COUNT];
};

static bool takes_part(const struct part *p, const struct sample *s)
{
	return !(p->left_out && strcmp(p->left_out, s->set) == 0);
}

/* What title or text of a row weigh. */
static double part_weight(const struct observation *o, size_t feature)
{
	return feature_is_of_text((enum feature)feature) ? o->pool.text : o->pool.title;
}

static void scores(const struct observation *o, size_t count, const double *weights, double *out)
{
	float scaled[FEATURE_COUNT];
	for (size_t k = 0; k < FEATURE_COUNT; k++)
		scaled[k] = (float)(weights[k] * part_weight(o, k));
	for (size_t c = 0; c < count; c++) {
		const float *v = o->values + c * FEATURE_COUNT;
		float score = 0.0f;
		for (size_t k = 0; k < FEATURE_COUNT; k++)
			score += scaled[k] * v[k];
		out[c] = (double)score;
	}
}

/* Scores of the first `count` codes become exp(score - best); returns their sum. */
static double exponentials(const struct observation *o, size_t count, const double *weights, double *out)
{
	double best = -INFINITY, sum = 0.0;
	scores(o, count, weights, out);
	for (size_t c = 0; c < count; c++)
		best = out[c] > best ? out[c] : best;
	for (size_t c = 0; c < count; c++)
		sum += out[c] = exp(out[c] - best);
	return sum;
}

/* Subtract one row's gradient, add its curvature: the mean and covariance of the values under the softmax. */
static void add_row(const struct observation *o, const double *weights, double importance, double *gradient,
		    matrix curvature)
{
	double p[KEPT + SET_GOLD_MAX], right = 0.0, sum = exponentials(o, o->learned, weights, p);
	vector mean = { 0 }, wanted = { 0 };
	for (size_t c = 0; c < o->learned; c++)
		right += o->right[c] ? p[c] : 0.0;
	if (right <= 0.0)
		return;
	for (size_t c = 0; c < o->learned; c++) {
		const float *v = o->values + c * FEATURE_COUNT;
		for (size_t k = 0; k < FEATURE_COUNT; k++) {
			mean[k] += p[c] / sum * (double)v[k];
			wanted[k] += o->right[c] ? p[c] / right * (double)v[k] : 0.0;
		}
	}
	for (size_t c = 0; c < o->learned; c++) {
		const float *v = o->values + c * FEATURE_COUNT;
		vector apart;
		if (p[c] / sum < 1e-5)
			continue;
		for (size_t k = 0; k < FEATURE_COUNT; k++)
			apart[k] = part_weight(o, k) * ((double)v[k] - mean[k]);
		for (size_t k = 0; k < FEATURE_COUNT; k++)
			for (size_t l = 0; l <= k; l++)
				curvature[k][l] += importance * p[c] / sum * apart[k] * apart[l];
	}
	for (size_t k = 0; k < FEATURE_COUNT; k++)
		gradient[k] += importance * part_weight(o, k) * (mean[k] - wanted[k]);
}

/* Solve curvature x step = -gradient by Gauss, over the features that take part. */
static void solve(matrix a, const double *gradient, const bool *features, double *step)
{
	vector b;
	for (size_t k = 0; k < FEATURE_COUNT; k++) {
		b[k] = features[k] ? -gradient[k] : 0.0;
		for (size_t l = 0; l < FEATURE_COUNT; l++)
			a[k][l] = features[k] && features[l] ? (l <= k ? a[k][l] : a[l][k]) : k == l;
	}
	for (size_t k = 0; k < FEATURE_COUNT; k++)
		for (size_t i = k + 1; i < FEATURE_COUNT; i++) {
			double factor = a[i][k] / a[k][k];
			for (size_t l = k; l < FEATURE_COUNT; l++)
				a[i][l] -= factor * a[k][l];
			b[i] -= factor * b[k];
		}
	for (size_t k = FEATURE_COUNT; k-- > 0;) {
		for (size_t l = k + 1; l < FEATURE_COUNT; l++)
			b[k] -= a[k][l] * step[l];
		step[k] = b[k] / a[k][k];
	}
}

/* What is to be as small as can be: the rows' -log P(right), and the ridge. */
static double loss(const struct study *y, const struct part *p, const double *weights)
{
	double sum = 0.0, e[KEPT + SET_GOLD_MAX];
	for (size_t s = 0; s < y->count; s++)
		for (size_t i = 0; takes_part(p, &y->samples[s]) && i < y->samples[s].count; i++) {
			const struct observation *o = &y->samples[s].at[i];
			double right = 0.0, all = o->answerable ? exponentials(o, o->learned, weights, e) : 0.0;
			for (size_t c = 0; o->answerable && c < o->learned; c++)
				right += o->right[c] ? e[c] : 0.0;
			sum -= o->answerable ? y->samples[s].weight * log(fmax(right / all, 1e-300)) : 0.0;
		}
	for (size_t k = 0; k < FEATURE_COUNT; k++)
		sum += RIDGE / 2.0 * weights[k] * weights[k];
	return sum;
}

/* One step of Newton's method, halved until it leads downwards; returns its length. */
static double improve(const struct study *y, const struct part *p, double *weights)
{
	vector gradient = { 0 }, step = { 0 }, next;
	static matrix curvature;
	double length = 0.0, before = loss(y, p, weights);
	memset(curvature, 0, sizeof curvature);
	for (size_t s = 0; s < y->count; s++)
		for (size_t i = 0; takes_part(p, &y->samples[s]) && i < y->samples[s].count; i++)
			if (y->samples[s].at[i].answerable)
				add_row(&y->samples[s].at[i], weights, y->samples[s].weight, gradient, curvature);
	for (size_t k = 0; k < FEATURE_COUNT; k++) {
		gradient[k] += RIDGE * weights[k];
		curvature[k][k] += RIDGE;
	}
	solve(curvature, gradient, p->features, step);
	for (double part = 1.0; part > 1e-3; part /= 2.0) {
		for (size_t k = 0; k < FEATURE_COUNT; k++)
			next[k] = weights[k] + part * step[k];
		if (loss(y, p, next) > before)
			continue;
		for (size_t k = 0; k < FEATURE_COUNT; k++)
			length += fabs(next[k] - weights[k]);
		memcpy(weights, next, sizeof next);
		return length;
	}
	return 0.0;
}

/* Learn the weights; features whose weight comes out negative are left out, the worst first. */
static void learn_weights(const struct study *y, struct part *p, double *weights)
{
	for (size_t k = 0; k < FEATURE_COUNT; k++) {
		p->features[k] = !feature_is_rule((enum feature)k);
		weights[k] = feature_weights[k];
	}
	for (;;) {
		size_t worst = 0;
		for (int i = 0; i < STEPS && improve(y, p, weights) > 1e-4; i++)
			continue;
		for (size_t k = 1; k < FEATURE_COUNT; k++)
			worst = weights[k] < weights[worst] ? k : worst;
		if (weights[worst] >= 0.0)
			return;
		p->features[worst] = false;
		weights[worst] = 0.0;
	}
}

/* ---- the pool of title and text ---- */

/* What is learned besides of how sharp the softmax of a row is, so that it does not bend the weights of title and text; the
 * confidence has numbers of its own for it. */
enum {
	POOL_NUMBERS = sizeof(struct opinion_pool) / sizeof(double),
	SHARPNESS_NUMBERS = 3,
	NUMBERS = POOL_NUMBERS + SHARPNESS_NUMBERS
};

/* The scores of a row by title and by text alone. */
struct split_row {
	const struct observation *o;
	double weight;
	double text_entropy;
	float *title, *text; /* by code, all of them */
};

struct split_study {
	struct split_row *rows;
	size_t count;
	struct arena arena;
};

static void sum_part(const struct observation *o, const double *weights, bool of_text, float *out)
{
	for (size_t c = 0; c < o->count; c++) {
		out[c] = 0.0f;
		for (size_t k = 0; k < FEATURE_COUNT; k++)
			if (feature_is_of_text((enum feature)k) == of_text)
				out[c] += (float)weights[k] * o->values[c * FEATURE_COUNT + k];
	}
}

static bool split_row(struct split_study *t, struct observation *o, double weight, const double *weights,
		      struct error *err)
{
	struct split_row *r = &t->rows[t->count];
	*r = (struct split_row){ o, weight, 0.0, arena_alloc(&t->arena, o->count * sizeof *r->title, err),
				 arena_alloc(&t->arena, o->count * sizeof *r->text, err) };
	if (!r->title || !r->text)
		return false;
	sum_part(o, weights, false, r->title);
	sum_part(o, weights, true, r->text);
	o->opinions.title_entropy = opinion_entropy(r->title, o->count);
	r->text_entropy = opinion_entropy(r->text, o->count);
	t->count++;
	return true;
}

static double row_loss(const struct split_row *r, const struct opinion_pool *pool, const double *sharpness)
{
	struct opinion_weights w = opinion_pool_weigh(pool, &r->o->opinions);
	double sharp = exp(sharpness[0] + sharpness[1] * r->o->opinions.title_entropy + sharpness[2] * r->text_entropy);
	float title = (float)(sharp * w.title), text = (float)(sharp * w.text), best = -INFINITY, all = 0.0f,
	      right = 0.0f;
	float e[KEPT + SET_GOLD_MAX];
	for (size_t c = 0; c < r->o->learned; c++) {
		e[c] = title * r->title[c] + text * r->text[c];
		best = e[c] > best ? e[c] : best;
	}
	for (size_t c = 0; c < r->o->learned; c++) {
		e[c] = expf(e[c] - best);
		all += e[c];
		right += r->o->right[c] ? e[c] : 0.0f;
	}
	return -r->weight * log(fmax((double)(right / all), 1e-30));
}

/* With a ridge towards what the table has. */
static double pool_loss(const struct split_study *t, const double *x)
{
	const double *usual = (const double *)&opinion_pool_default;
	double sum = 0.0;
	struct opinion_pool pool;
	memcpy(&pool, x, sizeof pool);
	for (size_t k = 0; k < POOL_NUMBERS; k++)
		sum += RIDGE / 2.0 * (x[k] - usual[k]) * (x[k] - usual[k]);
	for (size_t i = 0; i < t->count; i++)
		sum += row_loss(&t->rows[i], &pool, x + POOL_NUMBERS);
	return sum;
}

/* One number after the other, by steps that grow where they lead downwards and shrink where they do not. */
static void descend(const struct split_study *t, double *x)
{
	double steps[NUMBERS], best = pool_loss(t, x);
	for (size_t k = 0; k < NUMBERS; k++)
		steps[k] = 0.1;
	for (int round = 0; round < 60; round++) {
		double before = best;
		for (size_t k = 0; k < NUMBERS; k++) {
			double from = x[k];
			x[k] = from + steps[k];
			double loss = pool_loss(t, x);
			if (loss >= best) {
				x[k] = from - steps[k];
				loss = pool_loss(t, x);
			}
			bool better = loss < best;
			steps[k] *= better ? 1.3 : 0.4;
			x[k] = better ? x[k] : from;
			best = better ? loss : best;
		}
		if (before - best < 1e-3 * (double)(round > 10))
			break;
	}
}

/* Give every row of title and text the weights of a pool. */
static void apply_pool(struct study *y, const struct opinion_pool *pool)
{
	for (size_t s = 0; s < y->count; s++)
		for (size_t i = 0; y->samples[s].kind == TITLE_AND_TEXT && i < y->samples[s].count; i++) {
			struct observation *o = &y->samples[s].at[i];
			o->pool = opinion_pool_weigh(pool, &o->opinions);
		}
}

/* Learn the pool, unless `keep`; in any case the rows are as the weights have them. */
static bool learn_pool(struct study *y, const struct part *p, const double *weights, bool keep,
		       struct opinion_pool *pool, struct error *err)
{
	struct split_study t = { 0 };
	double x[NUMBERS] = { 0.0 };
	size_t room = 1;
	for (size_t s = 0; s < y->count; s++)
		room += y->samples[s].count;
	t.rows = memory_new(room * sizeof *t.rows, err);
	bool ok = t.rows != NULL;
	for (size_t s = 0; s < y->count; s++)
		for (size_t i = 0; ok && y->samples[s].kind == TITLE_AND_TEXT && i < y->samples[s].count; i++) {
			ok = split_row(&t, &y->samples[s].at[i], y->samples[s].weight, weights, err);
			t.count -= ok && !(takes_part(p, &y->samples[s]) && y->samples[s].at[i].answerable);
		}
	memcpy(x, pool, sizeof *pool);
	if (ok && !keep && t.count > 0)
		descend(&t, x);
	memcpy(pool, x, sizeof *pool);
	apply_pool(y, pool);
	memory_free(t.rows);
	arena_free(&t.arena);
	return ok;
}

/* ---- confidence ---- */

/* Of a title by the calibration of the index, where it is alone. */
static struct calibration_case first_of(const struct sample *s, const struct observation *o, const double *weights)
{
	double p[KEPT + SET_GOLD_MAX], sum = exponentials(o, o->count, weights, p);
	size_t best = 0;
	for (size_t c = 1; c < o->count; c++)
		best = p[c] > p[best] ? c : best;
	struct calibration_case first = { .weight = s->sure };
	if (o->count) {
		first.input = (struct calibration_input){ p[best] / sum, (double)o->priors[best], o->cosine,
							  o->opinions.text_mass };
		first.right = o->right[best];
	}
	return first;
}

/* The three calibrations are learned together, from all rows, for the confidence in title and text is a blend of them, by
 * log-odds (calibration_blend()). */
enum { BLEND_TERMS = QUERY_KIND_COUNT * CALIBRATION_TERMS };

static void blend_terms(const struct sample *s, const struct observation *o, struct calibration_input first,
			double x[BLEND_TERMS])
{
	double share = o->pool.share, mixed = calibration_mixed(share);
	const double parts[QUERY_KIND_COUNT] = { [TITLE_ONLY] = (1.0 - mixed) * share,
						 [TEXT_ONLY] = (1.0 - mixed) * (1.0 - share),
						 [TITLE_AND_TEXT] = mixed };
	const double shares[QUERY_KIND_COUNT] = { [TITLE_ONLY] = calibration_apply(&s->own, first.share, first.prior,
										   first.cosine),
						  [TEXT_ONLY] = first.share,
						  [TITLE_AND_TEXT] = first.share };
	for (size_t kind = 0; kind < QUERY_KIND_COUNT; kind++) {
		double *terms = x + kind * CALIBRATION_TERMS;
		calibration_terms(shares[kind], first.prior,
				  kind == TEXT_ONLY ? calibration_text_evidence(first.text_mass) : first.cosine, terms);
		for (size_t k = 0; k < CALIBRATION_TERMS; k++)
			terms[k] *= parts[kind];
	}
}

/* Gauss. */
static void solve_blend(double a[BLEND_TERMS][BLEND_TERMS], double *b)
{
	for (size_t k = 0; k < BLEND_TERMS; k++)
		for (size_t i = k + 1; i < BLEND_TERMS; i++) {
			double factor = a[i][k] / a[k][k];
			for (size_t l = k; l < BLEND_TERMS; l++)
				a[i][l] -= factor * a[k][l];
			b[i] -= factor * b[k];
		}
	for (size_t k = BLEND_TERMS; k-- > 0;) {
		for (size_t l = k + 1; l < BLEND_TERMS; l++)
			b[k] -= a[k][l] * b[l];
		b[k] /= a[k][k];
	}
}

struct blend_case {
	double x[BLEND_TERMS];
	double weight;
	double right;
};

static void add_blend(const struct blend_case *c, const double *t, double *gradient,
		      double curvature[BLEND_TERMS][BLEND_TERMS])
{
	double z = 0.0;
	for (size_t k = 0; k < BLEND_TERMS; k++)
		z += t[k] * c->x[k];
	double q = 1.0 / (1.0 + exp(-z));
	for (size_t k = 0; k < BLEND_TERMS; k++) {
		gradient[k] += c->weight * (q - c->right) * c->x[k];
		for (size_t l = 0; l < BLEND_TERMS; l++)
			curvature[k][l] += c->weight * q * (1.0 - q) * c->x[k] * c->x[l];
	}
}

#define BLEND_STEPS 40
#define BLEND_STRIDE 0.3 /* at most, for Newton's method can leap too far */

/* With a ridge towards taking the share for the confidence. */
static void learn_blend(const struct blend_case *cases, size_t n, struct calibration calibrations[QUERY_KIND_COUNT])
{
	double t[BLEND_TERMS], usual[BLEND_TERMS];
	for (size_t k = 0; k < BLEND_TERMS; k++)
		t[k] = usual[k] = k % CALIBRATION_TERMS == 1;
	for (int step = 0; step < BLEND_STEPS; step++) {
		double gradient[BLEND_TERMS], curvature[BLEND_TERMS][BLEND_TERMS] = { { 0.0 } }, longest = BLEND_STRIDE;
		for (size_t k = 0; k < BLEND_TERMS; k++) {
			gradient[k] = RIDGE * (t[k] - usual[k]);
			curvature[k][k] = RIDGE;
		}
		for (size_t i = 0; i < n; i++)
			add_blend(&cases[i], t, gradient, curvature);
		solve_blend(curvature, gradient);
		for (size_t k = 0; k < BLEND_TERMS; k++)
			longest = fmax(longest, fabs(gradient[k]));
		for (size_t k = 0; k < BLEND_TERMS; k++)
			t[k] -= gradient[k] * BLEND_STRIDE / longest;
	}
	memcpy(calibrations, t, sizeof t);
}

static bool calibrate(const struct study *y, const struct part *p, const double *weights,
		      struct calibration calibrations[QUERY_KIND_COUNT], struct error *err)
{
	size_t n = 0, room = 1;
	for (size_t s = 0; s < y->count; s++)
		room += y->samples[s].count;
	struct blend_case *cases = memory_new(room * sizeof *cases, err);
	if (!cases)
		return false;
	for (size_t s = 0; s < y->count; s++)
		for (size_t i = 0; takes_part(p, &y->samples[s]) && i < y->samples[s].count; i++) {
			const struct observation *o = &y->samples[s].at[i];
			struct calibration_case first = first_of(&y->samples[s], o, weights);
			blend_terms(&y->samples[s], o, first.input, cases[n].x);
			cases[n].weight = first.weight;
			cases[n++].right = first.right;
		}
	learn_blend(cases, n, calibrations);
	memory_free(cases);
	return true;
}

/* ---- measuring ---- */

struct outcome {
	double at1, at5, at10;
	double error; /* expected calibration error */
};

static struct outcome measure(const struct sample *s, const struct learned *l)
{
	struct outcome out = { 0 };
	double gap[BINS] = { 0 };
	const double *weights = l->weights;
	const struct calibrations calibrations = { s->own, l->calibrations[TITLE_ONLY], l->calibrations[TEXT_ONLY],
						   l->calibrations[TITLE_AND_TEXT] };
	for (size_t i = 0; i < s->count; i++) {
		const struct observation *o = &s->at[i];
		double p[KEPT + SET_GOLD_MAX], best = -1.0;
		size_t before = 0;
		exponentials(o, o->count, weights, p);
		for (size_t c = 0; c < o->count; c++)
			best = o->right[c] && p[c] > best ? p[c] : best;
		for (size_t c = 0; c < o->count; c++)
			before += p[c] > best;
		out.at1 += o->answerable && before < 1;
		out.at5 += o->answerable && before < 5;
		out.at10 += o->answerable && before < 10;
		struct calibration_case f = first_of(s, o, weights);
		double sure = calibration_blend(&calibrations, f.input, o->pool.share);
		gap[(int)fmin(BINS - 1, sure * BINS)] += sure - f.right;
	}
	double n = s->count ? (double)s->count : 1.0;
	for (int b = 0; b < BINS; b++)
		out.error += fabs(gap[b]) / n;
	out.at1 /= n;
	out.at5 /= n;
	out.at10 /= n;
	return out;
}

/* ---- by ranks ---- */

/* Rows with a right code first, and among the first five, by what each counts; places among the codes learned from. */
static double count_right(const struct study *y, const struct part *p, const double *weights)
{
	double right = 0.0, e[KEPT + SET_GOLD_MAX];
	for (size_t s = 0; s < y->count; s++)
		for (size_t i = 0; takes_part(p, &y->samples[s]) && i < y->samples[s].count; i++) {
			const struct observation *o = &y->samples[s].at[i];
			double best = -INFINITY;
			size_t before = 0;
			scores(o, o->learned, weights, e);
			for (size_t c = 0; c < o->learned; c++)
				best = o->right[c] && e[c] > best ? e[c] : best;
			for (size_t c = 0; c < o->learned; c++)
				before += e[c] > best;
			right += o->answerable ? y->samples[s].weight * ((before < 1) + (before < 5)) : 0.0;
		}
	return right;
}

/* The likelihood is ruled by the many rows that no weights put right: from there, weights are changed one at a time as long as
 * that puts more right. */
static void polish(const struct study *y, const struct part *p, double *weights)
{
	static const double factors[] = { 0.5, 0.7, 0.85, 1.2, 1.4, 2.0 };
	double best = count_right(y, p, weights);
	for (bool better = true; better;) {
		better = false;
		for (size_t k = 0; k < FEATURE_COUNT; k++)
			for (size_t f = 0; weights[k] > 0.0 && !feature_is_rule((enum feature)k) &&
					   f < sizeof factors / sizeof *factors;
			     f++) {
				double before = weights[k];
				weights[k] *= factors[f];
				double now = count_right(y, p, weights);
				better |= now > best;
				if (now > best)
					best = now;
				else
					weights[k] = before;
			}
	}
}

/* ---- all of it ---- */

/* Learn all, or keep the weights and the pool of the table. */
static bool learn(struct study *y, struct part *p, bool keep, struct learned *l, struct error *err)
{
	memcpy(l->weights, feature_weights, sizeof l->weights);
	l->pool = opinion_pool_default;
	bool ok = learn_pool(y, p, l->weights, true, &l->pool, err);
	for (int round = 0; ok && !keep && round < ROUNDS; round++) {
		learn_weights(y, p, l->weights);
		ok = learn_pool(y, p, l->weights, false, &l->pool, err);
	}
	if (ok && !keep) {
		polish(y, p, l->weights);
		ok = learn_pool(y, p, l->weights, true, &l->pool, err);
	}
	return ok && calibrate(y, p, l->weights, l->calibrations, err);
}

static void print_outcomes(const struct study *y, const char *set, const struct learned *l, const char *how)
{
	for (size_t s = 0; s < y->count; s++) {
		const struct sample *one = &y->samples[s];
		if (set && strcmp(one->set, set) != 0)
			continue;
		struct outcome a = measure(one, l);
		double share = 0.0;
		for (size_t i = 0; i < one->count; i++)
			share += one->at[i].pool.share / (double)one->count;
		fprintf(stderr, "%-9s %-6s %-30s %-16s %5zu  %.3f / %.3f / %.3f  ece %.3f  share of the title %.2f\n",
			how, kind_names[one->kind], one->set, one->index, one->count, a.at1, a.at5, a.at10, a.error,
			share);
	}
}

/* How the sets do with what is learned, and how each does with what is learned from the others alone. */
static bool report(struct study *y, const struct learned *l, bool others, struct error *err)
{
	print_outcomes(y, NULL, l, "all");
	for (size_t s = 0; others && s < y->count; s++) {
		struct part rest = { .left_out = y->samples[s].set };
		struct learned other;
		bool again = false;
		for (size_t before = 0; before < s; before++)
			again |= strcmp(y->samples[before].set, rest.left_out) == 0;
		if (again)
			continue;
		if (!learn(y, &rest, false, &other, err))
			return false;
		print_outcomes(y, rest.left_out, &other, "left out");
	}
	return true;
}

/* ---- the table ---- */

static const char heading[] =
	"/* SPDX-License-Identifier: GPL-3.0-or-later */\n"
	"/*\n"
	" * weights.def - what each feature weighs in the score; how the weight is divided between title and text where both are\n"
	" * given (opinion_pool.h); and how the softmax of the scores becomes a confidence.\n"
	" *\n"
	" * Made by `make fit` (tests/eval/fit.c) from the development sets.  Weights are those of a conditional logit, so\n"
	" * that scores are in nats; calibration.h has the formula of the confidence.  For titles an index has numbers of\n"
	" * its own, learned on titles that were kept out while it was built.\n"
	" */\n";

static void print_table(const struct learned *l)
{
	static const char *const ids[FEATURE_COUNT] = {
#define FEATURE_ID(id, key, what) #id,
		FEATURE_TABLE(FEATURE_ID)
#undef FEATURE_ID
	};
	static const char *const numbers[POOL_NUMBERS] = { "shift",  "entropy", "mass", "slope",
							   "middle", "overlap", "ratio" };
	static const char *const kinds[QUERY_KIND_COUNT] = { "TITLE_ONLY", "TEXT_ONLY", "TITLE_AND_TEXT" };
	double pool[POOL_NUMBERS];
	memcpy(pool, &l->pool, sizeof pool);
	printf("%s/*     feature                  weight */\n", heading);
	for (size_t k = 0; k < FEATURE_COUNT; k++)
		printf("WEIGHT(%s,%*s%.3f)\n", ids[k], 25 - (int)strlen(ids[k]), "", l->weights[k]);
	printf("\n");
	for (size_t k = 0; k < POOL_NUMBERS; k++)
		printf("POOL(%s,%*s% .3f)\n", numbers[k], 8 - (int)strlen(numbers[k]), "", pool[k]);
	printf("\n/*         query               shift   slope    tilt  evidence */\n");
	for (size_t k = 0; k < QUERY_KIND_COUNT; k++) {
		const struct calibration *c = &l->calibrations[k];
		printf("CALIBRATION(%s,%*s % .3f,  %.3f,  % .3f,  % .3f)\n", kinds[k], 14 - (int)strlen(kinds[k]), "",
		       c->shift, c->slope, c->tilt, c->evidence);
	}
}

int main(int argc, char **argv)
{
	struct study y = { 0 };
	struct error err = { 0 };
	struct learned learned;
	struct part all = { 0 };
	bool keep = argc > 1 && strcmp(argv[1], "--keep") == 0,
	     others = argc > 1 && strcmp(argv[1], "--leave-out") == 0;
	int first = 1 + (keep || others);
	bool ok = argc > first || error_set(&err, ERROR_USAGE, "fit INDEX:SET.csv:title ...", "no samples");
	for (int i = first; ok && i < argc; i++)
		ok = read_sample(&y, argv[i], &err);
	ok = ok && learn(&y, &all, keep, &learned, &err) && report(&y, &learned, others, &err);
	if (ok)
		print_table(&learned);
	else
		error_print(stderr, "fit", &err);
	for (size_t s = 0; s < y.count; s++)
		memory_free(y.samples[s].at);
	arena_free(&y.arena);
	return ok ? 0 : 2;
}
