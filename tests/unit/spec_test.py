#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Holds the netlink specification against the header.

Every name and number of kmod/FAMILY/FAMILY.yaml is looked up in the header, by
a C program that includes it. What the header has beyond the specification
shows in the last value of each of its enums.
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile

import yaml

results = []


def check(ok, what):
    """One line of TAP."""
    results.append(bool(ok))
    print(f"{'ok' if ok else 'not ok'} {len(results)} - {what}")


def c_name(prefix, name):
    """A name of the specification as the header spells it."""
    return (prefix + name).replace("-", "_").upper()


def entries(items):
    """Pairs of name and value: numbers count up from the last one given."""
    value = -1
    for item in items:
        if isinstance(item, str):
            item = {"name": item}
        value = item.get("value", value + 1)
        yield item["name"], value


def attributes(spec):
    """Attributes count from 1 unless they say otherwise."""
    for attrs in spec["attribute-sets"]:
        items = [{"name": attrs["attributes"][0]["name"],
                  "value": attrs["attributes"][0].get("value", 1)}]
        items += attrs["attributes"][1:]
        for name, value in entries(items):
            yield c_name(attrs["name-prefix"], name), value
        yield c_name("", attrs["attr-max-name"]), value


def assertions(spec):
    """Every name of the specification with its value, or its string."""
    family = spec["name"].upper()
    yield f"{family}_GENL_NAME", spec["name"]
    yield f"{family}_GENL_VERSION", spec["version"]
    yield f"{family}_GENL_GROUP_STATE", spec["mcast-groups"]["list"][0]["name"]
    for item in spec["definitions"]:
        if item["type"] == "const":
            yield c_name("", item["name"]), item["value"]
            continue
        for name, value in entries(item["entries"]):
            yield c_name(item["name-prefix"], name), value
        yield c_name("__", item["name-prefix"] + "max"), value + 1
    yield from attributes(spec)
    ops = spec["operations"]
    for item in ops["list"]:
        yield c_name(ops["name-prefix"], item["name"]), item["value"]
    yield f"{family}_CMD_MAX", max(item["value"] for item in ops["list"])


def header_values(top, family, names):
    """What the header says of each name, told by a program that includes it."""
    lines = "".join(f'\tSAY({name});\n' for name in names)
    source = f"""
        #include <stdio.h>
        #include <linux/{family}.h>
        static void say_number(const char *name, long long value)
        {{ printf("%s %lld\\n", name, value); }}
        static void say_text(const char *name, const char *value)
        {{ printf("%s %s\\n", name, value); }}
        #define SAY(name) _Generic((name), char *: say_text, default: say_number)(#name, name)
        int main(void) {{ {lines} return 0; }}
        """
    with tempfile.TemporaryDirectory() as folder:
        program = pathlib.Path(folder) / "values"
        subprocess.run([os.environ.get("CC") or "cc", "-I", top / "include/uapi", "-xc", "-o",
                        program, "-"], input=source, text=True, check=True)
        out = subprocess.run([program], text=True, stdout=subprocess.PIPE, check=True).stdout
    return dict(line.split(" ", 1) for line in out.splitlines())


def check_operations(spec):
    """Operations carry attributes that exist, and the commands' order is the header's."""
    known = {attrs["name"]: {attr["name"] for attr in attrs["attributes"]}
             for attrs in spec["attribute-sets"]}
    for item in spec["operations"]["list"]:
        used = set(item.get("event", {}).get("attributes", []))
        for kind in ("do", "dump"):
            for way in ("request", "reply"):
                used |= set(item.get(kind, {}).get(way, {}).get("attributes", []))
        unknown = used - known[item.get("attribute-set", spec["name"])]
        check(not unknown, f"{item['name']}: {len(used)} attributes {' '.join(unknown)}")


def spelt(low, high, limit):
    """Ways in which the header's comments give a range."""
    yield from (f"{low}..{high}", f"{low}..{high:#x}", f"{low} or {high}")
    if high == limit:
        yield from (f"{low}..2^32-1", f"{low}..,")
        if low == 1:
            yield "never 0"


def check_policy(text, spec):
    """Ranges are those of the enum, or those the header's comments give."""
    limits = {"u8": 0xff, "u32": 0xffffffff}
    prefix = spec["attribute-sets"][0]["name-prefix"]
    last = {item["name"]: len(item["entries"]) - 1
            for item in spec["definitions"] if item["type"] == "enum"}
    for attr in spec["attribute-sets"][0]["attributes"]:
        checks = attr.get("checks", {})
        if attr["type"] not in limits or not checks:
            continue
        name = c_name(prefix, attr["name"])
        comment = re.search(rf"@{name}:(.*?)(?: \* @|\*/)", text, re.S).group(1)
        low = checks.get("min", 0)
        limit = limits[attr["type"]]
        high = checks.get("max", limit)
        if "enum" in attr:
            check((low, high) == (0, last[attr["enum"]]), f"{name} has the range of its enum")
            continue
        check(any(way in comment for way in spelt(low, high, limit)),
              f"{name} is {low} to {high}")


def main(top, family):
    """Compares the two."""
    spec = yaml.safe_load((top / f"kmod/{family}/{family}.yaml").read_text())
    text = (top / f"include/uapi/linux/{family}.h").read_text()
    # Not every enum of the header names its end.
    wanted = {name: value for name, value in assertions(spec)
              if not name.startswith("__") or name in text}
    actual = header_values(top, family, wanted)
    for name, value in wanted.items():
        check(actual[name] == str(value), f"{name} is {value} (header: {actual[name]})")
    check_operations(spec)
    check_policy(text, spec)
    print(f"{results.count(True)} passed, {results.count(False)} failed")
    return results.count(False) != 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]), sys.argv[2]))
