// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * evaluation.c - counts of agreement with reference codes: kept row by row, and written as text, as JSON and as a
 * plot.
 */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

#include "lib/base/terminal.h"
#include "lib/base/utf8.h"
#include "query/batch/evaluation.h"
#include "query/output/html_escape.h"

/* More pairs than that are not told apart: the memory of a run is bounded. */
#define PAIRS_MAX 200000

static const enum code_level levels[EVALUATION_LEVELS] = { LEVEL_MAJOR, LEVEL_MINOR, LEVEL_BROAD, LEVEL_SOC };

void evaluation_free(struct evaluation *e)
{
	map_free(&e->pairs);
	memory_free(e->pair_rows);
	*e = (struct evaluation){ 0 };
}

/* ---- one row ---- */

/* Whether two codes agree at a level; a code of fewer digits than that agrees with none. */
static bool agree(const struct code *a, const struct code *b, enum code_level level)
{
	if (a->text[0] == '\0' || b->text[0] == '\0' || code_level(a) < level || code_level(b) < level)
		return false;
	struct code x = code_at_level(a, level), y = code_at_level(b, level);
	return strcmp(x.text, y.text) == 0;
}

/* How many levels two codes share, from two digits on. */
static size_t shared_levels(const struct code *a, const struct code *b)
{
	size_t shared = 0;
	while (shared < EVALUATION_LEVELS && agree(a, b, levels[shared]))
		shared++;
	return shared;
}

/* The reference of a row: of its codes the one that is nearest to the predicted one. */
struct gold_code {
	struct code code; /* empty: there is none */
	size_t shared;    /* levels, of EVALUATION_LEVELS */
	enum code_origin origin;
};

/* Which of two codes says what kind of row it is: a split goes before what is certain, any code before none. */
static bool tells_more(enum code_origin a, enum code_origin b)
{
	static const unsigned char ranks[ORIGIN_COUNT] = {
		[ORIGIN_SPLIT] = 7,   [ORIGIN_LED_OVER] = 6, [ORIGIN_DATE] = 5,      [ORIGIN_INDEX] = 4,
		[ORIGIN_UNKNOWN] = 3, [ORIGIN_ANY_DATE] = 2, [ORIGIN_MALFORMED] = 1, [ORIGIN_NO_CODE] = 0,
	};
	return ranks[a] > ranks[b];
}

static void take_code(struct gold_code *r, const struct code *predicted, const struct code *code)
{
	size_t shared = shared_levels(code, predicted);
	if (r->code.text[0] && shared <= r->shared)
		return;
	r->code = *code;
	r->shared = shared;
}

static void look_up(const struct evaluation *e, const struct written_code *w, struct code_lookup *out)
{
	struct written_code soc = *w;
	if (w->kind == WRITTEN_CODE)
		soc.code = code_soc(&w->code);
	if (e->index || w->kind != WRITTEN_CODE)
		code_lookup(e->index, &soc, out);
	else
		*out = (struct code_lookup){ .origin = ORIGIN_INDEX, .at = { soc.code }, .count = 1 };
}

static struct gold_code read_reference(const struct evaluation *e, struct slice text, const struct code *predicted)
{
	struct gold_code r = { .origin = ORIGIN_NO_CODE };
	struct written_code w;
	while ((w = code_reader_next(&text)).kind != WRITTEN_END) {
		struct code_lookup found;
		look_up(e, &w, &found);
		if (tells_more(found.origin, r.origin))
			r.origin = found.origin;
		for (size_t i = 0; found.origin != ORIGIN_ANY_DATE && i < found.count; i++)
			take_code(&r, predicted, &found.at[i]);
	}
	return r;
}

/* The beginning of what is no code, with its row, for the list. */
static bool keep_reject(struct evaluation *e, uint64_t row, struct slice text, struct error *err)
{
	struct buffer clean = { 0 };
	if (e->reject_count == EVALUATION_REJECTS)
		return true;
	struct evaluation_reject *r = &e->rejects[e->reject_count++];
	bool ok = terminal_clean(utf8_cut(text, EVALUATION_REJECT_SIZE - 1), &clean, err);
	r->row = row;
	snprintf(r->text, sizeof r->text, "%.*s", (int)utf8_cut(buffer_slice(&clean), sizeof r->text - 1).length,
		 clean.at ? clean.at : "");
	buffer_free(&clean);
	return ok;
}

