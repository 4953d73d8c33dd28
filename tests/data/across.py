#!/usr/bin/env python3
"""Rules that compare records of a whole data set: medians, counts and summaries of groups reckoned here from the same
records, groups that are too small, records that are broken or say nothing; from files, folders, packed, from a pipe, by
1, 2 and 7 threads the same bytes; what is wrong with the data is told once; data that change in between are told.

    across.py PROGRAM
"""

import gzip
import json
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from fractions import Fraction
from pathlib import Path

RECORDS = 4000
RULE = """  - id: {id}
    title: {id}
    kind: law
    severity: error
    about: record
    reaches: record
    for: {{r: row}}
    among: {{name: peers, alike: [{alike}], value: {value}, at_least: {at_least}}}
    where: {where}
    require: {require}
    message: "{{r}} differs from {{count(peers)}} others"
    basis: [{{cite: by meaning}}]
    tests:
      - name: a
        case: {{rows: {{a: {common}, b: {common}, c: {common}, d: {bad}}}}}
        expect: [{{at: rows.d, verdict: certain}}]
      - name: b
        case: {{rows: {{a: {common}, b: {common}, c: {common}, d: {good}}}}}
        expect: []
"""
SAME = "court: x, kind: judgment, months: 2 months, costs: 1.5"
PACK = """pack: {id: p, title: Test}
vocabulary:
  row:
    plural: rows
    title: number
    fields: {number: text, court: text, kind: [judgment, total], months: duration, costs: number, judgments: int, of: judge}
  judge: {plural: judges, title: name, fields: {name: text}}
rules:
""" + "".join(
    RULE.format(common="{" + SAME + "}", **rule)
    for rule in [
        {
            "id": "far-from-median", "alike": "r.court", "value": "r.months", "at_least": 4, "where": "r.kind = judgment",
            "require": "r.months at most 2 times median(peers)",
            "bad": "{court: x, kind: judgment, months: 5 months}", "good": "{court: x, kind: judgment, months: 4 months}",
        },
        {
            "id": "greatest-costs", "alike": "r.court, r.kind", "value": "r.costs", "at_least": 3, "where": "r.kind = judgment",
            "require": "r.costs less than max(peers) or max(peers) at most 3 times median(peers) or sum(peers) more than 600",
            "bad": "{court: x, kind: judgment, costs: 90}", "good": "{court: x, kind: judgment, costs: 4}",
        },
        {
            "id": "not-the-total", "alike": "r.court", "value": "r.months", "at_least": 2, "where": "known(r.kind)",
            "require": "not (r.kind = total) or r.judgments = count(peers)",
            "bad": "{court: x, kind: total, judgments: 2}", "good": "{court: x, kind: total, judgments: 3}",
        },
    ]
)  # fmt: skip
MAP = """map: {id: m, reads: jsonl, shipped: no, packs: [pack.yaml]}
case: {id: $.id}
rows:
  row: {number: $.id, court: $.court, kind: $.kind, months: {path: $.months, unit: months}, costs: $.costs, judgments: $.judgments}
"""


def make(r):
    """Records of 150 courts, most of few; a total for each. Every hundredth line is broken."""
    records = []
    courts = [f"court\n{i}" if i % 9 == 0 else f"Court {i} \u2013 é" for i in range(150)]
    for i in range(RECORDS - len(courts)):
        court = courts[min(int(r.expovariate(0.02)), len(courts) - 1)]
        x = {"id": f"r{i}", "court": court, "kind": "judgment"}
        x["months"] = r.choice([1, 2, 2, 3, 4, 6, 6, 9, 12, 24]) if r.random() < 0.95 else None
        x["costs"] = round(r.paretovariate(1.2), 2) if r.random() < 0.9 else None
        if r.random() < 0.02:
            del x["court"]
        records.append(x)
    counts = Counter(x.get("court") for x in records if x["months"] is not None)
    for i, court in enumerate(courts):
        records.append({"id": f"t{i}", "court": court, "kind": "total", "judgments": counts[court] + r.choice([0, 0, 0, 1, -1])})
    r.shuffle(records)
    return records


def reckon(records):
    """(id, rule) of what must be found; of sums, exact ones."""
    months, costs, out = defaultdict(list), defaultdict(list), set()
    for x in records:
        if x.get("court") is None:
            continue
        if x.get("months") is not None and x["kind"] == "judgment":
            months[x["court"]].append(x["months"])
        if x.get("costs") is not None:
            costs[x["court"]].append(Fraction(str(x["costs"])))
    for x in records:
        group = months[x.get("court")]
        if x["kind"] == "total" and len(group) >= 2 and x["judgments"] != len(group):
            out.add((x["id"], "not-the-total"))
        if x.get("court") is None or x["kind"] != "judgment":
            continue
        # Half a month is 14 to 15.5 days; twice that is no whole month for certain: such are left out below.
        if x["months"] is not None and len(group) >= 4 and x["months"] > 2 * statistics.median(group):
            out.add((x["id"], "far-from-median"))
        group = costs[x["court"]]
        if x["costs"] is not None and len(group) >= 3:
            mine = Fraction(str(x["costs"]))
            if mine == max(group) and max(group) > 3 * statistics.median(group) and sum(group) <= 600:
                out.add((x["id"], "greatest-costs"))
    return out


