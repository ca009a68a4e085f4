// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * test_releases.c - real releases, whole: what is in every row of every table.  They lie in
 * $SOC_TEST_DATA, else ../shared/data; where they are absent, this says that it skips.
 */
#include "tests/unit/corpus_make.h"

#include "corpus/source_read.h"

/* Counts of what came out, by kinds that a release mixes in one table. */
struct counts {
	uint64_t kinds[RECORD_KIND_COUNT];
	uint64_t titles[TITLE_KIND_COUNT];
	uint64_t tasks[TASK_KIND_COUNT];
	uint64_t zones[6];
	uint64_t shown, hot, suppress, revision, short_titles;
	uint64_t patterns, definitions;
	uint64_t filings[PROGRAMME_COUNT];
	uint64_t crosswalks[CROSSWALK_COUNT];
	uint64_t facts[FACT_KEY_COUNT];
	bool wages, outlook; /* of what is expected: every row has all facts of that survey */
	int year;            /* of the last filing */
	bool sound;          /* every text is trimmed, and none is "n/a" */
};

static bool slice_sound(struct slice s)
{
	return slice_equal(slice_trim(s), s) && !slice_equal_nocase(s, SLICE("n/a"));
}

static enum sink_verdict take(void *ctx, const struct record *r, enum reject_reason *why, struct error *err)
{
	struct counts *c = ctx;
	(void)why;
	(void)err;
	c->kinds[r->kind]++;
	if (r->kind == RECORD_TITLE)
		c->titles[r->title_kind]++;
	if (r->kind == RECORD_TITLE && r->detail.length > 0)
		c->short_titles++;
	if (r->kind == RECORD_TASK)
		c->tasks[r->task_kind]++;
	if (r->kind == RECORD_ZONE)
		c->zones[r->number]++;
	if (r->kind == RECORD_GROUP && r->detail.length > 0)
		c->definitions++;
	if (r->kind == RECORD_FILING) {
		c->filings[r->programme]++;
		c->year = r->number;
	}
	if (r->kind == RECORD_CROSSWALK)
		c->crosswalks[r->crosswalk]++;
	for (size_t i = 0; i < r->fact_count; i++) {
		c->facts[r->facts[i].key]++;
		c->sound = c->sound && slice_sound(r->facts[i].text) && slice_sound(r->facts[i].note);
	}
	/* A pattern stands where there is no code, and nowhere else. */
	bool pattern = (r->kind == RECORD_TITLE && r->code.text[0] == '\0') ||
		       (r->kind == RECORD_CROSSWALK && r->other.text[0] == '\0');
	c->patterns += pattern;
	c->sound = c->sound && (!pattern || (r->kind == RECORD_TITLE ? r->id : r->more[0]).length == 7);
	c->shown += (r->flags & RECORD_SHOWN) != 0;
	c->hot += (r->flags & RECORD_HOT) != 0;
	c->suppress += (r->flags & RECORD_SUPPRESS) != 0;
	c->revision += (r->flags & RECORD_REVISION) != 0;
	c->sound = c->sound && slice_sound(r->text) && slice_sound(r->detail) && slice_sound(r->id);
	return SINK_USED;
}

static void warn(void *ctx, const struct error *what)
{
	(void)ctx;
	error_print(stderr, "test", what);
}

struct expected {
	const char *file;
	const char *title, *date;
	size_t tables;
	uint64_t occupations, alternate, short_titles, reported, shown;
	uint64_t core, supplemental, unrated, emerging, revision;
	uint64_t activities, links, technology, hot, tools;
	uint64_t zones[6];
	uint64_t references, education, suppress, categories, related;
};

