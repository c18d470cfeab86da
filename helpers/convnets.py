"""The convolutional networks of chapters 12 and 13: a tutorial's, a plain one, a residual one."""

from __future__ import annotations

from itertools import pairwise

import torch
from torch import Tensor, nn

__all__ = [
    "Residual",
    "Scaled",
    "conv_block",
    "count_parameters",
    "plain_net",
    "residual_net",
    "tutorial_net",
    "whiten",
]


def tutorial_net(*, num_classes: int = 10) -> nn.Sequential:
    """Return the network of many CIFAR-10 tutorials, after LeNet-5: 62,006 parameters with ten classes."""
    return nn.Sequential(
        *(nn.Conv2d(3, 6, 5), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2)),
        nn.Flatten(),
        *(nn.Linear(16 * 5 * 5, 120), nn.ReLU()),
        *(nn.Linear(120, 84), nn.ReLU()),
        nn.Linear(84, num_classes),
    )


def conv_block(
    in_channels: int, out_channels: int, *, pool: bool = False, norm: bool = True
) -> nn.Sequential:
    """Return a 3 x 3 convolution, max pooling if asked for, batch norm and ReLU.

    Pooling comes right after the convolution, so that batch norm and ReLU have a quarter of the pixels to
    go through.

    Parameters
    ----------
    in_channels, out_channels : int
        Channels of the picture that comes in, and of the one that goes out.
    pool : bool
        Whether height and width are halved.
    norm : bool
        Whether there is batch norm; without it the convolution has a bias.
    """
    layers: list[nn.Module] = [nn.Conv2d(in_channels, out_channels, 3, padding=1, bias=not norm)]
    if pool:
        layers.append(nn.MaxPool2d(2))
    if norm:
        layers.append(nn.BatchNorm2d(out_channels))
    return nn.Sequential(*layers, nn.ReLU())


class Residual(nn.Module):
    """Adds what goes in to what comes out: the body learns the change.

    Parameters
    ----------
    body : nn.Module
        Gives a tensor of its input's shape.
    """

    def __init__(self, body: nn.Module) -> None:
        super().__init__()
        self.body = body

    def forward(self, x: Tensor) -> Tensor:
        """Return ``x + body(x)``."""
        return x + self.body(x)


class Scaled(nn.Module):
    """Multiplies by a number: logits that begin small begin with the loss of guessing."""

    def __init__(self, factor: float) -> None:
        super().__init__()
        self.factor = factor

    def forward(self, x: Tensor) -> Tensor:
        """Return ``factor * x``."""
        return self.factor * x


def _head(channels: int, num_classes: int) -> tuple[nn.Module, ...]:
    pooled = (nn.AdaptiveMaxPool2d(1), nn.Flatten())
    return *pooled, nn.Linear(channels, num_classes, bias=False), Scaled(0.125)


def residual_net(width: int, *, num_classes: int = 10, norm: bool = True, skip: bool = True) -> nn.Sequential:
    """Return a network of seven convolutions for colour pictures of 24 x 24 pixels or more.

    A stem that looks at 2 x 2 pixels, then three stages of a block that halves the picture and a block with
    a skip. The widths, four times ``width`` from the second stage on, follow K. Jordan, *94% on CIFAR-10 in
    3.29 Seconds on a Single GPU* (2024), where ``width`` is 64.

    Parameters
    ----------
    width : int
        Channels of the first stage; the other two have four times as many.
    num_classes : int
        Logits for each picture.
    norm : bool
        Whether the blocks have batch norm.
    skip : bool
        Whether the second block of a stage adds its input.
    """
    layers: list[nn.Module] = [nn.Conv2d(3, 24, 2), nn.ReLU()]
    channels = [24, width, 4 * width, 4 * width]
    for before, after in pairwise(channels):
        second = conv_block(after, after, norm=norm)
        layers += [conv_block(before, after, pool=True, norm=norm), Residual(second) if skip else second]
    return nn.Sequential(*layers, *_head(4 * width, num_classes))


def plain_net(*, num_classes: int = 10) -> nn.Sequential:
    """Return a network of four convolutions for grey pictures: 79,856 parameters with ten classes."""
    return nn.Sequential(
        conv_block(1, 16),
        conv_block(16, 32, pool=True),
        conv_block(32, 64, pool=True),
        conv_block(64, 96, pool=True),
        *_head(96, num_classes),
    )


@torch.no_grad()
def whiten(stem: nn.Conv2d, pictures: Tensor) -> None:
    """Set a convolution's weights so that its outputs are uncorrelated and of like spread, and freeze them.

    The patches that the filters look at are turned into their principal components, each divided by its
    spread (the faintest, mostly noise, come out smaller). A second set of filters is the first with its
    sign changed, so that ReLU loses nothing.

    Parameters
    ----------
    stem : nn.Conv2d
        Has twice as many output channels as a patch has numbers, at most.
    pictures : Tensor, shape (N, C, H, W)
        What the stem will see, a few thousand of it.

    Raises
    ------
    ValueError
        The stem has more filters than there are components.
    """
    size, count = stem.kernel_size[0], stem.out_channels
    patches = (
        pictures.unfold(2, size, 1).unfold(3, size, 1).permute(0, 2, 3, 1, 4, 5).flatten(3).flatten(0, 2)
    )
    if count > 2 * patches.shape[1]:
        raise ValueError(f"stem must have at most {2 * patches.shape[1]} filters, got {count}")
    variances, directions = torch.linalg.eigh(patches.T.cov())
    filters = (directions / (variances + 1e-3).sqrt()).T.flip(0)  # the largest component first
    stem.weight.copy_(torch.cat([filters, -filters])[:count].reshape(stem.weight.shape))
    stem.weight.requires_grad_(False)


def count_parameters(model: nn.Module) -> int:
    """Return how many numbers the model holds as parameters."""
    return sum(parameter.numel() for parameter in model.parameters())
