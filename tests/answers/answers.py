#!/usr/bin/env python3
"""What the file has against a finding, and whose word a finding of several needs.

    answers.py PROGRAM

`contrary` of a finding is held against what comes out when the values are exchanged in the files themselves: in a copy of
the case each value that the finding's accounts hold of a date is written over with a rival one, and the copy is checked.
Gone, only possible, a gap: so it must be in `contrary`, and nothing else may be. (Of dates; where the exchanged value
makes the statements contradict one another, nothing is asked.)

The `given` of every-account-in-conflict must be enough for each account to have an obstacle left, and no smaller choice
of these words may be: all choices are tried.
"""
import html
import itertools
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SMALL = HERE / "rules"
CASES = [
    ("cases/tenancy", ["lindenweg.yaml", "lindenweg-told.yaml"], None),
    ("cases/tajikistan", ["ziyoyev.yaml", "quvvatov.yaml", "hasanov.yaml"], None),
    ("cases/decided", ["catalan.yaml", "mattoccia.yaml"], None),
    ("cases/clean", ["14-two-accounts.yaml"], None),
    ("tests/answers/cases", None, SMALL),
]

# Derived by hand, of the finding of this rule on the account of the prosecution: what the file has against it; which
# accounts are said to assert an exception; dates on which it turns.
TOLD = {
    "weak-exception": ("evidence-predates-event", {}, ["defence"], None),
    "weak-rival": ("evidence-predates-event", {("evidence.photo.same_item", "no"): "possible"}, ["defence"], None),
    "conceded": ("evidence-predates-event", {}, [], None),
    "two-events": ("evidence-predates-event", {}, [], None),
    "another-act": ("conduct-before-norm", {}, [], None),
    "later-act": ("conduct-before-norm", {("charges.c.conduct", "b"): "gone"}, [], None),
    "agreeing": ("evidence-predates-event", {}, [], None),
    "end-alone": ("status-not-yet-in-effect", {}, [], None),
    "earlier-arrest": ("arrest-before-warrant", {("events.arrest.start", "2021-03-05"): "gone"}, [], None),
    "other-force": ("status-not-yet-in-effect", {}, [], ["statuses.ban.legal_force"]),
    "two-sources": ("evidence-predates-event", {}, [], None),
    "weak-agrees": ("facts-contradict", {}, [], None),
    "about": ("evidence-predates-event", {}, [], None),
    "inferred-end": ("stale-present-tense", {}, [], None),
    "unchallenged-known": ("evidence-predates-event", {}, [], None),
    "arrest-exception": ("arrest-before-warrant", {}, [], None),
    "weak-published": ("evidence-predates-event", {("evidence.photo.published", "2019-05-20"): "gone"}, [], None),
    "conceded-exception": ("evidence-predates-event", {("evidence.film.same_item", "no"): "gone"}, ["court"], None),
}
# Has each account a conflict of its own, in what verdict, and on which days? None: what stands in the way is undisputed.
TOGETHER = {
    "undisputed": None,
    "disputed-force": ("certain", {"prosecution": "2014-11-11", "defence": "2015-01-10"}),
}
# And in which words: what the sentence of one of these findings says, and does not say.
WORDS = {
    "other-force": [("on the account of the defence: according to gazette, e was on 2014-09-29: 10 days before ban was "
                     "pronounced (2014-10-09), and 103 days before it took the effect that c needs (2015-01-10)", "inference"),
                    ("on the account of the prosecution: according to gazette, e was on 2014-09-29: 10 days before ban was "
                     "pronounced (2014-10-09), and 43 days before it took the effect that c needs (2014-11-11)", "inference")],
    "two-events": [("recording (according to gazette, and", "herald"), ("recording (according to herald, and", "gazette")],
    "agreeing": [("2021-05-14 (on the account of the prosecution as reported in gazette and blog)", "differ")],
    "end-alone": [("according to herald", "inference")],
    "two-sources": [("2021-05-14 (on the account of the prosecution as reported in gazette and herald), of which it is said "
                     "to be a recording (according to herald and echo)", "differ")],
    "inferred-end": [('2015-03-05 (by inference from "same day as death.start", as the file states without a source)',
                      "2015-03-05 (as the file")],
    "about": [("33 to 93 days before march on about 2021-05-14 (taken as a day between 2021-04-14 and 2021-06-13 "
               "by the policy approximate_slack)", "march on 2021-04")],
    "unchallenged-known": [("as reported in gazette (the victim states the same; the prosecution states otherwise)",
                            "not known")],
    "weak-published": [("2019-05-10 or 2019-05-20 (2019-05-20 according to gazette; 2019-05-10 according to blog and chat)",
                        "others differ")],
    "arrest-exception": [("the warrants listed for it may have been given only afterwards", "(the warrant)")],
}
# What is printed of the whole case, as text, and what is not: whatever the line breaks, and without the marks of a page.
PRINTED = {
    "unchallenged-known": [("text", "the victim states the same; the prosecution states otherwise", "is not known"),
                           ("html", "the victim states the same; the prosecution states otherwise",
                            "others say of it is not known")],
    "inferred-end": [("text", "`herald` for 1 of 4 statements: news; 1 of 4 statements without a source", "4 of 4")],
    "about": [("text", "taken as between 2021-04-14 and 2021-06-13, which is by the policy approximate_slack",
               "start: between"),
              ("text", "(2021-05-14~ by the policy approximate_slack, prosecution;", "(2021-05-14~, prosecution"),
              ("html", "taken as between 2021-04-14 and 2021-06-13, which is by the policy approximate_slack",
               "a day from 2021-04-14"),
              ("html", "about: days by a policy", "march on 2021-04-14")],
    "arrest-exception": [("text", "(nobody says so: `events.arrest.confirmed_by`)", "events.arrest.start`)"),
                         ("text", "`gazette` for 2 of 5 statements", "3 of 3 statements")],
    "weak-agrees": [("text", "certain · in every account", "possible · in every")],
    "moved-day": [("text", "(but on 2014-09-30 this makes certain: `status-not-yet-in-effect` at `charges.c`)",
                   "(but this makes certain: `status")],
    "judge-late": [("text", "on the account of the defence as reported in herald): more than 48 hours",
                    "account: prosecution")],
    "extended": [("text", "(not stated on this account: `decisions.w.extended_to`)",
                  "(nobody says so: `decisions.w.extended_to`)"),
                 ("html", "not stated on this account", "(nobody in the file says so) that the warrant")],
    "recidivist": [("text", "(only `prosecution` says so: `sentences.t.recidivism`)", "not so on what this account has"),
                   ("text", "`sentences.t.recidivism` is yes on the word of `prosecution` (in herald), not no: on it this "
                    "finding does not stand", "nobody says so: `sentences")],
    "clocks": [("text", "sources differ on `events.fall.start`", "sources differ on `events.blow.start`"),
               ("text", "sources differ on `events.cry.start`", "sources differ on `events.call.start`")],
    "warrant-apart": [("text", "(not stated on this account: `events.arrest.confirmed_by`)", "1 certain"),
                      ("text", "`events.arrest.confirmed_by` is u on the word of `prosecution`", "given only afterwards (")],
    "search-in-tj": [("text", "Criminal Procedure Code of Tajikistan", "Uruguay"),
                     ("html", "Criminal Procedure Code of Tajikistan", "Uruguay")],
    "search-in-uy": [("text", "ICCPR art. 17(1)", "Tajikistan"), ("html", "ICCPR art. 17(1)", "Code of Tajikistan")],
    "two-unchallenged": [("text", "stated as 2017-08-05 or 2017-08-01:", "or 2017-08-01 or 2017-08-01"),
                         ("text", "on the account of the prosecution as reported in herald (the defence states otherwise)",
                          "clear of")],
}

