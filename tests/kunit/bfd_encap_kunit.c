// SPDX-License-Identifier: GPL-2.0
/*
 * Control packets inside VXLAN (RFC 8971) or Geneve (RFC 9521): the headers around them,
 * byte by byte.
 */
#include <kunit/test.h>
#include <linux/etherdevice.h>
#include <linux/bfd.h>
#include <linux/string.h>
#include <bfd/encap.h>

static const u8 mac[ETH_ALEN] = { 0x02, 1, 2, 3, 4, 5 };
static const u8 vtep_v4[4] = { 192, 0, 2, 1 };
static const u8 vtep_v6[16] = { 0x20, 0x01, 0x0d, 0xb8, [15] = 1 };

/* VNI 0x123456, TTL 255, to 127.0.0.1, UDP 49152 to 3784 */
static const u8 good_v4[BFD_ENCAP_HEAD(true)] = {
	0x08, 0, 0, 0, 0x12, 0x34, 0x56, 0,
	0x00, 0x00, 0x5e, 0x00, 0x52, 0x02, 0x02, 1, 2, 3, 4, 5, 0x08, 0x00,
	0x45, 0xc0, 0, 52, 0, 0, 0x40, 0, 255, 17, 0, 0, 192, 0, 2, 2, 127, 0, 0, 1,
	0xc0, 0x00, 0x0e, 0xc8, 0, 32, 0, 0,
};

/* To ::ffff:127.0.0.1 */
static const u8 good_v6[BFD_ENCAP_HEAD(false)] = {
	0x08, 0, 0, 0, 0x12, 0x34, 0x56, 0,
	0x00, 0x00, 0x5e, 0x00, 0x52, 0x02, 0x02, 1, 2, 3, 4, 5, 0x86, 0xdd,
	0x6c, 0, 0, 0, 0, 32, 17, 255, 0x20, 0x01, 0x0d, 0xb8, [45] = 2,
	[56] = 0xff, 0xff, 127, 0, 0, 1,
	0xc0, 0x00, 0x0e, 0xc8, 0, 32, 0, 0,
};

/* O bit, Ethernet inside, VNI 0x123456 */
static const u8 geneve[BFD_ENCAP_TUNNEL] = { 0, 0x80, 0x65, 0x58, 0x12, 0x34, 0x56, 0 };

/* Both parts, one after the other, as a packet without options has them */
static bool parse(struct bfd_encap *encap, const u8 *buf, bool v4)
{
	unsigned int len = bfd_encap_tunnel(encap, buf);

	return len == BFD_ENCAP_TUNNEL &&
	       bfd_encap_frame(encap, buf + len, v4, v4 ? vtep_v4 : vtep_v6);
}

static void headers_are_built(struct kunit *test)
{
	u8 buf[BFD_ENCAP_LEN];

	bfd_encap_build(buf, BFD_TYPE_VXLAN, 0x123456, bfd_encap_mac, mac, true);
	KUNIT_EXPECT_TRUE(test, !memcmp(buf, good_v4, sizeof(buf)));
	bfd_encap_build(buf, BFD_TYPE_VXLAN, 0x123456, bfd_encap_mac, mac, false);
	KUNIT_EXPECT_TRUE(test, !memcmp(buf, good_v6, sizeof(buf)));
}

static void geneve_headers_are_built(struct kunit *test)
{
	u8 buf[BFD_ENCAP_LEN];

	bfd_encap_build(buf, BFD_TYPE_GENEVE, 0x123456, bfd_encap_mac, mac, true);
	KUNIT_EXPECT_TRUE(test, !memcmp(buf, geneve, sizeof(geneve)));
	KUNIT_EXPECT_TRUE(test, !memcmp(buf + sizeof(geneve), good_v4 + sizeof(geneve),
					BFD_ENCAP_ETH));
	bfd_encap_build(buf, BFD_TYPE_GENEVE, 0x123456, mac, mac, false);
	KUNIT_EXPECT_TRUE(test, !memcmp(buf, geneve, sizeof(geneve)));
	KUNIT_EXPECT_TRUE(test, !memcmp(buf + 8, mac, ETH_ALEN));
	KUNIT_EXPECT_TRUE(test, !memcmp(buf + 14, good_v6 + 14, 8));
}

