#!/usr/bin/env python3
"""Packs that extend and override one another, values of law by their days, rank, exceptions to groups.

    packs.py PROGRAM

Small packs and cases, written into an empty folder: VERDICTS says what a rule finds in a case, by table;
SAID says what a command prints. What is refused at load is in tests/broken/pack. Ends with 1 if anything
is otherwise.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

RULE = "kind: law, severity: error, about: proceeding, reaches: record, message: m"

# Appeals in an invented place. 10 days until 13 November 2016, 15 from then on; nothing before 2010.
BASE = f"""
pack: {{id: base, title: Appeals}}
vocabulary:
  appeal:
    plural: appeals
    title: title
    moment: lodged
    fields: {{title: text, against: decision, lodged: date, excused: bool, military: bool}}
policies:
  deadline_first_day: excluded
  deadline_rolls: no
  reply_term: 20 days
  answer_days: 5
  appeal_term:
    values:
      - {{from: 2010-01-01, to: 2016-11-13, value: 10 days, basis: [{{cite: Code}}]}}
      - {{from: 2016-11-14, value: 15 days, basis: [{{cite: Code as amended}}]}}
  vague_days:
    values:
      - {{to: 2014-12-31, value: 3, basis: [{{cite: Code}}]}}
      - {{from: 2015-01-01, to: 2015-12-31, value: 30, basis: [{{cite: Code}}]}}
rules:
  - {{id: late, group: terms, aliases: [late-once], {RULE}, for: {{a: appeal, d: a.against}},
     require: "a.lodged not after deadline(d.served, appeal_term(on d.served))"}}
  - {{id: replied, group: terms, {RULE}, for: {{ap: appeal, d: ap.against}},
     require: ap.lodged not after d.pronounced + reply_term}}
  - {{id: vague, {RULE}, for: {{d: decision}}, where: known(d.legal_force),
     require: width(d.legal_force) <= vague_days(on d.served)}}
  - {{id: number, {RULE}, for: {{d: decision}}, where: known(d.legal_force),
     require: width(d.legal_force) <= answer_days(on d.served) + 1}}
"""

# What builds on it: a word on its rules, a rule above one of them, one above that one.
LOCAL = f"""
pack: {{id: local, title: Appeals here, extends: [{{pack: base, file: base.yaml}}]}}
policies: {{reply_term: 40 days}}
override:
  vague: {{severity: off, because: nobody asks for it here}}
  number: warning
exceptions:
  - to: terms
    given: {{a: appeal}}
    when: a.excused = yes
    because: the delay was excused
    unless: [{{when: a.military = yes, because: not in these}}]
rules:
  - {{id: absent, over: [{{rule: late-once, by: lex-specialis}}], {RULE}, for: {{a: appeal, d: a.against}},
     where: d.in_absentia = yes, require: a.lodged not after d.served + 30 days}}
  - {{id: later-law, over: [late], {RULE}, for: {{d: decision}}, where: d.served not before 2018-01-01,
     require: known(d.served)}}
  - {{id: special, over: [absent], {RULE}, for: {{a: appeal}}, where: a.military = yes,
     require: known(a.lodged)}}
"""


def case(packs, decision, appeal, more=""):
    return f"""
