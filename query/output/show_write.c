// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * show_write.c - the page of an occupation: its evidence, its preparation, and between them the facts that hang on
 * its code.
 */
#include <math.h>

#include "lib/base/ascii.h"
#include "lib/base/terminal.h"
#include "lib/index/manifest.h"
#include "query/engine/fact_lookup.h"
#include "query/output/show_write.h"

/* ---- sections ---- */

static const char *const section_names[SHOW_COUNT] = {
#define SHOW_NAME(id, name, what) name,
	SHOW_TABLE(SHOW_NAME)
#undef SHOW_NAME
};

static bool read_section(struct slice part, unsigned *sections)
{
	for (unsigned s = 0; s < SHOW_COUNT; s++) {
		if (slice_equal_nocase(part, slice_of(section_names[s]))) {
			*sections |= 1u << s;
			return true;
		}
	}
	return false;
}

static bool refuse_section(struct slice part, struct error *err)
{
	struct buffer names = { 0 };
	for (size_t s = 0; s < SHOW_COUNT; s++)
		if (!buffer_printf(&names, err, "%s%s",
				   s == 0                ? ""
				   : s + 1 == SHOW_COUNT ? " and "
							 : ", ",
				   section_names[s]))
			break;
	if (buffer_terminate(&names, err)) {
		char hint[384];
		snprintf(hint, sizeof hint, "the sections are %s", names.at);
		error_set(err, ERROR_USAGE, hint, "'%.*s' is no section", (int)(part.length < 60 ? part.length : 60),
			  part.at);
	}
	buffer_free(&names);
	return false;
}

bool show_read_sections(const char *list, unsigned *sections, struct error *err)
{
	while (list) {
		const char *comma = strchr(list, ',');
		struct slice part = slice_trim((struct slice){ list, comma ? (size_t)(comma - list) : strlen(list) });
		if (!read_section(part, sections))
			return refuse_section(part, err);
		list = comma ? comma + 1 : NULL;
	}
	return true;
}

static bool wants(const struct show_view *v, enum show_section section)
{
	return (v->sections & 1u << section) != 0;
}

/* ---- pieces of a page ---- */

void show_source(const struct session *s, uint32_t source, char *to, size_t size)
{
	const char *title = manifest_source_title(s->index->manifest, source);
	const char *date = manifest_source_text(s->index->manifest, source, "date");
	bool said = *date == '\0' || strstr(title, date);
	snprintf(to, size, "%s%s%s", title, said ? "" : ", ", said ? "" : date);
}

/* A heading with how many there are (not where `count` is below 2), and the source with its date. */
static void print_heading(const struct show_view *v, const char *heading, size_t count, uint32_t source)
{
	char name[160], text[200];
	show_source(v->session, source, name, sizeof name);
	snprintf(text, sizeof text, count > 1 ? "%s (%zu)" : "%s", heading, count);
	document_section(v->d, 2, heading, text);
	document_source(v->d, name);
}

/* A line: a label, then text that is wrapped and indented by `indent` columns.  With a label it is a pair of a name and
 * what it says, without one it goes on the pair before, with "-" it is an item of a list, and without an indent a
 * paragraph. */
static void print_item(const struct show_view *v, const char *label, int indent, struct slice text)
{
	char name[128];
	struct slice trimmed = slice_trim(slice_of(label));
	snprintf(name, sizeof name, "%.*s", (int)trimmed.length, trimmed.at);
	if (strcmp(name, "-") == 0)
		document_item(v->d);
	else if (*name || indent > 2)
		document_pair(v->d, name);
	else
		document_paragraph(v->d);
	document_layout(v->d, label, indent);
	document_text(v->d, RUN_PLAIN, text);
}

/* A code with its title, on a line. */
static void print_code(const struct show_view *v, const char *code, struct slice title)
{
	char first[32];
	snprintf(first, sizeof first, "  %s  ", code);
	document_pair(v->d, code);
	document_layout(v->d, first, LAYOUT_UNWRAPPED);
	document_text(v->d, RUN_PLAIN, title);
}

/* How many a list leaves out, as the last of its items or pairs. */
static void write_rest(const struct show_view *v, bool items, size_t left)
{
	if (items)
		document_item(v->d);
	else
		document_pair(v->d, "");
	document_layout(v->d, items ? "    " : "  ", LAYOUT_UNWRAPPED);
	document_printf(v->d, RUN_PLAIN, "and %zu more (--all)", left);
}

/* ---- evidence ---- */

/* How the pieces of one kind of evidence are set. */
enum layout { LAYOUT_TEXT, LAYOUT_LIST, LAYOUT_RUN };

