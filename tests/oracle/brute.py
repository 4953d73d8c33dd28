#!/usr/bin/python3
"""The timeline once more, by brute force over days.

Reads the YAML of a case with PyYAML and works out, per account, what the documents say: does the
view stand, which days has each point left, is one event before another, how few statements
contradict one another. Shares nothing with the program: another reader of dates, another reader of
expressions, and no graph of distances. A set of days is an integer with a bit for each day; a
statement about two points keeps in each set the days that have a partner in the other; what that
leaves is searched, and a dating counts only after every statement was looked up in it.

Usage: brute.py FILE...   (one line of JSON a file)
"""
import calendar
import functools
import itertools
import json
import os
import re
import sys
from bisect import bisect_right
from datetime import date, timedelta

import yaml

import conditions

LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
LASTING = {"detention", "residence", "trial"}
MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September",
          "October", "November", "December"]
FAR = 10 ** 9  # no day
SMALL = 60  # a point with no more days than this from first to last is compared day by day


class World:
    """The days that are searched: wide enough that its edges are never felt from inside."""

    def __init__(self, begin, end, margin):
        self.margin = margin  # days from the edge that count as "no bound"
        self.low = begin.toordinal()
        self.size = end.toordinal() - self.low + 1
        self.full = (1 << self.size) - 1
        self.years = range(begin.year, end.year + 1)
        self.dates = [date.fromordinal(self.low + i) for i in range(self.size)]
        self.tables = {}

    def index(self, day):
        return day.toordinal() - self.low

    def span(self, first, last):
        """Days first..last (indices, None: open) as a set."""
        first = 0 if first is None else max(first, 0)
        last = self.size - 1 if last is None else min(last, self.size - 1)
        return ((1 << (last + 1)) - (1 << first)) if first <= last else 0

    def months_later(self, n):
        """For each day the index of the day n months on, the month's last day if it is shorter."""
        if ("months", n) not in self.tables:
            table = []
            for d in self.dates:
                m = d.year * 12 + d.month - 1 + n
                y, m = m // 12, m % 12 + 1
                t = date(y, m, min(d.day, calendar.monthrange(y, m)[1])).toordinal() - self.low
                table.append(t)
            # Days that go as far as one another, as sets: [how far, anchors], in order.
            runs = []
            for i, t in enumerate(table):
                if not 0 <= t < self.size:
                    continue
                if not runs or runs[-1][0] != t - i:
                    runs.append([t - i, 0, i])
                runs[-1][1] |= 1 << i
            self.tables["months", n] = table, runs, [r[2] for r in runs]
        return self.tables["months", n]

    def blocks(self, unit, shift, month):
        """Pairs of sets: an anchor in the first, and the point in the second; first days."""
        key = (unit, shift, month)
        if key not in self.tables:
            name, other, begin = {}, {}, {}
            for i, d in enumerate(self.dates):
                if unit == "week":
                    n = m = (d.toordinal() - 1) // 7  # 1 January 0001 was a Monday
                elif unit == "month":
                    n = m = d.year * 12 + d.month
                else:
                    n = m = d.year
                    if month and d.month != month:
                        m = None
                begin.setdefault(n, i)
                name[n] = name.get(n, 0) | (1 << i)
                other[m] = other.get(m, 0) | (1 << i)
            self.tables[key] = ([(a, other.get(n + shift, 0)) for n, a in name.items()],
                                list(begin.values()))
        return self.tables[key]


    def day_answer(self, c, a):
        """First and last index of a point by a constraint on its anchor's very day."""
        key = ("answer",) + c[3:]
        if key not in self.tables:
            self.tables[key] = {}, day_answer(c)
        known, answer = self.tables[key]
        if a not in known:
            known[a] = tuple(None if d is None else self.index(d) for d in answer(self.dates[a]))
        return known[a]

    def stretches(self, key, answer):
        """Anchors with the same answer as a set, and the days that the answer allows; first days;
        first and last allowed day. `answer` gives the first and the last day of a point (None:
        any) for an anchor's date."""
        if key not in self.tables:
            pairs, begin, known, lows, highs = [], [], None, [], []
            for i, d in enumerate(self.dates):
                low, high = answer(d)
                if not pairs or (low, high) != known:
                    known = low, high
                    pairs.append([0, self.span(None if low is None else self.index(low),
                                               None if high is None else self.index(high))])
                    begin.append(i)
                    lows.append(-FAR if low is None else self.index(low))
                    highs.append(FAR if high is None else self.index(high))
                pairs[-1][0] |= 1 << i
            self.tables[key] = pairs, begin, lows, highs
        return self.tables[key]


def first(days):
    return (days & -days).bit_length() - 1


def last(days):
    return days.bit_length() - 1


def each(days):
    while days:
        low = days & -days
        yield low.bit_length() - 1
        days ^= low


# ---------------------------------------------------------------- dates as they are written

SEASONS = {21: 3, 22: 6, 23: 9, 24: 12, 25: 3, 26: 6, 27: 9, 28: 12, 29: 9, 30: 12, 31: 3, 32: 6}


