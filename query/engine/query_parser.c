// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * query_parser.c - the query language: bytes into tokens, tokens judged as a whole, tokens into a tree.
 *
 * Whether a token is an operator or text can depend on the whole query, so all tokens are read first.
 */
#include "lib/base/ascii.h"
#include "lib/base/error_caret.h"
#include "query/engine/query_parser.h"

enum token_kind {
	TOKEN_WORD,
	TOKEN_PHRASE,
	TOKEN_WILDCARD,
	TOKEN_CODE,
	TOKEN_FIELD,
	TOKEN_OPEN,
	TOKEN_CLOSE,
	TOKEN_PLUS,
	TOKEN_MINUS,
	TOKEN_AND,
	TOKEN_OR,
	TOKEN_NOT,
	TOKEN_NEAR,
	TOKEN_END
};

struct token {
	enum token_kind kind;
	enum field field; /* of TOKEN_FIELD */
	uint32_t start, end;
	uint32_t from, to; /* without quotation marks and star */
	uint32_t distance; /* of TOKEN_NEAR */
};

struct parser {
	struct parsed_query *query;
	struct slice text;
	struct arena *arena;
	struct error *err;
	struct token *tokens; /* the last one is TOKEN_END */
	size_t count;
	size_t capacity;
	size_t at; /* the token to be parsed next */
	int depth;
};

/* ---- errors ---- */

bool query_error_at(struct error *err, struct slice text, size_t at)
{
	uint32_t column = 1;
	at = at < text.length ? at : text.length;
	for (size_t i = 0; i < at; i++)
		column += ((unsigned char)text.at[i] & 0xC0) != 0x80;
	error_at(err, "query", 1, column);
	return error_caret_add(err, text, at);
}

static bool fail_at(struct parser *p, size_t at, const char *hint, const char *text)
{
	error_set(p->err, ERROR_USAGE, hint, "%s", text);
	return query_error_at(p->err, p->text, at);
}

/* ---- characters ---- */

static char char_at(const struct parser *p, size_t at)
{
	return at < p->text.length ? p->text.at[at] : '\0';
}

/* A letter; beyond ASCII everything counts as one but general punctuation, such as dashes and typographic quotation
 * marks. */
static bool is_letter(char c)
{
	return ascii_is_letter(c) || ((unsigned char)c >= 0xC3 && (unsigned char)c != 0xE2);
}

static bool is_space(const struct parser *p, size_t at)
{
	char c = char_at(p, at);
	return c == ' ' || (c >= '\t' && c <= '\r') ||
	       ((unsigned char)c == 0xA0 && at > 0 && (unsigned char)p->text.at[at - 1] == 0xC2) ||
	       ((unsigned char)c == 0xC2 && (unsigned char)char_at(p, at + 1) == 0xA0);
}

static struct slice piece(const struct parser *p, size_t from, size_t to)
{
	return (struct slice){ p->text.at + from, to - from };
}

/* ---- is there anything to parse? ---- */

enum { SEEN_OPERATOR = 1, SEEN_LINES = 2, SEEN_WORD = 4, SEEN_BRACKET = 8 };

/* The end of AND, OR, NOT or NEAR? */
static bool ends_operator(char before, char last)
{
	return (last == 'D' && before == 'N') || (last == 'R' && (before == 'O' || before == 'A')) ||
	       (last == 'T' && before == 'O');
}

static unsigned look_over(struct slice text)
{
	unsigned seen = 0;
	for (size_t i = 0; i < text.length; i++) {
		char c = text.at[i];
		if (ascii_is_lower(c))
			seen |= SEEN_WORD;
		else if (c == ' ')
			continue;
		else if (ascii_is_upper(c) || ascii_is_digit(c) || (unsigned char)c >= 0x80)
			seen |= SEEN_WORD | (i > 0 && ends_operator(text.at[i - 1], c) ? SEEN_OPERATOR : 0);
		else if (c == '"' || c == '+' || c == '-' || c == '*' || c == ':')
			seen |= SEEN_OPERATOR;
		else if (c == '(' || c == ')')
			seen |= SEEN_BRACKET;
		else if (c == '\n')
			seen |= SEEN_LINES;
	}
	return seen;
}

