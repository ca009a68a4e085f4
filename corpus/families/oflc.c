// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * oflc.c - disclosure files of the Office of Foreign Labor Certification, FY2008 to FY2026: labor condition
 * applications (LCA), permanent certifications (PERM), prevailing wage determinations (PWD), H-2A, H-2B, CW-1.
 *
 * One table holds all names that a column ever had, whatever the programme and the year.  What is not here
 * is not here on purpose: the titles of contact persons and supervisors (EMPLOYER_POC_JOB_TITLE), the code
 * that an employer suggested before the department chose one (SUGGESTED_SOC_CODE), and the names of
 * employers.
 */
#include "corpus/source_schema.h"

#include "lib/base/ascii.h"

enum { FILING_TITLE, FILING_CODE, FILING_STATUS, FILING_DECIDED, FILING_RECEIVED, FILING_VISA };

static const struct column_spec filing_columns[] = {
	[FILING_TITLE] = { { "JOB_TITLE", "JOB_INFO_JOB_TITLE", "LCA_CASE_JOB_TITLE", "PW_JOB_TITLE_9089",
			     "PW_JOB_TITLE" },
			   MARK },
	[FILING_CODE] = { { "PWD_SOC_CODE", "PW_SOC_CODE", "SOC_CODE", "LCA_CASE_SOC_CODE", "SOC_CODE_ID" }, NEEDED },
	[FILING_STATUS] = { { "CASE_STATUS", "STATUS" }, MARK },
	[FILING_DECIDED] = { { "DECISION_DATE", "DETERMINATION_DATE", "RECENT_DECISION_DATE", "DETERMINATION_ISSUED",
			       "PW_DETERMINATION_DATE", "PW_DETERM_DATE" },
			     OPTIONAL },
	[FILING_RECEIVED] = { { "RECEIVED_DATE", "CASE_RECEIVED_DATE", "CASE_SUBMITTED", "LCA_CASE_SUBMIT",
				"SUBMIT_DATE", "SUBMITTED_DATE", "NPC_SUBMITTED_DATE" },
			      OPTIONAL },
	[FILING_VISA] = { { "VISA_CLASS", "VISA_TYPE", "APPLICATION_TYPE" }, OPTIONAL },
};

/* ---- programmes ---- */

static const char *const programme_names[PROGRAMME_COUNT] = {
	[PROGRAMME_LCA] = "LCA",  [PROGRAMME_PERM] = "PERM", [PROGRAMME_PWD] = "PWD",
	[PROGRAMME_H2A] = "H-2A", [PROGRAMME_H2B] = "H-2B",  [PROGRAMME_CW1] = "CW-1",
};

/* Columns that one form alone has.  The order matters: a PERM file repeats parts of its wage determination. */
struct programme_column {
	enum programme programme;
	const char *name;
};

static const struct programme_column sure_columns[] = {
	{ PROGRAMME_PERM, "JOB_INFO_JOB_TITLE" },  { PROGRAMME_PERM, "PW_JOB_TITLE_9089" },
	{ PROGRAMME_PERM, "PW_TRACK_NUM" },        { PROGRAMME_PERM, "PW_TRACK_NUMBER" },
	{ PROGRAMME_PERM, "JOB_OPP_PWD_NUMBER" },  { PROGRAMME_PERM, "APP_FOR_COLLEGE_U_TEACHER" },
	{ PROGRAMME_PERM, "OCCUPATION_TYPE" },     { PROGRAMME_PERM, "CLASS_OF_ADMISSION" },
	{ PROGRAMME_PERM, "EMP_BUSINESS_NAME" },   { PROGRAMME_PERM, "PW_SOC_CODE" },
	{ PROGRAMME_LCA, "LCA_CASE_NUMBER" },      { PROGRAMME_LCA, "LCA_CASE_JOB_TITLE" },
	{ PROGRAMME_LCA, "H-1B_DEPENDENT" },       { PROGRAMME_LCA, "H1B_DEPENDENT" },
	{ PROGRAMME_LCA, "WILLFUL_VIOLATOR" },     { PROGRAMME_PWD, "PWD_SOC_CODE" },
	{ PROGRAMME_PWD, "SUGGESTED_SOC_CODE" },   { PROGRAMME_PWD, "DETERMINATION_DATE" },
	{ PROGRAMME_PWD, "DETERMINATION_ISSUED" }, { PROGRAMME_PWD, "PW_DETERMINATION_DATE" },
	{ PROGRAMME_PWD, "PW_DETERM_DATE" },       { PROGRAMME_PWD, "REQUESTOR_POC_LAST_NAME" },
};

