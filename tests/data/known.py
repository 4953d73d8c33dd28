#!/usr/bin/env python3
"""Baselines of data sets, reckoned here from the same records: what `baseline write`, `update` and `prune` make of a file,
which findings `check --baseline` marks in each format, what it counts for the exit code, in the sum and against limits,
by any number of threads; records that share an id; what is refused.

    known.py PROGRAM
"""

import csv
import io
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path

import yaml

import limits

RECORDS = 3000
MOST = 50000
MAP = limits.MAP.replace("terms:", "case: {id: $.id}\nterms:", 1)
THREADS = ("1", "2", "7")
FORMATS = ("sarif", "junit", "gitlab", "github", "markdown", "csv")


class Place:
    def __init__(self, program, folder):
        self.program, self.folder = program, folder
        self.env = {k: v for k, v in os.environ.items() if not k.startswith(("GITHUB_", "CI"))} | {"COLUMNS": "200"}
        (folder / "pack.yaml").write_text(limits.PACK)
        self.map()

    def map(self, limit=""):
        (self.folder / "map.yaml").write_text(MAP.replace("LIMITS", limit))

    def data(self, records, name="data.jsonl"):
        (self.folder / name).write_text("".join(json.dumps(x) + "\n" for x in records))

    def run(self, *words):
        return subprocess.run([self.program, *words], cwd=self.folder, env=self.env, capture_output=True, text=True, check=False)

    def baseline(self, what, *words, data="data.jsonl", code=0):
        done = self.run("baseline", what, "known.yaml", "--map", "map.yaml", data, *words)
        assert done.returncode == code, (what, done.returncode, done.stdout, done.stderr)
        return done

    def entries(self):
        return yaml.safe_load((self.folder / "known.yaml").read_text())["findings"]

    def check(self, *words, data="data.jsonl"):
        return self.run("check", "--map", "map.yaml", "--baseline", "known.yaml", data, *words)

    def lines(self, *words, data="data.jsonl"):
        said = [json.loads(x) for x in self.check("--format", "json", "--no-gaps", *words, data=data).stdout.splitlines()]
        return [x for x in said if x["kind"] == "finding"], said[-1]


def found(records):
    """What is found: by (rule, id, place) the verdicts, each of a record."""
    out = {}
    for record in records:
        for i, term in enumerate(record["terms"]):
            for rule, what in limits.of_term(term).items():
                if what in ("certain", "possible"):
                    out.setdefault((rule, record["id"], f"terms.t-{i + 1}"), []).append(what)
    return out


def reckon(before, now):
    """Which findings are old, stronger and new beside the baseline, as (key, verdict); and how many are there too often."""
    marks, again = Counter(), Counter()
    for key, verdicts in now.items():
        old = 0
        for v in verdicts:
            if key not in before:
                mark = "new"
            elif "certain" in before[key] or v == "possible":
                mark = "old"
                old += 1
            else:
                mark = "stronger"
            marks[(*key, v, mark)] += 1
        if old > len(before.get(key, [])):
            again[key] = old - len(before[key])
    return marks, again


def key(f):
    return f["rule"], f["case"], f["at"]


def same_entries(place, wanted, head):
    got = {key(e): (e["verdict"], e.get("times", 1)) for e in place.entries()}
    should = {k: ("certain" if "certain" in v else "possible", len(v)) for k, v in wanted.items()}
    if got != should:
        yield f"{head}: {[x for x in got.items() if should.get(x[0]) != x[1]][:3]}, not {[x for x in should.items() if got.get(x[0]) != x[1]][:3]}"


def spoil(r, records):
    """The same data some time later: some records mended, some spoilt, some gone, some new."""
    out = []
    for record in records:
        roll = r.random()
        if roll < 0.02:
            continue
        if roll < 0.1:
            record = {**record, "terms": limits.make(r)[0]["terms"]}
        elif roll < 0.5 and any(limits.of_term(t)["wrong-way"] == "possible" for t in record["terms"]):
            # What was possible becomes certain.
            record = {**record, "terms": [{**t, "end": "1800-01-01"} if "end" in t else t for t in record["terms"]]}
        out.append(record)
    return [*out, *({**x, "id": f"new-{i}"} for i, x in enumerate(limits.make(r)[:50]))]


