"""Checks of chapter 13's exercises: the work of a convolution, schedules, soft targets, mirror images."""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn

from helpers.checks.mirrors import flip_each, mirrored_answers
from helpers.checks.report import call, exercise, function, number, reject, require, same, tensor, wrong
from helpers.checks.usual import reject_usual

__all__ = [
    "conv_multiplications",
    "flip_each",
    "mirrored_answers",
    "receptive_field",
    "smoothed_targets",
    "warm_cosine",
]


@exercise
def conv_multiplications(answer: object) -> str:
    """Judge ``(in_channels, out_channels, kernel, height, width) -> count`` for several layers."""
    count = function(answer)
    for before, after, kernel, height, width in ((3, 24, 2, 31, 30), (16, 64, 3, 15, 14), (5, 7, 1, 4, 6)):
        given = f"{before} to {after} channels, {kernel} x {kernel}, output {height} x {width}"
        found = number(call(count, before, after, kernel, height, width, given=given), "the count")
        weights = before * after * kernel**2
        exact = weights * height * width
        if found == exact:
            continue
        usual = [
            (2 * exact, "that counts additions too; only multiplications are asked for."),
            (exact / before, "every output channel reads all input channels; you count one of them."),
            (exact / after, "that is the work for a single output channel."),
            (exact / kernel, "a kernel has two sides, and both count."),
            (exact / kernel**2, "a kernel reads more than one pixel."),
            (weights, "these are the weights; each is used at every place of the output."),
            *((exact / side, "the output has rows and columns; count both.") for side in (width, height)),
            *((weights * side**2, "rows and columns are not equally many.") for side in (width, height)),
            (exact + after * height * width, "a bias is added, not multiplied."),
            (
                (before + after) * kernel**2 * height * width,
                "every output channel reads all input channels; do not add their numbers.",
            ),
            (weights + height * width, "each weight is used at each place; do not add them."),
            (weights * (height - kernel + 1) * (width - kernel + 1), "the output has that size already."),
        ]
        reject_usual(found, usual, given)
        wrong(f"with {given}: how many weights are there, and at how many places is each used?")
    return "three layers are counted, among them one of 1 x 1."


@exercise
def receptive_field(answer: object) -> str:
    """Judge ``[(kernel, stride), ...] -> pixels`` on stacks with and without strides."""
    field_of = function(answer)
    stacks = (
        [(5, 1), (2, 2), (5, 1), (2, 2)],
        [(3, 1), (5, 1), (2, 1)],
        [(2, 1), (3, 1), (2, 2), (3, 1), (3, 1), (2, 2), (3, 1)],
        [(4, 3)],
    )
    for layers in stacks:
        given = f"layers {layers}"
        found = number(call(field_of, list(layers), given=given), "the width")
        if not same(found, _field(layers)):
            _diagnose_field(found, layers, given)
    return "stacks with and without pooling, and a single layer, see as much as that."


def _field(layers: list[tuple[int, int]], *, late: bool = True, first: int = 1) -> int:
    """Width of the field; with ``late=False`` each stride counts for its own layer already."""
    field, apart = first, 1
    for kernel, stride in layers:
        apart *= 1 if late else stride
        field += (kernel - 1) * apart
        apart *= stride if late else 1
    return field


def _diagnose_field(found: float, layers: list[tuple[int, int]], given: str) -> None:
    kernels = [kernel for kernel, _ in layers]
    strides = [stride for _, stride in layers]
    usual = [
        (
            1 + sum(kernel - 1 for kernel in kernels),
            "behind a stride of 2, neighbouring units are two pixels apart.",
        ),
        (sum(kernels), "windows of neighbouring units overlap; do not add their widths."),
        (math.prod(kernels), "windows of neighbouring units overlap; do not multiply their widths."),
        (math.prod(strides), "that is how far apart neighbouring units are, not what one sees."),
        (
            _field(layers, late=False),
            "a stride moves the units *behind* its layer apart, not those it reads.",
        ),
        (_field(layers[::-1]), "begin at the picture: the first pair is the first layer."),
        (
            _field([(s, k) for k, s in layers]),
            "a pair holds the kernel first, then the stride.",
        ),
        (
            1 + sum((kernel - 1) * stride for kernel, stride in layers),
            "a stride counts for all layers behind its own, and not for its own.",
        ),
        (_field(layers) ** 2, "these are all the pixels that it sees; the width is asked for."),
        (_field(layers, first=0), "a unit of no layer at all is a pixel, and sees one."),
        (kernels[-1], "that is the last layer's window on its own input, not on the picture."),
        (kernels[0], "that is what the first layer sees; the others see more."),
    ]
    reject_usual(found, usual, given)
    wrong(f"with {given}: go from layer to layer. How much wider does each kernel make the field?")