/* Both H-2 programmes were once published in one file, so the visa class of a row comes before these. */
static const struct programme_column likely_columns[] = {
	{ PROGRAMME_CW1, "LEGAL_BUSINESS_NAME" },
	{ PROGRAMME_H2B, "CAP_EXEMPT" },
	{ PROGRAMME_H2B, "NPC_SUBMITTED_DATE" },
	{ PROGRAMME_H2B, "SUBMITTED_DATE" },
	{ PROGRAMME_H2B, "DOT_OCCUPATIONAL_CODE" },
	{ PROGRAMME_H2A, "TYPE_OF_EMPLOYER_APPLICATION" },
	{ PROGRAMME_H2A, "PRIMARY_CROP" },
	{ PROGRAMME_H2A, "SOC_CODE_ID" },
	{ PROGRAMME_H2A, "ORGANIZATION_FLAG" },
	{ PROGRAMME_H2A, "PRIMARY/SUB" },
	{ PROGRAMME_H2A, "PRIMARY_SUB" },
	{ PROGRAMME_H2A, "PRMARY/SUB" },
	{ PROGRAMME_LCA, "TOTAL_WORKER_POSITIONS" },
};

static enum programme programme_of_columns(const struct clues *clues, const struct programme_column *columns,
					   size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (family_has_column(clues->header, clues->header_count, columns[i].name))
			return columns[i].programme;
	}
	return PROGRAMME_COUNT;
}

/* Letters and digits alone, in capitals, as far as they fit: "H-2A_Disclosure" becomes "H2ADISCLOSURE". */
static void squeeze(struct slice text, char *to, size_t size)
{
	size_t used = 0;
	for (size_t i = 0; i < text.length && used + 1 < size; i++) {
		char c = text.at[i];
		if (ascii_is_letter(c) || ascii_is_digit(c))
			to[used++] = (char)(ascii_is_lower(c) ? c & ~32 : c);
	}
	to[used] = '\0';
}

static const struct {
	const char *word;
	enum programme programme;
} programme_words[] = {
	{ "H1B", PROGRAMME_LCA }, { "E3", PROGRAMME_LCA },  { "H2A", PROGRAMME_H2A },   { "H2B", PROGRAMME_H2B },
	{ "CW1", PROGRAMME_CW1 }, { "LCA", PROGRAMME_LCA }, { "PERM", PROGRAMME_PERM }, { "PWD", PROGRAMME_PWD },
};

/* "H-1B", "H-1B1 Chile", "E-3 Australian", "H-2A": what a row says. */
static enum programme programme_of_visa(struct slice visa)
{
	char text[12];
	squeeze(visa, text, sizeof text);
	for (size_t i = 0; i < 5; i++) {
		if (strncmp(text, programme_words[i].word, strlen(programme_words[i].word)) == 0)
			return programme_words[i].programme;
	}
	return PROGRAMME_COUNT;
}

/* What a file name or --release says: "LCA_Disclosure_Data_FY2024_Q1.xlsx", "PW_Disclosure_Data_FY2022". */
static enum programme programme_of_name(const char *name)
{
	char text[256];
	squeeze(slice_of(name), text, sizeof text);
	for (size_t i = 0; i < sizeof programme_words / sizeof *programme_words; i++) {
		/* Two letters and digits are in many a name by chance. */
		if (strlen(programme_words[i].word) > 2 && strstr(text, programme_words[i].word))
			return programme_words[i].programme;
	}
	return PROGRAMME_COUNT;
}

