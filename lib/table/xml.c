// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * xml.c - drives expat over a part: filtered bytes in, events out, its memory counted.
 */
#include "lib/table/xml.h"

#include <expat.h>
#include <stdalign.h>
#include <stdlib.h>

enum {
#ifdef SOC_FAULTS
	BLOCK = 1 << 8, /* tests shall meet the seams between blocks in small parts, too */
#else
	BLOCK = 1 << 16, /* bytes asked of a part at once */
#endif
	RAW = 1 << 18, /* what a filter may hold back: the longest cell, all escaped */
	PREFIX = 32,
	TAG_LIMIT = 1 << 18,   /* bytes of one tag, which some versions of expat read anew with every block */
	MEMORY_LIMIT = 1 << 25 /* of the parser: names and open elements */
};

struct xml {
	XML_Parser parser;
	struct stream *in;
	XML_Index fed; /* bytes given to the parser */
	struct xml_events events;
	struct xml_filter filter;
	void *ctx;
	struct error *err; /* of the run that is going on */
	uint64_t size;
	size_t memory;   /* taken by the parser */
	bool memory_out; /* ... and refused */
	bool stopped;
	bool failed;
	bool last; /* the parser has been given the last bytes */
	bool rooted;
	char prefix[PREFIX]; /* of the root element, with its colon */
	size_t prefix_length;
	char *raw; /* bytes that the filter has not let go yet: [0, raw_length) */
	size_t raw_length;
};

/* ---- memory of the parser ---- */

/* Expat keeps every name and every open element.  A part may hold gigabytes of them, so they are counted;
 * the allocator gets no context, so the parser at work is named here. */
static _Thread_local struct xml *at_work;

union block_head {
	size_t size;
	max_align_t align;
};

static void *parser_resize(void *old, size_t size)
{
	union block_head *head = old ? (union block_head *)old - 1 : NULL;
	size_t before = head ? head->size : 0;

	if (size > MEMORY_LIMIT || (at_work && size > before && at_work->memory + size - before > MEMORY_LIMIT)) {
		if (at_work)
			at_work->memory_out = true;
		return NULL;
	}
	union block_head *fresh = memory_resize(head, sizeof *head + size);
	if (!fresh)
		return NULL;
	fresh->size = size;
	if (at_work)
		at_work->memory += size - before;
	return fresh + 1;
}

static void *parser_alloc(size_t size)
{
	return parser_resize(NULL, size);
}

static void parser_free(void *old)
{
	if (!old)
		return;
	union block_head *head = (union block_head *)old - 1;
	if (at_work)
		at_work->memory -= head->size;
	memory_free(head);
}

/* ---- events ---- */

/* The prefix of the root is the one that means our namespace, whatever the producer calls it. */
static void learn_prefix(struct xml *x, const char *name)
{
	const char *colon = strchr(name, ':');
	x->rooted = true;
	if (!colon || (size_t)(colon - name) + 1 >= sizeof x->prefix)
		return;
	x->prefix_length = (size_t)(colon - name) + 1;
	memcpy(x->prefix, name, x->prefix_length);
}

static const char *local_name(const struct xml *x, const char *name)
{
	if (x->prefix_length == 0)
		return name;
	if (strncmp(name, x->prefix, x->prefix_length) == 0)
		return name + x->prefix_length;
	/* Without a prefix it is somebody else's. */
	return strchr(name, ':') ? name : ":";
}

/* An event that failed has filled the error. */
static void check(struct xml *x)
{
	if (x->err->code == ERROR_NONE)
		return;
	x->failed = true;
	XML_StopParser(x->parser, XML_FALSE);
}

static void XMLCALL on_start(void *user, const XML_Char *name, const XML_Char **attributes)
{
	struct xml *x = user;
	if (!x->rooted)
		learn_prefix(x, name);
	if (!x->failed)
		x->events.start(x->ctx, local_name(x, name), attributes);
	check(x);
}

static void XMLCALL on_end(void *user, const XML_Char *name)
{
	struct xml *x = user;
	if (!x->failed && x->events.end)
		x->events.end(x->ctx, local_name(x, name));
	check(x);
}

