// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/corpus_make.h"
#include "tests/unit/corpus_notes.h"

#include "lib/base/fault.h"
#include "lib/base/file.h"

#define OCCUPATIONS "O*NET-SOC Code\tTitle\tDescription\n11-1011.00\tChief Executives\tLead.\n"
#define README "O*NET 30.1 Database\r\nDecember 2025 Release\r\n---\r\n"

static const struct corpus_options plain = { .strict = false };

/* A fresh folder with Occupation Data and one more file. */
static const char *folder_with(const char *file, struct slice content)
{
	char name[300];
	make_remove(make_path("r"));
	make_dir("r");
	make_file("r/Occupation Data.txt", SLICE(OCCUPATIONS));
	if (file) {
		snprintf(name, sizeof name, "r/%s", file);
		make_file(name, content);
	}
	return make_path("r");
}

/* ---- tables and their records ---- */

static void tables_become_records(void **state)
{
	(void)state;
	static const struct {
		const char *file;
		struct slice content;
		const char *record;
	} rows[] = {
		{ "Job Titles.txt",
		  SLICE("O*NET-SOC Code\tJob Title\tShort Title\tSource(s)\n"
			"11-1011.00\tBig Boss\tBB\t08\n"),
		  "title code=11-1011.00 text=Big Boss detail=BB as=1\n" },
		{ "Alternate Titles.txt",
		  SLICE("O*NET-SOC Code\tAlternate Title\tShort Title\tSource(s)\n"
			"11-1011.00\tBig Boss\tn/a\t08\n"),
		  "title code=11-1011.00 text=Big Boss as=1\n" },
		{ "Sample of Reported Titles.txt",
		  SLICE("O*NET-SOC Code\tReported Job Title\tShown in My Next Move\n"
			"11-1011.00\tHead\tY\n11-1011.00\tTop\tN\n"),
		  "title code=11-1011.00 text=Head as=2 flags=4\ntitle code=11-1011.00 text=Top as=2\n" },
		{ "Task Statements.txt",
		  SLICE("O*NET-SOC Code\tTask ID\tTask\tTask Type\tIncumbents Responding\tDate\tDomain Source\n"
			"11-1011.00\t1\tDecide.\tCore\tn/a\t01/2020\tx\n"
			"11-1011.00\t2\tDelay.\tSupplemental\tn/a\t01/2020\tx\n"
			"11-1011.00\t3\tSay \"so\".\tn/a\tn/a\t01/2020\tx\n"),
		  "task code=11-1011.00 id=1 text=Decide. as=0\ntask code=11-1011.00 id=2 text=Delay. as=1\n"
		  "task code=11-1011.00 id=3 text=Say \"so\". as=2\n" },
		{ "Emerging Tasks.txt",
		  SLICE("O*NET-SOC Code\tTask\tCategory\tOriginal Task ID\tOriginal Task\tDate\tDomain Source\n"
			"11-1011.00\tAsk.\tNew\tn/a\tn/a\t01/2020\tx\n"
			"11-1011.00\tAsk twice.\tRevision\t7\tAsk once.\t01/2020\tx\n"),
		  "task code=11-1011.00 text=Ask. as=3\ntask code=11-1011.00 id=7 text=Ask twice. as=3 flags=16\n" },
		{ "emerging tasks.TXT",
		  SLICE("O*NET-SOC Code\tTask\tCategory\tOriginal Task ID\tOriginal Task\tWrite-in Total\n"
			"11-1011.00\tAsk.\tNew\tn/a\tn/a\t3\n"),
		  "task code=11-1011.00 text=Ask. as=3\n" },
		{ "DWA Reference.txt",
		  SLICE("Element ID\tIWA ID\tDWA ID\tDWA Title\n4.A\t4.A.I01\t4.A.I01.D01\tLook.\n"),
		  "activity id=4.A.I01.D01 text=Look.\n" },
		{ "GWAs to IWAs to DWAs.txt",
		  SLICE("GWA Element ID\tIWA Element ID\tDWA Element ID\tDWA Element "
			"Name\n4.A\t4.A.a\t4.A.a.1\tLook.\n"),
		  "activity id=4.A.a.1 text=Look.\n" },
		{ "Tasks to DWAs.txt", SLICE("O*NET-SOC Code\tTask ID\tDWA ID\tDate\n11-1011.00\t1\t4.A.I01.D01\tx\n"),
		  "link code=11-1011.00 id=1 detail=4.A.I01.D01\n" },
		{ "Tasks to DWAs.txt", SLICE("O*NET-SOC Code\tTask ID\tDWA Element ID\n11-1011.00\t1\t4.A.a.1\n"),
		  "link code=11-1011.00 id=1 detail=4.A.a.1\n" },
		{ "Technology Skills.txt",
		  SLICE("O*NET-SOC Code\tExample\tCommodity Code\tCommodity Title\tHot Technology\n"
			"11-1011.00\tSums 5\t432\tSheets\tY\n"),
		  "technology code=11-1011.00 text=Sums 5 detail=Sheets flags=1\n" },
		{ "Software Skills.txt",
		  SLICE("O*NET-SOC Code\tWorkplace Example\tElement ID\tElement Name\tHot Technology\tIn Demand\n"
			"11-1011.00\tSums 5\t2.E.1\tSheets\tY\tY\n11-1011.00\tSums 6\t2.E.1\tSheets\tN\tN\n"),
		  "technology code=11-1011.00 text=Sums 5 detail=Sheets flags=3\n"
		  "technology code=11-1011.00 text=Sums 6 detail=Sheets\n" },
		{ "Tools Used.txt",
		  SLICE("O*NET-SOC Code\tExample\tCommodity Code\tCommodity Title\n11-1011.00\tGavels\t4\tHammers\n"),
		  "tool code=11-1011.00 text=Gavels detail=Hammers\n" },
		{ "Job Zones.txt", SLICE("O*NET-SOC Code\tJob Zone\tDate\n11-1011.00\t1\tx\n11-1011.00\t5\tx\n"),
		  "zone code=11-1011.00 number=1\nzone code=11-1011.00 number=5\n" },
		{ "Job Zone Reference.txt",
		  SLICE("Job Zone\tName\tExperience\tEducation\tJob Training\tExamples\tSVP Range\n"
			"2\tZone 1-2\tsome\tschool\tdays\tclerks\t(Below 6.0)\n"),
		  "reference text=Zone 1-2 detail=(Below 6.0) more=some more=school more=days more=clerks number=2\n" },
		{ "Education, Training, and Experience.txt",
		  SLICE("O*NET-SOC Code\tElement ID\tElement Name\tScale ID\tCategory\tData Value\tN\tRecommend "
			"Suppress\n"
			"11-1011.00\t2.D.1\tLevel\tRL\t12\t55.5512\t9\tN\n"
			"11-1011.00\t2.D.4.a\tPaper\tIM\tn/a\t3.00\t9\tY\n"),
		  "education code=11-1011.00 id=2.D.1 scale=RL number=12 value=55.5512\n"
		  "education code=11-1011.00 id=2.D.4.a scale=IM value=3.0000 flags=8\n" },
		{ "Education.txt",
		  SLICE("O*NET-SOC Code\tElement ID\tScale ID\tCategory\tData Value\n11-1011.00\t2.D.1\tRL\t1\t0\n"),
		  "education code=11-1011.00 id=2.D.1 scale=RL number=1\n" },
		{ "Training and Experience.txt",
		  SLICE("O*NET-SOC Code\tElement ID\tScale ID\tCategory\tData "
			"Value\n11-1011.00\t3.A.1\tRW\t2\t100.00\n"),
		  "education code=11-1011.00 id=3.A.1 scale=RW number=2 value=100.0000\n" },
		{ "Education Categories.txt",
		  SLICE("Element ID\tElement Name\tScale ID\tCategory\tCategory "
			"Description\n2.D.1\tLevel\tRL\t1\tNone\n"),
		  "category id=2.D.1 text=None detail=Level scale=RL number=1\n" },
		{ "Training and Experience Categories.txt",
		  SLICE("Element ID\tElement Name\tScale ID\tCategory\tCategory "
			"Description\n3.A.1\tWork\tRW\t1\tNone\n"),
		  "category id=3.A.1 text=None detail=Work scale=RW number=1\n" },
		{ "Education, Training, and Experience Categories.txt",
		  SLICE("Element ID\tElement Name\tScale ID\tCategory\tCategory "
			"Description\n3.A.1\tWork\tRW\t1\tNone\n"),
		  "category id=3.A.1 text=None detail=Work scale=RW number=1\n" },
		{ "Related Occupations.txt",
		  SLICE("O*NET-SOC Code\tRelated O*NET-SOC Code\tRelatedness Tier\tIndex\n"
			"11-1011.00\t11-1021.00\tPrimary-Short\t1\n"),
		  "related code=11-1011.00 other=11-1021.00 text=Primary-Short number=1\n" },
		/* What looks alike is another table. */
		{ "Education Categories to Skills.txt", SLICE("Element ID\n1\n"), "" },
		{ "GWAs to IWAs.txt", SLICE("GWA Element ID\tIWA Element ID\tIWA Element Name\n1\t2\tx\n"), "" },
		{ "My Job Titles.txt", SLICE("O*NET-SOC Code\tJob Title\n11-1011.00\tBoss\n"), "" },
		/* The CSV edition. */
		{ "Job Titles.csv", SLICE("O*NET-SOC Code,Job Title\n11-1011.00,Boss\n"),
		  "title code=11-1011.00 text=Boss as=1\n" },
		{ "job_titles.csv",
		  SLICE("O*NET-SOC Code,Title,Job Title,Short Title,Source(s)\n"
			"11-1011.00,Chief Executives,\"Boss, big\",,08\n"),
		  "title code=11-1011.00 text=Boss, big as=1\n" },
		{ "education_training_and_experience_categories.csv",
		  SLICE("Element ID,Element Name,Scale ID,Scale Name,Category,Category "
			"Description\n3.A.1,Work,RW,x,1,None\n"),
		  "category id=3.A.1 text=None detail=Work scale=RW number=1\n" },
		/* Columns in any order, any case, with blanks; unknown ones in between; every line end. */
		{ "Job Titles.txt",
		  SLICE("\xEF\xBB\xBF"
			"Extra\t JOB TITLE \t\to*net-soc code\r\n"
			"e\t  Big Boss\xC2\xA0\tf\t 11-1011.00 \r\n\r\n"),
		  "title code=11-1011.00 text=Big Boss as=1\n" },
		{ "Job Titles.txt", SLICE("O*NET-SOC Code\tJob Title\r11-1011.00\tBoss\r"),
		  "title code=11-1011.00 text=Boss as=1\n" },
		/* Where both names stand, the newer one counts. */
		{ "Job Titles.txt", SLICE("Alternate Title\tO*NET-SOC Code\tJob Title\nOld\t11-1011.00\tNew\n"),
		  "title code=11-1011.00 text=New as=1\n" },
		/* A table of that name in CSV. */
		{ "Job Titles.txt", SLICE("O*NET-SOC Code,Job Title\n\"11-1011.00\",\"Boss, big\"\n"),
		  "title code=11-1011.00 text=Boss, big as=1\n" },
	};
	static const char occupation[] = "occupation code=11-1011.00 text=Chief Executives detail=Lead.\n";

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct notes n = { 0 };
		struct error err = { 0 };
		const char *path = folder_with(rows[i].file, rows[i].content);
		if (!run(&path, 1, plain, &n, NULL, &err))
			fail_msg("row %zu: %s", i, err.text);
		/* Occupations come first, whatever the names. */
		ROW_CHECK(strncmp(n.records.at, occupation, strlen(occupation)) == 0, i);
		ROW_CHECK(strcmp(n.records.at + strlen(occupation), rows[i].record) == 0, i);
		ROW_CHECK(n.warnings.length == 0, i);
		forget(&n);
	}
}

