/* SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note */
/*
 * Bidirectional Forwarding Detection: generic netlink family "bfd", version 1.
 *
 * The whole contract between bfd.ko and user space. Attributes of one flat
 * space (enum bfd_attr); a message of each command carries:
 *
 *	SESSION_NEW	KEY [PARAMS]		create		CAP_NET_ADMIN
 *	SESSION_SET	SELECT PARAMS		change live	CAP_NET_ADMIN
 *	SESSION_DEL	SELECT | (nothing)	delete one, all	CAP_NET_ADMIN
 *	SESSION_POLL	SELECT			verify		CAP_NET_ADMIN
 *	SESSION_GET	SELECT			reply: SESSION_GET, SESSION
 *	SESSION_GET	NLM_F_DUMP [FILTER]	replies: SESSION_GET, SESSION
 *	SESSION_NTF	(group "state")		SESSION + NTF
 *	STATS_GET	(nothing)		reply: STATS_GET, COUNTERS
 *	UNSOLICITED_NEW	IFNAME PREFIXES [MAKE]	allow		CAP_NET_ADMIN
 *	UNSOLICITED_SET	IFNAME [PREFIXES] [MAKE] change		CAP_NET_ADMIN
 *	UNSOLICITED_DEL	IFNAME | (nothing)	delete one, all	CAP_NET_ADMIN
 *	UNSOLICITED_GET	IFNAME			reply: UNSOLICITED_GET, IFNAME
 *						IFINDEX PREFIXES MAKE SESSIONS
 *	UNSOLICITED_GET	NLM_F_DUMP		replies: likewise
 *
 *	KEY	= PEER [LOCAL] [IFNAME] [VRF] [TYPE]
 *	SELECT	= LOCAL_DISCRIMINATOR | KEY
 *	FILTER	= [PEER] [LOCAL] [IFNAME] [VRF] [TYPE] [STATE]
 *	PARAMS	= [DESIRED_MIN_TX_US] [REQUIRED_MIN_RX_US] [DETECT_MULT]
 *		  [PASSIVE] [ADMIN_DOWN] [MIN_TTL] [REROUTE] [DEMAND]
 *		  [DEMAND_POLL_US] [AUTH_KEYS] [HOLD_UP_US]
 *		  [HOLD_UP_MAX_US] [PADDED_PDU_SIZE]
 *		  [DESIRED_MIN_ECHO_TX_US] [REQUIRED_MIN_ECHO_RX_US]
 *		  [ECHO_SLOW_US]; SESSION_NEW may also
 *		  carry LOCAL_DISCRIMINATOR and OWNER
 *	MAKE	= [DESIRED_MIN_TX_US] [REQUIRED_MIN_RX_US] [DETECT_MULT]
 *		  [MAX_SESSIONS] [IDLE_TIME_US]
 *	SESSION	= KEY, PARAMS and what the kernel knows beside them
 *	NTF	= EVENT TIMESTAMP_NS EVENTS_LOST; for BFD_EVENT_STATE also
 *		  OLD_STATE and, after a timeout, DETECTION_LATENCY_US
 *
 * SESSION_NEW answers with SESSION_NEW + SESSION when NLM_F_ECHO asks for it.
 * Unknown attributes, wrong types and wrong lengths are refused. A refused
 * command changes nothing and says why in the extended ack.
 */
#ifndef _UAPI_LINUX_BFD_H
#define _UAPI_LINUX_BFD_H

#define BFD_GENL_NAME		"bfd"
#define BFD_GENL_VERSION	1
#define BFD_GENL_GROUP_STATE	"state"

/**
 * enum bfd_cmd - commands of the family
 * @BFD_CMD_UNSPEC: never sent
 * @BFD_CMD_SESSION_NEW: create a session; -EEXIST if one has this key
 * @BFD_CMD_SESSION_SET: change parameters of a live session; it never flaps
 * @BFD_CMD_SESSION_DEL: delete one session or, without attributes, all; the
 *	peer is told AdminDown first
 * @BFD_CMD_SESSION_GET: one session, or a dump of those a filter selects
 * @BFD_CMD_SESSION_NTF: a session appeared, changed or went (multicast)
 * @BFD_CMD_STATS_GET: counters of the network namespace
 * @BFD_CMD_SESSION_POLL: begin a Poll Sequence, to verify the path now (RFC
 *	5880 6.6); -ENOTCONN while the session is not Up
 * @BFD_CMD_REFLECTOR_NEW: create an S-BFD reflector; -EEXIST if one has this
 *	discriminator
 * @BFD_CMD_REFLECTOR_SET: change parameters of a reflector
 * @BFD_CMD_REFLECTOR_DEL: delete one reflector or, without attributes, all
 * @BFD_CMD_REFLECTOR_GET: one reflector, or a dump of all
 * @BFD_CMD_UNSOLICITED_NEW: allow peers on a device to have sessions that nobody
 *	here asked for (RFC 9468); -EEXIST if the device has such a policy
 * @BFD_CMD_UNSOLICITED_SET: change a policy and the sessions that it made; those
 *	that it does not allow any more are deleted
 * @BFD_CMD_UNSOLICITED_DEL: delete the policy of a device or, without attributes,
 *	all, with the sessions that they made
 * @BFD_CMD_UNSOLICITED_GET: the policy of a device, or a dump of all
 */
