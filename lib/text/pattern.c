// SPDX-License-Identifier: GPL-3.0-or-later
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <utf8proc.h>

#include "lib/base/caret.h"
#include "lib/text/pattern.h"

/* The machine code's own stack: bytes to begin with, and at most. */
#define JIT_STACK_BEGIN (32 << 10)
#define JIT_STACK_MAX (1 << 20)

/* Deeper groups are a mistake or an attack. */
#define NEST_MAX 100

struct pattern {
	pcre2_general_context *memory;
	pcre2_compile_context *compile;
	pcre2_match_context *match;
	pcre2_jit_stack *stack;          /* NULL where there is no just-in-time compiler */
	pcre2_code *code;
	pcre2_match_data *data;
	bool ignores_case;
	unsigned waits;                  /* so many texts more until machine code is worth its making */
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
	case '{': close = '}'; break;
	case '<': close = '>'; break;
	case '\'': close = '\''; break;
	default:
		break;
	}
	if (close) {
		const char *end = memchr(s.at + at + 1, close, s.length - at - 1);
		return end ? (size_t)(end - s.at) + 1 : at;
	}
	if (kind == 'p' || kind == 'P')
		return at + 1;
	for (int digits = 0; kind == 'x' && digits < 2 && at < s.length && s.at[at] &&
	     strchr("0123456789abcdefABCDEF", s.at[at]); digits++)
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
	utf8proc_int32_t c;
	utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)s.at + at,
					      (utf8proc_ssize_t)(s.length - at), &c);
	*length = n > 0 ? (size_t)n : 1;
	if (n <= 0)
		return false;
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

static bool make_contexts(struct pattern *p, struct error *err)
{
	p->memory = pcre2_general_context_create(take, give, NULL);
	p->compile = p->memory ? pcre2_compile_context_create(p->memory) : NULL;
	p->match = p->compile ? pcre2_match_context_create(p->memory) : NULL;
	if (!p->match)
		return error_no_memory(err);
	pcre2_set_max_pattern_length(p->compile, PATTERN_LENGTH_MAX);
	pcre2_set_parens_nest_limit(p->compile, NEST_MAX);
	pcre2_set_match_limit(p->match, PATTERN_STEPS_MAX);
	pcre2_set_depth_limit(p->match, PATTERN_DEPTH_MAX);
	pcre2_set_heap_limit(p->match, PATTERN_HEAP_MAX);
	return true;
}

static bool explain(int code, struct slice source, size_t offset, struct error *err)
{
	PCRE2_UCHAR text[256];
	if (code == PCRE2_ERROR_HEAP_FAILED || code == PCRE2_ERROR_NOMEMORY)
		return error_no_memory(err);
	if (pcre2_get_error_message(code, text, sizeof text) < 0)
		text[0] = '\0';
	error_set(err, ERROR_USAGE, "a pattern is a Perl regular expression; \\ before a character takes it as it is: "
		  "C\\+\\+", "the pattern is wrong: %s", (const char *)text);
	return caret_add(err, source, offset);
}

/* Machine code where it can be had; without it the pattern is only slower. */
static void compile_further(struct pattern *p)
{
	if (pcre2_jit_compile(p->code, PCRE2_JIT_COMPLETE) != 0)
		return;
	p->stack = pcre2_jit_stack_create(JIT_STACK_BEGIN, JIT_STACK_MAX, p->memory);
	if (p->stack)
		pcre2_jit_stack_assign(p->match, NULL, p->stack);
}

static bool compile(struct pattern *p, struct slice source, struct error *err)
{
	uint32_t flags = PCRE2_UTF | PCRE2_UCP | PCRE2_MATCH_INVALID_UTF | PCRE2_NEVER_BACKSLASH_C |
			 (p->ignores_case ? PCRE2_CASELESS : 0);
	int code = 0;
	PCRE2_SIZE offset = 0;
	p->code = pcre2_compile((PCRE2_SPTR)source.at, source.length, flags, &code, &offset, p->compile);
	if (!p->code)
		return explain(code, source, offset, err);
	p->data = pcre2_match_data_create(1, p->memory);
	if (!p->data)
		return error_no_memory(err);
	if (p->waits == 0)
		compile_further(p);
	return true;
}

static bool make(struct slice source, unsigned waits, struct pattern **out, struct error *err)
{
	*out = NULL;
	if (source.length == 0)
		return error_set(err, ERROR_USAGE, "say what the text holds, such as \\bnurse",
				 "the pattern is empty");
	if (source.length > PATTERN_LENGTH_MAX)
		return error_set(err, ERROR_LIMIT, "a pattern has at most 10,000 bytes", "the pattern is too long");
	struct pattern *p = memory_new(sizeof *p, err);
	if (!p)
		return false;
	p->ignores_case = !has_capital(source);
	p->waits = waits;
	if (!make_contexts(p, err) || !compile(p, source, err)) {
		pattern_free(p);
		return false;
	}
	*out = p;
	return true;
}

bool pattern_new(struct slice source, struct pattern **out, struct error *err)
{
	return make(source, 0, out, err);
}

bool pattern_new_rule(struct slice source, struct pattern **out, struct error *err)
{
	return make(source, TEXTS_BEFORE_CODE, out, err);
}

void pattern_free(struct pattern *p)
{
	if (!p)
		return;
	pcre2_match_data_free(p->data);
	pcre2_code_free(p->code);
	pcre2_jit_stack_free(p->stack);
	pcre2_match_context_free(p->match);
	pcre2_compile_context_free(p->compile);
	pcre2_general_context_free(p->memory);
	memory_free(p);
}

bool pattern_ignores_case(const struct pattern *p)
{
	return p->ignores_case;
}

/* ---- matching ---- */

enum pattern_result pattern_find(struct pattern *p, struct slice text, size_t from, struct pattern_place *place,
				 struct error *err)
{
	*place = (struct pattern_place){ 0 };
	if (from > text.length)
		return PATTERN_ABSENT;
	if (p->waits > 0 && --p->waits == 0)
		compile_further(p);
	int found = pcre2_match(p->code, (PCRE2_SPTR)(text.at ? text.at : ""), text.length, from, 0, p->data,
				p->match);
	if (found >= 0) {
		const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(p->data);
		place->start = ends[0];
		place->length = ends[1] > ends[0] ? ends[1] - ends[0] : 0;
		return PATTERN_FOUND;
	}
	switch (found) {
	case PCRE2_ERROR_NOMATCH:
		return PATTERN_ABSENT;
	case PCRE2_ERROR_NOMEMORY:
		error_no_memory(err);
		return PATTERN_FAILED;
	default:
		/* Steps, depth, heap, the stack of the machine code, recursion without end. */
		return PATTERN_GAVE_UP;
	}
}

size_t pattern_after(struct slice text, struct pattern_place place)
{
	size_t at = place.start + place.length;
	if (place.length > 0)
		return at;
	at++;
	while (at < text.length && ((unsigned char)text.at[at] & 0xC0) == 0x80)
		at++;
	return at;
}
