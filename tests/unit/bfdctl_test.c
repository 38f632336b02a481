// SPDX-License-Identifier: GPL-2.0
/*
 * bfdctl as a whole over a scripted kernel: what each command line asks for,
 * prints and returns.
 */
#include <linux/bfd.h>
#include <netlink/genl/genl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bfdctl/sample.h"
#include "fake_genl.h"
#include "lib/args.h"
#include "run_tool.h"
#include "unit.h"

#define MSEC		UINT64_C(1000000)
#define EPOCH		UINT64_C(1772532000123456789)	/* 2026-03-03T10:00:00.123456Z */

#define COUNT(array)	(sizeof(array) / sizeof(*(array)))

static const struct fake_command commands[] = {
	{ BFD_CMD_SESSION_NEW, "NEW" },
	{ BFD_CMD_SESSION_SET, "SET" },
	{ BFD_CMD_SESSION_DEL, "DEL" },
	{ BFD_CMD_SESSION_GET, "GET" },
	{ BFD_CMD_SESSION_POLL, "POLL" },
	{ BFD_CMD_STATS_GET, "STATS" },
	{ BFD_CMD_REFLECTOR_NEW, "REFLECTOR_NEW" },
	{ BFD_CMD_REFLECTOR_SET, "REFLECTOR_SET" },
	{ BFD_CMD_REFLECTOR_DEL, "REFLECTOR_DEL" },
	{ BFD_CMD_REFLECTOR_GET, "REFLECTOR_GET" },
	{ BFD_CMD_UNSOLICITED_NEW, "UNSOLICITED_NEW" },
	{ BFD_CMD_UNSOLICITED_SET, "UNSOLICITED_SET" },
	{ BFD_CMD_UNSOLICITED_DEL, "UNSOLICITED_DEL" },
	{ BFD_CMD_UNSOLICITED_GET, "UNSOLICITED_GET" },
	{ 0 }
};

static const struct fake_attr attrs[] = {
	{ BFD_A_LOCAL_DISCRIMINATOR, "LOCAL_DISCRIMINATOR", FAKE_NUMBER },
	{ BFD_A_REMOTE_DISCRIMINATOR, "REMOTE_DISCRIMINATOR", FAKE_NUMBER },
	{ BFD_A_TYPE, "TYPE", FAKE_NUMBER },
	{ BFD_A_PEER, "PEER", FAKE_ADDR },
	{ BFD_A_LOCAL, "LOCAL", FAKE_ADDR },
	{ BFD_A_IFNAME, "IFNAME", FAKE_STRING },
	{ BFD_A_VRF, "VRF", FAKE_STRING },
	{ BFD_A_DESIRED_MIN_TX_US, "DESIRED_MIN_TX_US", FAKE_NUMBER },
	{ BFD_A_REQUIRED_MIN_RX_US, "REQUIRED_MIN_RX_US", FAKE_NUMBER },
	{ BFD_A_DETECT_MULT, "DETECT_MULT", FAKE_NUMBER },
	{ BFD_A_PASSIVE, "PASSIVE", FAKE_NUMBER },
	{ BFD_A_ADMIN_DOWN, "ADMIN_DOWN", FAKE_NUMBER },
	{ BFD_A_REROUTE, "REROUTE", FAKE_NUMBER },
	{ BFD_A_DEMAND, "DEMAND", FAKE_NUMBER },
	{ BFD_A_DEMAND_POLL_US, "DEMAND_POLL_US", FAKE_NUMBER },
	{ BFD_A_HOLD_UP_US, "HOLD_UP_US", FAKE_NUMBER },
	{ BFD_A_HOLD_UP_MAX_US, "HOLD_UP_MAX_US", FAKE_NUMBER },
	{ BFD_A_PADDED_PDU_SIZE, "PADDED_PDU_SIZE", FAKE_NUMBER },
	{ BFD_A_DESIRED_MIN_ECHO_TX_US, "DESIRED_MIN_ECHO_TX_US", FAKE_NUMBER },
	{ BFD_A_REQUIRED_MIN_ECHO_RX_US, "REQUIRED_MIN_ECHO_RX_US", FAKE_NUMBER },
	{ BFD_A_ECHO_SLOW_US, "ECHO_SLOW_US", FAKE_NUMBER },
	{ BFD_A_MIN_TTL, "MIN_TTL", FAKE_NUMBER },
	{ BFD_A_STATE, "STATE", FAKE_NUMBER },
	{ BFD_A_AUTH_KEYS, "AUTH_KEYS", FAKE_BYTES },
	{ BFD_A_OWNER, "OWNER", FAKE_STRING },
	{ BFD_A_REPLY_RATE, "REPLY_RATE", FAKE_NUMBER },
	{ BFD_A_PREFIXES, "PREFIXES", FAKE_BYTES },
	{ BFD_A_MAX_SESSIONS, "MAX_SESSIONS", FAKE_NUMBER },
	{ BFD_A_IDLE_TIME_US, "IDLE_TIME_US", FAKE_NUMBER },
	{ 0 }
};

/* The attributes of a key in hexadecimal, as this machine has them. */
#define TYPE(type)	"05000100" type "000000"
#define ID(id)		"05000200" id "000000"

/* Likewise of a prefix, 10.0.0.0 or 2001:db8:: and a length, with its number. */
#define NET4(number, len)	"1400" number "80" "080001000a000000" "05000200" len "000000"
#define NET6(number, len)	"2000" number "80" "1400010020010db8000000000000000000000000" \
				"05000200" len "000000"

