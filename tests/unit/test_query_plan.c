// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/index_make.h"

#include "lib/base/fault.h"
#include "lib/xapian/xapian_fault.h"
#include "query/engine/trace_job.h"
#include "query/engine/query_plan.h"
#include "query/output/trace_write.h"

/* ---- a small index of the test's own ---- */

static struct soc_index *small;
static struct ranker *ranker;

/* By letters in the tests: a b c d e f g h i. */
static const char *make_small(void)
{
	const struct record records[] = {
		make_occupation("13-0001.00", "Kite Makers", "Make kites of paper or silk."),
		make_occupation("13-0001.01", "Paper Kite Makers", "Fold kites of paper."),
		make_occupation("13-0001.02", "Box Kite Makers", "Glue box kites."),
		make_occupation("13-0002.00", "Kite Fliers", "Fly kites in the wind."),
		make_occupation("13-1001.00", "Lantern Lighters", "Light lanterns at dusk."),
		make_occupation("15-0001.00", "Robot Tamers", "Teach robots manners."),
		make_occupation("15-1201.00", "Engineering Twins", ""),
		make_occupation("15-1202.00", "Twin Managers", ""),
		make_occupation("53-0001.00", "All Other Workers", ""),
		make_title("13-0001.01", TITLE_ALTERNATE, "Origami Kite Folder"),
		make_title("13-0002.00", TITLE_REPORTED, "Wind Artist"),
		make_title("15-0001.00", TITLE_ALTERNATE, "Chief Robot Officer (CRO)"),
		make_title("15-1202.00", TITLE_ALTERNATE, "Nursery Supervisor"),
		make_title("53-0001.00", TITLE_ALTERNATE, "Nurse of Pharmacies"),
		make_task("13-0002.00", "1", "Watch the wind before a flight."),
		make_task("15-0001.00", "2", "Feed the robots with oil."),
		make_task("15-0001.00", "3", "Polish one of them on each and every single other day until dusk."),
		make_technology("15-0001.00", "Python", "Languages"),
		make_technology("15-0001.00", "Gear Mesh Studio", "Design software"),
		make_technology("15-0001.00", "Oil of Olives", "Design software"),
		{ .kind = RECORD_ZONE, .code = make_code("13-0001.00"), .number = 2 },
		{ .kind = RECORD_ZONE, .code = make_code("13-0001.01"), .number = 3 },
		{ .kind = RECORD_ZONE, .code = make_code("15-0001.00"), .number = 5 },
	};
	return make_index("small.soc", records, COUNT(records));
}

static int set_up(void **state)
{
	struct error err = { 0 };
	if (make_set_up(state) != 0)
		return -1;
	return soc_index_open(make_small(), &small, &err) && ranker_new(small, &ranker, &err) ? 0 : -1;
}

static int tear_down(void **state)
{
	ranker_free(ranker);
	soc_index_close(small);
	return make_tear_down(state);
}

static const struct plan_filters no_filters;

static bool make_plan(struct slice text, const struct plan_filters *filters, struct arena *arena,
		      struct parsed_query *q, struct plan *plan, struct error *err)
{
	struct session s = { .index = small, .arena = *arena, .err = err };
	bool ok = query_parse(text, &s.arena, q, s.err) && plan_make(&s, q, filters, plan);
	*arena = s.arena;
	return ok;
}

/* The occupations that a plan allows, as letters. */
static void letters(const struct plan *plan, char out[32])
{
	size_t n = 0;
	for (size_t o = 0; o < small->count; o++)
		if (!plan->allow || plan->allow[o])
			out[n++] = (char)('a' + o);
	out[n] = '\0';
}

#define ALL "abcdefghi"

