// SPDX-License-Identifier: GPL-3.0-or-later
/* sentence_weighting.c - splits a text into sentences and weights each by the rules of sentence_weighting.def. */
#include "lib/base/ascii.h"
#include "lib/text/verb_forms.h"
#include "lib/rank/sentence_weighting.h"

const struct text_rule_spec text_rule_specs[TEXT_RULE_COUNT] = {
#define ANCHORED(heading) (sizeof(heading) > 1 ? "^(?:" heading ")$" : "")
#define TEXT_RULE(id, name, weight, outright, triggers, sentence, heading) \
	{ name, (float)(weight), outright, triggers, sentence, ANCHORED(heading) },
#include "lib/rank/sentence_weighting.def"
#undef TEXT_RULE
};

_Static_assert(TEXT_RULE_COUNT <= 64, "a set of rules is a number of 64 bits");

/* ---- sentences ---- */

/* What goes on without an end is cut here, so that no pattern sees more. */
#define SENTENCE_MAX 1200

/* A bullet at `at`, as its length; 0: none. */
static size_t bullet(struct slice text, size_t at)
{
	static const char *const wide[] = { "\xE2\x80\xA2", "\xE2\x97\x8F", "\xE2\x96\xAA",
					    "\xE2\x97\xA6", "\xC2\xB7",     "\xEF\x82\xB7" };
	for (size_t i = 0; (unsigned char)text.at[at] >= 0x80 && i < sizeof wide / sizeof *wide; i++) {
		size_t length = strlen(wide[i]);
		if (text.length - at >= length && memcmp(text.at + at, wide[i], length) == 0)
			return length;
	}
	return 0;
}

static bool is_open(char c)
{
	return ascii_is_space(c) || c == '-' || c == '*' || c == '>' || c == ',' || c == ';';
}

/* The next character that is no white space, or 0. */
static char after_space(struct slice text, size_t at)
{
	while (at < text.length && ascii_is_space(text.at[at]))
		at++;
	return at < text.length ? text.at[at] : '\0';
}

/* Whether a sentence ends with the character at `at`. */
static bool ends_at(struct slice text, size_t at)
{
	char c = text.at[at], next = at + 1 < text.length ? text.at[at + 1] : '\n';
	if (c == ';')
		return true;
	if (c == '\n')
		return !ascii_is_lower(after_space(text, at + 1)) || next == '\n';
	if (c != '.' && c != '!' && c != '?')
		return false;
	if (!ascii_is_space(next))
		return false;
	/* "J. Smith", "e.g. this" */
	bool initial = c == '.' && at >= 2 && ascii_is_letter(text.at[at - 1]) && !ascii_is_letter(text.at[at - 2]);
	return !initial && !ascii_is_lower(after_space(text, at + 1));
}

struct slice next_sentence(struct slice text, size_t *at)
{
	for (;;) {
		size_t mark;
		while (*at < text.length && is_open(text.at[*at]))
			++*at;
		if (*at >= text.length)
			return (struct slice){ 0 };
		mark = bullet(text, *at);
		if (mark == 0)
			break;
		*at += mark;
	}
	size_t begin = *at, end = begin;
	while (end < text.length && !bullet(text, end) && end - begin < SENTENCE_MAX) {
		if (ends_at(text, end++))
			break;
	}
	/* Rather between two words than within one. */
	size_t cut = end;
	while (end - begin == SENTENCE_MAX && cut > begin && !ascii_is_space(text.at[cut - 1]))
		cut--;
	if (cut > begin)
		end = cut;
	*at = end;
	while (end > begin && is_open(text.at[end - 1]))
		end--;
	return (struct slice){ text.at + begin, end - begin };
}

/* ---- rules ---- */

/* No rule: what is left counts in full. */
#define NO_RULE TEXT_RULE_COUNT