static bool needs_parsing(struct slice text)
{
	unsigned seen = look_over(text);
	return !(seen & SEEN_LINES) && (seen & SEEN_OPERATOR || (seen & SEEN_BRACKET && !(seen & SEEN_WORD)));
}

/* ---- tokens ---- */

static struct token *add_token(struct parser *p, enum token_kind kind, size_t start, size_t end)
{
	if (p->count == p->capacity) {
		size_t capacity = p->capacity ? 2 * p->capacity : 32;
		struct token *grown = arena_alloc(p->arena, capacity * sizeof *grown, p->err);
		if (!grown)
			return NULL;
		if (p->count)
			memcpy(grown, p->tokens, p->count * sizeof *grown);
		p->tokens = grown;
		p->capacity = capacity;
	}
	struct token *t = &p->tokens[p->count++];
	*t = (struct token){ .kind = kind,
			     .field = FIELD_COUNT,
			     .start = (uint32_t)start,
			     .end = (uint32_t)end,
			     .from = (uint32_t)start,
			     .to = (uint32_t)end };
	return t;
}

/* A quotation mark at `at` that does not mean inches? */
static bool is_quote(const struct parser *p, size_t at)
{
	return char_at(p, at) == '"' && (at == 0 || !ascii_is_digit(p->text.at[at - 1]));
}

static size_t word_end(const struct parser *p, size_t at)
{
	size_t end = at;
	while (end < p->text.length && !is_space(p, end) && char_at(p, end) != '(' && char_at(p, end) != ')' &&
	       (end == at || !is_quote(p, end)))
		end++;
	return end;
}

/* Without commas and the like at its end. */
static size_t trim_word(const struct parser *p, size_t start, size_t end)
{
	while (end > start && strchr(",.;:!?", p->text.at[end - 1]))
		end--;
	return end;
}

static bool lex_phrase(struct parser *p, size_t *at)
{
	size_t start = *at;
	const char *close = memchr(p->text.at + start + 1, '"', p->text.length - start - 1);
	if (!close)
		return fail_at(p, start, "close the phrase with another \", or leave the mark out",
			       "a quotation mark is never closed");
	size_t end = (size_t)(close - p->text.at) + 1;
	struct token *t = add_token(p, TOKEN_PHRASE, start, end);
	if (!t)
		return false;
	t->from++;
	t->to--;
	*at = end;
	return true;
}

/* + or - before something that can be asked for or left out. */
static bool is_sign(const struct parser *p, size_t at)
{
	char c = char_at(p, at), next = char_at(p, at + 1);
	bool full;
	if ((c != '+' && c != '-') || (at > 0 && !is_space(p, at - 1) && p->text.at[at - 1] != '('))
		return false;
	if (ascii_is_digit(next))
		return filter_is_code(piece(p, at + 1, trim_word(p, at + 1, word_end(p, at + 1))), &full);
	return is_letter(next) || next == '"' || next == '(';
}

/* ---- fields ---- */

/* Whether `word` becomes `name` by at most one letter too many, too few, wrong, or two swapped. */
static bool is_near_miss(struct slice word, struct slice name)
{
	size_t head = 0, tail = 0, shorter = word.length < name.length ? word.length : name.length;
	while (head < shorter && word.at[head] == name.at[head])
		head++;
	while (tail < shorter - head && word.at[word.length - 1 - tail] == name.at[name.length - 1 - tail])
		tail++;
	size_t w = word.length - head - tail, n = name.length - head - tail;
	if (w == 2 && n == 2)
		return word.at[head] == name.at[head + 1] && word.at[head + 1] == name.at[head];
	return w <= 1 && n <= 1;
}

static bool fail_field(struct parser *p, size_t start, struct slice word, const struct field_spec *spec)
{
	char hint[160];
	snprintf(hint, sizeof hint,
		 "did you mean %s:?  With a space behind the colon it is text; `soc fields` lists the fields",
		 spec->name);
	error_set(p->err, ERROR_USAGE, hint, "there is no field '%.*s'", (int)word.length, word.at);
	return query_error_at(p->err, p->text, start);
}

