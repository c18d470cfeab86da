"""Recipes: what is trained is what the fields say, and the same seed gives the same bits."""

from dataclasses import replace
from functools import partial

import pytest
import torch
from torch import nn
from torch.optim import SGD, AdamW

from helpers import recipes
from helpers.convnets import conv_block, residual_net
from helpers.recipes import Batches, FromPixels, Recipe

pytestmark = pytest.mark.slow

TINY = Recipe(partial(residual_net, 4), num_epochs=2, batch_size=16, small_epochs=1, whitened=True)


@pytest.fixture(scope="module")
def pictures() -> tuple[torch.Tensor, torch.Tensor]:
    """Pictures whose class is how bright they are."""
    generator = torch.Generator().manual_seed(0)
    y = torch.arange(10).repeat_interleave(10)
    noise = torch.randint(0, 40, (100, 3, 32, 32), generator=generator)
    return (noise + 20 * y[:, None, None, None]).to(torch.uint8), y


def weights(model: nn.Module) -> list[torch.Tensor]:
    return list(model.state_dict().values())


def test_the_same_seed_gives_the_same_bits_and_another_one_others(pictures):
    runs = [recipes.train(TINY, *pictures, seed=seed) for seed in (3, 3, 4)]
    same, again, other = (weights(model) for model, _ in runs)
    assert all(map(torch.equal, same, again))
    assert runs[0][1] == runs[1][1]
    assert not all(map(torch.equal, same, other))


def test_it_learns(pictures):
    longer = replace(TINY, num_epochs=12, augment=False, small_epochs=0)
    model, history = recipes.train(longer, *pictures)
    assert recipes.accuracy(model, *pictures) > 0.5
    assert history.train_loss[-1] < history.train_loss[0]


def test_the_learning_rate_rises_for_a_quarter_of_the_steps_and_falls_to_nearly_nothing(pictures):
    seen = []
    follow = {"on_batch": lambda **_: seen.append(optimizers[0].param_groups[0]["lr"])}
    optimizers = []

    def noted(parameters):
        optimizers.append(AdamW(parameters, lr=0.1))
        return optimizers[0]

    recipes.train(replace(TINY, num_epochs=4, optimizer=noted), *pictures, **follow)
    assert len(seen) == 4 * 6
    assert seen.index(max(seen)) == round(24 / 4) - 2
    assert max(seen) == pytest.approx(0.1)
    assert seen[-1] < 0.001
    constant = replace(TINY, one_cycle=False, optimizer=noted)
    optimizers.clear()
    seen.clear()
    recipes.train(constant, *pictures, **follow)
    assert set(seen) == {0.1}


def test_followers_are_those_of_the_training_loop(pictures):
    epochs, batches = [], []
    recipes.train(
        TINY, *pictures, on_epoch=lambda **v: epochs.append(v), on_batch=lambda **v: batches.append(v)
    )
    assert len(epochs) == 2
    assert batches[0] == {"epoch": 1, "batch": 1, "num_batches": 6}
    assert len(batches) == 12


def test_the_first_epochs_read_small_crops_and_none_is_cut_without_augmentation(pictures):
    X, y = pictures
    batches = Batches(TINY, X, y, seed=0)
    sizes = [{tuple(batch.shape[2:]) for batch, _ in batches} for _ in range(2)]
    assert sizes == [{(24, 24)}, {(32, 32)}]
    plain = Batches(replace(TINY, augment=False, flip=False, small_epochs=0), X, y, seed=0)
    seen = torch.cat([batch for batch, _ in plain])
    assert {tuple(one.flatten().tolist()) for one in seen} <= {tuple(one.flatten().tolist()) for one in X}


def test_mirror_images_come_without_crops_too(pictures):
    X, y = pictures
    known = {tuple(one.tolist()) for one in torch.cat([X, X.flip(3)]).flatten(1)}
    mirrored = Batches(replace(TINY, augment=False, small_epochs=0), X, y, seed=0)
    torch.manual_seed(0)
    seen = [tuple(one.flatten().tolist()) for batch, _ in mirrored for one in batch]
    assert set(seen) <= known
    originals = {tuple(one.tolist()) for one in X.flatten(1)}
    assert 0.2 < sum(one in originals for one in seen) / len(seen) < 0.8


