// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * test_coder.c - what of a batch asks an index or runs in threads: answers, columns, overrides, industries, the
 * pool.
 */
#include "tests/unit/index_make.h"

#include <pthread.h>
#include <time.h>

#include "lib/base/fault.h"
#include "query/batch/coder.h"
#include "lib/table/column_guess.h"
#include "query/batch/industry.h"
#include "query/batch/worker_pool.h"

static char sample[512];

static struct soc_index *open_sample(void)
{
	struct soc_index *index;
	struct error err = { 0 };
	if (!sample[0])
		snprintf(sample, sizeof sample, "%s", make_sample_index("sample.soc"));
	assert_true(soc_index_open(sample, &index, &err));
	return index;
}

static const struct coder_options plain = { .level = LEVEL_SOC,
					    .top = 3,
					    .expand = EXPAND_SYNONYMS | EXPAND_SPELLING | EXPAND_JOINED };

/* ---- answers ---- */

static void check_same(const struct answer *a, const struct answer *b)
{
	assert_true(a->count == b->count && a->level == b->level && a->note == b->note);
	for (size_t i = 0; i < a->count; i++) {
		assert_string_equal(a->at[i].code.text, b->at[i].code.text);
		assert_string_equal(a->at[i].soc.text, b->at[i].soc.text);
		assert_true(a->at[i].score == b->at[i].score && a->at[i].confidence == b->at[i].confidence);
		assert_true(slice_equal(a->at[i].title, b->at[i].title));
	}
}

/* The same answer whatever was asked before, with the memo and without. */
static void answers_do_not_depend_on_each_other(void **state)
{
	(void)state;
	static const struct batch_job jobs[] = {
		{ SLICE("Registered Nurse"), SLICE(""), SLICE("") },
		{ SLICE("ICU Nurse"), SLICE("Watches monitors"), SLICE("") },
		{ SLICE(""), SLICE("Trims hedges and mows lawns"), SLICE("") },
		{ SLICE("Truk Driver"), SLICE(""), SLICE("Trucking") },
		{ SLICE("xqzzy"), SLICE(""), SLICE("") },
		{ SLICE(""), SLICE(""), SLICE("") },
		{ SLICE("Manager"), SLICE(""), SLICE("62") },
		{ SLICE("Software Developer"), SLICE("Trims hedges"), SLICE("") },
	};
	struct soc_index *index = open_sample();
	struct coder_options remembering = plain;
	struct error err = { 0 };
	struct coder *fresh, *used;
	assert_true(answer_cache_new(1 << 16, 3, &remembering.answer_cache, &err) &&
		    coder_new(index, &remembering, &used, &err));
	for (size_t i = 0; i < 64; i++) {
		const struct batch_job *job = &jobs[i * 5 % COUNT(jobs)];
		struct answer a, b;
		assert_true(coder_new(index, &plain, &fresh, &err));
		assert_true(coder_answer(fresh, job, &a, &err) && coder_answer(used, job, &b, &err));
		check_same(&a, &b);
		assert_true(a.count <= 3 && (a.count > 0) == (a.note == NULL));
		coder_free(fresh);
	}
	coder_free(used);
	answer_cache_free(remembering.answer_cache);
	soc_index_close(index);
}

/* ---- overrides ---- */

static bool read_overrides(const char *text, struct soc_index *index, struct overrides *o, struct error *err)
{
	return overrides_read(make_file("overrides.csv", slice_of(text)), index, o, err);
}

