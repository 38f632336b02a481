/* SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note */
/*
 * IEEE 802.1X authenticator: generic netlink family "dot1x", version 1.
 *
 * The whole contract between dot1x.ko and user space. Attributes of one flat
 * space (enum dot1x_attr); a message of each command carries:
 *
 *	PORT_NEW	IFNAME [PARAMS]		control a device	CAP_NET_ADMIN
 *	PORT_SET	IFNAME PARAMS		change live		CAP_NET_ADMIN
 *	PORT_DEL	IFNAME | (nothing)	release one, all	CAP_NET_ADMIN
 *	PORT_GET	IFNAME			reply: PORT_GET, PORT
 *	PORT_GET	NLM_F_DUMP		replies: PORT_GET, PORT
 *	PORT_REAUTHENTICATE IFNAME		every client, now	CAP_NET_ADMIN
 *	PORT_INITIALIZE	IFNAME			forget all state	CAP_NET_ADMIN
 *	PORT_NTF	(group "state")		PORT + NTF
 *	CLIENT_GET	IFNAME MAC		reply: CLIENT_GET, CLIENT
 *	CLIENT_GET	NLM_F_DUMP [IFNAME] [MAC]	replies: CLIENT_GET, CLIENT
 *	CLIENT_AUTHORIZE IFNAME MAC [SESSION_TIMEOUT_MS]	CAP_NET_ADMIN
 *	CLIENT_DEL	IFNAME [MAC]		one, or all of the port	CAP_NET_ADMIN
 *	CLIENT_NTF	(group "state")		CLIENT + NTF
 *	AGENT_REGISTER	(nothing)		be the agent		CAP_NET_ADMIN
 *	AGENT_REQUEST	(unicast to the agent)	REQUEST
 *	AGENT_ANSWER	ANSWER			from the agent only
 *	STATS_GET	(nothing)		reply: STATS_GET, COUNTERS
 *
 *	PARAMS	= [CONTROL] [HOST_MODE] [DIRECTION] [MAX_CLIENTS] [MAB]
 *		  [REAUTH_PERIOD_MS] [QUIET_PERIOD_MS] [TX_PERIOD_MS]
 *		  [SUPP_TIMEOUT_MS] [SERVER_TIMEOUT_MS] [MAX_REQ]
 *	PORT	= IFINDEX IFNAME PARAMS and what the kernel knows beside them
 *	CLIENT	= IFINDEX IFNAME MAC and what the kernel knows beside them
 *	NTF	= EVENT TIMESTAMP_NS EVENTS_LOST [OLD_PORT_STATUS]
 *	REQUEST	= REQUEST_ID KIND IFINDEX IFNAME PORT_MAC MAC CONVERSATION [EAP]
 *	ANSWER	= REQUEST_ID IFINDEX MAC VERDICT [EAP] [USER_NAME]
 *		  [SESSION_TIMEOUT_MS] [TERMINATION_ACTION] [CLASS]
 *
 * A process is the agent of its network namespace from AGENT_REGISTER until
 * it closes that socket. What waited for an agent is then asked of it; a
 * client in the middle of a conversation with its predecessor starts over.
 *
 * Unknown attributes, wrong types and wrong lengths are refused. A refused
 * command changes nothing and says why in the extended ack.
 */
#ifndef _UAPI_LINUX_DOT1X_H
#define _UAPI_LINUX_DOT1X_H

#define DOT1X_GENL_NAME		"dot1x"
#define DOT1X_GENL_VERSION	1
#define DOT1X_GENL_GROUP_STATE	"state"

/**
 * enum dot1x_cmd - commands of the family
 * @DOT1X_CMD_UNSPEC: never sent
 * @DOT1X_CMD_PORT_NEW: put a device under control; closed before it returns
 * @DOT1X_CMD_PORT_SET: change parameters of a controlled port
 * @DOT1X_CMD_PORT_DEL: end control: the port is open again
 * @DOT1X_CMD_PORT_GET: one port, or a dump of all
 * @DOT1X_CMD_PORT_REAUTHENTICATE: each client of the port proves itself anew;
 *	it stays authorized meanwhile
 * @DOT1X_CMD_PORT_INITIALIZE: throw away all state of the port and start over
 * @DOT1X_CMD_PORT_NTF: a port appeared, changed or went (multicast)
 * @DOT1X_CMD_CLIENT_GET: one client, or a dump of those a filter selects
 * @DOT1X_CMD_CLIENT_AUTHORIZE: let a MAC in by hand, without EAP
 * @DOT1X_CMD_CLIENT_DEL: end a client's authorization and forget it
 * @DOT1X_CMD_CLIENT_NTF: a client appeared, changed or went (multicast)
 * @DOT1X_CMD_AGENT_REGISTER: be the agent; -EBUSY while there is another
 * @DOT1X_CMD_AGENT_REQUEST: a question to the agent (unicast)
 * @DOT1X_CMD_AGENT_ANSWER: its answer; -ESTALE if it is no longer asked
 * @DOT1X_CMD_STATS_GET: counters of the network namespace
 */
