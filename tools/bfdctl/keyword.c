// SPDX-License-Identifier: GPL-2.0
/*
 * The words after a session command: argv to struct words to attributes.
 *
 * One table says of each keyword which attribute it is, what value it takes
 * and which commands know it. Everything that can be wrong with a command
 * line is found here, before anything is sent; what depends on other sessions,
 * devices or addresses is the kernel's to judge.
 */
#include <string.h>

#include "../lib/error.h"
#include "bfdctl.h"

enum value_kind {
	VALUE_NONE,
	VALUE_ADDR,
	VALUE_NAME,
	VALUE_TIME,
	VALUE_TIME_OR_ZERO,
	VALUE_U32,
	VALUE_U8,
	VALUE_CHOICE,		/* the index of the word, a u8 */
};

struct keyword {
	const char *name;
	enum value_kind kind;
	unsigned int in;
	enum bfd_attr attr;	/* BFD_A_UNSPEC: never sent */
	uint32_t min;
	uint32_t max;
	const char *const *choices;
};

static const char *const on_off[] = { "off", "on", NULL };
static const char *const up_down[] = { "up", "down", NULL };
static const char *const states[] = { "admin-down", "down", "init", "up", NULL };

#define IN_ANY		(IN_ADD | IN_SET | IN_DEL | IN_SHOW)
#define IN_PARAM	(IN_ADD | IN_SET)

static const struct keyword keywords[KW_COUNT] = {
	[KW_PEER]	= { "peer", VALUE_ADDR, IN_ANY, BFD_A_PEER, 0, 0, NULL },
	[KW_LOCAL]	= { "local", VALUE_ADDR, IN_ANY, BFD_A_LOCAL, 0, 0, NULL },
	[KW_DEV]	= { "dev", VALUE_NAME, IN_ANY, BFD_A_IFNAME, 0, 0, NULL },
	[KW_VRF]	= { "vrf", VALUE_NAME, IN_ANY, BFD_A_VRF, 0, 0, NULL },
	[KW_MULTIHOP]	= { "multihop", VALUE_NONE, IN_ANY, BFD_A_TYPE, 0, 0, NULL },
	[KW_ID]		= { "id", VALUE_U32, IN_SET | IN_DEL | IN_SHOW,
			    BFD_A_LOCAL_DISCRIMINATOR, 1, UINT32_MAX, NULL },
	[KW_ALL]	= { "all", VALUE_NONE, IN_DEL, BFD_A_UNSPEC, 0, 0, NULL },
	[KW_STATE]	= { "state", VALUE_CHOICE, IN_SHOW, BFD_A_STATE, 0, 0, states },
	[KW_TX]		= { "tx", VALUE_TIME, IN_PARAM,
			    BFD_A_DESIRED_MIN_TX_US, 1000, UINT32_MAX, NULL },
	[KW_RX]		= { "rx", VALUE_TIME_OR_ZERO, IN_PARAM,
			    BFD_A_REQUIRED_MIN_RX_US, 1000, UINT32_MAX, NULL },
	[KW_MULT]	= { "mult", VALUE_U8, IN_PARAM, BFD_A_DETECT_MULT, 1, UINT8_MAX, NULL },
	[KW_PASSIVE]	= { "passive", VALUE_CHOICE, IN_PARAM, BFD_A_PASSIVE, 0, 0, on_off },
	[KW_ADMIN]	= { "admin", VALUE_CHOICE, IN_PARAM, BFD_A_ADMIN_DOWN, 0, 0, up_down },
	[KW_MIN_TTL]	= { "min-ttl", VALUE_U8, IN_PARAM, BFD_A_MIN_TTL, 1, UINT8_MAX, NULL },
	[KW_DISCRIMINATOR] = { "discriminator", VALUE_U32, IN_ADD,
			    BFD_A_LOCAL_DISCRIMINATOR, 1, UINT32_MAX, NULL },
};

static const char *command_name(unsigned int in)
{
	switch (in) {
	case IN_ADD:
		return "add";
	case IN_SET:
		return "set";
	case IN_DEL:
		return "del";
	default:
		return "show";
	}
}

static int find_keyword(const char *name, unsigned int in)
{
	int i;

	for (i = 0; i < KW_COUNT; i++) {
		if (strcmp(keywords[i].name, name))
			continue;
		if (keywords[i].in & in)
			return i;
		error_usage("\"%s\" does not go with session %s", name, command_name(in));
		return -1;
	}
	if (name[0] == '-')
		error_usage("unexpected \"%s\" (options stand before the object)", name);
	else
		error_usage("unknown keyword \"%s\" (try: bfdctl session help)", name);
	return -1;
}

static int parse_value(const struct keyword *kw, const char *text, struct word *word)
{
	switch (kw->kind) {
	case VALUE_NONE:
		break;
	case VALUE_ADDR:
		return parse_unicast(kw->name, text, &word->addr);
	case VALUE_NAME:
		return parse_ifname(kw->name, text, word->name);
	case VALUE_TIME:
	case VALUE_TIME_OR_ZERO:
		return parse_time_us(kw->name, text, kw->kind == VALUE_TIME_OR_ZERO, kw->min,
				     kw->max, &word->number);
	case VALUE_U32:
	case VALUE_U8:
		return parse_u32(kw->name, text, kw->min, kw->max, &word->number);
	case VALUE_CHOICE:
		return parse_choice(kw->name, text, kw->choices, &word->number);
	}
	return STATUS_OK;
}