static void queries_allow_occupations(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		const char *allowed;
		const char *words; /* what is ranked */
	} rows[] = {
		{ "", ALL, "" },
		{ "kite makers", ALL, "kite makers" },
		{ "Maker (of kites) - box", ALL, "Maker (of kites) - box" },
		/* phrases */
		{ "\"kite fliers\"", "d", "kite fliers" },
		{ "\"Kite Makers\"", "abc", "Kite Makers" },
		{ "\"paper kite makers\"", "b", "paper kite makers" },
		{ "\"makers kite\"", "", "makers kite" },
		{ "\"kites of paper\" maker", "ab", "kites of paper  maker" },
		{ "\"kites of the paper\" maker", "", "kites of the paper  maker" },
		{ "\"kites paper\" maker", "", "kites paper  maker" },
		{ "\"watch the wind\"", "d", "watch the wind" },
		{ "\"watch for the wind\"", "", "watch for the wind" },
		{ "\"wind before a flight\"", "d", "wind before a flight" },
		{ "\"wind a flight\"", "", "wind a flight" },
		{ "\"kite\" \"wind\"", "d", "kite   wind" },
		{ "\"kite\" \"lanterns\"", "", "kite   lanterns" },
		{ "\"with oil\" robots", "f", "with oil  robots" },
		{ "\"\" kite", ALL, "kite" },
		{ "\"the of\" kite", ALL, "the of  kite" },
		{ "-\"kite makers\" paper", "defghi", "paper" },
		/* in technologies and tools too, a stop word standing for any one word, no more and no fewer */
		{ "\"python\" robots", "f", "python  robots" },
		{ "\"gear mesh studio\"", "f", "gear mesh studio" },
		{ "\"mesh studios\"", "f", "mesh studios" },
		{ "\"gear studio\"", "", "gear studio" },
		{ "\"studio mesh\"", "", "studio mesh" },
		{ "\"oil of olives\"", "f", "oil of olives" },
		{ "\"studio oil\"", "", "studio oil" },
		/* no phrase reaches from one title into the next, nor from titles into tasks */
		{ "\"tamers chief\"", "", "tamers chief" },
		{ "\"fliers wind\"", "", "fliers wind" },
		/* must, must not */
		{ "kite +wind", "d", "kite  wind" },
		{ "kite -wind", "abcefghi", "kite" },
		{ "kite +the", ALL, "kite  the" },
		{ "kite -(box OR wind)", "abefghi", "kite" },
		{ "kite -(kite box)", "abdefghi", "kite" },
		{ "kite +unheardof", "", "kite  unheardof" },
		{ "kite -unheardof", ALL, "kite" },
		{ "+kite-maker", "abc", "kite-maker" },
		/* fields */
		{ "title:paper", "b", "paper" },
		{ "description:paper", "ab", "paper" },
		{ "task:wind", "d", "wind" },
		{ "task:kite", "", "kite" },
		{ "title:(kite OR robot)", "abcdf", "kite    robot" },
		{ "title:(paper folder)", "b", "paper folder" },
		{ "title:\"paper folder\"", "", "paper folder" },
		{ "technology:gear-mesh", "f", "gear-mesh" },
		{ "technology:mesh-gear", "", "mesh-gear" },
		{ "technology:\"gear mesh\"", "f", "gear mesh" },
		{ "kite -title:paper", "acdefghi", "kite" },
		/* zones, groups, codes */
		{ "zone:2", "a", "" },
		{ "zone:2-3", "ab", "" },
		{ "zone:(2 5)", "af", "" },
		{ "-zone:2-5", "cdeghi", "" },
		{ "kite zone:3", "b", "kite" },
		{ "group:13", "abcde", "" },
		{ "13-0", "abcd", "" },
		{ "13-0001", "abc", "" },
		{ "13-0001.02", "c", "" },
		{ "13-1000", "e", "" },
		{ "15-12", "gh", "" },
		{ "15-1200", "gh", "" },
		{ "group:15-12,53", "ghi", "" },
		{ "code:15-1201.00", "g", "" },
		{ "kite 13-0001", "abc", "kite" },
		{ "kite 13-0001, 15-0001", "", "kite" },
		{ "kite -13-0001.00", "bcdefghi", "kite" },
		{ "13-0001 OR 15-0001", "abcf", "" },
		/* what is no code here is text */
		{ "16-12 kite", ALL, "16-12 kite" },
		{ "12-3456 kite", ALL, "12-3456 kite" },
		{ "13-77", ALL, "13-77" },
		/* wildcards */
		{ "kit*", "abcd", "kite" },
		{ "fol*", "b", "folder, fold" },
		{ "engineer*", "g", "engineer" },
		{ "engineering*", "g", "engineering" },
		{ "manage*", "h", "manage" },
		{ "nurs*", "hi", "nurse, nursery" },
		{ "pharmac*", "i", "pharmacy" },
		{ "pharmacy*", "i", "pharmacy" },
		{ "kite rob* -x", "f", "kite        , robot" },
		{ "title:rob*", "f", "robot" },
		{ "task:fli*", "d", "flight" },
		{ "zzz*", "", "" },
		{ "paper -kit*", "efghi", "paper" },
		{ "box-kit*", "c", "box- kite" },
		{ "pyth*", "f", "python" },
		/* NEAR */
		{ "wind NEAR/5 flight", "d", "wind        flight" },
		{ "flight NEAR/5 wind", "d", "flight        wind" },
		{ "flight NEAR/2 wind", "", "flight        wind" },
		{ "flight NEAR/3 wind", "d", "flight        wind" },
		{ "watch NEAR wind NEAR flight", "d", "watch      wind      flight" },
		{ "polish NEAR/11 dusk", "", "polish         dusk" },
		{ "polish NEAR/12 dusk", "f", "polish         dusk" },
		{ "gear NEAR/2 gear", "", "gear        gear" },
		{ "gear NEAR/2 studio", "f", "gear        studio" },
		{ "gear NEAR/1 studio", "", "gear        studio" },
		{ "studio NEAR/2 gear", "f", "studio        gear" },
		{ "studio NEAR/30 oil", "", "studio         oil" },
		{ "the NEAR/3 wind", "d", "the        wind" },
		{ "\"watch the wind\" NEAR/4 flight", "d", "watch the wind         flight" },
		{ "\"wind watch\" NEAR/4 flight", "", "wind watch         flight" },
		{ "task:(watch NEAR/3 wind)", "d", "watch        wind" },
		{ "title:(watch NEAR/3 wind)", "", "watch        wind" },
		/* AND, OR, NOT */
		{ "kite AND paper", "ab", "kite     paper" },
		{ "box OR robot", "cf", "box    robot" },
		{ "kite NOT paper", "cd", "kite" },
		{ "kite AND NOT (paper OR box)", "d", "kite" },
		{ "paper kite OR robot oil", "abf", "paper kite    robot oil" },
		{ "folder (box OR wind OR silk)", "acd", "folder  box    wind    silk" },
		{ "box OR NOT kite", "cefghi", "box" },
		{ "NOT kite", "efghi", "" },
		{ "(paper OR \"box kite\") AND zone:2-3", "ab", "paper     box kite" },
		{ "the AND kite", "abcd", "the     kite" },
	};
	struct arena arena = { 0 };
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct parsed_query q;
		struct plan plan;
		struct error err = { 0 };
		char allowed[32];
		arena_reset(&arena);
		if (!make_plan(slice_of(rows[i].text), &no_filters, &arena, &q, &plan, &err))
			fail_msg("row %zu: %s: %s", i, rows[i].text, err.text);
		letters(&plan, allowed);
		if (strcmp(allowed, rows[i].allowed) != 0)
			fail_msg("row %zu: %s: %s, not %s", i, rows[i].text, allowed, rows[i].allowed);
		if (!slice_equal(plan.words, slice_of(rows[i].words)))
			fail_msg("row %zu: %s: '%.*s', not '%s'", i, rows[i].text, (int)plan.words.length,
				 plan.words.at, rows[i].words);
		ROW_CHECK(plan_allowed(small, &plan) == strlen(allowed), i);
	}
	arena_free(&arena);
}

