/* SPDX-License-Identifier: GPL-2.0 */
/*
 * dot1x.ko on one screen: its objects, who may touch what, and what each file
 * offers the others.
 *
 * Locks, outermost first:
 *	RTNL			a port is born, configured, moved and released
 *	dot1x_port.lock		spin, BH: the port's clients and their machines
 * Never two port locks, never a sleeping lock under one. Frames, questions to
 * the agent and events are made under the lock, in order, and leave after it
 * (struct dot1x_todo): every event in the life of a port goes
 * dot1x_port_begin(), machines, dot1x_port_end().
 *
 * The gate takes no lock. It reads dot1x_port.carrier_seen, then .gate, then
 * finds the client: RCU. Whoever closes writes .gate first, so a frame that
 * enters after a close does not pass; a command that closes also waits
 * (synchronize_net()), so none is on its way when it returns.
 *
 * Life of a port: filled in, closed, put in the table and its namespace's list;
 * then its hooks come. It goes with dot1x_port_release(): closed, out of the
 * table and the list, clients killed, dead, timer stopped, hooks off. Its last
 * reference then has it freed after a grace period, and with it its hold on the
 * device. References are held by: the table, and work that was queued. Hooks,
 * timers and answers of the agent are inside one RCU read-side section. Every
 * port also holds the module, so that rmmod cannot open one.
 *
 * A port stays on its device when that moves to another network namespace: the
 * core takes the device down first and unlists it, we forget its clients and
 * take it from the old namespace's list at NETDEV_UNREGISTER, and enter it in
 * the new one's at NETDEV_REGISTER. The hooks never come off.
 *
 * Life of a client: made under its port's lock, and put in the tables; killed
 * under the lock by dot1x_client_kill(): closed, dead, out of the tables, its
 * timer stopped; freed after a grace period. A timer that was just running, an
 * answer or a frame that has found it sees dead under the lock and lets go.
 */
#ifndef _DOT1X_H
#define _DOT1X_H

#include <linux/dot1x.h>
#include <linux/if_ether.h>
#include <linux/if_vlan.h>
#include <linux/list.h>
#include <linux/math64.h>
#include <linux/netdevice.h>
#include <linux/netfilter.h>
#include <linux/refcount.h>
#include <linux/rhashtable-types.h>
#include <linux/skbuff.h>
#include <linux/spinlock.h>
#include <linux/timekeeping.h>
#include <linux/timer.h>
#include <linux/types.h>
#include <linux/workqueue.h>
#include <linux/xarray.h>
#include "eapol.h"
#include "pacp.h"

struct genl_family;
struct genl_info;
struct netlink_ext_ack;
struct nlattr;

#define DOT1X_DEFAULT_MAX_CLIENTS	32
#define DOT1X_DEFAULT_MAX_REQ		2
#define DOT1X_DEFAULT_QUIET_MS		60000
#define DOT1X_DEFAULT_PERIOD_MS		30000

#define DOT1X_ALL_CLIENTS	(4 * DOT1X_MAX_CLIENTS)	/* of all ports together */
#define DOT1X_STRANGERS		64

/* Clients a port may make in a second: 10,000 */
#define DOT1X_NEW_PER_MS	10
#define DOT1X_NEW_BURST		1000

/**
 * struct dot1x_config - parameters of a port as netlink gives them
 * @pacp: what the machines need
 * @host_mode: enum dot1x_host_mode
 * @direction: enum dot1x_direction, AdminControlledDirections
 * @mab: enum dot1x_mab
 * @max_clients: in multi-auth
 */
struct dot1x_config {
	struct dot1x_pacp_config pacp;
	u8 host_mode;
	u8 direction;
	u8 mab;
	u32 max_clients;
};

/**
 * struct dot1x_bucket - a token bucket; all zero is a full one
 * @at_ms: when tokens were last taken
 * @used: tokens taken and not yet given back by time
 */
struct dot1x_bucket {
	u64 at_ms;
	u32 used;
};

/**
 * struct dot1x_blob - bytes that are kept
 * @len: of @data
 * @data: the bytes
 */
struct dot1x_blob {
	u16 len;
	u8 data[];
};

/**
 * struct dot1x_counters - one CPU's part of a port's or namespace's counters
 * @c: by enum dot1x_counter
 */
struct dot1x_counters {
	u64 c[DOT1X_COUNTER_MAX + 1];
};

/* What the gate does with a data frame whose link has not been lost */
enum dot1x_gate {
	DOT1X_GATE_CLOSED,	/* drop */
	DOT1X_GATE_OPEN,	/* pass */
	DOT1X_GATE_SINGLE,	/* pass if from or to dot1x_port.single */
	DOT1X_GATE_MULTI,	/* pass if from or to an open client, or to a group */
};

