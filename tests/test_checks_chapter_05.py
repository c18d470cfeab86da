"""Chapter 5's checks: the reference answers pass, and each usual wrong answer gets its own diagnosis."""

import torch
from exercise_cases import ExerciseCases
from torch.nn.functional import pad
from torch.utils.data import Dataset

from helpers.checks import chapter_05


def class_numbers(labels):
    return {name: number for number, name in enumerate(sorted(set(labels)))}


class _Only(Dataset):
    def __init__(self, dataset, label):
        self.dataset = dataset
        self.indices = [i for i in range(len(dataset)) if dataset[i][1] == label]

    def __len__(self):
        return len(self.indices)

    def __getitem__(self, index):
        return self.dataset[self.indices[index]]


class _Stub(Dataset):
    def __init__(self, dataset, label):
        self.dataset = dataset
        self.indices = ...

    def __len__(self):
        return ...


class _LengthOfAll(_Only):
    def __len__(self):
        return len(self.dataset)


class _IndexOfAll(_Only):
    def __getitem__(self, index):
        return self.dataset[index]


class _PictureAlone(_Only):
    def __getitem__(self, index):
        return super().__getitem__(index)[0]


class _TheIndex(_Only):
    def __getitem__(self, index):
        return self.indices[index]


class _OtherLabel(_Only):
    def __init__(self, dataset, label):
        super().__init__(dataset, label)
        self.indices = [i for i in range(len(dataset)) if dataset[i][1] != label]


class _Backwards(_Only):
    def __getitem__(self, index):
        return super().__getitem__(len(self) - 1 - index)


class _NoLength(_Only):
    __len__ = None


def padded(samples, *, left=False, value=0.0):
    images, labels = zip(*samples, strict=True)
    height, width = (max(image.shape[axis] for image in images) for axis in (1, 2))
    rows = []
    for image in images:
        down, right = height - image.shape[1], width - image.shape[2]
        rows.append(pad(image, (right, 0, down, 0) if left else (0, right, 0, down), value=value))
    return torch.stack(rows), torch.tensor(labels)


def cropped(samples):
    images, labels = zip(*samples, strict=True)
    height, width = (min(image.shape[axis] for image in images) for axis in (1, 2))
    return torch.stack([image[:, :height, :width] for image in images]), torch.tensor(labels)


def stacked(samples):
    return torch.stack([image for image, _ in samples]), torch.tensor([label for _, label in samples])


def weights(targets):
    return 1 / targets.bincount()[targets]


RIGHT = {
    "batch_counts": [(23, 29)],
    "class_numbers": [class_numbers],
    "only": [_Only],
    "pad_batch": [padded],
    "sample_weights": [weights],
}

WRONG = {
    "batch_counts": [
        ((22, 64), "leave some pictures over"),
        ((23, 64), "there would be more than 1,437"),
        ((22, 29), "is it counted?"),
        ((29, 23), "the two are swapped"),
        ((23, 30), "all batches together would hold 1,438"),
        ((23, 0), "at least one picture"),
        (23, "two numbers are expected"),
        ((22.45, 64), "not a whole number"),
    ],
    "class_numbers": [
        (lambda labels: {name: i for i, name in enumerate(dict.fromkeys(labels))}, "neither the alphabet"),
        (lambda labels: {name: i for i, name in enumerate(sorted(set(labels)), 1)}, "start at 1"),
        (lambda labels: {name: i for i, name in enumerate(sorted(labels))}, "the numbers"),
        (lambda labels: dict(enumerate(sorted(set(labels)))), "turned around"),
        (lambda labels: [sorted(set(labels)).index(label) for label in labels], "a dict is expected"),
        (lambda labels: dict.fromkeys(labels, 0), "two classes share a number"),
        (lambda labels: {"cat": 0}, "not the classes that occur"),
        (lambda labels: {name: -i for i, name in enumerate(sorted(set(labels)))}, "leave gaps"),
    ],
    "only": [
        (_LengthOfAll, "nothing is left out"),
        (_IndexOfAll, "sample i of the whole set"),
        (_PictureAlone, "one of them is lost"),
        (_TheIndex, "the index comes back"),
        (_OtherLabel, "not as many as have the label"),
        (_Backwards, "other samples come"),
        (_NoLength, "raises TypeError"),
        (lambda dataset, label: None, "is a return missing?"),
    ],
    "pad_batch": [
        (stacked, "raises RuntimeError"),
        (cropped, "cut to the smallest"),
        (lambda samples: padded(samples, left=True), "at the left or above"),
        (lambda samples: padded(samples, value=1.0), "is not 0"),
        (lambda samples: (padded(samples)[0], [label for _, label in samples]), "a tensor is expected"),
        (lambda samples: ([image for image, _ in samples], padded(samples)[1]), "one tensor is expected"),
        (lambda samples: padded(samples)[0], "a pair is expected"),
        (lambda samples: (2 * padded(samples)[0], padded(samples)[1]), "picture 0 have changed"),
        (lambda samples: (padded(samples)[0], padded(samples)[1] + 1), "not those of the samples"),
        (lambda samples: (padded(samples)[0][:, :1, :, :9].flatten(1), padded(samples)[1]), "shape"),
    ],
    "sample_weights": [
        (lambda targets: 1 / targets.bincount(), "a weight for each class"),
        (lambda targets: targets.bincount()[targets].float(), "the other way round"),
        (lambda targets: torch.ones(len(targets)), "frequent classes stay frequent"),
        (lambda targets: 1 / targets.bincount()[targets] ** 2, "do not add up to the same"),
        (lambda targets: 1.0 * (targets == targets[0]), "must be positive"),
        (lambda targets: weights(targets).tolist(), "a tensor is expected"),
        (lambda targets: weights(targets)[:-1], "the weights have shape"),
    ],
}  # fmt: skip


class TestChapter05(
    ExerciseCases,
    chapter=chapter_05,
    right=RIGHT,
    wrong=WRONG,
    secrets={"batch_counts": ["23", "29"]},
    stubs={"only": [_Stub]},
):
    """The answers above, judged by the chapter's checks."""
