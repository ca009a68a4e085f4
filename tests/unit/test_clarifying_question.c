// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/index_make.h"

#include "lib/base/fault.h"
#include "query/engine/clarifying_question.h"

static struct soc_index *kites;

/* Occupations are numbered in the order of codes, as here. */
enum { FLIERS, MAKERS, SELLERS, BAKERS, OTHERS };

static int set_up(void **state)
{
	struct record records[] = {
		make_occupation("11-0001.00", "Kite Fliers", "Fly kites."),
		make_task("11-0001.00", "11", "Check kites and string."),
		make_task("11-0001.00", "12", "Fly kites in gusty wind, and read the wind before a flight."),
		make_task("11-0001.00", "13", "Ride 3 zeppelins."),
		make_occupation("11-0002.00", "Kite Makers", "Sew kites."),
		make_task("11-0002.00", "21", "Check kites and string."),
		make_task("11-0002.00", "22", "Sew sails; sew tails."),
		make_occupation("11-0003.00", "Kite Sellers", "Sell things."),
		make_task("11-0003.00", "31", "Check kites and string."),
		make_occupation("11-0004.00", "Bakers", "Bake bread."),
		make_occupation("11-0005.00", "All Others", "Everything else."),
	};
	struct error err = { 0 };
	records[3].task_kind = TASK_SUPPLEMENTAL;
	return make_set_up(state) == 0 && soc_index_open(make_index("kites.soc", records, COUNT(records)), &kites, &err)
		       ? 0
		       : -1;
}

static int tear_down(void **state)
{
	soc_index_close(kites);
	return make_tear_down(state);
}

#define CANDIDATES_MAX 5

/* A ranking of these occupations, with these confidences; 0 ends it. */
static struct ranking rank_of(struct candidate at[CANDIDATES_MAX], enum code_level level, const size_t *occupations,
			      const double *confidences)
{
	struct ranking r = { .level = level, .at = at };
	for (; r.count < CANDIDATES_MAX && confidences[r.count] > 0.0; r.count++)
		at[r.count] =
			(struct candidate){ .occupation = occupations[r.count], .confidence = confidences[r.count] };
	r.found = r.count;
	return r;
}

/* "number of the occupation: task id (words)", joined by " | ". */
static struct slice show(const struct clarifying_question *d, struct buffer *out)
{
	buffer_clear(out);
	for (size_t i = 0; i < d->count; i++) {
		const struct question_candidate *t = &d->at[i];
		assert_true(buffer_printf(out, NULL, "%s%zu: %.*s (", i ? " | " : "", t->candidate->occupation,
					  (int)t->statement.id.length, t->statement.id.at));
		for (size_t k = 0; k < t->word_count; k++)
			assert_true(buffer_printf(out, NULL, "%s%.*s", k ? " " : "", (int)t->words[k].length,
						  t->words[k].at));
		assert_true(buffer_append_byte(out, ')', NULL));
	}
	return buffer_slice(out);
}

