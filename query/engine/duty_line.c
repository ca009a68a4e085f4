// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * duty_line.c - one line of a duty sheet parsed: its bullet, its time, and the duty.
 */
#include "lib/base/ascii.h"
#include "lib/table/column_guess.h"
#include "query/engine/duty_line.h"

/* A place in a text that is read from left to right. */
struct cursor {
	struct slice text;
	size_t at;
};

static struct slice rest_of(const struct cursor *c)
{
	return (struct slice){ c->text.at + c->at, c->text.length - c->at };
}

static bool at_end(const struct cursor *c)
{
	return c->at >= c->text.length;
}

static char peek(const struct cursor *c)
{
	return at_end(c) ? '\0' : c->text.at[c->at];
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* Blanks, U+00A0 among them. */
static void skip_blanks(struct cursor *c)
{
	for (;;) {
		struct slice rest = rest_of(c);
		if (rest.length && is_blank(*rest.at))
			c->at++;
		else if (rest.length >= 2 && memcmp(rest.at, "\xC2\xA0", 2) == 0)
			c->at += 2;
		else
			return;
	}
}

/* Take `what`, whatever its case. */
static bool take(struct cursor *c, const char *what)
{
	struct slice rest = rest_of(c), wanted = slice_of(what);
	if (rest.length < wanted.length || !slice_equal_nocase((struct slice){ rest.at, wanted.length }, wanted))
		return false;
	c->at += wanted.length;
	return true;
}

/* Take a whole word, with the blanks before it. */
static bool take_word(struct cursor *c, const char *word)
{
	struct cursor start = *c;
	skip_blanks(c);
	if (take(c, word) && !ascii_is_letter(peek(c)) && !ascii_is_digit(peek(c)))
		return true;
	*c = start;
	return false;
}

/* Take any of some words that are separated by blanks. */
static bool take_any_word(struct cursor *c, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (take_word(c, words[i]))
			return true;
	return false;
}

#define TAKE_ANY(c, words) take_any_word(c, words, sizeof(words) / sizeof *(words))

/* ---- signs ---- */

static const char *const dashes[] = { "-", "\xE2\x80\x93", "\xE2\x80\x94", "\xE2\x88\x92" }; /* - en em minus */

static bool take_dash(struct cursor *c)
{
	for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++)
		if (take(c, dashes[i]))
			return true;
	return false;
}

/* What may stand between a time and its duty; at least one of it, not counting blanks. */
static bool take_separators(struct cursor *c)
{
	bool any = false;
	for (;;) {
		char sign = peek(c);
		skip_blanks(c);
		any |= sign == '\t';
		if (take_dash(c) || take(c, ":") || take(c, ";") || take(c, ",") || take(c, ".") || take(c, "|") ||
		    take(c, "="))
			any = true;
		else
			return any;
	}
}

/* ---- times ---- */

/* Digits, with a comma or a full stop before decimals; a comma with three digits behind it parts thousands. */
static bool take_number(struct cursor *c, double *out)
{
	double value = 0.0, unit = 1.0;
	bool decimals = false;
	size_t start = c->at, digits = 0;
	for (; !at_end(c); c->at++) {
		char sign = peek(c);
		struct slice rest = rest_of(c);
		bool between = rest.length > 1 && ascii_is_digit(rest.at[1]);
		if (ascii_is_digit(sign)) {
			value = value * 10.0 + (sign - '0');
			unit *= decimals ? 10.0 : 1.0;
			digits++;
		} else if ((sign == '.' || sign == ',') && between && !decimals && (digits || sign == '.')) {
			size_t run = 1;
			while (run < rest.length && ascii_is_digit(rest.at[run]))
				run++;
			decimals = sign == '.' || run != 4;
		} else {
			break;
		}
		if (digits > 9)
			break;
	}
	*out = value / unit;
	if (digits == 0 || digits > 9) {
		c->at = start;
		return false;
	}
	return true;
}

static const char *const percent_words[] = { "percent", "per cent", "pct", "pc" };
static const char *const hour_words[] = { "hours", "hrs", "hr", "h" };

