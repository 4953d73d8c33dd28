#!/usr/bin/env python3
"""Facts that rules ask for and records do not state, told one by one: reckoned here from the same records. In JSON each is
a line, with its record, path and place; of lines and text the first of each rule stand in the sum, with --gaps all. The
same bytes by 1, 2 and 7 threads, with the quick look and without.

    gaps.py PROGRAM
"""

import json
import os
import random
import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

import limits

FIRST = 3  # of each rule, in the sum


def run(program, folder, *words, width="200"):
    return subprocess.run([program, "check", "--map", "map.yaml", *words, "data.jsonl"], cwd=folder, capture_output=True,
                          text=True, check=False, env={**os.environ, "COLUMNS": width})  # fmt: skip


def wanted(records, lines):
    """(record, rule, at, field, path in the data, column), in the order in which they are told."""
    out = []
    for number, record in enumerate(records, 1):
        here, column = [], 0
        for i, term in enumerate(record["terms"], 1):
            column = lines[number - 1].index("{", column + 1)
            at = f"terms.t-{i}"
            if "end" not in term:
                here.append((number, "wrong-way", at, "end", f"$.terms[{i - 1}]", column + 1))
            if "n" not in term:
                here.append((number, "too-many", at, "n", f"$.terms[{i - 1}]", column + 1))
        out += sorted(here, key=lambda g: (g[1], g[2]))
    return out


def line(g):
    number, rule, at, field, path, column = g
    return f"data.jsonl:{number}:{column}: gap[{rule}] record-{number}: `{field}` of {at} is not stated at {path}"


def as_json(program, folder, gaps):
    done = run(program, folder, "--format", "json", "--threads", "1")
    said = [json.loads(x) for x in done.stdout.splitlines()]
    told = [x for x in said if x["kind"] == "gap"]
    made = [(x["record"], x["rule"], x["at"], x["field"], x["data_path"], x["column"]) for x in told]
    if made != gaps:
        yield f"{len(made)} gaps told, {len(gaps)} there: {set(made) ^ set(gaps)}"
    for x in told:
        if (x["data_file"], x["file"], x["line"], x["case"]) != ("data.jsonl", "data.jsonl", x["record"], f"record-{x['record']}"):
            yield f"not where it stands: {x}"
        if (x["accounts"], x["burden"], x["pending"]) != ([], None, None):
            yield f"more than there is: {x}"
    count = Counter(g[1] for g in gaps)
    summary = said[-1]
    if summary["gaps"] != len(gaps) or {r: c["gaps"] for r, c in summary["rules"].items()} != count:
        yield f"the sum: {summary}; {count}"
    # Record by record: what is found in one stands before what it lacks.
    order = [(x["record"], x["kind"] == "gap") for x in said if x["kind"] in ("finding", "gap")]
    if order != sorted(order):
        yield "not in the order of the records"
    for way in (["--threads", "2"], ["--threads", "7"], ["--no-screen"], ["--gaps"]):
        if run(program, folder, "--format", "json", *way).stdout != done.stdout:
            yield f"json, {way}: not the same bytes"
    none = run(program, folder, "--format", "json", "--no-gaps")
    if none.stdout.splitlines() != [x for x in done.stdout.splitlines() if not x.startswith('{"kind":"gap"')]:
        yield "--no-gaps: more or less is left out than gaps"
    if none.returncode != done.returncode or none.stderr != done.stderr:
        yield f"--no-gaps: {none.returncode} {none.stderr}"


def in_lines(program, folder, gaps):
    """A line each with --gaps; else the first of each rule at the end, and how many more."""
    plain = run(program, folder, "--format", "short")
    all_ = run(program, folder, "--format", "short", "--gaps")
    if [x for x in all_.stdout.splitlines() if ": gap[" in x] != [line(g) for g in gaps]:
        yield f"--gaps: {all_.stdout[:600]}"
    if [x for x in all_.stdout.splitlines() if ": gap[" not in x] != plain.stdout.splitlines() or ": gap[" in plain.stdout:
        yield "--gaps: other findings"
    if "what to find out" in all_.stderr:
        yield f"--gaps: told twice: {all_.stderr}"
    count = Counter(g[1] for g in gaps)
    end = plain.stderr[plain.stderr.index("what to find out") :].splitlines()
    should = ["what to find out, the first of each rule (`--gaps` tells all):"]
    for rule, n in count.most_common():
        should += ["  " + line(g) for g in gaps if g[1] == rule][:FIRST] + [f"  {n - FIRST} more gaps of {rule}"]
    if end[: len(should)] != should:
        yield "the sum:\n" + "\n".join(end) + "\nand should be\n" + "\n".join(should)
    text = run(program, folder)
    if "\n".join(should) not in text.stdout:
        yield f"the sum of the text: {text.stdout[-1500:]}"
    for form in ("short", "text"):
        for more in ([], ["--gaps"], ["--no-gaps"]):
            told = [run(program, folder, "--format", form, *more, *way) for way in
                    (["--threads", "1"], ["--threads", "2"], ["--threads", "7"], ["--no-screen"])]  # fmt: skip
            if len({(x.stdout, x.stderr) for x in told}) != 1:
                yield f"{form} {more}: not the same bytes"
            if more == ["--no-gaps"] and ("what to find out" in told[0].stdout + told[0].stderr or f"{len(gaps)} gaps" not in told[0].stdout + told[0].stderr):
                yield f"{form} --no-gaps: {told[0].stderr}"
    # In text a record with gaps has a heading, and what to find out in it.
    text = run(program, folder, "--gaps").stdout
    if len(re.findall(r"^── what to find out", text, re.M)) != len({g[0] for g in gaps}):
        yield "--gaps as text: not a list for each record"
    first = gaps[0]
    if f"   data.jsonl, record {first[0]}\n" not in text:
        yield f"--gaps as text: {text[:900]}"
    # With few of them all are told at once.
    few = run(program, folder, "--format", "short", "--rules", "no-thing,too-many")
    if "wrong-way" in few.stderr:
        yield f"gaps of a rule that nobody asked for: {few.stderr}"


def main():
    program, faults = str(Path(sys.argv[1]).resolve()), []
    records = limits.make(random.Random(3))
    lines = [json.dumps(x) for x in records]
    gaps = wanted(records, lines)
    if len(gaps) < 100:
        faults.append("too few to mean anything")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "pack.yaml").write_text(limits.PACK)
        (folder / "map.yaml").write_text(limits.MAP.replace("LIMITS", ""))
        (folder / "data.jsonl").write_text("\n".join(lines) + "\n")
        faults += [*as_json(program, folder, gaps), *in_lines(program, folder, gaps)]
        # All that there are, if they are few.
        (folder / "data.jsonl").write_text('{"terms": [{"start": "1900", "end": "1901"}]}\n')
        done = run(program, folder, "--format", "short", width="60").stderr
        if "what to find out:\n  data.jsonl:1:12: gap[too-many] record-1: `n` of terms.t-1\n    is not stated at $.terms[0]\n" not in done:
            faults.append(f"a single one: {done}")
    refused = subprocess.run([program, "check", "--gaps", "x.yaml"], capture_output=True, text=True, check=False)
    if refused.returncode != 2 or "`--gaps` is for data sets" not in refused.stderr:
        faults.append(f"--gaps of cases: {refused.stderr}")
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
