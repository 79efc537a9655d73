# SPDX-License-Identifier: GPL-3.0-or-later
"""A whole data set, one sample after the other."""

import numpy as np

import network as net

METRICS = ["l2", "l1", "linf", "paper"]
SETS = ["train", "test", "all"]
PERCENTILES = [0, 25, 50, 75, 100, 10, 25, 50]
N_TOPS = 3
AMBIGUOUS = -2


class Row:
    """All that is known of one sample."""

    def __init__(self, network, x):
        self.x = x
        self.z, self.h, self.logits = network.forward(x)
        self.masks = network.masks(self.z)
        self.text = network.pattern_text(self.z)
        self.active = [network.active(layer, z) for layer, z in enumerate(self.z)]
        self.prediction = int(np.argmax(self.logits))
        self.probabilities = net.softmax(self.logits)
        self.confidence = np.max(self.probabilities)
        self.slope = network.jacobian(self.masks, network.n_hidden_layers())
        self.distances = net.all_distances(network, self.z, self.masks)

        jacobian = net.softmax_jacobian(self.probabilities)[self.prediction]
        self.logit = self.slope[self.prediction] * x
        self.probability = jacobian @ self.slope * x
        self.neurons = [
            h * network.logit_gradient(self.masks, layer)[self.prediction]
            for layer, h in enumerate(self.h)
        ]
        self.check(network)

    def check(self, network):
        """No expected bit or rank may hang on rounding; what is exactly 0 or equal does not."""
        for layer in range(network.n_hidden_layers()):
            sizes = np.linalg.norm(network.jacobian(self.masks, layer), axis=1)
            for j, (thresholds, _, _) in enumerate(network.activations[layer]):
                reserves = np.abs(self.z[layer][j] - np.array(thresholds))
                assert np.all((reserves > 1e-7 * sizes[j]) | (reserves == 0))
        for contributions in [self.logit] + self.neurons:
            gaps = np.diff(np.sort(np.abs(contributions)))
            assert np.all((gaps > 1e-10) | (gaps == 0))
        top = np.sort(self.logits)
        assert top[-1] - top[-2] > 1e-9 or top[-1] == top[-2]

    def distance(self, metric):
        return min([distance for distance, _ in self.distances[metric]], default=np.inf)

    def limit(self, metric):
        """The neuron that limits the distance; several where more than rounding cannot tell."""
        nearest = self.distance(metric)
        if np.isinf(nearest):
            return -1
        near = [neuron for distance, neuron in self.distances[metric]
                if distance <= nearest * (1 + 1e-9)]
        # Neurons 1 and 2 are twins of neuron 0.
        near = sorted({0 if neuron in (1, 2) else neuron for neuron in near})
        return near[0] if len(near) == 1 else AMBIGUOUS


def percentiles(numbers, shares):
    return np.percentile(numbers, shares) if len(numbers) else np.full(len(shares), np.nan)


def mean(numbers, axis=None):
    return np.mean(numbers, axis=axis) if len(numbers) else np.nan


def ratio(part, whole):
    return part / whole if whole else np.nan


def descending(magnitudes):
    return sorted(range(len(magnitudes)), key=lambda i: (-magnitudes[i], i))


def steps_of_curve(distances):
    """0.01, 0.02, 0.05, ... 1, and on until no finite distance is larger."""
    steps = [float(f"{digit}e{power}") for power in range(-2, 9) for digit in (1, 2, 5)]
    n = 7
    while steps[n - 1] < max([d for d in distances if np.isfinite(d)], default=0):
        n += 1
    return steps[:n]


def boundaries(rows, members):
    entries = []
    for metric in METRICS:
        distances = np.array([row.distance(metric) for row in rows])
        entries.append((f"distance.{metric}", distances))
        entries.append((f"limit.{metric}", [row.limit(metric) for row in rows]))
        for name in SETS:
            chosen = distances[members[name]]
            if np.all(np.isfinite(chosen)):
                entries.append((f"summary.{metric}.{name}", percentiles(chosen, PERCENTILES)))
            steps = steps_of_curve(chosen)
            entries.append((f"steps.{metric}.{name}", steps))
            entries.append((f"valid.{metric}.{name}", [mean(chosen > step) for step in steps]))
    return entries


def importance(rows, members):
    entries = []
    for name in SETS:
        chosen = [rows[i] for i in np.flatnonzero(members[name])]
        n_features = len(rows[0].x)
        missing = np.full(n_features, np.nan)
        ranks = np.zeros((n_features, n_features), dtype=int)
        for row in chosen:
            for rank, feature in enumerate(descending(np.abs(row.logit))):
                ranks[feature, rank] += row.logit[feature] != 0
        for kind in ["logit", "probability"]:
            numbers = np.array([getattr(row, kind) for row in chosen])
            entries += [
                (f"{kind}_absolute.{name}", np.mean(np.abs(numbers), 0) if chosen else missing),
                (f"{kind}_signed.{name}", np.mean(numbers, 0) if chosen else missing),
            ]
        entries.append((f"ranks.{name}", ranks))
    return entries


