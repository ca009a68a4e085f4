// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * test_batch.c - the parts of a batch that need no index: numbers and text as JSON, chunks, the answer cache, decisions,
 * the external sort, lines of the review queue.
 */
#include "lib/base/utf8.h"
#include "tests/unit/corpus_make.h"

#include <jansson.h>
#include <math.h>
#include <pthread.h>

#include "lib/base/fault.h"
#include "query/batch/worker_pool.h"
#include "query/output/json_writer.h"
#include "query/batch/answer_cache.h"
#include "query/batch/overrides.h"
#include "query/batch/review.h"
#include "query/batch/external_sort.h"

/* ---- JSON ---- */

static void text_is_escaped(void **state)
{
	(void)state;
	static const struct {
		struct slice text;
		const char *json;
	} rows[] = {
		{ SLICE(""), "\"\"" },
		{ { NULL, 0 }, "\"\"" },
		{ SLICE("plain 11-2021"), "\"plain 11-2021\"" },
		{ SLICE("\"\\/"), "\"\\\"\\\\/\"" },
		{ SLICE("\b\f\n\r\t\x01\x1f\x7f"), "\"\\b\\f\\n\\r\\t\\u0001\\u001F\x7f\"" },
		{ SLICE("a\0b"), "\"a\\u0000b\"" },
		{ SLICE("caf\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x98\x80"), "\"caf\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x98\x80\"" },
		{ SLICE("\xFF\xC3"), "\"\xEF\xBF\xBD\xEF\xBF\xBD\"" },
		{ SLICE("\xE2\x82x"), "\"\xEF\xBF\xBD\xEF\xBF\xBDx\"" },
		{ SLICE("\xED\xA0\x80\xC0\xAF\xF5\x80"),
		  "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"
		  "\xEF\xBF\xBD\xEF\xBF\xBD\"" },
		{ SLICE("\xE0\x80\x80\xF0\x80\x80\x80\xF4\x90\x80\x80"), NULL },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct buffer out = { 0 };
		/* A copy of the very size, so that the sanitizer sees one byte too many. */
		char *copy = malloc(rows[i].text.length ? rows[i].text.length : 1);
		if (rows[i].text.length)
			memcpy(copy, rows[i].text.at, rows[i].text.length);
		ROW_CHECK(json_put_text(&out, (struct slice){ copy, rows[i].text.length }, NULL), i);
		ROW_CHECK(!rows[i].json || slice_equal(buffer_slice(&out), slice_of(rows[i].json)), i);
		json_t *read = json_loadb(out.at, out.length, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
		ROW_CHECK(json_is_string(read), i);
		ROW_CHECK(!slice_is_utf8(rows[i].text, NULL) || memchr(copy, 0, rows[i].text.length) ||
				  slice_equal((struct slice){ json_string_value(read), json_string_length(read) },
					      rows[i].text),
			  i);
		json_decref(read);
		free(copy);
		buffer_free(&out);
	}
}

static void check_number(double value)
{
	char mine[NUMBER_SIZE], theirs[64];
	mine[number_write(value, mine)] = '\0';
	snprintf(theirs, sizeof theirs, "%.6g", value);
	/* Digits beyond the sixth are rounded in binary: the last one may differ where they are 5000... */
	if (strcmp(mine, theirs) != 0 && fabs(strtod(mine, NULL) - value) > fabs(value) * 5.0000001e-6)
		fail_msg("%.17g is %s, not %s", value, mine, theirs);
}

static void numbers_are_those_of_printf(void **state)
{
	(void)state;
	static const double values[] = { 0.0,      1.0,  0.5,      8.71281,      100.0,         999999.0,   999999.4,
					 999999.6, 1e6,  1e-4,     9.9999995e-5, 0.00012345678, 123456.5,   12345.65,
					 0.1,      0.25, 8.453125, 1e300,        1e-300,        0.999999949 };
	uint64_t random = 7;
	for (size_t i = 0; i < COUNT(values); i++) {
		check_number(values[i]);
		check_number(-values[i]);
	}
	for (size_t i = 0; i < 200000; i++) {
		random = random * 6364136223846793005u + 1442695040888963407u;
		check_number((double)(float)((double)(random >> 40) / 16777216.0 * pow(10.0, (double)(i % 14) - 6.0)));
	}
	/* Of floats, ties and all. */
	for (size_t i = 0; i < 4096; i++) {
		char mine[NUMBER_SIZE], theirs[64];
		double value = (double)i / 64.0;
		mine[number_write(value, mine)] = '\0';
		snprintf(theirs, sizeof theirs, "%.6g", value);
		assert_string_equal(mine, theirs);
	}
}

static void reals_are_no_integers(void **state)
{
	(void)state;
	static const struct {
		double value;
		const char *json;
	} rows[] = { { 0.0, "0.0" },       { 1.0, "1.0" },        { 8.71281, "8.71281" }, { 1e6, "1e6" },
		     { 1.2e-7, "1.2e-7" }, { 1e100, "1e100" },    { -3.0, "-3.0" },       { 120.0, "120.0" },
		     { INFINITY, "0.0" },  { 0.00012, "0.00012" } };
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct buffer out = { 0 };
		ROW_CHECK(json_put_real(&out, rows[i].value, NULL), i);
		if (!slice_equal(buffer_slice(&out), slice_of(rows[i].json)))
			fail_msg("row %zu: %.*s", i, (int)out.length, out.at);
		buffer_free(&out);
	}
}

