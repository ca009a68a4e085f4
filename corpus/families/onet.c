// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * onet.c - the O*NET database, releases 24 to 31, on both taxonomies, in the text edition and in those of
 * workbooks and CSV, which repeat titles and names beside codes.
 *
 * Release 30.3 renamed many files and columns; both names stand here, the newer one first.  The tables
 * are read in the order below: occupations, what others refer to, then the rest.
 */
#include "corpus/source_schema.h"
#include "lib/base/utf8.h"

/* clang-format off */
#define CODE { { "O*NET-SOC Code" }, AS(NEEDED, ONET_CODE, code) }
/* clang-format on */

static const struct column_spec occupation_columns[] = {
	CODE,
	{ { "Title" }, AS(NEEDED, TEXT, text) },
	{ { "Description" }, AS(NEEDED, ANYTHING, detail) },
};

static const struct column_spec activity_columns[] = {
	{ { "DWA Element ID", "DWA ID" }, AS(NEEDED, TEXT, id) },
	{ { "DWA Element Name", "DWA Title" }, AS(NEEDED, TEXT, text) },
};

/* ---- Job Zones ---- */

/* Releases up to 30.1 have zones 1 to 5, later ones 2 to 5, where 2 means "1-2". */
enum { ZONE_LOWEST = 1, ZONE_HIGHEST = 5 };

enum { ZONE_NUMBER };

static const struct column_spec reference_columns[] = {
	[ZONE_NUMBER] = { { "Job Zone" }, NEEDED },           { { "Name" }, AS(NEEDED, TEXT, text) },
	{ { "SVP Range" }, AS(OPTIONAL, ANYTHING, detail) },  { { "Experience" }, AS(OPTIONAL, ANYTHING, more[0]) },
	{ { "Education" }, AS(OPTIONAL, ANYTHING, more[1]) }, { { "Job Training" }, AS(OPTIONAL, ANYTHING, more[2]) },
	{ { "Examples" }, AS(OPTIONAL, ANYTHING, more[3]) },
};

static const struct column_spec zone_columns[] = {
	[ZONE_NUMBER] = { { "Job Zone" }, NEEDED },
	CODE,
};

static void read_zone(struct row *row)
{
	struct record r;
	if (row_record(row, &r) && row_integer(row, ZONE_NUMBER, ZONE_LOWEST, ZONE_HIGHEST, &r.number))
		row_emit(row, &r);
}

/* ---- Education, Training, and Experience: categories and ratings ---- */

enum { CATEGORY_NUMBER, RATING_VALUE };

static const struct column_spec category_columns[] = {
	[CATEGORY_NUMBER] = { { "Category" }, NEEDED },
	{ { "Element ID" }, AS(NEEDED, TEXT, id) },
	{ { "Scale ID" }, AS(NEEDED, TEXT, scale) },
	{ { "Category Description" }, AS(NEEDED, TEXT, text) },
	{ { "Element Name" }, AS(OPTIONAL, ANYTHING, detail) },
};

static void read_category(struct row *row)
{
	struct record r;
	if (row_record(row, &r) && row_integer(row, CATEGORY_NUMBER, 1, 99, &r.number))
		row_emit(row, &r);
}

static const struct column_spec rating_columns[] = {
	[CATEGORY_NUMBER] = { { "Category" }, NEEDED },
	[RATING_VALUE] = { { "Data Value" }, NEEDED },
	CODE,
	{ { "Element ID" }, AS(NEEDED, TEXT, id) },
	{ { "Scale ID" }, AS(NEEDED, TEXT, scale) },
	{ { "Recommend Suppress" }, FLAG(OPTIONAL, RECORD_SUPPRESS) },
};

/* An importance has no category; the others are per cents of one. */
static void read_rating(struct row *row)
{
	struct record r;
	if (row_record(row, &r) &&
	    (row_empty(row, CATEGORY_NUMBER) || row_integer(row, CATEGORY_NUMBER, 1, 99, &r.number)) &&
	    row_decimal(row, RATING_VALUE, 0, 100, &r.value))
		row_emit(row, &r);
}

/* ---- titles ---- */

static const struct column_spec alternate_columns[] = {
	CODE,
	{ { "Job Title", "Alternate Title" }, AS(NEEDED, TEXT, text) },
	{ { "Short Title" }, AS(OPTIONAL, ANYTHING, detail) },
};

static const struct column_spec reported_columns[] = {
	CODE,
	{ { "Reported Job Title" }, AS(NEEDED, TEXT, text) },
	{ { "Shown in My Next Move" }, FLAG(OPTIONAL, RECORD_SHOWN) },
};

/* ---- tasks ---- */

enum { TASK_TYPE };