def neurons(rows, members, labels, n_classes):
    """Of each neuron: samples in which it is active, the mean of its |contribution|, and in how many
    samples it is among the first 1, 2, 3 of its layer."""
    entries = []
    groups = [(name, "all", members[name]) for name in SETS]
    groups += [("all", c, labels == c) for c in range(-1, n_classes)]
    for name, c, chosen in groups:
        numbers = []
        for layer in range(len(rows[0].z)):
            width = len(rows[0].z[layer])
            active = np.zeros(width, dtype=int)
            tops = np.zeros((width, N_TOPS), dtype=int)
            sizes = [np.abs(rows[i].neurons[layer]) for i in np.flatnonzero(chosen)]
            for i, size in zip(np.flatnonzero(chosen), sizes):
                active += rows[i].active[layer]
                for place, neuron in enumerate(descending(size)[:N_TOPS]):
                    if size[neuron] > 0:
                        tops[neuron, place:] += 1
            for j in range(width):
                numbers += [active[j], mean([size[j] for size in sizes]), *tops[j]]
        entries.append((f"n.{name}.{c}", [int(np.sum(chosen))]))
        entries.append((f"neurons.{name}.{c}", numbers))
    return entries


def quality(predictions, labels, members, n_classes):
    entries = []
    known = labels != -1
    for name in SETS:
        chosen = members[name] & known
        confusion = np.array([[np.sum(chosen & (labels == a) & (predictions == p))
                               for p in range(n_classes)] for a in range(n_classes)])
        report = []
        for c in range(n_classes):
            hits = confusion[c, c]
            n_predicted, n_actual = np.sum(confusion[:, c]), np.sum(confusion[c])
            report += [ratio(hits, n_predicted), ratio(hits, n_actual),
                       ratio(2 * hits, n_predicted + n_actual), n_actual]
        entries += [
            (f"accuracy.{name}", [mean(predictions[chosen] == labels[chosen])]),
            (f"confusion.{name}", confusion),
            (f"report.{name}", report),
        ]
    return entries


def scaler(points, is_train):
    """Mean and scale as scikit-learn's StandardScaler has them."""
    if not np.any(is_train):
        return []
    chosen = points[is_train]
    scale = np.std(chosen, axis=0)
    constant = [len(set(column)) == 1 for column in chosen.T]
    return [("mean", np.mean(chosen, axis=0)), ("scale", np.where(constant, 1, scale))]


def regions(rows, labels, is_test, n_classes):
    texts = np.array([row.text for row in rows])
    # Bars sort behind digits, but stand at the same places in all texts.
    unique, counts = np.unique(texts, return_counts=True)
    order = sorted(range(len(unique)), key=lambda r: (-counts[r], unique[r]))
    patterns = [str(unique[r]) for r in order]
    entries = [
        ("regions", [patterns.index(text) for text in texts]),
        ("patterns", patterns if len(rows[0].z) else []),
    ]

    n_train = np.array([np.sum((texts == text) & ~is_test) for text in patterns])
    n_test = np.array([np.sum((texts == text) & is_test) for text in patterns])
    for r, text in enumerate(patterns):
        inside = texts == text
        of_class = [int(np.sum(labels[inside] == c)) for c in range(n_classes)]
        labelled = sum(of_class)
        if labelled:
            majority = int(np.argmax(of_class))
        else:
            votes = [rows[i].prediction for i in np.flatnonzero(inside)]
            majority = int(np.argmax(np.bincount(votes, minlength=n_classes)))
        entries += [
            (f"sizes.{r}", [n_train[r], n_test[r]]),
            (f"counts.{r}", of_class),
            (f"purity.{r}", [majority if labelled else -1, ratio(max(of_class), labelled)]),
            (f"profile.{r}",
             np.mean([rows[i].slope[majority] * rows[i].x for i in np.flatnonzero(inside)], 0)),
        ]
        for c in range(n_classes):
            chosen = np.flatnonzero(inside & (labels == c))
            if len(chosen):
                profile = np.mean([rows[i].slope[c] * rows[i].x for i in chosen], axis=0)
                entries.append((f"class_profile.{r}.{c}", profile))

    biggest = np.sort(n_test)[::-1]
    entries.append(
        ("region_counts",
         [len(patterns), np.sum(n_train > 0), np.sum(n_test > 0),
          np.sum((n_train > 0) & (n_test > 0)), np.sum((n_train == 0) & (n_test > 0)),
          ratio(biggest[0], np.sum(n_test)), ratio(np.sum(biggest[:n_classes]), np.sum(n_test))]))
    return entries


def analyse(network, points, labels, is_test):
    n_classes = network.widths[-1]
    labels = np.array(labels)
    is_test = np.array(is_test) == 1
    members = {"train": ~is_test, "test": is_test, "all": np.ones(len(labels), dtype=bool)}
    rows = [Row(network, x) for x in points]
    predictions = np.array([row.prediction for row in rows])
    entries = [
        ("predictions", predictions),
        ("confidences", [row.confidence for row in rows]),
    ]
    entries += regions(rows, labels, is_test, n_classes)
    entries += boundaries(rows, members)
    entries += importance(rows, members)
    entries += neurons(rows, members, labels, n_classes)
    entries += quality(predictions, labels, members, n_classes)
    entries += scaler(points, ~is_test)
    return entries
