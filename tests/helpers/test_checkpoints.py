"""Checkpoints: a run that is killed again and again ends as one that was left alone; bad files are named."""

import errno
import io
import multiprocessing
import os
import pickle
import random
from collections import Counter, OrderedDict, defaultdict
from pathlib import Path

import interrupted_run
import numpy as np
import pytest
import torch
from torch import nn
from torch.utils.data import BatchSampler, DataLoader, SubsetRandomSampler, WeightedRandomSampler
from torchvision import tv_tensors

from helpers import checkpoints
from helpers.batches import TensorBatches
from helpers.checkpoints import Batches, CheckpointError


@pytest.fixture(scope="module")
def undisturbed():
    """Losses and weights of the run that nobody interrupts and that never saves."""
    losses = interrupted_run.run(None)
    assert len(losses) == interrupted_run.NUM_STEPS
    return losses


@pytest.fixture(scope="module")
def processes():
    """Start processes from a server that has torch loaded already: seconds once, not for each."""
    context = multiprocessing.get_context("forkserver")
    # The first step of an optimizer imports torch._dynamo.
    context.set_forkserver_preload(["torch._dynamo", "torch.utils.data", "helpers.checkpoints"])
    return context


def killed(processes, path, **when):
    process = processes.Process(target=interrupted_run.run, args=(path,), kwargs=when)
    process.start()
    process.join()
    return process.exitcode


def losses_in(path):
    return checkpoints.load(path, **interrupted_run.parts())["losses"]


@pytest.mark.slow
def test_killed_ten_times_at_random_steps_it_loses_nothing(processes, undisturbed, tmp_path):
    path, dice, reached = tmp_path / "run.pt", random.Random(5), 0
    for _ in range(10):
        # A run goes on from the last save, up to two steps back, and dies one to six steps further on.
        reached = reached - reached % interrupted_run.EVERY + dice.randint(3, 6)
        assert killed(processes, path, die_at=reached) == -9
        held = losses_in(path)
        assert held == undisturbed[: reached - reached % interrupted_run.EVERY]
    assert reached < interrupted_run.NUM_STEPS
    assert killed(processes, path) == 0
    assert losses_in(path) == undisturbed
    assert [file.name for file in tmp_path.iterdir()] == ["run.pt"]


def test_killed_in_the_middle_of_a_save_the_old_file_stays(processes, undisturbed, tmp_path):
    path = tmp_path / "run.pt"
    for step in (6, 15):
        assert killed(processes, path, die_in_save=step) == -9
        unfinished = path.with_name("run.pt.part").stat().st_size
        assert 0 < unfinished < path.stat().st_size
        assert losses_in(path) == undisturbed[: step - interrupted_run.EVERY]
    assert killed(processes, path) == 0
    assert losses_in(path) == undisturbed
    assert not path.with_name("run.pt.part").exists()


@pytest.mark.parametrize("left_out", ["optimizer", "scheduler", "batches", "random"])
def test_every_part_is_needed(undisturbed, tmp_path, monkeypatch, left_out):
    path = tmp_path / "run.pt"

    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(interrupted_run, "die", stop)
    with pytest.raises(KeyboardInterrupt):
        interrupted_run.run(path, die_at=18)
    parts = interrupted_run.parts()
    if left_out == "random":
        monkeypatch.setattr(checkpoints, "_restore_random_states", lambda states: None)
    else:
        fresh = parts[left_out].state_dict()
        content = torch.load(path)
        content["parts"][left_out] = fresh
        torch.save(content, path)
    losses = interrupted_run.run(path)
    assert losses[:18] == undisturbed[:18]
    assert losses[18:] != undisturbed[18:]


# ---------------------------------------------------------------- the place in the data


