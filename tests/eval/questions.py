# SPDX-License-Identifier: GPL-3.0-or-later
"""How far soc ask leads: the real command, answered by whether the option has a right code.

The jobs are the titles of lca_dev whose first code has a confidence of less than .4; every third is asked, for time.
"""

import concurrent.futures
import dataclasses
import os
import re
import subprocess

import measure

SET, INDEX = "lca_dev", "everything"
CONFIDENCE, EVERY, PROCESSES = .4, 3, 2
FLOOR = .80                     # right after the answers
OPTION = re.compile(r"^ +(\d+)  .*?\((\d\d-\d{4})", re.M | re.S)
FIELD = "What does the work deal with?"


@dataclasses.dataclass
class Outcome:
    first: bool                 # right before any question
    after: list                 # ... after the first answer, after the second; as before where nothing was asked
    options: list               # how many each question had


def ask(title, answers):
    """What soc ask prints, in blocks that begin with a heading."""
    text = subprocess.run([measure.BUILD / "soc", "ask", "--quiet", "--color", "never", "--index",
                           measure.index_of(INDEX), "--title", title], input="".join(f"{a}\n" for a in answers),
                          env={**os.environ, "COLUMNS": "200"}, capture_output=True, text=True).stdout
    return [block for block in re.split(r"\n(?=What does|Which is|The codes?\n)", "\n" + text) if block.strip()]


def options_of(block):
    """The codes that a block offers, in order."""
    return [code for _, code in OPTION.findall(block)]


def choose(block, gold):
    """The number of the option with a right code, 0 for none."""
    field = block.startswith(FIELD)
    for number, code in enumerate(options_of(block), 1):
        if any(g[:2] == code[:2] if field else g == code for g in gold):
            return number
    return 0


def converse(row):
    gold = row["gold"].split("|")
    answers, after, options = [], [], []
    while True:
        blocks = ask(row["title"], answers)
        codes = options_of(blocks[-1]) if blocks and blocks[-1].startswith("The code") else []
        right = bool(codes) and codes[0] in gold
        after.append(right)
        questions = [b for b in blocks if not b.startswith("The code")]
        if len(questions) <= len(answers):
            return Outcome(after[0], (after[1:] + [after[-1]] * 2)[:2], options)
        options.append(len(options_of(questions[-1])))
        answers.append(choose(questions[-1], gold))


def vague_titles():
    rows = measure.read_set(SET)
    answers = {a["id"]: a["candidates"] for a in measure.product_answers(SET, INDEX)}
    vague = [r for r in rows if not answers[r["id"]] or answers[r["id"]][0]["confidence"] < CONFIDENCE]
    return vague[::EVERY]


def measure_questions():
    """Printed, and whether the floor holds."""
    with concurrent.futures.ThreadPoolExecutor(PROCESSES) as pool:
        outcomes = list(pool.map(converse, vague_titles()))
    share = lambda values: sum(values) / max(len(outcomes), 1)
    two = share(o.after[1] for o in outcomes)
    print(f"\nQuestions, {len(outcomes)} titles of {SET} under {CONFIDENCE}: right {share(o.first for o in outcomes):.3f}"
          f" before, {share(o.after[0] for o in outcomes):.3f} after one answer, {two:.3f} after two (floor {FLOOR}); "
          f"at most {max((n for o in outcomes for n in o.options), default=0)} options")
    return two >= FLOOR
