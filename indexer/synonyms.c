// SPDX-License-Identifier: GPL-3.0-or-later
/* synonyms.c - mines acronyms and abbreviations from the sources, and writes them with those of synonyms.def. */
#include <stdlib.h>

#include "indexer/synonyms.h"
#include "lib/base/ascii.h"
#include "lib/index/bloom_filter.h"

#define LETTERS_MAX 16
/* Of the filter over all keys, for each. */
#define FILTER_BITS 9
/* Titles of more words are not aligned with each other. */
#define SIDE_WORDS_MAX 16
/* Letters of an acronym beyond the initials: BMET for Bio-M-edical Equipment Technician. */
#define LETTERS_BESIDE_INITIALS 2
/* A meaning with less than this share, in percent, of the uses of its acronym is chance. */
#define SHARE_MIN 8

/* ---- pairs ---- */

/* An acronym or abbreviation and what it means. */
struct pair {
	struct slice brief; /* folded, with spaces; in the arena, as all that follows */
	struct slice full;
	struct slice brief_key; /* stems */
	struct slice full_key;
	uint32_t uses;  /* occupations */
	uint32_t last;  /* occupation + 1 that counted it last */
	uint32_t share; /* of this meaning among those kept of the acronym, in percent */
	bool capitals;
	bool guarded;
	bool listed;
	bool title; /* it stands in a title, not only in sentences */
};

/* An entry to write. */
struct entry {
	struct slice key;
	struct synonym synonym;
	uint32_t rank; /* the better come first */
};

struct synonyms {
	struct tokenizer *analyzer;
	struct arena arena;
	struct map numbers; /* brief key, NUL, full key -> pair */
	struct pair *pairs;
	size_t capacity;
	struct entry *entries;
	size_t entry_count;
	size_t entry_capacity;
	struct buffer key; /* scratch */
	struct synonym_counts counts;
};

/* Words of one side of a pair, in memory that outlives the analyzer's next call. */
struct side_word {
	struct slice folded;
	struct slice term;
	bool stop;
	bool capitals; /* written in capitals throughout */
};

struct side {
	struct side_word at[SIDE_WORDS_MAX];
	size_t count;
};

/* A word that is written with small letters so often is no mere acronym ... */
#define SMALL_USES_MIN 3

/* ... and these are none in whatever corpus. */
static const char *const everyday_words[] = {
	"act", "age", "aid", "am", "ed",  "go", "it",   "la",  "led", "let", "me",  "my",
	"no",  "off", "out", "pm", "sad", "so", "team", "top", "up",  "us",  "war",
};

static bool is_everyday(struct slice word)
{
	for (size_t i = 0; i < sizeof everyday_words / sizeof *everyday_words; i++)
		if (slice_equal(word, slice_of(everyday_words[i])))
			return true;
	return text_is_stop(word);
}

void synonyms_free(struct synonyms *s)
{
	if (!s)
		return;
	tokenizer_free(s->analyzer);
	arena_free(&s->arena);
	map_free(&s->numbers);
	memory_free(s->pairs);
	memory_free(s->entries);
	buffer_free(&s->key);
	memory_free(s);
}

struct synonyms *synonyms_new(struct error *err)
{
	struct synonyms *s = memory_new(sizeof *s, err);
	if (s && (s->analyzer = tokenizer_new(err)))
		return s;
	synonyms_free(s);
	return NULL;
}

/* ---- sides ---- */

/* At least two capitals, and no small letter. */
static bool in_capitals(struct slice written)
{
	size_t capitals = 0;
	for (size_t i = 0; i < written.length; i++) {
		capitals += ascii_is_upper(written.at[i]);
		if (ascii_is_lower(written.at[i]))
			return false;
	}
	return capitals >= 2;
}

/* The words of a text, of a long one the last. */
static bool read_side(struct synonyms *s, struct slice text, struct side *out, struct error *err)
{
	struct text_words words;
	*out = (struct side){ 0 };
	if (!tokenize(s->analyzer, text, &words, err))
		return false;
	size_t from = words.count > SIDE_WORDS_MAX ? words.count - SIDE_WORDS_MAX : 0;
	for (size_t i = from; i < words.count; i++) {
		const struct text_word *w = &words.at[i];
		out->at[out->count++] = (struct side_word){
			.folded = arena_copy(&s->arena, w->folded, err),
			.term = arena_copy(&s->arena, w->term, err),
			.stop = w->stop,
			.capitals = in_capitals((struct slice){ text.at + w->start, w->length }),
		};
	}
	return arena_ok(&s->arena);
}

