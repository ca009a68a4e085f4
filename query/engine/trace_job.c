// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * trace_job.c - the stages of --explain that tell of a job: words, expansions, features.
 */
#include <math.h>

#include "lib/base/string_map.h"
#include "query/engine/trace_job.h"
#include "query/engine/query_plan.h"

/* So much is shown; JSON has no more than that either, for it is read by people too. */
#define TERMS_MAX 200
#define TEXT_SHOWN 500
#define CANDIDATES_MAX 3

static json_t *json_text(struct slice text)
{
	json_t *string = json_stringn(text.at ? text.at : "", text.length);
	return string ? string : json_string("");
}

static struct slice shown(struct slice text)
{
	size_t length = text.length;
	if (length > TEXT_SHOWN)
		for (length = TEXT_SHOWN; length > 0 && ((unsigned char)text.at[length] & 0xC0) == 0x80;)
			length--;
	return (struct slice){ text.at, length };
}

static void trace_query(const char *key, struct slice text, struct trace *e)
{
	struct slice part = shown(text);
	if (text.length)
		trace_line(e, json_pack("{s:s, s:o}", "as", key, "words", json_text(part)), "as a %s: %.*s%s", key,
			   (int)part.length, part.at, part.length < text.length ? " ..." : "");
}

/* Distinct terms of a text in their order, each with the word that it was first written as. */
struct terms {
	struct map seen;
	struct map stops;
	struct slice *written; /* by number in `seen`; borrows the text */
};

static bool take_words(struct soc_index *index, struct slice text, struct terms *t, struct error *err)
{
	struct text_words words;
	if (!tokenize(index->analyzer, text, &words, err))
		return false;
	for (size_t i = 0; i < words.count && t->seen.count < TERMS_MAX; i++) {
		const struct text_word *w = &words.at[i];
		uint32_t number;
		bool added;
		if (!map_add(w->stop ? &t->stops : &t->seen, w->stop ? w->folded : w->term, &number, &added, err))
			return false;
		if (!w->stop && added)
			t->written[number] = (struct slice){ text.at + w->start, w->length };
	}
	return true;
}

static bool trace_terms(struct soc_index *index, const struct terms *t, unsigned kinds, struct trace *e,
			struct error *err)
{
	trace_stage(e, "terms", "terms");
	for (uint32_t i = 0; i < t->seen.count; i++) {
		struct slice term = map_key(&t->seen, i), written = t->written[i];
		size_t count;
		if (!plan_count_term(index, term, kinds, &count, err))
			return false;
		trace_line(e,
			   json_pack("{s:o, s:o, s:i}", "term", json_text(term), "word", json_text(written),
				     "occupations", (int)count),
			   count ? "%.*s (%.*s) in %zu occupations" : "%.*s (%.*s) is not known to the index",
			   (int)term.length, term.at, (int)written.length, written.at, count);
	}
	for (uint32_t i = 0; i < t->stops.count; i++) {
		struct slice word = map_key(&t->stops, i);
		trace_line(e, json_pack("{s:o}", "stop", json_text(word)), "%.*s is a stop word, left out",
			   (int)word.length, word.at);
	}
	return true;
}

bool trace_job(struct soc_index *index, const struct job *job, unsigned kinds, struct trace *e, struct error *err)
{
	struct terms t = { .written = memory_new(TERMS_MAX * sizeof *t.written, err) };
	bool ok = t.written != NULL;
	trace_stage(e, "ranked", "ranked");
	trace_query("title", job->title, e);
	trace_query("text", job->text, e);
	if (ok && job->title.length == 0 && job->text.length == 0)
		trace_line(e, NULL, "nothing: codes come in their order");
	ok = ok && take_words(index, job->title, &t, err) && take_words(index, job->text, &t, err) &&
	     trace_terms(index, &t, kinds, e, err);
	map_free(&t.seen);
	map_free(&t.stops);
	memory_free(t.written);
	return ok;
}

/* ---- the title ---- */

static void trace_turned(struct slice written, struct trace *e)
{
	struct buffer words = { 0 };
	if (title_part_turn(written, &words, NULL))
		trace_line(e,
			   json_pack("{s:o, s:o}", "written", json_text(written), "read_as",
				     json_text(buffer_slice(&words))),
			   "%.*s: read as %.*s", (int)written.length, written.at, (int)words.length, words.at);
	buffer_free(&words);
}

