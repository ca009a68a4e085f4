// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * error.c - fills and prints errors; texts that quote strangers are cleaned for the terminal.
 */
#include "lib/base/error.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>
#include <utf8proc.h>

/* Where a text was cut in the middle of a UTF-8 sequence, take the broken rest away. */
static void drop_broken_tail(char *text)
{
	size_t length = strlen(text);
	size_t start = length;
	while (start > 0 && length - start < 3 && ((unsigned char)text[start - 1] & 0xC0) == 0x80)
		start--;
	if (start == 0)
		return;
	unsigned char lead = (unsigned char)text[start - 1];
	size_t wanted = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
	if (lead >= 0xC0 && length - (start - 1) < wanted)
		text[start - 1] = '\0';
}

static void put_text(char *to, size_t size, const char *text)
{
	size_t length = strlen(text);
	bool cut = length >= size;
	if (cut)
		length = size - 1;
	memcpy(to, text, length);
	to[length] = '\0';
	if (cut)
		drop_broken_tail(to);
}

ERROR_PRINTF(4, 0)
static void fill(struct error *err, enum error_code code, const char *hint, const char *format, va_list arguments)
{
	err->code = code;
	int wanted = vsnprintf(err->text, sizeof err->text, format, arguments);
	if (wanted < 0)
		err->text[0] = '\0';
	else if ((size_t)wanted >= sizeof err->text)
		drop_broken_tail(err->text);
	if (err->text[0] == '\0')
		put_text(err->text, sizeof err->text, "something failed");
	put_text(err->hint, sizeof err->hint, hint ? hint : "");
	err->file[0] = '\0';
	err->line = 0;
	err->column = 0;
}

bool error_set(struct error *err, enum error_code code, const char *hint, const char *format, ...)
{
	if (err && err->code == ERROR_NONE) {
		va_list arguments;
		va_start(arguments, format);
		fill(err, code, hint, format, arguments);
		va_end(arguments);
	}
	return false;
}

bool error_set_at(struct error *err, const char *file, enum error_code code, const char *hint, const char *format, ...)
{
	if (err && err->code == ERROR_NONE) {
		va_list arguments;
		va_start(arguments, format);
		fill(err, code, hint, format, arguments);
		va_end(arguments);
	}
	return error_at(err, file, 0, 0);
}

static const char *errno_hint(int saved_errno)
{
	switch (saved_errno) {
	case ENOSPC:
	case EDQUOT:
		return "free some space on that disk, or choose another place";
	case EACCES:
	case EPERM:
		return "check the permissions of the file and of its folder";
	case ENOENT:
		return "check the path";
	case ENOTDIR:
		return "check the path: a part of it is not a folder";
	case EISDIR:
		return "give a file, not a folder";
	case EROFS:
		return "the disk is mounted read-only: choose another place";
	case EMFILE:
	case ENFILE:
		return "too many files are open: see `ulimit -n`";
	case EFBIG:
		return "the file would be larger than the system allows: see `ulimit -f`";
	case ENAMETOOLONG:
		return "choose a shorter name";
	default:
		return "";
	}
}

bool error_set_errno(struct error *err, int saved_errno, const char *hint, const char *format, ...)
{
	if (err && err->code == ERROR_NONE) {
		va_list arguments;
		va_start(arguments, format);
		/* Out of memory stays what it is, whichever call reported it. */
		fill(err, saved_errno == ENOMEM ? ERROR_MEMORY : ERROR_IO, hint ? hint : errno_hint(saved_errno),
		     format, arguments);
		va_end(arguments);
		/* The reason must not fall victim to a long path: cut the beginning instead. */
		char reason[128];
		int failed = strerror_r(saved_errno, reason, sizeof reason);
		if (failed)
			snprintf(reason, sizeof reason, "error %d", saved_errno);
		size_t used = strlen(err->text);
		size_t room = sizeof err->text - strlen(reason) - 3;
		if (used > room) {
			err->text[room] = '\0';
			drop_broken_tail(err->text);
			used = strlen(err->text);
		}
		snprintf(err->text + used, sizeof err->text - used, ": %s", reason);
	}
	return false;
}

bool error_at(struct error *err, const char *file, uint64_t line, uint32_t column)
{
	if (err && err->code != ERROR_NONE && err->file[0] == '\0' && err->line == 0) {
		if (file)
			put_text(err->file, sizeof err->file, file);
		err->line = line;
		err->column = column;
	}
	return false;
}

bool error_no_memory(struct error *err)
{
	return error_set(err, ERROR_MEMORY, "close other programs, or use a machine with more memory", "out of memory");
}

void error_clear(struct error *err)
{
	if (err)
		memset(err, 0, sizeof *err);
}

/* Texts quote paths and rows of strangers: nothing in them may steer the terminal.  This does without an
 * allocation, as it may be the lack of memory that is being reported. */
static void print_clean(FILE *stream, const char *text, bool lines)
{
	const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)text;
	size_t left = strlen(text);
	while (left > 0) {
		utf8proc_int32_t c;
		utf8proc_ssize_t used = utf8proc_iterate(at, (utf8proc_ssize_t)left, &c);
		if (used <= 0) {
			fputc('?', stream);
			used = 1;
		} else if (c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) ||
			   (c >= 0x2066 && c <= 0x2069)) {
			fputc(c == '\n' && lines ? '\n' : c == '\n' || c == '\t' ? ' ' : '?', stream);
		} else {
			fwrite(at, 1, (size_t)used, stream);
		}
		at += used;
		left -= (size_t)used;
	}
}

void error_print(FILE *stream, const char *program, const struct error *err)
{
	if (program)
		fprintf(stream, "%s: ", program);
	if (err->file[0] != '\0' || err->line > 0) {
		print_clean(stream, err->file[0] ? err->file : "line", false);
		if (err->line > 0) {
			fprintf(stream, "%c%llu", err->file[0] ? ':' : ' ', (unsigned long long)err->line);
			if (err->column > 0)
				fprintf(stream, ":%lu", (unsigned long)err->column);
		}
		fputs(": ", stream);
	}
	print_clean(stream, err->text[0] ? err->text : "something failed", true);
	fputc('\n', stream);
	if (err->hint[0] != '\0') {
		fputs("hint: ", stream);
		print_clean(stream, err->hint, true);
		fputc('\n', stream);
	}
}