enum dot1x_cmd {
	DOT1X_CMD_UNSPEC,
	DOT1X_CMD_PORT_NEW,
	DOT1X_CMD_PORT_SET,
	DOT1X_CMD_PORT_DEL,
	DOT1X_CMD_PORT_GET,
	DOT1X_CMD_PORT_REAUTHENTICATE,
	DOT1X_CMD_PORT_INITIALIZE,
	DOT1X_CMD_PORT_NTF,
	DOT1X_CMD_CLIENT_GET,
	DOT1X_CMD_CLIENT_AUTHORIZE,
	DOT1X_CMD_CLIENT_DEL,
	DOT1X_CMD_CLIENT_NTF,
	DOT1X_CMD_AGENT_REGISTER,
	DOT1X_CMD_AGENT_REQUEST,
	DOT1X_CMD_AGENT_ANSWER,
	DOT1X_CMD_STATS_GET,

	__DOT1X_CMD_MAX,
	DOT1X_CMD_MAX = __DOT1X_CMD_MAX - 1
};

/**
 * enum dot1x_control - AuthControlledPortControl, 802.1X-2004 8.2.2.2 f
 * @DOT1X_CONTROL_AUTO: authentication decides
 * @DOT1X_CONTROL_FORCE_AUTHORIZED: open, whoever is there
 * @DOT1X_CONTROL_FORCE_UNAUTHORIZED: closed, whoever is there
 */
enum dot1x_control {
	DOT1X_CONTROL_AUTO,
	DOT1X_CONTROL_FORCE_AUTHORIZED,
	DOT1X_CONTROL_FORCE_UNAUTHORIZED,

	__DOT1X_CONTROL_MAX
};

/**
 * enum dot1x_host_mode - for whom one authentication opens a port
 * @DOT1X_HOST_MODE_SINGLE: one MAC, and only that one passes
 * @DOT1X_HOST_MODE_MULTI_HOST: one MAC proves itself, then all pass
 * @DOT1X_HOST_MODE_MULTI_AUTH: each MAC proves itself
 */
enum dot1x_host_mode {
	DOT1X_HOST_MODE_SINGLE,
	DOT1X_HOST_MODE_MULTI_HOST,
	DOT1X_HOST_MODE_MULTI_AUTH,

	__DOT1X_HOST_MODE_MAX
};

/**
 * enum dot1x_direction - controlled directions, 802.1X-2004 6.5
 * @DOT1X_DIRECTION_BOTH: nothing passes an unauthorized port
 * @DOT1X_DIRECTION_IN: nothing comes in by it; frames may go out (Wake-on-LAN)
 */
enum dot1x_direction {
	DOT1X_DIRECTION_BOTH,
	DOT1X_DIRECTION_IN,

	__DOT1X_DIRECTION_MAX
};

/**
 * enum dot1x_mab - authentication by MAC address
 * @DOT1X_MAB_OFF: none
 * @DOT1X_MAB_ON: of a MAC that left EAPOL unanswered
 * @DOT1X_MAB_FIRST: before EAPOL is tried
 */
enum dot1x_mab {
	DOT1X_MAB_OFF,
	DOT1X_MAB_ON,
	DOT1X_MAB_FIRST,

	__DOT1X_MAB_MAX
};

/**
 * enum dot1x_port_status - controlled port status, 802.1X-2004 8.2.2.2 b
 * @DOT1X_PORT_UNAUTHORIZED: closed
 * @DOT1X_PORT_AUTHORIZED: open
 */
enum dot1x_port_status {
	DOT1X_PORT_UNAUTHORIZED,
	DOT1X_PORT_AUTHORIZED,

	__DOT1X_PORT_STATUS_MAX
};

