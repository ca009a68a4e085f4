// SPDX-License-Identifier: GPL-3.0-or-later
/* manifest.c - reading the manifest, with or without the tables of its sources; adding to the content digest. */
#define _GNU_SOURCE /* memmem() */
#include "lib/index/manifest.h"

#include "lib/index/docstore.h"

bool manifest_load(const struct hash_table *records, enum manifest_part part, json_t **out, struct error *err)
{
	struct slice text;
	struct buffer brief = { 0 };
	*out = NULL;
	bool ok = records_find(records, SLICE(MANIFEST_KEY), &text, err) &&
		  (part == MANIFEST_WHOLE || manifest_leave_tables(text, &brief, err));
	text = part == MANIFEST_BRIEF ? buffer_slice(&brief) : text;
	json_t *manifest = ok ? json_loadb(text.at ? text.at : "", text.length, 0, NULL) : NULL;
	buffer_free(&brief);
	if (!ok)
		return false;
	if (!json_is_object(manifest)) {
		json_decref(manifest);
		return error_set(err, ERROR_DAMAGED, "build the index anew: soc-index build -o FILE.soc RELEASE...",
				 "the manifest of the index is malformed");
	}
	*out = manifest;
	return true;
}

const char *manifest_source_title(const json_t *manifest, size_t source)
{
	const char *title = json_string_value(
		json_object_get(json_array_get(json_object_get(manifest, "sources"), source), "title"));
	return title ? title : "?";
}

const char *manifest_source_text(const json_t *manifest, size_t source, const char *member)
{
	const char *text = json_string_value(
		json_object_get(json_array_get(json_object_get(manifest, "sources"), source), member));
	return text ? text : "";
}

bool manifest_is_sample(const json_t *manifest)
{
	return json_is_true(json_object_get(manifest, "sample"));
}

bool manifest_tell_sample(const struct hash_table *records, bool *sample, struct error *err)
{
	/* Within a string the quotes would have backslashes before them. */
	static const char member[] = "\"sample\":true";
	struct slice text;
	bool ok = records_find(records, SLICE(MANIFEST_KEY), &text, err);
	*sample = ok && memmem(text.at, text.length, member, strlen(member)) != NULL;
	return ok;
}

void manifest_digest_add(struct sha256 *digest, struct slice record)
{
	unsigned char length[8];
	for (size_t i = 0; i < sizeof length; i++)
		length[i] = (unsigned char)((uint64_t)record.length >> (8 * i));
	sha256_add(digest, length, sizeof length);
	sha256_add(digest, record.at, record.length);
}

/* ---- manifest brief ---- */

/* What stands in front of the tables of a source; within a string the quotes would have backslashes before them. */
static const char tables[] = "\"tables\":[";

/* Behind the string that begins at `at`; the end where it has none. */
static const char *skip_string(const char *at, const char *end)
{
	for (at++; at < end && *at != '"'; at++)
		at += *at == '\\' && at + 1 < end;
	return at < end ? at + 1 : end;
}

/* The bracket that closes the array whose first byte this is; the end where there is none. */
static const char *find_close(const char *at, const char *end)
{
	for (size_t depth = 1; at < end;) {
		if (*at == '"') {
			at = skip_string(at, end);
			continue;
		}
		depth += *at == '[';
		depth -= *at == ']';
		if (depth == 0)
			break;
		at++;
	}
	return at;
}

bool manifest_leave_tables(struct slice text, struct buffer *out, struct error *err)
{
	const char *at = text.at, *kept = at;
	if (text.length == 0)
		return true;
	const char *end = at + text.length;
	while (at < end && (at = memchr(at, '"', (size_t)(end - at)))) {
		const char *name = at;
		at = skip_string(at, end);
		if ((size_t)(end - name) < sizeof tables - 1 || memcmp(name, tables, sizeof tables - 1) != 0)
			continue;
		at = name + sizeof tables - 1;
		if (!buffer_append(out, kept, (size_t)(at - kept), err))
			return false;
		kept = at = find_close(at, end);
	}
	return buffer_append(out, kept, (size_t)(end - kept), err);
}
