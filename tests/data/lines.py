#!/usr/bin/env python3
"""Data sets of which every hundredth record is broken: none of the good ones is lost, each broken one is named with its
line, and the run ends with 2. The same findings come of each form, packed or not, from a file, a folder or a pipe,
and the same bytes for any number of threads.

    lines.py PROGRAM
"""

import gzip
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

RECORDS = 3000
PACK = """pack: {id: p, title: Test}
vocabulary:
  term: {plural: terms, title: title, moment: [start, end], fields: {title: text, start: date, end: date}}
rules:
  - id: wrong-way-round
    title: A term that ends before it starts
    kind: fact
    severity: error
    about: record
    reaches: record
    for: {t: term}
    require: t.start not after t.end
    message: "{t} starts on {t.start} and ends on {t.end}"
    possible: "{t} starts on {t.start} and may end before ({t.end})"
    basis: [{cite: by meaning}]
    tests:
      - {name: a, case: {terms: {t: {start: 2001-01-02, end: 2001-01-01}}}, expect: [{at: terms.t, verdict: certain}]}
      - {name: b, case: {terms: {t: {start: 2001-01-01, end: 2001-01-02}}}, expect: []}
"""
MAP = """map: {id: m, reads: FORM, shipped: no, packs: [pack.yaml], dates: [edtf]}
case: {id: $.id}
terms: {t: {title: $.title, start: $.start, end: $.end}}
"""


def make(r):
    """The good records, and for which of them a broken one is written instead."""
    records, broken = [], set()
    for i in range(RECORDS):
        first, last = sorted((r.randrange(1900, 2000), r.randrange(1900, 2000)))
        if r.random() < 0.05:
            first, last = last + 1, first
        records.append({"id": f"r{i}", "title": f'é "{i}" \u2013 x', "start": f"{first}-03-01", "end": f"{last}-03-02"})
        if i % 100 == 37:
            broken.add(i)
    return records, broken


BREAK_JSON = ['{"id": "x", ', '{"id" "x"}', '{"id": "x}', "{'id': 1}", '{"id": 1} }', '{"id": "\\q"}', "x", '{"start": "1 May"}']
BREAK_ROW = ['x;"y', "a;b;c;d;e", 'a"b;c;d;e', '"a"b;c;d;e', "a;b;1 May 1900;e", "a"]
BREAK_YAML = ["a: [1\n", "id: x\nid: y\n", "a: *b\n", "a: 'x\n", "\ta: b\n", "just text\n", "start: 1 May\n"]


def forms(records, broken, r):
    """(form, suffix, text, lines on which the broken ones begin)."""

    def lines_of(parts, first=1):
        text, at, bad = "", first, set()
        for is_broken, part in parts:
            if is_broken:
                bad.add(at)
            text += part
            at += part.count("\n")
        return text, bad

    def each(good, wrong):
        return [(i in broken, r.choice(wrong) if i in broken else good(x)) for i, x in enumerate(records)]

    def dumped(x):
        return json.dumps(x, ensure_ascii=False)

    def row(x):
        return ";".join('"' + x[c].replace('"', '""') + '"' if '"' in x[c] else x[c] for c in ("id", "title", "start", "end"))

    def yaml(x):
        return "".join(f"{k}: {json.dumps(v, ensure_ascii=False)}\n" for k, v in x.items())

    text, bad = lines_of([(b, p + "\n") for b, p in each(dumped, BREAK_JSON)])
    yield "jsonl", ".jsonl", text, bad
    text, bad = lines_of([(b, p + ",\n") for b, p in each(dumped, [x for x in BREAK_JSON if "} }" not in x] + ["{]}", '{"a": [1}'])], 2)
    yield "json", ".json", "[\n" + text[:-2] + "\n]\n", bad
    text, bad = lines_of([(b, p + "\r\n") for b, p in each(row, BREAK_ROW)], 2)
    yield "csv", ".csv", "\ufeffid;title;start;end\r\n" + text, bad
    text, bad = lines_of([(b, "---\n" + p) for b, p in each(yaml, BREAK_YAML)])
    yield "yaml", ".yaml", text, {line + 1 for line in bad}
    indented = [(b, "- " + p.rstrip("\n").replace("\n", "\n  ") + "\n") for b, p in each(yaml, [x for x in BREAK_YAML if x[0] != "\t"])]
    yield "yaml", ".yml", *lines_of(indented)


