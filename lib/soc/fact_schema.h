// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * fact_schema.h - the facts that hang on a code, in one table that feeds the readers, the index, `soc show`, the
 * filters of `soc search`, `soc fields` and the manual page; and the numbers in which they are published.
 *
 * X(ID, key, label, kind, section, unit, what)
 *   key      its name in --where and in JSON
 *   kind     FACT_NUMBER, FACT_MONEY, FACT_PERCENT: a number; FACT_TEXT: a word or a name; FACT_LIST: a code may have
 *            many of it, each a code of its own kind (text) with its title (note)
 *   section  where it is shown
 */
#ifndef SOC_SOC_FACT_SCHEMA_H
#define SOC_SOC_FACT_SCHEMA_H

#include "lib/base/memory.h"

#define FACT_TABLE(X) \
	X(ADVANCED_DEGREE, "advanced_degree", "Master's degree or more", PERCENT, EDUCATION, NONE, \
	  "share of workers asked with a master's degree or more (O*NET)") \
	X(APPENDIX_A, "appendix_a", "Appendix A", TEXT, PROFESSION, NONE, \
	  "usual education of a professional occupation (FLAG, Appendix A)") \
	X(FLAG_ZONE, "flag_zone", "Job Zone", NUMBER, PROFESSION, NONE, "Job Zone as the wage system uses it (FLAG)") \
	X(FLAG_EDUCATION, "flag_education", "Education", TEXT, PROFESSION, NONE, \
	  "education as the wage system uses it (FLAG)") \
	X(WAGE_TITLE, "wage_title", "Title", TEXT, WAGES, NONE, "title of the code in the wage survey (OEWS)") \
	X(EMPLOYMENT, "employment", "Employment", NUMBER, WAGES, JOBS, \
	  "employment, the self-employed not counted (OEWS)") \
	X(EMPLOYMENT_ERROR, "employment_error", "Relative standard error of the employment", PERCENT, WAGES, NONE, \
	  "relative standard error of the employment (OEWS)") \
	X(HOURLY_MEAN, "hourly_mean", "Mean", MONEY, WAGES, HOUR, "mean hourly wage (OEWS)") \
	X(HOURLY_10, "hourly_10", "10th percentile", MONEY, WAGES, HOUR, "10th percentile of hourly wages (OEWS)") \
	X(HOURLY_25, "hourly_25", "25th percentile", MONEY, WAGES, HOUR, "25th percentile of hourly wages (OEWS)") \
	X(HOURLY_MEDIAN, "hourly_median", "Median", MONEY, WAGES, HOUR, "median hourly wage (OEWS)") \
	X(HOURLY_75, "hourly_75", "75th percentile", MONEY, WAGES, HOUR, "75th percentile of hourly wages (OEWS)") \
	X(HOURLY_90, "hourly_90", "90th percentile", MONEY, WAGES, HOUR, "90th percentile of hourly wages (OEWS)") \
	X(ANNUAL_MEAN, "annual_mean", "Mean", MONEY, WAGES, YEAR, "mean annual wage (OEWS)") \
	X(ANNUAL_10, "annual_10", "10th percentile", MONEY, WAGES, YEAR, "10th percentile of annual wages (OEWS)") \
	X(ANNUAL_25, "annual_25", "25th percentile", MONEY, WAGES, YEAR, "25th percentile of annual wages (OEWS)") \
	X(ANNUAL_MEDIAN, "annual_median", "Median", MONEY, WAGES, YEAR, "median annual wage (OEWS)") \
	X(ANNUAL_75, "annual_75", "75th percentile", MONEY, WAGES, YEAR, "75th percentile of annual wages (OEWS)") \
	X(ANNUAL_90, "annual_90", "90th percentile", MONEY, WAGES, YEAR, "90th percentile of annual wages (OEWS)") \
	X(WAGE_ERROR, "wage_error", "Relative standard error of the mean wage", PERCENT, WAGES, NONE, \
	  "relative standard error of the mean wage (OEWS)") \
	X(WAGE_BASIS, "wage_basis", "Published", TEXT, WAGES, NONE, \
	  "annual or hourly, where only one of the two is published (OEWS)") \
	X(OUTLOOK_TITLE, "outlook_title", "Title", TEXT, OUTLOOK, NONE, \
	  "title of the code in the projections (Projections)") \
	X(OUTLOOK_NOW, "outlook_employment", "Employment", NUMBER, OUTLOOK, THOUSANDS, \
	  "employment in the base year (Projections)") \
	X(OUTLOOK_THEN, "outlook_projected", "Projected employment", NUMBER, OUTLOOK, THOUSANDS, \
	  "projected employment, ten years later (Projections)") \
	X(OUTLOOK_CHANGE, "outlook_change", "Change", NUMBER, OUTLOOK, THOUSANDS, \
	  "change in employment (Projections)") \
	X(OUTLOOK_GROWTH, "outlook_growth", "Growth", PERCENT, OUTLOOK, NONE, "growth of employment (Projections)") \
	X(OUTLOOK_OPENINGS, "outlook_openings", "Openings a year", NUMBER, OUTLOOK, THOUSANDS, \
	  "openings a year (Projections)") \
	X(OUTLOOK_OWN, "outlook_self_employed", "Self-employed", PERCENT, OUTLOOK, NONE, \
	  "share of the self-employed (Projections)") \
	X(OUTLOOK_WAGE, "outlook_wage", "Median annual wage", MONEY, OUTLOOK, YEAR, \
	  "median annual wage as the projections repeat it (Projections)") \
	X(ENTRY_EDUCATION, "entry_education", "Typical entry education", TEXT, OUTLOOK, NONE, \
	  "typical education for entry (Projections)") \
	X(ENTRY_EXPERIENCE, "entry_experience", "Experience elsewhere", TEXT, OUTLOOK, NONE, \
	  "work experience in a related occupation (Projections)") \
	X(ENTRY_TRAINING, "entry_training", "Training on the job", TEXT, OUTLOOK, NONE, \
	  "typical training on the job (Projections)") \
	X(DEGREE, "degree", "Field of study", LIST, DEGREES, NONE, "field of study, by CIP code (SOC-CIP crosswalk)") \
	X(STEM_ONET, "stem_onet", "O*NET", TEXT, STEM, NONE, "type of STEM occupation (O*NET list)") \
	X(STEM_NCSES, "stem_ncses", "NCSES", TEXT, STEM, NONE, "class of its Census occupation (NCSES)")

