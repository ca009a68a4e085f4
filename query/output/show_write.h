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

/* Append what a range of SVP such as "(7.0 to < 8.0)", "(Below 4.0)" or "(8.0 and above)" means: ": over 2 years, up to
 * 4 years of preparation, ..."; nothing for what is no range. */
void show_put_svp(struct slice svp, struct buffer *out, struct error *err);

/* "O*NET 30.1, December 2025". */
void show_source(const struct session *s, uint32_t source, char *to, size_t size);

/* The page of what stands under a code that is in the index: an occupation, or a group with its members [from, to); where
 * from == to, a survey's own code.  Needs show_need_all() first.  False with s->err filled. */
bool show_page(const struct show_view *v, const struct code *code, size_t from, size_t to);

#endif
