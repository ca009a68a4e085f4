// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * job_key.c - the words of a job's title and industry, and a digest of those of its text.
 */
#include <inttypes.h>
#include <stdio.h>
#include <xxhash.h>

#include "query/batch/job_key.h"

/* Between the parts of a key, and in place of one that is left open: no word has such bytes. */
#define PART_END '\x1f'
#define PART_OPEN '*'

static bool append_words(struct slice text, struct tokenizer *analyzer, struct buffer *out, struct error *err)
{
	struct text_words words;
	if (!tokenize(analyzer, text, &words, err))
		return false;
	for (size_t i = 0; i < words.count; i++) {
		buffer_append(out, words.at[i].folded.at, words.at[i].folded.length, err);
		buffer_append_byte(out, ' ', err);
	}
	return buffer_ok(out);
}

/* The words of a text stand in the memory of the title while they are digested. */
static bool digest_text(struct job_key *key, struct slice text, struct tokenizer *analyzer, struct error *err)
{
	key->digest[0] = '\0';
	buffer_clear(&key->title);
	if (!append_words(text, analyzer, &key->title, err))
		return false;
	if (key->title.length) {
		XXH128_hash_t hash = XXH3_128bits(key->title.at, key->title.length);
		snprintf(key->digest, sizeof key->digest, "t%016" PRIx64 "%016" PRIx64, (uint64_t)hash.high64,
			 (uint64_t)hash.low64);
	}
	return true;
}

bool job_key_read(struct job_key *key, const struct batch_job *job, struct tokenizer *analyzer, struct error *err)
{
	bool ok = digest_text(key, job->text, analyzer, err);
	buffer_clear(&key->title);
	buffer_clear(&key->industry);
	return ok && append_words(job->title, analyzer, &key->title, err) &&
	       append_words(job->industry, analyzer, &key->industry, err);
}

void job_key_free(struct job_key *key)
{
	buffer_free(&key->title);
	buffer_free(&key->industry);
}

bool job_key_empty(const struct job_key *key)
{
	return key->title.length == 0 && key->digest[0] == '\0';
}

bool job_key_append(const struct job_key *key, unsigned shape, struct buffer *out, struct error *err)
{
	buffer_append(out, key->title.at, key->title.length, err);
	buffer_append_byte(out, PART_END, err);
	if (shape & JOB_ANY_TEXT)
		buffer_append_byte(out, PART_OPEN, err);
	else
		buffer_append_text(out, key->digest, err);
	buffer_append_byte(out, PART_END, err);
	if (shape & JOB_ANY_INDUSTRY)
		buffer_append_byte(out, PART_OPEN, err);
	else
		buffer_append(out, key->industry.at, key->industry.length, err);
	return buffer_ok(out);
}
