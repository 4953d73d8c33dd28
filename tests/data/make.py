#!/usr/bin/env python3
"""Made the three data sets in sets/, once, by a fixed seed; nobody in them exists. Their forms are those of
lists that are public: members of parliaments with their terms (YAML), courts with the dates between which
they sat (JSON), judgments as a register exports them (CSV). What is wrong in them was strewn in by chance.

    make.py           writes them anew: the same bytes
"""

import datetime
import json
import random
from pathlib import Path

SETS = Path(__file__).resolve().parent / "sets"
DAY = datetime.timedelta(days=1)


def name(r):
    first = r.choice(["Ada", "Ben", "Cleo", "Dan", "Éva", "Finn", "Gül", "Hans", "Iris", "Jón", "Zoë"])
    return f"{first} {r.choice('ABCDEFGHKLMNPRST')}{r.choice(['arrow', 'ellow', 'ister', 'orten', 'uskin', 'ønder'])}"


def officials():
    r = random.Random(11)
    out = ["# Members of two chambers (invented)."]
    for i in range(300):
        born = datetime.date(r.randrange(1780, 1960), r.randrange(1, 13), r.randrange(1, 29))
        chamber = r.choice(["rep", "rep", "sen"])
        age = r.choice([25, 26, 31, 40, 55, 24 if r.random() < 0.2 else 33, 29])
        year = born.year + age + (born.year + age + 1) % 2
        terms = []
        for _ in range(r.randrange(1, 7)):
            length = 2 if chamber == "rep" else 6
            start, end = datetime.date(year, 1, 3), datetime.date(year + length, 1, 3)
            if r.random() < 0.03:
                end += DAY * r.choice([1, 30, 400])
            if r.random() < 0.02:
                start, end = end, start
            terms.append((chamber, start, end))
            year += length
            if r.random() < 0.15:
                chamber = "sen" if chamber == "rep" else "rep"
            if r.random() < 0.2:
                year += 2
        died = None
        if r.random() < 0.6:
            last = max(e for _, _, e in terms)
            died = last + DAY * (r.randrange(0, 20000) if r.random() < 0.93 else -r.randrange(1, 2500))
        out += [f"- id:", f"    register: {chr(65 + i % 26)}{i:06}"]
        full = name(r)
        out += ["  name:", f"    last: {full.split()[1]}", f"    official_full: {json.dumps(full, ensure_ascii=False)}"]
        if r.random() < 0.95 or died:
            out.append("  bio:")
            if r.random() < 0.95:
                out.append(f"    birthday: {born}" if r.random() < 0.5 else f"    birthday: '{born}'")
            if died:
                out.append(f"    deathday: {died}")
            out.append(f"    gender: {r.choice('MF')}")
        out.append("  terms:")
        for kind, start, end in terms:
            out += [f"  - type: {kind}", f"    start: '{start}'", f"    end: '{end}'"]
            if r.random() < 0.7:
                out.append(f"    party: {r.choice(['Whig', 'Tory', 'Green'])}  # at the start")
    (SETS / "officials.yaml").write_text("\n".join(out) + "\n", encoding="utf-8")


def courts():
    r = random.Random(12)
    out = []

    def written(day):
        return r.choice([str(day)] * 4 + [str(day)[:7], str(day)[:4]])

    for i in range(150):
        at = datetime.date(r.randrange(1700, 1990), r.randrange(1, 13), r.randrange(1, 29))
        created = r.choice([None, "unknown", written(at), str(at.year), str(at + DAY * r.randrange(1, 900))])
        dates = []
        for _ in range(r.randrange(1, 5)):
            end = at + DAY * r.randrange(200, 20000)
            entry = {"start": written(at), "end": written(end), "judges": r.choice([1, 3, 5, 9])}
            if r.random() < 0.04:
                entry["start"], entry["end"] = entry["end"], entry["start"]
            if r.random() < 0.1:
                del entry["judges"]
            dates.append(entry)
            at = end + DAY * r.choice([0, 0, 0, 1, 400, -20, -400])
        if r.random() < 0.7:
            dates[-1]["end"] = None
        court = {"id": f"ct{i:03}", "name": f"Court of {name(r).split()[1]} \u2013 \u00a7 {i}",
                 "level": r.choice(["gjc", "iac", "colr"]), "location": {"state": r.choice(["Tallis", "Orme"])},
                 "created": created, "dates": dates}  # fmt: skip
        if r.random() < 0.3:
            court["name_history"] = [{"name": f"Old \"{k}\" Court", "until": 1800 + k} for k in range(2)]
        if created is None and r.random() < 0.5:
            del court["created"]
        out.append(court)
    r.shuffle(out)
    whole = {"source": "invented", "license": "none", "courts": out, "count": len(out)}
    (SETS / "courts.json").write_text(json.dumps(whole, indent=1), encoding="ascii")


