"""What units see: the measurement agrees with the formula, with autograd, and with what changes a unit."""

import pytest
import torch
from small_residual_net import Residual, network
from torch import nn

from helpers.receptive_fields import Fields, Rule, measure, record


def composed(*steps):
    """Apply the textbook's rule from the first layer to the last; a step is (kernel, stride, padding)."""
    size, stride, start = 1, 1, 0
    for kernel, pace, padding in steps:
        size += (kernel - 1) * stride
        start -= padding * stride
        stride *= pace
    return Rule(size, stride, start)


CONV, POOL = (3, 1, 1), (2, 2, 0)
HALF = [CONV, POOL]  # a convolution and a pooling


@pytest.mark.parametrize("side", [(32, 32), (24, 24), (24, 40)])
def test_the_measurement_is_the_textbooks_composition(side):
    found = measure(network(), ["0", "1", "2", "3", "2.body.0"], shape=(3, *side))
    expected = {
        "0": composed(CONV),
        "1": composed(CONV, *HALF),
        "2.body.0": composed(CONV, *HALF, CONV),
        "2": composed(CONV, *HALF, CONV, CONV),
        "3": composed(CONV, *HALF, CONV, CONV, *HALF),
    }
    assert {name: fields.rules() for name, fields in found.items()} == {
        name: (rule, rule) for name, rule in expected.items()
    }


STEPS = {
    "stride": (nn.Conv2d(3, 2, 5, stride=2, padding=2), composed((5, 2, 2))),
    "dilation": (nn.Conv2d(3, 2, 3, dilation=3, padding=3), composed((7, 1, 3))),
    "average": (nn.Sequential(nn.AvgPool2d(3, 2, 1), nn.Conv2d(3, 2, 3)), composed((3, 2, 1), (3, 1, 0))),
    "groups": (nn.Sequential(nn.Conv2d(3, 3, 3, groups=3), nn.GELU()), composed((3, 1, 0))),
    "no padding": (nn.Sequential(nn.Conv2d(3, 2, 5), nn.MaxPool2d(2)), composed((5, 1, 0), (2, 2, 0))),
}


@pytest.mark.parametrize(("layer", "rule"), STEPS.values(), ids=STEPS)
def test_every_kind_of_window_is_measured(layer, rule):
    assert measure(nn.Sequential(layer), ["0"], shape=(3, 27, 30))["0"].rules() == (rule, rule)


def positive_network():
    """No ReLU and no maximum cuts a gradient off: weights above zero, averages instead of maxima."""
    body = nn.Sequential(nn.Conv2d(4, 4, 3, padding=1), nn.ReLU(), nn.Conv2d(4, 4, 3, padding=1), nn.ReLU())
    net = nn.Sequential(nn.Conv2d(3, 4, 3, padding=1), nn.AvgPool2d(2), Residual(body), nn.AvgPool2d(2))
    for parameter in net.parameters():
        parameter.data = parameter.data.abs() + 0.1
    return net


def gradient_box(net, picture, row, column):
    picture = picture.clone().requires_grad_()
    net(picture)[0, :, row, column].sum().backward()
    return picture.grad[0].ne(0).any(dim=0)


def filled(side, box):
    seen = torch.zeros(side, dtype=torch.bool)
    seen[box] = True
    return seen