static void queries_that_cannot_be_planned(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		uint32_t column;
		enum error_code code;
	} rows[] = {
		{ "13-9999", 1, ERROR_USAGE },         { "kite 13-9999", 6, ERROR_USAGE },
		{ "kite 13-0001.77", 6, ERROR_USAGE }, { "kite group:16", 6, ERROR_USAGE },
		{ "kite -group:16", 7, ERROR_USAGE },  { "kite OR 16-12", 9, ERROR_USAGE },
	};
	struct arena arena = { 0 };
	struct parsed_query q;
	struct plan plan;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct error err = { 0 };
		ROW_CHECK(!make_plan(slice_of(rows[i].text), &no_filters, &arena, &q, &plan, &err), i);
		ROW_CHECK(err.code == rows[i].code && err.column == rows[i].column && err.hint[0], i);
	}
	/* A phrase of very many words is refused, not searched. */
	struct buffer text = { 0 };
	struct error err = { 0 };
	assert_true(buffer_append_text(&text, "oil \"", NULL));
	for (size_t i = 0; i < 1000; i++)
		assert_true(buffer_append_text(&text, "kite ", NULL));
	assert_true(buffer_append_byte(&text, '"', NULL));
	assert_false(make_plan(buffer_slice(&text), &no_filters, &arena, &q, &plan, &err));
	assert_int_equal(err.code, ERROR_LIMIT);
	assert_int_equal(err.column, 5);
	buffer_free(&text);
	arena_free(&arena);
}

