// SPDX-License-Identifier: GPL-3.0-or-later
#define _GNU_SOURCE /* sched_getaffinity() */

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <unistd.h>

#include "query/batch/worker_pool.h"

enum state { STATE_FREE, STATE_WAITING, STATE_CODED, STATE_FAILED };

struct slot {
	struct chunk chunk;
	enum state state;
	struct error err;
};

struct pool {
	struct pool_work work;
	size_t jobs;
	pthread_mutex_t lock;
	pthread_cond_t given_more; /* for threads that wait for work */
	pthread_cond_t went_on;    /* for the owner */
	struct slot *slots;        /* a ring */
	size_t slot_count;
	uint64_t given; /* chunks so far: given, begun, handed on */
	uint64_t begun;
	uint64_t handed;
	bool handing; /* some thread is at it */
	bool closing;
	struct error err; /* the first */
	void *own;        /* the owner's worker */
	bool own_open;
	pthread_t *threads;
	size_t thread_count;
};

size_t pool_processors(void)
{
	cpu_set_t set;
	if (sched_getaffinity(0, sizeof set, &set) == 0 && CPU_COUNT(&set) > 0)
		return (size_t)CPU_COUNT(&set);
	long online = sysconf(_SC_NPROCESSORS_ONLN);
	return online > 0 ? (size_t)online : 1;
}

static struct slot *slot_of(struct pool *p, uint64_t number)
{
	return &p->slots[number % p->slot_count];
}

static bool has_failed(const struct pool *p)
{
	return p->err.code != ERROR_NONE;
}

/* What has failed may not pass for what has not, though it does not say why. */
static void fail(struct pool *p, const struct error *err)
{
	p->err = *err;
	error_set(&p->err, ERROR_INTERNAL, "report this, and what was coded",
		  "a part of the work failed and does not say why");
}

/* Hand on what is next in order and ready; with the lock held, which is let go meanwhile. */
static void hand_on(struct pool *p)
{
	if (p->handing)
		return;
	p->handing = true;
	while (p->handed < p->given && !has_failed(p)) {
		struct slot *s = slot_of(p, p->handed);
		if (s->state == STATE_FAILED)
			fail(p, &s->err);
		if (s->state != STATE_CODED)
			break;
		struct error err = { 0 };
		pthread_mutex_unlock(&p->lock);
		bool ok = p->work.hand_on(p->work.ctx, &s->chunk, &err);
		chunk_clear(&s->chunk);
		pthread_mutex_lock(&p->lock);
		if (!ok)
			fail(p, &err);
		s->state = STATE_FREE;
		p->handed++;
		pthread_cond_signal(&p->went_on);
	}
	p->handing = false;
	if (has_failed(p))
		pthread_cond_signal(&p->went_on);
}

/* Code the next chunk; with the lock held, which is let go meanwhile.  False where there is none. */
static bool code_next(struct pool *p, void *worker)
{
	if (p->begun == p->given || has_failed(p))
		return false;
	struct slot *s = slot_of(p, p->begun++);
	pthread_mutex_unlock(&p->lock);
	s->err = (struct error){ 0 };
	bool ok = p->work.code(worker, &s->chunk, &s->err);
	pthread_mutex_lock(&p->lock);
	s->state = ok ? STATE_CODED : STATE_FAILED;
	hand_on(p);
	pthread_cond_signal(&p->went_on);
	return true;
}

/* ---- threads ---- */

/* A thread that cannot begin leaves the work to the others; the owner is always there. */
static void *run_thread(void *ctx)
{
	struct pool *p = ctx;
	struct error err = { 0 };
	void *worker = NULL;
	bool open = p->work.open(p->work.ctx, &worker, &err);
	pthread_mutex_lock(&p->lock);
	while (open && !p->closing)
		if (!code_next(p, worker))
			pthread_cond_wait(&p->given_more, &p->lock);
	pthread_mutex_unlock(&p->lock);
	if (open)
		p->work.close(worker);
	return NULL;
}

/* Signals that end the work are for the owner, whom they wake from reading. */
static void start_thread(struct pool *p)
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