@pytest.mark.parametrize("side", [(24, 24), (20, 28)])
def test_every_unit_sees_what_has_a_gradient(side):
    net = positive_network()
    fields = measure(net, ["3"], shape=(3, *side))["3"]
    assert (len(fields.rows), len(fields.columns)) == (side[0] // 4, side[1] // 4)
    for row in range(len(fields.rows)):
        for column in range(len(fields.columns)):
            found = gradient_box(net, torch.ones(1, 3, *side), row, column)
            assert torch.equal(found, filled(side, fields.box(row, column))), (row, column)


@pytest.mark.parametrize("name", ["1", "2", "3"])
def test_nothing_outside_the_box_changes_a_unit_and_its_edges_do(name):
    net = network().double()
    fields = measure(net, [name], shape=(3, 32, 32))[name]
    generator = torch.Generator().manual_seed(1)
    pictures = torch.randn(40, 3, 32, 32, generator=generator, dtype=torch.float64)
    others = torch.randn(40, 3, 32, 32, generator=generator, dtype=torch.float64)
    row, column = len(fields.rows) // 2, len(fields.columns) // 3
    rows, columns = fields.box(row, column)

    def unit(batch):
        return record(net, [name], batch)[name][:, :, row, column]

    outside = others.clone()
    outside[:, :, rows, columns] = pictures[:, :, rows, columns]
    assert torch.equal(unit(outside), unit(pictures))
    for edge in (rows.start, rows.stop - 1):
        changed = pictures.clone()
        changed[:, :, edge, columns] = 5 * others[:, :, edge, columns]
        assert not torch.equal(unit(changed), unit(pictures))
    for edge in (columns.start, columns.stop - 1):
        changed = pictures.clone()
        changed[:, :, rows, edge] = 5 * others[:, :, rows, edge]
        assert not torch.equal(unit(changed), unit(pictures))


@pytest.mark.filterwarnings("ignore:TF32 acceleration")
def test_a_fast_convolution_that_shares_work_between_windows_does_not_mislead():
    with torch.backends.mkldnn.flags(enabled=False):  # torch then takes NNPACK for float32, where it can
        found = measure(network(32), ["0"], shape=(3, 32, 32))
    assert found["0"].rules() == (composed(CONV),) * 2


def test_a_larger_picture_shows_the_whole_field_also_before_a_head_of_fixed_size():
    net = nn.Sequential(
        *(nn.Conv2d(3, 6, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Flatten(), nn.Linear(400, 10)),
    )
    rule = composed((5, 1, 0), POOL, (5, 1, 0), POOL)
    assert rule == Rule(size=16, stride=4, start=0)
    assert measure(net, ["5"], shape=(3, 32, 32))["5"].rules() == (rule, rule)
    assert measure(net, ["5"], shape=(3, 48, 40))["5"].rules() == (rule, rule)
    deep = network()
    assert measure(deep, ["4"], shape=(3, 24, 24))["4"].rules() == (None, None)
    rule = composed(CONV, *HALF, CONV, CONV, *HALF, *HALF)
    assert measure(deep, ["4"], shape=(3, 64, 64))["4"].rules() == (rule, rule)


def test_what_reads_everything_and_what_reads_nothing():
    pooled = measure(nn.Sequential(nn.Conv2d(3, 2, 3), nn.AdaptiveMaxPool2d(1)), ["1"], shape=(3, 9, 7))["1"]
    assert (pooled.rows, pooled.columns) == (((0, 8),), ((0, 6),))
    assert pooled.rules() == (None, None)
    padding = measure(nn.Sequential(nn.Conv2d(3, 2, 1, padding=1)), ["0"], shape=(3, 4, 4))["0"]
    assert padding.rows == ((0, -1), (0, 0), (1, 1), (2, 2), (3, 3), (0, -1))
    assert padding.box(0, 2) == (slice(0, 0), slice(1, 2))
    assert padding.rules() == (Rule(1, 1, -1),) * 2


def test_the_model_is_left_as_it_was():
    net = network()
    net[2].eval()
    modes = [module.training for module in net.modules()]
    before = {name: value.clone() for name, value in net.state_dict().items()}
    measure(net, ["2"], shape=(3, 16, 16))
    assert [module.training for module in net.modules()] == modes
    assert all(torch.equal(value, before[name]) for name, value in net.state_dict().items())
    assert not any(module._forward_hooks for module in net.modules())
    assert next(net.parameters()).dtype == torch.float32


def test_what_is_recorded_is_kept_from_layers_that_work_in_place():
    net = network().eval()
    picture = torch.randn(2, 3, 16, 16)
    outputs = record(net, ["0.1", "0"], picture)
    assert (outputs["0.1"] < 0).any()
    assert torch.equal(outputs["0"], outputs["0.1"].relu())
    assert torch.equal(outputs[""], net(picture))


class Partial(nn.Module):
    """A flattened part, and a part that is never called."""

    def __init__(self):
        super().__init__()
        self.conv, self.flatten = nn.Conv2d(3, 2, 3), nn.Flatten()
        self.unused = nn.Conv2d(3, 3, 3)

    def forward(self, x):
        """Leave a layer out."""
        return self.flatten(self.conv(x))


@pytest.mark.parametrize(
    ("layers", "message"),
    [
        (["9"], "the model has no layer '9'; it has conv, flatten, unused"),
        (["flatten"], r"layer 'flatten' must return maps \(N, C, h, w\), got \(16, 392\)"),
        (["unused"], "layer 'unused' is not called"),
    ],
)
def test_a_layer_that_cannot_be_measured_is_named(layers, message):
    with pytest.raises(ValueError, match=message):
        measure(Partial(), layers, shape=(3, 16, 16))


def test_a_picture_that_is_too_small_and_numbers_that_are_none_are_refused():
    with pytest.raises(ValueError, match=r"the model does not take a batch of \(4, 3, 3, 3\)"):
        measure(network(), ["4"], shape=(3, 3, 3))
    lost = nn.Sequential(nn.Conv2d(3, 2, 1))
    lost[0].bias.data.fill_(torch.nan)
    with pytest.raises(ValueError, match="layer '0' returns not-a-number for a picture of zeros"):
        measure(lost, ["0"], shape=(3, 4, 4))


@pytest.mark.parametrize(
    "rows",
    [
        ((0, 1), (1, 3), (3, 4)),  # a stride of 3/2, as adaptive pooling makes it
        ((0, 1), (2, 4), (3, 5), (6, 7)),  # no straight line
        ((0, 7), (0, 7)),  # all ends beyond the picture
        ((2, 5),),  # one unit has no stride
    ],
)
def test_fields_without_a_rule_have_none(rows):
    assert Fields(rows, rows, (8, 8)).rules() == (None, None)
