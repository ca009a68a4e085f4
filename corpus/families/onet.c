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

/* ---- Occupation Data ---- */

enum { OCCUPATION_CODE, OCCUPATION_TITLE, OCCUPATION_DESCRIPTION };

static const struct column_spec occupation_columns[] = {
	[OCCUPATION_CODE] = { { "O*NET-SOC Code" }, NEEDED },
	[OCCUPATION_TITLE] = { { "Title" }, NEEDED },
	[OCCUPATION_DESCRIPTION] = { { "Description" }, NEEDED },
};

static void read_occupation(struct row *row)
{
	struct record r = { .kind = RECORD_OCCUPATION };
	if (row_onet_code(row, OCCUPATION_CODE, &r.code) && row_text(row, OCCUPATION_TITLE, &r.text)) {
		r.title_kind = TITLE_OFFICIAL;
		r.detail = row->fields[OCCUPATION_DESCRIPTION];
		row_emit(row, &r);
	}
}

/* ---- DWA Reference, GWAs to IWAs to DWAs ---- */

enum { ACTIVITY_ID, ACTIVITY_TITLE };

static const struct column_spec activity_columns[] = {
	[ACTIVITY_ID] = { { "DWA Element ID", "DWA ID" }, NEEDED },
	[ACTIVITY_TITLE] = { { "DWA Element Name", "DWA Title" }, NEEDED },
};

static void read_activity(struct row *row)
{
	struct record r = { .kind = RECORD_ACTIVITY };
	if (row_text(row, ACTIVITY_ID, &r.id) && row_text(row, ACTIVITY_TITLE, &r.text))
		row_emit(row, &r);
}

/* ---- Job Zone Reference ---- */

/* Releases up to 30.1 have zones 1 to 5, later ones 2 to 5, where 2 means "1-2". */
enum { ZONE_LOWEST = 1, ZONE_HIGHEST = 5 };

enum {
	REFERENCE_ZONE,
	REFERENCE_NAME,
	REFERENCE_SVP,
	REFERENCE_EXPERIENCE,
	REFERENCE_EDUCATION,
	REFERENCE_TRAINING,
	REFERENCE_EXAMPLES
};

static const struct column_spec reference_columns[] = {
	[REFERENCE_ZONE] = { { "Job Zone" }, NEEDED },         [REFERENCE_NAME] = { { "Name" }, NEEDED },
	[REFERENCE_SVP] = { { "SVP Range" }, OPTIONAL },       [REFERENCE_EXPERIENCE] = { { "Experience" }, OPTIONAL },
	[REFERENCE_EDUCATION] = { { "Education" }, OPTIONAL }, [REFERENCE_TRAINING] = { { "Job Training" }, OPTIONAL },
	[REFERENCE_EXAMPLES] = { { "Examples" }, OPTIONAL },
};

static void read_reference(struct row *row)
{
	struct record r = { .kind = RECORD_ZONE_REFERENCE };
	if (row_integer(row, REFERENCE_ZONE, ZONE_LOWEST, ZONE_HIGHEST, &r.number) &&
	    row_text(row, REFERENCE_NAME, &r.text)) {
		r.detail = row->fields[REFERENCE_SVP];
		r.more[0] = row->fields[REFERENCE_EXPERIENCE];
		r.more[1] = row->fields[REFERENCE_EDUCATION];
		r.more[2] = row->fields[REFERENCE_TRAINING];
		r.more[3] = row->fields[REFERENCE_EXAMPLES];
		row_emit(row, &r);
	}
}

/* ---- Education, Training, and Experience: categories and ratings ---- */

enum { CATEGORY_ID, CATEGORY_SCALE, CATEGORY_NUMBER, CATEGORY_TEXT, CATEGORY_NAME };

static const struct column_spec category_columns[] = {
	[CATEGORY_ID] = { { "Element ID" }, NEEDED },       [CATEGORY_SCALE] = { { "Scale ID" }, NEEDED },
	[CATEGORY_NUMBER] = { { "Category" }, NEEDED },     [CATEGORY_TEXT] = { { "Category Description" }, NEEDED },
	[CATEGORY_NAME] = { { "Element Name" }, OPTIONAL },
};

