# SPDX-License-Identifier: GPL-3.0-or-later
"""Other engines on the same evidence and the same questions.

The evidence is what `soc show` prints of an index: titles with their filings, tasks, descriptions.  Questions are
put as an engine's manual leads to, the words of title and text together, and again by title alone where a set
has both; the better way counts.

  FTS5, row a code     SQLite FTS5, Porter stems: one row a SOC code with titles and text; OR of the words, BM25
  FTS5, row a title    one row a title, the best of a code; asked titles only
  fastText             a linear classifier over words, pairs of words and their 4-grams, trained on each title
                       1 + ln(1 + filings) times, each task and description once
"""

import json
import math
import pathlib
import random
import re
import shutil
import sqlite3
import subprocess

import measure
import metrics
from measure import BUILD, fresh, gold_of, parts_of, read_set, run

TITLES = ("official_title", "alternate_title", "reported_title", "short_title", "direct_match", "illustrative",
          "census_title", "filed_title")
TEXTS = ("description", "definition", "core_task", "supplemental_task", "emerging_task", "task")
MAJOR_GROUPS = [f"{n}-0000" for n in range(11, 56, 2)]
ROWS = 300       # of single titles that are asked for: enough for ten codes and their ties
CLASSIFIER = ["-loss", "softmax", "-dim", "30", "-epoch", "5", "-lr", "0.8", "-wordNgrams", "2", "-minn", "4",
              "-maxn", "4", "-bucket", "500000", "-thread", "1"]   # one thread: the same model every time


def index_path(kind):
    return BUILD / "eval" / f"{kind}.soc"


# ---- the evidence ----

def words(text):
    return re.findall(r"[a-z0-9+#]+", text.lower())


def show(kind, codes):
    said = run([BUILD / "soc", "show", "--quiet", "--format", "jsonl", "--index", index_path(kind), *codes])
    return [json.loads(line) for line in said.splitlines()]


def evidence(kind):
    """({(SOC code, title): filings}, [(SOC code, text)])"""
    occupations = [member["code"] for group in show(kind, MAJOR_GROUPS) for member in group["members"]]
    titles, texts = {}, []
    for occupation in show(kind, occupations):
        code = occupation["code"][:7]
        for key, pieces in occupation["evidence"].items():
            if key in TEXTS:
                texts += [(code, piece["text"]) for piece in pieces]
            elif key in TITLES:
                for piece in pieces:
                    for title in filter(None, (piece["text"], piece.get("long"))):
                        titles[code, title] = titles.get((code, title), 0) + piece.get("filings", 0)
    return titles, texts


# ---- SQLite FTS5 ----

def database(kind):
    path = BUILD / "eval" / f"{kind}.fts5"
    if fresh(path, [index_path(kind), pathlib.Path(__file__)]):
        return path
    beside = path.with_suffix(".new")
    beside.unlink(missing_ok=True)
    titles, texts = evidence(kind)
    rows = {}
    for (code, title) in titles:
        rows.setdefault(code, ([], []))[0].append(title)
    for code, text in texts:
        rows.setdefault(code, ([], []))[1].append(text)
    db = sqlite3.connect(beside)
    with db:
        db.execute("CREATE VIRTUAL TABLE code USING fts5(titles, text, soc UNINDEXED, tokenize='porter unicode61')")
        db.execute("CREATE VIRTUAL TABLE title USING fts5(titles, soc UNINDEXED, tokenize='porter unicode61')")
        db.executemany("INSERT INTO code VALUES (?, ?, ?)",
                       [("\n".join(t), "\n".join(x), code) for code, (t, x) in sorted(rows.items())])
        db.executemany("INSERT INTO title VALUES (?, ?)", [(title, code) for code, title in sorted(titles)])
        db.execute("INSERT INTO code(code) VALUES ('optimize')")
        db.execute("INSERT INTO title(title) VALUES ('optimize')")
    db.close()
    beside.rename(path)
    return path


