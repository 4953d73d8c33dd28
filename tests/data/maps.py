#!/usr/bin/env python3
"""Wrong maps, and records that a map cannot read: what the program says of each: code, place, a word of the message,
and always a way out.

    maps.py PROGRAM
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

PACK = """pack: {id: p, title: Test}
vocabulary:
  source: {plural: sources, title: title, fields: {title: text}}
  person: {plural: persons, title: name, fields: {name: text, born: date, boss: person, friends: {list: person}}}
  item:
    plural: items
    title: title
    fields:
      title: text
      day: date
      span: period
      term: duration
      n: int
      m: number
      ok: bool
      kind: [red, blue]
      tags: {list: text}
      who: person
      parts: {nested: part}
  part: {fields: {size: number}}
rules:
  - id: r
    aliases: [was]
    title: Never
    kind: fact
    severity: error
    about: record
    reaches: record
    for: {i: item}
    require: i.n at most 9
    message: "{i} has {i.n}"
    basis: [{cite: none}]
    tests:
      - {name: a, case: {items: {i: {n: 10}}}, expect: [{at: items.i, verdict: certain}]}
      - {name: b, case: {items: {i: {n: 9}}}, expect: []}
"""
HEAD = "map: {id: m, reads: jsonl, shipped: no, packs: [pack.yaml], dates: [edtf]}\n"
ITEM = HEAD + "items:\n  i:\n    "

# What is wrong with a map: its text, and the code, the place and a part of the message.
MAPS = [
    ("map:\n  id: m\n", "missing-key 1:1 in which form"),
    ("map: [a]\n", "wrong-type 1:6 expected the keys of a map"),
    ("case: {id: $.a}\n", "not-a-map 1:1 no `map:`"),
    ("map: {reads: json}\n", "missing-key 1:1 no `id`"),
    ("map: {id: a b, reads: json}\n", "bad-name 1:11 no id"),
    ("map: {id: m, reads: xml}\n", "unknown-word 1:21 no form of data"),
    ("map: {id: m, reads: json, raeds: b}\n", "unknown-key 1:27 `raeds`"),
    ("map: {id: m, reads: json, packs: pack.yaml}\n", "wrong-type 1:34 a list of rule packs"),
    ("map: {id: m, reads: json, packs: [nowhere.yaml]}\n", "cannot-open 1:35 nowhere.yaml"),
    ("map: {id: m, reads: json, packs: [map.yaml]}\n", "not-a-pack 1:35 no rule pack"),
    # A pack in the map's own file.
    ("map: {id: m, reads: jsonl, shipped: no}\nvocabulary: {item: {plural: items, fields: {n: int}}}\nitems: {i: {n: .n}}\n", "missing-key 2:1 no `pack: {id: ...}`"),
    ("map: {id: m, reads: jsonl, shipped: no}\npack: {id: p}\nvocabulary: {item: {plural: items, fields: {n: itn}}}\nitems: {i: {n: .n}}\n", "unknown-type 3:48 `itn`"),
    ("map: {id: m, reads: jsonl, packs: [pack.yaml], shipped: no}\npack: {id: p}\nitems: {i: {n: .n}}\n", "defined-twice 2:12 `p`"),
    ("map: {id: m, reads: json, shipped: maybe}\n", "wrong-type 1:36 yes or no"),
    ("map: {id: m, reads: json, table: {separator: a}}\n", "wrong-kind 1:34 csv and tsv"),
    ("map: {id: m, reads: csv, table: a}\n", "wrong-type 1:33 how a table is written"),
    ("map: {id: m, reads: csv, table: {seperator: a}}\n", "unknown-key 1:34 `seperator`"),
    ("map: {id: m, reads: csv, table: {separator: ab}}\n", "wrong-type 1:45 one character"),
    ("map: {id: m, reads: csv, table: {separator: '\"'}}\n", "wrong-type 1:45 cannot part cells"),
    ("map: {id: m, reads: csv, table: {skip: x}}\n", "wrong-type 1:40 a number of lines"),
    ("map: {id: m, reads: csv, table: {columns: [a]}}\n", "wrong-kind 1:33 the header names"),
    ("map: {id: m, reads: csv, table: {header: no}}\n", "missing-key 1:33 nobody knows the columns"),
    ("map: {id: m, reads: csv, table: {header: no, columns: a}}\n", "wrong-type 1:55 a list of columns"),
    ("map: {id: m, reads: csv, records: $.a}\n", "wrong-kind 1:35 a row is a record"),
    ("map: {id: m, reads: jsonl, records: $.a}\n", "wrong-kind 1:37 a line is a record"),
    ("map: {id: m, reads: json, records: '$.a[*]'}\n", "bad-path 1:36 a path of names"),
    ("map: {id: m, reads: json, records: a}\n", "bad-path 1:36 no path"),
    ("map: {id: m, reads: json, records: [a]}\n", "wrong-type 1:36 a path"),
    ("map: {id: m, reads: json, nulls: a}\n", "wrong-type 1:34 a list of texts"),
    ("map: {id: m, reads: json, dates: edtf}\n", "wrong-type 1:34 a list of formats"),
    ("map: {id: m, reads: json, dates: ['%d.%m.%y']}\n", "bad-format 1:35 leave the century open"),
    ("map: {id: m, reads: json, dates: ['%d/%m/%Y', '%m/%d/%Y']}\n", "ambiguous-formats 1:47 is one date by"),
    ("map: {id: m, reads: json, decimal: ',', grouping: ','}\n", "ambiguous-signs 1:51 one sign"),
    ("map: {id: m, reads: json, decimal: ',,'}\n", "wrong-type 1:36 one character"),
    (HEAD.replace("}", ", limits: [r]}") + "items: {i: {n: $.n}}\n", "wrong-type 1:84 limits by rule, found a list"),
    (HEAD.replace("}", ", limits: {rr: 3}}") + "items: {i: {n: $.n}}\n", "unknown-rule 1:85 no rule `rr`"),
    (HEAD.replace("}", ", limits: {r: many}}") + "items: {i: {n: $.n}}\n", "wrong-type 1:88 `many` is no limit"),
    (HEAD.replace("}", ", limits: {r: -1}}") + "items: {i: {n: $.n}}\n", "wrong-type 1:88 `-1` is no limit"),
    (HEAD.replace("}", ", limits: {r: 1.5}}") + "items: {i: {n: $.n}}\n", "wrong-type 1:88 `1.5` is no limit"),
    (HEAD.replace("}", ", limits: {r: 100.5 %}}") + "items: {i: {n: $.n}}\n", "wrong-type 1:88 is no limit"),
    (HEAD.replace("}", ", limits: {r: [3]}}") + "items: {i: {n: $.n}}\n", "wrong-type 1:88 expected a limit, found a list"),
    (HEAD.replace("}", ", limits: {r: 3, was: 4}}") + "items: {i: {n: $.n}}\n", "duplicate-key 1:91 rule `r` has a limit already"),
    (HEAD, "missing-key 1:1 makes no records"),
    (HEAD + "item: {i: {n: .n}}\n", "unknown-type 2:1 write `items`"),
    (HEAD + "itmes: {i: {n: .n}}\n", "unknown-type 2:1 `itmes`"),
    (HEAD + "items: [a]\n", "wrong-type 2:8 items by name"),
    (HEAD + "items: {i j: {n: .n}}\n", "bad-name 2:9 no name of a record"),
    (HEAD + "items: {i: a}\n", "wrong-type 2:12 the fields of type item"),
    (HEAD + "case: a\n", "wrong-type 2:7 the keys of a case"),
    (HEAD + "case: {packs: [a]}\n", "misplaced-key 2:8 no effect"),
    (HEAD + "case: {variant_of: a}\n", "misplaced-key 2:8 no effect"),
    (HEAD + "case: {complete: $.x}\n", "wrong-kind 2:18 no single text"),
    (HEAD + "case: {id: '$.x', title: '$.x[*]'}\n", "wrong-kind 2:26 many values"),
    (ITEM + "nn: .n\n", "unknown-field 4:5 no field `nn`"),
    (ITEM + "n:\n", "missing-value 4:5 no value"),
    (ITEM + "n: .n n\n", "bad-path 4:10 no path"),
    (ITEM + "n: 1.5\n", "wrong-type 4:8 found `1.5`"),
    (ITEM + "kind: green\n", "unknown-word 4:11 no word of `kind`"),
    (ITEM + "day: soon\n", "bad-date 4:10"),
    (ITEM + "who: nobody\n", "unknown-reference 4:10 no person `nobody`"),
    (ITEM + "parts: a\n", "wrong-type 4:12"),
    (ITEM + "n: .n[*]\n", "wrong-kind 4:8 many values"),
    (ITEM + "each: a\n", "bad-path 4:11 no path"),
    (ITEM + "named: x\n", "wrong-kind 4:12 a path to the name"),
    (ITEM + "named: .x[*]\n", "wrong-kind 4:12 many values"),
    (ITEM + "quote: .x[*]\n", "wrong-kind 4:12 many values"),
    (ITEM + "tags: [a, .b]\n", "wrong-kind 4:15 among the constants"),
    (ITEM + "n: {paht: .n}\n", "unknown-key 4:9 `paht`"),
    (ITEM + "n: {unit: days}\n", "missing-key 4:8 where `n` comes from"),
    (ITEM + "n: {path: .n, value: 1}\n", "wrong-kind 4:8 one place only"),
    (ITEM + "n: {from: .n, to: .m}\n", "wrong-kind 4:8 make a period"),
    (ITEM + "span: {from: .n}\n", "missing-key 4:11 a begin and an end"),
    (ITEM + "n: {value: 1, nulls: [a]}\n", "wrong-kind 4:19 from the data"),
    (ITEM + "n: {path: .n, dates: [edtf]}\n", "wrong-kind 4:19 is for dates"),
    (ITEM + "day: {path: .n, decimal: ','}\n", "wrong-kind 4:21 is for numbers"),
    (ITEM + "day: {path: .n, unit: days}\n", "wrong-kind 4:21 is for durations"),
    (ITEM + "term: {path: .n, unit: day}\n", "unknown-word 4:28 no unit of time"),
    (ITEM + "n: {path: .n, words: {a: b}}\n", "wrong-kind 4:19 is for words"),
    (ITEM + "kind: {path: .n, words: a}\n", "wrong-type 4:29 what each word means"),
    (ITEM + "kind: {path: .n, words: {rot: green}}\n", "unknown-word 4:35 no word of `kind`"),
    (ITEM + "ok: {path: .n, words: {ja: maybe}}\n", "unknown-word 4:32 is yes or no"),
    (ITEM + "n: {path: .n, split: ','}\n", "wrong-kind 4:19 is for lists"),
    (ITEM + "tags: {path: .n, split: ''}\n", "wrong-type 4:29 cannot part items"),
    (ITEM + "n: {path: .n, required: perhaps}\n", "wrong-type 4:29 yes or no"),
    (ITEM.replace(", dates: [edtf]", "") + "day: .n\n", "no-format 4:10 the date `day`"),
    (HEAD + "persons:\n  p: {each: $.a, name: .n}\nitems:\n  i: {who: p, n: $.n}\n", "wrong-kind 5:12 many `p`"),
    (HEAD + "tests: a\n", "wrong-type 2:8 a list of tests"),
    (HEAD + "tests: [a]\n", "wrong-type 2:9 the keys of a test"),
    (HEAD + "tests: [{name: a, expect: []}]\n", "missing-key 2:9 no `record`"),
    (HEAD + "tests: [{record: {}}]\n", "missing-key 2:9 either `expect` or `refused`"),
    (HEAD + "tests: [{record: {}, expect: [], refused: a}]\n", "missing-key 2:9 either"),
    (HEAD + "tests: [{record: {}, expect: none}]\n", "wrong-type 2:30 what is found"),
    (HEAD + "tests: [{recrod: {}, record: {}, expect: []}]\n", "unknown-key 2:10 `recrod`"),
]

# A record that a map cannot read: lines of the map below the head, the record, what is said.
RECORDS = [
    ("items: {i: {n: .n}}", '{"n": ', "bad-json 1:1 not well-formed"),
    ("items: {i: {n: .n}}", '[1]', "wrong-type 1:1 a record is a mapping"),
    ("items: {i: {n: .n}}", '{"n": [1]}', "wrong-type 1:7 leads to a list"),
    ("items: {i: {n: .n}}", '{"n": 1.5}', "wrong-type 1:7 found `1.5`"),
    ("items: {i: {n: .n.x}}", '{"n": 3}', "path-astray 1:7 the key `x` of text"),
    ("items: {i: {n: '.n[0]'}}", '{"n": 3}', "path-astray 1:7 an item of text"),
    ("items: {i: {n: {path: .n, required: yes}}}", '{"m": 3}', "value-missing 1:1 `n` is required"),
    ("items: {i: {span: {from: .a, to: .b, required: yes}}}", '{"m": 3}', "value-missing 1:1 `span` is required"),
    ("items: {i: {each: $.a, n: .}}", '{"a": 3}', "wrong-type 1:7 asks for a list"),
    ("items: {i: {named: .a, n: .n}}", '{"a": "!?", "n": 1}', "no-name 1:7 gives no name"),
    ("items: {i: {named: .a, n: .n}}", '{"a": [1], "n": 1}', "no-name 1:7 found a list"),
    ("items: {i: {each: $.a, named: .}}", '{"a": ["x", "x"]}', "defined-twice 1:13 defined twice"),
    ("case: {id: $.a}\nitems: {i: {n: .n}}", '{"a": "??", "n": 1}', "no-name 1:7 gives no id"),
    ("items: {i: {who: .a}}", '{"a": "?"}', "no-name 1:7 no name of a record"),
    ("items: {i: {who: .a}}", '{"a": "x"}', "unknown-reference 1:7 no person `x`"),
    ("items: {i: {kind: {path: .a, words: {rot: red}}}}", '{"a": "rto"}', "unknown-word 1:7 none of the words"),
    ("items: {i: {kind: .a}}", '{"a": "green"}', "unknown-word 1:7 no word of `kind`"),
    ("items: {i: {day: .a}}", '{"a": "5 days before x"}', "unknown-format 1:7 is not written as `edtf`"),
    ("items: {i: {day: {path: .a, dates: ['%d.%m.%Y']}}}", '{"a": "2014-03-05"}', "unknown-format 1:7 `%d.%m.%Y`"),
    ("items: {i: {day: {path: .a, dates: ['%d.%m.%Y']}}}", '{"a": "30.02.2014"}', "bad-date 1:7 28 days"),
    ("items: {i: {term: {path: .a, unit: days}}}", '{"a": "3 days"}', "bad-number 1:7 a number of days"),
    ("items: {i: {m: {path: .a, decimal: ','}}}", '{"a": "1.234,5"}', "bad-number 1:7 no number with `,`"),
    ("items: {i: {m: {path: .a, decimal: ',', grouping: '.'}}}", '{"a": "1.23,5"}', "bad-number 1:7 groups of three"),
    ("items: {i: {m: {path: .a, decimal: ',', grouping: '.'}}}", '{"a": "1234.567"}', "bad-number 1:7 groups of three"),
    ("items: {i: {ok: .a}}", '{"a": "ja"}', "wrong-type 1:7 found `ja`"),
]

# A table that a map cannot read.
TABLE = "map: {id: m, reads: csv, shipped: no, packs: [pack.yaml]}\nitems: {i: {n: $.n, title: $.t}}\n"
TABLES = [
    ("n,x\n1,2\n", "map.yaml 2:28 unknown-column has no column `t`"),
    ("n;t\n1;2\n", "map.yaml 2:28 unknown-column is `separator` of the map the right one?"),
    ("n,t,t\n1,2,3\n", "map.yaml 2:28 ambiguous-column has 2 columns `t`"),
    ("n,\"t\n1,2\n", "data 1:3 bad-header the header cannot be read"),
    ("n,t\n1,2,3\n", "data 2:1 wrong-cells has 3 cells"),
    ("n,t\n1,\xe9\n", "data 2:3 not-utf8 is not UTF-8"),
    ("n,t\n1,\"a\"b\n", "data 2:6 text-after-quote"),
    ("n,t\n1,a\"b\n", "data 2:4 stray-quote"),
    ("n,t\n1,\"ab\n", "data 2:3 unclosed-quote"),
]


def run(program, folder, *words):
    return subprocess.run([program, *words], cwd=folder, capture_output=True, text=True, check=False, timeout=60)


def problems(text):
    """(file, place, code, message, help) of what is said at length or on one line."""
    out = []
    for line in text.splitlines():
        short = re.match(r"(\S+?):(\d+:\d+): error\[([a-z0-9-]+)\] (.*?); help: (.*)", line)
        if short:
            out.append(list(short.groups()))
        elif match := re.match(r"error\[([a-z-]+)\]: (.*)", line):
            out.append(["", "", match.group(1), match.group(2), ""])
        elif out and (match := re.match(r" *--> (\S+?):(\d+:\d+)", line)) and not out[-1][1]:
            out[-1][:2] = match.groups()
        elif out and not out[-1][1] and line.startswith("    "):
            out[-1][3] += " " + line.strip()
        elif out and re.match(r" *= help: (.*)", line):
            out[-1][4] = line
    return out


def differs(done, file, wanted):
    code, place, *words = wanted.split(" ", 2)
    said = problems(done.stderr)
    if done.returncode != 2:
        return f"ended with {done.returncode}: {done.stdout}{done.stderr}"
    if "internal" in done.stderr:
        return done.stderr
    if not said or any(not p[4] for p in said):
        return f"no error, or no way out: {done.stderr}"
    if not any(p[0] == file and p[1] == place and p[2] == code and " ".join(words) in p[3] + p[4] for p in said):
        return f"said {said}"
    if len(said) > 1 and len({tuple(p) for p in said}) != len(said):
        return f"said twice: {said}"
    return None


def main():
    program, faults = sys.argv[1], []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "pack.yaml").write_text(PACK, encoding="utf-8")

        def attempt(map_text, data, file, wanted):
            (folder / "map.yaml").write_text(map_text, encoding="utf-8")
            (folder / "data").write_bytes(data)
            done = run(program, folder, "check", "--map", "map.yaml", "--format", "short", "data")
            if fault := differs(done, file, wanted):
                faults.append(f"{map_text!r} {data!r}: wanted {wanted}\n    {fault}")

        for text, wanted in MAPS:
            attempt(text, b'{"n": 1}\n', "map.yaml", wanted)
        for lines, record, wanted in RECORDS:
            attempt(HEAD + lines + "\n", record.encode() + b"\n", "data", wanted)
        for data, wanted in TABLES:
            file, place, code, *words = wanted.split(" ", 3)
            attempt(TABLE, data.encode("latin-1"), file, " ".join([code, place, *words]))
        # A good one, so that the others fail for their own reason; and its test.
        good = HEAD + (
            "case: {id: $.id}\nsources: {s: {title: a list}}\npersons: {boss: {name: $.boss}}\nitems:\n"
            "  i:\n    source: s\n    n: {path: .n, nulls: ['0']}\n    day: [{path: .a}, {path: .c, source: .src}]\n"
            "    span: {from: .a, to: .b}\n    who: boss\n    tags: {value: [x, .y]}\n    title: {value: .5}\n"
            "    parts: {p: {each: .parts, size: {path: .size, decimal: ','}}}\n"
            "tests:\n  - {name: t, record: {n: 10}, expect: [{rule: r, at: items.i, verdict: certain}]}\n"
            "  - {name: t, record: {n: 10}, expect: []}\n  - {name: t, record: {n: x}, refused: wrong-type}\n"
            "  - {name: t, record: {n: 1}, refused: wrong-type}\n  - {name: t, record: {n: x}, refused: bad-date}\n"
            "  - {name: t, record: {n: x}, expect: []}\n"
            "  - {name: t, record: {n: 1}, expect: [{rule: q, at: items.i, verdict: none}]}\n"
        )
        record = '{"id": "A 1/2", "boss": null, "n": 9, "a": "2014-01", "b": null, "parts": [{"size": "1,5"}, null, {}]}\n'
        (folder / "map.yaml").write_text(good, encoding="utf-8")
        (folder / "data").write_text(record, encoding="utf-8")
        done = run(program, folder, "check", "--map", "map.yaml", "--format", "short", "data")
        if done.returncode != 0 or "1 checked, 0 not" not in done.stderr:
            faults.append(f"the good map: {done.returncode} {done.stdout}{done.stderr}")
        if done.stderr.count("path-unmet") != 2 or "`.c` led to nothing" not in done.stderr:
            faults.append(f"the good map: what led to nothing: {done.stderr}")
        done = run(program, folder, "test", "map.yaml")
        if "2 ok, 1 missing, 1 noisy, 3 wrong (7 examples" not in done.stdout or done.returncode != 1:
            faults.append(f"tests of a map: {done.stdout}{done.stderr}")
        (folder / "map.yaml").write_text(HEAD + "items: {i: {n: .n}}\n", encoding="utf-8")
        done = run(program, folder, "test", "map.yaml")
        if "missing  map.yaml:1:1: m: the map has no test" not in done.stdout or done.returncode != 1:
            faults.append(f"a map without tests: {done.stdout}{done.stderr}")
        done = run(program, folder, "check", "map.yaml")
        if "a map alone holds nothing to check" not in done.stderr or done.returncode != 2:
            faults.append(f"a map as a case: {done.stdout}{done.stderr}")
        # How it is called.
        for words, said in [
            (["--map", "map.yaml", "--variants", "data"], "`--variants` is for case files"),
            (["--map", "map.yaml", "--account", "a", "data"], "`--account` is for case files"),
            (["--map", "map.yaml", "--sources", "a", "data"], "`--sources` is for case files"),
            (["--limit", "3", "data"], "`--limit` is for data sets"),
            (["--sample", "3", "data"], "`--sample` is for data sets"),
            (["--seed", "3", "data"], "`--seed` is for data sets"),
            (["--threads", "3", "data"], "`--threads` is for data sets"),
            (["--map", "-", "-"], "cannot both be standard input"),
            (["--map", "map.yaml", "--rules", "x", "data"], "no rule `x`"),
            (["--map", "map.yaml", "nowhere"], "cannot open"),
            (["--map", "map.yaml", "."], "no file of data in what was given"),
            (["--map", "map.yaml", "empty"], "no record in what was given"),
        ]:
            (folder / "empty").write_text("\n")
            done = run(program, folder, "check", *words)
            if done.returncode != 2 or said not in re.sub(r"\s+", " ", done.stderr) or "help:" not in done.stderr:
                faults.append(f"{words}: {done.returncode} {done.stdout}{done.stderr}")
        (folder / "map.yaml").write_text("map: {id: m, reads: yaml, records: $.a, shipped: no, packs: [pack.yaml]}\nitems: {i: {n: .n}}\n")
        for data, said in [("b: 1\n", "leads to nothing, not to a list"), ("a: 1\n", "leads to text, not to a list")]:
            (folder / "data").write_text(data)
            done = run(program, folder, "check", "--map", "map.yaml", "data")
            if done.returncode != 2 or said not in done.stderr:
                faults.append(f"{data!r}: {done.stdout}{done.stderr}")
        done = run(program, folder, "check", "--map", "map.yaml", "--sample", "1", "data")
        if done.returncode != 2 or "cannot be drawn from lists within YAML" not in done.stderr:
            faults.append(f"a sample of lists in YAML: {done.stdout}{done.stderr}")
        faults += list(shipped(program, folder))
    for fault in faults:
        print(fault)
    return 1 if faults else 0


def shipped(program, folder):
    """With the packs that come with the program, accounts and their words; and a table with tabs."""
    (folder / "map.yaml").write_text(
        "map: {id: m, reads: tsv, nulls: ['?'], dates: ['%d %B %Y']}\n"
        "case: {id: $.id}\naccounts: {prosecution: {role: party}, defence: {role: party}}\n"
        "sources: {file: {kind: report}}\n"
        "events: {act: {title: the act, start: [{path: $.act, by: prosecution, source: file},"
        " {path: $.said, by: $.who, source: file}]}}\n"
        "evidence: {video: {title: the video, kind: video, published: $.video, records: act}}\n",
        encoding="utf-8",
    )
    (folder / "data.tab").write_text(
        "id\tact\tsaid\twho\tvideo\n1\t5 May 2014\t1 May 2014\tdefence\t3 May 2014\n"
        "2\t5 May 2014\t?\t\t6 May 2014\n3\t5 May 2014\t1 May 2014\tcourt\t3 May 2014\n",
        encoding="utf-8",
    )
    done = run(program, folder, "check", "--map", "map.yaml", "--format", "short", "--rules", "evidence-predates-event", ".")
    found = [line for line in done.stdout.splitlines() if "evidence-predates-event" in line]
    if len(found) != 1 or not found[0].startswith("data.tab:2:1: error[evidence-predates-event]"):
        yield f"shipped rules on a table with tabs: {done.stdout}{done.stderr}"
    if "data.tab:4:25: error[unknown-account] no account `court`" not in done.stderr or "2 checked, 1 not" not in done.stderr:
        yield f"an account that the map does not have: {done.stderr}"


if __name__ == "__main__":
    sys.exit(main())
