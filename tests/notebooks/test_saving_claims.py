"""What chapter 14 says of saving and loading, where no cell of it shows it."""

import copy

import pytest
import torch
from safetensors import safe_open
from safetensors.torch import save_file
from torch import nn
from torch.optim.lr_scheduler import LambdaLR, OneCycleLR, StepLR

LOW = 0.0001


def test_a_state_dict_leaves_out_plain_attributes_and_buffers_that_do_not_persist():
    module = nn.Linear(1, 1)
    module.plain = torch.ones(1)
    module.register_buffer("kept", torch.ones(1))
    module.register_buffer("left", torch.ones(1), persistent=False)
    assert list(module.state_dict()) == ["weight", "bias", "kept"]


def test_a_state_dict_that_was_kept_follows_the_optimizer():
    model = nn.Linear(2, 1)
    best = model.state_dict()
    model(torch.ones(1, 2)).sum().backward()
    torch.optim.AdamW(model.parameters()).step()
    assert torch.equal(best["weight"], model.weight)


def test_an_optimizer_that_was_given_names_notes_them_and_still_loads_by_number():
    a, b = nn.Parameter(torch.zeros(2)), nn.Parameter(torch.zeros(2))
    old = torch.optim.AdamW([("a", a), ("b", b)])
    a.grad, b.grad = torch.ones(2), torch.zeros(2)
    old.step()
    new = torch.optim.AdamW([("b", b), ("a", a)])
    new.load_state_dict(copy.deepcopy(old.state_dict()))
    assert new.state[b]["exp_avg"].abs().sum() > 0 == new.state[a]["exp_avg"].abs().sum()


@pytest.mark.parametrize(
    ("make", "kept"),
    [
        (lambda o: StepLR(o, step_size=10), True),
        (lambda o: LambdaLR(o, lambda epoch: 0.9**epoch), False),
        (lambda o: OneCycleLR(o, max_lr=0.1, total_steps=20), False),
    ],
    ids=["StepLR", "LambdaLR", "OneCycleLR"],
)
def test_some_schedules_bring_their_own_rate_back(make, kept):
    def run(lr):
        optimizer = torch.optim.SGD([nn.Parameter(torch.zeros(1))], lr=lr)
        return optimizer, make(optimizer)

    optimizer, scheduler = run(0.03)
    for _ in range(3):
        optimizer.step()
        scheduler.step()
    states = copy.deepcopy([optimizer.state_dict(), scheduler.state_dict()])
    optimizer, scheduler = run(LOW)
    optimizer.load_state_dict(states[0])
    scheduler.load_state_dict(states[1])
    optimizer.param_groups[0]["lr"] = LOW
    optimizer.step()
    scheduler.step()
    assert (optimizer.param_groups[0]["lr"] == pytest.approx(LOW)) == kept


def stepped_from_one(optimizer, state=None):
    """Return where a weight of 1 without a gradient goes, by its decay alone."""
    weight = nn.Parameter(torch.ones(1))
    weight.grad = torch.zeros(1)
    stepper = optimizer([weight], lr=0.1, weight_decay=0.5)
    if state:
        stepper.load_state_dict(state)
    stepper.step()
    return weight.item()


def test_adam_with_the_state_of_adamw_decays_as_adamw_without_an_error():
    state = torch.optim.AdamW([nn.Parameter(torch.ones(1))], lr=0.1, weight_decay=0.5).state_dict()
    assert stepped_from_one(torch.optim.Adam) != stepped_from_one(torch.optim.AdamW)
    assert stepped_from_one(torch.optim.Adam, state) == stepped_from_one(torch.optim.AdamW)


def test_safetensors_hold_strings_and_refuse_shared_and_strided_tensors(tmp_path):
    path, tensor = tmp_path / "a.safetensors", torch.ones(2, 3)
    save_file({"a": tensor}, path, metadata={"epoch": "3"})
    with safe_open(path, "pt") as file:
        assert file.metadata() == {"epoch": "3"}
    with pytest.raises(RuntimeError, match="share memory"):
        save_file({"a": tensor, "b": tensor}, path)
    with pytest.raises(ValueError, match="non contiguous"):
        save_file({"a": tensor.T}, path)


@pytest.mark.parametrize("samples", [1, 2])
def test_an_example_of_one_sample_freezes_the_batch_size(samples):
    model, X = nn.Linear(2, 1), torch.ones(5, 2)
    program = torch.export.export(
        model, (X[:samples],), dynamic_shapes=({0: torch.export.Dim.AUTO},)
    ).module()
    if samples == 1:
        with pytest.raises((AssertionError, RuntimeError)):
            program(X)
        with pytest.raises(Exception, match="batch"):  # a class of torch._dynamo
            torch.export.export(model, (X[:1],), dynamic_shapes=({0: torch.export.Dim("batch")},))
    else:
        assert program(X).shape == (5, 1)
        assert program(X[:1]).shape == (1, 1)