def fts5(kind, questions, table, limit):
    """The answers to questions by one table of a database."""
    db = sqlite3.connect(database(kind))
    for question in questions:
        match = " OR ".join(f'"{word}"' for word in dict.fromkeys(words(question)))
        best = {}
        if match:
            for soc, rank in db.execute(f"SELECT soc, rank FROM {table} WHERE {table} MATCH ? ORDER BY rank LIMIT ?",
                                        (match, limit)):
                best.setdefault(soc, -rank)
        yield [{"soc": soc, "score": score} for soc, score in best.items()]
    db.close()


# ---- fastText ----

def model(kind):
    path = BUILD / "eval" / f"{kind}.fasttext.bin"
    if fresh(path, [index_path(kind), pathlib.Path(__file__)]):
        return path
    titles, texts = evidence(kind)
    lines = [line for (code, title), filings in sorted(titles.items())
             for line in [f"__label__{code} {' '.join(words(title))}"] * (1 + round(math.log1p(filings)))]
    lines += [f"__label__{code} {' '.join(words(text))}" for code, text in sorted(texts)]
    random.Random(metrics.SEED).shuffle(lines)   # it learns in the order of the lines
    taught = BUILD / "eval" / f"{kind}.fasttext.txt"
    taught.write_text("\n".join(lines) + "\n", encoding="utf-8")
    run(["fasttext", "supervised", "-input", taught, "-output", path.with_suffix(""), *CLASSIFIER])
    taught.unlink()
    path.with_suffix(".vec").unlink(missing_ok=True)
    return path


def fasttext(kind, questions):
    asked = "".join((" ".join(words(q)) or "-") + "\n" for q in questions)
    done = subprocess.run(["fasttext", "predict-prob", str(model(kind)), "-", str(metrics.DEPTH)], input=asked,
                          text=True, capture_output=True)
    if done.returncode != 0:
        raise measure.Failure(f"fasttext: {done.stderr}")
    for line in done.stdout.splitlines():
        fields = line.split()
        yield [{"soc": label.removeprefix("__label__"), "score": float(share)}
               for label, share in zip(fields[::2], fields[1::2])]


# ---- all of them ----

def has_fts5():
    try:
        sqlite3.connect(":memory:").execute("CREATE VIRTUAL TABLE t USING fts5(x)")
        return True
    except sqlite3.OperationalError:
        return False


# name: (whether it is here, what it is and in which package, its answers to questions, whether it takes texts)
ENGINES = {
    "FTS5, row a code": (has_fts5, "SQLite with FTS5 (Debian: python3)", lambda kind, q: fts5(kind, q, "code", 40),
                         True),
    "FTS5, row a title": (has_fts5, "SQLite with FTS5 (Debian: python3)",
                          lambda kind, q: fts5(kind, q, "title", ROWS), False),
    "fastText": (lambda: shutil.which("fasttext") is not None, "fastText (Debian: fasttext)", fasttext, True),
}


def absent():
    """What cannot be compared with here, in words."""
    return sorted({what for here, what, _, _ in ENGINES.values() if not here()})


def prepare(job):
    """Build what an engine needs for one index; engines side by side, an index at a time."""
    name, kind = job
    list(ENGINES[name][2](kind, ["engineer"]))


def asked(rows, parts):
    return [" ".join(r[p] for p in ("title", "text") if parts in (p, "both")) for r in rows]


def measure_peers(wanted):
    """{engine: {figure: value}} for one set and index: the better of the ways to ask."""
    rows = read_set(wanted.set)
    found = {}
    for name, (here, _, answer, takes_texts) in ENGINES.items():
        ways = [p for p in parts_of(rows) if p == "title" or (takes_texts and p == parts_of(rows)[0])]
        if here() and ways:
            found[name] = max((measure.place_figures(
                [metrics.place(candidates[:metrics.DEPTH], gold_of(row))
                 for row, candidates in zip(rows, answer(wanted.index, asked(rows, way)))]) for way in ways),
                key=lambda figures: figures["@1"])
    return found
