"""Chapter 14's checks: the reference answers pass, and each usual wrong answer gets its own diagnosis."""

import copy
import io
import os
import pickle
import re
import shutil
import tempfile
from collections import OrderedDict
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pytest
import torch
from exercise_cases import ExerciseCases, said
from torch import nn

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


def through_a_file(model):
    file = io.BytesIO()
    torch.save(model.state_dict(), file)
    file.seek(0)
    return torch.load(file)


def both_kinds(model):
    found = [*model.named_parameters(), *model.named_buffers()]
    return {name: value.detach().clone() for name, value in found}


def zeroing_the_model(model):
    kept = snapshot(model)
    for value in model.state_dict().values():
        value.zero_()
    return kept


def without_prefix(state):
    return {name.removeprefix("module."): value for name, value in state.items()}


def in_place(state):
    for name in list(state):
        state[name.removeprefix("module.")] = state.pop(name)
    return state


def by_a_loop(state):
    found = OrderedDict()
    for name, value in state.items():
        if name.startswith("module."):
            name = name[7:]
        found[name] = value
    return found


def by_torch(state):
    found = state.copy()
    nn.modules.utils.consume_prefix_in_state_dict_if_present(found, "module.")
    return found


def by_two_lists(state):
    names = [name.removeprefix("module.") for name in state]
    return dict(zip(names, state.values(), strict=True))


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


def in_a_loop(model, state):
    left = []
    with torch.no_grad():
        for name, value in model.state_dict().items():
            if name in state and state[name].shape == value.shape:
                value.copy_(state[name])
            else:
                left.append(name)
    return left


def completed(model, state):
    found = model.state_dict() | fitting(model, state)
    model.load_state_dict(found)
    return [name for name in model.state_dict() if name not in fitting(model, state)]


def assigned(model, state):
    return model.load_state_dict(fitting(model, state), strict=False, assign=True).missing_keys


def one_by_one(model, state):
    left = []
    for name in model.state_dict():
        try:
            model.load_state_dict({name: state[name]}, strict=False)
        except (KeyError, RuntimeError):
            left.append(name)
    return tuple(left)


def whole_answer(model, state):
    return model.load_state_dict(fitting(model, state), strict=False)


def spreading(model, state):
    left = []
    for name, value in model.state_dict().items():
        try:
            value.copy_(state[name])
        except (KeyError, RuntimeError):
            left.append(name)
    return left


def by_count(model, state):
    own = model.state_dict()
    found = {k: v for k, v in state.items() if k in own and v.numel() == own[k].numel()}
    return model.load_state_dict(found, strict=False).missing_keys


def misfits_alone(model, state):
    return [name for name in load_fitting(model, state) if name in state]


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
    found = {k: v for k, v in fitting(model, state).items() if k != "0.weight"}
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


def by_a_temporary_file(path, write):
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        write(file)
        file.flush()
        os.fsync(file.fileno())
    return Path(file.name).replace(path)


def by_a_number(path, write):
    number, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(number, "wb") as file:
        write(file)
        file.flush()
        os.fsync(number)
    os.rename(name, path)
    return str(path)


