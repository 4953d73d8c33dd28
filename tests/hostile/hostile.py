#!/usr/bin/env python3
"""Packs that mean harm: deep, wide, slow, recursive. Each must stop soon, at the same place on every run, with
the rule named, and exit 2; rules beside it are judged all the same.

    hostile.py PROGRAM              all of them
    hostile.py PROGRAM NAME...      these; prints what the program said

A row of PACKS is a pack, what the program must say of it, and whether it is said while a case is judged (then the
harmless rule beside it finds what there is to find) or when the pack is loaded (then nothing is judged by it).
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 60  # of processor time: a guard against what never ends, not a measure; others may be at work on the machine
MEMORY = 1 << 30  # of address space
RECORDS = 200

HEAD = "pack: {id: hostile, title: A pack that means harm}\n"
HARMLESS = """
  - id: harmless
    title: A rule beside it
    for: {e: evidence}
    where: e.same_item = yes
    require: e.published not before 2014-01-01
    message: "{e} was public on {e.published}"
"""


def rule(require, bind="e: evidence", where=None, unless=None, name="slow", more="", message='"{e}"'):
    out = f"  - id: {name}\n    title: A rule that means harm\n    for: {{{bind}}}\n"
    if where:
        out += f"    where: >-\n      {where}\n"
    out += f"    require: >-\n      {require}\n"
    if unless:
        out += f"    unless:\n{unless}"
    return out + more + f"    message: {message}\n"


def pack(rules, define=""):
    return HEAD + define + "rules:\n" + rules + HARMLESS


def defines(rows):
    return "define:\n" + "".join(f"  {n}: {{given: {{e: evidence}}, is: '{text}'}}\n" for n, text in rows)


def doubling():
    rows = [("d0", "known(e.created)")] + [(f"d{i}", f"d{i - 1}(e) and d{i - 1}(e)") for i in range(1, 16)]
    return pack(rule("d15(e)"), defines(rows))


def wide_defines():
    rows = [("d0", "known(e.created)")] + [(f"d{i}", " and ".join([f"d{i - 1}(e)"] * 300)) for i in range(1, 5)]
    return pack(rule("d4(e)"), defines(rows))


def nested_arguments():
    define = "define:\n  again: {given: {d: date}, is: 'd not before 2000-01-01 or d before 2000-01-01'}\n"
    define += "  next: {given: {d: date}, cases: [{when: d before 2000-01-01, is: d + 1 day}, {when: d not before 2000-01-01, is: d}]}\n"
    inner = "e.created"
    for _ in range(14):
        inner = f"next({inner})"
    return pack(rule(f"again({inner})"), define)


def long_argument():
    argument = "e.created" + " + 1 day" * 300
    uses = " or ".join(["x before 2014-01-01"] * 150)
    return pack(rule(f"use({argument})"), f"define:\n  use: {{given: {{x: date}}, is: '{uses}'}}\n")


def chain_of_defines():
    n = 20000
    rows = [(f"d{i:05}", f"d{i + 1:05}(e)") for i in range(n)] + [(f"d{n:05}", "known(e.created)")]
    return pack(rule("d00000(e)"), defines(rows))


def circle_of_defines():
    rows = [(f"d{i}", f"d{(i + 1) % 10}(e)") for i in range(10)]
    return pack(rule("d0(e)"), defines(rows))


def circle_of_rules():
    return pack("".join(rule("not fails(e)", name=f"slow-{i}") for i in range(2000)))


def chain_of_findings():
    n = 2000
    types = "vocabulary:\n" + "".join(
        f"  t{i}: {{plural: t{i}s, title: name, fields: {{name: text, next: t{(i + 1) % n}}}}}\n" for i in range(n)
    )
    rules = "".join(rule("not fails(e.next)", bind=f"e: t{i}", name=f"slow-{i}") for i in range(n - 1))
    return HEAD + types + "rules:\n" + rules + HARMLESS


def brackets():
    return pack(rule("(" * 1500 + "known(e.created)" + ")" * 1500))


def negations():
    return pack(rule("not " * 900 + "known(e.created)"))


def deep_yaml():
    return HEAD + "rules: " + "[" * 5000 + "]" * 5000 + "\n"


def deep_exceptions():
    text, pad = "", "      "
    for _ in range(25):
        text += f"{pad}- when: known(e.kind)\n{pad}  because: x\n{pad}  unless:\n"
        pad += "  "
    text += f"{pad}- {{when: known(e.kind), because: x}}\n"
    return pack(rule("known(e.created)", unless=text))


def many_large_rules():
    rows = [("d0", " and ".join(["known(e.created)"] * 100)), ("d1", " and ".join(["d0(e)"] * 6))]
    return pack("".join(rule("d1(e)", name=f"slow-{i:04}") for i in range(2000)), defines(rows))


def large_pattern():
    return pack(rule("e.title matches '((((a{20}){20}){20}){20})'"))


def five_bindings():
    bind = "a: evidence, b: event, c: act, d: charge, e: evidence"
    return pack(rule("a.created before b.start or c.event = b or d.conduct = c or e = a", bind))


def five_bindings_late():
    bind = "a: evidence, b: event, c: act, d: charge, e: evidence"
    where = "a.created before b.start and b.start before 2000-01-01 or c.event = b and d.conduct = c and e != a and b.kind = call"
    return pack(rule("no", bind, where))


def three_bindings():
    return pack(rule("not (a = b or b = e)", "a: evidence, b: evidence, e: evidence"))


def quantifiers():
    q = "e.created before w.start"
    for v, kind in (("w", "event"), ("z", "act"), ("y", "event"), ("x", "act")):
        q = f"every {v} in {kind} satisfies ({q})"
    return pack(rule(q))


def quantifiers_over_days():
    return pack(
        rule(
            "every x in event satisfies (some y in event satisfies (x.start before y.start and e.collected not before x.start))"
        )
    )


def days_within_days():
    q = " or ".join(f"d{i} before 2014-0{i}-01" for i in range(1, 9))
    for i in range(1, 9):
        q = f"every day d{i} in n.force satisfies ({q})"
    return pack(rule(q, bind="n: norm", message='"{n}"'))


def joined_days():
    arms = " or ".join(f"(e.collected before 2014-{m:02}-{d:02} and e.collected after 2014-{m:02}-{d:02})" for m in range(1, 6) for d in range(1, 9))
    return pack(rule(f"not ({arms})"))


def many_findings():
    return pack(rule("a = e", "a: evidence, e: evidence"))


def many_slow_rules():
    q = "some x in act satisfies (some y in act satisfies (some z in act satisfies (x.person = z.person and y = x and e.kind = photo)))"
    return pack("".join(rule(q, name=f"slow-{i:03}") for i in range(60)))


def wide_exceptions():
    text = "".join(
        f"      - {{when: some x in act satisfies (some y in event satisfies (x.event = y and e.kind = post)), because: number {i}}}\n"
        for i in range(400)
    )
    return pack(rule("known(e.address)".replace("address", "collected") + " and e.kind = audio", unless=text))


def slow_pattern():
    return pack(rule("not e.title matches '(a|aa|aaa)*(a|aa|aaa)*(b|c)*(x|y|z){50}$'"))


PACKS = {
    # when it is loaded
    "doubling": (doubling, "more than 10000 terms", False),
    "wide-defines": (wide_defines, "more than 10000 terms", False),
    "nested-arguments": (nested_arguments, "more than 10000 terms", False),
    "long-argument": (long_argument, "more than 10000 terms", False),
    "chain-of-defines": (chain_of_defines, "nested deeper than 16", False),
    "circle-of-defines": (circle_of_defines, "in a circle", False),
    "circle-of-rules": (circle_of_rules, "in a circle", False),
    "chain-of-findings": (chain_of_findings, "more than 256 rules", False),
    "brackets": (brackets, "deep", False),
    "negations": (negations, "", None),
    "deep-yaml": (deep_yaml, "deep", False),
    "deep-exceptions": (deep_exceptions, "nested deeper than 4", False),
    "many-large-rules": (many_large_rules, "more than 500000 terms", False),
    "large-pattern": (large_pattern, "the pattern is not RE2", False),
    # while a case is judged
    "five-bindings": (five_bindings, "rule `slow`", True),
    "five-bindings-late": (five_bindings_late, "rule `slow`", True),
    "three-bindings": (three_bindings, "rule `slow`", True),
    "quantifiers": (quantifiers, "rule `slow`", True),
    "quantifiers-over-days": (quantifiers_over_days, "rule `slow`", True),
    "days-within-days": (days_within_days, "rule `slow`", True),
    "joined-days": (joined_days, "", None),
    "many-findings": (many_findings, "rule `slow`", True),
    "many-slow-rules": (many_slow_rules, "rule `slow-059`", True),
    "wide-exceptions": (wide_exceptions, "rule `slow`", True),
    "slow-pattern": (slow_pattern, "", None),
}


def case():
    out = ["case: {id: large, title: Two hundred of each (invented), packs: [pack.yaml]}"]
    out.append("persons: {p: {name: P}, q: {name: Q}}")
    out.append("organizations: {o: {name: O}}")
    out.append("norms: {n: {title: N, force: 2013/2016, elements: {x: {kind: act}}}}")
    listed = {"events": [], "acts": [], "charges": [], "evidence": []}
    long_text = "a" * 2000
    for i in range(RECORDS):
        month, day = i % 12 + 1, i % 28 + 1
        listed["events"].append(f"  e{i}: {{title: event {i}, kind: meeting, start: 2014-{month:02}}}")
        listed["acts"].append(f"  a{i}: {{title: act {i}, person: p, event: e{i}}}")
        listed["charges"].append(f"  c{i}: {{title: charge {i}, accused: p, norm: n, conduct: a{i}}}")
        same = ", same_item: yes" if i == 0 else ""
        published = "2013-12-31" if i == 0 else f"2014-{month:02}-{day:02}"
        listed["evidence"].append(
            f"  v{i}: {{title: {long_text}, kind: video, created: 2014-{month:02}-{day:02}, collected: 2014, published: {published}{same}}}"
        )
    for name, rows in listed.items():
        out.append(name + ":")
        out += rows
    return "\n".join(out) + "\n"


def bound():
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (3 * SECONDS, 3 * SECONDS))


def run(program, folder):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [program, "--color", "never", "check", "--format", "short", "case.yaml"],
        cwd=folder, capture_output=True, text=True, preexec_fn=bound, env={**os.environ, "LC_ALL": "C.UTF-8"}, check=False,
    )  # fmt: skip
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return done, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def faults(name, program, show):
    make, wanted, judged = PACKS[name]
    with tempfile.TemporaryDirectory() as where:
        folder = Path(where)
        (folder / "pack.yaml").write_text(make(), encoding="utf-8")
        (folder / "case.yaml").write_text(case(), encoding="utf-8")
        started = time.monotonic()
        done, seconds = run(program, folder)
        again, _ = run(program, folder)
        text = done.stdout + done.stderr
        if show:
            lines = text.splitlines()
            print("\n".join(line[:400] for line in lines[:6] + ["..."] + lines[-6:]))
        print(f"{name}: exit {done.returncode}, {seconds:.1f} s, {time.monotonic() - started:.1f} s for two")
        if (done.returncode, text) != (again.returncode, again.stdout + again.stderr):
            yield "a second run says something else"
        if seconds > SECONDS:
            yield f"took {seconds:.1f} s"
        if judged is None:
            # Not harmful any more: judged, and no matter how.
            if done.returncode not in (0, 1, 2) or "[harmless]" not in text:
                yield f"exit {done.returncode}, or the harmless rule is not judged"
            return
        if done.returncode != 2:
            yield f"exit {done.returncode} in place of 2"
        if wanted not in text:
            yield f"does not say `{wanted}`"
        if not judged and "--> pack.yaml:" not in text:
            yield "names no place in the pack"
        if judged and "[harmless]" not in done.stdout:
            yield "the rule beside it is not judged"


def main():
    program = os.path.abspath(sys.argv[1])
    names = sys.argv[2:] or list(PACKS)
    failed = False
    for name in names:
        for fault in faults(name, program, bool(sys.argv[2:])):
            failed = True
            print(f"  {name}: {fault}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
