#!/usr/bin/env python3
"""Reports of a data set that are made at the end (SARIF, JUnit, GitLab, GitHub, Markdown, CSV): each holds the findings of
the JSON lines, at their places, and the same bytes come by any number of threads; of more than 5000 the worst are kept,
the report says how many are left out, and so does standard error; what cannot be written makes the run end with 2.

    reports.py PROGRAM
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

import limits
import sets

MOST = 5000
FORMATS = ["sarif", "junit", "junit-gitlab", "gitlab", "github", "markdown", "csv"]


def run(program, folder, *words, **more):
    env = {k: v for k, v in os.environ.items() if not k.startswith(("GITHUB_", "CI"))}
    return subprocess.run([program, "check", "--map", "map.yaml", *words, "data.jsonl"], cwd=folder, capture_output=True, text=True,
                          check=False, env={**env, "COLUMNS": "200", **more})  # fmt: skip


def told(form, text):
    """(rule, line) of each finding that a report holds; None where it holds none by place."""
    if form == "sarif":
        for r in json.loads(text)["runs"][0]["results"]:
            where = r["locations"][0]["physicalLocation"]
            assert "primaryLocationLineHash" not in r["partialFingerprints"]  # it takes the whole file
            yield r["ruleId"], where["region"]["startLine"] if "region" in where else 1
    elif form in ("junit", "junit-gitlab"):
        for suite in ET.fromstring(text):
            for case in suite:
                said = case.find("failure")
                if case.tag == "testcase" and said is not None:
                    yield suite.get("package"), int(re.search(r"^  data\.jsonl:(\d+):", said.text, re.M).group(1))
    elif form == "gitlab":
        for i in json.loads(text):
            yield i["check_name"], i["location"]["lines"]["begin"]
    elif form == "csv":
        for row in csv.DictReader(io.StringIO(text.lstrip("\ufeff"))):
            yield row["rule"], int(row["line"] or 1)


def compare(program, folder, findings):
    wanted = Counter((f["rule"], f["places"][0]["line"]) for f in findings)
    errors = Counter((f["rule"], f["places"][0]["line"]) for f in findings if f["severity"] == "error" and f["verdict"] == "certain")
    names = [f"--format={f}=out.{f}" for f in FORMATS]
    done = run(program, folder, *names, "--format", "json", "--threads", "1")
    if [x for x in map(json.loads, done.stdout.splitlines()) if x["kind"] == "finding"] != findings:
        yield "other findings where reports are made"
    if done.returncode != 1 or "left out" in done.stderr:
        yield f"ended with {done.returncode}: {done.stderr}"
    texts = {f: (folder / f"out.{f}").read_text(encoding="utf-8") for f in FORMATS}
    for form in FORMATS:
        if form in ("github", "markdown"):
            lost = [f["message"] for f in findings if f["message"] not in texts[form]] if form == "markdown" else []
            if lost or "data.jsonl" not in texts[form]:
                yield f"{form}: not in it: {lost[:3]}"
            continue
        holds = Counter(told(form, texts[form]))
        should = errors if form.startswith("junit") else wanted
        if holds != should:
            yield f"{form}: {list((holds - should).items())[:3]} and not {list((should - holds).items())[:3]}"
    if "2000 records, of which 2000 were checked" not in texts["sarif"] or "2000 records, of which 2000 were checked" not in texts["junit"]:
        yield "the number of records is not in it"
    suites = {s.get("package") for s in ET.fromstring(texts["junit"])}
    if not {"wrong-way", "too-many"} <= suites:
        yield f"suites {suites}"
    for threads in ("2", "7"):
        run(program, folder, *names, "--format", "short", "--threads", threads)
        for form in FORMATS:
            if (folder / f"out.{form}").read_text(encoding="utf-8") != texts[form]:
                yield f"{form}, {threads} threads: not the same bytes"
    for form in FORMATS:
        alone = run(program, folder, "--format", form)
        if alone.stdout != texts[form] or "records in 1 file: 2000 checked" not in alone.stderr:
            yield f"{form} on standard output: {alone.stdout[:300]} {alone.stderr[:300]}"
    summary = folder / "summary.md"
    run(program, folder, "--format", "github", GITHUB_STEP_SUMMARY=str(summary))
    if "## Antinomy" not in summary.read_text(encoding="utf-8"):
        yield "no summary of the step"


def regions(program, folder):
    """SARIF of the sets of sets/: each region has the text that stands there, contexts too."""
    for name, data in sets.DATA.items():
        done = subprocess.run([program, "check", "--map", f"{name}-map.yaml", "--format", "sarif", data], cwd=sets.SETS,
                              capture_output=True, text=True, check=False)  # fmt: skip
        lines = (sets.SETS / data).read_text(encoding="utf-8-sig").split("\n")
        seen = Counter()

        def look(value):
            if isinstance(value, list):
                for x in value:
                    yield from look(x)
            if not isinstance(value, dict):
                return
            if value.get("artifactLocation", {}).get("uri", "").endswith(data):
                for key in ("region", "contextRegion"):
                    if region := value.get(key):
                        part = lines[region["startLine"] - 1 : region["endLine"]]
                        seen[key] += 1
                        if region["startLine"] > value["region"]["startLine"] or region["endLine"] < value["region"]["endLine"]:
                            yield f"{name}: {key} {region}: not around {value['region']}"
                        if "endColumn" in region:
                            units = [x.encode("utf-16-le") for x in part]
                            units[-1] = units[-1][: 2 * (region["endColumn"] - 1)]
                            units[0] = units[0][2 * (region["startColumn"] - 1) :]
                            part = [x.decode("utf-16-le") for x in units]
                        got, text = region["snippet"]["text"], "\n".join(part)
                        if got.rstrip("\r\n") != text.rstrip("\r\n") and not (len(got.encode()) > 3900 and text.startswith(got)):
                            yield f"{name}: {key} {region}: there stands {text[:200]!r}"
            for x in value.values():
                yield from look(x)

        faults = list(look(json.loads(done.stdout)))
        yield from faults[:3]
        if seen["region"] < 500:
            yield f"{name}: only {seen} regions"


def bounded(program, folder):
    """6000 records: the first has a warning and all an error but the last hundred, which have a warning alone."""
    records = [{"terms": [{"start": "2001-01-02", "end": "2001-01-01" if i < 5900 else "2001-01-03", "n": 10 if i == 0 or i >= 5900 else 1}]}
               for i in range(6000)]  # fmt: skip
    (folder / "data.jsonl").write_text("".join(json.dumps(x) + "\n" for x in records))
    # Only SARIF has a limit of its own, in bytes.
    for form in ("sarif", "gitlab", "csv", "junit", "github", "markdown"):
        done = run(program, folder, f"--format={form}=out.{form}", "--format", "short", "--no-gaps")
        text = (folder / f"out.{form}").read_text(encoding="utf-8")
        if len(done.stdout.splitlines()) != 6001 or "1001 more findings are left out of the reports, which hold 5000, the worst first" not in done.stderr:
            yield f"{form}: {len(done.stdout.splitlines())} {done.stderr}"
        if form not in ("github", "markdown"):
            holds = Counter(told(form, text))
            lines = sorted(line for rule, line in holds if rule == "wrong-way")
            if form != "sarif" and lines != list(range(1, MOST + 1)) or any(rule == "too-many" for rule, _ in holds):
                yield f"{form}: not the first of the worst: {len(lines)} {lines[-3:]}"
        if form != "markdown" and not re.search(r"1001 more findings are left out", text):
            yield f"{form}: what is left out is not told in it"


def refused(program, folder):
    for words, said in [
        (["--format", "html=x.html"], "a data set is no case, and html is for cases"),
        (["--format", "csv-chronology"], "a data set is no case"),
        (["--format", "json=x.json"], "would have to wait for the last"),
        (["--format", "sarif=data.jsonl"], "it was read in this run"),
        (["--format", "sarif=nowhere/x.sarif"], "it could not be written: No such file"),
    ]:
        before = (folder / "data.jsonl").read_bytes()
        done = run(program, folder, *words)
        if done.returncode != 2 or said not in done.stderr or (folder / "data.jsonl").read_bytes() != before:
            yield f"{words}: ended with {done.returncode}: {done.stderr[-500:]}"
    (folder / "data.jsonl").write_text('{"terms": [{"start": "x"}]}\n')
    done = run(program, folder, "--format", "sarif")
    log = json.loads(done.stdout)["runs"][0]
    if done.returncode != 2 or log["invocations"][0]["executionSuccessful"] or "1 record could not be checked" not in done.stdout:
        yield f"a record that cannot be read: {done.returncode} {done.stdout[:500]}"


def unreadable(program, folder):
    """Records that cannot be read: GitLab is told each at its place, and of very many the first, and how many more there are."""
    good = json.dumps({"terms": [{"start": "2001-01-01", "end": "2001-01-02", "n": 10}]})
    (folder / "data.jsonl").write_text(f'{good}\n{{"terms": [{{"start": "x"}}]}}\n{good}\n{{\n')
    done = run(program, folder, "--format", "gitlab")
    issues = json.loads(done.stdout)
    if [i["location"]["lines"]["begin"] for i in issues if i["severity"] == "blocker"] != [2, 4]:
        yield f"gitlab: records that cannot be read: {done.stdout[:1000]}"
    if {i["location"]["path"] for i in issues} != {"data.jsonl"} or len({i["fingerprint"] for i in issues}) != len(issues):
        yield f"gitlab: places of records that cannot be read: {done.stdout[:1000]}"
    (folder / "data.jsonl").write_text('{"terms": [{"start": "x"}]}\n' * (MOST + 3))
    issues = json.loads(run(program, folder, "--format", "gitlab").stdout)
    blockers = [i for i in issues if i["severity"] == "blocker"]
    if len(blockers) != MOST + 1 or not blockers[-1]["description"].startswith("3 more errors of records"):
        yield f"gitlab: very many records that cannot be read: {len(blockers)} {blockers[-1:]}"


def copied(program, folder):
    """The command that a finding's text ends with, copied to a shell: it explains that finding."""
    (folder / "a map.yaml").write_text((folder / "map.yaml").read_text())
    (folder / "it's.jsonl").write_text(json.dumps({"terms": [{"start": "2001-01-02", "end": "2001-01-01", "n": 10}]}) + "\n")
    text = subprocess.run([program, "check", "--map", "a map.yaml", "--format", "text", "it's.jsonl"], cwd=folder, capture_output=True,
                          text=True, check=False, env={**os.environ, "COLUMNS": "40"}).stdout  # fmt: skip
    commands = re.findall(r"^ *= explain: antinomy (.*)$", text, flags=re.M)
    if not commands:
        yield f"no command that explains: {text}"
    for command in commands:
        done = subprocess.run(["sh", "-c", f'"$0" {command}', program], cwd=folder, capture_output=True, text=True, check=False)
        if done.returncode != 0 or f"fingerprint {command.split()[1]}" not in done.stdout:
            yield f"`antinomy {command}` ended with {done.returncode}: {done.stdout[-300:]}{done.stderr[-300:]}"


def main():
    program, faults = str(Path(sys.argv[1]).resolve()), []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "pack.yaml").write_text(limits.PACK)
        (folder / "map.yaml").write_text(limits.MAP.replace("LIMITS", ""))
        (folder / "data.jsonl").write_text("".join(json.dumps(x) + "\n" for x in limits.make(random.Random(5))))
        lines = run(program, folder, "--format", "json").stdout.splitlines()
        findings = [x for x in map(json.loads, lines) if x["kind"] == "finding"]
        if len(findings) < 100:
            faults.append("too few to mean anything")
        faults += [*compare(program, folder, findings), *regions(program, folder), *bounded(program, folder), *refused(program, folder),
                   *unreadable(program, folder), *copied(program, folder)]
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
