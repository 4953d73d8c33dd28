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

CASES = [
    "cases/clean/07-arson.yaml", "cases/clean/09-banned-organisation.yaml", "cases/clean/19-newspapers.yaml",
    "cases/clean/16-aggregate.yaml", "cases/clean/20-association-ban.yaml", "cases/decided/del-rio-prada.yaml", "cases/decided/ecer-zeyrek.yaml",
    "cases/decided/veeber.yaml", "cases/decided/weinberger.yaml", "cases/tajikistan/ibrohimov.yaml",
    "cases/tajikistan/quvvatov.yaml", "cases/tajikistan/sentences-2015.yaml", "cases/tenancy/lindenweg.yaml",
]  # fmt: skip
# Parts of reports that a sheet may end in.
TEXT = "Statements as they were published, each as long as it takes. "
TABLE = f"""<table class="wide"><caption>Caption</caption><thead><tr><th>Alpha</th><th>Beta</th></tr></thead>
<tbody><tr><td>one</td><td>{TEXT * 8}</td></tr><tr><td>two</td><td>{TEXT}</td></tr>
<tr><td>three</td><td>{TEXT}</td></tr></tbody></table>"""
PARTS = {
    "sentence": f'<p class="said">Sentence: {TEXT * 10}</p><p>{TEXT}</p>',
    "list": f"<p>At last:</p><ul><li>{TEXT * 8}</li><li>{TEXT * 3}</li></ul>",
    "heading": f"<h2>Heading of a part</h2><p>{TEXT * 2}</p>",
    "excerpt": '<p class="place">Place</p><pre class="wrap excerpt"><code>' + "line of a file\n" * 8 + "</code></pre>",
    "table": f'<div class="scroll">{TABLE}</div>',
}
# What is taken out of a page, and what is to be found then: of one that has a part at each height of a sheet, or a case.
FOOTER = "main > p:last-child { break-inside: avoid; margin-bottom: 0; padding-bottom: 12mm; }\n  body > footer { margin-top: -11mm;"
WITHOUT = [
    ("p.said { font-size: 10.5pt; break-inside: avoid; }", "sentence", "torn between sheets"),
    ("p:has(+ ul) { break-after: avoid; }", "list", "ends with what leads to the next: Atlast"),
    ("h1, h2, h3, h4 { break-after: avoid; }", "heading", "ends with what leads to the next: Headingofapart"),
    ("p.place { break-after: avoid; }", "excerpt", "ends with what leads to the next: Place"),
    ("caption { break-after: avoid; break-inside: avoid; }", "table", "ends with what leads to the next: Caption"),
    (", thead { break-after: avoid; }", "table", "ends with the head of a table"),
    (FOOTER, "", "has one line alone"),
    ("lanes divided", "20-association-ban", "sheet 1 is filled to"),
    (".strips > div { display: table-row; break-inside: avoid; }", "20-association-ban", "goes on with the timeline without its axis"),
    ("overflow-x: auto; }", "20-association-ban", "px too wide at 390 px"),
    ("<wbr>", "07-arson", "Chronology is"),
]  # fmt: skip

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
        out.append([(line[0][0], min(w[1] for w in line), [w[2] for w in sorted(line, key=lambda w: w[1])]) for line in lines])
    # The same in the order of the text.
    texts = ["".join(html.unescape(w) for w in re.findall(r"<word .*?>(.*?)</word>", sheet)) for sheet in told.split("<page ")[1:]]
    return out, [plain(t) for t in texts]


def ends_with(sheet, head):
    """Are the last lines, whatever column each word is in, the head of a table?"""
    words = set()
    for _, _, line in reversed(sheet):
        if not set(line) <= head:
            return False
        words |= set(line)
        if words == head:
            return True
    return False


def axes(told, lines):
    """Where the timeline goes on to another sheet it has its axis there again, and no sheet ends with the axis."""
    words = set(told["axis"].split())
    if not words:
        return
    first = next((n for n, sheet in enumerate(lines) if any(line[2] == ["Timeline"] for line in sheet)), len(lines))
    for n in range(first, len(lines)):
        sheet = lines[n]
        if n > first and plain("".join(sheet[0][2])).startswith(plain(told["legend"])):
            return
        if n > first and not set(sheet[0][2]) <= words:
            yield f"sheet {n + 1} goes on with the timeline without its axis"
        # Right of the names, of which one may end with a year, too.
        if set(sheet[-1][2]) <= words and sheet[-1][1] > MARGIN + 100:
            yield f"sheet {n + 1} ends with the axis of the timeline"
        if any(plain("".join(line[2])).startswith(plain(told["legend"])) for line in sheet):
            return


