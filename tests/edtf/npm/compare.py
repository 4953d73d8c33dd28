#!/usr/bin/env python3
"""Our reading of EDTF beside two libraries': compare.py PROGRAM MODULES [--seed N] [--strings N] [--pairs N]

MODULES is a folder in which `npm ci` was done with the package.json beside this file.
Ends with 1 if anything differs that no class predicts, if a class doesn't occur, or predicts badly.
"""
import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
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


NAMES = {
    "before": "before", "meets": "meets", "overlaps": "overlaps", "starts": "starts", "during": "during",
    "finishes": "finishes", "equals": "equals", "after": "after", "metBy": "met-by", "overlappedBy": "overlapped-by",
    "startedBy": "started-by", "contains": "contains", "finishedBy": "finished-by",
}
PACK = """pack: {id: edtf-relations, title: Allen's relations}
vocabulary:
  span: {plural: spans, title: title, fields: {title: text, days: period}}
  pair: {plural: pairs, title: title, fields: {title: text, x: span, y: span}}
rules:
"""
# The rule is broken where the relation certainly holds.
RULE = """  - {id: is-%s, title: A relation, kind: law, severity: warning, about: record, reaches: record,
     for: {p: pair}, require: not p.x.days allen %s p.y.days, message: it holds}
"""


def relations(program, node, modules, seed, count):
    """Faults in Allen's relations between random periods of a few days."""
    r = random.Random(seed)

    def period():
        first = r.randint(1, 6)
        last = r.randint(first, 7)
        text = "2014-03-%02d" % first
        return text if first == last and r.random() < 0.5 else text + "/2014-03-%02d" % last

    pairs = [(period(), period()) for _ in range(count)]
    theirs = run([node, str(HERE / "read.mjs"), modules, "--relations"], [" ".join(p) for p in pairs])
    case = ["case: {id: relations, title: Relations}", "spans:"]
    for i, pair in enumerate(pairs):
        case += ["  %s%d: {title: t, days: %s}" % (n, i, text) for n, text in zip("xy", pair)]
    case += ["pairs:"] + ["  p%d: {title: t, x: x%d, y: y%d}" % (i, i, i) for i in range(count)]
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "rules").mkdir()
        (Path(folder) / "rules/pack.yaml").write_text(PACK + "".join(RULE % (n, n) for n in NAMES.values()))
        (Path(folder) / "case.yaml").write_text("\n".join(case) + "\n")
        done = subprocess.run(
            [program, "check", "--format", "json", "--fail-on", "never", folder + "/case.yaml"], text=True,
            capture_output=True, timeout=60, check=False, env={**os.environ, "ANTINOMY_RULES": folder + "/rules"})
    if done.returncode != 0:
        return ["check: exit code %d: %s" % (done.returncode, done.stderr[-2000:])]
    ours = [[] for _ in pairs]
    for finding in json.loads(done.stdout)["findings"]:
        if finding["verdict"] == "certain":
            ours[int(finding["at"][len("pairs.p"):])].append(finding["rule"][len("is-"):])
    faults = []
    for pair, our, their in zip(pairs, ours, theirs):
        their = [NAMES[name] for name in their]
        if sorted(our) != sorted(their) or len(our) != 1:
            faults.append("relation of %s to %s: ours %s, theirs %s" % (*pair, our, their))
    seen = {name for our in ours for name in our}
    faults += ["relation %s doesn't occur" % name for name in NAMES.values() if name not in seen]
    print("relations: %d pairs, %d of 13 relations" % (count, len(seen)))
    return faults


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("program")
    arguments.add_argument("modules")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--strings", type=int, default=5000)
    arguments.add_argument("--pairs", type=int, default=400)
    options = arguments.parse_args()
    node = shutil.which("node")
    if not node or not (Path(options.modules) / "node_modules").is_dir():
        sys.exit("node, or the libraries in %s, are missing; tests/run installs them" % options.modules)
    lines = strings.Strings(options.seed).some(options.strings)
    # Slack is ours alone, so it is nought here: `~` widens no window.
    ours = run([options.program, "date", "-", "--format", "json", "--policy", "approximate_slack=0"], lines)
    theirs = run([node, str(HERE / "read.mjs"), options.modules], lines)

    faults = relations(options.program, node, options.modules, options.seed, options.pairs)
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