def files(place, old, new):
    """The three commands: what the file holds, whatever the number of threads."""
    place.data(old)
    seen = set()
    for threads in THREADS:
        (place.folder / "known.yaml").unlink(missing_ok=True)
        done = place.baseline("write", "--threads", threads)
        seen.add((place.folder / "known.yaml").read_bytes())
    if len(seen) != 1:
        yield "write: other bytes by other threads"
    was = found(old)
    yield from same_entries(place, was, "write")
    if f"known.yaml: {len(was)} entries: {len(was)} added" not in done.stdout:
        yield f"write says {done.stdout}"
    text = (place.folder / "known.yaml").read_text().split("\n")
    text[5] = text[5].replace("}", ', reason: "as it stands in the book"}')
    reason = yaml.safe_load(text[5])[0]
    (place.folder / "known.yaml").write_text("\n".join(text))
    place.baseline("write")
    if [e["reason"] for e in place.entries() if "reason" in e] != [reason["reason"]]:
        yield "a reason is lost"

    now = found(new)
    first = (place.folder / "known.yaml").read_bytes()
    place.data(new, "later.jsonl")
    # Prune: what is not found in records that are there goes, the others stay, whole.
    done = place.baseline("prune", data="later.jsonl")
    there = {x["id"] for x in new}
    left = {}
    for k, verdicts in was.items():
        if k[1] not in there:
            left[k] = verdicts
        elif k in now:
            worst = "certain" if "certain" in verdicts and "certain" in now[k] else "possible"
            left[k] = [worst] * min(len(verdicts), len(now[k]))
    yield from same_entries(place, left, "prune")
    elsewhere = sum(k[1] not in there for k in left)
    if f"{elsewhere} entries of records that were not given: kept" not in done.stdout or elsewhere < 5:
        yield f"prune says {done.stdout}"
    # Update: what is new comes in, nothing goes.
    (place.folder / "known.yaml").write_bytes(first)
    place.baseline("update", "--threads", "2", data="later.jsonl")
    both = {k: was.get(k, now.get(k)) for k in {*was, *now}}
    for k, verdicts in both.items():
        worst = "certain" if "certain" in [*was.get(k, []), *now.get(k, [])] else "possible"
        both[k] = [worst] * max(len(verdicts), len(now.get(k, [])))
    yield from same_entries(place, both, "update")
    (place.folder / "known.yaml").write_bytes(first)


def marked(place, old, new):
    """What `check --baseline` says of the later data."""
    was, now = found(old), found(new)
    marks, again = reckon(was, now)
    counts = Counter()
    for (*_, mark), n in marks.items():
        counts[mark] += n
    if min(counts[m] for m in ("old", "stronger", "new")) < 20 or not again:
        yield f"too few to mean anything: {counts} {again}"
    gone = sum(k not in now for k in was)
    findings, total = place.lines(data="later.jsonl")
    if Counter((*key(f), f["verdict"], f["baseline"]) for f in findings) != marks:
        yield "JSON: other marks"
    should = {"old": counts["old"], "again": sum(again.values()), "stronger": counts["stronger"], "new": counts["new"], "not_found": gone}
    if total["baseline"] != should:
        yield f"the sum has {total['baseline']}, not {should}"
    texts = {}
    for form in ("text", "short", "json"):
        for threads in THREADS:
            done = place.check("--format", form, "--threads", threads, data="later.jsonl")
            if texts.setdefault(form, (done.stdout, done.stderr)) != (done.stdout, done.stderr):
                yield f"{form}, {threads} threads: not the same bytes"
        if form == "json":
            continue
        told = texts[form][0]
        if told.count("[baseline]") != counts["old"] or told.count("[baseline: possible]") != counts["stronger"]:
            yield f"{form}: {told.count('[baseline]')} marked"
        line = f"{counts['old']} in the baseline ({sum(again.values())} more of one id than there), {counts['stronger']} there as possible, {counts['new']} new; {gone} entries of it not found in these data"
        if line not in "".join(texts[form]):
            yield f"{form}: no `{line}`"
    yield from kept(place, findings, counts, gone)
    # Without a quick look it is the same.
    if place.check("--format", "short", "--no-screen", data="later.jsonl").stdout != texts["short"][0]:
        yield "without a quick look: other marks"
    # A part of the data, and some of the rules.
    place.data(new[:100], "part.jsonl")
    findings, total = place.lines("--rules", "wrong-way", data="part.jsonl")
    part = {k: v for k, v in found(new[:100]).items() if k[0] == "wrong-way"}
    if Counter((*key(f), f["verdict"], f["baseline"]) for f in findings) != reckon(was, part)[0]:
        yield "of a part: other marks"
    if total["baseline"]["not_found"] != sum(k[0] == "wrong-way" and k not in part for k in was):
        yield f"of a part: {total['baseline']}"
    if place.lines("--sample", "50", data="later.jsonl")[1]["baseline"]["not_found"] != 0:
        yield "a sample cannot say what is not found"


