#!/usr/bin/env python3
"""Maps that are drafted: what stands in them, by a table of data files; that every draft loads, that one with nothing
left open checks all its data, whatever the data hold; the drafts of three public shapes as golden files.

    suggest.py PROGRAM [--write]     --write: write the golden files
"""

import gzip
import json
import random
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
SETS = HERE / "sets"


def rows(*cells, n=1):
    return "\n".join(cells[:1] + cells[1:] * n) + "\n"


def jsonl(*records):
    return "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records)


OPEN = "# ? "

# Name of the file, its text, what must stand in the draft (a regular expression each), what must not; `open`: how many
# things are left open.
TABLE = [
    # ---- forms
    ("comma.csv", rows("a,b", "x,1", "y,2"), [r"reads: csv$", r"a: \$\.a ", r"b: \$\.b +# int in all 2"], ["table:"], 0),
    ("semicolon.csv", rows("a;b", "x;1,5", "y;2,25"), [r'table: \{separator: ";"\}', r'b: \{path: \$\.b, decimal: ","\}'], [], 0),
    ("tab.tsv", "a\tb\nx\t1\n", [r"reads: tsv$"], ["table:"], 0),
    ("tab.txt", "a\tb\nx\t1\ny\t2\n", [r"reads: tsv$"], [], 0),
    ("bar.csv", rows("a|b", "x|1"), [r'separator: "\|"'], [], 0),
    ("one.csv", "names\nAda\nBea\n", [r"reads: csv$", r"\? nothing parts the rows", r"names: \$\.names"], [], 1),
    ("even.csv", "a,b;c\n1,x;2\n3,y;4\n", [r"\? `;` would part the rows as evenly as `,`"], [], 1),
    ("quotes.csv", 'a,b\n5" pipe,1\n6" pipe,2\n', [r"quotes: no", r"\? quotes stand within cells"], [], 1),
    ("unclosed.csv", 'a,b\n"x\ny",2\n"unclosed,3\nz,4\n', [r"1 record could not be read: line 4: error\[unclosed-quote\]"], ["quotes: no"], 1),
    ("late.csv", "A register,\nof 2014,\nname,given\nx,2014-01-02\n", [r"skip: 2", r"\? line 3 is taken for the header"], [], 1),
    ("bare.csv", "x,2014-01-02\ny,2014-02-02\n", [r"header: no, columns: \[column_1, column_2\]", r"column_2: \$\.column_2 +# date"], [], 1),
    ("mark.csv", "\ufeffa,b\nx,1\n", [r"a: \$\.a "], ["ufeff"], 0),
    ("lines.jsonl", jsonl({"a": 1}, {"a": 2}), [r"reads: jsonl$"], [], 0),
    ("named.json", jsonl({"a": 1}, {"a": 2}), [r"reads: jsonl$"], [], 0),
    ("list.json", '[{"a": 1}, {"a": 2}]', [r"reads: json$"], ["records:"], 0),
    ("inner.json", '{"meta": {"n": 2, "t": ["x"]}, "data": {"all": [{"a": 1}, {"a": 2}]}}', [r"records: \$\.data\.all$", r"^alls:\n  all:$", r"\? the longest list of mappings"], [], 1),
    ("single.json", '{"id": "x", "a": 1}', [r"reads: json$", r"id: \$\.id$"], ["records:"], 0),
    ("odd.json", '{"a list": [{"a": 1}]}', [r'''records: "\$\['a list'\]"'''], [], 1),
    ("docs.yaml", "---\na: 1\n---\na: 2\n", [r"reads: yaml$", r"all 2 records"], ["records:"], 0),
    ("items.yml", "- a: 1\n- a: 2\n", [r"reads: yaml$", r"all 2 records"], ["records:"], 0),
    ("inner.yaml", "x: 1\nlist:\n  - a: 1\n  - a: 2\n", [r"records: \$\.list$"], [], 1),
    ("-", "# comment\na: 1\nb: x\n", [r"reads: yaml$", r"id: data$"], [], 0),
    ("-", "a;b\nx;1\n", [r"separator", r"standard input"], [], 0),
    # ---- dates
    ("dates.csv", rows("d", "05.03.2014", "1.2.2014", "12/2013", n=3), [r'dates: \["%d.%m.%Y", "%m/%Y"\]', r"date in all 9; `%d.%m.%Y` 6, `%m/%Y` 3; `05.03.2014`"], [], 1),
    ("us.csv", rows("d,e", "03/25/2014,x", "04/05/2014,y"), [r"d: \$\.d +# date in all 2 by `%m/%d/%Y`"], ["%d/%m"], 0),
    ("either.csv", rows("d,e", "03/04/2014,x", "05/06/2014,y"), [
        r"\? day and month could be either way round in each of 2 values",
        r"`%d/%m/%Y` reads `03/04/2014` as 2014-04-03, `%m/%d/%Y` reads 2014-03-04",
        r"d: text$"], [r"dates:.*%", "d: date"], 1),
    ("some.csv", rows("d,e", "03/04/2014,x", "05/05/2014,y"), [r"could be either way round in each of 2 values"], ["d: date"], 1),
    ("same.csv", rows("d,e", "05/05/2014,x", "06/06/2014,y"), [r"could be either way round in each of 2 values"], ["d: date"], 1),
    ("mixed.csv", rows("d,e", "25/03/2014,x", "03/25/2014,y", "01/02/2014,z"), [r"\? dates are written in two ways .*`%d/%m/%Y` alone reads 1 value, such as `25/03/2014`"], ["d: date"], 1),
    ("two.csv", rows("d,e", "05.03.14,x", "06.03.14,y"), [r"\? the year has two digits in 2 values, such as `05.03.14`: the century is open"], ["d: date", r"^ *dates:.*%y"], 1),
    ("few.csv", rows("d,e", "05.03.2014,x", "06.03.14,y", "07.03.2014,z"), [r"\? the year has two digits in 1 value", "d: date"], [r"^ *dates:.*%y"], 1),
    ("name.csv", rows("d;e", "5 March 2014;x", "6 Mar 2014;y"), [r'dates: \["%d %b %Y"\]'], ["%B"], 0),
    ("long.csv", rows("d;e", "5 March 2014;x", "6 April 2014;y"), [r'dates: \["%d %B %Y"\]'], [], 0),
    ("iso.jsonl", jsonl({"d": "2014-03-05"}, {"d": "2014-03"}, {"d": "2014~"}), [r"dates: \[edtf\]"], [], 0),
    ("time.csv", rows("d,e", "2014-03-05 10:11:12,x", "2014-03-06 00:00:00,y"), [r'"%F %T"'], [], 0),
    ("span.csv", rows("d,e", "2014-03-05/2015-01-01,x"), [r"d: period$"], [], 0),
    ("none.csv", rows("d,e", "31.02.2014,x", "01.02.2014,y"), [r"\? 1 value, such as `31.02.2014`, is no day of the calendar", "d: date"], [], 1),
    ("clash.csv", rows("d,e", "25/03/2014,03/25/2014", "01/02/2014,01/02/2014"), [r'(d: \$\.d|e: \$\.e) ', r'(e|d): \{path: \$\.(e|d), dates: \["%[md]/%[md]/%Y"\]\}'], [OPEN], 0),
    ("odd.csv", rows("d;e", "2014-03-05T10:11:12.345Z;x", "2014-03-06T10:11:12.345Z;y"), [r"\? 2 values, such as `2014-03-05T10:11:12.345Z`, look like dates, and none of the formats that were tried reads them", "d: text"], [], 1),
    ("week.csv", rows("d;e", "Wed, 5 March 2014;x", "Thu, 6 March 2014;y"), [r"look like dates"], ["d: date"], 1),
    ("loose.csv", rows("d;e", "2014-3-5;x", "2014-03-06;y"), [r'dates: \["%F"\]'], ["edtf"], 0),
    ("cyrillic.csv", rows("d;e", "5 марта 2014 г.;x", "05.03.2014 г.;y"), [r'dates: \["%d %B %Y г."|dates: \["%d.%m.%Y г."', "d: date"], [], 0),
    ("japan.csv", rows("d;e", "2014年3月5日;x"), [r'dates: \["%Y年%m月%d日"\]'], [], 0),
    ("casemap.csv", rows("d;e", "08/??/1999;x", "Fri 06/15/1997;y", "<06/15/97;z"), [r"\? 2 values, such as `08/\?\?/1999`, look like dates", "d: text"], [], 1),
    ("before.csv", rows("d;e", "<06/15/97>;x", "<06/16/97;z"), [r"\? the year has two digits in 2 values", "d: text"], [], 1),
    ("years.csv", rows("d,e", "1999,x", "2001,y"), [r"\? each value is a number, and could be a year", "d: int"], [], 1),
    ("compact.csv", rows("d,e", "20140131,x", "20150228,y"), [r"\? each value is a number, and a date by `%Y%m%d`", "d: int"], [], 1),
    ("months.csv", rows("d,e", "7/2014,x", "12/2013,y"), [r"\? each value is a month and a year by its form"], [], 1),
    ("docket.csv", rows("d,e", "7/2014,x", "39/2014,y", "12/2014,z", "15/2015,w"), [r"d: text$"], ["d: date"], 1),
    ("half.csv", rows("d,e", "2014-01-02,x", "3,y", "4,z"), [r"\? 1 of 3 values have the form of a date, and the others have not$", "d: text"], [], 1),
    # ---- nothing
    ("null.csv", rows("d,e", "05.03.2014,x", "-,y", "0000-00-00,z", "n/a,w", "NULL,v", n=2), [
        r'nulls: \["-", "?0000-00-00"?, "?NULL"?, "n/a"\]', r"date in 2 of 10 by"], [], 0),
    ("strange.csv", rows("d,e", "05.03.2014,x", "nie,y", "06.03.2014,z"), [r"\? 1 value is no date: `nie` \(1 time\); if that means nothing, name it under `nulls`"], ["nulls:"], 1),
    ("namibia.csv", rows("d,land", "05.03.2014,NA", "NA,DE", "06.03.2014,DE"), [r"d: \{path: \$\.d, nulls: \[NA\]\}"], [r"^  nulls:"], 0),
    ("empty.csv", rows("d,e", ",x", ",y"), [r"# \$\.d: no value anywhere"], ["d: text"], 0),
    # ---- numbers and others
    ("numbers.csv", rows("i;f;g;z", "1;1.5;1.250,5;007", "-20;2;3,25;008"), ["i: int", "f: number", 'grouping: "."', "z: text"], [], 0),
    ("point.csv", rows("n;x", "1.234;a", "5.678;b"), [r"\? `\.` in `1\.234` stands for the decimal point, or between groups"], ["n: number"], 1),
    ("point.jsonl", jsonl({"n": 1.234}, {"n": 5.678}), ["n: number"], [OPEN], 0),
    ("exponent.jsonl", '{"n": 1e5}\n{"n": 2}\n', ["n: text", r"\? each value is a number, and 1 value, such as `1e5`, stand in a way"], [], 1),
    ("digits.csv", rows("n;x", "0.12345678901234;a", "1.5;b"), ["n: text", r"such as `0.12345678901234`"], [], 1),
    ("amounts.csv", rows("n;x", "$2,155.00;a", "$7;b", "1 250,50;c", "12 %;d"), ["n: text", r"each value is a number, and 4 values, such as `\$2,155.00`"], [], 1),
    ("phones.csv", rows("n;x", "0171 123456;a", "0171 123;b"), ["n: text"], [], 0),
    ("groups.csv", rows("n;x", "1,250.50;a", "7;b", "1,250,000;c", "1,250;d"), [r'n: \{path: \$\.n, grouping: ","\}', "n: number"], [], 0),
    ("perhaps.csv", rows("w;x", "None;a", "Both;b"), [r"text in all 2; `Both`; perhaps nothing: `None` 1"], ["nulls"], 0),
    ("mostly.csv", rows("n;x", *["5;a"] * 18, "five;b"), [r"\? 18 of 19 values are numbers, and others are not, such as `five` \(1 time\)"], ["n: int"], 1),
    ("truth.jsonl", jsonl({"t": True}, {"t": False}), ["t: bool"], [], 0),
    ("term.csv", rows("t,x", "3 months,a", "1 year 2 months,b"), ["t: duration"], [], 0),
    ("words.csv", rows("w,x", "a,k", "b,k", "a,k", "a,k", n=3), [r"2 different: `a` 9 `b` 3"], [], 0),
    # ---- shapes
    ("deep.jsonl", jsonl({"a": {"b": {"c": "x"}}}), [r"c: \$\.a\.b\.c "], [], 0),
    ("twice.jsonl", jsonl({"a": {"n": "x"}, "b": {"n": "y"}}), [r" n: \$\.a\.n", r"b_n: \$\.b\.n"], [], 0),
    ("list.jsonl", jsonl({"t": ["x", "y"]}, {"t": "z"}, {"t": []}), [r"t: \{list: text\}"], [OPEN], 0),
    ("dates.jsonl", jsonl({"t": ["2014-01-02"]}), [r"\? a list of dates"], [], 1),
    ("men.jsonl", jsonl({"n": "A", "terms": [{"start": "2014-01-02", "the end": None}, {"start": "2015-01-02", "the end": "2016-01-02"}]}), [
        r"^terms:\n  term:\n    each: \$\.terms  # 2 items\n    of: men\n", r"start: \.start +# date in all 2", r'''the_end: "\.\['the end'\]"''', r"^  term:\n    plural: terms$"], [], 0),
    ("inner.jsonl", jsonl({"a": [{"b": [{"c": "x"}, {"c": "y"}]}]}), [r'each: "\$\.a\[\*\]\.b\[\*\]"', r"# \$\.a\[\*\]\.b\[\*\]: of which `\$\.a` each of these is, is not kept"], [], 0),
    ("names.json", json.dumps({f"Q{i}": {"name": f"N{i}", "born": "1950-01-02"} for i in range(9)}), [r"\? 9 keys with mappings of one kind, such as `Q0`: these look like records by name", r"names:\n  name: \{\}"], [r"\$\.Q0"], 1),
    ("turns.jsonl", jsonl({"a": "x"}, {"a": {"b": 1}}), [r"\? a text in 1, a mapping in 1: no one path reads both"], ["a: text"], 1),
    ("lists.jsonl", jsonl({"a": [[1]], "b": [{"c": 1}, "x"]}), [r"lists of lists by turns"], ["^    [ab]:"], 2),
    ("share.jsonl", jsonl({"a": "x", "b": None}, {"a": "y"}, {"b": "z"}), [r"a: \$\.a +# text in 2 of 3", r"b: \$\.b +# text in 1 of 3"], [], 0),
    ("id.jsonl", jsonl({"x": "same", "y": "k1"}, {"x": "same", "y": "k2"}), [r"^case:\n  id: \$\.y  # different in each of 2 records"], [], 0),
    ("noid.jsonl", jsonl({"x": "same"}, {"x": "same"}), [r"No path has a different text in each record"], ["^case:"], 0),
    ("columns.csv", "a,b,b\nx,1,2\n", [r"\? there are several columns `b`: rename all but one"], [r"\$\.b "], 1),
    # ---- records that are broken are counted, and told
    ("broken.jsonl", jsonl({"a": 1}) + "{\n" + jsonl({"a": 2}) + "[1]\n", [r"\? 2 records could not be read: line 2: error\[bad-json\].*; line 4: error\[wrong-type\] a record is a mapping"], [], 1),
    ("broken.csv", "a,b\nx,1\ny\nz,2\n", [r"\? 1 record could not be read: line 3: error\[wrong-cells\]"], [], 1),
    ("broken.yaml", "---\na: 1\n---\na: [\n---\na: 2\n", [r"\? 1 record could not be read: line \d: error\["], [], 1),
]

