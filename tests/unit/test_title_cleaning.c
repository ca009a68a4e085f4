// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * test_title_cleaning.c - what of a title is read as more than words, and what is left alone.
 */
#include "tests/unit/unit.h"

#include "lib/base/fault.h"
#include "lib/rank/title_cleaning.h"

/* "place: remote; pay: $120k", or "read: Engineering Director" of what is turned round. */
static void describe(const struct cleaned_title *t, struct buffer *out)
{
	struct error err = { 0 };
	buffer_clear(out);
	for (size_t i = 0; i < t->part_count; i++) {
		const struct title_part *x = &t->parts[i];
		bool turned = x->rule == TITLE_RULE_TURNED;
		assert_true(buffer_printf(out, &err, "%s%s: ", i ? "; " : "",
					  turned ? "read" : title_rule_specs[x->rule].name));
		assert_true(turned ? title_part_turn(x->written, out, &err)
				   : buffer_append(out, x->written.at, x->written.length, &err));
	}
	assert_true(buffer_terminate(out, &err));
}

static const struct {
	const char *title;
	const char *parts;
} rows[] = {
	/* nothing */
	{ "registered nurse", "" },
	{ "", "" },
	{ " - , ", "" },
	{ "Night Auditor", "" },
	{ "Remote Sensing Scientist", "" },
	{ "Remote Pilot", "" },
	{ "School Principal", "" },
	{ "Team Lead", "" },
	{ "Lead Abatement Worker", "" },
	{ "Attorney at Law", "" },
	{ "Urgent Care Physician", "" },
	{ "Physician, MD", "" },
	{ "CT Technologist", "" },
	{ "Contract Manager", "" },
	{ "Sales/Marketing Manager", "" },
	{ "AS/400 Programmer", "" },
	{ "Weekend Anchor", "" },
	{ "Hiring Manager", "" },
	{ "Shift Supervisor", "" },
	/* grade */
	{ "Sr. Accountant", "grade: Sr" },
	{ "Senior Accountant II", "grade: Senior; grade: II" },
	{ "Engineer I/II", "grade: I; grade: II" },
	{ "Entry-Level Engineer", "grade: Entry-Level" },
	{ "Lead Teacher", "grade: Lead" },
	{ "Principal Engineer", "grade: Principal" },
	{ "Technician - Level 3", "grade: Level 3" },
	{ "Level 3 Technician", "grade: Level 3" },
	/* schedule */
	{ "Nurse, 2nd shift", "schedule: 2nd shift" },
	{ "Nurse - Nights", "schedule: Nights" },
	{ "Nurse PRN", "schedule: PRN" },
	{ "Part-time Cashier", "schedule: Part-time" },
	{ "Cook (Full Time, Days)", "schedule: Full Time; schedule: Days" },
	{ "Seasonal Farm Worker", "schedule: Seasonal" },
	{ "Java Developer - W2 Contract", "schedule: W2 Contract" },
	/* pay */
	{ "data scientist, $120k", "pay: $120k" },
	{ "Driver - $25/hr", "pay: $25/hr" },
	{ "Driver $18.50 - $22.00 per hour", "pay: $18.50 - $22.00 per hour" },
	{ "Driver, 60-70k DOE", "pay: 60-70k; pay: DOE" },
	{ "Clerk, hourly", "pay: hourly" },
	/* place */
	{ "data scientist, remote", "place: remote" },
	{ "Remote Customer Service Representative", "place: Remote" },
	{ "Data Analyst Hybrid", "place: Hybrid" },
	{ "Analyst (on-site)", "place: on-site" },
	{ "Engineer - Dallas, TX", "place: Dallas, TX" },
	{ "Engineer in Little Rock, AR 72201", "place: Little Rock, AR 72201" },
	{ "engineer - dallas, tx", "place: dallas, tx" },
	{ "Engineer, Chicago", "place: Chicago" },
	{ "Engineer - New York City", "place: New York City" },
	{ "Engineer, Texas", "place: Texas" },
	{ "Engineer, TX", "place: TX" },
	{ "Manager, Software Engineering, CA", "place: CA" },
	{ "Sales Manager - Germany", "place: Germany" },
	/* numbers and dates */
	{ "REQ-12345 Project Planner", "requisition: REQ-12345" },
	{ "Project Planner #1234", "requisition: #1234" },
	{ "Project Planner (JR0012)", "requisition: JR0012" },
	{ "Project Planner - Job ID 12345", "requisition: Job ID 12345" },
	{ "Engineering Intern - Summer 2025", "date: Summer 2025" },
	{ "Analyst FY24", "date: FY24" },
	/* employers */
	{ "Truck Driver, Acme Inc.", "employer: Acme Inc" },
	{ "Software Engineer at Acme Data LLC", "employer: Acme Data LLC" },
	{ "Software Engineer at Acme", "employer: Acme" },
	{ "Accountant - Acme Corp", "employer: Acme Corp" },
	/* gender marks, urgency */
	{ "Machinist (m/f/d)", "gender mark: m/f/d" },
	{ "Machinist (m/w/d)", "gender mark: m/w/d" },
	{ "Comptable H/F", "gender mark: H/F" },
	{ "CDL Driver - Hiring Now!!!", "urgency: Hiring Now" },
	{ "URGENT: Caregiver needed", "urgency: URGENT; urgency: needed" },
	/* several titles */
	{ "Cook/Dishwasher", "further title: Dishwasher" },
	{ "Cashier or Stocker", "further title: Stocker" },
	{ "Developer; Analyst", "further title: Analyst" },
	/* turned round */
	{ "Director of Engineering", "read: Engineering Director" },
	{ "VP of Human Resources, West", "read: Human Resources VP" },
	{ "Sr. Manager of the Warehouse - Dallas, TX", "read: the Warehouse Manager; grade: Sr; place: Dallas, TX" },
	/* who leads people is never cut */
	{ "Store Clerk - Manager Acme Inc.", "employer: Acme Inc" },
	/* where nothing else is left, everything counts */
	{ "Senior", "" },
	{ "Lead II", "" },
	{ "Part-time, remote", "" },
	{ "#12345", "" },
	{ "in Dallas, TX", "" },
};

