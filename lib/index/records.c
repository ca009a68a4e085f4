// SPDX-License-Identifier: GPL-3.0-or-later
#include "lib/index/evidence.h"
#include "lib/index/records.h"

bool records_add(struct store_writer *records, struct slice name, struct slice bytes, struct error *err)
{
	struct buffer stored = { 0 };
	bool ok = record_deflate(bytes, SLICE(""), &stored, err) && store_add(records, name, buffer_slice(&stored), err);
	buffer_free(&stored);
	return ok;
}

bool records_find(const struct store *records, struct slice name, struct slice *stored, struct error *err)
{
	return store_find(records, name, stored, err) &&
	       (stored->at || error_set(err, ERROR_DAMAGED, "build the index anew: soc-index build -o FILE.soc RELEASE...",
					"the index has no record %.*s", (int)name.length, name.at));
}

bool records_inflate(const struct store *records, struct slice name, struct arena *arena, struct slice *out, struct error *err)
{
	struct slice stored;
	return records_find(records, name, &stored, err) && record_inflate(stored, SLICE(""), arena, out, err);
}

struct slice occupation_name(size_t number, char name[OCCUPATION_NAME_SIZE])
{
	memcpy(name, "occupation", 10);
	name[10] = (char)(number & 0xFF);
	name[11] = (char)(number >> 8 & 0xFF);
	return (struct slice){ name, OCCUPATION_NAME_SIZE };
}
