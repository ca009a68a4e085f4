// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * fact_filter.c - conditions on facts read, and applied to every occupation.
 */
#include <math.h>
#include <stdlib.h>

#include "lib/base/ascii.h"
#include "lib/index/manifest.h"
#include "query/engine/fact_filter.h"
#include "query/engine/fact_lookup.h"

/* ---- reading: numbers ---- */

/* `100000`, `$100,000`, `100k`, `62.5%` */
static bool read_number(struct slice text, double *out)
{
	struct fact_number n;
	struct slice s = slice_trim(text);
	bool thousand = s.length > 1 && (s.at[s.length - 1] | 32) == 'k';
	s.length -= thousand;
	if (!fact_read_number(s, &n) || n.mark != FACT_EXACT)
		return false;
	*out = fact_value(&n) * (thousand ? 1000.0 : 1.0);
	return true;
}

/* `A..B`, `A..`, `..B`; false where there are no two points in it, or no numbers. */
static bool read_range(struct slice value, double *low, double *high)
{
	for (size_t i = 0; i + 2 <= value.length; i++) {
		if (memcmp(value.at + i, "..", 2) != 0)
			continue;
		struct slice one = slice_trim((struct slice){ value.at, i });
		struct slice two = slice_trim((struct slice){ value.at + i + 2, value.length - i - 2 });
		*low = -INFINITY;
		*high = INFINITY;
		return one.length + two.length > 0 && (one.length == 0 || read_number(one, low)) &&
		       (two.length == 0 || read_number(two, high)) && *low <= *high;
	}
	return false;
}

static int shown(struct slice s)
{
	return s.length < 60 ? (int)s.length : 60;
}

static bool read_least(struct slice value, enum fact_key key, const char *option, const char *hint,
		       struct fact_condition *out, struct error *err)
{
	*out = (struct fact_condition){ .key = key, .test = FACT_TEST_RANGE, .high = INFINITY, .option = option };
	return read_range(value, &out->low, &out->high) || read_number(value, &out->low) ||
	       error_set(err, ERROR_USAGE, hint, "'%.*s' is no value of %s", shown(value), value.at, option);
}

bool fact_read_percent(struct slice value, struct fact_condition *out, struct error *err)
{
	static const char hint[] = "write a per cent, 50, or a range, 25..75";
	if (!read_least(value, FACT_ADVANCED_DEGREE, "--advanced-degree", hint, out, err))
		return false;
	bool right = (out->low <= 100.0 && out->low >= 0.0) || (isinf(out->low) && out->high >= 0.0);
	return right || error_set(err, ERROR_USAGE, hint, "'%.*s' is no per cent", shown(value), value.at);
}

bool fact_read_wage(struct slice value, struct fact_condition *out, struct error *err)
{
	return read_least(value, FACT_ANNUAL_MEDIAN, "--wage",
			  "write dollars a year, 100000 or 100k, or a range, 80000..120000", out, err);
}

/* ---- reading: lists and words ---- */

bool fact_read_stem(const char *value, struct fact_condition *out)
{
	*out = (struct fact_condition){ .key = FACT_STEM_ONET, .test = FACT_TEST_STEM, .option = "--stem" };
	for (unsigned list = 0; list < STEM_LIST_COUNT; list++)
		if (!value || strcmp(value, "any") == 0 || strcmp(value, stem_list_name((enum stem_list)list)) == 0)
			out->lists |= 1u << list;
	return out->lists != 0;
}

bool fact_read_degree(struct slice value, struct fact_condition *out, struct error *err)
{
	*out = (struct fact_condition){
		.key = FACT_DEGREE, .test = FACT_TEST_DEGREE, .option = "--degree", .text = slice_trim(value)
	};
	return out->text.length > 0 ||
	       error_set(err, ERROR_USAGE,
			 "write words of its title, \"mechanical engineering\", or a CIP code, 14.1901, "
			 "14.19 or 14",
			 "no field of study is named");
}

/* ---- reading: --where ---- */

static const char where_hint[] = "write COLUMN >= 10, = text, != text, ~ words, or = 10..20; "
				 "COLUMN is one that `soc fields --facts` lists, or NAME.COLUMN of a table of your own";

/* The comparison at the front of a text: its length, 0 where there is none. */
static size_t comparison(struct slice s, char op[3])
{
	static const char *const ops[] = { ">=", "<=", "!=", ">", "<", "=", "~" };
	for (size_t i = 0; i < sizeof ops / sizeof *ops; i++) {
		size_t length = strlen(ops[i]);
		if (s.length >= length && memcmp(s.at, ops[i], length) == 0) {
			memcpy(op, ops[i], length + 1);
			return length;
		}
	}
	return 0;
}

