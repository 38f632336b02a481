# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# What every peer is put through. Each function is one story; it takes the sessions in
# $paths, expects them Up at both ends unless it says otherwise, and leaves them so.
# shellcheck disable=SC2154  # his, our, paths and the like come from lib.sh

# He passive, we passive, both active; either may be there first. Roles are nothing a
# kernel has a say in: one of them will do on the second.
come_up()
{
	if [[ $KERNEL != 6.12 ]]; then
		come_up_as off on
		come_up_as on off
	fi
	come_up_as off off
	we_come_first
}

come_up_as()
{
	our_passive=$1 his_passive=$2
	he_comes_first
	finish "up, $(who_is_active), he is first"
	our_del
	peer_kill
	we_come_first
	finish "up, $(who_is_active), we are first"
	our_del
	peer_kill
}

we_come_first()
{
	our_add
	peer_start
	await both_are up
}

he_comes_first()
{
	peer_start
	await he_is down
	our_add
	await both_are up
}

who_is_active()
{
	case $our_passive$his_passive in
	onoff)	echo "we passive" ;;
	offon)	echo "he passive" ;;
	*)	echo "both active" ;;
	esac
}

# Both ends compute the same intervals from unequal wishes; then either end changes its
# mind, to slower and to faster, and nobody goes Down.
change_parameters()
{
	await agreed
	finish "same times at both ends"

	note_downs
	mark our-change
	our_tx=500 our_rx=700 our_mult=4
	our_set
	await agreed
	our_tx=200 our_rx=300 our_mult=5
	our_set
	await agreed
	verify steady
	sleep 3
	mark our-change-end
	finish "we change times, no flap"

	mark his-change
	his_tx=600 his_rx=450 his_mult=4
	peer_apply
	await agreed
	his_tx=250 his_rx=200 his_mult=5
	peer_apply
	await agreed
	verify steady
	sleep 3
	mark his-change-end
	finish "he changes times, no flap"
}

# He may not send more often than we say we can take
slow_receiver()
{
	local rx=$our_rx

	our_rx=1000
	our_set
	await agreed
	mark slow
	sleep 10
	mark slow-end
	our_rx=$rx
	our_set
	await agreed
}

# RFC 5880 6.6: we ask for silence, and poll him twice a second; not to answer a Poll
# would take the session Down
we_demand()
{
	note_downs
	each_session set demand on demand-poll 500ms
	await we_hear_nothing_periodic
	mark demand
	sleep 10
	mark demand-end
	await steady
	each_session set demand off
	await agreed
	verify steady
	finish "we ask for Demand mode and back, no flap"
}

we_hear_nothing_periodic() { we_are "$1" up && [[ ${our[$1,rx]} = 0 ]]; }

we_go_admin_down()
{
	each_session set admin down
	await both_are admin-down down
	await our_diag admin-down
	await his_diag neighbor-down
	each_session set admin up
	await both_are up
	finish "we go admin down and up"
}

he_goes_admin_down()
{
	his_admin=down
	peer_apply
	await both_are down admin-down
	await our_diag neighbor-down
	await his_diag "$his_admin_diag"
	his_admin=up
	peer_apply
	await both_are up
	finish "he goes admin down and up"
}

# With ten seconds to detect, and his word of what happened, there is no doubt that a
# goodbye brought him down.
we_leave()
{
	his_tx=1000 his_rx=1000 our_mult=10
	peer_apply
	our_set
	await agreed
	mark "$1"
	"$1"
	await both_are none down
	# Time for his next periodic packet to say why
	sleep 3
	mark "$1-end"
	our_add
	await both_are up
}

be_deleted() { our_del; }

be_unloaded()
{
	rmmod bfd
	load_module
	start_monitor
}

we_say_goodbye()
{
	local tx=$his_tx rx=$his_rx mult=$our_mult

	we_leave be_deleted
	finish "we are deleted and come back"
	we_leave be_unloaded
	finish "our module is unloaded and comes back"
	his_tx=$tx his_rx=$rx our_mult=$mult
	peer_apply
	our_set
	await agreed
}

