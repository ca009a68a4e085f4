// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * test_families.c - SOC, Census and crosswalk tables, tables of facts, what is recognised without being read, and the
 * rules over several sources.
 */
#include "tests/unit/corpus_make.h"
#include "tests/unit/corpus_notes.h"
#include "tests/unit/xlsx_make.h"

#include "corpus/source_schema.h"
#include "lib/base/fault.h"

#define DEFINITIONS "SOC Group,SOC Code,SOC Title,SOC Definition\n"
#define STRUCTURE "Major Group,Minor Group,Broad Group,Detailed Occupation,\n"
#define MATCHES "2018 SOC Code,2018 SOC Title,2018 SOC Direct Match Title,Illustrative Example\n"
#define INDEX "2018 SOC Code,Description\n"
#define SOC_WALK "2010 SOC Code,2010 SOC Title,2018 SOC Code,2018 SOC Title\n"
#define ONET_WALK "O*NET-SOC 2010 Code,O*NET-SOC 2010 Title,O*NET-SOC 2019 Code,O*NET-SOC 2019 Title\n"
#define ONET_SOC_WALK "O*NET-SOC 2019 Code,O*NET-SOC 2019 Title,2018 SOC Code,2018 SOC Title\n"
#define CENSUS_WALK ",2018 Census Title ,2018 Census Code,2018 SOC Code\n"
#define OCCUPATIONS "O*NET-SOC Code\tTitle\tDescription\n11-1011.00\tChief Executives\tLead.\n"

static const struct corpus_options plain = { .strict = false };

/* ---- tables and their records ---- */

static const struct {
	struct slice content;
	const char *family;
	const char *records;
	uint64_t rows;
	enum reject_reason why; /* of the rows that were read and not used */
	uint64_t rejected;
} cases[] = {
	/* definitions */
	{ SLICE(DEFINITIONS "Major,11-0000,Management,\nMinor,11-1000,Top,\nBroad,11-1010,Chiefs,\n"
			    "Detailed,11-1011,Chief Executives,\"Lead, and decide.\"\n"),
	  "soc-definitions",
	  "group code=11-0000 text=Management\ngroup code=11-1000 text=Top\ngroup code=11-1010 text=Chiefs\n"
	  "group code=11-1011 text=Chief Executives detail=Lead, and decide.\n",
	  4, REJECT_NONE, 0 },
	{ SLICE(DEFINITIONS "Detailed,11-1011,Chiefs,Lead. ILLUSTRATIVE EXAMPLES: Admiral; CEO \n"), "soc-definitions",
	  "group code=11-1011 text=Chiefs detail=Lead. more=Admiral; CEO\n", 1, REJECT_NONE, 0 },
	{ SLICE("soc_code,SOC  TITLE,Illustrative examples,Soc-Definition\n11-1011,Chiefs,CEO,Lead.\n"),
	  "soc-definitions", "group code=11-1011 text=Chiefs detail=Lead. more=CEO\n", 1, REJECT_NONE, 0 },
	{ SLICE(DEFINITIONS "Detailed,11-1011,Chiefs,Lead.\nDetailed,11-1011.00,Chiefs,Lead.\n"), "soc-definitions",
	  "group code=11-1011 text=Chiefs detail=Lead.\n", 2, REJECT_BAD_CODE, 1 },
	{ SLICE(DEFINITIONS "Detailed,11-1011,Chiefs,Lead.\n,,,\n"), "soc-definitions",
	  "group code=11-1011 text=Chiefs detail=Lead.\n", 2, REJECT_EMPTY, 1 },
	/* structure, below a preamble; the title has no name */
	{ SLICE("Bureau of Something\n\nNovember 2017,,\n\"a note, with a comma\"\n" STRUCTURE
		"11-0000,,,,Management\n,11-1000,,,Top\n,,11-1010,,Chiefs\n,,,11-1011,Chief Executives\n,,,,\n"),
	  "soc-structure",
	  "group code=11-0000 text=Management\ngroup code=11-1000 text=Top\ngroup code=11-1010 text=Chiefs\n"
	  "group code=11-1011 text=Chief Executives\n",
	  5, REJECT_NONE, 0 },
	{ SLICE("Major Group,Minor Group,Broad Occupation,Detailed Occupation,Title\n,,,11-1011,Chief Executives\n"
		",,,,Nothing\n"),
	  "soc-structure", "group code=11-1011 text=Chief Executives\n", 2, REJECT_EMPTY, 1 },
	/* direct match titles */
	{ SLICE(MATCHES "11-1011,Chiefs,Admiral,x\n11-1011,Chiefs,Boss,X\n11-1011,Chiefs,\"CEO, acting\",\n"),
	  "soc-titles",
	  "title code=11-1011 text=Admiral as=4\ntitle code=11-1011 text=Boss as=4\n"
	  "title code=11-1011 text=CEO, acting as=3\n",
	  3, REJECT_NONE, 0 },
	{ SLICE(MATCHES "11-1011,Chiefs,,x\n11-1011,Chiefs,CEO,\n"), "soc-titles", "title code=11-1011 text=CEO as=3\n",
	  2, REJECT_EMPTY, 1 },
	/* the Census index */
	{ SLICE(INDEX "11-1011,Admiral\n    11-9013,Plant care \n11-1010,Chief\n13-20XX,Adjuster\\ ns\n"
		      "51-4XXX,Annealer\n15-124X,Consultant\\ specified type not listed\n"),
	  "census-index",
	  "title code=11-1011 text=Admiral as=5\ntitle code=11-9013 text=Plant care as=5\n"
	  "title code=11-1010 text=Chief as=5\ntitle id=13-20XX text=Adjuster as=5\n"
	  "title id=51-4XXX text=Annealer as=5\ntitle id=15-124X text=Consultant as=5\n",
	  6, REJECT_NONE, 0 },
	{ SLICE(INDEX "11-1011,Admiral\n,\"Helper See \"\"Aide\"\"\"\n,Creative one Code by duties\n"), "census-index",
	  "title code=11-1011 text=Admiral as=5\n", 3, REJECT_NO_CODE, 2 },
	{ SLICE(INDEX "11-1011,Admiral\n13-2XX1,x\n1X-2111,x\n13-2111X,x\n13-XXXXX,x\n13X20XX,x\nnone,x\n"),
	  "census-index", "title code=11-1011 text=Admiral as=5\n", 7, REJECT_BAD_CODE, 6 },
	{ SLICE(INDEX "11-1011,Admiral\n11-1011,\\ ns\n11-1011,\n"), "census-index",
	  "title code=11-1011 text=Admiral as=5\n", 3, REJECT_EMPTY, 2 },
	{ SLICE(INDEX "35-1011,Chef de caf\xE9\n"), "census-index",
	  "title code=35-1011 text=Chef de caf\xC3\xA9 as=5\n", 1, REJECT_NONE, 0 },
	/* crosswalks */
	{ SLICE("Bureau\n\n" SOC_WALK
		"11-1011,Old,11-1011,New\n11-1011,Old,11-1021,Other\n11-10XX,Old,11-1021,Other\n"),
	  "soc-2010-2018",
	  "crosswalk code=11-1011 other=11-1011 text=Old detail=New as=0\n"
	  "crosswalk code=11-1011 other=11-1021 text=Old detail=Other as=0\n",
	  3, REJECT_BAD_CODE, 1 },
	{ SLICE(ONET_WALK "11-1011.00,Old,11-1011.03,New\n11-1011,Old,11-1011.03,New\n"), "onet-2010-2019",
	  "crosswalk code=11-1011.00 other=11-1011.03 text=Old detail=New as=1\n", 2, REJECT_BAD_CODE, 1 },
	{ SLICE(ONET_SOC_WALK "11-1011.03,Old,11-1011,New\n11-1011.03,Old,,New\n"), "onet-2019-soc",
	  "crosswalk code=11-1011.03 other=11-1011 text=Old detail=New as=2\n", 2, REJECT_EMPTY, 1 },
	{ SLICE(CENSUS_WALK ",Management:,0010-0440,11-0000\n,Chiefs,0010,11-1011\n,Others,960,13-20XX\n,,,\n"
			    ",Unspecified,9830,none\n,Nothing,1000,\n,A note below the table,,\n"),
	  "census-2018-soc",
	  "crosswalk other=11-1011 id=0010 text=Chiefs as=3\n"
	  "crosswalk id=0960 text=Others more=13-20XX as=3\n",
	  7, REJECT_NO_CODE, 1 },
};