/* Without quotation marks around it. */
static struct slice unquote(struct slice s)
{
	s = slice_trim(s);
	if (s.length >= 2 && (s.at[0] == '"' || s.at[0] == '\'') && s.at[s.length - 1] == s.at[0]) {
		s.at++;
		s.length -= 2;
	}
	return s;
}

/* The point between a table and a column, which may be in quotation marks; NULL where there is none. */
static const char *find_point(struct slice s)
{
	char mark = '\0';
	for (size_t i = 0; i < s.length; i++) {
		char c = s.at[i];
		if (mark)
			mark = c == mark ? '\0' : mark;
		else if (c == '"' || c == '\'')
			mark = c;
		else if (c == '.')
			return s.at + i;
	}
	return NULL;
}

/* `annual_median`, `pay.Median pay`, `"pay"."Median pay"`. */
static bool read_column(struct slice text, struct fact_condition *out)
{
	text = slice_trim(text);
	const char *point = find_point(text);
	out->key = fact_find_key(unquote(text));
	if (out->key < FACT_OCCUPATION_COUNT)
		return true;
	if (!point)
		return false;
	out->key = FACT_CUSTOM;
	out->table = unquote((struct slice){ text.at, (size_t)(point - text.at) });
	out->column = unquote((struct slice){ point + 1, text.length - (size_t)(point - text.at) - 1 });
	return out->table.length > 0 && out->column.length > 0;
}

static bool is_number_key(enum fact_key key)
{
	return fact_specs[key].kind != FACT_TEXT && fact_specs[key].kind != FACT_LIST;
}

/* What stands behind the comparison. */
static bool read_operand(struct slice value, const char *op, struct fact_condition *out)
{
	double number = 0.0;
	/* A published text is no number, though it may look like one: 14.1901. */
	bool text = out->key != FACT_CUSTOM && !is_number_key(out->key);
	bool range = !text && op[0] == '=' && read_range(value, &out->low, &out->high);
	bool is_number = !text && (range || read_number(value, &number));
	out->text = unquote(value);
	if (op[0] == '~' || op[0] == '!' || (op[0] == '=' && !range && !is_number)) {
		out->test = op[0] == '~' ? FACT_TEST_WORDS : op[0] == '!' ? FACT_TEST_UNEQUAL : FACT_TEST_EQUAL;
		return out->text.length > 0 && !is_number_key(out->key);
	}
	out->test = FACT_TEST_RANGE;
	if (range)
		return true;
	out->low = op[0] == '<' ? -INFINITY : number;
	out->high = op[0] == '>' ? INFINITY : number;
	out->above = op[0] == '>' && op[1] == '\0';
	out->below = op[0] == '<' && op[1] == '\0';
	return is_number;
}

bool fact_read_where(struct slice value, struct fact_condition *out, struct error *err)
{
	char op[3] = "";
	size_t length = 0, at = 0;
	*out = (struct fact_condition){ .option = "--where" };
	for (char mark = '\0'; at < value.length; at++) {
		char c = value.at[at];
		if (mark || c == '"' || c == '\'')
			mark = mark == c ? '\0' : mark ? mark : c;
		else if ((length = comparison((struct slice){ value.at + at, value.length - at }, op)) > 0)
			break;
	}
	struct slice left = { value.at, at };
	struct slice right = { value.at + at + length, value.length - at - length };
	if (length == 0)
		return error_set(err, ERROR_USAGE, where_hint, "'%.*s' compares nothing", shown(value), value.at);
	if (!read_column(left, out))
		return error_set(err, ERROR_USAGE, where_hint, "'%.*s' is no column", shown(slice_trim(left)),
				 slice_trim(left).at);
	return read_operand(right, op, out) ||
	       error_set(err, ERROR_USAGE, where_hint, "'%.*s' cannot be compared with '%.*s' by %s",
			 shown(slice_trim(left)), slice_trim(left).at, shown(slice_trim(right)), slice_trim(right).at,
			 op);
}

/* ---- comparing ---- */

static bool in_range(const struct fact_condition *c, const struct fact_number *n)
{
	double value = fact_value(n);
	bool reaches = c->above ? value > c->low : value >= c->low;
	if (n->mark == FACT_UNAVAILABLE)
		return false;
	if (n->mark == FACT_AT_LEAST)
		return isinf(c->high) && (reaches || n->digits == 0);
	return reaches && (c->below ? value < c->high : value <= c->high);
}