/* What is asked of the kernel. */
static const struct line requests[] = {
	{ "session add peer 10.0.0.2", "NEW PEER=10.0.0.2/4\n" },
	{ "session add peer 10.0.0.2 local 10.0.0.1 dev eth0 vrf blue multihop",
	  "NEW PEER=10.0.0.2/4 LOCAL=10.0.0.1/4 IFNAME=\"eth0\" VRF=\"blue\" TYPE=u8:1\n" },
	{ "session add multihop dev eth0 peer fe80::2",
	  "NEW PEER=fe80::2/16 IFNAME=\"eth0\" TYPE=u8:1\n" },
	{ "session add peer 2001:db8::2 tx 10 rx 0 mult 255 passive on admin down",
	  "NEW PEER=2001:db8::2/16 DESIRED_MIN_TX_US=u32:10000 REQUIRED_MIN_RX_US=u32:0 "
	  "DETECT_MULT=u8:255 PASSIVE=u8:1 ADMIN_DOWN=u8:1\n" },
	{ "session add peer 10.0.0.2 tx 3.3ms rx 0.05s discriminator 0xdeadbeef",
	  "NEW PEER=10.0.0.2/4 DESIRED_MIN_TX_US=u32:3300 REQUIRED_MIN_RX_US=u32:50000 "
	  "LOCAL_DISCRIMINATOR=u32:3735928559\n" },
	{ "session add peer 10.0.0.2 local 10.0.0.1 dev vx0 vxlan",
	  "NEW PEER=10.0.0.2/4 LOCAL=10.0.0.1/4 IFNAME=\"vx0\" TYPE=u8:3\n" },
	{ "session replace peer 10.0.0.2 dev vx0 vxlan",
	  "DUMP GET PEER=10.0.0.2/4 IFNAME=\"vx0\" TYPE=u8:3\n"
	  "NEW PEER=10.0.0.2/4 IFNAME=\"vx0\" TYPE=u8:3 DESIRED_MIN_TX_US=u32:300000 "
	  "REQUIRED_MIN_RX_US=u32:300000 DETECT_MULT=u8:3 PASSIVE=u8:0 ADMIN_DOWN=u8:0 "
	  "DEMAND=u8:0 DEMAND_POLL_US=u32:1000000 HOLD_UP_US=u32:0 HOLD_UP_MAX_US=u32:0 "
	  "PADDED_PDU_SIZE=u32:0\n" },
	{ "session add peer fd00::2 local fd00::1 dev gn0 geneve",
	  "NEW PEER=fd00::2/16 LOCAL=fd00::1/16 IFNAME=\"gn0\" TYPE=u8:6\n" },
	{ "session add peer 10.0.0.2 local 10.0.0.1 dev eth1 micro",
	  "NEW PEER=10.0.0.2/4 LOCAL=10.0.0.1/4 IFNAME=\"eth1\" TYPE=u8:4\n" },
	{ "session add peer 10.0.0.2 dev eth1 echo tx 50",
	  "NEW PEER=10.0.0.2/4 IFNAME=\"eth1\" TYPE=u8:5 DESIRED_MIN_TX_US=u32:50000\n" },
	{ "session replace peer 10.0.0.2 echo",
	  "DUMP GET PEER=10.0.0.2/4 TYPE=u8:5\n"
	  "NEW PEER=10.0.0.2/4 TYPE=u8:5 DESIRED_MIN_TX_US=u32:300000 DETECT_MULT=u8:3 "
	  "ADMIN_DOWN=u8:0 HOLD_UP_US=u32:0 HOLD_UP_MAX_US=u32:0 PADDED_PDU_SIZE=u32:0\n" },
	{ "session add peer 10.0.0.2 multihop min-ttl 250",
	  "NEW PEER=10.0.0.2/4 TYPE=u8:1 MIN_TTL=u8:250\n" },
	{ "session replace peer 10.0.0.2 dev eth0 tx 10 discriminator 7",
	  "DUMP GET PEER=10.0.0.2/4 IFNAME=\"eth0\"\n"
	  "NEW PEER=10.0.0.2/4 IFNAME=\"eth0\" DESIRED_MIN_TX_US=u32:10000 "
	  "REQUIRED_MIN_RX_US=u32:300000 DETECT_MULT=u8:3 PASSIVE=u8:0 ADMIN_DOWN=u8:0 "
	  "REROUTE=u8:0 DEMAND=u8:0 DEMAND_POLL_US=u32:1000000 "
	  "HOLD_UP_US=u32:0 HOLD_UP_MAX_US=u32:0 PADDED_PDU_SIZE=u32:0 "
	  "DESIRED_MIN_ECHO_TX_US=u32:0 REQUIRED_MIN_ECHO_RX_US=u32:0 "
	  "ECHO_SLOW_US=u32:1000000 LOCAL_DISCRIMINATOR=u32:7\n" },
	{ "session set peer 10.0.0.2 dev eth0 passive off admin up",
	  "SET PEER=10.0.0.2/4 IFNAME=\"eth0\" PASSIVE=u8:0 ADMIN_DOWN=u8:0\n" },
	{ "session add peer 10.0.0.2 dev eth0 reroute on",
	  "NEW PEER=10.0.0.2/4 IFNAME=\"eth0\" REROUTE=u8:1\n" },
	{ "session add peer 10.0.0.2 demand on demand-poll 2s",
	  "NEW PEER=10.0.0.2/4 DEMAND=u8:1 DEMAND_POLL_US=u32:2000000\n" },
	{ "session set id 7 demand off demand-poll 0",
	  "SET LOCAL_DISCRIMINATOR=u32:7 DEMAND=u8:0 DEMAND_POLL_US=u32:0\n" },
	{ "session add peer 10.0.0.2 hold-up 5s hold-up-max 1000s",
	  "NEW PEER=10.0.0.2/4 HOLD_UP_US=u32:5000000 HOLD_UP_MAX_US=u32:1000000000\n" },
	{ "session set id 7 padded-pdu-size 1500",
	  "SET LOCAL_DISCRIMINATOR=u32:7 PADDED_PDU_SIZE=u32:1500\n" },
	{ "session add peer 10.0.0.2 dev eth0 echo-tx 10ms echo-rx 20ms echo-slow 2s",
	  "NEW PEER=10.0.0.2/4 IFNAME=\"eth0\" DESIRED_MIN_ECHO_TX_US=u32:10000 "
	  "REQUIRED_MIN_ECHO_RX_US=u32:20000 ECHO_SLOW_US=u32:2000000\n" },
	{ "session set id 7 echo-tx 0 echo-rx 0 echo-slow 0",
	  "SET LOCAL_DISCRIMINATOR=u32:7 DESIRED_MIN_ECHO_TX_US=u32:0 "
	  "REQUIRED_MIN_ECHO_RX_US=u32:0 ECHO_SLOW_US=u32:0\n" },
	{ "session set id 7 hold-up-max 10s",
	  "SET LOCAL_DISCRIMINATOR=u32:7 HOLD_UP_MAX_US=u32:10000000\n" },
	{ "session set id 7 hold-up 0 hold-up-max 0",
	  "SET LOCAL_DISCRIMINATOR=u32:7 HOLD_UP_US=u32:0 HOLD_UP_MAX_US=u32:0\n" },
	{ "session poll id 7", "POLL LOCAL_DISCRIMINATOR=u32:7\n" },
	{ "session poll peer 10.0.0.2 dev eth0", "POLL PEER=10.0.0.2/4 IFNAME=\"eth0\"\n" },
	{ "session set id 7 reroute off", "SET LOCAL_DISCRIMINATOR=u32:7 REROUTE=u8:0\n" },
	{ "session set id 7 min-ttl 1", "SET LOCAL_DISCRIMINATOR=u32:7 MIN_TTL=u8:1\n" },
	{ "session add peer 10.0.0.2 auth sha1 key-id 7 key secret",
	  "NEW PEER=10.0.0.2/4 AUTH_KEYS=20000180" TYPE("04") ID("07")
	  "0a0003007365637265740000\n" },
	{ "session set id 5 mult 4 auth simple key-id 0 key-hex 00fF auth md5 key-id 255",
	  "SET LOCAL_DISCRIMINATOR=u32:5 DETECT_MULT=u8:4 AUTH_KEYS=1c000180" TYPE("01") ID("00")
	  "0600030000ff0000" "14000280" TYPE("02") ID("ff") "\n" },
	{ "session set id 5 auth null auth sha1 key-id 1",
	  "SET LOCAL_DISCRIMINATOR=u32:5 AUTH_KEYS=14000180" TYPE("06") ID("00")
	  "14000280" TYPE("04") ID("01") "\n" },
	{ "session set id 5 auth none", "SET LOCAL_DISCRIMINATOR=u32:5 AUTH_KEYS=\n" },
	{ "session del id 0x10", "DEL LOCAL_DISCRIMINATOR=u32:16\n" },
	{ "session del peer 10.0.0.2 multihop", "DEL PEER=10.0.0.2/4 TYPE=u8:1\n" },
	{ "session del all", "DEL\n" },
	{ "session", "DUMP GET\n" },
	{ "session show", "DUMP GET\n" },
	{ "se sh", "DUMP GET\n" },
	{ "session show state admin-down dev eth0",
	  "DUMP GET IFNAME=\"eth0\" STATE=u8:0\n" },
	{ "session show state up", "DUMP GET STATE=u8:3\n" },
	{ "session show vrf blue local 10.0.0.1 multihop",
	  "DUMP GET LOCAL=10.0.0.1/4 VRF=\"blue\" TYPE=u8:1\n" },
	{ "session show id 5", "GET LOCAL_DISCRIMINATOR=u32:5\n" },
	/* Nothing to this peer: asked again, for the kernel's own words. */
	{ "session show peer fe80::2",
	  "DUMP GET PEER=fe80::2/16\nGET PEER=fe80::2/16\n" },
	{ "session show peer 10.0.0.2 state up", "DUMP GET PEER=10.0.0.2/4 STATE=u8:3\n" },
	{ "save", "DUMP GET\nDUMP REFLECTOR_GET\nDUMP UNSOLICITED_GET\n" },
	{ "sa", "DUMP GET\nDUMP REFLECTOR_GET\nDUMP UNSOLICITED_GET\n" },
	{ "session add peer 10.0.0.2 sbfd remote-discriminator 0x1234 tx 10 min-ttl 250",
	  "NEW PEER=10.0.0.2/4 TYPE=u8:2 REMOTE_DISCRIMINATOR=u32:4660 "
	  "DESIRED_MIN_TX_US=u32:10000 MIN_TTL=u8:250\n" },
	{ "session replace peer 10.0.0.2 sbfd remote-discriminator 9",
	  "DUMP GET PEER=10.0.0.2/4 TYPE=u8:2 REMOTE_DISCRIMINATOR=u32:9\n"
	  "NEW PEER=10.0.0.2/4 TYPE=u8:2 REMOTE_DISCRIMINATOR=u32:9 "
	  "DESIRED_MIN_TX_US=u32:300000 DETECT_MULT=u8:3 ADMIN_DOWN=u8:0 "
	  "HOLD_UP_US=u32:0 HOLD_UP_MAX_US=u32:0 PADDED_PDU_SIZE=u32:0 MIN_TTL=u8:1\n" },
	{ "session set peer 10.0.0.2 sbfd mult 5",
	  "SET PEER=10.0.0.2/4 TYPE=u8:2 DETECT_MULT=u8:5\n" },
	{ "session show sbfd", "DUMP GET TYPE=u8:2\n" },
	{ "reflector add discriminator 5 local fd00::1 rx 50ms rate 100 min-ttl 254 admin down",
	  "REFLECTOR_NEW LOCAL_DISCRIMINATOR=u32:5 LOCAL=fd00::1/16 "
	  "REQUIRED_MIN_RX_US=u32:50000 REPLY_RATE=u32:100 MIN_TTL=u8:254 ADMIN_DOWN=u8:1\n" },
	{ "reflector set discriminator 5 admin up",
	  "REFLECTOR_SET LOCAL_DISCRIMINATOR=u32:5 ADMIN_DOWN=u8:0\n" },
	{ "reflector replace discriminator 0x10 rx 1s",
	  "DUMP REFLECTOR_GET\n"
	  "REFLECTOR_NEW LOCAL_DISCRIMINATOR=u32:16 REQUIRED_MIN_RX_US=u32:1000000 "
	  "REPLY_RATE=u32:10000 MIN_TTL=u8:1 ADMIN_DOWN=u8:0\n" },
	{ "reflector del discriminator 5", "REFLECTOR_DEL LOCAL_DISCRIMINATOR=u32:5\n" },
	{ "reflector del all", "REFLECTOR_DEL\n" },
	{ "reflector", "DUMP REFLECTOR_GET\n" },
	{ "unsolicited add dev eth0 allow 10.0.0.0/8 allow 2001:db8::/32 max-sessions 5 tx 50 "
	  "rx 60 mult 4 idle 10s",
	  "UNSOLICITED_NEW IFNAME=\"eth0\" PREFIXES=" NET4("01", "08") NET6("02", "20")
	  " MAX_SESSIONS=u32:5 DESIRED_MIN_TX_US=u32:50000 REQUIRED_MIN_RX_US=u32:60000 "
	  "DETECT_MULT=u8:4 IDLE_TIME_US=u32:10000000\n" },
	{ "unsolicited add allow 10.0.0.0 dev eth0",
	  "UNSOLICITED_NEW IFNAME=\"eth0\" PREFIXES=" NET4("01", "20") "\n" },
	{ "unsolicited set dev eth0 idle 0",
	  "UNSOLICITED_SET IFNAME=\"eth0\" IDLE_TIME_US=u32:0\n" },
	{ "unsolicited set dev eth0 allow 2001:db8::",
	  "UNSOLICITED_SET IFNAME=\"eth0\" PREFIXES=" NET6("01", "80") "\n" },
	{ "unsolicited replace dev eth0 allow 10.0.0.0/7 mult 9",
	  "DUMP UNSOLICITED_GET\n"
	  "UNSOLICITED_NEW IFNAME=\"eth0\" PREFIXES=" NET4("01", "07")
	  " MAX_SESSIONS=u32:64 DESIRED_MIN_TX_US=u32:300000 REQUIRED_MIN_RX_US=u32:300000 "
	  "DETECT_MULT=u8:9 IDLE_TIME_US=u32:60000000\n" },
	{ "unsolicited del dev eth0", "UNSOLICITED_DEL IFNAME=\"eth0\"\n" },
	{ "unsolicited del all", "UNSOLICITED_DEL\n" },
	{ "unsolicited", "DUMP UNSOLICITED_GET\n" },
	{ "u sh dev eth0", "UNSOLICITED_GET IFNAME=\"eth0\"\n" },
	{ "r s", NULL },
	{ "r sh discriminator 5", "REFLECTOR_GET LOCAL_DISCRIMINATOR=u32:5\n" },
	{ "session dEl all", NULL },
};

