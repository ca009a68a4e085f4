// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * replay.c - main() of a fuzz target outside the fuzzer: run it once on each file named.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

/* Read all of a file into a block of exactly its size, so that the sanitizer sees one byte too many. */
static uint8_t *read_file(const char *path, size_t *length)
{
	uint8_t *bytes = NULL;
	FILE *f = fopen(path, "rb");
	if (!f)
		return NULL;
	if (fseek(f, 0, SEEK_END) == 0) {
		long size = ftell(f);
		rewind(f);
		if (size >= 0) {
			*length = (size_t)size;
			bytes = malloc(*length > 0 ? *length : 1);
			if (bytes && fread(bytes, 1, *length, f) != *length) {
				free(bytes);
				bytes = NULL;
			}
		}
	}
	fclose(f);
	return bytes;
}

int main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		size_t length = 0;
		uint8_t *bytes = read_file(argv[i], &length);
		if (!bytes) {
			perror(argv[i]);
			return 2;
		}
		/* Known before a crash: the name of the input. */
		fprintf(stderr, "%s\n", argv[i]);
		LLVMFuzzerTestOneInput(bytes, length);
		free(bytes);
	}
	return 0;
}
