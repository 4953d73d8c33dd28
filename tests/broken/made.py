"""Inputs that no repository should hold: pipes, links, sizes, odd bytes in names.

Each makes its files in an empty folder, where the command is then run.
"""

import os

CASE = "case: {id: good}\n"


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())


def pipe(where):
    os.mkfifo(where / "pipe.yaml")
    write(where / "good.yaml", CASE)


def dangling(where):
    os.symlink("nowhere.yaml", where / "link.yaml")


def loop(where):
    os.symlink("b.yaml", where / "a.yaml")
    os.symlink("a.yaml", where / "b.yaml")


def folder_named_so(where):
    (where / "folder.yaml").mkdir()
    write(where / "case.yaml", "case: {id: a}\ninclude: [folder.yaml]\n")


def no_case(where):
    write(where / "in" / "notes.txt", "nothing\n")


def only_loose(where):
    write(where / "in" / "part.yaml", "events: {}\n")


def link_out(where):
    write(where / "secret.yaml", "events: {secret: {start: 2014}}\n")
    write(where / "in" / "case.yaml", "case: {id: a}\ninclude: [link.yaml]\n")
    os.symlink("../secret.yaml", where / "in" / "link.yaml")


def folder_link_out(where):
    write(where / "secret" / "part.yaml", "events: {secret: {start: 2014}}\n")
    write(where / "in" / "case.yaml", "case: {id: a}\ninclude: [sub/part.yaml]\n")
    os.symlink("../secret", where / "in" / "sub")


def link_inside(where):
    write(where / "in" / "part.yaml", "events: {e: {start: 2014}}\n")
    write(where / "in" / "case.yaml", "case: {id: a}\ninclude: [link.yaml, part.yaml]\n")
    os.symlink("part.yaml", where / "in" / "link.yaml")


def deep_includes(where):
    write(where / "case.yaml", "case: {id: a}\ninclude: [p1.yaml]\n")
    for i in range(1, 20):
        write(where / f"p{i}.yaml", f"include: [p{i + 1}.yaml]\n")
    write(where / "p20.yaml", "events: {}\n")


def deep(opener, levels):
    return lambda where: write(where / "deep.yaml", "case: {id: a}\nevents:\n  " + opener * levels + "\n")


def huge(where):
    with open(where / "huge.yaml", "wb") as file:
        file.write(b"case: {id: a}\n")
        file.truncate((16 << 20) + 1)


def many_errors(where):
    rows = "".join(f"  e{i}: {{strat: 2014}}\n" for i in range(300))
    write(where / "many.yaml", "case: {id: a}\nevents:\n" + rows)


def many_files(where):
    for i in range(1010):
        write(where / f"{i:04}.yaml", f"case: {{id: c{i}}}\n")


def hostile_name(where):
    write(where / "a\x1b[31m\nb\u202e.yaml", "case: {id: a}\nevnets: {}\n")


def deep_condition(where):
    write(where / "pack.yaml", RULE.replace("CONDITION", "(" * 100 + "e.start" + ")" * 100))


def long_condition(where):
    write(where / "pack.yaml", RULE.replace("CONDITION", " and ".join(["e.released_before = yes"] * 300)))


def wide_condition(where):
    write(where / "pack.yaml", RULE.replace("CONDITION", " and ".join(["p=1"] * 400)))


RULE = """pack: {id: a}
rules:
  - id: r
    for: {e: event}
    require: CONDITION
    message: m
    tests: []
"""


def socket_device(where):
    write(where / "case.yaml", "case: {id: a}\ninclude: [pipe.yaml]\n")
    os.mkfifo(where / "pipe.yaml")


def more_than_a_report_holds(where):
    """5002 records of a data set, in each of which something is found."""
    (where / "map.yaml").write_text("""map: {id: m, reads: jsonl, shipped: no, dates: [edtf]}
terms: {t: {start: $.a, end: $.b}}
tests: [{record: {a: 2001, b: 2002}, expect: []}]
pack: {id: p}
vocabulary: {term: {plural: terms, fields: {start: date, end: date}}}
rules:
  - {id: in-order, title: t, kind: law, severity: warning, about: record, reaches: record, for: {t: term},
     require: t.start not after t.end, message: "{t.start}, {t.end}", basis: [{cite: c}],
     tests: [{name: a, case: {terms: {t: {start: 2002, end: 2001}}}, expect: [{at: terms.t, verdict: certain}]}]}
""")
    (where / "data.jsonl").write_text('{"a": "2002", "b": "2001"}\n' * 5002)


CHECK = "antinomy check --format short "
INPUTS = {
    "pipe-in-folder": (CHECK + ".", pipe),
    "pipe-named": (CHECK + "pipe.yaml good.yaml", pipe),
    "pipe-included": (CHECK + "case.yaml", socket_device),
    "device": (CHECK + "/dev/zero", lambda where: None),
    "link-to-nothing": (CHECK + "link.yaml", dangling),
    "link-to-nothing-in-folder": (CHECK + ".", dangling),
    "link-to-itself": (CHECK + "a.yaml", loop),
    "folder-included": (CHECK + "case.yaml", folder_named_so),
    "folder-without-case": (CHECK + "in", no_case),
    "folder-without-case-but-a-part": (CHECK + "in", only_loose),
    "folder-empty-name": (CHECK + "''", lambda where: None),
    "include-through-link": (CHECK + "in", link_out),
    "include-through-link-named": (CHECK + "in/case.yaml", link_out),
    "include-through-folder-link": (CHECK + "in", folder_link_out),
    "include-through-link-inside": (CHECK + "in", link_inside),
    "includes-too-deep": (CHECK + "case.yaml", deep_includes),
    "deep-brackets": (CHECK + "deep.yaml", deep("[", 100_000)),
    "deep-braces": (CHECK + "deep.yaml", deep("{a: ", 100_000)),
    "deep-dashes": (CHECK + "deep.yaml", deep("- ", 100_000)),
    "huge-file": (CHECK + "huge.yaml", huge),
    "many-errors": (CHECK + "many.yaml", many_errors),
    "many-files": (CHECK + ".", many_files),
    "hostile-file-name": (CHECK + ".", hostile_name),
    "deep-condition": ("antinomy test pack.yaml", deep_condition),
    "long-condition": ("antinomy test pack.yaml", long_condition),
    "wide-condition": ("antinomy test pack.yaml", wide_condition),
    "more-than-a-report-holds": ("antinomy check --map map.yaml --format github data.jsonl", more_than_a_report_holds),
}
