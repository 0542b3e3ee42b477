"""Runs programs one after the other and reports what each of them used.

Reads one JSON object per line: argv, env, stdin (a path or null), output ("pipe", "terminal" or null), stderr (a path).
Writes one per line: code (exit code, or the negative number of the signal), wall (seconds), cpu (seconds of user and system time),
peak (bytes).

This is a Python program because neither Node nor Bun tells the peak memory of a child: wait4 counts the memory of the
process that started the child, too, and that of an interpreter of JavaScript is larger than that of docker.
"""

import fcntl
import json
import os
import pty
import struct
import sys
import termios
import time

ROWS, COLUMNS = 50, 160


def open_output(kind):
    """Returns the two ends of a pipe or a terminal: the one that is read, and the one that is written."""
    if kind == "pipe":
        return os.pipe()
    reading, writing = pty.openpty()
    fcntl.ioctl(writing, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    return reading, writing


def run(request):
    actions = [(os.POSIX_SPAWN_OPEN, 0, request["stdin"] or os.devnull, os.O_RDONLY, 0)]
    reader = None
    if request["output"] is not None:
        reading, writing = open_output(request["output"])
        reader = os.posix_spawn(
            "/bin/cat",
            ["cat"],
            {},
            file_actions=[
                (os.POSIX_SPAWN_DUP2, reading, 0),
                (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
                # A terminal ends with an error when the program has closed it.
                (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
            ],
        )
        os.close(reading)
        actions.append((os.POSIX_SPAWN_DUP2, writing, 1))
    else:
        actions.append((os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0))
    actions.append((os.POSIX_SPAWN_OPEN, 2, request["stderr"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    began = time.perf_counter()
    pid = os.posix_spawn(request["argv"][0], request["argv"], request["env"], file_actions=actions)
    if reader is not None:
        os.close(writing)
    _, status, usage = os.wait4(pid, 0)
    wall = time.perf_counter() - began
    if reader is not None:
        os.waitpid(reader, 0)
    return {
        "code": os.waitstatus_to_exitcode(status),
        "wall": wall,
        "cpu": usage.ru_utime + usage.ru_stime,
        "peak": usage.ru_maxrss * 1024,
    }


for line in sys.stdin:
    print(json.dumps(run(json.loads(line))), flush=True)
