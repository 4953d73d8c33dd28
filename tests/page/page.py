#!/usr/bin/env python3
"""What `check --html` writes.

    page.py PROGRAM [--write]             compares with golden/ and asks the questions below
    page.py PROGRAM --validate MODULES    html-validate (npm, installed in MODULES) on all pages
    page.py PROGRAM --browse MODULES [--shots FOLDER]
                                          Chromium and axe-core (npm, installed in MODULES) on all pages

Of every page: is each element closed and known; does each link lead to a part that is there; one h1,
no level of headings left out; a language, a policy that forbids all loading; each finding of the JSON
report there with its number; the same bytes twice. Of hostile.yaml with each line of hostile.txt in
every text: nothing of it is markup, all of it is text. Ends with 1 if anything is wrong.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
GOLDEN = HERE / "golden"
SHIPPED = [
    "cases/tajikistan/ziyoyev.yaml", "cases/tajikistan/hasanov.yaml", "cases/tajikistan/quvvatov.yaml",
    "cases/tajikistan/ibrohimov.yaml", "cases/tajikistan/sentences-2015.yaml", "cases/tenancy/lindenweg.yaml",
    "cases/decided/catalan.yaml", "cases/clean/06-homicide.yaml",
]  # fmt: skip
VOID = {"meta", "br", "hr", "wbr"}
KNOWN = {
    "html", "head", "title", "style", "body", "header", "nav", "main", "footer", "section", "div", "h1", "h2", "h3",
    "h4", "p", "ul", "ol", "li", "dl", "dt", "dd", "a", "span", "strong", "em", "code", "pre", "table", "caption",
    "thead", "tbody", "tr", "th", "td", "meta", "q", "bdi", "mark", "details", "summary", "figure", "figcaption", "b",
    "time", "blockquote", "small", "wbr",
}  # fmt: skip
SVG = {"svg", "g", "path", "line", "rect", "circle", "polygon", "polyline", "text", "tspan", "title", "desc", "defs",
       "pattern", "a", "use", "marker", "symbol", "clipPath"}  # fmt: skip
KNOWN_ATTRIBUTES = {
    "lang", "charset", "name", "content", "http-equiv", "class", "id", "href", "dir", "tabindex", "role", "scope",
    "aria-label", "aria-labelledby", "aria-current", "aria-hidden", "aria-describedby", "colspan", "rowspan", "datetime",
}  # fmt: skip
UNSEEN = "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]"

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
        self.named_by = []
        self.headings = []
        self.languages = set()
        self.spoken = []  # each text, and the language of the nearest element that has one
        self.in_languages = []
        self.text = ""
        self.raw = text
        if not text.startswith("<!DOCTYPE html>\n"):
            fault(name, "no doctype")
        self.feed(text)
        self.close()
        if self.open:
            fault(name, f"left open: {self.open}")
        self.check()

    def handle_starttag(self, tag, attrs):
        drawing = "svg" in self.open or tag == "svg"
        if tag not in (SVG if drawing else KNOWN) and tag.lower() not in {s.lower() for s in SVG if drawing}:
            fault(self.name, f"unknown element {tag}")
        names = [a for a, _ in attrs]
        if len(names) != len(set(names)):
            fault(self.name, f"an attribute twice in {tag}")
        for name in names:
            if name.startswith("on") or name in ("src", "style", "xlink:href", "srcset", "action"):
                fault(self.name, f"attribute {name} of {tag}")
            if not drawing and name not in KNOWN_ATTRIBUTES and not name.startswith("data-"):
                fault(self.name, f"unknown attribute {name} of {tag}")
        values = dict(attrs)
        if "id" in values:
            if values["id"] in self.ids:
                fault(self.name, f"id {values['id']} twice")
            self.ids.add(values["id"])
        if "href" in values:
            self.links.append(values["href"])
        if "lang" in values:
            self.languages.add(values["lang"])
        for name in ("aria-labelledby", "aria-describedby"):
            self.named_by += values.get(name, "").split()
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in VOID:
            self.open.append(tag)
            self.in_languages.append(values.get("lang", self.in_languages[-1] if self.in_languages else ""))

    def handle_startendtag(self, tag, attrs):
        if "svg" not in self.open:
            fault(self.name, f"<{tag}/>")
        self.handle_starttag(tag, attrs)
        if self.open and self.open[-1] == tag:
            self.open.pop()
            self.in_languages.pop()

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            fault(self.name, f"</{tag}> closes nothing")
        elif self.in_languages:
            self.in_languages.pop()

    def handle_data(self, data):
        if "style" not in self.open:
            self.text += data
            if data.strip():
                self.spoken.append((re.sub(r"\s+", " ", data).strip(), self.in_languages[-1] if self.in_languages else ""))

    def handle_comment(self, data):
        fault(self.name, "a comment")

    def check(self):
        if self.headings.count(1) != 1 or self.headings[0] != 1:
            fault(self.name, "not one h1, first")
        for above, below in zip(self.headings, self.headings[1:]):
            if below > above + 1:
                fault(self.name, f"h{below} below h{above}")
        if '<html lang="en">' not in self.raw or '<a class="skip" href="#main">' not in self.raw:
            fault(self.name, "no language or no link past the head")
        if "content=\"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\"" not in self.raw:
            fault(self.name, "no policy that forbids loading")
        style = self.raw.partition("<style>")[2].partition("</style>")[0]
        if re.search(r"url\((?!#)|@import|https?:", style):
            fault(self.name, "the style loads something")
        if re.search(UNSEEN, self.raw):
            fault(self.name, "a character that is not to be seen")
        for name in self.named_by:
            if name not in self.ids:
                fault(self.name, f"named by {name}, which is not there")
        for link in self.links:
            to = urlsplit(link)
            if to.scheme or to.netloc or to.query:
                fault(self.name, f"leads out: {link}")
            elif not to.path and unquote(to.fragment) not in self.ids:
                fault(self.name, f"leads nowhere: {link}")


def run(program, *arguments, rules=None, cwd=ROOT, code=(0, 1)):
    environment = {k: v for k, v in os.environ.items() if k != "SOURCE_DATE_EPOCH"}
    environment["LC_ALL"] = "C.UTF-8"
    if rules:
        environment["ANTINOMY_RULES"] = str(rules)
    done = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, timeout=300, env=environment, cwd=cwd)
    if done.returncode not in code:
        fault(" ".join(map(str, arguments)), f"ended with {done.returncode}: {done.stdout[-500:]}{done.stderr[-500:]}")
    return done


def page_of(program, case, out, rules=None, cwd=ROOT):
    run(program, "check", case, "--html", out, rules=rules, cwd=cwd)
    return out.read_text() if out.exists() else "<!DOCTYPE html>\n"


def pieces(message):
    """What a page has of a message as it is: all but names in backticks, and sources, which it has by number."""
    message = re.sub(r"\s+", " ", message)[1:]
    return [x for x in re.split(r"`[^`]*`?|(?<=according to )[\w-]+|(?<=as reported in )[\w-]+|\([\w-]+\)|[\w-]+\.[a-z_]+", message) if x.strip()]


def same_findings(program, case, page, rules=None):
    """Every finding of the JSON report is there, in its order, and every gap's rule is named."""
    told = json.loads(run(program, "check", case, "--format", "json", rules=rules).stdout)
    text = re.sub(r"\s+", " ", page.text)
    sections = re.findall(r'<section class="finding" id="finding-(\d+)"', page.raw)
    if sections != [str(n + 1) for n in range(len(told["findings"]) + len(told["suppressed"]))]:
        fault(page.name, f"findings {sections}")
    for f in told["findings"] + told["suppressed"]:
        if f["fingerprint"] not in text or any(x not in text for x in pieces(f["message"])):
            fault(page.name, f"{f['rule']} at {f['at']} is not told")
        if f["verdict"] == "certain" and f["given"] and "certain, given the word of" not in text:
            fault(page.name, f"{f['rule']} is certain without its given")
    for g in told["gaps"]:
        if f"<code>{g['rule']}</code>" not in page.raw:
            fault(page.name, f"{g['rule']} asks for something, and is not named")


