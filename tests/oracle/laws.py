#!/usr/bin/python3
"""Laws that the program's answers obey whatever the case: laws.py --dump DUMP [--program ANTINOMY]

narrowing   a date known better takes no certain finding away, while the view stands (for conditions
            that don't ask how well something is known), and no point gets a new day
mirroring   time running backwards mirrors days, order lines, distances and Allen's relations
asking      what the type checker says asks how well something is known does lose a finding
order       the order of accounts, records, sources and order lines doesn't matter; with --program
            neither to the findings of the cases in this repository, by fingerprint and verdict

Cases depend on seed and number only. Exit: 0 they hold, 1 one doesn't (the cases are printed), 2 not run.
"""
import argparse
import collections
import copy
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from datetime import date, timedelta

import yaml

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import brute
import conditions
import generate

ROOT = os.path.dirname(os.path.dirname(HERE))
VOCABULARY = os.path.join(ROOT, "rules", "vocabulary.yaml")
CALENDAR = os.path.join(HERE, "calendar.yaml")


def dumped(dump, texts):
    with tempfile.TemporaryDirectory() as folder:
        paths = [os.path.join(folder, "case-%05d.yaml" % k) for k in range(len(texts))]
        for path, text in zip(paths, texts):
            with open(path, "w", encoding="utf-8") as f:
                f.write(text)
        done = subprocess.run([dump, VOCABULARY, CALENDAR, *paths], capture_output=True, text=True)
    lines = done.stdout.splitlines()
    if done.returncode != 0 or len(lines) != len(texts):
        sys.exit("dump ended with %d: %s" % (done.returncode, done.stderr[-2000:]))
    return [json.loads(line) for line in lines]


# ---------------------------------------------------------------- order

def shuffled(r, raw):
    """The same case, its sections and records in another order."""
    out = {}
    for key in r.sample(sorted(raw), len(raw)):
        value = copy.deepcopy(raw[key])
        if isinstance(value, dict) and key not in ("case", "policies"):
            value = {k: value[k] for k in r.sample(list(value), len(value))}
        elif isinstance(value, list):
            r.shuffle(value)
        out[key] = value
    return out


def written(raw):
    return yaml.safe_dump(raw, allow_unicode=True, sort_keys=False, width=1000)


def asks(text):
    return "".join("# ask: %s\n" % q for q in re.findall(r"(?m)^# ask: (.+)$", text))


def order(r, text):
    return written(shuffled(r, yaml.load(text, Loader=brute.LOADER))) + asks(text)


def same(one, other, sums):
    sums["order, views"] += len(one)
    # Days one by one may take more tests in one order than in another: then only the ends count.
    for name, view in one.items():
        for point, days in view.get("points", {}).items():
            there = other.get(name, {}).get("points", {}).get(point)
            if there and None in (days["days"], there["days"]):
                days["days"] = there["days"] = None
    return [] if one == other else ["%s: %s / %s" % (a, one.get(a), other.get(a))
                                    for a in one if one[a] != other.get(a)] or ["views"]


# ---------------------------------------------------------------- narrowing

def narrower(r, text):
    """The case with one of its dates known better; nothing if it has none."""
    raw = yaml.load(text, Loader=brute.LOADER)
    case = brute.Case(text, 1)
    places = []
    for record in raw["events"].values():
        for field in ("start", "end"):
            given = record.get(field)
            for holder, key in [(record, field)] if isinstance(given, str) else \
                    [(item, "value") for item in
                     (given if isinstance(given, list) else [given] if given else [])]:
                value = holder[key]
                if isinstance(value, str) and brute.is_edtf(value) and not set("?%") & set(value):
                    places.append((holder, key))
    r.shuffle(places)
    for holder, key in places:
        days = list(brute.each(case.reader.edtf(holder[key])[0]))
        if len(days) < 2:
            continue
        at = r.randrange(len(days))
        low = high = days[at]
        for _ in range(r.choice([0, 0, 2, 6, 20])):
            low = low - 1 if low - 1 in days else low
            high = high + 1 if high + 1 in days and r.random() < 0.7 else high
        first, last = (case.world.dates[d].isoformat() for d in (low, high))
        holder[key] = first if first == last else first + "/" + last
        return written(raw) + asks(text)
    return None


