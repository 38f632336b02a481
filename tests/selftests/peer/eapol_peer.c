// SPDX-License-Identifier: GPL-2.0
/*
 * eapol_peer: a supplicant that does what it is told, right or wrong.
 *
 *	eapol_peer DEV MAC
 *
 * speaks as MAC, on DEV, to the PAE group address. It says nothing by itself
 * unless told "auto". Frames go out and come in by a packet socket; each that
 * comes is a line on stderr. Commands, see lines.h:
 *
 *	mac MAC			speak as this one from now on
 *	start [FIELD=VALUE...]	EAPOL-Start
 *	logoff [FIELD=VALUE...]	EAPOL-Logoff
 *	frame FIELD=VALUE...	EAPOL by hand: what is not said is an EAPOL-Start
 *	eap FIELD=VALUE...	an EAP packet: code (response), id (the last request's),
 *				length (what it is), data (hex)
 *	identity NAME [FIELD=VALUE...]	EAP-Response/Identity
 *	md5 PASSWORD		answer the last EAP-Request/MD5
 *	nak			refuse the last request's type
 *	auto NAME PASSWORD	answer requests from now on
 *	auto off		do not
 *	login SECS NAME PASSWORD	EAPOL-Start, and again after a second of silence,
 *				and answer until it is decided: ok if by EAP-Success
 *	starts N		N EAPOL-Starts, each from another random MAC
 *	expect SECS COND...	ok if a frame that meets all of COND has come since
 *				the last flush or expect, or comes in time
 *	never SECS COND...	ok if no such frame comes in all this time
 *	sleep SECS		go on meanwhile
 *	flush			forget what has come
 *
 *	FIELD := dst | src | ethertype | vlan | version | type | length | body | pad
 *	COND := code=request|success|failure | type=identity|md5|N | id=N | to=MAC
 */
#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include "eap.h"
#include "lines.h"

#define QUEUE		1024
#define FRAME_MAX	1600
#define TYPE_PACKET	0
#define TYPE_START	1
#define TYPE_LOGOFF	2

static const uint8_t pae_group[ETH_ALEN] = { 0x01, 0x80, 0xc2, 0x00, 0x00, 0x03 };

/**
 * struct heard - an EAP packet that came
 * @to: destination of the frame
 * @from: its source
 * @code: of the packet, and so on as it says
 * @id: identifier
 * @type: of a request, else 0
 * @len: bytes of @data
 * @data: what is after the type
 */
struct heard {
	uint8_t to[ETH_ALEN];
	uint8_t from[ETH_ALEN];
	uint8_t code;
	uint8_t id;
	uint8_t type;
	size_t len;
	uint8_t data[EAP_MAX];
};

/**
 * struct frame - an EAPOL frame to be sent
 * @dst: destination
 * @src: source
 * @ethertype: what it says it is
 * @vlan: TCI of a tag, -1 none
 * @version: of EAPOL
 * @type: of EAPOL
 * @length: what it says the body has; -1: what it has
 * @body: its body
 * @len: of the body
 * @pad: fill the frame up to that length
 */
struct frame {
	uint8_t dst[ETH_ALEN];
	uint8_t src[ETH_ALEN];
	int ethertype;
	int vlan;
	int version;
	int type;
	int length;
	uint8_t body[FRAME_MAX];
	size_t len;
	size_t pad;
};

static int fd;
static uint8_t mac[ETH_ALEN];
static struct heard queue[QUEUE], request;
static unsigned int head, count;
static const char *auto_name, *auto_password;
static char name_kept[256], password_kept[256];

static void put16(uint8_t *p, unsigned int v)
{
	p[0] = v >> 8;
	p[1] = v;
}

static void transmit(const struct frame *f)
{
	uint8_t buf[FRAME_MAX + 64] = {};
	size_t off = 2 * ETH_ALEN;

	memcpy(buf, f->dst, ETH_ALEN);
	memcpy(buf + ETH_ALEN, f->src, ETH_ALEN);
	if (f->vlan >= 0) {
		put16(buf + off, ETHERTYPE_VLAN);
		put16(buf + off + 2, f->vlan);
		off += 4;
	}
	put16(buf + off, f->ethertype);
	buf[off + 2] = f->version;
	buf[off + 3] = f->type;
	put16(buf + off + 4, f->length < 0 ? f->len : (size_t)f->length);
	memcpy(buf + off + 6, f->body, f->len);
	off += 6 + f->len;
	if (off < f->pad)
		off = f->pad;
	/* A device that is down loses frames, as wires do */
	if (send(fd, buf, off, 0) < 0 && errno != ENETDOWN && errno != ENXIO && errno != ENOBUFS)
		perror("eapol_peer: send");
}

