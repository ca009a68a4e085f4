// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * fuzz_records.c - what stands in an index, taken apart: the first byte chooses which record the rest is taken for.
 * Whatever the bytes, the answer is a record or ERROR_DAMAGED.
 */
#include <stdint.h>
#include <stdlib.h>

#include "lib/index/classification.h"
#include "lib/index/docstore.h"
#include "lib/index/fact_store.h"
#include "lib/rank/query_terms.h"
#include "tests/fuzz/check.h"

static bool read_occupation(struct slice bytes, struct arena *arena, struct error *err)
{
	struct occupation o;
	struct buffer again = { 0 };
	if (!occupation_unpack(bytes, arena, &o, err))
		return false;
	check(occupation_pack(&o, &again, NULL));
	buffer_free(&again);
	return true;
}

static bool read_reference(struct slice bytes, struct arena *arena, struct error *err)
{
	struct reference r;
	return reference_unpack(bytes, arena, &r, err);
}

static bool read_groups(struct slice bytes, struct arena *arena, struct error *err)
{
	struct groups g;
	return groups_unpack(bytes, arena, &g, err);
}

static bool read_group_titles(struct slice bytes, struct arena *arena, struct error *err)
{
	struct group some[3] = { { .source = 0 } };
	struct groups g = { some, 3, 0 };
	return groups_unpack_titles(bytes, arena, &g, err);
}

static bool read_crossings(struct slice bytes, struct arena *arena, struct error *err)
{
	struct crossings c;
	return crossings_unpack(bytes, arena, &c, err);
}

static bool read_stored(struct slice bytes, struct arena *arena, struct error *err)
{
	struct slice record;
	return record_inflate(bytes, SLICE("a dictionary"), arena, &record, err);
}

/* A posting list has no errors: it ends where it makes no sense. */
static bool read_postings(struct slice bytes, struct arena *arena, struct error *err)
{
	enum { OCCUPATIONS = 300 };
	uint16_t of[OCCUPATIONS];
	struct documents documents = { .count = OCCUPATIONS / 3, .of = of };
	struct posting *out = arena_alloc(arena, OCCUPATIONS * sizeof *out, err);
	for (size_t i = 0; i < OCCUPATIONS; i++)
		of[i] = (uint16_t)(i / 3);
	size_t n = out ? postings_decode(bytes, &documents, OCCUPATIONS, out) : 0;
	check(!out || postings_find(bytes, &documents, OCCUPATIONS, NULL, 0) == n);
	for (size_t i = 0; i < n; i++)
		check(out[i].document < documents.count && (i == 0 || out[i].document > out[i - 1].document));
	/* Who asks for few units gets of those the same. */
	struct posting asked[] = { { 0, -1.0f }, { 7, -1.0f }, { 8, -1.0f }, { OCCUPATIONS / 3 - 1, -1.0f } };
	check(!out || postings_find(bytes, &documents, OCCUPATIONS, asked, sizeof asked / sizeof *asked) == n);
	for (size_t k = 0; out && k < sizeof asked / sizeof *asked; k++) {
		float weight = 0.0f;
		for (size_t i = 0; i < n; i++)
			weight += out[i].document == asked[k].document ? out[i].weight : 0.0f;
		check(asked[k].weight == weight);
	}
	return true;
}

/* The record of parts and series ends behind as many bytes as the first says, and the only part follows.  What comes out can be
 * looked through, and goes back in. */
static bool read_facts(struct slice bytes, struct arena *arena, struct error *err)
{
	struct facts f;
	struct fact_parts names;
	struct buffer again = { 0 };
	size_t count, total = 0, length = bytes.length ? (unsigned char)*bytes.at : 0;
	if (length >= bytes.length)
		return error_set(err, ERROR_DAMAGED, NULL, "no part");
	struct slice head = { bytes.at + 1, length }, part = { bytes.at + 1 + length, bytes.length - 1 - length };
	if (!facts_unpack_parts(head, arena, &names, err) || !facts_unpack(head, &part, 1, arena, &f, err))
		return false;
	for (size_t i = 0; i < f.count; i++) {
		total += f.at[i].count;
		for (size_t k = 0; k < f.at[i].count; k++)
			check(facts_of(&f.at[i], f.at[i].at[k].code, &count) && count > 0);
	}
	check(total == f.total && facts_list_parts(&f, arena, &names, NULL) && facts_pack(&f, &names, &again, NULL));
	for (size_t i = 0; i < names.count; i++)
		check(facts_pack_part(&f, names.at[i], &again, NULL));
	buffer_free(&again);
	return true;
}

static bool (*const readers[])(struct slice, struct arena *, struct error *) = {
	read_occupation, read_reference, read_groups, read_crossings,
	read_stored,     read_postings,  read_facts,  read_group_titles,
};

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct arena arena = { 0 };
	struct error err = { 0 };
	if (length == 0)
		return 0;
	struct slice rest = { (const char *)bytes + 1, length - 1 };
	bool ok = readers[bytes[0] % (sizeof readers / sizeof *readers)](rest, &arena, &err);
	check(ok || err.code == ERROR_DAMAGED);
	arena_free(&arena);
	return 0;
}