static bool given(const struct words *words, enum keyword_id id)
{
	return words->at[id].given;
}

static int count_given(const struct words *words, enum keyword_id first, enum keyword_id last)
{
	int count = 0;
	int i;

	for (i = first; i <= (int)last; i++)
		count += words->at[i].given;
	return count;
}

/* id and all stand alone for a session's key, and for a filter. */
static int check_selection(const struct words *words, unsigned int in)
{
	const char *alone = given(words, KW_ID) ? "id" : given(words, KW_ALL) ? "all" : NULL;
	int key = count_given(words, KW_PEER, KW_MULTIHOP);

	if (alone && (key || given(words, KW_STATE)))
		return error_usage("\"%s\" selects by itself, without peer, dev or other words",
				   alone);
	if (given(words, KW_ID) && given(words, KW_ALL))
		return error_usage("\"id\" and \"all\" exclude each other");
	if (alone || in == IN_SHOW || given(words, KW_PEER))
		return STATUS_OK;

	if (in == IN_ADD || key)
		return error_usage("session %s: \"peer\" is missing", command_name(in));
	return error_usage("session %s: which one? (peer ADDR ..., id N%s)", command_name(in),
			   in == IN_DEL ? ", or all" : "");
}

static int check_addresses(const struct words *words, unsigned int in)
{
	const struct addr *peer = &words->at[KW_PEER].addr;
	const struct addr *local = &words->at[KW_LOCAL].addr;

	if (given(words, KW_PEER) && given(words, KW_LOCAL) && peer->len != local->len)
		return error_usage("local: the family differs from that of peer");
	if (in != IN_SHOW && given(words, KW_PEER) && addr_is_link_local(peer) &&
	    !given(words, KW_DEV))
		return error_usage("an IPv6 link-local peer needs \"dev\"");
	return STATUS_OK;
}

static int check(const struct words *words, unsigned int in)
{
	int status = check_selection(words, in);

	if (!status)
		status = check_addresses(words, in);
	if (status)
		return status;

	if (given(words, KW_MIN_TTL) && given(words, KW_PEER) && !given(words, KW_MULTIHOP))
		return error_usage("min-ttl: only multihop has one; a single hop is always 255");
	if (in == IN_SET && !count_given(words, KW_TX, KW_MIN_TTL))
		return error_usage("session set: nothing to change");
	return STATUS_OK;
}

int words_parse(struct args *args, unsigned int in, struct words *words)
{
	const char *name;

	memset(words, 0, sizeof(*words));
	while ((name = args_next(args))) {
		int i = find_keyword(name, in);
		const char *text = NULL;
		int status = STATUS_OK;

		if (i < 0)
			return STATUS_USAGE;
		if (words->at[i].given)
			return error_usage("\"%s\" is given twice", name);
		words->at[i].given = true;

		if (keywords[i].kind != VALUE_NONE)
			status = args_value(args, name, &text);
		if (!status)
			status = parse_value(&keywords[i], text, &words->at[i]);
		if (status)
			return status;
	}
	return check(words, in);
}

static int put_word(const struct keyword *kw, const struct word *word, struct nl_msg *msg)
{
	switch (kw->kind) {
	case VALUE_NONE:
		/* multihop; the only word that stands for a value */
		return kw->attr ? nla_put_u8(msg, kw->attr, BFD_TYPE_MULTIHOP) : 0;
	case VALUE_ADDR:
		return nla_put(msg, kw->attr, word->addr.len, word->addr.bytes);
	case VALUE_NAME:
		return nla_put_string(msg, kw->attr, word->name);
	case VALUE_TIME:
	case VALUE_TIME_OR_ZERO:
	case VALUE_U32:
		return nla_put_u32(msg, kw->attr, word->number);
	case VALUE_U8:
	case VALUE_CHOICE:
		return nla_put_u8(msg, kw->attr, word->number);
	}
	return 0;
}

int words_put(const struct words *words, struct nl_msg *msg)
{
	int i;

	for (i = 0; i < KW_COUNT; i++)
		if (words->at[i].given && put_word(&keywords[i], &words->at[i], msg))
			return error_refused("the request is too long");
	return STATUS_OK;
}

const char *words_keyword(const void *arg, int attr)
{
	const struct words *words = arg;
	const char *name = NULL;
	int i;

	for (i = 0; i < KW_COUNT; i++) {
		if (keywords[i].attr != (enum bfd_attr)attr)
			continue;
		if (words->at[i].given)
			return keywords[i].name;
		/* Not given: what is missing, if anything is. */
		if (!name)
			name = keywords[i].name;
	}
	return attr == BFD_A_UNSPEC ? NULL : name;
}
