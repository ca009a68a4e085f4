// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/index_make.h"

#include "lib/base/fault.h"

/* ---- a small release of the test's own ---- */

#define A "15-0001.00"
#define B "11-0002.00"
#define C "53-0003.01"

static struct record make_kind(enum record_kind kind, const char *code)
{
	return (struct record){ .kind = kind, .code = make_code(code) };
}

static struct record make_activity(const char *id, const char *title)
{
	return (struct record){ .kind = RECORD_ACTIVITY, .id = slice_of(id), .text = slice_of(title) };
}

static struct record make_link(const char *code, const char *task, const char *activity)
{
	return (struct record){ .kind = RECORD_TASK_ACTIVITY,
				.code = make_code(code),
				.id = slice_of(task),
				.detail = slice_of(activity) };
}

static struct record make_zone(const char *code, int zone)
{
	return (struct record){ .kind = RECORD_ZONE, .code = make_code(code), .number = zone, .source = 3 };
}

static struct record make_zone_reference(int zone, const char *name)
{
	return (struct record){ .kind = RECORD_ZONE_REFERENCE,
				.number = zone,
				.text = slice_of(name),
				.detail = SLICE("(4.0)"),
				.more = { SLICE("e"), SLICE(""), SLICE("t"), SLICE("x") } };
}

static struct record make_education(const char *code, const char *element, const char *scale, int category,
				    double percent)
{
	return (struct record){ .kind = RECORD_EDUCATION,
				.code = make_code(code),
				.id = slice_of(element),
				.scale = slice_of(scale),
				.number = category,
				.value = percent,
				.flags = percent > 50 ? RECORD_SUPPRESS : 0 };
}

static struct record make_category(const char *element, const char *scale, int category, const char *text)
{
	return (struct record){ .kind = RECORD_EDUCATION_CATEGORY,
				.id = slice_of(element),
				.scale = slice_of(scale),
				.number = category,
				.text = slice_of(text),
				.detail = SLICE("Element") };
}

static struct record make_related(const char *code, const char *other, int rank)
{
	return (struct record){ .kind = RECORD_RELATED,
				.code = make_code(code),
				.other = make_code(other),
				.number = rank,
				.text = SLICE("Tier") };
}

static struct record with_detail(struct record r, const char *detail, uint32_t flags)
{
	r.detail = slice_of(detail);
	r.flags = flags;
	return r;
}

static struct record with_task_kind(struct record r, enum task_kind kind, uint32_t flags)
{
	r.task_kind = kind;
	r.flags = flags;
	return r;
}

static enum sink_verdict give(struct collected *g, const struct record *r, enum reject_reason *why, struct error *err)
{
	struct record_sink sink = collect_sink(g);
	*why = REJECT_NONE;
	return sink.take(sink.ctx, r, why, err);
}

struct row {
	struct record record;
	enum sink_verdict verdict;
	enum reject_reason why;
};

#define USED SINK_USED, REJECT_NONE
#define REJECTED(reason) SINK_REJECTED, REJECT_##reason

static void give_rows(struct collected *g, const struct row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		enum reject_reason why;
		struct error err = { 0 };
		ROW_CHECK(give(g, &rows[i].record, &why, &err) == rows[i].verdict, i);
		ROW_CHECK(why == rows[i].why && err.code == ERROR_NONE, i);
	}
}

static const struct occupation *find(const struct collected *g, const char *code)
{
	for (size_t i = 0; i < g->codes.count; i++)
		if (slice_equal(g->drafts[i].said.code, slice_of(code)))
			return &g->drafts[i].said;
	fail_msg("no %s", code);
	return NULL;
}

