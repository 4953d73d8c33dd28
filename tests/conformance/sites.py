"""Where the loader of packs can say that something is wrong: each call in the sources that makes an error, as its code
and a pattern of its message.

Nothing of C++ is understood but calls, strings, `+`, `join(...)` and `? :`. What is no string in a message may be
anything; a message without any string is passed on from elsewhere and is no site of its own.
"""

import itertools
import re
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ANY = object()


@dataclass
class Site:
    file: str
    line: int
    code: str  # "" if it is not said there
    shown: str  # the message, "..." for what is not fixed
    pattern: re.Pattern
    items: list = field(default_factory=list)

    def matches(self, code, message):
        # What is written out of a define says so behind its message.
        own = re.sub(r" \(in what `[^`]*` stands for\)$", "", message)
        return (not self.code or self.code == code) and self.pattern.fullmatch(own) is not None


# ---------------------------------------------------------------- a little C++


def without_comments(text):
    """Comments become blanks, so that every place stays where it is."""

    def blank(match):
        s = match[0]
        return s if s[0] in "\"'" else re.sub(r"[^\n]", " ", s)

    return re.sub(r'"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])\'|//[^\n]*|/\*.*?\*/', blank, text, flags=re.DOTALL)


def string_at(text, i):
    """The end of the string or character that begins at i."""
    quote = text[i]
    j = i + 1
    while text[j] != quote:
        j += 2 if text[j] == "\\" else 1
    return j + 1


def split(text, separators):
    """Pieces of an expression between separators that stand in no bracket and no string."""
    out, depth, begin, i = [], 0, 0, 0
    while i < len(text):
        c = text[i]
        if c == '"' or (c == "'" and not text[i - 1 : i].isalnum()):
            i = string_at(text, i)
            continue
        depth += (c in "([{") - (c in ")]}")
        if depth == 0 and c in separators and text[i : i + 2] not in ("::", "++", "->"):
            if c == ":" and text[i - 1] == ":":
                i += 1
                continue
            out.append(text[begin:i])
            begin = i + 1
        i += 1
    return [*out, text[begin:]]


def arguments(text, i):
    """The arguments of what opens at i, and where it closes."""
    depth, j = 0, i
    while True:
        c = text[j]
        if c == '"' or (c == "'" and not text[j - 1].isalnum()):
            j = string_at(text, j)
            continue
        depth += (c in "([{") - (c in ")]}")
        j += 1
        if depth == 0:
            return [a.strip() for a in split(text[i + 1 : j - 1], ",")], j


LITERAL = re.compile(r'^(?:u8)?"(?:\\.|[^"\\])*"(?:\s*"(?:\\.|[^"\\])*")*$', re.DOTALL)


def literal(text):
    parts = re.findall(r'"((?:\\.|[^"\\])*)"', text, re.DOTALL)
    one = "".join(parts)
    one = re.sub(r"\\u([0-9A-Fa-f]{4})", lambda m: chr(int(m[1], 16)), one)
    return one.replace('\\"', '"').replace("\\\\", "\\")


def messages(expression):
    """What an expression may come to: lists of strings and ANY."""
    e = expression.strip()
    while (m := re.match(r"^(?:std::)?(?:string|move|string_view)\(", e)) and arguments(e, m.end() - 1)[1] == len(e):
        e = e[m.end() : -1].strip()
    if e.startswith("(") and arguments(e, 0)[1] == len(e):
        return messages(e[1:-1])
    if LITERAL.match(e):
        return [[literal(e)]]
    ways = split(e, "?")
    if len(ways) > 1:
        first, *rest = split(e.split("?", 1)[1] if len(ways) == 2 else "?".join(ways[1:]), ":")
        return messages(first) + messages(":".join(rest))
    if m := re.match(r"^join\(", e):
        pieces, end = arguments(e, m.end() - 1)
        if end == len(e):
            return [sum(p, []) for p in itertools.product(*[messages(x)[:1] for x in pieces])]
    pieces = split(e, "+")
    if len(pieces) > 1:
        # Inside a longer message a choice is anything.
        parts = []
        for p in pieces:
            ways = messages(p)
            parts.append(ways[0] if len(ways) == 1 else [ANY])
        return [sum(parts, [])]
    return [[ANY]]


