// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * socsearch.c - the library as other programs see it, over what the program soc is made from.
 */
#include "lib/base/utf8.h"
#include "lib/index/manifest.h"
#include "query/engine/evidence_match.h"
#include "query/engine/job_ranking.h"
#include "query/engine/session.h"
#include "query/output/format.h"
#include "query/output/show_json.h"
#include "query/socsearch.h"

#define LIMIT_USUAL 10
#define LIMIT_MAX 100000

/* The numbers of errors are a promise to programs that are compiled already. */
#define SAME_ERROR(name) _Static_assert((int)SOCSEARCH_##name == (int)ERROR_##name, #name)
SAME_ERROR(USAGE);
SAME_ERROR(INPUT);
SAME_ERROR(IO);
SAME_ERROR(MEMORY);
SAME_ERROR(DAMAGED);
SAME_ERROR(VERSION);
SAME_ERROR(LIMIT);
SAME_ERROR(STOPPED);
SAME_ERROR(INTERNAL);

struct socsearch {
	struct soc_index *index; /* NULL: none is open */
	struct ranker *ranker;
	struct error err;

	struct arena job_arena; /* of the last ranking, from here on */
	struct job job;
	struct ranking ranking;
	enum code_level level;
	struct answer_candidate *candidates; /* titles end in NUL */
	size_t count;
	struct job_words words; /* read when evidence is first asked for */
	bool words_read;

	struct arena evidence_arena;   /* of the evidence found last, from here on */
	struct evidence_match *pieces; /* texts end in NUL */
	size_t piece_count;
	struct slice *unexplained;
	size_t unexplained_count;

	struct buffer page; /* what was shown last; ends in NUL */
};

const char *socsearch_version(void)
{
	return SOC_VERSION;
}

/* ---- a handle ---- */

static void forget_evidence(struct socsearch *s)
{
	arena_reset(&s->evidence_arena);
	s->pieces = NULL;
	s->unexplained = NULL;
	s->piece_count = s->unexplained_count = 0;
}

static void forget_ranking(struct socsearch *s)
{
	forget_evidence(s);
	job_words_free(&s->words);
	s->words = (struct job_words){ 0 };
	s->words_read = false;
	s->candidates = NULL;
	s->count = 0;
	s->level = LEVEL_SOC;
	arena_reset(&s->job_arena);
}

static void forget_index(struct socsearch *s)
{
	forget_ranking(s);
	buffer_free(&s->page);
	ranker_free(s->ranker);
	s->ranker = NULL;
	soc_index_close(s->index);
	s->index = NULL;
}

socsearch *socsearch_new(void)
{
	struct socsearch *s = memory_new(sizeof *s, NULL);
	if (s)
		s->level = LEVEL_SOC;
	return s;
}

void socsearch_free(socsearch *s)
{
	if (!s)
		return;
	forget_index(s);
	arena_free(&s->job_arena);
	arena_free(&s->evidence_arena);
	memory_free(s);
}

int socsearch_open(socsearch *s, const char *path)
{
	forget_index(s);
	error_clear(&s->err);
	if (!path)
		return error_set(&s->err, ERROR_USAGE, "give the path of a file that soc-index built",
				 "no index is named");
	if (soc_index_open(path, &s->index, &s->err) && ranker_new(s->index, &s->ranker, &s->err))
		return 1;
	forget_index(s);
	return 0;
}

/* ---- errors ---- */

/* Begin a call that needs an index. */
static bool begin(struct socsearch *s)
{
	error_clear(&s->err);
	return s->index || error_set(&s->err, ERROR_USAGE, "call socsearch_open() first", "no index is open");
}

enum socsearch_error socsearch_error(const socsearch *s)
{
	return (enum socsearch_error)s->err.code;
}

const char *socsearch_error_text(const socsearch *s)
{
	return s->err.text;
}

const char *socsearch_error_hint(const socsearch *s)
{
	return s->err.hint;
}

/* ---- ranking ---- */

static const struct {
	enum code_level level;
	bool automatic;
} levels[] = {
	[SOCSEARCH_SOC] = { LEVEL_SOC, false },     [SOCSEARCH_ONET] = { LEVEL_ONET, false },
	[SOCSEARCH_BROAD] = { LEVEL_BROAD, false }, [SOCSEARCH_MINOR] = { LEVEL_MINOR, false },
	[SOCSEARCH_MAJOR] = { LEVEL_MAJOR, false }, [SOCSEARCH_AUTO] = { LEVEL_SOC, true },
};
#define LEVELS (sizeof levels / sizeof *levels)

