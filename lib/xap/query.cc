// SPDX-License-Identifier: GPL-3.0-or-later
/* Queries and what matches them. */
#include "lib/xap/internal.h"

#include <algorithm>
#include <memory>
#include <vector>

static const char making[] = "make a query";

/* Every constructor is "make a Xapian::Query, and hand it over once nothing can fail any more". */
template <typename Make>
static bool new_query(xap_query **out, struct error *err, Make make) noexcept
{
	return guard(err, making, [&] {
		library_step();
		auto q = std::make_unique<xap_query>(xap_query{ make() });
		library_step();
		*out = q.release();
		return true;
	});
}

bool xap_query_term(struct slice term, xap_query **out, struct error *err) noexcept
{
	if (!term_fits(term, err))
		return false;
	return new_query(out, err, [&] { return Xapian::Query(text_of(term)); });
}

static Xapian::Query::op operator_of(enum xap_operator op) noexcept
{
	switch (op) {
	case XAP_AND:
		return Xapian::Query::OP_AND;
	case XAP_OR:
		return Xapian::Query::OP_OR;
	case XAP_AND_NOT:
		return Xapian::Query::OP_AND_NOT;
	case XAP_FILTER:
		return Xapian::Query::OP_FILTER;
	case XAP_MAYBE:
		return Xapian::Query::OP_AND_MAYBE;
	}
	return Xapian::Query::OP_INVALID;
}

static Xapian::Query combined(Xapian::Query::op op, xap_query *const *parts, size_t count)
{
	std::vector<Xapian::Query> queries;
	queries.reserve(count);
	for (size_t i = 0; i < count; i++)
		queries.push_back(parts[i]->query);
	return Xapian::Query(op, queries.begin(), queries.end());
}

bool xap_query_combine(enum xap_operator op, xap_query **parts, size_t count, xap_query **out,
		       struct error *err) noexcept
{
	bool done;
	if (count == 0 || std::find(parts, parts + count, nullptr) != parts + count)
		done = error_set(err, ERROR_INTERNAL, nullptr, "a query to be combined is missing");
	else
		done = new_query(out, err, [&] { return combined(operator_of(op), parts, count); });
	/* Whatever happened, the parts were given to us. */
	for (size_t i = 0; i < count; i++) {
		xap_query_free(parts[i]);
		parts[i] = nullptr;
	}
	return done;
}

static bool positional(Xapian::Query::op op, const struct slice *terms, size_t count, uint32_t window,
		       xap_query **out, struct error *err) noexcept
{
	if (count == 0 || count > UINT32_MAX)
		return error_set(err, ERROR_INTERNAL, nullptr, "a phrase has no terms");
	for (size_t i = 0; i < count; i++) {
		if (!term_fits(terms[i], err))
			return false;
	}
	return new_query(out, err, [&] {
		std::vector<std::string> texts;
		texts.reserve(count);
		for (size_t i = 0; i < count; i++)
			texts.push_back(text_of(terms[i]));
		/* No window can hold more terms than positions: Xapian would match nothing, in silence. */
		return Xapian::Query(op, texts.begin(), texts.end(), std::max(window, static_cast<uint32_t>(count)));
	});
}

bool xap_query_phrase(const struct slice *terms, size_t count, uint32_t window, xap_query **out,
		      struct error *err) noexcept
{
	return positional(Xapian::Query::OP_PHRASE, terms, count, window, out, err);
}

bool xap_query_near(const struct slice *terms, size_t count, uint32_t window, xap_query **out,
		    struct error *err) noexcept
{
	return positional(Xapian::Query::OP_NEAR, terms, count, window, out, err);
}

void xap_query_free(xap_query *q) noexcept
{
	delete q;
}

/* ----------------------------------------------------------------- matching ---- */

static Xapian::MSet matches_of(const xap_reader *r, const xap_query *q, uint32_t offset, uint32_t limit)
{
	Xapian::Enquire enquire(r->database);
	enquire.set_query(q->query);
	enquire.set_docid_order(Xapian::Enquire::ASCENDING);
	if (limit == 0)
		enquire.set_weighting_scheme(Xapian::BoolWeight());
	/* Xapian adds the two, and reserves room for as many: neither needs to exceed what there is. */
	const uint32_t all = r->document_count;
	library_step();
	return enquire.get_mset(std::min(offset, all), limit == 0 ? all : std::min(limit, all));
}

bool xap_reader_match(xap_reader *r, const xap_query *q, uint32_t offset, uint32_t limit, struct buffer *out,
		      struct error *err) noexcept
{
	const size_t before = out->length;
	bool done = guard(err, "match the query", [&] {
		library_step();
		const Xapian::MSet found = matches_of(r, q, offset, limit);
		library_step();
		if (!buffer_reserve(out, found.size() * sizeof(struct xap_match), err))
			return false;
		for (auto m = found.begin(); m != found.end(); ++m) {
			library_step();
			const struct xap_match match = { *m, m.get_weight() };
			if (!buffer_append(out, &match, sizeof match, err))
				return false;
		}
		library_step();
		return true;
	});
	if (!done)
		out->length = before;
	return done;
}