static const struct column_spec task_columns[] = {
	[TASK_TYPE] = { { "Task Type" }, OPTIONAL },
	CODE,
	{ { "Task ID" }, AS(NEEDED, TEXT, id) },
	{ { "Task" }, AS(NEEDED, TEXT, text) },
};

static void read_task(struct row *row)
{
	struct record r;
	if (!row_record(row, &r))
		return;
	r.task_kind = row_says(row, TASK_TYPE, "Core")           ? TASK_CORE
		      : row_says(row, TASK_TYPE, "Supplemental") ? TASK_SUPPLEMENTAL
								 : TASK_UNRATED;
	row_emit(row, &r);
}

static const struct column_spec emerging_columns[] = {
	[TASK_TYPE] = { { "Category" }, OPTIONAL },
	CODE,
	{ { "Task" }, AS(NEEDED, TEXT, text) },
	{ { "Original Task ID" }, AS(OPTIONAL, ANYTHING, id) },
};

static void read_emerging(struct row *row)
{
	struct record r;
	if (!row_record(row, &r))
		return;
	r.flags |= row_says(row, TASK_TYPE, "Revision") ? RECORD_REVISION : 0;
	row_emit(row, &r);
}

static const struct column_spec link_columns[] = {
	CODE,
	{ { "Task ID" }, AS(NEEDED, TEXT, id) },
	{ { "DWA Element ID", "DWA ID" }, AS(NEEDED, TEXT, detail) },
};

/* ---- technology and tools ---- */

/* One list for both: since 30.3 the categories of software are elements of the content model, before that
 * they were commodities, as those of tools always were. */
static const struct column_spec tool_columns[] = {
	CODE,
	{ { "Workplace Example", "Example" }, AS(NEEDED, TEXT, text) },
	{ { "Element Name", "Commodity Title" }, AS(NEEDED, ANYTHING, detail) },
	{ { "Hot Technology" }, FLAG(OPTIONAL, RECORD_HOT) },
	{ { "In Demand" }, FLAG(OPTIONAL, RECORD_IN_DEMAND) },
};

/* ---- Related Occupations ---- */

enum { RELATED_RANK };

static const struct column_spec related_columns[] = {
	[RELATED_RANK] = { { "Index" }, NEEDED },
	CODE,
	{ { "Related O*NET-SOC Code" }, AS(NEEDED, ONET_CODE, other) },
	{ { "Relatedness Tier" }, AS(OPTIONAL, ANYTHING, text) },
};

static void read_related(struct row *row)
{
	struct record r;
	if (row_record(row, &r) && row_integer(row, RELATED_RANK, 1, 9999, &r.number))
		row_emit(row, &r);
}

/* ---- the tables, in reading order ---- */

static const struct table_spec tables[] = {
	{ .table = "Occupation Data",
	  .files = { "Occupation Data" },
	  .needed = true,
	  COLUMNS(occupation_columns),
	  .record = { .kind = RECORD_OCCUPATION, .title_kind = TITLE_OFFICIAL },
	  .read = row_read },
	{ .table = "DWA Reference",
	  .files = { "GWAs to IWAs to DWAs", "DWA Reference" },
	  COLUMNS(activity_columns),
	  .record = { .kind = RECORD_ACTIVITY },
	  .read = row_read },
	{ .table = "Job Zone Reference",
	  .files = { "Job Zone Reference" },
	  COLUMNS(reference_columns),
	  .record = { .kind = RECORD_ZONE_REFERENCE },
	  .read = read_zone },
	{ .table = "Education, Training, and Experience Categories",
	  .files = { "Education Categories", "Education, Training, and Experience Categories" },
	  COLUMNS(category_columns),
	  .record = { .kind = RECORD_EDUCATION_CATEGORY },
	  .read = read_category },
	{ .table = "Training and Experience Categories",
	  .files = { "Training and Experience Categories" },
	  COLUMNS(category_columns),
	  .record = { .kind = RECORD_EDUCATION_CATEGORY },
	  .read = read_category },
	{ .table = "Alternate Titles",
	  .files = { "Job Titles", "Alternate Titles" },
	  COLUMNS(alternate_columns),
	  .record = { .kind = RECORD_TITLE, .title_kind = TITLE_ALTERNATE },
	  .read = row_read },
	{ .table = "Sample of Reported Titles",
	  .files = { "Sample of Reported Titles" },
	  COLUMNS(reported_columns),
	  .record = { .kind = RECORD_TITLE, .title_kind = TITLE_REPORTED },
	  .read = row_read },
	{ .table = "Task Statements",
	  .files = { "Task Statements" },
	  COLUMNS(task_columns),
	  .record = { .kind = RECORD_TASK },
	  .read = read_task },
	{ .table = "Emerging Tasks",
	  .files = { "Emerging Tasks" },
	  COLUMNS(emerging_columns),
	  .record = { .kind = RECORD_TASK, .task_kind = TASK_EMERGING },
	  .read = read_emerging },
	{ .table = "Tasks to DWAs",
	  .files = { "Tasks to DWAs" },
	  COLUMNS(link_columns),
	  .record = { .kind = RECORD_TASK_ACTIVITY },
	  .read = row_read },
	{ .table = "Technology Skills",
	  .files = { "Software Skills", "Technology Skills" },
	  COLUMNS(tool_columns),
	  .record = { .kind = RECORD_TECHNOLOGY },
	  .read = row_read },
	{ .table = "Tools Used",
	  .files = { "Tools Used" },
	  COLUMNS(tool_columns),
	  .record = { .kind = RECORD_TOOL },
	  .read = row_read },
	{ .table = "Job Zones",
	  .files = { "Job Zones" },
	  COLUMNS(zone_columns),
	  .record = { .kind = RECORD_ZONE },
	  .read = read_zone },
	{ .table = "Education, Training, and Experience",
	  .files = { "Education", "Education, Training, and Experience" },
	  COLUMNS(rating_columns),
	  .record = { .kind = RECORD_EDUCATION },
	  .read = read_rating },
	{ .table = "Training and Experience",
	  .files = { "Training and Experience" },
	  COLUMNS(rating_columns),
	  .record = { .kind = RECORD_EDUCATION },
	  .read = read_rating },
	{ .table = "Related Occupations",
	  .files = { "Related Occupations" },
	  COLUMNS(related_columns),
	  .record = { .kind = RECORD_RELATED },
	  .read = read_related },
};

