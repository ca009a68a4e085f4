// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * cip.c - fields of study, by the codes of the Classification of Instructional Programs: which of them lead to an
 * occupation (https://nces.ed.gov/ipeds/cipcode/), and which are STEM degree programmes to the Department of Homeland
 * Security (https://www.ice.gov/sevis/schools).
 *
 * The crosswalk says "NO MATCH" by 99-9999, of a field of study that leads to no occupation, and by 99.9999, of an
 * occupation to which none leads.
 */
#include "corpus/source_schema.h"

/* A title of a CIP code ends with a full stop in the crosswalk, and with none in the list. */
static struct slice without_stop(struct slice title)
{
	if (title.length > 1 && title.at[title.length - 1] == '.')
		title.length--;
	return title;
}

/* ---- SOC to CIP ---- */

enum { PAIR_SOC, PAIR_CIP, PAIR_TITLE };

static const struct column_spec pair_columns[] = {
	[PAIR_SOC] = { { "SOC2018Code" }, MARK },
	[PAIR_CIP] = { { "CIP2020Code" }, MARK },
	[PAIR_TITLE] = { { "CIP2020Title" }, OPTIONAL },
};

static void read_pair(struct row *row)
{
	struct record r = { .scope = FACTS_OF_SOC };
	struct row_facts facts = { .count = 0 };
	struct slice cip;
	bool ok = true;
	if (!row_soc_code(row, PAIR_SOC, &r.code) || !row_cip(row, PAIR_CIP, &cip))
		return;
	struct record_fact *f = row_fact(row, PAIR_CIP, FACT_DEGREE, &facts, &ok);
	f->note = without_stop(row->fields[PAIR_TITLE]);
	row_emit_facts(row, &r, &facts);
}

static const struct table_spec pair_tables[] = {
	{ .table = "SOC 2018 to CIP 2020", .needed = true, COLUMNS(pair_columns), .read = read_pair },
};

const struct family family_cip = {
	.name = "soc-cip",
	.title = "SOC 2018 to CIP 2020 crosswalk",
	.what = "the crosswalk from SOC 2018 to CIP 2020",
	.advice = "take the crosswalk as published, from https://nces.ed.gov/ipeds/cipcode/",
	.edition = "2020",
	.single = true,
	TABLES(pair_tables),
};

/* ---- STEM degree programmes ---- */

enum { STEM_CIP, STEM_TITLE };

static const struct column_spec stem_columns[] = {
	[STEM_CIP] = { { "2020 CIP Code" }, MARK },
	[STEM_TITLE] = { { "CIP Code Title" }, MARK },
	{ { "CIP Code Two-Digit Series" }, MARK },
};

static void read_programme(struct row *row)
{
	struct record r = { .scope = FACTS_OF_CIP };
	struct row_facts facts = { .count = 0 };
	struct slice title;
	bool ok = true;
	if (!row_cip(row, STEM_CIP, &r.id) || !row_text(row, STEM_TITLE, &title))
		return;
	if (row_fact(row, STEM_TITLE, FACT_STEM_DHS, &facts, &ok))
		facts.at[0].text = without_stop(title);
	row_emit_facts(row, &r, &facts);
}

static const struct table_spec stem_tables[] = {
	{ .table = "STEM degree programmes", .needed = true, COLUMNS(stem_columns), .read = read_programme },
};

const struct family family_stem_cip = {
	.name = "stem-cip",
	.title = "DHS STEM degree programmes",
	.what = "the STEM degree programmes of the DHS",
	.advice = "take the list as published, from https://www.ice.gov/sevis/schools",
	.single = true,
	TABLES(stem_tables),
	.identify = identify_by_year,
};
