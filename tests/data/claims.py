#!/usr/bin/env python3
"""What a check of a data set claims, looked at once more: `verify --map` accepts all of it, of the sets of sets/ and of
cases of several records, and refuses it where one thing was changed; `explain --map` explains a finding by its
fingerprint, its line and its place, and says what a rule said of a record in which it found nothing.

    claims.py PROGRAM
"""

import copy
import gzip
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

import sets



def run(program, folder, *words, given=None):
    return subprocess.run([program, *words], cwd=folder, capture_output=True, text=True, check=False, input=given,
                          timeout=600, env={**os.environ, "COLUMNS": "80"})  # fmt: skip


def lines_of(text):
    return [json.loads(x) for x in text.splitlines()]


def as_lines(objects):
    return "".join(json.dumps(x) + "\n" for x in objects)


def verified(program, folder, map_, data, claimed, *more):
    done = run(program, folder, "verify", "-", "--map", map_, "--format", "json", *more, *data, given=as_lines(claimed))
    return done.returncode, json.loads(done.stdout) if done.stdout else {"findings": [], "problems": [done.stderr]}


# ---------------------------------------------------------------- one thing changed

def facts(f):
    return [x for x in f["proof"]["facts"] if x["line"] is not None]


def change_fact(change):
    def apply(f, r):
        list_ = facts(f)
        if not list_:
            return False
        return change(r.choice(list_), r)
    return apply


def set_to(key, make):
    def apply(x, r):
        if x.get(key) is None:
            return False
        x[key] = make(x[key], r)
        return True
    return apply


def shifted(day, _):
    return f"{int(day[:4]) + 1:04}{day[4:]}"


def step(f, r):
    steps = f["proof"].get("steps") or []
    if not steps:
        return False
    r.choice(steps)["min_days"] += 1
    return True


def witness(f, r):
    """A day of a witness moved out of what its statement allows."""
    witnesses = [w for w in f["proof"].get("witnesses") or [] if w.get("all")]
    if not witnesses:
        return False
    w = r.choice(witnesses)
    name = r.choice(sorted(w["all"]))
    w["all"][name] = f"{int(w['all'][name][:4]) + 900:04}{w['all'][name][4:]}"
    if name in w["dates"]:
        w["dates"][name] = w["all"][name]
    return True


CHANGES = {
    "a line further": change_fact(set_to("line", lambda n, _: n + 1)),
    "a column further": change_fact(set_to("column", lambda n, _: n + 1)),
    "another file": change_fact(set_to("file", lambda n, _: "other-" + n)),
    "another value": change_fact(set_to("value", lambda v, _: v + "1")),
    "another first day": change_fact(set_to("first", shifted)),
    "another last day": change_fact(set_to("last", shifted)),
    "another field": change_fact(set_to("path", lambda p, _: p + "x")),
    "an account that is none": change_fact(lambda x, _: x.update(account="nobody") or True),
    "a source that is none": change_fact(lambda x, _: x.update(source="nowhere") or True),
    "a day more between": step,
    "a witness elsewhere": witness,
    "another case": lambda f, r: set_to("case", lambda c, _: c + "x")(f, r),
}
# What cannot be found any more is not looked at.
LOST = {
    "a record that is not there": lambda f, r: set_to("record", lambda _, __: 10**9)(f, r),
    "a file that was not given": lambda f, r: set_to("data_file", lambda n, _: "other-" + n)(f, r),
    "no record": lambda f, r: f.pop("record", None) is not None,
    "no file": lambda f, r: f.pop("data_file", None) is not None,
}


