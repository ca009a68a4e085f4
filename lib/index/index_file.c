// SPDX-License-Identifier: GPL-3.0-or-later
/* index_file.c - the file as a whole: sealing it with parts, checksums and trailer, opening and verifying it. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include "lib/base/file.h"
#include "lib/index/index_file.h"

/* What stands at the end in every format; before it, the rest of the trailer. */
#define END_SIZE 48
#define LENGTHS_SIZE (8 * PART_COUNT)
#define TRAILER_SIZE (SHA256_STATE + LENGTHS_SIZE + END_SIZE)
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

/* ---- writing ---- */

void index_parts_free(struct index_parts *p)
{
	for (size_t i = 0; i < PART_SUMS; i++)
		buffer_free(&p->at[i]);
}

static bool append_to_file(const char *path, const struct slice *pieces, size_t count, struct error *err)
{
	FILE *f = fopen(path, "ab");
	int failed = 0;
	if (!f)
		return error_set_errno(err, errno, NULL, "cannot open %s to finish it", path);
	for (size_t i = 0; i < count && !failed; i++)
		if (pieces[i].length && fwrite(pieces[i].at, 1, pieces[i].length, f) != pieces[i].length)
			failed = errno;
	if (fclose(f) != 0 && !failed)
		failed = errno;
	return !failed || error_set_errno(err, failed, NULL, "cannot write %s", path);
}

static bool append_parts(const char *path, const struct index_parts *parts, struct error *err)
{
	struct slice pieces[PART_SUMS];
	for (size_t i = 0; i < PART_SUMS; i++)
		pieces[i] = buffer_slice(&parts->at[i]);
	return append_to_file(path, pieces, PART_SUMS, err);
}

static bool append_sums(const char *path, uint64_t *length, struct error *err)
{
	struct slice content;
	struct buffer sums = { 0 };
	if (!file_map(path, &content, err))
		return false;
	bool ok = page_checksums_sum(content, &sums, err) &&
		  append_to_file(path, &(struct slice){ sums.at, sums.length }, 1, err);
	*length = sums.length;
	buffer_free(&sums);
	file_unmap(content);
	return ok;
}

/* Of 16 bytes, in the canonical form. */
static void write_digest(XXH128_hash_t digest, unsigned char out[DIGEST_SIZE])
{
	XXH128_canonical_t canonical;
	XXH128_canonicalFromHash(&canonical, digest);
	memcpy(out, canonical.digest, DIGEST_SIZE);
}

/* The trailer without its digest; `content` is all before it. */
static void make_trailer(struct slice content, const struct index_parts *parts, uint64_t sums,
			 unsigned char trailer[TRAILER_SIZE])
{
	unsigned char *lengths = trailer + SHA256_STATE, *end = lengths + LENGTHS_SIZE;
	uint64_t glass = content.length - sums;
	struct sha256 sha256;
	memset(trailer, 0, TRAILER_SIZE);
	for (size_t i = 0; i < PART_SUMS; i++) {
		put_number(lengths + 8 * i, parts->at[i].length, 8);
		glass -= parts->at[i].length;
	}
	put_number(lengths + 8 * PART_SUMS, sums, 8);
	memcpy(end, magic, sizeof magic);
	put_number(end + 8, INDEX_FORMAT, 4);
	put_number(end + 12, TRAILER_SIZE, 4);
	put_number(end + 16, glass, 8);
	sha256_begin(&sha256);
	sha256_add(&sha256, content.at, content.length - content.length % SHA256_BLOCK);
	sha256_state(&sha256, trailer);
}

/* The digest is of the sums, and of the trailer up to it. */
static bool digest_end(struct slice sums, unsigned char trailer[TRAILER_SIZE], struct error *err)
{
	XXH3_state_t *state = XXH3_createState();
	if (!state)
		return error_no_memory(err);
	XXH3_128bits_reset(state);
	XXH3_128bits_update(state, sums.at, sums.length);
	XXH3_128bits_update(state, trailer, TRAILER_SIZE - DIGEST_SIZE);
	write_digest(XXH3_128bits_digest(state), trailer + TRAILER_SIZE - DIGEST_SIZE);
	XXH3_freeState(state);
	return true;
}

