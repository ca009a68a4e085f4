// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * writer.c - answers as JSON Lines, and as lines of CSV or TSV: one a candidate, or one a row (--wide).
 */
#include "query/batch/overrides.h"
#include "query/batch/writer.h"
#include "query/batch/matched_title.h"
#include "query/output/json_writer.h"

bool writer_init(struct writer *w, const struct writer_options *options, struct error *err)
{
	w->options = *options;
	w->keys = memory_new((options->column_count + 1) * sizeof *w->keys, err);
	for (size_t i = 0; w->keys && i < options->column_count; i++)
		if (!json_put_text(&w->keys[i], options->columns[i], err) || !buffer_append_byte(&w->keys[i], ':', err))
			return false;
	return w->keys != NULL;
}

void writer_free(struct writer *w)
{
	for (size_t i = 0; w->keys && i < w->options.column_count; i++)
		buffer_free(&w->keys[i]);
	memory_free(w->keys);
	*w = (struct writer){ 0 };
}

/* ---- fields: what is said of a row and of a candidate, in every format ---- */

enum output_kind { OUTPUT_ABSENT, OUTPUT_TEXT, OUTPUT_CODE, OUTPUT_REAL, OUTPUT_BOOL };

struct output_field {
	const char *name;
	enum output_kind kind;
	struct slice text; /* of OUTPUT_TEXT and OUTPUT_CODE */
	struct code code;  /* of OUTPUT_CODE without text */
	double real;
	bool truth;
};

/* One row with its answer, on the way into `out`. */
struct line {
	const struct writer *w;
	const struct writer_options *options; /* of the writer */
	const struct batch_row *row;
	const struct answer *answer;
	struct slice reason; /* empty: none */
	struct buffer *out;
	struct error *err;
};

static struct slice code_text(const struct output_field *f)
{
	return f->text.at ? f->text : slice_of(f->code.text);
}

static bool is_table(const struct writer_options *o)
{
	return o->format != FORMAT_JSONL;
}

static struct output_field text_field(const char *text)
{
	return (struct output_field){ .kind = text ? OUTPUT_TEXT : OUTPUT_ABSENT, .text = slice_of(text) };
}

#define TEXT_FIELD(slice) ((struct output_field){ .kind = OUTPUT_TEXT, .text = (slice) })
#define CODE_FIELD(value) ((struct output_field){ .kind = OUTPUT_CODE, .code = (value) })
#define REAL_FIELD(number) ((struct output_field){ .kind = OUTPUT_REAL, .real = (number) })
#define OTHER_FIELD(other) ((struct output_field){ .kind = OUTPUT_CODE, .text = (other)->code })
#define BOOL_FIELD(value) ((struct output_field){ .kind = OUTPUT_BOOL, .truth = (value) })
#define ABSENT_FIELD ((struct output_field){ .kind = OUTPUT_ABSENT })

/* What a job is that has no code by decision, or as it says itself. */
static const char *class_of(const struct answer *a)
{
	return a->not_occupation ? "not_an_occupation" : a->decided && a->decided->uncodable ? "uncodable" : NULL;
}

/* A candidate as its fields see it. */
struct candidate_view {
	const struct answer_candidate *c;
	const struct other_code *census, *soc_2010; /* NULL: not known, or not asked for */
	const struct matched_title *matched;        /* NULL: there is none, or nobody asked */
};

/* The group of a candidate; none where the candidate is a larger group. */
static struct output_field group_field(const struct answer_candidate *c, enum code_level level)
{
	return code_level(&c->soc) < level ? ABSENT_FIELD : CODE_FIELD(code_at_level(&c->soc, level));
}

#define IS_WITH(what) ((o->with & WITH_##what) != 0)