static void decisions_go_before_ranking(void **state)
{
	(void)state;
	static const char text[] = "Title,Industry,Code,Decided By,Decided On\n"
				   "Team Leader,,11-1021,Lee,2026-01-31\n"
				   "team-leader,Hospitals,29-1141.00,,\n"
				   "CAF\xC3\x89 cook,,=\"35-1011.00\",Kim,\n"
				   "Still open,,,,\n"
				   "Changed,,11-1021,,\n"
				   "changed!,,29-1141,,\n"
				   "Some nurse,,29-1140,,\n";
	static const struct {
		const char *title, *industry, *code, *soc;
		enum code_level level;
	} rows[] = {
		{ "Team Leader", "", "11-1021.00", "11-1021", LEVEL_SOC },
		{ "  TEAM   LEADER ", "", "11-1021.00", "11-1021", LEVEL_SOC },
		{ "Team Leader", "hospitals", "29-1141.00", "29-1141", LEVEL_SOC },
		{ "Team Leader", "Retail", "11-1021.00", "11-1021", LEVEL_SOC },
		{ "cafe cook", "", "35-1011.00", "35-1011", LEVEL_SOC },
		{ "Changed", "", "29-1141.00", "29-1141", LEVEL_SOC },
		{ "Some Nurse", "", "29-1140", "29-1140", LEVEL_BROAD },
		{ "Some Nurse", "", "29-1140", "29-0000", LEVEL_MAJOR },
		{ "Team Leaders", "", NULL, NULL, LEVEL_SOC },
		{ "Still open", "", NULL, NULL, LEVEL_SOC },
	};
	struct soc_index *index = open_sample();
	struct overrides o = { 0 };
	struct error err = { 0 };
	if (!read_overrides(text, index, &o, &err))
		fail_msg("%s", err.text);
	assert_true(o.open == 1 && o.changed == 1 && o.keys.count == 5);
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct coder_options options = plain;
		struct coder *k;
		struct answer a;
		struct batch_job job = { slice_of(rows[i].title), { NULL, 0 }, slice_of(rows[i].industry) };
		options.overrides = &o;
		options.level = rows[i].level == LEVEL_MAJOR ? LEVEL_MAJOR : LEVEL_SOC;
		assert_true(coder_new(index, &options, &k, &err) && coder_answer(k, &job, &a, &err));
		ROW_CHECK((a.decided != NULL) == (rows[i].code != NULL), i);
		if (a.decided) {
			ROW_CHECK(a.count == 1 && a.at[0].confidence == 1.0 && a.at[0].title.length > 3, i);
			if (strcmp(a.at[0].code.text, rows[i].code) != 0 || strcmp(a.at[0].soc.text, rows[i].soc) != 0)
				fail_msg("row %zu: %s %s", i, a.at[0].code.text, a.at[0].soc.text);
			ROW_CHECK(a.level == rows[i].level, i);
		}
		coder_free(k);
	}
	overrides_free(&o);
	soc_index_close(index);
}

static const struct override *find(const struct overrides *o, struct soc_index *index, struct batch_job job)
{
	struct job_key key = { 0 };
	struct buffer scratch = { 0 };
	struct error err = { 0 };
	const struct override *found;
	assert_true(job_key_read(&key, &job, index->analyzer, &err));
	assert_true(overrides_find(o, &key, &scratch, &found, &err));
	job_key_free(&key);
	buffer_free(&scratch);
	return found;
}

/* A decision is for the job that it names: in a queue for that alone, in another table for what it does not name as well,
 * and the one that names most goes first. */
static void decisions_are_of_jobs(void **state)
{
	(void)state;
	static const char table[] = "title,text,industry,code\n"
				    "Aide,,,29-1141\n"
				    "Aide,,Hospitals,31-1131\n"
				    "Aide,Mows lawns,,37-3011\n"
				    "Aide,Mows lawns,Hospitals,43-3031\n"
				    ",Mows lawns,,35-1011\n"
				    ",,Hospitals,11-1021\n";
	static const char queue[] = "code,title,industry,text,text_digest\n"
				    "29-1141,Aide,,,\n"
				    "31-1131,Aide,Hospitals,,\n"
				    "37-3011,Cook,,,any\n"
				    "11-1021,,Hospitals,,any\n";
	static const struct {
		const char *table, *title, *text, *industry, *code;
	} rows[] = {
		{ table, "aide", "", "", "29-1141" },
		{ table, "aide", "Drives", "Farms", "29-1141" },
		{ table, "aide", "Drives", "hospitals", "31-1131" },
		{ table, "aide", "mows LAWNS.", "Farms", "37-3011" },
		{ table, "aide", "mows lawns", "Hospitals", "43-3031" },
		{ table, "", "mows lawns", "Hospitals", "35-1011" },
		{ table, "", "", "Hospitals", NULL },
		{ queue, "Aide", "", "", "29-1141" },
		{ queue, "Aide", "Drives", "", NULL },
		{ queue, "Aide", "", "Farms", NULL },
		{ queue, "Aide", "", "Hospitals", "31-1131" },
		{ queue, "Cook", "Fries fish", "", "37-3011" },
		{ queue, "Cook", "", "Farms", NULL },
		{ queue, "", "", "Hospitals", NULL },
	};
	struct soc_index *index = open_sample();
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct overrides o = { 0 };
		struct error err = { 0 };
		ROW_CHECK(read_overrides(rows[i].table, index, &o, &err), i);
		const struct override *found = find(&o, index,
						    (struct batch_job){ slice_of(rows[i].title), slice_of(rows[i].text),
									slice_of(rows[i].industry) });
		ROW_CHECK((found != NULL) == (rows[i].code != NULL), i);
		if (found)
			assert_string_equal(found->codes[0].code.text, rows[i].code);
		overrides_free(&o);
	}
	soc_index_close(index);
}