# What must not be mistaken for YAML, for another line or another text, nor stop the program.
NASTY = 'x: y # z {a} [b] "c" \'d\' \\ \t é \U0001f389 \u202e\u200b\u0007\u0085 - ? | > % @ ` & * !'
KEYS = ["$", ".", "a.b", "a b", "it's", 'say "x"', "both ' and \"", "line\nbreak", "tab\t", "", "#c", "- d", ": e", "[f]", "{g", "*", "&h", "!i", "%j", "@k", "`l",
        "yes", "null", "~", "2014", "0", "\u202eevil", "\U0001f389", "שלום", "нет", "by", "source", "each", "of", "date", "map", "tests", "case", "rules", "pack", "not", "and"]
HOSTILE = [
    ("keys.jsonl", jsonl(*[{k: f"v{i}" for k in KEYS} for i in range(3)])),
    ("keys.yaml", "".join("---\n" + "".join(f"{json.dumps(k)}: v{i}\n" for k in KEYS if k not in ("", "~", "\u202eevil") and "\n" not in k) for i in range(3))),
    ("keys.csv", ",".join('"' + k.replace('"', '""') + '"' for k in KEYS if k != "\u202eevil") + "\n" + ",".join("v" for _ in KEYS[1:]) + "\n"),
    ("values.jsonl", jsonl({"a": NASTY}, {"a": NASTY[::-1]}, {"a": "\0"}, {"a": "x" * 100_000})),
    ("values.csv", "a,b\n" + '"' + NASTY.replace('"', '""') + '",1\n'),
    ("lists.jsonl", jsonl({"t": [NASTY, NASTY], "u": [{"k": NASTY}]})),
    ("deep.jsonl", '{"a":' * 60 + "1" + "}" * 60 + "\n"),
    ("deeper.jsonl", jsonl({"a": 1}) + '{"a":' * 70 + "1" + "}" * 70 + "\n"),
    ("nest.jsonl", '{"a":[' * 25 + '{"b": 1}' + "]}" * 25 + "\n"),
    ("wide.jsonl", jsonl({f"k{i}": i for i in range(10_000)})),
    ("ids.jsonl", jsonl(*[{f"r{i}x{j}": j for j in range(50)} for i in range(100)])),
    ("wide.csv", ",".join(f"c{i}" for i in range(3000)) + "\n" + ",".join("1" for _ in range(3000)) + "\n"),
    ("kinds.jsonl", jsonl({"a": 1}, {"a": "x"}, {"a": [1]}, {"a": {"b": 1}}, {"a": None}, {"a": []}, {"a": {}}, {"a": ""}, {"a": [{"c": 1}]})),
    ("empty.jsonl", jsonl({}, {}, {})),
    ("nulls.jsonl", jsonl({"a": None}, {"a": None})),
    ("blank.jsonl", jsonl({"a": ""}, {"a": "  "})),
    ("mark.jsonl", "\ufeff" + jsonl({"a": 1})),
    ("mark.json", "\ufeff[" + '{"a": 1}' + "]"),
    ("crlf.csv", "a,b\r\nx,1\r\n"),
    ("cut.json", '[{"a": 1}, {"a": 2}, {"a"'),
    ("half.jsonl", "".join(jsonl({"a": i}) if i % 2 else "{broken\n" for i in range(100))),
    ("same.jsonl", '{"a": 1, "a": 2}\n' + jsonl({"a": 1})),
    ("case.csv", "Name,name,NAME,n ame\n1,2,3,4\n"),
    ("reserved.csv", ",".join(["map", "tests", "case", "pack", "rules", "state", "value", "path"]) + "\n" + ",".join("abcdefgh") + "\n"),
    ("lists2.jsonl", jsonl({k: [{"a": 1}] for k in ["map", "tests", "case", "dates", "rules", "date", "hostile", "of", "field", "data", "x y", "it's", "2014"]})),
    ("utf16.csv", "a,b\nx,1\n".encode("utf-16")),
    ("latin.csv", "a,b\nx,1\nM\xfcller,2\n".encode("latin-1")),
    ("bytes.bin", bytes(range(256)) * 50),
    ("zeros.bin", bytes(5000)),
    ("prose.txt", "It was a dark and stormy night.\nThe rain fell; in torrents, except at\noccasional intervals.\n"),
    ("huge.json", '{"a": {"b": [' + ",".join('{"n": %d}' % i for i in range(30_000)) + "]}}"),
    ("numbers.jsonl", '{"n": -0, "m": 1e400, "o": 0.1234567890123, "p": 99999999999999999999}\n' * 2),
    ("huge-day.csv", "d,e\n9999-12-31,0001-01-01\n0000-01-01,9999-01-01\n"),
    ("2014.csv", "a,b\nx,1\n"),
    ("\U0001f389 x' \".csv", "a,b\nx,1\n"),
]