static bool load_triggers(struct sentence_weighting *w, struct error *err)
{
	bool ok = true;
	for (unsigned i = 0; !w->ready && ok && i < TEXT_RULE_COUNT; i++)
		ok = rule_trigger_add(&w->triggers, i, text_rule_specs[i].triggers, err);
	w->ready = ok;
	return ok;
}

static bool matches(struct regex **pattern, const char *source, struct slice text, bool *answer, struct error *err)
{
	struct regex_span place;
	*answer = false;
	if (!*source)
		return true;
	if (!*pattern && !regex_new_rule(slice_of(source), pattern, err))
		return false;
	enum regex_result found = regex_find(*pattern, text, 0, &place, err);
	*answer = found == REGEX_FOUND;
	return found != REGEX_FAILED;
}

static float weight_of(enum text_rule rule)
{
	return rule == NO_RULE ? 1.0f : text_rule_specs[rule].weight;
}

/* The rule of least weight that knows the sentence; of one that begins like a duty, an outright one. */
static bool find_rule(struct sentence_weighting *w, struct slice sentence, bool duty, enum text_rule *rule,
		      struct error *err)
{
	uint64_t rules = rule_trigger_find(&w->triggers, sentence);
	*rule = NO_RULE;
	for (unsigned i = 0; i < TEXT_RULE_COUNT; i++) {
		const struct text_rule_spec *r = &text_rule_specs[i];
		bool found;
		if (!(rules >> i & 1) || (duty && !r->outright) || r->weight >= weight_of(*rule))
			continue;
		if (!matches(&w->sentences[i], r->sentence, sentence, &found, err))
			return false;
		*rule = found ? (enum text_rule)i : *rule;
	}
	return true;
}

/* ---- headings ---- */

#define HEADING_MAX 60
/* A heading itself says nothing of the work. */
#define HEADING_WEIGHT 0.03f

static bool find_heading(struct sentence_weighting *w, struct slice heading, enum text_rule *rule, struct error *err)
{
	uint64_t rules = rule_trigger_find(&w->triggers, heading);
	*rule = NO_RULE;
	for (unsigned i = 0; i < TEXT_RULE_COUNT && *rule == NO_RULE; i++) {
		bool found;
		if (!(rules >> i & 1))
			continue;
		if (!matches(&w->headings[i], text_rule_specs[i].heading, heading, &found, err))
			return false;
		*rule = found ? (enum text_rule)i : *rule;
	}
	return true;
}

/* What of a sentence can be a heading: what stands before a colon, or the whole where it ends without a stop at the end of
 * its line. */
static struct slice heading_of(struct slice text, struct slice sentence)
{
	const char *colon = memchr(sentence.at, ':', sentence.length < HEADING_MAX ? sentence.length : HEADING_MAX);
	const char *end = sentence.at + sentence.length;
	if (colon)
		return slice_trim((struct slice){ sentence.at, (size_t)(colon - sentence.at) });
	bool line = (sentence.at == text.at || sentence.at[-1] == '\n') &&
		    (end == text.at + text.length || *end == '\n' || *end == '\r');
	if (!line || sentence.length > HEADING_MAX || strchr(".!?", end[-1]))
		return (struct slice){ 0 };
	return sentence;
}

/* ---- the whole ---- */

struct text_reader {
	struct sentence_weighting *w;
	struct slice text;
	enum text_rule section; /* of the last heading ... */
	size_t section_end;     /* ... which holds so far */
	size_t line_end;        /* of the line that was last asked for */
	struct weighted_span *spans;
	size_t capacity;
	struct arena *arena;
	struct weighted_text *out;
	struct error *err;
};

