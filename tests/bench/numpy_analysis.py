#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The analysis of a data set as one would write it with NumPy: what the bench compares with.

    numpy_analysis.py whole MODEL.json DATA.csv OUT.json     one process from file to file
    numpy_analysis.py serve MODEL.json DATA.bin CHECK.bin    analyses once for each line of stdin

All samples go at once through each step, and what depends on the region alone is worked out once
for each region, for all of them at once.
"""

import json
import sys
import time

import numpy as np

METRICS = ("l2", "l1", "linf", "paper")
TOPS = 3


def read_model(path):
    """[(weight, bias), ...] of the linear layers."""
    with open(path) as file:
        layers = json.load(file)["layers"]
    return [(np.array(layer["weight"]), np.array(layer["bias"]))
            for layer in layers if layer["type"] == "linear"]


def make_regions(layers, masks):
    """Gradients of all neurons, A, D and gradients of the logits for (regions, neurons) masks."""
    n_regions = len(masks)
    hidden = [len(bias) for _, bias in layers[:-1]]
    ends = np.cumsum([0] + hidden)
    mask = [masks[:, a:b] for a, b in zip(ends, ends[1:])]

    weight, bias = layers[0]
    gradient = np.broadcast_to(weight, (n_regions, *weight.shape))
    offset = np.broadcast_to(bias, (n_regions, len(bias)))
    gradients = []
    for on, (weight, bias) in zip(mask, layers[1:]):
        gradients.append(gradient)
        gradient = weight @ (on[:, :, None] * gradient)
        offset = (on * offset) @ weight.T + bias

    backward = np.broadcast_to(layers[-1][0], (n_regions, *layers[-1][0].shape))
    logit_gradients = [backward]
    for on, (weight, _) in zip(mask[:0:-1], layers[-2:0:-1]):
        backward = (backward * on[:, None, :]) @ weight
        logit_gradients.insert(0, backward)
    return (np.concatenate(gradients, axis=1), gradient, offset,
            np.concatenate(logit_gradients, axis=2))


def measure_distances(layers, gradients, z, region):
    """By metric: the distance of each sample to its nearest change of pattern, and its neuron."""
    size = np.abs(gradients)
    weight_norms = np.concatenate([np.linalg.norm(weight, axis=1) for weight, _ in layers[:-1]])
    norms = (np.linalg.norm(gradients, axis=2), size.max(axis=2), size.sum(axis=2),
             np.broadcast_to(weight_norms, gradients.shape[:2]))
    reserve = np.abs(z)
    distances, neurons = [], []
    for norm in norms:
        with np.errstate(divide="ignore"):
            inverse = 1 / norm
        each = reserve * inverse[region]
        each[np.isnan(each)] = np.inf       # 0 times infinity: a neuron without gradient
        nearest = each.argmin(axis=1)
        neurons.append(nearest)
        distances.append(each[np.arange(len(z)), nearest])
    return distances, neurons


def summarise_distances(distances, sets):
    return {metric: [np.percentile(values[rows], (0, 10, 25, 50, 75, 100)) for rows in sets]
            for metric, values in zip(METRICS, distances)}


def count(numbers, length):
    return np.bincount(numbers.ravel(), minlength=length)


def measure_importance(logit, probability, rows):
    """Means over @rows, and how often each feature has each rank."""
    logit, probability = logit[rows], probability[rows]
    n, n_features = logit.shape
    sizes = np.abs(logit)
    order = np.argsort(-sizes, axis=1, kind="stable")
    places = order * n_features + np.arange(n_features)
    ranks = count(places[np.take_along_axis(sizes, order, axis=1) > 0], n_features ** 2)
    return {"logit": np.abs(logit).mean(axis=0), "logit_signed": logit.mean(axis=0),
            "probability": np.abs(probability).mean(axis=0),
            "probability_signed": probability.mean(axis=0),
            "ranks": ranks.reshape(n_features, n_features)}


def measure_neurons(layers, active, contributions, group, n_groups):
    """By group of samples and neuron: how often active, sum of |contribution|, how often first."""
    one_hot = (group[:, None] == np.arange(n_groups)).astype(float)
    sizes = np.abs(contributions)
    tops, first = [], 0
    for _, bias in layers[:-1]:
        width = len(bias)
        size = sizes[:, first:first + width]
        order = np.argsort(-size, axis=1, kind="stable")[:, :TOPS]
        counts = np.zeros((TOPS, n_groups * width), dtype=int)
        for place in range(order.shape[1]):
            neuron = order[:, place]
            counted = size[np.arange(len(size)), neuron] > 0
            counts[place] = count((group * width + neuron)[counted], n_groups * width)
        tops.append(counts.cumsum(axis=0).reshape(TOPS, n_groups, width))
        first += width
    return {"n": count(group, n_groups), "active": one_hot.T @ active,
            "absolute": one_hot.T @ sizes, "tops": np.concatenate(tops, axis=2)}


def sum_by_region(x, cell, n_cells):
    return np.stack([np.bincount(cell, weights=x[:, i], minlength=n_cells)
                     for i in range(x.shape[1])], axis=1)


def analyse(layers, x, labels, is_test):
    """Everything that Re3's analysis tells, as a dict of arrays."""
    n, n_classes = len(x), len(layers[-1][1])
    rows = np.arange(n)

    z, h = [], x
    for weight, bias in layers[:-1]:
        z.append(h @ weight.T + bias)
        h = np.maximum(z[-1], 0)
    logits = h @ layers[-1][0].T + layers[-1][1]
    z = np.concatenate(z, axis=1)
    probabilities = np.exp(logits - logits.max(axis=1, keepdims=True))
    probabilities /= probabilities.sum(axis=1, keepdims=True)
    prediction = logits.argmax(axis=1)
    confidence = probabilities[rows, prediction]

    active = z > 0
    packed = np.packbits(active, axis=1, bitorder="little")
    key = np.zeros((n, 8 * ((packed.shape[1] + 7) // 8)), dtype=np.uint8)
    key[:, :packed.shape[1]] = packed
    key = key.view(np.uint64)
    _, first, region = np.unique(key[:, 0] if key.shape[1] == 1 else key, axis=0,
                                 return_index=True, return_inverse=True)
    gradients, slopes, offsets, logit_gradients = make_regions(layers, active[first])

    sets = (~is_test, is_test, np.ones(n, dtype=bool))
    distances, neurons = measure_distances(layers, gradients, z, region)
    slope = slopes[region]
    residual = np.abs((slope @ x[:, :, None])[:, :, 0] + offsets[region] - logits).max()
    logit = slope[rows, prediction] * x
    jacobian = -probabilities * confidence[:, None]
    jacobian[rows, prediction] += confidence
    probability = (jacobian[:, None, :] @ slope)[:, 0, :] * x
    contributions = np.maximum(z, 0) * logit_gradients[region, prediction]

    n_regions = len(first)
    cell = region * n_classes + labels
    counts = count(cell, n_regions * n_classes).reshape(n_regions, n_classes)
    class_sums = sum_by_region(x, cell, n_regions * n_classes).reshape(n_regions, n_classes, -1)
    majority = counts.argmax(axis=1)
    class_profiles = slopes * class_sums / np.maximum(counts, 1)[:, :, None]
    profiles = (slopes[np.arange(n_regions), majority] * class_sums.sum(axis=1) /
                counts.sum(axis=1)[:, None])

    return {
        "prediction": prediction, "confidence": confidence, "region": region,
        "distances": distances, "neurons": neurons,
        "boundary": summarise_distances(distances, sets),
        "importance": [measure_importance(logit, probability, rows_of) for rows_of in sets],
        "neuron": measure_neurons(layers, active, contributions, is_test * n_classes + labels,
                                  2 * n_classes),
        "patterns": active[first], "counts": counts, "test": count(region[is_test], n_regions),
        "purity": counts.max(axis=1) / counts.sum(axis=1),
        "profiles": profiles, "class_profiles": class_profiles,
        "confusion": [count(labels[rows_of] * n_classes + prediction[rows_of], n_classes ** 2)
                      for rows_of in sets],
        "residual_max": residual,
    }


def to_json(value):
    if isinstance(value, np.generic) or isinstance(value, np.ndarray):
        return value.tolist()
    raise TypeError(type(value))


def run_whole(model, data, out):
    import pandas

    table = pandas.read_csv(data)
    x = table.drop(columns=["label", "split"]).to_numpy()
    results = analyse(read_model(model), x, table["label"].to_numpy(),
                      (table["split"] == "test").to_numpy())
    # What each row gets is no part of the file that Re3 writes either.
    for name in ("prediction", "confidence", "region", "distances", "neurons"):
        del results[name]
    with open(out, "w") as file:
        json.dump(results, file, default=to_json)


def serve(model, data, check):
    layers = read_model(model)
    n_features = layers[0][0].shape[1]
    columns = np.fromfile(data).reshape(n_features + 2, -1)
    x = np.ascontiguousarray(columns[:n_features].T)
    labels, is_test = columns[-2].astype(int), columns[-1] > 0

    results = analyse(layers, x, labels, is_test)
    np.concatenate([[len(results["counts"])], *results["distances"],
                    results["importance"][2]["logit"],
                    results["importance"][2]["probability"]]).tofile(check)
    print("ready", flush=True)
    for _ in sys.stdin:
        wall, processor = time.perf_counter(), time.process_time()
        analyse(layers, x, labels, is_test)
        processor = time.process_time() - processor
        wall = time.perf_counter() - wall
        print(wall, processor, processor / wall, flush=True)


if __name__ == "__main__":
    {"whole": run_whole, "serve": serve}[sys.argv[1]](*sys.argv[2:])
