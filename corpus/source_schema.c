// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * source_schema.c - the list of families, and the steps from names of files and columns to fields and facts of a row.
 */
#include "corpus/source_schema.h"

#include "lib/base/ascii.h"

/* Reading goes in this order: occupations, the groups above them, what leads from old codes to theirs, then
 * filings and facts, because they lean on all of that. */
static const struct family *const families[] = {
	&family_onet,
	&family_soc_definitions,
	&family_soc_structure,
	&family_soc_2010_2018,
	&family_onet_2010_2019,
	&family_onet_2019_soc,
	&family_census_2018_soc,
	&family_soc_titles,
	&family_census_index,
	&family_oflc,
	&family_flag,
	&family_oews,
	&family_projections,
	&family_cip,
	&family_stem_cip,
	&family_stem_census,
	&family_stem_onet,
};

const struct family *const *family_list(size_t *count)
{
	*count = sizeof families / sizeof *families;
	return families;
}

/* ---- names ---- */

/* How many bytes of what may stand between two words begin the text. */
static size_t between_words(struct slice s)
{
	if (s.length >= 2 && memcmp(s.at, "\xC2\xA0", 2) == 0)
		return 2;
	return s.length > 0 && strchr(" \t\r\n-_,", s.at[0]) && s.at[0] != '\0' ? 1 : 0;
}

static struct slice skip_between(struct slice s)
{
	for (size_t skip; (skip = between_words(s)) > 0;)
		s = (struct slice){ s.at + skip, s.length - skip };
	return s;
}

/* The next character that counts: a small letter, one blank for all that stands between two words; NUL at
 * the end, before which nothing counts. */
static char next_of_name(struct slice *s)
{
	struct slice rest = skip_between(*s);
	bool gap = rest.length < s->length;
	*s = rest;
	if (s->length == 0)
		return '\0';
	if (gap)
		return ' ';
	s->length--;
	return ascii_to_lower(*s->at++);
}

static bool same_name(struct slice a, struct slice b)
{
	a = skip_between(a);
	b = skip_between(b);
	for (;;) {
		char x = next_of_name(&a);
		if (x != next_of_name(&b))
			return false;
		if (x == '\0')
			return true;
	}
}

/* Whether a name begins so, which ends at a whole word or in the middle of one. */
static bool begins(struct slice name, struct slice beginning)
{
	name = skip_between(name);
	for (;;) {
		char wanted = next_of_name(&beginning);
		if (wanted == '\0')
			return true;
		if (next_of_name(&name) != wanted)
			return false;
	}
}

/* How long the beginning is of which "code*" and "code*2" speak; 0 where a name is not of that form.  *nth is 0 where
 * there must be one such column, else which of several is meant. */
static size_t open_name(const char *name, unsigned *nth)
{
	size_t length = strlen(name);
	*nth = 0;
	if (length > 2 && name[length - 2] == '*' && name[length - 1] >= '1' && name[length - 1] <= '9') {
		*nth = (unsigned)(name[length - 1] - '0');
		return length - 2;
	}
	return length > 1 && name[length - 1] == '*' ? length - 1 : 0;
}

/* A name of a column_spec, which may begin or end with an asterisk. */
static bool is_named(struct slice field, const char *name)
{
	unsigned nth;
	struct slice wanted = slice_of(name);
	size_t beginning = open_name(name, &nth);
	if (beginning > 0)
		return begins(field, (struct slice){ name, beginning });
	if (name[0] != '*')
		return same_name(field, wanted);
	(void)slice_skip(&wanted, SLICE("*"));
	for (; field.length >= wanted.length; field.at++, field.length--)
		if (same_name(field, wanted))
			return true;
	return false;
}

bool family_has_column(const struct slice *header, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++) {
		if (is_named(header[i], name))
			return true;
	}
	return false;
}

/* Whether a file is called NAME.txt, or NAME.txt.gz, from which input_source.c has taken the .gz. */
static bool file_is(struct slice file, const char *name, const char *extension)
{
	struct slice tail = slice_of(extension);
	return file.length > tail.length && slice_ends_nocase(file, tail) &&
	       same_name((struct slice){ file.at, file.length - tail.length }, slice_of(name));
}

static bool table_is(struct slice file, const struct family *family, const struct table_spec *spec)
{
	for (const char *const *extension = family->extensions; *extension; extension++) {
		for (const char *const *name = spec->files; *name; name++) {
			if (file_is(file, *name, *extension))
				return true;
		}
	}
	return false;
}

bool family_find(const char *file_name, const struct family **family, const struct table_spec **spec)
{
	struct slice file = slice_of(file_name);
	size_t count;
	const struct family *const *list = family_list(&count);

	for (size_t f = 0; f < count; f++) {
		*family = list[f];
		for (size_t t = 0; t < list[f]->table_count; t++) {
			*spec = &list[f]->tables[t];
			if (table_is(file, *family, *spec))
				return true;
		}
		*spec = NULL;
		if (list[f]->note_file && slice_equal_nocase(file, slice_of(list[f]->note_file)))
			return true;
	}
	*family = NULL;
	return false;
}

