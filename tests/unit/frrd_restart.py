#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""bfd-frrd is killed and started again by a service manager that keeps its connections.

Run in a folder of its own: frrd_restart.py BFD-FRRD. This is the service manager and
bfdd both. Prints lines "ok TEXT" and "not TEXT".
"""
import array
import os
import signal
import socket
import struct
import sys

FRRD = sys.argv[1]
CALLS = 40


def say(good, text):
    print("ok" if good else "not", text, flush=True)


class Manager:
    """Keeps descriptors by name; SIGKILL and start again is its only trade."""

    def __init__(self):
        self.kept = {}
        self.process = None
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind("notify")
        self.socket.settimeout(5)

    def take(self):
        """One message of the program's."""
        text, control, _, _ = self.socket.recvmsg(4096, socket.CMSG_SPACE(4))
        words = dict(line.split("=", 1) for line in text.decode().split("\n"))
        for _, kind, data in control:
            fds = array.array("i")
            fds.frombytes(data)
            if kind == socket.SCM_RIGHTS and words.get("FDSTORE") == "1":
                self.kept[words["FDNAME"]] = fds[0]
        if words.get("FDSTOREREMOVE") == "1":
            os.close(self.kept.pop(words["FDNAME"]))
        return words

    def until(self, name):
        while True:
            words = self.take()
            if name in words:
                return words

    def start(self):
        """As sd_listen_fds(3) has it: descriptors from 3 on, for one process."""
        names, fds = list(self.kept), list(self.kept.values())
        pid = os.fork()
        if not pid:
            high = [os.dup2(fd, 100 + i) for i, fd in enumerate(fds)]
            for i, fd in enumerate(high):
                os.dup2(fd, 3 + i)
            environment = dict(os.environ, NOTIFY_SOCKET="notify", LISTEN_PID=str(os.getpid()),
                               LISTEN_FDS=str(len(fds)), LISTEN_FDNAMES=":".join(names))
            os.dup2(os.open("log", os.O_WRONLY | os.O_CREAT | os.O_APPEND), 2)
            os.execve(FRRD, [FRRD, "-f", "--socket", "socket", "--state", "kept"], environment)
        self.process = pid
        self.until("READY")

    def kill(self):
        os.kill(self.process, signal.SIGKILL)
        os.waitpid(self.process, 0)


def request(number):
    return struct.pack("!BBHHHI", 1, 0, 5, number, 12, 4711)


def reply(connection):
    """The id of the next counters reply; what is before it is not looked at."""
    while True:
        header = connection.recv(8, socket.MSG_WAITALL)
        if len(header) < 8:
            return None
        _, _, kind, number, length = struct.unpack("!BBHHH", header)
        connection.recv(length - 8, socket.MSG_WAITALL)
        if kind == 6:
            return number


def main():
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.settimeout(5)
    manager = Manager()
    manager.start()
    listener.bind("socket")
    listener.listen()
    connection, _ = listener.accept()
    connection.settimeout(5)
    stored = manager.until("FDSTORE")
    say(stored["FDNAME"].startswith("link-") and stored["FDPOLL"] == "0",
        f"hands over its connection, {stored['FDNAME']}")
    connection.sendall(request(1))
    say(reply(connection) == 1, "answers a request")

    answered = []
    for number in range(2, 2 + CALLS):
        # Each time something is on its way, also half of a message
        connection.sendall(request(number)[:7])
        manager.kill()
        if number % 2:
            connection.sendall(request(number)[7:])
        manager.start()
        if not number % 2:
            connection.sendall(request(number)[7:])
        # Killed between an answer and the next step, it gives the answer twice
        answered.append(next(n for n in iter(lambda: reply(connection), None)
                             if n not in answered and n > 1))
    say(answered == list(range(2, 2 + CALLS)),
        f"killed {CALLS} times in the middle of a request, each was answered")

    connection.close()
    say(manager.until("FDSTOREREMOVE")["FDNAME"] == stored["FDNAME"],
        "takes back what is over")
    listener.settimeout(5)
    again, _ = listener.accept()
    say(manager.until("FDSTORE")["FDNAME"] != stored["FDNAME"],
        "and makes another connection, under another name")
    os.kill(manager.process, signal.SIGTERM)
    say("STOPPING" in manager.until("STOPPING"), "says that it ends")
    os.waitpid(manager.process, 0)
    again.settimeout(0.3)
    try:
        say(again.recv(1) != b"", "and leaves its connection to the next")
    except TimeoutError:
        say(True, "and leaves its connection to the next")


main()