def judgments():
    r = random.Random(13)
    columns = ["Aktenzeichen", "Gericht", "Datum der Tat", "Eingang", "Mündliche Verhandlung", "Urteil", "Rechtskraft",
               "Berufung", "Ergebnis", "Freiheitsstrafe (Monate)", "U-Haft (Tage)", "Kosten", "öffentlich", "Besetzung",
               "Bemerkung"]  # fmt: skip
    lines = ["Register der Strafsachen;Stand 31.12.2019" + ";" * 13, ";".join(columns)]

    def cell(text):
        return '"' + text.replace('"', '""') + '"' if any(c in text for c in ';"\n') or r.random() < 0.1 else text

    def day(d, month_only=0.0):
        if d is None:
            return r.choice(["", "-", "k.A."])
        if r.random() < month_only:
            return f"{d.month:02}/{d.year}"
        return f"{d.day:02}.{d.month:02}.{d.year}" if r.random() < 0.9 else f"{d.day}.{d.month}.{d.year}"

    def maybe(d, share):
        return d if r.random() < share else None

    for i in range(500):
        act = datetime.date(2010, 1, 1) + DAY * r.randrange(3000)
        received = act + DAY * (r.randrange(1, 400) if r.random() < 0.97 else -r.randrange(1, 60))
        heard = received + DAY * r.randrange(5, 300)
        given = heard + DAY * (r.randrange(0, 20) if r.random() < 0.97 else -r.randrange(1, 5))
        appeal = maybe(given + DAY * r.choice([1, 3, 7, 7, 8, 20]), 0.25)
        final = maybe(given + DAY * r.choice([7, 7, 8, 30, 6 if r.random() < 0.2 else 9]), 0.8)
        outcome = r.choice(["Verurteilung"] * 5 + ["Freispruch"] * 2 + ["Einstellung"])
        term = r.choice([3, 6, 12, 30, 120]) if outcome == "Verurteilung" or r.random() < 0.02 else None
        credited = r.choice([0, 14, 60, 95, 190]) if term and r.random() < 0.6 else None
        row = [f"{r.randrange(1, 40)} Ds {i}/{given.year % 100:02}", "Amtsgericht Überlauf", day(act, 0.1), day(received),
               day(maybe(heard, 0.9)), day(given), day(final), day(appeal), outcome, str(term) if term else "-",
               str(credited) if credited is not None else r.choice(["", "-"]),
               r.choice(["", f"{r.randrange(1, 9)}.{r.randrange(1000):03},{r.randrange(100):02}", f"{r.randrange(900)},5"]),
               r.choice(["J", "N", ""]), r.choice(["Adler", "Adler, Brühl", "Adler,Çelik, Brühl", "-"]),
               r.choice(["", "", "siehe Blatt 12; dort auch das Übrige", 'sogenannter "Altfall"', "zwei\nZeilen"])]  # fmt: skip
        lines.append(";".join(cell(c) for c in row))
    text = "\ufeff" + "\r\n".join(lines) + "\r\n"
    (SETS / "judgments.csv").write_bytes(text.encode("utf-8"))


if __name__ == "__main__":
    officials()
    courts()
    judgments()