# What cannot be drafted: the arguments, the exit code and a part of what is said.
REFUSED = [
    (["nowhere.csv"], "cannot-open"),
    (["."], "not-a-file"),
    (["nothing.csv"], r"no-records.*is empty"),
    (["header.csv"], r"no-records.*has no records.*no row below it"),
    (["scalars.json"], r"wrong-type.*no record could be read; line 1: a record is a mapping"),
    (["list.json"], "no-records"),
    (["utf16.csv"], r"not-utf8.*UTF-16.*iconv"),
    (["cut.gz"], "damaged-stream"),
    (["good.csv", "--id", "a b"], r"`a b` is no id"),
    (["good.csv", "--sample", "x"], "--sample"),
    (["good.csv", "--smaple", "3"], r"unknown option `--smaple`.*did you mean `--sample`"),
    (["good.csv", "--pack", "nowhere.yaml"], "cannot-open"),
    (["good.csv", "--pack", "good-map.yaml"], "not-a-pack"),
    ([], "FILE is missing"),
]

PACK = """pack: {id: p, title: Test}
vocabulary:
  official:
    plural: officials
    title: name
    fields: {name: text, born: date, age: int, level: [federal, state], active: bool, sum: number, tags: {list: text}, boss: official, seat: duration, missing: date}
  term: {plural: terms, fields: {of: official, start: date, end: date}}
  other: {plural: others, fields: {z: text}}
"""
PACKED = jsonl(
    {"Name": "A", "date_of_birth": "1950-01-02", "born": "1950-01-02", "age": 3, "level": "Federal", "active": True, "sum": 1.5, "tags": ["x"], "boss": "B", "seat": 5, "more": "y",
     "terms": [{"startDate": "2014-01-02", "end": "2015-01-02", "z": 1}]},
    {"Name": "B", "date_of_birth": "1950-01-03", "born": "1950-01-02", "age": 4, "level": "state", "active": False, "sum": 2, "tags": [], "boss": "", "seat": 6, "more": "y", "terms": []},
)
MATCHED = [
    r"^officials:\n  official:$", r"name: \$\.Name ", r"born: \$\.born ", r"age: \$\.age ",
    r"level: \{path: \$\.level, words: \{Federal: federal, state: state\}\}", r"active: \$\.active ", r"tags: \$\.tags ",
    r"# \? .*field `boss` is a reference to a record of type official", r"# \? .*field `seat` is a duration: a number alone",
    r"# \$\.more: no field of this name", r"# \? No path for `missing` \(a date\); it would take `\$\.date_of_birth`\.",
    r"^terms:\n  term:\n    each: \$\.terms.*\n    of: official$", r"start: \.startDate ", r"end: \.end ", r"Types of the vocabulary that no path went into: other\.",
]


