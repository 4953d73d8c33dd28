#!/usr/bin/env python3
"""Runs the examples of the READMEs.

    docs.py PROGRAM [README...]            compares; prints what differs, ends with 1 if anything does,
                                           with 2 if the program's own rules do not load
    docs.py --update PROGRAM [README...]   writes what the program says into the READMEs

Each README is played from top to bottom in a folder of its own, which holds copies of cases/ and
rules/ and the program as ./antinomy. What a fenced block is, its first line says:

```console         lines with "$ " are commands, what follows is their output, errors included.
                   A line "..." stands for lines left out.
```sh              commands that are run and must end with 0 or 1; their output is not shown.
                   Scripts below tests/ are not run here, they only have to be there.
```yaml NAME       a file of that name. A case must load, and antinomy.yaml; the examples of a pack must hold. With the
                   word "refused" after the name it must not load.
```csv NAME        likewise, with data; also jsonl and json
```yaml from FILE  lines as they stand in that file of ours, less their indentation; if they begin
                   with "- id:", the rule up to its message
```diff FILE       changes a file: lines with a blank or "-" before them stand in it, one after
                   the other; those with a blank or "+" replace them
"""

import argparse
import difflib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FENCE = re.compile(r"^```(\S+)[ \t]*([^\n]*)\n(.*?)^```[ \t]*$", re.MULTILINE | re.DOTALL)
NOT_RUN = re.compile(r"(tests|\.ci)/\S+|cmake|ninja|apt-get|git")


class Play:
    """One README in its folder."""

    def __init__(self, readme, program, update):
        self.readme, self.update = readme, update
        self.text = readme.read_text(encoding="utf-8")
        self.faults, self.written = [], {}
        self.folder = Path(tempfile.mkdtemp(prefix="antinomy-docs-"))
        for name in ("cases", "rules"):
            shutil.copytree(ROOT / name, self.folder / name, ignore=shutil.ignore_patterns("*.md"))
        (self.folder / "antinomy").symlink_to(program)
        self.environment = {
            "PATH": f"{self.folder}:{os.environ['PATH']}", "HOME": str(self.folder),
            "LC_ALL": "C.UTF-8", "ANTINOMY_RULES": str(self.folder / "rules"),
        }  # fmt: skip

    def run(self, command):
        done = subprocess.run(
            ["sh", "-c", command], cwd=self.folder, env=self.environment, text=True, check=False,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120,
        )  # fmt: skip
        return done.returncode, done.stdout

    def fault(self, position, what):
        line = self.text.count("\n", 0, position) + 1
        self.faults.append(f"{self.readme.relative_to(ROOT)}:{line}: {what}")

    def play(self):
        try:
            new, at = [], 0
            for block in FENCE.finditer(self.text):
                kind, rest, body = block.groups()
                act = getattr(self, "play_" + kind, None)
                changed = act(rest.strip(), body, block.start()) if act else None
                new += [self.text[at : block.start(3)], body if changed is None else changed]
                at = block.end(3)
            new.append(self.text[at:])
            for name, (refused, position) in self.written.items():
                self.load(name, refused, position)
            if self.update and "".join(new) != self.text:
                self.readme.write_text("".join(new), encoding="utf-8")
                print(f"{self.readme.relative_to(ROOT)}: written")
        finally:
            shutil.rmtree(self.folder)
        return self.faults

    def load(self, name, refused, position):
        """What the README shows must be accepted, unless it says that it isn't."""
        head = (self.folder / name).read_text(encoding="utf-8")
        if name.endswith("antinomy.yaml"):
            code, out = self.run(f"./antinomy config show --config {name}")
        elif re.search(r"^(pack|rules|map):", head, re.M):
            code, out = self.run(f"./antinomy test {name}")
        elif re.search(r"^case:", head, re.M):
            code, out = self.run(f"./antinomy check --fail-on never {name}")
        else:
            return  # a part, which the case that includes it answers for
        if (code == 2) != refused or code not in (0, 2):
            self.fault(position, f"{name} {'loads' if refused else 'does not hold'}:\n{out}")

    def play_yaml(self, rest, body, position):
        words = rest.split()
        if not words:
            self.fault(position, "an example in YAML has a file name after ```yaml")
            return None
        if words[0] == "from":
            return self.quote(ROOT / words[1], body, position)
        file = self.folder / words[0]
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(body, encoding="utf-8")
        self.written[words[0]] = ("refused" in words[1:], position)
        return None

    def play_csv(self, rest, body, position):
        if not rest:
            return  # not data, but what a configuration looks like
        file = self.folder / rest
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(body, encoding="utf-8")

    play_jsonl = play_json = play_csv

    def quote(self, file, body, position):
        def dedented(lines):
            depth = min((len(s) - len(s.lstrip()) for s in lines if s.strip()), default=0)
            return [s[depth:] for s in lines]

        source, wanted = file.read_text(encoding="utf-8").splitlines(), body.splitlines()
        starts = [i for i, line in enumerate(source) if line.strip() == wanted[0].strip()]
        if starts and wanted[0].startswith("- id:"):
            end = next(i for i in range(starts[0], len(source)) if source[i].strip().startswith("message:"))
            rule = dedented(source[starts[0] : end])
            if rule == wanted:
                return None
            if self.update:
                return "\n".join(rule) + "\n"
        elif any(dedented(source[i : i + len(wanted)]) == dedented(wanted) for i in starts):
            return None
        self.fault(position, f"this does not stand in {file.relative_to(ROOT)}")
        return None

    def play_diff(self, rest, body, position):
        file = self.folder / rest
        old = "".join(s[1:] + "\n" for s in body.splitlines() if s[:1] in " -")
        new = "".join(s[1:] + "\n" for s in body.splitlines() if s[:1] in " +")
        text = file.read_text(encoding="utf-8")
        if text.count(old) != 1:
            self.fault(position, f"what this changes stands {text.count(old)} times in {rest}")
        file.write_text(text.replace(old, new, 1), encoding="utf-8")

    def play_sh(self, _, body, position):
        for line in body.splitlines():
            command = re.sub(r"(^|\s+)#.*$", "", line).strip()
            if not command:
                continue
            first = command.split()[0]
            if NOT_RUN.fullmatch(first):
                if "/" in first and not (ROOT / first).is_file():
                    self.fault(position, f"there is no {first}")
                continue
            code, out = self.run(command)
            if code not in (0, 1):
                self.fault(position, f"{command}: ends with {code}\n{out}")

    def play_console(self, _, body, position):
        result = []
        for command, shown in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", body, re.M):
            _, out = self.run(command)
            real, wanted = lines_of(out), shown.splitlines()
            if not fits(wanted, real):
                if not self.update:
                    self.fault(position, f"`{command}` says something else now:\n{difference(wanted, real)}")
                new = renewed(wanted, real) if self.update else wanted
                if new is None:
                    self.fault(position, f"`{command}` no longer says what is shown beside `...`")
                wanted = new or wanted
            result += ["$ " + command, *wanted]
        return "\n".join(result) + "\n"


