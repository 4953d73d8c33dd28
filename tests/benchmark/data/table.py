#!/usr/bin/env python3
"""Prints how fast a data set is checked, as ratios within one run. See README.md.

    table.py                                     the whole table
    table.py --records 1000 --repetitions 1      whether everything runs
    table.py --install                           first fetches from npm what two peers need, into the build folder
"""

import argparse
import functools
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import contestants
from contestants import HERE, Wrong, generate, planted
from measure import Process, spread, table

ROOT = HERE.parents[2]
SECTIONS = ("records", "threads", "growth", "packed", "yaml", "start", "library")
RECORDS, REPETITIONS = 100_000, 5
# What is asked for, of so many records in so many runs.
AT_MOST_TIMES_THE_LIMIT, AT_MOST_MIB, AT_LEAST_BY_TWO_THREADS, AT_MOST_TIMES_OTHERS = 3, 50, 1.7, 2
# With all rules that come with the program, beside the six; what one of them may take of the whole.
AT_MOST_TIMES_THE_SIX, AT_MOST_OF_ONE_RULE = 4, 0.1
FASTER_THAN = {"DuckDB": 2.5, "Node": 3, "Python": 3.5, "json-rules-engine": 13, "clingo": 25}


class Bench:
    """What all sections share."""

    def __init__(self, arguments, folder):
        self.a, self.folder = arguments, Path(folder)
        build = Path(arguments.build)
        self.antinomy = str(build / "antinomy")
        self.generator = str(build / "tests" / "benchmark_generate")
        self.limit = str(build / "tests" / "benchmark_limit")
        self.marks = str(build / "tests" / "benchmark_read_marks")
        self.events = str(build / "tests" / "read_events")
        self.modules = build / "benchmark-npm"
        self.faults = 0
        for program in (self.antinomy, self.generator, self.limit, self.marks, self.events):
            if not os.access(program, os.X_OK):
                sys.exit(
                    f"{program} is not there; build it: cmake --build {build} --target antinomy "
                    "benchmark_generate benchmark_limit benchmark_read_marks read_events"
                )

    def verdict(self, met):
        if self.a.records < RECORDS or self.a.repetitions < REPETITIONS:
            return "too short a run to say"
        return "met" if met else "not met"

    def options(self, *more):
        return ("--seed", str(self.a.seed), "--planted", str(self.a.planted), *more)

    def fault(self, text):
        self.faults += 1
        print(text)

    @functools.cached_property
    def data(self):
        """The file of records, and what was planted in it."""
        return self.made("records.jsonl", self.a.records)

    def made(self, name, records, *more):
        file = self.folder / name
        return file, generate(self.generator, file, records, *self.options(*more))

    def in_turns(self, runs):
        """Of each name its processes: all of them once, then all of them again. `runs` are functions that give
        counts and a process; what is counted wrongly is named, and left out."""
        out = {name: [] for name in runs}
        wrong = set()
        for repetition in range(self.a.repetitions):
            for name, (run, wanted) in runs.items():
                if name in wrong:
                    continue
                if sys.stderr.isatty():
                    print(f"\r{repetition + 1}/{self.a.repetitions} {name}\x1b[K", end="", file=sys.stderr)
                try:
                    found, process = run()
                except Wrong as fault:
                    found, process = fault, None
                if found == wanted:
                    out[name].append(process)
                else:
                    wrong.add(name)
                    self.fault(f"{name}: found {found}\n    where there is {wanted}: no ratio is told of it")
        if sys.stderr.isatty():
            print("\r\x1b[K", end="", file=sys.stderr)
        return {name: processes for name, processes in out.items() if name not in wrong}


def ratios(over, under, what="cpu"):
    """Repetition by repetition."""
    return [getattr(a, what) / getattr(b, what) for a, b in zip(over, under)]


def median(processes, what="cpu"):
    return statistics.median(getattr(p, what) for p in processes)


# ---- sections


