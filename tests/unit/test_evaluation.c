// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/index_make.h"

#include <math.h>

#include "lib/base/fault.h"
#include "query/batch/checkpoint.h"
#include "query/batch/evaluation.h"
#include "query/batch/overrides.h"

static struct row_outcome said(const char *code, double confidence)
{
	return (struct row_outcome){ .first = make_code(code), .confidence = confidence };
}

static void add(struct evaluation *e, const char *reference, const char *code, double confidence)
{
	struct row_outcome o = said(code, confidence);
	struct error err = { 0 };
	struct batch_row row = { .number = 7, .reference = slice_of(reference) };
	assert_true(evaluation_add(e, &row, &o, &err));
}

/* What agrees at how many digits; and what is compared at all. */
static void digits_are_counted(void **state)
{
	(void)state;
	static const struct {
		const char *reference, *said;
		unsigned compared, agreed; /* bits of 2, 3, 5, 6 digits */
	} rows[] = {
		{ "29-1141", "29-1141", 15, 15 },
		{ "29-1141.00", "29-1141", 15, 15 },
		{ " 291141 ", "29-1141", 15, 15 },
		{ "29-1141", "29-1171", 15, 3 },
		{ "15-1252", "15-1253", 15, 7 }, /* one broad occupation */
		{ "15-1252", "15-1299", 15, 3 }, /* 15-1200 */
		{ "15-1252", "15-2051", 15, 1 },
		{ "15-1252", "11-3021", 15, 0 },
		{ "15-1252", "", 15, 0 },
		{ "15-1252|11-3021", "11-3021", 15, 15 },
		{ "11-3021 | 15-1253", "15-1252", 15, 7 },
		{ "nothing|15-1252", "15-1252", 15, 15 },
		{ "SOC 15-1252.0", "15-1252", 15, 15 },
		{ "11-3021; 15-1252", "15-1252", 15, 15 },
		{ "15-12XX", "15-1252", 3, 3 },
		/* coded to fewer digits by people, or by us */
		{ "15-1250", "15-1252", 7, 7 },
		{ "15-1200", "15-1252", 3, 3 },
		{ "15-0000", "15-1252", 1, 1 },
		{ "15-1252", "15-1250", 15, 7 },
		{ "15-1252", "15-0000", 15, 1 },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct evaluation e = { 0 };
		add(&e, rows[i].reference, rows[i].said, 0.5);
		ROW_CHECK(e.rows == 1, i);
		for (size_t l = 0; l < EVALUATION_LEVELS; l++) {
			ROW_CHECK(e.compared[l] == (rows[i].compared >> l & 1), i);
			ROW_CHECK(e.agreed[l] == (rows[i].agreed >> l & 1), i);
		}
		evaluation_free(&e);
	}
	struct evaluation e = { 0 };
	add(&e, "", "29-1141", 0.5);
	add(&e, "  ", "29-1141", 0.5);
	add(&e, "nurse", "29-1141", 0.5);
	add(&e, "29-11411", "29-1141", 0.5);
	static const struct override override;
	struct row_outcome decided = said("29-1141", 1.0);
	struct error err = { 0 };
	decided.decided = &override;
	struct batch_row row = { .reference = SLICE("29-1141") };
	assert_true(evaluation_add(&e, &row, &decided, &err));
	assert_true(e.rows == 0 && e.absent == 2 && e.origins[ORIGIN_MALFORMED] == 2);
	assert_true(e.reject_count == 2 && e.rejects[1].row == 7 && strcmp(e.rejects[1].text, "29-11411") == 0);
	add(&e, "99-9999", "29-1141", 0.5);
	assert_true(e.rows == 0 && e.origins[ORIGIN_NO_CODE] == 1 && e.reject_count == 2);
	evaluation_free(&e);
}

