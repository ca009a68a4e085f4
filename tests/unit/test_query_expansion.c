// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * test_query_expansion.c - spelling, synonyms, and what they do to a question and its ranking.
 */
#include "tests/unit/index_make.h"

#include <math.h>

#include "lib/rank/rank.h"
#include "query/engine/evidence_match.h"

static struct soc_index *small;
static struct ranker *ranker;

/* Titles again and again, for a word that is used once is hardly corrected to. */
static const char *make_small(void)
{
	static const char *const verbs[] = { "Lead", "Senior", "Chief", "Night", "Day", "Field", "Floor", "Staff" };
	static char titles[64][64];
	struct record records[256];
	size_t n = 0, t = 0;
	records[n++] = make_occupation("11-0001.00", "Registered Nurses", "Care for patients as machines never will.");
	records[n++] = make_occupation("11-0002.00", "Software Engineers", "Develop software, maintain it.");
	records[n++] = make_occupation("11-0003.00", "Bookkeepers", "Keep books of a household, each book by itself.");
	records[n++] = make_occupation("11-0004.00", "Animal Keepers", "Feed animals.");
	records[n++] =
		make_occupation("11-0005.00", "Registration Clerks", "Register those who come; file the registration.");
	records[n++] =
		make_occupation("11-0006.00", "Information Technology Managers", "Manage information technology.");
	records[n++] = make_occupation("11-0007.00", "Managers, All Other", "Manage.");
	records[n++] = make_title("11-0001.00", TITLE_ALTERNATE, "RN (Registered Nurse)");
	records[n++] = make_title("11-0001.00", TITLE_ALTERNATE, "Zinc Kiln Operator (ZKO)");
	records[n++] = make_technology("11-0002.00", "Softwire", "Languages");
	for (size_t i = 0; i < COUNT(verbs); i++) {
		static const struct {
			const char *code, *title;
		} each[] = {
			{ "11-0001.00", "Registered Nurse" }, { "11-0002.00", "Software Engineer" },
			{ "11-0003.00", "Bookkeeper" },       { "11-0004.00", "Animal Keeper" },
			{ "11-0003.00", "Book Seller" },      { "11-0007.00", "Manager" },
		};
		for (size_t k = 0; k < COUNT(each); k++, t++) {
			snprintf(titles[t], sizeof titles[t], "%s %s", verbs[i], each[k].title);
			records[n++] = make_title(each[k].code, TITLE_ALTERNATE, titles[t]);
		}
	}
	return make_index("small.soc", records, n);
}

static int set_up(void **state)
{
	struct error err = { 0 };
	if (make_set_up(state) != 0)
		return -1;
	return soc_index_open(make_small(), &small, &err) && ranker_new(small, &ranker, &err) ? 0 : -1;
}

static int tear_down(void **state)
{
	ranker_free(ranker);
	soc_index_close(small);
	return make_tear_down(state);
}

/* ---- corrections ---- */

/* What was done, as "written>words" for corrections and "written+words" for synonyms, with semicolons. */
static void done_of(const struct expansions *done, struct buffer *out)
{
	buffer_clear(out);
	for (size_t i = 0; i < done->count; i++)
		buffer_printf(out, NULL, "%.*s%c%.*s;", (int)done->at[i].written.length, done->at[i].written.at,
			      done->at[i].kind == EXPANSION_SPELLING ? '>' : '+', (int)done->at[i].words.length,
			      done->at[i].words.at);
	assert_true(buffer_terminate(out, NULL));
}

