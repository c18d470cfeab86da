"""What a classifier of two layers and a bottleneck compute, and what usual mistakes make of it."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from helpers.checks.modules import require_registered
from helpers.checks.report import reject, require, same, wrong
from helpers.checks.usual import reject_usual


def diagnose_logits(model: nn.Module, X: Tensor, logits: Tensor, given: str) -> None:
    """Stop unless a model of 12 inputs, 7 hidden numbers and 5 classes returns what its parameters give.

    Parameters
    ----------
    model : nn.Module
        Two layers, by whatever name.
    X : Tensor, shape (samples, 12)
        What went in, flattened.
    logits : Tensor, shape (samples, 5)
        What came out.
    given : str
        The call in words, as for ``call``.
    """
    # The four have different numbers of elements, so each is known whatever its name.
    held = {parameter.numel(): parameter.detach() for parameter in model.parameters()}
    require({84, 7, 35, 5} == set(held), "the model's parameters are not those of the two layers.")
    W1, W2 = (weight if len(weight) < weight.shape[1] else weight.T for weight in (held[84], held[35]))
    b1, b2 = held[7].flatten(), held[5].flatten()

    def after(hidden: Tensor) -> Tensor:
        return hidden @ W2.T + b2

    z = X @ W1.T + b1
    right = after(z.relu())
    if same(logits, right, rtol=1e-3, atol=1e-5):
        return
    from_bent = X.relu() @ W1.T + b1
    usual = (
        (right.softmax(1), "softmax is in the model: return the logits."),
        (right.log_softmax(1), "log-softmax is in the model: return the logits."),
        (right.softmax(0), "softmax is in the model, and runs over the samples: return the logits."),
        (right.relu(), "the last layer must not be followed by ReLU: a logit may be negative."),
        (right.tanh(), "nothing may follow the last layer."),
        (right.sigmoid(), "nothing may follow the last layer."),
        (after(z), "without a non-linearity in between, the two layers are one."),
        (after(z).relu(), "ReLU belongs between the two layers, not behind the last."),
        (after(from_bent), "ReLU belongs between the two layers, not before the first."),
        (after(from_bent.relu()), "the pictures go into the first layer as they are, without a ReLU."),
    )
    reject_usual(logits, usual, given, rtol=1e-3, atol=1e-5)
    with torch.no_grad():
        first, second = (model(X.clone()) for _ in range(2))
    require(same(first, second), "two calls on one batch differ: nothing random is asked for.")
    wrong("ReLU is asked for between the two layers, and nothing else besides them.")


def diagnose_convolutions(block: nn.Module, channels: int, narrow: int) -> None:
    """Stop unless a block registers 1 x 1 down, 3 x 3 within and 1 x 1 up, the last one as ``expand``."""
    convs = [module for module in block.modules() if isinstance(module, nn.Conv2d)]
    require(len(convs) == 3, f"the block registers {len(convs)} convolutions; three are asked for.")
    expand = getattr(block, "expand", None)
    if not isinstance(expand, nn.Conv2d):
        wrong("self.expand is to be the last convolution.")
    shapes = sorted(tuple(conv.weight.shape) for conv in convs)
    wanted = sorted([(narrow, channels, 1, 1), (narrow, narrow, 3, 3), (channels, narrow, 1, 1)])
    wide = (channels, channels, 3, 3) in shapes
    reject(wide, "the 3 x 3 convolution works on all channels: it belongs inside, where they are few.")
    require(
        shapes == wanted, "the convolutions are 1 x 1 down, 3 x 3 within, 1 x 1 up; these have other shapes."
    )
    up = tuple(expand.weight.shape) == (channels, narrow, 1, 1)
    require(up, "self.expand is to lead back up from the few channels to all.")
    theirs = sum(parameter.numel() for conv in convs for parameter in conv.parameters())
    require_registered(block, theirs, "the three convolutions")


def diagnose_skip(block: nn.Module, x: Tensor, found: Tensor) -> None:
    """Stop unless a block of three convolutions adds its input to what they make of it, and bends the sum.

    Parameters
    ----------
    block : nn.Module
        The block; its ``expand`` is set to zero where it is wrong.
    x, found : Tensor, shape (samples, channels, height, width)
        What went in and what came out.
    """
    inner = _inner(block, x)
    if same(found, (inner + x).relu(), rtol=1e-3, atol=1e-5):
        return
    for parameter in block.get_submodule("expand").parameters():
        nn.init.zeros_(parameter)
    with torch.no_grad():
        rest = block(x.clone())
    usual = (
        (rest, torch.zeros_like(x), "with expand at zero nothing comes out: the input is not added."),
        (
            rest,
            x,
            "with expand at zero the input comes out unchanged, negative numbers too: ReLU comes last.",
        ),
        (rest, 2 * x.relu(), "the input is added twice."),
        (rest, 2 * x, "the input is added twice."),
        (found, inner.relu() + x.relu(), "ReLU comes after the sum, not before it."),
        (found, inner + x.relu(), "ReLU comes after the sum, not before it."),
        (found, (inner + x.relu()).relu(), "the input is added as it is, without a ReLU of its own."),
        (
            found,
            (inner.relu() + x).relu(),
            "the sum alone is bent: no ReLU directly after the last convolution.",
        ),
        (found, (inner - x).relu(), "the input is subtracted; it is to be added."),
    )
    for value, effect, diagnosis in usual:
        reject(same(value, effect, rtol=1e-3, atol=1e-5), diagnosis)
    require(same(rest, x.relu()), "with expand at zero, the ReLU of the input should come out, and does not.")
    wrong("inside, a ReLU belongs after each of the first two convolutions, and nothing else.")


def _inner(block: nn.Module, x: Tensor) -> Tensor:
    """Return what 1 x 1, ReLU, 3 x 3, ReLU and ``expand`` add to the input, with the block's own weights."""
    expand = block.get_submodule("expand")
    convs = [module for module in block.modules() if isinstance(module, nn.Conv2d) and module is not expand]
    first, second = sorted(convs, key=lambda conv: conv.kernel_size)
    with torch.no_grad():
        return expand(second(first(x).relu()).relu())
