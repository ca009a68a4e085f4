// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * output_check.h - no output is written over what is read, nor over another output.
 */
#ifndef SOC_BASE_OUTPUT_CHECK_H
#define SOC_BASE_OUTPUT_CHECK_H

#include "lib/base/error.h"

enum file_use { FILE_READ, FILE_WRITTEN };

/* A file that a command was given. */
struct file_given {
	const char *name; /* as the user knows it: "--output", "the table" */
	const char *path; /* NULL: not given; "-": standard input or output */
	enum file_use use;
	bool outside;         /* of one that is written: it may not be a file of a folder that is read, either */
	const char *rewrites; /* ... but it may be this one: it is read whole, and then replaced; NULL: none */
};

/* Whether none of the files that are written is another one of them: by device and inode, so through links too, and
 * where there is no such file yet, by the name that it will have.  To be asked before any of them is opened for
 * writing.  Pipes and devices are nobody's loss.  False with ERROR_USAGE, naming both, or with ERROR_MEMORY.  Safe in
 * several threads. */
bool output_check(const struct file_given *files, size_t count, struct error *err);

#endif
