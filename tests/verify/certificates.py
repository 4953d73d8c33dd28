#!/usr/bin/python3
"""`antinomy verify` accepts what `antinomy check` claims, and refuses what was tampered with.

    certificates.py --program ANTINOMY cases
    certificates.py --program ANTINOMY known
    certificates.py --program ANTINOMY tampered
    certificates.py --program ANTINOMY random --cases N [--seed S]
    certificates.py --program ANTINOMY forms --cases N [--seed S]
    certificates.py --program ANTINOMY corrupted --count N [--seed S]

cases      all certificates of the shipped cases and their variants
known      of the cases in cases/, which one of the two programs once got wrong: all are verified
tampered   of the same cases, each with the one thing changed that a row of tampered.py says: all
           are refused
random     of random cases (tests/oracle/generate.py) with the rules of rules.yaml
forms      the same, their values in forms that the brute force does not know: zones, times of day,
           the Julian calendar, names in Russian, months counted either way
corrupted  certificates of random cases, each with one thing changed. Those that happen to stay
           valid are thrown out first, by tests/oracle/brute.py, which shares nothing with either
           program: see `still_valid`.

Exit: 0 as it should be, 1 not, 2 not run.
"""
import argparse
import collections
import copy
import json
import multiprocessing
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from datetime import date, timedelta

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, os.path.join(ROOT, "tests", "oracle"))
import brute  # noqa: E402
import generate  # noqa: E402
sys.path.insert(0, HERE)
import tampered as table  # noqa: E402

CHUNK = 250


# ---------------------------------------------------------------- random cases

def case_of(seed, number):
    """A random case whose events are, at times, part of one another."""
    text = generate.make(seed, number)
    r = random.Random("part/%d/%d" % (seed, number))
    text = text.replace("case:\n", "case:\n  packs: [rules.yaml, calendar.yaml]\n", 1)
    head, tail = text.split("events:\n", 1)
    names = re.findall(r"^  ([a-z]+):", re.split(r"\n(?=\S)", tail)[0], re.M)
    parts = 0
    for name in names:
        if r.random() > 0.45 and (parts or name != names[-1]):
            continue
        parts += 1
        other = r.choice([n for n in names if n != name])
        line = "    part_of: %s\n" % other
        tail = re.sub(r"^  %s: \{\}\n" % name, "  %s:\n%s" % (name, line), tail, flags=re.M) \
            if re.search(r"^  %s: \{\}\n" % name, tail, re.M) else \
            re.sub(r"^  %s:\n" % name, "  %s:\n%s" % (name, line), tail, flags=re.M)
    return head + "events:\n" + tail


ZONES = ["Asia/Dushanbe", "America/New_York", "Pacific/Apia", "+05:00", "-03:30", "unknown"]
RUSSIAN = {
    "Monday": "понедельник", "Tuesday": "вторника", "Wednesday": "Среду", "Thursday": "четвергом",
    "Friday": "пятницы", "Saturday": "субботе", "Sunday": "Воскресенье",
    "January of": "январь of", "February of": "февраля of", "March of": "Марта of",
    "April of": "апреле of", "May of": "май of", "June of": "июне of", "July of": "Июлю of",
    "August of": "август of", "September of": "сентября of", "October of": "октябрём of",
    "November of": "ноябрем of", "December of": "декабре of",
}


