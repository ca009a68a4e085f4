// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * comparison_facts.c - what can be read across: places in the classification, preparation, and the facts that hang on
 * the codes, each as people read it, with the code that it was published for where that is another.
 */
#include "query/engine/comparison_internal.h"
#include "query/engine/fact_lookup.h"

static const char none_published[] = "none published";

struct rows {
	struct session *session;
	struct comparison *x;
};

/* ---- pieces ---- */

static struct comparison_row *new_row(struct rows *r, enum comparison_section section, const char *key,
				      const char *label, bool glance)
{
	struct comparison_row *row = &r->x->rows[r->x->row_count];
	*row = (struct comparison_row){ .section = section,
					.key = key,
					.label = label,
					.glance = glance,
					.absent = none_published,
					.source = COMPARISON_NO_SOURCE };
	return row;
}

/* Keep a row of which anything is said. */
static void end_row(struct rows *r, struct comparison_row *row)
{
	bool any = false;
	for (size_t s = 0; s < r->x->count; s++) {
		any |= row->values[s].length > 0;
		row->differs |= !slice_equal(row->values[s], row->values[0]);
	}
	r->x->row_count += any;
}

/* What a row says of a side, as by printf(). */
static void set_value(struct rows *r, struct comparison_row *row, size_t side, const char *format, ...)
	ERROR_PRINTF(4, 5);

static void set_value(struct rows *r, struct comparison_row *row, size_t side, const char *format, ...)
{
	struct buffer text = { 0 };
	va_list arguments;
	va_start(arguments, format);
	buffer_vprintf(&text, r->session->err, format, arguments);
	va_end(arguments);
	row->values[side] = session_keep(r->session, &text);
}

/* A count: "1,654,440". */
static void set_count(struct rows *r, struct comparison_row *row, size_t side, uint64_t count)
{
	struct buffer text = { 0 };
	struct fact_number n = { FACT_EXACT, (int64_t)count, 0 };
	fact_format_number(FACT_NUMBER, FACT_UNIT_NONE, &n, &text, r->session->err);
	row->values[side] = session_keep(r->session, &text);
}

/* ---- the fit with the job ---- */

static void add_fit(struct rows *r)
{
	struct comparison *x = r->x;
	if (!x->job)
		return;
	struct comparison_row *row = new_row(r, COMPARISON_FIT, "rank", "Rank for the job", true);
	for (size_t s = 0; s < x->count; s++)
		if (x->fits[s].candidate)
			set_value(r, row, s, "%zu of %zu", x->fits[s].place + 1, x->ranked);
	row->absent = "not ranked";
	end_row(r, row);
	row = new_row(r, COMPARISON_FIT, "confidence", "Confidence", true);
	for (size_t s = 0; s < x->count; s++)
		if (x->fits[s].candidate)
			set_value(r, row, s, "%.0f%%", 100.0 * x->fits[s].candidate->confidence);
	row->absent = "not ranked";
	end_row(r, row);
	row = new_row(r, COMPARISON_FIT, "score", "Score", true);
	for (size_t s = 0; s < x->count; s++)
		if (x->fits[s].candidate)
			set_value(r, row, s, "%.2f", x->fits[s].candidate->score);
	row->absent = "not ranked";
	end_row(r, row);
}

/* ---- the classification ---- */

static void add_group(struct rows *r, enum code_level level)
{
	static const char *const labels[] = { "Major group", "Minor group", "Broad occupation", "Detailed occupation" };
	/* At a glance, the level at which they part; what lies below it follows from that. */
	bool parts = r->x->related ? level == r->x->shared + 1 : level == LEVEL_MAJOR;
	struct comparison_row *row = new_row(r, COMPARISON_CLASSIFICATION, code_level_name(level), labels[level],
					     parts || (r->x->related && level <= r->x->shared));
	for (size_t s = 0; s < r->x->count; s++) {
		const struct code *code = &r->x->sides[s].groups[level];
		const struct group *g = groups_find(&r->session->index->groups, code);
		struct slice title = level == LEVEL_SOC ? fact_code_title(r->session->index, slice_of(code->text))
				     : g                ? g->title
							: SLICE("");
		if (g)
			row->source = g->source;
		set_value(r, row, s, "%s%s%.*s", code->text, title.length ? " " : "", (int)title.length, title.at);
	}
	end_row(r, row);
}

static void add_groups(struct rows *r)
{
	for (int level = LEVEL_MAJOR; level <= (r->x->level == LEVEL_ONET ? LEVEL_SOC : LEVEL_BROAD); level++)
		add_group(r, (enum code_level)level);
}

/* ---- preparation ---- */

