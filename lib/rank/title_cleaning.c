// SPDX-License-Identifier: GPL-3.0-or-later
/* title_cleaning.c - matches the rules of title_cleaning.def against a title and makes weighted spans of it. */
#include "lib/base/ascii.h"
#include "lib/rank/title_cleaning.h"

const struct title_rule_spec title_rule_specs[TITLE_RULE_COUNT] = {
#define TITLE_RULE(id, name, weight, triggers, pattern) { name, (float)(weight), triggers, pattern },
#include "lib/rank/title_cleaning.def"
#include "lib/text/stopwords.h"
#undef TITLE_RULE
};

_Static_assert(TITLE_RULE_COUNT <= 64, "a set of rules is a number of 64 bits");

/* ---- which rules a title needs at all ---- */

static bool load_triggers(struct title_cleaning *c, struct error *err)
{
	bool ok = true;
	for (unsigned i = 0; !c->ready && ok && i < TITLE_RULE_COUNT; i++)
		ok = rule_trigger_add(&c->triggers, i, title_rule_specs[i].triggers, err);
	c->ready = ok;
	return ok;
}

/* ---- rules ---- */

static bool need_pattern(struct title_cleaning *c, size_t rule, struct error *err)
{
	return c->patterns[rule] || regex_new_rule(slice_of(title_rule_specs[rule].pattern), &c->patterns[rule], err);
}

static void mark(struct title_cleaning *c, size_t rule, struct regex_span place)
{
	for (size_t i = place.start; i < place.start + place.length; i++) {
		unsigned char *now = &c->marks[i];
		if (!*now || title_rule_specs[rule].weight < title_rule_specs[*now - 1].weight)
			*now = (unsigned char)(rule + 1);
	}
}

/* So many places of a title can be turned round. */
#define TURNED_MAX 8

/* A title while rules are applied to it. */
struct title_reader {
	struct title_cleaning *cleaner;
	struct slice title;
	struct weighted_span turned[TURNED_MAX];
	size_t turned_count;
	struct error *err;
};

/* Mark what the rule takes hold of.  A title on which a pattern gives up is left alone by it. */
static bool apply_rule(struct title_reader *r, size_t rule)
{
	struct regex_span place;
	enum regex_result found = REGEX_ABSENT;
	if (!need_pattern(r->cleaner, rule, r->err))
		return false;
	for (size_t from = 0; from <= r->title.length; from = regex_after(r->title, place)) {
		found = regex_find(r->cleaner->patterns[rule], r->title, from, &place, r->err);
		if (found != REGEX_FOUND)
			break;
		if (rule != TITLE_RULE_TURNED)
			mark(r->cleaner, rule, place);
		else if (r->turned_count < TURNED_MAX)
			r->turned[r->turned_count++] =
				(struct weighted_span){ (uint32_t)place.start, (uint32_t)place.length, 1.0f };
	}
	return found != REGEX_FAILED;
}

/* ---- what is never cut ---- */

static bool is_word_byte(char c)
{
	return ascii_is_letter(c) || ascii_is_digit(c) || (unsigned char)c >= 0x80;
}

/* The next word from *at on, *at behind it; empty where there is none. */
static struct slice next_word(struct slice title, size_t *at)
{
	while (*at < title.length && !is_word_byte(title.at[*at]))
		++*at;
	size_t begin = *at;
	while (*at < title.length && is_word_byte(title.at[*at]))
		++*at;
	return (struct slice){ title.at + begin, *at - begin };
}

/* Whoever leads people is told from those who are led by just this word. */
static bool tells_of_leading(struct slice word)
{
	static const char *const words[] = { "manager", "managers",  "mgr",       "supervisor", "supervisors",
					     "supv",    "chief",     "chiefs",    "director",   "directors",
					     "dir",     "head",      "president", "vp",         "superintendent",
					     "foreman", "executive", "officer" };
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (slice_equal_nocase(word, slice_of(words[i])))
			return true;
	return false;
}

static void keep_leaders(struct title_cleaning *c, struct slice title)
{
	struct slice word;
	for (size_t at = 0; (word = next_word(title, &at)).length > 0;) {
		unsigned char *marks = &c->marks[word.at - title.at];
		if (*marks && *marks - 1 != TITLE_RULE_FURTHER && tells_of_leading(word))
			memset(marks, 0, word.length);
	}
}

static bool is_stop(struct slice word)
{
	char small[8];
	for (size_t i = 0; i < word.length && i < sizeof small; i++)
		small[i] = ascii_to_lower(word.at[i]);
	return word.length <= sizeof small && text_is_stop((struct slice){ small, word.length });
}