def dressed(text, seed, number):
    """The same case, its values said in other forms here and there."""
    r = random.Random("forms/%d/%d" % (seed, number))
    zones = r.random() < 0.6

    def value(written):
        """What stands after `value: `, and what is said beside it."""
        plain = written.strip('"')
        if zones and re.fullmatch(r"2\d{3}-\d\d-\d\d", plain) and r.random() < 0.4:
            written = '"%sT%02d:%02d:00%s"' % (plain, r.randrange(24), r.choice([0, 30, 59]),
                                              r.choice(["", "", "Z", "+05:00", "-11:00"]))
        if not brute.is_edtf(plain):
            return written
        if r.random() < 0.2 and not re.search(r"02-(29|[X3][X01])", plain):
            written += ", calendar: julian"
        if zones and r.random() < 0.4:
            written += ", zone: \"%s\"" % r.choice(ZONES)
        return written

    text = re.sub(r"^    (start|end): (?![{\n])(?! *$)(.+)$",
                  lambda m: "    %s: {value: %s}" % (m[1], m[2]), text, flags=re.M)
    text = re.sub(r"(?<=\bvalue: )(\"[^\"]*\"|[^,}\n]+)(?=[,}].*$)", lambda m: value(m[1]), text,
                  flags=re.M)
    for word in RUSSIAN:
        if r.random() < 0.5:
            text = text.replace(word, RUSSIAN[word])
    if re.search("month|year", text):
        text = text.replace("policies: {", "policies: {month_end: %s, " %
                            r.choice(["both", "both", "overflow"]), 1)
    if zones and r.random() < 0.7:
        text = text.replace("case:\n", "case:\n  timezone: %s\n" % r.choice(ZONES[:3]), 1)
    return text


def write_cases(folder, seed, numbers, forms=False):
    texts = {}
    for k in numbers:
        text = case_of(seed, k)
        if forms:
            text = dressed(text, seed, k)
        texts[re.search(r"^  id: (.+)$", text, re.M)[1]] = text
        with open(os.path.join(folder, "case-%05d.yaml" % k), "w", encoding="utf-8") as f:
            f.write(text)
    for pack in (os.path.join(HERE, "rules.yaml"), os.path.join(ROOT, "tests", "oracle", "calendar.yaml")):
        shutil.copy(pack, folder)
    return texts


def run(program, arguments, cwd=None):
    return subprocess.run([program, *arguments], capture_output=True, text=True, cwd=cwd)


def findings_of(program, paths, cwd=None, more=()):
    done = run(program, ["check", *paths, *more, "--format", "json"], cwd)
    if done.returncode not in (0, 1, 2) or not done.stdout:
        sys.exit("check ended with %d: %s" % (done.returncode, done.stderr[-2000:]))
    return json.loads(done.stdout)


def verified(program, findings, paths, folder, cwd=None):
    path = os.path.join(folder, "findings.json")
    with open(path, "w", encoding="utf-8") as f:
        json.dump(findings, f)
    done = run(program, ["verify", path, *paths, "--format", "json"], cwd)
    if done.returncode not in (0, 1, 2) or not done.stdout:
        sys.exit("verify ended with %d: %s" % (done.returncode, done.stderr[-2000:]))
    return json.loads(done.stdout), done.returncode


def tally(report, sums):
    bad = []
    for f in report["findings"]:
        sums[f["verdict"]] += 1
        if f["verdict"] == "refused":
            bad.append("%s: %s at %s: %s" % (f["case"], f["rule"], f["at"], f["why"]))
        elif f["verdict"] == "unchecked":
            sums["unchecked: " + re.sub(r"`[^`]*`", "`...`", f["why"])] += 1
    return bad


def chunk(work):
    program, seed, numbers, forms = work
    sums = collections.Counter()
    with tempfile.TemporaryDirectory() as folder:
        write_cases(folder, seed, numbers, forms)
        findings = findings_of(program, ["."], folder)
        # A date that the other calendar makes one that ends before it starts is refused there.
        if forms:
            sums["errors of the files"] += len(findings.get("errors", []))
        # What the engine itself left undecided makes the run incomplete; its findings count.
        sums["runs not complete"] += not findings["complete"]
        findings["complete"] = True
        for f in findings["findings"]:
            sums["kind " + f["proof"].get("kind", "none")] += 1
        report, code = verified(program, findings, ["."], folder, folder)
        bad = tally(report, sums) + report["problems"]
        if (code == 0) != (not bad and not sums["unchecked"]):
            bad.append("exit code %d does not fit" % code)
        # Of what the engine says that it left undecided there is no whole certificate.
        said = {(u["rule"], u["case"], u["at"]) for u in findings["undecided"]}
        for f in report["findings"]:
            if f["verdict"] != "unchecked":
                continue
            if (f["rule"], f["case"], f["at"]) in said and re.search(
                    "it turns on undecided|the proof was not worked out", f["why"]):
                sums["unchecked"] -= 1
                sums["left undecided, and said so"] += 1
            else:
                bad.append("%s: %s at %s unchecked: %s" % (f["case"], f["rule"], f["at"], f["why"]))
    return bad, sums


