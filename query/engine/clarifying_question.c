// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * clarifying_question.c - the statements and words that tell the leading candidates apart.
 */
#include <math.h>

#include "query/engine/clarifying_question.h"
#include "query/engine/term_stats.h"

/* Looking up a term costs some 5 us: the terms of so many statements of each candidate are. */
#define STATEMENTS_WEIGHED 5
/* A word of one statement alone says less of the whole job. */
#define SINGLE_WORD_WEIGHT 0.5

struct scored_statement {
	double score;
	struct statement statement;
};

struct scored_word {
	double score;
	struct slice word;
};

struct question_builder {
	struct session *session;
	struct clarifying_question *out;
	struct contrast contrast; /* of the candidates, by their place */
	struct own_counts {
		unsigned of[QUESTION_CANDIDATES];
	} * counts; /* by term: how many statements of each candidate have it */
	size_t capacity;
	struct scored_statement *statements[QUESTION_CANDIDATES];
	size_t statement_count[QUESTION_CANDIDATES];
};

/* How many lead. */
static size_t count_leading(const struct ranking *r, size_t most, double near)
{
	size_t n = 0;
	if (r->count < 2 || r->at[0].confidence >= QUESTION_SURE)
		return 0;
	while (n < r->count && n < most && n < QUESTION_CANDIDATES && r->at[n].confidence >= near * r->at[0].confidence)
		n++;
	return n > 1 ? n : 0;
}

/* Count the terms of a statement; until they are looked up, they weigh by how many statements have them. */
static void count_terms(struct question_builder *b, const struct statement *s, size_t candidate)
{
	size_t counted = b->capacity;
	if (!ARRAY_RESERVE(b->counts, b->capacity, b->contrast.numbers.count, b->session->err))
		return;
	if (b->capacity > counted)
		memset(b->counts + counted, 0, (b->capacity - counted) * sizeof *b->counts);
	for (size_t i = 0; i < s->count; i++)
		b->contrast.terms[s->terms[i]].weights[candidate] =
			log1p((double)++b->counts[s->terms[i]].of[candidate]);
}

/* The tasks of a candidate; what describes it where it has none. */
static void read_statements(struct question_builder *b, size_t candidate)
{
	static const enum field fields[] = { FIELD_TASK, FIELD_DESCRIPTION };
	const struct occupation *o = b->out->at[candidate].record;
	size_t *count = &b->statement_count[candidate];
	struct scored_statement *at;
	if (!SESSION_ARRAY(b->session, at, o->evidence_count))
		return;
	for (size_t f = 0; *count == 0 && f < sizeof fields / sizeof *fields; f++)
		for (size_t i = 0; i < o->evidence_count; i++)
			if (evidence_specs[o->evidence[i].kind].field == fields[f]) {
				at[*count].statement = contrast_read(&b->contrast, &o->evidence[i]);
				count_terms(b, &at[(*count)++].statement, candidate);
			}
	b->statements[candidate] = at;
}

/* Look up the terms of those statements that tell most as far as the statements themselves say; the others are left. */
static void weigh_statements(struct question_builder *b)
{
	struct scored_statement best[QUESTION_CANDIDATES][STATEMENTS_WEIGHED];
	for (size_t c = 0; c < b->out->count; c++) {
		size_t count = 0;
		for (size_t i = 0; i < b->statement_count[c]; i++) {
			struct scored_statement *s = &b->statements[c][i];
			s->score = contrast_of_statement(&b->contrast, &s->statement, c);
			best_insert(best[c], &count, STATEMENTS_WEIGHED, s, sizeof *s);
		}
		memcpy(b->statements[c], best[c], count * sizeof **best);
		b->statement_count[c] = count;
	}
	for (size_t c = 0; c < b->out->count; c++)
		for (size_t i = 0; i < b->statement_count[c]; i++)
			for (size_t k = 0; k < b->statements[c][i].statement.count; k++)
				contrast_weigh(&b->contrast, b->statements[c][i].statement.terms[k]);
}

/* Whether any statement is; of equal ones the first. */
static bool choose_statement(const struct question_builder *b, size_t candidate, struct evidence *out)
{
	double most = -INFINITY;
	for (size_t i = 0; i < b->statement_count[candidate]; i++) {
		const struct statement *s = &b->statements[candidate][i].statement;
		double score = contrast_of_statement(&b->contrast, s, candidate);
		if (score <= most)
			continue;
		most = score;
		*out = *s->evidence;
	}
	return most > -INFINITY;
}

/* The words that tell most, the most telling first; of equal ones the first that was seen. */
static void choose_words(struct question_builder *b, size_t candidate)
{
	struct question_candidate *out = &b->out->at[candidate];
	struct scored_word best[QUESTION_WORDS];
	for (uint32_t i = 0; i < b->contrast.numbers.count; i++) {
		const struct contrast_term *term = &b->contrast.terms[i];
		unsigned own = b->counts[i].of[candidate];
		struct scored_word word = { contrast_of_term(&b->contrast, i, candidate) *
						    (own > 1 ? 1.0 : SINGLE_WORD_WEIGHT),
					    term->written };
		if (term->weighed && own > 0 && word.score > 0.0 && word_stands_alone(term->written))
			best_insert(best, &out->word_count, QUESTION_WORDS, &word, sizeof word);
	}
	for (size_t i = 0; i < out->word_count; i++) {
		struct text_words folded = session_tokenize(b->session, best[i].word);
		out->words[i] = session_copy(b->session, folded.count ? folded.at->folded : best[i].word);
	}
}

/* Those that no word tells from the others are left out; one alone is no question. */
static void find_telling(struct question_builder *b)
{
	struct clarifying_question *q = b->out;
	size_t kept = 0;
	for (size_t c = 0; c < q->count; c++)
		read_statements(b, c);
	if (!session_ok(b->session))
		return;
	weigh_statements(b);
	for (size_t c = 0; c < q->count; c++) {
		bool told = choose_statement(b, c, &q->at[c].statement);
		choose_words(b, c);
		if (told && q->at[c].word_count > 0)
			q->at[kept++] = q->at[c];
	}
	q->count = kept > 1 ? kept : 0;
}

bool clarifying_question_find(struct session *s, const struct ranking *ranking, size_t most, double near,
			      struct clarifying_question *out)
{
	struct question_builder b = { .session = s, .out = out };
	*out = (struct clarifying_question){ .count = count_leading(ranking, most, near) };
	if (out->count == 0)
		return true;
	contrast_begin(&b.contrast, s, ranking->level);
	for (size_t c = 0; c < out->count; c++) {
		out->at[c].candidate = &ranking->at[c];
		out->at[c].record = session_occupation(s, ranking->at[c].occupation);
		contrast_add_code(&b.contrast, ranking->at[c].occupation);
	}
	find_telling(&b);
	contrast_free(&b.contrast);
	memory_free(b.counts);
	return session_ok(s);
}
