"""Checks of chapter 6's exercises: shapes, ranges, statistics, boxes and mixtures of pictures."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import one_hot

from helpers.checks.mixtures import diagnose_mixture
from helpers.checks.report import (
    a_kind,
    call,
    exercise,
    function,
    items_of,
    reject,
    require,
    same,
    shape_text,
    tensor,
    whole_number,
    wrong,
)
from helpers.checks.usual import reject_usual


@exercise
def shape_after(answer: object) -> str:
    """Judge the shape of a picture 300 wide and 200 high after Resize(100) and CenterCrop((90, 120))."""
    sizes = items_of(answer, f"the answer is {a_kind(answer)}; a shape is expected, such as (1, 2, 3).")
    shape = tuple(whole_number(size, "a size") for size in sizes)
    reject(len(shape) == 2, "that is a size without channels; the tensor has three axes.")
    require(len(shape) == 3, f"{len(shape)} numbers; a picture as a tensor has three axes.")
    reject(shape[2] == 3 and shape[0] != 3, "the channels come last; ToImage puts them first.")
    require(shape[0] == 3, "a colour picture has three channels, and none of these steps changes that.")
    reject(shape == (3, 200, 300), "that is the picture before Resize.")
    reject(shape in ((3, 100, 150), (3, 150, 100)), "that is after Resize; CenterCrop is still to come.")
    reject(shape == (3, 100, 100), "Resize with one number keeps the proportions, and CenterCrop follows.")
    reject(shape == (3, 120, 90), "width and height are swapped: CenterCrop takes (height, width).")
    require(shape == _cropped(), "what CenterCrop is asked for is what comes out.")
    return "three channels, and the size that the last transform is asked for."


def _cropped() -> tuple[int, ...]:
    from torchvision.transforms import v2

    steps = v2.Compose([v2.Resize(100), v2.CenterCrop((90, 120))])
    return tuple(steps(torch.zeros(3, 200, 300)).shape)


@exercise
def to_tensor(answer: object) -> str:
    """Judge a function from an array of bytes (H, W, 3) to a float tensor (3, H, W) from 0 to 1."""
    convert = function(answer)
    for size in ((4, 6, 3), (5, 5, 3)):
        array = np.random.default_rng(sum(size)).integers(0, 256, size, dtype=np.uint8)
        array.flat[:2] = (0, 255)
        given = f"an array of shape {size}"
        result = call(convert, array.copy(), given=given)
        require(
            isinstance(result, Tensor),
            f"with {given}, the function returns {a_kind(result)}; a tensor is expected.",
        )
        _diagnose_tensor(result, torch.from_numpy(array), given)
    return "two pictures come out channels first, in float32, from 0 to 1, each pixel in its place."


def _diagnose_tensor(result: Tensor, hwc: Tensor, given: str) -> None:
    expected = hwc.permute(2, 0, 1) / 255
    reject(
        tuple(result.shape) == tuple(hwc.shape), f"with {given}: the axes are as they were, channels last."
    )
    reject(
        tuple(result.shape) == (hwc.shape[2], hwc.shape[1], hwc.shape[0]) and result.shape != expected.shape,
        f"with {given}: rows and columns are swapped; only the channels should move.",
    )
    require(
        result.shape == expected.shape,
        f"with {given}: the shape is {shape_text(result)}, not channels, rows, columns.",
    )
    reject(
        result.dtype == torch.float64,
        f"with {given}: the type is float64; networks use float32.",
    )
    require(result.dtype == torch.float32, f"with {given}: the type is {result.dtype}.")
    reject(same(result, 255 * expected, rtol=1e-4), f"with {given}: the values still go up to 255.")
    reject(same(result, expected * 255 / 256, rtol=1e-4), f"with {given}: the largest byte is 255, not 256.")
    reject(
        same(result, (hwc / 255).reshape(expected.shape), rtol=1e-4),
        f"with {given}: the shape is right and the pixels are mixed up: reshape moves no axes.",
    )
    reject(
        same(result, (hwc / 255).permute(2, 1, 0)),
        f"with {given}: the picture lies on its side; rows and columns are swapped.",
    )
    usual = (
        (expected.flip(0), "the channels stand in the reverse order: blue, green, red."),
        (2 * expected - 1, "the values go from −1 to 1."),
        ((hwc // 255).permute(2, 0, 1), "the fractions are lost: all values are 0 or 1."),
    )
    reject_usual(result, usual, given, rtol=1e-4)
    require(same(result, expected, rtol=1e-4), f"with {given}: some pixels have other values.")


@exercise
def statistics(answer: object) -> str:
    """Judge a function from bytes (N, 3, H, W) to the means and deviations of the channels."""
    measure = function(answer)
    for number in (5, 3):
        images = _photos(number)
        given = f"{number} pictures"
        result = call(measure, images.clone(), given=given)
        result = list(result) if isinstance(result, Tensor) and result.ndim > 1 else result
        pair = isinstance(result, (tuple, list)) and len(result) == 2
        require(pair, f"with {given}: two tensors are expected, first the means, then the deviations.")
        means, stds = (
            _three(value, given, name) for value, name in zip(result, ("means", "deviations"), strict=True)
        )
        _diagnose_statistics(means, stds, images, given)
    return "on two batches, the six numbers are those of all pixels of each channel, from 0 to 1."


def _three(value: Any, given: str, name: str) -> Tensor:
    if isinstance(value, (list, tuple, float, np.ndarray, np.floating)):
        value = torch.as_tensor(np.asarray(value))
    require(isinstance(value, Tensor), f"with {given}: the {name} are {a_kind(value)}, not a tensor.")
    reject(
        value.numel() == 1,
        f"with {given}: one number for the {name}; each of the three channels has its own.",
    )
    require(
        value.numel() == 3,
        f"with {given}: the {name} have shape {shape_text(value)}; three numbers are expected.",
    )
    return tensor(value.flatten(), name=f"with {given}: the {name}")


def _diagnose_statistics(means: Tensor, stds: Tensor, images: Tensor, given: str) -> None:
    X = images / 255
    expected = X.mean(dim=(0, 2, 3)), X.std(dim=(0, 2, 3))
    reject(
        same(means, 255 * expected[0], rtol=1e-3),
        f"with {given}: the numbers are those of bytes; the pictures go from 0 to 1.",
    )
    reject(
        same(means, expected[1], rtol=1e-3) and same(stds, expected[0], rtol=1e-3),
        f"with {given}: swapped: the means come first.",
    )
    require(same(means, expected[0], rtol=1e-3), f"with {given}: the means are not those of the channels.")
    reject(
        same(stds, X.std(dim=(2, 3)).mean(dim=0), rtol=1e-3),
        f"with {given}: deviations of single pictures, averaged; that misses how pictures differ.",
    )
    usual = (
        (expected[1] ** 2, "variances; the root is missing."),
        (255 * expected[1], "the deviations are those of bytes; the pictures go from 0 to 1."),
        (
            X.mean(dim=(2, 3)).std(dim=0),
            "that is how the means differ between the pictures.",
        ),
    )
    reject_usual(stds, usual, given, rtol=1e-3)
    require(
        same(stds, expected[1], rtol=1e-2), f"with {given}: the deviations are not those of the channels."
    )


def _photos(number: int) -> Tensor:
    """Pictures of bytes that differ in brightness, so that averaged deviations are too small."""
    generator = torch.Generator().manual_seed(number)
    light = torch.linspace(40, 200, number)[:, None, None, None] + torch.tensor([0.0, 10, 25])[:, None, None]
    return (light + 12 * torch.randn(number, 3, 6, 4, generator=generator)).clamp(0, 255).byte()


@exercise
def restore(answer: object) -> str:
    """Judge a function ``(x, mean, std) -> picture`` that undoes a normalisation."""
    undo = function(answer)
    mean, std = torch.tensor([0.4, 0.5, 0.6]), torch.tensor([0.2, 0.25, 0.3])
    for size in ((3, 4, 6), (3, 3, 3)):
        picture = torch.rand(size, generator=torch.Generator().manual_seed(sum(size)))
        x = (picture - mean[:, None, None]) / std[:, None, None]
        given = f"a picture of shape {size}"
        result = call(undo, x.clone(), mean.clone(), std.clone(), given=given)
        result = tensor(result, shape=size, name=f"with {given}, the result")
        _diagnose_restored(result, x, picture, mean, std, given)
    return "two pictures are as they were before, each channel by its own numbers."


def _diagnose_restored(
    result: Tensor, x: Tensor, picture: Tensor, mean: Tensor, std: Tensor, given: str
) -> None:
    if same(result, picture, rtol=1e-4, atol=1e-5):
        return
    m, s = mean[:, None, None], std[:, None, None]
    usual = (
        ((x - m) / s, "normalised once more; the step is to be undone."),
        ((x + m) * s, "the mean is added before the deviation is multiplied: the last step is undone first."),
        (x * s - m, "the mean has the wrong sign: it was subtracted, so it is added now."),
        ((x - m) * s, "the mean has the wrong sign, and comes too early: the last step is undone first."),
        (x / s + m, "divided by the deviation once more; multiply."),
        (x * s, "the mean is still missing."),
        (x + m, "the deviation is still missing."),
        (x, "the picture is still normalised."),
        (255 * picture, "the values go up to 255."),
        (x * std.mean() + mean.mean(), "one mean and one deviation for all; each channel has its own."),
        (x * std[0] + mean[0], "the numbers of one channel for all; each channel has its own."),
    )
    reject_usual(result, usual, given, rtol=1e-4, atol=1e-5)
    if x.shape[2] == 3:
        reject(
            same(result, x * std + mean, rtol=1e-4, atol=1e-5),
            f"with {given}: the three numbers stand beside the columns, not the channels.",
        )
    wrong(f"with {given}: the picture is another one than before.")


@exercise
def flip_upside_down(answer: object) -> str:
    """Judge a function ``(boxes, height) -> boxes`` for pictures turned upside down."""
    flip = function(answer)
    boxes = torch.tensor([[10.0, 20.0, 40.0, 30.0], [0.0, 0.0, 50.0, 80.0], [5.0, 60.0, 25.0, 90.0]])
    for height in (100, 90):
        given = f"three boxes in a picture {height} high"
        mine = boxes.clone()
        result = call(flip, mine, height, given=given)
        result = tensor(result, shape=(3, 4), name=f"with {given}, the result").double()
        _diagnose_flip(result, boxes.double(), float(height), given)
        require(same(mine, boxes), f"with {given}: the boxes that were given have changed; work on a copy.")
    return "in two pictures three boxes lie where they should, and the given ones are untouched."


def _diagnose_flip(result: Tensor, boxes: Tensor, height: float, given: str) -> None:
    left, top, right, bottom = boxes.unbind(1)

    def columns(*values: Tensor) -> Tensor:
        return torch.stack(values, dim=1)

    if same(result, columns(left, height - bottom, right, height - top)):
        return
    usual = (
        (boxes, "the boxes are where they were."),
        (
            columns(left, height - top, right, height - bottom),
            "the top lies below the bottom: the two change places.",
        ),
        (
            columns(height - right, top, height - left, bottom),
            "left and right are mirrored; upside down, top and bottom are.",
        ),
        (
            columns(left, height - 1 - bottom, right, height - 1 - top),
            "one pixel off: the edges of a box are lines between pixels, so nothing is subtracted.",
        ),
        (columns(left, bottom, right, top), "top and bottom have changed places, and are not mirrored."),
        (
            columns(height - right, height - bottom, height - left, height - top),
            "both directions are mirrored; left and right stay.",
        ),
        (height - boxes, "all four numbers are mirrored, in both directions; left and right stay."),
        (
            columns(left, height - bottom, right, bottom),
            "the new bottom is made of a top that was already overwritten: keep the old one.",
        ),
    )
    reject_usual(result, usual, given)
    require(bool((result[:, 3] >= result[:, 1]).all()), f"with {given}: a box whose bottom is above its top.")
    wrong(f"with {given}: a box lies elsewhere than the thing it was drawn around.")


@exercise
def mixup(answer: object) -> str:
    """Judge a function ``(X, y, order, lam, num_classes) -> (X, rows)``."""
    mix = function(answer)
    # The second batch lacks the last class, which has a place in its rows all the same.
    for order, lam, classes in (([1, 2, 0, 3], 0.7, [0, 2, 1, 2]), ([3, 0, 1, 2], 0.2, [0, 1, 1, 0])):
        X = torch.rand(4, 3, 2, 5, generator=torch.Generator().manual_seed(len(order)))
        given = f"order {order} and lam {lam}"
        y = torch.tensor(classes)
        result = call(mix, X.clone(), y.clone(), torch.tensor(order), lam, 3, given=given)
        pair = isinstance(result, (tuple, list)) and len(result) == 2
        require(pair, f"with {given}: two tensors are expected, the pictures and the labels.")
        pictures, labels = result
        diagnose_mixture(pictures, labels, X, one_hot(y, 3).double(), order, lam, given)
    return "in two batches, pictures and labels are mixed with the same partner and the same share."
