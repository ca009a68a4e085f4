// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/index_make.h"

#include "lib/base/fault.h"
#include "query/engine/evidence_match.h"

static struct soc_index *kites;

static int set_up(void **state)
{
	const struct record records[] = {
		make_occupation("11-0002.00", "Kite Fliers", "Fly kites in the wind."),
		make_title("11-0002.00", TITLE_ALTERNATE, "Wind Artist"),
		make_title("11-0002.00", TITLE_ALTERNATE, "Flier of Kites"),
		make_title("11-0002.00", TITLE_REPORTED, "WIND ARTIST"),
		make_title("11-0002.00", TITLE_REPORTED, "Senior Kite Flier"),
		make_task("11-0002.00", "1", "Watch the wind, and the wind again, before a flight."),
		make_task("11-0002.00", "2", "Fold the kite's tail at na\xC3\xAFve angles."),
		make_technology("11-0002.00", "C++", "Languages"),
		make_occupation("11-0003.00", "Bakers", "Bake bread."),
	};
	struct error err = { 0 };
	return make_set_up(state) == 0 && soc_index_open(make_index("kites.soc", records, COUNT(records)), &kites, &err)
		       ? 0
		       : -1;
}

static int tear_down(void **state)
{
	soc_index_close(kites);
	return make_tear_down(state);
}

/* Ask for the reasons of one occupation; everything lives in `arena`. */
static struct evidence_matches find(const char *title, struct slice text, size_t occupation, size_t limit,
				    struct arena *arena)
{
	struct job job = { slice_of(title), text };
	struct job_words words = { 0 };
	struct evidence_matches r;
	struct error err = { 0 };
	assert_true(job_words_read(kites, &job, NULL, arena, &words, &err));
	assert_true(evidence_match_find(kites, &words, occupation, limit, arena, &r, &err));
	assert_int_equal(err.code, ERROR_NONE);
	job_words_free(&words);
	return r;
}

/* Texts of a group with [matched] words, joined by " | ". */
static struct slice show(const struct evidence_matches *r, enum match_group group, struct buffer *out)
{
	buffer_clear(out);
	for (size_t i = 0; i < r->count[group]; i++) {
		const struct evidence_match *reason = &r->at[group][i];
		struct slice text = reason->evidence.text;
		size_t at = 0;
		assert_true(i == 0 || buffer_append_text(out, " | ", NULL));
		for (size_t k = 0; k < reason->span_count; k++) {
			struct span span = reason->spans[k];
			assert_true(span.start >= at && span.length > 0 && span.start + span.length <= text.length);
			assert_true(buffer_append(out, text.at + at, span.start - at, NULL) &&
				    buffer_append_byte(out, '[', NULL) &&
				    buffer_append(out, text.at + span.start, span.length, NULL) &&
				    buffer_append_byte(out, ']', NULL));
			at = span.start + span.length;
		}
		assert_true(buffer_append(out, text.at + at, text.length - at, NULL));
	}
	return buffer_slice(out);
}

static struct slice show_unexplained(const struct evidence_matches *r, struct buffer *out)
{
	buffer_clear(out);
	for (size_t i = 0; i < r->unexplained_count; i++)
		assert_true((i == 0 || buffer_append_byte(out, ' ', NULL)) &&
			    buffer_append(out, r->unexplained[i].at, r->unexplained[i].length, NULL));
	return buffer_slice(out);
}

static void reasons_are_shown(void **state)
{
	(void)state;
	static const struct {
		const char *title, *text;
		size_t limit;
		const char *titles, *tasks, *others, *unexplained;
	} rows[] = {
		{ "wind artist", "", 9, "[Wind] [Artist]", "Watch the [wind], and the [wind] again, before a flight.",
		  "Fly kites in the [wind].", "" },
		{ "flier", "", 9, "Kite [Fliers] | [Flier] of Kites | Senior Kite [Flier]", "", "", "" },
		{ "Kite-flier, of Kites", "", 9, "[Kite] [Fliers] | [Flier] of [Kites] | Senior [Kite] [Flier]",
		  "Fold the [kite's] tail at na\xC3\xAFve angles.", "Fly [kites] in the wind.", "" },
		{ "naive", "c++ c# C", 9, "", "Fold the kite's tail at [na\xC3\xAFve] angles.", "[C++]", "c# C" },
		{ "the of and", "", 9, "", "", "", "" },
		{ "", "", 9, "", "", "", "" },
		{ "Zebra", "Zebras fly, the Quagga's wind; zebra!", 9, "[Wind] Artist",
		  "Watch the [wind], and the [wind] again, before a flight.", "[Fly] kites in the [wind].",
		  "Zebra Quagga's" },
		{ "flier kite", "", 1, "[Kite] [Fliers]", "Fold the [kite's] tail at na\xC3\xAFve angles.",
		  "Fly [kites] in the wind.", "" },
		/* what is not shown explains nevertheless */
		{ "wind flier", "", 0, "", "", "", "" },
	};
	struct arena arena = { 0 };
	struct buffer shown = { 0 };
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct evidence_matches r = find(rows[i].title, slice_of(rows[i].text), 0, rows[i].limit, &arena);
		const char *const expected[] = { rows[i].titles, rows[i].tasks, rows[i].others };
		for (int group = 0; group < MATCH_GROUP_COUNT; group++) {
			struct slice got = show(&r, (enum match_group)group, &shown);
			if (!slice_equal(got, slice_of(expected[group])))
				fail_msg("row %zu: \"%.*s\", not \"%s\"", i, (int)got.length, got.length ? got.at : "",
					 expected[group]);
			for (size_t k = 0; k < r.count[group]; k++) {
				const struct evidence_match *reason = &r.at[group][k];
				ROW_CHECK(reason->cosine > 0.0 && reason->cosine <= 1.0 + 1e-9, i);
				ROW_CHECK(k == 0 || reason[-1].cosine >= reason->cosine, i);
			}
		}
		struct slice got = show_unexplained(&r, &shown);
		if (!slice_equal(got, slice_of(rows[i].unexplained)))
			fail_msg("row %zu: \"%.*s\" is unexplained, not \"%s\"", i, (int)got.length,
				 got.length ? got.at : "", rows[i].unexplained);
		arena_reset(&arena);
	}
	buffer_free(&shown);
	arena_free(&arena);
}

