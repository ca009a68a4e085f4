// SPDX-License-Identifier: GPL-3.0-or-later
/* manifest_write.c - describes a build in JSON, and prints such a description for people. */
#include <inttypes.h>
#include <stdlib.h>
#include <time.h>

#include "indexer/manifest_write.h"
#include "lib/base/ascii.h"
#include "lib/base/terminal.h"
#include "lib/index/manifest.h"

/* In the manifest, the facts of tables of the user's own. */
#define FACTS_OF_YOUR_OWN "own"

/* ---- as JSON ---- */

/* A name out of a file system or an archive can hold any bytes: what is not text is replaced. */
static json_t *clean_text(const char *text)
{
	struct buffer clean = { 0 };
	bool ok = terminal_clean(slice_of(text), &clean, NULL);
	json_t *string = ok ? json_stringn(clean.at ? clean.at : "", clean.length) : NULL;
	buffer_free(&clean);
	return string;
}

/* Nothing where there is nothing to count, or no object. */
static void set_count(json_t *object, const char *key, uint64_t count)
{
	if (count > 0)
		json_object_set_new(object, key, json_integer((json_int_t)count));
}

/* The array itself; NULL where memory was short for one of its `count` items. */
static json_t *whole_array(json_t *array, size_t count)
{
	if (json_array_size(array) == count)
		return array;
	json_decref(array);
	return NULL;
}

static json_t *describe_table(const struct corpus_table *t)
{
	json_t *rejected = json_object();
	for (int reason = REJECT_NONE + 1; reason < REJECT_REASON_COUNT; reason++)
		set_count(rejected, reject_reason_name((enum reject_reason)reason), t->rejected[reason]);
	json_t *table = json_pack("{s:s, s:o, s:I, s:I, s:o}", "table", t->table, "file", clean_text(t->member), "rows",
				  (json_int_t)t->rows, "used", (json_int_t)t->used, "rejected", rejected);
	set_count(table, "windows_1252", t->converted);
	return table;
}

static json_t *describe_source(const struct corpus_source *s)
{
	json_t *tables = json_array();
	for (size_t i = 0; i < s->table_count; i++)
		json_array_append_new(tables, describe_table(&s->tables[i]));
	json_t *source = json_pack("{s:o, s:s, s:o, s:o, s:o, s:s, s:I, s:o}", "name", clean_text(s->name), "family",
				   s->family, "title", clean_text(s->title), "release", clean_text(s->release), "date",
				   clean_text(s->date), "sha256", s->sha256, "bytes", (json_int_t)s->bytes, "tables",
				   whole_array(tables, s->table_count));
	if (source && s->remark)
		json_object_set_new(source, "remark", json_string(s->remark));
	return source;
}

static json_t *describe_evidence(const struct collected *g)
{
	json_t *kinds = json_object();
	for (size_t k = 0; k < EVIDENCE_KIND_COUNT; k++)
		set_count(kinds, evidence_specs[k].key, g->by_kind[k]);
	return kinds;
}

static json_t *describe_facts(const struct collected *g)
{
	json_t *keys = json_object();
	for (size_t k = 0; k < FACT_CUSTOM; k++)
		set_count(keys, fact_specs[k].key, g->facts.by_key[k]);
	set_count(keys, FACTS_OF_YOUR_OWN, g->facts.by_key[FACT_CUSTOM]);
	return keys;
}

/* Now, or the moment that a reproducible build names (https://reproducible-builds.org/specs/source-date-epoch/). */
static void format_built(char text[32])
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	char *end = NULL;
	time_t when = epoch ? (time_t)strtoll(epoch, &end, 10) : 0;
	struct tm utc;
	if (!epoch || end == epoch || *end != '\0')
		when = time(NULL);
	gmtime_r(&when, &utc);
	strftime(text, 32, "%Y-%m-%dT%H:%M:%SZ", &utc);
}

static bool is_sample(const struct corpus_source *sources, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(sources[i].family, "onet") == 0 && strcmp(sources[i].release, SAMPLE_RELEASE) == 0)
			return true;
	return false;
}

static json_t *describe_titles(const struct collected *g, const struct inverted *v)
{
	return json_pack("{s:I, s:I, s:I, s:I}", "shared", (json_int_t)inverted_shared_titles(v), "filings",
			 (json_int_t)g->filings.total, "filed", (json_int_t)g->filed_titles, "filed_left_out",
			 (json_int_t)g->filings.dropped);
}