static bool count_pair(struct evaluation *e, const struct code *reference, const struct code *predicted, uint64_t rows,
		       struct error *err)
{
	char key[2 * CODE_SIZE + 1];
	uint32_t number;
	bool added;
	int length = snprintf(key, sizeof key, "%s>%s", reference->text, predicted->text);
	struct slice pair = { key, (size_t)length };
	if (e->pairs.count >= PAIRS_MAX && map_find(&e->pairs, pair) == MAP_NONE) {
		e->other_pairs += rows;
		return true;
	}
	if (!map_add(&e->pairs, pair, &number, &added, err) ||
	    !ARRAY_RESERVE(e->pair_rows, e->pair_capacity, (size_t)number + 1, err))
		return false;
	e->pair_rows[number] = (added ? 0 : e->pair_rows[number]) + rows;
	return true;
}

bool evaluation_add(struct evaluation *e, const struct batch_row *row, const struct row_outcome *o, struct error *err)
{
	struct slice text = slice_trim(row->reference);
	if (o->decided)
		return true;
	if (text.length == 0) {
		e->absent++;
		return true;
	}
	struct gold_code r = read_reference(e, text, &o->first);
	e->origins[r.origin]++;
	if (r.code.text[0] == '\0')
		return r.origin == ORIGIN_NO_CODE || keep_reject(e, row->number, text, err);
	e->rows++;
	for (size_t i = 0; i < EVALUATION_LEVELS; i++) {
		e->compared[i] += code_level(&r.code) >= levels[i];
		e->agreed[i] += r.shared > i;
	}
	size_t bin = (size_t)(o->confidence * EVALUATION_BINS);
	struct evaluation_bin *b = &e->bins[bin < EVALUATION_BINS ? bin : EVALUATION_BINS - 1];
	b->rows++;
	b->right += r.shared == EVALUATION_LEVELS;
	b->sum += o->confidence;
	return count_pair(e, &r.code, &o->first, 1, err);
}

/* The two codes of a key, as count_pair() makes it. */
static bool read_pair(const char *key, struct code *reference, struct code *predicted)
{
	const char *mark = strchr(key, '>');
	size_t length = mark ? (size_t)(mark - key) : CODE_SIZE;
	*reference = *predicted = (struct code){ "" };
	if (length >= CODE_SIZE || strlen(mark + 1) >= CODE_SIZE)
		return false;
	memcpy(reference->text, key, length);
	memcpy(predicted->text, mark + 1, strlen(mark + 1));
	return true;
}

void evaluation_pair(const struct evaluation *e, uint32_t pair, struct code *reference, struct code *predicted)
{
	read_pair(map_key(&e->pairs, pair).at, reference, predicted);
}

/* ---- kappa ---- */

/* How often each code stands on either side. */
struct margins {
	struct map codes;
	uint64_t *reference;
	uint64_t *predicted;
	size_t capacities[2];
};

static bool count_side(struct margins *m, const struct code *code, bool predicted, uint64_t rows, struct error *err)
{
	uint32_t number;
	bool added;
	if (!map_add(&m->codes, slice_of(code->text[0] ? code->text : "none"), &number, &added, err) ||
	    !ARRAY_RESERVE(m->reference, m->capacities[0], (size_t)number + 1, err) ||
	    !ARRAY_RESERVE(m->predicted, m->capacities[1], (size_t)number + 1, err))
		return false;
	if (added)
		m->reference[number] = m->predicted[number] = 0;
	(predicted ? m->predicted : m->reference)[number] += rows;
	return true;
}

/* A code of fewer digits stands for itself. */
static struct code at_level(const struct code *code, enum code_level level)
{
	return code->text[0] && code_level(code) >= level ? code_at_level(code, level) : *code;
}

