"""NetworkAnatomy: torch's shapes and counts, and the script's own counting held to rebuilt models."""

import itertools

import pytest
import torch
from hands import drag
from torch import nn

from helpers.figures.network_anatomy import NetworkAnatomy


def chain(widths, bias=True):
    layers = [nn.Flatten()]
    for inputs, outputs in itertools.pairwise(widths):
        layers += [nn.Linear(inputs, outputs, bias=bias), nn.Dropout(0.1), nn.ReLU()]
    return nn.Sequential(*layers[:-2])


def plain(model, width):
    return NetworkAnatomy(model=model, input_shape=(1, width)).layers


def test_a_changed_width_counts_as_the_rebuilt_model_does(map_js):
    generator = torch.Generator().manual_seed(0)
    calls, expected = [], []
    for case in range(30):
        widths = torch.randint(1, 60, (3 + case % 4,), generator=generator).tolist()
        at = int(torch.randint(1, len(widths) - 1, (1,), generator=generator))
        new = int(torch.randint(1, 1025, (1,), generator=generator))
        changed = [new if place == at else width for place, width in enumerate(widths)]
        calls.append([plain(chain(widths, case % 3 > 0), widths[0]), 3 * at - 2, new])
        rebuilt = chain(changed, case % 3 > 0)
        expected.append((plain(rebuilt, widths[0]), sum(p.numel() for p in rebuilt.parameters())))
    found = map_js("network_anatomy/maths", "withWidth", calls)
    assert found == [layers for layers, _ in expected]
    totals = [
        census["total"]
        for census in map_js("network_anatomy/maths", "census", [[layers] for layers in found])
    ]
    assert totals == [total for _, total in expected]


def test_the_opening_model_hoards_sixty_percent_in_its_first_layer(run_js):
    figure = NetworkAnatomy()
    census = run_js("network_anatomy/maths", "census", figure.layers)
    assert census["total"] == 669_706
    assert census["largest"] == figure.layer == 0
    assert census["shares"][0] == pytest.approx(0.60014, abs=1e-5)


def test_the_sum_is_written_out(run_js):
    layers = NetworkAnatomy().layers
    assert (
        run_js("network_anatomy/words", "sumText", layers[0])
        == "weight 512 × 784 + bias 512 = 401,920 parameters"
    )
    assert run_js("network_anatomy/words", "sumText", layers[1]).startswith("no parameters")
    assert run_js("network_anatomy/words", "sumText", layers[1] | {"calls": 0}).startswith("never called")
    for count, text in ((10, "40 bytes"), (250, "1.00 kB"), (669_706, "2.68 MB")):
        assert run_js("network_anatomy/words", "bytesText", count) == text


class Skipping(nn.Module):
    """A chain with a skip: no width in it may change alone."""

    def __init__(self):
        super().__init__()
        self.inner = nn.Linear(4, 4)
        self.outer = nn.Linear(4, 2)

    def forward(self, x):
        """Add what went around."""
        return self.outer(x + self.inner(x))


@pytest.mark.parametrize(
    ("model", "shape", "editable"),
    [
        (chain([4, 3, 2]), (1, 4), ["1"]),
        (nn.Sequential(nn.Linear(4, 2)), (1, 4), []),
        (nn.Sequential(nn.Linear(4, 3), nn.BatchNorm1d(3), nn.Linear(3, 2)), (1, 4), []),
        (nn.Sequential(nn.Conv2d(1, 2, 3), nn.Flatten(), nn.Linear(8, 3), nn.Linear(3, 2)), (1, 1, 4, 4), []),
        (nn.Sequential(nn.Linear(4, 3), nn.Flatten(), nn.Linear(15, 2)), (1, 5, 4), []),
        (Skipping(), (1, 4), []),
    ],
)
def test_only_the_widths_of_a_plain_chain_can_be_dragged(model, shape, editable):
    layers = NetworkAnatomy(model=model, input_shape=shape).layers
    assert [layer["name"] for layer in layers if layer["editable"]] == editable


def test_a_layer_that_runs_twice_is_not_dragged():
    shared = nn.Linear(3, 3)
    layers = NetworkAnatomy(model=nn.Sequential(shared, shared, nn.Linear(3, 1)), input_shape=(1, 3)).layers
    assert not any(layer["editable"] for layer in layers)


def test_conv_layers_say_what_they_are():
    model = nn.Sequential(
        nn.Conv2d(3, 6, 5, stride=2),
        nn.BatchNorm2d(6),
        nn.MaxPool2d(2),
        nn.Dropout(0.5),
        nn.AvgPool2d((2, 3)),
    )
    figure = NetworkAnatomy(model=model, input_shape=(1, 3, 32, 32))
    specs = [layer["spec"] for layer in figure.layers]
    assert specs == ["3 → 6, 5 × 5, stride 2", "6", "2 × 2", "p = 0.5", "2 × 3"]
    assert figure.layers[0]["shape"] == [1, 6, 14, 14]
    assert repr(figure) == "NetworkAnatomy(layers=5, parameters=468)"


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"model": "net", "input_shape": (1, 3)}, TypeError, "model must be an nn.Module"),
        ({"model": nn.Linear(3, 1), "input_shape": (1, 4)}, ValueError, "does not take a batch"),
        ({"model": nn.Linear(3, 1)}, ValueError, "either input_shape or sample"),
        ({"layer": 5}, ValueError, r"layer must be a whole number from 0 to 4 \(the last layer\), got 5"),
        (
            {"model": nn.Sequential(*[nn.ReLU() for _ in range(25)]), "input_shape": (1, 3)},
            ValueError,
            "1 to 24 layers, got 25",
        ),
    ],
)
def test_a_bad_argument_is_named(arguments, error, message):
    with pytest.raises(error, match=message):
        NetworkAnatomy(**arguments)


TITLE = "document.querySelector('.bf-title').textContent"
LINE = "document.querySelector('.na-line').textContent"


def test_the_figure_answers_drag_escape_key_and_slider(mount):
    page = mount(NetworkAnatomy())
    assert page.evaluate(TITLE).startswith("669,706 parameters")
    drag(page.locator(".bf-hit").first, -24, 0, drop=False)
    page.wait_for_function(f"{TITLE}.includes('at first 669,706')")
    page.keyboard.press("Escape")
    page.wait_for_function(f"{TITLE}.startsWith('669,706') && !{TITLE}.includes('at first')")
    page.mouse.up()
    page.locator("input[type=range]").nth(1).focus()
    page.keyboard.press("ArrowLeft")
    # One number less in the second layer: 512 weights, a bias, and ten weights of the next layer.
    page.wait_for_function(f"{TITLE}.startsWith('{669_706 - 523:,}')")
    assert page.evaluate(LINE) == "2  Linear: weight 511 × 512 + bias 511 = 262,143 parameters"
    page.get_by_role("button", name="Reset").click()
    page.wait_for_function(f"{TITLE}.startsWith('669,706')")


def test_a_tapped_layer_is_explained_on_a_telephone(mount):
    page = mount(NetworkAnatomy(), width=390)
    page.locator(".bf-cell").nth(4).tap()
    page.wait_for_function(f"{LINE} === '4  Linear: weight 10 × 512 + bias 10 = 5,130 parameters'")
    page.keyboard.press("ArrowUp")
    page.wait_for_function(f"{LINE}.startsWith('3  ReLU: no parameters')")
    heard = "document.querySelector('[aria-live]').textContent"
    page.wait_for_function(f"{heard}.startsWith('Layer 3  ReLU: 0 of 669,706')")
