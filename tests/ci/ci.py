#!/usr/bin/env python3
"""The recipes for CI (docs/ci, .pre-commit-hooks.yaml): each command of the GitHub workflow, of the GitLab job and of the hook
is run in a made-up repository of cases, with this program. What is found ends the job with the exit code of the check, and lies
in the files that are kept.

    ci.py PROGRAM

What a runner does itself (fetch the commit, upload and keep files, unpack a cache) is not done; apt-get is played by a
stand-in that notes how it was called.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
RECIPES = ROOT / "docs" / "ci"

GOOD = """case: {id: good}
sources: {paper: {published: 2021-06-20}}
events: {march: {start: 2021-05-10}}
evidence:
  photo: {published: 2021-05-12, records: march}
"""
WRONG = GOOD.replace("good", "wrong").replace("2021-05-10", "2021-05-20")
BROKEN = GOOD.replace("good", "broken").replace("start", "strat")
APT = '#!/bin/sh\necho "apt-get $*" >> "$APT_LOG"\n'


def git(folder, *words):
    done = subprocess.run(["git", *words], cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"git {' '.join(words)}: {done.stderr}")
    return done.stdout.strip()


class Made:
    """A repository of cases, and where Antinomy comes from."""

    def __init__(self, folder, program):
        self.folder = folder
        self.home = folder / "home"
        self.home.mkdir()
        (self.home / ".gitconfig").write_text("[user]\n name = A\n email = a@example.org\n[init]\n defaultBranch = main\n")
        for name in [n for n in os.environ if n.startswith("GIT_")]:
            del os.environ[name]
        os.environ.update({"HOME": str(self.home), "GIT_CONFIG_NOSYSTEM": "1"})
        self.tools = folder / "tools"
        self.tools.mkdir()
        (self.tools / "apt-get").write_text(APT)
        (self.tools / "apt-get").chmod(0o755)
        self.source = folder / "source"
        (self.source / "src").mkdir(parents=True)
        (self.source / "antinomy").write_text(f'#!/bin/sh\nexec "{program}" "$@"\n')
        (self.source / "antinomy").chmod(0o755)
        shutil.copy(ROOT / "src" / "setup.sh", self.source / "src")
        shutil.copy(ROOT / ".pre-commit-hooks.yaml", self.source)
        git(self.source, "init", "-q")
        git(self.source, "add", ".")
        git(self.source, "commit", "-qm", "the program")

    def checkout(self, files):
        """As a runner has it."""
        work = Path(tempfile.mkdtemp(dir=self.folder)) / "checkout"
        for name, text in files.items():
            file = work / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        git(work, "init", "-q")
        git(work, "add", ".")
        git(work, "commit", "-qm", "cases")
        return work

    def environment(self, **more):
        return {"HOME": str(self.home), "GIT_CONFIG_NOSYSTEM": "1", "PATH": f"{self.tools}:/usr/bin:/bin", "LC_ALL": "C.UTF-8", "APT_LOG": str(self.folder / "apt.log"), **more}


def shell(script, folder, environment):
    return subprocess.run(["bash", "-eo", "pipefail", "-c", script], cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=300)


class Seen:
    """What a job came to."""

    def __init__(self):
        self.code = 0  # of the first command that failed
        self.out = ""
        self.ran = set()
        self.failed = None
        self.summary = ""

    def add(self, what, done):
        self.ran.add(what)
        self.out += done.stdout + done.stderr
        if done.returncode != 0 and self.code == 0:
            self.code, self.failed = done.returncode, what


def github(made, work):
    job = yaml.safe_load((RECIPES / "github.yml").read_text())["jobs"]["check"]
    seen = Seen()
    files = {name: work.parent / name for name in ("path", "summary")}
    for f in files.values():
        f.write_text("")
    # What a reader has to fill in, and the folder that is a container's.
    own = {"ANTINOMY": str(work.parent / "antinomy"), "ANTINOMY_SOURCE": made.source.as_uri()}
    environment = made.environment(**{**job["env"], **own}, GITHUB_ACTIONS="true", GITHUB_WORKSPACE=str(work), GITHUB_PATH=str(files["path"]), GITHUB_STEP_SUMMARY=str(files["summary"]))
    uploads = []
    for step in job["steps"]:
        if "run" in step:
            assert "if" not in step, step
            if seen.code == 0:
                path = ":".join([*files["path"].read_text().split(), environment["PATH"]])
                seen.add(step["run"], shell(step["run"], work, {**environment, "PATH": path}))
            continue
        action = step["uses"].split("@")[0]
        assert action in ("actions/checkout", "actions/cache", "actions/upload-artifact", "github/codeql-action/upload-sarif"), step
        if action.endswith("upload-sarif"):
            uploads.append(step["with"]["sarif_file"])
        if action.endswith("upload-artifact"):
            uploads += step["with"]["path"].split()
    seen.summary = files["summary"].read_text()
    return seen, set(uploads), {s["run"] for s in job["steps"] if "run" in s}


def gitlab(made, work):
    job = yaml.safe_load((RECIPES / "gitlab.yml").read_text())["cases"]
    seen = Seen()
    environment = made.environment(CI_PROJECT_DIR=str(work))
    for name, value in job["variables"].items():
        environment[name] = value.replace("$CI_PROJECT_DIR", str(work))
    environment["ANTINOMY_SOURCE"] = made.source.as_uri()
    lines = job["before_script"] + job["script"]
    # Each line in one shell, as there: which one failed is told by a file.
    at = work.parent / "at"
    done = shell("\n".join(f"echo {i} > '{at}'\n{line}" for i, line in enumerate(lines)), work, environment)
    reached = int(at.read_text())
    seen.ran |= set(lines[:reached])
    seen.add(lines[reached], done)
    reports = {r for r in job["artifacts"]["reports"].values()}
    assert reports <= set(job["artifacts"]["paths"])
    return seen, set(job["artifacts"]["paths"]), set(lines)


# What is there, the exit code, findings, a word of what is shown.
JOBS = [
    ("a good case", {"cases/a.yaml": GOOD}, "paths: [cases]\n", 0, 0, ""),
    ("a wrong one", {"cases/a.yaml": GOOD, "cases/b.yaml": WRONG}, "paths: [cases]\n", 1, 1, "evidence-predates-event"),
    ("a wrong one that does not count", {"cases/b.yaml": WRONG}, "paths: [cases]\nfail_on: never\n", 0, 1, "evidence-predates-event"),
    ("a wrong one whose rule is off", {"cases/b.yaml": WRONG}, "paths: [cases]\nrules: {off: [evidence-predates-event]}\n", 0, 0, ""),
    ("a case that cannot be read", {"cases/a.yaml": WRONG, "cases/b.yaml": BROKEN}, "paths: [cases]\n", 2, 1, "unknown-key"),
    ("a configuration that cannot be read", {"cases/a.yaml": WRONG}, "pahts: [cases]\n", 2, None, "pahts"),
]


def sarif(text):
    return sum(len(r["results"]) for r in json.loads(text)["runs"])


def junit(text):
    return sum(1 for _ in ElementTree.fromstring(text).iter("failure"))


def jobs(made):
    ran, all_lines = {"github": set(), "gitlab": set()}, {}
    for what, files, config, code, findings, words in JOBS:
        for recipe, play in (("github", github), ("gitlab", gitlab)):
            work = made.checkout({**files, "antinomy.yaml": config})
            seen, kept, lines = play(made, work)
            ran[recipe] |= seen.ran
            all_lines[recipe] = lines
            head = f"{recipe}, {what}: "
            if len(kept) < 2:
                yield f"{head}only {sorted(kept)} is kept"
            if seen.code != code:
                yield f"{head}ended with {seen.code}, not {code}, at {seen.failed}:\n{seen.out}"
            if words not in seen.out:
                yield f"{head}no `{words}` in {seen.out}"
            for name in kept:
                file = work / name
                if file.exists() == (findings is None):
                    yield f"{head}{name} is {'' if file.exists() else 'not '}there"
                if not file.exists():
                    continue
                text = file.read_text()
                count = {"antinomy.sarif": sarif, "antinomy.xml": junit, "junit.xml": junit, "code-quality.json": lambda t: len(json.loads(t))}[name](text)
                # Where a finding does not count it is no failed test; a problem is told in some of them, too.
                if code != 2 and count != findings and not (name.endswith(".xml") and code == 0 and count == 0):
                    yield f"{head}{name} has {count} findings, not {findings}:\n{text[:600]}"
                if findings and "cases/" not in text:
                    yield f"{head}{name} names no file:\n{text[:600]}"
            if recipe == "github" and findings:
                if "file=cases/" not in seen.out or not seen.summary:
                    yield f"{head}no annotation, or no summary: {seen.out} {seen.summary}"
    for recipe, lines in all_lines.items():
        for line in lines - ran[recipe]:
            yield f"{recipe}: never run: {line}"
    log = (made.folder / "apt.log").read_text()
    for wanted in ("apt-get update\n", "--no-install-recommends git ca-certificates\n"):
        if wanted not in log:
            yield f"apt-get was not called with {wanted!r}: {log[:400]}"


def hook(made):
    """The hook as pre-commit runs one of `language: script`: the program of its repository, its arguments, no files."""
    config = yaml.safe_load((RECIPES / "pre-commit-config.yaml").read_text())["repos"]
    offered = {h["id"]: h for h in yaml.safe_load((made.source / ".pre-commit-hooks.yaml").read_text())}
    (wanted,) = config[0]["hooks"]
    one = {**offered[wanted["id"]], **wanted}
    if one["language"] != "script" or one["pass_filenames"] is not False:
        yield f"the hook is {one}"
    words = [str(made.source / one["entry"]), *one["args"]]
    for what, files, yaml_text, code, _, word in JOBS:
        work = made.checkout({**files, "antinomy.yaml": yaml_text})
        done = subprocess.run(words, cwd=work, env=made.environment(), capture_output=True, text=True, check=False, timeout=300)
        if done.returncode != code or word not in done.stdout + done.stderr:
            yield f"hook, {what}: ended with {done.returncode}: {done.stdout}{done.stderr}"
    # What starts it: the case files, and the configuration.
    import re

    for name, starts in (("cases/a.yaml", True), ("antinomy.yaml", True), ("b.yml", True), ("a.yaml.txt", False), ("README.md", False)):
        if bool(re.search(one["files"], name)) != starts:
            yield f"hook: {name} starts it: {not starts}"


def main():
    with tempfile.TemporaryDirectory() as name:
        made = Made(Path(name).resolve(), Path(sys.argv[1]).resolve())
        faults = [*jobs(made), *hook(made)]
    for fault in faults:
        print(fault)
    print(f"{len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