def show(sums):
    for key in sorted(sums):
        print("%-60s %8d" % (key, sums[key]))


def random_cases(o):
    numbers = list(range(o.cases))
    forms = o.what == "forms"
    work = [(o.program, o.seed, numbers[i:i + CHUNK], forms)
            for i in range(0, len(numbers), CHUNK)]
    bad, sums = [], collections.Counter()
    with multiprocessing.Pool(o.jobs) as pool:
        for more, counted in pool.imap(chunk, work):
            bad += more
            sums.update(counted)
    show(sums)
    for line in bad[:o.show * 4]:
        print(line)
    # Each kind of certificate has to come up, or the run shows little.
    for kind in ("steps", "cases", "witnesses"):
        if o.cases >= 500 and sums["kind " + kind] < 10:
            bad.append("hardly any certificate of the kind " + kind)
            print(bad[-1])
    if sums["left undecided, and said so"] > sums["verified"] // 100:
        bad.append("more than one in a hundred left undecided")
        print(bad[-1])
    return 1 if bad else 0


# ---------------------------------------------------------------- shipped cases

SHIPPED = ["cases", "tests/expect/cases/quotes.yaml", "tests/expect/cases/circle.yaml"]


def shipped(o):
    sums = collections.Counter()
    with tempfile.TemporaryDirectory() as folder:
        findings = findings_of(o.program, SHIPPED, ROOT, ["--variants"])
        report, code = verified(o.program, findings, SHIPPED, folder, ROOT)
    bad = tally(report, sums)
    show(sums)
    for line in bad + report["problems"] + [
            "%s: %s at %s unchecked: %s" % (f["case"], f["rule"], f["at"], f["why"])
            for f in report["findings"] if f["verdict"] == "unchecked"]:
        print(line)
    return 1 if code != 0 or bad or not report["findings"] else 0


# ---------------------------------------------------------------- cases that were wrong once

def known(o):
    """Each finding is verified; what else keeps the run from being whole is not asked."""
    sums = collections.Counter()
    paths = ["."]  # from here: the pack lies beside the folder of the cases
    with tempfile.TemporaryDirectory() as folder:
        findings = findings_of(o.program, paths, HERE)
        findings["complete"] = True
        report, code = verified(o.program, findings, paths, folder, HERE)
    bad = tally(report, sums) + report["problems"]
    show(sums)
    for line in bad + ["%s: %s at %s unchecked: %s" % (f["case"], f["rule"], f["at"], f["why"])
                       for f in report["findings"] if f["verdict"] == "unchecked"]:
        print(line)
    count = len([n for n in os.listdir(os.path.join(HERE, "cases")) if n.endswith(".yaml")])
    if len({f["case"] for f in report["findings"]}) != count:
        bad.append("a case has no finding")
        print(bad[-1])
    return 1 if code != 0 or bad else 0


def tampered(o):
    """Each row of the table by itself: what a run has may hang on another of its findings."""
    bad = []
    with tempfile.TemporaryDirectory() as folder:
        found = findings_of(o.program, ["."], HERE)
        changed = []
        for case, rule, at, path, old, new in table.ROWS:
            row = "%s: %s at %s, %s: %s, not %s" % (case, rule, at, path, new, old)
            same = [f for f in found["findings"]
                    if (f["case"], f["rule"], f["at"]) == (case, rule, at)]
            if not same:
                bad.append("no such finding: " + row)
                continue
            f = copy.deepcopy(same[0])
            part = f["proof"]
            try:
                for key in path[:-1]:
                    part = part[key]
                stands = part[path[-1]] == old
            except (KeyError, IndexError, TypeError):
                stands = False
            if not stands:
                bad.append("something else stands there: " + row)
                continue
            part[path[-1]] = new
            # A day is shown twice: among all of a witness, and among those that matter.
            if len(path) > 2 and path[-2] == "all" and path[-1] in f["proof"]["witnesses"][path[1]]["dates"]:
                f["proof"]["witnesses"][path[1]]["dates"][path[-1]] = new
            changed.append((row, f))
        found.update(complete=True, findings=[f for _, f in changed], suppressed=[])
        report, _ = verified(o.program, found, ["."], folder, HERE)
        order = sorted(range(len(changed)), key=lambda i: changed[i][1]["case"])
        for i, answer in zip(order, report["findings"]):
            if answer["verdict"] != "refused":
                bad.append("%s, is %s" % (changed[i][0], answer["verdict"]))
    print("%d tampered certificates" % len(table.ROWS))
    for line in bad:
        print(line)
    return 1 if bad else 0