/* By hand: 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no; Cohen's kappa is 0.4. */
static void kappa_is_cohens(void **state)
{
	(void)state;
	static const struct {
		const char *reference, *said;
		int rows;
	} table[] = { { "11-1011", "11-1011", 20 },
		      { "11-1011", "15-1252", 5 },
		      { "15-1252", "11-1011", 10 },
		      { "15-1252", "15-1252", 15 } };
	struct evaluation e = { 0 };
	struct error err = { 0 };
	uint32_t pairs[5];
	for (size_t i = 0; i < COUNT(table); i++)
		for (int k = 0; k < table[i].rows; k++)
			add(&e, table[i].reference, table[i].said, 0.5);
	for (size_t l = 0; l < EVALUATION_LEVELS; l++)
		assert_true(fabs(evaluation_kappa(&e, l, &err) - 0.4) < 1e-9);
	assert_int_equal(evaluation_confusions(&e, 5, pairs), 2);
	struct code wanted, other;
	evaluation_pair(&e, pairs[0], &wanted, &other);
	assert_true(strcmp(wanted.text, "15-1252") == 0 && strcmp(other.text, "11-1011") == 0 &&
		    e.pair_rows[pairs[0]] == 10);
	assert_int_equal(evaluation_confusions(&e, 1, pairs), 1);
	evaluation_free(&e);
	/* All rows of one code: agreement by chance is certain. */
	add(&e, "11-1011", "11-1011", 0.9);
	assert_true(isnan(evaluation_kappa(&e, 3, &err)));
	evaluation_free(&e);
	/* Codes of one broad occupation are one there and two below. */
	add(&e, "15-1252", "15-1253", 0.5);
	add(&e, "15-1253", "15-1252", 0.5);
	add(&e, "11-1011", "11-1011", 0.5);
	assert_true(fabs(evaluation_kappa(&e, 2, &err) - 1.0) < 1e-9);
	assert_true(evaluation_kappa(&e, 3, &err) < 0.3);
	evaluation_free(&e);
}

/* Agreement among the rows of which we are surest. */
static void production_is_by_confidence(void **state)
{
	(void)state;
	struct evaluation e = { 0 };
	for (int i = 0; i < 100; i++)
		add(&e, "11-1011", i >= 50 ? "11-1011" : "15-1252", (i + 0.5) / 100.0);
	struct evaluation_point p = evaluation_at(&e, 1.0);
	assert_true(p.rows == 100 && p.right == 50 && p.confidence < 0.01);
	p = evaluation_at(&e, 0.5);
	assert_true(p.rows == 50 && p.right == 50 && fabs(p.confidence - 0.505) < 0.001);
	p = evaluation_at(&e, 0.75);
	assert_true(p.rows == 75 && p.right == 50);
	p = evaluation_at(&e, 0.0);
	assert_true(p.rows == 0 && p.confidence == 1.0);
	evaluation_free(&e);
	add(&e, "11-1011", "11-1011", 1.0);
	add(&e, "11-1011", "", 0.0);
	assert_true(e.bins[EVALUATION_BINS - 1].rows == 1 && e.bins[0].rows == 1);
	evaluation_free(&e);
}

/* A picture that any XML reader takes, whatever the file is called. */
static void plots_are_xml(void **state)
{
	(void)state;
	struct evaluation e = { 0 };
	struct buffer svg = { 0 };
	struct error err = { 0 };
	for (int i = 0; i < 40; i++)
		add(&e, "11-1011", i % 3 ? "11-1011" : "15-1252", i / 40.0);
	assert_true(evaluation_plot(&e, "a<b>&\"c\"\x01.csv", &svg, &err) && buffer_terminate(&svg, &err));
	assert_non_null(strstr(svg.at, "a&#60;b&#62;&#38;&#34;c&#34;&#65533;.csv"));
	assert_null(strstr(svg.at, "a<b"));
	assert_null(strstr(svg.at, "nan"));
	assert_non_null(strstr(svg.at, "</svg>"));
	size_t circles = 0;
	for (const char *at = svg.at; (at = strstr(at, "<circle")) != NULL; at++)
		circles++;
	assert_int_equal(circles, 10);
	buffer_clear(&svg);
	struct evaluation none = { 0 };
	assert_true(evaluation_plot(&none, "none", &svg, &err) && buffer_terminate(&svg, &err));
	assert_null(strstr(svg.at, "nan"));
	buffer_free(&svg);
	evaluation_free(&e);
}

