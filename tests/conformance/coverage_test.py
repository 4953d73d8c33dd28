#!/usr/bin/env python3
"""coverage.py notices what is not in the suite."""

import unittest

import coverage
import items as suite
import sites


def without(every, drop):
    left = [item for item in every if not drop(item)]
    assert len(left) < len(every)
    return left


class Notices(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.every = suite.load()

    def test_nothing_is_missing(self):
        self.assertEqual(list(coverage.missing_operators(self.every)), [])
        self.assertEqual(list(coverage.missing_errors(self.every)), [])

    def test_a_relation_that_is_judged_nowhere(self):
        left = without(self.every, lambda i: not i.errors and "meets" in i.raw_pack())
        self.assertIn("relation `allen meets` is in no item that is judged", list(coverage.missing_operators(left)))

    def test_a_function_that_is_refused_nowhere(self):
        left = without(self.every, lambda i: i.errors and "width_up_to" in i.raw_pack())
        self.assertIn("function width_up_to is in no item that is refused", list(coverage.missing_operators(left)))

    def test_an_error_that_nobody_is_told(self):
        left = without(self.every, lambda i: any(e["code"] == "bad-pattern" for e in i.errors))
        faults = [f for f in coverage.missing_errors(left) if "the pattern is not RE2" in f]
        self.assertEqual(len(faults), 1, faults)

    def test_one_of_several_signs(self):
        left = without(self.every, lambda i: suite.OPEN + "«" in i.raw_pack())
        self.assertEqual(list(coverage.missing_errors(left)), ["grammar/token.cpp: no item is told of `«`"])


class Reads(unittest.TestCase):
    """A little C++."""

    def shown(self, expression):
        return [sites.pattern(parts)[0] for parts in sites.messages(expression)]

    def test_strings(self):
        self.assertEqual(self.shown('"a" " \\"b\\""'), ['a "b"'])
        self.assertEqual(self.shown('"`" + std::string(name) + "` is no " + what(1, 2)'), ["`...` is no ..."])
        self.assertEqual(self.shown('join("is ", std::to_string(n), " bytes")'), ["is ... bytes"])

    def test_choices(self):
        self.assertEqual(self.shown('good ? "a" : better ? "b" : "c"'), ["a", "b", "c"])
        self.assertEqual(self.shown('"takes " + (n == 1 ? "one" : "two") + ", found"'), ["takes ..., found"])

    def test_nothing_of_its_own(self):
        self.assertEqual(self.shown("std::move(message)"), ["..."])

    def test_comments(self):
        self.assertEqual(sites.without_comments('a("//"); // b("c")').rstrip(), 'a("//");')


if __name__ == "__main__":
    unittest.main()
