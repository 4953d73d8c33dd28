#!/usr/bin/env python3
"""Wrong maps, and records that a map cannot read: what the program says of each: code, place, a word of the message,
and always a way out.

    maps.py PROGRAM
"""

import json
import os
import re
import resource
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

PARTS = "map:\n  id: m\n  one_case: key\n  shipped: no\n  packs: [pack.yaml]\n  parts:\n    a: {reads: jsonl, key: $.k, dates: [edtf]}\n"
TWO = PARTS + "    b: {reads: csv, key: $.k}\n"
MAPS += [
    ("map: {id: m, reads: json, one_case: row}\n", "unknown-word 1:37 write record, file or key"),
    ("map: {id: m, reads: json, one_case: [key]}\n", "wrong-type 1:37 expected record, file or key"),
    ("map: {id: m, reads: json, one_case: key}\n", "missing-key 1:1 have in common"),
    ("map: {id: m, reads: json, key: $.a}\n", "wrong-kind 1:27 `one_case: key` as well"),
    ("map: {id: m, reads: json, one_case: key, key: a}\n", "bad-path 1:47 no path"),
    ("map: {id: m, reads: json, one_case: key, key: []}\n", "wrong-type 1:47 a path, or several"),
    ("map: {id: m, reads: json, one_case: key, key: [$.b, '$.a[*]']}\n", "wrong-kind 1:53 many values"),
    ("map: {id: m, reads: json, files: a/b}\n", "wrong-type 1:34 without folders"),
    ("map: {id: m, reads: json, files: [a]}\n", "wrong-type 1:34 a pattern of names"),
    ("map: {id: m, parts: a}\n", "wrong-type 1:21 kinds of files by name"),
    ("map: {id: m, parts: {a: b}}\n", "wrong-type 1:25 the keys of a part"),
    ("map: {id: m, parts: {a b: {reads: csv}}}\n", "bad-name 1:22 no name of a part"),
    ("map: {id: m, parts: {a: {files: b}}}\n", "missing-key 1:22 part `a` does not say in which form"),
    ("map: {id: m, parts: {a: {reads: csv, shipped: no}}}\n", "unknown-key 1:38 part `a` has no key `shipped`"),
    ("map: {id: m, parts: {a: {reads: json, table: {skip: 1}}}}\n", "wrong-kind 1:46 this part reads json"),
    ("map: {id: m, parts: {a: {reads: csv, key: $.a}}}\n", "wrong-kind 1:38 `one_case: key` as well"),
    ("map: {id: m, reads: csv, parts: {a: {reads: csv}}}\n", "wrong-kind 1:14 another for each of `parts`"),
    ("map: {id: m, one_case: key, parts: {a: {reads: csv}}}\n", "missing-key 1:37 a record of `a` belongs"),
    (PARTS + "items: {i: {part: c, n: .n}}\n", "unknown-word 8:19 no part `c`"),
    (PARTS + "items: {i: {part: [c], n: .n}}\n", "wrong-type 8:19 the name of a part"),
    (HEAD + "items: {i: {part: a, n: .n}}\n", "wrong-kind 2:19 no `parts`"),
    (TWO + "items: {i: {n: .n}}\n", "missing-key 9:9 of which part `i` is made"),
    (TWO + "case: {title: $.t}\nitems: {i: {part: a, n: .n}}\n", "missing-key 9:7 of which part the case"),
    (TWO + "accounts: {w: {named: $.w}}\nitems: {i: {part: a, n: .n}}\n", "missing-key 9:12 of which part `w`"),
    (HEAD + "accounts: a\n", "wrong-type 2:11 accounts by name"),
    (HEAD + "accounts: {w: {named: w}}\n", "wrong-kind 2:23 `named` is a path"),
    (HEAD + "accounts: {w: {named: $.w, rule: party}}\nitems: {i: {n: .n}}\n", "unknown-key 2:28"),
    (ITEM + "quote: {path: .x, wrods: {}}\n", "unknown-key 4:23 `wrods`"),
    (ITEM + "quote: {words: {a: b}}\n", "missing-key 4:12 where this comes from"),
    (ITEM + "quote: {path: .x, words: a}\n", "wrong-type 4:30 what each word means"),
    (PARTS + "persons: {p: {part: a, name: .n}}\nitems: {i: {who: p}}\n", "wrong-kind 9:18 may be many `p`"),
    (HEAD + "tests: [{records: [{}], expect: []}]\n", "wrong-kind 2:19 each record is a case"),
    (PARTS + "tests: [{records: [{}], expect: []}]\n", "wrong-type 8:19 records by part"),
    (PARTS + "tests: [{records: {c: []}, expect: []}]\n", "unknown-word 8:20 no part `c`"),
    (PARTS + "tests: [{records: {a: {}}, expect: []}]\n", "wrong-type 8:23 a list of records"),
    (TWO + "tests: [{record: {}, expect: []}]\n", "wrong-kind 9:18 a record of none"),
    (PARTS + "tests: [{record: {}, records: {a: []}, expect: []}]\n", "wrong-kind 8:18 either"),
]
MAPS += [
    ("map: {id: m, reads: json, century: 50}\n", "wrong-type 1:36 first of the hundred years"),
    ("map: {id: m, reads: json, dates: ['%d/%m/%y', '%m/%d/%y'], century: 1950}\n", "ambiguous-formats 1:47 is one date by"),
    ("map: {id: m, reads: json, unknown: '??'}\n", "wrong-type 1:36 one character"),
    ("map: {id: m, reads: json, unknown: 0}\n", "ambiguous-signs 1:36 a digit is known"),
    ("map: {id: m, reads: json, marks: {'?': doubtful}, unknown: '?'}\n", "ambiguous-signs 1:60 a sign of dates"),
    ("map: {id: m, reads: json, marks: a}\n", "wrong-type 1:34 what each sign means"),
    ("map: {id: m, reads: json, marks: {'<': earlier}}\n", "unknown-word 1:40 no meaning of a sign"),
    ("map: {id: m, reads: json, marks: {'<': [before]}}\n", "wrong-type 1:40 what the sign means"),
    ("map: {id: m, reads: json, marks: {'': before}}\n", "wrong-type 1:35 nothing is no sign"),
    ("map: {id: m, reads: csv, table: {optional: a}}\n", "wrong-type 1:44 a list of columns"),
    (ITEM + "day: {path: .n, dates: ['%d.%m.%y']}\n", "bad-format 4:29 leave the century open"),
    (ITEM + "n: {path: .n, century: 1950}\n", "wrong-kind 4:19 is for dates"),
    (ITEM + "n: {path: .n, unknown: '?'}\n", "wrong-kind 4:19 is for dates"),
    (ITEM + "n: {path: .n, marks: {}}\n", "wrong-kind 4:19 is for dates of a day"),
    (ITEM + "span: {path: .n, mark: .m}\n", "wrong-kind 4:22 is for dates of a day"),
    (ITEM + "day: {path: .n, mark: '.m[*]', marks: {a: before}}\n", "wrong-kind 4:27 many values"),
    (ITEM + "day: {path: .n, mark: .m}\n", "missing-key 4:21 what the signs mean"),
    (ITEM + "day: {path: .n, to: .m}\n", "wrong-kind 4:21 no sign says"),
    (ITEM + "day: {path: .n, mark: .m, marks: {a: between}}\n", "missing-key 4:10 one date only"),
    (ITEM + "n: {path: .n, pending: [a]}\n", "wrong-kind 4:19 is for dates"),
    (ITEM + "day: {path: .n, pending: a}\n", "wrong-type 4:30 what the date waits for"),
    (ITEM + "day: {path: .n, as_of: 2014}\n", "missing-key 4:21 no word says so"),
    (ITEM + "day: {path: .n, as_of: '.x[*]', pending: [a]}\n", "wrong-kind 4:28 many values"),
    (ITEM + "span: {path: .n, first_of: /}\n", "wrong-kind 4:22 is for dates of a day"),
    (ITEM + "day: {path: .n, last_of: ''}\n", "wrong-type 4:30 cannot part items"),
    (ITEM + "n: {path: .n, first: perhaps}\n", "wrong-type 4:26 yes or no"),
    (ITEM + "each: {path: .n}\n", "missing-key 4:11 what parts it"),
    (ITEM + "each: {path: .n, split: ';', by: a}\n", "unknown-key 4:34 `by`"),
    (ITEM + "each: {path: .n, split: ''}\n", "wrong-type 4:29 cannot part items"),
]

