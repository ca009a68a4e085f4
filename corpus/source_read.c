// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * source_read.c - opens the sources, refuses those that do not go together, and reads their tables row by row.
 */
#include "corpus/source_read_internal.h"
#include "lib/base/utf8.h"

static struct input_source *open_input(struct corpus *c, const char *path, struct error *err)
{
	struct input_source_limits limits = { c->options.member_limit, c->options.ratio_limit };
	if (!ARRAY_RESERVE(c->opened, c->opened_capacity, c->opened_count + 1, err) ||
	    !input_source_open(path, &limits, &c->opened[c->opened_count], err))
		return NULL;
	return c->opened[c->opened_count++];
}

static bool add_path(struct corpus *c, const char *path, struct error *err)
{
	struct input_source *input_source = open_input(c, path, err);
	return input_source && source_recognise(c, input_source, err);
}

static bool add_user_table(struct corpus *c, const struct corpus_user_table *t, struct error *err)
{
	struct input_source *input_source = open_input(c, t->path, err);
	return input_source && source_add_user_table(c, input_source, t->name, err);
}

/* ---- several sources ---- */

static void drop_source(struct corpus *c, size_t index)
{
	memory_free(c->sources[index].inputs);
	c->source_count--;
	for (size_t i = index; i < c->source_count; i++) {
		c->sources[i] = c->sources[i + 1];
		c->listed[i] = c->listed[i + 1];
	}
}

static void warn_of_pair(const struct corpus *c, const struct corpus_source *one, const struct corpus_source *other,
			 const char *before, const char *after)
{
	struct error what = { 0 };
	if (!c->options.warn)
		return;
	error_set(&what, ERROR_INPUT, NULL, "%s %s%s", before, one->path, after);
	error_at(&what, other->path, 0, 0);
	c->options.warn(c->options.warn_ctx, &what);
}

/* A digest is that of a zip, whichever of its members a source is. */
static bool same_content(const struct corpus *c, size_t a, size_t b)
{
	const struct source *one = &c->sources[a];
	const struct source *other = &c->sources[b];
	if (strcmp(c->listed[a].sha256, c->listed[b].sha256) != 0)
		return false;
	if (one->by_name || one->input_count == 0 || other->input_count == 0)
		return true;
	return input_source_kind(one->inputs[0].place.input_source) != INPUT_ZIP ||
	       strcmp(source_member(&one->inputs[0].place)->path, source_member(&other->inputs[0].place)->path) == 0;
}

/* Filings of one programme that may be the same filings. */
static bool same_period(const struct release_note *a, const struct release_note *b)
{
	return a->programme != PROGRAMME_COUNT && a->programme == b->programme && a->year > 0 && a->year == b->year &&
	       (a->quarter == b->quarter || a->quarter == 0 || b->quarter == 0);
}

static bool refuse_pair(const struct family *family, const struct corpus_source *one, const struct corpus_source *other,
			struct error *err)
{
	return error_set_at(err, other->path, ERROR_INPUT, "an index holds one release of it: build one index for each",
			    "two %s releases: %.150s (%s) and %.150s (%s)", family->title, one->path, one->title,
			    other->path, other->title);
}

/* Two releases, or one table twice; sheets of one workbook may have been saved apart. */
static bool are_two_releases(const struct corpus *c, size_t a, size_t b)
{
	const struct source *one = &c->sources[a];
	const struct source *other = &c->sources[b];
	bool both = one->input_count > 0 && other->input_count > 0;
	if (both && strcmp(c->listed[a].release, c->listed[b].release) != 0)
		return true;
	for (size_t i = 0; i < one->input_count; i++) {
		for (size_t k = 0; k < other->input_count; k++) {
			if (one->inputs[i].spec == other->inputs[k].spec)
				return true;
		}
	}
	return false;
}

/* The same content given twice is read once, and that is said; two releases of a family of which an index
 * holds one are refused. */
static bool check_pairs(struct corpus *c, struct error *err)
{
	for (size_t a = 0; a < c->source_count; a++) {
		for (size_t b = a + 1; b < c->source_count; b++) {
			const struct corpus_source *one = &c->listed[a];
			const struct corpus_source *other = &c->listed[b];
			const struct family *family = c->sources[a].family;
			if (family != c->sources[b].family || family == &family_user_table)
				continue;
			if (same_content(c, a, b)) {
				warn_of_pair(c, one, other, "the same as", ", and read once");
				drop_source(c, b--);
			} else if (family->single && are_two_releases(c, a, b)) {
				return refuse_pair(family, one, other, err);
			} else if (same_period(&c->sources[a].note, &c->sources[b].note)) {
				warn_of_pair(c, one, other, "the same programme and period as",
					     ": filings that are in both are counted twice");
			}
		}
	}
	return true;
}