double evaluation_kappa(const struct evaluation *e, size_t level, struct error *err)
{
	struct margins m = { 0 };
	double rows = 0.0, chance = 0.0, same = 0.0;
	bool ok = true;
	for (uint32_t i = 0; ok && i < e->pairs.count; i++) {
		struct code reference, predicted;
		evaluation_pair(e, i, &reference, &predicted);
		if (code_level(&reference) < levels[level])
			continue;
		same += agree(&reference, &predicted, levels[level]) ? (double)e->pair_rows[i] : 0.0;
		rows += (double)e->pair_rows[i];
		reference = at_level(&reference, levels[level]);
		predicted = at_level(&predicted, levels[level]);
		ok = count_side(&m, &reference, false, e->pair_rows[i], err) &&
		     count_side(&m, &predicted, true, e->pair_rows[i], err);
	}
	for (size_t i = 0; i < m.codes.count; i++)
		chance += (double)m.reference[i] / rows * ((double)m.predicted[i] / rows);
	map_free(&m.codes);
	memory_free(m.reference);
	memory_free(m.predicted);
	return !ok || rows == 0.0 || chance >= 1.0 ? NAN : (same / rows - chance) / (1.0 - chance);
}

/* ---- production ---- */

struct evaluation_point evaluation_at(const struct evaluation *e, double share)
{
	struct evaluation_point p = { .confidence = 1.0 };
	for (size_t i = EVALUATION_BINS; i-- > 0 && (double)p.rows < share * (double)e->rows;) {
		p.rows += e->bins[i].rows;
		p.right += e->bins[i].right;
		p.confidence = (double)i / EVALUATION_BINS;
	}
	return p;
}

/* ---- confusions ---- */

struct confusion {
	uint64_t rows;
	struct slice key;
	uint32_t pair;
};

static int compare_confusions(const void *a, const void *b)
{
	const struct confusion *x = a, *y = b;
	if (x->rows != y->rows)
		return x->rows > y->rows ? -1 : 1;
	return slice_compare(x->key, y->key);
}

size_t evaluation_confusions(const struct evaluation *e, size_t limit, uint32_t *out)
{
	struct confusion *all = memory_resize(NULL, (e->pairs.count + 1) * sizeof *all);
	size_t count = 0;
	for (uint32_t i = 0; all && i < e->pairs.count; i++) {
		struct code reference, predicted;
		evaluation_pair(e, i, &reference, &predicted);
		if (shared_levels(&reference, &predicted) < EVALUATION_LEVELS)
			all[count++] = (struct confusion){ e->pair_rows[i], map_key(&e->pairs, i), i };
	}
	if (count > 1)
		qsort(all, count, sizeof *all, compare_confusions);
	count = count < limit ? count : limit;
	for (size_t i = 0; i < count; i++)
		out[i] = all[i].pair;
	memory_free(all);
	return count;
}

/* ---- the checkpoint ---- */

enum { COUNTS = 3 + ORIGIN_COUNT + 2 * EVALUATION_LEVELS };

/* The counts that a checkpoint keeps, in its order. */
static void list_counts(struct evaluation *e, uint64_t *to[COUNTS])
{
	size_t n = 0;
	to[n++] = &e->rows;
	to[n++] = &e->absent;
	to[n++] = &e->other_pairs;
	for (size_t i = 0; i < ORIGIN_COUNT; i++)
		to[n++] = &e->origins[i];
	for (size_t i = 0; i < EVALUATION_LEVELS; i++) {
		to[n++] = &e->compared[i];
		to[n++] = &e->agreed[i];
	}
}

static json_t *rejects_json(const struct evaluation *e)
{
	json_t *list = json_array();
	for (size_t i = 0; i < e->reject_count; i++)
		json_array_append_new(list, json_pack("{s:I, s:s}", "row", (json_int_t)e->rejects[i].row, "text",
						      e->rejects[i].text));
	return list;
}