# Records of one case that cannot be put together: the map below its head, the files, where and what is said, and the
# records that are checked.
ONE = HEAD.replace("jsonl", "jsonl, one_case: key, key: $.k")
CASES = [
    (ONE + "items: {i: {n: .n}}\n", {"data": '{"k": 1, "n": 1}\n{"n": 2}\n'}, "data", "no-key 2:1 to which case", 1),
    (ONE + "items: {i: {n: .n}}\n", {"data": '{"k": [1], "n": 1}\n'}, "data", "no-key 1:7 leads to a list, and that", 0),
    (ONE + "items: {i: {n: .n}}\n", {"data": '[1]\n{"k": 1}\n'}, "data", "wrong-type 1:1 a record is a mapping", 1),
    (ONE.replace("$.k", "$.k.j") + "items: {i: {n: .n}}\n", {"data": '{"k": 1}\n'}, "data", "no-key 1:1 the key `j`", 0),
    (ONE.replace("$.k", "$.k, nulls: ['?']") + "items: {i: {n: .n}}\n", {"data": '{"k": "? "}\n'}, "data", "no-key 1:7", 0),
    (TWO + "items: {i: {part: a, n: .n}}\n", {"data": '{"k": 1}\n', "x.jsonl": '{"k": 1}\n'}, "", "no-part - `b` (*.csv)", 1),
    (TWO.replace("b: {", "b: {files: '*x.jso*', ") + "items: {i: {part: a, n: .n}}\n", {"x.jsonl": ""}, "",
     "ambiguous-part - `a` (*.jsonl, *.ndjson), `b` (*x.jso*)", 0),
    (TWO + "persons: {p: {part: b, name: .n}}\nitems: {i: {part: a, n: .n, who: p}}\n",
     {"a.jsonl": '{"k": 1, "n": 1}\n', "b.csv": "k,n\n1,x\n1,y\n"}, "a.jsonl", "several-meant 1:1 several `p` in this case", 2),
    (ONE + "case: {timezone: .z}\nitems: {i: {n: .n}}\n",
     {"data": '{"k": 1, "n": 1, "z": "Asia/Dushanbe"}\n{"k": 1, "n": 1, "z": "Europe/London"}\n'}, "data", "rival-values 2:23", 1),
    (ONE + "items: {i: {named: .m, n: .n}}\n", {"data": '{"k": 1, "m": "a", "n": 1}\n{"k": 1, "m": "a", "n": 2}\n'}, "data",
     "said-twice 2:25 twice from no source", 1),
    # What is wrong with one record costs that one, and whoever speaks of what it makes is not blamed.
    (ONE + "persons: {p: {named: .p, born: .b}}\nitems: {i: {n: .n, who: .w}}\n",
     {"data": '{"k": 1, "n": 1, "w": "P"}\n{"k": 1, "p": "P", "b": "soon"}\n'}, "data", "unknown-format 2:25", 1),
    (ONE + "persons: {p: {named: .p, name: .p}}\nitems: {i: {n: .n, who: .w}}\n",
     {"data": '{"k": 1, "n": 1, "w": "P"}\n{"k": 1, "p": "Q", "n": "x"}\n'}, "data", "unknown-reference 1:23 no person `P`", 0),
    (ONE.replace("key: $.k", "").replace("one_case: key,", "one_case: file") + "items: {i: {n: .n}}\n",
     {"data": '{"n": 1}\n{"n": \n{"n": 2}\n'}, "data", "bad-json 2:1", 2),
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
    ("items: {i: {day: {path: .a, marks: {'<': before}}}}", '{"a": "<soon"}', "unknown-format 1:7 is not written as"),
    ("items: {i: {day: {path: .a, marks: {'~': about}, dates: ['%F %T']}}}", '{"a": "~2014-03-05 x"}', "unknown-format 1:7"),
    ("items: {i: {day: {path: .a, mark: .m, marks: {b: before}}}}", '{"a": "2014", "m": "c"}', "unknown-word 1:20 none of the `marks`"),
    ("items: {i: {day: {path: .a, mark: .m, marks: {b: before}}}}", '{"a": "2014", "m": [1]}', "unknown-word 1:20 none of the `marks`"),
    ("items: {i: {day: {path: .a, mark: .m, to: .b, marks: {b: between}}}}", '{"a": "2014", "m": "b"}', "value-missing 1:7 between"),
    ("items: {i: {day: {path: .a, pending: [open], as_of: .b}}}", '{"a": "open", "b": "soon"}', "unknown-format 1:20"),
    ("items: {i: {quote: {path: .q, words: {a: b}}, n: .a}}", '{"a": 1, "q": "c"}', "unknown-word 1:15 for `quote`"),
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
        elif match := re.match(r"(?:error|warning)\[([a-z-]+)\]: (.*)", line):
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
    if not any(p[0] == file and p[1] == place.strip("-") and p[2] == code and " ".join(words) in p[3] + p[4] for p in said):
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
        for text, files, file, wanted, checked in CASES:
            for name, content in files.items():
                (folder / name).write_text(content, encoding="utf-8")
            (folder / "map.yaml").write_text(text, encoding="utf-8")
            done = run(program, folder, "check", "--map", "map.yaml", "--format", "short", *files)
            fault = differs(done, file, wanted)
            if not fault and f"{checked} checked" not in done.stderr:
                fault = f"wanted {checked} checked: {done.stderr}"
            if fault:
                faults.append(f"{text!r} {files!r}: wanted {wanted}\n    {fault}")
            for name in files:
                (folder / name).unlink()
        faults += list(large(program, folder))
        faults += list(together(program, folder))
        faults += list(dates(program, folder))
        faults += list(compared(program, folder))
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
        for one_case in ("", "one_case: file, "):
            (folder / "map.yaml").write_text(f"map: {{id: m, {one_case}reads: yaml, records: $.a, shipped: no, packs: [pack.yaml]}}\nitems: {{i: {{n: .n}}}}\n")
            done = run(program, folder, "check", "--map", "map.yaml", "--sample", "1", "data")
            if done.returncode != 2 or "cannot be drawn from lists within YAML" not in done.stderr:
                faults.append(f"a sample of lists in YAML: {done.stdout}{done.stderr}")
        faults += list(shipped(program, folder))
    for fault in faults:
        print(fault)
    return 1 if faults else 0


def large(program, folder):
    """A case that is too large, and records that nobody has room for."""
    (folder / "map.yaml").write_text(ONE + "items: {i: {n: .n}}\n", encoding="utf-8")
    line = '{"k": "%s", "n": 10, "rest": "' + "x" * 2000 + '"}\n'
    with (folder / "data").open("w") as out:
        for i in range(9_000):
            out.write(line % ("all" if i % 90 else i))
    done = run(program, folder, "check", "--map", "map.yaml", "--format", "short", "data")
    said = "data:2:1: error[case-too-large] the case `all` has 8900 records of "
    if done.returncode != 2 or said not in done.stderr or "100 checked, 8900 not (100 cases)" not in done.stderr:
        yield f"a case that is too large: {done.returncode} {done.stderr}"
    if len(done.stdout.splitlines()) != 100:
        yield f"the other cases: {done.stdout[:500]}"
    full = {"preexec_fn": lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20)), "restore_signals": False}
    for what, settings, more in [
        ("nowhere", {"TMPDIR": "/nowhere"}, {}),
        ("a full disk", {}, full),
    ]:
        for threads in ("1", "2"):
            done = subprocess.run(
                [program, "check", "--map", "map.yaml", "--format", "json", "--threads", threads, "data"], cwd=folder,
                capture_output=True, text=True, check=False, env={**os.environ, **settings}, **more,
            )  # fmt: skip
            lines = [json.loads(text) for text in done.stdout.splitlines()]
            if done.returncode != 2 or lines[-2]["code"] != "no-temporary-file" or not lines[-2]["help"]:
                yield f"{what}: {done.returncode} {done.stdout[:500]}{done.stderr}"
            elif lines[-1]["complete"] or lines[-1]["checked"] > 0 or lines[-1]["not_checked"] == 0:
                yield f"{what}: {lines[-1]}"