def loader_of(kind, seed=0, shuffle=True):
    generator = torch.Generator().manual_seed(seed)
    if kind == "weighted":
        sampler = WeightedRandomSampler(torch.ones(10), num_samples=10, generator=generator)
        return DataLoader(torch.arange(10), batch_size=3, sampler=sampler)
    if kind == "batch sampler":
        sampler = BatchSampler(SubsetRandomSampler(range(10), generator=generator), 3, drop_last=False)
        return DataLoader(torch.arange(10), batch_sampler=sampler)
    if kind == "tensors":
        return TensorBatches(torch.arange(10), batch_size=3, shuffle=shuffle, generator=generator)
    return DataLoader(torch.arange(10), batch_size=3, shuffle=shuffle, generator=generator)


def flat(batches):
    return [(batch[0] if isinstance(batch, (list, tuple)) else batch).tolist() for batch in batches]


@pytest.mark.parametrize("kind", ["tensors", "loader", "weighted", "batch sampler"])
@pytest.mark.parametrize("stop", range(9))
def test_the_rest_of_an_epoch_is_read_after_every_batch(kind, stop):
    whole = Batches(loader_of(kind))
    expected = [batch for _ in range(3) for batch in flat(whole)]
    first, given = Batches(loader_of(kind)), []
    state = first.state_dict()
    while len(given) < stop:
        for batch in first:
            given += flat([batch])
            state = first.state_dict()
            if len(given) == stop:
                break
    second = Batches(loader_of(kind, seed=99))
    second.load_state_dict(state)
    while second.epoch < 3:
        given += flat(second)
    assert given == expected


def test_random_transforms_of_passed_samples_draw_nothing():
    class Noisy:
        def __len__(self):
            return 6

        def __getitem__(self, i):
            return i + torch.rand(())

    def fresh():
        return Batches(DataLoader(Noisy(), batch_size=2, generator=torch.Generator().manual_seed(0)))

    torch.manual_seed(1)
    expected = flat(fresh())
    torch.manual_seed(1)
    first = fresh()
    given = flat([next(iter(first))])
    second = fresh()
    second.load_state_dict(first.state_dict())
    assert given + flat(second) == expected


def test_a_loader_that_shuffles_needs_a_generator():
    for loader in (
        DataLoader(range(4), shuffle=True),
        TensorBatches(torch.arange(4), batch_size=2, shuffle=True),
        DataLoader(range(4), sampler=WeightedRandomSampler(torch.ones(4), 4), generator=torch.Generator()),
        DataLoader(range(4), batch_sampler=BatchSampler(SubsetRandomSampler(range(4)), 2, drop_last=False)),
    ):
        with pytest.raises(ValueError, match="give it, or its sampler, generator="):
            Batches(loader)
    ordered = Batches(DataLoader(range(4)))
    assert ordered.state_dict() == {"epoch": 0, "batch": 0, "generator": None}
    with pytest.raises(ValueError, match="but not both"):
        ordered.load_state_dict(Batches(loader_of("loader")).state_dict())


# ---------------------------------------------------------------- files


@pytest.fixture
def saved(tmp_path):
    model = nn.Linear(3, 2)
    path = tmp_path / "run.pt"
    checkpoints.save(path, model=model, optimizer=torch.optim.AdamW(model.parameters()), losses=[0.5])
    return path


def refused(path, message, **parts):
    """Load, and expect this message and a model that is as it was before."""
    model = nn.Linear(3, 2)
    before = OrderedDict((key, value.clone()) for key, value in model.state_dict().items())
    with pytest.raises(CheckpointError, match=message):
        checkpoints.load(path, **{"model": model, **parts})
    for key, value in model.state_dict().items():
        assert torch.equal(value, before[key])


def test_a_plain_part_is_not_loaded_into(saved):
    with pytest.raises(TypeError, match="losses has no load_state_dict; leave it out"):
        checkpoints.load(saved, losses=[])


def test_plain_parts_and_unnamed_states_are_returned(saved):
    rest = checkpoints.load(saved, model=nn.Linear(3, 2))
    assert rest["losses"] == [0.5]
    assert rest["optimizer"]["param_groups"][0]["lr"] == 0.001


