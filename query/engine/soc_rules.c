// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * soc_rules.c - the skill that codes require, duties that tell of supervising, and when each rule of the SOC manual
 * applies.
 */
#include <stdarg.h>
#include <stdlib.h>

#include "lib/text/verb_forms.h"
#include "query/engine/fact_lookup.h"
#include "query/engine/soc_rules.h"

const struct rule_spec rule_specs[RULE_COUNT] = {
#define RULE(id, key, number, text) { key, number, text },
#include "query/engine/soc_rules.def"
#undef RULE
};

/* ---- skill ---- */

/* The education that is typical for entry, as the projections name it, from less to more. */
static const char *const entries[] = {
	"No formal educational credential",
	"High school diploma or equivalent",
	"Some college, no degree",
	"Postsecondary nondegree award",
	"Associate's degree",
	"Bachelor's degree",
	"Master's degree",
	"Doctoral or professional degree",
};

static void read_zones(struct session *session, size_t first, size_t end, struct skill *s)
{
	char low[ZONE_LABEL_SIZE], high[ZONE_LABEL_SIZE];
	for (size_t i = first; i < end; i++) {
		uint32_t zone = session->index->entries[i].zone;
		if (zone == 0)
			continue;
		if (s->zone_low == 0 || zone < s->zone_low)
			s->zone_low = zone;
		if (zone > s->zone_high)
			s->zone_high = zone;
	}
	if (s->zone_low == 0)
		return;
	reference_zone_label(&session->index->reference, s->zone_low, low);
	reference_zone_label(&session->index->reference, s->zone_high, high);
	snprintf(s->zone, sizeof s->zone, s->zone_low == s->zone_high ? "%.9s" : "%.9s to %.9s", low, high);
	const struct zone_reference *z = reference_zone(&session->index->reference, s->zone_low);
	if (z && s->zone_low == s->zone_high)
		s->svp = z->svp;
}

bool skill_find(struct session *s, const struct code *code, size_t first, size_t end, struct skill *out)
{
	*out = (struct skill){ 0 };
	if (!soc_index_need_reference(s->index, s->err) || !soc_index_need_facts_of(s->index, code, 1, s->err))
		return false;
	read_zones(s, first, end, out);
	struct fact_answer entry = fact_find_key_of(s->index, FACT_ENTRY_EDUCATION, code);
	if (entry.count == 0)
		return true;
	out->entry = entry.at->text;
	for (unsigned i = 0; i < sizeof entries / sizeof *entries; i++)
		if (slice_equal_nocase(out->entry, slice_of(entries[i])))
			out->entry_rank = i + 1;
	return true;
}

static int compare_entries(const struct skill *a, const struct skill *b)
{
	if (!a->entry_rank || !b->entry_rank)
		return 0;
	return (int)a->entry_rank - (int)b->entry_rank;
}

int skill_compare(const struct skill *a, const struct skill *b, enum skill_measure *by)
{
	*by = SKILL_ZONE;
	if (a->zone_low && b->zone_low) {
		if (a->zone_low > b->zone_high)
			return 1;
		if (a->zone_high < b->zone_low)
			return -1;
	}
	int entry = compare_entries(a, b);
	*by = entry ? SKILL_ENTRY : SKILL_NONE;
	return entry;
}

/* ---- words that tell of supervising ---- */

/* These say it alone; but not "supervised by", and not under or with supervision. */
#define SUPERVISE "supervise supervises supervised supervising supervision supervisory"
#define NOT_BEFORE "under with without minimal little limited general close direct"
#define LEAD \
	"oversee oversees overseeing manage manages managing lead leads leading direct directs directing " \
	"assign assigns assigning schedule schedules scheduling evaluate evaluates evaluating " \
	"appraise appraises appraising hire hires hiring discipline disciplines disciplining " \
	"coordinate coordinates coordinating"