json_t *evaluation_state(struct evaluation *e)
{
	json_t *bins = json_array(), *pairs = json_object();
	uint64_t *all[COUNTS];
	for (size_t i = 0; i < EVALUATION_BINS; i++)
		if (e->bins[i].rows)
			json_array_append_new(bins,
					      json_pack("[I, I, I, f]", (json_int_t)i, (json_int_t)e->bins[i].rows,
							(json_int_t)e->bins[i].right, e->bins[i].sum));
	for (uint32_t i = 0; i < e->pairs.count; i++)
		json_object_set_new(pairs, map_key(&e->pairs, i).at, json_integer((json_int_t)e->pair_rows[i]));
	json_t *counts = json_array();
	list_counts(e, all);
	for (size_t i = 0; i < COUNTS; i++)
		json_array_append_new(counts, json_integer((json_int_t)*all[i]));
	return json_pack("{s:o, s:o, s:o, s:o}", "counts", counts, "bins", bins, "pairs", pairs, "rejects",
			 rejects_json(e));
}

static uint64_t count_at(const json_t *array, size_t i)
{
	json_int_t value = json_integer_value(json_array_get(array, i));
	return value > 0 ? (uint64_t)value : 0;
}

static void restore_rejects(const json_t *list, struct evaluation *e)
{
	for (size_t i = 0; i < json_array_size(list) && i < EVALUATION_REJECTS; i++) {
		const json_t *reject = json_array_get(list, i);
		const char *text = json_string_value(json_object_get(reject, "text"));
		struct evaluation_reject *r = &e->rejects[e->reject_count++];
		r->row = (uint64_t)json_integer_value(json_object_get(reject, "row"));
		snprintf(r->text, sizeof r->text, "%s", text ? text : "");
	}
}

bool evaluation_restore(const json_t *state, struct evaluation *e, struct error *err)
{
	const json_t *counts = json_object_get(state, "counts"), *bins = json_object_get(state, "bins");
	json_t *pairs = json_object_get(state, "pairs"), *value;
	uint64_t *all[COUNTS];
	const char *key;
	size_t i;
	list_counts(e, all);
	for (i = 0; i < COUNTS; i++)
		*all[i] = count_at(counts, i);
	uint64_t others = e->other_pairs;
	restore_rejects(json_object_get(state, "rejects"), e);
	json_array_foreach(bins, i, value)
	{
		uint64_t bin = count_at(value, 0);
		if (bin < EVALUATION_BINS)
			e->bins[bin] = (struct evaluation_bin){ count_at(value, 1), count_at(value, 2),
								json_real_value(json_array_get(value, 3)) };
	}
	json_object_foreach(pairs, key, value)
	{
		struct code reference, predicted;
		if (!read_pair(key, &reference, &predicted) || json_integer_value(value) < 0)
			return error_set(err, ERROR_INPUT, "begin anew without --resume",
					 "what the run left is malformed");
		if (!count_pair(e, &reference, &predicted, (uint64_t)json_integer_value(value), err))
			return false;
	}
	e->other_pairs = others;
	return true;
}

/* ---- what all outputs show ---- */

enum { CONFUSIONS = 20, CALIBRATION_BINS = 10 };

static const char *const level_names[EVALUATION_LEVELS] = { "2 digits", "3 digits", "5 digits", "6 digits" };
static const char *const level_keys[EVALUATION_LEVELS] = { "2", "3", "5", "6" };
static const double shares[] = { 1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1 };
enum { SHARES = sizeof shares / sizeof *shares };

static double part(uint64_t of, uint64_t all)
{
	return all ? (double)of / (double)all : 0.0;
}

/* Ten bins of the thousand. */
static struct evaluation_bin calibration_bin(const struct evaluation *e, size_t bin)
{
	struct evaluation_bin sum = { 0 };
	for (size_t i = 0; i < EVALUATION_BINS / CALIBRATION_BINS; i++) {
		const struct evaluation_bin *b = &e->bins[bin * (EVALUATION_BINS / CALIBRATION_BINS) + i];
		sum.rows += b->rows;
		sum.right += b->right;
		sum.sum += b->sum;
	}
	return sum;
}

/* How far confidence is from how often it is right, on average: the expected calibration error. */
static double calibration_error(const struct evaluation *e)
{
	double sum = 0.0;
	for (size_t i = 0; i < CALIBRATION_BINS; i++) {
		struct evaluation_bin b = calibration_bin(e, i);
		sum += fabs(b.sum - (double)b.right);
	}
	return e->rows ? sum / (double)e->rows : 0.0;
}

