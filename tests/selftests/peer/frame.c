// SPDX-License-Identifier: GPL-2.0
/*
 * Frames to bytes and back. Nothing here knows what is right: what the fields
 * say is what goes out.
 */
#include <arpa/inet.h>
#include <netinet/ip.h>
#include <netinet/ip6.h>
#include <netinet/udp.h>
#include <openssl/evp.h>
#include <stdbool.h>
#include <string.h>
#include "frame.h"

#define BFD_LEN		24
#define SIMPLE		1	/* RFC 5880 4.1: Auth Type */
#define SHA1		4	/* and Meticulous Keyed SHA1; less is MD5 */
#define NULL_AUTH	6	/* RFC 9978: a number, and nothing that proves it */
#define EXT_LEN		8	/* one destination options header, padding only */

static void put32(uint8_t *p, uint32_t v)
{
	v = htonl(v);
	memcpy(p, &v, sizeof(v));
}

static uint32_t get32(const uint8_t *p)
{
	uint32_t v;

	memcpy(&v, p, sizeof(v));
	return ntohl(v);
}

static uint32_t sum(const void *data, size_t len, uint32_t acc)
{
	const uint8_t *p = data;
	size_t i;

	for (i = 0; i < len; i++)
		acc += i & 1 ? p[i] : p[i] << 8;
	return acc;
}

static uint16_t fold(uint32_t acc)
{
	while (acc >> 16)
		acc = (acc & 0xffff) + (acc >> 16);
	return ~acc;
}

static uint16_t udp_csum(int family, const void *src, const void *dst, const void *udp, size_t len)
{
	size_t alen = family == AF_INET ? 4 : 16;

	return fold(sum(src, alen, sum(dst, alen, sum(udp, len, IPPROTO_UDP + len))));
}

static size_t digest_len(const struct frame *fr)
{
	return fr->atype == NULL_AUTH ? 0 : fr->atype < SHA1 ? 16 : 20;
}

static size_t section_len(const struct frame *fr)
{
	if (!fr->atype)
		return 0;
	return fr->atype == SIMPLE ? 3 + strlen(fr->secret) : 8 + digest_len(fr);
}

static void build_bfd(const struct frame *fr, uint8_t *p)
{
	p[0] = fr->ver << 5 | (fr->diag & 0x1f);
	p[1] = fr->state << 6 | fr->p << 5 | fr->f << 4 | fr->c << 3 | fr->a << 2 | fr->d << 1 |
	       fr->m;
	p[2] = fr->mult;
	p[3] = fr->len + section_len(fr);
	put32(p + 4, fr->my);
	put32(p + 8, fr->your);
	put32(p + 12, fr->tx);
	put32(p + 16, fr->rx);
	put32(p + 20, fr->echo);
}

/* RFC 5880 6.7.3, 6.7.4: of all of the packet, the key in the digest's place */
static void make_digest(const struct frame *fr, const uint8_t *p, uint8_t *out)
{
	uint8_t bytes[BFD_LEN + 8 + SECRET_MAX] = {};

	memcpy(bytes, p, BFD_LEN + 8);
	memcpy(bytes + BFD_LEN + 8, fr->secret, strlen(fr->secret));
	EVP_Digest(bytes, BFD_LEN + 8 + digest_len(fr), out, NULL,
		   fr->atype < SHA1 ? EVP_md5() : EVP_sha1(), NULL);
}

static void build_auth(const struct frame *fr, uint8_t *p)
{
	uint8_t *section = p + BFD_LEN;

	section[0] = fr->atype;
	section[1] = fr->alen ? fr->alen : section_len(fr);
	section[2] = fr->kid;
	if (fr->atype == SIMPLE) {
		memcpy(section + 3, fr->secret, strlen(fr->secret));
	} else {
		put32(section + 4, fr->seq);
		if (fr->atype != NULL_AUTH)
			make_digest(fr, p, section + 8);
	}
	section[section_len(fr) - 1] ^= fr->digest == CSUM_BAD;
}

