#!/usr/bin/python3
"""Rules read by brute force: every dating of a view is tried, and every unknown both ways.

Reads the YAML of a vocabulary, a pack and a case, and gives the verdict of every instance of every
rule in every account's view. Shares nothing with the program. See README.md.

A condition's value is four sets of datings (integers, a bit a dating): those on which it holds if
what is unknown and what is not stated (a gap) are each taken for it or against it.
"""
import functools
import itertools
import os
import re
import sys
from datetime import date

import yaml

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.append(os.path.join(os.path.dirname(HERE), "oracle"))
import words
from conditions import true_of

LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
MOST = 3000  # datings of a view
FREE = 10    # days beyond the stated ones that a point without a date may lie

BASE = {"date", "period", "duration", "int", "number", "bool", "text"}


class TooMany(Exception):
    """More datings than can be tried."""


# ---------------------------------------------------------------- vocabulary and case

class Field:
    def __init__(self, spec):
        if isinstance(spec, dict):
            self.list = "list" in spec
            self.of = spec.get("list", spec.get("type"))
            self.other = spec.get("else")
        else:
            self.list, self.of, self.other = False, spec, None
        self.kind = "word" if isinstance(self.of, list) else \
            self.of if self.of in BASE else "ref"


class Type:
    def __init__(self, name, spec):
        self.name, self.plural = name, spec["plural"]
        self.fields = {k: Field(v) for k, v in spec.get("fields", {}).items()}
        moment = spec.get("moment")
        self.moment = [moment, moment] if isinstance(moment, str) else moment
        self.always = [re.fullmatch(r"(\w+) not after (\w+)", line).groups()
                       for line in spec.get("always", [])]


class Said:
    """One assertion of a field."""

    def __init__(self, raw, record):
        whole = raw if isinstance(raw, dict) else {"value": raw}
        self.pending = "pending" in whole  # some day after the one of `as_of`
        self.value = "after " + whole["as_of"] if self.pending else whole["value"]
        self.by = whole.get("by", record.by)
        self.source = whole.get("source", record.source)
        self.state = whole.get("state", record.state if "by" not in whole else "plain")
        self.closed = whole.get("closed") in ("yes", "true")
        self.doubt = isinstance(self.value, str) and ("?" in self.value or "%" in self.value)
        self.weak = False


class Record:
    def __init__(self, name, type_, spec):
        self.id, self.type = name, type_
        self.by, self.source = spec.get("by"), spec.get("source")
        self.state = spec.get("state", "plain")
        self.said = {}
        for key, raw in spec.items():
            if key not in type_.fields:
                continue
            many = isinstance(raw, list) and raw and all(
                isinstance(x, dict) and ("value" in x or "pending" in x) for x in raw)
            self.said[key] = [Said(x, self) for x in raw] if many else [Said(raw, self)]


class Case:
    def __init__(self, vocabulary, pack, case):
        """A vocabulary as it is loaded; a pack and a case as they are written."""
        v = vocabulary
        p, c = (yaml.load(text, Loader=LOADER) for text in (pack, case))
        self.types = {name: Type(name, spec) for name, spec in v["vocabulary"].items()}
        head = c.get("case", {})
        self.complete = set(head.get("complete", []))
        self.policies = {}
        for source in (v, p):
            for name, spec in source.get("policies", {}).items():
                self.policies[name] = spec["value"] if isinstance(spec, dict) else spec
        self.policies.update(head.get("policies", {}))
        self.slack = int(self.policies.pop("approximate_slack", 30))
        self.accounts = {k: [x for x in spec.get("adopts", [])]
                         for k, spec in c.get("accounts", {}).items()}
        self.records = {}
        for t in self.types.values():
            for name, spec in (c.get(t.plural) or {}).items():
                self.records[name] = Record(name, t, spec or {})
        low = {r.id for r in self.records.values() if r.type.name == "source" and
               any(s.value == "low" for s in r.said.get("reliability", []))}
        for r in self.records.values():
            r.weak = r.source in low
            for each in r.said.values():
                for s in each:
                    s.weak = s.source in low
        self.order = [line if isinstance(line, dict) else {"value": line}
                      for line in c.get("order", [])]
        self.identity = [(next(x for x in line.values() if isinstance(x, list)), line["value"],
                          line.get("by")) for line in c.get("identity", [])]
        self.rules = [Rule(r, p.get("define", {})) for r in p.get("rules", [])]

    def adopted(self, account):
        """The account and those it adopts, depth first."""
        out = []

        def walk(a):
            if a not in out:
                out.append(a)
                for b in self.accounts[a]:
                    walk(b)
        if account is not None:
            walk(account)
        return out


class Exception_:
    def __init__(self, spec, of):
        self.when = of(spec["when"])
        self.unless = [Exception_(x, of) for x in spec.get("unless", [])]


class Rule:
    def __init__(self, spec, defines):
        def of(text):
            return expand(words.parse(text), defines)
        self.id, self.kind = spec["id"], spec["kind"]
        self.bindings = [(name, words.parse(path)[1]) for name, path in spec["for"].items()]
        self.where = of(spec["where"]) if "where" in spec else ("bool", True)
        self.require = of(spec["require"])
        self.unless = [Exception_(x, of) for x in spec.get("unless", [])]


def expand(tree, defines):
    """Defines written out; of one with cases ("cases", [(when, is)])."""
    def put(t, given):
        if isinstance(t, list):
            return [put(x, given) for x in t]
        if not isinstance(t, tuple) or not t:
            return t
        if t[0] == "path" and t[1][0] in given:
            return ("path", given[t[1][0]] + t[1][1:])
        return tuple(put(x, given) if isinstance(x, (tuple, list)) else x for x in t)

    def walk(t):
        if isinstance(t, list):
            return [walk(x) for x in t]
        if not isinstance(t, tuple) or not t:
            return t
        if t[0] == "path":
            return t
        if t[0] == "call" and t[1] in defines:
            d = defines[t[1]]
            given = {name: a[1] for name, a in zip(d["given"], t[2])}
            if "is" in d:
                return walk(put(words.parse(d["is"]), given))
            return ("cases", [(walk(put(words.parse(x["when"]), given)),
                               walk(put(words.parse(x["is"]), given))) for x in d["cases"]])
        return tuple(walk(x) if isinstance(x, (tuple, list)) else x for x in t)
    return walk(tree)


