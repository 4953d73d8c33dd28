#!/usr/bin/env python3
"""How much there is, and that all of it is tried: rules, examples, and each condition seen true and seen false.

    numbers.py PROGRAM

The examples and the cases come out as expected; whether examples notice changes of a rule is asked by trial.rules.
"""

import re
import subprocess
import sys
from pathlib import Path

sys.dont_write_bytecode = True
import library

RULES, EXAMPLES, OF_A_RULE = 130, 480, 4
NEVER = Path(__file__).resolve().parent / "never.yaml"


def unseen(output):
    """What `--coverage` names as never true or never false, less what never.yaml explains; and its stale entries."""
    known = library.load(NEVER)
    used = set()
    for line in output.splitlines():
        named = re.match(r"never (?:true|false)\b.*?  (rules/\S+):\d+:\d+: ([a-z0-9-]+): \w+: (.*)", line)
        if not named:
            continue
        of = [k for k, e in enumerate(known) if e.get("rule", named[2]) == named[2] and e["says"] in named[3]]
        used.update(of)
        if not of:
            yield line
    for k, entry in enumerate(known):
        if k not in used:
            yield f"never.yaml: `{entry['says']}` of {entry.get('rule', 'any rule')} is never needed"


def main():
    program = str(Path(sys.argv[1]).resolve())
    rules = library.shipped()
    faults = [f"{rule.id}: {len(rule.examples)} examples, fewer than {OF_A_RULE}" for rule in rules
              if len(rule.examples) < OF_A_RULE]  # fmt: skip
    run = subprocess.run(
        [program, "--color", "never", "test", "--coverage", "rules", "cases"],
        cwd=library.ROOT, env=library.environment(), capture_output=True, text=True, check=False,
    )  # fmt: skip
    faults += unseen(run.stdout)
    sums = re.search(r"^(\d+) ok, 0 missing, 0 noisy, 0 wrong \((\d+) examples", run.stdout, re.M)
    if not sums or run.returncode:
        faults.append(f"exit {run.returncode}\n{run.stdout[-2000:]}{run.stderr}")
    elif int(sums[2]) < EXAMPLES:
        faults.append(f"{sums[2]} examples, fewer than {EXAMPLES}")
    if len(rules) < RULES:
        faults.append(f"{len(rules)} rules, fewer than {RULES}")
    print("\n".join([*faults, f"{len(rules)} rules, {sums[2] if sums else '?'} examples, {len(faults)} faults"]))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
