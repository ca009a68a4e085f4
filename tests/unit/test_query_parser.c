// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/unit.h"

#include <string.h>

#include "lib/base/fault.h"
#include "query/engine/query_parser.h"

/* ---- what is understood ---- */

static void queries_become_trees(void **state)
{
	(void)state;
	/* An empty tree: plain text, taken as it stands. */
	static const struct {
		const char *text;
		const char *tree;
	} rows[] = {
		{ "", "" },
		{ "nurse", "" },
		{ "registered nurse", "" },
		{ "  registered   nurse ", "" },
		{ "!!! ???", "" },
		/* phrases */
		{ "\"data warehouse\"", "\"data warehouse\"" },
		{ "\"data warehouse\" architect", "(list \"data warehouse\" [architect])" },
		{ "senior \"data warehouse\" architect", "(list [senior] \"data warehouse\" [architect])" },
		{ "\"\"", "\"\"" },
		{ "\"a\"\"b\"", "(list \"a\" \"b\")" },
		{ "a\"b c\"d", "(list [a] \"b c\" [d])" },
		{ "\"a (b\" c", "(list \"a (b\" [c])" },
		{ "\"a AND b\"", "\"a AND b\"" },
		{ "\"nurs*\"", "\"nurs*\"" },
		{ "\"15-1252\"", "\"15-1252\"" },
		{ "\"level 5\"", "\"level 5\"" },
		/* inches */
		{ "6\" pipe fitter", "[6\" pipe fitter]" },
		{ "pipe fitter 6\"", "[pipe fitter 6\"]" },
		{ "5'10\" model \"night shift\"", "(list [5'10\" model] \"night shift\")" },
		/* must, must not */
		{ "+icu nurse", "(list (must [icu]) [nurse])" },
		{ "nurse -manager", "(list [nurse] (not [manager]))" },
		{ "-manager nurse", "(list (not [manager]) [nurse])" },
		{ "nurse -manager supervisor", "(list [nurse] (not [manager]) [supervisor])" },
		{ "nurse -\"team lead\"", "(list [nurse] (not \"team lead\"))" },
		{ "nurse -(a b)", "(list [nurse] (not [a b]))" },
		{ "nurse -(a OR b)", "(list [nurse] (not (or [a] [b])))" },
		{ "+(a OR b) c", "(list (must (or [a] [b])) [c])" },
		{ "nurse -title:manager", "(list [nurse] (not title:[manager]))" },
		{ "nurse -manag*", "(list [nurse] (not manag*))" },
		{ "a +b -c", "(list [a] (must [b]) (not [c]))" },
		{ "nurse -15-12", "(list [nurse] (not group:15-12))" },
		{ "nurse -\xC3\xA9tudiant", "(list [nurse] (not [\xC3\xA9tudiant]))" },
		/* ... and what only looks so */
		{ "co-worker", "[co-worker]" },
		{ "a - b", "[a - b]" },
		{ "nurse -", "[nurse -]" },
		{ "nurse --", "[nurse --]" },
		{ "- nurse", "[- nurse]" },
		{ "nurse -- night", "[nurse -- night]" },
		{ "C++ developer", "[C++ developer]" },
		{ "C/C++", "[C/C++]" },
		{ "nurse +5 years", "[nurse +5 years]" },
		{ "$50k -60k", "[$50k -60k]" },
		{ "a +/- b", "[a +/- b]" },
		{ "nurse \xE2\x80\x93 night -\xE2\x80\x93", "[nurse \xE2\x80\x93 night -\xE2\x80\x93]" },
		/* titles as they are pasted */
		{ "Sr. Engineer (C++) - AT&T", "[Sr. Engineer (C++) - AT&T]" },
		{ "R&D/QA", "" },
		{ "24/7", "" },
		{ "Driver's helper (m/f", "" },
		{ ":-) developer", "[:-) developer]" },
		{ "a) nurse b) doctor", "" },
		{ "Nurse (RN", "" },
		{ "nurse)", "" },
		{ "((((nurse - night", "[((((nurse - night]" },
		{ "Clerk [part-time] {x}", "[Clerk [part-time] {x}]" },
		{ "***URGENT*** RN", "[***URGENT*** RN]" },
		{ "*Nurse*", "[*Nurse*]" },
		{ "Nurse*RN*LPN", "[Nurse*RN*LPN]" },
		{ "Nurse * Nights", "[Nurse * Nights]" },
		{ "Nurse**", "[Nurse**]" },
		{ "note: night shift", "[note: night shift]" },
		{ "Title: Nurse", "[Title: Nurse]" },
		{ "title: nurse", "[title: nurse]" },
		{ "Title:Nurse", "[Title:Nurse]" },
		{ "https://example.org/jobs", "[https://example.org/jobs]" },
		{ "task://x", "[task://x]" },
		{ "7:30-3:30 aide", "[7:30-3:30 aide]" },
		{ "ratio 1:5", "[ratio 1:5]" },
		{ "title:", "[title:]" },
		{ "(title:) x", "[(title:) x]" },
		{ "nurse: icu:night", "[nurse: icu:night]" },
		/* several lines are pasted */
		{ "Nurse\n-lifts patients\n+reads \"charts", "" },
		{ "a AND\n(b", "" },
		{ "\nnurse -x\n", "(list [nurse] (not [x]))" },
		/* fields */
		{ "title:nurse", "title:[nurse]" },
		{ "title:nurse manager", "(list title:[nurse] [manager])" },
		{ "task:\"test software\"", "task:\"test software\"" },
		{ "title:(team leader)", "title:[team leader]" },
		{ "title:(a b) c", "(list title:[a b] [c])" },
		{ "title:(a OR b)", "(or title:[a] title:[b])" },
		{ "title:(a task:b)", "(list title:[a] task:[b])" },
		{ "title:(a task:(b c) d)", "(list title:[a] task:[b c] title:[d])" },
		{ "technology:c++", "technology:[c++]" },
		{ "technology:c#", "technology:[c#]" },
		{ "title:front-end", "title:[front-end]" },
		{ "title:nurs*", "title:nurs*" },
		{ "title:AND", "title:[AND]" },
		{ "title:-x", "title:[-x]" },
		{ "title:a:b", "title:[a:b]" },
		{ "title:6\"", "title:[6\"]" },
		{ "tool:lathe activity:x description:y", "(list tool:[lathe] activity:[x] description:[y])" },
		{ "title:15-1252", "title:[15-1252]" },
		{ "(title:a)", "title:[a]" },
		{ "-title:(a b)", "(not title:[a b])" },
		{ "zone:4", "zone:4" },
		{ "zone:4-5", "zone:4-5" },
		{ "zone:1,3-4", "zone:1,3-4" },
		{ "zone:4, nurse", "(list zone:4, [nurse])" },
		{ "zone:(4 5)", "(or zone:4 zone:5)" },
		{ "zone:(4 OR 5) nurse", "(list (or zone:4 zone:5) [nurse])" },
		{ "zone:\"4\"", "zone:4" },
		{ "group:15", "group:15" },
		{ "group:15-", "group:15-" },
		{ "group:15-12,29", "group:15-12,29" },
		{ "group:15-12*", "group:15-12" },
		{ "code:15-1252.00", "code:15-1252.00" },
		{ "code:151252", "code:151252" },
		{ "x -group:15", "(list [x] (not group:15))" },
		/* wildcards */
		{ "engineer*", "engineer*" },
		{ "engineer*, senior", "(list engineer* [senior])" },
		{ "senior engineer* night", "(list [senior] engineer* [night])" },
		{ "front-end*", "front-end*" },
		{ "c+*", "[c+*]" },
		{ "eng*neer", "[eng*neer]" },
		{ "\xC3\xA9tud*", "\xC3\xA9tud*" },
		/* NEAR */
		{ "test NEAR/5 software", "(near/5 [test] [software])" },
		{ "test NEAR software", "(near/10 [test] [software])" },
		{ "a NEAR/2 b NEAR/7 c", "(near/7 [a] [b] [c])" },
		{ "big test NEAR/5 software now", "(list [big] (near/5 [test] [software]) [now])" },
		{ "\"unit test\" NEAR/5 software", "(near/5 \"unit test\" [software])" },
		{ "task:(test NEAR/5 software)", "(near/5 task:[test] task:[software])" },
		{ "a NEAR/3 b OR c", "(or (near/3 [a] [b]) [c])" },
		{ "-(a NEAR/3 b) c", "(list (not (near/3 [a] [b])) [c])" },
		{ "-a NEAR/3 b", "(not (near/3 [a] [b]))" },
		{ "near NEAR/1 Near", "(near/1 [near] [Near])" },
		{ "NEAR/x y", "[NEAR/x y]" },
		/* AND, OR, NOT */
		{ "a AND b", "(and [a] [b])" },
		{ "a OR b", "(or [a] [b])" },
		{ "a AND b AND c", "(and [a] [b] [c])" },
		{ "a OR b OR c", "(or [a] [b] [c])" },
		{ "a OR b AND c", "(or [a] (and [b] [c]))" },
		{ "(a OR b) AND c", "(and (or [a] [b]) [c])" },
		{ "registered nurse OR physician assistant", "(or [registered nurse] [physician assistant])" },
		{ "hospital (nurse OR doctor)", "(list [hospital] (or [nurse] [doctor]))" },
		{ "a (b c) OR d", "(or (list [a] [b c]) [d])" },
		{ "(a b) -c", "(list [a b] (not [c]))" },
		{ "((a)) -c", "(list [a] (not [c]))" },
		{ "(a (b (c d))) -e", "(list [a] [b] [c d] (not [e]))" },
		{ "nurse NOT manager", "(and [nurse] (not [manager]))" },
		{ "nurse NOT manager icu", "(and [nurse] (not [manager]) [icu])" },
		{ "nurse AND NOT manager", "(and [nurse] (not [manager]))" },
		{ "nurse OR NOT manager", "(or [nurse] (not [manager]))" },
		{ "NOT manager", "(not [manager])" },
		{ "NOT (a OR b) c", "(and (not (or [a] [b])) [c])" },
		{ "a NOT b NOT c", "(and [a] (not [b]) (not [c]))" },
		{ "Driver (NOT CDL)", "(list [Driver] (not [CDL]))" },
		{ "\"a b\" OR c*", "(or \"a b\" c*)" },
		{ "RN OR LPN", "(or [RN] [LPN])" },
		{ "a AND 15-12", "(and [a] group:15-12)" },
		{ "a AND 15-20", "(and [a] group:15-20)" },
		{ "nurse and doctor or aide not me", "" },
		{ "nurse\xC2\xA0OR\xC2\xA0"
		  "doctor",
		  "(or [nurse] [doctor])" },
		{ "ANDY ORSON", "[ANDY ORSON]" },
		/* titles that shout, and the operating room */
		{ "SALES AND MARKETING MANAGER", "[SALES AND MARKETING MANAGER]" },
		{ "NURSE OR DOCTOR", "[NURSE OR DOCTOR]" },
		{ "DRIVER (NOT CDL) NEAR CHICAGO", "[DRIVER (NOT CDL) NEAR CHICAGO]" },
		{ "\"SALES\" AND MARKETING", "(and \"SALES\" [MARKETING])" },
		{ "title:(SALES OR MARKETING)", "(or title:[SALES] title:[MARKETING])" },
		{ "OR Nurse", "[OR Nurse]" },
		{ "Registered Nurse OR", "[Registered Nurse OR]" },
		{ "Registered Nurse - OR", "[Registered Nurse - OR]" },
		{ "Registered Nurse (OR)", "[Registered Nurse (OR)]" },
		{ "OR", "[OR]" },
		{ "a OR b (c)", "(or [a] (list [b] [c]))" },
		/* codes */
		{ "15-1252.00", "group:15-1252.00" },
		{ "15-1252", "group:15-1252" },
		{ "15-12", "group:15-12" },
		{ "15-1", "group:15-1" },
		{ "15-125", "group:15-125" },
		{ "developer 15-1252", "(list [developer] group:15-1252)" },
		{ "developer (15-1252)", "(list [developer (] group:15-1252 [)])" },
		{ "15-1252, 29-1141", "(list group:15-1252 group:29-1141)" },
		{ "manager 15-12", "(list [manager] group:15-12)" },
		{ "15-20", "group:15-20" },
		{ "15", "" },
		{ "29-1xxx no", "[29-1xxx no]" },
		{ "15-12520", "[15-12520]" },
		{ "15-1252.0", "[15-1252.0]" },
		{ "2024-1252", "[2024-1252]" },
		{ "15-1252-3", "[15-1252-3]" },
		{ "Manager of 15-20 people", "[Manager of 15-20 people]" },
		{ "15-20 people", "[15-20 people]" },
		{ "nurse 25-30 hours", "[nurse 25-30 hours]" },
		{ "nurse 25-13 hrs/week", "[nurse 25-13 hrs/week]" },
		{ "CNA 11-7", "[CNA 11-7]" },
		{ "CNA 11-3 shift", "[CNA 11-3 shift]" },
		{ "Teacher Grades 11-12", "[Teacher Grades 11-12]" },
		/* binary */
		{ "a \"\x01\xFF\x80\" \xC3", "(list [a] \"\x01\xFF\x80\" [\xC3])" },
		{ "-\xFF\xFE x", "(list (not [\xFF\xFE]) [x])" },
	};
	struct arena arena = { 0 };
	struct buffer tree = { 0 };
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct parsed_query q;
		struct error err = { 0 };
		arena_reset(&arena);
		buffer_clear(&tree);
		if (!query_parse(slice_of(rows[i].text), &arena, &q, &err))
			fail_msg("row %zu: %s: %s", i, rows[i].text, err.text);
		assert_true(!q.root || query_print(&q, q.root, &tree, NULL));
		if (!slice_equal(buffer_slice(&tree), slice_of(rows[i].tree)))
			fail_msg("row %zu: %s: %.*s, not %s", i, rows[i].text, (int)tree.length,
				 tree.length ? tree.at : "", rows[i].tree);
	}
	buffer_free(&tree);
	arena_free(&arena);
}

