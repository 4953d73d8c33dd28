#!/usr/bin/env python3
"""The recipes for CI (docs/data/ci): each command of the GitHub workflow, of the GitLab job and of the hook is run in a
made-up repository of data, with this program, and does what the recipe is for: what has changed is checked, all of it
on main, and what is found ends the job with the exit code of the check and lies in the files that are kept.

    ci.py PROGRAM

What a runner does itself (fetch the commit, keep files, unpack a cache) is done here; apt-get is played by a stand-in that notes
how it was called.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
RECIPES = ROOT / "docs" / "data" / "ci"

MAP = """map: {id: register, reads: csv, shipped: no, packs: [pack.yaml], dates: [edtf]}
case: {id: $.id}
permits:
  permit: {granted: $.granted, ends: $.ends}
tests:
  - record: {id: x, granted: 2014-01-02, ends: 2014-01-01}
    expect: [{rule: in-order, at: permits.permit, verdict: certain}]
"""
PACK = """pack: {id: p, title: Permits}
vocabulary:
  permit: {plural: permits, fields: {granted: date, ends: date}}
rules:
  - id: in-order
    title: A permit that ends before it is granted
    kind: fact
    severity: error
    about: record
    reaches: record
    for: {p: permit}
    require: p.granted not after p.ends
    message: "granted 100% on {p.granted}, ends on {p.ends}"
    basis: [{cite: by meaning}]
    tests:
      - {name: a, case: {permits: {p: {granted: 2014-01-02, ends: 2014-01-01}}}, expect: [{at: permits.p, verdict: certain}]}
      - {name: b, case: {permits: {p: {granted: 2014-01-01, ends: 2014-01-02}}}, expect: []}
