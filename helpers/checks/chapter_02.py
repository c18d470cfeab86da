"""Checks of chapter 2's exercises: indexing, reshaping, broadcasting, aggregating, multiplying."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor

from helpers.checks.report import (
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
from helpers.checks.watch import WatchCalls

SHAPES = ((5, 1, 3), (4, 1))


@exercise
def broadcast_shape(answer: object) -> str:
    """Judge the shape of the sum of a (5, 1, 3) and a (4, 1) tensor."""
    shape = _shape(answer)
    reject(
        sorted(shape) == [3, 4, 5] and len(shape) == 3 and shape[0] != 5, "the right sizes in another order."
    )
    reject(len(shape) < 3, "there are as many axes as the longer of the two shapes has.")
    reject(len(shape) > 3, "no axis is added: a missing one only counts as 1.")
    reject(shape == (5, 4, 1) or shape == (5, 1, 3), "an axis of size 1 takes the size of its partner.")
    reject(shape == (5, 5, 3), "the shapes are aligned at the left here; align them at the right.")
    for axis, size in enumerate(reversed(shape), start=1):
        sizes = {given[-axis] for given in SHAPES if len(given) >= axis} - {1}
        require({size} == sizes, f"axis -{axis} does not follow the rule: equal, or one of the two is 1.")
    return "aligned at the right, every pair of sizes has a 1 in it or a partner that is missing."


def _shape(answer: object) -> tuple[int, ...]:
    sizes = items_of(answer, "a tuple of whole numbers is expected, such as (2, 3).")
    return tuple(whole_number(size, f"size {place}") for place, size in enumerate(sizes))


@exercise
def checkerboard(answer: object) -> str:
    """Judge a function ``n -> (n, n) tensor`` of 0 and 1 that alternate in rows and in columns."""
    board = function(answer)
    for n in (8, 5, 1):
        given = f"n = {n}"
        result = tensor(call(board, n, given=given), name=f"with {given}, the result")
        require(result.shape == (n, n), f"with {given}, the result has shape {shape_text(result)}.")
        _diagnose_board(result, given)
    return "0 and 1 alternate along every row and every column, for even and odd sizes."


def _diagnose_board(board: Tensor, given: str) -> None:
    strange = (board != 0) & (board != 1)
    reject(strange.any(), f"with {given}, the board holds something else than 0 and 1.")
    board = board.to(torch.int64)
    reject(board[0, 0] == 1, f"with {given}, the upper left corner is 1; the colours are swapped.")
    reject(len(board) > 1 and not board.any(), f"with {given}, the board is all 0: did the write reach it?")
    in_rows = (board[:, 1:] != board[:, :-1]).all()
    in_columns = (board[1:] != board[:-1]).all()
    reject(in_rows and not in_columns, f"with {given}, the columns are striped: neighbouring rows are equal.")
    reject(in_columns and not in_rows, f"with {given}, the rows are striped: neighbouring columns are equal.")
    reject(
        (board.min(dim=1).values == 1).any(),
        f"with {given}, a whole row is 1: both slices belong in one pair of brackets.",
    )
    places = torch.arange(len(board))
    misplaced = board[(places[:, None] + places) % 2 == 0].any()
    reject(
        not in_rows and not misplaced,
        f"with {given}, only {int(board.sum())} squares are 1: a second slice is missing.",
    )
    require(in_rows and in_columns, f"with {given}, two neighbouring squares have the same colour.")


@exercise
def channels_first(answer: object) -> str:
    """Judge a function that moves the channels of (N, height, width, channel) to second place, as a view."""
    reorder = function(answer)
    for shape in ((2, 4, 5, 3), (1, 6, 6, 3)):
        photos = torch.arange(torch.Size(shape).numel()).reshape(shape)
        before, view = photos.clone(), photos.view(shape)
        given = f"photos of shape {shape}"
        result = tensor(call(reorder, photos, given=given), name=f"with {given}, the result")
        require(torch.equal(photos, before), f"with {given}, the function changed the photos themselves.")
        _diagnose_channels(result, view, given)
    return "every colour stays with its pixel, and the result reads the storage it was given."


def _diagnose_channels(result: Tensor, photos: Tensor, given: str) -> None:
    n, height, width, channels = photos.shape
    swapped = photos.transpose(1, 3)
    reject(
        result.shape == swapped.shape and torch.equal(result, swapped) and height != channels,
        f"with {given}, height and width are exchanged: the pictures lie on their side.",
    )
    require(
        result.shape == (n, channels, height, width),
        f"with {given}, the result has shape {shape_text(result)}; the channels belong in second place.",
    )
    reject(
        torch.equal(result, photos.reshape(result.shape)),
        f"with {given}, the shape is right and the pictures are scrambled: reshape keeps the reading order.",
    )
    kept = all(torch.equal(result[:, c], photos[..., c]) for c in range(channels))
    require(kept, f"with {given}, a channel of the result is not that channel of the photos.")
    shared = result.untyped_storage().data_ptr() == photos.untyped_storage().data_ptr()
    require(shared, f"with {given}, the numbers are right, but they were copied; a view can do it.")


@exercise
def standardise(answer: object) -> str:
    """Judge a function that gives every column mean 0 and standard deviation 1."""
    scale = function(answer)
    for shape, seed in (((6, 3), 1), ((4, 4), 2)):
        X = 5 + 3 * torch.randn(shape, generator=torch.Generator().manual_seed(seed))
        before = X.clone()
        given = f"X of shape {shape}"
        result = tensor(call(scale, X, given=given), name=f"with {given}, the result")
        reject(not torch.equal(X, before), f"with {given}, the function changed X itself.")
        require(result.shape == X.shape, f"with {given}, the result has shape {shape_text(result)}.")
        _diagnose_scale(result, X, given)
    return "every feature has mean 0 and standard deviation 1, also when X is square."


def _diagnose_scale(result: Tensor, X: Tensor, given: str) -> None:
    mean, std = result.mean(dim=0), result.std(dim=0)
    zero, one = torch.zeros_like(mean), torch.ones_like(std)
    if same(mean, zero, atol=1e-5) and same(std, one, atol=1e-4):
        return
    low, high = X.amin(dim=0), X.amax(dim=0)
    usual = (
        (
            (X - X.mean()) / X.std(),
            "one mean and one deviation were used for all features: dim is missing.",
        ),
        (X - X.mean(dim=0) / X.std(dim=0), "brackets are missing: division comes before subtraction."),
        ((X - low) / (high - low), "every feature runs from 0 to 1, which is another kind of scaling."),
    )
    reject_usual(result, usual, given, rtol=1e-4)
    reject(
        same(result.mean(dim=1), torch.zeros(len(X)), atol=1e-5),
        f"with {given}, the samples have mean 0, not the features: the other axis must go.",
    )
    reject(
        same(result, X / X.std(dim=0), rtol=1e-4) or same(std, one, atol=1e-4),
        f"with {given}, the deviations are 1, but the means are not 0.",
    )
    biased = X.std(dim=0, correction=0)
    reject(
        same(std, X.std(dim=0) / biased, rtol=1e-4),
        f"with {given}, the deviation was divided by n, not by n - 1 as torch's std does.",
    )
    reject(same(mean, zero, atol=1e-5), f"with {given}, the means are 0, but the deviations are not 1.")
    wrong(f"with {given}, neither the means nor the deviations of the features are right.")


@exercise
def distances(answer: object) -> str:
    """Judge a function ``(a, b) -> (n, m)`` of Euclidean distances between the rows of a and of b."""
    measure = function(answer)
    for n, m, size, seed in ((4, 3, 2, 1), (3, 3, 3, 2), (1, 5, 2, 3)):
        a, b = _points(n, size, seed), _points(m, size, seed + 10)
        given = f"a of shape {(n, size)} and b of shape {(m, size)}"
        result, _ = _watched(measure, {"a": a, "b": b}, given)
        _diagnose_distances(result, a, b, given)
    _refuse_loops(measure, "a", "b", ((2, 2), (2, 2)), ((7, 5), (6, 5)))
    return "every point of a meets every point of b, and the numbers are those of torch.cdist."


def _points(count: int, size: int, seed: int) -> Tensor:
    return torch.rand(count, size, generator=torch.Generator().manual_seed(seed))


def _diagnose_distances(result: Tensor, a: Tensor, b: Tensor, given: str) -> None:
    table = torch.cdist(a, b)
    if same(result, table, rtol=1e-4, atol=1e-5):
        return
    difference = a[:, None] - b[None]
    reject(result.shape == difference.shape, f"with {given}, the coordinates are not added up yet.")
    reject(
        same(result, table.mT, rtol=1e-4, atol=1e-5),
        f"with {given}, rows and columns are swapped: a comes first.",
    )
    signed = "the differences are added with their signs; they must be squared first."
    usual = (
        (table.square(), "the square root is missing."),
        (difference.sum(dim=-1), signed),
        (difference.sum(dim=-1).abs(), signed),
        (difference.abs().sum(dim=-1), "these are sums of absolute differences, not Euclidean distances."),
        (difference.abs().amax(dim=-1), "this is the largest difference, not the Euclidean distance."),
        (difference.square().mean(dim=-1).sqrt(), "this takes the mean of the squares, not their sum."),
        (torch.cdist(a[:, :2], b[:, :2]), "only the first two coordinates are used."),
    )
    reject_usual(result, usual, given, rtol=1e-4, atol=1e-5)
    require(
        result.shape == table.shape,
        f"with {given}, the result has shape {shape_text(result)}; one number for each pair is expected.",
    )
    wrong(f"with {given}, the table has the right shape and the wrong numbers: which axis was summed?")


@exercise
def matrix_product(answer: object) -> str:
    """Judge a function ``(A, B) -> A @ B`` that must find its way without a matrix product."""
    multiply = function(answer)
    for n, k, m, seed in ((2, 3, 4, 1), (3, 3, 3, 2), (1, 4, 1, 3)):
        A, B = _points(n, k, seed), _points(k, m, seed + 10)
        given = f"A of shape {(n, k)} and B of shape {(k, m)}"
        result, watch = _watched(multiply, {"A": A, "B": B}, given)
        ready = watch.first_of(READY)
        reject(ready, f"with {given}, the function calls {ready}; a plain product and a sum will do.")
        _diagnose_product(result, A, B, given)
    _refuse_loops(multiply, "A", "B", ((2, 2), (2, 2)), ((5, 6), (6, 7)))
    return "a broadcast product and a sum give what @ gives, for square and other shapes."


#: ready-made matrix products, and ways out of torch to where nobody sees what happens
READY = (
    *("matmul", "__matmul__", "__rmatmul__", "mm", "bmm", "mv", "einsum", "tensordot", "linear"),
    *("dot", "vdot", "inner", "addmm", "addmv", "addbmm", "baddbmm", "chain_matmul"),
    *("linalg_matmul", "linalg_multi_dot", "linalg_vecdot", "numpy", "__array__", "tolist"),
)


def _watched(
    compute: Callable[..., object], given: dict[str, Tensor], words: str
) -> tuple[Tensor, WatchCalls]:
    """Call the reader's function on two tensors that must stay as they are; return also what it calls."""
    kept = {name: value.clone() for name, value in given.items()}
    with WatchCalls() as watch:
        result = call(compute, *given.values(), given=words)
    for name, value in given.items():
        require(torch.equal(value, kept[name]), f"with {words}, the function changed {name} itself.")
    return tensor(result, name=f"with {words}, the result"), watch


