#!/usr/bin/env python3
"""What may leave the house: `private:` in every report, `--redact` in every format, on all shipped cases and on a hostile one.

    redact.py PROGRAM

Of each case all that its files hold is looked for in each report: keys, texts, their words, names of files, unless the
shipped rules or the vocabulary have the same word. Nothing of it may be there. And the redacted report must say as much
as the other: the same findings, counts and exit code.
"""

import concurrent.futures
import io
import json
import os
import re
import shutil
import stat
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import yaml

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
CASES = ROOT / "cases"
WORD = re.compile(r"[^\W_]+(?:[-_'][^\W_]+)*")


class Text(yaml.SafeLoader):
    """All plain values as text, as the program reads them."""


Text.yaml_implicit_resolvers = {}


def run(program, *words, where=ROOT):
    environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "COLUMNS": "200"}
    done = subprocess.run([program, "--color", "never", *map(str, words)], cwd=where, env=environment, capture_output=True, timeout=300, check=False)
    done.stderr = done.stderr.decode("utf-8", "replace")
    if done.stdout.startswith(b"PK"):  # a document is a folder, packed
        with zipfile.ZipFile(io.BytesIO(done.stdout)) as packed:
            done.stdout = b"\n".join(packed.read(n) for n in packed.namelist())
    done.stdout = done.stdout.decode("utf-8", "replace")
    return done


def formats(program):
    """The formats that the program has: one that it has not is answered with all of them."""
    said = run(program, "check", "--format", "no-such-format", "x").stderr
    names = re.search(r"is none of (.*)", said).group(1).strip().split(", ")
    # Documents are made by another program, which need not be there.
    return [n for n in names if n not in ("docx", "odt") or shutil.which("pandoc")]


def scalars(node):
    if isinstance(node, dict):
        for key, value in node.items():
            yield key
            yield from scalars(value)
    elif isinstance(node, list):
        for item in node:
            yield from scalars(item)
    elif isinstance(node, str):
        yield node


def files_of(case, seen):
    if case in seen:
        return
    seen.add(case)
    root = yaml.load(case.read_text(encoding="utf-8"), Text)
    for other in root.get("include") or []:
        files_of(case.parent / other, seen)


def public():
    """What a report may say of itself: the rules, and words of the program's own sentences."""
    text = "\n".join(f.read_text(encoding="utf-8") for f in sorted((ROOT / "rules").rglob("*.yaml")))
    for f in sorted((ROOT / "src").rglob("*.cpp")):
        text += "\n".join(re.findall(r'"((?:\\.|[^"\\])*)"', f.read_text(encoding="utf-8")))
    # Of quotes their dates stay, so names of months do.
    for f in sorted((ROOT / "grammar" / "names").glob("*.txt")):
        text += f.read_text(encoding="utf-8")
    return {w.lower() for w in WORD.findall(text)} | {p.lower() for w in WORD.findall(text) for p in re.split("[-_']", w)}


def secrets(case, known):
    files = set()
    files_of(case, files)
    out = set()
    for f in files:
        root = yaml.load(f.read_text(encoding="utf-8"), Text)
        root.pop("expect", None)
        head = root.get("case") or {}
        for key in ("policies", "forum", "timezone", "working_days", "complete"):
            head.pop(key, None)
        for text in [*scalars(root), f.stem]:
            for word in WORD.findall(text):
                # A name of parts whose parts are all public words may be somebody's sentence.
                parts = [p.lower() for p in re.split("[-_']", word)]
                if len(word) >= 4 and not word[0].isdigit() and any(p not in known and len(p) >= 4 for p in parts):
                    out.add(word)
    # A word that is part of a public one ("information" of `informationUri`) tells nothing.
    return {w for w in out if not any(w.lower() in k for k in known)}


def found(text, words):
    there = {w.lower() for w in WORD.findall(text)}
    there |= {p for w in there for p in re.split("[-_']", w)}
    return sorted(w for w in words if w.lower() in there or (len(w) >= 6 and w.lower() in text.lower()))


