// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * document.c - how a document is built.
 */
#include <errno.h>
#include <math.h>
#include <stdarg.h>

#include "lib/base/ascii.h"
#include "lib/base/terminal.h"
#include "query/output/document_internal.h"

struct document *document_new(const char *title, struct error *err)
{
	struct document *d = memory_new(sizeof *d, err);
	struct slice name = slice_of(title);
	if (!d)
		return NULL;
	if (terminal_clean(name, &d->scratch, err))
		d->title = arena_copy(&d->arena, buffer_slice(&d->scratch), err);
	if (!d->title.at) {
		document_free(d);
		return NULL;
	}
	d->running = d->title;
	return d;
}

struct document *document_new_titled(struct buffer *title, struct error *err)
{
	struct document *d = buffer_terminate(title, err) ? document_new(title->at, err) : NULL;
	buffer_free(title);
	return d;
}

void document_free(struct document *d)
{
	if (!d)
		return;
	memory_free(d->blocks);
	memory_free(d->runs);
	memory_free(d->cells);
	buffer_free(&d->scratch);
	arena_free(&d->arena);
	memory_free(d);
}

bool document_finish(const struct document *d, struct error *err)
{
	return d->error.code == ERROR_NONE || error_set(err, d->error.code, d->error.hint, "%s", d->error.text);
}

bool document_write(struct slice printed, FILE *stream, struct error *err)
{
	return fwrite(printed.at, 1, printed.length, stream) == printed.length ||
	       error_set_errno(err, errno, NULL, "cannot write the document");
}

static bool is_sound(const struct document *d)
{
	return d->error.code == ERROR_NONE;
}

/* ---- texts ---- */

/* Most texts are plain ASCII, and are clean. */
static bool is_plain(struct slice text)
{
	const uint64_t ones = 0x0101010101010101u, highest = 0x80 * ones;
	size_t at = 0;
	for (uint64_t eight; text.length - at >= sizeof eight; at += sizeof eight) {
		memcpy(&eight, text.at + at, sizeof eight);
		/* The highest bit of a byte stays clear in all three: it is ASCII, not 0x7F, and no less than a blank. */
		if ((eight | (eight + ones) | ((eight - ' ' * ones) & ~eight)) & highest)
			return false;
	}
	for (; at < text.length; at++)
		if ((unsigned char)(text.at[at] - ' ') >= 0x5F)
			return false;
	return true;
}

/* A clean copy; .at is NULL where memory failed, which the document then knows. */
static struct slice keep(struct document *d, struct slice text)
{
	if (is_plain(text))
		return arena_copy(&d->arena, text, &d->error);
	buffer_clear(&d->scratch);
	if (!terminal_clean(text, &d->scratch, &d->error))
		return (struct slice){ 0 };
	return arena_copy(&d->arena, buffer_slice(&d->scratch), &d->error);
}

static struct slice keep_text(struct document *d, const char *text)
{
	return keep(d, slice_of(text ? text : ""));
}

static bool takes_runs(enum block_kind kind)
{
	return kind == BLOCK_PARAGRAPH || kind == BLOCK_QUOTE || kind == BLOCK_NOTE || kind == BLOCK_ITEM ||
	       kind == BLOCK_PAIR;
}

/* Runs belong to the cell, or to the block, that was begun last. */
static struct runs *current_runs(struct document *d)
{
	struct block *last = d->block_count > 0 ? &d->blocks[d->block_count - 1] : NULL;
	if (d->in_table)
		return last && last->cell_count > 0 && d->row_cells > 0
			       ? &d->cells[d->cell_count - last->column_count + d->row_cells - 1]
			       : NULL;
	return last && (takes_runs(last->kind) || last->laid_out) ? &last->runs : NULL;
}

void document_text(struct document *d, enum run_style style, struct slice text)
{
	struct runs *runs = current_runs(d);
	if (!is_sound(d) || text.length == 0)
		return;
	if (!runs) {
		error_set(&d->error, ERROR_INTERNAL, NULL, "a document has text outside of its blocks");
		return;
	}
	struct slice kept = keep(d, text);
	if (!kept.at || !ARRAY_RESERVE(d->runs, d->run_capacity, d->run_count + 1, &d->error))
		return;
	d->runs[d->run_count++] = (struct run){ style, kept };
	runs->end = d->run_count;
}

static void text_arguments(struct document *d, enum run_style style, const char *format, va_list arguments)
	ERROR_PRINTF(3, 0);