/* A field's name and its colon at the front of the word [start, end): *colon is where it ends; 0: there is none. */
static bool find_field(struct parser *p, size_t start, size_t end, size_t *colon, enum field *field)
{
	size_t at = start;
	*colon = 0;
	while (at < end && ascii_is_lower(p->text.at[at]))
		at++;
	char next = char_at(p, at + 1);
	if (at == start || at - start > 20 || char_at(p, at) != ':' || at + 1 >= p->text.length ||
	    is_space(p, at + 1) || next == '/' || next == ')')
		return true;
	struct slice word = piece(p, start, at);
	for (unsigned f = 0; f < FIELD_COUNT; f++) {
		if (slice_equal(word, slice_of(field_specs[f].name))) {
			*field = (enum field)f;
			*colon = at + 1;
			return true;
		}
	}
	for (unsigned f = 0; f < FIELD_COUNT; f++)
		if (is_near_miss(word, slice_of(field_specs[f].name)))
			return fail_field(p, start, word, &field_specs[f]);
	return true;
}

/* ---- words ---- */

/* NEAR/5: the number, or false where it is none that can be meant. */
static bool read_distance(struct parser *p, size_t at, size_t end, uint32_t *distance)
{
	uint32_t number = 0;
	bool good = at < end && end - at <= 2;
	for (size_t i = at; good && i < end; i++) {
		good = ascii_is_digit(p->text.at[i]);
		number = 10 * number + (uint32_t)(p->text.at[i] - '0');
	}
	*distance = number;
	return (good && number >= 1 && number <= QUERY_NEAR_MAX) ||
	       fail_at(p, at, "write NEAR/5 for within five words of each other", "NEAR takes a number from 1 to 30");
}

static enum token_kind operator_of(struct slice word)
{
	static const struct {
		struct slice name;
		enum token_kind kind;
	} operators[] = {
		{ { "AND", 3 }, TOKEN_AND },
		{ { "OR", 2 }, TOKEN_OR },
		{ { "NOT", 3 }, TOKEN_NOT },
		{ { "NEAR", 4 }, TOKEN_NEAR },
	};
	for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
		if (slice_equal(word, operators[i].name))
			return operators[i].kind;
	return TOKEN_WORD;
}

/* What a word is by itself: *to is set to where its content ends. */
static enum token_kind classify_word(const struct parser *p, size_t start, size_t end, size_t *to)
{
	size_t trimmed = trim_word(p, start, end);
	struct slice word = piece(p, start, trimmed);
	bool full;
	*to = end;
	if (filter_is_code(word, &full)) {
		*to = trimmed;
		return TOKEN_CODE;
	}
	const char *star = word.length > 1 ? memchr(word.at, '*', word.length) : NULL;
	if (!star || star != word.at + word.length - 1)
		return TOKEN_WORD;
	if (!is_letter(star[-1]) && !ascii_is_digit(star[-1]) && (unsigned char)star[-1] < 0x80)
		return TOKEN_WORD;
	*to = trimmed - 1;
	return TOKEN_WILDCARD;
}

/* One word, or the value of a field: those are never operators. */
static bool lex_word(struct parser *p, size_t *at, bool value)
{
	size_t start = *at, end = word_end(p, start), colon = 0, to;
	enum field field = FIELD_COUNT;
	struct slice word = piece(p, start, end);
	if (!value) {
		enum token_kind kind = operator_of(word);
		bool near = word.length > 5 && memcmp(word.at, "NEAR/", 5) == 0 && ascii_is_digit(word.at[5]);
		if (kind != TOKEN_WORD || near) {
			struct token *t = add_token(p, near ? TOKEN_NEAR : kind, start, end);
			*at = end;
			if (t)
				t->distance = QUERY_NEAR_DEFAULT;
			return t && (!near || read_distance(p, start + 5, end, &t->distance));
		}
		if (!find_field(p, start, end, &colon, &field))
			return false;
	}
	if (colon) {
		struct token *t = add_token(p, TOKEN_FIELD, start, colon);
		if (t)
			t->field = field;
		*at = colon;
		return t != NULL;
	}
	enum token_kind kind = classify_word(p, start, end, &to);
	struct token *t = add_token(p, kind, start, end);
	if (t)
		t->to = (uint32_t)to;
	*at = end;
	return t != NULL;
}

