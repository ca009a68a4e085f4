// SPDX-License-Identifier: GPL-3.0-or-later
#define XXH_STATIC_LINKING_ONLY   /* the state on the stack */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>
#if defined(__x86_64__) && __has_include(<xxh_x86dispatch.h>)
#include <xxh_x86dispatch.h>      /* the widest vectors that this processor has */
#endif

#include "lib/base/fault.h"
#include "lib/base/file.h"
#include "lib/index/file.h"

/* What stands at the end in every format; before it, the rest of the trailer. */
#define END_SIZE 48
#define TRAILER_SIZE (SHA256_STATE + END_SIZE)
#define DIGEST_SIZE 16

static const char magic[8] = { 'S', 'O', 'C', 'I', 'N', 'D', 'E', 'X' };

static const char rebuild[] = "copy the file again from where it is whole, or build it anew: "
			      "soc-index build -o FILE.soc RELEASE...";

static void put_number(unsigned char *at, uint64_t number, size_t bytes)
{
	for (size_t i = 0; i < bytes; i++)
		at[i] = (unsigned char)(number >> (8 * i));
}

static uint64_t get_number(const unsigned char *at, size_t bytes)
{
	uint64_t number = 0;
	for (size_t i = 0; i < bytes; i++)
		number |= (uint64_t)at[i] << (8 * i);
	return number;
}

/* The trailer without its digest. */
static bool make_trailer(unsigned char trailer[TRAILER_SIZE], struct slice glass, struct error *err)
{
	unsigned char *end = trailer + SHA256_STATE;
	struct sha256 *sha256 = sha256_new(err);
	char unused[65];
	memset(trailer, 0, TRAILER_SIZE);
	memcpy(end, magic, sizeof magic);
	put_number(end + 8, INDEX_FORMAT, 4);
	put_number(end + 12, TRAILER_SIZE, 4);
	put_number(end + 16, glass.length, 8);
	if (!sha256)
		return false;
	sha256_add(sha256, glass.at, glass.length - glass.length % SHA256_BLOCK);
	sha256_state(sha256, trailer);
	sha256_finish(sha256, unused);
	return true;
}

static void write_digest(XXH3_state_t *state, unsigned char out[DIGEST_SIZE])
{
	XXH128_canonical_t canonical;
	XXH128_canonicalFromHash(&canonical, XXH3_128bits_digest(state));
	memcpy(out, canonical.digest, DIGEST_SIZE);
}

bool index_file_seal(const char *path, struct error *err)
{
	struct slice glass;
	unsigned char trailer[TRAILER_SIZE];
	if (!file_map(path, &glass, err))
		return false;
	bool ok = make_trailer(trailer, glass, err);
	XXH3_state_t state;
	XXH3_128bits_reset(&state);
	XXH3_128bits_update(&state, glass.at, glass.length);
	XXH3_128bits_update(&state, trailer, TRAILER_SIZE - DIGEST_SIZE);
	write_digest(&state, trailer + TRAILER_SIZE - DIGEST_SIZE);
	file_unmap(glass);
	FILE *f = ok ? fopen(path, "ab") : NULL;
	if (!f)
		return ok && error_set_errno(err, errno, NULL, "cannot open %s to finish it", path);
	ok = fwrite(trailer, 1, TRAILER_SIZE, f) == TRAILER_SIZE;
	int saved = errno;
	if (fclose(f) != 0) {
		saved = errno;
		ok = false;
	}
	return ok || error_set_errno(err, saved, NULL, "cannot write %s", path);
}

/* All of `length` bytes at `offset`; false with ERROR_IO, or ERROR_DAMAGED where the file has become shorter. */
static bool read_at(int fd, void *to, size_t length, off_t offset, const char *path, struct error *err)
{
	char *at = to;
	while (length > 0) {
		ssize_t n = fault_hit(FAULT_READ) ? (errno = EIO, -1) : pread(fd, at, length, offset);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return error_set_errno(err, errno, NULL, "cannot read %s", path);
		if (n == 0)
			return error_set(err, ERROR_DAMAGED, rebuild, "%s was cut short while it was read", path);
		at += n;
		offset += n;
		length -= (size_t)n;
	}
	return true;
}

/* Read in pieces that stay in the cache: quicker than a mapping, whose pages would be touched once. */
#define PIECE (1u << 16)

static bool digest_file(int fd, off_t length, const char *path, unsigned char out[DIGEST_SIZE], struct error *err)
{
	XXH3_state_t state;
	char *piece = memory_resize(NULL, PIECE);
	bool ok = piece != NULL;
	XXH3_128bits_reset(&state);
	for (off_t at = 0; ok && at < length;) {
		size_t n = length - at < (off_t)PIECE ? (size_t)(length - at) : PIECE;
		ok = read_at(fd, piece, n, at, path, err);
		if (ok)
			XXH3_128bits_update(&state, piece, n);
		at += (off_t)n;
	}
	write_digest(&state, out);
	if (!piece)
		error_no_memory(err);
	memory_free(piece);
	return ok;
}

