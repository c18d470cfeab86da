"""Checks of chapter 12's exercises: from the pixels of FashionMNIST to a trained network."""

from __future__ import annotations

import math
from collections.abc import Callable

import torch
from torch import Tensor, nn
from torch.utils.data import Subset, TensorDataset

from helpers.checks.loops import loader_of
from helpers.checks.report import call, exercise, function, number, reject, require, same, tensor, wrong


@exercise
def first_loss(answer: object) -> str:
    """Judge a function ``num_classes -> loss`` of equally likely classes."""
    loss_of = function(answer)
    for classes in (10, 2, 1000):
        given = f"{classes} classes"
        loss = number(call(loss_of, classes, given=given), "the loss")
        expected = nn.functional.cross_entropy(torch.zeros(1, classes), torch.tensor([0])).item()
        if same(loss, expected, rtol=1e-4):
            continue
        reject(same(loss, -expected, rtol=1e-4), f"with {given}: a loss is minus the logarithm, so positive.")
        reject(same(loss, 1 / classes), f"with {given}: that is the probability; the loss is its -log.")
        reject(
            same(loss, math.log10(classes)), f"with {given}: PyTorch takes natural logarithms, not base 10."
        )
        reject(same(loss, math.log2(classes)), f"with {given}: PyTorch takes natural logarithms, not base 2.")
        reject(same(loss, math.log(10)), f"with {given}: the loss of 10 classes; use num_classes.")
        wrong(f"with {given}: equal logits cost something else. What is the probability of each class?")
    return "with 2, 10 and 1,000 classes it is the cross-entropy of equal logits."


@exercise
def to_rows(answer: object) -> str:
    """Judge a function from ``uint8`` pictures to ``float32`` rows, on pictures without pure white."""
    convert = function(answer)
    for count in (5, 1):
        generator = torch.Generator().manual_seed(count)
        pictures = torch.randint(0, 200, (count, 28, 28), dtype=torch.uint8, generator=generator)
        before = pictures.clone()
        given = f"{count} pictures"
        rows = call(convert, pictures, given=given)
        reject(
            not torch.equal(pictures, before), f"with {given}: the input was changed; return a new tensor."
        )
        _diagnose_rows(rows, before, given)
    return "five pictures, and a single one, become float32 rows from 0 to 1, and the input is untouched."


def _diagnose_rows(rows: object, pictures: Tensor, given: str) -> None:
    rows = tensor(rows, name=f"with {given}, the result")
    reject(rows.dtype == torch.uint8, f"with {given}: still uint8, whole numbers from 0 to 255.")
    require(rows.dtype == torch.float32, f"with {given}: the dtype is {rows.dtype}, the weights are float32.")
    count = len(pictures)
    reject(rows.shape == (784,) and count == 1, f"with {given}: the axis of the pictures is lost; keep it.")
    reject(
        rows.shape == pictures.shape, f"with {given}: still squares of 28 x 28; one row a picture is asked."
    )
    reject(rows.numel() == 784 * count and rows.ndim == 1, f"with {given}: all pictures are in one row.")
    require(rows.shape == (count, 784), f"with {given}: the shape is {tuple(rows.shape)}, not (N, 784).")
    raw = pictures.flatten(start_dim=1).float()
    if same(rows, raw / 255, rtol=1e-5):
        return
    reject(same(rows, raw), f"with {given}: the values still go up to 255: the scale is missing.")
    reject(same(rows, raw / 256), f"with {given}: divided by 256, so white would be a bit less than 1.")
    reject(
        same(rows, raw / raw.max()),
        f"with {given}: scaled by the largest value present; 255 is white in all.",
    )
    reject(bool((rows == 0).all()), f"with {given}: all values are 0: is a division rounding down?")
    wrong(f"with {given}: the rows do not hold the pixels in their order, divided by the value of white.")


@exercise
def class_counts(answer: object) -> str:
    """Judge a function ``(subset, num_classes) -> counts`` on parts that lack some classes."""
    count = function(answer)
    data = TensorDataset(torch.arange(12))
    data.targets = torch.tensor([3, 0, 0, 1, 3, 3, 1, 0, 3, 2, 2, 2])
    for indices in ([1, 3, 4, 5], [9, 8, 2, 7, 1, 0], [2, 7]):
        subset = Subset(data, indices)
        given = f"targets {data.targets[indices].tolist()} and 5 classes"
        _diagnose_counts(call(count, subset, 5, given=given), data.targets, indices, given)
    return "three parts are counted, classes that do not occur included."