/* ---- chunks ---- */

static void chunks_hold_what_fits(void **state)
{
	(void)state;
	struct chunk *c = calloc(1, sizeof *c);
	struct error err = { 0 };
	struct slice kept[] = { SLICE("k1"), SLICE("") };
	struct batch_row row = {
		.number = 1, .id = SLICE("id"), .title = SLICE("title"), .kept = kept, .kept_count = 2
	};
	bool added = true;
	size_t n = 0;
	for (; added; n += added)
		assert_true(chunk_add(c, &row, &added, &err));
	assert_int_equal(n, CHUNK_ROWS);
	assert_true(slice_equal(c->rows[CHUNK_ROWS - 1].title, SLICE("title")) && c->rows[0].title.at != row.title.at);
	assert_true(slice_equal(c->rows[5].kept[0], SLICE("k1")) && c->rows[5].kept[1].length == 0);
	chunk_clear(c);
	/* One that is too long stands alone. */
	struct buffer large = { 0 };
	assert_true(buffer_reserve(&large, 3 * CHUNK_BYTES, &err));
	memset(large.at, 'x', 3 * CHUNK_BYTES);
	struct batch_row long_row = { .text = { large.at, 3 * CHUNK_BYTES } };
	assert_true(chunk_add(c, &row, &added, &err) && added);
	assert_true(chunk_add(c, &long_row, &added, &err) && !added);
	chunk_clear(c);
	assert_true(chunk_add(c, &long_row, &added, &err) && added);
	assert_true(chunk_add(c, &row, &added, &err) && !added);
	assert_true(c->rows[0].text.length == 3 * CHUNK_BYTES && c->rows[0].text.at[3 * CHUNK_BYTES - 1] == 'x');
	chunk_free(c);
	free(c);
	buffer_free(&large);
}

/* ---- the answer cache ---- */

enum { TOP = 3 };

static struct answer_cache_key key_of(struct answer_cache_hash *h, size_t number)
{
	char title[32];
	snprintf(title, sizeof title, "title %zu", number);
	return answer_cache_key(h, &(struct batch_job){ .title = slice_of(title) });
}

static void check_kept(struct answer_cache *m, struct answer_cache_hash *h, size_t number, size_t *found)
{
	struct answer_candidate at[TOP];
	struct answer a = { .at = at };
	struct answer_cache_key key = key_of(h, number);
	if (!answer_cache_find(m, &key, &a))
		return;
	++*found;
	if (a.count != number % (TOP + 1) || (a.count && at[a.count - 1].occupation != number))
		fail_msg("another answer for %zu", number);
}