static bool read_options(struct socsearch *s, enum socsearch_level level, size_t limit, unsigned flags,
			 struct rank_options *out)
{
	const unsigned known = SOCSEARCH_NO_SYNONYMS | SOCSEARCH_NO_SPELLING | SOCSEARCH_NO_CLEANING;
	if ((unsigned)level >= LEVELS)
		return error_set(&s->err, ERROR_USAGE, "take one of enum socsearch_level", "there is no level %d",
				 (int)level);
	if (flags & ~known)
		return error_set(&s->err, ERROR_USAGE, "take SOCSEARCH_NO_..., joined by |", "there are no flags %#x",
				 flags & ~known);
	*out = (struct rank_options){
		.level = levels[level].level,
		.automatic = levels[level].automatic,
		.limit = limit == 0          ? LIMIT_USUAL
			 : limit < LIMIT_MAX ? limit
					     : LIMIT_MAX,
		.expand = (flags & SOCSEARCH_NO_SYNONYMS ? 0u : EXPAND_SYNONYMS) |
			  (flags & SOCSEARCH_NO_SPELLING ? 0u : EXPAND_SPELLING | EXPAND_JOINED) |
			  (flags & SOCSEARCH_NO_CLEANING ? 0u : EXPAND_CLEANING | EXPAND_SENTENCE_WEIGHTS)
	};
	return true;
}

/* The job, copied: evidence and ranking borrow from it. */
static bool take_job(struct socsearch *s, const char *title, const char *text)
{
	struct slice asked[] = { slice_trim(slice_of(title)), slice_trim(slice_of(text)) };
	if (asked[0].length > JOB_LENGTH_MAX || asked[1].length > JOB_LENGTH_MAX - asked[0].length)
		return error_set(&s->err, ERROR_LIMIT, "give one job a call", "the job has more than 64 MiB");
	for (size_t i = 0; i < 2; i++)
		if (!slice_is_utf8(asked[i], NULL))
			return error_set(&s->err, ERROR_USAGE, "convert it first, such as from Windows-1252 by iconv()",
					 "the %s is not UTF-8", i ? "text" : "title");
	s->job.title = arena_copy(&s->job_arena, asked[0], &s->err);
	s->job.text = arena_copy(&s->job_arena, asked[1], &s->err);
	return s->job.title.at && s->job.text.at;
}

/* The candidates as they are given out. */
static bool take_candidates(struct socsearch *s)
{
	const struct ranking *r = &s->ranking;
	s->candidates = arena_alloc(&s->job_arena, (r->count + 1) * sizeof *s->candidates, &s->err);
	for (size_t i = 0; s->candidates && i < r->count; i++) {
		struct answer_candidate *c = &s->candidates[i];
		*c = answer_candidate_of(s->index, r->level, &r->at[i]);
		c->title = arena_copy(&s->job_arena, c->title, &s->err);
		if (!c->title.at)
			return false;
	}
	return s->candidates != NULL;
}

long socsearch_rank(socsearch *s, const char *title, const char *text, enum socsearch_level level, size_t limit,
		    unsigned flags)
{
	struct rank_options options;
	forget_ranking(s);
	if (!begin(s) || !read_options(s, level, limit, flags, &options) || !take_job(s, title, text) ||
	    !rank_job(s->ranker, &s->job, &options, &s->ranking, &s->err) || !take_candidates(s))
		return -1;
	s->count = s->ranking.count;
	s->level = s->ranking.level;
	return (long)s->count;
}

enum socsearch_level socsearch_level(const socsearch *s)
{
	size_t i = SOCSEARCH_SOC;
	for (size_t k = 0; k < LEVELS; k++)
		if (!levels[k].automatic && levels[k].level == s->level)
			i = k;
	return (enum socsearch_level)i;
}

const char *socsearch_code(const socsearch *s, size_t i)
{
	return i < s->count ? s->candidates[i].code.text : NULL;
}

const char *socsearch_soc(const socsearch *s, size_t i)
{
	return i < s->count ? s->candidates[i].soc.text : NULL;
}

const char *socsearch_title(const socsearch *s, size_t i)
{
	return i < s->count ? s->candidates[i].title.at : NULL;
}