/* What the bytes of the whole file say about it. */
static bool check_bytes(int fd, off_t size, const char *path, struct error *err)
{
	unsigned char end[END_SIZE], found[DIGEST_SIZE];
	if (!read_at(fd, end, END_SIZE, size - END_SIZE, path, err))
		return false;
	if (memcmp(end, magic, sizeof magic) != 0)
		return error_set(err, ERROR_DAMAGED, rebuild, "%s is no index, or was cut short", path);
	if (!digest_file(fd, size - DIGEST_SIZE, path, found, err))
		return false;
	if (memcmp(found, end + END_SIZE - DIGEST_SIZE, DIGEST_SIZE) != 0)
		return error_set(err, ERROR_DAMAGED, rebuild,
				 "%s is damaged: its bytes do not match its checksum", path);
	uint64_t version = get_number(end + 8, 4);
	if (version != INDEX_FORMAT)
		return error_set(err, ERROR_VERSION,
				 "build it anew with this program: soc-index build -o FILE.soc RELEASE...",
				 "%s has index format %llu; this program reads format %d", path,
				 (unsigned long long)version, INDEX_FORMAT);
	if (get_number(end + 16, 8) != (uint64_t)(size - TRAILER_SIZE))
		return error_set(err, ERROR_DAMAGED, rebuild, "%s is damaged: its length is wrong", path);
	return true;
}

/* The SHA-256 of the file: the state in its trailer, and what of the file comes after that. */
static bool identify(int fd, off_t size, const char *path, struct index_identity *out, struct error *err)
{
	unsigned char rest[SHA256_BLOCK + TRAILER_SIZE];
	off_t glass = size - TRAILER_SIZE, from = glass - glass % SHA256_BLOCK;
	size_t length = (size_t)(size - from);
	if (!read_at(fd, rest, length, from, path, err))
		return false;
	struct sha256 *sha256 = sha256_resume(rest + (glass - from), (uint64_t)from, err);
	if (!sha256)
		return false;
	sha256_add(sha256, rest, length);
	sha256_finish(sha256, out->sha256);
	out->bytes = (uint64_t)size;
	return true;
}

/* Checked and opened through one descriptor: what was checked is what is read, even when the file is
 * replaced meanwhile. */
static bool open_descriptor(int fd, const char *path, xap_reader **out, struct index_identity *identity, struct error *err)
{
	struct stat st;
	if (fstat(fd, &st) != 0)
		return error_set_errno(err, errno, NULL, "cannot read %s", path);
	if (!S_ISREG(st.st_mode))
		return error_set(err, ERROR_DAMAGED, "name the index file itself; soc-index build -o FILE.soc makes one",
				 "%s is no index file", path);
	if (st.st_size < TRAILER_SIZE)
		return error_set(err, ERROR_DAMAGED, rebuild, "%s is no index, or was cut short", path);
	bool ok = check_bytes(fd, st.st_size, path, err) && identify(fd, st.st_size, path, identity, err);
	struct error refused = { 0 };
	if (!ok || xap_reader_open_fd(fd, out, &refused))
		return ok;
	bool bad = refused.code == ERROR_DAMAGED || refused.code == ERROR_VERSION;
	return error_set(err, refused.code, bad ? rebuild : refused.hint, "%s cannot be opened: %s", path,
			 refused.text);
}

bool index_file_open(const char *path, xap_reader **out, struct error *err)
{
	struct index_identity unused;
	return index_file_open_known(path, out, &unused, err);
}

bool index_file_open_known(const char *path, xap_reader **out, struct index_identity *identity, struct error *err)
{
	*out = NULL;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return error_set_errno(err, errno, errno == ENOENT
			? "build one: soc-index build -o FILE.soc RELEASE..., then name it with --index or $SOC_INDEX"
			: NULL, "cannot open the index %s", path);
	bool ok = open_descriptor(fd, path, out, identity, err);
	close(fd);
	return ok;
}

bool index_file_verify(const char *path, const struct index_identity *identity, struct error *err)
{
	struct slice all;
	struct sha256 *sha256 = sha256_new(err);
	char found[65] = "";
	bool ok = sha256 && file_map(path, &all, err);
	if (ok) {
		sha256_add(sha256, all.at, all.length);
		file_unmap(all);
	}
	if (sha256)
		sha256_finish(sha256, found);
	return ok && (strcmp(found, identity->sha256) == 0 ||
		      error_set(err, ERROR_DAMAGED, rebuild, "%s is damaged: its bytes do not match the SHA-256 in its trailer", path));
}