def run(program, folder, *words, given=None):
    return subprocess.run([program, *words], cwd=folder, capture_output=True, input=given, check=False, timeout=300, env={"COLUMNS": "200", "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"})


def joined(text):
    """Without the breaks of comments over several lines."""
    return re.sub(r"\n *#   +", " ", text)


def drafted(program, folder, name, data, *words):
    """The draft of these bytes, what is said of it, and what is wrong with it: that it does not load, does not check
    the data although nothing was left open, or is another one the second time."""
    faults = []
    if name != "-":
        (folder / name).write_bytes(data)
    given = data if name == "-" else None
    done = run(program, folder, "map", "suggest", name, *words, given=given)
    draft, said = done.stdout.decode(), done.stderr.decode()
    if done.returncode not in (0, 2) or (done.returncode == 2 and "error" not in said):
        faults.append(f"ended with {done.returncode}: {said[:500]}")
    if run(program, folder, "map", "suggest", name, *words, given=given).stdout != done.stdout:
        faults.append("the second draft is another one")
    if any(c in draft for c in "\x00\x07\x7f\x85\u202e\u200b\ufeff"):
        faults.append("a character that cannot be seen stands in the draft")
    if done.returncode == 0:
        (folder / "draft-map.yaml").write_text(draft, encoding="utf-8")
        check = run(program, folder, "check", "--map", "draft-map.yaml", "--format", "json", name, given=given)
        lines = [json.loads(line) for line in check.stdout.decode().splitlines()]
        if not lines or lines[-1]["kind"] != "summary":
            faults.append(f"the draft does not load: {check.stdout.decode()[:600]}{check.stderr.decode()[:300]}")
        elif "nothing was left open" in said:
            if check.returncode != 0:
                faults.append(f"nothing is open, and the check ends with {check.returncode}: {check.stdout.decode()[:600]}")
            test = run(program, folder, "test", "draft-map.yaml")
            if test.returncode != 0:
                faults.append(f"the test of the draft: {test.stdout.decode()}{test.stderr.decode()}")
        (folder / "draft-map.yaml").unlink()
    return draft, said, done.returncode, faults