/* ---- rejected rows ---- */

#define TITLES "O*NET-SOC Code\tX\tJob Title\n"
#define ZONES "O*NET-SOC Code\tJob Zone\n"
#define RATINGS "O*NET-SOC Code\tElement ID\tScale ID\tCategory\tData Value\n"
#define RELATED "O*NET-SOC Code\tRelated O*NET-SOC Code\tIndex\n"

static const struct {
	const char *file;
	struct slice content;
	enum reject_reason why;
	const char *warning; /* LINE:COLUMN text */
} rejects[] = {
	{ "Job Titles.txt", SLICE(TITLES "11-1011.00\tx\n"), REJECT_FEW_FIELDS,
	  "2:0 too few fields: 2 where the header has 3\n" },
	{ "Job Titles.txt", SLICE(TITLES "11-1011.00\tx\tBoss\t\n"), REJECT_MANY_FIELDS,
	  "2:0 too many fields: 4 where the header has 3\n" },
	{ "Job Titles.txt", SLICE(TITLES "11-1011.00\tx\tBoss\n11-10A1.00\tx\tBoss\n"), REJECT_BAD_CODE,
	  "3:1 malformed code in \"O*NET-SOC Code\": 11-10A1.00\n" },
	{ "Job Titles.txt", SLICE(TITLES "11-1011\tx\tBoss\n"), REJECT_BAD_CODE,
	  "2:1 malformed code in \"O*NET-SOC Code\": 11-1011\n" },
	{ "Job Titles.txt", SLICE(TITLES "\tx\tBoss\n"), REJECT_EMPTY, "2:1 empty field in \"O*NET-SOC Code\"\n" },
	{ "Job Titles.txt", SLICE(TITLES "11-1011.00\tx\t n/a \n"), REJECT_EMPTY,
	  "2:3 empty field in \"Job Title\"\n" },
	{ "Job Titles.txt", SLICE(TITLES "\t\t\n"), REJECT_EMPTY, "2:1 empty field in \"O*NET-SOC Code\"\n" },
	{ "Job Titles.txt", SLICE(TITLES "11-1011.00\tcaf\xE9\tBoss\n"), REJECT_BAD_UTF8, "2:2 invalid UTF-8\n" },
	{ "Job Titles.txt", SLICE(TITLES "11-1011.00\tx\tBo\0ss\n"), REJECT_BAD_UTF8, "2:3 invalid UTF-8\n" },
	{ "Job Zones.txt", SLICE(ZONES "11-1011.00\t0\n"), REJECT_BAD_NUMBER, "2:2 bad number in \"Job Zone\": 0\n" },
	{ "Job Zones.txt", SLICE(ZONES "11-1011.00\t6\n"), REJECT_BAD_NUMBER, "2:2 bad number in \"Job Zone\": 6\n" },
	{ "Job Zones.txt", SLICE(ZONES "11-1011.00\t-1\n"), REJECT_BAD_NUMBER, "2:2 bad number in \"Job Zone\": -1\n" },
	{ "Job Zones.txt", SLICE(ZONES "11-1011.00\tfour\n"), REJECT_BAD_NUMBER,
	  "2:2 bad number in \"Job Zone\": four\n" },
	{ "Job Zones.txt", SLICE(ZONES "11-1011.00\t4294967300\n"), REJECT_BAD_NUMBER,
	  "2:2 bad number in \"Job Zone\": 4294967300\n" },
	{ "Education.txt", SLICE(RATINGS "11-1011.00\ta\tRL\t1\t12,5\n"), REJECT_BAD_NUMBER,
	  "2:5 bad number in \"Data Value\": 12,5\n" },
	{ "Education.txt", SLICE(RATINGS "11-1011.00\ta\tRL\t1\t100.01\n"), REJECT_BAD_NUMBER,
	  "2:5 bad number in \"Data Value\": 100.01\n" },
	{ "Education.txt", SLICE(RATINGS "11-1011.00\ta\tRL\t1\t.\n"), REJECT_BAD_NUMBER,
	  "2:5 bad number in \"Data Value\": .\n" },
	{ "Education.txt", SLICE(RATINGS "11-1011.00\ta\tRL\t1\tn/a\n"), REJECT_EMPTY,
	  "2:5 empty field in \"Data Value\"\n" },
	{ "Education.txt", SLICE(RATINGS "11-1011.00\ta\tRL\t100\t1\n"), REJECT_BAD_NUMBER,
	  "2:4 bad number in \"Category\": 100\n" },
	{ "Related Occupations.txt", SLICE(RELATED "11-1011.00\t11-1021\t1\n"), REJECT_BAD_CODE,
	  "2:2 malformed code in \"Related O*NET-SOC Code\": 11-1021\n" },
	/* Judged by the sink. */
	{ "Job Titles.txt", SLICE(TITLES "99-1011.00\tx\tBoss\n"), REJECT_UNKNOWN_CODE,
	  "2:1 unknown code in \"O*NET-SOC Code\": 99-1011.00\n" },
	{ "Job Titles.txt", SLICE(TITLES "11-1011.00\tx\tBoss\n"), REJECT_DUPLICATE, "2:0 duplicate\n" },
	{ "Job Titles.txt", SLICE(TITLES "11-1011.00\tx\tBoss\n"), REJECT_UNKNOWN_ID,
	  "2:0 unknown task or activity\n" },
};