/* Without --all, so many pieces are shown; one or two more are shown too, rather than counted. */
static const struct evidence_layout {
	enum evidence_kind kind;
	enum show_section section;
	const char *heading;
	enum layout layout;
	size_t most;
} layouts[] = {
	{ EVIDENCE_DESCRIPTION, SHOW_DESCRIPTION, "Description", LAYOUT_TEXT, 9 },
	{ EVIDENCE_DEFINITION, SHOW_DESCRIPTION, "SOC definition", LAYOUT_TEXT, 9 },
	{ EVIDENCE_REPORTED_TITLE, SHOW_TITLES, "Reported titles", LAYOUT_RUN, 12 },
	{ EVIDENCE_ALTERNATE_TITLE, SHOW_TITLES, "Alternate titles", LAYOUT_RUN, 20 },
	{ EVIDENCE_SHORT_TITLE, SHOW_TITLES, "Short titles", LAYOUT_RUN, 12 },
	{ EVIDENCE_DIRECT_MATCH, SHOW_TITLES, "Direct match titles", LAYOUT_RUN, 12 },
	{ EVIDENCE_ILLUSTRATIVE, SHOW_TITLES, "Illustrative examples", LAYOUT_RUN, 12 },
	{ EVIDENCE_CENSUS_TITLE, SHOW_TITLES, "Census index titles", LAYOUT_RUN, 12 },
	{ EVIDENCE_CORE_TASK, SHOW_TASKS, "Core tasks", LAYOUT_LIST, 30 },
	{ EVIDENCE_SUPPLEMENTAL_TASK, SHOW_TASKS, "Supplemental tasks", LAYOUT_LIST, 5 },
	{ EVIDENCE_UNRATED_TASK, SHOW_TASKS, "Tasks without a rating", LAYOUT_LIST, 30 },
	{ EVIDENCE_EMERGING_TASK, SHOW_TASKS, "Emerging tasks", LAYOUT_LIST, 5 },
	{ EVIDENCE_FILED_TITLE, SHOW_FILED, "Titles most often filed under this code", LAYOUT_RUN, 15 },
	{ EVIDENCE_ACTIVITY, SHOW_ACTIVITIES, "Work activities", LAYOUT_LIST, 8 },
	{ EVIDENCE_TECHNOLOGY, SHOW_TECHNOLOGIES, "Technologies", LAYOUT_RUN, 20 },
	{ EVIDENCE_TOOL, SHOW_TECHNOLOGIES, "Tools", LAYOUT_RUN, 12 },
};

/* "Python [in demand]" and so on: a piece as one item of a run. */
static void append_item(const struct evidence *e, struct buffer *run, struct error *err)
{
	if (run->length)
		buffer_append_text(run, "; ", err);
	buffer_append(run, e->text.at, e->text.length, err);
	if (e->count > 0)
		buffer_printf(run, err, " (%u)", e->count);
	if (e->flags & (EVIDENCE_HOT | EVIDENCE_IN_DEMAND))
		buffer_append_text(run, e->flags & EVIDENCE_IN_DEMAND ? " [in demand]" : " [hot]", err);
}

/* What is asked for comes before what is only mentioned. */
static int rank_of(const struct evidence *e)
{
	return e->flags & EVIDENCE_IN_DEMAND ? 0 : e->flags & EVIDENCE_HOT ? 1 : 2;
}

static void print_run(const struct show_view *v, const struct evidence *first, size_t count, size_t shown)
{
	struct buffer run = { 0 };
	size_t n = 0;
	for (int rank = 0; rank < 3; rank++)
		for (size_t i = 0; i < count && n < shown; i++)
			if (rank_of(&first[i]) == rank) {
				append_item(&first[i], &run, v->session->err);
				n++;
			}
	if (shown < count)
		buffer_printf(&run, v->session->err, "; and %zu more (--all)", count - shown);
	print_item(v, "  ", 2, buffer_slice(&run));
	buffer_free(&run);
}

static void print_list(const struct show_view *v, const struct evidence_layout *l, const struct evidence *first,
		       size_t count, size_t shown)
{
	for (size_t i = 0; i < shown; i++)
		print_item(v, l->layout == LAYOUT_LIST ? "  - " : "  ", l->layout == LAYOUT_LIST ? 4 : 2,
			   first[i].text);
	if (shown < count)
		write_rest(v, true, count - shown);
}

static void print_evidence(const struct show_view *v, const struct occupation *o, const struct evidence_layout *l)
{
	size_t count = 0;
	const struct evidence *first = NULL;
	for (size_t i = 0; i < o->evidence_count; i++) {
		if (o->evidence[i].kind != l->kind)
			continue;
		first = first ? first : &o->evidence[i];
		count++;
	}
	if (count == 0)
		return;
	size_t shown = v->all || count <= l->most + 2 ? count : l->most;
	print_heading(v, l->heading, count, first->source);
	if (l->layout == LAYOUT_RUN)
		print_run(v, first, count, shown);
	else
		print_list(v, l, first, count, shown);
}

static bool is_same_text(const struct occupation *o)
{
	struct slice texts[2] = { { 0 } };
	for (size_t i = 0; i < o->evidence_count; i++)
		if (o->evidence[i].kind == EVIDENCE_DESCRIPTION || o->evidence[i].kind == EVIDENCE_DEFINITION)
			texts[o->evidence[i].kind == EVIDENCE_DEFINITION] = o->evidence[i].text;
	return texts[0].length && slice_equal(texts[0], texts[1]);
}

/* O*NET mostly repeats the definition of the SOC: once is enough. */
static void print_description(const struct show_view *v, const struct occupation *o)
{
	bool same = is_same_text(o);
	for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++)
		if (layouts[i].section == SHOW_DESCRIPTION && !(same && layouts[i].kind == EVIDENCE_DEFINITION))
			print_evidence(v, o, &layouts[i]);
	if (same)
		print_item(v, "  ", 2, SLICE("(the SOC definition says the same)"));
}

static void print_kinds(const struct show_view *v, const struct occupation *o, enum show_section section)
{
	for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++)
		if (layouts[i].section == section)
			print_evidence(v, o, &layouts[i]);
}

/* ---- Job Zone and SVP ---- */

/* How long the preparation of each level of Specific Vocational Preparation takes, at most. */
static const char *const svp_most[] = {
	NULL, "a short demonstration", "1 month", "3 months", "6 months", "1 year", "2 years", "4 years", "10 years"
};
#define SVP_LAST 9

/* The whole number before the point in the text, from *at on; 0: none. */
static unsigned next_level(struct slice text, size_t *at)
{
	for (; *at < text.length; (*at)++) {
		if (!ascii_is_digit(text.at[*at]))
			continue;
		unsigned level = (unsigned)(text.at[*at] - '0');
		while (*at < text.length && (ascii_is_digit(text.at[*at]) || text.at[*at] == '.'))
			++*at;
		return level;
	}
	return 0;
}

