# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows whose first answer is not right, to be read one by one."""

import csv
import json
import random

import metrics
from measure import BUILD, gold_of, product_answers, read_set, run

HEADER = ("set", "index", "id", "title", "text", "gold", "first", "second", "third", "place", "confidence")
TEXT_HEAD = 400      # characters of the text


def titles_of(kind):
    """The official title of each six-digit code of an index, or one of its occupations'."""
    path = BUILD / "eval" / f"{kind}.soc"
    majors = [f"{n}-0000" for n in range(11, 56, 2)]
    titles = {}
    for line in run([BUILD / "soc", "show", "--quiet", "--format", "jsonl", "--index", path, *majors]).splitlines():
        group = json.loads(line)
        for member in group["members"]:
            titles.setdefault(member["code"][:7], member["title"])
    return titles


def write_misses(path, table, sample):
    """For each set the rows that miss, or `sample` of them, drawn by a fixed seed."""
    with open(path, "w", encoding="utf-8", newline="") as stream:
        out = csv.writer(stream)
        out.writerow(HEADER)
        for wanted in table:
            titles = titles_of(wanted.index)
            found = []
            for row, answer in zip(read_set(wanted.set), product_answers(wanted.set, wanted.index)):
                candidates, gold = answer["candidates"], gold_of(row)
                where = metrics.place(candidates, gold)
                if metrics.hit(where, 1) == 1:
                    continue
                shown = [f"{c['code']} {c['title']} {c['score']:.2f}" for c in candidates[:3]]
                found.append([wanted.set, wanted.index, row["id"], row["title"], row["text"][:TEXT_HEAD],
                              "; ".join(f"{g} {titles.get(g, 'not in the index')}" for g in sorted(gold)),
                              *shown, *[""] * (3 - len(shown)), where[0] + 1 if where else "",
                              f"{candidates[0]['confidence']:.2f}" if candidates else ""])
            if sample and len(found) > sample:
                found = random.Random(metrics.SEED).sample(found, sample)
            out.writerows(found)
            print(f"{wanted.set}, {wanted.index}: {len(found)} misses")
