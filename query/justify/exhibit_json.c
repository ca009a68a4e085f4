// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * exhibit_json.c - an exhibit for programs.
 */
#include "query/justify/exhibit.h"

static json_t *question_json(const struct exhibit *x)
{
	json_t *object = json_object();
	if (x->title.length)
		json_object_set_new(object, "title", command_json_text(x->title));
	if (x->text.length)
		json_object_set_new(object, "text", command_json_text(x->text));
	return object;
}

static json_t *candidates_json(const struct exhibit *x, const struct command *c)
{
	json_t *list = json_array();
	for (size_t i = 0; i < x->ranked.ranking.count; i++) {
		const struct candidate *k = &x->ranked.ranking.at[i];
		bool weighed = false;
		for (size_t n = 0; n < x->codes.count; n++)
			weighed |= strcmp(x->codes.at[n].code.text, k->code.text) == 0;
		if (i < EXHIBIT_CANDIDATES || weighed)
			json_array_append_new(list, json_pack("{s:I, s:s, s:s, s:o, s:f, s:f, s:b}", "rank", (json_int_t)i + 1,
				"code", k->code.text, "best", c->index->entries[k->occupation].code.text, "title",
				command_json_text(k->title), "score", k->score, "confidence", k->confidence,
				"weighed", weighed));
	}
	return list;
}

json_t *exhibit_json(const struct exhibit *x, const struct command *c)
{
	struct buffer trust = { 0 };
	json_t *object = json_pack("{s:s, s:b, s:o, s:I, s:o}", "code", x->codes.at[0].code.text, "named", x->named, "question",
				   question_json(x), "ranked", (json_int_t)x->ranked.ranking.count, "candidates", candidates_json(x, c));
	if (exhibit_describe_trust(c, &trust) && trust.length)
		json_object_set_new(object, "trust", command_json_text(buffer_slice(&trust)));
	if (x->comparison.count)
		json_object_set_new(object, "comparison", comparison_json(&x->comparison, c));
	if (x->has_duties)
		json_object_set_new(object, "duties", duty_table_json(&x->duties, c));
	json_t *cases = json_array();
	for (size_t i = 0; i < x->case_count; i++)
		json_array_append_new(cases, support_json(&x->cases[i], c));
	json_object_set_new(object, "reasons", cases);
	json_object_set_new(object, "provenance", provenance_json(&x->provenance, c));
	buffer_free(&trust);
	return object;
}