static void XMLCALL on_text(void *user, const XML_Char *at, int length)
{
	struct xml *x = user;
	if (!x->failed && x->events.text)
		x->events.text(x->ctx, at, (size_t)length);
	check(x);
}

static void XMLCALL on_doctype(void *user, const XML_Char *name, const XML_Char *system_id, const XML_Char *public_id,
			       int internal)
{
	struct xml *x = user;
	(void)name;
	(void)system_id;
	(void)public_id;
	(void)internal;
	error_set(
		x->err, ERROR_INPUT, "take the workbook from its publisher",
		"the workbook is not trustworthy: a part of it declares a document type, which may hold entities that grow without end");
	check(x);
}

void xml_stop(struct xml *x)
{
	x->stopped = true;
	XML_StopParser(x->parser, XML_TRUE);
}

struct error *xml_error(struct xml *x)
{
	return x->err;
}

const char *xml_attribute(const char **attributes, const char *name)
{
	for (; *attributes; attributes += 2) {
		if (strcmp(attributes[0], name) == 0)
			return attributes[1];
	}
	return NULL;
}

const char *xml_attribute_local(const char **attributes, const char *name)
{
	for (; *attributes; attributes += 2) {
		const char *colon = strchr(attributes[0], ':');
		if (strcmp(colon ? colon + 1 : attributes[0], name) == 0)
			return attributes[1];
	}
	return NULL;
}

/* ---- open and close ---- */

static bool make_parser(struct xml *x, struct error *err)
{
	static const XML_Memory_Handling_Suite memory = { parser_alloc, parser_resize, parser_free };

	struct xml *before = at_work;
	at_work = x;
	x->parser = XML_ParserCreate_MM(NULL, &memory, NULL);
	at_work = before;
	if (!x->parser)
		return error_no_memory(err);
	XML_SetUserData(x->parser, x);
	XML_SetElementHandler(x->parser, on_start, on_end);
	XML_SetCharacterDataHandler(x->parser, on_text);
	XML_SetStartDoctypeDeclHandler(x->parser, on_doctype);
	return true;
}

bool xml_open(struct input_source *package, size_t member, const struct xml_events *events, void *ctx,
	      const struct xml_filter *filter, struct xml **out, struct error *err)
{
	*out = NULL;
	struct xml *x = memory_new(sizeof *x, err);
	if (!x)
		return false;
	x->events = *events;
	x->ctx = ctx;
	x->size = input_source_member(package, member)->size;
	bool ok = stream_open(package, member, &x->in, err) && make_parser(x, err);
	if (ok && filter) {
		x->filter = *filter;
		x->raw = memory_resize(NULL, RAW);
		ok = x->raw || error_no_memory(err);
	}
	if (!ok) {
		xml_close(x);
		return false;
	}
	*out = x;
	return true;
}

void xml_close(struct xml *x)
{
	if (!x)
		return;
	if (x->parser) {
		struct xml *before = at_work;
		at_work = x;
		XML_ParserFree(x->parser);
		at_work = before;
	}
	stream_close(x->in);
	memory_free(x->raw);
	memory_free(x);
}

/* ---- reading ---- */

static bool over_limit(struct xml *x)
{
	return error_set(x->err, ERROR_LIMIT, "take the workbook from its publisher, or save it again",
			 "a part of the workbook is nested too deep or has too long or too many names");
}

static bool no_room(struct xml *x)
{
	return x->memory_out ? over_limit(x) : error_no_memory(x->err);
}

/* Give the parser what lies in its buffer. */
static bool parse_buffer(struct xml *x, size_t length, enum XML_Status *status)
{
	*status = XML_ParseBuffer(x->parser, (int)length, x->last);
	x->fed += (XML_Index)length;
	return *status != XML_STATUS_OK || x->fed - XML_GetCurrentByteIndex(x->parser) <= TAG_LIMIT || over_limit(x);
}