void show_put_svp(struct slice svp, struct buffer *out, struct error *err)
{
	size_t at = 0;
	unsigned one = next_level(svp, &at), two = next_level(svp, &at);
	bool below = svp.length > 1 && (svp.at[1] | 32) == 'b';
	unsigned low = below ? 1 : one, high = below ? one : two;
	if (low < 1 || low > SVP_LAST || high > SVP_LAST || (high && high <= low))
		return;
	buffer_append_text(out, ": ", err);
	if (low > 1)
		buffer_printf(out, err, "over %s%s", svp_most[low - 1], high ? ", " : "");
	if (high)
		buffer_printf(out, err, "up to %s", svp_most[high - 1]);
	buffer_append_text(out, " of preparation, schooling and training counted", err);
}

static void print_zone(const struct show_view *v, const struct occupation *o)
{
	static const char *const labels[ZONE_TEXT_COUNT] = { "  Experience", "  Education", "  Training",
							     "  Examples" };
	const struct zone_reference *z = reference_zone(&v->session->index->reference, o->zone);
	if (o->zone == 0)
		return;
	print_heading(v, "Job Zone", 0, o->zone_source);
	if (!z) {
		document_paragraph(v->d);
		document_layout(v->d, "  ", LAYOUT_UNWRAPPED);
		document_printf(v->d, RUN_PLAIN, "%u", o->zone);
		return;
	}
	struct buffer text = { 0 };
	print_item(v, "  ", 2, z->name);
	buffer_printf(&text, v->session->err, "SVP %.*s", (int)z->svp.length, z->svp.at);
	show_put_svp(z->svp, &text, v->session->err);
	if (z->svp.length)
		print_item(v, "  ", 2, buffer_slice(&text));
	buffer_free(&text);
	for (size_t k = 0; k < ZONE_TEXT_COUNT; k++)
		if (z->texts[k].length)
			print_item(v, labels[k], 14, z->texts[k]);
}

/* ---- education, training and experience ---- */

/* A line of text for one answer. */
static void print_share(const struct show_view *v, const struct education *e)
{
	static const char bar[] = "##################################################";
	const struct category_reference *r =
		reference_category(&v->session->index->reference, e->element, e->scale, e->category);
	int room = v->width - 36 > 20 ? v->width - 36 : 20;
	room = room > 56 ? 56 : room;
	struct slice name = category_short_name(r ? r->text : e->element, (size_t)room);
	document_paragraph(v->d);
	document_layout(v->d, "  ", LAYOUT_UNWRAPPED);
	document_printf(v->d, RUN_PLAIN, "%5.1f%%  %-*.*s  %.*s%s", e->percent, room, (int)name.length, name.at,
			(int)(e->percent / 5.0 + 0.5), bar, e->suppressed ? " (few answers)" : "");
}

/* A figure of all answers that anybody gave. */
static void write_shares(const struct show_view *v, const struct education *at, size_t count)
{
	struct arena *arena = &v->session->arena;
	struct bar *bars = arena_alloc(arena, (count + 1) * sizeof *bars, v->session->err);
	size_t n = 0;
	for (size_t i = 0; bars && i < count; i++) {
		const struct category_reference *r =
			reference_category(&v->session->index->reference, at[i].element, at[i].scale, at[i].category);
		char value[48];
		snprintf(value, sizeof value, "%.1f%%%s", at[i].percent, at[i].suppressed ? " (few answers)" : "");
		if (at[i].percent <= 0.0)
			continue;
		bars[n++] = (struct bar){
			.label =
				arena_copy(arena, category_short_name(r ? r->text : at[i].element, 80), v->session->err)
					.at,
			.to = at[i].percent,
			.mark = NAN,
			.value = arena_copy(arena, slice_of(value), v->session->err).at,
		};
	}
	if (n > 0)
		document_bars(v->d, "Share of workers asked", bars, n, 100.0);
}

/* "Is an advanced degree typical?", by the share of those who have one. */
static void print_advanced(const struct show_view *v, const struct occupation *o)
{
	struct buffer text = { 0 };
	double percent;
	bool suppressed;
	uint32_t source;
	if (!education_advanced(o, &percent, &suppressed, &source))
		return;
	buffer_printf(&text, v->session->err,
		      "Is an advanced degree typical? %s: %.1f%% of the workers asked report a master's degree or "
		      "more%s.",
		      percent >= 75.0   ? "Yes"
		      : percent >= 50.0 ? "Yes, for more than half"
		      : percent >= 25.0 ? "Not for most, though for many"
		      : percent >= 10.0 ? "Mostly not"
					: "No",
		      percent, suppressed ? ", some of that from few answers" : "");
	print_item(v, "  ", 2, buffer_slice(&text));
	buffer_free(&text);
}

static bool is_question(const struct education *e, const struct education *first)
{
	return slice_equal(e->element, first->element) && slice_equal(e->scale, first->scale);
}

/* One question: all of its answers, or the commonest alone. */
static void print_question(const struct show_view *v, const struct education *at, size_t count, bool whole)
{
	const struct category_reference *r =
		reference_category(&v->session->index->reference, at->element, at->scale, at->category);
	const struct education *most = at;
	struct slice name = r ? r->name : at->element;
	struct buffer text = { 0 };
	if (whole && v->width == 0)
		write_shares(v, at, count);
	for (size_t i = 0; i < count; i++) {
		if (whole && at[i].percent > 0.0 && v->width > 0)
			print_share(v, &at[i]);
		most = at[i].percent > most->percent ? &at[i] : most;
	}
	r = reference_category(&v->session->index->reference, most->element, most->scale, most->category);
	if (!whole && most->percent > 0.0) {
		buffer_printf(&text, v->session->err, "%.*s: most often %.*s (%.1f%%)", (int)name.length, name.at,
			      (int)(r ? r->text.length : 0), r ? r->text.at : "", most->percent);
		print_item(v, "  ", 2, buffer_slice(&text));
	}
	buffer_free(&text);
}