/* A queue that comes back: numbers choose among its candidates; texts stand for jobs without a title. */
static void queues_come_back(void **state)
{
	(void)state;
	static const char text[] = "code,decided_by,decided_on,title,industry,text,code_1,code_2\n"
				   "2,Lee,,Nurse,,,29-1141,31-1131\n"
				   "=\"29-1141\",Lee,,,,Trims hedges,,\n"
				   ",,,Clerk,,,29-1141,31-1131\n";
	struct soc_index *index = open_sample();
	struct overrides o = { 0 };
	struct error err = { 0 };
	assert_true(read_overrides(text, index, &o, &err));
	const struct override *found = find(&o, index, (struct batch_job){ .title = SLICE("nurse") });
	assert_true(found && strcmp(found->codes[0].code.text, "31-1131") == 0 && slice_equal(found->by, SLICE("Lee")));
	found = find(&o, index, (struct batch_job){ .text = SLICE("trims HEDGES!") });
	assert_true(found && strcmp(found->codes[0].code.text, "29-1141") == 0);
	assert_null(find(&o, index, (struct batch_job){ .title = SLICE("...") }));
	overrides_free(&o);
	soc_index_close(index);
}

static void wrong_decisions_are_refused(void **state)
{
	(void)state;
	static const struct {
		const char *text, *error;
		uint64_t line;
	} rows[] = {
		{ "title,code\nNurse,29-1141\nClerk,xx\n", "xx is no code of this index", 3 },
		{ "title,code\nNurse,99-9999\n", "99-9999 is no code of this index", 2 },
		{ "title,code,code_1\nNurse,2,29-1141\n", "2 is no code of this index", 2 },
		{ "title,code\nNurse\n", "too few fields", 2 },
		{ "title,job\nNurse,29-1141\n", "there is no column code", 1 },
		{ "job family,code\nNurse,29-1141\n", "there is no column title or text", 1 },
	};
	struct soc_index *index = open_sample();
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct overrides o = { 0 };
		struct error err = { 0 };
		ROW_CHECK(!read_overrides(rows[i].text, index, &o, &err), i);
		if (!strstr(err.text, rows[i].error) || err.line != rows[i].line || !err.hint[0] ||
		    !strstr(err.file, "overrides.csv"))
			fail_msg("row %zu: %s:%llu: %s", i, err.file, (unsigned long long)err.line, err.text);
		overrides_free(&o);
	}
	soc_index_close(index);
}

static void overrides_may_lack_memory(void **state)
{
	(void)state;
	struct soc_index *index = open_sample();
	long failures = 1;
	for (long at = 1; failures && at < 1000; at++) {
		struct overrides o = { 0 };
		struct error err = { 0 };
		make_file("overrides.csv", SLICE("title,code,decided_by\nNurse,29-1141,Lee\nClerk,11-1021,\n"));
		fault_arm(FAULT_MEMORY, at, false);
		bool ok = overrides_read(make_path("overrides.csv"), index, &o, &err);
		failures = fault_failures(FAULT_MEMORY);
		fault_arm(FAULT_MEMORY, 0, false);
		ROW_CHECK(ok == (err.code == ERROR_NONE) && (ok || failures), at);
		overrides_free(&o);
	}
	assert_int_equal(failures, 0);
	soc_index_close(index);
}

/* ---- columns ---- */

