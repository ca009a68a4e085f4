// SPDX-License-Identifier: GPL-3.0-or-later
#include "lib/base/utf8.h"
#include "lib/text/ngram.h"
#include "lib/text/stopwords.h"
#include "lib/text/title_variants.h"
#include "tests/unit/unit.h"

#include <string.h>

#include "lib/base/fault.h"
#include "lib/text/tokenizer.h"

static struct tokenizer *analyzer;

static int set_up(void **state)
{
	(void)state;
	analyzer = tokenizer_new(NULL);
	return analyzer ? 0 : -1;
}

static int tear_down(void **state)
{
	(void)state;
	tokenizer_free(analyzer);
	return 0;
}

static struct text_words analyze(struct slice text)
{
	struct text_words words;
	struct error err = { 0 };
	assert_true(tokenize(analyzer, text, &words, &err));
	assert_int_equal(err.code, ERROR_NONE);
	return words;
}

/* The folded words (or their stems), with a blank between them. */
static struct slice join(struct text_words words, bool stems, struct buffer *out)
{
	buffer_clear(out);
	for (size_t i = 0; i < words.count; i++) {
		struct slice word = stems ? words.at[i].term : words.at[i].folded;
		if (i > 0)
			assert_true(buffer_append_byte(out, ' ', NULL));
		assert_true(buffer_append(out, word.at, word.length, NULL));
	}
	return buffer_slice(out);
}

/* ---- words ---- */

static void texts_become_words(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		const char *folded;
	} rows[] = {
		{ "", "" },
		{ " \t\r\n,.;!", "" },
		{ "Software Developer", "software developer" },
		{ "front-end dev", "front end dev" },
		{ "a_b", "a b" },
		{ "Z9 9z", "z9 9z" },
		/* apostrophes */
		{ "driver's license", "driver license" },
		{ "driver\xE2\x80\x99s license", "driver license" },
		{ "DRIVER'S", "driver" },
		{ "drivers' union", "drivers union" },
		{ "O'Brien", "obrien" },
		{ "O\xE2\x80\x99"
		  "Brien",
		  "obrien" },
		{ "rock'n'roll", "rocknroll" },
		{ "don't", "dont" },
		{ "it'sy", "itsy" },
		{ "'quoted'", "quoted" },
		{ "a 's b", "a s b" },
		{ "trail'", "trail" },
		{ "x''y", "x y" },
		{ "'", "" },
		/* plus and sharp */
		{ "C++", "c++" },
		{ "C++/C#", "c++ c#" },
		{ "C++.", "c++" },
		{ "5+ years", "5+ years" },
		{ "+1 #2", "1 2" },
		{ "a+b", "a+ b" },
		/* single letters joined */
		{ "R&D", "r&d" },
		{ "R&D Manager", "r&d manager" },
		{ "(R&D)", "r&d" },
		{ "AT&T", "at t" },
		{ "R & D", "r d" },
		{ "Q&As", "q as" },
		{ "R&", "r" },
		/* full stops between single letters */
		{ "R.N.", "rn" },
		{ "U.S.A", "usa" },
		{ "U.S. Army", "us army" },
		{ "e.g. this", "eg this" },
		{ "J. Smith", "j smith" },
		{ "J.Smith", "j smith" },
		{ "a.b.cd", "ab cd" },
		{ "1.2.3", "1 2 3" },
		{ "no.of", "no of" },
		{ "A.", "a" },
		/* beyond ASCII */
		{ "r\xC3\xA9sum\xC3\xA9", "resume" },
		{ "R\xC3\x89SUM\xC3\x89", "resume" },
		{ "re\xCC\x81sume\xCC\x81", "resume" },
		{ "na\xC3\xAFve Bayes", "naive bayes" },
		{ "\xC3\x85ngstr\xC3\xB6m", "angstrom" },
		{ "Stra\xC3\x9F"
		  "e",
		  "strasse" },
		{ "e\xEF\xAC\x83"
		  "cient",
		  "efficient" },                                            /* the ligature ffi */
		{ "m\xC2\xB2", "m2" },                                      /* superscript two */
		{ "\xEF\xBC\xB3\xEF\xBC\xB1\xEF\xBC\xAC", "sql" },          /* full-width SQL */
		{ "co\xC2\xADop", "co op" },                                /* a soft hyphen is no word character */
		{ "\xD0\x98\xD0\xBD\xD0\xB6", "\xD0\xB8\xD0\xBD\xD0\xB6" }, /* Cyrillic */
		{ "\xCC\x81", "" },                                         /* a mark alone */
		{ "a\xE2\x80\x94"
		  "b",
		  "a b" }, /* em dash */
		{ "\xE2\x80\x9Cweb\xE2\x80\x9D", "web" },
		/* not UTF-8 */
		{ "a\xFF"
		  "b",
		  "a b" },
		{ "ab\xC3", "ab" },
		{ "\xC3(", "" },
		{ "a\xED\xA0\x80z", "a z" },     /* a surrogate */
		{ "a\xC0\xAFz", "a z" },         /* overlong */
		{ "a\xF4\x90\x80\x80z", "a z" }, /* beyond U+10FFFF */
		{ "it\xE2\x80", "it" },          /* half an apostrophe */
		{ "\x80\x80\x80", "" },
	};
	struct buffer joined = { 0 };
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct slice got = join(analyze(slice_of(rows[i].text)), false, &joined);
		if (!slice_equal(got, slice_of(rows[i].folded)))
			fail_msg("row %zu: \"%s\" gives \"%.*s\", not \"%s\"", i, rows[i].text, (int)got.length,
				 got.length ? got.at : "", rows[i].folded);
	}
	buffer_free(&joined);
}

