// SPDX-License-Identifier: GPL-2.0
/*
 * Any life of a session's echoes: none that was not sent counts, none counts twice,
 * and silence is never held against a peer that had nothing to answer.
 */
#include <string.h>
#include <bfd/echo.h>
#include "bfd_fuzz.h"

struct world {
	struct bfd_echo echo;
	u64 now;
	u64 last_heard;	/* or last retimed */
	u32 counted;
};

static void must_be_read_as_written(const u8 *data, size_t size)
{
	struct bfd_echo_packet pkt;
	u8 again[BFD_ECHO_LEN];
	size_t off;

	if (!bfd_echo_parse(&pkt, data, size))
		return;
	off = pkt.unaffiliated ? data[3] : 0;
	must(size >= off + BFD_ECHO_LEN);
	must(pkt.state == (pkt.unaffiliated ? data[1] >> 6 : 0));
	bfd_echo_build(again, &pkt);
	must(!memcmp(again, data + off, sizeof(again)));
}

static void must_be_in_time(const struct world *w, u8 mult)
{
	u64 deadline = bfd_echo_deadline_ns(&w->echo, mult, w->now);

	if (!w->echo.interval_us) {
		must(deadline == U64_MAX && w->echo.next_tx_ns == U64_MAX);
		return;
	}
	must(deadline >= w->last_heard + (u64)mult * w->echo.interval_us * 1000);
	must(w->echo.next_tx_ns <= w->echo.last_tx_ns + (u64)w->echo.interval_us * 1000 ||
	     w->echo.next_tx_ns <= w->now);
}

static void hear(struct world *w, u32 seq)
{
	u32 ahead = seq - w->counted;

	if (!bfd_echo_receive(&w->echo, seq, w->now)) {
		must(!ahead || ahead > w->echo.sent - w->counted);
		return;
	}
	must(w->echo.interval_us && ahead && ahead <= w->echo.sent - w->counted);
	w->counted = seq;
	w->last_heard = w->now;
}

static void retime(struct world *w, u32 interval_us)
{
	if (interval_us == w->echo.interval_us)
		return;
	bfd_echo_retime(&w->echo, interval_us, w->now);
	w->last_heard = w->now;
	if (!interval_us)
		w->counted = w->echo.sent;
}

static void step(struct world *w, struct input *in, u8 mult)
{
	u8 what = input_u8(in);

	w->now += (u64)input_u8(in) << input_u8(in) % 32;
	switch (what % 4) {
	case 0:
		retime(w, input_u8(in) % 4 ? input_interval_us(in) : 0);
		break;
	case 1:
		if (w->echo.interval_us)
			must(bfd_echo_send(&w->echo, w->now, mult, input_u32(in)) ==
			     w->echo.sent);
		break;
	case 2:
		hear(w, w->echo.sent - input_u8(in));
		break;
	case 3:
		bfd_echo_excuse(&w->echo, 262144);
		must(!bfd_echo_excuse(&w->echo, 262144));
		break;
	}
	must_be_in_time(w, mult);
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	struct input in = { .data = data, .left = size };
	u8 mult = 1 + input_u8(&in) % 255;
	struct world w = { };

	must_be_read_as_written(data, size);
	bfd_echo_init(&w.echo);
	w.now = (u64)input_u32(&in) << 20;
	w.echo.sent = input_u32(&in);
	w.echo.received = w.echo.sent;
	w.counted = w.echo.sent;
	must_be_in_time(&w, mult);
	while (in.left)
		step(&w, &in, mult);
	must(bfd_echo_rate(1000) >= 1333 && bfd_echo_rate(U32_MAX) == 1);
	return 0;
}
