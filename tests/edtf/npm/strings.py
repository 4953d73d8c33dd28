"""Random strings of EDTF, levels 0 to 2, and a few that are none. The same in every run of a seed."""
import random

QUALIFIERS = "?~%"


class Strings:
    def __init__(self, seed):
        self.r = random.Random(seed)

    def chance(self, p):
        return self.r.random() < p

    def year(self):
        """Mostly years that have cases, but early ones, too, and those before the year 0."""
        r = self.r
        kind = r.choices(["near", "far", "early", "negative"], [12, 3, 1, 1])[0]
        if kind == "near":
            return "%04d" % r.randint(1890, 2040)
        if kind == "far":
            return "%04d" % r.randint(100, 9999)
        if kind == "early":
            return "%04d" % r.randint(0, 99)
        return "-%04d" % r.randint(1, 4000)

    def day(self):
        """Days that are none (30 February) come now and then."""
        r = self.r
        last = 31 if self.chance(0.1) else 28
        return "%s-%02d-%02d" % (self.year(), r.randint(1, 12), r.randint(1, last))

    def month(self):
        return "%s-%02d" % (self.year(), self.r.randint(1, 13 if self.chance(0.1) else 12))

    def season(self):
        return "%s-%d" % (self.year(), self.r.choice(list(range(21, 42)) + [21, 22, 23, 24]))

    def plain(self):
        return self.r.choices([self.day, self.month, self.year], [4, 2, 2])[0]()

    def mask(self):
        """X in place of any figures, but for the sign; what no month or day fits is left in."""
        text = self.r.choices([self.day, self.month, self.year], [5, 2, 2])[0]()
        style = self.r.random()
        if style < 0.5:
            # Whole parts, from behind: 2014-XX-XX, 201X, 20XX-10-05.
            sign, body = ("-", text[1:]) if text[0] == "-" else ("", text)
            parts = body.split("-")
            for i in range(len(parts)):
                if self.chance(0.5):
                    keep = self.r.randint(0, len(parts[i]) - 1) if i == 0 or self.chance(0.2) else 0
                    parts[i] = parts[i][:keep] + "X" * (len(parts[i]) - keep)
            return sign + "-".join(parts)
        return "".join("X" if c.isdigit() and self.chance(0.2) else c for c in text)

    def qualified(self):
        """A mark behind the whole, or before and behind parts."""
        text = self.mask() if self.chance(0.1) else self.plain()
        if self.chance(0.6):
            return text + self.r.choice(QUALIFIERS)
        sign, body = ("-", text[1:]) if text[0] == "-" else ("", text)
        parts = body.split("-")
        parts[0] = sign + parts[0]
        for i in range(len(parts)):
            where = self.r.random()
            if where < 0.3:
                parts[i] = self.r.choice(QUALIFIERS) + parts[i]
            elif where < 0.6:
                parts[i] += self.r.choice(QUALIFIERS)
        return "-".join(parts)

    def long_year(self):
        r = self.r
        sign = r.choice(["", "", "-"])
        if self.chance(0.5):
            return "Y%s%d" % (sign, r.choice([r.randint(10000, 270000), r.randint(10000, 999999999)]))
        return "Y%s%dE%d" % (sign, r.randint(1, 99), r.randint(3, 7))

    def significant(self):
        r = self.r
        base = r.choice([self.year, self.long_year])()
        return "%sS%d" % (base, r.randint(1, 4))

    def interval(self):
        r = self.r
        if self.chance(0.05):  # within one year, the whole at the end
            year = self.year()
            return "%s%s/%s" % (year, r.choice(["", "-05"]), year)
        make = r.choice([self.day, self.month, self.year, self.plain])
        ends = [make(), (make if self.chance(0.7) else self.plain)()]
        if self.chance(0.85):
            ends.sort(key=order)
        for i in (0, 1):
            if self.chance(0.12):
                ends[i] += r.choice(QUALIFIERS)
        if self.chance(0.3):
            ends[r.randint(0, 1)] = r.choice(["", ".."])
        return "/".join(ends)

    def later(self, text):
        """A date of the same kind, soon after: the libraries count ranges out, date by date."""
        parts = text.lstrip("-").split("-")
        top = {1: 9999, 2: 12, 3: 28}[len(parts)]
        last = min(top, max(int(parts[-1]), int(parts[-1]) + self.r.randint(1, 6)))
        if len(parts) == 1 and text[0] == "-":
            last = max(1, int(parts[0]) - self.r.randint(1, 6))
        parts[-1] = "%0*d" % (len(parts[-1]), max(last, int(parts[-1])) if len(parts) > 1 else last)
        return ("-" if text[0] == "-" else "") + "-".join(parts)

    def of_many(self):
        r = self.r
        make = r.choice([self.day, self.month, self.year])
        count = r.randint(1, 4)
        items = []
        for text in sorted((make() for _ in range(count)), key=order):
            items.append(text + ".." + self.later(text) if self.chance(0.35) else text)
        if self.chance(0.1):
            items[0] = ".." + items[0].split("..")[0]
        elif self.chance(0.1):
            items[-1] = items[-1].split("..")[0] + ".."
        return r.choice(["[%s]", "[%s]", "{%s}"]) % ",".join(items)

    def time(self):
        r = self.r
        zone = r.choices(["", "Z", "offset"], [4, 3, 3])[0]
        if zone == "offset":
            zone = "%s%02d:%02d" % (r.choice("+-"), r.randint(0, 12), r.choice([0, 0, 30, 45]))
        return "%sT%02d:%02d:%02d%s" % (
            self.day(), r.randint(0, 23), r.randint(0, 59), r.randint(0, 59), zone)

    def one(self):
        return self.r.choices(
            [self.plain, self.mask, self.season, self.qualified, self.long_year, self.significant,
             self.interval, self.of_many, self.time],
            [5, 4, 3, 4, 1.5, 1.5, 5, 4, 3])[0]()

    def some(self, count):
        """As many different strings."""
        found = {}
        while len(found) < count:
            found[self.one()] = None
        return list(found)


def order(text):
    """The first day of a plain date, roughly: numbers that sort as the dates do."""
    sign, body = (-1, text[1:]) if text[0] == "-" else (1, text)
    parts = [int(x) for x in body.split("-")]
    return (sign * parts[0], *parts[1:])
