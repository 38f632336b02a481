/* SPDX-License-Identifier: GPL-2.0 */
/*
 * bfd.ko on one screen: its objects, who may touch what, and what each file
 * offers the others.
 *
 * Locks, outermost first:
 *	RTNL			notifiers of devices come with it held
 *	bfd_net.lock		mutex: configuration, the tables' writers, the list
 *	bfd_session.lock	spin, BH: protocol variables of one session
 *	bfd_passive.lock	spin, BH: what waits for a session; none inside it
 *	bfd_pacer.lock		spin, BH: one CPU's wheel
 * Never two session locks, never a sleeping lock under a spin lock; nothing is
 * sent or routed under a session lock: what is to be done is put in a struct
 * bfd_todo and done after it. An event is written down and queued under the
 * lock, so that it tells what happened and events keep their order, and is
 * delivered after it.
 *
 * Readers of the tables use RCU only: the packet path and the pacer's pass.
 *
 * Life of a session: filled in, put in the tables and the list, all while it
 * counts as dead; bfd_session_start() brings it to life. It dies in
 * bfd_session_bury(): dead is set and it leaves its wheel under its lock, so no
 * pass will find it again, and one that already has sees dead and lets go; then
 * it leaves the tables and the list; then call_rcu(). Who may still hold it
 * then: a packet in the input hook, a pacer's pass, and what either of them
 * still has to do (struct bfd_todo); each is inside one RCU read-side section,
 * and nobody else has a pointer: events are copies, and a dump remembers a
 * number. An S-BFD reflector has no state, so no lock, and lives from its table
 * to kfree_rcu(). So does the policy of a device (struct bfd_passive), which outlives
 * the sessions it made: bfd_passive_kill() buries them first. A device that micro
 * sessions listen by (micro.c) goes with the last of them, by kfree_rcu(): packets
 * that its hook has still are no users of it.
 *
 * A network namespace kills its sessions in pre_exit; the core waits for a
 * grace period before exit frees the tables and counters.
 */
#ifndef _BFD_H
#define _BFD_H

#include <linux/bfd.h>
#include <linux/hashtable.h>
#include <linux/if.h>
#include <linux/in6.h>
#include <linux/mutex.h>
#include <linux/netdevice.h>
#include <linux/netfilter.h>
#include <linux/prandom.h>
#include <linux/rhashtable.h>
#include <linux/siphash.h>
#include <linux/skbuff.h>
#include <linux/spinlock.h>
#include <linux/timekeeping.h>
#include <linux/types.h>
#include <linux/workqueue.h>
#include <net/dst_cache.h>
#include "packet.h"
#include "fsm.h"
#include "auth.h"
#include "seen.h"
#include "damp.h"
#include "echo.h"
#include "wheel.h"

struct genl_info;
struct netlink_callback;
struct netlink_ext_ack;
struct __sk_buff;
struct bfd_passive;
struct bfd_policy;
struct bfd_rx;
struct xdp_md;

/* A session whose slot is served this late has been kept waiting by a stall */
#define BFD_STALL_NS	(1 * NSEC_PER_MSEC)

#define BFD_OWNER_SIZE	16
#define BFD_MIN_INTERVAL_US	1000	/* a few slots of the wheel */
#define BFD_DEFAULT_MIN_TTL	254	/* RFC 5883 5 leaves it to policy */
#define BFD_SBFD_MIN_TTL	1	/* reflectors are for the whole network */
#define BFD_REFLECTOR_RX_US	10000
#define BFD_REFLECTOR_RATE	10000
#define BFD_PADDED_PDU_MAX	9216	/* jumbo frames; without trouble from memory */

/**
 * union bfd_addr - an IPv4 or IPv6 address; all zero is none
 * @v4: valid when the family is AF_INET; the rest is zero
 * @v6: valid when the family is AF_INET6
 */
union bfd_addr {
	__be32 v4;
	struct in6_addr v6;
};