static const struct expected releases[] = {
	{ .file = "db_24_2_text",
	  .title = "O*NET 24.2",
	  .date = "February 2020",
	  .tables = 13,
	  .occupations = 1110,
	  .alternate = 58255,
	  .short_titles = 1640,
	  .reported = 9218,
	  .shown = 3816,
	  .core = 14073,
	  .supplemental = 5425,
	  .unrated = 197,
	  .emerging = 352,
	  .revision = 58,
	  .activities = 2067,
	  .links = 23091,
	  .technology = 29016,
	  .hot = 12597,
	  .tools = 42278,
	  .zones = { 0, 36, 294, 245, 232, 162 },
	  .references = 5,
	  .education = 39866,
	  .suppress = 681,
	  .categories = 41,
	  .related = 0 },
	{ .file = "db_29_0_text",
	  .title = "O*NET 29.0",
	  .date = "August 2024",
	  .tables = 14,
	  .occupations = 1016,
	  .alternate = 55120,
	  .short_titles = 3286,
	  .reported = 7798,
	  .shown = 3549,
	  .core = 13417,
	  .supplemental = 4222,
	  .unrated = 1157,
	  .emerging = 240,
	  .revision = 46,
	  .activities = 2087,
	  .links = 23233,
	  .technology = 32470,
	  .hot = 11573,
	  .tools = 41650,
	  .zones = { 0, 31, 295, 219, 224, 154 },
	  .references = 5,
	  .education = 36209,
	  .suppress = 791,
	  .categories = 41,
	  .related = 18460 },
	{ .file = "db_29_3_excel",
	  .title = "O*NET 29.3",
	  .date = "May 2025",
	  .tables = 14,
	  .occupations = 1016,
	  .alternate = 56560,
	  .short_titles = 3574,
	  .reported = 7796,
	  .shown = 3549,
	  .core = 13417,
	  .supplemental = 4222,
	  .unrated = 1157,
	  .emerging = 295,
	  .revision = 48,
	  .activities = 2087,
	  .links = 23233,
	  .technology = 32681,
	  .hot = 11616,
	  .tools = 41662,
	  .zones = { 0, 31, 295, 219, 224, 154 },
	  .references = 5,
	  .education = 36209,
	  .suppress = 791,
	  .categories = 41,
	  .related = 18460 },
	{ .file = "db_30_1_text",
	  .title = "O*NET 30.1",
	  .date = "December 2025",
	  .tables = 14,
	  .occupations = 1016,
	  .alternate = 56505,
	  .short_titles = 3866,
	  .reported = 7955,
	  .shown = 3576,
	  .core = 13643,
	  .supplemental = 4308,
	  .unrated = 845,
	  .emerging = 328,
	  .revision = 53,
	  .activities = 2087,
	  .links = 23850,
	  .technology = 32773,
	  .hot = 11526,
	  .tools = 41662,
	  .zones = { 0, 33, 298, 213, 225, 154 },
	  .references = 5,
	  .education = 37125,
	  .suppress = 866,
	  .categories = 41,
	  .related = 18460 },
	{ .file = "db_31_0_text_layout",
	  .title = "O*NET 31.0",
	  .date = "August 2026",
	  .tables = 15,
	  .occupations = 1016,
	  .alternate = 56505,
	  .short_titles = 3866,
	  .reported = 7955,
	  .shown = 3576,
	  .core = 13643,
	  .supplemental = 4308,
	  .unrated = 845,
	  .emerging = 328,
	  .revision = 53,
	  .activities = 2087,
	  .links = 23850,
	  .technology = 32773,
	  .hot = 11526,
	  .tools = 0,
	  .zones = { 0, 0, 331, 213, 225, 154 },
	  .references = 4,
	  .education = 37125,
	  .suppress = 866,
	  .categories = 41,
	  .related = 18460 },
};