/**
 * enum dot1x_pae_state - Authenticator PAE, 802.1X-2004 8.2.4; the MIB's order
 * @DOT1X_PAE_INITIALIZE: port not usable, or being initialized
 * @DOT1X_PAE_DISCONNECTED: nobody there, or logged off
 * @DOT1X_PAE_CONNECTING: asking who is there
 * @DOT1X_PAE_AUTHENTICATING: a conversation is going on
 * @DOT1X_PAE_AUTHENTICATED: authorized
 * @DOT1X_PAE_ABORTING: a conversation is being given up
 * @DOT1X_PAE_HELD: refused, and not listened to for quiet-period
 * @DOT1X_PAE_FORCE_AUTH: control is force-authorized
 * @DOT1X_PAE_FORCE_UNAUTH: control is force-unauthorized
 * @DOT1X_PAE_RESTART: EAP is being restarted
 */
enum dot1x_pae_state {
	DOT1X_PAE_INITIALIZE,
	DOT1X_PAE_DISCONNECTED,
	DOT1X_PAE_CONNECTING,
	DOT1X_PAE_AUTHENTICATING,
	DOT1X_PAE_AUTHENTICATED,
	DOT1X_PAE_ABORTING,
	DOT1X_PAE_HELD,
	DOT1X_PAE_FORCE_AUTH,
	DOT1X_PAE_FORCE_UNAUTH,
	DOT1X_PAE_RESTART,

	__DOT1X_PAE_MAX
};

/**
 * enum dot1x_backend_state - Backend Authentication, 802.1X-2004 8.2.9
 * @DOT1X_BACKEND_REQUEST: an EAP request is out
 * @DOT1X_BACKEND_RESPONSE: the agent has the supplicant's response
 * @DOT1X_BACKEND_SUCCESS: success is being told
 * @DOT1X_BACKEND_FAIL: failure is being told
 * @DOT1X_BACKEND_TIMEOUT: one side did not answer
 * @DOT1X_BACKEND_IDLE: no conversation
 * @DOT1X_BACKEND_INITIALIZE: being initialized
 * @DOT1X_BACKEND_IGNORE: the last response was of no use
 */
enum dot1x_backend_state {
	DOT1X_BACKEND_REQUEST,
	DOT1X_BACKEND_RESPONSE,
	DOT1X_BACKEND_SUCCESS,
	DOT1X_BACKEND_FAIL,
	DOT1X_BACKEND_TIMEOUT,
	DOT1X_BACKEND_IDLE,
	DOT1X_BACKEND_INITIALIZE,
	DOT1X_BACKEND_IGNORE,

	__DOT1X_BACKEND_MAX
};

/**
 * enum dot1x_method - how a client is authenticated
 * @DOT1X_METHOD_DOT1X: by EAP
 * @DOT1X_METHOD_MAB: by its MAC
 * @DOT1X_METHOD_MANUAL: by CLIENT_AUTHORIZE
 */
enum dot1x_method {
	DOT1X_METHOD_DOT1X,
	DOT1X_METHOD_MAB,
	DOT1X_METHOD_MANUAL,

	__DOT1X_METHOD_MAX
};

/**
 * enum dot1x_kind - what AGENT_REQUEST asks
 * @DOT1X_KIND_EAP: carry EAP, a response of the supplicant, to a server
 * @DOT1X_KIND_MAB: is this MAC known?
 */
enum dot1x_kind {
	DOT1X_KIND_EAP,
	DOT1X_KIND_MAB,

	__DOT1X_KIND_MAX
};

/**
 * enum dot1x_verdict - what AGENT_ANSWER says
 * @DOT1X_VERDICT_CHALLENGE: ask the supplicant EAP, an EAP request
 * @DOT1X_VERDICT_ACCEPT: let it in; EAP, if given, is an EAP-Success
 * @DOT1X_VERDICT_REJECT: do not; EAP, if given, is an EAP-Failure
 * @DOT1X_VERDICT_IGNORE: the response was of no use; wait for another one
 * @DOT1X_VERDICT_NO_SERVER: no server answers; the conversation is given up
 */
enum dot1x_verdict {
	DOT1X_VERDICT_CHALLENGE,
	DOT1X_VERDICT_ACCEPT,
	DOT1X_VERDICT_REJECT,
	DOT1X_VERDICT_IGNORE,
	DOT1X_VERDICT_NO_SERVER,

	__DOT1X_VERDICT_MAX
};

/**
 * enum dot1x_termination - what happens when SESSION_TIMEOUT_MS is over,
 *	RFC 3580 3.17
 * @DOT1X_TERMINATION_DEFAULT: the client's authorization ends
 * @DOT1X_TERMINATION_REAUTHENTICATE: it proves itself anew, authorized meanwhile
 */