static void words_become_terms(void **state)
{
	(void)state;
	static const char *const rows[][2] = {
		{ "Developers developing", "develop develop" },
		{ "nurses nursing", "nurs nurs" },
		{ "statistics", "statist" },
		{ "the managers of these accounts", "the manag of these account" }, /* stop words stay */
		{ "C++ C# R&D R.N.", "c++ c# r&d rn" },
		{ "Caf\xC3\xA9s", "cafe" },
	};
	struct buffer joined = { 0 };
	for (size_t i = 0; i < COUNT(rows); i++)
		ROW_CHECK(slice_equal(join(analyze(slice_of(rows[i][0])), true, &joined), slice_of(rows[i][1])), i);
	buffer_free(&joined);
}

static void a_nul_separates(void **state)
{
	(void)state;
	struct buffer joined = { 0 };
	static const char bytes[] = "ab\0cd's\0";
	assert_true(
		slice_equal(join(analyze((struct slice){ bytes, sizeof bytes - 1 }), false, &joined), SLICE("ab cd")));
	/* Nothing behind the slice is looked at. */
	assert_true(slice_equal(join(analyze((struct slice){ "C++", 2 }), false, &joined), SLICE("c+")));
	assert_true(slice_equal(join(analyze((struct slice){ "R.N.", 2 }), false, &joined), SLICE("r")));
	assert_int_equal(analyze((struct slice){ NULL, 0 }).count, 0);
	buffer_free(&joined);
}

static void long_words_are_cut(void **state)
{
	(void)state;
	struct buffer text = { 0 };
	for (size_t i = 0; i < 200000; i++)
		assert_true(buffer_append_byte(&text, 'x', NULL));
	assert_true(buffer_append_text(&text, " y", NULL));
	struct text_words words = analyze(buffer_slice(&text));
	assert_int_equal(words.count, 2);
	assert_int_equal(words.at[0].folded.length, TEXT_WORD_MAX);
	assert_true(words.at[0].term.length <= TEXT_WORD_MAX);
	assert_int_equal(words.at[0].length, 200000);
	assert_int_equal(words.at[1].start, 200001);

	/* Cut at a character's border: 63 bytes, then characters of two. */
	buffer_clear(&text);
	for (size_t i = 0; i < 63; i++)
		assert_true(buffer_append_byte(&text, 'q', NULL));
	for (size_t i = 0; i < 40; i++)
		assert_true(buffer_append_text(&text, "\xD0\xB8", NULL));
	words = analyze(buffer_slice(&text));
	assert_int_equal(words.count, 1);
	assert_int_equal(words.at[0].folded.length, 63);
	size_t bad;
	assert_true(slice_is_utf8(words.at[0].folded, &bad));
	buffer_free(&text);
}