class Reader:
    def __init__(self, world, slack):
        self.world = world
        self.slack = slack

    def fits(self, number, mask):
        text = str(number).zfill(len(mask))
        return len(text) == len(mask) and all(m in ("X", t) for t, m in zip(text, mask))

    def one(self, text):
        """A date: its days, and whether it is doubtful."""
        w = self.world
        doubt = "?" in text or "%" in text
        about = "~" in text or "%" in text
        parts = re.sub(r"[?~%]", "", text).split("-")
        if not all(re.fullmatch(r"[0-9X]{2,4}", p) for p in parts) or len(parts[0]) != 4:
            raise ValueError("no date: " + text)
        days = 0
        for y in w.years:
            if not self.fits(y, parts[0]):
                continue
            if len(parts) == 1:
                if w.index(date(y, 12, 31)) >= 0:
                    days |= w.span(w.index(date(y, 1, 1)), w.index(date(y, 12, 31)))
                continue
            if "X" not in parts[1] and int(parts[1]) > 20:
                code = int(parts[1])
                if code in SEASONS:
                    months = [SEASONS[code] + k for k in range(3)]
                elif code <= 36:
                    months = [(code - 33) * 3 + 1 + k for k in range(3)]
                elif code <= 39:
                    months = [(code - 37) * 4 + 1 + k for k in range(4)]
                else:
                    months = [(code - 40) * 6 + 1 + k for k in range(6)]
                months = [(y + (m > 12), m - 12 * (m > 12)) for m in months]
            else:
                months = [(y, m) for m in range(1, 13) if self.fits(m, parts[1])]
            for year, month in months:
                for day in range(1, calendar.monthrange(year, month)[1] + 1):
                    if len(parts) < 3 or self.fits(day, parts[2]):
                        i = w.index(date(year, month, day))
                        if 0 <= i < w.size:
                            days |= 1 << i
        if about:
            days = image(w, days, -self.slack, self.slack)
        if not days:
            raise ValueError("no such day: " + text)
        return days, doubt

    def edtf(self, text):
        text = text.strip()
        if "/" in text:
            a, b = text.split("/")
            return self.window(a, b)
        if text[0] in "[{":
            days, doubt = 0, False
            for item in text[1:-1].split(","):
                item = item.strip()
                more, d = self.window(*item.split("..")) if ".." in item else self.one(item)
                days, doubt = days | more, doubt or d
            return days, doubt
        return self.one(text)

    def window(self, a, b):
        low = high = None
        doubt = False
        if a not in ("", ".."):
            days, doubt = self.one(a)
            low = first(days)
        if b not in ("", ".."):
            days, d = self.one(b)
            high, doubt = last(days), doubt or d
        days = self.world.span(low, high)
        if not days:
            raise ValueError("ends before it starts: " + a + "/" + b)
        return days, doubt


def is_edtf(text):
    return re.match(r"\s*[\[{0-9X./]", text) and not re.match(r"\s*\d+ ", text)


# ---------------------------------------------------------------- days that hang on one day
# Each says which days a point may have if its anchor is the date d: the first and the last, None if
# there is none. Counted day by day.

WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def weekday_near(d, weekday, step, on):
    """The nearest such day of the week after (step 1) or before (-1) d."""
    if not on:
        d += timedelta(step)
    while d.weekday() != weekday:
        d += timedelta(step)
    return d, d


def weekday_of_week(d, weekday, shift):
    day = d + timedelta(7 * shift)
    while day.weekday() > weekday:
        day -= timedelta(1)
    while day.weekday() < weekday:
        day += timedelta(1)
    return day, day


def birthday(born, year, way):
    try:
        return date(year, born.month, born.day)
    except ValueError:  # 29 February
        return date(year, 3, 1) if way == "march_1" else date(year, 2, 28)


def age(born, on, way):
    """Completed years; -1 before birth."""
    years = on.year - born.year
    return max(-1, years if birthday(born, on.year, way) <= on else years - 1)


@functools.lru_cache(maxsize=300000)
def born_of_age(d, low, high, ways):
    """First and last day of birth of those who are low to high years old on d, by one of the ways
    at least."""
    def oldest(born):
        return max(age(born, d, way) for way in ways)

    def youngest(born):
        return min(age(born, d, way) for way in ways)
    # From a day that is surely too late, back; and from one that is too early, on.
    last_day = date(d.year - low, d.month, min(d.day, 28)) + timedelta(5)
    while oldest(last_day) < low:
        last_day -= timedelta(1)
    first_day = date(d.year - high - 1, d.month, min(d.day, 28)) - timedelta(5)
    while youngest(first_day) > high:
        first_day += timedelta(1)
    return first_day, last_day


class Calendar:
    """Working days of some years, read from the calendar.yaml beside this file."""

    def __init__(self, name):
        path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "calendar.yaml")
        with open(path, encoding="utf-8") as f:
            raw = yaml.load(f, Loader=LOADER)["calendars"][name]
        begin, end = (int(y) for y in raw["years"])
        self.begin, self.end = date(begin, 1, 1), date(end, 12, 31)
        free = {WEEKDAYS.index(d) for d in raw["free"]}
        off = set()
        for item in raw["holidays"]:
            low, high = self.ends(item)
            for y in [""] if len(low) > 5 else range(begin - 1, end + 1):
                a = date.fromisoformat(low if y == "" else "%d-%s" % (y, low))
                b = date.fromisoformat(high if y == "" else "%d-%s" % (y, high))
                if b < a:
                    b = date.fromisoformat("%d-%s" % (y + 1, high))
                while a <= b:
                    off.add(a)
                    a += timedelta(1)
        worked = set()
        for item in raw["worked"]:
            a, b = (date.fromisoformat(x) for x in self.ends(item))
            while a <= b:
                worked.add(a)
                a += timedelta(1)
        self.days = set()
        owed = 0
        d = self.begin - timedelta(20)
        while d <= self.end:
            if d in worked:
                self.days.add(d)
            elif d in off and d.weekday() in free:
                owed += raw.get("moved_on") == "yes"
            elif d not in off and d.weekday() not in free:
                if owed:
                    owed -= 1
                else:
                    self.days.add(d)
            d += timedelta(1)
        self.counted = {}

    @staticmethod
    def ends(item):
        return (item["day"], item["last"]) if isinstance(item, dict) else (item, item)

    def count(self, d, n, step):
        """The nth working day after or before d; None where the calendar does not say."""
        if (d, n, step) not in self.counted:
            day = d
            left = n
            while self.begin <= day <= self.end:
                if day in self.days and (left == 0 or day != d):
                    left -= 1
                    if left <= 0:
                        break
                day += timedelta(step)
            self.counted[d, n, step] = day if self.begin <= day <= self.end else None
        return self.counted[d, n, step]


