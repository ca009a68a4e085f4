// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * show_write.h - the page of a code in soc show: its sections, and what they are made with.
 */
#ifndef SOC_QUERY_OUTPUT_SHOW_WRITE_H
#define SOC_QUERY_OUTPUT_SHOW_WRITE_H

#include "query/engine/session.h"
#include "query/output/document.h"

/* X(ID, name in --section, what is in it), in the order of the page */
#define SHOW_TABLE(X) \
	X(DESCRIPTION, "description", "what the occupation is") \
	X(TITLES, "titles", "lay titles, reported titles, titles of other lists") \
	X(TASKS, "tasks", "tasks, core ones first") \
	X(ZONE, "zone", "Job Zone and preparation") \
	X(EDUCATION, "education", "education, experience and training that workers report") \
	X(PROFESSION, "profession", "Appendix A, Job Zone and education of the wage system") \
	X(WAGES, "wages", "employment and wages") \
	X(DEGREES, "degrees", "fields of study that lead to it") \
	X(STEM, "stem", "which list calls it STEM") \
	X(OUTLOOK, "outlook", "projected employment and what entry typically takes") \
	X(OWN, "own", "columns of your own tables") \
	X(FILED, "filed", "titles most often filed under it") \
	X(ACTIVITIES, "activities", "work activities") \
	X(TECHNOLOGIES, "technologies", "technologies and tools") \
	X(RELATED, "related", "related occupations") \
	X(MEMBERS, "members", "occupations under the code")

enum show_section {
#define SHOW_ENUM(id, name, what) SHOW_##id,
	SHOW_TABLE(SHOW_ENUM)
#undef SHOW_ENUM
		SHOW_COUNT
};

/* What one call of soc show writes, and where. */
struct show_view {
	struct session *session;
	struct document *d; /* where it is written, a listing */
	int width;          /* columns of text; 0 where it is HTML or Markdown */
	unsigned sections;  /* bits */
	bool all;           /* every title, task and field of study; else the first of each, and how many */
};

/* Add the sections of a list with commas between them to the bits of *sections; ERROR_USAGE names the sections that
 * there are. */
bool show_read_sections(const char *list, unsigned *sections, struct error *err);

static inline bool show_wants(const struct show_view *v, enum show_section section)
{
	return (v->sections & 1u << section) != 0;
}

/* Append what a range of SVP such as "(7.0 to < 8.0)", "(Below 4.0)" or "(8.0 and above)" means: ": over 2 years, up to
 * 4 years of preparation, ..."; nothing for what is no range. */
void show_put_svp(struct slice svp, struct buffer *out, struct error *err);

/* A heading with how many there are (not where `count` is below 2), and the source with its date. */
void show_heading(const struct show_view *v, const char *heading, size_t count, uint32_t source);

/* "O*NET 30.1, December 2025". */
void show_source(const struct session *s, uint32_t source, char *to, size_t size);

/* A line: a label, then text that is wrapped and indented by `indent` columns.  With a label it is a pair of a name and
 * what it says, without one it goes on the pair before, with "-" it is an item of a list, and without an indent a
 * paragraph. */
void show_item(const struct show_view *v, const char *label, int indent, struct slice text);

/* A code with its title, on a line. */
void show_code(const struct show_view *v, const char *code, struct slice title);

/* The page of one occupation; false with s->err filled. */
bool show_occupation(const struct show_view *v, size_t number);

/* The sections that are facts, of a code of any level, from `first` to `last`. */
void show_facts(const struct show_view *v, const struct code *code, enum show_section first, enum show_section last);

/* The groups that hold a code, each with its title where the index has one. */
void show_hierarchy(const struct show_view *v, const struct code *code);

#endif
