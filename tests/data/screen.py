#!/usr/bin/env python3
"""The quick look at records changes nothing: random packs (those of tests/logic) on random records, each checked with it
and without (`--no-screen`), as JSON Lines and as YAML. Every byte and the exit code must be the same, gaps and counts of
rules among them; and the quick look must settle a good part of the records, or the test would compare nothing.

    screen.py PROGRAM [--packs N] [--seed S] [--only K]
"""
import argparse
import json
import random
import re
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

import yaml

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "logic"))
import generate  # noqa: E402

RECORDS = 60
FORMS = {"jsonl": "data.jsonl", "yaml": "data.yaml"}
DATE = {"act": "noted", "item": "made", "place": "opened"}  # of each type that a rule is about
PLURAL = {"persons": "person", "acts": "act", "items": "item", "places": "place"}
FIELDS = {
    "persons": {"birth": "date", "rank": "number", "role": ["clerk", "judge", "guard"], "name": "text",
                "boss": "persons", "tags": "texts"},
    "acts": {"done": "date", "noted": "date", "kind": ["call", "visit", "letter"], "weight": "number",
             "secret": "bool", "person": "persons", "place": "places", "items": "*items"},
    "items": {"made": "date", "worth": "number", "kind": ["paper", "tape"], "owner": "persons", "uses": "*acts"},
    "places": {"opened": "date", "closed": "date", "lease": "period", "size": "number", "public": "bool"},
}


def day(r):
    d = date(2020, 3, 2) + timedelta(days=r.randrange(7) if r.random() < 0.8 else r.randrange(-400, 400))
    roll = r.random()
    return d.isoformat() if roll < 0.9 else d.isoformat()[:7] if roll < 0.96 else d.isoformat()[:4] if roll < 0.998 \
        else r.choice([d.isoformat() + "~", "2020-03-0X", "tomorrow"])


def value(r, kind, names):
    if isinstance(kind, list):
        return r.choice(kind)
    if kind == "date":
        return day(r)
    if kind == "number":
        return r.choice([0, 1, 1, 2, 2, 3, 4, 5, "2", 2.5])
    if kind == "bool":
        return r.choice([True, False, "yes", "no"])
    if kind == "text":
        return r.choice(["a", "b", "ab", "b a", "1"])
    if kind == "texts":
        return [r.choice("abc") for _ in range(r.randrange(3))]
    if kind.startswith("*"):
        return r.sample(names[kind[1:]], r.randrange(len(names[kind[1:]]) + 1))
    return r.choice(names[kind])


def record(r, number, full):
    """`full`: how often a field is stated."""
    names = {p: [f"{p[0]}{i}" for i in range(r.choice([1, 1, 2, 3]))] for p in FIELDS}
    out = {"id": f"k{number}"}
    for plural, fields in FIELDS.items():
        out[plural] = []
        for name in names[plural]:
            one = {"name_of_it": name}
            for field, kind in fields.items():
                if kind == "period":
                    first, last = sorted((day(r), day(r)))
                    one["from"], one["to"] = (first if r.random() < full else None), (last if r.random() < full else None)
                elif r.random() < full:
                    one[field] = value(r, kind, names)
            if plural == "places" and "opened" in one and "closed" in one and r.random() < 0.95:
                one["opened"], one["closed"] = sorted((one["opened"], one["closed"]))
            out[plural].append(one)
    if r.random() < 0.03:
        out["acts"].append(None)
    if r.random() < 0.02:
        out["acts"][0]["person"] = "nobody"
    return out


def with_asker(r, pack):
    """The pack with a rule that asks what the other one found: settled alone, it would be told before that one was."""
    type_ = re.search(r"^      x: (\w+)$", pack, re.M).group(1)
    told = r.choice(["fails(x)", "fails(x)", "fails(x, certainly)", "fails(x, possibly)", f"some z in {type_} satisfies (fails(z))"])
    lines = r.choice([
        [f'require: "not ({told})"'],
        [f'require: "{told}"'],
        [f'where: "{told}"', 'require: "1 > 2"'],
        [f'where: "not ({told})"', f"require: known(x.{DATE[type_]})"],
        [f"require: known(x.{DATE[type_]})", f'unless: [{{when: "{told}", because: so}}]'],
    ])  # fmt: skip
    # (Of the same type it would ask for its own.)
    asks = ["  - id: asks", "    title: What the other found", "    kind: law", f"    severity: {r.choice(['error', 'info'])}",
            "    about: record", "    reaches: record", f"    for: {{p: person, x: {type_}}}",
            *("    " + line for line in lines), '    message: "{p}"']  # fmt: skip
    return re.sub(r"^    severity: \w+$", "    severity: error", pack, flags=re.M) + "\n".join(asks) + "\n"