/* What was counted comes back, through the file that a run leaves. */
static void counts_are_kept(void **state)
{
	(void)state;
	struct evaluation e = { 0 }, back = { 0 };
	struct tally t = { .rows = 123, .coded = 100, .bands = { 1, 2, 3, 4, 90 }, .decisions = { 0, 50, 60, 13 } },
		     t2 = { 0 };
	struct checkpoint c = {
		.fingerprint = 0xFEDCBA9876543210u, .rows = 123, .bytes = 45678, .input = 0x8000000000000001u
	};
	struct checkpoint c2 = { .fingerprint = c.fingerprint };
	struct error err = { 0 };
	const char *path = make_path("out.resume");
	for (int i = 0; i < 50; i++)
		add(&e, i % 2 ? "11-1011|15-1252" : "29-1141", i % 3 ? "11-1011" : "", i / 51.0);
	add(&e, "", "11-1011", 0.1);
	assert_true(checkpoint_save(path, &c, &t, &e, NULL, &err));
	assert_true(checkpoint_load(path, &c2, &t2, &back, NULL, &err));
	assert_memory_equal(&c, &c2, sizeof c);
	assert_memory_equal(&t, &t2, sizeof t);
	assert_memory_equal(e.bins, back.bins, sizeof e.bins);
	assert_memory_equal(e.agreed, back.agreed, sizeof e.agreed);
	assert_true(back.rows == e.rows && back.absent == 1 && back.pairs.count == e.pairs.count);
	for (size_t l = 0; l < EVALUATION_LEVELS; l++)
		assert_true(evaluation_kappa(&e, l, &err) == evaluation_kappa(&back, l, &err));
	evaluation_free(&back);
	/* Another run's is refused. */
	c2.fingerprint++;
	assert_false(checkpoint_load(path, &c2, &t2, &back, NULL, &err));
	assert_true(err.code == ERROR_INPUT && err.hint[0] && strstr(err.file, "out.resume"));
	evaluation_free(&back);
	/* Every allocation, write and rename fails in turn; the old one stays. */
	static const enum fault_kind kinds[] = { FAULT_MEMORY, FAULT_WRITE, FAULT_RENAME };
	for (size_t k = 0; k < COUNT(kinds); k++) {
		long failures = 1;
		for (long at = 1; failures && at < 4000; at += at < 30 ? 1 : 37) {
			struct error why = { 0 };
			struct checkpoint later = c;
			struct tally more = t;
			later.rows = more.rows = 999;
			fault_arm(kinds[k], at, false);
			bool ok = checkpoint_save(path, &later, &more, NULL, NULL, &why);
			failures = fault_failures(kinds[k]);
			fault_arm(kinds[k], 0, false);
			ROW_CHECK(ok == (why.code == ERROR_NONE), at);
			if (ok) { /* what failed was not needed, or nothing did */
				assert_true(checkpoint_save(path, &c, &t, &e, NULL, &err));
				continue;
			}
			c2 = (struct checkpoint){ .fingerprint = c.fingerprint };
			error_clear(&err);
			ROW_CHECK(checkpoint_load(path, &c2, &t2, NULL, NULL, &err) && c2.rows == 123, at);
		}
	}
	evaluation_free(&e);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(digits_are_counted),
		cmocka_unit_test(kappa_is_cohens),
		cmocka_unit_test(production_is_by_confidence),
		cmocka_unit_test(plots_are_xml),
		cmocka_unit_test(counts_are_kept),
	};
	return cmocka_run_group_tests(tests, make_set_up, make_tear_down);
}