static struct corpus *corpus_new(const struct corpus_options *options, struct error *err)
{
	struct corpus *c = memory_new(sizeof *c, err);
	if (!c || !options)
		return c;
	c->options = *options;
	if (options->release) {
		c->options.release = arena_copy(&c->arena, slice_of(options->release), err).at;
		if (!c->options.release) {
			corpus_close(c);
			return NULL;
		}
	}
	return c;
}

bool corpus_open(const char *const *paths, size_t count, const struct corpus_options *options, struct corpus **out,
		 struct error *err)
{
	*out = NULL;
	struct corpus *c = corpus_new(options, err);
	bool ok = c != NULL;

	if (ok && count == 0)
		ok = error_set(err, ERROR_USAGE, "give a release: a zip, a folder, or its tables",
			       "no source is given");
	for (size_t i = 0; ok && i < count; i++)
		ok = add_path(c, paths[i], err);
	for (size_t i = 0; ok && options && i < options->user_table_count; i++)
		ok = add_user_table(c, &options->user_tables[i], err);
	for (size_t i = 0; ok && i < c->source_count; i++)
		ok = source_complete(c, i, err);
	ok = ok && check_pairs(c, err);
	if (ok)
		*out = c;
	else
		corpus_close(c);
	return ok;
}

const struct corpus_source *corpus_sources(const struct corpus *c, size_t *count)
{
	*count = c->source_count;
	return c->listed;
}

void corpus_close(struct corpus *c)
{
	if (!c)
		return;
	for (size_t i = 0; i < c->source_count; i++)
		memory_free(c->sources[i].inputs);
	for (size_t i = 0; i < c->opened_count; i++)
		input_source_close(c->opened[i]);
	memory_free(c->opened);
	memory_free(c->sources);
	memory_free(c->listed);
	arena_free(&c->arena);
	memory_free(c);
}

/* ---- reading ---- */

/* A table being read. */
struct table_reader {
	const struct corpus *corpus;
	const struct family *family;
	const struct table_spec *spec;
	uint32_t header; /* which row it is */
	struct corpus_table *counts;
	struct table *table;
	struct binding binding;
	struct row row;
	uint64_t reported; /* of the position, to the progress */
};

/* How much of a field a message shows; never half a character. */
static int shown_length(struct slice s)
{
	return (int)utf8_cut(s, 60).length;
}

/* What a rejected row looks like to the user. */
static void describe_reject(const struct table_reader *r, const struct table_row *at, enum reject_reason why,
			    int column, struct error *what)
{
	const char *name = reject_reason_name(why);
	size_t header_count;
	const struct slice *header = table_header(r->table, &header_count);
	size_t index = column >= 0 ? r->binding.field[column] : SIZE_MAX;

	error_clear(what);
	if (why == REJECT_FEW_FIELDS || why == REJECT_MANY_FIELDS) {
		error_set(what, ERROR_INPUT, NULL, "%s: %zu where the header has %zu", name, at->count, header_count);
	} else if (index < header_count) {
		/* Called what the file itself calls it. */
		struct slice value = r->row.fields[column];
		error_set(what, ERROR_INPUT, NULL, "%s in \"%.*s\"%s%.*s", name, shown_length(header[index]),
			  header[index].at, value.length > 0 ? ": " : "", shown_length(value), value.at);
	} else {
		error_set(what, ERROR_INPUT, NULL, "%s", name);
	}
	if (r->family == &family_user_table && why == REJECT_AMBIGUOUS)
		snprintf(what->hint, sizeof what->hint, "`soc crosswalk` tells what the code has become");
	else if (r->family == &family_user_table && why == REJECT_UNKNOWN_CODE)
		snprintf(what->hint, sizeof what->hint,
			 "a code of an older edition is understood where its crosswalk is among the sources");
	uint32_t field = index != SIZE_MAX ? (uint32_t)index + 1 : at->column;
	error_at(what, table_place_name(r->table), at->line, field);
}

/* Rows that a sound release has: they are counted, and no message tells of them. */
static bool by_design(enum reject_reason why)
{
	return why == REJECT_NOT_CERTIFIED || why == REJECT_NO_CODE || why == REJECT_AMBIGUOUS;
}

/* Count a row that is not used, tell of it, and stop where the user wants no such row. */
static bool reject(struct table_reader *r, const struct table_row *at, enum reject_reason why, int column,
		   struct error *err)
{
	struct error what;
	bool strict = r->corpus->options.strict;

	r->counts->rejected[why]++;
	if ((by_design(why) && r->family != &family_user_table) || (!strict && !r->corpus->options.warn))
		return true;
	describe_reject(r, at, why, column, &what);
	if (strict && err && err->code == ERROR_NONE) {
		*err = what;
		snprintf(err->hint, sizeof err->hint,
			 "mend that row, or leave --strict out to have such rows counted and skipped");
	} else if (!strict) {
		r->corpus->options.warn(r->corpus->options.warn_ctx, &what);
	}
	return !strict;
}

