#!/usr/bin/env python3
"""What `antinomy docs` writes.

    pages.py PROGRAM [--write]                compares with golden/ and asks the questions below
    pages.py PROGRAM --validate MODULES       html-validate (npm, installed in MODULES) on all pages

Of every page: is each element closed and known; does each link lead to a page and a part of it that
are there; one h1, no level of headings left out; landmarks, a language, a link past the navigation;
nothing loaded and nothing run. Of the folder: the same bytes twice, a page for each id, what is not
ours left alone. Ends with 1 if anything is wrong.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
GOLDEN = HERE / "golden"
# Of the small pack these pages are compared whole, but for the style.
COMPARED = ["index.html", "policies.html", "ids.html", "rules/signed-before-written.html", "rules/copied-late.html"]
VOID = {"meta", "br", "hr", "img", "input", "link"}
KNOWN = {
    "html", "head", "title", "style", "body", "header", "nav", "main", "footer", "section", "div", "h1", "h2", "h3",
    "h4", "p", "ul", "li", "dl", "dt", "dd", "a", "span", "strong", "code", "pre", "table", "caption", "thead", "tbody",
    "tr", "th", "td", "meta",
}  # fmt: skip
KNOWN_ATTRIBUTES = {
    "lang", "charset", "name", "content", "http-equiv", "class", "id", "href", "dir", "tabindex", "role", "scope",
    "aria-label", "aria-labelledby", "aria-current",
}  # fmt: skip

faults = []


def fault(where, what):
    faults.append(f"{where}: {what}")


class Page(HTMLParser):
    """A page read strictly: what it holds, and what is wrong with it."""

    def __init__(self, name, text):
        super().__init__(convert_charrefs=True)
        self.name = name
        self.open = []
        self.ids = set()
        self.links = []
        self.labelled = []
        self.headings = []
        self.tags = []
        self.text = ""
        if not text.startswith("<!DOCTYPE html>\n"):
            fault(name, "no doctype")
        self.feed(text)
        self.close()
        if self.open:
            fault(name, f"left open: {self.open}")

    def handle_starttag(self, tag, attrs):
        if tag not in KNOWN:
            fault(self.name, f"unknown element {tag}")
        self.tags.append(tag)
        names = [a for a, _ in attrs]
        if len(names) != len(set(names)):
            fault(self.name, f"an attribute twice in {tag}")
        for name in names:
            if name not in KNOWN_ATTRIBUTES:
                fault(self.name, f"unknown attribute {name} of {tag}")
        values = dict(attrs)
        if "id" in values:
            if values["id"] in self.ids:
                fault(self.name, f"id {values['id']} twice")
            self.ids.add(values["id"])
        if "href" in values:
            self.links.append(values["href"])
        if "aria-labelledby" in values:
            self.labelled.append(values["aria-labelledby"])
        if tag in ("p", "h1", "h2", "h3", "h4") and any(t in ("p", "h1", "h2", "h3", "h4") for t in self.open):
            fault(self.name, f"{tag} in a paragraph or heading")
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            fault(self.name, f"</{tag}> closes nothing")

    def handle_data(self, data):
        if "style" not in self.open:
            self.text += data

    def handle_comment(self, data):
        fault(self.name, "a comment")


def run(program, rules, *arguments):
    return subprocess.run(
        [program, *map(str, arguments)], capture_output=True, text=True, timeout=300,
        env=dict(os.environ, ANTINOMY_RULES=str(rules), LC_ALL="C.UTF-8"),
    )  # fmt: skip


def write(program, rules, out, *packs, code=0):
    done = run(program, rules, "docs", out, *packs)
    if done.returncode != code:
        fault(out.name, f"ended with {done.returncode}, not {code}: {done.stdout}{done.stderr}")
    return done


def files(out):
    return {str(p.relative_to(out)): p.read_bytes() for p in sorted(out.rglob("*")) if p.is_file()}


def check_pages(out, where):
    """All pages of a folder, parsed."""
    pages = {n: Page(f"{where}/{n}", b.decode()) for n, b in files(out).items() if n.endswith(".html")}
    for name, page in pages.items():
        at = f"{where}/{name}"
        if page.headings.count(1) != 1 or page.headings[0] != 1:
            fault(at, "not one h1, first")
        for above, below in zip(page.headings, page.headings[1:]):
            if below > above + 1:
                fault(at, f"h{below} below h{above}")
        for landmark in ("header", "nav", "main", "footer"):
            if landmark not in page.tags:
                fault(at, f"no {landmark}")
        raw = (out / name).read_text()
        if '<html lang="en">' not in raw or '<a class="skip" href="#main">' not in raw or "main" not in page.ids:
            fault(at, "no language or no link past the navigation")
        if re.search(r"url\(|@import|https?:", raw.partition("<style>")[2].partition("</style>")[0]):
            fault(at, "the style loads something")
        if re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]", raw):
            fault(at, "a character that is not to be seen")
        for label in page.labelled:
            if label not in page.ids:
                fault(at, f"named by {label}, which is not there")
        for link in page.links:
            to = urlsplit(link)
            if to.scheme or to.netloc or to.query:
                fault(at, f"leads out: {link}")
                continue
            target = name if not to.path else os.path.normpath(os.path.join(os.path.dirname(name), unquote(to.path)))
            if target not in pages:
                fault(at, f"leads nowhere: {link}")
            elif to.fragment and unquote(to.fragment) not in pages[target].ids:
                fault(at, f"no such part: {link}")
    listed = set(re.findall(r'href="(rules/[^"#]+)"', (out / "ids.html").read_text()))
    there = {n for n in pages if n.startswith("rules/")}
    for index in ("index.html", "severity.html", "about.html", "ids.html"):
        found = {unquote(link) for link in pages[index].links if link.startswith("rules/")}
        if found != there:
            fault(f"{where}/{index}", f"leads to {len(found)} of {len(there)} rules")
    if len(listed) != len(there):
        fault(where, "not all ids are listed")
    return pages


def compared(text):
    """A page without its style and the program's version."""
    text = re.sub(r"<style>.*?</style>", "<style></style>", text, flags=re.S)
    return re.sub(r"antinomy \d+\.\d+\.\d+", "antinomy VERSION", text)