def records(bench):
    """One thread, all contestants."""
    file, wanted = bench.data
    size = file.stat().st_size
    total = sum(n for counts in wanted["findings"].values() for n in counts.values())
    print(f"{wanted['records']:,} records, {size / 1e6:,.1f} MB; {total:,} findings planted. One thread each.\n")
    there, absent = {}, []
    for who in [
        contestants.limit(bench.limit), contestants.antinomy(bench.antinomy), *contestants.peers(bench.modules)
    ]:  # fmt: skip
        if any(part.lower() in who.name.lower() for part in bench.a.without):
            absent.append(f"{who.name}: left out by --without")
        elif who.missing:
            absent.append(f"{who.name}: {who.missing}")
        else:
            at = file
            if who.prepare:
                at = bench.folder / "prepared.lp"
                with open(at, "wb") as out:
                    subprocess.run([*who.prepare, str(file)], stdout=out, check=True)
            there[who.name] = (functools.partial(who.run, at), wanted)
    took = bench.in_turns(there)
    limit, ours = (took.get(name) for name in ("limit (C++ with simdjson)", "antinomy"))
    rows = []
    for name, processes in took.items():
        cpu = median(processes)
        row = [name, f"{cpu:.3f}", f"{median(processes, 'clock'):.3f}", f"{cpu / wanted['records'] * 1e6:.1f}"]
        row += [f"{size / cpu / 1e6:.0f}", f"{median(processes, 'peak'):.0f}"]
        row += [spread(ratios(processes, limit)) if limit and processes is not limit else ""]
        row += [spread(ratios(processes, ours)) if ours and processes is not ours and processes is not limit else ""]
        asked = ""
        if name == "antinomy" and limit:
            met = statistics.median(ratios(ours, limit)) <= AT_MOST_TIMES_THE_LIMIT
            asked = f"at most {AT_MOST_TIMES_THE_LIMIT} times the limit: {bench.verdict(met)}"
        for part, least in FASTER_THAN.items():
            if name.startswith(part) and ours:
                met = statistics.median(ratios(processes, ours)) >= least
                asked = f"at least {least} times ours: {bench.verdict(met)}"
        rows.append([*row, asked])
    head = ["", "cpu s", "clock s", "µs a record", "MB/s", "peak MiB", "times the limit", "times antinomy", "asked for"]
    yield from table(head, rows)
    yield from absent


def threads(bench):
    """Two threads beside one, by the clock."""
    file, wanted = bench.data
    if (os.cpu_count() or 1) < 2:
        yield "left out: there is one processor"
        return
    runs = {
        str(n): (functools.partial(contestants.antinomy(bench.antinomy, threads=n).run, file), wanted) for n in (1, 2)
    }
    took = bench.in_turns(runs)
    if len(took) == 2:
        faster = ratios(took["1"], took["2"], "clock")
        yield (
            f"one thread {median(took['1'], 'clock'):.3f} s, two {median(took['2'], 'clock'):.3f} s by the clock: "
            f"{spread(faster)} times as fast; asked for: at least {AT_LEAST_BY_TWO_THREADS}: "
            f"{bench.verdict(statistics.median(faster) >= AT_LEAST_BY_TWO_THREADS)}"
        )


def growth(bench):
    """Ever more records through a pipe, once each."""
    ours = contestants.antinomy(bench.antinomy)
    rows, peaks = [], []
    count = 1000
    while count <= bench.a.largest:
        feed = [bench.generator, str(count), *bench.options()]
        try:
            found, process = ours.run("-", feed)
        except Wrong as fault:
            bench.fault(f"{count:,} records: {fault}")
            return
        wanted = planted(process.told)
        if found != wanted:
            bench.fault(f"{count:,} records: found {found}\n    where there is {wanted}")
            return
        peaks.append(process.peak)
        per_record = process.cpu / count * 1e6
        rows.append([f"{count:,}", f"{process.cpu:.3f}", f"{process.clock:.3f}", f"{per_record:.1f}", f"{process.peak:.1f}"])
        count *= 10
    yield from table(["records, piped", "cpu s", "clock s", "µs a record", "peak MiB"], rows)
    yield f"asked for: under {AT_MOST_MIB} MiB whatever the number: {bench.verdict(max(peaks) < AT_MOST_MIB)}"


def packed(bench):
    """The same file as .gz."""
    file, wanted = bench.data
    packed_file = Path(f"{file}.gz")
    with open(packed_file, "wb") as out:
        subprocess.run(["gzip", "-c", "-6", str(file)], stdout=out, check=True)
    ours = contestants.antinomy(bench.antinomy)
    took = bench.in_turns({name: (functools.partial(ours.run, at), wanted) for name, at in (("plain", file), ("gz", packed_file))})
    if len(took) == 2:
        peak = max(p.peak for p in took["gz"])
        yield f"`.gz` takes {spread(ratios(took['gz'], took['plain']))} times plain"
        yield f"peak {peak:.1f} MiB; asked for: under {AT_MOST_MIB} MiB: {bench.verdict(peak < AT_MOST_MIB)}"