#define LED "staff employees workers team teams crew crews subordinates associates reports technicians assistants"
/* So many words behind a verb of leading, people may stand. */
#define LED_WITHIN 6

static bool is_supervising(const struct text_words *words, size_t at)
{
	struct slice word = words->at[at].folded;
	if (!word_is_listed(word, SUPERVISE))
		return false;
	if (slice_equal(word, SLICE("supervised")) && at + 1 < words->count &&
	    slice_equal(words->at[at + 1].folded, SLICE("by")))
		return false;
	for (size_t k = 1; slice_equal(word, SLICE("supervision")) && k <= 3 && k <= at; k++)
		if (word_is_listed(words->at[at - k].folded, NOT_BEFORE))
			return false;
	return true;
}

static bool is_leading(const struct text_words *words, size_t at)
{
	if (!word_is_listed(words->at[at].folded, LEAD))
		return false;
	for (size_t k = 1; k <= LED_WITHIN && at + k < words->count; k++)
		if (word_is_listed(words->at[at + k].folded, LED))
			return true;
	return false;
}

bool rules_find_supervising(struct text_words duty)
{
	for (size_t i = 0; i < duty.count; i++)
		if (is_supervising(&duty, i) || is_leading(&duty, i))
			return true;
	return false;
}

/* ---- what rules are tried on ---- */

struct trial {
	struct session *session;
	const struct rule_case *job;
	struct buffer because; /* empty: the rule does not apply */
	bool ok;
};

static void say(struct trial *x, const char *format, ...) ERROR_PRINTF(2, 3);

static void say(struct trial *x, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	x->ok = x->ok && buffer_vprintf(&x->because, x->session->err, format, arguments);
	va_end(arguments);
}

static const struct rule_code *leading(const struct trial *x, size_t i)
{
	return &x->job->leading[i];
}

static unsigned major_of(const struct rule_code *code)
{
	return (unsigned)strtoul(code->target->code.text, NULL, 10);
}

static int percent(double share)
{
	return (int)(100.0 * share + 0.5);
}

static void say_code(struct trial *x, const struct rule_code *code)
{
	say(x, "%s %.*s", code->target->code.text, (int)code->target->title.length, code->target->title.at);
}

/* "A (60%), B (30%) and C (25%)" of the leading codes that are `wanted`; all for NULL. */
static void say_leading(struct trial *x, const bool *wanted)
{
	size_t count = 0, said = 0;
	for (size_t i = 0; i < x->job->leading_count; i++)
		count += !wanted || wanted[i];
	for (size_t i = 0; i < x->job->leading_count; i++) {
		if (wanted && !wanted[i])
			continue;
		say(x, "%s", said == 0 ? "" : said + 1 == count ? " and " : ", ");
		say_code(x, leading(x, i));
		say(x, " (%d%%)", percent(leading(x, i)->time));
		said++;
	}
}

/* The first leading code in these major groups, or NULL. */
static const struct rule_code *leading_of(const struct trial *x, unsigned from, unsigned to)
{
	for (size_t i = 0; i < x->job->leading_count; i++)
		if (major_of(leading(x, i)) >= from && major_of(leading(x, i)) <= to)
			return leading(x, i);
	return NULL;
}

static bool has_text(struct slice text, const char *part)
{
	struct slice wanted = slice_of(part);
	for (size_t i = 0; i + wanted.length <= text.length; i++)
		if (memcmp(text.at + i, wanted.at, wanted.length) == 0)
			return true;
	return false;
}

/* The first of the words of a text that is in a list; as written. */
static bool find_word(struct slice text, struct text_words words, const char *list, struct slice *found)
{
	for (size_t i = 0; i < words.count; i++)
		if (word_is_listed(words.at[i].folded, list)) {
			*found = (struct slice){ text.at + words.at[i].start, words.at[i].length };
			return true;
		}
	return false;
}

