#!/usr/bin/env python3
"""Broken inputs, end to end: what the program says of each, word for word.

    broken.py PROGRAM                 compare every input with its golden
    broken.py PROGRAM NAME...         only those whose name has one of these parts
    broken.py PROGRAM --write [NAME...]   rewrite the goldens (read the diff before you commit)

An input is a file FOLDER/NAME.yaml, a folder FOLDER/NAME/ or a function in made.py. Its golden is
FOLDER/NAME.out: the command, standard output, standard error, exit code. How to add one: README.md.
"""

import argparse
import concurrent.futures
import difflib
import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

import made

HERE = Path(__file__).resolve().parent
FOLDERS = ["file", "case", "time", "include", "pack", "command", "fine"]
SECONDS = 20
CODES = ["src/text", "src/model", "src/rule", "src/cli", "src/docs", "src/track", "src/config", "src/redact"]
# Codes that no input here brings about: a folder that root can't list; those that tests/pages tries.
UNSEEN = {"unreadable", "example-differs", "foreign-file", "not-written"}


def inputs():
    """(name, words of the command, folder to run in or None, what to do there first)."""
    for folder in FOLDERS:
        for path in sorted((HERE / folder).iterdir()):
            if path.is_dir():
                command = (path / "command").read_text().strip()
                yield f"{folder}/{path.name}", command, path, None
            elif path.suffix == ".yaml":
                first = path.read_bytes().split(b"\n", 1)[0].decode("utf-8", "replace")
                match = re.match(r"# (antinomy .*)$", first)
                command = match.group(1) if match else "antinomy check --format short FILE"
                yield f"{folder}/{path.stem}", command.replace("FILE", path.name), path.parent, None
    for name, (command, make) in sorted(made.INPUTS.items()):
        yield f"made/{name}", command, None, make


def run(program, command, folder, make):
    words = shlex.split(command)
    settings = {}
    while "=" in words[0]:
        key, _, value = words.pop(0).partition("=")
        settings[key] = value
    stdin = None
    if "<" in words:
        at = words.index("<")
        stdin = words[at + 1]
        del words[at : at + 2]
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "LC_ALL": "C.UTF-8",
        "COLUMNS": "80",
        "ANTINOMY_RULES": os.path.relpath(HERE / "rules", folder) if folder else str(HERE / "rules"),
        **settings,
    }
    command = "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in command)

    def start(where):
        with open(os.path.join(where, stdin) if stdin else os.devnull, "rb") as given:
            return subprocess.run(
                [program, "--color", "never", "--ascii", *words[1:]],
                cwd=where, env=environment, stdin=given, capture_output=True, timeout=SECONDS,
            )  # fmt: skip

    try:
        if make is None:
            done = start(folder)
        else:
            with tempfile.TemporaryDirectory() as where:
                make(Path(where))
                done = start(where)
    except subprocess.TimeoutExpired:
        return f"$ {command}\nnot done after {SECONDS} seconds\n", "", None
    out, err = done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")
    out = re.sub(r'("tzdata": ")[^"]*"', r'\1..."', out)  # the machine's
    said = f"$ {command}\n"
    if out:
        said += f"-- output\n{out}"
    if err:
        said += f"-- errors\n{err}"
    return said + f"-- exit {done.returncode}\n", err, done.returncode


def documented():
    """The codes that the READMEs list in backticks."""
    known = set()
    for folder in CODES:
        readme = HERE.parent.parent / folder / "README.md"
        if readme.exists():
            known |= set(re.findall(r"`([a-z][a-z0-9-]+)`", readme.read_text()))
    return known


def unseen():
    """The codes of src/model, src/rule, src/cli, src/docs and src/track that are in no golden."""
    said = "".join(g.read_text() for g in HERE.glob("*/*.out"))
    for folder in CODES[1:]:
        codes = (HERE.parent.parent / folder / "README.md").read_text().partition("## Codes")[2]
        for row in re.findall(r"^\| (`[^|]*) \|", codes, re.M):
            for code in re.findall(r"`([a-z-]+)`", row):
                if f"[{code}]" not in said and code not in UNSEEN:
                    yield code


def faults(said, err, code, known):
    """What no golden may hold, however it was written."""
    if code not in (0, 1, 2):
        yield f"ended with {code}"
    for c in said:
        if c != "\n" and (ord(c) < 32 or 127 <= ord(c) < 160):
            yield f"a control character U+{ord(c):04X} reached the terminal"
            break
    blocks = [b for b in err.split("\n\n") if b.strip()]
    for block, times in Counter(blocks).items():
        head = block.lstrip("\n").split("\n")[0]
        if times > 1:
            yield f"said {times} times: {head}"
        match = re.match(r"(?:error|warning)\[([a-z-]+)\]", head)
        if not match:
            continue
        if match.group(1) not in known:
            yield f"the code {match.group(1)} is in no README"
        if "help:" not in block:
            yield f"without help: {head}"
        if "-->" not in block:
            yield f"without a place: {head}"
    # The last line of a check says why it ended as it did.
    last = re.search(r"^exit (\d): .*\n\Z", err, re.MULTILINE)
    if last and int(last.group(1)) != code:
        yield f"it says {last.group().strip()}, and ends with {code}"
    err = err[: last.start()] if last else err
    if "error" in err and code != 2:
        yield f"an error, and exit {code}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("names", nargs="*")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    program = str(Path(options.program).resolve())
    chosen = [i for i in inputs() if not options.names or any(n in i[0] for n in options.names)]
    known = documented()
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        results = list(pool.map(lambda i: run(program, *i[1:]), chosen))
    bad = 0
    for (name, *_), (said, err, code) in zip(chosen, results):
        golden = HERE / (name + ".out")
        wrong = list(faults(said, err, code, known))
        before = golden.read_text() if golden.exists() else ""
        if options.write:
            golden.parent.mkdir(exist_ok=True)
            golden.write_text(said)
        elif said != before:
            wrong.append("differs from the golden (--write to accept):")
            wrong += difflib.unified_diff(before.splitlines(), said.splitlines(), "golden", "now", "", "", 2, "")
        if wrong:
            bad += 1
            print(f"{name}: " + "\n".join(wrong))
    if not options.names:
        names = {name for name, *_ in chosen}
        for golden in sorted(HERE.glob("*/*.out")):
            if str(golden.relative_to(HERE))[:-4] not in names:
                bad += 1
                print(f"{golden.relative_to(HERE)}: a golden without an input")
        for code in unseen():
            bad += 1
            print(f"{code}: a code that no golden shows")
    print(f"{len(chosen)} broken inputs, {bad} not as they should be")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
