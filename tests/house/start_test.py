#!/usr/bin/env python3
"""The start script, with everything that it calls to install and build played by stand-ins: what it
does when something is missing, old, broken, moved or asked for twice at once. Each test has a
folder of its own, with a blank and an apostrophe in its name. What is real is tried by
tests/setup/bare.sh.
"""

import os
import shutil
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# Each stand-in notes its call. The programme built prints its arguments and ends with the code in $EXIT.
STAND_INS = {
    "cmake": """
        printf 'cmake %s\\n' "$*" >>"$CALLS"
        case "$*" in
            *--build*)
                sleep "${BUILD_TAKES:-0}"
                if [ -n "${BUILD_FAILS:-}" ]; then echo 'error: no such type'; exit 1; fi
                printf '#!/bin/sh\\nprintf "<%%s>" "$@"\\nexit ${EXIT:-0}\\n' >"$2/antinomy"
                chmod +x "$2/antinomy" ;;
            *)
                mkdir -p "$2/build/release"
                : >"$2/build/release/build.ninja"
                echo "CMAKE_HOME_DIRECTORY:INTERNAL=$2" >"$2/build/release/CMakeCache.txt" ;;
        esac""",
    "dpkg-query": """
        for package in "$@"; do :; done
        case " $MISSING " in *" $package "*) printf 'not-installed'; exit 0 ;; esac
        printf 'installed'""",
    "apt-get": """
        printf 'apt-get %s\\n' "$*" >>"$CALLS"
        case "$*" in *update*) : >"$CALLS.updated"; exit "${UPDATE:-0}" ;; esac
        [ "$LISTS" = there ] || [ -e "$CALLS.updated" ] || { echo 'E: Unable to locate'; exit 100; }""",
    "id": 'printf \'%s\\n\' "$WHO"',
    "nproc": "echo 2",
}


