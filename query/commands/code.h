// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * code.h - the options that soc code has for itself; those that it shares are in command.h.
 */
#ifndef SOC_QUERY_COMMANDS_CODE_H
#define SOC_QUERY_COMMANDS_CODE_H

enum code_option_id {
	OPTION_INDUSTRY = 100,
	OPTION_GOLD,
	OPTION_ACCEPT,
	OPTION_REVIEW,
	OPTION_REVIEW_FILE,
	OPTION_MERGE_TITLES,
	OPTION_OVERRIDES,
	OPTION_REPORT,
	OPTION_PLOT,
	OPTION_KEEP,
	OPTION_WIDE,
	OPTION_EXCEL,
	OPTION_RESUME,
	OPTION_EDITION,
	OPTION_JOBS,
};

#endif