static struct slice title_of(struct soc_index *index, const struct code *code)
{
	size_t from, to;
	if (code->text[0] == '\0')
		return SLICE("no candidate");
	if (!soc_index_range(index, code, &from, &to))
		return SLICE("not in this index");
	return index->entries[from].title;
}

/* ---- text ---- */

static bool print_agreement(FILE *stream, const struct evaluation *e, struct error *err)
{
	fprintf(stream, "  %-10s %10s %10s %10s\n", "", "rows", "agreement", "kappa");
	for (size_t i = 0; i < EVALUATION_LEVELS; i++) {
		double kappa = evaluation_kappa(e, i, err);
		if (err->code != ERROR_NONE)
			return false;
		fprintf(stream, "  %-10s %10" PRIu64 " %10.3f ", level_names[i], e->compared[i],
			part(e->agreed[i], e->compared[i]));
		if (isnan(kappa))
			fprintf(stream, "%10s\n", "-");
		else
			fprintf(stream, "%10.3f\n", kappa);
	}
	return true;
}

static void print_production(FILE *stream, const struct evaluation *e)
{
	fprintf(stream, "  %-10s %10s %10s %10s\n", "production", "rows", "agreement", "accept");
	for (size_t i = 0; i < SHARES; i++) {
		struct evaluation_point p = evaluation_at(e, shares[i]);
		fprintf(stream, "  %9.1f%% %10" PRIu64 " %10.3f %10.3f\n", 100.0 * part(p.rows, e->rows), p.rows,
			part(p.right, p.rows), p.confidence);
	}
}

static void print_confusions(FILE *stream, const struct evaluation *e, struct soc_index *index)
{
	uint32_t pairs[CONFUSIONS];
	size_t count = evaluation_confusions(e, CONFUSIONS, pairs);
	if (count)
		fputs("  commonest differences: rows, the code given, the code said\n", stream);
	for (size_t i = 0; i < count; i++) {
		struct code reference, predicted;
		evaluation_pair(e, pairs[i], &reference, &predicted);
		struct slice a = title_of(index, &reference), b = title_of(index, &predicted);
		fprintf(stream, "  %10" PRIu64 "  %s %.*s > %s %.*s\n", e->pair_rows[pairs[i]], reference.text,
			(int)a.length, a.at, predicted.text, (int)b.length, b.at);
	}
}

/* What had to be made of codes before they could be compared, or why they could not. */
static void print_origins(FILE *stream, const struct evaluation *e)
{
	static const struct {
		enum code_origin origin;
		const char *what;
	} lines[] = {
		{ ORIGIN_NO_CODE, "marked as having no code" },
		{ ORIGIN_LED_OVER, "led over from an older edition" },
		{ ORIGIN_SPLIT, "of an older edition and split since: any successor counts" },
		{ ORIGIN_UNKNOWN, "with a code that this index does not have" },
		{ ORIGIN_DATE, "led back from a date that a spreadsheet has made of the code" },
		{ ORIGIN_ANY_DATE, "with a date that several codes become, or none" },
	};
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
		if (e->origins[lines[i].origin])
			fprintf(stream, "  %" PRIu64 " %s\n", e->origins[lines[i].origin], lines[i].what);
}

static void print_rejects(FILE *stream, const struct evaluation *e)
{
	uint64_t all = e->origins[ORIGIN_MALFORMED] + e->origins[ORIGIN_ANY_DATE];
	for (size_t i = 0; i < e->reject_count; i++)
		fprintf(stream, "%s%" PRIu64 " '%s'", i ? ", " : "  no code in row ", e->rejects[i].row,
			e->rejects[i].text);
	if (all > e->reject_count)
		fprintf(stream, " and %" PRIu64 " more", all - e->reject_count);
	if (all)
		fputc('\n', stream);
}

