// SPDX-License-Identifier: GPL-3.0-or-later
#include <math.h>
#include <zlib.h>

#include "lib/index/evidence.h"

const struct evidence_spec evidence_specs[EVIDENCE_KIND_COUNT] = {
#define EVIDENCE_SPEC(id, people, json, field) { people, json, field },
	EVIDENCE_TABLE(EVIDENCE_SPEC)
#undef EVIDENCE_SPEC
};

/* Larger than any record can be: a guard against a length that was made up. */
#define RECORD_MAX (64u << 20)

static const char rebuild[] = "run soc-index verify FILE.soc, and build the index anew";

/* ---- packing ---- */

static bool pack_evidence(const struct evidence *e, struct buffer *b, struct error *err)
{
	return pack_number(b, e->kind, err) && pack_number(b, e->source, err) &&
	       pack_number(b, e->flags, err) && pack_number(b, e->count, err) &&
	       pack_string(b, e->text, err) && pack_string(b, e->detail, err) && pack_string(b, e->id, err);
}

/* Per cents are kept in hundredths, as they are published. */
static bool pack_education(const struct education *e, struct buffer *b, struct error *err)
{
	return pack_string(b, e->element, err) && pack_string(b, e->scale, err) &&
	       pack_number(b, e->category, err) &&
	       pack_number(b, (uint64_t)llround(e->percent * 100.0), err) &&
	       pack_number(b, e->suppressed, err) && pack_number(b, e->source, err);
}

static bool pack_related(const struct related *r, struct buffer *b, struct error *err)
{
	return pack_string(b, r->code, err) && pack_string(b, r->tier, err) &&
	       pack_number(b, r->rank, err) && pack_number(b, r->source, err);
}

bool occupation_pack(const struct occupation *o, struct buffer *out, struct error *err)
{
	bool ok = pack_string(out, o->code, err) && pack_string(out, o->title, err) &&
		  pack_number(out, o->zone, err) && pack_number(out, o->zone_source, err) &&
		  pack_number(out, o->evidence_count, err);
	for (size_t i = 0; ok && i < o->evidence_count; i++)
		ok = pack_evidence(&o->evidence[i], out, err);
	ok = ok && pack_number(out, o->education_count, err);
	for (size_t i = 0; ok && i < o->education_count; i++)
		ok = pack_education(&o->education[i], out, err);
	ok = ok && pack_number(out, o->related_count, err);
	for (size_t i = 0; ok && i < o->related_count; i++)
		ok = pack_related(&o->related[i], out, err);
	return ok;
}

/* ---- unpacking ---- */

static void unpack_evidence(struct unpack *u, struct evidence *e)
{
	uint64_t kind = unpack_number(u);
	if (kind >= EVIDENCE_KIND_COUNT) {
		u->bad = true;
		kind = 0;
	}
	e->kind = (enum evidence_kind)kind;
	e->source = (uint32_t)unpack_number(u);
	e->flags = (uint32_t)unpack_number(u);
	e->count = (uint32_t)unpack_number(u);
	e->text = unpack_string(u);
	e->detail = unpack_string(u);
	e->id = unpack_string(u);
}

static void unpack_education(struct unpack *u, struct education *e)
{
	e->element = unpack_string(u);
	e->scale = unpack_string(u);
	e->category = (uint32_t)unpack_number(u);
	e->percent = (double)unpack_number(u) / 100.0;
	e->suppressed = unpack_number(u) != 0;
	e->source = (uint32_t)unpack_number(u);
}

static void unpack_related(struct unpack *u, struct related *r)
{
	r->code = unpack_string(u);
	r->tier = unpack_string(u);
	r->rank = (uint32_t)unpack_number(u);
	r->source = (uint32_t)unpack_number(u);
}

/* A count that is believable: each item takes at least four bytes. */
static size_t unpack_count(struct unpack *u)
{
	uint64_t count = unpack_number(u);
	if (count > (uint64_t)(u->end - u->at) / 4) {
		u->bad = true;
		return 0;
	}
	return (size_t)count;
}