bool index_file_seal(const char *path, const struct index_parts *parts, struct error *err)
{
	struct slice content;
	unsigned char trailer[TRAILER_SIZE];
	uint64_t sums;
	if (!append_parts(path, parts, err) || !append_sums(path, &sums, err) || !file_map(path, &content, err))
		return false;
	make_trailer(content, parts, sums, trailer);
	bool ok = digest_end((struct slice){ content.at + content.length - sums, sums }, trailer, err);
	file_unmap(content);
	struct slice end = { (const char *)trailer, TRAILER_SIZE };
	return ok && append_to_file(path, &end, 1, err);
}

/* ---- checking ---- */

/* What the file says that it is; the digest, of what else there is in this format, is checked after it. */
static bool check_kind(struct slice all, const char *path, struct error *err)
{
	const unsigned char *end = (const unsigned char *)all.at + all.length - END_SIZE;
	if (memcmp(end, magic, sizeof magic) != 0)
		return error_set(err, ERROR_DAMAGED, rebuild, "%s is no index, or was cut short", path);
	uint64_t version = get_number(end + 8, 4);
	if (version != INDEX_FORMAT)
		return error_set(err, ERROR_VERSION,
				 "build it anew with this program: soc-index build -o FILE.soc RELEASE...",
				 "%s has index format %llu; this program reads format %d", path,
				 (unsigned long long)version, INDEX_FORMAT);
	return true;
}

bool index_file_is(const char *path)
{
	struct slice all;
	bool is = file_map(path, &all, NULL) && all.length >= END_SIZE &&
		  memcmp(all.at + all.length - END_SIZE, magic, sizeof magic) == 0;
	file_unmap(all);
	return is;
}

/* Where the parts lie, behind the glass data. */
static bool find_parts(struct index_file *f, const char *path, struct error *err)
{
	uint64_t content = f->bytes.length - TRAILER_SIZE;
	const unsigned char *lengths = (const unsigned char *)f->bytes.at + content + SHA256_STATE;
	uint64_t at = get_number(lengths + LENGTHS_SIZE + 16, 8);
	bool ok = at <= content;
	for (size_t i = 0; ok && i < PART_COUNT; i++) {
		uint64_t length = get_number(lengths + 8 * i, 8);
		ok = length <= content - at;
		f->parts[i] = ok ? (struct slice){ f->bytes.at + at, (size_t)length } : (struct slice){ 0 };
		at += length;
	}
	return (ok && at == content) ||
	       error_set(err, ERROR_DAMAGED, rebuild, "%s is damaged: its length is wrong", path);
}

/* The sums and the trailer, by which everything else is checked. */
static bool check_end(const struct index_file *f, const char *path, struct error *err)
{
	const char *sums = f->parts[PART_SUMS].at, *digest = f->bytes.at + f->bytes.length - DIGEST_SIZE;
	unsigned char found[DIGEST_SIZE];
	write_digest(XXH3_128bits(sums, (size_t)(digest - sums)), found);
	return memcmp(found, digest, DIGEST_SIZE) == 0 ||
	       error_set(err, ERROR_DAMAGED, rebuild, "%s is damaged: its trailer does not match its checksum", path);
}

/* The SHA-256 of the file: the state in its trailer, and what of the file comes after that. */
static void identify(struct slice all, struct index_identity *out)
{
	size_t content = all.length - TRAILER_SIZE, from = content - content % SHA256_BLOCK;
	struct sha256 sha256;
	sha256_resume(&sha256, (const unsigned char *)all.at + content, from);
	sha256_add(&sha256, all.at + from, all.length - from);
	sha256_finish(&sha256, out->sha256);
	out->bytes = all.length;
}

/* ---- opening ---- */

/* Checked and opened through one descriptor: what was checked is what is read, even when the file is
 * replaced meanwhile. */
