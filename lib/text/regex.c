// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * regex.c - compiles and runs patterns by PCRE2, within bounds.
 */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <utf8proc.h>

#include "lib/base/error_caret.h"
#include "lib/text/regex.h"
#include "lib/base/utf8.h"

/* The machine code's own stack: bytes to begin with, and at most. */
#define JIT_STACK_BEGIN (32 << 10)
#define JIT_STACK_MAX (1 << 20)

/* Deeper groups are a mistake or an attack. */
#define NEST_MAX 100

/* One reading of a pattern. */
struct reading {
	pcre2_code *code; /* NULL: not made yet */
	unsigned waits;   /* so many texts more until machine code is worth its making */
};

/*
 * A rule has two readings, each made when it is first needed: over characters, and over the bytes of texts that are
 * ASCII, as nearly all are.  The second takes half the time to make and to match, and finds the same: characters beyond
 * ASCII, which such texts do not have, stand in it as the byte FF.
 */
struct regex {
	pcre2_general_context *memory;
	pcre2_compile_context *compile;
	pcre2_match_context *match;
	pcre2_jit_stack *stack; /* NULL where there is no just-in-time compiler */
	struct reading wide;
	struct reading ascii;
	pcre2_match_data *data;
	bool ignores_case;
	struct slice rule; /* its source; empty: no rule */
};

/* Making machine code of a pattern takes as long as looking at some dozens of titles without. */
#define TEXTS_BEFORE_CODE 32

/* ---- memory through the one door that tests can make fail ---- */

static void *take(size_t size, void *ctx)
{
	(void)ctx;
	return memory_resize(NULL, size);
}

static void give(void *old, void *ctx)
{
	(void)ctx;
	memory_free(old);
}

/* ---- smart case ---- */

/* Behind a backslash: the end of the escape, whose letters are no text.  `\Q` is followed by text. */
static size_t skip_escape(struct slice s, size_t at)
{
	if (at + 1 >= s.length)
		return s.length;
	char kind = s.at[at + 1], close = 0;
	at += 2;
	if (at >= s.length || kind == '\0' || !strchr("pPxoNgkc", kind))
		return at;
	if (kind == 'c')
		return at + 1;
	switch (s.at[at]) {
	case '{':
		close = '}';
		break;
	case '<':
		close = '>';
		break;
	case '\'':
		close = '\'';
		break;
	default:
		break;
	}
	if (close) {
		const char *end = memchr(s.at + at + 1, close, s.length - at - 1);
		return end ? (size_t)(end - s.at) + 1 : at;
	}
	if (kind == 'p' || kind == 'P')
		return at + 1;
	for (int digits = 0;
	     kind == 'x' && digits < 2 && at < s.length && s.at[at] && strchr("0123456789abcdefABCDEF", s.at[at]);
	     digits++)
		at++;
	return at;
}

static bool is_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

static size_t skip_name(struct slice s, size_t at)
{
	while (at < s.length && is_name(s.at[at]))
		at++;
	return at;
}

/* Behind an opening parenthesis: the end of `?i`, `?<name>`, `?P>name`, `*VERB` and the like. */
static size_t skip_group(struct slice s, size_t at)
{
	at++;
	if (at >= s.length || (s.at[at] != '?' && s.at[at] != '*'))
		return at;
	at++;
	if (at < s.length && s.at[at] == 'P')
		at++;
	/* Names and letters of options follow; but behind `?>`, `?=`, `?<=` and the like stands text. */
	bool python = s.at[at - 1] == 'P';
	if (at < s.length && strchr("=!>:|#", s.at[at]) && !python)
		return at + 1;
	while (at < s.length && s.at[at] && strchr("<>='&^-", s.at[at]))
		if (s.at[at++] == '=' && !python)
			return at;
	return skip_name(s, at);
}

static bool is_capital(struct slice s, size_t at, size_t *length)
{
	int32_t c;
	*length = 1;
	if ((unsigned char)s.at[at] < 0x80)
		return s.at[at] >= 'A' && s.at[at] <= 'Z';
	size_t n = utf8_decode(s, at, &c);
	if (n == 0)
		return false;
	*length = n;
	utf8proc_category_t category = utf8proc_category(c);
	return category == UTF8PROC_CATEGORY_LU || category == UTF8PROC_CATEGORY_LT;
}

