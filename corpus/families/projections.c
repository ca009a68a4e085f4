// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * projections.c - Employment Projections: what the Bureau of Labor Statistics expects of each occupation in ten years,
 * and what it typically takes to enter it (https://www.bls.gov/emp/data/occupational-data.htm).
 *
 * The workbook has a dozen tables.  All that is wanted stands in the one with the characteristics of workers; the
 * others are recognised, so that no message calls them unknown, and not read.
 */
#include "corpus/source_schema.h"
#include "lib/base/ascii.h"

enum {
	PROJECTION_CODE,
	PROJECTION_TITLE,
	PROJECTION_NOW,
	PROJECTION_THEN,
	PROJECTION_CHANGE,
	PROJECTION_GROWTH,
	PROJECTION_OPENINGS,
	PROJECTION_OWN,
	PROJECTION_WAGE,
	PROJECTION_EDUCATION,
	PROJECTION_EXPERIENCE,
	PROJECTION_TRAINING
};

_Static_assert(PROJECTION_TRAINING - PROJECTION_TITLE == FACT_ENTRY_TRAINING - FACT_OUTLOOK_TITLE,
	       "columns in the order of keys");

/* Years stand in the names: "Employment, 2024", "Employment, 2034". */
static const struct column_spec characteristics[] = {
	[PROJECTION_CODE] = { { "*National Employment Matrix code" }, MARK },
	[PROJECTION_TITLE] = { { "*National Employment Matrix title" }, MARK },
	[PROJECTION_NOW] = { { "Employment, 20*1" }, MARK },
	[PROJECTION_THEN] = { { "Employment, 20*2" }, MARK },
	[PROJECTION_CHANGE] = { { "Employment change, numeric*" }, MARK },
	[PROJECTION_GROWTH] = { { "Employment change, percent*" }, MARK },
	[PROJECTION_OPENINGS] = { { "Occupational openings*" }, MARK },
	[PROJECTION_OWN] = { { "Percent self employed*" }, OPTIONAL },
	[PROJECTION_WAGE] = { { "Median annual wage*" }, OPTIONAL },
	[PROJECTION_EDUCATION] = { { "Typical education needed for entry*" }, MARK },
	[PROJECTION_EXPERIENCE] = { { "Work experience in a related occupation*" }, OPTIONAL },
	[PROJECTION_TRAINING] = { { "Typical on-the-job training*" }, OPTIONAL },
};

/* A note below the table has no code. */
static void read_projection(struct row *row)
{
	struct record r = { .scope = FACTS_OF_SURVEY };
	struct row_facts facts = { .count = 0 };
	if (row_empty(row, PROJECTION_CODE) || !row_soc_code(row, PROJECTION_CODE, &r.code) ||
	    !row_facts(row, PROJECTION_TITLE, FACT_OUTLOOK_TITLE, FACT_ENTRY_TRAINING, &facts))
		return;
	row_emit_facts(row, &r, &facts);
}

static const struct column_spec others[] = {
	{ { "*National Employment Matrix code", "*National Employment Matrix occupation code" }, MARK },
};

static const struct table_spec tables[] = {
	{ .table = "Projections and characteristics of workers", COLUMNS(characteristics), .read = read_projection },
	{ .table = "Projections", .every_sheet = true, COLUMNS(others) },
};

/* The years are those of "Employment, 2024" and "Employment, 2034". */
static bool identify(const struct clues *clues, struct release_note *note, struct error *err)
{
	static const struct slice before = { "Employment, 20", 14 };
	char years[2][5] = { "", "" };
	size_t found = 0;
	(void)err;
	for (size_t i = 0; i < clues->header_count && found < 2; i++) {
		struct slice name = slice_trim(clues->header[i]);
		if (name.length == before.length + 2 && memcmp(name.at, before.at, before.length) == 0)
			snprintf(years[found++], sizeof years[0], "%.4s", name.at + name.length - 4);
	}
	if (found == 2)
		snprintf(note->release, sizeof note->release, "%s-%s", years[0], years[1] + 2);
	return true;
}

const struct family family_projections = {
	.name = "projections",
	.title = "Employment Projections",
	.what = "the Employment Projections",
	.advice = "take the workbook occupation.xlsx as published, from "
		  "https://www.bls.gov/emp/data/occupational-data.htm",
	.single = true,
	TABLES(tables),
	.identify = identify,
};
