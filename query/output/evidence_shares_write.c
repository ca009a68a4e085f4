// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * evidence_shares_write.c - the case for a code as a document, and as JSON.
 */
#include <math.h>

#include "query/output/evidence_shares_write.h"
#include "query/output/format.h"
#include "query/output/search_write.h"
#include "query/output/show_write.h"

/* So many words tell what a feature heard, and so many pieces what speaks for a rival. */
enum { WORDS_SHOWN = 6, RIVAL_PIECES = 5 };

/* What is written as 0.00 is left out of sums. */
#define NOTHING 0.005

static const struct support_heading {
	const char *key;
	const char *heading;
} headings[EVIDENCE_SHARE_GROUP_COUNT] = {
#define EVIDENCE_SHARE_HEADING(id, key, heading) { key, heading },
	EVIDENCE_SHARE_TABLE(EVIDENCE_SHARE_HEADING)
#undef EVIDENCE_SHARE_HEADING
};

static void put_points(struct document *d, const struct evidence_shares *s, double points)
{
	document_cell_printf(d, RUN_PLAIN, "%.2f", points);
	if (s->candidate->score > 0.0)
		document_cell_printf(d, RUN_PLAIN, "%.1f%%", 100.0 * points / s->candidate->score);
	else
		document_cell_text(d, RUN_PLAIN, SLICE(""));
}

/* ---- at a glance ---- */

static void write_words(struct document *d, const struct evidence_share_word *words, size_t count)
{
	for (size_t i = 0; i < count && i < WORDS_SHOWN; i++) {
		document_text(d, RUN_DIM, i ? SLICE(", ") : SLICE(""));
		document_text(d, RUN_DIM, words[i].word);
		if (words[i].points < 0.0)
			document_text(d, RUN_DIM, SLICE(" (against)"));
	}
}

/* Of the words of a text the code has by itself what it pays for the length of all that is said of it. */
static const char *name_rest(const struct evidence_share_rest *r)
{
	return r->feature == FEATURE_TEXT_WORDS && r->word_count == 0
		       ? "how much is said of the code: the more, the less a word of it tells"
		       : feature_specs[r->feature].what;
}

static void write_rest(const struct evidence_shares *s, const struct evidence_share_rest *r, struct document *d)
{
	if (fabs(r->points) < NOTHING)
		return;
	document_row(d);
	document_cell_text(d, RUN_PLAIN, slice_of(name_rest(r)));
	if (r->word_count) {
		document_text(d, RUN_PLAIN, SLICE(": "));
		write_words(d, r->words, r->word_count);
	}
	put_points(d, s, r->points);
}

/* What gave the score; the lines add up to it. */
static void write_sum(const struct evidence_shares *s, struct document *d)
{
	static const struct column columns[] = { { "What gave it", COLUMN_TEXT },
						 { "Points", COLUMN_NUMBER },
						 { "Share", COLUMN_NUMBER } };
	document_table(d, "The score, by what gave it (rounded)", columns, sizeof columns / sizeof *columns);
	for (size_t g = 0; g < EVIDENCE_SHARE_GROUP_COUNT; g++) {
		size_t count = s->first_line[g + 1] - s->first_line[g];
		if (count == 0)
			continue;
		document_row(d);
		document_cell_printf(d, RUN_PLAIN, "%s (%zu)", headings[g].heading, count);
		put_points(d, s, s->points[g]);
	}
	for (size_t i = 0; i < s->rest_count; i++)
		write_rest(s, &s->rests[i], d);
	document_row(d);
	document_cell_text(d, RUN_STRONG, SLICE("score"));
	document_cell_printf(d, RUN_STRONG, "%.2f", s->candidate->score);
	document_cell_text(d, RUN_STRONG, s->candidate->score > 0.0 ? SLICE("100%") : SLICE(""));
	document_table_end(d);
}

/* ---- piece by piece ---- */

static bool describe(const struct evidence_share_piece *p, const struct session *s, struct buffer *kind)
{
	buffer_clear(kind);
	return search_describe_evidence(p->evidence, kind, s->err);
}

