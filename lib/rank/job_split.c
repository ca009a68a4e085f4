// SPDX-License-Identifier: GPL-3.0-or-later
/* job_split.c - splits free text into title and duties by the shape of its lines and a few word lists. */
#include "lib/base/ascii.h"
#include "lib/rank/job_split.h"
#include "lib/text/title_variants.h"
#include "lib/text/verb_forms.h"

/* ---- sentences ---- */

/* Words that begin a sentence and no title: who does something, or what is done; and words within sentences. */
#define SENTENCE_STARTS \
	"i we you he she they this these our my the a an someone somebody person responsible must will who under " \
	"using to"
#define SENTENCE_WORDS \
	"who that which is are was were be been will must their they them he she his her you your we our " \
	"when while may should can has have had responsible including using"
/* What may follow a verb but no noun that begins a title. */
#define OBJECTS \
	"the a an all any their its his her our your my this these those such each various with to from into that " \
	"whether about"

static bool is_adverb(struct slice word)
{
	return word.length > 4 && slice_equal((struct slice){ word.at + word.length - 2, 2 }, SLICE("ly")) &&
	       !word_is_listed(word, "assembly family") && verb_form(word) == VERB_NONE;
}

/* "designs and tests ...", "plans, directs ...": the verb at `i` goes on with another of its form. */
static bool goes_on(struct slice line, struct text_words words, size_t i, enum verb_form form)
{
	size_t next = i + 1, end = words.at[i].start + words.at[i].length;
	bool joined = end < line.length && line.at[end] == ',';
	if (next < words.count && word_is_listed(words.at[next].folded, "and or")) {
		joined = true;
		next++;
	}
	return joined && form != VERB_ING && next < words.count && verb_form(words.at[next].folded) == form &&
	       verb_is_clear(words.at[next].folded);
}

static bool has_list(struct soc_index *index, char kind, struct slice term, bool *answer, struct error *err)
{
	char key[TEXT_WORD_MAX + 1];
	struct slice list;
	*answer = false;
	if (term.length > TEXT_WORD_MAX)
		return true;
	key[0] = kind;
	memcpy(key + 1, term.at, term.length);
	if (!hash_table_find(&index->lists, (struct slice){ key, term.length + 1 }, &list, err))
		return false;
	*answer = list.length > 0;
	return true;
}

/* Whether the word that would be the head of a title is known and never is one. */
static bool lacks_head(struct soc_index *index, struct text_words words, bool *answer, struct error *err)
{
	const struct text_word *head = text_head(words);
	bool known, heads;
	*answer = false;
	if (!head)
		return true;
	if (!has_list(index, KEY_WORD, head->term, &known, err) || !has_list(index, KEY_HEAD, head->term, &heads, err))
		return false;
	*answer = known && !heads;
	return true;
}

static bool begins_like_duty(struct soc_index *index, struct slice line, struct text_words words, bool *answer,
			     struct error *err)
{
	size_t i = words.count > 2 && is_adverb(words.at[0].folded);
	*answer = false;
	if (i + 1 >= words.count)
		return true;
	struct slice word = words.at[i].folded;
	enum verb_form form = verb_form(word);
	size_t end = words.at[i].start + words.at[i].length;
	if (form == VERB_NONE || (end < line.length && line.at[end] == '-'))
		return true;
	*answer = verb_is_clear(word) || goes_on(line, words, i, form) ||
		  (!words.at[i + 1].clause && word_is_listed(words.at[i + 1].folded, OBJECTS));
	return *answer || form == VERB_ING || words.count < 3 || lacks_head(index, words, answer, err);
}

/* With a full stop behind a whole word, not behind "Inc." or "Sr.". */
static bool ends_like_sentence(struct slice line, struct text_words words)
{
	const struct text_word *last = &words.at[words.count - 1];
	size_t end = last->start + last->length;
	return end < line.length && line.at[end] == '.' && last->length > 3 &&
	       !word_is_listed(last->folded, "assoc asst corp dept engr oper spec supt supv svcs tech");
}

#define SENTENCE_WORDS_MIN 4

/* Bakers make ..., also makes, to make: a subject and its verb. */
static bool is_predicate(struct text_words words, size_t i)
{
	struct slice before = words.at[i - 1].folded;
	bool subject = before.at[before.length - 1] == 's' || word_is_listed(before, "may to also men people");
	return subject && !words.at[i].clause && verb_is_clear(words.at[i].folded);
}