/* The same word, or its plural: stems would take "mechanical engineering" for the mechanics of engines. */
static bool same_word(struct slice a, struct slice b)
{
	struct slice one = a.length < b.length ? a : b, more = a.length < b.length ? b : a;
	if (slice_equal(one, more))
		return true;
	struct slice end = { more.at + one.length, more.length - one.length };
	if (one.length > 2 && memcmp(one.at, more.at, one.length) == 0)
		return slice_equal(end, SLICE("s")) || slice_equal(end, SLICE("es"));
	return one.length > 3 && more.length == one.length + 2 && one.at[one.length - 1] == 'y' &&
	       memcmp(one.at, more.at, one.length - 1) == 0 && memcmp(more.at + one.length - 1, "ies", 3) == 0;
}

/* Whether every word of `wanted`, stop words left out, stands in `text`. */
static bool has_words(struct session *s, struct slice wanted, struct slice text)
{
	struct arena arena = { 0 };
	struct text_words asked = { 0 };
	size_t count = 0, found = 0;
	text_words_copy(session_tokenize(s, wanted), &arena, &asked, s->err);
	struct text_words there = session_tokenize(s, text);
	for (size_t i = 0; session_ok(s) && i < asked.count; i++) {
		bool same = false;
		for (size_t k = 0; !asked.at[i].stop && k < there.count && !same; k++)
			same = !there.at[k].stop && same_word(asked.at[i].folded, there.at[k].folded);
		count += !asked.at[i].stop;
		found += same;
	}
	arena_free(&arena);
	return count > 0 && found == count;
}

/* Blanks and underscores are one, and so is the case of letters. */
static bool same_name(struct slice a, struct slice b)
{
	if (a.length != b.length)
		return false;
	for (size_t i = 0; i < a.length; i++) {
		char x = a.at[i] == '_' ? ' ' : ascii_to_lower(a.at[i]);
		if (x != (b.at[i] == '_' ? ' ' : ascii_to_lower(b.at[i])))
			return false;
	}
	return true;
}

static bool is_series(const struct soc_index *index, const struct fact_series *s, const struct fact_condition *c)
{
	return s->key == c->key && (s->key != FACT_CUSTOM ||
				    (same_name(s->name, c->column) &&
				     same_name(slice_of(manifest_source_title(index->manifest, s->source)), c->table)));
}

/* A CIP code: whole, or its beginning as far as a point or a pair of digits. */
static bool is_cip_text(struct slice s)
{
	static const char shape[] = "dd.dddd";
	if (s.length != 2 && s.length != 3 && s.length != 5 && s.length != 7)
		return false;
	for (size_t i = 0; i < s.length; i++)
		if (shape[i] == 'd' ? !ascii_is_digit(s.at[i]) : s.at[i] != shape[i])
			return false;
	return true;
}

static bool is_wanted_field(struct session *s, const struct fact_condition *c, const struct fact *f)
{
	return is_cip_text(c->text) ? slice_begins(f->text, c->text) : has_words(s, c->text, f->note);
}

/* Whether one fact fulfils the condition. */
static bool fulfils(struct session *s, const struct fact_condition *c, const struct fact *f)
{
	switch (c->test) {
	case FACT_TEST_RANGE:
		return in_range(c, &f->number);
	case FACT_TEST_EQUAL:
		return slice_equal_nocase(f->text, c->text);
	case FACT_TEST_UNEQUAL:
		return !slice_equal_nocase(f->text, c->text);
	case FACT_TEST_WORDS:
		return has_words(s, c->text, f->text);
	case FACT_TEST_DEGREE:
		return is_wanted_field(s, c, f);
	case FACT_TEST_STEM:
		break;
	}
	return false;
}

/* ---- what the index has ---- */

/* Which source gives the facts of a section. */
static const struct advice {
	enum fact_section section;
	const char *what;
	const char *source;
} advices[] = {
	{ FACT_SECTION_EDUCATION, "education that workers report", "an O*NET database" },
	{ FACT_SECTION_PROFESSION, "Appendix A, Job Zones and education of the wage system",
	  "the FLAG workbook of a wage year" },
	{ FACT_SECTION_WAGES, "wages", "the OEWS national file, national_M2024_dl.xlsx" },
	{ FACT_SECTION_OUTLOOK, "outlook", "the Employment Projections, occupation.xlsx" },
	{ FACT_SECTION_DEGREES, "fields of study", "the SOC 2018 to CIP 2020 crosswalk" },
	{ FACT_SECTION_STEM, "such list of what is STEM",
	  "the O*NET list of STEM occupations, the NCSES classes, "
	  "or the DHS list with the SOC to CIP crosswalk" },
};

