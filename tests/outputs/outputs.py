#!/usr/bin/env python3
"""Reports written to files: whole or not at all.

    outputs.py PROGRAM FAILING.so [PART...]

failing   each call that writes fails once, of every kind: the old file stays, exit 2, a message with
          path, reason and way out, and nothing left behind
full      /dev/full, as a file and as standard output
killed    100 kills at random moments, most of them while it writes, and 40 where files must have a name: the old
          file or the new one, whole; nothing is left, or not for longer than to the next run
swept     what a run takes away, and what it leaves alone; many runs that write into one folder
kept      links, permissions, folders, pipes; what was read is not written over
several   formats at once; --max-findings and the exit code; the same bytes twice
run       what JSON says of the run, by another reading of the files

Prints one line a fault, ends with 1 if there is any.
"""

import errno
import fcntl
import hashlib
import json
import os
import random
import re
import shutil
import stat
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM, FAILING = (str(Path(a).resolve()) for a in sys.argv[1:3])
CASES = ROOT / "cases" / "tajikistan"
CHUNK = 16384
SEED = 20141109
# Most file systems have files without a name; on the others they have one from the first byte on.
def unnamed_work():
    try:
        os.close(os.open(tempfile.gettempdir(), os.O_TMPFILE | os.O_WRONLY))
    except OSError:
        print(f"no files without a name in {tempfile.gettempdir()}: that way of writing is not tried")
        return False
    return True


KINDS = {"unnamed": {}, "named": {"NAMED": 1}} if unnamed_work() else {"named": {"NAMED": 1}}
faults = []


def fault(where, what):
    faults.append(f"{where}: {what}")


def check(where, holds, what):
    if not holds:
        fault(where, what)


def environment(**more):
    env = {k: v for k, v in os.environ.items()
           if not k.startswith(("GITHUB_", "CI_")) and k not in ("SOURCE_DATE_EPOCH", "ANTINOMY_RULES")}
    return {**env, "LC_ALL": "C.UTF-8", "COLUMNS": "80", **{k: str(v) for k, v in more.items()}}


def run(*words, cwd=None, env=None, **more):
    return subprocess.run([PROGRAM, "--color", "never", *map(str, words)], cwd=cwd, env=env or environment(),
                          stdin=subprocess.DEVNULL, capture_output=True, timeout=300, **more)  # fmt: skip


def left_behind(folder):
    return [n for n in os.listdir(folder) if n.startswith(".antinomy-")]


def refused(where, done, path, reason):
    """Exit 2, and why, and what to do."""
    said = done.stderr.decode("utf-8", "replace")
    check(where, done.returncode == 2, f"exit {done.returncode}, not 2: {said[-200:]}")
    flat = re.sub(r"\s+", " ", said)
    check(where, "error[not-written]" in said, "no error of that code")
    check(where, str(path) in said, f"the path {path} is not named")
    check(where, reason in flat, f"the reason `{reason}` is not said: {flat[:300]}")
    check(where, "= help:" in said, "no way out")
    check(where, said.splitlines()[-1].startswith("exit 2: "), "the last line does not say why")


