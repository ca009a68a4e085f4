// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * fuzz_terminal.c - no bytes may steer the terminal: what terminal_clean() lets through holds no control
 * character, and cleaning it again changes nothing.
 */
#include <stdint.h>
#include <stdlib.h>

#include "lib/base/terminal.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct slice text = { (const char *)bytes, length };
	struct buffer once = { 0 };
	struct buffer twice = { 0 };

	if (terminal_clean(text, &once, NULL) && terminal_clean(buffer_slice(&once), &twice, NULL)) {
		if (!slice_equal(buffer_slice(&once), buffer_slice(&twice)))
			abort();
		for (size_t i = 0; i < once.length; i++) {
			unsigned char c = (unsigned char)once.at[i];
			if (c < 0x20 || c == 0x7F)
				abort();
		}
		if (terminal_columns(buffer_slice(&once)) > once.length)
			abort();
	}
	buffer_free(&once);
	buffer_free(&twice);
	return 0;
}
