"""What chapter 11 says in words of means, loaders, splits and steps, held to torch's own."""

import copy
import warnings

import pytest
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset, random_split

from bookbuild.model import notebooks


def test_a_mean_with_class_weights_is_over_weights_not_over_samples():
    torch.manual_seed(0)
    logits, y, weight = torch.randn(10, 3), torch.arange(10) % 3, torch.tensor([1.0, 1.0, 5.0])
    loss_fn = nn.CrossEntropyLoss(weight=weight)
    parts = [(loss_fn(a, b), b) for a, b in zip(logits.split(4), y.split(4), strict=True)]
    by_samples = sum(mean * len(b) for mean, b in parts) / 10
    by_weights = sum(mean * weight[b].sum() for mean, b in parts) / weight[y].sum()
    torch.testing.assert_close(by_weights, loss_fn(logits, y))
    assert not torch.isclose(by_samples, loss_fn(logits, y), rtol=1e-3)


def test_the_chapters_accuracy_is_spoilt_by_a_dropped_batch_and_by_no_short_one():
    (source,) = (c.source for c in notebooks.read(notebooks.find("11")).cells if c.id == "accuracy")
    names: dict = {"torch": torch}
    exec(source, names)
    data = TensorDataset(torch.eye(3).repeat(3, 1)[:7], torch.arange(7) % 3)
    for drop_last, share in ((False, 1.0), (True, 4 / 7)):
        assert names["accuracy"](nn.Identity(), DataLoader(data, 4, drop_last=drop_last)) == share


@pytest.mark.parametrize(
    ("options", "moves"),
    [
        ({}, True),
        ({"shuffle": True}, True),
        ({"generator": torch.Generator()}, False),
        ({"shuffle": True, "generator": torch.Generator()}, False),
    ],
)
def test_a_loader_without_a_generator_draws_from_the_global_stream(options, moves):
    loader = DataLoader(TensorDataset(torch.arange(6)), 2, **options)
    before = torch.get_rng_state()
    list(loader)
    assert torch.equal(torch.get_rng_state(), before) != moves


def test_a_split_run_twice_splits_what_is_left_or_stops():
    sheet, _ = random_split(range(10), [8, 2])
    with pytest.raises(ValueError, match="length"):
        random_split(sheet, [8, 2])
    again, rest = random_split(sheet, [0.75, 0.25])
    assert (len(again), len(rest)) == (6, 2)


def test_a_squared_error_broadcasts_and_the_logits_loss_refuses():
    column, row = torch.zeros(4, 1), torch.zeros(4)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert nn.MSELoss(reduction="none")(column, row).shape == (4, 4)
    with pytest.raises(ValueError, match="size"):
        nn.BCEWithLogitsLoss()(column, row)


def test_without_a_step_the_parameters_stay_and_the_buffers_move():
    model = nn.Sequential(nn.Linear(2, 2), nn.BatchNorm1d(2))
    start = copy.deepcopy(model)
    model(torch.randn(8, 2) + 3).sum().backward()
    pairs = zip(model.parameters(), start.parameters(), strict=True)
    assert all(torch.equal(new, old) for new, old in pairs)
    assert not torch.equal(model[1].running_mean, start[1].running_mean)


def test_under_a_threshold_that_clips_all_sgds_steps_are_equally_long():
    torch.manual_seed(0)
    model = nn.Linear(3, 1)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    lengths = []
    for _ in range(5):
        before = nn.utils.parameters_to_vector(model.parameters()).detach()
        optimizer.zero_grad()
        nn.functional.mse_loss(model(torch.randn(8, 3)), torch.full((8, 1), 50.0)).backward()
        assert nn.utils.clip_grad_norm_(model.parameters(), 0.5) > 0.5
        optimizer.step()
        lengths.append((nn.utils.parameters_to_vector(model.parameters()).detach() - before).norm())
    torch.testing.assert_close(torch.stack(lengths), torch.full((5,), 0.05), rtol=1e-3, atol=0)


def test_a_healthy_loop_cannot_learn_two_answers_to_one_input():
    torch.manual_seed(0)
    X, y = torch.zeros(20, 2), torch.arange(20) % 2
    model = nn.Sequential(nn.Linear(2, 64), nn.ReLU(), nn.Linear(64, 2))
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    for _ in range(100):
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(model(X), y)
        loss.backward()
        optimizer.step()
    assert loss.item() == pytest.approx(torch.tensor(2.0).log().item(), abs=1e-3)


def test_micro_batches_give_the_gradient_but_for_the_rounding():
    torch.manual_seed(0)
    X, y = torch.randn(64, 2), torch.randn(64, 1)
    equal = 0
    for _ in range(20):
        model = nn.Linear(2, 1)
        (whole,) = torch.autograd.grad(nn.functional.mse_loss(model(X), y), [model.weight])
        for a, b in zip(X.split(16), y.split(16), strict=True):
            (nn.functional.mse_loss(model(a), b) / 4).backward()
        torch.testing.assert_close(model.weight.grad, whole)
        equal += torch.equal(model.weight.grad, whole)
    assert equal < 20
