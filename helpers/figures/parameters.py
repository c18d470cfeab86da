"""A figure's parameters, each declared once: its default, what it may be, and its line of documentation.

A class says ``lr = Number(0.1, above=0, high=2, help="Learning rate.")``. The keyword argument, the saved
trait, the check with its message, the signature and the entry in the docstring all come from that line.
"""

from __future__ import annotations

import math
import reprlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from numbers import Real
from typing import Any

import traitlets

#: Stands for the default of a parameter that has none.
REQUIRED = traitlets.Undefined


@dataclass(frozen=True)
class Bound:
    """A bound that depends on parameters declared before: what it is, and how a figure finds it."""

    name: str
    of: Callable[[Any], float]


def is_number(value: object) -> bool:
    """Whether a value is a real number, numpy's among them."""
    return isinstance(value, Real)


def both_or_neither(arguments: dict[str, Any], one: str, other: str) -> None:
    """Refuse arguments in which one of two that belong together is missing."""
    if (arguments.get(one) is None) != (arguments.get(other) is None):
        raise ValueError(f"give both {one} and {other}, or neither")


class Parameter(traitlets.TraitType):
    """An argument of a figure, checked when the figure is made and whenever Python sets it later.

    What the page sends is taken as it is: its controls keep to the bounds.

    Parameters
    ----------
    default
        The value without an argument, or a function of the figure that returns it; None stands for "not
        given". Without a default the argument must be given.
    expected
        What a value is, for the docstring: "a path or a picture".
    check
        Takes a value of this kind and the figure, in which the parameters declared before are set; returns
        what is kept, or raises an error that names the parameter.
    help
        What the parameter means, in a sentence.
    saved
        Whether it is part of the state that the page gets.
    """

    def __init__(
        self,
        default: Any = REQUIRED,
        expected: str = "",
        check: Callable[[Any, Any], Any] | None = None,
        *,
        help: str,
        saved: bool = True,
    ) -> None:
        super().__init__(help=help)
        self.default, self.expected, self._check = default, expected, check
        self.tag(sync=saved)

    def default_for(self, figure: Any) -> Any:
        """Return the value without an argument."""
        if self.default is REQUIRED:
            raise TypeError(f"{type(figure).__name__} needs {self.name}: {self.help}")
        return self.default(figure) if callable(self.default) else self.default

    def validate(self, figure: Any, value: Any) -> Any:
        """Return what is saved of a value, or raise an error that says what was expected."""
        if figure.hears_page or (value is None and self.default is None):
            return value
        value = self.converted(figure, value)
        return self._check(value, figure) if self._check else value

    def converted(self, figure: Any, value: Any) -> Any:
        """Return a value that Python gives as this kind of parameter keeps it."""
        return value

    def documented(self, name: str) -> str:
        """Return the parameter's entry in its figure's docstring, written before the trait has its name."""
        known = self.default is not REQUIRED and self.default is not None and not callable(self.default)
        default = f", default {self.default!r}" if known and self.default != "" else ""
        optional = ", optional" if not known and self.default is not REQUIRED else ""
        return f"{name} : {self.expected}{default}{optional}\n    {self.help}"


class Number(Parameter):
    """A finite number between two bounds, each a number or a :class:`Bound`; ``above`` excludes its own."""

    kind = "a number"

    def __init__(
        self,
        default: Any = REQUIRED,
        *,
        low: float | Bound = -math.inf,
        high: float | Bound = math.inf,
        above: float | None = None,
        check: Callable[[Any, Any], Any] | None = None,
        help: str = "",
        saved: bool = True,
    ) -> None:
        self.low, self.high, self.above = low if above is None else above, high, above is not None
        expected = self._between(_said(self.low), _said(self.high))
        super().__init__(default, expected, check, help=help, saved=saved)

    def converted(self, figure: Any, value: Any) -> float:
        """Return the number as a float."""
        return float(self._within(figure, value))

    def _within(self, figure: Any, value: Any) -> Any:
        if isinstance(value, bool) or not is_number(value):
            raise TypeError(f"{self.name} must be a number, got {value!r}")
        bounds = (self.low, self.high)
        low, high = (bound.of(figure) if isinstance(bound, Bound) else bound for bound in bounds)
        inside = math.isfinite(value) and low <= value <= high and not (self.above and value == low)
        if not (inside and self._is_of_kind(value)):
            wanted = self._between(_said(self.low, low), _said(self.high, high))
            raise ValueError(f"{self.name} must be {wanted}, got {value!r}")
        return value

    def _is_of_kind(self, value: Any) -> bool:
        return True

    def _between(self, low: str, high: str) -> str:
        if self.above:
            return f"{self.kind} above {low}" + (f" and up to {high}" if high else "")
        if low and high:
            return f"{self.kind} from {low} to {high}"
        return f"{self.kind}, at least {low}" if low else self.kind.replace("a number", "a finite number")