/* "core task; 29-1141.00; O*NET 30.1"; several occupations of which the source says the same stand together. */
static const struct evidence_share_piece *write_source(const struct evidence_share_piece *p, const struct session *s,
						       struct document *d)
{
	const struct evidence_share_piece *first = p;
	struct buffer kind = { 0 }, next = { 0 };
	char source[160];
	bool same = describe(p, s, &kind);
	document_printf(d, RUN_DIM, "%.*s; %s", (int)kind.length, kind.at, s->index->entries[p->occupation].code.text);
	for (p = p->same; p; p = p->same) {
		same = same && p->evidence->source == first->evidence->source && describe(p, s, &next) &&
		       slice_equal(buffer_slice(&kind), buffer_slice(&next));
		if (!same)
			break;
		document_printf(d, RUN_DIM, ", %s", s->index->entries[p->occupation].code.text);
	}
	show_source(s, first->evidence->source, source, sizeof source);
	document_printf(d, RUN_DIM, "; %s", source);
	buffer_free(&kind);
	buffer_free(&next);
	return p;
}

/* What is said, and by whom. */
static void write_text(const struct evidence_share_piece *p, const struct session *s, struct document *d)
{
	document_spans(d, p->evidence->text, p->spans, p->span_count);
	document_text(d, RUN_DIM, SLICE(" ("));
	while ((p = write_source(p, s, d)))
		document_text(d, RUN_DIM, SLICE("; also "));
	document_text(d, RUN_DIM, SLICE(")"));
}

static void write_line(const struct evidence_shares *s, const struct evidence_share_piece *p,
		       const struct session *session, struct document *d)
{
	document_row(d);
	document_cell(d);
	write_text(p, session, d);
	put_points(d, s, p->together);
}

static void write_group(const struct evidence_shares *s, size_t group, const struct session *session,
			struct document *d, int level, size_t limit)
{
	const struct column columns[] = { { "What the source says", COLUMN_TEXT },
					  { "Points", COLUMN_NUMBER },
					  { "Share", COLUMN_NUMBER } };
	size_t first = s->first_line[group], end = s->first_line[group + 1],
	       shown = end - first < limit ? end - first : limit;
	char id[64];
	if (first == end)
		return;
	snprintf(id, sizeof id, "support-%s-%s", s->code.text, headings[group].key);
	document_section(d, level, id, headings[group].heading);
	if (group == EVIDENCE_SHARE_ACTIVITIES)
		document_paragraph_text(
			d, RUN_PLAIN,
			SLICE("They tell the tasks again in other words, and have no share in the score."));
	document_table(d,
		       group == EVIDENCE_SHARE_ACTIVITIES ? "What has most words of the job comes first"
							  : "What gave most comes first",
		       columns, sizeof columns / sizeof *columns);
	double left = s->points[group];
	for (size_t i = first; i < first + shown; i++) {
		write_line(s, s->lines[i], session, d);
		left -= s->lines[i]->together;
	}
	if (shown < end - first) {
		document_row(d);
		document_cell_printf(d, RUN_DIM, "%zu more", end - first - shown);
		put_points(d, s, left);
	}
	document_table_end(d);
}

/* ---- what nothing explains ---- */

static void write_unexplained(const struct evidence_shares *s, struct document *d, int level)
{
	char id[64];
	if (s->unexplained_count == 0 && s->sentence_count == 0)
		return;
	snprintf(id, sizeof id, "unexplained-%s", s->code.text);
	document_section(d, level, id, "What nothing in it explains");
	if (s->unexplained_count) {
		document_paragraph_text(d, RUN_PLAIN, SLICE("Words of the job: "));
		for (size_t i = 0; i < s->unexplained_count; i++) {
			document_text(d, RUN_PLAIN, i ? SLICE(", ") : SLICE(""));
			document_text(d, RUN_PLAIN, s->unexplained[i]);
		}
	}
	if (s->sentence_count)
		document_paragraph_text(d, RUN_PLAIN,
					SLICE("Sentences of which it has fewer than a third of the words:"));
	for (size_t i = 0; i < s->sentence_count; i++) {
		document_item(d);
		document_text(d, RUN_PLAIN, s->sentences[i]);
	}
}

/* How the weight is divided between title and text, where both are given. */
static void write_opinions(const struct ranking *ranking, struct document *d)
{
	double title = opinion_title_part(&ranking->pool);
	if (ranking->kind != TITLE_AND_TEXT)
		return;
	document_paragraph(d);
	document_printf(d, RUN_PLAIN, "The title has %.0f%% of the weight, the text %.0f%%: %s.", 100.0 * title,
			100.0 * (1.0 - title), opinion_remark(&ranking->pool));
}