def look(told, pdf):
    """What is wrong with one page, and how far its first sheet is filled."""
    found = list(told["wide"])
    lines, texts = sheets(pdf)
    leads = {plain(lead) for lead in told["leads"]}
    heads = [set(head.split()) for head in told["heads"]]
    for n, sheet in enumerate(lines, 1):
        if len(sheet) < 2:
            found.append(f"sheet {n} has one line alone: {' '.join(sheet[0][2]) if sheet else ''}")
        elif n < len(lines) and sheet[-1][1] < MARGIN + 8:
            whole = plain("".join("".join(line[2]) for line in sheet))
            found += [f"sheet {n} ends with what leads to the next: {x}" for x in leads if len(x) > 2 and whole.endswith(x)]
            found += [f"sheet {n} ends with the head of a table: {' '.join(sheet[-1][2])}" for head in heads if ends_with(sheet, head)]
    found += axes(told, lines)
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


def made(page, part):
    """In the frame and the style of a page: a part at each height of a sheet."""
    begin, _, rest = page.partition("<h1>")
    style = "@media print { .begin { break-before: page; } }\n"
    body = ""
    for n in range(18):
        style += f"#high-{n} {{ height: {195 + 3.5 * n}mm; }}\n"
        body += f'<p class="begin">Part {n}</p>\n<p>{TEXT}</p>\n<div id="high-{n}"></div>\n{part}\n'
    return f"{begin.replace('</style>', style + '</style>')}<h1>Made</h1>\n<p>{TEXT * 3}</p>\n{body}<p>The end.</p>\n</main>{rest.partition('</main>')[2]}"


def short(page, high):
    """A page that ends so far from its top."""
    begin, _, rest = page.partition("<h1>")
    style = f"@media print {{ #high {{ height: {high}mm; }} }}\n</style>"
    return f"{begin.replace('</style>', style)}<div id=\"high\">Above</div>\n<p>The end.</p>\n</main>{rest.partition('</main>')[2]}"


def without(pages, tmp):
    """Pages that lack what they need, with what is to be found of each; and those that do not lack it."""
    frame = (tmp / "20-association-ban.html").read_text()
    whole = {name: [made(frame, part)] for name, part in PARTS.items()}
    cases = {"20-association-ban": [frame], "07-arson": [(tmp / "07-arson.html").read_text()]}
    # The foot is alone where the text ends with a sheet: wherever that is.
    ends = [short(frame, 220 + 3 * n) for n in range(12)]
    for n, text in enumerate([*(text for texts in whole.values() for text in texts), *ends]):
        pages.append(tmp / f"made-{n}.html")
        pages[-1].write_text(text)
    whole.update(cases)
    out = []
    for rule, page, want in WITHOUT:
        names = []
        for text in ends if rule == FOOTER else whole[page]:
            if rule not in text:
                fault("without", f"no page has {rule}")
            pages.append(tmp / f"without-{len(pages)}.html")
            pages[-1].write_text(text.replace(rule, "lanes" if rule == "lanes divided" else ""))
            names.append(pages[-1].stem)
        out.append((names, rule, want))
    return out


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("modules")
    parser.add_argument("--all", action="store_true")
    o = parser.parse_args()
    used = []
    with tempfile.TemporaryDirectory() as name:
        tmp = Path(name)
        pages = write(str(Path(o.program).resolve()), tmp, o.all)
        wrong = [] if o.all else without(pages, tmp)
        of = {}
        for told in printed(o.modules, tmp, pages):
            of[told["name"]], first = look(told, tmp / f"{told['name']}.pdf")
            if re.match("(without|made)-", told["name"]) is None:
                used.append(first)
        for names, rule, want in wrong:
            found = [f for n in names for f in of.pop(n, [])]
            if not any(want in f for f in found):
                fault("without", f"{rule}: {want!r} is not found, but {found[:3]}")
        for name, found in of.items():
            for f in found:
                # What is made to end anywhere may end early.
                if not (name.startswith("made-") and "is filled to" in f):
                    fault(name, f)
        if len(of) < len(pages) - sum(len(names) for names, _, _ in wrong):
            fault("paper", f"not all of {len(pages)} pages were printed")
    print("\n".join(faults) if faults else f"{len(used)} pages are divided as they should be")
    if used:
        print(f"first sheets are filled to {100 * sum(used) / len(used):.0f} % on average, {100 * min(used):.0f} % at least")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
