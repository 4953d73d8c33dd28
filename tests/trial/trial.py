#!/usr/bin/env python3
"""What `antinomy test` says of the examples of small packs, beside the goldens here.

    trial.py PROGRAM            compares
    trial.py PROGRAM --write    writes the goldens anew (read the diff before you commit it)
    trial.py PROGRAM PACK...    are the examples of these packs enough? Each change of their rules that no
                                example notices must have its reason.

Each row of RUNS is a golden and the arguments; the exit code is its last line.
"""

import difflib
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
RUNS = [
    ("coverage", ["--coverage", "coverage.yaml"]),
    ("mutate", ["--mutate", "--at-least", "25", "mutate.yaml"]),
    ("mutate-too-few", ["--mutate", "--at-least", "95.5", "--ascii", "--rules", "reasons,noticed", "mutate.yaml"]),
    ("mutate-case", ["--mutate", "--rules", "reasons", "mutate.yaml", "case.yaml"]),
    ("mutate-all", ["--mutate", "--at-least", "100", "--rules", "noticed", "mutate.yaml"]),
]


def said(program, arguments):
    # The packs here stand on the shipped vocabulary, which tests/broken keeps a copy of.
    environment = {**os.environ, "ANTINOMY_RULES": str(HERE.parent / "broken" / "rules"), "LC_ALL": "C.UTF-8"}
    run = subprocess.run(
        [program, "--color", "never", "test", *arguments],
        cwd=HERE, env=environment, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    return f"$ antinomy test {' '.join(arguments)}\n{run.stdout}{run.stderr}-- exit {run.returncode}\n"


def enough(program, packs):
    run = subprocess.run(
        [program, "--color", "never", "test", "--mutate", *packs], capture_output=True, text=True, timeout=300, check=False
    )
    lines = run.stdout.splitlines() + [""]
    without = [a for a, b in zip(lines, lines[1:]) if a.startswith("survives  ") and "because" not in b[:18]]
    for line in without:
        print(f"{line}: no reason is given under `survives`")
    if run.returncode:
        print(run.stdout + run.stderr)
    return 1 if run.returncode or without else 0


def main():
    program = os.path.abspath(sys.argv[1])
    packs = [name for name in sys.argv[2:] if name != "--write"]
    if packs:
        return enough(program, packs)
    failed = False
    for name, arguments in RUNS:
        golden = HERE / f"{name}.out"
        now = said(program, arguments)
        if "--write" in sys.argv[2:]:
            golden.write_text(now, encoding="utf-8")
            continue
        then = golden.read_text(encoding="utf-8") if golden.is_file() else ""
        if now != then:
            failed = True
            sys.stdout.writelines(
                difflib.unified_diff(then.splitlines(True), now.splitlines(True), golden.name, "now")
            )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
