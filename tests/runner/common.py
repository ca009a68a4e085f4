# SPDX-License-Identifier: GPL-3.0-or-later
"""What the parts of the runner share: results, places, the environment of a test."""

import dataclasses
import os
import pathlib

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BUILD = os.environ.get("SOC_BUILD") or "build"   # as `make O=dir` has it, from ROOT
ASAN = BUILD + "/asan"
SAMPLE = ROOT / "corpus" / "sample"
DATA = pathlib.Path(os.environ.get("SOC_TEST_DATA") or ROOT.parent / "shared" / "data").absolute()
REQUIRED = os.environ.get("CI") == "true" or os.environ.get("SOC_TEST_REQUIRE_DATA") == "1"
SECONDS = 480   # a test that takes longer hangs, on the slowest machine


@dataclasses.dataclass
class Result:
    passed: int = 0
    failed: int = 0
    text: str = ""              # failures, in full
    skips: list = dataclasses.field(default_factory=list)

    def __add__(self, other):
        return Result(self.passed + other.passed, self.failed + other.failed, self.text + other.text,
                      self.skips + other.skips)


def needs_data(name):
    """None where the test data are there; else the result of a test that needs them."""
    if DATA.is_dir():
        return None
    if REQUIRED:
        return Result(failed=1, text=f"{name} needs test data, and there is no folder {DATA}\n")
    return Result(skips=[f"{name}: needs test data, and there is no folder {DATA} (see SOC_TEST_DATA)"])


def environment(folder, build):
    """The environment of a command: the programs of one build, a home in `folder`, nothing of the user's."""
    folder = pathlib.Path(folder)
    keep = {k: os.environ[k] for k in ("CI", "SOC_TEST_REQUIRE_DATA", "LD_LIBRARY_PATH") if k in os.environ}
    home = folder / "home"
    home.mkdir(exist_ok=True)
    return keep | {
        "PATH": f"{ROOT / build}:{os.environ.get('PATH', '/usr/bin:/bin')}",
        "HOME": str(home),
        "XDG_DATA_HOME": str(home / ".local/share"),
        "XDG_CONFIG_HOME": str(home / ".config"),
        "XDG_CACHE_HOME": str(home / ".cache"),
        "TMPDIR": str(folder),
        "TERM": "dumb",
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
        "ROOT": str(ROOT),
        "SAMPLE": str(SAMPLE),
        "BUILD": str(ROOT / build),
        "SOC_BUILD": BUILD,
        "SOC_TEST_DATA": str(DATA),
        # Leaks count, and what the sanitizers say must not be mistaken for an exit status of the program.
        "ASAN_OPTIONS": "exitcode=99:detect_stack_use_after_return=1:allocator_may_return_null=1",
        "UBSAN_OPTIONS": "print_stacktrace=1:halt_on_error=1:exitcode=99",
    }
