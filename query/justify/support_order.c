// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * support_order.c - the pieces of a case in order: by group, what gave most first; and what is said several times joined.
 *
 * What is sorted is small: a number to sort by, and the place of what it belongs to.
 */
#include <xxhash.h>

#include "query/justify/support_parts.h"

/* ---- sorting ---- */

struct key {
	uint64_t by;
	uint32_t at;
};

/* A number that is the smaller the larger `points` are. */
static uint64_t descending(double points)
{
	uint64_t bits;
	points += 0.0;   /* no negative zero */
	memcpy(&bits, &points, sizeof bits);
	return bits >> 63 ? bits : ~bits & ~((uint64_t)1 << 63);
}

static void insert_keys(struct key *at, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		struct key k = at[i];
		size_t to = i;
		for (; to > 0 && at[to - 1].by > k.by; to--)
			at[to] = at[to - 1];
		at[to] = k;
	}
}

enum { FEW_KEYS = 12 };

/* Sort keys in ascending order, those that are equal as they stand; `scratch` has room for half of them. */
static void sort_keys(struct key *at, size_t count, struct key *scratch)
{
	size_t half = count / 2;
	if (count <= FEW_KEYS) {
		insert_keys(at, count);
		return;
	}
	sort_keys(at, half, scratch);
	sort_keys(at + half, count - half, scratch);
	if (at[half - 1].by <= at[half].by)
		return;
	memcpy(scratch, at, half * sizeof *at);
	for (size_t to = 0, left = 0, right = half; left < half; to++)
		at[to] = right < count && at[right].by < scratch[left].by ? at[right++] : scratch[left++];
}

/* ---- in order ---- */

struct ordering {
	struct making *m;
	struct key *keys;          /* room for all drafts, */
	struct key *scratch;       /* ... and for half of them */
	uint32_t *slots;           /* of the texts of a group, by hash: the line that has it, plus 1 */
	size_t slot_count;         /* a power of two, twice the drafts or more */
	struct support_piece **last;   /* by line of a group: its last piece */
};

/* What gave nothing is no piece of the case, but for activities, which never give. */
static bool is_piece(const struct draft *d)
{
	return d->points != 0.0 || d->group == SUPPORT_ACTIVITIES;
}

/* Drafts stand by occupation and in the order of its record already. */
static void list_drafts(struct ordering *o)
{
	struct support *s = o->m->out;
	const struct draft *drafts = o->m->drafts;
	size_t next[SUPPORT_GROUP_COUNT] = { 0 };
	for (size_t i = 0; i < o->m->draft_count; i++)
		next[drafts[i].group] += is_piece(&drafts[i]);
	for (size_t g = 0; g < SUPPORT_GROUP_COUNT; g++) {
		s->first[g + 1] = s->first[g] + next[g];
		next[g] = s->first[g];
	}
	for (size_t i = 0; i < o->m->draft_count; i++)
		if (is_piece(&drafts[i]))
			o->keys[next[drafts[i].group]++] = (struct key){ descending(drafts[i].points), (uint32_t)i };
}

/* Activities that gave the same stand by their words, the most first. */
static void sort_activities(struct ordering *o, struct key *keys, size_t count)
{
	const struct draft *drafts = o->m->drafts;
	for (size_t i = 0; i < count; i++)
		keys[i].by = UINT32_MAX - drafts[keys[i].at].span_count;
	sort_keys(keys, count, o->scratch);
	for (size_t i = 0; i < count; i++)
		keys[i].by = descending(drafts[keys[i].at].points);
}

static struct support_piece piece_of(const struct draft *d)
{
	return (struct support_piece){ .evidence = d->evidence, .occupation = d->occupation, .group = (enum support_group)d->group,
				       .points = d->points, .spans = d->spans, .span_count = d->span_count };
}

