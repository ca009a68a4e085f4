// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * code_lookup.c - what a written code is in an index: itself, what it has become, or what a date was.
 */
#include "query/engine/code_lookup.h"
#include "query/engine/crosswalk_lookup.h"

static bool has_code(const struct soc_index *index, const struct code *code)
{
	size_t from, to;
	return soc_index_range(index, code, &from, &to);
}

/* Keep a code once. */
static void add(struct code_lookup *l, struct code code)
{
	for (size_t i = 0; i < l->count; i++)
		if (strcmp(l->at[i].text, code.text) == 0)
			return;
	if (l->count < CODE_LOOKUP_MAX)
		l->at[l->count++] = code;
}

/* What a code of an older edition has become, with as many digits as it has. */
static void lead_over(const struct soc_index *index, const struct code *code, struct code_lookup *out)
{
	enum code_level level = code_level(code);
	for (size_t i = 0; i < index->crossings.count; i++) {
		const struct crossing *x = &index->crossings.at[i];
		struct code from, to;
		if (!crosswalk_leads_on(x) || !code_parse(x->from, &from) || !code_parse(x->to, &to))
			continue;
		from = code_at_level(&from, level);
		if (strcmp(from.text, code->text) == 0 && has_code(index, &to))
			add(out, code_at_level(&to, level));
	}
	if (out->count == 0 && level == LEVEL_ONET) {
		struct code soc = code_soc(code);
		lead_over(index, &soc, out);
	}
	if (out->count)
		out->origin = out->count == 1 ? ORIGIN_LED_OVER : ORIGIN_SPLIT;
}

/* The codes of the index that match 11-??21. */
static void lead_back(const struct soc_index *index, const struct code *pattern, struct code_lookup *out)
{
	out->origin = ORIGIN_ANY_DATE;
	for (size_t i = 0; i < index->count && pattern->text[0]; i++) {
		struct code soc = code_soc(&index->entries[i].code);
		bool same = true;
		for (size_t k = 0; same && k < 7; k++)
			same = pattern->text[k] == '?' || pattern->text[k] == soc.text[k];
		/* A spreadsheet knows no year before 1900: it leaves 11-1021 alone. */
		if (same && strcmp(soc.text + 3, "1900") >= 0)
			add(out, soc);
	}
	if (out->count == 1)
		out->origin = ORIGIN_DATE;
}

void code_lookup(const struct soc_index *index, const struct written_code *w, struct code_lookup *out)
{
	*out = (struct code_lookup){ .origin = w->kind == WRITTEN_NO_CODE ? ORIGIN_NO_CODE : ORIGIN_MALFORMED };
	if (w->kind == WRITTEN_DATE)
		lead_back(index, &w->code, out);
	if (w->kind != WRITTEN_CODE)
		return;
	out->origin = has_code(index, &w->code) ? ORIGIN_INDEX : ORIGIN_UNKNOWN;
	if (out->origin == ORIGIN_UNKNOWN)
		lead_over(index, &w->code, out);
	if (out->count == 0)
		add(out, w->code);
}
