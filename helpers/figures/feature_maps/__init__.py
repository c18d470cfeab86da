"""FeatureMaps: what each layer of a network makes of a picture, and how much of it a unit sees."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import torch
import traitlets
from PIL import Image
from torch import Tensor

from helpers.figures.base import Figure
from helpers.figures.encode import short_zeros, web_address
from helpers.figures.parameters import Bound, Choice, Parameter, Whole

if TYPE_CHECKING:
    from helpers.feature_trace import FeatureTrace, LayerMaps

#: More than these no longer fit beside each other.
MOST_PICTURES, MOST_LAYERS, MOST_MAPS = 6, 8, 8

#: "map": each map is shaded up to its own largest value; "layer": up to the largest of the layer.
SCALES = ("map", "layer")


def _small_enough(trace: FeatureTrace, figure: FeatureMaps) -> FeatureTrace:
    counts = {
        "pictures": (len(trace.pictures), MOST_PICTURES),
        "layers": (len(trace.layers), MOST_LAYERS),
        "maps a layer": (max((len(layer.channels) for layer in trace.layers), default=0), MOST_MAPS),
    }
    for name, (found, most) in counts.items():
        if not 1 <= found <= most:
            raise ValueError(f"trace must hold 1 to {most} {name}, got {found}")
    return trace


class FeatureMaps(Figure):
    """A few pictures and, for the chosen one, the strongest maps of each layer; a unit shows what it sees.

    Everything was computed by torch, in :func:`helpers.feature_trace.trace`; the script looks it up. A map
    is carried in 8 bits: a value is right to 1/510 of the largest on its map (1/254 in a layer with values
    below zero), the largest itself to six digits, and zero is exactly zero.
    """

    trace = Parameter(
        expected="a FeatureTrace",
        check=_small_enough,
        saved=False,
        help=f"At most {MOST_PICTURES} pictures, {MOST_LAYERS} layers and {MOST_MAPS} maps a layer; the one "
        "argument that may be given without its name.",
    )
    classes = Parameter(
        None,
        "a sequence of str",
        saved=False,
        help="Names of the classes; with them the figure says what the network answers.",
    )
    labels = Parameter(
        None,
        "a sequence of int or str",
        saved=False,
        help="What each picture shows: a place in ``classes``, or a name.",
    )
    picture = Whole(
        0,
        low=0,
        high=Bound("the last picture", lambda figure: len(figure.trace.pictures) - 1),
        help="The picture that is chosen at first.",
    )
    layer = Whole(
        lambda figure: _not_too_deep(figure.trace),
        low=0,
        high=Bound("the last layer", lambda figure: len(figure.trace.layers) - 1),
        help="The layer that is chosen at first. If left out, the deepest one whose units see no more than "
        "half of the picture; without such a layer the first one.",
    )
    map = Whole(
        lambda figure: _best_view(figure.trace.layers[figure.layer], figure.picture),
        low=0,
        high=Bound("the layer's last", lambda figure: len(figure.trace.layers[figure.layer].channels) - 1),
        help="The map of it, 0 for the strongest. If left out, the one of the stronger half whose largest "
        "value sees most of the picture.",
    )
    scale = Choice("map", SCALES, help="Whether each map is shaded by itself or all of a layer alike.")
    height = traitlets.Int().tag(sync=True)
    width = traitlets.Int().tag(sync=True)
    pictures = traitlets.List(traitlets.Unicode()).tag(sync=True)
    answers = traitlets.List().tag(sync=True)
    layers = traitlets.List().tag(sync=True)
    maps = traitlets.List(traitlets.Unicode()).tag(sync=True)

    def __init__(self, trace: FeatureTrace, **arguments: Any) -> None:
        super().__init__(trace=trace, **arguments)

    def derive(self) -> None:
        """Pack the pictures and the maps."""
        count, _, self.height, self.width = self.trace.pictures.shape
        layers = self.trace.layers
        self.pictures = [_png(pixels) for pixels in self.trace.pictures]
        self.answers = _answers(self.trace, self.classes, self.labels)
        self.layers = [_plain(each) for each in layers]
        self.maps = [short_zeros(b"".join(_bytes(each, n) for each in layers)) for n in range(count)]

    def __repr__(self) -> str:
        """Return the class, how many pictures there are and what the layers are called."""
        return f"FeatureMaps(pictures={len(self.pictures)}, layers={[each['title'] for each in self.layers]})"


# ---------------------------------------------------------------- arguments


def _not_too_deep(trace: FeatureTrace) -> int:
    """Return the deepest layer where a frame on the picture still leaves out half of it."""
    half = trace.pictures.shape[2] * trace.pictures.shape[3] / 2
    fitting = [place for place, layer in enumerate(trace.layers) if _seen(layer) <= half]
    return fitting[-1] if fitting else 0


def _seen(layer: LayerMaps) -> int:
    """Return how many pixels the units of a layer see that see most."""
    return max(_lengths(layer.fields.rows)) * max(_lengths(layer.fields.columns))


def _lengths(spans: Sequence[tuple[int, int]]) -> list[int]:
    return [last - first + 1 for first, last in spans]


def _best_view(layer: LayerMaps, picture: int) -> int:
    """Return which of the stronger maps has its largest value where a unit sees most of the picture."""
    rows, columns = _lengths(layer.fields.rows), _lengths(layer.fields.columns)

    def seen(place: int) -> int:
        row, column = divmod(int(layer.maps[picture, place].argmax()), len(columns))
        return rows[row] * columns[column]

    return max(range((len(layer.channels) + 1) // 2), key=seen)


def _answers(
    trace: FeatureTrace, classes: Sequence[str] | None, labels: Sequence[int | str] | None
) -> list[dict[str, Any]]:
    """For each picture what it shows and what the network takes it for; None where that is not known."""
    names = _label_names(labels, classes, len(trace.pictures))
    if classes is None:
        return [{"label": name, "guess": None, "probability": None} for name in names]
    if trace.outputs is None or trace.outputs.shape[1] != len(classes):
        found = "none" if trace.outputs is None else trace.outputs.shape[1]
        raise ValueError(
            f"classes must name each of the model's outputs, got {len(classes)} names for {found}"
        )
    best = trace.outputs.softmax(dim=1).max(dim=1)
    found = zip(names, best.indices.tolist(), best.values.tolist(), strict=True)
    return [
        {"label": name, "guess": classes[guess], "probability": round(share, 4)}
        for name, guess, share in found
    ]


def _label_names(
    labels: Sequence[int | str] | None, classes: Sequence[str] | None, count: int
) -> list[str | None]:
    if labels is None:
        return [None] * count
    if len(labels) != count:
        raise ValueError(f"labels must be one for each of the {count} pictures, got {len(labels)}")
    return [label if isinstance(label, str) else _class_name(int(label), classes) for label in labels]


def _class_name(label: int, classes: Sequence[str] | None) -> str:
    if classes is None or not 0 <= label < len(classes):
        raise ValueError(f"labels must be names, or places in classes, got {label}")
    return classes[label]


# ---------------------------------------------------------------- what is sent


def _plain(layer: LayerMaps) -> dict[str, Any]:
    largest = layer.maps.abs().amax(dim=(2, 3))
    return {
        "title": layer.title,
        "size": list(layer.maps.shape[2:]),
        "channels": list(layer.channels),
        "count": layer.num_channels,
        "dead": layer.num_dead,
        "silent": layer.silent.sum(dim=1).tolist(),
        "signed": _is_signed(layer),
        "largest": [[_six_digits(value) for value in row] for row in largest.tolist()],
        "extents": [_six_digits(value) for value in layer.extents.tolist()],
        "rows": [list(span) for span in layer.fields.rows],
        "columns": [list(span) for span in layer.fields.columns],
    }


def _six_digits(value: float) -> float:
    return float(f"{value:.6g}")


def _is_signed(layer: LayerMaps) -> bool:
    return bool((layer.maps < 0).any())


def _bytes(layer: LayerMaps, picture: int) -> bytes:
    """Return the maps of a layer in 8 bits each: 0 to 255, or -127 to 127 as two's complement."""
    maps = layer.maps[picture]
    largest = maps.abs().amax(dim=(1, 2), keepdim=True)
    steps = 127 if _is_signed(layer) else 255
    shares = torch.where(largest > 0, maps / largest, 0)
    return bytes((shares * steps).round().to(torch.int64).remainder(256).flatten().tolist())


def _png(pixels: Tensor) -> str:
    return web_address(Image.fromarray(pixels.permute(1, 2, 0).contiguous().numpy()), "PNG", optimize=True)