static void columns_are_guessed(void **state)
{
	(void)state;
	static const struct {
		const char *header;
		const char *title, *text, *id; /* as the user names them; NULL: guess */
		int at[3];                     /* of title, text and id; -1: none; -2: refused */
	} rows[] = {
		{ "id,title,text", NULL, NULL, NULL, { 1, 2, 0 } },
		{ "Case ID,JobTitle,Main Duties", NULL, NULL, NULL, { 1, 2, 0 } },
		{ "occupation,Title,role", NULL, NULL, NULL, { 1, -1, -1 } },
		{ "role,job,Position_Title", NULL, NULL, NULL, { 2, -1, -1 } },
		{ "a,b", "B", NULL, NULL, { 1, -1, -1 } },
		{ "title,description,text", "title", "DESCRIPTION", NULL, { 0, 1, -1 } },
		{ "title,text", NULL, "", NULL, { 0, -1, -1 } },
		{ "title,text", "", NULL, NULL, { -1, 1, -1 } },
		/* A column that was named is taken. */
		{ "title,text", "text", NULL, NULL, { 1, -1, -1 } },
		{ "title,text", NULL, "title", NULL, { -1, 0, -1 } },
		{ "duties", NULL, NULL, NULL, { -1, 0, -1 } },
		{ "a,b", NULL, NULL, NULL, { -2, -2, -2 } },
		{ "title,text", "", "", NULL, { -2, -2, -2 } },
		{ "title,text", "job", NULL, NULL, { -2, -2, -2 } },
		{ "title,id", NULL, NULL, "key", { -2, -2, -2 } },
		{ "title,Title", "title", NULL, NULL, { -2, -2, -2 } },
		{ "\"title\n\",text", NULL, NULL, NULL, { 0, 1, -1 } },
	};
	static const enum column columns[3] = { COLUMN_TITLE, COLUMN_TEXT, COLUMN_ID };
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct input_source *input_source = NULL;
		struct table *table = NULL;
		struct columns c;
		struct error err = { 0 };
		const struct column_wish wishes[COLUMN_COUNT] = {
			[COLUMN_TITLE] = { rows[i].title, true },
			[COLUMN_TEXT] = { rows[i].text, true },
			[COLUMN_ID] = { rows[i].id, true },
		};
		ROW_CHECK(
			columns_open_file(make_file("rows.csv", slice_of(rows[i].header)), &input_source, &table, &err),
			i);
		bool ok = columns_find(table, wishes, &c, &err);
		ROW_CHECK(ok == (rows[i].at[0] != -2), i);
		ROW_CHECK(ok || (err.code == ERROR_INPUT && err.hint[0]), i);
		for (size_t k = 0; ok && k < 3; k++)
			if (c.of[columns[k]] != (rows[i].at[k] < 0 ? COLUMN_ABSENT : (size_t)rows[i].at[k]))
				fail_msg("row %zu: column %zu is %zd", i, k, (ssize_t)c.of[columns[k]]);
		table_close(table);
		input_source_close(input_source);
	}
}

/* ---- industries ---- */

static void industries_have_words(void **state)
{
	(void)state;
	static const struct {
		const char *industry, *words;
	} rows[] = {
		{ "62", "Health Care and Social Assistance" },
		{ "621111", "Offices of Physicians" },
		{ "31-33", "Manufacturing" },
		{ "33", "Manufacturing" },
		{ "45", "Retail Trade" },
		{ "92", "Public Administration" },
		{ "Hospitals", "Hospitals" },
		{ "62-", "62-" },
		{ "6", "6" },
		{ "6211111", "6211111" },
		{ "99", "99" },
		{ "", "" },
		{ "3M", "3M" },
		{ "48-49", "Transportation and Warehousing" },
		{ "48/49", "48/49" },
	};
	for (size_t i = 0; i < COUNT(rows); i++)
		ROW_CHECK(slice_equal(industry_words(slice_of(rows[i].industry)), slice_of(rows[i].words)), i);
}

