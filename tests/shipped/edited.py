#!/usr/bin/env python3
"""Rules that were built in, beside the same ones parsed: `edited.py PROGRAM ROOT`."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

PROGRAM, ROOT = sys.argv[1], Path(sys.argv[2])


class Edited(unittest.TestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        self.rules = self.folder / "rules"
        shutil.copytree(ROOT / "rules", self.rules)
        self.case = self.folder / "case.yaml"
        self.case.write_text("case: {id: nothing}\n", encoding="utf-8")

    def run_it(self, *arguments, rules=None):
        result = subprocess.run(
            [PROGRAM, *map(str, arguments)],
            cwd=ROOT, env={**os.environ, "ANTINOMY_RULES": str(rules or self.rules)},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        return result.returncode, result.stdout, result.stderr

    def parsed(self):
        """How many texts of rules were parsed for a case of nothing."""
        code, _, log = self.run_it("-v", "check", self.case)
        self.assertEqual(code, 0, log)
        return int(re.search(r"(\d+) texts parsed", log).group(1))

    def edit_all(self):
        """One more line in each: all is parsed, and means the same."""
        for file in self.rules.rglob("*.yaml"):
            file.write_text(file.read_text(encoding="utf-8") + "# edited\n", encoding="utf-8")

    def first_rule(self):
        """A file of rules, and the title of its first."""
        for file in sorted(self.rules.glob("*.yaml")):
            found = re.search(r"^rules:\n(?:.*\n)*?    title: (\w.*)$", file.read_text(encoding="utf-8"), re.M)
            if found:
                return file, found.group(1)
        self.fail("no rule has a title")

    def test_what_is_not_needed_is_not_read(self):
        self.assertEqual(self.parsed(), 0)
        # One file that was edited may have errors; all rules are looked at.
        file, _ = self.first_rule()
        file.write_text(file.read_text(encoding="utf-8") + "# edited\n", encoding="utf-8")
        self.assertGreater(self.parsed(), 0)

    def test_an_edited_rule_is_read(self):
        file, title = self.first_rule()
        self.assertIn(title.strip("\"'"), self.run_it("rules")[1])
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace(f"title: {title}", "title: As it was edited", 1), encoding="utf-8")
        code, listed, log = self.run_it("rules")
        self.assertEqual(code, 0, log)
        self.assertIn("As it was edited", listed)
        self.assertNotIn(title.strip("\"'"), listed)

    def test_an_error_is_told_at_its_place(self):
        file, title = self.first_rule()
        lines = file.read_text(encoding="utf-8").splitlines()
        line = next(i for i, text in enumerate(lines) if text == f"    title: {title}")
        lines.insert(line, "    titel: misspelt")
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        code, _, log = self.run_it("check", self.case)
        self.assertEqual(code, 2, log)
        self.assertIn(f"{file.name}:{line + 1}:", log)

    def test_some_of_the_packs_alone_are_looked_at(self):
        (self.rules / "vocabulary.yaml").unlink()
        code, _, log = self.run_it("check", self.case)
        self.assertEqual(code, 2, log)

    def test_examples_are_there_for_who_runs_them(self):
        file, _ = self.first_rule()
        code, out, log = self.run_it("test", file)
        self.assertEqual(code, 0, log)
        self.assertNotIn(" 0 examples", out)

    def test_reports_are_the_same(self):
        # All cases together, and some alone: then more rules sleep.
        alone = ["cases/tenancy/lindenweg.yaml", "cases/tajikistan/quvvatov.yaml", self.case]
        questions = [
            ("check", "--format", "json", "cases"),
            ("check", "cases"),
            *[("check", "--format", "json", case) for case in alone],
        ]
        before = [self.run_it(*q) for q in questions]
        self.edit_all()
        def but_for_the_files(out):  # that they are others is what the report says of them
            return re.sub(r'"bytes": \d+,\s+"sha256": "[0-9a-f]+"', "", out)

        for question, (code, out, log) in zip(questions, before):
            now_code, now, now_log = self.run_it(*question)
            self.assertEqual((code, but_for_the_files(out), log), (now_code, but_for_the_files(now), now_log), question)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
