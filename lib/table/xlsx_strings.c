// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * xlsx_strings.c - shared strings, read as far as they are asked for, and the text of cells.
 */
#include "lib/table/xlsx_strings.h"

#include "lib/base/ascii.h"
#include "lib/table/xlsx_cell_format.h"
#include "lib/table/xml.h"

enum {
	BLOCK_BITS = 20, /* texts lie in blocks of 1 MiB, never across two */
	BLOCK_SIZE = 1 << BLOCK_BITS,
	CHUNK = 1 << 16,   /* places are kept in pieces of so many */
	BLOCKS = 512,      /* so many blocks of text at most */
	LONGEST = 1 << 18, /* bytes of one text, before escapes are resolved */
	AHEAD = 1024       /* texts read beyond the one that is asked for */
};

static const uint32_t too_long = UINT32_MAX; /* the place of a text that is not kept */
static const size_t count_limit = (size_t)1 << 26;

struct xlsx_strings {
	const struct xlsx_workbook *book;
	struct xml *xml; /* NULL: there are no more */
	char *blocks[BLOCKS];
	size_t block_count;
	size_t used;       /* of the last block */
	uint32_t **places; /* block << BLOCK_BITS | byte */
	size_t chunk_count;
	size_t chunk_capacity;
	size_t count;
	size_t goal; /* stop when so many are there */
	struct cell_text text;
	struct buffer bytes; /* of the text that is being read */
	bool in_text;        /* inside <si> */
	bool long_text;
};

/* ---- keeping ---- */

static bool fail_limit(struct error *err)
{
	return error_set(err, ERROR_LIMIT, "save the sheet as CSV and give that",
			 "the shared strings of the workbook take more than %d MiB", BLOCKS);
}

/* Room for so many bytes in one block. */
static char *reserve(struct xlsx_strings *s, size_t size, struct error *err)
{
	if (s->block_count == 0 || BLOCK_SIZE - s->used < size) {
		if (s->block_count == BLOCKS) {
			fail_limit(err);
			return NULL;
		}
		char *block = memory_resize(NULL, BLOCK_SIZE);
		if (!block) {
			error_no_memory(err);
			return NULL;
		}
		s->blocks[s->block_count++] = block;
		s->used = 0;
	}
	return s->blocks[s->block_count - 1] + s->used;
}

static bool keep_place(struct xlsx_strings *s, uint32_t place, struct error *err)
{
	if (s->count == count_limit)
		return fail_limit(err);
	if (s->count == s->chunk_count * CHUNK) {
		if (!ARRAY_RESERVE(s->places, s->chunk_capacity, s->chunk_count + 1, err))
			return false;
		s->places[s->chunk_count] = memory_resize(NULL, CHUNK * sizeof **s->places);
		if (!s->places[s->chunk_count])
			return error_no_memory(err);
		s->chunk_count++;
	}
	s->places[s->count / CHUNK][s->count % CHUNK] = place;
	s->count++;
	return true;
}

/* The length in seven bits a byte, the lowest first, then the text. */
static bool keep_text(struct xlsx_strings *s, struct slice text, struct error *err)
{
	if (s->long_text || cell_too_long(text))
		return keep_place(s, too_long, err);
	char *at = reserve(s, text.length + 3, err);
	if (!at)
		return false;
	uint32_t place = (uint32_t)((s->block_count - 1) << BLOCK_BITS | s->used);
	char *to = at;
	size_t rest = text.length;
	for (; rest >= 128; rest >>= 7)
		*to++ = (char)(rest | 128);
	*to++ = (char)rest;
	if (text.length > 0)
		memcpy(to, text.at, text.length);
	s->used += (size_t)(to - at) + text.length;
	return keep_place(s, place, err);
}

/* ---- reading ---- */

static void on_start(void *ctx, const char *name, const char **attributes)
{
	struct xlsx_strings *s = ctx;
	if (s->in_text) {
		cell_text_start(&s->text, name, attributes);
	} else if (strcmp(name, "si") == 0) {
		s->in_text = true;
		s->long_text = false;
		buffer_clear(&s->bytes);
		cell_text_begin(&s->text, &s->bytes);
	}
}

static void on_end(void *ctx, const char *name)
{
	struct xlsx_strings *s = ctx;
	if (!s->in_text)
		return;
	if (strcmp(name, "si") != 0) {
		cell_text_end(&s->text, name);
		return;
	}
	s->in_text = false;
	if (keep_text(s, cell_text_finish(&s->text, &s->bytes), xml_error(s->xml)) && s->count >= s->goal)
		xml_stop(s->xml);
}

