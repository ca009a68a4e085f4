// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * query_plan.c - a query as sets of occupations, and what of it is ranked.
 *
 * There are about a thousand occupations, so a set is a byte for each, and AND, OR and NOT are loops over them; only
 * leaves ask the index.
 */
#include "lib/base/string_map.h"
#include "query/engine/phrase_match.h"
#include "query/engine/query_plan.h"

/* More words than this in quotation marks are no phrase that anybody wrote. */
#define PHRASE_WORDS_MAX 64
/* At most so many terms are ranked for a word* whose own letters are no word. */
#define RANKED_TERMS_MAX 3
/* ... of which none stands in less than this part of the occupations of the commonest. */
#define RANKED_SHARE 4
#define EXPLAINED_NODES_MAX 100

struct planner {
	struct soc_index *index;
	struct parsed_query *query;
	unsigned kinds; /* bits of the fields in which words are looked for */
	struct arena *arena;
	struct xap_postings postings;
	struct buffer term; /* scratch: a field's prefix and a term */
	size_t expanded;    /* terms that the wildcards so far stand for */
	struct error *err;
};

/* Terms of one leaf, owned by the arena: a call of the analyzer ends the life of what it gave before. */
struct leaf {
	struct slice text;
	struct slice *terms;
	size_t count; /* of terms, stop words not among them */
	size_t words; /* of words */
};

static bool holds_words(enum field field)
{
	return field_specs[field].prefix != NULL;
}

static unsigned fields_of(const struct planner *p, const struct query_node *node)
{
	return node->field == FIELD_COUNT ? p->kinds : 1u << node->field;
}

static unsigned char *new_set(struct planner *p, unsigned char value)
{
	unsigned char *set = arena_alloc(p->arena, p->index->count, p->err);
	if (set && value)
		memset(set, value, p->index->count);
	return set;
}

static size_t count_set(const struct soc_index *index, const unsigned char *set)
{
	size_t n = 0;
	for (size_t o = 0; o < index->count; o++)
		n += set[o];
	return n;
}

static bool fail_at(struct planner *p, const struct query_node *node)
{
	return query_error_at(p->err, p->query->text, node->start);
}

/* ---- what the index holds ---- */

static bool make_term(struct planner *p, enum field field, struct slice term)
{
	buffer_clear(&p->term);
	return buffer_append_text(&p->term, field_specs[field].prefix, p->err) &&
	       buffer_append(&p->term, term.at, term.length, p->err);
}

/* Add the occupations that hold a term in any of the fields. */
static bool add_term(struct planner *p, unsigned fields, struct slice term, unsigned char *set)
{
	xap_reader *reader;
	if (!index_file_reader(&p->index->file, &reader, p->err))
		return false;
	for (unsigned f = 0; f < FIELD_COUNT; f++) {
		if (!(fields & 1u << f))
			continue;
		if (!make_term(p, (enum field)f, term) ||
		    !xap_reader_postings(reader, buffer_slice(&p->term), &p->postings, p->err))
			return false;
		for (size_t i = 0; i < p->postings.count; i++)
			if (p->postings.at[i] >= 1 && p->postings.at[i] <= p->index->count)
				set[p->postings.at[i] - 1] = 1;
	}
	return true;
}

/* ---- leaves ---- */

static bool read_leaf(struct planner *p, struct slice text, struct leaf *out)
{
	struct text_words words;
	*out = (struct leaf){ .text = text };
	if (!tokenize(p->index->analyzer, text, &words, p->err))
		return false;
	out->words = words.count;
	out->terms = arena_alloc(p->arena, (words.count + 1) * sizeof *out->terms, p->err);
	if (!out->terms)
		return false;
	for (size_t i = 0; i < words.count; i++) {
		if (words.at[i].stop)
			continue;
		struct slice term = arena_copy(p->arena, words.at[i].term, p->err);
		if (!term.at)
			return false;
		out->terms[out->count++] = term;
	}
	return true;
}

static struct slice text_of(const struct planner *p, const struct query_node *node)
{
	return (struct slice){ p->query->text.at + node->from, node->to - node->from };
}

