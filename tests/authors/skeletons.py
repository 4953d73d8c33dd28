#!/usr/bin/env python3
"""Skeletons of rules, as `antinomy rules new` prints them: do they load, and do their examples hold?

    skeletons.py PROGRAM

One for each type of the shipped vocabulary, of either kind; pairs and more of types (BINDINGS), as
they may be linked or not; and the types of a pack of one's own, appended to that pack. Of each is
asked what examples it has: one that violates, one that passes, a month in place of a day where it
compares dates, each fact left out. Prints what is otherwise; ends with 1 if anything is.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
VOCABULARY = ROOT / "rules" / "vocabulary.yaml"
TENANCY = ROOT / "cases" / "tenancy" / "tenancy-pack.yaml"

# What a rule may be about: a reference that leads from one to the next, a list of references,
# records inside others, one type twice, types that nothing links.
BINDINGS = [
    [],
    # Not an exhibit and what it records: facts of the library tie their days, so that no month is open any more.
    ["s:status", "o:organization"],
    ["c:charge", "n:norm", "s:element"],
    ["e:evidence", "a:act"],
    ["a:act", "s:element"],
    ["n:norm", "s:element", "q:penalty"],
    ["x:event", "y:event"],
    ["x:source", "y:source"],
    ["x:decision", "y:decision"],
    ["x:evidence", "y:evidence", "z:evidence"],
    ["x:act", "y:act"],
    ["x:sentence", "y:sentence"],
    ["x:charge", "y:event"],
    ["n:norm", "e:evidence"],
]
DATES = ("date", "period")


def types_of(pack):
    return yaml.safe_load(pack.read_text(encoding="utf-8"))["vocabulary"]


def dated(fields):
    def kind(spec):
        return spec.get("type") if isinstance(spec, dict) and "else" not in spec else spec

    return any(kind(spec) in DATES for spec in fields.values())


class Trial:
    def __init__(self, program):
        self.program = program
        self.types = types_of(VOCABULARY)
        self.faults = []
        self.tried = 0

    def new(self, number, bindings, kind, packs=()):
        words = [self.program, "rules", "new", f"tried-{number}", "--kind", kind]
        for b in bindings:
            words += ["--for", b]
        for p in packs:
            words += ["--pack", str(p)]
        done = subprocess.run(words, capture_output=True, text=True)
        return done.stdout if done.returncode == 0 else self.fault(bindings, done.stderr)

    def fault(self, bindings, what):
        self.faults.append(f"{' '.join(bindings) or 'without bindings'}: {what.strip()}")
        return None

    def examples(self, bindings, text, types):
        names = re.findall(r"^      - name: (.*)$", text, re.M)
        wanted = ["it does not hold", "it holds"]
        named = [b.split(":")[1] for b in bindings] or ["decision"]
        if any(dated(types[name]["fields"]) for name in named):
            wanted.append("a month in place of a day")
        for name in wanted:
            if name not in names:
                self.fault(bindings, f"no example `{name}`")
        # Each fact that the condition names, and each path that a binding follows.
        require = re.search(r"^    require: (.*)$", text, re.M).group(1)
        facts = [re.sub(r"\.start$", "", p) for p in re.findall(r"\b\w+\.[\w.]+", require)]
        for fact in facts:
            if not any(re.sub(r"\.start$", "", n) == f"nobody states {fact}" for n in names):
                self.fault(bindings, f"no example without `{fact}`")

    def holds(self, bindings, file):
        done = subprocess.run([self.program, "test", str(file)], capture_output=True, text=True)
        if done.returncode != 0 or " 0 missing, 0 noisy, 0 wrong" not in done.stdout:
            self.fault(bindings, done.stdout + done.stderr)

    def try_out(self, folder, bindings, kind):
        self.tried += 1
        text = self.new(self.tried, bindings, kind)
        if text is None:
            return
        self.examples(bindings, text, self.types)
        file = folder / f"{self.tried}.yaml"
        file.write_text(text, encoding="utf-8")
        self.holds(bindings, file)

    # The types of a pack of one's own: the rule belongs into that pack.
    def try_in(self, folder, pack, bindings):
        self.tried += 1
        text = self.new(self.tried, bindings, "law", [pack])
        if text is None:
            return
        rules = text.partition("\nrules:\n")[2]
        file = folder / f"{self.tried}.yaml"
        file.write_text(pack.read_text(encoding="utf-8") + "\n" + rules, encoding="utf-8")
        self.holds(bindings, file)


def main():
    trial = Trial(sys.argv[1])
    with tempfile.TemporaryDirectory() as where:
        folder = Path(where)
        for kind in ("fact", "law"):
            for name in trial.types:
                trial.try_out(folder, [f"x:{name}"], kind)
            for bindings in BINDINGS:
                trial.try_out(folder, bindings, kind)
        for name in types_of(TENANCY):
            trial.try_in(folder, TENANCY, [f"x:{name}"])
        trial.try_in(folder, TENANCY, ["n:notice", "t:tenancy"])
        trial.try_in(folder, TENANCY, ["p:person", "n:notice"])
    for fault in trial.faults:
        print(fault)
    print(f"{trial.tried} skeletons, {len(trial.faults)} faults")
    return 1 if trial.faults or trial.tried < 50 else 0


if __name__ == "__main__":
    sys.exit(main())
