// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * analyze.c - from text to words.
 *
 * ASCII, which is nearly everything, goes through a table of character classes; other characters are
 * decoded and folded by utf8proc.
 */
#include <libstemmer.h>
#include <utf8proc.h>

#include "lib/base/ascii.h"
#include "lib/text/text.h"

/* What joins belongs to a word directly before it, or joins it to what follows; elsewhere it separates. */
enum class { CLASS_SPACE, CLASS_WORD, CLASS_CLAUSE, CLASS_JOIN, CLASS_WIDE };

#define KEPT_WORDS 2048u
#define KEPT_BYTES 22   /* a slot has 48 */

/* What is known of a word. */
struct kept_word {
	unsigned char word_length;   /* 0: the slot is free */
	unsigned char stem_length;   /* 0: a stop word, which is its own stem, or not stemmed yet */
	bool stop;
	bool grade;
	char word[KEPT_BYTES];
	char stem[KEPT_BYTES];
};

struct text_analyzer {
	struct sb_stemmer *stemmer;
	struct buffer folded;          /* each word of the current text and its stem */
	struct text_word *words;
	size_t count;
	size_t capacity;
	unsigned char class[256];
	char lower[256];
	struct kept_word kept[KEPT_WORDS];
};

/* One reading of a text: where we are, and what the next word will be. */
struct scan {
	struct text_analyzer *analyzer;
	struct slice text;
	const struct text_beginnings *stems;   /* those that are looked for; NULL: all */
	size_t at;
	bool clause;
	struct error *err;
};

struct text_analyzer *text_analyzer_new(struct error *err)
{
	struct text_analyzer *a = memory_new(sizeof *a, err);
	if (!a)
		return NULL;
	for (int c = 0; c < 256; c++) {
		bool upper = c >= 'A' && c <= 'Z';
		bool word = upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
		a->lower[c] = (char)(upper ? c + 'a' - 'A' : c);
		a->class[c] = c >= 0x80 ? CLASS_WIDE : word ? CLASS_WORD : CLASS_SPACE;
	}
	a->stemmer = sb_stemmer_new("english", "UTF_8");
	if (!a->stemmer) {
		memory_free(a);
		error_no_memory(err);
		return NULL;
	}
	for (const char *c = ",.;:!?()[]{}/|\n\r\t\""; *c; c++)
		a->class[(unsigned char)*c] = CLASS_CLAUSE;
	for (const char *c = "'&+#"; *c; c++)
		a->class[(unsigned char)*c] = CLASS_JOIN;
	return a;
}

void text_analyzer_free(struct text_analyzer *a)
{
	if (!a)
		return;
	sb_stemmer_delete(a->stemmer);
	buffer_free(&a->folded);
	memory_free(a->words);
	memory_free(a);
}

static unsigned char byte_at(const struct scan *s, size_t at)
{
	return at < s->text.length ? (unsigned char)s->text.at[at] : 0;
}

/* Decode the character at `at`; its length in bytes, or 0 where there is none. */
static size_t decode(const struct scan *s, size_t at, utf8proc_int32_t *character)
{
	utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)s->text.at + at,
					      (utf8proc_ssize_t)(s->text.length - at), character);
	return n > 0 ? (size_t)n : 0;
}

static bool is_word_character(utf8proc_int32_t character)
{
	utf8proc_category_t c = utf8proc_category(character);
	return (c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_NO);
}

/* Append the folded form of a character that is not ASCII. */
static bool fold_wide(struct scan *s, utf8proc_int32_t character)
{
	utf8proc_int32_t parts[32];
	int boundary = 0;
	utf8proc_ssize_t n = utf8proc_decompose_char(character, parts, 32,
		UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK | UTF8PROC_IGNORE,
		&boundary);
	for (utf8proc_ssize_t i = 0; i < n && n <= 32; i++) {
		utf8proc_uint8_t bytes[4];
		utf8proc_ssize_t length = utf8proc_encode_char(parts[i], bytes);
		if (!buffer_append(&s->analyzer->folded, bytes, (size_t)length, s->err))
			return false;
	}
	return true;
}

