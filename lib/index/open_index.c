// SPDX-License-Identifier: GPL-3.0-or-later
/* open_index.c - opening an index for queries: the catalogue, documents by level, and what is loaded on demand. */
#include <math.h>

#include "lib/index/manifest.h"
#include "lib/index/open_index.h"

static const char rebuild[] = "run soc-index verify FILE.soc, and build the index anew";

/* ---- the catalogue ---- */

/* What the catalogue says of each occupation beyond its entry. */
struct measures {
	double lengths[LENGTH_COUNT];
	double filings;
	double employment;
};

static bool unpack_entry(struct unpack *u, struct soc_index *index, size_t number, struct measures *m,
			 struct error *err)
{
	struct entry *e = &index->entries[number];
	struct slice code = unpack_string(u);
	e->title = unpack_string(u);
	e->zone = (uint32_t)unpack_number(u);
	for (size_t i = 0; i < LENGTH_COUNT; i++)
		m->lengths[i] = (double)unpack_number(u);
	m->filings = (double)unpack_number(u);
	m->employment = (double)unpack_number(u);
	if (u->bad || !code_parse(code, &e->code) ||
	    (number > 0 && strcmp(index->entries[number - 1].code.text, e->code.text) >= 0))
		return error_set(err, ERROR_DAMAGED, rebuild, "the catalogue of the index is malformed");
	return true;
}

static bool load_catalogue(struct soc_index *index, struct measures **measures, struct error *err)
{
	struct slice catalogue;
	if (!index_file_part(&index->file, PART_CATALOGUE, &catalogue, err))
		return false;
	struct unpack u = unpack_begin(catalogue);
	index->count = unpack_number(&u);
	if (u.bad || index->count == 0 || index->count > OCCUPATIONS_MAX)
		return error_set(err, ERROR_DAMAGED, rebuild, "the index has no catalogue");
	index->entries = arena_alloc(&index->arena, index->count * sizeof *index->entries, err);
	*measures = memory_new(index->count * sizeof **measures, err);
	bool ok = index->entries && *measures;
	for (size_t i = 0; ok && i < index->count; i++)
		ok = unpack_entry(&u, index, i, &(*measures)[i], err);
	return ok;
}

/* ---- documents ---- */

static bool allocate_documents(struct soc_index *index, struct documents *d, struct error *err)
{
	struct arena *a = &index->arena;
	size_t n = index->count;
	d->of = arena_alloc(a, n * sizeof *d->of, err);
	d->first = arena_alloc(a, (n + 1) * sizeof *d->first, err);
	d->prior = arena_alloc(a, n * sizeof *d->prior, err);
	d->employment = arena_alloc(a, n * sizeof *d->employment, err);
	for (size_t i = 0; i < LENGTH_COUNT; i++)
		d->lengths[i] = arena_alloc(a, n * sizeof *d->lengths[i], err);
	return arena_ok(a);
}

/* Without filings every document has the prior 0; five filings each keep a rare one possible. */
#define PRIOR_SMOOTHING 5.0

/* Employment becomes its log less the mean of the logs: a code of which it is not known is like the typical one. */
static void compare_employment(struct documents *d)
{
	double sum = 0.0;
	size_t known = 0;
	for (size_t document = 0; document < d->count; document++)
		if (d->employment[document] > 0.0f) {
			sum += log((double)d->employment[document]);
			known++;
		}
	for (size_t document = 0; document < d->count; document++)
		if (d->employment[document] > 0.0f)
			d->employment[document] = (float)(log((double)d->employment[document]) - sum / (double)known);
}

static bool make_documents(struct soc_index *index, enum code_level level, const struct measures *measures,
			   struct documents *d, struct error *err)
{
	struct code last = { "" };
	double all = 0.0;
	if (!allocate_documents(index, d, err))
		return false;
	for (size_t i = 0; i < index->count; i++) {
		struct code code = code_at_level(&index->entries[i].code, level);
		if (strcmp(code.text, last.text) != 0)
			d->first[d->count++] = (uint16_t)i;
		last = code;
		size_t document = d->count - 1;
		d->of[i] = (uint16_t)document;
		for (size_t k = 0; k < LENGTH_COUNT; k++) {
			d->lengths[k][document] += (float)measures[i].lengths[k];
			d->totals[k] += measures[i].lengths[k];
		}
		d->prior[document] += (float)measures[i].filings;
		d->employment[document] = (float)measures[i].employment;
		all += measures[i].filings;
	}
	d->first[d->count] = (uint16_t)index->count;
	for (size_t document = 0; document < d->count; document++)
		d->prior[document] = (float)log((d->prior[document] + PRIOR_SMOOTHING) * (double)d->count /
						(all + PRIOR_SMOOTHING * (double)d->count));
	compare_employment(d);
	return true;
}