/* ---- dates and years ---- */

enum { YEAR_LOWEST = 2000, YEAR_HIGHEST = 2099 };

/* The federal fiscal year begins in October of the year before. */
static int fiscal(long year, long month)
{
	if (year < 100)
		year += 2000;
	if (month < 1 || month > 12 || year < YEAR_LOWEST || year > YEAR_HIGHEST)
		return 0;
	return (int)(month >= 10 ? year + 1 : year);
}

/* Days since the end of 1899 as spreadsheets count them, to year and month of the Gregorian calendar
 * (https://howardhinnant.github.io/date_algorithms.html). */
static int fiscal_of_serial(long serial)
{
	enum { FROM_MARCH_OF_YEAR_0 = 719468, UNIX_EPOCH = 25569, CYCLE = 146097 };
	if (serial < 30000 || serial > 80000)
		return 0;
	long days = serial - UNIX_EPOCH + FROM_MARCH_OF_YEAR_0;
	long cycle = days / CYCLE;
	long day = days % CYCLE;
	long year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
	long month = (5 * (day - (365 * year + year / 4 - year / 100)) + 2) / 153;
	month += month < 10 ? 3 : -9;
	return fiscal(year + cycle * 400 + (month <= 2), month);
}

static long take_number(struct slice *s, size_t *digits)
{
	long value = 0;
	*digits = 0;
	for (; s->length > 0 && ascii_is_digit(*s->at) && *digits < 6; s->length--, ++*digits)
		value = value * 10 + (*s->at++ - '0');
	return value;
}

static bool take_separator(struct slice *s)
{
	return slice_skip(s, SLICE("-")) || slice_skip(s, SLICE("/")) || slice_skip(s, SLICE("."));
}

/* "OCT", "October": 1 to 12; 0 where it is no month. */
static long take_month_name(struct slice *s)
{
	static const char names[] = "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC";
	for (long month = 0; month < 12; month++) {
		if (!slice_begins_nocase(*s, (struct slice){ names + 3 * month, 3 }))
			continue;
		for (; s->length > 0 && ascii_is_letter(*s->at); s->length--)
			s->at++;
		return month + 1;
	}
	return 0;
}

/* The fiscal year of a date as a spreadsheet counts it (45261, 45261.5), 2023-12-01, 12/01/2023, 12/1/23 or
 * 01-DEC-23, with or without a time behind it; 0 where it is none of these. */
static int fiscal_of_date(struct slice s)
{
	size_t digits;
	long first = take_number(&s, &digits);
	if (digits == 0)
		return 0;
	if (digits == 5 && (s.length == 0 || s.at[0] == '.'))
		return fiscal_of_serial(first);
	bool iso = digits == 4;
	if (digits > 4 || !take_separator(&s))
		return 0;
	long month = take_month_name(&s);
	bool named = month > 0;
	if (!named) {
		month = take_number(&s, &digits);
		if (digits == 0 || digits > 2)
			return 0;
	}
	if (iso)
		return fiscal(first, month);
	if (!take_separator(&s))
		return 0;
	long year = take_number(&s, &digits);
	if (digits != 2 && digits != 4)
		return 0;
	return fiscal(year, named ? month : first);
}

static int fiscal_of_row(const struct row *row)
{
	int year = fiscal_of_date(row->fields[FILING_DECIDED]);
	return year > 0 ? year : fiscal_of_date(row->fields[FILING_RECEIVED]);
}

