"""Which functions of torch an answer calls: for exercises that ask for a way, not for a number alone."""

from __future__ import annotations

from collections.abc import Callable, Collection

import torch


class WatchCalls(torch.overrides.TorchFunctionMode):
    """Notes the names of the functions of torch that are called while this is open."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def __torch_function__(
        self, func: Callable[..., object], types: object, args: tuple = (), kwargs: dict | None = None
    ) -> object:
        self.names.append(getattr(func, "__name__", ""))
        return func(*args, **(kwargs or {}))

    def first_of(self, names: Collection[str]) -> str:
        """Return the first call that has one of these names, or nothing."""
        return next((name for name in self.names if name in names), "")
