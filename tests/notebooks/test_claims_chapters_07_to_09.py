"""Exceptions that chapters 7 to 9 name, or keep clear of: each once, run with torch.

A chapter says "on a bowl", "nearly every" or "unless told not to" because of what a test here shows.
"""

import math
from statistics import fmean

import pytest
import torch
from torch import nn
from torch.utils.data import DataLoader

from helpers import descent

pytestmark = pytest.mark.slow  # trains

X5 = torch.arange(1.0, 6.0, dtype=torch.float64)
Y5 = 2 * X5 + 3

# ---------------------------------------------------------------- 7: gradient descent


def test_past_the_limit_a_loss_that_is_no_bowl_need_not_diverge():
    # log cosh has its largest curvature, 1, at its minimum: the limit of a bowl would be 2.
    w = 1.0
    for _ in range(1000):
        w -= 2.5 * math.tanh(w)
        assert abs(w) < 2


def test_a_sum_is_a_mean_with_another_rate_but_not_to_the_last_bit():
    def end(combine, lr):
        w, b = 1.0, 0.0
        for _ in range(3):
            errors = [w * x + b - y for x, y in zip(X5.tolist(), Y5.tolist(), strict=True)]
            dw = combine([2 * e * x for e, x in zip(errors, X5.tolist(), strict=True)])
            w, b = w - lr * dw, b - lr * combine([2 * e for e in errors])
        return w, b

    assert end(sum, 0.01) == pytest.approx(end(fmean, 0.05), abs=1e-12)
    assert end(sum, 0.01) != end(fmean, 0.05)


def test_a_points_loss_may_stay_while_the_line_moves():
    # A step along which the fifth point's prediction does not change.
    def loss_of_the_fifth(w, b):
        return (w * 5 + b - 13) ** 2

    assert loss_of_the_fifth(1.0, 0.0) == loss_of_the_fifth(1.1, -0.5)


def test_swapped_units_may_have_no_hill_between_them():
    x = torch.linspace(-3, 3, 61)

    def outputs(inner):
        return torch.relu(x[:, None] * torch.tensor(inner)).sum(dim=1)

    assert torch.allclose(outputs([1.0, 2.0]), outputs([2.0, 1.0]))
    assert torch.allclose(outputs([1.0, 2.0]), outputs([1.5, 1.5]))


def test_two_features_that_go_together_make_no_round_bowl_when_scaled():
    generator = torch.Generator().manual_seed(0)
    one = torch.randn(1000, 1, generator=generator)
    features = torch.cat([one, one + 0.1 * torch.randn(1000, 1, generator=generator)], dim=1)
    scaled = (features - features.mean(dim=0)) / features.std(dim=0, correction=0)
    flat, steep = torch.linalg.eigvalsh(2 * scaled.T @ scaled / 1000).tolist()
    assert steep > 100 * flat


def test_one_loss_is_differentiated_once_and_a_new_one_again():
    w = torch.tensor(1.0, requires_grad=True)
    loss = w**2
    loss.backward()
    with pytest.raises(RuntimeError):
        loss.backward()
    for _ in range(2):
        (w**2).backward()
    assert w.grad.item() == 6


# ---------------------------------------------------------------- 8: batches


def test_an_epoch_of_one_update_need_not_be_a_full_batch():
    assert [len(batch) for batch in DataLoader(range(5), batch_size=3, drop_last=True)] == [3]


def test_single_samples_come_to_rest_where_a_line_passes_through_all():
    run = descent.path(X5, Y5, start=(1, 0), lr=0.01, batch_size=1, num_epochs=2000, shuffle=True)
    assert run.losses[-1] < 1e-20


def test_a_batch_that_is_most_of_the_data_is_better_than_the_square_root():
    X = torch.linspace(-3, 3, 60, dtype=torch.float64)
    each = descent.sample_gradients(X, X.sin(), w=-15.0, b=-10.0)
    generator = torch.Generator().manual_seed(0)

    def error(size):
        drawn = [each[torch.randperm(60, generator=generator)[:size]].mean(dim=0) for _ in range(500)]
        return (torch.stack(drawn) - each.mean(dim=0)).square().sum(dim=1).mean().sqrt().item()

    assert error(4) == pytest.approx(error(1) / 2, rel=0.1)
    assert error(45) < 0.6 * error(1) / math.sqrt(45)
    assert error(60) < 1e-9


# ---------------------------------------------------------------- 9: models


@pytest.mark.parametrize("there", ["meta"])
def test_a_number_of_the_cpu_takes_part_on_any_device_and_no_other_tensor_does(there):
    weight = torch.ones(2, 3, device=there)
    assert (torch.tensor(2.0) * weight).device.type == there
    for other in (torch.ones(1), torch.ones(3), torch.ones(2, 3)):
        with pytest.raises(RuntimeError):
            other * weight
    with pytest.raises(RuntimeError):
        torch.ones(2, 3) * torch.tensor(2.0, device=there)


