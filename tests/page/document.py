#!/usr/bin/env python3
"""Documents that `check --docx` and `check --odt` make by pandoc.

    document.py PROGRAM

With pandoc: the document opens (its XML parses), holds every finding, headings and tables, and the
timeline as a metafile with every name of the page's picture; the same bytes twice. It can be filed and
edited: a title that is said once, headings as styles without a level left out, links that lead
somewhere, A4 and numbered pages, quotes in their language and direction, columns as wide as their words,
rows that no page divides. Without, or with one that fails: an error with the way out, no file,
exit 2. Ends with 1 if anything is wrong.
"""

import html
import json
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CASE = "cases/tajikistan/ziyoyev.yaml"
# Nine columns, whose longest words have no room beside one another.
WIDE = """case: {id: wide, title: A table of nine columns}
accounts: {one: {role: party, title: the Staatsanwaltschaft}, two: {role: party, title: the Verteidigung}}
sources:
  constitution: {kind: news, title: The constitution, published: 2015-03-01}
  counter: {kind: news, title: Another, published: 2015-03-02}
events:
  march:
    title: the Verfassungsbeschwerde
    kind: meeting
    start:
      - {value: 2014-11-10, source: constitution, by: one, quote: counterintelligence}
      - {value: 2014-11-12, source: counter, by: one}
  later: {title: the other, kind: meeting, start: {value: on constitution.published, by: two}}
"""
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


def lengths(text):
    """The longest word of a cell; a line may break behind a hyphen that no digit follows, and between dates."""
    return max((len(w) for w in re.split(r"\s|/|\.\.|-(?!\d)", text)), default=0)


def columns(name, widths, rows):
    """No word of up to 14 letters is wider than its column, in tables of more than 7 columns none of up to 10, which
    dates have: 104 letters to a line, and a little for bold ones."""
    most = 14 if len(widths) <= 7 else 10
    for row in rows:
        for width, cell in zip(widths, row):
            if lengths(cell) <= most and lengths(cell) > 104 * width / sum(widths) + 1:
                faults.append(f"{name}: a column of {100 * width / sum(widths):.0f} % for {cell[:60]}")


