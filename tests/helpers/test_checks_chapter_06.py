"""Chapter 6's checks: the reference answers pass, and each usual wrong answer gets its own diagnosis."""

import numpy as np
import torch
from exercise_cases import ExerciseCases
from torch.nn.functional import one_hot
from torchvision import tv_tensors
from torchvision.transforms import v2

from helpers.checks import chapter_06


def to_tensor(array):
    return torch.from_numpy(array).permute(2, 0, 1).float() / 255


def statistics(images):
    X = images / 255
    return X.mean(dim=(0, 2, 3)), X.std(dim=(0, 2, 3))


def wide(numbers):
    return numbers[:, None, None]


def restore(x, mean, std):
    return x * wide(std) + wide(mean)


def flip(boxes, height):
    left, top, right, bottom = boxes.unbind(1)
    return torch.stack([left, height - bottom, right, height - top], dim=1)


def flip_in_place(boxes, height):
    boxes[:, [1, 3]] = height - boxes[:, [3, 1]]
    return boxes


def edges(of):
    return lambda boxes, height: torch.stack(of(*boxes.unbind(1), height), dim=1)


def mixup(X, y, order, lam, num_classes):
    rows = one_hot(y, num_classes).float()
    return lam * X + (1 - lam) * X[order], lam * rows + (1 - lam) * rows[order]


def mixed(pictures=None, labels=None):
    """Replace one half of the right answer."""

    def answer(X, y, order, lam, num_classes):
        right = mixup(X, y, order, lam, num_classes)
        rows = one_hot(y, num_classes).float()
        return (
            pictures(X, order, lam) if pictures else right[0],
            labels(rows, order, lam, y) if labels else right[1],
        )

    return answer


def to_tensor_in_place(array):
    tensor = torch.tensor(array, dtype=torch.float32).movedim(-1, 0)
    tensor /= 255
    return tensor


def to_tensor_by_channels(array):
    channels = [torch.as_tensor(array[:, :, channel].astype(np.float32)) for channel in range(3)]
    return torch.stack(channels).mul(1 / 255)


def statistics_by_channels(images):
    channels = [images[:, channel].float().div(255) for channel in range(3)]
    return [torch.stack([x.mean() for x in channels]), torch.stack([x.std() for x in channels])]


def statistics_by_sums(images):
    X = images.double() / 255
    means = X.mean((0, 2, 3), keepdim=True)
    return means, (X.square().mean((0, 2, 3), keepdim=True) - means.square()).sqrt()


def statistics_by_numpy(images):
    X = images.numpy() / 255
    return X.mean(axis=(0, 2, 3)), X.std(axis=(0, 2, 3))


def statistics_at_once(images):
    flat = images.transpose(0, 1).flatten(1) / 255
    return torch.stack(torch.std_mean(flat, dim=1)[::-1])


def restore_in_place(x, mean, std):
    for channel in range(3):
        x[channel] *= std[channel]
        x[channel] += mean[channel]
    return x


def restore_by_normalize(x, mean, std):
    return v2.Normalize((-mean / std).tolist(), (1 / std).tolist())(x)


def flip_a_copy(boxes, height):
    found = boxes.clone()
    found[:, 1], found[:, 3] = height - boxes[:, 3], height - boxes[:, 1]
    return found


def flip_by_library(boxes, height):
    known = tv_tensors.BoundingBoxes(boxes, format="XYXY", canvas_size=(height, 200))
    return v2.functional.vertical_flip(known)


def flip_overwritten(boxes, height):
    found = boxes.clone()
    found[:, 1] = height - found[:, 3]
    found[:, 3] = height - found[:, 1]
    return found


def mixup_by_lerp(X, y, order, lam, num_classes):
    rows = torch.eye(num_classes)[y]
    return [torch.lerp(X[order], X, lam), torch.lerp(rows[order], rows, lam)]


def mixup_in_a_loop(X, y, order, lam, num_classes):
    pictures, labels = torch.empty_like(X), torch.zeros(len(y), num_classes, dtype=torch.float64)
    for i, partner in enumerate(order.tolist()):
        pictures[i] = lam * X[i] + (1 - lam) * X[partner]
        labels[i, y[i]] += lam
        labels[i, y[partner]] += 1 - lam
    return pictures, labels