static void text_arguments(struct document *d, enum run_style style, const char *format, va_list arguments)
{
	char small[256];
	struct buffer text = { 0 };
	va_list again;
	va_copy(again, arguments);
	int length = vsnprintf(small, sizeof small, format, again);
	va_end(again);
	if (length >= 0 && (size_t)length < sizeof small)
		document_text(d, style, (struct slice){ small, (size_t)length });
	else if (buffer_vprintf(&text, &d->error, format, arguments))
		document_text(d, style, buffer_slice(&text));
	buffer_free(&text);
}

void document_printf(struct document *d, enum run_style style, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	text_arguments(d, style, format, arguments);
	va_end(arguments);
}

void document_spans(struct document *d, struct slice text, const struct span *spans, size_t count)
{
	size_t at = 0;
	for (size_t i = 0; spans && i < count; i++) {
		size_t start = spans[i].start, end = start + spans[i].length;
		if (start < at || end > text.length)
			continue;
		document_text(d, RUN_PLAIN, (struct slice){ text.at + at, start - at });
		document_text(d, RUN_MATCH, (struct slice){ text.at + start, end - start });
		at = end;
	}
	document_text(d, RUN_PLAIN, (struct slice){ text.at + at, text.length - at });
}

bool document_flatten(const struct document *d, struct runs runs, struct buffer *out, struct error *err)
{
	bool ok = true;
	for (size_t i = runs.first; ok && i < runs.end; i++)
		ok = buffer_append(out, d->runs[i].text.at, d->runs[i].text.length, err);
	return ok;
}

void document_running_head(struct document *d, const char *text)
{
	struct slice kept = keep_text(d, text);
	if (kept.at)
		d->running = kept;
}

/* ---- blocks ---- */

/* NULL where memory failed. */
static struct block *begin_block(struct document *d, enum block_kind kind)
{
	document_table_end(d);
	if (!is_sound(d) || !ARRAY_RESERVE(d->blocks, d->block_capacity, d->block_count + 1, &d->error))
		return NULL;
	struct block *b = &d->blocks[d->block_count++];
	*b = (struct block){ .kind = kind, .runs = { d->run_count, d->run_count } };
	return b;
}

/* The block, with a text of its own. */
static struct block *begin_named(struct document *d, enum block_kind kind, const char *name)
{
	struct slice kept = keep_text(d, name);
	struct block *b = kept.at ? begin_block(d, kind) : NULL;
	if (b)
		b->name = kept;
	return b;
}

static bool is_taken(const struct document *d, struct slice id)
{
	for (size_t i = 0; i + 1 < d->block_count; i++)
		if (slice_equal(d->blocks[i].id, id))
			return true;
	return false;
}

/* An id of letters, digits and hyphens that no other block has. */
static void name_block(struct document *d, struct block *b, struct slice wish)
{
	buffer_clear(&d->scratch);
	for (size_t i = 0; i < wish.length; i++)
		buffer_append_byte(&d->scratch,
				   ascii_is_letter(wish.at[i]) || ascii_is_digit(wish.at[i]) ? wish.at[i] : '-',
				   &d->error);
	if (d->scratch.length == 0)
		buffer_append_text(&d->scratch, "part", &d->error);
	size_t length = d->scratch.length;
	/* All tables wish for one id, and so do all figures: those before have the numbers up to the last. */
	unsigned n = b->kind == BLOCK_SECTION ? 1 : d->named[b->kind] + 1;
	for (; is_sound(d); n++) {
		d->scratch.length = length;
		if (n > 1)
			buffer_printf(&d->scratch, &d->error, "-%u", n);
		if (!is_taken(d, buffer_slice(&d->scratch)))
			break;
	}
	d->named[b->kind] = n;
	b->id = arena_copy(&d->arena, buffer_slice(&d->scratch), &d->error);
}

void document_section(struct document *d, int level, const char *id, const char *heading)
{
	struct block *b = begin_named(d, BLOCK_SECTION, heading);
	if (!b)
		return;
	while (d->depth > 0 && d->levels[d->depth - 1] >= level)
		d->depth--;
	if (d->depth < DEPTH_MOST)
		d->levels[d->depth++] = level;
	b->depth = d->depth;
	name_block(d, b, slice_of(id));
}

void document_new_page(struct document *d)
{
	if (d->block_count > 0)
		d->blocks[d->block_count - 1].new_page = true;
}

static bool ends_with_source(const struct document *d)
{
	enum block_kind last = d->block_count > 0 ? d->blocks[d->block_count - 1].kind : BLOCK_PARAGRAPH;
	return d->in_table || last == BLOCK_ITEM || last == BLOCK_PAIR;
}

void document_source(struct document *d, const char *source)
{
	if (ends_with_source(d))
		document_printf(d, RUN_DIM, " (%s)", source);
	else
		begin_named(d, BLOCK_SOURCE, source);
}