static void *use_cache(void *ctx)
{
	struct answer_cache *m = ctx;
	struct answer_cache_hash *h;
	struct error err = { 0 };
	size_t found = 0;
	answer_cache_hash_new(&h, &err);
	for (size_t i = 0; i < 20000; i++) {
		struct answer_candidate at[TOP] = { 0 };
		size_t number = i * 7 % 5000;
		struct answer a = { .at = at, .count = number % (TOP + 1) };
		struct answer_cache_key key = key_of(h, number);
		for (size_t k = 0; k < TOP; k++)
			at[k].occupation = (uint32_t)number;
		answer_cache_keep(m, &key, &a);
		check_kept(m, h, number, &found);
		check_kept(m, h, i * 13 % 5000, &found);
	}
	answer_cache_hash_free(h);
	return found > 20000 / 2 ? m : NULL;
}

static void caches_are_shared(void **state)
{
	(void)state;
	struct answer_cache *m;
	struct error err = { 0 };
	pthread_t threads[3];
	void *result;
	assert_true(answer_cache_new(1 << 18, TOP, &m, &err));
	for (size_t i = 0; i < COUNT(threads); i++)
		assert_int_equal(pthread_create(&threads[i], NULL, use_cache, m), 0);
	for (size_t i = 0; i < COUNT(threads); i++) {
		assert_int_equal(pthread_join(threads[i], &result), 0);
		assert_non_null(result);
	}
	answer_cache_free(m);
}

/* What is in which field is part of the job. */
static void jobs_are_told_apart(void **state)
{
	(void)state;
	struct answer_cache_hash *h;
	struct error err = { 0 };
	static const struct batch_job jobs[] = {
		{ SLICE("ab"), SLICE(""), SLICE("") }, { SLICE("a"), SLICE("b"), SLICE("") },
		{ SLICE(""), SLICE("ab"), SLICE("") }, { SLICE("a"), SLICE(""), SLICE("b") },
		{ SLICE(""), SLICE(""), SLICE("ab") }, { SLICE("AB"), SLICE(""), SLICE("") },
		{ SLICE(""), SLICE(""), SLICE("") },
	};
	assert_true(answer_cache_hash_new(&h, &err));
	for (size_t i = 0; i < COUNT(jobs); i++)
		for (size_t k = 0; k < i; k++) {
			struct answer_cache_key a = answer_cache_key(h, &jobs[i]), b = answer_cache_key(h, &jobs[k]);
			ROW_CHECK(a.low != b.low || a.high != b.high, i);
		}
	answer_cache_hash_free(h);
}

/* ---- decisions ---- */

