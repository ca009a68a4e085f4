# SPDX-License-Identifier: GPL-3.0-or-later
"""What is counted, and how: each function says it in one sentence, and self_check() does each by hand.

An answer is a list of candidates, best first, each with `soc`, `score` and `confidence`.  Equal scores are in no
order: whatever is counted is the expectation over all orders of theirs.  A row that has no right code among its
candidates is a miss; one without candidates has a confidence of 0.
"""

import math
import random

DEPTH = 10          # candidates that are looked at
BINS = 10           # of confidence, of equal width
Z = 1.959964        # a normal variable lies within this many deviations 95 times in 100
SEED = 2018
RESAMPLES = 1000    # of the bootstrap and of the simulation: the third digit moves by one or two


# ---- one row ----

def place(candidates, gold):
    """Where the best right code stands: (candidates before, with its score, right ones of these), or None."""
    begin = 0
    while begin < len(candidates):
        end = begin
        while end < len(candidates) and candidates[end]["score"] == candidates[begin]["score"]:
            end += 1
        right = sum(candidates[i]["soc"] in gold for i in range(begin, end))
        if right:
            return begin, end - begin, right
        begin = end
    return None


def hit(where, rank):
    """The chance that a right code is among the first `rank`."""
    if where is None:
        return 0.0
    before, size, right = where
    drawn = min(max(rank - before, 0), size)
    return 1.0 - math.comb(size - right, drawn) / math.comb(size, drawn)


def reciprocal(where):
    """The expectation of 1 / rank of the first right code, 0 where that is not among the first ten."""
    if where is None:
        return 0.0
    before, size, right = where
    return sum(math.comb(size - j, right - 1) / math.comb(size, right) / (before + j)
               for j in range(1, min(size - right + 1, DEPTH - before) + 1))


def agreement(candidates, gold, digits):
    """How likely the first answer has the first `digits` digits of a right code."""
    first = [c["soc"] for c in candidates if c["score"] == candidates[0]["score"]]
    length = digits + (digits > 2)   # the hyphen
    groups = {g[:length] for g in gold}
    return sum(code[:length] in groups for code in first) / len(first) if first else 0.0


# ---- many rows ----

def mean(values):
    return math.fsum(values) / len(values)


def wilson(share, count):
    """The 95% interval of a share of `count` rows."""
    if count == 0:
        return 0.0, 1.0
    middle = (share + Z * Z / (2 * count)) / (1 + Z * Z / count)
    half = Z / (1 + Z * Z / count) * math.sqrt(share * (1 - share) / count + Z * Z / (4 * count * count))
    return max(middle - half, 0.0), min(middle + half, 1.0)


def quantile(ordered, share):
    """Of values in order, with what lies between two of them in proportion."""
    at = share * (len(ordered) - 1)
    low = math.floor(at)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (at - low) * (ordered[high] - ordered[low])


def bootstrap(values):
    """The 95% interval of a mean, by drawing as many rows again and again."""
    draw = random.Random(SEED)
    means = sorted(sum(draw.choices(values, k=len(values))) / len(values) for _ in range(RESAMPLES))
    return quantile(means, .025), quantile(means, .975)


def calibration_error(confidences, right):
    """The mean distance of confidence and share of right answers in ten bins, each weighing its rows."""
    gaps = [0.0] * BINS
    for confidence, value in zip(confidences, right):
        gaps[min(int(confidence * BINS), BINS - 1)] += value - confidence
    return sum(map(abs, gaps)) / len(confidences)


def calibration_limit(confidences):
    """What the calibration error of an answer that is right exactly as often as it says stays under 95 times
    in 100, with these confidences: so many rows leave so much to chance."""
    draw = random.Random(SEED).random
    bins = [[] for _ in range(BINS)]
    for confidence in confidences:
        bins[min(int(confidence * BINS), BINS - 1)].append(confidence)
    wanted = [math.fsum(b) for b in bins]
    errors = sorted(sum(abs(sum(draw() < c for c in b) - w) for b, w in zip(bins, wanted)) / len(confidences)
                    for _ in range(RESAMPLES))
    return quantile(errors, .95)


def at_production_rate(confidences, right, rate):
    """The share of right answers among the most confident `rate` of the rows, and how many rows these are; rows of
    the same confidence at the edge share what is left."""
    count = max(round(rate * len(right)), 1)
    edge = sorted(confidences, reverse=True)[count - 1]
    surely = [r for c, r in zip(confidences, right) if c > edge]
    perhaps = [r for c, r in zip(confidences, right) if c == edge]
    return (math.fsum(surely) + mean(perhaps) * (count - len(surely))) / count, count


# ---- by hand ----

def _answer(scores, codes=None):
    return [{"score": s, "soc": codes[i] if codes else str(i)} for i, s in enumerate(scores)]