enum bfd_cmd {
	BFD_CMD_UNSPEC,
	BFD_CMD_SESSION_NEW,
	BFD_CMD_SESSION_SET,
	BFD_CMD_SESSION_DEL,
	BFD_CMD_SESSION_GET,
	BFD_CMD_SESSION_NTF,
	BFD_CMD_STATS_GET,
	BFD_CMD_SESSION_POLL,
	BFD_CMD_REFLECTOR_NEW,
	BFD_CMD_REFLECTOR_SET,
	BFD_CMD_REFLECTOR_DEL,
	BFD_CMD_REFLECTOR_GET,
	BFD_CMD_UNSOLICITED_NEW,
	BFD_CMD_UNSOLICITED_SET,
	BFD_CMD_UNSOLICITED_DEL,
	BFD_CMD_UNSOLICITED_GET,

	__BFD_CMD_MAX,
	BFD_CMD_MAX = __BFD_CMD_MAX - 1
};

/**
 * enum bfd_state - bfd.SessionState and bfd.RemoteSessionState, RFC 5880 4.1
 * @BFD_STATE_ADMIN_DOWN: held down by the administrator
 * @BFD_STATE_DOWN: down, or just created
 * @BFD_STATE_INIT: the peer is heard, but does not yet hear us
 * @BFD_STATE_UP: each hears the other
 */
enum bfd_state {
	BFD_STATE_ADMIN_DOWN,
	BFD_STATE_DOWN,
	BFD_STATE_INIT,
	BFD_STATE_UP,

	__BFD_STATE_MAX
};

/**
 * enum bfd_diag - why the local state last changed, RFC 5880 4.1
 * @BFD_DIAG_NONE: no diagnostic
 * @BFD_DIAG_CONTROL_EXPIRY: control detection time expired
 * @BFD_DIAG_ECHO_FAILED: echo function failed
 * @BFD_DIAG_NEIGHBOR_DOWN: neighbour signalled session down
 * @BFD_DIAG_FORWARDING_RESET: forwarding plane reset
 * @BFD_DIAG_PATH_DOWN: path down; the session's device went away
 * @BFD_DIAG_CONCAT_PATH_DOWN: concatenated path down
 * @BFD_DIAG_ADMIN_DOWN: administratively down
 * @BFD_DIAG_REVERSE_CONCAT_PATH_DOWN: reverse concatenated path down
 */
enum bfd_diag {
	BFD_DIAG_NONE,
	BFD_DIAG_CONTROL_EXPIRY,
	BFD_DIAG_ECHO_FAILED,
	BFD_DIAG_NEIGHBOR_DOWN,
	BFD_DIAG_FORWARDING_RESET,
	BFD_DIAG_PATH_DOWN,
	BFD_DIAG_CONCAT_PATH_DOWN,
	BFD_DIAG_ADMIN_DOWN,
	BFD_DIAG_REVERSE_CONCAT_PATH_DOWN,

	__BFD_DIAG_MAX
};

/**
 * enum bfd_type - what kind of session
 * @BFD_TYPE_SINGLE_HOP: RFC 5881; UDP port 3784, TTL 255 required
 * @BFD_TYPE_MULTIHOP: RFC 5883; UDP port 4784, TTL at least MIN_TTL
 * @BFD_TYPE_SBFD: S-BFD initiator, RFC 7880 and 7881; UDP port 7784 of PEER,
 *	whose reflector has REMOTE_DISCRIMINATOR; TTL at least MIN_TTL
 * @BFD_TYPE_VXLAN: RFC 8971, between VTEPs: LOCAL and PEER are their addresses in
 *	the underlay, VRF is the underlay's, IFNAME is the VXLAN device and
 *	required; inner UDP port 3784, inner TTL 255 required
 * @BFD_TYPE_MICRO: RFC 7130, on a member of a LAG: IFNAME is the member, LOCAL and
 *	PEER are addresses of the LAG; both are required, and VRF is not allowed.
 *	UDP port 6784, TTL 255 required. It is bound to the device: it stays when
 *	that is a member no more
 * @BFD_TYPE_ECHO: unaffiliated echo, RFC 9747: PEER has no BFD, and forwards to us
 *	what we send to ourselves by it, to UDP port 3785 with TTL 255. Every
 *	DESIRED_MIN_TX_US one leaves, and is to be back with TTL 254. No parameter
 *	that PEER would have to know of is allowed
 * @BFD_TYPE_GENEVE: RFC 9521, between Geneve endpoints: as BFD_TYPE_VXLAN, with the
 *	Geneve device
 */
enum bfd_type {
	BFD_TYPE_SINGLE_HOP,
	BFD_TYPE_MULTIHOP,
	BFD_TYPE_SBFD,
	BFD_TYPE_VXLAN,
	BFD_TYPE_MICRO,
	BFD_TYPE_ECHO,
	BFD_TYPE_GENEVE,