static void parse_auth(struct frame *fr, const uint8_t *p)
{
	const uint8_t *section = p + BFD_LEN;
	uint8_t digest[SECRET_MAX];
	bool good;

	fr->atype = section[0];
	fr->alen = section[1];
	fr->kid = section[2];
	if (fr->size < BFD_LEN + section_len(fr)) {
		good = false;
	} else if (fr->atype == SIMPLE) {
		good = !memcmp(section + 3, fr->secret, strlen(fr->secret));
	} else {
		fr->seq = get32(section + 4);
		make_digest(fr, p, digest);
		good = !memcmp(section + 8, digest, digest_len(fr));
	}
	fr->digest = good ? CSUM_GOOD : CSUM_BAD;
}

static size_t build_udp(const struct frame *fr, uint8_t *buf)
{
	struct udphdr uh = {
		.source = htons(fr->sport),
		.dest = htons(fr->dport),
	};
	size_t len = sizeof(uh) + fr->size + section_len(fr);
	uint16_t csum;

	memset(buf, 0, len + BFD_LEN);
	build_bfd(fr, buf + sizeof(uh));
	if (fr->atype)
		build_auth(fr, buf + sizeof(uh));
	uh.len = htons(fr->udplen ? fr->udplen : len);
	memcpy(buf, &uh, sizeof(uh));
	if (fr->csum == CSUM_ZERO)
		return len;
	csum = udp_csum(fr->family, &fr->src, &fr->dst, buf, len);
	if (fr->csum == CSUM_BAD)
		csum ^= 0x1234;
	uh.check = htons(csum ? csum : 0xffff);
	memcpy(buf, &uh, sizeof(uh));
	return len;
}

static size_t build_v4(const struct frame *fr, uint8_t *buf)
{
	struct iphdr iph = {
		.version = 4,
		.ihl = 5 + fr->opts,
		.tos = fr->tos,
		.id = htons(0x5880),
		.ttl = fr->ttl,
		.protocol = IPPROTO_UDP,
	};
	size_t hlen = iph.ihl * 4, len;

	memcpy(&iph.saddr, &fr->src, 4);
	memcpy(&iph.daddr, &fr->dst, 4);
	len = hlen + build_udp(fr, buf + hlen);
	iph.tot_len = htons(len);
	memset(buf, IPOPT_NOOP, hlen);
	memcpy(buf, &iph, sizeof(iph));
	iph.check = htons(fold(sum(buf, hlen, 0)));
	memcpy(buf, &iph, sizeof(iph));
	return len;
}

static size_t build_v6(const struct frame *fr, uint8_t *buf)
{
	struct ip6_hdr ip6h = {
		.ip6_flow = htonl(6 << 28 | fr->tos << 20),
		.ip6_nxt = fr->opts ? IPPROTO_DSTOPTS : IPPROTO_UDP,
		.ip6_hlim = fr->ttl,
		.ip6_src = fr->src,
		.ip6_dst = fr->dst,
	};
	/* PadN, four bytes of it */
	static const uint8_t padding[EXT_LEN] = { 0, 0, 1, 4 };
	size_t off = sizeof(ip6h);
	unsigned int i;

	for (i = 1; i <= fr->opts; i++, off += EXT_LEN) {
		memcpy(buf + off, padding, EXT_LEN);
		buf[off] = i < fr->opts ? IPPROTO_DSTOPTS : IPPROTO_UDP;
	}
	off += build_udp(fr, buf + off);
	ip6h.ip6_plen = htons(off - sizeof(ip6h));
	memcpy(buf, &ip6h, sizeof(ip6h));
	return off;
}

/* The whole frame; @buf holds FRAME_MAX bytes */
size_t frame_build(const struct frame *fr, uint8_t *buf)
{
	return fr->family == AF_INET ? build_v4(fr, buf) : build_v6(fr, buf);
}

