// SPDX-License-Identifier: GPL-3.0-or-later
#include "lib/table/reject.h"

const char *reject_reason_name(enum reject_reason reason)
{
	static const char *const names[REJECT_REASON_COUNT] = {
		[REJECT_NONE] = "not rejected",
		[REJECT_FEW_FIELDS] = "too few fields",
		[REJECT_MANY_FIELDS] = "too many fields",
		[REJECT_BAD_CODE] = "malformed code",
		[REJECT_UNKNOWN_CODE] = "unknown code",
		[REJECT_UNKNOWN_ID] = "unknown task or activity",
		[REJECT_EMPTY] = "empty field",
		[REJECT_BAD_NUMBER] = "bad number",
		[REJECT_BAD_UTF8] = "invalid UTF-8",
		[REJECT_TOO_LONG] = "too long",
		[REJECT_DUPLICATE] = "duplicate",
		[REJECT_NOT_CERTIFIED] = "not certified",
		[REJECT_AMBIGUOUS] = "old code with several successors",
		[REJECT_NO_CODE] = "no code",
		[REJECT_OPEN_QUOTE] = "a quote that is never closed",
		[REJECT_BAD_JSON] = "not a JSON object",
	};
	return reason >= 0 && reason < REJECT_REASON_COUNT ? names[reason] : "unknown reason";
}
