// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/index_make.h"

#include "indexer/synonyms.h"
#include "lib/index/postings_format.h"
#include "lib/index/bloom_filter.h"

/* ---- a store to look into ---- */

/* What one text teaches, mined for so many occupations; `small` is a text whose words are everyday ones. */
struct lesson {
	enum evidence_kind kind;
	const char *text;
	const char *detail;
	uint32_t occupations;
};

struct taught {
	struct buffer bytes; /* of the store */
	struct hash_table store;
	struct buffer records;
	struct slice filter;
	struct synonym_counts counts;
};

static void count_words(struct vocabulary *v, const char *text)
{
	struct error err = { 0 };
	struct text_words words;
	struct tokenizer *a = tokenizer_new(&err);
	assert_true(tokenize(a, slice_of(text), &words, &err));
	assert_true(vocabulary_count(v, slice_of(text), words, true, &err));
	tokenizer_free(a);
}

static void teach(const struct lesson *lessons, size_t count, const char *everyday, struct taught *out)
{
	struct error err = { 0 };
	struct vocabulary words = { 0 };
	struct hash_table_writer lists = { 0 }, records = { 0 };
	struct hash_table all;
	struct synonyms *s = synonyms_new(&err);
	*out = (struct taught){ 0 };
	assert_non_null(s);
	for (size_t i = 0; i < count; i++) {
		struct evidence e = { .kind = lessons[i].kind,
				      .text = slice_of(lessons[i].text),
				      .detail = slice_of(lessons[i].detail) };
		for (uint32_t o = 0; o < lessons[i].occupations; o++)
			assert_true(synonyms_mine(s, &e, o, &err));
	}
	for (size_t i = 0; everyday && i < 5; i++)
		count_words(&words, everyday);
	assert_true(synonyms_finish(s, &words, &err));
	assert_true(synonyms_add_joined(s, SLICE("database"), SLICE("data base"), false, &err));
	assert_true(synonyms_add_joined(s, SLICE("healthcare"), SLICE("health care"), true, &err));
	assert_true(synonyms_write(s, &lists, &records, &err) && hash_table_write(&lists, &out->bytes, &err) &&
		    hash_table_write(&records, &out->records, &err));
	assert_true(hash_table_open(buffer_slice(&out->bytes), NULL, &out->store, &err) &&
		    hash_table_open(buffer_slice(&out->records), NULL, &all, &err) &&
		    hash_table_find(&all, SLICE(SYNONYMS_KEY), &out->filter, &err));
	out->counts = synonyms_count(s);
	hash_table_writer_free(&lists);
	hash_table_writer_free(&records);
	vocabulary_free(&words);
	synonyms_free(s);
}

static void forget(struct taught *t)
{
	buffer_free(&t->bytes);
	buffer_free(&t->records);
}

/* The synonyms of a key as "words/flags/share;..."; empty where there are none. */
static void list_of(struct taught *t, const char *key, struct buffer *out)
{
	struct error err = { 0 };
	struct slice list;
	struct synonym s;
	char full[64];
	snprintf(full, sizeof full, "%c%s", KEY_SYNONYM, key);
	buffer_clear(out);
	assert_true(hash_table_find(&t->store, slice_of(full), &list, &err));
	if (list.at)
		assert_true(bloom_filter_has(t->filter, slice_of(key)));
	struct unpack u = unpack_begin(list);
	while (synonym_unpack(&u, &s))
		assert_true(buffer_printf(out, &err, "%.*s/%u/%u;", (int)s.words.length, s.words.at, s.flags, s.share));
	assert_false(u.bad);
	assert_true(buffer_terminate(out, &err));
}

/* ---- tests ---- */

