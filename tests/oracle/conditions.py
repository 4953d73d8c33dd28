#!/usr/bin/python3
"""Conditions of rules about time: writes random ones, and judges them by brute force over days.

A case asks them in comments, `# ask: CONDITION`, with events and norms by their ids. `judged` gives
for each what the program must say of a rule that requires it, in a view that stands: certain (that it
is broken), possible, gap, satisfied. See README.md.

A relation is known here twice: as constraints, by which datings are searched, and by its words, of
days as they are (`true_of`); every dating found is held against both.
"""
import re
from datetime import date

ALLEN = ["before", "meets", "overlaps", "starts", "during", "finishes", "equals", "after", "met-by",
         "overlapped-by", "started-by", "contains", "finished-by"]


# ---------------------------------------------------------------- writing

class Writer:
    """Random conditions over the events and norms of a case. `r`: random; `day()`: a day near."""

    def __init__(self, r, ids, norms, day):
        self.r, self.ids, self.norms, self.day = r, ids, norms, day

    def operand(self):
        r = self.r
        if self.norms and r.random() < 0.25:
            return r.choice(self.norms) + r.choice([".force", ".force", ".force", ".force.start",
                                                    ".force.end"])
        if r.random() < 0.12:
            return self.day().isoformat()
        name = r.choice(self.ids)
        if r.random() < 0.45:
            name += r.choice([".start", ".start", ".end"])
            if r.random() < 0.25:
                name += " %s %s" % (r.choice("+-"), r.choice(["1 day", "3 days", "1 week"]))
        return name

    def relation(self):
        r = self.r
        distance = "%d days" % r.choice([2, 3, 5, 10, 20]) if r.random() < 0.85 else "2 weeks"
        return r.choice([
            "before", "after", "not before", "not after", "same day as", "not same day as", "within",
            "overlaps", "%s %s %s" % (r.choice(["at least", "at most", "exactly"]), distance,
                                      r.choice(["before", "after"])),
            "%s %s %s" % (r.choice(["at least", "at most"]), distance, r.choice(["before", "after"])),
            "allen " + r.choice(ALLEN), "allen " + r.choice(ALLEN),
            "allen " + " or ".join(r.sample(ALLEN, r.choice([2, 3, 4, 6]))),
            "contains", "within %s of" % distance])

    def literal(self):
        a, b = self.operand(), self.operand()
        while a.split(".")[0] == b.split(".")[0]:
            b = self.operand()
        return "%s %s %s" % (a, self.relation(), b)

    def condition(self, depth=2):
        r = self.r
        if depth == 0 or r.random() < 0.4:
            return ("not " if r.random() < 0.2 else "") + self.literal()
        word = r.choice([" and ", " or "])
        parts = [self.condition(depth - 1) for _ in range(r.choice([2, 2, 3]) if depth > 1 else 2)]
        text = word.join("(%s)" % p if re.search(" (and|or) ", p) else p for p in parts)
        return "not (%s)" % text if r.random() < 0.12 else text

    def questions(self, count):
        """So many, of at most three relations each."""
        out = []
        while len(out) < count:
            text = self.condition()
            if len(literals(parse(text))) <= 3:
                out.append(text)
        return out


# ---------------------------------------------------------------- reading

TOKEN = re.compile(r"\s*([()]|[^\s()]+)")
RELATION = (r"not before|not after|before|after|not same day as|same day as|overlaps|contains"
            r"|within \d+ (?:day|week)s? of|within"
            r"|(?:at least|at most|exactly) \d+ (?:day|week)s? (?:before|after)"
            r"|allen \S+(?: or (?:%s))*" % "|".join(ALLEN))


def parse(text):
    """("or" | "and", parts), ("not", part), ("is", left, relation, right)"""
    tokens = TOKEN.findall(text)
    at = 0

    def peek():
        return tokens[at] if at < len(tokens) else None

    def take():
        nonlocal at
        at += 1
        return tokens[at - 1]

    def either():
        parts = [both()]
        while peek() == "or":
            take()
            parts.append(both())
        return parts[0] if len(parts) == 1 else ("or", parts)

    def both():
        parts = [one()]
        while peek() == "and":
            take()
            parts.append(one())
        return parts[0] if len(parts) == 1 else ("and", parts)

    def one():
        if peek() == "not":
            take()
            return ("not", one())
        if peek() == "(":
            take()
            inner = either()
            assert take() == ")"
            return inner
        words = []
        while peek() not in (None, ")", "and") and not (
                peek() == "or" and not (len(words) > 1 and "allen" in words and
                                        tokens[at + 1] in ALLEN and words[-1] in ALLEN)):
            words.append(take())
        m = re.fullmatch(r"(.+?) (%s) (.+)" % RELATION, " ".join(words))
        assert m, text
        return ("is", m[1], m[2], m[3])
    tree = either()
    assert at == len(tokens), text
    return tree


