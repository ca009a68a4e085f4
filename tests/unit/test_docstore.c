// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/unit.h"

#include <string.h>

#include "lib/base/fault.h"
#include "lib/index/docstore.h"

#define S(literal) \
	{ \
		literal, sizeof(literal) - 1 \
	}

static struct evidence some_evidence[] = {
	{ EVIDENCE_OFFICIAL_TITLE, 0, 0, 0, S("Testers of Files"), S(""), S("") },
	{ EVIDENCE_SHORT_TITLE, 1, EVIDENCE_SHOWN, 0, S("TF"), S("Tester of Files (TF)"), S("") },
	{ EVIDENCE_FILED_TITLE, 2, 0, 123456, S("file tester \xC3\xA9"), S(""), S("") },
	{ EVIDENCE_EMERGING_TASK, 300, EVIDENCE_REVISION, 0, S("Flip every bit of a file."), S(""), S("4711") },
	{ EVIDENCE_TOOL, 0, EVIDENCE_HOT | EVIDENCE_IN_DEMAND, 0, S("Hammers"), S("Tools"), S("") },
};

static struct education some_education[] = {
	{ S("2.D.1"), S("RL"), 12, 33.33, false, 0 },
	{ S("2.D.1"), S("RL"), 0, 0.0, true, 1 },
	{ S("3.A.1"), S("RW"), 1, 100.0, false, 0 },
};

static struct related some_related[] = {
	{ S("15-1252.00"), S("Primary-Short"), 1, 0 },
	{ S("15-1253.00"), S(""), 20, 1 },
};

static struct occupation some_occupation(void)
{
	return (struct occupation){
		.code = S("15-9999.00"),
		.title = S("Testers of Files"),
		.zone = 4,
		.zone_source = 1,
		.evidence = some_evidence,
		.evidence_count = COUNT(some_evidence),
		.education = some_education,
		.education_count = COUNT(some_education),
		.related = some_related,
		.related_count = COUNT(some_related),
	};
}

static struct buffer packed_occupation(void)
{
	struct buffer b = { 0 };
	struct occupation o = some_occupation();
	assert_true(occupation_pack(&o, &b, NULL));
	return b;
}

static void assert_same(const struct occupation *a, const struct occupation *b)
{
	assert_true(slice_equal(a->code, b->code) && slice_equal(a->title, b->title));
	assert_int_equal(a->zone, b->zone);
	assert_int_equal(a->zone_source, b->zone_source);
	assert_int_equal(a->evidence_count, b->evidence_count);
	for (size_t i = 0; i < a->evidence_count; i++) {
		const struct evidence *x = &a->evidence[i], *y = &b->evidence[i];
		ROW_CHECK(x->kind == y->kind && x->source == y->source && x->flags == y->flags &&
				  x->count == y->count && slice_equal(x->text, y->text) &&
				  slice_equal(x->detail, y->detail) && slice_equal(x->id, y->id),
			  i);
	}
	assert_int_equal(a->education_count, b->education_count);
	for (size_t i = 0; i < a->education_count; i++) {
		const struct education *x = &a->education[i], *y = &b->education[i];
		double apart = x->percent - y->percent;
		ROW_CHECK(slice_equal(x->element, y->element) && slice_equal(x->scale, y->scale) &&
				  x->category == y->category && apart < 1e-9 && apart > -1e-9 &&
				  x->suppressed == y->suppressed && x->source == y->source,
			  i);
	}
	assert_int_equal(a->related_count, b->related_count);
	for (size_t i = 0; i < a->related_count; i++) {
		const struct related *x = &a->related[i], *y = &b->related[i];
		ROW_CHECK(slice_equal(x->code, y->code) && slice_equal(x->tier, y->tier) && x->rank == y->rank &&
				  x->source == y->source,
			  i);
	}
}