/* ... and what hangs on a field of study, or is of the user's own, where the name is that of the column. */
#define FACT_TABLE_ALL(X) \
	FACT_TABLE(X) \
	X(STEM_DHS, "stem_dhs", "DHS", TEXT, STEM, NONE, "field of study that is a STEM degree programme (DHS)") \
	X(CUSTOM, "", "", TEXT, CUSTOM, NONE, "a column of a table of your own")

enum fact_kind { FACT_NUMBER, FACT_MONEY, FACT_PERCENT, FACT_TEXT, FACT_LIST };

enum fact_unit { FACT_UNIT_NONE, FACT_UNIT_JOBS, FACT_UNIT_HOUR, FACT_UNIT_YEAR, FACT_UNIT_THOUSANDS, FACT_UNIT_COUNT };

/* Of a page that shows a code. */
enum fact_section {
	FACT_SECTION_EDUCATION,
	FACT_SECTION_PROFESSION,
	FACT_SECTION_WAGES,
	FACT_SECTION_OUTLOOK,
	FACT_SECTION_DEGREES,
	FACT_SECTION_STEM,
	FACT_SECTION_CUSTOM
};

enum fact_key {
#define FACT_ENUM(id, key, label, kind, section, unit, what) FACT_##id,
	FACT_TABLE_ALL(FACT_ENUM)
#undef FACT_ENUM
		FACT_KEY_COUNT
};

struct fact_spec {
	const char *key;
	const char *label;
	enum fact_kind kind;
	enum fact_section section;
	enum fact_unit unit;
	const char *what;
};

/* Those before it hang on occupations and groups. */
#define FACT_OCCUPATION_COUNT FACT_STEM_DHS

extern const struct fact_spec fact_specs[FACT_KEY_COUNT];

/* "jobs", "dollars an hour"; "" for none. */
const char *fact_unit_name(enum fact_unit unit);

/* The fact with a key; FACT_KEY_COUNT where there is none. */
enum fact_key fact_find_key(struct slice key);

/* ---- numbers ---- */

enum fact_mark {
	FACT_EXACT,
	FACT_AT_LEAST,    /* `#`, `>=$239,200`: published only as so much or more */
	FACT_UNAVAILABLE, /* `*`, `**`, a dash: said not to be available */
	FACT_MARK_COUNT
};

/* A number as it was published: digits and decimals are kept. */
struct fact_number {
	enum fact_mark mark;
	int64_t digits;    /* 6724 of 67.24 */
	unsigned decimals; /* 2 */
};

enum {
	FACT_DIGITS_MAX = 15,
	FACT_DECIMALS_MAX = 9,
	FACT_SCALE_MAX = 3 /* decimals of what is stored as a number: 15 digits and as many zeros fit */
};

/* Read `133,080`, `$67.24`, `-1.5`, `15.8%`, `#`, `>=$239,200`, `*`, a dash.  False where it is nothing of the kind;
 * an empty text is nothing of the kind either. */
bool fact_read_number(struct slice text, struct fact_number *out);

double fact_value(const struct fact_number *n);

/* Append a number as people read it: `$133,080`, `15.8%`, `1,693.8 thousand`, `at least $239,200`,
 * `not available`. */
bool fact_format_number(enum fact_kind kind, enum fact_unit unit, const struct fact_number *n, struct buffer *out,
			struct error *err);

#endif
