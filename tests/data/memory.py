#!/usr/bin/env python3
"""Peak memory does not grow with the number of records, and stays below 50 MiB; piped, so nothing is on disk. Of cases
that have two records, far from one another in the data, what waits goes to disk: that is bounded too.

    memory.py PROGRAM                  10^4 and 10^5 records; of cases of two 10^5 and 3 * 10^5; with long titles 200, 2000
    memory.py PROGRAM 1000000 ...      so many each; prints records, seconds and peak
"""

import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

SETS = Path(__file__).resolve().parent / "sets"
MAP = SETS / "judgments-map.yaml"
HEAD = "title\nAktenzeichen;Gericht;Datum der Tat;Eingang;Mündliche Verhandlung;Urteil;Rechtskraft;Berufung;Ergebnis;Freiheitsstrafe (Monate);U-Haft (Tage);Kosten;öffentlich;Besetzung\n"  # fmt: skip


def rows(count, pipe):
    """Judgments, every hundredth heard a day too late."""
    pipe.write(HEAD)
    for i in range(count):
        heard = "06.03.2014" if i % 100 == 7 else "04.03.2014"
        pipe.write(f"{i} Ds/14;A;01.02.2013;03.02.2013;{heard};05.03.2014;20.03.2014;-;Verurteilung;6;14;100,50;J;A,B\n")


def terms(count, pipe):
    """Two terms of each person, those of one half as many records apart; of every hundredth person they overlap."""
    for i in range(count):
        person = i % (count // 2)
        first = i == person
        start = "1991-01-03" if first else "1993-01-02" if person % 100 == 7 else "1993-01-03"
        # Neighbours in the data are none in the order of keys.
        pipe.write(f'{{"id": "P{person * 7919 % 1000003}", "start": "{start}", "end": "{1993 if first else 1995}-01-03", "note": "{"x" * 120}"}}\n')


LONG_PACK = """pack: {id: long, title: Long titles}
vocabulary:
  act: {plural: acts, title: label, fields: {label: text, n: number}}
rules:
  - {id: few, title: Few, kind: law, severity: error, about: record, reaches: record, for: {a: act}, require: a.n < 3, message: "{a}"}
  - {id: some, title: Some, kind: law, severity: error, about: record, reaches: record, for: {a: act}, require: a.n < 9, message: "{a}"}
"""
LONG_MAP = """map: {id: m, reads: jsonl, shipped: no, packs: [pack.yaml]}
case: {id: $.id}
acts: {a: {each: $.acts, label: .label, n: .n}}
"""


def titles(count, pipe):
    """Acts with a finding each, whose sentence is their title: what was found is kept for records that say the same."""
    for i in range(count):
        pipe.write(f'{{"id": "k{i}", "acts": [{{"label": "{i} {"x" * 60000}", "n": 5}}]}}\n')


def measure(program, fill, map_, count):
    """Findings, seconds and peak in MiB of a check of so many records."""
    start = time.monotonic()
    command = [program, "check", "--map", str(map_), "--format", "short", "--threads", "1", "-"]
    read, write = os.pipe()
    out_read, out_write = os.pipe()
    child = os.posix_spawn(
        program, command, os.environ,
        file_actions=[(os.POSIX_SPAWN_DUP2, read, 0), (os.POSIX_SPAWN_DUP2, out_write, 1),
                      (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
                      (os.POSIX_SPAWN_CLOSE, write), (os.POSIX_SPAWN_CLOSE, out_read)],
    )  # fmt: skip
    os.close(read)
    os.close(out_write)
    if os.fork() == 0:
        os.close(out_read)
        with os.fdopen(write, "w", encoding="utf-8") as pipe:
            fill(count, pipe)
        os._exit(0)
    os.close(write)
    with os.fdopen(out_read) as out:
        findings = sum(1 for _ in out)
    _, status, usage = os.wait4(child, 0)
    os.wait()
    return findings, os.waitstatus_to_exitcode(status), time.monotonic() - start, usage.ru_maxrss / 1024


def main():
    program, given, faults = sys.argv[1], [int(c) for c in sys.argv[2:]], 0
    folder = Path(tempfile.mkdtemp())
    (folder / "pack.yaml").write_text(LONG_PACK)
    (folder / "map.yaml").write_text(LONG_MAP)
    for what, fill, map_, counts, planted in [
        ("records", rows, MAP, [10_000, 100_000], lambda n: (n + 92) // 100),
        ("records of cases of two", terms, SETS / "terms-map.yaml", [100_000, 300_000], lambda n: (n // 2 + 92) // 100),
        ("records with long titles", titles, folder / "map.yaml", [200, 2000], lambda n: n),
    ]:
        if given and fill is titles:
            continue
        peaks = []
        for count in given or counts:
            findings, code, seconds, peak = measure(program, fill, map_, count)
            print(f"{count} {what}: {findings} findings, {seconds:.1f} s, peak {peak:.1f} MiB")
            if findings != planted(count) or code != 1:
                print(f"    {planted(count)} findings were planted; it ended with {code}")
                faults += 1
            peaks.append(peak)
        if max(peaks) > 50 or max(peaks) > 1.1 * peaks[0] + 1:
            print("memory grows with the records, or is above 50 MiB")
            faults += 1
    shutil.rmtree(folder)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
