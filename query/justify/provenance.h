// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * provenance.h - where a document comes from: the index and its sources with their checksums, the program, the date, and the
 * options, so that anyone who has the same files can make it again; whose data it shows, and under which licence.
 */
#ifndef SOC_QUERY_JUSTIFY_PROVENANCE_H
#define SOC_QUERY_JUSTIFY_PROVENANCE_H

#include "query/command.h"
#include "query/document/document.h"

/* Whose content is shown, as the licence of the O*NET database wants it, and that it is not legal advice: the end of a
 * document of soc why, compare and duties.  A failure is remembered in the document. */
void attribution_write(const struct command *c, struct document *d);

#endif
