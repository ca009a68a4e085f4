# SPDX-License-Identifier: GPL-3.0-or-later
"""The benchmark runs, measures what has a limit, and judges it: a quick run on the embedded sample."""

import importlib.machinery
import importlib.util
import json
import pathlib
import subprocess
import sys
import tempfile

from common import BUILD, ROOT, SAMPLE, SECONDS, Result, environment

SCRIPT = ROOT / "tests" / "bench" / "bench"


def load():
    loader = importlib.machinery.SourceFileLoader("bench", str(SCRIPT))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("bench", loader))
    loader.exec_module(module)
    return module


def run():
    result = Result()
    bench = load()

    def check(condition, complaint):
        if condition:
            result.passed += 1
        else:
            result.failed += 1
            result.text += complaint + "\n"

    for key, value, unit, right in (("build.seconds", 3.0, "s", "ok"), ("build.seconds", 3.1, "s", "OVER"),
                                    ("readers.csv.rate", 1e6, "rows/s", "ok"),
                                    ("readers.csv.rate", 9e5, "rows/s", "OVER"), ("build.cpu", 1e9, "s", "")):
        check(bench.verdict(key, value, unit) == right, f"verdict of {key} = {value}: not {right!r}")

    with tempfile.TemporaryDirectory(prefix="soc-test-") as folder:
        figures = pathlib.Path(folder) / "figures.json"
        done = subprocess.run([sys.executable, str(SCRIPT), "--quick", "--alone", "--release", str(SAMPLE), "--json",
                               str(figures)], cwd=folder, env=environment(folder, BUILD), text=True,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              timeout=SECONDS)
        check(done.returncode == 0, f"exit status {done.returncode}\n{done.stdout}")
        if done.returncode != 0:
            return result
        said = json.loads(figures.read_text(encoding="utf-8"))
    by_key = {figure["key"]: figure for figure in said["figures"]}
    check(len(by_key) == len(said["figures"]), "two figures have one key")
    for figure in said["figures"]:
        check(figure["value"] > 0, f"{figure['key']} is {figure['value']}")
    for key in bench.LIMITS:
        if not key.startswith("everything."):   # which needs the real releases
            check(key in by_key and by_key[key]["verdict"] in ("ok", "OVER"), f"no verdict on {key}\n{done.stdout}")
    check("other engines, as asked for by --alone" in said["skipped"], "what is skipped is not said")
    return result
