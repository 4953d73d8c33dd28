#!/usr/bin/env python3
"""The SARIF of `antinomy check`, by other readings.

    sarif.py PROGRAM                      of every shipped case, of none, of broken ones, of odd file names: is
                                          every URI a file, every region the text that its snippet says, every
                                          link a location; are flows in the order of time; does it say what the
                                          JSON of the same run says
    sarif.py PROGRAM --validate MODULES   the same logs by the schema (of npm, @microsoft/jest-sarif) and by the
                                          rules of OASIS and GitHub (@microsoft/sarif-multitool): no error, no
                                          warning; and logs that must fail, do

Prints one line a fault, ends with 1 if there is any.
"""

import argparse
import copy
import hashlib
import json
import os
import re
import shutil
import stat
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import unquote

ROOT = Path(__file__).resolve().parents[2]
faults = []


def fault(where, what):
    faults.append(f"{where}: {what}")


def environment(**more):
    env = {k: v for k, v in os.environ.items()
           if not k.startswith(("GITHUB_", "CI_")) and k not in ("SOURCE_DATE_EPOCH", "ANTINOMY_RULES")}  # fmt: skip
    return {**env, "LC_ALL": "C.UTF-8", **more}


REVISION = {"GITHUB_SHA": "8f2c1e5b", "GITHUB_REPOSITORY": "desk/files", "GITHUB_REF_NAME": "main"}


def check(program, words, folder, **more):
    done = subprocess.run([program, "check", *words], cwd=folder, env=environment(**more), stdin=subprocess.DEVNULL,
                          capture_output=True, timeout=300)  # fmt: skip
    if done.returncode not in (0, 1, 2):
        fault(words, f"exit {done.returncode}: {done.stderr[-300:]}")
    return done.stdout


def logs(program, folder):
    """(name, folder that URIs are relative to, SARIF, JSON of the same run)."""
    shutil.copytree(ROOT / "cases", folder / "shipped" / "cases", ignore=shutil.ignore_patterns("*.md"))
    odd = folder / "odd" / "дела 1#?%&"
    odd.mkdir(parents=True)
    # Two of its places lie on lines with characters of two and of four bytes before them.
    (odd / "дело №1 [a](b) {0}.yaml").write_text(
        "case: {id: odd, title: Дело}\nsources: {s: {kind: news}}\naccounts: {x: {role: party}, y: {role: party}}\n"
        'events:\n  встреча: {start: {value: 2014-11, by: x, source: s, quote: "👩‍⚖️ встреча в ноябре 2014"}}\n'
        "evidence:\n  видео:\n    records: {value: встреча, by: x, source: s}\n"
        "    published: {quote: \"👩‍⚖️👩‍⚖️ 30 сентября 2014\", value: 2014-09-30, by: y, source: s, state: unchallenged}\n",
        encoding="utf-8",
    )  # fmt: skip
    (folder / "git" / ".git").mkdir(parents=True)
    (folder / "git" / "sub").mkdir()
    shutil.copytree(odd, folder / "git" / "sub" / "дела")
    (folder / "none").mkdir()
    (folder / "none" / "a.yaml").write_text("case: {id: a}\n")
    (folder / "broken").mkdir()
    (folder / "broken" / "a.yaml").write_text("case: {id: a}\nevents:\n  m: {start: 2014-02-30}\n")
    (folder / "broken" / "b.yaml").write_text("case: {id: b, packs: [p.yaml]}\n")
    (folder / "broken" / "p.yaml").write_text("pack: {id: p}\nrules:\n  - {id: x, title: t}\n")
    runs = [("cases", "shipped", ["cases", "--variants"])]
    runs += [(name, "shipped", [name]) for name in ("cases/tajikistan", "cases/tajikistan/hasanov.yaml", "cases/clean/04-road-death.yaml")]
    runs += [("odd", "odd", ["."]), ("none", "none", ["a.yaml"]), ("broken", "broken", ["."]),
             ("one broken", "broken", ["b.yaml"]), ("not there", "none", ["x.yaml"]),
             ("absolute", "odd", [str(odd)]), ("elsewhere", "none", ["../odd"])]  # fmt: skip
    for name, where, words in runs:
        sarif = check(program, [*words, "--format", "sarif"], folder / where, **REVISION)
        again = check(program, [*words, "--format", "json"], folder / where, **REVISION)
        yield name, folder / where, sarif, json.loads(again)
    sarif = check(program, ["дела", "--format", "sarif"], folder / "git" / "sub")
    again = check(program, ["дела", "--format", "json"], folder / "git" / "sub")
    yield "below .git", folder / "git", sarif, json.loads(again)