# ---------------------------------------------------------------- corrupted certificates

def plain_day(text):
    """A day that Python's calendar has, with its neighbours."""
    return re.fullmatch(r"[1-8]\d{3}-\d\d-\d\d", text)


def moved(day, by):
    return (date.fromisoformat(day) + timedelta(by)).isoformat()


def plain_standing(holds):
    return not any(k in holds for k in ("other", "every_source", "doubled", "identities", "without"))


class Brute:
    """One account's view of one case, searched day by day."""

    def __init__(self, text):
        self.case = brute.Case(text, 1)
        self.world = self.case.world
        self.views = {}
        self.lines = [item["value"] for item in self.case.orders]

    def view(self, account):
        if account not in self.views:
            self.views[account] = brute.View(self.case, account)
        return self.views[account]

    def point(self, view, path):
        _, name, field = path.split(".")
        return view.point(name, field)

    def network(self, account, facts, requirements, indices):
        """The view's network of what is cited, by `because`."""
        view = self.view(account)
        on, always = set(), []
        for i in indices:
            if i < len(facts):
                _, name, field = facts[i]["path"].split(".")
                # Statements are in the order of the fields: find the one with this value.
                on |= self.statements(view, facts[i])
            else:
                r = requirements[i - len(facts)]
                if r["rule"] == "order":
                    on |= self.order(view, r["text"])
                elif r["rule"] == "always":
                    _, name, _ = re.split(r"[.:]", r["text"], 2)
                    a, b = view.point(name, "start"), view.point(name, "end")
                    if a != b:
                        always.append(("gap", b, a, 0, None))
        whole, view.always = view.always, always
        try:
            return view.network(on)
        finally:
            view.always = whole

    def statements(self, view, fact):
        _, name, field = fact["path"].split(".")
        held = [a for a in view.held(view.head[name], field)]
        out = set()
        for group_of_field in self.numbered(view, view.head[name], field):
            number, assertion = group_of_field
            if assertion["value"] == fact["value"] and assertion["by"] == fact["account"] \
                    and assertion["source"] == fact["source"]:
                out.add(number)
        return out if held else set()

    def numbered(self, view, name, field):
        """Numbers of the statements of a field, as View.read_field gave them."""
        number = 0
        for n in view.events:
            for f in ("start", "end"):
                for a in view.held(n, f):
                    if (n, f) == (name, field):
                        yield number, a
                    number += 1

    def order(self, view, text):
        return {k for k, item in zip(view.lines, self.shown(view)) if item == text}

    def shown(self, view):
        """Texts of the order lines that are in a view, in the order of its statements."""
        before = len(view.lines)
        texts = []
        for line in self.case.orders:
            probe = len(view.lines)
            view.read_order(line)
            if len(view.lines) > probe:
                texts.append(line["value"])
        del view.statements[len(view.statements) - (len(view.lines) - before):]
        del view.lines[before:]
        return texts

    def meets(self, account, dates):
        """Does a dating of these points meet everything the view says?"""
        view = self.view(account)
        network = view.network(set(range(len(view.statements))))
        fixed = []
        for path, day in dates.items():
            i = self.world.index(date.fromisoformat(day))
            if not 0 <= i < self.world.size:
                return None
            fixed.append(("in", self.point(view, path), 1 << i))
        return network.possible(*fixed)

    def follows(self, account, facts, requirements, step):
        """Does a step follow from what it cites?"""
        view = self.view(account)
        network = self.network(account, facts, requirements, step["because"])
        ends = []
        for path in (step["from"], step["to"]):
            ends.append(None if path == "1970-01-01" else self.point(view, path))
        least = step["min_days"]
        epoch = date(1970, 1, 1).toordinal() - self.world.low
        if ends[0] is None and ends[1] is None:
            return not network.stands() if least > 0 else True
        if ends[0] is None:
            otherwise = ("in", ends[1], self.world.span(None, epoch + least - 1))
        elif ends[1] is None:
            otherwise = ("in", ends[0], self.world.span(epoch - least + 1, None))
        else:
            otherwise = ("gap", ends[1], ends[0], None, least - 1)
        return not network.possible(otherwise)