/* An apostrophe, straight or typographic, at `at`: its length, else 0. */
static size_t apostrophe(const struct scan *s, size_t at)
{
	if (byte_at(s, at) == '\'')
		return 1;
	if (byte_at(s, at) == 0xE2 && byte_at(s, at + 1) == 0x80 && byte_at(s, at + 2) == 0x99)
		return 3;
	return 0;
}

/* Where the run of ASCII letters and digits at s->at ends. */
static size_t ascii_end(const struct scan *s)
{
	const unsigned char *class = s->analyzer->class;
	size_t end = s->at;
	while (end < s->text.length && class[(unsigned char)s->text.at[end]] == CLASS_WORD)
		end++;
	return end;
}

static bool fold_ascii(struct scan *s, size_t end)
{
	struct text_analyzer *a = s->analyzer;
	size_t length = end - s->at;
	if (!buffer_reserve(&a->folded, length, s->err))
		return false;
	char *out = a->folded.at + a->folded.length;
	for (size_t i = 0; i < length; i++)
		out[i] = a->lower[(unsigned char)s->text.at[s->at + i]];
	a->folded.length += length;
	s->at = end;
	return true;
}

/* Letters and digits from s->at on, folded; s->at moves behind them. */
static bool fold_run(struct scan *s)
{
	struct text_analyzer *a = s->analyzer;
	while (s->at < s->text.length) {
		unsigned char c = byte_at(s, s->at);
		if (a->class[c] == CLASS_WORD) {
			if (!fold_ascii(s, ascii_end(s)))
				return false;
			continue;
		}
		utf8proc_int32_t character;
		size_t n = a->class[c] == CLASS_WIDE ? decode(s, s->at, &character) : 0;
		if (n == 0 || !is_word_character(character))
			return true;
		if (!fold_wide(s, character))
			return false;
		s->at += n;
	}
	return true;
}

/* One letter at `at`, with no word character before or behind it? */
static bool is_single_letter(const struct scan *s, size_t at)
{
	return ascii_is_letter((char)byte_at(s, at)) &&
	       s->analyzer->class[byte_at(s, at + 1)] != CLASS_WORD && byte_at(s, at + 1) < 0x80;
}

/* `R.N.`, `U.S.A`: from s->at on, single letters with full stops between them. */
static bool is_dotted(const struct scan *s)
{
	return is_single_letter(s, s->at) && byte_at(s, s->at + 1) == '.' && is_single_letter(s, s->at + 2);
}

static bool fold_dotted(struct scan *s)
{
	for (;;) {
		unsigned char c = byte_at(s, s->at);
		if (!buffer_append_byte(&s->analyzer->folded, s->analyzer->lower[c], s->err))
			return false;
		s->at++;
		if (byte_at(s, s->at) != '.')
			return true;
		s->at++;
		if (!is_single_letter(s, s->at))
			return true;
	}
}

/* Nearly every word is ASCII letters and digits, with nothing behind them that could belong to it: where they end, else
 * 0. */
static size_t plain_word(const struct scan *s)
{
	size_t end = ascii_end(s);
	unsigned char next = end < s->text.length ? s->analyzer->class[(unsigned char)s->text.at[end]] : CLASS_SPACE;
	return next == CLASS_SPACE || (next == CLASS_CLAUSE && end > s->at + 1) ? end : 0;
}

