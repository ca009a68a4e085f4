// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * rank_bench.c - how long ranking takes in an open index, without output.
 *
 *   rank_bench INDEX QUERIES SECONDS
 *
 * Prints JSON: what opening took, and by kind of query p50, p95 and mean; microseconds.
 */
#include "lib/rank/rank.h"
#include "tests/bench/queries.h"

static bool answer(void *ctx, const struct parsed_query *query, struct error *err)
{
	struct rank_options options = { .level = LEVEL_SOC, .limit = 10, .expand = EXPAND_ALL };
	struct job job = { query->title, query->text };
	struct ranking ranking;
	return rank_job(ctx, &job, &options, &ranking, err);
}

int main(int argc, char **argv)
{
	struct queries queries = { 0 };
	struct soc_index *index = NULL;
	struct ranker *ranker = NULL;
	struct error err = { 0 };
	if (argc != 4) {
		fputs("usage: rank_bench INDEX QUERIES SECONDS\n", stderr);
		return 2;
	}
	double begin = queries_now();
	bool ok = soc_index_open(argv[1], &index, &err) && ranker_new(index, &ranker, &err);
	double opened = queries_now() - begin;
	ok = ok && queries_read(argv[2], &queries, &err);
	if (ok) {
		printf("{\"open\":%.1f,\"kinds\":", opened);
		ok = queries_measure(&queries, strtod(argv[3], NULL), answer, ranker, &err);
		puts("}");
	}
	if (!ok)
		error_print(stderr, "rank_bench", &err);
	queries_free(&queries);
	ranker_free(ranker);
	soc_index_close(index);
	return ok ? 0 : 2;
}
