"""GraphStepper: torch's own graph, the script's numbers held to torch, and what it does under a hand."""

import random
from itertools import pairwise

import pytest
import torch
from hands import drag, settle
from playwright.sync_api import expect

from bookbuild.figures.live import slide
from helpers.figures import GraphStepper
from helpers.figures.graph_stepper import LIVE
from helpers.figures.graph_stepper.layout import lay_out

#: Functions of one number that are smooth where the random expressions use them.
ONE = {
    "neg": lambda a: -a,
    "exp": lambda a: (0.3 * a).exp(),
    "log": lambda a: (a * a + 1).log(),
    "sin": torch.sin,
    "cos": torch.cos,
    "tanh": torch.tanh,
    "sigmoid": torch.sigmoid,
    "relu": torch.relu,
    "abs": torch.abs,
    "sqrt": lambda a: (a * a + 0.5).sqrt(),
    "reciprocal": lambda a: 1 / (a * a + 1),
    "pow": lambda a: a**3,
    "power of a constant": lambda a: 2 ** (0.2 * a),
    "rsub": lambda a: 1.5 - a,
    "detach": lambda a: a.detach() * a,
}
TWO = [torch.add, torch.sub, torch.mul, lambda a, b: a / (b * b + 1)]


def expression(seed):
    """Return a function of u, v and w, the same for the same seed; what it makes is used again and again."""

    def function(u, v, w):
        draw = random.Random(seed)
        made = [u, v, w]
        for step in range(4):
            if step % 2 == 0:  # each function in its turn
                result = ONE[sorted(ONE)[(seed + step * 7) % len(ONE)]](made[-1])
            else:
                result = draw.choice(TWO)(draw.choice(made), draw.choice(made))
            made.append(result)
        return u * v + made[-1]

    return function


def by_torch(function, leaves):
    """Return value and gradients by plain torch."""
    tensors = {
        name: torch.tensor(value, dtype=torch.float64, requires_grad=True) for name, value in leaves.items()
    }
    result = function(**tensors)
    result.backward()
    return result.item(), [0.0 if leaf.grad is None else leaf.grad.item() for leaf in tensors.values()]


def plain(figure):
    """Return what the script reads of a figure."""
    names = ("nodes", "edges", "order", "ran", "refusal", "output")
    return {name: getattr(figure, name) for name in names}


def script(run_js, figure, changed):
    """Return values, slopes, arrived and carried gradients as the script computes them."""
    graph = plain(figure)
    values = run_js("graph_stepper/maths", "forward", graph["nodes"], changed)
    slopes = run_js("graph_stepper/maths", "slopesOf", graph, values)
    return values, slopes, run_js("graph_stepper/maths", "backward", graph, slopes)


@pytest.mark.parametrize("seed", range(15))
def test_the_scripts_numbers_are_torchs_also_after_a_drag(run_js, seed):
    draw, function = random.Random(seed), expression(seed)
    opened = {name: round(draw.uniform(-2, 2), 1) + 0.03 for name in "uvw"}
    dragged = {name: round(draw.uniform(-2, 2), 1) + 0.03 for name in "uvw"}
    figure = GraphStepper(function, **opened)
    assert figure.live
    for leaves, changed in ((opened, {}), (dragged, dict(zip("012", dragged.values(), strict=True)))):
        values, slopes, back = script(run_js, figure, changed)
        value, grads = by_torch(function, leaves)
        assert values[figure.output] == pytest.approx(value, rel=1e-6, abs=1e-9)
        assert back["arrived"][:3] == pytest.approx(grads, rel=1e-6, abs=1e-9)
        if not changed:
            there = [
                (edge["slope"], slope)
                for edge, slope in zip(figure.edges, slopes, strict=True)
                if edge["grad"]
            ]
            assert [slope for _, slope in there] == pytest.approx(
                [slope for slope, _ in there], rel=1e-6, abs=1e-9
            )
            assert values == pytest.approx([node["value"] for node in figure.nodes], rel=1e-6, abs=1e-9)


def test_every_operation_of_the_script_is_met_by_the_random_expressions():
    figures = [GraphStepper(expression(seed), u=0.3, v=0.7, w=-1.1) for seed in range(15)]
    met = {node["operation"] for figure in figures for node in figure.nodes}
    assert met - {""} == set(LIVE)


def test_slopes_at_the_kinks_are_torchs(run_js):
    for function in (lambda a: a.abs(), torch.relu, lambda a: a**2, lambda a: a**1):
        figure = GraphStepper(lambda a, function=function: function(a), a=0.0)
        assert script(run_js, figure, {})[1] == [figure.edges[0]["slope"]]


