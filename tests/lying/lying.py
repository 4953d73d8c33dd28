#!/usr/bin/env python3
"""Cases in which each date's own window misleads, and what is so all the same.

    lying.py PROGRAM [NAME...]

Each NAME.yaml says in its comment lines `#= ` what must come out and what windows alone would say:

    #= [ACCOUNT |] A before B: certain (windows: possible)
    #= [ACCOUNT |] days A B: 28..31 (windows: 1..58)            from the last day of A to the first of B
    #= [ACCOUNT |] PATH: 2014-10-02..2014-10-30 (windows: 2014-10-01..2014-10-31)
    #= [ACCOUNT |] contradiction: certain (windows: none)
    #= turns on: leap_birthday+month_end            what `check` says of its contradictions; none
    #= together RULE: A before B, B before C: impossible (windows: possible)   by a rule of pack.yaml
    #= (without "windows": it must be so, and windows may say the same)
    #= brute: no (why)           tests/oracle/brute.py cannot read this case

Four things are asked of each: that the program says so (`timeline --pairs`; `check` for `together`;
both for `contradiction`), that windows alone, worked out here, say what the file says they do, that the two differ, and that
brute.py, which searches over days, agrees. Prints each that is otherwise; ends with 1 if there is any.
"""
import json
import re
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import yaml

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "oracle"))
import brute  # noqa: E402

EVER, FOREVER = date.min, date.max
FAR = 10**7


def day(text, otherwise):
    if text is None:
        return otherwise
    return date.fromisoformat(leap_year_4(text))


def leap_year_4(text):
    """Python has no year 0000, a leap year; no case here tells it from 0004."""
    return "0004" + text[4:] if text.startswith("0000") else text


class Windows:
    """What the values of one account say, each by itself."""

    def __init__(self, account):
        self.windows, self.doubtful = {}, set()
        for p in account["points"]:
            own = [s for s in p["statements"] if p["path"].startswith(s["path"])]
            if own:
                self.windows[p["path"]] = (
                    min(day(s["first"], EVER) for s in own), max(day(s["last"], FOREVER) for s in own))
            if any(s["doubtful"] for s in own):
                self.doubtful.add(p["path"])

    def point(self, name, end):
        path = "events." + name
        ends = path + ".end"
        return ends if end and ends in self.windows else path + ".start"

    def days(self, a, b):
        """Bounds of the distance from the last day of a to the first of b; far is no bound."""
        first, last = (self.windows.get(p, (EVER, FOREVER)) for p in (self.point(a, True), self.point(b, False)))
        least = (last[0] - first[1]).days if last[0] != EVER and first[1] != FOREVER else -FAR
        most = (last[1] - first[0]).days if last[1] != FOREVER and first[0] != EVER else FAR
        return least, most

    def order(self, a, b, n=1):
        """At least n days from a to b."""
        least, most = self.days(a, b)
        doubt = {self.point(a, True), self.point(b, False)} & self.doubtful
        return "possible" if doubt else "certain" if least >= n else "impossible" if most < n else "possible"

    def parts(self, text):
        """Orders joined by commas, each judged apart."""
        out = []
        for part in text.split(", "):
            m = re.fullmatch(r"(\S+) (?:at least (\d+) days )?before (\S+)", part)
            out.append(self.order(m.group(1), m.group(3), int(m.group(2) or 1)))
        return "impossible" if "impossible" in out else "possible" if "possible" in out else "certain"

    def contradiction(self, lines):
        """An order line whose neighbours' windows exclude it."""
        for line in lines:
            words = re.split(r" (not before|not after|before|after|at least \d+ days before) ", line)
            for a, word, b in zip(words[0::2], words[1::2], words[2::2]):
                if word.endswith("after"):
                    a, b, word = b, a, word.replace("after", "before")
                if word == "not before":
                    if self.order(b, a) == "certain":
                        return "certain"
                elif self.order(a, b, int((re.findall(r"\d+", word) or [1])[0])) == "impossible":
                    return "certain"
        return "none"


def bounds(text):
    return tuple(int(x) for x in text.split(".."))


def pair_of(account, a, b):
    for p in account["pairs"]:
        if (p["a"], p["b"]) == ("events." + a, "events." + b):
            return p
    raise LookupError("no pair %s, %s" % (a, b))


def run(program, *words):
    done = subprocess.run([program, *words], capture_output=True, text=True, check=False, cwd=HERE)
    if done.returncode not in (0, 1):
        raise ValueError("%s ended with %d: %s" % (" ".join(words), done.returncode, done.stderr))
    return json.loads(done.stdout)