/* How far authentication of a client by its MAC has come */
enum dot1x_mab_progress {
	DOT1X_MAB_UNTRIED,
	DOT1X_MAB_ASKED,	/* the agent has been asked, or will be when there is one */
	DOT1X_MAB_REFUSED,
	DOT1X_MAB_HELD,		/* refused, then held: there is nothing left to try */
};

/* Why room is needed on a port that has a client, and takes no second */
enum dot1x_room {
	DOT1X_ROOM_DATA,	/* a data frame: only from a client nothing happens to */
	DOT1X_ROOM_EAP,		/* EAP is spoken: also from one that does not answer */
	DOT1X_ROOM_LOOK,	/* as EAP, but the client may stay for now */
};

#define DOT1X_ASKED_NOTHING	__DOT1X_KIND_MAX

/**
 * struct dot1x_client_key - what makes a client that client
 * @port: its port
 * @mac: its address
 * @zero: keeps the key free of padding
 */
struct dot1x_client_key {
	struct dot1x_port *port;
	u8 mac[ETH_ALEN];
	u16 zero;
};

/**
 * struct dot1x_client - a MAC on a port
 *
 * What the gate reads, without a lock:
 * @node: in the module's table of clients
 * @key: constant
 * @open: its frames pass; written under the port's lock
 * @rx_bytes: counted by the gate, on any CPU; so are the next four
 * @rx_frames: see DOT1X_A_RX_FRAMES
 * @tx_bytes: see DOT1X_A_TX_BYTES
 * @tx_frames: see DOT1X_A_TX_FRAMES
 * @drops: see DOT1X_A_DROPS
 *
 * Under the port's lock:
 * @dead: killed; nothing may be sent, asked or armed
 * @method: enum dot1x_method
 * @mab: enum dot1x_mab_progress
 * @mab_tries: questions about its MAC since the last answer
 * @asked: what the agent is being asked, enum dot1x_kind or DOT1X_ASKED_NOTHING
 * @termination: enum dot1x_termination
 * @pacp: the machines
 * @bucket: EAPOL frames it may send
 * @timer: of the earliest deadline
 * @id: in dot1x_port.clients
 * @request_id: names the question that is out; 0: none is
 * @conversation: names the authentication, 0 before the first
 * @question: that question, when the agent's socket had no room for it
 * @retry_when: when @question is put again
 * @mab_when: when the agent is asked about its MAC, for want of an answer or
 *	anew
 * @session_when: when its session is over
 * @session_timeout_ms: as given, 0 none
 * @authorized_ms: when it was authorized
 * @request: the agent's EAP request that is out, for retransmission
 * @identity: what it called itself last, or NULL
 * @user_name: whom it was authorized as, or NULL
 * @class: the server's Class, or NULL
 * @rcu: frees it
 */
struct dot1x_client {
	struct rhash_head node;
	struct dot1x_client_key key;
	bool open;
	atomic64_t rx_bytes;
	atomic64_t rx_frames;
	atomic64_t tx_bytes;
	atomic64_t tx_frames;
	atomic64_t drops;

	bool dead;
	u8 method;
	u8 mab;
	u8 mab_tries;
	u8 asked;
	u8 termination;
	struct dot1x_pacp pacp;
	struct dot1x_bucket bucket;
	struct timer_list timer;
	u32 id;
	u32 request_id;
	u32 conversation;
	struct sk_buff *question;
	u64 retry_when;
	u64 mab_when;
	u64 session_when;
	u32 session_timeout_ms;
	u64 authorized_ms;
	struct dot1x_blob *request;
	struct dot1x_blob *identity;
	struct dot1x_blob *user_name;
	struct dot1x_blob *class;
	struct rcu_head rcu;
};

/**
 * struct dot1x_stranger - a MAC without client whose data frame was dropped
 * @mac: the address as a number, 0 none
 * @at: jiffies of the frame
 */
struct dot1x_stranger {
	u64 mac;
	unsigned long at;
};