def word(document, title, languages):
    """What a docx is made of."""
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    name = document.name
    with zipfile.ZipFile(document) as z:
        body = ET.fromstring(z.read("word/document.xml"))[0]
        styles = ET.fromstring(z.read("word/styles.xml"))
        core = z.read("docProps/core.xml").decode()
        footer = z.read("word/footer1.xml").decode()
        types = z.read("[Content_Types].xml").decode()
        links = z.read("word/_rels/document.xml.rels").decode()
    known = {s.get(f"{w}styleId"): s for s in styles.iter(f"{w}style")}
    used = {e.get(f"{w}val") for tag in ("pStyle", "rStyle", "tblStyle") for e in body.iter(w + tag)}
    if used - set(known):
        faults.append(f"{name}: styles that are not there: {used - set(known)}")
    told = [("".join(p.itertext()), p.find(f"{w}pPr/{w}pStyle").get(f"{w}val")) for p in body.iter(f"{w}p")
            if p.find(f"{w}pPr/{w}pStyle") is not None]  # fmt: skip
    if [s for s, style in told if style == "Title"] != [title] or [s for s, _ in told].count(title) != 1:
        faults.append(f"{name}: the title is not said once")
    if f"<dc:title>{title}</dc:title>" not in core or "<dc:language>en</dc:language>" not in core:
        faults.append(f"{name}: its properties are {core}")
    drawing = "{http://schemas.openxmlformats.org/drawingml/2006/%s}"
    drawn = [e.get("descr") for e in body.iter(drawing % "wordprocessingDrawing" + "docPr")]
    told_twice = [e.get("descr") for e in body.iter(drawing % "picture" + "cNvPr") if e.get("descr")]
    if not drawn or told_twice or 'ContentType="image/x-emf"' not in types:
        faults.append(f"{name}: its pictures are {[d[:60] for d in drawn + told_twice]}")
    for n, said in enumerate(drawn, 1):
        part = f", part {n} of {len(drawn)}" if len(drawn) > 1 else ""
        if said != f"Timeline{part}: the table below has the same rows in words":
            faults.append(f"{name}: picture {n} of {len(drawn)} is {said[:80]}")
    for e in body.iter(drawing % "wordprocessingDrawing" + "inline"):
        if [e.get(f"dist{side}") for side in "TBLR"] != ["0"] * 4:
            faults.append(f"{name}: a picture has a distance to its line")
    for row in body.iter(f"{w}tr"):
        if row.find(f"{w}trPr/{w}tblHeader") is not None and any(p.find(f"{w}pPr/{w}keepNext") is None for p in row.iter(f"{w}p")):
            faults.append(f"{name}: the head of a table may be the last on a page")
            break
    for cell in body.iter(f"{w}tc"):
        if any(e.get(f"{w}val") == "VerbatimChar" for e in cell.iter(f"{w}rStyle")):
            faults.append(f"{name}: code in a table is as large as in text")
            break
    levels = [int(style[-1]) for _, style in told if re.fullmatch(r"Heading\d", style)]
    if not levels or levels[0] != 1 or any(b > a + 1 for a, b in zip(levels, levels[1:])):
        faults.append(f"{name}: levels of headings {levels}")
    names = {b.get(f"{w}name") for b in body.iter(f"{w}bookmarkStart")}
    to = {h.get(f"{w}anchor") for h in body.iter(f"{w}hyperlink")}
    if not to or to - names:
        faults.append(f"{name}: leads nowhere: {to - names}")
    page = body.find(f"{w}sectPr/{w}pgSz")
    if page is None or (page.get(f"{w}w"), page.get(f"{w}h")) != ("11906", "16838"):
        faults.append(f"{name}: is not of A4")
    if "NUMPAGES" not in footer or "/word/footer1.xml" not in types or 'Target="footer1.xml"' not in links:
        faults.append(f"{name}: its pages have no numbers")
    for row in body.iter(f"{w}tr"):
        if row.find(f"{w}trPr/{w}cantSplit") is None:
            faults.append(f"{name}: a page may divide a row")
            break
    for table in body.iter(f"{w}tbl"):
        widths = [int(c.get(f"{w}w")) for c in table.iter(f"{w}gridCol")]
        rows = [["\n".join("".join("\n" if e.tag == f"{w}br" else e.text or "" for e in p.iter()) for p in c.iter(f"{w}p"))
                 for c in r.iter(f"{w}tc")] for r in table.iter(f"{w}tr")]  # fmt: skip
        columns(name, widths, rows)
    said = {}
    for run in body.iter(f"{w}r"):
        style = run.find(f"{w}rPr/{w}rStyle")
        if style is not None and style.get(f"{w}val", "").startswith("Lang-"):
            tag = style.get(f"{w}val")[5:]
            said.setdefault(tag, set()).add(run.find(f"{w}rPr/{w}rtl") is not None)
            if known[f"Lang-{tag}"].find(f"{w}rPr/{w}lang").get(f"{w}val") != tag:
                faults.append(f"{name}: {tag} is not a language of its style")
    if said != languages:
        faults.append(f"{name}: quotes in {said}, not {languages}")


def shown(document):
    """The timeline's metafiles in their order, and how wide and high each is shown, in points."""
    with zipfile.ZipFile(document) as z:
        if document.suffix == ".docx":
            text = z.read("word/document.xml").decode()
            files = dict(re.findall(r'Id="(\w+)"[^>]*Target="(media/[^"]*)"', z.read("word/_rels/document.xml.rels").decode()))
            files.update((i, t) for t, i in re.findall(r'Target="(media/[^"]*)"[^>]*Id="(\w+)"', z.read("word/_rels/document.xml.rels").decode()))
            sizes = [(int(x) / 12700, int(y) / 12700) for x, y in re.findall(r'<wp:extent cx="(\d+)" cy="(\d+)"', text)]
            names = ["word/" + files[i] for i in re.findall(r'<a:blip r:embed="(\w+)"', text)]
        else:
            text = z.read("content.xml").decode()
            frames = re.findall(r'<draw:frame.*?</draw:frame>', text, re.S)
            inches = [[float(re.search(rf'svg:{side}="([\d.]+)in"', f)[1]) for side in ("width", "height")] for f in frames]
            sizes = [(72 * x, 72 * y) for x, y in inches]
            names = [re.search(r'xlink:href="([^"]*)"', f)[1] for f in frames]
        return [(z.read(n), *size) for n, size in zip(names, sizes)]