# ---- what a region of a file holds


def region_text(data, region):
    """By UTF-16 units from line to line, as SARIF counts them."""
    lines = data.decode("utf-8").split("\n")
    first, last = region["startLine"], region["endLine"]
    units = [line.encode("utf-16-le") for line in lines[first - 1 : last]]
    if "startColumn" not in region:
        return "\n".join(u.decode("utf-16-le").rstrip("\r") for u in units) + "\n"
    end = (region["endColumn"] - 1) * 2
    units[-1] = units[-1][:end]
    units[0] = units[0][(region["startColumn"] - 1) * 2 :]
    return b"\n\0".join(units).decode("utf-16-le")


def read(run, base, artifact):
    if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:|/", artifact["uri"]) or ".." in artifact["uri"].split("/"):
        fault(base.name, f"{artifact['uri']} is not relative")
    if artifact["uriBaseId"] not in run["originalUriBaseIds"]:
        fault(base.name, f"{artifact['uriBaseId']} is not explained")
    if not artifact["uri"].isascii() or re.search(r"[^A-Za-z0-9\-._~/%]", artifact["uri"]):
        fault(base.name, f"{artifact['uri']} is not encoded")
    folder = {"%SRCROOT%": base, "ANTINOMY": ROOT, "ELSEWHERE": Path("/")}[artifact["uriBaseId"]]
    path = folder / unquote(artifact["uri"], errors="surrogateescape")
    if artifact["uriBaseId"] == "ELSEWHERE" and not path.exists():
        path = base.parent / unquote(artifact["uri"])
    if not path.is_file():
        fault(base.name, f"no file {path}")
        return b""
    if "index" in artifact:
        listed = run["artifacts"][artifact["index"]]["location"]
        if (listed["uri"], listed["uriBaseId"]) != (artifact["uri"], artifact["uriBaseId"]):
            fault(base.name, f"index {artifact['index']} is not {artifact['uri']}")
    return path.read_bytes()


def places(value):
    if isinstance(value, dict):
        if "artifactLocation" in value:
            yield value
        for v in value.values():
            yield from places(v)
    elif isinstance(value, list):
        for v in value:
            yield from places(v)


