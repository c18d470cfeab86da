"""Interactive figures that need no kernel: the class says what is shown, the script beside it draws."""

from helpers.figures.float_bits import FloatBits
from helpers.figures.question import Question
from helpers.figures.tensor_anatomy import TensorAnatomy
from helpers.figures.training_monitor import TrainingMonitor

__all__ = ["FloatBits", "Question", "TensorAnatomy", "TrainingMonitor"]
