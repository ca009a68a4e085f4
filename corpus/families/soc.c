// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * soc.c - what the Bureau of Labor Statistics publishes of SOC 2018: the definitions, the structure and the
 * direct match titles, each a workbook of its own (https://www.bls.gov/soc/2018/).
 */
#include "corpus/source_schema.h"

#define ADVICE "take the workbook as published, from https://www.bls.gov/soc/2018/"

/* ---- definitions ---- */

static const struct column_spec definition_columns[] = {
	{ { "SOC Code" }, AS(MARK, SOC_CODE, code) },
	{ { "SOC Title" }, AS(MARK, TEXT, text) },
	/* Only detailed occupations have one. */
	{ { "SOC Definition" }, AS(MARK, ANYTHING, detail) },
	{ { "Illustrative Examples" }, AS(OPTIONAL, ANYTHING, more[0]) },
};

/* Some printings put the examples into the cell of the definition, behind it. */
static void split_examples(struct slice *text, struct slice *examples)
{
	static const struct slice mark = { "Illustrative examples:", 22 };

	for (size_t i = 0; i + mark.length <= text->length; i++) {
		struct slice here = { text->at + i, text->length - i };
		if (!slice_begins_nocase(here, mark))
			continue;
		*examples = slice_trim((struct slice){ here.at + mark.length, here.length - mark.length });
		*text = slice_trim((struct slice){ text->at, i });
		return;
	}
}

static void read_definition(struct row *row)
{
	struct record r;
	if (!row_record(row, &r))
		return;
	if (r.more[0].length == 0)
		split_examples(&r.detail, &r.more[0]);
	row_emit(row, &r);
}

static const struct table_spec definition_tables[] = {
	{ .table = "SOC 2018 definitions",
	  .needed = true,
	  COLUMNS(definition_columns),
	  .record = { .kind = RECORD_GROUP },
	  .read = read_definition },
};

const struct family family_soc_definitions = {
	.name = "soc-definitions",
	.title = "SOC 2018 definitions",
	.what = "the SOC 2018 definitions",
	.advice = ADVICE,
	.edition = "2018",
	.single = true,
	TABLES(definition_tables),
};

/* ---- structure: a code stands in the column of its level, the title behind all of them ---- */

enum { STRUCTURE_MAJOR, STRUCTURE_MINOR, STRUCTURE_BROAD, STRUCTURE_DETAILED, STRUCTURE_TITLE };

static const struct column_spec structure_columns[] = {
	[STRUCTURE_MAJOR] = { { "Major Group" }, MARK },
	[STRUCTURE_MINOR] = { { "Minor Group" }, MARK },
	[STRUCTURE_BROAD] = { { "Broad Group", "Broad Occupation" }, MARK },
	[STRUCTURE_DETAILED] = { { "Detailed Occupation" }, MARK },
	[STRUCTURE_TITLE] = { { "Title", "SOC Title", "Occupation Title", "" }, NEEDED },
};

static void read_structure(struct row *row)
{
	struct record r = { .kind = RECORD_GROUP };
	int level = STRUCTURE_MAJOR;

	while (level < STRUCTURE_DETAILED && row_empty(row, level))
		level++;
	/* Between two groups, or a note below the last. */
	if (row_empty(row, level) && row_empty(row, STRUCTURE_TITLE))
		return;
	if (row_soc_code(row, level, &r.code) && row_text(row, STRUCTURE_TITLE, &r.text))
		row_emit(row, &r);
}

static const struct table_spec structure_tables[] = {
	{ .table = "SOC 2018 structure", .needed = true, COLUMNS(structure_columns), .read = read_structure },
};

const struct family family_soc_structure = {
	.name = "soc-structure",
	.title = "SOC 2018 structure",
	.what = "the SOC 2018 structure",
	.advice = ADVICE,
	.edition = "2018",
	.single = true,
	TABLES(structure_tables),
};

/* ---- direct match titles ---- */

enum { MATCH_EXAMPLE };

static const struct column_spec match_columns[] = {
	[MATCH_EXAMPLE] = { { "Illustrative Example" }, OPTIONAL },
	{ { "2018 SOC Code" }, AS(MARK, SOC_CODE, code) },
	{ { "2018 SOC Direct Match Title" }, AS(MARK, TEXT, text) },
};

static void read_match(struct row *row)
{
	struct record r;
	if (!row_record(row, &r))
		return;
	r.title_kind = row_says(row, MATCH_EXAMPLE, "x") ? TITLE_ILLUSTRATIVE : TITLE_DIRECT_MATCH;
	row_emit(row, &r);
}

static const struct table_spec match_tables[] = {
	{ .table = "SOC 2018 direct match titles",
	  .needed = true,
	  COLUMNS(match_columns),
	  .record = { .kind = RECORD_TITLE },
	  .read = read_match },
};

const struct family family_soc_titles = {
	.name = "soc-titles",
	.title = "SOC 2018 direct match titles",
	.what = "the SOC 2018 direct match titles",
	.advice = ADVICE,
	.edition = "2018",
	.single = true,
	TABLES(match_tables),
};
