// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * review.c - lines of the review queue, packed for the external sort; and the queue as a table, its lines in the order
 * of how many rows they settle, each with its evidence.
 */
#include "lib/base/utf8.h"
#include "lib/index/varint.h"
#include "lib/table/csv_writer.h"
#include "query/batch/output.h"
#include "query/batch/overrides.h"
#include "query/batch/review.h"
#include "query/batch/worker_pool.h"
#include "query/engine/evidence_match.h"
#include "query/output/json_writer.h"
#include "query/output/search_write.h"

enum {
	TEXT_SHOWN = 1000, /* bytes of a text */
	REASONS_SHOWN = 2, /* pieces of evidence of a candidate */
};

/* ---- packed lines ---- */

static bool malformed(struct error *err)
{
	return error_set(err, ERROR_INPUT, "begin anew without --resume", "the review queue is malformed");
}

bool review_pack(const struct review_line *line, struct buffer *out, struct error *err)
{
	pack_number(out, line->rows, err);
	pack_number(out, line->first, err);
	pack_number(out, (uint64_t)line->decision, err);
	pack_string(out, line->id, err);
	pack_string(out, line->title, err);
	pack_string(out, line->industry, err);
	pack_string(out, line->text, err);
	pack_string(out, line->digest, err);
	pack_string(out, line->reason, err);
	pack_number(out, line->count, err);
	for (size_t i = 0; i < line->count; i++) {
		const struct review_candidate *c = &line->candidates[i];
		pack_string(out, c->soc, err);
		pack_number(out, c->occupation, err);
		pack_number(out, (uint64_t)(c->confidence * 1000.0), err);
	}
	return buffer_ok(out);
}

bool review_unpack(struct slice bytes, struct review_line *out)
{
	struct unpack u = unpack_begin(bytes);
	*out = (struct review_line){ .rows = unpack_number(&u) };
	out->first = unpack_number(&u);
	uint64_t decision = unpack_number(&u);
	out->id = unpack_string(&u);
	out->title = unpack_string(&u);
	out->industry = unpack_string(&u);
	out->text = unpack_string(&u);
	out->digest = unpack_string(&u);
	out->reason = unpack_string(&u);
	uint64_t count = unpack_number(&u);
	if (u.bad || count > REVIEW_CANDIDATES || decision >= DECISION_COUNT)
		return false;
	out->decision = (enum decision)decision;
	out->count = (size_t)count;
	for (size_t i = 0; i < out->count; i++) {
		struct review_candidate *c = &out->candidates[i];
		c->soc = unpack_string(&u);
		c->occupation = (uint32_t)unpack_number(&u);
		c->confidence = (double)unpack_number(&u) / 1000.0;
	}
	return !u.bad && u.at == u.end;
}

/* The first row stands for all. */
bool review_combine(struct slice first, struct slice second, struct buffer *out, struct error *err)
{
	struct review_line a, b;
	if (!review_unpack(first, &a) || !review_unpack(second, &b))
		return malformed(err);
	struct review_line line = b.first < a.first ? b : a;
	line.rows = a.rows + b.rows;
	return review_pack(&line, out, err);
}

bool review_pack_row(const struct batch_row *row, const char *digest, const struct answer *a,
		     const struct thresholds *t, struct buffer *scratch, struct buffer *out, struct error *err)
{
	struct review_line line = { .rows = 1,
				    .first = row->number,
				    .decision = decision_of(t, a),
				    .id = row->id,
				    .title = row->title,
				    .industry = row->industry,
				    .text = utf8_cut(row->text, TEXT_SHOWN),
				    .digest = slice_of(digest) };
	buffer_clear(scratch);
	if (!decision_reason(t, a, scratch, err))
		return false;
	line.reason = buffer_slice(scratch);
	for (; line.count < a->count && line.count < REVIEW_CANDIDATES; line.count++) {
		const struct answer_candidate *c = &a->at[line.count];
		line.candidates[line.count] =
			(struct review_candidate){ slice_of(c->soc.text), c->occupation, c->confidence };
	}
	return review_pack(&line, out, err);
}

/* ---- one line of the table ---- */

struct review_worker {
	struct soc_index *own; /* NULL: that of the owner */
	struct soc_index *index;
	bool excel;
	size_t columns;     /* of the queue */
	struct arena arena; /* of the line */
	struct buffer text;
};

