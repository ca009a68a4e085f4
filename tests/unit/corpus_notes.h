// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * corpus_notes.h - read sources and write down what came out: a line a record, a line a warning.
 */
#ifndef SOC_TESTS_UNIT_CORPUS_NOTES_H
#define SOC_TESTS_UNIT_CORPUS_NOTES_H

#include "corpus/source_read.h"
#include "tests/unit/unit.h"

/* ---- a sink that writes down what it is given ---- */

struct notes {
	struct buffer records;  /* a line a record */
	struct buffer warnings; /* a line a warning: LINE:COLUMN text */
	struct error last;      /* the last warning */
	size_t fail_at;         /* the sink fails at this record; 0: never */
	size_t taken;
	enum reject_reason refuse; /* what the sink rejects each record for */
	enum record_kind refuse_kind;
};

static inline void note_slice(struct buffer *b, const char *name, struct slice s)
{
	if (s.length > 0)
		buffer_printf(b, NULL, " %s=%.*s", name, (int)s.length, s.at);
}

/* KEY=NUMBER or KEY=TEXT, then what the mark says, and the note. */
static inline void note_fact(struct buffer *b, const struct record_fact *f)
{
	static const char *const marks[FACT_MARK_COUNT] = { "", "+", "?" };
	const struct fact_spec *spec = &fact_specs[f->key];
	if (f->key == FACT_CUSTOM)
		buffer_printf(b, NULL, " [%.*s]", (int)f->name.length, f->name.at);
	buffer_printf(b, NULL, f->key == FACT_CUSTOM ? "=" : " %s=", spec->key);
	if (spec->kind == FACT_TEXT || spec->kind == FACT_LIST)
		buffer_append(b, f->text.at, f->text.length, NULL);
	else
		buffer_printf(b, NULL, "%.*f%s", (int)f->number.decimals, fact_value(&f->number),
			      marks[f->number.mark]);
	if (f->note.length)
		buffer_printf(b, NULL, "~%.*s", (int)f->note.length, f->note.at);
}

static inline enum sink_verdict take(void *ctx, const struct record *r, enum reject_reason *why, struct error *err)
{
	static const char *const kinds[RECORD_KIND_COUNT] = {
		[RECORD_OCCUPATION] = "occupation",
		[RECORD_TITLE] = "title",
		[RECORD_TASK] = "task",
		[RECORD_ACTIVITY] = "activity",
		[RECORD_TASK_ACTIVITY] = "link",
		[RECORD_TECHNOLOGY] = "technology",
		[RECORD_TOOL] = "tool",
		[RECORD_ZONE] = "zone",
		[RECORD_ZONE_REFERENCE] = "reference",
		[RECORD_EDUCATION] = "education",
		[RECORD_EDUCATION_CATEGORY] = "category",
		[RECORD_RELATED] = "related",
		[RECORD_GROUP] = "group",
		[RECORD_FILING] = "filing",
		[RECORD_CROSSWALK] = "crosswalk",
		[RECORD_FACTS] = "facts",
		[RECORD_WAGE_TOP] = "top",
	};
	struct notes *n = ctx;
	struct buffer *b = &n->records;

	if (++n->taken == n->fail_at) {
		error_set(err, ERROR_IO, NULL, "the sink is full");
		return SINK_FAILED;
	}
	if (n->refuse != REJECT_NONE && n->refuse_kind == r->kind) {
		*why = n->refuse;
		return SINK_REJECTED;
	}
	buffer_append_text(b, kinds[r->kind], NULL);
	note_slice(b, "code", slice_of(r->code.text));
	note_slice(b, "other", slice_of(r->other.text));
	note_slice(b, "id", r->id);
	note_slice(b, "text", r->text);
	note_slice(b, "detail", r->detail);
	note_slice(b, "scale", r->scale);
	for (size_t i = 0; i < 4; i++)
		note_slice(b, "more", r->more[i]);
	if (r->kind == RECORD_TITLE)
		buffer_printf(b, NULL, " as=%d", (int)r->title_kind);
	if (r->kind == RECORD_TASK)
		buffer_printf(b, NULL, " as=%d", (int)r->task_kind);
	if (r->kind == RECORD_CROSSWALK)
		buffer_printf(b, NULL, " as=%d", (int)r->crosswalk);
	if (r->kind == RECORD_FILING)
		buffer_printf(b, NULL, " as=%d count=%u", (int)r->programme, r->count);
	if (r->number != 0)
		buffer_printf(b, NULL, " number=%d", r->number);
	if (r->value != 0)
		buffer_printf(b, NULL, " value=%.4f", r->value);
	if (r->flags != 0)
		buffer_printf(b, NULL, " flags=%u", (unsigned)r->flags);
	for (size_t i = 0; i < r->fact_count; i++)
		note_fact(b, &r->facts[i]);
	buffer_append_byte(b, '\n', NULL);
	return SINK_USED;
}

static inline void warn(void *ctx, const struct error *what)
{
	struct notes *n = ctx;
	n->last = *what;
	buffer_printf(&n->warnings, NULL, "%llu:%u %s\n", (unsigned long long)what->line, what->column, what->text);
}

static inline void forget(struct notes *n)
{
	buffer_free(&n->records);
	buffer_free(&n->warnings);
}

/* Open and read; *out stays open for its counts where that is wanted. */
static inline bool run(const char *const *paths, size_t count, struct corpus_options options, struct notes *n,
		       struct corpus **out, struct error *err)
{
	struct corpus *c = NULL;
	struct record_sink sink = { take, n };
	options.warn = warn;
	options.warn_ctx = n;
	bool ok = corpus_open(paths, count, &options, &c, err) && corpus_read(c, &sink, err);
	buffer_terminate(&n->records, NULL);
	buffer_terminate(&n->warnings, NULL);
	if (out)
		*out = c;
	else
		corpus_close(c);
	return ok;
}

#endif
