#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# 802.1X, as users see it. Runs in the guest, see run.

. "$(dirname "$0")/../selftests/dot1x_lib.sh"
. "$(dirname "$0")/../interop/radius_lib.sh"
. "$(dirname "$0")/lib.sh"

N=2000
PRINTER=$SUP2

topology()
{
	local dev host

	silent sup printer aut lan
	link sup eth0 $SUP aut lan1 $P1
	link printer eth0 $PRINTER aut lan2 $P2
	link lan eth0 $LAN aut up1 $UP1
	ip -n aut link add br0 address $BR type bridge forward_delay 0 mcast_snooping 0
	for dev in lan1 lan2 up1; do
		ip -n aut link set $dev master br0 up
	done
	ip -n aut link set br0 up
	ip -n sup addr add 10.0.0.1/24 dev eth0
	ip -n lan addr add 10.0.0.2/24 dev eth0
	ip -n printer addr add 10.0.0.3/24 dev eth0
	for host in sup printer lan; do
		ip -n $host link set eth0 up
	done
	wait_until forwarding
	make_rad
}

# Who may come in, in FreeRADIUS's words
write_users()
{
	cat > $RAD/users <<-END
		user	Cleartext-Password := "password"
		${PRINTER//:/}	Cleartext-Password := "${PRINTER//:/}"
	END
}

configure()
{
	in_memory freeradius wpa_supplicant wpa_cli openssl dot1xd tcpdump ping sort \
		/usr/lib/freeradius/*.so
	find /usr/share/freeradius -type f -exec touch {} +
	make_certificates
	freeradius_start || die "no FreeRADIUS"
	mkdir -p /etc/dot1x
	(umask 077; echo "radius 10.99.0.2 secret $SECRET" > /etc/dot1x/dot1xd.conf)
}

# pings NETNS: how many of three come back, in $replies
pings()
{
	local sum

	sum=$(ip netns exec "$1" ping -q -c 3 10.0.0.2 | grep transmitted)
	printf '\n    # ip netns exec %s ping -q -c 3 10.0.0.2\n    %s\n' "$1" "$sum"
	replies=$(sed 's/.* \([0-9]*\) received.*/\1/' <<< "$sum")
}

stranger()
{
	start flood_in sup frame_flood eth0 $IN_FLOW
	start flood_out lan frame_flood eth0 $OUT_FLOW
	ask flood_in set src=random dst=$LAN own=$BR
	ask flood_out set src=$LAN dst=$SUP own=$BR
	counts seen_lan lan -i
	counts seen_aut aut -x lan1
	counts seen_sup sup -i
}

# send in|out KINDS: N frames, and time to arrive
send()
{
	ask "flood_$1" set kinds="$2" && ask "flood_$1" burst $N && [[ $ANSWER = "ok $N" ]] ||
		die "not all of $N frames went out"
	pass_time 1
}

# stranger_sends KINDS: how many lan sees, and aut itself, behind the gate
stranger_sends()
{
	local lan_before aut_before

	lan_before=$(passed seen_lan $IN_FLOW)
	aut_before=$(passed seen_aut $IN_FLOW)
	send in "$1"
	lan=$(($(passed seen_lan $IN_FLOW) - lan_before))
	aut=$(($(passed seen_aut $IN_FLOW) - aut_before))
	echo
	echo "    a stranger on the wire of lan1 sends $N frames:   lan sees $lan, aut itself $aut"
}

# lan_sends KINDS: how many are seen on the wire of lan1
lan_sends()
{
	local before

	before=$(passed seen_sup $OUT_FLOW)
	send out "$1"
	sup=$(($(passed seen_sup $OUT_FLOW) - before))
	echo "    lan sends $N frames to that wire:                 sup sees $sup"
}

# From here on every EAPOL and RADIUS packet and every event is kept
watch()
{
	dot1xctl -n aut -j monitor > /tmp/events &
	monitor=$!
	ip netns exec aut tcpdump -i any --time-stamp-precision=nano -w /tmp/wire \
		'ether proto 0x888e or udp port 1812' 2> /tmp/capture &
	capture=$!
	wait_until grep -q listening /tmp/capture
	pass_time 1
}

watched()
{
	pass_time 1
	kill $monitor $capture
	wait $monitor $capture
	{
		tcpdump -n -tt --nano -v -r /tmp/wire 'ether proto 0x888e'
		tcpdump -n -tt --nano -r /tmp/wire 'udp port 1812'
	} 2> /dev/null | grep '^[0-9]' | sort > /tmp/packets
}

# packet PATTERN: when the first such one was on the wire, in ns
packet() { sed -n "/$1/{s/ .*//;s/\.//p;q}" /tmp/packets; }

# event OBJECT STATUS: when that became so
event() { value timestamp "$(grep "\"object\":\"$1\".*\"to\":\"$2\"" /tmp/events)"; }

# The program is there before the link is, as when a laptop gets its cable. It sets eth0
# up itself, so lan1 is down meanwhile
plug_in()
{
	ip -n aut link set lan1 down
	supplicant peap
	pass_time 3
	ip -n sup link set eth0 down
	ip -n aut link set lan1 up
	watch
	ip -n sup link set eth0 up
	wait_until authorized lan1
	watched
}

let_in()
{
	local asked open success rounds

	asked=$(packet "Request (1)")
	open=$(event port authorized)
	success=$(packet "Success (3)")
	rounds=$(grep -c Access-Challenge /tmp/packets)
	echo
	moment "$asked" "$asked" "the link is up, and the port asks: EAP-Request/Identity"
	moment "$(packet "Response (2)")" "$asked" "wpa_supplicant answers: \"peap\""
	moment "$(packet Access-Request)" "$asked" "dot1xd asks FreeRADIUS: Access-Request"
	echo "              ... $rounds rounds: a TLS tunnel, MSCHAPv2 inside"
	moment "$(packet Access-Accept)" "$asked" "FreeRADIUS: Access-Accept"
	moment "$open" "$asked" "port authorized"
	moment "$(event client authorized)" "$asked" "client authorized"
	moment "$success" "$asked" "EAP-Success is on the wire"
	expect "open && open < success" "the port was open before EAP-Success left"
}

log_off()
{
	local logoff closed

	watch
	show ip netns exec sup wpa_cli -p /tmp/wpa.eth0 -i eth0 logoff
	watched
	logoff=$(packet "EAPOL logoff")
	closed=$(event port unauthorized)
	echo
	moment "$logoff" "$logoff" "EAPOL-Logoff is on the wire"
	moment "$closed" "$logoff" "port unauthorized"
	expect "logoff && closed >= logoff && closed - logoff < 1000000" \
		"the port was shut within 1 ms of EAPOL-Logoff"
}

start_dot1xd()
{
	printf '\n    # ip netns exec aut dot1xd -f -c /etc/dot1x/dot1xd.conf &\n'
	ip netns exec aut dot1xd -f -c /etc/dot1x/dot1xd.conf > /tmp/dot1xd.log 2>&1 &
	dot1xd=$!
	wait_until counter_is agent true
}

kill_dot1xd()
{
	printf '\n    # kill -9 %s                  (dot1xd)\n' '$(pidof dot1xd)'
	kill -9 $dot1xd
	wait $dot1xd 2> /dev/null
	wait_until counter_is agent false
}

cat <<'END'

            sup                          aut                         lan
   +----------------+           +----------------------+        +----------+
   | wpa_supplicant |-----------| lan1            up1  |--------| 10.0.0.2 |
   | 10.0.0.1       | eth0      |       bridge         |   eth0 +----------+
   +----------------+           |                      |
          printer               |      dot1x.ko        |             rad
   +----------------+           |      dot1xd          |        +------------+
   | 10.0.0.3       |-----------| lan2             mg  |--------| FreeRADIUS |
   +----------------+ eth0      +----------------------+   eth0 +------------+

A switch, aut. Whoever is on the wire of lan1 shall prove who he is before any frame of
his gets further, and before he sees any: IEEE 802.1X.
END
insmod "$MODULES_DIR/dot1x.ko" || die "no dot1x.ko"
topology
configure
stranger

title "Before: a switch lets everybody in"
pings sup
stranger_sends ipv4
lan_sends ipv4
expect "replies == 3" "before: ping passes"
expect "lan == N && sup == N" "before: so do a stranger's frames, and those to him"

title "The port is put under control: it is shut when the command returns"
show dot1xctl -n aut port add dev lan1
pings sup
stranger_sends all
lan_sends all
expect "replies == 0" "shut: no ping"
expect "lan == 0 && aut == 0 && sup == 0" "shut: of $N frames of every kind none passes, each way"

title "dot1xd is started, and a cable with wpa_supplicant at its end is plugged in"
show cat /etc/dot1x/dot1xd.conf
show cat $RAD/users
start_dot1xd
plug_in
show cat /tmp/wpa.eth0.conf
let_in
show dot1xctl -n aut port show dev lan1
show dot1xctl -n aut client show
expect "$(client_is method dot1x $SUP lan1 && echo 1)" "wpa_supplicant is in by PEAP-MSCHAPv2"
pings sup
expect "replies == 3" "in: ping passes"
stranger_sends all
expect "lan == 0 && aut == 0" "in: a stranger on the same wire is not"

title "dot1xd is killed, and started again: the kernel knows who is in"
kill_dot1xd
pings sup
expect "replies == 3" "ping passes while dot1xd is dead"
start_dot1xd
pings sup
show dot1xctl -n aut client show
expect "replies == 3 && $(port auth-success lan1) == 1" \
	"with the new dot1xd nobody had to prove anything again"

title "Logoff"
log_off
pings sup
expect "replies == 0" "logged off: no ping"

title "A printer that knows no 802.1X: FreeRADIUS is asked about its MAC address"
show dot1xctl -n aut port add dev lan2 mab first
pings printer
show dot1xctl -n aut client show dev lan2
expect "replies == 3 && $(client_is method mab $PRINTER lan2 && echo 1)" "the printer is in by MAB"

verdict 13