static void records_come_back(void **state)
{
	(void)state;
	struct occupation o = some_occupation(), empty = { 0 }, back;
	struct buffer b = packed_occupation(), stored = { 0 };
	struct slice again;
	struct arena arena = { 0 };
	struct error err = { 0 };
	assert_true(occupation_unpack(buffer_slice(&b), &arena, &back, &err));
	assert_same(&o, &back);

	/* Deflated, it comes back too, behind what is in the buffer already. */
	assert_true(buffer_append_text(&stored, "before", &err));
	assert_true(record_deflate(buffer_slice(&b), SLICE(""), &stored, &err));
	assert_true(
		record_inflate((struct slice){ stored.at + 6, stored.length - 6 }, SLICE(""), &arena, &again, &err));
	assert_true(slice_equal(again, buffer_slice(&b)) && occupation_unpack(again, &arena, &back, &err));
	assert_same(&o, &back);

	buffer_clear(&b);
	assert_true(occupation_pack(&empty, &b, &err));
	assert_true(occupation_unpack(buffer_slice(&b), &arena, &back, &err));
	assert_same(&empty, &back);
	assert_int_equal(err.code, ERROR_NONE);
	buffer_free(&b);
	buffer_free(&stored);
	arena_free(&arena);
}

static void records_are_deflated(void **state)
{
	(void)state;
	static const size_t lengths[] = { 0, 1, 100, 70000, 1000000 };
	for (size_t i = 0; i < COUNT(lengths); i++) {
		struct buffer plain = { 0 }, stored = { 0 };
		struct arena arena = { 0 };
		struct slice back;
		for (size_t k = 0; k < lengths[i]; k++)
			assert_true(buffer_append_byte(&plain, (char)(k * k >> 3), NULL));
		ROW_CHECK(record_deflate(buffer_slice(&plain), SLICE(""), &stored, NULL), i);
		ROW_CHECK(record_inflate(buffer_slice(&stored), SLICE(""), &arena, &back, NULL), i);
		ROW_CHECK(slice_equal(buffer_slice(&plain), back), i);
		buffer_free(&plain);
		buffer_free(&stored);
		arena_free(&arena);
	}
}

static void dictionaries_have_to_match(void **state)
{
	(void)state;
	static const struct {
		struct slice with, without;
		enum error_code code;
	} rows[] = {
		{ S("testers of files"), S("testers of files"), ERROR_NONE },
		{ S("testers of files"), S("testers of filet"), ERROR_DAMAGED },
		{ S("testers of files"), S(""), ERROR_DAMAGED },
		{ S(""), S("testers of files"), ERROR_NONE }, /* not asked for */
		{ S(""), S(""), ERROR_NONE },
	};
	struct buffer plain = { 0 };
	struct arena arena = { 0 };
	struct slice back;
	for (size_t i = 0; i < 20; i++)
		assert_true(buffer_append_text(&plain, "the testers of files ", NULL));
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct buffer stored = { 0 };
		struct error err = { 0 };
		ROW_CHECK(record_deflate(buffer_slice(&plain), rows[i].with, &stored, &err), i);
		bool ok = record_inflate(buffer_slice(&stored), rows[i].without, &arena, &back, &err);
		ROW_CHECK(err.code == rows[i].code && ok == (err.code == ERROR_NONE), i);
		ROW_CHECK(ok ? slice_equal(buffer_slice(&plain), back) : !back.at, i);
		buffer_free(&stored);
	}
	/* The longest that deflate looks back to. */
	struct buffer longest = { 0 }, stored = { 0 };
	for (size_t i = 0; i < DICTIONARY_MAX; i++)
		assert_true(buffer_append_byte(&longest, (char)(i * i >> 5), NULL));
	assert_true(record_deflate(buffer_slice(&longest), buffer_slice(&longest), &stored, NULL));
	assert_true(record_inflate(buffer_slice(&stored), buffer_slice(&longest), &arena, &back, NULL));
	assert_true(slice_equal(buffer_slice(&longest), back));
	assert_true(stored.length < longest.length / 20);
	buffer_free(&longest);
	buffer_free(&stored);
	buffer_free(&plain);
	arena_free(&arena);
}

static void pieces_of_some_kinds_are_found(void **state)
{
	(void)state;
	struct occupation o = some_occupation();
	for (int first = 0; first < EVIDENCE_KIND_COUNT; first++)
		for (int last = first; last < EVIDENCE_KIND_COUNT; last++) {
			size_t found, count = 0, from = 0;
			const struct evidence *e =
				occupation_evidence(&o, (enum evidence_kind)first, (enum evidence_kind)last, &found);
			for (size_t i = 0; i < o.evidence_count; i++) {
				from += (int)o.evidence[i].kind < first;
				count += (int)o.evidence[i].kind >= first && (int)o.evidence[i].kind <= last;
			}
			ROW_CHECK(found == count && e == o.evidence + from,
				  (size_t)first * EVIDENCE_KIND_COUNT + (size_t)last);
		}
}