enum dot1x_termination {
	DOT1X_TERMINATION_DEFAULT,
	DOT1X_TERMINATION_REAUTHENTICATE,

	__DOT1X_TERMINATION_MAX
};

/**
 * enum dot1x_event - what a PORT_NTF or CLIENT_NTF tells
 * @DOT1X_EVENT_NEW: it came under control; it appeared
 * @DOT1X_EVENT_SET: parameters or name changed
 * @DOT1X_EVENT_DEL: it went
 * @DOT1X_EVENT_STATUS: authorized or no longer; OLD_PORT_STATUS is before
 * @DOT1X_EVENT_HELD: a client was refused
 */
enum dot1x_event {
	DOT1X_EVENT_NEW,
	DOT1X_EVENT_SET,
	DOT1X_EVENT_DEL,
	DOT1X_EVENT_STATUS,
	DOT1X_EVENT_HELD,

	__DOT1X_EVENT_MAX
};

/**
 * enum dot1x_attr - attributes of the family
 * @DOT1X_A_UNSPEC: never sent
 * @DOT1X_A_PAD: padding of 64-bit attributes
 * @DOT1X_A_IFINDEX: u32, the port's device
 * @DOT1X_A_IFNAME: string, its name
 * @DOT1X_A_MAC: 6 bytes, a client's unicast address, not zero
 * @DOT1X_A_PORT_MAC: 6 bytes, the port's own address
 * @DOT1X_A_CONTROL: u8, enum dot1x_control, default auto
 * @DOT1X_A_HOST_MODE: u8, enum dot1x_host_mode, default single
 * @DOT1X_A_DIRECTION: u8, enum dot1x_direction, default both
 * @DOT1X_A_OPER_DIRECTION: u8, replies only: the one in force; both while the
 *	port is down (802.1X-2004 8.2.11)
 * @DOT1X_A_MAX_CLIENTS: u32, 1..65536, default 32: clients of the port at one
 *	time in multi-auth. A full port refuses newcomers
 * @DOT1X_A_REAUTH_PERIOD_MS: u32, ms, 0 (off) or 1000.., default 0
 * @DOT1X_A_QUIET_PERIOD_MS: u32, ms, 0.., default 60000: how long a refused
 *	client is not listened to
 * @DOT1X_A_TX_PERIOD_MS: u32, ms, 100.., default 30000: between two identity
 *	requests
 * @DOT1X_A_SUPP_TIMEOUT_MS: u32, ms, 100.., default 30000: between two
 *	transmissions of another EAP request
 * @DOT1X_A_SERVER_TIMEOUT_MS: u32, ms, 100.., default 30000: how long the
 *	agent may take for an answer
 * @DOT1X_A_MAX_REQ: u8, 1..10, default 2: retransmissions of an EAP request
 * @DOT1X_A_MAB: u8, enum dot1x_mab, default off
 * @DOT1X_A_PORT_STATUS: u8, enum dot1x_port_status
 * @DOT1X_A_OLD_PORT_STATUS: u8, enum dot1x_port_status, before the event
 * @DOT1X_A_PAE_STATE: u8, enum dot1x_pae_state; of a port, that of its most
 *	advanced client
 * @DOT1X_A_BACKEND_STATE: u8, enum dot1x_backend_state, likewise
 * @DOT1X_A_CLIENTS: u32, replies only: clients the port has
 * @DOT1X_A_AUTHORIZED_CLIENTS: u32, replies only: of these
 * @DOT1X_A_CARRIER: u8, replies only: 1 while the port can carry data
 * @DOT1X_A_METHOD: u8, enum dot1x_method
 * @DOT1X_A_USER_NAME: string, at most 253 bytes: who the client is, by the
 *	identity it gave or as the server calls it
 * @DOT1X_A_SESSION_TIME_MS: u64, ms since it was authorized; 0 while not
 * @DOT1X_A_SESSION_TIMEOUT_MS: u32, ms, 0 none: TERMINATION_ACTION this long
 *	after the authorization
 * @DOT1X_A_TERMINATION_ACTION: u8, enum dot1x_termination
 * @DOT1X_A_CLASS: 1..253 bytes, the server's, kept for accounting; told to
 *	CAP_NET_ADMIN only
 * @DOT1X_A_RX_BYTES: u64, of frames from the client that passed; not counted
 *	in multi-host mode
 * @DOT1X_A_RX_FRAMES: u64, likewise
 * @DOT1X_A_TX_BYTES: u64, of unicast frames to the client that passed
 * @DOT1X_A_TX_FRAMES: u64, likewise
 * @DOT1X_A_DROPS: u64, frames from or to the client that did not
 * @DOT1X_A_REQUEST_ID: u32, names a question; never 0
 * @DOT1X_A_CONVERSATION: u32, the same in all questions of one authentication;
 *	never 0
 * @DOT1X_A_KIND: u8, enum dot1x_kind
 * @DOT1X_A_VERDICT: u8, enum dot1x_verdict
 * @DOT1X_A_EAP: 4..1500 bytes, an EAP packet (RFC 3748 4)
 * @DOT1X_A_EVENT: u8, enum dot1x_event
 * @DOT1X_A_TIMESTAMP_NS: u64, ns, CLOCK_REALTIME of the event
 * @DOT1X_A_EVENTS_LOST: u32, events of this namespace that could not be sent
 *	for want of memory since the last one that could
 * @DOT1X_A_COUNTERS: nest of enum dot1x_counter, each a u64: of a port in
 *	PORT_GET, of the whole namespace in STATS_GET
 * @DOT1X_A_LAST_EAPOL_VERSION: u8, of the last EAPOL frame, 0 none yet
 * @DOT1X_A_LAST_EAPOL_SOURCE: 6 bytes, its source
 * @DOT1X_A_AGENT: u8, in STATS_GET: 1 while an agent is registered
 */