/* Of any bytes: words in order, inside the text, terms and folded words short and not empty. */
static void any_bytes_are_split(void **state)
{
	(void)state;
	static const char *const pieces[] = { "a",
					      "Z",
					      "7",
					      "'",
					      "\xE2\x80\x99",
					      "s",
					      "+",
					      "#",
					      "&",
					      ".",
					      " ",
					      "-",
					      "\xC3\xA9",
					      "\xC3",
					      "\xFF",
					      "\xCC\x81",
					      "\xEF\xAC\x83",
					      "\xE2\x80\x94",
					      ",",
					      "ing",
					      "\xEF\xB7\xBA" };
	uint32_t random = 12345;
	struct buffer text = { 0 };
	for (size_t round = 0; round < 20000; round++) {
		buffer_clear(&text);
		for (size_t n = 0; n < 1 + round % 12; n++) {
			random = random * 1664525u + 1013904223u;
			assert_true(buffer_append_text(&text, pieces[(random >> 16) % COUNT(pieces)], NULL));
		}
		/* In a block of exactly its size, so that the sanitizer sees a byte too many. */
		char *exact = malloc(text.length);
		assert_non_null(exact);
		memcpy(exact, text.at, text.length);
		struct text_words words = analyze((struct slice){ exact, text.length });
		size_t end = 0;
		for (size_t i = 0; i < words.count; i++) {
			const struct text_word *w = &words.at[i];
			ROW_CHECK(w->position == i + 1 && w->length > 0 && w->start >= end, round);
			end = w->start + w->length;
			ROW_CHECK(end <= text.length, round);
			ROW_CHECK(w->folded.length > 0 && w->folded.length <= TEXT_WORD_MAX, round);
			ROW_CHECK(w->term.length > 0 && w->term.length <= TEXT_WORD_MAX, round);
			ROW_CHECK(!(w->folded.at[0] >= 'A' && w->folded.at[0] <= 'Z'), round);
			ROW_CHECK(!w->stop || slice_equal(w->folded, w->term), round);
		}
		ROW_CHECK(words.count == 0 || words.at[0].clause, round);
		ROW_CHECK(words.count <= text.length / 2 + 1, round); /* what query/engine/evidence_match.c relies on */
		free(exact);
	}
	buffer_free(&text);
}

/* ---- what is known of a word ---- */

