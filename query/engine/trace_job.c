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
	if (text.length == 0)
		return;
	trace_line(e, "as a %s: %.*s%s", key, (int)part.length, part.at, part.length < text.length ? " ..." : "");
	trace_text(e, "as", slice_of(key));
	trace_text(e, "words", part);
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
		trace_line(e, count ? "%.*s (%.*s) in %zu occupations" : "%.*s (%.*s) is not known to the index",
			   (int)term.length, term.at, (int)written.length, written.at, count);
		trace_text(e, "term", term);
		trace_text(e, "word", written);
		trace_count(e, "occupations", count);
	}
	for (uint32_t i = 0; i < t->stops.count; i++) {
		struct slice word = map_key(&t->stops, i);
		trace_line(e, "%.*s is a stop word, left out", (int)word.length, word.at);
		trace_text(e, "stop", word);
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
	if (job->title.length == 0 && job->text.length == 0) {
		static const char nothing[] = "nothing: codes come in their order";
		trace_line(e, nothing);
		trace_text(e, "text", SLICE(nothing));
	}
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
	if (title_part_turn(written, &words, NULL)) {
		trace_line(e, "%.*s: read as %.*s", (int)written.length, written.at, (int)words.length, words.at);
		trace_text(e, "written", written);
		trace_text(e, "read_as", buffer_slice(&words));
	}
	buffer_free(&words);
}

static void trace_weight(float weight, struct trace *e)
{
	trace_real(e, "weighs", round(100.0 * (double)weight) / 100.0);
}

void trace_parts(const struct title_part *parts, size_t count, struct trace *e)
{
	if (!e || count == 0)
		return;
	trace_stage(e, "cleaning", "cleaned");
	for (size_t i = 0; i < count; i++) {
		const struct title_rule_spec *rule = &title_rule_specs[parts[i].rule];
		struct slice written = parts[i].written;
		if (parts[i].rule == TITLE_RULE_TURNED) {
			trace_turned(written, e);
			continue;
		}
		trace_line(e, "%.*s: %s, weighs %.3g", (int)written.length, written.at, rule->name,
			   (double)rule->weight);
		trace_text(e, "written", written);
		trace_text(e, "is", slice_of(rule->name));
		trace_weight(rule->weight, e);
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
	trace_line(e, "%zu of %zu sentences say little of the work", weighed->lessened, weighed->sentences);
	trace_count(e, "sentences", weighed->sentences);
	trace_count(e, "lessened", weighed->lessened);
	for (size_t i = 0; i < TEXT_RULE_COUNT; i++) {
		const struct text_rule_spec *rule = &text_rule_specs[i];
		struct slice first = cut_sentence(weighed->firsts[i]);
		if (weighed->counts[i] == 0)
			continue;
		trace_line(e, "%zu %s, weighs %.3g: %.*s%s", weighed->counts[i], rule->name, (double)rule->weight,
			   (int)first.length, first.at, first.length < weighed->firsts[i].length ? " ..." : "");
		trace_text(e, "is", slice_of(rule->name));
		trace_weight(rule->weight, e);
		trace_count(e, "sentences", weighed->counts[i]);
		trace_text(e, "first", first);
	}
}

/* ---- the ranking ---- */

void trace_expansions(const struct ranking *ranking, struct trace *e)
{
	if (ranking->expansion_count)
		trace_stage(e, "expansions", "read as");
	for (size_t i = 0; i < ranking->expansion_count; i++) {
		const struct expansion *x = &ranking->expansions[i];
		trace_line(e, "%.*s is %s %.*s", (int)x->written.length, x->written.at,
			   x->kind == EXPANSION_SPELLING ? "taken for" : "also", (int)x->words.length, x->words.at);
		trace_text(e, "kind", slice_of(expansion_kind_name(x->kind)));
		trace_text(e, "written", x->written);
		trace_text(e, "words", x->words);
	}
}

/* The features that gave something, the greatest part of the score first; returns how many. */
static size_t order_features(const struct candidate *c, size_t order[FEATURE_COUNT])
{
	size_t count = 0;
	for (size_t i = 0; i < FEATURE_COUNT; i++) {
		if (c->parts[i] == 0.0)
			continue;
		size_t k = count++;
		for (; k > 0 && c->parts[order[k - 1]] < c->parts[i]; k--)
			order[k] = order[k - 1];
		order[k] = i;
	}
	return count;
}

static void trace_candidate(const struct candidate *c, struct trace *e)
{
	struct buffer text = { 0 };
	size_t order[FEATURE_COUNT], count = order_features(c, order);
	for (size_t i = 0; i < count; i++)
		buffer_printf(&text, NULL, " %s%s %.2f", i ? "+ " : "", feature_specs[order[i]].key,
			      c->parts[order[i]]);
	if (count == 0)
		buffer_append_text(&text, " nothing ranked", NULL);
	trace_line(e, "%s %.2f =%.*s", c->code.text, c->score, (int)text.length, text.at ? text.at : "");
	buffer_free(&text);
	trace_text(e, "code", slice_of(c->code.text));
	trace_real(e, "score", c->score);
	trace_real(e, "confidence", c->confidence);
	trace_begin_object(e, "parts");
	for (size_t i = 0; i < count; i++)
		trace_real(e, feature_specs[order[i]].key, c->parts[order[i]]);
	trace_end_object(e);
}

/* How much title and text weigh, and why. */
static void trace_opinions(const struct ranking *ranking, struct trace *e)
{
	const struct opinions *o = &ranking->opinions;
	double title = opinion_title_part(&ranking->pool);
	if (!e || ranking->kind != TITLE_AND_TEXT)
		return;
	trace_stage(e, "weights", "weights");
	trace_line(e, "the title has %.0f%% of the weight, the text %.0f%%: %s", 100.0 * title, 100.0 * (1.0 - title),
		   opinion_remark(&ranking->pool));
	trace_real(e, "title", title);
	trace_real(e, "text", 1.0 - title);
	trace_text(e, "remark", slice_of(opinion_remark(&ranking->pool)));
	trace_line(e, "entropy of the title over the codes %.2f of 1; mass of words: title %.1f, text %.1f",
		   o->title_entropy, o->title_mass, o->text_mass);
	trace_real(e, "title_entropy", o->title_entropy);
	trace_real(e, "title_mass", o->title_mass);
	trace_real(e, "text_mass", o->text_mass);
}

void trace_ranking(const struct ranking *ranking, struct trace *e)
{
	trace_opinions(ranking, e);
	trace_stage(e, "ranking", "ranking");
	trace_line(e, "found %zu", ranking->found);
	trace_count(e, "found", ranking->found);
	for (size_t i = 0; e && i < ranking->count && i < CANDIDATES_MAX; i++)
		trace_candidate(&ranking->at[i], e);
}