/* ---- what is refused ---- */

static void mistakes_are_pointed_at(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		uint32_t column;
		const char *what; /* the error begins so */
	} rows[] = {
		{ "\"", 1, "a quotation mark is never closed" },
		{ "\"unbalanced", 1, "a quotation mark is never closed" },
		{ "ab \"c", 4, "a quotation mark is never closed" },
		{ "\"a\" \"b", 5, "a quotation mark is never closed" },
		{ "nurse\"", 6, "a quotation mark is never closed" },
		{ "\xC3\xA9\xC3\xA9 \"c", 4, "a quotation mark is never closed" },
		{ "(((", 3, "a bracket is never closed" },
		{ "(", 1, "a bracket is never closed" },
		{ ")", 1, "this bracket closes nothing" },
		{ "()", 1, "nothing stands between these brackets" },
		{ "nurse -x (a", 10, "a bracket is never closed" },
		{ "(a OR b", 1, "a bracket is never closed" },
		{ "(a OR (b) c", 1, "a bracket is never closed" },
		{ "a OR b)", 7, "this bracket closes nothing" },
		{ "a OR (b))", 9, "this bracket closes nothing" },
		{ ") a OR b", 1, "this bracket closes nothing" },
		{ "a OR ()", 6, "nothing stands between these brackets" },
		{ "title:(nurse", 7, "a bracket is never closed" },
		{ "title:(", 7, "a bracket is never closed" },
		{ "nurse AND", 7, "there is nothing behind AND" },
		{ "AND nurse", 1, "there is nothing before AND" },
		{ "AND", 1, "there is nothing before AND" },
		{ "nurse AND AND doctor", 7, "there is nothing behind AND" },
		{ "nurse OR AND doctor", 7, "there is nothing behind OR" },
		{ "nurse AND OR doctor", 7, "there is nothing behind AND" },
		{ "nurse AND b OR", 13, "there is nothing behind OR" },
		{ "OR nurse -x", 1, "there is nothing before OR" },
		{ "(nurse AND) x", 8, "there is nothing behind AND" },
		{ "(AND nurse) x", 2, "there is nothing before AND" },
		{ "nurse NOT", 7, "there is nothing behind NOT" },
		{ "nurse NOT NOT x", 7, "there is nothing behind NOT" },
		{ "nurse NOT AND x", 7, "there is nothing behind NOT" },
		{ "NEAR nurse", 1, "there is nothing before NEAR" },
		{ "NEAR/5 nurse", 1, "there is nothing before NEAR" },
		{ "nurse NEAR", 7, "NEAR needs a word or a phrase behind it" },
		{ "nurse NEAR/5 -x", 7, "NEAR needs a word or a phrase behind it" },
		{ "nurse NEAR/0 x", 12, "NEAR takes a number from 1 to 30" },
		{ "nurse NEAR/31 x", 12, "NEAR takes a number from 1 to 30" },
		{ "nurse NEAR/5x x", 12, "NEAR takes a number from 1 to 30" },
		{ "nurse NEAR/999999999999 x", 12, "NEAR takes a number from 1 to 30" },
		{ "nurs* NEAR/5 x", 1, "NEAR stands between words and phrases" },
		{ "x NEAR/5 nurs*", 10, "NEAR stands between words and phrases" },
		{ "x NEAR/5 (a OR b)", 10, "NEAR stands between words and phrases" },
		{ "(a OR b) NEAR/5 x", 1, "NEAR stands between words and phrases" },
		{ "x NEAR/5 15-1252", 10, "NEAR stands between words and phrases" },
		{ "task:a NEAR/5 b", 15, "the words on both sides of NEAR" },
		{ "tittle:nurse", 1, "there is no field 'tittle'" },
		{ "titel:nurse", 1, "there is no field 'titel'" },
		{ "x tasks:y", 3, "there is no field 'tasks'" },
		{ "x -too:y", 4, "there is no field 'too'" },
		{ "titl:(a b)", 1, "there is no field 'titl'" },
		{ "taks:\"a b\"", 1, "there is no field 'taks'" },
		{ "zone:9", 6, "'9' is no Job Zone" },
		{ "zone:0", 6, "'0' is no Job Zone" },
		{ "zone:4-", 6, "'4-' is no Job Zone" },
		{ "zone:4,,5", 6, "'' is no Job Zone" },
		{ "zone:(4 six)", 9, "'six' is no Job Zone" },
		{ "zone:\"\"", 7, "'' is no Job Zone" },
		{ "group:software", 7, "'software' is no code" },
		{ "group:15-12,x", 7, "'x' is no code" },
		{ "code:15-12520", 6, "'15-12520' is no code" },
		{ "*", 1, "a * alone would stand for every word" },
		{ "* *", 3, "a * alone would stand for every word" },
		{ "title:*", 7, "a * alone would stand for every word" },
		{ "nurse title:** x", 13, "a * alone would stand for every word" },
	};
	struct arena arena = { 0 };
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct parsed_query q;
		struct error err = { 0 };
		arena_reset(&arena);
		if (query_parse(slice_of(rows[i].text), &arena, &q, &err))
			fail_msg("row %zu: %s: no error", i, rows[i].text);
		if (err.column != rows[i].column || strncmp(err.text, rows[i].what, strlen(rows[i].what)) != 0)
			fail_msg("row %zu: %s: column %u: %s", i, rows[i].text, err.column, err.text);
		ROW_CHECK(err.code == ERROR_USAGE && err.line == 1 && strcmp(err.file, "query") == 0 && err.hint[0], i);
		const char *line = strchr(err.text, '\n');
		ROW_CHECK(line && strncmp(line + 3, rows[i].text, strlen(rows[i].text)) == 0, i);
		ROW_CHECK(strlen(err.text) == (size_t)(line - err.text) + strlen(rows[i].text) + 6 + rows[i].column, i);
	}
	arena_free(&arena);
}