def map_of(r, reads):
    out = [f"map: {{id: m, reads: {reads}, shipped: no, packs: [vocabulary.yaml, pack.yaml], dates: [edtf]}}",
           "case: {id: $.id" + r.choice(["", ", complete: [acts]", ", complete: [acts, items, persons, places]"]) + "}"]
    left_out = r.random() < 0.5  # what no rule asks for may be left out of a map, or not
    for plural, fields in FIELDS.items():
        out += [f"{plural}:", f"  {PLURAL[plural]}:", f"    each: $.{plural}", "    named: .name_of_it"]
        for field, kind in fields.items():
            if left_out and r.random() < 0.1:
                continue
            if kind == "period":
                out.append(f"    {field}: {{from: .from, to: .to}}")
            elif kind == "texts" or isinstance(kind, str) and kind.startswith("*"):
                out.append(f"    {field}: {{path: .{field}{r.choice(['', ', closed: yes', ', closed: yes'])}}}")
            else:
                out.append(f"    {field}: .{field}")
    return "\n".join(out) + "\n"


LISTS = ("first", "second")


def shaped_record(r, number, full):
    """For `shaped_map`: what items of two lists and one mapping state, by plural and field."""
    def one():
        out = {}
        for plural, fields in FIELDS.items():
            for field, kind in fields.items():
                if kind == "period":
                    first, last = sorted((day(r), day(r)))
                    out[f"{plural}_{field}_from"], out[f"{plural}_{field}_to"] = first, last
                elif kind == "texts" or not (isinstance(kind, str) and kind.lstrip("*") in FIELDS):
                    out[f"{plural}_{field}"] = value(r, kind, {})
        if r.random() < 0.95:
            out["places_opened"], out["places_closed"] = sorted((out["places_opened"], out["places_closed"]))
        return {k: v for k, v in out.items() if r.random() < full}
    return {"id": f"k{number}", "one": one() if r.random() < 0.65 else None,
            **{name: [one() for _ in range(r.choice([0, 1, 1, 2, 3]))] for name in LISTS}}


def shaped_map(r, reads):
    """Several records of a type, each with fields of its own: never stated, always one word, from the data, or the
    name of another record."""
    out = [f"map: {{id: m, reads: {reads}, shipped: no, packs: [vocabulary.yaml, pack.yaml], dates: [edtf]}}",
           "case: {id: $.id" + r.choice(["", ", complete: [acts]", ", complete: [acts, items, persons, places]"]) + "}"]
    made = {plural: [(f"{plural[0]}{n}", r.choice([None, *LISTS])) for n in range(r.choice([0, 1, 2, 2, 3]))] for plural in FIELDS}
    if not any(made.values()):
        made["acts"].append(("a0", None))
    for plural, templates in made.items():
        if templates:
            out.append(f"{plural}:")
        for name, each in templates:
            at = "." if each else "$.one."
            out.append(f"  {name}:" if each or r.random() < 0.8 else f"  {name}: {{}}")
            if out[-1].endswith("{}"):
                continue
            out.append(f"    each: $.{each}" if each else "    " + {"persons": "name: someone", "acts": "weight: 1", "items": "worth: 1", "places": "size: 1"}[plural])
            if each is None and r.random() < 0.5:
                out.pop()  # of paths alone: without them there is no such record
                out.append(f"    {'name' if plural == 'persons' else 'weight' if plural == 'acts' else 'worth' if plural == 'items' else 'size'}: {at}{plural}_{'name' if plural == 'persons' else 'weight' if plural == 'acts' else 'worth' if plural == 'items' else 'size'}")
            for field, kind in FIELDS[plural].items():
                if field in ("name", "weight", "worth", "size") and not each or r.random() < 0.4:
                    continue
                target = kind.lstrip("*") if isinstance(kind, str) else ""
                if target in FIELDS:
                    # A record of the same item, or one that is there once.
                    names = [n for n, of in made[target] if of in (None, each)]
                    if names and kind.startswith("*"):
                        out.append(f"    {field}: {{value: [{', '.join(r.sample(names, r.randrange(1, len(names) + 1)))}], closed: {r.choice(['yes', 'no'])}}}")
                    elif names:
                        out.append(f"    {field}: {r.choice(names)}")
                elif kind == "period":
                    out.append(f"    {field}: {{from: {at}{plural}_{field}_from, to: {at}{plural}_{field}_to}}")
                elif kind == "texts":
                    out.append(f"    {field}: {{path: {at}{plural}_{field}{r.choice(['', ', closed: yes'])}}}")
                elif isinstance(kind, list) and r.random() < 0.7:
                    out.append(f"    {field}: {r.choice(kind)}")
                elif kind == "date" and plural != "places" and r.random() < 0.1:
                    out.append(f"    {field}: 2020-03-0{r.randrange(2, 8)}")
                else:
                    out.append(f"    {field}: {at}{plural}_{field}")
            if out[-1].endswith(f"  {name}:"):
                out[-1] += " {}"
    return "\n".join(out) + "\n"


