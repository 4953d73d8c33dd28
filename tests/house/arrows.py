#!/usr/bin/env python3
"""Checks that the house is in order: what no compiler sees, but every reader relies on.

    arrows.py CHECK... [--root FOLDER]      without a CHECK: all of them

arrows     each folder includes only the folders before it (ARROWS); ours in "", others' in <>
features   headers and names that not every C++20 library has stay inside src/cli
top        the top level holds nothing but what belongs there
readmes    each folder with something to say has its README.md
readme     the first two commands of README.md are the two that a reader is promised
words      no file speaks of the machine or the tools it was written with
shell      the shell scripts parse, stop at the first error, and shellcheck is content with them
format     clang-format (14) would change nothing

Prints one line a fault, "file:line: what is wrong", and ends with 1 if there is any, with 2 on
wrong arguments. `format` alone ends with 77 where there is no clang-format 14.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

# Who may include whom; itself is understood. Anything not written here goes the wrong way.
ARROWS = {
    "grammar": set(),
    "text": set(),
    "shipped": {"text"},
    "config": {"text"},
    "time": {"grammar"},
    "model": {"text", "grammar", "time"},
    "redact": {"text", "grammar", "time", "model"},
    "rule": {"text", "grammar", "time", "model"},
    "check": {"text", "grammar", "time", "model", "rule"},
    "trial": {"text", "grammar", "time", "model", "rule", "check"},
    "lint": {"text", "grammar", "time", "model", "rule", "check"},
    "report": {"text", "grammar", "time", "model", "rule", "check", "config"},
    "track": {"text", "grammar", "time", "model", "rule", "check", "report"},
    "html": {"text"},
    "page": {"text", "grammar", "time", "model", "rule", "check", "report", "html"},
    "docs": {"text", "grammar", "time", "model", "rule", "check", "trial", "report", "html"},
    "data": {"text", "grammar", "time", "model", "rule", "check"},
    # What re-checks the engine shares nothing with it but the calendar and data (ONLY).
    "verify": {"grammar", "time"},
    "cli": {"text", "shipped", "config", "grammar", "time", "model", "rule", "check", "data", "trial", "lint", "report", "track", "html", "page",
            "docs", "redact", "verify"},
}
# Of a folder that may be included, these headers alone.
ONLY = {
    ("verify", "time"): {"time/calendar.hpp"},
    ("verify", "grammar"): {"grammar/names_data.hpp"},
}

# Wanting in libc++ 14 and 15, which the kernel should be able to use; the command line need not.
FORBIDDEN_HEADERS = {"ranges", "memory_resource", "source_location"}
FORBIDDEN_NAMES = re.compile(r"\b(jthread|bit_cast|source_location|std::pmr|std::views)\b")

TOP_LEVEL = {
    "CMakeLists.txt", "CMakePresets.json", "LICENSE", "README.md", "antinomy",
    "cases", "docs", "grammar", "rules", "src", "tests",
}  # fmt: skip

FIRST_COMMANDS = ["./antinomy check cases/tajikistan", "tests/run"]

SOURCES = {".cpp", ".hpp", ".h", ".cc", ".hh", ".ipp"}

INCLUDE = re.compile(r"^[ \t]*(?:#|%:)[ \t]*include\b[ \t]*(.*)$", re.MULTILINE)

# Put together here so that this file doesn't hold what it looks for. A URL may have such a part.
# The second leaves out what an article about a village may say.
WORDS = [
    re.compile(r"(?<![\w.~})-])/" + "work/"),
    re.compile(r"\bfar" + r"m-(?!hands?\b|work|labou?r|lands?\b|house|gate|owner|stead)"),
]


def blank(text):
    """The same text, with comments and what strings hold made blank; lines stay where they are."""
    pattern = re.compile(
        r'R"([^()\\\s]{0,16})\(.*?\)\1"'  # raw string
        r"|//(?:\\\n|[^\n])*|/\*.*?\*/"
        r'|"(?:\\.|[^"\\\n])*"'
        r"|(?<![0-9A-Za-z_])'(?:\\.|[^'\\\n])*'",
        re.DOTALL,
    )

    def replace(match):
        found = match.group()
        if found.startswith('"') and line_is_include(text, match.start()):
            return found
        return re.sub(r"[^\n]", " ", found)

    return pattern.sub(replace, text)


def line_is_include(text, position):
    begin = text.rfind("\n", 0, position) + 1
    return re.fullmatch(r"[ \t]*(?:#|%:)[ \t]*include[ \t]*", text[begin:position]) is not None


def line_of(text, position):
    return text.count("\n", 0, position) + 1


def files_under(folder):
    """All files below, sorted; what is built or hidden is left out."""
    for path, folders, names in os.walk(folder):
        folders[:] = sorted(f for f in folders if f not in {"__pycache__", "build", ".git", ".cache"})
        for name in sorted(names):
            yield Path(path) / name


def sources_under(root, *folders):
    for folder in folders:
        for file in files_under(root / folder):
            if file.suffix in SOURCES:
                yield file


def read(file):
    return file.read_text(encoding="utf-8", errors="replace")


def home(root, file):
    """The folder of ARROWS a file lies in, or None."""
    parts = file.relative_to(root).parts
    if parts[0] == "src":
        parts = parts[1:]
    return parts[0] if len(parts) > 1 and parts[0] in ARROWS else None


def folders_of_ours(root):
    inside = sorted(p.name for p in (root / "src").iterdir() if p.is_dir()) if (root / "src").is_dir() else []
    return [("src/" + name, name) for name in inside]


def check_arrows(root):
    for path, name in folders_of_ours(root):
        if name not in ARROWS:
            yield f"{path}: a folder that ARROWS in tests/house/arrows.py doesn't know; say there what it may include"
    for file in sources_under(root, "grammar", "src"):
        shown = file.relative_to(root)
        here = home(root, file)
        if here is None:
            if file.relative_to(root).parts[0] == "src" and len(shown.parts) == 2:
                yield f"{shown}: belongs into one of the folders of src"
            continue
        text = blank(read(file))
        for match in INCLUDE.finditer(text):
            where = f"{shown}:{line_of(text, match.start())}"
            target = match.group(1).strip()
            form = re.match(r'"([^"]*)"|<([^>]*)>', target)
            if not form:
                yield f"{where}: include {target}: name the file"
                continue
            quoted, name = form.group(1) is not None, form.group(1) or form.group(2) or ""
            owner = owner_of(root, file, name)
            if owner is None:
                if quoted:
                    yield f'{where}: "{name}" is no file of ours; others\' headers go in <>'
                continue
            if not quoted:
                yield f'{where}: <{name}> is ours; write "{name}"'
            if owner != here and owner not in ARROWS[here]:
                yield f"{where}: {here} must not include {owner} ({name})"
            elif (here, owner) in ONLY and name not in ONLY[here, owner]:
                allowed = ", ".join(sorted(ONLY[here, owner]))
                yield f"{where}: of {owner}, {here} may include {allowed} alone ({name})"
            elif not plain_name(root, name):
                yield f'{where}: write "{name}" from its folder on, as in "time/calendar.hpp"'


def plain_name(root, name):
    parts = Path(name).parts
    if not parts or ".." in parts or parts[0] == "src":
        return False
    return (root / name).is_file() if parts[0] == "grammar" else (root / "src" / name).is_file()


def owner_of(root, file, name):
    """The folder of ours a name in an include stands for, tried as the compiler would."""
    for base in (file.parent, root, root / "src"):
        candidate = Path(os.path.normpath(base / name))
        if candidate.is_file() and root in candidate.parents:
            found = home(root, candidate)
            if found:
                return found
    first = Path(name).parts[0] if Path(name).parts else ""
    if first == "src":
        first = Path(name).parts[1] if len(Path(name).parts) > 1 else ""
    # Not there (yet), but clearly meant: src/time/x.hpp, not <time.h>.
    return first if first in ARROWS and len(Path(name).parts) > 1 else None


def check_features(root):
    for file in sources_under(root, "grammar", "src"):
        shown = file.relative_to(root)
        if shown.parts[:2] == ("src", "cli"):
            continue
        text = blank(read(file))
        for match in INCLUDE.finditer(text):
            form = re.match(r"<([^>]*)>", match.group(1).strip())
            if form and form.group(1) in FORBIDDEN_HEADERS:
                yield f"{shown}:{line_of(text, match.start())}: <{form.group(1)}> is for src/cli only"
        code = INCLUDE.sub(lambda m: " " * len(m.group()), text)
        for match in FORBIDDEN_NAMES.finditer(code):
            yield f"{shown}:{line_of(code, match.start())}: {match.group()} is for src/cli only"


def check_top(root):
    for entry in sorted(os.listdir(root)):
        if entry not in TOP_LEVEL and entry != "build" and not entry.startswith("."):
            yield f"{entry}: doesn't belong to the top level"


def check_readmes(root):
    wanted = ["grammar", "rules", "cases", "tests"] + [path for path, _ in folders_of_ours(root)]
    for folder in wanted:
        readme = root / folder / "README.md"
        if not readme.is_file() or not read(readme).strip():
            yield f"{folder}: has no README.md that says something"


def commands(markdown):
    """The commands of the fenced blocks, in order. In a block with a line that begins with "$ ",
    those lines; else all lines of a block that is marked as shell or not marked."""
    for info, body in re.findall(r"^ {0,3}```+[ \t]*(\S*)[^\n]*\n(.*?)^ {0,3}```", markdown, re.M | re.S):
        lines = body.splitlines()
        prompted = [line.strip()[2:] for line in lines if line.strip().startswith("$ ")]
        if not prompted and info in {"", "sh", "bash", "shell"}:
            prompted = lines
        for line in prompted:
            command = re.sub(r"(^|\s+)#.*$", "", line).strip()
            if command:
                yield command


def check_readme(root):
    readme = root / "README.md"
    if not readme.is_file():
        yield "README.md: is missing"
        return
    first = list(commands(read(readme)))[:2]
    if first != FIRST_COMMANDS:
        yield f"README.md: its first two commands are {first}, not {FIRST_COMMANDS}"


def check_words(root):
    for file in files_under(root):
        if file.relative_to(root).parts[0] == "build":
            continue
        text = read(file) if file.is_file() else ""
        for word in WORDS:
            for match in word.finditer(text):
                line = text[text.rfind("\n", 0, match.start()) + 1 :].split("\n", 1)[0].strip()[:80]
                yield f"{file.relative_to(root)}:{line_of(text, match.start())}: of the machine it was written on: {line}"


def check_shell(root):
    for file in files_under(root):
        script = file.is_file() and re.match(r"#!\s*\S*/(?:env\s+)?(?:ba|da)?sh\b", read(file))
        if not script and file.suffix != ".sh":
            continue
        shown = file.relative_to(root)
        if script and not os.access(file, os.X_OK):
            yield f"{shown}: cannot be executed; chmod +x"
        if script and not re.search(r"^set -eu", read(file), re.M):
            yield f"{shown}: has no `set -eu`"
        commands = [["sh", "-n", str(shown)]]
        if shutil.which("shellcheck"):
            commands.append(["shellcheck", "-x", "-f", "gcc", str(shown)])
        for command in commands:
            result = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
            if result.returncode:
                yield from (result.stdout + result.stderr).strip().splitlines()
                break


def clang_format():
    for name in ("clang-format-14", "clang-format"):
        program = shutil.which(name)
        if program:
            version = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
            if re.search(r"version 14\.", version):
                return program
    return None


def check_format(root):
    files = [str(f.relative_to(root)) for f in sources_under(root, "grammar", "src", "tests")]
    if not files:
        return
    result = subprocess.run(
        [clang_format(), "--dry-run", "-Werror", "--ferror-limit=1", *files],
        cwd=root, capture_output=True, text=True, check=False,
    )  # fmt: skip
    faults = re.findall(r"^(\S.*?:\d+):\d+: error: ", result.stderr, re.M)
    for where in faults:
        yield f"{where}: clang-format would change this; run clang-format -i on it"
    if result.returncode and not faults:
        yield f"clang-format failed: {result.stderr.strip()}"


CHECKS = {
    "arrows": check_arrows,
    "features": check_features,
    "top": check_top,
    "readmes": check_readmes,
    "readme": check_readme,
    "words": check_words,
    "shell": check_shell,
    "format": check_format,
}


def main():
    parser = argparse.ArgumentParser(description="checks that the house is in order")
    parser.add_argument("checks", nargs="*", metavar="CHECK", help=", ".join(CHECKS))
    parser.add_argument("--root", type=Path, default=Path(__file__).resolve().parents[2])
    arguments = parser.parse_args()
    unknown = [name for name in arguments.checks if name not in CHECKS]
    if unknown:
        parser.error(f"no check is called {unknown[0]}; there are {', '.join(CHECKS)}")
    names = arguments.checks or list(CHECKS)
    if "format" in names and clang_format() is None:
        print("format: not checked, for there is no clang-format 14")
        names = [name for name in names if name != "format"]
        if not names:
            return 77
    faults = [fault for name in names for fault in CHECKS[name](arguments.root.resolve())]
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