bool occupation_unpack(struct slice bytes, struct arena *arena, struct occupation *out, struct error *err)
{
	struct unpack u = unpack_begin(bytes);
	*out = (struct occupation){ 0 };
	out->code = unpack_string(&u);
	out->title = unpack_string(&u);
	out->zone = (uint32_t)unpack_number(&u);
	out->zone_source = (uint32_t)unpack_number(&u);

	out->evidence_count = unpack_count(&u);
	out->evidence = arena_alloc(arena, (out->evidence_count + 1) * sizeof *out->evidence, err);
	if (!out->evidence)
		return false;
	for (size_t i = 0; i < out->evidence_count; i++)
		unpack_evidence(&u, &out->evidence[i]);

	out->education_count = unpack_count(&u);
	out->education = arena_alloc(arena, (out->education_count + 1) * sizeof *out->education, err);
	if (!out->education)
		return false;
	for (size_t i = 0; i < out->education_count; i++)
		unpack_education(&u, &out->education[i]);

	out->related_count = unpack_count(&u);
	out->related = arena_alloc(arena, (out->related_count + 1) * sizeof *out->related, err);
	if (!out->related)
		return false;
	for (size_t i = 0; i < out->related_count; i++)
		unpack_related(&u, &out->related[i]);

	if (u.bad || u.at != u.end)
		return error_set(err, ERROR_DAMAGED, rebuild, "the record of an occupation is malformed");
	return true;
}

/* ---- storage ---- */

/* zlib's states begin with what they are to read and write; everything else is its own. */
static z_stream begin_stream(struct slice in, char *out, size_t room)
{
	return (z_stream){ .next_in = (z_const Bytef *)(uintptr_t)in.at, .avail_in = (uInt)in.length,
			   .next_out = (Bytef *)out, .avail_out = (uInt)room };
}

bool record_deflate(struct slice record, struct slice dictionary, struct buffer *out, struct error *err)
{
	size_t room = compressBound((uLong)record.length) + 8;
	if (record.length > RECORD_MAX)
		return error_set(err, ERROR_LIMIT, "index fewer sources at once", "a record of more than 64 MiB");
	if (!pack_number(out, record.length, err) || !buffer_reserve(out, room, err))
		return false;
	z_stream z = begin_stream(record, out->at + out->length, room);
	if (deflateInit(&z, Z_DEFAULT_COMPRESSION) != Z_OK)
		return error_no_memory(err);
	int status = dictionary.length ? deflateSetDictionary(&z, (const Bytef *)dictionary.at,
							      (uInt)dictionary.length) : Z_OK;
	status = status == Z_OK ? deflate(&z, Z_FINISH) : status;
	out->length += z.total_out;
	deflateEnd(&z);
	return status == Z_STREAM_END ||
	       error_set(err, ERROR_INTERNAL, NULL, "zlib does not deflate a record (%d)", status);
}

bool record_inflate(struct slice stored, struct slice dictionary, struct buffer *out, struct error *err)
{
	struct unpack u = unpack_begin(stored);
	uint64_t length = unpack_number(&u);
	if (u.bad || length > RECORD_MAX)
		return error_set(err, ERROR_DAMAGED, rebuild, "a stored record has no sensible length");
	if (!buffer_reserve(out, length + 1, err))
		return false;
	struct slice deflated = { (const char *)u.at, (size_t)(u.end - u.at) };
	z_stream z = begin_stream(deflated, out->at + out->length, length + 1);
	if (inflateInit(&z) != Z_OK)
		return error_no_memory(err);
	int status = inflate(&z, Z_FINISH);
	if (status == Z_NEED_DICT && dictionary.length) {
		status = inflateSetDictionary(&z, (const Bytef *)dictionary.at, (uInt)dictionary.length);
		status = status == Z_OK ? inflate(&z, Z_FINISH) : status;
	}
	uint64_t inflated = z.total_out;
	inflateEnd(&z);
	if (status == Z_MEM_ERROR)
		return error_no_memory(err);
	if (status != Z_STREAM_END || inflated != length)
		return error_set(err, ERROR_DAMAGED, rebuild, "a stored record does not inflate");
	out->length += length;
	return true;
}