def small(program, tmp, update):
    out = tmp / "small"
    rules = HERE / "rules"
    done = write(program, rules, out)
    if done.stderr or done.stdout != f"8 pages of 3 rules and 11 examples: {out}/index.html\n":
        fault("small", f"said {done.stdout!r} {done.stderr!r}")
    pages = check_pages(out, "small")
    for name in COMPARED:
        golden = GOLDEN / Path(name).name
        text = compared((out / name).read_text())
        if update:
            golden.write_text(text)
        elif not golden.exists() or golden.read_text() != text:
            fault(f"small/{name}", f"differs from {golden.relative_to(ROOT)}; to write it anew: pages.py PROGRAM --write")
    # What it says of an example comes from judging it: a rule that is turned round says otherwise.
    other = tmp / "turned"
    other.mkdir()
    turned = (rules / "small.yaml").read_text().replace("not after p.written + copy_days", "not before p.written + copy_days")
    (other / "small.yaml").write_text(turned)
    done = write(program, other, tmp / "turned-pages")
    text = (tmp / "turned-pages/rules/copied-late.html").read_text()
    if "example-differs" not in done.stderr or text.count("The pack expects otherwise") != 1:
        fault("turned", "an example that comes out otherwise is not told")
    if "The pack expects otherwise" in pages["rules/copied-late.html"].text:
        fault("small", "an example that comes out as expected is said not to")


def folder(program, tmp):
    rules = HERE / "rules"
    out = tmp / "deep" / "folder"
    write(program, rules, out)
    first = files(out)
    write(program, rules, tmp / "again")
    if files(tmp / "again") != first:
        fault("folder", "not the same bytes twice")
    # Files that no run wrote stay; pages of rules that are gone go.
    (out / "notes.txt").write_text("mine")
    (out / "rules" / "mine.html").write_text("mine")
    (out / ".antinomy-docs.part").write_text("of a run that was cut off")
    fewer = tmp / "fewer"
    fewer.mkdir()
    text = (rules / "small.yaml").read_text()
    (fewer / "small.yaml").write_text(text.replace("id: ended-early", "id: ended-soon").replace("rule: ended-early", "rule: ended-soon"))
    write(program, fewer, out)
    now = files(out)
    if "rules/ended-early.html" in now or "rules/ended-soon.html" not in now:
        fault("folder", "the page of a rule that is gone is left")
    if now.get("notes.txt") != b"mine" or now.get("rules/mine.html") != b"mine" or ".antinomy-docs.part" in now:
        fault("folder", "what no run wrote was touched, or a part was left")
    # A list that somebody changed leads to nothing outside, and to no file that is not ours.
    (tmp / "outside.html").write_text("mine")
    with (out / "antinomy-docs.txt").open("a") as f:
        f.write("../../outside.html\nrules/mine.html\nnotes.txt\n")
    write(program, rules, out)
    now = files(out)
    if not (tmp / "outside.html").exists() or "rules/mine.html" not in now or "notes.txt" not in now:
        fault("folder", "a changed list took a file away")
    # Refused, and nothing written.
    def refused(name, path, code, *packs):
        before = files(tmp)
        done = write(program, rules, path, *packs, code=2)
        if f"error[{code}]" not in done.stderr or "help:" not in done.stderr or done.stdout:
            fault(name, f"said {done.stdout!r} {done.stderr!r}")
        if files(tmp) != before:
            fault(name, "something was written")

    foreign = tmp / "foreign"
    foreign.mkdir()
    (foreign / "index.html").write_text("mine")
    refused("foreign folder", foreign, "foreign-folder")
    refused("file", foreign / "index.html", "not-a-folder")
    refused("below a file", foreign / "index.html" / "x", "not-written" )
    refused("no pack", tmp / "none", "bad-argument", HERE.parent / "edtf" / "standard.tsv")
    refused("pack that is not there", tmp / "none", "cannot-open", tmp / "none.yaml")
    (tmp / "broken.yaml").write_text("pack: {id: broken}\nrules: [{id: x}]\n")
    refused("broken pack", tmp / "none", "missing-key", tmp / "broken.yaml")
    (out / "rules" / "ended-soon.html").write_text("mine")
    before = files(out)
    done = write(program, fewer, out, code=2)
    if "error[foreign-file]" not in done.stderr or files(out) != before:
        fault("foreign file", done.stderr)
    linked = tmp / "linked"
    write(program, rules, linked)
    for page in (linked / "rules").iterdir():
        page.unlink()
    (linked / "rules").rmdir()
    (linked / "rules").symlink_to(foreign)
    refused("folder that is a link", linked, "foreign-file")