faults = []
counted = {"exchanged": 0, "gone": 0, "possible": 0, "cannot tell": 0, "given": 0}


def fault(where, what):
    faults.append(f"{where}: {what}")


def run(program, folder, *arguments, rules=None):
    environment = {k: v for k, v in os.environ.items() if k != "ANTINOMY_RULES"}
    environment["LC_ALL"] = "C.UTF-8"
    if rules:
        environment["ANTINOMY_RULES"] = str(rules)
    done = subprocess.run([program, *arguments], cwd=folder, capture_output=True, text=True, timeout=120, env=environment)
    if done.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(arguments)} in {folder}: {done.returncode}: {done.stderr[-800:]}")
    return done.stdout


def check(program, folder, case, rules):
    return json.loads(run(program, folder, "check", case, "--format", "json", rules=rules))


def plain_scalar(text):
    return text if re.fullmatch(r"[0-9A-Za-z~?%./+-]+|[0-9A-Za-z][^:#,\[\]{}\"']*", text) else json.dumps(text)


def exchange(folder, statements, value):
    """Writes `value` over the values of these statements; false: where one stands could not be read."""
    places = {(s["file"], s["line"], s["column"]): s["value"] for s in statements}
    for (name, line, column), old in sorted(places.items(), key=lambda x: (x[0][0], -x[0][1], -x[0][2])):
        path = folder / name
        rows = path.read_text(encoding="utf-8").split("\n")
        row, at = rows[line - 1], column - 1
        for quote in ("", '"', "'"):
            written = quote + old + quote
            if row[at:].startswith(written):
                rows[line - 1] = row[:at] + plain_scalar(value) + row[at + len(written):]
                break
        else:
            return False
        path.write_text("\n".join(rows), encoding="utf-8")
    return True