void evidence_shares_write(const struct evidence_shares *s, const struct session *session, struct document *d,
			   int level, size_t limit)
{
	char heading[256], id[64];
	snprintf(heading, sizeof heading, "The case for %s %.*s", s->code.text,
		 (int)(s->title.length < 200 ? s->title.length : 200), s->title.at);
	snprintf(id, sizeof id, "support-%s", s->code.text);
	document_section(d, level, id, heading);
	document_paragraph(d);
	document_printf(d, RUN_PLAIN, "Rank %zu of %zu, confidence %.0f%%, score %.2f.", s->place + 1, s->ranked,
			100.0 * s->candidate->confidence, s->candidate->score);
	write_opinions(s->ranking, d);
	if (s->first[EVIDENCE_SHARE_GROUP_COUNT] == 0) {
		document_note(d);
		document_text(d, RUN_PLAIN,
			      SLICE("No title, no task and no other evidence of the code has a word of the job."));
	}
	write_sum(s, d);
	for (size_t g = 0; g < EVIDENCE_SHARE_GROUP_COUNT; g++)
		write_group(s, g, session, d, level + 1, limit);
	write_unexplained(s, d, level + 1);
}

/* ---- a rival ---- */

static double points_of(const struct evidence_shares *s, struct slice word)
{
	for (size_t i = 0; i < s->word_count; i++)
		if (slice_equal(s->words[i].word, word))
			return s->words[i].points;
	return 0.0;
}

/* The words that gave the rival the most more than the code; returns how many. */
static size_t lead_words(const struct evidence_shares *own, const struct evidence_shares *rival,
			 struct evidence_share_word out[WORDS_SHOWN])
{
	size_t count = 0;
	for (size_t i = 0; i < rival->word_count; i++) {
		struct evidence_share_word one = { rival->words[i].word,
						   rival->words[i].points - points_of(own, rival->words[i].word) };
		size_t k = count < WORDS_SHOWN ? count : WORDS_SHOWN - 1;
		if (one.points < NOTHING || (count == WORDS_SHOWN && out[k].points >= one.points))
			continue;
		for (; k > 0 && out[k - 1].points < one.points; k--)
			out[k] = out[k - 1];
		out[k] = one;
		count += count < WORDS_SHOWN;
	}
	return count;
}

static double rest_points(const struct evidence_shares *s, enum feature feature)
{
	for (size_t i = 0; i < s->rest_count; i++)
		if (s->rests[i].feature == feature)
			return s->rests[i].points;
	return 0.0;
}

static void write_difference(struct document *d, const char *what, double own, double rival)
{
	if (fabs(own) < NOTHING && fabs(rival) < NOTHING)
		return;
	document_row(d);
	document_cell_text(d, RUN_PLAIN, slice_of(what));
	document_cell_printf(d, RUN_PLAIN, "%.2f", own);
	document_cell_printf(d, RUN_PLAIN, "%.2f", rival);
	document_cell_printf(d, RUN_PLAIN, "%+.2f", rival - own);
}

static void write_differences(const struct evidence_shares *own, const struct evidence_shares *rival,
			      struct document *d)
{
	const struct column columns[] = { { "What gave it", COLUMN_TEXT },
					  { own->code.text, COLUMN_NUMBER },
					  { rival->code.text, COLUMN_NUMBER },
					  { "For the rival", COLUMN_NUMBER } };
	document_table(d, "Points for each, by what gave them", columns, sizeof columns / sizeof *columns);
	for (size_t g = 0; g < EVIDENCE_SHARE_GROUP_COUNT; g++)
		write_difference(d, headings[g].heading, own->points[g], rival->points[g]);
	for (int s = 0; s < FEATURE_COUNT; s++)
		write_difference(d, feature_specs[s].what, rest_points(own, (enum feature)s),
				 rest_points(rival, (enum feature)s));
	write_difference(d, "score", own->candidate->score, rival->candidate->score);
	document_table_end(d);
}

/* The line that gave the most, of any group, behind the one that came before. */
static const struct evidence_share_piece *next_line(const struct evidence_shares *s,
						    const struct evidence_share_piece *before)
{
	const struct evidence_share_piece *best = NULL;
	for (size_t i = 0; i < s->first_line[EVIDENCE_SHARE_GROUP_COUNT]; i++) {
		const struct evidence_share_piece *p = s->lines[i];
		bool behind =
			!before || p->together < before->together || (p->together == before->together && p > before);
		if (behind && p->together > 0.0 && (!best || p->together > best->together))
			best = p;
	}
	return best;
}

