// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * worker_pool.c - a ring of chunks: the owner fills them, all threads work on them, and they are delivered in order.
 */
#define _GNU_SOURCE /* sched_getaffinity() */

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <unistd.h>

#include "query/batch/worker_pool.h"

/* ---- chunks ---- */

static size_t text_length(const struct batch_row *row)
{
	size_t length = row->id.length + row->title.length + row->text.length + row->industry.length +
			row->reference.length + row->raw.length;
	for (size_t i = 0; i < row->kept_count; i++)
		length += row->kept[i].length;
	return length;
}

/* There is room: the buffer does not move. */
static struct slice copy(struct chunk *c, struct slice from)
{
	struct slice to = { c->text.at + c->text.length, from.length };
	if (from.length)
		memcpy(c->text.at + c->text.length, from.at, from.length);
	c->text.length += from.length;
	return to;
}

static bool has_room(const struct chunk *c, size_t length, size_t kept)
{
	return c->count == 0 || (c->count < CHUNK_ROWS && c->text.length + length <= c->text.capacity &&
				 c->text.length + length <= CHUNK_BYTES && c->kept_count + kept <= c->kept_capacity);
}

/* The first row decides how much memory the chunk has. */
static bool reserve(struct chunk *c, size_t length, size_t kept, struct error *err)
{
	if (c->count > 0)
		return true;
	return buffer_reserve(&c->text, length > CHUNK_BYTES ? length : CHUNK_BYTES, err) &&
	       ARRAY_RESERVE(c->kept, c->kept_capacity, kept * CHUNK_ROWS + 1, err);
}

bool chunk_add(struct chunk *c, const struct batch_row *row, bool *added, struct error *err)
{
	size_t length = text_length(row);
	*added = has_room(c, length, row->kept_count);
	if (!*added)
		return true;
	if (!reserve(c, length, row->kept_count, err))
		return false;
	struct batch_row *own = &c->rows[c->count++];
	*own = *row;
	own->id = copy(c, row->id);
	own->title = copy(c, row->title);
	own->text = copy(c, row->text);
	own->industry = copy(c, row->industry);
	own->reference = copy(c, row->reference);
	own->raw = copy(c, row->raw);
	own->kept = c->kept + c->kept_count;
	for (size_t i = 0; i < row->kept_count; i++)
		c->kept[c->kept_count++] = copy(c, row->kept[i]);
	return true;
}

/* The memory that one long row needed is released. */
static void shrink(struct buffer *b, size_t most)
{
	buffer_clear(b);
	if (b->capacity > most)
		buffer_free(b);
}

void chunk_clear(struct chunk *c)
{
	shrink(&c->text, 2 * CHUNK_BYTES);
	shrink(&c->out, 8 * CHUNK_BYTES);
	shrink(&c->lines, 2 * CHUNK_BYTES);
	c->count = 0;
	c->kept_count = 0;
}

void chunk_free(struct chunk *c)
{
	buffer_free(&c->text);
	buffer_free(&c->out);
	buffer_free(&c->lines);
	memory_free(c->kept);
}

/* ---- the ring ---- */

enum state { STATE_FREE, STATE_WAITING, STATE_DONE, STATE_FAILED };

struct slot {
	struct chunk chunk;
	enum state state;
	struct error err;
};

struct worker_pool {
	struct worker_pool_work work;
	size_t jobs;
	pthread_mutex_t lock;
	pthread_cond_t chunk_given; /* for threads that wait for work */
	pthread_cond_t progressed;  /* for the owner */
	struct slot *slots;         /* a ring */
	size_t slot_count;
	struct chunk *filling; /* of the next slot, with the owner; NULL: none */
	uint64_t given;        /* chunks so far: given, begun, delivered */
	uint64_t begun;
	uint64_t delivered;
	bool delivering; /* some thread is at it */
	bool closing;
	struct error err; /* the first */
	void *owner;      /* the owner's worker */
	bool owner_open;
	pthread_t *threads;
	size_t thread_count;
};

