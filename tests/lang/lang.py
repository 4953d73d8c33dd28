#!/usr/bin/env python3
"""Texts of packs in several languages, and the titles of the shipped rules in Russian.

    lang.py PROGRAM
"""

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]

PACK = """pack: {id: p, title: {en: Marches, ru: Шествия}}
rules:
  - id: both
    title: {en: A march in May, ru: "Шествие: в мае", ar: مسيرة}
    kind: fact
    severity: error
    about: record
    for: {e: event}
    require: e.start before 2021-05-01
    message: {en: "{e} is on {e.start}", ru: "{e}: день {e.start}", ar: "{e} في {e.start}"}
    possible: {en: "{e} may be in May", ru: "{e}: возможно, май"}
    help: {en: ask somebody, ru: спросите}
    unless:
      - when: e.kind = call
        because: {en: a call is no march, ru: звонок не шествие}
    tests:
      - {name: a, case: {events: {m: {start: 2021-05-02}}}, expect: [{at: events.m, verdict: certain}]}
      - {name: b, case: {events: {m: {start: 2021-04-02}}}, expect: []}
  - id: english
    title: A march in June
    kind: fact
    severity: error
    about: record
    for: {e: event}
    require: e.start before 2021-05-02
    message: "{e} is late"
    tests:
      - {name: a, case: {events: {m: {start: 2021-05-02}}}, expect: [{at: events.m, verdict: certain}]}
      - {name: b, case: {events: {m: {start: 2021-04-02}}}, expect: []}
"""
CASE = "case: {id: a, packs: [p.yaml]}\nevents: {m: {title: the march, start: 2021-05-20}, n: {title: the other, start: 2021-04/2021-05, kind: meeting}}\n"


def run(program, where, *words, rules=None):
    environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "COLUMNS": "200"}
    if rules:
        environment["ANTINOMY_RULES"] = str(rules)
    return subprocess.run([program, "--color", "never", *words], cwd=where, env=environment, capture_output=True, text=True, timeout=120, check=False)


def own(program, where):
    def said(*words):
        done = run(program, where, *words, "check", "--format", "json", "a.yaml")
        if done.returncode != 1:
            return None, done.stderr
        return {(f["rule"], f["verdict"]): f for f in json.loads(done.stdout)["findings"]}, ""

    english, error = said()
    if english is None:
        yield error
        return
    russian, error = said("--lang", "ru")
    arabic, error2 = said("--lang", "ar")
    if russian is None or arabic is None:
        yield error + error2
        return
    both, late = ("both", "certain"), ("english", "certain")
    for what, here, wanted in [
        ("English", english[both]["message"], "the march is on 2021-05-20"),
        ("Russian", russian[both]["message"], "the march: день 2021-05-20"),
        ("Arabic", arabic[both]["message"], "the march في 2021-05-20"),
        ("Russian, possible", russian[("both", "possible")]["message"], "the other: возможно, май"),
        ("Arabic has no such text", arabic[("both", "possible")]["message"], "the other may be in May"),
        ("one text serves all", russian[late]["message"], "the march is late"),
        ("title", russian[both]["title"], "Шествие: в мае"),
    ]:
        if here != wanted:
            yield f"{what}: {here!r}, not {wanted!r}"
    strip = lambda found: sorted((f["rule"], f["verdict"], f["fingerprint"], f["at"]) for f in found.values())  # noqa: E731
    if strip(english) != strip(russian) or strip(english) != strip(arabic):
        yield "the findings are others in another language"
    done = run(program, where, "--lang", "ru", "check", "a.yaml")
    if "звонок не шествие" not in done.stdout or "спросите" not in done.stdout:
        yield f"Russian, the report: {done.stdout}"
    (where / "antinomy.yaml").write_text("lang: ru\n")
    if "день 2021-05-20" not in run(program, where, "check", "a.yaml").stdout:
        yield "lang in antinomy.yaml"
    if "is on 2021-05-20" not in run(program, where, "--lang", "en", "check", "a.yaml").stdout:
        yield "--lang beats antinomy.yaml"
    (where / "antinomy.yaml").unlink()
    # Places of what is wrong stay those of the file.
    (where / "q.yaml").write_text(PACK.replace('ru: "{e}: день {e.start}"', 'ru: "{e}: день {e.strat}"').replace("id: p,", "id: q,"))
    done = run(program, where, "--lang", "ru", "test", "q.yaml")
    column = PACK.splitlines()[9].index("{e.start}", 40) + 4  # of what stands behind "{e.", from 1 on
    if done.returncode != 2 or f"q.yaml:10:{column}\n" not in done.stderr:
        yield f"a name misspelt in Russian ({column}): {done.stderr}"
    if run(program, where, "test", "q.yaml").returncode != 0:
        yield "what is not asked for is not read"
    done = run(program, where, "--lang", "ru", "rules", "lint", "p.yaml")
    if "no-translation" not in done.stdout or "english: title" not in done.stdout or "both: title" in done.stdout:
        yield f"lint: {done.stdout}{done.stderr}"
    if "no-translation" in run(program, where, "rules", "lint", "p.yaml").stdout:
        yield "lint: in English no title is missing"


def shipped(program, where):
    titles = yaml.safe_load((ROOT / "rules" / "lang" / "ru.yaml").read_text(encoding="utf-8"))["titles"]
    rules = {r["id"]: r["title"] for f in sorted((ROOT / "rules").glob("*.yaml")) for r in yaml.safe_load(f.read_text(encoding="utf-8")).get("rules") or []}
    for what in rules.keys() ^ titles.keys():
        yield f"a rule without a Russian title, or the other way: {what}"
    for rule, title in titles.items():
        if not re.search("[а-яё]", title) or re.search("[a-zA-Z]", title):
            yield f"{rule}: not Russian: {title}"
        # The words that no report has (design.md, 5).
        if re.search(r"незакон|ложн|доказыва(ет|ют)|ошиб(ся|лись|очн)|виновен", title, re.I):
            yield f"{rule}: a word that no report has: {title}"
    if len(set(titles.values())) != len(titles):
        yield "two rules with one Russian title"
    english = run(program, where, "rules").stdout
    russian = run(program, where, "--lang", "ru", "rules").stdout
    for rule, title in titles.items():
        if re.sub(r"\s+", " ", title) not in re.sub(r"\s+", " ", russian):
            yield f"{rule}: not listed in Russian"
    if "Задержание предшествует приговору" in english:
        yield "Russian, and English was asked for"
    # Reports are else the same.
    case = ROOT / "cases" / "tajikistan" / "ziyoyev.yaml"
    a = run(program, ROOT, "check", str(case), "--format", "short").stdout
    b = run(program, ROOT, "--lang", "ru", "check", str(case), "--format", "short").stdout
    if not a or a != b:
        yield "the findings of the seed case are others in Russian"


def main():
    program = str(Path(sys.argv[1]).resolve())
    with tempfile.TemporaryDirectory() as made:
        where = Path(made)
        (where / "p.yaml").write_text(PACK, encoding="utf-8")
        (where / "a.yaml").write_text(CASE, encoding="utf-8")
        faults = [*own(program, where), *shipped(program, where)]
    for f in faults:
        print(f)
    print(f"{len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