/* The answers on education in full; of the others the commonest alone, unless all is wanted. */
static void print_education(const struct show_view *v, const struct occupation *o)
{
	bool others = false;
	for (size_t from = 0, end; from < o->education_count; from = end) {
		const struct education *first = &o->education[from];
		for (end = from + 1; end < o->education_count && is_question(&o->education[end], first); end++)
			;
		if (first->category == 0)
			continue;
		bool education = slice_equal(first->element, SLICE(EDUCATION_ELEMENT)), whole = education || v->all;
		const struct category_reference *r = reference_category(&v->session->index->reference, first->element,
									first->scale, first->category);
		char heading[128];
		snprintf(heading, sizeof heading, "%.*s, share of workers asked",
			 (int)(r ? r->name.length : first->element.length), r ? r->name.at : first->element.at);
		if (whole)
			print_heading(v, heading, 0, first->source);
		else if (!others)
			print_heading(v, "Experience and training", 0, first->source);
		others |= !whole;
		print_question(v, first, end - from, whole);
		if (education)
			print_advanced(v, o);
	}
}

/* ---- the rest of the page ---- */

#define RELATED_SHOWN 10

static void print_related(const struct show_view *v, const struct occupation *o)
{
	const struct soc_index *index = v->session->index;
	if (o->related_count == 0)
		return;
	size_t shown = v->all || o->related_count <= RELATED_SHOWN + 2 ? o->related_count : RELATED_SHOWN;
	print_heading(v, "Related occupations", o->related_count, o->related[0].source);
	for (size_t i = 0; i < shown; i++) {
		struct code code;
		int number = code_parse(o->related[i].code, &code) ? soc_index_find(index, &code) : -1;
		struct slice title = number >= 0 ? index->entries[number].title : SLICE("");
		char text[CODE_SIZE];
		snprintf(text, sizeof text, "%.*s", (int)o->related[i].code.length, o->related[i].code.at);
		print_code(v, text, title);
	}
	if (shown < o->related_count)
		write_rest(v, false, o->related_count - shown);
}

/* The groups of a code, each once: a broad group and its only detailed occupation may have one code. */
static size_t list_groups(const struct code *code, struct code groups[LEVEL_COUNT])
{
	size_t n = 0;
	for (int level = LEVEL_MAJOR; level <= LEVEL_SOC; level++) {
		struct code group = code_at_level(code, (enum code_level)level);
		if (strcmp(group.text, code->text) != 0 && (n == 0 || strcmp(groups[n - 1].text, group.text) != 0))
			groups[n++] = group;
	}
	return n;
}

/* The groups that hold a code, each with its title where the index has one. */
static void print_hierarchy(const struct show_view *v, const struct code *code)
{
	struct code groups[LEVEL_COUNT];
	size_t n = list_groups(code, groups), titles = 0;
	for (size_t i = 0; i < n; i++) {
		const struct group *g = groups_find(&v->session->index->groups, &groups[i]);
		titles += g && g->title.length;
	}
	if (titles == 0) {
		if (n == 0)
			return;
		document_paragraph(v->d);
		document_layout(v->d, "", LAYOUT_UNWRAPPED);
		for (size_t i = 0; i < n; i++)
			document_printf(v->d, RUN_DIM, "%s %s", i == 0 ? "in" : " >", groups[i].text);
		return;
	}
	for (size_t i = 0; i < n; i++) {
		const struct group *g = groups_find(&v->session->index->groups, &groups[i]);
		char label[CODE_SIZE + 32];
		snprintf(label, sizeof label, "%s%*s%.*s", i == 0 ? "in" : "  ", (int)(2 * i) + 1, "", CODE_SIZE - 1,
			 groups[i].text);
		document_pair(v->d, groups[i].text);
		document_layout(v->d, label, (int)strlen(label) + 2);
		document_text(v->d, RUN_PLAIN, g ? g->title : SLICE(""));
	}
}

/* ---- facts of a code: each with its source, and with the code that it was published for where that is another ---- */

#define LABEL 27 /* columns */
#define DEGREES_SHOWN 12

static void put_number(const struct show_view *v, const struct fact_answer *a, struct buffer *out)
{
	const struct fact_spec *spec = &fact_specs[a->series->key];
	fact_format_number(spec->kind, spec->unit, &a->at->number, out, v->session->err);
}

static bool is_text(const struct fact_answer *a)
{
	enum fact_kind kind = fact_specs[a->series->key].kind;
	return kind == FACT_TEXT || kind == FACT_LIST;
}

static bool same_value(const struct fact *a, const struct fact *b)
{
	return slice_equal(a->text, b->text) && a->number.mark == b->number.mark &&
	       a->number.digits == b->number.digits;
}

/* All that a source says, with what it adds; where it contradicts itself, all of it. */
static void put_answer(const struct show_view *v, const struct fact_answer *a, struct buffer *out)
{
	struct fact_answer one = *a;
	bool open = false;
	for (size_t i = 0; i < a->count; i++, one.at++) {
		bool again = i > 0 && same_value(one.at, one.at - 1);
		if (open && !(again && one.at->note.length)) {
			buffer_append_byte(out, ')', v->session->err);
			open = false;
		}
		if (i > 0 && !again)
			buffer_append_text(out, "; also ", v->session->err);
		if (!again && is_text(a))
			buffer_append(out, one.at->text.at, one.at->text.length, v->session->err);
		else if (!again)
			put_number(v, &one, out);
		if (one.at->note.length)
			buffer_printf(out, v->session->err, "%s%.*s", open ? "; " : " (", (int)one.at->note.length,
				      one.at->note.at);
		open |= one.at->note.length > 0;
	}
	if (open)
		buffer_append_byte(out, ')', v->session->err);
}