def test_the_graph_is_the_one_that_grad_fn_and_next_functions_tell():
    x, w, b = torch.tensor(2.0), torch.tensor(1.0, requires_grad=True), torch.tensor(1.5, requires_grad=True)
    loss = (w * x + b - 1.5) ** 2 + w**2
    figure = GraphStepper()
    told, found = [], []

    def walk(grad_fn):
        for following, _ in grad_fn.next_functions:
            if following is not None:
                told.append((type(grad_fn).__name__, type(following).__name__))
                walk(following)

    walk(loss.grad_fn)
    nodes = figure.nodes
    for edge in figure.edges:
        if edge["grad"]:
            found.append((nodes[edge["source"]]["function"], nodes[edge["target"]]["function"]))
    assert sorted(found) == sorted(told)
    loss.backward()
    assert [nodes[1]["grads"][0][0], nodes[2]["grads"][0][0]] == [f"{w.grad.item():g}", f"{b.grad.item():g}"]
    assert nodes[1]["grads"][1][0] == f"{2 * w.grad.item():g}"
    assert [node["saved"] for node in nodes if node["function"] == "MulBackward0"] == [[["other", 0]]]


def test_a_second_backward_is_refused_only_where_something_was_saved():
    assert GraphStepper(lambda a: a * a, a=2.0).refusal.startswith(
        "Trying to backward through the graph a second"
    )
    assert GraphStepper(lambda a: a + 1, a=2.0).refusal == ""
    figure = GraphStepper()
    assert [figure.nodes[node]["function"] for node in figure.ran] == ["AddBackward0", "PowBackward0"]


def test_the_readers_tensors_stay_as_they_were():
    w = torch.tensor([1.0, 2.0], requires_grad=True)
    GraphStepper(lambda w: (w * w).sum(), w=w)
    assert w.grad is None


def test_tensors_and_composite_functions_are_shown_as_torch_ran_them():
    torch.manual_seed(0)
    leaves = {
        "x": torch.rand(5),
        "W": torch.rand(5, 3, requires_grad=True),
        "b": torch.rand(3, requires_grad=True),
    }
    figure = GraphStepper(lambda x, W, b: (x @ W + b).square().sum(), **leaves)
    assert not figure.live
    functions = [node["function"] for node in figure.nodes if node["function"] != "AccumulateGrad"]
    assert functions == [
        "",
        "MmBackward0",
        "SqueezeBackward4",
        "AddBackward0",
        "PowBackward0",
        "SumBackward0",
    ]
    assert figure.nodes[2]["arrived"][0] == "(3,)"
    assert repr(figure) == "GraphStepper(sum((squeeze(x @ W) + b) ** 2), x=(5,), W=(5, 3), b=(3,))"


def test_what_was_detached_passes_nothing_back():
    figure = GraphStepper(lambda a: a.detach() * a, a=3.0)
    assert [(edge["target"], edge["grad"]) for edge in figure.edges] == [(0, False), (1, False), (0, True)]
    assert figure.nodes[0]["grads"][0][0] == "3"


def test_its_text():
    figure = GraphStepper()
    assert repr(figure) == "GraphStepper((w * x + b - 1.5) ** 2 + w ** 2, x=2, w=1, b=1.5)"


@pytest.mark.parametrize(
    ("function", "leaves", "error", "message"),
    [
        (3, {"a": 1.0}, TypeError, "function must be callable, got int"),
        (lambda a: 1.0, {"a": 1.0}, TypeError, "must return a tensor, got float"),
        (
            lambda a: a * a,
            {"a": torch.ones(2, requires_grad=True)},
            ValueError,
            r"number, .*shape \(2,\)",
        ),
        (lambda a: a * a, {"a": torch.ones(())}, ValueError, "from a leaf that requires a gradient"),
        (lambda a: a * a, {"a": "1"}, TypeError, "a must be a number or a torch.Tensor, got str"),
        (lambda a: a * a, {"a": torch.tensor(1)}, ValueError, "a must hold finite floating"),
        (
            lambda a: sum(a * k for k in range(12)),
            {"a": 1.0},
            ValueError,
            "25 nodes; .* room for 16",
        ),
        (lambda a: torch.stack([a, a]).sum(), {"a": 1.0}, ValueError, "StackBackward0, whose arguments"),
    ],
)
def test_bad_arguments_are_named(function, leaves, error, message):
    with pytest.raises(error, match=message):
        GraphStepper(function, **leaves)


def test_where_to_open_must_be_known():
    with pytest.raises(ValueError, match="at must be one of 'fork', 'start', 'end', got 'middle'"):
        GraphStepper(at="middle")


