"""Modules that a reader writes: made from their class, and looked into for what they register."""

from __future__ import annotations

from collections.abc import Mapping

from torch import nn

from helpers.checks.report import (
    UNATTEMPTED,
    UnattemptedError,
    function,
    is_placeholder,
    reject,
    require,
    wrong,
)


def made(answer: object, sizes: tuple[int, ...], given: str) -> nn.Module:
    """Return a module of the reader's class, or stop with why there is none.

    Parameters
    ----------
    answer : object
        What the reader handed in.
    sizes : tuple of int
        The arguments of the class.
    given : str
        The call in words: ``"Classifier(12, 7, 5)"``.
    """
    kind = function(answer)
    if not (isinstance(kind, type) and issubclass(kind, nn.Module)):
        wrong("the answer is not a class that inherits from nn.Module.")
    model = kind.__new__(kind, *sizes)
    try:
        model.__init__(*sizes)
    except Exception as error:  # whatever the reader's code raises is theirs to read
        hint = "" if _is_laid_out(model) else " Is super().__init__() the first line?"
        wrong(f"{given} raises {type(error).__name__}: {' '.join(str(error).split())}.{hint}")
    require(_is_laid_out(model), f"{given} is not ready for layers. Is super().__init__() the first line?")
    if any(is_placeholder(value) for value in vars(model).values()):
        raise UnattemptedError(UNATTEMPTED)
    return model


def _is_laid_out(model: nn.Module) -> bool:
    """Tell whether ``nn.Module.__init__`` has run, whatever its absence is called in an error."""
    return "_modules" in vars(model)


def require_registered(model: nn.Module, expected: int, of_what: str) -> None:
    """Stop unless the module registers just this number of parameters; of_what names their layers."""
    count = sum(parameter.numel() for parameter in model.parameters())
    if count == expected:
        return
    unseen = [
        name for name, value in vars(model).items() if not name.startswith("_") and _holds_layers(value)
    ]
    reject(
        unseen,
        f"self.{''.join(unseen[:1])} is a plain list, tuple or dict: the model does not look into it.",
    )
    reject(count == 0, "the model registers no parameters: are the layers attributes, made in __init__?")
    wrong(f"the model holds {count} parameters: they are not those of {of_what}.")


def _holds_layers(value: object) -> bool:
    """Tell whether a plain list, tuple or dict holds a module, at any depth."""
    if not isinstance(value, (list, tuple, Mapping)):
        return False
    items = value.values() if isinstance(value, Mapping) else value
    return any(isinstance(item, nn.Module) or _holds_layers(item) for item in items)
