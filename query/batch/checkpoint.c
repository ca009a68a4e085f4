// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * checkpoint.c - how far a run has come, as JSON in a file that is replaced as a whole.
 */
#include <inttypes.h>
#include <stdlib.h>

#include "lib/base/file.h"
#include "query/batch/checkpoint.h"

#define VERSION 1

static const char begin_anew[] = "remove it and the output to begin anew";

/* ---- saving ---- */

/* JSON has no 64 bits without a sign. */
static json_t *hexadecimal(uint64_t value)
{
	return json_sprintf("%016" PRIx64, value);
}

static json_t *parts_json(const struct external_sort *review)
{
	json_t *list = json_array();
	for (size_t i = 0; i < external_sort_parts(review); i++) {
		uint64_t number, size;
		external_sort_part(review, i, &number, &size);
		json_array_append_new(list, json_pack("[I, I]", (json_int_t)number, (json_int_t)size));
	}
	return list;
}

static json_t *describe(const struct checkpoint *c, const struct tally *tally, struct evaluation *evaluation,
			const struct external_sort *review)
{
	json_t *object = json_pack("{s:i, s:o, s:I, s:I, s:o, s:o}", "soc_code", VERSION, "fingerprint",
				   hexadecimal(c->fingerprint), "rows", (json_int_t)c->rows, "bytes",
				   (json_int_t)c->bytes, "input", hexadecimal(c->input), "tally", tally_json(tally));
	if (object && evaluation)
		json_object_set_new(object, "gold", evaluation_state(evaluation));
	if (object && review)
		json_object_set_new(object, "review", parts_json(review));
	return object;
}

bool checkpoint_save(const char *path, const struct checkpoint *c, const struct tally *tally,
		     struct evaluation *evaluation, const struct external_sort *review, struct error *err)
{
	json_t *object = describe(c, tally, evaluation, review);
	char *text = object ? json_dumps(object, JSON_COMPACT | JSON_REAL_PRECISION(17)) : NULL;
	bool ok = text ? file_write_whole(path, slice_of(text), err) : error_no_memory(err);
	memory_free(text);
	json_decref(object);
	return ok;
}

/* ---- loading ---- */

static bool malformed(const char *path, struct error *err)
{
	error_set(err, ERROR_INPUT, begin_anew, "this does not say how far a run has come");
	return error_at(err, path, 0, 0);
}

static bool read_hexadecimal(const json_t *object, const char *name, uint64_t *out)
{
	const char *text = json_string_value(json_object_get(object, name));
	char *end;
	if (!text || strlen(text) != 16)
		return false;
	*out = strtoull(text, &end, 16);
	return *end == '\0';
}

static bool restore_parts(const json_t *list, struct external_sort *review, struct error *err)
{
	size_t i;
	json_t *part;
	json_array_foreach((json_t *)(uintptr_t)list, i, part)
	{
		json_int_t number = json_integer_value(json_array_get(part, 0));
		json_int_t size = json_integer_value(json_array_get(part, 1));
		if (number < 0 || size < 0 || !external_sort_restore(review, (uint64_t)number, (uint64_t)size, err))
			return error_set(err, ERROR_INPUT, begin_anew, "the review queue is not what the run left");
	}
	return true;
}

static bool restore(const char *path, const json_t *object, struct checkpoint *c, struct tally *tally,
		    struct evaluation *evaluation, struct external_sort *review, struct error *err)
{
	uint64_t version, fingerprint;
	if (!tally_read_count(object, "soc_code", &version) || version != VERSION ||
	    !read_hexadecimal(object, "fingerprint", &fingerprint) || !tally_read_count(object, "rows", &c->rows) ||
	    !tally_read_count(object, "bytes", &c->bytes) || !read_hexadecimal(object, "input", &c->input) ||
	    !tally_read(json_object_get(object, "tally"), tally) || tally->rows != c->rows)
		return malformed(path, err);
	if (fingerprint != c->fingerprint) {
		error_set(err, ERROR_INPUT,
			  "give the same options, columns and index as before, or remove it and the output",
			  "the run that is to be resumed was another one");
		return error_at(err, path, 0, 0);
	}
	return (!evaluation || evaluation_restore(json_object_get(object, "gold"), evaluation, err)) &&
	       (!review || restore_parts(json_object_get(object, "review"), review, err));
}

bool checkpoint_load(const char *path, struct checkpoint *c, struct tally *tally, struct evaluation *evaluation,
		     struct external_sort *review, struct error *err)
{
	struct slice bytes;
	if (!file_map(path, &bytes, err))
		return false;
	json_t *object = json_loadb(bytes.at, bytes.length, 0, NULL);
	bool ok = json_is_object(object) ? restore(path, object, c, tally, evaluation, review, err)
					 : malformed(path, err);
	json_decref(object);
	file_unmap(bytes);
	return ok;
}
