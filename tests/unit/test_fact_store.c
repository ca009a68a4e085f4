// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/unit.h"

#include "lib/base/fault.h"
#include "lib/index/fact_store.h"

#define S(literal) \
	{ \
		literal, sizeof(literal) - 1 \
	}
#define NONE \
	{ \
		"", 0 \
	}

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

/* The records of some facts: the first says which parts there are. */
enum { PARTS_MAX = 8 };

struct records {
	struct arena arena;
	struct fact_parts parts;
	struct buffer head, at[PARTS_MAX];
};

static bool pack(const struct facts *f, struct records *r, struct error *err)
{
	bool ok = facts_list_parts(f, &r->arena, &r->parts, err) && r->parts.count <= PARTS_MAX &&
		  facts_pack(f, &r->parts, &r->head, err);
	for (size_t i = 0; ok && i < r->parts.count; i++)
		ok = facts_pack_part(f, r->parts.at[i], &r->at[i], err);
	return ok;
}

static void records_free(struct records *r)
{
	buffer_free(&r->head);
	for (size_t i = 0; i < PARTS_MAX; i++)
		buffer_free(&r->at[i]);
	arena_free(&r->arena);
}

/* With the parts of which the bits are set. */
static bool unpack(const struct records *r, unsigned which, struct arena *arena, struct facts *out, struct error *err)
{
	struct slice parts[PARTS_MAX];
	struct fact_parts names;
	size_t n = 0;
	if (!facts_unpack_parts(buffer_slice(&r->head), arena, &names, err))
		return false;
	for (size_t i = 0; i < r->parts.count; i++)
		if (which >> i & 1)
			parts[n++] = buffer_slice(&r->at[i]);
	return facts_unpack(buffer_slice(&r->head), parts, n, arena, out, err);
}

static const unsigned all_parts = (1u << PARTS_MAX) - 1;

static bool same_number(const struct fact_number *a, const struct fact_number *b)
{
	return a->mark == b->mark && fact_value(a) == fact_value(b);
}

static void facts_come_back(void **state)
{
	(void)state;
	struct records r = { 0 };
	struct arena arena = { 0 };
	struct facts back;
	struct error err = { 0 };
	assert_true(pack(&some, &r, &err) && unpack(&r, all_parts, &arena, &back, &err));
	assert_int_equal(back.count, some.count);
	assert_int_equal(back.total, some.total);
	for (size_t i = 0; i < back.count; i++) {
		const struct fact_series *x = &series[i], *y = &back.at[i];
		ROW_CHECK(x->key == y->key && x->source == y->source && slice_equal(x->name, y->name) &&
				  x->count == y->count,
			  i);
		for (size_t k = 0; k < y->count; k++) {
			ROW_CHECK(slice_equal(x->at[k].code, y->at[k].code) &&
					  slice_equal(x->at[k].text, y->at[k].text),
				  i);
			ROW_CHECK(slice_equal(x->at[k].note, y->at[k].note), i);
			ROW_CHECK(i != 1 ? same_number(&x->at[k].number, &y->at[k].number) : true, i);
		}
	}
	/* One series has one number of decimals, that of its finest figure. */
	assert_int_equal(back.at[0].at[0].number.decimals, 2);
	assert_int_equal(back.at[0].at[0].number.digits, 10599000);
	/* A field of study reads like a number, and a word like none. */
	assert_int_equal(back.at[1].at[2].number.mark, FACT_UNAVAILABLE);
	records_free(&r);
	arena_free(&arena);
}

static struct fact courses[] = {
	{ S("11.0701"), { FACT_UNAVAILABLE, 0, 0 }, S("11"), NONE },
	{ S("29.0201"), { FACT_UNAVAILABLE, 0, 0 }, S("29"), NONE },
};