/* Whether a capital letter stands in the pattern as text. */
static bool has_capital(struct slice s)
{
	bool quoted = false;
	for (size_t at = 0; at < s.length;) {
		size_t length = 1;
		bool escape = s.at[at] == '\\' && at + 1 < s.length;
		if (quoted) {
			quoted = !(escape && s.at[at + 1] == 'E');
			if (quoted && is_capital(s, at, &length))
				return true;
			at += quoted ? length : 2;
		} else if (s.at[at] == '\\') {
			quoted = escape && s.at[at + 1] == 'Q';
			at = skip_escape(s, at);
		} else if (s.at[at] == '(') {
			at = skip_group(s, at);
		} else if (is_capital(s, at, &length)) {
			return true;
		} else {
			at += length;
		}
	}
	return false;
}

/* ---- compiling ---- */

static bool make_contexts(struct regex *p, struct error *err)
{
	p->memory = pcre2_general_context_create(take, give, NULL);
	p->compile = p->memory ? pcre2_compile_context_create(p->memory) : NULL;
	p->match = p->compile ? pcre2_match_context_create(p->memory) : NULL;
	p->data = p->match ? pcre2_match_data_create(1, p->memory) : NULL;
	if (!p->data)
		return error_no_memory(err);
	pcre2_set_max_pattern_length(p->compile, REGEX_LENGTH_MAX);
	pcre2_set_parens_nest_limit(p->compile, NEST_MAX);
	pcre2_set_match_limit(p->match, REGEX_STEPS_MAX);
	pcre2_set_depth_limit(p->match, REGEX_DEPTH_MAX);
	pcre2_set_heap_limit(p->match, REGEX_HEAP_MAX);
	return true;
}

static bool explain(int code, struct slice source, size_t offset, struct error *err)
{
	PCRE2_UCHAR text[256];
	if (code == PCRE2_ERROR_HEAP_FAILED || code == PCRE2_ERROR_NOMEMORY)
		return error_no_memory(err);
	if (pcre2_get_error_message(code, text, sizeof text) < 0)
		text[0] = '\0';
	error_set(err, ERROR_USAGE,
		  "a pattern is a Perl regular expression; \\ before a character takes it as it is: C\\+\\+",
		  "the pattern is wrong: %s", (const char *)text);
	return error_caret_add(err, source, offset);
}

/* Machine code where it can be had; without it the pattern is only slower. */
static void compile_further(struct regex *p, struct reading *r)
{
	if (pcre2_jit_compile(r->code, PCRE2_JIT_COMPLETE) != 0 || p->stack)
		return;
	p->stack = pcre2_jit_stack_create(JIT_STACK_BEGIN, JIT_STACK_MAX, p->memory);
	if (p->stack)
		pcre2_jit_stack_assign(p->match, NULL, p->stack);
}

#define WIDE_FLAGS (PCRE2_UTF | PCRE2_UCP | PCRE2_MATCH_INVALID_UTF)

static bool compile(struct regex *p, struct slice source, uint32_t flags, struct reading *r, struct error *err)
{
	int code = 0;
	PCRE2_SIZE offset = 0;
	flags |= PCRE2_NEVER_BACKSLASH_C | (p->ignores_case ? PCRE2_CASELESS : 0);
	r->code = pcre2_compile((PCRE2_SPTR)source.at, source.length, flags, &code, &offset, p->compile);
	return r->code || explain(code, source, offset, err);
}

static bool make(struct slice source, struct regex **out, struct error *err)
{
	*out = NULL;
	if (source.length == 0)
		return error_set(err, ERROR_USAGE, "say what the text holds, such as \\bnurse", "the pattern is empty");
	if (source.length > REGEX_LENGTH_MAX)
		return error_set(err, ERROR_LIMIT, "a pattern has at most 10,000 bytes", "the pattern is too long");
	struct regex *p = memory_new(sizeof *p, err);
	if (!p)
		return false;
	p->ignores_case = !has_capital(source);
	if (!make_contexts(p, err)) {
		regex_free(p);
		return false;
	}
	*out = p;
	return true;
}

bool regex_new(struct slice source, struct regex **out, struct error *err)
{
	if (!make(source, out, err))
		return false;
	if (compile(*out, source, WIDE_FLAGS, &(*out)->wide, err)) {
		compile_further(*out, &(*out)->wide);
		return true;
	}
	regex_free(*out);
	*out = NULL;
	return false;
}