static void leading_candidates_are_told_apart(void **state)
{
	(void)state;
	static const struct {
		enum code_level level;
		size_t occupations[CANDIDATES_MAX];
		double confidences[CANDIDATES_MAX];
		const char *expected;
	} rows[] = {
		{ LEVEL_SOC, { FLIERS, MAKERS }, { .5, .3 }, "0: 12 (fly wind gusty read) | 1: 22 (sew sails tails)" },
		{ LEVEL_ONET, { MAKERS, FLIERS }, { .5, .3 }, "1: 22 (sew sails tails) | 0: 12 (fly wind gusty read)" },
		/* sure, or nobody near, or nobody at all */
		{ LEVEL_SOC, { FLIERS, MAKERS }, { .7, .3 }, "" },
		{ LEVEL_SOC, { FLIERS, MAKERS }, { .6, .11 }, "" },
		{ LEVEL_SOC, { FLIERS }, { .4 }, "" },
		{ LEVEL_SOC, { 0 }, { 0 }, "" },
		/* three at most; one that has no task is told by what describes it */
		{ LEVEL_SOC,
		  { FLIERS, MAKERS, BAKERS, OTHERS },
		  { .2, .2, .2, .2 },
		  "0: 12 (fly wind gusty read) | 1: 22 (sew sails tails) | 3:  (bake bread)" },
		/* what they share with who is no rival tells them from the rivals */
		{ LEVEL_SOC,
		  { FLIERS, BAKERS, MAKERS },
		  { .4, .3, .05 },
		  "0: 12 (kites fly wind gusty) | 3:  (bake bread)" },
		/* who has no words of its own is no part of the question, and one alone is none */
		{ LEVEL_SOC,
		  { FLIERS, SELLERS, MAKERS },
		  { .3, .3, .3 },
		  "0: 12 (fly wind gusty read) | 1: 22 (sew sails tails)" },
		{ LEVEL_SOC, { SELLERS, SELLERS }, { .3, .3 }, "" },
	};
	struct buffer shown = { 0 };
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct candidate at[CANDIDATES_MAX];
		struct ranking r = rank_of(at, rows[i].level, rows[i].occupations, rows[i].confidences);
		struct clarifying_question d;
		struct error err = { 0 };
		struct session session = { .index = kites, .err = &err };
		ROW_CHECK(clarifying_question_find(&session, &r, QUESTION_FEW, QUESTION_NEAR, &d), i);
		struct slice got = show(&d, &shown);
		if (!slice_equal(got, slice_of(rows[i].expected)))
			fail_msg("row %zu: \"%.*s\", not \"%s\"", i, (int)got.length, got.length ? got.at : "",
				 rows[i].expected);
		session_free(&session);
	}
	buffer_free(&shown);
}

/* A sure answer asks for no memory: it costs nothing. */
static void sure_answers_cost_nothing(void **state)
{
	(void)state;
	static const size_t occupations[] = { FLIERS, MAKERS };
	static const double confidences[CANDIDATES_MAX] = { .9, .1 };
	struct candidate at[CANDIDATES_MAX];
	struct ranking r = rank_of(at, LEVEL_SOC, occupations, confidences);
	struct error err = { 0 };
	struct session session = { .index = kites, .err = &err };
	struct clarifying_question d;
	assert_true(clarifying_question_find(&session, &r, QUESTION_FEW, QUESTION_NEAR, &d));
	assert_int_equal(d.count, 0);
	assert_int_equal(session.arena.total, 0);
}

#ifdef SOC_FAULTS
static void each_allocation_fails_in_turn(void **state)
{
	(void)state;
	static const size_t occupations[] = { FLIERS, MAKERS, BAKERS };
	static const double confidences[CANDIDATES_MAX] = { .3, .3, .3 };
	long k = 0;
	bool ok;
	do {
		struct soc_index *index = NULL;
		struct candidate at[CANDIDATES_MAX];
		struct ranking r = rank_of(at, LEVEL_SOC, occupations, confidences);
		struct clarifying_question d;
		struct error err = { 0 };
		struct session session = { .err = &err };
		assert_true(soc_index_open(make_path("kites.soc"), &index, NULL));
		session.index = index;
		fault_arm(FAULT_MEMORY, ++k, false);
		ok = clarifying_question_find(&session, &r, QUESTION_FEW, QUESTION_NEAR, &d);
		assert_int_equal(ok, fault_failures(FAULT_MEMORY) == 0);
		assert_int_equal(err.code, ok ? ERROR_NONE : ERROR_MEMORY);
		fault_arm(FAULT_MEMORY, 0, false);
		session_free(&session);
		soc_index_close(index);
	} while (!ok);
	assert_true(k > 5);
}
#endif

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(leading_candidates_are_told_apart),
		cmocka_unit_test(sure_answers_cost_nothing),
#ifdef SOC_FAULTS
		cmocka_unit_test(each_allocation_fails_in_turn),
#endif
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
