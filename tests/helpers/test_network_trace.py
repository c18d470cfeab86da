"""The trace of a model: what its hooks see is what the model does, and every parameter counts once."""

import numpy as np
import pytest
import torch
from torch import nn

from helpers.network_trace import trace


class Branching(nn.Module):
    """A layer called twice, one never called, a parameter of its own, and a shared weight."""

    def __init__(self):
        super().__init__()
        self.scale = nn.Parameter(torch.ones(4))
        self.twice = nn.Linear(4, 4)
        self.tied = nn.Linear(4, 4)
        self.tied.weight = self.twice.weight
        self.unused = nn.Linear(9, 9)

    def forward(self, x):
        """Call one layer twice."""
        return self.tied(self.twice(self.twice(x))) * self.scale


def counts(layers):
    return {layer.name: layer.num_parameters for layer in layers}


def test_a_chain_is_seen_layer_by_layer():
    model = nn.Sequential(nn.Flatten(), nn.Linear(12, 5), nn.ReLU(), nn.Linear(5, 2, bias=False))
    layers = trace(model, input_shape=(7, 3, 4))
    assert [layer.kind for layer in layers] == ["Flatten", "Linear", "ReLU", "Linear"]
    assert [layer.in_shape for layer in layers] == [(7, 3, 4), (7, 12), (7, 5), (7, 5)]
    assert [layer.out_shape for layer in layers] == [(7, 12), (7, 5), (7, 5), (7, 2)]
    assert counts(layers) == {"0": 0, "1": 65, "2": 0, "3": 10}


def test_every_parameter_counts_once_also_the_shared_and_the_unused():
    model = Branching()
    layers = trace(model, input_shape=(1, 4))
    assert sum(layer.num_parameters for layer in layers) == sum(p.numel() for p in model.parameters())
    assert counts(layers) == {"twice": 20, "tied": 4, "": 4, "unused": 90}
    assert {layer.name: layer.calls for layer in layers} == {"twice": 2, "tied": 1, "": 1, "unused": 0}
    assert layers[-1].name == "unused"
    assert layers[-1].out_shape is None


def test_a_real_network_of_torchvision_is_counted_whole():
    from torchvision.models import resnet18

    model = resnet18()
    layers = trace(model, input_shape=(1, 3, 64, 64))
    assert sum(layer.num_parameters for layer in layers) == 11_689_512
    assert layers[-1].out_shape == (1, 1000)


def test_the_model_is_left_as_it_was():
    model = nn.Sequential(nn.BatchNorm1d(3), nn.Dropout(0.5), nn.Linear(3, 1))
    model[1].eval()
    before = {name: value.clone() for name, value in model.state_dict().items()}
    trace(model, sample=torch.randn(5, 3))
    assert [module.training for module in model] == [True, False, True]
    assert all(torch.equal(value, before[name]) for name, value in model.state_dict().items())
    assert all(parameter.grad is None for parameter in model.parameters())
    assert not any(module._forward_hooks for module in model)


def test_the_hooks_go_when_the_model_refuses_the_batch():
    model = nn.Sequential(nn.Linear(3, 2))
    with pytest.raises(ValueError, match=r"does not take a batch of \(1, 4\): .") as raised:
        trace(model, input_shape=(1, 4))
    assert isinstance(raised.value.__cause__, RuntimeError)
    assert not model[0]._forward_hooks
    assert model.training


class TwoInputs(nn.Module):
    """A model that one tensor is not enough for."""

    def forward(self, x, y):
        """Add both."""
        return x + y


def test_a_model_that_raises_anything_does_not_take_the_batch():
    with pytest.raises(ValueError, match=r"does not take a batch of \(1, 4\)") as raised:
        trace(TwoInputs(), input_shape=(1, 4))
    assert isinstance(raised.value.__cause__, TypeError)


class ScaleFirst(nn.Module):
    """Parameters of its own, and a layer inside."""

    def __init__(self):
        super().__init__()
        self.layer, self.scale = nn.Linear(4, 4), nn.Parameter(torch.ones(4))

    def forward(self, x):
        """Scale what the layer gets."""
        return self.layer(x * self.scale)


def test_layers_come_in_the_order_of_their_first_call():
    layers = trace(nn.Sequential(ScaleFirst(), nn.ReLU()), input_shape=(1, 4))
    assert [layer.name for layer in layers] == ["0", "0.layer", "1"]


def test_the_sample_is_left_as_it_was():
    sample = torch.full((2, 3), -1.0)
    trace(nn.Sequential(nn.ReLU(inplace=True)), sample=sample)
    assert sample.eq(-1).all()


def test_sizes_may_come_from_numpy():
    assert trace(nn.ReLU(), input_shape=np.array([2, 3]))[0].out_shape == (2, 3)


@pytest.mark.parametrize(
    ("model", "arguments", "error", "message"),
    [
        ("net", {"input_shape": (1, 3)}, TypeError, "model must be an nn.Module, got str"),
        (nn.ReLU(), {}, ValueError, "either input_shape or sample"),
        (nn.ReLU(), {"input_shape": (1, 3), "sample": torch.ones(1, 3)}, ValueError, "either"),
        (nn.ReLU(), {"input_shape": (3,)}, ValueError, r"input_shape must be positive sizes.*\(3,\)"),
        (nn.ReLU(), {"input_shape": (1, 0)}, ValueError, "input_shape must be positive"),
        (nn.ReLU(), {"input_shape": (1, 2.5)}, ValueError, "input_shape must be positive"),
        (nn.ReLU(), {"input_shape": 3}, ValueError, "input_shape must be positive"),
        (nn.ReLU(), {"sample": [[1.0]]}, ValueError, "sample must be a tensor, got a list"),
    ],
)
def test_a_bad_argument_is_named(model, arguments, error, message):
    with pytest.raises(error, match=message):
        trace(model, **arguments)
