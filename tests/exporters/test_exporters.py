#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Exports models as people would, and has re3-cli say whether it reproduces what they answered.

Usage: test_exporters.py RE3_CLI EXPORTERS. PyTorch and scikit-learn are asked where they are
installed; the Keras exporter asks layers for their weights only, so it is given such layers.
"""

import importlib.util
import json
import pathlib
import subprocess
import sys
import tempfile

SKIPPED = 77


def is_installed(module):
    return importlib.util.find_spec(module) is not None


def info(path):
    result = subprocess.run([CLI, "info", "--json", str(path)], capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


def check(path, shape, **wanted):
    model = info(path)
    assert model["tests"]["count"] == 5, model["tests"]
    assert model["tests"]["reproduced"], model["tests"]
    assert model["shape"] == shape, model["shape"]
    for key, value in wanted.items():
        assert model[key] == value, (key, model[key])
    print(f"{path.name}: {shape}, worst difference {model['tests']['worst']:.1e}")


def must_refuse(function, saying):
    try:
        function()
    except ValueError as error:
        assert saying in str(error), error
    else:
        raise AssertionError(f"not refused: {saying}")


def test_torch(folder):
    import torch
    from torch import nn
    from export_torch import export

    torch.manual_seed(1)
    path = folder / "torch.re3.json"
    tests = torch.randn(9, 4) * 3 + 1
    mean, scale = [1.0, 0.5, 1.5, 1.0], [3.0, 2.0, 1.0, 4.0]
    body = nn.Sequential(nn.Linear(4, 6), nn.BatchNorm1d(6), nn.LeakyReLU(0.2), nn.Dropout(0.5),
                         nn.Linear(6, 5, bias=False), nn.PReLU(5), nn.Linear(5, 5), nn.ReLU6(),
                         nn.Linear(5, 5), nn.Hardtanh(-0.5, 2), nn.Linear(5, 3))
    body(torch.randn(50, 4))
    export(nn.Sequential(body, nn.Softmax(dim=1)), path, tests, name="net",
           features=["a", "b", "c", "d"], classes=["x", "y", "z"], mean=mean, scale=scale)
    check(path, "4-6-5-5-5-3", classes=["x", "y", "z"], name="net", scaler=True)
    export(nn.Sequential(nn.Linear(4, 3), nn.ReLU(), nn.Linear(3, 1), nn.Sigmoid()).double(), path,
           tests)
    check(path, "4-3-2")
    export(nn.Sequential(nn.Linear(4, 3), nn.ReLU(), nn.Linear(3, 1)), path, tests)
    check(path, "4-3-1")
    must_refuse(lambda: export(nn.Sequential(nn.Linear(4, 3), nn.Tanh(), nn.Linear(3, 2)), path,
                               tests), "Tanh")


def test_sklearn(folder):
    from sklearn.datasets import load_iris
    from sklearn.neural_network import MLPClassifier, MLPRegressor
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import MinMaxScaler, StandardScaler
    from export_sklearn import export

    iris = load_iris()
    x, y = iris.data, iris.target
    path = folder / "sklearn.re3.json"
    options = {"random_state": 1, "max_iter": 30}
    model = make_pipeline(StandardScaler(), MLPClassifier((7, 5), **options))
    export(model.fit(x, iris.target_names[y]), path, x[::30], features=iris.feature_names)
    check(path, "4-7-5-3", classes=["setosa", "versicolor", "virginica"], scaler=True)
    export(MLPClassifier((6,), **options).fit(x, y > 0), path, x[::30])
    check(path, "4-6-2", classes=["False", "True"], scaler=False)
    export(make_pipeline(StandardScaler(with_mean=False), MLPRegressor((6,), **options))
           .fit(x[:, :3], x[:, 3]), path, x[::30, :3], outputs=["petal width"])
    check(path, "3-6-1", scaler=True)
    must_refuse(lambda: export(make_pipeline(MinMaxScaler(), MLPClassifier((6,), **options))
                               .fit(x, y), path, x), "one StandardScaler")
    must_refuse(lambda: export(MLPClassifier((6,), activation="tanh", **options).fit(x, y), path, x),
                "tanh")


class Layer:
    """What the Keras exporter asks of a layer: its class, its weights, its attributes."""

    def __init__(self, *weights, **attributes):
        self.weights = weights
        self.__dict__.update(attributes)

    def get_weights(self):
        return list(self.weights)


def make_layer(kind, *weights, **attributes):
    return type(kind, (Layer,), {})(*weights, **attributes)


class Model:
    def __init__(self, layers, predict):
        self.layers, self.predict = layers, predict


def test_keras(folder):
    import numpy as np
    from export_keras import export

    rng = np.random.default_rng(2)
    w1, b1, w2, b2 = (rng.normal(size=size) for size in ((4, 6), 6, (6, 3), 3))
    gamma, beta, mean, variance = (rng.uniform(0.5, 1.5, 6) for _ in range(4))
    shift, spread = rng.normal(size=4), rng.uniform(0.5, 2, 4)
    tests = rng.normal(size=(7, 4))
    relu = type("relu", (), {"__name__": "relu"})()

    def hidden(x):
        h = np.maximum((x - shift) / np.sqrt(spread) @ w1 + b1, 0)
        return (h - mean) / np.sqrt(variance + 1e-3) * gamma + beta

    def softmax(x):
        z = hidden(x) @ w2 + b2
        return np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)

    layers = [make_layer("InputLayer"), make_layer("Normalization", mean=shift, variance=spread),
              make_layer("Dense", w1, b1, activation=relu), make_layer("Dropout"),
              make_layer("BatchNormalization", gamma, beta, mean, variance, scale=True, center=True,
                         epsilon=1e-3)]
    path = folder / "keras.re3.json"
    export(Model([*layers, make_layer("Dense", w2, b2, activation="softmax")], softmax), path, tests,
           classes=["x", "y", "z"])
    check(path, "4-6-3", classes=["x", "y", "z"], scaler=True)
    export(Model([*layers, make_layer("Dense", w2[:, :1], b2[:1], activation="sigmoid")],
                 lambda x: 1 / (1 + np.exp(-(hidden(x) @ w2[:, :1] + b2[:1])))), path, tests)
    check(path, "4-6-2")
    export(Model([*layers, make_layer("Dense", w2[:, :1], activation="linear")],
                 lambda x: hidden(x) @ w2[:, :1]), path, tests)
    check(path, "4-6-1")
    must_refuse(lambda: export(Model([make_layer("Conv2D")], None), path, tests), "Conv2D")


def main():
    global CLI
    CLI = sys.argv[1]
    sys.path.insert(0, sys.argv[2])
    tried = 0
    with tempfile.TemporaryDirectory() as folder:
        for module, test in (("torch", test_torch), ("sklearn", test_sklearn), ("numpy", test_keras)):
            if is_installed(module):
                test(pathlib.Path(folder))
                tried += 1
            else:
                print(f"{module} is not installed")
    return 0 if tried else SKIPPED


if __name__ == "__main__":
    sys.exit(main())