static bool open_descriptor(int fd, const char *path, struct index_file *f, struct error *err)
{
	struct stat st;
	if (fstat(fd, &st) != 0)
		return error_set_errno(err, errno, NULL, "cannot read %s", path);
	if (!S_ISREG(st.st_mode))
		return error_set(err, ERROR_DAMAGED,
				 "name the index file itself; soc-index build -o FILE.soc makes one",
				 "%s is no index file", path);
	if (st.st_size < TRAILER_SIZE)
		return error_set(err, ERROR_DAMAGED, rebuild, "%s is no index, or was cut short", path);
	(void)map_stamp_take(fd, &f->opened);
	if (!file_map_descriptor(fd, path, &f->bytes, err) || !check_kind(f->bytes, path, err) ||
	    !find_parts(f, path, err) || !check_end(f, path, err))
		return false;
	identify(f->bytes, &f->identity);
	struct slice sums = f->parts[PART_SUMS], content = { f->bytes.at, (size_t)(sums.at - f->bytes.at) };
	return page_checksums_open(content, sums, path, &f->blocks, err);
}

bool index_file_open(const char *path, struct index_file *out, struct error *err)
{
	*out = (struct index_file){ .descriptor = -1 };
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return error_set_errno(err, errno,
				       errno == ENOENT ? "build one: soc-index build -o FILE.soc RELEASE..., then name "
							 "it with --index or $SOC_INDEX"
						       : NULL,
				       "cannot open the index %s", path);
	bool ok = open_descriptor(fd, path, out, err);
	if (!ok) {
		close(fd);
		index_file_close(out);
		return false;
	}
	out->descriptor = fd;
	return true;
}

bool index_file_is_same(const struct index_file *f, struct error *err)
{
	return map_stamp_holds(f->descriptor, &f->opened) ||
	       error_set(err, ERROR_DAMAGED, "replace it by rename (mv), never by writing into it, and ask again",
			 "the index was overwritten while it was read");
}

void index_file_close(struct index_file *f)
{
	xap_reader_close(f->reader);
	if (f->bytes.length > 0 && f->descriptor >= 0)
		close(f->descriptor);
	page_checksums_close(&f->blocks);
	file_unmap(f->bytes);
	*f = (struct index_file){ 0 };
}

bool index_file_part(struct index_file *f, enum index_part part, struct slice *out, struct error *err)
{
	*out = f->parts[part];
	return page_checksums_need(&f->blocks, out->at, out->length, err);
}

bool index_file_hash_table(struct index_file *f, enum index_part part, struct hash_table *out, struct error *err)
{
	return hash_table_open(f->parts[part], &f->blocks, out, err);
}

/* ---- the database ---- */

static bool open_database(const struct index_file *f, xap_reader **out, struct error *err)
{
	struct error refused = { 0 };
	if (xap_reader_open_fd(f->descriptor, out, &refused))
		return true;
	bool bad = refused.code == ERROR_DAMAGED || refused.code == ERROR_VERSION;
	return error_set(err, refused.code, bad ? rebuild : refused.hint, "%s cannot be opened: %s", f->blocks.path,
			 refused.text);
}

bool index_file_reader(struct index_file *f, xap_reader **out, struct error *err)
{
	size_t glass = (size_t)(f->parts[0].at - f->bytes.at);
	bool ok = f->reader ||
		  (page_checksums_need(&f->blocks, f->bytes.at, glass, err) && open_database(f, &f->reader, err));
	*out = f->reader;
	return ok;
}

bool index_file_verify(struct index_file *f, struct error *err)
{
	struct sha256 sha256;
	char found[65];
	sha256_begin(&sha256);
	sha256_add(&sha256, f->bytes.at, f->bytes.length);
	sha256_finish(&sha256, found);
	return page_checksums_check_all(&f->blocks, err) &&
	       (strcmp(found, f->identity.sha256) == 0 ||
		error_set(err, ERROR_DAMAGED, rebuild,
			  "%s is damaged: its bytes do not match the SHA-256 in its trailer", f->blocks.path));
}