static void every_kind_is_gathered(void **state)
{
	(void)state;
	const struct row rows[] = {
		{ make_occupation(A, "Testers", "They test."), USED },
		{ make_occupation(B, "Managers", ""), USED },
		{ make_activity("4.A.1", "Test things"), USED },
		{ make_zone_reference(4, "Zone four"), USED },
		{ make_category("2.D.1", "RL", 1, "none"), USED },
		{ make_technology(A, "Valgrind", "Debuggers"), USED },
		{ with_detail(make_technology(A, "GDB", "Debuggers"), "Debuggers", RECORD_HOT | RECORD_IN_DEMAND),
		  USED },
		{ { .kind = RECORD_TOOL, .code = make_code(A), .text = SLICE("Hammers"), .detail = SLICE("Tools") },
		  USED },
		{ make_link(A, "11", "4.A.1"), USED },
		{ with_task_kind(make_task(A, "14", "New."), TASK_EMERGING, RECORD_REVISION), USED },
		{ with_task_kind(make_task(A, "13", "Unrated."), TASK_UNRATED, 0), USED },
		{ with_task_kind(make_task(A, "12", "Also."), TASK_SUPPLEMENTAL, 0), USED },
		{ make_task(A, "11", "Test."), USED },
		{ make_filing(A, "tester, files", PROGRAMME_LCA, 2024), USED },
		{ make_filing(A, "Tester Files", PROGRAMME_LCA, 2024), USED },
		{ make_filing(A, "TESTER FILES", PROGRAMME_PERM, 0), USED },
		{ make_title(A, TITLE_CENSUS, "Tester-census"), USED },
		{ make_title(A, TITLE_ILLUSTRATIVE, "Example Tester"), USED },
		{ make_title(A, TITLE_DIRECT_MATCH, "Match Tester"), USED },
		{ with_detail(make_title(A, TITLE_REPORTED, "Reported Tester"), "", RECORD_SHOWN), USED },
		{ with_detail(make_title(A, TITLE_ALTERNATE, "Tester of Files"), "TF", 0), USED },
		{ make_zone(A, 4), USED },
		{ make_education(A, "2.D.1", "RL", 1, 25.5), USED },
		{ make_education(A, "2.D.1", "RL", 2, 74.5), USED },
		{ make_related(A, B, 1), USED },
	};
	static const struct {
		enum evidence_kind kind;
		const char *text, *detail, *id;
		uint32_t flags, count;
	} evidence[] = {
		{ EVIDENCE_OFFICIAL_TITLE, "Testers", "", "", 0, 0 },
		{ EVIDENCE_ALTERNATE_TITLE, "Tester of Files", "", "", 0, 0 },
		{ EVIDENCE_SHORT_TITLE, "TF", "Tester of Files", "", 0, 0 },
		{ EVIDENCE_REPORTED_TITLE, "Reported Tester", "", "", EVIDENCE_SHOWN, 0 },
		{ EVIDENCE_DIRECT_MATCH, "Match Tester", "", "", 0, 0 },
		{ EVIDENCE_ILLUSTRATIVE, "Example Tester", "", "", 0, 0 },
		{ EVIDENCE_CENSUS_TITLE, "Tester-census", "", "", 0, 0 },
		{ EVIDENCE_FILED_TITLE, "tester, files", "LCA FY2024 2, PERM 1", "", 0, 3 },
		{ EVIDENCE_DESCRIPTION, "They test.", "", "", 0, 0 },
		{ EVIDENCE_CORE_TASK, "Test.", "", "11", 0, 0 },
		{ EVIDENCE_SUPPLEMENTAL_TASK, "Also.", "", "12", 0, 0 },
		{ EVIDENCE_UNRATED_TASK, "Unrated.", "", "13", 0, 0 },
		{ EVIDENCE_EMERGING_TASK, "New.", "", "14", EVIDENCE_REVISION, 0 },
		{ EVIDENCE_ACTIVITY, "Test things", "", "4.A.1", 0, 0 },
		{ EVIDENCE_TECHNOLOGY, "Valgrind", "Debuggers", "", 0, 0 },
		{ EVIDENCE_TECHNOLOGY, "GDB", "Debuggers", "", EVIDENCE_HOT | EVIDENCE_IN_DEMAND, 0 },
		{ EVIDENCE_TOOL, "Hammers", "Tools", "", 0, 0 },
	};
	struct collected g = { 0 };
	give_rows(&g, rows, COUNT(rows));
	assert_true(collect_finish(&g, NULL));

	/* Occupations by code, evidence by kind, and within a kind as it came. */
	assert_int_equal(g.codes.count, 2);
	assert_true(slice_equal(g.drafts[0].said.code, SLICE(B)));
	assert_true(slice_equal(g.drafts[1].said.code, SLICE(A)));
	const struct occupation *o = find(&g, A);
	assert_true(slice_equal(o->title, SLICE("Testers")));
	assert_int_equal(o->evidence_count, COUNT(evidence));
	uint64_t by_kind[EVIDENCE_KIND_COUNT] = { 0 };
	for (size_t i = 0; i < COUNT(evidence); i++) {
		const struct evidence *e = &o->evidence[i];
		ROW_CHECK(e->kind == evidence[i].kind && slice_equal(e->text, slice_of(evidence[i].text)), i);
		ROW_CHECK(slice_equal(e->detail, slice_of(evidence[i].detail)), i);
		ROW_CHECK(slice_equal(e->id, slice_of(evidence[i].id)), i);
		ROW_CHECK(e->flags == evidence[i].flags && e->count == evidence[i].count, i);
		by_kind[e->kind]++;
	}
	by_kind[EVIDENCE_OFFICIAL_TITLE]++; /* the other occupation has no description */
	assert_memory_equal(by_kind, g.by_kind, sizeof by_kind);
	assert_int_equal(o->zone, 4);
	assert_int_equal(o->zone_source, 3);
	assert_int_equal(o->education_count, 2);
	assert_int_equal(o->education[0].category, 1);
	assert_false(o->education[0].suppressed);
	assert_true(o->education[1].suppressed && o->education[1].percent > 74.4);
	assert_int_equal(o->related_count, 1);
	assert_true(slice_equal(o->related[0].code, SLICE(B)) && slice_equal(o->related[0].tier, SLICE("Tier")));
	assert_int_equal(find(&g, B)->evidence_count, 1);
	assert_int_equal(find(&g, B)->zone, 0);
	assert_true(slice_equal(reference_zone(&g.reference, 4)->name, SLICE("Zone four")));
	assert_true(slice_equal(reference_zone(&g.reference, 4)->texts[ZONE_TRAINING], SLICE("t")));
	assert_non_null(reference_category(&g.reference, SLICE("2.D.1"), SLICE("RL"), 1));
	collect_free(&g);
}