CALENDARS = {}


def calendar_called(name):
    if name not in CALENDARS:
        CALENDARS[name] = Calendar(name)
    return CALENDARS[name]


def work_run(calendar_name, d, n, step, bound):
    """The days that are exactly / at least / at most n working days after or before d. Where the
    calendar does not say, it is n days away or more."""
    day = calendar_called(calendar_name).count(d, n, step)
    if day is None:
        if bound == "at most":
            return (d, None) if step > 0 else (None, d)
        far = d + timedelta(n * step)
        return (far, None) if step > 0 else (None, far)
    if bound == "exactly":
        return day, day
    if (bound == "at least") == (step > 0):
        return (day, None) if bound == "at least" else (day, d)
    return (None, day) if bound == "at least" else (d, day)


# The kinds of constraint of this sort, and what they ask.
DAYS = {"near": weekday_near, "of week": weekday_of_week, "age": born_of_age}


def day_answer(c):
    """Of a constraint ("days", p, a, kind, figures...): from a date to first and last day."""
    kind, figures = c[3], c[4:]
    if kind == "work":
        name, n, step, bound = figures
        return lambda d: work_run(name, d, n, step, bound)
    return lambda d: DAYS[kind](d, *figures)


# ---------------------------------------------------------------- what statements say of points
# A constraint is a tuple: its kind, one point or two, and figures. `p` and `a` are points (ints).

def image(world, days, low, high):
    """All days that lie low..high after one of `days`."""
    if not days:
        return 0
    if low is None and high is None:
        return world.full
    if high is None:
        return world.span(first(days) + low, None)
    if low is None:
        return world.span(None, last(days) + high)
    if low > high:
        return 0
    grown, done = days, 0
    while done < high - low:
        step = min(done + 1, high - low - done)
        grown |= grown << step
        done += step
    return (grown << low if low >= 0 else grown >> -low) & world.full


def points_of(c):
    return (c[1],) if c[0] == "in" else (c[1], c[2])


def narrowed(world, c, dom):
    """The days that constraint c leaves of its point(s)."""
    kind = c[0]
    if kind == "in":
        return (dom[c[1]] & c[2],)
    p, a = c[1], c[2]
    P, A = dom[p], dom[a]
    if kind == "gap":  # low <= p - a <= high
        low, high = c[3], c[4]
        if p == a:
            good = (low is None or low <= 0) and (high is None or high >= 0)
            return (P, P) if good else (0, 0)
        if high is None and P and A:  # only the ends matter
            k = first(A) + low
            if k > first(P):
                P = P >> k << k
            k = last(P) - low
            if last(A) > k:
                A = A & ((1 << (k + 1)) - 1) if k >= 0 else 0
            return P, A
        newP = P & image(world, A, low, high)
        newA = A & image(world, newP, None if high is None else -high,
                         None if low is None else -low)
        return newP, newA
    if p == a:
        keep = sum(1 << i for i in each(P) if meets(world, c, i, i))
        return keep, keep
    if not P or not A:
        return 0, 0
    toP = toA = 0
    if kind == "days":
        return narrowed_days(world, c, P, A)
    if kind == "block":  # p in the unit that belongs to a's
        blocks, begin = world.blocks(*c[3])
        for here, there in blocks[bisect_right(begin, first(A)) - 1:bisect_right(begin, last(A))]:
            if A & here and P & there:
                toP |= P & there
                toA |= A & here
        return toP, toA
    # p is n months from a: exactly, at least, at most
    n, bound = c[3], c[4]
    table, runs, begin = world.months_later(n)
    if bound == "exactly":
        low = max(bisect_right(begin, first(A)) - 1, 0)
        for far, anchors, _ in runs[low:bisect_right(begin, last(A))]:
            here = A & anchors
            there = P & (here << far if far >= 0 else here >> -far)
            toP |= there
            toA |= here & (there >> far if far >= 0 else there << -far)
        return toP, toA
    # Looser bounds: what the first and the last anchor allow; the rest is looked up later.
    x, y = months_run(table, first(A), n, bound), months_run(table, last(A), n, bound)
    toP = P & world.span(None if x[0] is None else min(x[0], y[0]),
                         None if x[1] is None else max(x[1], y[1]))
    while A and not reaches(months_run(table, first(A), n, bound), P):
        A &= A - 1
    while A and not reaches(months_run(table, last(A), n, bound), P):
        A ^= 1 << last(A)
    return toP, A