static void words_know_their_place(void **state)
{
	(void)state;
	/* One letter a word: c begins a clause, s is a stop word, g a grade. */
	static const struct {
		const char *text;
		const char *clause, *stop, *grade;
	} rows[] = {
		{ "Senior Nurse", "c-", "--", "g-" },
		{ "Director of Engineering, West", "c--c", "-s--", "----" },
		{ "Nurse (ICU) Charge", "ccc", "---", "---" },
		{ "Clerk/Typist", "cc", "--", "--" },
		{ "Buyer - Seasonal", "cc", "--", "--" },
		{ "front-end lead", "c--", "---", "---" },
		{ "Buyer \xE2\x80\x93 Toys", "cc", "--", "--" },
		{ "Buyer\xE2\x80\x94Toys", "cc", "--", "--" },
		{ "one\ntwo\ttabs", "ccc", "---", "---" },
		{ "Engineer II", "c-", "--", "-g" },
		{ "Teacher 3 sr", "c--", "---", "-gg" },
		{ "The nurse", "c-", "s-", "--" },
		{ "not no", "c-", "--", "--" }, /* no stop words */
		{ "IT Manager", "c-", "--", "--" },
		{ "\"lead\" cook", "cc", "--", "--" },
		{ "C++, C#", "cc", "--", "--" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct text_words words = analyze(slice_of(rows[i].text));
		ROW_CHECK(words.count == strlen(rows[i].clause), i);
		for (size_t k = 0; k < words.count; k++) {
			ROW_CHECK(words.at[k].clause == (rows[i].clause[k] == 'c'), i);
			ROW_CHECK(words.at[k].stop == (rows[i].stop[k] == 's'), i);
			ROW_CHECK(words.at[k].grade == (rows[i].grade[k] == 'g'), i);
		}
	}
}

static void words_know_where_they_stand(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		const char *written[4];
	} rows[] = {
		{ "  Driver's, of C++!", { "Driver's", "of", "C++" } },
		{ "R.N. and R&D", { "R.N.", "and", "R&D" } },
		{ "r\xC3\xA9sum\xC3\xA9 now", { "r\xC3\xA9sum\xC3\xA9", "now" } },
		{ "drivers' a\xFFz", { "drivers", "a", "z" } },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct text_words words = analyze(slice_of(rows[i].text));
		for (size_t k = 0; k < words.count; k++) {
			struct slice written = { rows[i].text + words.at[k].start, words.at[k].length };
			ROW_CHECK(words.at[k].position == k + 1, i);
			ROW_CHECK(rows[i].written[k] && slice_equal(written, slice_of(rows[i].written[k])), i);
		}
		ROW_CHECK(words.count == 4 || !rows[i].written[words.count], i);
	}
}

static void lists_of_words_are_sorted(void **state)
{
	(void)state;
	/* bsearch() finds the first and the last, and what is in the middle. */
	static const char *const stop[] = {
		"a", "an", "any", "etc", "had", "its", "may", "she", "those", "was", "your"
	};
	static const char *const grade[] = { "1", "5", "i", "iv", "jr", "junior", "senior", "sr", "v", "vi" };
	for (size_t i = 0; i < COUNT(stop); i++)
		ROW_CHECK(text_is_stop(slice_of(stop[i])) && !text_is_grade(slice_of(stop[i])), i);
	for (size_t i = 0; i < COUNT(grade); i++)
		ROW_CHECK(text_is_grade(slice_of(grade[i])) && !text_is_stop(slice_of(grade[i])), i);
	assert_false(text_is_stop(SLICE("")));
	assert_false(text_is_stop(SLICE("A")));
	assert_false(text_is_stop(SLICE("anyone")));
	assert_false(text_is_stop(SLICE("a\0b")) || text_is_stop(SLICE("\0")) || text_is_stop(SLICE("and\0")));
	assert_false(text_is_grade(SLICE("")));
	assert_false(text_is_grade(SLICE("6")));
	assert_false(text_is_grade(SLICE("seniors")));
}

/* ---- beginnings of stems ---- */

/* Whether a word is held where just its stem was added. */
static bool holds_own_stem(const char *word)
{
	struct stem_filter b = { 0 };
	struct text_words words = analyze(slice_of(word));
	if (words.count != 1)
		return false;
	stem_filter_add(&b, words.at[0].term);
	return stem_filter_has(&b, words.at[0].folded);
}