def compared(text):
    text = re.sub(r"<style>.*?</style>", "<style></style>", text, flags=re.S)
    # Dates are elements of their own wherever they stand; `whole` looks at that.
    text = re.sub(r"</?time>|<wbr>", "", text)
    text = re.sub(r"antinomy \d+\.\d+\.\d+", "antinomy VERSION", text)
    return re.sub(r"tzdata \d{4}[a-z]+", "tzdata EDITION", text)


def small(program, tmp, update):
    for case in sorted((HERE / "cases").glob("*.yaml")):
        name = str(case.relative_to(ROOT))
        text = page_of(program, name, tmp / (case.stem + ".html"), HERE / "rules")
        page = Page(case.stem, text)
        same_findings(program, name, page, HERE / "rules")
        for word in ("illegal", "proves", "the court erred", "clean"):
            if word in page.text:
                fault(page.name, f"says {word}")
        if page_of(program, name, tmp / "again.html", HERE / "rules") != text:
            fault(case.stem, "not the same bytes twice")
        golden = GOLDEN / (case.stem + ".html")
        if update:
            golden.write_text(compared(text))
        elif not golden.exists() or golden.read_text() != compared(text):
            fault(case.stem, f"differs from {golden.relative_to(ROOT)}; to write it anew: page.py PROGRAM --write")
        if case.stem == "right-to-left" and not {"ar", "he"} <= page.languages:
            fault(case.stem, f"quotes have the languages {page.languages}")


