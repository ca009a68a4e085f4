// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * job_split.h - free text about a job, split into its title and what describes its duties.
 *
 * A line is a title or tells of something.  It tells where it begins like a duty ("writes and revises programs",
 * "prepare meals", "directly supervise") or like somebody who talks ("I ...", "Responsible for ..."), where it has words
 * that only sentences have, where it ends like one, or is longer than any title.  Then it is a text.
 *
 * A title may be followed by a text, in the same line behind a colon, a dash or a full stop ("Cook: prepares meals for ..."), or
 * in the lines below.  A label before it ("Job title: ...") is not part of it.
 */
#ifndef SOC_RANK_JOB_SPLIT_H
#define SOC_RANK_JOB_SPLIT_H

#include "lib/rank/rank.h"

/* A line of more words is no title. */
#define SPLIT_TITLE_WORDS_MAX 12

/* Split `text` (any bytes); *out borrows it, and what is not there is empty.  The index tells with which words titles
 * end.  False with an error of the index or ERROR_MEMORY. */
bool job_split(struct soc_index *index, struct slice text, struct job *out, struct error *err);

#endif
