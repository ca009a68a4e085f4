// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * input_rows.c - rows of a table, from a file, a pipe or standard input.
 */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "query/batch/input_rows.h"

/* A table may be of any length, and unpack to any. */
static const struct input_source_limits limits = { UINT64_MAX, UINT32_MAX };

static bool is_pipe(const char *path)
{
	struct stat st;
	return stat(path, &st) == 0 && !S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode);
}

/* Standard input may be a file after all: then its size tells how far we are. */
static bool open_standard(bool (*wait)(void *ctx), void *ctx, struct input_rows *out, struct error *err)
{
	struct stat st;
	if (fstat(STDIN_FILENO, &st) == 0 && S_ISREG(st.st_mode))
		out->size = (uint64_t)st.st_size;
	return input_source_open_stream(STDIN_FILENO, "standard input", &limits, wait, ctx, &out->empty,
					&out->input_source, err);
}

static bool open_pipe(const char *path, bool (*wait)(void *ctx), void *ctx, struct input_rows *out, struct error *err)
{
	int descriptor = open(path, O_RDONLY | O_CLOEXEC);
	if (descriptor < 0)
		return error_set_errno(err, errno, NULL, "cannot open %s", path);
	out->descriptor = descriptor;
	return input_source_open_stream(descriptor, path, &limits, wait, ctx, &out->empty, &out->input_source, err);
}

static bool open_file(const char *path, struct input_rows *out, struct error *err)
{
	size_t members;
	if (!input_source_open(path, &limits, &out->input_source, err))
		return false;
	const struct input_source_member *m = input_source_members(out->input_source, &members);
	out->size = members == 1 ? m->size : 0;
	return true;
}

bool input_rows_open(const char *path, const struct column_layout *layout,
		     const struct column_wish wishes[COLUMN_COUNT], bool (*wait)(void *ctx), void *ctx,
		     struct input_rows *out, struct error *err)
{
	bool ok = strcmp(path, "-") == 0 ? open_standard(wait, ctx, out, err)
		  : is_pipe(path)        ? open_pipe(path, wait, ctx, out, err)
					 : open_file(path, out, err);
	return ok && (out->empty ||
		      columns_open(out->input_source, layout, wishes, &out->table, &out->columns, &out->notes, err));
}

/* Only what is used has to be taken out of a wide workbook. */
static bool want_columns(struct input_rows *r, struct error *err)
{
	size_t wanted[COLUMN_COUNT * (COLUMN_OTHERS + 1)], count = 0;
	for (size_t i = 0; i < COLUMN_COUNT; i++) {
		if (r->columns.of[i] != COLUMN_ABSENT)
			wanted[count++] = r->columns.of[i];
		for (size_t k = 0; k < r->columns.other_count[i]; k++)
			wanted[count++] = r->columns.others[i][k];
	}
	return r->keep || table_want(r->table, wanted, count, err);
}

bool input_rows_choose(struct input_rows *r, bool keep, struct error *err)
{
	const struct slice *header = table_header(r->table, &r->name_count);
	r->keep = keep;
	r->with_id = r->columns.of[COLUMN_ID] != COLUMN_ABSENT;
	r->fields = memory_new((r->name_count + 1) * sizeof *r->fields, err);
	r->names = memory_new((r->name_count + 1) * sizeof *r->names, err);
	if (!r->fields || !r->names)
		return false;
	memcpy(r->names, header, r->name_count * sizeof *header);
	return want_columns(r, err);
}

static void keep_fields(struct input_rows *r, const struct table_row *from, struct batch_row *row)
{
	size_t count = from->fields ? from->count : 0;
	count = count < r->name_count ? count : r->name_count;
	if (count)
		memcpy(r->fields, from->fields, count * sizeof *r->fields);
	row->kept = r->fields;
	row->kept_count = count;
	row->raw = from->raw;
}

enum table_status input_rows_next(struct input_rows *r, struct batch_row *row, struct error *err)
{
	struct table_row from;
	enum table_status status = table_next(r->table, &from, err);
	if (status != TABLE_ROW)
		return status;
	columns_update(&r->columns, r->table);
	r->converted += from.converted;
	*row = (struct batch_row){
		.number = ++r->number,
		.id = columns_field(&r->columns, &from, COLUMN_ID),
		.title = columns_field(&r->columns, &from, COLUMN_TITLE),
		.text = columns_field(&r->columns, &from, COLUMN_TEXT),
		.industry = columns_field(&r->columns, &from, COLUMN_INDUSTRY),
		.reference = columns_field(&r->columns, &from, COLUMN_GOLD),
		.broken = from.reject != REJECT_NONE,
	};
	if (row->broken)
		row->note = reject_reason_name(from.reject);
	else if (from.cut)
		row->note = "too long, cut";
	if (r->keep)
		keep_fields(r, &from, row);
	return TABLE_ROW;
}

uint64_t input_rows_position(const struct input_rows *r)
{
	return table_position(r->table);
}

void input_rows_close(struct input_rows *r)
{
	table_close(r->table);
	input_source_close(r->input_source);
	if (r->descriptor > 0)
		close(r->descriptor);
	buffer_free(&r->notes);
	memory_free(r->fields);
	memory_free(r->names);
	*r = (struct input_rows){ 0 };
}
