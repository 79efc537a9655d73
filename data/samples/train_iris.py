#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes iris.csv and trains the three sample models beside it.

Needs Debian's python3-torch and python3-sklearn; Re3 itself needs no Python. The recipe is the
paper's: a stratified 80/20 split, features standardised with the training rows' mean and standard
deviation, cross entropy, Adam. All of it is in double precision, on one thread and with fixed
seeds, so that it gives the same files again on the same versions.

With --try N the models are trained with N seeds each and told about, and nothing is written.
"""

import argparse
import json
import pathlib

import numpy
import torch
from sklearn.datasets import load_iris

HERE = pathlib.Path(__file__).resolve().parent

FEATURES = ["sepal length", "sepal width", "petal length", "petal width"]
UNIT = "cm"
TEST_FRACTION = 0.2
SPLIT_SEED = 42

# Widths of the hidden layers, and the seed of the first weights.
MODELS = {(8,): 6, (8, 4): 52, (16, 8, 4): 32}
EPOCHS = 60
BATCH = 16
LEARNING_RATE = 0.005

N_TESTS = 5
TOLERANCE = 1e-12


def splitmix64(state):
    """The generator of Steele, Lea and Flood (2014), without end."""
    mask = (1 << 64) - 1
    while True:
        state = (state + 0x9E3779B97F4A7C15) & mask
        z = state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & mask
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
        yield z ^ (z >> 31)


def stratified_split(labels, fraction, seed):
    """The test rows that src/core/re3-split.h describes, as flags."""
    classes = sorted(set(labels))
    rows_of = [[row for row, label in enumerate(labels) if label == c] for c in classes]
    shares = [fraction * len(rows) for rows in rows_of]
    n_test = [int(share) for share in shares]
    missing = int(fraction * len(labels) + 0.5) - sum(n_test)
    for c in sorted(range(len(classes)), key=lambda c: n_test[c] - shares[c])[:missing]:
        n_test[c] += 1

    is_test = numpy.zeros(len(labels), dtype=bool)
    numbers = splitmix64(seed)
    for rows, n in zip(rows_of, n_test):
        for i in range(len(rows) - 1, 0, -1):
            j = next(numbers) % (i + 1)
            rows[i], rows[j] = rows[j], rows[i]
        is_test[rows[:n]] = True
    return is_test


def make_network(hidden, n_inputs, n_outputs):
    layers = []
    widths = [n_inputs, *hidden]
    for width_in, width_out in zip(widths, widths[1:]):
        layers += [torch.nn.Linear(width_in, width_out), torch.nn.ReLU()]
    return torch.nn.Sequential(*layers, torch.nn.Linear(widths[-1], n_outputs))


def train(hidden, seed, inputs, labels, n_classes):
    torch.manual_seed(seed)
    network = make_network(hidden, inputs.shape[1], n_classes)
    optimizer = torch.optim.Adam(network.parameters(), lr=LEARNING_RATE)
    loss = torch.nn.CrossEntropyLoss()
    for _ in range(EPOCHS):
        for batch in torch.randperm(len(labels)).split(BATCH):
            optimizer.zero_grad()
            loss(network(inputs[batch]), labels[batch]).backward()
            optimizer.step()
    return network


def patterns(network, inputs):
    """For each sample the bits of all hidden neurons."""
    bits = []
    with torch.no_grad():
        for layer in network:
            if isinstance(layer, torch.nn.ReLU):
                bits.append(inputs > 0)
            inputs = layer(inputs)
    return torch.cat(bits, dim=1).numpy()


def describe(network, inputs, labels, is_test):
    with torch.no_grad():
        logits = network(inputs)
    right = (logits.argmax(dim=1) == labels).numpy()
    confidence = logits.softmax(dim=1).max(dim=1).values.numpy()
    bits = patterns(network, inputs)
    return {
        "train": right[~is_test].mean(),
        "test": right[is_test].mean(),
        "regions": len({row.tobytes() for row in bits}),
        "dead": int((~bits.any(axis=0)).sum()),
        "always on": int(bits.all(axis=0).sum()),
        "median confidence": numpy.median(confidence),
        "largest logit": logits.abs().max().item(),
    }


def as_model(hidden, network, mean, scale, values, classes):
    layers = []
    for layer in network:
        if isinstance(layer, torch.nn.Linear):
            layers.append({"type": "linear", "weight": layer.weight.tolist(),
                           "bias": layer.bias.tolist()})
        else:
            layers.append({"type": "relu"})

    tests = []
    for row in numpy.linspace(0, len(values) - 1, N_TESTS).astype(int):
        with torch.no_grad():
            logits = network(torch.from_numpy((values[row] - mean) / scale))
        tests.append({"input": values[row].tolist(), "logits": logits.tolist(),
                      "tolerance": TOLERANCE})

    return {
        "format": "re3-model",
        "version": 1,
        "name": "iris " + "-".join(map(str, hidden)),
        "features": [{"name": name, "unit": UNIT} for name in FEATURES],
        "classes": classes,
        "scaler": {"mean": mean.tolist(), "scale": scale.tolist()},
        "layers": layers,
        "tests": tests,
    }


def to_text(value, indent=""):
    """JSON with a row of numbers, or a small object, on a line; numbers as Python has them."""
    inner = indent + "  "
    if isinstance(value, dict) and not any(isinstance(v, (list, dict)) for v in value.values()):
        return json.dumps(value)
    if isinstance(value, dict):
        parts = [f"{json.dumps(k)}: {to_text(v, inner)}" for k, v in value.items()]
        return "{\n" + ",\n".join(inner + part for part in parts) + f"\n{indent}}}"
    if isinstance(value, list) and any(isinstance(v, (list, dict)) for v in value):
        return "[\n" + ",\n".join(inner + to_text(v, inner) for v in value) + f"\n{indent}]"
    return json.dumps(value)


def write_table(values, labels, classes):
    lines = [",".join([*FEATURES, "species"])]
    for row, label in zip(values, labels):
        lines.append(",".join([*(f"{value:.1f}" for value in row), classes[label]]))
    (HERE / "iris.csv").write_text("\n".join(lines) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--try", type=int, dest="n_seeds", metavar="N",
                        help="train with N seeds each and write nothing")
    arguments = parser.parse_args()

    torch.set_default_dtype(torch.float64)
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)

    iris = load_iris()
    values = iris.data
    classes = [str(name) for name in iris.target_names]
    is_test = stratified_split(iris.target.tolist(), TEST_FRACTION, SPLIT_SEED)
    mean = values[~is_test].mean(axis=0)
    scale = values[~is_test].std(axis=0)
    inputs = torch.from_numpy((values - mean) / scale)
    labels = torch.from_numpy(iris.target)
    on_train = torch.from_numpy(~is_test)

    for hidden, chosen in MODELS.items():
        for seed in range(arguments.n_seeds) if arguments.n_seeds else [chosen]:
            network = train(hidden, seed, inputs[on_train], labels[on_train], len(classes))
            found = describe(network, inputs, labels, is_test)
            print(hidden, seed, ", ".join(f"{k} {v:.3g}" for k, v in found.items()))
        if not arguments.n_seeds:
            model = as_model(hidden, network, mean, scale, values, classes)
            path = HERE / f"iris-{'-'.join(map(str, hidden))}.re3.json"
            path.write_text(to_text(model) + "\n")

    if not arguments.n_seeds:
        write_table(values, iris.target, classes)


if __name__ == "__main__":
    main()
