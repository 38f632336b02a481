// SPDX-License-Identifier: GPL-2.0
/*
 * dot1xctl: control of the kernel's IEEE 802.1X authenticator.
 */
#include "dot1xctl.h"

static const struct family dot1x_family = {
	.name = DOT1X_GENL_NAME,
	.module = "dot1x",
	.group = DOT1X_GENL_GROUP_STATE,
	.version = DOT1X_GENL_VERSION,
};

static void usage(FILE *out)
{
	fputs("Usage: dot1xctl [ OPTIONS ] OBJECT [ COMMAND [ ARGUMENTS ] ]\n"
	      "       dot1xctl [ OPTIONS ] [ -force ] -b FILE\n"
	      "\n"
	      "OBJECT  := { port | client | monitor | stats | save | help }\n"
	      "OPTIONS := { -j[son] | -p[retty] | -s[tatistics] | -n[etns] NAME |\n"
	      "             -t[imestamp] | -c[olor] | -V[ersion] }\n"
	      "\n"
	      "port      add, set, del, show, reauthenticate, initialize controlled ports\n"
	      "client    show, authorize, del the MACs behind them\n"
	      "monitor   authorizations and their ends as they happen\n"
	      "stats     counters of the network namespace\n"
	      "save      the running configuration as a batch file\n"
	      "\n"
	      "Try: dot1xctl port help, dot1xctl client help\n",
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
		{ "port", port_main },
		{ "client", client_main },
		{ "monitor", monitor_main },
		{ "stats", stats_main },
		{ "save", save_main },
		{ "help", help_main },
	};

	return command_run(tool, "object", objects, sizeof(objects) / sizeof(*objects), args);
}

int main(int argc, char **argv)
{
	struct tool tool = {
		.name = "dot1xctl",
		.family = &dot1x_family,
		.usage = usage,
		.run = run,
	};

	return tool_main(&tool, argc, argv);
}