@pytest.mark.parametrize("share", [0, 0.5, 0.99])
def test_a_file_cut_short_is_named(saved, share):
    saved.write_bytes(saved.read_bytes()[: int(share * saved.stat().st_size)])
    refused(saved, r"run.pt is no checkpoint, or only the beginning of one: of its \d+ bytes")


def test_a_flipped_bit_is_found(saved):
    content = bytearray(saved.read_bytes())
    weights = torch.load(saved)["parts"]["model"]["weight"].numpy().tobytes()
    content[content.find(weights) + 2] ^= 4
    saved.write_bytes(content)
    torch.load(saved)  # says nothing
    refused(saved, "run.pt is damaged: the check sum of its entry archive/data/")


def test_no_flipped_bit_of_the_directory_goes_unseen(saved):
    content = saved.read_bytes()
    unchanged, entry = nn.Linear(3, 2), content.rfind(b"archive/data/0")
    checkpoints.load(saved, model=unchanged)
    for place in (*range(entry - 46, entry + 14), *range(len(content) - 98, len(content))):
        flipped = bytearray(content)
        flipped[place] ^= 16
        saved.write_bytes(flipped)
        model = nn.Linear(3, 2)
        try:
            checkpoints.load(saved, model=model)
        except CheckpointError:
            continue
        assert torch.equal(model.weight, unchanged.weight), place


class Dropper:
    """Code in a pickle: it would write a file."""

    def __init__(self, path):
        self.path = str(path)

    def __reduce__(self):
        """Say what is to be called when the pickle is read."""
        return open, (self.path, "w")


def test_code_in_a_file_is_not_run(saved):
    torch.save({"format": 1, "x": Dropper(saved.with_name("ran"))}, saved)
    refused(saved, "run.pt holds more than tensors and plain numbers, .* nothing of it was run")
    assert not saved.with_name("ran").exists()


def test_other_files_are_named(saved):
    torch.save(nn.Linear(3, 2).state_dict(), saved)
    refused(saved, "run.pt is a file of torch.save, but not one of checkpoints.save")
    saved.write_text("a letter to a friend")
    refused(saved, "run.pt is no checkpoint")
    with pytest.raises(FileNotFoundError, match=r"there is no checkpoint none.pt in "):
        checkpoints.load(saved.with_name("none.pt"))


def test_a_part_that_is_missing_or_does_not_fit_changes_nothing(saved):
    refused(saved, "run.pt holds model, optimizer, losses, but no scheduler", scheduler=nn.Linear(1, 1))
    refused(saved, r"(?s)run.pt: its 'model' does not fit; .*size mismatch for weight", model=nn.Linear(4, 2))
    refused(saved, r"(?s)its 'model' does not fit; .*Missing key", model=nn.Sequential(nn.Linear(3, 2)))
    # The model fits and is loaded first; the optimizer does not, and the model is put back.
    two = torch.optim.AdamW([nn.Parameter(torch.ones(1))])
    refused(saved, r"its 'optimizer' does not fit; nothing was loaded. ValueError", optimizer=two)


def test_saving_refuses_what_loading_would_refuse(saved):
    before = saved.read_bytes()
    with pytest.raises(TypeError, match=r"losses\[1\] is a numpy.float64: a checkpoint holds tensors"):
        checkpoints.save(saved, losses=[0.5, np.float64(1)])
    with pytest.raises(TypeError, match=r"note\['f'\] is a builtins.builtin_function_or_method"):
        checkpoints.save(saved, note={"f": print})
    with pytest.raises(TypeError, match=r"the key <object object at .*> of note is a builtins.object"):
        checkpoints.save(saved, note={object(): 1})
    with pytest.raises(FileNotFoundError, match=r"cannot save a.pt: the folder .* does not exist"):
        checkpoints.save(saved.parent / "model" / "a.pt", losses=[])
    assert saved.read_bytes() == before