static bool find_in_title(struct trial *x, struct slice title, const char *list, struct slice *found)
{
	struct text_words words;
	x->ok = x->ok && tokenize(x->session->index->analyzer, title, &words, x->session->err);
	return x->ok && find_word(title, words, list, found);
}

/* ---- the rules, in the order of soc_rules.def ---- */

static void try_WORK_PERFORMED(struct trial *x)
{
	const struct code *title = &x->job->title_leads;
	int occupation = title->text[0] ? soc_index_find(x->session->index, title) : -1;
	if (occupation < 0 || x->job->leading_count == 0)
		return;
	for (size_t i = 0; i < x->job->leading_count; i++)
		if (strcmp(code_soc(&leading(x, i)->target->code).text, title->text) == 0)
			return;
	struct slice name = x->session->index->entries[occupation].title;
	say(x, "The title alone leads to %s %.*s; by the time of the duties it is ", title->text, (int)name.length,
	    name.at);
	say_leading(x, NULL);
	say(x, ".");
}

/* Marks the leading codes than which none requires more skill; returns how many. */
static size_t find_highest(const struct trial *x, bool *highest)
{
	size_t count = 0;
	enum skill_measure by;
	for (size_t i = 0; i < x->job->leading_count; i++) {
		highest[i] = true;
		for (size_t k = 0; k < x->job->leading_count; k++)
			highest[i] &= skill_compare(leading(x, i)->skill, leading(x, k)->skill, &by) >= 0;
		count += highest[i];
	}
	return count;
}

static void say_skill(struct trial *x, const struct rule_code *code)
{
	const struct skill *s = code->skill;
	say_code(x, code);
	say(x, ": %s%s", s->zone[0] ? "Job Zone " : "no Job Zone", s->zone);
	if (s->entry.length)
		say(x, ", typical entry education %.*s", (int)s->entry.length, s->entry.at);
	say(x, ".");
}

/* Where the two measures disagree, whoever reads it has to weigh them. */
static void say_disagreement(struct trial *x, const struct rule_code *a, const struct rule_code *b)
{
	enum skill_measure by;
	int zone = skill_compare(a->skill, b->skill, &by), entry = compare_entries(a->skill, b->skill);
	if (by == SKILL_ZONE && zone * entry < 0)
		say(x, " Typical entry education says the opposite of the Job Zone.");
}

static void try_HIGHEST_SKILL(struct trial *x)
{
	bool highest[RULE_CODES];
	size_t n = x->job->leading_count, count = n >= 2 ? find_highest(x, highest) : 0;
	if (count == 0 || count == n)
		return;
	say(x, "Much of the time goes to each of ");
	say_leading(x, NULL);
	say(x, ". By Job Zone, and where that does not tell by typical entry education, ");
	for (size_t i = 0, said = 0; i < n; i++)
		if (highest[i]) {
			say(x, "%s", said++ ? " and " : "");
			say_code(x, leading(x, i));
		}
	say(x, " %s the highest level of skill; the manual names no measure.", count == 1 ? "requires" : "require");
	for (size_t i = 0; i < n; i++) {
		say(x, " ");
		say_skill(x, leading(x, i));
	}
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < n; k++)
			if (highest[i] && !highest[k])
				say_disagreement(x, leading(x, i), leading(x, k));
}

static void try_MOST_TIME(struct trial *x)
{
	bool highest[RULE_CODES];
	size_t n = x->job->leading_count, count = n >= 2 ? find_highest(x, highest) : 0, most = 0;
	bool equal = false;
	if (count < 2)
		return;
	while (!highest[most])
		most++;
	for (size_t i = most + 1; i < n; i++)
		equal |= highest[i] && percent(leading(x, i)->time) == percent(leading(x, most)->time);
	say(x, "Neither Job Zone nor typical entry education tells ");
	say_leading(x, highest);
	say(x, " apart; ");
	if (equal) {
		say(x, "nor does the time, of which they have the same share.");
	} else {
		say(x, "the most time of these goes to ");
		say_code(x, leading(x, most));
		say(x, ".");
	}
	for (size_t i = 0; i < n; i++)
		if (highest[i]) {
			say(x, " ");
			say_skill(x, leading(x, i));
		}
}

