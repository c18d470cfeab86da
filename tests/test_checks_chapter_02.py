"""Chapter 2's checks: the reference answers pass, and each usual wrong answer gets its own diagnosis."""

import pytest
import torch
from exercise_cases import ExerciseCases

from helpers.checks import chapter_02


def board(n):
    return (torch.arange(n)[:, None] + torch.arange(n)) % 2


def striped(n):
    return (torch.arange(n) % 2).expand(n, n)


def half_board(n):
    result = torch.zeros(n, n)
    result[::2, 1::2] = 1
    return result


def lost_write(n):
    result = torch.zeros(n, n)
    result[list(range(0, n, 2))][:, 1::2] = 1
    return result


def scaled(X):
    return (X - X.mean(dim=0, keepdim=True)) / X.std(dim=0, keepdim=True)


def scaled_in_place(X):
    X -= X.mean(dim=0)
    X /= X.std(dim=0)
    return X


def differences(a, b):
    return a[:, None] - b[None]


def products(A, B):
    return A[:, :, None] * B[None]


RIGHT = {
    "broadcast_shape": [(5, 4, 3), [5, 4, 3]],
    "checkerboard": [board, lambda n: board(n).float(), lambda n: board(n).bool()],
    "channels_first": [lambda p: p.permute(0, 3, 1, 2), lambda p: p.movedim(-1, 1)],
    "standardise": [scaled, lambda X: (X - X.mean(0)) / X.std(0)],
    "distances": [torch.cdist, lambda a, b: differences(a, b).norm(dim=-1)],
    "matrix_product": [lambda A, B: products(A, B).sum(dim=1), lambda A, B: (A[:, None] * B.T[None]).sum(-1)],
}

WRONG = {
    "broadcast_shape": [
        (12, "a tuple of whole numbers"),
        ((4, 5, 3), "in another order"),
        ((5, 3), "as many axes as the longer"),
        ((5, 4, 1, 3), "no axis is added"),
        ((5, 4, 1), "takes the size of its partner"),
        ((5, 5, 3), "aligned at the left"),
        ((5, 4, 4), "axis -1 does not follow"),
    ],
    "checkerboard": [
        (lambda n: torch.zeros(n), "has shape (8,)"),
        (lambda n: 1 - board(n), "colours are swapped"),
        (lambda n: 2 * board(n), "something else than 0 and 1"),
        (lost_write, "all 0: did the write reach it"),
        (striped, "neighbouring rows are equal"),
        (lambda n: striped(n).T, "neighbouring columns are equal"),
        (half_board, "a second slice is missing"),
        (lambda n: board(n) * (torch.arange(n) < n - 1), "a second slice is missing"),
        (lambda n: None, "is a return missing"),
    ],
    "channels_first": [
        (lambda p: p, "the channels belong in second place"),
        (lambda p: p.reshape(p.shape[0], p.shape[3], *p.shape[1:3]), "pictures are scrambled"),
        (lambda p: p.transpose(1, 3), "lie on their side"),
        (lambda p: p.permute(0, 3, 1, 2).clone(), "they were copied"),
        (lambda p: p.permute(0, 3, 1, 2).flip(1), "is not that channel"),
    ],
    "standardise": [
        (lambda X: (X - X.mean()) / X.std(), "dim is missing"),
        (lambda X: (X - X.mean(1, keepdim=True)) / X.std(1, keepdim=True), "the other axis must go"),
        (lambda X: X / X.std(dim=0), "the means are not 0"),
        (lambda X: X - X.mean(dim=0), "the deviations are not 1"),
        (lambda X: (X - X.mean(0)) / X.std(0, correction=0), "divided by n, not by n - 1"),
        (lambda X: (X - X.mean(0)) / X.var(0), "the deviations are not 1"),
        (scaled_in_place, "changed X itself"),
        (lambda X: X.mean(dim=0), "has shape (3,)"),
        (lambda X: X * 2, "neither the means nor"),
    ],
    "distances": [
        (differences, "not added up yet"),
        (lambda a, b: torch.cdist(b, a), "rows and columns are swapped"),
        (lambda a, b: torch.cdist(a, b).square(), "the square root is missing"),
        (lambda a, b: differences(a, b).sum(-1), "must be squared first"),
        (lambda a, b: differences(a, b).abs().sum(-1), "absolute differences"),
        (lambda a, b: differences(a, b).norm(), "one number for each pair"),
        (lambda a, b: torch.zeros(len(a), len(b)), "the wrong numbers"),
        (lambda a, b: (a - b).norm(dim=-1), "raises RuntimeError"),
    ],
    "matrix_product": [
        (lambda A, B: A @ B, "calls matmul"),
        (lambda A, B: torch.einsum("ik,kj->ij", A, B), "calls einsum"),
        (products, "not added up"),
        (lambda A, B: products(A, B).sum(dim=0), "the wrong axis was summed"),
        (lambda A, B: products(A, B).sum(dim=2), "the wrong axis was summed"),
        (lambda A, B: products(A, B).sum(dim=1).T, "transposed"),
        (lambda A, B: A * B, "raises RuntimeError"),
        (lambda A, B: A * B if A.shape == B.shape else products(A, B).sum(1), "the elementwise product"),
        (lambda A, B: products(A, B).sum(dim=1, keepdim=True), "rows of A by columns of B"),
        (lambda A, B: torch.zeros(len(A), B.shape[1]), "the numbers are not"),
    ],
}


class TestChapter02(
    ExerciseCases, chapter=chapter_02, right=RIGHT, wrong=WRONG, secrets={"broadcast_shape": ["5, 4, 3"]}
):
    """The answers above, judged by the chapter's checks."""


# -- what the chapter's questions claim, run

X = torch.arange(24).reshape(4, 6)
PHOTOS = torch.zeros(5, 32, 32, 3)
PICTURES = [torch.zeros(3, 32, 32)] * 16


@pytest.mark.parametrize(
    ("write", "reaches"),
    [
        (lambda x: x[:, 0].fill_(-1), True),
        (lambda x: x[[0, 1]].fill_(-1), False),
        (lambda x: x.__setitem__([0, 1], -1), True),
        (lambda x: x[x > 5].fill_(-1), False),
    ],
)
def test_question_writes_through(write, reaches):
    x = X.clone()
    write(x)
    assert bool((x == -1).any()) == reaches


@pytest.mark.parametrize(
    ("result", "shape"),
    [
        (PHOTOS.permute(0, 3, 1, 2), (5, 3, 32, 32)),
        (PHOTOS.permute(0, 2, 3, 1), (5, 32, 3, 32)),
        (X.view(2, 12), (2, 12)),
        (X[:, :3].view(4, 3, 1), (4, 3, 1)),
        (X.T.reshape(24), (24,)),
        (torch.zeros(1, 1).squeeze(), ()),
        (torch.zeros(1, 1).squeeze(1), (1,)),
        (torch.cat(PICTURES), (48, 32, 32)),
        (torch.stack(PICTURES), (16, 3, 32, 32)),
        (torch.stack(PICTURES, dim=1), (3, 16, 32, 32)),
        (torch.zeros(8, 1, 6) * torch.zeros(7, 1), (8, 7, 6)),
        (torch.zeros(64, 10).argmax(dim=0), (10,)),
        (torch.zeros(64, 10).argmax(dim=1), (64,)),
    ],
)
def test_question_shapes(result, shape):
    assert tuple(result.shape) == shape


def test_question_refusals():
    with pytest.raises(RuntimeError, match="view size is not compatible"):
        X[:, :3].view(12)
    with pytest.raises(ValueError, match="only one element tensors"):
        torch.tensor(PICTURES)
