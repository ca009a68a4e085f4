// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * test_user_table.c - tables of the user's own: which column has the codes, and what becomes of the others.
 */
#include "tests/unit/corpus_notes.h"
#include "tests/unit/xlsx_make.h"

#include "lib/base/fault.h"

#define OCCUPATIONS "O*NET-SOC Code\tTitle\tDescription\n11-1011.00\tChief Executives\tLead.\n"
#define CHIEFS "occupation code=11-1011.00 text=Chief Executives detail=Lead.\n"

/* An O*NET release of one occupation, and a table of one's own. */
static bool run_own(const char *name, const char *path, bool strict, struct notes *n, struct corpus **out,
		    struct error *err)
{
	const char *release = make_file("Occupation Data.txt", SLICE(OCCUPATIONS));
	struct corpus_user_table own = { name, path };
	struct corpus_options options = { .user_tables = &own, .user_table_count = 1, .strict = strict };
	return run(&release, 1, options, n, out, err);
}

static void columns_become_facts(void **state)
{
	(void)state;
	static const struct {
		struct slice content;
		const char *column; /* with the codes */
		const char *records;
		uint64_t rows, used;
	} rows[] = {
		{ SLICE("soc,pay\n11-1011,7\n"), "soc", "facts code=11-1011 [pay]=7\n", 1, 1 },
		{ SLICE("pay,Note,SOC Code\n7,\"a, b\",11-1011.00\n,x,11-1000\n"), "SOC Code",
		  "facts code=11-1011.00 [pay]=7 [Note]=a, b\nfacts code=11-1000 [Note]=x\n", 2, 2 },
		{ SLICE("soc\tonet_soc\tn\n11-1011\t11-1011.00\t1\n"), "onet_soc",
		  "facts code=11-1011.00 [soc]=11-1011 [n]=1\n", 1, 1 },
		{ SLICE("OCC_CODE,*,a*\n111011,1,2\n"), "OCC_CODE", "facts code=11-1011 [*]=1 [a*]=2\n", 1, 1 },
		/* no such name: the first column with nothing but codes */
		{ SLICE("who,where,there\n11-1011,11-1021,x\nme,11-1011,11-1021\n"), "where",
		  "facts code=11-1021 [who]=11-1011 [there]=x\nfacts code=11-1011 [who]=me [there]=11-1021\n", 2, 2 },
		{ SLICE("where,n\n11-1011,\n,5\n11-1021,6\n"), "where", "facts code=11-1021 [n]=6\n", 3, 1 },
		/* below a preamble; two columns of one name */
		{ SLICE("Our pay\n\nas of May,,\nsoc,n,n\n11-1011,1,2\n"), "soc", "facts code=11-1011 [n]=1 [n]=2\n", 1,
		  1 },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct notes n = { 0 };
		struct error err = { 0 };
		struct corpus *c;
		size_t count;
		const char *path = make_file("own.csv", rows[i].content);
		if (!run_own("mine", path, false, &n, &c, &err))
			fail_msg("row %zu: %s", i, err.text);
		const struct corpus_source *s = corpus_sources(c, &count);
		char remark[96];
		snprintf(remark, sizeof remark, "its codes are in the column \"%s\"", rows[i].column);
		if (count != 2 || strcmp(s[1].remark, remark) != 0)
			fail_msg("row %zu: %s", i, s[1].remark);
		ROW_CHECK(strcmp(s[1].family, "own") == 0 && strcmp(s[1].title, "mine") == 0, i);
		ROW_CHECK(strcmp(s[1].name, "own.csv") == 0 && strlen(s[1].sha256) == 64, i);
		if (strncmp(n.records.at, CHIEFS, strlen(CHIEFS)) != 0 ||
		    strcmp(n.records.at + strlen(CHIEFS), rows[i].records) != 0)
			fail_msg("row %zu:\n%s", i, n.records.at);
		ROW_CHECK(s[1].tables[0].rows == rows[i].rows && s[1].tables[0].used == rows[i].used, i);
		corpus_close(c);
		forget(&n);
	}
}