def run(program, folder, *words, given=None, **more):
    return subprocess.run([program, "check", "--map", "map.yaml", *words], cwd=folder, capture_output=True, input=given, check=False, timeout=300, env={**os.environ, **more})


def lines_of(done):
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def compare(program, folder, records, r):
    wanted = reckon(records)
    for rule in ("far-from-median", "greatest-costs", "not-the-total"):
        if sum(1 for _, of in wanted if of == rule) < 10:
            yield f"{rule}: a set in which little is found shows little"
    lines, broken = [], 0
    for i, x in enumerate(records):
        lines.append(json.dumps(x, ensure_ascii=False) + "\n")
        if i % 100 == 37:
            # Broken ones, and such as the map cannot read: they are in no group.
            lines.append(r.choice(['{"id": "x", "court": "Court 1 \u2013 é", "months": 99', '{"id": "x", "court": "Court 1 \u2013 é", "kind": "judgment", "months": "many"}']) + "\n")
            broken += 1
    text = "".join(lines)
    (folder / "data.jsonl").write_text(text, encoding="utf-8")
    first = run(program, folder, "--format", "json", "--threads", "1", "data.jsonl")
    said = lines_of(first)
    made = {(s["case"], s["rule"]) for s in said if s["kind"] == "finding"}
    # Where a median falls between two months, what is just beyond twice of it is told as possible.
    possible = {(s["case"], s["rule"]) for s in said if s["kind"] == "finding" and s["verdict"] == "possible"}
    if made - possible != wanted - possible:
        yield f"missed {sorted(wanted - made)[:5]}, found too much {sorted(made - possible - wanted)[:5]}"
    if any(rule != "far-from-median" for _, rule in possible):
        yield f"possible, and nothing is open: {sorted(possible)[:5]}"
    half = {x["id"] for x in records if (x["id"], "far-from-median") in possible}
    medians = defaultdict(list)
    for x in records:
        if x.get("court") is not None and x.get("months") is not None:
            medians[x["court"]].append(x["months"])
    for x in records:
        if x["id"] in half and statistics.median(medians[x["court"]]) % 1 == 0:
            yield f"{x['id']} is possible, and the median of its court is whole"
    problems = [s for s in said if s["kind"] == "problem"]
    if len(problems) != broken or first.returncode != 2 or not re.fullmatch(rb"exit 2: [^\n]*\n", first.stderr):
        yield f"{len(problems)} problems of {broken}, ended with {first.returncode}: {first.stderr[:300]}"
    summary = said[-1]
    if (summary["records"], summary["not_checked"], summary["not_judged"]) != (len(lines), broken, []):
        yield f"the sum {summary}"

    # The same, however it comes and whoever checks.
    half_way = len(lines) // 2
    (folder / "sub" / "z").mkdir(parents=True)
    (folder / "sub" / "a.jsonl.gz").write_bytes(gzip.compress("".join(lines[:half_way]).encode()))
    (folder / "sub" / "z" / "b.jsonl").write_text("".join(lines[half_way:]), encoding="utf-8")
    data = text.encode()
    for way, words, given in [
        ("2 threads", ["--threads", "2", "data.jsonl"], None),
        ("7 threads", ["--threads", "7", "data.jsonl"], None),
        ("a pipe", ["--threads", "1", "-"], data),
        ("a pipe and 2 threads", ["--threads", "2", "-"], data),
        ("a packed pipe", ["-"], gzip.compress(data)),
    ]:
        again = run(program, folder, "--format", "json", *words, given=given)
        out = again.stdout.decode().replace('file":"-"', 'file":"data.jsonl"')
        if out != first.stdout.decode() or again.returncode != 2 or again.stderr != first.stderr:
            yield f"{way}: not the same: {again.stderr[:300]}"
    made_here = lambda done: sorted((s["case"], s["rule"], s["message"]) for s in lines_of(done) if s["kind"] == "finding")
    if made_here(run(program, folder, "--format", "json", "sub")) != made_here(first):
        yield "two files in folders: not the same findings"
    # Records drawn by chance are compared with all.
    done = run(program, folder, "--format", "json", "--sample", "700", "--seed", "3", "data.jsonl")
    drawn = {(s["case"], s["rule"], s["message"]) for s in lines_of(done) if s["kind"] == "finding"}
    if not drawn or not drawn < set(made_here(first)):
        yield f"a sample: {sorted(drawn)[:3]}"
    # Of rules that compare nothing the data are read once; of one that does, alone, it comes to the same.
    done = run(program, folder, "--format", "json", "--rules", "not-the-total", "data.jsonl")
    if made_here(done) != [x for x in made_here(first) if x[1] == "not-the-total"]:
        yield "--rules: not the same findings"