static void print_answer(const struct show_view *v, const char *label, const struct fact_answer *a)
{
	struct buffer text = { 0 };
	char first[128];
	put_answer(v, a, &text);
	snprintf(first, sizeof first, "  %s", label);
	if (terminal_columns(slice_of(first)) >= LABEL) {
		print_item(v, first, 0, SLICE(""));
		first[0] = '\0';
	}
	print_item(v, first, LABEL, buffer_slice(&text));
	buffer_free(&text);
}

/* Whose facts they are, where they are those of another code. */
static void print_whose(const struct show_view *v, const struct fact_answer *a, const struct code *code,
			const char *what)
{
	struct buffer text = { 0 };
	struct slice title = fact_code_title(v->session->index, a->at->code);
	if (a->way == FACT_WAY_OWN)
		return;
	buffer_printf(&text, v->session->err, "%s of %.*s %.*s", what, (int)a->at->code.length, a->at->code.at,
		      (int)title.length, title.at);
	if (a->way == FACT_WAY_SURVEY)
		buffer_printf(&text, v->session->err, ", a code of the survey's own that stands for %s and others",
			      code_soc(code).text);
	if (a->way == FACT_WAY_GROUP)
		buffer_printf(&text, v->session->err,
			      ", the group that holds %s: the survey has none of its own for it", code_soc(code).text);
	print_item(v, "  ", 2, buffer_slice(&text));
	buffer_free(&text);
}

/* ---- the wage system ---- */

static void print_appendix(const struct show_view *v, const struct code *code)
{
	struct fact_answer a = fact_find_key_of(v->session->index, FACT_APPENDIX_A, code);
	struct buffer text = { 0 };
	if (!a.series)
		return;
	if (a.count > 0) {
		buffer_append_text(&text, "a professional occupation; usual education: ", v->session->err);
		put_answer(v, &a, &text);
	} else {
		buffer_append_text(&text, "not listed as a professional occupation", v->session->err);
	}
	print_item(v, "  Appendix A", LABEL, buffer_slice(&text));
	buffer_free(&text);
}

/* Where O*NET and the wage system have two Job Zones, both stand here. */
static void print_zones(const struct show_view *v, const struct code *code)
{
	const struct soc_index *index = v->session->index;
	struct fact_answer a = fact_find_key_of(index, FACT_FLAG_ZONE, code);
	int number = soc_index_find(index, code);
	if (a.count == 0)
		return;
	print_answer(v, "Job Zone", &a);
	uint32_t zone = number >= 0 ? index->entries[number].zone : 0;
	if (zone > 0 && (double)zone != fact_value(&a.at->number)) {
		char label[ZONE_LABEL_SIZE], text[96];
		snprintf(text, sizeof text, "O*NET has Job Zone %s: the two sources differ",
			 reference_zone_label(&index->reference, zone, label));
		print_item(v, "", LABEL, slice_of(text));
	}
}

static void print_profession(const struct show_view *v, const struct code *code)
{
	struct fact_answer zone = fact_find_key_of(v->session->index, FACT_FLAG_ZONE, code);
	struct fact_answer education = fact_find_key_of(v->session->index, FACT_FLAG_EDUCATION, code);
	struct fact_answer appendix = fact_find_key_of(v->session->index, FACT_APPENDIX_A, code);
	const struct fact_answer *any = zone.count ? &zone : education.count ? &education : &appendix;
	if (any->count == 0)
		return;
	print_heading(v, "Wage system", 0, any->series->source);
	print_appendix(v, code);
	print_zones(v, code);
	if (education.count)
		print_answer(v, "Education", &education);
}

/* ---- wages ---- */

static const enum fact_key annual[] = { FACT_ANNUAL_MEAN,   FACT_ANNUAL_10, FACT_ANNUAL_25,
					FACT_ANNUAL_MEDIAN, FACT_ANNUAL_75, FACT_ANNUAL_90 };
static const enum fact_key hourly[] = { FACT_HOURLY_MEAN,   FACT_HOURLY_10, FACT_HOURLY_25,
					FACT_HOURLY_MEDIAN, FACT_HOURLY_75, FACT_HOURLY_90 };

/* What the signs in a table of wages mean, where they occur. */
struct wage_signs {
	bool top;
	bool none;
};

/* A wage: "$133,080", "$239,200+", "#", "-". */
static void put_wage(const struct show_view *v, const struct fact_answer *a, struct wage_signs *signs,
		     struct buffer *out)
{
	struct fact_number n = a->count ? a->at->number : (struct fact_number){ FACT_UNAVAILABLE, 0, 0 };
	bool top = n.mark == FACT_AT_LEAST, none = n.mark == FACT_UNAVAILABLE;
	signs->top |= top;
	signs->none |= none;
	if (none || (top && n.digits == 0)) {
		buffer_append_text(out, top ? "#" : "-", v->session->err);
		return;
	}
	n.mark = FACT_EXACT;
	fact_format_number(FACT_MONEY, fact_specs[a->series->key].unit, &n, out, v->session->err);
	if (top)
		buffer_append_byte(out, '+', v->session->err);
}

static const char *const wage_heads[] = { "mean", "10%", "25%", "median", "75%", "90%" };

#define WAGE_COLUMN 11
#define WAGE_TABLE (10 + 6 * WAGE_COLUMN)

