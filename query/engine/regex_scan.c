// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * regex_scan.c - a pattern over the evidence texts of every occupation.
 */
#include "query/engine/regex_scan.h"

/* One scan. */
struct scan {
	const struct regex_request *request;
	struct regex_listener listener;
	struct regex_totals *totals;
	struct span spans[REGEX_SPANS_MAX];
	struct error *err;
};

void regex_default_kinds(bool kinds[EVIDENCE_KIND_COUNT])
{
	for (size_t k = 0; k < EVIDENCE_KIND_COUNT; k++)
		kinds[k] = evidence_specs[k].field == FIELD_TITLE || evidence_specs[k].field == FIELD_TASK;
}

/* All matches in a text, from the first, which is known.  One that had to be given up costs a highlight and no
 * more; that memory failed is known from s->err. */
static size_t find_spans(struct scan *s, struct slice text, struct regex_span place)
{
	size_t count = 0;
	do {
		if (place.length)
			s->spans[count++] = (struct span){ (uint32_t)place.start, (uint32_t)place.length };
	} while (count < REGEX_SPANS_MAX &&
		 regex_find(s->request->pattern, text, regex_after(text, place), &place, s->err) == REGEX_FOUND);
	return count;
}

static bool give_up(struct scan *s)
{
	return ++s->totals->given_up <= REGEX_GIVEN_UP_MAX ||
	       error_set(
		       s->err, ERROR_LIMIT,
		       "repetitions inside repetitions, such as (a+)+, do that; make the inner one possessive: (a++)+",
		       "the pattern backtracks without end: on %zu texts it was given up after %d steps",
		       s->totals->given_up, REGEX_STEPS_MAX);
}

static bool look_at(struct scan *s, size_t occupation, const struct evidence *e)
{
	const struct regex_request *r = s->request;
	struct regex_span place;
	switch (regex_find(r->pattern, e->text, 0, &place, s->err)) {
	case REGEX_ABSENT:
		return true;
	case REGEX_GAVE_UP:
		return give_up(s);
	case REGEX_FAILED:
		return false;
	case REGEX_FOUND:
		break;
	}
	size_t number = s->totals->found++;
	if (number < r->offset || number - r->offset >= r->limit)
		return true;
	s->totals->told++;
	struct regex_match match = { occupation, e, s->spans, find_spans(s, e->text, place) };
	s->listener.tell(s->listener.ctx, &match);
	return true;
}

bool regex_scan(struct soc_index *index, const struct regex_request *request, struct regex_listener listener,
		struct regex_totals *totals, struct error *err)
{
	struct scan s = { .request = request, .listener = listener, .totals = totals, .err = err };
	struct arena arena = { 0 };
	bool ok = true;
	*totals = (struct regex_totals){ 0 };
	for (size_t number = 0; ok && number < index->count; number++) {
		struct occupation o;
		size_t before = totals->found;
		if (request->allow && !request->allow[number])
			continue;
		arena_reset(&arena);
		ok = soc_index_occupation(index, number, &arena, &o, err);
		for (size_t i = 0; ok && i < o.evidence_count; i++)
			if (request->kinds[o.evidence[i].kind])
				ok = look_at(&s, number, &o.evidence[i]);
		totals->occupations += totals->found > before;
	}
	arena_free(&arena);
	return ok;
}
