// SPDX-License-Identifier: GPL-3.0-or-later
/* opinion_pool.c - weighs title and text against each other by the entropy and the mass of words of each. */
#include <math.h>

#include "lib/rank/opinion_pool.h"

const struct opinion_pool opinion_pool_default = {
#define WEIGHT(id, weight)
#define POOL(name, value) .name = value,
#define CALIBRATION(kind, shift, slope, tilt, evidence)
#include "lib/rank/weights.def"
#undef WEIGHT
#undef POOL
#undef CALIBRATION
};

static double logistic(double x)
{
	return 1.0 / (1.0 + exp(-x));
}

/* From OPINION_MIN to 1 - OPINION_MIN becomes from 0 to 1. */
static double stretch(double share)
{
	return fmin(fmax((share - OPINION_MIN) / (1.0 - 2.0 * OPINION_MIN), 0.0), 1.0);
}

struct opinion_weights opinion_pool_weigh(const struct opinion_pool *p, const struct opinions *o)
{
	double title = p->shift + p->entropy * o->title_entropy + p->mass * log1p(o->title_mass);
	double text = log(logistic(p->slope * (log1p(o->text_mass) - p->middle)));
	double share = stretch(logistic(title - text));
	return (struct opinion_weights){ .share = share,
					 .title = 1.0 - pow(1.0 - share, p->overlap),
					 .text = p->ratio * (1.0 - pow(share, p->overlap)) };
}

double opinion_title_part(const struct opinion_weights *w)
{
	return w->title / (w->title + w->text);
}

/* Less than this part of the weight is little. */
#define LITTLE 0.2

const char *opinion_remark(const struct opinion_weights *w)
{
	double part = opinion_title_part(w);
	return w->title <= 0.0       ? "the title says nothing and does not count"
	       : w->text <= 0.0      ? "the text says nothing and does not count"
	       : part < LITTLE       ? "the title says little"
	       : part > 1.0 - LITTLE ? "the text says little"
				     : "both say something";
}

/* Codes so far behind the best have no part in the entropy. */
#define REACH 20.0f

double opinion_entropy(const float *scores, size_t count)
{
	float best = -INFINITY, sum = 0.0f, moment = 0.0f;
	for (size_t i = 0; i < count; i++)
		best = scores[i] > best ? scores[i] : best;
	for (size_t i = 0; i < count; i++) {
		float behind = scores[i] - best;
		if (behind < -REACH)
			continue;
		float p = expf(behind);
		sum += p;
		moment += p * behind;
	}
	return count > 1 ? (log((double)sum) - (double)(moment / sum)) / log((double)count) : 0.0;
}
