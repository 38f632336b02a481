// SPDX-License-Identifier: GPL-2.0
/*
 * Any policy, address and initial packet: prefixes allow what counting bits one by one
 * says they do, and what is allowed to ask for a session can come Up.
 */
#include <string.h>
#include <bfd/unsolicited.h>
#include "bfd_fuzz.h"

static bool bit_of(const u8 *address, unsigned int i)
{
	return address[i / 8] >> (7 - i % 8) & 1;
}

static bool is_whole(const struct bfd_prefix *prefix)
{
	unsigned int i;

	for (i = prefix->len; i < 8u * prefix->size; i++)
		if (bit_of(prefix->address, i))
			return false;
	return prefix->len <= 8 * prefix->size;
}

static bool has(const struct bfd_prefix *prefix, const u8 *address, unsigned int size)
{
	unsigned int i;

	for (i = 0; i < prefix->len; i++)
		if (size != prefix->size || bit_of(prefix->address, i) != bit_of(address, i))
			return false;
	return size == prefix->size;
}

/* The next bytes, near to @like in the more interesting cases */
static void input_address(struct input *in, u8 *address, const u8 *like, unsigned int size)
{
	unsigned int same = input_u8(in) % 17, i;

	for (i = 0; i < size; i++)
		address[i] = i < same ? like[i] : input_u8(in);
}

static bool input_prefix(struct input *in, struct bfd_prefix *prefix, const u8 *like)
{
	unsigned int i;

	memset(prefix, 0, sizeof(*prefix));
	prefix->size = input_u8(in) & 1 ? 4 : 16;
	prefix->len = input_u8(in) % (8 * prefix->size + 2);
	input_address(in, prefix->address, like, prefix->size);
	/* Mostly right */
	for (i = prefix->len; input_u8(in) && i < 8u * prefix->size; i++)
		prefix->address[i / 8] &= ~(0x80 >> i % 8);
	must(bfd_prefix_is_valid(prefix) == is_whole(prefix));
	return is_whole(prefix);
}

static void must_come_up(struct input *in, const struct bfd_unsolicited *policy)
{
	struct bfd_fsm_config config = input_config(in);
	struct bfd_packet pkt = { .state = input_u8(in) % 4, .flags = input_u8(in) & BFD_FLAGS,
				  .detect_mult = 3, .my_discr = 1, .length = BFD_PACKET_LEN };
	unsigned int acts;
	struct bfd_fsm fsm;

	if (bfd_unsolicited_check(&pkt)) {
		must(pkt.state != BFD_STATE_DOWN || (pkt.flags & BFD_FLAG_AUTH));
		return;
	}
	must(pkt.state == BFD_STATE_DOWN && !(pkt.flags & BFD_FLAG_AUTH));
	config.passive = true;
	config.admin_down = false;
	config.reflector = 0;
	bfd_fsm_init(&fsm, &config, 7);
	must(!bfd_fsm_may_speak(&fsm));
	must(!bfd_fsm_receive(&fsm, &pkt, &acts));
	must(fsm.session_state == BFD_STATE_INIT && bfd_fsm_may_speak(&fsm));
	pkt.state = BFD_STATE_INIT;
	must(!bfd_fsm_receive(&fsm, &pkt, &acts));
	must(fsm.session_state == BFD_STATE_UP);
	/* It may stay longer for having been Up, never shorter */
	must(bfd_unsolicited_until_ns(policy, true, 5) >= bfd_unsolicited_until_ns(policy, false, 5));
	must(bfd_unsolicited_until_ns(policy, false, 5) >= 5);
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	struct input in = { .data = data, .left = size };
	struct bfd_unsolicited policy = { .idle_us = input_u32(&in) };
	u8 like[BFD_ADDRESS_MAX], address[BFD_ADDRESS_MAX];
	unsigned int count = input_u8(&in) % (BFD_PREFIXES_MAX + 1), bytes, i;
	bool allowed = false;

	for (i = 0; i < sizeof(like); i++)
		like[i] = input_u8(&in);
	bytes = input_u8(&in) & 1 ? 4 : 16;
	input_address(&in, address, like, bytes);
	for (i = 0; i < count; i++) {
		if (!input_prefix(&in, &policy.prefix[policy.prefix_count], like))
			continue;
		allowed |= has(&policy.prefix[policy.prefix_count], address, bytes);
		policy.prefix_count++;
	}
	must(bfd_unsolicited_allows(&policy, address, bytes) == allowed);
	must_come_up(&in, &policy);
	return 0;
}