def _said(bound: float | Bound, value: float | None = None) -> str:
    """Return a bound in words: its number, its name, or both; nothing for one that is infinite."""
    if not isinstance(bound, Bound):
        return f"{bound:.6g}" if math.isfinite(bound) else ""
    return bound.name if value is None else f"{value:.3g} ({bound.name})"


class Whole(Number):
    """A whole number between two bounds."""

    kind = "a whole number"

    def converted(self, figure: Any, value: Any) -> int:
        """Return the number as an int."""
        return int(self._within(figure, value))

    def _is_of_kind(self, value: Any) -> bool:
        return value == int(value)


class Numbers(Parameter):
    """A list of numbers: as many as have ``names``, or ``count`` (fewest, most); ``each`` says which."""

    def __init__(
        self,
        default: Any = REQUIRED,
        *,
        names: str = "",
        count: tuple[int, int] | None = None,
        each: Number | Sequence[Number] | None = None,
        check: Callable[[Any, Any], Any] | None = None,
        help: str,
    ) -> None:
        self.each = each or Number()
        named = names.count(",") + 1
        fewest, most = self.count = (named, named) if names else count or (0, math.inf)
        super().__init__(default, _amount(fewest, most, names), check, help=help)

    def converted(self, figure: Any, value: Any) -> list[float]:
        """Return the numbers as a list."""
        fewest, most = self.count
        if isinstance(value, str) or not hasattr(value, "__len__") or not fewest <= len(value) <= most:
            raise ValueError(f"{self.name} must be {self.expected}, got {reprlib.repr(value)}")
        return [self._element(figure, place, number) for place, number in enumerate(value)]

    def _element(self, figure: Any, place: int, number: Any) -> float:
        one = self.each if isinstance(self.each, Number) else self.each[place]
        one.name = f"{self.name}[{place}]"
        return one.validate(figure, number.item() if hasattr(number, "item") else number)


def _amount(fewest: int, most: float, names: str) -> str:
    if names:
        return f"{fewest} numbers ({names})"
    return f"{fewest} to {most} numbers" if most < math.inf else "numbers"


class Flag(Parameter):
    """True or False."""

    def __init__(self, default: bool, *, help: str) -> None:
        super().__init__(default, "bool", help=help)

    def converted(self, figure: Any, value: Any) -> bool:
        """Return the value as a bool."""
        if not is_number(value) or value not in (0, 1):
            raise TypeError(f"{self.name} must be True or False, got {value!r}")
        return bool(value)


class Text(Parameter):
    """A text."""

    def __init__(self, default: Any = REQUIRED, *, help: str) -> None:
        super().__init__(default, "str", help=help)

    def converted(self, figure: Any, value: Any) -> str:
        """Return the text."""
        if not isinstance(value, str):
            raise TypeError(f"{self.name} must be a text, got {value!r}")
        return value


class Choice(Parameter):
    """One of a few values."""

    def __init__(self, default: Any, options: Iterable[Any], *, help: str) -> None:
        self.options = tuple(options)
        super().__init__(default, f"one of {', '.join(map(repr, self.options))}", help=help)

    def converted(self, figure: Any, value: Any) -> Any:
        """Return the option."""
        if value not in self.options:
            raise ValueError(f"{self.name} must be {self.expected}, got {value!r}")
        return self.options[self.options.index(value)]