static enum duty_unit take_unit(struct cursor *c, bool *singular)
{
	struct cursor start = *c;
	*singular = false;
	skip_blanks(c);
	if (take(c, "%"))
		return DUTY_UNIT_PERCENT;
	*c = start;
	if (TAKE_ANY(c, percent_words))
		return DUTY_UNIT_PERCENT;
	if (TAKE_ANY(c, hour_words))
		return DUTY_UNIT_HOURS;
	*singular = take_word(c, "hour");
	return *singular ? DUTY_UNIT_HOURS : DUTY_UNIT_NONE;
}

static const struct {
	const char *word;
	enum duty_period period;
} periods[] = {
	{ "day", DUTY_PERIOD_DAY },     { "week", DUTY_PERIOD_WEEK },     { "wk", DUTY_PERIOD_WEEK },
	{ "month", DUTY_PERIOD_MONTH }, { "year", DUTY_PERIOD_YEAR },     { "daily", DUTY_PERIOD_DAY },
	{ "weekly", DUTY_PERIOD_WEEK }, { "monthly", DUTY_PERIOD_MONTH }, { "yearly", DUTY_PERIOD_YEAR },
};

/* "a week", "per week", "/week", "weekly". */
static enum duty_period take_period(struct cursor *c)
{
	static const char *const each[] = { "per", "a", "each", "every" };
	struct cursor start = *c;
	skip_blanks(c);
	bool said = take(c, "/") || TAKE_ANY(c, each);
	for (size_t i = 0; i < sizeof periods / sizeof *periods; i++) {
		bool adverb = strstr(periods[i].word, "ly") != NULL;
		if (said != adverb && take_word(c, periods[i].word))
			return periods[i].period;
	}
	*c = start;
	return DUTY_PERIOD_NONE;
}

static bool ends_here(const struct cursor *c)
{
	struct cursor next = *c;
	skip_blanks(&next);
	return at_end(&next) || peek(&next) == ')' || peek(&next) == ']' || take_separators(&next);
}

/* "of the time", "of his working time", "of time"; "time" alone where nothing follows it that it could belong to. */
static void take_of_time(struct cursor *c)
{
	static const char *const whose[] = { "the",   "his",     "her",     "their", "your",   "my",
					     "total", "overall", "working", "work",  "his/her" };
	static const char *const times[] = { "time", "week", "workweek", "hours", "effort", "workload", "day" };
	struct cursor start = *c;
	bool of = take_word(c, "of");
	while (of && TAKE_ANY(c, whose))
		;
	if (!TAKE_ANY(c, times) || (!of && !ends_here(c)))
		*c = start;
}

static void take_about(struct cursor *c)
{
	static const char *const about[] = { "approximately", "approx", "about", "around", "roughly",
					     "circa",         "ca",     "up to", "some" };
	skip_blanks(c);
	if (TAKE_ANY(c, about))
		(void)take(c, ".");
	skip_blanks(c);
	(void)(take(c, "~") || take(c, "\xE2\x89\x88"));
	skip_blanks(c);
}

/* The second number of a range, behind a dash or "to". */
static bool take_range_end(struct cursor *c, double *out)
{
	struct cursor start = *c;
	skip_blanks(c);
	if (take_dash(c) || take_word(c, "to")) {
		skip_blanks(c);
		if (take_number(c, out))
			return true;
	}
	*c = start;
	return false;
}