static bool lex_token(struct parser *p, size_t *at)
{
	char c = char_at(p, *at);
	bool value = p->count > 0 && p->tokens[p->count - 1].kind == TOKEN_FIELD && p->tokens[p->count - 1].end == *at;
	if (is_quote(p, *at))
		return lex_phrase(p, at);
	if (c == '(' || c == ')' || (!value && is_sign(p, *at))) {
		enum token_kind kind = c == '('   ? TOKEN_OPEN
				       : c == ')' ? TOKEN_CLOSE
				       : c == '+' ? TOKEN_PLUS
						  : TOKEN_MINUS;
		(*at)++;
		return add_token(p, kind, *at - 1, *at) != NULL;
	}
	return lex_word(p, at, value);
}

static bool lex(struct parser *p)
{
	size_t at = 0;
	while (at < p->text.length) {
		if (is_space(p, at))
			at++;
		else if (!lex_token(p, &at))
			return false;
	}
	return add_token(p, TOKEN_END, at, at) != NULL;
}

/* ---- tokens judged as a whole ---- */

static bool is_capital_operator(enum token_kind kind)
{
	return kind == TOKEN_AND || kind == TOKEN_OR || kind == TOKEN_NOT || kind == TOKEN_NEAR;
}

static size_t count_kind(const struct parser *p, enum token_kind kind)
{
	size_t n = 0;
	for (size_t i = 0; i < p->count; i++)
		n += p->tokens[i].kind == kind;
	return n;
}

/* How many operators that are unmistakable. */
static size_t count_signs(const struct parser *p)
{
	return count_kind(p, TOKEN_PLUS) + count_kind(p, TOKEN_MINUS) + count_kind(p, TOKEN_FIELD);
}

/* No small letter, and a word that is no acronym: SALES AND MARKETING MANAGER. */
static bool is_shouted(const struct parser *p)
{
	bool longer = false;
	for (size_t i = 0; i < p->text.length; i++)
		if (ascii_is_lower(p->text.at[i]))
			return false;
	for (size_t i = 0; i < p->count; i++) {
		const struct token *t = &p->tokens[i];
		size_t letters = 0;
		for (size_t k = t->from; k < t->to; k++)
			letters += is_letter(p->text.at[k]);
		longer |= t->kind == TOKEN_WORD && letters > 4;
	}
	return longer && count_signs(p) + count_kind(p, TOKEN_PHRASE) + count_kind(p, TOKEN_WILDCARD) == 0;
}

/* OR at either end of the query, or alone in brackets. */
static bool is_operating_room(const struct parser *p, size_t i)
{
	bool first = i == 0, last = p->tokens[i + 1].kind == TOKEN_END;
	return p->tokens[i].kind == TOKEN_OR &&
	       (first || last || (p->tokens[i - 1].kind == TOKEN_OPEN && p->tokens[i + 1].kind == TOKEN_CLOSE));
}

/* Turn operators into text where the whole query says so. */
static void judge_operators(struct parser *p)
{
	size_t operators = count_signs(p), rooms = 0;
	bool shouted = is_shouted(p);
	for (size_t i = 0; i + 1 < p->count; i++) {
		if (shouted && is_capital_operator(p->tokens[i].kind))
			p->tokens[i].kind = TOKEN_WORD;
		operators += is_capital_operator(p->tokens[i].kind);
		rooms += is_operating_room(p, i);
	}
	if (rooms == operators) {
		for (size_t i = 0; i + 1 < p->count; i++)
			if (is_operating_room(p, i))
				p->tokens[i].kind = TOKEN_WORD;
		operators = 0;
	}
	p->query->boolean = operators > 0;
}

/* Brackets are text in a query that is not Boolean, but where there is nothing else. */
static void judge_brackets(struct parser *p)
{
	size_t brackets = count_kind(p, TOKEN_OPEN) + count_kind(p, TOKEN_CLOSE);
	if (brackets == p->count - 1)
		p->query->boolean = true;
	for (size_t i = 0; !p->query->boolean && i < p->count; i++)
		if (p->tokens[i].kind == TOKEN_OPEN || p->tokens[i].kind == TOKEN_CLOSE)
			p->tokens[i].kind = TOKEN_WORD;
}

