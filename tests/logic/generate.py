"""Random packs of rules and random small cases for them. `make(seed, number)` depends on these only.

Types, names and fields are those of vocabulary.yaml. Every condition is right in its types: one
that the program refuses is a difference.
"""
import random
import re
from datetime import date, timedelta

BEGIN = date(2020, 3, 2)
DAYS = 6
RULES = 4  # in each pack

FIELDS = {
    "person": {"number": ["rank"], "word": ["role"], "text": ["name"], "bool": [],
               "date": [], "ref": {"boss": "person"}, "list": {}, "texts": ["tags"]},
    "act": {"number": ["weight"], "word": ["kind"], "text": [], "bool": ["secret"],
            "date": ["done", "noted"], "ref": {"person": "person", "place": "place"},
            "list": {"items": "item"}, "texts": []},
    "item": {"number": ["worth"], "word": ["kind"], "text": [], "bool": [], "date": ["made"],
             "ref": {"owner": "person"}, "list": {"uses": "act"}, "texts": []},
    "place": {"number": ["size"], "word": [], "text": [], "bool": ["public"],
              "date": ["opened", "closed", "lease.start", "lease.end"], "ref": {}, "list": {},
              "texts": []},
}
WORDS = {("person", "role"): ["clerk", "judge", "guard"],
         ("act", "kind"): ["call", "visit", "letter"], ("item", "kind"): ["paper", "tape"]}
PLURAL = {"person": "persons", "act": "acts", "item": "items", "place": "places"}
TIMED = {"act", "item", "place"}
ALLEN = ["before", "meets", "overlaps", "starts", "during", "finishes", "equals", "after", "met-by",
         "overlapped-by", "started-by", "contains", "finished-by"]
DEFINES = """define:
  heavy:
    given: {x: act}
    is: x.weight > limit
  near:
    given: {x: act, y: item}
    is: x.done at most 2 days before y.made or y.made at most 1 day before x.done
  day_of:
    given: {x: act}
    cases:
      - {when: x.kind = call, is: x.done}
      - {when: x.secret = yes, is: x.noted}
  value_of:
    given: {x: item}
    cases:
      - {when: x.kind = paper, is: x.worth}
      - {when: x.made before 2020-03-05, is: x.worth + 1}
      - {when: x.kind = tape, is: 2}
"""


def spelt(d):
    return (BEGIN + timedelta(days=d)).isoformat()


# ---------------------------------------------------------------- rules

