// SPDX-License-Identifier: GPL-3.0-or-later
/* Queries and what matches them. */
#include "lib/xap/internal.h"

#include <algorithm>
#include <cmath>
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
	if (!key_fits(term, "a term", err))
		return false;
	return new_query(out, err, [&] { return Xapian::Query(text_of(term)); });
}

bool xap_query_all(xap_query **out, struct error *err) noexcept
{
	/* Not Xapian::Query::MatchAll: that is one object for all threads, with a plain reference count. */
	return new_query(out, err, [] { return Xapian::Query(std::string()); });
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
		if (!key_fits(terms[i], "a term", err))
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

bool xap_query_wildcard(struct slice prefix, uint32_t max_expansion, xap_query **out, struct error *err) noexcept
{
	if (!prefix_fits(prefix, err))
		return false;
	return new_query(out, err, [&] {
		return Xapian::Query(Xapian::Query::OP_WILDCARD, text_of(prefix), max_expansion,
				     Xapian::Query::WILDCARD_LIMIT_ERROR);
	});
}

bool xap_query_range(uint32_t slot, double low, double high, xap_query **out, struct error *err) noexcept
{
	if (std::isnan(low) || std::isnan(high))
		return error_set(err, ERROR_INTERNAL, nullptr, "a bound of a range is not a number");
	return new_query(out, err, [&] {
		return Xapian::Query(Xapian::Query::OP_VALUE_RANGE, slot, Xapian::sortable_serialise(low),
				     Xapian::sortable_serialise(high));
	});
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
