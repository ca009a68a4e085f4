// SPDX-License-Identifier: GPL-3.0-or-later
/* calibration.c - the logistic regression from shares of the softmax to confidences: applied, fitted by Newton's method,
 * measured, packed. */
#include <math.h>

#include "lib/index/classifier_features.h"
#include "lib/rank/calibration.h"

#define NEWTON_STEPS 30
#define BINS 10
#define THOUSAND 1000.0
#define EDGE 1e-6 /* shares so near to 0 or 1 are taken for this */
#define RIDGE 1.0 /* as if one case spoke for { 0, 1, 0, 0 } */

const struct calibration calibration_default = { 0.1, 0.6, 0.0, 0.0 };

static double log_odds(double p)
{
	double inside = fmin(fmax(p, EDGE), 1.0 - EDGE);
	return log(inside / (1.0 - inside));
}

void calibration_terms(double share, double prior, double evidence, double x[CALIBRATION_TERMS])
{
	x[0] = 1.0;
	x[1] = log_odds(share);
	x[2] = prior;
	x[3] = evidence;
}

double calibration_text_evidence(double text_mass)
{
	return log1p(text_mass) / 5.0;
}

double calibration_apply(const struct calibration *c, double share, double prior, double evidence)
{
	double x[CALIBRATION_TERMS];
	calibration_terms(share, prior, evidence, x);
	return 1.0 / (1.0 + exp(-(c->shift + c->slope * x[1] + c->tilt * x[2] + c->evidence * x[3])));
}

double calibration_mixed(double title_share)
{
	return 4.0 * title_share * (1.0 - title_share);
}

double calibration_blend(const struct calibrations *c, struct calibration_input input, double title_share)
{
	double title = 0.0, text = 0.0, both = 0.0, mixed = calibration_mixed(title_share);
	if (title_share > 0.0) {
		double own = calibration_apply(&c->own, input.share, input.prior, input.cosine);
		title = log_odds(calibration_apply(&c->title, own, input.prior, input.cosine));
	}
	if (title_share < 1.0)
		text = log_odds(calibration_apply(&c->text, input.share, input.prior,
						  calibration_text_evidence(input.text_mass)));
	if (mixed > 0.0)
		both = log_odds(calibration_apply(&c->both, input.share, input.prior, input.cosine));
	double apart = title_share * title + (1.0 - title_share) * text;
	return 1.0 / (1.0 + exp(-((1.0 - mixed) * apart + mixed * both)));
}

/* Solve a x step = b by Gauss; `a` is symmetric and positive. */
static void solve(double a[CALIBRATION_TERMS][CALIBRATION_TERMS], double b[CALIBRATION_TERMS])
{
	for (int k = 0; k < CALIBRATION_TERMS; k++)
		for (int i = k + 1; i < CALIBRATION_TERMS; i++) {
			double factor = a[i][k] / a[k][k];
			for (int l = k; l < CALIBRATION_TERMS; l++)
				a[i][l] -= factor * a[k][l];
			b[i] -= factor * b[k];
		}
	for (int k = CALIBRATION_TERMS - 1; k >= 0; k--) {
		for (int l = k + 1; l < CALIBRATION_TERMS; l++)
			b[k] -= a[k][l] * b[l];
		b[k] /= a[k][k];
	}
}

struct calibration calibration_fit(const struct calibration_case *cases, size_t n)
{
	struct calibration c = { 0.0, 1.0, 0.0, 0.0 };
	for (int step = 0; step < NEWTON_STEPS; step++) {
		double gradient[CALIBRATION_TERMS] = { RIDGE * c.shift, RIDGE * (c.slope - 1.0), RIDGE * c.tilt,
						       RIDGE * c.evidence };
		double curvature[CALIBRATION_TERMS][CALIBRATION_TERMS] = { { 0.0 } };
		for (int k = 0; k < CALIBRATION_TERMS; k++)
			curvature[k][k] = RIDGE;
		for (size_t i = 0; i < n; i++) {
			double x[CALIBRATION_TERMS], q = calibration_apply(&c, cases[i].input.share,
									   cases[i].input.prior, cases[i].input.cosine);
			calibration_terms(cases[i].input.share, cases[i].input.prior, cases[i].input.cosine, x);
			for (int k = 0; k < CALIBRATION_TERMS; k++) {
				gradient[k] += cases[i].weight * (q - cases[i].right) * x[k];
				for (int l = 0; l < CALIBRATION_TERMS; l++)
					curvature[k][l] += cases[i].weight * q * (1.0 - q) * x[k] * x[l];
			}
		}
		solve(curvature, gradient);
		c.shift -= gradient[0];
		c.slope -= gradient[1];
		c.tilt -= gradient[2];
		c.evidence -= gradient[3];
	}
	return c;
}

double calibration_error(const struct calibration *c, const struct calibration_case *cases, size_t n)
{
	double gaps[BINS] = { 0 }, sum = 0.0;
	for (size_t i = 0; i < n; i++) {
		double sure = calibration_apply(c, cases[i].input.share, cases[i].input.prior, cases[i].input.cosine);
		int bin = (int)(sure * BINS);
		gaps[bin >= BINS ? BINS - 1 : bin] += sure - cases[i].right;
	}
	for (int bin = 0; bin < BINS; bin++)
		sum += fabs(gaps[bin]);
	return n ? sum / (double)n : 0.0;
}

bool calibration_pack(const struct calibration *c, struct buffer *out, struct error *err)
{
	return classifier_pack(out, llround(c->shift * THOUSAND), err) &&
	       classifier_pack(out, llround(c->slope * THOUSAND), err) &&
	       classifier_pack(out, llround(c->tilt * THOUSAND), err) &&
	       classifier_pack(out, llround(c->evidence * THOUSAND), err);
}

bool calibration_unpack(struct slice bytes, struct calibration *out)
{
	struct unpack u = unpack_begin(bytes);
	struct calibration c = { .shift = (double)classifier_unpack(&u) / THOUSAND };
	c.slope = (double)classifier_unpack(&u) / THOUSAND;
	c.tilt = (double)classifier_unpack(&u) / THOUSAND;
	c.evidence = (double)classifier_unpack(&u) / THOUSAND;
	if (bytes.length == 0 || u.bad)
		return false;
	*out = c;
	return true;
}
