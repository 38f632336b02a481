/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The machines of one client: IEEE 802.1X-2004 clause 8.2's Authenticator PAE
 * (pae.c), Backend Authentication (backend.c) and Reauthentication Timer
 * (reauth.c), and what of RFC 4137's pass-through authenticator an
 * authenticator without methods needs (eap.c). pacp.c takes an event, runs
 * them to a fixed point, and answers with actions. Pure: no clock, no lock, no
 * I/O, no allocation; the caller holds what guards the struct, and brings the
 * time with each event.
 *
 * Variables are under the standards' names, in snake case. Its timers, which
 * tick once a second there, are deadlines here: when they are over, in ms.
 */
#ifndef _DOT1X_PACP_H
#define _DOT1X_PACP_H

#include <linux/bits.h>
#include <linux/dot1x.h>
#include <linux/types.h>

struct dot1x_eap;

#define DOT1X_NEVER		(~0ULL)	/* a deadline that is not running */
#define DOT1X_REAUTH_MAX	2	/* reAuthMax, 802.1X-2004 8.2.4.1.2 */

/*
 * What the caller has to do after an event. In this order: close, forget, open,
 * send, ask, tell. Never is there more than one packet to send.
 */
#define DOT1X_ACT_UNAUTHORIZE	BIT(0)	/* authPortStatus became Unauthorized */
#define DOT1X_ACT_ABORT		BIT(1)	/* abortAuth(): forget the question, the kept request */
#define DOT1X_ACT_AUTHORIZE	BIT(2)	/* authPortStatus became Authorized */
#define DOT1X_ACT_SEND_REQUEST	BIT(3)	/* txReq(): the EAP request of @identifier, see below */
#define DOT1X_ACT_SEND_SUCCESS	BIT(4)	/* txReq() or txCannedSuccess(): EAP-Success */
#define DOT1X_ACT_SEND_FAILURE	BIT(5)	/* txReq() or txCannedFail(): EAP-Failure */
#define DOT1X_ACT_ASK_AGENT	BIT(6)	/* the response just given goes to the agent */
#define DOT1X_ACT_HELD		BIT(7)	/* refused: HELD was entered */
#define DOT1X_ACT_UNANSWERED	BIT(8)	/* the last identity request has timed out as well */
#define DOT1X_ACT_TIMEOUT	BIT(9)	/* given up: supplicant or agent did not answer */
#define DOT1X_ACT_UNSETTLED	BIT(10)	/* a fault of ours: no fixed point was found */

/**
 * struct dot1x_pacp_config - what the administrator chose for a port
 * @control: enum dot1x_control
 * @max_req: retransmissions of a request
 * @reauth_period_ms: reAuthPeriod; 0: reAuthEnabled is FALSE
 * @quiet_period_ms: quietPeriod
 * @tx_period_ms: between two identity requests
 * @supp_timeout_ms: between two transmissions of another request
 * @server_timeout_ms: serverTimeout
 * @agent_absent: nobody carries EAP to a server. Conversations that fail meanwhile
 *	do not count, so an authorized client stays authorized
 */
struct dot1x_pacp_config {
	u8 control;
	u8 max_req;
	u32 reauth_period_ms;
	u32 quiet_period_ms;
	u32 tx_period_ms;
	u32 supp_timeout_ms;
	u32 server_timeout_ms;
	bool agent_absent;
};

/**
 * struct dot1x_pacp - variables of one client
 * @pae_state: enum dot1x_pae_state
 * @backend_state: enum dot1x_backend_state
 * @port_mode: portMode, an enum dot1x_control
 * @port_status: authPortStatus, enum dot1x_port_status
 * @reauth_count: reAuthCount
 * @initialize: initialize, 8.2.2.2
 * @port_enabled: portEnabled
 * @eapol_logoff: eapolLogoff
 * @eapol_start: eapolStart
 * @eapol_eap: eapolEap
 * @reauthenticate: reAuthenticate
 * @auth_abort: authAbort
 * @auth_fail: authFail
 * @auth_start: authStart
 * @auth_success: authSuccess
 * @auth_timeout: authTimeout
 * @eap_fail: eapFail
 * @eap_no_req: eapNoReq
 * @eap_req: eapReq
 * @eap_resp: eapResp
 * @eap_restart: eapRestart
 * @eap_success: eapSuccess
 * @eap_timeout: eapTimeout
 * @eap_req_data: RFC 4137 eapReqData is there: success and failure are packets
 * @bypass: RFC 4137 Policy.getDecision() is SUCCESS: let in without EAP
 * @identity: the request that is out is ours, EAP-Request/Identity; otherwise
 *	it is the one the caller keeps
 * @identifier: of the request that is out, or of the last one
 * @retrans_count: how often it was retransmitted
 * @acts: DOT1X_ACT_* of the event that is being run
 * @quiet_while: quietWhile, deadline
 * @a_while: aWhile, deadline
 * @reauth_when: reAuthWhen, deadline
 * @retrans_while: RFC 4137 retransWhile, deadline
 */