def together(program, folder):
    """What several records say of one."""
    (folder / "map.yaml").write_text(
        ONE + "accounts: {w: {named: .by, role: {path: .role, words: {P: party, J: court}}}, nobody: {role: other}}\n"
        "sources: {s: {named: .src, title: .src}}\n"
        "persons: {p: {named: .w, name: .w}}\n"
        "items:\n  i:\n    named: .i\n    by: .by\n    source: .src\n    n: .n\n    tags: {path: .t, split: ';'}\n"
        "    who: p\n    parts: {p: {size: .size}}\n",
        encoding="utf-8",
    )
    (folder / "data").write_text(
        '{"k": 1, "i": "A", "by": "X", "role": "P", "src": "S", "n": 10, "t": "a;b", "w": "Mr P.", "size": 1}\n'
        '{"k": 2, "i": "A", "by": "X", "role": "P", "src": "S", "n": 1}\n'
        '{"k": 1, "i": "A", "by": "Y", "role": "J", "src": "S", "n": 9, "t": "c", "size": 2}\n'
        '{"k": 1, "i": "A", "by": "X", "src": "S", "n": 10, "t": "b; c", "w": "Mr P.", "size": 3}\n'
        '{"k": 1, "i": "B", "by": "nobody", "n": 11}\n',
        encoding="utf-8",
    )
    done = run(program, folder, "check", "--map", "map.yaml", "--format", "json", "data")
    lines = [json.loads(text) for text in done.stdout.splitlines()]
    found = [(f["case"], f["at"], f["verdict"], f["accounts"]) for f in lines if f["kind"] == "finding" and f["rule"] == "r"]
    if done.returncode != 1 or found != [("1", "items.A", "certain", ["X"]), ("1", "items.B", "certain", ["nobody"])]:
        yield f"records put together: {done.returncode} {found} {done.stdout}{done.stderr}"