static void check(const struct expected *e, const struct corpus_source *s, const struct counts *c)
{
	assert_string_equal(s->title, e->title);
	assert_string_equal(s->date, e->date);
	assert_int_equal(s->table_count, e->tables);
	assert_int_equal(strlen(s->sha256), 64);
	for (size_t t = 0; t < s->table_count; t++)
		assert_int_equal(s->tables[t].used, s->tables[t].rows);
	assert_true(c->sound);
	assert_int_equal(c->kinds[RECORD_OCCUPATION], e->occupations);
	assert_int_equal(c->titles[TITLE_ALTERNATE], e->alternate);
	assert_int_equal(c->short_titles, e->short_titles);
	assert_int_equal(c->titles[TITLE_REPORTED], e->reported);
	assert_int_equal(c->shown, e->shown);
	assert_int_equal(c->tasks[TASK_CORE], e->core);
	assert_int_equal(c->tasks[TASK_SUPPLEMENTAL], e->supplemental);
	assert_int_equal(c->tasks[TASK_UNRATED], e->unrated);
	assert_int_equal(c->tasks[TASK_EMERGING], e->emerging);
	assert_int_equal(c->revision, e->revision);
	assert_int_equal(c->kinds[RECORD_ACTIVITY], e->activities);
	assert_int_equal(c->kinds[RECORD_TASK_ACTIVITY], e->links);
	assert_int_equal(c->kinds[RECORD_TECHNOLOGY], e->technology);
	assert_int_equal(c->hot, e->hot);
	assert_int_equal(c->kinds[RECORD_TOOL], e->tools);
	for (size_t zone = 0; zone < COUNT(e->zones); zone++)
		assert_int_equal(c->zones[zone], e->zones[zone]);
	assert_int_equal(c->kinds[RECORD_ZONE_REFERENCE], e->references);
	assert_int_equal(c->kinds[RECORD_EDUCATION], e->education);
	assert_int_equal(c->suppress, e->suppress);
	assert_int_equal(c->kinds[RECORD_EDUCATION_CATEGORY], e->categories);
	assert_int_equal(c->kinds[RECORD_RELATED], e->related);
}

static void read_and_check(const struct expected *e, const char *path)
{
	struct counts counts = { .sound = true };
	struct record_sink sink = { take, &counts };
	struct corpus_options options = { .strict = true, .warn = warn };
	struct error err = { 0 };
	struct corpus *c;
	size_t count;

	if (!corpus_open(&path, 1, &options, &c, &err) || !corpus_read(c, &sink, &err))
		fail_msg("%s: %s", err.file, err.text);
	check(e, corpus_sources(c, &count), &counts);
	assert_int_equal(count, 1);
	corpus_close(c);
}

/* As published, and unpacked by a stranger's hand. */
static void read_release(void **state)
{
	const struct expected *e = *state;
	char name[64];
	char path[512];

	snprintf(name, sizeof name, "onet/%s.zip", e->file);
	find_data(name, path, sizeof path);
	read_and_check(e, path);

	zip_t *zip = zip_open(path, ZIP_RDONLY, NULL);
	assert_non_null(zip);
	make_dir(e->file);
	for (zip_int64_t i = 0; i < zip_get_num_entries(zip, 0); i++) {
		const char *member = zip_get_name(zip, (zip_uint64_t)i, 0);
		const char *slash = strrchr(member, '/');
		if (!slash || slash[1] == '\0')
			continue;
		zip_stat_t st;
		char file[300];
		assert_int_equal(zip_stat_index(zip, (zip_uint64_t)i, 0, &st), 0);
		struct slice bytes = make_run(st.size > 0 ? st.size : 1, ' ');
		zip_file_t *f = zip_fopen_index(zip, (zip_uint64_t)i, 0);
		assert_non_null(f);
		assert_int_equal(zip_fread(f, (void *)(uintptr_t)bytes.at, st.size), st.size);
		zip_fclose(f);
		bytes.length = st.size;
		snprintf(file, sizeof file, "%s/%s", e->file, slash + 1);
		make_file(file, bytes);
		make_free(bytes);
	}
	zip_discard(zip);
	read_and_check(e, make_path(e->file));
}

/* ---- what is not O*NET ---- */