static void cleans(void **state)
{
	(void)state;
	struct title_cleaning cleaner = { 0 };
	struct arena arena = { 0 };
	struct buffer parts = { 0 };
	struct error err = { 0 };
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct cleaned_title t;
		arena_reset(&arena);
		assert_true(clean_title(&cleaner, slice_of(rows[i].title), &arena, &t, &err));
		describe(&t, &parts);
		if (strcmp(parts.at, rows[i].parts) != 0)
			fail_msg("%s: '%s', not '%s'", rows[i].title, parts.at, rows[i].parts);
	}
	buffer_free(&parts);
	arena_free(&arena);
	title_cleaning_free(&cleaner);
}

/* Spans lie in the title, one behind the other, and weigh less than a word. */
static void weighs_in_order(void **state)
{
	(void)state;
	struct title_cleaning cleaner = { 0 };
	struct arena arena = { 0 };
	struct error err = { 0 };
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct cleaned_title t;
		size_t end = 0;
		arena_reset(&arena);
		assert_true(clean_title(&cleaner, slice_of(rows[i].title), &arena, &t, &err));
		for (size_t k = 0; k < t.span_weights.count; k++) {
			const struct weighted_span *s = &t.span_weights.at[k];
			ROW_CHECK(s->start >= end && s->weight >= 0.0f && s->weight < 1.0f, i);
			end = s->start + s->length;
		}
		ROW_CHECK(end <= strlen(rows[i].title), i);
	}
	arena_free(&arena);
	title_cleaning_free(&cleaner);
}

/* What is no title stays as it is, whatever stands in it. */
static void leaves_texts_alone(void **state)
{
	(void)state;
	static char text[CLEAN_TITLE_MAX + 1];
	struct title_cleaning cleaner = { 0 };
	struct arena arena = { 0 };
	struct cleaned_title t;
	for (size_t i = 0; i < sizeof text; i++)
		text[i] = "Sr. Cook, remote; "[i % 18];
	assert_true(clean_title(&cleaner, (struct slice){ text, sizeof text }, &arena, &t, NULL));
	assert_int_equal(t.part_count, 0);
	assert_true(clean_title(&cleaner, (struct slice){ text, sizeof text - 1 }, &arena, &t, NULL));
	assert_true(t.part_count > 50);
	arena_free(&arena);
	title_cleaning_free(&cleaner);
}

/* Every rule has a pattern that compiles, a cue, and a weight. */
static void rules_are_whole(void **state)
{
	(void)state;
	for (size_t i = 0; i < TITLE_RULE_COUNT; i++) {
		const struct title_rule_spec *r = &title_rule_specs[i];
		struct regex *p;
		struct regex_span place;
		struct error err = { 0 };
		if (!regex_new_rule(slice_of(r->pattern), &p, &err) ||
		    regex_find(p, SLICE("Cook"), 0, &place, &err) == REGEX_FAILED ||
		    regex_find(p, SLICE("Caf\xC3\xA9"), 0, &place, &err) == REGEX_FAILED)
			fail_msg("rule %zu: %s\n%s", i, err.text, err.hint);
		regex_free(p);
		ROW_CHECK(r->triggers[0] && r->triggers[0] != ' ' && r->weight >= 0.0f && r->weight <= 1.0f, i);
		ROW_CHECK(r->name[0] || i == TITLE_RULE_TURNED, i);
	}
}

#ifdef SOC_FAULTS
static void survives_lack_of_memory(void **state)
{
	(void)state;
	long failures = 1;
	for (long k = 1; failures > 0; k++) {
		struct title_cleaning cleaner = { 0 };
		struct arena arena = { 0 };
		struct cleaned_title t;
		struct error err = { 0 };
		fault_arm(FAULT_MEMORY, k, false);
		bool ok = clean_title(&cleaner, SLICE("Director of Nursing, remote - $30/hr"), &arena, &t, &err);
		failures = fault_failures(FAULT_MEMORY);
		fault_arm(FAULT_MEMORY, 0, false);
		assert_true(ok || (err.code == ERROR_MEMORY && failures > 0));
		assert_true(!ok || t.part_count == 3);
		arena_free(&arena);
		title_cleaning_free(&cleaner);
	}
}
#endif

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cleans),
		cmocka_unit_test(weighs_in_order),
		cmocka_unit_test(leaves_texts_alone),
		cmocka_unit_test(rules_are_whole),
#ifdef SOC_FAULTS
		cmocka_unit_test(survives_lack_of_memory),
#endif
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
