// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * row_facts.h - the facts of one row, on their way from a read function to the sink.
 */
#ifndef SOC_CORPUS_ROW_FACTS_H
#define SOC_CORPUS_ROW_FACTS_H

#include "corpus/family.h"

/* Zero-initialise. */
struct row_facts {
	struct record_fact at[FAMILY_COLUMNS];
	size_t count;
};

/* Take a column as a fact, whose kind says what must stand there; an empty field, and a dash where a text is
 * expected, is no fact.  The fact, to which a note may be added, or NULL where there is none; false in *ok where
 * the row has been rejected. */
struct record_fact *row_fact(struct row *row, int column, enum fact_key key, struct row_facts *facts, bool *ok);

/* As row_fact() for columns that follow each other, as their keys do; false where the row has been rejected. */
bool row_facts(struct row *row, int first_column, enum fact_key first, enum fact_key last, struct row_facts *facts);

/* A CIP code: 14.1901.  False: the row has been rejected. */
bool row_cip(struct row *row, int column, struct slice *out);

/* Hand the facts to the sink as one record; `r` says whose they are.  A row without facts says nothing. */
void row_emit_facts(struct row *row, struct record *r, const struct row_facts *facts);

/* ---- what a source says of itself ---- */

/* The year in one of the names by which a file is known, such as 2024 of "dhs_stem_cip_2024.csv", into
 * note->release; nothing where there is none.  For family.identify. */
bool identify_by_year(const struct clues *clues, struct release_note *note, struct error *err);

#endif