/* The least and the most Job Zone of the others under a code; 0: none. */
static void find_zones(const struct comparison_side *side, uint32_t *least, uint32_t *most)
{
	*least = *most = 0;
	for (size_t m = 1; m < side->member_count; m++) {
		uint32_t zone = side->members[m].zone;
		if (zone == 0)
			continue;
		*least = *least == 0 || zone < *least ? zone : *least;
		*most = zone > *most ? zone : *most;
	}
}

/* "4", "4; under it 3 to 5", "under it 4". */
static void set_zone(struct rows *r, struct comparison_row *row, size_t side)
{
	const struct comparison_side *s = &r->x->sides[side];
	const struct reference *reference = &r->session->index->reference;
	char label[ZONE_LABEL_SIZE];
	uint32_t own = s->members[0].zone, least, most;
	struct buffer text = { 0 };
	find_zones(s, &least, &most);
	if (own)
		buffer_append_text(&text, reference_zone_label(reference, own, label), r->session->err);
	if (most && (least != own || most != own))
		buffer_printf(&text, r->session->err, "%sunder it %s", own ? "; " : "",
			      reference_zone_label(reference, least, label));
	if (most != least)
		buffer_printf(&text, r->session->err, " to %s", reference_zone_label(reference, most, label));
	row->values[side] = session_keep(r->session, &text);
}

/* Where the zone of a side comes from, its own or that of one under it. */
static void find_zone_source(const struct comparison_side *side, struct comparison_row *row)
{
	for (size_t m = 0; m < side->member_count; m++)
		if (side->members[m].zone) {
			row->source = side->members[m].zone_source;
			return;
		}
}

static void add_zones(struct rows *r)
{
	struct comparison_row *row = new_row(r, COMPARISON_PREPARATION, "job_zone", "Job Zone", true);
	for (size_t s = 0; s < r->x->count; s++) {
		set_zone(r, row, s);
		find_zone_source(&r->x->sides[s], row);
	}
	end_row(r, row);
	uint32_t source = row->source;
	row = new_row(r, COMPARISON_PREPARATION, "svp", "SVP", true);
	row->source = source;
	for (size_t s = 0; s < r->x->count; s++) {
		const struct zone_reference *z =
			reference_zone(&r->session->index->reference, r->x->sides[s].members[0].zone);
		struct slice svp = z ? z->svp : SLICE("");
		if (svp.length > 2 && svp.at[0] == '(' && svp.at[svp.length - 1] == ')')
			svp = (struct slice){ svp.at + 1, svp.length - 2 };
		row->values[s] = svp;
	}
	end_row(r, row);
}

/* The commonest answer on education: "Bachelor's Degree (84.8%)". */
static void set_commonest(struct rows *r, struct comparison_row *row, size_t side)
{
	const struct occupation *o = &r->x->sides[side].members[0];
	const struct education *most = NULL;
	for (size_t i = 0; i < o->education_count; i++) {
		const struct education *e = &o->education[i];
		if (e->category && slice_equal(e->element, SLICE(EDUCATION_ELEMENT)) &&
		    slice_equal(e->scale, SLICE(EDUCATION_SCALE)) && (!most || e->percent > most->percent))
			most = e;
	}
	if (!most)
		return;
	const struct category_reference *ref =
		reference_category(&r->session->index->reference, most->element, most->scale, most->category);
	struct slice name = category_short_name(ref ? ref->text : SLICE("?"), 60);
	row->source = most->source;
	set_value(r, row, side, "%.*s (%.1f%%)", (int)name.length, name.at, most->percent);
}

static void add_education(struct rows *r)
{
	struct comparison_row *row =
		new_row(r, COMPARISON_PREPARATION, "advanced_degree", "Master's degree or more", true);
	for (size_t s = 0; s < r->x->count; s++) {
		const struct comparison_side *side = &r->x->sides[s];
		if (!side->has_advanced)
			continue;
		row->source = side->advanced_source;
		set_value(r, row, s, "%.1f%%%s", side->advanced,
			  side->advanced_suppressed ? " (some of it from few answers)" : "");
	}
	end_row(r, row);
	row = new_row(r, COMPARISON_PREPARATION, "commonest_education", "Commonest education", true);
	for (size_t s = 0; s < r->x->count; s++)
		set_commonest(r, row, s);
	end_row(r, row);
}

/* ---- facts ---- */

