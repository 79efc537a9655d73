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

import network as net
from analysis import analyse
from split import splitmix64, stratified_split

FOLDER = os.path.dirname(os.path.abspath(__file__))

# Cases: name, widths from the inputs to the logits, negative slope of each rectifier, a seed, and
# what is special about its data.
# (thresholds, slopes, intercepts)
HARD_TANH = ([-1.0, 1.0], [0.0, 1.0, 0.0], [-1.0, 0.0, 1.0])
RELU6 = ([0.0, 0.5], [0.0, 1.0, 0.0], [0.0, 0.0, 0.5])  # with a ceiling that is reached
HARD_SIGMOID = ([-1.0, 1.0], [0.0, 0.5, 0.0], [0.0, 0.5, 1.0])
ZIGZAG = ([-0.5, 0.0, 0.75], [1.0, -2.0, 0.5, -1.0], [1.5, 0.0, 0.0, 1.125])

CASES = [
    ("linear", [4, 3], [], 1, {}),
    ("one", [4, 8, 3], [0], 2, {}),
    ("two", [4, 8, 4, 3], [0, 0], 3, {}),
    ("three", [4, 16, 8, 4, 3], [0, 0, 0], 4, {}),
    ("five", [3, 6, 5, 4, 6, 5, 2], [0, 0, 0, 0, 0], 5, {}),
    ("word", [5, 64, 3], [0], 6, {}),
    ("word-and-bit", [5, 65, 2], [0], 7, {}),
    ("wide", [6, 120, 80, 10], [0, 0], 8, {}),
    ("leaky", [4, 8, 6, 3], [0.01, 0.25], 9, {}),
    ("equal", [5, 5, 5, 5, 5], [0, 0, 0], 10, {}),
    ("absent", [3, 9, 5, 4], [0, 0], 11, {"absent_from_test": 2}),
    ("row", [4, 6, 3], [0], 12, {"n_rows": 1}),
    ("constant", [5, 7, 6, 3], [0, 0], 13, {"constant": {1: 0, 3: -0.7}}),
    ("integer", [3, 6, 4, 3], [0, 0], 14, {"integer": True}),
    ("abs", [4, 8, 6, 3], [-1, -1], 15, {}),
    ("clip", [4, 9, 7, 3], [0, 0], 16, {"activations": [[HARD_TANH] * 9, [RELU6] * 7]}),
    ("prelu", [4, 8, 6, 3], [0, 0], 17, {"activations": [
        [([0.0], [round(0.3 * j - 0.8, 3), 1.0], [0.0, 0.0]) for j in range(width)]
        for width in (8, 6)]}),
    ("pieces", [3, 8, 6, 4], [0, 0], 18, {"activations": [[HARD_SIGMOID] * 8, [ZIGZAG] * 6]}),
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


# The split


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


def make_integer(network, random):
    """Small whole numbers, which every order of summation gives exactly: z is often 0."""
    for weight, bias in zip(network.weights, network.biases):
        weight[:] = random.randint(-2, 3, weight.shape)
        bias[:] = random.randint(-2, 3, bias.shape)
    network.weights[0][1:3] = network.weights[0][0] * np.array([[1], [2]])
    network.biases[0][1:3] = network.biases[0][0] * np.array([1, 2])
    return random.randint(-3, 4, (N_ROWS, network.widths[0])).astype(float)


def make_data(network, seed, special):
    random = np.random.RandomState(seed + 1000)
    n_rows = special.get("n_rows", N_ROWS)
    points = np.round(random.normal(0, 1.2, (n_rows, network.widths[0])), 3)
    if "integer" in special:
        points = make_integer(network, random)
    for feature, value in special.get("constant", {}).items():
        points[:, feature] = value
    if n_rows > 11:
        points[10] = points[0]  # samples may be equal
        points[11] = points[1]
    n_classes = network.widths[-1]
    labels = []
    for row, point in enumerate(points):
        prediction = int(np.argmax(network.forward(point)[2]))
        label = prediction if random.uniform() < 0.8 else int(random.randint(n_classes))
        labels.append(-1 if row % UNLABELLED_EVERY == 5 else label)
    is_test = np.zeros(n_rows, dtype=int)
    if n_rows > 1:
        is_test[stratified_split(labels, TEST_FRACTION, seed)] = 1
    if "absent_from_test" in special:
        assert special["absent_from_test"] in labels
        is_test[np.array(labels) == special["absent_from_test"]] = 0
    return points, labels, is_test


def explain(network, points, n_explained, n_traces):
    entries = []
    for row in range(n_explained):
        x = points[row]
        z, h, logits = network.forward(x)
        masks = network.masks(z)
        last = network.n_hidden_layers()
        slope = network.jacobian(masks, last)
        p = net.softmax(logits)
        low, high = net.intervals(network, x, z, masks)
        measured = net.distances(network, z, masks)

        lrp = [net.layerwise_relevance(network, x, z, h, logits, c) for c in range(len(logits))]
        assert np.allclose(lrp, slope * x, rtol=1e-9, atol=1e-11)

        layers = range(last)
        gradients = [network.jacobian(masks, l) for l in layers]
        offsets = [network.offset(masks, l, z) for l in layers]
        backward = [network.logit_gradient(masks, l) for l in layers]
        n_rows = sum(len(g) for g in gradients)
        entries += [
            (f"z.{row}", np.concatenate(z) if z else []),
            (f"h.{row}", np.concatenate(h) if h else []),
            (f"logits.{row}", logits),
            (f"probabilities.{row}", p),
            (f"A.{row}", slope),
            (f"D.{row}", network.offset(masks, last, z)),
            (f"lrp.{row}", lrp),
            (f"probability.{row}", net.softmax_jacobian(p) @ slope * x),
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
        if row < n_traces:
            start = points[row + TRACE_FROM]
            entries += [
                (f"breakpoints.{row}", net.breakpoints(network, start, x)),
                (f"path.{row}", net.path_contributions(network, start, x, 1)),
            ]
    return entries


def write_case(name, widths, slopes, seed, special):
    network = net.Network(widths, slopes, seed, special.get("activations"))
    points, labels, is_test = make_data(network, seed, special)
    n_explained = min(N_EXPLAINED, len(points))
    n_traces = N_TRACES if len(points) > TRACE_FROM + N_TRACES else 0
    # Where a sample stands on a hyperplane, LRP divides by 0, and a line has no pieces to count.
    if "integer" in special:
        n_explained = n_traces = 0
    entries = [("widths", widths), ("slopes", slopes)]
    for layer, (weight, bias) in enumerate(zip(network.weights, network.biases)):
        entries += [(f"weight.{layer}", weight), (f"bias.{layer}", bias)]
    if "activations" in special:
        # The number of thresholds; then for each neuron these, the slopes and the intercepts.
        for layer, neurons in enumerate(network.activations):
            numbers = [len(neurons[0][0])]
            for thresholds, piece_slopes, intercepts in neurons:
                numbers += [*thresholds, *piece_slopes, *intercepts]
            entries.append((f"activation.{layer}", numbers))
    entries += [("points", points), ("labels", labels), ("is_test", is_test)]
    entries += [("n_explained", [n_explained]), ("n_traces", [n_traces])]
    entries += explain(network, points, n_explained, n_traces)
    entries += analyse(network, points, labels, is_test)
    write("network-" + name, entries)


def main():
    for case in CASES:
        write_case(*case)
    write_splits()
    write_statistics()


if __name__ == "__main__":
    main()
