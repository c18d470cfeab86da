"""SoftmaxLab: logits, probabilities, cross-entropy and its gradient, under the reader's hand."""

from __future__ import annotations

import math
from collections.abc import Sequence
from numbers import Real

import traitlets

from helpers.figures.base import Figure

#: The axis of the logits ends here, on both sides.
SPAN = 6.0


class SoftmaxLab(Figure):
    """Cross-entropy of one sample: drag the logits, choose the true class, read loss and gradient.

    Logits and probabilities stand side by side on fixed axes; the gradient with respect to the logits is
    drawn as the distance from target to probability. Below, the loss over the true class's logit. The
    browser computes softmax, loss and gradient anew at every change, as
    :func:`torch.nn.functional.cross_entropy` does; with ``twice`` it first applies softmax to the
    logits, which is the usual mistake.

    Parameters
    ----------
    logits : 2 to 6 numbers
        The model's outputs for one sample, each in -6 ... 6.
    classes : sequence of str
        A name for each logit.
    target : str
        The true class, one of ``classes``.
    twice : bool
        Whether the loss is given probabilities where it expects logits.
    caption : str
        What to try.

    Raises
    ------
    TypeError
        A logit is not a number.
    ValueError
        The logits are too few, too many, too large or not as many as the classes; two classes share a
        name; ``target`` is none of them.
    """

    logits = traitlets.List(traitlets.Float()).tag(sync=True)
    classes = traitlets.List(traitlets.Unicode()).tag(sync=True)
    target = traitlets.Unicode().tag(sync=True)
    twice = traitlets.Bool().tag(sync=True)
    shown = ("logits", "target", "twice")

    def __init__(
        self,
        *,
        logits: Sequence[float] = (5.0, 0.5, 1.5, -2.0, -3.5),
        classes: Sequence[str] = ("coat", "shirt", "dress", "bag", "boot"),
        target: str = "shirt",
        twice: bool = False,
        caption: str = "",
    ) -> None:
        _check_logits(logits)
        _check_classes(classes, len(logits), target)
        super().__init__(
            logits=[float(value) for value in logits],
            classes=list(classes),
            target=target,
            twice=bool(twice),
            caption=caption,
        )


def _check_logits(logits: Sequence[float]) -> None:
    if any(isinstance(value, bool) or not isinstance(value, Real) for value in logits):
        raise TypeError(f"logits must be numbers, got {list(logits)!r}")
    if not 2 <= len(logits) <= 6:
        raise ValueError(f"logits must be 2 to 6 numbers, got {len(logits)}")
    if not all(math.isfinite(value) and abs(value) <= SPAN for value in logits):
        raise ValueError(f"logits must lie in -{SPAN:g} ... {SPAN:g}, got {list(logits)}")


def _check_classes(classes: Sequence[str], count: int, target: str) -> None:
    if isinstance(classes, str) or len(classes) != count:
        raise ValueError(f"classes must be {count} names, one for each logit, got {classes!r}")
    if len(set(classes)) < count:
        raise ValueError(f"classes must differ, got {list(classes)}")
    if target not in classes:
        raise ValueError(f"target must be one of {', '.join(classes)}, got {target!r}")