/* ---- columns ---- */

void family_column_names(const struct column_spec *column, char *to, size_t size)
{
	size_t used = 0;
	to[0] = '\0';
	for (const char *const *name = column->names; *name && used < size; name++) {
		if (**name == '\0')
			continue;
		unsigned nth;
		size_t open = open_name(*name, &nth);
		size_t length = open ? open : strlen(*name);
		bool ends = **name == '*';
		int n = snprintf(to + used, size - used, "%s\"%s%.*s%s\"", used == 0 ? "" : " or ", ends ? "... " : "",
				 (int)length - ends, *name + ends, open ? " ..." : "");
		used += n > 0 ? (size_t)n : 0;
	}
}

static void put_header(const struct slice *header, size_t count, char *to, size_t size)
{
	size_t used = 0;
	to[0] = '\0';
	for (size_t i = 0; i < count && used < size; i++) {
		int n = snprintf(to + used, size - used, "%s\"%.*s\"", i == 0 ? "" : ", ",
				 header[i].length < 64 ? (int)header[i].length : 64, header[i].at);
		used += n > 0 ? (size_t)n : 0;
	}
}

static bool column_missing(const struct table_spec *spec, const struct column_spec *column, const struct slice *header,
			   size_t count, struct error *err)
{
	char names[200];
	char there[256];
	char hint[384];

	family_column_names(column, names, sizeof names);
	put_header(header, count, there, sizeof there);
	snprintf(hint, sizeof hint, "take the file as published; its header row has only: %s",
		 count > 0 ? there : "nothing");
	return error_set(err, ERROR_INPUT, spec->advice && column->as.need == COLUMN_NEEDED ? spec->advice : hint,
			 "the table \"%s\" lacks the column %s", spec->table, names);
}

/* The field of one name, the nth of several; SIZE_MAX where there is none.  False where there are two and one is
 * wanted. */
static bool find_name(const struct slice *header, size_t count, const char *name, size_t *out)
{
	unsigned nth, seen = 0;
	(void)open_name(name, &nth);
	*out = SIZE_MAX;
	if (*name == '\0') {
		*out = count;
		return true;
	}
	for (size_t i = 0; i < count; i++) {
		if (!is_named(header[i], name) || (nth > 0 && ++seen != nth))
			continue;
		if (*out != SIZE_MAX)
			return false;
		*out = i;
	}
	return true;
}

/* The field whose name is one of the column's; a newer name wins over an older one. */
static bool find_column(const struct table_spec *spec, const struct column_spec *column, const struct slice *header,
			size_t count, size_t *out, struct error *err)
{
	*out = SIZE_MAX;
	for (const char *const *name = column->names; *name && *out == SIZE_MAX; name++) {
		if (!find_name(header, count, *name, out))
			return error_set(err, ERROR_INPUT,
					 "take the file as published, or remove one of the two columns",
					 "the table \"%s\" has the column \"%s\" twice", spec->table, *name);
	}
	return true;
}

bool family_bind(const struct table_spec *spec, const struct slice *header, size_t count, struct binding *out,
		 struct error *err)
{
	for (size_t c = 0; c < spec->column_count; c++) {
		const struct column_spec *column = &spec->columns[c];
		if (spec->places) {
			out->field[c] = spec->places[c];
			continue;
		}
		if (!find_column(spec, column, header, count, &out->field[c], err))
			return false;
		if (out->field[c] == SIZE_MAX && column->as.need != COLUMN_OPTIONAL)
			return column_missing(spec, column, header, count, err);
	}
	return true;
}

/* ---- tables known by their columns ---- */

static bool has_any(const struct slice *header, size_t count, const char *const *names)
{
	for (; *names; names++) {
		if (family_has_column(header, count, *names))
			return true;
	}
	return false;
}

static struct near_miss compare_header(const struct family *family, const struct table_spec *spec,
				       const struct slice *header, size_t count)
{
	struct near_miss miss = { family, spec, NULL, 0, 0 };

	for (size_t c = 0; c < spec->column_count; c++) {
		const struct column_spec *column = &spec->columns[c];
		if (column->as.need != COLUMN_MARK)
			continue;
		if (has_any(header, count, column->names)) {
			miss.there++;
			continue;
		}
		if (miss.lacking++ == 0)
			miss.column = column;
	}
	return miss;
}

