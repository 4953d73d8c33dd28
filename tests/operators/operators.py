#!/usr/bin/env python3
"""Checks each operator of the condition language: operators.py PROGRAM [--only PART OF A NAME] [--show]

operators.yaml beside this file has a rule for each and cases for it. A pack of those rules is written to a temporary
folder; every case is checked by its rule alone and explained. Ends with 1 if anything differs.
"""

import argparse
import concurrent.futures
import copy
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

HERE = Path(__file__).resolve().parent
SPECIAL = {"gives", "shows", "note", "literal", "defect", "x", "y", "who", "case", "order", "identity"}


def load(path):
    with open(path, encoding="utf-8") as file:
        return yaml.load(file, Loader=yaml.BaseLoader)


def write(path, content):
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")


def rule_of(name, row, severity="warning"):
    rule = {
        "id": name,
        "title": "An example",
        "kind": "law",
        "severity": severity,
        "about": "record",
        "reaches": "record",
        "for": row.get("for", {"p": "pair"}),
    }
    for key in ("between", "where", "require", "unless"):
        if key in row:
            rule[key] = row[key]
    rule["message"] = "an example"
    return rule


def event_of(value):
    if value == "unknown":
        return {"title": "undated"}
    if isinstance(value, list):
        return {"start": value[0], "end": value[1]}
    return value if isinstance(value, dict) else {"start": value}


def case_of(name, given):
    pair = {k: v for k, v in given.items() if k not in SPECIAL}
    case = {"case": {"id": name, "title": "An example", **given.get("case", {})}}
    text = json.dumps(given)
    if '"by"' in text:
        case["accounts"] = {"a": {"role": "party"}, "b": {"role": "party"}}
    if '"source"' in text:
        case["sources"] = {"s": {"title": "S"}, "u": {"title": "U"}}
    events = {k: event_of(given[k]) for k in ("x", "y") if k in given}
    case["persons"] = {"anna": {"name": "Anna"}, "boris": {"name": "Boris"}}
    if isinstance(given.get("who"), dict):
        case["persons"]["somebody"] = given["who"]
        pair["who"] = "somebody"
    elif "who" in given:
        pair["who"] = given["who"]
    if events:
        case["events"] = events
    case["pairs"] = {"p": {"title": "the pair", **{k: k for k in events}, **pair}}
    for key in ("order", "identity"):
        if key in given:
            case[key] = given[key]
    return copy.deepcopy(case)


def call(program, rules, *arguments):
    done = subprocess.run(
        [program, *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "ANTINOMY_RULES": str(rules)},
    )
    return done.returncode, done.stdout, done.stderr


OUTCOMES = {
    "certain": {"does not hold"},
    "satisfied": {"holds"},
    "possible": {"possible", "unknown"},
    "gap": {"not stated"},
}
OUTCOME = "holds|does not hold|possible|unknown|not stated"