void trace_parts(const struct title_part *parts, size_t count, struct trace *e)
{
	if (!e || count == 0)
		return;
	trace_stage(e, "cleaning", "cleaned");
	for (size_t i = 0; i < count; i++) {
		const struct title_rule_spec *rule = &title_rule_specs[parts[i].rule];
		struct slice written = parts[i].written;
		if (parts[i].rule == TITLE_RULE_TURNED)
			trace_turned(written, e);
		else
			trace_line(e,
				   json_pack("{s:o, s:s, s:f}", "written", json_text(written), "is", rule->name,
					     "weighs", round(100.0 * (double)rule->weight) / 100.0),
				   "%.*s: %s, weighs %.3g", (int)written.length, written.at, rule->name,
				   (double)rule->weight);
	}
}

/* ---- the text ---- */

/* So much of the first sentence of a kind is shown. */
#define SENTENCE_SHOWN 60

static struct slice cut_sentence(struct slice s)
{
	size_t length = s.length < SENTENCE_SHOWN ? s.length : SENTENCE_SHOWN;
	while (length > 0 && length < s.length && ((unsigned char)s.at[length] & 0xC0) == 0x80)
		length--;
	return (struct slice){ s.at, length };
}

void trace_weighed(const struct weighted_text *weighed, struct trace *e)
{
	if (!e || weighed->lessened == 0)
		return;
	trace_stage(e, "weighing", "weighed");
	trace_line(e,
		   json_pack("{s:I, s:I}", "sentences", (json_int_t)weighed->sentences, "lessened",
			     (json_int_t)weighed->lessened),
		   "%zu of %zu sentences say little of the work", weighed->lessened, weighed->sentences);
	for (size_t i = 0; i < TEXT_RULE_COUNT; i++) {
		const struct text_rule_spec *rule = &text_rule_specs[i];
		struct slice first = cut_sentence(weighed->firsts[i]);
		if (weighed->counts[i])
			trace_line(e,
				   json_pack("{s:s, s:f, s:I, s:o}", "is", rule->name, "weighs",
					     round(100.0 * (double)rule->weight) / 100.0, "sentences",
					     (json_int_t)weighed->counts[i], "first", json_text(first)),
				   "%zu %s, weighs %.3g: %.*s%s", weighed->counts[i], rule->name, (double)rule->weight,
				   (int)first.length, first.at, first.length < weighed->firsts[i].length ? " ..." : "");
	}
}

/* ---- the ranking ---- */

static void trace_candidate(const struct candidate *c, struct trace *e)
{
	struct buffer text = { 0 };
	json_t *parts = json_object();
	bool taken[FEATURE_COUNT] = { false };
	buffer_printf(&text, NULL, "%s %.2f =", c->code.text, c->score);
	for (size_t n = 0; n < FEATURE_COUNT; n++) {
		size_t best = FEATURE_COUNT;
		for (size_t i = 0; i < FEATURE_COUNT; i++)
			if (!taken[i] && c->parts[i] != 0.0 && (best == FEATURE_COUNT || c->parts[i] > c->parts[best]))
				best = i;
		if (best == FEATURE_COUNT)
			break;
		taken[best] = true;
		buffer_printf(&text, NULL, " %s%s %.2f", n ? "+ " : "", feature_specs[best].key, c->parts[best]);
		json_object_set_new(parts, feature_specs[best].key, json_real(c->parts[best]));
	}
	if (!taken[0] && json_object_size(parts) == 0)
		buffer_append_text(&text, " nothing ranked", NULL);
	trace_line(e,
		   json_pack("{s:s, s:f, s:f, s:o}", "code", c->code.text, "score", c->score, "confidence",
			     c->confidence, "parts", parts),
		   "%.*s", (int)text.length, text.at ? text.at : "");
	buffer_free(&text);
}

void trace_ranking(const struct ranking *ranking, struct trace *e)
{
	trace_stage(e, "ranking", "ranking");
	trace_line(e, json_pack("{s:I}", "found", (json_int_t)ranking->found), "found %zu", ranking->found);
	for (size_t i = 0; i < ranking->count && i < CANDIDATES_MAX; i++)
		trace_candidate(&ranking->at[i], e);
}
