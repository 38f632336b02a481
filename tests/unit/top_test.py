#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""bfdctl top on a terminal: top_test.py BFDCTL_TEST, which is bfdctl over a scripted kernel
when it is given words."""

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time

ENTER = b"\033[?1049h\033[?25l"
HOME = b"\033[H"
LEAVE = b"\033[?25h\033[?1049l"
PATIENCE = 20

results = []


def check(ok, what):
    """One line of TAP."""
    results.append(bool(ok))
    print(f"{'ok' if ok else 'not ok'} {len(results)} - {what}")


class Terminal:
    """A program on a terminal of its own."""

    def __init__(self, words, rows=24, columns=120, **env):
        self.master, self.slave = pty.openpty()
        self.resize(rows, columns)
        self.before = termios.tcgetattr(self.slave)
        self.text = b""
        self.err, err = os.pipe()
        self.pid = os.fork()
        if not self.pid:
            os.setsid()
            fcntl.ioctl(self.slave, termios.TIOCSCTTY, 0)
            os.dup2(self.slave, 0)
            os.dup2(self.slave, 1)
            os.dup2(err, 2)
            os.environ.update(TERM="xterm", NO_COLOR="1", LC_ALL="C", **env)
            os.execv(words[0], words)
        os.close(err)

    def resize(self, rows, columns):
        """What the user does to the window."""
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def read(self):
        """What the program has written meanwhile."""
        if select.select([self.master], [], [], 0.1)[0]:
            self.text += os.read(self.master, 65536)

    def wait_for(self, text, count=1):
        """Whether this is seen so many times, in time."""
        end = time.monotonic() + PATIENCE
        while self.text.count(text) < count and time.monotonic() < end:
            self.read()
        return self.text.count(text) >= count

    def press(self, key):
        """A key of the user's."""
        os.write(self.master, key)

    def end(self):
        """Its exit status, or -9 if it does not end."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            self.read()
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.read()
                return os.waitstatus_to_exitcode(status)
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        return -9

    def restored(self):
        """The terminal is as it was, and so is what is seen on it."""
        return (self.text.startswith(ENTER) and self.text.endswith(LEAVE) and
                termios.tcgetattr(self.slave) == self.before)

    def last_lines(self):
        """What the last drawing that is whole shows."""
        self.wait_for(HOME, self.text.count(HOME) + 1)
        drawing = self.text.split(HOME)[-2].split(b"\n\033[J")[0]
        return drawing.replace(b"\033[0m", b"").replace(b"\033[K", b"").decode().split("\r\n")


def test_end(tool, how, act):
    """However it ends, the terminal is restored."""
    top = Terminal([tool, "top", "200ms"])
    check(top.wait_for(HOME, 2), f"{how}: it draws, and again")
    check(termios.tcgetattr(top.slave) != top.before, f"{how}: keys are read as they come")
    act(top)
    check(top.end() == 0, f"{how} ends it")
    check(top.restored(), f"{how}: the terminal is as it was")


def test_size(tool):
    """It never draws more than there is room for."""
    top = Terminal([tool, "top", "200ms"], 3, 40)
    top.wait_for(HOME)
    lines = top.last_lines()
    check(len(lines) == 3 and max(map(len, lines)) == 40, "3 rows of 40 columns are filled")
    check(lines[2].startswith("down"), "of sessions by the worst")
    top.resize(24, 100)
    os.kill(top.pid, signal.SIGWINCH)
    top.wait_for(b"10.0.0.2")
    check(len(top.last_lines()) == 5, "and all is seen in a larger one")
    top.press(b"\x1a")
    top.press(b"x")
    seen = top.text.count(HOME)
    check(top.wait_for(HOME, seen + 2), "^Z and other keys do nothing")
    top.press(b"q")
    check(top.end() == 0 and top.restored(), "and it ends as ever")


def test_count(tool):
    """By itself after so many."""
    top = Terminal([tool, "top", "100ms", "count", "3"])
    check(top.end() == 0 and top.restored(), "count 3 ends by itself")
    check(top.text.count(HOME) == 4, "after the first look and 3 more")


def test_refusal(tool):
    """What went wrong is said where it stays."""
    top = Terminal([tool, "top", "100ms"], BFD_TEST_REFUSAL="no")
    check(top.end() == 2 and top.restored(), "a refusal ends it, the terminal as it was")
    check(os.read(top.err, 4096) == b"Error: no.\n", "and is said on stderr")


def main(tool):
    """All of them."""
    test_end(tool, "q", lambda top: top.press(b"q"))
    test_end(tool, "^C", lambda top: top.press(b"\x03"))
    test_end(tool, "SIGTERM", lambda top: os.kill(top.pid, signal.SIGTERM))
    test_size(tool)
    test_count(tool)
    test_refusal(tool)
    print(f"{results.count(True)} passed, {results.count(False)} failed")
    return results.count(False) != 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
