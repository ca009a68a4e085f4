// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * tally.c - counts of a run: added up row by row, printed as the summary, kept as JSON.
 */
#include <stdio.h>

#include "lib/base/ascii.h"
#include "query/batch/tally.h"

static const double bands[TALLY_BAND_COUNT] = TALLY_BANDS;

void tally_add(struct tally *t, const struct batch_row *row, const struct row_outcome *o)
{
	t->rows++;
	t->broken += row->broken;
	t->decisions[o->decision]++;
	t->overridden += o->decided != NULL;
	t->not_occupation += o->not_occupation;
	if (o->first.text[0] == '\0')
		return;
	t->coded++;
	size_t band = 0;
	while (band + 1 < TALLY_BAND_COUNT && o->confidence < bands[band])
		band++;
	t->bands[band] += !o->decided;
}

/* ---- the summary ---- */

static double percent(uint64_t part, uint64_t of)
{
	return of ? 100.0 * (double)part / (double)of : 0.0;
}

static void print_count(FILE *stream, const char *label, uint64_t part, uint64_t of)
{
	char number[ASCII_NUMBER_SIZE];
	fprintf(stream, "  %-24s %12s %6.1f%%\n", label, ascii_number(part, number), percent(part, of));
}

static void print_bands(FILE *stream, const struct tally *t)
{
	char label[40];
	for (size_t i = 0; i < TALLY_BAND_COUNT; i++) {
		snprintf(label, sizeof label, i ? "confidence %.1f to %.1f" : "confidence %.1f and more", bands[i],
			 i ? bands[i - 1] : 1.0);
		print_count(stream, label, t->bands[i], t->rows);
	}
}

void tally_print(FILE *stream, const struct tally *t, const struct thresholds *thresholds, double seconds)
{
	char rows[ASCII_NUMBER_SIZE], rate[ASCII_NUMBER_SIZE];
	fprintf(stream, "soc: %s row%s", ascii_number(t->rows, rows), t->rows == 1 ? "" : "s");
	if (seconds > 0.0)
		fprintf(stream, " in %.1f s, %s rows/s", seconds,
			ascii_number((uint64_t)((double)t->rows / (seconds > 0.001 ? seconds : 0.001)), rate));
	fputc('\n', stream);
	if (t->rows == 0)
		return;
	print_count(stream, "coded", t->coded, t->rows);
	print_bands(stream, t);
	if (t->overridden)
		print_count(stream, "decided before", t->overridden, t->rows);
	if (t->not_occupation)
		print_count(stream, "not an occupation", t->not_occupation, t->rows);
	if (t->broken)
		print_count(stream, "could not be read", t->broken, t->rows);
	if (t->converted)
		print_count(stream, "read as Windows-1252", t->converted, t->rows);
	if (!thresholds->wanted)
		return;
	print_count(stream, "production rate", t->decisions[DECISION_ACCEPT], t->rows);
	print_count(stream, "left for review", t->decisions[DECISION_REVIEW], t->rows);
	print_count(stream, "failed", t->decisions[DECISION_FAIL], t->rows);
}

/* ---- JSON ---- */

/* X(name, member) */
#define TALLY_TABLE(X) \
	X("rows", rows) \
	X("coded", coded) \
	X("overridden", overridden) \
	X("broken", broken) \
	X("not_occupation", not_occupation) \
	X("windows_1252", converted) \
	X("accept", decisions[DECISION_ACCEPT]) \
	X("review", decisions[DECISION_REVIEW]) \
	X("fail", decisions[DECISION_FAIL]) \
	X("from_0.9", bands[0]) \
	X("from_0.7", bands[1]) \
	X("from_0.5", bands[2]) \
	X("from_0.3", bands[3]) \
	X("from_0.0", bands[4])

json_t *tally_json(const struct tally *t)
{
	json_t *object = json_object();
#define TALLY_SET(name, member) json_object_set_new(object, name, json_integer((json_int_t)t->member));
	TALLY_TABLE(TALLY_SET)
#undef TALLY_SET
	return object;
}

bool tally_read_count(const json_t *object, const char *name, uint64_t *out)
{
	const json_t *value = json_object_get(object, name);
	*out = json_is_integer(value) && json_integer_value(value) >= 0 ? (uint64_t)json_integer_value(value) : 0;
	return json_is_integer(value) && json_integer_value(value) >= 0;
}

bool tally_read(const json_t *object, struct tally *t)
{
	bool ok = true;
#define TALLY_READ(name, member) ok &= tally_read_count(object, name, &t->member);
	TALLY_TABLE(TALLY_READ)
#undef TALLY_READ
	return ok;
}
