#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Expected numbers for the tests of src/core, from another program than the one under test.

Everything here is plain NumPy in float64, written from the formulas and not from the C code: affine
maps as products of whole diagonal matrices, one sample at a time, regions by sorting texts,
integrals along a line by sampling and bisection. To write the files of this folder again
(Debian's python3 and python3-numpy; a few seconds):

    /usr/bin/python3 tests/reference/reference.py

Each file is a list of lines "key word word ...". Numbers are written so that they read back to the
same float64; their last digits may depend on the machine that they are made on, and the tests allow
for that. Weights and points have three decimals, which keeps the files small.
"""

import os

import numpy as np

FOLDER = os.path.dirname(os.path.abspath(__file__))

# Cases: name, widths from the inputs to the logits, negative slope of each rectifier, and a seed.
CASES = [
    ("linear", [4, 3], [], 1),
    ("one", [4, 8, 3], [0], 2),
    ("two", [4, 8, 4, 3], [0, 0], 3),
    ("three", [4, 16, 8, 4, 3], [0, 0, 0], 4),
    ("five", [3, 6, 5, 4, 6, 5, 2], [0, 0, 0, 0, 0], 5),
    ("word", [5, 64, 3], [0], 6),
    ("word-and-bit", [5, 65, 2], [0], 7),
    ("wide", [6, 120, 80, 10], [0, 0], 8),
    ("leaky", [4, 8, 6, 3], [0.01, 0.25], 9),
]

N_ROWS = 120  # of each case's data set
N_EXPLAINED = 5  # of them, in full detail
N_TRACES = 2  # from another row to each of the first ones,
TRACE_FROM = 20  # that stands so many rows behind it
TEST_FRACTION = 0.25
UNLABELLED_EVERY = 13


# Files


def word(value):
    if isinstance(value, (str, int, np.integer)):
        return str(value)
    return repr(float(value))


def write(name, entries):
    with open(os.path.join(FOLDER, name + ".txt"), "w", encoding="ascii", newline="\n") as file:
        for key, values in entries:
            if not isinstance(values, str):
                values = " ".join(word(value) for value in np.ravel(np.array(values, dtype=object)))
            file.write(f"{key} {values}".rstrip() + "\n")


# The network


class Network:
    def __init__(self, widths, slopes, seed):
        random = np.random.RandomState(seed)
        self.widths = widths
        self.slopes = slopes
        self.weights = []
        self.biases = []
        for n_in, n_out in zip(widths[:-1], widths[1:]):
            self.weights.append(np.round(random.normal(0, 1.5 / np.sqrt(n_in), (n_out, n_in)), 3))
            self.biases.append(np.round(random.normal(0, 0.4, n_out), 3))
        if slopes:
            # Twins (one of them twice as steep), and a neuron that never changes.
            self.weights[0][1] = self.weights[0][0]
            self.biases[0][1] = self.biases[0][0]
            self.weights[0][2] = 2 * self.weights[0][0]
            self.biases[0][2] = 2 * self.biases[0][0]
            self.weights[0][3] = 0
            self.biases[0][3] = 0

    def n_hidden_layers(self):
        return len(self.slopes)

    def forward(self, x):
        """All pre-activations, all activations, and the logits."""
        z, h = [], []
        for weight, bias, slope in zip(self.weights, self.biases, self.slopes):
            z.append(weight @ x + bias)
            x = np.where(z[-1] > 0, z[-1], slope * z[-1])
            h.append(x)
        return z, h, self.weights[-1] @ x + self.biases[-1]

    def masks(self, z):
        """The diagonal matrices S_1 ... S_L-1 at pre-activations z."""
        return [np.diag(np.where(zl > 0, 1.0, slope)) for zl, slope in zip(z, self.slopes)]

    def jacobian(self, masks, layer):
        """Of what layer `layer` computes before its rectifier, with respect to x: W S ... S W."""
        product = self.weights[layer]
        for previous in reversed(range(layer)):
            product = product @ masks[previous] @ self.weights[previous]
        return product

    def offset(self, masks, layer):
        """The affine map's value at x = 0, from the masks alone."""
        value = self.biases[0]
        for l in range(layer):
            value = self.weights[l + 1] @ (masks[l] @ value) + self.biases[l + 1]
        return value

    def logit_gradient(self, masks, layer):
        """d logits / d h of hidden layer `layer`."""
        product = self.weights[-1]
        for l in reversed(range(layer + 1, self.n_hidden_layers())):
            product = product @ masks[l] @ self.weights[l]
        return product


def pattern_text(z):
    return "|".join("".join("1" if zj > 0 else "0" for zj in zl) for zl in z)


def softmax(logits):
    shifted = np.exp(logits - np.max(logits))
    return shifted / np.sum(shifted)


def softmax_jacobian(p):
    return np.diag(p) - np.outer(p, p)


# One sample


def distances(network, z, masks):
    """(distance, neuron) for L2, L1, Linf and the paper's rho."""
    best = {"l2": (np.inf, -1), "l1": (np.inf, -1), "linf": (np.inf, -1), "paper": (np.inf, -1)}
    neuron = 0
    for layer in range(network.n_hidden_layers()):
        gradients = network.jacobian(masks, layer)
        for j in range(len(z[layer])):
            sizes = {
                "l2": np.linalg.norm(gradients[j], 2),
                "l1": np.linalg.norm(gradients[j], np.inf),
                "linf": np.linalg.norm(gradients[j], 1),
                "paper": np.linalg.norm(network.weights[layer][j], 2),
            }
            for metric, size in sizes.items():
                if size > 0 and abs(z[layer][j]) / size < best[metric][0]:
                    best[metric] = (abs(z[layer][j]) / size, neuron)
            neuron += 1
    return best


def intervals(network, x, z, masks):
    low = np.full(len(x), -np.inf)
    high = np.full(len(x), np.inf)
    for layer in range(network.n_hidden_layers()):
        gradients = network.jacobian(masks, layer)
        for j, zj in enumerate(z[layer]):
            for i in range(len(x)):
                if gradients[j, i] == 0:
                    continue
                step = -zj / gradients[j, i]  # where z_j is zero
                # An active neuron runs into zero while falling, an inactive one while rising.
                runs_down = (zj > 0) == (gradients[j, i] > 0)
                if runs_down:
                    low[i] = max(low[i], x[i] + step)
                else:
                    high[i] = min(high[i], x[i] + step)
    return low, high


def layerwise_relevance(network, x, z, h, logits, c):
    """LRP-0 with the biases in the denominators, which are then the pre-activations."""
    relevance = np.zeros(len(logits))
    relevance[c] = logits[c]
    before = [x] + h
    after = z + [logits]
    for layer in reversed(range(len(network.weights))):
        passed = np.zeros(len(before[layer]))
        for k in range(len(relevance)):
            if relevance[k] != 0:
                share = before[layer] * network.weights[layer][k] / after[layer][k]
                passed = passed + share * relevance[k]
        relevance = passed
    return relevance


# Along a line


def breakpoints(network, start, end, n_samples=4096):
    """Where the pattern changes, by bisection between samples. Two changes between neighbouring
    samples that cancel each other would be missed; more samples make that unlikely."""
    def text(t):
        return pattern_text(network.forward((1 - t) * start + t * end)[0])

    found = []

    def search(a, text_a, b, text_b):
        if text_a == text_b:
            return
        middle = (a + b) / 2
        if b - a < 1e-14:
            if not found or middle - found[-1] > 1e-12:
                found.append(middle)
            return
        text_m = text(middle)
        search(a, text_a, middle, text_m)
        search(middle, text_m, b, text_b)

    grid = np.linspace(0, 1, n_samples + 1)
    texts = [text(t) for t in grid]
    for i in range(n_samples):
        search(grid[i], texts[i], grid[i + 1], texts[i + 1])
    return found


def path_contributions(network, start, end, c):
    """The softmax gradient integrated along the line, piece by piece, with the gradient taken from
    whole matrix products at every node."""
    nodes, node_weights = np.polynomial.legendre.leggauss(24)
    total = np.zeros(len(start))
    ends = [0.0] + breakpoints(network, start, end) + [1.0]
    for a, b in zip(ends[:-1], ends[1:]):
        for sub in range(8):
            low = a + (b - a) * sub / 8
            high = a + (b - a) * (sub + 1) / 8
            for node, weight in zip(nodes, node_weights):
                t = (low + high) / 2 + node * (high - low) / 2
                z, _, logits = network.forward((1 - t) * start + t * end)
                slope = network.jacobian(network.masks(z), network.n_hidden_layers())
                gradient = softmax_jacobian(softmax(logits))[c] @ slope
                total += weight * (high - low) / 2 * gradient
    return total * (end - start)


# The split


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


def write_splits():
    # The generator against its published sequence (seed 1234567).
    random = splitmix64(1234567)
    assert [next(random) for _ in range(2)] == [6457827717110365317, 3203168211198807973]

    random = np.random.RandomState(77)
    cases = [
        ([0] * 50 + [1] * 50 + [2] * 50, 0.2, 42),
        ([0] * 10, 0.25, 1),
        (random.randint(0, 5, 203).tolist(), 0.2, 42),
        (random.randint(-1, 3, 97).tolist(), 0.31, 2**64 - 1),
        (np.repeat([7, 3, 11, 5], [1, 2, 3, 4]).tolist(), 0.5, 0),
        ([1, 0] * 20, 0.0, 42),
        ([1, 0] * 20, 1.0, 42),
    ]
    entries = [("n_cases", [len(cases)])]
    for i, (labels, fraction, seed) in enumerate(cases):
        entries += [
            (f"labels.{i}", labels),
            (f"fraction.{i}", [fraction]),
            (f"seed.{i}", [seed]),
            (f"test.{i}", stratified_split(labels, fraction, seed)),
        ]
    write("split", entries)


# The statistics


def write_statistics():
    random = np.random.RandomState(78)
    shares = [0, 0.1, 0.25, 0.3333, 0.5, 0.75, 0.9, 0.999, 1]
    entries = [("shares", shares)]
    for n in [1, 2, 3, 10, 101]:
        numbers = np.round(random.exponential(1, n), 4)
        entries.append((f"numbers.{n}", numbers))
        entries.append((f"quantiles.{n}", np.percentile(numbers, [100 * q for q in shares])))
    write("statistics", entries)


# A case


def make_data(network, seed):
    random = np.random.RandomState(seed + 1000)
    points = np.round(random.normal(0, 1.2, (N_ROWS, network.widths[0])), 3)
    points[10] = points[0]  # samples may be equal
    points[11] = points[1]
    n_classes = network.widths[-1]
    labels = []
    for row, point in enumerate(points):
        prediction = int(np.argmax(network.forward(point)[2]))
        label = prediction if random.uniform() < 0.8 else int(random.randint(n_classes))
        labels.append(-1 if row % UNLABELLED_EVERY == 5 else label)
    is_test = np.zeros(N_ROWS, dtype=int)
    is_test[stratified_split(labels, TEST_FRACTION, seed)] = 1
    return points, labels, is_test


def explain(network, points, n):
    entries = []
    for row in range(n):
        x = points[row]
        z, h, logits = network.forward(x)
        masks = network.masks(z)
        last = network.n_hidden_layers()
        slope = network.jacobian(masks, last)
        p = softmax(logits)
        low, high = intervals(network, x, z, masks)
        measured = distances(network, z, masks)

        lrp = [layerwise_relevance(network, x, z, h, logits, c) for c in range(len(logits))]
        assert np.allclose(lrp, slope * x, rtol=1e-9, atol=1e-11)

        layers = range(last)
        gradients = [network.jacobian(masks, l) for l in layers]
        offsets = [network.offset(masks, l) for l in layers]
        backward = [network.logit_gradient(masks, l) for l in layers]
        n_rows = sum(len(g) for g in gradients)
        entries += [
            (f"z.{row}", np.concatenate(z) if z else []),
            (f"h.{row}", np.concatenate(h) if h else []),
            (f"logits.{row}", logits),
            (f"probabilities.{row}", p),
            (f"A.{row}", slope),
            (f"D.{row}", network.offset(masks, last)),
            (f"lrp.{row}", lrp),
            (f"probability.{row}", softmax_jacobian(p) @ slope * x),
            (f"low.{row}", low),
            (f"high.{row}", high),
            (f"distances.{row}", [measured[m][0] for m in ("l2", "l1", "linf", "paper")]),
            (f"neurons.{row}", [measured[m][1] for m in ("l2", "l1", "linf", "paper")]),
        ]
        if row == 0:
            # The large ones once: (n_neurons, n_inputs), and (n_classes, n_neurons).
            entries += [
                (f"gradients.{row}", np.concatenate(gradients) if n_rows else []),
                (f"offsets.{row}", np.concatenate(offsets) if n_rows else []),
                (f"backward.{row}", np.concatenate(backward, axis=1) if n_rows else []),
                (f"contributions.{row}",
                 np.concatenate([g * hl for g, hl in zip(backward, h)], axis=1) if n_rows else []),
            ]
        if row < N_TRACES:
            start = points[row + TRACE_FROM]
            entries += [
                (f"breakpoints.{row}", breakpoints(network, start, x)),
                (f"path.{row}", path_contributions(network, start, x, 1)),
            ]
    return entries


def analyse(network, points, labels, is_test):
    n_classes = network.widths[-1]
    labels = np.array(labels)
    texts, predictions, confidences, exact, paper, slopes = [], [], [], [], [], []
    for x in points:
        z, _, logits = network.forward(x)
        masks = network.masks(z)
        measured = distances(network, z, masks)
        # No expected bit may hang on rounding. The neuron that is always 0 is exact.
        for layer in range(network.n_hidden_layers()):
            sizes = np.linalg.norm(network.jacobian(masks, layer), axis=1)
            assert np.all((np.abs(z[layer]) > 1e-7 * sizes) | (sizes == 0))
        texts.append(pattern_text(z))
        predictions.append(int(np.argmax(logits)))
        confidences.append(np.max(softmax(logits)))
        exact.append(measured["l2"][0])
        paper.append(measured["paper"][0])
        slopes.append(network.jacobian(masks, network.n_hidden_layers()))

    # Bars sort behind digits, but stand at the same places in all texts.
    unique, counts = np.unique(texts, return_counts=True)
    order = sorted(range(len(unique)), key=lambda r: (-counts[r], unique[r]))
    regions = [str(unique[r]) for r in order]
    test = is_test == 1
    entries = [
        ("predictions", predictions),
        ("confidences", confidences),
        ("regions", [regions.index(text) for text in texts]),
        ("exact", exact),
        ("paper", paper),
        ("patterns", regions if network.n_hidden_layers() else []),
    ]

    similar = dissimilar = n_train_regions = n_test_regions = 0
    test_sizes = []
    for r, text in enumerate(regions):
        inside = np.array([t == text for t in texts])
        counts = [int(np.sum(labels[inside] == c)) for c in range(n_classes)]
        labelled = sum(counts)
        if labelled:
            majority = int(np.argmax(counts))
            purity = counts[majority] / labelled
        else:
            votes = [np.sum(np.array(predictions)[inside] == c) for c in range(n_classes)]
            majority, purity = int(np.argmax(votes)), np.nan
        n_train, n_test = int(np.sum(inside & ~test)), int(np.sum(inside & test))
        n_train_regions += n_train > 0
        n_test_regions += n_test > 0
        similar += n_train > 0 and n_test > 0
        dissimilar += n_train == 0 and n_test > 0
        test_sizes.append(n_test)
        rows = np.flatnonzero(inside)
        profile = np.mean([slopes[row][majority] * points[row] for row in rows], axis=0)
        entries += [
            (f"sizes.{r}", [n_train, n_test]),
            (f"counts.{r}", counts),
            (f"purity.{r}", [majority if labelled else -1, purity]),
            (f"profile.{r}", profile),
        ]
        for c in range(n_classes):
            rows = np.flatnonzero(inside & (labels == c))
            if len(rows):
                class_profile = np.mean([slopes[row][c] * points[row] for row in rows], axis=0)
                entries.append((f"class_profile.{r}.{c}", class_profile))

    right = np.array(predictions) == labels
    known = labels != -1
    confusion = [
        [int(np.sum(test & (labels == a) & (np.array(predictions) == p))) for p in range(n_classes)]
        for a in range(n_classes)
    ]
    n_all = int(np.sum(test))
    biggest = sorted(test_sizes, reverse=True)
    percentiles = [0, 25, 50, 75, 100, 10, 25, 50]
    entries += [
        ("accuracy", [np.mean(right[known & ~test]), np.mean(right[known & test])]),
        ("confusion", confusion),
        ("region_counts",
         [len(regions), n_train_regions, n_test_regions, similar, dissimilar,
          biggest[0] / n_all, sum(biggest[:n_classes]) / n_all]),
    ]
    if network.n_hidden_layers():
        entries += [
            ("validity", np.percentile(np.array(exact)[test], percentiles)),
            ("paper_validity", np.percentile(np.array(paper)[test], percentiles)),
        ]
    return entries


def write_case(name, widths, slopes, seed):
    network = Network(widths, slopes, seed)
    points, labels, is_test = make_data(network, seed)
    entries = [("widths", widths), ("slopes", slopes)]
    for layer, (weight, bias) in enumerate(zip(network.weights, network.biases)):
        entries += [(f"weight.{layer}", weight), (f"bias.{layer}", bias)]
    entries += [("points", points), ("labels", labels), ("is_test", is_test)]
    entries += [("n_explained", [N_EXPLAINED]), ("n_traces", [N_TRACES])]
    entries += explain(network, points, N_EXPLAINED)
    entries += analyse(network, points, labels, is_test)
    write("network-" + name, entries)


def main():
    for case in CASES:
        write_case(*case)
    write_splits()
    write_statistics()


if __name__ == "__main__":
    main()