def run(program, folder, data, *more, form="json"):
    p = subprocess.run([program, "check", "--map", "map.yaml", "--threads", "1", "--format", form, "-v", *more, data],
                       cwd=folder, capture_output=True, text=True)
    if form == "short":  # rules of which nothing is to be told are left out where others have findings
        return p.stdout, p.returncode, re.sub(r"antinomy: .*\n", "", p.stderr)
    quiet = re.search(r"(\d+) of (\d+) records were in order at a quick look", p.stderr)
    return p.stdout, p.returncode, quiet and tuple(map(int, quiet.groups()))


# By hand: what the random records do not have. (map, records); each record is checked alone, with the look and without.
ODD_PACK = """pack: {id: odd, title: Odd records}
vocabulary:
  person: {plural: persons, title: name, fields: {name: text}}
  act:
    plural: acts
    moment: done
    fields: {done: date, lasted: duration, note: text, n: number, of: person, by: {list: person}, span: period}
policies: {month_end: clamp, shortest: {value: 1 month, about: of a span}}
rules:
  - {id: long, title: Long, kind: law, severity: error, about: record, reaches: record, for: {a: act},
     require: a.lasted at most 10 days, message: "{a}"}
  - {id: note, title: Note, kind: law, severity: error, about: record, reaches: record, for: {a: act},
     where: known(a.note), require: "a.note != '0'", message: "{a}"}
  - {id: span, title: Span, kind: law, severity: error, about: record, reaches: record, for: {a: act},
     require: a.span.end not before a.span.start + shortest, message: "{a}"}
  - {id: moved, title: Moved, kind: law, severity: error, about: record, reaches: record, for: {a: act},
     require: a.span.end not before a.span.start + 1 day + shortest, message: "{a}"}
  - {id: name, title: Name, kind: law, severity: warning, about: record, reaches: record, for: {a: act},
     require: "a.of.name != 'B'", message: "{a}"}
"""
# Alone: of cases that days decide no quick look says which it is.
GRADED = """define: {grade: {given: {a: act}, cases: [{when: a.done before 2014-01-03, is: 1}, {when: a.n > 0, is: 2}]}}
rules:
  - {id: graded, title: Graded, kind: law, severity: error, about: record, reaches: record, for: {a: act},
     require: a.lasted at most 10 days or possibly(grade(a) = 9 and a.span.start after 2014-01-05), message: "{a}"}
"""
ODD_MAP = """map: {id: m, reads: jsonl, shipped: no, packs: [pack.yaml], dates: [edtf]}
persons: {p: {each: $.ps, named: .n, name: .m}}
acts: {a: {each: $.as, FIELD}}
"""
ODD = [
    ("of: {path: .v, words: {zwei: 'p 2', eins: p1}}", ['{"as":[{"v":"zwei"}],"ps":[{"n":"p 2","m":"B"}]}', '{"as":[{"v":"eins"}],"ps":[{"n":"p1","m":"A"}]}']),
    ("by: {path: .v, words: {zwei: 'p 2'}}", ['{"as":[{"v":["zwei"]}],"ps":[{"n":"p 2","m":"B"}]}']),
    ("of: .v", ['{"as":[{"v":-0}],"ps":[{"n":0,"m":"B"}]}', '{"as":[{"v":0}],"ps":[{"n":-0,"m":"B"}]}', '{"as":[{"v":0}],"ps":[{"n":0,"m":"A"}]}']),
    ("lasted: {path: .v, unit: days}", ['{"as":[{"v":-0}]}', '{"as":[{"v": -0}]}', '{"as":[{"v":0}]}', '{"as":[{"v":11}]}', '{"as":[{"v":"007"}]}', '{"as":[{"v":1e1}]}', '{"as":[{"v":1000001}]}']),
    ("lasted: .v", ['{"as":[{"v":"2 weeks"}]}', '{"as":[{"v":" 2 days"}]}', '{"as":[{"v":"2 days, 3 hours"}]}', '{"as":[{"v":5}]}']),
    ("note: .v", ['{"as":[{"v":-0}]}', '{"as":[{"v":0}]}', '{"as":[{"v":1.0}]}', '{"as":[{"v":true}]}', '{"as":[{"v":[]}]}', '{"as":[{"v":"\\u0000"}]}']),
    ("n: {path: .v, nulls: ['0']}", ['{"as":[{"v":-0}]}', '{"as":[{"v":0}]}', '{"as":[{"v":12.50}]}', '{"as":[{"v":1e3}]}', '{"as":[{"v":"1e3"}]}', '{"as":[{"v":99999999999999999999}]}']),
    ("span: {from: .f, to: .t}", ['{"as":[{"f":"2014","t":"2014-01-15"}]}', '{"as":[{"f":"2014-01-31","t":"2014-02-28"}]}', '{"as":[{"f":"2014-01-31"}]}', '{"as":[{"t":"2014"}]}', '{"as":[{"f":"2015","t":"2014"}]}']),
    # A month after the days from 2 January to 1 February ends on 3 March at the latest where its end overflows.
    ("span: {from: .f, to: .t}", [f'{{"as":[{{"f":"2014-01","t":"2014-03-0{d}"}}]}}' for d in "1234"], "overflow"),
    ("span: .v", ['{"as":[{"v":"2014/2015"}]}', '{"as":[{"v":"2014-05"}]}', '{"as":[{"v":"2014-05-01"}]}']),
    ("done: {path: .v, required: yes}", ['{"as":[{"v":"2014-02-29"}]}', '{"as":[{}]}', '{"as":[{"v":2014}]}', '{"as":[{"v":"12014"}]}', '{"as":[{"v":"1799-12-31"}]}', '{"as":[{"v":"2014-21"}]}', '{"as":[{"v":"2014-02-01T10:00:00Z"}]}']),
    # Of each grade it is no 9, so that what stands beside it does not matter.
    ("done: .v, n: .n, span: .s", [f'{{"as":[{{"v":"2014-01{d}","n":1}}]}}' for d in ("", "-02", "-04")], "graded"),
    ("done: .v", ['{"as":[{"v":"2014"}],"x":{"k":1,"k":2}}', '{"as":[{"v":"2014","v":"2015"}]}', '{"as":"x"}', '{"as":null}', '{"as":[[]]}', '{"as":[{"v":{"w":1}}]}', '{"as":[{"v":"2014"}],"x":' + "[" * 70 + "]" * 70 + "}"]),
]  # fmt: skip


