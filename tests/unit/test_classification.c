// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/unit.h"

#include <string.h>

#include "lib/base/fault.h"
#include "lib/index/classification.h"

#define S(literal) \
	{ \
		literal, sizeof(literal) - 1 \
	}

static struct zone_reference zones[] = {
	{ 1, S("Zone one"), S("(Below 4.0)"), { S("little"), S(""), S("days"), S("ushers") } },
	{ 5, S("Zone five"), S("(8.0 and above)"), { S("much"), S("long"), S(""), S("") } },
};

static struct category_reference categories[] = {
	{ S("2.D.1"), S("Required Level"), S("RL"), 1, S("none") },
	{ S("2.D.1"), S("Required Level"), S("RL"), 2, S("some") },
	{ S("3.A.1"), S("Related Work"), S("RW"), 1, S("no year") },
	{ S("3.A.1"), S("Related Work"), S("PT"), 1, S("another scale") },
};

static const struct reference some = {
	.zones = zones,
	.zone_count = COUNT(zones),
	.categories = categories,
	.category_count = COUNT(categories),
};

static bool same_zone(const struct zone_reference *a, const struct zone_reference *b)
{
	bool same = a->zone == b->zone && slice_equal(a->name, b->name) && slice_equal(a->svp, b->svp);
	for (size_t k = 0; k < ZONE_TEXT_COUNT; k++)
		same = same && slice_equal(a->texts[k], b->texts[k]);
	return same;
}

static bool same_category(const struct category_reference *a, const struct category_reference *b)
{
	return slice_equal(a->element, b->element) && slice_equal(a->name, b->name) &&
	       slice_equal(a->scale, b->scale) && a->category == b->category && slice_equal(a->text, b->text);
}

static void references_come_back(void **state)
{
	(void)state;
	struct buffer b = { 0 };
	struct arena arena = { 0 };
	struct reference back, none = { 0 };
	struct error err = { 0 };
	assert_true(reference_pack(&some, &b, &err) && reference_unpack(buffer_slice(&b), &arena, &back, &err));
	assert_int_equal(back.zone_count, COUNT(zones));
	for (size_t i = 0; i < COUNT(zones); i++)
		ROW_CHECK(same_zone(&zones[i], &back.zones[i]), i);
	assert_int_equal(back.category_count, COUNT(categories));
	for (size_t i = 0; i < COUNT(categories); i++)
		ROW_CHECK(same_category(&categories[i], &back.categories[i]), i);

	buffer_clear(&b);
	assert_true(reference_pack(&none, &b, &err) && reference_unpack(buffer_slice(&b), &arena, &back, &err));
	assert_int_equal(back.zone_count + back.category_count, 0);
	assert_null(reference_zone(&back, 1));
	assert_null(reference_category(&back, SLICE("2.D.1"), SLICE("RL"), 1));
	buffer_free(&b);
	arena_free(&arena);
}

static void entries_are_found(void **state)
{
	(void)state;
	static const struct {
		const char *element, *scale;
		uint32_t category;
		const char *text; /* NULL: none */
	} rows[] = {
		{ "2.D.1", "RL", 1, "none" },    { "2.D.1", "RL", 2, "some" },
		{ "3.A.1", "RW", 1, "no year" }, { "3.A.1", "PT", 1, "another scale" },
		{ "2.D.1", "RL", 3, NULL },      { "2.D.1", "RW", 1, NULL },
		{ "2.D", "RL", 1, NULL },        { "", "", 0, NULL },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		const struct category_reference *c =
			reference_category(&some, slice_of(rows[i].element), slice_of(rows[i].scale), rows[i].category);
		ROW_CHECK((c != NULL) == (rows[i].text != NULL), i);
		ROW_CHECK(!c || slice_equal(c->text, slice_of(rows[i].text)), i);
	}
	assert_ptr_equal(reference_zone(&some, 5), &zones[1]);
	assert_null(reference_zone(&some, 2));
	assert_null(reference_zone(&some, 0));
}