/* All words of the text, wherever they stand in the fields. */
static unsigned char *find_words(struct planner *p, const struct leaf *leaf, unsigned fields)
{
	unsigned char *all = new_set(p, 1), *one = new_set(p, 0);
	for (size_t i = 0; all && one && i < leaf->count; i++) {
		memset(one, 0, p->index->count);
		if (!add_term(p, fields, leaf->terms[i], one))
			return NULL;
		for (size_t o = 0; o < p->index->count; o++)
			all[o] &= one[o];
	}
	return one ? all : NULL;
}

/* The words together in one piece of evidence: in their order, or, where `window` says so, in any order within it. */
static unsigned char *find_together(struct planner *p, const struct leaf *leaf, unsigned fields, uint32_t window)
{
	if (leaf->count <= 1)
		return find_words(p, leaf, fields);
	unsigned char *set = new_set(p, 0);
	for (unsigned f = 0; set && f < FIELD_COUNT; f++) {
		if (!(fields & 1u << f))
			continue;
		const unsigned char *one = find_words(p, leaf, 1u << f);
		if (!one)
			return NULL;
		for (size_t o = 0; o < p->index->count; o++)
			set[o] |= (unsigned char)(one[o] << f);
	}
	return set && phrase_match(p->index, leaf->text, window, set, p->err) ? set : NULL;
}

static bool check_words(struct planner *p, const struct query_node *node, const struct leaf *leaf)
{
	if (leaf->words <= PHRASE_WORDS_MAX)
		return true;
	error_set(p->err, ERROR_LIMIT, "quote fewer words, or leave the quotation marks out",
		  "a phrase of %zu words; at most %d are searched", leaf->words, PHRASE_WORDS_MAX);
	return fail_at(p, node);
}

/* A phrase, or one word as it is written: front-end, R&D/QA. */
static unsigned char *find_phrase(struct planner *p, struct query_node *node)
{
	struct leaf leaf;
	if (!read_leaf(p, text_of(p, node), &leaf) || !check_words(p, node, &leaf))
		return NULL;
	node->vacuous = leaf.count == 0;
	return find_together(p, &leaf, fields_of(p, node), 0);
}

static unsigned char *find_text(struct planner *p, struct query_node *node)
{
	struct leaf leaf;
	if (!read_leaf(p, text_of(p, node), &leaf))
		return NULL;
	node->vacuous = leaf.count == 0;
	return find_words(p, &leaf, fields_of(p, node));
}

/* ---- NEAR ---- */

static void keep_both(const struct planner *p, unsigned char *set, const unsigned char *other)
{
	for (size_t o = 0; o < p->index->count; o++)
		set[o] &= other[o];
}

/* All terms of all operands within the window; an operand of several words must stand as a phrase besides. */
static unsigned char *find_near(struct planner *p, struct query_node *node)
{
	struct buffer text = { 0 };
	struct slice whole = { 0 };
	struct leaf leaf;
	bool ok = true;
	for (const struct query_node *child = node->first; ok && child; child = child->next) {
		struct slice words = text_of(p, child);
		ok = buffer_append(&text, words.at, words.length, p->err) && buffer_append_byte(&text, ' ', p->err);
	}
	if (ok)
		whole = arena_copy(p->arena, buffer_slice(&text), p->err);
	buffer_free(&text);
	if (!whole.at || !read_leaf(p, whole, &leaf) || !check_words(p, node, &leaf))
		return NULL;
	uint32_t window = node->distance + (uint32_t)leaf.count - 1;
	unsigned char *set = find_together(p, &leaf, fields_of(p, node->first), window);
	for (struct query_node *child = node->first; set && child; child = child->next) {
		struct leaf operand;
		if (!read_leaf(p, text_of(p, child), &operand))
			return NULL;
		const unsigned char *phrase = operand.count > 1 ? find_phrase(p, child) : NULL;
		if (operand.count > 1 && !phrase)
			return NULL;
		if (phrase)
			keep_both(p, set, phrase);
	}
	return set;
}

/* ---- wildcards ---- */

