"""JacobianLab and JacobianPasses: their JavaScript held to torch, their arguments, and what they answer."""

import math

import pytest
import torch
from closeness import close
from hands import drag, settle
from playwright.sync_api import Page, expect

from bookbuild.bench import jacobians as bench_jacobians
from bookbuild.figures.live import slide
from helpers import jacobians
from helpers.figures.jacobian_lab import JacobianLab
from helpers.figures.jacobian_passes import JacobianPasses, recorded_times

NAMES = list(jacobians.MAPS)

# torch's own use of torch.jit.script, on the first call of jvp or jacfwd.
pytestmark = pytest.mark.filterwarnings("ignore:`torch.jit.script` is deprecated:FutureWarning")


def points_of(name: str, count: int = 25) -> torch.Tensor:
    """Points that the figure lets a reader reach, the corners of the range among them."""
    low, high = torch.tensor(jacobians.MAPS[name].ranges, dtype=torch.float64).T
    generator = torch.Generator().manual_seed(len(name))
    inside = low + (high - low) * torch.rand(count, 2, generator=generator, dtype=torch.float64)
    return torch.cat([low[None], high[None], torch.zeros(1, 2, dtype=torch.float64), inside])


def plain(name: str) -> dict:
    return next(plane_map for plane_map in JacobianLab().maps if plane_map["name"] == name)


def js_jacobians(map_js, name: str) -> list:
    return map_js("jacobian_lab/maths", "jacobianAt", [[plain(name), x] for x in points_of(name).tolist()])


@pytest.mark.parametrize("name", NAMES)
def test_js_map_and_jacobian_are_torchs(map_js, name):
    points, plane_map = points_of(name), jacobians.MAPS[name]
    values = map_js("jacobian_lab/maths", "valueAt", [[plain(name), x] for x in points.tolist()])
    close(values, torch.stack([plane_map(x) for x in points]))
    close(js_jacobians(map_js, name), torch.stack([plane_map.jacobian(x) for x in points]))


@pytest.mark.parametrize("name", NAMES)
def test_js_singular_values_and_axes_are_torchs(map_js, name):
    matrices = torch.stack([jacobians.MAPS[name].jacobian(x) for x in points_of(name)])
    axes = map_js("jacobian_lab/maths", "principalAxes", [[J.tolist()] for J in matrices])
    close([[axis["sigma"] for axis in pair] for pair in axes], torch.linalg.svdvals(matrices))
    lengths = [[math.hypot(*axis["to"]) for axis in pair] for pair in axes]
    close(lengths, torch.linalg.svdvals(matrices))
    # The half-axes stand at right angles, and so do the directions they come from.
    for key in ("to", "from"):
        pairs = torch.tensor([[axis[key] for axis in pair] for pair in axes], dtype=torch.float64)
        close(pairs.prod(dim=1).sum(dim=1).tolist(), torch.zeros(len(axes)))


@pytest.mark.parametrize("name", NAMES)
def test_js_pushes_and_pulls_as_torch_does(run_js, name):
    plane_map, x = jacobians.MAPS[name], points_of(name)[5]
    v, u = torch.tensor([[0.3, -0.7], [-0.2, 0.5]], dtype=torch.float64)
    J = plane_map.jacobian(x).tolist()
    close(
        run_js("jacobian_lab/maths", "pushforward", J, v.tolist()), torch.func.jvp(plane_map, (x,), (v,))[1]
    )
    close(run_js("jacobian_lab/maths", "pullback", J, u.tolist()), torch.func.vjp(plane_map, x)[1](u)[0])
    assert run_js("jacobian_lab/maths", "determinant", J) == pytest.approx(
        float(torch.linalg.det(torch.tensor(J)))
    )


@pytest.mark.parametrize("name", NAMES)
def test_the_gap_to_the_tangent_shrinks_with_the_square_of_the_size(run_js, name):
    x = [0.7, 0.4]
    wide, narrow = (run_js("jacobian_lab/maths", "largestGap", plain(name), x, half) for half in (0.02, 0.01))
    if name == "linear":
        assert max(wide, narrow) < 1e-12
    else:
        assert wide / narrow == pytest.approx(4, rel=0.1)