static json_t *describe_words(const struct inverted *v)
{
	struct synonym_counts c = synonyms_count(v->synonyms);
	return json_pack("{s:I, s:I, s:I, s:I}", "mined", (json_int_t)c.mined, "listed", (json_int_t)c.listed, "joined",
			 (json_int_t)c.joined, "vocabulary", (json_int_t)v->vocabulary.written);
}

/* Nothing where there is no model, or too few titles to keep some out. */
static bool describe_model(json_t *manifest, const struct inverted *v, const struct validation *held)
{
	struct training t = v->trainer ? trainer_summary(v->trainer) : (struct training){ 0 };
	if (t.examples > 0 &&
	    json_object_set_new(manifest, "model",
				json_pack("{s:I, s:I, s:I}", "examples", (json_int_t)t.examples, "features",
					  (json_int_t)t.features, "weights", (json_int_t)t.weights)) != 0)
		return false;
	return held->titles == 0 ||
	       json_object_set_new(manifest, "held_out",
				   json_pack("{s:I, s:f, s:f, s:f, s:f}", "titles", (json_int_t)held->titles, "at_1",
					     held->at1, "at_5", held->at5, "at_10", held->at10, "calibration_error",
					     held->error)) == 0;
}

json_t *manifest_describe(const struct corpus *corpus, const struct collected *g, const struct inverted *v,
			  const struct validation *held, struct error *err)
{
	size_t count;
	char built[32];
	const struct corpus_source *sources = corpus_sources(corpus, &count);
	json_t *described = json_array();
	for (size_t i = 0; i < count; i++)
		json_array_append_new(described, describe_source(&sources[i]));
	format_built(built);
	json_t *manifest =
		json_pack("{s:i, s:s, s:s, s:s, s:b, s:o, s:I, s:o, s:o, s:o, s:o}", "format", INDEX_FORMAT, "program",
			  "soc-index " SOC_VERSION, "xapian", xap_version(), "built", built, "sample",
			  is_sample(sources, count), "sources", whole_array(described, count), "occupations",
			  (json_int_t)g->codes.count, "evidence", describe_evidence(g), "facts", describe_facts(g),
			  "titles", describe_titles(g, v), "words", describe_words(v));
	if (manifest && describe_model(manifest, v, held))
		return manifest;
	json_decref(manifest);
	error_no_memory(err);
	return NULL;
}

/* ---- for people ---- */

static const char *text_of(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));
	return text ? text : "";
}

static uint64_t number_of(const json_t *object, const char *key)
{
	return (uint64_t)json_integer_value(json_object_get(object, key));
}

static void print_table(FILE *stream, const json_t *table)
{
	char rows[ASCII_NUMBER_SIZE], used[ASCII_NUMBER_SIZE], rejected[ASCII_NUMBER_SIZE];
	const char *reason;
	json_t *count;
	fprintf(stream, "    %-46s %10s rows %10s used\n", text_of(table, "table"),
		ascii_number(number_of(table, "rows"), rows), ascii_number(number_of(table, "used"), used));
	json_object_foreach(json_object_get(table, "rejected"), reason, count) fprintf(
		stream, "      rejected: %s %s\n", ascii_number((uint64_t)json_integer_value(count), rejected), reason);
	if (number_of(table, "windows_1252") > 0)
		fprintf(stream, "      read as Windows-1252: %s\n",
			ascii_number(number_of(table, "windows_1252"), rejected));
}

static void print_source(FILE *stream, const json_t *source)
{
	char bytes[ASCII_NUMBER_SIZE];
	const json_t *table;
	size_t i;
	const char *date = text_of(source, "date");
	if (strstr(text_of(source, "title"), date))
		date = "";
	fprintf(stream, "  %s%s%s  (%s, %s bytes)\n", text_of(source, "title"), *date ? ", " : "", date,
		text_of(source, "name"), ascii_number(number_of(source, "bytes"), bytes));
	fprintf(stream, "    sha256 %s\n", text_of(source, "sha256"));
	if (*text_of(source, "remark"))
		fprintf(stream, "    %s\n", text_of(source, "remark"));
	json_array_foreach(json_object_get(source, "tables"), i, table) print_table(stream, table);
}