static void stems_begin_like_their_words(void **state)
{
	(void)state;
	static const char letters[] = "aeioyudlst9";
	static const char *const ends[] = {
		"",        "s",       "es",      "ies",     "ied",  "ed",    "eed",   "edly",    "ing",    "ingly",
		"ying",    "y",       "ly",      "li",      "bly",  "e",     "ate",   "able",    "ably",   "ability",
		"ative",   "atively", "ational", "ization", "izer", "ive",   "ivity", "iveness", "ous",    "ously",
		"ousness", "ful",     "fully",   "fulness", "ness", "al",    "ally",  "alism",   "ality",  "ical",
		"ically",  "icate",   "ology",   "ogy",     "ment", "ement", "ent",   "ently",   "ence",   "ency",
		"ance",    "ant",     "ion",     "sion",    "ism",  "ist",   "er",    "less",    "lessly", "ss",
	};
	static const char *const others[] = {
		"skies",        "skis",
		"dying",        "lying",
		"tying",        "idly",
		"gently",       "ugly",
		"early",        "only",
		"singly",       "news",
		"aed",          "oing",
		"generously",   "communal",
		"arsenal",      "cry",
		"tried",        "awfulness",
		"r&d",          "c++",
		"3d",           "42",
		"caf\xC3\xA9s", "\xD0\xB2\xD1\x80\xD0\xB0\xD1\x87",
	};
	size_t n = sizeof letters; /* the last is none */
	for (size_t i = 0; i < COUNT(others); i++)
		ROW_CHECK(holds_own_stem(others[i]), i);
	for (size_t i = 0; i < n * n * n * COUNT(ends); i++) {
		char word[32];
		size_t length = 0, rest = i / COUNT(ends);
		for (unsigned k = 0; k < 3; k++, rest /= n)
			if (letters[rest % n])
				word[length++] = letters[rest % n];
		strcpy(word + length, ends[i % COUNT(ends)]);
		if (*word && !holds_own_stem(word))
			fail_msg("%s does not begin like its stem", word);
	}
}

/* A text is passed over only where none of its words has the stem: tried on texts of what joins and separates words. */
static void texts_with_a_stem_are_told(void **state)
{
	(void)state;
	static const char *const parts[] = {
		"R", "N", "d", "try", "tries", "O",        "nurse",        "9",   "'", "'s", "&", ".", "+",
		"#", "-", " ", ",",   "_",     "\xC3\xA9", "\xE2\x80\x99", "\xFF"
	};
	size_t passed = 0, rows = 200000;
	uint64_t random = 20261121;
	for (size_t i = 0; i < rows; i++) {
		char text[64] = "";
		struct text_words words;
		for (size_t k = 0; k < 5; k++) {
			random = random * 6364136223846793005u + 1442695040888963407u; /* Knuth's MMIX generator */
			strcat(text, parts[(random >> 33) % COUNT(parts)]);
		}
		assert_true(tokenize(analyzer, slice_of(text), &words, NULL));
		for (size_t k = 0; k < words.count; k++) {
			struct stem_filter b = { 0 };
			stem_filter_add(&b, words.at[k].term);
			if (!stem_filter_in(&b, slice_of(text)))
				fail_msg("%s has the stem %.*s", text, (int)words.at[k].term.length,
					 words.at[k].term.at);
		}
		struct stem_filter other = { 0 };
		stem_filter_add(&other, SLICE("kite"));
		passed += !stem_filter_in(&other, slice_of(text));
	}
	assert_true(passed > rows / 20 && passed < rows);
}

static void only_wanted_stems_are_made(void **state)
{
	(void)state;
	struct stem_filter b = { 0 };
	struct text_words words;
	stem_filter_add(&b, SLICE("nurs"));
	assert_true(stem_filter_has(&b, SLICE("nurses")));
	assert_false(stem_filter_has(&b, SLICE("doctors")));
	assert_false(stem_filter_has(&b, SLICE("")));
	assert_true(
		tokenize_for(analyzer, SLICE("The nurses and doctors, senior internationalization"), &b, &words, NULL));
	assert_int_equal(words.count, 6);
	static const struct {
		const char *folded, *term;
		bool stop, grade;
	} rows[] = {
		{ "the", "the", true, false }, { "nurses", "nurs", false, false },
		{ "and", "and", true, false }, { "doctors", "", false, false },
		{ "senior", "", false, true }, { "internationalization", "", false, false },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		ROW_CHECK(slice_equal(words.at[i].folded, slice_of(rows[i].folded)), i);
		ROW_CHECK(slice_equal(words.at[i].term, slice_of(rows[i].term)), i);
		ROW_CHECK(words.at[i].stop == rows[i].stop && words.at[i].grade == rows[i].grade, i);
	}
	/* What was not stemmed then is, when it is asked for. */
	words = analyze(SLICE("doctors senior"));
	assert_true(slice_equal(words.at[0].term, SLICE("doctor")) && slice_equal(words.at[1].term, SLICE("senior")));
}