bool family_match(const struct slice *header, size_t count, const struct family **family,
		  const struct table_spec **spec, struct near_miss *nearest)
{
	size_t families_count;
	const struct family *const *list = family_list(&families_count);
	size_t best = 0;

	*family = NULL;
	*spec = NULL;
	for (size_t f = 0; f < families_count; f++) {
		for (size_t t = 0; t < list[f]->table_count; t++) {
			const struct table_spec *s = &list[f]->tables[t];
			if (s->files[0])
				continue;
			struct near_miss miss = compare_header(list[f], s, header, count);
			if (miss.there == 0 || has_any(header, count, s->without))
				continue;
			if (miss.lacking == 0 && miss.there > best) {
				best = miss.there;
				*family = list[f];
				*spec = s;
			} else if (miss.lacking > 0 &&
				   (!nearest->family || miss.lacking < nearest->lacking ||
				    (miss.lacking == nearest->lacking && miss.there > nearest->there))) {
				*nearest = miss;
			}
		}
	}
	return best > 0;
}

/* ---- rows ---- */

void row_begin(struct row *row, const struct family *family, const struct table_spec *spec,
	       const struct binding *binding, const struct slice *fields, size_t count)
{
	struct slice empty = slice_of(family->empty);

	for (size_t c = 0; c < spec->column_count; c++) {
		struct slice field = { "", 0 };
		if (binding->field[c] < count)
			field = slice_trim(fields[binding->field[c]]);
		if (empty.length > 0 && slice_equal_nocase(field, empty))
			field.length = 0;
		row->fields[c] = field;
	}
	row->spec = spec;
	row->used = false;
	row->failed = false;
	row->why = REJECT_NONE;
	row->column = -1;
	row->code_column = -1;
}

bool row_reject(struct row *row, enum reject_reason why, int column)
{
	row->why = why;
	row->column = column;
	return false;
}

bool row_empty(const struct row *row, int column)
{
	return row->fields[column].length == 0;
}

bool row_says(const struct row *row, int column, const char *value)
{
	return slice_equal_nocase(row->fields[column], slice_of(value));
}

bool row_text(struct row *row, int column, struct slice *out)
{
	*out = row->fields[column];
	return out->length > 0 || row_reject(row, REJECT_EMPTY, column);
}

bool row_code(struct row *row, int column, struct code *out)
{
	struct slice text;
	if (!row_text(row, column, &text))
		return false;
	if (row->code_column < 0)
		row->code_column = column;
	return code_parse(text, out) || row_reject(row, REJECT_BAD_CODE, column);
}

bool row_onet_code(struct row *row, int column, struct code *out)
{
	return row_code(row, column, out) && (code_is_onet(out) || row_reject(row, REJECT_BAD_CODE, column));
}

bool row_soc_code(struct row *row, int column, struct code *out)
{
	return row_code(row, column, out) && (!code_is_onet(out) || row_reject(row, REJECT_BAD_CODE, column));
}

bool row_is_pattern(struct slice text)
{
	static const char shape[] = "dd-dddd";
	bool open = false;

	if (text.length != sizeof shape - 1)
		return false;
	for (size_t i = 0; i < text.length; i++) {
		char c = text.at[i];
		if (shape[i] == '-' ? c != '-' : i < 3 ? c < '0' || c > '9' : false)
			return false;
		if (i < 3)
			continue;
		bool digit = c >= '0' && c <= '9';
		if ((digit && open) || (!digit && c != 'X' && c != 'x'))
			return false;
		open = !digit;
	}
	return open;
}

/* Digits only, and not by strtol(): no sign, no white space, no locale. */
bool row_integer(struct row *row, int column, int low, int high, int *out)
{
	struct slice text;
	long long value = 0;

	if (!row_text(row, column, &text))
		return false;
	for (size_t i = 0; i < text.length; i++) {
		if (!ascii_is_digit(text.at[i]) || i >= 9)
			return row_reject(row, REJECT_BAD_NUMBER, column);
		value = value * 10 + (text.at[i] - '0');
	}
	if (value < low || value > high)
		return row_reject(row, REJECT_BAD_NUMBER, column);
	*out = (int)value;
	return true;
}

/* As published: digits with a point; the same in every locale. */
bool row_decimal(struct row *row, int column, double low, double high, double *out)
{
	struct slice text;
	double value = 0;
	double unit = 1;
	bool point = false;
	size_t digits = 0;

	if (!row_text(row, column, &text))
		return false;
	for (size_t i = 0; i < text.length; i++) {
		char c = text.at[i];
		if (c == '.' && !point) {
			point = true;
			continue;
		}
		if (!ascii_is_digit(c) || ++digits > 20)
			return row_reject(row, REJECT_BAD_NUMBER, column);
		value = value * 10 + (c - '0');
		if (point)
			unit *= 10;
	}
	value /= unit;
	if (digits == 0 || value < low || value > high)
		return row_reject(row, REJECT_BAD_NUMBER, column);
	*out = value;
	return true;
}

