"""What must be found in the data sets of sets/, read and reckoned from the finished files alone: nothing here knows
how they were made, and nothing of the program is used. Each function gives how often there is (id of the record, rule,
place, verdict). Standard library only.
"""

import calendar
import csv
import datetime
import json
import re
from collections import Counter

DAY = datetime.timedelta(days=1)


def span(text):
    """First and last day of 2014-09-29, 2014-09 or 2014."""
    parts = [int(p) for p in text.split("-")]
    if len(parts) == 3:
        return datetime.date(*parts), datetime.date(*parts)
    if len(parts) == 2:
        return datetime.date(*parts, 1), datetime.date(*parts, calendar.monthrange(*parts)[1])
    return datetime.date(parts[0], 1, 1), datetime.date(parts[0], 12, 31)


def later(a, b):
    """Is a later than b: certain, possible or None."""
    if a[0] > b[1]:
        return "certain"
    return "possible" if a[1] > b[0] else None


def read_officials(path):
    """The list, by the indentation of this one file."""
    out = []
    for line in path.read_text(encoding="utf-8").splitlines():
        line = re.sub(r"\s+#.*$", "", line)
        if not line or line.startswith("#"):
            continue
        dash, key, value = re.match(r"^( *-? *)([a-z_]+):\s*(.*)$", line).groups()
        value = value.strip("'\"")
        if line.startswith("- "):
            out.append({"terms": []})
        elif dash == "  - ":
            out[-1]["terms"].append({key: value})
        elif key in ("start", "end", "party") and out[-1]["terms"]:
            out[-1]["terms"][-1][key] = value
        elif value:
            out[-1][key] = value
    return out


def age(born, day):
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def officials(path):
    found = Counter()
    for o in read_officials(path):
        who = o["register"]
        born = datetime.date.fromisoformat(o["birthday"]) if "birthday" in o else None
        died = datetime.date.fromisoformat(o["deathday"]) if "deathday" in o else None
        terms = [(t["type"], datetime.date.fromisoformat(t["start"]), datetime.date.fromisoformat(t["end"])) for t in o["terms"]]
        for i, (kind, start, end) in enumerate(terms, 1):
            at = f"terms.term-{i}"
            if start > end:
                found.update([(who, "term-ends-before-it-starts", at, "certain")])
            if died and start > died:
                found.update([(who, "term-begins-after-death", at, "certain")])
            if born and age(born, start) < {"rep": 25, "sen": 30}[kind]:
                found.update([(who, "too-young-for-office", at, "certain")])
            for _, other_start, other_end in terms[i:]:
                if end > other_start and other_end > start:
                    found.update([(who, "terms-overlap", "officials.member", "certain")])
    return found


def begins_within(a, b):
    """Does b begin after a has begun and before it has ended? An end that is not stated decides nothing."""
    (start, end), (other, _) = a, b
    if not end:
        return None
    if start[1] < other[0] and other[1] < end[0]:
        return "certain"
    return "possible" if max(other[0], start[0] + DAY) <= min(other[1], end[1] - DAY) else None


def courts(path):
    found = Counter()
    for c in json.loads(path.read_text(encoding="utf-8"))["courts"]:
        created = c.get("created")
        created = span(created) if created not in (None, "unknown") else None
        dates = [(span(d["start"]), span(d["end"]) if d["end"] else None) for d in c["dates"]]
        for i, (start, end) in enumerate(dates, 1):
            at = f"sittings.dates-{i}"
            if end and (verdict := later(start, end)):
                found.update([(c["id"], "sitting-ends-before-it-starts", at, verdict)])
            if created and (verdict := later(created, start)):
                found.update([(c["id"], "sits-before-it-was-created", at, verdict)])
            for other in dates[i:]:
                verdicts = {begins_within(*pair) for pair in (((start, end), other), (other, (start, end)))}
                if verdict := "certain" if "certain" in verdicts else "possible" if "possible" in verdicts else None:
                    found.update([(c["id"], "sittings-overlap", "institutions.court", verdict)])
    return found


def judgments(path):
    found = Counter()
    text = path.read_bytes().decode("utf-8-sig")
    rows = csv.reader(text.split("\r\n", 1)[1].splitlines(keepends=True), delimiter=";")
    columns = next(rows)

    def date(text):
        if text in ("", "-", "k.A."):
            return None
        if "/" in text:
            month, year = text.split("/")
            return span(f"{year}-{month}")
        day, month, year = text.split(".")
        return span(f"{year}-{int(month):02}-{int(day):02}")

    for cells in rows:
        row = dict(zip(columns, cells))
        who = re.sub(r"[^0-9A-Za-z]+", "-", row["Aktenzeichen"])
        act, received, heard, given, final, appeal = (
            date(row[c]) for c in ("Datum der Tat", "Eingang", "Mündliche Verhandlung", "Urteil", "Rechtskraft", "Berufung")
        )

        def add(rule, verdict):
            if verdict:
                found.update([(who, rule, "judgments.row", verdict)])

        if heard:
            add("heard-after-judgment", later(heard, given))
        if act:
            add("received-before-act", later(act, received))
        if final and not appeal:
            add("final-before-appeal-period", "certain" if final[0] < given[0] + 7 * DAY else None)
        if appeal:
            add("appeal-too-late", "certain" if appeal[0] > given[0] + 7 * DAY else None)
        term, credited = row["Freiheitsstrafe (Monate)"], row["U-Haft (Tage)"]
        if row["Ergebnis"] == "Freispruch" and term.isdigit():
            add("term-after-acquittal", "certain")
        if term.isdigit() and credited.isdigit():
            # A month has 28 to 31 days; so many in a row, from the least to the most that the calendar has.
            least, most = months(int(term))
            add("credited-more-than-term", "certain" if int(credited) > most else "possible" if int(credited) > least else None)
    return found


def months(n):
    lengths = []
    for year in range(1999, 2005):
        for month in range(12):
            at = year * 12 + month
            lengths.append((datetime.date((at + n) // 12, (at + n) % 12 + 1, 1) - datetime.date(year, month + 1, 1)).days)
    return min(lengths), max(lengths)
