#!/usr/bin/python3
"""Compares the program's timeline with brute.py on random cases. See README.md.

Exit: 0 all the same, 1 a difference (the case and both answers are printed), 2 not run.
"""
import argparse
import collections
import glob
import json
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import brute
import generate

VOCABULARY = os.path.join(os.path.dirname(os.path.dirname(HERE)), "rules", "vocabulary.yaml")
CALENDAR = os.path.join(HERE, "calendar.yaml")
CHUNK = 100


def levelled(answer, world):
    """A point's answer, as far as brute.py can tell: beyond the searched days is no bound."""
    out = dict(answer)
    if out["first"] is not None and out["first"] < world.low + world.margin:
        out["first"] = None
    if out["last"] is not None and out["last"] >= world.low + world.size - world.margin:
        out["last"] = None
    if out["first"] is None or out["last"] is None:
        out["days"] = None
    return out


def settle(ours, theirs, world, sums):
    """Takes out of both answers what need not be the same."""
    for account, view in ours.items():
        other = theirs.get(account)
        if not isinstance(view, dict) or not other:
            continue
        if view.get("undecided"):
            sums["views undecided"] += 1
            ours[account] = other
            continue
        for name, point in view.get("points", {}).items():
            point = view["points"][name] = levelled(point, world)
            if name in other.get("points", {}):
                view["points"][name] = settled(point, other["points"][name], sums)
        settled_rules(view.get("rules", {}), other.get("rules", {}), sums)
        for pair, verdicts in view.get("orders", {}).items():
            for word, verdict in verdicts.items():
                # Too much work, mostly years without end (semantics 3.6): it says so. How often is
                # bounded below.
                if verdict == "undecided":
                    sums["orders undecided"] += 1
                    verdicts[word] = other.get("orders", {}).get(pair, {}).get(word, verdict)


def settled_rules(ours, theirs, sums):
    for question, verdict in ours.items():
        # More than 4,096 network tests (semantics 3.6): named, and not called a difference.
        if verdict == "undecided" or \
                verdict == "possible?" and theirs.get(question) in ("possible", "certain"):
            sums["rules undecided"] += 1
            ours[question] = theirs.get(question)


def settled(point, other, sums):
    if point.pop("inexact", False):
        # It says that its bounds are the hull's: they must hold what the search found.
        sums["points said to be inexact"] += 1
        low, high = point["first"], point["last"]
        if ((low is None or other["first"] is not None and low <= other["first"]) and
                (high is None or other["last"] is not None and high >= other["last"])):
            return other
    elif point["days"] is None and other["days"]:
        sums["points without exact days"] += 1
        return {**point, "days": other["days"]}
    return point


def differences(ours, theirs):
    out = []
    if ours.keys() != theirs.keys():
        return ["views: %s / %s" % (json.dumps(ours), list(theirs))]
    for account in theirs:
        a, b = ours[account], theirs[account]
        where = account + ": " if account else ""
        for key in sorted(set(a) | set(b)):
            if key in ("points", "orders", "rules") and key in a and key in b:
                for k in sorted(set(a[key]) | set(b[key])):
                    if a[key].get(k) != b[key].get(k):
                        out.append("%s%s\n    program %s\n    brute   %s" % (
                            where, k, shown(a[key].get(k)), shown(b[key].get(k))))
            elif a.get(key) != b.get(key):
                out.append("%s%s: program %s, brute %s" % (where, key, a.get(key), b.get(key)))
    return out


def shown(x):
    if isinstance(x, dict) and "first" in x:
        x = {k: brute.date.fromordinal(v).isoformat() if isinstance(v, int) else
             [brute.date.fromordinal(d).isoformat() for d in v] if isinstance(v, list) else v
             for k, v in x.items()}
    return json.dumps(x)


def generated(work):
    dump, seed, numbers = work
    return compare(dump, [("seed %d, case %d" % (seed, k), generate.make(seed, k))
                          for k in numbers])


