"""The frame of an exercise check: report in the book, raise in a graded edition.

A check is a function that takes the reader's answer. It looks at the answer with the predicates
below, each of which stops with a diagnosis when it fails, and returns one sentence that says what
was verified::

    @exercise
    def full_batch_updates(answer):
        count = whole_number(answer)
        reject(count == 0, "Nothing is learned with no update at all.")
        require(count * batch_size >= samples, "Some samples are in no batch.")
        return "The batches cover every sample, and none is empty."

Called from a notebook, the check prints ``Right: ...``, ``Not yet: ...`` or ``Not attempted: ...``.
With ``BOOK_GRADED=1`` in the environment it raises ``AssertionError`` instead of printing the last two;
``grade(check.full_batch_updates, answer)`` does so whatever the environment says.

A diagnosis names what is wrong and never what is right: no expected value is ever printed.
"""

from __future__ import annotations

import contextlib
import functools
import math
import numbers
import os
import sys
import textwrap
from collections.abc import Callable, Mapping, Sequence
from types import ModuleType
from typing import Any, NoReturn

import numpy as np
import torch

from helpers.checks.session import usual_session

WIDTH = 70
GRADED = "BOOK_GRADED"
UNATTEMPTED = "replace the ... with your answer."


class WrongAnswerError(AssertionError):
    """The answer is wrong; the message is the diagnosis that the reader sees."""


class UnattemptedError(AssertionError):
    """The stub still holds its ``...``."""


class NoPointError(AssertionError):
    """A graded answer is wrong or missing; the message is the diagnosis."""

    def _render_traceback_(self) -> list[str]:
        # What Jupyter shows: without the lines of ours that led here, which the reader did not write.
        return [wrapped(str(self))]


def exercise(check: Callable[..., str]) -> Callable[..., None]:
    """Turn a function that judges an answer into a check that reports (or raises, when graded).

    Parameters
    ----------
    check : callable
        Takes the reader's answer(s), stops with a predicate's diagnosis, or returns what was verified.

    Returns
    -------
    callable
        Takes the same answers, prints one paragraph and returns None.

    Raises
    ------
    AssertionError
        From the returned check, and only if ``BOOK_GRADED=1``: the answer is wrong or missing.
    """

    @functools.wraps(check)
    def reporting(*answers: object) -> None:
        strict = graded()  # asked before the reader's code runs, which may change the environment
        try:
            refuse_placeholders(answers)
            with usual_session():
                verified = check(*answers)
            say("Right", verified)
        except UnattemptedError as missing:
            conclude("Not attempted", missing, strict)
        except WrongAnswerError as wrong:
            conclude("Not yet", wrong, strict)

    vars(reporting)["is_exercise"] = True
    return reporting


def exercises(module: ModuleType) -> dict[str, Callable[..., None]]:
    """Return the checks that a chapter module defines, by name."""
    return {name: check for name, check in vars(module).items() if getattr(check, "is_exercise", False)}


def graded() -> bool:
    """Tell whether this is a graded edition (``BOOK_GRADED=1``), where a wrong answer raises."""
    return os.environ.get(GRADED, "") == "1"


def grade(check: Callable[..., None], *answers: object) -> None:
    """Run a check as a graded edition does: in the cell of tests that is worth the point.

    Raises
    ------
    NoPointError
        The answer is wrong or missing; the message is the diagnosis.
    """
    before = os.environ.get(GRADED)
    os.environ[GRADED] = "1"
    try:
        # nbgrader takes anything on stderr for a failure, and a warning of torch is none.
        with contextlib.redirect_stderr(sys.stdout):
            check(*answers)
    except AssertionError as problem:
        raise NoPointError(str(problem)) from None
    finally:
        os.environ.pop(GRADED, None)
        os.environ.update({} if before is None else {GRADED: before})


def say(verdict: str, message: str) -> None:
    """Print one paragraph of plain text, wrapped so that it fits a notebook's output."""
    print(wrapped(f"{verdict}: {message}"))


def wrapped(text: str) -> str:
    """Return a paragraph in lines that fit a notebook's output."""
    return textwrap.fill(" ".join(text.split()), WIDTH, break_long_words=False, break_on_hyphens=False)


def conclude(verdict: str, problem: AssertionError, strict: bool) -> None:
    """Report a wrong or missing answer: printed in the book, raised in a graded edition."""
    if strict:
        raise AssertionError(f"{verdict}: {problem}") from None
    say(verdict, str(problem))


def is_placeholder(value: object) -> bool:
    """Tell whether a value is still ``...``, or is a list, tuple or dict that holds one."""
    if isinstance(value, Mapping):
        return any(is_placeholder(item) for item in value.values())
    if isinstance(value, (list, tuple)):
        return any(is_placeholder(item) for item in value)
    return value is ...


def refuse_placeholders(answers: Sequence[object]) -> None:
    """Stop if any of the answers is unattempted."""
    if any(is_placeholder(answer) for answer in answers):
        raise UnattemptedError(UNATTEMPTED)


def wrong(diagnosis: str) -> NoReturn:
    """Stop with a diagnosis."""
    raise WrongAnswerError(diagnosis)


def require(condition: object, diagnosis: str) -> None:
    """Stop with the diagnosis unless the condition holds."""
    if not bool(condition):
        wrong(diagnosis)


def reject(condition: object, diagnosis: str) -> None:
    """Stop with the diagnosis if the condition, the effect of a usual mistake, holds."""
    if bool(condition):
        wrong(diagnosis)