static void what_came_before_is_rejected(void **state)
{
	(void)state;
	const struct row rows[] = {
		{ make_occupation(A, "Testers", "They test."), USED },
		{ make_occupation(A, "Testers", "They test."), REJECTED(DUPLICATE) },
		{ make_occupation(A, "Other", ""), REJECTED(DUPLICATE) },
		{ make_occupation(B, "Testers", "They test."), USED },
		{ make_title(A, TITLE_ALTERNATE, "T"), USED },
		{ make_title(A, TITLE_ALTERNATE, "T"), REJECTED(DUPLICATE) },
		{ make_title(A, TITLE_REPORTED, "T"), USED },  /* of another kind */
		{ make_title(B, TITLE_ALTERNATE, "T"), USED }, /* of another occupation */
		{ make_title(A, TITLE_ALTERNATE, "t"), USED }, /* other letters */
		{ with_detail(make_title(A, TITLE_ALTERNATE, "Long"), "S", 0), USED },
		{ with_detail(make_title(A, TITLE_ALTERNATE, "Longer"), "S", 0), USED }, /* S once */
		{ make_task(A, "1", "Do."), USED },
		{ make_task(A, "2", "Do."), REJECTED(DUPLICATE) },
		{ make_technology(A, "GDB", "x"), USED },
		{ make_technology(A, "GDB", "y"), USED },
		{ make_technology(A, "GDB", "x"), REJECTED(DUPLICATE) },
		{ make_activity("4.A", "Act"), USED },
		{ make_activity("4.A", "Again"), REJECTED(DUPLICATE) },
		{ make_link(A, "1", "4.A"), USED },
		{ make_link(A, "2", "4.A"), USED }, /* one piece of evidence, two rows */
		{ make_zone(A, 4), USED },
		{ make_zone(A, 4), REJECTED(DUPLICATE) },
		{ make_zone(A, 5), REJECTED(DUPLICATE) },
		{ make_zone_reference(4, "n"), USED },
		{ make_zone_reference(4, "m"), REJECTED(DUPLICATE) },
		{ make_education(A, "2.D.1", "RL", 1, 10), USED },
		{ make_education(A, "2.D.1", "RL", 1, 20), REJECTED(DUPLICATE) },
		{ make_education(A, "2.D.1", "RW", 1, 20), USED },
		{ make_category("2.D.1", "RL", 1, "none"), USED },
		{ make_category("2.D.1", "RL", 1, "other"), REJECTED(DUPLICATE) },
		{ make_related(A, B, 1), USED },
		{ make_related(A, B, 2), REJECTED(DUPLICATE) },
		{ make_related(B, A, 1), USED },
	};
	struct collected g = { 0 };
	give_rows(&g, rows, COUNT(rows));
	assert_true(collect_finish(&g, NULL));
	assert_int_equal(g.by_kind[EVIDENCE_SHORT_TITLE], 1);
	assert_int_equal(g.by_kind[EVIDENCE_ACTIVITY], 1);
	assert_true(slice_equal(find(&g, A)->title, SLICE("Testers")));
	assert_int_equal(find(&g, A)->zone, 4);
	assert_int_equal(find(&g, A)->education_count, 2);
	collect_free(&g);
}

