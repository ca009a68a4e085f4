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
			  "write dollars a year, 100000 or 100k, or a range, "
			  "80000..120000",
			  out, err);
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

static const char where_hint[] = "write COLUMN >= 10, = text, != text, ~ words, or = 10..20; COLUMN is one that `soc "
				 "fields --facts` lists, or NAME.COLUMN of a table of your own";

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

/* The words of a text, stop words left out, in an arena; false on failure. */
static bool read_words(struct soc_index *index, struct slice text, struct arena *arena, struct slice **out,
		       size_t *count, struct error *err)
{
	struct text_words words;
	*count = 0;
	if (!tokenize(index->analyzer, text, &words, err))
		return false;
	*out = arena_alloc(arena, (words.count + 1) * sizeof **out, err);
	for (size_t i = 0; *out && i < words.count; i++) {
		if (words.at[i].stop)
			continue;
		(*out)[*count] = arena_copy(arena, words.at[i].folded, err);
		if (!(*out)[(*count)++].at)
			return false;
	}
	return *out != NULL;
}

/* Whether every word of `wanted` stands in `text`. */
static bool has_words(struct soc_index *index, struct slice wanted, struct slice text, bool *answer, struct error *err)
{
	struct arena arena = { 0 };
	struct slice *asked, *there;
	size_t asked_count, there_count;
	bool ok = read_words(index, wanted, &arena, &asked, &asked_count, err) &&
		  read_words(index, text, &arena, &there, &there_count, err);
	*answer = ok && asked_count > 0;
	for (size_t i = 0; *answer && i < asked_count; i++) {
		bool found = false;
		for (size_t k = 0; k < there_count && !found; k++)
			found = same_word(asked[i], there[k]);
		*answer = found;
	}
	arena_free(&arena);
	return ok;
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

static bool is_wanted_field(struct soc_index *index, const struct fact_condition *c, const struct fact *f, bool *answer,
			    struct error *err)
{
	if (!is_cip_text(c->text))
		return has_words(index, c->text, f->note, answer, err);
	*answer = f->text.length >= c->text.length && memcmp(f->text.at, c->text.at, c->text.length) == 0;
	return true;
}

/* Whether one fact fulfils the condition. */
static bool fulfils(struct soc_index *index, const struct fact_condition *c, const struct fact *f, bool *answer,
		    struct error *err)
{
	switch (c->test) {
	case FACT_TEST_RANGE:
		*answer = in_range(c, &f->number);
		return true;
	case FACT_TEST_EQUAL:
		*answer = slice_equal_nocase(f->text, c->text);
		return true;
	case FACT_TEST_UNEQUAL:
		*answer = !slice_equal_nocase(f->text, c->text);
		return true;
	case FACT_TEST_WORDS:
		return has_words(index, c->text, f->text, answer, err);
	case FACT_TEST_DEGREE:
		return is_wanted_field(index, c, f, answer, err);
	case FACT_TEST_STEM:
		break;
	}
	*answer = false;
	return true;
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
	  "the O*NET list of STEM occupations, the NCSES classes, or the DHS "
	  "list with the SOC to CIP crosswalk" },
};