/* A time with its unit; where `bare`, a number alone is one too. */
static bool take_time(struct cursor *c, bool bare, struct duty_time *out)
{
	struct cursor start = *c;
	double end;
	bool singular;
	*out = (struct duty_time){ DUTY_UNIT_NONE, DUTY_PERIOD_NONE, 0.0, false };
	take_about(c);
	bool negative = take_dash(c);
	if (!take_number(c, &out->value))
		goto none;
	out->unit = take_unit(c, &singular);
	struct cursor first = *c;
	if (take_range_end(c, &end)) {
		enum duty_unit unit = take_unit(c, &singular);
		out->range = (unit != DUTY_UNIT_NONE || bare) && (out->unit == DUTY_UNIT_NONE || out->unit == unit);
		if (out->range) {
			out->unit = unit;
			out->value = (out->value + end) / 2.0;
		} else {
			*c = first;
		}
	}
	if (out->unit == DUTY_UNIT_NONE && bare)
		out->unit = DUTY_UNIT_NUMBER;
	if (out->unit == DUTY_UNIT_NONE)
		goto none;
	if (out->unit == DUTY_UNIT_HOURS)
		out->period = take_period(c);
	/* "24 hour service" is no time. */
	if (singular && out->period == DUTY_PERIOD_NONE && out->value != 1.0 && !ends_here(c))
		goto none;
	take_of_time(c);
	out->value = negative ? -out->value : out->value;
	return true;
none:
	*out = (struct duty_time){ DUTY_UNIT_NONE, DUTY_PERIOD_NONE, 0.0, false };
	*c = start;
	return false;
}

/* "Time: ", "% of time: " */
static void take_label(struct cursor *c)
{
	struct cursor next = *c;
	skip_blanks(&next);
	while (ascii_is_letter(peek(&next)) || peek(&next) == ' ' || peek(&next) == '%')
		next.at++;
	if (next.at > c->at && take(&next, ":"))
		*c = next;
}

/* The whole of a text is a time. */
static bool is_time(struct slice text, bool bare, struct duty_time *out)
{
	struct cursor c = { text, 0 };
	take_label(&c);
	if (!take_time(&c, bare, out))
		return false;
	skip_blanks(&c);
	return at_end(&c);
}

static struct slice without_brackets(struct slice s)
{
	if (s.length >= 2 &&
	    ((s.at[0] == '(' && s.at[s.length - 1] == ')') || (s.at[0] == '[' && s.at[s.length - 1] == ']')))
		return slice_trim((struct slice){ s.at + 1, s.length - 2 });
	return s;
}

bool duty_time_read(struct slice cell, struct duty_time *out)
{
	cell = without_brackets(slice_trim(cell));
	*out = (struct duty_time){ DUTY_UNIT_NONE, DUTY_PERIOD_NONE, 0.0, false };
	return cell.length == 0 || is_time(cell, true, out);
}

/* ---- a time before the duty ---- */

static bool take_time_before(struct cursor *c, struct duty_time *out)
{
	struct cursor start = *c;
	char open = peek(c), close = open == '(' ? ')' : open == '[' ? ']' : '\0';
	struct cursor tab = *c;
	double number;
	if (close) {
		c->at++;
		take_label(c);
	}
	/* A number alone counts right before a tab. */
	bool bare = !close && (take_dash(&tab), true) && take_number(&tab, &number) && peek(&tab) == '\t';
	bool ok = take_time(c, bare, out);
	skip_blanks(c);
	if (ok && close && peek(c) != close)
		ok = false;
	if (!ok) {
		*out = (struct duty_time){ DUTY_UNIT_NONE, DUTY_PERIOD_NONE, 0.0, false };
		*c = start;
		return false;
	}
	c->at += close != '\0';
	(void)take_separators(c);
	return true;
}

/* ---- a time behind it ---- */

static struct slice cut_end(struct slice s, const char *signs)
{
	while (s.length && strchr(signs, s.at[s.length - 1]) && s.at[s.length - 1] != '\0')
		s.length--;
	return s;
}

/* Without dashes, colons and the like at its end. */
static struct slice cut_separators(struct slice s)
{
	for (bool cut = true; cut;) {
		size_t before = s.length;
		s = slice_trim(cut_end(s, " \t-:,;|=."));
		for (size_t i = 1; i < sizeof dashes / sizeof *dashes; i++)
			if (s.length >= 3 && memcmp(s.at + s.length - 3, dashes[i], 3) == 0)
				s.length -= 3;
		cut = s.length != before;
	}
	return s;
}