"""
HEAD = "id,granted,ends\n"
GOOD = HEAD + "P-1,2014-01-01,2014-02-01\nP-2,2014-01-01,2014-02-01\n"
WRONG = HEAD + "P-1,2014-01-01,2014-02-01\nP-3,2014-03-01,2014-02-01\n"
OTHER = HEAD + "P-1,2014-01-01,2014-02-01\nP-5,2014-03-01,2014-02-01\n"
BROKEN = HEAD + "P-1,2014-01-01,2014-02-01\nP-4,1 May,2014-02-01\n"
APT = '#!/bin/sh\necho "apt-get $*" >> "$APT_LOG"\n'


def git(folder, *words):
    done = subprocess.run(["git", *words], cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"git {' '.join(words)}: {done.stderr}")
    return done.stdout.strip()


class Made:
    """A repository of data with a branch, and where Antinomy comes from."""

    def __init__(self, folder, program):
        self.folder = folder
        self.program = program
        self.home = folder / "home"
        self.home.mkdir()
        (self.home / ".gitconfig").write_text("[user]\n name = A\n email = a@example.org\n[init]\n defaultBranch = main\n[advice]\n detachedHead = false\n")
        os.environ["HOME"] = str(self.home)
        os.environ["GIT_CONFIG_NOSYSTEM"] = "1"
        for name in [n for n in os.environ if n.startswith("GIT_") and n != "GIT_CONFIG_NOSYSTEM"]:
            del os.environ[name]
        tools = folder / "tools"
        tools.mkdir()
        (tools / "apt-get").write_text(APT)
        (tools / "apt-get").chmod(0o755)
        self.tools = tools
        source = folder / "source"
        (source / "src").mkdir(parents=True)
        (source / "antinomy").write_text(f'#!/bin/sh\nexec "{program}" "$@"\n')
        (source / "antinomy").chmod(0o755)
        shutil.copy(ROOT / "src" / "setup.sh", source / "src")
        git(source, "init", "-q")
        git(source, "add", ".")
        git(source, "commit", "-qm", "the program")
        self.source = source
        self.repository = folder / "repository"
        self.put({"maps/register.yaml": MAP, "maps/pack.yaml": PACK, "data/2014.csv": GOOD, "data/more/2015.csv": GOOD, "data/notes.txt": "no data"})
        (self.repository / "ci" / "hooks").mkdir(parents=True)
        shutil.copy(RECIPES / "check", self.repository / "ci")
        shutil.copy(RECIPES / "pre-commit", self.repository / "ci" / "hooks")
        git(self.repository, "init", "-q")
        git(self.repository, "add", ".")
        git(self.repository, "commit", "-qm", "data")
        self.known = self.baseline()

    def baseline(self):
        """What `ci/check` says makes the baseline, run on a repository with what is wrong in WRONG."""
        line = next(x for x in (RECIPES / "check").read_text().splitlines() if x.startswith("#   antinomy baseline write"))
        self.put({"data/2014.csv": WRONG})
        done = shell(f'PATH="{self.source}:$PATH"; {line[1:]}', self.repository, self.environment())
        file = self.repository / "ci" / "known.yaml"
        if done.returncode != 0 or not file.exists():
            raise RuntimeError(f"{line}: {done.stdout}{done.stderr}")
        text = file.read_text()
        git(self.repository, "reset", "-q", "--hard")
        file.unlink()
        return text

    def put(self, files):
        for name, text in files.items():
            file = self.repository / name
            file.parent.mkdir(parents=True, exist_ok=True)
            if text is None:
                file.unlink()
            else:
                file.write_text(text, encoding="utf-8")

    def branch(self, files):
        """A checkout as a runner has it, of a branch on which these files were changed, and the commit it began at."""
        work = Path(tempfile.mkdtemp(dir=self.folder))
        git(self.repository, "checkout", "-q", "-B", "change", "main")
        self.put(files)
        git(self.repository, "add", "-A")
        git(self.repository, "commit", "-q", "--allow-empty", "-m", "a change")
        git(self.repository, "checkout", "-q", "main")
        # Main has gone on meanwhile, with something that no pull request is to be blamed for.
        self.put({"data/meanwhile.csv": WRONG})
        git(self.repository, "add", "-A")
        git(self.repository, "commit", "-qm", "meanwhile")
        git(work, "clone", "-q", str(self.repository), "checkout")
        git(self.repository, "reset", "-q", "--hard", "HEAD~1")
        work /= "checkout"
        git(work, "checkout", "-q", "change")
        return work, git(work, "merge-base", "origin/main", "HEAD")

    def environment(self, **more):
        log = self.folder / "apt.log"
        return {"HOME": str(self.home), "GIT_CONFIG_NOSYSTEM": "1", "PATH": f"{self.tools}:/usr/bin:/bin", "LC_ALL": "C.UTF-8", "APT_LOG": str(log), **more}


def shell(script, folder, environment):
    return subprocess.run(["bash", "-eo", "pipefail", "-c", script], cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=300)


class Seen:
    """What a job came to."""

    def __init__(self):
        self.code = 0  # of the first command that failed
        self.out = ""
        self.ran = set()
        self.failed = None

    def add(self, what, done):
        self.ran.add(what)
        self.out += done.stdout + done.stderr
        if done.returncode != 0 and self.code == 0:
            self.code, self.failed = done.returncode, what


def expand(text, environment):
    for name, value in environment.items():
        text = text.replace("$" + name, value)
    return text


def github(made, work, event):
    job = yaml.safe_load((RECIPES / "github.yml").read_text())["jobs"]["check"]
    seen = Seen()
    path_file = work.parent / "path"
    path_file.write_text("")
    place = work.parent / "antinomy"
    # What a reader has to fill in, and the folder that is a container's.
    own = {"ANTINOMY": str(place), "ANTINOMY_SOURCE": made.source.as_uri()}
    environment = made.environment(**{**job["env"], **own}, GITHUB_WORKSPACE=str(work), GITHUB_BASE_REF="main", GITHUB_EVENT_NAME=event, GITHUB_PATH=str(path_file))
    for step in job["steps"]:
        if "run" not in step:
            assert step["uses"].startswith(("actions/checkout@", "actions/cache@", "actions/upload-artifact@")), step
            continue
        condition = step.get("if")
        if condition is not None and condition != "always()":
            assert condition.startswith("github.event_name == "), condition
            if condition != f"github.event_name == '{event}'":
                continue
        if condition != "always()" and seen.code != 0:
            continue
        added = path_file.read_text().split()
        seen.add(step["run"], shell(step["run"], work, {**environment, "PATH": ":".join([*added, environment["PATH"]])}))
    kept = [s["with"]["path"] for s in job["steps"] if s.get("uses", "").startswith("actions/upload-artifact@")]
    return seen, kept, {s["run"] for s in job["steps"] if "run" in s}


def gitlab(made, work, event, base):
    job = yaml.safe_load((RECIPES / "gitlab.yml").read_text())["data"]
    seen = Seen()
    environment = made.environment(CI_PROJECT_DIR=str(work))
    environment.update({k: expand(v, environment) for k, v in job["variables"].items()})
    environment["ANTINOMY_SOURCE"] = made.source.as_uri()
    if event == "pull_request":
        environment["CI_MERGE_REQUEST_DIFF_BASE_SHA"] = base
    lines = job["before_script"] + job["script"]
    # Each line in one shell, as there: which one failed is told by a file.
    at = work.parent / "at"
    script = "\n".join(f"echo {i} > '{at}'\n{line}" for i, line in enumerate(lines))
    done = shell(script, work, environment)
    reached = int(at.read_text())
    for line in lines[:reached]:
        seen.ran.add(line)
    seen.add(lines[reached], done)
    return seen, job["artifacts"]["paths"], set(lines)


KNOWN = "the baseline of WRONG"
# What is changed, on what it runs, the exit code, the records that are checked (none: nothing is written), findings,
# a word of what is shown; and how many of the findings are known, if any.
JOBS = [
    ("a good file", {"data/2014.csv": GOOD + "P-9,2014-01-01,2014-02-01\n"}, "pull_request", 0, 3, 0, ""),
    ("a wrong one", {"data/2014.csv": WRONG}, "pull_request", 1, 2, 1, "granted 100"),
    ("a new one, and one that is gone", {"data/a b'\"é.csv": WRONG, "data/2014.csv": None}, "pull_request", 1, 2, 1, ""),
    ("a record that cannot be read", {"data/2014.csv": BROKEN}, "pull_request", 2, 2, 0, "unknown-format"),
    ("no data", {"data/notes.txt": "others", "README.md": "x"}, "pull_request", 0, None, 0, "no data have changed"),
    ("a pack", {"maps/pack.yaml": PACK + "# changed\n"}, "pull_request", 0, 4, 0, ""),
    ("a pack that no longer holds", {"maps/pack.yaml": PACK.replace("not after", "after")}, "pull_request", 1, None, 0, "wrong"),
    ("a map that does not load", {"maps/register.yaml": MAP.replace("granted:", "garnted:", 1)}, "pull_request", 2, None, 0, "garnted"),
    ("a limit that is kept", {"maps/register.yaml": MAP.replace("reads: csv,", "reads: csv, limits: {in-order: 1},"), "data/2014.csv": WRONG}, "pull_request", 0, 4, 1, ""),
    ("a limit that is not", {"maps/register.yaml": MAP.replace("reads: csv,", "reads: csv, limits: {in-order: 1},"), "data/2014.csv": WRONG, "data/x.csv": WRONG}, "pull_request", 1, 6, 2, ""),
    ("all data", {}, "push", 0, 4, 0, ""),
    ("all data, one wrong", {"data/2014.csv": WRONG}, "push", 1, 4, 1, ""),
    ("a baseline", {"data/2014.csv": WRONG, "ci/known.yaml": KNOWN}, "pull_request", 0, 4, 1, "", 1),
    ("a baseline, and a new one", {"data/2014.csv": WRONG, "data/x.csv": OTHER, "ci/known.yaml": KNOWN}, "pull_request", 1, 6, 2, "granted 100", 1),
    ("all data and a baseline", {"data/2014.csv": WRONG, "ci/known.yaml": KNOWN}, "push", 0, 4, 1, "", 1),
]


def jobs(made):
    ran, all_lines = {"github": set(), "gitlab": set()}, {}
    for what, files, event, code, records, findings, words, *known in JOBS:
        files = {name: made.known if text is KNOWN else text for name, text in files.items()}
        new = findings - sum(known)
        for recipe in ("github", "gitlab"):
            work, base = made.branch(files)
            if recipe == "github":
                seen, kept, lines = github(made, work, event)
            else:
                seen, kept, lines = gitlab(made, work, event, base)
            ran[recipe] |= seen.ran
            all_lines[recipe] = lines
            head = f"{recipe}, {what}: "
            if seen.code != code:
                yield f"{head}ended with {seen.code}, not {code}, at {seen.failed}:\n{seen.out}"
            file = work / kept[0]
            text = file.read_text() if file.exists() else ""
            # GitLab shows what was found beside the lines, from the report.
            if words not in seen.out + (text if recipe == "gitlab" else ""):
                yield f"{head}no `{words}` in {seen.out}"
            said = [json.loads(line) for line in text.splitlines()]
            if (said[-1]["records"] if said else None) != records or sum(s["kind"] == "finding" for s in said) != findings:
                yield f"{head}{kept[0]} has {text[-400:]}"
            if recipe == "github" and seen.out.count("::error file=data/") != new + (code == 2 and records is not None):
                yield f"{head}other annotations: {seen.out}"
            if recipe == "github" and known and ", 1 of them in the baseline" not in seen.out:
                yield f"{head}nothing is said of the baseline: {seen.out}"
            if recipe == "github" and new and "title=in-order::granted 100%25 on 2014-03-01, ends on 2014-02-01" not in seen.out:
                yield f"{head}another annotation: {seen.out}"
            if recipe == "gitlab" and file.exists():
                report = json.loads((work / "code-quality.json").read_text())
                broken = [r for r in report if r["severity"] == "blocker"]
                at = Counter((s["places"][0]["file"], s["places"][0]["line"]) for s in said if s["kind"] == "finding")
                if len({r["fingerprint"] for r in report}) != len(report) or len(broken) != (code == 2):
                    yield f"{head}the report is {report}"
                if Counter((r["location"]["path"], r["location"]["lines"]["begin"]) for r in report if r not in broken) != at or any(not p.startswith("data/") or n != 3 for p, n in at):
                    yield f"{head}places in the report: {report}"
    for recipe, lines in all_lines.items():
        for line in lines - ran[recipe]:
            yield f"{recipe}: never run: {line}"
    log = (made.folder / "apt.log").read_text()
    for wanted in ("apt-get update\n", "--no-install-recommends git ca-certificates jq\n", "--no-install-recommends git ca-certificates\n"):
        if wanted not in log:
            yield f"apt-get was not called with {wanted!r}: {log[:400]}"
    # A commit to compare with that is not there is no reason to check nothing.
    work, _ = made.branch({"data/2014.csv": WRONG})
    done = shell(f'PATH="{made.source}:$PATH" ci/check nowhere', work, made.environment())
    if done.returncode != 2:
        yield f"an unknown commit: ended with {done.returncode}: {done.stdout}{done.stderr}"


def hook(made):
    """What is about to be committed is checked, not what lies in the folder."""
    work, _ = made.branch({})
    environment = made.environment()
    environment["PATH"] = f"{made.source}:{environment['PATH']}"
    switch = next(line.split(":", 1)[1].strip() for line in (RECIPES / "pre-commit").read_text().splitlines() if "git config" in line)
    if shell(switch, work, environment).returncode != 0:
        yield f"`{switch}` fails"

    def commit(files, after=None):
        for name, text in files.items():
            (work / name).write_text(text)
        git(work, "add", "-A")
        for name, text in (after or {}).items():
            (work / name).write_text(text)
        return shell("git commit -q -m change", work, environment)

    for what, files, after, code, word in [
        ("good data", {"data/2014.csv": GOOD + "P-9,2014-01-01,2014-02-01\n"}, None, 0, "3 ok"),
        ("wrong data", {"data/2014.csv": WRONG}, None, 1, "data/2014.csv:3:1: error[in-order]"),
        ("wrong data, mended and not added", {"data/2014.csv": WRONG}, {"data/2014.csv": GOOD}, 1, "error[in-order]"),
        ("good data, then spoilt and not added", {"data/2014.csv": GOOD}, {"data/2014.csv": WRONG}, 0, ""),
        ("a broken record", {"data/2014.csv": BROKEN}, None, 1, "unknown-format"),
        ("a map that does not load", {"data/2014.csv": GOOD, "maps/register.yaml": MAP.replace("granted:", "garnted:", 1)}, None, 1, "garnted"),
    ]:
        before = git(work, "rev-parse", "HEAD")
        done = commit(files, after)
        if (done.returncode != 0) != (code != 0) or (git(work, "rev-parse", "HEAD") == before) != (code != 0):
            yield f"hook, {what}: ended with {done.returncode}: {done.stdout}{done.stderr}"
        if word not in done.stdout + done.stderr:
            yield f"hook, {what}: no `{word}` in {done.stdout}{done.stderr}"
        git(work, "reset", "-q", "--hard")


def main():
    faults = []
    with tempfile.TemporaryDirectory() as name:
        made = Made(Path(name).resolve(), Path(sys.argv[1]).resolve())
        faults += list(jobs(made))
        faults += list(hook(made))
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
