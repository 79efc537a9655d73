#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Compares `re3-cli analyze --json` with the same analysis in plain NumPy.

    compare_analysis.py RE3_CLI MODEL DATA [--label COLUMN] [--metric l2|l1|linf]

Everything is worked out anew from the formulas of the design: the split, the regions and their affine
maps, distances, importance, neurons, quality. Counts and names must be the same, numbers equal up to
1e-9 (relative to those above 1). Needs Debian's python3-numpy, and Re3 JSON models of linear and relu
layers. Reads tables with commas or semicolons; without a header the last column is the label.
"""

import argparse
import csv
import json
import math
import pathlib
import subprocess
import sys

import numpy

TOLERANCE = 1e-9
TEST_FRACTION = 0.2
SEED = 42
PURITY_THRESHOLD = 0.7
UNDECIDED_DISTANCE = 1e-10
DUAL_NORM = {"l2": 2, "l1": numpy.inf, "linf": 1}


class Model:
    """Weights and biases, layer by layer, with a rectifier between each two."""

    def __init__(self, document):
        linear = [layer for layer in document["layers"] if layer["type"] == "linear"]
        kinds = [layer["type"] for layer in document["layers"]]
        if kinds != (["linear", "relu"] * len(linear))[:-1]:
            sys.exit("This program knows linear and relu layers in turn, and no others.")

        self.weights = [numpy.array(layer["weight"], dtype=float) for layer in linear]
        self.biases = [
            numpy.array(layer.get("bias", [0] * len(w)), dtype=float)
            for layer, w in zip(linear, self.weights)
        ]
        self.n_features = self.weights[0].shape[1]
        self.n_classes = self.weights[-1].shape[0]
        self.features = [
            f if isinstance(f, str) else f["name"] for f in document.get("features", [])
        ]
        self.classes = document.get("classes", [str(c) for c in range(self.n_classes)])
        self.scaler = document.get("scaler")

    def scale(self, values):
        if self.scaler is None:
            return values
        return (values - numpy.array(self.scaler["mean"])) / numpy.array(self.scaler["scale"])

    def forward(self, x):
        """Pre-activations of the hidden layers, and the logits."""
        hidden = []
        for weight, bias in zip(self.weights[:-1], self.biases[:-1]):
            z = x @ weight.T + bias
            hidden.append(z)
            x = numpy.maximum(z, 0)
        return hidden, x @ self.weights[-1].T + self.biases[-1]

    def region(self, masks):
        """A, D, the gradients of all z by the input, and of the logits by each layer's h."""
        product, shift = self.weights[0], self.biases[0]
        gradients = []
        for mask, weight, bias in zip(masks, self.weights[1:], self.biases[1:]):
            gradients.append(product)
            product = weight @ (mask[:, None] * product)
            shift = weight @ (mask * shift) + bias
        backward = []
        to_logits = self.weights[-1]
        for layer in range(len(masks) - 1, -1, -1):
            backward.insert(0, to_logits)
            to_logits = (to_logits * masks[layer]) @ self.weights[layer]
        return product, shift, gradients, backward


def read_data(path, model, label):
    text = pathlib.Path(path).read_text(encoding="utf-8-sig")
    rows = [row for row in csv.reader(text.splitlines(), delimiter=";" if ";" in text else ",")]
    header = None
    try:
        [float(cell) for cell in rows[0]]
    except ValueError:
        header = rows.pop(0)

    if header is None:
        columns = list(range(model.n_features))
        label_column = len(rows[0]) - 1
    else:
        columns = [header.index(name) for name in model.features]
        label_column = header.index(label) if label else len(header) - 1

    values, labels, n_skipped = [], [], 0
    for row in rows:
        try:
            values.append([float(row[column]) for column in columns])
            labels.append(model.classes.index(row[label_column]))
        except (ValueError, IndexError):
            del values[len(labels):]
            n_skipped += 1
    return numpy.array(values), numpy.array(labels), n_skipped


def splitmix64(state):
    """The generator of Steele, Lea and Flood (2014), without end."""
    mask = (1 << 64) - 1
    while True:
        state = (state + 0x9E3779B97F4A7C15) & mask
        z = state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & mask
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
        yield z ^ (z >> 31)