static void workbooks_are_searched(void **state)
{
	(void)state;
	const struct make_book book = {
		.sheet = SHEET("<row>" TEXT("A1", "Nothing") "</row>"),
		.workbook = WORKBOOK("<sheets><sheet name=\"Notes\" sheetId=\"1\" r:id=\"rId1\"/>"
				     "<sheet name=\"Pay\" sheetId=\"2\" r:id=\"rId4\"/></sheets>"),
		.rels = RELS(REL("rId1", "worksheet", "worksheets/sheet1.xml")
				     REL("rId4", "worksheet", "worksheets/sheet2.xml")),
		.more = { { "xl/worksheets/sheet2.xml",
			    SLICE(SHEET("<row>" TEXT("A1", "of May") "</row><row>" TEXT("A2", "Pay")
						TEXT("B2", "soc_code") "</row><row><c r=\"A3\"><v>7.5</v></c>" TEXT(
							"B3", "11-1011") "</row>")) } },
	};
	struct notes n = { 0 };
	struct error err = { 0 };
	if (!run_own("mine", make_book("own.xlsx", &book), true, &n, NULL, &err))
		fail_msg("%s", err.text);
	assert_string_equal(n.records.at, CHIEFS "facts code=11-1011 [Pay]=7.5\n");
	forget(&n);
}

static void what_cannot_be_is_refused(void **state)
{
	(void)state;
	static const struct {
		const char *name;
		struct slice content;
		enum error_code code;
		const char *text, *hint;
	} rows[] = {
		{ "mine", SLICE("a,b\n1,2\n"), ERROR_INPUT, "no column with codes", "15-1252" },
		{ "mine", SLICE("soc\n11-1011\n"), ERROR_INPUT, "no column with codes", "15-1252" },
		{ "mine", SLICE("a,b\n11-1011,2\nx,3\n"), ERROR_INPUT, "no column with codes", "" },
		{ "mine", SLICE(""), ERROR_INPUT, "the file is empty", "" },
		{ "mine", SLICE("soc,n\nx,1\n"), ERROR_INPUT, "no row that can be used", "15-1252" },
		{ "", SLICE("soc,n\n11-1011,1\n"), ERROR_USAGE, "'' is no name", "pay=pay.csv" },
		{ "a b", SLICE("soc,n\n11-1011,1\n"), ERROR_USAGE, "'a b' is no name", "" },
		{ "a.b", SLICE("soc,n\n11-1011,1\n"), ERROR_USAGE, "'a.b' is no name", "" },
		{ "abcdefghijklmnopqrstuvwxyz0123456789", SLICE("soc,n\n11-1011,1\n"), ERROR_USAGE, "is no name",
		  "31" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct notes n = { 0 };
		struct error err = { 0 };
		ROW_CHECK(!run_own(rows[i].name, make_file("own.csv", rows[i].content), false, &n, NULL, &err), i);
		if (err.code != rows[i].code || !strstr(err.text, rows[i].text) || !strstr(err.hint, rows[i].hint))
			fail_msg("row %zu: %s (%s)", i, err.text, err.hint);
		forget(&n);
	}
}

#ifdef SOC_FAULTS

static void failures_lose_nothing(void **state)
{
	(void)state;
	static const enum fault_kind kinds[] = { FAULT_MEMORY, FAULT_READ };
	const char *path = make_file("own.csv", SLICE("a,where\n1,11-1011\n2,11-1021\n"));
	for (size_t k = 0; k < COUNT(kinds); k++) {
		bool done = false;
		for (long at = 1; !done; at++) {
			struct notes n = { 0 };
			struct error err = { 0 };
			const char *release = make_file("Occupation Data.txt", SLICE(OCCUPATIONS));
			struct corpus_user_table own = { "mine", path };
			struct corpus_options options = { .user_tables = &own, .user_table_count = 1 };
			struct corpus *c = NULL;
			struct record_sink sink = { take, &n };
			fault_arm(kinds[k], at, false);
			done = corpus_open(&release, 1, &options, &c, &err) && corpus_read(c, &sink, &err);
			fault_arm(kinds[k], 0, false);
			ROW_CHECK(done || err.code == ERROR_MEMORY || err.code == ERROR_IO, at);
			corpus_close(c);
			forget(&n);
			assert_true(at < 2000);
		}
	}
}

#endif

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns_become_facts),
		cmocka_unit_test(workbooks_are_searched),
		cmocka_unit_test(what_cannot_be_is_refused),
#ifdef SOC_FAULTS
		cmocka_unit_test(failures_lose_nothing),
#endif
	};
	return cmocka_run_group_tests(tests, make_set_up, make_tear_down);
}