/* Titles that are similar to the row's; then tasks, then the rest. */
static bool describe_reasons(const struct evidence_matches *r, struct buffer *out, struct error *err)
{
	static const enum match_group order[] = { MATCH_TITLES, MATCH_TASKS, MATCH_OTHERS };
	size_t shown = 0;
	for (size_t g = 0; g < MATCH_GROUP_COUNT; g++)
		for (size_t i = 0; i < r->count[order[g]] && shown < REASONS_SHOWN; i++, shown++) {
			const struct evidence *e = &r->at[order[g]][i].evidence;
			if (shown)
				buffer_append_text(out, "; ", err);
			buffer_append(out, e->text.at, e->text.length, err);
			buffer_append_text(out, " (", err);
			if (!search_describe_evidence(e, out, err))
				return false;
			buffer_append_byte(out, ')', err);
		}
	return buffer_ok(out);
}

static bool put_candidate(struct review_worker *w, struct csv_writer *o, const struct review_candidate *c,
			  struct job_words *words)
{
	struct evidence_matches reasons;
	char confidence[NUMBER_SIZE];
	if (c->occupation >= w->index->count)
		return malformed(o->err);
	buffer_clear(&w->text);
	if (words &&
	    (!evidence_match_find(w->index, words, c->occupation, REASONS_SHOWN, &w->arena, &reasons, o->err) ||
	     !describe_reasons(&reasons, &w->text, o->err)))
		return false;
	csv_put_code(o, c->soc);
	csv_put(o, w->index->entries[c->occupation].title);
	csv_put(o, (struct slice){ confidence, number_write(c->confidence, confidence) });
	csv_put(o, buffer_slice(&w->text));
	return true;
}

static bool put_candidates(struct review_worker *w, struct csv_writer *o, const struct review_line *line, bool evidence)
{
	struct job job = { .title = line->title, .text = line->text };
	struct job_words words = { 0 };
	bool ok = line->count == 0 || !evidence || job_words_read(w->index, &job, NULL, &w->arena, &words, o->err);
	for (size_t i = 0; ok && i < REVIEW_CANDIDATES; i++) {
		if (i < line->count)
			ok = put_candidate(w, o, &line->candidates[i], evidence ? &words : NULL);
		else
			for (int empty = 0; empty < 4; empty++)
				csv_put_text(o, "");
	}
	job_words_free(&words);
	return ok;
}

static bool put_line(struct review_worker *w, const struct review_line *line, bool evidence, struct buffer *out,
		     struct error *err)
{
	struct csv_writer o = review_begin_line(w->excel, out, err);
	arena_reset(&w->arena);
	for (int i = 0; i < REVIEW_COLUMNS_OF_PEOPLE; i++)
		csv_put_text(&o, ""); /* code, decided_by, decided_on, comment: for people */
	csv_put(&o, line->title);
	csv_put(&o, line->industry);
	csv_put(&o, line->text);
	csv_put_count(&o, line->rows);
	csv_put_text(&o, decision_name(line->decision));
	csv_put(&o, line->reason);
	csv_put_count(&o, line->first);
	csv_put(&o, line->id);
	if (!put_candidates(w, &o, line, evidence))
		return false;
	csv_put(&o, line->digest);
	for (size_t i = REVIEW_COLUMNS; i < w->columns; i++)
		csv_put_text(&o, "");
	csv_end(&o);
	return err->code == ERROR_NONE;
}

/* ---- the table ---- */

struct queue {
	const struct review_target *target;
	struct soc_index *index; /* that of the owner */
	struct output output;
	struct worker_pool *pool;
	size_t columns;
	uint64_t given;
	uint64_t written;
	uint64_t kept;
};

static bool write_head(struct queue *q, struct error *err)
{
	struct review_head head = { .earlier = q->target->earlier,
				    .analyzer = q->index->analyzer,
				    .excel = q->target->excel,
				    .output = &q->output };
	bool ok = review_head_write(&head, err);
	q->columns = head.columns;
	q->kept = head.kept;
	return ok;
}

/* ---- new lines, by all threads ---- */

