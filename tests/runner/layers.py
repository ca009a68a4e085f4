# SPDX-License-Identifier: GPL-3.0-or-later
"""The arrows of the house may only go down.

Read from what the compiler says that each file includes (the .d files of the build), so that nothing hides
behind another header.  Besides: no modules include each other in a circle, a module being a header and the source
file beside it; no base name stands twice in the tree; every source file says at its top what it holds.  A planted
violation of every rule shows first that the test can fail.
"""

import pathlib
import re
import shutil
import subprocess
import tempfile

from common import ROOT, Result

# Which folders the files of a folder may include, besides those of their own folder.
LIB = ("lib/base", "lib/soc", "lib/text", "lib/table", "lib/xapian", "lib/index", "lib/rank")
MAY_INCLUDE = {
    "lib/base": (),
    "lib/soc": ("lib/base",),
    "lib/text": ("lib/base",),
    "lib/table": ("lib/base", "lib/soc"),
    "lib/xapian": ("lib/base",),
    "lib/index": ("lib/base", "lib/soc", "lib/text", "lib/xapian"),
    "lib/rank": ("lib/base", "lib/soc", "lib/text", "lib/xapian", "lib/index"),
    "corpus": ("lib/base", "lib/soc", "lib/text", "lib/table"),
    "indexer": ("corpus", *LIB),
    "query/engine": LIB,
    "query/output": ("query/engine", *LIB),
    "query/batch": ("query/engine", "query/output", *LIB),
    "query/commands": ("query/engine", "query/output", "query/batch", *LIB),
    "query": ("query/engine", "query/output", "query/batch", "query/commands", *LIB),
}

# The library of other programs is made of these alone: it asks no command line and codes no tables.
LIBRARY = "query/socsearch"
LIBRARY_MAY_INCLUDE = ("query/engine", "query/output", *LIB)

# Foreign headers with one home each.
HOME_OF = {"xapian.h": "lib/xapian", "pcre2.h": "lib/text", "libstemmer.h": "lib/text", "zip.h": "lib/table",
           "expat.h": "lib/table"}

# The only folder with C++, and the only header of it that others may include.
CXX_HOME = "lib/xapian"
CXX_FACE = "lib/xapian/xapian_wrap.h"
CXX_SUFFIXES = {".cc", ".cpp", ".cxx", ".C", ".hh", ".hpp"}


def folder_of(path):
    """The layer that a path relative to the root belongs to, or None: the longest folder that has it."""
    homes = [folder for folder in MAY_INCLUDE if path.startswith(folder + "/")]
    return max(homes, key=len, default=None)


def included(rule):
    """The prerequisites in a .d file's first rule."""
    rule = rule.replace("\\\n", " ").split("\n", 1)[0]
    return rule.split(":", 1)[1].split()


def relative(path, root):
    path = pathlib.PurePosixPath(path)
    if path.is_absolute():
        try:
            return str(path.relative_to(root))
        except ValueError:
            return str(path)
    return re.sub(r"^\./", "", str(path))


def violations(source, includes):
    """What is wrong with a source and the list of all that it includes."""
    home = folder_of(source)
    found = []
    for path in includes:
        name = path.rsplit("/", 1)[-1]
        if path.startswith("/"):
            if name in HOME_OF and home != HOME_OF[name]:
                found.append(f"{source} includes <{name}>, which only {HOME_OF[name]} may")
            continue
        target = folder_of(path)
        if source.startswith(LIBRARY) and target not in LIBRARY_MAY_INCLUDE and not path.startswith(LIBRARY):
            found.append(f"{source} includes {path}: no arrow leads from the library to {target}")
            continue
        if path == source or target == home:
            continue
        if target is None:
            found.append(f"{source} includes {path}, which is in no layer")
        elif target not in MAY_INCLUDE[home]:
            found.append(f"{source} includes {path}: no arrow leads from {home} to {target}")
        elif target == CXX_HOME and path != CXX_FACE:
            found.append(f"{source} includes {path}: only {CXX_FACE} may be included from outside")
        elif "internal" in name:
            found.append(f"{source} includes {path}, which is internal to {target}")
    return found