def closes(proof):
    """Do the steps, with what holds in any case of what was supposed, go round to more than 0?"""
    edges = [(s["from"], s["to"], s["min_days"]) for s in proof["steps"]]

    def leaves(f):
        if "min_days" in f:
            edges.append((f["from"], f["to"], f["min_days"]))
        for part in f.get("all", []) or (f["any"] if len(f.get("any", [])) == 1 else []):
            leaves(part)
    leaves(proof.get("supposed", {}))
    at = {p: 0 for e in edges for p in e[:2]}
    for _ in range(len(at) + 1):
        changed = False
        for a, b, n in edges:
            if at[a] + n > at[b]:
                at[b] = at[a] + n
                changed = True
        if not changed:
            return False
    return True


def still_valid(kind, finding, account, b):
    """Is the changed certificate valid all the same? By brute force; None: it cannot be told."""
    proof = finding["proof"]
    if kind == "witness":
        w = proof["witnesses"][finding["changed"]]
        return b.meets(account, w["all"])
    if kind in ("weight", "because", "fact dropped"):
        for s in proof["steps"]:
            if not b.follows(account, proof["facts"], proof["requirements"], s):
                return False
        return closes(proof)
    return False  # what stands in the file is otherwise; a case that is left out is not closed


def corrupt(finding, r):
    """A copy with one thing changed, and what; None where there is nothing of that kind."""
    f = copy.deepcopy(finding)
    proof = f["proof"]
    kind = r.choice(["value", "window", "witness", "fact dropped", "account", "weight", "because",
                     "case dropped"])
    facts = proof["facts"]
    if kind in ("value", "window", "account") and not facts:
        return None
    if kind == "value":
        x = r.choice(facts)
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", x["value"]):
            return None
        x["value"] = moved(x["value"], r.choice([-1, 1]))
    elif kind == "window":
        x = r.choice(facts)
        key = r.choice(["first", "last"])
        # Of a written date there is one window; what leans on others may be told by `value`.
        if not x[key] or not plain_day(x[key]) or not brute.is_edtf(x["value"]):
            return None
        x[key] = moved(x[key], r.choice([-1, 1]))
    elif kind == "account":
        x = r.choice(facts)
        x["account"] = r.choice([a for a in ("prosecution", "defence", None)
                                 if a != x["account"]])
    elif kind == "witness":
        if not proof.get("witnesses"):
            return None
        f["changed"] = r.randrange(len(proof["witnesses"]))
        w = proof["witnesses"][f["changed"]]
        if not w["all"] or not all(plain_standing(h) for h in w["holds"]):
            return None
        if not all(p.startswith("events.") and plain_day(d) for p, d in w["all"].items()):
            return None
        path = r.choice(sorted(w["all"]))
        w["all"][path] = moved(w["all"][path], r.choice([-1, 1]))
        if path in w["dates"]:
            w["dates"][path] = w["all"][path]
        f["account_of"] = w["holds"][0]["account"]
    elif kind in ("fact dropped", "weight", "because"):
        if proof["kind"] != "steps" or "takes" in proof or f.get("more_proofs") or \
                not all(plain_standing(h) for h in proof["holds"]) or \
                any("says" in q for q in proof["requirements"]):
            return None
        f["account_of"] = proof["holds"][0]["account"]
        s = r.choice(proof["steps"])
        if kind == "weight":
            s["min_days"] += r.choice([-1, 1])
        elif kind == "because":
            count = len(facts) + len(proof["requirements"])
            if not s["because"] or count < 2:
                return None
            at = r.randrange(len(s["because"]))
            s["because"][at] = r.choice([i for i in range(count) if i != s["because"][at]])
        else:
            gone = r.randrange(len(facts)) if facts else None
            if gone is None:
                return None
            del facts[gone]
            for step in proof["steps"]:
                step["because"] = [i - (i > gone) for i in step["because"] if i != gone]
    else:
        if proof["kind"] != "cases" or len(proof["cases"]) < 2:
            return None
        del proof["cases"][r.randrange(len(proof["cases"]))]
    return kind, f


