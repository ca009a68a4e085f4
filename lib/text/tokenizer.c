// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * tokenizer.c - from text to words.
 *
 * ASCII, which is nearly everything, goes through a table of character classes; other characters are
 * decoded and folded by utf8proc.
 */
#include <libstemmer.h>
#include <utf8proc.h>

#include "lib/base/ascii.h"
#include "lib/text/tokenizer.h"
#include "lib/base/utf8.h"
#include "lib/text/stopwords.h"

/* What joins belongs to a word directly before it, or joins it to what follows; elsewhere it separates. */
enum class { CLASS_SPACE, CLASS_WORD, CLASS_CLAUSE, CLASS_JOIN, CLASS_WIDE };

#define CACHE_BITS 12
#define CACHE_WORDS (1u << CACHE_BITS)
#define CACHED_BYTES 24 /* a slot has 64 */

/* A cache of words: most words of releases and titles come again. */
struct cached_word {
	char word[CACHED_BYTES]; /* zeros behind it */
	char stem[CACHED_BYTES];
	uint32_t text; /* the last one that has it: as long as that is the current one, it stays */
	uint32_t set;  /* the stem_set for which the number was found; 0: none */
	uint32_t number;
	unsigned char word_length; /* 0: the slot is free */
	unsigned char stem_length; /* 0: not stemmed yet, as stop words never are */
	bool stop;
	bool grade;
};

struct tokenizer {
	struct sb_stemmer *stemmer;
	struct buffer folded; /* each word of the current text that has no slot, and its stem */
	uint32_t text;        /* the number of the current text, never 0 */
	uint32_t last_set;    /* the id of the stem_set that was begun last */
	struct text_word *words;
	size_t count;
	size_t capacity;
	unsigned char class[256];
	char lower[256];
	struct cached_word cache[CACHE_WORDS];
};

/* One reading of a text: where we are, and what the next word will be. */
struct scan {
	struct tokenizer *tokenizer;
	struct slice text;
	const struct stem_filter *stems; /* those that are looked for; NULL: all */
	const struct stem_set *set;      /* ... with their numbers; NULL: without */
	size_t at;
	bool clause;
	struct error *err;
};

