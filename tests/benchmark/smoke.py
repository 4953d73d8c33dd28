#!/usr/bin/env python3
"""The benchmark runs and prints its lines. How long things took is no test's business.

    smoke.py BENCHMARK ANTINOMY READ_EVENTS
"""

import re
import subprocess
import sys

LINES = [
    "start", "rules read", "rules compiled", "cases read", "cases built",
    "variants built, not checked", "views", "networks", "rules judged", "findings presented",
    "what would help", "report", "sum",
    "start (antinomy --version)", "events of the cases' files", "events of all files",
    "check of the cases", "check of the folder",
    "ratio, check of the folder to events of all files",
    "ratio, check of the cases to events of the cases' files",
    "ratio, check of the folder to events of the cases' files",
]  # fmt: skip

done = subprocess.run([*sys.argv[1:4], "--repetitions", "1"], capture_output=True, text=True)
print(done.stdout + done.stderr, end="")
missing = [
    line for line in LINES if not re.search(rf"^{re.escape(line)} +-?\d+\.\d\d\b", done.stdout, re.MULTILINE)
]
for line in missing:
    print(f"no line: {line}")
sys.exit(1 if done.returncode != 0 or missing else 0)
