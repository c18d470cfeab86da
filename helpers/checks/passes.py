"""How an answer differentiates: by how many reverse passes, by torch.func, with a whole matrix or without."""

from __future__ import annotations

from collections.abc import Callable

from torch import Tensor

from helpers.checks.report import same
from helpers.checks.watch import WatchCalls


class CountedFunction:
    """A function of one tensor that notes how it is differentiated.

    Attributes
    ----------
    passes : int
        Reverse passes through it so far.
    transformed : bool
        Whether ``torch.func`` or ``vmap`` has called it.
    """

    def __init__(self, f: Callable[[Tensor], Tensor]) -> None:
        self.f, self.passes, self.transformed = f, 0, False

    def __call__(self, x: Tensor) -> Tensor:
        """Return ``f(x)``."""
        y = self.f(x)
        if _is_wrapped(x):
            self.transformed = True
        elif y.requires_grad:
            y.register_hook(self._count)
        return y

    def _count(self, gradient: Tensor) -> None:
        self.passes += 1


def _is_wrapped(x: Tensor) -> bool:
    """Tell whether a tensor stands for others: what a transform hands on has no memory of its own."""
    try:
        x.data_ptr()
    except RuntimeError:
        return True
    return False


class WatchMatrix(WatchCalls):
    """Notes whether a matrix is used or made while this is open."""

    def __init__(self, matrix: Tensor) -> None:
        super().__init__()
        self.matrix, self.seen = matrix, False

    def __torch_function__(
        self, func: Callable[..., object], types: object, args: tuple = (), kwargs: dict | None = None
    ) -> object:
        result = super().__torch_function__(func, types, args, kwargs)
        for value in (result, *args):
            self.seen = self.seen or self._is_it(value)
        return result

    def _is_it(self, value: object) -> bool:
        if not isinstance(value, Tensor) or value.shape != self.matrix.shape or _is_wrapped(value):
            return False
        return same(value, self.matrix, rtol=1e-3, atol=1e-4)
