"""YAML as people write it, many ways: one tree of text, written in a style drawn by chance.

It shares nothing with the program's reader nor with PyYAML's emitter: block and flow, three ways of
quoting, text over several lines, comments, blank lines, steps of indentation. Each of them means the same.
"""

import re

# What a plain scalar may not be taken for by any reader, and must be left as it stands.
WORDS = {"yes", "no", "true", "false", "on", "off", "y", "n", "null", "~", ""}
PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*(?: [A-Za-z0-9_.-]+)*\Z")
# And what readers take alike between brackets, too.
IN_FLOW = re.compile(r"[\w.~/-]+(?: [\w.~/-]+)*\Z")
REMARKS = ["see the file", "as reported: twice", "to be looked up", "{not yet}", "- no item", "über – Душанбе"]


class Map(list):
    """[(Text, node), ...] in the order of the file."""

    def get(self, name):
        return next((v for k, v in self if k.text == name), None)

    def put(self, name, node):
        self.append((Text(name), node))


class Seq(list):
    pass


class Text:
    def __init__(self, text, plain=True):
        self.text = text
        self.plain = plain  # so it stood: what was plain may stay plain

    def __eq__(self, other):
        return isinstance(other, Text) and self.text == other.text

    def __hash__(self):
        return hash(self.text)


class Nothing:
    pass


class Writer:
    """`draw`: a random.Random. `calm`: near to how it was read; else as wild as YAML allows."""

    def __init__(self, draw):
        self.draw = draw
        self.flow_share = draw.choice([0.05, 0.3, 0.7])
        self.quote_share = draw.choice([0.05, 0.5])
        self.remark_share = draw.choice([0, 0.1, 0.4])
        self.step = draw.choice([1, 2, 4])

    def file(self, root):
        head = "---\n" if self.draw.random() < 0.2 else ""
        return head + self.remark(0) + self.mapping(root, 0)

    # ---- scalars

    def quoted(self, text):
        if "\n" not in text and self.draw.random() < 0.5:
            return "'" + text.replace("'", "''") + "'"
        escaped = ""
        for c in text:
            if c in '"\\':
                escaped += "\\" + c
            elif c == "\n":
                escaped += "\\n"
            elif ord(c) > 126 and self.draw.random() < 0.3:
                escaped += "\\u%04x" % ord(c) if ord(c) < 0x10000 else "\\U%08x" % ord(c)
            else:
                escaped += c
        return '"' + escaped + '"'

    def scalar(self, node, flow):
        text = node.text
        if node.plain and (text.lower() in WORDS or self.draw.random() > self.quote_share):
            if not flow or IN_FLOW.match(text):
                return text
        if not node.plain and PLAIN.match(text) and text.lower() not in WORDS and self.draw.random() < 0.5:
            return text
        return self.quoted(text)

    def lines(self, node, indent):
        """A long text over several lines, or None."""
        text = node.text
        if len(text) < 40 or text != text.strip() or re.search(r"\s\s|[\n\t\u0085\u2028\u2029]", text):
            return None
        if self.draw.random() > 0.3:
            return None
        margin = " " * (indent + self.draw.choice([1, 2, 4]))
        if self.draw.random() < 0.4:
            return "|-\n" + margin + text + "\n"
        words = text.split(" ")
        at = self.draw.randrange(1, len(words)) if len(words) > 1 else 1
        out = ">-\n" + margin + " ".join(words[:at]) + "\n"
        return out + (margin + " ".join(words[at:]) + "\n" if words[at:] else "")

    # ---- collections

    def remark(self, indent):
        out = ""
        while self.draw.random() < self.remark_share:
            if self.draw.random() < 0.4:
                out += "\n"
            else:
                out += " " * indent + "# " + self.draw.choice(REMARKS) + "\n"
        return out

    def tail(self):
        return ("  # " + self.draw.choice(REMARKS) if self.draw.random() < self.remark_share / 2 else "") + "\n"

    def key(self, node):
        if self.draw.random() < self.quote_share / 3 and node.text.lower() not in WORDS:
            return self.quoted(node.text)
        return node.text if node.plain else self.quoted(node.text)

    def in_flow(self, node):
        gap = self.draw.choice(["", " "])
        if isinstance(node, Map):
            items = [self.key(k) + ": " + self.in_flow(v) for k, v in node if not isinstance(v, Nothing)]
            return "{" + gap + ("," + self.draw.choice([" ", "  "])).join(items) + gap + "}"
        if isinstance(node, Seq):
            return "[" + gap + ", ".join(self.in_flow(x) for x in node) + gap + "]"
        return "null" if isinstance(node, Nothing) else self.scalar(node, True)

    @staticmethod
    def holds_nothing(node):
        if isinstance(node, Map):
            return any(Writer.holds_nothing(v) for _, v in node)
        if isinstance(node, Seq):
            return any(Writer.holds_nothing(v) for v in node)
        return isinstance(node, Nothing)

    def wants_flow(self, node):
        return not node or (not self.holds_nothing(node) and self.draw.random() < self.flow_share)

    def mapping(self, node, indent):
        out = ""
        for k, v in node:
            out += self.remark(indent) + " " * indent + self.key(k) + ":" + self.value(v, indent, False)
        return out

    def sequence(self, node, indent):
        out = ""
        for x in node:
            out += self.remark(indent) + " " * indent + "-" + self.value(x, indent, True)
        return out

    def value(self, node, indent, of_list):
        """What stands behind `key:` or `-`, to the end of its last line."""
        if isinstance(node, Nothing):
            return self.tail()
        if isinstance(node, Text):
            many = self.lines(node, indent)
            return " " + many if many else " " + self.scalar(node, False) + self.tail()
        if self.wants_flow(node):
            return " " + self.in_flow(node) + self.tail()
        deeper = indent + self.step
        if isinstance(node, Map):
            if of_list:  # the first key on the line of its dash
                deeper = indent + 2
                body = self.mapping_without_head(node, deeper)
                return " " + body
            return self.tail() + self.mapping(node, deeper)
        # A list may stand as deep as its key.
        return self.tail() + self.sequence(node, indent if not of_list and self.draw.random() < 0.5 else deeper)

    def mapping_without_head(self, node, indent):
        first, rest = node[0], Map(node[1:])
        out = self.key(first[0]) + ":" + self.value(first[1], indent, False)
        return out + self.mapping(rest, indent)