	__BFD_TYPE_MAX
};

/**
 * enum bfd_auth_type - types of authentication, RFC 5880 4.1
 * @BFD_AUTH_NONE: a packet is not authenticated
 * @BFD_AUTH_SIMPLE: Simple Password
 * @BFD_AUTH_MD5: Keyed MD5
 * @BFD_AUTH_METICULOUS_MD5: Meticulous Keyed MD5
 * @BFD_AUTH_SHA1: Keyed SHA1
 * @BFD_AUTH_METICULOUS_SHA1: Meticulous Keyed SHA1
 * @BFD_AUTH_NULL: NULL, RFC 9978: packets are numbered, and anybody may do so
 * @BFD_AUTH_OPTIMIZED_MD5: Optimized MD5 Meticulous Keyed ISAAC, RFC 9985, 9986
 * @BFD_AUTH_OPTIMIZED_SHA1: Optimized SHA-1 Meticulous Keyed ISAAC
 */
enum bfd_auth_type {
	BFD_AUTH_NONE,
	BFD_AUTH_SIMPLE,
	BFD_AUTH_MD5,
	BFD_AUTH_METICULOUS_MD5,
	BFD_AUTH_SHA1,
	BFD_AUTH_METICULOUS_SHA1,
	BFD_AUTH_NULL,
	BFD_AUTH_OPTIMIZED_MD5,
	BFD_AUTH_OPTIMIZED_SHA1,

	__BFD_AUTH_MAX
};

/**
 * enum bfd_event - what a SESSION_NTF tells
 * @BFD_EVENT_STATE: the local state changed from OLD_STATE to STATE
 * @BFD_EVENT_NEW: the session was created
 * @BFD_EVENT_SET: its parameters were changed by command, or its device
 *	came, went or was renamed
 * @BFD_EVENT_DEL: the session was deleted
 */
enum bfd_event {
	BFD_EVENT_STATE,
	BFD_EVENT_NEW,
	BFD_EVENT_SET,
	BFD_EVENT_DEL,
};