def test_the_scene_meets_in_one_number(run_js):
    x, v, u = [0.7, 0.4], [0.5, -0.3], [0.2, 0.75]
    scene = run_js(
        "jacobian_lab/figure",
        "sceneOf",
        {"plane": plain("swirl"), "point": x, "v_in": v, "v_out": u, "patch": 0.3},
    )
    J = jacobians.MAPS["swirl"].jacobian(torch.tensor(x, dtype=torch.float64))
    v, u = (torch.tensor(vector, dtype=torch.float64) for vector in (v, u))
    assert scene["either"] == pytest.approx(float(u @ J @ v), rel=1e-6)
    assert scene["either"] == pytest.approx(float(torch.tensor(scene["pulledBack"]).double() @ v), rel=1e-6)


def test_numbers_are_written_with_a_true_minus_and_no_minus_zero(map_js):
    written = map_js("jacobian_lab/figure", "twoDecimals", [[-0.304], [-0.004], [0.995], [12]])
    assert written == ["−0.30", "0.00", "0.99", "12.00"]


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"map": "sphere"}, ValueError, "map must be one of 'linear', 'polar'"),
        ({"point": (0.5,)}, ValueError, "point must be 2 numbers"),
        ({"point": (0.5, 3.0)}, ValueError, r"point\[1\] must be a number from -1.2 .* to 1.2 .*, got 3.0"),
        ({"map": "polar", "point": (-0.5, 0)}, ValueError, r"point\[0\] must be a number from 0 .* to 1.2"),
        ({"point": (0.5, math.nan)}, ValueError, r"point\[1\] must be"),
        ({"point": ("a", 0)}, TypeError, r"point\[0\] must be a number, got 'a'"),
        ({"v_in": (1.0, 0.0)}, ValueError, r"v_in\[0\] must be a number from -0.8 to 0.8"),
        ({"v_out": (0.0, -1.0)}, ValueError, r"v_out\[1\] must be a number from"),
        ({"patch": 1.0}, ValueError, "patch must be a number from 0.05 to 0.6"),
        ({"patch": True}, TypeError, "patch must be a number"),
    ],
)
def test_bad_arguments_are_named(arguments, error, message):
    with pytest.raises(error, match=message):
        JacobianLab(**arguments)


@pytest.mark.parametrize("arguments", [{"n": 3}, {"m": 2048}])
def test_only_recorded_sizes_can_be_asked_for(arguments):
    with pytest.raises(ValueError, match=f"{next(iter(arguments))} must be one of 1, 4, 16, 64, 256, 1024"):
        JacobianPasses(**arguments)


def test_their_text():
    assert repr(JacobianLab(map="polar", point=(1, 0.5))) == "JacobianLab(map='polar', point=[1.0, 0.5])"
    assert repr(JacobianPasses(n=64, m=4)) == "JacobianPasses(n=64, m=4)"


def drag_handle(page: Page, handle: int, right: float, down: float) -> None:
    drag(page.locator(".bf-hit").nth(handle), right, down)
    settle(page)


def traits(page: Page, name: str):
    return page.evaluate(f"window.traits.{name}")


def shown(page: Page, number: int) -> list[float]:
    """Read the result of one of the two products as it stands on the page."""
    texts = page.locator(".jl-sum").nth(number).locator(".jl-matrix").last.locator("span").all_text_contents()
    return [float(text.replace("−", "-")) for text in texts]


def test_dragging_each_handle_changes_its_vector_and_the_products(mount):
    page = mount(JacobianLab())
    for handle, name in enumerate(("point", "v_in", "v_out")):
        before = traits(page, name)
        drag_handle(page, handle, -20, 25)
        assert traits(page, name) != before, name
    plane_map = jacobians.MAPS["swirl"]
    x, v, u = (torch.tensor(traits(page, name), dtype=torch.float64) for name in ("point", "v_in", "v_out"))
    J = plane_map.jacobian(x)
    assert shown(page, 0) == pytest.approx((J @ v).tolist(), abs=0.0051)
    assert shown(page, 1) == pytest.approx((u @ J).tolist(), abs=0.0051)
    sigmas = [float(text) for text in page.locator(".jl-fact b").all_text_contents()[:2]]
    assert sigmas == pytest.approx(torch.linalg.svdvals(J).tolist(), abs=0.0051)


def test_the_vector_keeps_its_numbers_while_the_point_moves(mount):
    page = mount(JacobianLab())
    before = traits(page, "v_in")
    drag_handle(page, 0, -60, 40)
    assert traits(page, "v_in") == before
    point, tip = (page.locator(".bf-handle").nth(i).bounding_box() for i in (0, 1))
    unit = (tip["x"] - point["x"]) / before[0]
    assert (point["y"] - tip["y"]) / before[1] == pytest.approx(unit, rel=0.02)