def moved_in_the_folder(path, write):
    part = str(path) + ".part"
    try:
        with open(part, "wb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        shutil.move(part, path)
    finally:
        if os.path.exists(part):
            os.remove(part)
    return path


def memory_first(path, write):
    memory = io.BytesIO()
    write(memory)
    part = path.with_suffix(".part")
    with part.open("wb") as file:
        file.write(memory.getbuffer())
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    return path


def renamed_inside(path, write):
    part = path.with_name("part")
    with open(part, "wb") as file:
        write(file)
        file.flush()
        os.fsync(file.fileno())
        os.replace(part, path)
    return path


def never_synced(path, write):
    part = path.with_name("part")
    with open(part, "wb") as file:
        write(file)
    os.replace(part, path)
    return path


def renamed_too_early(path, write):
    part = path.with_name("part")
    with open(part, "wb") as file:
        write(file)
        os.replace(part, path)
    return path


def memory_then_in_place(path, write):
    memory = io.BytesIO()
    write(memory)
    path.write_bytes(memory.getvalue())
    return path


def another_error(path, write):
    try:
        return atomic(path, write)
    except Exception as error:
        raise OSError("could not write") from error


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
    "adam_numbers": [10_102, np.int64(10_102), 10_102.0, torch.tensor(10_102), np.array([10_102])],
    "snapshot": [
        snapshot,
        lambda model: {k: v.clone() for k, v in model.state_dict().items()},
        lambda model: copy.deepcopy(model).state_dict(),
        lambda model: OrderedDict((k, v.detach().clone()) for k, v in model.state_dict().items()),
        lambda model: MappingProxyType(copy.deepcopy(model.state_dict())),
        lambda model: {k: torch.tensor(v.numpy()) for k, v in model.state_dict().items()},
        lambda model: {k: v.to("cpu", copy=True) for k, v in model.state_dict().items()},
        lambda model: {k: v + 0 for k, v in model.state_dict().items()},
        lambda model: pickle.loads(pickle.dumps(model.state_dict())),
        lambda model: {**snapshot(model), "epoch": 3},
        through_a_file,
        both_kinds,
    ],
    "without_prefix": [
        without_prefix,
        by_a_loop,
        by_torch,
        by_two_lists,
        rename_all(lambda n: re.sub(r"^module\.", "", n)),
        rename_all(lambda n: n[len("module.") :] if n.startswith("module.") else n),
        rename_all(lambda n: n.split("module.", 1)[1] if n.find("module.") == 0 else n),
        lambda state: OrderedDict((n.removeprefix("module."), v) for n, v in state.items()),
        lambda state: {n.removeprefix("module."): v.clone() for n, v in state.items()},
        lambda state: without_prefix(copy.deepcopy(state)),
        lambda state: MappingProxyType(without_prefix(state)),
    ],
    "load_fitting": [
        load_fitting,
        in_a_loop,
        completed,
        assigned,
        one_by_one,
        lambda m, s: m.load_state_dict(fitting(m, s), False).missing_keys,
        lambda m, s: whole_answer(m, s)[0],
        lambda m, s: tuple(load_fitting(m, s)),
        lambda m, s: [name for name in m.state_dict() if name in set(load_fitting(m, s))],
        lambda m, s: sorted(set(load_fitting(m, s)), key=list(m.state_dict()).index),
    ],
    "write_atomically": [
        atomic,
        by_a_temporary_file,
        by_a_number,
        moved_in_the_folder,
        memory_first,
        renamed_inside,
        never_synced,
        lambda path, write: str(atomic(path, write)),
        lambda path, write: Path(os.fspath(atomic(path, write))),
    ],
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
        (np.int64(5050), "one number for each parameter"),
        (10_102.5, "not a whole number"),
        ("10102", "a number is expected"),
        (True, "a truth value"),
        ((10_100, 2), "a number is expected"),
        (5052, "not what AdamW holds"),
    ],
    "snapshot": [
        (lambda model: model.state_dict(), "it shares the model's tensors"),
        (lambda model: dict(model.state_dict()), "it shares the model's tensors"),
        (lambda model: copy.deepcopy(model), "a dictionary of tensors is expected"),
        (parameters_alone, "lacks 1.running_mean"),
        (forgetting_buffers, "1.running_mean"),
        (still_recording, "still record gradients"),
        (switching, "the model's mode was changed"),
        (lambda model: model.state_dict().copy(), "it shares the model's tensors"),
        (lambda model: {k: v.data for k, v in model.state_dict().items()}, "it shares the model's tensors"),
        (lambda model: {k: v.cpu() for k, v in model.state_dict().items()}, "it shares the model's tensors"),
        (lambda model: {k: v.numpy().copy() for k, v in model.state_dict().items()}, "a NumPy array"),
        (lambda model: {k: v.tolist() for k, v in model.state_dict().items()}, "a torch.Tensor is expected"),
        (lambda model: {k: v.half() for k, v in model.state_dict().items()}, "has dtype torch.float16"),
        (lambda model: {k: 0 * v for k, v in model.state_dict().items()}, "holds other numbers"),
        (lambda model: [v.clone() for v in model.parameters()], "a dictionary of tensors is expected"),
        (lambda model: list(snapshot(model)), "a dictionary of tensors is expected"),
        (zeroing_the_model, "of the model was changed"),
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
        (rename_all(lambda n: n.strip("module.")), "lstrip takes letters"),
        (rename_all(lambda n: n.split(".", 1)[1]), "has lost its first word"),
        (rename_all(lambda n: n.partition(".")[2]), "has lost its first word"),
        (rename_all(lambda n: n.split("module.")[-1]), "all that stands before its end"),
        (rename_all(lambda n: n[7:]), "has lost seven letters"),
        (rename_all(lambda n: n.removeprefix("module")), "begins with a dot"),
        (rename_all(lambda n: n.replace("module.", "", 1)), "in its middle"),
        (rename_all(lambda n: n.removesuffix("module.")), "no name has changed"),
        (rename_all(lambda n: (n, "module.")), "not strings"),
        (lambda state: [n.removeprefix("module.") for n in state], "a dictionary is expected"),
        (lambda state: {n.removeprefix("module."): 0 for n in state}, "is not the one from"),
    ],
    "load_fitting": [
        (by_name_alone, "size mismatch for 2"),
        (only_listing, "nothing has arrived"),
        (parameters_only, "the buffers of batch norm"),
        (first_layers, "0.weight would fit"),
        (zeroing, "the model's tensor has changed"),
        (filled, "what was filled, not what was left"),
        (strangers, "that the model does not have"),
        (missing_names, "whose shapes did not fit"),
        (backwards, "not in the model's order"),
        (lambda m, s: len(load_fitting(m, s)), "a list of names is expected"),
        (lambda m, s: load_fitting(m, s) and [], "is not that of the model's names"),
        (whole_answer, "return its missing_keys"),
        (spreading, "2.bias does not fit, and yet the model's tensor has changed"),
        (by_count, "size mismatch for 2.weight"),
        (misfits_alone, "that the state does not have"),
        (lambda m, s: set(load_fitting(m, s)), "a list of names is expected"),
        (lambda m, s: ", ".join(load_fitting(m, s)), "a list of names is expected"),
        (lambda m, s: [[name] for name in load_fitting(m, s)], "other things than names"),
        (lambda m, s: (n for n in load_fitting(m, s)), "a list of names is expected"),
        (lambda m, s: print(m.load_state_dict(fitting(m, s), strict=True)), "Missing key"),
        (lambda m, s: None, "is a return missing"),
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
        (renamed_too_early, "before all is written"),
        (memory_then_in_place, "already points to a piece"),
        (another_error, "OSError comes through in place of its error"),
        (lambda path, write: atomic(path + "", write), "raises TypeError"),
        (lambda path, write: write(path), "raises AttributeError"),
        (lambda path, write: atomic(path, write).name, "the path is not returned"),
        (lambda path, write: [atomic(path, write), None][1], "is a return missing"),
    ],
}


class TestChapter14(
    ExerciseCases, chapter=chapter_14, right=RIGHT, wrong=WRONG, secrets={"adam_numbers": ["10102", "10,102"]}
):
    """The answers above, judged by the chapter's checks."""

    @pytest.mark.parametrize(("answer", "told"), [(atomic, False), (never_synced, True)])
    def test_a_missing_fsync_is_told_and_no_mistake(self, answer, told, capsys):
        """A check cannot cut the power, and a reader may call fsync in a way that it cannot see."""
        self.judge("write_atomically", answer)
        assert ("No fsync was seen" in said(capsys)) == told
