"""Chapter 12's checks: the reference answers pass, and each usual wrong answer gets its own diagnosis."""

import math

import pytest
import torch
from torch import nn

from helpers.checks import chapter_12 as check
from helpers.checks.report import exercises


def class_counts(subset, num_classes):
    return subset.dataset.targets[subset.indices].bincount(minlength=num_classes)


def mean_loss(means, sizes):
    return sum(m * n for m, n in zip(means, sizes, strict=True)) / sum(sizes)


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
    "first_loss": math.log,
    "to_rows": lambda pictures: pictures.flatten(start_dim=1) / 255,
    "class_counts": class_counts,
    "mean_loss": mean_loss,
    "accuracy": accuracy,
    "small_classifier": lambda: network(nn.ReLU(), nn.Linear(64, 10)),
}

WRONG = [
    ("first_loss", lambda c: -math.log(c), "minus the logarithm"),
    ("first_loss", lambda c: 1 / c, "that is the probability"),
    ("first_loss", math.log10, "not base 10"),
    ("first_loss", math.log2, "not base 2"),
    ("first_loss", lambda c: math.log(10), "use num_classes"),
    ("first_loss", lambda c: float(c), "cost something else"),
    ("first_loss", 2.303, "a function is expected"),
    ("to_rows", lambda p: p.flatten(1), "still uint8"),
    ("to_rows", lambda p: p.flatten(1).double() / 255, "torch.float64, the weights are float32"),
    ("to_rows", lambda p: p / 255, "still squares"),
    ("to_rows", lambda p: p.flatten() / 255, "all pictures are in one row"),
    ("to_rows", lambda p: p.flatten(1).squeeze() / 255, "the axis of the pictures is lost"),
    ("to_rows", lambda p: p.flatten(1).float(), "the scale is missing"),
    ("to_rows", lambda p: p.flatten(1) / 256, "divided by 256"),
    ("to_rows", lambda p: p.flatten(1) / p.max(), "largest value present"),
    ("to_rows", lambda p: (p.flatten(1) // 255).float(), "rounding down"),
    ("to_rows", in_place, "the input was changed"),
    ("to_rows", lambda p: p.mT.flatten(1) / 255, "in their order"),
    ("to_rows", lambda p: p.flatten(1).T / 255, "not (N, 784)"),
    ("class_counts", lambda s, n: s.dataset.targets.bincount(minlength=n), "the whole data set"),
    ("class_counts", lambda s, n: s.dataset.targets[s.indices].bincount(), "has the count 0"),
    ("class_counts", lambda s, n: s.dataset.targets[: len(s)].bincount(minlength=n), "the first samples"),
    ("class_counts", lambda s, n: class_counts(s, n) / len(s), "these are shares"),
    ("class_counts", lambda s, n: torch.tensor(s.indices).clamp(max=4).bincount(minlength=n), "the indices"),
    ("class_counts", lambda s, n: s.targets.bincount(), "raises AttributeError"),
    ("class_counts", lambda s, n: class_counts(s, n).tolist(), "a torch.Tensor is expected"),
    ("class_counts", lambda s, n: class_counts(s, n).flip(0), "not those of the part"),
    ("mean_loss", lambda m, n: sum(m) / len(m), "the mean of the means"),
    ("mean_loss", lambda m, n: mean_loss(m, n) * sum(n), "the sum over all samples"),
    ("mean_loss", lambda m, n: sum(m), "the sum of the means"),
    ("mean_loss", lambda m, n: mean_loss(m, n) * sum(n) / (n[0] * len(n)), "as large as the first"),
    ("mean_loss", lambda m, n: mean_loss(m, n) * sum(n) / len(m), "by the number of batches"),
    ("mean_loss", lambda m, n: sum(m) / sum(n), "counts once"),
    ("mean_loss", lambda m, n: max(m), "how many samples"),
    ("accuracy", measured(everything, mode="train"), "training mode"),
    ("accuracy", measured(everything, grad=True), "records a graph"),
    ("accuracy", measured(lambda hits: 100 * everything(hits)), "percent"),
    ("accuracy", measured(lambda hits: sum(h.sum().item() for h in hits)), "undivided"),
    ("accuracy", measured(lambda hits: sum(h.mean().item() for h in hits) / len(hits)), "is short"),
    ("accuracy", measured(lambda hits: 1 - everything(hits)), "share of wrong answers"),
    (
        "accuracy",
        measured(lambda hits: sum(h.sum().item() for h in hits) / (len(hits) * len(hits[0]))),
        "as if the last batch were full",
    ),
    ("accuracy", measured(lambda hits: hits[-1].mean().item()), "only the last batch"),
    ("accuracy", measured(lambda hits: 0.123), "not the share"),
    ("small_classifier", lambda: 3, "a network is expected"),
    ("small_classifier", lambda: nn.Linear(784, 10), "mat1 and mat2 shapes"),
    ("small_classifier", lambda: network(nn.ReLU()), "not (40, 10)"),
    ("small_classifier", lambda: network(nn.ReLU(), nn.Linear(64, 10), nn.Softmax(dim=1)), "add up to 1"),
    ("small_classifier", lambda: network(nn.ReLU(), nn.Linear(64, 10), nn.LogSoftmax(dim=1)), "logarithms"),
    ("small_classifier", lambda: network(nn.ReLU(), nn.Linear(64, 10), nn.ReLU()), "ever negative"),
    ("small_classifier", lambda: network(nn.Linear(64, 10)), "one affine map"),
    ("small_classifier", lambda: network(nn.ReLU(), nn.Linear(128, 10), hidden=128), "more than 60,000"),
    (
        "small_classifier",
        lambda: network(nn.ReLU(), nn.Linear(64, 10)).requires_grad_(False),
        "no parameters that could learn",
    ),
    (
        "small_classifier",
        lambda: network(nn.Dropout(0.99), nn.ReLU(), nn.Linear(64, 10)),
        "by heart",
    ),
]


@pytest.fixture(autouse=True)
def book_edition(monkeypatch):
    monkeypatch.delenv("BOOK_GRADED", raising=False)


def said(capsys):
    return " ".join(capsys.readouterr().out.split())


def test_every_exercise_has_a_reference_and_wrong_answers():
    assert set(exercises(check)) == set(RIGHT) == {name for name, _, _ in WRONG}


@pytest.mark.parametrize("name", RIGHT)
def test_the_reference_answer_passes(name, capsys):
    torch.manual_seed(0)
    getattr(check, name)(RIGHT[name])
    assert said(capsys).startswith("Right: ")


@pytest.mark.parametrize("name", RIGHT)
def test_the_stub_is_unattempted(name, capsys):
    getattr(check, name)(lambda *arguments: ...)
    assert said(capsys).startswith("Not attempted: ")


@pytest.mark.parametrize(("name", "answer", "diagnosis"), WRONG)
def test_each_wrong_answer_gets_its_diagnosis(name, answer, diagnosis, capsys):
    torch.manual_seed(0)
    getattr(check, name)(answer)
    printed = said(capsys)
    assert printed.startswith("Not yet: ")
    assert diagnosis in printed


def test_the_network_is_handed_back_as_it_was(capsys):
    model = RIGHT["small_classifier"]()
    before = [parameter.clone() for parameter in model.parameters()]
    check.small_classifier(lambda: model)
    assert said(capsys).startswith("Right: ")
    assert all(torch.equal(a, b) for a, b in zip(before, model.parameters(), strict=True))