def pattern(parts):
    shown = re.sub(r"(\.\.\.)+", "...", "".join("..." if p is ANY else p for p in parts))
    return shown, re.compile("".join(".*" if p is ANY else re.escape(p) for p in parts), re.DOTALL)


# ---------------------------------------------------------------- how each file makes errors

# Callee: where among its arguments the code and the message stand, and what is put around the message.
PLAIN = {"error": (1, 2, "{}")}
READER = {
    **PLAIN,
    "wrong": ("wrong-type", 1, "expected {}, found *"),
    "unknown": (None, 1, "{} has no key `*`"),
    "unknown_key": (None, 1, "{} has no key `*`"),
    "choice": ("unknown-word", 1, "`*` is no {}"),
    "text_of": ("wrong-type", 1, "expected {}, found *"),
    "want": ("wrong-type", 2, "`*` takes {}, found *"),
    "wants_text": ("wrong-type", 1, "expected a {}, found *"),
    "scalar": ("wrong-type", 1, "expected {}, found *"),
    "check_field": (None, 2, "{} of type `*` names the unknown field `*`"),
}
CALENDAR = {
    **PLAIN,
    "fault": ("wrong-type", 1, "{}"),
    "unknown": ("unknown-key", 1, "{} has no key `*`"),
    "scalar": ("wrong-type", 1, "expected {}, found *"),
    "list": ("wrong-type", 1, "expected a list of {}, found *"),
}
TEXT = {"error": (2, 3, "{}"), "note": (2, 3, "{}"), "unclosed": ("unclosed-quote", 0, "{}")}
CONDITION = {
    "refuse": ("", 2, "{}"),
    "SyntaxError": ("", 1, "{}"),
    "return ": ("", 1, "{}"),
    "error = ": ("", 1, "{}"),
    "Stop": ("", 1, "expected {}"),
}

FILES = {
    "src/rule/compile.cpp": READER,
    "src/rule/defines.cpp": READER,
    "src/rule/exceptions.cpp": READER,
    "src/rule/extend.cpp": READER,
    "src/rule/language.cpp": READER,
    "src/rule/pack.cpp": READER,
    "src/rule/policies.cpp": READER,
    "src/rule/rank.cpp": READER,
    "src/rule/read_examples.cpp": READER,
    "src/rule/read_parts.cpp": READER,
    "src/rule/read_rule.cpp": READER,
    "src/rule/reading.cpp": READER,
    "src/model/vocabulary.cpp": READER,
    "src/model/working_days.cpp": CALENDAR,
    "grammar/condition.cpp": CONDITION,
    "grammar/condition_error.cpp": CONDITION,
    "grammar/token.cpp": CONDITION,
    "grammar/message.cpp": CONDITION,
    "src/text/reader.cpp": TEXT,
    "src/text/block.cpp": TEXT,
    "src/text/flow.cpp": TEXT,
    "src/text/scalars.cpp": TEXT,
    "src/text/parse.cpp": {"error": (1, 2, "{}"), "disagree": (None, 9, "")},
    "src/text/bytes.cpp": PLAIN,
}
# They make no errors, or are not of the loader.
OTHER = {"builtin", "keys", "literals", "monotone", "mutants", "parses", "skeleton", "spell", "titles", "uses"}


def calls(name, text, callees):
    """(line, callee, arguments) of each call."""
    for callee in callees:
        opened = r"\s*\{" if callee.endswith(" ") or callee == "SyntaxError" else r"\("
        for m in re.finditer(rf"(?<![\w]){re.escape(callee.strip())}(?: \w+)?{opened}", text):
            given, _ = arguments(text, m.end() - 1)
            yield text.count("\n", 0, m.start()) + 1, callee, given


