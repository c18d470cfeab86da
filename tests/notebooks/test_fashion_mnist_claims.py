"""What chapter 12 says of scaling, crops and softmax, where no cell of it shows the numbers."""

import pytest
import torch
from torch import nn

from helpers.augmentation import CropAndFlip
from helpers.batches import TensorBatches


def recipe_model():
    """Return the dense network that the chapter begins with."""
    return nn.Sequential(
        nn.Flatten(),
        *(nn.Linear(784, 128), nn.ReLU()),
        *(nn.Linear(128, 64), nn.ReLU()),
        *(nn.Linear(64, 32), nn.ReLU()),
        nn.Linear(32, 10),
    )


@pytest.fixture(scope="module")
def pictures():
    """Bytes that can be told apart: class k has two bright rows, 2k and 2k + 1."""
    generator = torch.Generator().manual_seed(0)
    labels = torch.arange(2000) % 10
    X = torch.randint(0, 120, (2000, 28, 28), dtype=torch.uint8, generator=generator)
    for k in range(10):
        X[labels == k, 2 * k : 2 * k + 2] = 255
    return X, labels


def accuracy_after(X, y, lr):
    torch.manual_seed(0)
    model = recipe_model()
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    for _ in range(10):
        for X_batch, y_batch in TensorBatches(X, y, batch_size=50):
            optimizer.zero_grad()
            nn.functional.cross_entropy(model(X_batch), y_batch).backward()
            optimizer.step()
    return (model(X).argmax(dim=1) == y).float().mean().item()


@pytest.mark.parametrize("seed", range(3))
def test_unscaled_pixels_make_gradients_hundreds_of_times_as_long(pictures, seed):
    X, y = pictures
    norms = []
    for largest in (1, 255):
        torch.manual_seed(seed)
        model = recipe_model()
        nn.functional.cross_entropy(model(X / 255 * largest), y).backward()
        norms.append(model[1].weight.grad.norm().item())
    assert 200 < norms[1] / norms[0] < 5000


def test_what_suits_scaled_pixels_does_not_suit_the_others(pictures):
    X, y = pictures
    assert accuracy_after(X / 255, y, lr=0.1) > 0.9
    assert accuracy_after(X.float(), y, lr=0.1) < 0.2


def test_a_linear_layer_refuses_whole_numbers_and_a_product_takes_them(pictures):
    with pytest.raises(RuntimeError):
        nn.Linear(28, 1)(pictures[0])
    assert (pictures[0][0] * torch.tensor(0.5)).dtype == torch.float32


def test_a_picture_has_fifty_crops():
    torch.manual_seed(0)
    picture = torch.arange(784, dtype=torch.float32).reshape(1, 1, 28, 28)
    many = CropAndFlip(28, padding=2)(picture.repeat(2000, 1, 1, 1))
    assert len(many.unique(dim=0)) == 5 * 5 * 2


def test_softmax_keeps_the_order_but_may_make_equals_of_unequals():
    logits = torch.randn(1000, 10, generator=torch.Generator().manual_seed(0))
    assert torch.equal(logits.softmax(dim=1).argmax(dim=1), logits.argmax(dim=1))
    close = torch.tensor([0.0, 1e-9])
    assert close[0] < close[1]
    assert close.softmax(dim=0)[0] == close.softmax(dim=0)[1]