def test_a_tap_moves_the_nearer_of_point_and_tip(mount):
    page = mount(JacobianLab(point=(0, 0), v_in=(0.8, 0)))
    tip = page.locator(".bf-hit").nth(1).bounding_box()
    page.touchscreen.tap(tip["x"] + 18, tip["y"] - 30)
    settle(page)
    assert traits(page, "point") == [0, 0]
    assert traits(page, "v_in") == pytest.approx([0.8, 0.7], abs=0.06)
    point = page.locator(".bf-hit").nth(0).bounding_box()
    page.touchscreen.tap(point["x"] - 60, point["y"] + 60)
    settle(page)
    assert all(value < -0.4 or value > 0.4 for value in traits(page, "point"))


def test_keys_step_and_escape_takes_back(mount):
    page = mount(JacobianLab(point=(0.5, 0.5)))
    page.get_by_role("slider", name="point, first coordinate").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowDown")
    settle(page)
    assert traits(page, "point") == pytest.approx([0.55, 0.0])
    page.keyboard.press("Escape")
    settle(page)
    assert traits(page, "point") == [0.5, 0.5]


def test_another_map_keeps_the_point_inside_its_range_and_reset_goes_home(mount):
    page = mount(JacobianLab(point=(-1.0, 0.5)))
    page.get_by_role("radio", name="polar").check()
    settle(page)
    assert traits(page, "point") == [0.0, 0.5]
    assert page.get_by_role("slider", name="point, first coordinate").get_attribute("min") == "0"
    expect(page.locator("[aria-live]")).to_contain_text("singular values are 1.00 and 0.00", timeout=3000)
    page.get_by_role("button", name="Reset").click()
    settle(page)
    assert (traits(page, "map"), traits(page, "point")) == ("swirl", [-1.0, 0.5])
    assert page.get_by_role("radio", name="swirl").is_checked()


def test_both_planes_have_equal_units_and_one_scale(mount):
    page = mount(JacobianLab(map="linear", point=(0, 0)))
    circle = page.locator(".jl-circle").first.bounding_box()
    assert circle["width"] == pytest.approx(circle["height"], abs=1)
    a, b = page.locator(".bf-panel-svg").all()
    assert a.bounding_box()["width"] == b.bounding_box()["width"]


def test_the_patch_slider_says_how_far_the_tangent_is_off(mount):
    page = mount(JacobianLab(map="square"))
    slide(page, "patch size", 0.1)
    value = page.get_by_role("slider", name="patch size").get_attribute("aria-valuetext")
    # Half a square has the second-order term z²/2 and nothing more: 0.1² at the corner of the patch.
    assert value == "0.2 wide, up to 0.010 off"


def test_the_recorded_times_hold_every_size_and_say_where_they_come_from():
    record = recorded_times()
    sizes = bench_jacobians.SIZES
    assert [line[:2] for line in record["times"]] == [[n, m] for n in sizes for m in sizes]
    assert all(0 < time < 1000 for line in record["times"] for time in line[2:])
    assert "torch" in record["machine"]
    assert "thread" in record["machine"]


def test_the_bench_measures_both_modes():
    forward, reverse = bench_jacobians.measure(3, 2, runs=1)
    assert forward > 0
    assert reverse > 0
    assert bench_jacobians.network(3, 2)(torch.ones(3)).shape == (2,)


def test_js_counts_and_compares(run_js):
    assert run_js("jacobian_passes/figure", "passes", {"n": 64, "m": 4}) == {"forward": 64, "reverse": 4}
    times = recorded_times()["times"]
    forward, reverse = next(line[2:] for line in times if line[:2] == [64, 4])
    found = run_js("jacobian_passes/figure", "timesOf", times, {"n": 64, "m": 4})
    assert found == {"forward": forward, "reverse": reverse}
    judged = run_js("jacobian_passes/figure", "compare", {"forward": 64, "reverse": 4})
    assert judged == {"winner": "reverse", "factor": 16}
    assert run_js("jacobian_passes/figure", "compare", {"forward": 1, "reverse": 1.05})["winner"] == "tie"


def test_passes_follow_sliders_and_cells(mount):
    page = mount(JacobianPasses())
    assert page.locator(".jp-bar-value").all_text_contents()[:2] == ["1024", "1"]
    slide(page, "m, outputs", 5)
    assert page.locator(".jp-bar-value").all_text_contents()[:2] == ["1024", "1024"]
    page.get_by_role("button", name="1 input, 64 outputs").click()
    settle(page)
    assert (traits(page, "n"), traits(page, "m")) == (1, 64)
    expect(page.locator(".jp-verdict")).to_contain_text("forward mode needs 64 times fewer passes")