/* Whether a word is a measure: 25-30 hours, 15-20 people. */
static bool is_measure(const struct parser *p, const struct token *t)
{
	static const char *const measures[] = {
		"hour",  "hours",  "hr",      "hrs",       "h",     "year",    "years",   "yr",      "yrs",
		"month", "months", "week",    "weeks",     "day",   "days",    "minute",  "minutes", "min",
		"mins",  "people", "persons", "employees", "staff", "reports", "members", "beds",    "bed",
		"units", "lbs",    "lb",      "pounds",    "tons",  "ton",     "percent", "shift",   "shifts",
		"k",     "am",     "pm",      "miles",     "feet",  "ft",      "grade",   "grades",
	};
	size_t end = t->start;
	while (t->kind == TOKEN_WORD && end < t->end && is_letter(p->text.at[end]))
		end++;
	for (size_t i = 0; i < sizeof measures / sizeof *measures; i++)
		if (slice_equal_nocase(piece(p, t->start, end), slice_of(measures[i])))
			return true;
	return false;
}

/* 15-20, or the shift 11-7. */
static bool is_range(const struct parser *p, const struct token *t)
{
	const char *at = p->text.at + t->from;
	switch (t->to - t->from) {
	case 4:
		return memcmp(at, "12", 2) <= 0;
	case 5:
		return memcmp(at + 3, at, 2) > 0;
	default:
		return false;
	}
}

static void judge_codes(struct parser *p)
{
	for (size_t i = 0; i + 1 < p->count; i++) {
		struct token *t = &p->tokens[i];
		bool full;
		if (t->kind != TOKEN_CODE || (filter_is_code(piece(p, t->from, t->to), &full) && full) ||
		    (i > 0 && p->tokens[i - 1].kind == TOKEN_FIELD))
			continue;
		if (is_measure(p, t + 1) || (i > 0 && !p->query->boolean && is_range(p, t)))
			t->kind = TOKEN_WORD;
	}
}

/* A lone * would stand for every word. */
static bool check_stars(struct parser *p)
{
	size_t stars = 0;
	const struct token *last = NULL;
	for (size_t i = 0; i + 1 < p->count; i++) {
		const struct token *t = &p->tokens[i];
		size_t n = 0;
		while (t->kind == TOKEN_WORD && t->start + n < t->end && p->text.at[t->start + n] == '*')
			n++;
		if (n == 0 || t->start + n < t->end)
			continue;
		stars++;
		last = t;
		if (i > 0 && p->tokens[i - 1].kind == TOKEN_FIELD)
			stars = p->count;
	}
	return stars == 0 || stars < p->count - 1 ||
	       fail_at(p, last->start, "write the letters that the word begins with: nurs*",
		       "a * alone would stand for every word");
}

/* ---- the tree ---- */

static const struct token *peek(const struct parser *p)
{
	return &p->tokens[p->at];
}

static struct query_node *new_node(struct parser *p, enum query_node_kind kind, const struct token *t)
{
	if (++p->query->nodes > QUERY_NODES_MAX) {
		error_set(p->err, ERROR_LIMIT, "ask in parts, or leave the operators out",
			  "the query has more than %u parts", QUERY_NODES_MAX);
		query_error_at(p->err, p->text, t->start);
		return NULL;
	}
	struct query_node *node = arena_alloc(p->arena, sizeof *node, p->err);
	if (node)
		*node = (struct query_node){ .kind = kind,
					     .field = FIELD_COUNT,
					     .start = t->start,
					     .end = t->end,
					     .from = t->from,
					     .to = t->to,
					     .held = -1 };
	return node;
}

static struct query_node *fail_node(struct parser *p, size_t at, const char *hint, const char *text)
{
	fail_at(p, at, hint, text);
	return NULL;
}

/* Children of one node, in order. */
struct children {
	struct query_node *first, *last;
	size_t count;
};

static void append_child(struct children *c, struct query_node *child)
{
	if (c->last)
		c->last->next = child;
	else
		c->first = child;
	for (c->last = child, c->count++; c->last->next; c->count++)
		c->last = c->last->next;
}

