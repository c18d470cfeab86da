"""The networks of chapters 12 and 13: their size, their skip, their first layer."""

import pytest
import torch
from torch import nn

from helpers.convnets import (
    Residual,
    conv_block,
    count_parameters,
    plain_net,
    residual_net,
    tutorial_net,
    whiten,
)


@pytest.mark.parametrize(
    ("network", "shape", "parameters"),
    [
        (tutorial_net(), (3, 32, 32), 62_006),
        (plain_net(), (1, 28, 28), 79_856),
        (residual_net(16), (3, 32, 32), 127_096),
        (residual_net(32), (3, 32, 32), 498_104),
        (residual_net(32), (3, 24, 24), 498_104),
    ],
)
def test_parameters_and_logits(network, shape, parameters):
    assert count_parameters(network) == parameters
    assert network(torch.randn(2, *shape)).shape == (2, 10)


def test_chapter_12s_network_stays_below_its_limit():
    assert count_parameters(plain_net()) < 100_000


def test_the_first_loss_is_that_of_guessing():
    torch.manual_seed(0)
    for network, channels in ((plain_net(), 1), (residual_net(16), 3)):
        logits = network(torch.randn(64, channels, 32, 32))
        loss = nn.CrossEntropyLoss()(logits, torch.randint(10, (64,)))
        assert abs(loss.item() - torch.tensor(10.0).log().item()) < 0.2


def test_a_residual_adds_its_input():
    x = torch.randn(2, 4, 6, 6)
    body = conv_block(4, 4)
    assert torch.equal(Residual(body.eval())(x), x + body(x))
    without = residual_net(4, skip=False)
    assert not [layer for layer in without.modules() if isinstance(layer, Residual)]
    assert sum(isinstance(layer, Residual) for layer in residual_net(4).modules()) == 3


def test_pooling_before_norm_and_relu_gives_what_pooling_after_gives():
    torch.manual_seed(0)
    early = conv_block(3, 5, pool=True).eval()
    convolution, pool, norm, relu = early
    norm.running_mean.normal_()
    x = torch.randn(2, 3, 8, 8)
    torch.testing.assert_close(early(x), pool(relu(norm(convolution(x)))))


def test_without_batch_norm_the_convolution_has_a_bias():
    assert conv_block(3, 5)[0].bias is None
    assert conv_block(3, 5, norm=False)[0].bias is not None
    assert not [m for m in residual_net(4, norm=False).modules() if isinstance(m, nn.BatchNorm2d)]


def correlated(count: int = 400) -> torch.Tensor:
    """Smooth pictures: neighbouring pixels and the channels are alike."""
    torch.manual_seed(0)
    noise = torch.randn(count, 1, 12, 12)
    smooth = nn.functional.avg_pool2d(noise, 3, stride=1)
    return smooth.expand(-1, 3, -1, -1) + 0.3 * torch.randn(count, 3, 10, 10)


def test_whitened_outputs_are_uncorrelated_and_their_signs_come_in_pairs():
    stem, pictures = nn.Conv2d(3, 24, 2, bias=False), correlated()
    before = stem(pictures).transpose(0, 1).flatten(1).cov()
    whiten(stem, pictures)
    outputs = stem(pictures).transpose(0, 1).flatten(1)
    after = outputs[:12].cov()
    torch.testing.assert_close(after, torch.eye(12), atol=0.03, rtol=0)
    assert not torch.allclose(before[:12, :12], torch.eye(12), atol=0.03)
    assert torch.equal(outputs[12:], -outputs[:12])
    assert not stem.weight.requires_grad


def test_more_filters_than_components_are_refused():
    with pytest.raises(ValueError, match="stem must have at most 24 filters, got 25"):
        whiten(nn.Conv2d(3, 25, 2), correlated(10))