/* What is wrong with a command line, and nothing is asked. */
static const struct line usage_errors[] = {
	{ "s", "object \"s\" is ambiguous: session, stats, save" },
	{ "mirror", "unknown object \"mirror\" "
	  "(one of: session, reflector, unsolicited, lag, monitor, top, stats, save, help)" },
	{ "unsolicited add", "unsolicited add: \"dev\" is missing" },
	{ "unsolicited add allow ::/0", "unsolicited add: \"dev\" is missing" },
	{ "unsolicited add dev eth0", "unsolicited add: \"allow\" is missing" },
	{ "unsolicited replace dev eth0 mult 3",
	  "unsolicited replace: \"allow\" is missing" },
	{ "unsolicited set dev eth0", "unsolicited set: nothing to change" },
	{ "unsolicited set idle 5", "unsolicited set: \"dev\" is missing" },
	{ "unsolicited add dev eth0 allow", "\"allow\" needs a value" },
	{ "unsolicited add dev eth0 allow 10.0.0/8", "allow: \"10.0.0/8\" is not a prefix" },
	{ "unsolicited add dev eth0 allow any", "allow: \"any\" is not a prefix" },
	{ "unsolicited add dev eth0 allow 0.0.0.0/", "allow: \"\" is not a number" },
	{ "unsolicited add dev eth0 allow 0.0.0.0/33", "allow: 33 is out of range (0 to 32)" },
	{ "unsolicited add dev eth0 allow ::/129", "allow: 129 is out of range (0 to 128)" },
	{ "unsolicited add dev eth0 allow 10.0.0.1/24",
	  "allow: 10.0.0.1/24 has bits beyond its length" },
	{ "unsolicited add dev eth0 allow fe80::1/127",
	  "allow: fe80::1/127 has bits beyond its length" },
	{ "unsolicited add dev eth0 allow ::1 allow ::2 allow ::3 allow ::4 allow ::5 allow ::6 "
	  "allow ::7 allow ::8 allow ::9 allow ::a allow ::b allow ::c allow ::d allow ::e "
	  "allow ::f allow ::10 allow ::11", "allow: a policy has 16 prefixes at most" },
	{ "unsolicited add dev eth0 allow ::/0 max-sessions 0",
	  "max-sessions: 0 is out of range (1 to 65535)" },
	{ "unsolicited add dev eth0 allow ::/0 rx 0",
	  "rx: 0 is out of range (1ms to 4294.967295s)" },
	{ "unsolicited add dev eth0 allow ::/0 idle 1us",
	  "idle: 1us is out of range (0, or 1ms to 4294.967295s)" },
	{ "unsolicited add dev eth0 allow ::/0 min-ttl 254",
	  "unknown keyword \"min-ttl\" (try: bfdctl unsolicited help)" },
	{ "unsolicited del", "unsolicited del: \"dev\" or \"all\" is missing" },
	{ "unsolicited del dev eth0 all", "\"dev\" and \"all\" exclude each other" },
	{ "unsolicited show allow ::/0", "\"allow\" does not go with unsolicited show" },
	{ "reflector add", "reflector add: \"discriminator\" is missing" },
	{ "reflector add rx 10", "reflector add: \"discriminator\" is missing" },
	{ "reflector add discriminator 0",
	  "discriminator: 0 is out of range (1 to 4294967295)" },
	{ "reflector add discriminator 5 rx 0", "rx: 0 is out of range (1ms to 4294.967295s)" },
	{ "reflector add discriminator 5 rate 0", "rate: 0 is out of range (1 to 1000000)" },
	{ "reflector add discriminator 5 all", "\"all\" does not go with reflector add" },
	{ "reflector set discriminator 5", "reflector set: nothing to change" },
	{ "reflector set discriminator 5 local 10.0.0.1",
	  "\"local\" does not go with reflector set" },
	{ "reflector del", "reflector del: \"discriminator\" or \"all\" is missing" },
	{ "reflector del discriminator 5 all",
	  "\"discriminator\" and \"all\" exclude each other" },
	{ "session add peer 10.0.0.2 sbfd", "sbfd: \"remote-discriminator\" is missing" },
	{ "session add peer 10.0.0.2 remote-discriminator 5",
	  "remote-discriminator: needs \"sbfd\"" },
	{ "session add peer 10.0.0.2 sbfd remote-discriminator 5 multihop",
	  "\"multihop\" and \"sbfd\" exclude each other" },
	{ "session add peer 10.0.0.2 dev vx0 vxlan multihop",
	  "\"vxlan\" and \"multihop\" exclude each other" },
	{ "session add peer 10.0.0.2 dev gn0 geneve vxlan",
	  "\"geneve\" and \"vxlan\" exclude each other" },
	{ "session add peer 10.0.0.2 geneve", "geneve: needs \"dev\", the Geneve device" },
	{ "session add peer 10.0.0.2 dev gn0 geneve reroute on",
	  "reroute: the other end of a tunnel is no neighbour" },
	{ "session add peer 10.0.0.2 vxlan", "vxlan: needs \"dev\", the VXLAN device" },
	{ "session add peer 10.0.0.2 dev vx0 vxlan reroute on",
	  "reroute: the other end of a tunnel is no neighbour" },
	{ "session add peer 10.0.0.2 dev vx0 vxlan min-ttl 250",
	  "min-ttl: only multihop has one; a single hop is always 255" },
	{ "session add peer 10.0.0.2 local 10.0.0.1 dev eth1 micro vxlan",
	  "\"micro\" and \"vxlan\" exclude each other" },
	{ "session add peer 10.0.0.2 local 10.0.0.1 micro",
	  "micro: needs \"dev\", the member of the LAG" },
	{ "session add peer 10.0.0.2 dev eth1 micro",
	  "micro: needs \"local\", the address of the LAG" },
	{ "session add peer 10.0.0.2 local 10.0.0.1 dev eth1 vrf red micro",
	  "vrf: a member of a LAG is in none" },
	{ "session add peer 10.0.0.2 local 10.0.0.1 dev eth1 micro reroute on",
	  "reroute: a LAG has other members to reach its neighbour by" },
	{ "session add peer 10.0.0.2 local 10.0.0.1 dev eth1 micro min-ttl 250",
	  "min-ttl: only multihop has one; a single hop is always 255" },
	{ "session add peer 10.0.0.2 sbfd remote-discriminator 5 rx 10",
	  "rx: not for sbfd, whose peer only reflects" },
	{ "session add peer 10.0.0.2 sbfd remote-discriminator 5 echo",
	  "\"echo\" and \"sbfd\" exclude each other" },
	{ "session add peer 10.0.0.2 echo rx 10", "rx: not for echo, whose peer has no BFD" },
	{ "session add peer 10.0.0.2 echo auth null",
	  "auth: not for echo, whose peer has no BFD" },
	{ "session add peer 10.0.0.2 echo echo-tx 10",
	  "echo-tx: not for echo: tx is the interval of its echoes" },
	{ "session add peer 10.0.0.2 echo min-ttl 250",
	  "min-ttl: only multihop has one; a single hop is always 255" },
	{ "session add peer 10.0.0.2 multihop echo-rx 10",
	  "echo-rx: echoes go over a single hop only" },
	{ "session add peer 10.0.0.2 sbfd remote-discriminator 5 echo-tx 10",
	  "echo-tx: echoes go over a single hop only" },
	{ "session add peer 10.0.0.2 echo-tx 0.5",
	  "echo-tx: 0.5 is out of range (0, or 1ms to 4294.967295s)" },
	{ "session set peer 10.0.0.2 sbfd passive on",
	  "passive: not for sbfd, whose peer only reflects" },
	{ "session add peer 10.0.0.2 sbfd remote-discriminator 5 auth sha1 key-id 1",
	  "auth: not for sbfd, whose peer only reflects" },
	{ "session s", "command \"s\" is ambiguous: set, show" },
	{ "session frob", "unknown command \"frob\" (one of: add, replace, set, poll, del, show)" },
	{ "-x session", "unknown option \"-x\" (try: bfdctl help)" },
	{ "-", "unknown option \"-\" (try: bfdctl help)" },
	{ "-n", "\"-n\" needs a value" },
	{ "-n no/where session", "\"no/where\" is not a name of a network namespace" },
	{ "-n no-such-netns session", "network namespace \"no-such-netns\" does not exist" },
	{ "-color=pink session", "-color: \"pink\" is not one of: auto, always, never" },
	{ "-b /no/such/file", "cannot open \"/no/such/file\": No such file or directory" },
	{ "-b - session", "unexpected \"session\"" },
	{ "session show -j", "unexpected \"-j\" (options stand before the object)" },
	{ "stats -j", "unexpected \"-j\" (options stand before the object)" },
	{ "lag peer 10.1.0.2 local 10.1.0.1", "lag: \"dev\" is missing" },
	{ "lag dev bond0 local 10.1.0.1", "lag: \"peer\" is missing" },
	{ "lag dev bond0 peer 10.1.0.2", "lag: \"local\" is missing" },
	{ "lag dev bond0 peer 10.1.0.2 local fe80::1",
	  "local: the family differs from that of peer" },
	{ "lag dev bond0 peer 10.1.0.2 local 10.1.0.1 vrf red", "\"vrf\" does not go with lag dev" },
	{ "lag dev bond0 peer 10.1.0.2 local 10.1.0.1 micro", "\"micro\" does not go with lag dev" },
	{ "lag dev bond0 peer 10.1.0.2 local 10.1.0.1 demand on",
	  "\"demand\" does not go with lag dev" },
	{ "lag dev bond0 peer 10.1.0.2 local 10.1.0.1 hold-up-max 5s",
	  "hold-up-max: needs \"hold-up\"" },
	{ "lag dev bond0 dev bond1", "\"dev\" is given twice" },
	{ "lag now", "unknown keyword \"now\" (try: bfdctl lag help)" },
	{ "monitor now", "unknown keyword \"now\" (try: bfdctl monitor help)" },
	{ "monitor exec", "\"exec\" needs a value" },
	{ "monitor exec true exec true", "\"exec\" is given twice" },
	{ "monitor initial jobs 3", "\"jobs\" and \"timeout\" go with \"exec\"" },
	{ "monitor exec true jobs 0", "jobs: 0 is out of range (1 to 1024)" },
	{ "monitor track-file", "\"track-file\" needs a value" },
	{ "monitor track-file f", "track-file: of which sessions? (peer ADDR ..., or id N)" },
	{ "monitor track-file f dev eth0",
	  "track-file: of which sessions? (peer ADDR ..., or id N)" },
	{ "monitor track-file f peer 10.0.0.300",
	  "peer: \"10.0.0.300\" is not an IP address" },
	{ "monitor track-file f id 5 weight -255", "weight: 255 is out of range (1 to 254)" },
	{ "monitor track-file f id 5 weight 0", "weight: 0 is out of range (1 to 254)" },
	{ "top 1", "interval: 1 is out of range (100ms to 86400s)" },
	{ "top often", "interval: \"often\" is not a time (a number with us, ms or s)" },
	{ "top count", "\"count\" needs a value" },
	{ "top 1s count 0", "count: 0 is out of range (1 to 4294967295)" },
	{ "top 1s 2s", "unexpected \"2s\"" },
	{ "-j save", "save prints a batch file, which has no JSON form" },
	{ "session add", "session add: \"peer\" is missing" },
	{ "session add dev eth0", "session add: \"peer\" is missing" },
	{ "session add peer", "\"peer\" needs a value" },
	{ "session add peer 10.0.0.300", "peer: \"10.0.0.300\" is not an IP address" },
	{ "session poll", "session poll: which one? (peer ADDR ..., id N)" },
	{ "session poll id 7 demand on", "\"demand\" does not go with session poll" },
	{ "session add peer 10.0.0.2 padded-pdu-size 9217",
	  "padded-pdu-size: 9217 is out of range (0 to 9216)" },
	{ "session add peer 10.0.0.2 hold-up 999us",
	  "hold-up: 999us is out of range (0, or 1ms to 4294.967295s)" },
	{ "session add peer 10.0.0.2 hold-up-max 5s", "hold-up-max: needs \"hold-up\"" },
	{ "session add peer 10.0.0.2 hold-up 5s hold-up-max 4999ms",
	  "hold-up-max: less than hold-up" },
	{ "session set id 7 hold-up 0 hold-up-max 5s", "hold-up-max: needs \"hold-up\"" },
	{ "session add peer 10.0.0.2 demand-poll 999us",
	  "demand-poll: 999us is out of range (0, or 1ms to 4294.967295s)" },
	{ "session add peer 10.0.0.2 reroute on", "reroute: needs \"dev\"" },
	{ "session add peer 10.0.0.2 dev eth0 multihop reroute on",
	  "reroute: a peer several hops away is no neighbour" },
	{ "session add peer 224.0.0.5",
	  "peer: 224.0.0.5 is multicast, not a unicast address" },
	{ "session add peer ff02::5", "peer: ff02::5 is multicast, not a unicast address" },
	{ "session add peer 255.255.255.255",
	  "peer: 255.255.255.255 is broadcast, not a unicast address" },
	{ "session add peer ::", "peer: :: is unspecified, not a unicast address" },
	{ "session add peer 10.0.0.2 local 0.0.0.0",
	  "local: 0.0.0.0 is unspecified, not a unicast address" },
	{ "session add peer 10.0.0.2 local fe80::1",
	  "local: the family differs from that of peer" },
	{ "session add peer fe80::2", "an IPv6 link-local peer needs \"dev\"" },
	{ "session del peer fe80::2", "an IPv6 link-local peer needs \"dev\"" },
	{ "session add peer 10.0.0.2 peer 10.0.0.3", "\"peer\" is given twice" },
	{ "session add peer 10.0.0.2 multihop multihop", "\"multihop\" is given twice" },
	{ "session add peer 10.0.0.2 min-ttl 3",
	  "min-ttl: only multihop has one; a single hop is always 255" },
	{ "session add peer 10.0.0.2 multihop min-ttl 0",
	  "min-ttl: 0 is out of range (1 to 255)" },
	{ "session add peer 10.0.0.2 mult 256", "mult: 256 is out of range (1 to 255)" },
	{ "session add peer 10.0.0.2 tx 999us",
	  "tx: 999us is out of range (1ms to 4294.967295s)" },
	{ "session add peer 10.0.0.2 rx 1us",
	  "rx: 1us is out of range (0, or 1ms to 4294.967295s)" },
	{ "session add peer 10.0.0.2 passive yes", "passive: \"yes\" is not one of: off, on" },
	{ "session add peer 10.0.0.2 admin on", "admin: \"on\" is not one of: up, down" },
	{ "session add peer 10.0.0.2 discriminator 0",
	  "discriminator: 0 is out of range (1 to 4294967295)" },
	{ "session add peer 10.0.0.2 id 5", "\"id\" does not go with session add" },
	{ "session add peer 10.0.0.2 state up", "\"state\" does not go with session add" },
	{ "session add peer 10.0.0.2 dev a-very-long-device-name",
	  "dev: \"a-very-long-device-name\" is too long for a device name" },
	{ "session add peer 10.0.0.2 auth", "\"auth\" needs a value" },
	{ "session add peer 10.0.0.2 auth hmac", "auth: \"hmac\" is not one of: none, simple, md5, "
	  "meticulous-md5, sha1, meticulous-sha1, null, optimized-md5, optimized-sha1" },
	{ "session add peer 10.0.0.2 auth sha1", "auth sha1: \"key-id\" is missing" },
	{ "session add peer 10.0.0.2 auth sha1 key x", "auth sha1: \"key-id\" is missing" },
	{ "session add peer 10.0.0.2 auth sha1 key-id 256",
	  "key-id: 256 is out of range (0 to 255)" },
	{ "session add peer 10.0.0.2 auth sha1 key-id 1 key", "\"key\" needs a value" },
	{ "session add peer 10.0.0.2 auth sha1 key-id 1 auth md5 key-id 1",
	  "key-id: 1 is given twice" },
	{ "session add peer 10.0.0.2 auth sha1 key-id 0 auth null", "key-id: 0 is given twice" },
	{ "session add peer 10.0.0.2 auth null auth null", "key-id: 0 is given twice" },
	{ "session add peer 10.0.0.2 auth null key-id 0", "unknown keyword \"key-id\" (try: bfdctl session help)" },
	{ "session add peer 10.0.0.2 auth none auth sha1 key-id 1",
	  "auth: \"none\" and keys exclude each other" },
	{ "session add peer 10.0.0.2 auth sha1 key-id 1 auth none",
	  "auth: \"none\" and keys exclude each other" },
	{ "session add peer 10.0.0.2 auth md5 key-id 1 key seventeen-letters",
	  "key: a key for md5 has 16 bytes at most" },
	{ "session add peer 10.0.0.2 auth sha1 key-id 1 key-hex "
	  "000102030405060708090a0b0c0d0e0f1011121314",
	  "key-hex: a key for sha1 has 20 bytes at most" },
	{ "session add peer 10.0.0.2 auth optimized-md5 key-id 1 key letters",
	  "key: a key for optimized-md5 has 8 bytes at least" },
	{ "session add peer 10.0.0.2 auth sha1 key-id 1 key-hex 012",
	  "key-hex: not an even number of hexadecimal digits" },
	{ "session add peer 10.0.0.2 auth sha1 key-id 1 key-hex 0x12",
	  "key-hex: not an even number of hexadecimal digits" },
	{ "session add peer 10.0.0.2 auth sha1 key-id 1 key-file /no/such/file",
	  "key-file: cannot open \"/no/such/file\": No such file or directory" },
	{ "session add peer 10.0.0.2 auth sha1 key-id 1 key-file /dev/null",
	  "key-file: the key is empty" },
	{ "session add peer 10.0.0.2 auth sha1 key-id 1 key-file /dev/zero",
	  "key-file: a key for sha1 has 20 bytes at most" },
	{ "session show auth none", "\"auth\" does not go with session show" },
	{ "session add peer 10.0.0.2 demanding on",
	  "unknown keyword \"demanding\" (try: bfdctl session help)" },
	{ "session add peer 10.0.0.2 quick",
	  "unknown keyword \"quick\" (try: bfdctl session help)" },
	{ "session add pee 10.0.0.2", "unknown keyword \"pee\" (try: bfdctl session help)" },
	{ "session set", "session set: which one? (peer ADDR ..., id N)" },
	{ "session set tx 10", "session set: which one? (peer ADDR ..., id N)" },
	{ "session set id 5", "session set: nothing to change" },
	{ "session set id 5 discriminator 6",
	  "\"discriminator\" does not go with session set" },
	{ "session set id 5 peer 10.0.0.2 tx 10",
	  "\"id\" selects by itself, without peer, dev or other words" },
	{ "session set dev eth0 tx 10", "session set: \"peer\" is missing" },
	{ "session replace tx 10", "session replace: \"peer\" is missing" },
	{ "session replace id 5", "\"id\" does not go with session replace" },
	{ "session del", "session del: which one? (peer ADDR ..., id N, or all)" },
	{ "session del all dev eth0",
	  "\"all\" selects by itself, without peer, dev or other words" },
	{ "session del id 5 all", "\"id\" and \"all\" exclude each other" },
	{ "session del id 5 tx 10", "\"tx\" does not go with session del" },
	{ "session show state running",
	  "state: \"running\" is not one of: admin-down, down, init, up" },
	{ "session show id 5 state up",
	  "\"id\" selects by itself, without peer, dev or other words" },
};