/* A run and what may follow it inside one word: 's, other apostrophes, ++ and #, R&D. */
static bool fold_word(struct scan *s)
{
	struct text_analyzer *a = s->analyzer;
	size_t begin = s->at;
	size_t plain = plain_word(s);
	if (plain > 0)
		return fold_ascii(s, plain);
	if (is_dotted(s))
		return fold_dotted(s);
	if (!fold_run(s))
		return false;
	for (size_t n; (n = apostrophe(s, s->at)) > 0 && ascii_is_letter((char)byte_at(s, s->at + n));) {
		unsigned char next = a->class[byte_at(s, s->at + n + 1)];
		if ((byte_at(s, s->at + n) | 0x20) == 's' && next != CLASS_WORD) {
			s->at += n + 1;
			return true;
		}
		s->at += n;
		if (!fold_run(s))
			return false;
	}
	if (s->at - begin == 1 && byte_at(s, s->at) == '&' && is_single_letter(s, s->at + 1)) {
		char joined[2] = { '&', a->lower[byte_at(s, s->at + 1)] };
		s->at += 2;
		return buffer_append(&a->folded, joined, 2, s->err);
	}
	while (byte_at(s, s->at) == '+' || byte_at(s, s->at) == '#') {
		if (!buffer_append_byte(&a->folded, (char)byte_at(s, s->at), s->err))
			return false;
		s->at++;
	}
	return true;
}

/* Cut a folded word to TEXT_WORD_MAX at a character's border. */
static size_t cut(const char *word, size_t length)
{
	if (length <= TEXT_WORD_MAX)
		return length;
	length = TEXT_WORD_MAX;
	while (length > 0 && ((unsigned char)word[length] & 0xC0) == 0x80)
		length--;
	return length;
}

/*
 * Stemming a word takes a microsecond, and most words of releases and titles come again: what is known of the last word of
 * each slot is kept.
 */
static struct kept_word *word_slot(struct text_analyzer *a, struct slice word)
{
	uint32_t hash = 2166136261u;   /* FNV-1a */
	for (size_t i = 0; i < word.length; i++)
		hash = (hash ^ (unsigned char)word.at[i]) * 16777619u;
	return &a->kept[hash % KEPT_WORDS];
}

/* The slot of a word, which has it from now on. */
static struct kept_word *need_slot(struct text_analyzer *a, struct slice word)
{
	struct kept_word *kept = word_slot(a, word);
	if (kept->word_length == word.length && memcmp(kept->word, word.at, word.length) == 0)
		return kept;
	memcpy(kept->word, word.at, word.length);
	kept->word_length = (unsigned char)word.length;
	kept->stem_length = 0;
	kept->stop = text_is_stop(word);
	kept->grade = text_is_grade(word);
	return kept;
}

/* Append the stem of the word that lies at the end of a->folded; `kept` may be NULL. */
static bool append_stem(struct scan *s, struct slice word, struct kept_word *kept)
{
	struct text_analyzer *a = s->analyzer;
	if (kept && kept->stem_length)
		return buffer_append(&a->folded, kept->stem, kept->stem_length, s->err);
	const sb_symbol *stem = sb_stemmer_stem(a->stemmer, (const sb_symbol *)word.at, (int)word.length);
	if (!stem)
		return error_no_memory(s->err);
	size_t length = (size_t)sb_stemmer_length(a->stemmer);
	if (kept && length <= KEPT_BYTES) {
		memcpy(kept->stem, stem, length);
		kept->stem_length = (unsigned char)length;
	}
	return buffer_append(&a->folded, stem, length, s->err);
}

/* What the word that lies at the end of a->folded is; its stem is appended where it is looked for. */
static bool know_word(struct scan *s, struct slice word, struct text_word *w)
{
	bool wanted = !s->stems || text_beginnings_has(s->stems, word);
	if (!wanted && word.length > TEXT_LISTED_MAX)
		return true;
	struct kept_word *kept = word.length <= KEPT_BYTES ? need_slot(s->analyzer, word) : NULL;
	w->stop = kept && kept->stop;
	w->grade = kept && kept->grade;
	return !wanted || w->stop || append_stem(s, word, kept);
}