static void read_category(struct row *row)
{
	struct record r = { .kind = RECORD_EDUCATION_CATEGORY };
	if (row_text(row, CATEGORY_ID, &r.id) && row_text(row, CATEGORY_SCALE, &r.scale) &&
	    row_integer(row, CATEGORY_NUMBER, 1, 99, &r.number) && row_text(row, CATEGORY_TEXT, &r.text)) {
		r.detail = row->fields[CATEGORY_NAME];
		row_emit(row, &r);
	}
}

enum { RATING_CODE, RATING_ID, RATING_SCALE, RATING_CATEGORY, RATING_VALUE, RATING_SUPPRESS };

static const struct column_spec rating_columns[] = {
	[RATING_CODE] = { { "O*NET-SOC Code" }, NEEDED }, [RATING_ID] = { { "Element ID" }, NEEDED },
	[RATING_SCALE] = { { "Scale ID" }, NEEDED },      [RATING_CATEGORY] = { { "Category" }, NEEDED },
	[RATING_VALUE] = { { "Data Value" }, NEEDED },    [RATING_SUPPRESS] = { { "Recommend Suppress" }, OPTIONAL },
};

static void read_rating(struct row *row)
{
	struct record r = { .kind = RECORD_EDUCATION };
	if (!row_onet_code(row, RATING_CODE, &r.code) || !row_text(row, RATING_ID, &r.id) ||
	    !row_text(row, RATING_SCALE, &r.scale))
		return;
	/* An importance has no category; the others are per cents of one. */
	if (!row_empty(row, RATING_CATEGORY) && !row_integer(row, RATING_CATEGORY, 1, 99, &r.number))
		return;
	if (!row_decimal(row, RATING_VALUE, 0, 100, &r.value))
		return;
	if (row_says(row, RATING_SUPPRESS, "Y"))
		r.flags |= RECORD_SUPPRESS;
	row_emit(row, &r);
}

/* ---- titles ---- */

enum { ALTERNATE_CODE, ALTERNATE_TITLE, ALTERNATE_SHORT };

static const struct column_spec alternate_columns[] = {
	[ALTERNATE_CODE] = { { "O*NET-SOC Code" }, NEEDED },
	[ALTERNATE_TITLE] = { { "Job Title", "Alternate Title" }, NEEDED },
	[ALTERNATE_SHORT] = { { "Short Title" }, OPTIONAL },
};

static void read_alternate(struct row *row)
{
	struct record r = { .kind = RECORD_TITLE, .title_kind = TITLE_ALTERNATE };
	if (row_onet_code(row, ALTERNATE_CODE, &r.code) && row_text(row, ALTERNATE_TITLE, &r.text)) {
		r.detail = row->fields[ALTERNATE_SHORT];
		row_emit(row, &r);
	}
}

enum { REPORTED_CODE, REPORTED_TITLE, REPORTED_SHOWN };

static const struct column_spec reported_columns[] = {
	[REPORTED_CODE] = { { "O*NET-SOC Code" }, NEEDED },
	[REPORTED_TITLE] = { { "Reported Job Title" }, NEEDED },
	[REPORTED_SHOWN] = { { "Shown in My Next Move" }, OPTIONAL },
};

static void read_reported(struct row *row)
{
	struct record r = { .kind = RECORD_TITLE, .title_kind = TITLE_REPORTED };
	if (row_onet_code(row, REPORTED_CODE, &r.code) && row_text(row, REPORTED_TITLE, &r.text)) {
		if (row_says(row, REPORTED_SHOWN, "Y"))
			r.flags |= RECORD_SHOWN;
		row_emit(row, &r);
	}
}

/* ---- tasks ---- */

enum { TASK_CODE, TASK_ID, TASK_TEXT, TASK_TYPE };

static const struct column_spec task_columns[] = {
	[TASK_CODE] = { { "O*NET-SOC Code" }, NEEDED },
	[TASK_ID] = { { "Task ID" }, NEEDED },
	[TASK_TEXT] = { { "Task" }, NEEDED },
	[TASK_TYPE] = { { "Task Type" }, OPTIONAL },
};

