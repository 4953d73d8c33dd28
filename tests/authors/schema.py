#!/usr/bin/env python3
"""The JSON Schemas that `antinomy schema` prints, beside the program itself.

    schema.py PROGRAM

1. They are schemas of draft 2020-12.
2. What loads passes: every case file with what it includes, and every pack, below rules/, cases/ and
   tests/, as far as the program reads it without an error, with the packs it names. YAML is read as
   editors do (core schema of YAML 1.2).
3. What is mistaken does not pass: MISTAKES, each beside a text that differs in the mistake alone,
   passes, and loads.

Prints what is otherwise; ends with 1 if anything is.
"""

import concurrent.futures
import json
import os
import re
import subprocess
import sys
import tempfile
from functools import lru_cache
from pathlib import Path

import jsonschema
import yaml

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ["rules", "cases", "tests"]
# A vocabulary with fields of all kinds, and names of another script.
SMALL = ROOT / "tests" / "broken" / "fine" / "schema-case" / "rules"


class Core(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """YAML 1.2, core schema: `no` and 2014-11-05 are text. Keys are text in any case."""

    yaml_implicit_resolvers = {}

    def construct_mapping(self, node, deep=False):
        if any(not isinstance(k, yaml.ScalarNode) for k, _ in node.value):
            raise yaml.YAMLError("a key that is no text")
        return {k.value: self.construct_object(v, deep=True) for k, v in node.value}


def resolver(tag, pattern, first, construct):
    Core.add_implicit_resolver(tag, re.compile(f"^(?:{pattern})$"), first)
    Core.add_constructor(tag, lambda loader, node: construct(loader.construct_scalar(node)))


resolver("tag:yaml.org,2002:null", "~|null|Null|NULL|", ["~", "n", "N", ""], lambda s: None)
resolver("tag:yaml.org,2002:bool", "true|True|TRUE|false|False|FALSE", list("tTfF"), lambda s: s[0] in "tT")
resolver("tag:yaml.org,2002:int", "[-+]?[0-9]+", list("-+0123456789"), int)
resolver(
    "tag:yaml.org,2002:float", r"[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*)(?:[eE][-+]?[0-9]+)?|[-+]?[0-9]+[eE][-+]?[0-9]+",
    list("-+.0123456789"), float,
)  # fmt: skip
Core.add_constructor("tag:yaml.org,2002:map", lambda loader, node: loader.construct_mapping(node))

# What is wrong; the text with the mistake; the same without it. Of packs, the head is put before.
CASE = "case: {id: a}\n"
PACK = "pack: {id: tried}\n"
RULE = "rules:\n  - {id: tried, for: {e: evidence}, require: known(e.published), message: m%s}\n"
MISTAKES = {
    "case": [
        ("a key of the file", "case: {id: a}\nevnts: {}", "case: {id: a}\nevents: {}"),
        ("the singular of a list", "case: {id: a}\nevent: {}", "case: {id: a}\nevents: {}"),
        ("a key of packs", "case: {id: a}\nrules: []", "case: {id: a}\norder: []"),
        ("a key of the case", "case: {id: a, titel: b}", "case: {id: a, title: b}"),
        ("no id", "case: {title: b}", "case: {id: a}"),
        ("a title that is a list", "case: {id: a, title: [b]}", "case: {id: a, title: b}"),
        ("no list of records", "case: {id: a, complete: [event]}", "case: {id: a, complete: [events]}"),
        ("complete is one word", "case: {id: a, complete: events}", "case: {id: a, complete: [events]}"),
        ("no policy", "case: {id: a, policies: {slack: 1}}", "case: {id: a, policies: {approximate_slack: 1}}"),
        ("a policy's number", "case: {id: a, policies: {approximate_slack: few}}",
         "case: {id: a, policies: {approximate_slack: 5}}"),
        ("a policy below 0", "case: {id: a, policies: {approximate_slack: -1}}",
         "case: {id: a, policies: {approximate_slack: 0}}"),
        ("a policy's word", "case: {id: a, policies: {month_end: clip}}", "case: {id: a, policies: {month_end: clamp}}"),
        ("no calendar", "case: {id: a, working_days: tk}", "case: {id: a, working_days: tj}"),
        ("accounts as a list", CASE + "accounts: [b]", CASE + "accounts: {b: {}}"),
        ("a role", CASE + "accounts: {b: {role: judge}}", CASE + "accounts: {b: {role: court}}"),
        ("adopts one word", CASE + "accounts: {b: {}, c: {adopts: b}}", CASE + "accounts: {b: {}, c: {adopts: [b]}}"),
        ("a key of an account", CASE + "accounts: {b: {rol: court}}", CASE + "accounts: {b: {role: court}}"),
        ("records as a list", CASE + "events: [m]", CASE + "events: {m: {}}"),
        ("a record that is text", CASE + "events: {m: on Monday}", CASE + "events: {m: {title: on Monday}}"),
        ("a name with a dot", CASE + "events: {a.b: {}}", CASE + "events: {a-b: {}}"),
        ("a name that begins with a hyphen", CASE + "events: {-b: {}}", CASE + "events: {b-: {}}"),
        ("a field", CASE + "evidence: {v: {publishd: 2014-01-01}}", CASE + "evidence: {v: {published: 2014-01-01}}"),
        ("a field of another type", CASE + "events: {m: {published: 2014}}", CASE + "events: {m: {start: 2014}}"),
        ("a field without value", CASE + "events: {m: {start: }}", CASE + "events: {m: {start: 2014}}"),
        ("a word", CASE + "evidence: {v: {kind: vidoe}}", CASE + "evidence: {v: {kind: video}}"),
        ("a date that is a list", CASE + "events: {m: {start: [2014-01-01]}}", CASE + "events: {m: {start: 2014-01-01}}"),
        ("yes or no", CASE + "evidence: {v: {same_item: maybe}}", CASE + "evidence: {v: {same_item: no}}"),
        ("a whole number", CASE + "ages: {g: {years: 18.5}}", CASE + "ages: {g: {years: 18}}"),
        ("a whole number in words", CASE + "ages: {g: {years: eighteen}}", CASE + "ages: {g: {years: '18'}}"),
        ("a number", CASE + "places: {s: {latitude: 3 degrees}}", CASE + "places: {s: {latitude: 36.5}}"),
        ("a term", CASE + "sentences: {s: {term: 3 fortnights}}", CASE + "sentences: {s: {term: 3 years 6 months}}"),
        ("a list that is one text", CASE + "persons: {p: {other_names: B}}", CASE + "persons: {p: {other_names: [B]}}"),
        ("a list in a list", CASE + "persons: {p: {other_names: [[B]]}}", CASE + "persons: {p: {other_names: [B]}}"),
        ("a list of references as text", CASE + "persons: {p: {}}\nevents: {m: {participants: p}}",
         CASE + "persons: {p: {}}\nevents: {m: {participants: [p]}}"),
        ("an assertion without value", CASE + "events: {m: {start: {quote: b}}}",
         CASE + "events: {m: {start: {value: 2014, quote: b}}}"),
        ("a key of an assertion", CASE + "events: {m: {start: {value: 2014, qoute: b}}}",
         CASE + "events: {m: {start: {value: 2014, quote: b}}}"),
        ("a state", CASE + "accounts: {b: {}}\nevents: {m: {start: {value: 2014, by: b, state: denied}}}",
         CASE + "accounts: {b: {}}\nevents: {m: {start: {value: 2014, by: b, state: conceded}}}"),
        ("the state of a record", CASE + "accounts: {b: {}}\nevents: {m: {by: b, state: denied}}",
         CASE + "accounts: {b: {}}\nevents: {m: {by: b, state: conceded}}"),
        ("a calendar of dates", CASE + "events: {m: {start: {value: 1917-10-25, calendar: old}}}",
         CASE + "events: {m: {start: {value: 1917-10-25, calendar: julian}}}"),
        ("a zone of what is no date", CASE + "events: {m: {title: {value: b, zone: Asia/Dushanbe}}}",
         CASE + "events: {m: {start: {value: 2014-01-01, zone: Asia/Dushanbe}}}"),
        ("closed where there is no list", CASE + "events: {m: {start: {value: 2014, closed: yes}}}",
         CASE + "events: {m: {participants: {value: [], closed: yes}}}"),
        ("a word in an assertion", CASE + "evidence: {v: {kind: {value: vidoe}}}",
         CASE + "evidence: {v: {kind: {value: video}}}"),
        ("a list of assertions, one of them plain",
         CASE + "sources: {s: {}}\nevents: {m: {start: [{value: 2014}, 2015]}}",
         CASE + "sources: {s: {}}\nevents: {m: {start: [{value: 2014}, {value: 2015, source: s}]}}"),
        ("a field of a nested record", CASE + "norms: {n: {elements: {s: {kid: act}}}}",
         CASE + "norms: {n: {elements: {s: {kind: act}}}}"),
        ("nested records as a list", CASE + "norms: {n: {elements: [s]}}", CASE + "norms: {n: {elements: {s: {}}}}"),
        ("order as a text", CASE + "events: {a: {}, b: {}}\norder: a before b",
         CASE + "events: {a: {}, b: {}}\norder: [a before b]"),
        ("a key of an order line", CASE + "events: {a: {}, b: {}}\norder: [{line: a before b}]",
         CASE + "events: {a: {}, b: {}}\norder: [{value: a before b}]"),
        ("an identity's answer", CASE + "events: {a: {}, b: {}}\nidentity: [{events: [a, b], value: perhaps}]",
         CASE + "events: {a: {}, b: {}}\nidentity: [{events: [a, b], value: unknown}]"),
        ("an identity of one", CASE + "events: {a: {}, b: {}}\nidentity: [{events: [a], value: no}]",
         CASE + "events: {a: {}, b: {}}\nidentity: [{events: [a, b], value: no}]"),
        ("an identity of nothing", CASE + "events: {a: {}, b: {}}\nidentity: [{value: no}]",
         CASE + "events: {a: {}, b: {}}\nidentity: [{events: [a, b], value: no}]"),
        ("an unknown rule", CASE + "expect: [{rule: evidence-predate-event}]",
         CASE + "expect: [{rule: evidence-predates-event}]"),
        ("a verdict", CASE + "expect: [{rule: facts-contradict, verdict: sure}]",
         CASE + "expect: [{rule: facts-contradict, verdict: none}]"),
        ("an expectation of no rule", CASE + "expect: [{verdict: none}]",
         CASE + "expect: [{rule: facts-contradict, verdict: none}]"),
        ("nothing said of why", CASE + "suppress: [{rule: facts-contradict}]",
         CASE + "suppress: [{rule: facts-contradict, reason: b}]"),
    ],
    "small": [
        ("a field of another script", CASE + "labels: {l: {части: {ч: {текс: б}}}}",
         CASE + "labels: {l: {части: {ч: {текст: б}}}}"),
        ("a word that YAML 1.1 takes for false", CASE + "labels: {l: {kind: nein}}", CASE + "labels: {l: {kind: no}}"),
        ("a duration", CASE + "labels: {l: {lasting: 3 wks}}", CASE + "labels: {l: {lasting: 30 days}}"),
        ("a field that has the name of a key of all records", CASE + "labels: {l: {state: [b]}}",
         CASE + "labels: {l: {state: denied}}"),
        ("a number with an exponent in quotes", CASE + "labels: {l: {size: '1e3'}}", CASE + "labels: {l: {size: '1.5'}}"),
    ],
    "pack": [
        ("no head", "rules: []", PACK + "rules: []"),
        ("no id", "pack: {title: b}", "pack: {id: tried, title: b}"),
        ("a key of the head", "pack: {id: tried, verson: 1}", "pack: {id: tried, version: 1}"),
        ("a key of the file", PACK + "polices: {b: 1}", PACK + "policies: {b: 1}"),
        ("a policy that is text", PACK + "policies: {b: many}", PACK + "policies: {b: 14}"),
        ("a policy's word", PACK + "policies: {deadline_rolls: maybe}", PACK + "policies: {deadline_rolls: yes}"),
        ("a policy without value", PACK + "policies: {b: {about: c}}", PACK + "policies: {b: {value: 1, about: c}}"),
        ("a key of a type", PACK + "vocabulary: {label: {plurl: labels, fields: {}}}",
         PACK + "vocabulary: {label: {plural: labels, fields: {}}}"),
        ("a key of a field", PACK + "vocabulary: {label: {plural: labels, fields: {a: {typ: date}}}}",
         PACK + "vocabulary: {label: {plural: labels, fields: {a: {type: date}}}}"),
        ("a field without type", PACK + "vocabulary: {label: {plural: labels, fields: {a: {else: b}, b: date}}}",
         PACK + "vocabulary: {label: {plural: labels, fields: {a: {type: date, else: b}, b: date}}}"),
        ("a moment of three", PACK + "vocabulary: {label: {plural: labels, moment: [a, a, a], fields: {a: date}}}",
         PACK + "vocabulary: {label: {plural: labels, moment: [a, a], fields: {a: date}}}"),
        ("a define that says nothing", PACK + "define: {b: {given: {e: event}}}",
         PACK + "define: {b: {given: {e: event}, is: e.start}}"),
        ("a define that says two things",
         PACK + "define: {b: {given: {e: event}, is: e.start, cases: [{when: known(e.start), is: e.start}]}}",
         PACK + "define: {b: {given: {e: event}, cases: [{when: known(e.start), is: e.start}]}}"),
        ("a case of a define", PACK + "define: {b: {given: {e: event}, cases: [{if: known(e.start), is: e.start}]}}",
         PACK + "define: {b: {given: {e: event}, cases: [{when: known(e.start), is: e.start}]}}"),
        ("a calendar without years", PACK + "calendars: {b: {free: []}}",
         PACK + "calendars: {b: {years: [2014, 2015], free: []}}"),
        ("a key of a calendar", PACK + "calendars: {b: {years: [2014, 2015], free: [], holiday: [01-01]}}",
         PACK + "calendars: {b: {years: [2014, 2015], free: [], holidays: [01-01]}}"),
        ("a holiday without day", PACK + "calendars: {b: {years: [2014, 2015], free: [], holidays: [{last: 03-24}]}}",
         PACK + "calendars: {b: {years: [2014, 2015], free: [], holidays: [{day: 03-21, last: 03-24}]}}"),
        ("rules by name", PACK + "rules: {b: {}}", PACK + "rules: []"),
        ("a key of a rule", PACK + RULE % ", tittle: b", PACK + RULE % ", title: b"),
        ("a kind", PACK + RULE % ", kind: facts", PACK + RULE % ", kind: fact"),
        ("a severity", PACK + RULE % ", severity: high", PACK + RULE % ", severity: review"),
        ("about", PACK + RULE % ", about: event", PACK + RULE % ", about: record"),
        ("reaches", PACK + RULE % ", reaches: all", PACK + RULE % ", reaches: element"),
        ("a presumption", PACK + RULE % ", presumption: often", PACK + RULE % ", presumption: yes"),
        ("between one", PACK + RULE % ", between: [b]", PACK + RULE % ", between: [b, c]"),
        ("between what", PACK + RULE % ", between: {sides: [b, c]}", PACK + RULE % ", between: {sources: [b, c]}"),
        ("no bindings", PACK + "rules: [{id: tried, for: {}, require: yes, message: m}]",
         PACK + "rules: [{id: tried, for: {e: event}, require: known(e.start), message: m}]"),
        ("no message", PACK + "rules: [{id: tried, for: {e: event}, require: known(e.start)}]",
         PACK + "rules: [{id: tried, for: {e: event}, require: known(e.start), message: m}]"),
        ("an exception by itself", PACK + RULE % ", unless: {when: known(e.created)}",
         PACK + RULE % ", unless: [{when: known(e.created)}]"),
        ("an exception of an exception",
         PACK + RULE % ", unless: [{when: known(e.created), unless: [{if: known(e.created)}]}]",
         PACK + RULE % ", unless: [{when: known(e.created), unless: [{when: known(e.created)}]}]"),
        ("a citation's status", PACK + RULE % ", basis: [{cite: b, status: unknown}]",
         PACK + RULE % ", basis: [{cite: b, status: unverified}]"),
        ("a citation of nothing", PACK + RULE % ", basis: [{note: b}]", PACK + RULE % ", basis: [{cite: c, note: b}]"),
        ("an example without name", PACK + RULE % ", tests: [{case: {}, expect: []}]",
         PACK + RULE % ", tests: [{name: b, case: {}, expect: []}]"),
        ("what an example expects",
         PACK + RULE % ", tests: [{name: b, case: {evidence: {v: {}}}, expect: [{verdict: gaps}]}]",
         PACK + RULE % ", tests: [{name: b, case: {evidence: {v: {}}}, expect: [{verdict: certain}]}]"),
        ("a field in an example",
         PACK + RULE % ", tests: [{name: b, case: {evidence: {v: {publishd: 2014}}}, expect: []}]",
         PACK + RULE % ", tests: [{name: b, case: {evidence: {v: {published: 2014}}}, expect: []}]"),
        ("an example that includes",
         PACK + RULE % ", tests: [{name: b, case: {include: [c.yaml]}, expect: []}]",
         PACK + RULE % ", tests: [{name: b, case: {order: []}, expect: []}]"),
    ],
}  # fmt: skip


def rules_of(file):
    """The folder of rules that the file's tests use."""
    for folder in file.parents:
        if folder.name == "broken" and folder.parent.name == "tests":
            return str(folder / "rules")
    return str(ROOT / "rules")


class Schemas:
    def __init__(self, program):
        self.program = program
        self.faults = []
        self.validator = lru_cache(maxsize=None)(self.make)

    def run(self, words, rules):
        environment = {**os.environ, "ANTINOMY_RULES": rules}
        # Packs that extend one another may lie anywhere in the project.
        return subprocess.run([self.program, *words], env=environment, cwd=ROOT, capture_output=True, text=True)

    def make(self, kind, rules, packs):
        words = ["schema", kind] + [w for p in packs for w in ("--pack", p)]
        done = self.run(words, rules)
        if done.returncode != 0:
            raise RuntimeError(f"{' '.join(words)}: {done.stderr}")
        schema = json.loads(done.stdout)
        jsonschema.Draft202012Validator.check_schema(schema)
        return jsonschema.Draft202012Validator(schema)

    def refused(self, text, kind, rules, packs=()):
        """What the schema has against it; empty: nothing."""
        validator = self.validator(kind, rules, tuple(packs))
        first = next(validator.iter_errors(yaml.load(text, Core)), None)
        if first is None:
            return ""
        return "/".join(map(str, first.absolute_path)) + ": " + first.message[:160]

    # Loads without an error? Findings are none.
    def loads(self, file, kind, rules):
        words = ["check", "--fail-on", "never", "--format", "short"] if kind == "case" else ["test"]
        return self.run([*words, str(file)], rules).returncode in (0, 1)


def documents():
    """(file, what YAML holds) of all that could be a case or a pack alone."""
    for folder in FOLDERS:
        for file in sorted((ROOT / folder).rglob("*.yaml")):
            try:
                root = yaml.load(file.read_text(encoding="utf-8"), Core)
            except (yaml.YAMLError, UnicodeDecodeError, RecursionError, ValueError):
                continue
            # A map for data has the form of a case, and may bring a pack; it is typed when it is used.
            if isinstance(root, dict) and ("pack" in root or "case" in root) and "map" not in root:
                yield file, root


def with_included(file, seen):
    if file in seen or not file.is_file():
        return
    seen.append(file)
    root = yaml.load(file.read_text(encoding="utf-8"), Core)
    for name in root.get("include", []):
        with_included((file.parent / name).resolve(), seen)


def accepted(schemas, file, root):
    """How many files passed that load; what does not pass is a fault."""
    kind = "pack" if "pack" in root else "case"
    rules = rules_of(file)
    if not schemas.loads(file, kind, rules):
        return 0
    files = []
    if kind == "pack":
        files, packs = [file], [str(file)]
    else:
        with_included(file.resolve(), files)
        packs = [str((file.parent / p).resolve()) for p in root["case"].get("packs", [])]
    for f in files:
        wrong = schemas.refused(f.read_text(encoding="utf-8"), kind, rules, packs)
        if wrong:
            schemas.faults.append(f"{f.relative_to(ROOT)} loads, and the schema refuses {wrong}")
    return len(files)


def mistakes(schemas, folder):
    for name, rows in MISTAKES.items():
        kind = "case" if name == "small" else name
        rules = str(SMALL if name == "small" else ROOT / "rules")
        for i, (what, wrong, right) in enumerate(rows):
            if not schemas.refused(wrong, kind, rules):
                schemas.faults.append(f"{name}, {what}: the schema lets the mistake pass")
            if against := schemas.refused(right, kind, rules):
                schemas.faults.append(f"{name}, {what}: the schema refuses what is right: {against}")
            for text, good in ((wrong, False), (right, True)):
                file = folder / f"{name}-{i}-{good}.yaml"
                file.write_text(text + "\n", encoding="utf-8")
                if schemas.loads(file, kind, rules) != good:
                    schemas.faults.append(f"{name}, {what}: the program {'refuses' if good else 'takes'} `{text}`")


def main():
    schemas = Schemas(sys.argv[1])
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        passed = sum(pool.map(lambda d: accepted(schemas, *d), documents()))
    with tempfile.TemporaryDirectory() as where:
        mistakes(schemas, Path(where))
    for fault in schemas.faults:
        print(fault)
    table = sum(map(len, MISTAKES.values()))
    print(f"{passed} files that load, {table} mistakes, {len(schemas.faults)} faults")
    return 1 if schemas.faults or passed < 100 else 0


if __name__ == "__main__":
    sys.exit(main())
