// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * gold_output.c - what gold.c has counted: as text, as JSON, as a picture.
 */
#include <inttypes.h>
#include <math.h>
#include <stdarg.h>

#include "query/batch/gold.h"
#include "query/document/markup.h"

enum { CONFUSIONS = 20, CALIBRATION_BINS = 10 };

static const char *const level_names[GOLD_LEVELS] = { "2 digits", "3 digits", "5 digits", "6 digits" };
static const char *const level_keys[GOLD_LEVELS] = { "2", "3", "5", "6" };
static const double shares[] = { 1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1 };
enum { SHARES = sizeof shares / sizeof *shares };

static double part(uint64_t of, uint64_t all)
{
	return all ? (double)of / (double)all : 0.0;
}

/* Ten bins of the thousand. */
static struct gold_bin calibration_bin(const struct gold *g, size_t bin)
{
	struct gold_bin sum = { 0 };
	for (size_t i = 0; i < GOLD_BINS / CALIBRATION_BINS; i++) {
		const struct gold_bin *b = &g->bins[bin * (GOLD_BINS / CALIBRATION_BINS) + i];
		sum.rows += b->rows;
		sum.right += b->right;
		sum.sum += b->sum;
	}
	return sum;
}

/* How far confidence is from how often it is right, on average: the expected calibration error. */
static double calibration_error(const struct gold *g)
{
	double sum = 0.0;
	for (size_t i = 0; i < CALIBRATION_BINS; i++) {
		struct gold_bin b = calibration_bin(g, i);
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

static bool print_agreement(FILE *stream, const struct gold *g, struct error *err)
{
	fprintf(stream, "  %-10s %10s %10s %10s\n", "", "rows", "agreement", "kappa");
	for (size_t i = 0; i < GOLD_LEVELS; i++) {
		double kappa = gold_kappa(g, i, err);
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

static void print_production(FILE *stream, const struct gold *g)
{
	fprintf(stream, "  %-10s %10s %10s %10s\n", "production", "rows", "agreement", "accept");
	for (size_t i = 0; i < SHARES; i++) {
		struct gold_point p = gold_at(g, shares[i]);
		fprintf(stream, "  %9.1f%% %10" PRIu64 " %10.3f %10.3f\n", 100.0 * part(p.rows, g->rows), p.rows,
			part(p.right, p.rows), p.confidence);
	}
}

static void print_confusions(FILE *stream, const struct gold *g, struct soc_index *index)
{
	uint32_t pairs[CONFUSIONS];
	size_t count = gold_confusions(g, CONFUSIONS, pairs);
	if (count)
		fputs("  commonest differences: rows, the code given, the code said\n", stream);
	for (size_t i = 0; i < count; i++) {
		struct code wanted, said;
		gold_pair(g, pairs[i], &wanted, &said);
		struct slice a = title_of(index, &wanted), b = title_of(index, &said);
		fprintf(stream, "  %10" PRIu64 "  %s %.*s > %s %.*s\n", g->pair_rows[pairs[i]], wanted.text, (int)a.length,
			a.at, said.text, (int)b.length, b.at);
	}
}

bool gold_print(FILE *stream, const struct gold *g, struct soc_index *index, struct error *err)
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

static json_t *json_agreement(const struct gold *g, struct error *err)
{
	json_t *object = json_object();
	for (size_t i = 0; i < GOLD_LEVELS; i++) {
		double kappa = gold_kappa(g, i, err);
		json_object_set_new(object, level_keys[i],
				    json_pack("{s:I, s:I, s:f, s:o}", "rows", (json_int_t)g->compared[i], "agreed",
					      (json_int_t)g->agreed[i], "agreement", part(g->agreed[i], g->compared[i]),
					      "kappa", isnan(kappa) ? json_null() : json_real(kappa)));
	}
	return object;
}

static json_t *json_production(const struct gold *g)
{
	json_t *list = json_array();
	for (size_t i = 0; i < SHARES; i++) {
		struct gold_point p = gold_at(g, shares[i]);
		json_array_append_new(list, json_pack("{s:f, s:I, s:f, s:f}", "production", part(p.rows, g->rows), "rows",
						      (json_int_t)p.rows, "agreement", part(p.right, p.rows), "accept",
						      p.confidence));
	}
	return list;
}

static json_t *json_calibration(const struct gold *g)
{
	json_t *list = json_array();
	for (size_t i = 0; i < CALIBRATION_BINS; i++) {
		struct gold_bin b = calibration_bin(g, i);
		json_array_append_new(list, json_pack("{s:f, s:I, s:f, s:f}", "from", (double)i / CALIBRATION_BINS, "rows",
						      (json_int_t)b.rows, "confidence",
						      b.rows ? b.sum / (double)b.rows : 0.0, "agreement",
						      part(b.right, b.rows)));
	}
	return list;
}

static json_t *json_confusions(const struct gold *g, struct soc_index *index)
{
	uint32_t pairs[CONFUSIONS];
	size_t count = gold_confusions(g, CONFUSIONS, pairs);
	json_t *list = json_array();
	for (size_t i = 0; i < count; i++) {
		struct code wanted, said;
		gold_pair(g, pairs[i], &wanted, &said);
		json_array_append_new(list, json_pack("{s:I, s:s, s:o, s:s, s:o}", "rows",
			(json_int_t)g->pair_rows[pairs[i]], "gold", wanted.text, "gold_title",
			json_text(title_of(index, &wanted)), "said", said.text, "said_title",
			json_text(title_of(index, &said))));
	}
	return list;
}

json_t *gold_json(const struct gold *g, struct soc_index *index, struct error *err)
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

static void draw_calibration(struct drawing *d, const struct gold *g)
{
	draw_axes(d, "confidence", "agreement at 6 digits");
	draw(d, "<path d=\"M0 %dL%d 0\" stroke=\"#888\" stroke-dasharray=\"4\"/>\n", PANEL, PANEL);
	for (size_t i = 0; i < CALIBRATION_BINS; i++) {
		struct gold_bin b = calibration_bin(g, i);
		if (b.rows == 0)
			continue;
		draw(d, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"#06c\" fill-opacity=\"0.6\">"
		     "<title>%" PRIu64 " rows</title></circle>\n", b.sum / (double)b.rows * PANEL,
		     (1.0 - part(b.right, b.rows)) * PANEL, 3.0 + 15.0 * sqrt(part(b.rows, g->rows)), b.rows);
	}
}

static void draw_production(struct drawing *d, const struct gold *g)
{
	char step = 'M';
	draw_axes(d, "production rate", "agreement at 6 digits");
	draw(d, "<path fill=\"none\" stroke=\"#06c\" stroke-width=\"2\" d=\"");
	for (int i = 1; i <= 100; i++) {
		struct gold_point p = gold_at(g, i / 100.0);
		draw(d, "%c%.1f %.1f", step, part(p.rows, g->rows) * PANEL, (1.0 - part(p.right, p.rows)) * PANEL);
		step = 'L';
	}
	draw(d, "\"/>\n");
}

bool gold_plot(const struct gold *g, const char *title, struct buffer *out, struct error *err)
{
	struct drawing d = { out, err, true };
	int width = 2 * PANEL + 3 * MARGIN, height = PANEL + 2 * MARGIN;
	draw(&d, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\" "
	     "font-size=\"12\">\n<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>\n", width, height, width, height);
	draw(&d, "<text x=\"%d\" y=\"30\" font-size=\"14\">", MARGIN);
	d.ok = d.ok && markup_put_text(slice_of(title), out, err);
	draw(&d, ": %" PRIu64 " rows, agreement %.3f, calibration error %.3f</text>\n", g->rows,
	     part(g->agreed[GOLD_LEVELS - 1], g->compared[GOLD_LEVELS - 1]), calibration_error(g));
	draw(&d, "<g transform=\"translate(%d %d)\">\n", MARGIN, MARGIN);
	draw_calibration(&d, g);
	draw(&d, "</g>\n<g transform=\"translate(%d %d)\">\n", PANEL + 2 * MARGIN, MARGIN);
	draw_production(&d, g);
	draw(&d, "</g>\n</svg>\n");
	return d.ok || error_no_memory(err);
}
