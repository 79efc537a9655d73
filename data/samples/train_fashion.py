#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Trains fashion-32-16.re3.json on Fashion-MNIST, and copies the first test pictures beside it.

Needs Debian's python3-torch and dataset-fashion-mnist; Re3 itself needs no Python. The network sees
the 60,000 training pictures only; the 10,000 test pictures tell its accuracy, and the first of them
are what Re3 opens. Pixels are divided by 255 and moved by a pixel now and then; cross entropy, Adam,
weight decay, learning rate down to nothing along a cosine. One thread and fixed seeds: the same
versions on the same processor give the same files.

The weights are rounded to few digits, which is what the file holds: the logits of its tests and the
accuracies are those of the rounded network in double precision.
"""

import argparse
import gzip
import json
import pathlib
import struct

import numpy
import torch

HERE = pathlib.Path(__file__).resolve().parent
DATA = pathlib.Path("/usr/share/datasets/fashion-mnist")

CLASSES = ["T-shirt", "trousers", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag",
           "ankle boot"]
HIDDEN = (32, 16)
EPOCHS = 20
BATCH = 128
LEARNING_RATE = 0.003
WEIGHT_DECAY = 1e-4
SEED = 1
DIGITS = 5

N_SHIPPED = 300
N_TESTS = 5
TOLERANCE = 1e-9


def read_idx(path):
    content = gzip.decompress(path.read_bytes())
    n_dimensions = content[3]
    shape = struct.unpack_from(f">{n_dimensions}I", content, 4)
    return numpy.frombuffer(content, numpy.uint8, offset=4 + 4 * n_dimensions).reshape(shape)


def write_idx(path, array):
    """IDX as MNIST has it, packed without a time, so that it is the same file again."""
    header = struct.pack(f">HBB{array.ndim}I", 0, 8, array.ndim, *array.shape)
    path.write_bytes(gzip.compress(header + array.tobytes(), mtime=0))


def read_part(folder, part):
    return (read_idx(folder / f"{part}-images-idx3-ubyte.gz"),
            read_idx(folder / f"{part}-labels-idx1-ubyte.gz"))


def make_network(n_inputs):
    layers = []
    for width in HIDDEN:
        layers += [torch.nn.Linear(n_inputs, width), torch.nn.ReLU()]
        n_inputs = width
    return torch.nn.Sequential(*layers, torch.nn.Linear(n_inputs, len(CLASSES)))


def shift(pictures):
    """Moves a batch by -1, 0 or 1 pixels each way."""
    down, right = torch.randint(-1, 2, (2,)).tolist()
    return torch.roll(pictures, (down, right), dims=(1, 2))


def train(images, labels):
    torch.manual_seed(SEED)
    network = make_network(images[0].size)
    pictures = torch.tensor(images, dtype=torch.float32) / 255
    targets = torch.tensor(labels, dtype=torch.int64)
    optimizer = torch.optim.AdamW(network.parameters(), lr=LEARNING_RATE,
                                  weight_decay=WEIGHT_DECAY)
    n_steps = EPOCHS * -(-len(targets) // BATCH)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, n_steps)
    loss = torch.nn.CrossEntropyLoss()
    for _ in range(EPOCHS):
        for batch in torch.randperm(len(targets)).split(BATCH):
            optimizer.zero_grad()
            loss(network(shift(pictures[batch]).flatten(1)), targets[batch]).backward()
            optimizer.step()
            schedule.step()
    return network


def round_network(network):
    """Each number with few decimal digits, as a double."""
    network = network.double()
    with torch.no_grad():
        for parameter in network.parameters():
            rounded = [float(f"{x:.{DIGITS}g}") for x in parameter.flatten().tolist()]
            parameter.copy_(torch.tensor(rounded, dtype=torch.float64).view_as(parameter))
    return network


def answer(network, images):
    with torch.no_grad():
        return network(torch.tensor(images.reshape(len(images), -1), dtype=torch.float64) / 255)


def accuracy(network, images, labels):
    return (answer(network, images).argmax(dim=1).numpy() == labels).mean()


def as_model(network, images):
    rows, columns = images[0].shape
    layers = []
    for layer in network:
        if isinstance(layer, torch.nn.Linear):
            layers.append({"type": "linear", "weight": layer.weight.tolist(),
                           "bias": layer.bias.tolist()})
        else:
            layers.append({"type": "relu"})
    tests = images[:N_TESTS]
    return {
        "format": "re3-model",
        "version": 1,
        "name": "fashion " + "-".join(map(str, HIDDEN)),
        "features": [f"p({r},{c})" for r in range(1, rows + 1) for c in range(1, columns + 1)],
        "classes": CLASSES,
        "scaler": {"mean": [0] * rows * columns, "scale": [255] * rows * columns},
        "layers": layers,
        "tests": [{"input": image.flatten().tolist(), "logits": logits, "tolerance": TOLERANCE}
                  for image, logits in zip(tests, answer(network, tests).tolist())],
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=pathlib.Path, default=DATA)
    parser.add_argument("--output", type=pathlib.Path, default=HERE)
    options = parser.parse_args()

    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    train_images, train_labels = read_part(options.data, "train")
    test_images, test_labels = read_part(options.data, "t10k")
    network = round_network(train(train_images, train_labels))

    model = as_model(network, test_images)
    (options.output / "fashion-32-16.re3.json").write_text(
        json.dumps(model, separators=(",", ":")) + "\n")
    write_idx(options.output / "fashion-images-idx3-ubyte.gz", test_images[:N_SHIPPED])
    write_idx(options.output / "fashion-labels-idx1-ubyte.gz", test_labels[:N_SHIPPED])
    print("training", round(accuracy(network, train_images, train_labels), 4))
    print("test", round(accuracy(network, test_images, test_labels), 4))
    print("shipped", round(accuracy(network, test_images[:N_SHIPPED], test_labels[:N_SHIPPED]), 4))


if __name__ == "__main__":
    main()