/**
 * enum bfd_attr - attributes of the family
 * @BFD_A_UNSPEC: never sent
 * @BFD_A_PAD: padding of 64-bit attributes
 * @BFD_A_LOCAL_DISCRIMINATOR: u32, bfd.LocalDiscr, 1..2^32-1: the session's
 *	id, unique in its namespace. Chosen at random unless SESSION_NEW has it.
 *	Reflectors have a pool of their own (RFC 7880 4.2), and none is chosen
 * @BFD_A_REMOTE_DISCRIMINATOR: u32, bfd.RemoteDiscr, 0 while unknown. In
 *	commands that of the reflector, 1..2^32-1, part of the key of an S-BFD
 *	session and only of its
 * @BFD_A_TYPE: u8, enum bfd_type; absent means single hop
 * @BFD_A_PEER: 4 or 16 bytes, network order: the peer's unicast address
 * @BFD_A_LOCAL: 4 or 16 bytes: our address, of PEER's family; absent means
 *	that routing chooses. In replies: the configured address or none. Of a
 *	reflector the only address it answers at; absent means all there are
 * @BFD_A_SOURCE: 4 or 16 bytes, replies only: the address in use, if known
 * @BFD_A_IFNAME: string, the device the session is bound to. It need not
 *	exist yet: the session waits, Down. Required with a link-local PEER
 * @BFD_A_IFINDEX: u32, replies only: the bound device's index; 0 while it
 *	does not exist
 * @BFD_A_VRF: string, name of the VRF device the session lives in. It too
 *	may appear later
 * @BFD_A_DESIRED_MIN_TX_US: u32, configured bfd.DesiredMinTxInterval, us,
 *	1000..0xffffffff, default 300000. While not Up at least 1 s is
 *	advertised and used (RFC 5880 6.8.3)
 * @BFD_A_REQUIRED_MIN_RX_US: u32, configured bfd.RequiredMinRxInterval, us,
 *	0 (send me nothing periodic) or 1000..0xffffffff, default 300000. Not
 *	with S-BFD, whose sessions have 0 (RFC 7880 6.2). What a reflector asks
 *	of each initiator is 1000..0xffffffff, default 10000
 * @BFD_A_DETECT_MULT: u8, bfd.DetectMult, 1..255, default 3
 * @BFD_A_PASSIVE: u8, 0 or 1: do not speak before the peer does
 * @BFD_A_ADMIN_DOWN: u8, 0 or 1: hold the session AdminDown; of a reflector:
 *	answer that what it stands for is out of service (RFC 7880 7.2.3)
 * @BFD_A_MIN_TTL: u8, 1..255: least TTL or hop limit a received packet may
 *	have. Multihop, default 254, S-BFD and reflectors, default 1; single hop
 *	is 255 always (RFC 5881 5)
 * @BFD_A_STATE: u8, enum bfd_state, bfd.SessionState
 * @BFD_A_REMOTE_STATE: u8, enum bfd_state, bfd.RemoteSessionState
 * @BFD_A_DIAGNOSTIC: u8, enum bfd_diag, bfd.LocalDiag
 * @BFD_A_REMOTE_DIAGNOSTIC: u8, 0..31, the peer's last Diag field
 * @BFD_A_REMOTE_DETECT_MULT: u8, the peer's last Detect Mult; 0 unknown
 * @BFD_A_REMOTE_DEMAND: u8, bfd.RemoteDemandMode
 * @BFD_A_REMOTE_DESIRED_MIN_TX_US: u32, us, as last received; 0 unknown
 * @BFD_A_REMOTE_REQUIRED_MIN_RX_US: u32, us, bfd.RemoteMinRxInterval
 * @BFD_A_REMOTE_REQUIRED_MIN_ECHO_RX_US: u32, us, as last received
 * @BFD_A_NEGOTIATED_TX_US: u32, us, the interval we transmit at before
 *	jitter; 0 when nothing is sent periodically (RFC 5880 6.8.7)
 * @BFD_A_NEGOTIATED_RX_US: u32, us, the interval the peer transmits at
 *	before jitter; 0 unknown
 * @BFD_A_DETECTION_TIME_US: u64, us, RFC 5880 6.8.4; 0 while the peer is
 *	unknown
 * @BFD_A_POLLING: u8, 1 while a Poll Sequence of ours is in progress
 * @BFD_A_SOURCE_PORT: u16, host order, 49152..65535 (RFC 5881 4)
 * @BFD_A_CPU: u32, the CPU whose pacer serves the session
 * @BFD_A_STATISTICS: nest of enum bfd_stat
 * @BFD_A_EVENT: u8, enum bfd_event
 * @BFD_A_OLD_STATE: u8, enum bfd_state, before the event
 * @BFD_A_TIMESTAMP_NS: u64, ns, CLOCK_REALTIME of the event
 * @BFD_A_DETECTION_LATENCY_US: u32, us from the detection deadline to the
 *	moment Down was declared; present with BFD_DIAG_CONTROL_EXPIRY and
 *	BFD_DIAG_ECHO_FAILED only
 * @BFD_A_EVENTS_LOST: u32, events of this namespace that could not be sent
 *	for want of memory since the last one that could
 * @BFD_A_COUNTERS: nest of enum bfd_counter, each a u64, whole namespace
 * @BFD_A_REROUTE: u8, 0 or 1: while the path is lost, fail PEER's entry in the
 *	neighbour table of IFNAME, so that nexthop groups, and multipath routes
 *	with fib_multipath_use_neigh, leave it out. Single hop with IFNAME only
 * @BFD_A_REROUTED: u8, replies only: 1 while that is so
 * @BFD_A_DEMAND: u8, 0 or 1, bfd.DemandMode: while both ends are Up, ask the
 *	peer to send nothing periodic; Poll Sequences verify the path (RFC 5880
 *	6.6)
 * @BFD_A_DEMAND_POLL_US: u32, us, 0 (only by SESSION_POLL) or 1000..0xffffffff,
 *	default 1000000: time from one verification to the next in Demand mode
 * @BFD_A_DEMAND_ACTIVE: u8, replies only: 1 while Demand mode is active here
 * @BFD_A_AUTH_KEYS: array, numbered from 1, of nests of enum bfd_key_attr, at
 *	most BFD_KEYS_MAX: all keys of the session. Packets made with any of
 *	them are accepted, ours are made with the first. In a command it
 *	replaces those there are; empty, the session is not authenticated. In
 *	replies it is absent then
 * @BFD_A_OWNER: string, the program that asked for the session, and will ask
 *	again after a restart; absent means the administrator. The kernel only
 *	keeps it, and SESSION_SET cannot change it
 * @BFD_A_REPLY_RATE: u32, 1..1000000, default 10000: answers a second that a
 *	reflector gives at most
 * @BFD_A_HOLD_UP_US: u32, us, default 0: a session must have been Up for so long
 *	before listeners, reroute and the match of rules know it as Up. The peer
 *	notices nothing, and Down is told at once
 * @BFD_A_HOLD_UP_MAX_US: u32, us, 0 or HOLD_UP_US and more, default 0: with each
 *	flap that time doubles, up to this; it is HOLD_UP_US again for a session
 *	that has been Up for this time without one. 0: it does not grow
 * @BFD_A_PADDED_PDU_SIZE: u32, 0..9216, default 0, bfd.PaddedPduSize (RFC 9764):
 *	bytes that a packet of ours has at least, from the IP header on; zeros
 *	follow what is less. It is never fragmented: a path that lost such an
 *	MTU is lost
 * @BFD_A_REPORTED_STATE: u8, enum bfd_state, replies only: what listeners know
 *	STATE to be: another one only while Up is kept back
 * @BFD_A_HOLD_US: u32, us, replies only: what HOLD_UP_US has grown to
 * @BFD_A_HELD_LEFT_US: u32, us, replies only: for how long Up is kept back
 *	still; 0: it is not
 * @BFD_A_PREFIXES: array, numbered from 1, of nests of enum bfd_prefix_attr, 1 to
 *	BFD_PREFIXES_MAX of them: the peers that an unsolicited policy allows. In a
 *	command it replaces those there are
 * @BFD_A_MAX_SESSIONS: u32, 1..65535, default 64: sessions that an unsolicited
 *	policy has at a time. Fewer than there are ends none of them
 * @BFD_A_IDLE_TIME_US: u32, us, default 60000000: for how long a session stays that
 *	an unsolicited policy made, when it is Down and its peer silent. One that
 *	never was Up goes after 3000000 at most
 * @BFD_A_SESSIONS: u32, replies only: sessions that an unsolicited policy has
 * @BFD_A_UNSOLICITED: u8, replies only: 1 of a session that an unsolicited policy
 *	made. SESSION_SET refuses it, -EBUSY; a SESSION_NEW whose session is to have
 *	its packets deletes it
 * @BFD_A_VNI: u32, 0..2^24-1, replies only: VNI of IFNAME, of a VXLAN or Geneve
 *	session; absent while there is no such device
 * @BFD_A_DESIRED_MIN_ECHO_TX_US: u32, us, 0 (none) or 1000..0xffffffff, default
 *	0: interval of our echoes, unless the peer wants it longer. They leave
 *	while Up, if it lets them, and detect a lost path (RFC 5880 6.4). Single
 *	hop only, as the next four
 * @BFD_A_REQUIRED_MIN_ECHO_RX_US: u32, us, 0 or 1000..0xffffffff, default 0,
 *	bfd.RequiredMinEchoRxInterval: the peer's echoes are looped as fast as
 *	that; 0: they are not
 * @BFD_A_ECHO_SLOW_US: u32, us, 0 or 1000..0xffffffff, default 1000000: while
 *	our echoes detect, REQUIRED_MIN_RX_US is at least this (RFC 5880 6.8.3)
 * @BFD_A_NEGOTIATED_ECHO_TX_US: u32, us, replies only: interval of our echoes
 *	before jitter; 0: none leave
 * @BFD_A_ECHO_DETECTION_TIME_US: u64, us, replies only: no echo for so long, and
 *	the path is lost (RFC 5880 6.8.5); 0: none leave
 */
