// SPDX-License-Identifier: GPL-3.0-or-later
/* verify.c - the commands info and verify: tells what an index says of itself, and reads all of it for damage. */
#include <inttypes.h>

#include "indexer/verify.h"
#include "indexer/manifest_write.h"
#include "lib/index/manifest.h"

static const char rebuild[] = "build the index anew: soc-index build -o FILE.soc RELEASE...";

/* ---- info ---- */

bool inspect_info(const char *path, bool json, struct error *err)
{
	struct index_file file = { 0 };
	json_t *manifest = NULL;
	struct hash_table records;
	bool ok = index_file_open(path, &file, err) && index_file_hash_table(&file, PART_RECORDS, &records, err) &&
		  manifest_load(&records, MANIFEST_WHOLE, &manifest, err);
	if (ok && json) {
		json_object_set_new(manifest, "file",
				    json_pack("{s:I, s:s}", "bytes", (json_int_t)file.identity.bytes, "sha256",
					      file.identity.sha256));
		json_dumpf(manifest, stdout, JSON_INDENT(2));
		putchar('\n');
	} else if (ok) {
		printf("%s\n", path);
		manifest_print(stdout, manifest);
	}
	json_decref(manifest);
	index_file_close(&file);
	return ok;
}

/* ---- verify ---- */

/* Reused from one record to the next. */
struct verifier {
	struct index_file file;
	struct hash_table records;
	struct sha256 digest;
	struct slice dictionary;
	struct slice record;
	struct arena arena;
	struct error *err;
};

static bool verify_occupation(struct verifier *v, size_t number)
{
	struct occupation o;
	struct code code;
	struct slice stored;
	char name[OCCUPATION_NAME_SIZE];
	arena_reset(&v->arena);
	if (!records_find(&v->records, occupation_name(number, name), &stored, v->err) ||
	    !record_inflate(stored, v->dictionary, &v->arena, &v->record, v->err) ||
	    !occupation_unpack(v->record, &v->arena, &o, v->err))
		return false;
	manifest_digest_add(&v->digest, v->record);
	return code_parse(o.code, &code) ||
	       error_set(v->err, ERROR_DAMAGED, rebuild, "the record of occupation %zu has no code", number);
}

/* Read a record that is kept under a key, inflated, into v->record. */
static bool verify_record(struct verifier *v, const char *key)
{
	arena_reset(&v->arena);
	if (!records_inflate(&v->records, slice_of(key), &v->arena, &v->record, v->err))
		return false;
	manifest_digest_add(&v->digest, v->record);
	return true;
}

/* Groups, and the titles that lead to them: both stay in the arena until both are read. */
static bool verify_groups(struct verifier *v)
{
	struct arena arena = { 0 };
	struct groups groups;
	struct slice bytes;
	bool ok = verify_record(v, GROUPS_KEY) && (bytes = arena_copy(&arena, v->record, v->err)).at &&
		  groups_unpack(bytes, &arena, &groups, v->err) && verify_record(v, GROUP_TITLES_KEY) &&
		  groups_unpack_titles(v->record, &arena, &groups, v->err);
	arena_free(&arena);
	return ok;
}

/* Each part of the facts by itself. */
static bool verify_facts(struct verifier *v)
{
	struct arena arena = { 0 };
	struct fact_parts parts;
	struct facts facts;
	struct slice head;
	bool ok = verify_record(v, FACTS_KEY) && (head = arena_copy(&arena, v->record, v->err)).at &&
		  facts_unpack_parts(head, &arena, &parts, v->err);
	for (size_t i = 0; ok && i < parts.count; i++) {
		char key[FACTS_PART_KEY_SIZE];
		facts_part_key(parts.at[i], key);
		ok = verify_record(v, key) && facts_unpack(head, &v->record, 1, &v->arena, &facts, v->err);
	}
	arena_free(&arena);
	return ok;
}

static bool verify_records(struct verifier *v)
{
	struct reference reference;
	struct crossings crossings;
	return verify_record(v, REFERENCE_KEY) && reference_unpack(v->record, &v->arena, &reference, v->err) &&
	       verify_groups(v) && verify_record(v, CROSSWALKS_KEY) &&
	       crossings_unpack(v->record, &v->arena, &crossings, v->err) && verify_facts(v);
}

static bool verify_digest(struct verifier *v)
{
	char found[65];
	json_t *manifest = NULL;
	sha256_finish(&v->digest, found);
	if (!manifest_load(&v->records, MANIFEST_WHOLE, &manifest, v->err))
		return false;
	const char *said = json_string_value(json_object_get(manifest, "digest"));
	bool ok = said && strcmp(said, found) == 0;
	json_decref(manifest);
	return ok || error_set(v->err, ERROR_DAMAGED, rebuild,
			       "the content of the index does not match the digest in its manifest");
}

static bool verify_content(struct verifier *v, uint32_t *occupations)
{
	xap_reader *reader;
	sha256_begin(&v->digest);
	if (!index_file_hash_table(&v->file, PART_RECORDS, &v->records, v->err) ||
	    !records_find(&v->records, SLICE(DICTIONARY_KEY), &v->dictionary, v->err) ||
	    !index_file_reader(&v->file, &reader, v->err))
		return false;
	*occupations = xap_reader_document_count(reader);
	for (size_t number = 0; number < *occupations; number++)
		if (!verify_occupation(v, number))
			return false;
	if (!verify_records(v))
		return false;
	manifest_digest_add(&v->digest, v->file.parts[PART_CATALOGUE]);
	return verify_digest(v);
}

/* The lists that ranking reads and those of the model, which are counted; and that every record has its place. */
static bool verify_lists(struct verifier *v, uint64_t *lists)
{
	static const enum index_part stores[] = { PART_LISTS, PART_CLASSIFIER, PART_RECORDS };
	*lists = 0;
	for (size_t i = 0; i < sizeof stores / sizeof *stores; i++) {
		struct hash_table store;
		uint64_t count;
		if (!index_file_hash_table(&v->file, stores[i], &store, v->err) ||
		    !hash_table_check(&store, &count, v->err))
			return false;
		*lists += stores[i] == PART_RECORDS ? 0 : count;
	}
	return true;
}

bool inspect_verify(const char *path, bool quiet, struct error *err)
{
	struct verifier v = { .err = err };
	uint32_t occupations = 0;
	uint64_t lists = 0;
	bool ok = index_file_open(path, &v.file, err) && index_file_verify(&v.file, err) && xap_check(path, err) &&
		  verify_content(&v, &occupations) && verify_lists(&v, &lists);
	if (ok && !quiet)
		printf("%s: whole; %" PRIu32 " occupations, %" PRIu64 " lists, every checksum and record checked\n",
		       path, occupations, lists);
	arena_free(&v.arena);
	index_file_close(&v.file);
	return ok;
}
