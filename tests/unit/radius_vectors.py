#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Packets as RFC 2865 and RFC 3579 describe them, made without a line of ours.

Prints NAME HEX lines; radius_test.c holds the codec against them.
"""
import hashlib
import hmac
import struct

SECRET = b"s3cret, and not a short one"
AUTH = bytes(range(0x10, 0x20))
PASSWORD = b"02-00-00-00-00-2a"
EAP = bytes([2, 7]) + struct.pack(">H", 600) + bytes(i % 251 for i in range(596))


def attribute(kind, value):
    return bytes([kind, 2 + len(value)]) + value


def number(kind, value):
    return attribute(kind, struct.pack(">I", value))


def eap(packet):
    return b"".join(attribute(79, packet[i:i + 253]) for i in range(0, len(packet), 253))


def packet(code, ident, auth, attributes):
    return bytes([code, ident]) + struct.pack(">H", 20 + len(attributes)) + auth + attributes


def signed(code, ident, auth, before, after):
    """Message-Authenticator between the two, over the packet with zeros in its place."""
    zeros = packet(code, ident, auth, before + attribute(80, bytes(16)) + after)
    mac = hmac.new(SECRET, zeros, hashlib.md5).digest()
    return before + attribute(80, mac) + after


def request(ident, attributes):
    return packet(1, ident, AUTH, signed(1, ident, AUTH, b"", attributes))


def response(code, ident, attributes):
    digest = hashlib.md5(packet(code, ident, AUTH, attributes) + SECRET).digest()
    return packet(code, ident, digest, attributes)


def hidden(password):
    """RFC 2865 5.2"""
    password += bytes(-len(password) % 16) if password else bytes(16)
    out, before = b"", AUTH
    for i in range(0, len(password), 16):
        mask = hashlib.md5(SECRET + before).digest()
        before = bytes(p ^ m for p, m in zip(password[i:i + 16], mask))
        out += before
    return out


accept = (attribute(1, b"alice") + number(27, 3600) + number(29, 1) + attribute(25, b"first") +
          attribute(25, b"second") + attribute(26, bytes(10)) + eap(bytes([3, 7, 0, 4])))
challenge = attribute(24, b"state") + eap(EAP)
vectors = {
    "request-eap": request(0x42, attribute(1, b"alice") + number(5, 7) + eap(EAP) +
                           attribute(24, b"state")),
    "request-mab": request(0x43, attribute(2, hidden(PASSWORD)) + attribute(1, PASSWORD)),
    "request-empty-password": request(0x44, attribute(2, hidden(b""))),
    "request-long-password": request(0x45, attribute(2, hidden(b"p" * 128))),
    "accept": response(2, 0x42, signed(2, 0x42, AUTH, b"", accept)),
    "accept-signed-last": response(2, 0x42, signed(2, 0x42, AUTH, accept, b"")),
    "accept-unsigned": response(2, 0x42, accept),
    "challenge": response(11, 0x42, signed(11, 0x42, AUTH, b"", challenge)),
    "reject": response(3, 0x42, signed(3, 0x42, AUTH, b"", eap(bytes([4, 7, 0, 4])))),
    "reject-bare": response(3, 0x42, signed(3, 0x42, AUTH, b"", b"")),
    "ignored": response(11, 0x42, signed(11, 0x42, AUTH, b"", challenge + number(101, 202))),
    # right digests over wrong attributes
    "signed-twice": response(2, 0x42, signed(2, 0x42, AUTH, attribute(80, bytes(16)), b"")),
    "signed-short": response(2, 0x42, attribute(80, bytes(15))),
    "state-twice": response(11, 0x42, signed(11, 0x42, AUTH, b"", challenge +
                                             attribute(24, b"state"))),
    "state-empty": response(11, 0x42, signed(11, 0x42, AUTH, b"", attribute(24, b""))),
    "name-twice": response(2, 0x42, signed(2, 0x42, AUTH, b"", accept + attribute(1, b"bob"))),
    "timeout-short": response(2, 0x42, signed(2, 0x42, AUTH, b"", attribute(27, b"abc"))),
    "timeout-long": response(2, 0x42, signed(2, 0x42, AUTH, b"", attribute(27, b"abcde"))),
    "timeout-twice": response(2, 0x42, signed(2, 0x42, AUTH, b"", number(27, 0) +
                                              number(27, 1))),
    "termination-short": response(2, 0x42, signed(2, 0x42, AUTH, b"", attribute(29, b"a"))),
    "attribute-0": response(2, 0x42, signed(2, 0x42, AUTH, b"", b"\x1a\x00")),
    "attribute-1": response(2, 0x42, signed(2, 0x42, AUTH, b"", b"\x1a\x01")),
    "attribute-overlong": response(2, 0x42, signed(2, 0x42, AUTH, b"", b"\x1a\x05\x00\x00")),
    "attribute-cut": response(2, 0x42, signed(2, 0x42, AUTH, b"", b"\x1a")),
    "code-1": response(1, 0x42, signed(1, 0x42, AUTH, b"", b"")),
    "code-5": response(5, 0x42, signed(5, 0x42, AUTH, b"", b"")),
    # signed with the response's own authenticator, as if it were a request
    "signed-wrong": response(2, 0x42, signed(2, 0x42, bytes(16), b"", accept)),
    "largest": response(11, 0x42, signed(11, 0x42, AUTH, b"", eap(bytes(4026)))),
}
for name, data in vectors.items():
    print(name, data.hex())
