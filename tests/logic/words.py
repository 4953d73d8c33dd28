"""Conditions of rules, from text to tree: a reader of its own, after grammar/README.md.

("or" | "and", [parts])  ("not", part)  ("some" | "every" | "no", name, list, condition)
("cmp", sign, a, b)  ("in", a, list)  ("matches", a, pattern)  ("agrees", a, b)
("time", words, a, b): words as tests/oracle/conditions.py has them, "at least 3 days before"
("sum", "+" | "-", a, b)  ("num", x)  ("dur", days)  ("day", date)  ("text", s)  ("bool", b)
("call", name, [arguments])  ("path", (parts))
"""
import re
from datetime import date

TOKEN = re.compile(r"""\s*(?:
    (?P<text>'[^']*'|"[^"]*")
  | (?P<day>\d{4}-\d\d-\d\d)
  | (?P<num>\d+(?:\.\d+)?)
  | (?P<name>[^\W\d][\w]*(?:-\w+)*(?:\.\w+(?:-\w+)*)*)
  | (?P<sign>!=|<=|>=|[=<>(),+-])
)""", re.X)
ALLEN = {"before", "meets", "overlaps", "starts", "during", "finishes", "equals", "after", "met-by",
         "overlapped-by", "started-by", "contains", "finished-by"}
UNITS = {"day": 1, "days": 1, "week": 7, "weeks": 7}


def tokens_of(text):
    out, at = [], 0
    text = text.strip()
    while at < len(text):
        m = TOKEN.match(text, at)
        if not m:
            raise ValueError("no word: " + text[at:])
        out.append((m.lastgroup, m[m.lastgroup]))
        at = m.end()
    return out


class Parser:
    def __init__(self, text):
        self.text, self.tokens, self.at = text, tokens_of(text), 0

    def word(self, ahead=0):
        at = self.at + ahead
        return self.tokens[at][1] if at < len(self.tokens) and \
            self.tokens[at][0] in ("name", "sign", "num") else None

    def kind(self, ahead=0):
        at = self.at + ahead
        return self.tokens[at][0] if at < len(self.tokens) else None

    def take(self, *words):
        """All these words, if they stand here."""
        if all(self.word(k) == w for k, w in enumerate(words)):
            self.at += len(words)
            return True
        return False

    def need(self, word):
        if not self.take(word):
            raise ValueError("expected %s in %s" % (word, self.text))

    def next(self):
        self.at += 1
        return self.tokens[self.at - 1][1]

    def whole(self):
        tree = self.condition()
        if self.at != len(self.tokens):
            raise ValueError("more than a condition: " + self.text)
        return tree

    def condition(self):
        parts = [self.conjunction()]
        while self.take("or"):
            parts.append(self.conjunction())
        return parts[0] if len(parts) == 1 else ("or", parts)

    def conjunction(self):
        parts = [self.negation()]
        while self.take("and"):
            parts.append(self.negation())
        return parts[0] if len(parts) == 1 else ("and", parts)

    def negation(self):
        if self.take("not"):
            return ("not", self.negation())
        quantifier = self.word() in ("some", "every") or \
            (self.word() == "no" and self.kind(1) == "name" and self.word(2) == "in")
        if quantifier and self.kind() == "name":
            which, name = self.next(), self.next()
            self.need("in")
            of = self.sum()
            self.need("satisfies")
            self.need("(")
            body = self.condition()
            self.need(")")
            return (which, name, of, body)
        return self.comparison()

    def distance(self, ahead):
        """`3 days before` stands there."""
        return self.kind(ahead) == "num" and self.word(ahead + 1) in UNITS and \
            self.word(ahead + 2) in ("before", "after")

    def spelt(self, bound):
        n, unit, side = self.next(), self.next(), self.next()
        return "%s %d days %s" % (bound, int(n) * UNITS[unit], side)

    def comparison(self):
        left = self.sum()
        for sign in ("=", "!=", "<=", ">=", "<", ">"):
            if self.take(sign):
                return ("cmp", sign, left, self.sum())
        for words, sign in ((("at", "least"), ">="), (("at", "most"), "<="),
                            (("more", "than"), ">"), (("less", "than"), "<")):
            if all(self.word(k) == w for k, w in enumerate(words)):
                self.at += 2
                if words[0] == "at" and self.distance(0):
                    return ("time", self.spelt("at " + words[1]), left, self.sum())
                return ("cmp", sign, left, self.sum())
        if self.take("in"):
            return ("in", left, self.sum())
        if self.take("not", "in"):
            return ("not", ("in", left, self.sum()))
        if self.take("matches"):
            return ("matches", left, self.next()[1:-1])
        if self.take("agrees", "with"):
            return ("agrees", left, self.sum())
        if self.take("exactly"):
            return ("time", self.spelt("exactly"), left, self.sum())
        if self.distance(0):
            return ("time", self.spelt("exactly"), left, self.sum())
        for words in ("not same day as", "same day as", "not before", "not after", "before",
                      "after", "contains", "overlaps"):
            if self.take(*words.split()):
                return ("time", words, left, self.sum())
        if self.take("within"):
            if self.kind() == "num" and self.word(2) == "of":
                n, unit = self.next(), self.next()
                self.need("of")
                return ("time", "within %d days of" % (int(n) * UNITS[unit]), left, self.sum())
            return ("time", "within", left, self.sum())
        if self.take("allen"):
            words = [self.next()]
            while self.word() == "or" and self.word(1) in ALLEN:
                self.at += 1
                words.append(self.next())
            return ("time", "allen " + " or ".join(words), left, self.sum())
        return left

    def sum(self):
        left = self.primary()
        while self.word() in ("+", "-") and self.kind() == "sign":
            left = ("sum", self.next(), left, self.primary())
        return left

    def primary(self):
        kind = self.kind()
        if kind == "text":
            return ("text", self.next()[1:-1])
        if kind == "day":
            return ("day", date.fromisoformat(self.next()).toordinal())
        if kind == "num":
            x = self.next()
            if self.word() in UNITS:
                return ("dur", int(x) * UNITS[self.next()])
            return ("num", float(x))
        if self.take("("):
            inner = self.condition()
            self.need(")")
            return inner
        if kind != "name":
            raise ValueError("expected a value in " + self.text)
        name = self.next()
        if name in ("yes", "no"):
            return ("bool", name == "yes")
        if self.take("("):
            arguments = []
            while not self.take(")"):
                if arguments:
                    self.need(",")
                self.take("on")
                arguments.append(self.condition())
            return ("call", name, arguments)
        return ("path", tuple(name.split(".")))


def parse(text):
    return Parser(text).whole()