enum bfd_attr {
	BFD_A_UNSPEC,
	BFD_A_PAD,
	BFD_A_LOCAL_DISCRIMINATOR,
	BFD_A_REMOTE_DISCRIMINATOR,
	BFD_A_TYPE,
	BFD_A_PEER,
	BFD_A_LOCAL,
	BFD_A_SOURCE,
	BFD_A_IFNAME,
	BFD_A_IFINDEX,
	BFD_A_VRF,
	BFD_A_DESIRED_MIN_TX_US,
	BFD_A_REQUIRED_MIN_RX_US,
	BFD_A_DETECT_MULT,
	BFD_A_PASSIVE,
	BFD_A_ADMIN_DOWN,
	BFD_A_MIN_TTL,
	BFD_A_STATE,
	BFD_A_REMOTE_STATE,
	BFD_A_DIAGNOSTIC,
	BFD_A_REMOTE_DIAGNOSTIC,
	BFD_A_REMOTE_DETECT_MULT,
	BFD_A_REMOTE_DEMAND,
	BFD_A_REMOTE_DESIRED_MIN_TX_US,
	BFD_A_REMOTE_REQUIRED_MIN_RX_US,
	BFD_A_REMOTE_REQUIRED_MIN_ECHO_RX_US,
	BFD_A_NEGOTIATED_TX_US,
	BFD_A_NEGOTIATED_RX_US,
	BFD_A_DETECTION_TIME_US,
	BFD_A_POLLING,
	BFD_A_SOURCE_PORT,
	BFD_A_CPU,
	BFD_A_STATISTICS,
	BFD_A_EVENT,
	BFD_A_OLD_STATE,
	BFD_A_TIMESTAMP_NS,
	BFD_A_DETECTION_LATENCY_US,
	BFD_A_EVENTS_LOST,
	BFD_A_COUNTERS,
	BFD_A_REROUTE,
	BFD_A_REROUTED,
	BFD_A_DEMAND,
	BFD_A_DEMAND_POLL_US,
	BFD_A_DEMAND_ACTIVE,
	BFD_A_AUTH_KEYS,
	BFD_A_OWNER,
	BFD_A_REPLY_RATE,
	BFD_A_HOLD_UP_US,
	BFD_A_HOLD_UP_MAX_US,
	BFD_A_REPORTED_STATE,
	BFD_A_HOLD_US,
	BFD_A_HELD_LEFT_US,
	BFD_A_PADDED_PDU_SIZE,
	BFD_A_PREFIXES,
	BFD_A_MAX_SESSIONS,
	BFD_A_IDLE_TIME_US,
	BFD_A_SESSIONS,
	BFD_A_UNSOLICITED,
	BFD_A_VNI,
	BFD_A_DESIRED_MIN_ECHO_TX_US,
	BFD_A_REQUIRED_MIN_ECHO_RX_US,
	BFD_A_ECHO_SLOW_US,
	BFD_A_NEGOTIATED_ECHO_TX_US,
	BFD_A_ECHO_DETECTION_TIME_US,

