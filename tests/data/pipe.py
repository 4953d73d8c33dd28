#!/usr/bin/env python3
"""What is found goes through a pipe in large pieces, and yet while records still come; to a terminal line by line.

    pipe.py PROGRAM
"""

import os
import pty
import select
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from progress import PACK_OF_ONE

MAP = "map: {id: m, reads: jsonl, shipped: no, packs: [pack.yaml]}\ncase: {id: $.id}\nrows: {row: {costs: $.costs}}\n"
AT_ONCE = 64  # records that are checked together, however slowly they come
PIECE = 64 << 10
COUNT = 5000
PATIENCE = 60  # seconds until what never comes is given up


def records(first, count):
    return "".join(f'{{"id": "k{i}", "costs": 10}}\n' for i in range(first, first + count)).encode()


def start(program, folder, to):
    return subprocess.Popen(
        [program, "check", "--map", "map.yaml", "--format", "short", "--threads", "1", "-"],
        cwd=folder, stdin=subprocess.PIPE, stdout=to, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def pieces(program, folder):
    """Each call that writes to such a socket is a message of its own."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs, start(program, folder, theirs) as done:
        theirs.close()
        done.stdin.write(records(0, COUNT))
        done.stdin.close()
        out = []
        while more := ours.recv(4 * PIECE):
            out.append(more)
    ours.close()
    return out, done.returncode


def comes(program, folder, ours, theirs, more):
    """Is anything told before the last record was given? `more`: further records, a while later."""
    with start(program, folder, theirs) as done:
        os.close(theirs)
        done.stdin.write(records(0, AT_ONCE))
        done.stdin.flush()
        if more:
            time.sleep(1.1)
            done.stdin.write(records(AT_ONCE, more))
            done.stdin.flush()
        there = bool(select.select([ours], [], [], PATIENCE)[0])
        said = os.read(ours, PIECE).decode() if there else ""
        done.stdin.close()
        while there:
            try:
                there = bool(os.read(ours, PIECE))
            except OSError:  # a terminal whose other side is closed
                break
    os.close(ours)
    return said


def main():
    program = os.path.abspath(sys.argv[1])
    faults = []
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "pack.yaml").write_text(PACK_OF_ONE)
        Path(folder, "map.yaml").write_text(MAP)
        told, code = pieces(program, folder)
        size = sum(len(piece) for piece in told)
        if code != 1 or b"".join(told).count(b"error[r]") != COUNT or size < 2 * PIECE:
            faults.append(f"exit code {code}, {len(told)} pieces of {size} bytes: {COUNT} findings are asked for, and more bytes than one piece")
        # On a slow machine a second may pass, and then what is there is handed on.
        if max(map(len, told), default=0) < PIECE // 2:
            faults.append(f"{size} bytes are written in {len(told)} pieces, the longest of {max(map(len, told), default=0)}")
        for what, pair, more in (("a pipe", os.pipe, AT_ONCE), ("a terminal", pty.openpty, 0)):
            said = comes(program, folder, *pair(), more)
            if "error[r]" not in said:
                faults.append(f"to {what} nothing is told while records come: {said!r}")
    for f in faults:
        print(f)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