def module_of(path):
    """A header and the source file beside it are one module, with what is internal to it."""
    return str(pathlib.PurePosixPath(path).with_suffix("")).removesuffix("_internal")


def circles(texts):
    """The circles of modules, from the text of each file: each as a sorted list of names."""
    arrows = {}
    for path, text in texts.items():
        arrows.setdefault(module_of(path), set()).update(
            module_of(name) for name in re.findall(r'^#include "([^"]+)"', text, re.M) if name in texts)
    found, index, low, stack = [], {}, {}, []

    def visit(module):   # Tarjan's algorithm: strongly connected components
        index[module] = low[module] = len(index)
        stack.append(module)
        for other in arrows.get(module, ()):
            if other not in index:
                visit(other)
                low[module] = min(low[module], low[other])
            elif other in stack:
                low[module] = min(low[module], index[other])
        if low[module] == index[module]:
            at = stack.index(module)
            if len(stack) - at > 1:
                found.append(sorted(stack[at:]))
            del stack[at:]

    for module in sorted(arrows):
        if module not in index:
            visit(module)
    return found


def shape(texts):
    """What is wrong with the tree as a whole."""
    wrong = [f"these include each other in a circle: {', '.join(circle)}" for circle in circles(texts)]
    homes = {}
    for path in texts:
        homes.setdefault(pathlib.PurePosixPath(path).stem, set()).add(str(pathlib.PurePosixPath(path).with_suffix("")))
    wrong += [f"a base name stands twice: {', '.join(sorted(where))}" for where in homes.values() if len(where) > 1]
    for path, text in texts.items():
        name = pathlib.PurePosixPath(path).name
        if path.endswith((".c", ".cc")) and not re.match(rf"// SPDX[^\n]*\n/\*\s+(\* )?{re.escape(name)} - \w", text):
            wrong.append(f"{path} does not say in its first lines what it holds: /* {name} - ... */")
    return wrong


def misplaced(paths):
    return [f"{path} is C++, which stands only in {CXX_HOME}" for path in paths
            if pathlib.PurePosixPath(path).suffix in CXX_SUFFIXES and folder_of(path) != CXX_HOME]


def sources(root):
    return sorted(str(path.relative_to(root)) for folder in MAY_INCLUDE
                  for path in (root / folder).rglob("*.*")
                  if path.suffix in {".c", ".h"} | CXX_SUFFIXES)


# (file, text, compiler, part of the complaint)
PLANTED = [
    ("query/bad.c", '#include "indexer/other.h"', "gcc", "no arrow leads from query to indexer"),
    ("query/bad.c", '#include "corpus/other.h"', "gcc", "no arrow leads from query to corpus"),
    ("indexer/bad.c", '#include "query/other.h"', "gcc", "no arrow leads from indexer to query"),
    ("corpus/bad.c", '#include "lib/index/other.h"', "gcc", "no arrow leads from corpus to lib/index"),
    ("lib/base/bad.c", '#include "lib/text/other.h"', "gcc", "no arrow leads from lib/base to lib/text"),
    ("lib/text/bad.c", '#include "lib/index/other.h"', "gcc", "no arrow leads from lib/text to lib/index"),
    ("lib/xapian/bad.cc", '#include "lib/index/other.h"', "g++", "no arrow leads from lib/xapian to lib/index"),
    ("lib/index/bad.c", '#include "lib/rank/other.h"', "gcc", "no arrow leads from lib/index to lib/rank"),
    ("lib/index/bad.c", '#include "lib/xapian/other.h"', "gcc", "only lib/xapian/xapian_wrap.h may be included"),
    ("lib/index/bad.c", '#include "lib/base/internal.h"', "gcc", "internal to lib/base"),
    ("lib/index/bad.c", '#include "lib/index/hidden.h"', "gcc", "no arrow leads from lib/index to query"),
    ("indexer/bad.c", "#include <pcre2.h>", "gcc", "<pcre2.h>, which only lib/text may"),
    ("lib/index/bad.cc", "#include <xapian.h>", "g++", "<xapian.h>, which only lib/xapian may"),
    ("tests/bad.c", '#include "query/other.h"', "gcc", None),   # tests may see everything
    ("query/good.c", '#include "lib/index/other.h"', "gcc", ""),
    ("query/engine/bad.c", '#include "query/output/other.h"', "gcc", "no arrow leads from query/engine to query/output"),
    ("query/output/bad.c", '#include "query/commands/other.h"', "gcc", "no arrow leads from query/output to query/comm"),
    ("query/batch/bad.c", '#include "query/other.h"', "gcc", "no arrow leads from query/batch to query"),
    ("query/socsearch.c", '#include "query/commands/other.h"', "gcc", "no arrow leads from the library"),
    ("query/commands/good.c", '#include "query/batch/other.h"', "gcc", ""),
]


