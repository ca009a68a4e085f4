// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * clarifying_question.c - the statements and words that tell the leading candidates apart.
 */
#include <math.h>

#include "lib/base/string_map.h"
#include "lib/rank/query_terms.h"
#include "query/engine/clarifying_question.h"

/* A word that some statement of a leading candidate has. */
struct known_word {
	struct slice folded;               /* as the first statement that has it writes it */
	double worth[QUESTION_CANDIDATES]; /* by candidate; roughly, until it is `weighed` */
	bool weighed;
	unsigned own[QUESTION_CANDIDATES]; /* in how many of a candidate's statements it stands */
	size_t statement;                  /* the last that it was counted in, from 1 */
};

struct asking {
	struct soc_index *index;
	const struct documents *documents;
	struct arena *arena;
	struct error *err;
	struct clarifying_question *out;
	uint32_t document[QUESTION_CANDIDATES];
	struct map terms;
	struct known_word *words; /* by number in `terms` */
	size_t word_capacity;
	struct posting *postings;
};

/* One statement, as the numbers of its distinct words. */
struct statement {
	const struct evidence *evidence;
	uint32_t *words;
	size_t count;
};

struct statements {
	struct statement *at;
	size_t count;
};

/* ---- who leads ---- */

static size_t count_leading(const struct ranking *r)
{
	size_t n = 0;
	if (r->count < 2 || r->at[0].confidence >= QUESTION_SURE)
		return 0;
	while (n < r->count && n < QUESTION_CANDIDATES && r->at[n].confidence >= QUESTION_NEAR * r->at[0].confidence)
		n++;
	return n;
}

/* ---- words ---- */

/* What a word is worth to each of the leading candidates. */
static bool weigh_word(struct asking *a, uint32_t number)
{
	struct known_word *w = &a->words[number];
	struct query q;
	if (w->weighed)
		return true;
	if (!query_read_term(a->index, map_key(&a->terms, number), a->arena, &q, a->err))
		return false;
	w->weighed = true;
	memset(w->worth, 0, sizeof w->worth);
	size_t n = postings_decode(q.terms[0].sections[SECTION_PROSE], a->documents, a->index->count, a->postings);
	double rarity = log1p((double)a->documents->count / (double)(n ? n : 1));
	for (size_t i = 0; i < n; i++)
		for (size_t c = 0; c < a->out->count; c++)
			if (a->postings[i].document == a->document[c])
				w->worth[c] = log1p((double)a->postings[i].weight / WEIGHT_UNIT) * rarity;
	return true;
}

static bool add_word(struct asking *a, const struct text_word *word, uint32_t *number)
{
	bool added;
	if (!map_add(&a->terms, word->term, number, &added, a->err))
		return false;
	if (!added)
		return true;
	if (!ARRAY_RESERVE(a->words, a->word_capacity, a->terms.count, a->err))
		return false;
	struct known_word *w = &a->words[*number];
	*w = (struct known_word){ .folded = arena_copy(a->arena, word->folded, a->err) };
	return w->folded.at != NULL;
}

/* How much more a word is worth to a candidate than to any rival. */
static double tell(const struct asking *a, const struct known_word *w, size_t candidate)
{
	double rival = 0.0;
	for (size_t c = 0; c < a->out->count; c++)
		if (c != candidate)
			rival = fmax(rival, w->worth[c]);
	return w->worth[candidate] - rival;
}

/* ---- statements ---- */

static bool read_statement(struct asking *a, const struct evidence *e, size_t candidate, size_t number,
			   struct statement *out)
{
	struct text_words words;
	if (!tokenize(a->index->analyzer, e->text, &words, a->err))
		return false;
	*out = (struct statement){ e, arena_alloc(a->arena, (words.count + 1) * sizeof *out->words, a->err), 0 };
	for (size_t i = 0; out->words && i < words.count; i++) {
		uint32_t word;
		if (words.at[i].stop)
			continue;
		if (!add_word(a, &words.at[i], &word))
			return false;
		if (a->words[word].statement == number)
			continue;
		a->words[word].statement = number;
		a->words[word].own[candidate]++;
		a->words[word].worth[candidate] = log1p((double)a->words[word].own[candidate]);
		out->words[out->count++] = word;
	}
	return out->words != NULL;
}

/* The tasks of a candidate; what describes it where it has none. */
static bool read_statements(struct asking *a, size_t candidate, size_t *number, struct statements *out)
{
	static const enum field fields[] = { FIELD_TASK, FIELD_DESCRIPTION };
	struct question_candidate *t = &a->out->at[candidate];
	const struct occupation *o = &t->record;
	if (!soc_index_occupation(a->index, t->candidate->occupation, a->arena, &t->record, a->err))
		return false;
	*out = (struct statements){ arena_alloc(a->arena, (o->evidence_count + 1) * sizeof *out->at, a->err), 0 };
	if (!out->at)
		return false;
	for (size_t f = 0; out->count == 0 && f < sizeof fields / sizeof *fields; f++)
		for (size_t i = 0; i < o->evidence_count; i++)
			if (evidence_specs[o->evidence[i].kind].field == fields[f] &&
			    !read_statement(a, &o->evidence[i], candidate, ++*number, &out->at[out->count++]))
				return false;
	return true;
}

/* ---- what tells most ---- */

/* What is no core task is asked of fewer workers. */
#define OTHER_TASK 0.7

