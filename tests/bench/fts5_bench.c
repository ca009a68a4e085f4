// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * fts5_bench.c - the same evidence and the same questions in SQLite's full-text search, to compare with.
 *
 *   fts5_bench build FILE occupation|piece SOURCE...   one row an occupation (titles and text stored), or one a
 *                                                      piece of evidence (the code stored, the text not)
 *   fts5_bench query FILE QUERIES SECONDS              as rank_bench
 *   fts5_bench search FILE TEXT                        one question, ten answers with a snippet each
 *   fts5_bench code FILE QUERIES                       as `soc code`: one line of JSON a query, five candidates
 *   fts5_bench version
 *
 * A question is the OR of its distinct words, each quoted, ranked by bm25; that is what the manual of FTS5
 * leads to.
 */
#include <ctype.h>
#include <sqlite3.h>
#include <unistd.h>

#include "lib/base/string_map.h"
#include "tests/bench/evidence.h"
#include "tests/bench/queries.h"

#define TOKENIZER "tokenize='porter unicode61'"

struct fts {
	sqlite3 *db;
	sqlite3_stmt *select;
	struct buffer match; /* the question as FTS5 wants it */
	struct error *err;
};

static bool failed(struct fts *f)
{
	return error_set(f->err, ERROR_IO, NULL, "SQLite: %s", sqlite3_errmsg(f->db));
}

static bool run(struct fts *f, const char *sql)
{
	return sqlite3_exec(f->db, sql, NULL, NULL, NULL) == SQLITE_OK || failed(f);
}

static bool open_file(struct fts *f, const char *path, int flags)
{
	return sqlite3_open_v2(path, &f->db, flags, NULL) == SQLITE_OK || failed(f);
}

static bool prepare(struct fts *f, const char *sql, sqlite3_stmt **out)
{
	return sqlite3_prepare_v2(f->db, sql, -1, out, NULL) == SQLITE_OK || failed(f);
}

static bool bind(struct fts *f, sqlite3_stmt *s, int at, struct slice text)
{
	return sqlite3_bind_text(s, at, text.at ? text.at : "", (int)text.length, SQLITE_STATIC) == SQLITE_OK ||
	       failed(f);
}

static bool step_and_reset(struct fts *f, sqlite3_stmt *s)
{
	return (sqlite3_step(s) == SQLITE_DONE && sqlite3_reset(s) == SQLITE_OK) || failed(f);
}

/* ---- build ---- */

static bool append_line(struct buffer *to, struct slice text, struct error *err)
{
	return buffer_append(to, text.at, text.length, err) && buffer_append_byte(to, '\n', err);
}

static bool insert_occupations(struct fts *f, const struct collected *g)
{
	struct buffer titles = { 0 }, text = { 0 };
	sqlite3_stmt *s = NULL;
	bool ok = run(f, "CREATE VIRTUAL TABLE fts USING fts5(titles, text, code UNINDEXED, " TOKENIZER ")") &&
		  prepare(f, "INSERT INTO fts(titles, text, code) VALUES (?, ?, ?)", &s);
	for (size_t i = 0; ok && i < g->codes.count; i++) {
		const struct occupation *o = &g->drafts[i].said;
		buffer_clear(&titles);
		buffer_clear(&text);
		for (size_t k = 0; ok && k < o->evidence_count; k++)
			ok = append_line(evidence_is_title(&o->evidence[k]) ? &titles : &text, o->evidence[k].text,
					 f->err);
		ok = ok && bind(f, s, 1, buffer_slice(&titles)) && bind(f, s, 2, buffer_slice(&text)) &&
		     bind(f, s, 3, o->code) && step_and_reset(f, s);
	}
	sqlite3_finalize(s);
	buffer_free(&titles);
	buffer_free(&text);
	return ok;
}

