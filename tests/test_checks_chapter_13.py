"""Chapter 13's checks: the reference answers pass, and each usual wrong answer gets its own diagnosis."""

import math

import torch
from exercise_cases import ExerciseCases
from torch import nn

from helpers.checks import chapter_13


def field(layers):
    seen, apart = 1, 1
    for kernel, stride in layers:
        seen += (kernel - 1) * apart
        apart *= stride
    return seen


def field_from_the_end(layers):
    seen = 1
    for kernel, stride in reversed(layers):
        seen = (seen - 1) * stride + kernel
    return seen


def field_with_early_strides(layers):
    seen, apart = 1, 1
    for kernel, stride in layers:
        apart *= stride
        seen += (kernel - 1) * apart
    return seen


def rate(step, steps, warm, highest):
    if step < warm:
        return highest * (step + 1) / warm
    return highest * (1 + math.cos(math.pi * (step - warm + 1) / (steps - warm))) / 2


def falling(fall):
    """Make a schedule that rises as asked and falls by ``fall(steps after the top, steps of the fall)``."""

    def schedule(step, steps, warm, highest):
        if step < warm:
            return highest * (step + 1) / warm
        return highest * fall(step - warm + 1, steps - warm)

    return schedule


def half(share):
    return (1 + math.cos(math.pi * share)) / 2


def soft(y, classes, eps):
    return (1 - eps) * nn.functional.one_hot(y, classes).float() + eps / classes


def soft_by_hand(y, classes, eps):
    rows = torch.full((len(y), classes), eps / classes)
    rows[torch.arange(len(y)), y] += 1 - eps
    return rows


def hard(y, classes):
    return nn.functional.one_hot(y, classes).float()


def flip(pictures, coins):
    return torch.where(coins[:, None, None, None], pictures.flip(3), pictures)


def flip_by_index(pictures, coins):
    mirrored = pictures.clone()
    mirrored[coins] = pictures[coins].flip(3)
    return mirrored


def flip_in_place(pictures, coins):
    pictures[coins] = pictures[coins].flip(3)
    return pictures


def where(axes):
    return lambda p, coins: torch.where(coins[:, None, None, None], p.flip(axes), p)


@torch.inference_mode()
def answers(model, pictures):
    model.eval()
    return (model(pictures) + model(pictures.flip(3))) / 2


def answered(combine, *, mode="eval", axis=3, graph=False):
    """Make an answer out of what the model says of a picture and of its mirror image."""

    def ask(model, pictures):
        if mode:
            getattr(model, mode)()
        with torch.set_grad_enabled(graph):
            return combine(model(pictures), model(pictures.flip(axis)))

    return ask


def mean(one, other):
    return (one + other) / 2


RIGHT = {
    "conv_multiplications": [
        lambda a, b, k, h, w: a * b * k**2 * h * w,
        lambda a, b, k, h, w: h * w * nn.Conv2d(a, b, k).weight.numel(),
    ],
    "receptive_field": [field, field_from_the_end],
    "warm_cosine": [rate, falling(lambda t, n: half(t / n))],
    "smoothed_targets": [soft, soft_by_hand],
    "flip_each": [flip, flip_by_index],
    "mirrored_answers": [answers, answered(mean)],
}

