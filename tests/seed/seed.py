#!/usr/bin/env python3
"""Checks what the shipped cases give: seed.py PROGRAM [--only PART OF A NAME] [--words] [--numbers]

Verdicts, accounts, facts, requirements and arithmetic as seed.yaml has them; the list of findings and controls in
numbers.yaml; then the words of every output about the cases and their variants. Ends with 1 if anything differs.
"""

import argparse
import copy
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(HERE.parent / "variations"))
from numbers_list import Numbers  # noqa: E402
from variations import ROOT, Entry, change, flat, found_in, load  # noqa: E402

CASES = ROOT / "cases/tajikistan"


def call(program, *arguments):
    done = subprocess.run(
        [program, *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=300,
        cwd=ROOT,  # a file may include others below the folder that the program runs in
        env={**os.environ, "ANTINOMY_RULES": str(ROOT / "rules")},
    )
    if done.returncode not in (0, 1):
        raise RuntimeError(f"exit code {done.returncode}: {done.stderr.strip()[-800:]}")
    return done.stdout


def whole(number, text):
    return re.search(rf"(?<!\d){re.escape(number)}(?!\w)", text)


def verdicts(row, report):
    found = found_in(report)
    for line in row.get("has", []):
        if not any(Entry(line).matches(f) for f in found):
            yield f"missing: {line}"
    for line in row.get("not", []):
        rule, at, account = (line.split() + [None, None])[:3]
        for f in found:
            # A gap is no finding: it counts only where a record is named.
            if f.rule == rule and at in (None, f.at) and (at or f.verdict != "gap"):
                if account is None or account in f.accounts.split(","):
                    yield f"must not be there: {f}"
    for where, words in row.get("says", {}).items():
        rule, at = where.split()
        if not any(f.rule == rule and f.at == at and whole(words, f.message) for f in found):
            yield f"{where} does not say: {words}"
    for where, phrases in row.get("words", {}).items():
        rule, at = where.split()
        for phrase in phrases:
            if not any(f.rule == rule and f.at == at and phrase in f.message for f in found):
                yield f"{where} does not say: {phrase}"
    for rule, wanted in row.get("classes", {}).items():
        for f in report["findings"]:
            got = [f["severity"], f["about"], f["reaches"], f["relation"]]
            if f["rule"] == rule and got != wanted:
                yield f"{rule}: {got}, not {wanted}"


def proofs(row, report):
    wanted = row.get("proof")
    if not wanted:
        return
    of = [f for f in report["findings"] if f["rule"] == wanted["rule"] and f["at"] == wanted.get("at", f["at"])]
    if len(of) != 1:
        yield f"{len(of)} findings of {wanted['rule']}, not one"
        return
    finding, proof = of[0], of[0]["proof"]
    got = {
        "about": finding["about"],
        "facts": {f["path"]: f["value"] for f in proof["facts"]},
        "requirements": sorted(r["rule"] for r in proof["requirements"]),
        "steps": [f"{s['from']} {s['to']} {s['min_days']}" for s in proof["steps"]],
        "switches": sorted(x["switch"] for x in finding["exceptions"] if x["switch"]),
    }
    for key, value in got.items():
        want = wanted.get(key, value)
        if value != (sorted(want) if key in ("requirements", "switches") else want):
            yield f"{key} of {finding['rule']}: {value}, not {want}"
    if len(proof["facts"]) != len(got["facts"]):
        yield f"a fact of {finding['rule']} stands twice"


def inferences(row, report):
    for path, wanted in row.get("inferred", {}).items():
        of = [i for i in report["inferred"] if i["path"] == path]
        if len(of) != 1:
            yield f"{path}: inferred {len(of)} times, not once"
            continue
        if of[0]["days"] != wanted["days"]:
            yield f"{path} is inferred to be in {of[0]['days']}, not in {wanted['days']}"
        for label in wanted.get("from", []):
            if label not in of[0]["from"]:
                yield f"{path}: {label} is not among {of[0]['from']}"


def check_case(program, row, folder):
    file = CASES / row["case"]
    if row.keys() & {"set", "drop"}:
        file = Path(folder) / "case.yaml"
        case = change(flat(CASES / row["case"]), row)
        file.write_text(json.dumps(case, ensure_ascii=False, indent=1), encoding="utf-8")
    command = ["check", "--variants", "--format", "json", file]
    for name in row.get("sources", []):
        command += ["--sources", name]
    report = json.loads(call(program, *command))
    wrong = [*verdicts(row, report), *proofs(row, report), *inferences(row, report)]
    return wrong + [f"not finished: {u}" for u in report["undecided"] + report["errors"]]


def strings(value, skip=("file", "path", "quote", "value", "state")):  # the state of an exception is a keyword
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for v in value:
            yield from strings(v)
    elif isinstance(value, dict):
        for key, v in value.items():
            if key not in skip:
                yield from strings(v)


def titles():
    """What the cases call their records, longest first."""
    out = set()

    def collect(value):
        if isinstance(value, dict):
            out.update(v for k, v in value.items() if k in ("title", "name") and isinstance(v, str))
            for v in value.values():
                collect(v)
        elif isinstance(value, list):
            for v in value:
                collect(v)

    for file in CASES.rglob("*.yaml"):
        collect(load(file))
    return sorted(out, key=len, reverse=True)


def spoken(text, names):
    """The program's own words of an output: what is quoted from a file or is a record's title left out."""
    lines = [line for line in text.splitlines() if not re.match(r"\s*\d+ │", line) and "“" not in line]
    plain = re.sub(r"\s+", " ", " ".join(lines))
    for name in names:
        plain = plain.replace(name, "…")
    return plain


def said(text, phrase):
    return re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", text, re.IGNORECASE)


def check_words(program, table):
    names = titles()
    text = call(program, "check", "--variants", CASES)
    short = call(program, "check", "--variants", "--format", "short", CASES)
    report = json.loads(call(program, "check", "--variants", "--format", "json", CASES))
    outputs = {
        "the report": spoken(text, names),
        "the short report": spoken(short, names),
        "the JSON": spoken("\n".join(strings(report)), names),
    }
    for file in ("ziyoyev.yaml", "hasanov.yaml", "quvvatov.yaml", "ibrohimov.yaml", "sentences-2015.yaml"):
        of = json.loads(call(program, "check", "--format", "json", CASES / file))["findings"]
        for f in of:
            shown = call(program, "explain", f["fingerprint"], CASES / file)
            outputs[f"the explanation of {f['rule']} at {f['at']}"] = spoken(shown, names)
    for name, output in outputs.items():
        for phrase in table["never"]:
            if match := said(output, phrase):
                yield f"{name} has `{phrase}`: ...{output[max(0, match.start() - 60) : match.end() + 40]}..."
    for phrase in table["head"]:
        if phrase not in re.sub(r"\s+", " ", text)[:400]:
            yield f"the report does not begin with: {phrase}"
        if phrase not in report["about"]:
            yield f"`about` of the JSON does not say: {phrase}"
    if not any(f["given"] and f["verdict"] == "certain" for f in report["findings"]):
        yield "no finding is certain given somebody's word: nothing to look at"
    # What is certain on another's word says so wherever it says certain.
    yield from givens(text, short, report)


def givens(text, short, report):
    plain = sorted((f["rule"], f["verdict"], ",".join(sorted({g["account"] for g in f["given"]}))) for f in report["findings"])
    lines = []
    for line in short.splitlines():
        if match := re.search(r"\[([a-z-]+)\].* \((certain|possible)(?:, given ([^()]*)'s word)?\)", line):
            lines.append((match[1], match[2], match[3] or ""))
    if sorted(lines) != plain:
        yield "the short report and the JSON differ in what is given: " + str(sorted(set(lines) ^ set(plain)))
    blocks = []
    for block in re.split(r"\n(?=(?:error|warning|review|info)\[)", text)[1:]:
        rule = re.match(r"\w+\[([a-z-]+)\]", block)[1]
        head = re.search(r"-->.*\n?.*?\b(certain|possible)\b(?:[^\n]*?, given (\S+)'s word)?", block)
        blocks.append((rule, head[1], head[2] or ""))
        if head[2] and "given the word of" not in block.split("-->")[0]:
            yield f"the head of {rule} does not say whose word it is given"
    # The report tells findings that differ in their record alone once.
    if set(blocks) != set(plain):
        yield "the report and the JSON differ in what is given: " + str(sorted(set(blocks) ^ set(plain)))


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("program")
    arguments.add_argument("--only", default="")
    arguments.add_argument("--words", action="store_true")
    arguments.add_argument("--numbers", action="store_true")
    options = arguments.parse_args()
    table = load(HERE / "seed.yaml")
    bad = done = 0
    with tempfile.TemporaryDirectory() as folder:
        for row in [] if options.words or options.numbers else table["cases"]:
            if options.only not in row["name"]:
                continue
            done += 1
            wrong = check_case(options.program, row, folder)
            known = row.get("defect")
            bad += bool(wrong) and not known
            for line in wrong:
                print(f"{row['name']}: {'(known) ' if known else ''}{line}")
            if known and not wrong:
                print(f"{row['name']}: as it should be now; take `defect` off the row")
        if options.numbers or not (options.words or options.only):
            numbers = load(HERE / "numbers.yaml")
            done += sum(map(len, numbers.values()))
            wrong = list(Numbers(lambda *a: call(options.program, *a), CASES, folder).differences(numbers))
            bad += len({line.split(":")[0] for line in wrong})
            print(*wrong, sep="\n", end="\n" if wrong else "")
    if options.words or not (options.only or options.numbers):
        done += 1
        wrong = list(check_words(options.program, table))
        bad += bool(wrong)
        print(*wrong, sep="\n", end="\n" if wrong else "")
    print(f"{done} looked at, {bad} not as they should be")
    return 1 if bad or not done else 0


if __name__ == "__main__":
    sys.exit(main())