static bool insert_pieces(struct fts *f, const struct collected *g)
{
	sqlite3_stmt *piece = NULL, *code = NULL;
	sqlite3_int64 row = 0;
	bool ok = run(f, "CREATE TABLE code(id INTEGER PRIMARY KEY, code TEXT)") &&
		  run(f, "CREATE VIRTUAL TABLE fts USING fts5(titles, text, content='', " TOKENIZER ")") &&
		  prepare(f, "INSERT INTO fts(rowid, titles, text) VALUES (?, ?, ?)", &piece) &&
		  prepare(f, "INSERT INTO code(id, code) VALUES (?, ?)", &code);
	for (size_t i = 0; ok && i < g->codes.count; i++) {
		const struct occupation *o = &g->drafts[i].said;
		for (size_t k = 0; ok && k < o->evidence_count; k++) {
			bool title = evidence_is_title(&o->evidence[k]);
			row++;
			sqlite3_bind_int64(piece, 1, row);
			sqlite3_bind_int64(code, 1, row);
			ok = bind(f, piece, title ? 2 : 3, o->evidence[k].text) &&
			     bind(f, piece, title ? 3 : 2, SLICE("")) && bind(f, code, 2, o->code) &&
			     step_and_reset(f, piece) && step_and_reset(f, code);
		}
	}
	sqlite3_finalize(piece);
	sqlite3_finalize(code);
	return ok;
}

static bool build(struct fts *f, const char *path, bool pieces, char **sources, size_t count)
{
	struct collected g = { 0 };
	unlink(path);
	bool ok = evidence_read(sources, count, &g, f->err) &&
		  open_file(f, path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE) &&
		  run(f, "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; BEGIN") &&
		  (pieces ? insert_pieces(f, &g) : insert_occupations(f, &g)) &&
		  run(f, "INSERT INTO fts(fts) VALUES ('optimize'); COMMIT; VACUUM");
	collect_free(&g);
	return ok;
}

/* ---- questions ---- */

static bool is_word_byte(char c)
{
	return isalnum((unsigned char)c) || (unsigned char)c >= 128;
}

/* The words of `text` that are not in `seen` yet, each quoted, with OR between. */
static bool add_words(struct fts *f, struct slice text, struct map *seen)
{
	for (size_t i = 0, end; i < text.length; i = end) {
		bool fresh;
		uint32_t number;
		for (end = i; end < text.length && is_word_byte(text.at[end]);)
			end++;
		struct slice word = { text.at + i, end - i };
		if (word.length == 0) {
			end++;
			continue;
		}
		if (!map_add(seen, word, &number, &fresh, f->err) ||
		    (fresh && !(buffer_append_text(&f->match, f->match.length ? " OR \"" : "\"", f->err) &&
				buffer_append(&f->match, word.at, word.length, f->err) &&
				buffer_append_byte(&f->match, '"', f->err))))
			return false;
	}
	return true;
}

static bool make_match(struct fts *f, struct slice title, struct slice text)
{
	struct map seen = { 0 };
	buffer_clear(&f->match);
	bool ok = add_words(f, title, &seen) && add_words(f, text, &seen);
	map_free(&seen);
	return ok;
}

static bool has_pieces(struct fts *f, bool *answer)
{
	sqlite3_stmt *s = NULL;
	bool ok = prepare(f, "SELECT 1 FROM sqlite_master WHERE name = 'code'", &s);
	*answer = ok && sqlite3_step(s) == SQLITE_ROW;
	sqlite3_finalize(s);
	return ok;
}

static bool open_for_questions(struct fts *f, const char *path)
{
	bool pieces;
	return open_file(f, path, SQLITE_OPEN_READONLY) && has_pieces(f, &pieces) &&
	       prepare(f,
		       pieces ? "SELECT code.code, rank FROM fts JOIN code ON code.id = fts.rowid "
				"WHERE fts MATCH ?1 ORDER BY rank LIMIT ?2"
			      : "SELECT code, rank FROM fts WHERE fts MATCH ?1 ORDER BY rank LIMIT ?2",
		       &f->select);
}

