"""Interactive figures that need no kernel: the class says what is shown, the script beside it draws."""

from helpers.figures.broadcast_lab import BroadcastLab
from helpers.figures.checkpoint_anatomy import CheckpointAnatomy
from helpers.figures.confusion_explorer import ConfusionExplorer
from helpers.figures.conv_lab import ConvLab
from helpers.figures.descent_1d import Descent1D
from helpers.figures.descent_lab import DescentLab
from helpers.figures.early_stop import EarlyStop
from helpers.figures.feature_maps import FeatureMaps
from helpers.figures.float_bits import FloatBits
from helpers.figures.graph_stepper import GraphStepper
from helpers.figures.index_lab import IndexLab
from helpers.figures.jacobian_lab import JacobianLab
from helpers.figures.jacobian_passes import JacobianPasses
from helpers.figures.kit_gallery import KitGallery
from helpers.figures.loader_lab import LoaderLab
from helpers.figures.loss_surface import LossSurface
from helpers.figures.matmul_lab import MatmulLab
from helpers.figures.mode_switch import ModeSwitch
from helpers.figures.network_anatomy import NetworkAnatomy
from helpers.figures.optimizer_race import OptimizerRace
from helpers.figures.plane_fit import PlaneFit
from helpers.figures.question import Question
from helpers.figures.shape_lab import ShapeLab
from helpers.figures.shard_lab import ShardLab
from helpers.figures.softmax_lab import SoftmaxLab
from helpers.figures.tensor_anatomy import TensorAnatomy
from helpers.figures.training_monitor import TrainingMonitor
from helpers.figures.transform_lab import TransformLab

__all__ = [
    "BroadcastLab",
    "CheckpointAnatomy",
    "ConfusionExplorer",
    "ConvLab",
    "Descent1D",
    "DescentLab",
    "EarlyStop",
    "FeatureMaps",
    "FloatBits",
    "GraphStepper",
    "IndexLab",
    "JacobianLab",
    "JacobianPasses",
    "KitGallery",
    "LoaderLab",
    "LossSurface",
    "MatmulLab",
    "ModeSwitch",
    "NetworkAnatomy",
    "OptimizerRace",
    "PlaneFit",
    "Question",
    "ShapeLab",
    "ShardLab",
    "SoftmaxLab",
    "TensorAnatomy",
    "TrainingMonitor",
    "TransformLab",
]