def one_case(program, case, known, names):
    # A desk's own pack has a vocabulary of its own.
    for pack in (yaml.load(case.read_text(encoding="utf-8"), Text).get("case") or {}).get("packs") or []:
        if (case.parent / pack).exists():
            own = (case.parent / pack).read_text(encoding="utf-8")
            known = known | {w.lower() for w in WORD.findall(own)} | {p.lower() for w in WORD.findall(own) for p in re.split("[-_']", w)}
    words = secrets(case, known)
    plain = run(program, "check", case, "--format", "json", "--fail-on", "warning")
    a = json.loads(plain.stdout)
    for form in names:
        done = run(program, "check", "--redact", case, "--format", form, "--fail-on", "warning")
        for what, text in (("output", done.stdout), ("errors", done.stderr)):
            for w in found(text, words)[:5]:
                line = next((x for x in text.splitlines() if w.lower() in x.lower()), "")
                yield f"{case.name}, {form}: {w!r} in the {what}: {line[:200]}"
        if done.returncode != plain.returncode:
            yield f"{case.name}, {form}: ended with {done.returncode}, not {plain.returncode}: {done.stderr[:600]}"
        if form == "json":
            b = json.loads(done.stdout)
            if a["summary"] != b["summary"]:
                yield f"{case.name}: other counts: {a['summary']} {b['summary']}"
            if sorted(f["rule"] + f["verdict"] for f in a["findings"]) != sorted(f["rule"] + f["verdict"] for f in b["findings"]):
                yield f"{case.name}: other findings"
            lines = lambda r: sorted(p["line"] for f in r["findings"] for p in f["places"][:1])  # noqa: E731
            if lines(a) != lines(b):
                yield f"{case.name}: other lines"
    if not words:
        yield f"{case.name}: nothing to look for"


def shipped(program):
    known = public()
    # Documents are the page again; they are tried on the hostile case.
    names = [n for n in formats(program) if n not in ("docx", "odt")]
    cases = [f for f in sorted(CASES.rglob("*.yaml")) if "case" in (yaml.load(f.read_text(encoding="utf-8"), Text) or {})]
    if len(cases) < 40:
        yield f"only {len(cases)} cases"
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for faults in pool.map(lambda c: list(one_case(program, c, known, ["json"] if "variants" in c.parts else names)), cases):
            yield from faults


def no_secret(head, done):
    for what, text in (("output", done.stdout), ("errors", done.stderr)):
        for line in text.splitlines():
            if "qzx" in line.lower():
                yield f"{head}: in the {what}: {line[:200]}"


