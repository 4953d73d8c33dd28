#!/usr/bin/env python3
"""What the sum says of each rule (to how many records it applied, in how many it passed, found something certain or
possible, or was left open), reckoned here from the same records; and limits on rules, in the map and on the command
line: at the limit, above it, as numbers and as shares.

    limits.py PROGRAM
"""

import json
import os
import random
import re
import subprocess
import sys
import tempfile
from collections import Counter
from fractions import Fraction
from pathlib import Path

RECORDS = 2000
RULE = """  - id: {id}
    title: {id}
    kind: fact
    severity: {severity}
    about: record
    reaches: record
    for: {{t: term}}
    require: {require}
    message: "{{t}} starts on {{t.start}}"
    basis: [{{cite: by meaning}}]
    tests:
      - {{name: a, case: {{terms: {{t: {{start: 2001-01-02, end: 2001-01-01, n: 10}}}}}}, expect: [{{at: terms.t, verdict: certain}}]}}
      - {{name: b, case: {{terms: {{t: {{start: 2001-01-01, end: 2001-01-02, n: 9}}}}}}, expect: []}}
"""
PACK = (
    "pack: {id: p, title: Test}\n"
    "vocabulary:\n  term: {plural: terms, moment: [start, end], fields: {start: date, end: date, n: int}}\n"
    "  thing: {plural: things, fields: {start: date, end: date, n: int}}\nrules:\n"
    + RULE.format(id="wrong-way", severity="error", require="t.start not after t.end").replace("title: wrong-way\n", "title: wrong-way\n    aliases: [backwards]\n")
    + RULE.format(id="too-many", severity="warning", require="t.n at most 9")
    + RULE.format(id="no-thing", severity="error", require="t.start not after t.end").replace("{t: term}", "{t: thing}").replace("terms", "things")
)  # fmt: skip
MAP = """map: {id: m, reads: jsonl, shipped: no, packs: [pack.yaml], dates: [edtf]LIMITS}
terms: {t: {each: $.terms, start: .start, end: .end, n: .n}}
"""


def make(r):
    """Records with no, one or two terms."""

    def term():
        year = r.randrange(1900, 2000)
        start, end = f"{year}-03-01", f"{year + 1}-03-02"
        roll = r.random()
        if roll < 0.05:
            start, end = end, start
        elif roll < 0.1:
            start, end = f"{year}-03-01", str(year)
        elif roll < 0.15:
            end = None
        out = {"start": start, "end": end, "n": r.choice([1, 9, 9, 9, 10, None])}
        return {k: v for k, v in out.items() if v is not None}

    return [{"terms": [term() for _ in range(r.choice([0, 1, 1, 1, 2]))]} for _ in range(RECORDS)]


def of_term(term):
    """Rule by rule: certain, possible, open or passed."""
    if "end" not in term:
        order = "open"
    elif len(term["end"]) == 4:
        order = "possible" if term["end"] == term["start"][:4] else "passed"
    else:
        order = "certain" if term["start"] > term["end"] else "passed"
    return {"wrong-way": order, "too-many": "open" if "n" not in term else "certain" if term["n"] > 9 else "passed"}


def count(records):
    """By rule: in how many records it is the gravest, and how many findings there are."""
    out = {rule: Counter() for rule in ("wrong-way", "too-many")}
    for record in records:
        for rule, counts in out.items():
            terms = [of_term(t)[rule] for t in record["terms"]]
            counts["findings"] += sum(t in ("certain", "possible") for t in terms)
            for worst in ("certain", "possible", "open", "passed"):
                if worst in terms:
                    counts[worst] += 1
                    counts["applied"] += 1
                    break
    return out


def run(program, folder, *words):
    return subprocess.run([program, "check", "--map", "map.yaml", *words, "data.jsonl"], cwd=folder, capture_output=True, text=True, check=False, env={**os.environ, "COLUMNS": "80"})


def numbers(c):
    return {k: c[k] for k in ("applied", "passed", "certain", "possible", "open", "findings")}