static void tables_become_records(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct notes n = { 0 };
		struct error err = { 0 };
		struct corpus *c;
		size_t count;
		/* The name says nothing, or something else. */
		const char *path = make_file(i % 2 == 0 ? "table.csv" : "LCA_FY2024.csv", cases[i].content);
		if (!run(&path, 1, plain, &n, &c, &err))
			fail_msg("row %zu: %s", i, err.text);
		if (strcmp(n.records.at, cases[i].records) != 0)
			fail_msg("row %zu: %s", i, n.records.at);
		const struct corpus_source *s = corpus_sources(c, &count);
		ROW_CHECK(count == 1 && s->table_count == 1, i);
		if (strcmp(s->family, cases[i].family) != 0)
			fail_msg("row %zu: %s", i, s->family);
		ROW_CHECK(s->tables[0].rows == cases[i].rows, i);
		ROW_CHECK(cases[i].why == REJECT_NONE || s->tables[0].rejected[cases[i].why] == cases[i].rejected, i);
		/* What a sound release has is not told row by row. */
		ROW_CHECK(cases[i].why != REJECT_NO_CODE || !strstr(n.warnings.at, "no code"), i);
		ROW_CHECK(s->release[0] != '\0' && strstr(s->title, "20") != NULL && !s->remark, i);
		corpus_close(c);
		forget(&n);
	}
}