def matrix(program, tmp, _):
    """What the cells of the table of charges say of the case of two accounts."""
    raw = page_of(program, "tests/page/cases/two-accounts.yaml", tmp / "m.html", HERE / "rules")
    table = raw.partition('<table class="matrix">')[2].partition("</table>")[0]
    rows = re.findall(r"<tr>(.*?)</tr>", table, flags=re.S)
    cells = [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", c)).strip() for c in re.findall(r"<td>(.*?)</td>", rows[-1], flags=re.S)]
    want = [
        "conflict possible: finding 2what is offered for it, conflict certain, given the word of the defence: finding 1",
        "conflict possible: finding 2what is offered for it, conflict certain, given the word of the defence: finding 1",
        "no conflict found",
    ]
    if cells != want:
        fault("matrix", f"says {cells}")


def beside(program, tmp, _):
    """A certain error on the sentence of a charge is no conflict of the charge, and the sentence on the charge tells of it."""
    raw = page_of(program, "cases/decided/scoppola.yaml", tmp / "beside.html")
    said = [re.sub(r"<[^>]+>", "", x) for x in re.findall(r"<li>(<strong><bdi>The charge.*?)</li>", raw, flags=re.S)]
    want = ("The charge: no conflict was found that reaches the charge or an element of it, which clears nothing, with other "
            "findings on it or on a record that names it: certain (finding 1).")
    if said != [want]:
        fault("beside", f"says {said}, and not {want!r}")
    if "no conflict found</strong><span class=\"also\">remarks: <a href=\"#finding-1\">" not in raw:
        fault("beside", "the table has no word of the finding")


SPOKEN = """pack: {id: p, title: {en: Marches, ru: Шествия}}
rules:
  - id: both
    title: {en: A march in May, ru: Шествие в мае, ar: مسيرة في مايو}
    kind: fact
    severity: error
    about: record
    for: {e: event}
    require: e.start before 2021-05-01
    message: {en: "{e} is on {e.start}", ru: "{e}: день {e.start}", ar: "{e} في {e.start}"}
    possible: {en: "{e} may be in May", ru: "{e}: возможно, май"}
    help: {en: ask somebody, ru: спросите кого-нибудь}
    basis: [{cite: A code, note: {en: on marches, ru: о шествиях}}]
    unless: [{when: e.kind = call, because: {en: a call is no march, ru: звонок не шествие}}]
"""
SPOKEN_CASE = """case: {id: a, packs: [p.yaml]}
sources: {s: {kind: news, title: صحيفة, language: ar, published: 2021-06-01}}
events:
  m: {title: the march, start: {value: 2021-05-20, source: s, quote: "كان الاجتماع في 20 مايو"}}
  n: {title: the other, start: 2021-04/2021-05, kind: meeting}
"""


def languages(program, tmp, _):
    """What is in another language than the page says so, wherever it stands (WCAG 3.1.2)."""
    (tmp / "p.yaml").write_text(SPOKEN)
    (tmp / "a.yaml").write_text(SPOKEN_CASE)

    def spoken(language):
        run(program, "--lang", language, "check", "a.yaml", "--html", tmp / "out.html", cwd=tmp)
        return Page(f"languages {language}", (tmp / "out.html").read_text())

    scripts = {"ru": "[а-яё]", "ar": "[\u0620-\u064a]"}
    for language, wanted in (("ru", 12), ("ar", 5), ("en", 0)):
        page = spoken(language)
        # An excerpt from a file is of no one language.
        own = [(s, tag) for s, tag in page.spoken if re.search(scripts.get(language, "[а-яё]"), s) and "quote:" not in s]
        if len([s for s, tag in own if tag == language]) < wanted:
            fault(page.name, f"not enough is said in {language}: {own}")
        for s, tag in own:
            if tag != language:
                fault(page.name, f"is in {language}, and not marked so: {s}")
        for s, tag in page.spoken:
            if tag not in ("", "en") and re.search("[A-Za-z]{3}", s) and not re.search(scripts[tag], s):
                fault(page.name, f"is marked as {tag}: {s}")
    titles = set(re.findall(r"^  [a-z0-9-]+: (.*)$", (ROOT / "rules/lang/ru.yaml").read_text(), flags=re.M))
    run(program, "--lang", "ru", "check", SHIPPED[0], "--html", tmp / "out.html")
    said = [(s, tag) for s, tag in Page("languages, shipped", (tmp / "out.html").read_text()).spoken if s in titles]
    if len(said) < 40 or {tag for _, tag in said} != {"ru"}:
        fault("languages", f"titles of shipped rules: {len(said)}, {[s for s, tag in said if tag != 'ru'][:5]}")


def whole(program, tmp, _):
    """A date in running text is an element that the end of a line does not tear; others are no dates."""
    case = tmp / "a.yaml"
    case.write_text(
        """case: {id: dates-2016-text, title: "Of 2016-02-29, not 2015-02-29 nor 2016-13"}
events:
  m: {title: the march, start: "2014-10-09/2014-11-10"}
  n: {title: ABC-2014-10 and 12014-10-09, start: "[2014-10-09, 2014-11-10..2014-11-11]"}
  o: {title: "the other 2014-10-09T12:00", start: 2014-10-12}
  p: {title: "from XXXX-03-05, 0000-03-05, 201X-11 and 2019-31, not XXXX-13-05, 2019-42 nor XXXX", start: "2014-10-13/.."}
  q: {title: the last, start: "../2014-10-14"}
""")  # fmt: skip
    raw = page_of(program, case, tmp / "out.html", HERE / "rules")
    page = Page("whole", raw)
    for want in ("Of <time>2016-02-29</time>, not 2015-02-29 nor 2016-13", "ABC-2014-10 and 12014-10-09", "<title>Of 2016-02-29,",
                 "<time>2014-10-09</time>/<wbr><time>2014-11-10</time>", "<time>2014-11-10</time>..<wbr><time>2014-11-11</time>",
                 "the other <time>2014-10-09</time><wbr>T12:00", "dates-2016-text</code>", "<time>2014-10-13/..</time>", "<time>../2014-10-14</time>",
                 "from <time>XXXX-03-05</time>, <time>0000-03-05</time>, <time>201X-11</time> and <time>2019-31</time>, not XXXX-13-05, "
                 "2019-42 nor XXXX"):  # fmt: skip
        if want not in raw:
            fault(page.name, f"has no {want}")
    if "<time>" in raw.partition("<svg")[2].partition("</svg>")[0]:
        fault(page.name, "has an element of HTML in a picture")


SILENT = {
    "pack.yaml": """
pack: {id: silent, title: Rules that are silent on one thing}
vocabulary:
  source: {plural: sources, title: title, fields: {title: text, reliability: [low, unchecked, ordinary, high]}}
  thing: {plural: things, title: title, moment: done, fields: {title: text, done: date, late: date, seen: date, read: text}}
  mark: {plural: marks, fields: {day: date}}
rules:
  - {id: a-month, title: A month on, kind: law, severity: error, for: {t: thing}, require: t.late not before t.done + 1 month, message: too early}
  - {id: was-seen, title: Seen before, kind: law, severity: error, for: {t: thing}, require: t.seen before t.done, message: seen too late}
  - {id: was-read, title: Read, kind: law, severity: error, for: {t: thing}, require: known(t.read), message: not read}
  - {id: source-reads, title: A source reads it, kind: fact, severity: warning, about: source, for: {t: thing}, require: known(t.read), message: not read}
  - {id: read-on, title: Read on, kind: fact, severity: review, for: {t: thing}, require: known(t.read), message: not read}
  - {id: was-marked, title: Marked after, kind: law, severity: error, at: t, for: {t: thing, m: mark}, require: t.done before m.day, message: marked}
""",
    "silent.yaml": """
case: {id: silent, title: Silent, packs: [pack.yaml], policies: {month_end: clamp}}
sources: {memory: {title: From memory, reliability: unchecked}, register: {title: The register}, other: {title: Another}}
things:
  t:
    title: the thing
    done: {value: 2015-01-31, source: other}
    late: {value: 2015-02-28, source: other}
    seen: {value: 2015-01-01, source: memory}
    read: {value: "yes", source: register}
""",
    "whose.yaml": """
case: {id: whose, title: Whose silence, packs: [pack.yaml], policies: {month_end: clamp}}
accounts: {north: {role: party}, south: {role: party}, bench: {role: court, adopts: [south]}}
sources: {memory: {title: From memory, reliability: unchecked}, register: {title: The register}}
things:
  t:
    title: the thing
    done: 2015-01-31
    seen:
      - {value: 2015-01-01, by: north, source: memory}
      - {value: 2015-01-01, by: bench, source: memory}
      - {value: 2015-02-10, by: south}
marks:
  first: {day: 2015-01-01}
  second: {day: [{value: 2015-03-01, by: north, source: register}, {value: 2015-01-02}]}
""",
}


def silence(program, tmp, _):
    """What silence hangs on: derived by hand. A month after 31 January is 28 February, or 3 March."""
    out = tmp / "silent"
    (out / "rules").mkdir(parents=True)
    (out / "rules" / "nothing.yaml").write_text("pack: {id: nothing, title: So that nothing else is loaded}\n")
    for name, text in SILENT.items():
        (out / name).write_text(text)
    raw = page_of(program, "silent.yaml", out / "page.html", rules=out / "rules", cwd=out)
    part = raw.partition("Silence that hangs on one thing")[2].partition("</ul>\n<p>")[0].partition('id="timeline"')[0]
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", part))
    for want in (
        "Only on what source 1 says ( From memory )  Seen before , at the thing : without it, it cannot be told",
        "Only on what source 2 says ( The register )  Read , at the thing : without it certain",
        "Only by the policy month_end , clamp and not overflow",
        "A month on , at the thing : by the other certain",
    ):
        if re.sub(r"\s+", " ", want) not in text:
            fault("silence", f"does not say {want!r}: {text[:900]}")
    # What is asked of sources, and what would be a remark, nobody rests anything on.
    for no in ("A source reads it", "Read on"):
        if no in text:
            fault("silence", f"speaks of {no!r}: {text[:900]}")
    # Of the third source all dates are: without it there is no day, which is told of weak ones only.
    if "source 3" in text:
        fault("silence", f"speaks of source 3: {text[:900]}")
    # Without the memory north has no day, and the bench that of south. Of the second mark north has only the register
    # for it; but of the first the rule has something to tell there.
    raw = page_of(program, "whose.yaml", out / "whose.html", rules=out / "rules", cwd=out)
    part = raw.partition("Silence that hangs on one thing")[2].partition("</ul>\n<p>")[0].partition('id="timeline"')[0]
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", part))
    for want in (
        "Seen before , at the thing (on the account of bench ): without it certain",
        "Seen before , at the thing (on the account of north ): without it, it cannot be told",
    ):
        if want not in text:
            fault("silence", f"does not say {want!r}: {text[:900]}")
    if "Marked after" in text:
        fault("silence", f"is told of a place of which the rule has a finding: {text[:900]}")


def folder(program, tmp, _):
    out = tmp / "pages"
    run(program, "check", "tests/page/cases", "--html", f"{out}/", rules=HERE / "rules")
    names = sorted(p.name for p in out.iterdir())
    if names != ["index.html", "silent.html", "two-accounts.html", "word-among-others.html", "~d9~82~d8~b6~d9~8a~d8~a9.html"]:
        fault("folder", f"holds {names}")
    index = Page("folder/index.html", (out / "index.html").read_text())
    if sorted(unquote(link) for link in index.links if not link.startswith("#")) != sorted(set(names) - {"index.html"}):
        fault("folder", f"the index leads to {index.links}")
    for name in names:
        Page(f"folder/{name}", (out / name).read_text())
    # Names that would be one on some file system, or the index.
    cases = tmp / "cases"
    cases.mkdir()
    for n, name in enumerate(["index", "INDEX", "a", "A", "Ä"]):
        (cases / f"{n}.yaml").write_text(f"case: {{id: {name}}}\nevents: {{e: {{start: 2014}}}}\n")
    run(program, "check", cases, "--html", f"{tmp}/names/", rules=HERE / "rules")
    names = sorted(p.name.lower() for p in (tmp / "names").iterdir())
    if len(names) != 6 or len(set(names)) != 6:
        fault("folder", f"names {names}")
    # Several cases are no single file.
    done = run(program, "check", cases, "--html", tmp / "one.html", rules=HERE / "rules", code=(2,))
    if "FOLDER/" not in done.stderr or (tmp / "one.html").exists():
        fault("folder", f"several cases in one file: {done.stderr}")


def hostile_cases(tmp):
    """A folder for each line of hostile.txt, with the case and the pack in it."""
    lines = (HERE / "hostile.txt").read_text().splitlines()
    for n, line in enumerate(lines):
        out = tmp / f"h{n + 1:02}"
        out.mkdir(parents=True)
        for name in ("hostile.yaml", "hostile-pack.yaml"):
            text = (HERE / name).read_text().partition("\n")[2] if name == "hostile.yaml" else (HERE / name).read_text()
            text = text.replace("HOSTILE", json.dumps(line)).replace("MESSAGE", json.dumps(re.sub("[{}]", "", line)))
            (out / name).write_text(text)
        yield n + 1, line, out


def visible(line):
    return re.sub(UNSEEN, lambda m: f"\\u{ord(m[0]):04x}", line)


def hostile(program, tmp, _):
    for n, line, out in hostile_cases(tmp):
        raw = page_of(program, "hostile.yaml", out / "page.html", cwd=out)
        page = Page(f"hostile {n}", raw)
        text = re.sub(r"\s+", " ", page.text)
        want = re.sub(r"\s+", " ", visible(line))
        count = text.count(want)
        if count < 40:
            fault(page.name, f"comes out as text only {count} times: {line}")
        for name, value in re.findall(r'(href|id|lang|class)="([^"]*)"', raw):
            if "pwned" in value or "javascript" in value.lower():
                fault(page.name, f"in an attribute: {name}={value}")


def shipped(program, tmp, _):
    for case in SHIPPED:
        page = Page(case, page_of(program, case, tmp / "page.html"))
        same_findings(program, case, page)
    raw = page_of(program, SHIPPED[0], tmp / "page.html")
    for part in ("result", "timeline", "findings", "next", "answers", "chronology", "rivals", "claims", "liberty", "remedies",
                 "sources", "rules", "provenance", "limits", "glossary"):  # fmt: skip
        if f'id="{part}"' not in raw:
            fault(SHIPPED[0], f"has no part {part}")


class Words(HTMLParser):
    """The words of a page, a text each, without what stands there as it is in a file: code, quotes, excerpts, conditions."""

    BLOCKS = {"p", "li", "td", "th", "h1", "h2", "h3", "h4", "caption", "summary", "dt", "dd", "ul", "ol", "tr", "text"}

    def __init__(self, raw):
        super().__init__()
        self.texts, self.now, self.left_out = [], "", []
        self.feed(raw)
        self.end()

    def end(self):
        if text := re.sub(r"\s+", " ", self.now).strip():
            self.texts.append(text)
        self.now = ""

    def handle_starttag(self, tag, attrs):
        log = tag == "details" and ("class", "log") in attrs
        if self.left_out or log or tag in ("style", "code", "pre", "q", "mark"):
            if tag not in VOID:
                self.left_out.append(tag)
            if len(self.left_out) == 1:
                self.now += "\N{HORIZONTAL ELLIPSIS}"
        elif tag in self.BLOCKS:
            self.end()

    def handle_endtag(self, tag):
        if self.left_out:
            self.left_out.pop()
        elif tag in self.BLOCKS:
            self.end()

    def handle_data(self, data):
        if not self.left_out:
            self.now += data


# What no page says, of no case: raw names and signs where words should be, and bounds that nobody gave.
UNWORDED = {
    "a backtick": "`",
    "a path": r"(?<![\w./-])(events|charges|acts|norms|decisions|sentences|statuses|evidence|persons|organizations)\.[\w-]+",
    "an account behind a sign": r"\w@\w",
    "a year that nobody gave": r"\b(0000|9999)-|\bBCE\b|10000",
    "a stretch without an end, in signs": r"\.\.open|open\.\.",
    "days of thousands of years": r"\b\d{6,} days",
    "a number that does not agree": r"\b1 (dates|days|statements|facts|rules|findings|sources|records|accounts) |"
                                    r"\b1 (date|statement|finding|source|rule) [^.]*\. They\b",
}  # fmt: skip


def words(program, tmp, _):
    run(program, "check", "cases", "--variants", "--html", f"{tmp}/all/")
    pages = sorted((tmp / "all").iterdir())
    if len(pages) < 90:
        fault("words", f"only {len(pages)} pages")
    for path in pages:
        raw = path.read_text()
        texts = Words(raw).texts
        for what, pattern in UNWORDED.items():
            for text in [t for t in texts if re.search(pattern, t)][:2]:
                fault(path.name, f"says {what}: {text[:200]}")
        if path.name == "tj-quvvatov-elected-5-march.html" and "5 March of an unknown year" not in raw:
            fault(path.name, "does not say what XXXX-03-05 is")
        if re.search(r"<p>Supposing [^\n]*</p>\n(?!<ul>\n<li>)", raw):
            fault(path.name, "supposes something, and says nothing of it")
        for table in re.findall(r"Two datings that.*?</table>", raw, flags=re.S):
            rows = re.findall(r"<td>(.*?)</td><td>(.*?)</td></tr>", table)
            if all(a == b for a, b in rows):
                fault(path.name, "has two datings that are one")


def all_pages(program, tmp):
    pages = []
    for case in sorted((HERE / "cases").glob("*.yaml")):
        pages.append(tmp / f"small-{case.stem}.html")
        page_of(program, str(case.relative_to(ROOT)), pages[-1], HERE / "rules")
    for case in SHIPPED:
        pages.append(tmp / f"{Path(case).stem}.html")
        page_of(program, case, pages[-1])
    run(program, "check", "tests/page/cases", "--html", f"{tmp}/folder/", rules=HERE / "rules")
    pages.append(tmp / "folder/index.html")
    for n, _, out in hostile_cases(tmp / "hostile"):
        pages.append(out / f"hostile-{n}.html")
        page_of(program, "hostile.yaml", pages[-1], cwd=out)
    return pages


def validate(program, tmp, modules):
    pages = all_pages(program, tmp)
    tool = Path(modules).resolve() / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"
    config = ROOT / "tests/pages/npm/html-validate.json"

    def ask(*files):
        return subprocess.run(["node", tool, "--config", config, "-f", "text", *files], capture_output=True, text=True, timeout=600)

    done = ask(*pages)
    if done.returncode != 0:
        fault("html-validate", f"{done.stdout[:6000]}{done.stderr[:3000]}")
    (tmp / "wrong.html").write_text(pages[0].read_text().replace("</h1>", "</h2>", 1))
    if ask(tmp / "wrong.html").returncode == 0:
        fault("html-validate", "is content with a page that is wrong")


def browse(program, tmp, modules, shots):
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not chromium:
        fault("browser", "there is no chromium (apt install chromium)")
        return
    pages = all_pages(program, tmp)
    strings = [p for p in pages if p.name.startswith("hostile-")]
    pages = [p for p in pages if p not in strings]
    tool = ["node", HERE / "browser.mjs", Path(modules).resolve(), chromium]
    done = subprocess.run([*tool, *(["--shots", shots] if shots else []), *pages, "--quick", *strings],
                          capture_output=True, text=True, timeout=900)  # fmt: skip
    if done.returncode != 0:
        fault("browser", done.stdout[:8000] + done.stderr[:3000])
    # It does see what is wrong.
    wrong = pages[0].read_text().replace("<h1>", '<img src="https://example.org/x.png"><h1>', 1)
    (tmp / "wrong.html").write_text(re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", wrong).replace('<html lang="en">', "<html>"))
    done = subprocess.run([*tool, tmp / "wrong.html"], capture_output=True, text=True, timeout=300)
    if "loads https://example.org" not in done.stdout or "html-has-lang" not in done.stdout or "image-alt" not in done.stdout:
        fault("browser", f"does not see what is wrong: {done.stdout[:2000]}{done.stderr[:2000]}")
    seed = next(p for p in pages if p.name == "ziyoyev.html").read_text()
    for taken, put, what in (
        ('time, a[href^="#source-"]', 'a[href^="#source-"]', "1280 px: 2014-"),
        ("td, th, td p, td li, th p { overflow-wrap: break-word; }", "td, th { overflow-wrap: anywhere; }", "the word "),
        ("table.wide { min-width: 46rem; }", "table { min-width: 80rem; }", "px too wide at 1280 px"),
    ):  # fmt: skip
        (tmp / "wrong.html").write_text(seed.replace(taken, put))
        done = subprocess.run([*tool, tmp / "wrong.html"], capture_output=True, text=True, timeout=300)
        if taken not in seed or what not in done.stdout:
            fault("browser", f"does not see what is wrong without {taken}: {done.stdout[:2000]}{done.stderr[:2000]}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--validate", metavar="MODULES")
    parser.add_argument("--browse", metavar="MODULES")
    parser.add_argument("--shots", metavar="FOLDER")
    o = parser.parse_args()
    program = str(Path(o.program).resolve())
    with tempfile.TemporaryDirectory() as name:
        tmp = Path(name)
        if o.validate:
            validate(program, tmp, o.validate)
        elif o.browse:
            browse(program, tmp, o.browse, o.shots)
        else:
            for part in (small, matrix, beside, languages, whole, silence, folder, hostile, shipped, words):
                own = tmp / part.__name__
                own.mkdir()
                part(program, own, o.write)
    print("\n".join(faults) if faults else "all pages are as they should be")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