def odd(program):
    """Faults among the records made by hand."""
    quiet = 0
    for field, records, *other in ODD:
        with tempfile.TemporaryDirectory() as folder:
            folder = Path(folder)
            # With months that overflow the span alone, which finds more, is left out.
            overflows = re.sub(r"  - \{id: span.*\n.*\n", "", ODD_PACK).replace("clamp", "overflow")
            graded = ODD_PACK[:ODD_PACK.index("rules:")] + GRADED
            (folder / "pack.yaml").write_text({(): ODD_PACK, ("overflow",): overflows, ("graded",): graded}[tuple(other)])
            (folder / "map.yaml").write_text(ODD_MAP.replace("FIELD", field))
            for text in records:
                (folder / "data.jsonl").write_text(text + "\n")
                # Where gaps are told one by one a record with one is not quiet.
                for more in ((), ("--no-gaps",)):
                    look, without = (run(program, folder, "data.jsonl", *more, *way) for way in ((), ("--no-screen",)))
                    if look[:2] != without[:2] or '"kind":"summary"' not in without[0]:
                        yield f"{field}: {text} {more}\n    {look[1]} {look[0][-700:]}    {without[1]} {without[0][-700:]}"
                quiet += look[2][0] if look[2] else 0
                short = [run(program, folder, "data.jsonl", "--gaps", *more, form="short") for more in ((), ("--no-screen",))]
                if short[0] != short[1]:
                    yield f"{field}: {text}\n    as lines: {short[0]} {short[1]}"
    if quiet < 8:
        yield f"by hand: too few to mean anything: {quiet} quiet"