/* Whether what stands before `at` parts a time from a duty. */
static bool is_parted(struct slice s, size_t at)
{
	if (at >= 3)
		for (size_t i = 1; i < sizeof dashes / sizeof *dashes; i++)
			if (memcmp(s.at + at - 3, dashes[i], 3) == 0)
				return true;
	if (at >= 2 && s.at[at - 1] == '-')
		return is_blank(s.at[at - 2]);
	if (at >= 2 && s.at[at - 1] == ' ' && s.at[at - 2] == ' ')
		return true;
	/* A comma before a blank: not within a number. */
	if (at >= 2 && is_blank(s.at[at - 1]) && s.at[at - 2] == ',')
		return true;
	return at >= 1 && strchr(":;|\t=", s.at[at - 1]) && s.at[at - 1] != '\0';
}

/* So many bytes at the end may be a time. */
#define TIME_MAX 60

static bool cut_time_behind(struct slice *s, struct duty_time *out)
{
	struct slice whole = cut_end(slice_trim(*s), ".,;");
	if (whole.length && (whole.at[whole.length - 1] == ')' || whole.at[whole.length - 1] == ']')) {
		char open = whole.at[whole.length - 1] == ')' ? '(' : '[';
		size_t at = whole.length - 1;
		while (at > 0 && whole.at[at] != open)
			at--;
		if (whole.at[at] != open ||
		    !is_time((struct slice){ whole.at + at + 1, whole.length - at - 2 }, false, out))
			return false;
		*s = slice_trim((struct slice){ whole.at, at });
		return true;
	}
	for (size_t at = whole.length; at > 0 && whole.length - at < TIME_MAX; at--) {
		struct slice end = { whole.at + at, whole.length - at };
		bool bare = whole.at[at - 1] == '\t';
		if (!is_parted(whole, at) || !is_time(end, bare, out))
			continue;
		*s = cut_separators((struct slice){ whole.at, at });
		return true;
	}
	*out = (struct duty_time){ DUTY_UNIT_NONE, DUTY_PERIOD_NONE, 0.0, false };
	return false;
}

/* ---- bullets and numbers ---- */

static bool take_bullet(struct cursor *c)
{
	static const char *const bullets[] = {
		"[ ]",
		"[x]",
		"*",
		"+",
		"\xE2\x80\xA2",
		"\xC2\xB7",
		"\xE2\x97\xA6",
		"\xE2\x96\xAA",
		"\xE2\x80\xA3",
		"\xE2\x97\x8F",
		"\xE2\x97\x8B",
		"\xE2\x96\xA0",
		"\xE2\x9E\xA2",
		"\xEF\x82\xB7",
	};
	struct cursor start = *c;
	if (take_dash(c) || take(c, "o ")) {
		if (is_blank(peek(c)) || c->text.at[c->at - 1] == ' ')
			return true;
		*c = start;
		return false;
	}
	for (size_t i = 0; i < sizeof bullets / sizeof *bullets; i++)
		if (take(c, bullets[i]))
			return true;
	return false;
}

/* "3.", "3)", "(3)", "2.1.", "#3", "a)", "(b)", "iv." with a blank behind it. */
static bool take_ordinal(struct cursor *c)
{
	struct cursor start = *c;
	bool open = take(c, "("), hash = !open && take(c, "#");
	size_t digits = 0, letters = 0;
	while (ascii_is_digit(peek(c)) ||
	       (digits && peek(c) == '.' && c->at + 1 < c->text.length && ascii_is_digit(c->text.at[c->at + 1]))) {
		c->at++;
		digits++;
	}
	while (!digits && !hash && letters < 5 && peek(c) != '\0' &&
	       strchr(letters ? "ivx" : "abcdefghijivx", ascii_to_lower(peek(c)))) {
		c->at++;
		letters++;
	}
	bool closed = (!open && take(c, ".")) || take(c, ")") || (hash && digits);
	if (digits + letters > 0 && digits <= 8 && closed && (is_blank(peek(c)) || at_end(c)))
		return true;
	*c = start;
	return false;
}

/* ---- what is no duty ---- */

static bool is_named(struct slice text, const char *names)
{
	while (*names) {
		size_t length = strcspn(names, "|");
		if (columns_name_is(text, (struct slice){ names, length }))
			return true;
		names += length + (names[length] == '|');
	}
	return false;
}

