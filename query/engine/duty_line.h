// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * duty_line.h - one line of a duty sheet: what of it is the duty, what its time, and what only sets it out.
 *
 *     30% design ...              a time before the duty, with or without brackets, "approximately", "of the time",
 *     (12 hours a week) design    a colon, a dash or a tab behind it
 *     design ... (30 %)           a time behind it, in brackets or behind a colon, a dash, a comma, a tab or two blanks;
 *     design ... - 30 percent     not "cuts costs by 30%", which is what the duty says
 *     3. 30-40% design            numbers and bullets are cut; of a range the middle is taken
 *     12<tab>design               a number without a unit is a time before or behind a tab alone
 */
#ifndef SOC_QUERY_ENGINE_DUTY_LINE_H
#define SOC_QUERY_ENGINE_DUTY_LINE_H

#include "lib/base/memory.h"

enum duty_unit {
	DUTY_UNIT_NONE,   /* there is no time */
	DUTY_UNIT_NUMBER, /* a number without a unit */
	DUTY_UNIT_PERCENT,
	DUTY_UNIT_HOURS
};

enum duty_period { DUTY_PERIOD_NONE, DUTY_PERIOD_DAY, DUTY_PERIOD_WEEK, DUTY_PERIOD_MONTH, DUTY_PERIOD_YEAR };

struct duty_time {
	enum duty_unit unit;
	enum duty_period period; /* of hours: a day, a week; NONE where it is not said */
	double value;            /* per cent, or hours; may be negative */
	bool range;              /* the middle of a range */
};

enum duty_line_kind {
	DUTY_LINE_DUTY,
	DUTY_LINE_BLANK,   /* nothing, or signs alone */
	DUTY_LINE_COMMENT, /* begins with # */
	DUTY_LINE_HEADING, /* "Duties:", "Job title: ..." */
	DUTY_LINE_TOTAL,   /* "Total: 100%" */
	DUTY_LINE_TIME     /* a time without a duty */
};

struct duty_line {
	enum duty_line_kind kind;
	struct slice text; /* the duty, trimmed; borrows the line */
	struct duty_time time;
	bool behind;   /* the time stands behind the duty */
	bool bullet;   /* a bullet or a number stood before it */
	size_t indent; /* columns before anything; a tab is 8 */
};

/* Read one line of text without its end; any bytes. */
struct duty_line duty_line_read(struct slice line);

/* Read what stands in a cell for a time: `30`, `30%`, `12.5 hours a week`, `(30 %)`; an empty cell is true with
 * DUTY_UNIT_NONE.  False where it is no time. */
bool duty_time_read(struct slice cell, struct duty_time *out);

#endif