	__BFD_A_MAX,
	BFD_A_MAX = __BFD_A_MAX - 1
};

#define BFD_KEYS_MAX		8	/* of a session */
#define BFD_KEY_FILE_MAX	127	/* characters of a name */

/**
 * enum bfd_key_attr - inside each nest of BFD_A_AUTH_KEYS
 * @BFD_KEY_UNSPEC: never sent
 * @BFD_KEY_TYPE: u8, enum bfd_auth_type, not NONE
 * @BFD_KEY_ID: u8, Auth Key ID: unique in its session, known to both ends; 0 of
 *	BFD_AUTH_NULL, which has no secret either
 * @BFD_KEY_SECRET: 1 to 16 bytes, for SHA1 1 to 20; only in commands, where its
 *	absence means the key of this type and id that the session has. No reply
 *	and no event has it
 * @BFD_KEY_FILE: string, the file the secret was read from, only beside it; the
 *	kernel keeps it for whoever saves the configuration
 */
enum bfd_key_attr {
	BFD_KEY_UNSPEC,
	BFD_KEY_TYPE,
	BFD_KEY_ID,
	BFD_KEY_SECRET,
	BFD_KEY_FILE,

	__BFD_KEY_MAX,
	BFD_KEY_MAX = __BFD_KEY_MAX - 1
};

#define BFD_PREFIXES_MAX	16	/* of a policy */

/**
 * enum bfd_prefix_attr - inside each nest of BFD_A_PREFIXES
 * @BFD_PREFIX_UNSPEC: never sent
 * @BFD_PREFIX_ADDRESS: 4 or 16 bytes, network order; bits beyond LENGTH are 0
 * @BFD_PREFIX_LENGTH: u8, bits that count, 0..32 or 0..128
 */
enum bfd_prefix_attr {
	BFD_PREFIX_UNSPEC,
	BFD_PREFIX_ADDRESS,
	BFD_PREFIX_LENGTH,

	__BFD_PREFIX_MAX,
	BFD_PREFIX_MAX = __BFD_PREFIX_MAX - 1
};

/* Power-of-two buckets: bucket n counts times of 2^n..2^(n+1)-1 us (the first
 * also 0, the last also everything longer).
 */
#define BFD_HISTOGRAM_BUCKETS	24

/**
 * enum bfd_stat - inside BFD_A_STATISTICS; counts are u64 unless said
 * @BFD_STAT_UNSPEC: never sent
 * @BFD_STAT_PAD: padding
 * @BFD_STAT_CREATE_TIME_NS: u64, ns, CLOCK_REALTIME
 * @BFD_STAT_LAST_UP_TIME_NS: u64, ns, CLOCK_REALTIME; 0 never
 * @BFD_STAT_LAST_DOWN_TIME_NS: u64, ns, CLOCK_REALTIME; 0 never
 * @BFD_STAT_UP_COUNT: transitions into Up
 * @BFD_STAT_DOWN_COUNT: transitions from Up to Down
 * @BFD_STAT_ADMIN_DOWN_COUNT: transitions from any state to AdminDown
 * @BFD_STAT_RX_PACKETS: valid packets taken
 * @BFD_STAT_TX_PACKETS: packets handed to the network layer
 * @BFD_STAT_RX_INVALID: packets for this session that were refused; which
 *	reasons is told by the namespace's counters
 * @BFD_STAT_TX_FAILED: packets that could not be sent (no device, no route,
 *	no memory, refused by a filter)
 * @BFD_STAT_GRACE: detections put off once because this CPU had stalled
 * @BFD_STAT_RX_INTERVAL_HISTOGRAM: BFD_HISTOGRAM_BUCKETS u32 counts, host
 *	order, of the time between two valid packets while Up. Not in Demand
 *	mode, where silence tells nothing
 * @BFD_STAT_RX_INTERVAL_MAX_US: u64, us, the longest of these; absent with the
 *	next one while there is none
 * @BFD_STAT_RX_INTERVAL_MAX_TIME_NS: u64, ns, CLOCK_REALTIME: when that was
 * @BFD_STAT_TX_LATENESS_HISTOGRAM: likewise of the time from when a periodic
 *	packet was due to when it was handed on to be sent
 * @BFD_STAT_TX_LATENESS_MAX_US: u64, us, the longest of these
 * @BFD_STAT_TX_LATENESS_MAX_TIME_NS: u64, ns, CLOCK_REALTIME
 * @BFD_STAT_DETECTION_MARGIN_HISTOGRAM: likewise of what was left of the
 *	detection time when the second of them came
 * @BFD_STAT_DETECTION_MARGIN_MIN_US: u64, us, the shortest of these
 * @BFD_STAT_DETECTION_MARGIN_MIN_TIME_NS: u64, ns, CLOCK_REALTIME
 * @BFD_STAT_NEAR_MISSES: margins of less than a quarter of the detection time
 * @BFD_STAT_LOST_PACKETS: packets of the peer's that did not come, by their
 *	sequence numbers, while the session was Up and stayed so (RFC 9978); absent
 *	where no key is of a type that numbers each packet
 * @BFD_STAT_ECHO_TX: echoes of ours that left; absent with all that follow while
 *	neither end has sent one
 * @BFD_STAT_ECHO_RX: of these came back, each once and in order
 * @BFD_STAT_ECHO_LOOPED: echoes of the peer's sent back to it
 * @BFD_STAT_ECHO_RTT_HISTOGRAM: BFD_HISTOGRAM_BUCKETS u32 counts, host order, of
 *	the round-trip times of those that came back
 * @BFD_STAT_ECHO_RTT_MAX_US: u64, us, the longest of these; absent with the next
 *	three while there is none
 * @BFD_STAT_ECHO_RTT_MAX_TIME_NS: u64, ns, CLOCK_REALTIME: when that was
 * @BFD_STAT_ECHO_RTT_MIN_US: u64, us, the shortest
 * @BFD_STAT_ECHO_RTT_AVG_US: u64, us, the mean of all
 *
 * In the first three histograms a packet may be missing that was received on one CPU
 * while another one received for the same session.
 */
