"""The list of findings and controls in numbers.yaml, row by row: found, and gone without the fact that decides."""

import json
from pathlib import Path

from variations import Entry, change, flat, found_in, load

FOUND = {f"N{n:02}" for n in range(1, 52)}
SILENT = {f"K{n:02}" for n in range(1, 18)}


class Numbers:
    def __init__(self, check, cases, folder):
        self.check, self.cases, self.folder = check, cases, Path(folder)

    def report(self, row, *changes):
        """What is found in the case of the row after these changes; a change may name another case instead."""
        name = next((c["case"] for c in changes if "case" in c), row["case"])
        file, sources = self.cases / name, [s for c in changes for s in c.get("sources", [])]
        if any(c.keys() & {"set", "drop"} for c in changes):
            case = flat(file)
            for c in changes:
                case = change(case, {"name": row["no"], **c})
            file = self.folder / "case.yaml"
            file.write_text(json.dumps(case, ensure_ascii=False, indent=1), encoding="utf-8")
        arguments = [part for s in sources for part in ("--sources", s)]
        report = json.loads(self.check("check", "--variants", "--format", "json", file, *arguments))
        if report["errors"] or report["undecided"]:
            raise RuntimeError(f"{row['no']}: not finished: {report['errors'] + report['undecided']}")
        return found_in(report)

    def expects(self, name, line, verdict):
        """Whether the shipped case says so itself: `expect:` is what its own test compares."""
        rule, at = (line.split() + [None])[:2]
        for e in load(self.cases / name)["expect"]:
            if e["rule"] == rule and e.get("verdict", "certain") == verdict:
                if at in (None, "*") or e.get("at", at) in (at, at.rsplit(".", 1)[0]):
                    return True
        return False

    def finding(self, row):
        lines = [Entry(line) for line in row["finds"]]
        before = [row["with"]] if "with" in row else []
        found = self.report(row, *before)
        for e in lines:
            if not any(e.matches(f) for f in found):
                yield f"missing: {e}"
            if not before and not self.expects(row["case"], f"{e.rule} {e.at}", e.verdict):
                yield f"{row['case']} does not expect {e.rule} {e.verdict} of itself"
        yield from self.absent(row.get("not", []), found, "in the case itself")
        after = self.report(row, *before, row["gone"])
        for e in lines:
            # A gap has gone when nothing of the rule is left there; a finding, when there is none: it may be a gap now.
            left = [f for f in after if f.rule == e.rule and e.at in ("*", f.at) and self.meets(e, f)]
            for f in left:
                if e.verdict == "gap" or f.verdict != "gap":
                    yield f"not gone: {f}"

    @staticmethod
    def meets(e, f):
        return "*" in (e.accounts, f.accounts) or bool(set(e.accounts.split(",")) & set(f.accounts.split(",")))

    @staticmethod
    def absent(silences, found, where):
        for line in silences:
            rule, at, account = (line.split() + [None, None])[:3]
            for f in found:
                if f.rule == rule and f.verdict != "gap" and at in (None, f.at):
                    if account in (None, *f.accounts.split(",")):
                        yield f"must not be there {where}: {f}"

    def control(self, row):
        before = [row["with"]] if "with" in row else []
        yield from self.absent([row["silent"]], self.report(row), "in the case itself")
        if before:
            yield from self.absent([row["silent"]], self.report(row, *before), "so far")
        if len(row["silent"].split()) < 3 and not self.expects(row["case"], row["silent"], "none"):
            yield f"{row['case']} does not expect {row['silent']} none of itself"
        found = self.report(row, *before, row["breaks"])
        for line in row["finds"]:
            e = Entry(line)
            if e.given == "-":
                e.given = "*"
            if not any(e.matches(f) for f in found):
                yield f"does not break: {e}"

    def differences(self, table):
        rows = table["findings"] + table["controls"]
        numbers = {r["no"] for r in rows}
        for no in sorted((FOUND | SILENT) - numbers - set(table["without"])):
            yield f"{no}: no row"
        for no in sorted((numbers | set(table["without"])) - FOUND - SILENT):
            yield f"{no}: no such number"
        for no in sorted(numbers & set(table["without"])):
            yield f"{no}: has a row, and a reason for having none"
        for kind, look in (("findings", self.finding), ("controls", self.control)):
            for row in table[kind]:
                try:
                    for line in look(row):
                        yield f"{row['no']} ({row['case']}): {line}"
                except (KeyError, IndexError, RuntimeError) as e:
                    yield f"{row['no']} ({row['case']}): {type(e).__name__} {e}"