def counts(program, folder, wanted):
    done = run(program, folder, "--format", "json")
    summary = json.loads(done.stdout.splitlines()[-1])
    said = {rule: {k: n for k, n in c.items() if k != "gaps"} for rule, c in summary["rules"].items()}
    if said != {rule: numbers(c) for rule, c in wanted.items()}:
        yield f"counts {summary['rules']}, and not {wanted}"
    if summary["limits"] != {} or summary["applied_to_nothing"] != ["no-thing"] or done.returncode != 1:
        yield f"the sum {summary}, {done.returncode}"
    for form in ("text", "short"):
        done = run(program, folder, "--format", form)
        said = done.stdout if form == "text" else done.stderr
        lines = [line.split() for line in said.splitlines()]
        if ["rule,", "in", "records", "applied", "passed", "certain", "possible", "open"] not in lines:
            yield f"{form}: no table: {said[-900:]}"
        for rule, c in wanted.items():
            if [rule, *[str(c[k]) for k in ("applied", "passed", "certain", "possible", "open")]] not in lines:
                yield f"{form}: {rule}: {said[-900:]}"
    # Numbers stand below one another, however wide the terminal is.
    done = subprocess.run([program, "check", "--map", "map.yaml", "--format", "short", "data.jsonl"], cwd=folder, capture_output=True, text=True, check=False, env={**os.environ, "COLUMNS": "50"})
    ends = {len(line) for line in done.stderr.splitlines() if re.search(r"( +\d+){5}$| open$", line)}
    if len(ends) != 1 or max(ends) > 60:
        yield f"the table in 50 columns: {done.stderr}"