/* What the beginning of a word goes on with, as far as it changes the stem (plan.h). */
static const char *const endings[] = {
	"",    "s",    "e",    "r",    "d",    "y",     "t",     "n",       "g",     "es",  "er",
	"ed",  "ies",  "ing",  "ng",   "ion",  "on",    "or",    "al",      "ally",  "ly",  "ity",
	"ty",  "ment", "nt",   "ance", "ence", "ism",   "ist",   "st",      "ive",   "ize", "izing",
	"ous", "able", "ible", "ful",  "ness", "ional", "ation", "ational", "ician", "ian",
};

/* The terms that one wildcard stands for. */
struct wildcard_terms {
	struct map terms;
	size_t skip; /* the length of the prefix of the current field */
	size_t most; /* of terms */
	bool failed;
	bool too_many;
	struct error *err;
};

static bool take_term(void *ctx, struct slice item, uint32_t documents)
{
	struct wildcard_terms *x = ctx;
	uint32_t number;
	(void)documents;
	struct slice term = { item.at + x->skip, item.length - x->skip };
	x->failed = !map_add(&x->terms, term, &number, NULL, x->err);
	x->too_many = x->terms.count > x->most;
	return !x->failed && !x->too_many;
}

static bool take_beginnings(struct planner *p, struct slice beginning, unsigned fields, struct wildcard_terms *x)
{
	xap_reader *reader;
	if (!index_file_reader(&p->index->file, &reader, p->err))
		return false;
	for (unsigned f = 0; f < FIELD_COUNT && !x->too_many; f++) {
		if (!(fields & 1u << f))
			continue;
		x->skip = strlen(field_specs[f].prefix);
		if (!make_term(p, (enum field)f, beginning) ||
		    !xap_reader_terms(reader, buffer_slice(&p->term), take_term, x, p->err) || x->failed)
			return false;
	}
	return true;
}

/* Stems of the beginning with an ending; those that begin with it are taken already. */
static bool take_endings(struct planner *p, struct slice beginning, struct wildcard_terms *x)
{
	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
		char word[2 * TEXT_WORD_MAX];
		struct text_words words;
		size_t length = strlen(endings[i]);
		if (beginning.length + length > TEXT_WORD_MAX)
			continue;
		memcpy(word, beginning.at, beginning.length);
		memcpy(word + beginning.length, endings[i], length);
		if (!tokenize(p->index->analyzer, (struct slice){ word, beginning.length + length }, &words, p->err))
			return false;
		uint32_t number;
		if (words.count == 1 && !words.at[0].stop &&
		    !map_add(&x->terms, words.at[0].term, &number, NULL, p->err))
			return false;
	}
	return true;
}

/* Append a word whose stem is the term: the stem itself, or with an ending, or with a y for its last i.  Some stems,
 * such as those of names, are reached by no ending and are left out. */
static bool append_word(struct planner *p, struct slice term, struct buffer *out)
{
	for (size_t i = 0; i <= sizeof endings / sizeof *endings; i++) {
		char word[2 * TEXT_WORD_MAX];
		struct text_words words;
		bool changed = i == 0;
		const char *ending = changed ? "y" : endings[i - 1];
		size_t length = strlen(ending), kept = term.length - changed;
		if (term.length + length > TEXT_WORD_MAX || (changed && term.at[kept] != 'i'))
			continue;
		memcpy(word, term.at, kept);
		memcpy(word + kept, ending, length);
		if (!tokenize(p->index->analyzer, (struct slice){ word, kept + length }, &words, p->err))
			return false;
		if (words.count == 1 && !words.at[0].stop && slice_equal(words.at[0].term, term))
			return (out->length == 0 || buffer_append_text(out, ", ", p->err)) &&
			       buffer_append(out, word, kept + length, p->err);
	}
	return true;
}

/* The term with the most occupations that is not yet chosen and has any; MAP_NONE where there is none. */
static uint32_t next_commonest(const struct wildcard_terms *x, const uint32_t *held, const uint32_t *chosen,
			       size_t count)
{
	uint32_t best = MAP_NONE;
	for (uint32_t i = 0; i < x->terms.count; i++) {
		bool taken = held[i] == 0;
		for (size_t k = 0; k < count; k++)
			taken |= chosen[k] == i;
		if (!taken && (best == MAP_NONE || held[i] > held[best]))
			best = i;
	}
	return best;
}

