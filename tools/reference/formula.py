"""Numbers both sides can make: the weights of golden models, by formula.

tests/unit/checkpoint/formula.h is the same in C++, bit for bit: a name and an
index give a float in [-1, 1), times a scale in one rounding.
"""
import numpy as np


def seed_of(name):
    """FNV-1a, 32 bits."""
    h = 2166136261
    for byte in name.encode():
        h = (h ^ byte) * 16777619 & 0xFFFFFFFF
    return h


def values(name, count, scale=1.0):
    """`count` float32 of the stream `name`."""
    x = np.arange(count, dtype=np.uint64) * np.uint64(2654435761) + np.uint64(seed_of(name))
    x = x.astype(np.uint32)
    for shift, factor in ((16, 0x7FEB352D), (15, 0x846CA68B)):  # lowbias32 (Wellons)
        x ^= x >> np.uint32(shift)
        x = (x.astype(np.uint64) * np.uint64(factor)).astype(np.uint32)
    x ^= x >> np.uint32(16)
    centred = (x >> np.uint32(8)).astype(np.int64) - (1 << 23)
    return (centred.astype(np.float32) * np.float32(2.0**-23)) * np.float32(scale)
