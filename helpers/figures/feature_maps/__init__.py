"""FeatureMaps: what each layer of a network makes of a picture, and how much of it a unit sees."""

from __future__ import annotations

import base64
import io
import itertools
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import torch
import traitlets
from PIL import Image
from torch import Tensor

from helpers.figures.base import Figure

if TYPE_CHECKING:
    from helpers.feature_trace import FeatureTrace, LayerMaps

#: More than these no longer fit beside each other.
MOST_PICTURES, MOST_LAYERS, MOST_MAPS = 6, 8, 8

#: "map": each map is shaded up to its own largest value; "layer": up to the largest of the layer.
SCALES = ("map", "layer")


class FeatureMaps(Figure):
    """A few pictures and, for the chosen one, the strongest maps of each layer; a unit shows what it sees.

    Everything was computed by torch, in :func:`helpers.feature_trace.trace`; the script looks it up. A map
    is carried in 8 bits: a value is right to 1/510 of the largest on its map (1/254 in a layer with values
    below zero), the largest itself to six digits, and zero is exactly zero.

    Parameters
    ----------
    trace : FeatureTrace
        At most 6 pictures, 8 layers and 8 maps a layer.
    classes : sequence of str, optional
        Names of the classes; with them the figure says what the network answers.
    labels : sequence of int or str, optional
        What each picture shows: a place in ``classes``, or a name.
    picture : int
        The picture that is chosen at first.
    layer : int, optional
        The layer that is chosen at first. If left out, the deepest one whose units see no more than half of
        the picture; without such a layer the first one.
    map : int, optional
        The map of it, 0 for the strongest. If left out, the one of the stronger half whose largest value
        sees most of the picture.
    scale : "map" or "layer"
        Whether each map is shaded by itself or all of a layer alike.
    caption : str
        Sentence below the figure that says what to try.

    Raises
    ------
    ValueError
        An argument is not as described; the message names it.
    """

    height = traitlets.Int().tag(sync=True)
    width = traitlets.Int().tag(sync=True)
    pictures = traitlets.List(traitlets.Unicode()).tag(sync=True)
    answers = traitlets.List().tag(sync=True)
    layers = traitlets.List().tag(sync=True)
    maps = traitlets.List(traitlets.Unicode()).tag(sync=True)
    picture = traitlets.Int().tag(sync=True)
    layer = traitlets.Int().tag(sync=True)
    map = traitlets.Int().tag(sync=True)
    scale = traitlets.Enum(SCALES).tag(sync=True)

    def __init__(
        self,
        trace: FeatureTrace,
        *,
        classes: Sequence[str] | None = None,
        labels: Sequence[int | str] | None = None,
        picture: int = 0,
        layer: int | None = None,
        map: int | None = None,
        scale: str = "map",
        caption: str = "",
    ) -> None:
        _check_sizes(trace)
        layer = _not_too_deep(trace) if layer is None else _place("layer", layer, len(trace.layers))
        if scale not in SCALES:
            raise ValueError(f"scale must be one of {SCALES}, got {scale!r}")
        count, _, height, width = trace.pictures.shape
        picture, kept = _place("picture", picture, count), trace.layers[layer]
        map = _best_view(kept, picture) if map is None else _place("map", map, len(kept.channels))
        super().__init__(
            height=height,
            width=width,
            pictures=[_web_address(pixels) for pixels in trace.pictures],
            answers=_answers(trace, classes, labels),
            layers=[_plain(each) for each in trace.layers],
            maps=[_packed(b"".join(_bytes(each, n) for each in trace.layers)) for n in range(count)],
            picture=picture,
            layer=layer,
            map=map,
            scale=scale,
            caption=caption,
        )

    def __repr__(self) -> str:
        """Return the class, how many pictures there are and what the layers are called."""
        return f"FeatureMaps(pictures={len(self.pictures)}, layers={[each['title'] for each in self.layers]})"


# ---------------------------------------------------------------- arguments


def _check_sizes(trace: FeatureTrace) -> None:
    counts = {
        "pictures": (len(trace.pictures), MOST_PICTURES),
        "layers": (len(trace.layers), MOST_LAYERS),
        "maps a layer": (max((len(layer.channels) for layer in trace.layers), default=0), MOST_MAPS),
    }
    for name, (found, most) in counts.items():
        if not 1 <= found <= most:
            raise ValueError(f"trace must hold 1 to {most} {name}, got {found}")


def _place(name: str, value: int, count: int) -> int:
    if not isinstance(value, int) or not 0 <= value < count:
        raise ValueError(f"{name} must lie in 0 ... {count - 1}, got {value!r}")
    return value


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


def _packed(values: bytes) -> str:
    """Base64 of the bytes, where a run of zeros is a zero and its length: behind a ReLU half of all are."""
    packed = bytearray()
    for value, run in itertools.groupby(values):
        length = len(list(run))
        if value:
            packed += bytes([value]) * length
            continue
        packed += b"\0\xff" * (length // 255)
        packed += bytes([0, length % 255]) if length % 255 else b""
    return base64.b64encode(bytes(packed)).decode()


def _web_address(pixels: Tensor) -> str:
    """Return a picture as the text of a ``data:`` address, in PNG."""
    file = io.BytesIO()
    Image.fromarray(pixels.permute(1, 2, 0).contiguous().numpy()).save(file, "PNG", optimize=True)
    return "data:image/png;base64," + base64.b64encode(file.getvalue()).decode()