static void frame_init(struct frame *f, int type)
{
	memset(f, 0, sizeof(*f));
	memcpy(f->dst, pae_group, ETH_ALEN);
	memcpy(f->src, mac, ETH_ALEN);
	f->ethertype = 0x888e;
	f->vlan = -1;
	f->version = 2;
	f->type = type;
	f->length = -1;
	f->pad = 60;
}

static int *number_of(struct frame *f, const char *name, size_t len)
{
	const struct { const char *name; int *number; } numbers[] = {
		{ "ethertype", &f->ethertype }, { "vlan", &f->vlan }, { "version", &f->version },
		{ "type", &f->type }, { "length", &f->length },
	};
	unsigned int i;

	for (i = 0; i < sizeof(numbers) / sizeof(*numbers); i++)
		if (strlen(numbers[i].name) == len && !memcmp(numbers[i].name, name, len))
			return numbers[i].number;
	return NULL;
}

static bool assign(struct frame *f, const char *word)
{
	size_t n = strcspn(word, "=");
	const char *value = word + n + 1;
	int *number = number_of(f, word, n);

	if (!word[n])
		return false;
	if (!strncmp(word, "dst", n))
		return mac_of(value, f->dst);
	if (!strncmp(word, "src", n))
		return mac_of(value, f->src);
	if (!strncmp(word, "body", n))
		f->len = hex_read(value, f->body, sizeof(f->body));
	else if (!strncmp(word, "pad", n))
		f->pad = strtoul(value, NULL, 0);
	else if (number)
		*number = strtol(value, NULL, 0);
	else
		return false;
	return f->pad <= FRAME_MAX;
}

static bool assign_and_send(struct frame *f, char **words)
{
	for (; *words; words++)
		if (!assign(f, *words))
			return no(*words);
	transmit(f);
	return true;
}

static void respond(int id, const void *data, size_t len)
{
	struct frame f;

	frame_init(&f, TYPE_PACKET);
	f.len = eap_build(f.body, EAP_RESPONSE, id, data, len);
	transmit(&f);
}

static void respond_identity(const char *name)
{
	uint8_t data[256];

	data[0] = EAP_IDENTITY;
	memcpy(data + 1, name, strlen(name));
	respond(request.id, data, 1 + strlen(name));
}

static void respond_md5(const char *password)
{
	uint8_t data[2 + EAP_MD5_LEN] = { EAP_MD5, EAP_MD5_LEN };

	/* Value-Size, value, and perhaps a name */
	if (request.len > request.data[0])
		eap_md5(data + 2, request.id, password, request.data + 1, request.data[0]);
	respond(request.id, data, sizeof(data));
}

static bool to_us(const struct heard *h)
{
	return !memcmp(h->to, mac, ETH_ALEN) || !memcmp(h->to, pae_group, ETH_ALEN);
}

static void received(const struct heard *h)
{
	fprintf(stderr, "rx to=%s code=%u id=%u type=%u len=%zu\n", text_of(h->to), h->code, h->id,
		h->type, h->len);
	queue[(head + count) % QUEUE] = *h;
	if (count < QUEUE)
		count++;
	else
		head = (head + 1) % QUEUE;
	if (h->code != EAP_REQUEST || !to_us(h))
		return;
	request = *h;
	if (!auto_name)
		return;
	if (h->type == EAP_IDENTITY)
		respond_identity(auto_name);
	else if (h->type == EAP_MD5)
		respond_md5(auto_password);
	else
		respond(h->id, (const uint8_t []){ EAP_NAK, EAP_MD5 }, 2);
}