def kept(wide, narrow, sums):
    if "errors" in narrow:
        return []  # the date is now refused at sight: after the end
    out = []
    for account, before in wide.items():
        after = narrow[account]
        if not before.get("stands") or not after.get("stands"):
            sums["narrowing, views that cannot stand"] += 1
            continue
        sums["narrowing, views"] += 1
        for question, verdict in before["rules"].items():
            if verdict == "certain":
                sums["narrowing, certain before"] += 1
                if after["rules"][question] != "certain":
                    out.append("%s is certain, then %s" % (question, after["rules"][question]))
            elif after["rules"][question] == "certain":
                sums["narrowing, certain only then"] += 1
        for pair, verdicts in before["orders"].items():
            for word, verdict in verdicts.items():
                if verdict in ("certain", "impossible") and after["orders"][pair][word] != verdict:
                    out.append("%s: %s is %s, then %s" % (
                        pair, word, verdict, after["orders"][pair][word]))
        for name, point in before["points"].items():
            now = after["points"][name]
            for key, worse in (("first", min), ("last", max)):
                if point[key] is not None and (now[key] is None or
                                               worse(point[key], now[key]) != point[key]):
                    out.append("%s: %s is %s, then %s" % (name, key, point[key], now[key]))
            if point["days"] and now["days"] and not set(now["days"]) <= set(point["days"]):
                out.append(name + " has new days")
    return out


# ---------------------------------------------------------------- mirroring

TURNED = {"before": "after", "meets": "met-by", "overlaps": "overlapped-by", "starts": "finishes",
          "started-by": "finished-by"}
TURNED.update({v: k for k, v in TURNED.items()})
CENTRE = date(2015, 1, 1)


def turned_day(day):
    return CENTRE - (day - CENTRE)


def turned_words(text):
    """Names, relations and sums of a condition, an order line or a value."""
    def allen(m):
        return "allen " + " or ".join(TURNED.get(w, w) for w in m[1].split(" or "))
    parts = re.split(r"(allen \S+(?: or (?:%s))*)" % "|".join(conditions.ALLEN), text)
    out = []
    for part in parts:
        if part.startswith("allen "):
            out.append(allen(re.match("allen (.+)", part)))
            continue
        part = re.sub(r"\b(before|after)\b", lambda m: TURNED[m[1]], part)
        part = re.sub(r"\.(start|end)\b", lambda m: ".end" if m[1] == "start" else ".start", part)
        part = re.sub(r" ([+-]) ", lambda m: " - " if m[1] == "+" else " + ", part)
        part = re.sub(r"\d{4}-\d\d-\d\d",
                      lambda m: turned_day(date.fromisoformat(m[0])).isoformat(), part)
        out.append(part)
    return "".join(out)


def turned_value(value):
    if "/" in value:
        first, last = value.split("/")
        return turned_words(last) + "/" + turned_words(first)
    m = re.fullmatch(r"between (\S+) and (\S+)", value)
    if m:
        return "between %s and %s" % (turned_words(m[2]), turned_words(m[1]))
    return turned_words(value)


class Mirrored(generate.Generator):
    """Cases of one account, all of whose days are windows, and whose distances are in days."""

    def day(self):
        # Few days: so that periods start, meet and finish one another.
        return self.base + timedelta(self.r.choice([0, 1, 4, 5, 9]))

    def value(self, own):
        r = self.r
        if self.chance(0.3):
            a = self.anchor(own)
            if a[:1].isdigit():
                a = own[0] + (".start" if own[1] == "end" else ".end")
                a = r.choice([e for e in self.ids if e != own[0]])
            n = "%d days" % r.choice([2, 3, 5, 10, 20])
            side = r.choice(["before", "after"])
            return r.choice(["%s %s %s" % (n, side, a), "at least %s %s %s" % (n, side, a),
                             "at most %s %s %s" % (n, side, a), "%s %s" % (side, a),
                             "not %s %s" % (side, a), "same day as " + a,
                             "between %s and %s" % (a, r.choice(self.ids))])
        a, b = sorted([self.day(), self.day()])
        return a.isoformat() if self.chance(0.75) else "%s/%s" % (a.isoformat(), b.isoformat())

    def both(self):
        """The case, and the case backwards."""
        r = self.r
        head = ["case: {id: mirrored}", "events:"]
        one, other = list(head), list(head)
        for e in self.ids:
            start = self.value((e, "start")) if self.chance(0.9) else None
            end = self.value((e, "end")) if start and self.chance(0.5) else None
            fields = {"start": start, "end": end}
            if end:
                turned = {"start": turned_value(end), "end": turned_value(start)}
            else:
                turned = {"start": start and turned_value(start), "end": None}
            for out, given in ((one, fields), (other, turned)):
                text = ", ".join('%s: "%s"' % x for x in given.items() if x[1])
                out.append("  %s: {%s}" % (e, text))
        lines = []
        for _ in range(r.choice([0, 1, 2, 3])):
            a, b = r.sample(self.ids, 2)
            lines.append("%s %s %s" % (a, self.word(), b))
        norms = {}
        if self.chance(0.5):
            a, b = sorted([self.day(), self.day()])
            norms["law"] = "%s/%s" % (a.isoformat(), b.isoformat())
        questions = conditions.Writer(r, self.ids, sorted(norms), self.day).questions(12)
        for out, turn in ((one, lambda x: x), (other, turned_value)):
            if lines:
                out += ["order:"] + ["  - " + turn(x) for x in lines]
            for name, force in norms.items():
                out += ["norms:", '  %s: {title: a norm, force: "%s"}' % (name, turn(force))]
            out += ["# ask: " + (q if out is one else turned_words(q)) for q in questions]
        return "\n".join(one) + "\n", "\n".join(other) + "\n"


