#!/usr/bin/env python3
"""More precise dates never turn what is certain, nor what is silent, round: for every rule of the project.

    monotone.py PROGRAM [--cases N] [--seed S] [--only RULE] [--list] [--self-check]

Each case is drawn from an example of a rule; README.md says how, and what is compared. The same seed draws the same
cases of a rule, whatever else is drawn. Ends with 1 if a verdict turns round, or if a rule was not tried.
"""

import argparse
import collections
import copy
import random
import re
import sys
from pathlib import Path

sys.dont_write_bytecode = True
import library
import vague

HERE = Path(__file__).resolve().parent
# More precise cases to one that is less.
NARROWED = 3
ROUNDS = 4


def places(case, fields):
    """Paths of the plain dates of a case: (keys, date | period)."""
    dates, plurals, nested = fields

    def assertions(value, path, kind):
        if isinstance(value, str):
            yield path, kind
        elif isinstance(value, dict) and "value" in value and "pending" not in value:
            yield from assertions(value["value"], (*path, "value"), kind)
        elif isinstance(value, list):
            for k, item in enumerate(value):
                if isinstance(item, dict):
                    yield from assertions(item, (*path, k), kind)

    def record(content, path, type_):
        if not isinstance(content, dict):
            return
        for field, value in content.items():
            if (type_, field) in dates:
                yield from assertions(value, (*path, field), dates[type_, field])
            elif (type_, field) in nested:
                for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
                    yield from record(inner, (*path, field, key), nested[type_, field])

    for section, records in case.items():
        if section in plurals:
            for name, content in records.items():
                yield from record(content, (section, name), plurals[section])


def at(case, path):
    for key in path:
        case = case[key]
    return case


def put(case, texts):
    out = copy.deepcopy(case)
    for path, text in texts.items():
        at(out, path[:-1])[path[-1]] = text
    return out


class Change:
    """A place where the less precise case says less: what it says there, and the days that this allows."""

    def __init__(self, text, ends):
        self.text = text
        self.ends = ends  # of a date one list of days, of a period's two ends two, None where it stays as it was


class Drawn:
    """A case that says less, and some that say more."""

    def __init__(self, rule, example, number, case, changes, precise):
        self.rule, self.example, self.number = rule, example, number
        self.case, self.changes, self.precise = case, changes, precise

    def vague(self):
        return put(self.case, {path: change.text for path, change in self.changes.items()})

    def narrow(self, texts):
        return put(self.case, {**{path: change.text for path, change in self.changes.items()}, **texts})


def change_of(draw, text, kind, gentle):
    if kind == "period" and text.count("/") == 1:
        written, ends = [], []
        for part in text.split("/"):
            days = vague.days_of(part)
            wider = vague.vaguer_end(draw, days) if days and "T" not in part and "[" not in part else None
            written.append(wider[0] if wider else part)
            ends.append((wider[1] if wider else days, part))
        if all(days is None for days, _ in ends):
            return None
        return Change("/".join(written), ends)
    days = vague.days_of(text)
    if not days or "T" in text and "/" in text:
        return None
    if vague.CLOCK.fullmatch(text):
        return Change(text[:10], [(days, text)])
    if len(days) > 1 and draw.random() < 0.5:
        return Change(text, [(days, text)])
    if kind == "period":
        # Of a period a set or an interval would be something else.
        wider = vague.vaguer_end(draw, days)
        return Change(wider[0], [(wider[1], text)]) if wider else None
    written, wider = vague.vaguer(draw, days, gentle)
    return Change(written, [(wider, text)])


def precise_of(draw, change, others, kind):
    clock = vague.CLOCK.fullmatch(change.ends[0][1]) and kind == "date"
    if kind == "period":
        written = []
        for days, text in change.ends:
            # Both ends of a period that is a month lie in it; one day of it is such a period.
            written.append(f"{vague.day_within(draw, days, others)}" if days else text)
        if len(change.ends) == 1 and draw.random() < 0.5:
            other = f"{vague.day_within(draw, change.ends[0][0], others)}"
            written = ["/".join(sorted([written[0], other]))]
        ends = [e for e in written if e not in ("", "..")]
        return "/".join(written) if len(written) < 2 or len(ends) < 2 or ends[0] <= ends[1] else None
    return vague.narrower(draw, change.ends[0][0], others, clock)


