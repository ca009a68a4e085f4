// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/unit.h"

#include <string.h>

#include "lib/base/fault.h"
#include "lib/text/regex.h"

static struct regex *compile(const char *source)
{
	struct error err = { 0 };
	struct regex *p = NULL;
	if (!regex_new(slice_of(source), &p, &err))
		fail_msg("%s: %s", source, err.text);
	return p;
}

/* All matches as "start+length start+length ...". */
static void spell_matches(const char *source, struct slice text, char *out, size_t size)
{
	struct regex *p = compile(source);
	struct regex_span place;
	size_t from = 0, used = 0;
	out[0] = '\0';
	while (regex_find(p, text, from, &place, NULL) == REGEX_FOUND && used + 24 < size) {
		used += (size_t)snprintf(out + used, size - used, "%s%zu+%zu", used ? " " : "", place.start,
					 place.length);
		from = regex_after(text, place);
	}
	regex_free(p);
}

static void finds(void **state)
{
	(void)state;
	static const struct {
		const char *pattern;
		const char *text;
		const char *matches;
	} rows[] = {
		{ "nurse", "Nurse, head nurse", "0+5 12+5" },
		{ "Nurse", "Nurse, head nurse", "0+5" },
		{ "^nurse$", "Nurse, head nurse", "" },
		{ "x*", "axx", "0+0 1+2 3+0" },
		{ "\\bjava\\b", "Javascript, Java", "12+4" },
		{ "(a)(b)?", "ab a", "0+2 3+1" },
		{ "foo\\Kbar", "foobar", "3+3" },
		{ "(?<=head )nurse", "head nurse", "5+5" },
		{ "c\\+\\+", "C and C++", "6+3" },
		{ ".",
		  "\xC3\xA9"
		  "a",
		  "0+2 2+1" },                       /* a character is not a byte */
		{ "\\x{e9}", "CAF\xC3\x89", "3+2" }, /* case beyond ASCII */
		{ "\\w+", "\xC3\xA9t\xC3\xA9 ok", "0+5 6+2" },
		{ "$", "a\n", "1+0 2+0" },
		{ "(?=a)",
		  "\xC3\xA9"
		  "a",
		  "2+0" },
		{ "x*", "\xE2\x82\xAC", "0+0 3+0" }, /* emptiness stands between characters */
		{ "(?i)Nurse", "NURSE", "0+5" },
	};
	char spelt[128];
	for (size_t i = 0; i < COUNT(rows); i++) {
		spell_matches(rows[i].pattern, slice_of(rows[i].text), spelt, sizeof spelt);
		if (strcmp(spelt, rows[i].matches) != 0)
			fail_msg("%s in %s: %s, not %s", rows[i].pattern, rows[i].text, spelt, rows[i].matches);
	}
}

static void finds_in_bad_bytes(void **state)
{
	(void)state;
	static const struct {
		const char *pattern;
		struct slice text;
		const char *matches;
	} rows[] = {
		{ "b",
		  { "a\xFF"
		    "b",
		    3 },
		  "2+1" },
		{ ".", { "\xFF", 1 }, "" },
		{ "a.b",
		  { "a\xFF"
		    "b",
		    3 },
		  "" },
		{ "b", { "a\0b", 3 }, "2+1" },
		{ "b", { "\xE2\x82", 2 }, "" },
		{ "b", { NULL, 0 }, "" },
	};
	char spelt[128];
	for (size_t i = 0; i < COUNT(rows); i++) {
		spell_matches(rows[i].pattern, rows[i].text, spelt, sizeof spelt);
		ROW_CHECK(strcmp(spelt, rows[i].matches) == 0, i);
	}
}