static void what_is_unknown_is_rejected(void **state)
{
	(void)state;
	const struct row rows[] = {
		{ make_title(A, TITLE_ALTERNATE, "too early"), REJECTED(UNKNOWN_CODE) },
		{ make_occupation(A, "Testers", ""), USED },
		{ make_title(B, TITLE_ALTERNATE, "T"), REJECTED(UNKNOWN_CODE) },
		{ make_task(B, "1", "T"), REJECTED(UNKNOWN_CODE) },
		{ make_technology(B, "T", ""), REJECTED(UNKNOWN_CODE) },
		{ make_kind(RECORD_TOOL, B), REJECTED(UNKNOWN_CODE) },
		{ make_zone(B, 1), REJECTED(UNKNOWN_CODE) },
		{ make_education(B, "2.D.1", "RL", 1, 1), REJECTED(UNKNOWN_CODE) },
		{ make_related(B, A, 1), REJECTED(UNKNOWN_CODE) },
		{ make_related(A, B, 1), REJECTED(UNKNOWN_CODE) },
		{ make_link(B, "1", "4.A"), REJECTED(UNKNOWN_CODE) },
		{ make_link(A, "1", "4.A"), REJECTED(UNKNOWN_ID) },
		{ make_title("15-0001", TITLE_ALTERNATE, "six digits"), REJECTED(UNKNOWN_CODE) },
	};
	struct collected g = { 0 };
	give_rows(&g, rows, COUNT(rows));
	assert_true(collect_finish(&g, NULL));
	assert_int_equal(g.drafts[0].said.evidence_count, 1);
	collect_free(&g);
}

/* Whatever stands in a field of a release is kept whole or rejected, never read past its end. */
static void long_fields_are_kept(void **state)
{
	(void)state;
	struct slice longest = make_run(5000, 'x');
	struct collected g = { 0 };
	enum reject_reason why;
	struct record r = make_occupation(A, "Testers", "");
	assert_int_equal(give(&g, &r, &why, NULL), SINK_USED);
	r = make_education(A, "2.D.1", "RL", -2147483647, 1);
	r.scale = longest;
	assert_int_equal(give(&g, &r, &why, NULL), SINK_USED);
	assert_int_equal(give(&g, &r, &why, NULL), SINK_REJECTED);
	r.scale.length--;
	assert_int_equal(give(&g, &r, &why, NULL), SINK_USED);
	r.id = longest;
	assert_int_equal(give(&g, &r, &why, NULL), SINK_USED);
	struct record title = make_title(A, TITLE_ALTERNATE, "");
	title.text = longest;
	title.detail = longest;
	assert_int_equal(give(&g, &title, &why, NULL), SINK_USED);
	assert_true(collect_finish(&g, NULL));
	assert_int_equal(g.drafts[0].said.education_count, 3);
	assert_true(slice_equal(g.drafts[0].said.evidence[1].text, longest));
	make_free(longest);
	collect_free(&g);
}

/* ---- other lists: codes of any level and edition ---- */

static struct record make_group(const char *code, const char *title, const char *definition)
{
	return (struct record){
		.kind = RECORD_GROUP, .code = make_code(code), .text = slice_of(title), .detail = slice_of(definition)
	};
}