static void close_worker(void *ctx)
{
	struct review_worker *w = ctx;
	soc_index_close(w->own);
	arena_free(&w->arena);
	buffer_free(&w->text);
	memory_free(w);
}

static bool open_worker(void *ctx, bool owner, void **out, struct error *err)
{
	struct queue *q = ctx;
	struct review_worker *w = memory_new(sizeof *w, err);
	*out = w;
	if (!w)
		return false;
	w->excel = q->target->excel;
	w->columns = q->columns;
	if (owner || soc_index_open_again(q->index, q->target->index, &w->own, err)) {
		w->index = owner ? q->index : w->own;
		return true;
	}
	close_worker(w);
	return false;
}

/* A row of a chunk is a packed line, in `raw`, with its number in the queue. */
static bool put_lines(void *ctx, struct chunk *c, struct error *err)
{
	struct review_line line;
	for (size_t i = 0; i < c->count; i++) {
		if (!review_unpack(c->rows[i].raw, &line))
			return malformed(err);
		if (!put_line(ctx, &line, c->rows[i].number <= REVIEW_EVIDENCE, &c->out, err))
			return false;
		c->ends[i] = c->out.length;
	}
	return true;
}

static bool deliver_lines(void *ctx, struct chunk *c, struct error *err)
{
	struct queue *q = ctx;
	q->written += c->count;
	progress_rows(q->target->progress, 0, c->count);
	return output_write(&q->output, buffer_slice(&c->out), c->ends, c->count, err);
}

/* ---- order: most rows first, then the earliest ---- */

static void put_big_endian(char to[8], uint64_t value)
{
	for (int i = 0; i < 8; i++)
		to[i] = (char)(value >> (56 - 8 * i) & 0xFF);
}

static bool order_lines(struct external_sort *lines, const struct earlier_queue *earlier, struct external_sort *ordered,
			struct error *err)
{
	struct external_sort_record r;
	struct review_line line;
	char key[16];
	bool found, ok = external_sort_rewind(lines, err);
	while (ok && (ok = external_sort_next(lines, &r, &found, err)) && found) {
		if (!review_unpack(r.value, &line))
			return malformed(err);
		if (earlier && earlier_queue_stays(earlier, r.key))
			continue;
		put_big_endian(key, ~line.rows);
		put_big_endian(key + 8, line.first);
		ok = external_sort_add(ordered, (struct slice){ key, sizeof key }, r.value, err);
	}
	return ok;
}

static bool write_lines(struct queue *q, struct external_sort *ordered, struct error *err)
{
	struct external_sort_record r;
	bool found, ok = external_sort_rewind(ordered, err);
	while (ok && (ok = external_sort_next(ordered, &r, &found, err)) && found)
		ok = worker_pool_add(q->pool, &(struct batch_row){ .number = ++q->given, .raw = r.value }, err);
	struct error late = { 0 };
	if (!worker_pool_drain(q->pool, &late) && ok)
		*err = late;
	return ok && late.code == ERROR_NONE;
}

/* What people have written meanwhile is not written over either. */
static bool publish(struct queue *q, struct error *err)
{
	const struct earlier_queue *earlier = q->target->earlier;
	return (earlier ? earlier_queue_is_same(earlier, err) : earlier_queue_check(q->target->path, err)) &&
	       output_publish(&q->output, err);
}

bool review_write(struct external_sort *lines, const struct review_target *target, struct soc_index *index,
		  struct review_count *count, struct error *err)
{
	struct queue q = { .target = target, .index = index };
	const struct worker_pool_work work = { &q, open_worker, put_lines, close_worker, deliver_lines };
	const struct external_sort_options options = { .beside = target->path, .memory = target->memory };
	struct external_sort *ordered = NULL;
	bool ok = external_sort_new(&options, &ordered, err) && order_lines(lines, target->earlier, ordered, err) &&
		  output_open_beside(target->path, &q.output, err) && write_head(&q, err) &&
		  worker_pool_new(target->jobs, &work, &q.pool, err) && write_lines(&q, ordered, err);
	worker_pool_free(q.pool);
	ok = ok && publish(&q, err);
	if (!output_close(&q.output, ok ? err : NULL))
		ok = false;
	external_sort_free(ordered);
	*count = (struct review_count){ q.written, q.kept };
	return ok;
}
