#!/usr/bin/env python3
"""What plays the READMEs notices a wrong output, a broken example and a stale quotation, and
mends what can be mended."""

import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.dont_write_bytecode = True
import docs  # noqa: E402

PROGRAM = Path(sys.argv.pop(1)).resolve()
CASE = "case: {id: c}\n"


class Docs(unittest.TestCase):
    def play(self, text, update=False):
        with tempfile.TemporaryDirectory(dir=docs.ROOT / "tests") as folder:
            readme = Path(folder) / "README.md"
            readme.write_text(text)
            with mock.patch("builtins.print"):
                faults = docs.Play(readme, PROGRAM, update).play()
            return faults, readme.read_text()

    def one(self, text, *parts):
        faults, _ = self.play(text)
        self.assertEqual(len(faults), 1, faults)
        for part in parts:
            self.assertIn(part, faults[0])

    def test_an_output_that_differs(self):
        self.assertEqual(self.play("```console\n$ echo a; echo b\na\nb\n$ echo c\nc\n```\n")[0], [])
        self.one("x\n```console\n$ echo a\nb\n```\n", "README.md:2", "echo a", "-b", "+a")

    def test_an_output_that_differs_is_written_anew(self):
        self.assertEqual(
            self.play("```console\n$ echo a\nb\n```\nrest\n", True), ([], "```console\n$ echo a\na\n```\nrest\n")
        )

    def test_lines_left_out(self):
        command = "$ printf 'a\\n\\nb1\\n\\nc1\\n\\nd\\n'\n"
        for shown in ("a\n\n...\n\nc1\n\n...\n", "...\n\nd\n", "a\n\nb1\n\n...\n\nd\n"):
            self.assertEqual(self.play(f"```console\n{command}{shown}```\n")[0], [], shown)
        for shown in ("b1\n\n...\n", "...\n\nc2\n\n...\n", "a\n\n...\n\nc1\n"):
            self.assertEqual(len(self.play(f"```console\n{command}{shown}```\n")[0]), 1, shown)

    def test_paragraphs_shown_beside_lines_left_out_are_written_anew(self):
        text = "```console\n$ printf 'error[r]: new words\\n  --> x\\n\\nb\\n\\n21 findings\\n'\n{}```\n"
        old = text.format("error[r]: old words\n\n...\n\n20 findings\n")
        new = text.format("error[r]: new words\n  --> x\n\n...\n\n21 findings\n")
        self.assertEqual(self.play(old, True), ([], new))
        gone = text.format("warning[s]: gone\n\n...\n")
        self.assertIn("no longer says", self.play(gone, True)[0][0])

    def test_yaml_must_load(self):
        self.assertEqual(self.play(f"```yaml c.yaml\n{CASE}```\n")[0], [])
        self.one(f"```yaml c.yaml\n{CASE}evnts: {{}}\n```\n", "c.yaml does not hold", "evnts")
        self.one(f"```yaml\n{CASE}```\n", "file name")
        self.one(f"```yaml c.yaml refused\n{CASE}```\n", "c.yaml loads")
        self.assertEqual(self.play(f"```yaml c.yaml refused\n{CASE}x: 1\n```\n")[0], [])

    def test_examples_of_a_pack_must_hold(self):
        rule = (
            "pack: {id: p}\nrules:\n  - {id: r, title: T, kind: fact, severity: error, about: source, reaches: record,"
            " for: {e: event}, require: known(e.title), message: M, tests: [{name: n, case: {events: {e: {title: x}}},"
            " expect: []}, {name: m, case: {events: {e: {kind: call}}}, expect: [{at: events.e, verdict: certain}]}]}\n"
        )
        self.assertEqual(self.play(f"```yaml p.yaml\n{rule}```\n")[0], [])
        self.one(f"```yaml p.yaml\n{rule.replace('verdict: certain', 'verdict: possible')}```\n", "does not hold")

    def test_a_quotation_must_stand_there(self):
        good = "- id: evidence-predates-event\n  title: A recording that was public"
        self.one(f"```yaml from rules/evidence.yaml\n{good}\n```\n", "does not stand")
        faults, text = self.play(f"```yaml from rules/evidence.yaml\n{good}\n```\n", True)
        self.assertEqual(faults, [])
        self.assertIn("  require: e.published not before m.start\n", text)
        self.assertEqual(self.play(text)[0], [])

    def test_a_change_of_a_file(self):
        change = "```diff rules/vocabulary.yaml\n       reliability: [low, unchecked, ordinary, high]\n+      hash: text\n```\n"
        case = f"```yaml c.yaml\n{CASE}sources: {{s: {{hash: x}}}}\n```\n"
        self.assertEqual(self.play(change + case)[0], [])
        self.one(case, "hash")
        self.one("```diff rules/vocabulary.yaml\n nothing of ours\n```\n", "0 times")

    def test_commands_without_output(self):
        self.assertEqual(self.play("```sh\n./antinomy --version   # why\nfalse\n```\n")[0], [])
        self.one("```sh\n./antinomy chek x\n```\n", "ends with 2")
        self.one("```sh\ntests/rnu\n```\n", "there is no tests/rnu")


if __name__ == "__main__":
    unittest.main()