def mixup_by_scatter(X, y, order, lam, num_classes):
    rows = X.new_zeros(len(y), num_classes).scatter_(1, y[:, None], 1.0)
    partners, others = X.index_select(0, order), rows.index_select(0, order)
    return X.mul_(lam).add_(partners, alpha=1 - lam), rows.mul_(lam).add_(others, alpha=1 - lam)


def mixup_after_writing(X, y, order, lam, num_classes):
    labels = mixup(X, y, order, lam, num_classes)[1]
    X *= lam
    X += (1 - lam) * X[order]
    return X, labels


def mixup_guessing_classes(X, y, order, lam, num_classes):
    rows = one_hot(y).float()
    return lam * X + (1 - lam) * X[order], lam * rows + (1 - lam) * rows[order]


RIGHT = {
    "shape_after": [
        (3, 90, 120),
        [3, 90, 120],
        torch.Size([3, 90, 120]),
        torch.tensor([3, 90, 120]),
        np.array([3, 90, 120]),
        (np.int64(3), 90.0, torch.tensor(120)),
        v2.CenterCrop((90, 120))(torch.zeros(3, 100, 150)).shape,
    ],
    "to_tensor": [
        to_tensor,
        to_tensor_in_place,
        to_tensor_by_channels,
        lambda a: torch.from_numpy(np.ascontiguousarray(a.transpose(2, 0, 1))).float().div_(255),
        lambda a: torch.from_numpy(np.moveaxis(a / 255, 2, 0)).to(torch.float32),
        lambda a: torch.tensor(a.tolist(), dtype=torch.float).swapaxes(1, 2).swapaxes(0, 1) / 255.0,
        lambda a: torch.einsum("hwc->chw", torch.as_tensor(np.float32(a))) / 255,
    ],
    "statistics": [
        statistics,
        statistics_by_channels,
        statistics_by_sums,
        statistics_by_numpy,
        statistics_at_once,
        lambda images: tuple(part.tolist() for part in statistics(images)),
        lambda images: ((images / 255).mean((0, 2, 3)), (images / 255).std((0, 2, 3), correction=0)),
    ],
    "restore": [
        restore,
        restore_in_place,
        restore_by_normalize,
        lambda x, m, s: torch.addcmul(m.view(-1, 1, 1), x, s.view(-1, 1, 1)),
        lambda x, m, s: (x.permute(1, 2, 0) * s + m).permute(2, 0, 1),
        lambda x, m, s: torch.stack([x[c] * s[c] + m[c] for c in range(3)]).clamp(0, 1),
        lambda x, m, s: (x.double() * s.reshape(3, 1, 1) + m.reshape(3, 1, 1)),
    ],
    "flip_upside_down": [
        flip,
        flip_a_copy,
        flip_by_library,
        lambda boxes, height: boxes[:, [0, 3, 2, 1]] * torch.tensor([1, -1, 1, -1])
        + torch.tensor([0, height, 0, height]),
        lambda boxes, height: torch.tensor([[a, height - d, c, height - b] for a, b, c, d in boxes.tolist()]),
        lambda boxes, height: torch.column_stack(
            (boxes[:, 0], height - boxes[:, 3], boxes[:, 2], height - boxes[:, 1])),
    ],
    "mixup": [
        mixup,
        mixup_by_lerp,
        mixup_in_a_loop,
        mixup_by_scatter,
    ],
}  # fmt: skip