bool row_emit(struct row *row, struct record *record)
{
	enum reject_reason why = REJECT_NONE;

	record->source = row->source;
	switch (row->sink->take(row->sink->ctx, record, &why, row->err)) {
	case SINK_USED:
		row->used = true;
		return true;
	case SINK_REJECTED:
		return row_reject(row, why, why == REJECT_UNKNOWN_CODE ? row->code_column : -1);
	case SINK_FAILED:
		break;
	}
	row->failed = true;
	return false;
}

static bool use_column(struct row *row, int column, struct record *r)
{
	const struct column_spec *spec = &row->spec->columns[column];
	void *to = spec->as.use == USE_FLAG ? NULL : (char *)r + spec->as.to;
	switch (spec->as.use) {
	case USE_NONE:
		return true;
	case USE_ONET_CODE:
		return row_onet_code(row, column, to);
	case USE_SOC_CODE:
		return row_soc_code(row, column, to);
	case USE_TEXT:
		return row_text(row, column, to);
	case USE_ANYTHING:
		*(struct slice *)to = row->fields[column];
		return true;
	case USE_FLAG:
		r->flags |= row_says(row, column, "Y") ? (uint32_t)spec->as.to : 0;
		return true;
	}
	return true;
}

bool row_record(struct row *row, struct record *out)
{
	bool ok = true;
	*out = row->spec->record;
	for (size_t c = 0; ok && c < row->spec->column_count; c++)
		ok = use_column(row, (int)c, out);
	return ok;
}

void row_read(struct row *row)
{
	struct record r;
	if (row_record(row, &r))
		row_emit(row, &r);
}

/* ---- facts of a row ---- */

/* A text that says that there is none; "None" is an answer and no such text. */
static bool is_dash(struct slice s)
{
	struct fact_number n;
	return fact_read_number(s, &n) && n.mark == FACT_UNAVAILABLE;
}

struct record_fact *row_fact(struct row *row, int column, enum fact_key key, struct row_facts *facts, bool *ok)
{
	struct record_fact *f = &facts->at[facts->count];
	struct slice field = row->fields[column];
	bool text = fact_specs[key].kind == FACT_TEXT || fact_specs[key].kind == FACT_LIST;

	if (field.length == 0 || (text && is_dash(field)))
		return NULL;
	*f = (struct record_fact){ .key = key, .name = SLICE(""), .text = text ? field : SLICE(""), .note = SLICE("") };
	if (!text && (!fact_read_number(field, &f->number) || f->number.decimals > FACT_SCALE_MAX)) {
		*ok = row_reject(row, REJECT_BAD_NUMBER, column);
		return NULL;
	}
	facts->count++;
	return f;
}

bool row_facts(struct row *row, int first_column, enum fact_key first, enum fact_key last, struct row_facts *facts)
{
	bool ok = true;
	for (int k = (int)first; ok && k <= (int)last; k++)
		(void)row_fact(row, first_column + k - (int)first, (enum fact_key)k, facts, &ok);
	return ok;
}

void row_emit_facts(struct row *row, struct record *r, const struct row_facts *facts)
{
	if (facts->count == 0)
		return;
	r->kind = RECORD_FACTS;
	r->facts = facts->at;
	r->fact_count = facts->count;
	row_emit(row, r);
}

/* ---- shapes ---- */

static bool is_digit_at(struct slice s, size_t at)
{
	return at < s.length && ascii_is_digit(s.at[at]);
}

/* Whether the text has the shape at `at`; shapes are those of clues_find(). */
static bool has_shape(struct slice s, size_t at, const char *shape)
{
	for (; *shape; shape++) {
		if (*shape == '|' ? at > 0 && is_digit_at(s, at - 1) && is_digit_at(s, at)
				  : at >= s.length || (*shape == 'd' ? !is_digit_at(s, at) : s.at[at] != *shape))
			return false;
		at += *shape != '|';
	}
	return true;
}

const char *clues_find(const struct clues *clues, const char *shape)
{
	for (size_t n = 0; n < sizeof clues->names / sizeof *clues->names; n++) {
		struct slice name = slice_of(clues->names[n]);
		for (size_t i = 0; i < name.length; i++)
			if (has_shape(name, i, shape))
				return name.at + i;
	}
	return NULL;
}

bool identify_by_year(const struct clues *clues, struct release_note *note, struct error *err)
{
	const char *year = clues_find(clues, "|20dd|");
	(void)err;
	if (year)
		snprintf(note->release, sizeof note->release, "%.4s", year);
	return true;
}

bool row_cip(struct row *row, int column, struct slice *out)
{
	static const char shape[] = "dd.dddd";
	return row_text(row, column, out) && ((out->length == sizeof shape - 1 && has_shape(*out, 0, shape)) ||
					      row_reject(row, REJECT_BAD_CODE, column));
}