def literals(tree):
    if tree[0] == "is":
        return [tree]
    return [x for part in (tree[1] if tree[0] != "not" else [tree[1]]) for x in literals(part)]


def names(tree):
    """Ids of the records that a condition speaks of."""
    return {re.split(r"[. ]", side)[0] for x in literals(tree) for side in (x[1], x[3])
            if not side[0].isdigit()}


# ---------------------------------------------------------------- what a relation means

def amount(words):
    m = re.search(r"(\d+) (day|week)", words)
    return int(m[1]) * (7 if m[2] == "week" else 1)


def one_allen(a, a_end, b, b_end):
    """The one relation of two half-open periods."""
    if a_end < b:
        return "before"
    if b_end < a:
        return "after"
    if a_end == b:
        return "meets"
    if b_end == a:
        return "met-by"
    if a == b:
        return "equals" if a_end == b_end else "starts" if a_end < b_end else "started-by"
    if a_end == b_end:
        return "finishes" if a > b else "finished-by"
    if a < b:
        return "overlaps" if a_end < b_end else "contains"
    return "during" if a_end < b_end else "overlapped-by"


def true_of(word, a, A, b, B):
    """Of days as they are: a is from day a to A, b from b to B."""
    shared = set(range(a, A + 1)) & set(range(b, B + 1)) if A - a < 400 and B - b < 400 else \
        max(a, b) <= min(A, B)
    if word.startswith("allen"):
        return one_allen(a, A + 1, b, B + 1) in word[6:].split(" or ")
    if word.startswith("not "):
        return not true_of(word[4:], a, A, b, B)
    if word == "before":
        return A < b
    if word == "after":
        return B < a
    if word == "same day as":
        return (a, A) == (b, B)
    if word == "overlaps":
        return bool(shared)
    if word == "within":
        return b <= a and A <= B
    if word == "contains":
        return a <= b and B <= A
    n = amount(word)
    if word.startswith("within"):
        return bool(shared) or (b - A <= n if A < b else a - B <= n)
    between = b - A if word.endswith("before") else a - B
    if word.startswith("at least"):
        return between >= n
    if word.startswith("exactly"):
        return between == n
    return 0 <= between <= n


def less(x, y, strictly=True):
    """x before y: each a point and days added."""
    return ("gap", y[0], x[0], (1 if strictly else 0) + x[1] - y[1], None)


# Which ends are how to one another: of a relation's both starts, and so on.
ENDS = {
    "before": ["A<b"], "meets": ["A=b"], "overlaps": ["a<b", "b<A", "A<B"], "starts": ["a=b", "A<B"],
    "during": ["b<a", "A<B"], "finishes": ["b<a", "A=B"], "equals": ["a=b", "A=B"]}
CONVERSE = dict(zip(ALLEN[7:], ALLEN[:6]))


def ways(word, a, A, b, B):
    """The relation as alternatives of constraints; a..B: points with days added."""
    if word.startswith("allen"):
        out = []
        for one in word[6:].split(" or "):
            # The end of a period is the day after its last.
            here = {"a": a, "A": (A[0], A[1] + 1), "b": b, "B": (B[0], B[1] + 1)}
            if one in CONVERSE:
                one = CONVERSE[one]
                here = {"a": b, "A": here["B"], "b": a, "B": here["A"]}
            way = []
            for x, sign, y in ENDS[one]:
                x, y = here[x], here[y]
                way += [less(x, y)] if sign == "<" else [less(x, y, False), less(y, x, False)]
            out.append(way)
        return out
    if word.startswith("not "):
        return opposite(ways(word[4:], a, A, b, B))
    if word == "before":
        return [[less(A, b)]]
    if word == "after":
        return [[less(B, a)]]
    if word == "same day as":
        return [[less(a, b, False), less(b, a, False), less(A, B, False), less(B, A, False)]]
    if word == "overlaps":
        return [[less(a, B, False), less(b, A, False)]]
    if word == "within":
        return [[less(b, a, False), less(A, B, False)]]
    if word == "contains":
        return [[less(a, b, False), less(B, A, False)]]
    n = amount(word)
    if word.startswith("within"):
        return [[less((b[0], b[1] - n), A, False), less((a[0], a[1] - n), B, False)]]
    early, late = (A, b) if word.endswith("before") else (B, a)
    low = 0 if word.startswith("at most") else n
    way = [less((early[0], early[1] + low), late, False)]
    if not word.startswith("at least"):
        way.append(less(late, (early[0], early[1] + n), False))
    return [way]


def opposite(alternatives):
    """Not one of these: of each alternative one constraint fails."""
    out = [[]]
    for way in alternatives:
        # Two that meet for `=` fail one at a time, each by the other's strict form.
        out = [chosen + [("gap", c[2], c[1], 1 - c[3], None)] for chosen in out for c in way]
    return out


# ---------------------------------------------------------------- judging

