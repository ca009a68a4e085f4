// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * ngram.c - cuts a word into character n-grams.
 */
#include "lib/base/utf8.h"
#include "lib/text/ngram.h"

size_t ngrams_of(struct slice word, char padded[TEXT_WORD_MAX + 2], struct slice grams[TEXT_WORD_MAX])
{
	size_t length = word.length < TEXT_WORD_MAX ? word.length : TEXT_WORD_MAX, n = 0;
	padded[0] = '^';
	memcpy(padded + 1, word.at, length);
	padded[length + 1] = '$';
	length += 2;
	if (length <= NGRAM_SIZE) {
		grams[0] = (struct slice){ padded, length };
		return 1;
	}
	for (size_t i = 0; i + NGRAM_SIZE <= length; i++) {
		size_t end = i + NGRAM_SIZE;
		while (end < length && utf8_continues(padded[end]))
			end++;
		if (!utf8_continues(padded[i]) && n < TEXT_WORD_MAX)
			grams[n++] = (struct slice){ padded + i, end - i };
	}
	return n;
}