class Rules:
    def __init__(self, r):
        self.r = r
        self.fresh = 0

    def reach(self, scope, type_, lists=False):
        """A path to a record of a type, from a name in scope."""
        r = self.r
        out = []
        for name, t in scope.items():
            if t == type_:
                out += [name] * 4
            for f, to in FIELDS[t]["ref"].items():
                if to == type_:
                    out.append("%s.%s" % (name, f))
                for g, far in FIELDS[to]["ref"].items():
                    if far == type_ and r.random() < 0.3:
                        out.append("%s.%s.%s" % (name, f, g))
        return r.choice(out) if out else None

    def some(self, scope, what):
        """A path to a field of a kind: (path, type, field)."""
        r = self.r
        out = []
        for type_, fields in FIELDS.items():
            for f in fields[what]:
                p = self.reach(scope, type_)
                if p:
                    out.append((p + "." + f, type_, f))
        return r.choice(out) if out else None

    def list_of(self, scope, type_):
        r = self.r
        out = []
        for name, t in scope.items():
            for f, to in FIELDS[t]["list"].items():
                if to == type_:
                    out += ["%s.%s" % (name, f)] * 3
            for f, to in FIELDS[t]["ref"].items():
                for g, far in FIELDS[to]["list"].items():
                    if far == type_:
                        out.append("%s.%s.%s" % (name, f, g))
        if not out or r.random() < 0.3:
            return type_
        return r.choice(out)

    def moment(self, scope):
        r = self.r
        roll = r.random()
        if roll < 0.12:
            return spelt(r.randrange(DAYS))
        if roll < 0.2:
            p = self.reach(scope, "act")
            if p:
                return "day_of(%s)" % p
        if roll < 0.4:
            p = self.reach(scope, r.choice(sorted(TIMED)))
            if p:
                return p + (".lease" if p.split(".")[-1] == "place" and r.random() < 0.3 else "")
        found = self.some(scope, "date")
        if not found:
            return spelt(r.randrange(DAYS))
        out = found[0]
        if r.random() < 0.15:
            out += " %s %s" % (r.choice("+-"), r.choice(["1 day", "2 days"]))
        return out

    def time(self, scope):
        r = self.r
        a, b = self.moment(scope), self.moment(scope)
        for _ in range(4):
            if a == b or (a[0] == b[0] == "2"):
                b = self.moment(scope)
        n = r.choice(["1 day", "2 days", "3 days"])
        word = r.choice([
            "before", "after", "not before", "not after", "before", "not after", "same day as",
            "not same day as", "within", "contains", "overlaps", "within %s of" % n,
            "%s %s %s" % (r.choice(["at least", "at most", "exactly"]), n,
                          r.choice(["before", "after"])),
            "%s %s" % (n, r.choice(["before", "after"])),
            "allen " + " or ".join(r.sample(ALLEN, r.choice([1, 2, 3])))])
        return "%s %s %s" % (a, word, b)

    def number(self, scope):
        r = self.r
        roll = r.random()
        if roll < 0.15:
            p = self.reach(scope, "item")
            if p:
                return "value_of(%s)" % p
        if roll < 0.35:
            t = r.choice(["act", "item"])
            return "count(%s)" % self.list_of(scope, t)
        if roll < 0.42:
            p = self.reach(scope, "person")
            if p:
                return "count(%s.tags)" % p
        found = self.some(scope, "number")
        return found[0] if found else "limit"

    def literal(self, scope):
        r = self.r
        kind = r.choice(["time"] * 6 + ["number"] * 3 + ["sum", "word", "word", "bool", "text",
                                                         "ref", "in", "texts", "known", "known",
                                                         "same", "agrees", "age", "define",
                                                         "pending", "doubtful", "width", "window"])
        if kind == "time":
            return self.time(scope)
        if kind == "number":
            sign = r.choice(["=", "!=", "<", "<=", ">", ">=", "at least", "less than"])
            right = r.choice(["1", "2", "3", "limit", self.number(scope)])
            return "%s %s %s" % (self.number(scope), sign, right)
        if kind == "sum":
            return "%s %s %s %s %s" % (self.number(scope), r.choice("+-"),
                                       r.choice(["1", self.number(scope)]),
                                       r.choice(["=", "<", ">=", "at most"]),
                                       r.choice(["2", "3", "4"]))
        if kind in ("word", "text"):
            found = self.some(scope, kind)
            if found and kind == "word":
                return "%s %s %s" % (found[0], r.choice(["=", "=", "!="]),
                                     r.choice(WORDS[found[1], found[2]]))
            if found:
                return r.choice(["%s = 'ann'", "%s != 'bob'", "%s matches '^a'",
                                 "%s matches 'b$'"]) % found[0]
        if kind == "bool":
            found = self.some(scope, "bool")
            if found:
                return r.choice(["%s = yes", "%s = no", "%s", "%s != no"]) % found[0]
        if kind == "ref":
            t = r.choice(sorted(FIELDS))
            a, b = self.reach(scope, t), self.reach(scope, t)
            if a and b and a != b:
                return "%s %s %s" % (a, r.choice(["=", "!="]), b)
        if kind == "in":
            t = r.choice(["act", "item"])
            a, of = self.reach(scope, t), self.list_of(scope, t)
            if a and of != t:
                return "%s %s %s" % (a, r.choice(["in", "in", "not in"]), of)
        if kind == "texts":
            p = self.reach(scope, "person")
            if p:
                return "%s %s %s.tags" % (r.choice(["'red'", "'old'", p + ".name"]),
                                          r.choice(["in", "not in"]), p)
        if kind == "known":
            found = self.some(scope, r.choice(["number", "word", "date", "bool"]))
            if found and "lease." not in found[0]:
                return "known(%s)" % found[0]
            p = self.reach(scope, "place")
            if p:
                return "known(%s)" % p
        if kind in ("pending", "width", "window"):
            found = self.some(scope, "date")
            if found and "lease" not in found[0]:
                if kind == "pending":
                    return "pending(%s)" % found[0]
                if kind == "width":
                    return "%s(%s) %s %d" % (r.choice(["width", "width", "width_up_to"]), found[0],
                                             r.choice(["<=", ">", "=", "<"]), r.choice([1, 2, 3]))
                return "%s(%s) %s %s" % (
                    r.choice(["earliest", "latest"]), found[0],
                    r.choice(["before", "not after", "after", "same day as", "not before"]),
                    self.moment(scope))
        if kind == "doubtful":
            found = self.some(scope, r.choice(["number", "word", "date", "bool"]))
            if found and "lease." not in found[0]:
                return "doubtful(%s)" % found[0]
            p = self.reach(scope, r.choice(["act", "item", "person"]))
            if p:
                return "doubtful(%s)" % p
        if kind == "same":
            t = r.choice(["act", "item", "place", "person"])
            a, b = self.reach(scope, t), self.reach(scope, t)
            if a and b and a != b:
                return "same(%s, %s)" % (a, b)
        if kind == "agrees":
            found = [f for f in (self.some(scope, r.choice(["date", "number", "word", "bool"]))
                                 for _ in range(3)) if f]
            if found and "lease" not in found[0][0]:
                p, t, f = found[0]
                other = self.reach(scope, t)
                if other + "." + f != p:
                    return "%s agrees with %s.%s" % (p, other, f)
        if kind == "age":
            p, on = self.reach(scope, "person"), self.some(scope, "date")
            if p and on and "lease" not in on[0]:
                return "age(%s.birth, on %s) %s %d" % (p, on[0], r.choice(["<", ">=", "=", "<="]),
                                                       r.choice([19, 20]))
        if kind == "define":
            p, q = self.reach(scope, "act"), self.reach(scope, "item")
            if p and q and r.random() < 0.5:
                return "near(%s, %s)" % (p, q)
            if p:
                return "heavy(%s)" % p
        return self.time(scope)

    def quantified(self, scope, depth):
        r = self.r
        t = r.choice(["act", "item", "act", "item", "person", "place"])
        of = self.list_of(scope, t)
        self.fresh += 1
        name = "q%d" % self.fresh
        inside = dict(scope)
        inside[name] = t
        for _ in range(6):
            body = self.condition(inside, min(depth, 1), deeper=False)
            if name in body:
                break
        return "%s %s in %s satisfies (%s)" % (r.choice(["some", "every", "no"]), name, of, body)

    def condition(self, scope, depth=2, deeper=True):
        r = self.r
        roll = r.random()
        if deeper and roll < 0.14:
            return self.quantified(scope, depth)
        if deeper and roll < 0.2:
            return "%s(%s)" % (r.choice(["certainly", "possibly"]),
                               self.condition(scope, 1, deeper=False))
        if depth == 0 or roll < 0.5:
            text = self.literal(scope)
            return "not (%s)" % text if r.random() < 0.15 else text
        word = r.choice([" and ", " or "])
        parts = [self.condition(scope, depth - 1, deeper) for _ in range(r.choice([2, 2, 3]))]
        text = word.join("(%s)" % p if " and " in p or " or " in p or p.startswith("not ") else p
                         for p in parts)
        return "not (%s)" % text if r.random() < 0.15 else text

    def exception(self, scope, depth):
        r = self.r
        out = {"when": self.condition(scope, 1), "because": "so"}
        if depth and r.random() < 0.4:
            out["unless"] = [self.exception(scope, depth - 1)]
        return out

    def rule(self, number, kind):
        r = self.r
        bindings = {}
        first = r.choice(["act", "act", "act", "item", "item", "place"])
        bindings["x"] = first
        scope = {"x": first}
        if r.random() < 0.55:
            paths = [("x." + f, t) for f, t in FIELDS[first]["ref"].items()] + \
                    [("x." + f, t) for f, t in FIELDS[first]["list"].items()]
            paths += [("act", "act"), ("item", "item")]
            path, t = r.choice(paths)
            bindings["y"], scope["y"] = path, t
        out = ["  - id: r%d" % number, "    title: Rule %d" % number, "    kind: %s" % kind,
               "    severity: %s" % r.choice(["error", "warning", "review", "info"]),
               "    about: record", "    reaches: record", "    for:"]
        out += ["      %s: %s" % b for b in bindings.items()]
        simple = kind == "fact" and r.random() < 0.6
        if r.random() < 0.45:
            out.append('    where: "%s"' % self.condition(scope, 1))
        require = self.time(scope) if simple else self.condition(scope)
        out.append('    require: "%s"' % require)
        if not simple and r.random() < 0.5:
            out.append("    unless:")
            for _ in range(r.choice([1, 1, 2])):
                out += self.lines(self.exception(scope, 2), 6)
        out.append('    message: "{x}"')
        return out

    def lines(self, x, indent):
        pad = " " * indent
        out = [pad + '- when: "%s"' % x["when"], pad + "  because: so"]
        if "unless" in x:
            out.append(pad + "  unless:")
            for y in x["unless"]:
                out += self.lines(y, indent + 4)
        return out

    def pack(self):
        out = ["pack: {id: random, title: Random rules}", DEFINES.rstrip(), "rules:"]
        with_facts = self.r.random() < 0.35
        for k in range(RULES):
            kind = "fact" if with_facts and (k == 0 or self.r.random() < 0.4) else "law"
            out += self.rule(k, kind)
        return "\n".join(out) + "\n"