class Start(unittest.TestCase):
    def setUp(self):
        self.base = Path(tempfile.mkdtemp(prefix="start test's "))
        self.addCleanup(shutil.rmtree, self.base, True)
        self.top = self.base / "the program"
        for folder in ("src", "grammar", "stand-ins", "elsewhere"):
            ((self.base if folder in {"stand-ins", "elsewhere"} else self.top) / folder).mkdir(parents=True)
        shutil.copy(ROOT / "antinomy", self.top)
        shutil.copy(ROOT / "src" / "setup.sh", self.top / "src")
        for name in ("CMakeLists.txt", "CMakePresets.json", "src/a.cpp", "src/b.cpp", "grammar/g.hpp", "src/README.md"):
            (self.top / name).write_text("x\n")
        for name, body in STAND_INS.items():
            script = self.base / "stand-ins" / name
            script.write_text("#!/bin/sh\n" + body + "\n")
            script.chmod(0o755)
        for tool in ("g++", "cmake", "ninja", "pkg-config"):
            if not (self.base / "stand-ins" / tool).exists():
                (self.base / "stand-ins" / tool).write_text("#!/bin/sh\n")
                (self.base / "stand-ins" / tool).chmod(0o755)
        self.calls_file = self.base / "calls"
        self.environment = {
            "PATH": f"{self.base}/stand-ins:/usr/sbin:/usr/bin:/sbin:/bin",
            "CALLS": str(self.calls_file), "MISSING": "", "LISTS": "there", "WHO": "0",
        }  # fmt: skip

    def launch(self, *arguments, command=None, cwd=None, **variables):
        return subprocess.Popen(
            [command or str(self.top / "antinomy"), *arguments], cwd=cwd or self.base / "elsewhere",
            env=self.environment | variables, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    def start(self, *arguments, **how):
        process = self.launch(*arguments, **how)
        out, err = process.communicate(timeout=60)
        return process.returncode, out, err

    def calls(self):
        """What has been called since the last look."""
        lines = self.calls_file.read_text().splitlines() if self.calls_file.exists() else []
        self.calls_file.unlink(missing_ok=True)
        return lines

    def built(self):
        self.start()
        self.calls()

    def test_first_start_builds_and_hands_over(self):
        code, out, err = self.start("check", "a  b", "", EXIT="7")
        self.assertEqual((code, out), (7, "<check><a  b><>"))
        self.assertEqual(err, "antinomy: building (once; takes some minutes)\n")
        configure, build = self.calls()
        self.assertIn("-DANTINOMY_TESTS=OFF", configure)
        self.assertIn("--target antinomy", build)

    def test_second_start_calls_nothing_and_says_nothing(self):
        self.built()
        self.assertEqual(self.start("x", EXIT="3"), (3, "<x>", ""))
        self.assertEqual(self.calls(), [])

    def test_second_start_does_little(self):
        shell = (self.top / "antinomy").read_text().splitlines()[0].removeprefix("#!")
        (self.top / "traced").write_text(f'#!/bin/sh\nexec {shell} -x "${{0%/*}}/antinomy" "$@"\n')
        (self.top / "traced").chmod(0o755)

        def steps():
            # What was written in the moment of the build is looked at once more.
            for _ in range(50):
                self.start()
                if not self.calls():
                    break
                time.sleep(0.05)
            code, out, err = self.start("x", command=str(self.top / "traced"))
            self.assertEqual((code, out, self.calls()), (0, "<x>", []))
            return sum(line.startswith("+") for line in err.splitlines())

        few = steps()
        self.assertTrue(3 < few < 60, few)
        # However many sources there are: none is looked at by a command of its own.
        for n in range(40):
            (self.top / f"src/more{n}.cpp").write_text("y\n")
        # (Two ends of a pipe may write into one line.)
        self.assertLess(steps(), few + 10)

    def test_a_changed_source_is_built_once_and_not_configured(self):
        self.built()
        (self.top / "grammar/g.hpp").write_text("y\n")
        code, _, err = self.start()
        self.assertEqual((code, err), (0, "antinomy: building what has changed\n"))
        self.assertEqual(len(self.calls()), 1)
        self.assertEqual(self.start()[2], "")
        self.assertEqual(self.calls(), [])

    def test_sources_added_and_removed_are_seen(self):
        self.built()
        (self.top / "src/c.cpp").write_text("z\n")
        self.start()
        self.assertEqual(len(self.calls()), 1)
        (self.top / "src/c.cpp").unlink()
        self.start()
        self.assertEqual(len(self.calls()), 1)

    def test_a_source_put_back_in_time_is_seen_and_made_new(self):
        self.built()
        source = self.top / "src/a.cpp"
        source.write_text("older\n")
        os.utime(source, (1_000_000_000, 1_000_000_000))
        self.start()
        self.assertEqual(len(self.calls()), 1)
        self.assertGreater(source.stat().st_mtime, time.time() - 60)
        self.assertLess((self.top / "src/b.cpp").stat().st_mtime, source.stat().st_mtime)
        self.assertEqual(self.start()[2], "")

    def test_a_readme_is_no_source(self):
        self.built()
        (self.top / "src/README.md").write_text("changed\n")
        self.assertEqual(self.start()[2], "")
        self.assertEqual(self.calls(), [])

    def test_a_change_during_the_build_is_built_by_the_next_start(self):
        process = self.launch(BUILD_TAKES="1")
        while not (self.top / "build/release/build.ninja").exists():
            time.sleep(0.01)
        time.sleep(0.2)
        (self.top / "src/a.cpp").write_text("y\n")
        process.communicate(timeout=60)
        self.calls()
        self.assertEqual(self.start()[2], "antinomy: building what has changed\n")

    def test_every_way_to_call_it(self):
        self.built()
        (self.base / "link").symlink_to(self.top / "antinomy")
        (self.base / "elsewhere/link to link").symlink_to("../link")
        relative = self.top.relative_to(self.base) / "antinomy"
        self.assertEqual(self.start("1", command=str(self.base / "link"))[:2], (0, "<1>"))
        self.assertEqual(self.start("2", command="./link to link")[:2], (0, "<2>"))
        self.assertEqual(self.start("3", command=f"../{relative}")[:2], (0, "<3>"))
        self.assertEqual(self.start("4", command="./antinomy", cwd=self.top)[:2], (0, "<4>"))
        self.assertEqual(self.start("antinomy", "6", command="sh", cwd=self.top)[:2], (0, "<6>"))
        # Another folder of that name where CDPATH looks first.
        (self.base / "elsewhere/the program").mkdir()
        decoy = {"cwd": self.base, "CDPATH": str(self.base / "elsewhere")}
        self.assertEqual(self.start("the program/antinomy", "7", command="sh", **decoy), (0, "<7>", ""))
        self.assertEqual(self.calls(), [])

    def test_without_root_it_says_what_to_type(self):
        code, out, err = self.start(MISSING="libre2-dev libboost-dev", WHO="1000")
        self.assertEqual((code, out), (2, ""))
        self.assertIn("    apt-get update && apt-get install --no-install-recommends libboost-dev libre2-dev\n", err)
        self.assertEqual(self.calls(), [])

    def test_as_root_it_installs_without_update_where_lists_are_there(self):
        code, _, err = self.start(MISSING="libre2-dev")
        self.assertEqual(code, 0)
        self.assertIn("antinomy: installing what the build needs: libre2-dev\n", err)
        apt = [call for call in self.calls() if call.startswith("apt-get")]
        self.assertEqual(len(apt), 1)
        self.assertIn("-y --no-install-recommends", apt[0])

    def test_as_root_it_fetches_the_lists_where_needed(self):
        code, _, _ = self.start(MISSING="libre2-dev", LISTS="old")
        self.assertEqual(code, 0)
        apt = [call.split()[-2:] for call in self.calls() if call.startswith("apt-get")]
        self.assertEqual(len(apt), 3)
        self.assertEqual(apt[1][-1], "update")

    def test_an_installation_that_fails_shows_why(self):
        code, out, err = self.start(MISSING="libre2-dev", LISTS="old", UPDATE="100")
        self.assertEqual((code, out), (2, ""))
        self.assertIn("E: Unable to locate", err)
        self.assertIn(str(self.top / "build/install.log"), err)

    def test_a_build_that_fails_shows_why_and_is_tried_again(self):
        code, out, err = self.start(BUILD_FAILS="yes")
        self.assertEqual((code, out), (2, ""))
        self.assertIn("error: no such type", err)
        self.assertIn(str(self.top / "build/release.log"), err)
        self.assertEqual(self.start()[0], 0)
        (self.top / "src/a.cpp").write_text("broken\n")
        self.assertEqual(self.start(BUILD_FAILS="yes")[:2], (2, ""))  # not the program as it was before
        self.assertEqual(self.start()[0], 0)

    def test_two_starts_at_once_build_once(self):
        both = [self.launch(str(n), BUILD_TAKES="1") for n in (1, 2)]
        outputs = [process.communicate(timeout=60) for process in both]
        self.assertEqual([out for out, _ in outputs], ["<1>", "<2>"])
        self.assertEqual(len(self.calls()), 2)  # one configuration, one build
        self.assertEqual(sum("waiting for another build" in err for _, err in outputs), 1)

    def test_a_folder_that_was_moved_is_configured_from_scratch(self):
        self.built()
        moved = self.base / "moved"
        self.top.rename(moved)
        self.top = moved
        self.assertEqual(self.start()[2], "")  # still current
        (self.top / "src/a.cpp").write_text("y\n")
        self.assertEqual(self.start()[0], 0)
        self.assertIn("--fresh", self.calls()[0])


if __name__ == "__main__":
    unittest.main()
