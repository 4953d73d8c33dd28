#!/usr/bin/env python3
"""What `check --html` makes of dates: the timeline, the chronology, rival accounts, sources.

    dates.py PROGRAM [--write]

Of each case: the rows of the picture are the rows of the table below it, one by one and in its order;
each day drawn is one that `timeline --format json` has; the lines between rows lead to findings that are
there; the chronology has every date of every account, by its earliest day; each row of rival accounts
that says "differs" has values that differ, and no other has; every source has its part, and nothing is
linked outside of the page. A case of 100 events is made here. Of the cases in dates/ and of the seed case
these parts are compared with golden/. Ends with 1 if anything is wrong.
"""

import argparse
import difflib
import json
import re
import subprocess
import sys
import tempfile
from html.parser import HTMLParser
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
GOLDEN = HERE / "golden" / "dates"
SEED = "cases/tajikistan/ziyoyev.yaml"
CASES = [
    SEED, "cases/tajikistan/hasanov.yaml", "cases/tajikistan/quvvatov.yaml", "cases/tajikistan/ibrohimov.yaml",
    "cases/tajikistan/sentences-2015.yaml", "cases/tenancy/lindenweg.yaml", "cases/decided/catalan.yaml",
    "cases/decided/scoppola.yaml",
]  # fmt: skip

PARTS = ["timeline", "chronology", "rivals", "sources"]

faults = []


def fault(where, what):
    faults.append(f"{where}: {what}")


class Reader(HTMLParser):
    """Rows of the picture and of the tables, with their texts; ids, links."""

    def __init__(self, text):
        super().__init__()
        self.drawn = []  # of the picture: (lane, event, first, last)
        self.listed = []  # of the table below it
        self.chronology = []
        self.rivals = []  # (path, cells)
        self.ids = set()
        self.links = []
        self.shapes = {}  # of each row of the picture: how many marks
        self.open = []
        self.cell = None
        self.row = None
        self.tables = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        a = dict(attributes)
        if "id" in a:
            self.ids.add(a["id"])
        if tag == "a":
            self.links.append(a.get("href", ""))
        if tag == "table":
            self.tables.append(a.get("class", ""))
        days = (a.get("data-event"), a.get("data-first"), a.get("data-last"))
        if tag == "g" and "data-event" in a:
            self.drawn.append((a["data-lane"], *days))
            self.row = ("g", days)
            self.shapes[self.drawn[-1]] = 0
        elif tag == "tr" and "data-lane" in a:
            self.listed.append((a["data-lane"], *days))
        elif tag == "tr" and "data-event" in a:
            self.chronology.append(days)
        elif tag == "tr" and "data-fact" in a:
            self.rivals.append((a["data-fact"], []))
            self.row = ("tr", None)
        if self.row and self.row[0] == "g" and tag in ("circle", "rect"):
            self.shapes[self.drawn[-1]] += 1
        if tag in ("td", "th") and self.row and self.row[0] == "tr":
            self.rivals[-1][1].append("")
            self.cell = True
        self.open.append((tag, a.get("class", "")))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass
        if tag in ("td", "th"):
            self.cell = None
        if self.row and tag == self.row[0]:
            self.row = None

    def handle_data(self, data):
        # Values alone: whose they are stands in small print.
        if self.cell and not any("also" in c for _, c in self.open):
            self.rivals[-1][1][-1] += data


