// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * sentence_weighting.h - how much each sentence of a text says of the work: advertisements and job orders speak of much else, the
 * employer, benefits, pay, how to apply, which weighs little by the rules of sentence_weighting.def.
 *
 * A text is cut into sentences: at full stops, question and exclamation marks before a capital, at semicolons, bullets,
 * and at line ends but where the next line goes on in small letters.  The work is linear in the length of the text.
 */
#ifndef SOC_RANK_SENTENCE_WEIGHTING_H
#define SOC_RANK_SENTENCE_WEIGHTING_H

#include "lib/rank/rule_trigger.h"
#include "lib/rank/query_terms.h"
#include "lib/text/regex.h"

enum text_rule {
#define TEXT_RULE(id, name, weight, outright, triggers, sentence, heading) TEXT_RULE_##id,
#include "lib/rank/sentence_weighting.def"
#undef TEXT_RULE
	TEXT_RULE_COUNT
};

struct text_rule_spec {
	const char *name;
	float weight;  /* of the sentences that it takes hold of */
	bool outright; /* also of those that begin like a duty */
	const char *triggers;
	const char *sentence; /* patterns; empty: none */
	const char *heading;  /* it has to match the whole heading */
};

extern const struct text_rule_spec text_rule_specs[TEXT_RULE_COUNT];

/* A text as it is read. */
struct weighted_text {
	struct span_weights span_weights;
	size_t sentences;                     /* how many there are, headings not counted */
	size_t lessened;                      /* how many of them weigh less than 1 */
	size_t counts[TEXT_RULE_COUNT];       /* by rule: how many it took hold of */
	struct slice firsts[TEXT_RULE_COUNT]; /* ... and the first of them; borrows the text */
};

/* Compiled rules, for text after text.  Zero-initialise; sentence_weighting_free() after use.  Serves one thread. */
struct sentence_weighting {
	struct regex *sentences[TEXT_RULE_COUNT];
	struct regex *headings[TEXT_RULE_COUNT];
	struct rule_trigger triggers;
	bool ready; /* the triggers are in */
};

void sentence_weighting_free(struct sentence_weighting *w);

/* Weigh a text (any bytes, any length).  *out lives in `arena` and borrows `text`; its weighing is empty where every
 * sentence counts in full.  False with ERROR_MEMORY. */
bool weight_sentences(struct sentence_weighting *w, struct slice text, struct arena *arena, struct weighted_text *out,
		      struct error *err);

/* The next sentence from *at on, without white space and bullets around it; *at moves behind it.  Empty at the end. */
struct slice next_sentence(struct slice text, size_t *at);

#endif