/* The same tables as workbooks, among sheets that are something else. */
static void sheets_are_told_apart(void **state)
{
	(void)state;
	static const struct {
		struct make_sheet sheets[4];
		size_t count;
		const char *family;
		const char *records;
	} rows[] = {
		{ { { "Sorted by SOC", MATCHES "11-1011,Chiefs,CEO" },
		    { "Sorted by title", MATCHES "11-1011,Chiefs,CEO" } },
		  2,
		  "soc-titles",
		  "title code=11-1011 text=CEO as=3\n" },
		{ { { "OVERVIEW", "Codes\nof 2018" },
		    { "List", ",US Census Bureau\n\n" CENSUS_WALK ",Chiefs,0010,11-1011" },
		    { "Changes",
		      "2018 SOC Code,2018 Census Code,2018 Census Title,Census No Change\n11-1011,0010,Wrong,x" },
		    { "Old", "2010 SOC code,2010 Census Code,2010 Census Title,2018 SOC Code,2018 Census Code,2018 "
			     "Census Title\n"
			     "11-1011,0010,Wrong,11-1011,0010,Wrong" } },
		  4,
		  "census-2018-soc",
		  "crosswalk other=11-1011 id=0010 text=Chiefs as=3\n" },
		{ { { "Old",
		      "2010 SOC code,2010 Census Code,2018 SOC Code,2018 Census Code\n11-1011,0010,11-1011,0010" },
		    { "Sorted by 2010", "Bureau\n\n\n" SOC_WALK "11-1011,Old,11-1011,New" } },
		  2,
		  "soc-2010-2018",
		  "crosswalk code=11-1011 other=11-1011 text=Old detail=New as=0\n" },
		{ { { "2018 Structure", "Bureau\n\n" STRUCTURE "11-0000,,,,Management\n,,,11-1011,Chief Executives" } },
		  1,
		  "soc-structure",
		  "group code=11-0000 text=Management\ngroup code=11-1011 text=Chief Executives\n" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct notes n = { 0 };
		struct error err = { 0 };
		struct corpus *c;
		size_t count;
		const char *path = make_workbook("Book1.xlsx", rows[i].sheets, rows[i].count);
		if (!run(&path, 1, plain, &n, &c, &err))
			fail_msg("row %zu: %s", i, err.text);
		if (strcmp(n.records.at, rows[i].records) != 0)
			fail_msg("row %zu: %s", i, n.records.at);
		ROW_CHECK(strcmp(corpus_sources(c, &count)->family, rows[i].family) == 0, i);
		ROW_CHECK(count == 1, i);
		corpus_close(c);
		forget(&n);
	}
}

/* A workbook with tables of two families is two sources. */
static void one_workbook_may_hold_two_sources(void **state)
{
	(void)state;
	static const struct make_sheet sheets[] = {
		{ "Titles", MATCHES "11-1011,Chiefs,CEO" },
		{ "Definitions", DEFINITIONS "Detailed,11-1011,Chief Executives,Lead." },
	};
	struct notes n = { 0 };
	struct error err = { 0 };
	struct corpus *c;
	size_t count;
	const char *path = make_workbook("both.xlsx", sheets, COUNT(sheets));
	assert_true(run(&path, 1, plain, &n, &c, &err));
	assert_string_equal(n.records.at, "group code=11-1011 text=Chief Executives detail=Lead.\n"
					  "title code=11-1011 text=CEO as=3\n");
	const struct corpus_source *s = corpus_sources(c, &count);
	assert_int_equal(count, 2);
	assert_string_equal(s[0].sha256, s[1].sha256);
	corpus_close(c);
	forget(&n);
}

static void headers_are_found_below_a_preamble(void **state)
{
	(void)state;
	for (size_t above = 28; above < 33; above++) {
		struct buffer text = { 0 };
		struct notes n = { 0 };
		struct error err = { 0 };
		for (size_t i = 0; i < above; i++)
			buffer_append_text(&text, "note\n", NULL);
		buffer_append_text(&text, INDEX "11-1011,Admiral\n", NULL);
		const char *path = make_file("table.csv", buffer_slice(&text));
		ROW_CHECK(run(&path, 1, plain, &n, NULL, &err) == (above < 30), above);
		ROW_CHECK(above >= 30 || strcmp(n.records.at, "title code=11-1011 text=Admiral as=5\n") == 0, above);
		forget(&n);
		buffer_free(&text);
	}
}

/* ---- the Excel edition of O*NET ---- */

static void workbooks_of_a_release_are_read(void **state)
{
	(void)state;
	static const struct make_sheet occupations = {
		"Occupation Data", "O*NET-SOC Code,Title,Description\n11-1011.00,Chief Executives,Lead."
	};
	static const struct make_sheet titles = {
		"Alternate Titles", "O*NET-SOC Code,Title,Alternate Title,Short Title,Source(s)\n"
				    "11-1011.00,Chief Executives,Boss,,08\n11-1011.00,Chief Executives,CEO,n/a,08"
	};
	static const char wanted[] = "occupation code=11-1011.00 text=Chief Executives detail=Lead.\n"
				     "title code=11-1011.00 text=Boss as=1\ntitle code=11-1011.00 text=CEO as=1\n";
	struct make_entry entries[4] = {
		{ "x/Occupation Data.xlsx", make_load(make_workbook("one.xlsx", &occupations, 1)) },
		{ "x/Alternate Titles.xlsx", make_load(make_workbook("two.xlsx", &titles, 1)) },
		{ "x/Skills.xlsx", SLICE("PK: no workbook, and nobody asks for it") },
		{ "x/Read Me.txt", SLICE("O*NET 29.3 Database\nMay 2025 Release\n") },
	};
	static const struct {
		const char *zip, *folder, *option;
		bool note;
		const char *title;
	} rows[] = {
		{ "a.zip", "db_29_3_excel", NULL, true, "O*NET 29.3" },
		{ "a.zip", "db_30_1_excel", NULL, false, "O*NET 30.1" },
		{ "db_28_0_excel.zip", "x", NULL, false, "O*NET 28.0" },
		{ "db_28_0_excel.zip", "db_28_3_excel", "27.0", false, "O*NET 28.3" },
		{ "a.zip", "x", "27.0", false, "O*NET 27.0" },
		{ "a.zip", "x", NULL, false, "O*NET" },
		{ "db_x_y.zip", "db_29", NULL, false, "O*NET" },
		{ "db_29_.zip", "db__3_excel", NULL, false, "O*NET" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct notes n = { 0 };
		struct error err = { 0 };
		struct corpus *c;
		size_t count;
		char names[4][64];
		struct make_entry inside[4];
		for (size_t e = 0; e < COUNT(entries); e++) {
			snprintf(names[e], sizeof names[e], "%s/%s", rows[i].folder, entries[e].name + 2);
			inside[e] = (struct make_entry){ names[e], entries[e].content };
		}
		const char *path = make_zip(rows[i].zip, inside, rows[i].note ? 4 : 3, ZIP_EM_NONE);
		if (!run(&path, 1, (struct corpus_options){ .strict = true, .release = rows[i].option }, &n, &c, &err))
			fail_msg("row %zu: %s: %s", i, err.file, err.text);
		ROW_CHECK(strcmp(n.records.at, wanted) == 0, i);
		ROW_CHECK(n.warnings.length == 0, i);
		if (strcmp(corpus_sources(c, &count)->title, rows[i].title) != 0)
			fail_msg("row %zu: %s", i, corpus_sources(c, &count)->title);
		corpus_close(c);
		forget(&n);
		unlink(path);
	}
	make_free(entries[0].content);
	make_free(entries[1].content);
}

/* ---- tables of facts ---- */

#define WAGES "AREA_TYPE,OCC_CODE,OCC_TITLE,O_GROUP,I_GROUP,TOT_EMP,A_MEDIAN,H_MEDIAN,ANNUAL,HOURLY\n"
#define OUTLOOK \
	"\"Table 1.2 Occupational projections, and so on\"\n2024 National Employment Matrix title," \
	"2024 National Employment Matrix code,Occupation type,\"Employment, 2024\",\"Employment, 2034\"," \
	"\"Employment distribution, percent, 2024\",\"Employment change, numeric, 2024\xE2\x80\x93" \
	"34\"," \
	"\"Employment change, percent, 2024\xE2\x80\x93" \
	"34\",\"Occupational openings, 2024\xE2\x80\x93" \
	"34 annual average\"," \
	"\"Median annual wage, dollars, 2024[1]\",Typical education needed for entry\n"

static const struct {
	const char *name; /* of the file */
	struct slice content;
	const char *family;
	const char *title; /* of the source */
	const char *table;
	const char *records;
	uint64_t rows, used;
	enum reject_reason why;
	uint64_t rejected;
} fact_cases[] = {
	/* FLAG */
	{ "Wage Year 2031-32.csv",
	  SLICE("O*NET Code,Occupation,Education,Source\n11-1011.00,Chiefs,Degree one,BLS Data\n"
		"11-1021.00,Managers,None,\n"),
	  "flag", "FLAG wage year 2031-32", "Appendix A",
	  "facts code=11-1011.00 appendix_a=Degree one~BLS Data\nfacts code=11-1021.00 appendix_a=None\n", 2, 2, 0, 0 },
	{ "zones.csv",
	  SLICE("O*NET Code,SOC Code,SOC Broad Occupation,SOC Minor Occupation,Title,Job Zone,Source\n"
		"11-1011.00,11-1011,11-1010,11-1000,Chiefs,5,O*NET\n11-1021.00,11-1021,11-1020,11-1000,Managers,6,O*"
		"NET\n"),
	  "flag", "FLAG wage year", "Job Zones by occupation", "facts code=11-1011.00 flag_zone=5~O*NET\n", 2, 1,
	  REJECT_BAD_NUMBER, 1 },
	{ "levels.csv",
	  SLICE("O*NET Code,SOC Code,SOC Broad Occupation,Title,Education,Source\n"
		"11-1011.00,11-1011,11-1010,Chiefs,Degree one,SOC Broad Occupation Group\n"
		"11-1011,11-1011,11-1010,Chiefs,Degree one,x\n"),
	  "flag", "FLAG wage year", "Education by occupation",
	  "facts code=11-1011.00 flag_education=Degree one~SOC Broad Occupation Group\n", 2, 1, REJECT_BAD_CODE, 1 },
	{ "levels.csv",
	  SLICE("O*NET Code,SOC Code,SOC Broad Occupation,Title,Education,Source\n"
		"11-1011.00,11-1011,11-1010,Chiefs,Degree one,a\n11-1021.00,11-1021,11-1020,Managers,,a\n"),
	  "flag", "FLAG wage year", "Education by occupation", "facts code=11-1011.00 flag_education=Degree one~a\n", 2,
	  1, REJECT_EMPTY, 1 },
	/* OEWS */
	{ "national_M2031_dl.csv",
	  SLICE(WAGES
		"1,11-0000,Management,major,cross-industry,\"1,230\",1001.5,#,,\n"
		"1,11-1010,Chiefs,broad,cross-industry,7,*,*,,TRUE\n1,11-1010,Chiefs,detailed,cross-industry,7,*,*,,"
		"TRUE\n"
		"1,21-1018,Two together,detailed,cross-industry,**,20,10.25,TRUE,\n"
		"2,11-1011,A state,detailed,cross-industry,1,1,1,,\n1,11-1011,A sector,detailed,sector,1,1,1,,\n"),
	  "oews", "OEWS May 2031", "Employment and wages",
	  "facts code=11-0000 detail=major wage_title=Management employment=1230 hourly_median=0+ "
	  "annual_median=1001.5\n"
	  "facts code=11-1010 detail=broad wage_title=Chiefs employment=7 hourly_median=0? annual_median=0? "
	  "wage_basis=hourly\n"
	  "facts code=11-1010 detail=detailed wage_title=Chiefs employment=7 hourly_median=0? annual_median=0? "
	  "wage_basis=hourly\n"
	  "facts code=21-1018 detail=detailed wage_title=Two together employment=0? hourly_median=10.25 "
	  "annual_median=20 "
	  "wage_basis=annual\n",
	  6, 4, 0, 0 },
	{ "wages.csv",
	  SLICE("OCC_CODE,OCC_TITLE,TOT_EMP,A_MEDIAN\n11-1011,Chiefs,many,1\n11-1011.00,Chiefs,1,1\n"
		"11-1021,Managers,2,3\n"),
	  "oews", "OEWS", "Employment and wages",
	  "facts code=11-1021 wage_title=Managers employment=2 annual_median=3\n", 3, 1, REJECT_BAD_NUMBER, 2 },
	{ "wages.csv", SLICE("OCC_CODE,OCC_TITLE,TOT_EMP,A_MEDIAN\n11-1011,Chiefs,1.2345,1\n11-1021,Managers,2,3\n"),
	  "oews", "OEWS", "Employment and wages",
	  "facts code=11-1021 wage_title=Managers employment=2 annual_median=3\n", 2, 1, REJECT_BAD_NUMBER, 1 },
	/* Employment Projections */
	{ "projections.csv",
	  SLICE(OUTLOOK
		"  Chiefs,11-1011,Line item,1.5,\"2,000.5\",9,-1.2,\xE2\x88\x92"
		"3.4,5,\">=$1,234\","
		"Degree one\nManagers,11-1000,Summary,1,2,9,3,4,5,\xE2\x80\x94,\xE2\x80\x94\nFootnotes:,,,,,,,,,,\n"),
	  "projections", "Employment Projections 2024-34", "Projections and characteristics of workers",
	  "facts code=11-1011 outlook_title=Chiefs outlook_employment=1.5 outlook_projected=2000.5 outlook_change=-1.2 "
	  "outlook_growth=-3.4 outlook_openings=5 outlook_wage=1234+ entry_education=Degree one\n"
	  "facts code=11-1000 outlook_title=Managers outlook_employment=1 outlook_projected=2 outlook_change=3 "
	  "outlook_growth=4 outlook_openings=5 outlook_wage=0?\n",
	  3, 2, 0, 0 },
	/* fields of study */
	{ "cip.csv",
	  SLICE("SOC2018Code,SOC2018Title,CIP2020Code,CIP2020Title\n11-1011,Chiefs,52.0101,Business.\n"
		"11-1011,Chiefs,99.9999,NO MATCH\n99-9999,NO MATCH,01.0508,Taxidermy.\n11-1011,Chiefs,52,Business.\n"
		"11-1011,Chiefs,520101,Business.\n"),
	  "soc-cip", "SOC 2018 to CIP 2020 crosswalk", "SOC 2018 to CIP 2020",
	  "facts code=11-1011 degree=52.0101~Business\nfacts code=11-1011 degree=99.9999~NO MATCH\n"
	  "facts code=99-9999 degree=01.0508~Taxidermy\n",
	  5, 3, REJECT_BAD_CODE, 2 },
	{ "list_2031.csv",
	  SLICE("CIP Code Two-Digit Series,2020 CIP Code,CIP Code Title\n52,52.1301,Science of Managing\n"
		"52,52.1302,\n"),
	  "stem-cip", "DHS STEM degree programmes 2031", "STEM degree programmes",
	  "facts id=52.1301 stem_dhs=Science of Managing\n", 2, 1, REJECT_EMPTY, 1 },
	/* STEM */
	{ "classes_2031.tsv", SLICE("CENSUS_OCC\tNCSES_TITLE\tNCSES_CLASS\n0010\tChiefs\tNON-STEM\n0020\tOthers\t\n"),
	  "stem-census", "NCSES STEM classes 2031", "STEM classes of Census occupations",
	  "facts id=0010 stem_ncses=NON-STEM~Chiefs\n", 2, 1, REJECT_EMPTY, 1 },
	{ "stem.csv",
	  SLICE("Code,Occupation,Occupation Types\n11-9041.00,Engineering Managers,Managerial\n11-9041,Short,Sales\n"),
	  "stem-onet", "O*NET list of STEM occupations", "STEM occupations",
	  "facts code=11-9041.00 stem_onet=Managerial\n", 2, 1, REJECT_BAD_CODE, 1 },
};

static void tables_become_facts(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(fact_cases); i++) {
		struct notes n = { 0 };
		struct error err = { 0 };
		struct corpus *c;
		size_t count;
		uint64_t rejected = 0;
		const char *path = make_file(fact_cases[i].name, fact_cases[i].content);
		if (!run(&path, 1, plain, &n, &c, &err))
			fail_msg("row %zu: %s", i, err.text);
		const struct corpus_source *s = corpus_sources(c, &count);
		ROW_CHECK(count == 1 && s->table_count == 1, i);
		if (strcmp(s->family, fact_cases[i].family) != 0 || strcmp(s->title, fact_cases[i].title) != 0 ||
		    strcmp(s->tables[0].table, fact_cases[i].table) != 0)
			fail_msg("row %zu: %s, %s, %s", i, s->family, s->title, s->tables[0].table);
		if (strcmp(n.records.at, fact_cases[i].records) != 0)
			fail_msg("row %zu:\n%s", i, n.records.at);
		for (size_t why = 0; why < REJECT_REASON_COUNT; why++)
			rejected += s->tables[0].rejected[why];
		ROW_CHECK(s->tables[0].rows == fact_cases[i].rows && s->tables[0].used == fact_cases[i].used, i);
		ROW_CHECK(rejected == fact_cases[i].rejected, i);
		ROW_CHECK(rejected == 0 || s->tables[0].rejected[fact_cases[i].why] > 0, i);
		corpus_close(c);
		forget(&n);
		unlink(path);
	}
}

/* The notes of the wage survey say from what on it says no more than "so much or more". */
static void notes_tell_the_top(void **state)
{
	(void)state;
	const struct make_book book = {
		.sheet = SHEET("<row>" TEXT("A1", "OCC_CODE") TEXT("B1", "OCC_TITLE") TEXT("C1", "TOT_EMP")
				       TEXT("D1", "A_MEDIAN") "</row><row>" TEXT("A2", "11-1011") TEXT("B2", "Chiefs")
					       TEXT("C2", "1") TEXT("D2", "#") "</row>"),
		.workbook = WORKBOOK("<sheets><sheet name=\"national_M2031_dl\" sheetId=\"1\" r:id=\"rId1\"/>"
				     "<sheet name=\"Notes\" sheetId=\"2\" r:id=\"rId4\"/></sheets>"),
		.rels = RELS(REL("rId1", "worksheet", "worksheets/sheet1.xml")
				     REL("rId4", "worksheet", "worksheets/sheet2.xml")),
		.more = { { "xl/worksheets/sheet2.xml",
			    SLICE(SHEET("<row>" TEXT("A1", "Field") TEXT("B1", "Field Description") "</row><row>" TEXT(
				    "A2",
				    "*  = indicates that a wage is not available") "</row><row>" TEXT("A3",
												      "#  = indicates "
												      "a wage equal to "
												      "or greater than "
												      "$11.50 per hour "
												      "or $23,920 per "
												      "year ") "</"
													       "row"
													       ">")) } },
	};
	struct notes n = { 0 };
	struct error err = { 0 };
	struct corpus *c;
	size_t count;
	const char *path = make_book("survey.xlsx", &book);
	if (!run(&path, 1, plain, &n, &c, &err))
		fail_msg("%s: %s", err.file, err.text);
	assert_string_equal(n.records.at, "top hourly_median=11.50 annual_median=23920\n"
					  "facts code=11-1011 wage_title=Chiefs employment=1 annual_median=0+\n");
	assert_string_equal(corpus_sources(c, &count)->title, "OEWS May 2031");
	assert_int_equal(corpus_sources(c, &count)->tables[0].used, 1);
	corpus_close(c);
	forget(&n);
	unlink(path);
}

/* ---- recognised, and not read ---- */

static void unused_sources_are_named(void **state)
{
	(void)state;
	static const struct {
		struct slice content;
		const char *family;
	} rows[] = {
		{ SLICE("\"Table 1.1 Projections, and so on\"\n2024 National Employment Matrix title,"
			"2024 National Employment Matrix code,\"Employment, 2024\"\n"),
		  "projections" },
		{ SLICE("2025 National Employment Matrix occupation title,2025 National Employment Matrix occupation "
			"code\n"),
		  "projections" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct notes n = { 0 };
		struct error err = { 0 };
		struct corpus *c;
		size_t count;
		const char *path = make_file("table", rows[i].content);
		if (!run(&path, 1, (struct corpus_options){ .strict = true }, &n, &c, &err))
			fail_msg("row %zu: %s", i, err.text);
		const struct corpus_source *s = corpus_sources(c, &count);
		if (strcmp(s->family, rows[i].family) != 0)
			fail_msg("row %zu: %s", i, s->family);
		ROW_CHECK(s->table_count == 0 && strcmp(s->remark, "recognised, not used by this version") == 0, i);
		ROW_CHECK(strlen(s->sha256) == 64 && s->bytes == rows[i].content.length && s->title[0], i);
		ROW_CHECK(n.taken == 0 && n.warnings.length == 0, i);
		corpus_close(c);
		forget(&n);
	}
}

/* ---- what is no source ---- */

static void refuse(const char *const *paths, size_t count, const char *file, const char *text, const char *hint)
{
	struct notes n = { 0 };
	struct error err = { 0 };
	if (run(paths, count, plain, &n, NULL, &err))
		fail_msg("not refused: %s", text);
	if (err.code != ERROR_INPUT || !strstr(err.text, text) || !strstr(err.hint, hint) || !strstr(err.file, file))
		fail_msg("%s: %s (%s), not %s: %s (%s)", err.file, err.text, err.hint, file, text, hint);
	forget(&n);
}

static void the_nearest_family_is_named(void **state)
{
	(void)state;
	static const struct {
		struct slice content;
		const char *text;
		const char *hint;
	} rows[] = {
		{ SLICE("a,b\n"), "tried: O*NET (lacks \"Occupation Data.txt\"), SOC 2018 definitions, ",
		  "as published" },
		{ SLICE("a,b\n"), "OFLC disclosure data", "" },
		{ SLICE("SOC Group,SOC Code,SOC Title\n"),
		  "nearest is the SOC 2018 definitions, but the column \"SOC Definition\" is missing; tried: O*NET",
		  "bls.gov" },
		{ SLICE("note\nanother\n2018 Census Code,2018 Census Title\n"),
		  "nearest is the crosswalk from Census 2018 codes to SOC 2018, but the column \"2018 SOC Code\"",
		  "as published" },
		{ SLICE("O*NET-SOC 2010 Code,Title\n"), "nearest is the crosswalk from O*NET-SOC 2010 to 2019",
		  "as published" },
		{ SLICE("O*NET-SOC Code\tTitle\tDescription\n"), "lacks \"Occupation Data.txt\"", "" },
		{ SLICE("CASE_NUMBER,WORKSITE_CITY\n"), "tried:", "" },
		{ SLICE("Major Group,Minor Group,Broad Group,Detailed Occupation\n11-0000,,,\n"),
		  "no row that can be used", "bls.gov" },
		{ SLICE(DEFINITIONS), "no row that can be used", "bls.gov" },
		{ SLICE("SOC Code,SOC Title,SOC Definition,soc_code\n"), "has the column \"SOC Code\" twice",
		  "remove one" },
		{ SLICE(INDEX "11-1011,\"Admiral\n"), "is never closed", "close the quote" },
		{ SLICE("\"2018 SOC Code,Description\n"), "is never closed", "close the quote" },
		{ SLICE("<html><body>404</body></html>"), "this is a web page, not a table", "fetch" },
		{ SLICE("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old workbook"), "an old Excel workbook (.xls)", ".xlsx" },
		{ SLICE("\xff\xfe"
			"2\0000\0001\0008\0"),
		  "UTF-16", "UTF-8" },
		{ SLICE("PK\3\4 cut off"), "damaged", "again" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		const char *path = make_file("table.xlsx", rows[i].content);
		refuse(&path, 1, "table.xlsx", rows[i].text, rows[i].hint);
	}
}

/* In a folder, what is plainly no table is left alone; what should be one and is not is told. */
static void folders_are_searched(void **state)
{
	(void)state;
	struct notes n = { 0 };
	struct error err = { 0 };
	struct corpus *c;
	size_t count;
	make_dir("all");
	make_dir("all/soc");
	make_dir("all/db_30_1_text");
	make_file("all/README.md", SLICE("2018 SOC Code,Description\n"));
	make_file("all/notes.txt", SLICE("a \"note\"\n\"open"));
	make_file("all/picture.png", SLICE("\x89PNG\r\n\x1a\n"));
	make_file("all/.hidden.csv", SLICE(INDEX));
	make_file("all/soc/index.csv", SLICE(INDEX "11-1011,Admiral\n"));
	make_file("all/soc/strange.csv", SLICE("SOC Code,SOC Title\n"));
	make_file("all/soc/more.zip", SLICE("PK"));
	make_gzip("all/soc/walk.csv.gz", SLICE(SOC_WALK "11-1011,Old,11-1011,New\n"));
	make_file("all/db_30_1_text/Occupation Data.txt", SLICE(OCCUPATIONS));
	make_file("all/db_30_1_text/Skills.txt", SLICE("O*NET-SOC Code\tElement ID\n"));
	make_file("all/db_30_1_text/Whatever.csv", SLICE("a,b\n"));
	const char *path = make_path("all");
	if (!run(&path, 1, plain, &n, &c, &err))
		fail_msg("%s: %s", err.file, err.text);
	assert_string_equal(n.records.at, "occupation code=11-1011.00 text=Chief Executives detail=Lead.\n"
					  "crosswalk code=11-1011 other=11-1011 text=Old detail=New as=0\n"
					  "title code=11-1011 text=Admiral as=5\n");
	const struct corpus_source *s = corpus_sources(c, &count);
	assert_int_equal(count, 3);
	assert_string_equal(s[0].title, "O*NET 30.1");
	assert_string_equal(s[0].name, "all");
	assert_string_equal(s[1].name, "index.csv");
	assert_non_null(strstr(s[1].path, "/all/soc/index.csv"));
	assert_string_equal(s[2].name, "walk.csv.gz");
	assert_string_equal(n.warnings.at,
			    "0:0 a zip inside is not looked into: give it by itself\n"
			    "0:0 not used: nothing is recognised in it; nearest is the SOC 2018 definitions, but the "
			    "column \"SOC Definition\" is missing\n");
	corpus_close(c);
	forget(&n);

	make_file("all/soc/broken.xlsx", SLICE("PK\3\4 cut off"));
	refuse(&path, 1, "broken.xlsx", "damaged", "again");
}

/* ---- several sources ---- */

static void sources_are_read_in_order(void **state)
{
	(void)state;
	static const struct {
		const char *file;
		const char *content;
	} files[] = {
		{ "LCA_FY2024.csv", "CASE_STATUS,JOB_TITLE,SOC_CODE\nCertified,Cook,35-2014\n" },
		{ "index.csv", INDEX "11-1011,Admiral\n" },
		{ "matches.csv", MATCHES "11-1011,Chiefs,CEO,\n" },
		{ "wages.csv", "OCC_CODE,OCC_TITLE,TOT_EMP,A_MEDIAN\n11-1011,Chiefs,1,2\n" },
		{ "census.csv", CENSUS_WALK ",Chiefs,0010,11-1011\n" },
		{ "onet2.csv", ONET_SOC_WALK "11-1011.00,Old,11-1011,New\n" },
		{ "onet1.csv", ONET_WALK "11-1011.00,Old,11-1011.00,New\n" },
		{ "soc.csv", SOC_WALK "11-1011,Old,11-1011,New\n" },
		{ "structure.csv", STRUCTURE "11-0000,,,,Management\n" },
		{ "definitions.csv", DEFINITIONS "Major,11-0000,Management,\n" },
		{ "Occupation Data.txt", OCCUPATIONS },
	};
	const char *paths[COUNT(files)];
	struct notes n = { 0 };
	struct error err = { 0 };
	struct corpus *c;
	size_t count;
	make_dir("mix");
	for (size_t i = 0; i < COUNT(files); i++) {
		char name[64];
		snprintf(name, sizeof name, "mix/%s", files[i].file);
		paths[i] = make_file(name, slice_of(files[i].content));
	}
	assert_true(run(paths, COUNT(files), plain, &n, &c, &err));
	assert_string_equal(n.records.at, "occupation code=11-1011.00 text=Chief Executives detail=Lead.\n"
					  "group code=11-0000 text=Management\n"
					  "group code=11-0000 text=Management\n"
					  "crosswalk code=11-1011 other=11-1011 text=Old detail=New as=0\n"
					  "crosswalk code=11-1011.00 other=11-1011.00 text=Old detail=New as=1\n"
					  "crosswalk code=11-1011.00 other=11-1011 text=Old detail=New as=2\n"
					  "crosswalk other=11-1011 id=0010 text=Chiefs as=3\n"
					  "title code=11-1011 text=CEO as=3\n"
					  "title code=11-1011 text=Admiral as=5\n"
					  "filing code=35-2014 text=Cook as=0 count=1 number=2024\n"
					  "facts code=11-1011 wage_title=Chiefs employment=1 annual_median=2\n");
	const struct corpus_source *s = corpus_sources(c, &count);
	assert_int_equal(count, COUNT(files));
	for (size_t i = 0; i < count; i++)
		ROW_CHECK(strcmp(s[i].name, files[i].file) == 0, i);
	corpus_close(c);
	forget(&n);
}

static void doubles_are_told(void **state)
{
	(void)state;
	const char *paths[2];
	struct notes n = { 0 };
	struct error err = { 0 };
	struct corpus *c;
	size_t count;
	paths[0] = make_file("first.csv", SLICE(INDEX "11-1011,Admiral\n"));
	paths[1] = make_file("second.csv", SLICE(INDEX "11-1011,Admiral\n"));
	assert_true(run(paths, 2, (struct corpus_options){ .strict = true }, &n, &c, &err));
	assert_string_equal(n.records.at, "title code=11-1011 text=Admiral as=5\n");
	assert_non_null(strstr(n.warnings.at, "the same as "));
	assert_non_null(strstr(n.warnings.at, "first.csv, and read once"));
	assert_string_equal(n.last.file, paths[1]);
	corpus_sources(c, &count);
	assert_int_equal(count, 1);
	corpus_close(c);
	forget(&n);

	paths[1] = make_file("second.csv", SLICE(INDEX "11-1011,Admiral\n11-1011,Boss\n"));
	refuse(paths, 2, "second.csv", "two Census 2018 index of occupations releases: ", "one index for each");
	refuse(paths, 2, "second.csv", "first.csv", "one index for each");
	/* Not read, so as many as one likes. */
	paths[0] = make_file("first.csv", SLICE("2024 National Employment Matrix code\n"));
	paths[1] = make_file("second.csv", SLICE("2024 National Employment Matrix code\n11-1011\n"));
	assert_true(run(paths, 2, plain, &n, NULL, &err));
	assert_int_equal(n.warnings.length, 0);
	forget(&n);
}

/* ---- names ---- */

static void names_are_compared_loosely(void **state)
{
	(void)state;
	static const struct {
		const char *field, *name;
		bool same;
	} rows[] = {
		{ "TOTAL WORKERS", "TOTAL_WORKERS", true },
		{ "EMPLOYER _CITY", "EMPLOYER_CITY", true },
		{ "H-1B_DEPENDENT", "h_1b_dependent", true },
		{ " 2018 Census Title \n", "2018 Census Title", true },
		{ "SOC\xC2\xA0"
		  "Code",
		  "SOC Code", true },
		{ "SOC\nCode", "SOC Code", true },
		{ "SOCCode", "SOC Code", false },
		{ "SOC Code 2", "SOC Code", false },
		{ "", "SOC Code", false },
		{ "SOC", "SOC Code", false },
		{ "EMPLOYER_POC_JOB_TITLE", "JOB_TITLE", false },
		{ "2031 National Employment Matrix code", "*National Employment Matrix code", true },
		{ "National Employment Matrix code", "*National Employment Matrix code", true },
		{ "National Employment Matrix code link", "*National Employment Matrix code", false },
		{ "O*NET-SOC Code", "O*NET-SOC Code", true },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct slice field = slice_of(rows[i].field);
		ROW_CHECK(family_has_column(&field, 1, rows[i].name) == rows[i].same, i);
	}
}

/* The table of families is sound: nobody can tell two tables apart that have the same marks. */
static void families_are_sound(void **state)
{
	(void)state;
	size_t count;
	const struct family *const *list = family_list(&count);
	for (size_t f = 0; f < count; f++) {
		ROW_CHECK(list[f]->name && list[f]->title && list[f]->what && list[f]->advice, f);
		ROW_CHECK(strlen(list[f]->title) < 64 && list[f]->table_count > 0, f);
		for (size_t other = 0; other < f; other++)
			ROW_CHECK(strcmp(list[other]->name, list[f]->name) != 0, f);
		for (size_t t = 0; t < list[f]->table_count; t++) {
			const struct table_spec *spec = &list[f]->tables[t];
			struct slice header[FAMILY_COLUMNS];
			size_t marks = 0;
			ROW_CHECK(spec->column_count <= FAMILY_COLUMNS, f);
			for (size_t k = 0; k < spec->column_count; k++) {
				if (spec->columns[k].as.need == COLUMN_MARK)
					header[marks++] = slice_of(spec->columns[k].names[0] +
								   (spec->columns[k].names[0][0] == '*'));
			}
			ROW_CHECK((marks > 0) == (spec->files[0] == NULL), f);
			if (spec->files[0])
				continue;
			const struct family *family;
			const struct table_spec *found;
			struct near_miss nearest = { 0 };
			ROW_CHECK(family_match(header, marks, &family, &found, &nearest) && found == spec, f);
		}
	}
}

#ifdef SOC_FAULTS

/* Open and read with the k-th event of a kind failing, until none fails: each failure is told, nothing is
 * leaked, and no half of it passes for the whole. */
static void fail_each(enum fault_kind kind, const char *const *paths, size_t count, size_t records)
{
	for (long k = 1;; k++) {
		struct notes n = { 0 };
		struct error err = { 0 };
		struct corpus *c = NULL;
		struct record_sink sink = { take, &n };
		/* The notes must not fail: they are kept only where nothing can. */
		assert_true(buffer_reserve(&n.records, 4096, NULL));
		fault_arm(kind, k, false);
		bool ok = corpus_open(paths, count, NULL, &c, &err) && corpus_read(c, &sink, &err);
		long failures = fault_failures(kind);
		fault_arm(kind, 0, false);
		ROW_CHECK(ok == (err.code == ERROR_NONE), k);
		ROW_CHECK(ok || err.text[0] != '\0', k);
		if (ok)
			ROW_CHECK(n.taken == records, k);
		corpus_close(c);
		forget(&n);
		if (failures == 0)
			break;
		ROW_CHECK(!ok, k);
		ROW_CHECK(k < 5000, k);
	}
}

static void failures_lose_nothing(void **state)
{
	(void)state;
	static const struct make_sheet sheets[] = {
		{ "Notes", "nothing" },
		{ "Index", "note\n" INDEX "11-1011,Admiral\n13-20XX,Adjuster" },
		{ "Matches", MATCHES "11-1011,Chiefs,CEO,x" },
	};
	static const struct make_entry entries[] = {
		{ "LCA_FY2023.csv", SLICE("CASE_STATUS,JOB_TITLE,SOC_CODE\nCertified,Chef de caf\xE9,35-1011\n") },
		{ "LCA_FY2022.csv", SLICE("CASE_STATUS,JOB_TITLE,SOC_CODE\nCertified,Cook,35-2014\n") },
		{ "notes.txt", SLICE("a \"note\"\n\"open") },
	};
	const char *paths[2];
	paths[0] = make_workbook("fault.xlsx", sheets, COUNT(sheets));
	paths[1] = make_zip("fault.zip", entries, COUNT(entries), ZIP_EM_NONE);
	fail_each(FAULT_MEMORY, paths, 2, 5);
	fail_each(FAULT_READ, paths, 2, 5);
	/* The refusal of what is unknown needs memory too. */
	struct error err = { 0 };
	struct corpus *c;
	const char *path = make_file("unknown.csv", SLICE("SOC Code,SOC Title\n"));
	for (long k = 1; k < 100; k++) {
		error_clear(&err);
		fault_arm(FAULT_MEMORY, k, false);
		ROW_CHECK(!corpus_open(&path, 1, NULL, &c, &err), k);
		fault_arm(FAULT_MEMORY, 0, false);
		ROW_CHECK(err.code == ERROR_MEMORY || err.code == ERROR_INPUT, k);
	}
	assert_int_equal(err.code, ERROR_INPUT);
}

#endif

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tables_become_records),
		cmocka_unit_test(sheets_are_told_apart),
		cmocka_unit_test(one_workbook_may_hold_two_sources),
		cmocka_unit_test(headers_are_found_below_a_preamble),
		cmocka_unit_test(workbooks_of_a_release_are_read),
		cmocka_unit_test(tables_become_facts),
		cmocka_unit_test(notes_tell_the_top),
		cmocka_unit_test(unused_sources_are_named),
		cmocka_unit_test(the_nearest_family_is_named),
		cmocka_unit_test(folders_are_searched),
		cmocka_unit_test(sources_are_read_in_order),
		cmocka_unit_test(doubles_are_told),
		cmocka_unit_test(names_are_compared_loosely),
		cmocka_unit_test(families_are_sound),
#ifdef SOC_FAULTS
		cmocka_unit_test(failures_lose_nothing),
#endif
	};
	return cmocka_run_group_tests(tests, make_set_up, make_tear_down);
}