def hostile(program):
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / "qzxfolder"
        folder.mkdir()
        for f in ("hostile.yaml", "qzxpack.yaml"):
            shutil.copy(HERE / f, folder / ("qzxfile.yaml" if f == "hostile.yaml" else f))
        plain = run(program, "check", folder / "qzxfile.yaml", "--format", "json")
        if plain.returncode not in (0, 1) or "qzxivanov-alone" not in plain.stdout or "qzxmarch" not in plain.stdout:
            yield f"hostile, plain: {plain.stdout[:300]}{plain.stderr[:2000]}"
        # The rule of the desk is called by a name, and compares one.
        done = run(program, "check", "--redact", folder / "qzxfile.yaml")
        if done.returncode != 2 or "not-redacted" not in done.stderr or done.stdout:
            yield f"hostile: a rule called by a name: {done.stdout}{done.stderr}"
        yield from no_secret("hostile, refused", done)
        pack = (folder / "qzxpack.yaml").read_text(encoding="utf-8").replace("qzxivanov-alone", "other-names")
        case = (folder / "qzxfile.yaml").read_text(encoding="utf-8").replace("qzxivanov-alone", "other-names")
        (folder / "qzxfile.yaml").write_text(case, encoding="utf-8")
        (folder / "qzxpack.yaml").write_text(pack, encoding="utf-8")
        done = run(program, "check", "--redact", folder / "qzxfile.yaml")
        if done.returncode != 2 or "redaction-differs" not in done.stderr or "other-names" not in done.stderr:
            yield f"hostile: a rule that compares a name: {done.stderr}"
        yield from no_secret("hostile, differs", done)
        pack = pack.replace("require: p.name = 'Ivan Qzxivanov'", "require: not known(p.name)")
        (folder / "qzxpack.yaml").write_text(pack, encoding="utf-8")
        plain = json.loads(run(program, "check", folder / "qzxfile.yaml", "--format", "json").stdout)
        for form in formats(program):
            for more in ([], ["--account", "qzxdefence"], ["--sources", "qzx-paper"], ["--redact-key", folder / "qzxkey"], ["--verbose"]):
                done = run(program, "check", "--redact", *more, folder / "qzxfile.yaml", "--format", form, "--fail-on", "never")
                head = f"hostile, {form} {' '.join(map(str, more))}"
                if done.returncode != 0:
                    yield f"{head}: ended with {done.returncode}: {done.stderr[:1500]}"
                # A log is for who runs it.
                if more == ["--verbose"]:
                    done.stderr = ""
                yield from no_secret(head, done)
                if form == "json" and not more:
                    said = json.loads(done.stdout)
                    if len(said["findings"]) != len(plain["findings"]) or not said["findings"]:
                        yield f"{head}: {len(said['findings'])} findings for {len(plain['findings'])}"
                    if any(f["case"] != "case-1" for f in said["findings"]):
                        yield f"{head}: the case is called {said['findings'][0]['case']}"
        done = run(program, "check", "--redact", "--account", "qzxnobody", folder / "qzxfile.yaml")
        if done.returncode != 2 or "bad-argument" not in done.stderr:
            yield f"hostile: an unknown account: {done.stderr}"
        yield from no_secret("hostile, unknown account", done)


# antinomy.yaml, options, what must be said, the exit code. Whether names may be shown: `plain`.
CONFIGURATIONS = [
    ("an unknown key", "redact: yes\nqzxkey: 1\n", [], "unknown-key", 2),
    ("before the key", "qzxkey: 1\nredact: yes\n", [], "unknown-key", 2),
    ("what may be meant", "redact: qzxyes\n", [], "unknown-word", 2),
    ("a list", "redact: [qzxyes]\n", [], "wrong-type", 2),
    ("no YAML", "redact: yes\npaths: [qzxcases\nlang: ru\n", [], "not-redacted", 2),
    ("no YAML, in quotes", "fail_on: \"qzx\n\"redact\": yes\n", [], "not-redacted", 2),
    ("no YAML, and an option", "paths: [qzxcases\n", ["--redact"], "not-redacted", 2),
    ("an option", "redact: no\npacks: [qzxmissing.yaml]\n", ["--redact"], "cannot-open", 2),
    ("a pack that is none", "redact: yes\npacks: [qzxa.yaml]\n", [], "not-a-pack", 2),
    ("a pack with errors", "redact: yes\npacks: [qzxpack.yaml]\n", [], "unknown-key", 2),
    ("a file elsewhere", "redact: yes\nbaseline: ../qzxknown.yaml\n", [], "outside-folder", 2),
    ("a rule that is none", "redact: yes\nseverities: {qzxrule: info}\n", [], "unknown-rule", 2),
    ("a policy that is none", "redact: yes\npolicies: {qzxpolicy: 1}\n", [], "unknown-policy", 2),
    ("a pattern", "redact: yes\nper_path: [{paths: [\"qzx[a]\"], severities: {evidence-predates-event: info}}]\n", [], "bad-pattern", 2),
    ("a format", "redact: yes\nformats: [qzxformat]\n", [], "unknown-word", 2),
    ("paths that are not there", "redact: yes\npaths: [qzxnowhere]\n", ["no path"], "cannot-open", 2),
    ("nothing wrong", "redact: yes\nper_path: [{paths: [\"qzx*\"], severities: {evidence-predates-event: info}}]\n", [], "info[evidence-predates-event]", 0),
    ("plain: --no-redact", "redact: yes\nqzxkey: 1\n", ["--no-redact"], "qzxkey", 2),
    ("plain: no", "redact: no\nqzxkey: 1\n", [], "qzxkey", 2),
    ("plain: not said", "qzxkey: 1\n", [], "qzxkey", 2),
    ("plain: no YAML", "paths: [qzxcases\n# to redact\n", [], "qzxcases", 2),
]


