"""SoftmaxLab: logits, probabilities, cross-entropy and its gradient, under the reader's hand."""

from __future__ import annotations

from collections.abc import Sequence

from helpers.figures.base import Figure
from helpers.figures.parameters import Flag, Number, Numbers, Parameter

#: The axis of the logits ends here, on both sides.
SPAN = 6.0


def _classes(classes: Sequence[str], lab: SoftmaxLab) -> list[str]:
    count = len(lab.logits)
    if isinstance(classes, str) or len(classes) != count:
        raise ValueError(f"classes must be {count} names, one for each logit, got {classes!r}")
    if len(set(classes)) < count:
        raise ValueError(f"classes must differ, got {list(classes)}")
    return list(classes)


def _target(target: str, lab: SoftmaxLab) -> str:
    if target not in lab.classes:
        raise ValueError(f"target must be one of {', '.join(lab.classes)}, got {target!r}")
    return target


class SoftmaxLab(Figure):
    """Cross-entropy of one sample: drag the logits, choose the true class, read loss and gradient.

    Logits and probabilities stand side by side on fixed axes; the gradient with respect to the logits is
    drawn as the distance from target to probability. Below, the loss over the true class's logit. The
    browser computes softmax, loss and gradient anew at every change, as
    :func:`torch.nn.functional.cross_entropy` does; with ``twice`` it first applies softmax to the
    logits, which is the usual mistake.
    """

    logits = Numbers(
        (5.0, 0.5, 1.5, -2.0, -3.5),
        count=(2, 6),
        each=Number(low=-SPAN, high=SPAN),
        help=f"The model's outputs for one sample, each from {-SPAN:g} to {SPAN:g}.",
    )
    classes = Parameter(
        ("coat", "shirt", "dress", "bag", "boot"), "different names", _classes, help="A name for each logit."
    )
    target = Parameter("shirt", "one of ``classes``", _target, help="The true class.")
    twice = Flag(False, help="Whether the loss is given probabilities where it expects logits.")
    shown = ("logits", "target", "twice")
