"""Interactive figures that need no kernel: the class says what is shown, the script beside it draws."""

from helpers.figures.question import Question

__all__ = ["Question"]
