// SPDX-License-Identifier: GPL-2.0
/*
 * dot1xctl save: the running configuration as a batch of port add.
 *
 * Every parameter is written even where it is the default, so that a file
 * means the same to a later version with others. Clients are state, not
 * configuration: they prove themselves anew.
 */
#include "dot1xctl.h"

static void save_port(FILE *out, struct nlattr **tb)
{
	const struct keyword *kw = port_keywords.at;
	int i;

	fputs("port add", out);
	for (i = 0; i < port_keywords.count; i++)
		if (kw[i].in & IN_ADD)
			keyword_save(out, &kw[i], tb[kw[i].attr]);
	fputc('\n', out);
}

int save_main(struct tool *tool, struct args *args)
{
	static const struct saving savings[] = {
		{ &port_view, save_port },
		{ 0 }
	};

	return view_save(tool, args,
			 "Usage: dot1xctl save\n"
			 "\n"
			 "Prints the ports as a batch file; dot1xctl -b FILE restores them.\n",
			 savings);
}
