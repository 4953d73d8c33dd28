#!/usr/bin/env python3
"""The line that says how far a check of data is: on a terminal and nowhere else; rate, share and time left are those of
what was read, and of a pipe there is no time left.

    progress.py PROGRAM
"""

import json
import os
import pty
import re
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import across

PACK_OF_ONE = across.PACK.split("rules:\n")[0] + (
    "rules:\n  - {id: r, title: r, kind: law, severity: error, about: record, reaches: record, for: {r: row}, "
    "require: r.costs at most 9, message: '{r}', basis: [{cite: none}], tests: ["
    "{name: a, case: {rows: {a: {costs: 10}}}, expect: [{at: rows.a, verdict: certain}]}, {name: b, case: {rows: {a: {costs: 9}}}, expect: []}]}\n"
)
LINE = re.compile(r"^(?:reading ([12]) of 2: )?(\d+) records, (\d+) a second, (?:(\d+) of (\d+) MiB(?:, ([\d a-z]+) left)?|(\d+) MiB read)$")


def slowly(pipe, given):
    """So that there is something to show, on however quick a machine."""
    for part in range(8):
        pipe.write(given[len(given) * part // 8 : len(given) * (part + 1) // 8])
        pipe.flush()
        time.sleep(0.2)
    pipe.close()


def on_terminal(program, folder, words, given=None):
    """Lines that stood on standard error, a terminal, each with its second; the exit code."""
    parent, child = pty.openpty()
    start = time.monotonic()
    with subprocess.Popen([program, "check", "--map", "map.yaml", "--format", "json", *words], cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=child) as done:
        os.close(child)
        if given:
            threading.Thread(target=slowly, args=(done.stdin, given), daemon=True).start()
        else:
            done.stdin.close()
        said = []
        while True:
            try:
                more = os.read(parent, 65536)
            except OSError:  # the other side is closed
                break
            if not more:
                break
            said.append((time.monotonic() - start, more.decode()))
    os.close(parent)
    lines = [(at, line) for at, text in said for line in text.replace("\x1b[K", "\n").replace("\r", "\n").split("\n") if line]
    return lines, done.returncode


def main():
    program, faults = sys.argv[1], []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "map.yaml").write_text(across.MAP)
        record = {"id": "r", "court": "x" * 900, "kind": "judgment", "months": 3, "costs": 1}
        text = "".join(json.dumps(dict(record, id=f"r{i}")) + "\n" for i in range(9000))
        (folder / "data.jsonl").write_text(text)
        # One name more for the same bytes is another file; the same name again would be read once.
        names = [f"data-{n}.jsonl" for n in range(192)]
        for link in names:
            (folder / link).hardlink_to(folder / "data.jsonl")
        for pack, readings in [(PACK_OF_ONE, [None]), (across.PACK, ["1", "2"])]:
            (folder / "pack.yaml").write_text(pack, encoding="utf-8")
            for given in (None, text.encode() * 3):
                # Of files as many as it takes until a line is shown.
                for times in (3,) if given else (3, 12, 48, 192):
                    lines, code = on_terminal(program, folder, ["--threads", "1", *(["-"] if given else names[:times])], given)
                    if any("left" in line for _, line in lines):
                        break
                what = f"{readings} {'a pipe' if given else times}"
                size = times * len(text) >> 20
                if code != 0:
                    faults.append(f"{what}: ended with {code}")
                found = [(at, LINE.match(line)) for at, line in lines]
                if not found or any(m is None for _, m in found):
                    faults.append(f"{what}: {lines[:5]}")
                    continue
                if {m[1] for _, m in found} - set(readings):
                    faults.append(f"{what}: readings {lines[:5]}")
                for at, m in found:
                    if given and (m[5] or m[6] or m[7] is None):
                        faults.append(f"{what}: the size of a pipe: {m[0]}")
                    if not given and (m[5] is None or int(m[5]) != size or int(m[4]) > size):
                        faults.append(f"{what}: {m[0]}, and there are {size} MiB")
                    # A line is half a second after the begin at the earliest.
                    if int(m[2]) > 9000 * times or int(m[3]) > int(m[2]) * 2:
                        faults.append(f"{what}: {m[0]}")
                if not given and not any(m[6] for _, m in found):
                    faults.append(f"{what}: no time left is told: {lines[:5]}")
                counts = [(m[1], int(m[2])) for _, m in found]
                if counts != sorted(counts, key=lambda c: (c[0] or "", c[1])):
                    faults.append(f"{what}: it goes backwards: {counts}")
        # Not a terminal: nothing.
        done = subprocess.run([program, "check", "--map", "map.yaml", "--format", "json", "data.jsonl"], cwd=folder, capture_output=True, check=False)
        if re.sub(rb"exit \d: [^\n]*\n", b"", done.stderr):
            faults.append(f"no terminal: {done.stderr[:200]}")
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
