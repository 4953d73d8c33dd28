#!/usr/bin/env python3
"""The data sets of sets/, checked through their maps: every finding that found.py reckons is made, and no other; each
stands where the file has it; and the maps, short as they are, pass their own tests.

    sets.py PROGRAM
"""

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import found

SETS = Path(__file__).resolve().parent / "sets"
DATA = {"officials": "officials.yaml", "courts": "courts.json", "judgments": "judgments.csv"}
FEWEST = {"officials": 100, "courts": 100, "judgments": 100}  # a set in which little is found shows little


def run(program, *words):
    return subprocess.run([program, *words], cwd=SETS, capture_output=True, text=True, check=False)


def check(program, name):
    data = SETS / DATA[name]
    lines = (SETS / f"{name}-map.yaml").read_text(encoding="utf-8").splitlines()
    if len(lines) >= 60:
        yield f"the map has {len(lines)} lines; under 60 were promised"
    tested = run(program, "test", f"{name}-map.yaml", f"{name}-pack.yaml")
    if tested.returncode != 0:
        yield "its tests fail: " + tested.stdout + tested.stderr
    done = run(program, "check", "--map", f"{name}-map.yaml", "--format", "json", DATA[name])
    if done.returncode not in (0, 1) or not re.fullmatch(r"exit 1: [^\n]*\n" if done.returncode else "", done.stderr):
        yield f"ended with {done.returncode}: {done.stderr[:500]}"
    said = [json.loads(line) for line in done.stdout.splitlines()]
    findings = [s for s in said if s["kind"] == "finding"]
    made = Counter((f["case"], f["rule"], f["at"], f["verdict"]) for f in findings)
    wanted = getattr(found, name)(data)
    if wanted.total() < FEWEST[name]:
        yield f"only {wanted.total()} findings are there to be made"
    for rule in sorted({r for _, r, _, _ in made} ^ {r for _, r, _, _ in wanted}):
        yield f"{rule}: only one of the two finds any"
    for what, n in (wanted - made).items():
        yield f"not found: {what} ({n} times)"
    for what, n in (made - wanted).items():
        yield f"found, and should not be: {what} ({n} times)"
    summary = said[-1]
    if not summary["complete"] or summary["checked"] != summary["records"] or summary["findings"] != len(findings):
        yield f"the sum does not fit: {summary}"
    # Where it stands.
    text = data.read_bytes().decode("utf-8-sig").split("\n")
    for f in findings:
        for fact in f["proof"]["facts"] + f["proof"]["premises"]:
            if fact["file"] != DATA[name] or fact["line"] is None:
                continue
            there = text[fact["line"] - 1][fact["column"] - 1 :].lstrip("'\"")
            value = fact["value"]
            if name == "judgments":
                # As the register has it: 5.03.2014 or 03/2014 for what is 2014-03-05 or 2014-03 here.
                parts = value.split("-")
                wanted_here = there.startswith(value.split()[0]) or parts[0] in there[:10]
            else:
                wanted_here = there.startswith(value)
            if not wanted_here and fact["path"].split(".")[-1] not in ("chamber", "outcome", "of"):
                yield f"{f['rule']}: {fact['path']} = {value} does not stand at {fact['line']}:{fact['column']}: {there[:30]}"


def main():
    faults = 0
    for name in DATA:
        for fault in check(sys.argv[1], name):
            print(f"{name}: {fault}")
            faults += 1
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
