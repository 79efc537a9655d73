# SPDX-License-Identifier: GPL-3.0-or-later
"""A network, one sample, and the way from one sample to another, from the formulas."""

import numpy as np


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


def all_distances(network, z, masks):
    """By metric (L2, L1, Linf and the paper's rho): (distance, neuron) for each neuron."""
    found = {"l2": [], "l1": [], "linf": [], "paper": []}
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
                if size > 0:
                    found[metric].append((abs(z[layer][j]) / size, neuron))
            neuron += 1
    return found


def distances(network, z, masks):
    """By metric: the smallest distance, and its neuron."""
    found = all_distances(network, z, masks)
    return {metric: min(found[metric], default=(np.inf, -1)) for metric in found}


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
