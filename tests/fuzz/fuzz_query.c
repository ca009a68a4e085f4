// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * fuzz_query.c - a query: parsed, and planned against an index of the sample, where there is one.
 *
 * The nodes of a tree lie in the text, each error points into it, and a plan allows occupations or none.
 */
#include <stdint.h>

#include "query/engine/trace_job.h"
#include "query/engine/query_plan.h"
#include "tests/fuzz/sample.h"

static size_t check_tree(const struct parsed_query *q, const struct query_node *node, int depth)
{
	size_t nodes = 1;
	check(depth < 4 * QUERY_DEPTH_MAX && node->start <= node->end && node->end <= q->text.length);
	if (!node->first)
		check(node->start <= node->from && node->from <= node->to && node->to <= node->end &&
		      node->kind <= QUERY_FILTER);
	for (const struct query_node *child = node->first; child; child = child->next)
		nodes += check_tree(q, child, depth + 1);
	return nodes;
}

static void check_error(const struct error *err, const struct parsed_query *q)
{
	check(err->code == ERROR_USAGE || err->code == ERROR_LIMIT);
	check(err->text[0] != '\0' && err->hint[0] != '\0' && err->column <= q->text.length + 1);
}

static void plan(struct parsed_query *q)
{
	static const struct plan_filters none;
	struct plan plan;
	struct error err = { 0 };
	struct session session = { .index = sample, .err = &err };
	if (!plan_make(&session, q, &none, &plan)) {
		check_error(&err, q);
		session_free(&session);
		return;
	}
	check(plan.words.length == 0 || plan.words.at);
	for (size_t o = 0; plan.allow && o < sample->count; o++)
		check(plan.allow[o] <= 1);
	check(!q->root || q->root->kind != QUERY_NOT || !plan.demands);
	struct job job = { plan.words, { NULL, 0 } };
	struct trace *e = trace_new(&err);
	check(e && plan_trace(sample, q, &none, &plan, e, &err) && trace_job(sample, &job, 0, e, &err) &&
	      trace_finish(e, &err));
	trace_free(e);
	session_free(&session);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct arena arena = { 0 };
	struct buffer tree = { 0 };
	struct parsed_query q;
	struct error err = { 0 };
	sample_open();
	if (!query_parse((struct slice){ (const char *)bytes, length }, &arena, &q, &err)) {
		check_error(&err, &q);
	} else {
		if (q.root) {
			check(check_tree(&q, q.root, 0) <= q.nodes && q.nodes <= QUERY_NODES_MAX);
			check(query_print(&q, q.root, &tree, &err) && tree.length > 0);
		}
		if (sample)
			plan(&q);
	}
	buffer_free(&tree);
	arena_free(&arena);
	return 0;
}