bool evaluation_print(FILE *stream, const struct evaluation *e, struct soc_index *index, struct error *err)
{
	fprintf(stream, "soc: %" PRIu64 " rows held against codes given before", e->rows);
	if (e->absent)
		fprintf(stream, "; %" PRIu64 " without one", e->absent);
	if (e->origins[ORIGIN_MALFORMED])
		fprintf(stream, "; %" PRIu64 " with what is no code", e->origins[ORIGIN_MALFORMED]);
	fputc('\n', stream);
	print_origins(stream, e);
	print_rejects(stream, e);
	if (e->rows == 0)
		return true;
	if (!print_agreement(stream, e, err))
		return false;
	print_production(stream, e);
	fprintf(stream, "  confidence is off by %.3f on average\n", calibration_error(e));
	print_confusions(stream, e, index);
	return true;
}

/* ---- JSON ---- */

static json_t *json_text(struct slice text)
{
	return json_stringn(text.at ? text.at : "", text.length);
}

static json_t *json_agreement(const struct evaluation *e, struct error *err)
{
	json_t *object = json_object();
	for (size_t i = 0; i < EVALUATION_LEVELS; i++) {
		double kappa = evaluation_kappa(e, i, err);
		json_object_set_new(object, level_keys[i],
				    json_pack("{s:I, s:I, s:f, s:o}", "rows", (json_int_t)e->compared[i], "agreed",
					      (json_int_t)e->agreed[i], "agreement", part(e->agreed[i], e->compared[i]),
					      "kappa", isnan(kappa) ? json_null() : json_real(kappa)));
	}
	return object;
}

static json_t *json_production(const struct evaluation *e)
{
	json_t *list = json_array();
	for (size_t i = 0; i < SHARES; i++) {
		struct evaluation_point p = evaluation_at(e, shares[i]);
		json_array_append_new(list, json_pack("{s:f, s:I, s:f, s:f}", "production", part(p.rows, e->rows),
						      "rows", (json_int_t)p.rows, "agreement", part(p.right, p.rows),
						      "accept", p.confidence));
	}
	return list;
}

static json_t *json_calibration(const struct evaluation *e)
{
	json_t *list = json_array();
	for (size_t i = 0; i < CALIBRATION_BINS; i++) {
		struct evaluation_bin b = calibration_bin(e, i);
		json_array_append_new(list,
				      json_pack("{s:f, s:I, s:f, s:f}", "from", (double)i / CALIBRATION_BINS, "rows",
						(json_int_t)b.rows, "confidence", b.rows ? b.sum / (double)b.rows : 0.0,
						"agreement", part(b.right, b.rows)));
	}
	return list;
}

static json_t *json_confusions(const struct evaluation *e, struct soc_index *index)
{
	uint32_t pairs[CONFUSIONS];
	size_t count = evaluation_confusions(e, CONFUSIONS, pairs);
	json_t *list = json_array();
	for (size_t i = 0; i < count; i++) {
		struct code reference, predicted;
		evaluation_pair(e, pairs[i], &reference, &predicted);
		json_array_append_new(
			list, json_pack("{s:I, s:s, s:o, s:s, s:o}", "rows", (json_int_t)e->pair_rows[pairs[i]], "gold",
					reference.text, "gold_title", json_text(title_of(index, &reference)), "said",
					predicted.text, "said_title", json_text(title_of(index, &predicted))));
	}
	return list;
}

json_t *evaluation_json(const struct evaluation *e, struct soc_index *index, struct error *err)
{
	const uint64_t *o = e->origins;
	return json_pack("{s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:o, s:o, s:o, s:o, s:f, s:o}", "rows",
			 (json_int_t)e->rows, "without_code", (json_int_t)e->absent, "no_code",
			 (json_int_t)o[ORIGIN_NO_CODE], "malformed", (json_int_t)o[ORIGIN_MALFORMED], "lost_dates",
			 (json_int_t)o[ORIGIN_ANY_DATE], "dates", (json_int_t)o[ORIGIN_DATE], "led_over",
			 (json_int_t)o[ORIGIN_LED_OVER], "split", (json_int_t)o[ORIGIN_SPLIT], "unknown",
			 (json_int_t)o[ORIGIN_UNKNOWN], "malformed_rows", rejects_json(e), "digits",
			 json_agreement(e, err), "production", json_production(e), "calibration", json_calibration(e),
			 "calibration_error", calibration_error(e), "confusions", json_confusions(e, index));
}