def yaml(bench):
    """A YAML data set beside what reading it takes."""
    # A pack is named relative to its map.
    text = (HERE / "map.yaml").read_text(encoding="utf-8")
    changed = text.replace("reads: jsonl", "reads: yaml")
    assert changed != text
    (bench.folder / "map.yaml").write_text(changed, encoding="utf-8")
    shutil.copy(HERE / "pack.yaml", bench.folder)
    file, wanted = bench.made("records.yaml", max(100, bench.a.records // 10), "--form", "yaml")

    def plain(program):
        process = Process([program, str(file)])
        list(process.lines())
        if process.code != 0:
            raise contestants.failed(process)
        return None, process

    took = bench.in_turns({
        "check": (functools.partial(contestants.antinomy(bench.antinomy, bench.folder / "map.yaml").run, file), wanted),
        "marks": (functools.partial(plain, bench.marks), None),
        "events": (functools.partial(plain, bench.events), None),
    })  # fmt: skip
    names = {
        "check": "antinomy check",
        "marks": "libfyaml's events, text, both marks",
        "events": "yaml-cpp's events, begin only",
    }
    yield f"{wanted['records']:,} documents, {file.stat().st_size / 1e6:,.1f} MB"
    rows = []
    for name, processes in took.items():
        cpu = median(processes)
        row = [names[name], f"{cpu:.3f}", f"{cpu / wanted['records'] * 1e6:.1f}", f"{file.stat().st_size / cpu / 1e6:.1f}"]
        asked = ""
        times = ratios(took["check"], processes) if name != "check" and "check" in took else None
        if name == "marks" and times:
            asked = f"at most {AT_MOST_TIMES_OTHERS}: {bench.verdict(statistics.median(times) <= AT_MOST_TIMES_OTHERS)}"
        rows.append([*row, spread(times) if times else "", asked])
    yield from table(["", "cpu s", "µs a record", "MB/s", "the check is times this", "asked for"], rows)


def start(bench):
    """All shipped packs loaded and a case of nothing checked, beside a process that prints its version."""
    case = bench.folder / "case.yaml"
    case.write_text("case: {id: nothing}\n", encoding="utf-8")

    def plain(*command):
        process = Process([bench.antinomy, *command])
        list(process.lines())
        if process.code != 0:
            raise contestants.failed(process)
        return None, process

    repetitions, bench.a.repetitions = bench.a.repetitions, 4 * bench.a.repetitions
    took = bench.in_turns({
        "version": (functools.partial(plain, "--version"), None),
        "packs": (functools.partial(plain, "check", "--format", "short", str(case)), None),
    })  # fmt: skip
    bench.a.repetitions = repetitions
    if len(took) == 2:
        times = ratios(took["packs"], took["version"], "clock")
        yield (
            f"--version {median(took['version'], 'clock') * 1000:.1f} ms, all packs and an empty case "
            f"{median(took['packs'], 'clock') * 1000:.1f} ms by the clock: {spread(times)} times; asked for: at most "
            f"{AT_MOST_TIMES_OTHERS}: {bench.verdict(statistics.median(times) <= AT_MOST_TIMES_OTHERS)}"
        )


def library(bench):
    """The same records under all rules that come with the program, and each that applies: to ask, and to tell what it finds."""
    file, _ = bench.data
    library_map = HERE / "library.yaml"
    # A rule that applies to nothing, for what all of them share: reading, and what is fact.
    nothing = "circular-norm-reference"

    def run(map_file, *more, of=file, found=None):
        command = [bench.antinomy, "check", "--map", str(map_file), "--format", "short", "--threads", "1", *more, str(of)]
        process = Process(command)
        for line in process.lines():
            if found is not None:
                found.append(int(re.match(rb":(\d+):", line.removeprefix(str(of).encode()))[1]))
        if process.code not in (0, 1):
            raise contestants.failed(process)
        return None, process

    def alone(rule, of=file):
        return run(library_map, *(("--rules", rule) if rule else ()), of=of)[1].cpu

    def least(of, turns, *rules):
        """Of each rule (none: of all together) the least of its runs, in turns. A difference of two runs is small beside
        what the machine's pace does to either; whatever else goes on only adds, and the least has the least of it."""
        runs = [[alone(rule, of) for rule in rules] for _ in range(turns)]
        return [min(column) for column in zip(*runs)]

    def takes(rule, turns, of=file):
        """More than what all share."""
        ours, shared = least(of, turns, rule, nothing)
        return max(0.0, ours - shared)

    took = bench.in_turns({
        "six": (functools.partial(run, HERE / "map.yaml"), None),
        "all": (functools.partial(run, library_map), None),
    })  # fmt: skip
    if len(took) < 2:
        return
    times = ratios(took["all"], took["six"])
    yield (
        f"six rules {median(took['six']):.3f} s, all {median(took['all']):.3f} s: {spread(times)} times; asked for: at most "
        f"{AT_MOST_TIMES_THE_SIX}: {bench.verdict(statistics.median(times) <= AT_MOST_TIMES_THE_SIX)}"
    )
    rows = re.findall(r"^([a-z0-9-]+) +(\d+|-) +(?:\d+|-) +\d+ +\d+ +(?:\d+|-)$", took["all"][0].errors.decode(), re.M)
    each = {
        rule: takes(rule, bench.a.repetitions) for rule, times in rows if times.isdigit() and int(times) > 0
    }  # fmt: skip
    # What takes less than that is no more than noise; the others once more, and longer, beside the whole.
    near = [rule for rule, t in each.items() if t > 0.01 * median(took["all"])]
    long = 4 * bench.a.repetitions
    base, whole, *ours = least(file, long, nothing, None, *near)
    each |= {rule: max(0.0, t - base) for rule, t in zip(near, ours)}
    each = sorted(((t, rule) for rule, t in each.items()), reverse=True)

    def asks_and_tells(rule, took):
        """Of a record that it finds nothing in, and of a finding: by the records without those that it finds something in."""
        found = []
        run(library_map, "--rules", rule, found=found)
        if not found:
            return took / bench.a.records, None
        left, here = bench.folder / "left.jsonl", set(found)
        with open(file, "rb") as all_, open(left, "wb") as out:
            out.writelines(line for number, line in enumerate(all_, 1) if number not in here)
        asks = takes(rule, long, left) / (bench.a.records - len(here))
        return asks, (took - asks * bench.a.records) / len(found)

    parts = {rule: asks_and_tells(rule, t) for t, rule in each if t > 0.01 * whole}
    us = lambda seconds: "-" if seconds is None else f"{seconds * 1e6:.1f}"  # noqa: E731
    yield from table(
        ["rule", "µs a record", "of the whole", "µs to ask of a record", "µs more for a finding"],
        [["(what all share)", us(base / bench.a.records), f"{base / whole:.0%}", "", ""]]
        + [
            [rule, us(t / bench.a.records), f"{t / whole:.0%}", *(us(x) for x in parts.get(rule, (None, None)))]
            for t, rule in each
        ],
    )
    asking = max([asks * bench.a.records for asks, _ in parts.values()], default=0.0)
    yield (
        f"asked for: at most {AT_MOST_OF_ONE_RULE:.0%} by one rule: "
        f"{bench.verdict(all(t <= AT_MOST_OF_ONE_RULE * whole for t, _ in each))}; to ask takes {asking / whole:.1%} at most, "
        "the rest is told: it grows with what is found"
    )


# ---- the whole


def install(build):
    """What two peers need from npm, in the build folder."""
    modules = Path(build) / "benchmark-npm"
    modules.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(contestants.PEERS / name, modules)
    subprocess.run(
        ["npm", "ci", "--prefix", str(modules), "--no-audit", "--no-fund", "--ignore-scripts"], check=True
    )


def versions():
    """Of what was measured beside."""
    out = [f"Python {platform.python_version()}"]
    for command in (["node", "--version"], ["jq", "--version"], ["clingo", "--version"]):
        if shutil.which(command[0]):
            said = subprocess.run(command, capture_output=True, text=True).stdout.split("\n")[0].strip()
            out.append(said if said.startswith(command[0]) else f"{command[0]} {said}")
    return ", ".join(out)


def main():
    parser = argparse.ArgumentParser(description="how fast a data set is checked, as ratios within one run")
    add = parser.add_argument
    add("--build", default=str(ROOT / "build" / "release"), help="the build folder (build/release)")
    add("--records", type=int, default=RECORDS, help="how many (100000); a tenth of them as YAML")
    add("--repetitions", type=int, default=REPETITIONS, help="how often, in turns (5)")
    add("--seed", type=int, default=1, help="of the records (1)")
    add("--planted", type=int, default=10, help="of a thousand records (10)")
    add("--largest", type=int, default=1_000_000, help="where growth ends (1000000; 10000000 takes long)")
    add("--sections", default=",".join(SECTIONS), help="some of " + ",".join(SECTIONS))
    add("--without", default="", help="names of peers to leave out, as jq,clingo")
    add("--in", dest="folder", help="where the data are kept meanwhile (a new folder, removed afterwards)")
    add("--install", action="store_true", help="first install DuckDB and json-rules-engine from npm, in the build folder")
    a = parser.parse_args()
    a.without = [part for part in a.without.split(",") if part]
    sections = a.sections.split(",")
    if a.records < 1 or a.repetitions < 1 or not set(sections) <= set(SECTIONS):
        parser.error("--records and --repetitions are at least 1, --sections some of " + ",".join(SECTIONS))
    if a.install:
        install(a.build)
    print(f"{os.cpu_count()} processors; {versions()}")
    print(f"Medians of {a.repetitions} runs in turns, with the least and the greatest; ratios run by run, of the")
    print("processor's time if nothing else is said.")
    with tempfile.TemporaryDirectory(dir=a.folder) as folder:
        bench = Bench(a, folder)
        for section in sections:
            print(f"\n== {section}: {globals()[section].__doc__}")
            for line in globals()[section](bench):
                print(line, flush=True)
    return 1 if bench.faults else 0


if __name__ == "__main__":
    sys.exit(main())
