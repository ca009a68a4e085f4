// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * xlsx_column_filter.c - a scan for angle brackets that cuts cells of unwanted columns out of a worksheet's XML.
 */
#include "lib/table/xlsx_column_filter.h"

#include "lib/base/ascii.h"
#include "lib/base/utf8.h"

/* ---- references ---- */

uint32_t cell_column(const char *reference, size_t length)
{
	uint32_t column = 0;
	size_t i = 0;

	for (; i < length; i++) {
		char c = (char)(reference[i] & ~32);
		if (c < 'A' || c > 'Z')
			break;
		column = column * 26 + (uint32_t)(c - 'A' + 1);
		if (column > SHEET_COLUMNS)
			return SHEET_COLUMNS + 1;
	}
	return i < length && reference[i] >= '1' && reference[i] <= '9' ? column : 0;
}

size_t cell_column_name(uint32_t column, char to[8])
{
	char letters[8];
	size_t count = 0;

	for (; column > 0 && count < 7; column = (column - 1) / 26)
		letters[count++] = (char)('A' + (column - 1) % 26);
	for (size_t i = 0; i < count; i++)
		to[i] = letters[count - 1 - i];
	to[count] = '\0';
	return count;
}

/* ---- scanning ---- */

/* What became of a piece of markup. */
enum step {
	STEP_ON,    /* go on behind it */
	STEP_WAIT,  /* it is not complete */
	STEP_RETIRE /* not what we know */
};

struct scan {
	struct xlsx_column_filter *filter;
	const char *at; /* the markup that is looked at; then what comes behind it */
	const char *end;
	const char *keep; /* [keep, ...) passes and has not been copied yet */
	char *out;
};

static void copy_until(struct scan *s, const char *end)
{
	size_t length = (size_t)(end - s->keep);
	if (length > 0)
		memcpy(s->out, s->keep, length);
	s->out += length;
	s->keep = end;
}

/* An opening tag, up to its end, with the value of its attribute r. */
struct tag {
	const char *end; /* behind the > */
	bool empty;      /* <c/> */
	const char *reference;
	size_t reference_length;
};

static enum step take_attribute(const char **at, const char *end, struct tag *tag)
{
	const char *name = *at;
	const char *p = name;

	while (p < end && *p != '=' && *p != '>' && *p != '<' && !ascii_is_space(*p))
		p++;
	if (end - p < 2)
		return STEP_WAIT;
	/* A space around the = is legal, but no program writes it. */
	if (p[0] != '=' || (p[1] != '"' && p[1] != '\''))
		return STEP_RETIRE;
	const char *value = p + 2;
	const char *quote = memchr(value, p[1], (size_t)(end - value));
	if (!quote)
		return STEP_WAIT;
	if (p - name == 1 && *name == 'r') {
		tag->reference = value;
		tag->reference_length = (size_t)(quote - value);
	}
	*at = quote + 1;
	return STEP_ON;
}

/* `p` is behind the name. */
static enum step take_tag(const char *p, const char *end, struct tag *tag)
{
	memset(tag, 0, sizeof *tag);
	for (;;) {
		while (p < end && ascii_is_space(*p))
			p++;
		if (p == end)
			return STEP_WAIT;
		if (*p == '>')
			break;
		if (*p == '/') {
			if (p + 1 == end)
				return STEP_WAIT;
			tag->empty = true;
			p++;
			if (*p != '>')
				return STEP_RETIRE;
			break;
		}
		enum step step = take_attribute(&p, end, tag);
		if (step != STEP_ON)
			return step;
	}
	tag->end = p + 1;
	return STEP_ON;
}

/* Whether the name at `p` is the prefix and `name`; the caller has seen to it that there is enough.  Inline:
 * that makes a few instructions of it, and it is asked for every tag of a sheet. */
static inline bool is_named(const struct xlsx_column_filter *f, const char *p, const char *name, size_t length)
{
	if (f->prefix_length > 0 && memcmp(p, f->prefix, f->prefix_length) != 0)
		return false;
	p += f->prefix_length;
	if (memcmp(p, name, length) != 0)
		return false;
	p += length;
	return *p == '>' || *p == '/' || ascii_is_space(*p);
}

/* Whether the tag at `p` is <v> or <t> with something in it. */
static bool has_text(const struct xlsx_column_filter *f, const char *p, const char *end)
{
	if (!is_named(f, p + 1, "v", 1) && !is_named(f, p + 1, "t", 1))
		return false;
	const char *close = memchr(p, '>', (size_t)(end - p));
	return close && close + 1 < end && close[-1] != '/' && close[1] != '<';
}

/* The end of the cell whose opening tag ends at `p`: behind </c>.  *text is set where it is not empty. */
static enum step find_close(const struct xlsx_column_filter *f, const char *p, const char *end, const char **close,
			    bool *text)
{
	size_t needed = f->prefix_length + 4;

	for (;;) {
		p = memchr(p, '<', (size_t)(end - p));
		if (!p || (size_t)(end - p) < needed)
			return STEP_WAIT;
		if (p[1] == '!' || p[1] == '?' || is_named(f, p + 1, "c", 1))
			return STEP_RETIRE;
		if (p[1] == '/' && is_named(f, p + 2, "c", 1))
			break;
		*text = *text || has_text(f, p, end);
		p++;
	}
	*close = p + needed;
	return (*close)[-1] == '>' ? STEP_ON : STEP_RETIRE;
}