case: {{id: c, packs: [{packs}]}}
sources: {{low: {{kind: news, reliability: low}}}}
decisions: {{d: {{{decision}}}}}
appeals: {{a: {{against: d, {appeal}}}}}
{more}
"""


# Packs, decision, appeal (or lists of what else stands in the case), rule, what it finds.
VERDICTS = [
    # Each value on its days, to the day.
    ("base.yaml", "served: 2015-03-02", "lodged: 2015-03-12", "late", None),
    ("base.yaml", "served: 2015-03-02", "lodged: 2015-03-13", "late", "certain"),
    ("base.yaml", "served: 2016-11-13", "lodged: 2016-11-24", "late", "certain"),
    ("base.yaml", "served: 2016-11-14", "lodged: 2016-11-29", "late", None),
    ("base.yaml", "served: 2016-11-14", "lodged: 2016-11-30", "late", "certain"),
    # A window over the change: what is so by both is certain, what by one is possible.
    ("base.yaml", "served: 2016-11-10/2016-11-16", "lodged: 2016-11-28", "late", "possible"),
    ("base.yaml", "served: 2016-11-10/2016-11-16", "lodged: 2016-12-02", "late", "certain"),
    ("base.yaml", "served: 2016-11-10/2016-11-16", "lodged: 2016-11-20", "late", None),
    # Each day with its own value: late if served by the 13th (to the 23rd), in time if later (from the 29th).
    ("base.yaml", "served: 2016-11-12/2016-11-14", "lodged: 2016-11-23/2016-11-24", "late", "possible"),
    # Days that no value is for are gaps, never the nearest value.
    ("base.yaml", "served: 2009-12-31", "lodged: 2012-01-01", "late", "gap"),
    ("base.yaml", "served: 2009-12-20/2010-01-05", "lodged: 2012-01-01", "late", "possible"),
    ("base.yaml", "served: 2009-12-20/2010-01-05", "lodged: 2010-01-09", "late", "gap"),
    ("base.yaml", "pronounced: 2012-01-01", "lodged: 2014-01-01", "late", "gap"),
    # A doubtful day makes nothing certain.
    ("base.yaml", "served: \"2015-03-02?\"", "lodged: 2015-03-13", "late", "possible"),
    # Where nobody dates it, the network may tell: before the change, so within ten days.
    ("base.yaml", "served: before 2012-01-01", "lodged: 2016-01-01", "late", "possible"),
    ("base.yaml", "served: between 2012-01-01 and 2013-01-01", "lodged: 2016-01-01", "late", "certain"),
    # Plain numbers with dates.
    ("base.yaml", "served: 2014-05-01, legal_force: 2014-06-01/2014-06-04", "lodged: 2014-05-02", "vague", "certain"),
    ("base.yaml", "served: 2015-05-01, legal_force: 2015-06-01/2015-06-04", "lodged: 2015-05-02", "vague", None),
    ("base.yaml", "served: 2014-12-30/2015-01-02, legal_force: 2015-06-01/2015-06-04", "lodged: 2015-05-02",
     "vague", "possible"),
    ("base.yaml", "served: 2016-05-01, legal_force: 2016-06-01/2016-06-04", "lodged: 2016-05-02", "vague", "gap"),
    ("base.yaml", "served: 2014-12-30/2015-01-02, legal_force: 2015-06-01/2015-07-14", "lodged: 2015-05-02",
     "vague", "certain"),
    # A number that is the same on all days asks for no day.
    ("base.yaml", "legal_force: 2016-06-01/2016-06-07", "lodged: 2016-05-02", "number", "certain"),
    ("base.yaml", "legal_force: 2016-06-01/2016-06-06", "lodged: 2016-05-02", "number", None),
    # A term, and the pack above that sets another.
    ("base.yaml", "pronounced: 2015-01-01", "lodged: 2015-01-21", "replied", None),
    ("base.yaml", "pronounced: 2015-01-01", "lodged: 2015-01-22", "replied", "certain"),
    ("local.yaml", "pronounced: 2015-01-01", "lodged: 2015-02-10", "replied", None),
    ("local.yaml", "pronounced: 2015-01-01", "lodged: 2015-02-11", "replied", "certain"),
    ("base.yaml, local.yaml", "pronounced: 2015-01-01", "lodged: 2015-02-10", "replied", None),
    ("local.yaml, base.yaml", "pronounced: 2015-01-01", "lodged: 2015-02-10", "replied", None),
    # Off.
    ("local.yaml", "served: 2014-05-01, legal_force: 2014-06-01/2014-06-04", "lodged: 2014-05-02", "vague", None),
    # Exceptions to a group: by the name that the rule has for it, or for want of it by type.
    ("local.yaml", "served: 2015-03-02", "lodged: 2015-03-13", "late", "certain"),
    ("local.yaml", "served: 2015-03-02", "lodged: 2015-03-13, excused: yes", "late", None),
    ("local.yaml", "served: 2015-03-02", "lodged: 2015-03-13, excused: no", "late", "certain"),
    ("local.yaml", "served: 2015-03-02", "lodged: 2015-03-13, excused: {value: yes, source: low}", "late", "possible"),
    ("local.yaml", "pronounced: 2015-01-01", "lodged: 2015-05-11, excused: yes", "replied", None),
    ("local.yaml", "pronounced: 2015-01-01", "lodged: 2015-05-11, excused: yes, military: yes", "replied", "certain"),
    # Rank: where the rule above applies, this one does not stand.
    ("local.yaml", "served: 2015-03-02, in_absentia: yes", "lodged: 2015-03-13", "late", None),
    ("local.yaml", "served: 2015-03-02, in_absentia: yes", "lodged: 2015-03-13", "absent", None),
    ("local.yaml", "served: 2015-03-02, in_absentia: yes", "lodged: 2015-05-13", "absent", "certain"),
    ("local.yaml", "served: 2015-03-02, in_absentia: yes", "lodged: 2015-05-13", "late", None),
    ("local.yaml", "served: 2015-03-02, in_absentia: no", "lodged: 2015-03-13", "late", "certain"),
    ("local.yaml", "served: 2015-03-02", "lodged: 2015-03-13", "late", "certain"),
    ("local.yaml", "served: 2015-03-02, in_absentia: {value: yes, source: low}", "lodged: 2015-03-13", "late",
     "possible"),
    # A rule above that applies by its dates: with the other dates, all on one timeline.
    ("local.yaml", "served: 2018-01-01", "lodged: 2018-09-01", "late", None),
    ("local.yaml", "served: 2017-12-31", "lodged: 2018-09-01", "late", "certain"),
    ("local.yaml", "served: 2017-12-30/2018-01-02", "lodged: 2018-09-01", "late", "possible"),
    ("local.yaml", "served: 2017-12-30/2018-01-02", "lodged: 2018-01-16", "late", "possible"),
    ("local.yaml", "served: 2017-12-30/2018-01-02", "lodged: 2018-01-14", "late", None),
    # What is above the one above is above this one too.
    ("local.yaml", "served: 2015-03-02", "lodged: 2015-05-13, military: yes", "late", None),
    ("local.yaml", "served: 2015-03-02, in_absentia: yes", "lodged: 2015-05-13, military: yes", "absent", None),
]

# Of a reference that two sources give differently it is not known which is right: each of the two has its term.
RIVALS = """
case: {id: c, packs: [rival-pack.yaml]}
sources: {s: {kind: news}, t: {kind: news}}
decisions: {one: {served: 2015-01-31}, two: {served: 2015-06-30}}
appeals: {a: {against: [{value: one, source: s}, {value: two, source: t}], lodged: 2015-03-15}}
"""
RIVAL_PACK = f"""
pack: {{id: rivals, extends: [{{pack: base, file: base.yaml}}]}}
rules:
  - {{id: months, {RULE}, for: {{a: appeal}}, require: a.lodged not after a.against.served + 1 month}}
  - {{id: days, {RULE}, for: {{a: appeal}},
     require: "a.lodged not after deadline(a.against.served, appeal_term(on a.against.served))"}}
