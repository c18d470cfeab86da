"""The recipe that chapter 13 writes out, held to `helpers.recipes`: the same weights, to the bit."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch
from torch import nn
from torchvision.transforms import v2

from bookbuild.model import notebooks
from helpers import convnets, recipes
from helpers.augmentation import CropAndFlip

pytestmark = pytest.mark.slow

#: What a recipe of "at most 100 lines" may take.
MOST_LINES = 100

#: What every chapter has imported by then; they count as lines of the recipe.
IMPORTS = {"torch": torch, "nn": nn, "v2": v2}


def recipe_cells() -> list[str]:
    cells = notebooks.code_cells(notebooks.read(notebooks.find("13")))
    return [cell.source for cell in cells if "recipe" in notebooks.tags(cell)]


@pytest.fixture(scope="module")
def chapter() -> dict:
    """Return what the chapter's cells tagged `recipe` define, executed without the others."""
    names = dict(IMPORTS)
    for source in recipe_cells():
        exec(source, names)
    return names


@pytest.fixture(scope="module")
def pictures() -> tuple[torch.Tensor, torch.Tensor]:
    """Return a few noisy pictures whose classes can be told, as uint8."""
    generator = torch.Generator().manual_seed(0)
    y = torch.arange(128) % 10
    noise = torch.randint(0, 60, (128, 3, 32, 32), generator=generator)
    return (noise + 15 * y[:, None, None, None]).to(torch.uint8), y


def same_weights(ours: nn.Module, theirs: nn.Module) -> bool:
    pairs = list(zip(ours.parameters(), theirs.parameters(), strict=True))
    return bool(pairs) and all(torch.equal(a, b) for a, b in pairs)


def test_the_recipe_takes_at_most_100_lines():
    lines = [line for source in recipe_cells() for line in source.splitlines() if line.strip()]
    assert 50 < len(lines) + len(IMPORTS) <= MOST_LINES


def short_of(chapter, batch_size, **changes):
    """Return the chapter's short settings with smaller batches, and the recipe changed in the same way."""
    ours = chapter["short"] | {"batch_size": batch_size}
    return ours, replace(recipes.RESIDUAL_SHORT, batch_size=batch_size, **changes)


@pytest.mark.parametrize("quick", [True, False], ids=["bfloat16", "float32"])
def test_the_residual_run_is_the_recipes(chapter, pictures, quick, monkeypatch):
    monkeypatch.setitem(chapter, "quick_in_bf16", lambda device: quick)
    monkeypatch.setattr(recipes, "quick_in_bf16", lambda device: quick)
    settings, recipe = short_of(chapter, 32)
    ours = chapter["residual_model"](16, pictures[0])
    chapter["train"](ours, *pictures, **settings)
    theirs, history = recipes.train(recipe, *pictures, seed=0)
    assert same_weights(ours, theirs)
    with torch.inference_mode():
        assert torch.equal(ours.eval()(pictures[0]), theirs.eval()(pictures[0]))
    assert len(settings["crops"]) == recipe.num_epochs == history.num_epochs


def test_the_small_networks_run_is_the_recipes(chapter, pictures):
    torch.manual_seed(0)
    ours = chapter["FromPixels"](convnets.tutorial_net(), pictures[0])
    crops = [chapter["CropAndFlip"](32, padding=0)] * recipes.TUTORIAL_BETTER.num_epochs
    settings = {"batch_size": 64, "lr": 0.004, "decay": 0.01, "smoothing": 0.0}
    chapter["train"](ours, *pictures, crops, **settings)
    theirs, _ = recipes.train(recipes.TUTORIAL_BETTER, *pictures, seed=0)
    assert same_weights(ours, theirs)


@pytest.mark.parametrize("change", [{"label_smoothing": 0.0}, {"padding": 2}, {"one_cycle": False}])
def test_the_comparison_would_notice_another_choice(chapter, pictures, change):
    settings, recipe = short_of(chapter, 32, **change)
    ours = chapter["residual_model"](16, pictures[0])
    chapter["train"](ours, *pictures, **settings)
    assert not same_weights(ours, recipes.train(recipe, *pictures, seed=0)[0])


@pytest.mark.parametrize(("size", "padding"), [(32, 4), (24, 0), (28, 2)])
def test_the_crops_are_the_helpers(chapter, pictures, size, padding):
    cut = []
    for kind in (chapter["CropAndFlip"], CropAndFlip):
        torch.manual_seed(1)
        cut.append(kind(size, padding=padding)(pictures[0]))
    assert torch.equal(*cut)
    assert len(cut[0].unique(dim=0)) == len(pictures[0])


def test_the_gpus_settings_are_the_recipes(chapter):
    settings, recipe = chapter["wide"], recipes.RESIDUAL_GPU
    sizes = [crop.size for crop in settings["crops"]]
    assert len(sizes) == recipe.num_epochs
    assert sizes.count(24) == recipe.small_epochs
    assert settings["batch_size"] == recipe.batch_size


def test_the_gpus_settings_train_two_batches(chapter, pictures):
    X, y = (torch.cat([tensor] * 8) for tensor in pictures)
    ours = chapter["residual_model"](64, X)
    before = [weight.clone() for weight in ours.parameters()]
    chapter["train"](ours, X, y, **chapter["wide"] | {"crops": [chapter["small"]]})
    assert all(weight.isfinite().all() for weight in ours.parameters())
    assert any(not torch.equal(old, new) for old, new in zip(before, ours.parameters(), strict=True))
