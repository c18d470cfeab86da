"""Which pixels a unit of a layer can see, measured on the network: a lost pixel shows where it is read.

One row of a picture is made not-a-number. Every sum, maximum and product with such a pixel in it is not a
number either, whatever the weights are, so the units that come out so are those that read this row. The
measurement needs no formula for kernels, strides and paddings, and no gradient that a ReLU may cut off.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from helpers.network_trace import evaluating

Span = tuple[int, int]

#: Pictures that run through the network at a time.
CHUNK = 16


@dataclass(frozen=True)
class Rule:
    """Where the fields of a layer lie along one axis: unit ``i`` sees from ``start + i * stride`` on.

    Attributes
    ----------
    size : int
        Pixels that a unit sees, those beyond the picture's border (its padding) included.
    stride : int
        Pixels from one unit's field to the next unit's.
    start : int
        First pixel of unit 0's field; negative where it begins in the padding.
    """

    size: int
    stride: int
    start: int


@dataclass(frozen=True)
class Fields:
    """What the units of a layer see of a picture.

    Attributes
    ----------
    rows : tuple of (first, last)
        For each row of the layer's maps the first and the last row of the picture that it reads, the last
        one included. A unit that reads padding alone has a last one before its first.
    columns : tuple of (first, last)
        The same for columns.
    side : (int, int)
        Height and width of the picture.
    """

    rows: tuple[Span, ...]
    columns: tuple[Span, ...]
    side: tuple[int, int]

    def box(self, row: int, column: int) -> tuple[slice, slice]:
        """Return the pixels that a unit sees as two slices, of rows and of columns."""
        (top, bottom), (left, right) = self.rows[row], self.columns[column]
        return slice(top, bottom + 1), slice(left, right + 1)

    def rules(self) -> tuple[Rule | None, Rule | None]:
        """Return size, stride and start along both axes; None where the border hides them.

        A field that reaches the border may go on beyond it. Where too few ends lie inside the picture to
        tell, a larger picture does: see :func:`measure`.
        """
        height, width = self.side
        return _rule(self.rows, height), _rule(self.columns, width)


def _rule(spans: Sequence[Span], length: int) -> Rule | None:
    """Continue the ends that lie inside the picture; None where there are too few, or no rule fits them."""
    read = [(unit, *span) for unit, span in enumerate(spans) if span[0] <= span[1]]
    firsts = [(unit, first) for unit, first, _ in read if first > 0]
    lasts = [(unit, last) for unit, _, last in read if last < length - 1]
    # The last units' first pixels and the first units' last ones are the farthest from the border.
    pairs = [ends for ends in (firsts[-2:], lasts[:2]) if len(ends) == 2]
    strides = {(b - a) / (later - unit) for (unit, a), (later, b) in pairs}
    stride = strides.pop() if len(strides) == 1 else 0.5
    if stride != int(stride) or not firsts or not lasts:
        return None
    start, stop = (end - unit * int(stride) for unit, end in (firsts[-1], lasts[0]))
    rule = Rule(stop - start + 1, int(stride), start)
    return rule if all(_fits(rule, span, length) for span in read) else None


def _fits(rule: Rule, read: tuple[int, int, int], length: int) -> bool:
    unit, first, last = read
    begin = rule.start + unit * rule.stride
    end = begin + rule.size - 1
    if begin >= 0 and end < length:
        return (first, last) == (begin, end)
    return begin <= first and last <= end


def measure(model: nn.Module, layers: Sequence[str], *, shape: tuple[int, int, int]) -> dict[str, Fields]:
    """Measure what the units of some layers see of a picture.

    A copy of the model runs, in evaluation mode and on the CPU, on one picture for each row and each column;
    it stops behind the last of the layers. A model that looks for lost numbers itself (``nan_to_num``) hides
    from this.

    Parameters
    ----------
    model : nn.Module
        Takes a batch of pictures.
    layers : sequence of str
        Dotted names of modules that return maps, (N, C, h, w); of their calls the first one counts.
    shape : (channels, height, width)
        Of a picture. A larger one than the model was made for is fine for layers that take it, and shows
        more of the fields.

    Returns
    -------
    dict of str to Fields
        In the order of ``layers``.

    Raises
    ------
    ValueError
        A layer is not there, is not called or returns no maps, or the model makes numbers that are none from
        a picture of zeros.
    """
    # In float64 torch convolves window by window. Its faster ways, for float32, share work between windows,
    # and a lost pixel would spread to neighbours that do not read it.
    copied = copy.deepcopy(model).cpu().double()
    rows, columns = (_spans(copied, layers, shape, axis) for axis in (1, 2))
    return {name: Fields(rows[name], columns[name], shape[1:]) for name in layers}


def _spans(
    model: nn.Module, layers: Sequence[str], shape: tuple[int, int, int], axis: int
) -> dict[str, tuple[Span, ...]]:
    """For each layer and each place along an axis of its maps, the first and last place it reads."""
    pictures = torch.zeros(shape[axis] + 1, *shape, dtype=torch.float64)
    for place in range(shape[axis]):  # the last picture stays whole
        pictures[place].select(axis, place).fill_(torch.nan)
    runs = [_lost(model, layers, chunk, axis) for chunk in pictures.split(CHUNK)]
    lost = {name: torch.cat([run[name] for run in runs]) for name in layers}
    for name, found in lost.items():
        if found[-1].any():
            raise ValueError(f"layer {name!r} returns not-a-number for a picture of zeros")
    return {name: tuple(map(_ends, found[:-1].T)) for name, found in lost.items()}


def _lost(model: nn.Module, layers: Sequence[str], batch: Tensor, axis: int) -> dict[str, Tensor]:
    """For each layer (N, places along the axis): whether a unit there is not a number."""
    other = 3 if axis == 1 else 2
    outputs = record(model, layers, batch, stop=True)
    return {name: output.isnan().any(dim=other).any(dim=1) for name, output in outputs.items()}


def _ends(reads: Tensor) -> Span:
    places = reads.nonzero().flatten().tolist()
    return (places[0], places[-1]) if places else (0, -1)


# ---------------------------------------------------------------- the outputs of chosen layers


class _Enough(Exception):  # noqa: N818 (nothing went wrong)
    """All layers that were asked for have answered."""


def record(
    model: nn.Module, layers: Sequence[str], batch: Tensor, *, stop: bool = False
) -> dict[str, Tensor]:
    """Run a batch and return what some layers make of it, by name; "" is what the model itself returns.

    The model runs in evaluation mode without gradients and is left in the mode it was in.

    Parameters
    ----------
    model : nn.Module
        Takes the batch.
    layers : sequence of str
        Dotted names of modules that return maps; of their calls the first one counts.
    batch : Tensor
        Pictures, (N, channels, H, W).
    stop : bool
        Leave out what comes behind the last of the layers, and "" with it.

    Raises
    ------
    ValueError
        A layer is not there, is not called or returns no maps, or the model does not take the batch.
    """
    modules = _modules(model, layers)
    outputs: dict[str, Any] = {}

    def keep(name: str, output: object) -> None:
        # A later layer may work in place (nn.ReLU(inplace=True)), so a copy is kept.
        outputs.setdefault(name, output.clone() if isinstance(output, Tensor) else output)
        if stop and len(outputs) == len(modules):
            raise _Enough

    with hooked(modules, keep), evaluating(model), torch.inference_mode():
        try:
            outputs[""] = model(batch)
        except _Enough:
            pass
        except (RuntimeError, IndexError) as error:
            raise ValueError(f"the model does not take a batch of {tuple(batch.shape)}: {error}") from error
    for name in layers:
        if name not in outputs:
            raise ValueError(f"layer {name!r} is not called when the model runs")
        if not isinstance(outputs[name], Tensor) or outputs[name].ndim != 4:
            raise ValueError(f"layer {name!r} must return maps (N, C, h, w), got {_shape(outputs[name])}")
    return outputs


def _modules(model: nn.Module, layers: Sequence[str]) -> dict[str, nn.Module]:
    modules = dict(model.named_modules())
    for name in layers:
        if name not in modules or not name:
            raise ValueError(f"the model has no layer {name!r}; it has {', '.join(filter(None, modules))}")
    return {name: modules[name] for name in layers}


@contextmanager
def hooked(modules: dict[str, nn.Module], note: Callable[[str, object], None]) -> Iterator[None]:
    """Call ``note(name, output)`` at every call of each of the modules."""
    hooks = [
        module.register_forward_hook(lambda _module, _inputs, output, name=name: note(name, output))
        for name, module in modules.items()
    ]
    try:
        yield
    finally:
        for hook in hooks:
            hook.remove()


def _shape(value: object) -> str:
    return str(tuple(value.shape)) if isinstance(value, Tensor) else type(value).__name__