/* The only child itself, or a node that holds them all. */
static struct query_node *join_children(struct parser *p, enum query_node_kind kind, const struct children *c,
					const struct token *begin)
{
	if (c->count == 1)
		return c->first;
	struct query_node *node = new_node(p, kind, begin);
	if (!node)
		return NULL;
	node->first = c->first;
	node->end = c->last->end;
	return node;
}

static bool begins_item(enum token_kind kind)
{
	return kind == TOKEN_WORD || kind == TOKEN_PHRASE || kind == TOKEN_WILDCARD || kind == TOKEN_CODE ||
	       kind == TOKEN_FIELD || kind == TOKEN_OPEN || kind == TOKEN_PLUS || kind == TOKEN_MINUS;
}

static bool is_filter(enum field field)
{
	return field != FIELD_COUNT && !field_specs[field].prefix;
}

static struct query_node *parse_or(struct parser *p, enum field field);
static struct query_node *parse_item(struct parser *p, enum field field);

static struct query_node *parse_brackets(struct parser *p, enum field field)
{
	const struct token *open = peek(p);
	if (p->depth >= QUERY_DEPTH_MAX) {
		error_set(p->err, ERROR_LIMIT, "ask with fewer brackets", "brackets are nested more than %d deep",
			  QUERY_DEPTH_MAX);
		query_error_at(p->err, p->text, open->start);
		return NULL;
	}
	p->depth++;
	p->at++;
	if (peek(p)->kind == TOKEN_CLOSE)
		return fail_node(p, open->start, "put words between them, or take them out",
				 "nothing stands between these brackets");
	if (peek(p)->kind == TOKEN_END)
		return fail_node(p, open->start, "close it with ), or take it out", "a bracket is never closed");
	struct query_node *node = parse_or(p, field);
	if (!node)
		return NULL;
	if (peek(p)->kind != TOKEN_CLOSE)
		return fail_node(p, open->start, "close it with ), or take it out", "a bracket is never closed");
	p->at++;
	p->depth--;
	return node;
}

/* The value of code:, group: or zone:. */
static struct query_node *parse_filter(struct parser *p, enum field field)
{
	const struct token *t = peek(p);
	struct query_node *node = new_node(p, QUERY_FILTER, t);
	if (!node)
		return NULL;
	struct slice value = piece(p, t->from, t->to);
	struct filter_group group;
	unsigned zones;
	bool ok = field == FIELD_ZONE ? filter_read_zones(value, &zones, p->err)
				      : filter_next_group(&value, &group, p->err);
	while (ok && field != FIELD_ZONE && value.length > 0)
		ok = filter_next_group(&value, &group, p->err);
	if (!ok) {
		query_error_at(p->err, p->text, t->from);
		return NULL;
	}
	node->field = field;
	p->at++;
	return node;
}

static struct query_node *parse_leaf(struct parser *p, enum field field)
{
	const struct token *t = peek(p);
	if (is_filter(field))
		return parse_filter(p, field);
	if (t->kind == TOKEN_CODE && field == FIELD_COUNT) {
		struct query_node *code = parse_filter(p, FIELD_GROUP);
		if (code)
			code->bare = true;
		return code;
	}
	struct query_node *node = new_node(p,
					   t->kind == TOKEN_PHRASE     ? QUERY_PHRASE
					   : t->kind == TOKEN_WILDCARD ? QUERY_WILDCARD
								       : QUERY_TEXT,
					   t);
	if (node)
		node->field = field;
	p->at++;
	return node;
}

static struct query_node *parse_primary(struct parser *p, enum field field)
{
	const struct token *t = peek(p);
	switch (t->kind) {
	case TOKEN_FIELD:
		/* The value is right behind it: the token was taken for a field by that. */
		p->at++;
		struct query_node *node = parse_primary(p, t->field);
		if (node)
			node->start = t->start;
		return node;
	case TOKEN_OPEN:
		return parse_brackets(p, field);
	default:
		return parse_leaf(p, field);
	}
}

/* ---- NEAR ---- */