static struct record make_crossing(enum crosswalk walk, const char *from, const char *to)
{
	struct record r = { .kind = RECORD_CROSSWALK,
			    .crosswalk = walk,
			    .other = make_code(to),
			    .text = SLICE("From"),
			    .detail = SLICE("To") };
	if (walk == CROSSWALK_CENSUS_2018_SOC)
		r.id = slice_of(from);
	else
		r.code = make_code(from);
	return r;
}

static struct record make_census(const char *code, const char *pattern, const char *title)
{
	struct record r = make_title(code, TITLE_CENSUS, title);
	r.id = slice_of(pattern);
	return r;
}

static void codes_are_resolved(void **state)
{
	(void)state;
	const struct row rows[] = {
		{ make_occupation("15-0001.02", "Second", ""), USED },
		{ make_occupation("15-0001.01", "First", ""), USED },
		{ make_occupation(B, "Other", ""), USED },
		{ make_crossing(CROSSWALK_SOC_2010_2018, "15-0009", "15-0001"), USED },
		{ make_crossing(CROSSWALK_SOC_2010_2018, "15-0009", "15-0001"), USED }, /* the same pair again */
		{ make_crossing(CROSSWALK_SOC_2010_2018, "15-0008", "15-0001"), USED },
		{ make_crossing(CROSSWALK_SOC_2010_2018, "15-0008", "11-0002"), USED },
		{ make_crossing(CROSSWALK_SOC_2010_2018, "15-0007", "99-9999"), USED },
		{ make_crossing(CROSSWALK_ONET_2010_2019, "15-0006.03", B), USED },
		{ make_crossing(CROSSWALK_ONET_2019_SOC, "15-0005.00", "15-0001"), USED }, /* leads nowhere new */
		{ make_crossing(CROSSWALK_CENSUS_2018_SOC, "1010", "15-0001"), USED },
		{ make_filing("15-0001.02", "own code", PROGRAMME_LCA, 2020), USED },
		{ make_filing("15-0001", "first under it", PROGRAMME_LCA, 2020), USED },
		{ make_filing("15-0001.99", "unknown digits", PROGRAMME_LCA, 2020), USED },
		{ make_filing("15-0009", "old code", PROGRAMME_LCA, 2020), USED },
		{ make_filing("15-0009.00", "old code, eight digits", PROGRAMME_LCA, 2020), USED },
		{ make_filing("15-0006.03", "old code of O*NET", PROGRAMME_LCA, 2020), USED },
		{ make_filing("15-0008", "of two", PROGRAMME_LCA, 2020), REJECTED(AMBIGUOUS) },
		{ make_filing("15-0007", "into nothing", PROGRAMME_LCA, 2020), REJECTED(UNKNOWN_CODE) },
		{ make_filing("15-0005.00", "of this edition", PROGRAMME_LCA, 2020), REJECTED(UNKNOWN_CODE) },
		{ make_filing("15-0000", "a group", PROGRAMME_LCA, 2020), REJECTED(UNKNOWN_CODE) },
		{ make_filing("", "no code", PROGRAMME_LCA, 2020), REJECTED(UNKNOWN_CODE) },
		{ make_filing(B, "!!", PROGRAMME_LCA, 2020), REJECTED(EMPTY) },
		{ make_filing(B, "!!", PROGRAMME_LCA, 2020), REJECTED(EMPTY) },
		{ make_title("15-0009", TITLE_DIRECT_MATCH, "Match"), USED },
		{ make_title("15-0001", TITLE_DIRECT_MATCH, "Another match"), USED },
		{ make_title("15-0008", TITLE_ILLUSTRATIVE, "Example"), REJECTED(AMBIGUOUS) },
		{ make_census("15-0001", "", "Census"), USED },
		{ make_census("15-0000", "", "Of a group"), USED },
		{ make_census("15-0000", "", "Of a group"), REJECTED(DUPLICATE) },
		{ make_census("", "15-00XX", "Of a pattern"), USED },
		{ make_census("", "15-00X", "Of no pattern"), REJECTED(BAD_CODE) },
		{ make_census("15-0004", "", "Of an unknown code"), REJECTED(UNKNOWN_CODE) },
		{ make_group("15-0001", "Detailed", "What it is."), USED },
		{ make_group("15-0001", "Again", "What it is."), USED }, /* another table says it too */
		{ make_group("15-0000", "Major", ""), USED },
		{ make_group("11-0000", "Another", ""), USED },
	};
	static const struct {
		const char *code, *title;
		size_t titles;
	} groups[] = {
		{ "11-0000", "Another", 0 },
		{ "15-0000", "Major", 2 },
		{ "15-0001", "Detailed", 0 },
	};
	struct collected g = { 0 };
	give_rows(&g, rows, COUNT(rows));
	assert_true(collect_finish(&g, NULL));
	const struct occupation *first = find(&g, "15-0001.01"), *second = find(&g, "15-0001.02");
	assert_int_equal(second->evidence_count, 2);
	assert_true(slice_equal(second->evidence[1].text, SLICE("own code")));
	/* title, two matches, census, four filings, definition; title and filing */
	assert_int_equal(g.by_kind[EVIDENCE_FILED_TITLE], 6);
	assert_int_equal(g.by_kind[EVIDENCE_DIRECT_MATCH], 2);
	assert_int_equal(g.by_kind[EVIDENCE_CENSUS_TITLE], 1);
	assert_int_equal(g.by_kind[EVIDENCE_DEFINITION], 1);
	assert_int_equal(first->evidence_count + find(&g, B)->evidence_count, 9 + 2);
	assert_int_equal(g.groups.count, COUNT(groups));
	for (size_t i = 0; i < COUNT(groups); i++) {
		struct code code = make_code(groups[i].code);
		const struct group *group = groups_find(&g.groups, &code);
		ROW_CHECK(group && slice_equal(group->title, slice_of(groups[i].title)), i);
		ROW_CHECK(group->title_count == groups[i].titles, i);
	}
	assert_int_equal(g.crossings.count, 8);
	collect_free(&g);
}

