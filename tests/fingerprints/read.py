"""Case files as trees of text (PyYAML's parser, none of its types)."""

import yaml
from write import Map, Nothing, Seq, Text


def tree(node):
    if isinstance(node, yaml.MappingNode):
        return Map((tree(k), tree(v)) for k, v in node.value)
    if isinstance(node, yaml.SequenceNode):
        return Seq(tree(x) for x in node.value)
    if node.style is None and node.value in ("", "~", "null"):
        return Nothing()
    return Text(node.value, node.style is None)


def read(path):
    return tree(yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader))
