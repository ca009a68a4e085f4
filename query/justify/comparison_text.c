// SPDX-License-Identifier: GPL-3.0-or-later
#include "lib/index/manifest.h"
#include "query/justify/comparison_text.h"

/* "O*NET 30.1, December 2025" */
static void name_source(const struct text *t, uint32_t source, char *to, size_t size)
{
	const json_t *manifest = t->c->index->manifest;
	const char *title = manifest_source_title(manifest, source), *date = manifest_source_text(manifest, source, "date");
	bool said = *date == '\0' || strstr(title, date);
	snprintf(to, size, "%s%s%s", title, said ? "" : ", ", said ? "" : date);
}

void text_source(const struct text *t, uint32_t source)
{
	char name[160];
	if (source == COMPARISON_NO_SOURCE)
		return;
	name_source(t, source, name, sizeof name);
	document_source(t->d, name);
}

void text_pair(const struct text *t, size_t side)
{
	document_pair(t->d, t->x->sides[side].asked->code.text);
}

void text_member(const struct text *t, size_t side, const struct occupation *member)
{
	if (t->x->sides[side].member_count > 1 && member != &t->x->sides[side].members[0])
		document_printf(t->d, RUN_DIM, " (%.*s %.*s)", (int)member->code.length, member->code.at,
				(int)member->title.length, member->title.at);
}

/* ---- tables ---- */

static void begin_table(const struct text *t, const char *caption, enum column_kind kind)
{
	struct column columns[COMPARISON_MAX + 1] = { { "", COLUMN_TEXT } };
	for (size_t s = 0; s < t->x->count; s++)
		columns[s + 1] = (struct column){ t->x->sides[s].asked->code.text, kind };
	document_table(t->d, caption, columns, t->x->count + 1);
}

void text_table(const struct text *t, const char *caption)
{
	begin_table(t, caption, COLUMN_TEXT);
}

void text_number_table(const struct text *t, const char *caption)
{
	begin_table(t, caption, COLUMN_NUMBER);
}

static void put_note(const struct text *t, uint32_t source, struct text_notes *notes)
{
	size_t i = 0;
	if (source == COMPARISON_NO_SOURCE)
		return;
	while (i < notes->count && notes->sources[i] != source)
		i++;
	if (i == sizeof notes->sources / sizeof *notes->sources) {
		text_source(t, source);
		return;
	}
	notes->sources[i] = source;
	notes->count += i == notes->count;
	document_printf(t->d, RUN_DIM, " [%zu]", i + 1);
}

void text_end_notes(const struct text *t, const struct text_notes *notes)
{
	if (notes->count == 0)
		return;
	document_paragraph(t->d);
	for (size_t i = 0; i < notes->count; i++) {
		char name[160];
		name_source(t, notes->sources[i], name, sizeof name);
		document_printf(t->d, RUN_DIM, "%s[%zu] %s", i ? "; " : "", i + 1, name);
	}
}

void text_row(const struct text *t, const struct comparison_row *row, struct text_notes *notes)
{
	document_row(t->d);
	document_cell_text(t->d, RUN_PLAIN, slice_of(row->label));
	if (notes)
		put_note(t, row->source, notes);
	for (size_t s = 0; s < t->x->count; s++) {
		if (row->values[s].length == 0)
			document_cell_text(t->d, RUN_DIM, slice_of(row->absent));
		else
			document_cell_text(t->d, RUN_PLAIN, row->values[s]);
		if (row->of[s].length)
			document_printf(t->d, RUN_DIM, " (of %.*s)", (int)row->of[s].length, row->of[s].at);
	}
}

void text_section_table(const struct text *t, enum comparison_section section, const char *caption)
{
	uint32_t first = COMPARISON_NO_SOURCE;
	bool several = false;
	struct text_notes notes = { .count = 0 };
	for (size_t i = 0; i < t->x->row_count; i++) {
		if (t->x->rows[i].section != section)
			continue;
		several |= first != COMPARISON_NO_SOURCE && t->x->rows[i].source != first;
		first = t->x->rows[i].source;
	}
	text_table(t, caption);
	for (size_t i = 0; i < t->x->row_count; i++)
		if (t->x->rows[i].section == section)
			text_row(t, &t->x->rows[i], several ? &notes : NULL);
	document_table_end(t->d);
	text_end_notes(t, &notes);
}

const struct comparison_row *text_first_row(const struct text *t, enum comparison_section section)
{
	for (size_t i = 0; i < t->x->row_count; i++)
		if (t->x->rows[i].section == section)
			return &t->x->rows[i];
	return NULL;
}
