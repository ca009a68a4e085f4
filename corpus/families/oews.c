// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * oews.c - Occupational Employment and Wage Statistics: national employment and wages by occupation
 * (https://www.bls.gov/oes/tables.htm), and, on the workbook's second sheet, from what wage on it says only "so much or
 * more".
 *
 * A code stands twice where the survey publishes a broad group as if it were a detailed occupation; and some codes
 * are the survey's own, for two or three detailed occupations together.
 */
#include "corpus/source_schema.h"

#define ADVICE "take the national file as published, from https://www.bls.gov/oes/tables.htm"

/* ---- notes ---- */

enum { NOTE_FIELD };

static const struct column_spec note_columns[] = {
	[NOTE_FIELD] = { { "Field" }, MARK },
	{ { "Field Description" }, MARK },
};

/* The number before `unit` in a sentence: 115.00 of "$115.00 per hour". */
static bool find_wage(struct slice text, const char *unit, struct fact_number *out)
{
	size_t length = strlen(unit);
	for (size_t i = 1; i + length <= text.length; i++) {
		size_t begin = i;
		if (memcmp(text.at + i, unit, length) != 0)
			continue;
		while (begin > 0 && text.at[begin - 1] != ' ')
			begin--;
		return fact_read_number((struct slice){ text.at + begin, i - begin }, out) && out->mark == FACT_EXACT &&
		       out->decimals <= FACT_SCALE_MAX;
	}
	return false;
}

/* "# = indicates a wage equal to or greater than $115.00 per hour or $239,200 per year" */
static void read_note(struct row *row)
{
	struct record_fact tops[] = { { .key = FACT_HOURLY_MEDIAN }, { .key = FACT_ANNUAL_MEDIAN } };
	struct record r = { .kind = RECORD_WAGE_TOP, .facts = tops, .fact_count = 2 };
	struct slice text = row->fields[NOTE_FIELD];
	if (text.length > 0 && text.at[0] == '#' && find_wage(text, " per hour", &tops[0].number) &&
	    find_wage(text, " per year", &tops[1].number))
		row_emit(row, &r);
}

/* ---- wages ---- */

/* Columns that are facts stand in the order of their keys. */
enum {
	OEWS_CODE,
	OEWS_AREA_TYPE,
	OEWS_INDUSTRY,
	OEWS_LEVEL,
	OEWS_ANNUAL,
	OEWS_HOURLY,
	OEWS_TITLE,
	OEWS_EMPLOYMENT,
	OEWS_EMPLOYMENT_ERROR,
	OEWS_H_MEAN,
	OEWS_H_10,
	OEWS_H_25,
	OEWS_H_MEDIAN,
	OEWS_H_75,
	OEWS_H_90,
	OEWS_A_MEAN,
	OEWS_A_10,
	OEWS_A_25,
	OEWS_A_MEDIAN,
	OEWS_A_75,
	OEWS_A_90,
	OEWS_WAGE_ERROR
};

_Static_assert(OEWS_WAGE_ERROR - OEWS_TITLE == FACT_WAGE_ERROR - FACT_WAGE_TITLE, "columns in the order of keys");

static const struct column_spec wage_columns[] = {
	[OEWS_CODE] = { { "OCC_CODE" }, MARK },
	[OEWS_AREA_TYPE] = { { "AREA_TYPE" }, OPTIONAL },
	[OEWS_INDUSTRY] = { { "I_GROUP" }, OPTIONAL },
	[OEWS_LEVEL] = { { "O_GROUP", "OCC_GROUP" }, OPTIONAL },
	[OEWS_ANNUAL] = { { "ANNUAL" }, OPTIONAL },
	[OEWS_HOURLY] = { { "HOURLY" }, OPTIONAL },
	[OEWS_TITLE] = { { "OCC_TITLE" }, MARK },
	[OEWS_EMPLOYMENT] = { { "TOT_EMP" }, MARK },
	[OEWS_EMPLOYMENT_ERROR] = { { "EMP_PRSE" }, OPTIONAL },
	[OEWS_H_MEAN] = { { "H_MEAN" }, OPTIONAL },
	[OEWS_H_10] = { { "H_PCT10" }, OPTIONAL },
	[OEWS_H_25] = { { "H_PCT25" }, OPTIONAL },
	[OEWS_H_MEDIAN] = { { "H_MEDIAN" }, OPTIONAL },
	[OEWS_H_75] = { { "H_PCT75" }, OPTIONAL },
	[OEWS_H_90] = { { "H_PCT90" }, OPTIONAL },
	[OEWS_A_MEAN] = { { "A_MEAN" }, OPTIONAL },
	[OEWS_A_10] = { { "A_PCT10" }, OPTIONAL },
	[OEWS_A_25] = { { "A_PCT25" }, OPTIONAL },
	[OEWS_A_MEDIAN] = { { "A_MEDIAN" }, MARK },
	[OEWS_A_75] = { { "A_PCT75" }, OPTIONAL },
	[OEWS_A_90] = { { "A_PCT90" }, OPTIONAL },
	[OEWS_WAGE_ERROR] = { { "MEAN_PRSE" }, OPTIONAL },
};

/* Rows of states, areas and industries, which other files of the survey have, say nothing of the nation. */
static bool is_national(const struct row *row)
{
	return (row_empty(row, OEWS_AREA_TYPE) || row_says(row, OEWS_AREA_TYPE, "1")) &&
	       (row_empty(row, OEWS_INDUSTRY) || row_says(row, OEWS_INDUSTRY, "cross-industry"));
}

static void read_wages(struct row *row)
{
	struct record r = { .scope = FACTS_OF_SURVEY };
	struct row_facts facts = { .count = 0 };
	const char *basis = row_says(row, OEWS_ANNUAL, "TRUE")   ? "annual"
			    : row_says(row, OEWS_HOURLY, "TRUE") ? "hourly"
								 : NULL;
	if (!is_national(row) || !row_soc_code(row, OEWS_CODE, &r.code) ||
	    !row_facts(row, OEWS_TITLE, FACT_WAGE_TITLE, FACT_WAGE_ERROR, &facts))
		return;
	if (basis)
		facts.at[facts.count++] = (struct record_fact){
			.key = FACT_WAGE_BASIS, .text = slice_of(basis), .name = SLICE(""), .note = SLICE("")
		};
	r.detail = row->fields[OEWS_LEVEL];
	row_emit_facts(row, &r, &facts);
}

static const struct table_spec tables[] = {
	{ .table = "Wages that are published as so much or more", COLUMNS(note_columns), .read = read_note },
	{ .table = "Employment and wages", .needed = true, COLUMNS(wage_columns), .read = read_wages },
};

/* "national_M2024_dl.xlsx" is of May 2024. */
static bool identify(const struct clues *clues, struct release_note *note, struct error *err)
{
	const char *year = clues_find(clues, "_M20dd");
	(void)err;
	if (year) {
		snprintf(note->release, sizeof note->release, "%.4s", year + 2);
		snprintf(note->date, sizeof note->date, "May %.4s", note->release);
		snprintf(note->title, sizeof note->title, "OEWS May %.4s", note->release);
	}
	return true;
}

const struct family family_oews = {
	.name = "oews",
	.title = "OEWS",
	.what = "OEWS employment and wages",
	.advice = ADVICE,
	.single = true,
	TABLES(tables),
	.identify = identify,
};