def self_check():
    """Plant one violation after the other, and see that each is found, by the same road."""
    failures = []
    with tempfile.TemporaryDirectory(prefix="soc-layers-") as folder:
        root = pathlib.Path(folder)
        for home in MAY_INCLUDE:
            (root / home).mkdir(parents=True, exist_ok=True)
            (root / home / "other.h").write_text("\n")
            (root / home / "internal.h").write_text("\n")
        (root / "lib/index/hidden.h").write_text('#include "query/other.h"\n')
        (root / "tests").mkdir()
        for name, text, compiler, complaint in PLANTED:
            if complaint is None or not shutil.which(compiler):
                continue
            (root / name).write_text("#define PCRE2_CODE_UNIT_WIDTH 8\n" + text + "\n")
            done = subprocess.run([compiler, "-I.", "-M", name], cwd=root, text=True, capture_output=True)
            if done.returncode != 0:
                failures.append(f"self-check: {name} with {text} does not compile: {done.stderr}")
                continue
            found = violations(name, [relative(p, root) for p in included(done.stdout)])
            if bool(found) != bool(complaint) or not any(complaint in f for f in found or [""]):
                failures.append(f"self-check: {name} with {text}: wanted '{complaint}', found {found}")
            (root / name).unlink()
    head = "// SPDX-License-Identifier: GPL-3.0-or-later\n/*\n * x.c - what it holds.\n */\n"
    for texts, complaint in [
            ({"lib/a/one.h": '#include "lib/a/two.h"', "lib/a/two.c": '#include "lib/a/one.h"', "lib/a/two.h": ""}, "circle"),
            ({"lib/a/x.h": "", "query/b/x.h": ""}, "twice"),
            ({"lib/a/x.c": "#include <math.h>"}, "does not say"),
            ({"lib/a/x.c": head + '#include "lib/a/x.h"', "lib/a/x.h": ""}, "")]:
        found = shape({path: text if path.endswith(".h") or "SPDX" in text or complaint == "does not say"
                       else head.replace("x.c", path.rsplit("/", 1)[-1]) + text for path, text in texts.items()})
        if [complaint in f for f in found] != ([True] if complaint else []):
            failures.append(f"self-check: of {sorted(texts)}: wanted '{complaint}', found {found}")
    if not misplaced(["query/x.cpp"]) or misplaced(["lib/xapian/x.cc"]):
        failures.append("self-check: misplaced C++ is not found")
    return failures


def run():
    failures = self_check()
    passed = 1 if not failures else 0
    files = sources(ROOT)
    failures += misplaced(files)
    failures += shape({path: (ROOT / path).read_text() for path in files})
    for source in files:
        if source.endswith((".h", ".hh", ".hpp")):
            continue   # seen through what includes it
        rule = ROOT / "build/obj" / pathlib.PurePosixPath(source).with_suffix(".d")
        if not rule.exists():
            failures.append(f"{source} is not built: no {rule.relative_to(ROOT)}")
            continue
        wrong = violations(source, [relative(p, ROOT) for p in included(rule.read_text())])
        failures += wrong
        passed += not wrong
    return Result(passed=passed, failed=len(failures), text="".join(f + "\n" for f in failures))