WRONG = {
    "conv_multiplications": [
        (lambda a, b, k, h, w: 2 * a * b * k**2 * h * w, "counts additions too"),
        (lambda a, b, k, h, w: b * k**2 * h * w, "you count one of them"),
        (lambda a, b, k, h, w: a * k**2 * h * w, "a single output channel"),
        (lambda a, b, k, h, w: a * b * k * h * w, "two sides"),
        (lambda a, b, k, h, w: a * b * h * w, "more than one pixel"),
        (lambda a, b, k, h, w: a * b * k**2, "these are the weights"),
        (lambda a, b, k, h, w: a * b * k**2 * h, "rows and columns"),
        (lambda a, b, k, h, w: a * b * k**2 * w, "rows and columns"),
        (lambda a, b, k, h, w: (a * k**2 * h * w + h * w) * b, "a bias is added"),
        (lambda a, b, k, h, w: a * b * k**2 * (h - k + 1) * (w - k + 1), "has that size already"),
        (lambda a, b, k, h, w: a + b, "how many weights are there"),
        (2_073_600, "a function is expected"),
    ],
    "receptive_field": [
        (lambda layers: 1 + sum(k - 1 for k, _ in layers), "two pixels apart"),
        (lambda layers: sum(k for k, _ in layers), "do not add"),
        (lambda layers: math.prod(k for k, _ in layers), "do not multiply"),
        (lambda layers: math.prod(s for _, s in layers), "how far apart"),
        (field_with_early_strides, "behind* its layer"),
        (lambda layers: field(layers[::-1]), "begin at the picture"),
        (lambda layers: field(layers) - 1, "is a pixel, and sees one"),
        (lambda layers: layers[-1][0], "last layer's window"),
        (lambda layers: layers[0][0], "the others see more"),
        (lambda layers: 32, "go from layer to layer"),
        (16, "a function is expected"),
    ],
    "warm_cosine": [
        (lambda step, steps, warm, highest: rate(step, steps, warm, 1), "a share of the highest rate"),
        (lambda step, steps, warm, highest: highest * min(step / warm, 1), "a step late"),
        (lambda step, steps, warm, highest: highest, "at its height already"),
        (lambda step, steps, warm, highest: highest * (step + 2) / warm, "on the rising line"),
        (falling(lambda t, n: half((t - 1) / n)), "the cosine is a step late"),
        (falling(lambda t, n: half((t - 1) / (n - 1))), "the fall begins a step later"),
        (
            lambda step, steps, warm, highest: (
                highest * (step + 1) / warm if step < warm else highest * half(step / (steps - 1))
            ),
            "not at step 0",
        ),
        (falling(lambda t, n: 1 - t / n), "falls along a line"),
        (falling(lambda t, n: (1 + math.cos(t / n)) / 2), "yours stops at 1"),
        (falling(lambda t, n: math.cos(math.pi / 2 * t / n)), "a quarter of a cosine"),
        (falling(lambda t, n: math.cos(math.pi * t / n)), "down to -1"),
        (falling(lambda t, n: 1), "stayed at its height"),
        (falling(lambda t, n: 0.1), "falling half of a cosine"),
    ],
    "smoothed_targets": [
        (lambda y, c, eps: hard(y, c), "nothing is smoothed"),
        (lambda y, c, eps: (1 - eps) * hard(y, c), "what is taken away must be spread out"),
        (lambda y, c, eps: hard(y, c) + eps / c, "what is spread out must be taken away"),
        (
            lambda y, c, eps: (1 - eps) * hard(y, c) + eps / (c - 1) * (1 - hard(y, c)),
            "the right one included",
        ),
        (lambda y, c, eps: soft(y, c, 0.1), "whatever eps is given"),
        (lambda y, c, eps: soft(y, c, eps).flip(0), "another order"),
        (lambda y, c, eps: soft(y, c, eps).log(), "these are logarithms"),
        (lambda y, c, eps: soft(y, c, eps).T, "rows and columns are exchanged"),
        (lambda y, c, eps: soft(y, c, eps).sum(1), "one row a label"),
        (lambda y, c, eps: soft(y, c, eps).double(), "logits are float32"),
        (lambda y, c, eps: soft(y, c, eps) / 2, "a row does not sum to 1"),
        (lambda y, c, eps: torch.full((len(y), c), 1 / c), "other probabilities"),
    ],
    "flip_each": [
        (lambda p, coins: p.flip(3), "all pictures are mirrored"),
        (lambda p, coins: p.clone(), "no picture is mirrored"),
        (lambda p, coins: flip(p, ~coins), "those with False"),
        (where(2), "on their heads"),
        (where(1), "the colours are exchanged"),
        (where(0), "other pictures stand in their places"),
        (where((2, 3)), "turned by 180 degrees"),
        (flip_in_place, "the input was changed"),
        (lambda p, coins: p[coins].flip(3), "all pictures come back"),
        (lambda p, coins: flip(p, coins).float(), "come back as torch.float32"),
        (lambda p, coins: flip(p, coins).roll(1, 3), "neither itself nor its mirror image"),
    ],
    "mirrored_answers": [
        (answered(lambda one, other: one + other), "the sum of both"),
        (answered(lambda one, other: one), "the mirror image was not asked"),
        (answered(lambda one, other: other), "only the mirror image"),
        (answered(mean, axis=2), "on its head"),
        (answered(mean, axis=1), "its colours exchanged"),
        (answered(lambda one, other: mean(one.softmax(1), other.softmax(1))), "mean probabilities"),
        (answered(torch.maximum), "the larger of both"),
        (answered(lambda one, other: mean(one, other).argmax(1)), "these are classes already"),
        (answered(lambda one, other: torch.cat([one, other])), "one row of logits a picture"),
        (answered(mean, graph=True), "a graph was recorded"),
        (answered(mean, mode=None), "Is dropout off?"),
        (answered(mean, mode="train"), "Is dropout off?"),
    ],
}


class TestChapter13(ExerciseCases, chapter=chapter_13, right=RIGHT, wrong=WRONG):
    """The shared tests, with the answers above."""


def test_the_reference_targets_give_torchs_smoothed_loss():
    torch.manual_seed(0)
    logits, y = torch.randn(5, 10), torch.tensor([3, 1, 4, 1, 5])
    ours = nn.functional.cross_entropy(logits, soft(y, 10, 0.1))
    theirs = nn.functional.cross_entropy(logits, y, label_smoothing=0.1)
    torch.testing.assert_close(ours, theirs)


def test_a_check_leaves_the_readers_random_numbers_alone(capsys):
    torch.manual_seed(5)
    expected = torch.rand(3)
    torch.manual_seed(5)
    chapter_13.mirrored_answers(answers)
    assert torch.equal(torch.rand(3), expected)
    assert capsys.readouterr().out.startswith("Right")