static void reject_once(size_t i, bool strict)
{
	struct notes n = { 0 };
	struct error err = { 0 };
	struct corpus *c;
	struct corpus_options options = { .strict = strict };
	const char *path = folder_with(rejects[i].file, rejects[i].content);
	size_t sources;

	if (rejects[i].why == REJECT_UNKNOWN_CODE || rejects[i].why == REJECT_DUPLICATE ||
	    rejects[i].why == REJECT_UNKNOWN_ID) {
		n.refuse = rejects[i].why;
		n.refuse_kind = RECORD_TITLE;
	}
	ROW_CHECK(run(&path, 1, options, &n, &c, &err) == !strict, i);
	const struct corpus_table *t = &corpus_sources(c, &sources)[0].tables[1];
	ROW_CHECK(strcmp(t->member, rejects[i].file) == 0, i);
	for (int why = 0; why < REJECT_REASON_COUNT; why++)
		ROW_CHECK(t->rejected[why] == (why == (int)rejects[i].why), i);
	ROW_CHECK(t->rows == t->used + 1, i);

	char place[300];
	snprintf(place, sizeof place, "%s/%s", path, rejects[i].file);
	const struct error *told = strict ? &err : &n.last;
	if (strict) {
		buffer_printf(&n.warnings, NULL, "%llu:%u %s\n", (unsigned long long)err.line, err.column, err.text);
		buffer_terminate(&n.warnings, NULL);
		ROW_CHECK(strstr(err.hint, "--strict") != NULL, i);
	}
	if (strcmp(n.warnings.at, rejects[i].warning) != 0)
		fail_msg("row %zu: %s", i, n.warnings.at);
	ROW_CHECK(told->code == ERROR_INPUT, i);
	ROW_CHECK(strcmp(told->file, place) == 0, i);
	corpus_close(c);
	forget(&n);
}