/* Fragment @n, 0 or 1, of a frame without options: the first has 16 bytes */
size_t frame_fragment(const uint8_t *whole, size_t len, unsigned int n, uint8_t *buf)
{
	bool v4 = whole[0] >> 4 == 4;
	size_t hlen = v4 ? sizeof(struct iphdr) : sizeof(struct ip6_hdr);
	size_t from = n ? hlen + 16 : hlen, to = n ? len : hlen + 16;
	uint16_t offset = n ? 2 : 0, more = n ? 0 : 1;
	size_t fraglen = v4 ? 0 : sizeof(struct ip6_frag);

	memcpy(buf, whole, hlen);
	memcpy(buf + hlen + fraglen, whole + from, to - from);
	if (v4) {
		struct iphdr *iph = (struct iphdr *)buf;

		iph->tot_len = htons(hlen + to - from);
		iph->frag_off = htons(offset | (more ? IP_MF : 0));
		iph->check = 0;
		iph->check = htons(fold(sum(buf, hlen, 0)));
	} else {
		struct ip6_hdr *ip6h = (struct ip6_hdr *)buf;
		struct ip6_frag fh = {
			.ip6f_nxt = ip6h->ip6_nxt,
			.ip6f_offlg = htons(offset << 3 | more),
			.ip6f_ident = htonl(0x5880),
		};

		ip6h->ip6_nxt = IPPROTO_FRAGMENT;
		ip6h->ip6_plen = htons(fraglen + to - from);
		memcpy(buf + hlen, &fh, sizeof(fh));
	}
	return hlen + fraglen + to - from;
}

static size_t parse_ip(struct frame *fr, const uint8_t *buf, size_t len)
{
	struct ip6_hdr ip6h;
	struct iphdr iph;

	if (fr->family == AF_INET) {
		if (len < sizeof(iph))
			return 0;
		memcpy(&iph, buf, sizeof(iph));
		if (iph.protocol != IPPROTO_UDP)
			return 0;
		memcpy(&fr->src, &iph.saddr, 4);
		memcpy(&fr->dst, &iph.daddr, 4);
		fr->ttl = iph.ttl;
		fr->tos = iph.tos;
		return iph.ihl * 4;
	}
	if (len < sizeof(ip6h))
		return 0;
	memcpy(&ip6h, buf, sizeof(ip6h));
	if (ip6h.ip6_nxt != IPPROTO_UDP)
		return 0;
	fr->src = ip6h.ip6_src;
	fr->dst = ip6h.ip6_dst;
	fr->ttl = ip6h.ip6_hlim;
	fr->tos = ntohl(ip6h.ip6_flow) >> 20 & 0xff;
	return sizeof(ip6h);
}

static void parse_bfd(struct frame *fr, const uint8_t *p)
{
	fr->ver = p[0] >> 5;
	fr->diag = p[0] & 0x1f;
	fr->state = p[1] >> 6;
	fr->p = p[1] >> 5 & 1;
	fr->f = p[1] >> 4 & 1;
	fr->c = p[1] >> 3 & 1;
	fr->a = p[1] >> 2 & 1;
	fr->d = p[1] >> 1 & 1;
	fr->m = p[1] & 1;
	fr->mult = p[2];
	fr->len = p[3];
	fr->my = get32(p + 4);
	fr->your = get32(p + 8);
	fr->tx = get32(p + 12);
	fr->rx = get32(p + 16);
	fr->echo = get32(p + 20);
}

/* 0 if @buf is UDP with room for a BFD packet; @secret is what may be in it */
int frame_parse(struct frame *fr, int family, const char *secret, const uint8_t *buf, size_t len)
{
	struct udphdr uh;
	size_t off;

	memset(fr, 0, sizeof(*fr));
	fr->family = family;
	strcpy(fr->secret, secret);
	off = parse_ip(fr, buf, len);
	if (!off || len < off + sizeof(uh) + BFD_LEN)
		return -1;
	memcpy(&uh, buf + off, sizeof(uh));
	fr->sport = ntohs(uh.source);
	fr->dport = ntohs(uh.dest);
	fr->udplen = ntohs(uh.len);
	fr->size = len - off - sizeof(uh);
	fr->csum = uh.check && !udp_csum(family, &fr->src, &fr->dst, buf + off, len - off) ?
		   CSUM_GOOD : CSUM_BAD;
	parse_bfd(fr, buf + off + sizeof(uh));
	if (fr->a && fr->size >= BFD_LEN + 3)
		parse_auth(fr, buf + off + sizeof(uh));
	return 0;
}