/* Occupations of teachers by the level at which they teach, from low to high. */
static unsigned teaching_level(const struct rule_code *code)
{
	static const struct {
		const char *begin;
		unsigned level;
	} levels[] = {
		{ "25-201", 1 },  { "25-2051", 1 }, { "25-2055", 1 }, { "25-2021", 2 },
		{ "25-2056", 2 }, { "25-2022", 3 }, { "25-2023", 3 }, { "25-2057", 3 },
		{ "25-203", 4 },  { "25-2058", 4 }, { "25-1", 5 },
	};
	for (size_t i = 0; i < sizeof levels / sizeof *levels; i++)
		if (strncmp(code->target->code.text, levels[i].begin, strlen(levels[i].begin)) == 0)
			return levels[i].level;
	return 0;
}

static void try_HIGHEST_TAUGHT(struct trial *x)
{
	const struct rule_code *highest = NULL;
	bool differ = false;
	for (size_t i = 0; i < x->job->leading_count; i++) {
		const struct rule_code *code = leading(x, i);
		if (teaching_level(code) == 0)
			continue;
		differ |= highest && teaching_level(code) != teaching_level(highest);
		if (!highest || teaching_level(code) > teaching_level(highest))
			highest = code;
	}
	if (!differ)
		return;
	say(x, "The duties are those of teachers at several levels, the highest of them ");
	say_code(x, highest);
	say(x, ".");
}

/* The All Other occupation in which a code lies, by its title. */
static bool is_residual(const struct trial *x, const struct rule_code *code)
{
	struct code soc = code_soc(&code->target->code);
	size_t from, to;
	return has_text(code->target->title, "All Other") ||
	       (soc_index_range(x->session->index, &soc, &from, &to) &&
		has_text(x->session->index->entries[from].title, "All Other"));
}

static void try_ALL_OTHER(struct trial *x)
{
	for (size_t i = 0; i < x->job->leading_count; i++)
		if (is_residual(x, leading(x, i))) {
			say_code(x, leading(x, i));
			say(x, " is %s: it is for work that no distinct occupation describes. ",
			    code_is_onet(&leading(x, i)->target->code) ? "a part of an All Other occupation"
								       : "an All Other occupation");
		}
	if (!x->job->named && x->job->uncovered >= 0.5)
		say(x,
		    "None of the codes that were weighed covers the duties of %d%% of the time: "
		    "is there a distinct occupation for them?",
		    percent(x->job->uncovered));
}

static void say_supervising(struct trial *x, const struct rule_code *code)
{
	say(x, "%d%% of the time goes to duties that tell of supervising (", percent(x->job->supervising));
	for (size_t i = 0, said = 0; i < x->job->duty_count; i++)
		if (x->job->duties[i].supervises)
			say(x, "%s%zu", said++ ? ", " : "duty ", i + 1);
	say(x, "), and ");
	say_code(x, code);
	say(x, " is in major group %u.", major_of(code));
}

static void try_SUPERVISES_MOSTLY(struct trial *x)
{
	const struct rule_code *code = leading_of(x, 33, 53);
	if (code && x->job->supervising >= RULES_SUPERVISOR)
		say_supervising(x, code);
}

static void try_SUPERVISES_PARTLY(struct trial *x)
{
	const struct rule_code *code = leading_of(x, 33, 53);
	if (code && x->job->supervising > 0.0 && x->job->supervising < RULES_SUPERVISOR)
		say_supervising(x, code);
}