static bool refuse_absent(const struct fact_condition *c, struct error *err)
{
	char hint[300];
	if (c->key == FACT_CUSTOM)
		return error_set(err, ERROR_USAGE,
				 "soc-index build ... --facts NAME=FILE keeps a table of your own; "
				 "`soc-index info` lists those that an index has",
				 "%s: the index has no column %.*s.%.*s", c->option, shown(c->table), c->table.at,
				 shown(c->column), c->column.at);
	for (size_t i = 0; i < sizeof advices / sizeof *advices; i++) {
		if (advices[i].section != fact_specs[c->key].section)
			continue;
		snprintf(hint, sizeof hint, "give soc-index build %s too", advices[i].source);
		return error_set(err, ERROR_USAGE, hint, "%s: the index has no %s", c->option, advices[i].what);
	}
	return error_set(err, ERROR_USAGE, NULL, "%s: the index has no such facts", c->option);
}

static bool has_series(const struct soc_index *index, const struct fact_condition *c)
{
	for (size_t i = 0; i < index->facts.count; i++)
		if (is_series(index, &index->facts.at[i], c))
			return true;
	return false;
}

static bool has_list(const struct soc_index *index, unsigned lists)
{
	struct code none = { "" };
	struct stem_verdict verdict;
	for (unsigned list = 0; list < STEM_LIST_COUNT; list++)
		if (lists & 1u << list && fact_stem(index, (enum stem_list)list, &none, &verdict))
			return true;
	return false;
}

static bool check_there(const struct soc_index *index, const struct fact_condition *c, struct error *err)
{
	bool there = c->test == FACT_TEST_STEM ? has_list(index, c->lists) : has_series(index, c);
	return there || refuse_absent(c, err);
}

bool fact_degree_without_occupation(struct session *s, const struct fact_condition *c, struct buffer *out)
{
	const struct fact_series *series = facts_series(&s->index->facts, FACT_DEGREE);
	for (size_t i = 0; series && i < series->count; i++) {
		const struct fact *f = &series->at[i];
		if (is_wanted_field(s, c, f))
			return buffer_printf(out, s->err, "%.*s %.*s leads to no occupation in the crosswalk",
					     (int)f->text.length, f->text.at, (int)f->note.length, f->note.at);
	}
	return session_ok(s) && buffer_printf(out, s->err, "no field of study of the crosswalk %s %.*s",
					      is_cip_text(c->text) ? "has the code" : "has all of the words",
					      shown(c->text), c->text.at);
}

/* ---- judging an occupation ---- */

/* What is known when an occupation has been judged. */
struct judgement {
	bool fulfilled;
	double figure;
	struct buffer *out; /* NULL: nobody wants to read it */
};

/* What a fact is, without where it comes from: "median annual wage". */
static struct slice what_of(const struct fact_series *s)
{
	struct slice what = s->key == FACT_CUSTOM ? s->name : slice_of(fact_specs[s->key].what);
	for (size_t i = what.length; s->key != FACT_CUSTOM && i > 1; i--)
		if (what.at[i - 1] == '(')
			what.length = i - 2;
	return what;
}

static void say_fact(struct session *s, struct judgement *j, const struct fact_answer *a, const struct fact *f,
		     const struct code *code)
{
	const struct fact_spec *spec = &fact_specs[a->series->key];
	struct slice what = what_of(a->series);
	if (!j->out)
		return;
	buffer_printf(j->out, s->err, "%.*s: ", (int)what.length, what.at);
	if (is_number_key(a->series->key))
		fact_format_number(spec->kind, spec->unit, &f->number, j->out, s->err);
	else
		buffer_append(j->out, f->text.at, f->text.length, s->err);
	buffer_printf(j->out, s->err, " (%s", manifest_source_title(s->index->manifest, a->series->source));
	if (a->way != FACT_WAY_OWN && !(a->way == FACT_WAY_SOC && strcmp(code->text + 7, ".00") == 0))
		buffer_printf(j->out, s->err, ", of %.*s", (int)f->code.length, f->code.at);
	buffer_append_text(j->out, ")", s->err);
}