/* ---- Read Me.txt ---- */

/* The next line of *rest, without its end. */
static struct slice take_line(struct slice *rest)
{
	struct slice line = { rest->at, 0 };
	while (line.length < rest->length && line.at[line.length] != '\n' && line.at[line.length] != '\r')
		line.length++;
	size_t used = line.length < rest->length ? line.length + 1 : line.length;
	rest->at += used;
	rest->length -= used;
	return slice_trim(line);
}

/* Copy what stands between `before` and `after` on the line; false where it is not of that form. */
static bool take_between(struct slice line, const char *before, const char *after, char *to, size_t size)
{
	struct slice head = slice_of(before);
	struct slice tail = slice_of(after);
	if (line.length <= head.length + tail.length || !slice_begins_nocase(line, head) ||
	    !slice_ends_nocase(line, tail))
		return false;
	struct slice middle = { line.at + head.length, line.length - head.length - tail.length };
	middle = slice_trim(middle);
	if (middle.length == 0 || middle.length >= size)
		return false;
	for (size_t i = 0; i < middle.length; i++) {
		if (middle.at[i] < ' ' || middle.at[i] > '~')
			return false;
	}
	memcpy(to, middle.at, middle.length);
	to[middle.length] = '\0';
	return true;
}

/* "O*NET 30.1 Database", "December 2025 Release", near the top. */
static bool read_note(struct slice head, struct release_note *note)
{
	enum { LINES = 12 };

	(void)slice_skip(&head, SLICE(UTF8_BYTE_ORDER_MARK));
	for (int i = 0; i < LINES && head.length > 0; i++) {
		struct slice line = take_line(&head);
		if (note->release[0] == '\0' &&
		    take_between(line, "O*NET ", " Database", note->release, sizeof note->release))
			continue;
		/* A year stands before the word. */
		if (note->date[0] == '\0' && take_between(line, "", " Release", note->date, sizeof note->date) &&
		    !strchr("0123456789", note->date[strlen(note->date) - 1]))
			note->date[0] = '\0';
	}
	return note->release[0] != '\0';
}

/* "db_29_3_excel", "db_29_3_excel.zip". */
static bool read_name(struct slice name, struct release_note *note)
{
	struct slice mark = SLICE("db_");
	size_t at = mark.length;
	size_t used = 0;
	bool point = false;

	if (name.length <= at || !slice_begins_nocase(name, mark))
		return false;
	for (; at < name.length && used + 1 < sizeof note->release; at++) {
		char c = name.at[at];
		if (c == '_' && !point && used > 0) {
			point = true;
			c = '.';
		} else if (c < '0' || c > '9') {
			break;
		}
		note->release[used++] = c;
	}
	note->release[used] = '\0';
	if (point && note->release[used - 1] != '.' && at < name.length && name.at[at] == '_')
		return true;
	note->release[0] = '\0';
	return false;
}

const struct family family_onet = {
	.name = "onet",
	.title = "O*NET",
	.what = "an O*NET database",
	.advice = "download an edition, such as db_31_0_text.zip, from "
		  "https://www.onetcenter.org/database.html and give the zip",
	.single = true,
	TABLES(tables),
	.extensions = { ".txt", ".xlsx", ".csv" },
	.empty = "n/a",
	.note_file = "Read Me.txt",
	.read_note = read_note,
	.read_name = read_name,
};
