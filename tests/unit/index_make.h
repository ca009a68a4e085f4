// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * index_make.h - index files for the tests of what reads them: from a few records of the test's own, or from
 * the sample corpus.
 */
#ifndef SOC_TESTS_UNIT_INDEX_MAKE_H
#define SOC_TESTS_UNIT_INDEX_MAKE_H

#include "indexer/build.h"
#include "indexer/docstore_write.h"
#include "indexer/collect.h"
#include "indexer/invert.h"
#include "lib/index/index_file.h"
#include "lib/index/manifest.h"
#include "lib/index/docstore.h"
#include "tests/unit/corpus_make.h"

/* ---- records ---- */

static inline struct code make_code(const char *text)
{
	struct code code = { "" };
	strcpy(code.text, text);
	return code;
}

static inline struct record make_occupation(const char *code, const char *title, const char *description)
{
	return (struct record){ .kind = RECORD_OCCUPATION,
				.code = make_code(code),
				.text = slice_of(title),
				.detail = slice_of(description) };
}

static inline struct record make_title(const char *code, enum title_kind kind, const char *title)
{
	return (struct record){
		.kind = RECORD_TITLE, .code = make_code(code), .title_kind = kind, .text = slice_of(title)
	};
}

static inline struct record make_task(const char *code, const char *id, const char *statement)
{
	return (struct record){ .kind = RECORD_TASK,
				.code = make_code(code),
				.task_kind = TASK_CORE,
				.id = slice_of(id),
				.text = slice_of(statement) };
}

static inline struct record make_technology(const char *code, const char *example, const char *category)
{
	return (struct record){ .kind = RECORD_TECHNOLOGY,
				.code = make_code(code),
				.text = slice_of(example),
				.detail = slice_of(category) };
}

static inline struct record make_filing(const char *code, const char *title, enum programme programme, int year)
{
	return (struct record){ .kind = RECORD_FILING,
				.code = make_code(code),
				.text = slice_of(title),
				.programme = programme,
				.number = year,
				.count = 1 };
}

/* Records must be taken, all of them. */
static inline void make_collected(const struct record *records, size_t count, struct collected *g)
{
	struct record_sink sink = collect_sink(g);
	struct error err = { 0 };
	for (size_t i = 0; i < count; i++) {
		enum reject_reason why = REJECT_NONE;
		ROW_CHECK(sink.take(sink.ctx, &records[i], &why, &err) == SINK_USED, i);
	}
	assert_true(collect_finish(g, &err));
}

/* ---- index files ---- */

static inline bool make_record(struct hash_table_writer *w, const char *key, struct buffer *record, struct error *err)
{
	bool ok = records_add(w, slice_of(key), buffer_slice(record), err);
	buffer_clear(record);
	return ok;
}

static inline bool make_fact_records(const struct facts *f, struct hash_table_writer *w, struct buffer *record,
				     struct error *err)
{
	struct arena arena = { 0 };
	struct fact_parts parts;
	bool ok = facts_list_parts(f, &arena, &parts, err) && facts_pack(f, &parts, record, err) &&
		  make_record(w, FACTS_KEY, record, err);
	for (size_t i = 0; ok && i < parts.count; i++) {
		char key[FACTS_PART_KEY_SIZE];
		facts_part_key(parts.at[i], key);
		ok = facts_pack_part(f, parts.at[i], record, err) && make_record(w, key, record, err);
	}
	arena_free(&arena);
	return ok;
}

static inline bool make_records(const struct collected *g, struct hash_table_writer *w, struct error *err)
{
	static const char manifest[] = "{\"sources\":[{\"title\":\"Test 1\"}]}";
	struct buffer record = { 0 };
	bool ok = hash_table_add(w, SLICE(MANIFEST_KEY), slice_of(manifest), err) &&
		  reference_pack(&g->reference, &record, err) && make_record(w, REFERENCE_KEY, &record, err) &&
		  groups_pack(&g->groups, &record, err) && make_record(w, GROUPS_KEY, &record, err) &&
		  groups_pack_titles(&g->groups, &record, err) && make_record(w, GROUP_TITLES_KEY, &record, err) &&
		  crossings_pack(&g->crossings, &record, err) && make_record(w, CROSSWALKS_KEY, &record, err) &&
		  make_fact_records(&g->facts.facts, w, &record, err);
	buffer_free(&record);
	return ok;
}

static inline bool make_database(const struct collected *g, const char *folder, struct index_parts *parts,
				 struct error *err)
{
	xap_writer *w = NULL;
	struct inverted *v = NULL;
	struct hash_table_writer records = { 0 };
	struct buffer dictionary = { 0 };
	struct sha256 digest;
	sha256_begin(&digest);
	bool ok = xap_writer_open(folder, &w, err) && dictionary_make(g, &dictionary, err) &&
		  hash_table_add(&records, SLICE(DICTIONARY_KEY), buffer_slice(&dictionary), err) &&
		  docstore_write(g, buffer_slice(&dictionary), w, &records, &digest, NULL, err) &&
		  invert(g, &(struct invert_options){ .model = false }, &v, err) &&
		  inverted_write(v, &records, parts, &digest, err) && make_records(g, &records, err) &&
		  hash_table_write(&records, &parts->at[PART_RECORDS], err) && xap_writer_close(&w, err);
	xap_writer_close(&w, NULL);
	hash_table_writer_free(&records);
	inverted_free(v);
	buffer_free(&dictionary);
	return ok;
}

/* The path of a finished index of these records, in the test's folder. */
static inline const char *make_index(const char *name, const struct record *records, size_t count)
{
	struct collected g = { 0 };
	struct error err = { 0 };
	const char *path = make_path(name), *folder = make_path("database");
	struct index_parts parts = { 0 };
	make_collected(records, count, &g);
	assert_true(make_database(&g, folder, &parts, &err));
	assert_true(xap_compact(folder, path, &err) && index_file_seal(path, &parts, &err));
	index_parts_free(&parts);
	make_remove(folder);
	collect_free(&g);
	return path;
}

/* The path of an index of the sample corpus. */
static inline const char *make_sample_index(const char *name)
{
	/* The runner says where the sample is; by hand, tests run from the project's folder. */
	const char *const sources[] = { getenv("SAMPLE") ? getenv("SAMPLE") : "corpus/sample" };
	struct build_options options = {
		.target = make_path(name), .sources = sources, .source_count = 1, .quiet = true
	};
	struct error err = { 0 };
	struct stat st;
	if (stat(sources[0], &st) != 0)
		fail_msg("run the tests from the project's folder: no %s here", sources[0]);
	if (!build_index(&options, &err))
		fail_msg("cannot index the sample: %s", err.text);
	return options.target;
}

#endif