def standing(report, finding):
    """What has become of a finding: the worst verdict of it in its own accounts."""
    mine = set(finding["accounts"])
    same = [
        f["verdict"]
        for f in report["findings"] + report["suppressed"]
        if f["rule"] == finding["rule"] and f["bindings"] == finding["bindings"]
        and (not mine or not f["accounts"] or mine & set(f["accounts"]))
    ]
    if same:
        return "certain" if "certain" in same else "possible"
    gaps = [
        g for g in report["gaps"]
        if g["rule"] == finding["rule"] and g["at"] == finding["at"]
        and (not mine or not g["accounts"] or mine & set(g["accounts"]))
    ]
    return "cannot tell" if gaps else "gone"


def contrary(program, folder, case, rules):
    report = check(program, folder, case, rules)
    accounts = json.loads(run(program, folder, "timeline", case, "--format", "json", rules=rules))["accounts"]
    held = {}  # account, path of a field: what it states
    for account, told in accounts.items():
        for p in told["points"]:
            for s in p["statements"]:
                mine = held.setdefault((account, s["path"]), [])
                if all((s["line"], s["column"], s["file"]) != (x["line"], x["column"], x["file"]) for x in mine):
                    mine.append(s)
    for f in report["findings"]:
        if f["relation"] != "each" or f["rule"] in ("every-account-in-conflict", "facts-contradict", "facts-contradict-jointly",
                                                    "quote-differs-from-value"):
            continue
        where = f"{case}, {f['rule']} at {f['at']}"
        told = {}
        for c in f.get("contrary", []):
            if len(c["values"]) == 1:
                told[c["values"][0]["path"], c["values"][0]["value"]] = c["then"]
        mine = f["accounts"] or list(accounts)
        for path in sorted({x["path"] for x in f["proof"]["facts"]}):
            own = [s for a in mine for s in held.get((a, path), [])]
            values = {s["value"] for s in own}
            for value in sorted({s["value"] for (_, p), all_of in held.items() if p == path for s in all_of}):
                if values == {value} or not own:
                    continue
                with tempfile.TemporaryDirectory() as name:
                    copy = Path(name) / "case"
                    shutil.copytree(folder, copy)
                    if not exchange(copy, [s for s in own if s["value"] != value], value):
                        fault(where, f"{path}: where it stands could not be read")
                        continue
                    after = check(program, copy, case, rules)
                counted["exchanged"] += 1
                clash = lambda r: {x["fingerprint"] for x in r["findings"] if x["rule"].startswith("facts-contradict")}
                if clash(after) - clash(report):
                    continue
                now = standing(after, f)
                want = None if now == f["verdict"] or now == "certain" else now
                if told.get((path, value)) != want:
                    fault(where, f"{path} {value}: {told.get((path, value))}, and written into the file {now}")
                elif want:
                    counted[want] += 1
    for f in report["findings"]:
        if f["rule"] == "every-account-in-conflict":
            given(f, f"{case}, {f['at']}")


def given(finding, where):
    words = lambda x: {(g["path"], g["account"]) for g in x["given"]}
    obstacles = {}
    for block in finding["blocks"]:
        obstacles.setdefault(block["account"], []).append(words(block))
    every = set().union(*(w for some in obstacles.values() for w in some))
    enough = lambda some: all(any(w <= some for w in mine) for mine in obstacles.values())
    told = words(finding)
    least = next(
        size for size in range(len(every) + 1) if any(enough(set(some)) for some in itertools.combinations(sorted(every), size))
    )
    if not enough(told) or len(told) != least:
        fault(where, f"given {sorted(told)}, and {least} of {sorted(every)} are enough")
    counted["given"] += len(told)


