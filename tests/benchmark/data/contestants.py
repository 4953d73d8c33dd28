"""Who checks the records: antinomy, the hand-written limit, and peers; how each is run, and what it counts.

Each is a whole process that reads FILE and says how many records it read, and of each rule how many findings it has,
certain and possible. What it says is compared with what was planted before any of its times counts for anything.
"""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

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


def told_as_json(done):
    """Of the programs of this folder: one line of JSON."""
    if done.returncode != 0:
        raise Wrong(f"it ended with {done.returncode}: {done.stderr.decode(errors='replace').strip()[-300:]}")
    said = json.loads(done.stdout)
    return {"records": said["records"], "findings": {rule: said["findings"][rule] for rule in RULES}}


def told_in_lines(done):
    """Of antinomy: a line a finding, and the sum on standard error."""
    told = CHECKED.search(done.stderr)
    if done.returncode not in (0, 1) or told is None or told[3] != b"0":
        raise Wrong(f"it ended with {done.returncode}: {done.stderr.decode(errors='replace').strip()[-300:]}")
    findings = {rule: {"certain": 0, "possible": 0} for rule in RULES}
    for line in done.stdout.splitlines():
        finding = FINDING.match(line)
        if finding is None:
            raise Wrong(f"no finding: {line.decode(errors='replace')}")
        findings[finding[1].decode()][finding[2].decode()] += 1
    return {"records": int(told[2]), "findings": findings}


class Contestant:
    """A name, a command for a file, and why it cannot run here (nothing if it can)."""

    def __init__(self, name, command, counts=told_as_json, missing=None):
        self.name, self.command, self.counts, self.missing = name, command, counts, missing

    def run(self, file):
        """Its counts."""
        return self.counts(subprocess.run(self.command(str(file)), capture_output=True))


def antinomy(program, data_map=HERE / "map.yaml", threads=1):
    def command(file):
        return [program, "check", "--map", str(data_map), "--format", "short", "--threads", str(threads), file]

    return Contestant("antinomy", command, told_in_lines)


def limit(program):
    return Contestant("limit (C++, simdjson)", lambda file: [program, file])


def python():
    return Contestant("Python", lambda file: [sys.executable, str(PEERS / "checks.py"), file])


def node():
    missing = None if shutil.which("node") else "node is not installed (apt-get install nodejs)"
    return Contestant("Node", lambda file: ["node", str(PEERS / "checks.mjs"), file], missing=missing)


def generate(program, file, records, *options):
    """Writes records to a file; what was planted in them."""
    with open(file, "wb") as out:
        done = subprocess.run(
            [program, str(records), *options], stdout=out, stderr=subprocess.PIPE, check=True
        )
    return planted(done.stderr)


def planted(said):
    """What the generator says of what it made."""
    said = json.loads(said)
    return {"records": said["records"], "findings": said["findings"]}