def dates(program, folder):
    """Dates that have not come, signs in a column of their own, two dates in one cell: what the rules see of them."""
    rules = (
        "  - {id: open, title: Open, kind: fact, severity: info, about: record, reaches: record, for: {i: item},\n"
        "     require: not pending(i.day), message: \"{i.day}\", basis: [{cite: none}],\n"
        "     tests: [{name: a, case: {items: {i: {day: {pending: x}}}}, expect: [{at: items.i, verdict: certain}]},\n"
        "             {name: b, case: {items: {i: {day: 2014}}}, expect: []}]}\n"
        "  - {id: told, title: Told, kind: fact, severity: info, about: record, reaches: record, for: {i: item},\n"
        "     where: known(i.day), require: not known(i.day), message: \"{i.day}\", basis: [{cite: none}],\n"
        "     tests: [{name: a, case: {items: {i: {day: 2014}}}, expect: [{at: items.i, verdict: certain}]},\n"
        "             {name: b, case: {items: {i: {n: 1}}}, expect: []}]}\n"
    )
    (folder / "dates.yaml").write_text(PACK + rules, encoding="utf-8")
    for field, record, wanted in [
        ("{path: .a, pending: {open: appeal}, as_of: .b}", '{"a": "open", "b": "2014-03-05"}', ("open", "pending (appeal), not yet on 2014-03-05")),
        ("{path: .a, pending: [open]}", '{"a": "open"}', ("open", "pending (open)")),
        ("{path: .a, pending: [open]}", '{"a": "2014-03-05"}', ("told", "2014-03-05")),
        ("{path: .a, century: 1950, dates: ['%m/%d/%y']}", '{"a": "06/15/97"}', ("told", "1997-06-15")),
        ("{path: .a, unknown: '?', dates: ['%m/%d/%Y']}", '{"a": "06/??/1997"}', ("told", "1997-06")),
        ("{path: .a, marks: {'<': not after}}", '{"a": "< 1997-06-15"}', ("told", "an unknown day on or before 1997-06-15")),
        ("{path: .a, mark: .m, marks: {b: after}}", '{"a": "1997-06-15", "m": "b"}', ("told", "an unknown day on or after 1997-06-16")),
        ("{path: .a, mark: .m, to: .b, marks: {b: between}}", '{"a": "1997-06-15", "b": "1997-06-17", "m": "b"}',
         ("told", "a day between 1997-06-15 and 1997-06-17")),
        ("{path: .a, mark: .m, marks: {b: nothing}}", '{"a": "1997-06-15", "m": "b"}', None),
        ("{path: .a, first_of: ' - '}", '{"a": "1997-06-15 - 1997-06-17"}', ("told", "1997-06-15")),
        ("{path: .a, last_of: ' - '}", '{"a": "1997-06-15 - 1997-06-17"}', ("told", "1997-06-17")),
        ("{path: .a, last_of: ' - '}", '{"a": "1997-06-15"}', None),
    ]:  # fmt: skip
        (folder / "map.yaml").write_text(HEAD.replace("pack.yaml", "dates.yaml") + f"items: {{i: {{n: .n, day: {field}}}}}\n", encoding="utf-8")
        (folder / "data").write_text(record + "\n", encoding="utf-8")
        done = run(program, folder, "check", "--map", "map.yaml", "--format", "json", "--rules", "open,told", "data")
        lines = [json.loads(text) for text in done.stdout.splitlines()]
        found = [(f["rule"], f["message"]) for f in lines if f["kind"] == "finding"]
        if len(found) != (wanted is not None) or (wanted and (found[0][0] != wanted[0] or wanted[1] not in found[0][1])):
            yield f"{field} {record}: wanted {wanted}, found {found} {done.stdout if not found else ''}{done.stderr}"


