#!/usr/bin/env python3
"""The six rules of pack.yaml, written by hand in Python: checks.py FILE (`-`: standard input)"""

import datetime
import json
import sys

LONGEST_DETENTION, APPEAL_TERM = 180, 30
LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
found = {
    rule: {"certain": 0, "possible": 0}
    for rule in (
        "act-before-norm", "held-before-act", "detention-too-long",
        "heard-after-judgment", "appeal-too-late", "released-too-early",
    )
}  # fmt: skip


def length(year, month):
    leap = year % 4 == 0 and year % 100 != 0 or year % 400 == 0
    return 29 if month == 2 and leap else LENGTHS[month - 1]


def ends(text):
    """First and last day that may be meant."""
    if len(text) == 10:
        day = datetime.date.fromisoformat(text)
        return day, day
    year = int(text[:4])
    if len(text) == 4:
        return datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    month = int(text[5:])
    return datetime.date(year, month, 1), datetime.date(year, month, length(year, month))


def window(text):
    """The same as numbers; nothing where nothing is stated."""
    if text is None:
        return None
    first, last = ends(text)
    return first.toordinal(), last.toordinal()


def months_after(day, months):
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    month += 1
    return datetime.date(year, month, min(day.day, length(year, month))).toordinal()


def before(rule, a, b, days=0):
    """A finding where a is more than so many days before b."""
    if a is None or b is None:
        return
    if a[1] + days < b[0]:
        found[rule]["certain"] += 1
    elif a[0] + days < b[1]:
        found[rule]["possible"] += 1


def check(record):
    acts = {}
    for charge in record["charges"]:
        act = acts[charge["id"]] = window(charge["act"])
        before("act-before-norm", act, window(charge["in_force"]))
    for detention in record["detention"]:
        start = window(detention["from"])
        before("held-before-act", start, acts[detention["charge"]])
        before("detention-too-long", start, window(detention["to"]), LONGEST_DETENTION)
    given = window(record["judgment"]["given"])
    for hearing in record["hearings"]:
        before("heard-after-judgment", given, window(hearing["held"]))
    if appeal := record["appeal"]:
        before("appeal-too-late", window(record["judgment"]["served"]), window(appeal["filed"]), APPEAL_TERM)
    if sentence := record["sentence"]:
        months, credit = sentence["months"], sentence["credit_days"]
        first, last = (months_after(day, months) - credit for day in ends(sentence["from"]))
        before("released-too-early", window(sentence["released"]), (first, last))


def main():
    records = 0
    with sys.stdin.buffer if sys.argv[1] == "-" else open(sys.argv[1], "rb") as lines:
        for line in lines:
            check(json.loads(line))
            records += 1
    print(json.dumps({"records": records, "findings": found}))


main()