def claims(program, folder, map_, data, seen, fewest):
    done = run(program, folder, "check", "--map", map_, "--format", "json", *data)
    said = lines_of(done.stdout)
    findings = [x for x in said if x["kind"] == "finding"]
    code, report = verified(program, folder, map_, data, said)
    wrong = [f for f in report["findings"] if f["verdict"] != "verified"]
    if code != 0 or wrong or report["problems"] or len(report["findings"]) != len(findings) or len(findings) < fewest:
        yield f"{len(findings)} claimed, ended with {code}: {wrong[:3]} {report['problems'][:3]}"
    r = random.Random(7)
    for table, verdict, ends in ((CHANGES, "refused", 1), (LOST, "unchecked", 2)):
        changed, names = [], []
        for what, apply in table.items():
            for f in r.sample(findings, min(len(findings), 12)):
                one = copy.deepcopy(f)
                # What it is made of would be missed too.
                if not apply(one, r) or one.get("more_proofs") and "proof" in what:
                    continue
                changed.append(one)
                names.append(what)
        # One by one: what is made of others is looked at beside them otherwise.
        code, report = verified(program, folder, map_, data, changed)
        order = Counter()
        for what, f, answer in zip(names, changed, report["findings"]):
            order[what] += 1
            seen[what] += 1
            if answer["verdict"] != verdict:
                yield f"{what}: {answer}\n    {json.dumps(f)[:1500]}"
        if code != ends and changed:
            yield f"{verdict}: ended with {code}, not {ends}: {report['problems']}"
    # Only what is claimed is looked at, in any order.
    some = r.sample(findings, min(len(findings), 20))
    code, report = verified(program, folder, map_, data, some)
    if code != 0 or [f["fingerprint"] for f in report["findings"]] != [f["fingerprint"] for f in some]:
        yield f"some of them: {code} {report['problems']}"
    cut = [{**x, "complete": False} if x["kind"] == "summary" else x for x in said]
    code, report = verified(program, folder, map_, data, cut)
    if code != 2 or not any("not complete" in p for p in report["problems"]):
        yield f"a run that was not complete: {code} {report['problems']}"


def explained(program, folder, map_, data):
    done = run(program, folder, "check", "--map", map_, "--format", "json", "--no-gaps", *data)
    findings = [x for x in lines_of(done.stdout) if x["kind"] == "finding"]
    short = run(program, folder, "check", "--map", map_, "--format", "short", *data).stdout.splitlines()
    text = run(program, folder, "check", "--map", map_, *data).stdout
    r = random.Random(8)
    for f, line in r.sample(list(zip(findings, short)), min(4, len(findings))):
        by = {
            "its fingerprint": f["fingerprint"],
            "the beginning of it": f["fingerprint"][:10],
            "its line": line,
            "its place": re.match(r"(.*?:\d+:\d+): ", line).group(1),
        }
        told = {how: run(program, folder, "explain", what, "--map", map_, *data) for how, what in by.items()}
        if f"antinomy explain {f['fingerprint']}" not in text:
            yield f"the text has no fingerprint {f['fingerprint']}"
        for how, one in told.items():
            said = re.sub(r"\s+", " ", one.stdout)
            if one.returncode != 0 or one.stderr or re.sub(r"\s+", " ", f["message"]) not in said or f"[{f['rule']}]" not in said:
                yield f"{how} ({by[how]}): ended with {one.returncode}: {one.stdout[:600]} {one.stderr[:300]}"
        if len({told[how].stdout for how in ("its fingerprint", "the beginning of it")}) != 1:
            yield f"{f['fingerprint']} by its beginning is another"
        if told["its fingerprint"].stdout not in told["its line"].stdout:
            yield f"by its line it is told otherwise: {line}"
        # And what the rule said of that record.
        one = run(program, folder, "explain", f["rule"], "--record", f["case"], "--map", map_, *data)
        if one.returncode != 0 or f": {f['verdict']}" not in one.stdout and f"[{f['rule']}]" not in one.stdout:
            yield f"{f['rule']} of {f['case']}: {one.stdout[:800]} {one.stderr}"
    for what, words, said in [
        ("abcdef0123456789", [], "no finding with the fingerprint `abcdef0123456789`"),
        ("no-such-rule", [], "`no-such-rule` is no rule, no fingerprint"),
        ("nowhere.csv:1:1", [], "no record `nowhere.csv:1` in what was given"),
        (findings[0]["rule"], [], "which record?"),
        (findings[0]["rule"], ["--record", "no such"], "no record `no such` in what was given"),
        (findings[0]["rule"], ["--record", "x", "--sources", "y"], "`--sources` is for case files"),
    ]:
        one = run(program, folder, "explain", what, "--map", map_, *words, *data)
        if one.returncode != 2 or said not in re.sub(r"\s+", " ", one.stderr):
            yield f"{what}: ended with {one.returncode}: {one.stderr}"


SILENT_PACK = """pack: {id: p, title: Test}
vocabulary:
  term: {plural: terms, moment: [start, end], fields: {start: date, end: date}}
rules:
  - id: in-order
    title: A term that ends before it starts
    kind: fact
    severity: error
    about: record
    reaches: record
    for: {t: term}
    require: t.start not after t.end
    message: "{t} starts on {t.start} and ends on {t.end}"
    basis: [{cite: by meaning}]
    tests:
      - {name: a, case: {terms: {t: {start: 2001-01-02, end: 2001-01-01}}}, expect: [{at: terms.t, verdict: certain}]}
      - {name: b, case: {terms: {t: {start: 2001-01-01, end: 2001-01-02}}}, expect: []}
"""
SILENT_MAP = """map: {id: m, reads: csv, shipped: no, packs: [pack.yaml], dates: [edtf]}
case: {id: $.id}
terms: {t: {start: $.start, end: $.end}}
"""
SILENT_DATA = 'id,start,end\na,2001,2002\nb,2001,\n"c\nd",2003,2002\ne,x,2002\n'