/* ---- whether the letters fit ---- */

static size_t letters_of(struct slice word, char out[LETTERS_MAX])
{
	size_t n = 0;
	for (size_t i = 0; i < word.length; i++) {
		if (!ascii_is_lower(word.at[i]))
			continue;
		if (n == LETTERS_MAX)
			return 0;
		out[n++] = word.at[i];
	}
	return n;
}

/* The letters left have to come from the words left in their order: of each word its first, of stop words maybe
 * none, and a few from inside. */
static bool fits(const char *letters, size_t count, const struct side *words, size_t from, size_t to, unsigned spare)
{
	if (from == to)
		return count == 0;
	if (words->at[from].stop && fits(letters, count, words, from + 1, to, spare))
		return true;
	struct slice word = words->at[from].folded;
	if (count == 0 || word.length == 0 || word.at[0] != letters[0])
		return false;
	if (fits(letters + 1, count - 1, words, from + 1, to, spare))
		return true;
	size_t at = 1;
	for (unsigned taken = 1; taken <= spare && taken < count; taken++) {
		while (at < word.length && word.at[at] != letters[taken])
			at++;
		if (at++ >= word.length)
			return false;
		if (fits(letters + 1 + taken, count - 1 - taken, words, from + 1, to, spare - taken))
			return true;
	}
	return false;
}

static bool is_acronym(struct slice brief, const struct side *words, size_t from, size_t to)
{
	char letters[LETTERS_MAX];
	size_t n = letters_of(brief, letters);
	unsigned spare = n > 2 ? LETTERS_BESIDE_INITIALS : 0;
	return n >= 2 && to - from >= 2 && !words->at[from].stop && !words->at[to - 1].stop &&
	       fits(letters, n, words, from, to, spare);
}

/* Tech for technician, mgr for manager: the same first letter, the others in their order, clearly shorter. */
static bool is_abbreviation(struct slice brief, struct slice full)
{
	char letters[LETTERS_MAX];
	size_t n = letters_of(brief, letters), k = 0;
	if (n < 2 || n != brief.length || full.length < n + 2 || full.at[0] != letters[0])
		return false;
	for (size_t i = 0; i < full.length && k < n; i++)
		k += full.at[i] == letters[k];
	return k == n;
}

/* ---- taking a pair ---- */

/* Some words of a side. */
struct words {
	const struct side_word *at;
	size_t count;
};

/* ... as one string, in the arena; { NULL, 0 } where memory is short. */
static struct slice join_words(struct synonyms *s, struct words words, bool terms, struct error *err)
{
	buffer_clear(&s->key);
	for (size_t i = 0; i < words.count; i++) {
		const struct side_word *w = &words.at[i];
		struct slice word = terms ? synonym_key_word(w->folded, w->term) : w->folded;
		if (i > 0)
			buffer_append_byte(&s->key, ' ', err);
		buffer_append(&s->key, word.at, word.length, err);
	}
	return buffer_ok(&s->key) ? arena_copy(&s->arena, buffer_slice(&s->key), err) : (struct slice){ 0 };
}

/* The pair of a brief word and full ones, new or seen before. */
static struct pair *need_pair(struct synonyms *s, const struct side_word *brief, struct words full, struct error *err)
{
	uint32_t number;
	bool added;
	struct pair pair = { .brief = brief->folded,
			     .brief_key = synonym_key_word(brief->folded, brief->term),
			     .full = join_words(s, full, false, err),
			     .full_key = join_words(s, full, true, err),
			     .capitals = brief->capitals };
	buffer_clear(&s->key);
	buffer_append(&s->key, pair.brief_key.at, pair.brief_key.length, err);
	buffer_append_byte(&s->key, '\0', err);
	buffer_append(&s->key, pair.full_key.at, pair.full_key.length, err);
	if (!pair.full.at || !pair.full_key.at || !buffer_ok(&s->key) ||
	    !ARRAY_RESERVE(s->pairs, s->capacity, s->numbers.count + 1, err) ||
	    !map_add(&s->numbers, buffer_slice(&s->key), &number, &added, err))
		return NULL;
	if (added)
		s->pairs[number] = pair;
	return &s->pairs[number];
}