static const struct other {
	const char *file;
	const char *family, *title;
	size_t tables;       /* 0: one */
	uint64_t rows, used; /* of all tables */
	struct {
		enum reject_reason why;
		uint64_t count;
	} rejected[2];
	struct counts counts;
} others[] = {
	{ .file = "soc/soc_2018_definitions.xlsx",
	  .family = "soc-definitions",
	  .title = "SOC 2018 definitions",
	  .rows = 1447,
	  .used = 1447,
	  .counts = { .kinds = { [RECORD_GROUP] = 1447 }, .definitions = 867 } },
	{ .file = "soc/soc_structure_2018.xlsx",
	  .family = "soc-structure",
	  .title = "SOC 2018 structure",
	  .rows = 1447,
	  .used = 1447,
	  .counts = { .kinds = { [RECORD_GROUP] = 1447 } } },
	{ .file = "soc/soc_2018_direct_match_title_file.xlsx",
	  .family = "soc-titles",
	  .title = "SOC 2018 direct match titles",
	  .rows = 6520,
	  .used = 6520,
	  .counts = { .kinds = { [RECORD_TITLE] = 6520 },
		      .titles = { [TITLE_DIRECT_MATCH] = 4112, [TITLE_ILLUSTRATIVE] = 2408 } } },
	{ .file = "census/soc_2018_index_of_occupations.csv",
	  .family = "census-index",
	  .title = "Census 2018 index of occupations",
	  .rows = 32953,
	  .used = 32672,
	  .rejected = { { REJECT_NO_CODE, 281 } },
	  .counts = { .kinds = { [RECORD_TITLE] = 32672 }, .titles = { [TITLE_CENSUS] = 32672 }, .patterns = 4572 } },
	{ .file = "soc/2019_to_SOC_Crosswalk.xlsx",
	  .family = "onet-2019-soc",
	  .title = "O*NET-SOC 2019 to SOC 2018 crosswalk",
	  .rows = 1016,
	  .used = 1016,
	  .counts = { .kinds = { [RECORD_CROSSWALK] = 1016 }, .crosswalks = { [CROSSWALK_ONET_2019_SOC] = 1016 } } },
	{ .file = "crosswalk/2010_to_2019_Crosswalk.csv",
	  .family = "onet-2010-2019",
	  .title = "O*NET-SOC 2010 to 2019 crosswalk",
	  .rows = 1164,
	  .used = 1164,
	  .counts = { .kinds = { [RECORD_CROSSWALK] = 1164 }, .crosswalks = { [CROSSWALK_ONET_2010_2019] = 1164 } } },
	{ .file = "crosswalk/soc_2010_to_2018_crosswalk.xlsx",
	  .family = "soc-2010-2018",
	  .title = "SOC 2010 to SOC 2018 crosswalk",
	  .rows = 900,
	  .used = 900,
	  .counts = { .kinds = { [RECORD_CROSSWALK] = 900 }, .crosswalks = { [CROSSWALK_SOC_2010_2018] = 900 } } },
	{ .file = "bls/2018-occupation-code-list-and-crosswalk.xlsx",
	  .family = "census-2018-soc",
	  .title = "Census 2018 to SOC 2018 crosswalk",
	  .rows = 604,
	  .used = 568,
	  .rejected = { { REJECT_NO_CODE, 2 } },
	  .counts = { .kinds = { [RECORD_CROSSWALK] = 568 },
		      .crosswalks = { [CROSSWALK_CENSUS_2018_SOC] = 568 },
		      .patterns = 38 } },
	{ .file = "oflc/LCA_Disclosure_Data_FY2024_Q1.csv.gz",
	  .family = "oflc",
	  .title = "LCA disclosure FY2024 Q1",
	  .rows = 71032,
	  .used = 71031,
	  .rejected = { { REJECT_BAD_CODE, 1 } },
	  .counts = { .kinds = { [RECORD_FILING] = 71031 }, .filings = { [PROGRAMME_LCA] = 71031 }, .year = 2024 } },
	/* Two titles are formulas there, without what they came to. */
	{ .file = "oflc/LCA_Disclosure_Data_FY2024_Q1.xlsx",
	  .family = "oflc",
	  .title = "LCA disclosure FY2024 Q1",
	  .rows = 71032,
	  .used = 71029,
	  .rejected = { { REJECT_BAD_CODE, 1 }, { REJECT_EMPTY, 2 } },
	  .counts = { .kinds = { [RECORD_FILING] = 71029 }, .filings = { [PROGRAMME_LCA] = 71029 }, .year = 2024 } },
	{ .file = "flag/Wage Year 2025-26 Appendix A, Job Zone, and Education.xlsx",
	  .family = "flag",
	  .title = "FLAG wage year 2025-26",
	  .tables = 3,
	  .rows = 405 + 997 + 997,
	  .used = 405 + 997 + 997,
	  .counts = { .kinds = { [RECORD_FACTS] = 405 + 997 + 997 },
		      .facts = { [FACT_APPENDIX_A] = 405, [FACT_FLAG_ZONE] = 997, [FACT_FLAG_EDUCATION] = 997 } } },
	/* Of the notes one row says what "#" means. */
	{ .file = "bls/national_M2024_dl.xlsx",
	  .family = "oews",
	  .title = "OEWS May 2024",
	  .tables = 2,
	  .rows = 37 + 1403,
	  .used = 1 + 1403,
	  .counts = { .kinds = { [RECORD_WAGE_TOP] = 1, [RECORD_FACTS] = 1403 },
		      .wages = true,
		      .facts = { [FACT_HOURLY_MEDIAN] = 1404, [FACT_ANNUAL_MEDIAN] = 1404, [FACT_WAGE_BASIS] = 90 } } },
	{ .file = "bls/occupation.xlsx",
	  .family = "projections",
	  .title = "Employment Projections 2024-34",
	  .rows = 1117,
	  .used = 1113,
	  .counts = { .kinds = { [RECORD_FACTS] = 1113 },
		      .outlook = true,
		      .facts = { [FACT_ENTRY_EDUCATION] = 832,
				 [FACT_ENTRY_EXPERIENCE] = 832,
				 [FACT_ENTRY_TRAINING] = 832 } } },
	{ .file = "crosswalk/soc2018_cip2020_crosswalk.csv",
	  .family = "soc-cip",
	  .title = "SOC 2018 to CIP 2020 crosswalk",
	  .rows = 6093,
	  .used = 6093,
	  .counts = { .kinds = { [RECORD_FACTS] = 6093 }, .facts = { [FACT_DEGREE] = 6093 } } },
	{ .file = "stem/dhs_stem_cip_2024.csv",
	  .family = "stem-cip",
	  .title = "DHS STEM degree programmes 2024",
	  .rows = 540,
	  .used = 540,
	  .counts = { .kinds = { [RECORD_FACTS] = 540 }, .facts = { [FACT_STEM_DHS] = 540 } } },
	{ .file = "stem/ncses_stem_by_census_occ_2021.tsv",
	  .family = "stem-census",
	  .title = "NCSES STEM classes 2021",
	  .rows = 525,
	  .used = 525,
	  .counts = { .kinds = { [RECORD_FACTS] = 525 }, .facts = { [FACT_STEM_NCSES] = 525 } } },
	{ .file = "stem/All_STEM_Occupations.csv",
	  .family = "stem-onet",
	  .title = "O*NET list of STEM occupations",
	  .rows = 308,
	  .used = 308,
	  .counts = { .kinds = { [RECORD_FACTS] = 308 }, .facts = { [FACT_STEM_ONET] = 308 } } },
};

