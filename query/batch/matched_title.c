// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * matched_title.c - asks the evidence of each candidate for the titles that match a job's, and takes an exact one first.
 */
#include "query/batch/matched_title.h"
#include "lib/index/manifest.h"
#include "query/engine/evidence_match.h"

/* An exact title is among so many that are most alike: others have the same words in another order. */
enum { TITLES_LOOKED_AT = 4 };

struct matched_titles {
	struct soc_index *index;
	struct arena arena;
	struct job_key job, title;
};

bool matched_titles_new(struct soc_index *index, struct matched_titles **out, struct error *err)
{
	struct matched_titles *m = memory_new(sizeof *m, err);
	*out = m;
	if (!m)
		return false;
	m->index = index;
	if (soc_index_need_manifest(index, err))
		return true;
	matched_titles_free(m);
	*out = NULL;
	return false;
}

void matched_titles_free(struct matched_titles *m)
{
	if (!m)
		return;
	arena_free(&m->arena);
	job_key_free(&m->job);
	job_key_free(&m->title);
	memory_free(m);
}

static bool is_exact(struct matched_titles *m, struct slice title, bool *exact, struct error *err)
{
	const struct batch_job words = { .title = title };
	if (!job_key_read(&m->title, &words, m->index->analyzer, err))
		return false;
	*exact = slice_equal(buffer_slice(&m->title.title), buffer_slice(&m->job.title));
	return true;
}

static bool find_one(struct matched_titles *m, struct job_words *words, size_t occupation, struct matched_title *out,
		     struct error *err)
{
	struct evidence_matches found;
	if (!evidence_match_find(m->index, words, occupation, TITLES_LOOKED_AT, &m->arena, &found, err))
		return false;
	for (size_t i = 0; i < found.count[MATCH_TITLES] && !out->exact; i++) {
		const struct evidence *e = &found.at[MATCH_TITLES][i].evidence;
		bool exact;
		if (!is_exact(m, e->text, &exact, err))
			return false;
		if (i > 0 && !exact)
			continue;
		*out = (struct matched_title){ .title = e->text,
					       .kind = evidence_specs[e->kind].key,
					       .source = manifest_source_title(m->index->manifest, e->source),
					       .exact = exact };
	}
	return true;
}

bool matched_titles_find(struct matched_titles *m, const struct batch_job *job, size_t top, struct answer *answer,
			 struct error *err)
{
	const struct batch_job title = { .title = job->title };
	const struct job words_of = { .title = slice_trim(job->title) };
	struct job_words words = { 0 };
	arena_reset(&m->arena);
	size_t count = answer->count < top ? answer->count : top;
	struct matched_title *at = arena_alloc(&m->arena, (count + 1) * sizeof *at, err);
	answer->matched = at;
	if (!at || words_of.title.length == 0)
		return at != NULL;
	bool ok = job_key_read(&m->job, &title, m->index->analyzer, err) &&
		  job_words_read(m->index, &words_of, NULL, &m->arena, &words, err);
	words.kinds = 1u << FIELD_TITLE;
	for (size_t i = 0; ok && i < count; i++)
		ok = find_one(m, &words, answer->at[i].occupation, &at[i], err);
	job_words_free(&words);
	return ok;
}
