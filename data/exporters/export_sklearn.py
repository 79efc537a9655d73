#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes a scikit-learn MLPClassifier or MLPRegressor, alone or behind a StandardScaler in a pipeline,
as a Re3 model.

    from export_sklearn import export
    export(model, "model.re3.json", tests=X_test, features=[...])

TESTS are rows in original units, of which five go into the file with the answers of MODEL itself.
"""

import json

import numpy as np
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler


def take_apart(model):
    """The scaler, or None, and the network."""
    steps = [step for _, step in model.steps] if isinstance(model, Pipeline) else [model]
    steps = [step for step in steps if step not in (None, "passthrough")]
    *before, network = steps
    if not isinstance(network, (MLPClassifier, MLPRegressor)):
        raise ValueError(f"Re3 reads MLPClassifier and MLPRegressor, not {network}")
    if len(before) > 1 or not all(isinstance(step, StandardScaler) for step in before):
        raise ValueError(f"Re3 reads one StandardScaler before the network, not {before}")
    if network.activation not in ("relu", "identity"):
        raise ValueError(f"Re3 reads networks with relu, not {network.activation}")
    return before[0] if before else None, network


def answer(network, x):
    """scikit-learn's own forward pass, without its last activation."""
    kept, network.out_activation_ = network.out_activation_, "identity"
    try:
        return network._forward_pass_fast(x)
    finally:
        network.out_activation_ = kept


def layers_of(network):
    layers = []
    for weight, bias in zip(network.coefs_, network.intercepts_):
        if layers and network.activation == "relu":
            layers.append({"type": "relu"})
        layers.append({"type": "linear", "weight": weight.T.tolist(), "bias": bias.tolist()})
    if isinstance(network, MLPClassifier):
        if network.out_activation_ == "logistic" and len(network.classes_) > 2:
            raise ValueError("Re3 does not read networks for several labels at once")
        layers.append({"type": "sigmoid" if network.out_activation_ == "logistic" else "softmax"})
    return layers


def export(model, path, tests, *, name=None, features=None, outputs=None):
    scaler, network = take_apart(model)
    values = np.asarray(tests, dtype=np.float64)[:5]
    logits = answer(network, values if scaler is None else scaler.transform(values))
    layers = layers_of(network)
    if layers[-1]["type"] == "sigmoid":
        logits = np.hstack([np.zeros_like(logits), logits])
    if features is None:
        features = getattr(model, "feature_names_in_", None)
    document = {"format": "re3-model", "version": 1}
    if name is not None:
        document["name"] = name
    if features is not None:
        document["features"] = [str(feature) for feature in features]
    if isinstance(network, MLPClassifier):
        document["classes"] = [str(label) for label in network.classes_]
    else:
        document["task"] = "regression"
        if outputs is not None:
            document["outputs"] = [str(output) for output in outputs]
    if scaler is not None:
        n_features = values.shape[1]
        mean = scaler.mean_ if scaler.with_mean else np.zeros(n_features)
        scale = scaler.scale_ if scaler.with_std else np.ones(n_features)
        document["scaler"] = {"mean": mean.tolist(), "scale": scale.tolist()}
    document["layers"] = layers
    document["tests"] = [
        {"input": value.tolist(), "logits": row.tolist(),
         "tolerance": 1e-9 * max(1.0, float(np.abs(row).max()))}
        for value, row in zip(values, logits)]
    with open(path, "w") as file:
        json.dump(document, file)
