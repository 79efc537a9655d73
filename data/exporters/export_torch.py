#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes a PyTorch classifier or regression network as a Re3 model.

    from export_torch import export
    export(model, "model.re3.json", tests=X_test, features=[...], classes=[...], mean=mean, scale=std)

MODEL is a torch.nn.Sequential of the layers below, or a module whose children are used in the order
in which they were made. MEAN and SCALE are those of a scaler in front of it, X = (value - mean) / scale;
TESTS are rows in original units, of which five go into the file with the answers of MODEL itself.
"""

import json

import torch
from torch import nn


def numbers(tensor):
    return tensor.detach().double().cpu().tolist()


def layers_of(module):
    """The layers of MODULE in design order; every other one is refused by name."""
    if isinstance(module, nn.Linear):
        layer = {"type": "linear", "weight": numbers(module.weight)}
        return [{**layer, "bias": numbers(module.bias)} if module.bias is not None else layer]
    if isinstance(module, nn.BatchNorm1d):
        layer = {"type": "batch_norm", "mean": numbers(module.running_mean),
                 "var": numbers(module.running_var), "eps": module.eps}
        if module.affine:
            layer.update(gamma=numbers(module.weight), beta=numbers(module.bias))
        return [layer]
    if isinstance(module, nn.LeakyReLU):
        return [{"type": "leaky_relu", "slope": module.negative_slope}]
    if isinstance(module, nn.PReLU):
        slopes = numbers(module.weight)
        return [{"type": "prelu", "slope": slopes if len(slopes) > 1 else slopes[0]}]
    if isinstance(module, nn.ReLU6):
        return [{"type": "relu6"}]
    if isinstance(module, nn.Hardtanh):
        return [{"type": "hardtanh", "min": module.min_val, "max": module.max_val}]
    for kind, name in ((nn.ReLU, "relu"), (nn.Flatten, "flatten"), (nn.Dropout, "dropout"),
                       (nn.Identity, "identity"), (nn.Softmax, "softmax"),
                       (nn.LogSoftmax, "softmax"), (nn.Sigmoid, "sigmoid")):
        if isinstance(module, kind):
            return [{"type": name}]
    children = list(module.children())
    if not children:
        raise ValueError(f"Re3 does not read the layer {module}")
    return [layer for child in children for layer in layers_of(child)]


def cut_tail(module):
    """MODULE without a softmax or sigmoid at its end: what answers with logits."""
    children = list(module.children())
    if isinstance(module, nn.Sequential) and children and isinstance(
            children[-1], (nn.Softmax, nn.LogSoftmax, nn.Sigmoid)):
        return nn.Sequential(*children[:-1])
    return module


def export(model, path, tests, *, name=None, features=None, classes=None, mean=None, scale=None):
    model.eval()
    parameter = next(model.parameters())
    values = torch.as_tensor(tests, dtype=torch.float64)[:5]
    inputs = values
    if mean is not None:
        inputs = (values - torch.as_tensor(mean)) / torch.as_tensor(scale)
    with torch.no_grad():
        logits = cut_tail(model)(inputs.to(parameter)).double().reshape(len(values), -1)
    layers = layers_of(model)
    if layers[-1]["type"] == "sigmoid":
        logits = torch.cat([torch.zeros_like(logits), logits], dim=1)
    precision = 1e-9 if parameter.dtype == torch.float64 else 1e-4
    document = {"format": "re3-model", "version": 1}
    document.update({key: list(value) if key != "name" else value for key, value in
                     (("name", name), ("features", features), ("classes", classes))
                     if value is not None})
    if mean is not None:
        document["scaler"] = {"mean": [float(v) for v in mean], "scale": [float(v) for v in scale]}
    document["layers"] = layers
    document["tests"] = [
        {"input": value.reshape(-1).tolist(), "logits": answer.tolist(),
         "tolerance": precision * max(1.0, float(answer.abs().max()))}
        for value, answer in zip(values, logits)]
    with open(path, "w") as file:
        json.dump(document, file)