static void read_task(struct row *row)
{
	struct record r = { .kind = RECORD_TASK, .task_kind = TASK_UNRATED };
	if (row_onet_code(row, TASK_CODE, &r.code) && row_text(row, TASK_ID, &r.id) &&
	    row_text(row, TASK_TEXT, &r.text)) {
		if (row_says(row, TASK_TYPE, "Core"))
			r.task_kind = TASK_CORE;
		else if (row_says(row, TASK_TYPE, "Supplemental"))
			r.task_kind = TASK_SUPPLEMENTAL;
		row_emit(row, &r);
	}
}

enum { EMERGING_CODE, EMERGING_TEXT, EMERGING_CATEGORY, EMERGING_ORIGINAL };

static const struct column_spec emerging_columns[] = {
	[EMERGING_CODE] = { { "O*NET-SOC Code" }, NEEDED },
	[EMERGING_TEXT] = { { "Task" }, NEEDED },
	[EMERGING_CATEGORY] = { { "Category" }, OPTIONAL },
	[EMERGING_ORIGINAL] = { { "Original Task ID" }, OPTIONAL },
};

static void read_emerging(struct row *row)
{
	struct record r = { .kind = RECORD_TASK, .task_kind = TASK_EMERGING };
	if (row_onet_code(row, EMERGING_CODE, &r.code) && row_text(row, EMERGING_TEXT, &r.text)) {
		r.id = row->fields[EMERGING_ORIGINAL];
		if (row_says(row, EMERGING_CATEGORY, "Revision"))
			r.flags |= RECORD_REVISION;
		row_emit(row, &r);
	}
}

enum { LINK_CODE, LINK_TASK, LINK_ACTIVITY };

static const struct column_spec link_columns[] = {
	[LINK_CODE] = { { "O*NET-SOC Code" }, NEEDED },
	[LINK_TASK] = { { "Task ID" }, NEEDED },
	[LINK_ACTIVITY] = { { "DWA Element ID", "DWA ID" }, NEEDED },
};

static void read_link(struct row *row)
{
	struct record r = { .kind = RECORD_TASK_ACTIVITY };
	if (row_onet_code(row, LINK_CODE, &r.code) && row_text(row, LINK_TASK, &r.id) &&
	    row_text(row, LINK_ACTIVITY, &r.detail))
		row_emit(row, &r);
}

/* ---- technology and tools ---- */

enum { TOOL_CODE, TOOL_EXAMPLE, TOOL_CATEGORY, TOOL_HOT, TOOL_DEMAND };

/* One list for both: since 30.3 the categories of software are elements of the content model, before that
 * they were commodities, as those of tools always were. */
static const struct column_spec tool_columns[] = {
	[TOOL_CODE] = { { "O*NET-SOC Code" }, NEEDED },
	[TOOL_EXAMPLE] = { { "Workplace Example", "Example" }, NEEDED },
	[TOOL_CATEGORY] = { { "Element Name", "Commodity Title" }, NEEDED },
	[TOOL_HOT] = { { "Hot Technology" }, OPTIONAL },
	[TOOL_DEMAND] = { { "In Demand" }, OPTIONAL },
};

static void read_example(struct row *row, enum record_kind kind)
{
	struct record r = { .kind = kind };
	if (row_onet_code(row, TOOL_CODE, &r.code) && row_text(row, TOOL_EXAMPLE, &r.text)) {
		r.detail = row->fields[TOOL_CATEGORY];
		if (row_says(row, TOOL_HOT, "Y"))
			r.flags |= RECORD_HOT;
		if (row_says(row, TOOL_DEMAND, "Y"))
			r.flags |= RECORD_IN_DEMAND;
		row_emit(row, &r);
	}
}

static void read_technology(struct row *row)
{
	read_example(row, RECORD_TECHNOLOGY);
}

static void read_tool(struct row *row)
{
	read_example(row, RECORD_TOOL);
}

/* ---- Job Zones ---- */