void evidence_shares_write_rival(const struct evidence_shares *own, const struct evidence_shares *rival,
				 const struct session *s, struct document *d, int level)
{
	struct evidence_share_word words[WORDS_SHOWN];
	const struct evidence_share_piece *p = NULL;
	char heading[256], id[64];
	snprintf(heading, sizeof heading, "What speaks for %s %.*s instead", rival->code.text,
		 (int)(rival->title.length < 200 ? rival->title.length : 200), rival->title.at);
	snprintf(id, sizeof id, "rival-%s", rival->code.text);
	document_section(d, level, id, heading);
	document_paragraph(d);
	document_printf(d, RUN_PLAIN, "The nearest rival: rank %zu, confidence %.0f%%, score %.2f.", rival->place + 1,
			100.0 * rival->candidate->confidence, rival->candidate->score);
	size_t count = lead_words(own, rival, words);
	if (count) {
		document_text(d, RUN_PLAIN, SLICE(" Words of the job that say more for it: "));
		write_words(d, words, count);
		document_text(d, RUN_PLAIN, SLICE("."));
	}
	write_differences(own, rival, d);
	for (size_t i = 0; i < RIVAL_PIECES && (p = next_line(rival, p)); i++) {
		document_item(d);
		write_text(p, s, d);
	}
}

/* ---- JSON ---- */

static void write_json_words(struct json_writer *w, const char *key, const struct evidence_share_word *words,
			     size_t count)
{
	json_begin_array(w, key);
	for (size_t i = 0; i < count; i++) {
		json_begin_object(w, NULL);
		json_write_text(w, "word", words[i].word);
		json_write_real(w, "points", words[i].points);
		json_end_object(w);
	}
	json_end_array(w);
}

static void write_json_piece(const struct evidence_share_piece *p, const struct session *s, struct json_writer *w)
{
	char source[160];
	show_source(s, p->evidence->source, source, sizeof source);
	json_begin_object(w, NULL);
	json_write_string(w, "kind", evidence_specs[p->evidence->kind].key);
	json_write_string(w, "code", s->index->entries[p->occupation].code.text);
	json_write_text(w, "text", p->evidence->text);
	json_write_string(w, "source", source);
	json_write_real(w, "points", p->points);
	format_json_words(w, "matched", p->evidence->text, p->spans, p->span_count);
	json_end_object(w);
}

static void write_json_groups(const struct evidence_shares *s, const struct session *session, struct json_writer *w)
{
	json_begin_object(w, "evidence");
	for (size_t g = 0; g < EVIDENCE_SHARE_GROUP_COUNT; g++) {
		json_begin_object(w, headings[g].key);
		json_write_real(w, "points", s->points[g]);
		json_begin_array(w, "evidence");
		for (size_t i = s->first[g]; i < s->first[g + 1]; i++)
			write_json_piece(&s->pieces[i], session, w);
		json_end_array(w);
		json_end_object(w);
	}
	json_end_object(w);
}

void evidence_shares_json(const struct evidence_shares *s, const struct session *session, struct json_writer *w)
{
	json_write_string(w, "code", s->code.text);
	json_write_text(w, "title", s->title);
	json_write_string(w, "best", session->index->entries[s->candidate->occupation].code.text);
	json_write_count(w, "rank", s->place + 1);
	json_write_count(w, "ranked", s->ranked);
	json_write_real(w, "score", s->candidate->score);
	json_write_real(w, "confidence", s->candidate->confidence);
	write_json_groups(s, session, w);
	json_begin_object(w, "signals");
	for (size_t i = 0; i < s->rest_count; i++) {
		json_begin_object(w, feature_specs[s->rests[i].feature].key);
		json_write_real(w, "points", s->rests[i].points);
		write_json_words(w, "words", s->rests[i].words, s->rests[i].word_count);
		json_end_object(w);
	}
	json_end_object(w);
	write_json_words(w, "words", s->words, s->word_count);
	json_write_texts(w, "unexplained", s->unexplained, s->unexplained_count);
	json_write_texts(w, "unexplained_sentences", s->sentences, s->sentence_count);
	if (s->ranking->kind == TITLE_AND_TEXT) {
		double title = opinion_title_part(&s->ranking->pool);
		json_begin_object(w, "weights");
		json_write_real(w, "title", title);
		json_write_real(w, "text", 1.0 - title);
		json_write_string(w, "remark", opinion_remark(&s->ranking->pool));
		json_end_object(w);
	}
}

void evidence_shares_rival_json(const struct evidence_shares *own, const struct evidence_shares *rival,
				const struct session *s, struct json_writer *w)
{
	struct evidence_share_word words[WORDS_SHOWN];
	size_t count = lead_words(own, rival, words);
	json_begin_object(w, "rival");
	evidence_shares_json(rival, s, w);
	write_json_words(w, "ahead", words, count);
	json_end_object(w);
}