def told(program):
    for name, (rule, contrary_to_it, asserting, turning) in TOLD.items():
        report = check(program, ROOT / "tests/answers/told", f"{name}.yaml", None)
        mine = [
            f for f in report["findings"] if f["rule"] == rule and (not f["accounts"] or "prosecution" in f["accounts"])
        ]
        if not mine:
            fault(name, f"has no finding of {rule}")
        for says, says_not in WORDS.get(name, []):
            if not any(says in f["message"] and says_not not in f["message"] for f in mine):
                fault(name, f"none says {says!r} and not {says_not!r}: {[f['message'] for f in mine]}")
        for f in mine:
            said = {(c["values"][0]["path"], c["values"][0]["value"]): c["then"] for c in f.get("contrary", [])}
            if said != contrary_to_it:
                fault(name, f"the file has {said} against it, and not {contrary_to_it}")
            who = [a for e in f["exceptions"] for a in e.get("said_by", [])]
            if who != asserting:
                fault(name, f"exceptions on the word of {who}, and not of {asserting}")
            if turning is not None and [t["path"] for t in f.get("turning", [])] != turning:
                fault(name, f"turns on {f.get('turning')}, and not on {turning}")


def printed(program):
    for name, wanted in PRINTED.items():
        case = f"{name}.yaml"
        text = {"text": run(program, ROOT / "tests/answers/told", "check", case, "--color", "never")}
        with tempfile.TemporaryDirectory() as folder:
            page = Path(folder) / "page.html"
            run(program, ROOT / "tests/answers/told", "check", case, "--html", str(page))
            within = r"<(style|script)\b.*?</\1>|</?(bdi|strong|code|span|time|wbr)\b[^>]*>"
            marks = re.sub(within, "", page.read_text(), flags=re.S)
            text["html"] = html.unescape(re.sub(r"<[^>]*>", " ", marks))
        for form, says, says_not in wanted:
            # Lines of an excerpt begin with a bar; words of one sentence go over several.
            told = " ".join(re.sub(r"\n *│? *", " ", text[form]).split())
            if says not in told:
                fault(name, f"{form} does not say {says!r}")
            if says_not in told:
                fault(name, f"{form} says {says_not!r}")


def marked(program):
    """A value that a weak source alone states is marked so in the text, as it is on the page."""
    told = " ".join(run(program, ROOT / "tests/answers/told", "check", "weak-rival.yaml").split())
    if "on the word of `defence` (in blog, weak source), not yes" not in told:
        fault("weak-rival", f"does not say that the source is weak: {told[:1500]}")


def together(program):
    for name, wanted in TOGETHER.items():
        report = check(program, ROOT / "tests/answers/told", f"{name}.yaml", None)
        if not any(f["verdict"] == "certain" and f["severity"] == "error" and f["relation"] == "each"
                   and f["rule"] != "every-account-in-conflict" for f in report["findings"]):
            fault(name, "has no certain error")
        of_all = next((f for f in report["findings"] if f["rule"] == "every-account-in-conflict"), None)
        if (of_all and of_all["verdict"]) != (wanted and wanted[0]):
            fault(name, f"every account in conflict: {of_all and of_all['verdict']}, and not {wanted and wanted[0]}")
        elif wanted:
            said = {b["account"]: b["message"] for b in of_all["blocks"]}
            if set(said) != set(wanted[1]) or any(day not in said[a] for a, day in wanted[1].items()):
                fault(name, f"each account says {said}, and not {wanted[1]}")


def main():
    program = str(Path(sys.argv[1]).resolve())
    for folder, names, rules in CASES:
        for name in names or sorted(p.name for p in (ROOT / folder).glob("*.yaml")):
            contrary(program, ROOT / folder, name, rules)
    told(program)
    printed(program)
    marked(program)
    together(program)
    for what, least in (("exchanged", 8), ("gone", 5), ("possible", 1), ("given", 4)):
        if counted[what] < least:
            fault("answers", f"only {counted[what]} {what}")
    print("\n".join(faults) or f"as when written into the files: {counted}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
