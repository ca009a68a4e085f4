// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/row_facts.h"
#include "lib/base/ascii.h"

/* A text that says that there is none; "None" is an answer and no such text. */
static bool is_dash(struct slice s)
{
	struct fact_number n;
	return fact_read_number(s, &n) && n.mark == FACT_UNAVAILABLE;
}

struct record_fact *row_fact(struct row *row, int column, enum fact_key key, struct row_facts *facts, bool *ok)
{
	struct record_fact *f = &facts->at[facts->count];
	struct slice field = row->fields[column];
	bool text = fact_specs[key].kind == FACT_TEXT || fact_specs[key].kind == FACT_LIST;

	if (field.length == 0 || (text && is_dash(field)))
		return NULL;
	*f = (struct record_fact){ .key = key, .name = SLICE(""), .text = text ? field : SLICE(""), .note = SLICE("") };
	if (!text && (!fact_read_number(field, &f->number) || f->number.decimals > FACT_SCALE_MAX)) {
		*ok = row_reject(row, REJECT_BAD_NUMBER, column);
		return NULL;
	}
	facts->count++;
	return f;
}

bool row_facts(struct row *row, int first_column, enum fact_key first, enum fact_key last, struct row_facts *facts)
{
	bool ok = true;
	for (int k = (int)first; ok && k <= (int)last; k++)
		(void)row_fact(row, first_column + k - (int)first, (enum fact_key)k, facts, &ok);
	return ok;
}

bool row_cip(struct row *row, int column, struct slice *out)
{
	static const char shape[] = "dd.dddd";
	if (!row_text(row, column, out))
		return false;
	bool ok = out->length == sizeof shape - 1;
	for (size_t i = 0; ok && i < out->length; i++)
		ok = shape[i] == 'd' ? ascii_is_digit(out->at[i]) : out->at[i] == shape[i];
	return ok || row_reject(row, REJECT_BAD_CODE, column);
}

void row_emit_facts(struct row *row, struct record *r, const struct row_facts *facts)
{
	if (facts->count == 0)
		return;
	r->kind = RECORD_FACTS;
	r->facts = facts->at;
	r->fact_count = facts->count;
	row_emit(row, r);
}

/* ---- years ---- */

static bool find_year(struct slice s, char year[5])
{
	for (size_t i = 0; i + 4 <= s.length; i++) {
		bool alone = (i == 0 || !ascii_is_digit(s.at[i - 1])) && (i + 4 == s.length || !ascii_is_digit(s.at[i + 4]));
		if (!alone || s.at[i] != '2' || s.at[i + 1] != '0' || !ascii_is_digit(s.at[i + 2]) ||
		    !ascii_is_digit(s.at[i + 3]))
			continue;
		memcpy(year, s.at + i, 4);
		year[4] = '\0';
		return true;
	}
	return false;
}

bool identify_by_year(const struct clues *clues, struct release_note *note, struct error *err)
{
	char year[5];
	(void)err;
	for (size_t i = 0; i < sizeof clues->names / sizeof *clues->names; i++) {
		if (!find_year(slice_of(clues->names[i]), year))
			continue;
		memcpy(note->release, year, sizeof year);
		return true;
	}
	return true;
}
