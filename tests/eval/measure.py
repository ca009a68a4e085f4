# SPDX-License-Identifier: GPL-3.0-or-later
"""From a development set and an index to figures, through the real programs.

`soc code` gives the answers that count; build/tests/eval/rank_eval gives those to titles and texts alone, and what
each feature alone says.  Both have to give the same answers where they are asked the same.  What they said is kept
under build/eval for as long as it is newer than the programs, the index and the set.
"""

import csv
import dataclasses
import json
import os
import pathlib
import subprocess
import time

import metrics
from floors import INDEXES

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
DATA = pathlib.Path(os.environ.get("SOC_TEST_DATA") or ROOT.parent / "shared" / "data").absolute()
SETS = pathlib.Path(os.environ.get("SOC_TEST_EVAL") or ROOT.parent / "shared" / "eval").absolute()
BUILD = ROOT / (os.environ.get("SOC_BUILD") or "build")
RANK_EVAL = BUILD / "tests" / "eval" / "rank_eval"
RANKS = (1, 3, 5, 10)
DIGITS = (2, 3, 5, 6)
RATES = (.5, .8)


class Failure(Exception):
    pass


def run(command, output=None):
    done = subprocess.run([str(c) for c in command], stdin=subprocess.DEVNULL,
                          stdout=output or subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode not in (0, 1):
        raise Failure(f"{' '.join(map(str, command))}\n{done.stderr.decode('utf-8', 'replace')}"
                      f"exit status {done.returncode}")
    return done.stdout


# ---- indexes ----

def sources(kind):
    found = [path for pattern in INDEXES[kind] for path in sorted(DATA.glob(pattern)) if path.is_file()]
    if not found:
        raise Failure(f"nothing of {INDEXES[kind]} under {DATA}")
    return found


def fresh(path, inputs):
    return path.exists() and path.stat().st_mtime > max(p.stat().st_mtime for p in inputs)


def index_of(kind):
    """The path of an index, built where it is absent or older than what it is made of."""
    path = BUILD / "eval" / f"{kind}.soc"
    inputs = sources(kind)
    if not fresh(path, [BUILD / "soc-index", *inputs]):
        path.parent.mkdir(parents=True, exist_ok=True)
        begin = time.monotonic()
        run([BUILD / "soc-index", "build", "--quiet", "-o", path, *inputs])
        print(f"index {kind}: {len(inputs)} source{'s' * (len(inputs) > 1)}, "
              f"{path.stat().st_size / 1e6:.1f} MB, {time.monotonic() - begin:.1f} s", flush=True)
    return path


# ---- answers ----

def read_set(name):
    with open(SETS / f"{name}.csv", encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def kept(path, inputs, command):
    """The lines of JSON that a command says, from `path` where it is fresh."""
    if not fresh(path, inputs):
        beside = path.with_suffix(".new")
        with open(beside, "wb") as output:
            run(command, output)
        beside.rename(path)
    with open(path, encoding="utf-8") as stream:
        return [json.loads(line) for line in stream]


def product_answers(name, kind):
    index, questions = BUILD / "eval" / f"{kind}.soc", SETS / f"{name}.csv"
    return kept(BUILD / "eval" / f"{name}.{kind}.jsonl", [BUILD / "soc", index, questions],
                [BUILD / "soc", "code", "--index", index, "--title", "title", "--text", "text", "--id", "id",
                 "--top", metrics.DEPTH, "--format", "jsonl", questions])


def part_answers(name, kind, parts, features="none"):
    """What rank_eval says to titles, to texts, or to both; with places of the features asked for."""
    index, questions = BUILD / "eval" / f"{kind}.soc", SETS / f"{name}.csv"
    path = BUILD / "eval" / f"{name}.{kind}.{parts}.{features.replace(',', '+')}.jsonl"
    return kept(path, [RANK_EVAL, index, questions],
                [RANK_EVAL, "--index", index, "--features", features, "--as", parts, "--top", metrics.DEPTH, questions])


def check_answers(name, rows, answers):
    """Answers are to the rows, in their order; codes are distinct and in the order of their scores."""
    if [a["id"] for a in answers] != [r["id"] for r in rows]:
        raise Failure(f"{name}: the answers' ids are not the rows' ids in their order "
                      f"({len(answers)} answers to {len(rows)} rows)")
    for answer in answers:
        candidates = answer["candidates"]
        if len({c["soc"] for c in candidates}) != len(candidates) or len(candidates) > metrics.DEPTH:
            raise Failure(f"{name}: row {answer['id']} has a code twice, or more than {metrics.DEPTH}")
        if any(a["score"] < b["score"] for a, b in zip(candidates, candidates[1:])):
            raise Failure(f"{name}: row {answer['id']} is not in the order of its scores")


def check_same(name, ours, theirs):
    """rank_eval ranks as `soc code` does: the very codes, scores and confidences."""
    for a, b in zip(ours, theirs):
        for x, y in zip(a["candidates"], b["candidates"]):
            if any(x[key] != y[key] for key in ("soc", "score", "confidence")):
                raise Failure(f"{name}: row {a['id']}: soc code says {x}, and rank_eval {y}")
        if len(a["candidates"]) != len(b["candidates"]):
            raise Failure(f"{name}: row {a['id']}: soc code and rank_eval give not as many codes")


# ---- figures ----

@dataclasses.dataclass
class Measured:
    """One set, or part of it, against one index: every figure that is printed, with its 95% interval."""
    set: str
    index: str
    parts: str                                      # title, text, both
    rows: int
    hits: dict                                      # at rank
    reciprocal: float
    agreement: dict = dataclasses.field(default_factory=dict)      # by digits
    calibration: float = 0.0
    calibration_limit: float = 0.0
    rates: dict = dataclasses.field(default_factory=dict)          # by rate
    intervals: dict = dataclasses.field(default_factory=dict)      # by figure: "@1", "mrr", "6 digits", "50%"


def gold_of(row):
    return set(row["gold"].split("|"))


def figures(name, kind, parts, rows, answers, intervals=True):
    places = [metrics.place(a["candidates"], gold_of(r)) for r, a in zip(rows, answers)]
    right = [metrics.hit(p, 1) for p in places]
    turned = [metrics.reciprocal(p) for p in places]
    confidences = [a["candidates"][0]["confidence"] if a["candidates"] else 0.0 for a in answers]
    m = Measured(name, kind, parts, len(rows), {k: metrics.mean([metrics.hit(p, k) for p in places]) for k in RANKS},
                 metrics.mean(turned))
    m.calibration = metrics.calibration_error(confidences, right)
    m.calibration_limit = metrics.calibration_limit(confidences)
    if not intervals:
        return m
    m.agreement = {d: metrics.mean([metrics.agreement(a["candidates"], gold_of(r), d) for r, a in zip(rows, answers)])
                   for d in DIGITS}
    m.rates = {rate: metrics.at_production_rate(confidences, right, rate) for rate in RATES}
    m.intervals = {f"@{k}": metrics.wilson(v, m.rows) for k, v in m.hits.items()}
    m.intervals |= {f"{d} digits": metrics.wilson(v, m.rows) for d, v in m.agreement.items()}
    m.intervals |= {f"{rate:.0%}": metrics.wilson(*m.rates[rate]) for rate in RATES}
    m.intervals["mrr"] = metrics.bootstrap(turned)
    m.rates = {rate: value for rate, (value, _) in m.rates.items()}
    return m


def parts_of(rows):
    """The parts of its rows that a set has, the whole first."""
    titles, texts = any(r["title"] for r in rows), any(r["text"] for r in rows)
    return ["both", "title", "text"] if titles and texts else ["title"] if titles else ["text"]


def measure_whole(wanted, intervals=True):
    """The figures of a set through `soc code`."""
    rows = read_set(wanted.set)
    answers = product_answers(wanted.set, wanted.index)
    check_answers(wanted.set, rows, answers)
    return figures(wanted.set, wanted.index, wanted.parts, rows, answers, intervals)


def measure_parts(wanted):
    """The figures of titles and texts alone, for sets that have both."""
    rows = read_set(wanted.set)
    if parts_of(rows)[0] != wanted.parts:
        raise Failure(f"{wanted.set} has {parts_of(rows)[0]}, not {wanted.parts}: see floors.py")
    return [figures(wanted.set, wanted.index, parts, rows, part_answers(wanted.set, wanted.index, parts))
            for parts in parts_of(rows)[1:]]


def place_figures(places):
    return {"@1": metrics.mean([metrics.hit(p, 1) for p in places]),
            "@5": metrics.mean([metrics.hit(p, 5) for p in places]),
            "@10": metrics.mean([metrics.hit(p, 10) for p in places]),
            "MRR": metrics.mean([metrics.reciprocal(p) for p in places])}


def whole_figures(measured):
    return {"@1": measured.hits[1], "@5": measured.hits[5], "@10": measured.hits[10], "MRR": measured.reciprocal}


def measure_features(wanted, features):
    """What each feature would be worth alone; and whether rank_eval ranks as `soc code` does."""
    answers = part_answers(wanted.set, wanted.index, "both", features)
    check_same(wanted.set, product_answers(wanted.set, wanted.index), answers)
    found = {}
    for key in answers[0]["places"]:
        places = [a["places"][key] for a in answers]
        if any(p and p[1] < answers[0]["codes"] for p in places):   # else it tells no code from another
            found[key] = place_figures(places)
    return found