def turned_number(day):
    return None if day is None else 2 * CENTRE.toordinal() - day


def mirrors(one, other, sums):
    if "errors" in one or "errors" in other:
        return [] if ("errors" in one) == ("errors" in other) else ["refused one way only"]
    one, other = one[""], other[""]
    if one.get("stands") != other.get("stands") or one.get("fewest") != other.get("fewest"):
        return ["stands: %s, %s" % (one, other)]
    sums["mirroring, views"] += 1
    if not one["stands"]:
        return []
    out = []
    for (question, verdict), (turned, seen) in zip(one["rules"].items(), other["rules"].items()):
        sums["mirroring, rules " + str(verdict)] += 1
        if verdict != seen:
            out.append("%s: %s; %s: %s" % (question, verdict, turned, seen))
    for pair, verdicts in one["orders"].items():
        a, b = pair.split()
        if verdicts["before"] != other["orders"][b + " " + a]["before"]:
            out.append(pair + " before")
        if verdicts["same day"] != other["orders"][pair]["same day"]:
            out.append(pair + " same day")
    for name, point in one["points"].items():
        e, field = name.split(".")
        seen = other["points"][e + (".end" if field == "start" else ".start")]
        if (turned_number(seen["last"]), turned_number(seen["first"])) != \
                (point["first"], point["last"]):
            out.append("%s: %s, %s" % (name, point, seen))
    return out


# ---------------------------------------------------------------- which rules may lose a finding

# A condition that a rule requires, and what of it asks how well something is known.
ASKS = [
    ("a.start before a.end", []),
    ("a.start not before 2014-03-01 or not (a overlaps a)", []),
    ("known(a.start)", ["known(a.start)"]),
    ("not known(a.start)", []),
    ("certainly(a.start before a.end)", ["certainly(a.start before a.end)"]),
    ("not certainly(a.start before a.end)", []),
    ("possibly(a.start before a.end)", []),
    ("not possibly(a.start before a.end)", ["possibly(a.start before a.end)"]),
    ("width(a.start) at most 3", ["width(a.start)"]),
    ("width_up_to(a.start) at least 3", ["width_up_to(a.start)"]),
    ("earliest(a.start) before a.end", ["earliest(a.start)"]),
    ("a.start agrees with a.end", []),
    ("not (a.start agrees with a.end)", ["a.start agrees with a.end"]),
    ("every b in event satisfies (known(b.start))", ["known(b.start)"]),
    ("no b in event satisfies (known(b.start))", []),
    ("some b in event satisfies (not known(b.start))", []),
]
# The same date, known better: certain before, and not certain then.
LOST = [("width(a.start) at most 3", "2014-03", "2014-03-05"),
        ("known(a.start)", None, "2014-03-05"),
        ("certainly(a.start before 2014-03-10)", "2014-03", "2014-03-05"),
        ("not possibly(a.start after 2014-03-10)", "2014-03", "2014-03-05"),
        ("earliest(a.start) not before 2014-03-04", "2014-03", "2014-03-05"),
        ("not (a.start agrees with a.end)", "2014-03", "2014-03-05")]


def run(program, rules, *arguments):
    return subprocess.run([program, *arguments], capture_output=True, text=True,
                          env={**os.environ, "ANTINOMY_RULES": rules})


