// SPDX-License-Identifier: GPL-3.0-or-later
/* query_expansion.c - corrects misspelt words of a query and adds synonyms as terms of less weight. */
#include <math.h>
#include <stdlib.h>

#include "lib/index/schema.h"
#include "lib/index/bloom_filter.h"
#include "lib/rank/formulas.h"
#include "lib/rank/query_expansion.h"
#include "lib/rank/query_language.h"

/*
 * Measured on the development sets (docs/ranking.md).  What is added for a sequence weighs so much of it: a meaning
 * the first, its acronym or abbreviation, which says less, the second; times the root of its share where the acronym
 * has several meanings.
 */
#define FULL_WEIGHT 0.6
#define BRIEF_WEIGHT 0.36
/* The same words, written together or apart. */
#define JOINED_WEIGHT 0.95
/* A corrected word, beside 1 of a word as written. */
#define CORRECTED_WEIGHT 0.9f
/* A stem in Commonwealth spelling stands in at most one of so many titles. */
#define BRITISH_RARE 500

void expander_free(struct expander *e)
{
	spelling_free(&e->spelling);
	buffer_free(&e->scratch);
	*e = (struct expander){ 0 };
}

static bool is_capital(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool has_small_letter(struct slice s)
{
	for (size_t i = 0; i < s.length; i++)
		if (s.at[i] >= 'a' && s.at[i] <= 'z')
			return true;
	return false;
}

/* The corrections of a text while they are made. */
struct spell_corrector {
	struct expander *e;
	struct slice text;
	struct text_words words;
	const struct query *q;
	struct buffer out;  /* the text so far */
	size_t copied;      /* bytes of the text that are in it */
	struct edit *edits; /* by correction; in the arena */
	struct arena *arena;
	struct expansions *done;
	size_t corrected;
	struct error *err;
};

/* What a correction did to the bytes of a text. */
struct edit {
	size_t end;        /* of what was replaced */
	size_t shortened;  /* bytes less behind it, */
	size_t lengthened; /* ... or more */
};

const char *expansion_kind_name(enum expansion_kind kind)
{
	return kind == EXPANSION_SPELLING ? "spelling" : "synonym";
}

bool expansions_describe(const struct expansion *at, size_t count, enum expansion_kind kind, struct buffer *out,
			 struct error *err)
{
	for (size_t i = 0; i < count; i++) {
		bool plain = at[i].words.length < at[i].written.length && has_small_letter(at[i].words) &&
			     !memchr(at[i].written.at, ' ', at[i].written.length);
		if (at[i].kind != kind || (kind == EXPANSION_SYNONYM && plain))
			continue;
		if (!buffer_printf(out, err, "%s%.*s (%.*s)", out->length ? ", " : "", (int)at[i].words.length,
				   at[i].words.at, (int)at[i].written.length, at[i].written.at))
			return false;
	}
	return true;
}

/* ---- what both parts need ---- */

static bool need_filter(struct expander *e, struct error *err)
{
	if (!e->filter_loaded)
		e->filter_loaded = hash_table_find(&e->index->records, SLICE(SYNONYMS_KEY), &e->filter, err);
	return e->filter_loaded;
}

static bool note(struct expansions *done, enum expansion_kind kind, struct slice written, struct slice words,
		 struct arena *arena, struct error *err)
{
	if (done->count == done->capacity) {
		size_t more = done->capacity ? 2 * done->capacity : 8;
		struct expansion *at = arena_alloc(arena, more * sizeof *at, err);
		if (!at)
			return false;
		if (done->count)
			memcpy(at, done->at, done->count * sizeof *at);
		done->at = at;
		done->capacity = more;
	}
	struct expansion x = { kind, arena_copy(arena, written, err), arena_copy(arena, words, err) };
	if (!x.written.at || !x.words.at)
		return false;
	done->at[done->count++] = x;
	return true;
}

static int compare_to_term(const void *key, const void *item)
{
	const struct slice *term = key;
	const struct query_term *t = item;
	return slice_compare(*term, t->term);
}

static struct query_term *find_term(const struct query *q, struct slice term)
{
	return q->count ? bsearch(&term, q->terms, q->count, sizeof *q->terms, compare_to_term) : NULL;
}

static struct slice written_word(struct slice text, const struct text_word *w)
{
	return (struct slice){ text.at + w->start, w->length };
}

/* ---- spelling ---- */

/* FICO, RBAC: a short word in capitals where others are not is a name that the index does not know. */
#define NAME_LETTERS_MAX 6

static bool is_name(struct slice text, const struct text_word *w)
{
	return w->length <= NAME_LETTERS_MAX && !has_small_letter(written_word(text, w)) && has_small_letter(text);
}

/* Of names of employers and places nothing is corrected. */
#define CORRECTED_MIN 0.5f

static bool counts(const struct spell_corrector *c, const struct text_word *w)
{
	return c->q->weights[w - c->words.at] >= CORRECTED_MIN;
}

/* Neither the index nor the synonyms know it, and it can be corrected. */
static bool is_misspelt(const struct spell_corrector *c, const struct text_word *w)
{
	const struct query_term *t = w->stop ? NULL : find_term(c->q, w->term);
	return t && !t->known && counts(c, w) && spelling_takes(w->folded) && !is_name(c->text, w) &&
	       !bloom_filter_has(c->e->filter, w->term);
}

/* The index knows its stem, which is by chance that of another word. */
static bool is_chance(struct spell_corrector *c, const struct text_word *w, bool *answer)
{
	const struct query_term *t = w->stop ? NULL : find_term(c->q, w->term);
	*answer = t && t->known && counts(c, w) && spelling_takes(w->folded) && !is_name(c->text, w) &&
		  !bloom_filter_has(c->e->filter, w->term);
	if (!*answer)
		return true;
	bool knows, ok = spelling_knows(&c->e->spelling, w->folded, w->term, &knows, c->err);
	*answer = ok && !knows;
	return ok;
}

/* Put `words` in the place of the bytes [from, to). */
static bool replace(struct spell_corrector *c, size_t from, size_t to, struct slice words)
{
	struct slice written = { c->text.at + from, to - from };
	if (!buffer_append(&c->out, c->text.at + c->copied, from - c->copied, c->err) ||
	    !buffer_append(&c->out, words.at, words.length, c->err))
		return false;
	c->copied = to;
	c->edits[c->corrected++] = (struct edit){ to, written.length > words.length ? written.length - words.length : 0,
						  words.length > written.length ? words.length - written.length : 0 };
	return note(c->done, EXPANSION_SPELLING, written, words, c->arena, c->err);
}

/* Whether the words i and i + 1 are one word of the vocabulary; it is then in e->scratch. */
static bool is_one_word(struct spell_corrector *c, size_t i, bool *answer)
{
	struct buffer *joined = &c->e->scratch;
	*answer = false;
	if (i + 1 >= c->words.count || c->words.at[i + 1].clause)
		return true;
	struct slice left = c->words.at[i].folded, right = c->words.at[i + 1].folded;
	buffer_clear(joined);
	return buffer_append(joined, left.at, left.length, c->err) &&
	       buffer_append(joined, right.at, right.length, c->err) &&
	       spelling_has(&c->e->spelling, buffer_slice(joined), answer, c->err);
}

/* Join words i and i + 1 where one of them is misspelt and they are one word: "book keper" is none. */
static bool join_at(struct spell_corrector *c, size_t i, bool *joined)
{
	const struct text_word *w = &c->words.at[i];
	*joined = false;
	if (i + 1 >= c->words.count || w->start < c->copied || (!is_misspelt(c, w) && !is_misspelt(c, w + 1)))
		return true;
	return is_one_word(c, i, joined) &&
	       (!*joined || replace(c, w->start, w[1].start + w[1].length, buffer_slice(&c->e->scratch)));
}

/* The American spelling is used at least so many doublings more than the one that is written. */
#define AMERICAN_USE_MORE 3.0

/* Read a word in Commonwealth spelling as the American one, where the index has that. */
static bool americanize_at(struct spell_corrector *c, const struct text_word *w, bool *replaced)
{
	struct american_spelling spelling = { .rules = &c->e->american, .word = w->folded };
	struct slice american;
	double written, use;
	*replaced = false;
	if (w->stop || !counts(c, w) || !spelling_takes(w->folded))
		return true;
	while (!*replaced && american_spelling_next(&spelling, &american)) {
		if (!spelling_use(&c->e->spelling, w->folded, &written, c->err) ||
		    !spelling_use(&c->e->spelling, american, &use, c->err))
			return false;
		*replaced = use >= 0.0 && use - written >= AMERICAN_USE_MORE;
	}
	return !*replaced || replace(c, w->start, w->start + w->length, american);
}

static bool correct_at(struct spell_corrector *c, size_t i)
{
	const struct text_word *w = &c->words.at[i];
	bool done = w->start < c->copied, misspelt = is_misspelt(c, w), chance = false;
	if (!done && (!americanize_at(c, w, &done) || (!done && !join_at(c, i, &done))))
		return false;
	if (done)
		return true;
	if (!misspelt && !is_chance(c, w, &chance))
		return false;
	if (!misspelt && !chance)
		return true;
	buffer_clear(&c->e->scratch);
	return spelling_correct(&c->e->spelling, w->folded, chance, &c->e->scratch, c->err) &&
	       (c->e->scratch.length == 0 || replace(c, w->start, w->start + w->length, buffer_slice(&c->e->scratch)));
}

/* Where a byte of the text as written is in the corrected one. */
static uint32_t moved(const struct spell_corrector *c, size_t at)
{
	size_t to = at;
	for (size_t i = 0; i < c->corrected && c->edits[i].end <= at; i++)
		to += c->edits[i].lengthened - c->edits[i].shortened;
	return (uint32_t)to;
}

static bool move_spans(const struct spell_corrector *c, const struct weighted_span **at, size_t count)
{
	struct weighted_span *spans = arena_alloc(c->arena, (count + 1) * sizeof *spans, c->err);
	for (size_t i = 0; spans && i < count; i++) {
		const struct weighted_span *s = &(*at)[i];
		uint32_t start = moved(c, s->start), end = moved(c, s->start + s->length);
		spans[i] = (struct weighted_span){ start, end - start, s->weight };
	}
	*at = spans;
	return spans != NULL;
}

/* Words that came in by correction weigh a little less than others. */
static bool weigh_corrected(struct spell_corrector *c, struct query *q)
{
	for (size_t i = c->done->count - c->corrected; i < c->done->count; i++) {
		struct text_words words;
		if (!tokenize(c->e->index->analyzer, c->done->at[i].words, &words, c->err))
			return false;
		for (size_t k = 0; k < words.count; k++) {
			struct query_term *t = find_term(q, words.at[k].term);
			if (t)
				t->count *= CORRECTED_WEIGHT;
		}
	}
	return true;
}

/* Whether a word of the query is rare enough in titles to be one in Commonwealth spelling, and looks like one. */
static bool may_be_british(struct expander *e, const struct query *q, const struct text_word *w)
{
	struct american_spelling spelling = { .rules = &e->american, .word = w->folded };
	struct slice american;
	const struct query_term *t = find_term(q, w->term);
	return t && t->sections[SECTION_TITLE_ENTRIES].length <= e->index->title_entries.title_entries / BRITISH_RARE &&
	       american_spelling_next(&spelling, &american);
}

/* Whether there is anything to look at: a word that the index does not know, or not in this form, or in American
 * spelling alone. */
static bool any_strange(struct expander *e, const struct query *q, bool *answer, struct error *err)
{
	*answer = false;
	for (size_t i = 0; i < q->count; i++)
		*answer |= !q->terms[i].known;
	for (size_t i = 0; !*answer && i < q->words.count; i++) {
		const struct text_word *w = &q->words.at[i];
		bool has = true;
		if (w->stop || !spelling_takes(w->folded))
			continue;
		if (!spelling_has_form(&e->spelling, w->folded, &has, err))
			return false;
		*answer = !has || may_be_british(e, q, w);
	}
	return true;
}

/* Correct *text, and read the query anew where something was corrected. */
static bool correct_query(struct expander *e, struct slice *text, struct span_weights *weighing, unsigned what,
			  struct arena *arena, struct query *q, struct expansions *done, struct error *err)
{
	struct spell_corrector c = {
		.e = e, .text = *text, .words = q->words, .q = q, .arena = arena, .done = done, .err = err
	};
	struct query again;
	bool strange;
	e->spelling.records = &e->index->records;
	if (!any_strange(e, q, &strange, err))
		return false;
	if (!strange)
		return true;
	c.edits = arena_alloc(arena, (c.words.count + 1) * sizeof *c.edits, err);
	bool ok = c.edits && need_filter(e, err);
	for (size_t i = 0; ok && i < c.words.count; i++)
		ok = correct_at(&c, i);
	if (ok && c.corrected) {
		ok = buffer_append(&c.out, text->at + c.copied, text->length - c.copied, err);
		*text = ok ? arena_copy(arena, buffer_slice(&c.out), err) : *text;
		ok = ok && text->at && move_spans(&c, &weighing->at, weighing->count) &&
		     move_spans(&c, &weighing->turned, weighing->turned_count) &&
		     query_read(e->index, *text, weighing, what, arena, &again, err) && weigh_corrected(&c, &again);
	}
	buffer_free(&c.out);
	if (!ok || !c.corrected)
		return ok;
	again.grams = q->grams;
	again.gram_count = q->gram_count;
	*q = again;
	return true;
}

/* ---- synonyms ---- */

/* A sequence of words that has synonyms. */
struct sequence {
	struct slice written;
	struct slice list; /* of synonyms; borrowed from the index */
	double squares;    /* sum of idf^2 over its words in the query */
	float weight;      /* of the one of its words that weighs least */
	bool clear;        /* a word that could be an everyday one clearly is not */
};

static double title_entry_idf(const struct soc_index *index, const struct query_term *t)
{
	return idf_value(index->title_entries.title_entries,
			 title_entry_list_count(t->sections[SECTION_TITLE_ENTRIES]));
}

/* IT and OR: in capitals where other words are not; a pronoun or conjunction also where it begins or ends a title, for
 * no title does so. */
static bool is_clear(struct slice text, struct text_words words, size_t i)
{
	struct slice written = written_word(text, &words.at[i]);
	if (is_capital(written.at[0]) && !has_small_letter(written) && has_small_letter(text))
		return true;
	bool function = words.at[i].stop || slice_equal(words.at[i].folded, SLICE("it"));
	return function && words.count > 1 && (i == 0 || i == words.count - 1);
}

/* The list under S and these terms; .at is NULL where there is none. */
static bool find_list(struct expander *e, struct slice key, struct slice *list, struct error *err)
{
	*list = (struct slice){ NULL, 0 };
	return !bloom_filter_has(e->filter, (struct slice){ key.at + 1, key.length - 1 }) ||
	       hash_table_find(&e->index->lists, key, list, err);
}

/* The longest sequence that begins at `from`; *length is its words, 0 where there is none. */
static bool longest_at(struct expander *e, struct text_words words, size_t from, struct slice *list, size_t *length,
		       struct error *err)
{
	size_t ends[SYNONYM_WORDS_MAX], n = 0;
	struct buffer *key = &e->scratch;
	*length = 0;
	buffer_clear(key);
	if (!buffer_append_byte(key, KEY_SYNONYM, err))
		return false;
	for (; n < SYNONYM_WORDS_MAX && from + n < words.count; n++) {
		const struct text_word *w = &words.at[from + n];
		struct slice word = synonym_key_word(w->folded, w->term);
		if (n > 0 && w->clause)
			break;
		if ((n > 0 && !buffer_append_byte(key, ' ', err)) || !buffer_append(key, word.at, word.length, err))
			return false;
		ends[n] = key->length;
	}
	for (; n > 0; n--) {
		if (!find_list(e, (struct slice){ key->at, ends[n - 1] }, list, err))
			return false;
		if (!list->at)
			continue;
		*length = n;
		return true;
	}
	return true;
}

static void describe_sequence(const struct expander *e, const struct query *q, struct slice text,
			      struct text_words words, size_t from, size_t length, struct sequence *out)
{
	const struct text_word *first = &words.at[from], *last = &words.at[from + length - 1];
	out->written = (struct slice){ text.at + first->start, last->start + last->length - first->start };
	out->clear = length > 1 || is_clear(text, words, from);
	for (size_t i = from; i < from + length; i++) {
		const struct query_term *t = words.at[i].stop ? NULL : find_term(q, words.at[i].term);
		if (!t)
			continue;
		double idf = title_entry_idf(e->index, t);
		out->squares += idf * idf;
	}
	out->weight = 1.0f;
	for (size_t i = from; i < from + length; i++)
		out->weight = fminf(out->weight, q->weights[i]);
}

static bool find_sequences(struct expander *e, struct slice text, const struct query *q, struct arena *arena,
			   struct sequence **out, size_t *count, struct error *err)
{
	struct text_words words = q->words;
	*count = 0;
	*out = arena_alloc(arena, (words.count + 1) * sizeof **out, err);
	if (!*out)
		return false;
	for (size_t i = 0, length; i < words.count; i += length ? length : 1) {
		struct sequence *s = &(*out)[*count];
		if (!longest_at(e, words, i, &s->list, &length, err))
			return false;
		if (length == 0)
			continue;
		describe_sequence(e, q, text, words, i, length, s);
		++*count;
	}
	return true;
}

/* A synonym as it is shown. */
static bool show_words(const struct synonym *s, struct arena *arena, struct slice *out, struct error *err)
{
	*out = arena_copy(arena, s->words, err);
	for (size_t i = 0; out->at && s->flags & SYNONYM_CAPITALS && i < out->length; i++)
		if (out->at[i] >= 'a' && out->at[i] <= 'z')
			((char *)(uintptr_t)out->at)[i] = (char)(out->at[i] - 'a' + 'A');
	return out->at != NULL;
}

/* Room for `more` extra terms. */
static bool reserve_extras(struct query *q, size_t more, struct arena *arena, struct error *err)
{
	struct query_term *at = arena_alloc(arena, (q->extra_count + more + 1) * sizeof *at, err);
	if (!at)
		return false;
	if (q->extra_count)
		memcpy(at, q->extras, q->extra_count * sizeof *at);
	q->extras = at;
	return true;
}

static struct query_term *find_extra(const struct query *q, struct slice term)
{
	for (size_t i = 0; i < q->extra_count; i++)
		if (slice_equal(q->extras[i].term, term))
			return &q->extras[i];
	return NULL;
}

/* The terms of a synonym behind those that there are already, unweighed; *squares is their sum of idf^2. */
static bool read_synonym(struct expander *e, struct slice shown, struct arena *arena, struct query *q, double *squares,
			 struct error *err)
{
	struct text_words words;
	size_t count = 0;
	*squares = 0.0;
	if (!tokenize(e->index->analyzer, shown, &words, err) || !reserve_extras(q, words.count, arena, err))
		return false;
	struct slice *terms = arena_alloc(arena, (words.count + 1) * sizeof *terms, err);
	for (size_t i = 0; terms && i < words.count; i++)
		if (!words.at[i].stop)
			terms[count++] = arena_copy(arena, words.at[i].term, err);
	if (!terms)
		return false;
	for (size_t i = 0; i < count; i++) {
		struct query one;
		if (!terms[i].at || !query_read_term(e->index, terms[i], arena, &one, err))
			return false;
		double idf = title_entry_idf(e->index, &one.terms[0]);
		*squares += idf * idf;
		if (one.terms[0].known && !find_term(q, terms[i])) {
			one.terms[0].count = 0.0f;
			q->extras[q->extra_count++] = one.terms[0];
		}
	}
	return true;
}

static double synonym_weight(const struct synonym *s, const struct sequence *of)
{
	if (s->flags & SYNONYM_JOINED)
		return JOINED_WEIGHT;
	return s->words.length < of->written.length ? BRIEF_WEIGHT : FULL_WEIGHT;
}

/* Add one synonym of a sequence. */
static bool add_synonym(struct expander *e, const struct sequence *of, const struct synonym *s, struct arena *arena,
			struct query *q, struct expansions *done, struct error *err)
{
	struct slice shown;
	size_t before = q->extra_count, kept = before;
	double squares;
	if (!show_words(s, arena, &shown, err) || !read_synonym(e, shown, arena, q, &squares, err))
		return false;
	double weight = synonym_weight(s, of) * sqrt(s->share / 100.0) * (double)of->weight;
	if (of->squares == 0.0)
		q->extra_squares += (float)squares;
	double scale = of->squares > 0.0 && squares > 0.0 ? sqrt(of->squares / squares) : 1.0;
	size_t count = q->extra_count;
	for (size_t i = before; i < count; i++) {
		struct query_term t = q->extras[i];
		q->extra_count = kept;
		struct query_term *same = find_extra(q, t.term);
		t.count = (float)(weight * scale);
		if (!same)
			q->extras[kept++] = t;
		else if (same->count < t.count)
			same->count = t.count;
	}
	q->extra_count = kept;
	if (kept == before)
		return true;
	return note(done, EXPANSION_SYNONYM, of->written, shown, arena, err);
}

static bool add_synonyms(struct expander *e, struct slice text, unsigned how, struct arena *arena, struct query *q,
			 struct expansions *done, struct error *err)
{
	struct sequence *sequences;
	size_t count;
	if (!need_filter(e, err) || e->filter.length == 0)
		return e->filter_loaded;
	if (!find_sequences(e, text, q, arena, &sequences, &count, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct unpack u = unpack_begin(sequences[i].list);
		struct synonym s;
		while (synonym_unpack(&u, &s)) {
			unsigned needed = s.flags & SYNONYM_JOINED ? EXPAND_JOINED : EXPAND_SYNONYMS;
			if (!(how & needed) || (s.flags & SYNONYM_GUARDED && !sequences[i].clear) ||
			    sequences[i].weight <= 0.0f)
				continue;
			if (!add_synonym(e, &sequences[i], &s, arena, q, done, err))
				return false;
		}
	}
	return true;
}

/* ---- the whole ---- */

bool expand_query(struct expander *e, struct slice text, const struct span_weights *weighing, unsigned what,
		  unsigned how, struct arena *arena, struct query *q, struct expansions *done, struct error *err)
{
	struct span_weights now = weighing ? *weighing : (struct span_weights){ 0 };
	if (!query_read(e->index, text, &now, what, arena, q, err))
		return false;
	struct language_counts written = language_count(q);
	done->foreign = language_is_foreign(&written);
	if (how & EXPAND_SPELLING && !correct_query(e, &text, &now, what, arena, q, done, err))
		return false;
	if (how & (EXPAND_SYNONYMS | EXPAND_JOINED) && !add_synonyms(e, text, how, arena, q, done, err))
		return false;
	return query_turn(e->index, &now, what, arena, q, err);
}