def narrowed_days(world, c, P, A):
    """Of a point that hangs on the anchor's very day. Of many anchors only what the ends allow: the
    rest is looked up later."""
    pairs, begin, lows, highs = world.stretches(c[3:], day_answer(c))
    i, j = bisect_right(begin, first(A)) - 1, bisect_right(begin, last(A))
    if j - i <= 40:
        toP = toA = 0
        for here, there in pairs[i:j]:
            if A & here and P & there:
                toP |= P & there
                toA |= A & here
        return toP, toA
    low, high = first(P), last(P)
    k = i
    while i < j and (lows[i] > high or highs[i] < low):
        i += 1
    if i == j:
        return 0, 0
    if i > k:
        A = A >> begin[i] << begin[i]
    k = j
    while lows[j - 1] > high or highs[j - 1] < low:
        j -= 1
    if j < k:
        A &= (1 << begin[j]) - 1
    if not A:
        return 0, 0
    least, most = min(lows[i:j]), max(highs[i:j])
    if least > low or most < high:
        P &= world.span(max(least, 0), None if most >= FAR else most)
    return P, A


def reaches(run, days):
    """Does a run of days (None: open) meet the hull of a set?"""
    return days and (run[0] is None or run[0] <= last(days)) and (
        run[1] is None or run[1] >= first(days))


def months_run(table, anchor, n, bound):
    """The days that are at least / at most n months after (n < 0: before) the anchor."""
    if bound == "at least":
        return (table[anchor], None) if n >= 0 else (None, table[anchor])
    return (anchor, table[anchor]) if n >= 0 else (table[anchor], anchor)


def meets(world, c, p, a=None):
    """Does a dating meet constraint c?"""
    if c[0] == "in":
        return bool(c[2] >> p & 1)
    if c[0] == "gap":
        return (c[3] is None or p - a >= c[3]) and (c[4] is None or p - a <= c[4])
    if c[0] == "days":
        low, high = world.day_answer(c, a)
        return (low is None or p >= low) and (high is None or p <= high)
    if c[0] == "block":
        unit, shift, month = c[3]
        x, y = world.dates[p], world.dates[a]
        if unit == "week":
            monday = a - y.weekday() + 7 * shift
            return monday <= p <= monday + 6
        if unit == "month":
            return x.year * 12 + x.month == y.year * 12 + y.month + shift
        return x.year == y.year + shift and (not month or x.month == month)
    table = world.months_later(c[3])[0]
    if c[4] == "exactly":
        return p == table[a]
    low, high = months_run(table, a, c[3], c[4])
    return (low is None or p >= low) and (high is None or p <= high)


def prune(world, dom, constraints, at, todo):
    """Takes out days without partners until nothing changes. False: a point has no day left."""
    todo = list(todo)
    waiting = set(todo)
    while todo:
        k = todo.pop()
        waiting.discard(k)
        c = constraints[k]
        for p, days in zip(points_of(c), narrowed(world, c, dom)):
            if days == dom[p]:
                continue
            dom[p] = days
            if not days:
                return False
            for other in at[p]:
                if other not in waiting and (other != k or c[0] != "in"):
                    waiting.add(other)
                    todo.append(other)
    return True


def around(constraints, count):
    at = [[] for _ in range(count)]
    for k, c in enumerate(constraints):
        for p in set(points_of(c)):
            at[p].append(k)
    return at


def dating(world, dom, constraints, at):
    """A dating of all points, from sets already pruned; None if there is none."""
    days = [first(d) for d in dom]
    if all(meets(world, c, *[days[p] for p in points_of(c)]) for c in constraints):
        return days
    # Halve the first point that has several days.
    for p, d in enumerate(dom):
        if d & (d - 1):
            middle = (first(d) + last(d)) // 2
            for half in (d & world.span(None, middle), d & world.span(middle + 1, None)):
                if half:
                    copy = list(dom)
                    copy[p] = half
                    if prune(world, copy, constraints, at, at[p]):
                        found = dating(world, copy, constraints, at)
                        if found:
                            return found
            return None
    return None


class Network:
    """Statements, and the ways their choices can go."""

    def __init__(self, world, count, constraints, choices):
        self.world = world
        self.count = count
        self.ways = []  # (sets, constraints, constraints at each point)
        self.found = []
        self.asked = {}
        self.seen = [0] * count
        for picked in itertools.product(*choices):
            all_of = constraints + [c for way in picked for c in way]
            at = around(all_of, count)
            dom = [world.full] * count
            if prune(world, dom, all_of, at, range(len(all_of))):
                if self.note(dating(world, dom, all_of, at)):
                    self.ways.append((dom, all_of, at))

    def note(self, days):
        if days:
            self.found.append(days)
            for p, d in enumerate(days):
                self.seen[p] |= 1 << d
        return days

    def stands(self):
        return bool(self.ways)

    def possible(self, *extra):
        """Is there a dating that meets these constraints too?"""
        if extra not in self.asked:
            self.asked[extra] = self.search(extra)
        return self.asked[extra]

    def search(self, extra):
        for days in self.found:
            if all(meets(self.world, c, *[days[p] for p in points_of(c)]) for c in extra):
                return True
        for dom, constraints, at in self.ways:
            more = constraints + list(extra)
            near = [list(a) for a in at]
            for k in range(len(constraints), len(more)):
                for p in set(points_of(more[k])):
                    near[p].append(k)
            copy = list(dom)
            if prune(self.world, copy, more, near, range(len(constraints), len(more))):
                if self.note(dating(self.world, copy, more, near)):
                    return True
        return False

    def bounds(self, p):
        """Has a point a first and a last day?"""
        w = self.world
        return not (self.possible(("in", p, w.span(None, w.margin - 1))) or
                    self.possible(("in", p, w.span(w.size - w.margin, None))))

    def days(self, p):
        """First and last day (indices), and all days if they are close together."""
        can = 0
        for dom, _, _ in self.ways:
            can |= dom[p]
        while not self.possible(("in", p, can & -can)):
            can &= can - 1
        while not self.possible(("in", p, 1 << last(can))):
            can &= ~(1 << last(can))
        low, high = first(can), last(can)
        if high - low >= SMALL:
            return low, high, None
        return low, high, [d for d in each(can)
                           if self.seen[p] >> d & 1 or self.possible(("in", p, 1 << d))]


