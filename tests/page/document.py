#!/usr/bin/env python3
"""Documents that `check --docx` and `check --odt` make by pandoc.

    document.py PROGRAM

With pandoc: the document opens (its XML parses), holds every finding, headings and tables, and no
picture; the same bytes twice. Without, or with one that fails: an error with the way out, no file,
exit 2. Ends with 1 if anything is wrong.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CASE = "cases/tajikistan/ziyoyev.yaml"
faults = []


def run(program, *arguments, path=None):
    environment = {k: v for k, v in os.environ.items() if k != "SOURCE_DATE_EPOCH"}
    if path is not None:
        environment["PATH"] = path
    return subprocess.run([program, "check", CASE, *map(str, arguments)], capture_output=True, text=True, cwd=ROOT,
                          env=environment, timeout=300)  # fmt: skip


def words(document, part):
    with zipfile.ZipFile(document) as z:
        if z.testzip() is not None:
            faults.append(f"{document.name}: not a sound archive")
        for name in z.namelist():
            data = z.read(name)
            if name.endswith(".xml") and data:
                ET.fromstring(data)
            if re.search(r"\.(svg|png|jpe?g)$", name) and "Thumbnails" not in name:
                faults.append(f"{document.name}: has a picture: {name}")
        text = z.read(part).decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", re.sub(r"</(w|text):[ph]>|<text:s ?/>|<w:br ?/>", " ", text)))


def with_pandoc(program, tmp):
    told = json.loads(run(program, "--format", "json").stdout)
    for kind, part in (("docx", "word/document.xml"), ("odt", "content.xml")):
        out = tmp / f"report.{kind}"
        done = run(program, f"--{kind}", out)
        if done.returncode not in (0, 1) or not out.exists():
            faults.append(f"{kind}: ended with {done.returncode}: {done.stderr[-1000:]}")
            continue
        text = words(out, part).replace("&quot;", '"').replace("&amp;", "&").replace("&apos;", "'")
        for f in told["findings"]:
            if f["fingerprint"] not in text:
                faults.append(f"{kind}: {f['rule']} at {f['at']} is not in it")
        for heading in ("Result", "Findings", "What to find out next", "How its words are meant"):
            if heading not in text:
                faults.append(f"{kind}: has no heading {heading}")
        time.sleep(2.1)  # zip counts in steps of two seconds
        again = tmp / f"again.{kind}"
        run(program, f"--{kind}", again)
        if again.read_bytes() != out.read_bytes():
            faults.append(f"{kind}: not the same bytes twice")


def without(program, tmp):
    empty = tmp / "empty"
    empty.mkdir()
    out = tmp / "none.docx"
    done = run(program, "--docx", out, path=str(empty))
    if done.returncode != 2 or out.exists() or "pandoc" not in done.stderr or "--html FILE" not in done.stderr:
        faults.append(f"without pandoc: {done.returncode}: {done.stderr}")
    failing = tmp / "failing"
    failing.mkdir()
    (failing / "pandoc").write_text("#!/bin/sh\necho it does not work today >&2\nexit 3\n")
    (failing / "pandoc").chmod(0o755)
    out.write_text("old")
    done = run(program, "--docx", out, path=f"{failing}:/bin:/usr/bin")
    if done.returncode != 2 or out.read_text() != "old" or "it does not work today" not in done.stderr:
        faults.append(f"with a pandoc that fails: {done.returncode}: {done.stderr}")


def main():
    program = str(Path(sys.argv[1]).resolve())
    with tempfile.TemporaryDirectory() as name:
        tmp = Path(name)
        without(program, tmp)
        if shutil.which("pandoc"):
            with_pandoc(program, tmp)
        else:
            faults.append("there is no pandoc (apt install pandoc)")
    print("\n".join(faults) if faults else "documents are as they should be")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
