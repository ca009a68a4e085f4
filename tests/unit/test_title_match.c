// SPDX-License-Identifier: GPL-3.0-or-later
#include <math.h>

#include "tests/unit/job_make.h"

#include "lib/rank/title_match.h"
#include "lib/text/title_variants.h"

static struct soc_index *sample;
static struct soc_index *small;
static struct error err;

static const char *make_small(void)
{
	const struct record records[] = {
		make_occupation("13-0001.00", "Wind Fliers", "Fly a kite high."),
		make_occupation("13-0001.01", "Night Fliers", "Fly in the dark."),
		make_occupation("13-0002.00", "Lamp Lighters", "Light lamps."),
		make_title("13-0001.00", TITLE_ALTERNATE, "Senior Kite Pilot (SKP)"),
		make_title("13-0001.00", TITLE_ALTERNATE, "Pilot of Balloons"),
		make_title("13-0001.00", TITLE_ALTERNATE, "To and From"),
		make_title("13-0001.00", TITLE_REPORTED, "Balloon Pilots"),
		make_title("13-0001.00", TITLE_REPORTED, "Flier of the Wind"),
		make_title("13-0001.01", TITLE_ALTERNATE, "Pilot, Balloons"),
		make_title("13-0001.01", TITLE_ALTERNATE, "Kite Kite Pilot"),
		make_title("13-0001.01", TITLE_ALTERNATE, "SKP"),
		make_title("13-0002.00", TITLE_REPORTED, "Balloon Pilot"),
	};
	return make_index("small.soc", records, COUNT(records));
}

static int set_up(void **state)
{
	if (make_set_up(state) != 0)
		return -1;
	return soc_index_open(make_sample_index("sample.soc"), &sample, &err) &&
			       soc_index_open(make_small(), &small, &err)
		       ? 0
		       : -1;
}

static int tear_down(void **state)
{
	soc_index_close(sample);
	soc_index_close(small);
	return make_tear_down(state);
}

/* ---- what the titles of an index are ---- */

/* Whether the list of a word has the title entry; *squares grows by the square of its idf. */
static bool has_title_entry(struct soc_index *index, struct slice term, uint32_t title_entry, struct arena *arena,
			    double *squares)
{
	struct query q;
	bool found = false;
	double occurrences = 0.0;
	assert_true(query_read_term(index, term, arena, &q, &err));
	struct unpack u = unpack_begin(q.terms[0].sections[SECTION_TITLE_ENTRIES]);
	for (uint64_t next = 0; u.at < u.end; occurrences++) {
		next += unpack_number(&u);
		found |= next == (uint64_t)title_entry + 1;
	}
	double idf = log(1.0 + index->title_entries.title_entries / occurrences);
	*squares += idf * idf;
	return found;
}

/* A title entry has the words of the title, each once, and by its norm no others. */
static void check_reading(struct soc_index *index, struct slice text, uint32_t title_entry, size_t row)
{
	struct text_words words, own;
	struct arena arena = { 0 };
	double squares = 0.0;
	assert_true(tokenize(index->analyzer, text, &words, &err) && text_words_copy(words, &arena, &own, &err));
	for (size_t i = 0; i < own.count; i++) {
		bool again = own.at[i].stop;
		for (size_t k = 0; k < i; k++)
			again |= slice_equal(own.at[k].term, own.at[i].term);
		ROW_CHECK(again || has_title_entry(index, own.at[i].term, title_entry, &arena, &squares), row);
	}
	ROW_CHECK((title_entry == TITLE_ENTRY_NONE) == (squares == 0.0), row);
	ROW_CHECK(title_entry == TITLE_ENTRY_NONE ||
			  fabs(sqrt(squares) * TITLE_ENTRY_NORM_UNIT -
			       title_table_norm(&index->title_entries, title_entry)) <= 0.5 + 1e-6,
		  row);
	arena_free(&arena);
}

/* How many readings are no title entry into *none; returns the greatest title entry. */
static uint32_t check_titles(struct soc_index *index, size_t *none)
{
	uint32_t greatest = 0;
	for (size_t o = 0; o < index->count; o++) {
		struct arena arena = { 0 };
		struct occupation record;
		struct title_entry_reader title_entries;
		assert_true(title_entry_reader_begin(index, o, &title_entries, &err) &&
			    soc_index_occupation(index, o, &arena, &record, &err));
		for (size_t i = 0; i < record.evidence_count; i++) {
			struct slice texts[TITLE_VARIANTS_MAX];
			bool title = evidence_specs[record.evidence[i].kind].field == FIELD_TITLE;
			size_t count = title ? title_variants(record.evidence[i].text, texts) : 0;
			for (size_t k = 0; k < count; k++) {
				uint32_t title_entry = title_entry_reader_next(&title_entries);
				check_reading(index, texts[k], title_entry, o);
				*none += title_entry == TITLE_ENTRY_NONE;
				greatest = title_entry != TITLE_ENTRY_NONE && title_entry > greatest ? title_entry
												     : greatest;
			}
		}
		for (int i = 0; i < 3; i++)
			ROW_CHECK(title_entry_reader_next(&title_entries) == TITLE_ENTRY_NONE, o);
		arena_free(&arena);
	}
	return greatest;
}

