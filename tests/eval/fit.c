// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * fit.c - learn what each feature weighs, and how scores become confidence (lib/rank/weights.def).
 *
 *   fit [--keep] INDEX:SET.csv:title|text|both[:TIMES[:SURE]] ...
 *
 * Weights are those of a conditional logit: the softmax of the scores over the codes shall give the right ones as
 * much probability as can be, in the sum of logs over all rows, with a ridge.  No weight is negative: a feature that
 * would have to speak against what it finds is left out.  Each kind of question - a title, a text, both - has its
 * own weights.  Every row counts TIMES, which is 1 where it is not given; for the confidence SURE, or TIMES.
 *
 * From there they are changed one at a time as long as more rows have a right code first or among the first five.  --keep
 * leaves the weights as the table has them.
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
#define SAMPLES_MAX 64

/* One row: the values of the features for its best codes. */
struct observation {
	float *values;        /* by code and feature */
	float *priors;        /* by code */
	unsigned char *right; /* by code */
	size_t count;
	size_t learned;  /* the first of them, from which the weights are learned */
	bool answerable; /* one of them is right */
};

struct sample {
	char set[64];
	char index[64];
	enum query_kind kind;
	struct calibration calibration; /* of the index, for titles */
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

static const char *const kind_names[QUERY_KIND_COUNT] = { "title", "text", "both" };

/* ---- reading ---- */

static bool keep_row(struct study *y, struct sample *s, const struct soc_index *index, const struct ranking *r,
		     const struct set_row *row, struct error *err)
{
	struct observation o = { 0 };
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
				o.values[o.count * FEATURE_COUNT + k] = (float)r->at[i].values[k];
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
		ok = read_calibration(index, &s->calibration, err);
	set_close(&set);
	ranker_free(ranker);
	soc_index_close(index);
	y->count++;
	return ok;
}

/* ---- the likelihood ---- */

/* Which samples and features take part. */
struct part {
	enum query_kind kind;
	const char *left_out; /* a set; NULL: none */
	bool features[FEATURE_COUNT];
};

static bool takes_part(const struct part *p, const struct sample *s)
{
	return s->kind == p->kind && !(p->left_out && strcmp(p->left_out, s->set) == 0);
}

/* Scores of the first `count` codes become exp(score - best); returns their sum. */
static double exponentials(const struct observation *o, size_t count, const double *weights, double *out)
{
	double best = -INFINITY, sum = 0.0;
	for (size_t c = 0; c < count; c++) {
		const float *v = o->values + c * FEATURE_COUNT;
		double score = 0.0;
		for (size_t k = 0; k < FEATURE_COUNT; k++)
			score += weights[k] * (double)v[k];
		out[c] = score;
		best = score > best ? score : best;
	}
	for (size_t c = 0; c < count; c++)
		sum += out[c] = exp(out[c] - best);
	return sum;
}

typedef double vector[FEATURE_COUNT];
typedef double matrix[FEATURE_COUNT][FEATURE_COUNT];

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
		if (p[c] / sum < 1e-5)
			continue;
		for (size_t k = 0; k < FEATURE_COUNT; k++)
			for (size_t l = 0; l <= k; l++)
				curvature[k][l] +=
					importance * p[c] / sum * ((double)v[k] - mean[k]) * ((double)v[l] - mean[l]);
	}
	for (size_t k = 0; k < FEATURE_COUNT; k++)
		gradient[k] += importance * (mean[k] - wanted[k]);
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

