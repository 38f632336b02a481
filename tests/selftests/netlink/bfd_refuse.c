// SPDX-License-Identifier: GPL-2.0
/*
 * Requests to family bfd that make no sense, one by one. There must be a session
 * with discriminator 77 (peer 10.0.0.2), one with 78 (peer 10.0.0.3 multihop) and
 * two that differ by their local address only (peer 10.0.0.4); a reflector 77; and an
 * unsolicited policy of device va.
 */
#include <errno.h>
#include <linux/bfd.h>
#include "refuse.h"

#define NEW		BFD_CMD_SESSION_NEW
#define SET		BFD_CMD_SESSION_SET
#define DEL		BFD_CMD_SESSION_DEL
#define GET		BFD_CMD_SESSION_GET
#define POLL		BFD_CMD_SESSION_POLL
#define R_NEW		BFD_CMD_REFLECTOR_NEW
#define R_SET		BFD_CMD_REFLECTOR_SET
#define R_DEL		BFD_CMD_REFLECTOR_DEL
#define R_GET		BFD_CMD_REFLECTOR_GET
#define U_NEW		BFD_CMD_UNSOLICITED_NEW
#define U_SET		BFD_CMD_UNSOLICITED_SET
#define U_DEL		BFD_CMD_UNSOLICITED_DEL
#define U_GET		BFD_CMD_UNSOLICITED_GET

#define PEER		"\xc0\x00\x02\x01"		/* 192.0.2.1: nobody's */
#define LOCAL		"\xc0\x00\x02\x02"
#define LL6		"\xfe\x80\0\0\0\0\0\0\0\0\0\0\0\0\0\x01"
#define MC6		"\xff\x02\0\0\0\0\0\0\0\0\0\0\0\0\0\x01"
#define ANY6		"\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
#define MAPPED6		"\0\0\0\0\0\0\0\0\0\0\xff\xff\x0a\0\0\x09"
#define GLOBAL6		"\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\x01"

/* A key, its attributes as they are in memory: 16 bytes, and what is in it beside them */
#define LIST(keys)	A(BFD_A_AUTH_KEYS | NLA_F_NESTED, keys)
#define KEY(len, more)	len "\0\x01\x80" more
#define TYPE(type)	"\x05\0\x01\0" type "\0\0\0"
#define ID(id)		"\x05\0\x02\0" id "\0\0\0"
#define SECRET		"\x0a\0\x03\0" "secret\0\0"
#define GOOD(id)	KEY("\x20", TYPE("\x04") ID(id) SECRET)
#define OF_77		U32(BFD_A_LOCAL_DISCRIMINATOR, 77)
#define OF_78		U32(BFD_A_LOCAL_DISCRIMINATOR, 78)

#define SBFD		A(BFD_A_PEER, PEER), U8(BFD_A_TYPE, BFD_TYPE_SBFD), \
			U32(BFD_A_REMOTE_DISCRIMINATOR, 5)
#define VXLAN(dev)	A(BFD_A_PEER, PEER), STR(BFD_A_IFNAME, dev), \
			U8(BFD_A_TYPE, BFD_TYPE_VXLAN)
#define ECHO		A(BFD_A_PEER, PEER), U8(BFD_A_TYPE, BFD_TYPE_ECHO)
#define MICRO(dev)	A(BFD_A_PEER, PEER), A(BFD_A_LOCAL, LOCAL), \
			STR(BFD_A_IFNAME, dev), U8(BFD_A_TYPE, BFD_TYPE_MICRO)

/* Likewise prefixes, each 20 bytes */
#define NETS(nets)	A(BFD_A_PREFIXES | NLA_F_NESTED, nets)
#define NET(len, more)	len "\0\x01\x80" more
#define ADDR(addr)	"\x08\0\x01\0" addr
#define BITS(bits)	"\x05\0\x02\0" bits "\0\0\0"
#define TEN		NET("\x14", ADDR("\x0a\0\0\0") BITS("\x08"))
#define VA		STR(BFD_A_IFNAME, "va")
#define VB		STR(BFD_A_IFNAME, "vb")

