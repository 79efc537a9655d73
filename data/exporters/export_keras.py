#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes a Keras classifier or regression network as a Re3 model.

    from export_keras import export
    export(model, "model.re3.json", tests=X_test, features=[...], classes=[...])

MODEL is a keras.Sequential of the layers below; a Normalization layer in front becomes the scaler.
TESTS are rows in original units, of which five go into the file with the answers of MODEL itself.
It asks layers for their class, weights and attributes only, and does not import Keras.
"""

import json

import numpy as np


def numbers(array):
    return np.asarray(array, dtype=np.float64).tolist()


def kind_of(layer):
    return type(layer).__name__


def activation_layer(name):
    if name in (None, "linear"):
        return []
    if name in ("relu", "relu6", "softmax", "log_softmax", "sigmoid"):
        return [{"type": "softmax" if name == "log_softmax" else name}]
    raise ValueError(f"Re3 does not read the activation {name}")


def activation_of(layer):
    activation = getattr(layer, "activation", None)
    return activation_layer(getattr(activation, "__name__", activation))


def relu_layer(layer):
    slope, top = getattr(layer, "negative_slope", 0) or 0, getattr(layer, "max_value", None)
    if getattr(layer, "threshold", 0) or (slope and top is not None):
        raise ValueError("Re3 does not read a ReLU with a threshold, or with both slope and maximum")
    if top is not None:
        return {"type": "clip", "min": 0, "max": float(top)}
    return {"type": "leaky_relu", "slope": float(slope)} if slope else {"type": "relu"}


def layers_of(layer):
    """The layers that LAYER is; every other one is refused by name."""
    kind, weights = kind_of(layer), layer.get_weights()
    if kind == "Dense":
        dense = {"type": "linear", "weight": numbers(np.transpose(weights[0]))}
        return [{**dense, "bias": numbers(weights[1])} if len(weights) > 1 else dense,
                *activation_of(layer)]
    if kind == "BatchNormalization":
        names = ["gamma"] * bool(layer.scale) + ["beta"] * bool(layer.center) + ["mean", "var"]
        return [{"type": "batch_norm", "eps": float(layer.epsilon),
                 **{name: numbers(array) for name, array in zip(names, weights)}}]
    if kind == "LeakyReLU":
        slope = getattr(layer, "negative_slope", None)
        return [{"type": "leaky_relu", "slope": float(layer.alpha if slope is None else slope)}]
    if kind == "PReLU":
        return [{"type": "prelu", "slope": numbers(np.reshape(weights[0], -1))}]
    if kind == "ReLU":
        return [relu_layer(layer)]
    if kind == "Softmax":
        return [{"type": "softmax"}]
    if kind == "Activation":
        return activation_of(layer)
    if kind in ("InputLayer", "Dropout", "GaussianNoise", "GaussianDropout", "Flatten"):
        return []
    raise ValueError(f"Re3 does not read the layer {kind}")


def logits_of(probabilities, last):
    """What went into the last activation, but for what a softmax does not tell: a sum over classes."""
    if last == "softmax":
        logits = np.log(probabilities)
        return logits - logits.mean(axis=1, keepdims=True)
    if last == "sigmoid":
        logits = np.log(probabilities) - np.log1p(-probabilities)
        return np.hstack([np.zeros_like(logits), logits])
    return probabilities


def fold_mean(layers):
    """Takes the mean off the logits, which changes no probability: so that logits_of() are theirs."""
    linear = [layer for layer in layers if layer["type"] == "linear"][-1]
    weight = np.array(linear["weight"])
    bias = np.array(linear.get("bias", np.zeros(len(weight))))
    linear["weight"] = (weight - weight.mean(axis=0)).tolist()
    linear["bias"] = (bias - bias.mean()).tolist()


def export(model, path, tests, *, name=None, features=None, classes=None):
    document = {"format": "re3-model", "version": 1}
    document.update({key: list(value) if key != "name" else value for key, value in
                     (("name", name), ("features", features), ("classes", classes))
                     if value is not None})
    layers = list(model.layers)
    if layers and kind_of(layers[0]) == "InputLayer":
        layers = layers[1:]
    values = np.asarray(tests, dtype=np.float64)[:5]
    if layers and kind_of(layers[0]) == "Normalization":
        mean, variance = np.reshape(layers[0].mean, -1), np.reshape(layers[0].variance, -1)
        document["scaler"] = {"mean": numbers(mean),
                              "scale": numbers(np.maximum(np.sqrt(variance), 1e-7))}
        layers = layers[1:]
    document["layers"] = [made for layer in layers for made in layers_of(layer)]
    last = document["layers"][-1]["type"]
    if last == "softmax":
        fold_mean(document["layers"])
    answers = np.asarray(model.predict(values), dtype=np.float64).reshape(len(values), -1)
    document["tests"] = [
        {"input": value.reshape(-1).tolist(), "logits": row.tolist(),
         "tolerance": 1e-3 * max(1.0, float(np.abs(row).max()))}
        for value, row in zip(values, logits_of(answers, last)) if np.isfinite(row).all()]
    with open(path, "w") as file:
        json.dump(document, file)
