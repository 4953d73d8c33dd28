#!/usr/bin/env python3
"""Is everything in the suite? coverage.py [--list]

Counts the items; looks for each operator of the language in an item that is judged and in one that is refused; and for
each place in the sources where loading a pack can fail (sites.py) for an item that is told so. Ends with 1 if one is
missing. Needs no program: that each item comes out as the suite has it is conformance.py's question.
"""

import argparse
import re
import sys

import yaml

import items as suite
import sites

FEWEST = 400

# ---------------------------------------------------------------- operators

# How each `Op` of src/rule/term.hpp looks in a condition that has no quoted text and no defines.
OPS = {
    "all": r"\band\b",
    "any": r"(?<!before )(?<!meets )\bor\b",
    "negate": r"\bnot\b(?! (before|after|same|in)\b)",
    "some": r"\bsome [\w-]+ in\b",
    "every": r"\bevery [\w-]+ in\b",
    "no": r"\bno [\w-]+ in\b",
    "compare": r"(?<![<>!=])(=|<|>)(?![<>=])",
    "in": r"\S (not )?in\b(?!.*satisfies)",
    "matches": r"\bmatches\b",
    "relation": r"\b(before|after|within|overlaps|same day as|allen)\b",
    "agrees": r"\bagrees with\b",
    "known": r"\bknown\(",
    "pending": r"\bpending\(",
    "doubtful": r"\bdoubtful\(",
    "certainly": r"\bcertainly\(",
    "possibly": r"\bpossibly\(",
    "fails": r"\bfails\(",
    "same": r"\bsame\(",
    "relative": r"\brelative\(",
    "anchored": r"\banchored\(",
    "elided": r"\belided\(",
    "path": r"\b[a-z]\.\w",
    "records": r"\b(in|count\() ?(event|thing)\b",
    "number": r"(?<![\w.-])\d+(\.\d+)?(?![\w-])(?! *(day|week|month|year|working))",
    "duration": r"\b\d+ (working )?(day|week|month|year)s?\b(?! (before|after|of)\b)",
    "day": r"\b\d{4}-\d\d-\d\d\b",
    "text": r"'TEXT'",
    "word": r"(\bred\b|\bblue\b|\bgren\b|\bpink\b)",
    "boolean": r"(^|[=( ])(yes|no)($|[) ])(?! in\b)",
    "policy": r"\blimit\b",
    "dated": r"\blimit\((on )?\w",
    "age": r"\bage\(",
    "width": r"\bwidth\(",
    "width_up_to": r"\bwidth_up_to\(",
    "earliest": r"\bearliest\(",
    "latest": r"\blatest\(",
    "years": r"\byears\(",
    "count": r"\bcount\(",
    "deadline": r"\bdeadline\(",
    "flips": r"\bflips_with_zone\(",
    "sum": r" [+-] ",
    "product": r" times ",
    "stretch": r"\bfrom \S+ to ",
    "total": r"\b(sum|min|max|median)\(",
    "travel": r"\btravel_time\(",
    "on_day": r"\bin at\(",
    "peers": r"\bpeers\b",
    "cases": r"\bby_colour\(|CASES",
}


def ops():
    text = sites.without_comments((sites.ROOT / "src/rule/term.hpp").read_text(encoding="utf-8"))
    body = re.search(r"enum class Op \{(.*?)\};", text, re.DOTALL)[1]
    return re.findall(r"\w+", body)


def functions():
    text = sites.without_comments((sites.ROOT / "src/rule/compile.cpp").read_text(encoding="utf-8"))
    table = re.search(r"kFunctions\{(.*?)\};", text, re.DOTALL)[1]
    of_messages = re.search(r"bool is_function\(.*?\n\}", text, re.DOTALL)[0]
    return re.findall(r'\{"(\w+)"', table), re.findall(r'name == "(\w+)"', of_messages)


