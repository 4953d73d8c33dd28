#!/usr/bin/env python3
"""The maps that come with the program (rules/maps), by their names, on exports as people have them: what is said is what
stands in NAME.expected, and the maps pass their own tests.

    chronologies.py PROGRAM
    chronologies.py PROGRAM --update    writes what is said now; read the difference
"""

import re
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent / "chronologies"
MAPS = HERE.parents[2] / "rules" / "maps"
SETS = [("chronology", "tenancy"), ("casemap", "casemap-facts"), ("casefleet", "casefleet-facts")]


def said(program, map_, name):
    done = subprocess.run(
        [program, "check", "--map", map_, "--format", "short", f"{name}.csv"], cwd=HERE, capture_output=True, text=True, check=False
    )
    # Which rules apply to nothing is said of the packs, not of the map.
    rest = re.sub(r"\d+ rules? applied to nothing.*", "", done.stderr, flags=re.S)
    return f"{done.stdout}---\n{rest}---\nexit code {done.returncode}\n"


def main():
    program, faults = sys.argv[1], []
    for map_, name in SETS:
        got, golden = said(program, map_, name), HERE / f"{name}.expected"
        if sys.argv[2:] == ["--update"]:
            golden.write_text(got, encoding="utf-8")
        elif got != golden.read_text(encoding="utf-8"):
            faults.append(f"{name}: not as expected; it says\n{got}")
    tested = subprocess.run([program, "test", str(MAPS)], capture_output=True, text=True, check=False)
    if tested.returncode != 0:
        faults.append(f"tests of the maps: {tested.stdout}{tested.stderr}")
    unknown = subprocess.run([program, "check", "--map", "casemop", "x"], capture_output=True, text=True, check=False)
    if unknown.returncode != 2 or "casemop" not in unknown.stderr:
        faults.append(f"a map that nobody knows: {unknown.returncode} {unknown.stderr}")
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
