#!/usr/bin/env python3
"""Fingerprints survive what changes no finding, and change with what does.

    fingerprints.py PROGRAM                    200 harmless edits, 50 others, of the shipped cases
    fingerprints.py PROGRAM --faulty NAME      the same with fingerprints spoilt in one way: passes if that is noticed
    fingerprints.py PROGRAM --only N           one harmless edit, its files kept, for a look at it

An edit is a few of edits.HARMLESS on a case drawn by chance, written in a style drawn by chance (write.py). The
fingerprints of all findings, with their verdicts, have to be those of the case as it is shipped; findings about
records that the edit added are left aside.
"""

import argparse
import concurrent.futures
import copy
import hashlib
import json
import os
import posixpath
import random
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

import edits
import read
from write import Map, Writer

ROOT = Path(__file__).resolve().parents[2]
SEED = 20141109


def spoilt(name, f):
    """The fingerprint as a careless program would make it."""
    place = f["places"][0] if f["places"] else {"file": "", "line": 0, "column": 0}
    more = {
        "line": str(place["line"]),
        "column": str(place["column"]),
        "file": str(place["file"]),
        "message": f["message"],
        "quoted": json.dumps([p["label"] for p in f["places"]], ensure_ascii=False),
        # These forget what makes it this finding.
        "rule-alone": None,
        "without-accounts": None,
        "without-bindings": None,
        "without-case": None,
        "without-rule": None,
    }[name]
    parts = {
        "rule": f["rule"], "case": f["case"], "at": f["at"], "bindings": f["bindings"], "accounts": f["accounts"],
        "facts": sorted((x["path"], x["account"] or "") for x in f["proof"]["facts"]),
    }  # fmt: skip
    if more is not None:
        return hashlib.sha256((f["fingerprint"] + more).encode()).hexdigest()[:16]
    if name == "rule-alone":
        parts = {"rule": f["rule"], "case": f["case"]}
    else:
        gone = name.split("-")[1]
        parts.pop(gone)
        if gone == "bindings":
            parts.pop("at"), parts.pop("facts")
        if gone == "accounts":
            parts["facts"] = [p for p, _ in parts["facts"]]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:16]


class Checker:
    def __init__(self, program, faulty):
        self.program = program
        self.faulty = faulty

    def check(self, folder, *paths):
        env = dict(os.environ, SOURCE_DATE_EPOCH="1700000000")
        done = subprocess.run([self.program, "check", "--format", "json", "--fail-on", "never", *paths],
                              cwd=folder, env=env, capture_output=True, text=True)  # fmt: skip
        if done.returncode != 0:
            raise RuntimeError("%s: exit %d\n%s" % (paths[0], done.returncode, done.stderr[:2000]))
        report = json.loads(done.stdout)
        found = report["findings"] + report["suppressed"]
        if self.faulty:
            for f in found:
                f["fingerprint"] = spoilt(self.faulty, f)
        return found

    def written(self, case, draw, keep=None):
        """The case in files of a folder, checked."""
        with tempfile.TemporaryDirectory() as made:
            folder = keep or Path(made)
            for path, root in case.files.items():
                style = Writer(draw)
                target = folder / path
                target.parent.mkdir(parents=True, exist_ok=True)
                # Packs are no case: they are written as they were.
                target.write_text(style.file(root), encoding="utf-8")
            return self.check(folder, case.main)


def shipped():
    """Every case that is shipped, with the files that it is made of."""
    out = []
    for path in sorted((ROOT / "cases").rglob("*.yaml")):
        root = read.read(path)
        if root.get("case") is None or edits.is_pack(root):
            continue
        files = {}
        todo = [path]
        while todo:
            p = todo.pop()
            name = posixpath.relpath(p.as_posix(), (ROOT / "cases").as_posix())
            if name in files:
                continue
            files[name] = read.read(p)
            for names in (files[name].get("include"), (files[name].get("case") or Map()).get("packs")):
                todo += [(p.parent / n.text).resolve() for n in names or [] if (p.parent / n.text).exists()]
        out.append(edits.Case(files, posixpath.relpath(path.as_posix(), (ROOT / "cases").as_posix())))
    return out


