#!/usr/bin/env python3
"""Records of one case spread over many files of three forms, shuffled, some of them broken: what is found is what a
separate reckoning from the same records says, where it stands, and nothing else; each broken record is told, and its
case is checked without it; the same bytes for 1, 2 and 7 threads, and whatever the order of the files.

    joins.py PROGRAM [SEED]
"""

import datetime
import gzip
import json
import random
import re
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

CASES = 1200
PACK = """pack: {id: p, title: Dockets with hearings and appeals}
vocabulary:
  docket: {plural: dockets, title: number, moment: filed, fields: {number: text, filed: date}}
  hearing: {plural: hearings, moment: held, fields: {held: date}}
  appeal: {plural: appeals, moment: lodged, fields: {lodged: date}}
rules:
  - id: heard-before-filed
    title: A hearing before the docket was filed
    kind: law
    severity: error
    about: proceeding
    reaches: record
    for: {h: hearing, d: docket}
    require: h.held not before d.filed
    message: "{d} was filed on {d.filed}, and heard on {h.held}"
    possible: "{d} was perhaps heard before it was filed"
    basis: [{cite: order}]
    tests:
      - name: before
        case: {dockets: {d: {filed: 2019-03-15}}, hearings: {h: {held: 2019-03-14}}}
        expect: [{at: hearings.h, verdict: certain}]
      - {name: after, case: {dockets: {d: {filed: 2019-03-14}}, hearings: {h: {held: 2019-03-14}}}, expect: []}
  - id: registered-twice
    title: One docket registered twice
    kind: fact
    severity: warning
    about: record
    reaches: record
    for: {"a, b": docket}
    where: a.number = b.number
    require: a.number != b.number
    message: "{a} is registered twice: on {a.filed} and on {b.filed}"
    basis: [{cite: by meaning}]
    tests:
      - name: twice
        case: {dockets: {a: {number: x, filed: 2019}, b: {number: x, filed: 2020}}}
        expect: [{at: dockets.a, verdict: certain}]
      - {name: two, case: {dockets: {a: {number: x}, b: {number: y}}}, expect: []}
  - id: heard-after-appeal
    title: A hearing after the appeal
    kind: law
    severity: error
    about: proceeding
    reaches: record
    for: {p: appeal, h: hearing}
    require: h.held not after p.lodged
    message: "heard on {h.held}, after the appeal of {p.lodged}"
    possible: "perhaps heard after the appeal"
    basis: [{cite: order}]
    tests:
      - name: after
        case: {appeals: {p: {lodged: 2019-03-13}}, hearings: {h: {held: 2019-03-14}}}
        expect: [{at: appeals.p, verdict: certain}]
      - {name: before, case: {appeals: {p: {lodged: 2019-03-14}}, hearings: {h: {held: 2019-03-14}}}, expect: []}
"""
MAP = """map:
  id: joined
  one_case: key
  packs: [pack.yaml]
  shipped: no
  nulls: ["-"]
  parts:
    dockets:
      {reads: csv, files: "dockets*.csv", table: {separator: ";"}, key: [$.court, $.number], dates: ["%d.%m.%Y"]}
    hearings: {reads: jsonl, key: [$.of.court, $.of.number], dates: [edtf]}
    appeals: {reads: yaml, records: $.appeals, key: [$.court, $.number], dates: ["%d %B %Y"]}
case: {part: dockets, title: $.number}
dockets: {docket: {part: dockets, number: $.number, filed: $.filed}}
hearings: {hearing: {part: hearings, held: $.held}}
appeals: {appeal: {part: appeals, lodged: $.lodged}}
tests:
  - name: one case of three files
    records:
      dockets: [{court: A, number: 1/14, filed: 05.03.2014}, {court: A, number: 1/14, filed: 05.03.2014}]
      hearings: [{of: {court: A, number: 1/14}, held: 2014-03-04}, {of: {court: A, number: 1/14}, held: 2014-03-06}]
      appeals: [{court: A, number: 1/14, lodged: 6 March 2014}]
    expect:
      - {rule: heard-before-filed, at: hearings.hearing-1}
      - {rule: heard-before-filed, at: hearings.hearing-1}
      - {rule: registered-twice, at: dockets.docket-1}
  - name: without a number
    records: {dockets: [{court: A, number: "-", filed: 05.03.2014}]}
    refused: no-key
"""
FILES = {"dockets": [f"dockets-{i}.csv" for i in range(5)], "hearings": ["a.jsonl", "b.jsonl.gz", "sub/c.jsonl"],
         "appeals": ["w.yaml", "x.yml", "sub/y.yaml"]}  # fmt: skip
