# SPDX-License-Identifier: GPL-3.0-or-later
"""The figures as tables: for a terminal of 120 columns, and in Markdown for docs/evaluation.md."""

from floors import CALIBRATION_FLOOR, CALIBRATION_ROWS
from measure import DIGITS, RANKS, RATES

PART_NAMES = {"title": "  title alone", "text": "  text alone"}
ASIDE = 4    # sets beside each other, where each line is a feature or an engine

# What a set is, for readers who do not know the files.
WHAT = {
    "lca_dev": "titles that employers filed",
    "h2_titles_dev": "titles of farm, hotel and trade jobs",
    "new_titles_30.1_over_29.0": "titles new in O\\*NET 30.1",
    "esco_dev": "European occupations, title and description",
    "ooh_duties_dev": "Occupational Outlook Handbook duties, no title",
    "anzsco_dev": "Australian occupations, title and sentence",
    "h2_job_orders_dev": "whole job orders of farms and hotels",
    "vague_titles_dev": "titles that say nothing, over texts that do",
    "empty_texts_dev": "filed titles, beside texts that say nothing",
    "resume_dev": "titles of résumés, with the employer",
    "h2_industry_dev": "titles of farm, hotel and trade jobs, with an industry that is not asked",
}


def share(value):
    """.510, 1.000, or - for what was not measured."""
    return "-" if value is None else f"{value:.3f}".removeprefix("0")


def short(value):
    return "-" if value is None else f"{value:.2f}".removeprefix("0")


def span(interval):
    return f"{share(interval[0])}-{share(interval[1])}"


def three(numbers):
    return "/".join(f"{short(n):>3}" for n in numbers) if any(n is not None for n in numbers) else "-"


# ---- what has to hold ----

def calibration_allowed(measured):
    """The most that the calibration error may be."""
    return CALIBRATION_FLOOR if measured.rows >= CALIBRATION_ROWS else measured.calibration_limit


def judge(wanted, measured):
    """Each thing that has to hold now, as (whether it does, in words)."""
    name = f"{wanted.set}, {wanted.index}"
    for rank, least in zip((1, 5, 10), wanted.must):
        if least is not None:
            value = measured.hits[rank]
            yield value >= least, f"{name}: @{rank} is {value:.4f}, below {least:.2f}"
    if wanted.must_calibrated:
        value, most = measured.calibration, calibration_allowed(measured)
        yield value <= most, f"{name}: the calibration error is {value:.4f}, above {most:.4f}"


# ---- the terminal ----

def mark(wanted, measured, rank):
    """< below the floor, * where the aim is reached."""
    floor, aim = dict(zip((1, 5, 10), wanted.floor)).get(rank), dict(zip((1, 5, 10), wanted.aim)).get(rank)
    value = measured.hits[rank]
    return "<" if floor is not None and value < floor else "*" if aim is not None and value >= aim else " "


def head(title, columns):
    print(f"\n{title}\n{'set':<26}{'index':<11}{'rows':>5} {columns}")


def begin(measured, whole):
    if whole:
        return f"{measured.set:<26}{measured.index:<11}{measured.rows:>5} "
    return f"{PART_NAMES[measured.parts]:<42} "


def print_accuracy(blocks):
    """blocks: (wanted, [whole, parts...]) each"""
    head("How often a right code is among the first   (< below the floor, * aim reached; below: 95% intervals)",
         "".join(f"{f'@{k}':>11}" for k in RANKS) + f"{'MRR':>11}   {'floor':<13}{'aim':<11}")
    for wanted, measured in blocks:
        for m in measured:
            whole = m is measured[0]
            marks = [mark(wanted, m, k) if whole else " " for k in RANKS]
            line = begin(m, whole) + "".join(f"{share(m.hits[k]):>10}{x}" for k, x in zip(RANKS, marks))
            line += f"{share(m.reciprocal):>10}    "
            print((line + f"{three(wanted.floor):<13}{three(wanted.aim):<11}" if whole else line).rstrip())
            if m.intervals:
                print(" " * 45 + "  ".join(span(m.intervals[key]) for key in [*(f"@{k}" for k in RANKS), "mrr"]))


def print_confidence(blocks):
    head("How near the first answer is, and how sure to be   (ECE: calibration error; < above what it may be)",
         "".join(f"{f'{d} digits':>9}" for d in DIGITS) +
         f"{'ECE':>8}{'may be':>8}{'band':>7}" + "".join(f"{f'{r:.0%} coded':>19}" for r in RATES))
    for _, measured in blocks:
        for m in measured:
            over = "<" if m.calibration > calibration_allowed(m) else " "
            line = begin(m, m is measured[0]) + "".join(f"{share(m.agreement[d]):>9}" for d in DIGITS)
            line += f"{share(m.calibration):>8}{over}{share(calibration_allowed(m)):>7}{share(m.calibration_limit):>7}"
            print(line + "".join(f"{share(m.rates[r]):>8} {span(m.intervals[f'{r:.0%}'])}" for r in RATES))


def print_aside(title, tables):
    """tables: (name of a set, {line: {figure: value}}) each; several beside each other."""
    print(f"\n{title}")
    for at in range(0, len(tables), ASIDE):
        here = tables[at:at + ASIDE]
        lines = list(dict.fromkeys(key for _, table in here for key in table))
        keys = list(next(iter(here[0][1].values())))
        print(f"{'':<17}" + " ".join(f"{name[:24]:<24}" for name, _ in here))
        print(f"{'':<17}" + " ".join("".join(f"{key:>6}" for key in keys) for _ in here))
        for line in lines:
            print(f"{line:<17}" + " ".join("".join(f"{share(table[line][key]) if line in table else '':>6}"
                                                   for key in keys) for _, table in here))
        print()


# ---- Markdown ----

def name_of(measured):
    return WHAT[measured.set] + {"everything": "", "29.0": ", by 29.0"}.get(
        measured.index, f", by O\\*NET {measured.index} alone")


def row(cells):
    return "| " + " | ".join(cells) + " |"


def markdown(blocks, peers):
    """peers: {engine: {figure: value}} for each block; none where they were not asked."""
    wholes = [measured[0] for _, measured in blocks]
    yield row(["development set", "rows", "@1 (95%)", "@5", "@10", "MRR", "2 digits", "ECE", "50% coded", "80% coded"])
    yield row(["---"] * 10)
    for m in wholes:
        low, high = m.intervals["@1"]
        yield row([name_of(m), f"{m.rows:,}", f"**{share(m.hits[1])}** ({share(low)}-{share(high)})", share(m.hits[5]),
                   share(m.hits[10]), share(m.reciprocal), share(m.agreement[2]), share(m.calibration),
                   *(share(m.rates[rate]) for rate in RATES)])
    engines = list(dict.fromkeys(engine for table in peers for engine in table))
    if engines:
        yield ""
        yield row(["@1 / @5 on the same data", *engines])
        yield row(["---"] * (len(engines) + 1))
    for m, table in zip(wholes, peers):
        yield row([name_of(m), *(f"{share(table[e]['@1'])} / {share(table[e]['@5'])}" if e in table else ""
                                 for e in engines)])