def ids(findings):
    return Counter((f["fingerprint"], f["verdict"]) for f in findings)


def about_added(f):
    return "zz-unrelated" in json.dumps([f["at"], f["bindings"], [x["path"] for x in f["proof"]["facts"]]])


def harmless(checker, case, before, number, keep=None):
    """What is wrong, or nothing."""
    draw = random.Random(SEED * 1000 + number)
    edited = copy.deepcopy(case)
    names = draw.sample(edits.HARMLESS, draw.randrange(1, 5))
    for edit in names:
        edit(edited, draw)
    told = "harmless edit %d of %s (%s)" % (number, case.main, ", ".join(e.__name__ for e in names))
    try:
        after = checker.written(edited, draw, keep)
    except RuntimeError as e:
        return "%s: %s" % (told, e)
    was, now = ids(before), ids(f for f in after if not about_added(f))
    if was == now:
        return None
    wrong = ["%s lost %s %s at %s" % (told, f["fingerprint"], f["rule"], f["at"]) for f in before
             if now[(f["fingerprint"], f["verdict"])] < was[(f["fingerprint"], f["verdict"])]]  # fmt: skip
    wrong += ["%s made %s %s at %s" % (told, f["fingerprint"], f["rule"], f["at"]) for f in after
              if was[(f["fingerprint"], f["verdict"])] < now[(f["fingerprint"], f["verdict"])]]  # fmt: skip
    return "\n".join(wrong) or told


# ---- edits that make another finding of it

TWO_RULES = """
pack: {id: local}
vocabulary: {thing: {plural: things, fields: {first: date, second: date, third: date}}}
rules:
  - {id: %s, for: {t: thing}, require: t.first not after t.second, message: "{t}"}
"""

CHAIN = """
case: {id: chain, packs: [pack.yaml]}
things:
  one: {first: %s, second: %s, third: %s}
order: [%s]
"""


def made(checker, files, main="case.yaml"):
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            Path(folder, name).write_text(text, encoding="utf-8")
        return checker.check(folder, main)


def other_rules(checker):
    """The same condition under another name is another rule."""
    case = CHAIN % ("2014-02-02", "2014-02-01", "2014-03-01", "")
    found = {name: made(checker, {"pack.yaml": TWO_RULES % name, "case.yaml": case}) for name in ("order-a", "order-b")}
    a, b = (next(f for f in found[n] if f["rule"] == n) for n in ("order-a", "order-b"))
    yield "another rule", a["fingerprint"], {b["fingerprint"]}


def other_conflicts(checker):
    """Which statements contradict one another makes the contradiction."""
    days = {"first": "2014-02-03", "second": "2014-02-02", "third": "2014-02-01"}
    lines = ["one.first before one.second", "one.second before one.third", "one.first before one.third"]
    seen = {}
    for line in lines:
        found = made(checker, {"pack.yaml": TWO_RULES % "unused", "case.yaml": CHAIN % (*days.values(), line)})
        seen[line] = {f["fingerprint"] for f in found if f["rule"] == "facts-contradict"}
        if len(seen[line]) != 1:
            yield "no conflict by " + line, "", {""}
    for a in lines:
        for b in lines:
            if a < b:
                yield "another conflict: %s; %s" % (a, b), next(iter(seen[a])), seen[b]