static void texts_are_copied(void **state)
{
	(void)state;
	char title[] = "Testers", description[] = "They test.";
	struct collected g = { 0 };
	enum reject_reason why;
	struct record r = make_occupation(A, title, description);
	assert_int_equal(give(&g, &r, &why, NULL), SINK_USED);
	memset(title, 'X', sizeof title - 1);
	memset(description, 'X', sizeof description - 1);
	assert_true(slice_equal(g.drafts[0].said.title, SLICE("Testers")));
	assert_true(slice_equal(g.drafts[0].said.evidence[1].text, SLICE("They test.")));
	collect_free(&g);
}

static void no_occupation_is_an_error(void **state)
{
	(void)state;
	struct collected g = { 0 };
	struct error err = { 0 };
	enum reject_reason why;
	struct record r = make_activity("4.A", "Act");
	assert_int_equal(give(&g, &r, &why, &err), SINK_USED);
	assert_false(collect_finish(&g, &err));
	assert_int_equal(err.code, ERROR_INPUT);
	assert_non_null(strstr(err.hint, "soc-index build"));
	collect_free(&g);
	collect_free(&g);
}

static void order_does_not_depend_on_arrival(void **state)
{
	(void)state;
	struct collected g = { 0 };
	char code[CODE_SIZE];
	for (unsigned i = 0; i < 500; i++) {
		enum reject_reason why;
		snprintf(code, sizeof code, "%02u-%04u.%02u", 11 + i * 7 % 40, i * 7919 % 10000, i % 3);
		struct record r = make_occupation(code, code, "");
		assert_int_equal(give(&g, &r, &why, NULL), SINK_USED);
		r = make_title(code, TITLE_ALTERNATE, "T");
		assert_int_equal(give(&g, &r, &why, NULL), SINK_USED);
	}
	assert_true(collect_finish(&g, NULL));
	for (size_t i = 0; i < g.codes.count; i++) {
		const struct occupation *o = &g.drafts[i].said;
		ROW_CHECK(i == 0 || slice_compare(g.drafts[i - 1].said.code, o->code) < 0, i);
		ROW_CHECK(slice_equal(o->code, o->title) && o->evidence_count == 2, i);
	}
	collect_free(&g);
}

