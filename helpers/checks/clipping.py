"""The diagnosis of gradients that are shortened one by one and then averaged, as private training does."""

from __future__ import annotations

from torch import Tensor

from helpers.checks.report import reject, require, same, shape_text, wrong
from helpers.checks.usual import reject_usual


def _clip(vectors: Tensor, limit: float) -> Tensor:
    return vectors * (limit / vectors.norm(dim=-1, keepdim=True)).clamp(max=1)


def diagnose_clipping(found: Tensor, each: Tensor, limit: float, given: str) -> None:
    """Stop with a diagnosis unless ``found`` is the mean of the rows, each shortened to the limit.

    Parameters
    ----------
    found : Tensor
        What the reader's code gives.
    each : Tensor, shape (B, n)
        The gradient of each sample.
    limit : float
        The length that none may pass.
    given : str
        The call in words, as for ``call``.
    """
    clipped = _clip(each, limit)
    if same(found, clipped.mean(dim=0), rtol=1e-4, atol=1e-6):
        return
    reject(
        found.shape == each.shape != clipped.mean(dim=0).shape,
        f"with {given}: the shape is {shape_text(found)}, a gradient for each sample; "
        "their mean is asked for.",
    )
    reject_usual(found, _usual(each, clipped, limit), given, rtol=1e-4, atol=1e-6)
    require(
        found.shape == each.shape[1:], f"with {given}: the shape is {shape_text(found)}; w's is expected."
    )
    wrong(f"with {given}: it is not the mean of the shortened gradients.")


def _usual(each: Tensor, clipped: Tensor, limit: float) -> tuple[tuple[Tensor, str], ...]:
    """Return what each usual mistake gives, with its diagnosis."""
    return (
        (clipped.sum(dim=0), "that is the sum of the shortened gradients; the mean is asked for."),
        (
            each.mean(dim=0),
            "nothing is shortened: that is the plain gradient of the mean loss.",
        ),
        (
            _clip(each.mean(dim=0), limit),
            "the mean is shortened; each sample's gradient must be, before the mean hides it.",
        ),
        (
            (limit * each / each.norm(dim=1, keepdim=True)).mean(dim=0),
            "gradients shorter than the limit are stretched to it; they should stay as they are.",
        ),
        (
            each.clamp(-limit, limit).mean(dim=0),
            "each component is cut by itself, which turns the gradient; its length is limited.",
        ),
        (-clipped.mean(dim=0), "the sign is turned: a gradient is asked for, not a step."),
        (
            (each * (limit / each.norm()).clamp(max=1)).mean(dim=0),
            "one factor shortens them all; each sample's gradient has a length of its own.",
        ),
        (
            (each * (limit / each.norm(dim=1, keepdim=True)).clamp(min=1)).mean(dim=0),
            "the limit is turned round: short gradients are stretched to it, and long ones stay.",
        ),
        (
            (each * (limit / each.norm(dim=0)).clamp(max=1)).mean(dim=0),
            "the lengths are measured along the samples; a gradient lies along the other axis.",
        ),
        (each[0], "that is the gradient of the first sample alone."),
    )