static bool count_pair(struct synonyms *s, const struct side_word *brief, struct words full, uint32_t occupation,
		       bool title, struct error *err)
{
	struct pair *p = need_pair(s, brief, full, err);
	if (!p)
		return false;
	p->uses += p->last != occupation + 1;
	p->last = occupation + 1;
	p->title |= title;
	return true;
}

/* ---- aligning two sides ---- */

/* Align brief words from `b` on with full ones from `f` on; found[b] is what stands opposite of word b. */
static bool align(const struct side *brief, size_t b, const struct side *full, size_t f,
		  struct words found[SIDE_WORDS_MAX])
{
	if (b == brief->count || f == full->count)
		return b == brief->count && f == full->count;
	const struct side_word *w = &brief->at[b], *opposite = &full->at[f];
	found[b] = (struct words){ opposite, 1 };
	if (slice_equal(w->term, opposite->term))
		return align(brief, b + 1, full, f + 1, found);
	if (w->stop && !w->capitals)
		return false;
	for (size_t n = 2; f + n <= full->count && n <= SYNONYM_WORDS_MAX; n++) {
		if (!is_acronym(w->folded, full, f, f + n) || !align(brief, b + 1, full, f + n, found))
			continue;
		found[b] = (struct words){ opposite, n };
		return true;
	}
	return is_abbreviation(w->folded, opposite->folded) && align(brief, b + 1, full, f + 1, found);
}

static bool mine_sides(struct synonyms *s, const struct side *brief, const struct side *full, uint32_t occupation,
		       struct error *err)
{
	struct words found[SIDE_WORDS_MAX];
	bool ok = true;
	if (brief->count == 0 || full->count == 0 || !align(brief, 0, full, 0, found))
		return true;
	for (size_t i = 0; ok && i < brief->count; i++)
		ok = (found[i].count == 1 && slice_equal(brief->at[i].term, found[i].at->term)) ||
		     count_pair(s, &brief->at[i], found[i], occupation, true, err);
	return ok;
}

/* Either may be the brief one. */
static bool mine_pair(struct synonyms *s, struct slice a, struct slice b, uint32_t occupation, struct error *err)
{
	struct side x, y;
	return read_side(s, a, &x, err) && read_side(s, b, &y, err) && mine_sides(s, &x, &y, occupation, err) &&
	       mine_sides(s, &y, &x, occupation, err);
}

/* ---- where they stand ---- */

/* Text before an opening bracket, and inside; false where there is no more. */
static bool next_bracket(struct slice text, size_t *at, struct slice *before, struct slice *inside)
{
	while (*at < text.length) {
		const char *open = memchr(text.at + *at, '(', text.length - *at);
		if (!open)
			return false;
		size_t start = (size_t)(open - text.at) + 1;
		const char *close = memchr(text.at + start, ')', text.length - start);
		if (!close)
			return false;
		*at = (size_t)(close - text.at) + 1;
		*before = slice_trim((struct slice){ text.at, start - 1 });
		*inside = slice_trim((struct slice){ text.at + start, *at - 1 - start });
		if (before->length && inside->length && !memchr(inside->at, '(', inside->length))
			return true;
	}
	return false;
}

/* In a sentence: the last words before the bracket, as many as fit the acronym inside. */
#define PROSE_BEFORE 120

/* Without the first word, which may be cut. */
static struct slice behind_space(struct slice text)
{
	const char *space = memchr(text.at, ' ', text.length);
	return space ? (struct slice){ space, (size_t)(text.at + text.length - space) } : (struct slice){ 0 };
}

static bool mine_prose(struct synonyms *s, struct slice before, struct slice inside, uint32_t occupation,
		       struct error *err)
{
	struct side brief, full;
	if (inside.length > LETTERS_MAX || !in_capitals(inside))
		return true;
	if (before.length > PROSE_BEFORE)
		before = behind_space((struct slice){ before.at + before.length - PROSE_BEFORE, PROSE_BEFORE });
	if (!read_side(s, inside, &brief, err) || !read_side(s, before, &full, err))
		return false;
	if (brief.count != 1)
		return true;
	for (size_t n = 2; n <= SYNONYM_WORDS_MAX && n <= full.count; n++)
		if (is_acronym(brief.at[0].folded, &full, full.count - n, full.count))
			return count_pair(s, &brief.at[0], (struct words){ &full.at[full.count - n], n }, occupation,
					  false, err);
	return true;
}

