// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * postings_write.c - from counts to the parts of an index file that ranking reads (lib/index/postings_format.h).
 */
#include <math.h>

#include "indexer/invert.h"
#include "lib/index/manifest.h"

/* ---- lists by key ---- */

/* Counts ordered by key: where each key's counts begin in `order`. */
struct by_key {
	uint32_t *first;  /* keys + 1 */
	struct count *at; /* occupations ascending under each key, as they were counted in that order */
};

static bool order_by_key(const struct counts *c, size_t keys, struct by_key *out, struct error *err)
{
	out->first = memory_new((keys + 2) * sizeof *out->first, err);
	out->at = memory_new((c->count + 1) * sizeof *out->at, err);
	if (!out->first || !out->at)
		return false;
	for (size_t i = 0; i < c->count; i++)
		out->first[c->at[i].key + 2]++;
	for (size_t k = 0; k < keys; k++)
		out->first[k + 1] += out->first[k];
	for (size_t i = 0; i < c->count; i++)
		out->at[out->first[c->at[i].key + 1]++] = c->at[i];
	return true;
}

static void free_by_key(struct by_key *b)
{
	memory_free(b->first);
	memory_free(b->at);
}

/* Append a weighted list: pairs of (distance, weight in quarters). */
static void pack_counts(const struct by_key *b, uint32_t key, struct buffer *out, struct error *err)
{
	uint32_t next = 0;
	for (uint32_t i = b->first[key]; i < b->first[key + 1]; i++) {
		const struct count *c = &b->at[i];
		double quarters = floor(c->weight * WEIGHT_UNIT + 0.5);
		pack_number(out, c->occupation + 1 - next, err);
		pack_number(out, quarters < 1.0 ? 1 : (uint64_t)quarters, err);
		next = c->occupation + 1;
	}
}

static bool store_key(struct hash_table_writer *s, char letter, struct slice term, const struct buffer *list,
		      struct error *err)
{
	char key[RANKING_KEY_MAX];
	key[0] = letter;
	memcpy(key + 1, term.at, term.length);
	return buffer_ok(list) && hash_table_add(s, (struct slice){ key, term.length + 1 }, buffer_slice(list), err);
}

/* ---- n-grams: impacts by SOC code ---- */

/* Each SOC code's share of all n-grams. */
static double *share_grams(const struct inverted *v, struct error *err)
{
	double *shares = memory_new((v->soc_count + 1) * sizeof *shares, err), all = 0.0;
	for (size_t o = 0; shares && o < v->g->codes.count; o++) {
		shares[v->soc_of[o]] += v->gram_mass[o];
		all += v->gram_mass[o];
	}
	for (size_t code = 0; shares && code < v->soc_count; code++)
		shares[code] /= all > 0.0 ? all : 1.0;
	return shares;
}

/* Occupations of one code follow each other in a key's counts: their weights add up. */
static void pack_impacts(const struct inverted *v, const struct by_key *b, uint32_t key, const double *shares,
			 struct buffer *out, struct error *err)
{
	uint32_t next = 0;
	for (uint32_t i = b->first[key], end; i < b->first[key + 1]; i = end) {
		uint32_t document = v->soc_of[b->at[i].occupation];
		double tf = 0.0;
		for (end = i; end < b->first[key + 1] && v->soc_of[b->at[end].occupation] == document; end++)
			tf += b->at[end].weight;
		double impact = log1p(tf / (GRAM_SMOOTHING * shares[document])) * IMPACT_UNIT;
		pack_number(out, document + 1 - next, err);
		pack_number(out, (uint64_t)llround(impact), err);
		next = document + 1;
	}
}

/* One list a key: of heads and bigrams weighted, of n-grams impacts. */
static bool store_counted(struct inverted *v, enum counted which, char letter, struct hash_table_writer *s,
			  struct error *err)
{
	struct counts *c = &v->counted[which];
	struct by_key ordered = { 0 };
	double *shares = which == COUNTED_GRAMS ? share_grams(v, err) : NULL;
	struct buffer list = { 0 };
	bool ok = (shares || which != COUNTED_GRAMS) && order_by_key(c, c->keys.count, &ordered, err);
	for (uint32_t k = 0; ok && k < c->keys.count; k++) {
		buffer_clear(&list);
		if (shares)
			pack_impacts(v, &ordered, k, shares, &list, err);
		else
			pack_counts(&ordered, k, &list, err);
		ok = store_key(s, letter, map_key(&c->keys, k), &list, err);
	}
	buffer_free(&list);
	free_by_key(&ordered);
	memory_free(shares);
	return ok;
}

/* ---- the entry of a word: its sections ---- */

/* What a word's sections are made of. */
struct word_sections {
	struct by_key counted[SECTION_TITLE_ENTRIES];
	const struct title_entries_by_word *title_entries;
	const struct lsa *latent;
};

