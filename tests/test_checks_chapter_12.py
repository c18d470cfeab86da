"""Chapter 12's checks: the reference answers pass, and each usual wrong answer gets its own diagnosis."""

import math
from collections import Counter

import torch
from exercise_cases import ExerciseCases, said
from torch import nn

from helpers.checks import chapter_12


def class_counts(subset, num_classes):
    return subset.dataset.targets[subset.indices].bincount(minlength=num_classes)


def mistakes(labels, answers, num_classes):
    counts = (num_classes * labels + answers).bincount(minlength=num_classes**2)
    return counts.reshape(num_classes, num_classes).fill_diagonal_(0)


def worst_mistake(labels, answers, num_classes):
    return divmod(mistakes(labels, answers, num_classes).argmax().item(), num_classes)


def counted_by_hand(labels, answers, num_classes):
    pairs = Counter(zip(labels.tolist(), answers.tolist(), strict=True))
    return max((pair for pair in pairs if pair[0] != pair[1]), key=pairs.get)


def most_frequent_pair(labels, answers, num_classes):
    return divmod((num_classes * labels + answers).bincount().argmax().item(), num_classes)


def worst_label_first(labels, answers, num_classes):
    found = mistakes(labels, answers, num_classes)
    label = found.sum(dim=1).argmax().item()
    return label, found[label].argmax().item()


def relabelled(labels, answers, num_classes):
    labels[labels == answers] = num_classes - 1
    return worst_mistake(labels, answers, num_classes)


@torch.inference_mode()
def accuracy(model, loader):
    model.eval()
    hits = [(model(X).argmax(dim=1) == y) for X, y in loader]
    return torch.cat(hits).float().mean().item()


def measured(share, *, mode="eval", grad=False):
    """Make an accuracy function that turns the batches' hits into a number by ``share``."""

    def measure(model, loader):
        getattr(model, mode)()
        with torch.set_grad_enabled(grad):
            hits = [(model(X).argmax(dim=1) == y).float() for X, y in loader]
        return share(hits)

    return measure


def everything(hits):
    return torch.cat(hits).mean().item()


def network(*layers, inputs=784, hidden=64):
    return nn.Sequential(nn.Flatten(), nn.Linear(inputs, hidden), *layers)


def in_place(pictures):
    pictures //= 2
    return pictures.flatten(1) / 255


RIGHT = {
    "first_loss": [math.log],
    "to_rows": [lambda pictures: pictures.flatten(start_dim=1) / 255],
    "class_counts": [class_counts],
    "worst_mistake": [worst_mistake, counted_by_hand],
    "accuracy": [accuracy],
    "small_classifier": [lambda: network(nn.ReLU(), nn.Linear(64, 10))],
}

