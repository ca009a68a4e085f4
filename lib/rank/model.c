// SPDX-License-Identifier: GPL-3.0-or-later
#include <math.h>

#include "lib/rank/model.h"

/* Codes whose score is so far behind the best have no probability. */
#define REACH 12.0f

static bool read_biases(struct model *m, const struct soc_index *index, struct slice bytes, struct error *err)
{
	struct unpack u = unpack_begin(bytes);
	size_t count = unpack_number(&u);
	m->bias = memory_new((index->soc.count + 1) * sizeof *m->bias, err);
	m->scores = memory_new((index->soc.count + 1) * sizeof *m->scores, err);
	if (!m->bias || !m->scores)
		return false;
	for (size_t i = 0; i < count && count == index->soc.count; i++)
		m->bias[i] = model_unpack(&u) / (float)MODEL_UNIT;
	if (u.bad || count != index->soc.count)
		return error_set(err, ERROR_DAMAGED, "run soc-index verify FILE.soc, and build the index anew",
				 "the model of the index is malformed");
	return true;
}

bool model_load(struct model *m, struct soc_index *index, struct error *err)
{
	struct buffer bytes = { 0 };
	if (m->loaded)
		return true;
	bool ok = xap_reader_metadata(index->reader, SLICE(MODEL_KEY), &bytes, err) &&
		  (bytes.length == 0 || (read_biases(m, index, buffer_slice(&bytes), err) &&
					 store_open(index->reader, MODEL_STORE, &m->lists, err)));
	buffer_free(&bytes);
	m->loaded = ok;
	return ok;
}

void model_close(struct model *m)
{
	store_close(&m->lists);
	memory_free(m->bias);
	memory_free(m->scores);
	*m = (struct model){ 0 };
}

/* One question on its way through the model. */
struct asking {
	struct model *m;
	size_t codes;
	float scale;
	size_t known;      /* features that have weights */
};

static void add_list(const struct asking *a, struct slice list, float value)
{
	float *scores = a->m->scores;
	struct unpack u = unpack_begin(list);
	float unit = value * a->scale / (float)MODEL_UNIT;
	for (uint64_t next = 0; u.at < u.end;) {
		uint64_t step = unpack_number(&u);
		float weight = model_unpack(&u);
		if (u.bad || step == 0 || step > a->codes - next)
			return;
		next += step;
		scores[next - 1] += unit * weight;
	}
}

static bool take_feature(void *ctx, struct slice key, float value, struct error *err)
{
	struct asking *a = ctx;
	struct slice list;
	if (!store_find(&a->m->lists, key, &list, err))
		return false;
	a->known += list.length > 0;
	add_list(a, list, value);
	return true;
}

/* Scores become ln(P x codes), not below 0. */
static void make_likelihoods(float *scores, size_t codes)
{
	float best = scores[0], sum = 0.0f;
	for (size_t c = 1; c < codes; c++)
		best = scores[c] > best ? scores[c] : best;
	for (size_t c = 0; c < codes; c++)
		if (scores[c] > best - REACH)
			sum += expf(scores[c] - best);
	float chance = best + logf(sum) - logf((float)codes);
	for (size_t c = 0; c < codes; c++)
		scores[c] = scores[c] > chance ? scores[c] - chance : 0.0f;
}

bool model_ask(struct model *m, size_t codes, const struct question *q, enum model_input input, bool *any,
	       struct error *err)
{
	struct asking a = { m, codes, 0.0f, 0 };
	*any = false;
	if (!m->bias)
		return true;
	a.scale = model_scale(q->words, q->weights, input);
	memcpy(m->scores, m->bias, codes * sizeof *m->scores);
	if (!model_features(q->words, q->weights, input, take_feature, &a, err))
		return false;
	*any = a.known > 0;
	if (*any)
		make_likelihoods(m->scores, codes);
	return true;
}