static void names_are_suggested(void **state)
{
	(void)state;
	static const struct {
		const char *text, *name; /* NULL: no error */
	} rows[] = {
		{ "tittle:x", "title:" },
		{ "tile:x", "title:" },
		{ "titel:x", "title:" },
		{ "zones:x", "zone:" },
		{ "cod:x", "code:" },
		{ "gruop:x", "group:" },
		{ "tolo:x", "tool:" },
		{ "activty:x", "activity:" },
		{ "technologys:x", "technology:" },
		{ "descriptin:x", "description:" },
		{ "titels:x", NULL },
		{ "note:x", NULL },
		{ "x:y", NULL },
		{ "t:x", NULL },
		{ "http:x", NULL },
		{ "salary:50k", NULL },
		{ "Tittle:x", NULL },
	};
	struct arena arena = { 0 };
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct parsed_query q;
		struct error err = { 0 };
		ROW_CHECK(query_parse(slice_of(rows[i].text), &arena, &q, &err) == (rows[i].name == NULL), i);
		ROW_CHECK(!rows[i].name || strstr(err.hint, rows[i].name) != NULL, i);
	}
	arena_free(&arena);
}

/* ---- limits ---- */

static void repeat(struct buffer *out, const char *text, size_t times)
{
	for (size_t i = 0; i < times; i++)
		assert_true(buffer_append_text(out, text, NULL));
}