BEGIN = datetime.date(2001, 1, 1)


def make(r):
    """Records in the order of the data: kind, key, date, what is wrong with it."""
    records = {kind: [] for kind in FILES}
    for i in range(CASES):
        court = r.choice(["A", "B ", "Ä", "A-1"]).strip()
        key = (court, f"{i} Ds/{r.randrange(1, 9)}")
        filed = BEGIN + datetime.timedelta(days=r.randrange(3000))
        for _ in range(r.choice([0, 1, 1, 1, 1, 2])):
            records["dockets"].append([key, filed + datetime.timedelta(days=r.randrange(3))])
        for _ in range(r.randrange(4)):
            records["hearings"].append([key, filed + datetime.timedelta(days=r.randrange(-1, 60))])
        for _ in range(r.choice([0, 0, 1])):
            records["appeals"].append([key, filed + datetime.timedelta(days=r.randrange(30, 90))])
    out = {}
    for kind, list_ in records.items():
        r.shuffle(list_)
        for record in list_:
            record.append(r.choice(["syntax", "key", "date"]) if r.random() < 0.02 else None)
            if kind == "appeals" and record[2] == "syntax":
                record[2] = "date"  # a fault of YAML costs its document
        cuts = sorted(r.randrange(len(list_)) for _ in FILES[kind][1:])
        out[kind] = [list_[a:b] for a, b in zip([0, *cuts], [*cuts, len(list_)])]
    return out


def docket(key, day, wrong):
    number = "-" if wrong == "key" else key[1]
    filed = "tomorrow" if wrong == "date" else day.strftime("%d.%m.%Y")
    return f'{key[0]};"{number}"{"x" if wrong == "syntax" else ""};{filed}'


def hearing(key, day, wrong):
    of = {"court": key[0]} if wrong == "key" else {"number": key[1], "court": f" {key[0]}"}
    return json.dumps({"held": "x" if wrong == "date" else str(day), "of": of}) + ("}" if wrong == "syntax" else "")


def appeal(key, day, wrong):
    number = "null" if wrong == "key" else f'"{key[1]}"'
    lodged = "6. 3." if wrong == "date" else f"{day.day} {day.strftime('%B %Y')}"
    return f"  - number: {number}\n    court: {key[0]}\n    lodged: {lodged}"


def write(folder, data):
    """Writes the files; gives of each record its file and line."""
    (folder / "data" / "sub").mkdir(parents=True)
    places = {}
    for kind, show in (("dockets", docket), ("hearings", hearing), ("appeals", appeal)):
        head = {"dockets": "court;number;filed\n", "hearings": "", "appeals": "# listed\nappeals:\n"}[kind]
        for name, records in zip(FILES[kind], data[kind]):
            text = head
            for record in records:
                places[id(record)] = (f"data/{name}", text.count("\n") + 1)
                text += show(*record) + "\n"
            if kind == "appeals" and not records:
                text += "  []\n"
            packed = gzip.compress(text.encode()) if name.endswith(".gz") else text.encode()
            (folder / "data" / name).write_bytes(packed)
    return places


def reckon(data, places):
    """What must be found, of each case in the order of its records."""
    cases = defaultdict(lambda: {kind: [] for kind in FILES})
    # Files are read in the byte order of their paths; only those of one kind have an order that shows.
    for kind, names in FILES.items():
        for _, records in sorted(zip(names, data[kind])):
            for record in records:
                if record[2] not in ("key", "syntax"):
                    cases[record[0]][kind].append(record)
    found = Counter()
    for (court, number), case in cases.items():
        good = {kind: [(i + 1, r) for i, r in enumerate(list_) if r[2] is None] for kind, list_ in case.items()}
        name = "".join(c if c.isalnum() else "-" for c in f"{court} {number}")

        def add(rule, at, record):
            found[(name, rule, at, *places[id(record)])] += 1

        for i, h in good["hearings"]:
            for _, d in good["dockets"]:
                if h[1] < d[1]:
                    add("heard-before-filed", f"hearings.hearing-{i}", h)
        for n, (i, d) in enumerate(good["dockets"]):
            for _ in good["dockets"][n + 1 :]:
                add("registered-twice", f"dockets.docket-{i}", d)
        for i, p in good["appeals"]:
            for _, h in good["hearings"]:
                if h[1] > p[1]:
                    add("heard-after-appeal", f"appeals.appeal-{i}", p)
    return found, cases


