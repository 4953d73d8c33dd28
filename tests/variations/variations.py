#!/usr/bin/env python3
"""Checks the Ziyoyev case with one thing changed at a time: variations.py PROGRAM [--only PART OF A NAME] [--show]

table.yaml beside this file has the changes and what must come of each; README.md says how to read it.
The case and its includes are merged into one flat file, changed, written to a temporary folder, checked.
Ends with 1 if anything differs from the table.
"""

import argparse
import concurrent.futures
import copy
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
CASE = ROOT / "cases/tajikistan/ziyoyev.yaml"


def load(path):
    """YAML with all scalars as text: `2014-11` is no number here and `no` no boolean."""
    with open(path, encoding="utf-8") as file:
        return yaml.load(file, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))


def flat(path):
    """The case with its includes put in, without what it expects of itself."""
    case = load(path)
    case.pop("expect", None)
    for name in case.pop("include", []):
        for section, content in flat(path.parent / name).items():
            if isinstance(content, list):
                case[section] = content + case.get(section, [])
            else:
                here = case.setdefault(section, {})
                twice = set(content) & set(here)
                if twice:
                    raise ValueError(f"{name}: {section} {sorted(twice)} stand twice")
                here.update(content)
    return case


def walk(case, path):
    """The container of what a path names, and the key in it. Ids have no dots."""
    parts = [int(p) if p.isdigit() else p for p in path.split(".")]
    at = case
    for part in parts[:-1]:
        at = at[part]
    return at, parts[-1]


def without(value, key, name):
    """The value less every assertion and record that carries `key: name`."""
    if isinstance(value, dict):
        kept = {k: without(v, key, name) for k, v in value.items() if not carries(v, key, name)}
        return {k: v for k, v in kept.items() if v not in ([], {}) or value[k] in ([], {})}
    if isinstance(value, list):
        return [without(v, key, name) for v in value if not carries(v, key, name)]
    return value


def carries(value, key, name):
    return isinstance(value, dict) and value.get(key) == name


def change(case, row):
    for path, value in row.get("set", {}).items():
        at, key = walk(case, path)
        if not isinstance(at, list) and key in at and at[key] == value:
            raise ValueError(f"{row['name']}: {path} is that already")
        if isinstance(at, list) and key == len(at):
            at.append(None)
        at[key] = copy.deepcopy(value)
        if key == "value":
            at.pop("quote", None)  # it was of the value that stood there
    for path in row.get("drop", []):
        at, key = walk(case, path)
        del at[key]
    if "account" in row.get("without", {}):
        name = row["without"]["account"]
        case = without(case, "by", name)
        del case["accounts"][name]
    if "source" in row.get("without", {}):
        name = row["without"]["source"]
        case = without(case, "source", name)
        del case["sources"][name]
        for record in case["sources"].values():
            if name in record.get("derived_from", []):
                record["derived_from"].remove(name)
        case["order"] = [line for line in case["order"] if name not in line["value"]]
    return case


class Entry:
    """A finding or a gap: "rule at verdict accounts [given a,b] [of field]"; accounts `-` are none, `*` any."""

    def __init__(self, text):
        words = text.split()
        self.rule, self.at, self.verdict, self.accounts = words[:4]
        rest = dict(zip(words[4::2], words[5::2]))
        self.given = rest.pop("given", "-")
        self.of = rest.pop("of", "*")
        if rest or len(words) % 2:
            raise ValueError(f"not an entry: {text}")

    def matches(self, other):
        return all(
            mine in ("*", theirs) for mine, theirs in zip(self.parts(), other.parts())
        )

    def parts(self):
        return self.rule, self.at, self.verdict, self.accounts, self.given, self.of

    def __str__(self):
        text = f"{self.rule} {self.at} {self.verdict} {self.accounts}"
        text += f" given {self.given}" if self.given != "-" else ""
        return text + (f" of {self.of}" if self.of != "*" else "")


def found_in(report):
    found = []
    for f in report["findings"]:
        e = Entry(f"{f['rule']} {f['at']} {f['verdict']} {','.join(f['accounts']) or '-'}")
        e.given = ",".join(sorted({g["account"] for g in f["given"]})) or "-"
        e.message = f["message"]
        found.append(e)
    for g in report["gaps"]:
        e = Entry(f"{g['rule']} {g['at']} gap {','.join(g['accounts']) or '-'}")
        e.of, e.message = g["field"], ""
        found.append(e)
    return found


