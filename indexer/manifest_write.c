// SPDX-License-Identifier: GPL-3.0-or-later
/* manifest_write.c - describes a build in JSON, and prints such a description for people. */
#include <inttypes.h>
#include <stdlib.h>
#include <time.h>

#include "indexer/manifest_write.h"
#include "lib/base/terminal.h"
#include "lib/index/index_file.h"
#include "lib/index/manifest.h"

/* In the manifest, the facts of tables of the user's own. */
#define FACTS_OF_YOUR_OWN "own"

/* ---- as JSON ---- */

/* A name out of a file system or an archive can hold any bytes: what is not text is replaced. */
static json_t *clean_text(const char *text)
{
	struct buffer clean = { 0 };
	json_t *string = terminal_clean(slice_of(text), &clean, NULL)
				 ? json_stringn(clean.at ? clean.at : "", clean.length)
				 : NULL;
	buffer_free(&clean);
	return string;
}

static json_t *describe_table(const struct corpus_table *t)
{
	json_t *rejected = json_object();
	for (int reason = REJECT_NONE + 1; reason < REJECT_REASON_COUNT; reason++)
		if (t->rejected[reason] > 0)
			json_object_set_new(rejected, reject_reason_name((enum reject_reason)reason),
					    json_integer((json_int_t)t->rejected[reason]));
	json_t *table = json_pack("{s:s, s:o, s:I, s:I, s:o}", "table", t->table, "file", clean_text(t->member), "rows",
				  (json_int_t)t->rows, "used", (json_int_t)t->used, "rejected", rejected);
	if (table && t->converted > 0)
		json_object_set_new(table, "windows_1252", json_integer((json_int_t)t->converted));
	return table;
}

static json_t *describe_source(const struct corpus_source *s)
{
	json_t *tables = json_array();
	for (size_t i = 0; i < s->table_count; i++)
		if (json_array_append_new(tables, describe_table(&s->tables[i])) != 0) {
			json_decref(tables);
			return NULL;
		}
	json_t *source =
		json_pack("{s:o, s:s, s:o, s:o, s:o, s:s, s:I, s:o}", "name", clean_text(s->name), "family", s->family,
			  "title", clean_text(s->title), "release", clean_text(s->release), "date", clean_text(s->date),
			  "sha256", s->sha256, "bytes", (json_int_t)s->bytes, "tables", tables);
	if (source && s->remark)
		json_object_set_new(source, "remark", json_string(s->remark));
	return source;
}

static json_t *describe_evidence(const struct collected *g)
{
	json_t *kinds = json_object();
	for (size_t k = 0; k < EVIDENCE_KIND_COUNT; k++)
		if (g->by_kind[k] > 0)
			json_object_set_new(kinds, evidence_specs[k].key, json_integer((json_int_t)g->by_kind[k]));
	return kinds;
}

static json_t *describe_facts(const struct collected *g)
{
	json_t *keys = json_object();
	for (size_t k = 0; k < FACT_CUSTOM; k++)
		if (g->facts.by_key[k] > 0)
			json_object_set_new(keys, fact_specs[k].key, json_integer((json_int_t)g->facts.by_key[k]));
	if (g->facts.by_key[FACT_CUSTOM] > 0)
		json_object_set_new(keys, FACTS_OF_YOUR_OWN, json_integer((json_int_t)g->facts.by_key[FACT_CUSTOM]));
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
	struct synonym_counts c = inverted_synonyms(v);
	return json_pack("{s:I, s:I, s:I, s:I}", "mined", (json_int_t)c.mined, "listed", (json_int_t)c.listed, "joined",
			 (json_int_t)c.joined, "vocabulary", (json_int_t)inverted_vocabulary(v));
}

/* Nothing where there is no model, or too few titles to keep some out. */
static bool describe_model(json_t *manifest, const struct inverted *v, const struct validation *held)
{
	struct training t = inverted_training(v);
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
		if (json_array_append_new(described, describe_source(&sources[i])) != 0) {
			json_decref(described);
			error_no_memory(err);
			return NULL;
		}
	format_built(built);
	json_t *manifest = json_pack("{s:i, s:s, s:s, s:s, s:b, s:o, s:I, s:o, s:o, s:o, s:o}", "format", INDEX_FORMAT,
				     "program", "soc-index " SOC_VERSION, "xapian", xap_version(), "built", built,
				     "sample", is_sample(sources, count), "sources", described, "occupations",
				     (json_int_t)g->codes.count, "evidence", describe_evidence(g), "facts",
				     describe_facts(g), "titles", describe_titles(g, v), "words", describe_words(v));
	if (manifest && describe_model(manifest, v, held))
		return manifest;
	json_decref(manifest);
	error_no_memory(err);
	return NULL;
}

/* ---- for people ---- */

const char *manifest_number(uint64_t number, char text[32])
{
	char digits[24];
	int n = snprintf(digits, sizeof digits, "%" PRIu64, number), at = 0;
	for (int i = 0; i < n; i++) {
		if (i > 0 && (n - i) % 3 == 0)
			text[at++] = ',';
		text[at++] = digits[i];
	}
	text[at] = '\0';
	return text;
}

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
	char rows[32], used[32], rejected[32];
	const char *reason;
	json_t *count;
	fprintf(stream, "    %-46s %10s rows %10s used\n", text_of(table, "table"),
		manifest_number(number_of(table, "rows"), rows), manifest_number(number_of(table, "used"), used));
	json_object_foreach(json_object_get(table, "rejected"), reason, count)
		fprintf(stream, "      rejected: %s %s\n",
			manifest_number((uint64_t)json_integer_value(count), rejected), reason);
	if (number_of(table, "windows_1252") > 0)
		fprintf(stream, "      read as Windows-1252: %s\n",
			manifest_number(number_of(table, "windows_1252"), rejected));
}

