"""The smallest pack and case that still differ: what can be left out is left out."""
import copy

import yaml

import words


def text_of(tree):
    """A condition as text again."""
    kind = tree[0]
    if kind in ("and", "or"):
        return (" %s " % kind).join(closed(x) for x in tree[1])
    if kind == "not":
        return "not (%s)" % text_of(tree[1])
    if kind in ("some", "every", "no"):
        return "%s %s in %s satisfies (%s)" % (kind, tree[1], text_of(tree[2]), text_of(tree[3]))
    if kind in ("cmp", "time"):
        return "%s %s %s" % (text_of(tree[2]), tree[1], text_of(tree[3]))
    if kind == "in":
        return "%s in %s" % (text_of(tree[1]), text_of(tree[2]))
    if kind == "matches":
        return "%s matches '%s'" % (text_of(tree[1]), tree[2])
    if kind == "agrees":
        return "%s agrees with %s" % (text_of(tree[1]), text_of(tree[2]))
    if kind == "sum":
        return "%s %s %s" % (text_of(tree[2]), tree[1], text_of(tree[3]))
    if kind == "num":
        return "%g" % tree[1]
    if kind == "dur":
        return "%d days" % tree[1]
    if kind == "day":
        return words.date.fromordinal(tree[1]).isoformat()
    if kind == "text":
        return "'%s'" % tree[1]
    if kind == "bool":
        return "yes" if tree[1] else "no"
    if kind == "call":
        return "%s(%s)" % (tree[1], ", ".join(text_of(x) for x in tree[2]))
    return ".".join(tree[1])


def closed(tree):
    text = text_of(tree)
    return "(%s)" % text if tree[0] in ("and", "or", "not") else text


def parts_of(tree):
    """The condition with one part less, in each way."""
    kind = tree[0]
    if kind in ("and", "or"):
        yield from tree[1]
        for k, part in enumerate(tree[1]):
            if len(tree[1]) > 2:
                yield (kind, tree[1][:k] + tree[1][k + 1:])
            for less in parts_of(part):
                yield (kind, tree[1][:k] + [less] + tree[1][k + 1:])
    elif kind == "not":
        yield tree[1]
        for less in parts_of(tree[1]):
            yield ("not", less)
    elif kind in ("some", "every", "no"):
        yield ("bool", True)
        for less in parts_of(tree[3]):
            yield (kind, tree[1], tree[2], less)
    elif kind == "call" and tree[1] in ("certainly", "possibly"):
        yield tree[2][0]
        for less in parts_of(tree[2][0]):
            yield ("call", tree[1], [less])
    elif kind != "bool":
        yield ("bool", True)
        yield ("bool", False)


def conditions(node):
    """Where conditions stand in a pack: (mapping, key)."""
    if isinstance(node, list):
        for x in node:
            yield from conditions(x)
    elif isinstance(node, dict):
        for key, x in node.items():
            if key in ("where", "require", "when") and isinstance(x, str):
                yield node, key
            else:
                yield from conditions(x)


def removals(node, depth=0):
    """Ways to change a tree in place to a smaller one, each as (do, undo)."""
    if isinstance(node, dict):
        for key in list(node):
            if depth > 0 and key not in ("value", "id", "require", "for", "title", "kind",
                                         "severity", "about", "reaches", "message", "when", "because"):
                yield lambda key=key: node.pop(key)
            if isinstance(node[key], dict) and set(node[key]) >= {"value"}:
                yield lambda key=key: node.update({key: node[key]["value"]})
            if isinstance(node[key], list) and len(node[key]) == 1 and isinstance(
                    node[key][0], dict) and "value" in node[key][0]:
                yield lambda key=key: node.update({key: node[key][0]})
            yield from removals(node[key], depth + 1)
    elif isinstance(node, list):
        for k in range(len(node)):
            yield lambda k=k: node.pop(k)
        for x in node:
            yield from removals(x, depth + 1)


def smaller(pack, case):
    """Pairs of trees with something left out, the big things first."""
    for which in (0, 1):
        count = len(list(removals((pack, case)[which])))
        for n in range(count):
            changed = [pack, case]
            changed[which] = copy.deepcopy(changed[which])
            list(removals(changed[which]))[n]()
            yield tuple(changed)
    places = len(list(conditions(pack)))
    for n in range(places):
        node, key = list(conditions(pack))[n]
        for less in parts_of(words.parse(node[key])):
            changed = copy.deepcopy(pack)
            other, _ = list(conditions(changed))[n]
            other[key] = text_of(less)
            yield changed, case


class Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data):
        return True


def plain(self, text):
    quoted = any(c in text for c in ":?#,[]{}%~'\"") or text != text.strip() or not text
    return self.represent_scalar("tag:yaml.org,2002:str", text, style='"' if quoted else None)


def resolver_free(text):
    """Values stay as they were written: `yes` and 2020-03-01 are text here."""
    out = yaml.dump(text, Dumper=Dumper, sort_keys=False, allow_unicode=True, width=10000,
                    default_flow_style=None)
    return out


Dumper.add_representer(str, plain)
Dumper.yaml_implicit_resolvers = {}


def smallest(pack, case, first_that_differs, batch=24, tries=1200):
    """`first_that_differs(pairs)`: the number of the first pair that does, or None."""
    pack, case = (yaml.load(x, Loader=yaml.BaseLoader) for x in (pack, case))
    at = 0  # of the ways to leave something out, those before did not help
    while tries > 0:
        ways = [w for w in smaller(pack, case) if w[0].get("rules")]
        found = None
        # From where it last helped on, and round once.
        order = list(range(at, len(ways))) + list(range(min(at, len(ways))))
        for k in range(0, len(order), batch):
            some = order[k:k + batch]
            tries -= len(some)
            n = first_that_differs([(resolver_free(ways[i][0]), resolver_free(ways[i][1]))
                                    for i in some])
            if n is not None:
                found = some[n]
                break
        if found is None:
            break
        (pack, case), at = ways[found], found
    return resolver_free(pack), resolver_free(case)