# Rules about single records, of which a record of data makes several: those for which such a rule is open are made
# alone, what it comes to at the others is counted. Beside them one that is about two, one that asks for all, and one
# that is led from one list to another.
ITEMS_PACK = """pack: {id: items, title: Items}
vocabulary:
  person: {plural: persons, title: name, fields: {name: text, born: date}}
  act:
    plural: acts
    moment: done
    fields: {done: date, noted: date, kind: {words: [call, visit]}, n: number, of: person, about: item}
  item: {plural: items, moment: made, fields: {made: date, n: number, seen: act}}
policies: {highest: {value: 3, about: of n}}
rules:
RULES
"""
ITEMS_RULES = [
    'require: a.done not after a.noted, message: "{a}"',
    'where: known(a.done), require: width(a.done) at most 9, message: "{a} {a.done}"',
    'require: a.n at most highest, unless: [{when: "a.kind = call", because: so}], message: "{a}"',
    "where: a.kind = visit, require: a.about.made not after a.done, message: \"{a} {a.about}\"",
    'require: known(a.noted) and a.n > 0, possible: "perhaps {a}", message: "{a} of {a.of}"',
    'where: known(a.about.n), require: a.n >= a.about.n, message: "{a.about}"',
    # Of days that are not known windows leave it open, and it holds.
    'require: "a.done before a.noted or a.done not before a.noted", message: "{a}"',
]
ITEMS_OTHERS = [
    'for: {a: act, b: act}, where: "a.n = b.n and a.n > 3", require: a.done not after b.done, message: "{a} {b}"',
    'for: {i: item}, require: "i.n < 5 or some x in act satisfies (x.n > 5)", message: "{i}"',
    'for: {i: item, a: i.seen}, require: a.n < 5, message: "{i} {a}"',
    'for: {p: person}, require: known(p.born), message: "{p}"',
    'for: {i: item}, require: i.n at most highest, message: "{i}"',
    'for: {a: act, i: a.about}, where: known(i.n), require: i.n < 4 or a.kind = call, message: "{a} {i}"',
    'for: {p: person, a: act}, where: a.of = p and known(a.done), require: a.done not before 2020-03-04, message: "{p} {a}"',
    # What is bound is led to, or, where nothing leads there, one of all.
    'for: {a: act, i: item}, where: "known(a.about) and a.about = i or not known(a.about) and a.n = i.n", require: i.made not after a.done, message: "{a} {i}"',
    'for: {a: act, i: item}, where: "a.kind = call and a.about = i or a.kind = visit and a.n = i.n", require: i.made not after a.done, message: "{i}"',
    'for: {a: act, i: item}, where: a.about = i, require: i.n < 4, message: "{a} {i}"',
    'for: {i: item, a: act}, where: "i != a.about and known(a.n)", require: a.n > 0 or i.n > 0, at: a, message: "{i}"',
]
ITEMS_MAP = """map: {id: m, reads: jsonl, shipped: no, packs: [pack.yaml], dates: [edtf]}
persons: {p: {each: $.as, name: .name, born: .born}}
acts: {a: {each: $.as, done: .done, noted: .noted, kind: .kind, n: .n, of: p, about: i}LAST}
items: {i: {each: $.as, made: .made, n: .m}, j: {each: $.is, made: .made, n: .m, seen: SEEN}}
"""


def items(program, seed, rounds):
    """Faults where items of lists are left out."""
    for k in range(rounds):
        r = random.Random(f"items {seed} {k}")
        rules = [f"for: {{a: act}}, {x}" for x in r.sample(ITEMS_RULES, r.randrange(1, 4))]
        rules += r.sample(ITEMS_OTHERS, r.choice([0, 1, 2, 3]))
        r.shuffle(rules)
        pack = ITEMS_PACK.replace("RULES", "\n".join(
            f"  - {{id: r{i}, title: R, kind: law, severity: {r.choice(['error', 'info'])}, about: record, reaches: record, {x}}}"
            for i, x in enumerate(rules)))  # fmt: skip
        # Who leads to acts from elsewhere: the only one that is there once.
        last = r.random() < 0.3
        map_ = ITEMS_MAP.replace("LAST", ", last: {done: $.last, n: 4}" if last else "").replace(", seen: SEEN", ", seen: last" if last else "")

        # An item that the data name, if they do.
        if r.random() < 0.3:
            map_ = map_.replace("about: i}", "about: .about}").replace("{i: {each: $.as,", "{i: {each: $.as, named: .own,")
        if r.random() < 0.3:
            map_ = map_.replace("j: {each: $.is, made: .made, n: .m", "j: {each: $.is, made: .made")

        def item(number):
            whole = {"own": f"i{number}", "about": r.choice([f"i{r.randrange(number + 1)}", "j-1"]),
                     "done": day(r), "noted": day(r), "kind": r.choice(["call", "visit"]), "n": r.randrange(7),
                     "made": day(r), "m": r.randrange(7), "name": r.choice("ABC"), "born": "1980"}  # fmt: skip
            return {key: v for key, v in whole.items() if key == "own" or r.random() < 0.85}
        records = [{"id": f"k{i}", "last": day(r),
                    "as": [item(n) if r.random() < 0.95 else None for n in range(r.choice([0, 1, 2, 3, 4, 70]) if i else 70)],
                    "is": [item(n) for n in range(r.randrange(3))]} for i in range(40)]  # fmt: skip
        with tempfile.TemporaryDirectory() as folder:
            folder = Path(folder)
            (folder / "pack.yaml").write_text(pack)
            (folder / "map.yaml").write_text(map_)
            (folder / "data.jsonl").write_text("".join(json.dumps(x) + "\n" for x in records))
            for more in ("--gaps", "--no-gaps", "-v"):
                look, without = (run(program, folder, "data.jsonl", more, *way, form="short") for way in ((), ("--no-screen",)))
                if look == without and "40 records" in look[2]:
                    continue
                lines = zip(*((x[0] + x[2]).splitlines() + [""] for x in (look, without)))
                first = next((f"{a}\n{b}" for a, b in lines if a != b), "")
                yield f"items, seed {seed}, round {k} {more}: not the same\n{first}\n{look[2][-500:]}\n{pack[pack.index('rules:'):]}"
                break