/* A row of the table as a line of text; where that is wider than the terminal, one item after the other. */
static void print_wage_row(const struct show_view *v, const char *label, const enum fact_key *keys,
			   const struct code *code, struct wage_signs *signs)
{
	struct buffer line = { 0 };
	bool any = false, table = v->width >= WAGE_TABLE;
	for (size_t i = 0; i < sizeof annual / sizeof *annual; i++) {
		struct fact_answer a = fact_find_key_of(v->session->index, keys[i], code);
		struct buffer one = { 0 };
		any |= a.count > 0;
		put_wage(v, &a, signs, &one);
		if (table)
			buffer_printf(&line, v->session->err, "%*s%.*s",
				      (int)(one.length < WAGE_COLUMN ? WAGE_COLUMN - one.length : 1), "",
				      (int)one.length, one.at ? one.at : "");
		else
			buffer_printf(&line, v->session->err, "%s%s %.*s", i ? "; " : "", wage_heads[i],
				      (int)one.length, one.at ? one.at : "");
		buffer_free(&one);
	}
	if (any && table) {
		document_paragraph(v->d);
		document_layout(v->d, "  ", LAYOUT_UNWRAPPED);
		document_printf(v->d, RUN_PLAIN, "%-8s%.*s", label, (int)line.length, line.at ? line.at : "");
	} else if (any) {
		char first[32];
		snprintf(first, sizeof first, "  %s", label);
		print_item(v, first, 11, buffer_slice(&line));
	}
	buffer_free(&line);
}

static void print_wage_heads(const struct show_view *v)
{
	if (v->width < WAGE_TABLE)
		return;
	document_paragraph(v->d);
	document_layout(v->d, "", LAYOUT_UNWRAPPED);
	document_printf(v->d, RUN_DIM, "%10s", "");
	for (size_t i = 0; i < sizeof wage_heads / sizeof *wage_heads; i++)
		document_printf(v->d, RUN_DIM, "%*s", WAGE_COLUMN, wage_heads[i]);
}

/* The rows as a table of a page. */
static void write_wages(const struct show_view *v, const struct code *code, struct wage_signs *signs)
{
	static const struct column columns[] = { { "", COLUMN_SHORT },        { "mean", COLUMN_NUMBER },
						 { "10%", COLUMN_NUMBER },    { "25%", COLUMN_NUMBER },
						 { "median", COLUMN_NUMBER }, { "75%", COLUMN_NUMBER },
						 { "90%", COLUMN_NUMBER } };
	static const char *const labels[] = { "a year", "an hour" };
	document_table(v->d, "Wages: mean and percentiles", columns, sizeof columns / sizeof *columns);
	for (size_t row = 0; row < 2; row++) {
		const enum fact_key *keys = row == 0 ? annual : hourly;
		struct buffer one = { 0 };
		bool any = false;
		for (size_t i = 0; i < sizeof annual / sizeof *annual; i++)
			any |= fact_find_key_of(v->session->index, keys[i], code).count > 0;
		if (any) {
			document_row(v->d);
			document_cell_text(v->d, RUN_PLAIN, slice_of(labels[row]));
		}
		for (size_t i = 0; any && i < sizeof annual / sizeof *annual; i++) {
			struct fact_answer a = fact_find_key_of(v->session->index, keys[i], code);
			buffer_clear(&one);
			put_wage(v, &a, signs, &one);
			document_cell_text(v->d, RUN_PLAIN, buffer_slice(&one));
		}
		buffer_free(&one);
	}
	document_table_end(v->d);
}

static void print_signs(const struct show_view *v, const struct wage_signs *signs)
{
	if (signs->top)
		print_item(v, "  ", 2, SLICE("+ or #: so much or more; the survey publishes nothing above it"));
	if (signs->none)
		print_item(v, "  ", 2, SLICE("-: not published"));
}

static void print_employment(const struct show_view *v, const struct code *code)
{
	struct fact_answer jobs = fact_find_key_of(v->session->index, FACT_EMPLOYMENT, code);
	struct fact_answer error = fact_find_key_of(v->session->index, FACT_EMPLOYMENT_ERROR, code);
	struct fact_answer basis = fact_find_key_of(v->session->index, FACT_WAGE_BASIS, code);
	struct buffer text = { 0 };
	if (jobs.count) {
		put_answer(v, &jobs, &text);
		buffer_append_text(&text, " jobs, the self-employed not counted", v->session->err);
		if (error.count) {
			buffer_append_text(&text, " (relative standard error ", v->session->err);
			put_answer(v, &error, &text);
			buffer_append_text(&text, ")", v->session->err);
		}
		print_item(v, "  Employment", LABEL, buffer_slice(&text));
	}
	if (basis.count) {
		buffer_clear(&text);
		buffer_printf(&text, v->session->err, "%.*s wages alone are published", (int)basis.at->text.length,
			      basis.at->text.at);
		print_item(v, "  Basis", LABEL, buffer_slice(&text));
	}
	buffer_free(&text);
}

static void print_wages(const struct show_view *v, const struct code *code)
{
	const struct fact_series *series = facts_series(&v->session->index->facts, FACT_ANNUAL_MEDIAN);
	struct fact_answer a = fact_find(v->session->index, series, code);
	struct wage_signs signs = { false, false };
	if (!series)
		return;
	print_heading(v, "Employment and wages", 0, series->source);
	if (a.count == 0) {
		print_item(v, "  ", 2, SLICE("none published for this code, nor for one that stands for it"));
		return;
	}
	print_whose(v, &a, code, "wage");
	if (v->width == 0) {
		write_wages(v, code, &signs);
	} else {
		print_wage_heads(v);
		print_wage_row(v, "a year", annual, code, &signs);
		print_wage_row(v, "an hour", hourly, code, &signs);
	}
	print_signs(v, &signs);
	print_employment(v, code);
}

/* ---- outlook ---- */