static void pairs_are_mined(void **state)
{
	(void)state;
	/* ZKO and the like are in no list. */
	static const struct {
		struct lesson lesson;
		const char *key;
		const char *list;
	} rows[] = {
		/* both ways round, in brackets */
		{ { EVIDENCE_ALTERNATE_TITLE, "Zinc Kiln Operator (ZKO)", NULL, 1 },
		  "zko",
		  "zinc kiln operator/0/100;" },
		{ { EVIDENCE_ALTERNATE_TITLE, "ZKO (Zinc Kiln Operator)", NULL, 1 },
		  "zko",
		  "zinc kiln operator/0/100;" },
		{ { EVIDENCE_ALTERNATE_TITLE, "Zinc Kiln Operator (ZKO)", NULL, 1 }, "zinc kiln oper", "zko/1/100;" },
		{ { EVIDENCE_FILED_TITLE, "Zinc Kiln Operator (Z.K.O.)", NULL, 1 },
		  "zko",
		  "zinc kiln operator/0/100;" },
		/* a part of the title, and both of two parts */
		{ { EVIDENCE_ALTERNATE_TITLE, "Night Zinc Kiln Operator (Night ZKO)", NULL, 1 },
		  "zko",
		  "zinc kiln operator/0/100;" },
		{ { EVIDENCE_ALTERNATE_TITLE, "ZK OB (Zinc Kiln Outside Burner)", NULL, 1 },
		  "ob",
		  "outside burner/0/100;" },
		/* function words count or not; some letters from inside */
		{ { EVIDENCE_ALTERNATE_TITLE, "Keeper of Zebras (KZ)", NULL, 1 }, "kz", "keeper of zebras/0/100;" },
		{ { EVIDENCE_ALTERNATE_TITLE, "Keeper of Zebras (KOZ)", NULL, 1 }, "koz", "keeper of zebras/0/100;" },
		{ { EVIDENCE_ALTERNATE_TITLE, "Zincmetal Kiln Operator (ZMKO)", NULL, 1 },
		  "zmko",
		  "zincmetal kiln operator/0/100;" },
		/* abbreviations of one word, with what stays the same */
		{ { EVIDENCE_ALTERNATE_TITLE, "Zeppelinist Helper (Zepp Helper)", NULL, 1 },
		  "zepp",
		  "zeppelinist/0/100;" },
		{ { EVIDENCE_ALTERNATE_TITLE, "Zookeeper (Zkpr)", NULL, 1 }, "zkpr", "zookeeper/0/100;" },
		/* short titles with their long form, which may repeat the short one */
		{ { EVIDENCE_SHORT_TITLE, "ZKO", "Zinc Kiln Operator (ZKO)", 1 }, "zko", "zinc kiln operator/0/100;" },
		{ { EVIDENCE_SHORT_TITLE, "ZKO", "Zinc Kiln Operator", 1 }, "zko", "zinc kiln operator/0/100;" },
		/* in a sentence */
		{ { EVIDENCE_CORE_TASK, "Fill in the zinc kiln order (ZKO) and sign it.", NULL, 2 },
		  "zko",
		  "zinc kiln order/0/100;" },
		{ { EVIDENCE_CORE_TASK, "Fill in the zinc kiln order (ZKO) and sign it.", NULL, 1 }, "zko", "" },
		/* what does not fit */
		{ { EVIDENCE_ALTERNATE_TITLE, "Zinc Kiln Operator (ZKX)", NULL, 1 }, "zkx", "" },
		{ { EVIDENCE_ALTERNATE_TITLE, "Zinc Kiln Operator (Nights)", NULL, 1 }, "night", "" },
		{ { EVIDENCE_ALTERNATE_TITLE, "Zinc Kiln Operator (KO)", NULL, 1 }, "ko", "" },
		{ { EVIDENCE_ALTERNATE_TITLE, "Zinc Kiln Operator (ZKO", NULL, 1 }, "zko", "" },
		{ { EVIDENCE_ALTERNATE_TITLE, "(ZKO)", NULL, 1 }, "zko", "" },
		{ { EVIDENCE_CORE_TASK, "Fill in the zinc kiln order (zko) and sign it.", NULL, 2 }, "zko", "" },
		{ { EVIDENCE_CORE_TASK, "Run zinc kilns (ZKO) by night.", NULL, 2 }, "zko", "" },
		{ { EVIDENCE_TECHNOLOGY, "Zinc Kiln Operator (ZKO)", NULL, 1 }, "zko", "" },
		/* function words are no acronyms that would be found */
		{ { EVIDENCE_ALTERNATE_TITLE, "Inside Sawyer (IS)", NULL, 1 }, "is", "" },
		/* the list */
		{ { EVIDENCE_CORE_TASK, "x", NULL, 1 }, "rn", "registered nurse/0/100;" },
		{ { EVIDENCE_CORE_TASK, "x", NULL, 1 }, "regist nurs", "rn/1/100;" },
		{ { EVIDENCE_CORE_TASK, "x", NULL, 1 }, "or", "operating room/4/100;" },
		{ { EVIDENCE_CORE_TASK, "x", NULL, 1 }, "oper room", "" },
		/* joined words */
		{ { EVIDENCE_CORE_TASK, "x", NULL, 1 }, "data base", "database/2/100;" },
		{ { EVIDENCE_CORE_TASK, "x", NULL, 1 }, "databas", "" },
		{ { EVIDENCE_CORE_TASK, "x", NULL, 1 }, "health care", "healthcare/2/100;" },
		{ { EVIDENCE_CORE_TASK, "x", NULL, 1 }, "healthcar", "health care/2/100;" },
	};
	struct buffer got = { 0 };
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct taught t;
		teach(&rows[i].lesson, 1, NULL, &t);
		list_of(&t, rows[i].key, &got);
		if (strcmp(got.at, rows[i].list) != 0)
			fail_msg("row %zu: %s, not %s", i, got.at, rows[i].list);
		forget(&t);
	}
	buffer_free(&got);
}

