// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * test_job_split.c - which part of free text is the title of a job, and which tells of its duties.
 */
#include "tests/unit/index_make.h"

#include "lib/base/string_map.h"
#include "lib/rank/job_split.h"
#include "lib/text/verb_forms.def"

static struct soc_index *sample;

static int set_up(void **state)
{
	struct error err = { 0 };
	if (make_set_up(state) != 0)
		return -1;
	return soc_index_open(make_sample_index("sample.soc"), &sample, &err) ? 0 : -1;
}

static int tear_down(void **state)
{
	soc_index_close(sample);
	return make_tear_down(state);
}

static void splits(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		const char *title;
		const char *rest;
	} rows[] = {
		/* titles */
		{ "registered nurse", "registered nurse", "" },
		{ "nurse", "nurse", "" },
		{ "  Sr. Software Engineer - Dallas, TX ", "Sr. Software Engineer - Dallas, TX", "" },
		{ "URGENT: caregiver needed", "URGENT: caregiver needed", "" },
		{ "Truck Driver, Acme Inc.", "Truck Driver, Acme Inc.", "" },
		{ "Job title: Cook", "Cook", "" },
		{ "Design Engineer", "Design Engineer", "" },
		{ "Records Clerk", "Records Clerk", "" },
		{ "Cooks, Restaurant", "Cooks, Restaurant", "" },
		{ "Assembly Supervisor", "Assembly Supervisor", "" },
		{ "Make-up Artist", "Make-up Artist", "" },
		{ "Software Engineer I - Test and Release", "Software Engineer I - Test and Release", "" },
		{ "Information Systems Supervisor (IS Supervisor)", "Information Systems Supervisor (IS Supervisor)",
		  "" },
		/* texts */
		{ "writes and revises program code and tests it", "", "writes and revises program code and tests it" },
		{ "Prepare meals", "", "Prepare meals" },
		{ "drives trucks", "", "drives trucks" },
		{ "Directly supervise kitchen staff", "", "Directly supervise kitchen staff" },
		{ "designs and tests bridges", "", "designs and tests bridges" },
		{ "planning the work of others", "", "planning the work of others" },
		{ "Bakers make bread for shops", "", "Bakers make bread for shops" },
		{ "I repair cars and trucks", "", "I repair cars and trucks" },
		{ "responsible for sales of machines", "", "responsible for sales of machines" },
		{ "somebody who cares for old people", "", "somebody who cares for old people" },
		{ "Bread, cakes and pastry for the shop.", "", "Bread, cakes and pastry for the shop." },
		{ "one two three four five six seven eight nine ten eleven twelve thirteen", "",
		  "one two three four five six seven eight nine ten eleven twelve thirteen" },
		/* both in a line */
		{ "Cook: prepares meals for guests of the house", "Cook", "prepares meals for guests of the house" },
		{ "Nurse. Cares for patients in the ward.", "Nurse", "Cares for patients in the ward." },
		{ "Sales Manager - responsible for sales of machines", "Sales Manager",
		  "responsible for sales of machines" },
		/* lines */
		{ "Cook\nPrepares meals.", "Cook", "Prepares meals." },
		{ "\n\nPosition: Cook\r\n\r\nPrepares meals.\nCleans up.\n", "Cook", "Prepares meals.\nCleans up." },
		{ "Prepares meals.\nCleans up.", "", "Prepares meals.\nCleans up." },
		{ "- prepare meals\n- clean up", "", "- prepare meals\n- clean up" },
		{ "Cook\n", "Cook", "" },
		{ "", "", "" },
		{ " \n ", "", "" },
		{ "...", "...", "" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct job job;
		struct error err = { 0 };
		assert_true(job_split(sample, slice_of(rows[i].text), &job, &err));
		if (!slice_equal(job.title, slice_of(rows[i].title)) || !slice_equal(job.text, slice_of(rows[i].rest)))
			fail_msg("%s: title '%.*s', text '%.*s'", rows[i].text, (int)job.title.length, job.title.at,
				 (int)job.text.length, job.text.at);
	}
}

/* Lists are searched by first letters, and a verb of one is in no other, for the first that has it decides. */
static void verbs_are_in_order(void **state)
{
	(void)state;
	static const char *const clear[] = { CLEAR_VERBS }, *const third[] = { THIRD_VERBS },
				 *const noun[] = { NOUN_VERBS };
	static const struct {
		const char *const *at;
		size_t count;
	} lists[] = { { clear, COUNT(clear) }, { third, COUNT(third) }, { noun, COUNT(noun) } };
	struct map seen = { 0 };
	for (size_t i = 0; i < COUNT(lists); i++)
		for (size_t k = 0; k < lists[i].count; k++) {
			uint32_t number;
			bool added;
			assert_true(map_add(&seen, slice_of(lists[i].at[k]), &number, &added, NULL));
			if (!added || (k > 0 && strcmp(lists[i].at[k - 1], lists[i].at[k]) >= 0))
				fail_msg("%s stands twice or at the wrong place", lists[i].at[k]);
		}
	map_free(&seen);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(splits),
		cmocka_unit_test(verbs_are_in_order),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
