"""The rules of this project as the tests of this folder see them: their examples, what the program says of many cases."""

import copy
import json
import os
import re
import subprocess
import tempfile
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent.parent
RULES = ROOT / "rules"
LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
# The program takes 1,000 files in one run; the packs are some of them.
FILES_A_RUN = 900


def load(path):
    """YAML with all scalars as text: `2014-11` is no number here and `no` no boolean."""
    with open(path, encoding="utf-8") as file:
        return yaml.load(file, Loader=LOADER)


class Rule:
    def __init__(self, pack, content, index):
        self.id = content["id"]
        self.pack = pack
        self.index = index
        self.kind = content.get("kind", "law")
        self.presumption = content.get("presumption") in ("yes", "true")
        self.text = "\n".join(parts(content))
        self.examples = content.get("tests", [])
        self.asks = []  # what the program says that it asks of how well something is known


def parts(content):
    """All conditions of a rule or of an exception, as text."""
    out = [str(content[key]) for key in ("where", "require", "when") if key in content]
    out += list(map(str, content["for"].values())) if "for" in content else []
    for inner in content.get("unless", []):
        out += parts(inner)
    return out


def with_defines(text, defines):
    """The text, and what the defines that it names say."""
    out, todo, seen = [text], [text], set()
    while todo:
        for name in set(re.findall(r"([a-z_]+)\(", todo.pop())) & set(defines) - seen:
            seen.add(name)
            define = defines[name]
            todo.append(" ".join([str(define.get("is", "")), *(f"{c['when']} {c['is']}" for c in define.get("cases", []))]))
            out.append(todo[-1])
    return "\n".join(out)


def rules_of(packs):
    rules = [
        Rule(pack, content, index)
        for pack in packs
        for index, content in enumerate(load(pack).get("rules", []))
    ]
    defines = {}
    for pack in {*packs, *RULES.glob("*.yaml")}:
        defines.update(load(pack).get("define", {}))
    for rule in rules:
        rule.text = with_defines(rule.text, defines)
    return rules


def shipped():
    return rules_of(sorted(RULES.glob("*.yaml")))


def fields_of(packs):
    """Type, field -> date or period, by the vocabularies of these packs; the plural of a type; what a field leads into."""
    dates, plurals, nested = {}, {}, {}
    for pack in packs:
        for name, content in load(pack).get("vocabulary", {}).items():
            if "plural" in content:
                plurals[content["plural"]] = name
            for field, kind in content.get("fields", {}).items():
                plain = kind.get("type") if isinstance(kind, dict) else kind
                if plain in ("date", "period"):
                    dates[name, field] = plain
                if isinstance(kind, dict) and "nested" in kind:
                    nested[name, field] = kind["nested"]
    return dates, plurals, nested


def environment():
    return {**os.environ, "ANTINOMY_RULES": str(RULES), "LC_ALL": "C.UTF-8"}


def asked(program, rules, packs=()):
    """Enters in each rule what `antinomy rules` says of it: what in it asks how well something is known."""
    more = [word for pack in packs for word in ("--pack", str(pack))]
    run = subprocess.run(
        [program, "--color", "never", "rules", *more], capture_output=True, text=True, env=environment(), check=True
    )
    by_id = {rule.id: rule for rule in rules}
    at, seen = None, set()
    for line in run.stdout.splitlines():
        head = re.match(r"  (\S+)  \(", line)
        if head:
            at = by_id.get(head[1])
            seen.add(head[1])
        note = re.match(r"    asks how well something is known: (.*)", line)
        if note and at:
            at.asks.append(note[1])
    missing = sorted(set(by_id) - seen)
    if missing:
        raise RuntimeError(f"`antinomy rules` does not list {missing}")


def document(case, name, packs=()):
    """The case of an example as a file of its own."""
    out = copy.deepcopy(case)
    out.pop("expect", None)
    head = {**out.get("case", {}), "id": name}
    if packs:
        head["packs"] = [str(pack) for pack in packs]
    return {**out, "case": head}


def text_of(case):
    return yaml.dump(case, Dumper=DUMPER, allow_unicode=True, sort_keys=False, width=200)


class Said:
    """What the program said of one case."""

    def __init__(self):
        self.findings, self.gaps, self.undecided = [], [], []
        self.refused = False  # an end before its start is an error of the file


def check(program, documents, packs=()):
    """A list of cases -> what was said of each, in runs of many. Their ids are put in here."""
    out = []
    for start in range(0, len(documents), FILES_A_RUN):
        some = documents[start : start + FILES_A_RUN]
        with tempfile.TemporaryDirectory() as folder:
            cases = Path(folder) / "cases"
            cases.mkdir()
            for pack in packs:
                (cases / pack.name).write_text(pack.read_text(encoding="utf-8"), encoding="utf-8")
            for k, case in enumerate(some):
                text = text_of(document(case, f"c{k}", [pack.name for pack in packs]))
                (cases / f"c{k}.yaml").write_text(text, encoding="utf-8")
            run = subprocess.run(
                [program, "check", "cases", "--format", "json", "--fail-on", "never"],
                capture_output=True, text=True, cwd=folder, env=environment(), check=False,
            )  # fmt: skip
            report = json.loads(run.stdout) if run.stdout else {"errors": [run.stderr]}
            said = {f"c{k}": Said() for k in range(len(some))}
            for error in report["errors"]:
                name = Path(error["file"] or "").stem if isinstance(error, dict) else ""
                if name not in said or error["code"] != "end-before-start":
                    raise RuntimeError(f"the program refused a case: {error}")
                said[name].refused = True
            for key in ("findings", "gaps", "undecided"):
                for item in report[key]:
                    getattr(said[item["case"]], key).append(item)
            out += said.values()
    return out