# ---------------------------------------------------------------- the case

def as_list(x):
    return x if isinstance(x, list) else [x]


BIRTHDAYS = ("march_1", "february_28")  # of 29 February


class Case:
    """`birthdays`: the ways to count them that are tried, value by value."""

    def __init__(self, text, wide=0, birthdays=None):
        self.raw = yaml.load(text, Loader=LOADER)
        head = self.raw["case"]
        chosen = head.get("policies", {}).get("leap_birthday", "unset")
        self.birthdays = birthdays or (BIRTHDAYS if chosen == "unset" else (chosen,))
        slack = int(head.get("policies", {}).get("approximate_slack", 30))
        self.world = world_of(text, wide)
        self.reader = Reader(self.world, slack)
        self.working_days = head.get("working_days")
        self.accounts = {k: as_list((v or {}).get("adopts", []))
                         for k, v in self.raw.get("accounts", {}).items()}
        self.events = self.raw["events"]
        self.norms = self.raw.get("norms", {})
        self.questions = re.findall(r"(?m)^# ask: (.+)$", text)
        self.asserted = {}  # (event, field) -> assertions
        for name, record in [*self.events.items(), *self.norms.items()]:
            for field in ("start", "end", "kind", "force"):
                if field not in record:
                    continue
                given = record[field]
                for item in given if isinstance(given, list) else [given]:
                    if not isinstance(item, dict):
                        item = {"value": item}
                    self.asserted.setdefault((name, field), []).append({
                        "value": item["value"],
                        "by": item.get("by", record.get("by")),
                        "source": item.get("source", record.get("source")),
                        "state": item.get("state", "plain"),
                        "at": (name, field)})
        self.orders = []
        for item in self.raw.get("order", []):
            self.orders.append(item if isinstance(item, dict) else {"value": item})

    def names(self, account):
        """The account and those it adopts, depth first."""
        out = []

        def walk(a):
            if a not in out:
                out.append(a)
                for b in self.accounts[a]:
                    walk(b)
        if account:
            walk(account)
        return out


WORLDS = {}