/**
 * struct bfd_key - what makes a session that session
 * @family: AF_INET or AF_INET6
 * @type: enum bfd_type
 * @peer: the other end
 * @local: our address, or none: routing chooses
 * @ifname: bound device, or ""
 * @vrf: VRF device, or "": that of the device, else the default VRF
 * @reflector: S-BFD: discriminator of the peer's reflector; else 0
 */
struct bfd_key {
	u8 family;
	u8 type;
	union bfd_addr peer;
	union bfd_addr local;
	char ifname[IFNAMSIZ];
	char vrf[IFNAMSIZ];
	u32 reflector;
};

/**
 * struct bfd_addr_key - how a packet without Your Discriminator is looked up
 * @peer: its source address
 * @family: AF_INET or AF_INET6
 * @type: enum bfd_type, from its destination port; S-BFD's from its source port
 */
struct bfd_addr_key {
	union bfd_addr peer;
	u16 family;
	u16 type;
};

/**
 * struct bfd_config - parameters of a session as netlink gives them
 * @fsm: what the state machine needs
 * @damp: when it is told that the session is Up
 * @min_ttl: least TTL a received packet may have; 255 for single hop
 * @reroute: fail the peer's neighbour entry while the path is lost
 * @padded_pdu_size: bfd.PaddedPduSize, from the IP header on; 0: nothing is padded
 * @new_auth: @auth is to replace what the session has
 * @auth: keys, or NULL: none. Its owner's until a session takes it; a session
 *	that is given others leaves its own here
 * @owner: who asked for the session, "" for the administrator; of a new one only
 * @made_by: likewise the policy that makes it, or NULL: somebody asked for it
 */
struct bfd_config {
	struct bfd_fsm_config fsm;
	struct bfd_damp_config damp;
	u8 min_ttl;
	bool reroute;
	u16 padded_pdu_size;
	bool new_auth;
	struct bfd_auth *auth;
	char owner[BFD_OWNER_SIZE];
	struct bfd_passive *made_by;
};

/**
 * struct bfd_neigh - the peer's neighbour entry, as it was before it was failed
 * @lladdr: its link-layer address
 * @known: there was one
 * @fresh: not looked at since the session went Down
 * @ext_learned: it was marked so
 * @managed: the kernel was to keep it resolved
 * @kept: NUD_PERMANENT or NUD_NOARP; 0: neither
 */
struct bfd_neigh {
	unsigned char lladdr[MAX_ADDR_LEN];
	bool known;
	bool fresh;
	bool ext_learned;
	bool managed;
	u8 kept;
};

/**
 * struct bfd_frame - the packet kept ready: UDP header and control packet
 * @udp: as on the wire, checksum 0; big enough for any struct bfd_packet
 * @len: bytes of it in use
 * @pad_to: bytes that leave at least: zeros follow
 * @csum: partial checksum of @udp, to be completed with the addresses
 */
struct bfd_frame {
	u8 udp[8 + BFD_PACKET_MAX];
	u8 len;
	u16 pad_to;
	__wsum csum;
};

/**
 * struct bfd_stats - what one session counts
 * @create_ns: CLOCK_REALTIME; this group is written under the session's lock
 * @up_ns: last transition into Up, CLOCK_REALTIME
 * @down_ns: last transition from Up, CLOCK_REALTIME
 * @up: transitions into Up
 * @down: transitions from Up to Down
 * @admin_down: transitions into AdminDown
 * @grace: detections put off
 * @echo_tx: echoes sent
 * @echo_rx: echoes that came back
 * @rx: valid packets; this group is written by input and output, unlocked
 * @tx: packets sent
 * @rx_invalid: packets refused
 * @tx_failed: packets not sent
 * @echo_looped: echoes of the peer's sent back
 * @seen: see there
 */