/* X(KEY, SECTION, label, whether it is told at a glance), in the order of the document */
#define ROW_TABLE(X) \
	X(APPENDIX_A, PROFESSION, "Appendix A: usual education", true) \
	X(FLAG_ZONE, PROFESSION, "Job Zone of the wage system", true) \
	X(FLAG_EDUCATION, PROFESSION, "Education of the wage system", true) \
	X(EMPLOYMENT, WAGES, "Employment", true) \
	X(ANNUAL_MEAN, WAGES, "Mean wage a year", false) \
	X(ANNUAL_10, WAGES, "10th percentile a year", false) \
	X(ANNUAL_25, WAGES, "25th percentile a year", false) \
	X(ANNUAL_MEDIAN, WAGES, "Median wage a year", true) \
	X(ANNUAL_75, WAGES, "75th percentile a year", false) \
	X(ANNUAL_90, WAGES, "90th percentile a year", false) \
	X(HOURLY_MEDIAN, WAGES, "Median wage an hour", false) \
	X(WAGE_BASIS, WAGES, "Only published", false) \
	X(OUTLOOK_NOW, OUTLOOK, "Employment", false) \
	X(OUTLOOK_THEN, OUTLOOK, "Projected employment", false) \
	X(OUTLOOK_CHANGE, OUTLOOK, "Change", false) \
	X(OUTLOOK_GROWTH, OUTLOOK, "Growth of employment", true) \
	X(OUTLOOK_OPENINGS, OUTLOOK, "Openings a year", true) \
	X(OUTLOOK_OWN, OUTLOOK, "Self-employed", false) \
	X(ENTRY_EDUCATION, OUTLOOK, "Typical entry education", true) \
	X(ENTRY_EXPERIENCE, OUTLOOK, "Experience elsewhere", true) \
	X(ENTRY_TRAINING, OUTLOOK, "Training on the job", true)

static void put_value(const struct fact_series *series, const struct fact *f, struct buffer *out, struct error *err)
{
	const struct fact_spec *spec = &fact_specs[series->key];
	if (spec->kind == FACT_TEXT || spec->kind == FACT_LIST)
		buffer_append(out, f->text.at, f->text.length, err);
	else
		fact_format_number(spec->kind, spec->unit, &f->number, out, err);
}

static bool same_value(const struct fact *a, const struct fact *b)
{
	return slice_equal(a->text, b->text) && a->number.mark == b->number.mark &&
	       a->number.digits == b->number.digits;
}

/* Where a source contradicts itself, all that it says. */
static void put_answer(const struct fact_answer *a, struct buffer *out, struct error *err)
{
	for (size_t i = 0; i < a->count; i++) {
		if (i > 0 && same_value(&a->at[i], &a->at[i - 1]))
			continue;
		buffer_append_text(out, out->length > 0 ? "; also " : "", err);
		put_value(a->series, &a->at[i], out, err);
	}
}

/* The facts of six digits are those of the code that was asked for where that has six, or ends in .00. */
static bool is_of_another(const struct rows *r, const struct fact_answer *a, size_t side)
{
	const char *asked = r->x->sides[side].asked->code.text;
	return a->way == FACT_WAY_SURVEY || a->way == FACT_WAY_GROUP ||
	       (a->way == FACT_WAY_SOC && strlen(asked) > 7 && strcmp(asked + 7, ".00") != 0);
}

static void add_series(struct rows *r, const struct fact_series *series, struct comparison_row *row)
{
	row->source = series->source;
	for (size_t s = 0; s < r->x->count; s++) {
		const struct code *code = &r->x->sides[s].own;
		struct fact_answer a = fact_find(r->session->index, series, code);
		struct buffer text = { 0 };
		row->ways[s] = a.way;
		if (a.count && is_of_another(r, &a, s))
			row->of[s] = a.at->code;
		do
			put_answer(&a, &text, r->session->err);
		while (fact_find_next(&a, code));
		row->values[s] = session_keep(r->session, &text);
	}
	end_row(r, row);
}

static void add_facts(struct rows *r)
{
	static const struct {
		enum fact_key key;
		enum comparison_section section;
		const char *label;
		bool glance;
	} specs[] = {
#define ROW_SPEC(key, section, label, glance) { FACT_##key, COMPARISON_##section, label, glance },
		ROW_TABLE(ROW_SPEC)
#undef ROW_SPEC
	};
	for (size_t i = 0; i < sizeof specs / sizeof *specs; i++) {
		const struct fact_series *series = facts_series(&r->session->index->facts, specs[i].key);
		if (!series)
			continue;
		struct comparison_row *row =
			new_row(r, specs[i].section, fact_specs[specs[i].key].key, specs[i].label, specs[i].glance);
		if (specs[i].key == FACT_APPENDIX_A)
			row->absent = "not listed as professional";
		add_series(r, series, row);
	}
}

static void add_custom(struct rows *r)
{
	for (size_t i = 0; i < r->session->index->facts.count; i++) {
		const struct fact_series *series = &r->session->index->facts.at[i];
		if (series->key != FACT_CUSTOM)
			continue;
		struct slice name = session_copy(r->session, series->name);
		struct comparison_row *row = new_row(r, COMPARISON_CUSTOM, name.at, name.at, true);
		row->absent = "no row";
		add_series(r, series, row);
	}
}

/* ---- fields of study and STEM ---- */

