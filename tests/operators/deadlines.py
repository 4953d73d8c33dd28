#!/usr/bin/env python3
"""The last day of a term, beside arithmetic of its own: random days, terms, policies and calendars.

deadlines.py PROGRAM [--cases N] [--seed S]
Exit: 0 all the same, 1 a difference.
"""
import argparse
import calendar
import datetime
import itertools
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
DAY = datetime.timedelta(1)
CONVENTIONS = {
    "month_end": ["clamp", "overflow"],
    "deadline_first_day": ["excluded", "included"],
    "deadline_rolls": ["no", "yes"],
}
TERMS = ["1 day", "10 days", "2 weeks", "1 month", "3 months", "1 year", "1 working day", "7 working days"]
FIRST, LAST = datetime.date(2014, 1, 1), datetime.date(2016, 12, 31)  # what the calendar covers
RECORDS = 40


def add_months(day, months, overflow):
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    length = calendar.monthrange(year, month + 1)[1]
    start = datetime.date(year, month + 1, 1)
    return start + (min(day.day, length) - 1 if not overflow else day.day - 1) * DAY


def on(day, works):
    """The first working day from this one on; None where the calendar doesn't say."""
    while FIRST <= day <= LAST:
        if works(day):
            return day
        day += DAY
    return None


def deadline(day, term, how, works):
    count, unit = int(term.split()[0]), term.split(" ", 1)[1].rstrip("s")
    included = how["deadline_first_day"] == "included"
    if unit == "working day":
        last = on(day if included else day + DAY, works)
        for _ in range(count - 1):
            last = last and on(last + DAY, works)
        return last
    if unit in ("month", "year"):
        last = add_months(day, count * (12 if unit == "year" else 1), how["month_end"] == "overflow")
    else:
        last = day + count * (7 if unit == "week" else 1) * DAY
    if included:
        last -= DAY
    return on(last, works) if how["deadline_rolls"] == "yes" else last


def ways(chosen):
    """Every way of counting that the choices leave."""
    open_words = [CONVENTIONS[c] if chosen[c] == "unset" else [chosen[c]] for c in CONVENTIONS]
    return [dict(zip(CONVENTIONS, words)) for words in itertools.product(*open_words)]


def verdict(last_days, said):
    """Of the requirement that the term ends on the day said; a day unknown may be any."""
    kept = {None if d is None else d == said for d in last_days}
    return {frozenset([True]): "none", frozenset([False]): "certain"}.get(frozenset(kept), "possible")


def random_case(rng, number):
    free = rng.sample(["Monday", "Friday", "Saturday", "Sunday"], rng.randint(1, 3))
    names = list(calendar.day_name)
    holidays = {FIRST + rng.randint(0, 1095) * DAY for _ in range(rng.randint(0, 60))}
    worked = {FIRST + rng.randint(0, 1095) * DAY for _ in range(rng.randint(0, 30))} - holidays

    def works(day):
        return day in worked or (day not in holidays and names[day.weekday()] not in free)

    chosen = {c: rng.choice(words + ["unset"]) for c, words in CONVENTIONS.items()}
    records, expected = {}, {}
    for n in range(RECORDS):
        term = rng.randrange(len(TERMS))
        # Ends of months, and days near the end of the calendar, come up often.
        day = datetime.date(rng.randint(2014, 2016), rng.randint(1, 12), 1) + rng.choice([-1, 0, rng.randint(1, 30)]) * DAY
        lasts = {deadline(day, TERMS[term], how, works) for how in ways(chosen)}
        some = sorted(d for d in lasts if d) or [day]
        said = rng.choice(some) + rng.choice([0, 0, 1, -1]) * DAY
        records[f"p{n}"] = {"title": "a term", "one_day": str(day), "other_day": str(said), "n": term}
        expected[f"pairs.p{n}"] = verdict(lasts, said)
    pack = {
        "pack": {"id": f"calendar-{number}", "title": "Working days"},
        "calendars": {
            "small": {
                "title": "Nobody's",
                "years": [FIRST.year, LAST.year],
                "free": free,
                "holidays": sorted(map(str, holidays)),
                "worked": sorted(map(str, worked)),
            }
        },
    }
    case = {
        "case": {
            "id": f"deadlines-{number}",
            "packs": [f"calendar-{number}.yaml"],
            "working_days": "small",
            "policies": chosen,
        },
        "pairs": records,
    }
    return pack, case, expected


def rules():
    return {
        "pack": {"id": "deadlines", "title": "Terms"},
        "policies": {c: "unset" for c in CONVENTIONS},
        "rules": [
            {
                "id": f"term-{n}",
                "title": term,
                "kind": "law",
                "severity": "error",
                "about": "record",
                "reaches": "record",
                "for": {"p": "pair"},
                "where": f"p.n = {n}",
                "require": f"p.other_day same day as deadline(p.one_day, {term})",
                "message": "{p}",
                "basis": [{"cite": "a test"}],
            }
            for n, term in enumerate(TERMS)
        ],
    }


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("program")
    options.add_argument("--cases", type=int, default=60)
    options.add_argument("--seed", type=int, default=4)
    options = options.parse_args()
    rng = random.Random(options.seed)
    wrong = 0
    count = dict.fromkeys(["none", "possible", "certain"], 0)
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "rules").mkdir()
        shutil.copy(HERE / "vocabulary.yaml", folder / "rules")
        (folder / "rules" / "deadlines.yaml").write_text(json.dumps(rules()))
        for number in range(options.cases):
            pack, case, expected = random_case(rng, number)
            (folder / f"calendar-{number}.yaml").write_text(json.dumps(pack))
            file = folder / f"case-{number}.yaml"
            file.write_text(json.dumps(case))
            done = subprocess.run(
                [options.program, "check", "--format", "json", "--fail-on", "never", file],
                capture_output=True,
                text=True,
                check=False,
                env={**os.environ, "ANTINOMY_RULES": str(folder / "rules")},
            )
            if done.returncode != 0:
                print(f"seed {options.seed}, case {number}: exit code {done.returncode}\n{done.stderr}")
                return 1
            found = {f["at"]: f["verdict"] for f in json.loads(done.stdout)["findings"]}
            for at, wanted in expected.items():
                count[wanted] += 1
                got = found.pop(at, "none")
                if got != wanted:
                    wrong += 1
                    record = case["pairs"][at[6:]]
                    print(f"seed {options.seed}, case {number}, {at}: {got}, not {wanted}: {TERMS[record['n']]} from "
                          f"{record['one_day']} said to end {record['other_day']}, {case['case']['policies']}")
            wrong += len(found)
            for at in found:
                print(f"seed {options.seed}, case {number}: {at} is found, and nothing should be")
    print(f"{sum(count.values())} terms ({', '.join(f'{n} {v}' for v, n in count.items())}): {wrong} differ")
    return 1 if wrong or not all(count.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