def renamed(checker, cases, before, count):
    """Records, accounts and cases under other ids: other bindings, other accounts, other cases."""
    draw = random.Random(SEED)
    done = Counter()
    order = list(range(len(cases)))
    while sum(done.values()) < count:
        i = draw.choice(order)
        case, found = cases[i], before[i]
        if not found:
            continue
        kind = ("binding", "account", "case")[sum(done.values()) % 3]
        edited = copy.deepcopy(case)
        f = draw.choice(found)
        if kind == "binding":
            paths = sorted(p for p in f["bindings"].values() if p.count(".") >= 1)
            if not paths:
                continue
            old = draw.choice(paths).split(".")[1]
            edits.rename_id(edited, old, "renamed-" + old)
            mine = [x for x in found if any(p.split(".")[1:2] == [old] for p in x["bindings"].values())]
        elif kind == "account":
            accounts = sorted({x["account"] for x in f["proof"]["facts"] + f["proof"]["premises"] if x["account"]})
            if not accounts:
                continue
            old = draw.choice(accounts)
            edits.rename_id(edited, old, "renamed-" + old)
            # What else of it has the account among its owners is the rule's to say: this one rests on it.
            mine = [x for x in found if old in {y["account"] for y in x["proof"]["facts"]} and x["accounts"] == [old]]
        else:
            old = case.files[case.main].get("case").get("id").text
            edits.rename_case(edited, "renamed-" + old)
            mine = found
        if not mine:
            continue
        try:
            after = checker.written(edited, draw)
        except RuntimeError:
            continue  # the id is also a word of the vocabulary, or of prose: another draw
        if len(after) != len(found):
            continue  # likewise: the case says something else now
        done[kind] += 1
        now = {x["fingerprint"] for x in after}
        kept = [x for x in mine if x["fingerprint"] in now]
        yield ("another %s: `%s` of %s renamed; %s at %s keeps its fingerprint"
               % (kind, old, case.main, kept[0]["rule"] if kept else "", kept[0]["at"] if kept else ""),
               kept[0]["fingerprint"] if kept else "none", now if kept else set())  # fmt: skip


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("program")
    p.add_argument("--harmless", type=int, default=200)
    p.add_argument("--others", type=int, default=50)
    p.add_argument("--faulty")
    p.add_argument("--only", type=int)
    o = p.parse_args()
    checker = Checker(Path(o.program).resolve(), o.faulty)
    cases = shipped()
    by = {}
    for f in checker.check(ROOT, "cases", "--variants"):
        by.setdefault(f["case"], []).append(f)
    before = [by.get(c.files[c.main].get("case").get("id").text, []) for c in cases]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        # Cases with findings of rules that seldom have one, more often.
        draw = random.Random(SEED)
        rules = Counter(f["rule"] for b in before for f in b)
        weights = [sum(1 / rules[f["rule"]] for f in b) for b in before]
        drawn = draw.choices(range(len(cases)), weights, k=max(o.harmless, (o.only or 0) + 1))
        if o.only is not None:
            keep = Path(tempfile.mkdtemp())
            i = drawn[o.only]
            print(harmless(checker, cases[i], before[i], o.only, keep), "\n", keep)
            return 0
        wrong = [w for w in pool.map(lambda n: harmless(checker, cases[drawn[n]], before[drawn[n]], n),
                                     range(o.harmless)) if w]  # fmt: skip
    met = len({f["rule"] for i in set(drawn) for f in before[i]})
    print("%d harmless edits of %d cases with %d findings of %d rules: %d change a fingerprint" % (
        o.harmless, len(set(drawn)), sum(len(before[i]) for i in set(drawn)), met, len(wrong)))  # fmt: skip
    others = list(other_rules(checker)) + list(other_conflicts(checker))
    others += list(renamed(checker, cases, before, o.others - len(others)))
    same = [told for told, old, now in others if old in now]
    print("%d edits that make another finding: %d change none" % (len(others), len(same)))
    for line in wrong[:10] + same[:10]:
        print(line)
    if o.faulty:
        print("fingerprints spoilt by `%s`: %s" % (o.faulty, "noticed" if wrong or same else "NOT noticed"))
        return 0 if wrong or same else 1
    return 1 if wrong or same else 0


if __name__ == "__main__":
    sys.exit(main())