/* Fold, stem and store the word that begins at s->at. */
static bool take_word(struct scan *s)
{
	struct text_analyzer *a = s->analyzer;
	size_t start = s->at, offset = a->folded.length;
	if (!fold_word(s))
		return false;
	struct slice word = { a->folded.at + offset, a->folded.length - offset };
	word.length = cut(word.at, word.length);
	a->folded.length = offset + word.length;
	if (word.length == 0)
		return true;
	if (!array_reserve((void **)&a->words, &a->capacity, a->count + 1, sizeof *a->words, s->err))
		return false;
	struct text_word *w = &a->words[a->count];
	*w = (struct text_word){
		.folded = { NULL, word.length }, .start = (uint32_t)start, .length = (uint32_t)(s->at - start),
		.position = (uint32_t)a->count + 1, .clause = s->clause,
	};
	if (!know_word(s, word, w))
		return false;
	w->term.length = w->stop ? word.length : a->folded.length - offset - word.length;
	a->count++;
	s->clause = false;
	return true;
}

/* The folded bytes stay where they are from now on: give the words their addresses.  A stop word is its own
 * stem. */
static void place_words(struct text_analyzer *a)
{
	const char *at = a->folded.at;
	for (size_t i = 0; i < a->count; i++) {
		struct text_word *w = &a->words[i];
		w->folded.at = at;
		w->term.at = w->stop ? at : at + w->folded.length;
		at = w->term.at + w->term.length;
	}
}

bool text_words_copy(struct text_words words, struct arena *arena, struct text_words *out, struct error *err)
{
	if (words.count == 0) {
		*out = (struct text_words){ 0 };
		return true;
	}
	/* All bytes of one analysis lie in one piece. */
	const struct text_word *last = &words.at[words.count - 1];
	const char *begin = words.at[0].folded.at, *end = last->term.at + last->term.length;
	struct slice bytes = arena_copy(arena, (struct slice){ begin, (size_t)(end - begin) }, err);
	struct text_word *at = arena_alloc(arena, words.count * sizeof *at, err);
	if (!bytes.at || !at)
		return false;
	memcpy(at, words.at, words.count * sizeof *at);
	for (size_t i = 0; i < words.count; i++) {
		at[i].folded.at = bytes.at + (at[i].folded.at - begin);
		at[i].term.at = bytes.at + (at[i].term.at - begin);
	}
	*out = (struct text_words){ at, words.count };
	return true;
}

/* A hyphen that stands free, or an en or em dash. */
static bool is_dash(const struct scan *s)
{
	unsigned char c = byte_at(s, s->at);
	if (c == '-')
		return s->at > 0 && byte_at(s, s->at - 1) == ' ';
	return c == 0xE2 && byte_at(s, s->at + 1) == 0x80 &&
	       (byte_at(s, s->at + 2) == 0x93 || byte_at(s, s->at + 2) == 0x94);
}

bool text_analyze(struct text_analyzer *a, struct slice text, struct text_words *out, struct error *err)
{
	return text_analyze_for(a, text, NULL, out, err);
}

bool text_analyze_for(struct text_analyzer *a, struct slice text, const struct text_beginnings *stems,
		      struct text_words *out, struct error *err)
{
	struct scan s = { .analyzer = a, .text = text, .stems = stems, .clause = true, .err = err };
	*out = (struct text_words){ 0 };
	a->count = 0;
	buffer_clear(&a->folded);
	if (text.length > UINT32_MAX)
		return error_set(err, ERROR_LIMIT, "split the text", "a text of more than 4 GiB");
	while (s.at < text.length) {
		unsigned char c = byte_at(&s, s.at);
		utf8proc_int32_t character;
		size_t n = 1;
		bool word = a->class[c] == CLASS_WORD;
		if (a->class[c] == CLASS_WIDE) {
			n = decode(&s, s.at, &character);
			word = n > 0 && is_word_character(character);
			n = n ? n : 1;
		}
		if (word) {
			if (!take_word(&s))
				return false;
			continue;
		}
		s.clause |= a->class[c] == CLASS_CLAUSE || is_dash(&s);
		s.at += n;
	}
	place_words(a);
	*out = (struct text_words){ a->words, a->count };
	return true;
}