/* ---- stems that are sought ---- */

/* Whatever a word is, it has the number that the map has for its stem; *found counts those that have one. */
static void check_found(struct slice text, const struct map *stems, const struct stem_set *sought, size_t *found,
			size_t row)
{
	struct text_words words, own;
	struct arena arena = { 0 };
	assert_true(tokenize_find(analyzer, text, sought, &words, NULL) && text_words_copy(words, &arena, &own, NULL));
	words = analyze(text);
	ROW_CHECK(words.count == own.count, row);
	for (size_t i = 0; i < words.count; i++) {
		const struct text_word *a = &words.at[i], *b = &own.at[i];
		uint32_t number = a->stop ? MAP_NONE : map_find(stems, a->term);
		ROW_CHECK(b->number == number, row);
		ROW_CHECK(slice_equal(a->folded, b->folded) && a->start == b->start && a->length == b->length, row);
		ROW_CHECK(a->position == b->position && a->stop == b->stop && a->grade == b->grade &&
				  a->clause == b->clause,
			  row);
		ROW_CHECK(a->number == MAP_NONE, row);
		*found += number != MAP_NONE;
	}
	arena_free(&arena);
}

static void sought_stems_are_found(void **state)
{
	(void)state;
	static const char *const texts[] = {
		"Nurses, nursing and nurse's aides",
		"The engineer engineers; engineering engines",
		"C++ and C# in R&D, R.N.",
		"caf\xC3\xA9s, na\xC3\xAFve \xD0\x92\xD1\x80\xD0\xB0\xD1\x87",
		"cries cried cry",
		"ads for an ad",
		"internationalizationists of internationalization",
		"dying tying lying, die tie lie",
		"nobility noble",
	};
	struct map odd = { 0 }, even = { 0 };
	struct stem_set sought_odd, sought_even;
	size_t found = 0, words = 0;
	for (size_t i = 0; i < COUNT(texts); i++) {
		struct text_words all = analyze(slice_of(texts[i]));
		for (size_t k = 0; k < all.count; k++)
			assert_true(map_add(words++ % 2 ? &odd : &even, all.at[k].term, &(uint32_t){ 0 }, NULL, NULL));
	}
	stem_set_begin(analyzer, &odd, &sought_odd);
	stem_set_begin(analyzer, &even, &sought_even);
	/* Each analyzer serves several searches in turn. */
	for (size_t i = 0; i < 3 * COUNT(texts); i++) {
		check_found(slice_of(texts[i % COUNT(texts)]), &odd, &sought_odd, &found, i);
		check_found(slice_of(texts[i % COUNT(texts)]), &even, &sought_even, &found, i);
	}
	assert_true(found >= 3 * (words - 6));
	map_free(&odd);
	map_free(&even);
}

/* ---- short words, which are folded eight letters at once ---- */

/* Bytes that belong to no word, or to the one before them. */
static bool ends_word(unsigned char c)
{
	return c < 0x80 && !(c >= '0' && c <= '9') && !(c >= 'A' && c <= 'Z') && !(c >= 'a' && c <= 'z') &&
	       !strchr("'&+#.", c);
}