static void every_vni_survives(struct kunit *test)
{
	static const u32 vnis[] = { 0, 0, 1, 1, 0x800000, 0x800000, BFD_ENCAP_VNI_MAX,
				    BFD_ENCAP_VNI_MAX };
	static const u8 types[] = { BFD_TYPE_VXLAN, BFD_TYPE_GENEVE };
	struct bfd_encap encap;
	u8 buf[sizeof(good_v4)];
	unsigned int i;

	memcpy(buf, good_v4, sizeof(buf));
	for (i = 0; i < ARRAY_SIZE(vnis); i++) {
		bfd_encap_build(buf, types[i % 2], vnis[i], bfd_encap_mac, mac, true);
		KUNIT_ASSERT_TRUE(test, parse(&encap, buf, true));
		KUNIT_EXPECT_EQ(test, encap.type, types[i % 2]);
		KUNIT_EXPECT_EQ(test, encap.vni, vnis[i]);
	}
}

static void good_ones_are_read(struct kunit *test)
{
	struct bfd_encap encap = {};

	KUNIT_ASSERT_TRUE(test, parse(&encap, good_v4, true));
	KUNIT_EXPECT_EQ(test, encap.vni, 0x123456U);
	KUNIT_EXPECT_EQ(test, encap.ttl, 255);
	memset(&encap, 0, sizeof(encap));
	KUNIT_ASSERT_TRUE(test, parse(&encap, good_v6, false));
	KUNIT_EXPECT_EQ(test, encap.vni, 0x123456U);
	KUNIT_EXPECT_EQ(test, encap.ttl, 255);
}

/* Another address that a peer may choose */
static void the_vtep_itself_is_a_destination(struct kunit *test)
{
	struct bfd_encap encap;
	u8 buf[sizeof(good_v6)];

	memcpy(buf, good_v4, sizeof(good_v4));
	memcpy(buf + 38, vtep_v4, sizeof(vtep_v4));
	KUNIT_EXPECT_TRUE(test, parse(&encap, buf, true));
	buf[41]++;
	KUNIT_EXPECT_FALSE(test, parse(&encap, buf, true));
	buf[38] = 127;
	KUNIT_EXPECT_TRUE(test, parse(&encap, buf, true));

	memcpy(buf, good_v6, sizeof(good_v6));
	memcpy(buf + 46, vtep_v6, sizeof(vtep_v6));
	KUNIT_EXPECT_TRUE(test, parse(&encap, buf, false));
	buf[61]++;
	KUNIT_EXPECT_FALSE(test, parse(&encap, buf, false));
}

/* A low TTL is for a session to count, not for a tenant to get */
static void ttl_is_told(struct kunit *test)
{
	struct bfd_encap encap;
	u8 buf[sizeof(good_v4)];

	memcpy(buf, good_v4, sizeof(buf));
	buf[30] = 254;
	KUNIT_ASSERT_TRUE(test, parse(&encap, buf, true));
	KUNIT_EXPECT_EQ(test, encap.ttl, 254);
}

/* What RFC 7348 5 reserves is ignored */
static void reserved_bits_do_not_matter(struct kunit *test)
{
	struct bfd_encap encap;
	u8 buf[sizeof(good_v4)];

	memcpy(buf, good_v4, sizeof(buf));
	buf[0] |= 0xf7;
	buf[2] = 0xff;
	buf[7] = 0xff;
	KUNIT_ASSERT_TRUE(test, parse(&encap, buf, true));
	KUNIT_EXPECT_EQ(test, encap.vni, 0x123456U);
}

/* Each of these bits makes it somebody else's */
static void the_rest_is_a_tenants(struct kunit *test)
{
	static const struct {
		u8 off;
		u8 flip;
	} v4[] = {
		{ 0, 0x08 }, { 8, 1 }, { 10, 1 }, { 13, 1 }, { 20, 1 }, { 21, 1 }, { 22, 0x10 },
		{ 22, 1 }, { 28, 0x20 }, { 28, 1 }, { 29, 1 }, { 31, 1 }, { 38, 1 }, { 44, 1 },
		{ 45, 1 },
	}, v6[] = {
		{ 0, 0x08 }, { 13, 1 }, { 20, 1 }, { 22, 0x10 }, { 28, 1 }, { 46, 1 }, { 55, 1 },
		{ 56, 1 }, { 58, 1 }, { 64, 1 }, { 65, 1 },
	};
	struct bfd_encap encap;
	u8 buf[sizeof(good_v6)];
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(v4); i++) {
		memcpy(buf, good_v4, sizeof(good_v4));
		buf[v4[i].off] ^= v4[i].flip;
		KUNIT_EXPECT_FALSE_MSG(test, parse(&encap, buf, true),
				       "IPv4, byte %u", v4[i].off);
	}
	for (i = 0; i < ARRAY_SIZE(v6); i++) {
		memcpy(buf, good_v6, sizeof(good_v6));
		buf[v6[i].off] ^= v6[i].flip;
		KUNIT_EXPECT_FALSE_MSG(test, parse(&encap, buf, false),
				       "IPv6, byte %u", v6[i].off);
	}
}

