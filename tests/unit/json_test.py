#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""The JSON that the tools print: well formed, and with every key they promise."""

import json
import pathlib
import re
import sys

SESSION = """
local-discriminator remote-discriminator type peer local dev vrf owner unsolicited local-state remote-state
local-diagnostic remote-diagnostic detection-mode desired-min-tx-interval
required-min-rx-interval required-min-echo-rx-interval local-multiplier remote-multiplier
negotiated-tx-interval negotiated-rx-interval detection-time authentication passive admin-down
""".split()

STATISTICS = """
create-time last-up-time last-down-time down-count admin-down-count receive-packet-count
send-packet-count receive-invalid-packet-count send-failed-packet-count lost-packet-count near-miss-count
rx-interval-max rx-interval-max-time tx-lateness-max tx-lateness-max-time
detection-margin-min detection-margin-min-time
""".split()

HISTOGRAMS = """
rx-interval-histogram tx-lateness-histogram detection-margin-histogram
""".split()

TOP = """
local-discriminator peer dev vrf type local-state receive-rate send-rate detection-time
detection-margin-min near-miss-count down-count
""".split()

REFLECTOR = """
discriminator local admin required-min-rx-interval rate min-ttl receive-packet-count
send-packet-count receive-invalid-packet-count send-failed-packet-count
""".split()

POLICY = """
dev ifindex allow sessions max-sessions desired-min-tx-interval required-min-rx-interval
local-multiplier idle-time
""".split()

STATE_EVENT = """
event timestamp local-discriminator peer dev from to local-diagnostic detection-latency
""".split()

PORT = """
dev ifindex auth-controlled-port-status auth-pae-state auth-backend-auth-state clients
authorized-clients auth-oper-controlled-directions carrier auth-controlled-port-control host-mode
max-clients auth-admin-controlled-directions mab auth-max-req auth-re-auth-enabled
auth-re-auth-period auth-quiet-period auth-tx-period auth-supp-timeout auth-server-timeout
""".split()

CLIENT = """
mac dev ifindex auth-controlled-port-status auth-pae-state auth-backend-auth-state method user-name
vlan session-time session-timeout termination-action rx-bytes rx-frames tx-bytes tx-frames drops
""".split()

PORT_STATISTICS = """
auth-last-eapol-frame-version auth-last-eapol-frame-source auth-eapol-frames-rx
auth-eapol-frames-tx auth-eapol-start-frames-rx auth-eapol-logoff-frames-rx
auth-eapol-resp-id-frames-rx auth-eapol-resp-frames-rx auth-eapol-req-id-frames-tx
auth-eapol-req-frames-tx auth-invalid-eapol-frames-rx auth-eap-length-error-frames-rx
""".split()

STATUS_EVENT = "event timestamp object dev from to auth-pae-state".split()

DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")

results = []


def check(ok, what):
    """One line of TAP."""
    results.append(bool(ok))
    print(f"{'ok' if ok else 'not ok'} {len(results)} - {what}")


def check_keys(item, keys, what):
    """Every one of the keys is there."""
    missing = [key for key in keys if key not in item]
    check(not missing, f"{what} has every key{': not ' + ', '.join(missing) if missing else ''}")


def check_histogram(buckets):
    """Buckets follow each other without a gap and end open."""
    check(buckets[0]["from"] == 0 and buckets[-1]["to"] is None, "the histogram covers all")
    check(all(a["to"] + 1 == b["from"] for a, b in zip(buckets, buckets[1:])), "without a gap")


def read_lines(path):
    """What monitor prints: one object a line."""
    return [json.loads(line) for line in path.read_text().splitlines()]


def check_bfdctl(folder):
    """Reads what the other tests hold bfdctl's output to."""
    sessions = json.loads((folder / "show.json").read_text())
    full = json.loads((folder / "show-s.json").read_text())
    for item in sessions + full:
        check_keys(item, SESSION, f"session {item['peer']}")
    check(all("statistics" not in item for item in sessions), "statistics only if asked for")
    for item in full:
        stats = item["statistics"]
        check_keys(stats, STATISTICS + HISTOGRAMS, f"statistics of {item['peer']}")
        dates = [value for key, value in stats.items() if key.endswith("-time")]
        check(all(date is None or DATE.fullmatch(date) for date in dates), "times are RFC 3339")
        for key in HISTOGRAMS:
            check_histogram(stats[key])
    check(full[0].keys() == full[1].keys(), "every session has the same keys")
    check(full[0]["negotiated-tx-interval"] == 50000, "intervals are microseconds")

    for item in json.loads((folder / "top.json").read_text()):
        check_keys(item, TOP, f"row {item['peer']}")

    for item in json.loads((folder / "reflector.json").read_text()):
        check_keys(item, REFLECTOR, f"reflector {item['discriminator']}")

    for item in json.loads((folder / "unsolicited.json").read_text()):
        check_keys(item, POLICY, f"policy of {item['dev']}")

    for event in read_lines(folder / "monitor.json"):
        keys = STATE_EVENT if event["event"] == "state" else SESSION
        check_keys(event, keys, f"event {event['event']}")


def check_dot1xctl(folder):
    """Likewise of dot1xctl."""
    ports = json.loads((folder / "port.json").read_text())
    full = json.loads((folder / "port-s.json").read_text())
    clients = json.loads((folder / "client.json").read_text())
    for item in ports + full:
        check_keys(item, PORT, f"port {item['dev']}")
    check(all("statistics" not in item for item in ports), "statistics only if asked for")
    check_keys(full[0]["statistics"], PORT_STATISTICS, "statistics of a port")
    check(ports[0].keys() == ports[1].keys(), "every port has the same keys")
    check(ports[0]["auth-tx-period"] == 1500000, "intervals are microseconds")
    check(ports[0]["auth-re-auth-period"] == 86400 * 1000000, "also great ones")
    for item in clients:
        check_keys(item, CLIENT, f"client {item['mac']}")
    check(all(item.keys() == clients[0].keys() for item in clients), "clients have the same keys")
    check(clients[1]["session-time"] == 12345000, "so are times of sessions")
    check(clients[0]["user-name"] == "\033[2J bob\\\\xff", "what is not UTF-8 is spelt out")

    for event in read_lines(folder / "monitor.json"):
        of_port, of_client = (PORT, STATUS_EVENT), (CLIENT, STATUS_EVENT + CLIENT)
        keys = of_client if event["object"] == "client" else of_port
        if event["event"] == "status":
            wanted = [key for key in keys[1] if key != "auth-controlled-port-status"]
        else:
            wanted = keys[0]
        check_keys(event, wanted, f"event {event['event']} of a {event['object']}")


def main(tool, folder):
    """Checks one tool."""
    {"bfdctl": check_bfdctl, "dot1xctl": check_dot1xctl}[tool](folder)
    print(f"{results.count(True)} passed, {results.count(False)} failed")
    return results.count(False) != 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], pathlib.Path(sys.argv[2])))