static void print_outlook(const struct show_view *v, const struct code *code)
{
	const struct fact_series *series = facts_series(&v->session->index->facts, FACT_OUTLOOK_NOW);
	struct fact_answer first = fact_find(v->session->index, series, code);
	if (!series)
		return;
	print_heading(v, "Outlook", 0, series->source);
	if (first.count == 0) {
		print_item(v, "  ", 2, SLICE("none published for this code, nor for one that stands for it"));
		return;
	}
	print_whose(v, &first, code, "outlook");
	for (int k = FACT_OUTLOOK_NOW; k <= FACT_ENTRY_TRAINING; k++) {
		struct fact_answer a = fact_find_key_of(v->session->index, (enum fact_key)k, code);
		if (a.count)
			print_answer(v, fact_specs[k].label, &a);
	}
}

/* ---- fields of study ---- */

static bool has_fields(const struct fact_answer *a)
{
	return a->count > 0 && !slice_equal(a->at->text, SLICE(FACT_NO_DEGREE));
}

static void print_degrees(const struct show_view *v, const struct code *code)
{
	struct fact_answer a = fact_find_key_of(v->session->index, FACT_DEGREE, code);
	struct buffer text = { 0 };
	if (a.count == 0)
		return;
	print_heading(v, "Fields of study that lead to it", has_fields(&a) ? a.count : 0, a.series->source);
	if (!has_fields(&a)) {
		print_item(v, "  ", 2, SLICE("the crosswalk names none"));
		return;
	}
	size_t shown = v->all || a.count <= DEGREES_SHOWN + 2 ? a.count : DEGREES_SHOWN;
	for (size_t i = 0; i < shown; i++)
		buffer_printf(&text, v->session->err, "%s%.*s %.*s%s", i ? "; " : "", (int)a.at[i].text.length,
			      a.at[i].text.at, (int)a.at[i].note.length, a.at[i].note.at,
			      fact_is_stem_degree(v->session->index, a.at[i].text) ? " [STEM]" : "");
	if (shown < a.count)
		buffer_printf(&text, v->session->err, "; and %zu more (--all)", a.count - shown);
	print_item(v, "  ", 2, buffer_slice(&text));
	buffer_free(&text);
}

/* ---- STEM ---- */

#define LIST_LABEL 35 /* columns */

static void print_fact_list(const struct show_view *v, uint32_t source, struct slice text)
{
	char label[96], name[80];
	show_source(v->session, source, name, sizeof name);
	snprintf(label, sizeof label, "  %s", name);
	if (strlen(label) + 2 > LIST_LABEL) {
		print_item(v, label, 2, SLICE(""));
		label[0] = '\0';
	}
	print_item(v, label, LIST_LABEL, text);
}

static void print_stem_list(const struct show_view *v, enum stem_list list, const struct code *code)
{
	struct stem_verdict verdict;
	struct fact_answer a =
		fact_find_key_of(v->session->index, list == STEM_ONET ? FACT_STEM_ONET : FACT_STEM_NCSES, code);
	struct buffer text = { 0 };
	if (!fact_stem(v->session->index, list, code, &verdict) || (!verdict.said && !code_is_onet(code)))
		return;
	if (!verdict.said) {
		buffer_append_text(&text,
				   list == STEM_ONET ? "no: not on the list" : "its Census occupation has no class",
				   v->session->err);
	} else {
		if (list == STEM_ONET)
			buffer_append_text(&text, verdict.partly ? "partly: " : "yes: ", v->session->err);
		put_answer(v, &a, &text);
	}
	print_fact_list(v, verdict.source, buffer_slice(&text));
	buffer_free(&text);
}

/* The list of the DHS has fields of study: what it says of an occupation is which of those that lead to it are on it. */
static void print_stem_degrees(const struct show_view *v, const struct code *code)
{
	struct stem_verdict verdict;
	struct buffer text = { 0 };
	if (!fact_stem(v->session->index, STEM_DHS, code, &verdict) || !verdict.said)
		return;
	if (verdict.fields == 1)
		buffer_printf(&text, v->session->err, "the one field of study that leads to it is %son the list",
			      verdict.on_list ? "" : "not ");
	else
		buffer_printf(&text, v->session->err, "%zu of the %zu fields of study that lead to it %s on the list",
			      verdict.on_list, verdict.fields, verdict.on_list == 1 ? "is" : "are");
	print_fact_list(v, verdict.source, buffer_slice(&text));
	buffer_free(&text);
}

static void print_stem(const struct show_view *v, const struct code *code)
{
	struct stem_verdict verdict;
	bool any = false;
	for (int list = 0; list < STEM_LIST_COUNT; list++)
		any |= fact_stem(v->session->index, (enum stem_list)list, code, &verdict) &&
		       (verdict.said || (list == STEM_ONET && code_is_onet(code)));
	if (!any)
		return;
	document_section(v->d, 2, "stem", "STEM, by list");
	print_stem_list(v, STEM_ONET, code);
	print_stem_list(v, STEM_NCSES, code);
	print_stem_degrees(v, code);
}

/* ---- columns of the user's own ---- */

/* The columns of one table that has a row for the code, or one for its six digits; false where it has none. */
static bool print_row(const struct show_view *v, uint32_t source, const struct code *code, enum fact_way way,
		      bool heading)
{
	const struct facts *facts = &v->session->index->facts;
	const json_t *manifest = v->session->index->manifest;
	bool any = false;
	for (size_t i = 0; i < facts->count; i++) {
		const struct fact_series *s = &facts->at[i];
		char label[LABEL + 64];
		if (s->key != FACT_CUSTOM || s->source != source)
			continue;
		struct fact_answer a = fact_find(v->session->index, s, code);
		if (a.count && a.way != way && !fact_find_next(&a, code))
			continue;
		if (a.count == 0 || a.way != way)
			continue;
		if (!any && heading) {
			document_section(v->d, 2, "own", manifest_source_title(manifest, source));
			document_source(v->d, manifest_source_text(manifest, source, "name"));
		}
		if (!any)
			print_whose(v, &a, code, "row");
		any = true;
		snprintf(label, sizeof label, "%.*s", (int)(s->name.length < 60 ? s->name.length : 60), s->name.at);
		print_answer(v, label, &a);
	}
	return any;
}