struct dot1x_pacp {
	u8 pae_state;
	u8 backend_state;
	u8 port_mode;
	u8 port_status;
	u8 reauth_count;
	bool initialize;
	bool port_enabled;
	bool eapol_logoff;
	bool eapol_start;
	bool eapol_eap;
	bool reauthenticate;
	bool auth_abort;
	bool auth_fail;
	bool auth_start;
	bool auth_success;
	bool auth_timeout;
	bool eap_fail;
	bool eap_no_req;
	bool eap_req;
	bool eap_resp;
	bool eap_restart;
	bool eap_success;
	bool eap_timeout;
	bool eap_req_data;
	bool bypass;
	bool identity;
	u8 identifier;
	u8 retrans_count;
	unsigned int acts;
	u64 quiet_while;
	u64 a_while;
	u64 reauth_when;
	u64 retrans_while;
};

/*
 * Events, pacp.c. Each runs the machines to a fixed point and returns
 * DOT1X_ACT_*. @now is in ms of a clock that never goes back.
 */

/* A new client: disabled port, nothing said. @identifier: before the first one. */
void dot1x_pacp_init(struct dot1x_pacp *p, const struct dot1x_pacp_config *config, u8 identifier);

/* portEnabled */
unsigned int dot1x_pacp_enable(struct dot1x_pacp *p, const struct dot1x_pacp_config *config,
			       bool enabled, u64 now);

/* The administrator changed @config: control may have changed */
unsigned int dot1x_pacp_configure(struct dot1x_pacp *p, const struct dot1x_pacp_config *config,
				  u64 now);

/* initialize asserted and released */
unsigned int dot1x_pacp_initialize(struct dot1x_pacp *p, const struct dot1x_pacp_config *config,
				   u64 now);

/* reAuthenticate set by management */
unsigned int dot1x_pacp_reauthenticate(struct dot1x_pacp *p,
				       const struct dot1x_pacp_config *config, u64 now);

unsigned int dot1x_pacp_start(struct dot1x_pacp *p, const struct dot1x_pacp_config *config,
			      u64 now);
unsigned int dot1x_pacp_logoff(struct dot1x_pacp *p, const struct dot1x_pacp_config *config,
			       u64 now);

/* An EAP response. Returns 0 and *@acts, or the enum dot1x_counter that says
 * why it was dropped (then nothing has changed).
 */
int dot1x_pacp_response(struct dot1x_pacp *p, const struct dot1x_pacp_config *config,
			const struct dot1x_eap *eap, u64 now, unsigned int *acts);

/* The agent's verdict (enum dot1x_verdict); @identifier: of the EAP packet it
 * brought, or of no use. A caller without EAP from the agent (MAB, by hand,
 * EAP that ended without a packet) says so with @has_eap: then success and
 * failure are not told to the supplicant.
 *
 * Accept without EAP lets the client in at once, whatever is going on: HELD, no
 * answer from it, or one that is at the agent. Reject without EAP is one on the
 * MAC while the agent has no response to judge (DOT1X_BACKEND_RESPONSE): it
 * ends the authorization if there is one; the client is not held, and a request
 * that is out stays out. All else is then out of time, and changes nothing.
 */
unsigned int dot1x_pacp_verdict(struct dot1x_pacp *p, const struct dot1x_pacp_config *config,
				u8 verdict, bool has_eap, u8 identifier, u64 now);

/* The agent is gone: a conversation it took part in begins anew, and does not
 * count as one that failed
 */
unsigned int dot1x_pacp_agent_lost(struct dot1x_pacp *p, const struct dot1x_pacp_config *config,
				   u64 now);

/* Time went by: what is over is over */
unsigned int dot1x_pacp_time(struct dot1x_pacp *p, const struct dot1x_pacp_config *config,
			     u64 now);

/* The earliest deadline, or DOT1X_NEVER */
u64 dot1x_pacp_deadline(const struct dot1x_pacp *p);

/* pae.c, backend.c, reauth.c: one step; true if it changed anything. eap.c:
 * what RFC 4137 does with eapRestart, eapResp and time.
 */
bool dot1x_pae_step(struct dot1x_pacp *p, const struct dot1x_pacp_config *config, u64 now);
bool dot1x_backend_step(struct dot1x_pacp *p, const struct dot1x_pacp_config *config, u64 now);
bool dot1x_reauth_step(struct dot1x_pacp *p, const struct dot1x_pacp_config *config, u64 now);
bool dot1x_eap_step(struct dot1x_pacp *p, const struct dot1x_pacp_config *config, u64 now);

/* eap.c: what the agent says of the response it was given */
void dot1x_eap_verdict(struct dot1x_pacp *p, const struct dot1x_pacp_config *config,
		       u8 verdict, bool has_eap, u8 identifier, u64 now);

/* eap.c: between two transmissions of the request that is out, in ms */
u32 dot1x_eap_interval_ms(const struct dot1x_pacp *p, const struct dot1x_pacp_config *config);

/* Controlled Directions machine, 802.1X-2004 8.2.10: operControlledDirections,
 * an enum dot1x_direction
 */
u8 dot1x_oper_direction(u8 admin_direction, bool port_enabled);

#endif /* _DOT1X_PACP_H */
