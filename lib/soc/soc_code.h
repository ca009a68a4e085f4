// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * soc_code.h - occupation codes of every level: their shape, and the groups that a code belongs to.
 *
 * SOC 2018 (https://www.bls.gov/soc/2018/) has 23 major groups (`15-0000`), 98 minor groups (`15-1200`),
 * 459 broad occupations (`15-1250`) and 867 detailed ones (`15-1252`); O*NET-SOC adds two digits
 * (`15-1252.00`).
 */
#ifndef SOC_SOC_SOC_CODE_H
#define SOC_SOC_SOC_CODE_H

#include "lib/base/memory.h"

#define CODE_SIZE 11 /* 10 characters and a NUL */

struct code {
	char text[CODE_SIZE];
};

/* From few digits to many. */
enum code_level { LEVEL_MAJOR, LEVEL_MINOR, LEVEL_BROAD, LEVEL_SOC, LEVEL_ONET };
#define LEVEL_COUNT 5

/* Read a code in any published shape: "15-1252.00", "15-1252", "151252", "15125200", surrounding white
 * space, an en dash, the spreadsheet form ="15-1252.00".  False where it is none; *out is then empty. */
bool code_parse(struct slice text, struct code *out);
/* A code with eight digits: `15-1252.00`. */
bool code_is_onet(const struct code *code);
/* The six-digit part: `15-1252.03` -> `15-1252`; group codes stay. */
struct code code_soc(const struct code *code);
/* The group of `level` that holds the code; a level below the code's own gives the code's six digits. */
struct code code_at_level(const struct code *code, enum code_level level);
/* The level of a code by its zeros.  A broad occupation with one detailed one is told from it by its last
 * digit alone. */
enum code_level code_level(const struct code *code);
/* "major", "minor", "broad", "soc", "onet". */
const char *code_level_name(enum code_level level);

#endif
