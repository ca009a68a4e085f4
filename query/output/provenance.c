// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * provenance.c - the section on sources, checksums and options at the end of a document.
 */
#include <errno.h>
#include <stdlib.h>
#include <time.h>

#include "lib/base/ascii.h"
#include "lib/base/file.h"
#include "lib/index/manifest.h"
#include "query/output/format.h"
#include "query/output/provenance.h"

/* ---- gathering ---- */

/* A moment that ends in a year of four digits. */
#define EPOCH_MOST 253402300799

/* Now, or the moment that a reproducible document names (https://reproducible-builds.org/specs/source-date-epoch/). */
static bool read_moment(time_t *out, struct error *err)
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	char *end = NULL;
	if (!epoch) {
		*out = time(NULL);
		return true;
	}
	errno = 0;
	long long seconds = strtoll(epoch, &end, 10);
	if (!ascii_is_digit(epoch[0]) || *end != '\0' || errno != 0 || seconds > EPOCH_MOST)
		return error_set(err, ERROR_USAGE,
				 "give whole seconds since 1970, as `date +%s` prints them, "
				 "or unset it for the time of the clock",
				 "SOURCE_DATE_EPOCH is '%.60s', which is no date", epoch);
	*out = (time_t)seconds;
	return true;
}

/* In English whatever the locale. */
static void format_moment(time_t when, struct provenance *out)
{
	static const char *const months[] = { "January", "February", "March",     "April",   "May",      "June",
					      "July",    "August",   "September", "October", "November", "December" };
	struct tm utc = { 0 };
	gmtime_r(&when, &utc);
	strftime(out->written, sizeof out->written, "%Y-%m-%dT%H:%M:%SZ", &utc);
	snprintf(out->day, sizeof out->day, "%s %d, %d", months[utc.tm_mon % 12], utc.tm_mday % 100,
		 (utc.tm_year + 1900) % 10000);
}

const char *provenance_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	return strcmp(path, "-") == 0 ? "standard input" : slash && slash[1] ? slash + 1 : path;
}

bool provenance_begin(struct session *s, const char *index_path, struct provenance *out)
{
	time_t when = 0;
	*out = (struct provenance){ .index_name = provenance_name(index_path) };
	if (!soc_index_need_manifest(s->index, s->err) || !read_moment(&when, s->err))
		return false;
	format_moment(when, out);
	return true;
}

static struct provenance_input *add(struct provenance *p, const char *option, const char *path)
{
	if (p->input_count == PROVENANCE_INPUTS)
		return NULL;
	struct provenance_input *in = &p->inputs[p->input_count++];
	*in = (struct provenance_input){ .option = option, .path = path, .name = provenance_name(path) };
	return in;
}

static void digest(struct provenance_input *in, struct slice bytes)
{
	struct sha256 sha256;
	sha256_begin(&sha256);
	sha256_add(&sha256, bytes.at, bytes.length);
	sha256_finish(&sha256, in->sha256);
	in->bytes = bytes.length;
}

void provenance_add_input(struct provenance *p, const char *option, const char *path, struct slice bytes)
{
	struct provenance_input *in = add(p, option, path);
	if (in)
		digest(in, bytes);
}

bool provenance_add_file(struct provenance *p, const char *option, const char *path, struct error *err)
{
	struct provenance_input *in = add(p, option, path);
	struct slice bytes;
	struct error unread = { 0 };
	if (!in || strcmp(in->path, "-") == 0)
		return true;
	if (!file_map(in->path, &bytes, &unread))
		return unread.code == ERROR_INPUT || error_set(err, unread.code, unread.hint, "%s", unread.text);
	digest(in, bytes);
	file_unmap(bytes);
	return true;
}

/* ---- sources ---- */

static const json_t *sources_of(const struct session *s)
{
	return json_object_get(s->index->manifest, "sources");
}

static const char *text_of(const json_t *object, const char *member)
{
	const char *text = json_string_value(json_object_get(object, member));
	return text ? text : "";
}

/* Families whose content is under CC BY 4.0; all others are works of the United States government, in the public
 * domain. */
static bool is_licensed(const char *family)
{
	static const char *const licensed[] = { "onet", "onet-2010-2019", "onet-2019-soc", "stem-onet" };
	for (size_t i = 0; i < sizeof licensed / sizeof *licensed; i++)
		if (strcmp(family, licensed[i]) == 0)
			return true;
	return false;
}

/* A table of one's own is under whatever licence its owner gives it. */
static bool is_own(const char *family)
{
	return strcmp(family, "own") == 0;
}

static const char *licence_of(const struct session *s, const char *family)
{
	return manifest_is_sample(s->index->manifest) ? "GPL-3.0-or-later"
	       : is_licensed(family)                  ? "CC BY 4.0"
	       : is_own(family)                       ? "its owner's"
						      : "public domain";
}

