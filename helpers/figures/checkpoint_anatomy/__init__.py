"""CheckpointAnatomy: what a checkpoint weighs, part by part, and what loading says to a wrong one."""

from __future__ import annotations

import io
import zipfile
from collections import OrderedDict
from typing import Any

import torch
import traitlets
from torch import Tensor, nn
from torch.optim import Optimizer
from torch.optim.lr_scheduler import StepLR

from helpers.figures.base import Figure
from helpers.figures.parameters import Choice

#: Hidden widths that the slider offers; a real file is written for each of them and each optimizer.
WIDTHS = tuple(range(4, 57, 4))
#: The optimizers that the reader can choose.
OPTIMIZERS = {
    "SGD": lambda parameters: torch.optim.SGD(parameters, lr=0.1),
    "momentum": lambda parameters: torch.optim.SGD(parameters, lr=0.1, momentum=0.9),
    "AdamW": lambda parameters: torch.optim.AdamW(parameters, lr=0.001),
}
#: A width that is no other size of the network, so that it can be told apart in a shape.
_MARK = 97


class CheckpointAnatomy(Figure):
    """The parts of a checkpoint as bars of bytes, the keys of one part, and what ``load_state_dict`` says.

    A small classifier, 784 inputs and 10 classes, is trained for one step, and its checkpoint is written
    into memory by ``torch.save``, once for each width and optimizer that the reader can choose; the size
    of the file and of the pickle in it are those of these files. Bytes of tensors are counted in the
    browser, from their shapes. The sentences of ``load_state_dict`` are taken from errors that torch has
    raised; the browser only fills in names and shapes.
    """

    width = Choice(32, WIDTHS, help="Hidden units of the network in the file.")
    optimizer = Choice("AdamW", OPTIMIZERS, help="Whose state the file holds.")
    widths = traitlets.List(list(WIDTHS)).tag(sync=True)
    keys_in_model = traitlets.List().tag(sync=True)
    states = traitlets.Dict().tag(sync=True)
    plain = traitlets.Dict().tag(sync=True)
    files = traitlets.Dict().tag(sync=True)
    sayings = traitlets.Dict().tag(sync=True)
    shown = ("width", "optimizer")

    def derive(self) -> None:
        """Write the files, and ask torch what it says to wrong ones."""
        marked = {name: checkpoint(_MARK, name) for name in OPTIMIZERS}
        parts, names = marked[self.optimizer], [name for name, _ in network(_MARK).named_parameters()]
        self.keys_in_model = [[*_entry(key, value), key in names] for key, value in parts["model"].items()]
        self.states = {name: _states(each["optimizer"], names) for name, each in marked.items()}
        self.plain = {name: _plain(each) for name, each in marked.items()}
        self.files = {name: [file_sizes(checkpoint(each, name)) for each in WIDTHS] for name in OPTIMIZERS}
        self.sayings = _sayings()


def network(width: int) -> nn.Sequential:
    """Return the figure's network: 784 inputs, ``width`` hidden units with batch norm, 10 classes."""
    # The reader's own stream of random numbers goes on as if nothing was drawn here.
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        layers = {
            "hidden": nn.Linear(784, width),
            "norm": nn.BatchNorm1d(width),
            "relu": nn.ReLU(),
            "head": nn.Linear(width, 10),
        }
    return nn.Sequential(OrderedDict(layers))


def checkpoint(width: int, optimizer: str) -> dict[str, Any]:
    """Return what a run with this network and optimizer saves after one step."""
    model, generator = network(width), torch.Generator().manual_seed(0)
    stepper: Optimizer = OPTIMIZERS[optimizer](model.parameters())
    scheduler = StepLR(stepper, step_size=10)
    model(torch.randn(4, 784, generator=generator)).square().mean().backward()
    stepper.step()
    scheduler.step()
    return {
        "model": model.state_dict(),
        "optimizer": stepper.state_dict(),
        "scheduler": scheduler.state_dict(),
        "epoch": 1,
        "random": {"torch": torch.get_rng_state(), "loader": generator.get_state()},
    }


def file_sizes(parts: dict[str, Any]) -> list[int]:
    """Return the bytes of the file that ``torch.save`` writes, and of the pickle in it."""
    file = io.BytesIO()
    torch.save(parts, file)
    with zipfile.ZipFile(file) as archive:
        (pickled,) = [entry for entry in archive.infolist() if entry.filename.endswith("/data.pkl")]
    return [len(file.getvalue()), pickled.file_size]


def _entry(name: str, value: Tensor) -> list[Any]:
    """Name, shape with "W" for the hidden width, dtype, and bytes of one number."""
    shape = ["W" if size == _MARK else size for size in value.shape]
    return [name, shape, str(value.dtype).removeprefix("torch."), value.element_size()]


def _states(state: dict[str, Any], names: list[str]) -> list[list[Any]]:
    """Return an entry for each tensor that the optimizer keeps, with the parameter it belongs to."""
    return [
        [*_entry(key, value), place, names[place]]
        for place, kept in state["state"].items()
        for key, value in kept.items()
        if isinstance(value, Tensor)
    ]


def _plain(parts: dict[str, Any]) -> dict[str, list[list[str]]]:
    """Return the plain numbers of the file, part by part, as Python writes them."""
    (group,) = parts["optimizer"]["param_groups"]
    return {
        "optimizer": [["param_groups", ", ".join(f"{key} {group[key]}" for key in _told(group))]],
        "scheduler": [
            [key, str(value)] for key, value in parts["scheduler"].items() if not key.startswith("_")
        ],
        "epoch": [["epoch", str(parts["epoch"])]],
        "random": [[key, str(value.numel())] for key, value in parts["random"].items()],
    }


def _told(group: dict[str, Any]) -> list[str]:
    return [key for key in ("lr", "momentum", "betas", "eps", "weight_decay", "params") if key in group]


def _sayings() -> dict[str, str]:
    """Return the sentences of ``load_state_dict`` with gaps, cut out of errors that it raises here."""
    model = network(4)
    state = model.state_dict()
    dropped = {key: value for key, value in state.items() if key != "hidden.bias"}
    head, missing = _refusal(model, dropped)
    _, unexpected = _refusal(model, {**state, "stranger": torch.ones(1)})
    _, mismatch = _refusal(model, {**state, "hidden.bias": torch.ones(5)})
    gaps = {"hidden.bias": "{key}", str(torch.Size([5])): "{saved}", str(torch.Size([4])): "{wanted}"}
    return {
        "head": head,
        "missing": missing.replace('"hidden.bias"', "{keys}"),
        "unexpected": unexpected.replace('"stranger"', "{keys}"),
        "mismatch": _replace(mismatch, gaps),
        "matched": repr(model.load_state_dict(state)),
        "loose": repr(model.load_state_dict(dropped, strict=False)).replace("'hidden.bias'", "{missing}"),
    }


def _refusal(model: nn.Module, state: dict[str, Tensor]) -> list[str]:
    try:
        model.load_state_dict(state)
    except RuntimeError as error:
        return f"RuntimeError: {error}".split("\n")
    raise AssertionError("load_state_dict takes a wrong state now: rewrite this figure's errors")


def _replace(text: str, gaps: dict[str, str]) -> str:
    for found, gap in gaps.items():
        text = text.replace(found, gap)
    return text
