#!/usr/bin/env python3
"""Whether the benchmark measures what it says; no times.

Antinomy, the hand-written limit, Node and Python find in 1,000 records what was planted, and in YAML the same; the table
has a row of each, and none of a program that counts something else.

    smoke.py GENERATE LIMIT READ_MARKS READ_EVENTS ANTINOMY
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from contestants import HERE, RULES, Wrong, antinomy, generate, limit, node, python

# Sees one violation more than there is.
LIAR = """#!/bin/sh
"{limit}" "$1" | sed 's/"act-before-norm":{{"certain":/&1/'
"""


def counts(generator, limit_program, program, folder):
    """Everybody counts the same."""
    for seed in ("1", "2"):
        file = folder / f"{seed}.jsonl"
        wanted = generate(generator, file, 1000, "--seed", seed, "--planted", "300")
        if wanted["records"] != 1000:
            yield f"seed {seed}: not all were made: {wanted}"
        for rule in RULES:
            for verdict in ("certain", "possible"):
                if not wanted["findings"][rule][verdict]:
                    yield f"seed {seed}: no violation of {rule} was planted that is {verdict}"
        for who in (antinomy(program), limit(limit_program), node(), python()):
            try:
                found = who.missing or who.run(file)[0]
            except Wrong as fault:
                found = fault
            if found != wanted:
                yield f"seed {seed}: {who.name} found {found}\n    and planted were {wanted}"
        # A record is the same whatever their number.
        generate(generator, folder / "fewer.jsonl", 100, "--seed", seed, "--planted", "300")
        if not file.read_bytes().startswith((folder / "fewer.jsonl").read_bytes()):
            yield f"seed {seed}: the first hundred records are others if there are a hundred"


def told(generator, limit_program, marks, events, program, folder):
    """The table: all rows; and with a limit that lies, no ratio to it."""

    def run(*more):
        return subprocess.run(
            [sys.executable, "-B", str(HERE / "table.py"), "--build", str(folder), "--records", "300", "--planted", "300",
             "--repetitions", "1", "--largest", "1000", *more],
            capture_output=True, text=True,
        )  # fmt: skip

    (folder / "tests").mkdir()
    for name, target in (
        ("antinomy", program), ("tests/benchmark_generate", generator), ("tests/benchmark_limit", limit_program),
        ("tests/benchmark_read_marks", marks), ("tests/read_events", events),
    ):  # fmt: skip
        (folder / name).symlink_to(target)
    done = run("--without", "jq,clingo")
    print(done.stdout + done.stderr)
    if done.returncode != 0:
        yield f"the table ended with {done.returncode}"
    for line in (
        "limit (C++ with simdjson) ", "antinomy ", "Node ", "Python ",
        "DuckDB, one pass, tuned: @duckdb/node-api of npm is not installed: table.py --install",
        "json-rules-engine: json-rules-engine of npm is not installed", "jq: left out by --without",
        "one thread ", "1,000 ", "`.gz` takes ", "antinomy check ", "libfyaml's events", "--version ",
    ):  # fmt: skip
        if not any(there.startswith(line) for there in done.stdout.splitlines()):
            yield f"the table has no line `{line}`"
    liar = folder / "tests" / "benchmark_limit"
    liar.unlink()
    liar.write_text(LIAR.format(limit=limit_program), encoding="utf-8")
    liar.chmod(0o755)
    done = run("--sections", "records", "--without", "jq,clingo,duckdb,rules")
    if done.returncode != 1 or "no ratio is told of it" not in done.stdout:
        yield f"a limit that lies was not noticed: {done.returncode}\n{done.stdout}"
    if "\nlimit" in done.stdout.split("no ratio is told of it")[-1] or "of the limit" in done.stdout:
        yield f"a ratio is told of a limit that lies:\n{done.stdout}"


def main():
    generator, limit_program, marks, events, program = (str(Path(p).resolve()) for p in sys.argv[1:])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        faults = list(counts(generator, limit_program, program, folder))
        faults += told(generator, limit_program, marks, events, program, folder)
    for fault in faults:
        print(fault)
    print(f"{len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