/* The parser counts cells that have no reference, so it has to know of the one before, and of this. */
static void leave_mark(struct scan *s, uint32_t column)
{
	char letters[8];
	size_t length = column > 0 ? cell_column_name(column, letters) : 0;

	*s->out++ = '<';
	memcpy(s->out, s->filter->prefix, s->filter->prefix_length);
	s->out += s->filter->prefix_length;
	*s->out++ = 'c';
	if (length > 0) {
		memcpy(s->out, " r=\"", 4);
		memcpy(s->out + 4, letters, length);
		memcpy(s->out + 4 + length, "1\"", 2);
		s->out += 6 + length;
	}
	*s->out++ = '/';
	*s->out++ = '>';
}

static enum step take_cell(struct scan *s)
{
	struct xlsx_column_filter *f = s->filter;
	struct tag tag;
	enum step step = take_tag(s->at + f->prefix_length + 2, s->end, &tag);
	if (step != STEP_ON)
		return step;

	uint32_t column = f->column + 1;
	if (tag.reference)
		column = cell_column(tag.reference, tag.reference_length);
	/* Too far out or no reference at all: for the parser's side to complain. */
	if (column == 0 || column > SHEET_COLUMNS)
		return STEP_RETIRE;

	bool cut = f->in_row && f->wanted && !(column <= f->wanted_count && f->wanted[column - 1]);
	const char *behind = tag.end;
	if (cut && !tag.empty) {
		bool text = f->content;
		step = find_close(f, tag.end, s->end, &behind, &text);
		if (step != STEP_ON)
			return step;
		/* One cell tells the parser that the row is not blank. */
		cut = f->content || !text;
		f->content = text;
	}
	if (!tag.reference && f->cut_last) {
		copy_until(s, s->at);
		leave_mark(s, f->column);
	}
	if (cut) {
		copy_until(s, s->at);
		if (!tag.reference)
			leave_mark(s, 0);
		s->keep = behind;
	}
	f->cut_last = cut && tag.reference;
	f->column = column;
	s->at = behind;
	return STEP_ON;
}

/* Markup before the rows: the element that holds them tells the prefix too. */
static enum step take_before(struct scan *s)
{
	static const char name[] = "sheetData";
	struct xlsx_column_filter *f = s->filter;
	const char *p = s->at + 1;
	const char *stop = p;

	while (stop < s->end && *stop != '>' && *stop != '/' && !ascii_is_space(*stop))
		stop++;
	if (stop == s->end)
		return STEP_WAIT;
	s->at = stop;
	size_t length = (size_t)(stop - p);
	if (length < sizeof name - 1 || memcmp(stop - (sizeof name - 1), name, sizeof name - 1) != 0)
		return STEP_ON;
	f->prefix_length = length - (sizeof name - 1);
	if (f->prefix_length > sizeof f->prefix || (f->prefix_length > 0 && p[f->prefix_length - 1] != ':'))
		return STEP_RETIRE;
	memcpy(f->prefix, p, f->prefix_length);
	f->phase = FILTER_ROWS;
	return STEP_ON;
}

/* Markup at s->at, which is a < with at least one byte behind it. */
static enum step take_markup(struct scan *s)
{
	struct xlsx_column_filter *f = s->filter;
	const char *p = s->at + 1;

	if (*p == '!' || *p == '?')
		return STEP_RETIRE;
	if (f->phase == FILTER_BEFORE)
		return take_before(s);
	/* The longest name that matters here is /sheetData, and one byte more. */
	if ((size_t)(s->end - p) < f->prefix_length + 11)
		return STEP_WAIT;
	if (is_named(f, p, "c", 1))
		return take_cell(s);
	if (is_named(f, p, "row", 3)) {
		f->in_row = f->wanted != NULL;
		f->content = f->cut_last = false;
		f->column = 0;
	} else if (*p == '/' && is_named(f, p + 1, "sheetData", 9)) {
		return STEP_RETIRE;
	}
	s->at = p;
	return STEP_ON;
}

/* UTF-8 and what else keeps ASCII as it is; <?xml ...?> may come first, and nothing else of its kind. */
static bool begin(struct xlsx_column_filter *f, struct scan *s)
{
	const char *p = s->at;

	f->begun = true;
	if (slice_begins((struct slice){ p, (size_t)(s->end - p) }, SLICE(UTF8_BYTE_ORDER_MARK)))
		p += 3;
	if (s->end - p < 6 || *p != '<' || memchr(p, '\0', 6))
		return false;
	if (memcmp(p, "<?xml", 5) == 0) {
		p = memchr(p, '>', (size_t)(s->end - p));
		if (!p)
			return false;
	}
	s->at = p;
	return true;
}

size_t xlsx_column_filter_pass(void *ctx, const char *in, size_t length, bool last, char *out, size_t *used)
{
	struct xlsx_column_filter *f = ctx;
	struct scan s = { f, in, in + length, in, out };
	const char *hold = s.end; /* what comes again */

	if (!f->begun && length > 0 && !begin(f, &s))
		f->phase = FILTER_OFF;
	while (f->phase != FILTER_OFF && s.at < s.end) {
		s.at = memchr(s.at, '<', (size_t)(s.end - s.at));
		if (!s.at)
			break;
		enum step step = s.end - s.at < 2 ? STEP_WAIT : take_markup(&s);
		if (step == STEP_RETIRE) {
			f->phase = FILTER_OFF;
		} else if (step == STEP_WAIT) {
			/* At the last there is nothing to wait for; one cell that fills all there is, is not
			 * worth waiting for. */
			if (last)
				f->phase = FILTER_OFF;
			else
				hold = s.at;
			break;
		}
	}
	copy_until(&s, hold);
	*used = (size_t)(hold - in);
	return (size_t)(s.out - out);
}