def compared(program, folder):
    """A rule that compares records, of cases that have several of them: the data are sorted twice."""
    among = PACK.replace("    require: i.n at most 9", "    among: {name: peers, alike: [i.kind], value: i.n, at_least: 3}\n    require: i.n at most 2 times median(peers)")
    among = among[: among.index("    tests:")] + (
        "    tests:\n      - name: a\n        case: {items: {a: {kind: red, n: 1}, b: {kind: red, n: 1}, c: {kind: red, n: 3}}}\n"
        "        expect: [{at: items.c, verdict: certain}]\n"
        "      - {name: b, case: {items: {a: {kind: red, n: 1}, b: {kind: red, n: 1}, c: {kind: red, n: 2}}}, expect: []}\n"
    )
    (folder / "among.yaml").write_text(among, encoding="utf-8")
    (folder / "map.yaml").write_text(ONE.replace("pack.yaml", "among.yaml") + "items: {i: {n: .n, kind: .c}}\n", encoding="utf-8")
    rows = [(k, c, n) for k in range(40) for c, n in (("red", 5), ("blue", 2 if k % 10 else 9), ("red", 5 if k % 8 else 11))]
    (folder / "data").write_text("".join(f'{{"k": {k}, "c": "{c}", "n": {n}}}\n' for k, c, n in sorted(rows, key=lambda r: r[2])))
    outputs = []
    for threads in ("1", "2"):
        done = run(program, folder, "check", "--map", "map.yaml", "--format", "json", "--threads", threads, "data")
        outputs.append(done.stdout)
    with (folder / "data").open("rb") as data:
        piped = subprocess.run([program, "check", "--map", "map.yaml", "--format", "json", "-"], cwd=folder, stdin=data, capture_output=True, text=True, check=False)  # fmt: skip
    found = sorted(f["case"] for f in map(json.loads, outputs[0].splitlines()) if f["kind"] == "finding")
    wanted = sorted(str(k) for k, c, n in rows if n in (9, 11))
    if found != wanted or outputs[0] != outputs[1] or piped.stdout.count('"kind":"finding"') != len(wanted):
        yield f"compared: {found}, wanted {wanted} {done.stdout[:300]}{done.stderr}{piped.stderr}"


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