/* Bytes in a block of exactly their size, so that the sanitizer sees one read too many. */
static bool unpack_exactly(struct slice bytes, struct error *err)
{
	struct arena arena = { 0 };
	struct occupation o;
	char *exact = malloc(bytes.length + (bytes.length == 0));
	assert_non_null(exact);
	if (bytes.length > 0)
		memcpy(exact, bytes.at, bytes.length);
	bool ok = occupation_unpack((struct slice){ exact, bytes.length }, &arena, &o, err);
	if (ok) {
		/* A record that is taken can be read: kinds are known, strings lie inside. */
		for (size_t i = 0; i < o.evidence_count; i++)
			assert_true(o.evidence[i].kind < EVIDENCE_KIND_COUNT &&
				    (o.evidence[i].text.length == 0 ||
				     (o.evidence[i].text.at >= exact &&
				      o.evidence[i].text.at + o.evidence[i].text.length <= exact + bytes.length)));
		assert_true(arena.total < (1u << 20));
	}
	arena_free(&arena);
	free(exact);
	return ok;
}

static void damaged_records_are_refused_or_harmless(void **state)
{
	(void)state;
	struct buffer b = packed_occupation();
	size_t taken = 0;
	for (size_t length = 0; length < b.length; length++) {
		struct error err = { 0 };
		ROW_CHECK(!unpack_exactly((struct slice){ b.at, length }, &err), length);
		ROW_CHECK(err.code == ERROR_DAMAGED && strstr(err.hint, "soc-index verify"), length);
	}
	for (size_t i = 0; i < b.length; i++) {
		for (int bit = 0; bit < 8; bit++) {
			struct error err = { 0 };
			b.at[i] = (char)(b.at[i] ^ (1 << bit));
			bool ok = unpack_exactly(buffer_slice(&b), &err);
			taken += ok;
			ROW_CHECK(err.code == (ok ? ERROR_NONE : ERROR_DAMAGED), i * 8 + (size_t)bit);
			b.at[i] = (char)(b.at[i] ^ (1 << bit));
		}
	}
	assert_true(taken > 0 && taken < b.length * 8); /* a letter may change, a length may not */

	/* One byte more than the record has. */
	struct error err = { 0 };
	assert_true(buffer_append_byte(&b, 0, NULL));
	assert_false(unpack_exactly(buffer_slice(&b), &err));
	assert_int_equal(err.code, ERROR_DAMAGED);
	buffer_free(&b);
}

static void made_up_counts_are_refused(void **state)
{
	(void)state;
	static const uint64_t counts[] = { 1, 1000, UINT32_MAX, UINT64_MAX };
	for (size_t which = 0; which < 4; which++) {
		for (size_t i = 0; i < COUNT(counts); i++) {
			struct buffer b = { 0 };
			struct error err = { 0 };
			assert_true(pack_string(&b, SLICE("15-9999.00"), NULL) && pack_string(&b, SLICE("T"), NULL) &&
				    pack_number(&b, 0, NULL) && pack_number(&b, 0, NULL));
			for (size_t k = 0; k < 4; k++)
				assert_true(pack_number(&b, k == which ? counts[i] : 0, NULL));
			ROW_CHECK(!unpack_exactly(buffer_slice(&b), &err), i);
			ROW_CHECK(err.code == ERROR_DAMAGED, i);
			buffer_free(&b);
		}
	}
}

/* What is given of a record: the pieces that come back as numbers in some_evidence. */
struct visit {
	size_t seen[COUNT(some_evidence)];
	size_t count;
	size_t most; /* after so many it says stop */
};

static bool take_piece(void *ctx, const struct evidence *e)
{
	struct visit *v = ctx;
	size_t i = 0;
	while (i < COUNT(some_evidence) && !slice_equal(e->text, some_evidence[i].text))
		i++;
	assert_true(i < COUNT(some_evidence) && e->kind == some_evidence[i].kind &&
		    e->source == some_evidence[i].source && e->flags == some_evidence[i].flags &&
		    e->count == some_evidence[i].count && slice_equal(e->detail, some_evidence[i].detail) &&
		    slice_equal(e->id, some_evidence[i].id));
	v->seen[v->count++] = i;
	return v->count < v->most;
}