def test_a_module_moves_parameters_and_buffers_and_no_other_tensor():
    class Holder(nn.Module):
        def __init__(self):
            super().__init__()
            self.weight = nn.Parameter(torch.ones(3))
            self.register_buffer("kept", torch.ones(1))
            self.register_buffer("not_kept", torch.ones(1), persistent=False)
            self.plain, self.listed = torch.ones(1), [torch.ones(1)]

    holder = Holder().to("meta")
    moved = holder.weight, holder.kept, holder.not_kept
    assert {tensor.device.type for tensor in moved} == {"meta"}
    assert holder.plain.device.type == holder.listed[0].device.type == "cpu"


def test_a_module_prints_layers_and_no_parameters_of_its_own():
    class Holder(nn.Module):
        def __init__(self):
            super().__init__()
            self.scale, self.layer = nn.Parameter(torch.ones(3)), nn.Linear(1, 1)

    assert "(layer): Linear" in str(Holder())
    assert "scale" not in str(Holder())


def test_a_parameter_may_be_told_not_to_ask_for_gradients():
    assert nn.Parameter(torch.ones(1)).requires_grad
    assert not nn.Parameter(torch.ones(1), requires_grad=False).requires_grad


def test_backward_leaves_out_what_took_no_part():
    model = nn.ModuleDict({"used": nn.Linear(2, 1), "unused": nn.Linear(2, 1)})
    model["used"](torch.ones(1, 2)).sum().backward()
    assert model["used"].weight.grad is not None
    assert model["unused"].weight.grad is None


def test_a_lone_colour_picture_does_not_stay_as_it_is():
    assert nn.Flatten()(torch.rand(28, 28)).shape == (28, 28)
    assert nn.Flatten()(torch.rand(3, 32, 32)).shape == (3, 1024)


def test_probabilities_reach_0_and_1():
    assert torch.tensor([200.0, 0.0]).softmax(dim=0).tolist() == [1.0, 0.0]


def test_one_init_function_fills_no_tensor_and_has_no_underscore():
    assert nn.init.calculate_gain("relu") == pytest.approx(math.sqrt(2))


def trained(start, dropout=0.0):
    """Return the hidden units that are left different after training, and the loss."""
    torch.manual_seed(0)
    points = torch.randn(200, 2)
    targets = points.abs().sum(dim=1, keepdim=True)
    model = nn.Sequential(nn.Linear(2, 8), nn.ReLU(), nn.Dropout(dropout), nn.Linear(8, 1))
    with torch.no_grad():
        start(model)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for _ in range(300):
        optimizer.zero_grad()
        loss = (model(points) - targets).square().mean()
        loss.backward()
        optimizer.step()
    return len(model[0].weight.unique(dim=0)), loss.item()


def all_equal(model):
    for parameter in model.parameters():
        parameter.fill_(0.1)


def equal_before_only(model):
    model[0].weight.fill_(0.1)
    model[0].bias.zero_()


def different_but_not_random(model):
    for parameter in model.parameters():
        parameter.copy_(torch.arange(parameter.numel()).mul(3).sin().view_as(parameter))


def test_equal_units_stay_equal_unless_chance_or_the_weights_behind_them_part_them():
    assert trained(all_equal)[0] == 1
    assert trained(all_equal, dropout=0.2)[0] == 8
    assert trained(equal_before_only)[0] == 8


def test_first_weights_must_differ_and_need_not_be_random():
    assert trained(different_but_not_random)[1] < 0.1 < trained(all_equal)[1]


def test_a_layer_alone_learns_from_zeros():
    points = torch.randn(200, 2, generator=torch.Generator().manual_seed(0))
    layer = nn.Linear(2, 1)
    for parameter in layer.parameters():
        nn.init.zeros_(parameter)
    optimizer = torch.optim.SGD(layer.parameters(), lr=0.1)
    for _ in range(200):
        optimizer.zero_grad()
        loss = (layer(points) - points.sum(dim=1, keepdim=True)).square().mean()
        loss.backward()
        optimizer.step()
    assert loss < 1e-6


def test_a_sum_of_two_shapes_may_run_unnoticed():
    assert (torch.ones(2, 16, 4, 4) + torch.ones(2, 1, 4, 4)).shape == (2, 16, 4, 4)


def test_kinks_leave_a_curve_outside_their_range():
    # Any network of ReLUs is straight beyond its last kink, so x ** 2 runs away from it.
    network = nn.Sequential(nn.Linear(1, 50), nn.ReLU(), nn.Linear(50, 1)).double()
    far = torch.tensor([[1e6], [2e6], [3e6]], dtype=torch.float64)
    low, middle, high = network(far).flatten().tolist()
    assert high - middle == pytest.approx(middle - low, rel=1e-6)