#define HEADINGS \
	"duties|jobduties|mainduties|duty|tasks|maintasks|task|responsibilities|mainresponsibilities|" \
	"keyresponsibilities|dutiesandresponsibilities|jobdutiesandresponsibilities|essentialfunctions|" \
	"essentialduties|jobdescription|description|dutiespercentoftime|dutiesoftime|percentageoftime|oftime"
#define LABELS "title|jobtitle|position|positiontitle|employer|company|department|location|date|reportsto|name"
#define TOTALS "total|totals|sum|totaltime|totalhours|totalpercent|totalpercentage|alltogether"

/* "Job title: ..." */
static bool is_label(struct slice text)
{
	const char *colon = text.length ? memchr(text.at, ':', text.length) : NULL;
	return colon && is_named((struct slice){ text.at, (size_t)(colon - text.at) }, LABELS);
}

static bool has_letters(struct slice s)
{
	for (size_t i = 0; i < s.length; i++)
		if (ascii_is_letter(s.at[i]) || (unsigned char)s.at[i] >= 0xC3)
			return !((unsigned char)s.at[i] == 0xE2); /* the first byte of dashes and bullets */
	return false;
}

/* "Total 100%": nothing parts the time there. */
static bool is_total(struct slice text)
{
	struct duty_time time;
	size_t word = 0;
	if (is_named(text, TOTALS))
		return true;
	while (word < text.length && ascii_is_letter(text.at[word]))
		word++;
	struct slice rest = slice_trim((struct slice){ text.at + word, text.length - word });
	return is_named((struct slice){ text.at, word }, TOTALS) && is_time(rest, true, &time);
}

static enum duty_line_kind kind_of(const struct duty_line *l)
{
	bool timed = l->time.unit != DUTY_UNIT_NONE;
	if (is_total(l->text))
		return DUTY_LINE_TOTAL;
	if (!has_letters(l->text))
		return timed ? DUTY_LINE_TIME : DUTY_LINE_BLANK;
	if (timed)
		return DUTY_LINE_DUTY;
	if (is_label(l->text) || is_named(l->text, HEADINGS))
		return DUTY_LINE_HEADING;
	return !l->bullet && l->text.at[l->text.length - 1] == ':' ? DUTY_LINE_HEADING : DUTY_LINE_DUTY;
}

/* ---- a line ---- */

static size_t measure_indent(struct slice line)
{
	size_t columns = 0;
	for (size_t i = 0; i < line.length && is_blank(line.at[i]); i++)
		columns += line.at[i] == '\t' ? 8 - columns % 8 : 1;
	return columns;
}

static struct slice without_quotes(struct slice s)
{
	if (s.length >= 2 && s.at[0] == '"' && s.at[s.length - 1] == '"' && !memchr(s.at + 1, '"', s.length - 2))
		return slice_trim((struct slice){ s.at + 1, s.length - 2 });
	return s;
}

struct duty_line duty_line_read(struct slice line)
{
	struct duty_line l = { .kind = DUTY_LINE_BLANK, .indent = measure_indent(line) };
	struct cursor c = { without_quotes(slice_trim(line)), 0 };
	l.text = c.text;
	if (c.text.length == 0)
		return l;
	if (c.text.at[0] == '#' && !(c.text.length > 1 && ascii_is_digit(c.text.at[1]))) {
		l.kind = DUTY_LINE_COMMENT;
		return l;
	}
	/* A time goes first: "30 ..." is no number of a duty.  Behind a bullet may be a number, and then a time. */
	bool timed = take_time_before(&c, &l.time);
	for (int i = 0; !timed && i < 2 && (take_bullet(&c) || take_ordinal(&c)); i++) {
		l.bullet = true;
		skip_blanks(&c);
		timed = take_time_before(&c, &l.time);
	}
	l.text = slice_trim(rest_of(&c));
	if (!timed)
		l.behind = cut_time_behind(&l.text, &l.time);
	l.kind = kind_of(&l);
	return l;
}
