/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A BFD packet with all that carries it, as numbers a test can set, one by one
 * and as wrong as it likes, and as bytes from the IP header on.
 */
#ifndef _PEER_FRAME_H
#define _PEER_FRAME_H

#include <netinet/in.h>
#include <stddef.h>
#include <stdint.h>

#define FRAME_MAX	512
#define SECRET_MAX	20

enum { CSUM_GOOD, CSUM_BAD, CSUM_ZERO };

/**
 * struct frame - what is sent, or what came
 * @family: AF_INET or AF_INET6
 * @src: source address, the first 4 bytes for IPv4
 * @dst: destination
 * @ttl: TTL or hop limit
 * @tos: TOS or traffic class
 * @opts: 32-bit words of IPv4 options, or 8-byte IPv6 extension headers
 * @frag: send it in two fragments
 * @sport: UDP source port
 * @dport: UDP destination port
 * @udplen: UDP length; 0: what it is
 * @csum: CSUM_*; of what came, GOOD or BAD
 * @size: bytes of UDP payload without @atype's section; beyond 24 it is filled up
 * @ver: BFD version, and so on in the order of RFC 5880 4.1
 * @len: Length, without @atype's section
 * @atype: Auth Type; with 0 there is no section
 * @alen: Auth Len; 0: what it is
 * @kid: Auth Key ID
 * @seq: Sequence Number
 * @digest: CSUM_GOOD, or CSUM_BAD for one that is wrong in one bit
 * @step: @seq grows so much with each packet; of what is sent only
 * @gap: ms since the packet before; of what came only
 * @secret: password or key
 */
struct frame {
	int family;
	struct in6_addr src;
	struct in6_addr dst;
	uint32_t ttl, tos, opts, frag;
	uint32_t sport, dport, udplen, csum, size;
	uint32_t ver, diag, state;
	uint32_t p, f, c, a, d, m;
	uint32_t mult, len;
	uint32_t my, your;
	uint32_t tx, rx, echo;
	uint32_t atype, alen, kid, seq, digest, step;
	uint32_t gap;
	char secret[SECRET_MAX + 1];
};

size_t frame_build(const struct frame *fr, uint8_t *buf);
size_t frame_fragment(const uint8_t *whole, size_t len, unsigned int n, uint8_t *buf);
int frame_parse(struct frame *fr, int family, const char *secret, const uint8_t *buf, size_t len);

#endif /* _PEER_FRAME_H */