/* A sentence that a rule matched; a heading, with NO_RULE, is counted nowhere. */
static bool add_span(struct text_reader *t, struct slice sentence, enum text_rule rule, float weight)
{
	struct weighted_text *out = t->out;
	size_t count = out->span_weights.count;
	if (rule != NO_RULE && out->counts[rule]++ == 0)
		out->firsts[rule] = sentence;
	out->lessened += rule != NO_RULE;
	if (count == t->capacity) {
		size_t more = t->capacity ? 2 * t->capacity : 16;
		struct weighted_span *spans = arena_alloc(t->arena, more * sizeof *spans, t->err);
		if (!spans)
			return false;
		if (count)
			memcpy(spans, t->spans, count * sizeof *spans);
		t->spans = spans;
		t->capacity = more;
	}
	t->spans[out->span_weights.count++] =
		(struct weighted_span){ (uint32_t)(sentence.at - t->text.at), (uint32_t)sentence.length, weight };
	return true;
}

static bool begins_like_duty(struct slice sentence)
{
	char folded[24];
	size_t length = 0;
	while (length < sentence.length && length < sizeof folded && ascii_is_letter(sentence.at[length])) {
		folded[length] = ascii_to_lower(sentence.at[length]);
		length++;
	}
	struct slice word = { folded, length };
	return length > 0 && (verb_is_clear(word) || verb_form(word) == VERB_BASE);
}

/* Duties in a section of something else weigh at least so much. */
#define DUTY_ASTRAY 0.5f

/* A heading on a line of its own holds until the next; one before a colon to the end of its line, and where the whole text
 * is one line, for what stands behind it alone. */
static size_t end_of_section(struct text_reader *t, struct slice sentence, bool whole)
{
	size_t at = (size_t)(sentence.at - t->text.at) + sentence.length;
	if (t->line_end < at) {
		const char *line = memchr(t->text.at + at, '\n', t->text.length - at);
		t->line_end = line ? (size_t)(line - t->text.at) : t->text.length;
	}
	return whole ? t->text.length : t->line_end < t->text.length ? t->line_end : at;
}

static bool weigh_sentence(struct text_reader *t, struct slice sentence)
{
	struct slice heading = heading_of(t->text, sentence);
	enum text_rule rule = NO_RULE, found = NO_RULE;
	if (heading.length && !find_heading(t->w, heading, &found, t->err))
		return false;
	bool whole = heading.length + 1 >= sentence.length;
	if (found != NO_RULE || (heading.length && whole && sentence.at[sentence.length - 1] == ':')) {
		t->section = found;
		t->section_end = end_of_section(t, sentence, whole);
	} else if ((size_t)(sentence.at - t->text.at) >= t->section_end) {
		t->section = NO_RULE;
	}
	if (found != NO_RULE && whole)
		return add_span(t, sentence, NO_RULE, HEADING_WEIGHT);
	t->out->sentences++;
	bool duty = begins_like_duty(sentence);
	if (!find_rule(t->w, sentence, duty, &rule, t->err))
		return false;
	float weight = weight_of(rule);
	if (rule == NO_RULE) {
		rule = t->section;
		weight = weight_of(rule);
		weight = duty && weight < DUTY_ASTRAY ? DUTY_ASTRAY : weight;
	}
	return weight >= 1.0f || add_span(t, sentence, rule, weight);
}

bool weight_sentences(struct sentence_weighting *w, struct slice text, struct arena *arena, struct weighted_text *out,
		      struct error *err)
{
	struct text_reader t = { .w = w, .text = text, .section = NO_RULE, .arena = arena, .out = out, .err = err };
	struct slice sentence;
	*out = (struct weighted_text){ 0 };
	if (!load_triggers(w, err))
		return false;
	for (size_t at = 0; (sentence = next_sentence(text, &at)).length > 0;)
		if (!weigh_sentence(&t, sentence))
			return false;
	out->span_weights.at = t.spans;
	return true;
}

void sentence_weighting_free(struct sentence_weighting *w)
{
	for (size_t i = 0; i < TEXT_RULE_COUNT; i++) {
		regex_free(w->sentences[i]);
		regex_free(w->headings[i]);
	}
	rule_trigger_free(&w->triggers);
	*w = (struct sentence_weighting){ 0 };
}
