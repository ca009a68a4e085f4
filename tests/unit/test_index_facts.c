// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/unit.h"

#include "lib/base/fault.h"
#include "lib/index/facts.h"

#define S(literal) { literal, sizeof(literal) - 1 }
#define NONE { "", 0 }

static struct fact wages[] = {
	{ S("15-1200"), { FACT_EXACT, 105990, 0 }, NONE, NONE },
	{ S("15-1252"), { FACT_EXACT, 13308005, 2 }, NONE, NONE },
	{ S("15-1252"), { FACT_AT_LEAST, 239200, 0 }, NONE, S("again") },
	{ S("15-1299"), { FACT_UNAVAILABLE, 0, 0 }, NONE, NONE },
	{ S("29-1141"), { FACT_EXACT, -15, 1 }, NONE, NONE },
};

static struct fact fields[] = {
	{ S("15-1252"), { FACT_UNAVAILABLE, 0, 0 }, S("14.0901"), S("Computing") },
	{ S("15-1252"), { FACT_UNAVAILABLE, 0, 0 }, S("11.0701"), S("Computing") },
	{ S("51-91XX"), { FACT_UNAVAILABLE, 0, 0 }, S("none"), NONE },
};

static struct fact own[] = {
	{ S("15-1252.00"), { FACT_EXACT, 905, 1 }, S("90.5"), NONE },
	{ S("15-1252.01"), { FACT_UNAVAILABLE, 0, 0 }, S("yes"), NONE },
};

static struct fact_series series[] = {
	{ FACT_ANNUAL_MEDIAN, 3, NONE, wages, COUNT(wages) },
	{ FACT_DEGREE, 0, NONE, fields, COUNT(fields) },
	{ FACT_CUSTOM, 7, S("Median pay"), own, COUNT(own) },
	{ FACT_CUSTOM, 7, S("empty"), NULL, 0 },
};

static const struct facts some = { series, COUNT(series), COUNT(wages) + COUNT(fields) + COUNT(own) };

static bool same_number(const struct fact_number *a, const struct fact_number *b)
{
	return a->mark == b->mark && fact_value(a) == fact_value(b);
}

static void facts_come_back(void **state)
{
	(void)state;
	struct buffer b = { 0 };
	struct arena arena = { 0 };
	struct facts back;
	struct error err = { 0 };
	assert_true(facts_pack(&some, &b, &err) && facts_unpack(buffer_slice(&b), &arena, &back, &err));
	assert_int_equal(back.count, some.count);
	assert_int_equal(back.total, some.total);
	for (size_t i = 0; i < back.count; i++) {
		const struct fact_series *x = &series[i], *y = &back.at[i];
		ROW_CHECK(x->key == y->key && x->source == y->source && slice_equal(x->name, y->name) && x->count == y->count, i);
		for (size_t k = 0; k < y->count; k++) {
			ROW_CHECK(slice_equal(x->at[k].code, y->at[k].code) && slice_equal(x->at[k].text, y->at[k].text), i);
			ROW_CHECK(slice_equal(x->at[k].note, y->at[k].note), i);
			ROW_CHECK(i != 1 ? same_number(&x->at[k].number, &y->at[k].number) : true, i);
		}
	}
	/* One series has one number of decimals, that of its finest figure. */
	assert_int_equal(back.at[0].at[0].number.decimals, 2);
	assert_int_equal(back.at[0].at[0].number.digits, 10599000);
	/* A field of study reads like a number, and a word like none. */
	assert_int_equal(back.at[1].at[2].number.mark, FACT_UNAVAILABLE);
	buffer_free(&b);
	arena_free(&arena);
}

static struct fact courses[] = {
	{ S("11.0701"), { FACT_UNAVAILABLE, 0, 0 }, S("11"), NONE },
	{ S("29.0201"), { FACT_UNAVAILABLE, 0, 0 }, S("29"), NONE },
};

static void major_groups_are_read_alone(void **state)
{
	(void)state;
	static struct fact_series with_courses[] = {
		{ FACT_ANNUAL_MEDIAN, 3, NONE, wages, COUNT(wages) },
		{ FACT_DEGREE, 0, NONE, fields, COUNT(fields) },
		{ FACT_STEM_DHS, 1, NONE, courses, COUNT(courses) },
	};
	static const struct facts all = { with_courses, COUNT(with_courses), COUNT(wages) + COUNT(fields) + COUNT(courses) };
	static const struct {
		int majors[2];
		size_t counts[3];
		const char *first;     /* of the wages; NULL: none */
	} rows[] = {
		{ { 15, 15 }, { 4, 2, 2 }, "15-1200" },
		{ { 29, 51 }, { 1, 1, 2 }, "29-1141" },
		{ { 99, 11 }, { 0, 0, 2 }, NULL },
	};
	struct buffer b = { 0 };
	assert_true(facts_pack(&all, &b, NULL));
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct facts_majors majors = { { false } };
		struct arena arena = { 0 };
		struct facts back;
		majors.marked[rows[i].majors[0]] = majors.marked[rows[i].majors[1]] = true;
		ROW_CHECK(facts_unpack_of(buffer_slice(&b), &majors, &arena, &back, NULL), i);
		ROW_CHECK(back.count == 3 && back.total == rows[i].counts[0] + rows[i].counts[1] + rows[i].counts[2], i);
		for (size_t k = 0; k < back.count; k++)
			ROW_CHECK(back.at[k].count == rows[i].counts[k], i);
		ROW_CHECK(!rows[i].first || slice_equal(back.at[0].at[0].code, slice_of(rows[i].first)), i);
		arena_free(&arena);
	}
	buffer_free(&b);
}

