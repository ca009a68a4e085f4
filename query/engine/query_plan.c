// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * query_plan.c - a query as sets of occupations, and what of it is ranked.
 *
 * There are about a thousand occupations, so a set is a byte for each, and AND, OR and NOT are loops over them; only
 * leaves ask the index.  After a failure every set is the spare one, and whoever made the plan asks session_ok().
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
	struct session *session;
	struct parsed_query *query;
	unsigned kinds; /* bits of the fields in which words are looked for */
	struct xap_postings postings;
	struct buffer term;   /* scratch: a field's prefix and a term */
	size_t expanded;      /* terms that the wildcards so far stand for */
	unsigned char *spare; /* a set that is written and never read */
	size_t count;         /* of occupations */
};

/* Terms of one leaf, in the arena: a call of the tokenizer ends the life of what it gave before. */
struct leaf {
	struct slice text;
	struct slice *terms;
	size_t count; /* of terms, stop words not among them */
	size_t words; /* of words */
};

static unsigned fields_of(const struct planner *p, const struct query_node *node)
{
	return node->field == FIELD_COUNT ? p->kinds : 1u << node->field;
}

static unsigned char *new_set(struct planner *p, unsigned char value)
{
	unsigned char *set = session_alloc(p->session, p->count, 1);
	if (set && value)
		memset(set, value, p->count);
	return set ? set : p->spare;
}

static size_t count_set(const unsigned char *set, size_t count)
{
	size_t n = 0;
	for (size_t o = 0; o < count; o++)
		n += set[o];
	return n;
}

static void keep_both(const struct planner *p, unsigned char *set, const unsigned char *other)
{
	for (size_t o = 0; o < p->count; o++)
		set[o] &= other[o];
}

/* Give an error that has just been set its place. */
static void fail_at(struct planner *p, const struct query_node *node)
{
	query_error_at(p->session->err, p->query->text, node->start);
}

/* ---- what the index holds ---- */

static struct slice make_term(struct planner *p, enum field field, struct slice term)
{
	buffer_clear(&p->term);
	buffer_append_text(&p->term, field_specs[field].prefix, p->session->err);
	buffer_append(&p->term, term.at, term.length, p->session->err);
	return buffer_slice(&p->term);
}

/* Add the occupations that hold a term in any of the fields. */
static void add_term(struct planner *p, unsigned fields, struct slice term, unsigned char *set)
{
	struct error *err = p->session->err;
	xap_reader *reader;
	if (!session_ok(p->session) || !index_file_reader(&p->session->index->file, &reader, err))
		return;
	for (unsigned f = 0; f < FIELD_COUNT; f++) {
		if (!(fields & 1u << f))
			continue;
		struct slice key = make_term(p, (enum field)f, term);
		if (!session_ok(p->session) || !xap_reader_postings(reader, key, &p->postings, err))
			return;
		for (size_t i = 0; i < p->postings.count; i++)
			if (p->postings.at[i] >= 1 && p->postings.at[i] <= p->count)
				set[p->postings.at[i] - 1] = 1;
	}
}

/* ---- leaves ---- */

static struct leaf read_leaf(struct planner *p, struct slice text)
{
	struct text_words words = session_tokenize(p->session, text);
	struct leaf leaf = { .text = text, .words = words.count };
	if (SESSION_ROOM(p->session, leaf.terms, words.count))
		for (size_t i = 0; i < words.count; i++)
			if (!words.at[i].stop)
				leaf.terms[leaf.count++] = session_copy(p->session, words.at[i].term);
	return leaf;
}

static struct slice text_of(const struct planner *p, const struct query_node *node)
{
	return (struct slice){ p->query->text.at + node->from, node->to - node->from };
}

/* All words of the text, wherever they stand in the fields. */
static unsigned char *find_words(struct planner *p, const struct leaf *leaf, unsigned fields)
{
	unsigned char *all = new_set(p, 1), *one = new_set(p, 0);
	for (size_t i = 0; i < leaf->count; i++) {
		memset(one, 0, p->count);
		add_term(p, fields, leaf->terms[i], one);
		keep_both(p, all, one);
	}
	return all;
}