class Literal:
    def __init__(self, view, tree):
        self.word = tree[2]
        self.ends = [self.operand(view, tree[1]), self.operand(view, tree[3])]
        self.silent = None in self.ends
        if self.silent:
            return
        (a, A), (b, B) = self.ends
        self.points = [a, A, b, B]
        self.yes = ways(self.word, a, A, b, B)
        self.no = opposite(self.yes)
        self.undated = any(p[0] is not None and p[0] not in view.dated for p in self.points)

    @staticmethod
    def operand(view, text):
        """First and last point, each with days added; None if nothing is said of it."""
        m = re.fullmatch(r"(\S+?)(?: ([+-]) (\d+ \w+))?", text)
        added = 0 if not m[2] else amount(m[3]) * (1 if m[2] == "+" else -1)
        if m[1][0].isdigit():
            day = view.world.index(date.fromisoformat(m[1]))
            return (None, day), (None, day)
        ends = view.ends_of(m[1])
        return ends and tuple((p, added) for p in ends)

    def true(self, days):
        return true_of(self.word, *[(0 if p is None else days[p]) + n for p, n in self.points])


def settled(constraints):
    """Takes days that stand as they are (no point) out; False: cannot be."""
    out = []
    for c in constraints:
        _, later, earlier, low, _ = c
        if later is None and earlier is None:
            if low > 0:
                return False
        elif later is None:
            out.append(("until", earlier, -low))
        elif earlier is None:
            out.append(("from", later, low))
        else:
            out.append(c)
    return out


def spelt(constraint):
    """For sorting. A set of days may have more digits than Python writes in tens."""
    return [hex(x) if isinstance(x, int) else repr(x) for x in constraint]


def fits(network, world, conjunction):
    found = settled(conjunction)
    if found is False:
        return False
    extra = []
    for c in found:
        if c[0] == "until":
            extra.append(("in", c[1], world.span(None, c[2])))
        elif c[0] == "from":
            extra.append(("in", c[1], world.span(c[2], None)))
        else:
            extra.append(c)
    return network.possible(*sorted(set(extra), key=spelt))


# A formula: True, False, "gap", ("all" | "any", parts), ("leaf", literal, holds)

def formula(tree, negated, of):
    if tree[0] == "is":
        literal, state = of[tree]
        return state if state == "gap" else ("leaf", literal, not negated)
    if tree[0] == "not":
        return formula(tree[1], not negated, of)
    return ("all" if (tree[0] == "and") != negated else "any",
            [formula(part, negated, of) for part in tree[1]])


def negation(f):
    if f in (True, False):
        return not f
    if f[0] == "leaf":
        return ("leaf", f[1], not f[2])
    return ("any" if f[0] == "all" else "all", [negation(p) for p in f[1]])


def without_gaps(f, value):
    if f == "gap":
        return value
    if f in (True, False) or f[0] == "leaf":
        return f
    return (f[0], [without_gaps(p, value) for p in f[1]])


def true(f, days):
    if f in (True, False):
        return f
    if f[0] == "leaf":
        return f[1].true(days) == f[2]
    return (all if f[0] == "all" else any)(true(p, days) for p in f[1])


def conjunctions(f):
    """Alternatives of constraints, one after the other."""
    if f is True:
        yield []
    elif f is False:
        return
    elif f[0] == "leaf":
        yield from (f[1].yes if f[2] else f[1].no)
    elif f[0] == "any":
        for part in f[1]:
            yield from conjunctions(part)
    else:
        def product(parts):
            if not parts:
                yield []
                return
            for way in conjunctions(parts[0]):
                for rest in product(parts[1:]):
                    yield way + rest
        yield from product(f[1])


def possible(network, world, f):
    """Does a dating meet the formula?"""
    if f in (True, False):
        return f
    for days in network.found:
        if true(f, days):
            return True
    before = len(network.found)
    for way in conjunctions(f):
        if fits(network, world, way):
            # What the constraints let pass must be so by the words too.
            assert len(network.found) > before and true(f, network.found[-1]), (f, way)
            return True
    return False


def judged(view, firm, full, text):
    """What a rule that requires the condition says; None: one of its records isn't there."""
    tree = parse(text)
    if any(not view.is_there(name) for name in names(tree)):
        return None
    world = view.world
    of = {}
    for leaf in set(literals(tree)):
        literal = Literal(view, leaf)
        state = "gap" if literal.silent else None
        if not literal.silent and literal.undated:
            no, yes = ("leaf", literal, False), ("leaf", literal, True)
            # Decided on a doubtful date is decided all the same; it is only not certain.
            if possible(full, world, no) and possible(full, world, yes):
                state = "gap"
        of[leaf] = literal, state
    broken = formula(tree, True, of)
    strict = without_gaps(broken, False)
    if not possible(firm, world, negation(strict)):
        return "certain"
    if possible(full, world, strict):
        return "possible"
    return "gap" if possible(full, world, without_gaps(broken, True)) else "satisfied"