/* X(name, whether options `o` want it, what it is of candidate `c`, seen as `v`) */
#define CANDIDATE_FIELDS(X) \
	X("code", true, CODE_FIELD(c->code)) \
	X("soc", true, CODE_FIELD(c->soc)) \
	X("title", true, TEXT_FIELD(c->title)) \
	X("score", true, REAL_FIELD(c->score)) \
	X("confidence", true, REAL_FIELD(c->confidence)) \
	X("census", IS_WITH(CENSUS), v.census ? OTHER_FIELD(v.census) : ABSENT_FIELD) \
	X("census_title", IS_WITH(CENSUS), v.census ? TEXT_FIELD(v.census->title) : ABSENT_FIELD) \
	X("soc2010", IS_WITH(SOC_2010), v.soc_2010 ? OTHER_FIELD(v.soc_2010) : ABSENT_FIELD) \
	X("soc2010_split", IS_WITH(SOC_2010), v.soc_2010 ? BOOL_FIELD(v.soc_2010->split) : ABSENT_FIELD) \
	X("broad", IS_WITH(GROUPS), group_field(c, LEVEL_BROAD)) \
	X("minor", IS_WITH(GROUPS), group_field(c, LEVEL_MINOR)) \
	X("major", IS_WITH(GROUPS), group_field(c, LEVEL_MAJOR)) \
	X("matched_title", IS_WITH(MATCHED), v.matched ? TEXT_FIELD(v.matched->title) : ABSENT_FIELD) \
	X("matched_kind", IS_WITH(MATCHED), v.matched ? text_field(v.matched->kind) : ABSENT_FIELD) \
	X("matched_source", IS_WITH(MATCHED), v.matched ? text_field(v.matched->source) : ABSENT_FIELD) \
	X("exact", IS_WITH(MATCHED), v.matched ? BOOL_FIELD(v.matched->exact) : ABSENT_FIELD)

/* X(name, whether options `o` want it, what it is of line `l` with answer `a`); behind the candidates of JSON and of a
 * long table, before those of a wide one. */
#define ROW_FIELDS(X) \
	X("level", o->automatic, a->count || !is_table(o) ? text_field(code_level_name(a->level)) : ABSENT_FIELD) \
	X("decision", o->thresholds.wanted, text_field(decision_name(decision_of(&o->thresholds, a)))) \
	X("reason", o->reasons || !is_table(o), l->reason.length ? TEXT_FIELD(l->reason) : ABSENT_FIELD) \
	X("class", o->overrides || !is_table(o), text_field(class_of(a))) \
	X("kind", o->overrides || !is_table(o), \
	  text_field(a->not_occupation ? not_occupation_name(a->not_occupation) : NULL)) \
	X("comment", o->overrides, \
	  a->decided && a->decided->comment.length ? TEXT_FIELD(a->decided->comment) : ABSENT_FIELD) \
	X("note", true, text_field(l->row->note ? l->row->note : a->note))

enum { FIELDS_MAX = 24 };

static struct candidate_view view_candidate(const struct writer_options *o, const struct answer *a, size_t n)
{
	const struct answer_candidate *c = &a->at[n];
	bool grouped = code_level(&c->code) < LEVEL_SOC; /* somebody decided for a group */
	return (struct candidate_view){
		.c = c,
		.census = grouped ? NULL : other_code_of(&o->other, OTHER_CENSUS_2018, c->occupation),
		.soc_2010 = grouped ? NULL : other_code_of(&o->other, OTHER_SOC_2010, c->occupation),
		.matched = a->matched && a->matched[n].title.length ? &a->matched[n] : NULL,
	};
}

/* The fields of candidate `number` that are wanted, and how many; where there is no such one their names alone. */
static size_t candidate_fields(const struct writer_options *o, const struct answer *a, size_t number,
			       struct output_field to[FIELDS_MAX])
{
	struct candidate_view v = { .c = NULL };
	if (a && number < a->count)
		v = view_candidate(o, a, number);
	const struct answer_candidate *c = v.c;
	size_t n = 0;
#define PUT_FIELD(label, wanted, value) \
	if (wanted) { \
		to[n] = c ? (value) : ABSENT_FIELD; \
		to[n++].name = (label); \
	}
	CANDIDATE_FIELDS(PUT_FIELD)
#undef PUT_FIELD
	return n;
}

/* The same of a row. */
static size_t row_fields(const struct writer_options *o, const struct line *l, struct output_field to[FIELDS_MAX])
{
	const struct answer *a = l ? l->answer : NULL;
	size_t n = 0;
#define PUT_FIELD(label, wanted, value) \
	if (wanted) { \
		to[n] = l ? (value) : ABSENT_FIELD; \
		to[n++].name = (label); \
	}
	ROW_FIELDS(PUT_FIELD)
#undef PUT_FIELD
	return n;
}

/* ---- JSON Lines ---- */

static void put(struct buffer *b, const char *text, struct error *err)
{
	buffer_append_text(b, text, err);
}