# Relations as they are written, the longer ones before what they begin with.
def spelled():
    tables = sites.phrases()
    words = [p for p in tables["relations"] if re.match(r"[a-z]", p)]
    signs = [p for p in tables["relations"] if not re.match(r"[a-z]", p)]
    out = {f"allen {w}": rf"\ballen (?:[\w-]+ or )*{w}\b" for w in tables["allen"]}
    unit = "(?:working )?(?:day|week|month|year)s?"
    number = r"[\w.]+"
    for bound in ("at least", "at most", "exactly"):
        for side in ("before", "after"):
            out[f"{bound} N days {side}"] = rf"\b{bound} {number} {unit} {side}\b"
    for side in ("before", "after"):
        out[f"N days {side}"] = rf"(?<!least )(?<!most )(?<!exactly )(?<!than )\b{number} {unit} {side}\b"
    out["within N days of"] = rf"\bwithin {number} {unit} of\b"
    for p in ("at least", "at most"):
        out[p] = rf"\b{p}\b(?! {number} {unit} (?:before|after))"
    for p in words:
        elsewhere = {
            "before": rf"(?<!not )(?<!allen )(?<!or )(?<!{'day '})(?<!days )(?<!week )(?<!weeks )",
            "contains": "(?<!allen )(?<!or )",
            "overlaps": "(?<!allen )(?<!or )",
            "same day as": "(?<!not )",
            "in": r"(?<!not )(?<!some e )",
        }
        elsewhere["after"] = elsewhere["before"]
        out[p] = elsewhere.get(p, "") + rf"\b{p}\b"
    for p in signs:
        out[p] = rf"(?<![<>!=]){re.escape(p)}(?![<>=])"
    for u in tables["units"]:
        out[f"unit {u}"] = rf"(?<!working )\b\d+ {u}s?\b"
    return out


# What cannot be mistaken, or where the mistake is that it is not there at all.
NO_ERROR = {}

CONDITION_KEYS = {"require", "where", "when", "is", "message", "possible", "alike", "value"}


def conditions(item):
    """All conditions of an item, as they are read, without their quoted texts."""
    found = []

    def walk(node, key=""):
        if isinstance(node, dict):
            for k, v in node.items():
                if suite.plain(k) == "cases":
                    found.append("CASES")
                walk(v, suite.plain(k))
        elif isinstance(node, list):
            for x in node:
                walk(x, key)
        elif key in CONDITION_KEYS:
            found.append(node)

    pack = item.pack()
    try:
        walk(yaml.load(suite.plain(pack), Loader=suite.Loader) if isinstance(pack, str) else pack)
    except (yaml.YAMLError, ValueError):
        pass
    return [re.sub(r"'[^']*'|\"[^\"]*\"", "'TEXT'", " ".join(suite.plain(c).split())) for c in found]


_own, _shared = {}, {}  # by item, by topic


def own_conditions(item):
    """Those that the item itself brings: what stands at the head of the file is no example of anything."""
    if item.name not in _own:
        if item.topic not in _shared:
            _shared[item.topic] = conditions(suite.Item(item.topic, item.head, {"name": "head", "expect": "satisfied"}))
        whole = conditions(item)
        for c in _shared[item.topic]:
            if c in whole:
                whole.remove(c)
        _own[item.name] = whole
    return _own[item.name]


def missing_operators(every):
    judged = [c for item in every if not item.errors for c in own_conditions(item)]
    refused = [c for item in every if item.errors for c in own_conditions(item)]
    wanted = {f"operator {op}": OPS.get(op) for op in ops()}
    of_conditions, of_messages = functions()
    wanted |= {f"function {f}": rf"\b{f}\(" for f in of_conditions}
    wanted |= {f"function {f} of messages": rf"\{{{f}\(" for f in of_messages}
    wanted |= {f"relation `{name}`": pattern for name, pattern in spelled().items()}
    for name, pattern in wanted.items():
        if pattern is None:
            yield f"{name} of term.hpp: coverage.py does not know how it is written; add it to OPS"
            continue
        if not any(re.search(pattern, c) for c in judged):
            yield f"{name} is in no item that is judged"
        if name not in NO_ERROR and not any(re.search(pattern, c) for c in refused):
            yield f"{name} is in no item that is refused"
    yield from (f"OPS has `{op}`, which term.hpp has not" for op in OPS if op not in ops())