def draw_one(rule, number, seed, fields):
    """The case of this number of a rule, or None: its example has no date to change."""
    draw = random.Random(f"{seed}/{rule.id}/{number}")
    example = rule.examples[number % len(rule.examples)]
    case = {k: v for k, v in example["case"].items() if k != "expect"}
    found = [(path, kind) for path, kind in places(case, fields)]
    changes, kinds = {}, {}
    # Every third one changes one date, and little: some rules are certain only there.
    gentle = number % 3 == 2
    many = 1 if gentle else draw.randint(1, max(1, len(found))) if draw.random() < 0.4 else 2
    for path, kind in draw.sample(found, min(many, len(found))):
        change = change_of(draw, at(case, path), kind, gentle)
        if change:
            changes[path], kinds[path] = change, kind
    if not changes:
        return None
    others = set()
    for path, _ in found:
        for days in [vague.days_of(part) for part in at(case, path).split("/")]:
            for day in (days[0], days[-1]) if days and 1 < days[0].year and days[-1].year < 9999 else ():
                others.update((day - vague.ONE, day, day + vague.ONE))
    precise = []
    for _ in range(NARROWED):
        texts = {}
        for path, change in changes.items():
            if draw.random() < 0.9 or len(changes) == 1:
                text = precise_of(draw, change, others, kinds[path])
                if text:
                    texts[path] = text
        if texts and texts not in precise and not by_the_hour(Drawn(rule, example, number, case, changes, []), texts, fields):
            precise.append(texts)
    return Drawn(rule, example, number, case, changes, precise)


def by_the_hour(drawn, texts, fields):
    """Is an hour given on a day that a bare date of the less precise case may be, too? Two bare days compare as days."""
    less = drawn.vague()
    hours = {path: text[:10] for path, text in texts.items() if "T" in text and "T" not in drawn.changes[path].text}
    if not hours:
        return False
    more = drawn.narrow(texts)
    for path, _ in places(less, fields):
        if "T" in at(less, path):
            continue
        for days in [vague.days_of(part) for part in at(more, path).split("/")]:
            for other, day in hours.items():
                day = vague.days_of(day)[0]
                # The days of another zone begin some hours before or after.
                if other != path and (not days or days[0] <= day + vague.ONE and day - vague.ONE <= days[-1]):
                    return True
    return False


class Verdicts:
    """Of one case: what is certain, what is found at all, as (rule, bindings, account); where there are gaps."""

    def __init__(self, said, case, rules):
        self.certain, self.found = set(), set()
        self.gaps = {(gap["rule"], gap["at"]) for gap in said.gaps}
        self.undecided = {item["rule"] for item in said.undecided}
        self.contradictions, self.facts = ["refused"] if said.refused else [], set()
        accounts = list(case.get("accounts", {})) or [""]
        for f in said.findings:
            rule = f["rule"]
            if rule == "facts-contradict":
                # What usually holds and the facts exclude is told under this name; the facts stand all the same.
                of = {r.get("rule") for r in f["proof"]["requirements"]} if f["proof"] else set()
                usual = [r for r in of if r in rules and rules[r].presumption]
                if len(of) != 1 or len(usual) != 1 or f["verdict"] != "certain":
                    self.contradictions.append(f)
                    continue
                rule = usual[0]
            for account in f["accounts"] or accounts:
                key = rule, tuple(sorted(f["bindings"].items())), account, f["at"]
                self.found.add(key)
                if f["verdict"] == "certain":
                    self.certain.add(key)
                    if rule in rules and rules[rule].kind == "fact":
                        self.facts.add(key)


def turned(less, more, rules, judged):
    """What the more precise case turns round, of the rules that are compared: lines (rule, words)."""
    if less.contradictions or more.contradictions:
        return None
    out = []
    # A rule that reads other rules' findings turns with those that may.
    free = {k for k in less.found ^ more.found | less.certain ^ more.certain if k[0] not in judged}
    for key in sorted(less.certain - more.certain):
        if key[0] not in judged or key[0] in more.undecided or rules[key[0]].reads and free:
            continue
        out.append((key, "certain, and not certain where dates are more precise"))
    # What is silent because a fact must be so is not silent where it cannot: a new certain finding of fact.
    new_facts = {k for k in more.facts - less.facts}
    for key in sorted(more.found - less.found):
        rule = rules.get(key[0])
        if key[0] not in judged or rule.reserved or (key[0], key[3]) in less.gaps or key[0] in less.undecided or rule.reads and free:
            continue
        if rule.kind == "law" and new_facts:
            continue
        out.append((key, "silent, and found where dates are more precise"))
    return out


# A date that is given stays given, and an end that is left open stays open: these do not change here.
SAME = re.compile(r"known\(|ends\(|certainly\([a-z_.]+ before 9999-12-31\)")
# What has two values though dates are imprecise: a rule that asks so is silent where it is not certain of it.
TWO_VALUES = re.compile(r"\b(?:(?:certainly|possibly|doubtful|pending|width|width_up_to|earliest|latest|elided|years)\("
                        r"|agrees with|fails\([^)]*, *(?:certainly|possibly)\))")