def failing(folder):
    old, path = b"the old report\n", folder / "report.json"
    errors = {"open": errno.EACCES, "fchmod": errno.EPERM, "write": errno.ENOSPC, "fsync": errno.EIO,
              "close": errno.EDQUOT, "rename": errno.EROFS}  # fmt: skip
    for kind, more in KINDS.items():
        tried = 0
        for call, number in errors.items():
            for at in range(1, 10000):
                path.write_bytes(old)
                done = run("check", CASES, "--format", "short", "--format", f"json={path}",
                           env=environment(LD_PRELOAD=FAILING, FAIL_CALL=call, FAIL_AT=at, FAIL_ERRNO=number, CHUNK=CHUNK, **more))  # fmt: skip
                if path.read_bytes() != old:  # there was no such call any more
                    check(f"failing/{kind}/{call}", done.returncode == 1, f"exit {done.returncode}")
                    json.loads(path.read_bytes())
                    break
                tried += 1
                where = f"failing/{kind}/{call}/{at}"
                refused(where, done, path, os.strerror(number))
                check(where, "what was there before is there still" in re.sub(r"\s+", " ", done.stderr.decode()),
                      "it is not said that the old file is there")
                check(where, not left_behind(folder), f"left behind: {left_behind(folder)}")
                check(where, b"evidence-predates-event" in done.stdout, "the other report is missing")
            check(f"failing/{kind}/{call}", at > 1, "never called: the test tests nothing")
        size = path.stat().st_size
        check(f"failing/{kind}", tried >= len(errors) - 1 + size // CHUNK, f"only {tried} failures for {size} bytes")
        print(f"failing, {kind}: {tried} calls failed, one after the other ({size} bytes in pieces of {CHUNK})")
    new = path.read_bytes()
    for there in (True, False):
        path.write_bytes(old) if there else path.unlink()
        for call, number in (("write", errno.ENOSPC), ("linkat", errno.ENOENT)):
            done = run("check", CASES, "--format", f"json={path}",
                       env=environment(LD_PRELOAD=FAILING, FAIL_CALL=call, FAIL_AT=1, FAIL_ERRNO=number, CHUNK=CHUNK))  # fmt: skip
            if call == "write":
                refused("failing/new", done, path, os.strerror(number))
                check("failing/new", path.exists() == there, "a part of a file is there")
            else:  # what cannot be named is written under a name
                check("failing/linkat", path.read_bytes() == new, "given up")
            check("failing/new", not left_behind(folder), "a part of a file is there")
    # An interrupted call is no failure.
    path.unlink()
    done = run("check", CASES, "--format", f"json={path}",
               env=environment(LD_PRELOAD=FAILING, FAIL_CALL="write", FAIL_AT=2, FAIL_ERRNO=errno.EINTR, CHUNK=CHUNK))  # fmt: skip
    check("failing/interrupted", done.returncode == 1 and path.exists(), "given up")


def full(folder):
    for name in ("text", "short", "json", "sarif"):
        done = run("check", CASES, "--format", f"{name}=/dev/full")
        refused(f"full/{name}", done, "/dev/full", os.strerror(errno.ENOSPC))
    with open("/dev/full", "wb") as out:
        done = subprocess.run([PROGRAM, "check", str(CASES)], stdout=out, stderr=subprocess.PIPE, env=environment(), timeout=300)  # fmt: skip
    check("full/stdout", done.returncode == 2, f"exit {done.returncode}")
    check("full/stdout", b"could not be written whole" in done.stderr, "no word of it")
    check("full", stat.S_ISCHR(os.stat("/dev/full").st_mode), "/dev/full is no device any more")


def unnamed_in(folder, process):
    """Does it write a file that has no name?"""
    try:
        files = [os.readlink(f"/proc/{process}/fd/{n}") for n in os.listdir(f"/proc/{process}/fd")]
    except OSError:
        return False  # it is not there any more
    return any(f.startswith(f"{folder}/#") and f.endswith(" (deleted)") for f in files)


def killed(folder):
    path, old = folder / "report.json", b"the old report\n"
    words = [PROGRAM, "check", str(CASES), "--format", "short", "--format", f"json={path}"]
    for kind, times in {"unnamed": 100, "named": 40}.items():
        if kind not in KINDS:
            continue
        env = environment(LD_PRELOAD=FAILING, CHUNK=CHUNK, SLOW=3000, **KINDS[kind])
        begin = time.monotonic()
        subprocess.run(words, env=env, capture_output=True, timeout=300)
        whole = time.monotonic() - begin
        new = path.read_bytes()
        draw = random.Random(SEED)
        outcomes = {"old": 0, "new": 0, "while writing": 0, "left": 0}
        for i in range(times):
            path.write_bytes(old)
            started = subprocess.Popen(words, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            before = set(left_behind(folder))
            writes = False
            # Two thirds of them wait for the writing to begin; it takes a while of its own.
            if i % 3 != 0:
                until = time.monotonic() + 60
                while not writes and started.poll() is None and time.monotonic() < until:
                    time.sleep(0.0005)
                    writes = unnamed_in(folder, started.pid) or bool(set(left_behind(folder)) - before)
                time.sleep(draw.uniform(0, whole / 4))
            else:
                time.sleep(draw.uniform(0, whole * 2))
            started.kill()
            started.wait()
            now = path.read_bytes()
            check(f"killed/{kind}/{i}", now in (old, new), f"neither the old file nor the new one: {len(now)} bytes")
            outcomes["new" if now == new else "old"] += 1
            outcomes["while writing"] += writes and now == old
            left = left_behind(folder)
            # The run before took away what one before that had left.
            check(f"killed/{kind}/{i}", len(left) <= (0 if kind == "unnamed" else 2), f"left behind: {left}")
            outcomes["left"] += len(left)
        check(f"killed/{kind}", outcomes["while writing"] >= times / 10 and outcomes["new"] > 0, f"the kills missed it: {outcomes}")
        check(f"killed/{kind}", (outcomes["left"] > 0) == (kind == "named"), f"left: {outcomes}")
        print(f"killed, {kind}: of {times}, {outcomes}")
        done = run("check", CASES, "--format", f"json={path}")
        check(f"killed/{kind}", done.returncode == 1 and path.read_bytes() == new and not left_behind(folder), "the next run leaves it there")


def swept(folder):
    case = ROOT / "cases/clean/14-two-accounts.yaml"
    target, elsewhere = folder / "out.json", folder / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "precious").write_text("it")

    def part(name):
        (folder / name).write_text("half a rep")
        return folder / name

    stale = [part(".antinomy-1-0.part"), part(f".antinomy-{os.getpid()}-3.part"), part(".antinomy-99999999999999999999-12.part")]
    kept = [part(".antinomy-1-.part"), part(".antinomy--1.part"), part(".antinomy-1-2.part.bak"), part("antinomy-1-2.part"),
            part(".antinomy-a-1.part"), part(".antinomy-1-1.parts"), part(".antinomy-docs.part")]  # fmt: skip
    linked = part(".antinomy-5-0.part")
    os.link(linked, elsewhere / "same")
    link = folder / ".antinomy-2-0.part"
    link.symlink_to(elsewhere / "precious")
    (folder / ".antinomy-3-0.part").mkdir()
    os.mkfifo(folder / ".antinomy-4-0.part")
    locked = part(".antinomy-6-0.part")
    kept += [linked, link, folder / ".antinomy-3-0.part", folder / ".antinomy-4-0.part", locked]
    if os.geteuid() == 0:
        others = part(".antinomy-7-0.part")
        os.chown(others, 12345, 12345)
        kept.append(others)
    with open(locked, "rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        for more in KINDS.values():
            done = run("check", case, "--format", f"json={target}", env=environment(LD_PRELOAD=FAILING, **more))
            check("swept", done.returncode == 0 and json.loads(target.read_bytes())["format"] == 1, "no report")
        check("swept", not [p for p in stale if p.exists()], "a part that nobody writes is left")
        check("swept", not [p for p in kept if not os.path.lexists(p)], f"taken away: {[p.name for p in kept if not os.path.lexists(p)]}")
        check("swept", (elsewhere / "precious").read_text() == "it", "a link was followed")
    run("check", case, "--format", f"json={target}")
    check("swept", not locked.exists(), "a part that nobody holds any more is left")
    # Many runs, each of which looks for what others left, while they write under names.
    busy = folder / "busy"
    busy.mkdir()
    for more in KINDS.values():
        started = [subprocess.Popen([PROGRAM, "check", case, "--format", f"json={busy / f'{i % 4}.json'}", "--format", f"json={busy / f'own-{i}.json'}"],
                                    env=environment(LD_PRELOAD=FAILING, CHUNK=512, SLOW=200, **more),
                                    stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) for i in range(16)]  # fmt: skip
        for s in started:
            said = s.communicate(timeout=300)[1]
            check("swept/busy", s.returncode == 0, f"exit {s.returncode}: {said[-200:]}")
        texts = {p.read_bytes() for p in busy.iterdir()}
        check("swept/busy", len(list(busy.iterdir())) == 20 and len({json.loads(t)["format"] for t in texts}) == 1, f"{sorted(os.listdir(busy))}")


def kept(folder):
    case = folder / "case.yaml"
    shutil.copy(ROOT / "cases/clean/14-two-accounts.yaml", case)
    path = folder / "out.json"
    path.write_text("old")
    path.chmod(0o640)
    run("check", case, "--format", f"json={path}")
    check("kept/mode", stat.S_IMODE(path.stat().st_mode) == 0o640, "the permissions changed")
    fresh = folder / "fresh.json"
    run("check", case, "--format", f"json={fresh}", preexec_fn=lambda: os.umask(0o027))
    check("kept/umask", stat.S_IMODE(fresh.stat().st_mode) == 0o640, "a new file ignores the umask")
    (folder / "deep").mkdir()
    link, target = folder / "link.json", folder / "deep" / "target.json"
    for content in (None, "old"):
        link.unlink(missing_ok=True)
        target.unlink(missing_ok=True)
        link.symlink_to("deep/target.json")
        if content:
            target.write_text(content)
        run("check", case, "--format", f"json={link}")
        check("kept/link", link.is_symlink() and target.exists() and json.loads(target.read_bytes())["format"] == 1,
              "the link was replaced, or not followed")  # fmt: skip
        check("kept/link", not left_behind(folder) + left_behind(folder / "deep"), "left behind")
    (folder / "circle").symlink_to("circle")
    refused("kept/circle", run("check", case, "--format", f"json={folder / 'circle'}"), "circle", os.strerror(errno.ELOOP))
    refused("kept/nowhere", run("check", case, "--format", f"json={folder / 'no' / 'x.json'}"), "no/x.json",
            os.strerror(errno.ENOENT))  # fmt: skip
    refused("kept/no-folder", run("check", case, "--format", f"json={case}/x.json"), "case.yaml/x.json",
            os.strerror(errno.ENOTDIR))  # fmt: skip
    refused("kept/long", run("check", case, "--format", f"json={folder / ('n' * 300)}"), "nnnn", os.strerror(errno.ENAMETOOLONG))
    before = case.read_bytes()
    for name in (case, folder / "." / "deep" / ".." / "case.yaml"):
        refused("kept/input", run("check", case, "--format", f"json={name}"), name, "it was read in this run")
    other = folder / "other-name.yaml"
    os.link(case, other)
    refused("kept/input", run("check", case, "--format", f"json={other}"), other, "it was read in this run")
    check("kept/input", case.read_bytes() == before, "the case was written over")
    if os.geteuid() != 0:
        path.chmod(0o440)
        refused("kept/read-only", run("check", case, "--format", f"json={path}"), path, os.strerror(errno.EACCES))
    pipe = folder / "pipe"
    os.mkfifo(pipe)
    got = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()
    done = run("check", case, "--format", f"json={pipe}")
    reader.join(60)
    check("kept/pipe", got and json.loads(got[0])["format"] == 1 and stat.S_ISFIFO(pipe.stat().st_mode), "no report through the pipe")
    done = run("check", case, "--format", "json=/dev/stdout")
    check("kept/stdout", json.loads(done.stdout)["format"] == 1, "/dev/stdout is not standard output")
    done = run("check", case, "--format", "json=-")
    check("kept/dash", json.loads(done.stdout)["format"] == 1, "- is not standard output")


def several(folder):
    text = run("check", CASES)
    files = {name: folder / f"all.{name}" for name in ("text", "short", "json", "sarif")}
    done = run("check", CASES, *[w for n, f in files.items() for w in ("--format", f"{n}={f}")])
    check("several", done.stdout == text.stdout and done.returncode == text.returncode, "the text is not on standard output")
    for name, path in files.items():
        alone = run("check", CASES, "--format", name)
        check("several", alone.stdout == path.read_bytes(), f"{name} in a file differs from {name} alone")
    done = run("check", CASES, "--format", "json", "--format", f"short={folder / 'again.short'}")
    check("several", done.stdout == files["json"].read_bytes(), "json is not on standard output")
    check("several", (folder / "again.short").read_bytes() == files["short"].read_bytes(), "not the same bytes twice")
    # One that cannot be written is no harm to the others.
    again = folder / "more.json"
    done = run("check", CASES, "--format", "short=/dev/full", "--format", f"json={again}")
    check("several", done.returncode == 2 and again.read_bytes() == files["json"].read_bytes(), "one fault, all lost")
    # Colour is for terminals.
    done = subprocess.run([PROGRAM, "--color", "always", "check", str(CASES), "--format", f"text={folder / 'plain'}"],
                          env=environment(), capture_output=True, timeout=300)  # fmt: skip
    check("several", b"\x1b[" in done.stdout and b"\x1b" not in (folder / "plain").read_bytes(), "colour in a file")

    lines = len(files["short"].read_bytes().splitlines())
    for options in ([], ["--fail-on", "info", "--fail-on-possible"], ["--fail-on", "never"]):
        codes = set()
        for most in (0, 1, 7, lines, lines + 1):
            done = run("check", CASES, "--format", "short", "--max-findings", most, *options)
            codes.add(done.returncode)
            told = done.stdout.decode().splitlines()
            rest = lines - most if 0 < most < lines else 0
            check("max-findings", len(told) == (most + 1 if rest else lines), f"{most}: {len(told)} lines")
            if rest:
                words = f"{rest} more finding{'s' if rest > 1 else ''} not shown (--max-findings {most})"
                check("max-findings", told[-1] == words, f"{most}: {told[-1]}")
                whole = re.sub(r"\s+", " ", run("check", CASES, "--max-findings", most, *options).stdout.decode())
                check("max-findings", words in whole, f"the text does not count the rest of {most}")
        check("max-findings", len(codes) == 1, f"{options}: exit codes {codes}")


def run_block(folder):
    shutil.copytree(CASES, folder / "a" / "cases", ignore=shutil.ignore_patterns("*.md"))
    shutil.copytree(folder / "a", folder / "b")
    words = ["check", "cases", "--format", "json", "--account", "defence", "--rules", "status-not-yet-in-effect", "--fail-on", "never"]
    first, second = (run(*words, cwd=folder / name).stdout for name in "ab")
    check("run", first == second, "another folder, other bytes")
    told = json.loads(first)["run"]
    version = run("--version").stdout.decode().split()[-1]
    check("run", told["antinomy_version"] == version, "version")
    check("run", told["date"] is None, "a date that nobody gave")
    check("run", re.fullmatch(r"20\d\d[a-z]", told["tzdata"] or ""), f"tzdata: {told['tzdata']}")
    check("run", told["choices"]["accounts"] == ["defence"] and told["choices"]["rules"] == ["status-not-yet-in-effect"]
          and told["choices"]["fail_on"] == "never", "choices")  # fmt: skip
    check("run", [r["id"] for r in told["rules"]] == ["status-not-yet-in-effect"], "rules")
    check("run", told["inputs"] and all(
        hashlib.sha256((folder / "a" / i["file"]).read_bytes()).hexdigest() == i["sha256"]
        and (folder / "a" / i["file"]).stat().st_size == i["bytes"] for i in told["inputs"]), "SHA-256 of inputs")  # fmt: skip
    for pack in told["packs"]:
        text = (ROOT / pack["file"]).read_bytes()
        check("run", hashlib.sha256(text).hexdigest() == pack["sha256"], f"SHA-256 of {pack['file']}")
        head = re.search(rb"^pack:.*?(?=^\S(?!ack:)|\Z)", text, re.MULTILINE | re.DOTALL).group()
        check("run", pack["id"].encode() in head and (pack["version"] or "").encode() in head
              and (pack["verified_on"] or "").encode() in head, f"head of {pack['file']}")  # fmt: skip
    listed = {str(p.relative_to(ROOT)) for p in (ROOT / "rules").glob("*.yaml")}
    check("run", listed <= {p["file"] for p in told["packs"]}, "a shipped pack is not named")
    case = next(c for c in told["cases"] if c["id"] == "tj-ziyoyev")
    check("run", set(case["files"]) <= {i["file"] for i in told["inputs"]}, "files of a case")
    slack = case["policies"]["approximate_slack"]
    check("run", slack["value"].isdigit() and slack["from"] in ("case", "pack", "program"), "policies")
    for name, policy in case["policies"].items():
        if policy["from"] == "program":
            check("run", policy["file"] is None, f"policy {name} has a place")
            continue
        file = ROOT / policy["file"] if policy["file"].startswith("rules/") else folder / "a" / policy["file"]
        line = file.read_text().splitlines()[policy["line"] - 1]
        check("run", policy["value"].split()[0] in line or name in line, f"policy {name} is not at {policy['file']}:{policy['line']}")
    for env, day in ((environment(SOURCE_DATE_EPOCH=1415491200), "2014-11-09"), (environment(), None)):
        done = run("check", "cases/hasanov.yaml", "--format", "json", cwd=folder / "a", env=env)
        check("run", json.loads(done.stdout)["run"]["date"] == day, f"date: not {day}")
    done = run("check", "cases/hasanov.yaml", "--format", "json", "--run-date", "2016-02-29", cwd=folder / "a",
               env=environment(SOURCE_DATE_EPOCH=1415491200))  # fmt: skip
    check("run", json.loads(done.stdout)["run"]["date"] == "2016-02-29", "--run-date")
    done = run("check", "cases/hasanov.yaml", cwd=folder / "a", env=environment(SOURCE_DATE_EPOCH="yesterday"))
    check("run", done.returncode == 2 and b"SOURCE_DATE_EPOCH" in done.stderr, "SOURCE_DATE_EPOCH=yesterday is taken")
    done = run("check", "cases/hasanov.yaml", "--format", "json", cwd=folder / "a",
               env=environment(GITHUB_SHA="c0ffee", GITHUB_REPOSITORY="a/b", GITHUB_REF_NAME="main"))  # fmt: skip
    check("run", json.loads(done.stdout)["run"]["revision"] == {"repository": "https://github.com/a/b", "commit": "c0ffee", "branch": "main"},
          "revision")  # fmt: skip


for part in (failing, full, killed, swept, kept, several, run_block):
    if sys.argv[3:] and part.__name__ not in sys.argv[3:]:
        continue
    with tempfile.TemporaryDirectory(prefix="antinomy-outputs-") as name:
        part(Path(name).resolve())
print("\n".join(faults) if faults else "outputs: as they should be")
sys.exit(1 if faults else 0)