static void limits_are_told(void **state)
{
	(void)state;
	static const struct {
		const char *before, *again, *between, *after_each, *after;
		size_t times;
		enum error_code code;
	} rows[] = {
		/* length */
		{ "", "a", "", "", "", 100000, ERROR_NONE },
		{ "", "a", "", "", "", 100001, ERROR_LIMIT },
		{ "", "\xC3\xA9", "", "", "", 100000, ERROR_NONE },
		{ "", "\xC3\xA9", "", "", "", 100001, ERROR_LIMIT },
		{ "-x ", "a ", "", "", "", 49990, ERROR_NONE },
		/* depth */
		{ "-x ", "(", "a", ")", "", 64, ERROR_NONE },
		{ "-x ", "(", "a", ")", "", 65, ERROR_LIMIT },
		{ "-x ", "(", "a", ")", "", 30000, ERROR_LIMIT },
		{ "", "((((", "", "", "", 20000, ERROR_LIMIT },
		{ "title:", "(-", "a", ")", "", 60, ERROR_NONE },
		{ "", "NOT (", "a", ")", "", 64, ERROR_NONE },
		{ "", "NOT (", "a", ")", "", 65, ERROR_LIMIT },
		/* parts */
		{ "a", " OR a", "", "", "", 998, ERROR_NONE },
		{ "a", " OR a", "", "", "", 1000, ERROR_LIMIT },
		{ "", "-a ", "", "", "", 5000, ERROR_LIMIT },
		{ "", "\"a\" ", "", "", "", 999, ERROR_NONE },
		{ "", "\"a\" ", "", "", "", 1001, ERROR_LIMIT },
		{ "a", " NEAR a", "", "", "", 5000, ERROR_LIMIT },
	};
	struct arena arena = { 0 };
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct buffer text = { 0 };
		struct parsed_query q;
		struct error err = { 0 };
		repeat(&text, rows[i].before, 1);
		repeat(&text, rows[i].again, rows[i].times);
		repeat(&text, rows[i].between, 1);
		repeat(&text, rows[i].after_each, rows[i].times);
		bool ok = query_parse(buffer_slice(&text), &arena, &q, &err);
		if (err.code != rows[i].code || ok != (rows[i].code == ERROR_NONE))
			fail_msg("row %zu: %d %s", i, err.code, err.text);
		ROW_CHECK(ok || err.hint[0], i);
		buffer_free(&text);
		arena_free(&arena);
	}
}

