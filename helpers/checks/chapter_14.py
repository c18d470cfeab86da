"""Checks of chapter 14's exercises: saving and loading."""

from __future__ import annotations

import copy
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor, nn

from helpers.checks.atomic_files import write_atomically
from helpers.checks.report import (
    a_kind,
    call,
    exercise,
    function,
    reject,
    require,
    tensor,
    whole_number,
    wrong,
)

__all__ = ["adam_numbers", "load_fitting", "snapshot", "without_prefix", "write_atomically"]


@exercise
def adam_numbers(answer: object) -> str:
    """Judge how many numbers AdamW keeps for a linear layer with 100 inputs and 50 outputs."""
    count = whole_number(answer)
    layer = nn.Linear(100, 50)
    weights, parameters = layer.weight.numel(), sum(p.numel() for p in layer.parameters())
    reject(count == parameters, "that is one number for each parameter; AdamW keeps two averages.")
    reject(count == 2 * weights, "the averages of the weight are counted; the bias is a parameter too.")
    reject(count == 2 * weights + 2, "the bias is a parameter too, and has its own averages.")
    reject(count == 2 * parameters, "the averages are counted; AdamW also counts its steps, for each tensor.")
    reject(count == 2 * parameters + 1, "AdamW counts its steps for each tensor of parameters, not once.")
    reject(count >= 3 * parameters, "the parameters themselves are the model's, not the optimizer's.")
    state = torch.optim.AdamW(layer.parameters())
    layer(torch.ones(1, 100)).sum().backward()
    state.step()
    held = sum(value.numel() for kept in state.state.values() for value in kept.values())
    require(count == held, "that is not what AdamW holds: print `optimizer.state_dict()['state'][0]`.")
    return "both averages of weight and bias, and the step counter of each, are in it."


def _network() -> nn.Sequential:
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        return nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4), nn.Linear(4, 2))


@torch.no_grad()
def _train_a_little(model: nn.Module) -> None:
    """Change every parameter and every buffer in place, as training does."""
    for value in [*model.parameters(), *model.buffers()]:
        value += 1


@exercise
def snapshot(answer: object) -> str:
    """Judge a function ``model -> state`` that copies all that a model knows."""
    take = function(answer)
    model = _network()
    expected = copy.deepcopy(model.state_dict())
    kept = call(take, model, given="a model with batch norm")
    require(isinstance(kept, Mapping), f"a dictionary of tensors is expected, not {a_kind(kept)}.")
    lacking = [name for name in expected if name not in kept]
    reject(lacking, f"the copy lacks {', '.join(lacking)}: a model knows more than its parameters.")
    for name, value in expected.items():
        tensor(kept[name], value.shape, value.dtype, name=f"{name} of the copy")
        require(torch.equal(kept[name], value), f"{name} of the copy holds other numbers than the model.")
        require(torch.equal(model.state_dict()[name], value), f"{name} of the model was changed.")
    _train_a_little(model)
    changed = [name for name, value in expected.items() if not torch.equal(kept[name], value)]
    reject(
        len(changed) == len(expected),
        "after some training the copy has changed: it shares the model's tensors.",
    )
    reject(changed, f"after some training {', '.join(changed)} of the copy has changed.")
    reject(any(kept[name].requires_grad for name in expected), "the copy's tensors still record gradients.")
    require(model.training, "the model's mode was changed; a copy should leave the model alone.")
    return "the copy is complete, buffers included, and training leaves it alone."


@exercise
def without_prefix(answer: object) -> str:
    """Judge a function ``state -> state`` that takes ``module.`` off the beginning of names."""
    rename = function(answer)
    names = {
        "module.hidden.weight": "hidden.weight",
        "module.module.bias": "module.bias",
        "head.module.weight": "head.module.weight",
        "module.out.bias": "out.bias",
        "mode.weight": "mode.weight",
    }
    state = OrderedDict((name, torch.full((2,), float(i))) for i, name in enumerate(names))
    given = state.copy()
    found = call(rename, given, given="names with and without the prefix")
    require(isinstance(found, Mapping), f"a dictionary is expected, not {a_kind(found)}.")
    reject(list(given) != list(state), "the dictionary that was given has changed; a new one is expected.")
    _diagnose_names(set(found), names)
    for old, new in names.items():
        kept = isinstance(found[new], Tensor) and torch.equal(found[new], state[old])
        require(kept, f"the tensor under {new!r} is not the one from {old!r}.")
    return "the prefix is gone where a name begins with it, once, and all tensors are in their places."