static void decisions_have_reasons(void **state)
{
	(void)state;
	static const struct thresholds t = { true, 0.7, 0.4 };
	static const struct {
		double confidences[2];
		size_t count;
		enum decision decision;
		const char *reason;
	} rows[] = {
		{ { 0.7, 0.1 }, 2, DECISION_ACCEPT, "confidence 0.700 is at least 0.7" },
		{ { 0.9996, 0 }, 1, DECISION_ACCEPT, "confidence 0.999 is at least 0.7" },
		{ { 0.6999, 0.1 }, 2, DECISION_REVIEW, "confidence 0.699 is below 0.7" },
		{ { 0.45, 0.3 }, 2, DECISION_REVIEW, "confidence 0.450 is below 0.7; 29-1141 has 0.300" },
		{ { 0.45, 0.29 }, 2, DECISION_REVIEW, "confidence 0.450 is below 0.7" },
		{ { 0.3999, 0 }, 1, DECISION_FAIL, "confidence 0.399 is below 0.4" },
		{ { 0, 0 }, 0, DECISION_FAIL, "no title and no text" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct answer_candidate at[2] = { { .confidence = rows[i].confidences[0] },
						  { .confidence = rows[i].confidences[1], .soc = { "29-1141" } } };
		struct answer a = { .at = at,
				    .count = rows[i].count,
				    .note = rows[i].count ? NULL : "no title and no text" };
		struct buffer reason = { 0 };
		ROW_CHECK(decision_of(&t, &a) == rows[i].decision, i);
		ROW_CHECK(decision_reason(&t, &a, &reason, NULL) && buffer_terminate(&reason, NULL), i);
		assert_string_equal(reason.at, rows[i].reason);
		ROW_CHECK(decision_of(&(struct thresholds){ .wanted = false }, &a) == DECISION_NONE, i);
		buffer_free(&reason);
	}
	struct override decided = { .by = SLICE("Lee"), .on = SLICE("2026-11-20") };
	struct answer_candidate one = { .confidence = 0.0 };
	struct answer a = { .at = &one, .count = 1, .decided = &decided };
	struct buffer reason = { 0 };
	assert_int_equal(decision_of(&t, &a), DECISION_ACCEPT);
	assert_true(decision_reason(&t, &a, &reason, NULL) && buffer_terminate(&reason, NULL));
	assert_string_equal(reason.at, "decided by Lee on 2026-11-20");
	buffer_free(&reason);
}

/* ---- the external sort ---- */

/* Values are numbers in text; equal keys add them up. */
static bool add_up(struct slice first, struct slice second, struct buffer *out, struct error *err)
{
	char a[32], b[32];
	snprintf(a, sizeof a, "%.*s", (int)first.length, first.at);
	snprintf(b, sizeof b, "%.*s", (int)second.length, second.at);
	return buffer_printf(out, err, "%ld", atol(a) + atol(b));
}

/* So many records over so many keys; what comes out must be all of it, in order. */
static void sort_records(size_t records, size_t keys, size_t memory, bool combined, bool named)
{
	const struct external_sort_options options = {
		.beside = make_path("queue.csv"), .combine = combined ? add_up : NULL, .memory = memory, .named = named
	};
	struct external_sort *s;
	struct external_sort_record r;
	struct error err = { 0 };
	char key[32], last[32] = "";
	bool found = true;
	size_t count = 0, sum = 0;
	assert_true(external_sort_new(&options, &s, &err));
	for (size_t i = 0; i < records; i++) {
		snprintf(key, sizeof key, "key %05zu", i * 7919 % keys);
		assert_true(external_sort_add(s, slice_of(key), SLICE("1"), &err));
	}
	assert_true(external_sort_rewind(s, &err));
	for (;;) {
		assert_true(external_sort_next(s, &r, &found, &err));
		if (!found)
			break;
		snprintf(key, sizeof key, "%.*s", (int)r.key.length, r.key.at);
		assert_true(combined ? strcmp(last, key) < 0 : strcmp(last, key) <= 0);
		strcpy(last, key);
		snprintf(key, sizeof key, "%.*s", (int)r.value.length, r.value.at);
		sum += (size_t)atol(key);
		count++;
	}
	external_sort_free(s);
	assert_int_equal(sum, records);
	assert_int_equal(count, combined ? (records < keys ? records : keys) : records);
	DIR *d = opendir(make_folder);
	const struct dirent *entry;
	while ((entry = readdir(d)) != NULL)
		if (strstr(entry->d_name, ".part-"))
			fail_msg("it left %s", entry->d_name);
	closedir(d);
}

static void records_are_sorted(void **state)
{
	(void)state;
	for (int how = 0; how < 4; how++) {
		sort_records(0, 1, 1000, how & 1, how & 2);
		sort_records(1, 1, 1000, how & 1, how & 2);
		sort_records(1000, 100, 1 << 20, how & 1, how & 2); /* in memory */
		sort_records(1000, 100, 4000, how & 1, how & 2);    /* in parts */
		sort_records(20000, 5000, 5000, how & 1, how & 2);  /* in parts of parts */
		sort_records(3000, 1, 2000, how & 1, how & 2);      /* all of one key */
	}
}

/* A run that is resumed takes up the parts of the one before. */
static void parts_are_restored(void **state)
{
	(void)state;
	const struct external_sort_options options = {
		.beside = make_path("queue.csv"), .combine = add_up, .memory = 2000, .named = true
	};
	uint64_t numbers[64], sizes[64];
	size_t parts = 0, sum = 0, count = 0;
	struct external_sort *s;
	struct external_sort_record r;
	struct error err = { 0 };
	bool found = true;
	char key[32];
	for (size_t run = 0; run < 40; run++) {
		assert_true(external_sort_new(&options, &s, &err));
		for (size_t i = 0; i < parts; i++)
			assert_true(external_sort_restore(s, numbers[i], sizes[i], &err));
		for (size_t i = 0; i < 100; i++) {
			snprintf(key, sizeof key, "key %zu", (run * 100 + i) % 333);
			assert_true(external_sort_add(s, slice_of(key), SLICE("1"), &err));
		}
		assert_true(external_sort_flush(s, &err));
		parts = external_sort_parts(s);
		for (size_t i = 0; i < parts; i++)
			external_sort_part(s, i, &numbers[i], &sizes[i]);
		external_sort_forget_merged(s);
		/* What comes behind the flush is lost, as when the process is killed. */
		assert_true(external_sort_add(s, SLICE("lost"), SLICE("1000000"), &err));
		external_sort_leave(s);
	}
	assert_true(external_sort_new(&options, &s, &err));
	for (size_t i = 0; i < parts; i++)
		assert_true(external_sort_restore(s, numbers[i], sizes[i], &err));
	assert_true(external_sort_rewind(s, &err));
	while (external_sort_next(s, &r, &found, &err) && found) {
		snprintf(key, sizeof key, "%.*s", (int)r.value.length, r.value.at);
		sum += (size_t)atol(key);
		count++;
	}
	assert_int_equal(sum, 4000);
	assert_int_equal(count, 333);
	assert_false(external_sort_restore(s, numbers[0], sizes[0] + 1, &err));
	assert_true(err.code == ERROR_INPUT && err.hint[0] != '\0');
	external_sort_free(s);
	assert_true(external_sort_new(&options, &s, &err));
	error_clear(&err);
	assert_false(external_sort_restore(s, numbers[0], sizes[0], &err)); /* external_sort_free() has removed it */
	external_sort_free(s);
}

static bool sort_some(struct error *err)
{
	const struct external_sort_options options = {
		.beside = make_path("queue.csv"), .combine = add_up, .memory = 600, .named = true
	};
	struct external_sort *s = NULL;
	struct external_sort_record r;
	char key[32];
	bool found = true, ok = external_sort_new(&options, &s, err);
	for (size_t i = 0; ok && i < 700; i++) {
		snprintf(key, sizeof key, "key %zu", i % 50);
		ok = external_sort_add(s, slice_of(key), SLICE("1"), err);
	}
	ok = ok && external_sort_rewind(s, err);
	while (ok && found)
		ok = external_sort_next(s, &r, &found, err);
	external_sort_free(s);
	return ok;
}

static void sorting_may_fail(void **state)
{
	(void)state;
	static const enum fault_kind kinds[] = { FAULT_MEMORY, FAULT_WRITE, FAULT_READ };
	for (size_t k = 0; k < COUNT(kinds); k++) {
		long at = 1, failures = 1;
		for (; failures && at < 3000; at += at < 40 ? 1 : 41) {
			struct error err = { 0 };
			fault_arm(kinds[k], at, false);
			bool ok = sort_some(&err);
			failures = fault_failures(kinds[k]);
			fault_arm(kinds[k], 0, false);
			ROW_CHECK(ok == (err.code == ERROR_NONE), at);
			ROW_CHECK(ok || failures, at);
		}
		assert_true(at > 3);
		assert_int_equal(failures, 0);
	}
}

/* ---- lines of the review queue ---- */

static void lines_are_packed(void **state)
{
	(void)state;
	const struct review_line line = {
		.rows = 300,
		.first = 70000,
		.decision = DECISION_REVIEW,
		.id = SLICE("id"),
		.title = SLICE("Nurse"),
		.industry = SLICE(""),
		.text = SLICE("t\n"),
		.digest = SLICE("t0123"),
		.reason = SLICE("why"),
		.count = 2,
		.candidates = { { SLICE("29-1141"), 17, 0.5 }, { SLICE("31-1131"), 1015, 0.25 } },
	};
	struct review_line out, later = line;
	struct buffer a = { 0 }, b = { 0 }, both = { 0 };
	struct error err = { 0 };
	later.rows = 5;
	later.first = 12;
	later.title = SLICE("nurse");
	assert_true(review_pack(&line, &a, &err) && review_pack(&later, &b, &err));
	assert_true(review_unpack(buffer_slice(&a), &out));
	assert_true(out.rows == 300 && out.first == 70000 && out.decision == DECISION_REVIEW && out.count == 2);
	assert_true(slice_equal(out.title, line.title) && slice_equal(out.reason, line.reason) &&
		    slice_equal(out.digest, line.digest));
	assert_true(out.candidates[1].occupation == 1015 && out.candidates[1].confidence == 0.25);
	/* Rows add up, and the line is that of the first row, whichever comes first. */
	for (int turn = 0; turn < 2; turn++) {
		buffer_clear(&both);
		assert_true(review_combine(buffer_slice(turn ? &a : &b), buffer_slice(turn ? &b : &a), &both, &err));
		assert_true(review_unpack(buffer_slice(&both), &out));
		assert_true(out.rows == 305 && out.first == 12 && slice_equal(out.title, SLICE("nurse")));
	}
	/* No beginning of it passes for the whole. */
	for (size_t length = 0; length < a.length; length++)
		ROW_CHECK(!review_unpack((struct slice){ a.at, length }, &out), length);
	buffer_append_byte(&a, 'x', NULL);
	assert_false(review_unpack(buffer_slice(&a), &out));
	assert_false(review_combine(buffer_slice(&a), buffer_slice(&b), &both, &err));
	buffer_free(&a);
	buffer_free(&b);
	buffer_free(&both);
}

static void long_texts_are_cut(void **state)
{
	(void)state;
	static const struct thresholds t = { true, 0.7, 0.4 };
	struct buffer text = { 0 }, scratch = { 0 }, packed = { 0 };
	struct error err = { 0 };
	struct review_line line;
	for (int i = 0; i < 500; i++)
		buffer_append_text(&text, "x\xC3\xA9", NULL); /* 3 bytes: the cut falls into the middle of one */
	struct batch_row row = { .number = 3, .text = buffer_slice(&text) };
	struct answer a = { .note = "no word of it is known to the index" };
	assert_true(review_pack_row(&row, "", &a, &t, &scratch, &packed, &err) &&
		    review_unpack(buffer_slice(&packed), &line));
	assert_true(line.text.length <= 1000 && line.text.length > 990 && slice_is_utf8(line.text, NULL));
	assert_true(slice_equal(line.reason, slice_of(a.note)) && line.decision == DECISION_FAIL && line.count == 0);
	buffer_free(&text);
	buffer_free(&scratch);
	buffer_free(&packed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_is_escaped),        cmocka_unit_test(numbers_are_those_of_printf),
		cmocka_unit_test(reals_are_no_integers),  cmocka_unit_test(chunks_hold_what_fits),
		cmocka_unit_test(caches_are_shared),      cmocka_unit_test(jobs_are_told_apart),
		cmocka_unit_test(decisions_have_reasons), cmocka_unit_test(records_are_sorted),
		cmocka_unit_test(parts_are_restored),     cmocka_unit_test(sorting_may_fail),
		cmocka_unit_test(lines_are_packed),       cmocka_unit_test(long_texts_are_cut),
	};
	return cmocka_run_group_tests(tests, make_set_up, make_tear_down);
}
