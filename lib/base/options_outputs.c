// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * options_outputs.c - what a command line says of what is written: the files, held against each other before any of
 * them is written, and the options that decide what is in them.
 */
#include "lib/base/options.h"
#include "lib/base/output_check.h"

enum { TABLES = 2 };

static const struct option_spec *table_of(const struct options *o, int table)
{
	return table == 0 ? o->command->options : o->program->common;
}

/* Of several names of an option the first. */
static const struct option_spec *find_spec(const struct options *o, int id)
{
	for (int i = 0; i < TABLES; i++)
		for (const struct option_spec *s = table_of(o, i); s && s->name; s++)
			if (s->id == id)
				return s;
	return NULL;
}

static bool is_among(int id, const int *ids)
{
	while (ids && *ids && *ids != id)
		ids++;
	return ids && *ids == id;
}

/* The option whose file may be that of `id` as well; 0: none. */
static int rewritten_with(const struct options *o, int id)
{
	const int *pair = o->program->rewritten;
	while (pair && *pair && *pair != id)
		pair += 2;
	return pair && *pair ? pair[1] : 0;
}

/* The path in an option's value; NULL where it names no file. */
static const char *path_of(const struct option_spec *spec, const char *value)
{
	if (!spec->argument || !value)
		return NULL;
	const char *equals = strcmp(spec->argument, "NAME=FILE") == 0 ? strchr(value, '=') : NULL;
	return equals ? equals + 1 : strcmp(spec->argument, "FILE") == 0 ? value : NULL;
}

/* The last value of an option counts, but one that can be given several times names a file each time. */
static bool counts(const struct options *o, const struct option_spec *spec, const struct option_value *v)
{
	return strcmp(spec->argument, "FILE") != 0 || options_value(o, spec->id) == v->value;
}

static struct file_given file_of_option(const struct options *o, const struct option_value *v, char name[static 64])
{
	const struct option_spec *spec = find_spec(o, v->id);
	const char *path = spec ? path_of(spec, v->value) : NULL;
	if (!path || !counts(o, spec, v))
		return (struct file_given){ .path = NULL };
	snprintf(name, 64, "--%s", spec->name);
	int with = rewritten_with(o, v->id);
	return (struct file_given){ .name = name,
				    .path = path,
				    .use = is_among(v->id, o->program->outputs) ? FILE_WRITTEN : FILE_READ,
				    .rewrites = with ? options_value(o, with) : NULL };
}

bool options_check_outputs(const struct options *o, const char *index, bool inside, struct error *err)
{
	size_t count = 0;
	bool reads_operands = o->command->arguments &&
			      (strstr(o->command->arguments, "FILE") || strstr(o->command->arguments, "SOURCE"));
	struct file_given *files = memory_new((o->value_count + o->operand_count + 3) * sizeof *files, err);
	char(*names)[64] = memory_new((o->value_count + 1) * sizeof *names, err);
	bool ok = files && names, shown = true;
	for (size_t i = 0; ok && i < o->value_count; i++) {
		struct file_given f = file_of_option(o, &o->values[i], names[i]);
		f.outside = !inside;
		shown &= !(f.path && f.use == FILE_WRITTEN && strcmp(f.path, "-") == 0);
		if (f.path && !(index && strcmp(f.name, "--index") == 0))
			files[count++] = f;
	}
	for (size_t i = 0; ok && reads_operands && i < o->operand_count; i++)
		files[count++] = (struct file_given){ .name = "what is read", .path = o->operands[i] };
	if (ok && reads_operands && o->operand_count == 0)
		files[count++] = (struct file_given){ .name = "standard input", .path = "-" };
	if (ok && index)
		files[count++] = (struct file_given){ .name = "the index", .path = index };
	if (ok && shown)
		files[count++] = (struct file_given){ .name = "standard output", .path = "-", .use = FILE_WRITTEN };
	ok = ok && output_check(files, count, err);
	memory_free(files);
	memory_free(names);
	return ok;
}

/* The order in which options were given does not count, but that of the values of one. */
bool options_append_deciding(const struct options *o, struct buffer *out, struct error *err)
{
	buffer_printf(out, err, "%s %s %s\n", o->program->name, o->program->version, o->command->name);
	for (int i = 0; i < TABLES; i++)
		for (const struct option_spec *s = table_of(o, i); s && s->name; s++)
			for (size_t k = 0; k < o->value_count; k++)
				if (o->values[k].id == s->id && find_spec(o, s->id) == s &&
				    !is_among(s->id, o->program->apart))
					buffer_printf(out, err, "--%s=%s\n", s->name,
						      o->values[k].value ? o->values[k].value : "");
	return buffer_ok(out);
}
