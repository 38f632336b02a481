// SPDX-License-Identifier: GPL-2.0
/*
 * Where a session lives, by what rtnetlink says of devices and addresses. A few
 * questions for each new session, and none that waits.
 */
#include <errno.h>
#include <ifaddrs.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <netinet/in.h>
#include <netlink/msg.h>
#include <netlink/netlink.h>
#include <string.h>
#include <sys/socket.h>

#include "place.h"

/* What is asked of a device. */
struct device {
	char name[IFNAMSIZ];
	int master;			/* 0: none */
	bool is_vrf;
};

static int on_link(struct nl_msg *msg, void *arg)
{
	struct nlattr *tb[IFLA_MAX + 1], *info[IFLA_INFO_MAX + 1];
	struct device *device = arg;

	if (nlmsg_parse(nlmsg_hdr(msg), sizeof(struct ifinfomsg), tb, IFLA_MAX, NULL) ||
	    !tb[IFLA_IFNAME])
		return NL_STOP;
	nla_strlcpy(device->name, tb[IFLA_IFNAME], sizeof(device->name));
	if (tb[IFLA_MASTER])
		device->master = nla_get_u32(tb[IFLA_MASTER]);
	if (tb[IFLA_LINKINFO] &&
	    !nla_parse_nested(info, IFLA_INFO_MAX, tb[IFLA_LINKINFO], NULL) &&
	    info[IFLA_INFO_KIND])
		device->is_vrf = !nla_strcmp(info[IFLA_INFO_KIND], "vrf");
	return NL_STOP;
}

/* Asks for the device of an index, or of a name if that is 0; false: there is none. */
static bool ask(struct nl_sock *sock, int ifindex, const char *name, struct device *device)
{
	const struct ifinfomsg ifi = { .ifi_index = ifindex };
	struct nl_msg *msg = nlmsg_alloc_simple(RTM_GETLINK, 0);
	int err;

	memset(device, 0, sizeof(*device));
	if (!msg)
		return false;
	nlmsg_append(msg, (void *)&ifi, sizeof(ifi), NLMSG_ALIGNTO);
	if (!ifindex)
		nla_put_string(msg, IFLA_IFNAME, name);
	err = nl_send_auto(sock, msg);
	nlmsg_free(msg);
	if (err < 0)
		return false;
	nl_socket_modify_cb(sock, NL_CB_VALID, NL_CB_CUSTOM, on_link, device);
	return nl_recvmsgs_default(sock) >= 0 && *device->name;
}

/* The device that has the local address of @key; 0: none. */
static int owner(const struct session_key *key)
{
	struct ifaddrs *list, *i;
	const void *address;
	int ifindex = 0;

	if (getifaddrs(&list))
		return 0;
	for (i = list; i && !ifindex; i = i->ifa_next) {
		if (!i->ifa_addr ||
		    i->ifa_addr->sa_family != (key->addr_len == 4 ? AF_INET : AF_INET6))
			continue;
		if (key->addr_len == 4)
			address = &((struct sockaddr_in *)i->ifa_addr)->sin_addr;
		else
			address = &((struct sockaddr_in6 *)i->ifa_addr)->sin6_addr;
		if (!memcmp(address, key->local, key->addr_len))
			ifindex = if_nametoindex(i->ifa_name);
	}
	freeifaddrs(list);
	return ifindex;
}

static bool find(struct nl_sock *sock, const struct session_key *key, struct place *place)
{
	static const uint8_t any[sizeof(key->local)];
	struct device device;
	int ifindex;

	if (*key->ifname) {
		/* One that is not there yet is no VRF as far as anybody knows */
		if (ask(sock, 0, key->ifname, &device) && device.is_vrf)
			memcpy(place->vrf, key->ifname, IFNAMSIZ);
		else
			memcpy(place->ifname, key->ifname, IFNAMSIZ);
		return true;
	}
	if (!memcmp(key->local, any, sizeof(any)))
		return true;
	ifindex = owner(key);
	if (!ifindex || !ask(sock, ifindex, NULL, &device))
		return false;
	/* A VRF device can have addresses of its own; a port of a bridge has the VRF's */
	while (!device.is_vrf && device.master)
		if (!ask(sock, device.master, NULL, &device))
			return false;
	if (device.is_vrf)
		memcpy(place->vrf, device.name, IFNAMSIZ);
	return true;
}

bool place_find(const struct session_key *key, struct place *place)
{
	struct nl_sock *sock = nl_socket_alloc();
	bool found = false;

	memset(place, 0, sizeof(*place));
	if (sock) {
		nl_socket_disable_auto_ack(sock);
		found = !nl_connect(sock, NETLINK_ROUTE) && find(sock, key, place);
	}
	nl_socket_free(sock);
	return found;
}
