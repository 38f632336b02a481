// SPDX-License-Identifier: GPL-2.0
/*
 * The words after a session command, and what of them does not go together.
 * Everything that can be wrong with a command line is found here, before
 * anything is sent; what depends on other sessions, devices or addresses is
 * the kernel's to judge.
 */
#include "../lib/error.h"
#include "bfdctl.h"

static const char *const on_off[] = { "off", "on", NULL };
static const char *const up_down[] = { "up", "down", NULL };
static const char *const states[] = { "admin-down", "down", "init", "up", NULL };
static const char *const commands[] = { "add", "set", "del", "show", "replace", "poll", "dev" };

#define IN_ANY		(IN_ADD | IN_SET | IN_DEL | IN_SHOW | IN_REPLACE | IN_POLL)
#define IN_KEY		(IN_ANY | IN_LAG)
#define IN_PARAM	(IN_ADD | IN_SET | IN_REPLACE)
#define IN_MICRO	(IN_PARAM | IN_LAG)
#define IN_NEW		(IN_ADD | IN_REPLACE)

static const struct keyword keywords[KW_COUNT] = {
	[KW_PEER] = KEYWORD("peer", VALUE_ADDR, IN_KEY, BFD_A_PEER),
	[KW_LOCAL] = KEYWORD("local", VALUE_ADDR, IN_KEY, BFD_A_LOCAL),
	[KW_DEV] = KEYWORD("dev", VALUE_NAME, IN_KEY, BFD_A_IFNAME),
	[KW_VRF] = KEYWORD("vrf", VALUE_NAME, IN_ANY, BFD_A_VRF),
	[KW_MULTIHOP] = KEYWORD("multihop", VALUE_NONE, IN_ANY, BFD_A_TYPE,
			.min = BFD_TYPE_MULTIHOP),
	[KW_SBFD] = KEYWORD("sbfd", VALUE_NONE, IN_ANY, BFD_A_TYPE, .min = BFD_TYPE_SBFD),
	[KW_VXLAN] = KEYWORD("vxlan", VALUE_NONE, IN_ANY, BFD_A_TYPE, .min = BFD_TYPE_VXLAN),
	[KW_MICRO] = KEYWORD("micro", VALUE_NONE, IN_ANY, BFD_A_TYPE, .min = BFD_TYPE_MICRO),
	[KW_ECHO] = KEYWORD("echo", VALUE_NONE, IN_ANY, BFD_A_TYPE, .min = BFD_TYPE_ECHO),
	[KW_GENEVE] = KEYWORD("geneve", VALUE_NONE, IN_ANY, BFD_A_TYPE, .min = BFD_TYPE_GENEVE),
	[KW_REMOTE_DISCRIMINATOR] = KEYWORD("remote-discriminator", VALUE_U32, IN_ANY,
			BFD_A_REMOTE_DISCRIMINATOR,
			.min = 1, .max = UINT32_MAX),
	[KW_ID] = KEYWORD("id", VALUE_U32, IN_SET | IN_DEL | IN_SHOW | IN_POLL,
			BFD_A_LOCAL_DISCRIMINATOR,
			.min = 1, .max = UINT32_MAX),
	[KW_ALL] = KEYWORD("all", VALUE_NONE, IN_DEL, BFD_A_UNSPEC),
	[KW_STATE] = KEYWORD("state", VALUE_CHOICE, IN_SHOW, BFD_A_STATE, .choices = states),
	[KW_TX] = KEYWORD("tx", VALUE_TIME_US, IN_MICRO, BFD_A_DESIRED_MIN_TX_US,
			.min = 1000, .max = UINT32_MAX),
	[KW_RX] = KEYWORD("rx", VALUE_TIME_US_OR_ZERO, IN_MICRO, BFD_A_REQUIRED_MIN_RX_US,
			.min = 1000, .max = UINT32_MAX),
	[KW_MULT] = KEYWORD("mult", VALUE_U8, IN_MICRO, BFD_A_DETECT_MULT,
			.min = 1, .max = UINT8_MAX),
	[KW_PASSIVE] = KEYWORD("passive", VALUE_CHOICE, IN_MICRO,
			BFD_A_PASSIVE, .choices = on_off),
	[KW_ADMIN] = KEYWORD("admin", VALUE_CHOICE, IN_MICRO,
			BFD_A_ADMIN_DOWN, .choices = up_down),
	[KW_REROUTE] = KEYWORD("reroute", VALUE_CHOICE, IN_PARAM,
			BFD_A_REROUTE, .choices = on_off),
	[KW_DEMAND] = KEYWORD("demand", VALUE_CHOICE, IN_PARAM,
			BFD_A_DEMAND, .choices = on_off),
	[KW_DEMAND_POLL] = KEYWORD("demand-poll", VALUE_TIME_US_OR_ZERO, IN_PARAM,
			BFD_A_DEMAND_POLL_US,
			.min = 1000, .max = UINT32_MAX),
	[KW_HOLD_UP] = KEYWORD("hold-up", VALUE_TIME_US_OR_ZERO, IN_MICRO, BFD_A_HOLD_UP_US,
			.min = 1000, .max = UINT32_MAX),
	[KW_HOLD_UP_MAX] = KEYWORD("hold-up-max", VALUE_TIME_US_OR_ZERO, IN_MICRO,
			BFD_A_HOLD_UP_MAX_US,
			.min = 1000, .max = UINT32_MAX),
	[KW_PADDED_PDU_SIZE] = KEYWORD("padded-pdu-size", VALUE_U32, IN_MICRO,
			BFD_A_PADDED_PDU_SIZE,
			.max = PADDED_PDU_MAX),
	[KW_ECHO_TX] = KEYWORD("echo-tx", VALUE_TIME_US_OR_ZERO, IN_PARAM,
			BFD_A_DESIRED_MIN_ECHO_TX_US,
			.min = 1000, .max = UINT32_MAX),
	[KW_ECHO_RX] = KEYWORD("echo-rx", VALUE_TIME_US_OR_ZERO, IN_PARAM,
			BFD_A_REQUIRED_MIN_ECHO_RX_US,
			.min = 1000, .max = UINT32_MAX),
	[KW_ECHO_SLOW] = KEYWORD("echo-slow", VALUE_TIME_US_OR_ZERO, IN_PARAM,
			BFD_A_ECHO_SLOW_US,
			.min = 1000, .max = UINT32_MAX),
	[KW_MIN_TTL] = KEYWORD("min-ttl", VALUE_U8, IN_PARAM, BFD_A_MIN_TTL,
			.min = 1, .max = UINT8_MAX),
	[KW_AUTH] = KEYWORD("auth", VALUE_OWN, IN_MICRO, BFD_A_AUTH_KEYS, .own = &auth_own),
	[KW_DISCRIMINATOR] = KEYWORD("discriminator", VALUE_U32, IN_NEW,
			BFD_A_LOCAL_DISCRIMINATOR,
			.min = 1, .max = UINT32_MAX),
};
_Static_assert(KW_COUNT <= WORDS_MAX, "struct words has room");

