"""Who checks the records: antinomy, the hand-written limit, and peers; how each is run, and what it counts.

Each is a whole process that reads a file and says how many records it read, and of each rule how many findings it has,
certain and possible. What it says is compared with what was planted before any of its times counts for anything.
"""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

from measure import Process

HERE = Path(__file__).resolve().parent
PEERS = HERE / "peers"
RULES = (
    "act-before-norm", "held-before-act", "detention-too-long",
    "heard-after-judgment", "appeal-too-late", "released-too-early",
)  # fmt: skip
FINDING = re.compile(rb"^.*?: (?:error|warning)\[([a-z-]+)\] .* \((certain|possible)\)(?: at .*)?$")
CHECKED = re.compile(rb"^(\d+) records? in 1 file: (\d+) checked, (\d+) not$", re.MULTILINE)


class Wrong(Exception):
    """What a program said or did is not what was to be expected."""


def nothing_found():
    return {rule: {"certain": 0, "possible": 0} for rule in RULES}


def failed(process):
    return Wrong(f"it ended with {process.code}: {process.errors.decode(errors='replace').strip()[-300:]}")


# ---- what each says


def told_as_json(process):
    """Of the programs of this folder: one line of JSON."""
    out = b"".join(process.lines())
    if process.code != 0:
        raise failed(process)
    said = json.loads(out)
    return {"records": said["records"], "findings": {rule: said["findings"][rule] for rule in RULES}}


def told_in_lines(process):
    """Of antinomy: a line a finding, and the sum on standard error."""
    findings, astray = nothing_found(), []
    for line in process.lines():
        finding = FINDING.match(line.rstrip(b"\n"))
        if finding is None:
            astray.append(line.decode(errors="replace"))
        else:
            findings[finding[1].decode()][finding[2].decode()] += 1
    told = CHECKED.search(process.errors)
    if process.code not in (0, 1) or told is None or told[3] != b"0":
        raise failed(process)
    if astray:
        raise Wrong(f"no finding: {astray[0]}")
    return {"records": int(told[2]), "findings": findings}


def told_as_atoms(process):
    """Of clingo: atoms of one model. It ends with 30 where it has found all of them, 10 where one."""
    out = b"".join(process.lines())
    if process.code not in (10, 30):
        raise failed(process)
    counted = {"records": 0, "findings": nothing_found()}
    for atom in json.loads(out)["Call"][0]["Witnesses"][0]["Value"]:
        name, values = atom.rstrip(")").split("(")
        if name == "records":
            counted["records"] = int(values)
        else:
            rule, verdict, number = values.split(",")
            counted["findings"][rule.replace("_", "-")][verdict] = int(number)
    return counted


# ---- who


class Contestant:
    """A name; the command for a file; what it counts; why it cannot run here (nothing if it can); the command that makes
    the file which it reads instead, outside the clock."""

    def __init__(self, name, command, counts=told_as_json, missing=None, prepare=None):
        self.name, self.command, self.counts = name, command, counts
        self.missing, self.prepare = missing, prepare

    def run(self, file, feed=None):
        """Its counts, and the process that has ended. `feed`: the command whose output `-` is."""
        process = Process(self.command(str(file)), feed)
        return self.counts(process), process


def antinomy(program, data_map=HERE / "map.yaml", threads=1):
    def command(file):
        return [program, "check", "--map", str(data_map), "--format", "short", "--threads", str(threads), file]

    return Contestant("antinomy", command, told_in_lines)


def limit(program):
    return Contestant("limit (C++ with simdjson)", lambda file: [program, file])


def absent(tool, package):
    """Why not; nothing if the tool is there."""
    return None if shutil.which(tool) else f"{tool} is not installed: apt-get install {package}"


def python():
    return Contestant("Python", lambda file: [sys.executable, str(PEERS / "checks.py"), file])


def node():
    return Contestant(
        "Node", lambda file: ["node", str(PEERS / "checks.mjs"), file], missing=absent("node", "nodejs")
    )


def peers(modules):
    """All others; what comes from npm is looked for in this folder."""

    def lacking(package):
        if (modules / "node_modules" / package).is_dir():
            return absent("node", "nodejs")
        return f"{package} of npm is not installed: table.py --install"

    def duckdb(form):
        return lambda file: ["node", str(PEERS / "duckdb.mjs"), str(modules), form, file]

    def jq(file):
        return ["jq", "-n", "-c", "-f", str(PEERS / "checks.jq"), file]

    def rules_engine(file):
        return ["node", str(PEERS / "rules_engine.mjs"), str(modules), file]

    facts = [sys.executable, str(PEERS / "facts.py")]

    def clingo(file):
        return ["clingo", "--outf=2", str(PEERS / "checks.lp"), file]

    def clingo_whole(file):
        return ["sh", "-c", '"$1" "$2" "$3" >"$3.lp" && exec clingo --outf=2 "$4" "$3.lp"', "sh", *facts, file, clingo("")[2]]

    engine, duck, lp = "json-rules-engine", lacking("@duckdb/node-api"), absent("clingo", "gringo")
    return [
        node(),
        python(),
        Contestant("DuckDB, a query a rule", duckdb("queries"), missing=duck),
        Contestant("DuckDB, one pass, tuned", duckdb("pass"), missing=duck),
        Contestant(engine, rules_engine, missing=lacking(engine)),
        Contestant("clingo, facts made before", clingo, told_as_atoms, lp, facts),
        Contestant("clingo, with making the facts", clingo_whole, told_as_atoms, lp),
        Contestant("jq", jq, missing=absent("jq", "jq")),
    ]


def generate(program, file, records, *options):
    """Writes records to a file; what was planted in them."""
    with open(file, "wb") as out:
        done = subprocess.run([program, str(records), *options], stdout=out, stderr=subprocess.PIPE, check=True)
    return planted(done.stderr)


def planted(said):
    """What the generator says of what it made."""
    said = json.loads(said)
    return {"records": said["records"], "findings": said["findings"]}
