/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A state machine of 802.1X-2004 as a table: rows of transitions, global ones
 * first, and what is done on entering each state (8.2.1). For pae.c and
 * backend.c.
 */
#ifndef _DOT1X_MACHINE_H
#define _DOT1X_MACHINE_H

#include <linux/types.h>
#include "pacp.h"

#define DOT1X_ANY	0xff	/* from every state: a global transition */

/**
 * struct dot1x_transition - from one state to another
 * @guard: the condition; NULL: unconditional (UCT)
 * @from: the state, or DOT1X_ANY
 * @to: the state entered
 * @hold: entering does not end the condition: while it lasts, nothing leads out
 *	of @to
 */
struct dot1x_transition {
	bool (*guard)(const struct dot1x_pacp *p, const struct dot1x_pacp_config *config, u64 now);
	u8 from;
	u8 to;
	bool hold;
};

/**
 * struct dot1x_entry - of a state
 * @enter: its actions
 */
struct dot1x_entry {
	void (*enter)(struct dot1x_pacp *p, const struct dot1x_pacp_config *config, u64 now);
};

/**
 * struct dot1x_machine - one machine
 * @rows: transitions; the first whose condition holds is taken
 * @nr_rows: how many
 * @entries: of each state
 */
struct dot1x_machine {
	const struct dot1x_transition *rows;
	unsigned int nr_rows;
	const struct dot1x_entry *entries;
};

/* At most one transition; true if there was one */
static inline bool dot1x_machine_step(const struct dot1x_machine *machine, u8 *state,
				      struct dot1x_pacp *p,
				      const struct dot1x_pacp_config *config, u64 now)
{
	unsigned int i;

	for (i = 0; i < machine->nr_rows; i++) {
		const struct dot1x_transition *row = &machine->rows[i];

		if (row->from != DOT1X_ANY && row->from != *state)
			continue;
		if (row->guard && !row->guard(p, config, now))
			continue;
		if (row->hold && row->to == *state)
			return false;
		*state = row->to;
		machine->entries[row->to].enter(p, config, now);
		return true;
	}
	return false;
}

#endif /* _DOT1X_MACHINE_H */
