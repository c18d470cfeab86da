"""Chapter 12's checks: the reference answers pass, and each usual wrong answer gets its own diagnosis."""

import math
from collections import Counter

import numpy as np
import torch
from exercise_cases import ExerciseCases, said
from torch import nn
from torch.utils.data import DataLoader
from torchvision.transforms import v2

from helpers import training
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


def counted_in_a_loop(subset, num_classes):
    counts = torch.zeros(num_classes, dtype=torch.int64)
    for _, label in subset:
        counts[label] += 1
    return counts


def counted_by_batches(subset, num_classes):
    return sum(y.bincount(minlength=num_classes) for _, y in DataLoader(subset, batch_size=2))


def counted_by_unique(subset, num_classes):
    counts = torch.zeros(num_classes)
    found, how_often = subset.dataset.targets[subset.indices].unique(return_counts=True)
    counts[found] = how_often.float()
    return counts


def sorting_the_data_set(subset, num_classes):
    subset.dataset.targets = subset.dataset.targets[subset.indices]
    return subset.dataset.targets.bincount(minlength=num_classes)


def place_of_the_largest(labels, answers, num_classes):
    counts = mistakes(labels, answers, num_classes)
    return (counts == counts.max()).nonzero()[0]


def tens_everywhere(labels, answers, num_classes):
    counts = (10 * labels + answers).bincount(minlength=200).reshape(-1, 10)
    counts[range(10), range(10)] = 0
    return divmod(counts.argmax().item(), 10)


def decoded_by_ten(labels, answers, num_classes):
    return divmod(mistakes(labels, answers, num_classes).argmax().item(), 10)


def tensors_as_keys(labels, answers, num_classes):
    pairs = Counter((a, b) for a, b in zip(labels, answers, strict=True) if a != b)
    return pairs.most_common(1)[0][0]


def most_common(labels, answers, num_classes):
    wrong = labels != answers
    pairs = zip(labels[wrong].tolist(), answers[wrong].tolist(), strict=True)
    return Counter(pairs).most_common(1)[0][0]


def by_two_loops(labels, answers, num_classes):
    best, pair = 0, None
    for label in range(num_classes):
        for answer in range(num_classes):
            count = ((labels == label) & (answers == answer)).sum()
            if label != answer and count > best:
                best, pair = count, [label, answer]
    return pair


def by_largest_of_softmax(model, loader):
    model.train(False)
    right = 0
    with torch.no_grad():
        for X, y in loader:
            right += (model(X).softmax(dim=1).max(dim=1)[1] == y).sum()
    return right / len(loader.dataset)


def sample_by_sample(model, loader):
    model.eval()
    with torch.no_grad():
        hits = [model(x).argmax() == label for X, y in loader for x, label in zip(X, y, strict=True)]
    return np.mean(hits)


def weighted_means(model, loader):
    model.eval()
    total = count = 0
    with torch.inference_mode():
        for X, y in loader:
            total += (model(X).topk(1).indices.squeeze(1) == y).float().mean().item() * len(y)
            count += len(y)
    return total / count


def with_the_books_loop(model, loader):
    return training.evaluate(model, loader, nn.CrossEntropyLoss())[1]


def freezing(model, loader):
    model.requires_grad_(False)
    return measured(everything, grad=True)(model, loader)


def returning_early(model, loader):
    model.eval()
    with torch.no_grad():
        for X, y in loader:
            return (model(X).argmax(1) == y).float().mean().item()


def by_rows(model, loader):
    model.eval()
    with torch.no_grad():
        return sum((model(X).argmax(0) == y).sum().item() for X, y in loader) / len(loader.dataset)


class Written(nn.Module):
    """The network written out, with dropout."""

    def __init__(self):
        super().__init__()
        self.hidden, self.drop, self.head = nn.Linear(784, 32), nn.Dropout(0.3), nn.Linear(32, 10)

    def forward(self, X):
        """Flatten by hand."""
        return self.head(self.drop(torch.relu(self.hidden(X.view(len(X), -1)))))


