"""Checks of chapter 9's exercises: layers, models, convolutions and residual blocks."""

from __future__ import annotations

from numbers import Integral

import numpy as np
import torch
import torch.nn.functional as tf
from torch import Tensor, nn

from helpers.checks.modules import made, require_registered
from helpers.checks.networks import diagnose_convolutions, diagnose_logits, diagnose_skip
from helpers.checks.report import (
    call,
    exercise,
    function,
    number,
    reject,
    require,
    same,
    tensor,
    whole_number,
    wrong,
)
from helpers.checks.usual import reject_usual


@exercise
def parameters_counted(answer: object) -> str:
    """Judge the number of parameters of 3 x 32 x 32 inputs, 256 hidden numbers, 10 classes."""
    count = whole_number(answer)
    pixels, hidden, classes = 3 * 32 * 32, 256, 10
    weights, biases = hidden * (pixels + classes), hidden + classes
    usual = {
        weights: "the weights are all there; each sum has a bias too.",
        weights + hidden: "the ten sums of the last layer have biases too.",
        weights + classes: "the sums of the hidden layer have biases too.",
        hidden * (pixels // 3 + classes) + biases: "a colour picture has three channels.",
        hidden * pixels + hidden: "that is the first layer alone.",
        hidden * classes + classes: "that is the last layer alone.",
        weights + biases + hidden: "ReLU holds no parameters, and a bias counts once.",
        pixels
        * hidden
        * classes: "widths of neighbours are multiplied, and the products of the layers added.",
    }
    reject(count in usual, usual.get(count, ""))
    reject(count < weights, "that is fewer than there are weights: pixels times 256, and 256 times 10.")
    require(
        count == weights + biases,
        "too many, or not all of them: weights and biases of two layers are asked for.",
    )
    return "each layer holds inputs times outputs, and one bias for each output."


#: (n, kernel_size, stride, padding): between them strides that divide and do not, and padding.
SIZES = (
    (32, 5, 1, 0),
    (28, 3, 1, 1),
    (10, 3, 2, 0),
    (11, 3, 2, 1),
    (224, 7, 2, 3),
    (13, 4, 3, 2),
    (12, 3, 2, 0),
    (5, 5, 1, 0),
)


@exercise
def output_size(answer: object) -> str:
    """Judge a function ``(n, kernel_size, stride, padding) -> int`` against ``nn.Conv2d``."""
    size = function(answer)
    results = []
    for case in SIZES:
        result = call(size, *case, given=_case_text(case))
        results.append(number(result, f"with {_case_text(case)}, the size"))
        float_of_it = results[-1] == _true_size(*case) and not _is_int(result)
        reject(float_of_it, f"with {_case_text(case)}: the value is right, and a float; // keeps it an int.")
    _diagnose_sizes(results)
    return f"{len(SIZES)} layers return maps of just these sizes."


def _is_int(value: object) -> bool:
    """Tell whether a number of Python, NumPy or torch is of an integer type."""
    value = value.item() if isinstance(value, (Tensor, np.ndarray, np.generic)) else value
    return isinstance(value, Integral)


#: What a wrong formula forgets: the formula and the diagnosis.
SIZE_SLIPS = (
    (
        lambda n, k, s, p: -(-(n + 2 * p - k) // s) + 1,
        "that is rounded up: a window reaches beyond the edge.",
    ),
    (lambda n, k, s, p: (n + 2 * p - k) // s, "one too few: the first window costs no step."),
    (lambda n, k, s, p: (n + p - k) // s + 1, "the padding lies on both sides."),
    (lambda n, k, s, p: (n - k) // s + 1, "the padding is left out."),
    (lambda n, k, s, p: n + 2 * p - k + 1, "the stride is left out."),
    (lambda n, k, s, p: (n + 2 * p) // s, "the kernel's own width is left out."),
    (lambda n, k, s, p: (n + 2 * p - k + 1) // s, "divide first, then add one."),
)


def _diagnose_sizes(results: list[float]) -> None:
    off = [case for case, found in zip(SIZES, results, strict=True) if found != _true_size(*case)]
    if not off:
        return
    for formula, diagnosis in SIZE_SLIPS:
        reject(results == [formula(*case) for case in SIZES], f"with {_case_text(off[0])}: {diagnosis}")
    wrong(f"with {_case_text(off[0])}: the layer's map has another size.")


def _case_text(case: tuple[int, ...]) -> str:
    return "n={}, kernel_size={}, stride={}, padding={}".format(*case)


def _true_size(n: int, kernel: int, stride: int, padding: int) -> int:
    layer = nn.Conv2d(1, 1, kernel, stride=stride, padding=padding, device="meta")
    return layer(torch.empty(1, 1, n, n, device="meta")).shape[-1]


@exercise
def linear(answer: object) -> str:
    """Judge a function ``(X, weight, bias) -> tensor`` against ``nn.Linear``, also on a square weight."""
    compute = function(answer)
    for samples, inputs, outputs in ((4, 3, 2), (5, 4, 4), (1, 2, 6)):
        X, weight, bias = _random(samples, inputs), _random(outputs, inputs), _random(outputs)
        given = f"X ({samples}, {inputs}) and weight ({outputs}, {inputs})"
        result = call(compute, X.clone(), weight.clone(), bias.clone(), given=given)
        found = tensor(result, name=f"with {given}, the result")
        expected = tf.linear(X, weight, bias)
        if same(found, expected, rtol=1e-4, atol=1e-5):
            continue
        reject(same(found, X @ weight.T, rtol=1e-4, atol=1e-5), f"with {given}: the bias is missing.")
        if inputs == outputs:
            turned = same(found, X @ weight + bias, rtol=1e-4, atol=1e-5)
            reject(turned, f"with {given}: the weight must be transposed; its rows are the outputs.")
        reject(same(found, X @ weight.T - bias, rtol=1e-4, atol=1e-5), f"with {given}: the bias is added.")
        turned = found.ndim == 2 and same(found.mT, expected, rtol=1e-4, atol=1e-5)
        reject(turned, f"with {given}: that is (outputs, samples).")
        require(found.shape == expected.shape, f"with {given}: the result has shape {tuple(found.shape)}.")
        wrong(f"with {given}: the shape is right, and the numbers are not.")
    return "three batches, among them a square weight and a single sample, give what nn.Linear gives."


#: Shapes of batches for 12 inputs: pictures, rows, with channels, and a batch of one.
BATCHES = ((6, 3, 4), (6, 12), (2, 1, 3, 4), (1, 12, 1))


@exercise
def classifier(answer: object) -> str:
    """Judge a class with ``(num_inputs, num_hidden, num_classes)`` by what it registers and computes."""
    inputs, hidden, classes = 12, 7, 5
    made_by = f"Classifier({inputs}, {hidden}, {classes})"
    model = made(answer, (inputs, hidden, classes), made_by)
    for shape in BATCHES:
        X, given = _random(*shape), f"{made_by} on a batch of {shape}"
        result = call(model, X.clone(), given=given)
        # Only now, since a lazy layer gets its parameters at the first call.
        require_registered(model, hidden * (inputs + 1) + classes * (hidden + 1), "the two layers")
        logits = tensor(result, name=f"the output of {given}")
        shape_of = f"the output of {given} has shape {tuple(logits.shape)}."
        require(logits.ndim == 2, shape_of)
        apart = f"{shape[0]} samples go in and {len(logits)} rows come out: flatten from axis 1."
        require(len(logits) == shape[0], apart)
        require(logits.shape[1] == classes, shape_of)
        diagnose_logits(model, X.flatten(1), logits, given)
    return "it holds two layers, keeps the samples apart, bends its input once, and returns logits."


@exercise
def convolve(answer: object) -> str:
    """Judge a function ``(image, kernel, stride) -> map`` against ``F.conv2d``."""
    compute = function(answer)
    for n, k, stride in ((5, 3, 1), (7, 2, 1), (8, 3, 2), (9, 3, 3), (4, 4, 1)):
        image, kernel = _random(n, n), _random(k, k)
        given = f"a picture of {n} x {n}, a kernel of {k} x {k} and stride {stride}"
        found = tensor(
            call(compute, image.clone(), kernel.clone(), stride, given=given), name=f"with {given}, the map"
        )
        _diagnose_map(found, image, kernel, stride, given)
    return "five maps, with strides that divide and do not, are those of F.conv2d."


def _diagnose_map(found: Tensor, image: Tensor, kernel: Tensor, stride: int, given: str) -> None:
    def conv(weights: Tensor, step: int = stride) -> Tensor:
        return tf.conv2d(image[None, None], weights[None, None], stride=step)[0, 0]

    expected = conv(kernel)
    if same(found, expected, rtol=1e-4, atol=1e-5):
        return
    usual = (
        (conv(kernel.flip(0, 1)), "the kernel is flipped; torch does not flip it."),
        (conv(kernel.T), "rows and columns of the kernel are swapped."),
        (expected.T, "rows and columns of the map are swapped."),
        (conv(kernel, 1), "the stride is left out: the windows start at every pixel."),
        (expected / kernel.numel(), "that is the mean of the products; their sum is asked for."),
        (
            conv(kernel, 1)[: len(expected), : len(expected)],
            "the map has its size, but the windows do not step.",
        ),
    )
    reject_usual(found, usual, given, rtol=1e-4, atol=1e-5)
    rows, side = tuple(found.shape), len(expected)
    reject(found.ndim != 2, f"with {given}: the map has shape {rows}; rows and columns are expected.")
    reject(side == rows[0] + 1, f"with {given}: the last window that fits is left out.")
    require(
        rows == tuple(expected.shape), f"with {given}: the map has shape {rows}, not as many windows as fit."
    )
    wrong(f"with {given}: the size is right, and the numbers are not.")


@exercise
def bottleneck(answer: object) -> str:
    """Judge a class with ``(channels, narrow)``: its weights, its skip, and its last ReLU."""
    channels, narrow = 8, 3
    made_by = f"Bottleneck({channels}, {narrow})"
    block = made(answer, (channels, narrow), made_by)
    for shape in ((2, channels, 6, 6), (1, channels, 5, 7)):
        x, given = _random(*shape), f"{made_by} on pictures of {shape}"
        found = tensor(call(block, x.clone(), given=given), name=f"the output of {given}")
        size = f"{shape} goes in and {tuple(found.shape)} comes out: the size must stay."
        require(found.shape == x.shape, size)
        diagnose_convolutions(block, channels, narrow)
        diagnose_skip(block, x, found)
    return "three convolutions of the right sizes; the input is added, and ReLU comes last."


def _random(*shape: int) -> Tensor:
    generator = torch.Generator().manual_seed(sum(size * 7**place for place, size in enumerate(shape)))
    return torch.randn(shape, generator=generator)