def holding_itself():
    held = [1]
    held.append(held)
    return held


def with_attribute(value):
    tensor = torch.ones(2)
    tensor.note = value
    return tensor


TAKEN_OR_REFUSED = {
    "Parameter": nn.Parameter(torch.ones(2)),
    "OrderedDict": OrderedDict(a=1),
    "Counter": Counter("abca"),
    "Size": torch.Size([2, 3]),
    "set": {1, 2},
    "complex": 1j,
    "bytes": b"x",
    "empty bytes": b"",
    "long int": 10**600,
    "longer int": 10**1000,
    "sparse": torch.eye(3).to_sparse(),
    "meta": torch.ones(2, device="meta"),
    "storage": torch.ones(2).untyped_storage(),
    "layout": torch.strided,
    "list that holds itself": holding_itself(),
    "tensor with a note": with_attribute("note"),
    "tensor with a function": with_attribute(print),
    "tensor subclass": tv_tensors.Image(torch.zeros(1, 2, 2)),
    "nested": torch.nested.nested_tensor([torch.ones(2), torch.ones(3)], layout=torch.jagged),
    "lazy": nn.LazyLinear(2).weight,
    "generator": torch.Generator(),
    "version": torch.__version__,
    "NumPy int": np.int64(1),
    "NumPy truth": np.bool_(True),
    "array": np.ones(2),
    "defaultdict": defaultdict(list, a=[1]),
    "frozenset": frozenset({1}),
    "range": range(3),
    "path": Path("run.pt"),
    "function": print,
    "lambda": lambda x: x,
    "module": nn.ReLU(),
}


def torch_loads(value):
    file = io.BytesIO()
    try:
        torch.save(value, file)
        file.seek(0)
        torch.load(file, weights_only=True)
    except (pickle.PickleError, AttributeError, TypeError, RuntimeError):
        return False
    return True


@pytest.mark.parametrize("name", TAKEN_OR_REFUSED)
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_save_takes_what_this_torch_loads_and_refuses_the_rest(saved, name):
    value, before = TAKEN_OR_REFUSED[name], saved.read_bytes()
    if torch_loads(value):
        checkpoints.save(saved, note=[0, value])
        found = checkpoints.load(saved)["note"][1]
        assert type(found) is type(value) or isinstance(value, torch.UntypedStorage)
    else:
        with pytest.raises(TypeError, match=r"^note\[1\].* is a .*: a checkpoint holds tensors"):
            checkpoints.save(saved, note=[0, value])
        assert saved.read_bytes() == before
        assert os.listdir(saved.parent) == ["run.pt"]


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_most_kinds_above_are_known():
    taken = [name for name, value in TAKEN_OR_REFUSED.items() if torch_loads(value)]
    assert {"Parameter", "OrderedDict", "Counter", "Size", "sparse", "list that holds itself"} <= set(taken)
    assert not {"NumPy int", "defaultdict", "tensor subclass", "generator", "version"} & set(taken)


def test_the_place_of_what_is_refused_is_found_beside_a_list_that_holds_itself(saved):
    held = holding_itself()
    held.append({"deep": (1, np.float32(2))})
    with pytest.raises(TypeError, match=r"note\[2\]\['deep'\]\[1\] is a numpy.float32"):
        checkpoints.save(saved, note=held)


def test_what_was_written_is_judged_without_its_numbers(tmp_path, monkeypatch):
    read, real = [], torch.load
    monkeypatch.setattr(torch, "load", lambda *a, **k: read.append(k["map_location"]) or real(*a, **k))
    checkpoints.save(tmp_path / "run.pt", model=nn.Linear(3, 2))
    assert read == ["meta"]


def test_a_name_of_safetensors_is_refused_at_once(tmp_path):
    with pytest.raises(ValueError, match=r"cannot save run.safetensors: .* such as .pt"):
        checkpoints.save(tmp_path / "run.safetensors", losses=[1])
    assert os.listdir(tmp_path) == []