static bool feed_plain(struct xml *x, enum XML_Status *status)
{
	size_t got = 0;
	void *to = XML_GetBuffer(x->parser, BLOCK);
	if (!to)
		return no_room(x);
	if (!stream_read(x->in, to, BLOCK, &got, x->err))
		return false;
	x->last = got == 0;
	return parse_buffer(x, got, status);
}

/* The filter keeps less than RAW back, unless it is at its last. */
static bool feed_filtered(struct xml *x, enum XML_Status *status)
{
	size_t got = 0;
	size_t used = 0;
	size_t room = RAW - x->raw_length < BLOCK ? RAW - x->raw_length : BLOCK;

	if (room > 0 && !stream_read(x->in, x->raw + x->raw_length, room, &got, x->err))
		return false;
	x->raw_length += got;
	x->last = room > 0 && got == 0;
	char *to = XML_GetBuffer(x->parser, (int)(x->raw_length + XML_FILTER_ROOM));
	if (!to)
		return no_room(x);
	bool all = x->last || x->raw_length == RAW;
	size_t passed = x->filter.pass(x->filter.ctx, x->raw, x->raw_length, all, to, &used);
	if (used < x->raw_length)
		memmove(x->raw, x->raw + used, x->raw_length - used);
	x->raw_length -= used;
	return parse_buffer(x, passed, status);
}

static bool explain(struct xml *x)
{
	enum XML_Error code = XML_GetErrorCode(x->parser);

	if (x->failed)
		return false;
	switch (code) {
	case XML_ERROR_NO_MEMORY:
		return no_room(x);
	case XML_ERROR_NO_ELEMENTS:
	case XML_ERROR_UNCLOSED_TOKEN:
	case XML_ERROR_PARTIAL_CHAR:
	case XML_ERROR_UNCLOSED_CDATA_SECTION:
		if (x->last)
			return error_set(x->err, ERROR_INPUT, "download or copy the workbook again, or save it again",
					 "the XML of the workbook ends too early");
		break;
	default:
		break;
	}
	return error_set(x->err, ERROR_INPUT, "open the workbook in a spreadsheet program and save it again",
			 "the XML of the workbook is not well-formed: %s (line %llu of the part, column %llu)",
			 XML_ErrorString(code), (unsigned long long)XML_GetCurrentLineNumber(x->parser),
			 (unsigned long long)XML_GetCurrentColumnNumber(x->parser) + 1);
}

static enum xml_status run(struct xml *x)
{
	enum XML_Status status = XML_STATUS_OK;

	if (x->stopped) {
		x->stopped = false;
		status = XML_ResumeParser(x->parser);
	}
	for (;;) {
		if (status == XML_STATUS_ERROR || x->failed) {
			explain(x);
			return XML_BROKEN;
		}
		if (status == XML_STATUS_SUSPENDED)
			return XML_STOPPED;
		if (x->last)
			return XML_COMPLETE;
		if (!(x->filter.pass ? feed_filtered(x, &status) : feed_plain(x, &status)))
			return XML_BROKEN;
	}
}

enum xml_status xml_run(struct xml *x, struct error *err)
{
	struct error unheard = { 0 };
	/* An event of one part may read another: a cell asks for its shared string. */
	struct xml *before = at_work;
	x->err = err ? err : &unheard;
	at_work = x;
	enum xml_status status = run(x);
	at_work = before;
	x->err = NULL;
	return status;
}

uint64_t xml_position(const struct xml *x)
{
	return stream_position(x->in);
}

uint64_t xml_size(const struct xml *x)
{
	return x->size;
}

const char *xml_place(const struct xml *x)
{
	return stream_place(x->in);
}

bool xml_read(struct input_source *package, size_t member, const struct xml_events *events, void *ctx,
	      struct xml **self, struct error *err)
{
	if (!xml_open(package, member, events, ctx, NULL, self, err))
		return false;
	enum xml_status status = xml_run(*self, err);
	if (status == XML_BROKEN)
		error_at(err, xml_place(*self), 0, 0);
	xml_close(*self);
	*self = NULL;
	return status == XML_COMPLETE;
}