WRONG = {
    "shape_after": [
        ((90, 120), "a size without channels"),
        ((90, 120, 3), "the channels come last"),
        ((1, 90, 120), "three channels"),
        ((3, 200, 300), "before Resize"),
        ((3, 100, 150), "CenterCrop is still to come"),
        ((3, 100, 100), "keeps the proportions"),
        ((3, 120, 90), "width and height are swapped"),
        ((3, 90, 100), "asked for"),
        (120, "an int; a shape is expected"),
        ((3, 90, 120, 1), "three axes"),
        ((90, 3, 120), "three channels"),
        ((3, 67, 120), "asked for"),
        ((3, 150, 100), "CenterCrop is still to come"),
        (torch.zeros(3, 90, 120), "a shape is expected"),
        ("(3, 90, 120)", "a str; a shape is expected"),
        ((3, 90.5, 120), "not a whole number"),
        ((1, 3, 90, 120), "three axes"),
    ],
    "to_tensor": [
        (lambda a: torch.from_numpy(a) / 255, "channels last"),
        (lambda a: torch.from_numpy(a).permute(2, 1, 0) / 255, "rows and columns are swapped"),
        (lambda a: torch.from_numpy(a).permute(2, 0, 1).double() / 255, "float64"),
        (lambda a: torch.from_numpy(a).permute(2, 0, 1), "torch.uint8"),
        (lambda a: torch.from_numpy(a).permute(2, 0, 1).float(), "still go up to 255"),
        (lambda a: torch.from_numpy(a).permute(2, 0, 1) / 256, "not 256"),
        (lambda a: torch.from_numpy(a).reshape(3, *a.shape[:2]) / 255, "reshape moves no axes"),
        (
            lambda a: torch.from_numpy(a).permute(*([2, 1, 0] if a.shape[0] == 5 else [2, 0, 1])) / 255,
            "lies on its side",
        ),
        (lambda a: (torch.from_numpy(a).permute(2, 0, 1) / 255).mean(0), "not channels, rows, columns"),
        (lambda a: torch.from_numpy(a).permute(2, 0, 1) / 255 - 0.5, "other values"),
        (lambda a: a.transpose(2, 0, 1) / 255, "a tensor is expected"),
        (lambda a: to_tensor(a).half(), "torch.float16"),
        (lambda a: to_tensor(a).flip(0), "the channels stand in the reverse order"),
        (lambda a: to_tensor(a) * 2 - 1, "from −1 to 1"),
        (lambda a: torch.from_numpy(a // 255).permute(2, 0, 1).float(), "fractions are lost"),
        (lambda a: to_tensor(a)[None], "not channels, rows, columns"),
        (
            lambda a: torch.from_numpy(a).permute(2, 0, 1).float() / a.max(axis=(0, 1))[:, None, None],
            "other values",
        ),
    ],
    "statistics": [
        (lambda x: ((x / 255).mean(), (x / 255).std()), "each of the three channels has its own"),
        (lambda x: (x.float().mean((0, 2, 3)), x.float().std((0, 2, 3))), "those of bytes"),
        (lambda x: statistics(x)[::-1], "swapped"),
        (lambda x: (statistics(x)[0], (x / 255).std((2, 3)).mean(0)), "misses how pictures differ"),
        (lambda x: (statistics(x)[0], (x / 255).var((0, 2, 3))), "the root is missing"),
        (lambda x: (statistics(x)[0], 2 * statistics(x)[1]), "deviations are not those"),
        (lambda x: ((x / 255).amax((0, 2, 3)), statistics(x)[1]), "means are not those"),
        (lambda x: ((x / 255).mean((2, 3)), statistics(x)[1]), "three numbers are expected"),
        (lambda x: statistics(x)[0], "two tensors are expected"),
        (lambda x: (x.mean((0, 2, 3)), x.std((0, 2, 3))), "the function raises"),
        (lambda x: ((x / 255).mean((0, 1, 2)), (x / 255).std((0, 1, 2))), "three numbers are expected"),
        (lambda x: (statistics(x)[0], x.float().std((0, 2, 3))), "deviations are those of bytes"),
        (lambda x: (statistics(x)[0], (x / 255).mean((2, 3)).std(0)), "differ between the pictures"),
        (lambda x: {"mean": statistics(x)[0], "std": statistics(x)[1]}, "two tensors are expected"),
        (lambda x: (*statistics(x), 1), "two tensors are expected"),
        (lambda x: ("0.5", "0.5"), "a str, not a tensor"),
    ],
    "restore": [
        (lambda x, m, s: (x - wide(m)) / wide(s), "normalised once more"),
        (lambda x, m, s: (x + wide(m)) * wide(s), "the last step is undone first"),
        (lambda x, m, s: x * wide(s) - wide(m), "the wrong sign"),
        (lambda x, m, s: x / wide(s) + wide(m), "multiply"),
        (lambda x, m, s: x * wide(s), "the mean is still missing"),
        (lambda x, m, s: x + wide(m), "the deviation is still missing"),
        (lambda x, m, s: x * s + m, "raises RuntimeError"),
        (
            lambda x, m, s: x * s + m if x.shape[2] == 3 else restore(x, m, s),
            "beside the columns, not the channels",
        ),
        (lambda x, m, s: torch.zeros_like(x), "another one than before"),
        (lambda x, m, s: (x - wide(m)) * wide(s), "the wrong sign"),
        (lambda x, m, s: 255 * restore(x, m, s), "up to 255"),
        (lambda x, m, s: x * s.mean() + m.mean(), "each channel has its own"),
        (lambda x, m, s: x * s[0] + m[0], "each channel has its own"),
        (lambda x, m, s: x, "still normalised"),
        (lambda x, m, s: restore(x, m, s).permute(1, 2, 0), "has shape"),
        (lambda x, m, s: restore(x, m, s).numpy(), "a NumPy array; a torch.Tensor is expected"),
    ],
    "flip_upside_down": [
        (lambda boxes, height: boxes.clone(), "where they were"),
        (edges(lambda left, top, right, low, h: (left, h - top, right, h - low)), "the two change places"),
        (
            edges(lambda left, top, right, low, h: (h - right, top, h - left, low)),
            "left and right are mirrored",
        ),
        (lambda boxes, height: flip(boxes, height - 1), "one pixel off"),
        (lambda boxes, height: boxes[:, [0, 3, 2, 1]], "are not mirrored"),
        (edges(lambda left, top, right, low, h: (h - right, h - low, h - left, h - top)), "both directions"),
        (flip_in_place, "work on a copy"),
        (lambda boxes, height: boxes * 2, "lies elsewhere"),
        (lambda boxes, height: boxes[:, [0, 3, 2, 1]] * 2, "bottom is above its top"),
        (lambda boxes, height: boxes[0], "has shape (4,)"),
        (flip_overwritten, "already overwritten"),
        (lambda boxes, height: flip(boxes, height).tolist(), "a list; a torch.Tensor is expected"),
        (lambda boxes, height: height - boxes, "both directions"),
        (lambda boxes, height: flip(boxes, 100), "lies elsewhere"),
        (lambda boxes, height: flip(boxes, height)[:, [0, 1, 2]], "has shape (3, 3)"),
    ],
    "mixup": [
        (mixed(pictures=lambda X, order, lam: X), "the pictures are not mixed"),
        (mixed(pictures=lambda X, order, lam: (1 - lam) * X + lam * X[order]), "the shares are swapped"),
        (mixed(pictures=lambda X, order, lam: X + X[order]), "twice as bright"),
        (mixed(pictures=lambda X, order, lam: lam * X + (1 - lam) * X.roll(1, 0)), "others than order says"),
        (mixed(pictures=lambda X, order, lam: X[order]), "not the weighted sum"),
        (mixed(labels=lambda rows, order, lam, y: rows), "and the labels are not"),
        (
            mixed(labels=lambda rows, order, lam, y: (1 - lam) * rows + lam * rows[order]),
            "the other way round",
        ),
        (mixed(labels=lambda rows, order, lam, y: lam * y + (1 - lam) * y[order]), "is not class 1"),
        (mixed(labels=lambda rows, order, lam, y: rows + rows[order]), "do not add up to 1"),
        (
            mixed(labels=lambda rows, order, lam, y: lam * rows + (1 - lam) * rows.flip(0)),
            "others than the pictures",
        ),
        (lambda X, y, order, lam, num_classes: X, "two tensors are expected"),
        (mixup_after_writing, "already overwritten"),
        (mixup_guessing_classes, "num_classes"),
        (lambda *given: mixup(*given)[::-1], "the pictures come first"),
        (lambda *given: (mixup(*given)[0], mixup(*given)[1].tolist()), "a list, not a tensor"),
        (lambda *given: (*mixup(*given), given[3]), "two tensors are expected"),
        (mixed(labels=lambda rows, order, lam, y: (rows, rows[order])), "a tuple, not a tensor"),
        (mixed(labels=lambda rows, order, lam, y: lam * rows), "do not add up to 1"),
    ],
}


class TestChapter06(
    ExerciseCases, chapter=chapter_06, right=RIGHT, wrong=WRONG, secrets={"shape_after": ["3, 90, 120"]}
):
    """The answers above, judged by the chapter's checks."""