#ifdef SOC_FAULTS
/* Enough occupations and pieces that every array has to grow. */
static bool collect_much(struct collected *g, struct error *err)
{
	enum reject_reason why;
	for (unsigned i = 0; i < 30; i++) {
		char code[CODE_SIZE], id[16];
		snprintf(code, sizeof code, "15-%04u.00", 1000 + i);
		snprintf(id, sizeof id, "4.A.%u", i);
		const struct record records[] = {
			make_occupation(code, "Testers", "They test."),
			make_activity(id, "Test things"),
			make_link(code, "1", id),
			make_zone_reference((int)i, "Zone"),
			make_zone(code, (int)i),
			make_category("2.D.1", "RL", (int)i, "none"),
			make_education(code, "2.D.1", "RL", (int)i, 1.0),
			make_related(code, "15-1000.00", 1),
			with_detail(make_title(code, TITLE_ALTERNATE, "Tester of Files"), "TF", 0),
			make_task("15-1000.00", id, id),
			make_education("15-1000.00", id, "RW", 1, 1.0),
			make_related("15-1000.00", code, (int)i),
			make_crossing(CROSSWALK_SOC_2010_2018, id, code),
			make_filing(code, id, PROGRAMME_LCA, 2020),
			make_filing("15-1000.00", id, PROGRAMME_PERM, (int)(2000 + i)),
			make_group(code, "Group", "Definition"),
			make_census("", "15-XXXX", id),
		};
		for (size_t k = 0; k < COUNT(records); k++)
			if (give(g, &records[k], &why, err) == SINK_FAILED)
				return false;
	}
	return collect_finish(g, err);
}

static void each_allocation_fails_in_turn(void **state)
{
	(void)state;
	long k = 0;
	bool ok;
	do {
		struct collected g = { 0 };
		struct error err = { 0 };
		fault_arm(FAULT_MEMORY, ++k, false);
		ok = collect_much(&g, &err);
		assert_int_equal(ok, fault_failures(FAULT_MEMORY) == 0);
		assert_int_equal(err.code, ok ? ERROR_NONE : ERROR_MEMORY);
		collect_free(&g);
	} while (!ok);
	fault_arm(FAULT_MEMORY, 0, false);
	assert_true(k > 50);
}

/* From gathered records to lists in a database. */
static void each_allocation_of_inversion_fails_in_turn(void **state)
{
	(void)state;
	struct collected g = { 0 };
	struct error err = { 0 };
	const char *folder = make_path("faulty");
	assert_true(collect_much(&g, &err));
	long k = 0;
	bool ok;
	do {
		struct inverted *v = NULL;
		error_clear(&err);
		fault_arm(FAULT_MEMORY, ++k, false);
		ok = invert(&g, &(struct invert_options){ .model = false }, &v, &err);
		assert_int_equal(ok, fault_failures(FAULT_MEMORY) == 0);
		assert_int_equal(err.code, ok ? ERROR_NONE : ERROR_MEMORY);
		assert_int_equal(v != NULL, ok);
		inverted_free(v);
	} while (!ok);
	assert_true(k > 10);
	k = 0;
	do {
		struct index_parts parts = { 0 };
		error_clear(&err);
		fault_arm(FAULT_MEMORY, ++k, false);
		ok = make_database(&g, folder, &parts, &err);
		assert_int_equal(ok, fault_failures(FAULT_MEMORY) == 0);
		assert_int_equal(err.code, ok ? ERROR_NONE : ERROR_MEMORY);
		fault_arm(FAULT_MEMORY, 0, false);
		index_parts_free(&parts);
		make_remove(folder);
	} while (!ok);
	assert_true(k > 30);
	collect_free(&g);
}
#endif

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kind_is_gathered),
		cmocka_unit_test(what_came_before_is_rejected),
		cmocka_unit_test(what_is_unknown_is_rejected),
		cmocka_unit_test(long_fields_are_kept),
		cmocka_unit_test(codes_are_resolved),
		cmocka_unit_test(texts_are_copied),
		cmocka_unit_test(no_occupation_is_an_error),
		cmocka_unit_test(order_does_not_depend_on_arrival),
#ifdef SOC_FAULTS
		cmocka_unit_test(each_allocation_fails_in_turn),
		cmocka_unit_test(each_allocation_of_inversion_fails_in_turn),
#endif
	};
	return cmocka_run_group_tests(tests, make_set_up, make_tear_down);
}