/* ---- titles ---- */

static bool find_title_entries(struct index_file *file, struct title_table *t, struct error *err)
{
	struct slice bytes;
	if (!index_file_part(file, PART_TITLE_ENTRIES, &bytes, err))
		return false;
	const unsigned char *at = (const unsigned char *)bytes.at;
	uint64_t title_entries = bytes.length >= 8 ? little4(at) : 0, pairs = bytes.length >= 8 ? little4(at + 4) : 0;
	if (bytes.length != 8 + 6 * title_entries + 4 * pairs)
		return error_set(err, ERROR_DAMAGED, rebuild, "the table of titles is malformed");
	t->title_entries = (uint32_t)title_entries;
	t->pair_count = (uint32_t)pairs;
	t->norms = at + 8;
	t->references = t->norms + 2 * title_entries;
	t->pairs = t->references + 4 * title_entries;
	return true;
}

/* ---- opening ---- */

bool soc_index_open(const char *path, struct soc_index **out, struct error *err)
{
	struct measures *measures = NULL;
	struct soc_index *index = memory_new(sizeof *index, err);
	*out = NULL;
	if (!index)
		return false;
	index->analyzer = tokenizer_new(err);
	bool ok = index->analyzer && index_file_open(path, &index->file, err) &&
		  load_catalogue(index, &measures, err) &&
		  make_documents(index, LEVEL_ONET, measures, &index->onet, err) &&
		  make_documents(index, LEVEL_SOC, measures, &index->soc, err) &&
		  find_title_entries(&index->file, &index->title_entries, err) &&
		  index_file_hash_table(&index->file, PART_LISTS, &index->lists, err) &&
		  index_file_hash_table(&index->file, PART_CLASSIFIER, &index->model, err) &&
		  index_file_hash_table(&index->file, PART_RECORDS, &index->records, err);
	memory_free(measures);
	if (!ok) {
		soc_index_close(index);
		return false;
	}
	*out = index;
	return true;
}

bool soc_index_open_again(const struct soc_index *first, const char *path, struct soc_index **out, struct error *err)
{
	if (!soc_index_open(path, out, err))
		return false;
	if (strcmp((*out)->file.identity.sha256, first->file.identity.sha256) == 0)
		return true;
	soc_index_close(*out);
	*out = NULL;
	return error_set(err, ERROR_DAMAGED, "ask again", "%s has become another index", path);
}

void soc_index_close(struct soc_index *index)
{
	if (!index)
		return;
	json_decref(index->manifest);
	tokenizer_free(index->analyzer);
	index_file_close(&index->file);
	arena_free(&index->arena);
	memory_free(index);
}

/* ---- codes ---- */

/* How an entry stands to a code: 0 where it is the code or lies under it, else before (<0) or after (>0). */
static int compare_entry(const struct entry *e, const struct code *code, enum code_level level)
{
	struct code group = level == LEVEL_ONET ? e->code : code_at_level(&e->code, level);
	return strcmp(group.text, code->text);
}

static bool range_at_level(const struct soc_index *index, const struct code *code, enum code_level level, size_t *from,
			   size_t *to)
{
	size_t i = 0;
	while (i < index->count && compare_entry(&index->entries[i], code, level) != 0)
		i++;
	*from = i;
	while (i < index->count && compare_entry(&index->entries[i], code, level) == 0)
		i++;
	*to = i;
	return *to > *from;
}

bool soc_index_range(const struct soc_index *index, const struct code *code, size_t *from, size_t *to)
{
	/* `29-1210` can be a broad occupation or a detailed one: take the finest reading that has members. */
	for (int level = code_is_onet(code) ? LEVEL_ONET : LEVEL_SOC; level >= LEVEL_MAJOR; level--) {
		if (range_at_level(index, code, (enum code_level)level, from, to))
			return true;
		if (level == LEVEL_ONET)
			return false;
	}
	return false;
}

int soc_index_find(const struct soc_index *index, const struct code *code)
{
	size_t from, to;
	return soc_index_range(index, code, &from, &to) ? (int)from : -1;
}

/* ---- on demand ---- */

static bool need_dictionary(struct soc_index *index, struct error *err)
{
	return index->dictionary.at || records_find(&index->records, SLICE(DICTIONARY_KEY), &index->dictionary, err);
}

bool soc_index_occupation(struct soc_index *index, size_t number, struct arena *arena, struct occupation *out,
			  struct error *err)
{
	struct slice stored, record;
	char name[OCCUPATION_NAME_SIZE];
	return need_dictionary(index, err) &&
	       records_find(&index->records, occupation_name(number, name), &stored, err) &&
	       record_inflate(stored, index->dictionary, arena, &record, err) &&
	       occupation_unpack(record, arena, out, err);
}