def _diagnose_counts(result: object, targets: Tensor, indices: list[int], given: str) -> None:
    counts = tensor(result, name=f"with {given}, the result")
    expected = targets[indices].bincount(minlength=5)
    reject(
        counts.ndim == 1 and len(counts) < 5,
        f"with {given}: only {counts.numel()} counts; a class that does not occur has the count 0.",
    )
    require(counts.shape == (5,), f"with {given}: the shape is {tuple(counts.shape)}, not (5,).")
    if same(counts, expected):
        return
    reject(same(counts, targets.bincount(minlength=5)), f"with {given}: that counts the whole data set.")
    reject(
        same(counts, targets[: len(indices)].bincount(minlength=5)),
        f"with {given}: that counts the first samples of the data set; the subset has its own indices.",
    )
    reject(
        same(counts, torch.tensor(indices).clamp(max=4).bincount(minlength=5)),
        f"with {given}: that counts the indices; look up their targets.",
    )
    reject(same(counts, expected / len(indices)), f"with {given}: these are shares; counts are asked.")
    wrong(f"with {given}: the counts are not those of the part.")


# In each case most answers are right, and one mistake is made more often than any other; in the last one its
# label is not the one with most mistakes.
_ANSWERED = (
    ([0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3], [0, 0, 0, 0, 2, 2, 2, 2, 2, 1, 0, 0]),
    ([3, 3, 3, 3, 0, 0, 0, 1, 1, 1, 1], [1, 1, 1, 3, 1, 2, 0, 1, 1, 1, 1]),
    ([2, 2, 2, 0, 0, 0, 0, 0, 0, 0, 0], [0, 1, 3, 1, 1, 0, 0, 0, 0, 0, 0]),
)


@exercise
def worst_mistake(answer: object) -> str:
    """Judge a function ``(labels, answers, num_classes) -> (label, answer)`` by the pair that occurs most."""
    find = function(answer)
    for labels, answers in _ANSWERED:
        given = f"labels {labels} and answers {answers}"
        before = torch.tensor(labels), torch.tensor(answers)
        taken = before[0].clone(), before[1].clone()
        found = call(find, *taken, 4, given=given)
        changed = any(not torch.equal(one, other) for one, other in zip(before, taken, strict=True))
        reject(changed, f"with {given}: labels or answers were changed; work on a copy.")
        _diagnose_mistake(found, *before, given)
    return "in three cases it names the mistake made most often, label first."


def _diagnose_mistake(found: object, labels: Tensor, answers: Tensor, given: str) -> None:
    pairs = (4 * labels + answers).bincount(minlength=16)
    wrong_pairs = pairs.reshape(4, 4).fill_diagonal_(0)
    expected = divmod(int(wrong_pairs.argmax()), 4)
    several = isinstance(found, (tuple, list)) or (isinstance(found, Tensor) and found.ndim > 0)
    if not several:
        reject(same(found, 4 * expected[0] + expected[1]), f"with {given}: that is the number of the pair.")
        reject(same(found, int(wrong_pairs.max())), f"with {given}: that is how often; which pair is it?")
    require(
        several and len(found) == 2,
        f"with {given}: two class numbers are expected, the label and the answer.",
    )
    pair = tuple(int(number(value, f"with {given}, a class")) for value in found)
    if pair == expected:
        return
    require(all(0 <= value < 4 for value in pair), f"with {given}: there are 4 classes, from 0 to 3.")
    reject(pair[0] == pair[1], f"with {given}: label and answer agree, so it is no mistake.")
    reject(pair == expected[::-1], f"with {given}: label and answer are exchanged.")
    worst_label = int(wrong_pairs.sum(dim=1).argmax())
    reject(
        pair[0] == worst_label != expected[0],
        f"with {given}: the label with most mistakes in all; one single pair is asked.",
    )
    reject(wrong_pairs[pair] == 0, f"with {given}: that mistake is never made.")
    wrong(f"with {given}: another mistake is made more often.")


class _Watched(nn.Module):
    """Returns its input as logits, through dropout, and notes how it was called."""

    def __init__(self) -> None:
        super().__init__()
        self.dropout = nn.Dropout(0.9)
        self.one = nn.Parameter(torch.ones(()))
        self.recorded = False
        self.trained = False

    def forward(self, X: Tensor) -> Tensor:
        self.trained |= self.training
        logits = self.dropout(self.one * X)
        self.recorded |= logits.requires_grad
        return logits


