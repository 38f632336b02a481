/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A bfdd that does as it is told: listens, accepts, sends what a test says and keeps
 * what comes. Its bytes are made and read without the codec that is being tested.
 */
#ifndef TESTS_FAKE_BFDD_H
#define TESTS_FAKE_BFDD_H

#include <event2/event.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FAKE_LINKS_MAX	64
#define FAKE_BYTES_MAX	(1 << 20)

struct fake_link {
	int fd;				/* -1: over */
	size_t len;			/* of what came */
	size_t answered;		/* of it, as far as there were echo requests */
	uint8_t bytes[FAKE_BYTES_MAX];
};

/* An ADD or DELETE; peer and local are the last two bytes of 10.0.x.y or fd00::x:y. */
struct fake_add {
	uint32_t lid;
	uint16_t peer;
	uint16_t local;			/* 0: all zero */
	uint32_t flags;
	uint32_t min_tx_us;		/* 0: 300000 */
	uint32_t min_rx_us;		/* 0: 300000 */
	uint8_t mult;			/* 0: 3 */
	uint8_t ttl;			/* 0: 255 */
	uint8_t version;		/* 0: 1 */
	const char *ifname;
	size_t longer;			/* as many bytes more than we know of */
};

/* A message that came. */
struct fake_message {
	uint8_t version;
	uint16_t type;
	uint16_t id;
	size_t len;
	const uint8_t *data;
	uint32_t lid;			/* of states and counters */
	uint8_t state;
};

struct fake_bfdd;

struct fake_bfdd *fake_bfdd_start(const char *path, void (*accepted)(struct fake_link *link));
void fake_bfdd_stop(struct fake_bfdd *bfdd);

/* Accepts who waits and reads what came. */
void fake_bfdd_poll(struct fake_bfdd *bfdd);

struct fake_link *fake_bfdd_link(struct fake_bfdd *bfdd, unsigned int number);
unsigned int fake_bfdd_accepted(const struct fake_bfdd *bfdd);
unsigned int fake_bfdd_open(const struct fake_bfdd *bfdd);

void fake_send(struct fake_link *link, const void *data, size_t len);
void fake_send_add(struct fake_link *link, const struct fake_add *add);
void fake_send_delete(struct fake_link *link, const struct fake_add *add);
void fake_send_request(struct fake_link *link, uint32_t lid, uint16_t id);
size_t fake_put_add(uint8_t *data, const struct fake_add *add, uint16_t type);

/* The message at *@at of what came, which moves on; false: no more, or a broken one. */
bool fake_next(const struct fake_link *link, size_t *at, struct fake_message *message);
void fake_forget(struct fake_link *link);

uint32_t fake_get32(const uint8_t *at);
uint64_t fake_get64(const uint8_t *at);

#endif /* TESTS_FAKE_BFDD_H */