def _refuse_loops(
    compute: Callable[..., object], left: str, right: str, *shapes: tuple[tuple[int, int], tuple[int, int]]
) -> None:
    """Stop if the function calls torch more often for larger tensors."""
    counts = []
    for first, second in shapes:
        given = f"{left} of shape {first} and {right} of shape {second}"
        _, watch = _watched(compute, {left: _points(*first, 1), right: _points(*second, 2)}, given)
        counts.append(len(watch.names))
    reject(
        counts[-1] > counts[0],
        "the numbers are right, but larger tensors take more calls: is there a loop? None is needed.",
    )


def _diagnose_product(result: Tensor, A: Tensor, B: Tensor, given: str) -> None:
    table = A @ B
    if same(result, table, rtol=1e-4, atol=1e-6):
        return
    products = A[:, :, None] * B[None]
    reject(result.shape == products.shape, f"with {given}, the products are there, but not added up.")
    reject(
        A.shape == B.shape and same(result, A * B, rtol=1e-4),
        f"with {given}, this is the elementwise product: nothing is summed.",
    )
    reject(
        same(result, table.mT, rtol=1e-4, atol=1e-6) and table.shape != (1, 1),
        f"with {given}, the result is transposed.",
    )
    summed = [same(result, products.sum(dim=dim), rtol=1e-4) for dim in (0, 2)]
    reject(any(summed), f"with {given}, the wrong axis was summed: the inner one must go.")
    require(
        result.shape == table.shape,
        f"with {given}, the result has shape {shape_text(result)}; rows of A by columns of B are expected.",
    )
    wrong(f"with {given}, the shape is right and the numbers are not: which axes meet in your product?")