/* It says so, before anything is asked about the frame */
static void geneve_is_known_by_its_o_bit(struct kunit *test)
{
	static const struct {
		u8 off;
		u8 flip;
	} wrong[] = { { 0, 0x40 }, { 0, 0x80 }, { 1, 0x80 }, { 1, 0x40 }, { 2, 1 }, { 3, 1 } };
	struct bfd_encap encap = {};
	u8 buf[sizeof(geneve)];
	unsigned int i;

	KUNIT_EXPECT_EQ(test, bfd_encap_tunnel(&encap, geneve), 8U);
	KUNIT_EXPECT_EQ(test, encap.type, BFD_TYPE_GENEVE);
	KUNIT_EXPECT_EQ(test, encap.vni, 0x123456U);
	for (i = 0; i < ARRAY_SIZE(wrong); i++) {
		memcpy(buf, geneve, sizeof(buf));
		buf[wrong[i].off] ^= wrong[i].flip;
		KUNIT_EXPECT_EQ_MSG(test, bfd_encap_tunnel(&encap, buf), 0U, "byte %u, bit %x",
				    wrong[i].off, wrong[i].flip);
	}
	/* RFC 8926 3.4: ignored on receipt */
	memcpy(buf, geneve, sizeof(buf));
	buf[1] |= 0x3f;
	buf[7] = 0xff;
	KUNIT_EXPECT_EQ(test, bfd_encap_tunnel(&encap, buf), 8U);
	KUNIT_EXPECT_EQ(test, encap.vni, 0x123456U);
}

static void geneve_options_are_stepped_over(struct kunit *test)
{
	struct bfd_encap encap;
	u8 buf[sizeof(geneve)];

	memcpy(buf, geneve, sizeof(buf));
	buf[0] = 1;
	KUNIT_EXPECT_EQ(test, bfd_encap_tunnel(&encap, buf), 12U);
	/* The bit that makes others VXLAN is one of the length */
	buf[0] = 0x08;
	KUNIT_EXPECT_EQ(test, bfd_encap_tunnel(&encap, buf), 40U);
	KUNIT_EXPECT_EQ(test, encap.type, BFD_TYPE_GENEVE);
	buf[0] = 0x3f;
	KUNIT_EXPECT_EQ(test, bfd_encap_tunnel(&encap, buf), 260U);
}

/* Which the session's device knows; all else is as in VXLAN */
static void geneve_takes_any_mac_address(struct kunit *test)
{
	struct bfd_encap encap;
	u8 buf[sizeof(good_v6)];

	memcpy(buf, good_v4, sizeof(good_v4));
	memcpy(buf, geneve, sizeof(geneve));
	memcpy(buf + 8, mac, ETH_ALEN);
	KUNIT_EXPECT_TRUE(test, parse(&encap, buf, true));
	KUNIT_EXPECT_EQ(test, encap.ttl, 255);
	buf[45] ^= 1;
	KUNIT_EXPECT_FALSE(test, parse(&encap, buf, true));

	/* To ::1 */
	memcpy(buf, good_v6, sizeof(good_v6));
	memcpy(buf, geneve, sizeof(geneve));
	memset(buf + 46, 0, 16);
	buf[61] = 1;
	KUNIT_EXPECT_TRUE(test, parse(&encap, buf, false));
	buf[61] = 2;
	KUNIT_EXPECT_FALSE(test, parse(&encap, buf, false));
}

static struct kunit_case encap_kunit_cases[] = {
	KUNIT_CASE(headers_are_built),
	KUNIT_CASE(every_vni_survives),
	KUNIT_CASE(good_ones_are_read),
	KUNIT_CASE(the_vtep_itself_is_a_destination),
	KUNIT_CASE(ttl_is_told),
	KUNIT_CASE(reserved_bits_do_not_matter),
	KUNIT_CASE(the_rest_is_a_tenants),
	KUNIT_CASE(geneve_headers_are_built),
	KUNIT_CASE(geneve_is_known_by_its_o_bit),
	KUNIT_CASE(geneve_options_are_stepped_over),
	KUNIT_CASE(geneve_takes_any_mac_address),
	{}
};

static struct kunit_suite encap_kunit_suite = {
	.name = "bfd_encap",
	.test_cases = encap_kunit_cases,
};

kunit_test_suite(encap_kunit_suite);