def expected_of(table, row):
    """`base` less what the row speaks of, and what the row says instead."""
    now = [Entry(line) for line in row.get("now", [])]
    # "rule", "rule at", or "rule at account"
    never = [line.split() for line in row.get("not", [])]
    if row.get("alone") == "yes":
        return now, never
    spoken = {(e.rule, e.at) for e in now} | {tuple(n[:2]) for n in never}
    base = [Entry(line) for line in table["base"]]
    names = {e.rule for e in base} | set(table["silent"])
    for n in never:
        if n[0] not in names:
            raise ValueError(f"{row['name']}: no rule {n[0]}")
    kept = [e for e in base if (e.rule, e.at) not in spoken and (e.rule,) not in spoken]
    return kept + now, never


def differences(table, row, report):
    found = found_in(report)
    wanted, never = expected_of(table, row)
    for u in report["undecided"] + report["errors"]:
        yield f"not expected: {u}"
    for e in wanted:
        if not any(e.matches(f) for f in found):
            yield f"missing: {e}"
    may = [Entry(line) for line in table["may"] + row.get("may", [])]
    for f in found:
        if not any(e.matches(f) for e in wanted + may):
            yield f"not expected: {f}"
    for n in never:
        for f in found:
            if f.rule == n[0] and f.at in (n[1:2] or [f.at]) and (n[2:3] or [f.accounts])[0] in (
                f.accounts,
                *f.accounts.split(","),
            ):
                yield f"must not be there: {f}"
    for where, words in row.get("says", {}).items():
        rule, at = where.split()
        # A number as a whole: "1 day" is not in "11 days".
        pattern = re.compile(rf"(?<!\d){re.escape(words)}(?!\w)")
        if not any(f.rule == rule and f.at == at and pattern.search(f.message) for f in found):
            yield f"{rule} at {at} does not say: {words}"


def run(program, table, base, row, folder, show):
    case = change(copy.deepcopy(base), row)
    file = Path(folder) / (row["name"].replace(" ", "-").replace("/", "-") + ".yaml")
    file.write_text(yaml.safe_dump(case, allow_unicode=True, sort_keys=False), encoding="utf-8")
    command = [program, "check", "--format", "json", "--fail-on", "never", str(file)]
    for name in row.get("sources", []):
        command += ["--sources", name]
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=120, env={**os.environ, "ANTINOMY_RULES": str(ROOT / "rules")}
    )
    if done.returncode != 0 or not done.stdout:
        return [f"exit code {done.returncode}: {done.stderr.strip() or done.stdout[-400:]}"]
    report = json.loads(done.stdout)
    if show:
        print(f"== {row['name']}", *found_in(report), sep="\n   ")
    return list(differences(table, row, report))


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("program")
    arguments.add_argument("--only", default="")
    arguments.add_argument("--show", action="store_true")
    options = arguments.parse_args()
    table = load(HERE / "table.yaml")
    base = flat(CASE)
    rows = [{"name": "unchanged"}] + table["rows"]
    if len({r["name"] for r in rows}) != len(rows):
        sys.exit("two rows of one name")
    for row in rows[1:]:
        if not row.get("not") or not (row.keys() & {"set", "drop", "without", "sources"}):
            sys.exit(f"{row['name']}: a row says what is changed, and what must not be found")
    rows = [r for r in rows if options.only in r["name"]]
    bad = 0
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(2) as pool:
        todo = [pool.submit(run, options.program, table, base, r, folder, options.show) for r in rows]
        for row, job in zip(rows, todo):
            wrong = job.result()
            # A difference that is known to be the program's is told and does not count.
            known = row.get("defect")
            bad += bool(wrong) and not known
            for line in wrong:
                print(f"{row['name']}: {'(known) ' if known else ''}{line}")
            if known and not wrong:
                print(f"{row['name']}: as it should be now; take `defect` off the row")
    print(f"{len(rows)} variations, {bad} not as derived")
    return 1 if bad or not rows else 0


if __name__ == "__main__":
    sys.exit(main())