/* What is ranked in place of word*: the letters as they stand where they are a common word, else the commonest words
 * that it stands for.  Rare ones would outweigh them. */
static bool choose_ranked(struct planner *p, struct query_node *node, const struct wildcard_terms *x,
			  const uint32_t *held)
{
	struct text_words words;
	struct buffer text = { 0 }, ranked = { 0 };
	uint32_t chosen[RANKED_TERMS_MAX];
	uint32_t commonest = next_commonest(x, held, NULL, 0);
	if (!tokenize(p->index->analyzer, text_of(p, node), &words, p->err))
		return false;
	const struct text_word *last = &words.at[words.count - 1];
	struct slice before = { text_of(p, node).at, last->start };
	uint32_t own = map_find(&x->terms, last->term);
	if (commonest != MAP_NONE && own != MAP_NONE && held[own] > 0 && held[own] >= held[commonest] / RANKED_SHARE) {
		node->ranked = text_of(p, node);
		return true;
	}
	bool ok = true;
	for (size_t n = 0; ok && n < RANKED_TERMS_MAX; n++) {
		chosen[n] = next_commonest(x, held, chosen, n);
		if (chosen[n] == MAP_NONE || held[chosen[n]] < held[commonest] / RANKED_SHARE)
			break;
		ok = append_word(p, map_key(&x->terms, chosen[n]), &text);
	}
	ok = ok && buffer_append(&ranked, before.at, before.length, p->err) &&
	     (before.length == 0 || buffer_append_byte(&ranked, ' ', p->err)) &&
	     buffer_append(&ranked, text.at, text.length, p->err);
	node->ranked = ok ? arena_copy(p->arena, buffer_slice(&ranked), p->err) : (struct slice){ 0 };
	buffer_free(&text);
	buffer_free(&ranked);
	return ok && node->ranked.at;
}

/* The occupations of all terms of an expansion, and how many each has. */
static unsigned char *add_expansion(struct planner *p, struct query_node *node, const struct wildcard_terms *x)
{
	unsigned char *set = new_set(p, 0), *one = new_set(p, 0);
	uint32_t *held = arena_alloc(p->arena, (x->terms.count + 1) * sizeof *held, p->err);
	if (!set || !one || !held)
		return NULL;
	for (uint32_t i = 0; i < x->terms.count; i++) {
		memset(one, 0, p->index->count);
		if (!add_term(p, fields_of(p, node), map_key(&x->terms, i), one))
			return NULL;
		held[i] = (uint32_t)count_set(p->index, one);
		node->terms += held[i] > 0; /* the others are stems that no word of the index has */
		for (size_t o = 0; o < p->index->count; o++)
			set[o] |= one[o];
	}
	p->expanded += node->terms;
	return choose_ranked(p, node, x, held) ? set : NULL;
}

/* Of `front-end*` the last word is the beginning; those before it must stand too. */
static unsigned char *find_wildcard(struct planner *p, struct query_node *node)
{
	struct wildcard_terms x = { .err = p->err };
	struct text_words words;
	struct leaf leaf;
	unsigned char *set = NULL;
	node->terms = 0;
	x.most = p->expanded < PLAN_EXPANSION_MAX ? PLAN_EXPANSION_MAX - p->expanded : 0;
	if (!tokenize(p->index->analyzer, text_of(p, node), &words, p->err))
		return NULL;
	node->vacuous = words.count == 0;
	if (words.count == 0)
		return new_set(p, 1);
	uint32_t last = words.at[words.count - 1].start;
	struct slice beginning = arena_copy(p->arena, words.at[words.count - 1].folded, p->err);
	if (!beginning.at || !read_leaf(p, (struct slice){ text_of(p, node).at, last }, &leaf))
		return NULL;
	if (take_beginnings(p, beginning, fields_of(p, node), &x) && !x.too_many && take_endings(p, beginning, &x))
		set = add_expansion(p, node, &x);
	if (x.too_many) {
		error_set(p->err, ERROR_LIMIT, "write more letters before the *",
			  "%.*s* stands for more than %d words%s", (int)(beginning.length < 60 ? beginning.length : 60),
			  beginning.at, PLAN_EXPANSION_MAX, p->expanded ? ", with those of every other *" : "");
		fail_at(p, node);
	}
	map_free(&x.terms);
	if (set && leaf.count > 0) {
		const unsigned char *before = find_words(p, &leaf, fields_of(p, node));
		if (!before)
			return NULL;
		keep_both(p, set, before);
	}
	return set;
}

