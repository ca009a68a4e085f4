// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * stem.c - lists of occupations that are STEM: the classes of Census occupations of the National Center for Science and
 * Engineering Statistics (https://ncses.nsf.gov), and the list on O*NET OnLine
 * (https://www.onetonline.org/find/stem).
 */
#include "corpus/source_schema.h"

/* ---- NCSES ---- */

enum { NCSES_CODE, NCSES_CLASS, NCSES_TITLE };

static const struct column_spec ncses_columns[] = {
	[NCSES_CODE] = { { "CENSUS_OCC" }, MARK },
	[NCSES_CLASS] = { { "NCSES_CLASS" }, MARK },
	[NCSES_TITLE] = { { "NCSES_TITLE" }, OPTIONAL },
};

static void read_class(struct row *row)
{
	struct record r = { .scope = FACTS_OF_CENSUS };
	struct row_facts facts = { .count = 0 };
	struct slice class;
	bool ok = true;
	if (!row_text(row, NCSES_CODE, &r.id) || !row_text(row, NCSES_CLASS, &class))
		return;
	row->code_column = NCSES_CODE;
	struct record_fact *f = row_fact(row, NCSES_CLASS, FACT_STEM_NCSES, &facts, &ok);
	if (f)
		f->note = row->fields[NCSES_TITLE];
	row_emit_facts(row, &r, &facts);
}

static const struct table_spec ncses_tables[] = {
	{ .table = "STEM classes of Census occupations", .needed = true, COLUMNS(ncses_columns), .read = read_class },
};

const struct family family_stem_census = {
	.name = "stem-census",
	.title = "NCSES STEM classes",
	.what = "the NCSES classes of Census occupations",
	.advice = "take the table as published, and give the crosswalk from Census 2018 codes to SOC 2018 with it: "
		  "without that no code of it is known",
	.single = true,
	TABLES(ncses_tables),
	.identify = identify_by_year,
};

/* ---- O*NET ---- */

enum { STEM_CODE, STEM_TYPE };

static const struct column_spec onet_columns[] = {
	[STEM_CODE] = { { "Code" }, MARK },
	[STEM_TYPE] = { { "Occupation Types" }, MARK },
	{ { "Occupation" }, MARK },
};

static void read_type(struct row *row)
{
	struct record r = { .scope = FACTS_OF_OCCUPATION };
	struct row_facts facts = { .count = 0 };
	struct slice type;
	bool ok = true;
	if (row_onet_code(row, STEM_CODE, &r.code) && row_text(row, STEM_TYPE, &type)) {
		(void)row_fact(row, STEM_TYPE, FACT_STEM_ONET, &facts, &ok);
		row_emit_facts(row, &r, &facts);
	}
}

static const struct table_spec onet_tables[] = {
	{ .table = "STEM occupations", .needed = true, COLUMNS(onet_columns), .read = read_type },
};

const struct family family_stem_onet = {
	.name = "stem-onet",
	.title = "O*NET list of STEM occupations",
	.what = "the O*NET list of STEM occupations",
	.advice = "take the list as published, from https://www.onetonline.org/find/stem",
	.single = true,
	TABLES(onet_tables),
	.identify = identify_by_year,
};