/* A refusal is the kernel's sentence with our keyword. */
static void test_refusals(void)
{
	static const struct {
		const char *line;
		int attr;
		const char *error;
	} cases[] = {
		{ "session add peer 10.0.0.2", 0, "Error: no.\n" },
		{ "session add peer 10.0.0.2 dev lo", BFD_A_IFNAME, "Error: dev: no.\n" },
		{ "session set id 5 tx 10", BFD_A_LOCAL_DISCRIMINATOR, "Error: id: no.\n" },
		{ "session add peer 10.0.0.2 discriminator 5", BFD_A_LOCAL_DISCRIMINATOR,
		  "Error: discriminator: no.\n" },
		{ "session add peer 10.0.0.2", BFD_A_IFNAME, "Error: dev: no.\n" },
		{ "session add peer 10.0.0.2", BFD_A_COUNTERS, "Error: no.\n" },
		{ "session set id 5 auth none", BFD_A_AUTH_KEYS, "Error: auth: no.\n" },
		{ "session show", 0, "Error: no.\n" },
		{ "-j session show", 0, "Error: no.\n" },
		{ "-j stats", 0, "Error: no.\n" },
		{ "save", 0, "Error: no.\n" },
		{ "top", 0, "Error: no.\n" },
	};
	size_t i;

	for (i = 0; i < COUNT(cases); i++)
		check_refusal(cases[i].line, cases[i].attr, cases[i].error);
}

static void test_help(void)
{
	static const char *const lines[] = {
		"help", "-h", "--help", "-help", "session help", "session add help", "session -h",
		"session show help", "reflector help", "reflector add help",
		"unsolicited help", "unsolicited set help", "lag help", "monitor help", "stats help", "save help", "he",
		"top help",
	};

	check_help("bfdctl", lines, COUNT(lines));
}

static void put_addr(struct nl_msg *msg, int attr, const char *text)
{
	struct addr addr;

	parse_unicast("test", text, &addr);
	nla_put(msg, attr, addr.len, addr.bytes);
}

/* What was seen of a session that is up; of another one, nothing yet. */
static void put_seen(struct nl_msg *msg, bool busy)
{
	uint32_t intervals[BFD_HISTOGRAM_BUCKETS] = { 0 };
	uint32_t lateness[BFD_HISTOGRAM_BUCKETS] = { 0 };
	uint32_t margins[BFD_HISTOGRAM_BUCKETS] = { 0 };

	if (busy) {
		intervals[13] = 3;
		intervals[15] = 1900;
		intervals[16] = 120;
		intervals[BFD_HISTOGRAM_BUCKETS - 1] = 1;
		lateness[0] = 47;
		lateness[3] = UINT32_MAX;
		margins[17] = 2023;
		margins[14] = 1;
		nla_put_u64(msg, BFD_STAT_RX_INTERVAL_MAX_US, 9000001);
		nla_put_u64(msg, BFD_STAT_RX_INTERVAL_MAX_TIME_NS, EPOCH + 3 * MSEC);
		nla_put_u64(msg, BFD_STAT_TX_LATENESS_MAX_US, 15);
		nla_put_u64(msg, BFD_STAT_TX_LATENESS_MAX_TIME_NS, EPOCH + 4 * MSEC);
		nla_put_u64(msg, BFD_STAT_DETECTION_MARGIN_MIN_US, 17000);
		nla_put_u64(msg, BFD_STAT_DETECTION_MARGIN_MIN_TIME_NS, EPOCH + 5 * MSEC);
	}
	nla_put(msg, BFD_STAT_RX_INTERVAL_HISTOGRAM, sizeof(intervals), intervals);
	nla_put(msg, BFD_STAT_TX_LATENESS_HISTOGRAM, sizeof(lateness), lateness);
	nla_put(msg, BFD_STAT_DETECTION_MARGIN_HISTOGRAM, sizeof(margins), margins);
	nla_put_u64(msg, BFD_STAT_NEAR_MISSES, busy);
}