def configured(program):
    """What is wrong with antinomy.yaml is a name, too: in its words, in the line that is shown, in the file's own."""
    case = "case: {id: qzxa}\nsources: {p: {published: 2021-06-20}}\nevents: {qzxmarch: {start: 2021-05-20}}\nevidence: {photo: {published: 2021-05-12, records: qzxmarch}}\n"
    for what, text, options, wanted, code in CONFIGURATIONS:
        with tempfile.TemporaryDirectory() as made:
            folder = Path(made) / "qzxfolder"
            folder.mkdir()
            (folder / "antinomy.yaml").write_text(text)
            (folder / "qzxa.yaml").write_text(case)
            (folder / "qzxpack.yaml").write_text("pack: {id: qzxp, qzxkey: 1}\n")
            if options == ["no path"]:
                done = run(program, "check", "--format", "short", where=folder)
            else:
                done = run(program, "check", "--format", "short", *options, "qzxfolder/qzxa.yaml", where=Path(made))
        head = f"configured, {what}"
        if done.returncode != code or wanted not in done.stdout + done.stderr:
            yield f"{head}: ended with {done.returncode}, or has no {wanted!r}: {done.stdout}{done.stderr}"
        if not what.startswith("plain"):
            yield from no_secret(head, done)


def private(program):
    for form in formats(program):
        for more in ([], ["--redact"]):
            done = run(program, "check", *more, HERE / "private.yaml", "--format", form, "--fail-on", "never")
            head = f"private, {form} {more}"
            if done.returncode != 0:
                yield f"{head}: ended with {done.returncode}: {done.stderr[:1500]}"
            yield from no_secret(head, done)
            for year in ("1999", "1998", "1997"):
                # (In a document years stand in the names of its formats.)
                if form not in ("docx", "odt") and year in done.stdout + done.stderr:
                    yield f"{head}: {year}, which is of a private statement"
    for words in (["timeline"], ["explain", "evidence-predates-event"]):
        done = run(program, *words, HERE / "private.yaml")
        if done.returncode != 0:
            yield f"private, {words}: ended with {done.returncode}: {done.stderr}"
        yield from no_secret(f"private, {words}", done)
    # What is not private is still there, at its place.
    found_there = json.loads(run(program, "check", HERE / "private.yaml", "--format", "json").stdout)["findings"]
    lines = (HERE / "private.yaml").read_text(encoding="utf-8").splitlines()
    photo = next(i for i, x in enumerate(lines, 1) if x.startswith("  photo:"))
    if not any(f["rule"] == "evidence-predates-event" and f["places"][0]["line"] == photo for f in found_there):
        yield f"private: the photo is not found fault with at line {photo}: {[(f['rule'], f['places'][0]) for f in found_there]}"


