// SPDX-License-Identifier: GPL-2.0
/*
 * bfdctl: control of the kernel's BFD sessions.
 */
#include <locale.h>

#include "bfdctl.h"

static const struct family bfd_family = {
	.name = BFD_GENL_NAME,
	.module = "bfd",
	.group = BFD_GENL_GROUP_STATE,
	.version = BFD_GENL_VERSION,
};

static void usage(FILE *out)
{
	fputs("Usage: bfdctl [ OPTIONS ] OBJECT [ COMMAND [ ARGUMENTS ] ]\n"
	      "       bfdctl [ OPTIONS ] [ -force ] -b FILE\n"
	      "\n"
	      "OBJECT  := { session | reflector | unsolicited | lag | monitor | top | stats | save |\n"
	      "             help }\n"
	      "OPTIONS := { -j[son] | -p[retty] | -s[tatistics] | -n[etns] NAME |\n"
	      "             -t[imestamp] | -c[olor] | -V[ersion] }\n"
	      "\n"
	      "session     add, replace, set, del, show sessions\n"
	      "reflector   add, replace, set, del, show S-BFD reflectors\n"
	      "unsolicited add, replace, set, del, show who gets a session unasked\n"
	      "lag         sessions on the members of a LAG, those that fail taken out\n"
	      "monitor     state changes as they happen, to print or to act on\n"
	      "top         sessions and their rates, over and over, the worst first\n"
	      "stats       counters of the network namespace\n"
	      "save        the running configuration as a batch file\n"
	      "\n"
	      "Try: bfdctl session help\n",
	      out);
}

static int help_main(struct tool *tool, struct args *args)
{
	(void)tool;
	(void)args;
	usage(stdout);
	return 0;
}

static int run(struct tool *tool, struct args *args)
{
	static const struct command objects[] = {
		{ "session", session_main },
		{ "reflector", reflector_main },
		{ "unsolicited", unsolicited_main },
		{ "lag", lag_main },
		{ "monitor", monitor_main },
		{ "top", top_main },
		{ "stats", stats_main },
		{ "save", save_main },
		{ "help", help_main },
	};

	return command_run(tool, "object", objects, sizeof(objects) / sizeof(*objects), args);
}

int main(int argc, char **argv)
{
	struct tool tool = {
		.name = "bfdctl",
		.family = &bfd_family,
		.usage = usage,
		.run = run,
	};

	/* What characters there are; numbers are the same everywhere */
	setlocale(LC_CTYPE, "");
	return tool_main(&tool, argc, argv);
}