struct bfd_stats {
	u64 create_ns;
	u64 up_ns;
	u64 down_ns;
	u64 up;
	u64 down;
	u64 admin_down;
	u64 grace;
	u64 echo_tx;
	u64 echo_rx;
	atomic64_t rx;
	atomic64_t tx;
	atomic64_t rx_invalid;
	atomic64_t tx_failed;
	atomic64_t echo_looped;
	struct bfd_seen seen;
};

/**
 * struct bfd_session - one session
 *
 * What packets read, without a lock:
 * @discr_node: in bfd_net.by_discr, keyed by @local_discr
 * @addr_node: in bfd_net.by_addr, keyed by @addr_key
 * @bn: the namespace; constant
 * @local_discr: bfd.LocalDiscr; constant
 * @addr_key: constant
 * @local: configured local address; constant
 * @ifindex: of the bound device; 0 none bound, -1 it does not exist. Written
 *	by netdev.c and at birth
 * @vrf_ifindex: of the VRF device, likewise
 * @vni: of the bound device of a tunnel; written before @ifindex
 * @tunnel_port: its UDP port, host order, likewise
 * @tunnel_mac: Geneve: the other endpoint's MAC address, or 0: not known yet. Written by
 *	input, on any CPU
 * @min_ttl: least TTL; written under @lock
 * @source_port: host order; constant
 * @cpu: whose wheel serves it; written under @lock
 * @predicted: a valid Up packet that would change nothing, in words as on the
 *	wire; the first word is 0 when there is none. Written under @lock
 * @last_rx_ns: when the last valid packet came; written by input, on any CPU
 * @expect_ns: while Up, the Detection Time that counts from @last_rx_ns; 0: none
 *	does. Written under @lock
 * @echo_key: of our echoes' digests; constant
 * @loop_us: the peer may have its echoes looped this fast, us; 0: not at all.
 *	Written under @lock
 * @loop_allowance_ns: see bfd_reflect_admit(); written by packets, on any CPU
 *
 * Under @lock:
 * @lock: guards this group
 * @dead: not yet born or killed; nothing may be sent or queued
 * @fsm: RFC 5880 6.8.1's variables
 * @auth: of them those of authentication, and the keys; NULL: bfd.AuthType is 0
 * @entry: in a wheel of @cpu's pacer, which also takes that pacer's lock
 * @next_tx_ns: when the next periodic packet is due; BFD_WHEEL_NEVER
 * @last_tx_ns: when the last one left
 * @tx_interval_us: interval @next_tx_ns was drawn for; 0 none
 * @jitter: draws the times between packets, which are no secret
 * @detection_ns: Detection Time that the state machine has come to; 0: none
 * @moved_ns: when @cpu was last changed
 * @grace_ns: detection is put off to this long after its deadline; 0 is not
 * @grace_since_ns: what that deadline is counted from
 * @echo: our echoes
 * @poll_ns: when the first packet of our Poll Sequence left; 0 none has
 * @verify_ns: when Demand mode has the path verified next; BFD_WHEEL_NEVER
 * @held_ns: Up is kept back until then; BFD_WHEEL_NEVER: it is not
 * @damp: how long
 * @reported_state: what listeners know of session_state, behind it only while Up
 *	is kept back; read without the lock
 * @frame: what a periodic packet says
 * @source: address last chosen by routing
 * @reroute: of the configuration
 * @padded_pdu_size: likewise
 * @rerouted: the neighbour entry is to be failed; read without the lock
 * @neigh: what it was
 * @down_since_ns: since when it is Down; only of one that a policy made
 * @stats: see there
 *
 * Sending, BH disabled:
 * @dst_cache: per CPU
 *
 * Configuration, under bfd_net.lock:
 * @list: in bfd_net.sessions, by @seq
 * @seq: number of birth
 * @key: what show, save and SESSION_NEW compare; names follow renames
 * @owner: the program that asked for it, or ""; constant
 * @made_by: the policy that made it, or NULL; constant. Unlocked only told from NULL
 * @passive_node: in bfd_passive.sessions
 * @rcu: frees it
 */