static void put_round_trips(struct nl_msg *msg)
{
	uint32_t trips[BFD_HISTOGRAM_BUCKETS] = { 0 };

	trips[6] = 990;
	trips[10] = 1;
	nla_put_u64(msg, BFD_STAT_ECHO_TX, 1000);
	nla_put_u64(msg, BFD_STAT_ECHO_RX, 991);
	nla_put_u64(msg, BFD_STAT_ECHO_LOOPED, 70);
	nla_put(msg, BFD_STAT_ECHO_RTT_HISTOGRAM, sizeof(trips), trips);
	nla_put_u64(msg, BFD_STAT_ECHO_RTT_MIN_US, 65);
	nla_put_u64(msg, BFD_STAT_ECHO_RTT_AVG_US, 93);
	nla_put_u64(msg, BFD_STAT_ECHO_RTT_MAX_US, 1100);
	nla_put_u64(msg, BFD_STAT_ECHO_RTT_MAX_TIME_NS, EPOCH + 6 * MSEC);
}

static void put_statistics(struct nl_msg *msg, bool busy)
{
	struct nlattr *nest = nla_nest_start(msg, BFD_A_STATISTICS);

	nla_put_u64(msg, BFD_STAT_CREATE_TIME_NS, EPOCH);
	nla_put_u64(msg, BFD_STAT_LAST_UP_TIME_NS, busy ? EPOCH + 1500 * MSEC : 0);
	nla_put_u64(msg, BFD_STAT_LAST_DOWN_TIME_NS, 0);
	nla_put_u64(msg, BFD_STAT_UP_COUNT, busy);
	nla_put_u64(msg, BFD_STAT_DOWN_COUNT, 0);
	nla_put_u64(msg, BFD_STAT_ADMIN_DOWN_COUNT, 0);
	nla_put_u64(msg, BFD_STAT_RX_PACKETS, busy ? 2024 : 0);
	nla_put_u64(msg, BFD_STAT_TX_PACKETS, busy ? UINT64_C(1) << 60 : 5);
	nla_put_u64(msg, BFD_STAT_RX_INVALID, 0);
	nla_put_u64(msg, BFD_STAT_TX_FAILED, 2);
	nla_put_u64(msg, BFD_STAT_GRACE, 0);
	if (busy)
		nla_put_u64(msg, BFD_STAT_LOST_PACKETS, 7);
	put_seen(msg, busy);
	if (busy)
		put_round_trips(msg);
	nla_nest_end(msg, nest);
}

static void put_key(struct nl_msg *msg, int number, uint8_t type, uint8_t id, const char *file)
{
	struct nlattr *nest = nla_nest_start(msg, number);

	nla_put_u8(msg, BFD_KEY_TYPE, type);
	nla_put_u8(msg, BFD_KEY_ID, id);
	if (file)
		nla_put_string(msg, BFD_KEY_FILE, file);
	nla_nest_end(msg, nest);
}

/* Where the first key was read from, if from a file. */
static const char *key_file;

static void put_keys(struct nl_msg *msg)
{
	struct nlattr *list = nla_nest_start(msg, BFD_A_AUTH_KEYS);

	put_key(msg, 1, BFD_AUTH_METICULOUS_SHA1, 7, key_file);
	put_key(msg, 2, BFD_AUTH_MD5, 250, NULL);
	nla_nest_end(msg, list);
}

static void put_timers(struct nl_msg *msg, uint32_t us)
{
	nla_put_u32(msg, BFD_A_DESIRED_MIN_TX_US, us);
	nla_put_u32(msg, BFD_A_REQUIRED_MIN_RX_US, us);
	nla_put_u8(msg, BFD_A_DETECT_MULT, 3);
	nla_put_u32(msg, BFD_A_DEMAND_POLL_US, 1000000);
}

static void put_echo(struct nl_msg *msg)
{
	nla_put_u32(msg, BFD_A_DESIRED_MIN_ECHO_TX_US, 10000);
	nla_put_u32(msg, BFD_A_REQUIRED_MIN_ECHO_RX_US, 30000);
	nla_put_u32(msg, BFD_A_ECHO_SLOW_US, 2000000);
	nla_put_u32(msg, BFD_A_NEGOTIATED_ECHO_TX_US, 20000);
	nla_put_u64(msg, BFD_A_ECHO_DETECTION_TIME_US, 60000);
	nla_put_u32(msg, BFD_A_REMOTE_REQUIRED_MIN_ECHO_RX_US, 20000);
}

/* A session as one that has a peer, or one that waits for it. */
static struct nl_msg *make_session(uint8_t cmd, bool up)
{
	struct nl_msg *msg = nlmsg_alloc_size(8192);

	genlmsg_put(msg, 0, 0, 0x20, 0, 0, cmd, 1);
	nla_put_u32(msg, BFD_A_LOCAL_DISCRIMINATOR, up ? 305419896 : 7);
	nla_put_u8(msg, BFD_A_STATE, up ? BFD_STATE_UP : BFD_STATE_DOWN);
	nla_put_u8(msg, BFD_A_REPORTED_STATE, up ? BFD_STATE_UP : BFD_STATE_DOWN);
	nla_put_u32(msg, BFD_A_CPU, up);
	put_timers(msg, up ? 50000 : 300000);
	if (up) {
		put_addr(msg, BFD_A_PEER, "10.0.0.2");
		nla_put_string(msg, BFD_A_IFNAME, "eth0");
		nla_put_u32(msg, BFD_A_IFINDEX, 2);
		put_addr(msg, BFD_A_SOURCE, "10.0.0.1");
		nla_put_u32(msg, BFD_A_REMOTE_DISCRIMINATOR, 2596069104);
		nla_put_u8(msg, BFD_A_REMOTE_STATE, BFD_STATE_UP);
		nla_put_u8(msg, BFD_A_REMOTE_DETECT_MULT, 5);
		nla_put_u32(msg, BFD_A_REMOTE_DESIRED_MIN_TX_US, 50000);
		nla_put_u32(msg, BFD_A_REMOTE_REQUIRED_MIN_RX_US, 50000);
		nla_put_u32(msg, BFD_A_NEGOTIATED_TX_US, 50000);
		nla_put_u32(msg, BFD_A_NEGOTIATED_RX_US, 50000);
		nla_put_u64(msg, BFD_A_DETECTION_TIME_US, 250000);
		nla_put_u8(msg, BFD_A_DEMAND, 1);
		nla_put_u8(msg, BFD_A_DEMAND_ACTIVE, 1);
		nla_put_u32(msg, BFD_A_HOLD_UP_US, 5000000);
		nla_put_u32(msg, BFD_A_HOLD_UP_MAX_US, 60000000);
		nla_put_u32(msg, BFD_A_HOLD_US, 10000000);
		nla_put_u32(msg, BFD_A_PADDED_PDU_SIZE, 1500);
		put_echo(msg);
		nla_put_u16(msg, BFD_A_SOURCE_PORT, 49152);
		put_keys(msg);
	} else {
		put_addr(msg, BFD_A_PEER, "2001:db8::2");
		put_addr(msg, BFD_A_LOCAL, "2001:db8::1");
		nla_put_string(msg, BFD_A_VRF, "blue");
		nla_put_u8(msg, BFD_A_TYPE, BFD_TYPE_MULTIHOP);
		nla_put_u8(msg, BFD_A_MIN_TTL, 250);
		nla_put_u8(msg, BFD_A_PASSIVE, 1);
		nla_put_u8(msg, BFD_A_DIAGNOSTIC, BFD_DIAG_CONTROL_EXPIRY);
		nla_put_u32(msg, BFD_A_NEGOTIATED_TX_US, 1000000);
	}
	put_statistics(msg, up);
	return msg;
}

/* A reflector, of two. */
static struct nl_msg *make_reflector(bool first)
{
	struct nl_msg *msg = nlmsg_alloc();
	struct nlattr *nest;

	genlmsg_put(msg, 0, 0, 0x20, 0, 0, BFD_CMD_REFLECTOR_GET, 1);
	nla_put_u32(msg, BFD_A_LOCAL_DISCRIMINATOR, first ? 5 : 3000000000);
	nla_put_u32(msg, BFD_A_REQUIRED_MIN_RX_US, first ? 50000 : 10000);
	nla_put_u32(msg, BFD_A_REPLY_RATE, first ? 100 : 10000);
	nla_put_u8(msg, BFD_A_MIN_TTL, first ? 254 : 1);
	nla_put_u8(msg, BFD_A_ADMIN_DOWN, first);
	if (first)
		put_addr(msg, BFD_A_LOCAL, "2001:db8::1");
	nest = nla_nest_start(msg, BFD_A_STATISTICS);
	nla_put_u64(msg, BFD_STAT_CREATE_TIME_NS, EPOCH);
	nla_put_u64(msg, BFD_STAT_RX_PACKETS, first ? 12 : 0);
	nla_put_u64(msg, BFD_STAT_TX_PACKETS, first ? 11 : 0);
	nla_put_u64(msg, BFD_STAT_RX_INVALID, first ? 3 : 0);
	nla_put_u64(msg, BFD_STAT_TX_FAILED, first);
	nla_nest_end(msg, nest);
	return msg;
}

/*
 * Reflectors are shown and saved; one that exists is set, unless it is to answer
 * elsewhere.
 */
static void test_reflectors(void)
{
	struct run r;

	fake.answers[3] = make_reflector(false);
	fake.answers[4] = make_reflector(true);
	check_output("reflector show", "reflector.txt");
	check_output("-s reflector show", "reflector-s.txt");
	check_output("-j reflector show", "reflector.json");
	r = run("save");
	check(*after(r.out, "\nreflector replace discriminator 5 local 2001:db8::1 rx 50ms rate 100 "
		     "min-ttl 254 admin down\nreflector replace discriminator 3000000000 rx 10ms "
		     "rate 10000 min-ttl 1\n") == '\0' && strstr(r.out, "discriminator 3000000000"),
	      "save has the reflectors");
	run("reflector replace discriminator 5 local 2001:db8::1 rx 60ms");
	check_text(fake.asked, "DUMP REFLECTOR_GET\nREFLECTOR_SET LOCAL_DISCRIMINATOR=u32:5 "
		   "REQUIRED_MIN_RX_US=u32:60000 REPLY_RATE=u32:10000 MIN_TTL=u8:1 "
		   "ADMIN_DOWN=u8:0\n", "replace sets one that exists");
	run("reflector replace discriminator 5");
	check_text(fake.asked, "DUMP REFLECTOR_GET\nREFLECTOR_DEL LOCAL_DISCRIMINATOR=u32:5\n"
		   "REFLECTOR_NEW LOCAL_DISCRIMINATOR=u32:5 REQUIRED_MIN_RX_US=u32:10000 "
		   "REPLY_RATE=u32:10000 MIN_TTL=u8:1 ADMIN_DOWN=u8:0\n",
		   "but makes another where it answers elsewhere");
	nlmsg_free(fake.answers[3]);
	nlmsg_free(fake.answers[4]);
	fake.answers[3] = NULL;
	fake.answers[4] = NULL;
}

