"""Chapter 5's checks: the reference answers pass, and each usual wrong answer gets its own diagnosis."""

from collections import Counter, OrderedDict

import numpy as np
import torch
from exercise_cases import ExerciseCases
from torch.nn.functional import pad
from torch.utils.data import Dataset, IterableDataset, Subset, WeightedRandomSampler

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


def numbers_by_unique(labels):
    return {name: number for number, name in enumerate(np.unique(labels))}


def numbers_in_place(labels):
    numbers = OrderedDict()
    labels.sort()
    for label in labels:
        numbers.setdefault(label, len(numbers))
    return numbers


def numbers_from_the_end(labels):
    return {name: number for number, name in enumerate(sorted(Counter(labels), reverse=True))}


class _OnlySubset(Subset):
    def __init__(self, dataset, label):
        super().__init__(dataset, [i for i, (_, y) in enumerate(dataset) if y == label])


class _OnlyKept(Dataset):
    def __init__(self, dataset, label):
        self.samples = []
        for index in range(len(dataset)):
            picture, number = dataset[index]
            if number == label:
                self.samples.append([picture, number])

    def __len__(self):
        return len(self.samples)

    def __getitem__(self, index):
        return self.samples[index]


class _OnlyMasked(Dataset):
    def __init__(self, dataset, label):
        self.whole = dataset
        labels = torch.tensor([number for _, number in dataset])
        self.places = torch.where(labels == label)[0]

    def __len__(self):
        return self.places.numel()

    def __getitem__(self, index):
        return self.whole[self.places[index]]


class _OnlyCounting(Dataset):
    """Keeps no list: walks to the sample each time."""

    def __init__(self, dataset, label):
        self.dataset, self.label = dataset, label

    def __len__(self):
        return sum(self.dataset[i][1] == self.label for i in range(len(self.dataset)))

    def __getitem__(self, index):
        return [sample for sample in self.dataset if sample[1] == self.label][index]


class _OnlyOne(_Only):
    """Never looks at the label it is given."""

    def __init__(self, dataset, label):
        super().__init__(dataset, 1)


class _OnlyStream(IterableDataset):
    def __init__(self, dataset, label):
        self.dataset, self.label = dataset, label

    def __iter__(self):
        return (sample for sample in self.dataset if sample[1] == self.label)


class _OnlySorted(_Only):
    def __init__(self, dataset, label):
        super().__init__(dataset, label)
        self.indices.reverse()


class _NewLabel(_Only):
    def __getitem__(self, index):
        return super().__getitem__(index)[0], 0


class _LabelFirst(_Only):
    def __getitem__(self, index):
        return super().__getitem__(index)[::-1]


def padded_in_place(samples):
    images, labels = [image for image, _ in samples], [label for _, label in samples]
    size = (len(images), images[0].shape[0], max(i.size(1) for i in images), max(i.size(2) for i in images))
    X, y = torch.zeros(size), torch.empty(len(labels), dtype=torch.long)
    for i, image in enumerate(images):
        X[i, :, : image.size(1), : image.size(2)].copy_(image)
        y[i] = labels[i]
    return [X, y]


def padded_by_numpy(samples):
    images, labels = zip(*samples, strict=True)
    most = np.max([image.shape for image in images], axis=0)
    rows = [np.pad(i.numpy(), [(0, m - n) for m, n in zip(most, i.shape, strict=True)]) for i in images]
    return torch.from_numpy(np.stack(rows)), torch.as_tensor(np.array(labels))


def padded_by_nested(samples):
    nested = torch.nested.nested_tensor([image for image, _ in samples])
    return nested.to_padded_tensor(0.0), torch.LongTensor([label for _, label in samples])


def centred(samples):
    X, y = padded(samples)
    for row, (image, _) in zip(X, samples, strict=True):
        _, h, w = image.shape
        top, left = (X.shape[2] - h) // 2, (X.shape[3] - w) // 2
        row.zero_()
        row[:, top : top + h, left : left + w] = image
    return X, y


def squared(samples):
    X, y = padded(samples)
    side = max(X.shape[2:])
    return pad(X, (0, side - X.shape[3], 0, side - X.shape[2])), y


def resized(samples):
    X, y = padded(samples)
    rows = [torch.nn.functional.interpolate(image[None], X.shape[2:])[0] for image, _ in samples]
    return torch.stack(rows), y


def last_edge(samples):
    X, y = padded(samples)
    for row, (image, _) in zip(X, samples, strict=True):
        row[:, :, image.shape[2] :] = row[:, :, image.shape[2] - 1 : image.shape[2]]
    return X, y