static const struct refusal refusals[] = {
	{ "no peer", NEW, EINVAL, { U32(BFD_A_DESIRED_MIN_TX_US, 50000) } },
	{ "empty peer", NEW, EINVAL, { A(BFD_A_PEER, "") } },
	{ "peer of 3 bytes", NEW, EINVAL, { A(BFD_A_PEER, "\xc0\0\x02") } },
	{ "peer of 5 bytes", NEW, EINVAL, { A(BFD_A_PEER, PEER "\x01") } },
	{ "peer of 17 bytes", NEW, ERANGE, { A(BFD_A_PEER, GLOBAL6 "\x01") } },
	{ "multicast peer", NEW, EINVAL, { A(BFD_A_PEER, "\xe0\0\0\x05") } },
	{ "broadcast peer", NEW, EINVAL, { A(BFD_A_PEER, "\xff\xff\xff\xff") } },
	{ "peer 0.0.0.0", NEW, EINVAL, { A(BFD_A_PEER, "\0\0\0\0") } },
	{ "IPv6 multicast peer", NEW, EINVAL, { A(BFD_A_PEER, MC6) } },
	{ "peer ::", NEW, EINVAL, { A(BFD_A_PEER, ANY6) } },
	{ "IPv4-mapped peer", NEW, EINVAL, { A(BFD_A_PEER, MAPPED6) } },
	{ "link-local peer without device", NEW, EINVAL, { A(BFD_A_PEER, LL6) } },
	{ "multicast local", NEW, EINVAL, { A(BFD_A_PEER, PEER), A(BFD_A_LOCAL, "\xe0\0\0\x05") } },
	{ "local of another family", NEW, EINVAL,
	  { A(BFD_A_PEER, PEER), A(BFD_A_LOCAL, GLOBAL6) } },
	{ "local is peer", NEW, EINVAL, { A(BFD_A_PEER, PEER), A(BFD_A_LOCAL, PEER) } },
	{ "local of 2 bytes", NEW, EINVAL, { A(BFD_A_PEER, PEER), A(BFD_A_LOCAL, "\x0a\0") } },
	{ "empty device", NEW, EINVAL, { A(BFD_A_PEER, PEER), STR(BFD_A_IFNAME, "") } },
	{ "device of no bytes", NEW, EINVAL, { A(BFD_A_PEER, PEER), A(BFD_A_IFNAME, "") } },
	{ "device without an end", NEW, EINVAL, { A(BFD_A_PEER, PEER), A(BFD_A_IFNAME, "eth0") } },
	{ "device name too long", NEW, EINVAL,
	  { A(BFD_A_PEER, PEER), STR(BFD_A_IFNAME, "sixteen-letters!") } },
	{ "device a/b", NEW, EINVAL, { A(BFD_A_PEER, PEER), STR(BFD_A_IFNAME, "a/b") } },
	{ "device ..", NEW, EINVAL, { A(BFD_A_PEER, PEER), STR(BFD_A_IFNAME, "..") } },
	{ "device with a space", NEW, EINVAL, { A(BFD_A_PEER, PEER), STR(BFD_A_IFNAME, "a b") } },
	{ "VRF a:b", NEW, EINVAL, { A(BFD_A_PEER, PEER), STR(BFD_A_VRF, "a:b") } },
	{ "VRF name too long", NEW, EINVAL,
	  { A(BFD_A_PEER, PEER), STR(BFD_A_VRF, "sixteen-letters!") } },
	{ "empty owner", NEW, EINVAL, { A(BFD_A_PEER, PEER), STR(BFD_A_OWNER, "") } },
	{ "owner a b", NEW, EINVAL, { A(BFD_A_PEER, PEER), STR(BFD_A_OWNER, "a b") } },
	{ "owner too long", NEW, EINVAL,
	  { A(BFD_A_PEER, PEER), STR(BFD_A_OWNER, "sixteen-letters!") } },
	{ "type nobody knows", NEW, ERANGE, { A(BFD_A_PEER, PEER), U8(BFD_A_TYPE, __BFD_TYPE_MAX) } },
	{ "type 255", NEW, ERANGE, { A(BFD_A_PEER, PEER), U8(BFD_A_TYPE, 255) } },
	{ "type of 4 bytes", NEW, EINVAL, { A(BFD_A_PEER, PEER), U32(BFD_A_TYPE, 0) } },
	{ "discriminator 0", NEW, ERANGE,
	  { A(BFD_A_PEER, PEER), U32(BFD_A_LOCAL_DISCRIMINATOR, 0) } },
	{ "discriminator of 2 bytes", NEW, EINVAL,
	  { A(BFD_A_PEER, PEER), A(BFD_A_LOCAL_DISCRIMINATOR, "\x01\x02") } },
	{ "discriminator of 8 bytes", NEW, EINVAL,
	  { A(BFD_A_PEER, PEER), A(BFD_A_LOCAL_DISCRIMINATOR, "\1\2\3\4\5\6\7\x08") } },
	{ "tx 0", NEW, ERANGE, { A(BFD_A_PEER, PEER), U32(BFD_A_DESIRED_MIN_TX_US, 0) } },
	{ "tx 999 us", NEW, ERANGE, { A(BFD_A_PEER, PEER), U32(BFD_A_DESIRED_MIN_TX_US, 999) } },
	{ "tx of 1 byte", NEW, EINVAL, { A(BFD_A_PEER, PEER), U8(BFD_A_DESIRED_MIN_TX_US, 9) } },
	{ "rx 1 us", NEW, EINVAL, { A(BFD_A_PEER, PEER), U32(BFD_A_REQUIRED_MIN_RX_US, 1) } },
	{ "rx 999 us", NEW, EINVAL, { A(BFD_A_PEER, PEER), U32(BFD_A_REQUIRED_MIN_RX_US, 999) } },
	{ "mult 0", NEW, ERANGE, { A(BFD_A_PEER, PEER), U8(BFD_A_DETECT_MULT, 0) } },
	{ "mult of 2 bytes", NEW, EINVAL, { A(BFD_A_PEER, PEER), A(BFD_A_DETECT_MULT, "\3\0") } },
	{ "demand 2", NEW, ERANGE, { A(BFD_A_PEER, PEER), U8(BFD_A_DEMAND, 2) } },
	{ "demand poll of 999 us", NEW, EINVAL,
	  { A(BFD_A_PEER, PEER), U32(BFD_A_DEMAND_POLL_US, 999) } },
	{ "hold-up-max without hold-up", NEW, EINVAL,
	  { A(BFD_A_PEER, PEER), U32(BFD_A_HOLD_UP_MAX_US, 5000000) } },
	{ "hold-up-max less than hold-up", NEW, EINVAL,
	  { A(BFD_A_PEER, PEER), U32(BFD_A_HOLD_UP_US, 5000), U32(BFD_A_HOLD_UP_MAX_US, 4999) } },
	{ "padded to more than a jumbo frame", NEW, ERANGE,
	  { A(BFD_A_PEER, PEER), U32(BFD_A_PADDED_PDU_SIZE, 9217) } },
	{ "echo-tx 999 us", NEW, EINVAL,
	  { A(BFD_A_PEER, PEER), U32(BFD_A_DESIRED_MIN_ECHO_TX_US, 999) } },
	{ "echo-rx 1 us", NEW, EINVAL,
	  { A(BFD_A_PEER, PEER), U32(BFD_A_REQUIRED_MIN_ECHO_RX_US, 1) } },
	{ "echo-slow 999 us", NEW, EINVAL,
	  { A(BFD_A_PEER, PEER), U32(BFD_A_ECHO_SLOW_US, 999) } },
	{ "echo-rx of several hops", NEW, EINVAL,
	  { A(BFD_A_PEER, PEER), U8(BFD_A_TYPE, BFD_TYPE_MULTIHOP),
	    U32(BFD_A_REQUIRED_MIN_ECHO_RX_US, 10000) } },
	{ "negotiated echo interval", NEW, EINVAL,
	  { A(BFD_A_PEER, PEER), U32(BFD_A_NEGOTIATED_ECHO_TX_US, 10000) } },
	{ "passive 2", NEW, ERANGE, { A(BFD_A_PEER, PEER), U8(BFD_A_PASSIVE, 2) } },
	{ "admin-down 2", NEW, ERANGE, { A(BFD_A_PEER, PEER), U8(BFD_A_ADMIN_DOWN, 2) } },
	{ "min-ttl 0", NEW, ERANGE,
	  { A(BFD_A_PEER, PEER), U8(BFD_A_TYPE, BFD_TYPE_MULTIHOP), U8(BFD_A_MIN_TTL, 0) } },
	{ "min-ttl of a single hop", NEW, EINVAL, { A(BFD_A_PEER, PEER), U8(BFD_A_MIN_TTL, 255) } },
	{ "state", NEW, EINVAL, { A(BFD_A_PEER, PEER), U8(BFD_A_STATE, BFD_STATE_UP) } },
	{ "source", NEW, EINVAL, { A(BFD_A_PEER, PEER), A(BFD_A_SOURCE, "\x0a\0\0\1") } },
	{ "index of a device", NEW, EINVAL, { A(BFD_A_PEER, PEER), U32(BFD_A_IFINDEX, 1) } },
	{ "remote discriminator", NEW, EINVAL,
	  { A(BFD_A_PEER, PEER), U32(BFD_A_REMOTE_DISCRIMINATOR, 1) } },
	{ "statistics", NEW, EINVAL, { A(BFD_A_PEER, PEER), A(BFD_A_STATISTICS, "") } },
	{ "counters", NEW, EINVAL, { A(BFD_A_PEER, PEER), A(BFD_A_COUNTERS, "") } },
	{ "event", NEW, EINVAL, { A(BFD_A_PEER, PEER), U8(BFD_A_EVENT, 1) } },
	{ "attribute of the future", NEW, EINVAL,
	  { A(BFD_A_PEER, PEER), U32(BFD_A_MAX + 1, 1) } },
	{ "attribute far away", NEW, EINVAL, { A(BFD_A_PEER, PEER), U32(0x3000, 1) } },
	{ "attribute 0", NEW, EINVAL, { A(BFD_A_PEER, PEER), U32(0, 1) } },
	{ "a peer that claims to be nested", NEW, EINVAL,
	  { A(BFD_A_PEER | NLA_F_NESTED, PEER) } },
	{ "key exists", NEW, EEXIST, { A(BFD_A_PEER, "\x0a\0\0\x02") } },
	{ "discriminator in use", NEW, EEXIST,
	  { A(BFD_A_PEER, PEER), U32(BFD_A_LOCAL_DISCRIMINATOR, 77) } },

	{ "set nothing", SET, EINVAL, { U32(BFD_A_DESIRED_MIN_TX_US, 50000) } },
	{ "set by id and peer", SET, EINVAL,
	  { U32(BFD_A_LOCAL_DISCRIMINATOR, 77), A(BFD_A_PEER, "\x0a\0\0\x02") } },
	{ "set by id and device", SET, EINVAL,
	  { U32(BFD_A_LOCAL_DISCRIMINATOR, 77), STR(BFD_A_IFNAME, "lo") } },
	{ "set by id and type", SET, EINVAL,
	  { U32(BFD_A_LOCAL_DISCRIMINATOR, 77), U8(BFD_A_TYPE, 1) } },
	{ "set by id and local", SET, EINVAL,
	  { U32(BFD_A_LOCAL_DISCRIMINATOR, 77), A(BFD_A_LOCAL, "\x0a\0\0\x01") } },
	{ "set somebody's", SET, ENOENT, { A(BFD_A_PEER, PEER), U8(BFD_A_DETECT_MULT, 5) } },
	{ "set id nobody has", SET, ENOENT,
	  { U32(BFD_A_LOCAL_DISCRIMINATOR, 4242), U8(BFD_A_DETECT_MULT, 5) } },
	{ "set one of two", SET, ENOTUNIQ,
	  { A(BFD_A_PEER, "\x0a\0\0\x04"), U8(BFD_A_DETECT_MULT, 5) } },
	{ "set min-ttl of a single hop", SET, EINVAL,
	  { U32(BFD_A_LOCAL_DISCRIMINATOR, 77), U8(BFD_A_MIN_TTL, 255) } },
	{ "set a good tx and a bad rx", SET, EINVAL,
	  { U32(BFD_A_LOCAL_DISCRIMINATOR, 77), U32(BFD_A_DESIRED_MIN_TX_US, 50000),
	    U32(BFD_A_REQUIRED_MIN_RX_US, 5) } },
	{ "set a good mult and a bad min-ttl", SET, ERANGE,
	  { U32(BFD_A_LOCAL_DISCRIMINATOR, 78), U8(BFD_A_DETECT_MULT, 9), U8(BFD_A_MIN_TTL, 0) } },
	{ "set a reported state", SET, EINVAL,
	  { U32(BFD_A_LOCAL_DISCRIMINATOR, 77), U8(BFD_A_REPORTED_STATE, BFD_STATE_UP) } },
	{ "set an owner", SET, EINVAL,
	  { U32(BFD_A_LOCAL_DISCRIMINATOR, 77), STR(BFD_A_OWNER, "frr") } },
	{ "set a state", SET, EINVAL,
	  { U32(BFD_A_LOCAL_DISCRIMINATOR, 77), U8(BFD_A_STATE, BFD_STATE_UP) } },

	{ "keys that are not nested", SET, EINVAL, { OF_77, A(BFD_A_AUTH_KEYS, GOOD("\1")) } },
	{ "a key that is not nested", SET, EINVAL,
	  { OF_77, LIST("\x20\0\x01\0" TYPE("\x04") ID("\1") SECRET) } },
	{ "a key that is half there", SET, EINVAL, { OF_77, LIST("\x21\0\x01\x80" TYPE("\x04")) } },
	{ "key of type 0", SET, ERANGE, { OF_77, LIST(KEY("\x20", TYPE("\0") ID("\1") SECRET)) } },
	{ "NULL with a secret", SET, EINVAL,
	  { OF_77, LIST(KEY("\x20", TYPE("\6") ID("\0") SECRET)) } },
	{ "NULL with an id", SET, EINVAL, { OF_77, LIST(KEY("\x14", TYPE("\6") ID("\1"))) } },
	{ "key of type 9", SET, ERANGE, { OF_77, LIST(KEY("\x20", TYPE("\x09") ID("\1") SECRET)) } },
	{ "optimized key of 6 bytes", SET, EINVAL,
	  { OF_77, LIST(KEY("\x20", TYPE("\x08") ID("\1") SECRET)) } },
	{ "key without a type", SET, EINVAL, { OF_77, LIST(KEY("\x18", ID("\1") SECRET)) } },
	{ "key without an id", SET, EINVAL, { OF_77, LIST(KEY("\x18", TYPE("\x04") SECRET)) } },
	{ "key of no bytes", SET, EINVAL,
	  { OF_77, LIST(KEY("\x18", TYPE("\x04") ID("\1") "\x04\0\x03\0")) } },
	{ "password of 17 bytes", SET, EINVAL,
	  { OF_77, LIST(KEY("\x2c", TYPE("\1") ID("\1") "\x15\0\x03\0" "seventeen-letters\0\0\0")) } },
	{ "MD5 key of 17 bytes", SET, EINVAL,
	  { OF_77, LIST(KEY("\x2c", TYPE("\2") ID("\1") "\x15\0\x03\0" "seventeen-letters\0\0\0")) } },
	{ "SHA1 key of 21 bytes", SET, ERANGE,
	  { OF_77, LIST(KEY("\x30", TYPE("\4") ID("\1") "\x19\0\x03\0"
			    "twenty-one-letters-in\0\0\0")) } },
	{ "two keys of one id", SET, EINVAL, { OF_77, LIST(GOOD("\1") GOOD("\1")) } },
	{ "nine keys", SET, EINVAL,
	  { OF_77, LIST(GOOD("\1") GOOD("\2") GOOD("\3") GOOD("\4") GOOD("\5") GOOD("\6")
			GOOD("\7") GOOD("\x08") GOOD("\x09")) } },
	{ "a key nobody gave", SET, EINVAL,
	  { OF_77, LIST(KEY("\x14", TYPE("\4") ID("\1"))) } },
	{ "a key nobody gave, for a new session", NEW, EINVAL,
	  { A(BFD_A_PEER, PEER), LIST(KEY("\x14", TYPE("\4") ID("\1"))) } },
	{ "attribute of the future in a key", SET, EINVAL,
	  { OF_77, LIST(KEY("\x28", TYPE("\4") ID("\1") SECRET "\x08\0\x05\0" "\1\0\0\0")) } },
	{ "name of a key file without an end", SET, EINVAL,
	  { OF_77, LIST(KEY("\x28", TYPE("\4") ID("\1") SECRET "\x08\0\x04\0" "file")) } },
	{ "a good key and a bad mult", SET, ERANGE,
	  { OF_77, LIST(GOOD("\1")), U8(BFD_A_DETECT_MULT, 0) } },
	{ "delete by key", DEL, EINVAL, { OF_77, LIST(GOOD("\1")) } },

	{ "delete nobody", DEL, ENOENT, { A(BFD_A_PEER, PEER) } },
	{ "delete one of two", DEL, ENOTUNIQ, { A(BFD_A_PEER, "\x0a\0\0\x04") } },
	{ "delete by parameters", DEL, EINVAL, { U8(BFD_A_DETECT_MULT, 3) } },
	{ "delete by device only", DEL, EINVAL, { STR(BFD_A_IFNAME, "lo") } },
	{ "delete by id and VRF", DEL, EINVAL,
	  { U32(BFD_A_LOCAL_DISCRIMINATOR, 77), STR(BFD_A_VRF, "red") } },
	{ "delete id 0", DEL, ERANGE, { U32(BFD_A_LOCAL_DISCRIMINATOR, 0) } },

	{ "poll nobody", POLL, ENOENT, { A(BFD_A_PEER, PEER) } },
	{ "poll one that is not up", POLL, ENOTCONN, { U32(BFD_A_LOCAL_DISCRIMINATOR, 77) } },
	{ "poll by parameters", POLL, EINVAL,
	  { U32(BFD_A_LOCAL_DISCRIMINATOR, 77), U8(BFD_A_DEMAND, 1) } },

	{ "get nothing", GET, EINVAL, { } },
	{ "get nobody", GET, ENOENT, { U32(BFD_A_LOCAL_DISCRIMINATOR, 4242) } },
	{ "get by parameters", GET, EINVAL,
	  { U32(BFD_A_LOCAL_DISCRIMINATOR, 77), U8(BFD_A_PASSIVE, 0) } },
	{ "S-BFD without a reflector", NEW, EINVAL,
	  { A(BFD_A_PEER, PEER), U8(BFD_A_TYPE, BFD_TYPE_SBFD) } },
	{ "S-BFD with reflector 0", NEW, ERANGE,
	  { A(BFD_A_PEER, PEER), U8(BFD_A_TYPE, BFD_TYPE_SBFD),
	    U32(BFD_A_REMOTE_DISCRIMINATOR, 0) } },
	{ "reflector of a multihop session", NEW, EINVAL,
	  { A(BFD_A_PEER, PEER), U8(BFD_A_TYPE, BFD_TYPE_MULTIHOP),
	    U32(BFD_A_REMOTE_DISCRIMINATOR, 5) } },
	{ "S-BFD with rx", NEW, EINVAL, { SBFD, U32(BFD_A_REQUIRED_MIN_RX_US, 50000) } },
	{ "S-BFD with rx 0", NEW, EINVAL, { SBFD, U32(BFD_A_REQUIRED_MIN_RX_US, 0) } },
	{ "passive S-BFD", NEW, EINVAL, { SBFD, U8(BFD_A_PASSIVE, 1) } },
	{ "S-BFD with Demand mode", NEW, EINVAL, { SBFD, U8(BFD_A_DEMAND, 1) } },
	{ "S-BFD with a demand poll", NEW, EINVAL, { SBFD, U32(BFD_A_DEMAND_POLL_US, 50000) } },
	{ "S-BFD with reroute", NEW, EINVAL,
	  { SBFD, STR(BFD_A_IFNAME, "va"), U8(BFD_A_REROUTE, 1) } },
	{ "S-BFD with keys", NEW, EINVAL, { SBFD, LIST(GOOD("\1")) } },
	{ "VXLAN without a device", NEW, EINVAL,
	  { A(BFD_A_PEER, PEER), U8(BFD_A_TYPE, BFD_TYPE_VXLAN) } },
	{ "VXLAN by a device that is none", NEW, EINVAL, { VXLAN("lo") } },
	{ "VXLAN with a least TTL", NEW, EINVAL, { VXLAN("vx0"), U8(BFD_A_MIN_TTL, 255) } },
	{ "VXLAN with reroute", NEW, EINVAL, { VXLAN("vx0"), U8(BFD_A_REROUTE, 1) } },
	{ "VXLAN to a link-local VTEP", NEW, EINVAL,
	  { A(BFD_A_PEER, LL6), STR(BFD_A_IFNAME, "vx0"), U8(BFD_A_TYPE, BFD_TYPE_VXLAN) } },
	{ "VXLAN with echoes", NEW, EINVAL,
	  { VXLAN("vx0"), U32(BFD_A_DESIRED_MIN_ECHO_TX_US, 10000) } },
	{ "micro without a device", NEW, EINVAL,
	  { A(BFD_A_PEER, PEER), A(BFD_A_LOCAL, LOCAL), U8(BFD_A_TYPE, BFD_TYPE_MICRO) } },
	{ "micro without a local address", NEW, EINVAL,
	  { A(BFD_A_PEER, PEER), STR(BFD_A_IFNAME, "m0"), U8(BFD_A_TYPE, BFD_TYPE_MICRO) } },
	{ "micro by a device that is no member", NEW, EINVAL, { MICRO("lo") } },
	{ "micro in a VRF", NEW, EINVAL, { MICRO("m0"), STR(BFD_A_VRF, "red") } },
	{ "micro with a least TTL", NEW, EINVAL, { MICRO("m0"), U8(BFD_A_MIN_TTL, 255) } },
	{ "micro with reroute", NEW, EINVAL, { MICRO("m0"), U8(BFD_A_REROUTE, 1) } },
	{ "micro in Demand mode", NEW, EINVAL, { MICRO("m0"), U8(BFD_A_DEMAND, 1) } },
	{ "unaffiliated echo with an interval for the peer", NEW, EINVAL,
	  { ECHO, U32(BFD_A_REQUIRED_MIN_RX_US, 10000) } },
	{ "unaffiliated echo, passive", NEW, EINVAL, { ECHO, U8(BFD_A_PASSIVE, 1) } },
	{ "unaffiliated echo in Demand mode", NEW, EINVAL, { ECHO, U8(BFD_A_DEMAND, 1) } },
	{ "unaffiliated echo with reroute", NEW, EINVAL, { ECHO, U8(BFD_A_REROUTE, 1) } },
	{ "unaffiliated echo with keys", NEW, EINVAL, { ECHO, LIST(GOOD("\1")) } },
	{ "unaffiliated echo with a least TTL", NEW, EINVAL, { ECHO, U8(BFD_A_MIN_TTL, 254) } },
	{ "unaffiliated echo with other echoes", NEW, EINVAL,
	  { ECHO, U32(BFD_A_DESIRED_MIN_ECHO_TX_US, 10000) } },
	{ "unaffiliated echo to a link-local address", NEW, EINVAL,
	  { A(BFD_A_PEER, LL6), STR(BFD_A_IFNAME, "lo"), U8(BFD_A_TYPE, BFD_TYPE_ECHO) } },
	{ "Geneve without a device", NEW, EINVAL,
	  { A(BFD_A_PEER, PEER), U8(BFD_A_TYPE, BFD_TYPE_GENEVE) } },
	{ "Geneve by a device that is none", NEW, EINVAL,
	  { A(BFD_A_PEER, PEER), STR(BFD_A_IFNAME, "lo"), U8(BFD_A_TYPE, BFD_TYPE_GENEVE) } },
	{ "VNI in a command", NEW, EINVAL, { VXLAN("vx0"), U32(BFD_A_VNI, 7) } },
	{ "set another reflector", SET, EINVAL, { OF_77, U32(BFD_A_REMOTE_DISCRIMINATOR, 6) } },

	{ "reflector without a discriminator", R_NEW, EINVAL, { U8(BFD_A_ADMIN_DOWN, 1) } },
	{ "reflector 0", R_NEW, ERANGE, { U32(BFD_A_LOCAL_DISCRIMINATOR, 0) } },
	{ "reflector that exists", R_NEW, EEXIST, { OF_77 } },
	{ "reflector with a peer", R_NEW, EINVAL, { OF_78, A(BFD_A_PEER, PEER) } },
	{ "reflector with tx", R_NEW, EINVAL, { OF_78, U32(BFD_A_DESIRED_MIN_TX_US, 50000) } },
	{ "reflector with rx 0", R_NEW, EINVAL, { OF_78, U32(BFD_A_REQUIRED_MIN_RX_US, 0) } },
	{ "reflector with rx 999 us", R_NEW, EINVAL,
	  { OF_78, U32(BFD_A_REQUIRED_MIN_RX_US, 999) } },
	{ "reflector of rate 0", R_NEW, ERANGE, { OF_78, U32(BFD_A_REPLY_RATE, 0) } },
	{ "reflector of a rate too high", R_NEW, ERANGE,
	  { OF_78, U32(BFD_A_REPLY_RATE, 1000001) } },
	{ "reflector of min-ttl 0", R_NEW, ERANGE, { OF_78, U8(BFD_A_MIN_TTL, 0) } },
	{ "reflector at a multicast address", R_NEW, EINVAL, { OF_78, A(BFD_A_LOCAL, MC6) } },
	{ "reflector at 5 bytes", R_NEW, EINVAL, { OF_78, A(BFD_A_LOCAL, PEER "\1") } },
	{ "set a good rate and a bad rx", R_SET, EINVAL,
	  { OF_77, U32(BFD_A_REPLY_RATE, 5), U32(BFD_A_REQUIRED_MIN_RX_US, 5) } },
	{ "set where a reflector answers", R_SET, EINVAL, { OF_77, A(BFD_A_LOCAL, PEER) } },
	{ "set no reflector", R_SET, EINVAL, { U8(BFD_A_ADMIN_DOWN, 1) } },
	{ "set a reflector nobody has", R_SET, ENOENT, { OF_78, U8(BFD_A_ADMIN_DOWN, 1) } },
	{ "delete a reflector nobody has", R_DEL, ENOENT, { OF_78 } },
	{ "delete reflectors by parameters", R_DEL, EINVAL, { U8(BFD_A_ADMIN_DOWN, 1) } },
	{ "get no reflector", R_GET, EINVAL, { } },
	{ "get a reflector nobody has", R_GET, ENOENT, { OF_78 } },
	{ "a session's rate", SET, EINVAL, { OF_77, U32(BFD_A_REPLY_RATE, 5) } },

	{ "policy without a device", U_NEW, EINVAL, { NETS(TEN) } },
	{ "policy of a device with a slash", U_NEW, EINVAL,
	  { STR(BFD_A_IFNAME, "a/b"), NETS(TEN) } },
	{ "policy without prefixes", U_NEW, EINVAL, { VB } },
	{ "policy of no prefixes", U_NEW, EINVAL, { VB, NETS("") } },
	{ "prefixes that are not nested", U_NEW, EINVAL, { VB, A(BFD_A_PREFIXES, TEN) } },
	{ "a prefix that is half there", U_NEW, EINVAL,
	  { VB, NETS(NET("\x15", ADDR("\x0a\0\0\0") BITS("\x08"))) } },
	{ "a good prefix and half of one", U_NEW, EINVAL,
	  { VB, NETS(TEN NET("\x15", ADDR("\x0a\0\0\0") BITS("\x08"))) } },
	{ "prefix without a length", U_NEW, EINVAL,
	  { VB, NETS(NET("\x0c", ADDR("\x0a\0\0\0"))) } },
	{ "prefix without an address", U_NEW, EINVAL, { VB, NETS(NET("\x0c", BITS("\x08"))) } },
	{ "prefix of 3 bytes", U_NEW, EINVAL,
	  { VB, NETS(NET("\x14", "\x07\0\x01\0" "\x0a\0\0\0" BITS("\x08"))) } },
	{ "prefix of 33 bits", U_NEW, EINVAL,
	  { VB, NETS(NET("\x14", ADDR("\x0a\0\0\0") BITS("\x21"))) } },
	{ "prefix of 129 bits", U_NEW, ERANGE,
	  { VB, NETS(NET("\x14", ADDR("\x0a\0\0\0") BITS("\x81"))) } },
	{ "prefix with bits beyond its length", U_NEW, EINVAL,
	  { VB, NETS(NET("\x14", ADDR("\x0a\0\0\1") BITS("\x1f"))) } },
	{ "attribute of the future in a prefix", U_NEW, EINVAL,
	  { VB, NETS(NET("\x1c", ADDR("\x0a\0\0\0") BITS("\x08") "\x08\0\x03\0" "\1\0\0\0")) } },
	{ "seventeen prefixes", U_NEW, EINVAL,
	  { VB, NETS(TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN) } },
	{ "policy that exists", U_NEW, EEXIST, { VA, NETS(TEN) } },
	{ "policy with a peer", U_NEW, EINVAL, { VB, NETS(TEN), A(BFD_A_PEER, PEER) } },
	{ "policy with a TTL", U_NEW, EINVAL, { VB, NETS(TEN), U8(BFD_A_MIN_TTL, 255) } },
	{ "policy with rx 0", U_NEW, EINVAL, { VB, NETS(TEN), U32(BFD_A_REQUIRED_MIN_RX_US, 0) } },
	{ "policy with rx 999 us", U_NEW, EINVAL,
	  { VB, NETS(TEN), U32(BFD_A_REQUIRED_MIN_RX_US, 999) } },
	{ "policy of no sessions", U_NEW, ERANGE, { VB, NETS(TEN), U32(BFD_A_MAX_SESSIONS, 0) } },
	{ "policy of 65536 sessions", U_NEW, ERANGE,
	  { VB, NETS(TEN), U32(BFD_A_MAX_SESSIONS, 65536) } },
	{ "policy that has sessions", U_NEW, EINVAL, { VB, NETS(TEN), U32(BFD_A_SESSIONS, 1) } },
	{ "set a policy nobody has", U_SET, ENOENT, { VB, U8(BFD_A_DETECT_MULT, 5) } },
	{ "set no policy", U_SET, EINVAL, { U8(BFD_A_DETECT_MULT, 5) } },
	{ "set to no prefixes", U_SET, EINVAL, { VA, U8(BFD_A_DETECT_MULT, 5), NETS("") } },
	{ "set a good idle time and a bad rx", U_SET, EINVAL,
	  { VA, U32(BFD_A_IDLE_TIME_US, 5), U32(BFD_A_REQUIRED_MIN_RX_US, 5) } },
	{ "delete a policy nobody has", U_DEL, ENOENT, { VB } },
	{ "delete policies by parameters", U_DEL, EINVAL, { U8(BFD_A_DETECT_MULT, 3) } },
	{ "get no policy", U_GET, EINVAL, { } },
	{ "get a policy nobody has", U_GET, ENOENT, { VB } },
	{ "a session's idle time", SET, EINVAL, { OF_77, U32(BFD_A_IDLE_TIME_US, 5) } },
	{ "a session that says it is unsolicited", NEW, EINVAL,
	  { A(BFD_A_PEER, PEER), U8(BFD_A_UNSOLICITED, 1) } },
	{ "statistics of one", BFD_CMD_STATS_GET, EINVAL, { U32(BFD_A_LOCAL_DISCRIMINATOR, 77) } },
};

static const struct refuser refuser = {
	.family = BFD_GENL_NAME,
	.new = NEW,
	.del = DEL,
	.get = GET,
	.unknown = { BFD_CMD_SESSION_NTF, BFD_CMD_MAX + 1 },
	.key = A(BFD_A_PEER, PEER),
};

int main(void)
{
	if (refuse_begin(&refuser))
		return 1;
	refuse(refusals, sizeof(refusals) / sizeof(*refusals));
	refuse_messages();
	refuse_dump("dump by parameters", EINVAL, (struct bytes)A(BFD_A_DETECT_MULT, "\3"));
	refuse_dump("dump of a state nobody knows", ERANGE, (struct bytes)A(BFD_A_STATE, "\7"));
	refuse_dump("dump of half an address", EINVAL, (struct bytes)A(BFD_A_PEER, "\x0a\0"));
	return refuse_end();
}