def silent(program, folder):
    """What a rule said where it found nothing, by the id of a record and by its lines."""
    (folder / "pack.yaml").write_text(SILENT_PACK)
    (folder / "map.yaml").write_text(SILENT_MAP)
    (folder / "data.csv").write_text(SILENT_DATA)
    for words, code, said in [
        (["in-order", "--record", "a"], 0, "== a (data.csv, record 1)"),
        (["in-order", "--record", "a"], 0, "terms.t: satisfied"),
        (["in-order", "--record", "data.csv:2"], 0, "terms.t: satisfied"),
        (["in-order", "--record", "b"], 0, "terms.t: gap (not stated: terms.t.end)"),
        (["data.csv:3:1: gap[in-order] b: `end` of terms.t is not stated at $"], 0, "terms.t: gap"),
        (["in-order", "--record", "./data.csv:5"], 0, "terms.t: certain"),  # the second line of its row
        (["in-order", "--record", "c-d", "--at", "terms.t"], 0, "terms.t: certain"),
        (["in-order", "--record", "c-d", "--at", "terms.x"], 0, "nothing in it that this rule speaks of at terms.x"),
        (["data.csv:2"], 2, "nothing is found there; why, says `antinomy explain RULE --record data.csv:2`"),
        (["in-order", "--record", "e"], 2, "1 record cannot be checked; `antinomy check --map` says why"),
        (["facts-contradict", "--record", "a"], 0, "nothing in it that this rule speaks of"),
    ]:
        one = run(program, folder, "explain", *words, "--map", "map.yaml", "data.csv")
        if one.returncode != code or said not in re.sub(r"\s+", " ", one.stdout + one.stderr):
            yield f"{words}: ended with {one.returncode}: {one.stdout} {one.stderr}"
    one = run(program, folder, "explain", "in-order", "--map", "map.yaml")
    if one.returncode != 0 or "require t.start not after t.end" not in one.stdout:
        yield f"a rule alone: {one.stdout} {one.stderr}"
    for words, said in [
        (["explain", "in-order", "--record", "a", "map.yaml"], "`--record` is for data sets"),
        (["verify", "--map", "map.yaml", "x.json"], "no data to verify them on"),
        (["verify", "--map", "map.yaml", "-", "-"], "cannot all be standard input"),
    ]:
        one = run(program, folder, *words)
        if one.returncode != 2 or said not in one.stderr:
            yield f"{words}: ended with {one.returncode}: {one.stderr}"


def main():
    program, faults = str(Path(sys.argv[1]).resolve()), []
    seen = Counter()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file in sets.SETS.iterdir():
            shutil.copy(file, folder)
        for set_, data in sets.DATA.items():
            map_ = f"{set_}-map.yaml"
            faults += [f"{set_}: {x}" for x in claims(program, folder, map_, [data], seen, sets.FEWEST[set_])]
            faults += [f"{set_}: {x}" for x in explained(program, folder, map_, [data])]
        # Packed data are the same data; several records of a case, from two files.
        (folder / "judgments.csv.gz").write_bytes(gzip.compress((folder / "judgments.csv").read_bytes()))
        faults += [f"packed: {x}" for x in claims(program, folder, "judgments-map.yaml", ["judgments.csv.gz"], Counter(), 100)]
        r = random.Random(9)
        for file in ("one.jsonl", "two.jsonl"):
            (folder / file).write_text("".join(
                json.dumps({"id": f"P{r.randrange(60)}", "start": f"{(y := r.randrange(1990, 2010))}-01-03", "end": f"{y + 2}-01-03"}) + "\n"
                for _ in range(150)))  # fmt: skip
        faults += [f"together: {x}" for x in claims(program, folder, "terms-map.yaml", ["one.jsonl", "two.jsonl"], seen, 30)]
        faults += [f"together: {x}" for x in explained(program, folder, "terms-map.yaml", ["one.jsonl", "two.jsonl"])]
        (folder / "silent").mkdir()
        faults += [f"silent: {x}" for x in silent(program, folder / "silent")]
    few = [what for what in (*CHANGES, *LOST) if seen[what] < 5]
    if few:
        faults.append(f"too few to mean anything: {few}")
    for fault in faults:
        print(fault)
    print(", ".join(f"{n} {what}" for what, n in seen.items()))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