static void parts_are_read_alone(void **state)
{
	(void)state;
	static struct fact_series with_courses[] = {
		{ FACT_ANNUAL_MEDIAN, 3, NONE, wages, COUNT(wages) },
		{ FACT_DEGREE, 0, NONE, fields, COUNT(fields) },
		{ FACT_STEM_DHS, 1, NONE, courses, COUNT(courses) },
	};
	static const struct facts all = { with_courses, COUNT(with_courses),
					  COUNT(wages) + COUNT(fields) + COUNT(courses) };
	static const char *const names[] = { "", "15", "29", "51" };
	static const char *const keys[] = { "facts/", "facts/15", "facts/29", "facts/51" };
	static const struct {
		unsigned parts;
		size_t counts[3];
		const char *first; /* of the wages; NULL: none */
	} rows[] = {
		{ 1, { 0, 0, 2 }, NULL },       { 2, { 4, 2, 0 }, "15-1200" }, { 4 + 8, { 1, 1, 0 }, "29-1141" },
		{ 15, { 5, 3, 2 }, "15-1200" }, { 0, { 0, 0, 0 }, NULL },
	};
	struct records r = { 0 };
	char key[FACTS_PART_KEY_SIZE];
	assert_true(pack(&all, &r, NULL));
	assert_int_equal(r.parts.count, COUNT(names));
	for (size_t i = 0; i < COUNT(names); i++) {
		facts_part_key(r.parts.at[i], key);
		ROW_CHECK(slice_equal(r.parts.at[i], slice_of(names[i])) && strcmp(key, keys[i]) == 0, i);
	}
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct arena arena = { 0 };
		struct facts back;
		ROW_CHECK(unpack(&r, rows[i].parts, &arena, &back, NULL), i);
		ROW_CHECK(back.count == 3 && back.total == rows[i].counts[0] + rows[i].counts[1] + rows[i].counts[2],
			  i);
		for (size_t k = 0; k < back.count; k++)
			ROW_CHECK(back.at[k].count == rows[i].counts[k], i);
		ROW_CHECK(!rows[i].first || slice_equal(back.at[0].at[0].code, slice_of(rows[i].first)), i);
		arena_free(&arena);
	}
	records_free(&r);
}

static void codes_are_found(void **state)
{
	(void)state;
	static const struct {
		size_t series;
		const char *code;
		size_t count;
	} rows[] = {
		{ 0, "15-1200", 1 }, { 0, "15-1252", 2 }, { 0, "29-1141", 1 },    { 0, "15-1252.00", 0 }, { 0, "", 0 },
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

/* Whether the records are taken; what is can be looked through. */
static bool is_taken(const struct records *r, size_t at)
{
	struct arena arena = { 0 };
	struct facts back;
	struct error err = { 0 };
	size_t count;
	bool ok = unpack(r, all_parts, &arena, &back, &err);
	ROW_CHECK(ok || err.code == ERROR_DAMAGED, at);
	for (size_t i = 0; ok && i < back.count; i++)
		for (size_t k = 0; k < back.at[i].count; k++)
			ROW_CHECK(facts_of(&back.at[i], back.at[i].at[k].code, &count), at);
	arena_free(&arena);
	return ok;
}

/* Whatever is cut off or changed: an error, or records that can be looked through. */
static void damage_is_an_error(void **state)
{
	(void)state;
	struct records r = { 0 };
	assert_true(pack(&some, &r, NULL));
	for (size_t record = 0; record <= r.parts.count; record++) {
		struct buffer *b = record ? &r.at[record - 1] : &r.head;
		size_t refused = 0, whole = b->length;
		for (b->length = 0; b->length < whole; b->length++)
			ROW_CHECK(!is_taken(&r, b->length), b->length);
		for (size_t at = 0; at < b->length; at++) {
			for (int bit = 0; bit < 8; bit++) {
				b->at[at] = (char)(b->at[at] ^ (1 << bit));
				refused += !is_taken(&r, at);
				b->at[at] = (char)(b->at[at] ^ (1 << bit));
			}
		}
		ROW_CHECK(refused > b->length, record);
	}
	records_free(&r);
}

#ifdef SOC_FAULTS

static void memory_may_fail(void **state)
{
	(void)state;
	bool done = false;
	for (long k = 1; !done; k++) {
		struct records r = { 0 };
		struct arena arena = { 0 };
		struct facts back;
		struct error err = { 0 };
		fault_arm(FAULT_MEMORY, k, false);
		done = pack(&some, &r, &err) && unpack(&r, all_parts, &arena, &back, &err);
		fault_arm(FAULT_MEMORY, 0, false);
		ROW_CHECK(done || err.code == ERROR_MEMORY, k);
		records_free(&r);
		arena_free(&arena);
		assert_true(k < 1000);
	}
}

#endif

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(facts_come_back), cmocka_unit_test(parts_are_read_alone),
		cmocka_unit_test(codes_are_found), cmocka_unit_test(damage_is_an_error),
#ifdef SOC_FAULTS
		cmocka_unit_test(memory_may_fail),
#endif
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