static bool take_row(struct table_reader *r, const struct table_row *at, struct error *err)
{
	r->counts->rows++;
	if (at->reject != REJECT_NONE)
		return reject(r, at, at->reject, -1, err);
	row_begin(&r->row, r->family, r->spec, &r->binding, at->fields, at->count);
	r->spec->read(&r->row);
	if (r->row.failed)
		return error_at(err, table_place_name(r->table), at->line, 0);
	if (r->row.why != REJECT_NONE)
		return reject(r, at, r->row.why, r->row.column, err);
	if (r->row.used)
		r->counts->used++;
	if (at->converted)
		r->counts->converted++;
	return true;
}

static void report_progress(struct table_reader *r)
{
	uint64_t position = table_position(r->table);
	progress_add(r->corpus->options.progress, position - r->reported);
	r->reported = position;
}

/* The header was looked at before; the file may have changed since. */
static bool read_header(struct table_reader *r, struct error *err)
{
	size_t count;
	enum table_status status = TABLE_ROW;
	for (uint32_t row = 0; row < r->header && status == TABLE_ROW; row++)
		status = table_next_header(r->table, err);
	if (status == TABLE_END)
		return error_set(err, ERROR_INPUT, "run it again", "the table \"%s\" changed while it was read",
				 r->spec->table);
	if (status != TABLE_ROW)
		return false;
	const struct slice *header = table_header(r->table, &count);
	return family_bind(r->spec, header, count, &r->binding, err) &&
	       source_want(r->table, r->spec, &r->binding, err);
}

static bool read_rows(struct table_reader *r, struct error *err)
{
	enum { ROWS_PER_REPORT = 512 };
	enum table_status status;
	struct table_row at;

	if (!read_header(r, err))
		return error_at(err, table_place_name(r->table), 0, 0);
	while ((status = table_next(r->table, &at, err)) == TABLE_ROW) {
		if (!take_row(r, &at, err))
			return false;
		if (r->counts->rows % ROWS_PER_REPORT == 0)
			report_progress(r);
	}
	report_progress(r);
	return status == TABLE_END;
}

static bool read_table(const struct corpus *c, size_t index, const struct input *input, struct corpus_table *counts,
		       const struct record_sink *sink, struct error *err)
{
	const struct family *family = c->sources[index].family;
	struct table_reader r = {
		.corpus = c,
		.family = family,
		.spec = input->spec,
		.header = input->header,
		.counts = counts,
		.row = { .sink = sink, .note = &c->sources[index].note, .err = err, .source = (uint32_t)index },
	};
	bool ok = table_open(&input->place, &r.table, err) && read_rows(&r, err);

	if (ok && input->spec->needed && counts->used == 0) {
		ok = error_set(err, ERROR_INPUT, family->advice, "the table \"%s\" has no row that can be used",
			       input->spec->table);
		error_at(err, table_place_name(r.table), 0, 0);
	}
	table_close(r.table);
	return ok;
}

static void sum_up(const struct corpus_source *listed, char *to, size_t size)
{
	unsigned long long used = 0;
	unsigned long long rejected = 0;

	for (size_t t = 0; t < listed->table_count; t++) {
		used += listed->tables[t].used;
		for (size_t why = 0; why < REJECT_REASON_COUNT; why++)
			rejected += listed->tables[t].rejected[why];
	}
	snprintf(to, size, "%llu rows used, %llu rejected", used, rejected);
}

static bool read_source(const struct corpus *c, size_t index, const struct record_sink *sink, struct error *err)
{
	const struct source *s = &c->sources[index];
	struct corpus_source *listed = &c->listed[index];
	char text[96];
	uint64_t total = 0;

	for (size_t i = 0; i < s->input_count; i++)
		total += s->inputs[i].size;
	snprintf(text, sizeof text, "Reading %s", listed->title);
	progress_begin(c->options.progress, text, total);
	for (size_t i = 0; i < s->input_count; i++) {
		if (!read_table(c, index, &s->inputs[i], &listed->tables[i], sink, err))
			return false;
	}
	sum_up(listed, text, sizeof text);
	progress_end(c->options.progress, listed->table_count == 0 ? listed->remark : text);
	return true;
}

bool corpus_read(struct corpus *c, const struct record_sink *sink, struct error *err)
{
	size_t count;
	const struct family *const *list = family_list(&count);

	if (c->read)
		return error_set(err, ERROR_INTERNAL, NULL, "the sources have been read already");
	c->read = true;
	/* In the order of the families, whatever the order of the command line: occupations come first. */
	for (size_t f = 0; f < count; f++) {
		for (size_t i = 0; i < c->source_count; i++) {
			if (c->sources[i].family == list[f] && !read_source(c, i, sink, err))
				return false;
		}
	}
	for (size_t i = 0; i < c->source_count; i++) {
		if (c->sources[i].family == &family_user_table && !read_source(c, i, sink, err))
			return false;
	}
	return true;
}