def metafile(document, case, program, environment, most):
    """The timeline as [MS-EMF]: records that end where they say, the texts of the picture of the page, no letter smaller
    than 7 points; in parts where it is high."""
    pictures = shown(document)
    texts, ends = [], set()
    for data, width, height in pictures:
        signature, _, size, count = struct.unpack_from("<4I", data, 40)
        right, bottom = struct.unpack_from("<2I", data, 16)
        at, kinds, letters_of = 0, [], []
        while at < len(data):
            kind, length = struct.unpack_from("<2I", data, at)
            kinds.append(kind)
            if kind == 84:
                letters, start = struct.unpack_from("<2I", data, at + 44)
                texts.append(data[at + start : at + start + 2 * letters].decode("utf-16-le"))
            if kind == 82:
                letters_of.append(-struct.unpack_from("<i", data, at + 12)[0])
            if length < 8 or length % 4:
                faults.append(f"{document.name}: a record of {length} bytes")
                return
            at += length
        if signature != 0x464D4520 or at != len(data) or size != at or count != len(kinds) or (kinds[0], kinds[-1]) != (1, 14):
            faults.append(f"{document.name}: no sound metafile")
        if abs(width / height - right / bottom) > 0.01:
            faults.append(f"{document.name}: a picture is distorted")
        if min(letters_of) * width / right < 7:
            faults.append(f"{document.name}: letters of {min(letters_of) * width / right:.1f} points")
        ends.add(height)
    if max(ends) > 0.6 * 257 * 72 / 25.4 or len(pictures) < most:
        faults.append(f"{document.name}: {len(pictures)} pictures of up to {max(ends):.0f} points")
    page = document.with_suffix(".html")
    subprocess.run([program, "check", case, "--html", page], cwd=ROOT, env=environment, capture_output=True, timeout=300)
    drawn = page.read_text().partition('<svg class="lanes')[2].partition("</svg>")[0]
    # Lines are broken otherwise where the picture is narrower; the axis is as wide as there is room for its names.
    said = re.findall(r'<text class="(name|small|lane|days|number[^"]*)[^>]*>([^<]*)</text>', drawn)
    got = " ".join(texts)
    lacks = sorted({w for _, s in said for w in html.unescape(s).split() if w not in got})
    if not said or lacks:
        faults.append(f"{document.name}: the metafiles lack {lacks}")


