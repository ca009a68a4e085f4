# SPDX-License-Identifier: GPL-3.0-or-later
"""The sources are laid out as .clang-format says, by the version that it was written for: others differ in detail."""

import re
import shutil
import subprocess

from common import REQUIRED, ROOT, Result

VERSION = 14
FOLDERS = ("lib", "corpus", "indexer", "query", "tests", "docs")
SUFFIXES = {".c", ".h", ".cc"}


def program():
    """clang-format of that version, or None."""
    for name in (f"clang-format-{VERSION}", "clang-format"):
        path = shutil.which(name)
        if path:
            said = subprocess.run([path, "--version"], text=True, capture_output=True).stdout
            if re.search(rf"version {VERSION}\.", said):
                return path
    return None


def run():
    path = program()
    if not path:
        text = f"layout: needs clang-format {VERSION}"
        return Result(failed=1, text=text + "\n") if REQUIRED else Result(skips=[text])
    files = sorted(str(f.relative_to(ROOT)) for folder in FOLDERS for f in (ROOT / folder).rglob("*")
                   if f.suffix in SUFFIXES and "seeds" not in f.parts)
    done = subprocess.run([path, "--dry-run", "-Werror", "--ferror-limit=1", *files], cwd=ROOT, text=True, capture_output=True)
    wrong = sorted(set(re.findall(r"^(\S+?):\d+:\d+: error: code should be clang-formatted", done.stderr, re.M)))
    if done.returncode and not wrong:
        wrong = [done.stderr.strip()]
    return Result(passed=len(files) - len(wrong), failed=len(wrong),
                  text="".join(f"{name}: run {path} -i on it\n" for name in wrong))
