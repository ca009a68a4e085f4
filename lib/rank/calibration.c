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
#define RIDGE 1.0 /* as if one case spoke for { 0, 1, 0 } */

enum { TERMS = 3 };

const struct calibration calibration_default = { 0.1, 0.6, 0.0 };

/* What shift, slope and tilt are multiplied with. */
static void make_terms(double share, double prior, double x[TERMS])
{
	double inside = fmin(fmax(share, EDGE), 1.0 - EDGE);
	x[0] = 1.0;
	x[1] = log(inside / (1.0 - inside));
	x[2] = prior;
}

double calibration_apply(const struct calibration *c, double share, double prior)
{
	double x[TERMS];
	make_terms(share, prior, x);
	return 1.0 / (1.0 + exp(-(c->shift + c->slope * x[1] + c->tilt * x[2])));
}

/* Solve a x step = b by Gauss; `a` is symmetric and positive. */
static void solve(double a[TERMS][TERMS], double b[TERMS])
{
	for (int k = 0; k < TERMS; k++)
		for (int i = k + 1; i < TERMS; i++) {
			double factor = a[i][k] / a[k][k];
			for (int l = k; l < TERMS; l++)
				a[i][l] -= factor * a[k][l];
			b[i] -= factor * b[k];
		}
	for (int k = TERMS - 1; k >= 0; k--) {
		for (int l = k + 1; l < TERMS; l++)
			b[k] -= a[k][l] * b[l];
		b[k] /= a[k][k];
	}
}

struct calibration calibration_fit(const struct calibration_case *cases, size_t n)
{
	struct calibration c = { 0.0, 1.0, 0.0 };
	for (int step = 0; step < NEWTON_STEPS; step++) {
		double gradient[TERMS] = { RIDGE * c.shift, RIDGE * (c.slope - 1.0), RIDGE * c.tilt };
		double curvature[TERMS][TERMS] = { { RIDGE }, { 0.0, RIDGE }, { 0.0, 0.0, RIDGE } };
		for (size_t i = 0; i < n; i++) {
			double x[TERMS], q = calibration_apply(&c, cases[i].share, cases[i].prior);
			make_terms(cases[i].share, cases[i].prior, x);
			for (int k = 0; k < TERMS; k++) {
				gradient[k] += cases[i].weight * (q - cases[i].right) * x[k];
				for (int l = 0; l < TERMS; l++)
					curvature[k][l] += cases[i].weight * q * (1.0 - q) * x[k] * x[l];
			}
		}
		solve(curvature, gradient);
		c.shift -= gradient[0];
		c.slope -= gradient[1];
		c.tilt -= gradient[2];
	}
	return c;
}

double calibration_error(const struct calibration *c, const struct calibration_case *cases, size_t n)
{
	double gaps[BINS] = { 0 }, sum = 0.0;
	for (size_t i = 0; i < n; i++) {
		double sure = calibration_apply(c, cases[i].share, cases[i].prior);
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
	       classifier_pack(out, llround(c->tilt * THOUSAND), err);
}

bool calibration_unpack(struct slice bytes, struct calibration *out)
{
	struct unpack u = unpack_begin(bytes);
	out->shift = (double)classifier_unpack(&u) / THOUSAND;
	out->slope = (double)classifier_unpack(&u) / THOUSAND;
	out->tilt = (double)classifier_unpack(&u) / THOUSAND;
	return bytes.length > 0 && !u.bad;
}