static bool given(const struct words *words, enum keyword_id id)
{
	return words->at[id].given;
}

/* id and all stand alone for a session's key, and for a filter. */
static int check_selection(const struct words *words, unsigned int in)
{
	const char *command = command_name(words->table, in);
	const char *alone = given(words, KW_ID) ? "id" : given(words, KW_ALL) ? "all" : NULL;
	int key = words_count(words, KW_PEER, KW_REMOTE_DISCRIMINATOR);

	if (alone && (key || given(words, KW_STATE)))
		return error_usage("\"%s\" selects by itself, without peer, dev or other words",
				   alone);
	if (given(words, KW_ID) && given(words, KW_ALL))
		return error_usage("\"id\" and \"all\" exclude each other");
	if (alone || in == IN_SHOW || given(words, KW_PEER))
		return STATUS_OK;

	if (in & IN_NEW || key)
		return error_usage("session %s: \"peer\" is missing", command);
	return error_usage("session %s: which one? (peer ADDR ..., id N%s)", command,
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

/* Which entry of the neighbour table would it be? */
static int check_reroute(const struct words *words, unsigned int in)
{
	if (!given(words, KW_REROUTE) || !words->at[KW_REROUTE].number)
		return STATUS_OK;
	if (given(words, KW_MULTIHOP))
		return error_usage("reroute: a peer several hops away is no neighbour");
	if (in & IN_NEW && !given(words, KW_DEV))
		return error_usage("reroute: needs \"dev\"");
	return STATUS_OK;
}

/* What only a peer with a session of its own has to do with */
static const enum keyword_id of_peers[] = {
	KW_RX, KW_PASSIVE, KW_REROUTE, KW_DEMAND, KW_DEMAND_POLL, KW_AUTH,
};

/* What only a peer that is one hop away can loop */
static const enum keyword_id of_echoes[] = { KW_ECHO_TX, KW_ECHO_RX, KW_ECHO_SLOW };

#define COUNT(array)	(sizeof(array) / sizeof(*(array)))

/* A session has one of them, or none: single hop */
static const enum keyword_id types[] = {
	KW_SBFD, KW_MULTIHOP, KW_VXLAN, KW_GENEVE, KW_MICRO, KW_ECHO,
};

static bool is_single_hop(const struct words *words)
{
	size_t i;

	for (i = 0; i < COUNT(types); i++)
		if (given(words, types[i]))
			return false;
	return true;
}

/* One that has a session of its own */
static bool has_peer(const struct words *words)
{
	return !given(words, KW_SBFD) && !given(words, KW_ECHO);
}

static int check_one_type(const struct words *words)
{
	const char *other = NULL;
	size_t i;

	for (i = 0; i < COUNT(types); i++) {
		if (!given(words, types[i]))
			continue;
		if (other)
			return error_usage("\"%s\" and \"%s\" exclude each other",
					   keywords[types[i]].name, other);
		other = keywords[types[i]].name;
	}
	return STATUS_OK;
}

/* Where the peer keeps no state of the session, what is it that it cannot know of? */
static int check_peerless(const struct words *words)
{
	bool echo = given(words, KW_ECHO);
	size_t i;

	for (i = 0; i < COUNT(of_peers); i++)
		if (given(words, of_peers[i]))
			return error_usage("%s: not for %s", keywords[of_peers[i]].name,
					   echo ? "echo, whose peer has no BFD" :
						  "sbfd, whose peer only reflects");
	for (i = 0; echo && i < COUNT(of_echoes); i++)
		if (given(words, of_echoes[i]))
			return error_usage("%s: not for echo: tx is the interval of its echoes",
					   keywords[of_echoes[i]].name);
	return STATUS_OK;
}

static bool is_tunnel(const struct words *words)
{
	return given(words, KW_VXLAN) || given(words, KW_GENEVE);
}

/* RFC 7130: the session's addresses are the LAG's, its device is the member */
static int check_micro(const struct words *words, unsigned int in)
{
	if (in & IN_NEW && !given(words, KW_DEV))
		return error_usage("micro: needs \"dev\", the member of the LAG");
	if (in & IN_NEW && !given(words, KW_LOCAL))
		return error_usage("micro: needs \"local\", the address of the LAG");
	if (given(words, KW_VRF))
		return error_usage("vrf: a member of a LAG is in none");
	if (given(words, KW_REROUTE))
		return error_usage("reroute: a LAG has other members to reach its neighbour by");
	if (given(words, KW_REMOTE_DISCRIMINATOR))
		return error_usage("remote-discriminator: needs \"sbfd\"");
	return STATUS_OK;
}

static int check_tunnel(const struct words *words, unsigned int in)
{
	if (in & IN_NEW && !given(words, KW_DEV))
		return error_usage(given(words, KW_GENEVE) ?
				   "geneve: needs \"dev\", the Geneve device" :
				   "vxlan: needs \"dev\", the VXLAN device");
	if (given(words, KW_REROUTE))
		return error_usage("reroute: the other end of a tunnel is no neighbour");
	return STATUS_OK;
}

static int check_type(const struct words *words, unsigned int in)
{
	int status = check_one_type(words);
	size_t i;

	if (status)
		return status;
	for (i = 0; i < COUNT(of_echoes); i++)
		if (given(words, of_echoes[i]) && !is_single_hop(words) && !given(words, KW_ECHO))
			return error_usage("%s: echoes go over a single hop only",
					   keywords[of_echoes[i]].name);
	if (given(words, KW_MICRO))
		return check_micro(words, in);
	status = is_tunnel(words) ? check_tunnel(words, in) : STATUS_OK;
	if (status)
		return status;
	if (given(words, KW_REMOTE_DISCRIMINATOR) && !given(words, KW_SBFD))
		return error_usage("remote-discriminator: needs \"sbfd\"");
	if (given(words, KW_SBFD) && in & IN_NEW && !given(words, KW_REMOTE_DISCRIMINATOR))
		return error_usage("sbfd: \"remote-discriminator\" is missing");
	return has_peer(words) ? STATUS_OK : check_peerless(words);
}

/* What a session that exists has of it, the kernel knows. */
static int check_hold(const struct words *words, unsigned int in)
{
	uint32_t hold = given(words, KW_HOLD_UP) ? words->at[KW_HOLD_UP].number : 0;
	uint32_t max = given(words, KW_HOLD_UP_MAX) ? words->at[KW_HOLD_UP_MAX].number : 0;

	if (!max || (in == IN_SET && !given(words, KW_HOLD_UP)))
		return STATUS_OK;
	if (!hold)
		return error_usage("hold-up-max: needs \"hold-up\"");
	if (max < hold)
		return error_usage("hold-up-max: less than hold-up");
	return STATUS_OK;
}

static int check(const struct words *words, unsigned int in)
{
	int status = check_selection(words, in);

	if (!status)
		status = check_addresses(words, in);
	if (!status)
		status = check_type(words, in);
	if (!status)
		status = check_reroute(words, in);
	if (!status)
		status = check_hold(words, in);
	if (status)
		return status;

	if (given(words, KW_MIN_TTL) && given(words, KW_PEER) && !given(words, KW_MULTIHOP) &&
	    !given(words, KW_SBFD))
		return error_usage("min-ttl: only multihop has one; a single hop is always 255");
	if (in == IN_SET && !words_count(words, KW_TX, KW_AUTH))
		return error_usage("session set: nothing to change");
	return STATUS_OK;
}

/* What a session of this type has not got */
static bool is_foreign(const struct words *words, enum keyword_id id)
{
	size_t i;

	if (id == KW_MIN_TTL)
		return !given(words, KW_MULTIHOP) && !given(words, KW_SBFD);
	if (id == KW_REROUTE && (given(words, KW_MULTIHOP) || is_tunnel(words) ||
				 given(words, KW_MICRO)))
		return true;
	for (i = 0; i < COUNT(of_echoes); i++)
		if (id == of_echoes[i])
			return !is_single_hop(words);
	for (i = 0; i < COUNT(of_peers); i++)
		if (!has_peer(words) && id == of_peers[i])
			return true;
	return false;
}

void words_complete(struct words *words)
{
	const struct {
		enum keyword_id id;
		uint32_t value;
	} presets[] = {
		{ KW_TX, 300000 },
		{ KW_RX, 300000 },
		{ KW_MULT, 3 },
		{ KW_PASSIVE, 0 },
		{ KW_ADMIN, 0 },
		{ KW_REROUTE, 0 },
		{ KW_DEMAND, 0 },
		{ KW_DEMAND_POLL, DEFAULT_DEMAND_POLL_US },
		{ KW_HOLD_UP, 0 },
		{ KW_HOLD_UP_MAX, 0 },
		{ KW_PADDED_PDU_SIZE, 0 },
		{ KW_ECHO_TX, 0 },
		{ KW_ECHO_RX, 0 },
		{ KW_ECHO_SLOW, DEFAULT_ECHO_SLOW_US },
		{ KW_MIN_TTL, given(words, KW_SBFD) ? 1 : 254 },
	};
	struct word *word;
	size_t i;

	if (!given(words, KW_AUTH) && has_peer(words)) {
		words->at[KW_AUTH].given = true;
		auth_forget();
	}
	for (i = 0; i < COUNT(presets); i++) {
		word = &words->at[presets[i].id];
		if (word->given || is_foreign(words, presets[i].id))
			continue;
		word->given = true;
		word->number = presets[i].value;
	}
}

static const char usage[] =
	"Usage: bfdctl session add KEY [PARAMS]\n"
	"       bfdctl session replace KEY [PARAMS]\n"
	"       bfdctl session set { KEY | id N } PARAMS\n"
	"       bfdctl session poll { KEY | id N }\n"
	"       bfdctl session del { KEY | id N | all }\n"
	"       bfdctl [ -j ] [ -s ] session show [ KEY | id N | state STATE | dev IF ]\n"
	"\n"
	"KEY    := peer ADDR [ local ADDR ] [ dev IF ] [ vrf VRF ] [ TYPE ]\n"
	"TYPE   := { multihop | sbfd remote-discriminator N | vxlan | geneve | micro | echo }\n"
	"PARAMS := [ tx TIME ] [ rx TIME ] [ mult N ] [ passive { on | off } ]\n"
	"          [ admin { up | down } ] [ reroute { on | off } ] [ min-ttl N ]\n"
	"          [ demand { on | off } ] [ demand-poll TIME ] [ discriminator N ]\n"
	"          [ hold-up TIME ] [ hold-up-max TIME ] [ padded-pdu-size BYTES ]\n"
	"          [ echo-tx TIME ] [ echo-rx TIME ] [ echo-slow TIME ]\n"
	"          [ auth none | AUTH ... ]\n"
	"STATE  := { admin-down | down | init | up }\n"
	"TIME   := NUMBER[us|ms|s], ms if it has no unit\n"
	"AUTH   := auth { null | METHOD key-id N [ key TEXT | key-hex HEX | key-file PATH ] }\n"
	"METHOD := { simple | md5 | meticulous-md5 | sha1 | meticulous-sha1 |\n"
	"            optimized-md5 | optimized-sha1 }\n"
	"\n"
	"Defaults: tx 300ms rx 300ms mult 3 passive off admin up reroute off demand off\n"
	"demand-poll 1s, min-ttl 254 (multihop) or 1 (sbfd). reroute fails the neighbour\n"
	"while the path is lost; it needs dev. demand asks the peer to be silent while Up;\n"
	"then the path is verified every demand-poll (0: never), and by session poll.\n"
	"hold-up keeps listeners from hearing of Up for that long; it doubles with each\n"
	"flap up to hold-up-max, if that is not 0. padded-pdu-size makes packets that big,\n"
	"from the IP header on, so that a path of a smaller MTU is a lost one. echo-tx\n"
	"sends echoes, which the peer loops if its echo-rx lets it, and detects by them;\n"
	"the peer's packets may then come every echo-slow (default 1s, 0: as ever). echo\n"
	"is for a peer without BFD, that forwards to us what we send to ourselves each tx.\n"
	"discriminator is for a new session only; id is the local discriminator, decimal\n"
	"or 0x. replace adds the session or makes the one that exists what it says.\n"
	"Every key of an auth is accepted, the first is sent; without a key, it is the one\n"
	"of that type and key-id that the session has.\n";

const struct keywords session_keywords = {
	.tool = "bfdctl",
	.object = "session",
	.usage = usage,
	.commands = commands,
	.at = keywords,
	.count = KW_COUNT,
	.check = check,
};

/* The sessions are those of RFC 7130, their device each of the ports */
static int check_lag(const struct words *words, unsigned int in)
{
	static const enum keyword_id key[] = { KW_DEV, KW_PEER, KW_LOCAL };
	size_t i;
	int status;

	for (i = 0; i < COUNT(key); i++)
		if (!given(words, key[i]))
			return error_usage("lag: \"%s\" is missing", keywords[key[i]].name);
	status = check_addresses(words, in);
	return status ? status : check_hold(words, in);
}

static const char lag_usage[] =
	"Usage: bfdctl lag dev LAG peer ADDR local ADDR [PARAMS]\n"
	"\n"
	"PARAMS := [ tx TIME ] [ rx TIME ] [ mult N ] [ passive { on | off } ]\n"
	"          [ admin { up | down } ] [ hold-up TIME ] [ hold-up-max TIME ]\n"
	"          [ padded-pdu-size BYTES ] [ auth none | AUTH ... ]\n"
	"\n"
	"Until interrupted, each port of the bond or team LAG has a micro session with\n"
	"these parameters, see: bfdctl session help. A port whose session goes from Up to\n"
	"Down is taken out of load balancing, and put back when it is Up again: one of a\n"
	"bond leaves it, one of a team loses its user_linkup and is not enabled. A port\n"
	"that somebody else takes out loses its session. When it ends, all stays as it\n"
	"is, for the next time.\n";

const struct keywords lag_keywords = {
	.tool = "bfdctl",
	.object = "lag",
	.usage = lag_usage,
	.commands = commands,
	.at = keywords,
	.count = KW_COUNT,
	.check = check_lag,
};