# ---------------------------------------------------------------- dates as they are written

def day(text):
    return date.fromisoformat(text).toordinal()


def span_of(text, slack):
    """First and last day of one date."""
    d = day(re.sub(r"[?~%]", "", text.strip()))
    more = slack if "~" in text or "%" in text else 0
    return d - more, d + more


def days_of(text, slack):
    """Days of an absolute date, as a set; None: it is relative."""
    if not re.match(r"[\[\d]\d", text) or " " in text.split(",")[0]:
        return None
    if text[0] == "[":
        out = set()
        for item in text[1:-1].split(","):
            a, _, b = item.partition("..")
            out |= set(range(span_of(a, slack)[0], span_of(b or a, slack)[1] + 1))
        return out
    a, _, b = text.partition("/")
    return set(range(span_of(a, slack)[0], span_of(b or a, slack)[1] + 1))


RELATIVE = re.compile(r"(?:(at least|at most) )?(\d+) days? (before|after) (\S+)"
                      r"|(not )?(before|after|on) (\S+)|between (\S+) and (\S+)")


def relative(text):
    """Names of anchors; what must hold of the day and the anchors' first and last days; the first
    and last day that may be so, if there are such (None)."""
    m = RELATIVE.fullmatch(text)
    if not m:
        raise ValueError("no date: " + text)
    if m[2]:
        n, bound, side = int(m[2]), m[1], m[3]

        def fits(d, anchors):
            a, b = anchors[0]
            x = a - d if side == "before" else d - b
            return x == n if not bound else x >= n if bound == "at least" else 0 <= x <= n
        near = None if bound == "at least" else (lambda anchors: (
            anchors[0][0] - n if side == "before" else anchors[0][1],
            anchors[0][0] if side == "before" else anchors[0][1] + n))
        return [m[4]], fits, near
    if m[8]:
        return ([m[8], m[9]], lambda d, anchors: anchors[0][0] <= d <= anchors[1][1],
                lambda anchors: (anchors[0][0], anchors[1][1]))
    side, no = m[6], m[5]

    def holds(d, anchors):
        a, b = anchors[0]
        so = d < a if side == "before" else d > b if side == "after" else a <= d <= b
        return so != bool(no)
    return [m[7]], holds, (lambda anchors: anchors[0]) if side == "on" else None


# ---------------------------------------------------------------- one view in one world