def open_document(document, title):
    """What an odt is made of."""
    with zipfile.ZipFile(document) as z:
        content = z.read("content.xml").decode()
        styles = z.read("styles.xml").decode()
        meta = z.read("meta.xml").decode()
        first = z.infolist()[0]
    if first.filename != "mimetype" or first.compress_type != zipfile.ZIP_STORED:
        faults.append(f"{document.name}: the kind of file does not come first, as it is")
    if f"<dc:title>{title}</dc:title>" not in meta or content.count(f">{title}</text:") != 1:
        faults.append(f"{document.name}: the title is not said once")
    layout = re.search(r"<style:page-layout-properties.*?>", styles, re.S)[0]
    if 'fo:page-width="210mm"' not in layout or 'fo:page-height="297mm"' not in layout or "0.5pt solid" not in content:
        faults.append(f"{document.name}: is not of A4, or its tables have no lines: {layout}")
    if "<table:table-row>" in content:
        faults.append(f"{document.name}: a page may divide a row")
    defined = re.findall(r'<style:style\s[^>]*?style:name="([^"]*)"', styles)
    if len(defined) != len(set(defined)):
        faults.append(f"{document.name}: a style twice: {sorted({s for s in defined if defined.count(s) > 1})}")
    sizes = {}
    for style in re.findall(r"<style:style .*?</style:style>", styles, re.S):
        size = re.search(r'fo:font-size="(\w+)"', style)
        sizes[re.search(r'style:name="([^"]*)"', style)[1]] = size and size[1]
    want = {"Heading_20_1": "14pt", "Table_20_Contents": "8pt", "Source_Text": "9pt", "Source_Text_Cell": "7pt"}
    if {k: sizes.get(k) for k in want} != want:
        faults.append(f"{document.name}: sizes {({k: sizes.get(k) for k in want})}")
    kept = [re.search(r'style:name="([^"]*)"', style)[1] for style in re.findall(r"<style:style .*?</style:style>", styles, re.S)
            if 'fo:keep-with-next="always"' in style]  # fmt: skip
    for name in ("Definition_20_Term_20_Tight", "Title", "Heading_20_2", "TableCaption"):
        if name not in kept:
            faults.append(f"{document.name}: {name} may be the last on a page")
    tree = ET.fromstring(content)
    space = {k: "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}" % k for k in ("table", "text", "style")}
    wide = {s.get(space["style"] + "name"): s[0].get(space["style"] + "rel-column-width") for s in tree.iter(space["style"] + "style")
            if s.get(space["style"] + "family") == "table-column"}  # fmt: skip
    for table in tree.iter(space["table"] + "table"):
        if any(e.get(space["text"] + "style-name") == "Source_Text" for e in table.iter(space["text"] + "span")):
            faults.append(f"{document.name}: code in a table is as large as in text")
        widths = [int(wide[c.get(space["table"] + "style-name")].rstrip("*")) for c in table.iter(space["table"] + "table-column")]
        rows = [["\n".join("".join("\n" + (e.tail or "") if e.tag.endswith("}line-break") else (e.text or "") + (e.tail or "" if e is not p else "")
                                   for e in p.iter()) for p in c.iter(space["text"] + "p"))
                 for c in r.iter(space["table"] + "table-cell")] for r in table.iter(space["table"] + "table-row")]  # fmt: skip
        columns(document.name, widths, rows)


def made(program, tmp):
    """Cases as documents: that of the newspaper article, one from right to left, one whose timeline is high, and one
    whose chronology has nine columns."""
    (tmp / "wide.yaml").write_text(WIDE)
    for case, title, rules, languages, pictures in (
        (CASE, "Prosecution of S. Ziyoyev", None, {"ru": {False}, "tg": {False}, "en": {False}}, 1),
        ("tests/page/cases/right-to-left.yaml", "قضية الاجتماع (2014)", ROOT / "tests/page/rules",
         {"ar": {True}, "he": {True}, "tg": {False}}, 1),
        ("cases/clean/20-association-ban.yaml", "Association Nordlicht-Kreis v the ministry (invented)", None, {"de": {False}}, 3),
        (tmp / "wide.yaml", "A table of nine columns", None, {}, 1),
    ):  # fmt: skip
        for kind in ("docx", "odt"):
            out = tmp / f"{Path(case).stem}.{kind}"
            environment = {k: v for k, v in os.environ.items() if k != "SOURCE_DATE_EPOCH"}
            if rules:
                environment["ANTINOMY_RULES"] = str(rules)
            subprocess.run([program, "check", case, f"--{kind}", out], cwd=ROOT, env=environment, capture_output=True, timeout=300)
            if not out.exists():
                faults.append(f"{out.name}: was not made")
                continue
            word(out, title, languages) if kind == "docx" else open_document(out, title)
            metafile(out, case, program, environment, pictures)


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
            made(program, tmp)
        else:
            faults.append("there is no pandoc (apt install pandoc)")
    print("\n".join(faults) if faults else "documents are as they should be")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
