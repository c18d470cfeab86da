"""Chapter 2's checks: the reference answers pass, and each usual wrong answer gets its own diagnosis."""

import numpy as np
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


def filled_board(n):
    result = torch.zeros(n, n)
    result[::2, 1::2] = 1
    result[1::2, ::2] = 1
    return result


def looped_board(n):
    return torch.tensor([[(i + j) % 2 for j in range(n)] for i in range(n)])


def chained_slices(n):
    result = torch.zeros(n, n)
    result[::2][1::2] = 1
    result[1::2][::2] = 1
    return result


def by_column(X):
    return torch.stack([(column - column.mean()) / column.std() for column in X.unbind(1)], dim=1)


def with_statistics(X):
    return scaled(X), X.mean(0), X.std(0)


def squares_expanded(a, b):
    lengths = a.square().sum(1)[:, None] + b.square().sum(1)
    return (lengths - 2 * a @ b.T).clamp(min=0).sqrt()


def two_coordinates(a, b):
    difference = differences(a, b)
    return torch.hypot(difference[..., 0], difference[..., 1])


def lengthened(a, b):
    return (a.unsqueeze_(1) - b).norm(dim=-1)


def distances_by_loops(a, b):
    return torch.stack([torch.stack([(p - q).norm() for q in b]) for p in a])


def distances_by_coordinates(a, b):
    return sum((p[:, None] - q).square() for p, q in zip(a.T, b.T, strict=True)).sqrt()


def product_by_rows(A, B):
    return torch.stack([(row[:, None] * B).sum(0) for row in A])


def product_by_terms(A, B):
    return sum(A[:, k, None] * B[k] for k in range(len(B)))


def product_by_elements(A, B):
    C = torch.zeros(len(A), B.shape[1])
    for i in range(len(A)):
        for j in range(B.shape[1]):
            C[i, j] = (A[i] * B[:, j]).sum()
    return C


def product_of_lists(A, B):
    columns = list(zip(*B.tolist(), strict=True))
    rows = [
        [sum(a * b for a, b in zip(row, column, strict=True)) for column in columns] for row in A.tolist()
    ]
    return torch.tensor(rows)


def product_in_place(A, B):
    return (A.unsqueeze_(2) * B).sum(1)