bool soc_index_visit_evidence(struct soc_index *index, size_t number, unsigned fields, struct arena *arena,
			      bool (*take)(void *ctx, const struct evidence *e), void *ctx, struct error *err)
{
	struct slice stored;
	char name[OCCUPATION_NAME_SIZE];
	return need_dictionary(index, err) &&
	       records_find(&index->records, occupation_name(number, name), &stored, err) &&
	       record_visit_evidence(stored, index->dictionary, fields, arena, take, ctx, err);
}

bool soc_index_need_manifest(struct soc_index *index, struct error *err)
{
	return index->manifest || manifest_load(&index->records, MANIFEST_BRIEF, &index->manifest, err);
}

/* A record, inflated; it lives as long as the handle. */
static bool load_record(struct soc_index *index, const char *name, struct slice *out, struct error *err)
{
	return records_inflate(&index->records, slice_of(name), &index->arena, out, err);
}

bool soc_index_need_reference(struct soc_index *index, struct error *err)
{
	struct slice bytes;
	if (!index->reference_loaded)
		index->reference_loaded = load_record(index, REFERENCE_KEY, &bytes, err) &&
					  reference_unpack(bytes, &index->arena, &index->reference, err);
	return index->reference_loaded;
}

bool soc_index_need_groups(struct soc_index *index, struct error *err)
{
	struct slice bytes;
	if (!index->groups_loaded)
		index->groups_loaded = load_record(index, GROUPS_KEY, &bytes, err) &&
				       groups_unpack(bytes, &index->arena, &index->groups, err);
	return index->groups_loaded;
}

bool soc_index_need_group_titles(struct soc_index *index, struct error *err)
{
	struct slice bytes;
	if (!index->group_titles_loaded)
		index->group_titles_loaded = soc_index_need_groups(index, err) &&
					     load_record(index, GROUP_TITLES_KEY, &bytes, err) &&
					     groups_unpack_titles(bytes, &index->arena, &index->groups, err);
	return index->group_titles_loaded;
}

bool soc_index_need_crossings(struct soc_index *index, struct error *err)
{
	struct slice bytes;
	if (!index->crossings_loaded)
		index->crossings_loaded = load_record(index, CROSSWALKS_KEY, &bytes, err) &&
					  crossings_unpack(bytes, &index->arena, &index->crossings, err);
	return index->crossings_loaded;
}

/* Which parts there are; that without a name, which belongs to no major group, is always read. */
static bool need_fact_parts(struct soc_index *index, struct error *err)
{
	struct fact_records *r = &index->fact_records;
	if (r->wanted)
		return true;
	if (!load_record(index, FACTS_KEY, &r->head, err) ||
	    !facts_unpack_parts(r->head, &index->arena, &r->parts, err))
		return false;
	r->wanted = arena_alloc(&index->arena, r->parts.count + 1, err);
	for (size_t i = 0; r->wanted && i < r->parts.count; i++)
		r->wanted[i] = r->parts.at[i].length == 0;
	return r->wanted != NULL;
}

/* Read the parts that are wanted anew: what has been found in others stays where it is. */
static bool load_facts(struct soc_index *index, struct error *err)
{
	const struct fact_records *r = &index->fact_records;
	struct slice *bytes = arena_alloc(&index->arena, (r->parts.count + 1) * sizeof *bytes, err);
	char key[FACTS_PART_KEY_SIZE];
	size_t count = 0;
	for (size_t i = 0; bytes && i < r->parts.count; i++) {
		if (!r->wanted[i])
			continue;
		facts_part_key(r->parts.at[i], key);
		if (!load_record(index, key, &bytes[count++], err))
			return false;
	}
	index->facts_loaded = bytes && facts_unpack(r->head, bytes, count, &index->arena, &index->facts, err);
	return index->facts_loaded;
}

bool soc_index_need_facts(struct soc_index *index, struct error *err)
{
	struct fact_records *r = &index->fact_records;
	bool more = !index->facts_loaded;
	if (!need_fact_parts(index, err))
		return false;
	for (size_t i = 0; i < r->parts.count; i++) {
		more |= !r->wanted[i];
		r->wanted[i] = true;
	}
	return !more || load_facts(index, err);
}

bool soc_index_need_facts_of(struct soc_index *index, const struct code *codes, size_t count, struct error *err)
{
	struct fact_records *r = &index->fact_records;
	bool more = !index->facts_loaded;
	if (!need_fact_parts(index, err))
		return false;
	for (size_t i = 0; i < r->parts.count; i++)
		for (size_t k = 0; k < count && !r->wanted[i]; k++)
			if (memcmp(codes[k].text, r->parts.at[i].at, r->parts.at[i].length) == 0)
				more = r->wanted[i] = true;
	return !more || load_facts(index, err);
}
