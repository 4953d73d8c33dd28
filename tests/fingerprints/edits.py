"""Edits of a case: harmless ones, which change no fingerprint, and ones that make another finding of it.

A case is {path within the folder: tree}; `main` is the file with `case:`.
"""

import posixpath
import re

from write import Map, Nothing, Seq, Text

HEADS = {"case", "include", "accounts", "order", "identity", "expect", "suppress", "pack", "vocabulary", "rules",
         "policies", "calendars", "define", "override"}  # fmt: skip


def is_pack(root):
    return root.get("pack") is not None or root.get("rules") is not None


class Case:
    def __init__(self, files, main):
        self.files = files
        self.main = main

    def parts(self):
        """The trees that hold records: the main file and what it includes."""
        return {path: root for path, root in self.files.items() if not is_pack(root)}

    def records(self):
        """(mapping of records, record) of the lists of records, whatever their type."""
        for root in self.parts().values():
            for key, value in root:
                if key.text in HEADS or not isinstance(value, Map):
                    continue
                for _, record in value:
                    if isinstance(record, Map):
                        yield value, record


# ---- harmless


def shuffle(draw, items):
    """In place, and never back to the same where there is a choice."""
    before = list(items)
    for _ in range(5):
        draw.shuffle(items)
        if list(items) != before or len(items) < 2:
            return


def reorder_top(case, draw):
    for root in case.parts().values():
        shuffle(draw, root)


def reorder_records(case, draw):
    for root in case.parts().values():
        for key, value in root:
            if key.text not in HEADS and isinstance(value, Map):
                shuffle(draw, value)


def reorder_accounts(case, draw):
    for root in case.parts().values():
        accounts = root.get("accounts")
        if accounts is not None:
            shuffle(draw, accounts)


def reorder_keys(case, draw):
    for _, record in case.records():
        shuffle(draw, record)
        for _, value in record:
            for item in value if isinstance(value, Seq) else [value]:
                if isinstance(item, Map) and item.get("value") is not None:
                    shuffle(draw, item)


def reorder_assertions(case, draw):
    for _, record in case.records():
        for _, value in record:
            if isinstance(value, Seq) and value and all(isinstance(x, Map) for x in value):
                shuffle(draw, value)


def reorder_lines(case, draw):
    for root in case.parts().values():
        for name in ("order", "identity", "expect", "suppress"):
            lines = root.get(name)
            if isinstance(lines, Seq):
                shuffle(draw, lines)


def rename_titles(case, draw):
    for _, record in case.records():
        for key, value in record:
            # Names of persons are facts: a rule asks whether two of them are one.
            shown = key.text == "title" or (key.text == "name" and record.get("birth") is None)
            if shown and isinstance(value, Text) and draw.random() < 0.7:
                value.text = draw.choice(["the other ", "№ 7: ", "«x» "]) + value.text
                value.plain = False
    head = case.files[case.main].get("case")
    title = head.get("title")
    if title is not None:
        title.text += " (revised)"


def rename_roles(case, draw):
    """Accounts are shown by their titles."""
    for root in case.parts().values():
        for _, account in root.get("accounts") or []:
            if isinstance(account, Map) and account.get("title") is None:
                account.append((Text("title"), Text("as %s says" % draw.choice("ABC"), False)))


def add_facts(case, draw):
    """A person, a source and an event that nothing else speaks of. (An event without a kind might be an arrest.)"""
    root = draw.choice(list(case.parts().values()))
    for plural, record in (
        ("persons", Map([(Text("name"), Text("Unrelated Person", False))])),
        ("sources", Map([(Text("kind"), Text("archive")), (Text("title"), Text("an unrelated book", False))])),
        ("events", Map([(Text("kind"), Text("meeting")), (Text("title"), Text("an unrelated one", False)),
                        (Text("start"), Text("1977-03-04"))])),
    ):
        if root.get(plural) is None:
            root.append((Text(plural), Map()))
        where = root.get(plural)
        where.insert(draw.randrange(len(where) + 1), (Text("zz-unrelated"), record))
        root[:] = [kv for kv in root if kv[1] or not isinstance(kv[1], Map)]


