// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * census.c - the alphabetical index of occupations of the Census Bureau, by the codes of SOC 2018.
 *
 * A title leads to a code of any level, to a pattern such as 51-91XX, or to another title ("see ...").
 * A remark may follow a title behind a backslash: `\ ns` means that nothing more was specified.
 */
#include "corpus/source_schema.h"

enum { INDEX_CODE, INDEX_TITLE };

static const struct column_spec index_columns[] = {
	[INDEX_CODE] = { { "2018 SOC Code" }, MARK },
	[INDEX_TITLE] = { { "Description", "Occupation Description" }, MARK },
};

static struct slice without_remark(struct slice title)
{
	const char *remark = title.length > 0 ? memchr(title.at, '\\', title.length) : NULL;
	if (remark)
		title.length = (size_t)(remark - title.at);
	return slice_trim(title);
}

static void read_index(struct row *row)
{
	struct record r = { .kind = RECORD_TITLE, .title_kind = TITLE_CENSUS };
	struct slice code = row->fields[INDEX_CODE];

	r.text = without_remark(row->fields[INDEX_TITLE]);
	if (r.text.length == 0)
		row_reject(row, REJECT_EMPTY, INDEX_TITLE);
	else if (code.length == 0)
		row_reject(row, REJECT_NO_CODE, INDEX_CODE);
	else if (row_is_pattern(code))
		r.id = code;
	else
		row_soc_code(row, INDEX_CODE, &r.code);
	if (row->why == REJECT_NONE)
		row_emit(row, &r);
}

static const struct table_spec tables[] = {
	{ .table = "Census index of occupations", .needed = true, COLUMNS(index_columns), .read = read_index },
};

const struct family family_census_index = {
	.name = "census-index",
	.title = "Census 2018 index of occupations",
	.what = "the Census alphabetical index of occupations",
	.advice = "take the index as the Census Bureau publishes it",
	.edition = "2018",
	.single = true,
	TABLES(tables),
};