def _diagnose_names(found: set[str], names: Mapping[str, str]) -> None:
    if found == set(names.values()):
        return
    require(all(isinstance(name, str) for name in found), "the names are not strings any more.")
    reject(found == set(names), "no name has changed.")
    reject(any(name.startswith(".") for name in found), "a name begins with a dot: it belongs to the prefix.")
    reject(
        "module.weight" in found,
        "'head.module.weight' has lost its first word; only 'module.' is to be taken off.",
    )
    reject(
        {"weight", "mode.weight"} <= found, "'head.module.weight' has lost all that stands before its end."
    )
    reject("ight" in found, "'mode.weight' has lost seven letters, though it has no prefix.")
    reject(found & {"head.weight"}, "'head.module.weight' has lost what stands in its middle.")
    reject(
        "mode.weight" not in found and "weight" in found,
        "'mode.weight' has lost its letters: lstrip takes letters, not a word.",
    )
    reject("bias" in found, "'module.module.bias' has lost more than one prefix.")
    reject(
        {"hidden.weight", "module.bias"} <= found and len(found) < len(names),
        "names without the prefix are left out; they should stay as they are.",
    )
    wrong("some names begin with the prefix still, or are missing.")


@exercise
def load_fitting(answer: object) -> str:
    """Judge a function ``(model, state) -> names`` that loads what fits by name and shape."""
    load = function(answer)
    model, source = _network(), _network()
    _train_a_little(source)
    before = copy.deepcopy(model.state_dict())
    state = copy.deepcopy(source.state_dict())
    del state["0.bias"]
    state["2.weight"] = torch.zeros(4, 2)  # as many numbers, in another shape
    state["2.bias"] = torch.zeros(1)  # copy_ would spread it
    state["stranger"] = torch.zeros(1)
    unfilled = ["0.bias", "2.weight", "2.bias"]
    found = call(load, model, state.copy(), given="a state with a missing name, wrong shapes and a stranger")
    _diagnose_filling(model.state_dict(), before, state, unfilled)
    _diagnose_list(found, list(before), unfilled)
    return "what fits is loaded, what does not is left as it was, and the list says which."


def _diagnose_list(found: Any, names: list[str], unfilled: list[str]) -> None:
    reject(
        hasattr(found, "missing_keys"), "that is all of what load_state_dict says; return its missing_keys."
    )
    require(isinstance(found, (list, tuple)), f"a list of names is expected, not {a_kind(found)}.")
    require(all(isinstance(name, str) for name in found), "the list holds other things than names.")
    reject("stranger" in found, "the list names an entry of the state that the model does not have.")
    reject(set(found) == set(names) - set(unfilled), "the list names what was filled, not what was left.")
    reject(list(found) == ["0.bias"], "the list lacks the tensors whose shapes did not fit.")
    reject(list(found) == unfilled[1:], "the list lacks the name that the state does not have.")
    reject(set(found) == set(unfilled) and list(found) != unfilled, "the names are not in the model's order.")
    require(list(found) == unfilled, "the list is not that of the model's names that were not filled.")


def _diagnose_filling(
    after: Mapping[str, Tensor],
    before: Mapping[str, Tensor],
    state: Mapping[str, Tensor],
    unfilled: list[str],
) -> None:
    filled = [name for name in before if name not in unfilled]
    arrived = [name for name in filled if torch.equal(after[name], state[name])]
    reject(not arrived, "nothing has arrived in the model.")
    reject("1.running_mean" not in arrived, "the buffers of batch norm were not loaded; they fit.")
    late = [name for name in filled if name not in arrived]
    reject(late, f"{', '.join(late)} would fit, but did not arrive.")
    touched = [
        name
        for name in unfilled
        if after[name].shape != before[name].shape or not torch.equal(after[name], before[name])
    ]
    reject(touched, f"{', '.join(touched)} does not fit, and yet the model's tensor has changed.")