def kept(place, findings, counts, gone):
    names = [f"--format={f}=out.{f}" for f in FORMATS]
    first = {}
    for threads in THREADS:
        place.check(*names, "--format", "short", "--threads", threads, data="later.jsonl")
        for form in FORMATS:
            text = (place.folder / f"out.{form}").read_bytes().decode()
            if first.setdefault(form, text) != text:
                yield f"{form}, {threads} threads: not the same bytes"
    states = Counter(r.get("baselineState") for r in json.loads(first["sarif"])["runs"][0]["results"])
    if [states[s] for s in ("unchanged", "updated", "new", "absent")] != [counts["old"], counts["stronger"], counts["new"], gone]:
        yield f"sarif: {states}"
    words = Counter(row["baseline"] for row in csv.DictReader(io.StringIO(first["csv"].lstrip("\ufeff"))))
    if words["old"] != counts["old"] or words["new"] != counts["new"]:
        yield f"csv: {words}"
    failed = sum(c.find("failure") is not None for c in ET.fromstring(first["junit"]).iter("testcase"))
    if failed != sum(f["severity"] == "error" and f["verdict"] == "certain" and f["baseline"] != "old" for f in findings):
        yield f"junit: {failed} failed"
    if first["markdown"].count("\nIn the baseline.\n") != counts["old"]:
        yield f"markdown: {first['markdown'].count('In the baseline')}"
    if len(json.loads(first["gitlab"])) < len(findings):
        yield "gitlab: findings are missing"
    # Of ten annotations of a kind (the last says how many are left out) none is of what is known, if there are others.
    if first["github"].count("::error ") != 10 or re.search("^::error .*, in the baseline", first["github"], re.M):
        yield f"github: {first['github'][:500]}"


def codes(place, old):
    """The exit code, and limits: only what is new counts."""
    place.data(old)
    place.baseline("write")

    def ended(code, *words, says=""):
        done = place.check("--format", "short", "--no-gaps", *words)
        if done.returncode != code or says not in done.stderr:
            yield f"{words}: ended with {done.returncode}: {done.stderr[-400:]}"

    yield from ended(0, says="exit 0: no certain finding of severity error beside the baseline")
    yield from ended(0, "--fail-on", "info", "--fail-on-possible")
    annotations = [x for x in place.check("--format", "github").stdout.splitlines() if x.startswith("::error ")]
    if len(annotations) != 10 or not all("certain%2C in the baseline" in x for x in annotations[:9]):
        yield f"github: {annotations}"
    wrong, possible, warned = ({"start": "1950-03-01", "end": "1949-03-01", "n": 1}, {"start": "1950-03-01", "end": "1950", "n": 1},
                               {"start": "1950-03-01", "end": "1951-03-01", "n": 10})  # fmt: skip
    place.data([*old, {"id": "x", "terms": [wrong]}])
    yield from ended(1, says="exit 1: 1 certain finding of severity error beside the baseline")
    yield from ended(0, "--fail-on", "never")
    # Of a limit what is new counts alone, be there ever so many others.
    yield from ended(0, "--at-most", "wrong-way=1", says=f"wrong-way: 1 of {limits.count([*old, {'id': 'x', 'terms': [wrong]}])['wrong-way']['applied']} records, within its limit of 1")
    yield from ended(1, "--at-most", "wrong-way=0", says="over the limit: wrong-way")
    place.data([*old, {"id": "x", "terms": [possible]}])
    yield from ended(0)
    yield from ended(1, "--fail-on-possible")
    yield from ended(1, "--fail-on-possible", "--at-most", "wrong-way=0")
    place.data([*old, {"id": "x", "terms": [warned]}])
    yield from ended(0)
    yield from ended(1, "--fail-on", "warning")
    # An id that the baseline has, once more.
    bad = next(x for x in old if limits.of_term(x["terms"][0])["wrong-way"] == "certain") if old else None
    again = {"id": bad["id"], "terms": [bad["terms"][0]]}
    place.data([*old, again])
    yield from ended(1, says="1 certain finding of severity error beside the baseline")
    yield from ended(1, says=f"records of the id `{bad['id']}` have this finding, 1 more than here")
    yield from ended(1, "--at-most", "wrong-way=0", says="over the limit: wrong-way")
    place.baseline("update")
    yield from ended(0)
    place.data(old)
    yield from ended(0)
    place.baseline("prune")
    place.data([*old, again])
    yield from ended(1)