# Records that say the same but for what is their own: ids, titles, which item of a list it is, and the order and place
# of what they say. What was found in one is told of the next; a digit that is no number, a title that a rule reads or a
# sentence has, and a word for nothing make a difference.
ALIKE_RULES = [
    'for: {a: act}, require: width(a.done) at most 9, message: "{a.done}"',
    'for: {a: act}, require: width(a.done) at most 9, message: "{a} of {a.of} on {a.done}"',
    'for: {a: act}, where: known(a.n), require: a.n at most highest, message: "{a.n} of {a.about}", possible: "{a}"',
    'for: {p: person}, require: "p.name != \'B\'", message: "a name"',
    'for: {a: act}, require: "a.of.name = \'A\' or a.n < 3", message: "{a.n}"',
    'for: {a: act, i: a.about}, require: i.made not after a.done, message: "{i.made}, {a.done}"',
    'for: {a: act}, require: a.done not after a.noted, message: "{word(a.done)}: {apart(a.done, a.noted)}", possible: "perhaps {a.noted}"',
    'for: {a: act}, require: "(a.done before a.noted or a.done not before a.noted) and a.n > 0", message: "{a}"',
    'for: {a: act, b: act}, where: "a.n = b.n", require: "a.n < 4", message: "{a.n}, {b.n}"',
    'for: {a: act, b: act}, where: "a.n > 3 and b.n < 3", require: a.done after b.noted, at: b, message: "{a.n}, {b.n}"',
    'for: {s: start}, require: s.made not before 2020-03-02, at: s, message: "{s.made}"',
    'for: {s: start}, require: s.n at most highest, message: "{s}"',
]  # fmt: skip
# Without one that is settled a record goes the whole way.
SETTLED = 'for: {s: start}, require: s.n < 100, message: "{s}"'
ALIKE_MAP = """map: {id: m, reads: jsonl, shipped: no, packs: [pack.yaml], dates: [edtf], nulls: ["-"]}
case: {CASE}
persons: {p: {each: $.as, name: .name}}
acts: {a: {each: $.as, TITLE done: .done, noted: .noted, n: .n, of: p, about: i}}
items: {i: {each: $.as, made: .made, n: .n}}
starts: {s: {label: $.label, made: $.made, n: $.n}}
"""


def alike_pack(rules):
    return ITEMS_PACK.replace("title: name, fields: {name: text, born: date}", "title: name, fields: {name: text}") \
        .replace("    moment: done\n", "    moment: done\n    title: label\n") \
        .replace("{done: date,", "{label: text, done: date,") \
        .replace("policies:", "  start: {plural: starts, title: label, moment: made, fields: {label: text, made: date, n: number}}\npolicies:") \
        .replace("RULES", "\n".join(
            f"  - {{id: r{i}, title: R, kind: law, severity: {severity}, about: record, reaches: record, {x}}}"
            for i, (severity, x) in enumerate(rules)))  # fmt: skip


def left_out(program):
    """Faults where one finding is made of two items, and others of the list are left out or are not there."""
    a, b = {"n": 4, "done": "2020-03-02", "noted": "2020-03-02"}, {"n": 1, "done": "2020-03-01", "noted": "2020-03-05"}
    neither = {"n": 3, "done": "2020-03-02", "noted": "2020-03-02"}
    lists = [[a, b], [a, None, b], [a, neither, b], [b, a], [neither, a, b], [a, b, neither], [a, neither, neither, b]]
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        (folder / "pack.yaml").write_text(alike_pack([("error", next(x for x in ALIKE_RULES if "at: b" in x)), ("info", SETTLED)]))
        (folder / "map.yaml").write_text(ALIKE_MAP.replace("CASE", "id: $.id").replace("TITLE", ""))
        (folder / "data.jsonl").write_text("".join(
            json.dumps({"id": f"k{i}", "as": x, "n": 1}) + "\n" for i, x in enumerate(2 * lists)))  # fmt: skip
        look, without = (run(program, folder, "data.jsonl", "--no-gaps", *way, form="short") for way in ((), ("--no-screen",)))
        if look != without or len(look[0].splitlines()) != 2 * len(lists):
            yield f"alike: items left out\n{look[0]}\n{without[0]}"