double socsearch_score(const socsearch *s, size_t i)
{
	return i < s->count ? s->candidates[i].score : 0.0;
}

double socsearch_confidence(const socsearch *s, size_t i)
{
	return i < s->count ? s->candidates[i].confidence : 0.0;
}

/* ---- evidence ---- */

static bool read_words(struct socsearch *s)
{
	if (s->words_read)
		return true;
	job_words_free(&s->words);
	s->words = (struct job_words){ 0 };
	s->words_read = job_words_read(s->index, &s->job, &s->ranking, &s->job_arena, &s->words, &s->err);
	return s->words_read;
}

static bool copy_texts(struct socsearch *s, struct slice *at, size_t count)
{
	bool ok = true;
	for (size_t i = 0; ok && i < count; i++) {
		at[i] = arena_copy(&s->evidence_arena, at[i], &s->err);
		ok = at[i].at != NULL;
	}
	return ok;
}

/* The reasons of all groups one behind the other. */
static bool take_reasons(struct socsearch *s, const struct evidence_matches *found)
{
	size_t count = 0;
	for (size_t g = 0; g < MATCH_GROUP_COUNT; g++)
		count += found->count[g];
	struct evidence_match *all = arena_alloc(&s->evidence_arena, (count + 1) * sizeof *all, &s->err), *next = all;
	for (size_t g = 0; all && g < MATCH_GROUP_COUNT; g++)
		for (size_t i = 0; i < found->count[g]; i++, next++) {
			*next = found->at[g][i];
			if (!copy_texts(s, &next->evidence.text, 1))
				return false;
		}
	if (!all || !copy_texts(s, found->unexplained, found->unexplained_count))
		return false;
	s->pieces = all;
	s->piece_count = count;
	s->unexplained = found->unexplained;
	s->unexplained_count = found->unexplained_count;
	return true;
}

long socsearch_find_evidence(socsearch *s, size_t i, size_t limit)
{
	struct evidence_matches found;
	forget_evidence(s);
	if (!begin(s))
		return -1;
	if (i >= s->count) {
		error_set(&s->err, ERROR_USAGE, "candidates are counted from 0",
			  "the last ranking has no candidate %zu", i);
		return -1;
	}
	limit = limit == 0 ? LIMIT_USUAL : limit < LIMIT_MAX ? limit : LIMIT_MAX;
	if (!soc_index_need_manifest(s->index, &s->err) || !read_words(s) ||
	    !evidence_match_find(s->index, &s->words, s->candidates[i].occupation, limit, &s->evidence_arena, &found,
				 &s->err) ||
	    !take_reasons(s, &found))
		return -1;
	return (long)s->piece_count;
}

const char *socsearch_evidence_kind(const socsearch *s, size_t k)
{
	return k < s->piece_count ? evidence_specs[s->pieces[k].evidence.kind].key : NULL;
}

const char *socsearch_evidence_text(const socsearch *s, size_t k)
{
	return k < s->piece_count ? s->pieces[k].evidence.text.at : NULL;
}

const char *socsearch_evidence_source(const socsearch *s, size_t k)
{
	return k < s->piece_count ? manifest_source_title(s->index->manifest, s->pieces[k].evidence.source) : NULL;
}

double socsearch_evidence_share(const socsearch *s, size_t k)
{
	return k < s->piece_count ? s->pieces[k].cosine : 0.0;
}

const char *socsearch_unexplained(const socsearch *s, size_t k)
{
	return k < s->unexplained_count ? s->unexplained[k].at : NULL;
}

/* ---- a code ---- */

const char *socsearch_show(socsearch *s, const char *code)
{
	struct session session = { .index = s->index, .err = &s->err };
	struct code asked;
	buffer_clear(&s->page);
	if (!begin(s))
		return NULL;
	if (!code_parse(slice_of(code), &asked)) {
		error_set(&s->err, ERROR_USAGE, "a code looks like 15-1252.00, 15-1252 or 15-0000",
			  "'%s' is no occupation code", code ? code : "");
		return NULL;
	}
	struct json_writer w = format_json(FORMAT_JSON, JSON_DIGITS_EXACT, &s->page, &s->err);
	bool ok = show_json_code(&session, &asked, &w) && buffer_append_byte(&s->page, '\n', &s->err) &&
		  buffer_terminate(&s->page, &s->err);
	session_free(&session);
	return ok && s->err.code == ERROR_NONE ? s->page.at : NULL;
}
