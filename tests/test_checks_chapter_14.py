"""Chapter 14's checks: the reference answers pass, and each usual wrong answer gets its own diagnosis."""

import copy
import os
import shutil
import tempfile
from pathlib import Path

from exercise_cases import ExerciseCases

from helpers.checks import chapter_14


def snapshot(model):
    return copy.deepcopy(model.state_dict())


def parameters_alone(model):
    return {name: value.detach().clone() for name, value in model.named_parameters()}


def forgetting_buffers(model):
    names = {name for name, _ in model.named_parameters()}
    return {k: v.clone() if k in names else v for k, v in model.state_dict().items()}


def still_recording(model):
    own = dict(model.named_parameters())
    return {k: own[k].clone() if k in own else v.clone() for k, v in model.state_dict().items()}


def switching(model):
    return copy.deepcopy(model.eval().state_dict())


def without_prefix(state):
    return {name.removeprefix("module."): value for name, value in state.items()}


def in_place(state):
    for name in list(state):
        state[name.removeprefix("module.")] = state.pop(name)
    return state


def rename_all(change):
    return lambda state: {change(name): value for name, value in state.items()}


def until_none(name):
    while name.startswith("module."):
        name = name[len("module.") :]
    return name


def dropping(state):
    return {name[7:]: value for name, value in state.items() if name.startswith("module.")}


def mixing(state):
    return dict(zip(without_prefix(state), reversed(state.values()), strict=True))


def fitting(model, state):
    own = model.state_dict()
    return {name: v for name, v in state.items() if name in own and v.shape == own[name].shape}


def load_fitting(model, state):
    return list(model.load_state_dict(fitting(model, state), strict=False).missing_keys)


def by_name_alone(model, state):
    return model.load_state_dict(state, strict=False).missing_keys


def only_listing(model, state):
    return [name for name in model.state_dict() if name not in fitting(model, state)]


def parameters_only(model, state):
    names = {name for name, _ in model.named_parameters()}
    found = {k: v for k, v in fitting(model, state).items() if k in names}
    return model.load_state_dict(found, strict=False).missing_keys


def filled(model, state):
    load_fitting(model, state)
    return list(fitting(model, state))


def strangers(model, state):
    load_fitting(model, state)
    return [name for name in state if name not in fitting(model, state)]


def missing_names(model, state):
    load_fitting(model, state)
    return [name for name in model.state_dict() if name not in state]


def backwards(model, state):
    return load_fitting(model, state)[::-1]


def first_layers(model, state):
    found = {k: v for k, v in fitting(model, state).items() if k != "2.bias"}
    return model.load_state_dict(found, strict=False).missing_keys


def zeroing(model, state):
    left = load_fitting(model, state)
    for name in left:
        model.state_dict()[name].zero_()
    return left


def atomic(path, write):
    part = path.with_name("part")
    with open(part, "wb") as file:
        write(file)
        file.flush()
        os.fsync(file.fileno())
    os.replace(part, path)
    return path


def straight(path, write):
    with open(path, "wb") as file:
        write(file)
    return path


def removing_first(path, write):
    path.unlink()
    return atomic(path, write)


def elsewhere(path, write):
    with tempfile.TemporaryDirectory() as folder:
        part = Path(folder) / "part"
        with open(part, "wb") as file:
            write(file)
        shutil.move(part, path)
    return path


def never_renamed(path, write):
    with open(path.with_name("part"), "wb") as file:
        write(file)
    return path


def swallowing(path, write):
    try:
        return atomic(path, write)
    except Exception:
        return path


def renaming_anyway(path, write):
    part = path.with_name("part")
    try:
        with open(part, "wb") as file:
            write(file)
    finally:
        os.replace(part, path)
    return path


def silent(path, write):
    atomic(path, write)
    return "done"


RIGHT = {
    "adam_numbers": [10_102],
    "snapshot": [snapshot, lambda model: {k: v.clone() for k, v in model.state_dict().items()}],
    "without_prefix": [without_prefix],
    "load_fitting": [load_fitting],
    "write_atomically": [atomic],
}

WRONG = {
    "adam_numbers": [
        (5050, "one number for each parameter"),
        (10_000, "the bias is a parameter too"),
        (10_002, "has its own averages"),
        (10_100, "also counts its steps"),
        (10_101, "not once"),
        (15_152, "the model's, not the optimizer's"),
        (7, "not what AdamW holds"),
    ],
    "snapshot": [
        (lambda model: model.state_dict(), "it shares the model's tensors"),
        (lambda model: dict(model.state_dict()), "it shares the model's tensors"),
        (lambda model: copy.deepcopy(model), "a dictionary of tensors is expected"),
        (parameters_alone, "lacks 1.running_mean"),
        (forgetting_buffers, "1.running_mean"),
        (still_recording, "still record gradients"),
        (switching, "the model's mode was changed"),
    ],
    "without_prefix": [
        (lambda state: state, "no name has changed"),
        (in_place, "a new one is expected"),
        (rename_all(lambda n: n.replace("module.", "")), "in its middle"),
        (rename_all(until_none), "more than one prefix"),
        (rename_all(lambda n: n.lstrip("module.")), "lstrip takes letters"),
        (dropping, "are left out"),
        (mixing, "is not the one from"),
        (lambda state: list(state), "a dictionary is expected"),
        (lambda state: {}, "are missing"),
    ],
    "load_fitting": [
        (by_name_alone, "size mismatch for 2.weight"),
        (only_listing, "nothing has arrived"),
        (parameters_only, "the buffers of batch norm"),
        (first_layers, "2.bias would fit"),
        (zeroing, "the model's tensor has changed"),
        (filled, "what was filled, not what was left"),
        (strangers, "that the model does not have"),
        (missing_names, "whose shape did not fit"),
        (backwards, "not in the model's order"),
        (lambda m, s: len(load_fitting(m, s)), "a list of names is expected"),
        (lambda m, s: load_fitting(m, s) and [], "is not that of the model's names"),
    ],
    "write_atomically": [
        (straight, "already points to a piece"),
        (removing_first, "removed too early"),
        (elsewhere, "in another folder"),
        (never_renamed, "nothing replaced it"),
        (swallowing, "does not come through"),
        (renaming_anyway, "the old content is lost"),
        (silent, "the path is not returned"),
        (lambda path, write: path, "write was not called"),
    ],
}


class TestChapter14(
    ExerciseCases, chapter=chapter_14, right=RIGHT, wrong=WRONG, secrets={"adam_numbers": ["10102", "10,102"]}
):
    """The answers above, judged by the chapter's checks."""