def open_count(said):
    found = re.search(r"(\d+) things? could not be told", said)
    return int(found.group(1)) if found else 0


def table(program, folder):
    for name, text, wanted, unwanted, number in TABLE:
        draft, said, _, faults = drafted(program, folder, name, text.encode())
        plain = joined(draft)
        faults += [f"`{w}` is not in the draft:\n{draft}" for w in wanted if not re.search(w, plain, re.M)]
        faults += [f"`{w}` is in the draft:\n{draft}" for w in unwanted if re.search(re.escape(w) if w == OPEN else w, plain, re.M)]
        if open_count(said) != number or draft.count(OPEN) != number:
            faults.append(f"{open_count(said)} things open, {draft.count(OPEN)} in the draft, not {number}: {said}\n{draft}")
        yield from (f"{name}: {f}" for f in faults)
        if name != "-":
            (folder / name).unlink()


def hostile(program, folder):
    for name, data in HOSTILE:
        data = data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass")
        _, said, code, faults = drafted(program, folder, name, data)
        if code == 2 and not re.search(r"error\[[a-z0-9-]+\].*help: \S", said, re.S):
            faults.append(f"no place or way out: {said}")
        yield from (f"hostile {name!r}: {f}" for f in faults)
        (folder / name).unlink()


def changed(program, folder):
    """The data of public shapes with bytes changed, taken out and put in, by a seed."""
    r = random.Random(7)
    for name in ("judgments.csv", "courts.json", "officials.yaml"):
        text = (SETS / name).read_bytes()[:5000]
        for i in range(20):
            data = bytearray(text)
            for _ in range(r.randrange(1, 12)):
                at, way = r.randrange(len(data)), r.random()
                if way < 0.4:
                    data[at] = r.choice(b"\"'{}[]:,;\n#-\\\t\x00\xff0")
                elif way < 0.7:
                    del data[at : at + r.randrange(1, 40)]
                else:
                    data[at:at] = bytes(r.choice(b'"{}[]:,;\n#$.%&*!|>') for _ in range(r.randrange(1, 5)))
            yield from (f"{name}, change {i}: {f}" for f in drafted(program, folder, name, bytes(data))[3])


