"""What the drawings hold, and whether they can be read on a light and on a dark page."""

import itertools

import matplotlib as mpl

mpl.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
import pytest
import torch

from helpers import descent, plots, style
from helpers.palette import MIDTONES, ROLES

X = torch.linspace(-1, 2, 20, dtype=torch.float64)
Y = 2 * X + 1 + torch.sin(9 * X)


@pytest.fixture
def ax():
    with plt.style.context(style.STYLE_FILE):
        figure, axes = plt.subplots()
        yield axes
        figure.canvas.draw()  # what cannot be drawn fails here
        plt.close(figure)


@pytest.fixture
def run():
    return descent.path(X, Y, start=(-1, 0), lr=0.1, batch_size=6, num_epochs=3)


def linear(colour):
    channels = np.array(mpl.colors.to_rgb(colour))
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def contrast(one, other):
    """Contrast ratio of WCAG 2."""
    low, high = sorted(float(linear(colour) @ [0.2126, 0.7152, 0.0722]) for colour in (one, other))
    return (high + 0.05) / (low + 0.05)


def oklab(rgb):
    """OKLab of linear sRGB (B. Ottosson, 2020)."""
    to_cones = [
        [0.41222147, 0.53633254, 0.05144599],
        [0.2119035, 0.68069955, 0.10739696],
        [0.08830246, 0.28171884, 0.6299787],
    ]
    to_lab = [
        [0.21045426, 0.79361779, -0.00407205],
        [1.9779985, -2.42859221, 0.45059371],
        [0.02590404, 0.78277177, -0.80867577],
    ]
    return np.array(to_lab) @ np.cbrt(np.clip(np.array(to_cones) @ rgb, 0, None))


# Machado, Oliveira and Fernandes 2009, severity 1, on linear sRGB.
COLOUR_BLINDNESS = {
    "none": np.eye(3),
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.01182, 0.04294, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.3039],
    ],
}


@pytest.mark.parametrize("role", MIDTONES)
@pytest.mark.parametrize("ground", ROLES["ground"])
def test_every_midtone_can_be_seen_on_both_grounds(role, ground):
    assert contrast(MIDTONES[role], ground) >= 3


@pytest.mark.parametrize("kind", COLOUR_BLINDNESS)
def test_midtones_stay_apart_for_every_eye(kind):
    seen = {
        role: oklab(np.clip(np.array(COLOUR_BLINDNESS[kind]) @ linear(colour), 0, 1))
        for role, colour in MIDTONES.items()
        if role != "ink"  # text, never beside a line as its own meaning
    }
    for one, other in itertools.combinations(seen, 2):
        assert np.linalg.norm(seen[one] - seen[other]) >= 0.09, (one, other)


def test_the_style_file_uses_the_palettes_midtones():
    settings = mpl.rc_params_from_file(style.STYLE_FILE, use_default_template=False)
    known = set(MIDTONES.values())
    cycle = settings["axes.prop_cycle"].by_key()["color"]
    assert [mpl.colors.to_hex(colour) for colour in cycle] == [
        MIDTONES[role] for role in ("data", "model", "loss", "gradient", "path", "muted")
    ]
    for name, value in settings.items():
        is_colour = name.endswith("color") and isinstance(value, str) and value != "none"
        assert not is_colour or mpl.colors.to_hex(value) in known, name
    for name in ("figure.facecolor", "axes.facecolor", "savefig.facecolor"):
        assert settings[name] == "none"


def test_use_loads_the_style_file():
    with mpl.rc_context():
        style.use()
        assert mpl.rcParams["axes.facecolor"] == "none"
        assert mpl.colors.to_hex(mpl.rcParams["text.color"]) == MIDTONES["ink"]


def test_data_space_draws_points_line_sticks_and_batch(ax):
    assert plots.data_space(ax, X, Y, line=(2.0, 1.0), residuals=True, batch=[3, 5]) is ax
    points, ringed, line = ax.lines
    np.testing.assert_allclose(points.get_xydata(), torch.stack([X, Y], 1))
    np.testing.assert_allclose(ringed.get_xydata(), torch.stack([X, Y], 1)[[3, 5]])
    np.testing.assert_allclose(line.get_ydata(), 2 * line.get_xdata() + 1)
    for stick, x, y in zip(ax.collections[0].get_segments(), X, Y, strict=True):
        np.testing.assert_allclose(stick, [[x, y], [x, 2 * x + 1]])


def test_residuals_need_a_line(ax):
    with pytest.raises(ValueError, match="line"):
        plots.data_space(ax, X, Y, residuals=True)


