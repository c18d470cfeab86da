"""Crops and mirror images: what is cut out is in the picture, and each picture has a crop of its own."""

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.nn.functional import pad
from torchvision.transforms import v2

from helpers.augmentation import CropAndFlip


def numbered(count: int, height: int, width: int) -> torch.Tensor:
    """Pictures whose every pixel has a number of its own."""
    return torch.arange(count * 3 * height * width).reshape(count, 3, height, width)


@given(st.integers(0, 5), st.integers(6, 12), st.integers(6, 12))
def test_the_whole_padded_picture_is_what_torch_pads(padding, height, width):
    pictures = numbered(2, height, height).float()
    cut = CropAndFlip(height + 2 * padding, padding=padding, flip=False)(pictures)
    assert torch.equal(cut, pad(pictures, (padding,) * 4, mode="reflect"))


def windows(picture: torch.Tensor, size: int) -> set[tuple]:
    """All windows of a padded picture, and their mirror images."""
    rows, columns = (length - size + 1 for length in picture.shape[1:])
    cuts = [picture[:, r : r + size, c : c + size] for r in range(rows) for c in range(columns)]
    return {tuple(cut.flatten().tolist()) for one in cuts for cut in (one, one.flip(2))}


def test_each_crop_is_a_window_of_its_own_picture():
    pictures = numbered(40, 6, 7)
    padded = pad(pictures.float(), (1,) * 4, mode="reflect").long()
    torch.manual_seed(0)
    for cut, picture in zip(CropAndFlip(5, padding=1)(pictures), padded, strict=True):
        assert tuple(cut.flatten().tolist()) in windows(picture, 5)


def test_every_place_is_as_likely_as_any_other_and_half_are_mirrored():
    picture = torch.arange(9.0).reshape(1, 1, 3, 3).expand(9000, 1, 3, 3)
    torch.manual_seed(0)
    corners = CropAndFlip(2, padding=0, flip=False)(picture)[:, 0, 0, 0]
    assert sorted(set(corners.tolist())) == [0, 1, 3, 4]
    assert all(abs((corners == place).float().mean() - 0.25) < 0.02 for place in (0, 1, 3, 4))
    mirrored = CropAndFlip(3, padding=0)(picture)[:, 0, 0, 0] == 2
    assert abs(mirrored.float().mean() - 0.5) < 0.02


def test_pictures_of_a_batch_have_crops_of_their_own_where_torchvision_has_one_for_all():
    pictures = numbered(1, 32, 32).expand(50, 3, 32, 32)
    torch.manual_seed(0)
    assert len(CropAndFlip(32, flip=False)(pictures).flatten(1).unique(dim=0)) > 30
    assert len(v2.RandomCrop(32, padding=4)(pictures).flatten(1).unique(dim=0)) == 1


def test_bytes_stay_bytes_and_labels_pass_through():
    pictures, labels = torch.randint(256, (4, 3, 8, 8), dtype=torch.uint8), torch.arange(4)
    cut, same = CropAndFlip(8)(pictures, labels)
    assert cut.dtype == torch.uint8
    assert torch.equal(same, labels)
    assert cut.is_contiguous(memory_format=torch.channels_last)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"size": 0}, "size must be a whole number, at least 1, got 0"),
        ({"size": 2.5}, "size must be a whole number"),
        ({"size": 8, "padding": -1}, "padding must be a whole number, at least 0, got -1"),
    ],
)
def test_bad_arguments_are_named(options, message):
    with pytest.raises(ValueError, match=message):
        CropAndFlip(**options)


@pytest.mark.parametrize(
    ("shape", "message"),
    [((3, 8, 8), r"must be a batch \(N, C, H, W\), got shape \(3, 8, 8\)"), ((2, 3, 8, 8), "does not fit")],
)
def test_pictures_that_do_not_fit_are_named(shape, message):
    with pytest.raises(ValueError, match=message):
        CropAndFlip(20)(torch.zeros(shape))
