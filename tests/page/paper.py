#!/usr/bin/env python3
"""Reports on paper: how Chromium divides them into sheets of A4.

    paper.py PROGRAM MODULES [--all]      puppeteer-core (npm) is installed in MODULES

Of each page: no heading, caption or line that ends in a colon is the last on a sheet; no sheet has one
line alone; no sentence of a finding begins on one sheet and ends on the next; the first sheet is filled to
three quarters, where there is a second; on a screen nothing scrolls sideways. Of the cases in CASES; with
--all, of all cases and their variants (two minutes). That it sees each of it: it does, in pages without
the rule of style that prevents it (WITHOUT). Ends with 1 if anything is wrong.
"""

import argparse
import html
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
POINT = 72 / 25.4
MARGIN = 18 * POINT  # of all four sides
FOOT = 297 * POINT - MARGIN

CASES = []
WITHOUT = []

faults = []


def fault(where, what):
    faults.append(f"{where}: {what}")


def plain(text):
    """Without blanks and signs that nobody sees: where lines break is not told."""
    return re.sub("[\\s\u200b\u200e\u200f\u2066-\u2069]+", "", text)


def sheets(pdf):
    """Of each sheet its lines from top to bottom: where they begin and end, and their text."""
    told = subprocess.run(["pdftotext", "-bbox", pdf, "-"], capture_output=True, text=True, check=True).stdout
    out = []
    for sheet in told.split("<page ")[1:]:
        words = []
        for left, top, bottom, text in re.findall(r'<word xMin="(.*?)" yMin="(.*?)" xMax=".*?" yMax="(.*?)">(.*?)</word>', sheet):
            if MARGIN - 8 < float(top) and float(bottom) < FOOT + 6:  # not the number of the sheet
                words.append((float(bottom), float(left), html.unescape(text)))
        lines = []
        for bottom, left, text in sorted(words):
            if not lines or bottom - lines[-1][0][0] > 2.5:
                lines.append([])
            lines[-1].append((bottom, left, text))
        out.append([(line[0][0], min(w[1] for w in line), "".join(w[2] for w in sorted(line, key=lambda w: w[1])))
                    for line in lines])  # fmt: skip
    # The same in the order of the text.
    texts = ["".join(html.unescape(w) for w in re.findall(r"<word .*?>(.*?)</word>", sheet)) for sheet in told.split("<page ")[1:]]
    return out, [plain(t) for t in texts]


def look(told, pdf):
    """What is wrong with one page, and how far its first sheet is filled."""
    found = list(told["wide"])
    lines, texts = sheets(pdf)
    leads = {plain(lead) for lead in told["leads"]}
    for n, sheet in enumerate(lines, 1):
        if len(sheet) < 2:
            found.append(f"sheet {n} has one line alone: {sheet[0][2] if sheet else ''}")
        elif n < len(lines) and sheet[-1][1] < MARGIN + 8:
            whole = plain("".join(line[2] for line in sheet))
            found += [f"sheet {n} ends with what leads to the next: {x}" for x in leads if len(x) > 2 and whole.endswith(x)]
    stream, of = "", []
    for n, text in enumerate(texts, 1):
        # The number of the sheet stands last in it.
        text = re.sub(r"\d+/\d+$", "", text)
        stream += text
        of += [n] * len(text)
    at = 0
    for said in told["said"]:
        begin = stream.find(plain(said), at)
        if begin < 0:
            found.append(f"not on paper: {said[:60]}")
            continue
        at = begin + 1
        end = begin + len(plain(said)) - 1
        if of[begin] != of[end]:
            found.append(f"torn between sheets {of[begin]} and {of[end]}: {said[:60]}")
    used = (lines[0][-1][0] - MARGIN) / (FOOT - MARGIN) if lines[0] else 0
    if len(lines) > 1 and used < 0.75:
        found.append(f"sheet 1 is filled to {100 * used:.0f} %")
    return found, used


def printed(modules, folder, pages):
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not chromium or not shutil.which("pdftotext"):
        fault("paper", "there is no chromium or no pdftotext (apt install chromium poppler-utils)")
        return []
    done = subprocess.run(["node", HERE / "paper.mjs", Path(modules).resolve(), chromium, folder, *pages],
                          capture_output=True, text=True, timeout=900)  # fmt: skip
    if done.returncode != 0:
        fault("paper", done.stderr[:2000])
    return [json.loads(line) for line in done.stdout.splitlines()]


def write(program, tmp, everything):
    if everything:
        subprocess.run([program, "check", "cases", "--variants", "--html", f"{tmp}/"], cwd=ROOT, capture_output=True, timeout=300)
        (tmp / "index.html").unlink()
        return sorted(tmp.glob("*.html"))
    out = []
    for case in CASES:
        out.append(tmp / f"{Path(case).stem}.html")
        subprocess.run([program, "check", case, "--html", out[-1]], cwd=ROOT, capture_output=True, timeout=300)
    return out


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("modules")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--without", metavar="RULE")
    o = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        tmp = Path(name)
        pages = write(str(Path(o.program).resolve()), tmp, o.all)
        for page in pages if o.without else []:
            text = page.read_text()
            assert o.without in text
            page.write_text(text.replace(o.without, ""))
        used = []
        for told in printed(o.modules, tmp, pages):
            found, first = look(told, tmp / f"{told['name']}.pdf")
            used.append(first)
            for f in found:
                fault(told["name"], f)
    print("\n".join(faults) if faults else f"{len(used)} pages are divided as they should be")
    if used:
        print(f"first sheets are filled to {100 * sum(used) / len(used):.0f} % on average, {100 * min(used):.0f} % at least")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
