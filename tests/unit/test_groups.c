// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * test_groups.c - the records of groups and of crosswalks.
 */
#include "tests/unit/unit.h"

#include <string.h>

#include "lib/base/fault.h"
#include "lib/index/classification.h"

#define S(literal) \
	{ \
		literal, sizeof(literal) - 1 \
	}

static struct slice census[] = { S("Tester, any kind"), S("Checker") };

static struct group some_groups[] = {
	{ .code = S("15-0000"), .title = S("Major"), .titles = census, .title_count = 2 },
	{ .code = S("15-1200"), .title = S(""), .source = 3 },
	{ .code = S("15-1252"), .title = S("Detailed"), .source = 300 },
};

static struct crossing some_crossings[] = {
	{ EDITION_SOC_2010, EDITION_SOC_2018, S("15-1132"), S("Old"), S("15-1252"), S("New"), 1 },
	{ EDITION_CENSUS_2018, EDITION_SOC_2018, S("1021"), S(""), S("15-1252"), S(""), 0 },
};

static const struct groups groups = { some_groups, COUNT(some_groups), 0 };
static const struct crossings crossings = { some_crossings, COUNT(some_crossings), 0 };

static void records_come_back(void **state)
{
	(void)state;
	struct buffer b = { 0 }, titles = { 0 };
	struct arena arena = { 0 };
	struct groups g;
	struct crossings c;
	struct error err = { 0 };
	assert_true(groups_pack(&groups, &b, &err) && groups_unpack(buffer_slice(&b), &arena, &g, &err));
	assert_int_equal(g.count, COUNT(some_groups));
	assert_int_equal(g.at[0].title_count, 0); /* not before they are asked for */
	assert_true(groups_pack_titles(&groups, &titles, &err) &&
		    groups_unpack_titles(buffer_slice(&titles), &arena, &g, &err));
	for (size_t i = 0; i < g.count; i++) {
		const struct group *x = &some_groups[i], *y = &g.at[i];
		ROW_CHECK(slice_equal(x->code, y->code) && slice_equal(x->title, y->title) && x->source == y->source,
			  i);
		ROW_CHECK(x->title_count == y->title_count, i);
		for (size_t k = 0; k < x->title_count; k++)
			ROW_CHECK(slice_equal(x->titles[k], y->titles[k]), i);
	}
	struct buffer walks = { 0 };
	assert_true(crossings_pack(&crossings, &walks, &err) &&
		    crossings_unpack(buffer_slice(&walks), &arena, &c, &err));
	assert_int_equal(c.count, COUNT(some_crossings));
	for (size_t i = 0; i < c.count; i++) {
		const struct crossing *x = &some_crossings[i], *y = &c.at[i];
		ROW_CHECK(x->from_edition == y->from_edition && x->to_edition == y->to_edition &&
				  slice_equal(x->from, y->from) && slice_equal(x->from_title, y->from_title) &&
				  slice_equal(x->to, y->to) && slice_equal(x->to_title, y->to_title) &&
				  x->source == y->source,
			  i);
	}
	assert_int_equal(err.code, ERROR_NONE);
	buffer_free(&b);
	buffer_free(&titles);
	buffer_free(&walks);
	arena_free(&arena);
}

static void groups_are_found(void **state)
{
	(void)state;
	static const struct {
		const char *code;
		int number; /* -1: none */
	} rows[] = {
		{ "15-0000", 0 },  { "15-1200", 1 },  { "15-1252", 2 },  { "15-1252.00", -1 },
		{ "11-0000", -1 }, { "99-0000", -1 }, { "15-1201", -1 }, { "", -1 },
	};
	const struct groups none = { 0 };
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct code code = { "" };
		strcpy(code.text, rows[i].code);
		const struct group *g = groups_find(&groups, &code);
		ROW_CHECK(rows[i].number < 0 ? g == NULL : g == &some_groups[rows[i].number], i);
		ROW_CHECK(groups_find(&none, &code) == NULL, i);
	}
}

enum record { GROUPS, GROUP_TITLES, WALKS, RECORD_COUNT };

static bool pack(enum record record, struct buffer *out)
{
	return record == WALKS    ? crossings_pack(&crossings, out, NULL)
	       : record == GROUPS ? groups_pack(&groups, out, NULL)
				  : groups_pack_titles(&groups, out, NULL);
}