/* Members, the first behind `before`, a brace or a comma; what is absent is left out. */
static void put_members(const struct line *l, const char *before, const struct output_field *fields, size_t count)
{
	for (const struct output_field *f = fields; f < fields + count; f++) {
		if (f->kind == OUTPUT_ABSENT)
			continue;
		put(l->out, before, l->err);
		put(l->out, f->name, l->err);
		put(l->out, "\":", l->err);
		if (f->kind == OUTPUT_REAL)
			json_put_real(l->out, f->real, l->err);
		else if (f->kind == OUTPUT_BOOL)
			put(l->out, f->truth ? "true" : "false", l->err);
		else if (f->kind == OUTPUT_CODE)
			json_put_text(l->out, code_text(f), l->err);
		else
			json_put_text(l->out, f->text, l->err);
		before = ",\"";
	}
}

static void put_candidate(const struct line *l, size_t number)
{
	struct output_field fields[FIELDS_MAX];
	put_members(l, "{\"", fields, candidate_fields(l->options, l->answer, number, fields));
	buffer_append_byte(l->out, '}', l->err);
}

static void put_input(const struct line *l)
{
	const struct batch_row *row = l->row;
	put(l->out, ",\"input\":", l->err);
	if (row->raw.length) {
		buffer_append(l->out, row->raw.at, row->raw.length, l->err);
		return;
	}
	buffer_append_byte(l->out, '{', l->err);
	for (size_t i = 0; i < row->kept_count && i < l->options->column_count; i++) {
		if (i > 0)
			buffer_append_byte(l->out, ',', l->err);
		buffer_append(l->out, l->w->keys[i].at, l->w->keys[i].length, l->err);
		json_put_text(l->out, row->kept[i], l->err);
	}
	buffer_append_byte(l->out, '}', l->err);
}

/* The id of a row; its number, as text, where it has none. */
static void put_id(const struct line *l)
{
	put(l->out, "{\"id\":", l->err);
	if (l->options->with_id) {
		json_put_text(l->out, l->row->id, l->err);
		return;
	}
	buffer_append_byte(l->out, '"', l->err);
	json_put_count(l->out, l->row->number, l->err);
	buffer_append_byte(l->out, '"', l->err);
}

static void put_object(const struct line *l)
{
	const struct writer_options *k = l->options;
	struct output_field fields[FIELDS_MAX];
	put_id(l);
	put(l->out, ",\"candidates\":[", l->err);
	for (size_t i = 0; i < l->answer->count && i < k->top; i++) {
		if (i > 0)
			buffer_append_byte(l->out, ',', l->err);
		put_candidate(l, i);
	}
	buffer_append_byte(l->out, ']', l->err);
	put_members(l, ",\"", fields, row_fields(k, l, fields));
	if (k->keep)
		put_input(l);
	put(l->out, "}\n", l->err);
}

/* ---- CSV and TSV ---- */

static struct csv_writer csv_begin(const struct writer *w, struct buffer *out, struct error *err)
{
	bool csv = w->options.format == FORMAT_CSV;
	return (struct csv_writer){ .buffer = out,
				    .err = err,
				    .dialect = { .delimiter = csv ? ',' : '\t', .quotes = csv },
				    .purpose = w->options.excel ? CSV_FOR_EXCEL : CSV_FOR_PROGRAMS };
}

static bool is_column(const struct writer *w, struct slice name)
{
	for (size_t i = 0; w->options.keep && i < w->options.column_count; i++)
		if (slice_equal_nocase(w->options.columns[i], name))
			return true;
	return false;
}

/* A name that is not one of the input's. */
static void put_name(const struct writer *w, struct csv_writer *o, const char *name)
{
	char text[64];
	snprintf(text, sizeof text, "%s", name);
	while (is_column(w, slice_of(text)) && strlen(text) < sizeof text - 5) {
		memmove(text + 4, text, strlen(text) + 1);
		memcpy(text, "soc_", 4);
	}
	csv_put_text(o, text);
}

/* The names of columns, behind each the number of a candidate from 1; 0: none. */
static void put_names(const struct writer *w, struct csv_writer *o, const struct output_field *fields, size_t count,
		      size_t number)
{
	for (size_t i = 0; i < count; i++) {
		char text[48];
		snprintf(text, sizeof text, number ? "%s_%zu" : "%s", fields[i].name, number);
		put_name(w, o, text);
	}
}

/* A cell of the input goes through as it is; one that was written for a spreadsheet is not guarded twice. */
static void put_kept(struct csv_writer *o, struct slice cell)
{
	csv_put(o, o->purpose == CSV_FOR_PROGRAMS ? cell : cell_without_guard(cell));
}