/* Ask; rows come by sqlite3_step(). */
static bool ask(struct fts *f, const struct parsed_query *q, int limit)
{
	sqlite3_reset(f->select);
	return make_match(f, q->title, q->text) && bind(f, f->select, 1, buffer_slice(&f->match)) &&
	       (sqlite3_bind_int(f->select, 2, limit) == SQLITE_OK || failed(f));
}

static bool answer(void *ctx, const struct parsed_query *q, struct error *err)
{
	struct fts *f = ctx;
	int status = SQLITE_DONE;
	(void)err;
	if (!ask(f, q, 10))
		return false;
	if (f->match.length)
		while ((status = sqlite3_step(f->select)) == SQLITE_ROW)
			(void)sqlite3_column_text(f->select, 0);
	return status == SQLITE_DONE || failed(f);
}

static bool measure(struct fts *f, const char *path, const char *queries_path, double seconds)
{
	struct queries queries = { 0 };
	bool ok = queries_read(queries_path, &queries, f->err) && open_for_questions(f, path);
	if (ok) {
		printf("{\"kinds\":");
		ok = queries_measure(&queries, seconds, answer, f, f->err);
		puts("}");
	}
	queries_free(&queries);
	return ok;
}

static bool search(struct fts *f, const char *path, const char *text)
{
	int status = SQLITE_DONE;
	bool ok = open_file(f, path, SQLITE_OPEN_READONLY) &&
		  prepare(f,
			  "SELECT code, rank, snippet(fts, -1, '', '', '...', 12) FROM fts WHERE fts MATCH ?1 "
			  "ORDER BY rank LIMIT ?2",
			  &f->select) &&
		  ask(f, &(struct parsed_query){ .text = slice_of(text) }, 10);
	while (ok && (status = sqlite3_step(f->select)) == SQLITE_ROW)
		printf("%s %.3f %s\n", (const char *)sqlite3_column_text(f->select, 0),
		       sqlite3_column_double(f->select, 1), (const char *)sqlite3_column_text(f->select, 2));
	return ok && (status == SQLITE_DONE || failed(f));
}

static bool code(struct fts *f, const char *path, const char *queries_path)
{
	struct queries queries = { 0 };
	bool ok = queries_read(queries_path, &queries, f->err) && open_for_questions(f, path);
	for (size_t i = 0; ok && i < queries.count; i++) {
		ok = ask(f, &queries.at[i], 5);
		printf("{\"id\":\"%zu\",\"candidates\":[", i + 1);
		for (int n = 0; ok && f->match.length && sqlite3_step(f->select) == SQLITE_ROW; n++)
			printf("%s{\"code\":\"%s\",\"score\":%.6g}", n ? "," : "",
			       (const char *)sqlite3_column_text(f->select, 0), sqlite3_column_double(f->select, 1));
		puts("]}");
	}
	queries_free(&queries);
	return ok;
}

int main(int argc, char **argv)
{
	struct error err = { 0 };
	struct fts f = { .err = &err };
	const char *what = argc > 1 ? argv[1] : "";
	bool ok = true;
	if (argc > 4 && strcmp(what, "build") == 0)
		ok = build(&f, argv[2], strcmp(argv[3], "piece") == 0, argv + 4, (size_t)argc - 4);
	else if (argc == 5 && strcmp(what, "query") == 0)
		ok = measure(&f, argv[2], argv[3], strtod(argv[4], NULL));
	else if (argc == 4 && strcmp(what, "search") == 0)
		ok = search(&f, argv[2], argv[3]);
	else if (argc == 4 && strcmp(what, "code") == 0)
		ok = code(&f, argv[2], argv[3]);
	else if (argc == 2 && strcmp(what, "version") == 0)
		puts(sqlite3_libversion());
	else
		ok = error_set(&err, ERROR_USAGE, "fts5_bench build|query|search|code|version ...", "do what?");
	if (!ok)
		error_print(stderr, "fts5_bench", &err);
	sqlite3_finalize(f.select);
	sqlite3_close(f.db);
	buffer_free(&f.match);
	return ok ? 0 : 2;
}