static bool check_operand(struct parser *p, const struct query_node *first, const struct query_node *node, size_t at)
{
	if (node->kind != QUERY_TEXT && node->kind != QUERY_PHRASE)
		return fail_at(p, at, "write (a NEAR/5 b) OR (a NEAR/5 c) for more",
			       "NEAR stands between words and phrases");
	return node->field == first->field ||
	       fail_at(p, at, "give both one field: task:(test NEAR/5 software)",
		       "the words on both sides of NEAR are to stand in different fields");
}

static struct query_node *parse_near(struct parser *p, enum field field)
{
	const struct token *begin = peek(p);
	struct children c = { 0 };
	struct query_node *node = parse_primary(p, field);
	uint32_t distance = 0;
	if (!node || peek(p)->kind != TOKEN_NEAR)
		return node;
	if (!check_operand(p, node, node, begin->start))
		return NULL;
	append_child(&c, node);
	while (peek(p)->kind == TOKEN_NEAR) {
		const struct token *t = peek(p);
		distance = t->distance > distance ? t->distance : distance;
		p->at++;
		enum token_kind next = peek(p)->kind;
		if (!begins_item(next) || next == TOKEN_PLUS || next == TOKEN_MINUS)
			return fail_node(p, t->start, "write it small where the word is meant",
					 "NEAR needs a word or a phrase behind it");
		size_t start = peek(p)->start;
		node = parse_primary(p, field);
		if (!node || !check_operand(p, c.first, node, start))
			return NULL;
		append_child(&c, node);
	}
	node = join_children(p, QUERY_NEAR, &c, begin);
	if (node)
		node->distance = distance;
	return node;
}

/* ---- lists, AND, OR ---- */

static struct query_node *parse_item(struct parser *p, enum field field)
{
	const struct token *sign = peek(p);
	bool must = sign->kind == TOKEN_PLUS, negated = sign->kind == TOKEN_MINUS;
	p->at += must || negated;
	struct query_node *node = parse_near(p, field);
	if (!node || (!must && !negated))
		return node;
	struct query_node *whole = new_node(p, must ? QUERY_MUST : QUERY_NOT, sign);
	if (!whole)
		return NULL;
	whole->first = node;
	whole->end = node->end;
	return whole;
}

/* Items side by side.  Words that follow each other make one text. */
static struct query_node *parse_list(struct parser *p, enum field field)
{
	const struct token *begin = peek(p);
	struct children c = { 0 };
	bool open_text = false;
	while (begins_item(peek(p)->kind)) {
		const struct token *t = peek(p);
		bool word = t->kind == TOKEN_WORD && !is_filter(field) && p->tokens[p->at + 1].kind != TOKEN_NEAR;
		if (word && open_text) {
			c.last->to = c.last->end = t->end;
			p->at++;
			continue;
		}
		struct query_node *node = parse_item(p, field);
		if (!node)
			return NULL;
		append_child(&c, node->kind == QUERY_LIST ? node->first : node);
		open_text = word;
	}
	/* Of two zones side by side an occupation can have but one. */
	return join_children(p, is_filter(field) ? QUERY_OR : QUERY_LIST, &c, begin);
}

static const char *operator_name(const struct token *t)
{
	return t->kind == TOKEN_AND ? "AND" : t->kind == TOKEN_OR ? "OR" : t->kind == TOKEN_NOT ? "NOT" : "NEAR";
}

static struct query_node *fail_operator(struct parser *p, const struct token *t, const char *where)
{
	char text[64];
	snprintf(text, sizeof text, "there is nothing %s %s", where, operator_name(t));
	return fail_node(p, t->start, "write it small where the word is meant", text);
}

/* An operand of AND or OR.  `before` is the operator that it follows, or NULL. */
static struct query_node *parse_operand(struct parser *p, enum field field, const struct token *before)
{
	const struct token *t = peek(p);
	if (begins_item(t->kind))
		return parse_list(p, field);
	if (before)
		return fail_operator(p, before, "behind");
	if (is_capital_operator(t->kind))
		return fail_operator(p, t, "before");
	return fail_node(p, t->start, "take it out, or put ( before what it is to close",
			 "this bracket closes nothing");
}

static struct query_node *parse_negated(struct parser *p, enum field field)
{
	const struct token *not = peek(p);
	p->at++;
	if (!begins_item(peek(p)->kind))
		return fail_operator(p, not, "behind");
	struct query_node *child = parse_item(p, field), *node = child ? new_node(p, QUERY_NOT, not ) : NULL;
	if (!node)
		return NULL;
	node->first = child;
	node->end = child->end;
	return node;
}

