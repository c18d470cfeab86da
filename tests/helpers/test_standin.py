"""The stand-ins: right files, balanced classes, the same pictures every time, and not too easy."""

from __future__ import annotations

import hashlib
import math
import os
import pickle
import tempfile
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from torch import nn
from torchvision import datasets
from torchvision.datasets.mnist import read_sn3_pascalvincent_tensor

from helpers import standin
from helpers.standin import fabric, files, scene
from helpers.standin.sheet import Sheet, smooth
from helpers.standin.warp import draw_masters

pytestmark = pytest.mark.slow

DRAW = {"clothes": standin.draw_clothes, "things": standin.draw_things}


def checksum(pictures: np.ndarray, labels: np.ndarray) -> str:
    return hashlib.sha256(pictures.tobytes() + labels.tobytes()).hexdigest()


@settings(max_examples=30, deadline=None)
@given(values=arrays.arrays(np.uint8, arrays.array_shapes(min_dims=1, max_dims=3, max_side=9)))
def test_idx_written_is_idx_read(values):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "some" / "values"
        files.write_idx(path, values)
        assert np.array_equal(read_sn3_pascalvincent_tensor(str(path)).numpy(), values)


@settings(max_examples=15, deadline=None)
@given(
    pictures=arrays.arrays(np.uint8, st.tuples(st.integers(1, 4), st.just(3), st.just(32), st.just(32))),
    data=st.data(),
)
def test_batch_written_is_batch_read(pictures, data):
    labels = data.draw(arrays.arrays(np.uint8, len(pictures), elements=st.integers(0, 9)))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "test_batch"
        files.write_batch(path, "a title", pictures, labels)
        batch = pickle.loads(path.read_bytes(), encoding="latin1")
    assert np.array_equal(batch["data"].reshape(-1, 3, 32, 32), pictures)
    assert batch["labels"] == labels.tolist()
    assert len(set(batch["filenames"])) == len(labels)


@pytest.mark.parametrize(("kind", "shape"), [("clothes", (28, 28)), ("things", (3, 32, 32))])
def test_pictures_have_their_shape_and_labels_are_balanced(kind, shape):
    pictures, labels = DRAW[kind]("train", 260, masters=2)
    assert (pictures.shape, pictures.dtype) == ((260, *shape), np.uint8)
    assert np.bincount(labels).tolist() == [26] * 10
    assert len({picture.tobytes() for picture in pictures}) == 260


@pytest.mark.parametrize("kind", DRAW)
def test_same_pictures_every_time_and_with_any_number_of_cores(kind, monkeypatch):
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    first = checksum(*DRAW[kind]("train", 520, masters=2))
    threads = torch.get_num_threads()
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    np.random.seed(3)
    torch.manual_seed(3)
    assert checksum(*DRAW[kind]("train", 520, masters=2)) == first
    assert torch.get_num_threads() == threads


@pytest.mark.parametrize(("classes", "roles"), [(fabric.CLASSES, 4), (scene.CLASSES, 5)])
def test_test_pictures_have_masters_of_their_own(classes, roles):
    train, test = (draw_masters(classes, roles, 3, (0, split)) for split in (0, 1))
    distances = torch.cdist(train.flatten(1), test.flatten(1))
    assert distances.min() > 1


@pytest.mark.parametrize(("classes", "roles"), [(fabric.CLASSES, 4), (scene.CLASSES, 5)])
def test_masters_fill_a_fair_part_of_the_sheet(classes, roles):
    masters = draw_masters(classes, roles, 10, (7,))
    shares = masters[:, :roles]
    assert torch.isfinite(masters).all()
    assert (shares.sum(dim=1) <= 1 + 1e-6).all()
    filled = shares.sum(dim=1).mean(dim=(1, 2))
    assert filled.min() > 0.04
    assert filled.max() < 0.85


def test_classes_are_in_the_order_of_the_originals():
    names = [draw.__name__ for draw in fabric.CLASSES]
    official = [name.lower().split("/")[0] for name in datasets.FashionMNIST.classes]
    assert names == [name.replace("-", "_").replace(" ", "_") for name in official]
    things = "airplane automobile bird cat deer dog frog horse ship truck"
    assert [draw.__name__ for draw in scene.CLASSES] == things.split()


@pytest.mark.parametrize("count", [0, -10, 15])
def test_count_that_can_not_be_balanced_is_refused(count):
    with pytest.raises(ValueError, match=f"count: expected a positive multiple of 10, got {count}"):
        standin.draw_clothes("test", count, masters=1)


def test_smooth_curve_passes_through_its_points():
    points = [(0.0, -0.5), (0.5, 0.0), (0.1, 0.6), (-0.5, 0.2)]
    curve = smooth(points)
    assert all(min(np.hypot(x - a, y - b) for a, b in curve) < 1e-12 for x, y in points)


def test_later_shapes_cover_earlier_ones():
    sheet = Sheet(np.random.default_rng(0))
    sheet.ellipse(0, 0, 0.5, 0.5, 1)
    sheet.ellipse(0, 0, 0.2, 0.2, 2)
    pixels = sheet.pixels()
    middle = len(pixels) // 2
    assert pixels[middle, middle] == 2
    assert pixels[middle, middle + int(0.35 * middle)] == 1
    assert pixels[0, 0] == 0


def test_new_code_means_a_new_checksum(tmp_path, monkeypatch):
    before = standin.code_checksum()
    for path in Path(standin.__file__).parent.glob("*.py"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    monkeypatch.setattr(standin, "__file__", str(tmp_path / "__init__.py"))
    assert standin.code_checksum() == before
    (tmp_path / "fabric.py").write_text("# other code\n")
    assert standin.code_checksum() != before


def drawn(kind: str, split: str, count: int) -> tuple[torch.Tensor, torch.Tensor]:
    pictures, labels = DRAW[kind](split, count, masters=25)
    X = torch.from_numpy(pictures).float().reshape(count, -1, *pictures.shape[-2:]) / 255
    return X - 0.5, torch.from_numpy(labels).long()


def trained(model: nn.Module, X: torch.Tensor, y: torch.Tensor, epochs: int) -> nn.Module:
    torch.manual_seed(0)
    optimizer = torch.optim.Adam(model.parameters())
    steps = epochs * math.ceil(len(X) / 64)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 5e-3, total_steps=steps)
    for chosen in (part for _ in range(epochs) for part in torch.randperm(len(X)).split(64)):
        loss = nn.functional.cross_entropy(model(X[chosen]), y[chosen])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
    return model.eval()


def convolutions(channels: int, side: int) -> nn.Module:
    return nn.Sequential(
        *(nn.Conv2d(channels, 16, 3, padding=1), nn.BatchNorm2d(16), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Conv2d(16, 32, 3, padding=1), nn.BatchNorm2d(32), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Flatten(), nn.Linear(32 * (side // 4) ** 2, 10)),
    )


@pytest.mark.parametrize(("kind", "channels", "side"), [("clothes", 1, 28), ("things", 3, 32)])
def test_a_line_through_the_pixels_is_not_enough(kind, channels, side):
    (X, y), (X_test, y_test) = drawn(kind, "train", 2000), drawn(kind, "test", 500)
    torch.manual_seed(0)
    models = nn.Sequential(nn.Flatten(), nn.Linear(channels * side**2, 10)), convolutions(channels, side)
    answers = [trained(model, X, y, 4)(X_test).argmax(1) for model in models]
    low, high = ((answer == y_test).float().mean().item() for answer in answers)
    print(f"{kind}: linear {low:.3f}, convolutions {high:.3f}")
    assert low < 0.85
    assert high > low + 0.06