/* ---- what is found ---- */

/* Rank with a plan; the codes that are found, best first. */
static void find(const char *text, const struct plan_filters *filters, enum code_level level, struct buffer *codes)
{
	struct parsed_query q;
	struct plan plan;
	struct error err = { 0 };
	struct session session = { .index = small, .err = &err };
	struct rank_options options = { .level = level, .limit = 100 };
	struct ranking r;
	buffer_clear(codes);
	if (!make_plan(slice_of(text), filters, &session.arena, &q, &plan, &err))
		fail_msg("%s: %s", text, err.text);
	struct job job = { plan.words, { NULL, 0 } };
	if (!plan_restrict_kinds(&session, filters, &job, &plan))
		fail_msg("%s: %s", text, err.text);
	plan_apply(&plan, &job, &options);
	if (!rank_job(ranker, &job, &options, &r, &err))
		fail_msg("%s: %s", text, err.text);
	for (size_t i = 0; i < r.count; i++)
		assert_true(buffer_printf(codes, NULL, "%s%s", codes->length ? " " : "",
					  small->entries[r.at[i].occupation].code.text));
	assert_true(buffer_terminate(codes, NULL));
	session_free(&session);
}

static void plans_rank(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		enum code_level level;
		const char *codes;
	} rows[] = {
		/* words alone find what holds any of them; best first */
		{ "lantern", LEVEL_ONET, "13-1001.00" },
		{ "\"box kite\" lantern", LEVEL_ONET, "13-0001.02" },
		/* at the SOC level the occupation shown is one that is allowed */
		{ "kite makers \"glue box\"", LEVEL_SOC, "13-0001.02" },
		{ "kite 13-0001.01", LEVEL_SOC, "13-0001.01" },
		/* codes alone come in their order, whether they are one or many */
		{ "13-0001", LEVEL_ONET, "13-0001.00 13-0001.01 13-0001.02" },
		{ "13-0001", LEVEL_SOC, "13-0001.00" },
		{ "group:53 OR group:15-12", LEVEL_SOC, "15-1201.00 15-1202.00 53-0001.00" },
		{ "zone:5", LEVEL_ONET, "15-0001.00" },
		/* what is demanded is found, where the words only rank it or not */
		{ "unheardof (box OR robot)", LEVEL_ONET, "13-0001.02 15-0001.00" },
		{ "box OR zone:5", LEVEL_ONET, "13-0001.02 15-0001.00" },
		/* words with a code find what holds them */
		{ "lantern 13-0001", LEVEL_ONET, "" },
		{ "pap* 13-00", LEVEL_ONET, "13-0001.01 13-0001.00" },
		{ "NOT kite", LEVEL_ONET, "" },
		{ "zzz*", LEVEL_ONET, "" },
	};
	struct buffer codes = { 0 };
	for (size_t i = 0; i < COUNT(rows); i++) {
		find(rows[i].text, &no_filters, rows[i].level, &codes);
		if (strcmp(codes.at, rows[i].codes) != 0)
			fail_msg("row %zu: %s: %s", i, rows[i].text, codes.at);
	}
	buffer_free(&codes);
}

