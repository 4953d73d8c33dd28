#!/usr/bin/env python3
"""`antinomy test` on all packs beside loading them and running their examples through the engine.

    examples.py EXAMPLES ANTINOMY [--repetitions N]

Both are whole processes, run in turns; what counts is the processor's time, and of that the median of the ratios: it
must not be above 2. Also: no text of a rule is parsed twice, also where packs are loaded with several others.
"""

import os
import re
import resource
import statistics
import subprocess
import sys
from pathlib import Path

LIMIT = 2.0


def seconds(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, done.stdout


def parsed(antinomy, paths):
    """The last number that the log says, and how often packs were loaded."""
    done = subprocess.run([antinomy, "-v", "test", *paths], capture_output=True, text=True, check=True)
    counts = [int(n) for n in re.findall(r"(\d+) texts parsed so far", done.stdout + done.stderr)]
    return counts[-1], len(counts)


def main():
    examples, antinomy = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    repetitions = int(sys.argv[sys.argv.index("--repetitions") + 1]) if "--repetitions" in sys.argv else 15
    shipped = sorted(str(p) for p in Path("rules").resolve().glob("*.yaml"))
    packs = [*shipped, "cases/tenancy/tenancy-pack.yaml"]
    ratios, ours, engines = [], [], []
    said = {}
    for _ in range(repetitions):
        engine, said["engine"] = seconds([examples, str(Path("rules").resolve()), *packs])
        whole, said["test"] = seconds([antinomy, "test", *packs])
        engines.append(engine)
        ours.append(whole)
        ratios.append(whole / engine)
    count = re.search(r"\((\d+) examples", said["test"]).group(1)
    ratio = statistics.median(ratios)
    print(f"loading and running, ms   {1000 * statistics.median(engines):.1f}  ({said['engine'].strip()})")
    print(f"antinomy test, ms         {1000 * statistics.median(ours):.1f}  ({count} examples)")
    print(f"ratio                     {ratio:.2f}")
    alone, _ = parsed(antinomy, shipped)
    together, loads = parsed(antinomy, packs)
    again, _ = parsed(antinomy, packs * 2)
    print(f"texts parsed              {alone} of the shipped packs, {together} with one more ({loads} loads)")
    faults = []
    if ratio > LIMIT:
        faults.append(f"the ratio is above {LIMIT}")
    if said["engine"].split()[0] != count:
        faults.append("the two have not run the same examples")
    if loads < 2:
        faults.append("packs were loaded once: nothing is asked")
    if not alone < together < 2 * alone or again != together:
        faults.append("a text is parsed twice")
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
