#!/usr/bin/env python3
"""Holds the program to the suite: conformance.py PROGRAM [--only PART OF A NAME] [--show] [--keep FOLDER]

Each item becomes a pack and a case in a temporary folder; BATCH of them are checked by one run of `check` and explained
by one run of `explain` for each rule that something is expected of. Ends with 1 if anything differs.
"""

import argparse
import collections
import concurrent.futures
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import items as suite

BATCH = 150
BUILT_IN = {
    "facts-contradict", "facts-contradict-jointly", "every-account-in-conflict", "quote-differs-from-value",
    "working-days-not-covered", "suppression-expired", "suppression-unused",
}  # fmt: skip


def call(program, folder, *arguments, err=False):
    done = subprocess.run(
        [program, *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=300,
        env={**os.environ, "ANTINOMY_RULES": str(folder / "rules"), "LC_ALL": "C.UTF-8"},
    )
    if done.returncode not in (0, 1, 2):
        raise SystemExit(f"{arguments[0]}: exit code {done.returncode}: {done.stderr[:2000]}")
    return (done.stdout, done.stderr) if err else done.stdout


class Answers:
    """What the program says of all items."""

    def __init__(self, program, folder, items):
        self.program, self.folder = program, folder
        for name in ("rules", "packs"):
            (folder / name).mkdir()
        (folder / "rules/nothing.yaml").write_text("pack: {id: nothing, title: So that nothing else is loaded}\n")
        self.packs = {}
        for item in items:
            text, pieces = item.pack_text()
            self.packs[item.id] = text, pieces
            (folder / f"packs/{item.id}.yaml").write_bytes(suite.to_bytes(text))
            (folder / f"{item.id}.yaml").write_text(item.case_text(), encoding="utf-8")
            if item.first:
                (folder / f"packs/{item.id}.first.yaml").write_text(item.first, encoding="utf-8")
        self.by = collections.defaultdict(lambda: collections.defaultdict(list))
        self.stray = []
        self.explained = collections.defaultdict(set)  # (case, rule, record, account): what `explain` says
        # A run reads at most 1,000 files, and an item is two.
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            checked = [item for item in items if item.body.get("by") != "test"]
            list(pool.map(self.ask, [checked[i : i + BATCH] for i in range(0, len(checked), BATCH)]))
            list(pool.map(self.ask_test, [item for item in items if item.body.get("by") == "test"]))

    def ask_test(self, item):
        """Errors as `test` prints them: only it reads the examples of packs."""
        _, err = call(self.program, self.folder, "test", f"packs/{item.id}.yaml", err=True)
        for block in re.split(r"\n(?=error\[)", err):
            if m := re.match(r"error\[([a-z-]+)\]: (.*?)\n +--> \S+?:(\d+):(\d+)\n(.*)", block, re.DOTALL):
                marks = re.search(r"\^+", m[5])
                help_ = re.search(r"= help: (.*?)(?:\n\n|\Z)", m[5], re.DOTALL)
                flat = lambda text: re.sub(r"\s*\n\s*", " ", text).strip()
                line, column = int(m[3]), int(m[4])
                self.by[item.id]["errors"].append({
                    "code": m[1], "message": flat(m[2]), "help": flat(help_[1]) if help_ else None,
                    "file": item.id, "line": line, "column": column, "end_line": line,
                    "end_column": column + (len(marks[0]) if marks else 0),
                })  # fmt: skip

    def ask(self, items):
        files = [f"{item.id}.yaml" for item in items]
        report = json.loads(call(self.program, self.folder, "check", "--format", "json", "--fail-on", "never", *files))
        for kind in ("findings", "gaps", "undecided", "suppressed"):
            for x in report[kind]:
                self.by[x["case"]][kind].append(x)
        for e in report["errors"]:
            stem = Path(e["file"] or "?").stem
            (self.by[stem]["errors"] if stem in self.packs else self.stray).append(e)
        judged = [item for item in items if item.expected and not self.by[item.id]["errors"]]
        for rule in sorted({w["rule"] for item in judged for w in item.expected} - BUILT_IN):
            mine = [f"{item.id}.yaml" for item in judged if any(w["rule"] == rule for w in item.expected)]
            case = said = None
            for line in call(self.program, self.folder, "explain", rule, *mine).splitlines():
                if line.startswith("== "):
                    case = line[3:]
                elif case and (m := re.match(r"(\S+?)(?:, ([^:]+))?: (not applicable|[a-z]+)", line)):
                    said = m
                    self.explained[case, rule, m[1], m[2] or ""].add(m[3])
                elif said:
                    # Of a rule about fields the line below names the field.
                    for path in re.findall(rf" = ({re.escape(said[1])}\.\S+?)(?:,|$)", line):
                        self.explained[case, rule, path, said[2] or ""].add(said[3])
                    said = None


def compare_error(item, wanted, got, text, piece):
    wrong = []
    for key in ("code", "message", "help"):
        if key in wanted and (got[key] or "") != wanted[key]:
            wrong.append(f"{key} is `{got[key]}`, not `{wanted[key]}`")
    if piece is None:
        return wrong + ["the item marks no piece for this error"]
    begin, end = piece
    got_begin, got_end = ((got["line"], got["column"]), (got["end_line"], got["end_column"]))
    allowed = {(begin, end)}
    # What is in quotes as a whole may be pointed at with them.
    if begin > 0 and text[begin - 1] in "'\"" and text[end : end + 1] == text[begin - 1]:
        allowed.add((begin - 1, end + 1))
    places = {(suite.place_of(text, b), suite.place_of(text, e)) for b, e in allowed}
    if (got_begin, got_end) not in places:
        wrong.append(f"points at {pointed(got, text)!r} ({got['line']}:{got['column']}), not {text[begin:end]!r}")
    return wrong


def pointed(error, text):
    """The piece of the text that an error points at."""
    lines = text.split("\n")
    if error["line"] is None:
        return None
    at = lambda line, column: sum(len(x) + 1 for x in lines[: line - 1]) + column - 1
    return text[at(error["line"], error["column"]) : at(error["end_line"], error["end_column"])]


def check_errors(item, answers):
    text, pieces = answers.packs[item.id]
    got = answers.by[item.id]["errors"]
    wanted = item.errors
    wrong = []
    if len(got) != len(wanted):
        wrong.append(f"{len(got)} errors, not {len(wanted)}: {[e['message'] for e in got]}")
    # Two errors may be about one piece.
    numbers = [int(w.get("piece", i + 1)) for i, w in enumerate(wanted)]
    if set(numbers) != set(range(1, len(pieces) + 1)):
        wrong.append(f"{len(pieces)} pieces are marked for {len(wanted)} errors")
    for w, g, n in zip(wanted, got, numbers):
        wrong += compare_error(item, w, g, text, pieces[n - 1] if n <= len(pieces) else None)
    if any(answers.by[item.id][kind] for kind in ("findings", "gaps")):
        wrong.append("a case of a pack that did not load was judged")
    return wrong


def check_expected(item, answers):
    got = answers.by[item.id]
    wrong = [f"error {e['code']}: {e['message']} at {e['line']}:{e['column']} of {e['file']}" for e in got["errors"]]
    if wrong:
        return wrong
    wrong += [f"undecided: {u['why']}" for u in got["undecided"]]
    told = set()
    for w in item.expected:
        rule, at, verdict = w["rule"], w["at"], w["verdict"]
        found = [f for f in got["findings"] if f["rule"] == rule and f["at"] == at]
        if "accounts" in w:
            found = [f for f in found if f["accounts"] == suite.listed(w["accounts"])]
        told.update(id(f) for f in found)
        gaps = [g for g in got["gaps"] if g["rule"] == rule and g["at"] == at]
        if verdict in ("certain", "possible"):
            if [f["verdict"] for f in found] != [verdict]:
                wrong.append(f"{rule} at {at}: {[f['verdict'] for f in found]}, not {verdict}")
                continue
            wrong += check_finding(item, found[0])
            wrong += check_changes(w, found[0])
            if w.get("severity", found[0]["severity"]) != found[0]["severity"]:
                wrong.append(f"{rule} at {at}: severity {found[0]['severity']}, not {w['severity']}")
        elif found:
            wrong.append(f"{rule} at {at}: {[f['verdict'] for f in found]}, not {verdict}")
        told.update(id(g) for g in gaps)
        if verdict == "gap":
            if not gaps:
                wrong.append(f"{rule} at {at}: no gap")
            elif "field" in w and w["field"] not in [g["field"] for g in gaps]:
                wrong.append(f"{rule} at {at}: the gap is {[g['field'] for g in gaps]}, not {w['field']}")
            if "accounts" in w and suite.listed(w["accounts"]) not in [g["accounts"] for g in gaps]:
                wrong.append(f"{rule} at {at}: a gap for {[g['accounts'] for g in gaps]}, not {w['accounts']}")
        elif verdict != "possible" and any(concerns(w, g) for g in gaps):
            wrong.append(f"{rule} at {at}: a gap ({gaps[0]['field']}), not {verdict}")
        if rule in BUILT_IN:
            continue
        # A pair of accounts is explained as one.
        accounts = None if "between" in item.body else suite.listed(w.get("accounts", [])) or None
        said = set()
        for (case, r, where, account), words in answers.explained.items():
            if case == item.id and r == rule and where == at and (accounts is None or account in accounts):
                said |= words
        # What a rule does not apply to need not be mentioned.
        if said != {verdict} and not (verdict == "not applicable" and not said):
            wrong.append(f"{rule} at {at}: explained as {sorted(said)}, not {verdict}")
    # What else is said is not expected.
    for f in got["findings"]:
        if id(f) not in told:
            wrong.append(f"finds {f['rule']} at {f['at']} ({f['verdict']}, {f['accounts']}) too")
    for g in got["gaps"]:
        if id(g) not in told:
            wrong.append(f"a gap of {g['rule']} at {g['at']} ({g['field']}) too")
    return wrong


def concerns(wanted, gap):
    """Is it a gap in the view of an account that the expectation speaks of?"""
    return "accounts" not in wanted or not gap["accounts"] or bool(set(suite.listed(wanted["accounts"])) & set(gap["accounts"]))


def check_finding(item, finding):
    wrong, body = [], item.body
    if "says" in body and finding["message"] != body["says"]:
        wrong.append(f"says {finding['message']!r}, not {body['says']!r}")
    text = finding["proof"]["text"]
    for line in suite.listed(body.get("proof", [])):
        if line not in text:
            wrong.append(f"the proof has no line {line!r}: {text}")
    if "days" in body:
        days = sum(s["min_days"] for s in finding["proof"]["steps"])
        if str(days) != body["days"]:
            wrong.append(f"the steps of the proof sum to {days} days, not {body['days']}")
    if "turns_on" in body:
        on = [t["on"] for t in finding.get("turns_on", [])]
        if on != suite.listed(body["turns_on"]):
            wrong.append(f"turns on {on}, not {body['turns_on']}")
    return wrong


def check_changes(wanted, finding):
    """What the file has against it, and what would change it, where the expectation says so."""
    wrong = []
    if "contrary" in wanted:
        got = []
        for c in finding.get("contrary", []):
            values = []
            for v in c["values"]:
                whose = [w["account"] or w["source"] or "nobody" for w in v["said"]]
                values.append(f"{v['path']} {v['value']} by {' and '.join(whose)}")
            got.append(f"{' + '.join(values)}: {c['then']}")
        if got != suite.listed(wanted["contrary"]):
            wrong.append(f"contrary: {got}, not {wanted['contrary']}")
        said = {a: e["said_by"] for e in finding["exceptions"] if "said_by" in e for a in [e["switch"]]}
        if said != wanted.get("said_by", {}):
            wrong.append(f"exceptions said by {said}, not {wanted.get('said_by', {})}")
    got = [r["text"] for r in finding["resolve"]]
    for text in suite.listed(wanted.get("changes", [])):
        if text not in got:
            wrong.append(f"no change {text!r}: {got}")
    return wrong


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program", type=Path)
    parser.add_argument("--only", default="", help="items whose name has this in it")
    parser.add_argument("--show", action="store_true", help="print what the program says of each")
    parser.add_argument("--keep", type=Path, help="a folder, to be made, for the packs and cases")
    options = parser.parse_args()
    chosen = suite.load(options.only)
    with tempfile.TemporaryDirectory() as name:
        folder = options.keep or Path(name)
        folder.mkdir(exist_ok=True)
        answers = Answers(str(options.program.resolve()), folder, chosen)
    bad = 0
    for item in chosen:
        wrong = check_errors(item, answers) if item.errors else check_expected(item, answers)
        bad += bool(wrong)
        for line in wrong:
            print(f"{item.name}: {line}")
        if options.show:
            text, _ = answers.packs[item.id]
            for e in answers.by[item.id]["errors"]:
                print(f"{item.name}: {json.dumps({**e, 'piece': pointed(e, text)}, ensure_ascii=False)}")
            for f in answers.by[item.id]["findings"]:
                print(f"{item.name}: {f['rule']} {f['at']} {f['verdict']} {f['accounts']}: {f['message']}")
                for line in f["proof"]["text"]:
                    print(f"    {line}")
            for g in answers.by[item.id]["gaps"]:
                print(f"{item.name}: gap {g}")
            for key, words in answers.explained.items():
                if key[0] == item.id:
                    print(f"{item.name}: explained {key[1:]}: {sorted(words)}")
    for e in answers.stray:
        bad += 1
        print(f"an error at nothing of the suite: {e}")
    erring = sum(bool(i.errors) for i in chosen)
    print(f"{len(chosen)} items, {erring} of them errors; {bad} not as the suite has it")
    return 1 if bad or not chosen else 0


if __name__ == "__main__":
    sys.exit(main())
