#!/usr/bin/python3
"""Writes small random cases: 3 to 7 events, up to two accounts, order lines.

Usage: generate.py --cases N --seed S --folder FOLDER   (case-00000.yaml ...)
A case depends on its seed and number only.
"""
import argparse
import itertools
import os
import random
from datetime import date, timedelta

import brute
import conditions

IDS = ["arrest", "ban", "call", "death", "eve", "flight", "group"]
ACCOUNTS = ["prosecution", "defence"]
MONTHS = brute.MONTHS


class Generator:
    def __init__(self, seed, number):
        self.r = random.Random("%d/%d" % (seed, number))
        self.base = date(2014, 3, 1) + timedelta(self.r.randrange(420))
        self.reach = self.r.choice([12, 30, 60, 100])
        self.masks = self.r.random() < 0.2  # years left open
        self.ages = self.r.random() < 0.12
        self.ids = IDS[:self.r.randint(3, 7)]
        self.two = self.r.random() < 0.6
        self.slack = self.r.choice([0, 3, 10, 30])
        # A way to count birthdays of 29 February; none: nobody chose. Half of the cases lie around a
        # day on which it matters.
        self.birthdays = self.r.choice([None, None, "march_1", "february_28"]) if self.ages else None
        if self.ages and self.r.random() < 0.5:
            self.base, self.reach = date(2015, 2, 22), 12
        self.number = number
        self.seed = seed

    def chance(self, p):
        return self.r.random() < p

    def day(self):
        return self.base + timedelta(self.r.randrange(self.reach))

    # --- dates

    def plain(self, doubt=True):
        d = self.day()
        form = self.r.choices(["day", "month", "season", "year"], [10, 6, 1, 0.5])[0]
        text = {"day": d.isoformat(), "month": d.isoformat()[:7], "year": str(d.year),
                "season": "%d-%d" % (d.year, self.r.choice(
                    [21 + (d.month % 12) // 3 - 1 + 4 * (d.month in (12, 1, 2)),
                     32 + (d.month + 2) // 3, 37 + (d.month - 1) // 4, 40 + (d.month - 1) // 6,
                     self.r.randint(25, 32)]))}[form]
        if doubt and self.chance(0.08):
            text += self.r.choice("?~%")
        return text

    def mask(self):
        d = self.day()
        y, m, x = d.isoformat().split("-")
        forms = ["%s-%sX-%s" % (y, m[0], x), "%s-XX-%s" % (y, x), "%s-%s-XX" % (y, m),
                 "%s-%s-%sX" % (y, m, x[0]), "%s-%s-X%s" % (y, m, x[1]), "%s-X%s" % (y, m[1]),
                 "%s-%sX" % (y, m[0]), "%s-XX-%sX" % (y, x[0])]
        if self.masks:
            forms += ["XXXX-%s-%s" % (m, x), "201X-%s-%s" % (m, x), "201X-%s" % m,
                      "201X-%s-%sX" % (m, x[0]), "XXXX-%s" % m] * 2
        return self.r.choice(forms)

    def interval(self):
        a, b = sorted([self.day(), self.day()])
        ends = [a.isoformat(), b.isoformat()]
        for i in (0, 1):
            if self.chance(0.15):
                ends[i] = ends[i][:7]
            elif self.chance(0.08):
                ends[i] = self.r.choice(["", ".."])
        if all(e in ("", "..") for e in ends):
            ends[1] = b.isoformat()
        return "/".join(ends)

    def one_of(self):
        items = []
        for _ in range(self.r.randint(1, 3)):
            a, b = sorted([self.day(), self.day()])
            items.append(self.r.choices(
                [a.isoformat(), a.isoformat() + ".." + b.isoformat(), a.isoformat()[:7],
                 ".." + a.isoformat(), a.isoformat() + ".."], [8, 4, 2, 0.5, 0.5])[0])
        return self.r.choice(["[%s]", "[%s]", "{%s}"]) % ", ".join(items)

    def absolute(self):
        return self.r.choices([self.plain, self.mask, self.interval, self.one_of],
                              [10, 3, 6, 3])[0]()

    # --- values that lean on others

    def anchor(self, own):
        if self.chance(0.06):
            return self.plain(False)
        others = [e for e in self.ids if e != own[0]]
        name = self.r.choice(others)
        if own[1] == "end" and self.chance(0.4):
            return own[0] + ".start"
        if self.chance(0.2):
            name += self.r.choice([".start", ".end"])
        if self.chance(0.1):
            name = "events." + name
        return name

    def relative(self, own):
        r = self.r
        a = self.anchor(own)
        n = r.choice([1, 1, 2, 3, 5, 7, 10, 14, 20])
        days = "%d day%s" % (n, "" if n == 1 else "s")
        side = r.choice(["before", "after"])
        months = r.choice(["1 month", "2 months", "3 months", "1 week", "2 weeks", "4 weeks"])
        if self.masks and self.chance(0.2):
            months = r.choice(["1 year", "2 years", "12 months"])
        return r.choices(
            ["%s %s %s" % (days, side, a), "at least %s %s %s" % (days, side, a),
             "at most %s %s %s" % (days, side, a), "%s %s" % (side, a), "not %s %s" % (side, a),
             "%s %s" % (r.choice(["on", "same day as"]), a),
             "between %s and %s" % (a, self.anchor(own)),
             "%s of %s" % (r.choice([MONTHS[self.base.month - 1], r.choice(MONTHS)]), a),
             "%s %s of %s" % (r.choice(["last", "this", "same", "next"]),
                              r.choice(["week", "month", "year"]), a),
             "%s %s %s" % (months, side, a),
             "%s %s %s %s" % (r.choice(["at least", "at most"]), months, side, a)],
            [5, 4, 2, 4, 4, 2, 4, 2, 4, 4, 2])[0]

    # --- values that hang on the very day of another, and on one another

    def link(self, own):
        """What may be the anchor of another expression, around `%s`."""
        r = self.r
        n = r.choice([1, 1, 2, 3, 5, 8])
        side = r.choice(["before", "after"])
        near = r.choice(["before", "after", "on or before", "on or after"])
        weekday = r.choice(["", "the "]) + r.choice(brute.WEEKDAYS)
        unit = r.choice(["day", "day", "week"])
        working = "%d working day%s %s" % (n, "" if n == 1 else "s", side)
        return r.choices(
            ["%s %s %%s" % (weekday, near),
             "%s of %s week of %%s" % (weekday, r.choice(["last", "this", "same", "next"])),
             working + " %s", r.choice(["at least ", "at most "]) + working + " %s",
             "0 working days %s %%s" % side,
             "%d %s%s %s %%s" % (n, unit, "" if n == 1 else "s", side),
             r.choice(["at least ", "at most "]) + "%d days %s %%s" % (n + 1, side),
             "1 month %s %%s" % side,
             "%s of %%s" % MONTHS[self.base.month - 1],
             "%s %s of %%s" % (r.choice(["last", "this", "next"]), r.choice(["week", "month"]))],
            [5, 3, 5, 3, 0.5, 3, 1, 1, 0.5, 1])[0]

    def further(self, own):
        r = self.r
        out = "%s"
        for _ in range(r.choices([0, 1, 2, 3], [5, 4, 2, 0.5])[0]):
            out = self.link(own) % out
        if out == "%s" or self.chance(0.4):
            out = self.link(own) % out
        else:
            start = r.choices(["%s", "on %s", "before %s", "after %s", "not before %s",
                               "not after %s", "between %s and " + self.anchor(own)],
                              [2, 2, 2, 2, 1, 1, 1])[0]
            out = start.replace("%s", out)
        if self.ages and self.chance(0.5):
            n = r.choice([0, 1, 1, 2, 3])
            age = "%d" % n if self.chance(0.6) else "%d to %d" % (n, n + r.choice([1, 2]))
            out = "aged %s on %%s" % age
        return out % self.anchor(own)

    def value(self, own):
        if self.chance(0.2):
            return self.further(own)
        return self.relative(own) if self.chance(0.34) else self.absolute()

    # --- the case

    def field(self, own):
        """Lines of a field, after its name."""
        r = self.r
        if not self.two and not self.chance(0.12):
            return " " + quoted(self.value(own))
        if self.two and self.chance(0.35):
            return " " + quoted(self.value(own))
        keys = [(by, source) for by in (ACCOUNTS + [None] if self.two else [None])
                for source in (None, "news", "paper")]
        if self.two:
            # Mostly one word an account; at times an account has two from two sources.
            count = r.choices([1, 2, 3], [5, 5, 1.5])[0]
            picked = r.sample(keys[:6] + keys[6:7], count)
        else:
            picked = r.sample(keys, 2)
        conceded = False
        out = []
        for by, source in picked:
            value = self.value(own)
            if len(picked) > 1:
                value = value.replace("?", "").replace("%", "~")  # see README.md
            line = "value: " + quoted(value)
            if by:
                line += ", by: " + by
                state = r.choices([None, "unchallenged", "conceded", "withdrawn", "proposed"],
                                  [20, 3, 2, 1, 1])[0]
                if state == "conceded":
                    state = None if conceded else state
                    conceded = True
                if state:
                    line += ", state: " + state
            if source:
                line += ", source: " + source
            out.append("{" + line + "}")
        if len(out) == 1 and self.chance(0.7):
            return " " + out[0]
        return "".join("\n      - " + o for o in out)

    def force(self):
        """A period: an interval, or what holds both its ends."""
        r = self.r
        days = sorted([self.day(), self.day()])
        ends = [d.isoformat()[:r.choice([7, 10, 10, 10])] for d in days]
        if self.chance(0.1):
            ends[r.randrange(2)] = r.choice(["..", self.mask()])
        if self.chance(0.06):
            ends[r.randrange(2)] += r.choice("?~")
        ends = [e.replace("..?", "..").replace("..~", "..") for e in ends]
        return ends[0] if self.chance(0.15) and ends[0] != ".." else "/".join(ends)

    def norms(self):
        """Lines of records with a period, by their ids."""
        r = self.r
        out = {}
        for name in ["law", "code"][:r.choices([0, 1, 2], [4, 4, 2])[0]]:
            out[name] = ["  %s:" % name, "    title: a norm"]
            picked = [(None, None)]
            if self.chance(0.25):
                keys = [(by, source) for by in (ACCOUNTS if self.two else [None])
                        for source in (None, "news", "paper")]
                picked = r.sample(keys, r.choice([1, 2]))
            elif self.chance(0.08):
                continue
            out[name].append("    force:")
            for by, source in picked:
                value = self.force()
                if len(picked) > 1:
                    value = value.replace("?", "")
                line = "value: " + quoted(value)
                line += ", by: " + by if by else ""
                line += ", source: " + source if source else ""
                out[name].append("      - {%s}" % line)
        return out

    def name(self, e):
        if self.chance(0.12):
            e += self.r.choice([".start", ".end"])
        return "events." + e if self.chance(0.05) else e

    def word(self):
        r = self.r
        n = r.choice([1, 2, 3, 5, 10, 15])
        distance = "%d day%s" % (n, "" if n == 1 else "s")
        if self.chance(0.15):
            distance = r.choice(["1 week", "2 weeks"])
        distance += r.choice([" before", " after"])
        return r.choices(["before", "after", "not before", "not after", "same day as", distance,
                          "at least " + distance, "at most " + distance],
                         [4, 4, 2, 2, 1, 1, 2, 1])[0]

    def text(self):
        r = self.r
        out = ["case:", "  id: random-%d-%05d" % (self.seed, self.number),
               "  policies: {approximate_slack: %d%s}" % (
                   self.slack, ", leap_birthday: " + self.birthdays if self.birthdays else ""),
               "  working_days: small"]
        if self.two:
            adopts = self.chance(0.4)
            turned = self.chance(0.5)
            out += ["accounts:"]
            for k, a in enumerate(ACCOUNTS):
                more = ", adopts: [%s]" % ACCOUNTS[1 - k] if adopts and turned == bool(k) else ""
                out.append("  %s: {role: party%s}" % (a, more))
        out += ["sources:", "  news: {title: news}", "  paper: {title: paper}", "events:"]
        for e in self.ids:
            fields = []
            if self.two and self.chance(0.04):
                fields.append("    by: " + r.choice(ACCOUNTS))
            if self.chance(0.15):
                fields.append("    kind: " + r.choice(["detention", "trial", "meeting"]))
            if self.chance(0.85):
                fields.append("    start:" + self.field((e, "start")))
            if self.chance(0.15):
                fields.append("    end:" + self.field((e, "end")))
            out.append("  %s:%s" % (e, "" if fields else " {}"))
            out += fields
        lines = []
        for _ in range(r.choices([0, 1, 2, 3, 4], [3, 4, 4, 2, 1])[0]):
            names = r.sample(self.ids, 3 if self.chance(0.2) else 2)
            line = self.name(names[0])
            for n in names[1:]:
                line += " %s %s" % (self.word(), self.name(n))
            if self.two and self.chance(0.4):
                lines.append("  - {value: %s, by: %s}" % (line, r.choice(ACCOUNTS)))
            else:
                lines.append("  - " + line)
        if lines:
            out += ["order:"] + lines
        norms = self.norms()
        if norms:
            out += ["norms:"] + [line for lines in norms.values() for line in lines]
        writer = conditions.Writer(r, self.ids, sorted(norms), self.day)
        out += ["# ask: " + q for q in writer.questions(3)]
        if self.chance(0.15):
            by = ", by: " + r.choice(ACCOUNTS) if self.two and self.chance(0.5) else ""
            out += ["identity:", "  - {events: [%s], value: %s%s}"
                    % (", ".join(r.sample(self.ids, 2)), r.choice(["yes", "yes", "no"]), by)]
        return "\n".join(out) + "\n"