def refused(program, folder):
    (folder / "nothing.csv").write_text(" \n")
    (folder / "header.csv").write_text("a,b\n")
    (folder / "scalars.json").write_text("[1, 2]")
    (folder / "list.json").write_text("[]")
    (folder / "utf16.csv").write_bytes("a,b\nx,1\n".encode("utf-16"))
    (folder / "good.csv").write_text("a,b\nx,1\n")
    (folder / "good-map.yaml").write_text("map: {id: a, reads: csv}\n")
    (folder / "cut.gz").write_bytes(gzip.compress(b"a,b\nx,1\n")[:12])
    for words, wanted in REFUSED:
        done = run(program, folder, "map", "suggest", *words)
        said = done.stderr.decode()
        if done.returncode != 2 or not re.search(wanted, said, re.S) or "help: " not in said:
            yield f"{words}: ended with {done.returncode}, not 2 with `{wanted}`: {said}"
    with open("/dev/full", "w") as full:
        done = subprocess.run([program, "map", "suggest", "good.csv"], cwd=folder, stdout=full, stderr=subprocess.PIPE, check=False)
    if done.returncode != 2 or b"could not be written whole" not in done.stderr:
        yield f"a full disk: {done.returncode} {done.stderr}"


def samples(program, folder):
    """Packed, piped, sampled, named."""
    data = rows("id;d", *[f"r{i};{i % 12 + 1:02}/{i % 12 + 1:02}/2014" for i in range(200)], "x;25/12/2014").encode()
    (folder / "data.csv").write_bytes(data)
    plain = run(program, folder, "map", "suggest", "data.csv").stdout.decode()
    (folder / "data.csv.gz").write_bytes(gzip.compress(data))
    ways = {"data.csv.gz": (["data.csv.gz"], None), "standard input": (["-", "--id", "data"], data)}
    if shutil.which("zstd"):
        subprocess.run(["zstd", "-q", "-f", "data.csv"], cwd=folder, check=True)
        ways["data.csv.zst"] = (["data.csv.zst"], None)
    for shown, (words, given) in ways.items():
        again = run(program, folder, "map", "suggest", *words, given=given).stdout.decode()
        def same(text):
            return text.replace("data.csv", "X").replace("X.gz", "X").replace("X.zst", "X").replace("standard input", "X")
        if re.sub(r"\s+# |\s+", " ", same(again)) != re.sub(r"\s+# |\s+", " ", same(plain)):
            yield f"{shown}: another draft:\n{again}"
    done = run(program, folder, "map", "suggest", "data.csv", "--sample", "10", "--id", "mine")
    draft, said = done.stdout.decode(), done.stderr.decode()
    for wanted in ("the first 10 records of data.csv", "  id: mine\n", "different in each of 10 records"):
        if wanted not in joined(draft).replace("\n# ", " "):
            yield f"--sample: no `{wanted}`: {draft}"
    if "10 records read, and there are more (--sample)" not in said:
        yield f"--sample: {said}"
    done = run(program, folder, "map", "suggest", "data.csv", "--sample", "0")
    if "201 records read;" not in done.stderr.decode():
        yield f"--sample 0: {done.stderr.decode()}"
    # Ten thousand, and no more, if nothing is said; and exactly as many as there are is all.
    (folder / "many.jsonl").write_text("".join(f'{{"a": {i}}}\n' for i in range(10_001)))
    if "10000 records read, and there are more" not in run(program, folder, "map", "suggest", "many.jsonl").stderr.decode():
        yield "the sample, if nothing is said"
    if "there are more" in run(program, folder, "map", "suggest", "many.jsonl", "--sample", "10001").stderr.decode():
        yield "a sample of all"


