// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * xapian_fault.h - lets a test throw any exception at any step of lib/xapian; nothing of it is in an ordinary build.
 *
 * A step is a place just before a call into libxapian, or just after the last one of a function: where an
 * exception could come from.  Built with -DSOC_FAULTS, the `at`-th step from xap_fault_arm() on throws; a
 * test runs the same call with at = 1, 2, 3 ... until xap_fault_thrown() says that it was never reached.
 */
#ifndef SOC_XAPIAN_XAPIAN_FAULT_H
#define SOC_XAPIAN_XAPIAN_FAULT_H

#include <stdbool.h>

enum xap_fault {
	XAP_FAULT_CORRUPT,  /* Xapian::DatabaseCorruptError */
	XAP_FAULT_OPENING,  /* Xapian::DatabaseOpeningError without an errno */
	XAP_FAULT_SYSTEM,   /* Xapian::DatabaseError with an errno */
	XAP_FAULT_VERSION,  /* Xapian::DatabaseVersionError */
	XAP_FAULT_LOCK,     /* Xapian::DatabaseLockError */
	XAP_FAULT_ARGUMENT, /* Xapian::InvalidArgumentError */
	XAP_FAULT_RANGE,    /* Xapian::RangeError */
	XAP_FAULT_MEMORY,   /* std::bad_alloc */
	XAP_FAULT_STANDARD, /* std::runtime_error */
	XAP_FAULT_TEXT,     /* a bare string, as libxapian throws when counts overflow in a merge */
	XAP_FAULT_NUMBER,   /* an int */
	XAP_FAULT_COUNT
};

#ifdef SOC_FAULTS

#ifdef __cplusplus
extern "C" {
#endif

/* The `at`-th step from now on throws, once; 0: none does. */
void xap_fault_arm(enum xap_fault kind, unsigned at);
/* Whether it has been thrown since xap_fault_arm(). */
bool xap_fault_thrown(void);

#ifdef __cplusplus
}

void library_step();
#endif

#elif defined(__cplusplus)

inline void library_step()
{
}

#endif
#endif
