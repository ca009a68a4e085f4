// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * progress.c - draws the progress of work to stderr.
 */
#include "lib/base/progress.h"

#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "lib/base/terminal.h"

enum { DRAW_EVERY_MS = 100, BAR_MOST = 40, STEP_SIZE = 128 };

struct progress {
	FILE *stream;
	enum progress_style style; /* never PROGRESS_AUTO */
	char step[STEP_SIZE];      /* empty between steps */
	uint64_t done;
	uint64_t total;
	uint64_t rows; /* where the step counts them */
	int64_t begun_ms;
	int64_t drawn_ms; /* when the bar was last drawn */
	bool shown;       /* the bar is on the screen */
};

static int64_t now_ms(void)
{
	struct timespec now;
	if (clock_gettime(CLOCK_MONOTONIC, &now) != 0)
		return 0;
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

struct progress *progress_new(FILE *stream, enum progress_style style)
{
	struct progress *p = memory_new(sizeof *p, NULL);
	if (!p)
		return NULL;
	p->stream = stream;
	p->style = style;
	if (style == PROGRESS_AUTO) {
		const char *term = getenv("TERM");
		bool terminal = isatty(fileno(stream)) == 1 && term && strcmp(term, "dumb") != 0;
		p->style = terminal ? PROGRESS_BAR : PROGRESS_LINES;
	}
	return p;
}

/* "12,345 rows, 15,210/s, 1:05 left", or nothing where the step counts no rows; the length. */
static int describe_rows(const struct progress *p, char *to, size_t size)
{
	double seconds = (double)(now_ms() - p->begun_ms) / 1000.0;
	if (p->rows == 0 || seconds <= 0.0)
		return snprintf(to, size, "%s", "");
	int n = snprintf(to, size, "  %llu rows, %.0f/s", (unsigned long long)p->rows, (double)p->rows / seconds);
	if (p->total == 0 || p->done == 0 || p->done > p->total)
		return n;
	double left = seconds * (double)(p->total - p->done) / (double)p->done;
	unsigned long whole = left < 1e9 ? (unsigned long)(left + 0.5) : 1000000000;
	return n + snprintf(to + n, size - (size_t)n, whole < 3600 ? ", %lu:%02lu left" : ", %lu h %02lu min left",
			    whole < 3600 ? whole / 60 : whole / 3600, whole < 3600 ? whole % 60 : whole / 60 % 60);
}

static void draw(struct progress *p)
{
	char bar[BAR_MOST + 1], rows[128];
	int step_columns = (int)terminal_columns(slice_of(p->step)) + describe_rows(p, rows, sizeof rows);

	fprintf(p->stream, "\r%s", p->step);
	if (p->total > 0) {
		uint64_t done = p->done < p->total ? p->done : p->total;
		double part = (double)done / (double)p->total;
		/* What the step's name, blanks, brackets and "100%" leave of the line. */
		int size = terminal_width(p->stream) - step_columns - 10;
		if (size > BAR_MOST)
			size = BAR_MOST;
		if (size >= 5) {
			int full = (int)(part * size);
			memset(bar, '=', (size_t)full);
			memset(bar + full, ' ', (size_t)(size - full));
			bar[size] = '\0';
			fprintf(p->stream, " [%s]", bar);
		}
		fprintf(p->stream, " %3d%%", (int)(part * 100));
	} else if (p->done > 0 && p->rows == 0) {
		fprintf(p->stream, " %llu", (unsigned long long)p->done);
	}
	fprintf(p->stream, "%s\033[K", rows);
	fflush(p->stream);
	p->shown = true;
}

void progress_begin(struct progress *p, const char *step, uint64_t total)
{
	if (!p)
		return;
	snprintf(p->step, sizeof p->step, "%s", step);
	p->done = 0;
	p->total = total;
	p->rows = 0;
	p->begun_ms = now_ms();
	if (p->style == PROGRESS_BAR) {
		draw(p);
		p->drawn_ms = now_ms();
	}
}

void progress_add(struct progress *p, uint64_t done)
{
	if (!p)
		return;
	p->done += done;
	if (p->style != PROGRESS_BAR || p->step[0] == '\0')
		return;
	int64_t now = now_ms();
	if (now - p->drawn_ms >= DRAW_EVERY_MS) {
		p->drawn_ms = now;
		draw(p);
	}
}

void progress_rows(struct progress *p, uint64_t done, uint64_t rows)
{
	if (!p)
		return;
	p->rows += rows;
	progress_add(p, done);
}

void progress_end(struct progress *p, const char *note)
{
	if (!p)
		return;
	progress_hide(p);
	if (p->style != PROGRESS_QUIET) {
		if (note)
			fprintf(p->stream, "%s: %s\n", p->step, note);
		else
			fprintf(p->stream, "%s\n", p->step);
		fflush(p->stream);
	}
	p->step[0] = '\0';
}

void progress_hide(struct progress *p)
{
	if (!p || !p->shown)
		return;
	fputs("\r\033[K", p->stream);
	fflush(p->stream);
	p->shown = false;
	p->drawn_ms = 0;
}

void progress_free(struct progress *p)
{
	progress_hide(p);
	memory_free(p);
}