bool synonyms_mine(struct synonyms *s, const struct evidence *e, uint32_t occupation, struct error *err)
{
	enum field field = evidence_specs[e->kind].field;
	bool title = field == FIELD_TITLE;
	struct slice before, inside;
	size_t at = 0;
	if (!title && field != FIELD_TASK && field != FIELD_DESCRIPTION)
		return true;
	if (e->kind == EVIDENCE_SHORT_TITLE && e->detail.length) {
		const char *open = memchr(e->detail.at, '(', e->detail.length);
		size_t length = open ? (size_t)(open - e->detail.at) : e->detail.length;
		return mine_pair(s, e->text, (struct slice){ e->detail.at, length }, occupation, err);
	}
	while (next_bracket(e->text, &at, &before, &inside))
		if (!(title ? mine_pair(s, before, inside, occupation, err)
			    : mine_prose(s, before, inside, occupation, err)))
			return false;
	return true;
}

/* ---- our own list ---- */

static const struct {
	const char *brief;
	const char *full;
} listed[] = {
#define SYNONYM(brief, full) { brief, full },
#include "indexer/synonyms.def"
#undef SYNONYM
};

static bool add_listed(struct synonyms *s, struct error *err)
{
	for (size_t i = 0; i < sizeof listed / sizeof *listed; i++) {
		struct side brief, full;
		if (!read_side(s, slice_of(listed[i].brief), &brief, err) ||
		    !read_side(s, slice_of(listed[i].full), &full, err))
			return false;
		struct pair *p = need_pair(s, &brief.at[0], (struct words){ full.at, full.count }, err);
		if (!p)
			return false;
		p->listed = true;
		p->capitals = brief.at[0].capitals;
		s->counts.listed++;
	}
	return true;
}

/* ---- choosing ---- */

/* By acronym; those of our list first, then by use. */
static int compare_pairs(const void *a, const void *b)
{
	const struct pair *x = a, *y = b;
	int order = slice_compare(x->brief_key, y->brief_key);
	if (order)
		return order;
	if (x->listed != y->listed)
		return x->listed ? -1 : 1;
	if (x->uses != y->uses)
		return x->uses > y->uses ? -1 : 1;
	return slice_compare(x->full_key, y->full_key);
}

static bool add_entry(struct synonyms *s, struct slice key, const struct synonym *synonym, uint32_t rank,
		      struct error *err)
{
	return ARRAY_ADD(s->entries, s->entry_count, s->entry_capacity, err, (struct entry){ key, *synonym, rank });
}

/* Both directions of a pair; what is only a stop word is no use as a synonym. */
static bool add_pair(struct synonyms *s, const struct pair *p, struct error *err)
{
	uint32_t everyday = p->guarded ? SYNONYM_GUARDED : 0, capitals = p->capitals ? SYNONYM_CAPITALS : 0;
	struct synonym full = { everyday, p->share, p->full }, brief = { capitals, p->share, p->brief };
	s->counts.mined += !p->listed;
	return add_entry(s, p->brief_key, &full, 100 - p->share, err) &&
	       (p->guarded || add_entry(s, p->full_key, &brief, 100 - p->share, err));
}

/* The pairs of one acronym: the commonest, with the share of each.  Those of our list count as much as all that
 * was mined for it, for they are there because they are known to be meant. */