/* The words together in one piece of evidence: in their order, or, where `window` says so, in any order within it. */
static unsigned char *find_together(struct planner *p, const struct leaf *leaf, unsigned fields, uint32_t window)
{
	if (leaf->count <= 1)
		return find_words(p, leaf, fields);
	unsigned char *set = new_set(p, 0);
	for (unsigned f = 0; f < FIELD_COUNT; f++) {
		if (!(fields & 1u << f))
			continue;
		const unsigned char *one = find_words(p, leaf, 1u << f);
		for (size_t o = 0; o < p->count; o++)
			set[o] |= (unsigned char)(one[o] << f);
	}
	if (session_ok(p->session))
		phrase_match(p->session->index, leaf->text, window, set, p->session->err);
	return set;
}

static bool check_words(struct planner *p, const struct query_node *node, const struct leaf *leaf)
{
	if (leaf->words <= PHRASE_WORDS_MAX || !session_ok(p->session))
		return session_ok(p->session);
	error_set(p->session->err, ERROR_LIMIT, "quote fewer words, or leave the quotation marks out",
		  "a phrase of %zu words; at most %d are searched", leaf->words, PHRASE_WORDS_MAX);
	fail_at(p, node);
	return false;
}

/* A phrase, or one word as it is written: front-end, R&D/QA. */
static unsigned char *find_phrase(struct planner *p, struct query_node *node)
{
	struct leaf leaf = read_leaf(p, text_of(p, node));
	node->vacuous = leaf.count == 0;
	return check_words(p, node, &leaf) ? find_together(p, &leaf, fields_of(p, node), 0) : p->spare;
}

static unsigned char *find_text(struct planner *p, struct query_node *node)
{
	struct leaf leaf = read_leaf(p, text_of(p, node));
	node->vacuous = leaf.count == 0;
	return find_words(p, &leaf, fields_of(p, node));
}

/* All terms of all operands within the window; an operand of several words must stand as a phrase besides. */
static unsigned char *find_near(struct planner *p, struct query_node *node)
{
	struct buffer text = { 0 };
	for (const struct query_node *child = node->first; child; child = child->next) {
		struct slice words = text_of(p, child);
		buffer_append(&text, words.at, words.length, p->session->err);
		buffer_append_byte(&text, ' ', p->session->err);
	}
	struct leaf leaf = read_leaf(p, session_keep(p->session, &text));
	if (!check_words(p, node, &leaf))
		return p->spare;
	uint32_t window = node->distance + (uint32_t)leaf.count - 1;
	unsigned char *set = find_together(p, &leaf, fields_of(p, node->first), window);
	for (struct query_node *child = node->first; child; child = child->next)
		if (read_leaf(p, text_of(p, child)).count > 1)
			keep_both(p, set, find_phrase(p, child));
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
	bool too_many;
	struct error *err;
};

static bool take_term(void *ctx, struct slice item, uint32_t documents)
{
	struct wildcard_terms *x = ctx;
	struct slice term = { item.at + x->skip, item.length - x->skip };
	(void)documents;
	bool added = map_add(&x->terms, term, &(uint32_t){ 0 }, NULL, x->err);
	x->too_many = x->terms.count > x->most;
	return added && !x->too_many;
}

static void take_beginnings(struct planner *p, struct slice beginning, unsigned fields, struct wildcard_terms *x)
{
	xap_reader *reader;
	if (!session_ok(p->session) || !index_file_reader(&p->session->index->file, &reader, x->err))
		return;
	for (unsigned f = 0; f < FIELD_COUNT && !x->too_many && session_ok(p->session); f++) {
		if (!(fields & 1u << f))
			continue;
		struct slice key = make_term(p, (enum field)f, beginning);
		x->skip = strlen(field_specs[f].prefix);
		if (session_ok(p->session))
			xap_reader_terms(reader, key, take_term, x, x->err);
	}
}

/* The word that `beginning` and `ending` make, in *word, and its stem; empty where it is no one word or too long. */
static struct slice stem_of(struct planner *p, struct slice beginning, const char *ending, char word[2 * TEXT_WORD_MAX])
{
	size_t length = strlen(ending);
	if (beginning.length + length > TEXT_WORD_MAX)
		return SLICE("");
	memcpy(word, beginning.at, beginning.length);
	memcpy(word + beginning.length, ending, length);
	struct text_words words = session_tokenize(p->session, (struct slice){ word, beginning.length + length });
	return words.count == 1 && !words.at[0].stop ? words.at[0].term : SLICE("");
}

