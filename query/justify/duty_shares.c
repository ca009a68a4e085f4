// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * duty_shares.c - from times as they are written to shares that add up to 1.
 */
#include <math.h>

#include "query/justify/duty_reader.h"

/* "100", "37.5". */
#define FIGURE "%.6g"

static const char *period_name(enum duty_period period)
{
	static const char *const names[] = { "", " a day", " a week", " a month", " a year" };
	return names[period];
}

/* All times are of one unit and one period; *sum adds them up. */
static bool check_units(struct duty_reader *r)
{
	struct duty_sheet *s = r->sheet;
	const struct duty *first = NULL;
	for (size_t i = 0; i < s->count; i++) {
		const struct duty *d = &s->at[i];
		if (d->time.unit == DUTY_UNIT_NONE) {
			s->untimed++;
			continue;
		}
		s->sum += d->time.value;
		if (!first) {
			first = d;
			s->unit = d->time.unit;
			s->period = d->time.period;
		}
		/* A number beside per cents is one. */
		bool hours = d->time.unit == DUTY_UNIT_HOURS;
		if (hours != (first->time.unit == DUTY_UNIT_HOURS))
			return duty_reader_fail(r, d->line, "give all times in per cent, or all in hours",
						"hours and other times are mixed");
		if (d->time.period != first->time.period)
			return duty_reader_fail(r, d->line, "give all hours a week, or all hours a day",
						"hours%s and hours%s are mixed", period_name(first->time.period),
						period_name(d->time.period));
		if (d->time.unit == DUTY_UNIT_PERCENT)
			s->unit = DUTY_UNIT_PERCENT;
	}
	return true;
}

/* Numbers without a unit that add up to about 1 are fractions: so does a spreadsheet store per cents. */
static void read_fractions(struct duty_sheet *s)
{
	if (s->unit != DUTY_UNIT_NUMBER)
		return;
	s->unit = DUTY_UNIT_PERCENT;
	if (s->untimed || s->sum < DUTY_PERCENT_LEAST / 100.0 || s->sum > DUTY_PERCENT_MOST / 100.0)
		return;
	for (size_t i = 0; i < s->count; i++)
		s->at[i].time.value *= 100.0;
	s->sum *= 100.0;
}

static bool refuse_sum(struct duty_reader *r)
{
	const struct duty_sheet *s = r->sheet;
	char hint[200];
	if (s->sum <= 0.0)
		return duty_reader_fail(r, 0, "give each duty its share of the time, or none of them",
					"the times add up to 0");
	snprintf(hint, sizeof hint, "sums from %.0f to %.0f per cent are scaled to 100; hours may have any sum: 12 hours",
		 DUTY_PERCENT_LEAST, DUTY_PERCENT_MOST);
	return duty_reader_fail(r, 0, hint, "the times of %zu %s add up to " FIGURE " per cent", s->count - s->untimed,
				s->count - s->untimed == 1 ? "duty" : "duties", s->sum);
}

static const struct duty *first_untimed(const struct duty_sheet *s)
{
	for (size_t i = 0; i < s->count; i++)
		if (s->at[i].time.unit == DUTY_UNIT_NONE)
			return &s->at[i];
	return NULL;
}

/* ---- the cases ---- */

static bool share_evenly(struct duty_reader *r)
{
	struct duty_sheet *s = r->sheet;
	s->times = DUTY_TIMES_EQUAL;
	for (size_t i = 0; i < s->count; i++)
		s->at[i].share = 1.0 / (double)s->count;
	return s->count == 1 || duty_reader_note(r, "no duty has a time: each counts for 1 of %zu", s->count);
}

/* What the times leave of 100 per cent goes to those without one. */
static bool share_rest(struct duty_reader *r)
{
	struct duty_sheet *s = r->sheet;
	const struct duty *first = first_untimed(s);
	if (s->unit == DUTY_UNIT_HOURS)
		return duty_reader_fail(r, first->line, "give this duty its hours too",
					"a duty has no time, and of hours it is not known what is left");
	if (s->sum > DUTY_PERCENT_MOST)
		return refuse_sum(r);
	double rest = (100.0 - s->sum) / (double)s->untimed;
	if (rest <= 0.0)
		return duty_reader_fail(r, first->line, "give this duty a time, and the others less",
					"a duty has no time, and the others leave nothing: they add up to " FIGURE
					" per cent", s->sum);
	s->times = DUTY_TIMES_FILLED;
	for (size_t i = 0; i < s->count; i++)
		s->at[i].share = (s->at[i].time.unit == DUTY_UNIT_NONE ? rest : s->at[i].time.value) / 100.0;
	if (s->untimed == 1)
		return duty_reader_note(r, "1 duty has no time: it gets the " FIGURE " per cent that the others leave", rest);
	return duty_reader_note(r, "%zu duties have no time: they share the " FIGURE " per cent that the others leave",
				s->untimed, 100.0 - s->sum);
}

static bool scale(struct duty_reader *r)
{
	struct duty_sheet *s = r->sheet;
	bool hours = s->unit == DUTY_UNIT_HOURS;
	if (s->sum <= 0.0 || (!hours && (s->sum < DUTY_PERCENT_LEAST || s->sum > DUTY_PERCENT_MOST)))
		return refuse_sum(r);
	for (size_t i = 0; i < s->count; i++)
		s->at[i].share = s->at[i].time.value / s->sum;
	s->times = hours || fabs(s->sum - 100.0) > 0.05 ? DUTY_TIMES_SCALED : DUTY_TIMES_GIVEN;
	if (hours)
		return duty_reader_note(r, "the times are " FIGURE " hours%s together, scaled to 100 per cent", s->sum,
					period_name(s->period));
	return s->times == DUTY_TIMES_GIVEN ||
	       duty_reader_note(r, "the times add up to " FIGURE " per cent, scaled to 100", s->sum);
}

bool duty_shares_make(struct duty_reader *r)
{
	struct duty_sheet *s = r->sheet;
	if (!check_units(r))
		return false;
	read_fractions(s);
	return s->untimed == s->count ? share_evenly(r) : s->untimed ? share_rest(r) : scale(r);
}