RIGHT = {
    "broadcast_shape": [
        (5, 4, 3),
        [5, 4, 3],
        torch.Size((5, 4, 3)),
        torch.broadcast_shapes((5, 1, 3), (4, 1)),
        np.array([5, 4, 3]),
        np.broadcast_shapes((5, 1, 3), (4, 1)),
        (np.int64(5), np.int32(4), torch.tensor(3)),
        torch.tensor([5, 4, 3]),
        (5.0, 4.0, 3.0),
    ],
    "checkerboard": [
        board,
        lambda n: board(n).float(),
        lambda n: board(n).bool(),
        filled_board,
        looped_board,
        lambda n: (torch.arange(n * n).view(n, n) // n + torch.arange(n)) % 2,
        lambda n: torch.arange(n)[:, None] % 2 != torch.arange(n) % 2,
        lambda n: torch.from_numpy(np.indices((n, n)).sum(0) % 2),
        lambda n: torch.tensor([[0, 1], [1, 0]]).tile(n, n)[:n, :n],
    ],
    "channels_first": [
        lambda p: p.permute(0, 3, 1, 2),
        lambda p: p.movedim(-1, 1),
        lambda p: torch.permute(p, (0, -1, 1, 2)),
        lambda p: p.transpose(2, 3).transpose(1, 2),
        lambda p: p.mT.swapaxes(1, 2),
        lambda p: torch.moveaxis(p, 3, 1),
        lambda p: torch.einsum("nhwc->nchw", p),
        lambda p: torch.from_numpy(np.moveaxis(p.numpy(), -1, 1)),
    ],
    "standardise": [
        scaled,
        lambda X: (X - X.mean(0)) / X.std(0),
        lambda X: (X - X.mean(axis=0)) / X.var(axis=0).sqrt(),
        lambda X: X.sub(X.mean(-2)).div(X.std(-2)),
        lambda X: (X.T - X.T.mean(1, keepdim=True)).T / X.T.std(1),
        lambda X: (X - X.mean(0)) / (X.std(0) + 1e-8),
        lambda X: scaled(X.double()),
        by_column,
    ],
    "distances": [
        torch.cdist,
        lambda a, b: differences(a, b).norm(dim=-1),
        lambda a, b: differences(a, b).square().sum(-1).sqrt(),
        lambda a, b: ((a.unsqueeze(1) - b.unsqueeze(0)) ** 2).sum(dim=2) ** 0.5,
        lambda a, b: torch.linalg.vector_norm(a[:, None] - b, dim=2),
        lambda a, b: (a.T[:, :, None] - b.T[:, None]).pow(2).sum(0).sqrt(),
        lambda a, b: torch.nn.functional.pairwise_distance(a[:, None], b[None]),
        squares_expanded,
    ],
    "matrix_product": [
        lambda A, B: products(A, B).sum(dim=1),
        lambda A, B: (A[:, None] * B.T[None]).sum(-1),
        lambda A, B: (A.unsqueeze(-1) * B).sum(-2),
        lambda A, B: torch.sum(torch.mul(A[..., None], B[None, ...]), dim=1),
        lambda A, B: (A.T[:, :, None] * B[:, None]).sum(0),
        lambda A, B: A[:, None].mul(B.mT).sum(axis=2),
        lambda A, B: torch.multiply(*torch.broadcast_tensors(A[:, :, None], B)).sum(1),
        lambda A, B: products(A, B).mean(1) * len(B),
    ],
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
        ((), "as many axes as the longer"),
        ((3,), "as many axes as the longer"),
        ((60,), "as many axes as the longer"),
        (torch.Size((5, 1, 3)), "takes the size of its partner"),
        (np.array([4, 5, 3]), "in another order"),
        (torch.zeros(5, 4, 3), "a tuple of whole numbers"),
        ("(5, 4, 3)", "a tuple of whole numbers"),
        ((5, 4.5, 3), "not a whole number"),
        (("5", "4", "3"), "size 0 is a str"),
        ({5, 4, 3}, "a tuple of whole numbers"),
        ((5, 4, -1), "axis -1 does not follow"),
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
        (chained_slices, "in one pair of brackets"),
        (lambda n: torch.tensor([[0, 1], [1, 0]]).tile(4, 4), "has shape (8, 8)"),
        (lambda n: torch.tensor([[0, 1], [1, 0]]).tile(n // 2, n // 2), "has shape (4, 4)"),
        (lambda n: torch.arange(n * n).view(n, n) % 2, "neighbouring rows are equal"),
        (lambda n: board(n).tolist(), "a list; a torch.Tensor is expected"),
        (lambda n: board(n).numpy(), "a NumPy array; a torch.Tensor is expected"),
        (lambda n: (-1) ** board(n), "something else than 0 and 1"),
        (lambda n: torch.ones(n, n), "the upper left corner is 1"),
        (lambda n: torch.eye(n), "the upper left corner is 1"),
        (lambda n: torch.eye(n).roll(2, dims=0), "two neighbouring squares"),
    ],
    "channels_first": [
        (lambda p: p, "the channels belong in second place"),
        (lambda p: p.reshape(p.shape[0], p.shape[3], *p.shape[1:3]), "pictures are scrambled"),
        (lambda p: p.transpose(1, 3), "lie on their side"),
        (lambda p: p.permute(0, 3, 1, 2).clone(), "they were copied"),
        (lambda p: p.permute(0, 3, 1, 2).flip(1), "is not that channel"),
        (lambda p: p.view(p.shape[0], 3, *p.shape[1:3]), "pictures are scrambled"),
        (lambda p: p.permute(0, 2, 3, 1), "the channels belong in second place"),
        (lambda p: p.permute(3, 0, 1, 2), "the channels belong in second place"),
        (lambda p: p.permute(0, 3, 2, 1), "lie on their side"),
        (lambda p: p.movedim(3, 1).contiguous(), "they were copied"),
        (lambda p: torch.stack([p[..., c] for c in range(3)], dim=1), "they were copied"),
        (lambda p: p.to(memory_format=torch.channels_last), "the channels belong in second place"),
        (lambda p: p.transpose_(2, 3).transpose_(1, 2), "changed the photos themselves"),
        (lambda p: p.neg_().permute(0, 3, 1, 2), "changed the photos themselves"),
        (lambda p: list(p.permute(0, 3, 1, 2)), "a list; a torch.Tensor is expected"),
        (lambda p: p[0].permute(2, 0, 1), "the channels belong in second place"),
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
        (lambda X: X - X.mean(0) / X.std(0), "brackets are missing"),
        (lambda X: (X - X.min(0).values) / (X.max(0).values - X.min(0).values), "from 0 to 1"),
        (lambda X: torch.nn.functional.layer_norm(X, X.shape[1:]), "the other axis must go"),
        (lambda X: torch.nn.functional.batch_norm(X, None, None, training=True), "divided by n, not"),
        (lambda X: torch.nn.functional.normalize(X, dim=0), "neither the means nor"),
        (lambda X: (X - X.numpy().mean(0)) / X.numpy().std(0), "divided by n, not by n - 1"),
        (with_statistics, "a tuple; a torch.Tensor is expected"),
        (lambda X: (X - X.mean(1)) / X.std(1), "raises RuntimeError"),
        (lambda X: (X - X.median(0).values) / X.std(0), "the means are not 0"),
        (lambda X: X.sub_(X.mean(0)).div(X.std(0)), "changed X itself"),
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
        (two_coordinates, "only the first two coordinates"),
        (lambda a, b: differences(a, b).sum(-1).square().sqrt(), "must be squared first"),
        (lambda a, b: differences(a, b).square().mean(-1).sqrt(), "the mean of the squares"),
        (lambda a, b: differences(a, b).abs().max(-1).values, "the largest difference"),
        (lambda a, b: differences(a, b).norm(dim=0), "one number for each pair"),
        (lengthened, "changed a itself"),
        (lambda a, b: (a[:, None] - b.sub_(1) - 1).norm(dim=-1), "changed b itself"),
        (distances_by_loops, "a loop"),
        (distances_by_coordinates, "a loop"),
        (lambda a, b: torch.cdist(a, b).tolist(), "a list; a torch.Tensor is expected"),
        (lambda a, b: torch.cdist(a, b)[None], "one number for each pair"),
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
        (lambda A, B: torch.nn.functional.linear(A, B.T), "calls linear"),
        (lambda A, B: torch.tensordot(A, B, dims=1), "calls tensordot"),
        (lambda A, B: torch.linalg.multi_dot([A, B]), "calls linalg_multi_dot"),
        (lambda A, B: torch.addmm(torch.zeros(()), A, B), "calls addmm"),
        (lambda A, B: torch.linalg.vecdot(A[:, None], B.T), "calls linalg_vecdot"),
        (lambda A, B: torch.from_numpy(A.numpy() @ B.numpy()), "calls numpy"),
        (lambda A, B: torch.from_numpy(np.dot(A, B)), "calls __array__"),
        (product_by_rows, "a loop"),
        (product_by_terms, "a loop"),
        (product_by_elements, "a loop"),
        (product_of_lists, "calls tolist"),
        (product_in_place, "changed A itself"),
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
