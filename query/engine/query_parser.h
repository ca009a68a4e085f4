// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * query_parser.h - the query language: from text to a tree that knows its places in the text.  No index is needed.
 *
 *     nurse manager            words: they rank, and leave nothing out
 *     "data warehouse"         a phrase: must stand in one piece of evidence
 *     +icu                     must stand somewhere
 *     -manager  -(a b)         must not
 *     title:nurse  task:"..."  must stand in that field; title:(a OR b) gives the field to all in the brackets
 *     engineer*                some word that begins so must stand somewhere
 *     test NEAR/5 software     within five words of each other, in one piece of evidence; NEAR alone is NEAR/10
 *     a AND b, a OR b, NOT a   with brackets; what is joined so must hold.  NEAR binds closest, then words side
 *                              by side (all of them must hold), then AND and NOT, then OR
 *     15-1252.00, 15-1252, 15-12   only codes that are this or begin so; group: and zone: likewise
 *
 * Titles are pasted, and must not fail for looking like a query.  So:
 *   - Text of several lines is pasted: nothing in it is an operator.
 *   - + and - count only at the beginning of a token, right before a letter, a quotation mark, a bracket or a code.
 *   - Brackets group only where an operator (AND, OR, NOT, NEAR, +, -, a field) makes the query Boolean, or where
 *     there is nothing but brackets; else they are text, balanced or not.
 *   - AND, OR, NOT and NEAR are text in a query that shouts: no small letter, a word of more than four letters,
 *     and no other operator.  OR at either end, or alone in brackets, is the operating room where nothing else
 *     is an operator.
 *   - A quotation mark behind a digit, where no phrase is open, means inches.
 *   - A word before a colon is a field only where it is the name of one in small letters and the value follows
 *     without a space.  One letter away from a name is an error that tells the name; else it is text.
 *   - A * counts only as the last character of a word that has no other; alone it is text.
 *   - The beginning of a code (15-12) is text where it reads as a range: before a word like hours or people, or,
 *     behind other words of a query that is not Boolean, where it ascends (15-20) or reads as a shift (11-7).
 *
 * Errors are ERROR_USAGE, or ERROR_LIMIT, with the column, and the line of the query with a caret in them.
 */
#ifndef SOC_QUERY_ENGINE_QUERY_PARSER_H
#define SOC_QUERY_ENGINE_QUERY_PARSER_H

#include "query/engine/code_filter.h"

#define QUERY_LENGTH_MAX 100000u /* characters */
#define QUERY_DEPTH_MAX 64       /* brackets within brackets */
#define QUERY_NODES_MAX 1000u
#define QUERY_NEAR_DEFAULT 10
#define QUERY_NEAR_MAX 30 /* words */

enum query_node_kind {
	QUERY_TEXT, /* words as they stand */
	QUERY_PHRASE,
	QUERY_WILDCARD, /* the beginning of a word */
	QUERY_FILTER,   /* a value of the fields code, group or zone */
	QUERY_LIST,     /* side by side: the words of the outermost list only rank; elsewhere all must hold */
	QUERY_AND,
	QUERY_OR,
	QUERY_NOT,  /* one child */
	QUERY_MUST, /* one child */
	QUERY_NEAR  /* children are texts of one token and phrases */
};

struct query_node {
	enum query_node_kind kind;
	enum field field;         /* of texts, phrases, wildcards, filters; FIELD_COUNT: any */
	uint32_t start, end;      /* its bytes in the query, with all that belongs to it */
	uint32_t from, to;        /* without field, quotation marks and star */
	uint32_t distance;        /* of NEAR */
	bool bare;                /* a code without a field's name */
	struct query_node *first; /* children */
	struct query_node *next;  /* sibling */
	int32_t held;             /* how many occupations fulfil it; -1 until a plan has asked */
	/* What a plan finds out besides: */
	bool vacuous;        /* a leaf that asks for nothing: no word but stop words */
	uint32_t terms;      /* how many terms a wildcard stands for */
	struct slice ranked; /* what is ranked in place of a wildcard */
};

struct parsed_query {
	struct slice text;
	struct query_node *root; /* NULL: nothing but words, to be taken as they stand */
	bool boolean;
	size_t nodes;
};

/* Parse; the tree lives in `arena` and borrows `text`. */
bool query_parse(struct slice text, struct arena *arena, struct parsed_query *out, struct error *err);

/* Append the tree in one line: [words] "phrase" begin* title:[x] (and ...) (or ...) (not ...) (must ...)
 * (near/5 ...) (list ...). */
bool query_print(const struct parsed_query *q, const struct query_node *node, struct buffer *out, struct error *err);

/* Give an error the place at byte `at` of the query; returns false. */
bool query_error_at(struct error *err, struct slice text, size_t at);

#endif
