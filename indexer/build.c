// SPDX-License-Identifier: GPL-3.0-or-later
/* build.c - the phases of a build, in their order, from sources to a published file; and its clean-up. */
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "indexer/build.h"
#include "indexer/docstore_write.h"
#include "indexer/interrupt.h"
#include "indexer/manifest_write.h"
#include "lib/base/ascii.h"
#include "lib/index/manifest.h"

/* So many rejected rows are shown one by one; the rest is in the summary. */
#define WARNINGS_SHOWN 5

struct warnings {
	struct error first[WARNINGS_SHOWN];
	uint64_t count;
};

/* Everything that a build holds, released in one place. */
struct build {
	const struct build_options *options;
	struct corpus *corpus;
	struct collected collected;
	struct inverted *inverted;
	struct validation validation;
	xap_writer *writer;
	struct sha256 digest;
	json_t *manifest;
	struct hash_table_writer records;
	struct index_parts parts;
	struct buffer dictionary; /* for the records of occupations */
	struct buffer target;     /* where the index goes: behind a symbolic link, the file it leads to */
	struct buffer folder;     /* the database while it grows */
	struct buffer file;       /* the compacted file before it is published */
	struct warnings warnings;
	struct error *err;
};

/* ---- messages ---- */

/* Held back until the end: where a source is damaged, rows behind the damage are not what is wrong. */
static void warn(void *ctx, const struct error *what)
{
	struct warnings *w = ctx;
	if (w->count++ < WARNINGS_SHOWN)
		w->first[w->count - 1] = *what;
}

static void tell_warnings(const struct build_options *options, const struct warnings *w)
{
	char number[ASCII_NUMBER_SIZE];
	if (options->quiet)
		return;
	for (uint64_t i = 0; i < w->count && i < WARNINGS_SHOWN; i++)
		error_print(stderr, "soc-index: not used", &w->first[i]);
	if (w->count <= WARNINGS_SHOWN)
		return;
	fprintf(stderr,
		"soc-index: %s rows not used in all; the summary counts them by reason, --strict stops at the first\n",
		ascii_number(w->count, number));
}

static double seconds_since(const struct timespec *start)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)(now.tv_sec - start->tv_sec) + (double)(now.tv_nsec - start->tv_nsec) / 1e9;
}

static void tell_summary(const struct build_options *options, const json_t *manifest, const struct timespec *start)
{
	struct stat st;
	char size[ASCII_NUMBER_SIZE];
	if (options->quiet)
		return;
	manifest_print(stderr, manifest);
	if (stat(options->target, &st) == 0)
		fprintf(stderr, "wrote %s: %s bytes in %.1f seconds\n", options->target,
			ascii_number((uint64_t)st.st_size, size), seconds_since(start));
}

/* ---- the phases ---- */

/* Say early that the target cannot be written, not after the work. */
static bool check_target(struct build *b)
{
	struct stat st;
	if (!file_resolve_link(b->options->target, &b->target, b->err))
		return false;
	const char *target = b->target.at;
	if (stat(target, &st) == 0 && !S_ISREG(st.st_mode))
		return error_set(b->err, ERROR_USAGE, "name a file to write: -o FILE.soc",
				 "%s exists and is no regular file", target);
	struct slice folder = slice_of(target);
	while (folder.length > 0 && folder.at[folder.length - 1] != '/')
		folder.length--;
	struct buffer path = { 0 };
	bool ok = buffer_append(&path, folder.length ? folder.at : "./", folder.length ? folder.length : 2, b->err) &&
		  buffer_terminate(&path, b->err);
	if (ok && access(path.at, W_OK | X_OK) != 0)
		ok = error_set_errno(b->err, errno, NULL, "cannot write to the folder %s", path.at);
	buffer_free(&path);
	if (ok)
		file_remove_leftovers(target);
	return ok;
}

/* The sink of collect.c, behind a look at whether the user wants to stop. */
static enum sink_verdict take_unless_interrupted(void *ctx, const struct record *record, enum reject_reason *why,
						 struct error *err)
{
	struct build *b = ctx;
	struct record_sink sink = collect_sink(&b->collected);
	if (build_stopped(err))
		return SINK_FAILED;
	return sink.take(sink.ctx, record, why, err);
}

