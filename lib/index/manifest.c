// SPDX-License-Identifier: GPL-3.0-or-later
#include "lib/base/file.h"
#include "lib/index/manifest.h"

bool manifest_load(xap_reader *r, json_t **out, struct error *err)
{
	struct buffer text = { 0 };
	*out = NULL;
	bool ok = xap_reader_metadata(r, SLICE(MANIFEST_KEY), &text, err);
	if (ok) {
		*out = json_loadb(text.at ? text.at : "", text.length, 0, NULL);
		ok = json_is_object(*out);
		if (!ok) {
			json_decref(*out);
			*out = NULL;
			error_set(err, ERROR_DAMAGED, "build the index anew: soc-index build -o FILE.soc RELEASE...",
				  "the index has no manifest");
		}
	}
	buffer_free(&text);
	return ok;
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

bool manifest_tell_sample(xap_reader *r, bool *sample, struct error *err)
{
	/* Within a string the quotes would have backslashes before them. */
	static const char member[] = "\"sample\":true";
	struct buffer text = { 0 };
	bool ok = xap_reader_metadata(r, SLICE(MANIFEST_KEY), &text, err) && buffer_terminate(&text, err);
	*sample = ok && strstr(text.at, member) != NULL;
	buffer_free(&text);
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