# A new incarnation has new discriminators
he_dies()
{
	local path

	look
	for path in $paths; do
		noted[$path]=${our[$path,rdiscr]}
	done
	peer_kill
	await we_are down
	await our_diag control-expiry
	peer_start
	await both_are up
	verify new_discriminator
	finish "he is killed and comes back"
}

new_discriminator() { [[ ${our[$1,rdiscr]} != "${noted[$1]}" ]]; }

# RFC 9468: we have no session, but a policy of who may have one, and he asks. Over several
# hops nobody may.
he_asks()
{
	local paths="v4 v6 link-local vrf" times="tx $our_tx rx $our_rx mult $our_mult"

	our_del
	await both_are none down
	bfdctl -n us -b - <<-END
		unsolicited add dev p0 allow 10.0.0.0/24 allow fd00::/64 allow fe80::/10 $times
		unsolicited add dev p2 allow 10.0.3.2 $times
	END
	await agreed
	note_downs
	sleep 5
	look
	verify steady
	peer_kill
	await we_are down
	peer_start
	await both_are up
	bfdctl -n us unsolicited del all
	await both_are none down
	our_add
	await both_are up
	finish "he asks for a session that we only allow"
}

# An end that still hears the other is soon in Init, and stays there. Detection takes
# seconds: both directions are cut before either end has noticed the first.
lose_the_wire()
{
	local our_old=$our_mult his_old=$his_mult

	our_mult=10 his_mult=10
	our_set
	peer_apply
	await agreed
	cut_wires us
	cut_wires him
	await both_are down
	await our_diag control-expiry
	# Of what he thinks we hear nothing until the wire heals
	heal_wires him
	await his_diag control-expiry
	heal_wires us
	await both_are up
	finish "wire cut both ways and healed"

	cut_wires us
	await both_left_up
	await our_diag neighbor-down
	await his_diag control-expiry
	heal_wires us
	await both_are up
	finish "wire cut towards him and healed"

	cut_wires him
	await both_left_up
	await our_diag control-expiry
	heal_wires him
	await both_are up
	finish "wire cut towards us and healed"

	our_mult=$our_old his_mult=$his_old
	our_set
	peer_apply
	await agreed
}

# One router took one from the TTL: that is enough, unless somebody pretends there were
# more. RFC 5883 leaves the least to policy.
our_minimum_ttl()
{
	local paths="v4-multihop v6-multihop"

	age_packets rt r1 $((our_min_ttl - 1))
	await both_left_up
	await our_diag control-expiry
	each_session set min-ttl $((our_min_ttl - 1))
	await both_are up
	rejuvenate_packets rt r1
	each_session set min-ttl "$our_min_ttl"
	finish "our min-ttl keeps strangers out"
}

# ---------------------------------------------------------------- judged on the wire

judge_wire()
{
	local path

	stop_capture
	for path in $paths; do
		polled "$path" "${OURS[$path]}" "${HIS[$path]}" our-change 2
	done
	finish "our Poll Sequences end with his Final"
	# Two changes of his may share a sequence
	for path in $paths; do
		polled "$path" "${HIS[$path]}" "${OURS[$path]}" his-change 1
	done
	finish "his Poll Sequences end with our Final"
	for path in $paths; do
		spaced "$path"
	done
	finish "he keeps to our required-min-rx"
	for path in $paths; do
		answered "$path"
	done
	finish "he answers our Polls in Demand mode"
	if [[ ${his_demand:-} = ignored ]]; then
		skip "he is silent in our Demand mode" "$PEER_NAME takes no notice of it"
	else
		for path in $paths; do
			silenced "$path"
		done
		finish "he is silent in our Demand mode"
	fi
	for path in $paths; do
		blamed "$path" be_deleted
		blamed "$path" be_unloaded
	done
	finish "he hears our goodbye on delete and unload"
	for path in $paths; do
		well_formed "$path"
	done
	finish "wireshark finds nothing wrong with our packets"
}