# ---------------------------------------------------------------- cases

class CaseWriter:
    def __init__(self, r):
        self.r = r
        self.accounts = []
        if r.random() < 0.5:
            self.accounts = ["p", "d"] + (["k"] if r.random() < 0.5 else [])
        self.sources = ["s1", "s2", "weak"] if r.random() < 0.8 else []
        self.doubts = 0
        self.wide = 0
        self.loose = 0
        self.dates = []  # points that a value may hang on

    def day(self):
        return spelt(self.r.randrange(DAYS))

    def date(self, me):
        r = self.r
        roll = r.random()
        # What closed before it opened would be an error of the file.
        low, high = {"opened": (0, 3), "closed": (2, DAYS)}.get(me.split(".")[1], (0, DAYS))
        a = r.randrange(low, high)
        if roll < 0.07 and self.doubts < 1:
            self.doubts += 1
            return r.choice(["%s?", "%s%%"]) % spelt(a)
        if roll < 0.4 and self.wide < 3:
            self.wide += 1
            b = min(high - 1, a + r.choice([1, 2, 3]))
            if b > a:
                return r.choice(["[%s..%s]", "%s/%s", "[%s,%s]"]) % (spelt(a), spelt(b))
            return spelt(a) + "~"
        if roll < 0.52 and self.dates:
            other = r.choice(self.dates)
            if other != me and r.random() < 0.15 and self.loose < 1:
                self.loose += 1
                return "{pending: trial, as_of: %s}" % other
            if other != me:
                n = r.choice(["1 day", "2 days"])
                what = r.choice(["%s after %s", "%s before %s", "at most %s after %s", "on",
                                 "before", "not after", "between"])
                if what in ("before", "not after"):
                    if self.loose >= 1:
                        return spelt(a)
                    self.loose += 1
                if what == "between":
                    another = r.choice(self.dates)
                    return "between %s and %s" % (other, another)
                if "%" in what:
                    return what % (n, other)
                return "%s %s" % (what, other)
        return spelt(a)

    def value(self, type_, field, me):
        r = self.r
        if field in ("done", "noted", "made", "opened", "closed"):
            return self.date(me)
        if field == "birth":
            return r.choice(["2000-03-%02d" % r.randrange(1, 9),
                             "[2000-03-0%d..2000-03-0%d]" % (r.randrange(1, 4),
                                                             r.randrange(4, 8))])
        if field == "lease":
            a = r.randrange(DAYS - 1)
            b = r.randrange(a, DAYS)
            return "%s%s/%s" % (spelt(a), "?" if r.random() < 0.08 else "", spelt(b))
        if (type_, field) in WORDS:
            return r.choice(WORDS[type_, field])
        if field == "name":
            return r.choice(["ann", "bob", "abe"])
        if field in ("secret", "public"):
            return r.choice(["yes", "no"])
        return str(r.choice([1, 2, 3]))

    def quoted(self, v):
        return '"%s"' % v if re.search(r"[\[ %?]", v) and v[0] != "{" else v

    def assertion(self, v, by=None, source=None, state=None, closed=False):
        out = [v[1:-1] if v[0] == "{" else "value: " + v]
        if by:
            out.append("by: " + by)
        if source:
            out.append("source: " + source)
        if state:
            out.append("state: " + state)
        if closed:
            out.append("closed: yes")
        return "{%s}" % ", ".join(out)

    def field(self, make, is_list=False, dated=False, owned=False):
        """A field, plain or with assertions. `make()`: one value as it is written."""
        r = self.r
        roll = r.random()
        closed = is_list and r.random() < 0.5
        strong = [s for s in self.sources if s != "weak"]
        if roll < 0.5 or owned or not (self.accounts or self.sources):
            return self.assertion(make(), closed=True) if closed else make()
        if roll < 0.6 and self.sources:
            source = r.choice(self.sources)
            if source == "weak" and dated:
                if self.doubts >= 1:
                    source = "s1"
                self.doubts += 1
            return self.assertion(make(), source=source, closed=closed)
        if roll < 0.78 and self.sources and not is_list:
            pair = r.sample(strong if self.doubts >= 1 or r.random() < 0.7 else self.sources, 2)
            if "weak" in pair:
                self.doubts += 1
            by = r.choice([None] + self.accounts)
            return "[%s]" % ", ".join(self.assertion(make(), by=by, source=s) for s in pair)
        if not self.accounts:
            return make()
        each = []
        for by in r.sample(self.accounts, r.choice([1, 1, 2])):
            state = r.choice([None, None, None, "unchallenged", "conceded", "proposed",
                              "withdrawn"])
            each.append(self.assertion(make(), by=by, state=state, closed=closed))
        if r.random() < 0.3:
            each.append(self.assertion(make()))
        return each[0] if len(each) == 1 else "[%s]" % ", ".join(each)

    def case(self):
        r = self.r
        complete = [p for p in ("acts", "items", "persons", "places") if r.random() < 0.4]
        head = ["id: random", "policies: {approximate_slack: 1%s}" %
                (", limit: 1" if r.random() < 0.3 else "")]
        if complete:
            head.append("complete: [%s]" % ", ".join(complete))
        out = ["case: {%s}" % ", ".join(head)]
        if self.accounts:
            out.append("accounts:")
            for a in self.accounts:
                adopts = {"k": ", adopts: [%s]" % r.choice(["p", "d", "p, d", "d, p"])}.get(a, "")
                if a == "d" and r.random() < 0.1:
                    adopts = ", adopts: [p]"
                out.append("  %s: {role: %s%s}" % (a, "court" if a == "k" else "party", adopts))
        if self.sources:
            out += ["sources:", "  s1: {}", "  s2: {reliability: ordinary}",
                    "  weak: {reliability: low}"]
        ids = {"person": ["ann", "ben"][:r.choice([1, 1, 2])],
               "place": ["hall", "yard"][:r.choice([1, 1, 2])],
               "item": ["i%d" % k for k in range(r.choice([1, 2, 2, 3]))],
               "act": ["a%d" % k for k in range(r.choice([1, 2, 2, 3]))]}
        every = {"person": ["birth", "rank", "role", "name"],
                 "place": ["opened", "closed", "lease", "size", "public"],
                 "item": ["made", "worth", "kind"],
                 "act": ["done", "noted", "kind", "weight", "secret"]}
        for t in ("person", "place", "item", "act"):
            out.append(PLURAL[t] + ":")
            for name in ids[t]:
                parts = []
                owned = bool(self.accounts) and t in ("item", "act") and r.random() < 0.1
                if owned:
                    parts.append("by: " + r.choice(self.accounts))
                    if r.random() < 0.3:
                        parts.append("state: unchallenged")
                for f in every[t]:
                    rare = f in ("closed", "lease", "noted")
                    if r.random() > (0.5 if rare else 0.85):
                        continue
                    dated = f in ("done", "noted", "made", "opened", "closed", "lease", "birth")
                    me = "%s.%s" % (name, f)
                    text = self.field(lambda: self.quoted(self.value(t, f, me)), dated=dated, owned=owned)
                    parts.append("%s: %s" % (f, text))
                    if dated and f not in ("lease", "birth"):
                        self.dates.append(me)
                for f, to in FIELDS[t]["ref"].items():
                    pool = [x for x in ids[to] if x != name]
                    if pool and r.random() < 0.85:
                        parts.append("%s: %s" % (f, self.field(
                            lambda: r.choice(pool), owned=owned)))
                for f, to in FIELDS[t]["list"].items():
                    if ids[to] and r.random() < 0.6:
                        parts.append("%s: %s" % (f, self.field(
                            lambda: "[%s]" % ", ".join(
                                r.sample(ids[to], r.randrange(0, len(ids[to]) + 1))),
                            is_list=True, owned=owned)))
                if t == "person" and r.random() < 0.6:
                    parts.append("tags: %s" % self.field(
                        lambda: "[%s]" % ", ".join(r.sample(["red", "old", "ann"],
                                                            r.randrange(0, 3))), is_list=True, owned=owned))
                out.append("  %s: {%s}" % (name, ", ".join(parts)))
        if r.random() < 0.3:
            out.append("order:")
            for _ in range(r.choice([1, 1, 2])):
                points = ["%s.%s" % (x, f) for t, f in (("act", "done"), ("item", "made"),
                                                         ("act", "noted"), ("place", "opened"))
                          for x in ids[t]] + ids["place"]
                a, b = r.sample(points, 2)
                word = r.choice(["before", "after", "not before", "not after", "same day as",
                                 "at least 2 days before", "at most 2 days before",
                                 "1 day before"])
                line = "%s %s %s" % (a, word, b)
                if self.accounts and r.random() < 0.4:
                    out.append("  - {value: %s, by: %s}" % (line, r.choice(self.accounts)))
                else:
                    out.append("  - " + line)
        if r.random() < 0.3:
            t = r.choice([t for t in ids if len(ids[t]) > 1] or ["none"])
            if t != "none":
                a, b = r.sample(ids[t], 2)
                by = ", by: " + r.choice(self.accounts) if self.accounts and r.random() < 0.3 \
                    else ""
                out += ["identity:", "  - {%s: [%s, %s], value: %s%s}" % (
                    PLURAL[t], a, b, r.choice(["yes", "unknown", "unknown", "no"]), by)]
        return "\n".join(out) + "\n"


def make(seed, number):
    """(pack, case), as texts."""
    r = random.Random("logic %d %d" % (seed, number))
    return Rules(r).pack(), CaseWriter(r).case()