struct bfd_session {
	struct rhash_head discr_node;
	struct rhlist_head addr_node;
	struct bfd_net *bn;
	u32 local_discr;
	struct bfd_addr_key addr_key;
	union bfd_addr local;
	int ifindex;
	int vrf_ifindex;
	int cpu;
	u8 min_ttl;
	u16 source_port;
	u16 tunnel_port;
	u32 vni;
	u64 tunnel_mac;
	unsigned long predicted[BFD_PACKET_LEN / sizeof(long)];
	atomic64_t last_rx_ns;
	u64 expect_ns;
	siphash_key_t echo_key;
	u32 loop_us;
	atomic64_t loop_allowance_ns;

	spinlock_t lock;	/* guards this group */
	bool dead;
	struct bfd_fsm fsm;
	struct bfd_auth *auth;
	struct bfd_wheel_entry entry;
	u64 next_tx_ns;
	u64 last_tx_ns;
	u32 tx_interval_us;
	struct rnd_state jitter;
	u64 detection_ns;
	u64 moved_ns;
	u64 grace_ns;
	u64 grace_since_ns;
	struct bfd_echo echo;
	u64 poll_ns;
	u64 verify_ns;
	u64 held_ns;
	struct bfd_damp damp;
	u8 reported_state;
	struct bfd_frame frame;
	union bfd_addr source;
	bool reroute;
	u16 padded_pdu_size;
	bool rerouted;
	struct bfd_neigh neigh;
	u64 down_since_ns;
	struct bfd_stats stats;

	struct dst_cache dst_cache;

	struct list_head list;
	u64 seq;
	struct bfd_key key;
	char owner[BFD_OWNER_SIZE];
	struct bfd_passive *made_by;
	struct list_head passive_node;
	struct rcu_head rcu;
};

/**
 * struct bfd_reflector_config - parameters of an S-BFD reflector
 * @required_min_rx_us: how often each initiator may ask
 * @rate: answers a second to all of them together
 * @min_ttl: least TTL a request may have
 * @admin_down: what it stands for is out of service
 */
struct bfd_reflector_config {
	u32 required_min_rx_us;
	u32 rate;
	u8 min_ttl;
	bool admin_down;
};

/**
 * struct bfd_reflector - RFC 7880 5: it answers, and speaks at no other time
 * @node: in bfd_net.by_reflector, keyed by @discr
 * @discr: discriminator, of the S-BFD pool; constant
 * @family: of @local; constant
 * @local: the only address it answers at, or none: all of ours; constant
 * @config: written under bfd_net.lock, a field at a time
 * @allowance_ns: see bfd_reflect_admit(); written by packets, on any CPU
 * @create_ns: CLOCK_REALTIME; constant
 * @rx: requests that could be answered; this group is written by packets
 * @tx: answers sent
 * @rx_invalid: requests refused
 * @tx_failed: answers not sent
 * @list: in bfd_net.reflectors, by @seq; under bfd_net.lock
 * @seq: number of birth; constant
 * @rcu: frees it. Who may still hold it then: a packet in the input hook
 */
struct bfd_reflector {
	struct rhash_head node;
	u32 discr;
	u8 family;
	union bfd_addr local;
	struct bfd_reflector_config config;
	atomic64_t allowance_ns;
	u64 create_ns;
	atomic64_t rx;
	atomic64_t tx;
	atomic64_t rx_invalid;
	atomic64_t tx_failed;
	struct list_head list;
	u64 seq;
	struct rcu_head rcu;
};

/**
 * struct bfd_counters - one CPU's part of a namespace's counters
 * @c: by enum bfd_counter
 */
struct bfd_counters {
	u64 c[BFD_COUNTER_MAX + 1];
};