/* Each row of a survey has these. */
static void add_survey(struct counts *wanted, enum fact_key first, enum fact_key last, uint64_t rows)
{
	for (int k = (int)first; k <= (int)last; k++)
		wanted->facts[k] = wanted->facts[k] ? wanted->facts[k] : rows;
}

static void check_other(const struct other *o, const struct corpus_source *s, const struct counts *c)
{
	assert_string_equal(s->family, o->family);
	assert_string_equal(s->title, o->title);
	assert_int_equal(s->table_count, o->tables ? o->tables : 1);
	uint64_t rows = 0, used = 0;
	for (size_t t = 0; t < s->table_count; t++) {
		rows += s->tables[t].rows;
		used += s->tables[t].used;
		assert_int_equal(s->tables[t].converted, 0);
	}
	assert_int_equal(rows, o->rows);
	assert_int_equal(used, o->used);
	uint64_t rejected[REJECT_REASON_COUNT] = { 0 };
	for (size_t i = 0; i < COUNT(o->rejected); i++)
		rejected[o->rejected[i].why] += o->rejected[i].count;
	assert_memory_equal(s->tables[0].rejected, rejected, sizeof rejected);
	struct counts wanted = o->counts;
	wanted.sound = true;
	if (wanted.wages)
		add_survey(&wanted, FACT_WAGE_TITLE, FACT_WAGE_ERROR, 1403);
	if (wanted.outlook)
		add_survey(&wanted, FACT_OUTLOOK_TITLE, FACT_OUTLOOK_WAGE, 1113);
	assert_memory_equal(c->kinds, wanted.kinds, sizeof wanted.kinds);
	assert_memory_equal(c->titles, wanted.titles, sizeof wanted.titles);
	assert_memory_equal(c->filings, wanted.filings, sizeof wanted.filings);
	assert_memory_equal(c->crosswalks, wanted.crosswalks, sizeof wanted.crosswalks);
	assert_memory_equal(c->facts, wanted.facts, sizeof wanted.facts);
	assert_int_equal(c->patterns, wanted.patterns);
	assert_int_equal(c->definitions, wanted.definitions);
	assert_int_equal(c->year, wanted.year);
	assert_true(c->sound);
}

