#!/usr/bin/env python3
"""Antinomy, the hand-written limit, Node and Python find in 1,000 records what was planted; no times.

    smoke.py GENERATE LIMIT ANTINOMY
"""

import sys
import tempfile
from pathlib import Path

from contestants import RULES, Wrong, antinomy, generate, limit, node, python


def main():
    program, limit_program, antinomy_program = sys.argv[1:]
    faults = 0
    with tempfile.TemporaryDirectory() as folder:
        for seed in (1, 2):
            file = Path(folder) / f"{seed}.jsonl"
            wanted = generate(program, file, 1000, "--seed", str(seed), "--planted", "300")
            if wanted["records"] != 1000 or not all(
                wanted["findings"][rule][verdict] for rule in RULES for verdict in ("certain", "possible")
            ):
                print(f"seed {seed}: of some rule nothing was planted: {wanted}")
                faults += 1
            for contestant in (antinomy(antinomy_program), limit(limit_program), node(), python()):
                try:
                    found = contestant.missing or contestant.run(file)
                except Wrong as fault:
                    found = fault
                if found != wanted:
                    print(f"seed {seed}: {contestant.name} found {found}\n    and planted were {wanted}")
                    faults += 1
    print(f"{faults} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