static void evidence_is_read_as_far_as_it_is_wanted(void **state)
{
	(void)state;
	static const struct {
		unsigned fields;
		size_t most;
		const char *seen;
	} rows[] = {
		{ ~0u, 99, "30124" },
		{ 0, 99, "" },
		{ 1u << FIELD_TASK, 99, "3" },
		{ 1u << FIELD_TITLE, 99, "012" },
		{ 1u << FIELD_TITLE, 2, "01" },
		{ 1u << FIELD_TOOL, 99, "4" },
		{ 1u << FIELD_TOOL | 1u << FIELD_TASK, 99, "34" },
		{ 1u << FIELD_ACTIVITY | 1u << FIELD_DESCRIPTION, 99, "" },
	};
	struct buffer b = packed_occupation(), stored = { 0 };
	assert_true(record_deflate(buffer_slice(&b), SLICE("Hammers"), &stored, NULL));
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct visit v = { .most = rows[i].most };
		struct arena arena = { 0 };
		struct error err = { 0 };
		ROW_CHECK(record_visit_evidence(buffer_slice(&stored), SLICE("Hammers"), rows[i].fields, &arena,
						take_piece, &v, &err),
			  i);
		ROW_CHECK(v.count == strlen(rows[i].seen), i);
		for (size_t k = 0; k < v.count; k++)
			ROW_CHECK(v.seen[k] == (size_t)(rows[i].seen[k] - '0'), i);
		arena_free(&arena);
	}
	buffer_free(&b);
	buffer_free(&stored);
}

static bool count_piece(void *ctx, const struct evidence *e)
{
	*(size_t *)ctx += e->text.length;
	return true;
}

/* A text that is longer than what is inflated at once, and one behind it. */
static void long_evidence_is_read(void **state)
{
	(void)state;
	static char text[30000];
	struct evidence two[] = { { EVIDENCE_SHORT_TITLE, 0, 0, 0, S("last"), S(""), S("") },
				  { EVIDENCE_CORE_TASK, 0, 0, 0, { text, sizeof text }, S(""), S("") } };
	struct occupation o = { .code = S("15-9999.00"), .title = S("T"), .evidence = two, .evidence_count = 2 };
	struct buffer b = { 0 }, stored = { 0 };
	struct arena arena = { 0 };
	size_t length = 0;
	unsigned x = 1;
	for (size_t i = 0; i < sizeof text; i++)
		text[i] = (char)('a' + ((x = x * 1103515245u + 12345u) >> 16) % 26);
	assert_true(occupation_pack(&o, &b, NULL) && record_deflate(buffer_slice(&b), SLICE(""), &stored, NULL));
	assert_true(record_visit_evidence(buffer_slice(&stored), SLICE(""), ~0u, &arena, count_piece, &length, NULL));
	assert_int_equal(length, sizeof text + 4);

	/* Cut anywhere, and with any byte changed, it is refused or read within its bounds. */
	for (size_t cut = 0; cut < stored.length; cut += 97) {
		struct error err = { 0 };
		assert_false(record_visit_evidence((struct slice){ stored.at, cut }, SLICE(""), ~0u, &arena,
						   count_piece, &length, &err));
		assert_int_equal(err.code, ERROR_DAMAGED);
		arena_reset(&arena);
	}
	for (size_t i = 0; i < stored.length; i += 61) {
		struct error err = { 0 };
		stored.at[i] = (char)(stored.at[i] ^ 0x55);
		bool ok = record_visit_evidence(buffer_slice(&stored), SLICE(""), ~0u, &arena, count_piece, &length,
						&err);
		ROW_CHECK(err.code == (ok ? ERROR_NONE : ERROR_DAMAGED), i);
		stored.at[i] = (char)(stored.at[i] ^ 0x55);
		arena_reset(&arena);
	}
	buffer_free(&b);
	buffer_free(&stored);
	arena_free(&arena);
}