enum dot1x_attr {
	DOT1X_A_UNSPEC,
	DOT1X_A_PAD,
	DOT1X_A_IFINDEX,
	DOT1X_A_IFNAME,
	DOT1X_A_MAC,
	DOT1X_A_PORT_MAC,
	DOT1X_A_CONTROL,
	DOT1X_A_HOST_MODE,
	DOT1X_A_DIRECTION,
	DOT1X_A_OPER_DIRECTION,
	DOT1X_A_MAX_CLIENTS,
	DOT1X_A_REAUTH_PERIOD_MS,
	DOT1X_A_QUIET_PERIOD_MS,
	DOT1X_A_TX_PERIOD_MS,
	DOT1X_A_SUPP_TIMEOUT_MS,
	DOT1X_A_SERVER_TIMEOUT_MS,
	DOT1X_A_MAX_REQ,
	DOT1X_A_MAB,
	DOT1X_A_PORT_STATUS,
	DOT1X_A_OLD_PORT_STATUS,
	DOT1X_A_PAE_STATE,
	DOT1X_A_BACKEND_STATE,
	DOT1X_A_CLIENTS,
	DOT1X_A_AUTHORIZED_CLIENTS,
	DOT1X_A_CARRIER,
	DOT1X_A_METHOD,
	DOT1X_A_USER_NAME,
	DOT1X_A_SESSION_TIME_MS,
	DOT1X_A_SESSION_TIMEOUT_MS,
	DOT1X_A_TERMINATION_ACTION,
	DOT1X_A_CLASS,
	DOT1X_A_RX_BYTES,
	DOT1X_A_RX_FRAMES,
	DOT1X_A_TX_BYTES,
	DOT1X_A_TX_FRAMES,
	DOT1X_A_DROPS,
	DOT1X_A_REQUEST_ID,
	DOT1X_A_CONVERSATION,
	DOT1X_A_KIND,
	DOT1X_A_VERDICT,
	DOT1X_A_EAP,
	DOT1X_A_EVENT,
	DOT1X_A_TIMESTAMP_NS,
	DOT1X_A_EVENTS_LOST,
	DOT1X_A_COUNTERS,
	DOT1X_A_LAST_EAPOL_VERSION,
	DOT1X_A_LAST_EAPOL_SOURCE,
	DOT1X_A_AGENT,

	__DOT1X_A_MAX,
	DOT1X_A_MAX = __DOT1X_A_MAX - 1
};

#define DOT1X_EAP_MIN		4	/* RFC 3748 4: code, identifier, length */
#define DOT1X_EAP_MAX		1500
#define DOT1X_NAME_MAX		253	/* RFC 2865 5: a RADIUS attribute's value */
#define DOT1X_MAX_CLIENTS	65536

/*
 * Counters of a port and, summed, of a namespace: X(NAME, "json-name", "text").
 * The first ones are the MIB's. Their order is their number: new ones go to
 * the end.
 */