/**
 * struct dot1x_port - a controlled device
 *
 * What the gate reads, without a lock:
 * @carrier_seen: the device's carrier_down_count when the port was enabled.
 *	Written under @lock, after @gate was closed
 * @gate: enum dot1x_gate; written under @lock
 * @out_open: frames may go out of the closed port; written under @lock
 * @single: the client DOT1X_GATE_SINGLE is for; written under @lock
 * @dev: the device, held until the port is freed
 * @counters: per CPU
 * @dn: its namespace; written under RTNL and @lock
 * @strangers: written by the gate, see stranger.c
 * @strangers_new: bits of those not yet looked at; atomic
 *
 * Under @lock:
 * @lock: guards this group and the clients
 * @dead: released, or not yet born
 * @enabled: portEnabled: the device can carry data
 * @config: also read, and only written, under RTNL
 * @clients: by dot1x_client.id, which is by birth; readers use RCU
 * @next_id: of the next client
 * @count: clients
 * @authorized: open clients
 * @probe_identifier: of the identity requests we send to those without client
 * @timer: when the next one is sent to all while there is no client
 * @bucket_start: EAPOL-Starts of strangers that are answered
 * @bucket_new: clients that may be made
 * @bucket_data: data frames of strangers that are answered
 * @last_version: of the last EAPOL frame, 0 none yet
 * @last_source: its source
 *
 * Under RTNL:
 * @node: in the module's table of ports; readers use RCU
 * @list: in dot1x_net.ports, by @seq; readers use RCU
 * @seq: number of its coming to the namespace
 * @ops: the hooks
 * @tracker: of the reference to @dev
 *
 * Life:
 * @ref: see the top
 * @work: looks after what the gate noticed
 * @rcu: frees it
 */
struct dot1x_port {
	int carrier_seen;
	u8 gate;
	bool out_open;
	struct dot1x_client __rcu *single;
	struct net_device *dev;
	struct dot1x_counters __percpu *counters;
	struct dot1x_net *dn;
	struct dot1x_stranger strangers[DOT1X_STRANGERS] ____cacheline_aligned_in_smp;
	DECLARE_BITMAP(strangers_new, DOT1X_STRANGERS);

	spinlock_t lock;	/* guards this group */
	bool dead;
	bool enabled;
	struct dot1x_config config;
	struct xarray clients;
	u32 next_id;
	u32 count;
	u32 authorized;
	u8 probe_identifier;
	struct timer_list timer;
	struct dot1x_bucket bucket_start;
	struct dot1x_bucket bucket_new;
	struct dot1x_bucket bucket_data;
	u8 last_version;
	u8 last_source[ETH_ALEN];

	struct hlist_node node;
	struct list_head list;
	u64 seq;
	struct nf_hook_ops ops[2];
	netdevice_tracker tracker;

	refcount_t ref;
	struct work_struct work;
	struct rcu_head rcu;
};

/**
 * struct dot1x_net - 802.1X in one network namespace
 * @net: the namespace
 * @ports: in the order they came; written under RTNL, readers use RCU
 * @agent: port id of the agent's socket, 0 none
 * @dump_seq: changes when a port or client comes or goes, for NLM_F_DUMP_INTR
 * @counters: per CPU
 * @events: written down and not yet delivered, in order
 * @event_lock: held by whoever delivers them
 * @events_lost: since the last event that could be written down
 */
struct dot1x_net {
	struct net *net;
	struct list_head ports;
	u32 agent;
	atomic_t dump_seq;
	struct dot1x_counters __percpu *counters;
	struct sk_buff_head events;
	spinlock_t event_lock;	/* one at a time delivers @events */
	atomic_t events_lost;
};

/**
 * struct dot1x_todo - what is left to do after a port was unlocked
 * @dn: namespace of the port
 * @frames: EAPOL to be sent
 * @questions: to be put to the agent
 */
struct dot1x_todo {
	struct dot1x_net *dn;
	struct sk_buff_head frames;
	struct sk_buff_head questions;
};

/**
 * struct dot1x_answer - what the agent said
 * @request_id: to which question
 * @verdict: enum dot1x_verdict
 * @has_eap: it brought an EAP packet
 * @eap: header of that
 * @packet: that packet, or NULL
 * @user_name: or NULL. What of these three is of use is taken: NULL then
 * @class: or NULL
 * @session_timeout_ms: 0 none
 * @termination: enum dot1x_termination
 */
struct dot1x_answer {
	u32 request_id;
	u8 verdict;
	bool has_eap;
	struct dot1x_eap eap;
	struct dot1x_blob *packet;
	struct dot1x_blob *user_name;
	struct dot1x_blob *class;
	u32 session_timeout_ms;
	u8 termination;
};

/* The PAE group address, 802.1X-2004 7.8 */
extern const u8 dot1x_group_address[ETH_ALEN];

static inline u64 dot1x_now_ms(void)
{
	return div_u64(ktime_get_ns(), NSEC_PER_MSEC);
}

