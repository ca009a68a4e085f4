// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * record.h - what a release says, as typed records: the border between corpus/ and indexer/.
 *
 * Readers call a sink once for each record.  All slices are borrowed and valid only during the call;
 * they are valid UTF-8, trimmed, and empty where the release says "n/a" or nothing.
 */
#ifndef SOC_CORPUS_RECORD_H
#define SOC_CORPUS_RECORD_H

#include "lib/soc/soc_code.h"
#include "lib/soc/fact_schema.h"
#include "lib/table/table.h"

enum record_kind {
	RECORD_OCCUPATION,         /* code, text = title, detail = description */
	RECORD_TITLE,              /* code (of any level, or a pattern in `id`: see TITLE_CENSUS), text = title,
				       detail = short title, title_kind */
	RECORD_TASK,               /* code, id = task id, text = statement, task_kind */
	RECORD_ACTIVITY,           /* id = DWA id, text = its title (reference table: no code) */
	RECORD_TASK_ACTIVITY,      /* code, id = task id, detail = DWA id */
	RECORD_TECHNOLOGY,         /* code, text = example, detail = category, flags */
	RECORD_TOOL,               /* code, text = example, detail = category */
	RECORD_ZONE,               /* code, number = Job Zone as the release says it */
	RECORD_ZONE_REFERENCE,     /* number = Job Zone, text = name, detail = SVP range; more[] = experience,
				       education, training, examples */
	RECORD_EDUCATION,          /* code, id = element id, scale, number = category (0: n/a), value = per cent */
	RECORD_EDUCATION_CATEGORY, /* id = element id, scale, number = category, text = description,
				       detail = element name */
	RECORD_RELATED,            /* code, other = related code, number = rank (1 is closest), text = tier */
	RECORD_GROUP,              /* code of any level of SOC 2018, text = title, detail = definition (may be
				       empty), more[0] = illustrative examples or empty */
	RECORD_FILING,             /* code as filed, text = job title, programme, detail = visa class (may be empty),
				       number = fiscal year (0: unknown), count = 1 */
	RECORD_CROSSWALK,          /* crosswalk; code, text = from and its title; other, detail = to and its title;
				       id = the Census code, where `from` is one; more[0] = a pattern such as
				       13-20XX, where `to` is one */
	RECORD_FACTS,              /* facts[] of one row, of a code as `scope` says; detail = what else tells the
				       row from one with the same values */
	RECORD_WAGE_TOP,           /* facts[]: from what wage on the source says no more than "so much or more", by the
				       hour and by the year */
	RECORD_KIND_COUNT
};

/* What kind of code facts hang on. */
enum fact_scope {
	FACTS_OF_OCCUPATION, /* code: an O*NET-SOC code */
	FACTS_OF_SURVEY,     /* code: a SOC code of any level, or one that the survey made for several */
	FACTS_OF_SOC,        /* code: a detailed SOC code, or 99-9999 for none */
	FACTS_OF_ANY,        /* code: any of them */
	FACTS_OF_CENSUS,     /* id: a Census 2018 occupation code */
	FACTS_OF_CIP         /* id: a CIP code */
};

struct record_fact {
	enum fact_key key;
	struct slice name; /* of FACT_CUSTOM: the column */
	struct fact_number number;
	struct slice text;
	struct slice note;
};

/* A crosswalk leads from the codes of one edition to those of another. */
enum crosswalk {
	CROSSWALK_SOC_2010_2018,   /* SOC 2010 to SOC 2018 */
	CROSSWALK_ONET_2010_2019,  /* O*NET-SOC 2010 to O*NET-SOC 2019 */
	CROSSWALK_ONET_2019_SOC,   /* O*NET-SOC 2019 to SOC 2018 */
	CROSSWALK_CENSUS_2018_SOC, /* Census 2018 occupation codes to SOC 2018 */
	CROSSWALK_COUNT
};

/* Programmes of the Office of Foreign Labor Certification. */
enum programme {
	PROGRAMME_LCA,
	PROGRAMME_PERM,
	PROGRAMME_PWD,
	PROGRAMME_H2A,
	PROGRAMME_H2B,
	PROGRAMME_CW1,
	PROGRAMME_COUNT
};

enum title_kind {
	TITLE_OFFICIAL,     /* the occupation's own title */
	TITLE_ALTERNATE,    /* lay title; detail = short title where there is one */
	TITLE_REPORTED,     /* sample of reported titles */
	TITLE_DIRECT_MATCH, /* SOC direct match title file */
	TITLE_ILLUSTRATIVE, /* SOC illustrative example */
	TITLE_CENSUS,       /* Census alphabetical index; where it gives a pattern such as 51-91XX, that is `id` and
				 code is empty */
	TITLE_FILED,        /* OFLC disclosure file; made by the indexer from filings */
	TITLE_KIND_COUNT
};

enum task_kind {
	TASK_CORE,
	TASK_SUPPLEMENTAL,
	TASK_UNRATED,  /* the release says n/a */
	TASK_EMERGING, /* Emerging Tasks: new, or a revision of task `id` */
	TASK_KIND_COUNT
};

enum {
	RECORD_HOT = 1,       /* Hot Technology = Y */
	RECORD_IN_DEMAND = 2, /* In Demand = Y */
	RECORD_SHOWN = 4,     /* Shown in My Next Move = Y */
	RECORD_SUPPRESS = 8,  /* Recommend Suppress = Y */
	RECORD_REVISION = 16  /* an emerging task that revises another */
};

struct record {
	enum record_kind kind;
	struct code code; /* empty text where the kind has none */
	struct code other;
	struct slice text;
	struct slice detail;
	struct slice id;
	struct slice scale; /* `RL`, `RW`, `PT`, `OJ`, `IM` */
	struct slice more[4];
	enum title_kind title_kind;
	enum task_kind task_kind;
	enum crosswalk crosswalk;
	enum programme programme;
	enum fact_scope scope;
	const struct record_fact *facts;
	size_t fact_count;
	uint32_t source; /* index into corpus_sources() */
	int number;
	double value;
	uint32_t count;
	uint32_t flags;
};

enum sink_verdict {
	SINK_USED,
	SINK_REJECTED, /* the sink sets *why: counted as a rejected row */
	SINK_FAILED    /* the sink filled err: stop */
};

struct record_sink {
	enum sink_verdict (*take)(void *ctx, const struct record *record, enum reject_reason *why, struct error *err);
	void *ctx;
};

#endif