static double rate_statement(const struct asking *a, const struct statement *s, size_t candidate)
{
	double sum = 0.0;
	bool other = s->evidence->kind == EVIDENCE_SUPPLEMENTAL_TASK || s->evidence->kind == EVIDENCE_EMERGING_TASK;
	for (size_t i = 0; i < s->count; i++)
		sum += tell(a, &a->words[s->words[i]], candidate);
	return s->count ? sum / sqrt((double)s->count) * (other ? OTHER_TASK : 1.0) : 0.0;
}

/* Looking up a word costs some 5 us: the words of so many statements of each candidate are. */
#define STATEMENTS_WEIGHED 5

/* Only the statements stay that tell most as far as the statements themselves say.  Of equal ones the first stays
 * before. */
static void keep_best(const struct asking *a, struct statements *s, size_t candidate)
{
	struct statement best[STATEMENTS_WEIGHED];
	double rates[STATEMENTS_WEIGHED];
	size_t count = 0;
	for (size_t i = 0; i < s->count; i++) {
		double rate = rate_statement(a, &s->at[i], candidate);
		size_t k = count < STATEMENTS_WEIGHED ? count++ : STATEMENTS_WEIGHED;
		for (; k > 0 && rates[k - 1] < rate; k--)
			if (k < STATEMENTS_WEIGHED) {
				rates[k] = rates[k - 1];
				best[k] = best[k - 1];
			}
		if (k < STATEMENTS_WEIGHED) {
			rates[k] = rate;
			best[k] = s->at[i];
		}
	}
	memcpy(s->at, best, count * sizeof *best);
	s->count = count;
}

static bool weigh_statements(struct asking *a, const struct statements *s)
{
	for (size_t i = 0; i < s->count; i++)
		for (size_t k = 0; k < s->at[i].count; k++)
			if (!weigh_word(a, s->at[i].words[k]))
				return false;
	return true;
}

/* Of equal ones the first. */
static bool choose_statement(const struct asking *a, const struct statements *statements, size_t candidate,
			     struct evidence *out)
{
	const struct statement *best = NULL;
	double most = -INFINITY;
	for (size_t i = 0; i < statements->count; i++) {
		double rate = rate_statement(a, &statements->at[i], candidate);
		if (rate > most) {
			most = rate;
			best = &statements->at[i];
		}
	}
	if (best)
		*out = *best->evidence;
	return best != NULL;
}

/* A number or a single letter asks for nothing. */
static bool can_stand_alone(struct slice word)
{
	return word.length > 1 && !(word.at[0] >= '0' && word.at[0] <= '9');
}

/* A word of one statement alone says less of the whole job. */
#define SINGLE_WORD 0.5

/* The words that tell most, the most telling first; of equal ones the first that was seen. */
static void choose_words(const struct asking *a, size_t candidate, struct question_candidate *out)
{
	double kept[QUESTION_WORDS];
	for (size_t i = 0; i < a->terms.count; i++) {
		const struct known_word *w = &a->words[i];
		double telling = tell(a, w, candidate) * (w->own[candidate] > 1 ? 1.0 : SINGLE_WORD);
		size_t k = out->word_count;
		if (!w->weighed || w->own[candidate] == 0 || telling <= 0.0 || !can_stand_alone(w->folded))
			continue;
		for (; k > 0 && kept[k - 1] < telling; k--)
			if (k < QUESTION_WORDS) {
				kept[k] = kept[k - 1];
				out->words[k] = out->words[k - 1];
			}
		if (k == QUESTION_WORDS)
			continue;
		kept[k] = telling;
		out->words[k] = w->folded;
		out->word_count += out->word_count < QUESTION_WORDS;
	}
}

/* Those that no word tells from the others are left out; one alone is no question. */
static void keep_told(struct clarifying_question *d, const bool *told)
{
	size_t kept = 0;
	for (size_t c = 0; c < d->count; c++)
		if (told[c])
			d->at[kept++] = d->at[c];
	d->count = kept > 1 ? kept : 0;
}

static bool find_telling(struct asking *a)
{
	struct statements statements[QUESTION_CANDIDATES];
	bool told[QUESTION_CANDIDATES];
	size_t number = 0;
	for (size_t c = 0; c < a->out->count; c++)
		if (!read_statements(a, c, &number, &statements[c]))
			return false;
	for (size_t c = 0; c < a->out->count; c++)
		keep_best(a, &statements[c], c);
	for (size_t c = 0; c < a->out->count; c++)
		if (!weigh_statements(a, &statements[c]))
			return false;
	for (size_t c = 0; c < a->out->count; c++) {
		told[c] = choose_statement(a, &statements[c], c, &a->out->at[c].statement);
		choose_words(a, c, &a->out->at[c]);
		told[c] &= a->out->at[c].word_count > 0;
	}
	keep_told(a->out, told);
	return true;
}

bool clarifying_question_find(struct soc_index *index, const struct ranking *ranking, struct arena *arena,
			      struct clarifying_question *out, struct error *err)
{
	struct asking a = { .index = index, .arena = arena, .err = err, .out = out };
	*out = (struct clarifying_question){ .count = count_leading(ranking) };
	if (out->count < 2) {
		out->count = 0;
		return true;
	}
	a.documents = ranking->level == LEVEL_ONET ? &index->onet : &index->soc;
	for (size_t c = 0; c < out->count; c++) {
		out->at[c].candidate = &ranking->at[c];
		a.document[c] = a.documents->of[ranking->at[c].occupation];
	}
	a.postings = arena_alloc(arena, (a.documents->count + 1) * sizeof *a.postings, err);
	bool ok = a.postings && find_telling(&a);
	map_free(&a.terms);
	memory_free(a.words);
	return ok;
}
