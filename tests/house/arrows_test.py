#!/usr/bin/env python3
"""Each check of arrows.py finds what it is for, in a house made for it, and finds nothing in one
that is in order."""

import io
import os
import shutil
import sys
import tempfile
import unittest
from contextlib import redirect_stdout
from pathlib import Path
from unittest import mock

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.dont_write_bytecode = True
import arrows  # noqa: E402

FIRST = "# Antinomy\n\n```sh\n./antinomy check cases/tajikistan\n```\ntext\n```sh\ntests/run   # all\n```\n"


class House(unittest.TestCase):
    def setUp(self):
        self.root = Path(tempfile.mkdtemp(prefix="house ")).resolve()
        self.addCleanup(shutil.rmtree, self.root, True)
        for folder in ("grammar", "rules", "cases", "tests", *("src/" + f for f in arrows.ARROWS if f != "grammar")):
            self.write(folder + "/README.md", "What this is.\n")
        for folder in arrows.ARROWS:
            self.write(("" if folder == "grammar" else "src/") + f"{folder}/{folder}.hpp", "#pragma once\n")
        self.write("README.md", FIRST)
        self.write("CMakeLists.txt", "")

    def write(self, name, text):
        file = self.root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def faults(self, check):
        return list(arrows.CHECKS[check](self.root))

    def one(self, check, *parts):
        """Exactly one fault, which says all of this."""
        faults = self.faults(check)
        self.assertEqual(len(faults), 1, faults)
        for part in parts:
            self.assertIn(part, faults[0])

    def test_a_house_in_order(self):
        for check in arrows.CHECKS:
            if check != "format" or arrows.clang_format():
                self.assertEqual(self.faults(check), [], check)

    def test_every_arrow_both_ways(self):
        for here in arrows.ARROWS:
            for there in arrows.ARROWS:
                name = ("" if here == "grammar" else "src/") + f"{here}/user.cpp"
                header = min(arrows.ONLY.get((here, there), {f"{there}/{there}.hpp"}))
                self.write(("" if there == "grammar" else "src/") + header, "#pragma once\n")
                self.write(name, f'#include "{header}"\n')
                if there == here or there in arrows.ARROWS[here]:
                    self.assertEqual(self.faults("arrows"), [], f"{here} -> {there}")
                else:
                    self.one("arrows", f"{name}:1: {here} must not include {there}")
                (self.root / name).unlink()

    def test_of_some_folders_some_headers_alone(self):
        self.write("src/time/calendar.hpp", "#pragma once\n")
        self.write("src/verify/user.cpp", '#include "time/calendar.hpp"\n')
        self.assertEqual(self.faults("arrows"), [])
        self.write("src/verify/user.cpp", '#include "time/time.hpp"\n')
        self.one("arrows", "src/verify/user.cpp:1", "verify may include time/calendar.hpp alone")

    def test_arrows_have_no_way_back(self):
        for here, allowed in arrows.ARROWS.items():
            for there in allowed:
                self.assertNotIn(here, arrows.ARROWS[there])
        self.assertFalse(any("cli" in allowed for allowed in arrows.ARROWS.values()))

    def test_an_include_is_seen_however_it_is_written(self):
        for line in (
            '#include "rule/rule.hpp"', '  #  include "rule/rule.hpp" // why', '/* x */\n#include "rule/rule.hpp"',
            '%:include "rule/rule.hpp"', '#include "../rule/rule.hpp"', '#include "src/rule/rule.hpp"',
            '#include "text/../rule/rule.hpp"', '#include "rule/not_yet_written.hpp"',
        ):  # fmt: skip
            self.write("src/time/user.cpp", line + "\n")
            self.one("arrows", "time must not include rule")
        self.write("src/time/user.cpp", "#include <rule/rule.hpp>\n")
        self.assertIn("time must not include rule", "\n".join(self.faults("arrows")))

    def test_what_is_no_include_is_left_alone(self):
        self.write(
            "src/time/user.cpp",
            '// #include "rule/rule.hpp"\n/*\n#include "rule/rule.hpp"\n*/\n'
            'auto s = R"(\n#include "rule/rule.hpp"\n)";\n#include <time.h>\n#include <vector>\n'
            "int n = 1'000'000;\n",
        )
        self.assertEqual(self.faults("arrows"), [])

    def test_spelling_of_includes(self):
        self.write("src/time/user.cpp", '#include "time.hpp"\n')
        self.one("arrows", "src/time/user.cpp:1", "from its folder on")
        self.write("src/time/user.cpp", '\n#include "boost/any.hpp"\n')
        self.one("arrows", "src/time/user.cpp:2", "no file of ours")
        self.write("src/time/user.cpp", "#include <grammar/grammar.hpp>\n")
        self.one("arrows", "is ours")
        self.write("src/time/user.cpp", "#include HEADER\n")
        self.one("arrows", "name the file")

    def test_folders_and_files_without_a_place(self):
        self.write("src/util/util.hpp", "")
        self.one("arrows", "src/util", "doesn't know")
        shutil.rmtree(self.root / "src/util")
        self.write("src/util.hpp", "")
        self.one("arrows", "src/util.hpp", "belongs into")

    def test_features(self):
        for line in (
            "#include <ranges>", "#include <memory_resource>", "#include <source_location>", "std::jthread t;",
            "auto x = std::bit_cast<int>(f);", "std::source_location l;", "std::pmr::string s;", "std::views::all(v);",
        ):  # fmt: skip
            self.write("src/check/user.cpp", "int x;\n" + line + "\n")
            self.one("features", "src/check/user.cpp:2", "src/cli only")
            self.write("src/check/user.cpp", "// " + line + "\nauto s = \"jthread\";\n")
            self.assertEqual(self.faults("features"), [], line)
            self.write("src/cli/user.cpp", line + "\n")
            self.assertEqual(self.faults("features"), [], line)

    def test_top_level(self):
        for allowed in (".ci/run", ".gitignore", "build/release/x", "docs/x.md", "LICENSE"):
            self.write(allowed, "x")
        self.assertEqual(self.faults("top"), [])
        self.write("scripts/x.sh", "x")
        self.one("top", "scripts")

    def test_readmes(self):
        for folder in ("grammar", "rules", "cases", "tests", "src/time", "src/cli"):
            text = (self.root / folder / "README.md").read_text()
            self.write(folder + "/README.md", " \n")
            self.one("readmes", folder + ":")
            (self.root / folder / "README.md").unlink()
            self.one("readmes", folder + ":")
            self.write(folder + "/README.md", text)

    def test_first_commands(self):
        one, two = arrows.FIRST_COMMANDS
        for good in (
            f"```sh\n{one}\n{two}\n```\n", f"```\n{one}\n```\n```\n{two}\n```\n",
            f"```text\nanything\n```\n```console\n$ {one}\nits output\n$ {two}\n```\n",
            f"```bash\n# first\n{one}  # why\n\n{two}\n{two} --debug\n```\n",
        ):  # fmt: skip
            self.write("README.md", good)
            self.assertEqual(self.faults("readme"), [], good)
        for bad in (
            f"```sh\n{two}\n{one}\n```\n", f"```sh\n{one} --ascii\n{two}\n```\n", f"{one}\n\n{two}\n",
            f"```sh\ngit clone x\n{one}\n{two}\n```\n", f"```sh\n{one}\n```\n", f"```sh\n{one}\n./{two}\n```\n",
        ):  # fmt: skip
            self.write("README.md", bad)
            self.one("readme", "first two commands")
        (self.root / "README.md").unlink()
        self.one("readme", "missing")

    def test_words(self):
        path, word = "/" + "work/", "far" + "m-"
        for text in (f"see {path}x", f'"{path}x"', f"file://{path}x", f"{word}no-index", f"a {word}7"):
            self.write("docs/notes.md", "first line\n" + text + "\n")
            self.one("words", "docs/notes.md:2")
        for text in (f"https://example.org{path}x", f"the {word}house of the family", f"{word}workers", "work/x"):
            self.write("docs/notes.md", text + "\n")
            self.assertEqual(self.faults("words"), [], text)
        self.write("build/log", path)
        self.assertEqual(self.faults("words"), [])

    def test_shell(self):
        self.write("tests/run", "#!/bin/sh\nset -eu\necho x\n")
        self.one("shell", "tests/run: cannot be executed")
        (self.root / "tests/run").chmod(0o755)
        self.assertEqual(self.faults("shell"), [])
        self.write("tests/run", "#!/bin/sh\necho x\n")
        self.one("shell", "set -eu")
        self.write("tests/run", "#!/bin/sh\nset -eu\nif\n")
        self.assertIn("unexpected", self.faults("shell")[0])
        if shutil.which("shellcheck"):
            self.write("tests/run", "#!/bin/sh\nset -eu\ncat $1\n")
            self.one("shell", "SC2086")

    def test_format(self):
        if arrows.clang_format() is None:
            self.skipTest("there is no clang-format 14")
        shutil.copy(Path(__file__).resolve().parents[2] / ".clang-format", self.root)
        self.write("src/time/user.cpp", "int  f( int x ){return x;}\n")
        self.one("format", "src/time/user.cpp:1")

    def test_format_cannot_be_checked_without_its_program(self):
        with mock.patch.object(arrows, "clang_format", return_value=None), redirect_stdout(io.StringIO()) as out:
            with mock.patch.object(sys, "argv", ["arrows.py", "format", "--root", str(self.root)]):
                self.assertEqual(arrows.main(), 77)
        self.assertIn("not checked", out.getvalue())

    def test_exit_codes(self):
        def run(*arguments):
            with mock.patch.object(sys, "argv", ["arrows.py", "--root", str(self.root), *arguments]):
                with redirect_stdout(io.StringIO()), mock.patch.object(sys, "stderr", io.StringIO()):
                    try:
                        return arrows.main()
                    except SystemExit as end:
                        return end.code

        self.assertEqual(run("top", "readme"), 0)
        os.mkdir(self.root / "scripts")
        self.assertEqual(run("top", "readme"), 1)
        self.assertEqual(run("no-such-check"), 2)


if __name__ == "__main__":
    unittest.main()