/* Up to the first bracket, for what stands there may be an acronym. */
static bool has_sentence_words(struct slice line, struct text_words words)
{
	for (size_t i = 1; i < words.count && line.at[words.at[i].start - 1] != '('; i++)
		if (word_is_listed(words.at[i].folded, SENTENCE_WORDS) || is_predicate(words, i))
			return true;
	return false;
}

/* Whether a line, of which `words` are, is more than a title. */
static bool tells_something(struct soc_index *index, struct slice line, struct text_words words, bool *answer,
			    struct error *err)
{
	*answer = words.count > SPLIT_TITLE_WORDS_MAX ||
		  (words.count >= SENTENCE_WORDS_MIN &&
		   (word_is_listed(words.at[0].folded, SENTENCE_STARTS) || ends_like_sentence(line, words) ||
		    has_sentence_words(line, words)));
	return *answer || words.count == 0 || begins_like_duty(index, line, words, answer, err);
}

/* ---- lines ---- */

/* What follows the first line; *line is cut to it. */
static struct slice cut_line(struct slice *line)
{
	const char *end = line->length ? memchr(line->at, '\n', line->length) : NULL;
	if (!end)
		return (struct slice){ 0 };
	struct slice rest = { end, (size_t)(line->at + line->length - end) };
	line->length = (size_t)(end - line->at);
	*line = slice_trim(*line);
	return slice_trim(rest);
}

/* "Job title: Cook" is Cook. */
static struct slice skip_label(struct slice line)
{
	static const char *const labels[] = { "job title", "position title", "title",     "position",
					      "job",       "role",           "occupation" };
	for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
		struct slice label = slice_of(labels[i]), rest = line;
		if (line.length <= label.length || !slice_equal_nocase((struct slice){ line.at, label.length }, label))
			continue;
		rest.at += label.length;
		rest.length -= label.length;
		rest = slice_trim(rest);
		if (rest.length > 1 && rest.at[0] == ':')
			return slice_trim((struct slice){ rest.at + 1, rest.length - 1 });
	}
	return line;
}

/* So much of a line tells what it is. */
#define LINE_LOOKED_AT 1000

/* Whether a line is more than a title; *count is its words. */
static bool look_at(struct soc_index *index, struct slice line, bool *tells, size_t *count, struct error *err)
{
	struct text_words words;
	line.length = line.length < LINE_LOOKED_AT ? line.length : LINE_LOOKED_AT;
	if (!tokenize(index->analyzer, line, &words, err))
		return false;
	*count = words.count;
	return tells_something(index, line, words, tells, err);
}

static bool is_sign(struct slice line, size_t i)
{
	return ascii_is_space(line.at[i + 1]) &&
	       (line.at[i] == ':' || (line.at[i] == '.' && i >= 4) || (line.at[i] == '-' && line.at[i - 1] == ' '));
}

/* Take a title and a text apart that stand in one line with a sign between; *cut: whether they do. */
static bool cut_at_sign(struct soc_index *index, struct slice line, struct job *out, bool *cut, struct error *err)
{
	*cut = false;
	for (size_t i = 1; i + 2 < line.length && i < LINE_LOOKED_AT && !*cut; i++) {
		bool tells;
		size_t count;
		if (!is_sign(line, i))
			continue;
		out->title = slice_trim((struct slice){ line.at, i });
		out->text = slice_trim((struct slice){ line.at + i + 1, line.length - i - 1 });
		if (!look_at(index, out->title, &tells, &count, err))
			return false;
		if (tells)
			return true;
		if (!look_at(index, out->text, &tells, &count, err))
			return false;
		*cut = tells && count >= SENTENCE_WORDS_MIN;
	}
	return true;
}

/* One line, which is all there is. */
static bool split_line(struct soc_index *index, struct slice line, struct job *out, struct error *err)
{
	bool cut, tells;
	size_t count;
	if (!cut_at_sign(index, line, out, &cut, err))
		return false;
	if (cut)
		return true;
	*out = (struct job){ 0 };
	if (!look_at(index, line, &tells, &count, err))
		return false;
	if (tells)
		out->text = line;
	else
		out->title = skip_label(line);
	return true;
}

bool job_split(struct soc_index *index, struct slice text, struct job *out, struct error *err)
{
	struct slice all = slice_trim(text), line = all, rest = cut_line(&line);
	bool tells;
	size_t count;
	*out = (struct job){ 0 };
	if (rest.length == 0)
		return split_line(index, all, out, err);
	if (!look_at(index, line, &tells, &count, err))
		return false;
	/* A list has no title. */
	bool item = line.length > 0 && strchr("-*>", line.at[0]);
	if (count == 0 || item || tells) {
		out->text = all;
		return true;
	}
	out->title = skip_label(line);
	out->text = rest;
	return true;
}