/* ---- filters ---- */

static void add_zones(const struct planner *p, unsigned zones, unsigned char *set)
{
	for (size_t o = 0; o < p->index->count; o++) {
		uint32_t zone = p->index->entries[o].zone;
		set[o] |= zone >= 1 && zone <= FILTER_ZONE_MAX && zones & 1u << zone;
	}
}

/* Add the occupations of a group; false where there are none. */
static bool add_group(const struct planner *p, const struct filter_group *g, unsigned char *set)
{
	struct code code;
	size_t from = 0, to = 0;
	if (code_parse((struct slice){ g->text, g->length }, &code)) {
		(void)soc_index_range(p->index, &code, &from, &to);
	} else {
		while (from < p->index->count && memcmp(p->index->entries[from].code.text, g->text, g->length) != 0)
			from++;
		for (to = from; to < p->index->count; to++)
			if (memcmp(p->index->entries[to].code.text, g->text, g->length) != 0)
				break;
	}
	memset(set + from, 1, to > from ? to - from : 0);
	return to > from;
}

static bool fail_group(struct planner *p, const struct filter_group *g)
{
	char hint[160];
	snprintf(hint, sizeof hint,
		 g->length >= 7 ? "`soc crosswalk %s` leads codes of other editions to this one"
				: "codes begin with 11, 13, 15 and so on up to 55: see `soc show %.2s-0000`",
		 g->text);
	return error_set(p->err, ERROR_USAGE, hint, "no occupation of this index has a code that begins with %s",
			 g->text);
}

static unsigned char *find_filter(struct planner *p, const struct query_node *node)
{
	unsigned char *set = new_set(p, 0);
	struct slice value = text_of(p, node);
	struct filter_group group;
	unsigned zones = 0;
	if (!set)
		return NULL;
	if (node->field == FIELD_ZONE) {
		if (!filter_read_zones(value, &zones, p->err))
			return NULL;
		add_zones(p, zones, set);
		return set;
	}
	do {
		if (!filter_next_group(&value, &group, p->err) ||
		    (!add_group(p, &group, set) && !fail_group(p, &group))) {
			fail_at(p, node);
			return NULL;
		}
	} while (value.length > 0);
	return set;
}

/* ---- the tree ---- */

static unsigned char *find(struct planner *p, struct query_node *node);

static unsigned char *find_children(struct planner *p, const struct query_node *node)
{
	unsigned char *set = NULL;
	for (struct query_node *child = node->first; child; child = child->next) {
		unsigned char *more = find(p, child);
		if (!more)
			return NULL;
		if (!set) {
			set = more;
			continue;
		}
		for (size_t o = 0; o < p->index->count; o++)
			set[o] = node->kind == QUERY_OR ? set[o] | more[o] : set[o] & more[o];
	}
	return set;
}

static unsigned char *find_kind(struct planner *p, struct query_node *node)
{
	unsigned char *set;
	switch (node->kind) {
	case QUERY_TEXT:
		return memchr(text_of(p, node).at, ' ', text_of(p, node).length) ? find_text(p, node)
										 : find_phrase(p, node);
	case QUERY_PHRASE:
		return find_phrase(p, node);
	case QUERY_WILDCARD:
		return find_wildcard(p, node);
	case QUERY_FILTER:
		return find_filter(p, node);
	case QUERY_NEAR:
		return find_near(p, node);
	case QUERY_NOT:
		set = find(p, node->first);
		for (size_t o = 0; set && o < p->index->count; o++)
			set[o] = !set[o];
		return set;
	case QUERY_LIST:
	case QUERY_AND:
	case QUERY_OR:
	case QUERY_MUST:
		break;
	}
	return find_children(p, node);
}