/* Whether a word counts in full. */
static bool anything_left(const struct title_cleaning *c, struct slice title)
{
	struct slice word;
	for (size_t at = 0; (word = next_word(title, &at)).length > 0;)
		if (!c->marks[word.at - title.at] && !is_stop(word))
			return true;
	return false;
}

/* ---- the whole ---- */

/* What is written, without the signs around it. */
static struct slice trim_signs(struct slice s)
{
	while (s.length && !is_word_byte(s.at[0]) && !strchr("$#", s.at[0])) {
		s.at++;
		s.length--;
	}
	while (s.length && !is_word_byte(s.at[s.length - 1]) && s.at[s.length - 1] != '%')
		s.length--;
	return s;
}

/* Each run of bytes that one rule holds is a span. */
static bool make_spans(const struct title_reader *r, struct arena *arena, struct cleaned_title *out)
{
	const unsigned char *marks = r->cleaner->marks;
	size_t most = r->title.length / 2 + 1;
	struct weighted_span *spans = arena_alloc(arena, most * sizeof *spans, r->err);
	out->parts = arena_alloc(arena, most * sizeof *out->parts, r->err);
	if (!spans || !out->parts)
		return false;
	for (size_t i = 0, end; i < r->title.length; i = end) {
		end = i + 1;
		while (end < r->title.length && marks[end] == marks[i])
			end++;
		struct slice written = trim_signs((struct slice){ r->title.at + i, end - i });
		if (!marks[i] || !written.length)
			continue;
		enum title_rule rule = marks[i] - 1;
		spans[out->span_weights.count++] =
			(struct weighted_span){ (uint32_t)i, (uint32_t)(end - i), title_rule_specs[rule].weight };
		out->parts[out->part_count++] = (struct title_part){ rule, written };
	}
	out->span_weights.at = spans;
	return true;
}

/* Add what is turned round: in the order of the title, before the parts. */
static bool make_turned(const struct title_reader *r, struct arena *arena, struct cleaned_title *out)
{
	size_t count = r->turned_count;
	struct weighted_span *turned = arena_alloc(arena, (count + 1) * sizeof *turned, r->err);
	struct title_part *parts = arena_alloc(arena, (count + out->part_count + 1) * sizeof *parts, r->err);
	if (!turned || !parts)
		return false;
	memcpy(turned, r->turned, count * sizeof *turned);
	for (size_t i = 0; i < count; i++)
		parts[i] =
			(struct title_part){ TITLE_RULE_TURNED, { r->title.at + turned[i].start, turned[i].length } };
	if (out->part_count)
		memcpy(parts + count, out->parts, out->part_count * sizeof *parts);
	out->parts = parts;
	out->part_count += count;
	out->span_weights.turned = turned;
	out->span_weights.turned_count = count;
	return true;
}

bool title_part_turn(struct slice written, struct buffer *out, struct error *err)
{
	struct slice word;
	for (size_t at = 0; (word = next_word(written, &at)).length > 0;) {
		if (!slice_equal_nocase(word, SLICE("of")))
			continue;
		const char *begin = word.at + word.length, *end = written.at + written.length;
		struct slice before = slice_trim((struct slice){ written.at, (size_t)(word.at - written.at) });
		struct slice behind = slice_trim((struct slice){ begin, (size_t)(end - begin) });
		return buffer_append(out, behind.at, behind.length, err) && buffer_append_byte(out, ' ', err) &&
		       buffer_append(out, before.at, before.length, err);
	}
	return true;
}

bool clean_title(struct title_cleaning *c, struct slice title, struct arena *arena, struct cleaned_title *out,
		 struct error *err)
{
	struct title_reader r = { .cleaner = c, .title = title, .err = err };
	*out = (struct cleaned_title){ 0 };
	if (title.length > CLEAN_TITLE_MAX)
		return true;
	if (!load_triggers(c, err))
		return false;
	uint64_t rules = rule_trigger_find(&c->triggers, title);
	if (!c->employer_after_comma)
		rules &= ~((uint64_t)1 << TITLE_RULE_AFTER_COMMA);
	if (!rules)
		return true;
	memset(c->marks, 0, title.length);
	for (size_t i = 0; i < TITLE_RULE_COUNT; i++)
		if (rules >> i & 1 && !apply_rule(&r, i))
			return false;
	keep_leaders(c, title);
	if (anything_left(c, title) && !make_spans(&r, arena, out))
		return false;
	return r.turned_count == 0 || make_turned(&r, arena, out);
}

void title_cleaning_free(struct title_cleaning *c)
{
	for (size_t i = 0; i < TITLE_RULE_COUNT; i++)
		regex_free(c->patterns[i]);
	rule_trigger_free(&c->triggers);
	*c = (struct title_cleaning){ 0 };
}
