# SPDX-License-Identifier: GPL-3.0-or-later
"""A network, one sample, and the way from one sample to another, from the formulas."""

import itertools

import numpy as np


class Network:
    """With activations, by hidden layer and neuron (thresholds, slopes, intercepts), its neurons are
    on piece s of them where s thresholds lie below z; without, they are ReLU or leaky ReLU."""

    def __init__(self, widths, slopes, seed, activations=None):
        random = np.random.RandomState(seed)
        self.widths = widths
        self.slopes = slopes
        self.activations = activations or [
            [([0.0], [slope, 1.0], [0.0, 0.0])] * width for slope, width in zip(slopes, widths[1:])
        ]
        self.tables = [[np.array(part) for part in zip(*neurons)] for neurons in self.activations]
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
        for layer in range(self.n_hidden_layers()):
            z.append(self.weights[layer] @ x + self.biases[layer])
            slopes, intercepts = self.pieces(layer, z[layer])
            x = slopes * z[layer] + intercepts
            h.append(x)
        return z, h, self.weights[-1] @ x + self.biases[-1]

    def masks(self, z):
        """The diagonal matrices S_1 ... S_L-1 at pre-activations z."""
        return [np.diag(self.pieces(layer, zl)[0]) for layer, zl in enumerate(z)]

    def states(self, layer, z):
        return np.sum(z[:, None] > self.tables[layer][0], axis=1)

    def pieces(self, layer, z):
        """The slopes and the intercepts of the pieces that the neurons of a layer are on."""
        _, slopes, intercepts = self.tables[layer]
        chosen = np.arange(len(z)), self.states(layer, z)
        return slopes[chosen], intercepts[chosen]

    def active(self, layer, z):
        """Whether each neuron is on its steepest piece, or one as steep."""
        steepest = np.max(np.abs(self.tables[layer][1]), axis=1)
        return np.abs(self.pieces(layer, z)[0]) == steepest

    def pattern_text(self, z):
        return "|".join("".join(str(state) for state in self.states(layer, zl))
                        for layer, zl in enumerate(z))

    def jacobian(self, masks, layer):
        """Of what layer `layer` computes before its rectifier, with respect to x: W S ... S W."""
        product = self.weights[layer]
        for previous in reversed(range(layer)):
            product = product @ masks[previous] @ self.weights[previous]
        return product

    def offset(self, masks, layer, z):
        """The affine map's value at x = 0, from the masks and the intercepts alone."""
        value = self.biases[0]
        for l in range(layer):
            intercepts = self.pieces(l, z[l])[1]
            value = self.weights[l + 1] @ (masks[l] @ value + intercepts) + self.biases[l + 1]
        return value

    def logit_gradient(self, masks, layer):
        """d logits / d h of hidden layer `layer`."""
        product = self.weights[-1]
        for l in reversed(range(layer + 1, self.n_hidden_layers())):
            product = product @ masks[l] @ self.weights[l]
        return product


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
                for threshold in network.activations[layer][j][0]:
                    if size > 0:
                        found[metric].append((abs(z[layer][j] - threshold) / size, neuron))
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
            for threshold, i in itertools.product(network.activations[layer][j][0], range(len(x))):
                if gradients[j, i] == 0:
                    continue
                step = (threshold - zj) / gradients[j, i]  # where z_j is on the threshold
                # A neuron above runs into it while falling, one below while rising.
                runs_down = (zj > threshold) == (gradients[j, i] > 0)
                if runs_down:
                    low[i] = max(low[i], x[i] + step)
                else:
                    high[i] = min(high[i], x[i] + step)
    return low, high


def layerwise_relevance(network, x, z, h, logits, c):
    """LRP-0 with the biases in the denominators, which are then the pre-activations, and with the
    intercepts of the pieces too, which are then the activations."""
    relevance = np.zeros(len(logits))
    relevance[c] = logits[c]
    before = [x] + h
    after = z + [logits]
    for layer in reversed(range(len(network.weights))):
        passed = np.zeros(len(before[layer]))
        hidden = layer < network.n_hidden_layers()
        slopes, intercepts = network.pieces(layer, z[layer]) if hidden else (None, None)
        for k in range(len(relevance)):
            if relevance[k] != 0:
                share = before[layer] * network.weights[layer][k]
                if hidden and intercepts[k] != 0:
                    share = share * slopes[k] / h[layer][k]
                else:
                    share = share / after[layer][k]
                passed = passed + share * relevance[k]
        relevance = passed
    return relevance


# Along a line


def breakpoints(network, start, end, n_samples=4096):
    """Where the pattern changes, by bisection between samples. Two changes between neighbouring
    samples that cancel each other would be missed; more samples make that unlikely."""
    def text(t):
        return network.pattern_text(network.forward((1 - t) * start + t * end)[0])

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