static inline void dot1x_count(const struct dot1x_port *port, enum dot1x_counter counter)
{
	this_cpu_inc(port->counters->c[counter]);
	this_cpu_inc(READ_ONCE(port->dn)->counters->c[counter]);
}

/* Has the link been lost since the port was enabled, if only for a moment? The
 * notifiers miss fast flaps, this counter does not. Pairs with link_up() in
 * port.c: who sees the new count also sees that the gate was closed.
 */
static inline bool dot1x_link_lost(const struct dot1x_port *port)
{
	/* Pairs with link_up(): nothing that is read after this is older */
	return smp_load_acquire(&port->carrier_seen) !=
	       atomic_read(&port->dev->carrier_down_count);
}

static inline bool dot1x_single_host(const struct dot1x_port *port)
{
	return port->config.host_mode != DOT1X_HOST_MODE_MULTI_AUTH;
}

/* main.c */
struct dot1x_net *dot1x_net(const struct net *net);

/* port.c */
int dot1x_port_init(void);
void dot1x_port_exit(void);
void dot1x_port_abandon(void);
struct dot1x_port *dot1x_port_create(struct net_device *dev, const struct dot1x_config *config,
				     struct netlink_ext_ack *extack);
void dot1x_port_release(struct dot1x_port *port);
struct dot1x_port *dot1x_port_lookup(const struct net_device *dev);
void dot1x_port_begin(struct dot1x_port *port, struct dot1x_todo *todo);
void dot1x_port_end(struct dot1x_port *port, struct dot1x_todo *todo);
void dot1x_port_kick(struct dot1x_port *port);
void dot1x_port_put(struct dot1x_port *port);
void dot1x_port_check_link(struct dot1x_port *port, bool up, struct dot1x_todo *todo);
void dot1x_port_link(struct dot1x_port *port, bool up);
void dot1x_port_set(struct dot1x_port *port, const struct dot1x_config *config);
void dot1x_port_initialize(struct dot1x_port *port);
void dot1x_port_reauthenticate(struct dot1x_port *port);
void dot1x_port_update_gate(struct dot1x_port *port, struct dot1x_todo *todo);
void dot1x_port_no_clients(struct dot1x_port *port);
void dot1x_port_leave(struct dot1x_port *port);
void dot1x_port_enter(struct dot1x_port *port);
bool dot1x_bucket_take(struct dot1x_bucket *bucket, u32 per_ms, u32 burst);

/* client.c */
int dot1x_client_init(void);
void dot1x_client_exit(void);
struct dot1x_client *dot1x_client_lookup(struct dot1x_port *port, const u8 *mac);
struct dot1x_client *dot1x_client_create(struct dot1x_port *port, const u8 *mac, u8 method,
					 struct dot1x_todo *todo);
int dot1x_client_room(struct dot1x_port *port, enum dot1x_room room, struct dot1x_todo *todo);
void dot1x_client_kill(struct dot1x_client *c, struct dot1x_todo *todo);
void dot1x_client_kill_all(struct dot1x_port *port, struct dot1x_todo *todo);
void dot1x_client_open(struct dot1x_client *c, struct dot1x_todo *todo);
void dot1x_client_close(struct dot1x_client *c, struct dot1x_todo *todo);

/* engine.c */
void dot1x_engine_enable(struct dot1x_client *c, struct dot1x_todo *todo);
int dot1x_engine_adopt(struct dot1x_client *c, const struct dot1x_eap *eap, const u8 *response,
		       struct dot1x_todo *todo);
int dot1x_engine_response(struct dot1x_client *c, const struct dot1x_eap *eap,
			  const u8 *response, struct dot1x_todo *todo);
void dot1x_engine_start(struct dot1x_client *c, struct dot1x_todo *todo);
void dot1x_engine_logoff(struct dot1x_client *c, struct dot1x_todo *todo);
void dot1x_engine_reauthenticate(struct dot1x_client *c, struct dot1x_todo *todo);
void dot1x_engine_configure(struct dot1x_client *c, struct dot1x_todo *todo);
void dot1x_engine_agent_lost(struct dot1x_client *c, struct dot1x_todo *todo);
void dot1x_engine_verdict(struct dot1x_client *c, u8 verdict, const struct dot1x_eap *eap,
			  struct dot1x_todo *todo);
void dot1x_engine_bypass(struct dot1x_client *c, u8 verdict, struct dot1x_todo *todo);
int dot1x_engine_authorize(struct dot1x_port *port, const u8 *mac, struct dot1x_answer *answer,
			   struct netlink_ext_ack *extack, struct dot1x_todo *todo);