def hostile(program, tmp):
    out = tmp / "hostile"
    write(program, HERE / "rules", out, HERE / "hostile.yaml")
    pages = check_pages(out, "hostile")
    names = sorted(n for n in pages if n.startswith("rules/"))
    if names != ["rules/~c3~9cnder-a.html", "rules/~c3~9cnder-~41.html"]:
        fault("hostile", f"pages {names}")
        return
    page = pages["rules/~c3~9cnder-~41.html"]
    raw = (out / page.name.partition("/")[2]).read_text()
    for n in (3, 4, 5, 6, 8, 9, 10, 11, 12):
        if f"alert({n})" not in page.text:
            fault(page.name, f"alert({n}) does not come out as text")
    for shown in ("\\u202e", "\\x07", "{{7*7}}", '"quotes"', "&amp;</pre>"):
        if shown not in page.text:
            fault(page.name, f"{shown} does not come out as text")
    if "<script" in raw or "<img" in raw or "<!--" in raw:
        fault(page.name, "markup of the pack is in the page")
    if "alert(1)" not in pages["index.html"].text or "alert(2)" not in pages["policies.html"].text:
        fault("hostile", "texts of the indexes")


def shipped(program, tmp):
    out = tmp / "shipped"
    done = write(program, ROOT / "rules", out)
    if done.stderr:
        fault("shipped", done.stderr)
    check_pages(out, "shipped")


def validate(program, tmp, modules):
    write(program, HERE / "rules", tmp / "small")
    write(program, HERE / "rules", tmp / "hostile", HERE / "hostile.yaml")
    write(program, ROOT / "rules", tmp / "shipped")
    tool = Path(modules).resolve() / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"
    pages = sorted(map(str, tmp.rglob("*.html")))
    done = subprocess.run(
        ["node", tool, "--config", HERE / "npm" / "html-validate.json", "-f", "text", *pages],
        capture_output=True, text=True, timeout=600,
    )  # fmt: skip
    if done.returncode != 0:
        fault("html-validate", f"{done.stdout[:3000]}{done.stderr[:3000]}")
    # It does see what is wrong.
    (tmp / "wrong.html").write_text(Path(pages[0]).read_text().replace("</h1>", "</h2>", 1))
    done = subprocess.run(
        ["node", tool, "--config", HERE / "npm" / "html-validate.json", "-f", "text", tmp / "wrong.html"],
        capture_output=True, text=True, timeout=600,
    )  # fmt: skip
    if done.returncode == 0:
        fault("html-validate", "is content with a page that is wrong")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--validate", metavar="MODULES")
    o = parser.parse_args()
    program = str(Path(o.program).resolve())
    with tempfile.TemporaryDirectory() as folder_name:
        tmp = Path(folder_name)
        if o.validate:
            validate(program, tmp, o.validate)
        else:
            for part, more in ((small, [o.write]), (folder, []), (hostile, []), (shipped, [])):
                own = tmp / part.__name__
                own.mkdir()
                part(program, own, *more)
    print("\n".join(faults) if faults else "all pages are as they should be")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
