// SPDX-License-Identifier: GPL-3.0-or-later
#include "lib/index/manifest.h"
#include "query/justify/provenance.h"

/* ---- whose content it is ---- */

static const char not_advice[] = "This document is not legal advice.  It reports what the named releases say and how one program "
				 "weighs it; whether an occupation code fits a job is for the reader to decide.";

/* "O*NET 30.1, O*NET 29.0": the titles of the sources that a database of O*NET is. */
static bool name_onet(const struct command *c, struct buffer *out, struct error *err)
{
	const json_t *source, *sources = json_object_get(c->index->manifest, "sources");
	size_t i;
	bool ok = true;
	json_array_foreach(sources, i, source) {
		const char *family = manifest_source_text(c->index->manifest, i, "family");
		if (ok && strcmp(family, "onet") == 0)
			ok = buffer_printf(out, err, "%s%s", out->length ? ", " : "", manifest_source_title(c->index->manifest, i));
	}
	return ok && buffer_terminate(out, err);
}

void attribution_write(const struct command *c, struct document *d)
{
	struct buffer onet = { 0 };
	document_paragraph(d);
	if (!soc_index_need_manifest(c->index, c->err) || !name_onet(c, &onet, c->err)) {
		buffer_free(&onet);
		return;
	}
	if (manifest_is_sample(c->index->manifest))
		document_printf(d, RUN_DIM, "The index holds the sample corpus of soc-search, not a release of the Department of "
				"Labor; nothing of it may be relied on.");
	else if (onet.length)
		document_printf(d, RUN_DIM, "This document includes information from the O*NET Database (%s) by the U.S. Department "
				"of Labor, Employment and Training Administration (USDOL/ETA), used under the CC BY 4.0 license "
				"(creativecommons.org/licenses/by/4.0).  O*NET is a trademark of USDOL/ETA.  soc-search has "
				"selected, arranged and weighed it; USDOL/ETA has not approved, endorsed, or tested this.", onet.at);
	document_text(d, RUN_DIM, SLICE(" "));
	document_text(d, RUN_DIM, slice_of(not_advice));
	buffer_free(&onet);
}
