/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The codes for a job, each with its best evidence:  cc example.c $(pkg-config --cflags --libs socsearch) */
#include <stdio.h>
#include <stdlib.h>

#include <socsearch.h>

static int fail(socsearch *s)
{
	fprintf(stderr, "example: %s\nhint: %s\n", socsearch_error_text(s), socsearch_error_hint(s));
	socsearch_free(s);
	return EXIT_FAILURE;
}

int main(int argc, char **argv)
{
	socsearch *s = socsearch_new();

	if (argc < 3 || !s) {
		fprintf(stderr, "usage: example INDEX TITLE [TEXT]\n");
		socsearch_free(s);
		return EXIT_FAILURE;
	}
	if (!socsearch_open(s, argv[1]) ||
	    socsearch_rank(s, argv[2], argc > 3 ? argv[3] : NULL, SOCSEARCH_SOC, 3, 0) < 0)
		return fail(s);
	for (size_t i = 0; socsearch_code(s, i); i++) {
		printf("%s  %.0f%%  %s\n", socsearch_code(s, i), 100 * socsearch_confidence(s, i),
		       socsearch_title(s, i));
		if (socsearch_find_evidence(s, i, 1) < 0)
			return fail(s);
		for (size_t k = 0; socsearch_evidence_text(s, k); k++)
			printf("    %s (%s, %s)\n", socsearch_evidence_text(s, k), socsearch_evidence_kind(s, k),
			       socsearch_evidence_source(s, k));
	}
	socsearch_free(s);
	return EXIT_SUCCESS;
}