def test_a_file_renamed_to_safetensors_still_loads(saved):
    other = saved.rename(saved.with_suffix(".safetensors"))
    assert checkpoints.load(other)["losses"] == [0.5]


def test_a_link_stays_a_link_and_its_file_is_written(tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    link = tmp_path / "run.pt"
    link.symlink_to(Path("disk") / "real.pt")
    for losses in ([1], [1, 2]):  # the first writes a file that was not there
        checkpoints.save(link, losses=losses)
        assert link.is_symlink()
        assert checkpoints.load(disk / "real.pt")["losses"] == checkpoints.load(link)["losses"] == losses
        assert os.listdir(disk) == ["real.pt"]
    assert sorted(os.listdir(tmp_path)) == ["disk", "run.pt"]


def folders_that_answer(number, monkeypatch):
    real = os.fsync

    def fsync(file):
        if os.path.isdir(f"/proc/self/fd/{file}"):
            raise OSError(number, os.strerror(number))
        real(file)

    monkeypatch.setattr(os, "fsync", fsync)


@pytest.mark.skipif(not os.path.isdir("/proc/self/fd"), reason="tells folders from files by /proc")
@pytest.mark.parametrize("number", [errno.EINVAL, errno.ENOTSUP])
def test_a_folder_that_knows_no_fsync_is_no_failure(tmp_path, monkeypatch, number):
    folders_that_answer(number, monkeypatch)
    checkpoints.save(tmp_path / "run.pt", losses=[1])
    assert checkpoints.load(tmp_path / "run.pt")["losses"] == [1]


@pytest.mark.skipif(not os.path.isdir("/proc/self/fd"), reason="tells folders from files by /proc")
@pytest.mark.parametrize("number", [errno.EIO, errno.ENOSPC])
def test_a_folder_whose_fsync_fails_is_a_failure(tmp_path, monkeypatch, number):
    folders_that_answer(number, monkeypatch)
    with pytest.raises(OSError, match=os.strerror(number)):
        checkpoints.save(tmp_path / "run.pt", losses=[1])


# ---------------------------------------------------------------- states of another kind


def stepped(make, **options):
    """Return a model and an optimizer that has made a step."""
    model = nn.Linear(3, 2)
    optimizer = make(model.parameters(), **options)
    model(torch.ones(1, 3)).sum().backward()
    optimizer.step()
    return model, optimizer


OPTIMIZERS = {
    "SGD": lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9),
    "Adam": torch.optim.Adam,
    "AdamW": torch.optim.AdamW,
    "Adamax": torch.optim.Adamax,
    "RMSprop": torch.optim.RMSprop,
}


@pytest.mark.parametrize("into", OPTIMIZERS)
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_the_state_of_another_optimizer_is_refused(tmp_path, name, into):
    path = tmp_path / "run.pt"
    model, optimizer = stepped(OPTIMIZERS[name])
    checkpoints.save(path, model=model, optimizer=optimizer)
    model, optimizer = stepped(OPTIMIZERS[into])
    weight, groups = model.weight.clone(), [dict(group) for group in optimizer.param_groups]
    if into == name:
        checkpoints.load(path, model=model, optimizer=optimizer)
    else:
        with pytest.raises(CheckpointError, match=rf"'optimizer' does not fit.* from {name}, .* has {into}"):
            checkpoints.load(path, model=model, optimizer=optimizer)
        assert torch.equal(model.weight, weight)
        assert [dict(group) for group in optimizer.param_groups] == groups
    optimizer.step()


