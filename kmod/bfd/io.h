/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Packets of bfd.ko, in and out: what is read of one that came, and who takes and sends
 * them. The end of bfd.h, which includes it and has the locks they are under.
 */
#ifndef _BFD_IO_H
#define _BFD_IO_H

struct udphdr;

/**
 * struct bfd_rx - a packet to one of our ports
 * @skb: the packet, data at the IP header
 * @dev: it came in by
 * @from: source, family and type: what sessions are looked up by
 * @to: destination
 * @ttl: TTL or hop limit
 * @sport: source port, host order; of S-BFD only. Tunnels: outer destination port
 * @dport: destination port, host order; 0: neither S-BFD nor an echo
 * @vni: tunnels: the VNI it came in
 * @udp_off: offset of the UDP header; the inner one of a tunnel, as @ttl is the inner TTL
 * @len: bytes after the UDP header, by skb and by UDP length
 * @your_discr: Your Discriminator, or 0 if the packet is too short for one
 * @raw: the mandatory section, linear; as much of it as @len says
 */
struct bfd_rx {
	struct sk_buff *skb;
	struct net_device *dev;
	struct bfd_addr_key from;
	union bfd_addr to;
	u8 ttl;
	u16 sport;
	u16 dport;
	u32 vni;
	unsigned int udp_off;
	unsigned int len;
	u32 your_discr;
	u8 raw[BFD_PACKET_LEN] __aligned(8);
};

/* loop.c */
void bfd_loop_retime(struct bfd_session *s, u64 now);
unsigned int bfd_loop_serve(struct bfd_session *s, u64 now, struct bfd_todo *todo);
u64 bfd_loop_due_ns(const struct bfd_session *s);
int bfd_loop_take(struct bfd_session *s, const struct bfd_echo_packet *pkt, u64 now);
bool bfd_loop_input(struct bfd_net *bn, const struct bfd_rx *rx);

/* input.c */
int bfd_hooks_get(struct bfd_net *bn, unsigned int *count, const struct nf_hook_ops *ops,
		  unsigned int n);
void bfd_hooks_put(struct bfd_net *bn, unsigned int *count, const struct nf_hook_ops *ops,
		   unsigned int n);
int bfd_input_get(struct bfd_net *bn);
void bfd_input_put(struct bfd_net *bn);
bool bfd_input_payload(struct bfd_rx *rx, const struct udphdr *uh);
unsigned int bfd_input_packet(struct bfd_rx *rx, const struct nf_hook_state *state);
bool bfd_input_is_local(const struct bfd_net *bn, const struct bfd_rx *rx);
bool bfd_input_source_ok(const struct bfd_net *bn, const struct bfd_rx *rx);
struct bfd_session *bfd_input_find(struct bfd_net *bn, const struct bfd_rx *rx);
void bfd_input_account(struct bfd_session *s, const u8 *raw, unsigned int len, int drop);
bool bfd_input_to_local_end(const struct bfd_session *s, const struct bfd_rx *rx);
bool bfd_input_by_right_device(const struct bfd_session *s, const struct bfd_rx *rx);
bool bfd_input_sum_ok(const struct bfd_rx *rx, unsigned int len, __wsum csum);
bool bfd_input_checksum_ok(const struct bfd_rx *rx, const struct nf_hook_state *state);

/* tunnel.c */
int bfd_tunnel_get(struct bfd_net *bn);
void bfd_tunnel_put(struct bfd_net *bn);
int bfd_tunnel_fit(struct net *net, const struct bfd_key *key, struct netlink_ext_ack *extack);
int bfd_tunnel_bind(struct bfd_session *s);
bool bfd_tunnel_is_of(const struct bfd_session *s, const struct bfd_rx *rx);
void bfd_tunnel_heard(struct bfd_session *s, const struct bfd_rx *rx);
bool bfd_tunnel_checksum_ok(const struct bfd_rx *rx, const struct nf_hook_state *state);
int bfd_tunnel_push(const struct bfd_session *s, struct sk_buff *skb);
int bfd_tunnel_check(const struct bfd_key *key, struct nlattr **attrs,
		    struct netlink_ext_ack *extack);

/* micro.c */
bool bfd_micro_unfit(struct net *net, const char *name);
int bfd_micro_bind(struct bfd_session *s);
void bfd_micro_unbind(struct bfd_session *s);
bool bfd_micro_checksum_ok(const struct bfd_rx *rx);
int bfd_micro_send(const struct bfd_session *s, struct sk_buff *skb);
int bfd_micro_check(const struct bfd_key *key, struct nlattr **attrs,
		    struct netlink_ext_ack *extack);

/* output.c */
void bfd_frame_build(struct bfd_frame *frame, const struct bfd_packet *pkt, u16 pad_to,
		     u16 sport, u16 dport);
void bfd_frame_build_echo(struct bfd_frame *frame, const struct bfd_echo_packet *pkt, u16 sport);
void bfd_frame_resize(struct bfd_frame *frame, unsigned int len);
struct sk_buff *bfd_frame_copy(const struct bfd_frame *frame);
void bfd_output_send(struct bfd_session *s, struct sk_buff *skb);
void bfd_output_echo(struct bfd_session *s, struct sk_buff *skb);
int bfd_output_answer(struct bfd_net *bn, const struct bfd_rx *rx, struct sk_buff *skb);

#endif /* _BFD_IO_H */