def _cases():
    """(what, what it gives, what is wanted)"""
    for scores, right, hits, turned in [
        ([3, 2, 1], [0], [1, 1, 1, 1], 1),
        ([3, 2, 1], [1], [0, 1, 1, 1], 1 / 2),
        ([2, 2, 1], [1], [.5, 1, 1, 1], 3 / 4),                    # (1 + 1/2) / 2
        ([1] * 10, [9], [.1, .3, .5, 1], 7381 / 25200),            # the tenth harmonic number is 7381 / 2520
        ([9] + [1] * 9, [3, 4], [0, 1 - 21 / 36, 1 - 10 / 36, 1],  # of 9, 2 right: 2 of 9 drawn, then 4
         # the first right one at place j of nine: (9 - j) of 36 pairs
         sum((9 - j) / 36 / (1 + j) for j in range(1, 9))),
        ([1, 1, 1], [0, 1], [2 / 3, 1, 1, 1], 2 / 3 + 1 / 3 / 2),
        ([], [0], [0, 0, 0, 0], 0),
    ]:
        where = place(_answer(scores), {str(i) for i in right})
        for rank, wanted in zip((1, 3, 5, 10), hits):
            yield f"hit at {rank} of {scores} with {right}", hit(where, rank), wanted
        yield f"1 / rank of {scores} with {right}", reciprocal(where), turned
    # Of a whole ranking: ten before, beyond the tenth place for certain; nine before, with two to share the tenth.
    yield "hit at 10, ten before", hit((10, 1, 1), 10), 0
    yield "1 / rank, ten before", reciprocal((10, 1, 1)), 0
    yield "hit at 10, nine before", hit((9, 2, 1), 10), 1 / 2
    yield "1 / rank, nine before", reciprocal((9, 2, 1)), 1 / 20

    codes = _answer([5, 4], ["15-1252", "15-1251"])
    for digits, wanted in ((2, 1), (3, 1), (5, 1), (6, 0)):
        yield f"agreement at {digits} digits", agreement(codes, {"15-1251"}, digits), wanted
    tied = _answer([5, 5, 1], ["15-1252", "15-2051", "15-1211"])
    for digits, wanted in ((2, 1), (3, .5), (5, 0), (6, 0)):
        yield f"agreement at {digits} digits, tied", agreement(tied, {"15-1211"}, digits), wanted
    yield "agreement of no answer", agreement([], {"15-1211"}, 2), 0

    # (p + z2/2n -+ z sqrt(p(1-p)/n + z2/4n2)) / (1 + z2/n) with z2 = 3.841459
    yield "Wilson of 5 in 10, below", wilson(.5, 10)[0], .2365931
    yield "Wilson of 5 in 10, above", wilson(.5, 10)[1], .7634069
    yield "Wilson of 0 in 10, above", wilson(0, 10)[1], 3.841459 / 13.841459
    yield "Wilson of 10 in 10, below", wilson(1, 10)[0], 10 / 13.841459
    yield "quantile", quantile([0, 10, 20], .75), 15
    yield "bootstrap of equal values", bootstrap([.25] * 7)[0], .25

    # Bin .9: two rows at .95, one right, |1 - 1.9| = .9; bin .2: two at .25, one right, |1 - .5| = .5.  Of 4 rows.
    yield "calibration error", calibration_error([.95, .95, .25, .25], [1, 0, 1, 0]), (.9 + .5) / 4
    yield "calibration error of a tie", calibration_error([.5], [.5]), 0
    yield "calibration error of certainty", calibration_error([1, 1], [1, 0]), .5
    # Ten rows at .5: the error is |k - 5| / 10; k = 2 to 8 has .978, 3 to 7 has .891 of the chance.
    yield "calibration limit", calibration_limit([.5] * 10), .3
    yield "calibration limit of certainty", calibration_limit([1] * 5 + [0] * 5), 0

    yield "half of the rows", at_production_rate([.9, .1, .8, .2], [1, 0, 0, 1], .5)[0], .5
    yield "rows at 80%", at_production_rate([.9, .1, .8, .2, .7], [1, 0, 1, 1, 0], .8)[0], 3 / 4
    yield "how many rows", at_production_rate([.9, .1, .8, .2, .7], [1, 0, 1, 1, 0], .8)[1], 4
    # One row surely, and one of three with the confidence of the edge: (1 + 1/3) / 2.
    yield "a tie at the edge", at_production_rate([.9, .5, .5, .5], [1, 1, 0, 0], .5)[0], 2 / 3


def self_check():
    """What is wrong with the metrics, in words; nothing, if all is well."""
    return [f"{what} is {got}, not {wanted}" for what, got, wanted in _cases() if not abs(got - wanted) < 1e-6]


if __name__ == "__main__":
    print(*self_check() or ["all well"], sep="\n")