static void print_count(FILE *stream, const char *name, uint64_t count)
{
	char number[ASCII_NUMBER_SIZE];
	fprintf(stream, "  %-48s %10s\n", name, ascii_number(count, number));
}

static const char *evidence_name(const char *key)
{
	for (size_t k = 0; k < EVIDENCE_KIND_COUNT; k++)
		if (strcmp(evidence_specs[k].key, key) == 0)
			return evidence_specs[k].name;
	return key;
}

/* Facts by where they are shown: a line for each of some thirty keys would hide the rest. */
static void print_facts(FILE *stream, const json_t *facts)
{
	static const char *const names[] = {
		[FACT_SECTION_EDUCATION] = "shares of advanced degrees",
		[FACT_SECTION_PROFESSION] = "facts of Appendix A, Job Zone and education",
		[FACT_SECTION_WAGES] = "facts of employment and wages",
		[FACT_SECTION_OUTLOOK] = "facts of the outlook",
		[FACT_SECTION_DEGREES] = "fields of study",
		[FACT_SECTION_STEM] = "facts of what is STEM",
		[FACT_SECTION_CUSTOM] = "facts of your own",
	};
	uint64_t counts[FACT_SECTION_CUSTOM + 1] = { 0 };
	const char *key;
	json_t *count;
	json_object_foreach((json_t *)(uintptr_t)facts, key, count)
	{
		enum fact_key k = fact_find_key(slice_of(key));
		counts[k < FACT_KEY_COUNT ? fact_specs[k].section : FACT_SECTION_CUSTOM] +=
			(uint64_t)json_integer_value(count);
	}
	for (size_t s = 0; s < sizeof names / sizeof *names; s++)
		if (counts[s] > 0)
			print_count(stream, names[s], counts[s]);
}

/* Titles, words and the model; most lines are left out where there is nothing to count. */
static void print_counts(FILE *stream, const json_t *manifest)
{
	static const struct {
		const char *object, *key, *name;
		bool always;
	} lines[] = {
		{ "titles", "shared", "titles that stand under several codes", true },
		{ "titles", "filings", "filings, folded to the filed titles above", false },
		{ "titles", "filed_left_out", "titles filed once, left out", false },
		{ "words", "mined", "acronyms and abbreviations found in the sources", true },
		{ "words", "listed", "acronyms and abbreviations of our own list", true },
		{ "words", "joined", "words that are also written apart", true },
		{ "words", "vocabulary", "words to correct misspelt ones to", true },
		{ "model", "examples", "titles and texts that the model is trained on", false },
		{ "model", "weights", "weights of the model", false },
		{ "held_out", "titles", "titles kept out to measure the answers", false },
	};
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		uint64_t count = number_of(json_object_get(manifest, lines[i].object), lines[i].key);
		if (count > 0 || lines[i].always)
			print_count(stream, lines[i].name, count);
	}
	const json_t *held = json_object_get(manifest, "held_out");
	if (held)
		fprintf(stream, "    right first %.3f, among five %.3f, among ten %.3f; calibration error %.3f\n",
			json_real_value(json_object_get(held, "at_1")), json_real_value(json_object_get(held, "at_5")),
			json_real_value(json_object_get(held, "at_10")),
			json_real_value(json_object_get(held, "calibration_error")));
}

void manifest_print(FILE *stream, const json_t *manifest)
{
	const char *kind;
	const json_t *source;
	json_t *count;
	size_t i;
	if (manifest_is_sample(manifest))
		fputs("This index holds the SAMPLE corpus, not a release of the Department of Labor.\n", stream);
	fputs("sources\n", stream);
	json_array_foreach(json_object_get(manifest, "sources"), i, source) print_source(stream, source);
	fputs("content\n", stream);
	print_count(stream, "occupations", number_of(manifest, "occupations"));
	json_object_foreach(json_object_get(manifest, "evidence"), kind, count)
		print_count(stream, evidence_name(kind), (uint64_t)json_integer_value(count));
	print_facts(stream, json_object_get(manifest, "facts"));
	print_counts(stream, manifest);
	fprintf(stream, "  digest %s\n  built %s by %s with Xapian %s, format %" PRIu64 "\n",
		text_of(manifest, "digest"), text_of(manifest, "built"), text_of(manifest, "program"),
		text_of(manifest, "xapian"), number_of(manifest, "format"));
}