static void titles_are_expanded(void **state)
{
	(void)state;
	enum { BOTH = EXPAND_SPELLING | EXPAND_JOINED };
	static const struct {
		const char *title;
		unsigned how;
		const char *done;
	} rows[] = {
		/* one edit of each kind; two in long words */
		{ "nuse", BOTH, "nuse>nurse;" },
		{ "nursse", BOTH, "nursse>nurse;" },
		{ "nurze", BOTH, "nurze>nurse;" },
		{ "nusre", BOTH, "nusre>nurse;" },
		{ "NUSRE", BOTH, "NUSRE>nurse;" },
		{ "Softwaer", BOTH, "Softwaer>software;" },
		{ "Sotfwaer Nigth", BOTH, "Sotfwaer>software;Nigth>night;" },
		{ "seler, softwrae", BOTH, "seler>seller;softwrae>software;" },
		/* a stem that is known by chance: that of registration */
		{ "registred nurse", BOTH, "registred>registered;" },
		/* joined and split */
		{ "softwareengineer", BOTH, "softwareengineer>software engineer;" },
		{ "nigth book kee per", BOTH, "nigth>night;" },
		{ "soft ware", BOTH, "soft ware>software;" },
		{ "book keeper", BOTH, "book keeper+bookkeeper;" },
		{ "book, keeper", BOTH, "" },
		/* what the index knows, as it stands or as an inflection; a name of a technology */
		{ "nurse", BOTH, "" },
		{ "nurses nursed nursing", BOTH, "" },
		{ "softwire", BOTH, "" },
		{ "registration", BOTH, "" },
		{ "animal keepers", BOTH, "" },
		/* left alone: short, digits, capitals among small letters, nothing near */
		{ "rnu", BOTH, "" },
		{ "nus", BOTH, "" },
		{ "nurs3", BOTH, "" },
		{ "15-1252", BOTH, "" },
		{ "NUSRE for animals", BOTH, "" },
		{ "xylophone", BOTH, "" },
		{ "horse", BOTH, "" },
		{ "", BOTH, "" },
		{ "(((", BOTH, "" },
		{ "\xFF\xFE", BOTH, "" },
		{ "n\xC3\xBCrze", BOTH, "n\xC3\xBCrze>nurse;" },
		/* switched off */
		{ "nuse book keeper RN", 0, "" },
		{ "nuse", EXPAND_SYNONYMS, "" },
		/* synonyms, both ways; not those whose words the index has nowhere */
		{ "RN", EXPAND_SYNONYMS, "RN+registered nurse;" },
		{ "rn", EXPAND_SYNONYMS, "rn+registered nurse;" },
		{ "R.N.", EXPAND_SYNONYMS, "R.N.+registered nurse;" },
		{ "Night registered nurses", EXPAND_SYNONYMS, "registered nurses+RN;" },
		{ "registered, nurse", EXPAND_SYNONYMS, "" },
		{ "nurse", EXPAND_SYNONYMS, "" },
		{ "zko", EXPAND_SYNONYMS, "zko+zinc kiln operator;" },
		{ "CPA", EXPAND_SYNONYMS, "" },
		{ "RN registered nurse", EXPAND_SYNONYMS, "" },
		{ "SWE", EXPAND_SYNONYMS, "SWE+software engineer;" },
		/* a misspelt word has synonyms too */
		{ "registered nusre", BOTH | EXPAND_SYNONYMS, "nusre>nurse;registered nurse+RN;" },
		/* everyday words: where it is plain */
		{ "IT manager", EXPAND_SYNONYMS, "IT+information technology;" },
		{ "it manager", EXPAND_SYNONYMS, "it+information technology;" },
		{ "IT MANAGER", EXPAND_SYNONYMS, "IT+information technology;" },
		{ "manager, IT", EXPAND_SYNONYMS, "IT+information technology;" },
		{ "feed it to animals", EXPAND_SYNONYMS, "" },
		{ "FEED IT TO ANIMALS", EXPAND_SYNONYMS, "" },
		{ "it", EXPAND_SYNONYMS, "" },
	};
	struct buffer got = { 0 };
	size_t wrong = 0;
	struct expander e = { .index = small };
	struct arena arena = { 0 };
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct error err = { 0 };
		struct query q;
		struct expansions done = { 0 };
		arena_reset(&arena);
		assert_true(expand_query(&e, slice_of(rows[i].title), NULL, QUERY_HEAD | QUERY_GRAMS, rows[i].how,
					 &arena, &q, &done, &err));
		done_of(&done, &got);
		if (strcmp(got.at, rows[i].done) != 0)
			print_error("row %zu (%s): %s, not %s\n", i, rows[i].title, got.at, rows[i].done);
		wrong += strcmp(got.at, rows[i].done) != 0;
	}
	assert_int_equal(wrong, 0);
	expander_free(&e);
	arena_free(&arena);
	buffer_free(&got);
}

/* ---- the question ---- */

static const struct query_term *find(const struct query_term *at, size_t count, const char *term)
{
	for (size_t i = 0; i < count; i++)
		if (slice_equal(at[i].term, slice_of(term)))
			return &at[i];
	return NULL;
}

static double idf_of(const struct query_term *t)
{
	size_t occurrences = title_entry_list_count(t->sections[SECTION_TITLE_ENTRIES]);
	return log(1.0 + (double)small->title_entries.title_entries / (double)(occurrences ? occurrences : 1));
}

