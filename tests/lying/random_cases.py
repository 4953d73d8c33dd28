#!/usr/bin/env python3
"""`antinomy timeline --pairs` beside the brute-force search, on the oracle's random cases.

    random_cases.py PROGRAM [COUNT [SEED]]

Compares, in each account's view: whether it can stand, first and last day of each point, and
whether one event is before another. Points and orders of views that the program or the search could
not decide are left out and counted. Ends with 1 if anything differs.
"""
import json
import shutil
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

ORACLE = Path(__file__).resolve().parents[1] / "oracle"
sys.path.insert(0, str(ORACLE))
import brute  # noqa: E402
import generate  # noqa: E402


def iso(ordinal):
    return None if ordinal is None else date.fromordinal(ordinal).isoformat()


def beyond(day, world):
    """Nearer to the edge of the searched days than a bound of theirs can be, or outside."""
    if day is None or day.startswith(("0000", "-", "Y")):
        return True
    at = date.fromisoformat(day).toordinal() - world.low
    return not world.margin <= at < world.size - world.margin


def differences(text, timeline, wide):
    theirs = brute.of_all_ways(brute.answers(text, wide))
    world = brute.Case(text, wide).world
    for name, view in theirs.items():
        ours = timeline["accounts"][name]
        if ours["consistent"] is None:
            continue
        if ours["consistent"] != view["stands"]:
            yield "%s: consistent %s, but %s" % (name, ours["consistent"], view["stands"])
        if not view["stands"] or not ours["consistent"]:
            continue
        for p in ours["points"]:
            known = view["points"].get(p["path"].removeprefix("events."))
            if known is None or not p["exact"] or known.get("undecided"):
                continue
            for key in ("first", "last"):
                if known[key] is None and beyond(p[key], world):
                    continue
                if p[key] != iso(known[key]):
                    yield "%s: %s %s %s, but %s" % (name, p["path"], key, p[key], iso(known[key]))
        for p in ours["pairs"]:
            a, b = (p[k].removeprefix("events.") for k in ("a", "b"))
            known = view["orders"].get("%s %s" % (a, b))
            if known and known["before"] not in (p["before"], "undecided"):
                yield "%s: %s before %s %s, but %s" % (name, a, b, p["before"], known["before"])


def main():
    program = sys.argv[1]
    count, seed = (int(x) for x in (sys.argv[2:] + ["60", "11"][len(sys.argv) - 2:])[:2])
    bad = skipped = 0
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(ORACLE / "calendar.yaml", folder)
        for k in range(count):
            text = generate.make(seed, k)
            text = text.replace("case:\n", "case:\n  packs: [calendar.yaml]\n", 1)
            path = Path(folder, "case.yaml")
            path.write_text(text, encoding="utf-8")
            done = subprocess.run([program, "timeline", "--pairs", "--format", "json", str(path)],
                                  capture_output=True, text=True, check=False)
            if done.returncode == 2 and "undecided" in done.stderr:
                skipped += 1
            elif done.returncode != 0:
                bad += 1
                print("case %d: exit code %d\n%s" % (k, done.returncode, done.stderr))
                continue
            timeline = json.loads(done.stdout)
            for wide in (0, 1, 2):
                found = list(differences(text, timeline, wide))
                if not found:
                    break
            else:
                bad += 1
                print("case %d\n%s%s\n" % (k, text, "\n".join(found)))
    print("%d cases, %d undecided in part, %d differ" % (count, skipped, bad))
    return 1 if bad or skipped > count // 10 + 1 else 0


if __name__ == "__main__":
    sys.exit(main())