@exercise
def warm_cosine(answer: object) -> str:
    """Judge ``(step, steps, warm, highest) -> rate`` at the ends, at the top and in between."""
    rate_of = function(answer)
    for steps, warm, highest in ((100, 20, 0.4), (37, 5, 2.0)):
        for step in (0, 1, warm - 1, (steps + warm) // 2, warm, steps - 2, steps - 1):
            given = f"step {step} of {steps}, warm {warm}, highest {highest}"
            found = number(call(rate_of, step, steps, warm, highest, given=given), "the rate")
            # So near to 0 the cosine of float32 has five digits.
            if not same(found, _warm_cosine(step, steps, warm, highest), atol=1e-6 * highest):
                _diagnose_rate(found, step, steps, warm, highest, given)
    return "two runs begin, peak, fall and end as described."


def _half_cosine(share: float) -> float:
    return (1 + math.cos(math.pi * share)) / 2


def _warm_cosine(step: int, steps: int, warm: int, highest: float) -> float:
    rising = step < warm
    return highest * ((step + 1) / warm if rising else _half_cosine((step - warm + 1) / (steps - warm)))


def _diagnose_rate(found: float, step: int, steps: int, warm: int, highest: float, given: str) -> None:
    reject(
        same(found, _warm_cosine(step, steps, warm, 1), atol=1e-9),
        f"with {given}: that is a share of the highest rate; multiply by it.",
    )
    if step < warm:
        _diagnose_rise(found, step, warm, highest, given)
    _diagnose_fall(found, step, steps, warm, highest, given)


def _diagnose_rise(found: float, step: int, warm: int, highest: float, given: str) -> None:
    reject(
        same(found, highest * step / warm, atol=1e-9),
        f"with {given}: the line is a step late; step 0 would not move at all.",
    )
    reject(same(found, highest), f"with {given}: the rate is at its height already; it should rise to it.")
    wrong(f"with {given}: this step lies on the rising line, which is not met.")


def _diagnose_fall(found: float, step: int, steps: int, warm: int, highest: float, given: str) -> None:
    after, length = step - warm + 1, steps - warm
    usual = [
        (_half_cosine((after - 1) / length), "the cosine is a step late: it is at its top at step warm - 1."),
        (_half_cosine((after - 1) / (length - 1)), "the top is step warm - 1; the fall begins a step later."),
        (_half_cosine(step / (steps - 1)), "the half cosine begins at step warm - 1, not at step 0."),
        (1 - after / length, "that falls along a line; half a cosine is asked for."),
        ((1 + math.cos(after / length)) / 2, "half a cosine ends at the angle pi; yours stops at 1."),
        (math.cos(math.pi / 2 * after / length), "that is a quarter of a cosine; half of one is asked for."),
        (math.cos(math.pi * after / length), "a cosine goes down to -1; a rate may not."),
        (1, "the rate has stayed at its height."),
        ((step + 1) / warm, "the line goes on rising; it ends at step warm - 1."),
        (_half_cosine(after / steps), "the fall takes steps - warm steps, not all of them."),
        (1 - _half_cosine(after / length), "that half of a cosine rises."),
        (math.sin(math.pi * after / length), "a sine begins at 0; the fall begins at the top."),
        ((1 + math.cos(180 * after / length)) / 2, "cos takes radians: half a turn is pi, not 180."),
    ]
    usual = [(highest * share, diagnosis) for share, diagnosis in usual]
    reject_usual(found, usual, given, atol=1e-9)
    wrong(f"with {given}: this step lies on the falling half of a cosine, which is not met.")


@exercise
def smoothed_targets(answer: object) -> str:
    """Judge ``(y, num_classes, eps) -> rows`` by the loss that they give."""
    soften = function(answer)
    for classes, eps in ((10, 0.1), (3, 0.3), (4, 0.0)):
        y = torch.tensor([2, 0, 1, 2, 1])
        given = f"y {y.tolist()}, {classes} classes, eps {eps}"
        rows = tensor(call(soften, y.clone(), classes, eps, given=given), name=f"with {given}, the result")
        _diagnose_targets(rows, y, classes, eps, given)
    return "rows for 10, 3 and 4 classes give the loss that label_smoothing gives, also with eps 0."


def _diagnose_targets(rows: Tensor, y: Tensor, classes: int, eps: float, given: str) -> None:
    reject(rows.shape == (classes, len(y)), f"with {given}: rows and columns are exchanged.")
    require(
        rows.shape == (len(y), classes),
        f"with {given}: the shape is {tuple(rows.shape)}; one row a label, one column a class.",
    )
    kind = f"with {given}: the dtype is {rows.dtype}; logits are float32."
    reject(rows.is_floating_point() and rows.dtype != torch.float32, kind)
    hard = nn.functional.one_hot(y, classes).float()
    soft = (1 - eps) * hard + eps / classes
    if not same(rows, soft, rtol=1e-4):
        usual = [
            (hard, "these are hard targets; nothing is smoothed."),
            ((1 - eps) * hard, "the rows do not sum to 1: what is taken away must be spread out."),
            (hard + eps / classes, "the rows sum to more than 1: what is spread out must be taken away."),
            (
                (1 - eps) * hard + eps / (classes - 1) * (1 - hard),
                "eps is spread over *all* classes, the right one included.",
            ),
            (0.9 * hard + 0.1 / classes, "that is 0.1, whatever eps is given."),
            (eps * hard + (1 - eps) / classes, "eps is the share that is spread out; yours is what is kept."),
            (soft.softmax(dim=1), "these were probabilities already; no softmax is needed."),
            (soft.flip(0), "the rows are in another order than the labels."),
            (soft.log(), "these are logarithms; probabilities are asked for."),
        ]
        reject_usual(rows, usual, given, rtol=1e-4)
        reject(
            not same(rows.sum(1), torch.ones(len(y)), rtol=1e-4), f"with {given}: a row does not sum to 1."
        )
        wrong(f"with {given}: the rows sum to 1, but hold other probabilities than label_smoothing uses.")
    require(rows.dtype == torch.float32, kind)
