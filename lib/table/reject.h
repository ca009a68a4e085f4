// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * reject.h - why a row of a table is not used.
 */
#ifndef SOC_TABLE_REJECT_H
#define SOC_TABLE_REJECT_H

/* Why a row is not used.  Counted per table; shown in the summary and kept in the manifest. */
enum reject_reason {
	REJECT_NONE,
	REJECT_FEW_FIELDS,      /* fewer fields than the header */
	REJECT_MANY_FIELDS,     /* more fields than the header */
	REJECT_BAD_CODE,        /* not in the shape of an occupation code */
	REJECT_UNKNOWN_CODE,    /* a code that the release's occupations do not have */
	REJECT_UNKNOWN_ID,      /* refers to a task or activity that the release does not have */
	REJECT_EMPTY,           /* a needed field is empty */
	REJECT_BAD_NUMBER,      /* a number expected */
	REJECT_BAD_UTF8,        /* invalid UTF-8, or a NUL */
	REJECT_TOO_LONG,        /* a line or field beyond the limit */
	REJECT_DUPLICATE,       /* the same row again */
	REJECT_NOT_CERTIFIED,   /* a filing that was denied, withdrawn or rejected */
	REJECT_AMBIGUOUS,       /* an old code that leads to several new ones */
	REJECT_NO_CODE,         /* a row that has no code by design: a cross-reference */
	REJECT_OPEN_QUOTE,      /* a quote that is never closed */
	REJECT_BAD_JSON,        /* a line of JSON Lines that is no object */
	REJECT_REASON_COUNT
};

/* A word or two for each reason, for summaries ("unknown code"). */
const char *reject_reason_name(enum reject_reason reason);

#endif
