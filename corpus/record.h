// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * record.h - what a release says, as typed records: the border between corpus/ and indexer/.
 *
 * Readers call a sink once for each record.  All slices are borrowed and valid only during the call;
 * they are valid UTF-8, trimmed, and empty where the release says "n/a" or nothing.
 */
#ifndef SOC_CORPUS_RECORD_H
#define SOC_CORPUS_RECORD_H

#include "lib/table/reject.h"
#include "lib/base/code.h"

enum record_kind {
	RECORD_OCCUPATION,          /* code, text = title, detail = description */
	RECORD_TITLE,               /* code, text = title, detail = short title, title_kind, count */
	RECORD_TASK,                /* code, id = task id, text = statement, task_kind */
	RECORD_ACTIVITY,            /* id = DWA id, text = its title (reference table: no code) */
	RECORD_TASK_ACTIVITY,       /* code, id = task id, detail = DWA id */
	RECORD_TECHNOLOGY,          /* code, text = example, detail = category, flags */
	RECORD_TOOL,                /* code, text = example, detail = category */
	RECORD_ZONE,                /* code, number = Job Zone as the release says it */
	RECORD_ZONE_REFERENCE,      /* number = Job Zone, text = name, detail = SVP range; more[] = experience,
				       education, training, examples */
	RECORD_EDUCATION,           /* code, id = element id, scale, number = category (0: n/a), value = per cent */
	RECORD_EDUCATION_CATEGORY,  /* id = element id, scale, number = category, text = description,
				       detail = element name */
	RECORD_RELATED,             /* code, other = related code, number = rank (1 is closest), text = tier */
	RECORD_KIND_COUNT
};

enum title_kind {
	TITLE_OFFICIAL,       /* the occupation's own title */
	TITLE_ALTERNATE,      /* lay title; detail = short title where there is one */
	TITLE_REPORTED,       /* sample of reported titles */
	TITLE_DIRECT_MATCH,   /* SOC direct match title file */
	TITLE_ILLUSTRATIVE,   /* SOC illustrative example */
	TITLE_CENSUS,         /* Census alphabetical index */
	TITLE_FILED,          /* OFLC disclosure file; count = filings */
	TITLE_KIND_COUNT
};

enum task_kind {
	TASK_CORE,
	TASK_SUPPLEMENTAL,
	TASK_UNRATED,         /* the release says n/a */
	TASK_EMERGING,        /* Emerging Tasks: new, or a revision of task `id` */
	TASK_KIND_COUNT
};

enum {
	RECORD_HOT = 1,          /* Hot Technology = Y */
	RECORD_IN_DEMAND = 2,    /* In Demand = Y */
	RECORD_SHOWN = 4,        /* Shown in My Next Move = Y */
	RECORD_SUPPRESS = 8,     /* Recommend Suppress = Y */
	RECORD_REVISION = 16     /* an emerging task that revises another */
};

struct record {
	enum record_kind kind;
	struct code code;         /* empty text where the kind has none */
	struct code other;
	struct slice text;
	struct slice detail;
	struct slice id;
	struct slice scale;       /* `RL`, `RW`, `PT`, `OJ`, `IM` */
	struct slice more[4];
	enum title_kind title_kind;
	enum task_kind task_kind;
	uint32_t source;          /* index into corpus_sources() */
	int number;
	double value;
	uint32_t count;
	uint32_t flags;
};

enum sink_verdict {
	SINK_USED,
	SINK_REJECTED,     /* the sink sets *why: counted as a rejected row */
	SINK_FAILED        /* the sink filled err: stop */
};

struct record_sink {
	enum sink_verdict (*take)(void *ctx, const struct record *record, enum reject_reason *why,
				  struct error *err);
	void *ctx;
};

#endif