static void put_prefix(struct nl_msg *msg, int number, const char *text, uint8_t len)
{
	struct nlattr *nest = nla_nest_start(msg, number);

	put_addr(msg, BFD_PREFIX_ADDRESS, text);
	nla_put_u8(msg, BFD_PREFIX_LENGTH, len);
	nla_nest_end(msg, nest);
}

/* A policy, of two. */
static struct nl_msg *make_policy(bool first)
{
	struct nl_msg *msg = nlmsg_alloc();
	struct nlattr *list;

	genlmsg_put(msg, 0, 0, 0x20, 0, 0, BFD_CMD_UNSOLICITED_GET, 1);
	nla_put_string(msg, BFD_A_IFNAME, first ? "eth0" : "eth1");
	nla_put_u32(msg, BFD_A_IFINDEX, first ? 2 : 0);
	put_timers(msg, first ? 50000 : 300000);
	nla_put_u32(msg, BFD_A_MAX_SESSIONS, first ? 10 : 64);
	nla_put_u32(msg, BFD_A_IDLE_TIME_US, first ? 0 : 60000000);
	nla_put_u32(msg, BFD_A_SESSIONS, first ? 3 : 0);
	list = nla_nest_start(msg, BFD_A_PREFIXES);
	put_prefix(msg, 1, "10.0.0.0", 8);
	if (first)
		put_prefix(msg, 2, "2001:db8::", 32);
	nla_nest_end(msg, list);
	return msg;
}

/* Policies are shown and saved; one that exists is set. What they made is not saved. */
static void test_unsolicited(void)
{
	struct nl_msg *answer = fake.answers[1];
	struct run r;

	fake.answers[3] = make_policy(false);
	fake.answers[4] = make_policy(true);
	check_output("unsolicited show", "unsolicited.txt");
	check_output("-j unsolicited show", "unsolicited.json");
	r = run("save");
	check(*after(r.out, "\nunsolicited replace dev eth0 allow 10.0.0.0/8 allow 2001:db8::/32 "
		     "max-sessions 10 tx 50ms rx 50ms mult 3 idle 0us\n"
		     "unsolicited replace dev eth1 allow 10.0.0.0/8 max-sessions 64 tx 300ms "
		     "rx 300ms mult 3 idle 60s\n") == '\0' && strstr(r.out, "dev eth1 allow"),
	      "save has the policies");
	run("unsolicited replace dev eth1 allow 10.0.0.0/8");
	check_text(fake.asked, "DUMP UNSOLICITED_GET\nUNSOLICITED_SET IFNAME=\"eth1\" PREFIXES="
		   NET4("01", "08") " MAX_SESSIONS=u32:64 DESIRED_MIN_TX_US=u32:300000 "
		   "REQUIRED_MIN_RX_US=u32:300000 DETECT_MULT=u8:3 IDLE_TIME_US=u32:60000000\n",
		   "replace sets one that exists");
	nlmsg_free(fake.answers[3]);
	nlmsg_free(fake.answers[4]);
	fake.answers[3] = NULL;
	fake.answers[4] = NULL;

	fake.answers[1] = make_session(BFD_CMD_SESSION_GET, true);
	nla_put_u8(fake.answers[1], BFD_A_UNSOLICITED, 1);
	r = run("session show peer 10.0.0.2");
	check(strstr(r.out, " unsolicited "), "a session that a policy made says so");
	r = run("save");
	check(r.status == 0 && !strstr(r.out, "305419896"), "and is not saved");
	run("session replace peer 10.0.0.2 dev eth0");
	check(strstr(fake.asked, "\nNEW PEER=10.0.0.2/4 IFNAME=\"eth0\""), "replace adds another");
	nlmsg_free(fake.answers[1]);
	fake.answers[1] = answer;
}

/* An S-BFD session is shown as one, and saved with what its type has. */
static void test_sbfd(void)
{
	struct nl_msg *answer = fake.answers[0];
	struct run r;

	fake.answers[0] = make_session(BFD_CMD_SESSION_GET, true);
	nla_put_u8(fake.answers[0], BFD_A_TYPE, BFD_TYPE_SBFD);
	nla_put_u8(fake.answers[0], BFD_A_MIN_TTL, 1);
	r = run("-j session");
	check(strstr(r.out, "\"type\":\"sbfd\"") &&
	      strstr(r.out, "\"remote-discriminator\":2596069104"),
	      "JSON says of which type it is");
	r = run("save");
	check(strstr(r.out, "session replace peer 10.0.0.2 dev eth0 sbfd remote-discriminator "
		     "2596069104 tx 50ms mult 3 "), "a batch has what makes it one");
	nlmsg_free(fake.answers[0]);
	fake.answers[0] = answer;
}

/* One table for each moment, of whatever the terminal's size would be. */
static void test_top(void)
{
	struct run r;

	check_output("top 100ms count 1", "top.txt");
	check_output("-j top 100ms count 1", "top.json");
	check_text(fake.asked, "DUMP GET\nSTATS\nDUMP GET\nSTATS\n", "two looks make a rate");
	r = run("-j top 100ms count 2");
	check(!strncmp(after(r.out, "\n"), "[{", 2) && !*after(after(r.out, "\n"), "\n"),
	      "as many arrays as tables");
	check(!strstr(run("top 100ms count 1").out, "\033"), "and no escapes where no terminal is");
}

/* Puts another number in a statistic of an answer. */
static void set_stat(struct nl_msg *msg, int attr, uint64_t value)
{
	struct nlattr *nest = nlmsg_find_attr(nlmsg_hdr(msg), GENL_HDRLEN, BFD_A_STATISTICS);

	memcpy(nla_data(nla_find(nla_data(nest), nla_len(nest), attr)), &value, sizeof(value));
}

/* Packets a second, of what both looks saw; what began anew is not known. */
static void test_rates(void)
{
	struct tool tool = { .name = "bfdctl" };
	struct sample before, now, none = { 0 };

	check(!sample_take(&tool, &before) && before.count == 2, "a look sees all sessions");
	set_stat(fake.answers[1], BFD_STAT_RX_PACKETS, 2024 + 41);
	set_stat(fake.answers[0], BFD_STAT_TX_PACKETS, 4);
	check(!sample_take(&tool, &now), "and so does another one");
	now.at_ns = before.at_ns + 2000 * MSEC;
	now.drops += 7;
	sample_compare(&now, &before);
	check(now.rows[1].id == 305419896 && now.rows[1].rx_rate == 21 && !now.rows[1].tx_rate,
	      "41 packets in 2 s are 21 a second, to the nearest");
	check(now.rows[0].id == 7 && !now.rows[0].rx_rate && now.rows[0].tx_rate == RATE_UNKNOWN,
	      "what counts less than before is not known");
	check(now.rx_rate == 21 && !now.tx_rate && now.drop_rate == 4, "the sums are of these");
	check(now.states[BFD_STATE_UP] == 1 && now.states[BFD_STATE_DOWN] == 1, "by state");

	now.rx_rate = RATE_UNKNOWN;
	sample_compare(&now, &none);
	check(now.rx_rate == RATE_UNKNOWN, "without a look before it there are no rates");
	before.rows[1].id++;
	now.rows[1].rx_rate = RATE_UNKNOWN;
	sample_compare(&now, &before);
	check(now.rows[1].rx_rate == RATE_UNKNOWN && !now.rx_rate, "nor of a session that is new");

	set_stat(fake.answers[1], BFD_STAT_RX_PACKETS, 2024);
	set_stat(fake.answers[0], BFD_STAT_TX_PACKETS, 5);
	sample_free(&before);
	sample_free(&now);
	channel_close(tool.channel);
}

static struct nl_msg *make_seen(uint32_t id, uint8_t state, int64_t margin, uint64_t misses,
				uint64_t flaps)
{
	struct nl_msg *msg = nlmsg_alloc();
	struct nlattr *nest;

	genlmsg_put(msg, 0, 0, 0x20, 0, 0, BFD_CMD_SESSION_GET, 1);
	nla_put_u32(msg, BFD_A_LOCAL_DISCRIMINATOR, id);
	nla_put_u8(msg, BFD_A_STATE, state);
	nla_put_u64(msg, BFD_A_DETECTION_TIME_US, 1000);
	nest = nla_nest_start(msg, BFD_A_STATISTICS);
	if (margin >= 0)
		nla_put_u64(msg, BFD_STAT_DETECTION_MARGIN_MIN_US, margin);
	nla_put_u64(msg, BFD_STAT_NEAR_MISSES, misses);
	nla_put_u64(msg, BFD_STAT_DOWN_COUNT, flaps);
	nla_nest_end(msg, nest);
	return msg;
}

/* State first, then what was left of the detection time, misses, flaps. */
static void test_worst(void)
{
	static const uint32_t order[] = { 9, 3, 8, 2, 1, 5, 4, 6, 7 };
	struct nl_msg *answers[COUNT(fake.answers)];
	struct tool tool = { .name = "bfdctl" };
	struct sample sample;
	bool ok;
	size_t i;

	memcpy(answers, fake.answers, sizeof(answers));
	memset(fake.answers, 0, sizeof(fake.answers));
	fake.answers[0] = make_seen(1, BFD_STATE_UP, 500, 0, 2);
	fake.answers[1] = make_seen(2, BFD_STATE_UP, 499, 0, 0);
	fake.answers[2] = make_seen(3, BFD_STATE_DOWN, -1, 0, 0);
	fake.answers[3] = make_seen(4, BFD_STATE_UP, 500, 0, 1);
	fake.answers[4] = make_seen(5, BFD_STATE_UP, 500, 0, 2);
	fake.answers[5] = make_seen(6, BFD_STATE_UP, -1, 0, 9);
	fake.answers[6] = make_seen(7, BFD_STATE_ADMIN_DOWN, 0, 9, 9);
	fake.answers[7] = make_seen(8, BFD_STATE_INIT, 900, 0, 0);
	fake.answers[8] = make_seen(9, BFD_STATE_DOWN, -1, 1, 0);
	ok = !sample_take(&tool, &sample) && sample.count == COUNT(order);
	for (i = 0; ok && i < COUNT(order); i++)
		ok = sample.worst[i]->id == order[i];
	check(ok, "the worst sessions come first");
	sample_free(&sample);
	channel_close(tool.channel);
	fake_release();
	memcpy(fake.answers, answers, sizeof(answers));
}

/* As bfdctl, for those who have a terminal to run it on. */
static int run_as_tool(int argc, char **argv)
{
	fake.answers[0] = make_session(BFD_CMD_SESSION_GET, false);
	fake.answers[1] = make_session(BFD_CMD_SESSION_GET, true);
	fake.answers[2] = make_seen(3, BFD_STATE_UP, 100, 1, 0);
	fake.refusal = getenv("BFD_TEST_REFUSAL");
	return tool_under_test(argc, argv);
}