bool writer_begin(const struct writer *w, struct buffer *out, struct error *err)
{
	const struct writer_options *k = &w->options;
	struct output_field candidate[FIELDS_MAX], row[FIELDS_MAX];
	size_t candidate_count = candidate_fields(k, NULL, 0, candidate), row_count = row_fields(k, NULL, row);
	if (!is_table(k))
		return true;
	struct csv_writer o = csv_begin(w, out, err);
	if (k->excel)
		buffer_append_text(out, "\xEF\xBB\xBF", err);
	for (size_t i = 0; k->keep && i < k->column_count; i++)
		put_kept(&o, k->columns[i]);
	put_name(w, &o, "row");
	if (k->with_id)
		put_name(w, &o, "id");
	if (!k->wide) {
		put_name(w, &o, "rank");
		put_names(w, &o, candidate, candidate_count, 0);
	}
	put_names(w, &o, row, row_count, 0);
	for (size_t n = 0; k->wide && n < k->top; n++)
		put_names(w, &o, candidate, candidate_count, n + 1);
	csv_end(&o);
	return buffer_ok(out);
}

static void put_cells(struct csv_writer *o, const struct output_field *fields, size_t count)
{
	char number[NUMBER_SIZE];
	for (const struct output_field *f = fields; f < fields + count; f++)
		if (f->kind == OUTPUT_CODE)
			csv_put_code(o, code_text(f));
		else if (f->kind == OUTPUT_REAL)
			csv_put(o, (struct slice){ number, number_write(f->real, number) });
		else if (f->kind == OUTPUT_BOOL)
			csv_put_text(o, f->truth ? "true" : "false");
		else
			csv_put(o, f->text);
}

/* The columns of candidate n; empty where there is none. */
static void put_candidate_cells(const struct line *l, struct csv_writer *o, size_t n)
{
	struct output_field fields[FIELDS_MAX];
	put_cells(o, fields, candidate_fields(l->options, l->answer, n, fields));
}

static void put_head(const struct line *l, struct csv_writer *o)
{
	const struct writer_options *k = l->options;
	for (size_t i = 0; k->keep && i < k->column_count; i++)
		put_kept(o, i < l->row->kept_count ? l->row->kept[i] : (struct slice){ NULL, 0 });
	csv_put_count(o, l->row->number);
	if (k->with_id)
		csv_put(o, l->row->id);
}

static void put_row_cells(const struct line *l, struct csv_writer *o)
{
	struct output_field fields[FIELDS_MAX];
	put_cells(o, fields, row_fields(l->options, l, fields));
}

static void put_wide(const struct line *l, struct csv_writer *o)
{
	put_head(l, o);
	put_row_cells(l, o);
	for (size_t n = 0; n < l->options->top; n++)
		put_candidate_cells(l, o, n);
	csv_end(o);
}

/* A row without a candidate has a line too. */
static void put_long(const struct line *l, struct csv_writer *o)
{
	for (size_t n = 0; n == 0 || (n < l->answer->count && n < l->options->top); n++) {
		put_head(l, o);
		if (n < l->answer->count)
			csv_put_count(o, n + 1);
		else
			csv_put_text(o, "");
		put_candidate_cells(l, o, n);
		put_row_cells(l, o);
		csv_end(o);
	}
}

/* Why the row is decided as it is; empty where it is not decided. */
static bool find_reason(struct line *l, struct buffer *scratch)
{
	const struct thresholds *t = &l->options->thresholds;
	const struct answer *a = l->answer;
	bool exact = a->count && a->matched && a->matched[0].exact;
	buffer_clear(scratch);
	if (exact)
		buffer_append_text(scratch, "exact title", l->err);
	if (t->wanted || a->decided) {
		buffer_append_text(scratch, exact ? "; " : "", l->err);
		decision_reason(t, a, scratch, l->err);
	}
	if (!buffer_ok(scratch))
		return false;
	l->reason = buffer_slice(scratch);
	return true;
}

bool writer_put(const struct writer *w, const struct batch_row *row, const struct answer *a, struct buffer *out,
		struct buffer *scratch, struct error *err)
{
	struct line l = { .options = &w->options, .w = w, .row = row, .answer = a, .out = out, .err = err };
	struct csv_writer o = csv_begin(w, out, err);
	if (!find_reason(&l, scratch))
		return false;
	if (!is_table(&w->options))
		put_object(&l);
	else
		(w->options.wide ? put_wide : put_long)(&l, &o);
	return buffer_ok(out) && err->code == ERROR_NONE;
}
