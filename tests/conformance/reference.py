#!/usr/bin/env python3
"""Runs the tables of "What conditions mean" in grammar/README.md: reference.py PROGRAM [--show]

A row is a case (what its left cells say of the thing `t`, and how it is counted), a heading on the right a rule that
requires it; the cell is what the program makes of it. Ends with 1 if any cell is not as it stands there.
"""

import argparse
import concurrent.futures
import copy
import json
import re
import sys
import tempfile
from pathlib import Path

import yaml

import conformance
import items as suite
import sites

README = suite.HERE.parents[1] / "grammar/README.md"
SECTION = "What conditions mean"
CALENDAR_AND_SOURCES = """pack: {id: base, title: What the tables need besides}
vocabulary: {source: {plural: sources, title: title, fields: {title: text, reliability: [high, low]}}}
"""
COUNTING = {"month_end", "leap_birthday", "deadline_first_day", "deadline_rolls", "approximate_slack"}
FACT = re.compile(r"t\.\w+|`t\.\w+` by \w+|order|identity|" + "|".join(sorted(COUNTING)))
IN_REQUIRE = {"satisfied": "true", "certain": "false", "possible": "unknown", "gap": "gap"}
IN_WHERE = {"certain": "true", "not applicable": "false", "possible": "unknown", "gap": "gap"}
IN_UNLESS = {"excepted": "true", "certain": "false", "possible": "unknown"}


def tables():
    """(line, heading cells, rows) of each table of the section, and the YAML in it by name."""
    lines = README.read_text(encoding="utf-8").splitlines()
    begin = lines.index(f"## {SECTION}")
    end = next((i for i in range(begin + 1, len(lines)) if lines[i].startswith("## ")), len(lines))
    out, rows = [], []
    for i in range(begin, end + 1):
        line = lines[i] if i < end else ""
        if line.startswith("|"):
            rows.append((i + 1, [c.strip() for c in re.split(r"(?<!\\)\|", line)[1:-1]]))
        elif rows:
            out.append((rows[0][0], rows[0][1], rows[2:]))
            rows = []
    blocks = dict(re.findall(r"^```yaml (\S+)\n(.*?)^```", "\n".join(lines[begin:end]), re.MULTILINE | re.DOTALL))
    return out, blocks


def unquoted(cell):
    return cell[1:-1] if cell.startswith("`") and cell.endswith("`") else None


def value_of(cell):
    """What a cell says of a field, as YAML has it."""
    if cell.startswith("{"):
        return yaml.load(cell, yaml.BaseLoader)
    if m := re.fullmatch(r"(\w+) or (\w+)", cell):
        return [{"value": m[1], "source": "s"}, {"value": m[2], "source": "u"}]
    if cell == "no more" or cell.endswith(", no more"):
        return {"value": [x for x in cell.split(", ")[:-1]], "closed": "yes"}
    return cell.split(", ") if ", " in cell else cell


class Cell:
    """One question: a row of a table, and the heading of a column."""

    def __init__(self, number, line, facts, heading, wanted, case):
        self.id = f"c{number}"
        self.line, self.wanted, self.heading = line, wanted, heading
        m = re.fullmatch(r"(where|unless) (.*)", heading)
        self.position, condition = (m[1], m[2]) if m else ("require", heading)
        self.rule = {"id": "r", "title": "A row", "kind": "law", "severity": "warning", "for": {"t": "thing"}}
        self.rules = [self.rule]
        self.of_field = "(f)" in heading
        if self.of_field:
            self.rule["for"] = {"f": "field"}
        if "according to" in heading:
            self.rule["between"] = ["one", "other"]
        if "fails(" in heading:
            about = {"title": "An error", "kind": "law", "severity": "error", "for": {"v": "visit"}, "message": "m"}
            self.rules.append({"id": "e", **about, "require": "v.n = 1"})
        self.message = heading.startswith("{")
        if self.message:
            self.rule |= {"require": "no", "message": heading}
        elif self.position == "require":
            self.rule |= {"require": condition, "message": "m"}
        elif self.position == "where":
            self.rule |= {"where": condition, "require": "no", "message": "m"}
        else:
            self.rule |= {"require": "no", "unless": [{"when": condition, "because": "so"}], "message": "m"}
        case = copy.deepcopy(case)
        thing = case["things"]["t"]
        for name, said in facts:
            if said == "-":
                continue
            if name == "order":
                case["order"] = [said]
            elif m := re.fullmatch(r"`t\.(\w+)` by (\w+)", name):
                case.setdefault("accounts", {})[m[2]] = {"role": "party"}
                thing.setdefault(m[1], []).append({"value": said, "by": m[2]})
            elif name == "identity":
                case["identity"] = [{"visits": [thing["x"], thing["y"]], "value": said}]
            elif name in COUNTING:
                case["case"].setdefault("policies", {})[name] = said
            else:
                value = value_of(said)
                list_wanted = name in ("t.visits", "t.names")
                thing[name.split(".")[1]] = [value] if list_wanted and isinstance(value, str) else value
        case["case"] |= {"id": self.id, "packs": ["packs/reference.yaml", f"packs/{self.id}.yaml"]}
        self.case = case

    def write(self, folder):
        pack = {"pack": {"id": "row"}, "rules": self.rules}
        (folder / f"packs/{self.id}.yaml").write_text(suite.dump(pack), encoding="utf-8")
        (folder / f"{self.id}.yaml").write_text(suite.dump(self.case), encoding="utf-8")

    def answer(self, report, explained):
        if self.message:
            found = [f["message"] for f in report["findings"] if f["case"] == self.id]
            return found[0] if found else "nothing"
        said = explained.get((self.id, "things.t.day" if self.of_field else "things.t"), set())
        meaning = {"require": IN_REQUIRE, "where": IN_WHERE, "unless": IN_UNLESS}[self.position]
        if self.position == "where" and not said:
            said = {"not applicable"}
        return " and ".join(sorted(meaning.get(s, s) for s in said)) or "nothing"