static void filters_restrict(void **state)
{
	(void)state;
	static const struct {
		const char *text, *zones, *groups, *kinds;
		const char *codes;
	} rows[] = {
		{ "", "2", NULL, NULL, "13-0001.00" },
		{ "", "2-3,5", NULL, NULL, "13-0001.00 13-0001.01 15-0001.00" },
		{ "", "5-2", NULL, NULL, "13-0001.00 13-0001.01 15-0001.00" },
		{ "", "1", NULL, NULL, "" },
		{ "", NULL, "15-12,53", NULL, "15-1201.00 15-1202.00 53-0001.00" },
		{ "", NULL, "13-0001.02", NULL, "13-0001.02" },
		{ "", "3", "13", NULL, "13-0001.01" },
		{ "", "3", "15", NULL, "" },
		{ "robots", "2", NULL, NULL, "" },
		{ "robots", "5", "15", NULL, "15-0001.00" },
		/* kinds: the words, phrases and wildcards must stand in evidence of them */
		{ "wind", NULL, NULL, "task", "13-0002.00" },
		{ "paper", NULL, NULL, "title", "13-0001.01" },
		{ "paper", NULL, NULL, "task", "" },
		{ "oil", NULL, NULL, "technology", "15-0001.00" },
		{ "\"oil of olives\"", NULL, NULL, "technology", "15-0001.00" },
		{ "\"oil of olives\"", NULL, NULL, "title,task", "" },
		{ "silk*", NULL, NULL, "title", "" },
		{ "silk*", NULL, NULL, "title,description", "13-0001.00" },
		{ "description:silk", NULL, NULL, "title", "" },
		{ "13-0001", NULL, NULL, "task", "13-0001.00 13-0001.01 13-0001.02" },
	};
	struct buffer codes = { 0 };
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct plan_filters f = { 0 };
		struct filter_group groups[4];
		struct slice list = slice_of(rows[i].groups);
		f.groups = groups;
		ROW_CHECK(!rows[i].zones || filter_read_zones(slice_of(rows[i].zones), &f.zones, NULL), i);
		ROW_CHECK(!rows[i].kinds || filter_read_kinds(slice_of(rows[i].kinds), &f.kinds, NULL), i);
		while (list.length > 0)
			ROW_CHECK(filter_next_group(&list, &groups[f.group_count++], NULL), i);
		find(rows[i].text, &f, LEVEL_ONET, &codes);
		if (strcmp(codes.at, rows[i].codes) != 0)
			fail_msg("row %zu: %s: %s", i, rows[i].text, codes.at);
	}
	buffer_free(&codes);
}