def packs(program, folder):
    (folder / "pack.yaml").write_text(PACK)
    draft, said, code, faults = drafted(program, folder, "people.jsonl", PACKED.encode(), "--pack", "pack.yaml")
    faults += [f"`{w}` is not in the draft:\n{draft}" for w in MATCHED if not re.search(w, joined(draft), re.M)]
    yield from (f"--pack: {f}" for f in faults)
    if code != 0:
        yield f"--pack: ended with {code}: {said}"
    # Nothing of the vocabulary: a draft for the editor, which does not load, and says so.
    draft, said, code, _ = drafted(program, folder, "q.jsonl", jsonl({"q": "x"}).encode(), "--pack", "pack.yaml")
    if code != 2 or "the map does not load yet" not in said or "#   $.q: text in all 1" not in draft:
        yield f"--pack, nothing fits: {code} {said}{draft}"
    # The shipped vocabulary, by a pack that has none of its own.
    (folder / "rules.yaml").write_text("pack: {id: r, title: Rules of my own}\n")
    done = run(program, folder, "map", "suggest", "--pack", "rules.yaml", "q.jsonl")
    if "Types of the vocabulary that no path went into:" not in done.stdout.decode() or "charge" not in done.stdout.decode():
        yield f"--pack without a vocabulary: {done.stdout.decode()}{done.stderr.decode()}"