def of_file(path, callees):
    text = without_comments((ROOT / path).read_text(encoding="utf-8"))
    for line, callee, given in calls(path, text, callees):
        code, at, around = callees[callee]
        if len(given) <= at:
            continue
        if isinstance(code, int):
            code = literal(given[code]) if LITERAL.match(given[code]) else ""
        for parts in messages(given[at]):
            if not any(p is not ANY and p.strip() for p in parts):
                continue
            before, after = around.split("{}")
            whole = [ANY if p == "*" else p for p in re.split(r"(\*)", before)]
            whole += parts + [ANY if p == "*" else p for p in re.split(r"(\*)", after)]
            shown, compiled = pattern(whole)
            yield Site(path, line, code or "", shown, compiled)


def of_tokens():
    """The table of habits in token.cpp."""
    path = "grammar/token.cpp"
    text = without_comments((ROOT / path).read_text(encoding="utf-8"))
    begin = text.index("refusals = {{")
    for m in re.finditer(r'\{("(?:[^"\\]|\\.)*"),\s*("(?:[^"\\]|\\.)*"),', text[begin : text.index("}};", begin)]):
        line = text.count("\n", 0, begin + m.start()) + 1
        # One of several signs of one message: the sign itself is looked for by coverage.py.
        yield Site(path, line, "", literal(m[2]), re.compile(re.escape(literal(m[2])))), literal(m[1])


def one_of(words):
    shown = [f"`{w}`" for w in words]
    return shown[0] if len(shown) == 1 else ", ".join(shown[:-1]) + " or " + shown[-1]


def phrases():
    """The tables of phrase.hpp, by name."""
    text = without_comments((ROOT / "grammar/phrase.hpp").read_text(encoding="utf-8"))
    relations = re.findall(r'\{"([^"]+)", ExprKind::', text)
    words = lambda name: re.findall(r'"([^"]+)"', re.search(rf"\b{name} = \{{(.*?)\}};", text, re.DOTALL)[1])
    return {"relations": relations, "allen": words("allen_words"), "units": words("units")}


def of_grammar():
    """What condition.cpp expects after what it has read, and relations that break off."""
    path = "grammar/condition.cpp"
    text = without_comments((ROOT / path).read_text(encoding="utf-8"))
    names = dict(re.findall(r"const Rule<[^>]*> (\w+) = \"([^\"]+)\"", text))
    for m in re.finditer(r"const Leaf (\w+)\(\s*\w+,", text):
        names[m[1]] = literal(arguments(text, text.index("(", m.start()))[0][1])
    expected = {}
    for definition in re.finditer(r"const auto (\w+_def|rest_of_path) =(.*?);", text, re.DOTALL):
        line = text.count("\n", 0, definition.start()) + 1
        for m in re.finditer(r"(?<![>-])> (?:word\(\"([^\"]+)\"\)|(\w+)[\[( ])", definition[2]):
            if m[1] or m[2] in names:
                # A missing bracket is told where it opens.
                what = f"`{m[1]}`" if m[1] else names[m[2]]
                if what != "`)`":
                    expected.setdefault(what, line)
    table = [p for p in phrases()["relations"] if re.match(r"[a-z]", p)]
    table += ["at least", "at most"]
    for prefix in sorted({" ".join(p.split()[:n]) for p in table for n in range(1, len(p.split()))}):
        if prefix in table:
            continue
        after = list(dict.fromkeys(p[len(prefix) + 1 :].split()[0] for p in table if p.startswith(prefix + " ")))
        expected.setdefault(one_of(after), 0)
    for what, line in expected.items():
        yield Site(path, line, "", f"expected {what}", re.compile(rf"expected {re.escape(what)}(, .*| after .*)?"))


def all_sites():
    listed = {Path(f).stem for f in FILES if f.startswith("src/rule/")} | OTHER
    strange = [p.name for p in (ROOT / "src/rule").glob("*.cpp") if p.stem not in listed]
    if strange:
        raise SystemExit(f"sites.py does not know how {', '.join(strange)} makes errors: add to FILES or OTHER")
    out = [s for path, callees in FILES.items() for s in of_file(path, callees)]
    out += [s for s, _ in of_tokens()] + list(of_grammar())
    seen = {}
    for s in out:
        seen.setdefault((s.file, s.line, s.code, s.shown), s)
    return sorted(seen.values(), key=lambda s: (s.file, s.line))