static void bad_rows_are_counted(void **state)
{
	(void)state;
	/* Those of other families are tested with them. */
	bool seen[REJECT_REASON_COUNT] = {
		[REJECT_NONE] = true,      [REJECT_TOO_LONG] = true, [REJECT_NOT_CERTIFIED] = true,
		[REJECT_AMBIGUOUS] = true, [REJECT_NO_CODE] = true,  [REJECT_OPEN_QUOTE] = true,
		[REJECT_BAD_JSON] = true
	};
	for (size_t i = 0; i < COUNT(rejects); i++) {
		reject_once(i, false);
		reject_once(i, true);
		seen[rejects[i].why] = true;
	}
	for (size_t why = 0; why < REJECT_REASON_COUNT; why++) {
		ROW_CHECK(seen[why], why);
		ROW_CHECK(strlen(reject_reason_name((enum reject_reason)why)) > 3, why);
	}
}

static void long_rows_are_counted(void **state)
{
	(void)state;
	struct buffer text = { 0 };
	struct notes n = { 0 };
	struct error err = { 0 };
	struct corpus *c;
	size_t sources;
	struct slice run_of_x = make_run(3 << 20, 'x');

	buffer_append_text(&text, "O*NET-SOC Code\tJob Title\n11-1011.00\t", NULL);
	buffer_append(&text, run_of_x.at, run_of_x.length, NULL);
	buffer_append_text(&text, "\n11-1011.00\tBoss\n", NULL);
	const char *path = folder_with("Job Titles.txt", buffer_slice(&text));
	assert_true(run(&path, 1, plain, &n, &c, &err));
	const struct corpus_table *t = &corpus_sources(c, &sources)[0].tables[1];
	assert_int_equal(t->rows, 2);
	assert_int_equal(t->used, 1);
	assert_int_equal(t->rejected[REJECT_TOO_LONG], 1);
	assert_string_equal(n.warnings.at, "2:0 too long\n");
	corpus_close(c);
	forget(&n);
	make_free(run_of_x);
	buffer_free(&text);
}