def first_rule(program, folder):
    """The rule that the draft offers is one, when the `#` is taken away; and the map brings it."""
    text = rows("id,given,heard", "a,2014-03-04,2014-03-05", "b,2014-03-05,2014-03-04")
    draft, _, _, faults = drafted(program, folder, "r.csv", text.encode())
    yield from faults
    (folder / "map.yaml").write_text(re.sub(r"^# (rules:|  )", r"\1", draft, flags=re.M))
    test = run(program, folder, "test", "map.yaml")
    if test.returncode != 0 or b"3 ok, 0 missing, 0 noisy, 0 wrong (3 examples, 0 cases)" not in test.stdout:
        yield f"the first rule: {test.stdout.decode()}{test.stderr.decode()}"
    shown = run(program, folder, "rules", "--pack", "map.yaml").stdout.decode()
    skeleton = run(program, folder, "rules", "new", "a-rule", "--pack", "map.yaml", "--for", "x:r").stdout.decode()
    if "in-order" not in shown or "for:" not in skeleton:
        yield f"rules of the map: {shown[-300:]}{skeleton[:300]}"
    check = run(program, folder, "check", "--map", "map.yaml", "--format", "short", "r.csv")
    if check.returncode != 1 or b"r.csv:3:1: error[in-order] b: 2014-03-05 is after 2014-03-04 (certain)" not in check.stdout:
        yield f"the first rule finds: {check.stdout.decode()}{check.stderr.decode()}"


def goldens(program, write):
    for name in ("judgments.csv", "courts.json", "officials.yaml"):
        golden = SETS / (name.split(".")[0] + "-draft.yaml")
        done = run(program, SETS, "map", "suggest", name)
        if write:
            golden.write_bytes(done.stdout)
        elif not golden.is_file() or golden.read_bytes() != done.stdout:
            yield f"{golden.name} is not the draft of {name} (write it with --write, and read the difference)"


def main():
    program, faults = str(Path(sys.argv[1]).resolve()), []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in (table, hostile, changed, refused, samples, packs, first_rule):
            faults += [f"{part.__name__}: {f}" for f in part(program, folder)]
    faults += list(goldens(program, "--write" in sys.argv))
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
