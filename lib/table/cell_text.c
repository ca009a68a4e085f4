// SPDX-License-Identifier: GPL-3.0-or-later
#include "lib/base/ascii.h"
#include "lib/table/cell_text.h"

#include "lib/table/cell_value.h"
#include "lib/table/xml.h"

void cell_text_begin(struct cell_text *t, const struct buffer *b)
{
	memset(t, 0, sizeof *t);
	t->begin = b->length;
}

void cell_text_start(struct cell_text *t, const char *name, const char **attributes)
{
	if (strcmp(name, "rPh") == 0) {
		t->phonetic++;
	} else if (strcmp(name, "t") == 0 && t->phonetic == 0) {
		const char *space = xml_attribute(attributes, "xml:space");
		t->open = true;
		t->keep_last = space && strcmp(space, "preserve") == 0;
		if (!t->begun)
			t->keep_first = t->keep_last;
		t->begun = true;
	}
}

void cell_text_end(struct cell_text *t, const char *name)
{
	if (strcmp(name, "t") == 0)
		t->open = false;
	else if (strcmp(name, "rPh") == 0 && t->phonetic > 0)
		t->phonetic--;
}

struct slice cell_text_finish(struct cell_text *t, struct buffer *b)
{
	size_t begin = t->begin;
	size_t end = b->length;

	while (!t->keep_last && end > begin && ascii_is_space(b->at[end - 1]))
		end--;
	while (!t->keep_first && begin < end && ascii_is_space(b->at[begin]))
		begin++;
	struct slice text = { "", 0 };
	if (end > begin) {
		text.at = b->at + begin;
		text.length = cell_unescape(b->at + begin, end - begin);
		end = begin + text.length;
	}
	b->length = end;
	return text;
}
