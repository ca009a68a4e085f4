# SPDX-License-Identifier: GPL-3.0-or-later
"""What the documents name exists: in `backticks` each file and each C function(), and the target of each relative link."""

import fnmatch
import re

from common import ROOT, Result

SOURCES = (".c", ".h", ".cc", ".def")
FOLDERS = ("corpus", "indexer", "lib", "query", "tests", "docs")

FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
PATH = re.compile(r"(?:[\w.*-]+/)+[\w.*-]*")
FILE = re.compile(r"[\w*-]+\.(?:c|h|cc|def|py)")
CALL = re.compile(r"([a-z]\w+)\(\)")


def documents(root):
    return sorted(root.glob("*.md")) + sorted((root / "docs").glob("*.md")) + sorted((root / "lib").rglob("*.md"))


def missing(text, here, root, files, words):
    """Each thing that a document in the folder `here` names and that is not there."""
    text = FENCE.sub("", text)
    for target in LINK.findall(text):
        if "://" not in target and not target.startswith("mailto:") and not (here / target).exists():
            yield f"the link to {target} leads nowhere"
    for code in CODE.findall(text):
        if PATH.fullmatch(code) and code.split("/")[0] in FOLDERS:
            if not any(fnmatch.fnmatch(f, code) or f.startswith(code.rstrip("/") + "/") for f in files):
                yield f"there is no {code}"
        elif FILE.fullmatch(code) and not any(fnmatch.fnmatch(f.rsplit("/", 1)[-1], code) for f in files):
            yield f"there is no file {code}"
        elif CALL.fullmatch(code) and CALL.fullmatch(code)[1] not in words:
            yield f"there is no function {code}"


def files_of(root):
    return [str(f.relative_to(root)) for folder in FOLDERS for f in (root / folder).rglob("*") if f.is_file()]


def words_of(root, files):
    """Every name that stands before a bracket."""
    found = set()
    for name in files:
        if name.endswith(SOURCES):
            found.update(re.findall(r"\b([a-z]\w+)\(", (root / name).read_text(encoding="utf-8", errors="replace")))
    return found


SELF = """`lib/base/memory.c`, `lib/base/gone.c`, `memory.c`, `gone.c`, `buffer_free()`, `no_such_function()`,
`tests/unit/test_*.c`, `tests/none_*.c`, `lib/`, [a](README.md), [b](gone.md), `soc search`
```
`lib/never.c`
```
"""
SELF_MISSING = ["the link to gone.md leads nowhere", "there is no lib/base/gone.c", "there is no file gone.c",
                "there is no function no_such_function()", "there is no tests/none_*.c"]


def run():
    files = files_of(ROOT)
    words = words_of(ROOT, files)
    found = list(missing(SELF, ROOT, ROOT, files, words))
    result = Result()
    if found == SELF_MISSING:
        result.passed = 1
    else:
        result.failed, result.text = 1, f"self-check: found {found}\n"
    for document in documents(ROOT):
        wrong = list(missing(document.read_text(encoding="utf-8"), document.parent, ROOT, files, words))
        result.passed += not wrong
        result.failed += bool(wrong)
        result.text += "".join(f"{document.relative_to(ROOT)}: {w}\n" for w in wrong)
    return result
