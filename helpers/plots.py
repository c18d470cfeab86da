"""Drawing with matplotlib: an ``ax`` comes in, the same ``ax`` goes out, options are keyword-only.

The functions draw what they are given (a trace of :mod:`helpers.descent`, lists of numbers, pictures)
and compute nothing that a reader would call a result.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from mpl_toolkits.mplot3d import Axes3D
from torch import Tensor

from helpers.descent import Path, Surface
from helpers.image_plots import image_grid
from helpers.palette import LOSSES, MIDTONES

__all__ = [
    "contours",
    "data_space",
    "descent_path",
    "image_grid",
    "loss_curves",
    "surface_3d",
    "training_curves",
]

Numbers = Tensor | np.ndarray | Sequence[float]

#: From a low to a high loss, for filled surfaces.
LOSS_COLOURS = LinearSegmentedColormap.from_list("loss", LOSSES)

#: What the updates of a path can be counted in: name -> label of the axis.
COUNTS = {"updates": "updates", "samples": "samples seen", "epochs": "epochs"}


def data_space(
    ax: Axes,
    X: Numbers,
    y: Numbers,
    *,
    line: tuple[float, float] | None = None,
    residuals: bool = False,
    batch: Sequence[int] = (),
    line_label: str | None = None,
    x_label: str = "x",
    y_label: str = "y",
) -> Axes:
    """Draw the samples, and if given the line of ``(w, b)``, its residuals and the batch that is lit.

    Parameters
    ----------
    ax : Axes
    X, y : N numbers each
        The samples.
    line : (w, b), optional
        Parameters of the line to draw over the whole width.
    residuals : bool
        Whether a stick joins each sample to the line.
    batch : indices
        Samples to ring, such as those of one update.
    line_label : str, optional
        Name of the line in a legend.
    """
    X, y = _flat(X), _flat(y)
    ax.plot(X, y, "o", color=MIDTONES["data"], zorder=3)
    if len(batch):
        chosen = list(batch)
        ax.plot(
            X[chosen], y[chosen], "o", markersize=10, mfc="none", mec=MIDTONES["gradient"], mew=1.5, zorder=4
        )
    if line is not None:
        _line(ax, X, line, label=line_label)
    if residuals:
        _residuals(ax, X, y, line)
    ax.set(xlabel=x_label, ylabel=y_label)
    return ax


def _line(ax: Axes, X: np.ndarray, line: tuple[float, float], *, label: str | None) -> None:
    w, b = (float(value) for value in line)
    margin = 0.05 * (X.max() - X.min())
    ends = np.array([X.min() - margin, X.max() + margin])
    ax.plot(ends, w * ends + b, color=MIDTONES["model"], linewidth=2, label=label)


def _residuals(ax: Axes, X: np.ndarray, y: np.ndarray, line: tuple[float, float] | None) -> None:
    if line is None:
        raise ValueError("residuals need a line: give line=(w, b)")
    w, b = (float(value) for value in line)
    ax.vlines(X, y, w * X + b, color=MIDTONES["loss"], linewidth=1, alpha=0.7, zorder=2)


def contours(
    ax: Axes,
    surface: Surface,
    *,
    minimum: tuple[float, float] | None = None,
    levels: int = 14,
    equal: bool = False,
) -> Axes:
    """Draw lines of equal loss over the plane of w and b, closer together towards the minimum.

    Parameters
    ----------
    ax : Axes
    surface : Surface
    minimum : (w, b), optional
        A point to mark with a cross, such as the least-squares solution.
    levels : int
        How many lines.
    equal : bool
        Whether w and b get the same scale. Only then do steps along the negative gradient look
        perpendicular to the lines.
    """
    loss = surface.loss.numpy()
    # Squared spacing: on a parabola these lines are evenly apart.
    heights = loss.min() + (loss.max() - loss.min()) * np.linspace(0, 1, levels + 1)[1:] ** 2
    ax.contour(
        surface.w, surface.b, loss, levels=heights, colors=MIDTONES["loss"], linewidths=0.8, alpha=0.75
    )
    if minimum is not None:
        ax.plot(*minimum, "x", color=MIDTONES["ink"], markersize=9, mew=2, zorder=5, label="least squares")
    if equal:
        ax.set_aspect("equal", adjustable="datalim")
    ax.grid(False)
    ax.set(xlabel="w", ylabel="b")
    return ax


def descent_path(
    ax: Axes,
    path: Path,
    *,
    role: str = "path",
    label: str | None = None,
    ghost: bool = False,
    markers: bool = True,
) -> Axes:
    """Draw a path over the plane of w and b: a ring at its start, a dot at its end.

    Parameters
    ----------
    ax : Axes
    path : Path
    role : str
        Whose colour it takes; see :data:`helpers.palette.MIDTONES`.
    label : str, optional
        Name in a legend.
    ghost : bool
        Draw faintly, as a run to compare with.
    markers : bool
        Whether every update gets a small dot.
    """
    points, colour = path.points.numpy(), MIDTONES[role]
    alpha = 0.35 if ghost else 1.0
    ax.plot(
        *points.T,
        ".-" if markers else "-",
        color=colour,
        alpha=alpha,
        linewidth=1.5,
        markersize=4,
        label=label,
    )
    ax.plot(*points[0], "o", markersize=8, mfc="none", mec=colour, mew=2, alpha=alpha)
    ax.plot(*points[-1], "o", markersize=8, color=colour, alpha=alpha)
    return ax


def surface_3d(
    ax: Axes, surface: Surface, *, path: Path | None = None, elevation: float = 35, azimuth: float = -60
) -> Axes:
    """Draw the loss as a surface over w and b, and if given a path on it; ``ax`` is a 3-D axes."""
    if not isinstance(ax, Axes3D):
        raise ValueError('ax must be three-dimensional: plt.subplots(subplot_kw={"projection": "3d"})')
    w, b = np.meshgrid(surface.w.numpy(), surface.b.numpy())
    ax.plot_surface(
        w, b, surface.loss.numpy(), cmap=LOSS_COLOURS, rcount=40, ccount=40, linewidth=0, alpha=0.85
    )
    if path is not None:
        # Matplotlib sorts whole artists by depth: without a high zorder the surface hides the path.
        ax.plot(
            *path.points.numpy().T, path.losses.numpy(), ".-", color=MIDTONES["path"], linewidth=2, zorder=10
        )
    ax.view_init(elevation, azimuth)
    ax.set(xlabel="w", ylabel="b", zlabel="loss")
    return ax


def loss_curves(
    ax: Axes, paths: Mapping[str, Path] | Path, *, against: str = "updates", log: bool = True
) -> Axes:
    """Draw the loss on the whole data along one path, or along several by name.

    Parameters
    ----------
    ax : Axes
    paths : Path or mapping of names to paths
    against : "updates", "samples" or "epochs"
        What the horizontal axis counts.
    log : bool
        Whether the loss axis is logarithmic.
    """
    if against not in COUNTS:
        raise ValueError(f"against must be one of {', '.join(COUNTS)}, got {against!r}")
    named = paths if isinstance(paths, Mapping) else {None: paths}
    colours = _colours(len(named), first="loss" if len(named) == 1 else "data")
    for (name, path), colour in zip(named.items(), colours, strict=True):
        ax.plot(_counted(path, against), path.losses.numpy(), color=colour, label=name)
    ax.set(xlabel=COUNTS[against], ylabel="mean squared error", yscale="log" if log else "linear")
    if len(named) > 1:
        ax.legend()
    return ax


def _counted(path: Path, against: str) -> np.ndarray:
    if against == "samples":
        return path.samples_seen.numpy()
    updates = np.arange(len(path.losses))
    return updates / path.updates_per_epoch if against == "epochs" else updates


def _colours(count: int, *, first: str) -> list[str]:
    roles = [
        first,
        *(role for role in ("data", "model", "path", "loss", "gradient", "muted") if role != first),
    ]
    return [MIDTONES[roles[index % len(roles)]] for index in range(count)]


def training_curves(
    ax: Axes,
    curves: Mapping[str, Sequence[float]],
    *,
    quantity: str = "loss",
    first_epoch: int = 1,
    log: bool = False,
    mark_best: str | None = None,
) -> Axes:
    """Draw one value an epoch for each named run, such as ``{"training": [...], "validation": [...]}``.

    Parameters
    ----------
    ax : Axes
    curves : mapping of names to values
    quantity : str
        Label of the vertical axis, with its unit.
    first_epoch : int
        Epoch of the first value: 0 where the untrained model was measured too.
    log : bool
        Whether the vertical axis is logarithmic.
    mark_best : "lowest" or "highest", optional
        Mark this value of the last curve with a dot.
    """
    dashes = ["-", "--", ":", "-."]
    for index, (name, values) in enumerate(curves.items()):
        epochs = range(first_epoch, first_epoch + len(values))
        ax.plot(
            epochs,
            list(values),
            dashes[index % 4],
            color=_colours(len(curves), first="data")[index],
            label=name,
        )
    if mark_best is not None:
        _mark_best(ax, list(curves.values())[-1], first_epoch, mark_best)
    ax.set(xlabel="epoch", ylabel=quantity, yscale="log" if log else "linear")
    ax.locator_params(axis="x", integer=True)
    if len(curves) > 1:
        ax.legend()
    return ax


def _mark_best(ax: Axes, values: Sequence[float], first_epoch: int, which: str) -> None:
    if which not in ("lowest", "highest"):
        raise ValueError(f'mark_best must be "lowest" or "highest", got {which!r}')
    index = int(np.argmin(values) if which == "lowest" else np.argmax(values))
    ax.plot(first_epoch + index, values[index], "o", color=MIDTONES["ink"], markersize=8)


def _flat(values: Numbers) -> np.ndarray:
    return np.asarray(values, dtype=float).reshape(-1)
