"""Chapter 6's checks: the reference answers pass, and each usual wrong answer gets its own diagnosis."""

import torch
from exercise_cases import ExerciseCases
from torch.nn.functional import one_hot

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


RIGHT = {
    "shape_after": [(3, 90, 120)],
    "to_tensor": [to_tensor],
    "statistics": [statistics],
    "restore": [restore],
    "flip_upside_down": [flip],
    "mixup": [mixup],
}

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
        (lambda x: (x.mean((0, 2, 3)), x.std((0, 2, 3))), "raises NotImplementedError"),
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
    ],
}


class TestChapter06(
    ExerciseCases, chapter=chapter_06, right=RIGHT, wrong=WRONG, secrets={"shape_after": ["3, 90, 120"]}
):
    """The answers above, judged by the chapter's checks."""
