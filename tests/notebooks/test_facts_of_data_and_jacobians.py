"""What chapters 4 to 6 say of torch and torchvision in passing, without a cell that shows it."""

import copy
import pickle
import time

import pytest
import torch
from PIL import Image
from torch import nn
from torch.func import functional_call, grad, vmap
from torch.utils.data import DataLoader, Dataset, IterableDataset, WeightedRandomSampler, random_split
from torchvision import tv_tensors
from torchvision.transforms import v2

# ---------------------------------------------------------------- chapter 4


def test_vmap_calls_a_function_once_or_once_a_chunk():
    calls = []

    def doubled(x):
        calls.append(x)
        return 2 * x

    vmap(doubled)(torch.ones(6, 3))
    assert len(calls) == 1
    vmap(doubled, chunk_size=2)(torch.ones(6, 3))
    assert len(calls) == 1 + 3


def test_batch_norm_has_a_gradient_for_each_sample_in_evaluation_mode_alone():
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4), nn.Linear(4, 1))
    parameters, X = dict(model.named_parameters()), torch.randn(5, 3)

    def loss(parameters, x):
        return functional_call(model, parameters, (x[None],)).sum()

    model.eval()
    each = vmap(grad(loss), in_dims=(None, 0))(parameters, X)
    for index, x in enumerate(X):
        one = grad(loss)(parameters, x)
        assert all(torch.allclose(each[name][index], one[name], atol=1e-6) for name in one)
    model.train()
    with pytest.raises(RuntimeError):
        vmap(grad(loss), in_dims=(None, 0))(parameters, X)


def test_vmap_refuses_dropout_until_randomness_is_said():
    with pytest.raises(RuntimeError):
        vmap(nn.functional.dropout)(torch.ones(2, 8))
    assert vmap(nn.Dropout().eval())(torch.ones(2, 8)).shape == (2, 8)


# ---------------------------------------------------------------- chapter 5


def test_an_iterable_data_set_has_neither_method():
    class Stream(IterableDataset):
        def __iter__(self):
            return iter(range(4))

    assert not hasattr(Stream, "__len__")
    assert [batch.tolist() for batch in DataLoader(Stream(), batch_size=2)] == [[0, 1], [2, 3]]


def test_a_sampler_is_looped_over_anew_in_each_epoch():
    from_list, from_generator = (
        DataLoader(range(4), 2, sampler=order) for order in ([3, 1], (i for i in [3, 1]))
    )
    assert [len(list(from_list)) for _ in range(2)] == [1, 1]
    assert [len(list(from_generator)) for _ in range(2)] == [1, 0]


def test_a_weighted_sampler_can_draw_without_replacement():
    assert sorted(WeightedRandomSampler([1.0, 2.0, 3.0], 3, replacement=False)) == [0, 1, 2]


def test_a_split_without_a_generator_draws_from_the_global_stream():
    parts = []
    for _ in range(2):
        torch.manual_seed(0)
        parts.append(random_split(range(16), [12, 4])[0].indices)
    assert parts[0] == parts[1]
    assert random_split(range(16), [12, 4])[0].indices != parts[0]


class FirstIsSlow(Dataset):
    """Four numbers, of which number 0 takes its time."""

    def __len__(self):
        return 4

    def __getitem__(self, index):
        time.sleep(1.0 if index == 0 else 0.0)
        return index


@pytest.mark.parametrize("in_order", [True, False])
def test_workers_keep_the_order_unless_they_need_not(in_order):
    found = [batch.item() for batch in DataLoader(FirstIsSlow(), 1, num_workers=2, in_order=in_order)]
    assert (found == [0, 1, 2, 3]) is in_order
    assert sorted(found) == [0, 1, 2, 3]


# ---------------------------------------------------------------- chapter 6


def test_scatter_adds_if_it_is_told_to():
    fives = torch.full((4,), 5.0)
    assert fives.scatter(0, torch.tensor([2]), 1.0, reduce="add").tolist() == [5, 5, 6, 5]


def test_with_weights_the_two_losses_are_divided_by_different_numbers():
    torch.manual_seed(0)
    logits, y, weight = torch.randn(3, 3), torch.tensor([0, 1, 2]), torch.tensor([1.0, 2.0, 3.0])
    by_number, by_row = (
        nn.functional.cross_entropy(logits, target, weight=weight)
        for target in (y, nn.functional.one_hot(y).float())
    )
    assert torch.isclose(by_number * weight[y].sum(), by_row * len(y))
    assert not torch.isclose(by_number, by_row)


def test_the_mean_of_the_means_is_the_mean_of_pictures_of_one_size():
    small, large = torch.zeros(2, 2), torch.ones(4, 4)
    assert (
        torch.stack([small.mean(), large.mean()]).mean()
        != torch.cat([small.flatten(), large.flatten()]).mean()
    )
    assert torch.stack([small.mean(), large[:2, :2].mean()]).mean() == 0.5


def test_a_batch_gets_one_coin():
    torch.manual_seed(0)
    batch, coin = torch.rand(8, 3, 4, 4), v2.RandomHorizontalFlip(p=0.5)
    turned = [(coin(batch) != batch).flatten(1).any(dim=1) for _ in range(20)]
    assert all(one.all() or not one.any() for one in turned)
    assert any(one.all() for one in turned)
    assert not all(one.all() for one in turned)


def test_to_image_leaves_the_axes_of_a_tensor():
    assert v2.ToImage()(torch.zeros(4, 5, 3)).shape == (4, 5, 3)
    assert v2.ToImage()(Image.new("RGB", (5, 4))).shape == (3, 4, 5)


def test_v2_takes_any_nesting():
    image = tv_tensors.Image(torch.arange(24, dtype=torch.uint8).reshape(1, 4, 6))
    boxes = tv_tensors.BoundingBoxes([[0, 0, 2, 2]], format="XYXY", canvas_size=(4, 6))
    flipped = v2.RandomHorizontalFlip(p=1.0)({"all": [image, (boxes, {"mask": tv_tensors.Mask(image)})]})
    turned, (moved, rest) = flipped["all"]
    assert torch.equal(turned, image.flip(-1))
    assert torch.equal(rest["mask"], image.flip(-1))
    assert moved.tolist() == [[4, 0, 6, 2]]


BOXES = tv_tensors.BoundingBoxes([[63, 47, 252, 240]], format="XYXY", canvas_size=(240, 320))
KEEP = {
    "to": lambda boxes: boxes.to(torch.float32),
    "clone": lambda boxes: boxes.clone(),
    "detach": lambda boxes: boxes.detach(),
    "deepcopy": copy.deepcopy,
    "pickle": lambda boxes: pickle.loads(pickle.dumps(boxes)),
    "wrap": lambda boxes: tv_tensors.wrap(boxes + 0, like=boxes),
}
LOSE = {
    "float": lambda boxes: boxes.float(),
    "add": lambda boxes: boxes + 0,
    "slice": lambda boxes: boxes[:1],
    "cat": lambda boxes: torch.cat([boxes, boxes]),
    "stack": lambda boxes: torch.stack([boxes]),
    "clamp": lambda boxes: boxes.clamp(min=0),
    "in place": lambda boxes: boxes.clone().add_(1),
    "batch": lambda boxes: next(iter(DataLoader([boxes]))),
}


@pytest.mark.parametrize("way", KEEP)
def test_what_keeps_the_kind_of_a_box(way):
    assert isinstance(KEEP[way](BOXES), tv_tensors.BoundingBoxes)


@pytest.mark.parametrize("way", LOSE)
def test_what_loses_the_kind_of_a_box(way):
    assert type(LOSE[way](BOXES)) is torch.Tensor
