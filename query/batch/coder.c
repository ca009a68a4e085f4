// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * coder.c - the answer to one job: an earlier decision, a cached answer, or a ranking with ties broken by industry.
 */
#include "query/batch/coder.h"
#include "query/batch/industry.h"
#include "query/batch/matched_title.h"

struct coder {
	struct soc_index *index;
	struct coder_options options;
	struct ranker *ranker;
	struct industry *industry;
	struct matched_titles *matched; /* NULL: nobody asks */
	struct job_key key;
	struct buffer scratch;
	struct answer_cache_hash *hash;
	struct answer_candidate *at;
	uint16_t *places; /* scratch, where candidates are those of another classification */
	size_t wanted;    /* of the ranker: more than are shown, where ties may be broken */
};

/* Ties are looked for among so many candidates. */
#define TIED_MAX 10

bool coder_new(struct soc_index *index, const struct coder_options *options, struct coder **out, struct error *err)
{
	struct coder *k = memory_new(sizeof *k, err);
	*out = k;
	if (!k)
		return false;
	k->index = index;
	k->options = *options;
	k->wanted = options->top > TIED_MAX ? options->top : TIED_MAX;
	k->at = memory_new(k->wanted * sizeof *k->at, err);
	k->places = memory_new((index->count + 1) * sizeof *k->places, err);
	if (k->at && k->places && answer_cache_hash_new(&k->hash, err) && ranker_new(index, &k->ranker, err) &&
	    industry_new(index, &k->industry, err) &&
	    (!options->matched || matched_titles_new(index, &k->matched, err)))
		return true;
	coder_free(k);
	*out = NULL;
	return false;
}

void coder_free(struct coder *k)
{
	if (!k)
		return;
	matched_titles_free(k->matched);
	industry_free(k->industry);
	ranker_free(k->ranker);
	answer_cache_hash_free(k->hash);
	job_key_free(&k->key);
	buffer_free(&k->scratch);
	memory_free(k->at);
	memory_free(k->places);
	memory_free(k);
}

/* ---- what was decided ---- */

static const char *const notes[NOT_OCCUPATION_COUNT] = { NULL,
#define NOT_OCCUPATION_NOTE(id, name) "not an occupation: " name,
							 NOT_OCCUPATION_TABLE(NOT_OCCUPATION_NOTE)
#undef NOT_OCCUPATION_NOTE
};

static void take_code(struct coder *k, const struct override_code *o, struct answer *out)
{
	enum code_level level = k->options.automatic ? LEVEL_SOC : k->options.level, own = code_level(&o->code);
	struct answer_candidate *c = &k->at[out->count];
	*c = (struct answer_candidate){
		.code = o->code, .title = o->title, .occupation = o->occupation, .confidence = 1.0
	};
	/* A six-digit code has one eight-digit code that comes first; a group stands for itself. */
	if (own == LEVEL_SOC)
		c->code = k->index->entries[o->occupation].code;
	c->soc = level < own ? code_at_level(&o->code, level) : code_soc(&o->code);
	for (size_t i = 0; i < out->count; i++)
		if (level < LEVEL_ONET && strcmp(k->at[i].soc.text, c->soc.text) == 0)
			return;
	if (out->count++ == 0)
		out->level = level < own ? level : own < LEVEL_SOC ? own : LEVEL_SOC;
}

static void take_decision(struct coder *k, const struct override *o, struct answer *out)
{
	*out = (struct answer){ .at = k->at, .level = k->options.level, .decided = o };
	out->not_occupation = o->not_occupation;
	out->note = o->uncodable ? "no code fits" : notes[o->not_occupation];
	for (size_t i = 0; i < o->count; i++)
		take_code(k, &o->codes[i], out);
}

/* ---- what is no occupation ---- */

static bool take_not_occupation(struct coder *k, const struct batch_job *job, struct answer *out)
{
	enum not_occupation kind = not_occupation_of_job(job->title, job->text);
	if (kind == NOT_OCCUPATION_NO)
		return false;
	*out = (struct answer){ .at = k->at, .level = k->options.level, .not_occupation = kind, .note = notes[kind] };
	return true;
}

/* ---- ranking ---- */

static bool rank(struct coder *k, const struct batch_job *job, struct answer *out, struct error *err)
{
	bool ties = job->industry.length > 0;
	struct ranking ranking;
	struct job words = { slice_trim(job->title), slice_trim(job->text) };
	struct rank_options options = { .level = k->options.level,
					.automatic = k->options.automatic,
					.limit = k->options.fold ? k->index->count
						 : ties          ? k->wanted
								 : k->options.top,
					.expand = k->options.expand };
	if (words.title.length > JOB_LENGTH_MAX || words.text.length > JOB_LENGTH_MAX - words.title.length)
		return error_set(err, ERROR_LIMIT, "give one job a row", "the job has more than 64 MiB");
	if (!rank_job(k->ranker, &words, &options, &ranking, err))
		return false;
	if (k->options.fold)
		ranking.count =
			other_codes_fold(k->options.fold, ranking.at, ranking.count, k->places, k->index->count);
	if (ranking.count > k->wanted)
		ranking.count = k->wanted;
	for (size_t i = 0; i < ranking.count; i++)
		k->at[i] = answer_candidate_of(k->index, ranking.level, &ranking.at[i]);
	*out = (struct answer){ .at = k->at, .count = ranking.count, .level = ranking.level };
	if (ranking.count == 0)
		out->note = "no word of it is known to the index";
	else if (ranking.foreign)
		out->note = RANKING_FOREIGN_NOTE;
	if (ties && ranking.count > 1 && !industry_break_ties(k->industry, job->industry, out, err))
		return false;
	out->count = out->count < k->options.top ? out->count : k->options.top;
	return true;
}

static bool answer(struct coder *k, const struct batch_job *job, struct answer *out, struct error *err)
{
	const struct override *decided = NULL;
	if (k->options.overrides && (!job_key_read(&k->key, job, k->index->analyzer, err) ||
				     !overrides_find(k->options.overrides, &k->key, &k->scratch, &decided, err)))
		return false;
	if (decided) {
		take_decision(k, decided, out);
		return true;
	}
	if (job->title.length == 0 && job->text.length == 0) {
		*out = (struct answer){ .at = k->at, .level = k->options.level, .note = "no title and no text" };
		return true;
	}
	if (take_not_occupation(k, job, out))
		return true;
	if (!k->options.answer_cache)
		return rank(k, job, out, err);
	struct answer_cache_key key = answer_cache_key(k->hash, job);
	*out = (struct answer){ .at = k->at };
	if (answer_cache_find(k->options.answer_cache, &key, out)) {
		/* The titles were those of another thread's index. */
		for (size_t i = 0; i < out->count; i++)
			k->at[i].title = k->index->entries[k->at[i].occupation].title;
		return true;
	}
	if (!rank(k, job, out, err))
		return false;
	answer_cache_keep(k->options.answer_cache, &key, out);
	return true;
}

bool coder_answer(struct coder *k, const struct batch_job *job, struct answer *out, struct error *err)
{
	return answer(k, job, out, err) &&
	       (!k->matched || matched_titles_find(k->matched, job, k->options.top, out, err));
}
