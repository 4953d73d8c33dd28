#!/usr/bin/env python3
"""What is given to a run: files twice, by themselves and in their folder, by links; empty files; keys of cases that are one
only as long as nobody looks closely.

    given.py PROGRAM
"""
import json
import subprocess
import sys
import tempfile
from pathlib import Path

PACK = """pack: {id: p, title: Test}
vocabulary:
  term: {plural: terms, title: title, fields: {title: text, start: date}}
rules:
  - id: after-2000
    title: After 2000
    kind: fact
    severity: error
    about: record
    reaches: record
    for: {t: term}
    require: t.start before 2001-01-01
    message: "{t} starts on {t.start}"
"""
MAP = """map: {id: m, reads: jsonl, shipped: no, packs: [pack.yaml], dates: [edtf]MORE}
terms: {t: {title: $.t, start: $.s}}
"""


def run(program, folder, map_, *paths):
    done = subprocess.run([program, "check", "--map", map_, "--format", "json", *paths], cwd=folder, capture_output=True, text=True, check=False)
    lines = [json.loads(x) for x in done.stdout.splitlines()]
    return done.returncode, lines[-1] if lines else {}, [x["code"] for x in lines if x["kind"] == "problem"]


def main():
    program, faults = str(Path(sys.argv[1]).resolve()), []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "pack.yaml").write_text(PACK)
        (folder / "map.yaml").write_text(MAP.replace("MORE", ""))
        (folder / "json.yaml").write_text(MAP.replace("jsonl", "json").replace("MORE", ""))
        (folder / "keyed.yaml").write_text(MAP.replace("MORE", ", one_case: key, key: [$.a, $.b]"))
        data = folder / "data"
        (data / ".hidden").mkdir(parents=True)
        (data / "deep").mkdir()
        for path in ("one.jsonl", "deep/two.jsonl", "deep/odd.txt", ".hidden/three.jsonl"):
            (data / path).write_text(json.dumps({"t": path, "s": "2002"}) + "\n")
        (folder / "link.jsonl").symlink_to(data / "one.jsonl")
        # (paths, records, warnings)
        for paths, records, warnings in (
            (["data"], 2, 0),
            (["data", "data"], 2, 1),
            (["data", "data/one.jsonl"], 2, 1),
            (["data/one.jsonl", "data"], 2, 1),
            (["data", "data/deep", "./data/../data/one.jsonl"], 2, 2),
            (["data/one.jsonl", "data/one.jsonl"], 1, 1),
            (["link.jsonl", "data/one.jsonl"], 1, 1),
            (["link.jsonl", "data"], 2, 1),
            # These the folder does not give: another name, a hidden one.
            (["data", "data/deep/odd.txt"], 3, 0),
            (["data", "data/.hidden/three.jsonl"], 3, 0),
            (["data", "data/.hidden"], 3, 0),
        ):
            code, total, problems = run(program, folder, "map.yaml", *paths)
            if (code, total.get("records"), total.get("findings"), problems) != (1, records, records, ["given-twice"] * warnings):
                faults.append(f"{paths}: exit {code}, {total.get('records')} records, {total.get('findings')} findings, {problems}")
        (data / "four.json").write_text('[{"t": "four", "s": "2002"}]')
        for text, wrong in (("", 1), (" \n", 1), ("[]", 0), ("[", 1)):
            (data / "five.json").write_text(text)
            code, total, problems = run(program, folder, "json.yaml", "data")
            if (code == 2, total["checked"], total["not_checked"], len(problems)) != (wrong == 1, 1, wrong, wrong):
                faults.append(f"a JSON file of {text!r} beside a good one: exit {code}, {total['checked']} checked, {problems}")
        keys = folder / "keys.jsonl"
        keys.write_text("".join(json.dumps({"a": a, "b": b, "t": a, "s": "2002"}) + "\n" for a, b in (("x\0y", "z"), ("x", "y\0z"), ("x", "\0y"), ("x\0", "y"))))
        code, total, problems = run(program, folder, "keyed.yaml", "keys.jsonl")
        if (code, total.get("records"), total.get("cases"), problems) != (1, 4, 4, []):
            faults.append(f"keys with NUL: exit {code}, {total.get('cases')} cases of {total.get('records')} records, {problems}")
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
