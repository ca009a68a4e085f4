// SPDX-License-Identifier: GPL-3.0-or-later
/* dialogue.c - asks for the field of a job, then for its code, and leaves out what an answer excludes. */
#include "query/engine/dialogue.h"

static const struct {
	const char *group;
	const char *words;
} fields[] = {
#define FIELD_WORDS(group, words) { group, words },
#include "query/engine/field_words.def"
#undef FIELD_WORDS
};

static struct slice words_of_field(const struct code *group)
{
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		if (memcmp(fields[i].group, group->text, 2) == 0)
			return slice_of(fields[i].words);
	return slice_of(group->text);
}

bool dialogue_begin(struct dialogue *d, struct session *s, struct ranker *ranker, const struct job *job,
		    const struct rank_options *options)
{
	size_t count = s->index->count;
	*d = (struct dialogue){ .session = s, .ranker = ranker, .job = *job, .options = *options };
	if (!SESSION_ARRAY(s, d->allow, count))
		return false;
	memset(d->allow, 1, count);
	if (options->allow)
		memcpy(d->allow, options->allow, count);
	d->options.allow = d->allow;
	d->options.level = LEVEL_SOC;
	d->options.automatic = false;
	d->options.limit = DIALOGUE_OPTIONS;
	return true;
}

/* ---- what to ask ---- */

bool dialogue_fields(struct session *s, struct ranker *ranker, const struct job *job,
		     const struct rank_options *options, struct dialogue_option *out, size_t *count)
{
	struct rank_options groups = *options;
	struct ranking r;
	groups.level = LEVEL_MAJOR;
	groups.automatic = false;
	groups.offset = 0;
	groups.limit = DIALOGUE_OPTIONS;
	*count = 0;
	if (!rank_job(ranker, job, &groups, &r, s->err))
		return false;
	if (r.count < 2 || r.at[0].confidence >= DIALOGUE_FIELD_CLEAR)
		return true;
	for (size_t i = 0; i < r.count && r.at[i].confidence >= DIALOGUE_FIELD_MIN; i++)
		out[(*count)++] = (struct dialogue_option){ .code = r.at[i].code,
							    .words = words_of_field(&r.at[i].code),
							    .confidence = r.at[i].confidence };
	*count = *count < 2 ? 0 : *count;
	return true;
}

/* The codes that lead, each with what tells it from the others. */
static bool find_codes(struct dialogue *d, struct dialogue_step *out)
{
	struct clarifying_question q;
	if (!clarifying_question_find(d->session, &out->ranking, DIALOGUE_OPTIONS, 0.0, &q))
		return false;
	for (size_t i = 0; i < out->ranking.count; i++) {
		const struct candidate *c = &out->ranking.at[i];
		struct dialogue_option *option = &out->at[out->count++];
		*option = (struct dialogue_option){ .code = c->code, .words = c->title, .confidence = c->confidence };
		for (size_t k = 0; k < q.count; k++)
			if (q.at[k].candidate == c)
				option->statement = q.at[k].statement.text;
	}
	return true;
}

bool dialogue_next(struct dialogue *d, struct dialogue_step *out)
{
	*out = (struct dialogue_step){ .kind = DIALOGUE_DONE };
	if (d->fields_asked < DIALOGUE_FIELDS_ASKED &&
	    !dialogue_fields(d->session, d->ranker, &d->job, &d->options, out->at, &out->count))
		return false;
	if (!rank_job(d->ranker, &d->job, &d->options, &out->ranking, d->session->err))
		return false;
	bool sure = out->ranking.count < 2 || out->ranking.at[0].confidence >= QUESTION_SURE;
	if (!sure && out->count) {
		out->kind = DIALOGUE_FIELD;
		return true;
	}
	out->count = 0;
	if (sure || d->code_asked)
		return true;
	out->kind = DIALOGUE_CODE;
	return find_codes(d, out);
}

/* ---- what an answer leaves ---- */

static bool is_under(const struct code *code, const struct code *group, enum dialogue_kind kind)
{
	return strncmp(code->text, group->text, kind == DIALOGUE_FIELD ? 2 : strlen(group->text)) == 0;
}

void dialogue_answer(struct dialogue *d, const struct dialogue_step *step, size_t option)
{
	const struct soc_index *index = d->session->index;
	for (size_t i = 0; i < index->count; i++) {
		bool chosen = option >= step->count;
		for (size_t k = 0; k < step->count; k++)
			if (is_under(&index->entries[i].code, &step->at[k].code, step->kind))
				chosen = k == option;
		d->allow[i] &= chosen;
	}
	if (step->kind == DIALOGUE_FIELD)
		d->fields_asked = option < step->count ? DIALOGUE_FIELDS_ASKED : d->fields_asked + 1;
	d->code_asked |= step->kind == DIALOGUE_CODE;
}