/* Learn; features whose weight comes out negative are left out, the worst first. */
static void learn(const struct study *y, struct part *p, double *weights)
{
	for (size_t k = 0; k < FEATURE_COUNT; k++) {
		bool of_title = strncmp(feature_specs[k].key, "title", 5) == 0;
		p->features[k] = p->kind == TITLE_AND_TEXT || of_title == (p->kind == TITLE_ONLY);
		weights[k] = p->features[k] ? feature_weights[k][p->kind] : 0.0;
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

/* ---- confidence ---- */

static struct calibration_case first_of(const struct sample *s, const struct observation *o, const double *weights)
{
	double p[KEPT + SET_GOLD_MAX], sum = exponentials(o, o->count, weights, p);
	size_t best = 0;
	for (size_t c = 1; c < o->count; c++)
		best = p[c] > p[best] ? c : best;
	struct calibration_case first = { .weight = s->sure };
	if (o->count) {
		first.prior = (double)o->priors[best];
		first.share = s->kind == TITLE_ONLY ? calibration_apply(&s->calibration, p[best] / sum, first.prior)
						    : p[best] / sum;
		first.right = o->right[best];
	}
	return first;
}

static bool calibrate(struct study *y, const struct part *p, const double *weights, struct calibration *calibration,
		      struct error *err)
{
	size_t n = 0, room = 1;
	for (size_t s = 0; s < y->count; s++)
		room += y->samples[s].count;
	struct calibration_case *cases = memory_new(room * sizeof *cases, err);
	if (!cases)
		return false;
	for (size_t s = 0; s < y->count; s++)
		for (size_t i = 0; takes_part(p, &y->samples[s]) && i < y->samples[s].count; i++)
			cases[n++] = first_of(&y->samples[s], &y->samples[s].at[i], weights);
	*calibration = calibration_fit(cases, n);
	memory_free(cases);
	return true;
}

/* ---- measuring ---- */

struct outcome {
	double at1, at5, at10;
	double error; /* expected calibration error */
};

static struct outcome measure(const struct sample *s, const double *weights, const struct calibration *calibration)
{
	struct outcome out = { 0 };
	double gap[BINS] = { 0 };
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
		double sure = calibration_apply(calibration, f.share, f.prior);
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
			double best = -1.0;
			size_t before = 0;
			exponentials(o, o->learned, weights, e);
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
			for (size_t f = 0; weights[k] > 0.0 && f < sizeof factors / sizeof *factors; f++) {
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

static bool report(struct study *y, enum query_kind kind, const double *weights, const struct calibration *calibration,
		   struct error *err)
{
	for (size_t s = 0; s < y->count; s++) {
		const struct sample *one = &y->samples[s];
		if (one->kind != kind)
			continue;
		struct part rest = { .kind = kind, .left_out = one->set };
		vector other;
		struct calibration other_calibration;
		learn(y, &rest, other);
		polish(y, &rest, other);
		if (!calibrate(y, &rest, other, &other_calibration, err))
			return false;
		struct outcome a = measure(one, weights, calibration), b = measure(one, other, &other_calibration);
		fprintf(stderr,
			"%-6s %-30s %-16s %5zu  %.3f / %.3f / %.3f  ece %.3f   from the others  %.3f / %.3f / %.3f  "
			"ece %.3f\n",
			kind_names[kind], one->set, one->index, one->count, a.at1, a.at5, a.at10, a.error, b.at1, b.at5,
			b.at10, b.error);
	}
	return true;
}

/* ---- the table ---- */

static const char heading[] = "/* SPDX-License-Identifier: GPL-3.0-or-later */\n"
			      "/*\n"
			      " * weights.def - what each feature weighs in the score: of a title alone, of a text "
			      "alone, where both are given; and\n"
			      " * how the softmax of the scores becomes a confidence.\n"
			      " *\n"
			      " * Made by `make fit` (tests/eval/fit.c) from the development sets.  Weights are those "
			      "of a conditional logit, so\n"
			      " * that scores are in nats; calibration.h has the formula of the confidence.  For "
			      "titles an index has numbers of\n"
			      " * its own, learned on titles that were kept out while it was built.\n"
			      " */\n";

static void print_table(const vector weights[QUERY_KIND_COUNT], const struct calibration calibrations[QUERY_KIND_COUNT])
{
	static const char *const ids[FEATURE_COUNT] = {
#define FEATURE_ID(id, key, what) #id,
		FEATURE_TABLE(FEATURE_ID)
#undef FEATURE_ID
	};
	static const char *const kinds[QUERY_KIND_COUNT] = { "TITLE_ONLY", "TEXT_ONLY", "TITLE_AND_TEXT" };
	printf("%s/*     feature                   title   text    both */\n", heading);
	for (size_t k = 0; k < FEATURE_COUNT; k++) {
		int width = 23 - (int)strlen(ids[k]);
		printf("WEIGHT(%s,%*s %.3f,  %.3f,  %.3f)\n", ids[k], width, "", weights[0][k], weights[1][k],
		       weights[2][k]);
	}
	printf("\n/*         query               shift   slope    tilt */\n");
	for (size_t kind = 0; kind < QUERY_KIND_COUNT; kind++)
		printf("CALIBRATION(%s,%*s % .3f,  %.3f,  % .3f)\n", kinds[kind], 14 - (int)strlen(kinds[kind]), "",
		       calibrations[kind].shift, calibrations[kind].slope, calibrations[kind].tilt);
}

/* Learn one kind's weights, or keep those of the table, and its calibration. */
static bool fit_kind(struct study *y, enum query_kind kind, bool keep, double *weights, struct calibration *calibration,
		     struct error *err)
{
	struct part all = { .kind = kind };
	for (size_t k = 0; k < FEATURE_COUNT; k++)
		weights[k] = feature_weights[k][kind];
	if (!keep) {
		learn(y, &all, weights);
		polish(y, &all, weights);
	}
	return calibrate(y, &all, weights, calibration, err) && report(y, kind, weights, calibration, err);
}

int main(int argc, char **argv)
{
	struct study y = { 0 };
	struct error err = { 0 };
	vector weights[QUERY_KIND_COUNT];
	struct calibration calibrations[QUERY_KIND_COUNT];
	bool keep = argc > 1 && strcmp(argv[1], "--keep") == 0;
	bool ok = argc > 1 + keep || error_set(&err, ERROR_USAGE, "fit INDEX:SET.csv:title ...", "no samples");
	for (int i = 1 + keep; ok && i < argc; i++)
		ok = read_sample(&y, argv[i], &err);
	for (size_t kind = 0; ok && kind < QUERY_KIND_COUNT; kind++)
		ok = fit_kind(&y, (enum query_kind)kind, keep, weights[kind], &calibrations[kind], &err);
	if (ok)
		print_table(weights, calibrations);
	else
		error_print(stderr, "fit", &err);
	for (size_t s = 0; s < y.count; s++)
		memory_free(y.samples[s].at);
	arena_free(&y.arena);
	return ok ? 0 : 2;
}
