#!/usr/bin/python3
"""Compares the program's verdicts with brute.py on random rules and cases. See README.md.

Exit: 0 all the same, 1 a difference (pack, case and both verdicts are printed), 2 not run.
"""
import argparse
import collections
import glob
import json
import multiprocessing
import os
import re
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import brute
import generate
import shrink

VOCABULARY = os.path.join(HERE, "vocabulary.yaml")
with open(VOCABULARY, encoding="utf-8") as f:
    RECORDS = brute.yaml.load(f, Loader=brute.LOADER)
CHUNK = 25
VERDICTS = ["certain", "possible", "gap", "satisfied", "not applicable"]
# Each has to occur, or the comparison has lost what it is about.
OPERATORS = ["and", "or", "not", "some", "every", "no", "cmp =", "cmp !=", "cmp <", "cmp <=",
             "cmp >", "cmp >=", "in", "matches", "agrees", "sum", "known", "certainly", "possibly",
             "same", "age", "count", "cases", "time before", "time after", "time not before",
             "time not after", "time same day as", "time not same day as", "time within",
             "time within so many of", "time contains", "time overlaps", "time at least",
             "time at most", "time exactly", "time allen", "pending", "doubtful", "width",
             "width_up_to", "earliest", "latest"]


def of_program(dump, pairs):
    """A line of JSON for each (pack, case), as the program has it."""
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for k, texts in enumerate(pairs):
            for name, text in zip(("pack", "case"), texts):
                paths.append(os.path.join(folder, "%05d-%s.yaml" % (k, name)))
                with open(paths[-1], "w", encoding="utf-8") as f:
                    f.write(text)
        done = subprocess.run([dump, VOCABULARY, *paths], capture_output=True, text=True)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    if done.returncode != 0:
        lines.append({"errors": ["ended with %d: %s" % (done.returncode, done.stderr[-1000:])]})
    return lines


def differences(answer, pack, case, free=brute.FREE):
    """(differences, sums); None: too much to try by brute force."""
    if "errors" in answer:
        return ["refused: " + "; ".join(answer["errors"])], collections.Counter()
    read = brute.Case(RECORDS, pack, case)
    try:
        ours = brute.answers(read, free)
    except brute.TooMany:
        return None, collections.Counter({"cases with too many datings": 1})
    out, sums = [], operators(read.rules)
    found = set()
    if set(ours) != set(answer["views"]):
        return ["views: %s / %s" % (sorted(ours), sorted(answer["views"]))], sums
    for account, verdicts in ours.items():
        theirs = answer["views"][account]
        sums["views"] += 1
        if (verdicts is not None) != theirs["stands"]:
            out.append("%s: program says it %s" % (
                account, "stands" if theirs["stands"] else "cannot stand"))
        if verdicts is None or not theirs["stands"]:
            sums["views that cannot stand"] += 1
            # What is found there is not compared.
            found |= {(o["rule"], json.dumps(o["for"]), o["status"]) for o in theirs["outcomes"]}
            continue
        said = {}
        for o in theirs["outcomes"]:
            said[o["rule"], tuple(o["for"].values())] = o["status"]
            found.add((o["rule"], json.dumps(o["for"]), o["status"]))
        for key in sorted(set(said) | set(verdicts), key=str):
            program = said.get(key, "not applicable")
            brutes = verdicts.get(key, "not applicable")
            if program == "undecided":
                sums["undecided"] += 1
                continue
            sums["verdict " + brutes] += 1
            if program != brutes:
                out.append("%s%s of %s: program %s, brute force %s" % (
                    account + ": " if account else "", key[0],
                    ", ".join(str(k) for k in key[1]), program, brutes))
    # A report has what was judged, neither more nor less. (What two names of one record have in
    # common is told once.)
    told = {(f["rule"], json.dumps(f["for"]), f["verdict"]) for f in answer["findings"]
            if re.fullmatch(r"r\d+", f["rule"])}
    judged = {f for f in found if f[2] in ("certain", "possible")}
    if told - judged or ("identity:" not in case and judged - told):
        out.append("found and told differ: %s" % sorted(told ^ judged))
    return out, sums