#define DOT1X_COUNTERS(X)						\
	X(EAPOL_RX, "auth-eapol-frames-rx", "EAPOL frames taken")	\
	X(EAPOL_TX, "auth-eapol-frames-tx", "EAPOL frames sent")	\
	X(START_RX, "auth-eapol-start-frames-rx", "EAPOL-Start received") \
	X(LOGOFF_RX, "auth-eapol-logoff-frames-rx", "EAPOL-Logoff received") \
	X(RESP_ID_RX, "auth-eapol-resp-id-frames-rx", "EAP-Response/Identity received") \
	X(RESP_RX, "auth-eapol-resp-frames-rx", "other EAP responses received") \
	X(REQ_ID_TX, "auth-eapol-req-id-frames-tx", "EAP-Request/Identity sent") \
	X(REQ_TX, "auth-eapol-req-frames-tx", "other EAP requests sent") \
	X(INVALID_RX, "auth-invalid-eapol-frames-rx", "EAPOL frames of no known type") \
	X(LENGTH_ERROR_RX, "auth-eap-length-error-frames-rx",		\
	  "EAPOL or EAP length does not fit the frame")			\
	X(TX_FAILED, "send-failed", "EAPOL frames not sent: no memory, or the device refused") \
	X(DROP_IN, "drop-in-unauthorized", "frames in, dropped: port or source not authorized") \
	X(DROP_OUT, "drop-out-unauthorized",				\
	  "frames out, dropped: port or destination not authorized")	\
	X(DROP_CARRIER, "drop-link-lost",				\
	  "frames dropped on a port whose link has been lost meanwhile") \
	X(DROP_EAPOL_TYPE, "drop-eapol-type", "EAPOL-Key and others we do not speak") \
	X(DROP_EAPOL_VERSION, "drop-eapol-version", "EAPOL version 0")	\
	X(DROP_EAPOL_SOURCE, "drop-eapol-source", "EAPOL from a group, zero or own address") \
	X(DROP_EAPOL_VLAN, "drop-eapol-vlan", "EAPOL in a VLAN")	\
	X(DROP_EAPOL_RATE, "drop-eapol-rate", "EAPOL beyond what the port takes in a second") \
	X(DROP_EAP_CODE, "drop-eap-code", "EAP that is no response")	\
	X(DROP_EAP_IDENTIFIER, "drop-eap-identifier", "EAP response to no request of ours") \
	X(DROP_EAP_UNEXPECTED, "drop-eap-unexpected",			\
	  "EAP response while none was waited for")			\
	X(DROP_HELD, "drop-held", "EAPOL from a client in its quiet period") \
	X(DROP_PORT_FULL, "drop-port-full", "newcomers refused: no room on the port") \
	X(DROP_NO_MEMORY, "drop-no-memory", "newcomers refused: no memory") \
	X(DROP_OTHER_HOST, "drop-other-host", "EAPOL from a second host on a single-host port") \
	X(DROP_FORCED, "drop-forced", "EAPOL on a port whose control is forced") \
	X(AGENT_REQUEST, "agent-requests", "questions put to the agent") \
	X(AGENT_ABSENT, "agent-absent", "questions that found no agent") \
	X(AGENT_OVERRUN, "agent-overrun", "questions that did not fit the agent's socket") \
	X(AGENT_STALE, "agent-stale", "answers to what was no longer asked") \
	X(AUTH_SUCCESS, "auth-success", "authentications that succeeded") \
	X(AUTH_FAIL, "auth-fail", "authentications that failed")	\
	X(AUTH_TIMEOUT, "auth-timeout", "authentications given up: one side did not answer") \
	X(EVENT_LOST, "event-lost", "events not sent for want of memory")

/**
 * enum dot1x_counter - inside DOT1X_A_COUNTERS, each a u64
 * @DOT1X_COUNTER_UNSPEC: never sent
 * @DOT1X_COUNTER_PAD: padding
 */
enum dot1x_counter {
	DOT1X_COUNTER_UNSPEC,
	DOT1X_COUNTER_PAD,
#define DOT1X_COUNTER_ENUM(name, json, text) DOT1X_COUNTER_##name,
	DOT1X_COUNTERS(DOT1X_COUNTER_ENUM)
#undef DOT1X_COUNTER_ENUM

	__DOT1X_COUNTER_MAX,
	DOT1X_COUNTER_MAX = __DOT1X_COUNTER_MAX - 1
};

#endif /* _UAPI_LINUX_DOT1X_H */
