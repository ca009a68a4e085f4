// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * soc_crosswalk.c - tables that lead from the codes of one edition to those of another.
 */
#include "corpus/source_schema.h"

#define ADVICE "take the crosswalk as published"

/* BLS marks titles that were split or merged: "Software Developers, Applications (#)".  The pairs say it better. */
static struct slice without_mark(struct slice title)
{
	struct slice s = title;
	if (s.length == 0 || s.at[s.length - 1] != ')')
		return title;
	s.length--;
	while (s.length > 0 && (s.at[s.length - 1] == '#' || s.at[s.length - 1] == '*'))
		s.length--;
	bool mark = s.length + 1 < title.length && s.length > 0 && s.at[s.length - 1] == '(';
	s.length -= mark;
	return mark ? slice_trim(s) : title;
}

static void read_pair(struct row *row)
{
	struct record r;
	if (!row_record(row, &r))
		return;
	r.text = without_mark(r.text);
	r.detail = without_mark(r.detail);
	row_emit(row, &r);
}

/* ---- SOC 2010 to SOC 2018 ---- */

static const struct column_spec soc_columns[] = {
	{ { "2010 SOC Code" }, AS(MARK, SOC_CODE, code) },
	{ { "2010 SOC Title" }, AS(OPTIONAL, ANYTHING, text) },
	{ { "2018 SOC Code" }, AS(MARK, SOC_CODE, other) },
	{ { "2018 SOC Title" }, AS(OPTIONAL, ANYTHING, detail) },
};

static const struct table_spec soc_tables[] = {
	/* The Census Bureau has a crosswalk of its own codes that names both editions of the SOC. */
	{ .table = "SOC 2010 to SOC 2018",
	  .without = { "2010 Census Code", "2018 Census Code" },
	  .needed = true,
	  COLUMNS(soc_columns),
	  .record = { .kind = RECORD_CROSSWALK, .crosswalk = CROSSWALK_SOC_2010_2018 },
	  .read = read_pair },
};

const struct family family_soc_2010_2018 = {
	.name = "soc-2010-2018",
	.title = "SOC 2010 to SOC 2018 crosswalk",
	.what = "the crosswalk from SOC 2010 to SOC 2018",
	.advice = ADVICE,
	.edition = "2018",
	.single = true,
	TABLES(soc_tables),
};

/* ---- O*NET-SOC 2010 to O*NET-SOC 2019 ---- */

static const struct column_spec onet_columns[] = {
	{ { "O*NET-SOC 2010 Code" }, AS(MARK, ONET_CODE, code) },
	{ { "O*NET-SOC 2010 Title" }, AS(OPTIONAL, ANYTHING, text) },
	{ { "O*NET-SOC 2019 Code" }, AS(MARK, ONET_CODE, other) },
	{ { "O*NET-SOC 2019 Title" }, AS(OPTIONAL, ANYTHING, detail) },
};

static const struct table_spec onet_tables[] = {
	{ .table = "O*NET-SOC 2010 to O*NET-SOC 2019",
	  .needed = true,
	  COLUMNS(onet_columns),
	  .record = { .kind = RECORD_CROSSWALK, .crosswalk = CROSSWALK_ONET_2010_2019 },
	  .read = read_pair },
};

const struct family family_onet_2010_2019 = {
	.name = "onet-2010-2019",
	.title = "O*NET-SOC 2010 to 2019 crosswalk",
	.what = "the crosswalk from O*NET-SOC 2010 to 2019",
	.advice = ADVICE,
	.edition = "2019",
	.single = true,
	TABLES(onet_tables),
};

/* ---- O*NET-SOC 2019 to SOC 2018 ---- */

static const struct column_spec onet_soc_columns[] = {
	{ { "O*NET-SOC 2019 Code" }, AS(MARK, ONET_CODE, code) },
	{ { "O*NET-SOC 2019 Title" }, AS(OPTIONAL, ANYTHING, text) },
	{ { "2018 SOC Code" }, AS(MARK, SOC_CODE, other) },
	{ { "2018 SOC Title" }, AS(OPTIONAL, ANYTHING, detail) },
};

static const struct table_spec onet_soc_tables[] = {
	{ .table = "O*NET-SOC 2019 to SOC 2018",
	  .needed = true,
	  COLUMNS(onet_soc_columns),
	  .record = { .kind = RECORD_CROSSWALK, .crosswalk = CROSSWALK_ONET_2019_SOC },
	  .read = read_pair },
};

const struct family family_onet_2019_soc = {
	.name = "onet-2019-soc",
	.title = "O*NET-SOC 2019 to SOC 2018 crosswalk",
	.what = "the crosswalk from O*NET-SOC 2019 to SOC 2018",
	.advice = ADVICE,
	.edition = "2019",
	.single = true,
	TABLES(onet_soc_tables),
};

/* ---- Census 2018 to SOC 2018 ---- */

enum { CENSUS_CODE, CENSUS_TITLE, CENSUS_SOC };

static const struct column_spec census_columns[] = {
	[CENSUS_CODE] = { { "2018 Census Code" }, MARK },
	[CENSUS_TITLE] = { { "2018 Census Title", "Occupation 2018 Description" }, MARK },
	[CENSUS_SOC] = { { "2018 SOC Code" }, MARK },
};

/* Four digits; a spreadsheet may have taken the zeros before them.  Else it is a heading: "0010-3550". */
static bool read_census_code(struct slice text, char to[5])
{
	if (text.length == 0 || text.length > 4)
		return false;
	memcpy(to, "0000", 5);
	for (size_t i = 0; i < text.length; i++) {
		if (text.at[i] < '0' || text.at[i] > '9')
			return false;
	}
	memcpy(to + 4 - text.length, text.at, text.length);
	return true;
}

static void read_census(struct row *row)
{
	struct record r = { .kind = RECORD_CROSSWALK, .crosswalk = CROSSWALK_CENSUS_2018_SOC };
	char code[5];

	if (!read_census_code(row->fields[CENSUS_CODE], code))
		return;
	r.id = slice_of(code);
	r.text = row->fields[CENSUS_TITLE];
	if (row_says(row, CENSUS_SOC, "none"))
		row_reject(row, REJECT_NO_CODE, CENSUS_SOC);
	else if (row_is_pattern(row->fields[CENSUS_SOC]))
		r.more[0] = row->fields[CENSUS_SOC];
	else
		row_soc_code(row, CENSUS_SOC, &r.other);
	if (row->why == REJECT_NONE)
		row_emit(row, &r);
}

static const struct table_spec census_tables[] = {
	/* Other sheets of the workbook tell what became of the codes of 2010. */
	{ .table = "Census 2018 to SOC 2018",
	  .without = { "2010 Census Code", "2010 SOC Code", "Census No Change" },
	  .needed = true,
	  COLUMNS(census_columns),
	  .read = read_census },
};

const struct family family_census_2018_soc = {
	.name = "census-2018-soc",
	.title = "Census 2018 to SOC 2018 crosswalk",
	.what = "the crosswalk from Census 2018 codes to SOC 2018",
	.advice = ADVICE,
	.edition = "2018",
	.single = true,
	TABLES(census_tables),
};
