#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""The JSON that bfdctl prints: well formed, and with every key it promises."""

import json
import pathlib
import re
import sys

SESSION = """
local-discriminator remote-discriminator type peer local dev vrf local-state remote-state
local-diagnostic remote-diagnostic detection-mode desired-min-tx-interval
required-min-rx-interval required-min-echo-rx-interval local-multiplier remote-multiplier
negotiated-tx-interval negotiated-rx-interval detection-time authentication passive admin-down
""".split()

STATISTICS = """
create-time last-up-time last-down-time down-count admin-down-count receive-packet-count
send-packet-count receive-invalid-packet-count send-failed-packet-count rx-interval-histogram
""".split()

STATE_EVENT = """
event timestamp local-discriminator peer dev from to local-diagnostic detection-latency
""".split()

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


def main(folder):
    """Reads what the other tests hold bfdctl's output to."""
    sessions = json.loads((folder / "show.json").read_text())
    full = json.loads((folder / "show-s.json").read_text())
    for item in sessions + full:
        check_keys(item, SESSION, f"session {item['peer']}")
    check(all("statistics" not in item for item in sessions), "statistics only if asked for")
    for item in full:
        stats = item["statistics"]
        check_keys(stats, STATISTICS, f"statistics of {item['peer']}")
        dates = [stats[key] for key in ("create-time", "last-up-time", "last-down-time")]
        check(all(date is None or DATE.fullmatch(date) for date in dates), "times are RFC 3339")
        check_histogram(stats["rx-interval-histogram"])
    check(full[0].keys() == full[1].keys(), "every session has the same keys")
    check(full[0]["negotiated-tx-interval"] == 50000, "intervals are microseconds")

    events = [json.loads(line) for line in (folder / "monitor.json").read_text().splitlines()]
    for event in events:
        keys = STATE_EVENT if event["event"] == "state" else SESSION
        check_keys(event, keys, f"event {event['event']}")
    print(f"{results.count(True)} passed, {results.count(False)} failed")
    return results.count(False) != 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
