#!/usr/bin/env python3
"""What `antinomy rules lint` says of packs with known answers.

    lint.py PROGRAM            faults.yaml beside its goldens, clean.yaml silent; cases shown are judged
    lint.py PROGRAM --write    writes the goldens anew (read the diff before you commit it)
    lint.py PROGRAM PACK...    nothing must be said of these packs
"""

import difflib
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
KINDS = {
    "unused-binding", "unused-variable", "same-on-both-sides", "fails-of-nothing", "message-names-nothing",
    "never-fires", "always-true", "never-true", "never-excepts", "subsumed",
}  # fmt: skip


def run(program, *arguments, cwd=HERE, shipped=False):
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    if not shipped:
        # The packs here stand on the shipped vocabulary, which tests/broken keeps a copy of.
        environment["ANTINOMY_RULES"] = str(HERE.parent / "broken" / "rules")
    return subprocess.run(
        [program, "--color", "never", *arguments],
        cwd=cwd, env=environment, capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip


def silent(program, packs, shipped):
    done = run(program, "rules", "lint", *packs, cwd=Path.cwd() if shipped else HERE, shipped=shipped)
    # What could not be decided is told, and is no remark.
    if done.returncode == 0 and re.search(r"^0 remarks on [1-9]", done.stdout, re.M):
        return []
    return [f"{' '.join(packs)}: exit {done.returncode}\n{done.stdout}{done.stderr}"]


# Of each number in a comment "# 7." the rule below it is a planted fault.
def planted():
    text = (HERE / "faults.yaml").read_text(encoding="utf-8")
    return re.findall(r"^  # \d+\. .*\n(?:  # .*\n)*  - id: (\S+)", text, re.M)


def judged(program, remarks):
    """Where a case shows a finding, `check` finds it."""
    for r in remarks:
        example = r["example"]
        if not example or "finds something here" not in example["shows"] and "find something here" not in example["shows"]:
            continue
        if "if other rules" in example["shows"]:
            continue  # and here are none
        with tempfile.TemporaryDirectory() as where:
            folder = Path(where)
            (folder / "pack.yaml").write_text((HERE / "faults.yaml").read_text(encoding="utf-8"), encoding="utf-8")
            lines = ["case: {id: shown, title: Shown, packs: [pack.yaml]}", *example["case"]]
            (folder / "case.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
            done = run(program, "check", "--format", "short", "--fail-on", "never", "case.yaml", cwd=folder)
            for rule in [r["rule"]] + ([r["what"]] if r["code"] == "subsumed" else []):
                if f"[{rule}]" not in done.stdout:
                    yield f"{r['rule']} ({r['code']}): the case shown is no finding of {rule}\n{done.stdout}{done.stderr}"


def main():
    program = os.path.abspath(sys.argv[1])
    packs = [name for name in sys.argv[2:] if name != "--write"]
    if packs:
        faults = silent(program, packs, True)
        print("\n".join(faults))
        return 1 if faults else 0
    faults = silent(program, ["clean.yaml"], False)
    text = run(program, "rules", "lint", "faults.yaml")
    data = run(program, "rules", "lint", "--format", "json", "faults.yaml")
    said = {
        "faults.out": f"$ antinomy rules lint faults.yaml\n{text.stdout}{text.stderr}-- exit {text.returncode}\n",
        "faults.json": data.stdout,
    }
    for name, now in said.items():
        golden = HERE / name
        if "--write" in sys.argv[2:]:
            golden.write_text(now, encoding="utf-8")
            continue
        then = golden.read_text(encoding="utf-8") if golden.is_file() else ""
        if now != then:
            faults += difflib.unified_diff(then.splitlines(), now.splitlines(), name, "now", lineterm="")
    remarks = json.loads(data.stdout)["remarks"]
    rules = planted()
    faults += [f"{rule}: nothing is said of it" for rule in rules if rule not in {r["rule"] for r in remarks}]
    faults += [f"{r['rule']}: a remark on a sound rule" for r in remarks if r["rule"] not in rules]
    faults += [f"no fault of kind {kind}" for kind in sorted(KINDS - {r["code"] for r in remarks})]
    if len(rules) < 12:
        faults.append("fewer than twelve faults are planted")
    faults += judged(program, remarks)
    print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
