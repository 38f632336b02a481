# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# The servers and supplicants that dot1x.ko and dot1xd are held against: certificates,
# FreeRADIUS, hostapd's RADIUS server, wpa_supplicant. Beside the place of the
# selftests there is rad, 10.99.0.2, whose wire ends at mg, 10.99.0.1, of aut. All of it
# lives in /tmp, which is memory: in the deterministic guest a read of the host's files
# costs time.

RAD=/tmp/raddb
CERTS=/tmp/certs
SECRET=not-so-secret

# preload PROGRAM...: these, and what FreeRADIUS reads by itself
preload()
{
	in_memory "$@" /usr/lib/freeradius/*.so
	find /usr/share/freeradius -type f -exec touch {} +
}

# ---------------------------------------------------------------- certificates

# certificate NAME EXTENSIONS: signed by ca; elliptic curves are quick to make
certificate()
{
	openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$1" \
		-keyout "$CERTS/$1.key" -out "$CERTS/$1.csr" 2> /dev/null
	printf 'extendedKeyUsage=%s\n' "$2" > "$CERTS/$1.ext"
	openssl x509 -req -in "$CERTS/$1.csr" -CA "$CERTS/ca.pem" -CAkey "$CERTS/ca.key" \
		-set_serial "$RANDOM" -days 3650 -extfile "$CERTS/$1.ext" -out "$CERTS/$1.pem" \
		2> /dev/null
}

# stranger is a client with a certificate of its own making
make_certificates()
{
	local name

	mkdir -p "$CERTS"
	for name in ca stranger; do
		openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 \
			-subj "/CN=$name" -keyout "$CERTS/$name.key" -out "$CERTS/$name.pem" \
			2> /dev/null
	done
	certificate server serverAuth
	certificate client clientAuth
	chmod 644 "$CERTS"/*.key
}

# ---------------------------------------------------------------- the wire to the server

rad() { ip netns exec rad "$@"; }

make_rad()
{
	ip netns list | grep -q '^rad\b' || ip netns add rad
	ip -n rad link set lo up
	link rad eth0 02:00:00:00:03:01 aut mg 02:00:00:00:03:02
	ip -n rad addr add 10.99.0.2/24 dev eth0
	ip -n rad addr add 10.99.0.3/24 dev eth0
	ip -n rad link set eth0 up
	ip -n aut addr add 10.99.0.1/24 dev mg
	ip -n aut link set mg up
}

# ---------------------------------------------------------------- FreeRADIUS

write_radiusd_conf()
{
	cat > $RAD/radiusd.conf <<-END
		prefix = /usr
		libdir = /usr/lib/freeradius
		confdir = $RAD
		raddbdir = $RAD
		logdir = $RAD
		run_dir = $RAD
		pidfile = $RAD/pid
		max_request_time = 30
		cleanup_delay = 5
		max_requests = 16384
		log {
			destination = files
			file = $RAD/log
		}
		security {
			max_attributes = 200
			reject_delay = 0
			status_server = yes
		}
		thread pool {
			start_servers = 1
			max_servers = 1
			min_spare_servers = 1
			max_spare_servers = 1
			max_requests_per_server = 0
		}
		client authenticator {
			ipaddr = 10.99.0.0/24
			secret = $SECRET
			require_message_authenticator = yes
		}
	END
	write_modules >> $RAD/radiusd.conf
	write_virtual_servers >> $RAD/radiusd.conf
}

write_modules()
{
	cat <<-END
		modules {
			files {
				usersfile = $RAD/users
			}
			pap {
			}
			mschap {
				use_mppe = no
			}
			eap {
				default_eap_type = md5
				timer_expire = 60
				max_sessions = 4096
				md5 {
				}
				mschapv2 {
				}
				tls-config common {
					private_key_file = $CERTS/server.key
					certificate_file = $CERTS/server.pem
					ca_file = $CERTS/ca.pem
					tls_min_version = "1.2"
					tls_max_version = "1.2"
					ecdh_curve = "prime256v1"
					fragment_size = 1024
				}
				tls {
					tls = common
				}
				ttls {
					tls = common
					virtual_server = inner
				}
				peap {
					tls = common
					default_eap_type = mschapv2
					virtual_server = inner
				}
			}
		}
	END
}

write_virtual_servers()
{
	cat <<-END
		server default {
			listen {
				type = auth
				ipaddr = 10.99.0.2
				port = 1812
			}
			authorize {
				eap {
					ok = return
				}
				files
				pap
			}
			authenticate {
				eap
				Auth-Type PAP {
					pap
				}
			}
			post-auth {
				update reply {
					Message-Authenticator := 0x00
				}
				Post-Auth-Type REJECT {
					update reply {
						Message-Authenticator := 0x00
					}
				}
			}
		}
		server inner {
			authorize {
				mschap
				eap {
					ok = return
				}
				files
				pap
			}
			authenticate {
				eap
				mschap
				Auth-Type PAP {
					pap
				}
			}
		}
	END
}

# Who may come in; "short" for two seconds, "again" must prove itself anew then
write_users()
{
	cat > $RAD/users <<-END
		user	Cleartext-Password := "password"
		short	Cleartext-Password := "password"
		 	Session-Timeout = 2
		again	Cleartext-Password := "password"
		 	Session-Timeout = 2,
		 	Termination-Action = RADIUS-Request
		${SUP//:/}	Cleartext-Password := "${SUP//:/}"
	END
}

freeradius_start()
{
	mkdir -p $RAD
	write_radiusd_conf
	write_users
	rad freeradius -d $RAD > $RAD/start 2>&1 || { cat $RAD/start $RAD/log; return 1; }
	wait_for 60 grep -q "Ready to process requests" $RAD/log
}

freeradius_gone() { ! rad ss -Huln "sport = :1812" | grep -q 10.99.0.2; }

freeradius_stop()
{
	local pid

	pid=$(< $RAD/pid) || return 0
	kill -9 "$pid"
	wait_for 20 freeradius_gone
	rm -f $RAD/{pid,log}
}

# ---------------------------------------------------------------- dot1xd

# agentd [SERVER]...: dot1xd asks these
agentd()
{
	local server args=()

	echo "$SECRET" > /tmp/secret
	chmod 600 /tmp/secret
	for server in "${@:-10.99.0.2}"; do
		args+=(--radius "$server" --secret-file /tmp/secret)
	done
	ip netns exec aut dot1xd -f "${args[@]}" 2>> /tmp/dot1xd.log &
	agent_pid=$!
	wait_for 20 agent_there
}

agent_there() { [[ $(counter agent) = true ]]; }

# agent_counter NAME: dot1xd's own
agent_counter()
{
	: > /tmp/dot1xd.log
	kill -USR1 $agent_pid
	wait_for 20 grep -q '"questions"' /tmp/dot1xd.log
	value "$1" "$(grep '"questions"' /tmp/dot1xd.log | tail -n 1)"
}

# ---------------------------------------------------------------- hostapd as the server

hostapd_server_start()
{
	cat > /tmp/hostapd_users <<-END
		"user"	MD5	"password"
		"client"	TLS
		"peap"	PEAP
		"user"	MSCHAPV2	"password"	[2]
	END
	echo "10.99.0.0/24 $SECRET" > /tmp/hostapd_clients
	cat > /tmp/hostapd.conf <<-END
		driver=none
		radius_server_clients=/tmp/hostapd_clients
		radius_server_auth_port=1645
		eap_server=1
		eap_user_file=/tmp/hostapd_users
		ca_cert=$CERTS/ca.pem
		server_cert=$CERTS/server.pem
		private_key=$CERTS/server.key
	END
	rad hostapd -B -P /tmp/hostapd.pid /tmp/hostapd.conf > /tmp/hostapd.log 2>&1 ||
		{ cat /tmp/hostapd.log; return 1; }
}

# ---------------------------------------------------------------- hostapd beside dot1xd

# hostapd_conf DEV SERVER...: a wired authenticator
hostapd_conf()
{
	local server

	printf '%s\n' "interface=$1" driver=wired ctrl_interface=/tmp/hostapd ieee8021x=1 \
		own_ip_addr=10.99.0.1 nas_identifier=switch
	for server in "${@:2}"; do
		printf '%s\n' "auth_server_addr=$server" auth_server_port=1812 \
			"auth_server_shared_secret=$SECRET"
	done
}

# ---------------------------------------------------------------- wpa_supplicant

# network METHOD: what it says of itself
network()
{
	local tls="ca_cert=\"$CERTS/ca.pem\""

	case $1 in
	md5)	echo 'eap=MD5 identity="user" password="password"' ;;
	wrong)	echo 'eap=MD5 identity="user" password="guessed"' ;;
	short)	echo 'eap=MD5 identity="short" password="password"' ;;
	again)	echo 'eap=MD5 identity="again" password="password"' ;;
	peap)	echo "eap=PEAP identity=\"user\" anonymous_identity=\"peap\" password=\"password\"
			phase2=\"auth=MSCHAPV2\" $tls" ;;
	ttls)	echo "eap=TTLS identity=\"user\" anonymous_identity=\"nobody\" password=\"password\"
			phase2=\"auth=PAP\" $tls" ;;
	tls)	echo "eap=TLS identity=\"client\" client_cert=\"$CERTS/client.pem\"
			private_key=\"$CERTS/client.key\" $tls" ;;
	stranger)
		echo "eap=TLS identity=\"client\" client_cert=\"$CERTS/stranger.pem\"
			private_key=\"$CERTS/stranger.key\" $tls" ;;
	esac
}

# supplicant METHOD: a wpa_supplicant that tries so, in the background
supplicant()
{
	local dev=${2:-eth0}

	{
		echo "ctrl_interface=/tmp/wpa.$dev"
		echo "ap_scan=0"
		echo "eapol_version=${EAPOL_VERSION:-2}"
		echo "network={"
		echo "key_mgmt=IEEE8021X"
		echo "eapol_flags=0"
		network "$1" | sed 's/^[[:space:]]*//; s/ \([a-z0-9_]*=\)/\n\1/g'
		echo "}"
	} > "/tmp/wpa.$dev.conf"
	ip netns exec sup wpa_supplicant -t -Dwired -i"$dev" -c "/tmp/wpa.$dev.conf" \
		>> "/tmp/wpa.$dev.log" 2>&1 &
	wpa_pid=$!
}

no_supplicant()
{
	kill "$wpa_pid" 2> /dev/null || :
	wait "$wpa_pid" || :
}

wpa() { ip netns exec sup wpa_cli -p /tmp/wpa.eth0 -i eth0 "$@"; }