def lines_of(out):
    return [line.rstrip() for line in out.splitlines()]


def fits(wanted, real):
    """Whether the lines are these, where "..." stands for any lines."""
    parts = [[]]
    for line in wanted:
        if line == "...":
            parts.append([])
        else:
            parts[-1].append(line)
    if len(parts) == 1:
        return wanted == real
    if real[: len(parts[0])] != parts[0]:
        return False
    at = len(parts[0])
    for part in parts[1:-1]:
        place = next((i for i in range(at, len(real)) if real[i : i + len(part)] == part), None)
        if place is None:
            return False
        at = place + len(part)
    last = parts[-1]
    return not last or (len(real) - len(last) >= at and real[-len(last) :] == last)


def paragraphs(lines):
    return [p.split("\n") for p in re.split(r"\n{2,}", "\n".join(lines).strip("\n")) if p]


def likeness(shown, paragraph):
    """How much a paragraph is the one shown, by their first lines."""
    finding = re.match(r"\w+\[[\w-]+\]", shown[0])
    begins = paragraph[0].startswith(finding.group() if finding else shown[0])
    return begins + difflib.SequenceMatcher(None, shown[0], paragraph[0], False).ratio()


def renewed(wanted, real):
    """The real lines; where lines were left out, the paragraphs that were shown, as they are now.
    None if one is not there any more."""
    if "..." not in wanted:
        return real
    out, rest = [], paragraphs(real)
    for shown in paragraphs(wanted):
        new = shown
        if shown != ["..."]:
            score, place = max(((likeness(shown, p), -i) for i, p in enumerate(rest)), default=(0, 0))
            if score < 0.5:
                return None
            new, rest = rest[-place], rest[-place + 1 :]
        out += ([""] if out else []) + new
    return out


def difference(wanted, real):
    lines = list(difflib.unified_diff(wanted, real, "in the README", "now", lineterm="", n=1))
    return "\n".join(lines[:40] + [f"and {len(lines) - 40} lines more"] * (len(lines) > 40))


def readmes():
    found = [ROOT / "README.md"]
    for folder in ("cases", "docs", "grammar", "rules", "src", "tests"):
        found += sorted((ROOT / folder).rglob("README.md"))
    return found


def main():
    parser = argparse.ArgumentParser(description="runs the examples of the READMEs")
    parser.add_argument("--update", action="store_true", help="write what the program says into them")
    parser.add_argument("program", type=Path)
    parser.add_argument("readmes", nargs="*", type=Path)
    arguments = parser.parse_args()
    rules = subprocess.run([arguments.program, "rules"], capture_output=True, text=True, check=False)
    if rules.returncode != 0:
        print(f"the program and its rules do not fit together:\n{rules.stderr}")
        return 2
    faults = []
    for readme in [r.resolve() for r in arguments.readmes] or readmes():
        faults += Play(readme, arguments.program.resolve(), arguments.update).play()
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