static bool read_sources(struct build *b)
{
	struct corpus_options options = {
		.strict = b->options->strict,
		.release = b->options->release,
		.progress = b->options->progress,
		.warn = warn,
		.warn_ctx = &b->warnings,
		.user_tables = b->options->own,
		.user_table_count = b->options->own_count,
	};
	struct record_sink sink = { take_unless_interrupted, b };
	bool ok = corpus_open(b->options->sources, b->options->source_count, &options, &b->corpus, b->err) &&
		  corpus_read(b->corpus, &sink, b->err) && collect_finish(&b->collected, b->err);
	progress_hide(b->options->progress);
	return ok;
}

/* Keep what was `packed` into `record` under `key`; it joins the content digest. */
static bool write_record(struct build *b, const char *key, bool packed, struct buffer *record)
{
	bool ok = packed && records_add(&b->records, slice_of(key), buffer_slice(record), b->err);
	if (ok)
		manifest_digest_add(&b->digest, buffer_slice(record));
	buffer_clear(record);
	return ok;
}

/* What series of facts there are, and each part of them. */
static bool write_facts(struct build *b, struct buffer *record)
{
	const struct facts *f = &b->collected.facts.facts;
	struct arena arena = { 0 };
	struct fact_parts parts;
	bool ok = facts_list_parts(f, &arena, &parts, b->err) &&
		  write_record(b, FACTS_KEY, facts_pack(f, &parts, record, b->err), record);
	for (size_t i = 0; ok && i < parts.count; i++) {
		char key[FACTS_PART_KEY_SIZE];
		facts_part_key(parts.at[i], key);
		ok = write_record(b, key, facts_pack_part(f, parts.at[i], record, b->err), record);
	}
	arena_free(&arena);
	return ok;
}

static bool write_records(struct build *b)
{
	struct collected *g = &b->collected;
	struct buffer r = { 0 };
	bool ok = write_record(b, REFERENCE_KEY, reference_pack(&g->reference, &r, b->err), &r) &&
		  write_record(b, GROUPS_KEY, groups_pack(&g->groups, &r, b->err), &r) &&
		  write_record(b, GROUP_TITLES_KEY, groups_pack_titles(&g->groups, &r, b->err), &r) &&
		  write_record(b, CROSSWALKS_KEY, crossings_pack(&g->crossings, &r, b->err), &r) && write_facts(b, &r);
	buffer_free(&r);
	return ok;
}

static bool write_manifest(struct build *b)
{
	char digest[65];
	b->manifest = manifest_describe(b->corpus, &b->collected, b->inverted, &b->validation, b->err);
	if (!b->manifest)
		return false;
	sha256_finish(&b->digest, digest);
	char *text = NULL;
	if (json_object_set_new(b->manifest, "digest", json_string(digest)) == 0)
		text = json_dumps(b->manifest, JSON_COMPACT);
	if (!text)
		return error_no_memory(b->err);
	bool ok = hash_table_add(&b->records, SLICE(MANIFEST_KEY), slice_of(text), b->err);
	free(text);
	return ok;
}

/*
 * While the documents are written, a second thread makes the ranking lists and trains the model, and a third does the
 * same without some titles and measures how well they are answered: all only read what was collected.
 */
struct worker {
	struct build *b;
	bool (*work)(struct build *b, struct error *err);
	pthread_t thread;
	bool ok;
	struct error err;
};

static bool invert_all_titles(struct build *b, struct error *err)
{
	const struct invert_options options = { .model = !b->options->no_model };
	return invert(&b->collected, &options, &b->inverted, err);
}

static bool measure_validation(struct build *b, struct error *err)
{
	return b->options->no_model || validation_measure(&b->collected, b->target.at, &b->validation, err);
}

static void *run_worker(void *ctx)
{
	struct worker *w = ctx;
	w->ok = w->work(w->b, &w->err);
	return NULL;
}

static bool start_worker(struct worker *w, struct error *err)
{
	int failed = pthread_create(&w->thread, NULL, run_worker, w);
	return !failed || error_set_errno(err, failed, NULL, "cannot start a thread");
}

static bool end_worker(struct worker *w, bool ok, struct error *err)
{
	pthread_join(w->thread, NULL);
	if (ok && !w->ok)
		*err = w->err;
	return ok && w->ok;
}