def limits(program, folder, wanted):
    """Each limit, in the map and on the command line: does it allow what was found?"""
    found, applied = wanted["wrong-way"]["certain"], wanted["wrong-way"]["applied"]
    both = found + wanted["wrong-way"]["possible"]
    # The least share in millionths that allows what was found.
    share = -(-found * 100 * 10**6 // applied)
    if Fraction(share - 1, 10**8) >= Fraction(found, applied):
        yield "the share is not the least"
    exact = f"{share // 10**6}.{share % 10**6:06}"
    below = f"{(share - 1) // 10**6}.{(share - 1) % 10**6:06}"
    for written, words, count_, within in [
        (str(found), [], found, True),
        (str(found - 1), [], found, False),
        ("0", [], found, False),
        (f"{exact} %", [], found, True),
        (f"{below}%", [], found, False),
        ("100 %", [], found, True),
        (str(both), ["--fail-on-possible"], both, True),
        (str(both - 1), ["--fail-on-possible"], both, False),
    ]:
        for where in ("map", "words", "words above the map", "by its old name") if count_ == found and "%" not in written else ("map", "words"):
            limit = written if where == "map" else "0" if where == "words above the map" and within else None
            limit = limit or ("100%" if where == "words above the map" else None)
            named = "backwards" if where == "by its old name" else "wrong-way"
            (folder / "map.yaml").write_text(MAP.replace("LIMITS", f", limits: {{wrong-way: {limit}}}" if limit else ""))
            given = [] if where == "map" else ["--at-most", f"{named}={written.replace(' ', '')}"]
            done = run(program, folder, "--format", "json", *words, *given)
            said = json.loads(done.stdout.splitlines()[-1])["limits"]
            shown = written if "%" not in written else re.sub(r"(\.\d*?)0+ ", r"\1 ", written.replace("%", " %").replace("  ", " "))
            if done.returncode != (0 if within else 1) or not re.fullmatch(f"exit {done.returncode}: [^\n]*\n", done.stderr):
                yield f"{written} {words} in {where}: ended with {done.returncode} {done.stderr}"
            if said != {"wrong-way": {"limit": shown, "count": count_, "applied": applied, "within": within}}:
                yield f"{written} {words} in {where}: {said}"
    # All is told all the same, and the sum says so.
    (folder / "map.yaml").write_text(MAP.replace("LIMITS", ""))
    plain = run(program, folder, "--format", "short", "--fail-on", "warning")
    done = run(program, folder, "--format", "short", "--fail-on", "warning", "--at-most", f"wrong-way={found},too-many=9999,no-thing=1%")
    said = re.sub(r"\n  ", " ", done.stderr)
    if done.returncode != 0 or plain.returncode != 1 or done.stdout != plain.stdout:
        yield f"within its limit: {done.returncode}, {plain.returncode}"
    if f"\nwrong-way: {found} of {applied} records, within its limit of {found}\n" not in said:
        yield f"within its limit: {said}"
    if "\n1 rule with a limit applied to nothing: no-thing\n" not in said:
        yield f"a limit of a rule that applied to nothing: {said}"
    # One rule within its limit takes nothing from another.
    for words, code in [
        (["--at-most", f"wrong-way={found}"], 0),
        (["--at-most", f"wrong-way={found}", "--fail-on", "warning"], 1),
        # A limit counts whatever the severity, unless nothing is to count.
        (["--at-most", f"wrong-way={found}", "--at-most", "too-many=1"], 1),
        (["--at-most", "too-many=1", "--fail-on", "never"], 0),
        (["--at-most", "too-many=9999"], 1),
    ]:
        if (got := run(program, folder, "--format", "short", *words).returncode) != code:
            yield f"{words}: ended with {got}, not {code}"
    done = run(program, folder, "--format", "short", "--at-most", "wrong-way=0%")
    if f"\nwrong-way: {found} of {applied} records, over its limit of 0 %\n" not in re.sub(r"\n  ", " ", done.stderr):
        yield f"over its limit: {done.stderr}"


def refusals(program, folder):
    for words, said in [
        (["--at-most", "wrong-wya=3"], "no rule `wrong-wya` --> --at-most = help: did you mean `wrong-way`?"),
        (["--at-most", "wrong-way"], "`wrong-way` is no limit of a rule --> --at-most = help: write `--at-most RULE=3`"),
        (["--at-most", "wrong-way="], "is no limit of a rule"),
        (["--at-most", "wrong-way=-1"], "is no limit of a rule"),
        (["--at-most", "wrong-way=1.5"], "is no limit of a rule"),
        (["--at-most", "wrong-way=101%"], "is no limit of a rule"),
        (["--at-most", "wrong-way=0.0000001%"], "is no limit of a rule"),
        (["--at-most", "wrong-way=.%"], "is no limit of a rule"),
        (["--at-most", "wrong-way=3,backwards=4"], "two limits of rule `wrong-way`"),
    ]:
        done = run(program, folder, *words)
        if done.returncode != 2 or said not in re.sub(r"\s+", " ", done.stderr) or "help:" not in done.stderr:
            yield f"{words}: {done.returncode} {done.stdout[-300:]}{done.stderr}"
    done = run(program, folder, "--format", "short", "--at-most", "wrong-wya=3,too-many=x")
    if done.stderr.count("--at-most") < 2 or "wrong-wya" not in done.stderr or "too-many=x" not in done.stderr:
        yield f"two wrong limits, one run: {done.stderr}"
    done = subprocess.run([program, "check", "--at-most", "a=3", "data.jsonl"], cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode != 2 or "`--at-most` is for data sets" not in done.stderr:
        yield f"--at-most without a map: {done.stderr}"


def main():
    program, faults = sys.argv[1], []
    records = make(random.Random(6))
    wanted = count(records)
    for rule, c in wanted.items():
        if min(c["passed"], c["certain"], c["open"]) < 50 or rule == "wrong-way" and c["possible"] < 50:
            faults.append(f"{rule}: a set in which little is found shows little: {c}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "pack.yaml").write_text(PACK)
        (folder / "map.yaml").write_text(MAP.replace("LIMITS", ""))
        (folder / "data.jsonl").write_text("".join(json.dumps(x) + "\n" for x in records))
        # All three are rules of fact, and so judged whatever is asked for: of the others nothing is told.
        done = run(program, folder, "--format", "json", "--rules", "too-many")
        told = json.loads(done.stdout.splitlines()[-1])["rules"]
        if list(told) != ["too-many"]:
            faults.append(f"--rules too-many tells of {list(told)}")
        faults += [*counts(program, folder, wanted), *limits(program, folder, wanted), *refusals(program, folder)]
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