/* Two codes of which a title says nothing more: the industry decides; one that is far behind stays there. */
static void ties_are_broken(void **state)
{
	(void)state;
	static const struct record records[] = {
		{ .kind = RECORD_OCCUPATION,
		  .code = { "11-1001.00" },
		  .text = SLICE("Harbor Hands"),
		  .detail = SLICE("Load ships in a harbor") },
		{ .kind = RECORD_OCCUPATION,
		  .code = { "13-1001.00" },
		  .text = SLICE("Orchard Hands"),
		  .detail = SLICE("Pick apples in an orchard") },
		{ .kind = RECORD_OCCUPATION,
		  .code = { "15-1001.00" },
		  .text = SLICE("Bakers"),
		  .detail = SLICE("Bake bread") },
	};
	const char *path = make_index("ties.soc", records, COUNT(records));
	struct soc_index *index;
	struct industry *industry;
	struct error err = { 0 };
	assert_true(soc_index_open(path, &index, &err) && industry_new(index, &industry, &err));
	static const struct {
		double confidences[3];
		const char *industry;
		int order[3];
	} rows[] = {
		{ { 0.4, 0.3, 0.1 }, "apple orchard", { 1, 0, 2 } },
		{ { 0.4, 0.3, 0.1 }, "harbor", { 0, 1, 2 } },
		{ { 0.4, 0.3, 0.1 }, "bread", { 0, 1, 2 } }, /* too far behind */
		{ { 0.4, 0.3, 0.25 }, "bread", { 2, 0, 1 } },
		{ { 0.4, 0.19, 0.1 }, "apple orchard", { 0, 1, 2 } },
		{ { 0.4, 0.3, 0.1 }, "xqzzy", { 0, 1, 2 } },
		{ { 0.4, 0.3, 0.1 }, "", { 0, 1, 2 } },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct answer_candidate at[3];
		struct answer a = { .at = at, .count = 3 };
		for (size_t k = 0; k < 3; k++)
			at[k] = (struct answer_candidate){ .occupation = (uint32_t)k,
							   .confidence = rows[i].confidences[k] };
		ROW_CHECK(industry_break_ties(industry, slice_of(rows[i].industry), &a, &err), i);
		for (size_t k = 0; k < 3; k++)
			ROW_CHECK((int)at[k].occupation == rows[i].order[k] &&
					  at[k].confidence == rows[i].confidences[rows[i].order[k]],
				  i);
	}
	/* More of them than are kept. */
	for (size_t i = 0; i < 100; i++) {
		char words[32];
		struct answer_candidate at[2] = { { .occupation = 0, .confidence = 0.4 },
						  { .occupation = 1, .confidence = 0.4 } };
		struct answer a = { .at = at, .count = 2 };
		snprintf(words, sizeof words, "orchard %zu", i);
		assert_true(industry_break_ties(industry, slice_of(words), &a, &err) && at[0].occupation == 1);
	}
	industry_free(industry);
	soc_index_close(index);
}

/* ---- the pool ---- */

struct work {
	uint64_t given;
	uint64_t delivered; /* rows so far, which are numbered from 1 */
	uint64_t bad_row;   /* its chunk cannot be coded; 0: none */
	uint64_t stop_row;  /* it cannot be delivered; 0: none */
	bool shut;          /* no worker can begin */
	int workers;
	pthread_mutex_t lock;
};

static bool open_worker(void *ctx, bool owner, void **worker, struct error *err)
{
	struct work *w = ctx;
	(void)owner;
	if (w->shut)
		return error_set(err, ERROR_MEMORY, NULL, "shut");
	pthread_mutex_lock(&w->lock);
	w->workers++;
	pthread_mutex_unlock(&w->lock);
	*worker = w;
	return true;
}

static void close_worker(void *worker)
{
	struct work *w = worker;
	pthread_mutex_lock(&w->lock);
	w->workers--;
	pthread_mutex_unlock(&w->lock);
}

static bool code_chunk(void *worker, struct chunk *c, struct error *err)
{
	struct work *w = worker;
	/* Some take longer than others, so that they end out of order. */
	struct timespec pause = { 0, (long)(c->rows[0].number * 7919 % 5) * 100000 };
	nanosleep(&pause, NULL);
	for (size_t i = 0; i < c->count; i++) {
		if (c->rows[i].number == w->bad_row)
			return error_set(err, ERROR_DAMAGED, NULL, "bad row");
		if (!buffer_append(&c->out, c->rows[i].title.at, c->rows[i].title.length, err))
			return false;
	}
	return true;
}

static bool deliver(void *ctx, struct chunk *c, struct error *err)
{
	struct work *w = ctx;
	for (size_t i = 0; i < c->count; i++) {
		if (c->rows[i].number == w->stop_row)
			return error_set(err, ERROR_IO, NULL, "full");
		if (c->rows[i].number != ++w->delivered)
			return error_set(err, ERROR_INTERNAL, NULL, "out of order");
	}
	return c->out.length == 4 * c->count || error_set(err, ERROR_INTERNAL, NULL, "not coded");
}