/* The occupations that fulfil a node, in a set of its own; NULL on failure. */
static unsigned char *find(struct planner *p, struct query_node *node)
{
	unsigned char *set = find_kind(p, node);
	if (set)
		node->held = (int32_t)count_set(p->index, set);
	return set;
}

static bool need_allow(struct planner *p, struct plan *plan)
{
	if (!plan->allow)
		plan->allow = new_set(p, 1);
	return plan->allow != NULL;
}

/* Whether a node asks for words, or for codes and zones: what is negated asks for neither. */
static bool asks_for(const struct query_node *node, bool words)
{
	if (node->kind == QUERY_NOT)
		return false;
	if (!node->first)
		return (node->kind != QUERY_FILTER) == words && !node->vacuous;
	for (const struct query_node *child = node->first; child; child = child->next)
		if (asks_for(child, words))
			return true;
	return false;
}

static bool restrict_to(struct planner *p, struct query_node *node, struct plan *plan)
{
	if (node->kind == QUERY_TEXT && node->field == FIELD_COUNT)
		return true;
	const unsigned char *set = find(p, node);
	if (!set)
		return false;
	plan->demands |= asks_for(node, true);
	plan->filtered |= asks_for(node, false);
	if (node->held == (int32_t)p->index->count)
		return true;
	if (!need_allow(p, plan))
		return false;
	keep_both(p, plan->allow, set);
	return true;
}

/* A bare code that the index does not have is text, unless its major group is one and it is whole: then it is of
 * another edition, or mistyped.  In a Boolean query it is no text. */
static bool judge_code(struct planner *p, struct query_node *node)
{
	unsigned char *set;
	struct slice value = text_of(p, node);
	struct filter_group group;
	if (node->kind != QUERY_FILTER || !node->bare || p->query->boolean)
		return true;
	set = new_set(p, 0);
	if (!set || !filter_next_group(&value, &group, p->err))
		return false;
	if (add_group(p, &group, set))
		return true;
	struct filter_group major = group;
	major.text[2] = '\0';
	major.length = 2;
	if (group.length >= 7 && add_group(p, &major, set))
		return fail_group(p, &group) || fail_at(p, node);
	node->kind = QUERY_TEXT;
	node->field = FIELD_COUNT;
	node->bare = false;
	return true;
}

static bool restrict_by_query(struct planner *p, struct plan *plan)
{
	struct query_node *root = p->query->root;
	bool list = root && root->kind == QUERY_LIST;
	for (struct query_node *node = list ? root->first : root; node; node = list ? node->next : NULL)
		if (!judge_code(p, node) || !restrict_to(p, node, plan))
			return false;
	return true;
}

/* ---- what is ranked ---- */

/* Copy the words that are asked for to their places in a text of blanks; what wildcards stand for goes to *more. */
static bool copy_ranked(struct planner *p, const struct query_node *node, char *text, struct buffer *more)
{
	if (node->kind == QUERY_NOT || node->kind == QUERY_FILTER)
		return true;
	for (const struct query_node *child = node->first; child; child = child->next)
		if (!copy_ranked(p, child, text, more))
			return false;
	if (node->first)
		return true;
	if (node->kind == QUERY_WILDCARD && node->ranked.at != text_of(p, node).at)
		return node->ranked.length == 0 || ((more->length == 0 || buffer_append_text(more, ", ", p->err)) &&
						    buffer_append(more, node->ranked.at, node->ranked.length, p->err));
	memcpy(text + node->from, text_of(p, node).at, node->to - node->from);
	return true;
}