static void read_others(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(others); i++) {
		struct counts counts = { .sound = true };
		struct record_sink sink = { take, &counts };
		struct error err = { 0 };
		struct corpus *c;
		size_t count;
		char path[512];
		const char *paths = path;

		find_data(others[i].file, path, sizeof path);
		if (!corpus_open(&paths, 1, NULL, &c, &err) || !corpus_read(c, &sink, &err))
			fail_msg("%s: %s", err.file, err.text);
		check_other(&others[i], corpus_sources(c, &count), &counts);
		assert_int_equal(count, 1);
		corpus_close(c);
	}
}

/* Folders with all that is published, beside one release of O*NET. */
static void read_everything(void **state)
{
	(void)state;
	static const char *const names[] = { "oflc",      "stem", "bls", "census",
					     "crosswalk", "flag", "soc", "onet/db_30_1_text.zip" };
	char paths[COUNT(names)][512];
	const char *list[COUNT(names)];
	struct counts counts = { .sound = true };
	struct record_sink sink = { take, &counts };
	struct error err = { 0 };
	struct corpus *c;
	size_t count;

	for (size_t i = 0; i < COUNT(names); i++) {
		find_data(names[i], paths[i], sizeof paths[i]);
		list[i] = paths[i];
	}
	if (!corpus_open(list, COUNT(list), NULL, &c, &err) || !corpus_read(c, &sink, &err))
		fail_msg("%s: %s", err.file, err.text);
	const struct corpus_source *s = corpus_sources(c, &count);
	assert_int_equal(count, COUNT(others) + 1);
	for (size_t i = 0; i < COUNT(others); i++) {
		size_t found = 0;
		for (size_t k = 0; k < count; k++)
			found += strcmp(s[k].name, strrchr(others[i].file, '/') + 1) == 0;
		ROW_CHECK(found == 1, i);
	}
	assert_int_equal(counts.kinds[RECORD_OCCUPATION], 1016);
	assert_int_equal(counts.kinds[RECORD_FILING], 71031 + 71029);
	assert_true(counts.sound);
	corpus_close(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		{ "O*NET 24.2", read_release, NULL, NULL, (void *)(uintptr_t)&releases[0] },
		{ "O*NET 29.0", read_release, NULL, NULL, (void *)(uintptr_t)&releases[1] },
		{ "O*NET 29.3, Excel edition", read_release, NULL, NULL, (void *)(uintptr_t)&releases[2] },
		{ "O*NET 30.1", read_release, NULL, NULL, (void *)(uintptr_t)&releases[3] },
		{ "O*NET 31.0 layout", read_release, NULL, NULL, (void *)(uintptr_t)&releases[4] },
		cmocka_unit_test(read_others),
		cmocka_unit_test(read_everything),
	};
	return cmocka_run_group_tests(tests, make_set_up, make_tear_down);
}