/**
 * struct bfd_net - BFD in one network namespace
 * @net: the namespace
 * @lock: configuration
 * @sessions: all of them, oldest first; under @lock
 * @reflectors: all of them, oldest first; under @lock
 * @passives: policies, oldest first; under @lock. Input only sees if there are any
 * @seq: number of the last birth of any of these; under @lock
 * @count: all of these but tunnels' and micro sessions; under @lock. The receive hooks are
 *	registered while it is not 0
 * @tunnel_count: tunnels', which have hooks of their own; likewise
 * @micro_devs: devices that micro sessions are bound to, which have a hook each; under
 *	@lock
 * @dump_seq: changes with every birth and death, for NLM_F_DUMP_INTR
 * @by_discr: by bfd.LocalDiscr
 * @by_addr: by struct bfd_addr_key
 * @by_reflector: reflectors by their discriminator: the S-BFD pool, which is
 *	apart from the sessions' (RFC 7880 4.2). Ports tell which is meant
 * @passive_by_index: policies by the index of their device
 * @passive_work: makes sessions for policies, and deletes them
 * @counters: per CPU
 * @rerouted: sessions that are
 * @events: written down and not yet delivered, in order
 * @event_lock: held by whoever delivers them
 * @events_lost: since the last event that could be written down
 */
struct bfd_net {
	struct net *net;
	struct mutex lock;	/* guards configuration and the tables' writers */
	struct list_head sessions;
	struct list_head reflectors;
	struct list_head passives;
	u64 seq;
	unsigned int count;
	unsigned int tunnel_count;
	struct list_head micro_devs;
	unsigned int dump_seq;
	struct rhashtable by_discr;
	struct rhltable by_addr;
	struct rhashtable by_reflector;
	DECLARE_HASHTABLE(passive_by_index, 6);
	struct delayed_work passive_work;
	struct bfd_counters __percpu *counters;
	atomic_t rerouted;
	struct sk_buff_head events;
	spinlock_t event_lock;	/* one at a time delivers @events */
	atomic_t events_lost;
};

/**
 * struct bfd_notice - what an event has to tell beside its session
 * @event: enum bfd_event
 * @old_state: before it
 * @latency_us: from the detection deadline; U32_MAX: not a detection
 * @timestamp_ns: CLOCK_REALTIME
 */
struct bfd_notice {
	u8 event;
	u8 old_state;
	u32 latency_us;
	u64 timestamp_ns;
};

/**
 * struct bfd_todo - what is left to do after a session was unlocked
 * @send: @skb is to be sent; NULL then means that there was no memory
 * @skb: the packet
 * @echo: an echo to be sent, or NULL
 * @notify: an event was queued
 * @reroute: rerouted has changed
 * @latency_us: of a detection, for its event; U32_MAX: there was none
 */
struct bfd_todo {
	bool send;
	struct sk_buff *skb;
	struct sk_buff *echo;
	bool notify;
	bool reroute;
	u32 latency_us;
};

static inline u64 bfd_now_ns(void)
{
	return ktime_get_ns();
}

static inline void bfd_count(const struct bfd_net *bn, enum bfd_counter counter)
{
	this_cpu_inc(bn->counters->c[counter]);
}

/* Whose packets go inside others */
static inline bool bfd_type_is_tunnel(u8 type)
{
	return type == BFD_TYPE_VXLAN || type == BFD_TYPE_GENEVE;
}

static inline bool bfd_addr_none(const union bfd_addr *addr)
{
	return ipv6_addr_any(&addr->v6);
}

static inline bool bfd_addr_equal(const union bfd_addr *a, const union bfd_addr *b)
{
	return ipv6_addr_equal(&a->v6, &b->v6);
}

/* main.c */
extern bool bfd_leaving;
struct bfd_net *bfd_net(const struct net *net);

/* session.c */
int bfd_session_init(void);
void bfd_session_exit(void);
int bfd_session_tables_init(struct bfd_net *bn);
void bfd_session_tables_exit(struct bfd_net *bn);
struct bfd_session *bfd_session_create(struct bfd_net *bn, const struct bfd_key *key,
				       struct bfd_config *config, u32 discr,
				       struct netlink_ext_ack *extack);
