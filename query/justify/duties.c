// SPDX-License-Identifier: GPL-3.0-or-later
#include "query/command.h"

enum outcome command_duties(struct command *c)
{
	error_set(c->err, ERROR_USAGE, "soc help lists the commands", "soc duties is not written");
	return OUTCOME_ERROR;
}
