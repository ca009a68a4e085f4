// SPDX-License-Identifier: GPL-3.0-or-later
/* docstore.c - the record of an occupation: packing, unpacking, deflating; and records by name. */
#include <math.h>
#include <xxhash.h>
#include <zlib.h>

#include "lib/index/docstore.h"

const struct evidence_spec evidence_specs[EVIDENCE_KIND_COUNT] = {
#define EVIDENCE_SPEC(id, people, json, field) { people, json, field },
	EVIDENCE_TABLE(EVIDENCE_SPEC)
#undef EVIDENCE_SPEC
};

/* The first piece of this kind or a later one. */
static size_t find_kind(const struct occupation *o, int kind)
{
	size_t low = 0, high = o->evidence_count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if ((int)o->evidence[middle].kind < kind)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const struct evidence *occupation_evidence(const struct occupation *o, enum evidence_kind first,
					   enum evidence_kind last, size_t *count)
{
	size_t from = find_kind(o, (int)first);
	*count = find_kind(o, (int)last + 1) - from;
	return o->evidence + from;
}

bool education_advanced(const struct occupation *o, double *percent, bool *suppressed, uint32_t *source)
{
	bool found = false;
	*percent = 0.0;
	*suppressed = false;
	for (size_t i = 0; i < o->education_count; i++) {
		const struct education *e = &o->education[i];
		if (e->category == 0 || !slice_equal(e->element, SLICE(EDUCATION_ELEMENT)) ||
		    !slice_equal(e->scale, SLICE(EDUCATION_SCALE)))
			continue;
		found = true;
		*source = e->source;
		if (e->category < EDUCATION_ADVANCED)
			continue;
		*percent += e->percent;
		*suppressed |= e->suppressed;
	}
	return found;
}

/* Larger than any record can be: a guard against a length that was made up. */
#define RECORD_MAX (64u << 20)

static const char rebuild[] = "run soc-index verify FILE.soc, and build the index anew";

/*
 * Pieces are packed in runs of one kind and source, educations in runs of one element, scale and source: a header
 * says once what they share, and which of their fields are there at all.
 */
enum { HAS_FLAGS = 1, HAS_COUNT = 2, HAS_DETAIL = 4, HAS_ID = 8 };

/* ---- packing ---- */

static unsigned fields_of(const struct evidence *e)
{
	return (e->flags ? HAS_FLAGS : 0u) | (e->count ? HAS_COUNT : 0u) | (e->detail.length ? HAS_DETAIL : 0u) |
	       (e->id.length ? HAS_ID : 0u);
}

static void pack_piece(const struct evidence *e, unsigned has, struct buffer *b, struct error *err)
{
	pack_string(b, e->text, err);
	if (has & HAS_FLAGS)
		pack_number(b, e->flags, err);
	if (has & HAS_COUNT)
		pack_number(b, e->count, err);
	if (has & HAS_DETAIL)
		pack_string(b, e->detail, err);
	if (has & HAS_ID)
		pack_string(b, e->id, err);
}

/* The pieces [from, to) in runs. */
static void pack_evidence(const struct occupation *o, size_t from, size_t to, struct buffer *b, struct error *err)
{
	for (size_t end; from < to; from = end) {
		const struct evidence *first = &o->evidence[from];
		unsigned has = 0;
		for (end = from;
		     end < to && o->evidence[end].kind == first->kind && o->evidence[end].source == first->source;
		     end++)
			has |= fields_of(&o->evidence[end]);
		pack_number(b, first->kind, err);
		pack_number(b, first->source, err);
		pack_number(b, has, err);
		pack_number(b, end - from, err);
		for (size_t i = from; i < end; i++)
			pack_piece(&o->evidence[i], has, b, err);
	}
}

/* Descriptions and tasks first: phrases are looked up in them most, and no more is inflated for that than it takes. */
static void pack_all_evidence(const struct occupation *o, struct buffer *b, struct error *err)
{
	size_t titles = find_kind(o, EVIDENCE_DESCRIPTION), prose = find_kind(o, EVIDENCE_ACTIVITY);
	pack_number(b, o->evidence_count, err);
	pack_number(b, titles, err);
	pack_evidence(o, titles, prose, b, err);
	pack_evidence(o, 0, titles, b, err);
	pack_evidence(o, prose, o->evidence_count, b, err);
}

static bool same_run(const struct education *a, const struct education *b)
{
	return a->source == b->source && slice_equal(a->element, b->element) && slice_equal(a->scale, b->scale);
}

/* Per cents are kept in hundredths, as they are published. */
static void pack_all_education(const struct occupation *o, struct buffer *b, struct error *err)
{
	pack_number(b, o->education_count, err);
	for (size_t from = 0, end; from < o->education_count; from = end) {
		const struct education *first = &o->education[from];
		for (end = from + 1; end < o->education_count && same_run(&o->education[end], first); end++)
			;
		pack_string(b, first->element, err);
		pack_string(b, first->scale, err);
		pack_number(b, first->source, err);
		pack_number(b, end - from, err);
		for (size_t i = from; i < end; i++) {
			pack_number(b, (uint64_t)o->education[i].category << 1 | o->education[i].suppressed, err);
			pack_number(b, (uint64_t)llround(o->education[i].percent * 100.0), err);
		}
	}
}

bool occupation_pack(const struct occupation *o, struct buffer *out, struct error *err)
{
	pack_string(out, o->code, err);
	pack_string(out, o->title, err);
	pack_number(out, o->zone, err);
	pack_number(out, o->zone_source, err);
	pack_all_evidence(o, out, err);
	pack_all_education(o, out, err);
	pack_number(out, o->related_count, err);
	for (size_t i = 0; i < o->related_count; i++) {
		pack_string(out, o->related[i].code, err);
		pack_string(out, o->related[i].tier, err);
		pack_number(out, o->related[i].rank, err);
		pack_number(out, o->related[i].source, err);
	}
	return buffer_ok(out);
}

/* ---- unpacking ---- */

/* The length of a run that begins at `at` of `count` items; 0, and bad, where it is none. */
static size_t unpack_run(struct unpack *u, size_t at, size_t count)
{
	uint64_t run = unpack_number(u);
	u->bad |= run == 0 || run > count - at;
	return u->bad ? 0 : (size_t)run;
}

static void unpack_piece(struct unpack *u, unsigned has, struct evidence *e)
{
	static const struct slice none = { "", 0 };
	e->text = unpack_string(u);
	e->flags = has & HAS_FLAGS ? (uint32_t)unpack_number(u) : 0;
	e->count = has & HAS_COUNT ? (uint32_t)unpack_number(u) : 0;
	e->detail = has & HAS_DETAIL ? unpack_string(u) : none;
	e->id = has & HAS_ID ? unpack_string(u) : none;
}

/* What the pieces of a run share. */
struct run {
	uint64_t kind;
	uint32_t source;
	unsigned has;
	size_t count;
};

/* The header of a run of at most `left` pieces. */
static struct run unpack_run_header(struct unpack *u, size_t left)
{
	struct run run = { .kind = unpack_number(u),
			   .source = (uint32_t)unpack_number(u),
			   .has = (unsigned)unpack_number(u) };
	run.count = unpack_run(u, 0, left);
	u->bad |= run.kind >= EVIDENCE_KIND_COUNT;
	return run;
}

/* Titles go to the front, where they belong.  Kinds ascend on either side. */
static void unpack_all_evidence(struct unpack *u, struct occupation *o, size_t titles)
{
	struct side {
		size_t next, end;
		uint64_t kind;
	} others = { titles, o->evidence_count, 0 }, front = { 0, titles, 0 };
	u->bad |= titles > o->evidence_count;
	for (size_t left = o->evidence_count; left > 0 && !u->bad;) {
		struct run run = unpack_run_header(u, left);
		struct side *side = !u->bad && evidence_specs[run.kind].field == FIELD_TITLE ? &front : &others;
		u->bad |= run.count > side->end - side->next || run.kind < side->kind;
		side->kind = run.kind;
		left -= run.count;
		for (; run.count > 0 && !u->bad; run.count--) {
			struct evidence *e = &o->evidence[side->next++];
			e->kind = (enum evidence_kind)run.kind;
			e->source = run.source;
			unpack_piece(u, run.has, e);
		}
	}
}

static void unpack_all_education(struct unpack *u, struct occupation *o)
{
	for (size_t at = 0; at < o->education_count && !u->bad;) {
		struct slice element = unpack_string(u), scale = unpack_string(u);
		uint32_t source = (uint32_t)unpack_number(u);
		size_t run = unpack_run(u, at, o->education_count);
		for (size_t end = at + run; at < end && !u->bad; at++) {
			uint64_t category = unpack_number(u);
			o->education[at] = (struct education){ .element = element,
							       .scale = scale,
							       .category = (uint32_t)(category >> 1),
							       .suppressed = category & 1,
							       .percent = (double)unpack_number(u) / 100.0,
							       .source = source };
		}
	}
}

static void unpack_related(struct unpack *u, struct related *r)
{
	r->code = unpack_string(u);
	r->tier = unpack_string(u);
	r->rank = (uint32_t)unpack_number(u);
	r->source = (uint32_t)unpack_number(u);
}

bool occupation_unpack(struct slice bytes, struct arena *arena, struct occupation *out, struct error *err)
{
	struct unpack u = unpack_begin(bytes);
	*out = (struct occupation){ 0 };
	out->code = unpack_string(&u);
	out->title = unpack_string(&u);
	out->zone = (uint32_t)unpack_number(&u);
	out->zone_source = (uint32_t)unpack_number(&u);

	out->evidence = unpack_array(&u, 2, sizeof *out->evidence, arena, &out->evidence_count, err);
	if (!out->evidence)
		return false;
	unpack_all_evidence(&u, out, (size_t)unpack_number(&u));
	out->education = unpack_array(&u, 2, sizeof *out->education, arena, &out->education_count, err);
	if (!out->education)
		return false;
	unpack_all_education(&u, out);
	out->related = unpack_array(&u, 4, sizeof *out->related, arena, &out->related_count, err);
	if (!out->related)
		return false;
	for (size_t i = 0; i < out->related_count; i++)
		unpack_related(&u, &out->related[i]);

	return unpack_finish(&u, "record of an occupation", err);
}

/* ---- storage ---- */

#define RAW_WINDOW (-15) /* minus: without zlib's own header and checksum */
#define CHECK_BYTES 4

static void make_check(struct slice record, unsigned char check[CHECK_BYTES])
{
	uint64_t hash = XXH3_64bits(record.at, record.length);
	for (size_t i = 0; i < CHECK_BYTES; i++)
		check[i] = (unsigned char)(hash >> (8 * i));
}

/* zlib's states begin with what they are to read and write; everything else is its own. */
static z_stream begin_stream(struct slice in, char *out, size_t room)
{
	return (z_stream){ .next_in = (z_const Bytef *)(uintptr_t)in.at,
			   .avail_in = (uInt)in.length,
			   .next_out = (Bytef *)out,
			   .avail_out = (uInt)room };
}

bool record_deflate(struct slice record, struct slice dictionary, struct buffer *out, struct error *err)
{
	size_t room = compressBound((uLong)record.length) + 8;
	unsigned char check[CHECK_BYTES];
	make_check(record, check);
	if (record.length > RECORD_MAX)
		return error_set(err, ERROR_LIMIT, "index fewer sources at once", "a record of more than 64 MiB");
	if (!pack_number(out, record.length, err) || !buffer_append(out, check, CHECK_BYTES, err) ||
	    !buffer_reserve(out, room, err))
		return false;
	z_stream z = begin_stream(record, out->at + out->length, room);
	if (deflateInit2(&z, Z_DEFAULT_COMPRESSION, Z_DEFLATED, RAW_WINDOW, 8, Z_DEFAULT_STRATEGY) != Z_OK)
		return error_no_memory(err);
	int status = dictionary.length ? deflateSetDictionary(&z, (const Bytef *)dictionary.at, (uInt)dictionary.length)
				       : Z_OK;
	status = status == Z_OK ? deflate(&z, Z_FINISH) : status;
	out->length += z.total_out;
	deflateEnd(&z);
	return status == Z_STREAM_END ||
	       error_set(err, ERROR_INTERNAL, NULL, "zlib does not deflate a record (%d)", status);
}

/* What is stored, into room for a byte more than the record has, which shows where it is longer than it says. */
static bool inflate_to(struct slice deflated, struct slice dictionary, char *to, size_t length, struct error *err)
{
	z_stream z = begin_stream(deflated, to, length + 1);
	if (inflateInit2(&z, RAW_WINDOW) != Z_OK)
		return error_no_memory(err);
	int status = dictionary.length ? inflateSetDictionary(&z, (const Bytef *)dictionary.at, (uInt)dictionary.length)
				       : Z_OK;
	status = status == Z_OK ? inflate(&z, Z_FINISH) : status;
	bool whole = status == Z_STREAM_END && z.total_out == length && z.avail_in == 0;
	inflateEnd(&z);
	if (status == Z_MEM_ERROR)
		return error_no_memory(err);
	return whole || error_set(err, ERROR_DAMAGED, rebuild, "a stored record does not inflate");
}

/* The length of a record, and its deflated bytes with their check before them. */
static bool read_header(struct slice stored, size_t *length, struct slice *rest, struct error *err)
{
	struct unpack u = unpack_begin(stored);
	uint64_t number = unpack_number(&u);
	*length = (size_t)number;
	*rest = (struct slice){ (const char *)u.at, (size_t)(u.end - u.at) };
	return (!u.bad && number <= RECORD_MAX && rest->length >= CHECK_BYTES) ||
	       error_set(err, ERROR_DAMAGED, rebuild, "a stored record has no sensible length");
}

bool record_inflate(struct slice stored, struct slice dictionary, struct arena *arena, struct slice *out,
		    struct error *err)
{
	size_t length;
	struct slice rest;
	unsigned char found[CHECK_BYTES];
	*out = (struct slice){ NULL, 0 };
	if (!read_header(stored, &length, &rest, err))
		return false;
	char *to = arena_room(arena, length + 1, err);
	if (!to || !inflate_to((struct slice){ rest.at + CHECK_BYTES, rest.length - CHECK_BYTES }, dictionary, to,
			       length, err))
		return false;
	struct slice record = { to, length };
	make_check(record, found);
	if (memcmp(found, rest.at, CHECK_BYTES) != 0)
		return error_set(err, ERROR_DAMAGED, rebuild, "a stored record does not match its checksum");
	*out = record;
	return true;
}

/* ---- evidence read as far as it is wanted ---- */

/* So many bytes are inflated at once. */
enum { INFLATE_STEP = 4096 };

struct evidence_reader {
	z_stream z;
	size_t left;     /* bytes not yet inflated */
	struct unpack u; /* of those that are */
	size_t count;    /* pieces */
	struct run run;
	struct evidence piece;
	struct error *err;
};

static bool inflate_more(struct evidence_reader *r)
{
	uInt step = (uInt)(r->left < INFLATE_STEP ? r->left : INFLATE_STEP);
	r->z.avail_out = step;
	int status = inflate(&r->z, Z_SYNC_FLUSH);
	if (status == Z_MEM_ERROR)
		return error_no_memory(r->err);
	if (step == 0 || r->z.avail_out > 0 || (status != Z_OK && status != Z_STREAM_END))
		return error_set(r->err, ERROR_DAMAGED, rebuild, "a stored record does not inflate");
	r->left -= step;
	r->u.end += step;
	return true;
}

/* Unpack something, and inflate more as long as it is not all there. */
static bool read_whole(struct evidence_reader *r, void (*unpack)(struct evidence_reader *r))
{
	for (struct unpack start = r->u;; r->u.at = start.at, r->u.bad = false) {
		unpack(r);
		if (!r->u.bad)
			return true;
		if (!inflate_more(r))
			return false;
	}
}

static void read_head(struct evidence_reader *r)
{
	unpack_string(&r->u);
	unpack_string(&r->u);
	unpack_number(&r->u);
	unpack_number(&r->u);
	r->count = (size_t)unpack_number(&r->u);
	unpack_number(&r->u);
}

static void read_run(struct evidence_reader *r)
{
	r->run = unpack_run_header(&r->u, r->count);
	r->piece.kind = (enum evidence_kind)r->run.kind;
	r->piece.source = r->run.source;
}

static void read_piece(struct evidence_reader *r)
{
	unpack_piece(&r->u, r->run.has, &r->piece);
}

/* The fields that no piece behind the first of this field is of, as bits. */
static unsigned fields_before(enum field field)
{
	static const enum field stored[] = { FIELD_DESCRIPTION, FIELD_TASK,       FIELD_TITLE,
					     FIELD_ACTIVITY,    FIELD_TECHNOLOGY, FIELD_TOOL };
	unsigned before = 0;
	for (size_t i = 0; stored[i] != field; i++)
		before |= 1u << stored[i];
	return before;
}

static bool visit_pieces(struct evidence_reader *r, unsigned fields, bool (*take)(void *ctx, const struct evidence *e),
			 void *ctx)
{
	if (!read_whole(r, read_head))
		return false;
	for (; r->count > 0; r->count -= r->run.count) {
		if (!read_whole(r, read_run))
			return false;
		enum field field = evidence_specs[r->piece.kind].field;
		if (!(fields & ~fields_before(field)))
			return true;
		for (size_t i = 0; i < r->run.count; i++) {
			if (!read_whole(r, read_piece))
				return false;
			if (fields & 1u << field && !take(ctx, &r->piece))
				return true;
		}
	}
	return true;
}

bool record_visit_evidence(struct slice stored, struct slice dictionary, unsigned fields, struct arena *arena,
			   bool (*take)(void *ctx, const struct evidence *e), void *ctx, struct error *err)
{
	struct evidence_reader r = { .err = err };
	struct slice rest;
	if (!read_header(stored, &r.left, &rest, err))
		return false;
	char *to = arena_room(arena, r.left + 1, err);
	if (!to)
		return false;
	r.u = unpack_begin((struct slice){ to, 0 });
	r.z = begin_stream((struct slice){ rest.at + CHECK_BYTES, rest.length - CHECK_BYTES }, to, 0);
	if (inflateInit2(&r.z, RAW_WINDOW) != Z_OK)
		return error_no_memory(err);
	int status = dictionary.length
			     ? inflateSetDictionary(&r.z, (const Bytef *)dictionary.at, (uInt)dictionary.length)
			     : Z_OK;
	bool ok = status == Z_OK ? visit_pieces(&r, fields, take, ctx) : error_no_memory(err);
	inflateEnd(&r.z);
	return ok;
}

/* ---- records ---- */

bool records_add(struct hash_table_writer *records, struct slice name, struct slice bytes, struct error *err)
{
	struct buffer stored = { 0 };
	bool ok = record_deflate(bytes, SLICE(""), &stored, err) &&
		  hash_table_add(records, name, buffer_slice(&stored), err);
	buffer_free(&stored);
	return ok;
}

bool records_find(const struct hash_table *records, struct slice name, struct slice *stored, struct error *err)
{
	return hash_table_find(records, name, stored, err) &&
	       (stored->at ||
		error_set(err, ERROR_DAMAGED, "build the index anew: soc-index build -o FILE.soc RELEASE...",
			  "the index has no record %.*s", (int)name.length, name.at));
}

bool records_inflate(const struct hash_table *records, struct slice name, struct arena *arena, struct slice *out,
		     struct error *err)
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