class View:
    """What one account holds, an answer given to each open identity."""

    def __init__(self, case, account, answers, free=FREE):
        self.case, self.account, self.free = case, account, free
        self.holds = case.adopted(account)
        self.join(answers)
        self.exists = set()
        for r in case.records.values():
            if r.state not in ("proposed", "withdrawn") and (
                    r.by is None or r.by in self.holds or r.state == "unchallenged"):
                self.exists |= {x for x in case.records if self.same[x] == self.same[r.id]}
        self.held_ = {}
        self.with_proposed = False
        self.build()
        for r in self.exists:
            for field in self.case.records[r].type.fields:
                self.held(r, field)
        self.datings()

    def join(self, answers):
        self.same = {r: r for r in self.case.records}
        best = {}
        for k, (pair, value, by) in enumerate(self.case.identity):
            if by is not None and by not in self.holds:
                continue
            rank = len(self.holds) if by is None else self.holds.index(by)
            key = frozenset(pair)
            if key not in best or rank < best[key][0]:
                best[key] = rank, answers.get(k, value == "yes")
        order = list(self.case.records)
        for key, (_, one) in best.items():
            if one:
                a, b = sorted((self.same[x] for x in key), key=order.index)
                for r in order:
                    if self.same[r] == b:
                        self.same[r] = a

    def members(self, record):
        return [self.case.records[r] for r in self.case.records if self.same[r] == record]

    def held(self, record, field):
        """The assertions that count, of a record and all that are one with it."""
        key = self.same[record], field
        if self.with_proposed and not self.held_.get(key, self.held_):
            kind = self.case.records[record].type.fields[field].kind
            if kind not in ("date", "period"):
                return [s for r in self.members(key[0]) for s in r.said.get(field, [])
                        if s.state == "proposed" and (s.by is None or s.by in self.holds)]
        if key not in self.held_:
            ranked = []
            for r in self.members(key[0]):
                for s in r.said.get(field, []):
                    if s.state in ("proposed", "withdrawn"):
                        continue
                    if s.by is None:
                        rank = (2, 0)
                    elif s.by in self.holds:
                        rank = (0, 0) if s.state == "conceded" else (1, self.holds.index(s.by))
                    elif s.state == "unchallenged":
                        rank = (3, 0)
                    else:
                        continue
                    ranked.append((rank, s))
            best = min((rank for rank, _ in ranked), default=None)
            self.held_[key] = [s for rank, s in ranked if rank == best]
        return self.held_[key]

    # ------------------------------------------------------------ points

    def field_of_day(self, record, field):
        """An `else` field that no account gives is the other."""
        f = self.case.records[record].type.fields[field]
        if not f.other:
            return field
        given = any(s.state not in ("proposed", "withdrawn")
                    for r in self.members(self.same[record]) for s in r.said.get(field, []))
        return field if given else f.other

    def point(self, record, field, part=0):
        f = self.field_of_day(record, field)
        return (self.same[record], f, part if f == field else 0)

    def moment(self, record):
        first, last = self.case.records[record].type.moment
        return self.point(record, first), self.point(record, last)

    def named(self, name):
        """First and last point of a name in a date or an order line."""
        record, _, field = name.partition(".")
        if not field:
            return self.moment(record)
        p = self.point(record, field)
        return p, p

    def build(self):
        self.values = {}      # point (of a period: its start) -> rivals, each a list of Said
        self.lines = []       # (points, holds(days...))
        self.dated = set()
        for name in self.case.records:
            r = self.case.records[name]
            if name not in self.exists or self.same[name] != name:
                continue
            for field, f in r.type.fields.items():
                if f.kind not in ("date", "period"):
                    continue
                held = self.held(name, field)
                if not held:
                    continue
                groups = {}
                for s in held:
                    groups.setdefault((s.by, s.source), []).append(s)
                self.values[(name, field, 0)] = list(groups.values())
                if f.kind == "period":
                    self.dated |= {(name, field, 0), (name, field, 1)}
                    self.lines.append(([(name, field, 0), (name, field, 1)], lambda a, b: a <= b))
                elif any(self.says(s) for s in held):
                    self.dated.add((name, field, 0))
        for line in self.case.order:
            self.add_order(line)

    def says(self, s):
        """A value that hangs on a record that is not there says nothing."""
        if days_of(s.value, 0) is not None or re.match(r"\d.*/", s.value):
            return True
        return all(n.split(".")[0] in self.exists for n in relative(s.value)[0])

    def add_order(self, line):
        a, word, b = re.fullmatch(r"(\S+) (.+) (\S+)", line["value"]).groups()
        by = line.get("by")
        if by is not None and by not in self.holds:
            return
        if any(n.split(".")[0] not in self.exists for n in (a, b)):
            return
        a, b = self.named(a), self.named(b)
        if by is not None and by != self.account and any(
                s.by == self.account for p in a + b for s in self.held(p[0], p[1])):
            return
        m = re.fullmatch(r"(\d+ days? (?:before|after))", word)
        word = ("exactly " if m else "") + word
        self.lines.append(([*a, *b], lambda *d: true_of(word, *d)))

    # ------------------------------------------------------------ datings

    def hull(self, point):
        """Where a point lies if nothing holds it; birthdays are years away from the rest."""
        days = [d for r in self.members(point[0]) for s in r.said.get(point[1], [])
                for d in self.stated(s)] if point[1] == "birth" else []
        if not days:
            days = self.all_days
        return range(min(days) - self.free, max(days) + self.free + 1)

    def stated(self, s):
        out = days_of(s.value, self.case.slack)
        return out if out is not None else set()

    def datings(self):
        self.all_days = [day("2020-03-04")]
        for r in self.case.records.values():
            for f, each in r.said.items():
                if r.type.fields[f].kind == "date" and f != "birth":
                    self.all_days += [d for s in each for d in self.stated(s)]
                if r.type.fields[f].kind == "period":
                    for s in each:
                        self.all_days += [d for part in s.value.split("/") if part != ".."
                                          for d in days_of(part, self.case.slack)]
        points = []
        for p in self.values:
            points.append(p)
            if self.case.records[p[0]].type.fields[p[1]].kind == "period":
                points.append((p[0], p[1], 1))
            for group in self.values[p]:
                for s in group:
                    if self.says(s) and days_of(s.value, 0) is None and "/" not in s.value:
                        points += [x for n in relative(s.value)[0] for x in self.named(n)]
        for line, _ in self.lines:
            points += line
        for name in self.case.records:
            for first, last in self.case.records[name].type.always:
                a, b = self.point(name, first), self.point(name, last)
                if name in self.exists and self.same[name] == name and a != b and \
                        (a in points or b in points):
                    self.lines.append(([a, b], lambda x, y: x <= y))
                    points += [a, b]
        self.points = list(dict.fromkeys(points))
        firm, full = self.tried(firm=True), self.tried(firm=False)
        self.stands = bool(full)
        self.list = firm if firm == full else firm + full
        n = len(self.list)
        self.all = (1 << n) - 1
        self.full = self.all if firm == full else self.all ^ ((1 << len(firm)) - 1)
        self.firm = (1 << len(firm)) - 1
        self.column = {p: [d[i] for d in self.list] for i, p in enumerate(self.points)}

    def in_force(self, groups, firm):
        """The rivals that are left without what is doubtful; None: the field says nothing."""
        if not firm:
            return groups
        if len(groups) > 1 and any(s.doubt for g in groups for s in g):
            return None
        left = [[s for s in g if not (s.doubt or s.weak)] for g in groups]
        left = [g for g in left if g]
        return left or None

    def tried(self, firm):
        """All datings, each a tuple by `points`."""
        checks = []  # points, test
        domain = {}
        close = {}  # of points near others: these, and how near
        for p, groups in self.values.items():
            groups = self.in_force(groups, firm)
            if groups is None:
                continue
            if self.case.records[p[0]].type.fields[p[1]].kind == "period":
                tests = []
                for g in groups:
                    for s in g:
                        a, b = s.value.split("/")
                        tests.append((days_of(a, self.case.slack), None if b == ".." else
                                      days_of(b, self.case.slack)))
                domain[p] = sorted(set().union(*(t[0] for t in tests)))
                checks.append(([p, (p[0], p[1], 1)], lambda x, y, tests=tests: any(
                    x in a and (b is None or y in b) for a, b in tests)))
                continue
            absolute = [[days_of(s.value, self.case.slack) for s in g] for g in groups]
            if all(d is not None for g in absolute for d in g):
                left = set()
                for g in absolute:
                    left |= set.intersection(*g)
                domain[p] = sorted(left)
                continue
            wanted, tests, nears = [p], [], []
            for g in groups:
                test = []
                for s in g:
                    days = days_of(s.value, self.case.slack)
                    if days is not None:
                        test.append((None, days))
                        nears.append((None, (min(days), max(days))))
                    elif self.says(s):
                        names, fits, near = relative(s.value)
                        ends = [self.named(n) for n in names]
                        wanted += [x for e in ends for x in e]
                        test.append((ends, fits))
                        nears.append((ends, near))
                tests.append(test)
            wanted = list(dict.fromkeys(wanted))

            def check(*days, wanted=wanted, tests=tests):
                at = dict(zip(wanted, days))
                return any(all(days[0] in fits if ends is None else
                               fits(days[0], [(at[a], at[b]) for a, b in ends])
                               for ends, fits in test) for test in tests)
            checks.append((wanted, check))
            if len(nears) == sum(map(len, groups)) and all(near for _, near in nears) and \
                    not any(p in e for ends, _ in nears for e in ends or ()):
                close[p] = wanted, nears
        checks += self.lines
        # Those with few days first; what hangs on others right after them.
        order = sorted((p for p in self.points if p not in close),
                       key=lambda p: len(domain.get(p, range(10 ** 6))))
        later = [p for p in self.points if p in close]
        while later:
            ready = [p for p in later if all(w == p or w in order for w in close[p][0])]
            for p in ready or later[:1]:
                later.remove(p)
                behind = [order.index(w) for w in close[p][0] if w in order]
                order.insert(max(behind, default=-1) + 1, p)
        place = {p: i for i, p in enumerate(order)}
        by_last = [[] for _ in order]
        for wanted, test in checks:
            at = [place[p] for p in wanted]
            by_last[max(at)].append((at, test))
        out = []
        days = [0] * len(order)
        domains = [domain.get(p, self.hull(p)) for p in order]
        back = [place[p] for p in self.points]
        steps = [0]

        def days_for(i):
            """Only where anchors are settled already: days that are near enough."""
            wanted, nears = close.get(order[i], ([], None))
            if nears is None or any(place[w] > i for w in wanted):
                return domains[i]
            spans = [near if ends is None else near([(days[place[a]], days[place[b]])
                                                     for a, b in ends]) for ends, near in nears]
            return range(min(a for a, _ in spans), max(b for _, b in spans) + 1)

        def assign(i):
            if i == len(order):
                out.append(tuple(days[k] for k in back))
                if len(out) > MOST:
                    raise TooMany()
                return
            for d in days_for(i):
                days[i] = d
                steps[0] += 1
                if all(test(*[days[k] for k in at]) for at, test in by_last[i]):
                    assign(i + 1)
            if steps[0] > 30 * MOST:
                raise TooMany()
        assign(0)
        return out