static void filters_are_read(void **state)
{
	(void)state;
	static const struct {
		char what; /* zone, kind, group */
		const char *value;
		unsigned bits; /* 0: refused */
	} rows[] = {
		{ 'z', "4", 1u << 4 },
		{ 'z', "1-5", 0x3E },
		{ 'z', "1,3", 0x0A },
		{ 'z', " 1 , 3 ", 0x0A },
		{ 'z', "", 0 },
		{ 'z', "0", 0 },
		{ 'z', "6", 0 },
		{ 'z', "1-", 0 },
		{ 'z', "1-6", 0 },
		{ 'z', "12", 0 },
		{ 'z', "1;3", 0 },
		{ 'z', ",", 0 },
		{ 'z', "four", 0 },
		{ 'k', "title", 1u << FIELD_TITLE },
		{ 'k', "task,tool", 1u << FIELD_TASK | 1u << FIELD_TOOL },
		{ 'k', "", 0 },
		{ 'k', "titles", 0 },
		{ 'k', "code", 0 },
		{ 'k', "Title", 0 },
		{ 'g', "15", 1 },
		{ 'g', "15-", 1 },
		{ 'g', "15-1", 1 },
		{ 'g', "15-12", 1 },
		{ 'g', "15-1252.00", 1 },
		{ 'g', "151252", 1 },
		{ 'g', " 15-12 , 29 ", 2 },
		{ 'g', "", 0 },
		{ 'g', "1", 0 },
		{ 'g', "155", 0 },
		{ 'g', "15-12520", 0 },
		{ 'g', "15,,29", 0 },
		{ 'g', "x", 0 },
		{ 'g', "15_12", 0 },
		{ 'g', "15-1252.0", 0 },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct slice value = slice_of(rows[i].value);
		struct error err = { 0 };
		struct filter_group group;
		unsigned bits = 0;
		bool ok = true;
		if (rows[i].what == 'z') {
			ok = filter_read_zones(value, &bits, &err);
		} else if (rows[i].what == 'k') {
			ok = filter_read_kinds(value, &bits, &err);
		} else {
			do {
				ok = filter_next_group(&value, &group, &err);
				bits += ok;
			} while (ok && value.length > 0);
		}
		ROW_CHECK(ok == (rows[i].bits != 0), i);
		ROW_CHECK(!ok || bits == rows[i].bits, i);
		ROW_CHECK(ok || (err.code == ERROR_USAGE && err.hint[0]), i);
	}
}

/* ---- a wildcard that stands for everything ---- */

static void wildcards_are_limited(void **state)
{
	(void)state;
	struct record records[2] = { make_occupation("13-0001.00", "Word Makers", ""),
				     make_task("13-0001.00", "1", "") };
	struct buffer text = { 0 };
	struct soc_index *many = NULL;
	for (unsigned i = 0; i < 1200; i++)
		assert_true(buffer_printf(&text, NULL, "x%uq%s ", i, i % 3 ? "" : "zz"));
	records[1].text = slice_trim(buffer_slice(&text));
	assert_true(soc_index_open(make_index("many.soc", records, 2), &many, NULL));
	static const struct {
		const char *text;
		bool ok;
	} rows[] = { { "x*", false },
		     { "nurse x* y", false },
		     { "-x*", false },
		     { "x1*", true },
		     { "title:x*", true },
		     { "w*", true },
		     { "x1* OR x2* OR x3*", true },
		     { "-x1* -x1* -x1* -x*", false } };
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct parsed_query q;
		struct plan plan;
		struct error err = { 0 };
		struct session session = { .index = many, .err = &err };
		assert_true(query_parse(slice_of(rows[i].text), &session.arena, &q, NULL));
		ROW_CHECK(plan_make(&session, &q, &no_filters, &plan) == rows[i].ok, i);
		ROW_CHECK(rows[i].ok || (err.code == ERROR_LIMIT && err.column > 0 && strstr(err.text, "x*")), i);
		session_free(&session);
	}
	soc_index_close(many);
	buffer_free(&text);
}

/* ---- explaining ---- */

