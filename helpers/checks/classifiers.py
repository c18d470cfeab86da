"""The check of chapter 12's last exercise: a small classifier, by its outputs and by whether it learns."""

from __future__ import annotations

import copy
import math

import torch
from torch import Tensor, nn

from helpers.checks.report import a_kind, call, exercise, function, reject, require, same, tensor


@exercise
def small_classifier(answer: object) -> str:
    """Judge a function that builds a network, by what the network does to pictures and whether it learns."""
    model = call(function(answer), given="no argument")
    require(isinstance(model, nn.Module), f"a network is expected, not {a_kind(model)}.")
    model = copy.deepcopy(model)  # the reader's own stays as it was built
    pictures = _striped_pictures()
    _diagnose_shapes(model, pictures)
    count = sum(parameter.numel() for parameter in model.parameters())
    require(count <= 60_000, f"it has {count} parameters, more than 60,000.")
    weights = [parameter for parameter in model.parameters() if parameter.ndim > 1]
    require(len(weights) > 1, "it has a single layer with weights; a hidden one is asked for.")
    loss = _train(model, pictures, torch.arange(40) % 10)
    _diagnose_range(model)
    require(
        math.isfinite(loss) and loss < 2.2,
        "after 150 updates with forty pictures its loss is still that of guessing: does every layer pass "
        "something on?",
    )
    return f"{count} parameters, ten logits for each picture, and it learns."


def _striped_pictures() -> Tensor:
    """Return 40 noisy pictures of 10 classes: rows or columns with stripes of five widths."""
    places = torch.arange(28)
    classes = []
    for width in (1, 2, 3, 5, 8):
        stripes = (places // width % 2).float().expand(28, 28)
        classes += [stripes * 0.8, stripes.T * 0.5]
    noise = torch.rand(40, 28, 28, generator=torch.Generator().manual_seed(0))
    return torch.stack(classes).repeat(4, 1, 1) + 0.2 * noise


def _outputs(model: nn.Module, X: Tensor) -> Tensor:
    with torch.no_grad():
        found = call(model.eval(), X, given=f"pictures of shape {tuple(X.shape)}")
    return tensor(found, name="the output")


def _diagnose_shapes(model: nn.Module, pictures: Tensor) -> None:
    for X in (pictures, pictures[:1]):
        logits = _outputs(model, X)
        require(
            logits.shape == (len(X), 10),
            f"{len(X)} pictures give an output of shape {tuple(logits.shape)}, not ({len(X)}, 10).",
        )


def _train(model: nn.Module, pictures: Tensor, labels: Tensor) -> float:
    parameters = [parameter for parameter in model.parameters() if parameter.requires_grad]
    require(parameters, "it has no parameters that could learn.")
    loss_fn = nn.CrossEntropyLoss()
    optimizer = torch.optim.Adam(parameters, lr=3e-3)
    model.train()
    last = math.nan
    for _ in range(150):
        optimizer.zero_grad()
        loss = loss_fn(model(pictures), labels)
        require(loss.requires_grad, "its output has no graph: is it detached, or computed under no_grad?")
        loss.backward()
        optimizer.step()
        last = loss.item()
    return last


def _diagnose_range(model: nn.Module) -> None:
    """Find an end that binds the logits, or the lack of a bend, by outputs for inputs far away."""
    inputs = 1000 * torch.randn(2, 20, 28, 28, generator=torch.Generator().manual_seed(0))
    far, other = (_outputs(model, half) for half in inputs)
    reject(bool((far == far[0]).all()), "whatever comes in, its outputs are the same: are the weights zero?")
    reject(
        same(far.sum(dim=1), torch.ones(20), rtol=1e-3),
        "its outputs add up to 1: the loss takes the softmax itself.",
    )
    reject(bool((far >= 0).all()), "no output is ever negative: the last layer must leave the logits free.")
    reject(0.99 < far.abs().max() <= 1, "its outputs stay between -1 and 1: leave the logits free.")
    bend = far + other - _outputs(model, inputs.sum(dim=0)) - _outputs(model, 0 * inputs[0])
    reject(
        bend.abs().max() < 1e-4 * far.abs().max(),
        "it is one affine map, however many layers it has: a hidden layer needs a ReLU or the like.",
    )