static void the_commonest_are_kept(void **state)
{
	(void)state;
	static const struct lesson lessons[] = {
		{ EVIDENCE_ALTERNATE_TITLE, "Zinc Kiln Operator (ZKO)", NULL, 10 },
		{ EVIDENCE_ALTERNATE_TITLE, "Zebra Kennel Owner (ZKO)", NULL, 6 },
		{ EVIDENCE_ALTERNATE_TITLE, "Zip Kit Opener (ZKO)", NULL, 4 },
		{ EVIDENCE_ALTERNATE_TITLE, "Zone Kitchen Orderly (ZKO)", NULL, 3 },
		{ EVIDENCE_ALTERNATE_TITLE, "Yarn Knot Tier (YKT)", NULL, 30 },
		{ EVIDENCE_ALTERNATE_TITLE, "Yacht Keel Tester (YKT)", NULL, 1 },
		/* ours comes first, and counts as much as all others of it */
		{ EVIDENCE_ALTERNATE_TITLE, "Rope Netter (RN)", NULL, 2 },
	};
	struct buffer got = { 0 };
	struct taught t;
	teach(lessons, COUNT(lessons), NULL, &t);
	list_of(&t, "zko", &got);
	assert_string_equal(got.at, "zinc kiln operator/0/50;zebra kennel owner/0/30;zip kit opener/0/20;");
	list_of(&t, "zip kit open", &got);
	assert_string_equal(got.at, "zko/1/20;");
	list_of(&t, "ykt", &got);
	assert_string_equal(got.at, "yarn knot tier/0/97;");
	list_of(&t, "rn", &got);
	assert_string_equal(got.at, "registered nurse/0/60;rope netter/0/40;");
	assert_int_equal(t.counts.mined, 5);
	assert_true(t.counts.listed > 100);
	assert_int_equal(t.counts.joined, 2);
	forget(&t);
	buffer_free(&got);
}

static void everyday_words_are_guarded(void **state)
{
	(void)state;
	static const struct lesson lessons[] = {
		{ EVIDENCE_ALTERNATE_TITLE, "Instrument Control Electrician (ICE)", NULL, 9 },
		{ EVIDENCE_ALTERNATE_TITLE, "Zinc Kiln Operator (ZKO)", NULL, 9 },
	};
	struct buffer got = { 0 };
	struct taught t;
	teach(lessons, COUNT(lessons), "Ice cream for the don, and ZKO", &t);
	list_of(&t, "ice", &got);
	assert_string_equal(got.at, "");
	list_of(&t, "zko", &got);
	assert_string_equal(got.at, "zinc kiln operator/0/100;");
	list_of(&t, "don", &got);
	assert_string_equal(got.at, "director of nursing/4/100;");
	list_of(&t, "director of nurs", &got);
	assert_string_equal(got.at, "");
	forget(&t);
	buffer_free(&got);
}

static void filters_have_their_keys(void **state)
{
	(void)state;
	struct error err = { 0 };
	struct buffer filter = { 0 };
	size_t wrong = 0;
	char key[16];
	assert_false(bloom_filter_has(buffer_slice(&filter), SLICE("a")));
	assert_true(bloom_filter_make(0, 9, &filter, &err));
	assert_false(bloom_filter_has(buffer_slice(&filter), SLICE("a")));
	assert_true(bloom_filter_make(1000, 9, &filter, &err));
	for (unsigned i = 0; i < 1000; i++) {
		snprintf(key, sizeof key, "key %u", i);
		bloom_filter_add(&filter, slice_of(key));
	}
	for (unsigned i = 0; i < 3000; i++) {
		snprintf(key, sizeof key, "key %u", i);
		bool has = bloom_filter_has(buffer_slice(&filter), slice_of(key));
		assert_true(has || i >= 1000);
		wrong += has && i >= 1000;
	}
	assert_true(wrong < 100);
	buffer_free(&filter);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pairs_are_mined),
		cmocka_unit_test(the_commonest_are_kept),
		cmocka_unit_test(everyday_words_are_guarded),
		cmocka_unit_test(filters_have_their_keys),
	};
	return cmocka_run_group_tests(tests, make_set_up, make_tear_down);
}
