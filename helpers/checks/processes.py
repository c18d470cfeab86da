"""A few processes that add up tensors, played by threads: what a check needs of `torch.distributed`."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable

import torch
from torch import Tensor, distributed

from helpers.checks.report import wrong

#: How long one process waits for the others, in seconds.
PATIENCE = 5.0


class Processes:
    """Run one program in several processes that talk by an all-reduce.

    Whoever reads the program as one process sees only its own tensors; so each way of averaging is judged by
    what really comes out, be it divided before the sum or after, tensor by tensor or in one long vector.

    Parameters
    ----------
    count : int
        How many processes.
    """

    def __init__(self, count: int) -> None:
        self._together = threading.Barrier(count, timeout=PATIENCE)
        self._sent: list[Tensor] = [torch.empty(0)] * count
        self._errors: list[BaseException] = []

    def run(self, program: Callable[[int, Callable[..., None]], None], given: str) -> None:
        """Run ``program(rank, all_reduce)`` in each process, and raise the first error of any of them.

        Raises
        ------
        WrongAnswerError
            The processes wait for each other; the message begins with ``given``.
        """
        ranks = range(len(self._sent))
        threads = [
            threading.Thread(target=self._guarded, args=(program, rank), daemon=True) for rank in ranks
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if self._errors:
            raise self._errors[0]
        if self._together.broken:
            wrong(f"with {given}: one process waits in `all_reduce` for others that never come.")

    def _guarded(self, program: Callable[[int, Callable[..., None]], None], rank: int) -> None:
        try:
            program(rank, functools.partial(self._all_reduce, rank))
        except BaseException as error:  # raised again by `run`, in the reader's thread
            if not self._together.broken:
                self._errors.append(error)
                self._together.abort()

    def _all_reduce(self, rank: int, value: Tensor, op: object = distributed.ReduceOp.SUM) -> None:
        """Make ``value`` the sum of what all processes put in."""
        if op != distributed.ReduceOp.SUM:
            raise NotImplementedError("this all_reduce adds up, and does nothing else")
        self._sent[rank] = value.detach().clone()
        self._together.wait()
        total = torch.stack(self._sent).sum(dim=0)
        self._together.wait()
        with torch.no_grad():
            value.copy_(total)
