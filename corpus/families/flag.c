// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * flag.c - what the Foreign Labor Application Gateway publishes for a wage year, in one workbook: the professional
 * occupations of Appendix A with their usual education, and Job Zone and education of every O*NET-SOC code
 * (https://flag.dol.gov/wage-data/wage-data-downloads).
 */
#include "corpus/source_schema.h"

/* The tables have a code, a value, and where the value comes from. */
enum { FLAG_CODE, FLAG_VALUE, FLAG_SOURCE };

static const struct column_spec appendix_columns[] = {
	[FLAG_CODE] = { { "O*NET Code" }, MARK },
	[FLAG_VALUE] = { { "Education" }, MARK },
	[FLAG_SOURCE] = { { "Source" }, MARK },
};

static const struct column_spec education_columns[] = {
	[FLAG_CODE] = { { "O*NET Code" }, MARK },
	[FLAG_VALUE] = { { "Education" }, MARK },
	[FLAG_SOURCE] = { { "Source" }, MARK },
	{ { "SOC Code" }, MARK },
};

static const struct column_spec zone_columns[] = {
	[FLAG_CODE] = { { "O*NET Code" }, MARK },
	[FLAG_VALUE] = { { "Job Zone" }, MARK },
	[FLAG_SOURCE] = { { "Source" }, MARK },
};

static void read_value(struct row *row, enum fact_key key)
{
	struct record r = { .scope = FACTS_OF_OCCUPATION };
	struct row_facts facts = { .count = 0 };
	struct slice value;
	bool ok = true;
	if (!row_onet_code(row, FLAG_CODE, &r.code) || !row_text(row, FLAG_VALUE, &value))
		return;
	struct record_fact *f = row_fact(row, FLAG_VALUE, key, &facts, &ok);
	if (f)
		f->note = row->fields[FLAG_SOURCE];
	if (ok)
		row_emit_facts(row, &r, &facts);
}

static void read_appendix(struct row *row)
{
	read_value(row, FACT_APPENDIX_A);
}

static void read_education(struct row *row)
{
	read_value(row, FACT_FLAG_EDUCATION);
}

static void read_zone(struct row *row)
{
	int zone;
	if (row_integer(row, FLAG_VALUE, 1, 5, &zone))
		read_value(row, FACT_FLAG_ZONE);
}

static const struct table_spec tables[] = {
	{ .table = "Appendix A", .without = { "SOC Code" }, COLUMNS(appendix_columns), .read = read_appendix },
	{ .table = "Job Zones by occupation", COLUMNS(zone_columns), .read = read_zone },
	{ .table = "Education by occupation", COLUMNS(education_columns), .read = read_education },
};

/* "2025-26" in a name such as "Wage Year 2025-26 Appendix A, Job Zone, and Education.xlsx". */
static bool identify(const struct clues *clues, struct release_note *note, struct error *err)
{
	const char *years = clues_find(clues, "20dd-dd");
	(void)err;
	if (years)
		snprintf(note->release, sizeof note->release, "%.7s", years);
	return true;
}

const struct family family_flag = {
	.name = "flag",
	.title = "FLAG wage year",
	.what = "Appendix A, Job Zones and education of a FLAG wage year",
	.advice = "take the workbook as published, from https://flag.dol.gov/wage-data/wage-data-downloads",
	.single = true,
	TABLES(tables),
	.identify = identify,
};
