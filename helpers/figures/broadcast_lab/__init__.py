"""Two shapes aligned at their last axis: which axes are stretched, and at which axis torch refuses."""

from __future__ import annotations

from collections.abc import Sequence

import torch
import traitlets

from helpers.figures.base import Figure
from helpers.figures.expressions import first_line, storage_address
from helpers.figures.parameters import Parameter

#: The largest sizes that are drawn, the last axis last.
LARGEST = (3, 4, 5)

EXAMPLES = (((3, 1), (4,)), ((4,), (4, 1)), ((2, 3, 1), (4,)), ((3, 4), ()), ((3,), (4,)))


#: What a shape may be.
_SHAPE = f"a tuple of at most {len(LARGEST)} sizes, at most {', '.join(map(str, LARGEST))} each"


def _drawable(name: str, shape: Sequence[int]) -> list[int]:
    whole = all(isinstance(size, int) and not isinstance(size, bool) for size in shape)
    limits = LARGEST[len(LARGEST) - len(shape) :] if len(shape) <= len(LARGEST) else ()
    fits = len(limits) == len(shape)
    if not (whole and fits and all(1 <= size <= most for size, most in zip(shape, limits, strict=True))):
        raise ValueError(
            f"{name} must have at most {len(LARGEST)} axes of 1 to {', '.join(map(str, LARGEST))} elements, "
            f"got {tuple(shape)}"
        )
    return list(shape)


def _offered(pairs: Sequence[Sequence[Sequence[int]]], lab: BroadcastLab) -> list[list[list[int]]]:
    """Return the pairs, the one that the figure opens on before them."""
    drawable = [[_drawable("examples", shape) for shape in pair] for pair in pairs]
    opening = [lab.a, lab.b]
    return [opening, *(pair for pair in drawable if pair != opening)]


class BroadcastLab(Figure):
    """Two tensors added under broadcasting: sizes to slide, stretched axes hatched, their stride 0.

    ``a`` counts 0, 10, 20, ... and ``b`` counts 0, 1, 2, ..., so that each sum shows what it came from. The
    opening pair and the examples are run by torch when the figure is built: the strides that
    ``torch.broadcast_tensors`` gives, and the sums. Other sizes are worked out by the figure's script,
    which is held to torch.
    """

    a = Parameter((3, 1), _SHAPE, lambda a, lab: _drawable("a", a), help="The shape of one tensor.")
    b = Parameter((4,), _SHAPE, lambda b, lab: _drawable("b", b), help="The shape of the other.")
    examples = Parameter(EXAMPLES, "pairs of shapes", _offered, help="Pairs to choose from.")
    largest = traitlets.List(list(LARGEST)).tag(sync=True)
    results = traitlets.Dict().tag(sync=True)
    shown = ("a", "b")

    def derive(self) -> None:
        """Let torch add each pair."""
        self.results = {pair_name(*pair): outcome(*pair) for pair in self.examples}


def pair_name(a: Sequence[int], b: Sequence[int]) -> str:
    """Return the name under which a pair's result is kept: ``"3,1|4"``."""
    return "|".join(",".join(map(str, shape)) for shape in (a, b))


def outcome(a: Sequence[int], b: Sequence[int]) -> dict[str, object]:
    """Return what torch makes of adding tensors of two shapes.

    Returns
    -------
    dict
        ``shape``, and for ``a`` and ``b`` the ``strides`` after stretching; ``sums`` in printing order; or,
        where torch refuses, ``error``.
    """
    left, right = counting(a, step=10), counting(b, step=1)
    try:
        stretched = torch.broadcast_tensors(left, right)
    except RuntimeError as error:
        return {"error": first_line(error)}
    for original, wide in zip((left, right), stretched, strict=True):
        if storage_address(original) != storage_address(wide):
            raise RuntimeError(f"broadcasting {tuple(a)} with {tuple(b)} copied")
    return {
        "shape": list(stretched[0].shape),
        "strides": [list(wide.stride()) for wide in stretched],
        "sums": (left + right).flatten().tolist(),
    }


def counting(shape: Sequence[int], *, step: int) -> torch.Tensor:
    """Return a tensor of this shape that counts 0, step, 2 * step, ..."""
    sizes = tuple(shape)
    return step * torch.arange(torch.Size(sizes).numel()).reshape(sizes)