static bool refuse_absent(const struct fact_condition *c, struct error *err)
{
	char hint[300];
	if (c->key == FACT_CUSTOM)
		return error_set(err, ERROR_USAGE,
				 "soc-index build ... --facts NAME=FILE keeps a table of your own; `soc-index "
				 "info` lists those that an index has",
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

bool fact_degree_without_occupation(struct soc_index *index, const struct fact_condition *c, struct buffer *out,
				    struct error *err)
{
	const struct fact_series *s = facts_series(&index->facts, FACT_DEGREE);
	bool known = false, ok = true;
	for (size_t i = 0; ok && s && i < s->count && !known; i++) {
		ok = is_wanted_field(index, c, &s->at[i], &known, err);
		if (known)
			ok = buffer_printf(out, err, "%.*s %.*s leads to no occupation in the crosswalk",
					   (int)s->at[i].text.length, s->at[i].text.at, (int)s->at[i].note.length,
					   s->at[i].note.at);
	}
	if (ok && !known)
		ok = buffer_printf(out, err, "no field of study of the crosswalk %s %.*s",
				   is_cip_text(c->text) ? "has the code" : "has all of the words", shown(c->text),
				   c->text.at);
	return ok;
}

/* ---- judging an occupation ---- */

/* What is known when an occupation has been judged. */
struct judged {
	bool fulfilled;
	double figure;
	struct buffer *out; /* NULL: nobody wants to read it */
	struct error *err;
};

static void say(struct judged *j, const char *text, struct slice more)
{
	if (j->out)
		buffer_printf(j->out, j->err, "%s%.*s", text, (int)more.length, more.at ? more.at : "");
}

/* What a fact is, without where it comes from: "median annual wage". */
static struct slice what_of(const struct fact_series *s)
{
	struct slice what = s->key == FACT_CUSTOM ? s->name : slice_of(fact_specs[s->key].what);
	for (size_t i = what.length; s->key != FACT_CUSTOM && i > 1; i--)
		if (what.at[i - 1] == '(')
			what.length = i - 2;
	return what;
}

static void say_fact(const struct soc_index *index, struct judged *j, const struct fact_answer *a, const struct fact *f,
		     const struct code *code)
{
	struct buffer text = { 0 };
	const struct fact_spec *spec = &fact_specs[a->series->key];
	struct slice what = what_of(a->series);
	if (!j->out)
		return;
	buffer_printf(&text, j->err, "%.*s: ", (int)what.length, what.at);
	if (is_number_key(a->series->key))
		fact_format_number(spec->kind, spec->unit, &f->number, &text, j->err);
	else
		buffer_append(&text, f->text.at, f->text.length, j->err);
	buffer_printf(&text, j->err, " (%s", manifest_source_title(index->manifest, a->series->source));
	if (a->way != FACT_WAY_OWN && !(a->way == FACT_WAY_SOC && strcmp(code->text + 7, ".00") == 0))
		buffer_printf(&text, j->err, ", of %.*s", (int)f->code.length, f->code.at);
	buffer_append_text(&text, ")", j->err);
	say(j, "", buffer_slice(&text));
	buffer_free(&text);
}

static bool judge_answer(struct soc_index *index, const struct fact_condition *c, struct fact_answer a,
			 const struct code *code, struct judged *j)
{
	for (size_t i = 0; i < a.count; i++) {
		bool answer;
		if (!fulfils(index, c, &a.at[i], &answer, j->err))
			return false;
		if (!answer)
			continue;
		double value = a.at[i].number.mark == FACT_UNAVAILABLE ? 0.0 : fact_value(&a.at[i].number);
		if (!j->fulfilled || value > j->figure)
			j->figure = value;
		if (!j->fulfilled)
			say_fact(index, j, &a, &a.at[i], code);
		j->fulfilled = true;
	}
	return true;
}

static bool judge_series(struct soc_index *index, const struct fact_condition *c, const struct fact_series *s,
			 const struct code *code, struct judged *j)
{
	struct fact_answer a = fact_find(index, s, code);
	do {
		if (!judge_answer(index, c, a, code, j))
			return false;
	} while (fact_find_next(&a, code));
	return true;
}

/* Whether a title has the words that are asked for and no others. */
static bool is_whole_title(struct soc_index *index, const struct fact_condition *c, const struct fact *f,
			   struct error *err)
{
	bool answer = false;
	return !is_cip_text(c->text) && has_words(index, f->note, c->text, &answer, err) && answer;
}

/* The share of the fields of study that are wanted orders the answers: where few others lead there, it is most
 * the degree's own occupation.  A field that is called just so comes before those that have the words in their title. */
static bool judge_degree(struct soc_index *index, const struct fact_condition *c, const struct code *code,
			 struct judged *j)
{
	struct fact_answer a = fact_find_key_of(index, FACT_DEGREE, code);
	struct buffer first = { 0 };
	size_t n = 0;
	bool ok = true, whole = false;
	for (size_t i = 0; ok && i < a.count; i++) {
		bool answer = false;
		ok = is_wanted_field(index, c, &a.at[i], &answer, j->err);
		if (!ok || !answer)
			continue;
		bool better = !whole && is_whole_title(index, c, &a.at[i], j->err);
		whole |= better;
		if (better)
			buffer_clear(&first);
		if ((n++ == 0 || better) && j->out)
			ok = buffer_printf(&first, j->err, "%.*s %.*s", (int)a.at[i].text.length, a.at[i].text.at,
					   (int)a.at[i].note.length, a.at[i].note.at);
	}
	if (ok && n > 0) {
		j->fulfilled = true;
		j->figure = (double)n / (double)a.count + (whole ? 1.0 : 0.0);
		if (j->out && a.count == 1)
			buffer_append_text(&first, ", its one field of study", j->err);
		else if (j->out)
			buffer_printf(&first, j->err, "%s%zu of its %zu fields of study",
				      n > 1 ? " and others, " : ", ", n, a.count);
		if (j->out)
			buffer_printf(&first, j->err, " (%s)",
				      manifest_source_title(index->manifest, a.series->source));
		say(j, "", buffer_slice(&first));
	}
	buffer_free(&first);
	return ok;
}

/* The more lists, the higher. */
static void judge_stem(const struct soc_index *index, const struct fact_condition *c, const struct code *code,
		       struct judged *j)
{
	for (unsigned list = 0; list < STEM_LIST_COUNT; list++) {
		struct stem_verdict v;
		if (!(c->lists & 1u << list) || !fact_stem(index, (enum stem_list)list, code, &v) || !v.stem)
			continue;
		say(j, j->fulfilled ? ", " : "STEM by ", slice_of(manifest_source_title(index->manifest, v.source)));
		j->fulfilled = true;
		j->figure += 1.0;
	}
}

static bool judge(struct soc_index *index, const struct fact_condition *c, const struct code *code, struct judged *j)
{
	if (c->test == FACT_TEST_STEM) {
		judge_stem(index, c, code, j);
		return true;
	}
	if (c->test == FACT_TEST_DEGREE)
		return judge_degree(index, c, code, j);
	for (size_t i = 0; i < index->facts.count; i++)
		if (is_series(index, &index->facts.at[i], c) && !judge_series(index, c, &index->facts.at[i], code, j))
			return false;
	return true;
}

bool fact_conditions_apply(struct soc_index *index, const struct fact_conditions *conditions, unsigned char *set,
			   struct error *err)
{
	if (conditions->count > 0 && (!soc_index_need_facts(index, err) || !soc_index_need_manifest(index, err)))
		return false;
	for (size_t i = 0; i < conditions->count; i++) {
		if (!check_there(index, &conditions->at[i], err))
			return false;
		for (size_t o = 0; o < index->count; o++) {
			struct judged j = { .err = err };
			if (set[o] && !judge(index, &conditions->at[i], &index->entries[o].code, &j))
				return false;
			set[o] = set[o] && j.fulfilled;
		}
	}
	return true;
}

bool fact_condition_show(struct soc_index *index, const struct fact_condition *c, const struct code *code,
			 double *figure, struct buffer *out, struct error *err)
{
	struct judged j = { .out = out, .err = err };
	bool ok = judge(index, c, code, &j);
	*figure = j.figure;
	return ok && j.fulfilled;
}

/* ---- in words ---- */

static bool describe_range(const struct fact_condition *c, struct buffer *out, struct error *err)
{
	if (!isinf(c->low) && !isinf(c->high))
		return c->low == c->high ? buffer_printf(out, err, " %g", c->low)
					 : buffer_printf(out, err, " from %.10g to %.10g", c->low, c->high);
	return isinf(c->high) ? buffer_printf(out, err, " %s %.10g", c->above ? "above" : "of at least", c->low)
			      : buffer_printf(out, err, " %s %.10g", c->below ? "below" : "of at most", c->high);
}

bool fact_condition_describe(const struct fact_condition *c, struct buffer *out, struct error *err)
{
	static const char *const tests[] = {
		[FACT_TEST_EQUAL] = "that is",
		[FACT_TEST_UNEQUAL] = "that is not",
		[FACT_TEST_WORDS] = "with the words",
		[FACT_TEST_DEGREE] = "by",
	};
	bool ok = true;
	if (c->test == FACT_TEST_STEM) {
		ok = buffer_append_text(out, "STEM by", err);
		for (unsigned list = 0; ok && list < STEM_LIST_COUNT; list++)
			ok = !(c->lists & 1u << list) ||
			     buffer_printf(out, err, " %s", stem_list_name((enum stem_list)list));
		return ok;
	}
	if (c->key == FACT_CUSTOM)
		ok = buffer_printf(out, err, "%.*s.%.*s", shown(c->table), c->table.at, shown(c->column), c->column.at);
	else
		ok = buffer_append_text(out, fact_specs[c->key].key, err);
	return ok && (c->test == FACT_TEST_RANGE
			      ? describe_range(c, out, err)
			      : buffer_printf(out, err, " %s %.*s", tests[c->test], shown(c->text), c->text.at));
}

/* ---- search facts ---- */

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

static int compare(const void *a, const void *b)
{
	const struct by_figure *x = a, *y = b;
	int order = compare_figures(x->figures, y->figures);
	return order ? order : strcmp(x->candidate.code.text, y->candidate.code.text);
}

static bool read_figures(struct soc_index *index, const struct fact_conditions *conditions, size_t occupation,
			 double figures[FIGURES], struct error *err)
{
	struct error failed = { 0 };
	for (size_t i = 0; i < FIGURES; i++) {
		figures[i] = 0.0;
		if (i < conditions->count)
			(void)fact_condition_show(index, &conditions->at[i], &index->entries[occupation].code,
						  &figures[i], NULL, &failed);
	}
	if (failed.code != ERROR_NONE && err->code == ERROR_NONE)
		*err = failed;
	return failed.code == ERROR_NONE;
}

/* The best of the occupations that share the candidate's six digits, or of the one that it is. */
static bool choose(struct soc_index *index, const struct fact_conditions *conditions, const unsigned char *allow,
		   enum code_level level, struct by_figure *f, struct error *err)
{
	size_t own = f->candidate.occupation, document = index->soc.of[own];
	size_t from = level == LEVEL_ONET ? own : index->soc.first[document];
	size_t to = level == LEVEL_ONET ? own + 1 : index->soc.first[document + 1];
	bool any = false;
	for (size_t o = from; o < to; o++) {
		double figures[FIGURES];
		if (allow && !allow[o])
			continue;
		if (!read_figures(index, conditions, o, figures, err))
			return false;
		if (any && compare_figures(figures, f->figures) >= 0)
			continue;
		any = true;
		memcpy(f->figures, figures, sizeof figures);
		f->candidate.occupation = o;
		f->candidate.title = index->entries[o].title;
	}
	return true;
}

bool search_order_by_facts(struct soc_index *index, const struct fact_conditions *conditions,
			   const unsigned char *allow, struct ranking *ranking, struct arena *arena, struct error *err)
{
	struct by_figure *all = arena_alloc(arena, (ranking->count + 1) * sizeof *all, err);
	if (!all)
		return false;
	for (size_t i = 0; i < ranking->count; i++) {
		all[i].candidate = ranking->at[i];
		if (!choose(index, conditions, allow, ranking->level, &all[i], err))
			return false;
	}
	if (ranking->count > 1)
		qsort(all, ranking->count, sizeof *all, compare);
	for (size_t i = 0; i < ranking->count; i++)
		ranking->at[i] = all[i].candidate;
	return true;
}

bool search_show_facts(struct soc_index *index, const struct fact_conditions *conditions, size_t occupation,
		       struct buffer *out, struct error *err)
{
	double figure;
	for (size_t i = 0; i < conditions->count; i++) {
		struct buffer one = { 0 };
		bool shown = fact_condition_show(index, &conditions->at[i], &index->entries[occupation].code, &figure,
						 &one, err);
		bool ok = !shown || ((out->length == 0 || buffer_append_text(out, "; ", err)) &&
				     buffer_append(out, one.at, one.length, err));
		buffer_free(&one);
		if (!ok || (!shown && err->code != ERROR_NONE))
			return false;
	}
	return true;
}
