// SPDX-License-Identifier: GPL-3.0-or-later
/* xapian_fault.cc - throws the exception that a test has armed, at the step that it has named. */
#include "lib/xapian/xapian_fault.h"

#ifdef SOC_FAULTS

#include <cerrno>
#include <new>
#include <stdexcept>

#include <xapian.h>

static enum xap_fault armed_kind;
static unsigned steps_left;
static bool thrown;

void xap_fault_arm(enum xap_fault kind, unsigned at)
{
	armed_kind = kind;
	steps_left = at;
	thrown = false;
}

bool xap_fault_thrown(void)
{
	return thrown;
}

void library_step()
{
	if (steps_left == 0 || --steps_left > 0)
		return;
	thrown = true;
	switch (armed_kind) {
	case XAP_FAULT_CORRUPT:
		throw Xapian::DatabaseCorruptError("injected damage");
	case XAP_FAULT_OPENING:
		throw Xapian::DatabaseOpeningError("injected opening error");
	case XAP_FAULT_SYSTEM:
		throw Xapian::DatabaseError("injected system error", ENOSPC);
	case XAP_FAULT_VERSION:
		throw Xapian::DatabaseVersionError("injected version error");
	case XAP_FAULT_LOCK:
		throw Xapian::DatabaseLockError("injected lock error");
	case XAP_FAULT_ARGUMENT:
		throw Xapian::InvalidArgumentError("injected wrong argument");
	case XAP_FAULT_RANGE:
		throw Xapian::RangeError("injected overflow");
	case XAP_FAULT_MEMORY:
		throw std::bad_alloc();
	case XAP_FAULT_STANDARD:
		throw std::runtime_error("injected standard exception");
	case XAP_FAULT_TEXT:
		throw "injected bare string";
	case XAP_FAULT_NUMBER:
	case XAP_FAULT_COUNT:
		throw 42;
	}
}

#endif