def quoted(value):
    return value if value.replace(" ", "").replace("-", "").replace(".", "").isalnum() \
        and value[0] != "." else '"%s"' % value


def refused(text):
    """Why the program has to refuse the file, if it has to; brute.py reads the dates."""
    try:
        case = brute.Case(text)
        read = {}
        for (name, field), given in case.asserted.items():
            for a, b in itertools.combinations(given, 2):
                if (a["by"], a["source"]) == (b["by"], b["source"]) and \
                        "conceded" not in (a["state"], b["state"]):
                    return "said twice"
            for a in given:
                if field == "force":
                    ends = a["value"].split("/")
                    days = [case.reader.edtf(e)[0] for e in ends if e not in ("", "..")]
                    if len(days) == 2 and brute.last(days[1]) < brute.first(days[0]):
                        return name + " ends before it starts"
                elif field != "kind" and brute.is_edtf(a["value"]):
                    days, doubt = case.reader.edtf(a["value"])
                    if not doubt:
                        read.setdefault((name, a["by"], a["source"]), {}) \
                            .setdefault(field, []).append(days)
    except ValueError as error:
        return str(error)
    for (name, _, _), fields in read.items():
        for start in fields.get("start", []):
            for end in fields.get("end", []):
                if brute.first(start) > brute.last(end):
                    return name + " ends before it starts"
    return None


def make(seed, number):
    generator = Generator(seed, number)
    while True:
        text = generator.text()
        if not refused(text):
            return text


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", required=True)
    options = parser.parse_args()
    for k in range(options.cases):
        with open(os.path.join(options.folder, "case-%05d.yaml" % k), "w",
                  encoding="utf-8") as f:
            f.write(make(options.seed, k))
