"""Two operations on one tensor side by side: where every element goes, and whose storage it lives in."""

from __future__ import annotations

import math
import warnings
from collections.abc import Sequence

import torch
import traitlets

from helpers.figures.base import Figure
from helpers.figures.expressions import evaluate, refused, storage_address
from helpers.figures.parameters import Parameter, Text

MAX_AXES = 4
MAX_ELEMENTS = 24

VIEWING = {"view", "reshape", "flatten", "permute", "transpose", "T", "mT", "squeeze", "unsqueeze"}
METHODS = frozenset(VIEWING | {"contiguous", "stack", "cat"})

EXAMPLES = (
    "x.reshape(3, 2)",
    "x.permute(1, 0)",
    "x.view(-1)",
    "x.T.reshape(6)",
    "x.T.view(6)",
    "x.T.contiguous()",
    "x.unsqueeze(0)",
    "x.unsqueeze(1)",
    "x.unsqueeze(1).squeeze()",
    "torch.stack((x, y))",
    "torch.stack((x, y), dim=1)",
    "torch.cat((x, y))",
    "torch.cat((x, y), dim=1)",
)


class ShapeLab(Figure):
    """A small tensor ``x``, and what two expressions make of it: every element keeps its colour and moves.

    ``x`` counts from 0 up, its twin ``y`` (for ``torch.stack`` and ``torch.cat``) goes on from there, so
    that a value names its element. All expressions given here are run by torch when the figure is built:
    shape, strides, storage offset, elements, whether the storage is that of ``x``, or the error. What the
    reader types or drags beyond that is worked out by the figure's script, which is held to torch.
    """

    shape = Parameter(
        (2, 3),
        f"a tuple of at most {MAX_AXES} sizes",
        lambda shape, lab: list(numbered(shape).shape),
        help=f"Shape of ``x``: 1 to {MAX_ELEMENTS} elements.",
    )
    left = Text("x.reshape(3, 2)", help="The expression on the left when the figure opens.")
    right = Text("x.permute(1, 0)", help="The one on the right.")
    examples = Parameter(
        EXAMPLES,
        "expressions",
        lambda texts, lab: list(dict.fromkeys([lab.left, lab.right, *texts])),
        help="Expressions to choose from.",
    )
    results = traitlets.Dict().tag(sync=True)
    shown = ("shape", "left", "right")

    def derive(self) -> None:
        """Let torch run each expression."""
        x = numbered(self.shape)
        y = x.numel() + x
        self.results = {expression: outcome(expression, x, y) for expression in ("x", *self.examples)}


def numbered(shape: Sequence[int]) -> torch.Tensor:
    """Return a tensor of this shape that counts from 0, after checking that it can be drawn."""
    whole = all(isinstance(size, int) and not isinstance(size, bool) and size >= 1 for size in shape)
    if not whole or len(shape) > MAX_AXES or math.prod(shape) > MAX_ELEMENTS:
        raise ValueError(
            f"shape must be at most {MAX_AXES} sizes of 1 or more with a product of at most {MAX_ELEMENTS}, "
            f"got {shape!r}"
        )
    return torch.arange(math.prod(shape)).reshape(tuple(shape))


def outcome(expression: str, x: torch.Tensor, y: torch.Tensor) -> dict[str, object]:
    """Return what torch makes of an expression over ``x`` and ``y``.

    Returns
    -------
    dict
        ``shape``, ``stride``, ``offset`` (both in elements), ``elements`` (values in printing order) and
        ``shares`` (whether its storage is that of ``x``); or, where torch refuses, ``error``.

    Raises
    ------
    ExpressionError
        The expression uses a name or a method that the figure does not know.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # .T beyond two axes: deprecated, and a reader may still type it
            result = evaluate(expression, {"x": x, "y": y}, METHODS)
    except (RuntimeError, IndexError, ValueError) as error:
        return refused(error)
    return {
        "shape": list(result.shape),
        "stride": list(result.stride()),
        "offset": result.storage_offset(),
        "elements": result.flatten().tolist(),
        "shares": storage_address(result) == storage_address(x),
    }