def for_forty_alone():
    return nn.Sequential(
        nn.Flatten(0), nn.Unflatten(0, (40, 784)), *network(nn.ReLU(), nn.Linear(64, 10))[1:]
    )


def convolutions():
    first = (nn.Unflatten(1, (1, 28)), nn.Conv2d(1, 16, 3, padding=1), nn.ReLU())
    return nn.Sequential(*first, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(16, 10))


def zero_head():
    model = network(nn.ReLU(), nn.Linear(64, 10))
    for parameter in model[3].parameters():
        nn.init.zeros_(parameter)
    return model


def all_zero():
    model = network(nn.ReLU(), nn.Linear(64, 10))
    for parameter in model.parameters():
        nn.init.zeros_(parameter)
    return model


class Detached(nn.Module):
    """A network whose output cannot be differentiated."""

    def __init__(self):
        super().__init__()
        self.inner = network(nn.ReLU(), nn.Linear(64, 10))

    def forward(self, X):
        """Forget the graph."""
        return self.inner(X).detach()


def everything(hits):
    return torch.cat(hits).mean().item()


def network(*layers, inputs=784, hidden=64):
    return nn.Sequential(nn.Flatten(), nn.Linear(inputs, hidden), *layers)


def in_place(pictures):
    pictures //= 2
    return pictures.flatten(1) / 255


RIGHT = {
    "first_loss": [
        math.log,
        np.log,
        lambda c: -math.log(1 / c),
        lambda c: torch.log(torch.tensor(c)),
        lambda c: -torch.full((c,), 1 / c).log()[0],
        lambda c: torch.zeros(c).logsumexp(0),
        lambda c: -torch.zeros(c).log_softmax(0)[-1].item(),
        lambda c: nn.CrossEntropyLoss()(torch.zeros(1, c), torch.tensor([0])),
        lambda c: nn.functional.cross_entropy(torch.ones(7, c), torch.zeros(7).long(), reduction="none")[:1],
        lambda c: nn.NLLLoss()(torch.full((1, c), 1 / c).log(), torch.tensor([c - 1])).item(),
    ],
    "to_rows": [
        lambda pictures: pictures.flatten(start_dim=1) / 255,
        lambda p: p.view(-1, 784) / 255,
        lambda p: p.reshape(len(p), -1).float().div_(255),
        lambda p: p.to(torch.float32).flatten(1) * (1 / 255),
        lambda p: nn.Flatten()(p / 255.0),
        lambda p: torch.stack([picture.flatten() / 255 for picture in p]),
        lambda p: v2.functional.to_dtype(p, torch.float32, scale=True).flatten(1),
        lambda p: torch.from_numpy(p.numpy().reshape(len(p), -1) / np.float32(255)),
        lambda p: torch.tensor(p.numpy() / 255, dtype=torch.float32).reshape(-1, 28 * 28),
        lambda p: (p / torch.tensor(255)).reshape(p.shape[0], p.shape[1] * p.shape[2]),
    ],
    "class_counts": [
        class_counts,
        counted_in_a_loop,
        counted_by_batches,
        counted_by_unique,
        lambda s, n: torch.bincount(torch.tensor([label for _, label in s]), minlength=n),
        lambda s, n: torch.stack([(s.dataset.targets[s.indices] == c).sum() for c in range(n)]),
        lambda s, n: nn.functional.one_hot(s.dataset.targets[s.indices], n).sum(dim=0),
        lambda s, n: s.dataset.targets[s.indices].float().histc(bins=n, min=0, max=n - 1),
        lambda s, n: torch.from_numpy(np.bincount(s.dataset.targets.numpy()[s.indices], minlength=n)),
        lambda s, n: torch.tensor([Counter(label for _, label in s)[c] for c in range(n)]),
    ],
    "worst_mistake": [
        worst_mistake,
        counted_by_hand,
        most_common,
        by_two_loops,
        place_of_the_largest,
        lambda *given: torch.tensor(worst_mistake(*given)),
        lambda *given: np.array(worst_mistake(*given)),
        lambda *given: np.unravel_index(mistakes(*given).numpy().argmax(), (given[2], given[2])),
        lambda *given: torch.unravel_index(mistakes(*given).argmax(), (given[2], given[2])),
        lambda *given: divmod(mistakes(*given).flatten().topk(1).indices.item(), given[2]),
        lambda *given: tuple(map(float, worst_mistake(*given))),
    ],
    "accuracy": [
        accuracy,
        by_largest_of_softmax,
        sample_by_sample,
        weighted_means,
        with_the_books_loop,
        measured(lambda hits: torch.cat(hits).mean()),
        measured(lambda hits: np.concatenate([hit.numpy() for hit in hits]).mean()),
        measured(lambda hits: sum(hit.sum() for hit in hits) / sum(map(len, hits))),
        measured(lambda hits: torch.cat(hits).sum().item() / sum(map(len, hits))),
        measured(lambda hits: 1 - sum((1 - hit).sum().item() for hit in hits) / sum(map(len, hits))),
    ],
    "small_classifier": [
        lambda: network(nn.ReLU(), nn.Linear(64, 10)),
        Written,
        convolutions,
        zero_head,
        lambda: network(nn.Sigmoid(), nn.Linear(64, 10)),
        lambda: network(nn.BatchNorm1d(64), nn.Tanh(), nn.Dropout(0.5), nn.Linear(64, 10)),
        lambda: network(nn.ReLU(), nn.Linear(4, 10), hidden=4),
        lambda: nn.Sequential(nn.Flatten(), nn.LazyLinear(64), nn.GELU(), nn.LazyLinear(10)),
        lambda: network(nn.ReLU(), nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10)),
        # The loss takes the logarithm of a softmax once more, which changes nothing.
        lambda: network(nn.ReLU(), nn.Linear(64, 10), nn.LogSoftmax(dim=1)),
    ],
}

