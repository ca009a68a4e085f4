// SPDX-License-Identifier: GPL-3.0-or-later
#include "lib/index/field.h"

const struct field_spec field_specs[FIELD_COUNT] = {
#define FIELD_SPEC(id, name, prefix, kind, help, example) { name, prefix, kind, help, example },
	FIELD_TABLE(FIELD_SPEC)
#undef FIELD_SPEC
};