static void print_source(FILE *stream, const json_t *source)
{
	char bytes[32];
	const json_t *table;
	size_t i;
	const char *date = text_of(source, "date");
	if (strstr(text_of(source, "title"), date))
		date = "";
	fprintf(stream, "  %s%s%s  (%s, %s bytes)\n", text_of(source, "title"), *date ? ", " : "", date,
		text_of(source, "name"), manifest_number(number_of(source, "bytes"), bytes));
	fprintf(stream, "    sha256 %s\n", text_of(source, "sha256"));
	if (*text_of(source, "remark"))
		fprintf(stream, "    %s\n", text_of(source, "remark"));
	json_array_foreach(json_object_get(source, "tables"), i, table) print_table(stream, table);
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
	char number[32];
	json_t *count;
	json_object_foreach((json_t *)(uintptr_t)facts, key, count)
	{
		enum fact_key k = fact_find_key(slice_of(key));
		counts[k < FACT_KEY_COUNT ? fact_specs[k].section : FACT_SECTION_CUSTOM] +=
			(uint64_t)json_integer_value(count);
	}
	for (size_t s = 0; s < sizeof names / sizeof *names; s++)
		if (counts[s] > 0)
			fprintf(stream, "  %-48s %10s\n", names[s], manifest_number(counts[s], number));
}

static void print_titles(FILE *stream, const json_t *titles)
{
	char number[32];
	uint64_t left_out = number_of(titles, "filed_left_out");
	fprintf(stream, "  %-48s %10s\n", "titles that stand under several codes",
		manifest_number(number_of(titles, "shared"), number));
	if (number_of(titles, "filings") > 0)
		fprintf(stream, "  %-48s %10s\n", "filings, folded to the filed titles above",
			manifest_number(number_of(titles, "filings"), number));
	if (left_out > 0)
		fprintf(stream, "  %-48s %10s\n", "titles filed once, left out", manifest_number(left_out, number));
}

static void print_words(FILE *stream, const json_t *words)
{
	char number[32];
	fprintf(stream, "  %-48s %10s\n", "acronyms and abbreviations found in the sources",
		manifest_number(number_of(words, "mined"), number));
	fprintf(stream, "  %-48s %10s\n", "acronyms and abbreviations of our own list",
		manifest_number(number_of(words, "listed"), number));
	fprintf(stream, "  %-48s %10s\n", "words that are also written apart",
		manifest_number(number_of(words, "joined"), number));
	fprintf(stream, "  %-48s %10s\n", "words to correct misspelt ones to",
		manifest_number(number_of(words, "vocabulary"), number));
}

static void print_model(FILE *stream, const json_t *manifest)
{
	const json_t *model = json_object_get(manifest, "model"), *held = json_object_get(manifest, "held_out");
	char number[32];
	if (model) {
		fprintf(stream, "  %-48s %10s\n", "titles and texts that the model is trained on",
			manifest_number(number_of(model, "examples"), number));
		fprintf(stream, "  %-48s %10s\n", "weights of the model",
			manifest_number(number_of(model, "weights"), number));
	}
	if (!held)
		return;
	fprintf(stream, "  %-48s %10s\n", "titles kept out to measure the answers",
		manifest_number(number_of(held, "titles"), number));
	fprintf(stream, "    right first %.3f, among five %.3f, among ten %.3f; calibration error %.3f\n",
		json_real_value(json_object_get(held, "at_1")), json_real_value(json_object_get(held, "at_5")),
		json_real_value(json_object_get(held, "at_10")),
		json_real_value(json_object_get(held, "calibration_error")));
}

void manifest_print(FILE *stream, const json_t *manifest)
{
	char number[32];
	const char *kind;
	const json_t *source;
	json_t *count;
	size_t i;
	if (manifest_is_sample(manifest))
		fputs("This index holds the SAMPLE corpus, not a release of the Department of Labor.\n", stream);
	fputs("sources\n", stream);
	json_array_foreach(json_object_get(manifest, "sources"), i, source) print_source(stream, source);
	fprintf(stream, "content\n  %-48s %10s\n", "occupations",
		manifest_number(number_of(manifest, "occupations"), number));
	json_object_foreach(json_object_get(manifest, "evidence"), kind, count)
		fprintf(stream, "  %-48s %10s\n", evidence_name(kind),
			manifest_number((uint64_t)json_integer_value(count), number));
	print_facts(stream, json_object_get(manifest, "facts"));
	print_titles(stream, json_object_get(manifest, "titles"));
	print_words(stream, json_object_get(manifest, "words"));
	print_model(stream, manifest);
	fprintf(stream, "  digest %s\n  built %s by %s with Xapian %s, format %" PRIu64 "\n",
		text_of(manifest, "digest"), text_of(manifest, "built"), text_of(manifest, "program"),
		text_of(manifest, "xapian"), number_of(manifest, "format"));
}