def excepted(rule):
    """Why a certain finding of the rule is not compared: what the program says that it asks."""
    return [asked for asked in rule.asks if not SAME.match(asked)]


def reserved(rule):
    """Why its silence is not compared."""
    if rule.presumption:
        return "a presumption, told where it is certainly not so"
    asked = TWO_VALUES.search(SAME.sub("", rule.text))
    return f"speaks where it is sure of `{asked[0]}`" if asked else ""


def shrink(program, packs, rules, judged, drawn, texts, key, words):
    """Less is changed as long as the verdict turns round: places, then records."""

    def fails(case, changes, chosen):
        d = Drawn(drawn.rule, drawn.example, drawn.number, case, changes, [])
        try:
            said = library.check(program, [d.vague(), d.narrow(chosen)], packs)
        except RuntimeError:
            return False
        less, more = (Verdicts(s, case, rules) for s in said)
        return (key, words) in (turned(less, more, rules, judged) or [])

    case, changes, chosen = drawn.case, dict(drawn.changes), dict(texts)
    again = True
    while again:
        again = False
        for path in list(changes):
            rest = {p: c for p, c in changes.items() if p != path}
            # As the example has it; or precise in both; or the same, imprecise, in both.
            tries = [
                (case, rest, {p: t for p, t in chosen.items() if p != path}),
                (put(case, {path: chosen.get(path, at(case, path))}), rest, {p: t for p, t in chosen.items() if p != path}),
            ]
            for c, some, t in tries:
                if some and t and fails(c, some, t):
                    case, changes, chosen, again = c, some, t, True
                    break
        for section, records in list(case.items()):
            if section in ("case", "accounts") or not isinstance(records, (dict, list)):
                continue
            for name in list(records):
                if any(path[:2] == (section, name) for path in changes):
                    continue
                fewer = [r for r in records if r != name] if isinstance(records, list) else {k: v for k, v in records.items() if k != name}
                smaller = {**case, section: fewer} if fewer else {k: v for k, v in case.items() if k != section}
                if fails(smaller, changes, chosen):
                    case, records, again = smaller, fewer, True
    return Drawn(drawn.rule, drawn.example, drawn.number, case, changes, []), chosen


def told(drawn, texts, key, words, seed):
    rule, bindings, account, _ = key
    where = ", ".join(f"{name} = {path}" for name, path in bindings) + (f", on the account of {account}" if account else "")
    lines = [f"{rule}: {words}", f"  {where}"]
    lines += [f"  drawn from {drawn.rule.pack.name}, {drawn.rule.id}, \"{drawn.example['name']}\""]
    lines += [f"  again: --only {drawn.rule.id} --seed {seed} (number {drawn.number})"]
    for path, change in drawn.changes.items():
        lines.append(f"  {'.'.join(map(str, path))}: {change.text}  ->  {texts.get(path, change.text)}")
    return "\n".join(lines) + "\n" + "".join("    " + line for line in library.text_of(drawn.vague()).splitlines(True))