/* Stems of the beginning with an ending; those that begin with it are taken already. */
static void take_endings(struct planner *p, struct slice beginning, struct wildcard_terms *x)
{
	char word[2 * TEXT_WORD_MAX];
	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
		struct slice stem = stem_of(p, beginning, endings[i], word);
		if (stem.length)
			map_add(&x->terms, stem, &(uint32_t){ 0 }, NULL, x->err);
	}
}

/* Append a word whose stem is the term: the stem itself, or with an ending, or with a y for its last i.  Some stems,
 * such as those of names, are reached by no ending and are left out. */
static void append_word(struct planner *p, struct slice term, struct buffer *out)
{
	for (size_t i = 0; i <= sizeof endings / sizeof *endings; i++) {
		char word[2 * TEXT_WORD_MAX];
		bool changed = i == 0;
		const char *ending = changed ? "y" : endings[i - 1];
		struct slice kept = { term.at, term.length - changed };
		if ((changed && term.at[kept.length] != 'i') || !slice_equal(stem_of(p, kept, ending, word), term))
			continue;
		buffer_append_text(out, out->length ? ", " : "", p->session->err);
		buffer_append(out, word, kept.length + strlen(ending), p->session->err);
		return;
	}
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
static struct slice choose_ranked(struct planner *p, const struct query_node *node, const struct wildcard_terms *x,
				  const uint32_t *held)
{
	struct text_words words = session_tokenize(p->session, text_of(p, node));
	struct buffer text = { 0 }, ranked = { 0 };
	uint32_t chosen[RANKED_TERMS_MAX], commonest = next_commonest(x, held, NULL, 0);
	if (words.count == 0)
		return SLICE("");
	const struct text_word *last = &words.at[words.count - 1];
	struct slice before = { text_of(p, node).at, last->start };
	uint32_t own = map_find(&x->terms, last->term);
	if (commonest != MAP_NONE && own != MAP_NONE && held[own] > 0 && held[own] >= held[commonest] / RANKED_SHARE)
		return text_of(p, node);
	for (size_t n = 0; n < RANKED_TERMS_MAX; n++) {
		chosen[n] = next_commonest(x, held, chosen, n);
		if (chosen[n] == MAP_NONE || held[chosen[n]] < held[commonest] / RANKED_SHARE)
			break;
		append_word(p, map_key(&x->terms, chosen[n]), &text);
	}
	buffer_append(&ranked, before.at, before.length, p->session->err);
	buffer_append_text(&ranked, before.length ? " " : "", p->session->err);
	buffer_append(&ranked, text.at, text.length, p->session->err);
	buffer_free(&text);
	return session_keep(p->session, &ranked);
}

/* The occupations of all terms that a wildcard stands for. */
static unsigned char *find_expansion(struct planner *p, struct query_node *node, const struct wildcard_terms *x)
{
	unsigned char *set = new_set(p, 0), *one = new_set(p, 0);
	uint32_t *held;
	if (!SESSION_ARRAY(p->session, held, x->terms.count))
		return set;
	for (uint32_t i = 0; i < x->terms.count; i++) {
		memset(one, 0, p->count);
		add_term(p, fields_of(p, node), map_key(&x->terms, i), one);
		held[i] = (uint32_t)count_set(one, p->count);
		node->terms += held[i] > 0; /* the others are stems that no word of the index has */
		for (size_t o = 0; o < p->count; o++)
			set[o] |= one[o];
	}
	p->expanded += node->terms;
	node->ranked = choose_ranked(p, node, x, held);
	return set;
}

/* Of `front-end*` the last word is the beginning; those before it must stand too. */
static unsigned char *find_wildcard(struct planner *p, struct query_node *node)
{
	struct wildcard_terms x = { .err = p->session->err };
	struct text_words words = session_tokenize(p->session, text_of(p, node));
	node->terms = 0;
	node->vacuous = words.count == 0;
	if (words.count == 0)
		return new_set(p, 1);
	x.most = p->expanded < PLAN_EXPANSION_MAX ? PLAN_EXPANSION_MAX - p->expanded : 0;
	uint32_t last = words.at[words.count - 1].start;
	struct slice beginning = session_copy(p->session, words.at[words.count - 1].folded);
	struct leaf leaf = read_leaf(p, (struct slice){ text_of(p, node).at, last });
	take_beginnings(p, beginning, fields_of(p, node), &x);
	if (x.too_many && session_ok(p->session)) {
		error_set(x.err, ERROR_LIMIT, "write more letters before the *",
			  "%.*s* stands for more than %d words%s", (int)(beginning.length < 60 ? beginning.length : 60),
			  beginning.at, PLAN_EXPANSION_MAX, p->expanded ? ", with those of every other *" : "");
		fail_at(p, node);
	}
	if (session_ok(p->session))
		take_endings(p, beginning, &x);
	unsigned char *set = find_expansion(p, node, &x);
	map_free(&x.terms);
	if (leaf.count > 0)
		keep_both(p, set, find_words(p, &leaf, fields_of(p, node)));
	return set;
}

/* ---- filters ---- */

static void add_zones(const struct planner *p, unsigned zones, unsigned char *set)
{
	for (size_t o = 0; o < p->session->index->count; o++) {
		uint32_t zone = p->session->index->entries[o].zone;
		set[o] |= zone >= 1 && zone <= FILTER_ZONE_MAX && zones & 1u << zone;
	}
}

/* Add the occupations of a group; false where there are none. */
static bool add_group(const struct planner *p, const struct filter_group *g, unsigned char *set)
{
	struct code code;
	size_t from = 0, to = 0;
	if (code_parse((struct slice){ g->text, g->length }, &code)) {
		(void)soc_index_range(p->session->index, &code, &from, &to);
	} else {
		while (from < p->session->index->count &&
		       memcmp(p->session->index->entries[from].code.text, g->text, g->length) != 0)
			from++;
		for (to = from; to < p->session->index->count; to++)
			if (memcmp(p->session->index->entries[to].code.text, g->text, g->length) != 0)
				break;
	}
	memset(set + from, 1, to > from ? to - from : 0);
	return to > from;
}

static void fail_group(struct planner *p, const struct filter_group *g)
{
	char hint[160];
	snprintf(hint, sizeof hint,
		 g->length >= 7 ? "`soc crosswalk %s` leads codes of other editions to this one"
				: "codes begin with 11, 13, 15 and so on up to 55: see `soc show %.2s-0000`",
		 g->text);
	error_set(p->session->err, ERROR_USAGE, hint, "no occupation of this index has a code that begins with %s",
		  g->text);
}

static unsigned char *find_filter(struct planner *p, const struct query_node *node)
{
	unsigned char *set = new_set(p, 0);
	struct slice value = text_of(p, node);
	struct filter_group group;
	unsigned zones = 0;
	if (node->field == FIELD_ZONE) {
		filter_read_zones(value, &zones, p->session->err);
		add_zones(p, zones, set);
		return set;
	}
	do {
		if (!filter_next_group(&value, &group, p->session->err))
			fail_at(p, node);
		else if (!add_group(p, &group, set)) {
			fail_group(p, &group);
			fail_at(p, node);
		}
	} while (value.length > 0 && session_ok(p->session));
	return set;
}

/* ---- the tree ---- */

static unsigned char *find(struct planner *p, struct query_node *node);

static unsigned char *find_children(struct planner *p, const struct query_node *node)
{
	unsigned char *set = find(p, node->first);
	for (struct query_node *child = node->first->next; child; child = child->next) {
		const unsigned char *more = find(p, child);
		for (size_t o = 0; o < p->count; o++)
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
		for (size_t o = 0; o < p->count; o++)
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

/* The occupations that fulfil a node, in a set of its own. */
static unsigned char *find(struct planner *p, struct query_node *node)
{
	unsigned char *set = session_ok(p->session) ? find_kind(p, node) : p->spare;
	node->held = (int32_t)count_set(set, p->count);
	return set;
}

/* Allow only what is in a set too; NULL is all. */
static void restrict_plan(struct planner *p, struct plan *plan, const unsigned char *set)
{
	if (!plan->allow)
		plan->allow = new_set(p, 1);
	if (set)
		keep_both(p, plan->allow, set);
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

static void restrict_to(struct planner *p, struct query_node *node, struct plan *plan)
{
	if (node->kind == QUERY_TEXT && node->field == FIELD_COUNT)
		return;
	const unsigned char *set = find(p, node);
	plan->demands |= asks_for(node, true);
	plan->filtered |= asks_for(node, false);
	if (node->held != (int32_t)p->count)
		restrict_plan(p, plan, set);
}

/* A bare code that the index does not have is text, unless its major group is one and it is whole: then it is of
 * another edition, or mistyped.  In a Boolean query it is no text. */
static void judge_code(struct planner *p, struct query_node *node)
{
	struct slice value = text_of(p, node);
	struct filter_group group;
	if (node->kind != QUERY_FILTER || !node->bare || p->query->boolean ||
	    !filter_next_group(&value, &group, p->session->err) || add_group(p, &group, p->spare))
		return;
	struct filter_group major = group;
	major.text[2] = '\0';
	major.length = 2;
	if (group.length >= 7 && add_group(p, &major, p->spare)) {
		fail_group(p, &group);
		fail_at(p, node);
		return;
	}
	node->kind = QUERY_TEXT;
	node->field = FIELD_COUNT;
	node->bare = false;
}

static void restrict_by_query(struct planner *p, struct plan *plan)
{
	struct query_node *root = p->query->root;
	bool list = root && root->kind == QUERY_LIST;
	struct query_node *node = list ? root->first : root;
	for (; node && session_ok(p->session); node = list ? node->next : NULL) {
		judge_code(p, node);
		restrict_to(p, node, plan);
	}
}

/* ---- what is ranked ---- */

/* Copy the words that are asked for to their places in a text of blanks; what wildcards stand for goes to *more. */
static void copy_ranked(struct planner *p, const struct query_node *node, char *text, struct buffer *more)
{
	if (node->kind == QUERY_NOT || node->kind == QUERY_FILTER)
		return;
	for (const struct query_node *child = node->first; child; child = child->next)
		copy_ranked(p, child, text, more);
	if (node->first)
		return;
	if (node->kind != QUERY_WILDCARD || node->ranked.at == text_of(p, node).at) {
		memcpy(text + node->from, text_of(p, node).at, node->to - node->from);
	} else if (node->ranked.length) {
		buffer_append_text(more, more->length ? ", " : "", p->session->err);
		buffer_append(more, node->ranked.at, node->ranked.length, p->session->err);
	}
}

static void make_words(struct planner *p, struct plan *plan)
{
	struct error *err = p->session->err;
	struct buffer text = { 0 }, more = { 0 };
	size_t length = p->query->text.length;
	if (!session_ok(p->session) || !buffer_reserve(&text, length + 1, err))
		return;
	memset(text.at, ' ', length);
	text.length = length;
	copy_ranked(p, p->query->root, text.at, &more);
	buffer_append_text(&text, more.length && slice_trim(buffer_slice(&text)).length ? ", " : "", err);
	buffer_append(&text, more.at, more.length, err);
	plan->words = slice_trim(session_keep(p->session, &text));
	buffer_free(&more);
}

/* ---- the plan ---- */

static void restrict_by_filters(struct planner *p, const struct plan_filters *filters, struct plan *plan)
{
	if (filters->zones == 0 && filters->group_count == 0 && filters->facts.count == 0)
		return;
	plan->filtered = true;
	unsigned char *set = new_set(p, 0);
	restrict_plan(p, plan, NULL);
	if (!session_ok(p->session) || !fact_conditions_apply(p->session, &filters->facts, plan->allow))
		return;
	if (filters->zones) {
		add_zones(p, filters->zones, set);
		restrict_plan(p, plan, set);
	}
	if (filters->group_count == 0)
		return;
	memset(set, 0, p->count);
	for (size_t i = 0; i < filters->group_count; i++)
		if (!add_group(p, &filters->groups[i], set))
			fail_group(p, &filters->groups[i]);
	restrict_plan(p, plan, set);
}

static struct planner begin(struct session *s, struct parsed_query *q, unsigned kinds)
{
	struct planner p = { .session = s, .query = q, .kinds = kinds, .count = s->index->count };
	for (unsigned f = 0; kinds == 0 && f < FIELD_COUNT; f++)
		p.kinds |= field_specs[f].prefix ? 1u << f : 0u;
	if (!SESSION_ARRAY(s, p.spare, p.count))
		p.count = 0;
	return p;
}

static bool finish(struct planner *p)
{
	xap_postings_free(&p->postings);
	buffer_free(&p->term);
	return session_ok(p->session);
}

bool plan_make(struct session *s, struct parsed_query *q, const struct plan_filters *filters, struct plan *out)
{
	struct planner p = begin(s, q, filters->kinds);
	*out = (struct plan){ .words = q->text };
	if (p.spare) {
		restrict_by_query(&p, out);
		restrict_by_filters(&p, filters, out);
		if (q->root)
			make_words(&p, out);
	}
	return finish(&p);
}

static void add_words(struct planner *p, struct slice text, unsigned char *set)
{
	struct leaf leaf = read_leaf(p, text);
	struct map seen = { 0 };
	for (size_t i = 0; i < leaf.count; i++) {
		bool added = false;
		map_add(&seen, leaf.terms[i], &(uint32_t){ 0 }, &added, p->session->err);
		if (added)
			add_term(p, p->kinds, leaf.terms[i], set);
	}
	map_free(&seen);
}

bool plan_restrict_kinds(struct session *s, const struct plan_filters *filters, const struct job *job,
			 struct plan *plan)
{
	if (filters->kinds == 0 || (job->title.length == 0 && job->text.length == 0))
		return true;
	struct planner p = begin(s, NULL, filters->kinds);
	unsigned char *set = new_set(&p, 0);
	add_words(&p, job->title, set);
	add_words(&p, job->text, set);
	restrict_plan(&p, plan, set);
	return finish(&p);
}

void plan_apply(const struct plan *plan, const struct job *job, struct rank_options *options)
{
	options->allow = plan->allow;
	options->unmatched = plan->demands || (plan->filtered && job->title.length == 0 && job->text.length == 0);
}

size_t plan_allowed(const struct soc_index *index, const struct plan *plan)
{
	return plan->allow ? count_set(plan->allow, index->count) : index->count;
}

bool plan_count_term(struct soc_index *index, struct slice term, unsigned kinds, size_t *count, struct error *err)
{
	struct session s = { .index = index, .err = err };
	struct planner p = begin(&s, NULL, kinds);
	unsigned char *set = new_set(&p, 0);
	add_term(&p, p.kinds, term, set);
	*count = count_set(set, p.count);
	bool ok = finish(&p);
	session_free(&s);
	return ok;
}

/* ---- explaining ---- */

static bool explain_node(const struct parsed_query *q, const struct query_node *node, size_t *lines, struct trace *e,
			 struct error *err)
{
	struct buffer text = { 0 };
	bool ok = true;
	if (node->held >= 0 && ++*lines <= EXPLAINED_NODES_MAX) {
		ok = query_print(q, node, &text, err);
		struct slice part = { text.at ? text.at : "", text.length };
		bool wildcard = node->kind == QUERY_WILDCARD;
		if (wildcard)
			trace_line(e, "%.*s stands for %u terms in %d occupations", (int)part.length, part.at,
				   node->terms, node->held);
		else
			trace_line(e, "%.*s holds in %d occupations", (int)part.length, part.at, node->held);
		trace_text(e, "part", part);
		trace_count(e, "occupations", (uint64_t)node->held);
		if (wildcard)
			trace_count(e, "terms", node->terms);
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
	trace_line(e, "%.*s", (int)text.length, text.at ? text.at : "");
	trace_text(e, "tree", buffer_slice(&text));
	trace_flag(e, "boolean", q->boolean);
	buffer_free(&text);
	if (ok && q->root)
		ok = explain_node(q, q->root, &lines, e, err);
	trace_stage(e, "filter", "filter");
	for (unsigned zone = 1; zone <= FILTER_ZONE_MAX; zone++)
		if (filters->zones & 1u << zone) {
			trace_line(e, "Job Zone %u", zone);
			trace_count(e, "zone", zone);
		}
	for (size_t i = 0; i < filters->group_count; i++) {
		trace_line(e, "codes that begin with %s, or lie under it", filters->groups[i].text);
		trace_text(e, "group", slice_of(filters->groups[i].text));
	}
	for (size_t i = 0; ok && i < filters->facts.count; i++) {
		struct buffer words = { 0 };
		ok = fact_condition_describe(&filters->facts.at[i], &words, err);
		trace_line(e, "%.*s", (int)words.length, words.at ? words.at : "");
		trace_text(e, "fact", buffer_slice(&words));
		buffer_free(&words);
	}
	for (unsigned f = 0; f < FIELD_COUNT; f++)
		if (filters->kinds & 1u << f) {
			trace_line(e, "evidence of the kind %s", field_specs[f].name);
			trace_text(e, "kind", slice_of(field_specs[f].name));
		}
	trace_line(e, "leaves %zu of %zu occupations", allowed, index->count);
	trace_count(e, "allowed", allowed);
	trace_count(e, "of", index->count);
	return ok;
}