/* Two or four digits that stand alone at `at`. */
static int year_at(const char *at)
{
	size_t digits = 0;
	while (digits < 5 && ascii_is_digit(at[digits]))
		digits++;
	if (digits != 2 && digits != 4)
		return 0;
	int year = (at[0] - '0') * 10 + (at[1] - '0');
	year = digits == 2 ? year + 2000 : year * 100 + (at[2] - '0') * 10 + (at[3] - '0');
	return year >= YEAR_LOWEST && year <= YEAR_HIGHEST ? year : 0;
}

/* "..._FY2024_Q1.xlsx", "H-1B_FY14_Q4", "PERM 2017". */
static int year_of_name(const char *name, int *quarter)
{
	int year = 0;
	*quarter = 0;
	for (const char *p = name; *p && year == 0; p++) {
		if ((p[0] | 32) == 'f' && (p[1] | 32) == 'y' && (p == name || !ascii_is_letter(p[-1]))) {
			const char *digits = p + 2;
			while (*digits == ' ' || *digits == '_' || *digits == '-')
				digits++;
			year = year_at(digits);
		}
	}
	for (const char *p = name; *p && year == 0; p++) {
		if (p[0] == '2' && ascii_is_digit(p[1]) && ascii_is_digit(p[2]) &&
		    (p == name || !ascii_is_digit(p[-1])))
			year = year_at(p);
	}
	for (const char *p = name; *p && year > 0 && *quarter == 0; p++) {
		if ((p[0] | 32) == 'q' && p[1] >= '1' && p[1] <= '4' && !ascii_is_digit(p[2]) &&
		    (p == name || !ascii_is_letter(p[-1])))
			*quarter = p[1] - '0';
	}
	return year;
}

/* ---- what a file is ---- */

static void look(const struct row *row, struct release_note *note)
{
	int year = fiscal_of_row(row);

	if (note->programme == PROGRAMME_COUNT)
		note->programme = programme_of_visa(row->fields[FILING_VISA]);
	for (size_t i = 0; year > 0 && i < NOTE_YEARS; i++) {
		if (note->years[i].rows > 0 && note->years[i].year != year)
			continue;
		note->years[i].year = year;
		note->years[i].rows++;
		break;
	}
}

static void identify_year(const struct clues *clues, struct release_note *note)
{
	enum { NAMES = sizeof clues->names / sizeof *clues->names };
	unsigned most = 0;

	for (size_t i = 0; i < NOTE_YEARS; i++) {
		if (note->years[i].rows > most) {
			most = note->years[i].rows;
			note->year = note->years[i].year;
		}
	}
	/* The quarter stands in names alone. */
	for (size_t i = 0; i < NAMES + 1; i++) {
		int quarter;
		const char *name = i < NAMES ? clues->names[i] : clues->option ? clues->option : "";
		int year = year_of_name(name, &quarter);
		if (year == 0)
			continue;
		if (note->year == 0 || note->year == year) {
			note->year = year;
			note->quarter = quarter;
		}
		break;
	}
}

static void identify_programme(const struct clues *clues, struct release_note *note)
{
	enum { NAMES = sizeof clues->names / sizeof *clues->names };
	enum programme sure = programme_of_columns(clues, sure_columns, sizeof sure_columns / sizeof *sure_columns);

	note->by_rows = sure == PROGRAMME_COUNT;
	if (sure != PROGRAMME_COUNT)
		note->programme = sure;
	if (note->programme == PROGRAMME_COUNT)
		note->programme =
			programme_of_columns(clues, likely_columns, sizeof likely_columns / sizeof *likely_columns);
	for (size_t i = 0; i < NAMES && note->programme == PROGRAMME_COUNT; i++)
		note->programme = programme_of_name(clues->names[i]);
	if (note->programme == PROGRAMME_COUNT && clues->option)
		note->programme = programme_of_name(clues->option);
}