void bfd_session_config(const struct bfd_session *s, struct bfd_config *config);
void bfd_session_bury(struct bfd_session *s);
void bfd_session_kill_all(struct bfd_net *bn);
struct bfd_session *bfd_session_find_discr(struct bfd_net *bn, u32 discr);
struct bfd_session *bfd_session_find_key(struct bfd_net *bn, const struct bfd_key *key);
struct rhlist_head *bfd_session_lookup_addr_rcu(struct bfd_net *bn,
						const struct bfd_addr_key *key);

/* engine.c */
void bfd_session_start(struct bfd_session *s);
void bfd_session_serve(struct bfd_session *s, u64 now, u64 late_ns);
int bfd_session_looped(struct bfd_session *s, const struct bfd_echo_packet *pkt, u64 now);
int bfd_session_receive(struct bfd_session *s, const struct bfd_packet *pkt, const void *raw,
			u64 now);
void bfd_session_apply(struct bfd_session *s, struct bfd_config *config);
void bfd_session_path_down(struct bfd_session *s);
void bfd_session_verify(struct bfd_session *s);
void bfd_session_goodbye(struct bfd_session *s);
void bfd_session_hasten(struct bfd_session *s);

/* pacer.c */
int bfd_pacer_init(void);
void bfd_pacer_exit(void);
int bfd_pacer_pick_cpu(void);
void bfd_pacer_schedule(struct bfd_session *s, u64 due_ns);
void bfd_pacer_cancel(struct bfd_session *s);
bool bfd_pacer_backlog(void);

/* sbfd.c */
int bfd_reflector_table_init(struct bfd_net *bn);
void bfd_reflector_table_exit(struct bfd_net *bn);
struct bfd_reflector *bfd_reflector_find(struct bfd_net *bn, u32 discr);
int bfd_reflector_create(struct bfd_net *bn, u32 discr, u8 family, const union bfd_addr *local,
			 const struct bfd_reflector_config *config,
			 struct netlink_ext_ack *extack);
void bfd_reflector_apply(struct bfd_reflector *r, const struct bfd_reflector_config *config);
void bfd_reflector_kill(struct bfd_net *bn, struct bfd_reflector *r);
void bfd_reflector_kill_all(struct bfd_net *bn);
bool bfd_reflector_admit(atomic64_t *allowance_ns, u32 rate);
bool bfd_reflector_request(struct bfd_net *bn, const struct bfd_rx *rx,
			   const struct nf_hook_state *state);

/* passive.c */
void bfd_passive_init(struct bfd_net *bn);
void bfd_passive_exit(struct bfd_net *bn);
bool bfd_passive_receive(struct bfd_net *bn, const struct bfd_rx *rx,
			 const struct nf_hook_state *state);
void bfd_passive_made(struct bfd_session *s);
void bfd_passive_lost(struct bfd_session *s);
void bfd_passive_down(struct bfd_session *s, u64 now);
void bfd_passive_yield(struct bfd_net *bn);
void bfd_passive_device_came(struct net_device *dev);
void bfd_passive_device_went(struct net_device *dev);
struct bfd_passive *bfd_passive_find(struct bfd_net *bn, const char *ifname);
int bfd_passive_create(struct bfd_net *bn, const char *ifname, struct bfd_policy *policy,
		       struct netlink_ext_ack *extack);
void bfd_passive_apply(struct bfd_passive *p, struct bfd_policy *policy);
void bfd_passive_kill(struct bfd_passive *p);
void bfd_passive_kill_all(struct bfd_net *bn);

/* reroute.c */
void bfd_reroute_apply(struct bfd_session *s);
bool bfd_reroute_lladdr(struct bfd_session *s, unsigned char *lladdr);
void bfd_reroute_forget(struct bfd_session *s);
int bfd_reroute_init(void);
void bfd_reroute_exit(void);