@exercise
def accuracy(answer: object) -> str:
    """Judge a function ``(model, loader) -> share`` with a model that notes its mode and its graph."""
    measure = function(answer)
    for count, batch_size in ((9, 4), (10, 5), (3, 8)):
        X = torch.eye(5)[torch.arange(count) % 5]
        y = torch.arange(count) % 5
        y[:2] = 4
        model = _Watched()
        loader = loader_of(X, y, batch_size)
        given = f"{count} samples in batches of {batch_size}"
        result = number(call(measure, model, loader, given=given), "the accuracy")
        _diagnose_accuracy(result, X, y, batch_size, model, given)
    return "short batches count by their samples, dropout is off, and no gradients are recorded."


def _diagnose_accuracy(
    result: float, X: Tensor, y: Tensor, batch_size: int, model: _Watched, given: str
) -> None:
    reject(
        model.trained, f"with {given}: the model runs in training mode, so dropout deletes logits at random."
    )
    hits = (X.argmax(dim=1) == y).float()
    if not same(result, hits.mean().item()):
        batches = hits.split(batch_size)
        means = sum(batch.mean().item() for batch in batches) / len(batches)
        reject(same(result, 100 * hits.mean().item()), f"with {given}: these are percent; a share is asked.")
        reject(
            same(result, hits.sum().item()), f"with {given}: that is the number of right answers, undivided."
        )
        reject(
            same(result, means),
            f"with {given}: the mean of the batches' accuracies; the last batch is short.",
        )
        reject(same(result, 1 - hits.mean().item()), f"with {given}: that is the share of wrong answers.")
        reject(
            same(result, hits.sum().item() / (len(batches) * batch_size)),
            f"with {given}: divided as if the last batch were full.",
        )
        reject(same(result, batches[-1].mean().item()), f"with {given}: only the last batch is in it.")
        wrong(f"with {given}: not the share of samples whose largest logit is that of their label.")
    reject(model.recorded, f"with {given}: right, but autograd records a graph; switch that off.")


@exercise
def small_classifier(answer: object) -> str:
    """Judge a function that builds a network, by what the network does to pictures and whether it learns."""
    model = call(function(answer), given="no argument")
    require(isinstance(model, nn.Module), f"a network is expected, not {type(model).__name__}.")
    generator = torch.Generator().manual_seed(0)
    pictures = torch.rand(40, 28, 28, generator=generator)
    _diagnose_outputs(model, pictures)
    count = sum(parameter.numel() for parameter in model.parameters() if parameter.requires_grad)
    reject(count == 0, "it has no parameters that could learn.")
    require(count <= 60_000, f"it has {count} parameters, more than 60,000.")
    _diagnose_learning(model, pictures, torch.arange(40) % 10)
    return f"{count} parameters, ten logits for each picture, and it learns."


def _diagnose_outputs(model: nn.Module, pictures: Tensor) -> None:
    def outputs(X: Tensor) -> Tensor:
        with torch.no_grad():
            return call(model.eval(), X, given=f"pictures of shape {tuple(X.shape)}")

    logits = tensor(outputs(pictures), name="the output")
    require(
        logits.shape == (40, 10), f"40 pictures give an output of shape {tuple(logits.shape)}, not (40, 10)."
    )
    far = outputs(1000 * (pictures - 0.5))
    reject(
        same(far.sum(dim=1), torch.ones(40), rtol=1e-3),
        "its outputs add up to 1: the loss takes the softmax itself.",
    )
    reject(bool((far <= 0).all()), "its outputs are logarithms already: the loss takes the softmax itself.")
    reject(bool((far >= 0).all()), "no output is ever negative: the last layer must leave the logits free.")
    a, b = pictures[:20], pictures[20:]
    bend = outputs(a) + outputs(b) - outputs(a + b) - outputs(torch.zeros_like(a))
    reject(
        float(bend.abs().max()) < 1e-5,
        "it is one affine map, however many layers it has: a hidden layer needs a ReLU or the like.",
    )


def _diagnose_learning(model: nn.Module, pictures: Tensor, labels: Tensor) -> None:
    loss_fn: Callable[[Tensor, Tensor], Tensor] = nn.CrossEntropyLoss()
    # The parameters are put back afterwards: the reader's network stays as it was built.
    state = {name: value.clone() for name, value in model.state_dict().items()}
    optimizer = torch.optim.Adam((p for p in model.parameters() if p.requires_grad), lr=3e-3)
    model.train()
    for _ in range(150):
        optimizer.zero_grad()
        loss = loss_fn(model(pictures), labels)
        loss.backward()
        optimizer.step()
    model.load_state_dict(state)
    require(
        math.isfinite(loss.item()) and loss.item() < 1.5,
        "after 150 updates it does not know forty pictures by heart: does every layer pass something on?",
    )