/* ---- what is no release ---- */

/* The error of opening and reading these paths: it must be ERROR_INPUT with a file and a hint. */
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

static void broken_tables_are_refused(void **state)
{
	(void)state;
	static const struct {
		const char *file;
		struct slice content;
		const char *text;
		const char *hint;
	} rows[] = {
		{ "Job Titles.txt", SLICE("O*NET-SOC Code\tTitle of Job\n"),
		  "the table \"Alternate Titles\" lacks the column \"Job Title\" or \"Alternate Title\"",
		  "\"O*NET-SOC Code\", \"Title of Job\"" },
		{ "Task Statements.txt", SLICE("O*NET-SOC Code;Task ID;Task\n"), "lacks the column \"O*NET-SOC Code\"",
		  "as published" },
		{ "Job Titles.txt", SLICE("Job Title\tO*NET-SOC Code\tjob title \nx\ty\tz\n"),
		  "has the column \"Job Title\" twice", "as published" },
		{ "Job Zones.txt", SLICE(""), "is empty", "as published" },
		{ "Job Zones.txt", SLICE("\r\n\r\n"), "is empty", "as published" },
		{ "Job Zones.txt", SLICE("O*NET-SOC Code\tJob \xFFZone\n"), "the header row cannot be read",
		  "as published" },
		{ "Job Zones.txt", SLICE("\x89PNG\r\n\x1a\n..."), "this is a PNG image, not a table", "published" },
		{ "Job Zones.txt", SLICE("\xff\xfeO\0*\0N\0"), "UTF-16", "UTF-8" },
		{ "Job Zones.txt", SLICE("O*NET-SOC Code,Job Zone\n\"11-1011.00,5\n"), "is never closed", "quote" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		const char *path = folder_with(rows[i].file, rows[i].content);
		refuse(&path, 1, rows[i].file, rows[i].text, rows[i].hint);
	}
	const char *path = folder_with(NULL, SLICE(""));
	make_file("r/Occupation Data.txt", SLICE("O*NET-SOC Code\tTitle\tDescription\n"));
	refuse(&path, 1, "Occupation Data.txt", "no row that can be used", "onetcenter.org");
	make_file("r/Occupation Data.txt", SLICE("O*NET-SOC Code\tTitle\n"));
	refuse(&path, 1, "Occupation Data.txt", "lacks the column \"Description\"", "as published");
}

static void wrong_sources_are_refused(void **state)
{
	(void)state;
	static const struct make_entry nothing = { "a/notes.txt", SLICE("x") };
	static const struct make_entry csv = { "db_31_0_csv/occupation_data.csv", SLICE("a,b\n") };
	static const struct make_entry zips = { "db_30_1_text.zip", SLICE("PK") };
	static const struct make_entry lone = { "r/Job Zones.txt", SLICE("O*NET-SOC Code\tJob Zone\n") };
	static const struct make_entry note = { "r/Read Me.txt", SLICE(README) };
	static const struct {
		const char *zip;
		const struct make_entry *entry;
		const char *text;
		const char *hint;
	} rows[] = {
		{ "nothing.zip", &nothing, "tried: O*NET (lacks \"Occupation Data.txt\"), SOC 2018 definitions",
		  "db_31_0_text.zip" },
		{ "csv.zip", &csv, "the table \"Occupation Data\" lacks the column", "as published" },
		{ "zips.zip", &zips, "zip files in it", "the release itself" },
		{ "lone.zip", &lone, "lacks the table \"Occupation Data\"", "onetcenter.org" },
		{ "note.zip", &note, "tried:", "db_31_0_text.zip" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		const char *path = make_zip(rows[i].zip, rows[i].entry, 1, ZIP_EM_NONE);
		refuse(&path, 1, rows[i].zip, rows[i].text, rows[i].hint);
	}
	const char *path = make_zip("none.zip", NULL, 0, ZIP_EM_NONE);
	struct error err = { 0 };
	struct corpus *c;
	/* libzip writes no empty archive. */
	assert_false(corpus_open(&path, 1, NULL, &c, &err));
	path = make_file("empty.zip", SLICE("PK\5\6\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"));
	refuse(&path, 1, "empty.zip", "tried:", "db_31_0_text.zip");
	path = make_file("Some Table.txt", SLICE("a\tb\n"));
	refuse(&path, 1, "Some Table.txt", "tried:", "as published");
	path = make_file("Job Zones.txt", SLICE("O*NET-SOC Code\tJob Zone\n"));
	refuse(&path, 1, "Job Zones.txt", "lacks the table \"Occupation Data\"", "give that file too");
	error_clear(&err);
	assert_false(corpus_open(NULL, 0, NULL, &c, &err));
	assert_int_equal(err.code, ERROR_USAGE);
}

static void doubles_are_refused(void **state)
{
	(void)state;
	struct make_entry two[] = {
		{ "db_29/Occupation Data.txt", SLICE(OCCUPATIONS) },
		{ "db_30/Occupation Data.txt", SLICE(OCCUPATIONS) },
	};
	const char *path = folder_with("Alternate Titles.txt", SLICE("O*NET-SOC Code\tAlternate Title\n"));
	make_file("r/Job Titles.txt", SLICE("O*NET-SOC Code\tJob Title\n"));
	refuse(&path, 1, "/r", "/r/Alternate Titles.txt and ", "one release only");
	refuse(&path, 1, "/r", "/r/Job Titles.txt", "each of its tables once");
	path = make_zip("double.zip", two, 2, ZIP_EM_NONE);
	refuse(&path, 1, "double.zip", "double.zip: db_30/Occupation Data.txt", "one release only");

	two[1].name = "Read Me.txt";
	two[1].content = SLICE(README);
	const char *paths[2];
	paths[0] = make_zip("one.zip", two, 2, ZIP_EM_NONE);
	two[1].content = SLICE("O*NET 31.0 Database\nAugust 2026 Release\n");
	paths[1] = make_zip("two.zip", two, 2, ZIP_EM_NONE);
	refuse(paths, 2, "two.zip", "one.zip (O*NET 30.1) and ", "one release");
	refuse(paths, 2, "two.zip", "two.zip (O*NET 31.0)", "one index for each");
}

static void the_same_twice_is_read_once(void **state)
{
	(void)state;
	struct make_entry entry = { "Occupation Data.txt", SLICE(OCCUPATIONS) };
	const char *paths[2];
	struct notes n = { 0 };
	struct error err = { 0 };
	struct corpus *c;
	size_t count;

	paths[0] = make_zip("first.zip", &entry, 1, ZIP_EM_NONE);
	struct slice bytes = make_load(paths[0]);
	paths[1] = make_file("second.zip", bytes);
	make_free(bytes);
	assert_true(run(paths, 2, plain, &n, &c, &err));
	assert_string_equal(n.records.at, "occupation code=11-1011.00 text=Chief Executives detail=Lead.\n");
	assert_non_null(strstr(n.warnings.at, "first.zip, and read once"));
	assert_string_equal(n.last.file, paths[1]);
	assert_string_equal(corpus_sources(c, &count)[0].name, "first.zip");
	assert_int_equal(count, 1);
	corpus_close(c);
	forget(&n);
}

/* ---- what a source says of itself ---- */

static void releases_are_told(void **state)
{
	(void)state;
	static const struct {
		struct slice note;
		const char *option;
		const char *release, *date, *title;
	} rows[] = {
		{ SLICE(README), NULL, "30.1", "December 2025", "O*NET 30.1" },
		{ SLICE(README), "9.9", "30.1", "December 2025", "O*NET 30.1" },
		{ SLICE("\xEF\xBB\xBFO*NET 0.1 Database\nNovember 2026 Release\n"), NULL, "0.1", "November 2026",
		  "O*NET 0.1" },
		{ SLICE("\n\n  O*NET 31.0 Database  \n\nAugust 2026 Release"), NULL, "31.0", "August 2026",
		  "O*NET 31.0" },
		{ SLICE("O*NET 31.0 Database\nno date\n"), NULL, "31.0", "", "O*NET 31.0" },
		{ SLICE("O*NET 31.0 Database\nThis is no Release\n"), NULL, "31.0", "", "O*NET 31.0" },
		{ SLICE("Something else\nMay 2026 Release\n"), NULL, "", "", "O*NET" },
		{ SLICE("Something else\n"), "31.0", "31.0", "", "O*NET 31.0" },
		{ SLICE(""), "31.0", "31.0", "", "O*NET 31.0" },
		{ SLICE("O*NET \x1b[2J Database\n"), NULL, "", "", "O*NET" },
		{ SLICE("O*NET  Database\n"), NULL, "", "", "O*NET" },
		{ SLICE("O*NET 1234567890123456789012345678901234567890 Database\n"), NULL, "", "", "O*NET" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct error err = { 0 };
		struct corpus *c;
		size_t count;
		struct corpus_options options = { .release = rows[i].option };
		const char *path = folder_with("READ ME.TXT", rows[i].note);
		ROW_CHECK(corpus_open(&path, 1, &options, &c, &err), i);
		const struct corpus_source *s = corpus_sources(c, &count);
		ROW_CHECK(strcmp(s->release, rows[i].release) == 0, i);
		ROW_CHECK(strcmp(s->date, rows[i].date) == 0, i);
		ROW_CHECK(strcmp(s->title, rows[i].title) == 0, i);
		ROW_CHECK(strcmp(s->family, "onet") == 0, i);
		corpus_close(c);
	}
}

static void single_tables_are_one_source(void **state)
{
	(void)state;
	const char *paths[3];
	struct notes n = { 0 };
	struct error err = { 0 };
	struct corpus *c;
	size_t count;

	paths[0] = make_gzip("Job Titles.txt.gz", SLICE("O*NET-SOC Code\tJob Title\n11-1011.00\tBoss\n"));
	paths[1] = make_file("Occupation Data.txt", SLICE(OCCUPATIONS));
	paths[2] = make_file("Read Me.txt", SLICE(README));
	assert_true(run(paths, 3, plain, &n, &c, &err));
	assert_string_equal(n.records.at, "occupation code=11-1011.00 text=Chief Executives detail=Lead.\n"
					  "title code=11-1011.00 text=Boss as=1\n");
	const struct corpus_source *s = corpus_sources(c, &count);
	assert_int_equal(count, 1);
	assert_string_equal(s->path, paths[0]);
	assert_string_equal(s->name, "Job Titles.txt.gz and 2 more");
	assert_string_equal(s->title, "O*NET 30.1");
	assert_int_equal(s->table_count, 2);
	assert_string_equal(s->tables[0].table, "Occupation Data");
	assert_string_equal(s->tables[1].member, "Job Titles.txt.gz");
	assert_int_equal(s->tables[1].used, 1);

	/* The digest is that of the lines of sha256sum, in byte order of the names. */
	struct sha256 sha, one;
	uint64_t bytes = 0;
	char hex[65];
	sha256_begin(&sha);
	for (size_t i = 0; i < 3; i++) {
		static const char *const names[] = { "Job Titles.txt.gz", "Occupation Data.txt", "Read Me.txt" };
		struct slice file = make_load(make_path(names[i]));
		sha256_begin(&one);
		sha256_add(&one, file.at, file.length);
		sha256_finish(&one, hex);
		sha256_add(&sha, hex, 64);
		sha256_add(&sha, "  ", 2);
		sha256_add(&sha, names[i], strlen(names[i]));
		sha256_add(&sha, "\n", 1);
		bytes += file.length;
		make_free(file);
	}
	sha256_finish(&sha, hex);
	assert_string_equal(s->sha256, hex);
	assert_int_equal(s->bytes, bytes);
	corpus_close(c);
	forget(&n);
}

static void a_folder_has_a_name(void **state)
{
	(void)state;
	char slashed[600];
	struct error err = { 0 };
	struct corpus *c;
	size_t count;
	snprintf(slashed, sizeof slashed, "%s//", folder_with("Read Me.txt", SLICE(README)));
	const char *path = slashed;
	assert_true(corpus_open(&path, 1, NULL, &c, &err));
	assert_string_equal(corpus_sources(c, &count)[0].name, "r");
	corpus_close(c);
}

static void a_failing_sink_stops(void **state)
{
	(void)state;
	struct notes n = { .fail_at = 2 };
	struct error err = { 0 };
	const char *path = folder_with("Job Titles.txt", SLICE(TITLES "11-1011.00\tx\ta\n11-1011.00\tx\tb\n"));
	assert_false(run(&path, 1, plain, &n, NULL, &err));
	assert_int_equal(n.taken, 2);
	assert_int_equal(err.code, ERROR_IO);
	assert_string_equal(err.text, "the sink is full");
	assert_int_equal(err.line, 2);
	forget(&n);
}

static void reading_is_done_once(void **state)
{
	(void)state;
	struct notes n = { 0 };
	struct error err = { 0 };
	struct corpus *c;
	struct corpus_options options = { .progress = progress_new(stderr, PROGRESS_QUIET) };
	struct record_sink sink = { take, &n };
	const char *path = folder_with(NULL, SLICE(""));
	assert_true(corpus_open(&path, 1, &options, &c, &err));
	assert_true(corpus_read(c, &sink, &err));
	assert_false(corpus_read(c, &sink, &err));
	assert_int_equal(err.code, ERROR_INTERNAL);
	corpus_close(c);
	corpus_close(NULL);
	progress_free(options.progress);
	forget(&n);
}

#ifdef SOC_FAULTS

/* Open and read with the k-th event of a kind failing, until none fails: each failure is told, nothing is
 * leaked (the sanitizer watches), and no half of it passes for the whole. */
static void fail_each(enum fault_kind kind, const char *const *paths, size_t count)
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
			ROW_CHECK(n.taken == 3, k);
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
	static const struct make_entry entries[] = {
		{ "r/Occupation Data.txt", SLICE(OCCUPATIONS) },
		{ "r/Read Me.txt", SLICE(README) },
		{ "r/Job Titles.txt", SLICE(TITLES "11-1011.00\tx\ta\n11-1011.00\tx\tb\n") },
	};
	const char *paths[4];
	paths[0] = make_zip("fault.zip", entries, 3, ZIP_EM_NONE);
	struct slice zip = make_load(paths[0]);
	paths[1] = make_gzip("fault.zip.gz", zip);
	make_free(zip);
	paths[2] = folder_with("Job Titles.txt", entries[2].content);
	for (size_t i = 0; i < 3; i++) {
		fail_each(FAULT_MEMORY, &paths[i], 1);
		fail_each(FAULT_READ, &paths[i], 1);
		fail_each(FAULT_WRITE, &paths[i], 1);
	}
	paths[0] = make_file("Occupation Data.txt", entries[0].content);
	paths[1] = make_gzip("Job Titles.txt.gz", entries[2].content);
	fail_each(FAULT_MEMORY, paths, 2);
	fail_each(FAULT_READ, paths, 2);
}

#endif

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tables_become_records),        cmocka_unit_test(bad_rows_are_counted),
		cmocka_unit_test(long_rows_are_counted),        cmocka_unit_test(broken_tables_are_refused),
		cmocka_unit_test(wrong_sources_are_refused),    cmocka_unit_test(doubles_are_refused),
		cmocka_unit_test(the_same_twice_is_read_once),  cmocka_unit_test(releases_are_told),
		cmocka_unit_test(single_tables_are_one_source), cmocka_unit_test(a_folder_has_a_name),
		cmocka_unit_test(a_failing_sink_stops),         cmocka_unit_test(reading_is_done_once),
#ifdef SOC_FAULTS
		cmocka_unit_test(failures_lose_nothing),
#endif
	};
	return cmocka_run_group_tests(tests, make_set_up, make_tear_down);
}
