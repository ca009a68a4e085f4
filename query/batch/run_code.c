// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/batch/run.h"

struct worker {
	struct run *run;
	struct soc_index *own;       /* NULL: that of the owner */
	struct soc_index *index;
	struct coder *coder;
	struct buffer scratch;
};

void run_close_worker(void *ctx)
{
	struct worker *w = ctx;
	coder_free(w->coder);
	soc_index_close(w->own);
	buffer_free(&w->scratch);
	memory_free(w);
}

bool run_open_worker(void *ctx, void **out, struct error *err)
{
	struct run *r = ctx;
	struct coder_options options = r->options->coder;
	struct worker *w = memory_new(sizeof *w, err);
	*out = w;
	if (!w)
		return false;
	options.memo = r->memo;
	options.overrides = r->options->overrides ? &r->overrides : NULL;
	w->run = r;
	bool own = pthread_equal(r->owner, pthread_self()) != 0;
	if (own || soc_index_open(r->options->index, &w->own, err)) {
		w->index = own ? r->index : w->own;
		if (coder_new(w->index, &options, &w->coder, err))
			return true;
	}
	run_close_worker(w);
	return false;
}

/* Whoever reviews wants to see it. */
static bool keep_for_review(struct worker *w, struct chunk *c, size_t i, const struct answer *a, struct error *err)
{
	struct row_outcome *o = &c->outcomes[i];
	struct batch_job job = batch_row_job(&c->rows[i]);
	if (!w->run->review || o->decision == DECISION_ACCEPT)
		return true;
	o->key = c->lines.length;
	if (!override_key(&job, w->index->analyzer, &c->lines, err) ||
	    (job.industry.length && !override_industry(&job, w->index->analyzer, &c->lines, err)))
		return false;
	o->key_length = c->lines.length - o->key;
	/* What has no words, nobody can settle by its words. */
	if (o->key_length == 0)
		return true;
	if (!review_pack_row(&c->rows[i], a, &w->run->options->writer.thresholds, &w->scratch, &c->lines, err))
		return false;
	o->line_length = c->lines.length - o->key - o->key_length;
	return true;
}

static void note_outcome(const struct answer *a, enum decision decision, struct row_outcome *out)
{
	*out = (struct row_outcome){ .decision = decision, .overridden = a->decided != NULL };
	if (a->count == 0)
		return;
	out->first = a->at[0].soc;
	out->confidence = a->at[0].confidence;
}

static bool code_row(struct worker *w, struct chunk *c, size_t i, struct error *err)
{
	const struct batch_row *row = &c->rows[i];
	const struct writer *writer = &w->run->writer;
	struct batch_job job = batch_row_job(row);
	struct answer answer = { .level = w->run->options->coder.level, .note = row->note };
	if (!row->broken && !coder_answer(w->coder, &job, &answer, err))
		return false;
	note_outcome(&answer, decision_of(&writer->options.thresholds, &answer), &c->outcomes[i]);
	if (!keep_for_review(w, c, i, &answer, err) || !writer_put(writer, row, &answer, &c->out, &w->scratch, err))
		return false;
	c->ends[i] = c->out.length;
	return true;
}

bool run_code(void *worker, struct chunk *c, struct error *err)
{
	bool ok = true;
	for (size_t i = 0; ok && i < c->count; i++)
		ok = code_row(worker, c, i, err);
	return ok;
}
