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
				 "give whole seconds since 1970, as `date +%s` prints them, or unset it for the time "
				 "of the clock",
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

/* Families whose content is under CC BY 4.0; all others are works of the United States government, in the public domain. */
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

static const char *licence_of(const char *family)
{
	return is_licensed(family) ? "CC BY 4.0" : is_own(family) ? "its owner's" : "public domain";
}

/* The titles of the sources that are under CC BY 4.0, with a comma between them. */
static void name_licensed(const struct session *s, struct buffer *out)
{
	const json_t *source;
	size_t i;
	json_array_foreach(sources_of(s), i, source)
	{
		if (is_licensed(text_of(source, "family")))
			buffer_printf(out, s->err, "%s%s", out->length ? ", " : "",
				      manifest_source_title(s->index->manifest, i));
	}
	buffer_terminate(out, s->err);
}

/* ---- whose content it is ---- */

static const char sample_line[] =
	"The index holds the sample corpus of soc-search, not a release of the Department of Labor: nothing "
	"in this document may be relied on.";
static const char advice_line[] =
	"This document is not legal advice. It shows what the releases named in it say and how one program "
	"weighs that; whether a code fits a job is for its reader to decide.";

/* As the O*NET Resource Center asks for where its content has been changed. */
static void put_attribution(const struct session *s, struct buffer *out)
{
	struct buffer names = { 0 };
	if (manifest_is_sample(s->index->manifest)) {
		buffer_append_text(out, sample_line, s->err);
	} else {
		name_licensed(s, &names);
		if (names.length)
			buffer_printf(out, s->err,
				      "This document includes information from %s by the U.S. Department of Labor, "
				      "Employment and Training Administration (USDOL/ETA). Used under the CC BY 4.0 "
				      "license (creativecommons.org/licenses/by/4.0). O*NET\xC2\xAE is a trademark of "
				      "USDOL/ETA. soc-search has modified all or some of this information: it selects, "
				      "arranges, weighs and compares it. USDOL/ETA has not approved, endorsed, or "
				      "tested these modifications.",
				      names.at);
	}
	buffer_free(&names);
}

static void write_paragraph(struct document *d, struct slice text)
{
	if (text.length == 0)
		return;
	document_paragraph(d);
	document_text(d, RUN_DIM, text);
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
	document_pair(d, name);
	document_text(d, RUN_PLAIN, slice_of(value));
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
	document_pair(d, "SHA-256 of the index");
	document_text(d, RUN_HASH, slice_of(s->index->file.identity.sha256));
	document_pair(d, "SHA-256 of its content");
	document_text(d, RUN_HASH, slice_of(text_of(m, "digest")));
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
	document_pair(d, "Command");
	document_text(d, RUN_PLAIN, buffer_slice(&line));
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
		document_cell_text(d, RUN_PLAIN,
				   manifest_is_sample(s->index->manifest) ? SLICE("GPL-3.0-or-later")
									  : slice_of(licence_of(family)));
		document_cell_text(d, RUN_PLAIN, slice_of(text_of(source, "name")));
		document_text(d, RUN_PLAIN, SLICE(" "));
		document_text(d, RUN_HASH, slice_of(text_of(source, "sha256")));
	}
	document_table_end(d);
}

static const char again_line[] =
	"The same command with the same index file and the same input files makes this document again, but for "
	"its date. Files are named without their folders; sha256sum shows whether one is the same.";

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
	if (text.length) {
		document_paragraph(d);
		document_text(d, RUN_PLAIN, buffer_slice(&text));
	}
	document_note(d);
	document_text(d, RUN_PLAIN, slice_of(advice_line));
	buffer_free(&text);
}

/* ---- as JSON ---- */

static json_t *sources_json(const struct session *s)
{
	json_t *list = json_array();
	const json_t *source;
	size_t i;
	json_array_foreach(sources_of(s), i, source)
	{
		const char *family = text_of(source, "family");
		bool sample = manifest_is_sample(s->index->manifest);
		json_array_append_new(list,
				      json_pack("{s:s, s:s, s:s, s:s, s:O?, s:s, s:s}", "title",
						text_of(source, "title"), "release", text_of(source, "release"), "date",
						text_of(source, "date"), "name", text_of(source, "name"), "bytes",
						json_object_get(source, "bytes"), "sha256", text_of(source, "sha256"),
						"licence", sample ? "GPL-3.0-or-later" : licence_of(family)));
	}
	return list;
}

static json_t *options_json(const struct provenance *p)
{
	json_t *list = json_array();
	for (size_t i = 0; i < p->option_count; i++) {
		json_t *one = json_pack("{s:s}", "name", p->options[i].name);
		if (p->options[i].value)
			json_object_set_new(one, "value", format_json_text(slice_of(p->options[i].value)));
		json_array_append_new(list, one);
	}
	return list;
}

static json_t *inputs_json(const struct provenance *p)
{
	json_t *list = json_array();
	for (size_t i = 0; i < p->input_count; i++) {
		const struct provenance_input *in = &p->inputs[i];
		json_t *one =
			json_pack("{s:s, s:o}", "option", in->option, "name", format_json_text(slice_of(in->name)));
		if (in->sha256[0])
			json_object_update_new(
				one, json_pack("{s:I, s:s}", "bytes", (json_int_t)in->bytes, "sha256", in->sha256));
		json_array_append_new(list, one);
	}
	return list;
}

json_t *provenance_json(const struct provenance *p, const struct session *s)
{
	const json_t *m = s->index->manifest;
	struct buffer text = { 0 };
	put_attribution(s, &text);
	json_t *index =
		json_pack("{s:o, s:I, s:s, s:s, s:s, s:s, s:b}", "name", format_json_text(slice_of(p->index_name)),
			  "bytes", (json_int_t)s->index->file.identity.bytes, "sha256", s->index->file.identity.sha256,
			  "digest", text_of(m, "digest"), "built", text_of(m, "built"), "program",
			  text_of(m, "program"), "sample", manifest_is_sample(m));
	json_t *all = json_pack("{s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:s}", "written", p->written, "program",
				"soc-search " SOC_VERSION, "command", p->command, "options", options_json(p), "inputs",
				inputs_json(p), "index", index, "sources", sources_json(s), "attribution",
				format_json_text(buffer_slice(&text)), "notice", advice_line);
	buffer_free(&text);
	return all;
}