enum bfd_stat {
	BFD_STAT_UNSPEC,
	BFD_STAT_PAD,
	BFD_STAT_CREATE_TIME_NS,
	BFD_STAT_LAST_UP_TIME_NS,
	BFD_STAT_LAST_DOWN_TIME_NS,
	BFD_STAT_UP_COUNT,
	BFD_STAT_DOWN_COUNT,
	BFD_STAT_ADMIN_DOWN_COUNT,
	BFD_STAT_RX_PACKETS,
	BFD_STAT_TX_PACKETS,
	BFD_STAT_RX_INVALID,
	BFD_STAT_TX_FAILED,
	BFD_STAT_GRACE,
	BFD_STAT_RX_INTERVAL_HISTOGRAM,
	BFD_STAT_RX_INTERVAL_MAX_US,
	BFD_STAT_RX_INTERVAL_MAX_TIME_NS,
	BFD_STAT_TX_LATENESS_HISTOGRAM,
	BFD_STAT_TX_LATENESS_MAX_US,
	BFD_STAT_TX_LATENESS_MAX_TIME_NS,
	BFD_STAT_DETECTION_MARGIN_HISTOGRAM,
	BFD_STAT_DETECTION_MARGIN_MIN_US,
	BFD_STAT_DETECTION_MARGIN_MIN_TIME_NS,
	BFD_STAT_NEAR_MISSES,
	BFD_STAT_LOST_PACKETS,
	BFD_STAT_ECHO_TX,
	BFD_STAT_ECHO_RX,
	BFD_STAT_ECHO_LOOPED,
	BFD_STAT_ECHO_RTT_HISTOGRAM,
	BFD_STAT_ECHO_RTT_MAX_US,
	BFD_STAT_ECHO_RTT_MAX_TIME_NS,
	BFD_STAT_ECHO_RTT_MIN_US,
	BFD_STAT_ECHO_RTT_AVG_US,

	__BFD_STAT_MAX,
	BFD_STAT_MAX = __BFD_STAT_MAX - 1
};

/*
 * Counters of a namespace, X(NAME, "json-name", "text"). What begins with
 * "drop-" was for a session of ours and refused; "not-ours" went on up the
 * stack untouched. Their order is their number: new ones go to the end.
 */
