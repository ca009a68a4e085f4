// SPDX-License-Identifier: GPL-3.0-or-later
#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>

#include "query/batch/evaluation.h"
#include "query/output/html_escape.h"

/* More pairs than that are not told apart: the memory of a run is bounded. */
#define PAIRS_MAX 200000

static const enum code_level levels[EVALUATION_LEVELS] = { LEVEL_MAJOR, LEVEL_MINOR, LEVEL_BROAD, LEVEL_SOC };

void evaluation_free(struct evaluation *g)
{
	map_free(&g->pairs);
	memory_free(g->pair_rows);
	*g = (struct evaluation){ 0 };
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

/* Of the codes in `text` the one that is nearest to `said`; false where there is none. */
static bool nearest(struct slice text, const struct code *said, struct code *out)
{
	bool any = false;
	size_t best = 0;
	while (text.length > 0) {
		const char *bar = memchr(text.at, '|', text.length);
		size_t length = bar ? (size_t)(bar - text.at) : text.length;
		struct code code;
		if (code_parse((struct slice){ text.at, length }, &code)) {
			code = code_soc(&code);
			size_t shared = shared_levels(&code, said);
			if (!any || shared > best)
				*out = code;
			best = !any || shared > best ? shared : best;
			any = true;
		}
		length += bar != NULL;
		text = (struct slice){ text.at + length, text.length - length };
	}
	return any;
}

static bool count_pair(struct evaluation *g, const struct code *wanted, const struct code *said, uint64_t rows,
		       struct error *err)
{
	char key[2 * CODE_SIZE + 1];
	uint32_t number;
	bool added;
	int length = snprintf(key, sizeof key, "%s>%s", wanted->text, said->text);
	struct slice pair = { key, (size_t)length };
	if (g->pairs.count >= PAIRS_MAX && map_find(&g->pairs, pair) == MAP_NONE) {
		g->other_pairs += rows;
		return true;
	}
	if (!map_add(&g->pairs, pair, &number, &added, err) ||
	    !ARRAY_RESERVE(g->pair_rows, g->pair_capacity, (size_t)number + 1, err))
		return false;
	g->pair_rows[number] = (added ? 0 : g->pair_rows[number]) + rows;
	return true;
}

bool evaluation_add(struct evaluation *g, struct slice text, const struct row_outcome *o, struct error *err)
{
	struct code wanted;
	text = slice_trim(text);
	if (o->overridden)
		return true;
	if (text.length == 0) {
		g->absent++;
		return true;
	}
	if (!nearest(text, &o->first, &wanted)) {
		g->malformed++;
		return true;
	}
	size_t shared = shared_levels(&wanted, &o->first);
	g->rows++;
	for (size_t i = 0; i < EVALUATION_LEVELS; i++) {
		g->compared[i] += code_level(&wanted) >= levels[i];
		g->agreed[i] += shared > i;
	}
	size_t bin = (size_t)(o->confidence * EVALUATION_BINS);
	struct evaluation_bin *b = &g->bins[bin < EVALUATION_BINS ? bin : EVALUATION_BINS - 1];
	b->rows++;
	b->right += shared == EVALUATION_LEVELS;
	b->sum += o->confidence;
	return count_pair(g, &wanted, &o->first, 1, err);
}

void evaluation_pair(const struct evaluation *g, uint32_t pair, struct code *wanted, struct code *said)
{
	struct slice key = map_key(&g->pairs, pair);
	const char *mark = memchr(key.at, '>', key.length);
	size_t length = (size_t)(mark - key.at);
	*wanted = *said = (struct code){ "" };
	memcpy(wanted->text, key.at, length);
	memcpy(said->text, mark + 1, key.length - length - 1);
}

/* ---- kappa ---- */

/* How often each code stands on either side. */
struct margins {
	struct map codes;
	uint64_t *wanted;
	uint64_t *said;
	size_t capacities[2];
};

static bool count_side(struct margins *m, const struct code *code, bool said, uint64_t rows, struct error *err)
{
	uint32_t number;
	bool added;
	if (!map_add(&m->codes, slice_of(code->text[0] ? code->text : "none"), &number, &added, err) ||
	    !ARRAY_RESERVE(m->wanted, m->capacities[0], (size_t)number + 1, err) ||
	    !ARRAY_RESERVE(m->said, m->capacities[1], (size_t)number + 1, err))
		return false;
	if (added)
		m->wanted[number] = m->said[number] = 0;
	(said ? m->said : m->wanted)[number] += rows;
	return true;
}

/* A code of fewer digits stands for itself. */
static struct code at_level(const struct code *code, enum code_level level)
{
	return code->text[0] && code_level(code) >= level ? code_at_level(code, level) : *code;
}

double evaluation_kappa(const struct evaluation *g, size_t level, struct error *err)
{
	struct margins m = { 0 };
	double rows = 0.0, chance = 0.0, same = 0.0;
	bool ok = true;
	for (uint32_t i = 0; ok && i < g->pairs.count; i++) {
		struct code wanted, said;
		evaluation_pair(g, i, &wanted, &said);
		if (code_level(&wanted) < levels[level])
			continue;
		same += agree(&wanted, &said, levels[level]) ? (double)g->pair_rows[i] : 0.0;
		rows += (double)g->pair_rows[i];
		wanted = at_level(&wanted, levels[level]);
		said = at_level(&said, levels[level]);
		ok = count_side(&m, &wanted, false, g->pair_rows[i], err) &&
		     count_side(&m, &said, true, g->pair_rows[i], err);
	}
	for (size_t i = 0; i < m.codes.count; i++)
		chance += (double)m.wanted[i] / rows * ((double)m.said[i] / rows);
	map_free(&m.codes);
	memory_free(m.wanted);
	memory_free(m.said);
	return !ok || rows == 0.0 || chance >= 1.0 ? NAN : (same / rows - chance) / (1.0 - chance);
}

/* ---- production ---- */

struct evaluation_point evaluation_at(const struct evaluation *g, double share)
{
	struct evaluation_point p = { .confidence = 1.0 };
	for (size_t i = EVALUATION_BINS; i-- > 0 && (double)p.rows < share * (double)g->rows;) {
		p.rows += g->bins[i].rows;
		p.right += g->bins[i].right;
		p.confidence = (double)i / EVALUATION_BINS;
	}
	return p;
}

/* ---- confusions ---- */

struct ranked {
	uint64_t rows;
	struct slice key;
	uint32_t pair;
};

static int compare_ranked(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;
	if (x->rows != y->rows)
		return x->rows > y->rows ? -1 : 1;
	return slice_compare(x->key, y->key);
}

size_t evaluation_confusions(const struct evaluation *g, size_t limit, uint32_t *out)
{
	struct ranked *all = memory_resize(NULL, (g->pairs.count + 1) * sizeof *all);
	size_t count = 0;
	for (uint32_t i = 0; all && i < g->pairs.count; i++) {
		struct code wanted, said;
		evaluation_pair(g, i, &wanted, &said);
		if (shared_levels(&wanted, &said) < EVALUATION_LEVELS)
			all[count++] = (struct ranked){ g->pair_rows[i], map_key(&g->pairs, i), i };
	}
	if (count > 1)
		qsort(all, count, sizeof *all, compare_ranked);
	count = count < limit ? count : limit;
	for (size_t i = 0; i < count; i++)
		out[i] = all[i].pair;
	memory_free(all);
	return count;
}

/* ---- to be kept ---- */

json_t *evaluation_state(const struct evaluation *g)
{
	json_t *bins = json_array(), *pairs = json_object();
	for (size_t i = 0; i < EVALUATION_BINS; i++)
		if (g->bins[i].rows)
			json_array_append_new(bins,
					      json_pack("[I, I, I, f]", (json_int_t)i, (json_int_t)g->bins[i].rows,
							(json_int_t)g->bins[i].right, g->bins[i].sum));
	for (uint32_t i = 0; i < g->pairs.count; i++)
		json_object_set_new(pairs, map_key(&g->pairs, i).at, json_integer((json_int_t)g->pair_rows[i]));
	json_t *counts = json_array();
	json_array_append_new(counts, json_integer((json_int_t)g->rows));
	json_array_append_new(counts, json_integer((json_int_t)g->absent));
	json_array_append_new(counts, json_integer((json_int_t)g->malformed));
	json_array_append_new(counts, json_integer((json_int_t)g->other_pairs));
	for (size_t i = 0; i < EVALUATION_LEVELS; i++) {
		json_array_append_new(counts, json_integer((json_int_t)g->compared[i]));
		json_array_append_new(counts, json_integer((json_int_t)g->agreed[i]));
	}
	return json_pack("{s:o, s:o, s:o}", "counts", counts, "bins", bins, "pairs", pairs);
}

static uint64_t count_at(const json_t *array, size_t i)
{
	json_int_t value = json_integer_value(json_array_get(array, i));
	return value > 0 ? (uint64_t)value : 0;
}

/* The two codes of a key, as count_pair() makes it. */
static bool read_pair(const char *key, struct code *wanted, struct code *said)
{
	const char *mark = strchr(key, '>');
	size_t length = mark ? (size_t)(mark - key) : CODE_SIZE;
	if (length >= CODE_SIZE || strlen(mark + 1) >= CODE_SIZE)
		return false;
	*wanted = *said = (struct code){ "" };
	memcpy(wanted->text, key, length);
	memcpy(said->text, mark + 1, strlen(mark + 1));
	return true;
}

bool evaluation_restore(const json_t *state, struct evaluation *g, struct error *err)
{
	const json_t *counts = json_object_get(state, "counts"), *bins = json_object_get(state, "bins");
	json_t *pairs = json_object_get(state, "pairs"), *value;
	const char *key;
	size_t i;
	g->rows = count_at(counts, 0);
	g->absent = count_at(counts, 1);
	g->malformed = count_at(counts, 2);
	uint64_t others = count_at(counts, 3);
	for (i = 0; i < EVALUATION_LEVELS; i++) {
		g->compared[i] = count_at(counts, 4 + 2 * i);
		g->agreed[i] = count_at(counts, 5 + 2 * i);
	}
	json_array_foreach(bins, i, value)
	{
		uint64_t bin = count_at(value, 0);
		if (bin < EVALUATION_BINS)
			g->bins[bin] = (struct evaluation_bin){ count_at(value, 1), count_at(value, 2),
								json_real_value(json_array_get(value, 3)) };
	}
	json_object_foreach(pairs, key, value)
	{
		struct code wanted, said;
		if (!read_pair(key, &wanted, &said) || json_integer_value(value) < 0)
			return error_set(err, ERROR_INPUT, "begin anew without --resume",
					 "what the run left is malformed");
		if (!count_pair(g, &wanted, &said, (uint64_t)json_integer_value(value), err))
			return false;
	}
	g->other_pairs = others;
	return true;
}

/* ---- gold output ---- */

/*
 * evaluation_output.c - what gold.c has counted: as text, as JSON, as a picture.
 */

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
static struct evaluation_bin calibration_bin(const struct evaluation *g, size_t bin)
{
	struct evaluation_bin sum = { 0 };
	for (size_t i = 0; i < EVALUATION_BINS / CALIBRATION_BINS; i++) {
		const struct evaluation_bin *b = &g->bins[bin * (EVALUATION_BINS / CALIBRATION_BINS) + i];
		sum.rows += b->rows;
		sum.right += b->right;
		sum.sum += b->sum;
	}
	return sum;
}

/* How far confidence is from how often it is right, on average: the expected calibration error. */
static double calibration_error(const struct evaluation *g)
{
	double sum = 0.0;
	for (size_t i = 0; i < CALIBRATION_BINS; i++) {
		struct evaluation_bin b = calibration_bin(g, i);
		sum += fabs(b.sum - (double)b.right);
	}
	return g->rows ? sum / (double)g->rows : 0.0;
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

/* ---- for people ---- */

static bool print_agreement(FILE *stream, const struct evaluation *g, struct error *err)
{
	fprintf(stream, "  %-10s %10s %10s %10s\n", "", "rows", "agreement", "kappa");
	for (size_t i = 0; i < EVALUATION_LEVELS; i++) {
		double kappa = evaluation_kappa(g, i, err);
		if (err->code != ERROR_NONE)
			return false;
		fprintf(stream, "  %-10s %10" PRIu64 " %10.3f ", level_names[i], g->compared[i],
			part(g->agreed[i], g->compared[i]));
		if (isnan(kappa))
			fprintf(stream, "%10s\n", "-");
		else
			fprintf(stream, "%10.3f\n", kappa);
	}
	return true;
}

static void print_production(FILE *stream, const struct evaluation *g)
{
	fprintf(stream, "  %-10s %10s %10s %10s\n", "production", "rows", "agreement", "accept");
	for (size_t i = 0; i < SHARES; i++) {
		struct evaluation_point p = evaluation_at(g, shares[i]);
		fprintf(stream, "  %9.1f%% %10" PRIu64 " %10.3f %10.3f\n", 100.0 * part(p.rows, g->rows), p.rows,
			part(p.right, p.rows), p.confidence);
	}
}

static void print_confusions(FILE *stream, const struct evaluation *g, struct soc_index *index)
{
	uint32_t pairs[CONFUSIONS];
	size_t count = evaluation_confusions(g, CONFUSIONS, pairs);
	if (count)
		fputs("  commonest differences: rows, the code given, the code said\n", stream);
	for (size_t i = 0; i < count; i++) {
		struct code wanted, said;
		evaluation_pair(g, pairs[i], &wanted, &said);
		struct slice a = title_of(index, &wanted), b = title_of(index, &said);
		fprintf(stream, "  %10" PRIu64 "  %s %.*s > %s %.*s\n", g->pair_rows[pairs[i]], wanted.text,
			(int)a.length, a.at, said.text, (int)b.length, b.at);
	}
}

bool evaluation_print(FILE *stream, const struct evaluation *g, struct soc_index *index, struct error *err)
{
	fprintf(stream, "soc: %" PRIu64 " rows held against codes given before", g->rows);
	if (g->absent)
		fprintf(stream, "; %" PRIu64 " without one", g->absent);
	if (g->malformed)
		fprintf(stream, "; %" PRIu64 " with what is no code", g->malformed);
	fputc('\n', stream);
	if (g->rows == 0)
		return true;
	if (!print_agreement(stream, g, err))
		return false;
	print_production(stream, g);
	fprintf(stream, "  confidence is off by %.3f on average\n", calibration_error(g));
	print_confusions(stream, g, index);
	return true;
}

/* ---- JSON ---- */

static json_t *json_text(struct slice text)
{
	return json_stringn(text.at ? text.at : "", text.length);
}

static json_t *json_agreement(const struct evaluation *g, struct error *err)
{
	json_t *object = json_object();
	for (size_t i = 0; i < EVALUATION_LEVELS; i++) {
		double kappa = evaluation_kappa(g, i, err);
		json_object_set_new(object, level_keys[i],
				    json_pack("{s:I, s:I, s:f, s:o}", "rows", (json_int_t)g->compared[i], "agreed",
					      (json_int_t)g->agreed[i], "agreement", part(g->agreed[i], g->compared[i]),
					      "kappa", isnan(kappa) ? json_null() : json_real(kappa)));
	}
	return object;
}

static json_t *json_production(const struct evaluation *g)
{
	json_t *list = json_array();
	for (size_t i = 0; i < SHARES; i++) {
		struct evaluation_point p = evaluation_at(g, shares[i]);
		json_array_append_new(list, json_pack("{s:f, s:I, s:f, s:f}", "production", part(p.rows, g->rows),
						      "rows", (json_int_t)p.rows, "agreement", part(p.right, p.rows),
						      "accept", p.confidence));
	}
	return list;
}

static json_t *json_calibration(const struct evaluation *g)
{
	json_t *list = json_array();
	for (size_t i = 0; i < CALIBRATION_BINS; i++) {
		struct evaluation_bin b = calibration_bin(g, i);
		json_array_append_new(list,
				      json_pack("{s:f, s:I, s:f, s:f}", "from", (double)i / CALIBRATION_BINS, "rows",
						(json_int_t)b.rows, "confidence", b.rows ? b.sum / (double)b.rows : 0.0,
						"agreement", part(b.right, b.rows)));
	}
	return list;
}

static json_t *json_confusions(const struct evaluation *g, struct soc_index *index)
{
	uint32_t pairs[CONFUSIONS];
	size_t count = evaluation_confusions(g, CONFUSIONS, pairs);
	json_t *list = json_array();
	for (size_t i = 0; i < count; i++) {
		struct code wanted, said;
		evaluation_pair(g, pairs[i], &wanted, &said);
		json_array_append_new(list,
				      json_pack("{s:I, s:s, s:o, s:s, s:o}", "rows", (json_int_t)g->pair_rows[pairs[i]],
						"gold", wanted.text, "gold_title", json_text(title_of(index, &wanted)),
						"said", said.text, "said_title", json_text(title_of(index, &said))));
	}
	return list;
}

json_t *evaluation_json(const struct evaluation *g, struct soc_index *index, struct error *err)
{
	return json_pack("{s:I, s:I, s:I, s:o, s:o, s:o, s:f, s:o}", "rows", (json_int_t)g->rows, "without_code",
			 (json_int_t)g->absent, "malformed", (json_int_t)g->malformed, "digits", json_agreement(g, err),
			 "production", json_production(g), "calibration", json_calibration(g), "calibration_error",
			 calibration_error(g), "confusions", json_confusions(g, index));
}

/* ---- SVG ---- */

/* One drawing in the buffer; `ok` is false once memory has failed. */
struct drawing {
	struct buffer *out;
	struct error *err;
	bool ok;
};

static void draw(struct drawing *d, const char *format, ...) ERROR_PRINTF(2, 3);

static void draw(struct drawing *d, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	d->ok = d->ok && buffer_vprintf(d->out, d->err, format, arguments);
	va_end(arguments);
}

enum { PANEL = 320, MARGIN = 60, STEP = PANEL / 5 };

/* A panel with both axes from 0 to 1. */
static void draw_axes(struct drawing *d, const char *across, const char *upwards)
{
	draw(d, "<rect width=\"%d\" height=\"%d\" fill=\"none\" stroke=\"#888\"/>\n", PANEL, PANEL);
	for (int i = 0; i <= 5; i++) {
		draw(d, "<path d=\"M%d 0V%dM0 %dH%d\" stroke=\"#ddd\"/>\n", i * STEP, PANEL, i * STEP, PANEL);
		draw(d, "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%.1f</text>\n", i * STEP, PANEL + 16, i / 5.0);
		draw(d, "<text x=\"-8\" y=\"%d\" text-anchor=\"end\">%.1f</text>\n", PANEL - i * STEP + 4, i / 5.0);
	}
	draw(d, "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>\n", PANEL / 2, PANEL + 36, across);
	draw(d, "<text transform=\"translate(-40 %d) rotate(-90)\" text-anchor=\"middle\">%s</text>\n", PANEL / 2,
	     upwards);
}

static void draw_calibration(struct drawing *d, const struct evaluation *g)
{
	draw_axes(d, "confidence", "agreement at 6 digits");
	draw(d, "<path d=\"M0 %dL%d 0\" stroke=\"#888\" stroke-dasharray=\"4\"/>\n", PANEL, PANEL);
	for (size_t i = 0; i < CALIBRATION_BINS; i++) {
		struct evaluation_bin b = calibration_bin(g, i);
		if (b.rows == 0)
			continue;
		draw(d,
		     "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"#06c\" fill-opacity=\"0.6\">"
		     "<title>%" PRIu64 " rows</title></circle>\n",
		     b.sum / (double)b.rows * PANEL, (1.0 - part(b.right, b.rows)) * PANEL,
		     3.0 + 15.0 * sqrt(part(b.rows, g->rows)), b.rows);
	}
}

static void draw_production(struct drawing *d, const struct evaluation *g)
{
	char step = 'M';
	draw_axes(d, "production rate", "agreement at 6 digits");
	draw(d, "<path fill=\"none\" stroke=\"#06c\" stroke-width=\"2\" d=\"");
	for (int i = 1; i <= 100; i++) {
		struct evaluation_point p = evaluation_at(g, i / 100.0);
		draw(d, "%c%.1f %.1f", step, part(p.rows, g->rows) * PANEL, (1.0 - part(p.right, p.rows)) * PANEL);
		step = 'L';
	}
	draw(d, "\"/>\n");
}

bool evaluation_plot(const struct evaluation *g, const char *title, struct buffer *out, struct error *err)
{
	struct drawing d = { out, err, true };
	int width = 2 * PANEL + 3 * MARGIN, height = PANEL + 2 * MARGIN;
	draw(&d,
	     "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\" "
	     "font-size=\"12\">\n<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>\n",
	     width, height, width, height);
	draw(&d, "<text x=\"%d\" y=\"30\" font-size=\"14\">", MARGIN);
	d.ok = d.ok && markup_put_text(slice_of(title), out, err);
	draw(&d, ": %" PRIu64 " rows, agreement %.3f, calibration error %.3f</text>\n", g->rows,
	     part(g->agreed[EVALUATION_LEVELS - 1], g->compared[EVALUATION_LEVELS - 1]), calibration_error(g));
	draw(&d, "<g transform=\"translate(%d %d)\">\n", MARGIN, MARGIN);
	draw_calibration(&d, g);
	draw(&d, "</g>\n<g transform=\"translate(%d %d)\">\n", PANEL + 2 * MARGIN, MARGIN);
	draw_production(&d, g);
	draw(&d, "</g>\n</svg>\n");
	return d.ok || error_no_memory(err);
}
