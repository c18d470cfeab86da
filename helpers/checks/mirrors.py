"""Two checks of chapter 13: pictures of a batch mirrored one by one, and a model asked about both images."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from helpers.checks.report import call, exercise, function, reject, require, same, tensor, wrong
from helpers.checks.usual import reject_usual


@exercise
def flip_each(answer: object) -> str:
    """Judge ``(pictures, coins) -> pictures`` on coins of all kinds."""
    flip = function(answer)
    for coins in ([True, False, True, False, False], [False] * 3, [True] * 2):
        generator = torch.Generator().manual_seed(len(coins))
        pictures = torch.randint(0, 256, (len(coins), 3, 6, 8), dtype=torch.uint8, generator=generator)
        before, mask = pictures.clone(), torch.tensor(coins)
        given = f"coins {coins}"
        found = call(flip, pictures, mask.clone(), given=given)
        reject(not torch.equal(pictures, before), f"with {given}: the input was changed; copy it first.")
        found = tensor(found, name=f"with {given}, the result")
        _diagnose_flip(found, before, mask, given)
    return "mixed coins, all tails and all heads come out right, and the input is untouched."


def _diagnose_flip(found: Tensor, pictures: Tensor, coins: Tensor, given: str) -> None:
    require(
        found.shape == pictures.shape,
        f"with {given}: the shape is {tuple(found.shape)} instead of {tuple(pictures.shape)}; "
        "all pictures come back, mirrored or not.",
    )
    mask = coins[:, None, None, None]
    exact = torch.where(mask, pictures.flip(3), pictures)
    if not torch.equal(found.to(exact.dtype), exact):
        usual = [
            (pictures.flip(3), "all pictures are mirrored; each has a coin of its own."),
            (pictures, "no picture is mirrored."),
            (
                torch.where(mask, pictures, pictures.flip(3)),
                "those with False are mirrored, not those with True.",
            ),
            (
                torch.cat([pictures[~coins], pictures[coins].flip(3)]),
                "the mirrored ones stand at the end; each should keep its place.",
            ),
            (torch.where(mask, pictures.flip(2), pictures), "they stand on their heads; mirror the columns."),
            (torch.where(mask, pictures.flip(1), pictures), "the colours are exchanged; mirror the columns."),
            (torch.where(mask, pictures.flip(0), pictures), "other pictures stand in their places."),
            (
                torch.where(mask, pictures.flip(2, 3), pictures),
                "they are turned by 180 degrees; mirror once.",
            ),
        ]
        reject_usual(found, usual, given)
        wrong(f"with {given}: some picture is neither itself nor its mirror image, as its coin says.")
    require(found.dtype == pictures.dtype, f"with {given}: uint8 pictures come back as {found.dtype}.")


class _Asymmetric(nn.Module):
    """Answers that depend on left and right, on up and down, on the mode, and on being differentiated."""

    def __init__(self) -> None:
        super().__init__()
        with torch.random.fork_rng(devices=[]):  # the reader's random numbers stay theirs
            torch.manual_seed(0)
            self.body = nn.Sequential(nn.Flatten(), nn.Linear(48, 16), nn.BatchNorm1d(16), nn.ReLU())
            self.head = nn.Sequential(nn.Dropout(0.5), nn.Linear(16, 4))

    def forward(self, x: Tensor) -> Tensor:
        """Return logits, shape (N, 4)."""
        return self.head(self.body(x))


@exercise
def mirrored_answers(answer: object) -> str:
    """Judge ``(model, pictures) -> logits`` on a network whose answers depend on its mode."""
    ask = function(answer)
    generator = torch.Generator().manual_seed(0)
    pictures = torch.rand(6, 3, 4, 4, generator=generator)
    for training in (True, False):
        model = _Asymmetric().train(training)
        given = f"a model in {'training' if training else 'evaluation'} mode"
        found = call(ask, model, pictures.clone(), given=given)
        found_graph = isinstance(found, Tensor) and found.requires_grad
        found = tensor(found, name=f"with {given}, the result")
        _diagnose_answers(found, pictures, given)
        reject(found_graph, f"with {given}: a graph was recorded; nothing will be differentiated here.")
        moved = int(model.get_buffer("body.2.num_batches_tracked"))
        reject(moved > 0, f"with {given}: batch norm's running values have moved; switch the mode first.")
    return "from either mode it gives the mean of both answers, and records nothing."


def _diagnose_answers(found: Tensor, pictures: Tensor, given: str) -> None:
    reject(found.ndim == 1, f"with {given}: these are classes already; the logits are asked for.")
    require(
        found.shape == (len(pictures), 4),
        f"with {given}: the shape is {tuple(found.shape)}; one row of logits a picture.",
    )
    with torch.no_grad():
        model = _Asymmetric().eval()
        plain, turned = model(pictures), model(pictures.flip(3))
        upside, turned_round = model(pictures.flip(2)), model(pictures.flip(2, 3))
        swapped, others = model(pictures.flip(1)), model(pictures.flip(0))
        blended = model((pictures + pictures.flip(3)) / 2)
    if same(found, (plain + turned) / 2, rtol=1e-4, atol=1e-6):
        return
    usual = [
        (plain + turned, "that is the sum of both answers; the mean is asked for."),
        (plain, "the mirror image was not asked."),
        (turned, "only the mirror image was asked."),
        ((plain + upside) / 2, "the second picture stands on its head; mirror left and right."),
        ((plain + swapped) / 2, "the second picture has its colours exchanged; mirror left and right."),
        (
            (plain.softmax(1) + turned.softmax(1)) / 2,
            "these are mean probabilities; give mean logits.",
        ),
        (torch.maximum(plain, turned), "that is the larger of both answers; the mean is asked for."),
        (plain + turned / 2, "only the second answer is halved: brackets are missing."),
        (plain / 2 + turned, "only the first answer is halved: brackets are missing."),
        ((plain - turned) / 2, "that is half of the difference; the mean is asked for."),
        ((plain + turned_round) / 2, "the second picture is turned by 180 degrees; mirror left and right."),
        ((plain + others) / 2, "the second batch is in another order; mirror the columns of each picture."),
        (blended, "the pictures were averaged, not the answers."),
        (((plain + turned) / 2).softmax(1), "these are probabilities; the logits are asked for."),
        (
            (plain.log_softmax(1) + turned.log_softmax(1)) / 2,
            "these are logarithms; the logits are asked for.",
        ),
    ]
    reject_usual(found, usual, given, rtol=1e-4, atol=1e-6)
    wrong(f"with {given}: not the mean of two answers in evaluation mode. Is dropout off?")