def run(program, folder, *words):
    return subprocess.run(
        [program, "check", "--map", "map.yaml", *words], cwd=folder, capture_output=True, text=True, check=False
    )


def check(program, folder, seed):
    r = random.Random(seed)
    data = make(r)
    places = write(folder, data)
    wanted, cases = reckon(data, places)
    (folder / "pack.yaml").write_text(PACK, encoding="utf-8")
    (folder / "map.yaml").write_text(MAP, encoding="utf-8")
    tested = subprocess.run([program, "test", "map.yaml", "pack.yaml"], cwd=folder, capture_output=True, text=True, check=False)
    if tested.returncode != 0:
        yield "the tests of the map fail: " + tested.stdout + tested.stderr
    done = run(program, folder, "--format", "json", "--threads", "1", "data")
    if done.returncode != 2 or not re.fullmatch(r"exit 2: [^\n]*\n", done.stderr):
        yield f"ended with {done.returncode}: {done.stderr[:500]}"
        return
    said = [json.loads(line) for line in done.stdout.splitlines()]
    findings = [s for s in said if s["kind"] == "finding"]
    made = Counter((f["case"], f["rule"], f["at"], f["places"][0]["file"], f["places"][0]["line"]) for f in findings)
    for rule in ("heard-before-filed", "registered-twice", "heard-after-appeal"):
        if sum(n for w, n in wanted.items() if w[1] == rule) < 30:
            yield f"{rule}: too little is there to be found"
    for what, n in list((wanted - made).items())[:5]:
        yield f"not found: {what} ({n} times)"
    for what, n in list((made - wanted).items())[:5]:
        yield f"found, and should not be: {what} ({n} times)"
    order = [f["case"] for f in findings]
    if [c for i, c in enumerate(order) if i == 0 or order[i - 1] != c] != list(dict.fromkeys(order)):
        yield "the findings of one case do not stand together"
    keys = {"".join(c if c.isalnum() else "-" for c in " ".join(k)): "\0".join(k).encode() for k in cases}
    if [keys[c] for c in order] != sorted(keys[c] for c in order):
        yield "the cases do not come in the order of their keys"
    # The broken ones: each is told with its place, once.
    codes = {"key": "no-key", "date": "unknown-format"}
    all_records = [record for files in data.values() for list_ in files for record in list_]
    broken = Counter((*places[id(b)], codes.get(b[2], "")) for b in all_records if b[2])
    problems = [s for s in said if s["kind"] == "problem" and s["level"] == "error"]
    told = Counter((p["file"], p["line"], p["code"] if p["code"] in codes.values() else "") for p in problems)
    # In YAML a value of the record stands on a line of its own.
    shifted = Counter()
    for (file, line, code), n in told.items():
        if ".y" in file:
            line -= 2 if code == "unknown-format" else 0
        shifted[(file, line, code)] += n
    for what in list((broken - shifted) + (shifted - broken))[:5]:
        yield f"told and broken are not the same: {what}"
    summary = said[-1]
    wrong = sum(broken.values())
    if (summary["records"], summary["not_checked"], summary["complete"]) != (len(all_records), wrong, False):
        yield f"{len(all_records)} records, {wrong} of them broken; the sum says {summary}"
    able = sum(1 for c in cases.values() if any(r[2] is None for list_ in c.values() for r in list_))
    if summary["cases"] != able or summary["cases_with_findings"] != len({w[0] for w in wanted}):
        yield f"{able} cases can be checked; the sum says {summary}"
    # Threads, and the order in which files are given.
    for words in (["--threads", "2", "data"], ["--threads", "7", "data"]):
        again = run(program, folder, "--format", "json", *words)
        if again.stdout != done.stdout or again.returncode != done.returncode:
            yield f"{words}: not the same bytes"
    # A case is drawn whole.
    sample = run(program, folder, "--format", "json", "--threads", "2", "--sample", "200", "--seed", "5", "data")
    drawn = [json.loads(line) for line in sample.stdout.splitlines()]
    names = {f["case"] for f in drawn if f["kind"] == "finding"}
    if [f for f in drawn if f["kind"] == "finding"] != [f for f in findings if f["case"] in names] or len(names) < 20:
        yield f"a sample of cases: {len(names)} with findings, and not all of theirs"
    if drawn[-1]["cases"] + (len(cases) - able) < 200 or drawn[-1]["cases"] > 200:
        yield f"a sample of 200 cases: {drawn[-1]}"


def main():
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 20140305
    with tempfile.TemporaryDirectory() as name:
        faults = list(check(sys.argv[1], Path(name), seed))
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