def page_of(program, path, folder, *more):
    out = Path(folder) / "page.html"
    done = subprocess.run(
        [program, "check", str(path), "--html", str(out), *more], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if not out.exists():
        fault(path, f"no page: {done.returncode} {done.stderr[:300]}")
        return ""
    text = out.read_text(encoding="utf-8")
    out.unlink()
    return text


def points_of(program, path):
    done = subprocess.run(
        [program, "timeline", str(path), "--format", "json"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if not done.stdout:
        fault(path, f"no timeline: {done.returncode} {done.stderr[:300]}")
        return {}
    return json.loads(done.stdout.splitlines()[0])["accounts"]


def day(value):
    return "open" if value is None else value


def sort_key(first):
    m = re.fullmatch(r"Y?(-?\d+)-(\d\d)-(\d\d)", first)
    return (-(10**12), 0, 0) if not m else tuple(int(x) for x in m.groups())


def look(program, path, folder):
    text = page_of(program, path, folder)
    if not text:
        return
    page = Reader(text)
    if page.drawn != page.listed:
        fault(path, f"the picture has {len(page.drawn)} rows, its table {len(page.listed)}, or others")
    if len(set(r[:2] for r in page.drawn)) != len(page.drawn):
        fault(path, "an event stands twice in a lane")
    for row, marks in page.shapes.items():
        if marks == 0:
            fault(path, f"nothing is drawn of {row}")
    # Whatever is drawn is a date of that account.
    accounts = points_of(program, path)
    known = {}
    for name, account in accounts.items():
        for p in account["points"]:
            known.setdefault(p["path"], []).append((name, day(p["first"]), day(p["last"])))
    for lane, event, first, last in page.drawn:
        of = lane.partition(":")[2] if lane.startswith("account:") else None
        days = [d for d in known.get(event, []) if of is None or d[0] == of]
        if not any(d[1] == first for d in days):
            fault(path, f"{lane}: {event} is drawn from {first}, and dated {days}")
        lasting = [d[2] for p, ds in known.items() for d in ds if p.rsplit(".", 1)[0] == event.rsplit(".", 1)[0]]
        if last != "open" and last not in lasting:
            fault(path, f"{lane}: {event} is drawn to {last}, and dated {days}")
    # The chronology has all that is stated, in order; what has no date at the end.
    stated = {p["path"] for a in accounts.values() for p in a["points"] if p["statements"]}
    for missing in stated - {r[0] for r in page.chronology}:
        fault(path, f"{missing} is stated, and not in the chronology")
    dated = [r for r in page.chronology if (r[1], r[2]) != ("open", "open")]
    if page.chronology[: len(dated)] != dated:
        fault(path, "rows without a date do not stand at the end of the chronology")
    order = [sort_key(r[1]) for r in dated]
    if order != sorted(order):
        fault(path, "the chronology is not ordered by the earliest day")
    for event, first, last in page.chronology:
        if not any((d[1], d[2]) == (first, last) for d in known.get(event, [])):
            fault(path, f"the chronology has {event} from {first} to {last}, and it is dated {known.get(event)}")
    for fact, cells in page.rivals:
        values = {" ".join(c.split()) for c in cells[1:-1]} - {"does not state it"}
        differs = "differs" in cells[-1]
        if differs != (len(values) > 1):
            fault(path, f"rival accounts of {fact}: {sorted(values)}, and it says {cells[-1]!r}")
    for link in page.links:
        if not link.startswith("#") or link[1:] not in page.ids:
            if not link.startswith("#"):
                fault(path, f"a link leads out of the page: {link}")
            else:
                fault(path, f"a link leads nowhere: {link}")
    return page


def parts(text, names):
    out = ""
    for name in names:
        m = re.search(rf'<h2 id="{name}">.*?(?=<h2 id=|</main>)', text, re.S)
        out += m.group(0) if m else f"<!-- no {name} -->\n"
    return out


def compare(name, got, write):
    path = GOLDEN / name
    # That dates are elements of their own is looked at by page.py.
    got = re.sub(r"</?time>|<wbr>", "", got)
    if write:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(got, encoding="utf-8")
        return
    if not path.exists():
        fault(name, "there is no golden file; --write makes it")
        return
    old = path.read_text(encoding="utf-8")
    if old != got:
        lines = list(difflib.unified_diff(old.splitlines(), got.splitlines(), "golden", "now", lineterm="", n=1))
        fault(name, "differs from the golden file:\n" + "\n".join(lines[:40]))


def hundred():
    """100 events of two accounts: days, months, years, ends, holes."""
    lines = ["case: {id: hundred, title: A hundred events, timezone: UTC}"]
    lines += ["accounts: {one: {role: party, title: the one}, other: {role: party, title: the other}}", "events:"]
    kinds = ["{y}-{m:02}-{d:02}", "{y}-{m:02}", "{y}", "'[{y}-{m:02}-{d:02}, {y}-12-30..]'", "{y}-{m:02}-{d:02}?"]
    for i in range(100):
        value = kinds[i % 5].format(y=1990 + i % 30, m=i % 12 + 1, d=i % 28 + 1)
        if value.endswith("?"):
            value = f'"{value}"'
        by = ["", ", by: one", ", by: other"][i % 3]
        lines.append(f"  e{i}: {{title: event number {i}, kind: meeting, start: {{value: {value}{by}}}}}")
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--write", action="store_true")
    o = parser.parse_args()
    program = str(Path(o.program).resolve())
    small = sorted((HERE / "dates").glob("*.yaml"))
    with tempfile.TemporaryDirectory() as folder:
        for path in [*CASES, *small]:
            look(program, path, folder)
        many = Path(folder) / "hundred.yaml"
        many.write_text(hundred(), encoding="utf-8")
        page = look(program, many, folder)
        if page and len({r[1] for r in page.drawn}) != 100:
            fault("hundred", f"{len({r[1] for r in page.drawn})} events of 100 are drawn")
        seed = page_of(program, SEED, folder)
        svg = re.search(r'<svg class="lanes[^"]*" .*?</svg>\n', seed, re.S)
        compare("ziyoyev.svg", svg.group(0) if svg else "", o.write)
        # As if only one source existed: nothing of the others is in any of these parts.
        alone = parts(page_of(program, SEED, folder, "--sources", "asia-plus-en"), PARTS)
        for other in ("source-2", "parstoday", "vecherka", "Верховный"):
            if other in alone:
                fault(SEED, f"--sources asia-plus-en, and the page has {other}")
        if 'id="source-1"' not in alone or "meeting of 29 September" not in alone:
            fault(SEED, "--sources asia-plus-en, and the page lacks what that one says")
        # One account alone has no rival.
        if 'id="rivals"' in page_of(program, SEED, folder, "--account", "defence"):
            fault(SEED, "--account defence, and the page has rival accounts")
        for path in small:
            text = page_of(program, path.relative_to(ROOT), folder)
            compare(path.stem + ".html", parts(text, PARTS), o.write)
    for f in faults:
        print(f)
    print(f"{len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