/* What is explained of a query, as JSON; false with *err filled. */
static bool explained(const char *text, struct buffer *out, struct error *err)
{
	struct arena arena = { 0 };
	struct parsed_query q;
	struct plan plan;
	bool ok = false;
	struct trace *e = trace_new(err);
	if (e && make_plan(slice_of(text), &no_filters, &arena, &q, &plan, err)) {
		struct job job = { plan.words, { NULL, 0 } };
		struct json_writer w = { .out = out, .err = err };
		ok = plan_trace(small, &q, &no_filters, &plan, e, err) && trace_job(small, &job, 0, e, err) &&
		     trace_finish(e, err);
		if (ok)
			trace_write_json(e, &w);
		ok = ok && buffer_terminate(out, err);
	}
	trace_free(e);
	arena_free(&arena);
	return ok;
}

static void stages_are_explained(void **state)
{
	(void)state;
	struct error err = { 0 };
	struct buffer text = { 0 };
	assert_true(explained("the kite \"of paper\" -wind", &text, &err));
	assert_string_equal(
		text.at,
		"\"explain\":{\"query\":[{\"tree\":\"(list [the kite] \\\"of paper\\\" (not [wind]))\",\"boolean\":true},"
		"{\"part\":\"\\\"of paper\\\"\",\"occupations\":2},"
		"{\"part\":\"(not [wind])\",\"occupations\":8},{\"part\":\"[wind]\",\"occupations\":1}],"
		"\"filter\":[{\"allowed\":2,\"of\":9}],"
		"\"ranked\":[{\"as\":\"title\",\"words\":\"the kite  of paper\"}],"
		"\"terms\":[{\"term\":\"kite\",\"word\":\"kite\",\"occupations\":4},"
		"{\"term\":\"paper\",\"word\":\"paper\",\"occupations\":2},{\"stop\":\"the\"},{\"stop\":\"of\"}]}");
	buffer_free(&text);
}

#ifdef SOC_FAULTS
static const char everything[] =
	"the \"gear mesh\" OR nurs* OR (wind NEAR/5 flight) OR title:(box NOT paper) OR zone:2";

static void each_allocation_fails_in_turn(void **state)
{
	(void)state;
	long k = 0;
	bool ok;
	do {
		struct error err = { 0 };
		fault_arm(FAULT_MEMORY, ++k, false);
		struct buffer text = { 0 };
		ok = explained(everything, &text, &err);
		assert_true(ok || err.code == ERROR_MEMORY);
		assert_true(fault_failures(FAULT_MEMORY) > 0 || ok);
		fault_arm(FAULT_MEMORY, 0, false);
		buffer_free(&text);
	} while (!ok || k < 20);
}

/* Whatever Xapian throws, and wherever: an error, nothing freed twice, and the next question is answered. */
static void each_exception_is_told(void **state)
{
	(void)state;
	unsigned at = 0;
	bool thrown;
	do {
		struct arena arena = { 0 };
		struct parsed_query q;
		struct plan plan;
		struct error err = { 0 };
		xap_fault_arm(XAP_FAULT_MEMORY, ++at);
		bool ok = make_plan(slice_of(everything), &no_filters, &arena, &q, &plan, &err);
		thrown = xap_fault_thrown();
		xap_fault_arm(XAP_FAULT_MEMORY, 0);
		assert_int_equal(ok, !thrown);
		assert_int_equal(err.code, ok ? ERROR_NONE : ERROR_MEMORY);
		arena_free(&arena);
	} while (thrown);
	assert_true(at > 20);
}
#endif

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(queries_allow_occupations),
		cmocka_unit_test(queries_that_cannot_be_planned),
		cmocka_unit_test(plans_rank),
		cmocka_unit_test(filters_restrict),
		cmocka_unit_test(filters_are_read),
		cmocka_unit_test(wildcards_are_limited),
		cmocka_unit_test(stages_are_explained),
#ifdef SOC_FAULTS
		cmocka_unit_test(each_allocation_fails_in_turn),
		cmocka_unit_test(each_exception_is_told),
#endif
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
