// SPDX-License-Identifier: GPL-2.0
/*
 * A bfdd that does as it is told; see fake_bfdd.h.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "fake_bfdd.h"

#define ADD_LEN	140

struct fake_bfdd {
	int fd;
	char path[108];
	void (*on_accept)(struct fake_link *link);
	unsigned int accepted;
	struct fake_link *links[FAKE_LINKS_MAX];
};

struct fake_bfdd *fake_bfdd_start(const char *path, void (*accepted)(struct fake_link *link))
{
	struct fake_bfdd *bfdd = calloc(1, sizeof(*bfdd));
	struct sockaddr_un at = { .sun_family = AF_UNIX };

	strncpy(at.sun_path, path, sizeof(at.sun_path) - 1);
	strncpy(bfdd->path, path, sizeof(bfdd->path) - 1);
	bfdd->on_accept = accepted;
	bfdd->fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	unlink(path);
	if (bind(bfdd->fd, (struct sockaddr *)&at, sizeof(at)) || listen(bfdd->fd, 64)) {
		perror(path);
		exit(1);
	}
	return bfdd;
}

void fake_bfdd_stop(struct fake_bfdd *bfdd)
{
	unsigned int i;

	for (i = 0; i < bfdd->accepted; i++) {
		if (bfdd->links[i]->fd >= 0)
			close(bfdd->links[i]->fd);
		free(bfdd->links[i]);
	}
	close(bfdd->fd);
	unlink(bfdd->path);
	free(bfdd);
}

/* As bfdd does it: with the id 0, and after what it has sent before. */
static void answer_echoes(struct fake_link *link)
{
	uint8_t reply[24] = { 1, 0, 0, 1, 0, 0, 0, 24 };
	struct fake_message message;

	while (link->fd >= 0 && fake_next(link, &link->answered, &message)) {
		if (message.type != 0 || message.len < sizeof(reply))
			continue;
		memcpy(reply + 8, message.data + 8, 16);
		fake_send(link, reply, sizeof(reply));
	}
}

static void read_all(struct fake_link *link)
{
	ssize_t len;

	for (;;) {
		len = recv(link->fd, link->bytes + link->len, FAKE_BYTES_MAX - link->len,
			   MSG_DONTWAIT);
		if (len < 0)
			return;
		if (!len) {
			close(link->fd);
			link->fd = -1;
			return;
		}
		link->len += len;
	}
}

void fake_bfdd_poll(struct fake_bfdd *bfdd)
{
	struct fake_link *link;
	unsigned int i;
	int fd;

	while (bfdd->accepted < FAKE_LINKS_MAX) {
		fd = accept(bfdd->fd, NULL, NULL);
		if (fd < 0)
			break;
		link = calloc(1, sizeof(*link));
		link->fd = fd;
		bfdd->links[bfdd->accepted++] = link;
		if (bfdd->on_accept)
			bfdd->on_accept(link);
	}
	for (i = 0; i < bfdd->accepted; i++) {
		if (bfdd->links[i]->fd < 0)
			continue;
		read_all(bfdd->links[i]);
		answer_echoes(bfdd->links[i]);
	}
}

struct fake_link *fake_bfdd_link(struct fake_bfdd *bfdd, unsigned int number)
{
	return number < bfdd->accepted ? bfdd->links[number] : NULL;
}

unsigned int fake_bfdd_accepted(const struct fake_bfdd *bfdd)
{
	return bfdd->accepted;
}

unsigned int fake_bfdd_open(const struct fake_bfdd *bfdd)
{
	unsigned int i, count = 0;

	for (i = 0; i < bfdd->accepted; i++)
		count += bfdd->links[i]->fd >= 0;
	return count;
}

void fake_send(struct fake_link *link, const void *data, size_t len)
{
	if (send(link->fd, data, len, MSG_NOSIGNAL) != (ssize_t)len)
		perror("the fake bfdd cannot send");
}

static void put32(uint8_t *at, uint32_t value)
{
	value = htonl(value);
	memcpy(at, &value, sizeof(value));
}

static void put16(uint8_t *at, uint16_t value)
{
	value = htons(value);
	memcpy(at, &value, sizeof(value));
}

static void put_address(uint8_t *at, uint16_t tail, bool is_v6)
{
	if (!tail)
		return;
	at[0] = is_v6 ? 0xfd : 10;
	put16(at + (is_v6 ? 14 : 2), tail);
}

size_t fake_put_add(uint8_t *data, const struct fake_add *add, uint16_t type)
{
	size_t len = ADD_LEN + add->longer;

	memset(data, 0, len);
	data[0] = add->version ? add->version : 1;
	put16(data + 2, type);
	put16(data + 6, len);
	put32(data + 8, add->flags);
	put_address(data + 12, add->local, add->flags & 0x10);
	put_address(data + 28, add->peer, add->flags & 0x10);
	put32(data + 44, add->lid);
	put32(data + 48, add->min_tx_us ? add->min_tx_us : 300000);
	put32(data + 52, add->min_rx_us ? add->min_rx_us : 300000);
	put32(data + 56, 50000);
	put32(data + 60, 50000);
	data[68] = add->ttl ? add->ttl : 255;
	data[69] = add->mult ? add->mult : 3;
	if (add->ifname)
		strncpy((char *)data + 76, add->ifname, 63);
	return len;
}

void fake_send_add(struct fake_link *link, const struct fake_add *add)
{
	uint8_t data[1024];

	fake_send(link, data, fake_put_add(data, add, 2));
}

void fake_send_delete(struct fake_link *link, const struct fake_add *add)
{
	uint8_t data[1024];

	fake_send(link, data, fake_put_add(data, add, 3));
}

void fake_send_request(struct fake_link *link, uint32_t lid, uint16_t id)
{
	uint8_t data[12] = { 1, 0, 0, 5, 0, 0, 0, 12 };

	put16(data + 4, id);
	put32(data + 8, lid);
	fake_send(link, data, sizeof(data));
}

uint32_t fake_get32(const uint8_t *at)
{
	return (uint32_t)at[0] << 24 | at[1] << 16 | at[2] << 8 | at[3];
}

uint64_t fake_get64(const uint8_t *at)
{
	return (uint64_t)fake_get32(at) << 32 | fake_get32(at + 4);
}

bool fake_next(const struct fake_link *link, size_t *at, struct fake_message *message)
{
	const uint8_t *data = link->bytes + *at;
	size_t left = link->len - *at;

	if (left < 8 || left < (size_t)(data[6] << 8 | data[7]))
		return false;
	*message = (struct fake_message){
		.version = data[0],
		.type = data[2] << 8 | data[3],
		.id = data[4] << 8 | data[5],
		.len = data[6] << 8 | data[7],
		.data = data,
	};
	if (message->len < 8)
		return false;
	if (message->type == 4 || message->type == 6)
		message->lid = fake_get32(data + 8);
	if (message->type == 4)
		message->state = data[32];
	*at += message->len;
	return true;
}

void fake_forget(struct fake_link *link)
{
	link->len = 0;
	link->answered = 0;
}
