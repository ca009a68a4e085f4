#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""reseal.py SOURCE TARGET PLACE VALUE...: an index with other bytes at a place, under sums and a trailer that are right for them
(lib/index/index_file.h).  VALUE is a byte; one below 0 changes a bit.  PLACE counts from the end where it is below 0."""

import ctypes
import sys

BLOCK = 4096
END = 48


class Hash(ctypes.Structure):
    _fields_ = [("low", ctypes.c_uint64), ("high", ctypes.c_uint64)]


XXH = ctypes.CDLL("libxxhash.so.0")
for name, result in (("XXH3_64bits", ctypes.c_uint64), ("XXH3_128bits", Hash)):
    getattr(XXH, name).restype = result
    getattr(XXH, name).argtypes = [ctypes.c_char_p, ctypes.c_size_t]


def reseal(content):
    """These bytes with their sums and their digest worked out anew."""
    trailer = int.from_bytes(content[-END + 12:-END + 16], "little")
    length = int.from_bytes(content[-END - 8:-END], "little")      # of the last part, the sums
    end = len(content) - trailer
    covered = content[:end - length]
    sums = b"".join((XXH.XXH3_64bits(block, len(block)) & 0xFFFFFFFF).to_bytes(4, "little")
                    for block in (covered[at:at + BLOCK] for at in range(0, len(covered), BLOCK)))
    assert len(sums) == length
    tail = sums + content[end:-16]
    digest = XXH.XXH3_128bits(tail, len(tail))
    return covered + tail + digest.high.to_bytes(8, "big") + digest.low.to_bytes(8, "big")


def main():
    source, target, place, *values = sys.argv[1:]
    with open(source, "rb") as stream:
        content = bytearray(stream.read())
    place = int(place) % len(content)
    for at, value in enumerate(map(int, values), place):
        content[at] = value if value >= 0 else content[at] ^ 1
    with open(target, "wb") as stream:
        stream.write(reseal(bytes(content)))


if __name__ == "__main__":
    main()