# ---------------------------------------------------------------- conditions

UNKNOWN = "unknown"  # an operand that is there, on no day that could be told


class Judge:
    """The rules of a case in one view that stands."""

    def __init__(self, view):
        self.view, self.case = view, view.case
        self.all = view.all
        a = view.all
        self.T, self.F, self.U, self.G = (a,) * 4, (0,) * 4, (0, a, 0, a), (0, 0, a, a)
        self.leaves = {}
        self.undated = False  # days that nobody states are left open instead of being gaps
        self.seen = None      # operators met, for the sums
        self.on_weak = False  # did a weak source alone lead along a path of the condition?
        self.weak = set()     # ends of the last path that a weak source alone leads to
        self.both_ways = False  # what is doubtful is not believed where it denies, either

    def leaf(self, mask):
        return (mask,) * 4

    def truth(self, so, no):
        return self.T if so != no else self.F

    @staticmethod
    def both(parts, of):
        return tuple(functools.reduce(int.__and__, column) for column in zip(of, *parts))

    @staticmethod
    def either(parts, of):
        return tuple(functools.reduce(int.__or__, column) for column in zip(of, *parts))

    def rivals(self, each):
        """One of these is right: for certain if all say so, perhaps if one does."""
        if not each:
            return self.G
        if len(each) == 1:
            return each[0]
        b, e = self.both(each, self.T), self.either(each, self.F)
        return (b[0], e[1], b[2], e[3])

    def of_cases(self, cases):
        """Of each case its rivals; of the cases that one that holds."""
        return self.either([self.both([k for k in (g, h) if k is not None], self.rivals(each))
                            for g, h, each in cases.values()], self.F) if cases else self.G

    def value(self, tree, env, no=False, stated=False):
        """`no`: of its negation. `stated`: in `where` and `unless`, what nobody lists is no fact."""
        outside, self.on_weak = self.on_weak, False
        out = self.simple(tree, env, no, stated)
        of_what_is_said = tree[0] == "call" and tree[1] in ("known", "doubtful")
        if self.on_weak and out != self.G and not of_what_is_said:
            out = self.doubted(out)
        self.on_weak = outside
        return out

    def doubted(self, v):
        """What rests on a weak source alone makes nothing certain; what it satisfies, it leaves
        in peace."""
        return self.U if self.both_ways else self.both([self.U], v)

    def simple(self, tree, env, no, stated):
        kind = tree[0]
        if kind in ("and", "or"):
            parts = [self.value(x, env, no, stated) for x in tree[1]]
            return self.both(parts, self.T) if (kind == "and") != no else self.either(parts, self.F)
        if kind == "not":
            return self.value(tree[1], env, not no, stated)
        if kind == "bool":
            return self.truth(tree[1], no)
        if kind in ("some", "every", "no"):
            return self.quantified(tree, env, no, stated)
        if kind == "time":
            return self.relation(tree, env, no, stated)
        if kind == "cmp":
            return self.compare(tree, env, no, stated)
        if kind == "in":
            return self.inside(tree, env, no, stated)
        if kind == "matches":
            each = []
            for guard, what, x in self.scalars(tree[1], env, stated):
                each.append(self.G if what == "gap" else self.U if what == "unknown" else
                            self.doubted(self.truth(bool(re.search(tree[2], x[1])), no))
                            if what == "weak" else self.truth(bool(re.search(tree[2], x)), no))
            return self.rivals(each)
        if kind == "agrees":
            return self.agrees(tree, env, no)
        if kind == "call":
            return self.call(tree, env, no, stated)
        if kind in ("path", "cases"):  # a boolean field alone
            return self.compare(("cmp", "=", tree, ("bool", True)), env, no, stated)
        raise ValueError("no condition: %r" % (tree,))

    # ------------------------------------------------------------ paths

    def walk(self, path, env):
        """Ends (record or (record, field)); is there a gap; is the list open (None: no list)."""
        record = env.get(path[0])
        self.rival = False  # did a reference on the way have several values?
        self.weak = set()
        if record is None:
            return [], True, None
        now, gap, is_open = [record], False, None
        for step in path[1:]:
            after = []
            firm, weak = set(), set()
            for r in now:
                (weak if r in self.weak else firm).add((r, step))
                if isinstance(r, tuple):  # of a period, one of its ends
                    after.append(r + (("start", "end").index(step),))
                    (weak if r in self.weak else firm).add(after[-1])
                    continue
                f = self.case.records[r].type.fields[step]
                if f.kind != "ref":
                    after.append((r, step))
                    continue
                held = self.view.held(r, step)
                if f.list:
                    is_open = (bool(is_open) or not held or r in self.weak or
                               not all(s.closed and not s.weak for s in held))
                elif not held:
                    gap = True
                self.rival = self.rival or (
                    not f.list and len({self.view.same[s.value] for s in held}) > 1)
                for s in held:
                    for x in (s.value if f.list else [s.value]):
                        if x in self.view.exists:
                            (weak if s.weak or r in self.weak else firm).add(x)
                            if x not in after:
                                after.append(x)
                        elif not f.list:
                            gap = True
            now = after
            self.weak = weak - firm
        # Beside a firm value a weak one is a rival: it must follow of both.
        if is_open is None and now and all(r in self.weak for r in now):
            self.on_weak = True
        return now, gap, is_open

    def items(self, tree, env):
        """Records of a list, one for those that are one; is it open; is it a gap."""
        assert tree[0] == "path"
        path = tree[1]
        if len(path) == 1 and path[0] not in env:
            t = self.case.types[path[0]]
            some = [r for r in self.case.records if self.case.records[r].type is t]
            out = [r for r in some if r in self.view.exists]
            is_open = t.plural not in self.case.complete or (bool(some) and not out)
            gap = False
            self.weak = {r for r in out if self.case.records[r].weak}
        else:
            out, gap, is_open = self.walk(path, env)
        one = {}
        for r in out:
            one.setdefault(self.view.same[r], r)
        # Firm if it is so under one of its names.
        firm = {self.view.same[r] for r in out if r not in self.weak}
        self.weak = {r for r in one.values() if self.view.same[r] not in firm}
        return list(one.values()), bool(is_open), gap

    def quantified(self, tree, env, no, stated):
        which, name, of, body = tree
        items, is_open, gap = self.items(of, env)
        # every x: c is no x: not c
        negative = (which == "some") == no
        inner = which == "every"
        # Existence in the positive, or the denial of it.
        parts = []
        weak = self.weak
        for r in items:
            here = dict(env)
            here[name] = r
            v = self.value(body, here, inner != negative, stated)
            if r in weak and not negative:
                v = self.both([self.U], v)
            elif r in weak and self.both_ways:
                v = self.either([self.U], v)
            parts.append(v)
        if gap:
            parts.append(self.G)
        if is_open and not (stated and not negative):
            parts.append(self.U)
        return self.both(parts, self.T) if negative else self.either(parts, self.F)

    def inside(self, tree, env, no, stated):
        _, item, of = tree
        assert of[0] == "path"
        texts = False
        path = of[1]
        if len(path) > 1:
            r = self.type_of(path, env)
            texts = r is not None and r.kind == "text"
        absent = (self.F if not no else self.T)
        each = []
        if texts:
            ends, gap, _ = self.walk(path, env)
            if gap or not ends:
                return self.G
            for guard, what, x in self.scalars(item, env, stated):
                for end in ends:
                    known, perhaps, is_open = self.texts(end)
                    each.append(self.G if what == "gap" else
                                self.U if what in ("unknown", "weak") else
                                self.truth(True, no) if x in known else
                                self.doubted(self.truth(True, no)) if x in perhaps else
                                self.U if is_open and not (stated and not no) else absent)
            return self.rivals(each)
        ends, gap, _ = self.walk(item[1], env)
        items, is_open, no_list = self.items(of, env)
        if gap or not ends:
            return self.G
        firm = [x for x in items if x not in self.weak]
        for r in ends:
            found = any(self.view.same[r] == self.view.same[x] for x in items)
            sure = any(self.view.same[r] == self.view.same[x] for x in firm)
            each.append(self.truth(True, no) if sure else
                        self.doubted(self.truth(True, no)) if found else
                        self.G if no_list else
                        self.U if is_open and not (stated and not no) else absent)
        return self.rivals(each)

    def texts(self, end):
        """A list of texts; those that only a weak source lists; is it open."""
        held = self.view.held(*end)
        firm = {x for s in held for x in s.value if not s.weak}
        return (firm, {x for s in held for x in s.value} - firm,
                not held or not all(s.closed and not s.weak for s in held))

    def type_of(self, path, env):
        """The field at the end of a path, by types alone."""
        t = self.env_types[path[0]]
        f = None
        for step in path[1:]:
            f = t.fields[step]
            if f.kind == "ref":
                t = self.case.types[f.of]
        return f

    # ------------------------------------------------------------ values

    def scalars(self, tree, env, stated):
        """Alternatives: (guard or None, "gap" | "unknown" | "number" | "text" | "record", value)"""
        kind = tree[0]
        if kind == "num" or kind == "dur":
            return [(None, "number", (tree[1], tree[1]))]
        if kind == "bool":
            return [(None, "number", (int(tree[1]), int(tree[1])))]
        if kind == "text":
            return [(None, "text", tree[1])]
        if kind == "sum":
            out = []
            others = self.scalars(tree[3], env, stated)
            guards = {}  # rivals of a case are known by their guard being one and the same
            for g, a, x in self.scalars(tree[2], env, stated):
                for h, b, y in others:
                    guard = guards.setdefault((id(g), id(h)), g if h is None else h if g is None
                                              else self.both([g, h], self.T))
                    if "gap" in (a, b):
                        out.append((guard, "gap", None))
                    elif "unknown" in (a, b):
                        out.append((guard, "unknown", None))
                    else:
                        p, q = (z[1] if k == "weak" else z for k, z in ((a, x), (b, y)))
                        z = (p[0] + q[0], p[1] + q[1]) if tree[1] == "+" else \
                            (p[0] - q[1], p[1] - q[0])
                        out.append((guard, "weak", ("number", z)) if "weak" in (a, b) else
                                   (guard, "number", z))
            return out
        if kind == "cases":
            return self.by_case(tree, env, stated, self.scalars, (None, "gap", None))
        if kind == "call" and tree[1] == "count":
            return [(None,) + x for x in self.count(tree[2][0], env)]
        if kind == "call" and tree[1] == "age":
            return self.ages(tree, env, stated)
        if kind == "call" and tree[1] in ("width", "width_up_to"):
            w = self.window(tree[2][0][1], env)
            if w is None:
                return [(None, "gap", None)]
            n = float("inf") if None in w else w[1] - w[0] + 1
            return [(None, "number", (n if tree[1] == "width" else 1, n))]
        if kind != "path":
            raise ValueError("no value: %r" % (tree,))
        path = tree[1]
        if path[0] not in env and path[0] not in self.env_types and len(path) == 1:
            if path[0] in self.case.policies:
                x = float(self.case.policies[path[0]])
                return [(None, "number", (x, x))]
            return [(None, "text", path[0])]  # a word
        ends, gap, _ = self.walk(path, env)
        if gap or not ends:
            return [(None, "gap", None)]
        out = []
        for end in ends:
            if not isinstance(end, tuple):
                out.append((None, "record", end))
                continue
            held = self.view.held(*end)
            if not held:
                out.append((None, "gap", None))
            f = self.case.records[end[0]].type.fields[end[1]]
            # Beside a firm value a weak one is a rival: it must follow of both.
            weak = all(s.weak for s in held)
            for s in held:
                if f.kind == "bool":
                    x = int(s.value in ("yes", "true"))
                    one = "number", (x, x)
                elif f.kind in ("number", "int"):
                    one = "number", (float(s.value), float(s.value))
                else:
                    one = "text", s.value
                out.append((None, "weak", one) if weak else (None,) + one)
        return out

    def by_case(self, tree, env, stated, of, missing):
        """The value of the first case that holds; none: it is not there."""
        out, before = [], []
        for when, what in tree[1]:
            both, self.both_ways = self.both_ways, True  # what is denied weakly is not ruled out
            guard = self.both([self.value(when, env, False, stated), *before], self.T)
            before.append(self.value(when, env, True, stated))
            self.both_ways = both
            if not any(guard):
                continue
            for alternative in of(what, env, stated):
                g = alternative[0]
                out.append((guard if g is None else self.both([guard, g], self.T),) +
                           alternative[1:])
        rest = self.both(before, self.T)
        if any(rest):
            out.append((rest,) + missing[1:])
        return out

    def count(self, tree, env):
        path = tree[1]
        if len(path) > 1 and self.type_of(path, env).kind == "text":
            ends, gap, _ = self.walk(path, env)
            if gap or not ends:
                return [("gap", None)]
            lists = [self.texts(end) for end in ends]
            return [("number", (len(x), float("inf") if more else len(x))) for x, _, more in lists]
        else:
            items, is_open, gap = self.items(tree, env)
            if gap:
                return [("gap", None)]
            n = len(items)
        firm = sum(r not in self.weak for r in items)
        return [("number", (firm, float("inf") if is_open else n))]

    def ages(self, tree, env, stated):
        out = []
        for g, birth in self.operands(tree[2][0], env, stated):
            for h, on in self.operands(tree[2][1], env, stated):
                guard = g if h is None else h if g is None else self.both([g, h], self.T)
                if birth is None or on is None or not all(
                        self.bounded(p) for p in (birth[0][0], on[0][0]) if p is not None):
                    out.append((guard, "gap", None))
                    continue
                (p, _), (q, n) = birth[0], on[0]

                def of(where):
                    found = set()
                    for i in range(len(self.view.list)):
                        if where >> i & 1:
                            b = date.fromordinal(self.view.column[p][i])
                            o = date.fromordinal(n + (self.view.column[q][i] if q else 0))
                            found.add(o.year - b.year - ((o.month, o.day) < (b.month, b.day)))
                    return found
                if self.days(p, self.view.firm) != self.days(p, self.view.full) or \
                        self.days(q, self.view.firm) != self.days(q, self.view.full):
                    out.append((guard, "unknown", None))  # rests on a doubtful date
                    continue
                found = of(self.view.full)
                out.append((guard, "number", (min(found), max(found))))
        return out

    def bounded(self, p):
        """Does it have a first and a last day?"""
        if p not in self.view.column:
            return False
        days, free = self.days(p, self.view.full), self.view.hull(p)
        near = self.view.free // 2  # what hangs on a free point ends a little before the edge
        return min(days) > free[0] + near and max(days) < free[-1] - near

    def days(self, p, where):
        if p is None:
            return None
        return {d for i, d in enumerate(self.view.column[p]) if where >> i & 1}

    def compare(self, tree, env, no, stated):
        _, sign, left, right = tree
        cases = {}  # by their guards: rivals
        others = self.scalars(right, env, stated)
        for g, a, x in self.scalars(left, env, stated):
            for h, b, y in others:
                weak = "weak" in (a, b)
                kinds = [k if k != "weak" else z[0] for k, z in ((a, x), (b, y))]
                p, q = (z[1] if k == "weak" else z for k, z in ((a, x), (b, y)))
                if "gap" in kinds:
                    v = self.G
                elif "unknown" in kinds:
                    v = self.U
                elif kinds[0] == "number":
                    v = self.numbers(sign, p, q, no)
                else:
                    equal = self.view.same[p] == self.view.same[q] if kinds[0] == "record" else p == q
                    v = self.truth(equal == (sign == "="), no)
                if weak and "gap" not in kinds and "unknown" not in kinds:
                    v = self.doubted(v)
                cases.setdefault((id(g), id(h)), (g, h, []))[2].append(v)
        return self.of_cases(cases)

    def numbers(self, sign, x, y, no):
        if sign in ("=", "!="):
            so, not_so = x[0] == x[1] == y[0] == y[1], x[1] < y[0] or y[1] < x[0]
            if sign == "!=":
                so, not_so = not_so, so
        elif sign in ("<", ">="):
            so, not_so = x[1] < y[0], x[0] >= y[1]
        else:
            so, not_so = x[0] > y[1], x[1] <= y[0]
        if sign in (">=", "<="):
            so, not_so = not_so, so
        return self.truth(True, no) if so else self.truth(False, no) if not_so else self.U

    # ------------------------------------------------------------ time

    def operands(self, tree, env, stated):
        """Alternatives: (guard, None | ((point, days), (point, days))); no point: a day."""
        kind = tree[0]
        if kind == "day":
            return [(None, ((None, tree[1]), (None, tree[1])))]
        if kind == "sum":
            n = tree[3][1] * (1 if tree[1] == "+" else -1)
            return [(g, o and (o if o == UNKNOWN else tuple((p, k + n) for p, k in o)))
                    for g, o in self.operands(tree[2], env, stated)]
        if kind == "cases":
            return self.by_case(tree, env, stated, self.operands, (None, None))
        if kind == "call":
            w = self.window(tree[2][0][1], env)
            if w is None:
                return [(None, None)]
            x = w[tree[1] == "latest"]
            return [(None, UNKNOWN if x is None else ((None, x), (None, x)))]
        ends, gap, _ = self.walk(tree[1], env)
        if gap or not ends:
            return [(None, None)]
        out = []
        for end in ends:
            if isinstance(end, tuple):
                f = self.case.records[end[0]].type.fields[end[1]]
                if f.kind == "period" and len(end) == 2:
                    points = [self.view.point(end[0], end[1], k) for k in (0, 1)]
                else:
                    points = [self.view.point(*end)] * 2
            else:
                points = self.view.moment(end)
            out.append((None, tuple((p, 0) for p in points)))
        return out

    def relation(self, tree, env, no, stated):
        _, word, left, right = tree
        cases = {}  # by their guards: rivals
        others = self.operands(right, env, stated)
        for g, a in self.operands(left, env, stated):
            for h, b in others:
                v = self.relate(word, a, b, no)
                cases.setdefault((id(g), id(h)), (g, h, []))[2].append(v)
        return self.of_cases(cases)

    def relate(self, word, a, b, no):
        if a is None or b is None:
            return self.G
        view = self.view
        ends = [e for x in (a, b) if x != UNKNOWN for e in x]
        if any(p is not None and p not in view.column for p, _ in ends):
            return self.G  # a day of which nothing at all is said
        if UNKNOWN in (a, b):
            return self.U
        key = word, a, b
        if key not in self.leaves:
            columns = [([n] * len(view.list) if p is None else
                        [d + n for d in view.column[p]] if n else view.column[p]) for p, n in ends]
            known, mask = {}, 0
            bits = []
            for days in zip(*columns):
                if days not in known:
                    known[days] = true_of(word, *days)
                bits.append("1" if known[days] else "0")
            mask = int("".join(reversed(bits)) or "0", 2)
            self.leaves[key] = mask
        mask = self.leaves[key]
        undated = any(p is not None and p not in view.dated for p, _ in ends)
        if undated and not self.undated and mask & view.full not in (0, view.full):
            return self.G
        return self.leaf(self.all ^ mask if no else mask)

    # ------------------------------------------------------------ functions

    def call(self, tree, env, no, stated):
        _, name, arguments = tree
        if name == "known":
            ends, gap, _ = self.walk(arguments[0][1], env)
            so = not gap and any(not isinstance(e, tuple) or
                                 any(not s.pending for s in self.view.held(*e)) for e in ends)
            return self.truth(so, no)
        if name == "pending":
            ends, gap, _ = self.walk(arguments[0][1], env)
            said = [] if gap else [s for e in ends for s in self.view.held(*e[:2])]
            if not said:
                return self.truth(False, no)
            return self.rivals([self.U if s.weak else self.truth(s.pending, no) for s in said])
        if name == "doubtful":
            ends, gap, _ = self.walk(arguments[0][1], env)
            said = []
            for e in ends:
                if isinstance(e, tuple):
                    said += [s.doubt or s.weak or e in self.weak for s in self.view.held(*e[:2])]
                else:
                    said.append(e in self.weak or self.case.records[e].weak)
            return self.truth(bool(said) and all(said) and not gap, no)
        if name in ("certainly", "possibly"):
            both, self.both_ways = self.both_ways, True
            v = self.value(arguments[0], env, False, stated and not no)
            self.both_ways = both
            if name == "certainly":
                against, for_ = v[0] == self.all, v[2] == self.all
            else:
                against, for_ = v[1] != 0, v[3] != 0
            return self.truth(against, no) if against == for_ else self.G
        if name == "same":
            a, gap, _ = self.walk(arguments[0][1], env)
            b, other, _ = self.walk(arguments[1][1], env)
            if gap or other:
                return self.G
            return self.rivals([self.truth(self.view.same[x] == self.view.same[y], no)
                                for x in a for y in b])
        raise ValueError("no function " + name)

    def window(self, path, env):
        """First and last day that values of a field say (None: open); nothing: not stated."""
        ends, gap, _ = self.walk(path, env)
        days, open_ = set(), False
        for e in ends:
            if not isinstance(e, tuple):
                continue
            for s in self.view.held(e[0], self.view.field_of_day(*e[:2])):
                # What other relative values make of its anchors is not worked out here.
                if days_of(s.value, 0) is None and sum(
                        days_of(x.value, 0) is None and "/" not in x.value
                        for groups in self.view.values.values() for g in groups for x in g) > 1:
                    raise TooMany()
                each = self.said_days(s)
                open_ = open_ or not each  # what cannot be may be any day
                days |= each or set()
        if gap or not (days or open_):
            return None
        if open_:
            return None, None
        # What runs into the edge of what said_days tries is open there.
        low, high = min(days), max(days)
        return (None if low <= day("2020-01-20") else low,
                None if high >= day("2020-05-09") else high)

    def said_days(self, s, depth=0):
        """Days that a value says, its anchors dated by values alone; None: any."""
        if depth > 4:
            raise TooMany()  # anchors in a circle
        days = days_of(s.value, self.case.slack)
        if days is not None:
            return days
        if not self.view.says(s):
            return None
        names, fits, _ = relative(s.value)
        anchors = []
        for n in names:
            ends = self.view.named(n)
            two = []
            for p in ends:
                held = self.view.held(p[0], p[1])
                each = [self.said_days(x, depth + 1) for x in held]
                if not each or any(e is None for e in each):
                    two.append(range(day("2020-01-01"), day("2020-06-01")))
                else:
                    two.append(sorted(set().union(*each)))
            pairs = [(x, x) for x in two[0]] if ends[0] == ends[1] else \
                [(x, y) for x in two[0] for y in two[1] if x <= y]
            anchors.append(pairs)
        out = set()
        for d in range(day("2020-01-20"), day("2020-05-10")):
            if any(fits(d, list(c)) for c in itertools.product(*anchors)):
                out.add(d)
        return out

    def agrees(self, tree, env, no):
        sides = []
        for x in tree[1:]:
            ends, gap, _ = self.walk(x[1], env)
            sides.append([(e, s) for e in ends if isinstance(e, tuple)
                          for s in self.view.held(*e)])
        if not all(sides):
            return self.G
        agree = doubt = False
        for (r, f), s in sides[0]:
            for _, o in sides[1]:
                kind = self.case.records[r].type.fields[f].kind
                doubt = doubt or s.doubt or o.doubt or s.weak or o.weak
                if kind == "date":
                    a, b = self.said_days(s), self.said_days(o)
                    both = a is None or b is None or bool(a & b)
                elif kind == "number":
                    both = float(s.value) == float(o.value)
                elif kind == "bool":
                    both = (s.value in ("yes", "true")) == (o.value in ("yes", "true"))
                else:
                    both = s.value == o.value
                agree = agree or both
        v = self.truth(agree, no)
        return self.doubted(v) if doubt else v

    # ------------------------------------------------------------ rules

    def exception(self, x, env):
        """Does it excuse? What is not stated does not; what is only doubtfully so, perhaps."""
        v = self.value(x.when, env, False, True)
        gap = v[:2] != v[2:]
        v = (v[0], v[1], v[0], v[1])
        view = self.view
        if gap and not any(v):
            view.with_proposed = True
            if any(self.value(x.when, env, False, True)[:2]):
                v = self.U  # what is only proposed excuses perhaps
            view.with_proposed = False
        if v[0] & view.full == view.full and v[0] & view.firm != view.firm:
            v = self.U
        inner = [self.denied(y, env) for y in x.unless]
        return self.both(inner, v)

    def denied(self, x, env):
        v = self.exception(x, env)
        a = self.all
        return (a ^ v[1], a ^ v[0], a ^ v[3], a ^ v[2])

    def instances(self, rule, env, at=0, among=None):
        """Names bound; the first that leads to nothing, if one does; the rivals it is one of."""
        if at == len(rule.bindings):
            yield dict(env), None, among
            return
        name, path = rule.bindings[at]
        if len(path) == 1:
            t = self.case.types[path[0]]
            for r in self.case.records.values():
                if r.type is t and r.id in self.view.exists:
                    env[name] = r.id
                    yield from self.instances(rule, self.led(env, r.weak), at + 1, among)
            env.pop(name, None)
            return
        ends, gap, _ = self.walk(path, env)
        weak = self.weak
        if self.rival and not all(r in weak for r in ends):
            weak = set()
        if self.rival and among is None:
            among = at, tuple(env.items())
        for r in ends:
            env[name] = r
            yield from self.instances(rule, self.led(env, r in weak), at + 1, among)
        env.pop(name, None)
        if not ends and gap:
            yield dict(env), at, among

    @staticmethod
    def led(env, weak):
        """`?` is no name: a binding was led to by a weak source alone."""
        return {**env, "?": True} if weak else env

    def judge(self, rule, env, plus=None):
        """(verdict, V)"""
        view = self.view
        scope = self.value(rule.where, env, False, True)
        v = self.both([scope, self.value(rule.require, env, True),
                       *([self.U] if "?" in env else []),
                       *(self.denied(x, env) for x in rule.unless)], self.T)
        if v[0] == self.all:
            return "certain", v
        if v[1] & view.full:
            fits = plus is None or rule.kind == "fact" or v[1] & view.full & plus
            if fits:
                return "possible", v
        elif v[3] & view.full:
            return "gap", v
        return ("satisfied" if scope[3] & view.full else "not applicable"), v

    def unbound(self, rule, env):
        if not self.value(rule.where, env, False, True)[3] & self.view.full:
            return "not applicable"
        excused = any(self.exception(x, env)[0] == self.all for x in rule.unless)
        return "satisfied" if excused else "gap"

    def types_of(self, rule):
        self.env_types = {}
        for name, path in rule.bindings:
            if len(path) == 1:
                self.env_types[name] = self.case.types[path[0]]
            else:
                self.env_types[name] = self.case.types[self.type_of(path, None).of]

        def quantifiers(t):
            if isinstance(t, list):
                for x in t:
                    quantifiers(x)
            elif isinstance(t, tuple) and t:
                if t[0] in ("some", "every", "no"):
                    path = t[2][1]
                    self.env_types[t[1]] = self.case.types[path[0]] \
                        if len(path) == 1 else self.case.types[self.type_of(path, None).of]
                for x in t[1:]:
                    if isinstance(x, (tuple, list)):
                        quantifiers(x)

        def exceptions(each):
            for x in each:
                quantifiers(x.when)
                exceptions(x.unless)
        for t in (rule.where, rule.require):
            quantifiers(t)
        exceptions(rule.unless)

    def rules(self):
        """Verdicts by (rule, names of the records bound)."""
        out = {}
        plus = self.view.full
        for kind in ("fact", "law"):
            for rule in self.case.rules:
                if rule.kind != kind:
                    continue
                self.types_of(rule)
                among = {}
                for env, unbound, rivals in self.instances(rule, {}):
                    key = rule.id, tuple(env.get(name) for name, _ in rule.bindings)
                    if rivals is not None:
                        among.setdefault(rivals, []).append(key)
                    if unbound is not None:
                        out[key] = self.unbound(rule, env)
                        continue
                    out[key], v = self.judge(rule, env, plus if kind == "law" else None)
                    if kind == "fact" and rivals is None:
                        plus &= self.required(rule, env, out[key], v)
                # Which of several values a reference has is not known: so if it is so of each.
                for keys in among.values():
                    if any(out[k] != "certain" for k in keys):
                        for k in keys:
                            out[k] = "possible" if out[k] == "certain" else out[k]
        self.joint = not plus
        return out

    def required(self, rule, env, verdict, v):
        """The datings that a possibly broken rule of fact leaves (semantics 3.2)."""
        if verdict not in ("possible", "gap"):
            return self.all
        if any(self.exception(x, env)[1] for x in rule.unless):
            return self.all
        if verdict == "gap":
            self.undated = True
            v = self.judge(rule, env)[1]
            self.undated = False
        if not v[0] == v[1] == v[2] == v[3]:
            return self.all
        kept = self.all ^ v[0]
        return kept if kept & self.view.full else self.all


RANK = ["certain", "possible", "gap", "satisfied", "not applicable"]


def combined(each):
    """Of the verdicts in all worlds that stand; None: not there in one of them."""
    if all(v == "certain" for v in each):
        return "certain"
    each = ["possible" if v == "certain" else v for v in each if v is not None]
    return min(each, key=RANK.index)


def answers(case, free=FREE):
    """By account: None if the view cannot stand, else verdicts by (rule, records)."""
    out = {}
    open_ = [k for k, line in enumerate(case.identity) if line[1] == "unknown"]
    for account in case.accounts or [None]:
        worlds = []
        for bits in itertools.product([False, True], repeat=len(open_)):
            view = View(case, account, dict(zip(open_, bits)), free)
            if view.stands:
                judge = Judge(view)
                worlds.append(judge.rules())
                if judge.joint:
                    raise TooMany()  # requirements that exclude one another: not compared
        if not worlds:
            out[account or ""] = None
            continue
        keys = {k for w in worlds for k in w}
        out[account or ""] = {k: combined([w.get(k) for w in worlds]) for k in keys}
    return out
