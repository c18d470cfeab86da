"""Interactive figures that need no kernel: the class says what is shown, the script beside it draws."""

from helpers.figures.descent_lab import DescentLab
from helpers.figures.float_bits import FloatBits
from helpers.figures.question import Question
from helpers.figures.tensor_anatomy import TensorAnatomy
from helpers.figures.training_monitor import TrainingMonitor

__all__ = ["DescentLab", "FloatBits", "Question", "TensorAnatomy", "TrainingMonitor"]