static bool make_words(struct planner *p, struct plan *plan)
{
	struct buffer text = { 0 }, more = { 0 };
	size_t length = p->query->text.length;
	bool ok = buffer_reserve(&text, length + 1, p->err);
	if (ok) {
		memset(text.at, ' ', length);
		text.length = length;
		ok = copy_ranked(p, p->query->root, text.at, &more) &&
		     (more.length == 0 || slice_trim(buffer_slice(&text)).length == 0 ||
		      buffer_append_text(&text, ", ", p->err)) &&
		     buffer_append(&text, more.at, more.length, p->err);
	}
	plan->words = ok ? slice_trim(arena_copy(p->arena, buffer_slice(&text), p->err)) : (struct slice){ 0 };
	buffer_free(&text);
	buffer_free(&more);
	return ok && plan->words.at;
}

/* ---- the plan ---- */

static bool restrict_by_filters(struct planner *p, const struct plan_filters *filters, struct plan *plan)
{
	unsigned char *set;
	if (filters->zones == 0 && filters->group_count == 0 && filters->facts.count == 0)
		return true;
	plan->filtered = true;
	if (!need_allow(p, plan) || !fact_conditions_apply(p->index, &filters->facts, plan->allow, p->err))
		return false;
	if (filters->zones) {
		if ((set = new_set(p, 0)) == NULL)
			return false;
		add_zones(p, filters->zones, set);
		keep_both(p, plan->allow, set);
	}
	if (filters->group_count == 0)
		return true;
	if ((set = new_set(p, 0)) == NULL)
		return false;
	for (size_t i = 0; i < filters->group_count; i++)
		if (!add_group(p, &filters->groups[i], set))
			return fail_group(p, &filters->groups[i]);
	keep_both(p, plan->allow, set);
	return true;
}

static unsigned all_kinds(void)
{
	unsigned kinds = 0;
	for (unsigned f = 0; f < FIELD_COUNT; f++)
		kinds |= holds_words((enum field)f) ? 1u << f : 0u;
	return kinds;
}

static struct planner begin(struct soc_index *index, struct parsed_query *q, unsigned kinds, struct arena *arena,
			    struct error *err)
{
	return (struct planner){
		.index = index, .query = q, .kinds = kinds ? kinds : all_kinds(), .arena = arena, .err = err
	};
}

static void finish(struct planner *p)
{
	xap_postings_free(&p->postings);
	buffer_free(&p->term);
}

bool plan_make(struct soc_index *index, struct parsed_query *q, const struct plan_filters *filters, struct arena *arena,
	       struct plan *out, struct error *err)
{
	struct planner p = begin(index, q, filters->kinds, arena, err);
	*out = (struct plan){ .words = q->text };
	bool ok = restrict_by_query(&p, out) && restrict_by_filters(&p, filters, out) &&
		  (!q->root || make_words(&p, out));
	finish(&p);
	return ok;
}

static bool add_words(struct planner *p, struct slice text, struct map *seen, unsigned char *set)
{
	struct text_words words;
	if (!tokenize(p->index->analyzer, text, &words, p->err))
		return false;
	for (size_t i = 0; i < words.count; i++) {
		bool added = false;
		uint32_t number;
		if (!words.at[i].stop && !map_add(seen, words.at[i].term, &number, &added, p->err))
			return false;
		if (added && !add_term(p, p->kinds, words.at[i].term, set))
			return false;
	}
	return true;
}

bool plan_restrict_kinds(struct soc_index *index, const struct plan_filters *filters, const struct job *job,
			 struct arena *arena, struct plan *plan, struct error *err)
{
	struct map seen = { 0 };
	if (filters->kinds == 0 || (job->title.length == 0 && job->text.length == 0))
		return true;
	struct planner p = begin(index, NULL, filters->kinds, arena, err);
	unsigned char *set = new_set(&p, 0);
	bool ok = set && need_allow(&p, plan) && add_words(&p, job->title, &seen, set) &&
		  add_words(&p, job->text, &seen, set);
	if (ok)
		keep_both(&p, plan->allow, set);
	map_free(&seen);
	finish(&p);
	return ok;
}

void plan_apply(const struct plan *plan, const struct job *job, struct rank_options *options)
{
	options->allow = plan->allow;
	options->unmatched = plan->demands || (plan->filtered && job->title.length == 0 && job->text.length == 0);
}

