# SPDX-License-Identifier: GPL-3.0-or-later
"""The development sets, the indexes that they are asked of, and what has to hold: the one table of all this."""

import dataclasses

# The indexes: what is in them (globs under the data folder).  The LCA file is there in two containers; one is enough.
INDEXES = {
    "30.1": ["onet/db_30_1_text.zip"],
    "29.0": ["onet/db_29_0_text.zip"],
    "everything": ["onet/db_30_1_text.zip", "bls/*", "census/*", "crosswalk/*", "flag/*", "oflc/*.csv.gz", "soc/*",
                   "stem/*"],
}

RANKS = (1, 5, 10)              # of floors and aims
CALIBRATION_FLOOR = .05         # of the calibration error, on sets of so many rows or more; smaller sets have to stay
CALIBRATION_ROWS = 1200         # within the band of a perfectly calibrated answer
N = None


@dataclasses.dataclass(frozen=True)
class Wanted:
    set: str
    index: str
    parts: str                  # of a row: title, text, or both
    floor: tuple                # each at 1, 5 and 10
    aim: tuple
    must: tuple                 # what fails the tests; the floor, wherever that is reached
    must_calibrated: bool       # whether the calibration error does too


def wanted(name, index, parts, floor, aim, must="floor", must_calibrated=False):
    return Wanted(name, index, parts, floor, aim, floor if must == "floor" else must, must_calibrated)


# set, index, parts, floor, aim, and where it is not the floor, what must hold
TABLE = [
    wanted("lca_dev", "everything", "title", (.53, .83, .89), (.60, .88, .94), must_calibrated=True),
    wanted("lca_dev", "30.1", "title", (.34, .61, .72), (.38, .66, .77)),
    wanted("h2_titles_dev", "everything", "title", (.57, .80, .86), (.66, .87, .92), must_calibrated=True),
    wanted("new_titles_30.1_over_29.0", "29.0", "title", (.55, .83, .88), (.63, .89, .93), must_calibrated=True),
    wanted("esco_dev", "everything", "both", (.59, .81, .87), (.67, .87, .93), must_calibrated=True),
    wanted("esco_dev", "30.1", "both", (N, N, N), (N, N, N), must=(.60, .81, .87)),
    wanted("ooh_duties_dev", "everything", "text", (.89, .99, .99), (.93, .99, 1.0)),
    wanted("anzsco_dev", "everything", "both", (.63, .86, .89), (.70, .91, .95), must_calibrated=True),
    wanted("h2_job_orders_dev", "everything", "both", (.64, .96, .98), (.75, 1.0, 1.0)),      # 50 rows: printed alone
    wanted("vague_titles_dev", "everything", "both", (.66, .86, N), (.69, .88, N), must_calibrated=True),
    wanted("empty_texts_dev", "everything", "both", (.53, .84, N), (.55, .86, N), must_calibrated=True),
    # Labels by a language model, whose agreement with people is not known; they pull against those of h2_industry_dev.
    wanted("resume_dev", "everything", "title", (.66, .86, N), (.69, .88, N)),
    wanted("h2_industry_dev", "everything", "title", (N, N, N), (N, N, N), must_calibrated=True),
]
