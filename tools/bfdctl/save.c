// SPDX-License-Identifier: GPL-2.0
/*
 * bfdctl save: the running configuration as a batch of session replace,
 * reflector replace and unsolicited replace, which can be restored whatever of it is
 * there.
 *
 * Timers are written even where they are the defaults, so that a file means
 * the same to a later version with others. The discriminator is written too:
 * whether it was chosen or drawn at random the kernel does not tell, and a
 * session that comes back under another id is not the same to whoever
 * watches it.
 *
 * A session with an owner is not written: who asked for it will ask again, and
 * finds no room beside one of the administrator's. Nor is one that a policy made: its
 * peer will ask again.
 */
#include "../lib/attr.h"
#include "bfdctl.h"

/* What says nothing: a switch that is off, and what a session's type has not got. */
static bool is_idle(enum keyword_id id, struct nlattr **tb)
{
	bool sbfd = get_uint(tb[BFD_A_TYPE]) == BFD_TYPE_SBFD;
	bool peerless = sbfd || get_uint(tb[BFD_A_TYPE]) == BFD_TYPE_ECHO;

	switch (id) {
	case KW_REMOTE_DISCRIMINATOR:
		return !sbfd;
	case KW_RX:
		return peerless;
	case KW_PASSIVE:
		return !get_uint(tb[BFD_A_PASSIVE]);
	case KW_ADMIN:
		return !get_uint(tb[BFD_A_ADMIN_DOWN]);
	case KW_REROUTE:
		return !get_uint(tb[BFD_A_REROUTE]);
	case KW_DEMAND:
		return !get_uint(tb[BFD_A_DEMAND]);
	case KW_DEMAND_POLL:
		return peerless || (!get_uint(tb[BFD_A_DEMAND]) &&
		       get_uint(tb[BFD_A_DEMAND_POLL_US]) == DEFAULT_DEMAND_POLL_US);
	case KW_HOLD_UP:
		return !get_uint(tb[BFD_A_HOLD_UP_US]);
	case KW_HOLD_UP_MAX:
		return !get_uint(tb[BFD_A_HOLD_UP_MAX_US]);
	case KW_PADDED_PDU_SIZE:
		return !get_uint(tb[BFD_A_PADDED_PDU_SIZE]);
	case KW_ECHO_TX:
		return !get_uint(tb[BFD_A_DESIRED_MIN_ECHO_TX_US]);
	case KW_ECHO_RX:
		return !get_uint(tb[BFD_A_REQUIRED_MIN_ECHO_RX_US]);
	case KW_ECHO_SLOW:
		return !tb[BFD_A_ECHO_SLOW_US] ||
		       get_uint(tb[BFD_A_ECHO_SLOW_US]) == DEFAULT_ECHO_SLOW_US;
	case KW_MIN_TTL:
		return !tb[BFD_A_MIN_TTL];
	default:
		return false;
	}
}

static void save_session(FILE *out, struct nlattr **tb)
{
	const struct keyword *kw = session_keywords.at;
	int i;

	if (tb[BFD_A_OWNER] || get_uint(tb[BFD_A_UNSOLICITED]))
		return;
	fputs("session replace", out);
	for (i = 0; i < session_keywords.count; i++)
		if (kw[i].in & IN_REPLACE && !is_idle(i, tb))
			keyword_save(out, &kw[i], tb[kw[i].attr]);
	fputc('\n', out);
}

int save_main(struct tool *tool, struct args *args)
{
	static const struct saving savings[] = {
		{ &session_view, save_session },
		{ &reflector_view, save_reflector },
		{ &unsolicited_view, save_unsolicited },
		{ 0 }
	};

	return view_save(tool, args,
			 "Usage: bfdctl save\n"
			 "\n"
			 "Prints sessions, reflectors and who gets unsolicited sessions as a batch file;\n"
			 "bfdctl -b FILE restores them. Sessions that FRR, or a peer, asked for are left\n"
			 "out: they ask for them again.\n",
			 savings);
}
