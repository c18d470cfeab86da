"""Drawing grids of pictures with matplotlib; :mod:`helpers.plots` offers it to the notebooks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from helpers.palette import MIDTONES


def image_grid(
    axes: Any, images: Sequence[Any], *, titles: Sequence[str] = (), wrong: Sequence[int] = ()
) -> Any:
    """Show one picture in each of ``axes``, with its title; axes left over are emptied.

    Parameters
    ----------
    axes : array of Axes
        As ``plt.subplots(rows, columns)`` returns them.
    images : sequence of (H, W), (1, H, W), (3, H, W) or (H, W, 3) tensors or arrays
        Grey values are stretched to the range 0 ... 1 (floats) or 0 ... 255 (integers), not to each
        picture's own extremes.
    titles : sequence of str
        One for each picture, or none.
    wrong : indices
        Pictures whose title takes the colour of an error.
    """
    places = np.asarray(axes, dtype=object).ravel()
    if len(images) > len(places):
        raise ValueError(f"axes must hold a place for each of the {len(images)} images, got {len(places)}")
    if len(titles) not in (0, len(images)):
        raise ValueError(
            f"titles must be none or one for each of the {len(images)} images, got {len(titles)}"
        )
    for place in places:
        place.axis("off")
    for index, (place, image) in enumerate(zip(places, images, strict=False)):
        pixels = _pixels(image)
        place.imshow(pixels, vmin=0, vmax=255 if np.issubdtype(pixels.dtype, np.integer) else 1)
        colour = MIDTONES["gradient"] if index in wrong else MIDTONES["ink"]
        if titles:
            place.set_title(titles[index], fontsize=9, fontweight="normal", loc="center", color=colour)
    return axes


def _pixels(image: Any) -> np.ndarray:
    pixels = np.asarray(image)
    if pixels.ndim == 3 and pixels.shape[0] in (1, 3) and pixels.shape[2] not in (1, 3):
        pixels = pixels.transpose(1, 2, 0)
    if pixels.ndim not in (2, 3) or (pixels.ndim == 3 and pixels.shape[2] not in (1, 3)):
        raise ValueError(f"an image must be (H, W), (C, H, W) or (H, W, C) with C 1 or 3, got {pixels.shape}")
    return pixels
