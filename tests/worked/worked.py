#!/usr/bin/env python3
"""The worked examples of worked.yaml, asked of the program: worked.py PROGRAM [NUMBER...]

Prints each that comes out otherwise, and each number from 1 to 77 that has no row; ends with 1 if there is any.
"""
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

HERE = Path(__file__).resolve().parent
ROWS = 77
ALLEN = ["before", "meets", "overlaps", "starts", "during", "finishes", "equals", "finished-by", "contains",
         "started-by", "overlapped-by", "met-by", "after"]


def load(text):
    """The rows by number; a number that is there twice is an error."""
    rows = {}
    for key, value in yaml.compose(text, yaml.BaseLoader).value:
        number = int(key.value)
        if number in rows:
            raise ValueError("row %d is there twice" % number)
        asked = yaml.BaseLoader("").construct_object(value, deep=True)
        rows[number] = asked if isinstance(asked, list) else [asked]
    return rows


def run(folder, program, *words):
    done = subprocess.run([program, *words], capture_output=True, text=True, check=False, cwd=folder)
    if not done.stdout.strip():
        raise ValueError("%s: %s" % (" ".join(words), done.stderr.strip()))
    return json.loads(done.stdout)


def window(first, last):
    first, last = first or "open", last or "open"
    return first if first == last != "open" else "%s..%s" % (first, last)


def windows(days, hull):
    return "; ".join(window(*w) for w in days) if days else window(*hull)


# ---------------------------------------------------------------- dates by themselves

def of_date(program, ask):
    words = ["date", "--format", "json", ask["date"]]
    if ask["date"].startswith("-"):
        words.insert(3, "--")
    if "x" in ask:
        words[1:1] = ["--anchor", "x=" + ask["x"]]
    answer = run(HERE, program, *words)
    if not answer["valid"]:
        return "error"
    if "doubtful" in ask and answer["uncertain"] != (ask["doubtful"] == "true"):
        return "uncertain: %s" % answer["uncertain"]
    return windows(answer["windows"], (answer["first"], answer["last"]))


# ---------------------------------------------------------------- cases

def event_of(value):
    if value == "nobody":
        return {}
    if isinstance(value, list) and len(value) == 2:
        return {"start": value[0], "end": value[1]}
    if isinstance(value, list):  # by account
        return {"start": [{"value": v, "by": by} for by, v in value[0].items()]}
    return {"start": value}


def case_of(ask):
    case = {"case": {"id": "worked", "packs": ["asked.yaml"], "policies": ask.get("policies", {})},
            "events": {name: event_of(value) for name, value in ask["events"].items()}}
    if "accounts" in ask:
        case["accounts"] = {"prosecution": {"role": "party"}, "defence": {"role": "party"},
                            "court": {"role": "court", "adopts": ["prosecution"]}}
    if "born" in ask:
        case["persons"] = {"p": {"birth": ask["born"]}}
    if "order" in ask:
        case["order"] = ask["order"]
    return case


def rule_of(number, condition, ask):
    """Finds for certain where the condition is certain, possibly where it is possible."""
    names = {name: "event" for name in ask["events"]}
    if "born" in ask:
        names["p"] = "person"
    used = {}
    for name, kind in names.items():
        # Not the name itself, which may be a word of the vocabulary.
        condition, times = re.subn(r"(?<![\w.-])%s(?![\w-])" % name, "some-" + name, condition)
        if times:
            used["some-" + name] = kind
    return {"id": "asked-%d" % number, "title": "Asked", "kind": "fact", "severity": "warning", "about": "source",
            "reaches": "record", "for": used, "require": "not (%s)" % condition, "message": "asked",
            "basis": [{"cite": "a test"}]}


def verdicts(program, folder, ask, conditions):
    rules = [rule_of(n, condition, ask) for n, condition in enumerate(conditions)]
    write(folder, ask, rules)
    report = run(folder, program, "check", "--format", "json", "--rules", ",".join(r["id"] for r in rules), "case.yaml")
    if report["errors"]:
        raise ValueError(report["errors"][0]["message"])
    out = []
    for rule in rules:
        found = [f["verdict"] for f in report["findings"] if f["rule"] == rule["id"] and
                 all(f["bindings"][n] in ("events." + n[5:], "persons." + n[5:]) for n in rule["for"])]
        gaps = [g for g in report["gaps"] if g["rule"] == rule["id"]]
        out.append(found[0] if found else "gap" if gaps else "impossible")
    return out


def write(folder, ask, rules):
    pack = {"pack": {"id": "asked", "title": "Asked"}, "rules": rules}
    for name, content in (("case.yaml", case_of(ask)), ("asked.yaml", pack)):
        Path(folder, name).write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")


def of_timeline(program, folder, ask):
    write(folder, ask, [])
    accounts = run(folder, program, "timeline", "--pairs", "--format", "json", "case.yaml")["accounts"]
    what = ask["ask"].split()
    if what[0] == "contradiction":
        return accounts[what[2] if len(what) > 1 else ""]["contradiction"]
    account = accounts[""]
    if what[0] == "order":
        return next(p["before"] for p in account["pairs"] if (p["a"], p["b"]) == tuple("events." + what[k] for k in (1, 3)))
    if what[0] == "day":
        p = next(p for p in account["points"] if p["path"] == "events.%s.start" % what[2])
        return windows(p["days"], (p["first"], p["last"]))
    a, b = ("events." + what[k] for k in (2, 4))
    pair = next(p for p in account["pairs"] if (p["a"], p["b"]) == (a, b))
    return "%s..%s" % tuple("open" if d is None else d for d in (pair["min_days"], pair["max_days"]))


def of_case(program, ask):
    with tempfile.TemporaryDirectory() as folder:
        if re.match(r"contradiction|order |day of |days from ", ask["ask"]):
            return of_timeline(program, folder, ask)
        if not ask["ask"].startswith("allen "):
            return verdicts(program, folder, ask, [ask["ask"]])[0]
        _, a, b = ask["ask"].split()
        found = verdicts(program, folder, ask, ["%s allen %s %s" % (a, word, b) for word in ALLEN])
        return ", ".join("%s %s" % x for x in zip(ALLEN, found) if x[1] != "impossible")


def of_row(ask):
    """What the program has no output for: the answer in the table of the C++ test."""
    text = (HERE.parent / "time" / "examples_test.cpp").read_text(encoding="utf-8")
    m = re.search(r'\{%s, "([^"]*)"' % ask["row"], text)
    return m[1] if m else "no row in examples_test.cpp"


def answer(program, ask):
    return of_date(program, ask) if "date" in ask else of_row(ask) if "row" in ask else of_case(program, ask)


def main():
    program, only = str(Path(sys.argv[1]).resolve()), [int(n) for n in sys.argv[2:]]
    rows = load((HERE / "worked.yaml").read_text(encoding="utf-8"))
    faults = 0
    asked = 0
    for number in sorted(set(range(1, ROWS + 1)) | set(rows)):
        if number not in rows or not 1 <= number <= ROWS:
            faults += 1
            print("%d: %s" % (number, "no such row" if number in rows else "the row is missing"))
            continue
        for ask in rows[number] if not only or number in only else []:
            asked += 1
            try:
                got = answer(program, ask)
            except (ValueError, LookupError, StopIteration) as e:
                got = "%s: %s" % (type(e).__name__, e)
            if got != ask["is"]:
                faults += 1
                print("%d: %s: %s, not %s" % (number, ask.get("date") or ask.get("ask"), got, ask["is"]))
    print("%d rows, %d questions, %d faults" % (len(rows), asked, faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