void document_paragraph(struct document *d)
{
	begin_block(d, BLOCK_PARAGRAPH);
}

void document_quote(struct document *d)
{
	begin_block(d, BLOCK_QUOTE);
}

void document_note(struct document *d)
{
	begin_block(d, BLOCK_NOTE);
}

void document_item(struct document *d)
{
	begin_block(d, BLOCK_ITEM);
}

void document_pair(struct document *d, const char *name)
{
	begin_named(d, BLOCK_PAIR, name);
}

void document_paragraph_text(struct document *d, enum run_style style, struct slice text)
{
	document_paragraph(d);
	document_text(d, style, text);
}

void document_pair_text(struct document *d, const char *name, enum run_style style, struct slice text)
{
	document_pair(d, name);
	document_text(d, style, text);
}

/* ---- listings ---- */

void document_listing(struct document *d)
{
	d->listing = true;
}

void document_code_section(struct document *d, const char *code, struct slice title)
{
	struct buffer heading = { 0 };
	if (buffer_printf(&heading, &d->error, "%s  %.*s", code, (int)title.length, title.at) &&
	    buffer_terminate(&heading, &d->error))
		document_section(d, 1, code, heading.at);
	buffer_free(&heading);
}

void document_layout(struct document *d, const char *first, int indent)
{
	if (!is_sound(d) || d->block_count == 0)
		return;
	struct block *b = &d->blocks[d->block_count - 1];
	b->laid_out = true;
	b->first = first ? keep_text(d, first).at : NULL;
	b->indent = indent;
}

/* ---- tables ---- */

void document_table(struct document *d, const char *caption, const struct column *columns, size_t count)
{
	struct block *b = begin_named(d, BLOCK_TABLE, caption);
	struct column *copy = b ? arena_alloc(&d->arena, (count + 1) * sizeof *copy, &d->error) : NULL;
	if (!copy)
		return;
	for (size_t i = 0; i < count; i++) {
		copy[i].heading = keep_text(d, columns[i].heading).at;
		copy[i].kind = columns[i].kind;
	}
	b->columns = copy;
	b->column_count = count;
	b->first_cell = d->cell_count;
	name_block(d, b, SLICE("table"));
	d->in_table = true;
	d->row_cells = 0;
}

void document_row(struct document *d)
{
	if (!is_sound(d))
		return;
	if (!d->in_table) {
		error_set(&d->error, ERROR_INTERNAL, NULL, "a document has a row outside of its tables");
		return;
	}
	struct block *b = &d->blocks[d->block_count - 1];
	if (!ARRAY_RESERVE(d->cells, d->cell_capacity, d->cell_count + b->column_count, &d->error))
		return;
	for (size_t i = 0; i < b->column_count; i++)
		d->cells[d->cell_count++] = (struct runs){ d->run_count, d->run_count };
	b->cell_count += b->column_count;
	d->row_cells = 0;
}

void document_cell(struct document *d)
{
	const struct block *b = d->block_count > 0 ? &d->blocks[d->block_count - 1] : NULL;
	if (!is_sound(d))
		return;
	if (!d->in_table || b->cell_count == 0 || d->row_cells >= b->column_count) {
		error_set(&d->error, ERROR_INTERNAL, NULL, "a document has a cell more than its table has columns");
		return;
	}
	d->row_cells++;
	*current_runs(d) = (struct runs){ d->run_count, d->run_count };
}

void document_cell_text(struct document *d, enum run_style style, struct slice text)
{
	document_cell(d);
	document_text(d, style, text);
}

void document_cell_printf(struct document *d, enum run_style style, const char *format, ...)
{
	va_list arguments;
	document_cell(d);
	va_start(arguments, format);
	text_arguments(d, style, format, arguments);
	va_end(arguments);
}

void document_table_end(struct document *d)
{
	d->in_table = false;
}

/* ---- figures ---- */

void document_bars(struct document *d, const char *caption, const struct bar *bars, size_t count, double most)
{
	struct block *b = begin_named(d, BLOCK_BARS, caption);
	struct bar *copy = b ? arena_alloc(&d->arena, (count + 1) * sizeof *copy, &d->error) : NULL;
	if (!copy)
		return;
	b->bars = copy;
	b->bar_count = count;
	b->most = most;
	for (size_t i = 0; i < count; i++) {
		copy[i] = bars[i];
		copy[i].label = keep_text(d, bars[i].label).at;
		copy[i].value = keep_text(d, bars[i].value).at;
		if (most <= 0.0)
			b->most = fmax(b->most, fmax(bars[i].to, isnan(bars[i].mark) ? 0.0 : bars[i].mark));
	}
	name_block(d, b, SLICE("figure"));
}