static void other_occupations_have_other_reasons(void **state)
{
	(void)state;
	struct arena arena = { 0 };
	struct buffer shown = { 0 };
	struct evidence_matches r = find("Bread Flier", SLICE(""), 1, 5, &arena);
	assert_true(slice_equal(show(&r, MATCH_OTHERS, &shown), SLICE("Bake [bread].")));
	assert_true(slice_equal(show(&r, MATCH_TITLES, &shown), SLICE("")));
	assert_true(slice_equal(show_unexplained(&r, &shown), SLICE("Flier")));
	buffer_free(&shown);
	arena_free(&arena);
}

/* One set of words serves all candidates, in any order. */
static void words_are_read_once(void **state)
{
	(void)state;
	struct arena arena = { 0 };
	struct job job = { SLICE("kite wind"), SLICE("bread") };
	struct job_words words = { 0 };
	struct evidence_matches first, again;
	assert_true(job_words_read(kites, &job, NULL, &arena, &words, NULL));
	assert_true(evidence_match_find(kites, &words, 0, 5, &arena, &first, NULL));
	assert_true(evidence_match_find(kites, &words, 1, 5, &arena, &again, NULL));
	assert_int_equal(again.unexplained_count, 2);
	assert_true(evidence_match_find(kites, &words, 0, 5, &arena, &again, NULL));
	for (int group = 0; group < MATCH_GROUP_COUNT; group++) {
		assert_int_equal(first.count[group], again.count[group]);
		for (size_t i = 0; i < first.count[group]; i++)
			assert_true(slice_equal(first.at[group][i].evidence.text, again.at[group][i].evidence.text));
	}
	struct error err = { 0 };
	assert_false(evidence_match_find(kites, &words, 99, 5, &arena, &again, &err));
	assert_int_not_equal(err.code, ERROR_NONE);
	job_words_free(&words);
	arena_free(&arena);
}

/* Words without a byte between them, and very many of them: no array is too short, memory stays in bounds. */
static void dense_and_large_texts_have_room(void **state)
{
	(void)state;
	static const char *const dense[] = { "a+b+c+d+e", "a#b#c", "x", "a.b.cd", "a's\xC3\xA9's\xC3\xA8", "1+2+3+4" };
	struct arena arena = { 0 };
	for (size_t i = 0; i < COUNT(dense); i++) {
		struct evidence_matches r = find(dense[i], slice_of(dense[i]), 0, 5, &arena);
		ROW_CHECK(r.unexplained_count > 0, i);
		arena_reset(&arena);
	}
	struct buffer text = { 0 };
	for (unsigned i = 0; text.length < 1u << 20; i++)
		assert_true(buffer_printf(&text, NULL, "w%u+", i));
	struct evidence_matches r = find("kite", buffer_slice(&text), 0, 5, &arena);
	assert_true(r.unexplained_count > 100000 && r.count[MATCH_TITLES] == 3);
	assert_true(arena.total < 256u << 20);
	buffer_free(&text);
	arena_free(&arena);
}

#ifdef SOC_FAULTS
static void each_allocation_fails_in_turn(void **state)
{
	(void)state;
	const struct job job = { SLICE("Kite Flier"), SLICE("Watch the wind, zebra.") };
	long k = 0;
	bool ok;
	do {
		struct soc_index *index = NULL;
		struct arena arena = { 0 };
		struct job_words words = { 0 };
		struct evidence_matches r;
		struct error err = { 0 };
		assert_true(soc_index_open(make_path("kites.soc"), &index, NULL));
		fault_arm(FAULT_MEMORY, ++k, false);
		ok = job_words_read(index, &job, NULL, &arena, &words, &err) &&
		     evidence_match_find(index, &words, 0, 3, &arena, &r, &err);
		assert_int_equal(ok, fault_failures(FAULT_MEMORY) == 0);
		assert_int_equal(err.code, ok ? ERROR_NONE : ERROR_MEMORY);
		fault_arm(FAULT_MEMORY, 0, false);
		job_words_free(&words);
		arena_free(&arena);
		soc_index_close(index);
	} while (!ok);
	assert_true(k > 5);
}
#endif

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reasons_are_shown),
		cmocka_unit_test(other_occupations_have_other_reasons),
		cmocka_unit_test(words_are_read_once),
		cmocka_unit_test(dense_and_large_texts_have_room),
#ifdef SOC_FAULTS
		cmocka_unit_test(each_allocation_fails_in_turn),
#endif
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