def number(value: Any, name: str = "the answer") -> float:
    """Return a number of Python or NumPy, or the one number of a tensor or array, as a finite float."""
    if isinstance(value, (torch.Tensor, np.ndarray)):
        count = math.prod(value.shape)
        dense(value, name)
        kind = "a tensor" if torch.is_tensor(value) else "an array"
        require(count == 1, f"{name} is {kind} of shape {shape_text(value)}; one number is expected.")
    if isinstance(value, (torch.Tensor, np.ndarray, np.generic)):
        value = value.item()
    reject(isinstance(value, bool), f"{name} is {value!r}, a truth value; a number is expected.")
    require(isinstance(value, numbers.Real), f"{name} is {a_kind(value)}; a number is expected.")
    size: Any = abs(value)
    huge = isinstance(value, numbers.Rational) and size > sys.float_info.max
    reject(huge, f"{name} is too large for a float.")
    require(math.isfinite(value), f"{name} is {value}: something divided by zero or grew without bound.")
    return float(value)


def whole_number(value: object, name: str = "the answer") -> int:
    """Return a number that has no fractional part as an int."""
    count = number(value, name)
    require(count == int(count), f"{name} is {count}, not a whole number; something is counted here.")
    return int(count)


def truth(value: Any, name: str = "the answer") -> bool:
    """Return a truth value of Python, NumPy or torch, or 0 or 1, as a bool."""
    one = isinstance(value, (torch.Tensor, np.ndarray)) and math.prod(value.shape) == 1
    value = value.item() if one or isinstance(value, np.generic) else value
    valid = isinstance(value, bool) or (isinstance(value, numbers.Real) and value in (0, 1))
    require(valid, f"{name} is {a_kind(value)}; True or False is expected.")
    return bool(value)


def items_of(value: Any, diagnosis: str) -> list[Any]:
    """Return the items of a list, tuple, range, or tensor or array with one axis; else stop with it."""
    if isinstance(value, (torch.Tensor, np.ndarray)):
        require(value.ndim == 1, diagnosis)
        dense(value, "the answer")
        return value.tolist()
    require(isinstance(value, (list, tuple, range)), diagnosis)
    return list(value)


def dense(value: torch.Tensor | np.ndarray, name: str) -> None:
    """Stop at a tensor whose numbers cannot be read one by one."""
    odd = torch.is_tensor(value) and (value.layout != torch.strided or value.is_quantized or value.is_meta)
    reject(odd, f"{name} is sparse, quantised or on the meta device; plain numbers are expected.")


def tensor(
    value: Any,
    shape: Sequence[int] | None = None,
    dtype: torch.dtype | None = None,
    name: str = "the answer",
) -> torch.Tensor:
    """Return a finite tensor, checked for its shape and dtype if they are given."""
    require(isinstance(value, torch.Tensor), f"{name} is {a_kind(value)}; a torch.Tensor is expected.")
    dense(value, name)
    if shape is not None:
        require(
            tuple(value.shape) == tuple(shape),
            f"{name} has shape {shape_text(value)}; expected {tuple(shape)}.",
        )
    if dtype is not None:
        require(value.dtype == dtype, f"{name} has dtype {value.dtype}; expected {dtype}.")
    require(torch.isfinite(value).all(), f"{name} holds inf or nan.")
    return value.detach()


def choice(value: Any, options: Sequence[str], name: str = "the answer") -> str:
    """Return one of the allowed words, whatever its case and outer spaces."""
    allowed = ", ".join(repr(option) for option in options)
    require(isinstance(value, str), f"{name} is {a_kind(value)}; expected one of {allowed}.")
    word = value.strip().lower()
    require(word in options, f"{name} is {value!r}; expected one of {allowed}.")
    return word


def same(value: object, expected: object, rtol: float = 1e-5, atol: float = 1e-7) -> bool:
    """Tell whether two numbers or two tensors of one shape agree; for use inside require and reject."""
    left, right = (torch.as_tensor(side, dtype=torch.float64).detach() for side in (value, expected))
    return left.shape == right.shape and torch.allclose(left, right, rtol=rtol, atol=atol)


def function(value: Any, name: str = "the answer") -> Callable[..., Any]:
    """Return the answer if it can be called."""
    require(
        callable(value), f"{name} is {a_kind(value)}; a function is expected (its name, without brackets)."
    )
    return value


def call(answer: Callable[..., object], *arguments: object, given: str) -> Any:
    """Call the reader's function; an exception or a missing return becomes a diagnosis.

    Parameters
    ----------
    answer : callable
        The reader's function.
    *arguments
        What it is called with.
    given : str
        The call in words, as the diagnosis shows it: ``"f(w=2, b=1)"`` or ``"a batch of one sample"``.
    """
    try:
        result = answer(*arguments)
    except Exception as error:  # whatever the reader's code raises is theirs to read
        reason = " ".join(str(error).split()) or "no message"
        wrong(f"with {given}, the function raises {type(error).__name__}: {reason}")
    refuse_placeholders([result])
    reject(result is None, f"with {given}, the function returns None: is a return missing?")
    return result


def shape_text(value: torch.Tensor | np.ndarray) -> str:
    """Return a tensor's or an array's shape as Python writes a tuple."""
    return str(tuple(value.shape))


def a_kind(value: object) -> str:
    """Return the kind of a value with its article: "a list", "an int", "None"."""
    if value is None:
        return "None"
    kind = "NumPy array" if isinstance(value, np.ndarray) else type(value).__name__
    return f"an {kind}" if kind[0].lower() in "aeiou" else f"a {kind}"
