// SPDX-License-Identifier: GPL-3.0-or-later
#include <math.h>

#include "lib/rank/latent.h"
#include "lib/rank/vector.h"

/* ---- occupations ---- */

/* One occupation after another becomes one direction after another, each occupation at the distance 1. */
static void read_places(struct latent_space *l, size_t occupations, const signed char *bytes)
{
	for (size_t o = 0; o < occupations; o++) {
		const signed char *vector = bytes + o * LATENT_RANK;
		float squares = 0.0f;
		for (size_t k = 0; k < LATENT_RANK; k++)
			squares += (float)vector[k] * (float)vector[k];
		float scale = squares > 0.0f ? 1.0f / sqrtf(squares) : 0.0f;
		for (size_t k = 0; k < LATENT_RANK; k++)
			l->at[k * l->room + o] = scale * (float)vector[k];
	}
}

static bool read_space(struct latent_space *l, const struct soc_index *index, struct slice bytes, struct error *err)
{
	if (bytes.length != index->count * LATENT_RANK)
		return error_set(err, ERROR_DAMAGED, "run soc-index verify FILE.soc, and build the index anew",
				 "the latent space of the index is malformed");
	l->room = vector_room(index->count);
	l->at = memory_new((l->room * LATENT_RANK + 1) * sizeof *l->at, err);
	l->cosines = memory_new((l->room + 1) * sizeof *l->cosines, err);
	if (!l->at || !l->cosines)
		return false;
	read_places(l, index->count, (const signed char *)bytes.at);
	return true;
}

bool latent_load(struct latent_space *l, struct soc_index *index, struct error *err)
{
	struct slice places = index->file.parts[PART_LATENT];
	if (l->loaded)
		return true;
	latent_space_free(l);
	l->loaded = places.length == 0 || read_space(l, index, places, err);
	return l->loaded;
}

void latent_space_free(struct latent_space *l)
{
	memory_free(l->at);
	memory_free(l->cosines);
	*l = (struct latent_space){ 0 };
}

/* ---- a question ---- */

void latent_add_term(const struct query_term *t, float count, float place[LATENT_RANK])
{
	struct unpack u = unpack_begin(t->sections[SECTION_LATENT]);
	float most = (float)unpack_number(&u);
	if (u.bad || u.end - u.at != LATENT_RANK)
		return;
	float scale = count * most / (LATENT_UNIT * 127.0f);
	const signed char *vector = (const signed char *)u.at;
	for (size_t k = 0; k < LATENT_RANK; k++)
		place[k] += scale * (float)vector[k];
}

float latent_place(const struct question *q, float place[LATENT_RANK])
{
	float squares = 0.0f;
	memset(place, 0, LATENT_RANK * sizeof *place);
	for (size_t i = 0; i < q->count; i++)
		latent_add_term(&q->terms[i], sqrtf(q->terms[i].count), place);
	for (size_t i = 0; i < q->extra_count; i++)
		latent_add_term(&q->extras[i], q->extras[i].count, place);
	for (size_t k = 0; k < LATENT_RANK; k++)
		squares += place[k] * place[k];
	return sqrtf(squares);
}

float latent_product(const struct latent_space *l, const float place[LATENT_RANK], size_t occupation)
{
	float sum = 0.0f;
	for (size_t k = 0; k < LATENT_RANK; k++)
		sum += place[k] * l->at[k * l->room + occupation];
	return sum;
}

bool latent_ask(struct latent_space *l, const struct question *q)
{
	float place[LATENT_RANK], length = latent_place(q, place);
	if (!l->at || !(length > 0.0f))
		return false;
	memset(l->cosines, 0, l->room * sizeof *l->cosines);
	for (size_t k = 0; k < LATENT_RANK; k++)
		vector_add(l->cosines, l->at + k * l->room, l->room, place[k] / length);
	return true;
}