/* ---- places ---- */

static bool check_places(const struct parsed_query *q, const struct query_node *node, uint32_t from, uint32_t to)
{
	if (node->start < from || node->end > to || node->start > node->end)
		return false;
	for (const struct query_node *child = node->first; child; child = child->next)
		if (!check_places(q, child, 0, (uint32_t)q->text.length))
			return false;
	return node->first || (node->from >= node->start && node->to <= node->end && node->from <= node->to);
}

static void nodes_know_their_places(void **state)
{
	(void)state;
	static const char text[] = "a \"b c\" -title:(d OR e*) AND f NEAR/3 g zone:4";
	struct arena arena = { 0 };
	struct parsed_query q;
	assert_true(query_parse(SLICE(text), &arena, &q, NULL));
	assert_true(check_places(&q, q.root, 0, sizeof text - 1));
	const struct query_node *phrase = q.root->first->first->next;
	assert_int_equal(phrase->kind, QUERY_PHRASE);
	assert_int_equal(phrase->start, 2);
	assert_int_equal(phrase->end, 7);
	assert_int_equal(phrase->from, 3);
	assert_int_equal(phrase->to, 6);
	arena_free(&arena);
}

#ifdef SOC_FAULTS
static void each_allocation_fails_in_turn(void **state)
{
	(void)state;
	struct buffer text = { 0 };
	repeat(&text, "a OR \"b c\" d* ", 100);
	repeat(&text, "zone:4", 1);
	long k = 0;
	bool ok;
	do {
		struct arena arena = { 0 };
		struct parsed_query q;
		struct error err = { 0 };
		fault_arm(FAULT_MEMORY, ++k, false);
		ok = query_parse(buffer_slice(&text), &arena, &q, &err);
		assert_int_equal(ok, fault_failures(FAULT_MEMORY) == 0);
		assert_int_equal(err.code, ok ? ERROR_NONE : ERROR_MEMORY);
		fault_arm(FAULT_MEMORY, 0, false);
		arena_free(&arena);
	} while (!ok);
	assert_true(k > 2);
	buffer_free(&text);
}
#endif

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(queries_become_trees),          cmocka_unit_test(mistakes_are_pointed_at),
		cmocka_unit_test(names_are_suggested),           cmocka_unit_test(limits_are_told),
		cmocka_unit_test(nodes_know_their_places),
#ifdef SOC_FAULTS
		cmocka_unit_test(each_allocation_fails_in_turn),
#endif
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
