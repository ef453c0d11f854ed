"""A terminal: a pseudo-terminal with a program on it, and what stands on its screen."""

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
import time

import pytest

# Printable text, and what acts: colours, "erase to the end of the line", carriage return, line end.
TOKEN = re.compile(r"(?P<text>[^\x00-\x1f\x7f]+)|(?P<erase>\x1b\[K)|(?P<colour>\x1b\[[0-9;]*m)|(?P<start>\r)|(?P<line>\n)")


class Screen:
    """As much of a terminal as the program uses; anything else is an error."""

    def __init__(self, columns):
        self.columns = columns
        self.lines = [""]
        self.column = 0
        self.frames = []  # the line that is drawn over, each time it is drawn

    def feed(self, text):
        at = 0
        while at < len(text):
            token = TOKEN.match(text, at)
            assert token, repr(text[at:at + 20])
            at = token.end()
            getattr(self, "on_" + token.lastgroup)(token.group())

    def on_text(self, text):
        line = self.lines[-1]
        self.lines[-1] = line[:self.column] + text + line[self.column + len(text):]
        self.column += len(text)

    def on_erase(self, _):
        self.lines[-1] = self.lines[-1][:self.column]
        if self.lines[-1]:
            # Not even the last column, in which a terminal may begin a new line.
            assert self.column < self.columns, self.lines[-1]
            self.frames.append(self.lines[-1])

    def on_colour(self, _):
        pass

    def on_start(self, _):
        self.column = 0

    def on_line(self, _):
        self.lines.append("")

    @property
    def text(self):
        return "\n".join(self.lines)


class OnTerminal:
    """A program whose stderr is a terminal of so many columns, which does not control it."""

    def __init__(self, command, env, columns=80):
        try:
            self.master, slave = pty.openpty()
        except OSError as error:
            pytest.skip(f"there are no pseudo-terminals here: {error}")
        self.screen = Screen(columns)
        self.resize(columns)
        self.written = b""
        self.process = subprocess.Popen([str(word) for word in command], env=env, stdin=subprocess.DEVNULL,
                                        stdout=subprocess.PIPE, stderr=slave, text=True)
        os.close(slave)

    def resize(self, columns):
        self.screen.columns = columns
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))

    def read(self):
        """Takes in what was written meanwhile; false at its end."""
        if not select.select([self.master], [], [], 30)[0]:
            return True
        try:
            chunk = os.read(self.master, 65536)
        except OSError:  # the program has closed it
            return False
        self.written += chunk
        self.screen.feed(chunk.decode())
        return bool(chunk)

    def read_until(self, frame):
        """Until the line that is drawn over matches; gives the match."""
        deadline = time.monotonic() + 30
        seen = 0
        while time.monotonic() < deadline:
            for line in self.screen.frames[seen:]:
                if found := re.search(frame, line):
                    return found
            seen = len(self.screen.frames)
            if not self.read():
                break
        raise AssertionError(f"never {frame!r}, but {self.screen.frames[-3:]} in {self.written!r}")

    def finish(self):
        """Reads to the end; gives the exit status and stdout."""
        while self.read():
            pass
        out, _ = self.process.communicate(timeout=30)
        os.close(self.master)
        return self.process.returncode, out


def on_a_terminal(command, env):
    """Runs a command with stdout and stderr on the terminal that controls it; gives its status and what it wrote."""
    try:
        pid, master = pty.fork()
    except OSError as error:
        pytest.skip(f"there are no pseudo-terminals here: {error}")
    if pid == 0:
        os.execve(command[0], command, env)
    written = b""
    while True:
        try:
            chunk = os.read(master, 65536)
        except OSError:
            break
        if not chunk:
            break
        written += chunk
    os.close(master)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), written.decode()