class Run:
    def __init__(self, program, packs, rules, seed, only=(), whole=()):
        self.program, self.packs, self.seed = program, packs, seed
        self.rules = {rule.id: rule for rule in rules}
        self.drawn_from = [rule for rule in rules if not only or rule.id in only]
        self.fields = library.fields_of([library.RULES / "vocabulary.yaml", *sorted(library.RULES.glob("*.yaml")), *packs])
        for rule in rules:
            rule.reads = "fails(" in rule.text
            rule.reserved = reserved(rule) if rule.id not in whole else ""
        self.sums = collections.Counter()
        self.tried = collections.defaultdict(collections.Counter)
        self.failures = []

    def judged(self, but=()):
        return {id_ for id_, rule in self.rules.items() if id_ in but or not excepted(rule)}

    def go(self, count, judged):
        """Draws until `count` cases are compared and each rule was; a rule that needs it gets more."""
        a_rule = max(1, -(-count // max(1, len(self.drawn_from))))
        todo = self.drawn_from
        for turn in range(ROUNDS):
            drawn = []
            for rule in todo:
                for number in range(turn * a_rule, (turn + 1) * a_rule):
                    one = draw_one(rule, number, self.seed, self.fields) if rule.examples else None
                    if one and one.precise:
                        drawn.append(one)
                        self.tried[rule.id]["cases"] += 1
            self.compare(drawn, judged)
            todo = [r for r in self.drawn_from if r.id in judged and not self.enough(r)]

    def enough(self, rule):
        return self.tried[rule.id]["certain"] and (rule.reserved or self.tried[rule.id]["silent"])

    def compare(self, drawn, judged):
        documents = [text for d in drawn for text in (d.vague(), *(d.narrow(texts) for texts in d.precise))]
        said = iter(library.check(self.program, documents, self.packs))
        seen = {key[0] for key, *_ in self.failures}
        for d in drawn:
            less = Verdicts(next(said), d.case, self.rules)
            compared = False
            for texts in d.precise:
                more = Verdicts(next(said), d.case, self.rules)
                faults = turned(less, more, self.rules, judged)
                if faults is None:
                    self.sums["left out: the dates contradict one another"] += 1
                    continue
                compared = True
                self.sums["more precise cases compared"] += 1
                for key in less.certain:
                    self.tried[key[0]]["certain"] += key[0] in judged
                of = {key[0] for key in less.found} | {gap[0] for gap in less.gaps} | less.undecided
                self.tried[d.rule.id]["silent"] += d.rule.id not in of
                for key, words in faults:
                    self.sums["turned round"] += 1
                    if key[0] not in seen:
                        seen.add(key[0])
                        self.failures.append((key, words, d, texts))
            self.sums["cases"] += compared


def ordinary(program, options):
    rules = library.shipped()
    library.asked(program, rules)
    known = {rule.id for rule in rules}
    if set(options.only) - known:
        print(f"no such rule: {', '.join(sorted(set(options.only) - known))}")
        return 2
    run = Run(program, [], rules, options.seed, options.only)
    judged = run.judged()
    run.go(options.cases, judged)
    for key, words, d, texts in run.failures:
        small, chosen = shrink(program, [], run.rules, judged, d, texts, key, words)
        print(told(small, chosen, key, words, options.seed))
    bad = len(run.failures)
    dateless = [r.id for r in run.drawn_from if not run.tried[r.id]["cases"]]
    for rule in run.drawn_from:
        if rule.id in judged and rule.id not in dateless and not run.enough(rule):
            print(f"{rule.id}: never {'certain' if not run.tried[rule.id]['certain'] else 'silent'} in a less precise case")
            bad += not run.tried[rule.id]["certain"] and not run.tried[rule.id]["silent"]
    if options.list:
        for rule in run.drawn_from:
            why = f"not compared, asks {', '.join(excepted(rule))}" if rule.id not in judged else ""
            why = why or ("no date in its examples" if rule.id in dateless else "")
            tried = run.tried[rule.id]
            sums = f"{tried['cases']} cases, {tried['certain']} certain, {tried['silent']} silent"
            print(f"{rule.id}: {why or sums}{'; ' + rule.reserved if rule.reserved and not why else ''}")
    out = [r for r in run.drawn_from if r.id not in judged]
    part = [r for r in run.drawn_from if r.id in judged and r.reserved]
    print(f"{len(run.drawn_from)} rules; {len(out)} not compared for what they ask, {len(part)} only where they are certain, "
          f"{len(dateless)} without a date in any example")
    print(", ".join(f"{name}: {n}" for name, n in sorted(run.sums.items())))
    return 1 if bad else 0


def self_check(program, options):
    """Rules that ask how well something is known, compared as if they did not: each has to be caught."""
    pack = HERE / "faulty.yaml"
    rules = library.shipped() + library.rules_of([pack])
    library.asked(program, rules, [pack])
    faulty = [rule for rule in rules if rule.pack == pack]
    bad = 0
    for rule in faulty:
        sound = rule.id.startswith("sound-")
        if sound == bool(excepted(rule) or reserved(rule)):
            print(f"{rule.id}: would be {'left out' if sound else 'compared'}; the program says that it asks {rule.asks}")
            bad += 1
        run = Run(program, [pack], rules, options.seed, [rule.id], [rule.id])
        judged = run.judged([rule.id])
        run.go(40, judged)
        caught = {key[0] for key, *_ in run.failures}
        if (rule.id in caught) == sound:
            print(f"{rule.id}: {'caught, and sound' if sound else 'not caught'}")
            bad += 1
        for key, words, d, texts in run.failures:
            if key[0] != rule.id:
                continue
            small, chosen = shrink(program, [pack], run.rules, judged, d, texts, key, words)
            if len(small.changes) != 1:
                print(told(small, chosen, key, words, options.seed) + f"{len(small.changes)} changes are left of one")
                bad += 1
            if options.list:
                print(told(small, chosen, key, words, options.seed))
    print(f"{len(faulty)} rules, {bad} not as they should be")
    return 1 if bad else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--cases", type=int, default=2000, help="how many less precise cases, of all rules together")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", action="append", default=[], metavar="RULE")
    parser.add_argument("--list", action="store_true", help="what was tried of each rule")
    parser.add_argument("--self-check", action="store_true")
    options = parser.parse_args()
    program = str(Path(options.program).resolve())
    return self_check(program, options) if options.self_check else ordinary(program, options)


if __name__ == "__main__":
    sys.exit(main())