def run(program, name, row, number, given, folder, show):
    file = folder / f"{name}-{number}.yaml"
    write(file, case_of(f"{name}-{number}", given))
    rules = folder / "rules"
    at = row.get("at", "pairs.p")
    code, out, err = call(program, rules, "check", "--format", "json", "--fail-on", "never", "--rules", name, file)
    if code != 0:
        return [f"exit code {code}: {err.strip()}"]
    report = json.loads(out)
    found = [f for f in report["findings"] if f["rule"] == name and f["at"] == at]
    others = [f for f in report["findings"] if f["rule"] != name]
    wrong = []
    verdict = found[0]["verdict"] if found else "none"
    if len(found) > 1 or verdict != (given["gives"] if given["gives"] in ("certain", "possible") else "none"):
        wrong.append(f"check gives {[f['verdict'] for f in found]}, not {given['gives']}")
    wrong += [f"check finds {f['rule']} too" for f in others]

    code, out, err = call(program, rules, "explain", name, file)
    if code != 0:
        return wrong + [f"explain: exit code {code}: {err.strip()}"]
    if show:
        print(out)
    plain = re.sub(r"\s+", " ", out)
    written = row.get("written", row["require"])
    if f"require {row['require']}" not in plain and f"require {written}" not in plain:
        wrong.append(f"explain does not show: require {written}")
    # The blocks of this record, or of this field of it.
    record = at if at.count(".") == 1 else at.rsplit(".", 1)[0]
    blocks = [re.sub(r"\s+", " ", b).strip() for b in re.split(r"\n\n", out)]
    blocks = [b for b in blocks if re.match(rf"{re.escape(record)}(, [a-z -]+)?: ", b)]
    if at != record:
        blocks = [b for b in blocks if f"f is `{at}`" in b]
    got = {re.search(r": (not applicable|[a-z]+)", b)[1] for b in blocks}
    wanted = given["gives"]
    aliases = {"satisfied": {"satisfied", "excepted"}}.get(wanted, {wanted})
    # What a rule does not apply to may be left out.
    if not got <= aliases or (not got and wanted != "not applicable"):
        wrong.append(f"explain says {sorted(got)}, not {wanted}")
    if "note" in given and given["note"] not in plain:
        wrong.append(f"explain does not say: {given['note']}")
    # What is one literal stands there with its outcome.
    single = not row.get("unless") and not row.get("where") and not re.search(r" (and|or) |^not ", written)
    if single and wanted in OUTCOMES:
        lines = {x for b in blocks for x in re.findall(rf"require {re.escape(written)}: ({OUTCOME})", b)}
        if not lines or not lines <= ({given["literal"]} if "literal" in given else OUTCOMES[wanted]):
            wrong.append(f"explain: {written}: {sorted(lines)}, not {given.get('literal') or sorted(OUTCOMES[wanted])}")

    # The proof of a finding speaks of the operator too.
    for f in found:
        text = " ".join(f["proof"]["text"])
        bare = re.sub(r"^not ", "", written)
        if bare not in text and not all(part in text for part in re.split(r" (?:and|or) ", bare)):
            wrong.append(f"the proof does not show {bare}: {f['proof']['text']}")
        for phrase in given.get("shows", []):
            if phrase not in text:
                wrong.append(f"the proof does not say {phrase}: {f['proof']['text']}")
    return wrong


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("program")
    arguments.add_argument("--only", default="")
    arguments.add_argument("--show", action="store_true")
    options = arguments.parse_args()
    table = load(HERE / "operators.yaml")
    bad = done = 0
    with tempfile.TemporaryDirectory() as name, concurrent.futures.ThreadPoolExecutor(2) as pool:
        folder = Path(name)
        (folder / "rules").mkdir()
        shutil.copy(HERE / "vocabulary.yaml", folder / "rules")
        pack = {"pack": {"id": "operators", "title": "Examples"}, "policies": table["policies"], "define": table["define"]}
        rules = [rule_of(n, r) for n, r in table["rules"].items()]
        rules.append(rule_of("an-error", table["error"], "error"))
        write(folder / "rules/operators.yaml", {**pack, "rules": rules})
        todo = []
        for rule, row in table["rules"].items():
            for number, given in enumerate(row["cases"], 1):
                if options.only in rule:
                    job = pool.submit(run, options.program, rule, row, number, given, folder, options.show)
                    todo.append((rule, number, given, job))
        for rule, number, given, job in todo:
            wrong, known = job.result(), given.get("defect")
            done += 1
            bad += bool(wrong) and not known
            for line in wrong:
                print(f"{rule}, case {number}: {'(known) ' if known else ''}{line}")
            if known and not wrong:
                print(f"{rule}, case {number}: as it should be now; take `defect` off")
        for rule, row in table["refused"].items():
            if options.only not in rule:
                continue
            done += 1
            other = folder / f"refused-{rule}"
            other.mkdir()
            shutil.copy(HERE / "vocabulary.yaml", other)
            write(other / "operators.yaml", {**pack, "rules": [rule_of(rule, row)]})
            code, out, err = call(options.program, other, "rules")
            if code != 2 or row["says"] not in err:
                bad += 1
                print(f"{rule}: exit code {code}, {err.strip()[:300] or 'nothing said'}")
    print(f"{done} cases of {len(table['rules'])} operators, {bad} not as derived")
    return 1 if bad or not done else 0


if __name__ == "__main__":
    sys.exit(main())