bool pool_new(size_t jobs, const struct pool_work *work, struct pool **out, struct error *err)
{
	struct pool *p = memory_new(sizeof *p, err);
	*out = p;
	if (!p)
		return false;
	p->work = *work;
	p->jobs = jobs;
	p->slot_count = jobs > 1 ? 3 * jobs + 1 : 1;
	pthread_mutex_init(&p->lock, NULL);
	pthread_cond_init(&p->given_more, NULL);
	pthread_cond_init(&p->went_on, NULL);
	p->slots = memory_new(p->slot_count * sizeof *p->slots, err);
	p->threads = p->slots ? memory_new(jobs * sizeof *p->threads, err) : NULL;
	if (p->threads)
		return true;
	pool_free(p);
	*out = NULL;
	return false;
}

/* One chunk by the owner; false where there is nothing to do but wait, which a failure ends. */
static bool lend_a_hand(struct pool *p)
{
	if (!p->own_open && !has_failed(p)) {
		struct error err = { 0 };
		p->own_open = p->work.open(p->work.ctx, &p->own, &err);
		if (!p->own_open)
			fail(p, &err);
	}
	return has_failed(p) || code_next(p, p->own);
}

static bool fails_with(struct pool *p, struct error *err)
{
	if (!has_failed(p))
		return false;
	if (err->code == ERROR_NONE)
		*err = p->err;
	return true;
}

struct chunk *pool_take(struct pool *p, struct error *err)
{
	pthread_mutex_lock(&p->lock);
	struct slot *s = slot_of(p, p->given);
	while (!has_failed(p) && s->state != STATE_FREE)
		if (!lend_a_hand(p) && !has_failed(p))
			pthread_cond_wait(&p->went_on, &p->lock);
	bool failed = fails_with(p, err);
	pthread_mutex_unlock(&p->lock);
	return failed ? NULL : &s->chunk;
}

void pool_give(struct pool *p)
{
	pthread_mutex_lock(&p->lock);
	slot_of(p, p->given)->state = STATE_WAITING;
	p->given++;
	bool more = p->given - p->begun > 1 && p->thread_count + 1 < p->jobs;
	pthread_cond_signal(&p->given_more);
	pthread_mutex_unlock(&p->lock);
	if (more)
		start_thread(p);
}

bool pool_drain(struct pool *p, struct error *err)
{
	pthread_mutex_lock(&p->lock);
	while (!has_failed(p) && p->handed < p->given)
		if (!lend_a_hand(p) && !has_failed(p))
			pthread_cond_wait(&p->went_on, &p->lock);
	/* Nobody may be at work on a chunk, or at handing one on, when the caller goes. */
	while (p->handing)
		pthread_cond_wait(&p->went_on, &p->lock);
	bool failed = fails_with(p, err);
	pthread_mutex_unlock(&p->lock);
	return !failed;
}

void pool_free(struct pool *p)
{
	if (!p)
		return;
	pthread_mutex_lock(&p->lock);
	p->closing = true;
	pthread_cond_broadcast(&p->given_more);
	pthread_mutex_unlock(&p->lock);
	for (size_t i = 0; i < p->thread_count; i++)
		pthread_join(p->threads[i], NULL);
	if (p->own_open)
		p->work.close(p->own);
	for (size_t i = 0; p->slots && i < p->slot_count; i++)
		chunk_free(&p->slots[i].chunk);
	pthread_cond_destroy(&p->given_more);
	pthread_cond_destroy(&p->went_on);
	pthread_mutex_destroy(&p->lock);
	memory_free(p->slots);
	memory_free(p->threads);
	memory_free(p);
}

/* ---- chunk ---- */

static size_t text_length(const struct batch_row *row)
{
	size_t length = row->id.length + row->title.length + row->text.length + row->industry.length +
			row->gold.length + row->raw.length;
	for (size_t i = 0; i < row->kept_count; i++)
		length += row->kept[i].length;
	return length;
}

/* There is room: nothing moves. */
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

/* The first row decides how much memory there is. */
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
	struct batch_row *mine = &c->rows[c->count++];
	*mine = *row;
	mine->id = copy(c, row->id);
	mine->title = copy(c, row->title);
	mine->text = copy(c, row->text);
	mine->industry = copy(c, row->industry);
	mine->gold = copy(c, row->gold);
	mine->raw = copy(c, row->raw);
	mine->kept = c->kept + c->kept_count;
	for (size_t i = 0; i < row->kept_count; i++)
		c->kept[c->kept_count++] = copy(c, row->kept[i]);
	return true;
}

/* One row of a megabyte does not keep a megabyte for good. */
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