"""

FILES = {"base.yaml": BASE, "local.yaml": LOCAL, "rival-pack.yaml": RIVAL_PACK}

LATE = case("local.yaml", "served: 2015-03-02", "lodged: 2015-03-13")
# Files, command, how it ends, what is printed, what is not.
SAID = [
    ({"c.yaml": LATE}, "check c.yaml", 1, ["1 rule turned off by a pack or antinomy.yaml: vague"], []),
    ({"c.yaml": LATE}, "check --format json c.yaml", 1, ['"off": ["vague"]'.replace('["', '[\n      "').replace('"]', '"\n    ]')], []),
    ({}, "rules --pack local.yaml", 0,
     ["vague  (off, law", "off: pack `local` says so, because nobody asks for it here",
      "number  (warning, law", "error in its own pack; pack `local` says warning"], []),
    ({}, "rules show vague --pack local.yaml", 0, ["overridden: off: pack `local` says so", "local.yaml:"], []),
    ({}, "rules show late-once --pack local.yaml", 0,
     ["before: `late-once`", "group: `terms`", "by pack `local`: `a.excused = yes`", "Yields to", "`absent` where",
      "`special` where", "10 days from 2010-01-01 to 2016-11-13, Code", "15 days from 2016-11-14, Code as amended"], []),
    ({}, "rules show absent --pack local.yaml", 0, ["over: `late-once`, lex-specialis"], []),
    ({"c.yaml": LATE}, "explain late-once c.yaml", 0, ["appeals.a: certain", "unless a.excused = yes"], []),
    ({"c.yaml": case("local.yaml", "served: 2015-03-02, in_absentia: yes", "lodged: 2015-03-13")}, "explain late c.yaml", 0,
     ["appeals.a: excepted", "rule `absent` ranks above this one, lex-specialis"], []),
    ({"c.yaml": LATE}, "check --rules late-once --format short c.yaml", 1, ["error[late]"], []),
    # What a value of law rests on stands in the finding that was counted by it; of a policy of the case, that it is.
    ({"c.yaml": case("base.yaml", "served: 2015-03-02", "lodged: 2015-03-13")}, "check --rules late c.yaml", 1,
     ["basis: Code, `appeal_term` is 10 days from 2010-01-01 to 2016-11-13"], ["Code as amended"]),
    ({"c.yaml": case("base.yaml", "served: 2016-11-10/2016-11-16", "lodged: 2016-12-02")}, "check --rules late c.yaml", 1,
     ["Code, `appeal_term` is 10 days from 2010-01-01 to 2016-11-13; Code as amended, `appeal_term` is 15 days from 2016-11-14"], []),
    ({"c.yaml": case("base.yaml", "served: 2015-03-02", "lodged: 2015-03-13").replace(
        "id: c,", "id: c, policies: {appeal_term: 9 days},")}, "check --rules late c.yaml", 1,
     ["basis: the case's own policies, `appeal_term` is 9 days"], ["Code,"]),
    ({"c.yaml": LATE}, "check --rules vague c.yaml", 2, ["rule `vague` is off: pack `local` says so"], []),
    # An old id in `suppress` and `expect`: it works, and the new one is told.
    ({"c.yaml": LATE + "suppress: [{rule: late-once, verdict: certain, reason: r}]\n"}, "check c.yaml", 0,
     ["note[renamed-rule]", "write `late`", "suppressed"], []),
    ({"c.yaml": LATE + "expect: [{rule: late-once, at: appeals.a}]\n"}, "test c.yaml", 0,
     ["1 ok, 0 missing", "note[renamed-rule]"], []),
    # A severity that a pack lowers counts.
    ({"c.yaml": case("local.yaml", "legal_force: 2016-06-01/2016-06-07", "lodged: 2016-05-02")},
     "check --format short c.yaml", 0, ["warning[number]"], ["error[number]"]),
    # A policy of the case, as a term; on all days.
    ({"c.yaml": case("base.yaml", "served: 2015-03-02", "lodged: 2015-03-13").replace(
        "id: c,", "id: c, policies: {appeal_term: 11 days},")}, "check --rules late c.yaml", 0, [], ["[late]"]),
    ({"c.yaml": case("base.yaml", "served: 1999-03-02", "lodged: 1999-03-14").replace(
        "id: c,", "id: c, policies: {appeal_term: 11 days},")}, "check --rules late c.yaml", 1, ["[late]"], []),
    # Verified before what the case speaks of: one warning, and the exit code as it was.
    ({"c.yaml": LATE.replace("local.yaml", "dated.yaml"),
      "dated.yaml": "pack: {id: dated, verified_on: 2015-03-12, extends: [{pack: base, file: base.yaml}]}\n"
                    "policies: {reply_term: 20 days}\n"},
     "check c.yaml", 1, ["warning[verified-before]", "2015-03-13 (appeals.a.lodged)", "`dated` (2015-03-12)"], []),
    ({"c.yaml": LATE.replace("local.yaml", "dated.yaml"),
      "dated.yaml": "pack: {id: dated, verified_on: 2015-03-13, extends: [{pack: base, file: base.yaml}]}\n"
                    "policies: {reply_term: 20 days}\n"},
     "check c.yaml", 1, [], ["verified-before"]),
    # Two packs beside one another may say the same.
    ({"c.yaml": LATE.replace("local.yaml", "p.yaml, q.yaml"),
      "p.yaml": "pack: {id: p, extends: [{pack: base, file: base.yaml}]}\npolicies: {reply_term: 30 days}\noverride: {late: review}\n",
      "q.yaml": "pack: {id: q, extends: [{pack: base, file: base.yaml}]}\npolicies: {reply_term: 30 days}\noverride: {late: review}\n"},
     "check --format short c.yaml", 0, ["review[late]"], ["pack-conflict"]),
    # One that extends both has the last word.
    ({"c.yaml": LATE.replace("local.yaml", "r.yaml"),
      "p.yaml": "pack: {id: p, extends: [{pack: base, file: base.yaml}]}\noverride: {late: review}\n",
      "q.yaml": "pack: {id: q, extends: [{pack: base, file: base.yaml}]}\noverride: {late: off}\n",
      "r.yaml": "pack: {id: r, extends: [{pack: p, file: p.yaml}, {pack: q, file: q.yaml}]}\noverride: {late: info}\n"},
     "check --format short c.yaml", 0, ["info[late]"], ["pack-conflict"]),
]  # fmt: skip


def run(program, files, command):
    with tempfile.TemporaryDirectory() as folder:
        for name, text in {**FILES, **files}.items():
            (Path(folder) / name).write_text(text)
        return subprocess.run([program, *command.split()], cwd=folder, capture_output=True, text=True, timeout=60)


def found(program, text, rule, files=None):
    """certain | possible | gap | None, or what went wrong."""
    done = run(program, {"c.yaml": text, **(files or {})}, "check --format json c.yaml")
    if done.returncode not in (0, 1):
        return f"exit {done.returncode}: {done.stderr}"
    report = json.loads(done.stdout)
    for f in report["findings"]:
        if f["rule"] == rule:
            return f["verdict"]
    return "gap" if any(g["rule"] == rule for g in report["gaps"]) else None


def main():
    program = str(Path(sys.argv[1]).resolve())
    bad = 0
    table = [(f"{packs} | {d} | {a} | {rule}", case(packs, d, a), rule, wanted) for packs, d, a, rule, wanted in VERDICTS]
    table += [("rival references | months", RIVALS, "months", "possible"), ("rival references | days", RIVALS, "days", "possible")]
    for name, text, rule, wanted in table:
        said = found(program, text, rule)
        if said != wanted:
            bad += 1
            print(f"{name}: expected {wanted}, found {said}")
    for files, command, code, wanted, unwanted in SAID:
        done = run(program, files, command)
        said = " ".join((done.stdout + done.stderr).split())
        faults = [f"exit {done.returncode}, not {code}"] if done.returncode != code else []
        faults += [f"lacks: {w}" for w in wanted if " ".join(w.split()) not in said]
        faults += [f"has: {w}" for w in unwanted if " ".join(w.split()) in said]
        if faults:
            bad += 1
            print(f"{command}: " + "; ".join(faults) + "\n" + done.stdout + done.stderr)
    print(f"{len(table)} verdicts and {len(SAID)} commands, {bad} not as they should be")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