size_t worker_pool_processors(void)
{
	cpu_set_t set;
	if (sched_getaffinity(0, sizeof set, &set) == 0 && CPU_COUNT(&set) > 0)
		return (size_t)CPU_COUNT(&set);
	long online = sysconf(_SC_NPROCESSORS_ONLN);
	return online > 0 ? (size_t)online : 1;
}

static struct slot *slot_of(struct worker_pool *p, uint64_t number)
{
	return &p->slots[number % p->slot_count];
}

static bool has_failed(const struct worker_pool *p)
{
	return p->err.code != ERROR_NONE;
}

/* A callback that fails without an error is an error too. */
static void fail(struct worker_pool *p, const struct error *err)
{
	p->err = *err;
	error_set(&p->err, ERROR_INTERNAL, "report this, and what was coded",
		  "a part of the work failed and does not say why");
}

/* Deliver the chunks that are next in order and done; called with the lock held, which is released meanwhile. */
static void deliver(struct worker_pool *p)
{
	if (p->delivering)
		return;
	p->delivering = true;
	while (p->delivered < p->given && !has_failed(p)) {
		struct slot *s = slot_of(p, p->delivered);
		if (s->state == STATE_FAILED)
			fail(p, &s->err);
		if (s->state != STATE_DONE)
			break;
		struct error err = { 0 };
		pthread_mutex_unlock(&p->lock);
		bool ok = p->work.deliver(p->work.ctx, &s->chunk, &err);
		chunk_clear(&s->chunk);
		pthread_mutex_lock(&p->lock);
		if (!ok)
			fail(p, &err);
		s->state = STATE_FREE;
		p->delivered++;
		pthread_cond_signal(&p->progressed);
	}
	p->delivering = false;
	if (has_failed(p))
		pthread_cond_signal(&p->progressed);
}

/* Work on the next chunk; called with the lock held, which is released meanwhile.  False where there is none. */
static bool work_on_next(struct worker_pool *p, void *worker)
{
	if (p->begun == p->given || has_failed(p))
		return false;
	struct slot *s = slot_of(p, p->begun++);
	pthread_mutex_unlock(&p->lock);
	s->err = (struct error){ 0 };
	bool ok = p->work.work(worker, &s->chunk, &s->err);
	pthread_mutex_lock(&p->lock);
	s->state = ok ? STATE_DONE : STATE_FAILED;
	deliver(p);
	pthread_cond_signal(&p->progressed);
	return true;
}

/* ---- threads ---- */

/* A thread that cannot open its worker leaves the work to the others; the owner is always there. */
static void *run_thread(void *ctx)
{
	struct worker_pool *p = ctx;
	struct error err = { 0 };
	void *worker = NULL;
	bool open = p->work.open(p->work.ctx, false, &worker, &err);
	pthread_mutex_lock(&p->lock);
	while (open && !p->closing)
		if (!work_on_next(p, worker))
			pthread_cond_wait(&p->chunk_given, &p->lock);
	pthread_mutex_unlock(&p->lock);
	if (open)
		p->work.close(worker);
	return NULL;
}

/* Signals that end the work go to the owner, whose reading they interrupt. */
static void start_thread(struct worker_pool *p)
{
	sigset_t ends, before;
	sigemptyset(&ends);
	sigaddset(&ends, SIGINT);
	sigaddset(&ends, SIGTERM);
	sigaddset(&ends, SIGHUP);
	pthread_sigmask(SIG_BLOCK, &ends, &before);
	if (pthread_create(&p->threads[p->thread_count], NULL, run_thread, p) == 0)
		p->thread_count++;
	else
		p->jobs = p->thread_count + 1;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
}

/* ---- the owner ---- */