def told_once(program, folder):
    """What is wrong with files and streams is told once, although all is read twice."""
    data = (folder / "data.jsonl").read_bytes()
    (folder / "cut.gz").write_bytes(gzip.compress(data)[: len(data) // 20])
    for way, words, given in [("a file", ["cut.gz"], None), ("a pipe", ["-"], (folder / "cut.gz").read_bytes())]:
        done = run(program, folder, "--format", "json", *words, given=given)
        said = [s for s in lines_of(done) if s["kind"] == "problem" and s["code"] == "damaged-stream"]
        if len(said) != 1 or done.returncode != 2 or lines_of(done)[-1]["checked"] < 10:
            yield f"{way} that breaks off: {said}"
    done = run(program, folder, "--format", "json", "nowhere.jsonl", "data.jsonl")
    said = [s["code"] for s in lines_of(done) if s["kind"] == "problem" and s["file"] == "nowhere.jsonl"]
    if said != ["cannot-open"] or not any(s["kind"] == "finding" for s in lines_of(done)):
        yield f"a file that is not there: {said}"
    done = run(program, folder, "--format", "json", "-", given=b"")
    if [s.get("code") for s in lines_of(done)] != ["no-records", None] or done.returncode != 2:
        yield f"an empty pipe: {done.stdout}"
    # No room for what a pipe gave: told, nothing is checked.
    done = run(program, folder, "--format", "json", "-", given=data, TMPDIR=str(folder / "nowhere"))
    said = [s for s in lines_of(done) if s["kind"] == "problem"]
    if [s["code"] for s in said] != ["no-temporary-file"] or not said[0]["help"] or done.returncode != 2:
        yield f"no room for a pipe: {said} {done.stderr}"
    if lines_of(done)[-1]["checked"] != 0 or lines_of(done)[-1]["complete"]:
        yield f"no room for a pipe: {lines_of(done)[-1]}"


def changed(program, folder):
    """Files that change between the two readings. The first findings come in the second; then there is time, for the
    first file is long."""
    far = "".join(json.dumps({"id": f"x{i}", "court": "c", "kind": "judgment", "months": 90 if i % 4 == 0 else 1}) + "\n" for i in range(6000))
    small = '{"id": "y", "court": "d", "kind": "judgment", "months": 3}\n'

    def other(folder):
        (folder / "z" / "b.jsonl").write_text(small.replace("3", "4"))

    def longer(folder):
        with open(folder / "z" / "b.jsonl", "a", encoding="utf-8") as file:
            file.write(small)

    def gone(folder):
        (folder / "z" / "b.jsonl").unlink()

    def more(folder):
        (folder / "z" / "a.jsonl").write_text(small)

    def touched(folder):
        os.utime(folder / "z" / "b.jsonl", (1, 1))

    for change, said in [(other, "has changed"), (longer, "has changed"), (gone, "fewer files"), (more, "files came or went"), (touched, None)]:
        data = folder / "changing"
        shutil.rmtree(data, ignore_errors=True)
        (data / "z").mkdir(parents=True)
        (data / "a.jsonl").write_text(far)
        (data / "z" / "b.jsonl").write_text(small)
        with subprocess.Popen([program, "check", "--map", "map.yaml", "--format", "json", "--threads", "1", "changing"], cwd=folder, stdout=subprocess.PIPE, text=True) as done:
            first = done.stdout.readline()
            change(data)
            rest = [json.loads(line) for line in done.stdout]
        problems = [s["message"] for s in rest if s["kind"] == "problem" and s["code"] == "data-changed"]
        if json.loads(first)["kind"] != "finding" or rest[-1]["findings"] != 1500:
            yield f"{change.__name__}: {rest[-1]}"
        if said is None and (problems or done.returncode != 1):
            yield f"{change.__name__}: {problems}, {done.returncode}"
        if said is not None and (len(problems) != 1 or said not in problems[0] or done.returncode != 2):
            yield f"{change.__name__}: {problems}, {done.returncode}"


def named(program, folder):
    """What records share may be another record; then the map has to say which it is."""
    pack = PACK.replace("alike: [r.court], value: r.months, at_least: 4", "alike: [r.of], value: r.months, at_least: 4", 1)
    (folder / "pack.yaml").write_text(pack.replace("court: x", "court: x, of: j").replace("case: {rows", "case: {judges: {j: {}}, rows"), encoding="utf-8")
    text = MAP.replace("costs: $.costs", "of: judge, costs: $.costs") + "judges:\n  judge: {name: $.court}\n"
    (folder / "map.yaml").write_text(text, encoding="utf-8")
    done = run(program, folder, "--format", "json", "data.jsonl")
    said = [(s["code"], s["level"], s["line"], s["column"]) for s in lines_of(done) if s["kind"] == "problem" and s["file"] == "map.yaml"]
    if ("unnamed-record", "warning", 6, 3) not in said or lines_of(done)[-1]["not_judged"] != ["far-from-median"]:
        yield f"a record without a name of its own: {said} {lines_of(done)[-1]}"
    done = run(program, folder, "--format", "short", "data.jsonl")
    if b"1 rule not judged, for want of names in the map: far-from-median" not in done.stderr.replace(b"\n  ", b" "):
        yield f"a record without a name of its own: {done.stderr}"
    done = run(program, folder, "--rules", "far-from-median", "data.jsonl")
    if done.returncode != 2 or b"error[unnamed-record]" not in done.stderr or b"named: $.path" not in done.stderr:
        yield f"a record without a name of its own, asked for: {done.stderr}"
    (folder / "map.yaml").write_text(text.replace("name: $.court", "name: $.court, named: $.court"), encoding="utf-8")
    done = run(program, folder, "--format", "json", "--rules", "far-from-median", "data.jsonl")
    if not any(s["kind"] == "finding" for s in lines_of(done)) or any(s.get("code") == "unnamed-record" for s in lines_of(done)):
        yield f"a record with a name of its own: {done.stdout[-600:]}"
    # One that is a constant is the same wherever it stands.
    (folder / "map.yaml").write_text(text.replace("name: $.court", "name: one for all"), encoding="utf-8")
    done = run(program, folder, "--format", "json", "--rules", "far-from-median", "data.jsonl")
    if any(s.get("code") == "unnamed-record" for s in lines_of(done)):
        yield f"a constant record: {done.stdout[-600:]}"


NESTED = """pack: {id: n, title: Nested}
vocabulary:
  house: {plural: houses, title: name, fields: {name: text, rooms: {nested: room}}}
  room: {fields: {size: int}}
rules:
  - id: above-the-middle
    title: above-the-middle
    kind: law
    severity: error
    about: record
    reaches: record
    for: {h: house, m: h.rooms}
    at: m
    among: {name: peers, alike: [m], value: m.size, at_least: 2}
    require: m.size at most median(peers)
    message: "{h} of {count(peers)}"
    basis: [{cite: none}]
    tests: []
"""


def nested(program, folder):
    """What is nested in a record with a name of its own has one, too."""
    (folder / "pack.yaml").write_text(NESTED)
    text = "map: {id: n, reads: jsonl, shipped: no, packs: [pack.yaml]}\ncase: {id: $.id}\nhouses: {h: {named: $.h, name: $.h, rooms: {a: {size: $.s}}}}\n"
    (folder / "map.yaml").write_text(text)
    rows = [("1", "x", 1), ("2", "x", 2), ("3", "y", 8), ("4", "y", 7), ("5", "z", 9)]
    (folder / "houses.jsonl").write_text("".join(json.dumps({"id": i, "h": h, "s": s}) + "\n" for i, h, s in rows))
    done = run(program, folder, "--format", "json", "houses.jsonl")
    if [(s["case"], s["message"]) for s in lines_of(done) if s["kind"] == "finding"] != [("2", "x of 2"), ("3", "y of 2")]:
        yield f"nested records: {done.stdout}{done.stderr}"
    (folder / "map.yaml").write_text(text.replace("named: $.h, ", ""))
    done = run(program, folder, "--format", "json", "houses.jsonl")
    if [s["code"] for s in lines_of(done) if s["kind"] == "problem"] != ["unnamed-record"]:
        yield f"nested records without names: {done.stdout}{done.stderr}"


def main():
    program, faults = sys.argv[1], []
    r = random.Random(5)
    records = make(r)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "pack.yaml").write_text(PACK, encoding="utf-8")
        (folder / "map.yaml").write_text(MAP, encoding="utf-8")
        tested = subprocess.run([program, "test", "pack.yaml"], cwd=folder, capture_output=True, text=True, check=False)
        if tested.returncode != 0:
            faults.append(tested.stdout + tested.stderr)
        for part in (compare(program, folder, records, r), told_once(program, folder), changed(program, folder), named(program, folder), nested(program, folder)):
            start = time.monotonic()
            faults += list(part)
            if len(sys.argv) > 2:
                print(f"{time.monotonic() - start:.1f} s")
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