static bool identify(const struct clues *clues, struct release_note *note, struct error *err)
{
	identify_programme(clues, note);
	identify_year(clues, note);
	if (note->programme == PROGRAMME_COUNT)
		return error_set(
			err, ERROR_INPUT,
			"name the file as published (LCA_Disclosure_Data_FY2024_Q1.xlsx), or say it: "
			"--release 'LCA FY2024'",
			"this is a disclosure file of which neither the columns nor the name tell the programme");
	if (note->year > 0 && note->quarter > 0)
		snprintf(note->release, sizeof note->release, "FY%d Q%d", note->year, note->quarter);
	else if (note->year > 0)
		snprintf(note->release, sizeof note->release, "FY%d", note->year);
	snprintf(note->title, sizeof note->title, "%s disclosure%s%s", programme_names[note->programme],
		 note->release[0] ? " " : "", note->release);
	return true;
}

/* ---- rows ---- */

static bool contains(struct slice text, const char *word)
{
	for (struct slice wanted = slice_of(word); text.length >= wanted.length; text.at++, text.length--)
		if (slice_begins_nocase(text, wanted))
			return true;
	return false;
}

/* Whether the department agreed with the code, if only for a time: Certified, Certified-Withdrawn,
 * "Determination Issued - Partial Certification (Expired)"; of wages "Redetermination Affirmed". */
static bool is_certified(struct slice status)
{
	static const char *const never[] = { "DENIED", "DENIAL", "REJECT", "INVALID", "NOT CERTIFI", "NON-CERTIFI" };
	static const char *const wages[] = { "DETERMINATION", "AFFIRMED", "MODIFIED", "ISSUED" };

	/* Nearly every row. */
	if (slice_begins_nocase(status, SLICE("CERTIFI")))
		return !contains(status, "REJECT") && !contains(status, "DENIED");
	for (size_t i = 0; i < sizeof never / sizeof *never; i++) {
		if (contains(status, never[i]))
			return false;
	}
	if (contains(status, "CERTIFI"))
		return true;
	if (contains(status, "WITHDRAW"))
		return false;
	for (size_t i = 0; i < sizeof wages / sizeof *wages; i++) {
		if (contains(status, wages[i]))
			return true;
	}
	return false;
}

/* ="Fellow" keeps a spreadsheet from reading a text as something else. */
static struct slice without_formula(struct slice title)
{
	if (title.length < 4 || memcmp(title.at, "=\"", 2) != 0 || title.at[title.length - 1] != '"')
		return title;
	title.at += 2;
	title.length -= 3;
	return slice_trim(title);
}

static void read_filing(struct row *row)
{
	struct record r = { .kind = RECORD_FILING, .count = 1, .programme = row->note->programme };
	struct slice status;

	if (!row_text(row, FILING_STATUS, &status))
		return;
	if (!is_certified(status)) {
		row_reject(row, REJECT_NOT_CERTIFIED, FILING_STATUS);
		return;
	}
	row->fields[FILING_TITLE] = without_formula(row->fields[FILING_TITLE]);
	if (!row_code(row, FILING_CODE, &r.code) || !row_text(row, FILING_TITLE, &r.text))
		return;
	r.detail = row->fields[FILING_VISA];
	if (row->note->by_rows) {
		enum programme programme = programme_of_visa(r.detail);
		if (programme != PROGRAMME_COUNT)
			r.programme = programme;
	}
	r.number = fiscal_of_row(row);
	if (r.number == 0)
		r.number = row->note->year;
	row_emit(row, &r);
}

static const struct table_spec tables[] = {
	{ .table = "OFLC disclosure data",
	  .advice = "leave it out: titles without codes teach nothing; PERM on the new form of FY2024 and H-2A "
		    "before FY2014 were published without SOC codes",
	  .needed = true,
	  .every_sheet = true,
	  COLUMNS(filing_columns),
	  .read = read_filing },
};

const struct family family_oflc = {
	.name = "oflc",
	.title = "OFLC disclosure data",
	.what = "OFLC disclosure data",
	.advice = "take the file as published, from "
		  "https://www.dol.gov/agencies/eta/foreign-labor/performance",
	TABLES(tables),
	.empty = "n/a",
	.look = look,
	.identify = identify,
};