/* False where memory was short. */
static bool pack_word(const struct word_sections *w, uint32_t word, struct buffer *section, struct buffer *entry,
		      struct error *err)
{
	buffer_clear(entry);
	for (size_t s = 0; s < SECTION_COUNT; s++) {
		buffer_clear(section);
		if (s < SECTION_TITLE_ENTRIES)
			pack_counts(&w->counted[s], word, section, err);
		else if (s == SECTION_TITLE_ENTRIES)
			title_entries_pack(w->title_entries, word, section, err);
		else if (w->latent)
			lsa_pack_term(w->latent, word, section, err);
		if (!buffer_ok(section))
			return false;
		if (section->length || s != SECTION_LSA)
			pack_string(entry, buffer_slice(section), err);
	}
	return true;
}

static bool store_words(struct inverted *v, const struct title_entries_by_word *title_entries,
			struct hash_table_writer *s, struct error *err)
{
	struct word_sections sections = { .title_entries = title_entries, .latent = v->latent };
	struct buffer section = { 0 }, entry = { 0 };
	bool ok = true;
	for (size_t i = 0; ok && i < SECTION_TITLE_ENTRIES; i++)
		ok = order_by_key(&v->counted[i], v->words.count, &sections.counted[i], err);
	for (uint32_t w = 0; ok && w < v->words.count; w++)
		ok = pack_word(&sections, w, &section, &entry, err) &&
		     store_key(s, KEY_WORD, map_key(&v->words, w), &entry, err);
	for (size_t i = 0; i < SECTION_TITLE_ENTRIES; i++)
		free_by_key(&sections.counted[i]);
	buffer_free(&section);
	buffer_free(&entry);
	return ok;
}

/* ---- the catalogue ---- */

static uint64_t filings_of(const struct occupation *o)
{
	uint64_t filings = 0;
	for (size_t i = 0; i < o->evidence_count; i++)
		if (o->evidence[i].kind == EVIDENCE_FILED_TITLE)
			filings += o->evidence[i].count;
	return filings;
}

/* How many work under the SOC code of an occupation; 0 where no source says so. */
static uint64_t employment_of(const struct collected *g, const struct occupation *o)
{
	const struct fact_series *s = facts_series(&g->facts.facts, FACT_EMPLOYMENT);
	size_t count = 0;
	const struct fact *f = s ? facts_of(s, (struct slice){ o->code.at, strlen("15-1252") }, &count) : NULL;
	double jobs = count > 0 && f->number.mark == FACT_EXACT ? fact_value(&f->number) : 0.0;
	return jobs > 0.0 ? (uint64_t)jobs : 0;
}

static void pack_catalogue(const struct inverted *v, struct buffer *out, struct error *err)
{
	pack_number(out, v->g->codes.count, err);
	for (size_t o = 0; o < v->g->codes.count; o++) {
		const struct occupation *said = &v->g->drafts[o].said;
		pack_string(out, said->code, err);
		pack_string(out, said->title, err);
		pack_number(out, said->zone, err);
		for (size_t s = 0; s < LENGTH_COUNT; s++)
			pack_number(out, (uint64_t)llround(v->lengths[o][s] * WEIGHT_UNIT), err);
		pack_number(out, filings_of(said), err);
		pack_number(out, employment_of(v->g, said), err);
	}
}

/* ---- writing ---- */

bool inverted_write(struct inverted *v, struct hash_table_writer *records, struct index_parts *parts,
		    struct sha256 *digest, struct error *err)
{
	struct hash_table_writer lists = { 0 };
	struct title_entries_by_word by_word = { 0 };
	if (title_entries_order(v, &by_word, err) && store_words(v, &by_word, &lists, err) &&
	    store_counted(v, COUNTED_HEADS, KEY_HEAD, &lists, err) &&
	    store_counted(v, COUNTED_GRAMS, KEY_GRAM, &lists, err) &&
	    store_counted(v, COUNTED_BIGRAMS, KEY_BIGRAM, &lists, err) &&
	    synonyms_write(v->synonyms, &lists, records, err) && vocabulary_write(&v->vocabulary, records, err)) {
		title_entries_pack_table(v, &by_word, &parts->at[PART_TITLE_ENTRIES], err);
		title_entries_pack_titles(v, &parts->at[PART_TITLES], err);
		pack_catalogue(v, &parts->at[PART_CATALOGUE], err);
		if (v->latent)
			lsa_pack_occupations(v->latent, &parts->at[PART_LSA], err);
		hash_table_write(&lists, &parts->at[PART_LISTS], err);
		if (v->trainer)
			trainer_write(v->trainer, parts, err);
		manifest_digest_add(digest, buffer_slice(&parts->at[PART_CATALOGUE]));
	}
	hash_table_writer_free(&lists);
	title_entries_by_word_free(&by_word);
	return error_none(err);
}