def look(name, base, sarif, told):
    log = json.loads(sarif)
    (run,) = log["runs"]
    for place in places(run):
        data = read(run, base, place["artifactLocation"])
        for key in ("region", "contextRegion"):
            if key not in place:
                continue
            region = place[key]
            got, text = region["snippet"]["text"], region_text(data, region)
            if got != text and not (len(got.encode()) > 3900 and text.startswith(got)):
                fault(name, f"{place['artifactLocation']['uri']} {key} {region}: the text there is {text!r}")
        region = place["region"]
        if min(region.values(), key=lambda v: v if isinstance(v, int) else 1) == 0:
            fault(name, f"counted from 0: {region}")
    for artifact in run.get("artifacts", []):
        data = read(run, base, artifact["location"])
        if hashlib.sha256(data).hexdigest() != artifact["hashes"]["sha-256"] or len(data) != artifact["length"]:
            fault(name, f"{artifact['location']['uri']}: its hash or length is another")
    rules = run["tool"]["driver"]["rules"]
    if len({r["id"] for r in rules}) != len(rules):
        fault(name, "a rule twice")
    by_fingerprint = {}
    for f in told["findings"] + told["suppressed"]:
        by_fingerprint.setdefault((f["case"], f["fingerprint"], f["verdict"]), []).append(f)
    if len(run["results"]) != sum(map(len, by_fingerprint.values())):
        fault(name, f"{len(run['results'])} results of {len(by_fingerprint)} findings")
    for r in run["results"]:
        where = f"{name} {r['ruleId']}"
        key = (r["properties"]["case"], r["partialFingerprints"]["antinomy/v1"], r["properties"]["verdict"])
        if key not in by_fingerprint:
            fault(where, f"no finding {key}")
            continue
        f = by_fingerprint[key][0]
        if rules[r["ruleIndex"]]["id"] != r["ruleId"] or f["rule"] != r["ruleId"]:
            fault(where, "another rule")
        rank = ["error", "warning", "review", "info"].index(f["severity"]) + (f["verdict"] == "possible")
        if r["level"] != ["error", "warning", "note", "note", "note"][rank]:
            fault(where, f"level {r['level']}")
        text = r["message"]["text"]
        for step in f["proof"]["steps"]:
            if f"at least {step['min_days']} day" not in text and step["min_days"] > 0 and "more" not in text:
                fault(where, f"the proof is not in the message: {step}")
        for given in f["given"]:
            if f"`{given['path']}`" not in text:
                fault(where, "certain without its given")
        linked = {int(n) for n in re.findall(r"\]\((\d+)\)", text)}
        ids = [at["id"] for at in r.get("relatedLocations", [])]
        if not linked <= set(ids) or len(set(ids)) != len(ids) or (ids and not linked):
            fault(where, f"links {linked}, locations {ids}")
        accounts = set()
        for flow in r.get("codeFlows", []):
            (thread,) = flow["threadFlows"]
            orders = [(at["executionOrder"], at["properties"]) for at in thread["locations"] if "executionOrder" in at]
            for (a, x), (b, y) in zip(orders, orders[1:]):
                before = x["last"] is not None and y["first"] is not None and x["last"] < y["first"]
                if b < a or (b > a and not before):
                    fault(where, f"put in an order: {x} {y}")
            accounts |= {a for a in f["accounts"] if a.lower() in flow["message"]["text"].lower()}  # a sentence begins with a capital
        if f["relation"] == "each" and f["proof"]["facts"] and accounts != set(f["accounts"]):
            fault(where, f"flows of {accounts}, not of {f['accounts']}")
    complete = run["invocations"][0]["executionSuccessful"]
    if complete != told["complete"]:
        fault(name, f"executionSuccessful {complete}")
    notes = [n for k in ("toolConfigurationNotifications", "toolExecutionNotifications") for n in run["invocations"][0].get(k, [])]
    if len(notes) != len(told["errors"]) + len(told["warnings"]):
        fault(name, f"{len(notes)} notifications of {len(told['errors'])} errors and {len(told['warnings'])} warnings")
    for word in (str(base), str(Path.home()) if str(Path.home()) != "/" else str(base)):
        if name not in ("absolute", "elsewhere") and word in sarif.decode():
            fault(name, f"it tells where it was made: {word}")
    return len(run["results"])


# ---- validators of others


