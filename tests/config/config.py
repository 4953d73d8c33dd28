#!/usr/bin/env python3
"""antinomy.yaml, end to end: which file counts, what it does to a check, what beats what, and what `config show` says.

    config.py PROGRAM

What stands in the table is: a name, the files, the command, what must be in its output and what must not, the exit
code. Wrong configurations: tests/broken/command/config-*.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]

CASE = """case: {id: a%s}
sources:
  paper: {published: 2021-06-20}
events:
  march: {start: 2021-05-20}
evidence:
  photo: {published: 2021-05-12, records: march}
organizations:
  group: {founded: %s}
statuses:
  ban: {of: group, pronounced: 2020-05-01}
"""
A = CASE % ("", "2020-06-01")
EVIDENCE, BAN = "[evidence-predates-event]", "[ban-before-founding]"
# Reads a policy of the packs it is loaded with.
OWN = """pack: {id: %s}
policies: {slow_days: %d}
rules:
  - id: %s-slow
    title: A ban within a wide window
    kind: fact
    severity: error
    about: record
    for: {s: status}
    require: width(s.pronounced) at most slow_days
    message: "{s} is dated too vaguely"
"""
def slow(head):
    """With a ban in a window of 122 days, which contradicts nothing else."""
    return CASE.replace("2020-05-01", "2020-02-01/2020-06-01") % (head, "2019")


# Of what the program finds without a rule, three things.
BUILTIN = """case: {id: a}
sources: {paper: {published: 2021-06-20}}
events:
  a: {start: 2021-05-14}
  b: {start: {value: 2021-05-13, source: paper, quote: on 17 May 2021}}