def world_of(text, wide):
    """Where to search. Small worlds (wide: 0) are searched quickly: close around the dates of the
    case. Only wide ones (1, 2) have room for long chains of open ends."""
    if re.search(r"(?<![0-9X-])[0-9]*X[0-9X]*-|year|12 months|aged ", text):
        key = [(2008, 1, 2021, 12, 600), (2000, 1, 2029, 12, 1500),
               (1970, 1, 2060, 12, 5000)][wide]
    elif wide and re.search(r"(ry|ch|il|ay|ne|ly|st|er) of ", text):
        # A month of the anchor's year: each link of a chain may go back a year.
        key = [(2000, 1, 2029, 12, 1500), (1970, 1, 2060, 12, 5000)][wide - 1]
    elif wide:
        key = [(2010, 1, 2020, 12, 700), (2004, 1, 2026, 12, 1500)][wide - 1]
    else:
        months = []
        for y, m in re.findall(r"\b(\d{4})(?:-(\d\d))?(?![0-9X])", text):
            exact = m and 1 <= int(m) <= 12
            months += [int(y) * 12 + (int(m) - 1 if exact else 0),
                       int(y) * 12 + (int(m) - 1 if exact else 14)]
        low, high = (min(months) - 9, max(months) + 9) if months else (2014 * 12, 2016 * 12)
        key = (low // 12, low % 12 + 1, high // 12, high % 12 + 1, 130)
    if key not in WORLDS:
        WORLDS[key] = World(date(key[0], key[1], 1), date(key[2], key[3], 28), key[4])
    return WORLDS[key]


class View:
    def __init__(self, case, account):
        self.case = case
        self.world = case.world
        self.account = account
        self.chain = case.names(account)
        self.merge()
        self.points = {}  # (event, field) -> number; others are of dates within expressions
        self.count = 0
        self.always = []
        self.values = []  # fields: list (one a source) of lists of statement numbers
        self.statements = []  # (constraints, doubtful)
        self.lines = []
        self.mentioned = set()  # points that somebody speaks of
        self.dated = set()  # points that somebody dates
        for name in self.events:
            self.point(name, "start")
            self.point(name, "end")
            a, b = self.points[name, "start"], self.points[name, "end"]
            if a != b:
                self.always.append(("gap", b, a, 0, None))
        for name in self.events:
            for field in ("start", "end"):
                self.read_field(name, field)
        for name in case.norms:
            self.read_force(name)
        for line in case.orders:
            self.read_order(line)

    # --- which records and values the account holds

    def merge(self):
        case = self.case
        answers = {}
        for line in case.raw.get("identity", []):
            by = line.get("by")
            if by and by not in self.chain:
                continue
            rank = self.chain.index(by) if by else len(self.chain)
            pair = tuple(sorted(line["events"]))
            if pair not in answers or rank < answers[pair][0]:
                answers[pair] = rank, line["value"] == "yes"
        self.one = {e: {e} for e in case.events}  # event -> those it is one with
        for (a, b), (_, yes) in answers.items():
            if yes:
                joined = self.one[a] | self.one[b]
                for e in joined:
                    self.one[e] = joined
        self.one.update((n, {n}) for n in case.norms)
        here = {e for e, r in case.events.items() if r.get("by") in (None, *self.chain)}
        self.there = {e for e in case.events if self.one[e] & here}
        self.head = {e: min(self.one[e]) for e in case.events}
        self.events = sorted({self.head[e] for e in self.there})

    def assertions(self, name, field):
        out = []
        for e in sorted(self.one[name]):
            out += self.case.asserted.get((e, field), [])
        return out

    def held(self, name, field):
        """What the view holds for a field: the first class that has something."""
        live = [a for a in self.assertions(name, field)
                if a["state"] not in ("withdrawn", "proposed")]
        classes = [[a for a in live if a["state"] == "conceded" and a["by"] in self.chain]]
        for account in self.chain:
            classes.append([a for a in live if a["by"] == account])
        classes.append([a for a in live if a["by"] is None])
        classes.append([a for a in live if a["state"] == "unchallenged"])
        return next((c for c in classes if c), [])

    def dates_itself(self, name, field):
        return any(a["by"] == self.account for a in self.held(name, field))

    # --- points

    def point(self, name, field):
        name = self.head[name]
        if (name, field) not in self.points:
            if field == "end":
                lasts = any(a["value"] in LASTING for a in self.held(name, "kind"))
                given = any(a["state"] not in ("withdrawn", "proposed")
                            for a in self.assertions(name, "end"))
                if not lasts and not given:
                    self.points[name, field] = self.point(name, "start")
                    return self.points[name, field]
            self.points[name, field] = self.count
            self.count += 1
        return self.points[name, field]

    def name(self, text):
        """events.a.start -> (a, first field, last field)"""
        parts = text.split(".")
        if parts[0] == "events":
            parts = parts[1:]
        if len(parts) == 1:
            return parts[0], "start", "end"
        return parts[0], parts[1], parts[1]

    def anchor(self, text, out):
        """First and last point of what a value is relative to; None if it is not there."""
        text = text.strip()
        if re.match(r"[0-9X]{4}(-|$)", text):
            days, doubt = self.case.reader.edtf(text)
            p = self.count
            self.count += 1
            out.append(("in", p, days))
            return p, p
        if " " in text:  # a chain: a point of its own, one of the days that its words allow
            p = self.count
            self.count += 1
            said = self.value(p, text)[0]
            if not said:
                return None
            out += said
            return p, p
        name, a, b = self.name(text)
        if name not in self.there:
            return None
        self.mentioned |= {self.point(name, a), self.point(name, b)}
        return self.point(name, a), self.point(name, b)

    def on_a_day(self, p, text, out):
        """Constraints of what hangs on the anchor's very day; None: it is another form."""
        weekdays = "(?:the )?(%s)" % "|".join(WEEKDAYS)
        m = re.fullmatch(weekdays + r" (on or )?(before|after) (.+)", text)
        if m:
            to = self.anchor(m[4], out)
            if to is None:
                return []
            after, on = m[3] == "after", bool(m[2])
            a = to[0] if after == on else to[1]
            return out + [("days", p, a, "near", WEEKDAYS.index(m[1]), 1 if after else -1, on)]
        m = re.fullmatch(weekdays + r" of (last|this|same|next) week of (.+)", text)
        if m:
            to = self.anchor(m[3], out)
            if to is None:
                return []
            shift = {"last": -1, "this": 0, "same": 0, "next": 1}[m[2]]
            return out + [("days", p, to[0], "of week", WEEKDAYS.index(m[1]), shift)]
        m = re.fullmatch(r"aged (\d+)(?: to (\d+))? on (.+)", text)
        if m:
            to = self.anchor(m[3], out)
            if to is None:
                return []
            return out + [("days", p, to[0], "age", int(m[1]), int(m[2] or m[1]),
                           self.case.birthdays)]
        m = re.fullmatch(r"(?:(at least|at most) )?(\d+) working days? (before|after) (.+)", text)
        if m:
            to = self.anchor(m[4], out)
            if to is None:
                return []
            after = m[3] == "after"
            return out + [("days", p, to[1] if after else to[0], "work", self.case.working_days,
                           int(m[2]), 1 if after else -1, m[1] or "exactly")]
        return None

    # --- statements

    def value(self, p, text):
        """Constraints of a value of point p, and whether it is doubtful."""
        text = text.strip()
        if is_edtf(text):
            days, doubt = self.case.reader.edtf(text)
            return [("in", p, days)], doubt
        out = []
        said = self.on_a_day(p, text, out)
        if said is not None:
            return said, False
        m = re.fullmatch(r"(?:(at least|at most) )?(\d+) (day|week|month|year)s? (before|after) (.+)",
                         text)
        if m:
            bound, n, unit, side, name = m.groups()
            to = self.anchor(name, out)
            if to is None:
                return [], False
            n = int(n)
            bound = bound or "exactly"
            a = to[1] if side == "after" else to[0]
            if unit in ("month", "year"):
                n *= 12 if unit == "year" else 1
                out.append(("months", p, a, n if side == "after" else -n, bound))
                return out, False
            n *= 7 if unit == "week" else 1
            low, high = {"exactly": (n, n), "at least": (n, None), "at most": (0, n)}[bound]
            later, earlier = (p, a) if side == "after" else (a, p)
            return out + [("gap", later, earlier, low, high)], False
        m = re.fullmatch(r"between (.+) and (.+)", text)
        if m:
            low, high = self.anchor(m[1], out), self.anchor(m[2], out)
            if low is None or high is None:
                return [], False
            return out + [("gap", p, low[0], 0, None), ("gap", high[1], p, 0, None)], False
        m = re.fullmatch(r"(%s) of (.+)" % "|".join(MONTHS), text)
        if m:
            to = self.anchor(m[2], out)
            if to:
                out.append(("block", p, to[0], ("year", 0, MONTHS.index(m[1]) + 1)))
            return out, False
        m = re.fullmatch(r"(last|this|same|next) (week|month|year) of (.+)", text)
        if m:
            to = self.anchor(m[3], out)
            shift = {"last": -1, "this": 0, "same": 0, "next": 1}[m[1]]
            if to:
                out.append(("block", p, to[0], (m[2], shift, None)))
            return out, False
        m = re.fullmatch(r"(not before|not after|before|after|on|same day as) (.+)", text)
        if not m:
            raise ValueError("cannot read: " + text)
        to = self.anchor(m[2], out)
        if to is None:
            return [], False
        if m[1] == "before":
            out.append(("gap", to[0], p, 1, None))
        elif m[1] == "after":
            out.append(("gap", p, to[1], 1, None))
        if m[1] in ("not before", "on", "same day as"):
            out.append(("gap", p, to[0], 0, None))
        if m[1] in ("not after", "on", "same day as"):
            out.append(("gap", to[1], p, 0, None))
        return out, False

    def read_field(self, name, field):
        held = self.held(name, field)
        if not held:
            return
        p = self.point(name, field)
        self.mentioned.add(p)
        by_source = {}
        for a in held:
            by_source.setdefault(a["source"], []).append(len(self.statements))
            self.statements.append(self.value(p, a["value"]))
            if self.statements[-1][0]:  # else it leans on what isn't there
                self.dated.add(p)
        self.values.append(list(by_source.values()))

    def read_force(self, name):
        """A period a/b starts in a and ends in b; a single value holds both ends."""
        held = self.held(name, "force")
        if not held:
            return
        p, q = self.count, self.count + 1
        self.count += 2
        self.points[name, "force"] = p, q
        self.dated |= {p, q}
        self.always.append(("gap", q, p, 0, None))
        ways = []
        for a in held:
            ends = a["value"].split("/") if "/" in a["value"] else [a["value"]] * 2
            doubt, constraints = False, []
            for point, end in zip((p, q), ends):
                if end.strip() in ("", ".."):
                    continue
                days, d = self.case.reader.edtf(end)
                constraints.append(("in", point, days))
                doubt = doubt or d
            ways.append([len(self.statements)])
            self.statements.append((constraints, doubt))
        self.values.append(ways)

    # --- for conditions

    def is_there(self, name):
        return name in self.there or name in self.case.norms

    def ends_of(self, text):
        """First and last point of a name in a condition; None where nothing is said of it."""
        name, _, part = text.partition(".")
        if name in self.case.norms:
            ends = self.points.get((name, "force"))
            return ends and {"": ends, "start": ends[:1] * 2, "end": ends[1:] * 2}[
                part.partition(".")[2]]
        pair = self.point(name, "start"), self.point(name, "end")
        if not self.mentioned & set(pair):
            return None
        return {"": pair, "start": pair[:1] * 2, "end": pair[1:] * 2}[part]

    def read_order(self, line):
        by = line.get("by")
        words = (r" (not before|not after|before|after|same day as"
                 r"|(?:at least |at most )?\d+ (?:days?|weeks?) (?:before|after)) ")
        parts = re.split(words, line["value"])
        names = [self.name(n) for n in parts[0::2]]
        if by and by not in self.chain:
            return
        if any(n not in self.there for n, _, _ in names):
            return
        if by and by != self.account and any(self.dates_itself(n, f) for n, a, b in names
                                             for f in (a, b)):
            return
        out = []
        ends = [(self.point(n, a), self.point(n, b)) for n, a, b in names]
        self.mentioned |= {p for pair in ends for p in pair}
        for (a, b), word in zip(zip(ends, ends[1:]), parts[1::2]):
            out += related(a, b, word)
        self.lines.append(len(self.statements))
        self.statements.append((out, False))

    # --- answers

    def network(self, on):
        """Of a set of statements. A choice counts only if it says something of every source."""
        constraints = list(self.always)
        choices = []
        for k in self.lines:
            if k in on:
                constraints += self.statements[k][0]
        for sources in self.values:
            ways = [[k for k in group if k in on] for group in sources]
            if not all(ways):
                continue
            ways = [[c for k in way for c in self.statements[k][0]] for way in ways]
            if len(ways) == 1:
                constraints += ways[0]
            else:
                choices.append(ways)
        return Network(self.world, self.count, constraints, choices)

    def met_by(self, days):
        """The statements that a dating meets."""
        return {k for k, (constraints, _) in enumerate(self.statements)
                if all(meets(self.world, c, *[days[p] for p in points_of(c)])
                       for c in constraints)}

    def shown_by(self, on, met):
        """Does a dating that meets these statements show that the set `on` stands?"""
        if any(k in on and k not in met for k in self.lines):
            return False
        for sources in self.values:
            ways = [[k for k in group if k in on] for group in sources]
            if all(ways) and not any(met.issuperset(way) for way in ways):
                return False
        return True

    def smallest(self):
        """How few statements cannot stand together."""
        everything = range(len(self.statements))
        shown = []
        for size in range(1, len(self.statements) + 1):
            for some in itertools.combinations(everything, size):
                on = set(some)
                if any(self.shown_by(on, met) for met in shown):
                    continue
                network = self.network(on)
                if not network.stands():
                    return size
                # The newest first: the next set is much like this one.
                shown.insert(0, self.met_by(network.found[0]))
        raise AssertionError

    def answers(self):
        whole = set(range(len(self.statements)))
        full = self.network(whole)
        if not full.stands():
            return {"stands": False, "fewest": self.smallest()}
        firm = {k for k in whole if not self.statements[k][1]}
        # Of rival sources the one with a doubtful value may be right: no other counts alone.
        for sources in self.values:
            of_field = {k for group in sources for k in group}
            if len(sources) > 1 and not of_field <= firm:
                firm -= of_field
        firm = full if firm == whole else self.network(firm)
        out = {"stands": True, "points": {}, "orders": {}}
        out["rules"] = {q: conditions.judged(self, firm, full, q) for q in self.case.questions}
        world = self.world
        known = {}
        for name in sorted(self.there):
            for field in ("start", "end"):
                p = self.point(name, field)
                if p not in known:
                    low, high, days = full.days(p)
                    known[p] = {
                        "first": None if low < world.margin else world.low + low,
                        "last": None if high >= world.size - world.margin else world.low + high,
                        "days": days and [world.low + d for d in days]}
                out["points"][name + "." + field] = known[p]
        for a in sorted(self.there):
            for b in sorted(self.there):
                if self.head[a] != self.head[b]:
                    out["orders"][a + " " + b] = self.verdicts(firm, a, b)
        return out

    def verdicts(self, firm, a, b):
        x = self.point(a, "start"), self.point(a, "end")
        y = self.point(b, "start"), self.point(b, "end")

        def word(yes, no):
            can = any(firm.possible(*way) for way in yes)
            cannot = any(firm.possible(*way) for way in no)
            return "possible" if can and cannot else "certain" if can else "impossible"
        before, not_before = [related(x, y, "before")], [related(x, y, "not before")]
        same = [sorted(related(*sorted([x, y]), "same day as"))]
        differ = [[("gap", max(p, q), min(p, q), *distance)] for p, q in sorted(set(zip(x, y)))
                  for distance in ((1, None), (None, -1))]
        return {"before": word(before, not_before), "not before": word(not_before, before),
                "same day": word(same, differ)}


def related(a, b, word):
    """Constraints of `a WORD b`; each a first and a last day."""
    if word == "before":
        return [("gap", b[0], a[1], 1, None)]
    if word == "after":
        return [("gap", a[0], b[1], 1, None)]
    if word == "not before":  # exactly not: the last day of a earlier than the first of b
        return [("gap", a[1], b[0], 0, None)]
    if word == "not after":
        return [("gap", b[1], a[0], 0, None)]
    if word == "same day as":
        return [("gap", a[0], b[0], 0, 0), ("gap", a[1], b[1], 0, 0)]
    m = re.fullmatch(r"(?:(at least|at most) )?(\d+) (day|week)s? (before|after)", word)
    n = int(m[2]) * (7 if m[3] == "week" else 1)
    low, high = {None: (n, n), "at least": (n, None), "at most": (0, n)}[m[1]]
    if m[4] == "before":
        return [("gap", b[0], a[1], low, high)]
    return [("gap", a[0], b[1], low, high)]


def answers(text, wide=0):
    """By account; where a way of counting is open and asked for, by account and way."""
    case = Case(text, wide)
    accounts = case.accounts or [None]
    if len(case.birthdays) == 1 or not re.search(r"\baged \d", text):
        return {account or "": View(case, account).answers() for account in accounts}
    out = {}
    for way in BIRTHDAYS + ("either",):
        counted = Case(text, wide, None if way == "either" else (way,))
        for account in accounts:
            out[(account or "") + " by " + way] = View(counted, account).answers()
    return out


def of_all_ways(views):
    """By account, what is so by each way of counting that nobody chose: days of all that can stand,
    an order that is certain by each. `stands`: by one of them."""
    out = {}
    for name, view in views.items():
        if name.endswith(" by either"):
            continue
        out.setdefault(re.sub(" by [a-z0-9_]+$", "", name), []).append(view)
    return {account: of_ways(ways) for account, ways in out.items()}


def of_ways(ways):
    stand = [v for v in ways if v["stands"]]
    if len(ways) == 1 or not stand:
        return ways[0]
    out = {"stands": True, "by_each_way": len(stand) == len(ways), "points": {}, "orders": {}}
    for name in stand[0]["points"]:
        each_way = [v["points"][name] for v in stand]
        firsts, lasts = ([p[k] for p in each_way] for k in ("first", "last"))
        out["points"][name] = {"first": None if None in firsts else min(firsts),
                               "last": None if None in lasts else max(lasts)}
    for pair, verdicts in stand[0]["orders"].items():
        out["orders"][pair] = {
            word: verdict if all(v["orders"][pair][word] == verdict for v in stand) else "possible"
            for word, verdict in verdicts.items()}
    return out


if __name__ == "__main__":
    for path in sys.argv[1:]:
        with open(path, encoding="utf-8") as f:
            print(json.dumps(answers(f.read())))
