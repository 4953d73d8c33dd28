#!/usr/bin/env python3
"""The days of records as facts for clingo, which reads no JSON: facts.py FILE > FACTS

Days are numbers from 1970-01-01, first and last that may be meant; the start of a sentence is year, month and day, so
that clingo counts its months. What is not stated is no fact.
"""

import datetime
import json
import sys

EPOCH = datetime.date(1970, 1, 1).toordinal()


def ends(text):
    """First and last day that may be meant."""
    parts = [int(p) for p in text.split("-")]
    first = datetime.date(*(parts + [1, 1])[:3])
    if len(parts) == 3:
        return first, first
    if len(parts) == 1:
        return first, datetime.date(parts[0], 12, 31)
    after = datetime.date(parts[0] + parts[1] // 12, parts[1] % 12 + 1, 1)
    return first, after - datetime.timedelta(days=1)


def days(*texts):
    """Of several dates; nothing if one of them is not stated."""
    if None in texts:
        return None
    return ",".join(str(day.toordinal() - EPOCH) for text in texts for day in ends(text))


def main():
    out = []

    def fact(name, which, rest):
        if rest is not None:
            out.append(f"{name}({which},{rest}).\n")

    with open(sys.argv[1], "rb") as lines:
        for r, line in enumerate(lines):
            record = json.loads(line)
            out.append(f"record({r}).\n")
            for charge in record["charges"]:
                which = f"{r},{charge['id']}"
                fact("act", which, days(charge["act"]))
                fact("in_force", which, days(charge["in_force"]))
            for i, detention in enumerate(record["detention"]):
                fact("charge", f"{r},{i}", detention["charge"])
                fact("from", f"{r},{i}", days(detention["from"]))
                fact("to", f"{r},{i}", days(detention["to"]))
            for i, hearing in enumerate(record["hearings"]):
                fact("held", f"{r},{i}", days(hearing["held"]))
            fact("given", r, days(record["judgment"]["given"]))
            fact("served", r, days(record["judgment"]["served"]))
            if record["appeal"]:
                fact("filed", r, days(record["appeal"]["filed"]))
            if sentence := record["sentence"]:
                first, last = ends(sentence["from"])
                fact("starts", r, ",".join(str(p) for d in (first, last) for p in (d.year, d.month, d.day)))
                fact("term", r, f"{sentence['months']},{sentence['credit_days']}")
                fact("released", r, days(sentence["released"]))
            if r % 1000 == 0:
                sys.stdout.write("".join(out))
                out.clear()
    sys.stdout.write("".join(out))


main()