static struct nl_msg *make_event(uint8_t event, bool up)
{
	struct nl_msg *msg = make_session(BFD_CMD_SESSION_NTF, up);

	nla_put_u8(msg, BFD_A_EVENT, event);
	nla_put_u64(msg, BFD_A_TIMESTAMP_NS, EPOCH);
	if (event == BFD_EVENT_STATE) {
		nla_put_u8(msg, BFD_A_OLD_STATE, up ? BFD_STATE_INIT : BFD_STATE_UP);
		if (!up)
			nla_put_u32(msg, BFD_A_DETECTION_LATENCY_US, 85);
	}
	return msg;
}

static int counter_value(int attr)
{
	return attr % 3 ? 0 : attr * 1000;
}

static struct nl_msg *make_counters(void)
{
	struct nl_msg *msg = nlmsg_alloc();
	struct nlattr *nest;
	int i;

	genlmsg_put(msg, 0, 0, 0x20, 0, 0, BFD_CMD_STATS_GET, 1);
	nest = nla_nest_start(msg, BFD_A_COUNTERS);
	/* The last is left out, as by a kernel that does not have it. */
	for (i = BFD_COUNTER_PAD + 1; i < BFD_COUNTER_MAX; i++)
		nla_put_u64(msg, i, counter_value(i));
	nla_nest_end(msg, nest);
	return msg;
}

static void test_output(void)
{
	/* As a hash would give them; they are printed in order. */
	fake.answers[0] = make_session(BFD_CMD_SESSION_GET, false);
	fake.answers[1] = make_session(BFD_CMD_SESSION_GET, true);
	fake.answers[2] = make_counters();

	check_output("session", "show.txt");
	check_output("-s session", "show-s.txt");
	setenv("LC_ALL", "C.UTF-8", 1);
	check_output("-s session", "show-s-blocks.txt");
	setenv("LC_ALL", "C", 1);
	check_output("-c session", "show-c.txt");
	check_output("-j session", "show.json");
	check_output("-j -p -s session", "show-s.json");
	check_output("save", "save.txt");
}

/* Names and texts are the header's; the last is one the kernel does not have. */
static void test_stats(void)
{
	static struct counter_line lines[] = {
#define LINE(attr, name, text) { name, text, BFD_COUNTER_##attr },
		BFD_COUNTERS(LINE)
#undef LINE
	};
	size_t i;

	for (i = 0; i < COUNT(lines); i++)
		lines[i].value = counter_value(lines[i].value);
	check_counters(lines, COUNT(lines) - 1, "", "");
}

static void test_monitor(void)
{
	fake.events[0] = make_event(BFD_EVENT_NEW, false);
	fake.events[1] = make_event(BFD_EVENT_STATE, true);
	fake.events[2] = make_event(BFD_EVENT_SET, true);
	fake.events[3] = make_event(BFD_EVENT_STATE, false);
	fake.events[4] = make_event(BFD_EVENT_DEL, false);
	check_monitor("monitor", "bfd", "monitor.txt");
	check_monitor("-t -s monitor", "bfd", "monitor-s.txt");
	check_monitor("-j monitor", "bfd", "monitor.json");
}

static void test_lost_events(void)
{
	struct run r;

	fake.overflow = true;
	r = run("monitor");
	check(!strncmp(r.out, "lost  events; the sessions are now:\n", 36),
	      "an overflow of the socket is told");
	check(!strncmp(after(r.out, "now:\n"), "sync  up         peer 10.0.0.2", 30),
	      "and the sessions are read anew");
	check_text(fake.asked, "JOIN\nDUMP GET\n", "which asks for them once");

	fake.overflow = true;
	r = run("-j monitor");
	check(!strncmp(r.out, "{\"event\":\"lost\",\"timestamp\":", 28) &&
	      !strncmp(after(after(r.out, "\"timestamp\":"), ","), "\"count\":null}\n", 14),
	      "an overflow of unknown size is null in JSON");

	nlmsg_free(fake.events[1]);
	fake.events[1] = make_event(BFD_EVENT_SET, true);
	nla_put_u32(fake.events[1], BFD_A_EVENTS_LOST, 5);
	r = run("monitor");
	check(*after(r.out, "\nlost  5 events; the sessions are now:\n"),
	      "what the kernel lost is told with its number");
}

/* A file in /tmp that holds @text; its name is there until the next but one. */
static const char *make_file(const char *text, int mode)
{
	static char paths[2][32];
	static int next;
	char *path = paths[next++ % 2];
	int fd;

	strcpy(path, "/tmp/bfdctl-test-XXXXXX");
	fd = mkstemp(path);
	if (write(fd, text, strlen(text)) != (ssize_t)strlen(text) || fchmod(fd, mode))
		abort();
	close(fd);
	return path;
}

/* What a file holds, or "none", until the next call. */
static const char *text_of(const char *path)
{
	static char text[4096];
	FILE *file = fopen(path, "r");

	if (!file)
		return "none";
	text[fread(text, 1, sizeof(text) - 1, file)] = '\0';
	fclose(file);
	return text;
}

/* Events as in test_monitor(), of two sessions; the kernel knows both. */
static void test_exec(void)
{
	const char *script, *out;
	char line[128];
	struct run r;

	script = make_file("#!/bin/sh\n"
			   "[ $BFD_LOCAL_DISCRIMINATOR = 7 ] || exit 0\n"
			   "echo $BFD_EVENT $BFD_LOCAL_STATE $BFD_FROM $BFD_TO $BFD_PEER $BFD_LOCAL"
			   " dev=$BFD_DEV $BFD_VRF $BFD_TYPE $BFD_LOCAL_DIAGNOSTIC $BFD_REMOTE_STATE"
			   " $BFD_DETECTION_LATENCY $BFD_STATISTICS_DOWN_COUNT $BFD_TIMESTAMP"
			   " >> $OUT\n", 0755);
	out = make_file("", 0644);
	setenv("OUT", out, 1);

	snprintf(line, sizeof(line), "monitor exec %s", script);
	r = run(line);
	check(r.status == 2 && !*r.out, "%s prints nothing", line);
	check_text(r.err, "Error: bfd.ko was unloaded.\n", "but that it is over");
	check_text(fake.asked, "JOIN\nDUMP GET\n", "having asked how sessions are");
	check_text(text_of(out),
		   "add down 2001:db8::2 2001:db8::1 dev= blue multihop control-expiry admin-down "
		   "0 1772532000123456789\n"
		   "state down up down 2001:db8::2 2001:db8::1 dev= blue multihop control-expiry "
		   "admin-down 85 0 1772532000123456789\n"
		   "del down 2001:db8::2 2001:db8::1 dev= blue multihop control-expiry admin-down "
		   "0 1772532000123456789\n", "all there is is in the environment");

	fake.overflow = true;
	snprintf(line, sizeof(line), "monitor --exec %s initial timeout 0 jobs 1", script);
	if (truncate(out, 0))
		abort();
	run(line);
	check(!strncmp(text_of(out), "sync down 2001:db8::2", 21), "initial begins with what is");
	check(!*after(text_of(out), "\n"), "and a loss in which nothing changed is not told");

	fake.overflow = true;
	fake.fleeting = true;
	snprintf(line, sizeof(line), "monitor exec %s", script);
	if (truncate(out, 0))
		abort();
	run(line);
	check_text(text_of(out), "del down 2001:db8::2 dev=\n", "what vanished in it is told");
	fake.fleeting = false;
	unlink(out);
	unlink(script);
}

/* What the file holds when all is known and @event of session 7 was read. */
static void check_track(const char *words, struct nl_msg *event, const char *want)
{
	struct nl_msg *events[COUNT(fake.events)];
	const char *path = make_file("old", 0644);
	char line[256];
	struct run r;

	memcpy(events, fake.events, sizeof(events));
	memset(fake.events, 0, sizeof(fake.events));
	fake.events[0] = event;
	snprintf(line, sizeof(line), "monitor track-file %s %s", path, words);
	fake.sigterm = true;
	r = run(line);
	fake.sigterm = false;
	check_text(text_of(path), want, "%s", line);
	check(!r.status && !*r.out && !*r.err, "prints nothing, and SIGTERM leaves it so");
	r = run(line);
	check(r.status == 2 && atoi(text_of(path)), "without the module there are no sessions");
	if (event)
		nlmsg_free(event);
	memcpy(fake.events, events, sizeof(events));
	unlink(path);
}

static struct nl_msg *make_change(uint8_t state, uint8_t remote)
{
	struct nl_msg *msg = make_session(BFD_CMD_SESSION_NTF, false);
	struct nlattr *nla = nlmsg_find_attr(nlmsg_hdr(msg), GENL_HDRLEN, BFD_A_STATE);

	*(uint8_t *)nla_data(nla) = state;
	nla_put_u8(msg, BFD_A_REMOTE_STATE, remote);
	nla_put_u8(msg, BFD_A_OLD_STATE, BFD_STATE_UP);
	nla_put_u8(msg, BFD_A_EVENT, BFD_EVENT_STATE);
	nla_put_u64(msg, BFD_A_TIMESTAMP_NS, EPOCH);
	return msg;
}

static void test_track(void)
{
	struct nl_msg *answers[2] = { fake.answers[0], fake.answers[1] };

	/* 10.0.0.2 is up; 2001:db8::2 is another session, id 7. */
	check_track("peer 10.0.0.2", NULL, "0\n");
	check_track("peer 10.0.0.2 dev eth0 peer 2001:0db8::2 local 2001:db8::1 vrf blue multihop",
		    make_change(BFD_STATE_UP, BFD_STATE_UP), "0\n");
	check_track("peer 10.0.0.2 dev eth1", NULL, "-254\n");
	check_track("peer 10.0.0.2 multihop weight -5", NULL, "-5\n");
	check_track("peer 10.0.0.2 remote-discriminator 2596069104", NULL, "0\n");
	check_track("peer 10.0.0.2 remote-discriminator 7 weight -6", NULL, "-6\n");
	check_track("peer 10.0.0.2 sbfd weight -7", NULL, "-7\n");
	check_track("id 7", make_change(BFD_STATE_DOWN, BFD_STATE_DOWN), "-254\n");
	check_track("id 7 weight -10 peer 10.0.0.2 weight 3",
		    make_change(BFD_STATE_DOWN, BFD_STATE_UP), "-10\n");
	check_track("id 7 weight -10 id 8 weight -20 id 9 weight 7",
		    make_change(BFD_STATE_DOWN, BFD_STATE_UP), "-23\n");
	check_track("id 7 id 8", make_change(BFD_STATE_DOWN, BFD_STATE_UP), "-254\n");
	check_track("id 7", make_change(BFD_STATE_ADMIN_DOWN, BFD_STATE_UP), "0\n");
	check_track("id 7", make_change(BFD_STATE_DOWN, BFD_STATE_ADMIN_DOWN), "0\n");
	check_track("id 7 id 305419896", make_event(BFD_EVENT_DEL, false), "-254\n");

	/* On its way up it is as it was: not known, well. */
	fake.answers[0] = answers[1];
	fake.answers[1] = NULL;
	check_track("id 7", make_change(BFD_STATE_INIT, BFD_STATE_DOWN), "-254\n");
	fake.answers[1] = make_change(BFD_STATE_DOWN, BFD_STATE_ADMIN_DOWN);
	genlmsg_hdr(nlmsg_hdr(fake.answers[1]))->cmd = BFD_CMD_SESSION_GET;
	check_track("id 7", make_change(BFD_STATE_INIT, BFD_STATE_DOWN), "0\n");
	nlmsg_free(fake.answers[1]);
	memcpy(fake.answers, answers, sizeof(answers));

	/* It is up, and then events are lost; in one case it vanished. */
	fake.overflow = true;
	check_track("peer 10.0.0.2 weight -1", NULL, "0\n");
	fake.overflow = true;
	fake.fleeting = true;
	check_track("peer 10.0.0.2 weight -1", NULL, "-1\n");
	fake.fleeting = false;

	check(*after(run("monitor track-file /no/such/file id 7").err,
		     "Warning: cannot write \"/no/such/file\": No such file or directory.\n"),
	      "a file that cannot be written is said");
}