order: [a before b]
suppress: [{rule: evidence-predates-event, reason: known}]
"""
SLOW = slow("")
MANDATORY = OWN.replace("severity: error", "severity: warning\n    mandatory: yes")
# As a pack of a forum that comes with the program: it extends nothing that it sets anew.
OWN_CASE = slow(", packs: [own.yaml]")

TABLE = [
    ("nothing", {"a.yaml": A}, "check a.yaml", [f"error{EVIDENCE}", f"error{BAN}"], [], 1),
    ("a severity", {"a.yaml": A, "antinomy.yaml": "severities: {evidence-predates-event: info}\n"}, "check a.yaml", [f"info{EVIDENCE}", f"error{BAN}"], [], 1),
    ("off", {"a.yaml": A, "antinomy.yaml": "severities: {evidence-predates-event: off}\n"}, "check a.yaml", [f"error{BAN}"], [EVIDENCE], 1),
    ("off, as a list", {"a.yaml": A, "antinomy.yaml": "rules: {off: [evidence-predates-event, ban-before-founding]}\n"}, "check a.yaml", [], [EVIDENCE, BAN], 0),
    ("only", {"a.yaml": A, "antinomy.yaml": "rules: {only: [ban-before-founding]}\n"}, "check a.yaml", [BAN], [EVIDENCE], 1),
    ("--rules beats only", {"a.yaml": A, "antinomy.yaml": "rules: {only: [ban-before-founding]}\n"}, "check --rules evidence-predates-event a.yaml", [EVIDENCE], [BAN], 1),
    ("fail_on", {"a.yaml": A, "antinomy.yaml": "fail_on: never\n"}, "check a.yaml", [EVIDENCE], [], 0),
    ("--fail-on beats fail_on", {"a.yaml": A, "antinomy.yaml": "fail_on: never\n"}, "check --fail-on error a.yaml", [EVIDENCE], [], 1),
    ("fail_on_possible", {"a.yaml": A.replace("2021-05-20", "2021-05").replace("2020-06-01", "2019"), "antinomy.yaml": "fail_on_possible: yes\n"}, "check a.yaml", ["(possible)"], [], 1),
    ("without it", {"a.yaml": A.replace("2021-05-20", "2021-05").replace("2020-06-01", "2019"), "antinomy.yaml": "fail_on_possible: no\n"}, "check a.yaml", ["(possible)"], [], 0),
    ("--no-config", {"a.yaml": A, "antinomy.yaml": "fail_on: never\n"}, "check --no-config a.yaml", [EVIDENCE], [], 1),
    ("--config", {"a.yaml": A, "antinomy.yaml": "nonsense: 1\n", "other.yaml": "fail_on: never\n"}, "check --config other.yaml a.yaml", [EVIDENCE], [], 0),
    ("found above", {"b/c/a.yaml": A, "antinomy.yaml": "fail_on: never\n"}, "check b/c/a.yaml", [EVIDENCE], [], 0),
    ("the nearest counts", {"b/c/a.yaml": A, "antinomy.yaml": "nonsense: 1\n", "b/antinomy.yaml": "fail_on: never\n"}, "check b/c/a.yaml", [EVIDENCE], [], 0),
    ("not above .git", {"b/c/a.yaml": A, "b/.git/HEAD": "", "antinomy.yaml": "nonsense: 1\n"}, "check b/c/a.yaml", [EVIDENCE], [], 1),
    ("beside .git", {"b/c/a.yaml": A, "b/.git/HEAD": "", "b/antinomy.yaml": "fail_on: never\n"}, "check b/c/a.yaml", [EVIDENCE], [], 0),
    ("of the first path", {"b/a.yaml": A, "c/a.yaml": A.replace("id: a", "id: c"), "b/antinomy.yaml": "fail_on: never\n", "c/antinomy.yaml": "nonsense: 1\n"}, "check b/a.yaml c/a.yaml", ["b/a.yaml", "c/a.yaml"], [], 0),
    ("in the folder given it is no case", {"b/a.yaml": A, "b/antinomy.yaml": "fail_on: never\n"}, "check b", [EVIDENCE], ["not-included"], 0),
    ("paths", {"b/a.yaml": A, "c/a.yaml": A, "antinomy.yaml": "paths: [b]\nfail_on: never\n"}, "check", ["b/a.yaml"], ["c/a.yaml"], 0),
    ("a path beats paths", {"b/a.yaml": A, "c/a.yaml": A, "antinomy.yaml": "paths: [b]\n"}, "check c", ["c/a.yaml"], ["b/a.yaml"], 1),
    ("paths, from below", {"b/a.yaml": A, "c/x.txt": "", "antinomy.yaml": "paths: [b]\n"}, "cd c; check", ["../b/a.yaml"], [], 1),
    ("format", {"a.yaml": A, "antinomy.yaml": "formats: [json]\n"}, "check --format short a.yaml", [f"error{EVIDENCE}"], ['"format"'], 1),
    ("formats", {"a.yaml": A, "b/antinomy.yaml": "formats: [json, short=out/s.txt]\nfail_on: never\n", "b/out/x": "", "b/a.yaml": A}, "plain check b/a.yaml", ['"format":'], [f"error{EVIDENCE}"], 0),
    ("formats go beside the file", {"a.yaml": A, "b/antinomy.yaml": "formats: [short=/tmp/s.txt, short=../s.txt, pdf]\n", "b/a.yaml": A}, "plain check b/a.yaml", ["outside-folder", "is none of"], [], 2),
    ("max_findings", {"a.yaml": A, "antinomy.yaml": "max_findings: 1\n"}, "check a.yaml", [f"error{BAN}", "1 more finding"], [f"error{EVIDENCE}"], 1),
    ("--max-findings beats it", {"a.yaml": A, "antinomy.yaml": "max_findings: 1\n"}, "check --max-findings 0 a.yaml", [f"error{EVIDENCE}", f"error{BAN}"], [], 1),
    ("only keeps what is said of suppressions", {"a.yaml": A + "suppress: [{rule: evidence-predates-event, reason: known}]\n", "antinomy.yaml": "rules: {only: [evidence-predates-event]}\n"}, "check a.yaml", [f"error{EVIDENCE}", "[suppression-unused]"], [BAN], 1),
    # What beats what, of policies.
    ("a pack for all", {"a.yaml": SLOW, "own.yaml": OWN % ("own", 100, "own"), "antinomy.yaml": "packs: [own.yaml]\n"}, "check a.yaml", ["[own-slow]"], [], 1),
    ("the file beats its packs", {"a.yaml": SLOW, "own.yaml": OWN % ("own", 100, "own"), "antinomy.yaml": "packs: [own.yaml]\npolicies: {slow_days: 200}\n"}, "check a.yaml", [], ["[own-slow]"], 1),
    ("a case beats the file", {"a.yaml": slow(", policies: {slow_days: 110}"), "own.yaml": OWN % ("own", 100, "own"), "antinomy.yaml": "packs: [own.yaml]\npolicies: {slow_days: 200}\n"}, "check a.yaml", ["[own-slow]"], [], 1),
    ("packs of a case beat the file", {"a.yaml": OWN_CASE, "own.yaml": OWN % ("own", 100, "own"), "antinomy.yaml": "policies: {slow_days: 200}\n"}, "check a.yaml", ["[own-slow]"], [], 1),
    ("the file beats what is always there", {"a.yaml": A, "antinomy.yaml": "policies: {appeal_days: 12}\n"}, "config show a.yaml", ["policies.appeal_days: 12   (antinomy.yaml:1)"], [], 0),
    ("packs below a folder", {"b/c/a.yaml": SLOW, "b/p/own.yaml": OWN % ("own", 100, "own"), "b/antinomy.yaml": "packs: [p/own.yaml]\n"}, "check b/c/a.yaml", ["[own-slow]"], [], 1),
    ("only keeps the mandatory", {"a.yaml": SLOW, "own.yaml": MANDATORY % ("own", 100, "own"), "antinomy.yaml": "packs: [own.yaml]\nrules: {only: [ban-before-founding]}\n"}, "check a.yaml", ["warning[own-slow]"], [EVIDENCE], 0),
    ("a mandatory one may weigh more", {"a.yaml": SLOW, "own.yaml": MANDATORY % ("own", 100, "own"), "antinomy.yaml": "packs: [own.yaml]\nseverities: {own-slow: error}\n"}, "check --rules own-slow a.yaml", ["error[own-slow]"], [], 1),
    ("a rule of one case's pack", {"a.yaml": OWN_CASE, "b.yaml": A.replace("id: a", "id: b"), "own.yaml": OWN % ("own", 100, "own"), "antinomy.yaml": "severities: {own-slow: info}\n"}, "check a.yaml b.yaml", ["info[own-slow]"], ["unknown-rule"], 1),
    # What is built in.
    ("built in: nothing", {"a.yaml": BUILTIN}, "check a.yaml", ["error[facts-contradict]", "warning[quote-differs-from-value]", "info[suppression-unused]"], [], 1),
    ("built in: severities", {"a.yaml": BUILTIN, "antinomy.yaml": "severities: {facts-contradict: info, quote-differs-from-value: error, suppression-unused: warning}\n"}, "check a.yaml", ["error[quote-differs-from-value]", "info[facts-contradict]", "warning[suppression-unused]"], ["error[facts-contradict]"], 1),
    ("built in: none counts any more", {"a.yaml": BUILTIN, "antinomy.yaml": "severities: {facts-contradict: review}\n"}, "check a.yaml", ["review[facts-contradict]"], [], 0),
    ("built in: off", {"a.yaml": BUILTIN, "antinomy.yaml": "severities: {quote-differs-from-value: off}\n"}, "check --format text a.yaml", ["1 rule turned off by a pack or antinomy.yaml: quote-differs-from-value"], ["[quote-differs-from-value]"], 1),
    ("built in: off, as a list", {"a.yaml": BUILTIN, "antinomy.yaml": "rules: {off: [quote-differs-from-value]}\n"}, "check a.yaml", ["error[facts-contradict]"], ["[quote-differs-from-value]"], 1),
    ("built in: per path", {"d/a.yaml": BUILTIN, "e/b.yaml": BUILTIN.replace("id: a", "id: b"), "antinomy.yaml": "severities: {quote-differs-from-value: info}\nper_path: [{paths: [e], severities: {quote-differs-from-value: review}}]\n"}, "check d e", ["d/a.yaml:5:22: info[quote", "e/b.yaml:5:22: review[quote"], [], 1),
    ("built in: --rules of one that is off", {"a.yaml": BUILTIN, "antinomy.yaml": "rules: {off: [quote-differs-from-value]}\n"}, "check --rules quote-differs-from-value a.yaml", ["`quote-differs-from-value` is off: antinomy.yaml says so", "--no-config"], [], 2),
    ("built in: --rules of one that is off elsewhere", {"d/a.yaml": BUILTIN, "e/b.yaml": BUILTIN.replace("id: a", "id: b"), "antinomy.yaml": "per_path: [{paths: [e], severities: {quote-differs-from-value: off}}]\n"}, "check --rules quote-differs-from-value d e", ["d/a.yaml:5:22: warning[quote"], ["e/b.yaml:5:22"], 0),
    ("built in: redacted", {"a.yaml": BUILTIN, "antinomy.yaml": "severities: {facts-contradict: info, quote-differs-from-value: off}\nredact: yes\n"}, "check a.yaml", ["info[facts-contradict]"], ["[quote-differs", "redaction-differs"], 0),
    ("built in: diff", {"d/a.yaml": BUILTIN, "e/a.yaml": BUILTIN, "e/antinomy.yaml": "severities: {facts-contradict: info}\n"}, "diff d e", ["severity: info, it was error"], [], 1),
    ("built in: baseline", {"a.yaml": BUILTIN, "antinomy.yaml": "rules: {off: [quote-differs-from-value]}\n"}, "baseline write known.yaml a.yaml", ["known.yaml: 1 entry: 1 added"], [], 0),
    ("built in: show", {"a.yaml": BUILTIN, "antinomy.yaml": "severities:\n  facts-contradict: info\n"}, "config show a.yaml", ["severities.facts-contradict: info   (antinomy.yaml:2)\n"], [], 0),
    # Patterns of paths.
    ("one star", {"d/a.yaml": A, "antinomy.yaml": "per_path: [{paths: [d/*.yaml], severities: {evidence-predates-event: info}}]\n"}, "check d", [f"info{EVIDENCE}", f"error{BAN}"], [], 1),
    ("it crosses no folder", {"d/e/a.yaml": A, "antinomy.yaml": "per_path: [{paths: [d/*.yaml], severities: {evidence-predates-event: info}}]\n"}, "check d", [f"error{EVIDENCE}"], [], 1),
    ("two stars do", {"d/e/f/a.yaml": A, "antinomy.yaml": "per_path: [{paths: [\"d/**/a.yaml\"], severities: {evidence-predates-event: info}}]\n"}, "check d", [f"info{EVIDENCE}"], [], 1),
    ("two stars are no folder, too", {"d/a.yaml": A, "antinomy.yaml": "per_path: [{paths: [\"d/**/a.yaml\"], severities: {evidence-predates-event: info}}]\n"}, "check d", [f"info{EVIDENCE}"], [], 1),
    ("a name at any depth", {"d/e/a.yaml": A, "antinomy.yaml": "per_path: [{paths: [a.yaml], severities: {evidence-predates-event: info}}]\n"}, "check d", [f"info{EVIDENCE}"], [], 1),
    ("a folder's name", {"d/e/a.yaml": A, "antinomy.yaml": "per_path: [{paths: [d], severities: {evidence-predates-event: info}}]\n"}, "check d", [f"info{EVIDENCE}"], [], 1),
    ("a folder alone", {"d/a.yaml": A, "a.yaml/x.txt": "", "antinomy.yaml": "per_path: [{paths: [a.yaml/], severities: {evidence-predates-event: info}}]\n"}, "check d", [f"error{EVIDENCE}"], [], 1),
    ("a question mark is one sign, of any script", {"d/ы.yaml": A, "antinomy.yaml": "per_path: [{paths: [\"?.yaml\"], severities: {evidence-predates-event: info}}]\n"}, "check d", [f"info{EVIDENCE}"], [], 1),
    ("a dot is a dot", {"d/axyaml/a.yaml": A, "antinomy.yaml": "per_path: [{paths: [a.yaml/], severities: {evidence-predates-event: info}}]\n"}, "check d", [f"error{EVIDENCE}"], [], 1),
    ("the later entry counts", {"d/a.yaml": A, "antinomy.yaml": "per_path:\n  - {paths: [d], severities: {evidence-predates-event: info, ban-before-founding: info}}\n  - {paths: [a.yaml], severities: {evidence-predates-event: review}}\n"}, "check d", [f"review{EVIDENCE}", f"info{BAN}"], [], 0),
    ("per path beats severities", {"d/a.yaml": A, "antinomy.yaml": "severities: {evidence-predates-event: warning}\nper_path: [{paths: [d], severities: {evidence-predates-event: info}}]\n"}, "check d", [f"info{EVIDENCE}"], [], 1),
    ("one of two cases", {"d/a.yaml": A, "e/b.yaml": A.replace("id: a", "id: b"), "antinomy.yaml": "per_path: [{paths: [e], severities: {evidence-predates-event: off}}]\n"}, "check d e", [f"d/a.yaml:7:3: error{EVIDENCE}"], [f"e/b.yaml:7:3: error{EVIDENCE}"], 1),
    ("a case elsewhere", {"d/antinomy.yaml": "per_path: [{paths: [\"**\"], severities: {evidence-predates-event: info}}]\n", "e/a.yaml": A}, "check --config d/antinomy.yaml e/a.yaml", [f"error{EVIDENCE}"], [], 1),
    # Other commands.
    ("explain", {"a.yaml": SLOW, "own.yaml": OWN % ("own", 100, "own"), "antinomy.yaml": "packs: [own.yaml]\n"}, "explain own-slow a.yaml", ["A ban within a wide window", "statuses.ban"], [], 0),
    ("test", {"a.yaml": SLOW + "expect: [{rule: own-slow, at: statuses.ban, verdict: certain}]\n", "own.yaml": OWN % ("own", 100, "own"), "antinomy.yaml": "packs: [own.yaml]\nrules: {off: [own-slow]}\n"}, "test a.yaml", ["1 ok, 0 missing"], [], 1),
    ("timeline", {"a.yaml": SLOW, "antinomy.yaml": "nonsense: 1\n"}, "timeline a.yaml", ["[unknown-key]"], [], 2),
    # What counts, and where it comes from.
    ("show: defaults", {"a.yaml": A}, "config show a.yaml", ["configuration: none\n", "paths: a.yaml   (command line)\n", "fail_on: error   (default)\n", "redact: no   (default)\n", "lang: en   (default)\n"], [], 0),
    ("show: the file", {"d/a.yaml": A, "antinomy.yaml": "fail_on: info\nseverities:\n  evidence-predates-event: info\nper_path:\n  - {paths: [d], severities: {ban-before-founding: off}}\n"}, "config show d/a.yaml",
     ["configuration: antinomy.yaml\n", "fail_on: info   (antinomy.yaml:1)\n", "severities.evidence-predates-event: info   (antinomy.yaml:3)\n", "severities.ban-before-founding: off   (antinomy.yaml:5)\n"], [], 0),
    ("show: the command line", {"a.yaml": A, "antinomy.yaml": "fail_on: info\n"}, "config show --fail-on review --rules ban-before-founding a.yaml", ["fail_on: review   (command line)\n", "rules.only: ban-before-founding   (command line)\n"], ["antinomy.yaml:1"], 0),
    ("show: a case", {"a.yaml": CASE % (", policies: {appeal_days: 11}", "2020-06-01"), "antinomy.yaml": "policies: {appeal_days: 12}\n"}, "config show a.yaml", ["policies.appeal_days: 11   (a.yaml:1)\n"], [], 0),
    ("show: a folder", {"antinomy.yaml": "per_path: [{paths: [d], severities: {ban-before-founding: off}}]\npolicies: {appeal_days: 12}\n"}, "config show", ["severities.ban-before-founding in d: off   (antinomy.yaml:1)\n", "policies.appeal_days: 12   (antinomy.yaml:2)\n"], [], 0),
    ("show: no line can be forged", {"a.yaml": A, "antinomy.yaml": "paths: [\"a\\nfail_on: never   (default)\"]\n"}, "config show", ["\\x0afail_on: never"], ["\nfail_on: never"], 0),
]

# What the run of a row leaves in files.
WRITTEN = {"formats": {"b/out/s.txt": f"error{EVIDENCE}"}}


def run(program, folder, command):
    where = folder
    if command.startswith("cd "):
        to, _, command = command[3:].partition("; ")
        where = folder / to
    words = command.split()
    if words[0] == "plain":
        words = words[1:]
    elif words[0] == "check" and "--format" not in words:
        words += ["--format", "short"]
    environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "COLUMNS": "80", "ANTINOMY_RULES": str(ROOT / "tests" / "broken" / "rules")}
    return subprocess.run([program, "--color", "never", *words], cwd=where, env=environment, capture_output=True, text=True, timeout=60, check=False)


def put(folder, files):
    # Above it no configuration may lie: a folder of its own with a `.git` stops the search.
    (folder / ".git").mkdir()
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def faults(program):
    for name, files, command, wanted, unwanted, code in TABLE:
        with tempfile.TemporaryDirectory() as made:
            put(Path(made), files)
            done = run(program, Path(made), command)
            for file, word in WRITTEN.get(name, {}).items():
                written = Path(made, file)
                if not written.is_file() or word not in written.read_text(encoding="utf-8"):
                    yield f"{name}: {file} is not written, or has no {word!r}"
        said = done.stdout + done.stderr
        head = f"{name}: "
        if done.returncode != code:
            yield f"{head}ended with {done.returncode}, not {code}:\n{said}"
        for w in wanted:
            if w not in said:
                yield f"{head}no {w!r} in:\n{said}"
        for w in unwanted:
            if w in said:
                yield f"{head}{w!r} in:\n{said}"


def baseline(program):
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        put(folder, {"b/a.yaml": SLOW, "b/own.yaml": OWN % ("own", 100, "own"), "b/antinomy.yaml": "packs: [own.yaml]\n"})
        done = run(program, folder, "baseline write b/known.yaml b/a.yaml")
        known = (folder / "b/known.yaml").read_text(encoding="utf-8") if done.returncode == 0 else ""
        if "own-slow" not in known:
            yield f"baseline write: the packs of antinomy.yaml do not count:\n{done.stdout}{done.stderr}{known}"
            return
        (folder / "none.yaml").write_text("baseline: 1\nfindings: []\n", encoding="utf-8")
        (folder / "b/antinomy.yaml").write_text("packs: [own.yaml]\nbaseline: known.yaml\n", encoding="utf-8")
        for command, code, wanted in (
            ("check b/a.yaml", 0, "[baseline]"),
            ("check --no-baseline b/a.yaml", 1, "[own-slow]"),
            ("check --baseline none.yaml b/a.yaml", 1, "[own-slow]"),
            ("check --redact b/a.yaml", 2, "--no-baseline"),
            ("check --redact --no-baseline b/a.yaml", 1, "[own-slow]"),
            ("config show b/a.yaml", 0, "baseline: b/known.yaml   (b/antinomy.yaml:2)\n"),
            ("config show --no-baseline b/a.yaml", 0, "baseline: none   (command line)\n"),
            ("config show --baseline none.yaml b/a.yaml", 0, "baseline: none.yaml   (command line)\n"),
            ("config show --no-config b/a.yaml", 0, "baseline: none   (default)\n"),
            ("diff b/a.yaml b/a.yaml", 0, ""),
        ):
            done = run(program, folder, command)
            said = done.stdout + done.stderr
            if done.returncode != code or wanted not in said:
                yield f"baseline, {command}: ended with {done.returncode}, not {code}, or has no {wanted!r}:\n{said}"
        # The other side of a comparison has another file above it.
        (folder / "c").mkdir()
        (folder / "c/a.yaml").write_text(SLOW, encoding="utf-8")
        done = run(program, folder, "diff c/a.yaml b/a.yaml")
        if done.returncode != 1 or "own-slow" not in done.stdout:
            yield f"diff: the packs of antinomy.yaml do not count:\n{done.stdout}{done.stderr}"


def shown_as_json(program):
    with tempfile.TemporaryDirectory() as made:
        put(Path(made), {"a.yaml": A, "antinomy.yaml": "fail_on: info\npolicies: {appeal_days: 12}\n"})
        done = run(program, Path(made), "config show --format json --fail-on-possible a.yaml")
    said = json.loads(done.stdout)
    values = {v["key"]: v for v in said["values"]}
    for key, value in {
        "fail_on": {"key": "fail_on", "value": "info", "from": {"kind": "file", "file": "antinomy.yaml", "line": 1, "column": 10}},
        "fail_on_possible": {"key": "fail_on_possible", "value": "yes", "from": {"kind": "command line"}},
        "formats": {"key": "formats", "value": "text", "from": {"kind": "default"}},
        "policies.appeal_days": {"key": "policies.appeal_days", "value": "12", "from": {"kind": "file", "file": "antinomy.yaml", "line": 2, "column": 25}},
    }.items():
        if values.get(key) != value:
            yield f"config show as JSON: {values.get(key)} for {value}"
    if said["format"] != 1 or said["config"] != "antinomy.yaml":
        yield f"config show as JSON: {said['format']} {said['config']}"


def schema(program):
    """What loads passes the schema, and what is mistaken does not."""
    import jsonschema
    import yaml

    with tempfile.TemporaryDirectory() as made:
        done = run(program, Path(made), "schema config")
    class Text(yaml.SafeLoader):
        """All plain values as text, as the program reads them."""

    Text.yaml_implicit_resolvers = {}
    checker = jsonschema.Draft202012Validator(json.loads(done.stdout))
    count = 0
    for name, files, *_ in TABLE:
        for file, text in files.items():
            if not file.endswith("antinomy.yaml") or "nonsense" in text or "pdf" in text:
                continue
            count += 1
            for e in checker.iter_errors(yaml.load(text, Text)):
                yield f"schema, {name}: {e.message}"
    if count < 30:
        yield f"schema: only {count} files tried"
    readme = (ROOT / "src" / "config" / "README.md").read_text()
    example = yaml.load(readme.split("```yaml example/antinomy.yaml\n")[1].split("```")[0], Text)
    for e in checker.iter_errors(example):
        yield f"schema, the README's example: {e.message}"
    if set(example) != set(json.loads(done.stdout)["properties"]):
        yield f"the README's example lacks {set(json.loads(done.stdout)['properties']) ^ set(example)}"
    for wrong in ({"pahts": []}, {"fail_on": "eror"}, {"severities": {"x": "eror"}}, {"per_path": [{"paths": ["a"]}]}, {"rules": {"only": []}}, {"paths": "a"},
                  {"severities": {"suppression-unused": "off"}}, {"severities": {"suppression-expired": "review"}}, {"severities": {"facts-contradict": "off"}}):  # fmt: skip
        # (What loads is valid: above.)
        if checker.is_valid(wrong):
            yield f"schema: accepts {wrong}"


def main():
    program = str(Path(sys.argv[1]).resolve())
    os.environ.pop("ANTINOMY_RULES", None)
    found = [*faults(program), *baseline(program), *shown_as_json(program), *schema(program)]
    for f in found:
        print(f)
    print(f"{len(TABLE)} configurations, {len(found)} not as they should be")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