def test_every_picture_is_read_once_an_epoch_but_for_a_short_last_batch(pictures):
    X, y = pictures
    labels = torch.cat([labels for _, labels in Batches(TINY, X, y, seed=0)])
    assert len(labels) == 96
    assert labels.bincount(minlength=10).max() == 10


def test_the_model_takes_bytes_and_scales_them_by_the_training_pictures(pictures):
    X, _ = pictures
    model = FromPixels(nn.Identity(), X, bf16=False, flip=False)
    scaled = model.scaled(X)
    assert abs(scaled.mean()) < 1e-5
    assert abs(scaled.std() - 1) < 1e-2
    assert {"mean", "std"} <= set(model.state_dict())


def test_answers_are_means_over_both_mirror_images_and_training_is_not(pictures):
    X, _ = pictures
    torch.manual_seed(0)
    network = nn.Sequential(conv_block(3, 4), nn.AdaptiveMaxPool2d(2), nn.Flatten())
    model = FromPixels(network, X, bf16=False, flip=True).eval()
    network.eval()
    x = model.scaled(X[:4])
    torch.testing.assert_close(model(X[:4]), (network(x) + network(x.flip(3))) / 2)
    assert not torch.allclose(model(X[:4]), network(x))
    torch.testing.assert_close(model(X[:4]), model(X[:4].flip(3)))
    model.training = True
    torch.testing.assert_close(model(X[:4]), network(x))


def test_layers_compute_in_the_asked_type_and_order(pictures):
    X, _ = pictures
    for bf16, channels_last in ((True, True), (False, False)):
        model = recipes.prepare(replace(TINY, bf16=bf16, channels_last=channels_last), X)
        seen = []
        model.network[2][0].register_forward_hook(lambda layer, inputs, out, seen=seen: seen.append(out))
        assert model(X[:4]).dtype == torch.float32
        assert seen[0].dtype == (torch.bfloat16 if bf16 else torch.float32)
        weight = model.network[2][0].weight
        assert weight.is_contiguous(memory_format=torch.channels_last) == channels_last


@pytest.mark.parametrize("quick", [True, False])
def test_without_a_choice_layers_compute_in_what_the_device_is_quicker_at(pictures, quick, monkeypatch):
    monkeypatch.setattr(recipes, "quick_in_bf16", lambda device: quick)
    assert recipes.prepare(replace(TINY, bf16=None), pictures[0]).bf16 is quick
    assert recipes.prepare(replace(TINY, bf16=not quick), pictures[0]).bf16 is not quick


def test_a_whitened_first_layer_is_left_as_it_is(pictures):
    X, y = pictures
    before = recipes.prepare(TINY, X).network[0].weight
    model, _ = recipes.train(TINY, X, y)
    assert torch.equal(model.network[0].weight, before)
    learned, _ = recipes.train(replace(TINY, whitened=False), X, y)
    assert learned.network[0].weight.requires_grad


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda X, y: (X.float(), y), "X must be uint8 pictures"),
        (lambda X, y: (X[:, 0], y), r"X must be uint8 pictures \(N, C, H, W\)"),
        (lambda X, y: (X, y[:50]), "y must have a class for each of the 100 pictures"),
        (lambda X, y: (X[:8], y[:8]), "at least a batch of 16 pictures, got 8"),
    ],
)
def test_bad_pictures_are_named(pictures, change, message):
    with pytest.raises(ValueError, match=message):
        recipes.train(TINY, *change(*pictures))


def test_the_tutorials_recipe_is_the_tutorials():
    """The notes' loop: batches of 4 in new order, plain SGD with momentum, nothing else."""
    recipe = recipes.TUTORIAL
    assert (recipe.num_epochs, recipe.batch_size) == (2, 4)
    optimizer = recipe.optimizer([nn.Parameter(torch.zeros(1))])
    assert isinstance(optimizer, SGD)
    assert (optimizer.defaults["lr"], optimizer.defaults["momentum"]) == (1e-3, 0.9)
    undone = (recipe.augment, recipe.flip, recipe.one_cycle, recipe.bf16, recipe.label_smoothing)
    assert not any(undone)