size_t plan_allowed(const struct soc_index *index, const struct plan *plan)
{
	return plan->allow ? count_set(index, plan->allow) : index->count;
}

bool plan_count_term(struct soc_index *index, struct slice term, unsigned kinds, size_t *count, struct error *err)
{
	struct arena arena = { 0 };
	struct planner p = begin(index, NULL, kinds, &arena, err);
	unsigned char *set = new_set(&p, 0);
	bool ok = set && add_term(&p, p.kinds, term, set);
	*count = ok ? count_set(index, set) : 0;
	finish(&p);
	arena_free(&arena);
	return ok;
}

/* ---- explaining ---- */

static json_t *json_text(struct slice text)
{
	json_t *string = json_stringn(text.at ? text.at : "", text.length);
	return string ? string : json_string("");
}

static bool explain_node(const struct parsed_query *q, const struct query_node *node, size_t *lines, struct trace *e,
			 struct error *err)
{
	struct buffer text = { 0 };
	bool ok = true;
	if (node->held >= 0 && ++*lines <= EXPLAINED_NODES_MAX) {
		ok = query_print(q, node, &text, err);
		json_t *object =
			json_pack("{s:o, s:i}", "part", json_text(buffer_slice(&text)), "occupations", (int)node->held);
		if (node->kind == QUERY_WILDCARD) {
			json_object_set_new(object, "terms", json_integer(node->terms));
			trace_line(e, object, "%.*s stands for %u terms in %d occupations", (int)text.length, text.at,
				   node->terms, node->held);
		} else {
			trace_line(e, object, "%.*s holds in %d occupations", (int)text.length, text.at ? text.at : "",
				   node->held);
		}
		buffer_free(&text);
	}
	for (const struct query_node *child = node->first; ok && child; child = child->next)
		ok = explain_node(q, child, lines, e, err);
	return ok;
}

bool plan_trace(const struct soc_index *index, const struct parsed_query *q, const struct plan_filters *filters,
		const struct plan *plan, struct trace *e, struct error *err)
{
	struct buffer text = { 0 };
	size_t lines = 0, allowed = plan_allowed(index, plan);
	bool ok = q->root ? query_print(q, q->root, &text, err)
			  : buffer_printf(&text, err, "[%.*s]", (int)(q->text.length < 500 ? q->text.length : 500),
					  q->text.at ? q->text.at : "");
	trace_stage(e, "query", "query");
	trace_line(e, json_pack("{s:o, s:b}", "tree", json_text(buffer_slice(&text)), "boolean", q->boolean), "%.*s",
		   (int)text.length, text.at ? text.at : "");
	buffer_free(&text);
	if (ok && q->root)
		ok = explain_node(q, q->root, &lines, e, err);
	trace_stage(e, "filter", "filter");
	for (unsigned zone = 1; zone <= FILTER_ZONE_MAX; zone++)
		if (filters->zones & 1u << zone)
			trace_line(e, json_pack("{s:i}", "zone", (int)zone), "Job Zone %u", zone);
	for (size_t i = 0; i < filters->group_count; i++)
		trace_line(e, json_pack("{s:s}", "group", filters->groups[i].text),
			   "codes that begin with %s, or lie under it", filters->groups[i].text);
	for (size_t i = 0; ok && i < filters->facts.count; i++) {
		struct buffer words = { 0 };
		ok = fact_condition_describe(&filters->facts.at[i], &words, err);
		trace_line(e, json_pack("{s:o}", "fact", json_text(buffer_slice(&words))), "%.*s", (int)words.length,
			   words.at ? words.at : "");
		buffer_free(&words);
	}
	for (unsigned f = 0; f < FIELD_COUNT; f++)
		if (filters->kinds & 1u << f)
			trace_line(e, json_pack("{s:s}", "kind", field_specs[f].name), "evidence of the kind %s",
				   field_specs[f].name);
	trace_line(e, json_pack("{s:i, s:i}", "allowed", (int)allowed, "of", (int)index->count),
		   "leaves %zu of %zu occupations", allowed, index->count);
	return ok;
}