def told_by_check(program, path, account):
    """The surest contradiction that the report tells of an account: certain, possible or none."""
    report = run(program, "check", "--format", "json", "--rules", "facts-contradict,sources-contradict", path.name)
    verdicts = {f["verdict"] for f in report["findings"] if not f["accounts"] or account in f["accounts"]}
    return next((v for v in ("certain", "possible") if v in verdicts), "none")


def turns_told_by_check(program, path):
    """The ways of counting that contradictions turn on, in the order of their names."""
    report = run(program, "check", "--format", "json", "--rules", "facts-contradict", path.name)
    names = {t["on"] for f in report["findings"] for t in f.get("turns_on", [])}
    return "+".join(sorted(names)) or "none"


def question(text):
    m = re.fullmatch(r"(?:(\S+) \| )?([^()]*): (\S+)(?: \(windows: (\S+)\))?", text)
    if not m:
        raise ValueError("cannot read `#= %s`" % text)
    return m.groups()


def look(program, path):
    text = path.read_text(encoding="utf-8")
    asked = [line[3:] for line in text.splitlines() if line.startswith("#= ")]
    by_brute = None if any(a.startswith("brute: no") for a in asked) else brute.of_all_ways(brute.answers(text))
    timeline = run(program, "timeline", "--pairs", "--format", "json", path.name)
    lines = [o["value"] if isinstance(o, dict) else o
             for o in yaml.load(text, yaml.BaseLoader).get("order", [])]
    count = 0
    for line in asked:
        if line.startswith("brute: "):
            continue
        name, what, expected, windows_expected = question(line)
        account = timeline["accounts"][name or ""]
        view = by_brute[name or ""] if by_brute else None
        windows = Windows(account)
        again = "not asked"
        if what.startswith("together "):
            _, rule, orders = re.match(r"(together) (\S+): (.*)", what).groups()
            report = run(program, "check", "--format", "json", "--rules", rule, path.name)
            verdicts = [f["verdict"] for f in report["findings"] if f["rule"] == rule]
            got = verdicts[0] if verdicts else "impossible"
            by_windows = windows.parts(orders)
        elif what == "contradiction":
            got, by_windows = account["contradiction"], windows.contradiction(lines)
            told = told_by_check(program, path, name)
            if told != got:
                yield "%s: `check` says %s" % (line, told)
            if view:
                again = ("certain" if not view["stands"] else
                         "none" if view.get("by_each_way", True) else "possible")
        elif what == "turns on":
            got = turns_told_by_check(program, path)
        elif what.startswith("days "):
            _, a, b = what.split()
            pair = pair_of(account, a, b)
            got = "%s..%s" % (pair["min_days"], pair["max_days"])
            by_windows = "%d..%d" % windows.days(a, b)
        elif " before " in what:
            a, b = what.split(" before ")
            pair = pair_of(account, a, b)
            got, by_windows = pair["before"], windows.order(a, b)
            if view:
                again = view["orders"]["%s %s" % (a, b)]["before"]
        else:
            path_of = what if what.startswith("sources.") else "events." + what
            point = next(p for p in account["points"] if p["path"] == path_of)
            got = "%s..%s" % (point["first"], point["last"])
            w = windows.windows[path_of]
            by_windows = "%s..%s" % w
            if windows_expected:
                windows_expected = leap_year_4(windows_expected)
            if view:
                p = view["points"][what]
                again = "%s..%s" % tuple(date.fromordinal(p[k]) if p[k] else None for k in ("first", "last"))
        count += 1
        if got != expected:
            yield "%s: the program says %s" % (line, got)
        if windows_expected is None:
            pass
        elif by_windows != windows_expected:
            yield "%s: windows alone say %s" % (line, by_windows)
        elif by_windows == got:
            yield "%s: no lie, windows say the same" % line
        if again not in ("not asked", expected):
            yield "%s: brute force says %s" % (line, again)
    if count == 0:
        yield "nothing is asked"


def main():
    program, names = str(Path(sys.argv[1]).resolve()), sys.argv[2:]
    paths = [p for p in sorted(HERE.glob("*.yaml")) if p.stem != "pack" and (not names or p.stem in names)]
    faults = 0
    for path in paths:
        try:
            found = list(look(program, path))
        except (ValueError, LookupError) as e:
            found = ["%s: %s" % (type(e).__name__, e)]
        for fault in found:
            faults += 1
            print("%s: %s" % (path.name, fault))
    print("%d cases, %d faults" % (len(paths), faults))
    return 1 if faults or len(paths) < (1 if names else 20) else 0


if __name__ == "__main__":
    sys.exit(main())