def mandatory(place, old):
    """What nothing silences is not written, and not held back by an entry that somebody wrote."""
    place.data(old)
    place.baseline("write")
    all_of_them = (place.folder / "known.yaml").read_bytes()
    (place.folder / "pack.yaml").write_text(limits.PACK.replace("    title: wrong-way\n", "    title: wrong-way\n    mandatory: true\n"))
    findings, total = place.lines()
    should = {"wrong-way": "new", "too-many": "old"}
    if any(f["baseline"] != should[f["rule"]] for f in findings) or total["baseline"]["not_found"] != 0:
        yield f"mandatory: {total}"
    warnings = sum(json.loads(x).get("code") == "mandatory" for x in place.check("--format", "json").stdout.splitlines())
    if warnings != len({key(f) for f in findings if f["rule"] == "wrong-way"}):
        yield "mandatory: not every entry is warned of"
    done = place.baseline("write")
    left_out = sum(f["rule"] == "wrong-way" for f in findings)
    if {e["rule"] for e in place.entries()} != {"too-many"} or f"{left_out} findings left out: of rules that nothing silences" not in done.stdout:
        yield f"mandatory: written all the same: {done.stdout}"
    # They are there all the same: not gone.
    (place.folder / "known.yaml").write_bytes(all_of_them)
    place.baseline("prune")
    if len(place.entries()) != all_of_them.count(b"- {rule"):
        yield "mandatory: pruned, and it is found"
    (place.folder / "pack.yaml").write_text(limits.PACK)


