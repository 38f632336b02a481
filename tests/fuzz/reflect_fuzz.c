// SPDX-License-Identifier: GPL-2.0
/*
 * Any request to an S-BFD reflector: what is answered can be taken by whoever asked,
 * is no request to anybody, and is no more than the rate allows.
 */
#include <string.h>
#include <bfd/reflect.h>
#include "bfd_fuzz.h"

#define BURST_NS	100000000ULL	/* not read from the code under test */

/* The next bytes as a request; what would keep it from a reflector is mended */
static void input_request(struct input *in, struct bfd_packet *request)
{
	u8 bytes[BFD_PACKET_AUTH_LEN] = { };
	unsigned int i;

	for (i = 0; i < BFD_PACKET_LEN; i++)
		bytes[i] = input_u8(in);
	bytes[0] = 0x20 | bytes[0] % 32;
	bytes[1] &= ~0x01;
	bytes[2] += !bytes[2];
	bytes[3] = bytes[1] & 0x04 ? 26 : 24;
	bytes[7] |= 0x01;
	bytes[11] |= 0x01;
	must(!bfd_packet_parse(request, bytes, sizeof(bytes)));
}

/* RFC 7880 7.2.2, in bytes */
static void must_be_the_answer(const struct bfd_packet *answer, const struct bfd_packet *request)
{
	u8 a[BFD_PACKET_LEN], r[BFD_PACKET_LEN];
	struct bfd_packet again;

	bfd_packet_build(a, answer);
	bfd_packet_build(r, request);
	must(!memcmp(a + 4, r + 8, 4) && !memcmp(a + 8, r + 4, 4));
	must(!memcmp(a + 12, r + 12, 4));
	must(a[2] == r[2] && a[3] == 24);
	must((a[1] & 0x3f) == (0x08 | (r[1] & 0x20) >> 1));
	must(a[1] >> 6 == BFD_STATE_UP || a[1] >> 6 == BFD_STATE_ADMIN_DOWN);
	must(!bfd_packet_parse(&again, a, sizeof(a)));
}

/* Whoever asked comes Up by it, or hears that it is AdminDown */
static void must_be_understood(const struct bfd_packet *answer, struct input *in)
{
	struct bfd_fsm_config config = input_config(in);
	unsigned int acts;
	struct bfd_fsm fsm;

	config.passive = false;
	config.demand = false;
	config.admin_down = false;
	config.required_min_rx_us = 0;
	config.desired_min_echo_tx_us = 0;
	config.required_min_echo_rx_us = 0;
	config.reflector = answer->my_discr;
	bfd_fsm_init(&fsm, &config, answer->your_discr);
	must(!bfd_fsm_receive(&fsm, answer, &acts));
	must((fsm.session_state == BFD_STATE_UP) == (answer->state == BFD_STATE_UP));
	must(bfd_fsm_tx_interval_us(&fsm) >= answer->required_min_rx_us);
	must_keep_its_variables(&fsm);
	must_be_an_initiator(&fsm);
}

static void must_ration(struct input *in)
{
	u64 start = (u64)input_u32(in) << 20, now = start, allowance = 0, next;
	u32 rate = 1 + input_u32(in) % BFD_REFLECT_RATE_MAX;
	u64 admitted = 0;

	while (in->left) {
		now += (u64)input_u8(in) << input_u8(in) % 32;
		next = bfd_reflect_admit(allowance, now, rate);
		if (!next)
			continue;
		must(next > allowance && next > now);
		allowance = next;
		admitted++;
	}
	must(admitted * (1000000000ULL / rate) <=
	     now - start + BURST_NS + 1000000000ULL / rate);
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	struct input in = { .data = data, .left = size };
	struct bfd_packet request, answer;
	u16 sport = input_u8(&in) ? 49152 : input_u8(&in) & 1 ? BFD_PORT_SBFD : 0;
	u32 rx_us = input_interval_us(&in);
	bool down = input_u8(&in) & 1;
	int drop;

	memset(&answer, 0xa5, sizeof(answer));
	input_request(&in, &request);
	drop = bfd_reflect_check(&request, sport);
	must(!drop == (sport == 49152 && (request.flags & BFD_FLAG_DEMAND) &&
		       !(request.flags & BFD_FLAG_AUTH)));
	bfd_reflect_answer(&answer, &request, rx_us, down);
	must_be_the_answer(&answer, &request);
	must(answer.required_min_rx_us == rx_us);
	must((answer.state == BFD_STATE_ADMIN_DOWN) == down);
	/* Whatever it comes to, nobody answers it */
	must(bfd_reflect_check(&answer, sport));
	must_be_understood(&answer, &in);
	must_ration(&in);
	return 0;
}