static void on_text(void *ctx, const char *at, size_t length)
{
	struct xlsx_strings *s = ctx;
	if (!s->in_text || !s->text.open || s->long_text)
		return;
	if (s->bytes.length + length > LONGEST)
		s->long_text = true;
	else
		buffer_append(&s->bytes, at, length, xml_error(s->xml));
}

bool xlsx_strings_new(struct xlsx_workbook *w, struct xlsx_strings **out, struct error *err)
{
	static const struct xml_events events = { on_start, on_end, on_text };
	*out = NULL;
	struct xlsx_strings *s = memory_new(sizeof *s, err);
	if (!s)
		return false;
	s->book = w;
	if (w->strings_part != PART_NONE && !xml_open(w->package, w->strings_part, &events, s, NULL, &s->xml, err)) {
		xlsx_strings_free(s);
		return false;
	}
	*out = s;
	return true;
}

static bool read_up_to(struct xlsx_strings *s, size_t index, struct error *err)
{
	s->goal = index + AHEAD;
	while (s->xml && s->count <= index) {
		switch (xml_run(s->xml, err)) {
		case XML_STOPPED:
			break;
		case XML_COMPLETE:
			xml_close(s->xml);
			s->xml = NULL;
			break;
		case XML_BROKEN:
			return error_at(err, xml_place(s->xml), 0, 0);
		}
	}
	return true;
}

enum shared_status xlsx_strings_get(struct xlsx_strings *s, size_t index, struct slice *out, struct error *err)
{
	if (index >= s->count) {
		if (index >= count_limit)
			return SHARED_BEYOND;
		if (!read_up_to(s, index, err))
			return SHARED_FAILED;
		if (index >= s->count)
			return SHARED_BEYOND;
	}
	uint32_t place = s->places[index / CHUNK][index % CHUNK];
	if (place == too_long)
		return SHARED_TOO_LONG;
	const char *at = s->blocks[place >> BLOCK_BITS] + (place & (BLOCK_SIZE - 1));
	unsigned shift = 0;
	out->length = 0;
	for (; *at & (char)128; at++, shift += 7)
		out->length |= (size_t)(*at & 127) << shift;
	out->length |= (size_t)*at << shift;
	out->at = at + 1;
	return SHARED_FOUND;
}

size_t xlsx_strings_count(const struct xlsx_strings *s)
{
	return s->count;
}

void xlsx_strings_free(struct xlsx_strings *s)
{
	if (!s)
		return;
	xml_close(s->xml);
	for (size_t i = 0; i < s->block_count; i++)
		memory_free(s->blocks[i]);
	for (size_t i = 0; i < s->chunk_count; i++)
		memory_free(s->places[i]);
	memory_free(s->places);
	buffer_free(&s->bytes);
	memory_free(s);
}

/* ---- cell text ---- */

void cell_text_begin(struct cell_text *t, const struct buffer *b)
{
	memset(t, 0, sizeof *t);
	t->begin = b->length;
}

void cell_text_start(struct cell_text *t, const char *name, const char **attributes)
{
	if (strcmp(name, "rPh") == 0) {
		t->phonetic++;
	} else if (strcmp(name, "t") == 0 && t->phonetic == 0) {
		const char *space = xml_attribute(attributes, "xml:space");
		t->open = true;
		t->keep_last = space && strcmp(space, "preserve") == 0;
		if (!t->begun)
			t->keep_first = t->keep_last;
		t->begun = true;
	}
}

void cell_text_end(struct cell_text *t, const char *name)
{
	if (strcmp(name, "t") == 0)
		t->open = false;
	else if (strcmp(name, "rPh") == 0 && t->phonetic > 0)
		t->phonetic--;
}

struct slice cell_text_finish(struct cell_text *t, struct buffer *b)
{
	size_t begin = t->begin;
	size_t end = b->length;

	while (!t->keep_last && end > begin && ascii_is_space(b->at[end - 1]))
		end--;
	while (!t->keep_first && begin < end && ascii_is_space(b->at[begin]))
		begin++;
	struct slice text = { "", 0 };
	if (end > begin) {
		text.at = b->at + begin;
		text.length = cell_unescape(b->at + begin, end - begin);
		end = begin + text.length;
	}
	buffer_cut(b, end);
	return text;
}
