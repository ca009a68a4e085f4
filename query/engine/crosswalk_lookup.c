// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * crosswalk_lookup.c - follows the pairs of the crosswalks of 2010 from an old code to occupations of the index.
 */
#include "query/engine/crosswalk_lookup.h"

/* Keep `number` once, ascending. */
static size_t keep_number(size_t numbers[SUCCESSORS_MAX], size_t count, size_t number)
{
	size_t i = count;
	while (i > 0 && numbers[i - 1] > number)
		i--;
	if ((i > 0 && numbers[i - 1] == number) || count == SUCCESSORS_MAX)
		return count;
	memmove(&numbers[i + 1], &numbers[i], (count - i) * sizeof *numbers);
	numbers[i] = number;
	return count + 1;
}

size_t crosswalk_successors(const struct soc_index *index, const struct code *code, size_t numbers[SUCCESSORS_MAX])
{
	size_t count = 0;
	for (size_t i = 0; i < index->crossings.count; i++) {
		const struct crossing *x = &index->crossings.at[i];
		struct code to;
		if (!crosswalk_leads_on(x) || !slice_equal(x->from, slice_of(code->text)) || !code_parse(x->to, &to))
			continue;
		int number = soc_index_find(index, &to);
		if (number >= 0 && count < SUCCESSORS_MAX)
			count = keep_number(numbers, count, (size_t)number);
	}
	return count;
}