def alike(program, seed, rounds):
    """Faults where records say what others have said."""
    yield from left_out(program)
    told = met = compared = 0
    for k in range(rounds):
        r = random.Random(f"alike {seed} {k}")
        pack = alike_pack([(r.choice(["error", "info"]), x) for x in r.sample(ALIKE_RULES, r.choice([1, 1, 2])) + [SETTLED]])
        case = r.choice(["id: $.id", "id: $.id, title: $.label", "id: $.id, title: $.label", "title: $.id"])
        map_ = ALIKE_MAP.replace("CASE", case).replace("TITLE", r.choice(["", "label: .label,", "label: $.label,", "label: .name,", "named: .own,", "named: .own, label: .label,"]))
        often = r.choice([0.97, 0.97, 0.85])

        def item():
            whole = {"done": r.choice(["2020-03", "2020-03", "2020-02", "2020-03-02"]), "noted": r.choice(["2020-03-02", "2020-03", "2020-01"]),
                     "n": r.choice([2, 4, "4", "-"]), "made": r.choice(["2020-03-03", "2020-02"]),
                     "name": r.choice(["A", "B", "-", "p-1", "\u00e9\u0301x"]), "label": r.choice(["L", "M", "-", "a-2"]),
                     "own": r.choice(["a-1", "a-2", "a-3", "x"])}  # fmt: skip
            return {key: v for key, v in whole.items() if key == "own" or r.random() < often}

        def record(i):
            whole = {"id": f"k{i}", "as": [item() if r.random() < 0.5 else None for _ in range(r.choice([1, 2, 2, 2, 2, 3, 3, 3, 12]))],
                     "label": r.choice(["L", "M", "-"]), "made": r.choice(["2020-02-03", "2020-03-04"]), "n": r.choice([1, 5, "5"])}  # fmt: skip
            keys = list(whole)
            if r.random() < 0.3:
                r.shuffle(keys)
            return json.dumps({key: whole[key] for key in keys if key == "id" or r.random() < 0.95},
                              separators=r.choice([(",", ":"), (", ", ": ")]), ensure_ascii=r.random() < 0.5)  # fmt: skip
        with tempfile.TemporaryDirectory() as folder:
            folder = Path(folder)
            (folder / "pack.yaml").write_text(pack)
            (folder / "map.yaml").write_text(map_)
            (folder / "data.jsonl").write_text("".join(record(i) + "\n" for i in range(250)))
            for more in ("--gaps", "--no-gaps"):
                look, without = (run(program, folder, "data.jsonl", more, *way, form="short") for way in ((), ("--no-screen",)))
                if look == without and "250 records" in look[2]:
                    continue
                lines = zip(*((x[0] + x[2]).splitlines() + [""] for x in (look, without)))
                first = next((f"{a}\n{b}" for a, b in lines if a != b), "")
                yield f"alike, seed {seed}, round {k} {more}: not the same\n{first}\n{look[2][-500:]}\n{pack[pack.index('rules:'):]}{map_}"
                break
            told += len(look[0].splitlines())
            p = subprocess.run([program, "check", "--map", "map.yaml", "--threads", "1", "--format", "short", "-v", "--no-gaps", "data.jsonl"],
                               cwd=folder, capture_output=True, text=True)
            said = re.search(r"(\d+) of the others said what one before them had said", p.stderr)
            met += int(said.group(1)) if said else 0
            # What a line does not show: the fingerprints, by which a baseline knows every other finding.
            if not case.startswith("id:"):
                continue
            whole = subprocess.run([program, "check", "--map", "map.yaml", "--format", "json", "--no-screen", "data.jsonl"],
                                   cwd=folder, capture_output=True, text=True).stdout.splitlines()
            known = [f for f in map(json.loads, whole) if f["kind"] == "finding"][::2]
            if not known:
                continue
            (folder / "known.yaml").write_text("baseline: 1\nfindings:\n" + "".join(
                "- {" + ", ".join(f"{key}: {json.dumps(f[key])}" for key in ("rule", "case", "at", "verdict", "fingerprint", "message")) + "}\n"
                for f in known))  # fmt: skip
            look, without = (run(program, folder, "data.jsonl", "--baseline", "known.yaml", *way, form="short") for way in ((), ("--no-screen",)))
            compared += len(known)
            marked = sum("[baseline]" in line for line in look[0].splitlines())
            if look != without or "250 records" not in look[2] or marked != len(known):
                yield f"alike, seed {seed}, round {k}: other fingerprints\n{look[2][-700:]}\n{without[2][-700:]}"
    print(f"alike: {told} findings, {met} of records that said what others had; {compared} fingerprints compared")
    if met < told // 8 or compared < rounds * 10:
        yield "alike: too few to mean anything"