static void words_of_any_length_are_folded(void **state)
{
	(void)state;
	static const char letters[] = "aZ0mQz9bYAk5Bj";
	for (size_t row = 0; row < 40 * 128 * 9; row++) {
		size_t length = 1 + row % 40, before = row / 40 / 128;
		unsigned char behind = (unsigned char)(row / 40 % 128);
		char text[64], folded[40];
		memset(text, ',', sizeof text);
		for (size_t i = 0; i < length; i++) {
			char c = letters[(i * 5 + row) % (sizeof letters - 1)];
			text[before + i] = c;
			folded[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
		}
		text[before + length] = (char)behind;
		if (behind && !ends_word(behind))
			continue;
		/* With 0, the text ends behind the word. */
		struct text_words words =
			analyze((struct slice){ text, before + length + (behind ? 1 + row % 11 : 0) });
		ROW_CHECK(words.count == 1 && words.at[0].start == before && words.at[0].length == length, row);
		ROW_CHECK(slice_equal(words.at[0].folded, (struct slice){ folded, length }), row);
	}
}

/* ---- heads ---- */

static void titles_have_a_head(void **state)
{
	(void)state;
	static const struct {
		const char *title;
		const char *head; /* folded; NULL: none */
	} rows[] = {
		{ "Software Developer", "developer" },
		{ "Director of Engineering, West", "director" },
		{ "Engineer, Civil", "engineer" },
		{ "Senior Engineer II", "engineer" },
		{ "VP - Sales", "vp" },
		{ "Nurse (ICU)", "nurse" },
		{ "Teacher for the Blind", "teacher" },
		{ "Clerk/Typist", "clerk" },
		{ "Assistant to the Dean", "assistant" },
		{ "Police and Detectives", "detectives" }, /* `and` ends nothing */
		{ "Senior", "senior" },
		{ "Senior II", "ii" },
		{ "of the Engineer", "engineer" },
		{ "Sr, Nurse", "nurse" },
		{ "Of the", NULL },
		{ "", NULL },
		{ "!!", NULL },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		const struct text_word *head = text_head(analyze(slice_of(rows[i].title)));
		ROW_CHECK((head != NULL) == (rows[i].head != NULL), i);
		ROW_CHECK(!head || slice_equal(head->folded, slice_of(rows[i].head)), i);
	}
}

/* ---- n-grams ---- */

static void words_have_grams(void **state)
{
	(void)state;
	static const struct {
		const char *word;
		const char *grams;
	} rows[] = {
		{ "", "^$" },
		{ "a", "^a$" },
		{ "ab", "^ab$" },
		{ "abc", "^abc abc$" },
		{ "nurse", "^nur nurs urse rse$" },
		{ "c++", "^c++ c++$" },
		/* at characters' borders: longer than four bytes rather than half a character */
		{ "\xD0\xB8\xD0\xB9", "^\xD0\xB8\xD0\xB9 \xD0\xB8\xD0\xB9" },
	};
	char padded[TEXT_WORD_MAX + 2];
	struct slice grams[TEXT_WORD_MAX];
	struct buffer joined = { 0 };
	for (size_t i = 0; i < COUNT(rows); i++) {
		size_t n = ngrams_of(slice_of(rows[i].word), padded, grams);
		buffer_clear(&joined);
		for (size_t k = 0; k < n; k++) {
			if (k > 0)
				assert_true(buffer_append_byte(&joined, ' ', NULL));
			assert_true(buffer_append(&joined, grams[k].at, grams[k].length, NULL));
		}
		ROW_CHECK(slice_equal(buffer_slice(&joined), slice_of(rows[i].grams)), i);
		for (size_t k = 0; k < n; k++) {
			size_t bad;
			ROW_CHECK(slice_is_utf8(grams[k], &bad), i);
		}
	}
	/* The longest word fits; of a longer one the beginning counts. */
	char word[TEXT_WORD_MAX + 10];
	memset(word, 'w', sizeof word);
	assert_int_equal(ngrams_of((struct slice){ word, TEXT_WORD_MAX }, padded, grams), TEXT_WORD_MAX - 1);
	assert_int_equal(ngrams_of((struct slice){ word, sizeof word }, padded, grams), TEXT_WORD_MAX - 1);
	buffer_free(&joined);
}

/* ---- UTF-8 ---- */

static void utf8_is_judged(void **state)
{
	(void)state;
	static const struct {
		struct slice text;
		int bad; /* -1: none */
	} rows[] = {
		{ { "", 0 }, -1 },
		{ { "plain", 5 }, -1 },
		{ { "\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80", 9 }, -1 },
		{ { "\xF4\x8F\xBF\xBD", 4 }, -1 },
		{ { "a\0b", 3 }, 1 },
		{ { "\0", 1 }, 0 },
		{ { "ab\x80", 3 }, 2 },
		{ { "ab\xC3", 3 }, 2 },
		{ { "\xC3\x28", 2 }, 0 },
		{ { "\xC0\x80", 2 }, 0 },
		{ { "\xC1\xBF", 2 }, 0 },
		{ { "\xE0\x80\xAF", 3 }, 0 },
		{ { "\xED\xA0\x80", 3 }, 0 },
		{ { "\xF0\x8F\xBF\xBF", 4 }, 0 },
		{ { "\xF4\x90\x80\x80", 4 }, 0 },
		{ { "\xF5\x80\x80\x80", 4 }, 0 },
		{ { "x\xFE", 2 }, 1 },
		{ { "\xC3\xA9\xE2\x82", 4 }, 2 },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		size_t bad = 999;
		ROW_CHECK(slice_is_utf8(rows[i].text, &bad) == (rows[i].bad < 0), i);
		ROW_CHECK(bad == (rows[i].bad < 0 ? 999u : (size_t)rows[i].bad), i);
	}
}

/* ---- memory ---- */

#ifdef SOC_FAULTS
static void each_allocation_fails_in_turn(void **state)
{
	(void)state;
	struct buffer text = { 0 };
	for (size_t i = 0; i < 100; i++)
		assert_true(buffer_append_text(&text, "na\xC3\xAFve drivers' R&D C++ R.N. of ", NULL));
	long k = 0;
	bool ok;
	do {
		struct error err = { 0 };
		struct text_words words = { 0 };
		fault_arm(FAULT_MEMORY, ++k, false);
		struct tokenizer *a = tokenizer_new(&err);
		ok = a && tokenize(a, buffer_slice(&text), &words, &err);
		assert_int_equal(ok, fault_failures(FAULT_MEMORY) == 0);
		assert_int_equal(err.code, ok ? ERROR_NONE : ERROR_MEMORY);
		assert_int_equal(words.count, ok ? 600 : 0);
		/* What failed once works the next time, with the same analyzer. */
		fault_arm(FAULT_MEMORY, 0, false);
		if (a && !ok) {
			assert_true(tokenize(a, buffer_slice(&text), &words, NULL));
			assert_int_equal(words.count, 600);
		}
		tokenizer_free(a);
	} while (!ok);
	assert_true(k > 5);
	buffer_free(&text);
	tokenizer_free(NULL);
}
#endif

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_become_words),
		cmocka_unit_test(words_become_terms),
		cmocka_unit_test(a_nul_separates),
		cmocka_unit_test(long_words_are_cut),
		cmocka_unit_test(any_bytes_are_split),
		cmocka_unit_test(words_know_their_place),
		cmocka_unit_test(words_know_where_they_stand),
		cmocka_unit_test(lists_of_words_are_sorted),
		cmocka_unit_test(titles_have_a_head),
		cmocka_unit_test(words_have_grams),
		cmocka_unit_test(utf8_is_judged),
		cmocka_unit_test(stems_begin_like_their_words),
		cmocka_unit_test(texts_with_a_stem_are_told),
		cmocka_unit_test(only_wanted_stems_are_made),
		cmocka_unit_test(sought_stems_are_found),
		cmocka_unit_test(words_of_any_length_are_folded),
#ifdef SOC_FAULTS
		cmocka_unit_test(each_allocation_fails_in_turn),
#endif
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