def run(program, folder, *words, given=None):
    return subprocess.run([program, "check", *words], cwd=folder, capture_output=True, input=given, check=False, timeout=300, env={**os.environ, "COLUMNS": "80"})


def compare(program, folder, records, broken, form):
    reads, suffix, text, bad = form
    (folder / "map.yaml").write_text(MAP.replace("FORM", reads + (", table: {separator: ;}" if reads == "csv" else "")))
    name = "data" + suffix
    data = text.encode()
    (folder / name).write_bytes(data)
    wanted = sorted(x["id"] for i, x in enumerate(records) if i not in broken and x["start"] > x["end"])
    first = run(program, folder, "--map", "map.yaml", "--format", "json", "--threads", "1", name)
    said = [json.loads(line) for line in first.stdout.decode().splitlines()]
    summary = said[-1]
    if first.returncode != 2 or not re.fullmatch(rb"exit 2: [^\n]*\n", first.stderr):
        yield f"ended with {first.returncode}: {first.stderr[:300]}"
    if (summary["records"], summary["checked"], summary["not_checked"]) != (RECORDS, RECORDS - len(broken), len(broken)):
        yield f"counts {summary}; {RECORDS} records, {len(broken)} broken"
    if sorted(s["case"] for s in said if s["kind"] == "finding") != wanted:
        yield "not the findings that there are"
    named = {s["line"] for s in said if s["kind"] == "problem"}
    near = {line for line in named if any(line - 3 <= b <= line for b in bad)}
    missing = {b for b in bad if not any(b <= line <= b + 3 for line in named)}
    if named != near or missing:
        yield f"named {sorted(named)[:9]}..., broken are {sorted(bad)[:9]}..."
    lines = text.split("\n")
    for s in said:
        if s["kind"] == "finding" and '"' not in s["proof"]["facts"][0]["value"]:
            f = s["proof"]["facts"][0]
            if not lines[f["line"] - 1].lstrip("\ufeff")[f["column"] - 1 :].lstrip('"').startswith(f["value"]):
                yield f"{f['value']} is not at {f['line']}:{f['column']}"
    # The same bytes, however many threads and however the data come.
    ways = {
        "2 threads": (["--threads", "2", name], None),
        "7 threads": (["--threads", "7", name], None),
    }
    for way, (words, given) in ways.items():
        again = run(program, folder, "--map", "map.yaml", "--format", "json", *words, given=given)
        if (again.stdout, again.returncode) != (first.stdout, 2):
            yield f"{way}: not the same bytes"
    shutil.rmtree(folder / "sub", ignore_errors=True)
    (folder / "sub" / "deep").mkdir(parents=True)
    (folder / "sub" / "deep" / (name + ".gz")).write_bytes(gzip.compress(data))
    (folder / "sub" / "notes.txt").write_text("not data")
    packed = {
        "gzip in a folder": (["sub"], None, f"sub/deep/{name}.gz"),
        "a pipe": (["-"], data, "-"),
        "a packed pipe": (["-"], gzip.compress(data), "-"),
    }
    if shutil.which("zstd"):
        subprocess.run(["zstd", "-q", "-f", name, "-o", "data.zst"], cwd=folder, check=True)
        packed["zstd"] = (["data.zst"], None, "data.zst")
    for way, (words, given, shown) in packed.items():
        again = run(program, folder, "--map", "map.yaml", "--format", "json", *words, given=given)
        out = again.stdout.decode().replace(json.dumps(shown), json.dumps(name)).replace('"files_left_out":1', '"files_left_out":0')
        if out != first.stdout.decode():
            yield f"{way}: not the same findings"
    # A stream that breaks off: what stands before the damage is checked, and the damage told.
    (folder / "cut.gz").write_bytes(gzip.compress(data)[: len(data) // 40])
    done = run(program, folder, "--map", "map.yaml", "--format", "json", "cut.gz")
    said = [json.loads(line) for line in done.stdout.decode().splitlines()]
    if not any(s.get("code") == "damaged-stream" for s in said) or said[-1]["checked"] < 10 or done.returncode != 2:
        yield f"a stream that breaks off: {done.stdout[-300:]}"


def options(program, folder):
    """--limit, --sample, and the exit code."""
    records = "".join(f'{{"id": "r{i}", "title": "t", "start": "{2000 + i % 2}", "end": "2000-05-01"}}\n' for i in range(1000))
    (folder / "map.yaml").write_text(MAP.replace("FORM", "jsonl"))
    (folder / "data.jsonl").write_text(records)
    done = run(program, folder, "--map", "map.yaml", "--format", "short", "--limit", "7", "data.jsonl")
    out, err = done.stdout.decode(), re.sub(r"\n  ", " ", done.stderr.decode())
    if len(out.splitlines()) != 7 or "993 more findings not shown (--limit 7)" not in err or done.returncode != 1:
        yield f"--limit: {done.returncode} {out}{err}"
    if "1000 findings in 1000 records: 1000 errors (500 certain, 500 possible)" not in err:
        yield f"the sum of a short report: {err}"
    if not out.startswith("data.jsonl:1:1: error[wrong-way-round]") or " at $\n" not in out:
        yield f"a line of a short report: {out}"
    drawn = []
    for seed in ("1", "1", "2"):
        done = run(program, folder, "--map", "map.yaml", "--format", "short", "--sample", "50", "--seed", seed, "data.jsonl")
        drawn.append(done.stdout)
        if f"50 checked, 0 not, 950 left out by --sample (seed {seed})" not in re.sub(r"\n  ", " ", done.stderr.decode()):
            yield f"--sample: {done.stderr.decode()}"
    if drawn[0] != drawn[1] or drawn[0] == drawn[2] or len(drawn[0].splitlines()) != 50:
        yield "--sample: a seed draws the same, another one others"
    for words, code in [([], 1), (["--fail-on", "never"], 0), (["--rules", "wrong-way-round"], 1), (["--sample", "9999"], 1)]:
        done = run(program, folder, "--map", "map.yaml", *words, "data.jsonl")
        if done.returncode != code:
            yield f"{words}: ended with {done.returncode}, not {code}"
    text = run(program, folder, "--map", "map.yaml", "data.jsonl").stdout.decode()
    if "══ r1\n   data.jsonl, record 2\n" not in text or "antinomy explain" not in text:
        yield f"the report: {text[:1500]}"
    (folder / "data.jsonl").write_text('{"id": "a", "title": "t", "start": "2001", "end": "2001-05-01"}\n')
    for words, code in [([], 0), (["--fail-on-possible"], 1)]:
        done = run(program, folder, "--map", "map.yaml", *words, "data.jsonl")
        if done.returncode != code:
            yield f"{words}: ended with {done.returncode}, not {code}"
    with open("/dev/full", "w") as full:
        done = subprocess.run([program, "check", "--map", "map.yaml", "data.jsonl"], cwd=folder, stdout=full, stderr=subprocess.PIPE, check=False)
    if done.returncode != 2 or b"could not be written whole" not in done.stderr:
        yield f"a full disk: {done.returncode} {done.stderr}"


def main():
    program, faults = sys.argv[1], []
    r = random.Random(1)
    records, broken = make(r)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "pack.yaml").write_text(PACK)
        for form in forms(records, broken, r):
            faults += [f"{form[1]}: {fault}" for fault in compare(program, folder, records, broken, form)]
        faults += list(options(program, folder))
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