def keys(program):
    def check(where, key, *cases):
        done = run(program, "check", "--redact", "--redact-key", key, "--format", "json", "--fail-on", "never", *cases, where=where)
        return done, json.loads(done.stdout) if done.stdout else None

    case = """case: {id: %s}
sources: {paper: {published: 2021-06-20}}
persons: {%s: {name: %s}}
events: {march: {start: 2021-05-20, participants: [%s]}}
evidence: {%s: {published: 2021-05-12, records: march}}
"""
    a = case % ("a", "anna", "Anna", "anna", "photo")
    b = case % ("b", "boris", "Boris", "boris", "film")
    with tempfile.TemporaryDirectory() as made:
        where = Path(made)
        (where / "a.yaml").write_text(a)
        (where / "b.yaml").write_text(b)
        done, first = check(where, "k", "a.yaml")
        if done.returncode != 0:
            yield f"key: {done.stderr}"
            return
        if stat.S_IMODE(os.stat(where / "k").st_mode) != 0o600:
            yield "key: its mode is not 0600"
        text = (where / "k").read_text()
        root = yaml.safe_load(text)
        if ["id", "anna", "P1"] not in root["names"] or len(root["secret"]) != 64:
            yield f"key: {text}"
        # Another case before it, and it is the same still.
        _, both = check(where, "k", "b.yaml", "a.yaml")
        prints = lambda r: {f["fingerprint"] for f in r["findings"]}  # noqa: E731
        if not prints(first) or not prints(first) < prints(both):
            yield f"key: fingerprints {prints(first)} {prints(both)}"
        if ["id", "boris", "P2"] not in yaml.safe_load((where / "k").read_text())["names"]:
            yield "key: boris is not P2"
        again = (where / "k").read_text()
        check(where, "k", "a.yaml")
        if (where / "k").read_text() != again:
            yield "key: it changes with nothing new"
        # Bytes are the same with the same key, and nothing of the key is in them.
        one, two = check(where, "k", "a.yaml")[0], check(where, "k", "a.yaml")[0]
        if one.stdout != two.stdout or root["secret"][:16] in one.stdout:
            yield "key: another report"
        _, other = check(where, "other", "a.yaml")
        plain = json.loads(run(program, "check", "--redact", "--format", "json", "a.yaml", where=where).stdout)
        if prints(other) & prints(first) or prints(plain) & prints(first):
            yield "key: fingerprints without it are the same"
        # HMAC by another hand.
        import hashlib
        import hmac

        expected = {hmac.new(bytes.fromhex(root["secret"]), f.encode(), hashlib.sha256).hexdigest()[:16] for f in prints(plain)}
        if expected != prints(first):
            yield f"key: {prints(first)} is not {expected}"
        # What cannot be written leaves the old key, and there is no report.
        (where / "full").mkdir(mode=0o700)
        for bad in ("/dev/full", "/dev/null", "full", "/proc/key"):
            done, said = check(where, bad, "a.yaml")
            if done.returncode != 2 or said is not None:
                yield f"key: {bad} ended with {done.returncode}: {done.stdout[:200]}"
        # A name may hold what no file may; the key reads all the same, and has not changed.
        odd = case % ("c", "clara", r'"bell\a \x85 \u2028 \u202e \ufeff \uffff \" \\ \n end"', "clara", "photo")
        (where / "c.yaml").write_text(odd)
        done, one = check(where, "odd", "c.yaml")
        text = (where / "odd").read_text() if done.returncode == 0 else ""
        done, two = check(where, "odd", "c.yaml")
        names = [n[1] for n in yaml.safe_load(text or "{names: []}")["names"]]
        if done.returncode != 0 or one != two or (where / "odd").read_text() != text or 'bell\a \x85 \u2028 \u202e \ufeff \uffff " \\ \n end' not in names:
            yield f"key: an odd name: {done.stderr}{names}"
        # A link stays one, whether there is a key or not yet.
        (where / "link").symlink_to("full/behind")
        for file in ("a.yaml", "b.yaml"):
            done, _ = check(where, "link", file)
            behind = where / "full" / "behind"
            if done.returncode != 0 or not (where / "link").is_symlink() or stat.S_IMODE(behind.stat().st_mode) != 0o600 or f'"{file}"' not in behind.read_text():
                yield f"key: by a link: {done.stderr}"
        for name in ("c.yaml", "odd", "link"):
            (where / name).unlink()
        if sorted(p.name for p in where.iterdir()) != ["a.yaml", "b.yaml", "full", "k", "other"]:
            yield f"key: left behind: {sorted(p.name for p in where.iterdir())}"


def main():
    program = str(Path(sys.argv[1]).resolve())
    parts = {"shipped": shipped, "hostile": hostile, "configured": configured, "private": private, "keys": keys}
    chosen = sys.argv[2:] or list(parts)
    bad = 0
    for name in chosen:
        for fault in parts[name](program):
            bad += 1
            print(fault)
    print(f"{bad} faults")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