static bool order_pieces(struct ordering *o)
{
	struct support *s = o->m->out;
	list_drafts(o);
	s->pieces = arena_alloc(&o->m->c->arena, (s->first[SUPPORT_GROUP_COUNT] + 1) * sizeof *s->pieces, o->m->c->err);
	for (size_t g = 0; s->pieces && g < SUPPORT_GROUP_COUNT; g++) {
		struct key *keys = o->keys + s->first[g];
		size_t count = s->first[g + 1] - s->first[g];
		if (g == SUPPORT_ACTIVITIES)
			sort_activities(o, keys, count);
		sort_keys(keys, count, o->scratch);
		for (size_t i = 0; i < count; i++) {
			s->pieces[s->first[g] + i] = piece_of(&o->m->drafts[keys[i].at]);
			s->points[g] += s->pieces[s->first[g] + i].points;
		}
	}
	return s->pieces != NULL;
}

/* ---- the same said again ---- */

/* The line of the group that has the text; MAP_NONE where it begins one, which is noted then as number `line`. */
static uint32_t find_line(struct ordering *o, const struct support_piece *const *lines, size_t slots, struct slice text, uint32_t line)
{
	size_t at = (size_t)XXH3_64bits(text.at, text.length) & (slots - 1);
	for (; o->slots[at]; at = (at + 1) & (slots - 1))
		if (slice_equal(lines[o->slots[at] - 1]->evidence->text, text))
			return o->slots[at] - 1;
	o->slots[at] = line + 1;
	return MAP_NONE;
}

/* Pieces stand in order already: of equal lines the first stays before. */
static void sort_lines(struct ordering *o, const struct support_piece **lines, size_t count)
{
	const struct support_piece *pieces = o->m->out->pieces;
	for (size_t i = 0; i < count; i++)
		o->keys[i] = (struct key){ descending(lines[i]->together), (uint32_t)(lines[i] - pieces) };
	sort_keys(o->keys, count, o->scratch);
	for (size_t i = 0; i < count; i++)
		lines[i] = &pieces[o->keys[i].at];
}

/* Join the pieces of a group that have the same text. */
static void join_group(struct ordering *o, size_t group)
{
	struct support *s = o->m->out;
	const struct support_piece **lines = s->lines + s->first_line[group];
	size_t slots = 16, count = 0;
	while (slots < 2 * (s->first[group + 1] - s->first[group]))
		slots *= 2;
	memset(o->slots, 0, slots * sizeof *o->slots);
	for (size_t i = s->first[group]; i < s->first[group + 1]; i++) {
		struct support_piece *p = &s->pieces[i];
		uint32_t line = find_line(o, lines, slots, p->evidence->text, (uint32_t)count);
		p->together = p->points;
		if (line == MAP_NONE) {
			line = (uint32_t)count++;
			lines[line] = p;
		} else {
			o->last[line]->same = p;
			s->pieces[lines[line] - s->pieces].together += p->points;
		}
		o->last[line] = p;
	}
	s->first_line[group + 1] = s->first_line[group] + count;
	sort_lines(o, lines, count);
}

static bool join_pieces(struct ordering *o)
{
	struct support *s = o->m->out;
	s->lines = arena_alloc(&o->m->c->arena, (s->first[SUPPORT_GROUP_COUNT] + 1) * sizeof *s->lines, o->m->c->err);
	for (size_t g = 0; s->lines && g < SUPPORT_GROUP_COUNT; g++)
		join_group(o, g);
	return s->lines != NULL;
}

/* ---- the whole ---- */

bool support_order(struct making *m)
{
	struct ordering o = { .m = m, .slot_count = 16 };
	while (o.slot_count < 2 * m->draft_count)
		o.slot_count *= 2;
	o.keys = memory_resize(NULL, (m->draft_count + 1) * sizeof *o.keys);
	o.scratch = memory_resize(NULL, (m->draft_count / 2 + 1) * sizeof *o.scratch);
	o.slots = memory_resize(NULL, o.slot_count * sizeof *o.slots);
	o.last = memory_resize(NULL, (m->draft_count + 1) * sizeof(struct support_piece *));
	bool ok = (o.keys && o.scratch && o.slots && o.last) || error_no_memory(m->c->err);
	ok = ok && order_pieces(&o) && join_pieces(&o);
	memory_free(o.keys);
	memory_free(o.scratch);
	memory_free(o.slots);
	memory_free(o.last);
	return ok;
}
