// SPDX-License-Identifier: GPL-3.0-or-later
#define _GNU_SOURCE   /* memmem() */
#include "lib/base/file.h"
#include "lib/index/manifest.h"
#include "lib/index/records.h"

bool manifest_load(const struct store *records, enum manifest_part part, json_t **out, struct error *err)
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

bool manifest_tell_sample(const struct store *records, bool *sample, struct error *err)
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