static void smart_case(void **state)
{
	(void)state;
	static const struct {
		const char *pattern;
		bool ignores;
	} rows[] = {
		{ "java", true },
		{ "Java", false },
		{ "\xC3\xA9t\xC3\xA9", true },
		{ "\xC3\x89t", false },
		{ "\\W\\D\\S\\B\\A\\Z", true },
		{ "\\p{Lu}x", true },
		{ "\\PLx", true },
		{ "\\pLX", false },
		{ "\\x4A", true },
		{ "\\x{4A}B", false },
		{ "\\x4AB", false },
		{ "\\QJ\\E", false },
		{ "\\Qj\\E\\W", true },
		{ "(?<Name>x)", true },
		{ "(?<Name>X)", false },
		{ "(?<=X)a", false },
		{ "(?<!X)a", false },
		{ "(?=X)", false },
		{ "(?!X)", false },
		{ "(?:X)", false },
		{ "(?>X)", false },
		{ "(?P<Name>x)(?P>Name)", true },
		{ "(?<N>x)\\k<N>\\k{N}\\g{N}", true },
		{ "(?'Name'x)", true },
		{ "[A-Z]", false },
		{ "[[:alpha:]]", true },
		{ "(*LIMIT_MATCH=10)x", true },
		{ "\\cA", true },
		{ "(?:x)(?R)?", true },
		{ "\\o{101}x", true },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct regex *p = compile(rows[i].pattern);
		if (regex_ignores_case(p) != rows[i].ignores)
			fail_msg("%s: %s", rows[i].pattern, rows[i].ignores ? "minds case" : "ignores case");
		regex_free(p);
	}
}

