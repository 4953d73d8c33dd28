#!/usr/bin/env python3
"""Suppressions, baselines and comparisons, played as their users play them.

    track.py PROGRAM [NAME...]            plays every folder's `steps` in a copy of it and compares with `golden`
    track.py PROGRAM --write [NAME...]    writes the goldens anew (read the difference before you commit it)

A step is a line of shell; `antinomy` is the program, and what each step prints and exits with is the golden. Steps run
with the few rules of tests/broken/rules, so that shipped rules may change, and on the day 2026-11-30 unless they say
another.
"""

import argparse
import difflib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
EPOCH = "1795996800"  # 2026-11-30


def played(program, folder):
    with tempfile.TemporaryDirectory() as made:
        work = Path(made, "w")
        shutil.copytree(folder, work, ignore=shutil.ignore_patterns("steps", "golden"))
        Path(made, "bin").mkdir()
        Path(made, "tmp").mkdir()
        Path(made, "bin", "antinomy").symlink_to(program)
        env = {
            "PATH": made + "/bin:" + os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": made, "COLUMNS": "100",
            "SOURCE_DATE_EPOCH": EPOCH, "TMPDIR": made + "/tmp", "ANTINOMY_RULES": str(HERE.parent / "broken" / "rules"),
        }  # fmt: skip
        out = ""
        for step in (folder / "steps").read_text(encoding="utf-8").splitlines():
            if not step or step.startswith("#"):
                out += step + "\n"
                continue
            done = subprocess.run(["bash", "-c", step], cwd=work, env=env, capture_output=True, text=True, timeout=60)
            out += "$ " + step + "\n" + done.stdout
            if done.stderr:
                out += "-- stderr\n" + done.stderr
            out += "-- exit %d\n" % done.returncode
        return out.replace(made, "MADE")


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("program")
    p.add_argument("names", nargs="*")
    p.add_argument("--write", action="store_true")
    o = p.parse_args()
    program = Path(o.program).resolve()
    bad = count = 0
    for steps in sorted(HERE.glob("*/steps")):
        folder = steps.parent
        if o.names and not any(n in folder.name for n in o.names):
            continue
        count += 1
        now = played(program, folder)
        golden = folder / "golden"
        was = golden.read_text(encoding="utf-8") if golden.exists() else ""
        if o.write:
            golden.write_text(now, encoding="utf-8")
        elif was != now:
            bad += 1
            sys.stdout.writelines(difflib.unified_diff(was.splitlines(True), now.splitlines(True), folder.name + "/golden",
                                                       "now"))  # fmt: skip
    print("%d folders played, %d otherwise than their goldens" % (count, bad))
    return 1 if bad or count == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
