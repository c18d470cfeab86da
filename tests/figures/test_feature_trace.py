"""The trace of features: it keeps what the layers return, strongest first, and leaves the model alone."""

import pytest
import torch
from small_residual_net import network
from torch import nn

from helpers.feature_trace import trace


def batch(count=3, height=24, width=24, seed=0):
    return torch.rand(count, 3, height, width, generator=torch.Generator().manual_seed(seed))


def test_the_maps_are_the_layers_outputs():
    net, pictures = network().eval(), batch()
    found = trace(net, pictures)
    assert [layer.name for layer in found.layers] == ["0", "1", "2", "3", "4"]
    assert [tuple(layer.maps.shape) for layer in found.layers] == [
        (3, 6, 24, 24),
        *[(3, 8, side, side) for side in (12, 12, 6, 3)],
    ]
    with torch.no_grad():
        for place, layer in enumerate(found.layers):
            whole = net[: place + 1](pictures)
            assert torch.equal(layer.maps, whole[:, list(layer.channels)])
            assert torch.equal(layer.peaks, whole.amax(dim=(2, 3)))
            assert torch.equal(layer.extents, whole.abs().amax(dim=(1, 2, 3)))
            assert layer.num_channels == whole.shape[1]
        assert torch.equal(found.outputs, net(pictures))
    assert torch.equal(found.pictures, (pictures * 255).round().to(torch.uint8))


def test_the_strongest_come_first_and_the_weakest_last():
    layer = trace(network(), batch(), layers=["3"], most=5).layers[0]
    strengths = layer.peaks.amax(dim=0)
    order = strengths.argsort(descending=True).tolist()
    assert layer.channels == (*order[:4], order[-1])
    assert strengths[layer.channels[0]] == strengths.max()
    assert strengths[layer.channels[-1]] == strengths.min()
    assert trace(network(), batch(), layers=["3"], most=1).layers[0].channels == (order[0],)
    assert trace(network(), batch(), layers=["0"], most=99).layers[0].num_channels == 6


def test_silent_and_dead_channels_are_counted():
    net = network()
    net[0][1].bias.data[:2] = -100.0  # what a ReLU never lets through
    net[0][1].weight.data[2] = 0.0
    net[0][1].bias.data[2] = 0.0
    pictures = batch()
    pictures[0] = 0.0
    net[0][0].bias.data[3] = -1e-3  # on black, this channel is below zero
    net[0][1].bias.data[3] = 0.0
    layer = trace(net, pictures, layers=["0"]).layers[0]
    assert layer.num_dead == 3
    assert layer.silent[:, :3].all()
    assert layer.silent[:, 3].tolist() == [True, False, False]
    assert set(layer.channels[-3:]) == {0, 1, 2}


def test_titles_follow_the_names():
    found = trace(network(), batch(), layers={"2.body.1": "inside", "0": "stem"})
    assert [(layer.name, layer.title) for layer in found.layers] == [("2.body.1", "inside"), ("0", "stem")]


def test_the_model_is_left_as_it_was():
    net = network()
    net[1].eval()
    modes = [module.training for module in net.modules()]
    before = {name: value.clone() for name, value in net.state_dict().items()}
    trace(net, batch())
    assert [module.training for module in net.modules()] == modes
    assert all(torch.equal(value, before[name]) for name, value in net.state_dict().items())
    assert not any(module._forward_hooks for module in net.modules())


def test_pictures_of_any_size_one_picture_and_a_model_without_a_row_of_outputs():
    found = trace(network()[:4], batch(1, 20, 28))
    assert found.outputs is None
    assert found.layers[-1].maps.shape == (1, 8, 5, 7)
    assert (len(found.layers[-1].fields.rows), len(found.layers[-1].fields.columns)) == (5, 7)


def test_normalised_pictures_need_the_pictures_as_people_see_them():
    shown = (batch() * 255).to(torch.uint8)
    found = trace(network(), batch() * 4 - 2, pictures=shown)
    assert torch.equal(found.pictures, shown)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"batch": torch.rand(3, 24, 24)}, r"batch must be pictures of shape .* got \(3, 24, 24\)"),
        ({"batch": torch.zeros(1, 3, 8, 8, dtype=torch.uint8)}, "batch must hold finite floating-point"),
        ({"batch": torch.full((1, 3, 8, 8), torch.nan)}, "batch must hold finite floating-point"),
        ({"batch": batch() - 1}, "pictures must be given, as uint8 or as numbers from 0 to 1"),
        ({"pictures": batch(2)}, r"pictures must have the shape of the batch, \(3, 3, 24, 24\), got \(2, "),
        ({"layers": ["8"]}, "the model has no layer '8'"),
        ({"layers": []}, "layers must name at least one module"),
        ({"most": 0}, "most must be a whole number, at least 1, got 0"),
        ({"model": nn.Sequential(nn.Flatten(), nn.Linear(1728, 2))}, "layers must name at least one module"),
        ({"model": nn.Sequential(nn.Linear(7, 2))}, r"the model does not take a batch of \(1, 3, 24, 24\)"),
    ],
)
def test_a_bad_argument_is_named(change, message):
    arguments = {"model": network(), "batch": batch(), **change}
    with pytest.raises(ValueError, match=message):
        trace(**arguments)