static void judge_series(struct session *s, const struct fact_condition *c, const struct fact_series *series,
			 const struct code *code, struct judgement *j)
{
	struct fact_answer a = fact_find(s->index, series, code);
	do {
		for (size_t i = 0; i < a.count; i++) {
			const struct fact *f = &a.at[i];
			if (!fulfils(s, c, f))
				continue;
			double value = f->number.mark == FACT_UNAVAILABLE ? 0.0 : fact_value(&f->number);
			if (!j->fulfilled || value > j->figure)
				j->figure = value;
			if (!j->fulfilled)
				say_fact(s, j, &a, f, code);
			j->fulfilled = true;
		}
	} while (fact_find_next(&a, code));
}

/* The share of the fields of study that are wanted orders the answers: where few others lead there, it is most the
 * degree's own occupation.  A field that is called just so comes before those that have the words in their title. */
static void judge_degree(struct session *s, const struct fact_condition *c, const struct code *code,
			 struct judgement *j)
{
	struct fact_answer a = fact_find_key_of(s->index, FACT_DEGREE, code);
	const struct fact *first = NULL;
	size_t n = 0;
	bool whole = false;
	for (size_t i = 0; i < a.count; i++) {
		if (!is_wanted_field(s, c, &a.at[i]))
			continue;
		bool better = !whole && !is_cip_text(c->text) && has_words(s, a.at[i].note, c->text);
		whole |= better;
		first = n++ == 0 || better ? &a.at[i] : first;
	}
	if (n == 0)
		return;
	j->fulfilled = true;
	j->figure = (double)n / (double)a.count + (whole ? 1.0 : 0.0);
	if (!j->out)
		return;
	buffer_printf(j->out, s->err, "%.*s %.*s", (int)first->text.length, first->text.at, (int)first->note.length,
		      first->note.at);
	if (a.count == 1)
		buffer_append_text(j->out, ", its one field of study", s->err);
	else
		buffer_printf(j->out, s->err, "%s%zu of its %zu fields of study", n > 1 ? " and others, " : ", ", n,
			      a.count);
	buffer_printf(j->out, s->err, " (%s)", manifest_source_title(s->index->manifest, a.series->source));
}

/* The more lists, the higher. */
static void judge_stem(struct session *s, const struct fact_condition *c, const struct code *code, struct judgement *j)
{
	for (unsigned list = 0; list < STEM_LIST_COUNT; list++) {
		struct stem_verdict v;
		if (!(c->lists & 1u << list) || !fact_stem(s->index, (enum stem_list)list, code, &v) || !v.stem)
			continue;
		if (j->out)
			buffer_printf(j->out, s->err, "%s%s", j->fulfilled ? ", " : "STEM by ",
				      manifest_source_title(s->index->manifest, v.source));
		j->fulfilled = true;
		j->figure += 1.0;
	}
}

bool fact_condition_show(struct session *s, const struct fact_condition *c, const struct code *code, double *figure,
			 struct buffer *out)
{
	struct judgement j = { .out = out };
	const struct facts *facts = &s->index->facts;
	if (c->test == FACT_TEST_STEM)
		judge_stem(s, c, code, &j);
	else if (c->test == FACT_TEST_DEGREE)
		judge_degree(s, c, code, &j);
	for (size_t i = 0; c->test < FACT_TEST_STEM && i < facts->count; i++)
		if (is_series(s->index, &facts->at[i], c))
			judge_series(s, c, &facts->at[i], code, &j);
	*figure = j.figure;
	return j.fulfilled && session_ok(s);
}

bool fact_conditions_apply(struct session *s, const struct fact_conditions *conditions, unsigned char *set)
{
	struct soc_index *index = s->index;
	double figure;
	if (conditions->count > 0 && (!soc_index_need_facts(index, s->err) || !soc_index_need_manifest(index, s->err)))
		return false;
	for (size_t i = 0; i < conditions->count; i++) {
		if (!check_there(index, &conditions->at[i], s->err))
			return false;
		for (size_t o = 0; o < index->count; o++)
			set[o] = set[o] &&
				 fact_condition_show(s, &conditions->at[i], &index->entries[o].code, &figure, NULL);
	}
	return session_ok(s);
}

/* ---- in words ---- */