/* The titles of the sources that are under CC BY 4.0, with a comma between them; false where there are none. */
static bool name_licensed(const struct session *s, struct buffer *out)
{
	const json_t *source;
	size_t i;
	json_array_foreach(sources_of(s), i, source)
	{
		if (is_licensed(text_of(source, "family")))
			buffer_printf(out, s->err, "%s%s", out->length ? ", " : "",
				      manifest_source_title(s->index->manifest, i));
	}
	return buffer_terminate(out, s->err) && out->length > 0;
}

/* ---- whose content it is ---- */

static const char sample_line[] =
	"The index holds the sample corpus of soc-search, not a release of the Department of Labor: "
	"nothing in this document may be relied on.";
static const char advice_line[] =
	"This document is not legal advice. It shows what the releases named in it say and how one program weighs "
	"that; whether a code fits a job is for its reader to decide.";

/* As the O*NET Resource Center asks for where its content has been changed. */
static void put_attribution(const struct session *s, struct buffer *out)
{
	struct buffer names = { 0 };
	if (manifest_is_sample(s->index->manifest))
		buffer_append_text(out, sample_line, s->err);
	else if (name_licensed(s, &names))
		buffer_printf(out, s->err,
			      "This document includes information from %s by the U.S. Department of Labor, "
			      "Employment and Training Administration (USDOL/ETA). Used under the CC BY 4.0 license "
			      "(creativecommons.org/licenses/by/4.0). O*NET\xC2\xAE is a trademark of USDOL/ETA. "
			      "soc-search has modified all or some of this information: it selects, arranges, weighs "
			      "and compares it. USDOL/ETA has not approved, endorsed, or tested these modifications.",
			      names.at);
	buffer_free(&names);
}

static void write_paragraph(struct document *d, struct slice text)
{
	if (text.length == 0)
		return;
	document_paragraph_text(d, RUN_DIM, text);
}

void attribution_write(const struct session *s, struct document *d)
{
	struct buffer text = { 0 };
	if (!soc_index_need_manifest(s->index, s->err))
		return;
	put_attribution(s, &text);
	write_paragraph(d, buffer_slice(&text));
	write_paragraph(d, slice_of(advice_line));
	buffer_free(&text);
}

/* ---- as a part of a document ---- */

static void write_pair(struct document *d, const char *name, const char *value)
{
	if (*value == '\0')
		return;
	document_pair_text(d, name, RUN_PLAIN, slice_of(value));
}

static void write_index(const struct provenance *p, const struct session *s, struct document *d)
{
	const json_t *m = s->index->manifest;
	write_pair(d, "Written", p->written);
	write_pair(d, "By", "soc-search " SOC_VERSION);
	document_pair(d, "Index file");
	document_printf(d, RUN_PLAIN, "%s, %llu bytes, format %lld", p->index_name,
			(unsigned long long)s->index->file.identity.bytes,
			(long long)json_integer_value(json_object_get(m, "format")));
	document_pair_text(d, "SHA-256 of the index", RUN_HASH, slice_of(s->index->file.identity.sha256));
	document_pair_text(d, "SHA-256 of its content", RUN_HASH, slice_of(text_of(m, "digest")));
	document_pair(d, "Index built");
	document_printf(d, RUN_PLAIN, "%s by %s", text_of(m, "built"), text_of(m, "program"));
}

/* A word as a shell takes it. */
static void put_word(struct buffer *out, const char *word, struct error *err)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._,/+:=@%-";
	bool quoted = *word == '\0' || word[strspn(word, plain)] != '\0';
	buffer_append_text(out, quoted ? " '" : " ", err);
	for (; *word; word++) {
		if (*word == '\'')
			buffer_append_text(out, "'\\''", err);
		else
			buffer_append_byte(out, *word, err);
	}
	buffer_append_text(out, quoted ? "'" : "", err);
}

static void write_options(const struct provenance *p, const struct session *s, struct document *d)
{
	struct buffer line = { 0 };
	buffer_printf(&line, s->err, "soc %s", p->command);
	for (size_t i = 0; i < p->option_count; i++) {
		buffer_printf(&line, s->err, " --%s", p->options[i].name);
		if (p->options[i].value)
			put_word(&line, p->options[i].value, s->err);
	}
	document_pair_text(d, "Command", RUN_PLAIN, buffer_slice(&line));
	for (size_t i = 0; i < p->input_count; i++) {
		const struct provenance_input *in = &p->inputs[i];
		document_pair(d, "Input file");
		document_printf(d, RUN_PLAIN, "%s (--%s)", in->name, in->option);
		if (in->sha256[0]) {
			document_printf(d, RUN_PLAIN, ", %llu bytes, SHA-256 ", (unsigned long long)in->bytes);
			document_text(d, RUN_HASH, slice_of(in->sha256));
		}
	}
	buffer_free(&line);
}

