# SPDX-License-Identifier: GPL-3.0-or-later
"""Programs that report in TAP (the Test Anything Protocol): unit tests, fault scripts, fuzz seeds."""

import os
import pathlib
import re
import subprocess
import tempfile

from common import ASAN, DATA, REQUIRED, ROOT, SECONDS, Result, environment

LINE = re.compile(r"(not )?ok \d+(?: - (.*?))?\s*(#\s*SKIP\b.*)?$", re.IGNORECASE)


def run(command, build=ASAN):
    """Run a TAP program in a fresh folder and count its lines."""
    with tempfile.TemporaryDirectory(prefix="soc-test-") as folder:
        env = environment(folder, build) | {"CMOCKA_MESSAGE_OUTPUT": "TAP"}
        try:
            done = subprocess.run(command, cwd=folder, env=env, stdin=subprocess.DEVNULL,
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=SECONDS)
        except subprocess.TimeoutExpired as late:
            out = (late.stdout or b"").decode("utf-8", "replace")
            return Result(failed=1, text=f"{out}\nno end after {SECONDS} seconds\n")
    out = done.stdout.decode("utf-8", "replace")
    result = Result()
    for line in out.splitlines():
        found = LINE.match(line)
        if not found:
            continue
        if found[3]:
            # cmocka writes `not ok N # SKIP name` for a skipped test.
            what = f"{pathlib.Path(command[0]).name}: {line}"
            if REQUIRED and not DATA.is_dir():
                result.failed += 1
                result.text += what + "\n"
            else:
                result.skips.append(what)
        elif found[1]:
            result.failed += 1
        else:
            result.passed += 1
    if done.returncode != 0 and result.failed == 0:
        result.failed = 1   # it crashed, leaked, or ended early
    if result.passed + result.failed + len(result.skips) == 0:
        result.failed = 1
        out += "it reported no test\n"
    if result.failed:
        result.text += out + f"exit status {done.returncode}\n"
    return result


def programs(folder, sources):
    """The unit tests: one program for each source."""
    return [(str(source.relative_to(ROOT)), lambda p=ROOT / folder / source.stem: run([str(p)]))
            for source in sorted(ROOT.glob(sources))]


def scripts(folder):
    """Executable scripts test_* that report in TAP; they find the programs in PATH."""
    return [(str(script.relative_to(ROOT)), lambda s=script: run([str(s)]))
            for script in sorted((ROOT / folder).glob("test_*")) if os.access(script, os.X_OK)]


def fuzz_seeds(folder, seeds):
    """Each fuzz target on each of its seeds: it must survive them."""
    def replay(program, files):
        with tempfile.TemporaryDirectory(prefix="soc-test-") as work:
            done = subprocess.run([str(program), *map(str, files)], cwd=work, env=environment(work, ASAN),
                                  stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                  stderr=subprocess.STDOUT, timeout=SECONDS)
        if done.returncode == 0:
            return Result(passed=len(files))
        return Result(failed=1, text=done.stdout.decode("utf-8", "replace"))

    tests = []
    for source in sorted((ROOT / "tests/fuzz").glob("fuzz_*.c")):
        files = sorted(f for f in (ROOT / seeds / source.stem).glob("*") if f.is_file())
        if files:
            tests.append((str(source.relative_to(ROOT)),
                          lambda p=ROOT / folder / source.stem, f=files: replay(p, f)))
    return tests