/* Operands joined by AND; NOT takes the next item alone, and what follows it is one more operand. */
static struct query_node *parse_and(struct parser *p, enum field field, const struct token *before)
{
	const struct token *begin = peek(p);
	struct children c = { 0 };
	for (;;) {
		bool negated = peek(p)->kind == TOKEN_NOT;
		struct query_node *node = negated ? parse_negated(p, field) : parse_operand(p, field, before);
		if (!node)
			return NULL;
		append_child(&c, node);
		const struct token *t = peek(p);
		before = t->kind == TOKEN_AND ? t : NULL;
		p->at += before != NULL;
		if (!before && t->kind != TOKEN_NOT && !(negated && begins_item(t->kind)))
			return join_children(p, QUERY_AND, &c, begin);
	}
}

static struct query_node *parse_or(struct parser *p, enum field field)
{
	const struct token *begin = peek(p), *before = NULL;
	struct children c = { 0 };
	for (;;) {
		struct query_node *node = parse_and(p, field, before);
		if (!node)
			return NULL;
		append_child(&c, node);
		before = peek(p);
		if (before->kind == TOKEN_NEAR)
			return fail_operator(p, before, "before");
		if (before->kind != TOKEN_OR)
			return join_children(p, QUERY_OR, &c, begin);
		p->at++;
	}
}

static bool check_length(struct slice text, struct error *err)
{
	size_t characters = 0;
	for (size_t i = 0; text.length > QUERY_LENGTH_MAX && i < text.length; i++)
		characters += ((unsigned char)text.at[i] & 0xC0) != 0x80;
	return characters <= QUERY_LENGTH_MAX ||
	       error_set(err, ERROR_LIMIT, "give longer texts by --text FILE, or --text - for standard input",
			 "the query has %zu characters; at most %u are read", characters, QUERY_LENGTH_MAX);
}

bool query_parse(struct slice text, struct arena *arena, struct parsed_query *out, struct error *err)
{
	struct parser p = { .query = out, .text = slice_trim(text), .arena = arena, .err = err };
	*out = (struct parsed_query){ .text = p.text };
	if (!check_length(p.text, err))
		return false;
	if (!needs_parsing(p.text))
		return true;
	if (!lex(&p))
		return false;
	judge_operators(&p);
	judge_brackets(&p);
	judge_codes(&p);
	if (!check_stars(&p))
		return false;
	out->root = parse_or(&p, FIELD_COUNT);
	if (out->root && peek(&p)->kind != TOKEN_END)
		out->root = parse_operand(&p, FIELD_COUNT, NULL); /* a bracket that closes nothing: says so */
	return out->root != NULL;
}

/* ---- printing ---- */

static bool print_leaf(const struct parsed_query *q, const struct query_node *n, struct buffer *out, struct error *err)
{
	static const char *const marks[][2] = { { "[", "]" }, { "\"", "\"" }, { "", "*" }, { "", "" } };
	return (n->field == FIELD_COUNT ||
		(buffer_append_text(out, field_specs[n->field].name, err) && buffer_append_byte(out, ':', err))) &&
	       buffer_append_text(out, marks[n->kind][0], err) &&
	       buffer_append(out, q->text.at + n->from, n->to - n->from, err) &&
	       buffer_append_text(out, marks[n->kind][1], err);
}

bool query_print(const struct parsed_query *q, const struct query_node *n, struct buffer *out, struct error *err)
{
	static const char *const names[] = { "list", "and", "or", "not", "must", "near" };
	if (n->kind <= QUERY_FILTER)
		return print_leaf(q, n, out, err);
	bool ok = buffer_printf(out, err, "(%s", names[n->kind - QUERY_LIST]);
	if (ok && n->kind == QUERY_NEAR)
		ok = buffer_printf(out, err, "/%u", n->distance);
	for (const struct query_node *child = n->first; ok && child; child = child->next)
		ok = buffer_append_byte(out, ' ', err) && query_print(q, child, out, err);
	return ok && buffer_append_byte(out, ')', err);
}