static bool choose_pairs(struct synonyms *s, const struct vocabulary *words, struct pair *at, size_t count,
			 struct error *err)
{
	bool everyday =
		is_everyday(at->brief) || (at->capitals && vocabulary_uses(words, at->brief).small >= SMALL_USES_MIN);
	uint32_t all = 0, ours = 0;
	for (size_t i = 0; i < count; i++) {
		all += at[i].uses;
		ours += at[i].listed;
	}
	uint32_t each = ours ? all / ours + 1 : 0, total = 0;
	size_t kept = 0;
	for (; kept < count && kept < SYNONYMS_OF_ONE && (!everyday || at[kept].listed); kept++) {
		at[kept].guarded = everyday;
		at[kept].uses += at[kept].listed ? each : 0;
		total += at[kept].uses;
	}
	for (size_t i = 0; i < kept; i++) {
		at[i].share = total ? (at[i].uses * 100 + total / 2) / total : 100;
		bool once = !at[i].title && !at[i].listed && at[i].uses < 2; /* one task's own shorthand */
		if (!once && at[i].share >= SHARE_MIN && !add_pair(s, &at[i], err))
			return false;
	}
	return true;
}

bool synonyms_finish(struct synonyms *s, const struct vocabulary *words, struct error *err)
{
	if (!add_listed(s, err))
		return false;
	size_t n = s->numbers.count;
	if (n > 1)
		qsort(s->pairs, n, sizeof *s->pairs, compare_pairs);
	for (size_t i = 0, end; i < n; i = end) {
		for (end = i + 1; end < n && slice_equal(s->pairs[end].brief_key, s->pairs[i].brief_key); end++)
			;
		if (!choose_pairs(s, words, s->pairs + i, end - i, err))
			return false;
	}
	return true;
}

bool synonyms_add_joined(struct synonyms *s, struct slice joined, struct slice apart, bool both, struct error *err)
{
	struct side one, two;
	if (!read_side(s, joined, &one, err) || !read_side(s, apart, &two, err))
		return false;
	struct slice one_key = join_words(s, (struct words){ one.at, one.count }, true, err);
	struct slice two_key = join_words(s, (struct words){ two.at, two.count }, true, err);
	struct synonym together = { SYNONYM_JOINED, 100, arena_copy(&s->arena, joined, err) };
	struct synonym parted = { SYNONYM_JOINED, 100, arena_copy(&s->arena, apart, err) };
	s->counts.joined++;
	return buffer_ok(&s->key) && arena_ok(&s->arena) && add_entry(s, two_key, &together, 0, err) &&
	       (!both || add_entry(s, one_key, &parted, 0, err));
}

/* ---- writing ---- */

static int compare_entries(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	int order = slice_compare(x->key, y->key);
	if (order)
		return order;
	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
	return slice_compare(x->synonym.words, y->synonym.words);
}

/* The list of one key. */
static bool write_list(const struct entry *at, size_t count, struct buffer *key, struct hash_table_writer *lists,
		       struct error *err)
{
	struct buffer list = { 0 };
	size_t kept = 0;
	buffer_clear(key);
	buffer_append_byte(key, KEY_SYNONYM, err);
	buffer_append(key, at->key.at, at->key.length, err);
	for (size_t i = 0; i < count && kept < SYNONYMS_OF_ONE; i++) {
		if (i > 0 && slice_equal(at[i].synonym.words, at[i - 1].synonym.words))
			continue;
		synonym_pack(&at[i].synonym, &list, err);
		kept++;
	}
	bool ok = buffer_ok(key) && buffer_ok(&list) &&
		  hash_table_add(lists, buffer_slice(key), buffer_slice(&list), err);
	buffer_free(&list);
	return ok;
}

bool synonyms_write(const struct synonyms *s, struct hash_table_writer *lists, struct hash_table_writer *records,
		    struct error *err)
{
	size_t n = s->entry_count;
	struct buffer filter = { 0 }, key = { 0 };
	if (n == 0)
		return true;
	qsort(s->entries, n, sizeof *s->entries, compare_entries);
	bool ok = bloom_filter_make(n, FILTER_BITS, &filter, err);
	for (size_t i = 0, end; ok && i < n; i = end) {
		for (end = i + 1; end < n && slice_equal(s->entries[end].key, s->entries[i].key); end++)
			;
		bloom_filter_add(&filter, s->entries[i].key);
		ok = write_list(s->entries + i, end - i, &key, lists, err);
	}
	ok = ok && hash_table_add(records, slice_of(SYNONYMS_KEY), buffer_slice(&filter), err);
	buffer_free(&filter);
	buffer_free(&key);
	return ok;
}

struct synonym_counts synonyms_count(const struct synonyms *s)
{
	return s->counts;
}
