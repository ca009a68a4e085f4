// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/codes.h"

bool codes_name_occupation(const struct soc_index *index, const struct code *code, size_t from, size_t to)
{
	if (to - from == 1)
		return true;
	struct code soc = code_soc(&index->entries[to - 1].code), first = code_soc(&index->entries[from].code);
	return strcmp(soc.text, code->text) == 0 && strcmp(first.text, code->text) == 0;
}

struct slice codes_group_title(const struct soc_index *index, const struct code *code)
{
	const struct group *g = groups_find(&index->groups, code);
	return g ? g->title : SLICE("");
}

void codes_find_nearest(const struct soc_index *index, const struct code *code, size_t most, size_t *from, size_t *to)
{
	struct code major = code_at_level(code, LEVEL_MAJOR);
	size_t first = 0, end = index->count, place = 0;
	if (!soc_index_range(index, &major, &first, &end)) {
		first = 0;
		end = index->count;
	}
	while (place < index->count && strcmp(index->entries[place].code.text, code->text) < 0)
		place++;
	*from = place > first + most / 2 ? place - most / 2 : first;
	if (*from + most > end)
		*from = end - first > most ? end - most : first;
	*to = *from + most < end ? *from + most : end;
}