bool worker_pool_new(size_t jobs, const struct worker_pool_work *work, struct worker_pool **out, struct error *err)
{
	struct worker_pool *p = memory_new(sizeof *p, err);
	*out = p;
	if (!p)
		return false;
	p->work = *work;
	p->jobs = jobs;
	p->slot_count = jobs > 1 ? 3 * jobs + 1 : 1;
	pthread_mutex_init(&p->lock, NULL);
	pthread_cond_init(&p->chunk_given, NULL);
	pthread_cond_init(&p->progressed, NULL);
	p->slots = memory_new(p->slot_count * sizeof *p->slots, err);
	p->threads = p->slots ? memory_new(jobs * sizeof *p->threads, err) : NULL;
	if (p->threads)
		return true;
	worker_pool_free(p);
	*out = NULL;
	return false;
}

/* The owner works on one chunk; false where it has to wait, which a failure ends. */
static bool work_as_owner(struct worker_pool *p)
{
	if (!p->owner_open && !has_failed(p)) {
		struct error err = { 0 };
		p->owner_open = p->work.open(p->work.ctx, true, &p->owner, &err);
		if (!p->owner_open)
			fail(p, &err);
	}
	return has_failed(p) || work_on_next(p, p->owner);
}

static bool fails_with(struct worker_pool *p, struct error *err)
{
	if (!has_failed(p))
		return false;
	if (err->code == ERROR_NONE)
		*err = p->err;
	return true;
}

/* An empty chunk to fill; NULL with the error of the work. */
static struct chunk *take_chunk(struct worker_pool *p, struct error *err)
{
	pthread_mutex_lock(&p->lock);
	struct slot *s = slot_of(p, p->given);
	while (!has_failed(p) && s->state != STATE_FREE)
		if (!work_as_owner(p) && !has_failed(p))
			pthread_cond_wait(&p->progressed, &p->lock);
	bool failed = fails_with(p, err);
	pthread_mutex_unlock(&p->lock);
	return failed ? NULL : &s->chunk;
}

static void give_chunk(struct worker_pool *p)
{
	if (!p->filling || p->filling->count == 0)
		return;
	p->filling = NULL;
	pthread_mutex_lock(&p->lock);
	slot_of(p, p->given)->state = STATE_WAITING;
	p->given++;
	bool more = p->given - p->begun > 1 && p->thread_count + 1 < p->jobs;
	pthread_cond_signal(&p->chunk_given);
	pthread_mutex_unlock(&p->lock);
	if (more)
		start_thread(p);
}

bool worker_pool_add(struct worker_pool *p, const struct batch_row *row, struct error *err)
{
	bool added = false;
	while (!added) {
		if (!p->filling)
			p->filling = take_chunk(p, err);
		if (!p->filling || !chunk_add(p->filling, row, &added, err))
			return false;
		if (!added || p->filling->count == CHUNK_ROWS)
			give_chunk(p);
	}
	return true;
}

bool worker_pool_drain(struct worker_pool *p, struct error *err)
{
	give_chunk(p);
	pthread_mutex_lock(&p->lock);
	while (!has_failed(p) && p->delivered < p->given)
		if (!work_as_owner(p) && !has_failed(p))
			pthread_cond_wait(&p->progressed, &p->lock);
	/* No thread may still be delivering when the caller goes on. */
	while (p->delivering)
		pthread_cond_wait(&p->progressed, &p->lock);
	bool failed = fails_with(p, err);
	pthread_mutex_unlock(&p->lock);
	return !failed;
}

void worker_pool_free(struct worker_pool *p)
{
	if (!p)
		return;
	pthread_mutex_lock(&p->lock);
	p->closing = true;
	pthread_cond_broadcast(&p->chunk_given);
	pthread_mutex_unlock(&p->lock);
	for (size_t i = 0; i < p->thread_count; i++)
		pthread_join(p->threads[i], NULL);
	if (p->owner_open)
		p->work.close(p->owner);
	for (size_t i = 0; p->slots && i < p->slot_count; i++)
		chunk_free(&p->slots[i].chunk);
	pthread_cond_destroy(&p->chunk_given);
	pthread_cond_destroy(&p->progressed);
	pthread_mutex_destroy(&p->lock);
	memory_free(p->slots);
	memory_free(p->threads);
	memory_free(p);
}