static void zones_have_labels(void **state)
{
	(void)state;
	static struct zone_reference rows[] = {
		{ .zone = 2, .name = S("Job Zone 1-2: Some Preparation") },
		{ .zone = 3, .name = S("Job Zone Three: Medium") },
		{ .zone = 4, .name = S("Job Zone 4") },
		{ .zone = 5, .name = S("Job Zone ") },
		{ .zone = 6, .name = S("") },
		{ .zone = 4294967295u, .name = S("Job Zone 01234567890123456789-0123456789") },
	};
	static const char *const labels[] = { "1-2", "3", "4", "5", "6", "012345678901234" };
	const struct reference r = { .zones = rows, .zone_count = COUNT(rows) };
	for (size_t i = 0; i < COUNT(rows); i++) {
		char label[ZONE_LABEL_SIZE];
		memset(label, 'x', sizeof label);
		ROW_CHECK(reference_zone_label(&r, rows[i].zone, label) == label, i);
		ROW_CHECK(strcmp(label, labels[i]) == 0, i);
	}
	char label[ZONE_LABEL_SIZE];
	assert_string_equal(reference_zone_label(&r, 77, label), "77"); /* one that the release does not explain */
}

static bool unpack_exactly(struct slice bytes, struct error *err)
{
	struct arena arena = { 0 };
	struct reference r;
	char *exact = malloc(bytes.length + (bytes.length == 0));
	assert_non_null(exact);
	if (bytes.length > 0)
		memcpy(exact, bytes.at, bytes.length);
	bool ok = reference_unpack((struct slice){ exact, bytes.length }, &arena, &r, err);
	arena_free(&arena);
	free(exact);
	return ok;
}

static void damaged_references_are_refused_or_harmless(void **state)
{
	(void)state;
	struct buffer b = { 0 };
	assert_true(reference_pack(&some, &b, NULL));
	for (size_t length = 0; length < b.length; length++) {
		struct error err = { 0 };
		ROW_CHECK(!unpack_exactly((struct slice){ b.at, length }, &err), length);
		ROW_CHECK(err.code == ERROR_DAMAGED && strstr(err.hint, "soc-index"), length);
	}
	for (size_t i = 0; i < b.length; i++) {
		for (int bit = 0; bit < 8; bit++) {
			struct error err = { 0 };
			b.at[i] = (char)(b.at[i] ^ (1 << bit));
			bool ok = unpack_exactly(buffer_slice(&b), &err);
			ROW_CHECK(err.code == (ok ? ERROR_NONE : ERROR_DAMAGED), i * 8 + (size_t)bit);
			b.at[i] = (char)(b.at[i] ^ (1 << bit));
		}
	}
	struct error err = { 0 };
	assert_true(buffer_append_byte(&b, 0, NULL));
	assert_false(unpack_exactly(buffer_slice(&b), &err));
	assert_int_equal(err.code, ERROR_DAMAGED);
	/* Counts that nobody would believe. */
	error_clear(&err);
	buffer_clear(&b);
	assert_true(pack_number(&b, UINT64_MAX, NULL));
	assert_false(unpack_exactly(buffer_slice(&b), &err));
	assert_int_equal(err.code, ERROR_DAMAGED);
	buffer_free(&b);
}

#ifdef SOC_FAULTS
static void each_allocation_fails_in_turn(void **state)
{
	(void)state;
	long k = 0;
	bool ok;
	do {
		struct buffer b = { 0 };
		struct arena arena = { 0 };
		struct reference back;
		struct error err = { 0 };
		fault_arm(FAULT_MEMORY, ++k, false);
		ok = reference_pack(&some, &b, &err) && reference_unpack(buffer_slice(&b), &arena, &back, &err);
		assert_int_equal(ok, fault_failures(FAULT_MEMORY) == 0);
		assert_int_equal(err.code, ok ? ERROR_NONE : ERROR_MEMORY);
		buffer_free(&b);
		arena_free(&arena);
	} while (!ok);
	fault_arm(FAULT_MEMORY, 0, false);
	assert_true(k > 2);
}
#endif

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(references_come_back),
		cmocka_unit_test(entries_are_found),
		cmocka_unit_test(zones_have_labels),
		cmocka_unit_test(damaged_references_are_refused_or_harmless),
#ifdef SOC_FAULTS
		cmocka_unit_test(each_allocation_fails_in_turn),
#endif
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