static void damaged_storage_is_refused(void **state)
{
	(void)state;
	struct buffer b = packed_occupation(), stored = { 0 };
	struct arena arena = { 0 };
	struct slice out;
	assert_true(record_deflate(buffer_slice(&b), SLICE(""), &stored, NULL));
	for (size_t length = 0; length < stored.length; length++) {
		struct error err = { 0 };
		char *exact = malloc(length + 1);
		assert_non_null(exact);
		memcpy(exact, stored.at, length);
		ROW_CHECK(!record_inflate((struct slice){ exact, length }, SLICE(""), &arena, &out, &err), length);
		ROW_CHECK(err.code == ERROR_DAMAGED && strstr(err.hint, "soc-index verify"), length);
		free(exact);
	}
	for (size_t i = 0; i < stored.length; i++) {
		for (int bit = 0; bit < 8; bit++) {
			struct error err = { 0 };
			stored.at[i] = (char)(stored.at[i] ^ (1 << bit));
			bool ok = record_inflate(buffer_slice(&stored), SLICE(""), &arena, &out, &err);
			/* zlib has a checksum; what passes it (its header has bits without meaning) is whole. */
			ROW_CHECK(ok ? slice_equal(out, buffer_slice(&b)) : err.code == ERROR_DAMAGED,
				  i * 8 + (size_t)bit);
			stored.at[i] = (char)(stored.at[i] ^ (1 << bit));
			arena_reset(&arena);
		}
	}
	buffer_free(&stored);
	arena_free(&arena);

	/* A length beyond all measure. */
	struct error err = { 0 };
	assert_true(pack_number(&stored, UINT64_MAX, NULL) && buffer_append_text(&stored, "xyz", NULL));
	assert_false(record_inflate(buffer_slice(&stored), SLICE(""), &arena, &out, &err));
	assert_int_equal(err.code, ERROR_DAMAGED);
	assert_int_equal(arena.total, 0);
	buffer_free(&stored);
	buffer_free(&b);
}

static void kinds_have_names(void **state)
{
	(void)state;
	for (size_t i = 0; i < EVIDENCE_KIND_COUNT; i++) {
		ROW_CHECK(*evidence_specs[i].name && *evidence_specs[i].key, i);
		ROW_CHECK(field_specs[evidence_specs[i].field].prefix, i);
		for (size_t k = 0; k < i; k++)
			ROW_CHECK(strcmp(evidence_specs[i].key, evidence_specs[k].key) != 0, i);
	}
	for (size_t i = 0; i < FIELD_COUNT; i++) {
		const char *prefix = field_specs[i].prefix;
		ROW_CHECK(!prefix || (strlen(prefix) == 1 && prefix[0] >= 'A' && prefix[0] <= 'Z'), i);
		ROW_CHECK(strncmp(field_specs[i].example, field_specs[i].name, strlen(field_specs[i].name)) == 0, i);
		for (size_t k = 0; prefix && k < i; k++)
			ROW_CHECK(strcmp(prefix, field_specs[k].prefix) != 0, i);
	}
}

#ifdef SOC_FAULTS
static void each_allocation_fails_in_turn(void **state)
{
	(void)state;
	struct occupation o = some_occupation(), back;
	long k = 0;
	bool ok;
	do {
		struct buffer record = { 0 }, stored = { 0 };
		struct slice again;
		struct arena arena = { 0 };
		struct error err = { 0 };
		fault_arm(FAULT_MEMORY, ++k, false);
		ok = occupation_pack(&o, &record, &err) &&
		     record_deflate(buffer_slice(&record), SLICE(""), &stored, &err) &&
		     record_inflate(buffer_slice(&stored), SLICE(""), &arena, &again, &err) &&
		     occupation_unpack(again, &arena, &back, &err) &&
		     record_visit_evidence(buffer_slice(&stored), SLICE(""), ~0u, &arena, take_piece,
					   &(struct visit){ .most = 99 }, &err);
		assert_int_equal(ok, fault_failures(FAULT_MEMORY) == 0);
		assert_int_equal(err.code, ok ? ERROR_NONE : ERROR_MEMORY);
		buffer_free(&record);
		buffer_free(&stored);
		arena_free(&arena);
	} while (!ok);
	fault_arm(FAULT_MEMORY, 0, false);
	assert_true(k > 4);
}
#endif

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(records_come_back),
		cmocka_unit_test(pieces_of_some_kinds_are_found),
		cmocka_unit_test(records_are_deflated),
		cmocka_unit_test(evidence_is_read_as_far_as_it_is_wanted),
		cmocka_unit_test(long_evidence_is_read),
		cmocka_unit_test(dictionaries_have_to_match),
		cmocka_unit_test(damaged_records_are_refused_or_harmless),
		cmocka_unit_test(made_up_counts_are_refused),
		cmocka_unit_test(damaged_storage_is_refused),
		cmocka_unit_test(kinds_have_names),
#ifdef SOC_FAULTS
		cmocka_unit_test(each_allocation_fails_in_turn),
#endif
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