static bool write_documents(struct build *b)
{
	struct progress *progress = b->options->progress;
	struct worker lists = { .b = b, .work = invert_all_titles }, measure = { .b = b, .work = measure_validation };
	if (!start_worker(&lists, b->err))
		return false;
	bool started = start_worker(&measure, b->err);
	progress_begin(progress, "Indexing", b->collected.codes.count);
	bool ok = started && docstore_write(&b->collected, buffer_slice(&b->dictionary), b->writer, &b->records,
					    &b->digest, progress, b->err);
	progress_end(progress, NULL);
	progress_begin(progress, b->options->no_model ? "Ranking lists" : "Training", 0);
	ok = end_worker(&lists, ok, b->err);
	ok = started ? end_worker(&measure, ok, b->err) : ok;
	progress_end(progress, NULL);
	return ok;
}

/* How sure answers to titles can be; nothing where that was not measured. */
static bool write_calibration(struct build *b)
{
	struct buffer bytes = { 0 };
	bool ok = b->validation.titles == 0 ||
		  (calibration_pack(&b->validation.line, &bytes, b->err) &&
		   hash_table_add(&b->records, SLICE(CALIBRATION_KEY), buffer_slice(&bytes), b->err));
	buffer_free(&bytes);
	return ok;
}

static bool write_database(struct build *b)
{
	struct progress *progress = b->options->progress;
	sha256_begin(&b->digest);
	if (!file_temporary_beside(b->target.at, &b->folder, b->err) ||
	    !xap_writer_open(b->folder.at, &b->writer, b->err) ||
	    !dictionary_make(&b->collected, &b->dictionary, b->err) || !write_documents(b))
		return false;
	progress_begin(progress, "Ranking lists", 0);
	bool ok = !build_stopped(b->err) && write_records(b) &&
		  hash_table_add(&b->records, SLICE(DICTIONARY_KEY), buffer_slice(&b->dictionary), b->err) &&
		  inverted_write(b->inverted, &b->records, &b->parts, &b->digest, b->err) && write_calibration(b) &&
		  write_manifest(b) && hash_table_write(&b->records, &b->parts.at[PART_RECORDS], b->err) &&
		  xap_writer_close(&b->writer, b->err);
	progress_end(progress, NULL);
	return ok;
}

/* Compact to one file, seal it, look at it as a reader would, and only then let it be seen. */
static bool publish(struct build *b)
{
	struct index_file written = { 0 };
	xap_reader *unused;
	progress_begin(b->options->progress, "Compacting", 0);
	bool ok = !build_stopped(b->err) && file_temporary_beside(b->target.at, &b->file, b->err) &&
		  xap_compact(b->folder.at, b->file.at, b->err) && index_file_seal(b->file.at, &b->parts, b->err) &&
		  index_file_open(b->file.at, &written, b->err) && page_checksums_check_all(&written.blocks, b->err) &&
		  index_file_reader(&written, &unused, b->err);
	index_file_close(&written);
	ok = ok && !build_stopped(b->err) && file_publish(b->file.at, b->target.at, b->err);
	progress_end(b->options->progress, NULL);
	return ok;
}

/* Release everything; what was written and not published is removed. */
static void clean_up(struct build *b)
{
	progress_hide(b->options->progress);
	xap_writer_close(&b->writer, NULL);
	if (b->folder.length)
		file_remove_folder(b->folder.at);
	if (b->file.length)
		unlink(b->file.at);
	json_decref(b->manifest);
	inverted_free(b->inverted);
	collect_free(&b->collected);
	corpus_close(b->corpus);
	hash_table_writer_free(&b->records);
	index_parts_free(&b->parts);
	buffer_free(&b->dictionary);
	buffer_free(&b->target);
	buffer_free(&b->folder);
	buffer_free(&b->file);
}

bool build_index(const struct build_options *options, struct error *err)
{
	struct build b = { .options = options, .err = err };
	struct timespec start;
	clock_gettime(CLOCK_MONOTONIC, &start);
	bool ok = check_target(&b) && read_sources(&b) && write_database(&b) && publish(&b);
	json_t *manifest = json_incref(b.manifest);
	clean_up(&b);
	if (ok) {
		tell_warnings(options, &b.warnings);
		tell_summary(options, manifest, &start);
	}
	json_decref(manifest);
	return ok;
}