struct tokenizer *tokenizer_new(struct error *err)
{
	struct tokenizer *a = memory_new(sizeof *a, err);
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

void tokenizer_free(struct tokenizer *a)
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

static bool is_word_character(int32_t character)
{
	utf8proc_category_t c = utf8proc_category(character);
	return (c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_NO);
}

/* Append the folded form of a character that is not ASCII. */
static bool fold_wide(struct scan *s, int32_t character)
{
	utf8proc_int32_t parts[32];
	int boundary = 0;
	utf8proc_ssize_t n = utf8proc_decompose_char(character, parts, 32,
						     UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD |
							     UTF8PROC_STRIPMARK | UTF8PROC_IGNORE,
						     &boundary);
	for (utf8proc_ssize_t i = 0; i < n && n <= 32; i++) {
		utf8proc_uint8_t bytes[4];
		utf8proc_ssize_t length = utf8proc_encode_char(parts[i], bytes);
		if (!buffer_append(&s->tokenizer->folded, bytes, (size_t)length, s->err))
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
	const unsigned char *class = s->tokenizer->class;
	size_t end = s->at;
	while (end < s->text.length && class[(unsigned char)s->text.at[end]] == CLASS_WORD)
		end++;
	return end;
}

static bool fold_ascii(struct scan *s, size_t end)
{
	struct tokenizer *a = s->tokenizer;
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
	struct tokenizer *a = s->tokenizer;
	while (s->at < s->text.length) {
		unsigned char c = byte_at(s, s->at);
		if (a->class[c] == CLASS_WORD) {
			if (!fold_ascii(s, ascii_end(s)))
				return false;
			continue;
		}
		int32_t character;
		size_t n = a->class[c] == CLASS_WIDE ? utf8_decode(s->text, s->at, &character) : 0;
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
	return ascii_is_letter((char)byte_at(s, at)) && s->tokenizer->class[byte_at(s, at + 1)] != CLASS_WORD &&
	       byte_at(s, at + 1) < 0x80;
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
		if (!buffer_append_byte(&s->tokenizer->folded, s->tokenizer->lower[c], s->err))
			return false;
		s->at++;
		if (byte_at(s, s->at) != '.')
			return true;
		s->at++;
		if (!is_single_letter(s, s->at))
			return true;
	}
}

/* A run and what may follow it inside one word: 's, other apostrophes, ++ and #, R&D. */
static bool fold_word(struct scan *s)
{
	struct tokenizer *a = s->tokenizer;
	size_t begin = s->at;
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

static const char *stem_of(struct tokenizer *a, struct slice word, size_t *length, struct error *err)
{
	const sb_symbol *stem = sb_stemmer_stem(a->stemmer, (const sb_symbol *)word.at, (int)word.length);
	if (!stem)
		error_no_memory(err);
	*length = stem ? (size_t)sb_stemmer_length(a->stemmer) : 0;
	return (const char *)stem;
}

static bool is_wanted(const struct scan *s, struct slice word)
{
	return !s->stems || stem_filter_has(s->stems, word);
}

/* ---- the cache ---- */

/* Fold the word at s->at, if it is short, ASCII letters and digits, and nothing stands behind it that could belong to
 * it, as nearly all are; zeros follow it.  Its length, else 0. */
static size_t fold_short(const struct scan *s, char word[CACHED_BYTES])
{
	const struct tokenizer *a = s->tokenizer;
	struct slice rest = { s->text.at + s->at, s->text.length - s->at };
	size_t length = 0;
	memset(word, 0, CACHED_BYTES);
	for (; length < rest.length && a->class[(unsigned char)rest.at[length]] == CLASS_WORD; length++) {
		if (length == CACHED_BYTES)
			return 0;
		word[length] = a->lower[(unsigned char)rest.at[length]];
	}
	unsigned char next = length < rest.length ? a->class[(unsigned char)rest.at[length]] : CLASS_SPACE;
	return next == CLASS_SPACE || (next == CLASS_CLAUSE && length > 1) ? length : 0;
}

/* Odd numbers without a pattern: what multiplies by them mixes all bits into the highest. */
static size_t slot_of(const char word[CACHED_BYTES])
{
	uint64_t part[CACHED_BYTES / 8];
	memcpy(part, word, sizeof part);
	return (size_t)((part[0] * 0x9E3779B97F4A7C15u + part[1] * 0xC2B2AE3D27D4EB4Fu +
			 part[2] * 0x165667B19E3779F9u) >>
			(64 - CACHE_BITS));
}

/* The slot of a word, which has it until the next text; NULL where another word of this text has it. */
static struct cached_word *need_slot(struct tokenizer *a, const char word[CACHED_BYTES], size_t length)
{
	struct cached_word *cached = &a->cache[slot_of(word)];
	if (memcmp(cached->word, word, CACHED_BYTES) != 0) {
		if (cached->text == a->text)
			return NULL;
		struct slice folded = { cached->word, length };
		memcpy(cached->word, word, CACHED_BYTES);
		cached->word_length = (unsigned char)length;
		cached->stem_length = 0;
		cached->set = 0;
		cached->stop = text_is_stop(folded);
		cached->grade = text_is_grade(folded);
	}
	cached->text = a->text;
	return cached;
}

/* Stemming a word takes a microsecond. */
static bool need_stem(struct tokenizer *a, struct cached_word *cached, struct error *err)
{
	size_t length;
	const char *stem = cached->stem_length
				   ? cached->stem
				   : stem_of(a, (struct slice){ cached->word, cached->word_length }, &length, err);
	if (!stem || stem == cached->stem)
		return stem != NULL;
	/* A stem is never longer than its word. */
	cached->stem_length = (unsigned char)(length < CACHED_BYTES ? length : CACHED_BYTES);
	memcpy(cached->stem, stem, cached->stem_length);
	return true;
}

/* The number of a word is found once for all texts in which the same set of stems is searched for. */
static bool need_number(const struct scan *s, struct cached_word *cached)
{
	struct slice word = { cached->word, cached->word_length };
	cached->number = MAP_NONE;
	if (!cached->stop && is_wanted(s, word)) {
		if (!need_stem(s->tokenizer, cached, s->err))
			return false;
		cached->number = map_find(s->set->stems, (struct slice){ cached->stem, cached->stem_length });
	}
	cached->set = s->set->id;
	return true;
}

/* Take a word from the cache, or through it; nothing is copied.  *taken is false where the word at s->at is too long
 * for it, not plain ASCII, or finds its slot taken by another word of this text. */
static bool take_cached(struct scan *s, struct text_word *w, bool *taken)
{
	char folded[CACHED_BYTES];
	size_t length = fold_short(s, folded);
	struct cached_word *cached = length ? need_slot(s->tokenizer, folded, length) : NULL;
	*taken = cached != NULL;
	if (!cached)
		return true;
	struct slice word = { cached->word, length };
	bool stemmed = !s->set && !cached->stop && is_wanted(s, word);
	if (stemmed && !need_stem(s->tokenizer, cached, s->err))
		return false;
	if (s->set && cached->set != s->set->id && !need_number(s, cached))
		return false;
	w->folded = word;
	w->term = cached->stop ? word : (struct slice){ cached->stem, stemmed ? cached->stem_length : 0 };
	w->number = s->set ? cached->number : MAP_NONE;
	w->stop = cached->stop;
	w->grade = cached->grade;
	s->at += length;
	return true;
}

/* ---- other words ---- */

/* Fold the word at s->at, and append it and its stem to a->folded: where that lies is known at the end of the text. */
static bool take_other(struct scan *s, struct text_word *w)
{
	struct tokenizer *a = s->tokenizer;
	size_t offset = a->folded.length, length = 0;
	if (!fold_word(s))
		return false;
	struct slice word = { a->folded.at + offset, a->folded.length - offset };
	word = utf8_cut(word, TEXT_WORD_MAX);
	a->folded.length = offset + word.length;
	w->folded.length = word.length;
	w->number = MAP_NONE;
	w->stop = text_is_stop(word);
	w->grade = text_is_grade(word);
	if (w->stop || word.length == 0 || !is_wanted(s, word)) {
		w->term.length = w->stop ? word.length : 0;
		return true;
	}
	const char *stem = stem_of(a, word, &length, s->err);
	w->term.length = length;
	if (stem && s->set)
		w->number = map_find(s->set->stems, (struct slice){ stem, length });
	return stem && buffer_append(&a->folded, stem, length, s->err);
}

/* Take the word that begins at s->at. */
static bool take_word(struct scan *s)
{
	struct tokenizer *a = s->tokenizer;
	size_t start = s->at;
	bool taken;
	if (a->count == a->capacity && !ARRAY_RESERVE(a->words, a->capacity, a->count + 1, s->err))
		return false;
	struct text_word *w = &a->words[a->count];
	*w = (struct text_word){ .start = (uint32_t)start, .position = (uint32_t)a->count + 1, .clause = s->clause };
	if (!take_cached(s, w, &taken) || (!taken && !take_other(s, w)))
		return false;
	w->length = (uint32_t)(s->at - start);
	if (w->folded.length == 0)
		return true;
	a->count++;
	s->clause = false;
	return true;
}

/* The folded bytes stay where they are from now on: give the words among them their addresses.  A stop word is its own
 * stem. */
static void place_words(struct tokenizer *a)
{
	const char *at = a->folded.at;
	for (size_t i = 0; a->folded.length && i < a->count; i++) {
		struct text_word *w = &a->words[i];
		if (w->folded.at)
			continue;
		w->folded.at = at;
		w->term.at = w->stop ? at : at + w->folded.length;
		at = w->term.at + w->term.length;
	}
}

bool text_words_copy(struct text_words words, struct arena *arena, struct text_words *out, struct error *err)
{
	size_t length = 0;
	for (size_t i = 0; i < words.count; i++)
		length += words.at[i].folded.length + words.at[i].term.length;
	char *bytes = arena_alloc(arena, length + 1, err);
	struct text_word *at = arena_alloc(arena, (words.count + 1) * sizeof *at, err);
	if (!bytes || !at)
		return false;
	for (size_t i = 0; i < words.count; i++) {
		struct slice *parts[] = { &at[i].folded, &at[i].term };
		at[i] = words.at[i];
		for (size_t k = 0; k < 2; k++) {
			if (parts[k]->length)
				memcpy(bytes, parts[k]->at, parts[k]->length);
			parts[k]->at = bytes;
			bytes += parts[k]->length;
		}
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

static bool scan_text(struct scan *s, struct text_words *out)
{
	struct tokenizer *a = s->tokenizer;
	*out = (struct text_words){ 0 };
	a->count = 0;
	buffer_clear(&a->folded);
	if (++a->text == 0) {
		memset(a->cache, 0, sizeof a->cache);
		a->text = 1;
	}
	if (s->text.length > UINT32_MAX)
		return error_set(s->err, ERROR_LIMIT, "split the text", "a text of more than 4 GiB");
	while (s->at < s->text.length) {
		unsigned char c = byte_at(s, s->at);
		int32_t character;
		size_t n = 1;
		bool word = a->class[c] == CLASS_WORD;
		if (a->class[c] == CLASS_WIDE) {
			n = utf8_decode(s->text, s->at, &character);
			word = n > 0 && is_word_character(character);
			n = n ? n : 1;
		}
		if (word) {
			if (!take_word(s))
				return false;
			continue;
		}
		s->clause |= a->class[c] == CLASS_CLAUSE || is_dash(s);
		s->at += n;
	}
	place_words(a);
	*out = (struct text_words){ a->words, a->count };
	return true;
}

bool tokenize(struct tokenizer *a, struct slice text, struct text_words *out, struct error *err)
{
	return tokenize_for(a, text, NULL, out, err);
}

bool tokenize_for(struct tokenizer *a, struct slice text, const struct stem_filter *stems, struct text_words *out,
		  struct error *err)
{
	struct scan s = { .tokenizer = a, .text = text, .stems = stems, .clause = true, .err = err };
	return scan_text(&s, out);
}

void stem_set_begin(struct tokenizer *a, const struct map *stems, struct stem_set *out)
{
	*out = (struct stem_set){ .stems = stems };
	if (++a->last_set == 0) {
		memset(a->cache, 0, sizeof a->cache);
		a->last_set = 1;
	}
	out->id = a->last_set;
	for (uint32_t i = 0; i < stems->count; i++)
		stem_filter_add(&out->beginnings, map_key(stems, i));
}

bool tokenize_find(struct tokenizer *a, struct slice text, const struct stem_set *set, struct text_words *out,
		   struct error *err)
{
	struct scan s = {
		.tokenizer = a, .text = text, .stems = &set->beginnings, .set = set, .clause = true, .err = err
	};
	return scan_text(&s, out);
}
