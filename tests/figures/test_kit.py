"""The drawing kit's numbers and scales, run in a browser; the base class of the figures."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.figures.base import Figure, palette_css
from helpers.palette import ROLES


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (0.1, "0.100"),
        (-2.5, "−2.50"),
        (1234, "1230"),
        (9999.6, "10000"),
        (0.00021, "2.10×10⁻⁴"),
        (-31400, "−3.14×10⁴"),
    ],
)
def test_numbers_have_three_digits_and_a_true_minus(run_js, value, text):
    assert run_js("kit/numbers", "format", value) == text


@settings(max_examples=30, deadline=None)
@given(st.floats(1e-12, 1e12), st.booleans())
def test_a_printed_number_is_the_number_to_three_digits(run_js, size, negative):
    value = -size if negative else size
    text = run_js("kit/numbers", "format", value).replace("−", "-")
    mantissa, _, power = text.partition("×10")
    superscripts = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
    read = float(mantissa) * 10 ** int(power.translate(superscripts) or 0)
    assert math.isclose(read, value, rel_tol=5.1e-3)


def test_equal_units_keep_right_angles_and_show_everything(run_js):
    (x0, x1), (y0, y1) = run_js("kit/panel", "equalUnits", [-1, 1], [0, 10], 300, 200)
    assert (x1 - x0) / 300 == pytest.approx((y1 - y0) / 200)
    assert x0 <= -1
    assert x1 >= 1
    assert y0 <= 0
    assert y1 >= 10


def test_a_line_breaks_where_numbers_are_not_finite(run_js):
    points = [[0, 0], [1, 1], [2, None], [3, 3], [4, 4]]
    assert run_js("kit/scales", "linePath", points) == "M0.00,0.00L1.00,1.00M3.00,3.00L4.00,4.00"


def test_the_palette_reaches_the_figures_in_both_themes():
    css = palette_css()
    for role, (light, dark) in ROLES.items():
        assert f"--bf-{role}: {light};" in css
        assert f"--bf-{role}: {dark};" in css


def test_a_figure_without_its_script_says_which_file_is_missing():
    with pytest.raises(
        FileNotFoundError, match=r"Nameless: its drawing is expected in .*static.Nameless\.js.*make figures"
    ):
        type("Nameless", (Figure,), {"__module__": __name__})