static void describe_range(const struct fact_condition *c, struct buffer *out, struct error *err)
{
	if (!isinf(c->low) && !isinf(c->high) && c->low == c->high)
		buffer_printf(out, err, " %g", c->low);
	else if (!isinf(c->low) && !isinf(c->high))
		buffer_printf(out, err, " from %.10g to %.10g", c->low, c->high);
	else if (isinf(c->high))
		buffer_printf(out, err, " %s %.10g", c->above ? "above" : "of at least", c->low);
	else
		buffer_printf(out, err, " %s %.10g", c->below ? "below" : "of at most", c->high);
}

bool fact_condition_describe(const struct fact_condition *c, struct buffer *out, struct error *err)
{
	static const char *const tests[] = {
		[FACT_TEST_EQUAL] = "that is",
		[FACT_TEST_UNEQUAL] = "that is not",
		[FACT_TEST_WORDS] = "with the words",
		[FACT_TEST_DEGREE] = "by",
	};
	if (c->test == FACT_TEST_STEM) {
		buffer_append_text(out, "STEM by", err);
		for (unsigned list = 0; list < STEM_LIST_COUNT; list++)
			if (c->lists & 1u << list)
				buffer_printf(out, err, " %s", stem_list_name((enum stem_list)list));
		return buffer_ok(out);
	}
	if (c->key == FACT_CUSTOM)
		buffer_printf(out, err, "%.*s.%.*s", shown(c->table), c->table.at, shown(c->column), c->column.at);
	else
		buffer_append_text(out, fact_specs[c->key].key, err);
	if (c->test == FACT_TEST_RANGE)
		describe_range(c, out, err);
	else
		buffer_printf(out, err, " %s %.*s", tests[c->test], shown(c->text), c->text.at);
	return buffer_ok(out);
}

/* ---- the answers: their order, and what each has to show ---- */

#define FIGURES 4 /* conditions beyond these do not order */

struct by_figure {
	struct candidate candidate;
	double figures[FIGURES];
};

static int compare_figures(const double *a, const double *b)
{
	for (size_t i = 0; i < FIGURES; i++)
		if (a[i] != b[i])
			return a[i] > b[i] ? -1 : 1;
	return 0;
}

static int compare_candidates(const void *a, const void *b)
{
	const struct by_figure *x = a, *y = b;
	int order = compare_figures(x->figures, y->figures);
	return order ? order : strcmp(x->candidate.code.text, y->candidate.code.text);
}

/* The best of the occupations that share the candidate's six digits, or of the one that it is. */
static void choose_occupation(struct session *s, const struct fact_conditions *conditions, const unsigned char *allow,
			      enum code_level level, struct by_figure *f)
{
	const struct soc_index *index = s->index;
	size_t own = f->candidate.occupation, document = index->soc.of[own];
	size_t from = level == LEVEL_ONET ? own : index->soc.first[document];
	size_t to = level == LEVEL_ONET ? own + 1 : index->soc.first[document + 1];
	bool any = false;
	for (size_t o = from; o < to; o++) {
		double figures[FIGURES] = { 0.0 };
		if (allow && !allow[o])
			continue;
		for (size_t i = 0; i < FIGURES && i < conditions->count; i++)
			fact_condition_show(s, &conditions->at[i], &index->entries[o].code, &figures[i], NULL);
		if (any && compare_figures(figures, f->figures) >= 0)
			continue;
		any = true;
		memcpy(f->figures, figures, sizeof figures);
		f->candidate.occupation = o;
		f->candidate.title = index->entries[o].title;
	}
}

bool fact_filter_order(struct session *s, const struct fact_conditions *conditions, const unsigned char *allow,
		       struct ranking *ranking)
{
	struct by_figure *all;
	if (!SESSION_ARRAY(s, all, ranking->count))
		return false;
	for (size_t i = 0; i < ranking->count; i++) {
		all[i].candidate = ranking->at[i];
		choose_occupation(s, conditions, allow, ranking->level, &all[i]);
	}
	if (ranking->count > 1)
		qsort(all, ranking->count, sizeof *all, compare_candidates);
	for (size_t i = 0; i < ranking->count; i++)
		ranking->at[i] = all[i].candidate;
	return session_ok(s);
}

bool fact_filter_describe(struct session *s, const struct fact_conditions *conditions, size_t occupation,
			  struct buffer *out)
{
	double figure;
	for (size_t i = 0; i < conditions->count; i++) {
		size_t before = out->length;
		buffer_append_text(out, before > 0 ? "; " : "", s->err);
		if (!fact_condition_show(s, &conditions->at[i], &s->index->entries[occupation].code, &figure, out))
			buffer_cut(out, before);
	}
	return session_ok(s);
}