def missing_in_reference():
    """What the reference in grammar/README.md does not speak of."""
    text = (sites.ROOT / "grammar/README.md").read_text(encoding="utf-8")
    text = text[text.index("## What conditions mean") :]
    of_conditions, of_messages = functions()
    wanted = {f"function {f}": rf"\b{f}\(" for f in of_conditions + of_messages}
    wanted |= {f"relation `{p}`": rf"(?<!\w){re.escape(p)}(?!\w)" for p in sites.phrases()["relations"] + ["not in"]}
    wanted |= {f"Allen's `{w}`": rf"\| {w} \|" for w in sites.phrases()["allen"]}
    yield from (f"{name} is not in the reference" for name, how in wanted.items() if not re.search(how, text))


# ---------------------------------------------------------------- errors

# (file, message): why no text of a pack of ordinary size comes there.
UNREACHED = {
    ("src/rule/extend.cpp", "the pack in `...` is `...`, not `...`"): "takes a third file; tests/broken/pack/extends.yaml has it",
    ("src/rule/pack.cpp", "findings of `...` are read by more than ... rules, one after another"): "256 types; tests/hostile has it",
    ("src/text/parse.cpp", "is larger than the limit of ... bytes"): "16 MiB; tests/text has it",
    ("src/text/reader.cpp", "the file holds more than ... keys, values and collections"): "a million; tests/text has it",
    ("src/text/parse.cpp", "not all YAML readers read this alike"): "the guard behind the strict reader: nothing is known on which the two differ",
    ("src/text/parse.cpp", "not all YAML readers can read this (...)"): "the same",
    ("src/text/reader.cpp", "`...` alone is no text here"): "each such sign is told before: a dash, a colon, `?`",
    ("grammar/token.cpp", "this is not well-formed UTF-8"): "a file that is not UTF-8 is refused before",
    ("src/text/scalars.cpp", "this text is longer than the limit of ... bytes"): "1 MiB; tests/text has it",
}


def missing_errors(every):
    told = []
    for item in every:
        told += [(e["code"], e["message"]) for e in item.errors if isinstance(e, dict)]
    found = sites.all_sites()
    for site in found:
        covered = any(site.matches(code, message) for code, message in told)
        known = UNREACHED.get((site.file, site.shown))
        if not covered and not known:
            yield f"{site.file}:{site.line}: no item is told: {site.code or '(any code)'}: {site.shown}"
        if covered and known:
            yield f"{site.file}:{site.line}: an item reaches it; take it off UNREACHED"
    shown = {(s.file, s.shown) for s in found}
    yield from (f"UNREACHED has {key}, which the sources have not" for key in UNREACHED if key not in shown)
    signs = [text for item in every for text in [item.raw_pack()] if item.errors]
    for _, sign in sites.of_tokens():
        if not any(suite.OPEN + sign + suite.CLOSE in s or suite.OPEN + sign in s for s in signs):
            yield f"grammar/token.cpp: no item is told of `{sign}`"
    whole = [e for item in every for e in item.errors]
    yield from (f"an error without code, message or place: {e}" for e in whole if not {"code", "message"} <= set(e))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--list", action="store_true", help="print the sites in the sources")
    options = parser.parse_args()
    if options.list:
        for s in sites.all_sites():
            print(f"{s.file}:{s.line}: {s.code or '*'}: {s.shown}")
        return 0
    every = suite.load()
    faults = [*missing_operators(every), *missing_in_reference(), *missing_errors(every)]
    refused = sum(bool(item.errors) for item in every)
    if len(every) < FEWEST:
        faults.append(f"{len(every)} items, and {FEWEST} are wanted")
    if refused * 2 <= len(every):
        faults.append(f"{refused} of {len(every)} items are errors: they are to outnumber the others")
    for f in faults:
        print(f)
    print(
        f"{len(every)} items of {len({i.topic for i in every})} topics, {refused} of them errors; "
        f"{len(sites.all_sites())} places where a pack is refused, {len(UNREACHED)} of them out of reach; "
        f"{len(faults)} missing"
    )
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
