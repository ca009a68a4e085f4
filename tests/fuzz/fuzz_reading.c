// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * fuzz_reading.c - the bytes are a title, a text, or both.  Whatever they are, what is read in them lies in them, in
 * order, and weighs no more than a word.
 */
#include "lib/rank/title_cleaning.h"
#include "lib/rank/job_split.h"
#include "lib/rank/sentence_weighting.h"
#include "tests/fuzz/sample.h"

static bool lies_in(struct slice part, struct slice whole)
{
	return part.length == 0 || (part.at >= whole.at && part.at + part.length <= whole.at + whole.length);
}

static void check_spans(const struct weighted_span *spans, size_t count, size_t length)
{
	size_t end = 0;
	for (size_t i = 0; i < count; i++) {
		check(spans[i].start >= end && spans[i].length > 0);
		check(spans[i].weight >= 0.0f && spans[i].weight <= 1.0f);
		end = spans[i].start + spans[i].length;
	}
	check(end <= length);
}

static void check_title(struct slice title, struct arena *arena)
{
	static struct title_cleaning cleaner; /* patterns are compiled once; one input leaves nothing to the next */
	struct cleaned_title t;
	struct buffer turned = { 0 };
	check(clean_title(&cleaner, title, arena, &t, NULL));
	check_spans(t.span_weights.at, t.span_weights.count, title.length);
	check_spans(t.span_weights.turned, t.span_weights.turned_count, title.length);
	for (size_t i = 0; i < t.part_count; i++) {
		struct slice written = t.parts[i].written;
		check(written.length > 0 && lies_in(written, title));
		if (t.parts[i].rule == TITLE_RULE_TURNED)
			check(title_part_turn(written, &turned, NULL));
	}
	buffer_free(&turned);
}

static void check_text(struct slice text, struct arena *arena)
{
	static struct sentence_weighting weigher;
	struct weighted_text t;
	struct slice sentence;
	size_t last = 0, sentences = 0, counted = 0;
	for (size_t at = 0; (sentence = next_sentence(text, &at)).length > 0; sentences++, last = at)
		check(lies_in(sentence, text) && at > last && at <= text.length);
	check(weight_sentences(&weigher, text, arena, &t, NULL));
	check_spans(t.span_weights.at, t.span_weights.count, text.length);
	check(t.sentences <= sentences && t.lessened <= t.sentences);
	for (size_t i = 0; i < TEXT_RULE_COUNT; i++) {
		check(lies_in(t.firsts[i], text));
		counted += t.counts[i];
	}
	check(counted == t.lessened);
}

static void check_split(struct slice text)
{
	struct job job;
	check(job_split(sample, text, &job, NULL));
	check(lies_in(job.title, text) && lies_in(job.text, text));
	check(job.title.length + job.text.length <= text.length);
	check(job.title.length || job.text.length || slice_trim(text).length == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct slice text = { (const char *)bytes, length };
	struct arena arena = { 0 };
	sample_open();
	check_title(text, &arena);
	check_text(text, &arena);
	if (sample)
		check_split(text);
	arena_free(&arena);
	return 0;
}