WRONG = {
    "first_loss": [
        (lambda c: -math.log(c), "minus the logarithm"),
        (lambda c: 1 / c, "that is the probability"),
        (math.log10, "not base 10"),
        (math.log2, "not base 2"),
        (lambda c: math.log(10), "use num_classes"),
        (lambda c: float(c), "cost something else"),
        (lambda c: round(math.log(c), 2), "not a rounded number"),
        (lambda c: nn.NLLLoss()(torch.full((1, c), 1 / c), torch.tensor([0])), "minus the probability"),
        (lambda c: 1 - 1 / c, "how often a guess is wrong"),
        (lambda c: c * math.log(c), "the sum over the classes"),
        (lambda c: math.log(c) / c, "nothing is divided by their number"),
        (lambda c: [math.log(c)], "a number is expected"),
        (lambda c: None, "is a return missing"),
        (lambda c: nn.CrossEntropyLoss()(torch.eye(c), torch.arange(c)), "cost something else"),
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
        (lambda p: p[0].flatten() / 255, "with 5 pictures: the shape is (784,)"),
        (lambda p: p.flatten(1).numpy() / 255, "a NumPy array; a torch.Tensor is expected"),
        (lambda p: [picture.flatten() / 255 for picture in p], "a list; a torch.Tensor is expected"),
        (lambda p: p.flatten(1).half() / 255, "torch.float16, the weights are float32"),
        (lambda p: p.flatten(1) / 127.5 - 1, "from -1 to 1"),
        (lambda p: (p.flatten(1) / 255 - 0.286) / 0.353, "divided by the value of white"),
        (lambda p: p.flatten(1).div_(255), "raises RuntimeError"),
        (lambda p: p.resize_(len(p), 784) / 255, "the input was changed"),
        (lambda p: p.view(784, -1).T / 255, "in their order"),
        (lambda p: p.unsqueeze(1) / 255, "not (N, 784)"),
        (lambda p: p.squeeze().flatten(1) / 255, "with a single picture: the shape is (28, 28)"),
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
        (lambda s, n: np.bincount(s.dataset.targets[s.indices], minlength=n), "a torch.Tensor is expected"),
        (lambda s, n: Counter(label for _, label in s), "a torch.Tensor is expected"),
        (lambda s, n: s.dataset.targets[s.indices].bincount(minlength=10), "the shape is (10,), not (5,)"),
        (lambda s, n: s.dataset.targets[s.indices].unique(return_counts=True)[1], "has the count 0"),
        (lambda s, n: s.dataset.targets[s.indices], "these are the targets themselves"),
        (lambda s, n: torch.tensor(len(s)), "not (5,)"),
        (sorting_the_data_set, "was changed; only count"),
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
        (tens_everywhere, "is a 10 left for num_classes"),
        (decoded_by_ten, "is a 10 left for num_classes"),
        (tensors_as_keys, "made more often"),
        (lambda *given: "1, 2", "two class numbers are expected"),
        (lambda *given: {1: 2}, "two class numbers are expected"),
        (lambda *given: (1.5, 2), "not a whole number"),
        (lambda *given: (*worst_mistake(*given), 3), "two class numbers are expected"),
        (lambda *given: place_of_the_largest(*given)[None], "two class numbers are expected"),
        (lambda *given: np.int64(mistakes(*given).argmax()), "the number of the pair"),
        (lambda *given: (True, False), "a truth value"),
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
        (measured(lambda hits: round(everything(hits), 2)), "not a rounded number"),
        (measured(lambda hits: sum(h.sum().item() for h in hits) / len(hits)), "by the number of batches"),
        (measured(lambda hits: torch.cat(hits)), "one number is expected"),
        (measured(lambda hits: everything(hits) > 0.5), "a truth value"),
        (measured(lambda hits: f"{everything(hits):.1%}"), "a number is expected"),
        (returning_early, "only the first batch"),
        (by_rows, "raises RuntimeError"),
        (freezing, "frozen for good"),
        (lambda model, loader: None, "is a return missing"),
    ],
    "small_classifier": [
        (lambda: 3, "a network is expected"),
        (lambda: nn.Linear(784, 10), "mat1 and mat2 shapes"),
        (lambda: network(nn.ReLU()), "not (40, 10)"),
        (lambda: network(nn.ReLU(), nn.Linear(64, 10), nn.Softmax(dim=1)), "add up to 1"),
        (lambda: network(nn.ReLU(), nn.Linear(64, 10), nn.Tanh()), "between -1 and 1"),
        (lambda: network(nn.ReLU(), nn.Linear(64, 10), nn.ReLU()), "ever negative"),
        (lambda: network(nn.Linear(64, 10)), "one affine map"),
        (lambda: network(nn.ReLU(), nn.Linear(128, 10), hidden=128), "more than 60,000"),
        (
            lambda: network(nn.ReLU(), nn.Linear(64, 10)).requires_grad_(False),
            "no parameters that could learn",
        ),
        (lambda: network(nn.Dropout(0.99), nn.ReLU(), nn.Linear(64, 10)), "still that of guessing"),
        (lambda: network(nn.ReLU(), nn.Linear(64, 10), nn.Sigmoid()), "ever negative"),
        (lambda: network(nn.ReLU(), nn.Linear(512, 10), hidden=512).requires_grad_(False), "60,000"),
        (lambda: nn.Sequential(nn.Flatten(), nn.Tanh(), nn.Linear(784, 10)), "a single layer with weights"),
        (all_zero, "are the weights zero"),
        (Detached, "its output has no graph"),
        (for_forty_alone, "pictures of shape (1, 28, 28)"),
        (lambda: Written, "a network is expected"),
        (lambda: network(nn.BatchNorm1d(64), nn.Linear(64, 10)), "one affine map"),
    ],
}


class TestChapter12(ExerciseCases, chapter=chapter_12, right=RIGHT, wrong=WRONG):
    """The answers above, judged by the chapter's checks."""

    def test_the_network_is_handed_back_as_it_was(self, capsys):
        """Learning forty pictures by heart leaves no trace in the parameters."""
        model = RIGHT["small_classifier"][0]()
        model[2].eval()
        before = [parameter.clone() for parameter in model.parameters()]
        self.judge("small_classifier", lambda: model)
        assert said(capsys).startswith("Right: ")
        assert all(torch.equal(a, b) for a, b in zip(before, model.parameters(), strict=True))
        assert all(parameter.grad is None for parameter in model.parameters())
        assert [module.training for module in model] == [True, True, False, True]