/* netdev.c */
void bfd_netdev_bind(struct bfd_session *s);
bool bfd_netdev_is_vrf(struct net *net, const char *name);
int bfd_netdev_init(void);
void bfd_netdev_exit(void);

/* attr.c */
int bfd_attr_refuse(struct netlink_ext_ack *extack, const struct nlattr *attr, const char *why);
int bfd_attr_addr(union bfd_addr *addr, u8 *family, const struct nlattr *attr,
		  struct netlink_ext_ack *extack);
int bfd_attr_only(struct nlattr **attrs, u64 allowed, struct netlink_ext_ack *extack);
int bfd_attr_name(char *name, const struct nlattr *attr, struct netlink_ext_ack *extack);
int bfd_attr_times(struct bfd_fsm_config *fsm, struct nlattr **attrs,
		   struct netlink_ext_ack *extack);
int bfd_attr_config(struct bfd_config *config, const struct bfd_key *key,
		    const struct bfd_auth *auth, struct nlattr **attrs,
		    struct netlink_ext_ack *extack);
int bfd_attr_owner(char *owner, const struct nlattr *attr, struct netlink_ext_ack *extack);

/* authkey.c */
extern const struct nla_policy bfd_key_policy[BFD_KEY_MAX + 1];
void bfd_authkey_free(struct bfd_auth *auth);
int bfd_authkey_parse(struct bfd_config *config, const struct nlattr *nest,
		      const struct bfd_auth *old, struct netlink_ext_ack *extack);
void bfd_authkey_forget(const struct nlattr *nest);
size_t bfd_authkey_size(const struct bfd_auth *auth);
int bfd_authkey_fill(struct sk_buff *skb, const struct bfd_auth *auth);

/* reflector.c */
int bfd_reflector_new_doit(struct sk_buff *skb, struct genl_info *info);
int bfd_reflector_set_doit(struct sk_buff *skb, struct genl_info *info);
int bfd_reflector_del_doit(struct sk_buff *skb, struct genl_info *info);
int bfd_reflector_get_doit(struct sk_buff *skb, struct genl_info *info);
int bfd_reflector_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);

/* policy.c */
extern const struct nla_policy bfd_prefix_policy[BFD_PREFIX_MAX + 1];
int bfd_policy_new_doit(struct sk_buff *skb, struct genl_info *info);
int bfd_policy_set_doit(struct sk_buff *skb, struct genl_info *info);
int bfd_policy_del_doit(struct sk_buff *skb, struct genl_info *info);
int bfd_policy_get_doit(struct sk_buff *skb, struct genl_info *info);
int bfd_policy_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);

/* stats.c */
int bfd_stats_get_doit(struct sk_buff *skb, struct genl_info *info);
int bfd_stats_fill_session(struct sk_buff *skb, const struct bfd_stats *stats,
			   const struct bfd_auth *auth);

/* kfunc.c */
int bfd_xdp_session_state(struct xdp_md *xdp_ctx, u32 discr);
int bfd_skb_session_state(struct __sk_buff *skb_ctx, u32 discr);
void bfd_kfunc_init(void);

/* netlink.c */
extern struct genl_family bfd_genl_family;
void *bfd_netlink_begin(struct sk_buff *skb, struct netlink_callback *cb, u8 cmd);
int bfd_netlink_end(struct sk_buff *skb, void *hdr, int err);
int bfd_netlink_init(void);
void bfd_netlink_exit(void);

/* event.c */
int bfd_event_fill_session(struct sk_buff *skb, struct bfd_session *s);
void bfd_event_queue(struct bfd_session *s, const struct bfd_notice *notice);
void bfd_event_flush(struct bfd_net *bn);
void bfd_event_config(struct bfd_session *s, enum bfd_event event);
void bfd_event_stop(void);

#include "io.h"

#endif /* _BFD_H */
