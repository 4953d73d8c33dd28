"""The items of the suite: read from the files beside this one, and written as packs and cases.

README.md says what an item may say. Here: `load()`, `Item.pack_text()` (with the place of each marked piece) and
`Item.case_text()`.
"""

import copy
from pathlib import Path

import yaml

HERE = Path(__file__).resolve().parent
OPEN, CLOSE = "⟦", "⟧"
RULE_KEYS = [
    "id", "title", "kind", "severity", "about", "reaches", "at", "between", "for", "where", "require", "unless",
    "burden", "presumption", "message", "possible", "help", "basis", "tests", "survives",
]  # fmt: skip
RULE = {"id": "r", "title": "An example", "kind": "law", "severity": "warning", "message": "an example"}
ITEM_KEYS = {
    "name", "note", "by", "first", "rules", "rule", "pack", "case", "expect", "says", "proof", "days", "turns_on", "errors", "error",
    *RULE_KEYS,
}  # fmt: skip
HEAD_KEYS = {"topic", "first", "pack", "rule", "case", "place", "items"}
VERDICTS = {"certain", "possible", "satisfied", "gap", "not applicable", "excepted"}


Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class Fault(Exception):
    """The suite itself is wrong."""


def plain(text):
    return text.replace(OPEN, "").replace(CLOSE, "")


class Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data):
        return True


def present(dumper, text):
    """A text as YAML writes it without its marks: they are taken out only after it is written."""
    bare = plain(text)
    style = None
    if text != bare:
        alone = yaml.dump(bare, Dumper=yaml.SafeDumper, allow_unicode=True, width=10**9)
        style = alone[0] if alone[0] in "'\"" else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


Dumper.add_representer(str, present)


def dump(content):
    return yaml.dump(content, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=10**9, default_flow_style=False)


def to_bytes(text):
    """UTF-8, but for the bytes that are none: U+F780 to U+F7FF stand for 80 to FF."""
    bare = "".join(chr(ord(c) - 0xF700 + 0xDC00) if "\uf780" <= c <= "\uf7ff" else c for c in text)
    return bare.encode("utf-8", "surrogateescape")


def take_marks(text):
    """The text without marks, and (begin, end) of each marked piece, in code points."""
    out, pieces, begin = [], [], None
    for c in text:
        if c == OPEN:
            if begin is not None:
                raise Fault("a mark inside a mark")
            begin = len(out)
        elif c == CLOSE:
            if begin is None:
                raise Fault("a mark is closed and not opened")
            pieces.append((begin, len(out)))
            begin = None
        else:
            out.append(c)
    if begin is not None:
        raise Fault("a mark is not closed")
    return "".join(out), pieces


def place_of(text, offset):
    """Line and column, from 1, in code points."""
    line = text.count("\n", 0, offset) + 1
    return line, offset - (text.rfind("\n", 0, offset) + 1) + 1


def listed(value):
    return value if isinstance(value, list) else [value]


def merged(below, above):
    """Mappings are put together key by key, at every depth; of all else the upper one stands."""
    if not isinstance(below, dict) or not isinstance(above, dict):
        return above
    return {**below, **{k: merged(below[k], v) if k in below else v for k, v in above.items()}}


class Item:
    def __init__(self, topic, head, body):
        self.topic, self.head, self.body = topic, head, body
        self.name = f"{topic}/{body.get('name', '?')}"
        self.id = f"{topic}-{body.get('name', '?')}"
        unknown = set(body) - ITEM_KEYS
        if unknown or "name" not in body:
            raise Fault(f"{self.name}: {'unknown keys ' + str(sorted(unknown)) if unknown else 'no name'}")
        if ("expect" in body) == ("error" in body or "errors" in body):
            raise Fault(f"{self.name}: says neither or both of `expect` and `error`")

    @property
    def first(self):
        """The text of a pack that is loaded before; empty if there is none."""
        return self.body.get("first", self.head.get("first", ""))

    @property
    def errors(self):
        return self.body["errors"] if "errors" in self.body else [self.body["error"]] if "error" in self.body else []

    @property
    def expected(self):
        """[{rule, at, verdict, ...}]: what is expected of each record."""
        wanted = self.body.get("expect", [])
        if isinstance(wanted, str):
            wanted = [{"verdict": wanted}]
        out = []
        for w in wanted:
            w = {"at": self.head.get("place", ""), "rule": "r", **w}
            if w["verdict"] not in VERDICTS:
                raise Fault(f"{self.name}: no verdict `{w['verdict']}`")
            out.append(w)
        return out

    def rules(self):
        if "rules" in self.body:
            return [{**RULE, **self.head.get("rule", {}), **r} for r in self.body["rules"]]
        own = {k: v for k, v in self.body.items() if k in RULE_KEYS}
        own.update(self.body.get("rule", {}))
        if not own:
            return []
        whole = {**RULE, **self.head.get("rule", {}), **own}
        keep = [k for k in whole if plain(k) in RULE_KEYS]
        whole = {k: whole[k] for k in sorted(keep, key=lambda k: RULE_KEYS.index(plain(k)))} | whole
        return [whole]

    def pack(self):
        """The keys of the pack; its text, if the item has it whole. With its marks."""
        own = self.body.get("pack", {})
        if isinstance(own, str):
            return own
        pack = {"pack": {"id": "example"}, **self.head.get("pack", {}), **own}
        rules = self.rules()
        return {**pack, "rules": rules} if rules else pack

    def raw_pack(self):
        """The text of the pack with its marks."""
        pack = self.pack()
        return pack if isinstance(pack, str) else dump(pack)

    def pack_text(self):
        return take_marks(self.raw_pack())

    def case_text(self):
        sections = {} if self.errors else copy.deepcopy(self.head.get("case", {}))
        sections = merged(sections, copy.deepcopy(self.body.get("case", {})))
        packs = [f"packs/{self.id}.first.yaml"] * bool(self.first) + [f"packs/{self.id}.yaml"]
        head = {"id": self.id, "title": "An example", "packs": packs, **sections.pop("case", {})}
        return dump({"case": head, **sections})


def load(only=""):
    """All items, in the order of the files."""
    items, seen = [], set()
    for path in sorted(HERE.glob("*.yaml")):
        head = yaml.load(path.read_text(encoding="utf-8"), Loader=Loader)
        unknown = set(head) - HEAD_KEYS
        if unknown:
            raise Fault(f"{path.name}: unknown keys {sorted(unknown)}")
        for body in head["items"]:
            item = Item(path.stem, head, body)
            if item.name in seen:
                raise Fault(f"{item.name}: stands twice")
            seen.add(item.name)
            if only in item.name:
                items.append(item)
    return items