WRONG = {
    "first_loss": [
        (lambda c: -math.log(c), "minus the logarithm"),
        (lambda c: 1 / c, "that is the probability"),
        (math.log10, "not base 10"),
        (math.log2, "not base 2"),
        (lambda c: math.log(10), "use num_classes"),
        (lambda c: float(c), "cost something else"),
        (2.303, "a function is expected"),
    ],
    "to_rows": [
        (lambda p: p.flatten(1), "still uint8"),
        (lambda p: p.flatten(1).double() / 255, "torch.float64, the weights are float32"),
        (lambda p: p / 255, "still squares"),
        (lambda p: p.flatten() / 255, "all pictures are in one row"),
        (lambda p: p.flatten(1).squeeze() / 255, "the axis of the pictures is lost"),
        (lambda p: p.flatten(1).float(), "the scale is missing"),
        (lambda p: p.flatten(1) / 256, "divided by 256"),
        (lambda p: p.flatten(1) / p.max(), "largest value present"),
        (lambda p: (p.flatten(1) // 255).float(), "rounding down"),
        (in_place, "the input was changed"),
        (lambda p: p.mT.flatten(1) / 255, "in their order"),
        (lambda p: p.flatten(1).T / 255, "not (N, 784)"),
    ],
    "class_counts": [
        (lambda s, n: s.dataset.targets.bincount(minlength=n), "the whole data set"),
        (lambda s, n: s.dataset.targets[s.indices].bincount(), "has the count 0"),
        (lambda s, n: s.dataset.targets[: len(s)].bincount(minlength=n), "the first samples"),
        (lambda s, n: class_counts(s, n) / len(s), "these are shares"),
        (lambda s, n: torch.tensor(s.indices).clamp(max=4).bincount(minlength=n), "the indices"),
        (lambda s, n: s.targets.bincount(), "raises AttributeError"),
        (lambda s, n: class_counts(s, n).tolist(), "a torch.Tensor is expected"),
        (lambda s, n: class_counts(s, n).flip(0), "not those of the part"),
    ],
    "worst_mistake": [
        (most_frequent_pair, "it is no mistake"),
        (lambda *given: worst_mistake(*given)[::-1], "are exchanged"),
        (lambda *given: mistakes(*given).argmax().item(), "the number of the pair"),
        (lambda *given: mistakes(*given).max().item(), "that is how often"),
        (lambda *given: mistakes(*given).argmax(), "the number of the pair"),
        (lambda *given: mistakes(*given).max(), "that is how often"),
        (lambda *given: torch.tensor(99), "two class numbers are expected"),
        (mistakes, "two class numbers are expected"),
        (worst_label_first, "the label with most mistakes in all"),
        (relabelled, "were changed"),
        (lambda *given: (4, 2), "there are 4 classes"),
        (lambda *given: (3, 2), "never made"),
        (lambda *given: (3, 0), "made more often"),
    ],
    "accuracy": [
        (measured(everything, mode="train"), "training mode"),
        (measured(everything, grad=True), "records a graph"),
        (measured(lambda hits: 100 * everything(hits)), "percent"),
        (measured(lambda hits: sum(h.sum().item() for h in hits)), "undivided"),
        (measured(lambda hits: sum(h.mean().item() for h in hits) / len(hits)), "is short"),
        (measured(lambda hits: 1 - everything(hits)), "share of wrong answers"),
        (
            measured(lambda hits: sum(h.sum().item() for h in hits) / (len(hits) * len(hits[0]))),
            "as if the last batch were full",
        ),
        (measured(lambda hits: hits[-1].mean().item()), "only the last batch"),
        (measured(lambda hits: 0.123), "not the share"),
    ],
    "small_classifier": [
        (lambda: 3, "a network is expected"),
        (lambda: nn.Linear(784, 10), "mat1 and mat2 shapes"),
        (lambda: network(nn.ReLU()), "not (40, 10)"),
        (lambda: network(nn.ReLU(), nn.Linear(64, 10), nn.Softmax(dim=1)), "add up to 1"),
        (lambda: network(nn.ReLU(), nn.Linear(64, 10), nn.LogSoftmax(dim=1)), "logarithms"),
        (lambda: network(nn.ReLU(), nn.Linear(64, 10), nn.ReLU()), "ever negative"),
        (lambda: network(nn.Linear(64, 10)), "one affine map"),
        (lambda: network(nn.ReLU(), nn.Linear(128, 10), hidden=128), "more than 60,000"),
        (
            lambda: network(nn.ReLU(), nn.Linear(64, 10)).requires_grad_(False),
            "no parameters that could learn",
        ),
        (lambda: network(nn.Dropout(0.99), nn.ReLU(), nn.Linear(64, 10)), "by heart"),
    ],
}


class TestChapter12(ExerciseCases, chapter=chapter_12, right=RIGHT, wrong=WRONG):
    """The answers above, judged by the chapter's checks."""

    def test_the_network_is_handed_back_as_it_was(self, capsys):
        """Learning forty pictures by heart leaves no trace in the parameters."""
        model = RIGHT["small_classifier"][0]()
        before = [parameter.clone() for parameter in model.parameters()]
        self.judge("small_classifier", lambda: model)
        assert said(capsys).startswith("Right: ")
        assert all(torch.equal(a, b) for a, b in zip(before, model.parameters(), strict=True))