static void add_degrees(struct rows *r)
{
	const struct fact_series *series = facts_series(&r->session->index->facts, FACT_DEGREE);
	if (!series)
		return;
	struct comparison_row *row =
		new_row(r, COMPARISON_DEGREES, "fields_of_study", "Fields of study that lead to it", false);
	row->source = series->source;
	for (size_t s = 0; s < r->x->count; s++) {
		struct fact_answer a = fact_find(r->session->index, series, &r->x->sides[s].own);
		bool named = a.count > 0 && !slice_equal(a.at->text, SLICE(FACT_NO_DEGREE));
		if (a.count > 0)
			set_count(r, row, s, named ? a.count : 0);
	}
	end_row(r, row);
}

static void set_verdict(struct rows *r, enum stem_list list, struct comparison_row *row, size_t side)
{
	const struct code *code = &r->x->sides[side].own;
	struct stem_verdict v;
	fact_stem(r->session->index, list, code, &v);
	row->source = v.source;
	if (list == STEM_ONET) {
		row->values[side] = slice_of(v.stem ? "yes" : v.partly ? "partly" : "not on the list");
	} else if (list == STEM_DHS && v.said) {
		set_value(r, row, side, "%zu of %zu fields of study", v.on_list, v.fields);
	} else if (v.said) {
		struct fact_answer a = fact_find_key_of(r->session->index, FACT_STEM_NCSES, code);
		struct buffer text = { 0 };
		if (is_of_another(r, &a, side))
			row->of[side] = a.at->code;
		row->ways[side] = a.way;
		put_answer(&a, &text, r->session->err);
		row->values[side] = session_keep(r->session, &text);
	}
}

static void add_stem(struct rows *r)
{
	static const char *const keys[] = { "stem_onet", "stem_ncses", "stem_dhs" };
	static const char *const labels[] = { "STEM, list of O*NET", "STEM, classes of the NCSES",
					      "STEM, list of the DHS" };
	for (int list = 0; list < STEM_LIST_COUNT; list++) {
		struct stem_verdict v;
		if (!fact_stem(r->session->index, (enum stem_list)list, &r->x->sides[0].own, &v))
			continue;
		struct comparison_row *row = new_row(r, COMPARISON_STEM, keys[list], labels[list], true);
		row->absent = "says nothing";
		for (size_t s = 0; s < r->x->count; s++)
			set_verdict(r, (enum stem_list)list, row, s);
		end_row(r, row);
	}
}

/* ---- counts ---- */

/* Where the first piece of a kind comes from that any of the codes has. */
static uint32_t find_source(const struct comparison *x, enum field field, bool filed)
{
	for (size_t s = 0; s < x->count; s++)
		for (size_t m = 0; m < x->sides[s].member_count; m++) {
			const struct occupation *o = &x->sides[s].members[m];
			for (size_t i = 0; i < o->evidence_count; i++)
				if (evidence_specs[o->evidence[i].kind].field == field &&
				    (!filed || o->evidence[i].kind == EVIDENCE_FILED_TITLE))
					return o->evidence[i].source;
		}
	return COMPARISON_NO_SOURCE;
}

static void add_counts(struct rows *r)
{
	const struct comparison *x = r->x;
	const struct {
		const char *key, *label;
		const struct comparison_list *list;
		enum field field;
	} specs[] = { { "tasks", "Tasks", &x->tasks, FIELD_TASK },
		      { "activities", "Work activities", &x->activities, FIELD_ACTIVITY },
		      { "technologies", "Technologies", &x->technologies, FIELD_TECHNOLOGY },
		      { "filings", "Filings", &x->titles, FIELD_TITLE } };
	for (size_t k = 0; k < sizeof specs / sizeof *specs; k++) {
		bool filings = specs[k].list == &x->titles;
		struct comparison_row *row = new_row(r, COMPARISON_WORK, specs[k].key, specs[k].label, filings);
		row->absent = "none";
		row->source = find_source(x, specs[k].field, filings);
		for (size_t s = 0; s < x->count; s++) {
			uint64_t count = filings ? specs[k].list->filings[s] : specs[k].list->totals[s];
			if (count > 0)
				set_count(r, row, s, count);
		}
		end_row(r, row);
	}
}

/* ---- all of them ---- */

enum { ROWS_BESIDES = 32 }; /* more than are made of anything but a series of facts */

void comparison_find_rows(struct session *s, struct comparison *x)
{
	struct rows r = { .session = s, .x = x };
	if (!SESSION_ARRAY(s, x->rows, s->index->facts.count + ROWS_BESIDES))
		return;
	add_fit(&r);
	add_groups(&r);
	add_counts(&r);
	add_zones(&r);
	add_education(&r);
	add_facts(&r);
	add_degrees(&r);
	add_stem(&r);
	add_custom(&r);
}