# polled PATH CHANGER OTHER WINDOW LEAST: as many sequences at least, each P answered,
# and the last thing said in each direction is neither P nor F.
polled()
{
	local p f last_p last_f

	read -r p _ last_p <<< "$(flags_of "$2" "$4")"
	read -r _ f last_f <<< "$(flags_of "$3" "$4")"
	[[ $p -ge $5 && $f -ge $5 && $f -ge $p && $last_p = 0 && $last_f = 0 ]] ||
		why[$1]+="$p polls, $f finals, last with P $last_p, last with F $last_f"$'\n'$(
			moments "$2" "$4" p P; moments "$3" "$4" f F)$'\n'
}

# Polls with the Demand bit twice a second, each answered
answered()
{
	local p f

	read -r p _ <<< "$(flags_of "${OURS[$1]}" demand)"
	read -r _ f _ <<< "$(flags_of "${HIS[$1]}" demand)"
	[[ $p -ge 10 && $f -ge $((p - 1)) ]] || why[$1]+="$p polls, $f finals"$'\n'
}

silenced()
{
	local said

	said=$(on_wire "${HIS[$1]}" demand demand-end '
		!flag($bfd_flags_f) { n++ } END { print n + 0 }')
	[[ $said = 0 ]] || why[$1]+="$said packets in 10 s that answer no Poll"$'\n'
}

# moments ADDRESS WINDOW p|f LABEL: when that flag was seen
moments()
{
	on_wire "$1" "$2" "$2-end" "flag(\$bfd_flags_$3)"' { printf "'"$4"' %s ", $frame_time_epoch }'
}

# flags_of ADDRESS WINDOW: number of P, of F, flags of the last packet
flags_of()
{
	on_wire "$1" "$2" "$2-end" '{
			p += flag($bfd_flags_p)
			f += flag($bfd_flags_f)
			last = flag($bfd_flags_p) + flag($bfd_flags_f)
		}
		END { print p + 0, f + 0, last + 0 }'
}

# Jitter may take a quarter off each interval (RFC 5880 6.8.7). A sender that was kept
# waiting may be early once, so the mean is what counts.
spaced()
{
	local mean

	mean=$(on_wire "${HIS[$1]}" slow slow-end '
		n++ { sum += $frame_time_epoch - last }
		{ last = $frame_time_epoch }
		END { printf "%d", (n > 5) ? 1000 * sum / (n - 1) : 0 }')
	[[ $mean -ge 740 ]] || why[$1]+="a packet every $mean ms, asked for 1000"$'\n'
}

# His diagnostic after our goodbye: neighbour signalled session down
blamed()
{
	local diags

	diags=$(on_wire "${HIS[$1]}" "$2" "$2-end" 'hex($bfd_sta) == 1 { print hex($bfd_diag) }' |
		sort -u | tr '\n' ' ')
	[[ $diags = '3 ' ]] || why[$1]+="after $2 his diagnostics were: $diags"$'\n'
}

well_formed()
{
	local bad

	bad=$(on_wire "${OURS[$1]}" start aged '
		function odd(what) { if (!seen[what]++) print what }
		{ n++ }
		$ip_ttl $ipv6_hlim != ('"$([[ $1 = *-multihop ]] && echo 254 || echo 255)"') \
			{ odd("TTL " $ip_ttl $ipv6_hlim) }
		$ip_dsfield_dscp $ipv6_tclass_dscp != 48 { odd("DSCP " $ip_dsfield_dscp $ipv6_tclass_dscp) }
		$udp_srcport < 49152 { odd("source port " $udp_srcport) }
		$udp_checksum_status != 1 { odd("UDP checksum status " $udp_checksum_status) }
		$ip_src != "" && $ip_checksum_status != 1 { odd("IP checksum") }
		$_ws_expert_message $_ws_malformed != "" { odd($_ws_expert_message $_ws_malformed) }
		END { if (n < 100) print n + 0, "packets" }')
	[[ ! $bad ]] || why[$1]+=$bad$'\n'
}
