// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * term_stats.c - the weights of terms, and statements and terms that tell codes apart.
 */
#include <math.h>

#include "lib/base/ascii.h"
#include "lib/rank/formulas.h"
#include "query/engine/term_stats.h"

/* A task that is not a core task is asked of fewer workers. */
#define OTHER_TASK_WEIGHT 0.7

bool term_idf(struct soc_index *index, struct slice term, double *idf, struct error *err)
{
	size_t frequency;
	if (!term_document_frequency(index, term, &frequency, err))
		return false;
	*idf = idf_value(index->soc.count, frequency);
	return true;
}

double cosine_of(double common, double squares, double others)
{
	return common > 0.0 ? fmin(1.0, common / (sqrt(squares) * sqrt(others))) : 0.0;
}

bool word_stands_alone(struct slice word)
{
	return word.length > 1 && !ascii_is_digit(word.at[0]);
}

static double key_of(const char *item)
{
	double key;
	memcpy(&key, item, sizeof key);
	return key;
}

void best_insert(void *list, size_t *count, size_t most, const void *item, size_t size)
{
	char *items = list;
	size_t at = *count;
	while (at > 0 && key_of(items + (at - 1) * size) < key_of(item))
		at--;
	if (at == most)
		return;
	*count += *count < most;
	memmove(items + (at + 1) * size, items + at * size, (*count - 1 - at) * size);
	memcpy(items + at * size, item, size);
}

/* ---- one code against others ---- */

void contrast_begin(struct contrast *c, struct session *s, enum code_level level)
{
	*c = (struct contrast){ .session = s, .documents = level == LEVEL_ONET ? &s->index->onet : &s->index->soc };
}

void contrast_add_code(struct contrast *c, size_t occupation)
{
	uint32_t document = c->documents->of[occupation];
	size_t at = c->count;
	for (; at > 0 && c->postings[at - 1].document > document; at--) {
		c->postings[at] = c->postings[at - 1];
		c->codes[at] = c->codes[at - 1];
	}
	c->postings[at].document = document;
	c->codes[at] = c->count++;
}

void contrast_free(struct contrast *c)
{
	map_free(&c->numbers);
	memory_free(c->terms);
}

uint32_t contrast_add(struct contrast *c, struct slice term, struct slice written)
{
	uint32_t number;
	bool added;
	if (!ARRAY_RESERVE(c->terms, c->capacity, c->numbers.count + 1, c->session->err) ||
	    !map_add(&c->numbers, term, &number, &added, c->session->err))
		return MAP_NONE;
	if (added)
		c->terms[number] = (struct contrast_term){ .written = written };
	return number;
}

void contrast_weigh(struct contrast *c, uint32_t number)
{
	struct contrast_term *term = &c->terms[number];
	struct query q;
	if (term->weighed ||
	    !query_read_term(c->session->index, map_key(&c->numbers, number), &c->session->arena, &q, c->session->err))
		return;
	size_t n = postings_find(q.terms[0].sections[SECTION_PROSE], c->documents, c->session->index->count,
				 c->postings, c->count);
	*term = (struct contrast_term){ .written = term->written,
					.idf = idf_value(c->documents->count, n),
					.weighed = true };
	for (size_t i = 0; i < c->count; i++)
		term->weights[c->codes[i]] = log1p((double)c->postings[i].weight / WEIGHT_UNIT) * term->idf;
}

struct statement contrast_read(struct contrast *c, const struct evidence *e)
{
	struct text_words words = session_tokenize(c->session, e->text);
	struct statement s = { .evidence = e };
	if (!SESSION_ROOM(c->session, s.terms, words.count) || !SESSION_ROOM(c->session, s.written, words.count))
		return s;
	for (size_t i = 0; i < words.count; i++) {
		struct span span = { words.at[i].start, words.at[i].length };
		size_t k = 0;
		if (words.at[i].stop)
			continue;
		uint32_t number =
			contrast_add(c, words.at[i].term, (struct slice){ e->text.at + span.start, span.length });
		while (k < s.count && s.terms[k] != number)
			k++;
		if (number == MAP_NONE || k < s.count)
			continue;
		s.terms[s.count] = number;
		s.written[s.count++] = span;
	}
	return s;
}

/* The largest weight in another code. */
static double weight_elsewhere(const struct contrast *c, uint32_t number, size_t code)
{
	double most = 0.0;
	for (size_t i = 0; i < c->count; i++)
		if (i != code)
			most = fmax(most, c->terms[number].weights[i]);
	return most;
}

double contrast_of_term(const struct contrast *c, uint32_t number, size_t code)
{
	return c->terms[number].weights[code] - weight_elsewhere(c, number, code);
}

bool contrast_has_alone(const struct contrast *c, uint32_t number, size_t code)
{
	return c->terms[number].weights[code] > 0.0 && weight_elsewhere(c, number, code) <= 0.0;
}

double contrast_of_statement(const struct contrast *c, const struct statement *s, size_t code)
{
	double sum = 0.0;
	bool other = s->evidence->kind == EVIDENCE_SUPPLEMENTAL_TASK || s->evidence->kind == EVIDENCE_EMERGING_TASK;
	for (size_t i = 0; i < s->count; i++)
		sum += contrast_of_term(c, s->terms[i], code);
	return s->count ? sum / sqrt((double)s->count) * (other ? OTHER_TASK_WEIGHT : 1.0) : 0.0;
}
