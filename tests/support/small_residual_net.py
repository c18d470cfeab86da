"""A small residual network with random weights, for the tests of feature traces and of FeatureMaps."""

import torch
from torch import nn


class Residual(nn.Module):
    """What goes in is added to what the body makes of it."""

    def __init__(self, body: nn.Module) -> None:
        super().__init__()
        self.body = body

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Add."""
        return x + self.body(x)


def conv(inputs: int, outputs: int, *, pool: bool = False) -> nn.Sequential:
    """Convolution, pooling if wanted, batch-norm and a ReLU that works in place."""
    layers = [nn.Conv2d(inputs, outputs, 3, padding=1), *([nn.MaxPool2d(2)] if pool else [])]
    return nn.Sequential(*layers, nn.BatchNorm2d(outputs), nn.ReLU(inplace=True))


def network(width: int = 6, classes: int = 4) -> nn.Sequential:
    """Three halvings, two residual blocks, and a head that takes pictures of any size."""
    torch.manual_seed(4)
    return nn.Sequential(
        conv(3, width),
        conv(width, 2 * width, pool=True),
        Residual(nn.Sequential(conv(2 * width, 2 * width), conv(2 * width, 2 * width))),
        conv(2 * width, 2 * width, pool=True),
        conv(2 * width, 2 * width, pool=True),
        nn.AdaptiveMaxPool2d(1),
        nn.Flatten(),
        nn.Linear(2 * width, classes),
    )