@pytest.mark.parametrize("into", ["SGD", "AdamW"])
def test_a_state_that_was_saved_as_a_dictionary_is_looked_at_too(tmp_path, into):
    path = tmp_path / "run.pt"
    model, optimizer = stepped(OPTIMIZERS["AdamW" if into == "SGD" else "SGD"])
    checkpoints.save(path, model=model.state_dict(), optimizer=optimizer.state_dict())
    model, optimizer = stepped(OPTIMIZERS[into])
    groups = [dict(group) for group in optimizer.param_groups]
    with pytest.raises(CheckpointError, match=r"its 'optimizer' does not fit.*(momentum|step)"):
        checkpoints.load(path, model=model, optimizer=optimizer)
    assert [dict(group) for group in optimizer.param_groups] == groups
    optimizer.step()


def test_a_dictionary_of_the_right_kind_is_taken(tmp_path):
    path = tmp_path / "run.pt"
    model, optimizer = stepped(torch.optim.AdamW)
    checkpoints.save(path, model=model.state_dict(), optimizer=optimizer.state_dict())
    checkpoints.load(path, model=nn.Linear(3, 2), optimizer=optimizer)
    optimizer.step()


SCHEDULERS = {
    "StepLR": lambda o: torch.optim.lr_scheduler.StepLR(o, 2),
    "ExponentialLR": lambda o: torch.optim.lr_scheduler.ExponentialLR(o, 0.5),
    "CosineAnnealingLR": lambda o: torch.optim.lr_scheduler.CosineAnnealingLR(o, 10),
    "ReduceLROnPlateau": torch.optim.lr_scheduler.ReduceLROnPlateau,
}


@pytest.mark.parametrize("into", SCHEDULERS)
@pytest.mark.parametrize("name", SCHEDULERS)
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_the_state_of_another_scheduler_is_refused(tmp_path, name, into):
    path = tmp_path / "run.pt"
    _, optimizer = stepped(OPTIMIZERS["SGD"])
    checkpoints.save(path, scheduler=SCHEDULERS[name](optimizer))
    scheduler = SCHEDULERS[into](optimizer)
    before = dict(scheduler.state_dict())
    if into == name:
        checkpoints.load(path, scheduler=scheduler)
    else:
        with pytest.raises(CheckpointError, match=rf"'scheduler' does not fit.* from {name}, .* has {into}"):
            checkpoints.load(path, scheduler=scheduler)
        assert dict(scheduler.state_dict()) == before


@pytest.mark.parametrize("plain", [False, True], ids=["objects", "dictionaries"])
def test_no_part_takes_the_state_of_a_part_of_another_sort(tmp_path, plain):
    path = tmp_path / "run.pt"
    model, optimizer = stepped(OPTIMIZERS["SGD"])
    scheduler = SCHEDULERS["CosineAnnealingLR"](optimizer)
    parts = {"model": model, "optimizer": optimizer, "scheduler": scheduler}
    states = {name: dict(part.state_dict()) for name, part in parts.items()}
    for taken in parts:
        for into in parts:
            if taken != into:
                checkpoints.save(path, **{into: states[taken] if plain else parts[taken]})
                with pytest.raises(CheckpointError, match=f"its '{into}' does not fit; nothing was loaded"):
                    checkpoints.load(path, **{into: parts[into]})
    assert scheduler.state_dict() == states["scheduler"]
    assert optimizer.state_dict()["param_groups"] == states["optimizer"]["param_groups"]


def test_whatever_a_part_raises_everything_is_put_back(saved):
    class Picky:
        def state_dict(self):
            return {}

        def load_state_dict(self, state):
            assert not state, "there should be none"

    checkpoints.save(saved, model=nn.Linear(3, 2), picky={"a": 1})
    refused(saved, "its 'picky' does not fit; nothing was loaded. AssertionError", picky=Picky())


def test_a_save_that_fails_leaves_the_old_file_and_no_other(saved, monkeypatch):
    before = saved.read_bytes()

    def full(content, file):
        file.write(b"PK")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(torch, "save", full)
    with pytest.raises(OSError, match="No space left"):
        checkpoints.save(saved, losses=[])
    assert saved.read_bytes() == before
    assert os.listdir(saved.parent) == ["run.pt"]