static void try_LICENSED(struct trial *x)
{
	static const char licences[] = "license licenses licensed licensure licence licences licenced "
				       "certified certification certifications";
	struct slice word;
	if (find_in_title(x, x->job->title, licences, &word))
		say(x, "The title says \"%.*s\".", (int)word.length, word.at);
	for (size_t i = 0; x->ok && x->because.length == 0 && i < x->job->duty_count; i++)
		if (find_word(x->job->duties[i].text, x->job->duties[i].words, licences, &word))
			say(x, "Duty %zu says \"%.*s\".", i + 1, (int)word.length, word.at);
}

static void try_MANAGES(struct trial *x)
{
	const struct rule_code *code = leading_of(x, 11, 11);
	if (!code)
		return;
	say(x, "%d%% of the time goes to duties of ", percent(code->time));
	say_code(x, code);
	say(x, ": is planning and directing the main part of the work?");
}

static void try_SUPERVISES_PROFESSIONALS(struct trial *x)
{
	const struct rule_code *code = leading_of(x, 13, 29);
	if (code && x->job->supervising > 0.0)
		say_supervising(x, code);
}

static void try_SUPERVISES_HEALTHCARE_SUPPORT(struct trial *x)
{
	const struct rule_code *code = leading_of(x, 31, 31);
	if (code && x->job->supervising > 0.0)
		say_supervising(x, code);
}

static void try_IN_TRAINING(struct trial *x)
{
	struct slice word;
	if (find_in_title(x, x->job->title, "apprentice apprentices apprenticeship trainee trainees", &word))
		say(x, "The title says \"%.*s\".", (int)word.length, word.at);
}

static void try_HELPS(struct trial *x)
{
	struct slice word;
	if (find_in_title(x, x->job->title, "helper helpers aide aides", &word))
		say(x, "The title says \"%.*s\".", (int)word.length, word.at);
	for (size_t i = 0; x->ok && x->because.length == 0 && i < x->job->leading_count; i++)
		if (find_in_title(x, leading(x, i)->target->title, "helper helpers aide aides", &word)) {
			say_code(x, leading(x, i));
			say(x, " is an occupation of those who help.");
		}
}

/* Whether the description or definition of an occupation has this text. */
static bool is_described(struct trial *x, size_t occupation, const char *text)
{
	const struct occupation *o = session_occupation(x->session, occupation);
	bool found = false;
	if (!o)
		return x->ok = false;
	for (size_t i = 0; i < o->evidence_count; i++)
		found |= evidence_specs[o->evidence[i].kind].field == FIELD_DESCRIPTION &&
			 has_text(o->evidence[i].text, text);
	return found;
}

static void try_TEACHES_AND_RESEARCHES(struct trial *x)
{
	for (size_t i = 0; x->ok && x->job->leading_count >= 2 && i < x->job->leading_count; i++) {
		const struct rule_code *code = leading(x, i);
		if (strncmp(code->target->code.text, "25-1", 4) != 0 ||
		    !is_described(x, code->target->first, "teaching and research"))
			continue;
		say(x, "The description of ");
		say_code(x, code);
		say(x, " has both in it.");
		return;
	}
}

/* ---- all of them ---- */

bool rules_find(struct session *s, const struct rule_case *job, struct rule_findings *out)
{
	static void (*const trials[RULE_COUNT])(struct trial * x) = {
#define RULE(id, key, number, text) try_##id,
#include "query/engine/soc_rules.def"
#undef RULE
	};
	struct trial x = { .session = s, .job = job, .ok = true };
	out->count = 0;
	for (size_t i = 0; x.ok && i < RULE_COUNT; i++) {
		buffer_clear(&x.because);
		trials[i](&x);
		if (!x.ok || x.because.length == 0)
			continue;
		struct slice because = arena_copy(&s->arena, slice_trim(buffer_slice(&x.because)), s->err);
		x.ok = because.at != NULL;
		out->at[out->count++] = (struct rule_finding){ (enum rule)i, because };
	}
	buffer_free(&x.because);
	return x.ok;
}