/* Only EAP is said to us; what is shorter than it says is nothing to us */
static void receive(void)
{
	uint8_t buf[2048];
	struct heard h;
	ssize_t len;
	size_t eap;

	while ((len = recv(fd, buf, sizeof(buf), MSG_DONTWAIT)) >= 0) {
		if (len < 22 || buf[15] != TYPE_PACKET)
			continue;
		eap = buf[20] << 8 | buf[21];
		if (eap < EAP_HLEN || eap > (size_t)len - 18)
			continue;
		memset(&h, 0, sizeof(h));
		memcpy(h.to, buf, ETH_ALEN);
		memcpy(h.from, buf + ETH_ALEN, ETH_ALEN);
		h.code = buf[18];
		h.id = buf[19];
		if (eap > EAP_HLEN) {
			h.type = buf[22];
			h.len = eap - EAP_HLEN - 1;
			memcpy(h.data, buf + 23, h.len);
		}
		received(&h);
	}
}

static struct heard *next(long until)
{
	struct pollfd pfd = { .fd = fd, .events = POLLIN };
	struct heard *h;
	long now;

	while (!count) {
		now = now_ms();
		if (now >= until)
			return NULL;
		poll(&pfd, 1, until - now);
		receive();
	}
	h = &queue[head];
	head = (head + 1) % QUEUE;
	count--;
	return h;
}

