#!/usr/bin/env python3
"""No example of a rule gives a gap of that rule unless it expects one there; gaps.yaml has those that are known.

    gaps.py PROGRAM [--only RULE] [--write]

`expect: []` and `verdict: none` do not notice a gap. --write enters what is there now, and keeps the reasons that stand
there; a new one gets none, and fails until somebody writes it.
"""

import argparse
import sys
from pathlib import Path

import yaml

sys.dont_write_bytecode = True
import library

KNOWN = Path(__file__).resolve().parent / "gaps.yaml"
HEAD = """# Gaps that examples give and do not expect: each asks for a fact, and `because` says why that is right there.
# README.md says when one may stand here. Written by gaps.py --write, but for the reasons.
"""


def expects_gap(example, rule, at):
    """`at` of an expectation matches a path, or one below it."""
    for item in example.get("expect", []):
        place = item.get("at", "")
        if item.get("verdict") == "gap" and item.get("rule", rule.id) == rule.id:
            if not place or at == place or at.startswith(place + "."):
                return True
    return False


def found(program, rules):
    """Rule -> name of the example -> "at: fields" of gaps that it does not expect."""
    examples = [(rule, example) for rule in rules for example in rule.examples]
    said = library.check(program, [example["case"] for _, example in examples])
    out = {}
    for (rule, example), of in zip(examples, said):
        gaps = {}
        for gap in of.gaps:
            if gap["rule"] == rule.id and not expects_gap(example, rule, gap["at"]):
                gaps.setdefault(gap["at"], set()).add(gap["field"])
        if gaps:
            out.setdefault(rule.id, {})[example["name"]] = {at: sorted(fields) for at, fields in sorted(gaps.items())}
    return out


def flat(gaps):
    return {
        (rule, name, at, field)
        for rule, examples in gaps.items()
        for name, places in examples.items()
        for at, fields in places.items()
        if at != "because"
        for field in fields
    }


def write(now, known):
    out = {}
    for rule, examples in now.items():
        out[rule] = {}
        for name, places in examples.items():
            because = known.get(rule, {}).get(name, {}).get("because")
            out[rule][name] = {**places, **({"because": because} if because else {})}
    KNOWN.write_text(
        HEAD + yaml.safe_dump(out, allow_unicode=True, sort_keys=False, width=118, default_flow_style=None), encoding="utf-8"
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--only", action="append", default=[], metavar="RULE")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    rules = [rule for rule in library.shipped() if not options.only or rule.id in options.only]
    now = found(str(Path(options.program).resolve()), rules)
    known = (library.load(KNOWN) if KNOWN.exists() else {}) or {}
    if options.write:
        write(now, known)
        return 0
    if options.only:
        known = {rule: examples for rule, examples in known.items() if rule in options.only}
    bad = 0
    for rule, name, at, field in sorted(flat(now) - flat(known)):
        bad += 1
        print(f"{rule}: \"{name}\": a gap at {at} that it does not expect: {field}")
    for rule, name, at, field in sorted(flat(known) - flat(now)):
        bad += 1
        print(f"{rule}: \"{name}\": gaps.yaml has a gap at {at} that is gone: {field}")
    for rule, examples in known.items():
        for name, places in examples.items():
            if "because" not in places:
                bad += 1
                print(f"{rule}: \"{name}\": gaps.yaml says no `because`")
    count = sum(len(rule.examples) for rule in rules)
    print(f"{len(rules)} rules, {count} examples, {len(flat(now))} gaps that none expects, {bad} not as they should be")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