static void codes_are_found(void **state)
{
	(void)state;
	static const struct {
		size_t series;
		const char *code;
		size_t count;
	} rows[] = {
		{ 0, "15-1200", 1 }, { 0, "15-1252", 2 }, { 0, "29-1141", 1 }, { 0, "15-1252.00", 0 }, { 0, "", 0 },
		{ 0, "99-9999", 0 }, { 1, "51-91XX", 1 }, { 2, "15-1252.01", 1 }, { 3, "15-1252", 0 },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		size_t count;
		const struct fact *f = facts_of(&series[rows[i].series], slice_of(rows[i].code), &count);
		ROW_CHECK(count == rows[i].count && (f != NULL) == (count > 0), i);
		ROW_CHECK(!f || slice_equal(f->code, slice_of(rows[i].code)), i);
	}
	assert_ptr_equal(facts_series(&some, FACT_DEGREE), &series[1]);
	assert_ptr_equal(facts_series(&some, FACT_CUSTOM), &series[2]);
	assert_null(facts_series(&some, FACT_EMPLOYMENT));
}

/* Whatever is cut off or changed: an error, or a record that can be looked through. */
static void damage_is_an_error(void **state)
{
	(void)state;
	struct buffer b = { 0 };
	struct facts back;
	struct error err = { 0 };
	static const struct facts_majors none_marked;
	size_t refused = 0;
	assert_true(facts_pack(&some, &b, &err));
	for (size_t length = 0; length < b.length; length++) {
		struct arena arena = { 0 };
		error_clear(&err);
		ROW_CHECK(!facts_unpack((struct slice){ b.at, length }, &arena, &back, &err), length);
		ROW_CHECK(err.code == ERROR_DAMAGED, length);
		error_clear(&err);
		ROW_CHECK(!facts_unpack_of((struct slice){ b.at, length }, &none_marked, &arena, &back, &err), length);
		ROW_CHECK(err.code == ERROR_DAMAGED, length);
		arena_free(&arena);
	}
	for (size_t at = 0; at < b.length; at++) {
		for (int bit = 0; bit < 8; bit++) {
			struct arena arena = { 0 };
			size_t count;
			error_clear(&err);
			b.at[at] = (char)(b.at[at] ^ (1 << bit));
			bool ok = facts_unpack(buffer_slice(&b), &arena, &back, &err);
			ROW_CHECK(ok || err.code == ERROR_DAMAGED, at);
			refused += !ok;
			for (size_t i = 0; ok && i < back.count; i++)
				for (size_t k = 0; k < back.at[i].count; k++)
					ROW_CHECK(facts_of(&back.at[i], back.at[i].at[k].code, &count), at);
			b.at[at] = (char)(b.at[at] ^ (1 << bit));
			arena_free(&arena);
		}
	}
	assert_true(refused > b.length);
	buffer_free(&b);
}

#ifdef SOC_FAULTS

static void memory_may_fail(void **state)
{
	(void)state;
	static const struct facts_majors computing = { .marked = { [15] = true } };
	bool done = false;
	for (long k = 1; !done; k++) {
		struct buffer b = { 0 };
		struct arena arena = { 0 };
		struct facts back;
		struct error err = { 0 };
		fault_arm(FAULT_MEMORY, k, false);
		done = facts_pack(&some, &b, &err) && facts_unpack(buffer_slice(&b), &arena, &back, &err) &&
		       facts_unpack_of(buffer_slice(&b), &computing, &arena, &back, &err);
		fault_arm(FAULT_MEMORY, 0, false);
		ROW_CHECK(done || err.code == ERROR_MEMORY, k);
		buffer_free(&b);
		arena_free(&arena);
		assert_true(k < 1000);
	}
}

#endif

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(facts_come_back),
		cmocka_unit_test(major_groups_are_read_alone),
		cmocka_unit_test(codes_are_found),
		cmocka_unit_test(damage_is_an_error),
#ifdef SOC_FAULTS
		cmocka_unit_test(memory_may_fail),
#endif
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