def operators(rules):
    """How often each operator stands in them."""
    out = collections.Counter()

    def count(t):
        if isinstance(t, list):
            for x in t:
                count(x)
        if not isinstance(t, tuple) or not t or t[0] == "path":
            return
        if t[0] == "call":
            out[t[1]] += 1
        elif t[0] == "cmp":
            out["cmp " + t[1]] += 1
        elif t[0] == "time":
            word = re.sub(r" \d+ days (before|after)", "", t[1])
            word = re.sub(r"within .*", "within so many of", word)
            out["time " + ("allen" if word.startswith("allen") else word)] += 1
        elif isinstance(t[0], str):
            out[t[0]] += 1
        for x in t[1:]:
            if isinstance(x, (tuple, list)):
                count(x)

    def exceptions(each, depth):
        for x in each:
            out["exception" if depth == 0 else "exception of an exception"] += 1
            count(x.when)
            exceptions(x.unless, depth + 1)
    for rule in rules:
        out["rule of " + rule.kind] += 1
        count(rule.where)
        count(rule.require)
        exceptions(rule.unless, 0)
    return out


def compared(dump, named):
    """Differences, each as (name, pack, case, text), and sums of what was compared."""
    lines = of_program(dump, [texts for _, texts in named])
    bad, sums = [], collections.Counter()
    for (name, (pack, case)), line in zip(named, lines):
        out, more = differences(line, pack, case)
        if out:
            # A difference that is gone where free days reach further was one of their edge.
            again, more = differences(line, pack, case, brute.FREE + 8)
            out = out if again is None else again
        if out:
            bad.append((name, pack, case, "\n".join(out)))
        elif out is not None:
            sums["conditions"] += more["rule of fact"] + more["rule of law"]
        sums.update(more)
    return bad, sums


def generated(work):
    dump, seed, numbers = work
    return compared(dump, [("seed %d, case %d" % (seed, k), generate.make(seed, k))
                           for k in numbers])


def known():
    """The pairs of `found/`: a pack and a case in one file, two documents."""
    out = []
    for path in sorted(glob.glob(os.path.join(HERE, "found", "*.yaml"))):
        with open(path, encoding="utf-8") as f:
            pack, case = f.read().split("\n---\n")
        out.append((os.path.basename(path), (pack + "\n", case)))
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--dump", required=True, help="the program logic_dump")
    parser.add_argument("--cases", type=int, default=700, help="each has four rules")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, help="one case, by its number")
    parser.add_argument("--show", type=int, default=3, help="differences to shrink and print")
    parser.add_argument("--jobs", type=int, default=min(2, os.cpu_count() or 1))
    options = parser.parse_args()
    if not os.access(options.dump, os.X_OK):
        print("cannot run " + options.dump, file=sys.stderr)
        return 2
    numbers = list(range(options.cases)) if options.only is None else [options.only]
    work = [(options.dump, options.seed, numbers[i:i + CHUNK])
            for i in range(0, len(numbers), CHUNK)]
    bad, sums = [], collections.Counter()

    def first_that_differs(pairs):
        for k, (line, (p, c)) in enumerate(zip(of_program(options.dump, pairs), pairs)):
            try:
                if "errors" not in line and differences(line, p, c, brute.FREE + 8)[0]:
                    return k
            except (KeyError, TypeError, ValueError, AttributeError, IndexError, StopIteration):
                pass  # left out was what the rest speaks of
        return None

    def add(found, more):
        sums.update(more)
        for name, pack, case, text in found:
            bad.append(name)
            if len(bad) <= options.show:
                if not text.startswith("refused"):
                    pack, case = shrink.smallest(pack, case, first_that_differs)
                    text = "\n".join(differences(
                        of_program(options.dump, [(pack, case)])[0], pack, case,
                        brute.FREE + 8)[0])
                print("%s\n%s---\n%s%s\n" % (name, pack, case, text), flush=True)

    if options.only is None:
        add(*compared(options.dump, known()))
    if options.jobs == 1:
        for w in work:
            add(*generated(w))
    else:
        with multiprocessing.Pool(options.jobs) as pool:
            for found, more in pool.imap(generated, work):
                add(found, more)
    for key in sorted(sums):
        print("%-34s %8d" % (key, sums[key]))
    if options.only is None and options.cases >= 250:
        for key in ["verdict " + v for v in VERDICTS] + OPERATORS + [
                "exception", "exception of an exception", "rule of fact", "rule of law"]:
            if not sums[key]:
                bad.append("never compared: " + key)
        if sums["cases with too many datings"] > len(numbers) // 3:
            bad.append("too many cases with too many datings")
        if sums["undecided"]:
            bad.append("undecided")
    if bad:
        print("%d of %d cases differ (seed %d): %s" % (
            len(bad), len(numbers), options.seed, "; ".join(bad[:40])))
        return 1
    print("%d conditions in %d cases, seed %d: no difference" % (
        sums["conditions"], len(numbers), options.seed))
    return 0


if __name__ == "__main__":
    sys.exit(main())