static bool run_pool(struct work *w, size_t jobs, size_t rows, struct error *err)
{
	static const char long_text[CHUNK_BYTES];
	const struct worker_pool_work work = { w, open_worker, code_chunk, close_worker, deliver };
	struct worker_pool *p;
	bool ok = worker_pool_new(jobs, &work, &p, err);
	for (size_t i = 1; ok && i <= rows; i++) {
		/* Rows of a long text make short chunks. */
		struct batch_row row = { .number = i,
					 .title = SLICE("four"),
					 .text = { long_text, i % 37 == 0 ? sizeof long_text : 0 } };
		ok = worker_pool_add(p, &row, err);
		w->given += ok;
		if (ok && i % 1000 == 0)
			ok = worker_pool_drain(p, err) && w->delivered == i;
	}
	struct error late = { 0 };
	if (!worker_pool_drain(p, &late) && ok) {
		*err = late;
		ok = false;
	}
	worker_pool_free(p);
	return ok;
}

static void pools_keep_order(void **state)
{
	(void)state;
	static const size_t jobs[] = { 1, 2, 3, 8 }, rows[] = { 0, 1, 36, 37, 1000, 4321 };
	for (size_t i = 0; i < COUNT(jobs) * COUNT(rows); i++) {
		struct work w = { 0 };
		struct error err = { 0 };
		size_t wanted = rows[i / COUNT(jobs)];
		pthread_mutex_init(&w.lock, NULL);
		ROW_CHECK(run_pool(&w, jobs[i % COUNT(jobs)], wanted, &err) && w.delivered == wanted && w.workers == 0,
			  i);
		pthread_mutex_destroy(&w.lock);
	}
}

/* The first error in the order of rows ends it; what comes before is delivered. */
static void pools_stop_at_the_first_error(void **state)
{
	(void)state;
	static const struct {
		uint64_t bad_row, stop_row;
		const char *error;
	} rows[] = { { 500, 0, "bad row" }, { 0, 500, "full" },     { 700, 500, "full" }, { 500, 700, "bad row" },
		     { 1, 0, "bad row" },   { 3000, 0, "bad row" }, { 0, 1, "full" } };
	for (size_t i = 0; i < COUNT(rows); i++)
		for (size_t jobs = 1; jobs < 5; jobs++) {
			struct work w = { .bad_row = rows[i].bad_row, .stop_row = rows[i].stop_row };
			struct error err = { 0 };
			uint64_t first = w.bad_row && (!w.stop_row || w.bad_row < w.stop_row) ? w.bad_row : w.stop_row;
			pthread_mutex_init(&w.lock, NULL);
			ROW_CHECK(!run_pool(&w, jobs, 3000, &err), i);
			ROW_CHECK(strcmp(err.text, rows[i].error) == 0 && w.workers == 0, i);
			ROW_CHECK(w.delivered < first && w.delivered + 2 * CHUNK_ROWS > first, i);
			pthread_mutex_destroy(&w.lock);
		}
}

/* Where nobody can work, that is the error, and nobody waits for it. */
static void pools_need_a_worker(void **state)
{
	(void)state;
	static const size_t rows[] = { 1, 100, 5000 };
	for (size_t i = 0; i < COUNT(rows) * 4; i++) {
		struct work w = { .shut = true };
		struct error err = { 0 };
		pthread_mutex_init(&w.lock, NULL);
		ROW_CHECK(!run_pool(&w, 1 + i % 4, rows[i / 4], &err) && strcmp(err.text, "shut") == 0 &&
				  w.delivered == 0,
			  i);
		pthread_mutex_destroy(&w.lock);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(answers_do_not_depend_on_each_other),
		cmocka_unit_test(decisions_go_before_ranking),
		cmocka_unit_test(decisions_are_of_jobs),
		cmocka_unit_test(queues_come_back),
		cmocka_unit_test(wrong_decisions_are_refused),
		cmocka_unit_test(overrides_may_lack_memory),
		cmocka_unit_test(columns_are_guessed),
		cmocka_unit_test(industries_have_words),
		cmocka_unit_test(ties_are_broken),
		cmocka_unit_test(pools_keep_order),
		cmocka_unit_test(pools_stop_at_the_first_error),
		cmocka_unit_test(pools_need_a_worker),
	};
	return cmocka_run_group_tests(tests, make_set_up, make_tear_down);
}