static int word_of(const char *word)
{
	static const struct { const char *word; int value; } words[] = {
		{ "request", EAP_REQUEST }, { "response", EAP_RESPONSE },
		{ "success", EAP_SUCCESS }, { "failure", EAP_FAILURE },
		{ "identity", EAP_IDENTITY }, { "md5", EAP_MD5 },
	};
	unsigned int i;

	for (i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (!strcmp(word, words[i].word))
			return words[i].value;
	return strtol(word, NULL, 0);
}

static bool meets(const struct heard *h, char **conds)
{
	uint8_t to[ETH_ALEN];
	const char *value;

	for (; *conds; conds++) {
		value = strchr(*conds, '=');
		if (!value)
			return false;
		value++;
		if (!strncmp(*conds, "code=", 5) && h->code != word_of(value))
			return false;
		if (!strncmp(*conds, "type=", 5) && h->type != word_of(value))
			return false;
		if (!strncmp(*conds, "id=", 3) && h->id != word_of(value))
			return false;
		if (!strncmp(*conds, "to=", 3) &&
		    (!mac_of(value, to) || memcmp(to, h->to, ETH_ALEN)))
			return false;
	}
	return true;
}

static bool cmd_mac(char **words)
{
	return *words && mac_of(*words, mac) ? true : no("MAC?");
}

static bool cmd_start(char **words)
{
	struct frame f;

	frame_init(&f, TYPE_START);
	return assign_and_send(&f, words);
}

static bool cmd_logoff(char **words)
{
	struct frame f;

	frame_init(&f, TYPE_LOGOFF);
	return assign_and_send(&f, words);
}

/* The EAP header's own fields first, the rest is the frame's */
static bool cmd_eap(char **words)
{
	uint8_t data[EAP_MAX] = {};
	int code = EAP_RESPONSE, id = request.id, length = -1;
	struct frame f;
	size_t len = 0;

	for (; *words; words++) {
		if (!strncmp(*words, "code=", 5))
			code = word_of(*words + 5);
		else if (!strncmp(*words, "id=", 3))
			id = word_of(*words + 3);
		else if (!strncmp(*words, "length=", 7))
			length = word_of(*words + 7);
		else if (!strncmp(*words, "data=", 5))
			len = hex_read(*words + 5, data, sizeof(data));
		else
			break;
	}
	frame_init(&f, TYPE_PACKET);
	f.len = eap_build(f.body, code, id, data, len);
	if (length >= 0)
		put16(f.body + 2, length);
	return assign_and_send(&f, words);
}

static bool cmd_identity(char **words)
{
	struct frame f;
	uint8_t data[256] = { EAP_IDENTITY };

	if (!*words || strlen(*words) > 255)
		return no("who?");
	memcpy(data + 1, *words, strlen(*words));
	frame_init(&f, TYPE_PACKET);
	f.len = eap_build(f.body, EAP_RESPONSE, request.id, data, 1 + strlen(*words));
	return assign_and_send(&f, words + 1);
}

static bool cmd_md5(char **words)
{
	if (!*words || request.type != EAP_MD5)
		return no("no challenge");
	respond_md5(*words);
	return true;
}

static bool cmd_nak(char **words)
{
	(void)words;
	respond(request.id, (const uint8_t []){ EAP_NAK, EAP_MD5 }, 2);
	return true;
}

static bool cmd_auto(char **words)
{
	if (*words && !words[1]) {
		auto_name = NULL;
		return true;
	}
	if (!*words)
		return no("who?");
	snprintf(name_kept, sizeof(name_kept), "%s", words[0]);
	snprintf(password_kept, sizeof(password_kept), "%s", words[1]);
	auto_name = name_kept;
	auto_password = password_kept;
	return true;
}

static bool cmd_flush(char **words)
{
	(void)words;
	receive();
	count = 0;
	return true;
}

static bool cmd_login(char **words)
{
	const char *name = auto_name;
	bool in_now = false, out = false, spoken_to = false;
	long until, turn;
	struct heard *h;

	if (!words[0] || !words[1] || !words[2])
		return no("who?");
	until = in(words[0]);
	cmd_flush(NULL);
	auto_name = words[1];
	auto_password = words[2];
	while (!in_now && !out && now_ms() < until) {
		if (!spoken_to)
			cmd_start((char *[]){ NULL });
		spoken_to = false;
		turn = now_ms() + 1000 < until ? now_ms() + 1000 : until;
		while (!in_now && !out && (h = next(turn))) {
			spoken_to = spoken_to || to_us(h);
			in_now = h->code == EAP_SUCCESS && to_us(h);
			out = h->code == EAP_FAILURE && to_us(h);
		}
	}
	auto_name = name;
	auto_password = password_kept;
	return in_now ? true : no(out ? "failure" : "undecided");
}

static bool cmd_starts(char **words)
{
	unsigned long n = *words ? strtoul(*words, NULL, 0) : 0;
	uint64_t seed = 88172645463325252ULL;
	struct frame f;

	frame_init(&f, TYPE_START);
	for (; n; n--) {
		seed ^= seed << 13;
		seed ^= seed >> 7;
		seed ^= seed << 17;
		memcpy(f.src, &seed, ETH_ALEN);
		f.src[0] = (f.src[0] & 0xfc) | 2;
		transmit(&f);
	}
	return true;
}

static bool cmd_expect(char **words)
{
	long until = in(*words), begin = now_ms();
	struct heard *h;

	if (!*words)
		return no("how long?");
	while ((h = next(until)))
		if (meets(h, words + 1)) {
			printf("ok code=%u id=%u type=%u len=%zu to=%s from=", h->code, h->id,
			       h->type, h->len, text_of(h->to));
			printf("%s after=%ld \n", text_of(h->from), now_ms() - begin);
			return false;
		}
	return no("did not come");
}

static bool cmd_never(char **words)
{
	long until = in(*words);
	struct heard *h;

	cmd_flush(NULL);
	while (*words && (h = next(until)))
		if (meets(h, words + 1))
			return no("came");
	return true;
}

static bool cmd_sleep(char **words)
{
	long until = in(*words);

	while (next(until))
		;
	return true;
}

static const struct command commands[] = {
	{ "mac", cmd_mac }, { "start", cmd_start }, { "logoff", cmd_logoff },
	{ "frame", cmd_start }, { "eap", cmd_eap }, { "identity", cmd_identity },
	{ "md5", cmd_md5 }, { "nak", cmd_nak }, { "auto", cmd_auto }, { "login", cmd_login },
	{ "starts", cmd_starts }, { "expect", cmd_expect }, { "never", cmd_never },
	{ "sleep", cmd_sleep }, { "flush", cmd_flush },
};

int main(int argc, char **argv)
{
	struct sockaddr_ll addr = {
		.sll_family = AF_PACKET,
		.sll_protocol = htons(0x888e),
	};
	struct pollfd pfds[2] = { { .events = POLLIN }, { .events = POLLIN } };

	addr.sll_ifindex = argc == 3 ? if_nametoindex(argv[1]) : 0;
	if (!addr.sll_ifindex || !mac_of(argv[2], mac)) {
		fprintf(stderr, "Usage: eapol_peer DEV MAC\n");
		return 1;
	}
	fd = socket(AF_PACKET, SOCK_RAW, addr.sll_protocol);
	if (fd < 0 || bind(fd, (struct sockaddr *)&addr, sizeof(addr))) {
		perror("eapol_peer");
		return 1;
	}
	pfds[0].fd = fd;
	for (;;) {
		poll(pfds, 2, -1);
		receive();
		if (pfds[1].revents &&
		    !lines_obey(commands, sizeof(commands) / sizeof(*commands)))
			return 0;
	}
}