def test_contours_are_lines_of_equal_loss(ax):
    grid = descent.surface(X, Y, w_range=(-1, 5), b_range=(-3, 3), num=81)
    best = descent.least_squares(X, Y)
    assert plots.contours(ax, grid, minimum=best, equal=True) is ax
    (drawn,) = ax.collections
    for level, path in zip(drawn.levels, drawn.get_paths(), strict=True):
        for w, b in path.vertices[::20]:
            # Between grid points matplotlib interpolates linearly.
            assert float(descent.mean_squared_error(X, Y, w, b)) == pytest.approx(level, rel=0.05)
    np.testing.assert_allclose(ax.lines[0].get_xydata(), [best])


def test_a_path_is_drawn_where_it_ran(ax, run):
    assert plots.descent_path(ax, run, label="batches of 6") is ax
    line, start, end = ax.lines
    np.testing.assert_allclose(line.get_xydata(), run.points)
    np.testing.assert_allclose(start.get_xydata(), run.points[:1])
    np.testing.assert_allclose(end.get_xydata(), run.points[-1:])


@pytest.mark.parametrize(("against", "last"), [("updates", 12), ("samples", 60), ("epochs", 3)])
def test_loss_curves_count_what_they_say(ax, run, against, last):
    plots.loss_curves(ax, {"six": run, "again": run}, against=against)
    for line in ax.lines:
        np.testing.assert_allclose(line.get_ydata(), run.losses)
        assert line.get_xdata()[0] == 0
        assert line.get_xdata()[-1] == last
    assert ax.get_xlabel() == plots.COUNTS[against]
    assert ax.get_yscale() == "log"


def test_loss_curves_name_a_wrong_count(ax, run):
    with pytest.raises(ValueError, match="against must be one of updates, samples, epochs"):
        plots.loss_curves(ax, run, against="seconds")


def test_the_surface_stands_in_three_dimensions(run):
    figure, ax = plt.subplots(subplot_kw={"projection": "3d"})
    grid = descent.surface(X, Y, w_range=(-2, 5), b_range=(-3, 3), num=41)
    assert plots.surface_3d(ax, grid, path=run) is ax
    drawn = np.array(ax.lines[0].get_data_3d())
    np.testing.assert_allclose(drawn.T[:, :2], run.points)
    np.testing.assert_allclose(drawn[2], run.losses)
    figure.canvas.draw()
    plt.close(figure)


def test_a_flat_ax_cannot_take_a_surface(ax):
    with pytest.raises(ValueError, match="three-dimensional"):
        plots.surface_3d(ax, descent.surface(X, Y, w_range=(0, 1), b_range=(0, 1)))


def test_training_curves_start_at_their_first_epoch_and_mark_the_best(ax):
    plots.training_curves(ax, {"training": [3, 2, 1], "validation": [3, 1, 2]}, mark_best="lowest")
    assert ax.lines[0].get_xdata().tolist() == [1, 2, 3]
    assert ax.lines[2].get_xydata().tolist() == [[2, 1]]
    with pytest.raises(ValueError, match="mark_best"):
        plots.training_curves(ax, {"training": [1]}, mark_best="smallest")


def test_an_image_grid_shows_each_picture_once():
    figure, axes = plt.subplots(2, 2)
    pictures = [torch.rand(1, 4, 5), torch.rand(3, 4, 5), np.zeros((4, 5), dtype=np.uint8)]
    plots.image_grid(axes, pictures, titles=["a", "b", "c"], wrong=[1])
    shown = [place.images[0].get_array() for place in axes.flat[:3]]
    np.testing.assert_allclose(shown[1], pictures[1].permute(1, 2, 0))
    assert axes.flat[2].images[0].get_clim() == (0, 255)
    assert axes.flat[0].images[0].get_clim() == (0, 1)
    assert [place.get_title() for place in axes.flat] == ["a", "b", "c", ""]
    assert not axes.flat[3].axison
    figure.canvas.draw()
    plt.close(figure)


def test_an_image_grid_names_what_does_not_fit():
    figure, axes = plt.subplots(1, 2)
    with pytest.raises(ValueError, match="place for each of the 3"):
        plots.image_grid(axes, [torch.rand(2, 2)] * 3)
    with pytest.raises(ValueError, match="titles"):
        plots.image_grid(axes, [torch.rand(2, 2)] * 2, titles=["one"])
    with pytest.raises(ValueError, match="C 1 or 3"):
        plots.image_grid(axes, [torch.rand(2, 4, 4)])
    plt.close(figure)
