# SPDX-License-Identifier: GPL-3.0-or-later
"""What the fault scripts share: a plan of tests reported in TAP, commands, an old index that nothing may harm.

The scripts run in a fresh folder; $BUILD is the sanitized build with the fault hooks, $ROOT/build the ordinary one.
"""

import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys
import time

ROOT = pathlib.Path(os.environ["ROOT"])
SAMPLE = os.environ["SAMPLE"]
PLAIN = ROOT / (os.environ.get("SOC_BUILD") or "build")
ASAN = pathlib.Path(os.environ["BUILD"])
TARGET = "index.soc"
HANGS = 200   # seconds: a command that takes longer hangs, on the slowest machine

# A build from here is the same file each time.
os.environ["SOURCE_DATE_EPOCH"] = "1700000000"
os.environ["SOC_INDEX"] = TARGET


class Tap:
    def __init__(self):
        self.count = self.failed = 0

    def ok(self, condition, name, *explanation):
        self.count += 1
        self.failed += not condition
        print(f"{'' if condition else 'not '}ok {self.count} - {name}")
        if not condition:
            for text in explanation:
                for line in str(text).splitlines() or [""]:
                    print(f"#   {line}")
        sys.stdout.flush()
        return condition

    def skip(self, name, reason):
        self.count += 1
        print(f"ok {self.count} - {name} # SKIP {reason}")

    def none(self, complaints, name):
        """A test of many cases: passed where no one of them complained."""
        return self.ok(not complaints, name, f"{len(complaints)} of the cases; the first of them:",
                       *[c for c in complaints[:5]])

    def end(self):
        print(f"1..{self.count}")
        sys.exit(1 if self.failed else 0)


class Done:
    """How a command ended: its status (negative: a signal), what it printed and what it told."""

    def __init__(self, status, out, err):
        self.status, self.out, self.err = status, out, err

    def __str__(self):
        return f"status {self.status}\n{self.out[-300:].decode(errors='replace')}{self.err[-3000:].decode(errors='replace')}"

    def refused(self):
        """Ended as an error should: status 2, a message that begins with the program's name, and nothing of a
        sanitizer."""
        first = self.err.split(b"\n")[0]
        return (self.status == 2 and self.err.count(b"Sanitizer") == 0
                and any(line.startswith((b"soc: ", b"soc-index: ")) for line in self.err.split(b"\n")) and first != b"")


def run(*command, build=PLAIN, timeout=HANGS, cwd=None, stdin=subprocess.DEVNULL, **environment):
    command = [str(build / command[0]) if command[0] in ("soc", "soc-index") else command[0], *map(str, command[1:])]
    try:
        done = subprocess.run(command, stdin=stdin, capture_output=True, timeout=timeout, cwd=cwd,
                              env=os.environ | environment)
    except subprocess.TimeoutExpired as late:
        return Done(None, late.stdout or b"", (late.stderr or b"") + b"it did not end")
    return Done(done.returncode, done.stdout, done.stderr)


def read(path=TARGET):
    return pathlib.Path(path).read_bytes()


def leftovers(folder="."):
    """What a build may leave beside its target and should not."""
    return sorted(f for f in os.listdir(folder) if ".soc." in f)


def make_old(folder="."):
    """An old index at the target that differs from what a new build makes; its bytes."""
    done = run("soc-index", "build", "-q", "-o", f"{folder}/{TARGET}", few_tables())
    assert done.status == 0, done
    return read(f"{folder}/{TARGET}")


def few_tables():
    folder = pathlib.Path("few")
    if not folder.is_dir():
        folder.mkdir()
        for name in ("Occupation Data.txt", "Job Zones.txt", "Read Me.txt"):
            (folder / name).write_bytes((pathlib.Path(SAMPLE) / name).read_bytes())
    return folder.resolve()


def make_new(*options):
    """What a build of the sample makes; its bytes."""
    done = run("soc-index", "build", "-q", *options, "-o", "reference", SAMPLE)
    assert done.status == 0, done
    return read("reference")


def put(content, path=TARGET):
    """The old index again, as another file: no build may write into it."""
    other = f"{path}-put"
    pathlib.Path(other).write_bytes(content)
    os.rename(other, path)


def usable(build=PLAIN):
    done = run("soc", "search", "-q", "-n", "1", "registered nurses", build=build)
    return done.status == 0 and done.out.startswith(b" 1. 29-1141.00")


def each(work, items, workers=2):
    """The complaints (anything but None) of `work` on each item, two at a time, in the order of the items."""
    with concurrent.futures.ThreadPoolExecutor(workers) as pool:
        return [complaint for complaint in pool.map(work, items) if complaint]


class Option:
    """An option as --help has it: its argument (None: a flag) and what that may be (empty: anything)."""

    LINE = re.compile(r"^\s+(?:-\w, )?--([a-z][a-z-]*)(?: (\S+))?\s{2,}(.*)$")

    def __init__(self, found):
        self.name, self.argument, self.help = found.groups()
        listed = self.help.rpartition(": ")[2]
        self.choices = re.split(r", | or ", listed) if re.fullmatch(r"\w+(, \w+)* or \w+", listed) else []


def options_of(program, command):
    """The options of a command, from its help: the table that the program reads them by."""
    text = run(program, "help", command, COLUMNS="1000").out.decode()
    found = [Option(m) for m in map(Option.LINE.match, text.splitlines()) if m]
    return {o.name: o for o in found if o.name not in ("help", "version")}


def commands_of(program):
    text = run(program, "--help", COLUMNS="1000").out.decode()
    part = re.search(r"^Commands:\n((?:.+\n)*)", text, re.MULTILINE)[1]
    return re.findall(r"^  ([a-z][a-z-]*)\s", part, re.MULTILINE)


def seconds(function):
    begin = time.monotonic()
    function()
    return time.monotonic() - begin
