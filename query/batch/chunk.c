// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/batch/chunk.h"

static size_t text_length(const struct batch_row *row)
{
	size_t length = row->id.length + row->title.length + row->text.length + row->industry.length +
			row->gold.length + row->raw.length;
	for (size_t i = 0; i < row->kept_count; i++)
		length += row->kept[i].length;
	return length;
}

/* There is room: nothing moves. */
static struct slice copy(struct chunk *c, struct slice from)
{
	struct slice to = { c->text.at + c->text.length, from.length };
	if (from.length)
		memcpy(c->text.at + c->text.length, from.at, from.length);
	c->text.length += from.length;
	return to;
}

static bool has_room(const struct chunk *c, size_t length, size_t kept)
{
	return c->count == 0 || (c->count < CHUNK_ROWS && c->text.length + length <= c->text.capacity &&
				 c->text.length + length <= CHUNK_BYTES && c->kept_count + kept <= c->kept_capacity);
}

/* The first row decides how much memory there is. */
static bool reserve(struct chunk *c, size_t length, size_t kept, struct error *err)
{
	if (c->count > 0)
		return true;
	return buffer_reserve(&c->text, length > CHUNK_BYTES ? length : CHUNK_BYTES, err) &&
	       array_reserve((void **)&c->kept, &c->kept_capacity, kept * CHUNK_ROWS + 1, sizeof *c->kept, err);
}

bool chunk_add(struct chunk *c, const struct batch_row *row, bool *added, struct error *err)
{
	size_t length = text_length(row);
	*added = has_room(c, length, row->kept_count);
	if (!*added)
		return true;
	if (!reserve(c, length, row->kept_count, err))
		return false;
	struct batch_row *mine = &c->rows[c->count++];
	*mine = *row;
	mine->id = copy(c, row->id);
	mine->title = copy(c, row->title);
	mine->text = copy(c, row->text);
	mine->industry = copy(c, row->industry);
	mine->gold = copy(c, row->gold);
	mine->raw = copy(c, row->raw);
	mine->kept = c->kept + c->kept_count;
	for (size_t i = 0; i < row->kept_count; i++)
		c->kept[c->kept_count++] = copy(c, row->kept[i]);
	return true;
}

/* One row of a megabyte does not keep a megabyte for good. */
static void shrink(struct buffer *b, size_t most)
{
	buffer_clear(b);
	if (b->capacity > most)
		buffer_free(b);
}

void chunk_clear(struct chunk *c)
{
	shrink(&c->text, 2 * CHUNK_BYTES);
	shrink(&c->out, 8 * CHUNK_BYTES);
	shrink(&c->lines, 2 * CHUNK_BYTES);
	c->count = 0;
	c->kept_count = 0;
}

void chunk_free(struct chunk *c)
{
	buffer_free(&c->text);
	buffer_free(&c->out);
	buffer_free(&c->lines);
	memory_free(c->kept);
}