#define BFD_COUNTERS(X)							\
	X(RX, "receive-packet-count", "valid packets taken")		\
	X(RX_PREDICTED, "receive-predicted-count",			\
	  "of these: said what the last one said")			\
	X(TX, "send-packet-count", "packets sent")			\
	X(TX_NO_DEVICE, "send-failed-no-device",			\
	  "not sent: the session's device or VRF does not exist")	\
	X(TX_NO_ROUTE, "send-failed-no-route", "not sent: no route")	\
	X(TX_NO_MEMORY, "send-failed-no-memory", "not sent: no memory")	\
	X(TX_REFUSED, "send-failed-refused",				\
	  "not sent: refused by a filter or a queue")			\
	X(NOT_OURS, "not-ours", "BFD packets left to others")		\
	X(DROP_TOO_SHORT, "drop-too-short",				\
	  "UDP payload shorter than 24 bytes (RFC 5880 6.8.6)")		\
	X(DROP_VERSION, "drop-version", "version is not 1")		\
	X(DROP_LENGTH, "drop-length",					\
	  "Length under 24, under 26 with A set, or over the payload")	\
	X(DROP_MULT_ZERO, "drop-detect-mult-zero", "Detect Mult is 0")	\
	X(DROP_MULTIPOINT, "drop-multipoint", "M bit is set")		\
	X(DROP_MY_DISCR_ZERO, "drop-my-discriminator-zero",		\
	  "My Discriminator is 0")					\
	X(DROP_YOUR_DISCR_ZERO, "drop-your-discriminator-zero",		\
	  "Your Discriminator is 0, state not Down or AdminDown")	\
	X(DROP_UNKNOWN_DISCR, "drop-unknown-discriminator",		\
	  "from a peer of ours, Your Discriminator not its session's")	\
	X(DROP_WRONG_PEER, "drop-wrong-peer",				\
	  "our discriminator, from another address")			\
	X(DROP_WRONG_DEVICE, "drop-wrong-device",			\
	  "our discriminator, on another device or in another VRF")	\
	X(DROP_TTL, "drop-ttl", "TTL or hop limit too low (RFC 5881 5, 5883 5)") \
	X(DROP_CHECKSUM, "drop-checksum", "UDP length or checksum wrong") \
	X(DROP_AUTH_UNEXPECTED, "drop-auth-unexpected",			\
	  "A bit set, session not authenticated")			\
	X(DROP_ADMIN_DOWN, "drop-admin-down", "session is AdminDown")	\
	X(GRACE, "detection-grace",					\
	  "detections put off once because a CPU had stalled")		\
	X(LATE_SLOT, "late-slot", "times a session was served over 1 ms late")	\
	X(EVENT_LOST, "event-lost", "events not sent for want of memory")	\
	X(DROP_AUTH_MISSING, "drop-auth-missing",			\
	  "A bit clear, session authenticated")				\
	X(DROP_AUTH_TYPE, "drop-auth-type",				\
	  "Auth Type that no key of the session has")			\
	X(DROP_AUTH_KEY_ID, "drop-auth-key-id",				\
	  "Auth Key ID that no key of this type has")			\
	X(DROP_AUTH_LENGTH, "drop-auth-length",				\
	  "Auth Len, or with it Length, not that of the key")		\
	X(DROP_AUTH_SEQUENCE, "drop-auth-sequence",			\
	  "sequence number old, repeated or far ahead")			\
	X(DROP_AUTH_DIGEST, "drop-auth-digest", "password or digest wrong")	\
	X(DROP_SBFD_DEMAND, "drop-sbfd-demand",				\
	  "S-BFD: D bit clear in a request, or set in an answer")	\
	X(DROP_SBFD_STATE, "drop-sbfd-state",				\
	  "S-BFD answer neither Up nor AdminDown")			\
	X(DROP_SBFD_REFLECTOR, "drop-sbfd-reflector",			\
	  "S-BFD answer of another reflector")				\
	X(DROP_SBFD_PORT, "drop-sbfd-port",				\
	  "S-BFD request from a reflector's port, or none")		\
	X(DROP_SBFD_SOURCE, "drop-sbfd-source",				\
	  "S-BFD request from an address nobody can have")		\
	X(DROP_SBFD_RATE, "drop-sbfd-rate",				\
	  "S-BFD request beyond the reflector's rate")			\
	X(DROP_AUTH_MODE, "drop-auth-mode",				\
	  "optimized, and none or not the right of its two modes")	\
	X(UNSOLICITED_NOT_ALLOWED, "unsolicited-not-allowed",		\
	  "of not-ours: initial, on a device with a policy that does not allow its peer") \
	X(DROP_UNSOLICITED_STATE, "drop-unsolicited-state",		\
	  "unsolicited: initial, but AdminDown")			\
	X(DROP_UNSOLICITED_SOURCE, "drop-unsolicited-source",		\
	  "unsolicited: from an address that is not of the device's own networks") \
	X(DROP_UNSOLICITED_LIMIT, "drop-unsolicited-limit",		\
	  "unsolicited: the policy has all the sessions it may have")	\
	X(DROP_UNSOLICITED_QUEUE, "drop-unsolicited-queue",		\
	  "unsolicited: too many wait to be made, or this one could not be") \
	X(ECHO_TX, "send-echo-count", "echoes sent")			\
	X(ECHO_RX, "receive-echo-count", "echoes of ours that came back") \
	X(ECHO_LOOPED, "looped-echo-count", "echoes of peers sent back to them") \
	X(DROP_ECHO_DIGEST, "drop-echo-digest",				\
	  "looks like an echo of ours, and is not")			\
	X(DROP_ECHO_SEQUENCE, "drop-echo-sequence",			\
	  "echo of ours that came back twice, or too late to tell of the path") \
	X(DROP_ECHO_RATE, "drop-echo-rate",				\
	  "echo of a peer beyond the rate it was told")

/**
 * enum bfd_counter - inside BFD_A_COUNTERS, each a u64
 * @BFD_COUNTER_UNSPEC: never sent
 * @BFD_COUNTER_PAD: padding
 */
enum bfd_counter {
	BFD_COUNTER_UNSPEC,
	BFD_COUNTER_PAD,
#define BFD_COUNTER_ENUM(name, json, text) BFD_COUNTER_##name,
	BFD_COUNTERS(BFD_COUNTER_ENUM)
#undef BFD_COUNTER_ENUM

	__BFD_COUNTER_MAX,
	BFD_COUNTER_MAX = __BFD_COUNTER_MAX - 1
};

/* UDP ports, RFC 5881 4, RFC 5883 5, RFC 7881 3 and RFC 7130 2.2 */
#define BFD_PORT_SINGLE_HOP	3784
#define BFD_PORT_ECHO		3785
#define BFD_PORT_MULTIHOP	4784
#define BFD_PORT_SBFD		7784
#define BFD_PORT_MICRO		6784

#endif /* _UAPI_LINUX_BFD_H */