/* ---- SVG ---- */

enum { PANEL = 320, MARGIN = 60, STEP = PANEL / 5 };

/* A panel with both axes from 0 to 1. */
static void draw_axes(const char *across, const char *upwards, struct buffer *out, struct error *err)
{
	buffer_printf(out, err, "<rect width=\"%d\" height=\"%d\" fill=\"none\" stroke=\"#888\"/>\n", PANEL, PANEL);
	for (int i = 0; i <= 5; i++) {
		buffer_printf(out, err, "<path d=\"M%d 0V%dM0 %dH%d\" stroke=\"#ddd\"/>\n", i * STEP, PANEL, i * STEP,
			      PANEL);
		buffer_printf(out, err, "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%.1f</text>\n", i * STEP,
			      PANEL + 16, i / 5.0);
		buffer_printf(out, err, "<text x=\"-8\" y=\"%d\" text-anchor=\"end\">%.1f</text>\n",
			      PANEL - i * STEP + 4, i / 5.0);
	}
	buffer_printf(out, err, "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>\n", PANEL / 2, PANEL + 36,
		      across);
	buffer_printf(out, err, "<text transform=\"translate(-40 %d) rotate(-90)\" text-anchor=\"middle\">%s</text>\n",
		      PANEL / 2, upwards);
}

static void draw_calibration(const struct evaluation *e, struct buffer *out, struct error *err)
{
	draw_axes("confidence", "agreement at 6 digits", out, err);
	buffer_printf(out, err, "<path d=\"M0 %dL%d 0\" stroke=\"#888\" stroke-dasharray=\"4\"/>\n", PANEL, PANEL);
	for (size_t i = 0; i < CALIBRATION_BINS; i++) {
		struct evaluation_bin b = calibration_bin(e, i);
		if (b.rows == 0)
			continue;
		buffer_printf(out, err,
			      "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"#06c\" fill-opacity=\"0.6\">"
			      "<title>%" PRIu64 " rows</title></circle>\n",
			      b.sum / (double)b.rows * PANEL, (1.0 - part(b.right, b.rows)) * PANEL,
			      3.0 + 15.0 * sqrt(part(b.rows, e->rows)), b.rows);
	}
}

static void draw_production(const struct evaluation *e, struct buffer *out, struct error *err)
{
	char step = 'M';
	draw_axes("production rate", "agreement at 6 digits", out, err);
	buffer_printf(out, err, "<path fill=\"none\" stroke=\"#06c\" stroke-width=\"2\" d=\"");
	for (int i = 1; i <= 100; i++) {
		struct evaluation_point p = evaluation_at(e, i / 100.0);
		buffer_printf(out, err, "%c%.1f %.1f", step, part(p.rows, e->rows) * PANEL,
			      (1.0 - part(p.right, p.rows)) * PANEL);
		step = 'L';
	}
	buffer_printf(out, err, "\"/>\n");
}

bool evaluation_plot(const struct evaluation *e, const char *title, struct buffer *out, struct error *err)
{
	int width = 2 * PANEL + 3 * MARGIN, height = PANEL + 2 * MARGIN;
	buffer_printf(out, err,
		      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\" "
		      "font-size=\"12\">\n<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>\n",
		      width, height, width, height);
	buffer_printf(out, err, "<text x=\"%d\" y=\"30\" font-size=\"14\">", MARGIN);
	markup_put_text(slice_of(title), out, err);
	buffer_printf(out, err, ": %" PRIu64 " rows, agreement %.3f, calibration error %.3f</text>\n", e->rows,
		      part(e->agreed[EVALUATION_LEVELS - 1], e->compared[EVALUATION_LEVELS - 1]), calibration_error(e));
	buffer_printf(out, err, "<g transform=\"translate(%d %d)\">\n", MARGIN, MARGIN);
	draw_calibration(e, out, err);
	buffer_printf(out, err, "</g>\n<g transform=\"translate(%d %d)\">\n", PANEL + 2 * MARGIN, MARGIN);
	draw_production(e, out, err);
	buffer_printf(out, err, "</g>\n</svg>\n");
	return buffer_ok(out);
}