def corrupted(o):
    sums = collections.Counter()
    r = random.Random("corrupt/%d" % o.seed)
    wanted = []
    bad = []
    number = 0
    with tempfile.TemporaryDirectory() as folder:
        while len(wanted) < o.count:
            numbers = list(range(number, number + 200))
            number += 200
            for old in os.listdir(folder):
                os.remove(os.path.join(folder, old))
            texts = write_cases(folder, o.seed, numbers)
            found = findings_of(o.program, ["."], folder)
            by_kind = collections.defaultdict(list)
            for f in found["findings"]:
                # Of what was left undecided there is no whole certificate to tamper with.
                if not any(a["kind"] == "undecided" for w in f["proof"].get("witnesses", [])
                           for a in w["assumes"]):
                    by_kind[f["proof"]["kind"]].append(f)
            readers = {}
            fresh = []
            tried = 0
            while len(fresh) + len(wanted) < o.count and len(fresh) < 400 and tried < 20000:
                tried += 1
                kind = r.choice([k for k in by_kind if k in ("steps", "cases", "witnesses")])
                made = corrupt(r.choice(by_kind[kind]), r)
                if not made:
                    continue
                what, f = made
                b = readers.get(f["case"])
                if b is None:
                    b = readers[f["case"]] = Brute(texts[f["case"]])
                if f["case"] not in readers:
                    continue
                valid = still_valid(what, f, f.pop("account_of", None), b)
                f.pop("changed", None)
                if valid or valid is None:
                    sums["thrown out: " + what] += 1
                    continue
                sums["corrupted: " + what] += 1
                fresh.append((what, f))
            # Those of one file may rest on one another: each is looked at by itself.
            found["complete"] = True
            found["findings"] = [f for _, f in fresh]
            found["suppressed"] = []
            report, _ = verified(o.program, found, ["."], folder, folder)
            # Findings come back by case, in the order they were given.
            order = sorted(range(len(fresh)), key=lambda i: fresh[i][1]["case"])
            for i, answer in zip(order, report["findings"]):
                what, f = fresh[i]
                if answer["verdict"] != "refused":
                    bad.append("%s is %s: %s of %s at %s\n%s\n%s" % (
                        answer["case"], answer["verdict"], what, f["rule"], f["at"],
                        json.dumps(f["proof"]), texts[f["case"]]))
                else:
                    sums["refused"] += 1
            wanted += fresh
    show(sums)
    for line in bad[:o.show]:
        print(line)
    if bad:
        print("%d of %d corrupted certificates were not refused" % (len(bad), len(wanted)))
    return 1 if bad else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=["cases", "known", "tampered", "random", "forms", "corrupted"])
    parser.add_argument("--program", required=True)
    parser.add_argument("--cases", type=int, default=1000)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=5)
    parser.add_argument("--jobs", type=int, default=min(2, os.cpu_count() or 1))
    o = parser.parse_args()
    o.program = os.path.abspath(o.program)
    if not os.access(o.program, os.X_OK):
        print("cannot run " + o.program, file=sys.stderr)
        return 2
    return {"cases": shipped, "known": known, "tampered": tampered, "random": random_cases, "forms": random_cases,
            "corrupted": corrupted}[o.what](o)


if __name__ == "__main__":
    sys.exit(main())