def main():
    a = argparse.ArgumentParser()
    a.add_argument("program")
    a.add_argument("--packs", type=int, default=100)
    a.add_argument("--seed", type=int, default=1)
    a.add_argument("--only", type=int)
    o = a.parse_args()
    program = str(Path(o.program).resolve())
    seen = {"records": 0, "quiet": 0, "shaped_quiet": 0, "findings": 0, "gaps": 0, "not_checked": 0, "packs": 0, "of_askers": 0, "opened": 0}
    bad = 0
    for fault in odd(program) if o.only is None else ():
        print(fault)
        bad += 1
    for fault in items(program, o.seed, o.packs // 2) if o.only is None else ():
        print(fault)
        bad += 1
    for fault in alike(program, o.seed, o.packs // 2) if o.only is None else ():
        print(fault)
        bad += 1
    for k in [o.only] if o.only is not None else range(o.packs):
        r = random.Random(f"screen {o.seed} {k}")
        # Of several rules some are settled, and the record is made for the others.
        generate.RULES = 1 + k // 2 % 3
        pack = generate.Rules(r).pack()
        asks = k % 3 == 1
        if asks:
            pack = with_asker(random.Random(f"asks {o.seed} {k}"), pack)
        full = r.choice([1, 1, 0.95, 0.8, 0.5])
        shaped = k % 2 == 1
        records = [(shaped_record if shaped else record)(r, i, full) for i in range(RECORDS)]
        reads = "yaml" if k % 5 == 4 else "jsonl"
        with tempfile.TemporaryDirectory() as folder:
            folder = Path(folder) if o.only is None else Path.cwd() / "screen-found"
            folder.mkdir(exist_ok=True)
            (folder / "pack.yaml").write_text(pack)
            (folder / "vocabulary.yaml").write_text((HERE.parent / "logic/vocabulary.yaml").read_text())
            (folder / "map.yaml").write_text((shaped_map if shaped else map_of)(r, reads))
            lines = [json.dumps(x) for x in records]
            (folder / FORMS[reads]).write_text(
                "\n".join(lines) + "\n" if reads == "jsonl" else "".join(f"---\n{x}\n" for x in lines))
            with_look = run(program, folder, FORMS[reads])
            without = run(program, folder, FORMS[reads], "--no-screen")
            gapless = [run(program, folder, FORMS[reads], "--no-gaps", *more) for more in ((), ("--no-screen",))]
            short = [run(program, folder, FORMS[reads], more, *way, form="short") for more in ("--gaps", "--no-gaps", "-v")
                     for way in ((), ("--no-screen",))]  # fmt: skip
        if gapless[0][:2] != gapless[1][:2] or gapless[0][0] != "".join(
                x for x in without[0].splitlines(True) if not x.startswith('{"kind":"gap"')):
            bad += 1
            print(f"seed {o.seed}, pack {k}: without gaps not the same")
        if short[::2] != short[1::2]:
            bad += 1
            print(f"seed {o.seed}, pack {k}: as lines not the same\n    {short[0][2][-900:]}\n    {short[1][2][-900:]}")
        if not with_look[0] or '"kind":"summary"' not in with_look[0]:
            print(f"pack {k}: no sum\n{with_look[0][:400]}")
            bad += 1
            continue
        if with_look[:2] != without[:2]:
            bad += 1
            a_lines, b_lines = with_look[0].splitlines(), without[0].splitlines()
            first = next((i for i, (x, y) in enumerate(zip(a_lines, b_lines)) if x != y), min(len(a_lines), len(b_lines)))
            print(f"seed {o.seed}, pack {k}: not the same from line {first + 1} on; exit codes {with_look[1]}, {without[1]}")
            for x in (a_lines, b_lines):
                print("   ", x[first][:600] if first < len(x) else "(no more)")
        total = json.loads(without[0].splitlines()[-1])
        seen["packs"] += 1
        seen["records"] += total["records"]
        seen["not_checked"] += total["not_checked"]
        seen["findings"] += total["findings"]
        seen["gaps"] += total["gaps"]
        if gapless[0][2]:
            seen["quiet"] += gapless[0][2][0]
            seen["shaped_quiet"] += gapless[0][2][0] if shaped else 0
        if asks:
            # Records in which the other rule is left to the engine: those that this is about.
            seen["of_askers"] += sum('"rule":"asks"' in line for line in without[0].splitlines())
            seen["opened"] += with_look[2][1] - with_look[2][0] if with_look[2] else 0
    print(", ".join(f"{n} {k}" for k, n in seen.items()))
    if o.only is None:
        for what, least in (("quiet", seen["records"] // 10), ("shaped_quiet", seen["records"] // 20), ("findings", 100), ("gaps", 100), ("not_checked", 20), ("of_askers", 100), ("opened", 100)):
            if seen[what] < least:
                print(f"too few to mean anything: {what} {seen[what]}")
                bad += 1
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
