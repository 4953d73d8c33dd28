"""A process measured: the processor's time, the clock's, the peak of memory."""

import os
import statistics
import subprocess
import tempfile
import time


class Process:
    """Starts a command. Its output is read line by line, and is to be read to its end; then there are exit code, standard
    error, and what it took. `feed` is another command, whose output it reads; nothing of that is kept anywhere."""

    def __init__(self, command, feed=None):
        self._errors, self._told = tempfile.TemporaryFile(), tempfile.TemporaryFile()
        self._feeder = None
        self._begin = time.monotonic()
        if feed is not None:
            self._feeder = subprocess.Popen(feed, stdout=subprocess.PIPE, stderr=self._told)
        source = subprocess.DEVNULL if self._feeder is None else self._feeder.stdout
        self._process = subprocess.Popen(command, stdin=source, stdout=subprocess.PIPE, stderr=self._errors)
        if self._feeder is not None:
            self._feeder.stdout.close()

    def lines(self):
        yield from self._process.stdout
        self._process.stdout.close()
        _, status, usage = os.wait4(self._process.pid, 0)
        self.clock = time.monotonic() - self._begin
        self.code = self._process.returncode = os.waitstatus_to_exitcode(status)
        self.cpu = usage.ru_utime + usage.ru_stime
        # MiB. Not less than what this program itself held when it started the other: the kernel counts so.
        self.peak = usage.ru_maxrss / 1024
        if self._feeder is not None:
            self._feeder.wait()
        self.errors, self.told = self._whole(self._errors), self._whole(self._told)

    @staticmethod
    def _whole(file):
        with file:
            file.seek(0)
            return file.read()


def spread(values, form="{:.2f}"):
    """The median, and in brackets the least and the greatest."""
    values = [form.format(v) for v in (statistics.median(values), min(values), max(values))]
    return f"{values[0]} ({values[1]} to {values[2]})"


def table(head, rows):
    """Lines of columns: the first to the left, the others to the right."""
    rows = [[str(cell) for cell in row] for row in [head, *rows]]
    widths = [max(len(row[i]) for row in rows) for i in range(len(head))]
    for row in rows:
        cells = [row[0].ljust(widths[0])] + [cell.rjust(width) for cell, width in zip(row[1:], widths[1:])]
        yield "  ".join(cells).rstrip()
