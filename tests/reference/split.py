# SPDX-License-Identifier: GPL-3.0-or-later
"""The stratified split that src/core/re3-split.h describes."""

import numpy as np


def splitmix64(seed):
    mask = (1 << 64) - 1
    state = seed & mask
    while True:
        state = (state + 0x9E3779B97F4A7C15) & mask
        z = state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & mask
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
        yield z ^ (z >> 31)


def stratified_split(labels, fraction, seed):
    """Rows of the test set."""
    labels = np.asarray(labels)
    classes = sorted(set(labels.tolist()))
    sizes = {c: int(np.sum(labels == c)) for c in classes}
    shares = {c: int(np.floor(fraction * sizes[c])) for c in classes}
    missing = int(np.floor(fraction * len(labels) + 0.5)) - sum(shares.values())
    neediest = sorted(classes, key=lambda c: (-(fraction * sizes[c] - shares[c]), c))
    for c in neediest[:missing]:
        shares[c] += 1

    random = splitmix64(seed)
    chosen = []
    for c in classes:
        rows = [row for row in range(len(labels)) if labels[row] == c]
        for i in range(len(rows) - 1, 0, -1):
            j = next(random) % (i + 1)
            rows[i], rows[j] = rows[j], rows[i]
        chosen += rows[: shares[c]]
    return sorted(chosen)
