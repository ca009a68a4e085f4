// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * xml.h - one XML part of a package as a stream of events, read piece by piece.
 *
 * The only place that knows <expat.h>.  Names come without the prefix of the root element, so that
 * <x:row> is `row` where the root is <x:worksheet>; a name with any other prefix keeps it.  What no office
 * program writes is refused: a document type, entities of its own, and more memory for the parser than
 * honest nesting and names can need.
 */
#ifndef SOC_TABLE_XML_H
#define SOC_TABLE_XML_H

#include "lib/table/input_source.h"

struct xml_events {
	/* `attributes` are pairs of name and value, NULL at the end; all of it borrowed for the call. */
	void (*start)(void *ctx, const char *name, const char **attributes);
	void (*end)(void *ctx, const char *name);               /* may be NULL */
	void (*text)(void *ctx, const char *at, size_t length); /* in several pieces, maybe; may be NULL */
};

enum xml_status {
	XML_STOPPED,  /* an event called xml_stop() */
	XML_COMPLETE, /* the part has ended as it should */
	XML_BROKEN    /* *err filled */
};

/* Something between the part's bytes and the parser that may leave bytes out.  Copies what it lets pass to
 * `out`, which has room for `length` + XML_FILTER_ROOM bytes, returns how many that are, and tells how many
 * of `in` it is done with; the others come again with more behind them, all of them at `last`. */
enum { XML_FILTER_ROOM = 64 };
struct xml_filter {
	size_t (*pass)(void *ctx, const char *in, size_t length, bool last, char *out, size_t *used);
	void *ctx;
};

struct xml;

/* `filter` may be NULL.  The package must outlive it. */
bool xml_open(struct input_source *package, size_t member, const struct xml_events *events, void *ctx,
	      const struct xml_filter *filter, struct xml **out, struct error *err);
/* Read on until an event calls xml_stop(), or to the end.  Errors of the XML itself have no place yet. */
enum xml_status xml_run(struct xml *x, struct error *err);
void xml_close(struct xml *x);

/* For the events: stop behind this one; or fail, by filling *xml_error(). */
void xml_stop(struct xml *x);
struct error *xml_error(struct xml *x);

/* Bytes of the part that have been read, and all there are. */
uint64_t xml_position(const struct xml *x);
uint64_t xml_size(const struct xml *x);
/* The place of the part, for messages. */
const char *xml_place(const struct xml *x);

/* The value of an attribute by its whole name; of one whose prefix is anybody's choice by its local name;
 * NULL where there is none. */
const char *xml_attribute(const char **attributes, const char *name);
const char *xml_attribute_local(const char **attributes, const char *name);

/* A whole part at once; errors have the part's place. */
bool xml_read(struct input_source *package, size_t member, const struct xml_events *events, void *ctx,
	      struct xml **self, struct error *err);

#endif
