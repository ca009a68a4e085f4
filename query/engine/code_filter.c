// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * code_filter.c - the values of filters read: Job Zones, groups, kinds of evidence.
 */
#include "query/engine/code_filter.h"

/* Take what stands before the next comma off the front of *list. */
static struct slice next_part(struct slice *list)
{
	const char *comma = list->length ? memchr(list->at, ',', list->length) : NULL;
	struct slice part = { list->at, comma ? (size_t)(comma - list->at) : list->length };
	size_t taken = part.length + (comma != NULL);
	list->at += taken;
	list->length -= taken;
	return slice_trim(part);
}

/* ---- Job Zones ---- */

static bool zone_of(char digit, unsigned *zone)
{
	*zone = (unsigned)(digit - '0');
	return digit >= '1' && *zone <= FILTER_ZONE_MAX;
}

/* `4` or `4-5`, whichever end comes first. */
static bool read_zone_range(struct slice part, unsigned *zones)
{
	unsigned low, high;
	bool range = part.length == 3 && part.at[1] == '-';
	if ((part.length != 1 && !range) || !zone_of(part.at[0], &low) || !zone_of(part.at[part.length - 1], &high))
		return false;
	if (low > high) {
		unsigned swap = low;
		low = high;
		high = swap;
	}
	for (unsigned zone = low; zone <= high; zone++)
		*zones |= 1u << zone;
	return true;
}

bool filter_read_zones(struct slice value, unsigned *zones, struct error *err)
{
	do {
		struct slice part = next_part(&value);
		if (!read_zone_range(part, zones))
			return error_set(err, ERROR_USAGE, "Job Zones run from 1 to 5: 4, or 4-5, or 1,3-4",
					 "'%.*s' is no Job Zone", (int)(part.length < 60 ? part.length : 60), part.at);
	} while (value.length > 0);
	return true;
}

/* ---- kinds of evidence ---- */

static bool read_kind(struct slice part, unsigned *fields)
{
	for (unsigned f = 0; f < FIELD_COUNT; f++) {
		if (field_specs[f].prefix && slice_equal(part, slice_of(field_specs[f].name))) {
			*fields |= 1u << f;
			return true;
		}
	}
	return false;
}

bool filter_read_kinds(struct slice value, unsigned *fields, struct error *err)
{
	do {
		struct slice part = next_part(&value);
		if (!read_kind(part, fields))
			return error_set(err, ERROR_USAGE,
					 "the kinds are title, description, task, activity, technology and tool",
					 "'%.*s' is no kind of evidence", (int)(part.length < 60 ? part.length : 60),
					 part.at);
	} while (value.length > 0);
	return true;
}

/* ---- groups ---- */

bool filter_is_code(struct slice text, bool *full)
{
	static const char shape[] = "dd-dddd.dd";
	*full = text.length == 7 || text.length == 10;
	if (text.length < 4 || text.length > 10 || (text.length > 7 && text.length < 10))
		return false;
	for (size_t i = 0; i < text.length; i++)
		if (shape[i] == 'd' ? text.at[i] < '0' || text.at[i] > '9' : text.at[i] != shape[i])
			return false;
	return true;
}

static bool is_major(struct slice text)
{
	return (text.length == 2 || (text.length == 3 && text.at[2] == '-')) && text.at[0] >= '0' &&
	       text.at[0] <= '9' && text.at[1] >= '0' && text.at[1] <= '9';
}

bool filter_next_group(struct slice *list, struct filter_group *out, struct error *err)
{
	struct slice part = next_part(list);
	struct code code;
	bool full;
	*out = (struct filter_group){ "", 0 };
	if (code_parse(part, &code))
		part = slice_of(code.text);
	else if (is_major(part))
		part.length = 2;
	else if (!filter_is_code(part, &full))
		return error_set(err, ERROR_USAGE,
				 "write a code or the beginning of one: 15, 15-12, 15-1252, 15-1252.00",
				 "'%.*s' is no code", (int)(part.length < 60 ? part.length : 60), part.at);
	memcpy(out->text, part.at, part.length);
	out->length = part.length;
	return true;
}