static void weights_are_below_one(void **state)
{
	(void)state;
	struct error err = { 0 };
	struct expander e = { .index = small };
	struct arena arena = { 0 };
	struct query q, plain;
	struct expansions done = { 0 };
	/* A corrected word takes the place of the other, whose n-grams stay. */
	assert_true(expand_query(&e, SLICE("nusre"), NULL, QUERY_HEAD | QUERY_GRAMS, EXPAND_SPELLING, &arena, &q, &done,
				 &err));
	assert_true(query_read(small, SLICE("nusre"), NULL, QUERY_HEAD | QUERY_GRAMS, &arena, &plain, &err));
	assert_int_equal(q.count, 1);
	assert_true(slice_equal(q.terms[0].term, SLICE("nurs")) && q.terms[0].known);
	assert_true(q.terms[0].count > 0.8f && q.terms[0].count < 1.0f);
	assert_true(slice_equal(q.head.term, SLICE("nurs")));
	assert_int_equal(q.gram_count, plain.gram_count);
	/* What stands for a sequence weighs together a part of what the sequence does. */
	assert_true(expand_query(&e, SLICE("RN manager"), NULL, QUERY_HEAD | QUERY_GRAMS, EXPAND_SYNONYMS, &arena, &q,
				 &done, &err));
	assert_int_equal(q.count, 2);
	const struct query_term *rn = find(q.terms, q.count, "rn");
	const struct query_term *registered = find(q.extras, q.extra_count, "regist");
	const struct query_term *nurse = find(q.extras, q.extra_count, "nurs");
	assert_true(rn && registered && nurse && rn->count == 1.0f && registered->count == nurse->count);
	double together = nurse->count * hypot(idf_of(registered), idf_of(nurse)) / idf_of(rn);
	assert_true(together > 0.3 && together < 0.7);
	expander_free(&e);
	arena_free(&arena);
}

/* ---- the ranking ---- */

static struct ranking rank(const char *title, unsigned expand)
{
	struct job job = { slice_of(title), { 0 } };
	struct rank_options options = { .level = LEVEL_SOC, .limit = 10, .expand = expand };
	struct error err = { 0 };
	struct ranking r;
	assert_true(rank_job(ranker, &job, &options, &r, &err));
	return r;
}

static void rankings_follow(void **state)
{
	(void)state;
	enum { ALL = EXPAND_SYNONYMS | EXPAND_SPELLING | EXPAND_JOINED };
	static const struct {
		const char *title, *code;
	} rows[] = {
		{ "nusre", "11-0001" },      { "registred nruse", "11-0001" },  { "SWE", "11-0002" },
		{ "zko", "11-0001" },        { "softwareengineer", "11-0002" }, { "book keeper", "11-0003" },
		{ "IT manager", "11-0006" },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct ranking r = rank(rows[i].title, ALL);
		ROW_CHECK(r.count > 0 && r.expansion_count > 0, i);
		ROW_CHECK(strcmp(r.at[0].code.text, rows[i].code) == 0, i);
	}
	assert_int_equal(rank("SWE", 0).count, 0);
	assert_int_equal(rank("SWE", 0).expansion_count, 0);
	/* A synonym makes no title exact or contained. */
	struct ranking r = rank("SWE", ALL);
	assert_true(r.at[0].parts[FEATURE_TITLE_SIMILARITY] > 0.0);
	assert_true(r.at[0].parts[FEATURE_TITLE_EXACT] == 0.0 && r.at[0].parts[FEATURE_TITLE_CONTAINED] == 0.0);
	/* The words themselves count more than what stands for them. */
	double by_synonym = r.at[0].parts[FEATURE_TITLE_SIMILARITY];
	assert_true(rank("software engineer", 0).at[0].parts[FEATURE_TITLE_SIMILARITY] > by_synonym);
	/* The next question finds nothing left over. */
	double before = rank("software engineer", 0).at[0].score;
	rank("RN book keeper nusre", ALL);
	assert_true(rank("software engineer", 0).at[0].score == before);
}

static void reasons_follow(void **state)
{
	(void)state;
	struct job job = { SLICE("nusre SWE zeppelin"), { 0 } };
	struct rank_options options = { .level = LEVEL_SOC, .limit = 10, .expand = EXPAND_SYNONYMS | EXPAND_SPELLING };
	struct job_words words = { 0 };
	struct arena arena = { 0 };
	struct error err = { 0 };
	struct ranking r;
	struct evidence_matches reasons;
	assert_true(rank_job(ranker, &job, &options, &r, &err) &&
		    job_words_read(small, &job, &r, &arena, &words, &err));
	/* The nurse explains the misspelt word, the engineer the acronym; nothing explains the third. */
	assert_true(evidence_match_find(small, &words, 0, 5, &arena, &reasons, &err));
	assert_true(reasons.count[MATCH_TITLES] > 0);
	assert_int_equal(reasons.unexplained_count, 2);
	assert_true(slice_equal(reasons.unexplained[0], SLICE("SWE")));
	assert_true(slice_equal(reasons.unexplained[1], SLICE("zeppelin")));
	assert_true(evidence_match_find(small, &words, 1, 5, &arena, &reasons, &err));
	assert_int_equal(reasons.unexplained_count, 2);
	assert_true(slice_equal(reasons.unexplained[0], SLICE("nusre")));
	for (size_t i = 0; i < reasons.count[MATCH_TITLES]; i++)
		assert_true(reasons.at[MATCH_TITLES][i].cosine > 0.0 && reasons.at[MATCH_TITLES][i].cosine <= 1.0);
	job_words_free(&words);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(titles_are_expanded),
		cmocka_unit_test(weights_are_below_one),
		cmocka_unit_test(rankings_follow),
		cmocka_unit_test(reasons_follow),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
