// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * read_bench.c - how fast sources are read, and what they say.
 *
 *   read_bench rows SOURCE...       read all rows into records and drop them; prints rows, records, seconds
 *   read_bench evidence SOURCE...   print the evidence of each occupation: code, `title` or `text`, kind, words
 *   read_bench kind SOURCE          what the source is, or why it is none; exit status 1 then
 */
#include "tests/bench/evidence.h"
#include "tests/bench/queries.h"

static enum sink_verdict count_record(void *ctx, const struct record *record, enum reject_reason *why,
				      struct error *err)
{
	(void)record, (void)why, (void)err;
	++*(uint64_t *)ctx;
	return SINK_USED;
}

static bool read_rows(char **paths, size_t count, struct error *err)
{
	struct corpus_options options = { 0 };
	struct corpus *c = NULL;
	uint64_t records = 0, rows = 0;
	struct record_sink sink = { count_record, &records };
	size_t sources;
	double begin = queries_now(), opened = 0;
	bool ok = corpus_open((const char *const *)paths, count, &options, &c, err);
	opened = queries_now();
	ok = ok && corpus_read(c, &sink, err);
	double end = queries_now();
	if (ok) {
		const struct corpus_source *s = corpus_sources(c, &sources);
		for (size_t i = 0; i < sources; i++)
			for (size_t t = 0; t < s[i].table_count; t++)
				rows += s[i].tables[t].rows;
		printf("{\"rows\":%llu,\"records\":%llu,\"open\":%.6f,\"read\":%.6f,\"cpu\":%.6f}\n",
		       (unsigned long long)rows, (unsigned long long)records, (opened - begin) / 1e6,
		       (end - opened) / 1e6, (double)clock() / CLOCKS_PER_SEC);
	}
	corpus_close(c);
	return ok;
}

static bool print_evidence(char **paths, size_t count, struct error *err)
{
	struct collected g = { 0 };
	bool ok = evidence_read(paths, count, &g, err);
	for (size_t i = 0; ok && i < g.codes.count; i++) {
		const struct occupation *o = &g.drafts[i].said;
		for (size_t k = 0; k < o->evidence_count; k++) {
			const struct evidence *e = &o->evidence[k];
			printf("%.*s\t%s\t%s\t", (int)o->code.length, o->code.at,
			       evidence_is_title(e) ? "title" : "text", evidence_specs[e->kind].key);
			for (size_t b = 0; b < e->text.length; b++) {
				char c = e->text.at[b];
				putchar(c == '\t' || c == '\n' || c == '\r' ? ' ' : c);
			}
			putchar('\n');
		}
	}
	collect_free(&g);
	return ok;
}

static bool print_kind(char **paths, struct error *err)
{
	struct corpus_options options = { 0 };
	struct corpus *c = NULL;
	size_t count;
	bool ok = corpus_open((const char *const *)paths, 1, &options, &c, err);
	const struct corpus_source *s = ok ? corpus_sources(c, &count) : NULL;
	if (ok)
		printf("%s%s%s\n", s->family, s->remark ? ": " : "", s->remark ? s->remark : "");
	corpus_close(c);
	return ok;
}

int main(int argc, char **argv)
{
	struct error err = { 0 };
	bool ok;
	if (argc > 2 && strcmp(argv[1], "rows") == 0)
		ok = read_rows(argv + 2, (size_t)argc - 2, &err);
	else if (argc > 2 && strcmp(argv[1], "evidence") == 0)
		ok = print_evidence(argv + 2, (size_t)argc - 2, &err);
	else if (argc == 3 && strcmp(argv[1], "kind") == 0)
		ok = print_kind(argv + 2, &err);
	else
		ok = error_set(&err, ERROR_USAGE, "read_bench rows|evidence|kind SOURCE...", "what is to be read?");
	if (!ok)
		error_print(stderr, "read_bench", &err);
	return ok ? 0 : err.code == ERROR_INPUT ? 1 : 2;
}
