// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * ascii.h - kinds of ASCII characters, and numbers, whatever the locale.  Bytes of 0x80 and above are of no kind.
 */
#ifndef SOC_BASE_ASCII_H
#define SOC_BASE_ASCII_H

#include <stdbool.h>
#include <stdint.h>

static inline bool ascii_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline bool ascii_is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static inline bool ascii_is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

static inline bool ascii_is_letter(char c)
{
	return ascii_is_upper(c) || ascii_is_lower(c);
}

/* Blank, tab, line feed and carriage return: the white space of XML and of running text. */
static inline bool ascii_is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static inline char ascii_to_lower(char c)
{
	return (char)(ascii_is_upper(c) ? c + 'a' - 'A' : c);
}

/* The value of a hexadecimal digit; -1 where it is none. */
static inline int ascii_hex_value(char c)
{
	if (ascii_is_digit(c))
		return c - '0';
	c = ascii_to_lower(c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* 1234567 as "1,234,567", in `room`; where in it that begins. */
#define ASCII_NUMBER_SIZE 28
static inline const char *ascii_number(uint64_t number, char room[ASCII_NUMBER_SIZE])
{
	char *at = room + ASCII_NUMBER_SIZE - 1;
	*at = '\0';
	for (int digits = 0; number > 0 || digits == 0; number /= 10, digits++) {
		if (digits > 0 && digits % 3 == 0)
			*--at = ',';
		*--at = (char)('0' + number % 10);
	}
	return at;
}

#endif