static void test_batch(void)
{
	check_batch("", "session add peer 10.0.0.2\n# none\n\nsession add \\\n peer 10.0.0.3\n", 0,
		    "NEW PEER=10.0.0.2/4\nNEW PEER=10.0.0.3/4\n", "");
	check_batch("", "session add peer 10.0.0.2\n\nsession add\nsession del all\n", 1,
		    "NEW PEER=10.0.0.2/4\n", ":3: session add: \"peer\" is missing.\n");
	check_batch("-force", "session add\nsession del all\n", 1, "DEL\n",
		    ":1: session add: \"peer\" is missing.\n");
	check_batch("", "-j session\n", 1, "",
		    ":1: options stand on the command line of the batch.\n");
	fake.refusal = "no";
	check_batch("", "\nsession add peer 10.0.0.2\n", 2, "NEW PEER=10.0.0.2/4\n", ":2: no.\n");
	fake.refusal = NULL;
}

/*
 * A saved batch asks for the sessions it was made of, unless they are there;
 * one that is not as it was is set, and keeps its discriminator.
 */
static void test_restore(void)
{
	struct nl_msg *answers[2] = { fake.answers[0], fake.answers[1] };
	struct run r = run("save");
	char *text = strdup(r.out);

	check_batch("", text, 0,
		    "DUMP GET PEER=10.0.0.2/4 IFNAME=\"eth0\"\n"
		    "DUMP GET PEER=2001:db8::2/16 LOCAL=2001:db8::1/16 VRF=\"blue\" TYPE=u8:1\n",
		    "");

	fake.answers[0] = NULL;
	check_batch("", text, 0,
		    "DUMP GET PEER=10.0.0.2/4 IFNAME=\"eth0\"\n"
		    "NEW PEER=10.0.0.2/4 IFNAME=\"eth0\" DESIRED_MIN_TX_US=u32:50000 "
		    "REQUIRED_MIN_RX_US=u32:50000 DETECT_MULT=u8:3 PASSIVE=u8:0 ADMIN_DOWN=u8:0 "
		    "REROUTE=u8:0 DEMAND=u8:1 DEMAND_POLL_US=u32:1000000 "
		    "HOLD_UP_US=u32:5000000 HOLD_UP_MAX_US=u32:60000000 PADDED_PDU_SIZE=u32:1500 "
		    "DESIRED_MIN_ECHO_TX_US=u32:10000 REQUIRED_MIN_ECHO_RX_US=u32:30000 "
		    "ECHO_SLOW_US=u32:2000000 "
		    "AUTH_KEYS=14000180" TYPE("05") ID("07") "14000280" TYPE("02") ID("fa") " "
		    "LOCAL_DISCRIMINATOR=u32:305419896\n"
		    "DUMP GET PEER=2001:db8::2/16 LOCAL=2001:db8::1/16 VRF=\"blue\" TYPE=u8:1\n"
		    "NEW PEER=2001:db8::2/16 LOCAL=2001:db8::1/16 VRF=\"blue\" TYPE=u8:1 "
		    "DESIRED_MIN_TX_US=u32:300000 REQUIRED_MIN_RX_US=u32:300000 DETECT_MULT=u8:3 "
		    "PASSIVE=u8:1 ADMIN_DOWN=u8:0 DEMAND=u8:0 DEMAND_POLL_US=u32:1000000 "
		    "HOLD_UP_US=u32:0 HOLD_UP_MAX_US=u32:0 PADDED_PDU_SIZE=u32:0 MIN_TTL=u8:250 "
		    "LOCAL_DISCRIMINATOR=u32:7\n", "");
	free(text);

	fake.answers[0] = answers[0];
	run("session replace peer 10.0.0.2 dev eth0 tx 50ms rx 50ms mult 4 discriminator 9");
	check(*after(fake.asked, "SET PEER=10.0.0.2/4 IFNAME=\"eth0\" DESIRED_MIN_TX_US=u32:50000 "
		     "REQUIRED_MIN_RX_US=u32:50000 DETECT_MULT=u8:4 PASSIVE=u8:0 ADMIN_DOWN=u8:0 "
		     "REROUTE=u8:0 DEMAND=u8:0 DEMAND_POLL_US=u32:1000000 "
		     "HOLD_UP_US=u32:0 HOLD_UP_MAX_US=u32:0 PADDED_PDU_SIZE=u32:0"),
	      "replace sets what differs");
	check(!strstr(fake.asked, "LOCAL_DISCRIMINATOR"), "but not the discriminator");
	run("session replace peer 10.0.0.2 tx 50ms rx 50ms");
	check(*after(fake.asked, "NEW PEER=10.0.0.2/4 "), "one on a device is not one on none");
}

/* Up that is kept back: show has both states, whoever acts on it has one. */
static void test_held(void)
{
	struct nl_msg *msg = nlmsg_alloc(), *answers[2] = { fake.answers[0], fake.answers[1] };
	struct run r;

	genlmsg_put(msg, 0, 0, 0x20, 0, 0, BFD_CMD_SESSION_GET, 1);
	put_addr(msg, BFD_A_PEER, "10.0.0.2");
	nla_put_u32(msg, BFD_A_LOCAL_DISCRIMINATOR, 9);
	nla_put_u8(msg, BFD_A_STATE, BFD_STATE_UP);
	nla_put_u8(msg, BFD_A_REPORTED_STATE, BFD_STATE_INIT);
	nla_put_u32(msg, BFD_A_HELD_LEFT_US, 3200000);
	fake.answers[0] = msg;
	fake.answers[1] = NULL;
	r = run("session show");
	check(strstr(r.out, "up         peer 10.0.0.2") && strstr(r.out, " held 3.2s"),
	      "a session that is held says so");
	r = run("-j session show");
	check(strstr(r.out, "\"local-state\":\"up\"") &&
	      strstr(r.out, "\"held-time-left\":3200000,\"reported-state\":\"init\""),
	      "and what listeners know");
	nlmsg_free(msg);
	fake.answers[0] = answers[0];
	fake.answers[1] = answers[1];
}

/* A secret of a file, and where the file is, which a saved configuration tells. */
static void test_key_file(void)
{
	const char *path = make_file("twenty-letters-a-key\n", 0600);
	struct nl_msg *answer = fake.answers[1];
	char line[256], want[256] = "";
	struct run r;
	size_t i;

	snprintf(line, sizeof(line),
		 "session replace peer 10.0.0.2 dev eth0 tx 50ms rx 50ms auth meticulous-sha1 key-id 7 "
		 "key-file %s auth md5 key-id 250", path);
	run(line);
	for (i = 0; i < strlen(path); i++)
		snprintf(want + 2 * i, sizeof(want) - 2 * i, "%02x", path[i]);
	check(*after(fake.asked, "180003007477656e74792d6c6574746572732d612d6b6579"),
	      "a key of a file is sent without its newline");
	check(*after(fake.asked, want), "with the name of the file");
	check(*after(fake.asked, "SET "), "though the session has one of this type and id");
	unlink(path);

	run("session replace peer 10.0.0.2 dev eth0 tx 50ms rx 50ms auth md5 key-id 250 "
	    "auth meticulous-sha1 key-id 7");
	check(*after(fake.asked, "SET "), "the order of keys is a difference");
	run("session replace peer 10.0.0.2 dev eth0 tx 50ms rx 50ms auth meticulous-sha1 key-id 7");
	check(*after(fake.asked, "SET "), "and so is their number");
	run("session replace peer 10.0.0.2 dev eth0 tx 50ms rx 50ms");
	check(strstr(fake.asked, " AUTH_KEYS=\n"), "and that there are any");

	key_file = "/etc/bfd/the key";
	fake.answers[1] = make_session(BFD_CMD_SESSION_GET, true);
	r = run("save");
	check(*after(r.out, " auth meticulous-sha1 key-id 7 key-file \"/etc/bfd/the key\" auth md5 "
		     "key-id 250 discriminator"), "save names the file");
	r = run("-j session");
	check(*after(r.out, "\"key-file\":\"/etc/bfd/the key\"},{\"type\":\"md5\",\"key-id\":250,"
		     "\"key-file\":null}]"), "and so does JSON");
	nlmsg_free(fake.answers[1]);
	fake.answers[1] = answer;
	key_file = NULL;
}

/* What a program asked for is shown to be its, and not saved. */
static void test_owner(void)
{
	struct nl_msg *answer = fake.answers[1];
	struct run r;

	fake.answers[1] = make_session(BFD_CMD_SESSION_GET, true);
	nla_put_string(fake.answers[1], BFD_A_OWNER, "frr");
	r = run("session show");
	check(strstr(r.out, " owner frr "), "an owner is shown");
	r = run("save");
	check(!strstr(r.out, "10.0.0.2") && strstr(r.out, "2001:db8::2"),
	      "what has an owner is not saved");
	nlmsg_free(fake.answers[1]);
	fake.answers[1] = answer;
}

int main(int argc, char **argv)
{
	setenv("NO_COLOR", "1", 1);
	fake.commands = commands;
	fake.attrs = attrs;
	if (argc > 1)
		return run_as_tool(argc, argv);
	check_requests(requests, COUNT(requests));
	check_usage_errors(usage_errors, COUNT(usage_errors));
	test_refusals();
	test_help();
	test_output();
	test_stats();
	test_top();
	test_rates();
	test_worst();
	test_monitor();
	test_exec();
	test_track();
	test_lost_events();
	test_batch();
	test_restore();
	test_held();
	test_key_file();
	test_owner();
	test_reflectors();
	test_unsolicited();
	test_sbfd();
	check_examples("bfdctl");
	fake_release();
	return unit_done();
}