def refused(place, old):
    def says(done, code, *words):
        for word in words:
            if done.returncode != code or word not in " ".join((done.stdout + done.stderr).split()):
                yield f"no `{word}`, ended with {done.returncode}: {done.stdout[-300:]}{done.stderr[-600:]}"

    place.data(old)
    place.baseline("write")
    first = (place.folder / "known.yaml").read_bytes()
    # A record that cannot be read: nothing is written, and nothing is said of what is not found.
    with (place.folder / "data.jsonl").open("a") as file:
        file.write('{"id": "broken", "terms": [{"start": "x"}]}\n')
    for what in ("write", "update", "prune"):
        yield from says(place.baseline(what, code=2), 2, "unknown-format", "the baseline is as it was")
    if (place.folder / "known.yaml").read_bytes() != first:
        yield "a baseline was written from data that cannot be read"
    if place.lines()[1]["baseline"]["not_found"] != 0:
        yield "what was not checked is said to be gone"
    # Data are not written over, nor a file that is none.
    yield from says(place.run("baseline", "write", "pack.yaml", "--map", "map.yaml", "data.jsonl"), 2, "this file is no baseline")
    yield from says(place.check(data="nothing.jsonl"), 2, "cannot-open")
    yield from says(place.run("check", "--map", "map.yaml", "--baseline", "-", "data.jsonl"), 2, "a baseline is a file")
    yield from says(place.run("check", "--map", "map.yaml", "--baseline", "no.yaml", "data.jsonl"), 2, "cannot-open")
    yield from says(place.run("baseline", "update", "no.yaml", "--map", "map.yaml", "data.jsonl"), 2, "`antinomy baseline write` makes a new one")
    yield from says(place.baseline("write", "--today", "2026-01-01", code=2), 2, "`--today` is for case files")
    # Records without ids of their own.
    (place.folder / "map.yaml").write_text(limits.MAP.replace("LIMITS", ""))
    yield from says(place.baseline("write", code=2), 2, "by the id of their record, and the map `m` gives records none", "an `id` from the data")
    yield from says(place.check(), 2, "by the id of their record", "an `id` from the data")
    place.map()
    # More than a baseline may hold: written, and read.
    (place.folder / "known.yaml").unlink()
    place.data([{"id": f"r{i}", "terms": [{"start": "2001-01-02", "end": "2001-01-01"}]} for i in range(MOST + 1)])
    yield from says(place.baseline("write", code=2), 2, "more than 50000 findings", "split the data and keep a baseline of each part")
    if (place.folder / "known.yaml").exists():
        yield "a baseline of too many findings was written"
    place.data([{"id": f"r{i}", "terms": [{"start": "2001-01-02", "end": "2001-01-01"}]} for i in range(MOST)])
    place.baseline("write")
    yield from says(place.check("--format", "short"), 0, "50000 in the baseline, 0 new")
    known = (place.folder / "known.yaml").read_bytes()
    # Or of more than 64 MiB.
    (place.folder / "pack.yaml").write_text(limits.PACK.replace("starts on", "starts " + 1400 * "x" + " on"))
    yield from says(place.baseline("write", code=2), 2, "more than 64 MiB of findings", "split the data")
    if (place.folder / "known.yaml").read_bytes() != known:
        yield "a baseline of too many bytes was written"
    (place.folder / "pack.yaml").write_text(limits.PACK)
    with (place.folder / "known.yaml").open("a") as file:
        file.write('- {rule: wrong-way, case: x, verdict: certain, fingerprint: "0123456789abcdef"}\n')
    yield from says(place.check("--format", "short"), 2, "a baseline of 50001 findings; 50000 is the most for a data set")


def joined(place):
    """Cases of several records: of one key."""
    (place.folder / "map.yaml").write_text(limits.MAP.replace("LIMITS", ", one_case: key, key: $.k"))
    bad, good = {"start": "2001-01-02", "end": "2001-01-01", "n": 1}, {"start": "2001-01-02", "end": "2001-01-03", "n": 1}
    place.data([{"k": "a", "terms": [bad]}, {"k": "b", "terms": [good]}, {"k": "a", "terms": [good]}])
    place.baseline("write")
    if [e["case"] for e in place.entries()] != ["a"]:
        yield f"of one key: {place.entries()}"
    place.data([{"k": "a", "terms": [bad]}, {"k": "b", "terms": [bad]}, {"k": "a", "terms": [good]}])
    findings, total = place.lines()
    if [(f["case"], f["baseline"]) for f in findings] != [("a", "old"), ("b", "new")] or total["baseline"]["new"] != 1:
        yield f"of one key: {findings} {total}"
    place.data([{"k": "a", "terms": [good]}])
    place.baseline("prune")
    if place.entries() != []:
        yield f"of one key, pruned: {place.entries()}"
    place.map()


def main():
    faults = []
    with tempfile.TemporaryDirectory() as name:
        place = Place(str(Path(sys.argv[1]).resolve()), Path(name))
        r = random.Random(11)
        # Two ids in three hundred are given twice.
        old = [{**x, "id": f"r-{i if i % 300 > 1 else i // 300}"} for i, x in enumerate(limits.make(r) + limits.make(r)[:1000])]
        for x in old[:2]:
            x["terms"] = [{"start": "1950-03-01", "end": "1949-03-01", "n": 10}]
        assert len(old) == RECORDS
        new = spoil(r, old)
        faults += files(place, old, new)
        faults += marked(place, old, new)
        faults += codes(place, old)
        faults += mandatory(place, old)
        faults += joined(place)
        faults += refused(place, old)
    for fault in faults:
        print(fault[:2000])
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
