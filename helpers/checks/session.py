"""The session in which answers are judged: PyTorch's own defaults, whatever the reader has set."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Iterator
from typing import Any

import numpy as np
import torch


@contextlib.contextmanager
def usual_session() -> Iterator[None]:
    """Run a block with float32 on the CPU as defaults, gradients recorded, and random streams begun anew.

    What the reader had set, and the places that their streams had reached, are back afterwards.
    """
    dtype, streams = torch.get_default_dtype(), _streams()
    with torch.inference_mode(False), torch.enable_grad(), _on_the_cpu():
        try:
            torch.set_default_dtype(torch.float32)
            _begin_streams()
            yield
        finally:
            torch.set_default_dtype(dtype)
            _set_streams(*streams)


def stream_places() -> dict[str, object]:
    """Return how far the global stream of each library has come, by the library's name in the genitive."""
    numpys = np.random.get_state(legacy=False)["state"]
    return {
        "torch's": torch.get_rng_state().tolist(),
        "NumPy's": (numpys["key"].tolist(), numpys["pos"]),
        "Python's": random.getstate(),
    }


def _on_the_cpu() -> contextlib.AbstractContextManager[object]:
    # The context takes time at every call into torch, so it is entered only where it changes something. A new
    # tensor tells; torch 2.9's get_default_device() raises once a default has been set and taken back.
    away = torch.empty(0).device.type != "cpu"
    return torch.device("cpu") if away else contextlib.nullcontext()


def _streams() -> tuple[torch.Tensor, Any, Any]:
    return torch.get_rng_state(), np.random.get_state(), random.getstate()


def _begin_streams() -> None:
    # Not torch.manual_seed, which moves the streams of all devices: those are not put back.
    torch.default_generator.manual_seed(0)
    np.random.seed(0)
    random.seed(0)


def _set_streams(of_torch: torch.Tensor, of_numpy: Any, of_python: Any) -> None:
    torch.set_rng_state(of_torch)
    np.random.set_state(of_numpy)
    random.setstate(of_python)