static void refused(void **state)
{
	(void)state;
	static const struct {
		const char *pattern;
		const char *ends; /* the error's text ends so: the line with the caret */
	} rows[] = {
		{ "(java", "\n  (java\n       ^" },
		{ "[a-", "\n  [a-\n     ^" },
		{ "a)b", "\n  a)b\n   ^" },
		{ "*a", "\n  *a\n  ^" },
		{ "\xC3\xA9(", "\n  \xC3\xA9(\n    ^" },
		{ "a\\", "\n  a\\\n    ^" },
		{ "\\C", "^" },
		{ "(?<=a+)b", "^" },
		{ "(?1)", "^" },
		{ "a{99999}", "^" },
		{ "\xFF", "^" },
		{ "((a{1,1000}){1,1000}){1,1000}", "^" },
		{ "", "the pattern is empty" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct error err = { 0 };
		struct regex *p = NULL;
		ROW_CHECK(!regex_new(slice_of(rows[i].pattern), &p, &err) && !p, i);
		ROW_CHECK(err.code == ERROR_USAGE && err.hint[0], i);
		size_t text = strlen(err.text), ends = strlen(rows[i].ends);
		if (text < ends || strcmp(err.text + text - ends, rows[i].ends) != 0)
			fail_msg("row %zu: %s", i, err.text);
	}
}

static void refused_for_size(void **state)
{
	(void)state;
	char *text = malloc(REGEX_LENGTH_MAX + 1);
	struct regex *p = NULL;
	struct error err = { 0 };
	memset(text, 'a', REGEX_LENGTH_MAX + 1);
	assert_false(regex_new((struct slice){ text, REGEX_LENGTH_MAX + 1 }, &p, &err));
	assert_int_equal(err.code, ERROR_LIMIT);
	memset(text, '(', REGEX_LENGTH_MAX);
	error_clear(&err);
	assert_false(regex_new((struct slice){ text, REGEX_LENGTH_MAX }, &p, &err));
	assert_int_equal(err.code, ERROR_USAGE);
	free(text);
}

/* What backtracks or recurses without end is given up, soon; and the pattern works on the next text. */
static void gives_up(void **state)
{
	(void)state;
	static const char *const patterns[] = {
		"(a+)+$",         "(a|aa)+$", "(.*)(.*)(.*)(.*)(.*)(.*)[xy]$", "((a*)*)*[xy]$", "(?:a?){40}a{40}[xy]",
		"(a(?1)?a?)+[xy]"
	};
	char text[201];
	memset(text, 'a', 200);
	text[200] = 'b';
	for (size_t i = 0; i < COUNT(patterns); i++) {
		struct regex *p = compile(patterns[i]);
		struct regex_span place;
		ROW_CHECK(regex_find(p, (struct slice){ text, 201 }, 0, &place, NULL) == REGEX_GAVE_UP, i);
		ROW_CHECK(regex_find(p, SLICE("b"), 0, &place, NULL) != REGEX_GAVE_UP, i);
		regex_free(p);
	}
}

static void starts_behind_the_end(void **state)
{
	(void)state;
	struct regex *p = compile("a*");
	struct regex_span place;
	assert_int_equal(regex_find(p, SLICE("aa"), 2, &place, NULL), REGEX_FOUND);
	assert_int_equal(regex_find(p, SLICE("aa"), 3, &place, NULL), REGEX_ABSENT);
	regex_free(p);
}

/* A rule finds what a pattern finds: in texts that are ASCII and in others, before it is machine code and after. */
static void rules_find_the_same(void **state)
{
	(void)state;
	static const char *const patterns[] = {
		"\\bnurse\\b",
		"(?<=head )nurse|\\d+",
		"[-\xE2\x80\x93]+",
		"a\xE2\x80\x93?b",
		"[^\xE2\x80\x93,]+",
		"r\\x{e9}s|\\x{73}s",
		"[$\\x{a3}\\x{20ac}]\\s?\\d",
		"s(?:'|\\x{2019})?s",
		"\\p{L}+\\.",
		"\\p{Lu}\\w*",
		"(?-i:Nurse)",
		"\\\\x{20ac}?",
		"\\xe9|\\w",
		"k|\\W",
		"^.{3}",
		"s$",
	};
	static const char *const texts[] = {
		"",
		"Head nurse, 12 beds",
		"a-b ab, $ 5 - as",
		"Nurse's aide\\x x.",
		("a\xE2\x80\x93"
		 "b \xE2\x82\xAC 7"),
		"r\xC3\xA9s \xC3\x89T\xC3\x89.",
		"s\xE2\x80\x99s \xE2\x84\xAA",
		"a\xE2\x80",
		"line\nmiss",
	};
	for (size_t i = 0; i < COUNT(patterns); i++) {
		struct regex *rule, *all = compile(patterns[i]);
		assert_true(regex_new_rule(slice_of(patterns[i]), &rule, NULL));
		for (size_t k = 0; k < 40 * COUNT(texts); k++) {
			struct slice text = slice_of(texts[k % COUNT(texts)]);
			struct regex_span one, other;
			ROW_CHECK(regex_find(all, text, 0, &one, NULL) == regex_find(rule, text, 0, &other, NULL), i);
			ROW_CHECK(one.start == other.start && one.length == other.length, i);
		}
		regex_free(all);
		regex_free(rule);
	}
}

static void wrong_rules_fail_when_asked(void **state)
{
	(void)state;
	static const char *const texts[] = { "nurse", "caf\xC3\xA9" };
	for (size_t i = 0; i < COUNT(texts); i++) {
		struct regex *p;
		struct regex_span place;
		struct error err = { 0 };
		assert_true(regex_new_rule(SLICE("(nurse"), &p, &err));
		ROW_CHECK(regex_find(p, slice_of(texts[i]), 0, &place, &err) == REGEX_FAILED, i);
		ROW_CHECK(err.code == ERROR_USAGE, i);
		regex_free(p);
	}
}

#ifdef SOC_FAULTS
static void survives_lack_of_memory(void **state)
{
	(void)state;
	for (long k = 1, failures = 1; failures > 0; k++) {
		struct error err = { 0 };
		struct regex *p = NULL;
		struct regex_span place;
		fault_arm(FAULT_MEMORY, k, false);
		bool ok = regex_new(SLICE("(*NO_JIT)(n)(u)(r)+se"), &p, &err) &&
			  regex_find(p, SLICE("head nurse"), 0, &place, &err) == REGEX_FOUND;
		failures = fault_failures(FAULT_MEMORY);
		fault_arm(FAULT_MEMORY, 0, false);
		/* The just-in-time compiler is done without. */
		assert_true(ok || err.code == ERROR_MEMORY);
		assert_true(ok || failures > 0);
		assert_true(!ok || place.start == 5);
		regex_free(p);
	}
}
#endif

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds),
		cmocka_unit_test(finds_in_bad_bytes),
		cmocka_unit_test(smart_case),
		cmocka_unit_test(refused),
		cmocka_unit_test(refused_for_size),
		cmocka_unit_test(gives_up),
		cmocka_unit_test(starts_behind_the_end),
		cmocka_unit_test(rules_find_the_same),
		cmocka_unit_test(wrong_rules_fail_when_asked),
#ifdef SOC_FAULTS
		cmocka_unit_test(survives_lack_of_memory),
#endif
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
