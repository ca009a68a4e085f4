// SPDX-License-Identifier: GPL-3.0-or-later
#include "lib/index/pack.h"
#include "query/batch/review.h"

/* So much of a text is shown. */
#define TEXT_SHOWN 1000

bool review_pack(const struct review_line *line, struct buffer *out, struct error *err)
{
	bool ok = pack_number(out, line->rows, err) && pack_number(out, line->first, err) &&
		  pack_number(out, (uint64_t)line->decision, err) && pack_string(out, line->id, err) &&
		  pack_string(out, line->title, err) && pack_string(out, line->industry, err) &&
		  pack_string(out, line->text, err) && pack_string(out, line->reason, err) &&
		  pack_number(out, line->count, err);
	for (size_t i = 0; ok && i < line->count; i++) {
		const struct review_candidate *c = &line->candidates[i];
		ok = pack_string(out, c->soc, err) && pack_number(out, c->occupation, err) &&
		     pack_number(out, (uint64_t)(c->confidence * 1000.0), err);
	}
	return ok;
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
		return error_set(err, ERROR_INPUT, "begin anew without --resume", "the review queue is malformed");
	struct review_line line = b.first < a.first ? b : a;
	line.rows = a.rows + b.rows;
	return review_pack(&line, out, err);
}

static struct slice shown(struct slice text)
{
	size_t length = text.length < TEXT_SHOWN ? text.length : TEXT_SHOWN;
	while (length > 0 && length < text.length && ((unsigned char)text.at[length] & 0xC0) == 0x80)
		length--;
	return (struct slice){ text.at, length };
}

bool review_pack_row(const struct batch_row *row, const struct answer *a, const struct thresholds *t,
		     struct buffer *scratch, struct buffer *out, struct error *err)
{
	struct review_line line = { .rows = 1, .first = row->number, .decision = decision_of(t, a), .id = row->id,
				    .title = row->title, .industry = row->industry, .text = shown(row->text) };
	buffer_clear(scratch);
	if (!decision_reason(t, a, scratch, err))
		return false;
	line.reason = buffer_slice(scratch);
	for (; line.count < a->count && line.count < REVIEW_CANDIDATES; line.count++) {
		const struct answer_candidate *c = &a->at[line.count];
		line.candidates[line.count] = (struct review_candidate){ slice_of(c->soc.text), c->occupation,
									 c->confidence };
	}
	return review_pack(&line, out, err);
}