enum { ZONE_CODE, ZONE_NUMBER };

static const struct column_spec zone_columns[] = {
	[ZONE_CODE] = { { "O*NET-SOC Code" }, NEEDED },
	[ZONE_NUMBER] = { { "Job Zone" }, NEEDED },
};

static void read_zone(struct row *row)
{
	struct record r = { .kind = RECORD_ZONE };
	if (row_onet_code(row, ZONE_CODE, &r.code) &&
	    row_integer(row, ZONE_NUMBER, ZONE_LOWEST, ZONE_HIGHEST, &r.number))
		row_emit(row, &r);
}

/* ---- Related Occupations ---- */

enum { RELATED_CODE, RELATED_OTHER, RELATED_RANK, RELATED_TIER };

static const struct column_spec related_columns[] = {
	[RELATED_CODE] = { { "O*NET-SOC Code" }, NEEDED },
	[RELATED_OTHER] = { { "Related O*NET-SOC Code" }, NEEDED },
	[RELATED_RANK] = { { "Index" }, NEEDED },
	[RELATED_TIER] = { { "Relatedness Tier" }, OPTIONAL },
};

static void read_related(struct row *row)
{
	struct record r = { .kind = RECORD_RELATED };
	if (row_onet_code(row, RELATED_CODE, &r.code) && row_onet_code(row, RELATED_OTHER, &r.other) &&
	    row_integer(row, RELATED_RANK, 1, 9999, &r.number)) {
		r.text = row->fields[RELATED_TIER];
		row_emit(row, &r);
	}
}

/* ---- the tables, in reading order ---- */

static const struct table_spec tables[] = {
	{ .table = "Occupation Data",
	  .files = { "Occupation Data" },
	  .needed = true,
	  COLUMNS(occupation_columns),
	  .read = read_occupation },
	{ .table = "DWA Reference",
	  .files = { "GWAs to IWAs to DWAs", "DWA Reference" },
	  COLUMNS(activity_columns),
	  .read = read_activity },
	{ .table = "Job Zone Reference",
	  .files = { "Job Zone Reference" },
	  COLUMNS(reference_columns),
	  .read = read_reference },
	{ .table = "Education, Training, and Experience Categories",
	  .files = { "Education Categories", "Education, Training, and Experience Categories" },
	  COLUMNS(category_columns),
	  .read = read_category },
	{ .table = "Training and Experience Categories",
	  .files = { "Training and Experience Categories" },
	  COLUMNS(category_columns),
	  .read = read_category },
	{ .table = "Alternate Titles",
	  .files = { "Job Titles", "Alternate Titles" },
	  COLUMNS(alternate_columns),
	  .read = read_alternate },
	{ .table = "Sample of Reported Titles",
	  .files = { "Sample of Reported Titles" },
	  COLUMNS(reported_columns),
	  .read = read_reported },
	{ .table = "Task Statements", .files = { "Task Statements" }, COLUMNS(task_columns), .read = read_task },
	{ .table = "Emerging Tasks", .files = { "Emerging Tasks" }, COLUMNS(emerging_columns), .read = read_emerging },
	{ .table = "Tasks to DWAs", .files = { "Tasks to DWAs" }, COLUMNS(link_columns), .read = read_link },
	{ .table = "Technology Skills",
	  .files = { "Software Skills", "Technology Skills" },
	  COLUMNS(tool_columns),
	  .read = read_technology },
	{ .table = "Tools Used", .files = { "Tools Used" }, COLUMNS(tool_columns), .read = read_tool },
	{ .table = "Job Zones", .files = { "Job Zones" }, COLUMNS(zone_columns), .read = read_zone },
	{ .table = "Education, Training, and Experience",
	  .files = { "Education", "Education, Training, and Experience" },
	  COLUMNS(rating_columns),
	  .read = read_rating },
	{ .table = "Training and Experience",
	  .files = { "Training and Experience" },
	  COLUMNS(rating_columns),
	  .read = read_rating },
	{ .table = "Related Occupations",
	  .files = { "Related Occupations" },
	  COLUMNS(related_columns),
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