/* In a block of exactly its size, so that the sanitizer sees one read too many. */
static bool unpack_exactly(enum record record, struct slice bytes, struct error *err)
{
	struct arena arena = { 0 };
	struct group some[COUNT(some_groups)];
	struct groups g = { some, COUNT(some), 0 };
	struct crossings c;
	char *exact = malloc(bytes.length + (bytes.length == 0));
	assert_non_null(exact);
	if (bytes.length > 0)
		memcpy(exact, bytes.at, bytes.length);
	bytes.at = exact;
	memcpy(some, some_groups, sizeof some);
	bool ok = record == WALKS    ? crossings_unpack(bytes, &arena, &c, err)
		  : record == GROUPS ? groups_unpack(bytes, &arena, &g, err)
				     : groups_unpack_titles(bytes, &arena, &g, err);
	for (size_t i = 0; ok && record == WALKS && i < c.count; i++)
		assert_true(c.at[i].from_edition < EDITION_COUNT && c.at[i].to_edition < EDITION_COUNT);
	assert_true(arena.total < 16u << 20);
	arena_free(&arena);
	free(exact);
	return ok;
}

static void damaged_records_are_refused_or_harmless(void **state)
{
	(void)state;
	for (enum record record = GROUPS; record < RECORD_COUNT; record++) {
		struct buffer b = { 0 };
		struct error err = { 0 };
		assert_true(pack(record, &b));
		for (size_t length = 0; length < b.length; length++) {
			error_clear(&err);
			ROW_CHECK(!unpack_exactly(record, (struct slice){ b.at, length }, &err), length);
			ROW_CHECK(err.code == ERROR_DAMAGED && strstr(err.hint, "soc-index verify"), length);
		}
		for (size_t i = 0; i < b.length; i++) {
			for (int bit = 0; bit < 8; bit++) {
				error_clear(&err);
				b.at[i] = (char)(b.at[i] ^ (1 << bit));
				bool ok = unpack_exactly(record, buffer_slice(&b), &err);
				ROW_CHECK(err.code == (ok ? ERROR_NONE : ERROR_DAMAGED), i * 8 + (size_t)bit);
				b.at[i] = (char)(b.at[i] ^ (1 << bit));
			}
		}
		error_clear(&err);
		assert_true(buffer_append_byte(&b, 0, NULL));
		assert_false(unpack_exactly(record, buffer_slice(&b), &err));
		assert_int_equal(err.code, ERROR_DAMAGED);
		error_clear(&err);
		buffer_clear(&b);
		assert_true(pack_number(&b, UINT64_MAX, NULL));
		assert_false(unpack_exactly(record, buffer_slice(&b), &err));
		assert_int_equal(err.code, ERROR_DAMAGED);
		buffer_free(&b);
	}
}

static void editions_have_names(void **state)
{
	(void)state;
	for (int i = 0; i < EDITION_COUNT; i++)
		ROW_CHECK(*edition_name((enum edition)i), i);
}

#ifdef SOC_FAULTS
static void each_allocation_fails_in_turn(void **state)
{
	(void)state;
	long k = 0;
	bool ok;
	do {
		struct buffer b = { 0 }, titles = { 0 }, walks = { 0 };
		struct arena arena = { 0 };
		struct groups g;
		struct crossings c;
		struct error err = { 0 };
		fault_arm(FAULT_MEMORY, ++k, false);
		ok = groups_pack(&groups, &b, &err) && groups_unpack(buffer_slice(&b), &arena, &g, &err) &&
		     groups_pack_titles(&groups, &titles, &err) &&
		     groups_unpack_titles(buffer_slice(&titles), &arena, &g, &err) &&
		     crossings_pack(&crossings, &walks, &err) &&
		     crossings_unpack(buffer_slice(&walks), &arena, &c, &err);
		assert_int_equal(ok, fault_failures(FAULT_MEMORY) == 0);
		assert_int_equal(err.code, ok ? ERROR_NONE : ERROR_MEMORY);
		buffer_free(&b);
		buffer_free(&titles);
		buffer_free(&walks);
		arena_free(&arena);
	} while (!ok);
	fault_arm(FAULT_MEMORY, 0, false);
	assert_true(k > 3);
}
#endif

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(records_come_back),
		cmocka_unit_test(groups_are_found),
		cmocka_unit_test(damaged_records_are_refused_or_harmless),
		cmocka_unit_test(editions_have_names),
#ifdef SOC_FAULTS
		cmocka_unit_test(each_allocation_fails_in_turn),
#endif
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