static void print_own(const struct show_view *v, const struct code *code)
{
	const struct facts *facts = &v->session->index->facts;
	for (size_t i = 0; i < facts->count; i++) {
		const struct fact_series *s = &facts->at[i];
		if (s->key != FACT_CUSTOM ||
		    (i > 0 && facts->at[i - 1].key == FACT_CUSTOM && facts->at[i - 1].source == s->source))
			continue;
		bool any = print_row(v, s->source, code, FACT_WAY_OWN, true);
		print_row(v, s->source, code, FACT_WAY_SOC, !any);
	}
}

/* ---- all of them ---- */

/* The sections that are facts, of a code of any level, from `first` to `last`. */
static void print_facts(const struct show_view *v, const struct code *code, enum show_section first,
			enum show_section last)
{
	static void (*const printers[SHOW_COUNT])(const struct show_view *, const struct code *) = {
		[SHOW_PROFESSION] = print_profession, [SHOW_WAGES] = print_wages,
		[SHOW_DEGREES] = print_degrees,       [SHOW_STEM] = print_stem,
		[SHOW_OUTLOOK] = print_outlook,       [SHOW_OWN] = print_own,
	};
	for (int s = (int)first; s <= (int)last; s++)
		if (printers[s] && wants(v, (enum show_section)s))
			printers[s](v, code);
}

/* ---- pages ---- */

static void print_members(const struct show_view *v, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		const struct entry *e = &v->session->index->entries[i];
		print_code(v, e->code.text, e->title);
	}
}

static void print_sections(const struct show_view *v, const struct occupation *o, const struct code *code)
{
	for (int s = 0; s < SHOW_COUNT; s++) {
		if (!wants(v, (enum show_section)s))
			continue;
		if (s == SHOW_DESCRIPTION)
			print_description(v, o);
		else if (s == SHOW_ZONE)
			print_zone(v, o);
		else if (s == SHOW_EDUCATION)
			print_education(v, o);
		else if (s == SHOW_RELATED)
			print_related(v, o);
		else
			print_kinds(v, o, (enum show_section)s);
		print_facts(v, code, (enum show_section)s, (enum show_section)s);
	}
}

static bool print_occupation(const struct show_view *v, size_t number)
{
	struct arena arena = { 0 };
	struct occupation o;
	const struct entry *e = &v->session->index->entries[number];
	bool ok = soc_index_occupation(v->session->index, number, &arena, &o, v->session->err);
	if (ok) {
		document_code_section(v->d, e->code.text, e->title);
		print_hierarchy(v, &e->code);
		print_sections(v, &o, &e->code);
	}
	arena_free(&arena);
	return ok;
}

static void print_census_titles(const struct show_view *v, const struct group *g)
{
	struct buffer run = { 0 };
	print_heading(v, "Census index titles of the group", g->title_count, g->source);
	for (size_t i = 0; i < g->title_count; i++)
		buffer_printf(&run, v->session->err, "%s%.*s", i == 0 ? "" : "; ", (int)g->titles[i].length,
			      g->titles[i].at);
	print_item(v, "  ", 2, buffer_slice(&run));
	buffer_free(&run);
}

static void print_group(const struct show_view *v, const struct code *code, size_t from, size_t to)
{
	const struct soc_index *index = v->session->index;
	const struct group *g = groups_find(&index->groups, code);
	struct slice title = codes_group_title(index, code);
	char what[96];
	snprintf(what, sizeof what, "a %s group with %zu occupations", code_level_name(code_level(code)), to - from);
	document_code_section(v->d, code->text, title.length ? title : slice_of(what));
	if (title.length) {
		print_item(v, "", 0, slice_of(what));
	} else {
		document_layout(v->d, "", LAYOUT_UNWRAPPED);
		document_text(v->d, RUN_STRONG, slice_of(code->text));
		document_printf(v->d, RUN_PLAIN, "  %s", what);
	}
	if (wants(v, SHOW_MEMBERS))
		print_members(v, from, to);
	print_facts(v, code, SHOW_PROFESSION, SHOW_OWN);
	if (g && g->title_count > 0 && wants(v, SHOW_TITLES))
		print_census_titles(v, g);
}

/* A code of a survey's own. */
static void print_survey_code(const struct show_view *v, const struct code *code)
{
	const struct soc_index *index = v->session->index;
	struct slice title = fact_code_title(index, slice_of(code->text));
	bool any = false;
	document_code_section(v->d, code->text, title);
	print_item(v, "", 0,
		   SLICE("a code that is not of the classification: a survey has it for several occupations together"));
	for (size_t i = 0; i < index->count; i++) {
		if (!fact_taken_from(index, i, code))
			continue;
		if (!any)
			document_section(v->d, 2, "takers", "Occupations that take its facts");
		any = true;
		print_members(v, i, i + 1);
	}
	print_facts(v, code, SHOW_PROFESSION, SHOW_OWN);
}

bool show_page(const struct show_view *v, const struct code *code, size_t from, size_t to)
{
	bool ok = true;
	if (from == to) {
		print_survey_code(v, code);
	} else if (!codes_name_occupation(v->session->index, code, from, to)) {
		print_group(v, code, from, to);
	} else {
		ok = print_occupation(v, from);
		if (to - from > 1 && wants(v, SHOW_MEMBERS)) {
			document_section(v->d, 2, "also", "Also under this code");
			print_members(v, from + 1, to);
		}
	}
	return ok;
}