def test_rows_lead_down_and_nodes_of_a_row_do_not_touch():
    for seed in range(15):
        figure = GraphStepper(expression(seed), u=0.3, v=0.7, w=-1.1)
        edges = [(edge["source"], edge["target"]) for edge in figure.edges]
        layout = lay_out(len(figure.nodes), edges)
        assert all(layout.rows[target] < layout.rows[source] for source, target in edges)
        for row in set(layout.rows):
            columns = sorted(c for c, r in zip(layout.columns, layout.rows, strict=True) if r == row)
            assert all(right - left >= 0.99 for left, right in pairwise(columns))


@pytest.fixture
def stepper(mount):
    """Open the figure as a reader finds it in the built page."""
    return mount(GraphStepper())


def texts(page, name):
    return page.locator(f"svg .{name}").all_text_contents()


def arriving(page):
    """Return what has come to w and is not in w.grad yet."""
    return page.locator("svg .gs-pill + .gs-sum").last.text_content()


def test_it_opens_where_two_gradients_meet(stepper):
    assert arriving(stepper) == "2 + 8 = 10"
    assert {"4 × 2 = 8", "1 × 2 = 2"} <= set(texts(stepper, "gs-gradient"))
    assert "w.grad None" in texts(stepper, "gs-tag")
    expect(stepper.locator(".gs-now")).to_contain_text("w is used twice, so its gradients add up: 2 + 8 = 10")


def test_the_walk_goes_forward_backward_and_backward_again(stepper):
    slide(stepper, "step", 0)
    assert stepper.locator(".bf-cell.bf-faint").count() == 6
    slide(stepper, "step", 6)
    assert stepper.locator(".bf-cell.bf-faint").count() == 0
    slide(stepper, "step", 15)
    assert texts(stepper, "gs-filled") == ["w.grad 10", "b.grad 4"]
    slide(stepper, "step", 24)
    assert texts(stepper, "gs-filled") == ["w.grad 20", "b.grad 8"]
    expect(stepper.locator(".gs-now")).to_contain_text("10 + 10 = 20")


def test_without_retain_graph_the_second_backward_stops_with_torchs_words(stepper):
    stepper.get_by_role("checkbox", name="retain_graph=True").uncheck()
    slide(stepper, "step", 18)
    expect(stepper.locator(".gs-now")).to_contain_text("RuntimeError: Trying to backward through")
    assert texts(stepper, "gs-filled") == ["w.grad 10", "b.grad 4"]
    assert stepper.locator(".gs-card s").text_content() == "w = 1"
    stepper.get_by_role("button", name="Reset").click()
    settle(stepper)
    assert stepper.get_by_role("checkbox").is_checked()
    assert arriving(stepper) == "2 + 8 = 10"


def test_a_dragged_leaf_computes_all_anew_and_escape_takes_it_back(stepper):
    drag(stepper.locator(".bf-hit").nth(1), 20, 0, drop=False)
    settle(stepper)
    w = float(stepper.get_by_role("slider", name="w", exact=True).input_value())
    assert w > 1
    total = 2 * w + 2 * (2 * w + 1.5 - 1.5) * 2
    assert float(arriving(stepper).split("= ")[1]) == pytest.approx(total, rel=5e-3)
    stepper.mouse.up()
    stepper.keyboard.press("Escape")
    settle(stepper)
    assert arriving(stepper) == "2 + 8 = 10"


def test_sliders_keys_and_taps_answer(stepper):
    slide(stepper, "x", -1)
    assert arriving(stepper) == "2 + 2 = 4"
    first = stepper.locator(".bf-cell").first.bounding_box()
    stepper.touchscreen.tap(first["x"] + 15, first["y"] + 12)
    expect(stepper.locator(".gs-title")).to_have_text("x")
    expect(stepper.locator(".gs-card")).to_contain_text("None: requires no gradient")
    stepper.keyboard.press("ArrowDown")
    expect(stepper.locator(".gs-card")).to_contain_text("None: not a leaf")
    expect(stepper.locator("[aria-live]")).to_contain_text("backward 7 of 8", timeout=3000)


def test_a_screen_reader_hears_the_nodes_and_not_the_words_drawn_on_them(stepper):
    heard = stepper.get_by_role("group", name="The graph of").aria_snapshot()
    assert 'button "w is' in heard
    assert "- text:" not in heard


def test_it_stacks_on_a_telephone(mount):
    page = mount(GraphStepper(), width=320)
    boxes = [cell.bounding_box() for cell in page.locator(".bf-cell").all()]
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= 320 for box in boxes)
