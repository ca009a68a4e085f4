// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * test_sentence_weighting.c - which sentences of a text say little of the work, and how a text is cut into sentences.
 */
#include "tests/unit/unit.h"

#include "lib/base/fault.h"
#include "lib/rank/sentence_weighting.h"

static struct sentence_weighting weigher;
static struct arena arena;

static int tear_down(void **state)
{
	(void)state;
	sentence_weighting_free(&weigher);
	arena_free(&arena);
	return 0;
}

static struct weighted_text weigh(const char *text)
{
	struct weighted_text t;
	struct error err = { 0 };
	arena_reset(&arena);
	if (!weight_sentences(&weigher, slice_of(text), &arena, &t, &err))
		fail_msg("%s: %s %s", text, err.text, err.hint);
	return t;
}

/* The names of the rules that took hold of something, with "; " between. */
static const char *rules_of(const struct weighted_text *t)
{
	static char names[512];
	names[0] = '\0';
	for (size_t i = 0; i < TEXT_RULE_COUNT; i++)
		if (t->counts[i])
			snprintf(names + strlen(names), sizeof names - strlen(names), "%s%s", names[0] ? "; " : "",
				 text_rule_specs[i].name);
	return names;
}

/* Each sentence behind one about the work. */
static void knows_sentences(void **state)
{
	(void)state;
	static const struct {
		const char *sentence;
		const char *rules;
	} rows[] = {
		/* the work, whatever it is about */
		{ "Workers sort and pack fruit.", "" },
		{ "Prepares payroll and explains medical insurance and other benefits to employees.", "" },
		{ "Negotiate salary ranges and overtime rules with unions.", "" },
		{ "Conducts background checks and drug tests of applicants.", "" },
		{ "Train staff in equal employment opportunity.", "" },
		{ "Drives buses on weekends.", "" },
		/* the rest */
		{ "We are an equal opportunity employer.", "equal opportunity" },
		{ "Everyone is considered without regard to race, religion or sex.", "equal opportunity" },
		{ "You get health and dental insurance and a 401(k).", "benefits" },
		{ "Paid time off and tuition reimbursement.", "benefits" },
		{ "We are a leading maker of kites.", "about the employer" },
		{ "The firm was founded in 1950 and is family-owned.", "about the employer" },
		{ "We are looking for a cook.", "who is sought" },
		{ "To apply, send your resume to Ann.", "how to apply" },
		{ "Apply online today!", "how to apply" },
		{ "Submit your application at www.kites.example.", "how to apply" },
		{ "The pay is $18 an hour.", "pay" },
		{ "Overtime may be offered.", "pay" },
		{ "Monday to Friday, 40 hours per week.", "hours and place" },
		{ "Free housing is provided to workers.", "housing and transport" },
		{ "Using a cell phone at work is cause for termination.", "rules of conduct" },
		{ "The employer will assign tasks each day.", "terms of employment" },
		{ "Must lift up to 50 pounds.", "physical demands" },
		{ "Workers are exposed to extreme heat.", "physical demands" },
		{ "Two years of experience in a bakery.", "requirements" },
		{ "A bachelor's degree in chemistry.", "requirements" },
		{ "Excellent communication skills.", "requirements" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		char text[256];
		snprintf(text, sizeof text, "Bakes bread.\n%s", rows[i].sentence);
		struct weighted_text t = weigh(text);
		if (strcmp(rules_of(&t), rows[i].rules) != 0)
			fail_msg("%s: '%s', not '%s'", rows[i].sentence, rules_of(&t), rows[i].rules);
		ROW_CHECK(t.sentences == 2 && t.lessened == (rows[i].rules[0] != '\0'), i);
	}
}

/* What each sentence weighs, headings too. */
static void knows_sections(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		const char *weights;
	} rows[] = {
		{ "Bakes bread. Cleans ovens.", "1 1" },
		/* a heading holds until the next, of whatever kind */
		{ "Benefits\n- Lunch\n- Parking\nDuties\n- Bread", "0.03 0.03 0.03 0.03 1" },
		{ "Benefits:\nLunch.\nThe bakery:\nBread.", "0.03 0.03 1 1" },
		/* before a colon, to the end of the line; in a single line for what stands behind it */
		{ "Benefits: lunch. Parking.\nBread and cakes.", "0.03 0.03 1" },
		{ "Benefits: lunch. Bread and cakes.", "0.03 1" },
		/* duties astray */
		{ "Benefits\nLunch\nBakes bread.\nDuties\nBread", "0.03 0.03 0.5 0.03 1" },
		/* nothing about the work: it says little, as elsewhere */
		{ "We are an equal opportunity employer. Apply today!", "0.03 0.03" },
		{ "", "" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct weighted_text t = weigh(rows[i].text);
		struct slice text = slice_of(rows[i].text), sentence;
		char weights[128] = "";
		size_t span = 0;
		for (size_t at = 0; (sentence = next_sentence(text, &at)).length > 0;) {
			size_t start = (size_t)(sentence.at - text.at);
			bool less = span < t.span_weights.count && t.span_weights.at[span].start == start;
			snprintf(weights + strlen(weights), sizeof weights - strlen(weights), "%s%.3g",
				 weights[0] ? " " : "", less ? (double)t.span_weights.at[span].weight : 1.0);
			span += less;
		}
		ROW_CHECK(span == t.span_weights.count, i);
		if (strcmp(weights, rows[i].weights) != 0)
			fail_msg("%s: %s, not %s", rows[i].text, weights, rows[i].weights);
	}
}

static void cuts_sentences(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		const char *sentences; /* with | between */
	} rows[] = {
		{ "Bakes bread. Cleans ovens! Why? Because.", "Bakes bread.|Cleans ovens!|Why?|Because." },
		{ "Bakes bread, e.g. rye bread.", "Bakes bread, e.g. rye bread." },
		{ "Asks Dr. J. Miller of the U.S. office.", "Asks Dr.|J. Miller of the U.S. office." },
		{ "Pays $1.50 a piece.", "Pays $1.50 a piece." },
		{ "Bakes bread; cleans ovens", "Bakes bread|cleans ovens" },
		{ "Bakes bread and\ncakes.\nCleans.", "Bakes bread and\ncakes.|Cleans." },
		{ "bakes\n\nbread", "bakes|bread" },
		{ "- bakes\n* cleans\n\xE2\x80\xA2 sells \xE2\x80\xA2 buys", "bakes|cleans|sells|buys" },
		{ " \r\n ;;; \xE2\x80\xA2", "" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct slice sentence;
		char found[256] = "";
		for (size_t at = 0; (sentence = next_sentence(slice_of(rows[i].text), &at)).length > 0;)
			snprintf(found + strlen(found), sizeof found - strlen(found), "%s%.*s", found[0] ? "|" : "",
				 (int)sentence.length, sentence.at);
		if (strcmp(found, rows[i].sentences) != 0)
			fail_msg("row %zu: %s, not %s", i, found, rows[i].sentences);
	}
}

/* A megabyte without a full stop, and one of headings: time is not measured, but would be felt. */
static void takes_any_length(void **state)
{
	(void)state;
	static const char *const pieces[] = { "benefits and more ", "Duties: bread. ", "Overtime; ", "x" };
	for (size_t i = 0; i < COUNT(pieces); i++) {
		size_t length = strlen(pieces[i]), size = 1u << 20;
		char *text = malloc(size + 1);
		struct weighted_text t;
		assert_non_null(text);
		for (size_t at = 0; at < size; at++)
			text[at] = pieces[i][at % length];
		arena_reset(&arena);
		assert_true(weight_sentences(&weigher, (struct slice){ text, size }, &arena, &t, NULL));
		ROW_CHECK(t.sentences > 500, i);
		free(text);
	}
}

/* Every rule has a name, a weight, a cue, and patterns that compile. */
static void rules_are_whole(void **state)
{
	(void)state;
	for (size_t i = 0; i < TEXT_RULE_COUNT; i++) {
		const struct text_rule_spec *r = &text_rule_specs[i];
		const char *const sources[] = { r->sentence, r->heading };
		for (size_t k = 0; k < 2; k++) {
			struct regex *p = NULL;
			struct regex_span place;
			struct error err = { 0 };
			if (*sources[k] && (!regex_new_rule(slice_of(sources[k]), &p, &err) ||
					    regex_find(p, SLICE("Cook"), 0, &place, &err) == REGEX_FAILED ||
					    regex_find(p, SLICE("Caf\xC3\xA9"), 0, &place, &err) == REGEX_FAILED))
				fail_msg("%s: %s\n%s", r->name, err.text, err.hint);
			regex_free(p);
		}
		ROW_CHECK(r->name[0] && r->triggers[0] && r->weight > 0.0f && r->weight <= 1.0f, i);
	}
}

#ifdef SOC_FAULTS
static void survives_lack_of_memory(void **state)
{
	(void)state;
	long failures = 1;
	for (long k = 1; failures > 0; k++) {
		struct sentence_weighting w = { 0 };
		struct arena a = { 0 };
		struct weighted_text t;
		struct error err = { 0 };
		fault_arm(FAULT_MEMORY, k, false);
		bool ok = weight_sentences(&w, SLICE("Bakes bread. Apply today! Benefits: lunch."), &a, &t, &err);
		failures = fault_failures(FAULT_MEMORY);
		fault_arm(FAULT_MEMORY, 0, false);
		assert_true(ok || (err.code == ERROR_MEMORY && failures > 0));
		assert_true(!ok || t.lessened == 2);
		arena_free(&a);
		sentence_weighting_free(&w);
	}
}
#endif

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(knows_sentences),         cmocka_unit_test(knows_sections),
		cmocka_unit_test(cuts_sentences),          cmocka_unit_test(takes_any_length),
		cmocka_unit_test(rules_are_whole),
#ifdef SOC_FAULTS
		cmocka_unit_test(survives_lack_of_memory),
#endif
	};
	return cmocka_run_group_tests(tests, NULL, tear_down);
}
