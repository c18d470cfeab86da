"""An index expression on a tensor: which elements it takes, and whether the result shares or copies them."""

from __future__ import annotations

import torch
import traitlets

from helpers.figures.base import Figure
from helpers.figures.expressions import evaluate, refused, storage_address
from helpers.figures.parameters import Choice, Parameter, Text

MAX_AXES = 3
MAX_ELEMENTS = 36

EXAMPLES = (
    "x[1:, ::2]",
    "x[[1, 3]]",
    "x[[0, 2], [1, 3]]",
    "x[x > 15]",
    "x[1]",
    "x[1:2]",
    "x[:, 0]",
    "x[-1, -1]",
    "x[..., 0]",
    "x[None]",
    "x[[0, 2]][:, [1, 3]]",
    "x[:, [True, False, False, True, False, True]]",
    "x[[0, 1, 2], [1, 3]]",
    "x[7]",
)
WRITES = ("none", "result", "source")


def _whole_storage(x: torch.Tensor) -> torch.Tensor:
    return x.as_strided((x.untyped_storage().nbytes() // x.element_size(),), (1,), 0)


def _drawable(x: object, lab: IndexLab) -> torch.Tensor:
    if not isinstance(x, torch.Tensor) or x.is_floating_point() or x.is_complex() or x.dtype == torch.bool:
        kind = getattr(x, "dtype", type(x).__name__)
        raise TypeError(f"tensor must be a tensor of whole numbers, got {kind}")
    held = x.untyped_storage().nbytes() // x.element_size()
    if not 1 <= x.ndim <= MAX_AXES or not 1 <= x.numel() <= held <= MAX_ELEMENTS:
        raise ValueError(
            f"tensor must have 1 to {MAX_AXES} axes and a storage of 1 to {MAX_ELEMENTS} elements, "
            f"got shape {tuple(x.shape)} on a storage of {held}"
        )
    if len(set(_whole_storage(x).tolist())) < held:
        raise ValueError("tensor must hold distinct numbers, so that a value names its element")
    return x


class IndexLab(Figure):
    """A tensor ``x`` and one index expression: the elements it takes, and what writing into it changes.

    The opening expression and the examples are run by torch when the figure is built: shape, strides,
    storage offset, elements, and whether the result's storage is that of ``x``. Writing 99 into each result
    must change ``x`` exactly when the storage is shared, or the figure is not built. What the reader types
    or drags beyond that is worked out by the figure's script, which is held to torch.
    """

    tensor = Parameter(
        lambda lab: torch.arange(24).reshape(4, 6),
        "a torch.Tensor of distinct whole numbers",
        _drawable,
        saved=False,
        help=f"``x``: a value names its element; at most {MAX_AXES} axes, a storage of 1 to {MAX_ELEMENTS} "
        "elements. 4 x 6, counting from 0, if left out.",
    )
    expression = Text("x[1:, ::2]", help="The expression that the figure opens with.")
    examples = Parameter(
        EXAMPLES,
        "expressions",
        lambda texts, lab: list(dict.fromkeys([lab.expression, *texts])),
        help="Expressions to choose from.",
    )
    write = Choice(
        "result",
        WRITES,
        help="What the figure opens on: 99 written into the result (``y.fill_(99)``), assigned through the "
        "index (``x[...] = 99``), or nothing written.",
    )
    source = traitlets.Dict().tag(sync=True)
    results = traitlets.Dict().tag(sync=True)
    shown = ("expression", "write")

    def derive(self) -> None:
        """Let torch run each expression."""
        self.source = _described(self.tensor)
        self.results = {text: outcome(text, self.tensor) for text in self.examples}


def outcome(expression: str, x: torch.Tensor) -> dict[str, object]:
    """Return what torch makes of an index expression over ``x``.

    Returns
    -------
    dict
        ``shape``, ``stride``, ``offset`` (both in elements), ``elements`` (places in the storage of ``x``, in
        printing order) and ``shares``; or, where torch refuses, ``error``.

    Raises
    ------
    ExpressionError
        The expression is not an index of ``x``.
    """
    try:
        result = evaluate(expression, {"x": x})
    except (RuntimeError, IndexError, ValueError) as error:
        return refused(error)
    shares = storage_address(result) == storage_address(x)
    if result.numel() and shares != writes_through(expression, x):
        raise RuntimeError(f"{expression}: storage and writing disagree on whether the result is a copy")
    return {
        "shape": list(result.shape),
        "stride": list(result.stride()),
        "offset": result.storage_offset(),
        "elements": _places(result, x),
        "shares": shares,
    }


def writes_through(expression: str, x: torch.Tensor) -> bool:
    """Tell whether filling the result of an expression changes ``x`` (tried on a twin of ``x``)."""
    twin = _twin(x, _whole_storage(x).clone())
    before = twin.clone()
    evaluate(expression, {"x": twin}).fill_(int(before.max()) + 1)
    return not torch.equal(twin, before)


def _places(result: torch.Tensor, x: torch.Tensor) -> list[int]:
    """Return where in the storage of ``x`` the result's elements are: each value names its place."""
    place = {value: at for at, value in enumerate(_whole_storage(x).tolist())}
    return [place[value] for value in result.flatten().tolist()]


def _twin(x: torch.Tensor, storage: torch.Tensor) -> torch.Tensor:
    return storage.as_strided(tuple(x.shape), x.stride(), x.storage_offset())


def _described(x: torch.Tensor) -> dict[str, object]:
    return {
        "shape": list(x.shape),
        "stride": list(x.stride()),
        "offset": x.storage_offset(),
        "values": _whole_storage(x).tolist(),
    }