def asking(program, sums):
    """What the type checker says of conditions, and that those it names do lose a finding."""
    bad = []
    rules = [{"id": "r%02d" % k, "title": "An example", "kind": "law", "severity": "warning",
              "about": "record", "reaches": "record", "for": {"a": "event"}, "require": condition,
              "message": "an example"} for k, condition in
             enumerate([c for c, _ in ASKS] + [c for c, _, _ in LOST])]
    with tempfile.TemporaryDirectory() as folder:
        packs = os.path.join(folder, "rules")
        os.mkdir(packs)
        shutil.copy(VOCABULARY, packs)
        with open(os.path.join(packs, "pack.yaml"), "w", encoding="utf-8") as f:
            f.write(written({"pack": {"id": "asking", "title": "Examples"}, "rules": rules}))
        done = run(program, packs, "rules")
        blocks = re.split(r"(?m)^  (?=\S)", done.stdout)
        said = {b.split()[0]: re.findall(r"asks how well something is known: (.+)", b)
                for b in blocks if b.strip()}
        for rule, (condition, expected) in zip(rules, ASKS):
            sums["asking, conditions"] += 1
            if said.get(rule["id"]) != expected:
                bad.append(("asking, " + condition, "%s, not %s %s" % (
                    said.get(rule["id"]), expected, done.stderr[-500:])))
        for rule, (condition, wide, narrow) in zip(rules[len(ASKS):], LOST):
            verdicts = []
            for date_given in (wide, narrow):
                event = {"title": "x", "end": "2014-03-20"}
                event.update({"start": date_given} if date_given else {})
                path = os.path.join(folder, "case.yaml")
                with open(path, "w", encoding="utf-8") as f:
                    f.write(written({"case": {"id": "x", "title": "x"}, "events": {"x": event}}))
                done = run(program, packs, "check", "--format", "json", "--fail-on", "never",
                           "--rules", rule["id"], path)
                verdicts.append([f["verdict"] for f in json.loads(done.stdout)["findings"]])
            sums["asking, findings lost"] += 1
            if verdicts[0] != ["certain"] or verdicts[1] == ["certain"] or not said.get(rule["id"]):
                bad.append(("asking, " + condition, "%s, %s" % (verdicts, said.get(rule["id"]))))
    return bad


# ---------------------------------------------------------------- the cases in the repository

def findings(program, folder):
    done = run(program, os.path.join(ROOT, "rules"), "check", "--format", "json", "--fail-on",
               "never", folder)
    if done.returncode != 0:
        sys.exit("check of %s: exit code %d: %s" % (folder, done.returncode, done.stderr[-800:]))
    return sorted((f["fingerprint"], f["verdict"]) for f in json.loads(done.stdout)["findings"])


def repository(program, seed, rounds, sums):
    source = os.path.join(ROOT, "cases", "tajikistan")
    expected = findings(program, source)
    bad = []
    for k in range(rounds):
        r = random.Random("%d/%d" % (seed, k))
        with tempfile.TemporaryDirectory() as folder:
            copied = os.path.join(folder, "cases")
            shutil.copytree(source, copied)
            for at, _, files in os.walk(copied):
                for name in sorted(files):
                    if not name.endswith(".yaml"):
                        continue
                    path = os.path.join(at, name)
                    with open(path, encoding="utf-8") as f:
                        raw = yaml.load(f.read(), Loader=brute.LOADER)
                    with open(path, "w", encoding="utf-8") as f:
                        f.write(written(shuffled(r, raw)))
            got = findings(program, copied)
        sums["order, findings of the repository's cases"] += len(got)
        if got != expected:
            bad.append(("repository, round %d" % k, "lost: %s\nnew: %s" % (
                [x for x in expected if x not in got], [x for x in got if x not in expected])))
    return bad


def unsure(view):
    """Did the program run out of tests somewhere? How far it gets depends on the order of things."""
    return isinstance(view, dict) and (
        view.get("undecided") or "undecided" in view.get("rules", {}).values() or
        any(p.get("inexact") for p in view.get("points", {}).values()) or
        any("undecided" in v.values() for v in view.get("orders", {}).values()))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--dump", required=True, help="the program oracle_dump")
    parser.add_argument("--program", help="antinomy, for the cases in the repository")
    parser.add_argument("--cases", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    sums, bad = collections.Counter(), []
    for begin in range(0, options.cases, 500):
        pairs = []  # name, law, one text, other text
        for k in range(begin, min(begin + 500, options.cases)):
            r = random.Random("laws %d/%d" % (options.seed, k))
            text = generate.make(options.seed, k)
            pairs.append(("order", k, same, text, order(r, text)))
            narrow = narrower(r, text)
            if narrow:
                pairs.append(("narrowing", k, kept, text, narrow))
            pairs.append(("mirroring", k, mirrors, *Mirrored(options.seed, k).both()))
        one = dumped(options.dump, [p[3] for p in pairs])
        other = dumped(options.dump, [p[4] for p in pairs])
        for (law, k, holds, text, changed), a, b in zip(pairs, one, other):
            if any(unsure(view) for view in [*a.values(), *b.values()]):
                sums["undecided"] += 1
            else:
                wrong = holds(a, b, sums)
                if wrong:
                    bad.append(("%s, case %d" % (law, k), "\n".join([text, changed, *wrong])))
    if options.program:
        bad += asking(options.program, sums)
        bad += repository(options.program, options.seed, 5, sums)
    for name, text in bad[:5]:
        print("%s\n%s\n" % (name, text))
    for key in sorted(sums):
        print("%-44s %8d" % (key, sums[key]))
    print("%d laws broken" % len(bad))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
