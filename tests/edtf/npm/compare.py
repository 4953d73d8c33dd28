#!/usr/bin/env python3
"""Our reading of EDTF beside two libraries': compare.py PROGRAM MODULES [--seed N] [--strings N]

MODULES is a folder in which `npm ci` was done with the package.json beside this file.
Ends with 1 if anything differs that no class predicts, if a class doesn't occur, or predicts badly.
"""
import argparse
import json
import shutil
import subprocess
import sys
from pathlib import Path

import classes
import strings

HERE = Path(__file__).resolve().parent
EXACT = 2**53  # milliseconds; beyond, the libraries' numbers are rounded
DAY = 86400000


def days_of(text):
    """Days since 1970 of one of our ISO days."""
    text = text.lstrip("Y")
    sign, body = (-1, text[1:]) if text[0] == "-" else (1, text)
    year, month, day = (int(x) for x in body.split("-"))
    year = sign * year - (month <= 2)
    era, rest = divmod(year, 400)
    return era * 146097 + rest * 365 + rest // 4 - rest // 100 + (153 * ((month + 9) % 12) + 2) // 5 + day - 719469


def same(ours, theirs):
    if ours is None or theirs is None:
        return ours is theirs
    for our, their in zip(ours, theirs):
        if our is None or their is None:
            if our is not their:
                return False
        elif their == "NaN":
            return False
        else:
            off = abs(days_of(our) - int(their) // DAY)
            if off > (2 if abs(int(their)) > EXACT else 0):
                return False
    return True


def run(command, lines):
    done = subprocess.run(command, input="\n".join(lines) + "\n", text=True, capture_output=True, timeout=60, check=False)
    out = [json.loads(line) for line in done.stdout.splitlines()]
    if len(out) != len(lines):
        sys.exit("%s: %d answers to %d lines\n%s" % (command[0], len(out), len(lines), done.stderr[-2000:]))
    return out


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("program")
    arguments.add_argument("modules")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--strings", type=int, default=5000)
    options = arguments.parse_args()
    node = shutil.which("node")
    if not node or not (Path(options.modules) / "node_modules").is_dir():
        sys.exit("node, or the libraries in %s, are missing; tests/run installs them" % options.modules)
    lines = strings.Strings(options.seed).some(options.strings)
    # Slack is ours alone, so it is nought here: `~` widens no window.
    ours = run([options.program, "date", "-", "--format", "json", "--policy", "approximate_slack=0"], lines)
    theirs = run([node, str(HERE / "read.mjs"), options.modules], lines)

    faults = []
    for library in ("ts", "js"):
        agree = 0
        hit = {name: [0, []] for name, by, _ in classes.CLASSES if library in by}
        for line, our, their in zip(lines, ours, theirs):
            window = [our["first"], our["last"]] if our["valid"] else None
            equal = same(window, their[library])
            agree += equal
            # What nobody takes for a date is no evidence about a class.
            if equal and window is None:
                continue
            named = [n for n, by, _ in classes.CLASSES if library in by and by[library](line)]
            for name in named:
                if equal:
                    hit[name][1].append(line)
                else:
                    hit[name][0] += 1
            if not equal and not named:
                faults.append("%s: %s: ours %s, theirs %s" % (library, line, window, their[library]))
        print("%s: %d strings, %d agree" % (library, len(lines), agree))
        for name, (differ, but) in hit.items():
            print("  %-28s %4d differ, %d agree %s" % (name, differ, len(but), " ".join(but[:4])))
            if not differ:
                faults.append("%s: class `%s` doesn't occur" % (library, name))
            elif len(but) > 0.1 * (differ + len(but)):
                faults.append("%s: class `%s` predicts badly" % (library, name))
    for fault in faults[:60]:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