def quote_sources(case, draw):
    """An address of a source: a fact that no rule reads."""
    for root in case.parts().values():
        for _, source in root.get("sources") or []:
            if isinstance(source, Map) and source.get("url") is None and draw.random() < 0.5:
                source.append((Text("url"), Text("https://example.org/%d" % draw.randrange(1000), False)))


def split_include(case, draw):
    """Some lists of records move to a new file beside the main one."""
    root = case.files[case.main]
    movable = [kv for kv in root if kv[0].text not in HEADS and isinstance(kv[1], Map) and kv[1]]
    if not movable:
        return
    moved = draw.sample(movable, draw.randrange(1, len(movable) + 1))
    root[:] = [kv for kv in root if kv not in moved]
    name = "moved-%d.yaml" % draw.randrange(1000)
    case.files[posixpath.join(posixpath.dirname(case.main), name)] = Map(moved)
    if root.get("include") is None:
        root.append((Text("include"), Seq()))
    root.get("include").append(Text(name))


def merge_include(case, draw):
    """An included file is written into the main one."""
    root = case.files[case.main]
    include = root.get("include")
    if not include:
        return
    at = draw.randrange(len(include))
    path = posixpath.normpath(posixpath.join(posixpath.dirname(case.main), include[at].text))
    part = case.files.get(path)
    # Of what names other files, these would lie elsewhere.
    if part is None or part.get("include") is not None:
        return
    others = [p for p, r in case.files.items() if p != case.main for n in r.get("include") or []
              if posixpath.normpath(posixpath.join(posixpath.dirname(p), n.text)) == path]  # fmt: skip
    if others:
        return
    del include[at]
    if not include:
        root[:] = [kv for kv in root if kv[0].text != "include"]
    for key, value in part:
        mine = root.get(key.text)
        if mine is None:
            root.append((key, value))
        else:
            mine.extend(value)
    case.files.pop(path)


def rename_files(case, draw):
    """Every file of the case gets another name; what names it follows."""
    number = draw.randrange(100)
    new = {path: re.sub(r"([^/]+)\.yaml$", r"f%d-\1.yaml" % number, path) for path in case.files}
    renamed = {}
    for path, root in case.files.items():
        here = posixpath.dirname(path)
        for names in (root.get("include"), (root.get("case") or Map()).get("packs")):
            for name in names or []:
                target = posixpath.normpath(posixpath.join(here, name.text))
                if target in new:
                    name.text = posixpath.relpath(new[target], here or ".")
        renamed[new[path]] = root
    case.files = renamed
    case.main = new[case.main]


def move_folder(case, draw):
    """All of it one folder deeper, under another name."""
    under = draw.choice(["elsewhere", "other place/2026", "папка"])
    case.files = {posixpath.join(under, path): root for path, root in case.files.items()}
    case.main = posixpath.join(under, case.main)


def nothing(case, draw):
    """Only written anew, in another style."""


HARMLESS = [reorder_top, reorder_records, reorder_accounts, reorder_keys, reorder_assertions, reorder_lines,
            rename_titles, rename_roles, add_facts, quote_sources, split_include, merge_include, rename_files,
            move_folder, nothing]  # fmt: skip


# ---- another finding


def texts(node):
    if isinstance(node, Text):
        yield node
    elif isinstance(node, Map):
        for k, v in node:
            yield k
            yield from texts(v)
    elif isinstance(node, Seq):
        for x in node:
            yield from texts(x)


def rename_id(case, old, new):
    """A record or an account under another id, wherever it is named: in references, paths, lines and dates.
    Prose (titles, quotes) is left as it is."""
    word = re.compile(r"(?<![\w-])%s(?![\w-])" % re.escape(old))

    def walk(node, prose):
        if isinstance(node, Text):
            if not prose:
                node.text = word.sub(new, node.text)
        elif isinstance(node, Map):
            for k, v in node:
                said = k.text in ("title", "name", "quote", "reason", "url", "include", "packs", "note")
                if not said:
                    k.text = new if k.text == old else k.text
                walk(v, said or prose)
        elif isinstance(node, Seq):
            for x in node:
                walk(x, prose)

    for root in case.parts().values():
        walk(root, False)


def rename_case(case, new):
    case.files[case.main].get("case").get("id").text = new
