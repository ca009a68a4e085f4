// SPDX-License-Identifier: GPL-3.0-or-later
/* Documents under construction. */
#include "lib/xap/internal.h"

#include <memory>

static const char changing[] = "change a document";

bool xap_document_new(xap_document **out, struct error *err) noexcept
{
	return guard(err, "make a document", [&] {
		auto doc = std::make_unique<xap_document>();
		library_step();
		*out = doc.release();
		return true;
	});
}

void xap_document_clear(xap_document *doc) noexcept
{
	doc->content.reset();
}

void xap_document_free(xap_document *doc) noexcept
{
	delete doc;
}

bool xap_document_add_term(xap_document *doc, struct slice term, uint32_t wdf_more, struct error *err) noexcept
{
	if (!term_fits(term, err))
		return false;
	return guard(err, changing, [&] {
		library_step();
		doc->open().add_term(text_of(term), wdf_more);
		return true;
	});
}

bool xap_document_add_position(xap_document *doc, struct slice term, uint32_t position, uint32_t wdf_more,
			       struct error *err) noexcept
{
	if (!term_fits(term, err))
		return false;
	return guard(err, changing, [&] {
		library_step();
		doc->open().add_posting(text_of(term), position, wdf_more);
		return true;
	});
}

bool xap_document_add_filter(xap_document *doc, struct slice term, struct error *err) noexcept
{
	return xap_document_add_term(doc, term, 0, err);
}