RIGHT = {
    "batch_counts": [
        (23, 29),
        [23, 29],
        (np.int64(23), torch.tensor(29)),
        torch.tensor([23, 29]),
        np.array([23.0, 29.0]),
        tuple(part + one for part, one in zip(divmod(1437, 64), (1, 0), strict=True)),
    ],
    "class_numbers": [
        class_numbers,
        numbers_by_unique,
        numbers_in_place,
        numbers_from_the_end,
        lambda labels: dict(zip(sorted({*labels}), range(len(labels)))),  # noqa: B905
        lambda labels: dict(zip(sorted(set(labels)), torch.arange(len(set(labels))), strict=True)),
    ],
    "only": [
        _Only,
        _OnlySubset,
        _OnlyKept,
        _OnlyMasked,
        _OnlyCounting,
        lambda dataset, label: Subset(dataset, [i for i in range(len(dataset)) if dataset[i][1] == label]),
        lambda dataset, label: [sample for sample in dataset if sample[1] == label],
    ],
    "pad_batch": [padded, padded_in_place, padded_by_numpy, padded_by_nested],
    "sample_weights": [
        weights,
        lambda targets: weights(targets).tolist(),
        lambda targets: weights(targets).numpy(),
        lambda targets: tuple(1 / Counter(targets.tolist())[t] for t in targets.tolist()),
        lambda targets: len(targets) / torch.bincount(targets).double()[targets] * 7,
        lambda targets: (1 / torch.unique(targets, return_counts=True)[1])[targets],
        lambda targets: 1 / (targets[:, None] == targets).sum(dim=1),
        lambda targets: torch.stack([(targets == t).float().mean().reciprocal() for t in targets]),
    ],
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
        ((1437 / 64, 1437 % 64), "not a whole number"),
        ((24, 29), "all batches together would hold 1,501"),
        ((23, 1437), "at most batch_size"),
        ({"batches": 23, "last": 29}, "two numbers are expected"),
        (torch.tensor([[23, 29]]), "two numbers are expected"),
        (("23", "29"), "a str; a number is expected"),
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
        (lambda labels: {name: i for i, name in enumerate(set(labels))}, "a set has no order"),
        (lambda labels: {name: [i] for i, name in enumerate(sorted(set(labels)))}, "a list; a number"),
        (lambda labels: {name: i / 2 for i, name in enumerate(sorted(set(labels)))}, "not a whole number"),
        (lambda labels: Counter(labels), "how often"),
        (lambda labels: {name: labels.index(name) for name in labels}, "the numbers leave gaps"),
        (lambda labels: sorted(set(labels)), "a dict is expected, not a list"),
    ],
    "only": [
        (_LengthOfAll, "nothing is left out"),
        (_IndexOfAll, "sample i of the whole set"),
        (_PictureAlone, "one of them is lost"),
        (_TheIndex, "the index comes back"),
        (_OtherLabel, "not as many as have the label"),
        (_Backwards, "in another order"),
        (_NoLength, "raises TypeError"),
        (lambda dataset, label: None, "is a return missing?"),
        (_OnlyOne, "not as many as have the label"),
        (_OnlyStream, "raises TypeError"),
        (_OnlySorted, "in another order"),
        (_NewLabel, "have changed"),
        (_LabelFirst, "picture first, then label"),
        (lambda dataset, label: (sample for sample in dataset if sample[1] == label), "raises TypeError"),
    ],
    "pad_batch": [
        (stacked, "raises RuntimeError"),
        (cropped, "cut to the smallest"),
        (lambda samples: padded(samples, left=True), "at the left or above"),
        (lambda samples: padded(samples, value=1.0), "is not 0"),
        (lambda samples: (padded(samples)[0], [label for _, label in samples]), "of labels is a list"),
        (lambda samples: ([image for image, _ in samples], padded(samples)[1]), "one tensor is expected"),
        (lambda samples: padded(samples)[0], "a pair is expected"),
        (lambda samples: (2 * padded(samples)[0], padded(samples)[1]), "picture 0 have changed"),
        (lambda samples: (padded(samples)[0], padded(samples)[1] + 1), "not those of the samples"),
        (lambda samples: (padded(samples)[0][:, :1, :, :9].flatten(1), padded(samples)[1]), "shape"),
        (centred, "at the left or above"),
        (squared, "has shape"),
        (resized, "the pixels of picture"),
        (last_edge, "is not 0"),
        (lambda samples: (torch.tensor(3.0), padded(samples)[1]), "has shape ()"),
        (lambda samples: (padded(samples)[0], padded(samples)[1].float().mean()), "of labels has shape ()"),
        (lambda samples: (padded(samples)[1], padded(samples)[0]), "the pictures come first"),
    ],
    "sample_weights": [
        (lambda targets: 1 / targets.bincount(), "a weight for each class"),
        (lambda targets: targets.bincount()[targets].float(), "the other way round"),
        (lambda targets: torch.ones(len(targets)), "frequent classes stay frequent"),
        (lambda targets: 1 / targets.bincount()[targets] ** 2, "do not add up to the same"),
        (lambda targets: 1.0 * (targets == targets[0]), "must be positive"),
        (lambda targets: weights(targets)[:-1], "the weights have shape"),
        (lambda targets: weights(targets).sqrt(), "do not add up to the same"),
        (lambda targets: 1 / targets, "inf or nan"),
        (lambda targets: WeightedRandomSampler(weights(targets), len(targets)), "the sampler itself"),
        (lambda targets: 1 - targets.bincount()[targets] / len(targets), "do not add up to the same"),
        (lambda targets: dict(enumerate(weights(targets).tolist())), "a dict"),
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