void dot1x_engine_disable(struct dot1x_client *c, struct dot1x_todo *todo);
void dot1x_engine_session(struct dot1x_client *c, struct dot1x_answer *answer);
void dot1x_engine_arm(struct dot1x_client *c);
void dot1x_engine_timer(struct timer_list *timer);
u8 dot1x_engine_pae_state(const struct dot1x_client *c);

/* mab.c */
void dot1x_mab_stop(struct dot1x_client *c);
void dot1x_mab_renew(struct dot1x_client *c);
void dot1x_mab_ask(struct dot1x_client *c, struct dot1x_todo *todo);
void dot1x_mab_answer(struct dot1x_client *c, struct dot1x_answer *answer,
		      struct dot1x_todo *todo);
void dot1x_mab_unanswered(struct dot1x_client *c, struct dot1x_todo *todo);
void dot1x_mab_time(struct dot1x_client *c, u64 now, struct dot1x_todo *todo);
bool dot1x_mab_newcomer(struct dot1x_port *port, const u8 *mac, struct dot1x_todo *todo);

/* stranger.c */
void dot1x_stranger_note(struct dot1x_port *port, const u8 *mac);
void dot1x_stranger_serve(struct dot1x_port *port, struct dot1x_todo *todo);
int dot1x_stranger_start(struct dot1x_port *port, const u8 *mac, struct dot1x_todo *todo);
int dot1x_stranger_response(struct dot1x_port *port, const u8 *mac, const struct dot1x_eap *eap,
			    const u8 *response, struct dot1x_todo *todo);

/* gate.c */
int dot1x_gate_register(struct dot1x_port *port);
void dot1x_gate_unregister(struct dot1x_port *port);

/* input.c */
void dot1x_input(struct dot1x_port *port, struct sk_buff *skb);

/* output.c */
bool dot1x_output_ours(const struct dot1x_port *port, const struct sk_buff *skb);
void dot1x_output_eap(struct dot1x_port *port, const u8 *to, const u8 *eap, u16 len,
		      struct dot1x_todo *todo);
void dot1x_output_identity(struct dot1x_port *port, const u8 *to, u8 identifier,
			   struct dot1x_todo *todo);
void dot1x_output_result(struct dot1x_port *port, const u8 *to, u8 code, u8 identifier,
			 struct dot1x_todo *todo);
void dot1x_output_flush(struct dot1x_port *port, struct sk_buff_head *frames);

/* agent.c */
int dot1x_agent_init(void);
void dot1x_agent_exit(void);
bool dot1x_agent_present(const struct dot1x_port *port);
int dot1x_agent_register(struct dot1x_net *dn, u32 portid, struct netlink_ext_ack *extack);
void dot1x_agent_ask(struct dot1x_client *c, u8 kind, const u8 *eap, u16 len,
		     struct dot1x_todo *todo);
void dot1x_agent_flush(struct dot1x_todo *todo);
void dot1x_agent_forget(struct dot1x_client *c);
void dot1x_agent_retry(struct dot1x_client *c, u64 now, struct dot1x_todo *todo);
int dot1x_agent_answer(struct dot1x_port *port, const u8 *mac, struct dot1x_answer *answer,
		       struct netlink_ext_ack *extack);

/* netdev.c */
bool dot1x_netdev_up(const struct net_device *dev);
int dot1x_netdev_init(void);
void dot1x_netdev_exit(void);

/* netlink.c */
extern struct genl_family dot1x_genl_family;
int dot1x_netlink_init(void);
void dot1x_netlink_exit(void);
int dot1x_refuse(struct netlink_ext_ack *extack, const struct nlattr *attr, const char *why);
int dot1x_only(struct nlattr **attrs, u64 allowed, struct netlink_ext_ack *extack);
int dot1x_need_mac(u8 *mac, struct genl_info *info);

/* answer.c */
int dot1x_answer_doit(struct sk_buff *skb, struct genl_info *info);

/* event.c */
int dot1x_event_fill_port(struct sk_buff *skb, struct dot1x_port *port);
int dot1x_event_fill_client(struct sk_buff *skb, struct dot1x_client *c, bool secrets);
int dot1x_event_fill_counters(struct sk_buff *skb, struct dot1x_counters __percpu *counters);
struct sk_buff *dot1x_event_question(const struct dot1x_client *c, u8 kind, const u8 *eap,
				     u16 len);
void dot1x_event_port(struct dot1x_port *port, enum dot1x_event event, u8 old_status);
void dot1x_event_client(struct dot1x_client *c, enum dot1x_event event, u8 old_status);
void dot1x_event_flush(struct dot1x_net *dn);
void dot1x_event_stop(void);

#endif /* _DOT1X_H */