def compare(dump, cases):
    """Differences, each as (name, text), and sums of what was compared."""
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for k, (_, text) in enumerate(cases):
            paths.append(os.path.join(folder, "case-%05d.yaml" % k))
            with open(paths[-1], "w", encoding="utf-8") as f:
                f.write(text)
        done = subprocess.run([dump, VOCABULARY, CALENDAR, *paths], capture_output=True, text=True)
    lines = done.stdout.splitlines()
    if done.returncode != 0 or len(lines) != len(cases):
        # The first case without an answer is the one it broke on.
        name, text = cases[min(len(lines), len(cases) - 1)]
        return [(name, "dump ended with %d: %s\n%s" % (
            done.returncode, done.stderr[-2000:], text))], {}
    bad, sums = [], collections.Counter()
    for (name, text), line in zip(cases, lines):
        began = time.time()
        # A difference that is gone in a wider world was its edge.
        for wide in (0, 1, 2):
            ours = json.loads(line)
            theirs = brute.answers(text, wide)
            again = collections.Counter()
            settle(ours, theirs, brute.Case(text, wide).world, again)
            if ours == theirs:
                break
        else:
            bad.append((name, text + "\n" + "\n".join(differences(ours, theirs))))
        sums.update(again)
        sums["cases searched more widely"] += wide > 0
        if time.time() - began > 10:
            sums["slower than 10 s: " + name] += 1
        for view in theirs.values():
            sums["views"] += 1
            sums["cannot stand"] += not view["stands"]
            if "fewest" in view:
                sums["fewest %d" % view["fewest"]] += 1
            for p in view.get("points", {}).values():
                sums["points"] += 1
                sums["points with days compared"] += p["days"] is not None
            for question, verdict in view.get("rules", {}).items():
                sums["rules %s" % (verdict or "of what is absent")] += 1
                joint = " and " in question or " or " in question.replace("allen", "")
                sums["rules of several relations"] += joint
            for verdicts in view.get("orders", {}).values():
                for word in verdicts.values():
                    sums["orders " + word] += 1
    return bad, sums


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--dump", required=True, help="the program oracle_dump")
    parser.add_argument("--cases", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, help="one case, by its number")
    parser.add_argument("--show", type=int, default=5, help="differences to print in full")
    parser.add_argument("--jobs", type=int, default=min(2, os.cpu_count() or 1))
    options = parser.parse_args()
    if not os.access(options.dump, os.X_OK):
        print("cannot run " + options.dump, file=sys.stderr)
        return 2
    numbers = list(range(options.cases)) if options.only is None else [options.only]
    work = [(options.dump, options.seed, numbers[i:i + CHUNK])
            for i in range(0, len(numbers), CHUNK)]
    bad, sums = [], collections.Counter()

    def add(found, more):
        sums.update(more)
        for name, text in found:
            bad.append(name)
            if len(bad) <= options.show:
                print("%s\n%s\n" % (name, text), flush=True)

    known = []
    for path in sorted(glob.glob(os.path.join(HERE, "found", "*.yaml"))):
        with open(path, encoding="utf-8") as f:
            known.append((os.path.basename(path), f.read()))
    if options.only is None:
        add(*compare(options.dump, known))
    with multiprocessing.Pool(options.jobs) as pool:
        for found, more in pool.imap(generated, work):
            add(found, more)
    for key in sorted(sums):
        print("%-32s %8d" % (key, sums[key]))
    if sums["rules undecided"] > len(numbers) // 100 + 5:
        bad.append("too many rules undecided")
    if sums["orders undecided"] > len(numbers) // 4 + 20:
        bad.append("too many orders undecided")
    if sums["views undecided"] > len(numbers) // 50 + 1:
        bad.append("too many views undecided")
    if bad:
        print("%d of %d cases differ (seed %d): %s" % (
            len(bad), len(numbers), options.seed, "; ".join(bad[:40])))
        return 1
    print("%d cases, seed %d: no difference" % (len(numbers), options.seed))
    return 0


if __name__ == "__main__":
    sys.exit(main())