def multitool(modules, files, folder):
    """What it says of the logs: (file, error or warning, rule)."""
    tool = modules / "node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool"
    tool.chmod(tool.stat().st_mode | stat.S_IXUSR)
    said = folder / "said.sarif"
    # By its own name: npx would go through a shell, which ends a command at the semicolon. It ends with 0 whatever it
    # found, so what counts is what it wrote.
    done = subprocess.run(
        [str(tool), "validate", *map(str, files), "--rule-kind", "Sarif;Ghas", "--level", "Error;Warning",
         "-o", str(said), "--log", "ForceOverwrite"],
        cwd=folder, env=environment(DOTNET_SYSTEM_GLOBALIZATION_INVARIANT="1", DOTNET_BUNDLE_EXTRACT_BASE_DIR=str(folder / "dotnet")),
        capture_output=True, text=True, timeout=600,
    )  # fmt: skip
    if not said.exists():
        sys.exit(f"sarif-multitool wrote nothing: {done.stdout[-2000:]}{done.stderr[-2000:]}")
    (run,) = json.loads(said.read_bytes().decode("utf-8-sig"))["runs"]
    seen = {unquote(a["location"]["uri"]).rsplit("/", 1)[-1] for a in run.get("artifacts", [])}
    out = []
    for r in run["results"]:
        if r.get("level", "warning") in ("error", "warning"):
            where = r["locations"][0]["physicalLocation"]["artifactLocation"]
            uri = where.get("uri") or run["artifacts"][where["index"]]["location"]["uri"]
            out.append((unquote(uri).rsplit("/", 1)[-1], r.get("level", "warning"), r["ruleId"], json.dumps(r["message"])[:300]))
    for n in run["invocations"][0].get("toolExecutionNotifications", []):
        if n.get("level") == "error":
            out.append(("", "error", "notification", n["message"]["text"][:300]))
    return out, seen, done.stdout


def validate(modules, made, folder):
    import jsonschema

    schemas = sorted((modules / "node_modules/@microsoft/jest-sarif/lib/schemas").glob("sarif-2.1.0*.json"))
    schema = jsonschema.Draft4Validator(json.loads(schemas[-1].read_bytes().decode("utf-8-sig")))
    files = []
    for i, (name, sarif) in enumerate(made):
        log = json.loads(sarif)
        for error in list(schema.iter_errors(log))[:3]:
            fault(name, f"schema: {'/'.join(map(str, error.absolute_path))}: {error.message[:200]}")
        files.append(folder / f"log-{i:03}.sarif")
        files[-1].write_bytes(sarif)
    said, _, output = multitool(modules, files, folder)
    for file, level, rule, words in said:
        number = re.search(r"\d+", file)
        fault(made[int(number.group())][0] if number else file, f"{level} {rule}: {words}")
    print(f"{len(files)} logs: sarif-multitool says {len(said)} errors and warnings")
    # What must fail does.
    good = json.loads(next(sarif for name, sarif in made if name == "cases/tajikistan/hasanov.yaml"))

    def spoil(change):
        log = copy.deepcopy(good)
        change(log["runs"][0])
        return log

    def url(run):
        run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] = "file:///home/desk/a.yaml"

    def first_line(run):
        run["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] = -1

    def no_help(run):
        del run["tool"]["driver"]["rules"][0]["help"]

    def unknown_base(run):
        run["originalUriBaseIds"] = {}

    spoiled = {"url": url, "line": first_line, "help": no_help}
    names = []
    for name, change in spoiled.items():
        names.append(folder / f"bad-{name}.sarif")
        names[-1].write_text(json.dumps(spoil(change)))
    said, _, output = multitool(modules, names, folder)
    for name in names:
        if not any(file == name.name and level == "error" for file, level, _, _ in said):
            fault(name.name, f"passes sarif-multitool: {said}")
    if schema.is_valid(spoil(first_line)):
        fault("bad-line", "passes the schema")


parser = argparse.ArgumentParser()
parser.add_argument("program")
parser.add_argument("--validate", metavar="MODULES", type=Path)
given = parser.parse_args()
program = str(Path(given.program).resolve())
with tempfile.TemporaryDirectory(prefix="antinomy-sarif-") as temporary:
    folder = Path(temporary).resolve()
    made, results = [], 0
    for name, base, sarif, told in logs(program, folder):
        if given.validate is None:
            results += look(name, base, sarif, told)
        made.append((name, sarif))
    if given.validate is not None:
        (folder / "validate").mkdir()
        validate(given.validate.resolve(), made, folder / "validate")
    else:
        print(f"{len(made)} logs, {results} results")
print("\n".join(faults) if faults else "sarif: as it should be")
sys.exit(1 if faults else 0)