static void write_sources(const struct session *s, struct document *d)
{
	static const struct column columns[] = { { "Source", COLUMN_TEXT },
						 { "Date", COLUMN_SHORT },
						 { "Licence", COLUMN_SHORT },
						 { "File, and its SHA-256", COLUMN_TEXT } };
	const json_t *source;
	size_t i;
	document_table(d, "Sources of the index, as published", columns, sizeof columns / sizeof *columns);
	json_array_foreach(sources_of(s), i, source)
	{
		const char *date = text_of(source, "date"), *family = text_of(source, "family");
		document_row(d);
		document_cell_text(d, RUN_PLAIN, slice_of(text_of(source, "title")));
		document_cell_text(d, RUN_PLAIN, slice_of(*date ? date : text_of(source, "release")));
		document_cell_text(d, RUN_PLAIN, slice_of(licence_of(s, family)));
		document_cell_text(d, RUN_PLAIN, slice_of(text_of(source, "name")));
		document_text(d, RUN_PLAIN, SLICE(" "));
		document_text(d, RUN_HASH, slice_of(text_of(source, "sha256")));
	}
	document_table_end(d);
}

static const char again_line[] =
	"The same command with the same index file and the same input files makes this document again, "
	"but for its date. Files are named without their folders; sha256sum shows whether one is the same.";

void provenance_write(const struct provenance *p, const struct session *s, struct document *d, int level)
{
	struct buffer text = { 0 };
	document_section(d, level, "made-from", "What it was made from");
	write_index(p, s, d);
	write_sources(s, d);
	document_section(d, level, "asked", "How it was asked for");
	write_options(p, s, d);
	write_paragraph(d, slice_of(again_line));
	document_section(d, level, "licences", "Licences and limits");
	put_attribution(s, &text);
	if (text.length)
		document_paragraph_text(d, RUN_PLAIN, buffer_slice(&text));
	document_note(d);
	document_text(d, RUN_PLAIN, slice_of(advice_line));
	buffer_free(&text);
}

/* ---- as JSON ---- */

static void write_json_sources(const struct session *s, struct json_writer *w)
{
	static const char *const members[] = { "title", "release", "date", "name" };
	const json_t *source;
	size_t i;
	json_begin_array(w, "sources");
	json_array_foreach(sources_of(s), i, source)
	{
		const json_t *bytes = json_object_get(source, "bytes");
		json_begin_object(w, NULL);
		for (size_t m = 0; m < sizeof members / sizeof *members; m++)
			json_write_string(w, members[m], text_of(source, members[m]));
		if (bytes)
			json_write_integer(w, "bytes", json_integer_value(bytes));
		json_write_string(w, "sha256", text_of(source, "sha256"));
		json_write_string(w, "licence", licence_of(s, text_of(source, "family")));
		json_end_object(w);
	}
	json_end_array(w);
}

static void write_json_options(const struct provenance *p, struct json_writer *w)
{
	json_begin_array(w, "options");
	for (size_t i = 0; i < p->option_count; i++) {
		json_begin_object(w, NULL);
		json_write_string(w, "name", p->options[i].name);
		if (p->options[i].value)
			json_write_string(w, "value", p->options[i].value);
		json_end_object(w);
	}
	json_end_array(w);
}

static void write_json_inputs(const struct provenance *p, struct json_writer *w)
{
	json_begin_array(w, "inputs");
	for (size_t i = 0; i < p->input_count; i++) {
		const struct provenance_input *in = &p->inputs[i];
		json_begin_object(w, NULL);
		json_write_string(w, "option", in->option);
		json_write_string(w, "name", in->name);
		if (in->sha256[0]) {
			json_write_count(w, "bytes", in->bytes);
			json_write_string(w, "sha256", in->sha256);
		}
		json_end_object(w);
	}
	json_end_array(w);
}

static void write_json_index(const struct provenance *p, const struct session *s, struct json_writer *w)
{
	const json_t *m = s->index->manifest;
	json_begin_object(w, "index");
	json_write_string(w, "name", p->index_name);
	json_write_count(w, "bytes", s->index->file.identity.bytes);
	json_write_string(w, "sha256", s->index->file.identity.sha256);
	json_write_string(w, "digest", text_of(m, "digest"));
	json_write_string(w, "built", text_of(m, "built"));
	json_write_string(w, "program", text_of(m, "program"));
	json_write_bool(w, "sample", manifest_is_sample(m));
	json_end_object(w);
}

void provenance_json(const struct provenance *p, const struct session *s, struct json_writer *w)
{
	struct buffer text = { 0 };
	put_attribution(s, &text);
	json_begin_object(w, "provenance");
	json_write_string(w, "written", p->written);
	json_write_string(w, "program", "soc-search " SOC_VERSION);
	json_write_string(w, "command", p->command);
	write_json_options(p, w);
	write_json_inputs(p, w);
	write_json_index(p, s, w);
	write_json_sources(s, w);
	json_write_text(w, "attribution", buffer_slice(&text));
	json_write_string(w, "notice", advice_line);
	json_end_object(w);
	buffer_free(&text);
}