static void titles_are_their_title_entries(void **state)
{
	size_t none = 0;
	(void)state;
	assert_int_equal(check_titles(sample, &none), sample->title_entries.title_entries - 1);
	none = 0;
	assert_int_equal(check_titles(small, &none), small->title_entries.title_entries - 1);
	assert_int_equal(none, 1);
}

/* The three official titles, a pilot of kites, senior or not, and one of balloons, and an acronym. */
static void titles_said_again_are_the_same_title_entry(void **state)
{
	(void)state;
	assert_int_equal(small->title_entries.title_entries, 3 + 2 + 1 + 1);
}

/* ---- what no build writes ---- */

/* An index of one occupation whose titles are these bytes. */
static void begin_malformed(struct slice bytes, uint32_t title_entries, struct soc_index *index, struct buffer *sums)
{
	*index = (struct soc_index){ .count = 1, .title_entries = { .title_entries = title_entries } };
	index->file.parts[PART_TITLES] = bytes;
	buffer_clear(sums);
	assert_true(page_checksums_sum(bytes, sums, &err) &&
		    page_checksums_open(bytes, buffer_slice(sums), "none", &index->file.blocks, &err));
}

static void malformed_titles_name_no_other_title_entry(void **state)
{
	struct buffer sums = { 0 };
	size_t refused = 0, read = 0;
	(void)state;
	for (size_t row = 1; row <= 20000; row++) {
		char bytes[32] = { 0 };
		struct soc_index index;
		struct title_entry_reader title_entries;
		error_clear(&err);
		draw_from(row);
		for (size_t i = 8; i < sizeof bytes; i++)
			bytes[i] = (char)(draw(3) ? draw(6) : draw(256));
		bytes[0] = (char)draw(draw(4) ? 8 : 256);
		bytes[4] = (char)(draw(4) ? sizeof bytes - 8 : draw(256));
		begin_malformed((struct slice){ bytes, draw(8) ? sizeof bytes : draw(sizeof bytes) },
				draw(3) ? draw(50) : UINT32_MAX, &index, &sums);
		bool ok = title_entry_reader_begin(&index, 0, &title_entries, &err);
		ROW_CHECK(ok || err.code == ERROR_DAMAGED, row);
		for (size_t i = 0; ok && i < 100; i++) {
			uint32_t title_entry = title_entry_reader_next(&title_entries);
			ROW_CHECK(title_entry == TITLE_ENTRY_NONE || title_entry < index.title_entries.title_entries,
				  row);
		}
		refused += !ok;
		read += ok;
		page_checksums_close(&index.file.blocks);
	}
	assert_true(refused > 1000 && read > 1000);
	buffer_free(&sums);
}

static void damaged_titles_are_told(void **state)
{
	static const unsigned char whole[] = { 0, 0, 0, 0, 3, 0, 0, 0, 0, 5, 2 };
	struct buffer sums = { 0 };
	(void)state;
	for (size_t at = 0; at <= sizeof whole; at++) {
		char bytes[sizeof whole];
		struct soc_index index;
		struct title_entry_reader title_entries;
		memcpy(bytes, whole, sizeof bytes);
		error_clear(&err);
		begin_malformed((struct slice){ bytes, sizeof bytes }, 3, &index, &sums);
		if (at < sizeof whole)
			bytes[at] ^= 1;
		ROW_CHECK(title_entry_reader_begin(&index, 0, &title_entries, &err) == (at == sizeof whole), at);
		ROW_CHECK(err.code == (at == sizeof whole ? ERROR_NONE : ERROR_DAMAGED), at);
		for (uint32_t i = 0; at == sizeof whole && i < 5; i++)
			ROW_CHECK(title_entry_reader_next(&title_entries) == (i < 3   ? i
									      : i < 4 ? 0
										      : TITLE_ENTRY_NONE),
				  i);
		page_checksums_close(&index.file.blocks);
	}
	buffer_free(&sums);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(titles_are_their_title_entries),
		cmocka_unit_test(titles_said_again_are_the_same_title_entry),
		cmocka_unit_test(malformed_titles_name_no_other_title_entry),
		cmocka_unit_test(damaged_titles_are_told),
	};
	return cmocka_run_group_tests_name("rank/bags", tests, set_up, tear_down);
}