def cells(found, case):
    out = []
    for line, head, rows in found:
        names = [unquoted(h) or h for h in head]
        if not FACT.fullmatch(names[0]):
            continue
        facts = next(i for i, n in enumerate(names) if not FACT.fullmatch(n))
        for at, row in rows:
            if len(row) != len(head):
                raise SystemExit(f"{README}:{at}: {len(row)} cells, not {len(head)}")
            said = list(zip(names[:facts], [unquoted(c) or c for c in row[:facts]]))
            for heading, wanted in zip(names[facts:], row[facts:]):
                if heading == "which":
                    every = sites.phrases()["allen"]
                    pairs = [(f"t.span allen {w} t.other", "true" if w == wanted else "false") for w in every]
                else:
                    pairs = [(heading, wanted)]
                for condition, value in pairs:
                    out.append(Cell(len(out), at, said, condition, value, case))
    return out


def judge(program, folder, some):
    files = [f"{c.id}.yaml" for c in some]
    report = json.loads(conformance.call(program, folder, "check", "--format", "json", "--fail-on", "never", *files))
    explained, case, status = {}, None, None
    for line in conformance.call(program, folder, "explain", "r", *files).splitlines():
        if line.startswith("== "):
            case = line[3:]
        elif case and (m := re.match(r"things\.t(?:, [^:]+)?: (not applicable|[a-z]+)", line)):
            status = m[1]
        elif status:
            # Below stands what is bound: a record, or a field of it.
            at = re.search(r" = (things\.t[.\w]*)", line)
            explained.setdefault((case, at[1] if at else "things.t"), set()).add(status)
            status = None
    wrong = [f"{e['file']}:{e['line']}: {e['message']}" for e in report["errors"]]
    return wrong, [(c, c.answer(report, explained)) for c in some]


def refused(program, folder, found):
    """Tables of what does not load: the condition, and the message."""
    wrong, asked = [], 0
    for _, head, rows in found:
        if head[0] != "refused here":
            continue
        for line, row in rows:
            condition, wanted = unquoted(row[0]), row[1]
            cell = Cell(f"r{line}", line, [], condition, wanted, {"case": {}, "things": {"t": {}}})
            cell.write(folder)
            report = json.loads(conformance.call(program, folder, "check", "--format", "json", f"{cell.id}.yaml"))
            got = [e["message"] for e in report["errors"]]
            asked += 1
            if got != [wanted]:
                wrong.append(f"grammar/README.md:{line}: `{condition}` is told {got}, not {wanted}")
    return wrong, asked


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program", type=Path)
    parser.add_argument("--show", action="store_true", help="print every cell")
    options = parser.parse_args()
    program = str(options.program.resolve())
    found, blocks = tables()
    case = yaml.load(blocks["reference-case.yaml"], Loader=suite.Loader)
    every = cells(found, case)
    with tempfile.TemporaryDirectory() as name, concurrent.futures.ThreadPoolExecutor(2) as pool:
        folder = Path(name)
        for part in ("rules", "packs"):
            (folder / part).mkdir()
        (folder / "rules/base.yaml").write_text(CALENDAR_AND_SOURCES)
        (folder / "packs/reference.yaml").write_text(blocks["reference-pack.yaml"], encoding="utf-8")
        for cell in every:
            cell.write(folder)
        parts = [every[i : i + 200] for i in range(0, len(every), 200)]
        wrong, asked = refused(program, folder, found)
        for errors, answers in pool.map(lambda part: judge(program, folder, part), parts):
            wrong += errors
            for cell, answer in answers:
                if options.show:
                    print(f"{cell.line}: {cell.heading}: {answer}")
                if answer != cell.wanted:
                    wrong.append(f"grammar/README.md:{cell.line}: `{cell.heading}` is {answer}, not {cell.wanted}")
    for line in wrong:
        print(line)
    print(f"{len(every)} cells and {asked} refusals of {len(found)} tables, {len(wrong)} not as they stand")
    return 1 if wrong or len(every) < 100 or not asked else 0


if __name__ == "__main__":
    sys.exit(main())
