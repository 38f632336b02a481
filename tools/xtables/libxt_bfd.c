// SPDX-License-Identifier: GPL-2.0
/*
 * The match "bfd" for iptables and ip6tables: what xt_bfd.ko asks bfd.ko.
 */
#include <stdio.h>
#include <xtables.h>

#include <linux/netfilter/xt_bfd.h>

enum { O_SESSION_UP };

static const struct xt_option_entry bfd_options[] = {
	{
		.name = "session-up",
		.id = O_SESSION_UP,
		.type = XTTYPE_UINT32,
		.min = 1,
		.flags = XTOPT_MAND | XTOPT_INVERT | XTOPT_PUT,
		XTOPT_POINTER(struct xt_bfd_mtinfo, discriminator)
	},
	XTOPT_TABLEEND,
};

static void bfd_help(void)
{
	printf("bfd match options:\n"
	       "[!] --session-up ID	while the BFD session with this local discriminator is up;\n"
	       "			one that does not exist is not\n");
}

static void bfd_parse(struct xt_option_call *cb)
{
	struct xt_bfd_mtinfo *info = cb->data;

	xtables_option_parse(cb);
	if (cb->invert)
		info->flags |= XT_BFD_INVERT;
}

static void bfd_print(const void *ip, const struct xt_entry_match *match, int numeric)
{
	const struct xt_bfd_mtinfo *info = (const void *)match->data;

	(void)ip;
	(void)numeric;
	printf(" bfd session %u%s up", info->discriminator,
	       info->flags & XT_BFD_INVERT ? " not" : "");
}

static void bfd_save(const void *ip, const struct xt_entry_match *match)
{
	const struct xt_bfd_mtinfo *info = (const void *)match->data;

	(void)ip;
	printf("%s --session-up %u", info->flags & XT_BFD_INVERT ? " !" : "",
	       info->discriminator);
}

static struct xtables_match bfd_match = {
	.name = "bfd",
	.version = XTABLES_VERSION,
	.revision = 0,
	.family = NFPROTO_UNSPEC,
	.size = XT_ALIGN(sizeof(struct xt_bfd_mtinfo)),
	.userspacesize = XT_ALIGN(sizeof(struct xt_bfd_mtinfo)),
	.help = bfd_help,
	.x6_options = bfd_options,
	.x6_parse = bfd_parse,
	.print = bfd_print,
	.save = bfd_save,
};

/* What iptables calls when it has loaded the file */
void _init(void);
void _init(void)
{
	xtables_register_match(&bfd_match);
}