bool regex_new_rule(struct slice source, struct regex **out, struct error *err)
{
	if (!make(source, out, err))
		return false;
	(*out)->rule = source;
	(*out)->wide.waits = (*out)->ascii.waits = TEXTS_BEFORE_CODE;
	return true;
}

void regex_free(struct regex *p)
{
	if (!p)
		return;
	pcre2_match_data_free(p->data);
	pcre2_code_free(p->wide.code);
	pcre2_code_free(p->ascii.code);
	pcre2_jit_stack_free(p->stack);
	pcre2_match_context_free(p->match);
	pcre2_compile_context_free(p->compile);
	pcre2_general_context_free(p->memory);
	memory_free(p);
}

bool regex_ignores_case(const struct regex *p)
{
	return p->ignores_case;
}

/* ---- the readings of a rule ---- */

static bool is_ascii(struct slice text)
{
	unsigned char all = 0;
	for (size_t i = 0; i < text.length; i++)
		all |= (unsigned char)text.at[i];
	return all < 0x80;
}

/* The length of a character beyond ASCII at `at`, as such or as \x{...}; 0: it is none. */
static size_t wide_character(struct slice s, size_t at)
{
	size_t end = at + 1, digits = 0;
	if ((unsigned char)s.at[at] >= 0x80) {
		while (end < s.length && utf8_continues(s.at[end]))
			end++;
		return end - at;
	}
	if (s.length - at < 4 || memcmp(s.at + at, "\\x{", 3) != 0)
		return 0;
	for (end = at + 3; end < s.length && s.at[end] != '}'; end++)
		digits++;
	return digits > 2 || s.at[at + 3] >= '8' ? end + 1 - at : 0;
}

static bool append_ascii(struct slice source, struct buffer *out, struct error *err)
{
	for (size_t at = 0; at < source.length;) {
		bool escape = source.at[at] == '\\' && at + 1 < source.length;
		size_t wide = wide_character(source, at), length = escape ? 2 : 1;
		if (!(wide ? buffer_append_text(out, "\\xff", err) : buffer_append(out, source.at + at, length, err)))
			return false;
		at += wide ? wide : length;
	}
	return true;
}

static bool compile_ascii(struct regex *p, struct error *err)
{
	struct buffer source = { 0 };
	bool ok = append_ascii(p->rule, &source, err) && compile(p, buffer_slice(&source), 0, &p->ascii, err);
	buffer_free(&source);
	return ok;
}

/* The reading for a text, with machine code where it has been asked often enough; NULL with *err. */
static const struct reading *need_reading(struct regex *p, struct slice text, struct error *err)
{
	bool ascii = p->rule.length && is_ascii(text);
	struct reading *r = ascii ? &p->ascii : &p->wide;
	if (!r->code && !(ascii ? compile_ascii(p, err) : compile(p, p->rule, WIDE_FLAGS, r, err)))
		return NULL;
	if (r->waits > 0 && --r->waits == 0)
		compile_further(p, r);
	return r;
}

/* ---- matching ---- */

enum regex_result regex_find(struct regex *p, struct slice text, size_t from, struct regex_span *place,
			     struct error *err)
{
	*place = (struct regex_span){ 0 };
	if (from > text.length)
		return REGEX_ABSENT;
	const struct reading *r = need_reading(p, text, err);
	if (!r)
		return REGEX_FAILED;
	int found = pcre2_match(r->code, (PCRE2_SPTR)(text.at ? text.at : ""), text.length, from, 0, p->data, p->match);
	if (found >= 0) {
		const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(p->data);
		place->start = ends[0];
		place->length = ends[1] > ends[0] ? ends[1] - ends[0] : 0;
		return REGEX_FOUND;
	}
	switch (found) {
	case PCRE2_ERROR_NOMATCH:
		return REGEX_ABSENT;
	case PCRE2_ERROR_NOMEMORY:
		error_no_memory(err);
		return REGEX_FAILED;
	default:
		/* Steps, depth, heap, the stack of the machine code, recursion without end. */
		return REGEX_GAVE_UP;
	}
}

size_t regex_after(struct slice text, struct regex_span place)
{
	size_t at = place.start + place.length;
	if (place.length > 0)
		return at;
	at++;
	while (at < text.length && utf8_continues(text.at[at]))
		at++;
	return at;
}