def choose_test_rows(labels):
    """A stratified share; classes give by largest remainder, each of its rows shuffled."""
    classes = sorted(set(labels.tolist()))
    rows_of = [[row for row, label in enumerate(labels) if label == c] for c in classes]
    shares = [TEST_FRACTION * len(rows) for rows in rows_of]
    n_test = [math.floor(share) for share in shares]
    missing = math.floor(TEST_FRACTION * len(labels) + 0.5) - sum(n_test)
    for c in sorted(range(len(classes)), key=lambda c: n_test[c] - shares[c])[:missing]:
        n_test[c] += 1

    is_test = numpy.zeros(len(labels), dtype=bool)
    numbers = splitmix64(SEED)
    for rows, n in zip(rows_of, n_test):
        for i in range(len(rows) - 1, 0, -1):
            j = next(numbers) % (i + 1)
            rows[i], rows[j] = rows[j], rows[i]
        is_test[rows[:n]] = True
    return is_test


def softmax(logits):
    powers = numpy.exp(logits - logits.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def number(value):
    """As JSON has it: null for what is undefined or infinite."""
    return float(value) if numpy.isfinite(value) else None


def share(part, whole):
    return part / whole if whole > 0 else None


def numbers(values):
    return [number(value) for value in values]


class Analysis:
    """What holds for each sample."""

    def __init__(self, model, values, labels, is_test):
        self.model, self.labels, self.is_test = model, labels, is_test
        self.x = model.scale(values)
        z, self.logits = model.forward(self.x)
        self.z = z
        self.h = [numpy.maximum(layer, 0) for layer in z]
        self.prediction = self.logits.argmax(axis=1)
        self.probability = softmax(self.logits)
        self.widths = [layer.shape[1] for layer in z]

        n = len(self.x)
        bits = numpy.hstack([layer > 0 for layer in z]) if z else numpy.zeros((n, 0), dtype=bool)
        patterns = ["".join("01"[int(bit)] for bit in row) for row in bits]
        self.members = {}
        for row, pattern in enumerate(patterns):
            self.members.setdefault(pattern, []).append(row)
        self.order = sorted(self.members, key=lambda p: (-len(self.members[p]), p))

        self.distance = {m: numpy.full(n, numpy.inf) for m in [*DUAL_NORM, "paper"]}
        self.logit_part = numpy.zeros_like(self.x)
        self.probability_part = numpy.zeros_like(self.x)
        self.neuron_part = [numpy.zeros_like(layer) for layer in z]
        self.profiles = {}
        self.residual = 0.0
        for pattern in self.order:
            self.measure(pattern, numpy.array(self.members[pattern]))

    def split_pattern(self, pattern):
        parts, start = [], 0
        for width in self.widths:
            parts.append(pattern[start:start + width])
            start += width
        return parts

    def measure(self, pattern, rows):
        masks = [numpy.array([c == "1" for c in p], dtype=float) for p in self.split_pattern(pattern)]
        A, D, gradients, backward = self.model.region(masks)
        x, c, p = self.x[rows], self.prediction[rows], self.probability[rows]
        each = numpy.arange(len(rows))

        self.residual = max(self.residual, abs(x @ A.T + D - self.logits[rows]).max())

        for z, gradient, weight in zip(self.z, gradients, self.model.weights):
            with numpy.errstate(divide="ignore", invalid="ignore"):
                for metric, order in DUAL_NORM.items():
                    norm = numpy.linalg.norm(gradient, order, axis=1)
                    d = numpy.where(norm > 0, abs(z[rows]) / norm, numpy.inf).min(axis=1)
                    self.distance[metric][rows] = numpy.minimum(self.distance[metric][rows], d)
                norm = numpy.linalg.norm(weight, 2, axis=1)
                d = numpy.where(norm > 0, abs(z[rows]) / norm, numpy.inf).min(axis=1)
                self.distance["paper"][rows] = numpy.minimum(self.distance["paper"][rows], d)

        self.logit_part[rows] = A[c] * x
        jacobian = p[each, c][:, None] * (numpy.eye(self.model.n_classes)[c] - p)
        self.probability_part[rows] = (jacobian @ A) * x
        for part, h, gradient in zip(self.neuron_part, self.h, backward):
            part[rows] = h[rows] * gradient[c]

        counts = numpy.bincount(self.labels[rows], minlength=self.model.n_classes)
        majority = int(counts.argmax())
        by_class = {
            k: (A[k] * x[self.labels[rows] == k]).mean(axis=0)
            for k in range(self.model.n_classes) if counts[k] > 0
        }
        self.profiles[pattern] = counts, majority, (A[majority] * x).mean(axis=0), by_class

    def region_table(self):
        names = self.model.classes
        table = []
        for pattern in self.order:
            rows = self.members[pattern]
            counts, majority, profile, by_class = self.profiles[pattern]
            n_test = int(self.is_test[rows].sum())
            purity = counts[majority] / counts.sum()
            table.append({
                "pattern": "|".join(self.split_pattern(pattern)),
                "train": len(rows) - n_test, "test": n_test,
                "counts": {name: int(count) for name, count in zip(names, counts)},
                "purity": float(purity), "majority": names[majority],
                "confusion": bool(purity < PURITY_THRESHOLD),
                "profile": numbers(profile),
                "class_profiles": {names[k]: numbers(by_class[k]) for k in by_class},
            })
        return table

    def region_counts(self):
        n_test = {p: int(self.is_test[rows].sum()) for p, rows in self.members.items()}
        n_train = {p: len(rows) - n_test[p] for p, rows in self.members.items()}
        sizes = sorted(n_test.values(), reverse=True)
        total = sum(sizes)
        return {
            "all": len(self.members),
            "train": sum(n > 0 for n in n_train.values()),
            "test": sum(n > 0 for n in n_test.values()),
            "similar": sum(n_train[p] > 0 and n_test[p] > 0 for p in self.members),
            "dissimilar": sum(n_train[p] == 0 for p in self.members),
            "top1": share(sizes[0], total),
            "topC": share(sum(sizes[:self.model.n_classes]), total),
        }

    def boundary(self, metric, chosen):
        d = self.distance[metric][chosen]
        finite = d[numpy.isfinite(d)]
        with numpy.errstate(invalid="ignore"):
            q = dict(zip((10, 25, 50, 75), numpy.percentile(d, (10, 25, 50, 75))))
        steps, exponent = [], -2
        while not steps or steps[-1] < 1 or (len(finite) and steps[-1] < finite.max()):
            steps.append(float(f"{(1, 2, 5)[len(steps) % 3]}e{exponent + len(steps) // 3}"))
        return {
            "metric": metric, "min": number(d.min()), "q1": number(q[25]), "median": number(q[50]),
            "q3": number(q[75]), "max": number(d.max()), "eps90": number(q[10]),
            "eps75": number(q[25]), "eps50": number(q[50]),
            "curve": [{"step": s, "valid": float((d > s).mean())} for s in steps],
        }

    def importance(self, chosen):
        logit, probability = self.logit_part[chosen], self.probability_part[chosen]
        n = self.model.n_features
        ranks = numpy.zeros((n, n), dtype=int)
        for part in abs(logit):
            order = numpy.argsort(-part, kind="stable")
            ranks[order, numpy.arange(n)] += part[order] > 0
        return {
            "logit": numbers(abs(logit).mean(axis=0)),
            "probability": numbers(abs(probability).mean(axis=0)),
            "logit_signed": numbers(logit.mean(axis=0)),
            "probability_signed": numbers(probability.mean(axis=0)),
            "ranks": ranks.tolist(),
        }

    def neuron(self, layer, index, chosen):
        """One that contributes 0 is never among the top; of equal ones the first stands before."""
        if not chosen.any():
            keys = ["active", "mean_abs_contribution", "top1", "top2", "top3",
                    "always_active", "never_active"]
            return dict.fromkeys(keys)
        part = abs(self.neuron_part[layer][chosen])
        own = part[:, index]
        before = (part > own[:, None]).sum(axis=1) + (part[:, :index] == own[:, None]).sum(axis=1)
        active = self.z[layer][chosen, index] > 0
        return {
            "active": float(active.mean()), "mean_abs_contribution": float(own.mean()),
            **{f"top{k}": float(((before < k) & (own > 0)).mean()) for k in (1, 2, 3)},
            "always_active": bool(active.all()), "never_active": bool(not active.any()),
        }

    def neurons(self, chosen):
        return [
            {
                "layer": layer, "index": index, **self.neuron(layer, index, chosen),
                "classes": {
                    name: self.neuron(layer, index, chosen & (self.labels == c))
                    for c, name in enumerate(self.model.classes)
                },
            }
            for layer, width in enumerate(self.widths) for index in range(width)
        ]

    def quality(self, chosen):
        n = self.model.n_classes
        confusion = numpy.zeros((n, n), dtype=int)
        numpy.add.at(confusion, (self.labels[chosen], self.prediction[chosen]), 1)
        report = []
        for c, name in enumerate(self.model.classes):
            hits, actual, taken = confusion[c, c], confusion[c].sum(), confusion[:, c].sum()
            report.append({
                "class": name, "precision": share(hits, taken), "recall": share(hits, actual),
                "f1": share(2 * hits, actual + taken), "support": int(actual),
            })
        return report, confusion.tolist()

    def document(self, metric, n_skipped):
        right = self.prediction == self.labels
        is_test = self.is_test
        chosen = is_test if is_test.any() else numpy.ones_like(is_test)
        report, confusion = self.quality(chosen)
        return {
            "data": {
                "rows": len(right), "train": int((~is_test).sum()), "test": int(is_test.sum()),
                "skipped": n_skipped, "scaler": "model" if self.model.scaler else None,
            },
            "accuracy": {
                "train": share(right[~is_test].sum(), (~is_test).sum()),
                "test": share(right[is_test].sum(), is_test.sum()),
            },
            "regions": self.region_counts(),
            "boundary": self.boundary(metric, chosen),
            "boundary_paper": self.boundary("paper", chosen),
            "region_table": self.region_table(),
            "importance": self.importance(chosen),
            "neurons": self.neurons(chosen),
            "report": report,
            "confusion": confusion,
            "residual_max": self.residual,
            "undecided": int((self.distance["l2"][chosen] < UNDECIDED_DISTANCE).sum()),
        }


class Comparison:
    """Goes through two documents at once."""

    def __init__(self):
        self.n_exact, self.n_numbers, self.worst, self.worst_path = 0, 0, 0.0, ""
        self.faults = []

    def compare(self, ours, expected, path=""):
        if isinstance(expected, dict) and isinstance(ours, dict) and ours.keys() == expected.keys():
            for key in expected:
                self.compare(ours[key], expected[key], f"{path}.{key}")
        elif isinstance(expected, list) and isinstance(ours, list) and len(ours) == len(expected):
            for i, pair in enumerate(zip(ours, expected)):
                self.compare(*pair, f"{path}[{i}]")
        elif isinstance(expected, float) and isinstance(ours, (int, float)):
            difference = abs(ours - expected) / max(1, abs(expected))
            self.n_numbers += 1
            if difference > self.worst:
                self.worst, self.worst_path = difference, path
            if not difference <= TOLERANCE:
                self.faults.append(f"{path}: {ours!r}, and in NumPy {expected!r}")
        elif type(ours) is type(expected) and not isinstance(ours, (dict, list)) and ours == expected:
            self.n_exact += 1
        else:
            self.faults.append(f"{path}: {str(ours)[:80]}, and in NumPy {str(expected)[:80]}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("re3_cli")
    parser.add_argument("model")
    parser.add_argument("data")
    parser.add_argument("--label")
    parser.add_argument("--metric", choices=DUAL_NORM, default="l2")
    arguments = parser.parse_args()

    model = Model(json.loads(pathlib.Path(arguments.model).read_text(encoding="utf-8")))
    values, labels, n_skipped = read_data(arguments.data, model, arguments.label)
    expected = Analysis(model, values, labels, choose_test_rows(labels)).document(
        arguments.metric, n_skipped)

    command = [arguments.re3_cli, "analyze", arguments.model, arguments.data, "--json",
               "--metric", arguments.metric]
    command += ["--label", arguments.label] if arguments.label else []
    ours = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)

    comparison = Comparison()
    comparison.compare(ours, expected)
    print(f"{expected['data']['rows']} rows, {expected['regions']['all']} regions: "
          f"{comparison.n_exact} counts and names the same, {comparison.n_numbers} numbers within "
          f"{comparison.worst:.1e} ({comparison.worst_path.lstrip('.')})")
    for fault in comparison.faults[:20]:
        print(fault.lstrip("."))
    if comparison.faults:
        sys.exit(f"{len(comparison.faults)} differ.")


if __name__ == "__main__":
    main()
