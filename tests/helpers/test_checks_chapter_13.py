"""Chapter 13's checks: the reference answers pass, and each usual wrong answer gets its own diagnosis."""

import functools
import math

import numpy as np
import torch
from exercise_cases import ExerciseCases
from torch import nn
from torchvision.transforms import v2

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


def field_by_recursion(layers):
    if not layers:
        return 1
    (kernel, stride), *rest = layers
    return kernel + stride * (field_by_recursion(rest) - 1)


def field_by_sums(layers):
    before = [math.prod(stride for _, stride in layers[:i]) for i in range(len(layers))]
    return 1 + sum((kernel - 1) * apart for (kernel, _), apart in zip(layers, before, strict=True))


def convolved(before, after, kernel, height, width):
    layer = nn.Conv2d(before, after, kernel, bias=False)
    outputs = layer(torch.zeros(1, before, height + kernel - 1, width + kernel - 1)).numel()
    return outputs * before * kernel**2


def rate_of_torch(step, steps, warm, highest):
    if step < warm:
        return highest * torch.linspace(1 / warm, 1, warm)[step]
    return highest * (1 + torch.linspace(0, math.pi, steps - warm + 1).cos())[step - warm + 1] / 2


def rate_of_squares(step, steps, warm, highest):
    share = max(step - warm + 1, 0) / (steps - warm)
    return highest * min((step + 1) / warm, 1) * math.cos(math.pi / 2 * share) ** 2


def line_too_long(step, steps, warm, highest):
    return highest * (step + 1) / warm if step <= warm else rate(step, steps, warm, highest)


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


def soft_of_lists(y, classes, eps):
    return torch.tensor(
        [[eps / classes + (1 - eps) * (k == label) for k in range(classes)] for label in y.tolist()]
    )


def soft_of_numpy(y, classes, eps):
    rows = np.eye(classes)[y.numpy()] * (1 - eps) + eps / classes
    return torch.from_numpy(rows.astype(np.float32))


def soft_by_scatter(y, classes, eps):
    return torch.full((len(y), classes), eps / classes).scatter(1, y[:, None], 1 - eps + eps / classes)


def hard(y, classes):
    return nn.functional.one_hot(y, classes).float()


def flip(pictures, coins):
    return torch.where(coins[:, None, None, None], pictures.flip(3), pictures)


def flip_by_index(pictures, coins):
    mirrored = pictures.clone()
    mirrored[coins] = pictures[coins].flip(3)
    return mirrored


def flip_of_numpy(pictures, coins):
    mask = coins.numpy()[:, None, None, None]
    return torch.from_numpy(np.where(mask, pictures.numpy()[..., ::-1], pictures.numpy()))


def flip_by_products(pictures, coins):
    mask = coins.view(-1, 1, 1, 1)
    return pictures * ~mask + pictures.flip(-1) * mask


def flip_by_gather(pictures, coins):
    columns = torch.arange(pictures.shape[3])
    columns = torch.where(coins[:, None], columns.flip(0), columns)
    return pictures.gather(3, columns[:, None, None].expand_as(pictures))


def flip_by_places(pictures, coins):
    mirrored = pictures.clone()
    for i in coins.nonzero().flatten():
        mirrored[i] = mirrored[i].flip(-1)
    return mirrored


def turning_the_coins(pictures, coins):
    return flip(pictures, coins.logical_not_())


def one_by_one(change):
    return lambda p, coins: torch.stack([change(q) if coin else q for q, coin in zip(p, coins, strict=True)])


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


def averaged_pictures(model, pictures):
    model.eval()
    with torch.no_grad():
        return model((pictures + pictures.flip(3)) / 2)


def both_at_once(model, pictures):
    model.train(False)
    with torch.inference_mode():
        return sum(model(torch.cat([pictures, pictures.flip(3)])).chunk(2)) / 2


def putting_the_mode_back(model, pictures):
    training = model.training
    found = answers(model, pictures).clone()
    model.train(training)
    return found


def detached(model, pictures):
    model.eval()
    return ((model(pictures) + model(v2.functional.horizontal_flip(pictures))) / 2).detach()


def mean(one, other):
    return (one + other) / 2


RIGHT = {
    "conv_multiplications": [
        lambda a, b, k, h, w: a * b * k**2 * h * w,
        lambda a, b, k, h, w: h * w * nn.Conv2d(a, b, k).weight.numel(),
        lambda *sizes: math.prod((*sizes, sizes[2])),
        lambda *sizes: np.prod([*sizes, sizes[2]]),
        lambda *sizes: torch.tensor([*sizes, sizes[2]]).prod(),
        lambda *sizes: torch.tensor([*sizes, sizes[2]], dtype=torch.float32).prod().item(),
        lambda *sizes: functools.reduce(lambda x, y: x * y, sizes) * sizes[2],
        lambda a, b, k, h, w: sum(k * k * h * w for _ in range(a) for _ in range(b)),
        lambda a, b, k, h, w: torch.empty(b, a, k, k).numel() * torch.empty(h, w).numel(),
        convolved,
    ],
    "receptive_field": [
        field,
        field_from_the_end,
        field_by_recursion,
        field_by_sums,
        lambda layers: functools.reduce(lambda x, pair: (x - 1) * pair[1] + pair[0], layers[::-1], 1),
        lambda layers: np.int64(field(layers)),
        lambda layers: torch.tensor(field(layers)),
        lambda layers: float(field(layers)),
        lambda layers: field([layers.pop(0) for _ in range(len(layers))]),
        lambda layers: field(np.array(layers)),
    ],
    "warm_cosine": [
        rate,
        falling(lambda t, n: half(t / n)),
        rate_of_torch,
        rate_of_squares,
        falling(lambda t, n: (1 + torch.cos(torch.tensor(math.pi * t / n))) / 2),
        falling(lambda t, n: (1 + np.cos(np.pi * t / n)) / 2),
        falling(lambda t, n: np.float32(half(t / n))),
        falling(lambda t, n: 0.5 * (1 + math.sin(math.pi * (0.5 - t / n)))),
        lambda *given: torch.tensor(rate(*given)),
        lambda *given: max(rate(*given), 0.0),
    ],
    "smoothed_targets": [
        soft,
        soft_by_hand,
        soft_by_scatter,
        soft_of_lists,
        soft_of_numpy,
        lambda y, c, eps: torch.eye(c)[y] * (1 - eps) + eps / c,
        lambda y, c, eps: hard(y, c).lerp(torch.full((len(y), c), 1 / c), eps),
        lambda y, c, eps: (y[:, None] == torch.arange(c)) * (1 - eps) + eps / c,
        lambda y, c, eps: torch.stack([soft(label[None], c, eps)[0] for label in y]),
        lambda y, c, eps: hard(y, c).mul_(1 - eps).add_(eps / c),
    ],
    "flip_each": [
        flip,
        flip_by_index,
        flip_of_numpy,
        flip_by_products,
        flip_by_gather,
        flip_by_places,
        one_by_one(lambda picture: picture.flip(2)),
        one_by_one(v2.functional.horizontal_flip),
        lambda p, coins: p.index_put((coins,), p[coins].flip(3)),
        lambda p, coins: torch.where(coins.reshape(-1, 1, 1, 1), v2.functional.hflip(p), p),
    ],
    "mirrored_answers": [
        answers,
        answered(mean),
        both_at_once,
        putting_the_mode_back,
        detached,
        answered(lambda one, other: torch.stack([one, other]).mean(dim=0)),
        answered(lambda one, other: one.lerp(other, 0.5)),
        answered(lambda one, other: 0.5 * one + 0.5 * other),
        answered(lambda one, other: sum((one, other)) / 2),
        answered(mean, axis=-1),
        answered(lambda one, other: torch.from_numpy(np.mean([one.numpy(), other.numpy()], axis=0))),
    ],
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
        (lambda a, b, k, h, w: (a + b) * k * k * h * w, "do not add their numbers"),
        (lambda a, b, k, h, w: a * b * k * k + h * w, "do not add them"),
        (lambda a, b, k, h, w: a * b * k * k * h * h, "not equally many"),
        (lambda a, b, k, h, w: a * b * k * k * w**2, "not equally many"),
        (lambda a, b, k, h, w: 128 * a * b * k * k * h * w, "how many weights are there"),
        (lambda a, b, k, h, w: a * b * k * k * h * w - 1, "how many weights are there"),
        (lambda a, b, k, h, w: (a * b * k * k, h * w), "a number is expected"),
        (lambda a, b, k, h, w: f"{a * b * k * k * h * w:,}", "a number is expected"),
        (lambda a, b, k, h, w: None, "is a return missing"),
        (lambda a, b, k, h, w: torch.empty(b, a, k, k).shape, "a number is expected"),
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
        (lambda layers: 1 + sum((k - 1) * s for k, s in layers), "for all layers behind its own"),
        (lambda layers: field([pair[::-1] for pair in layers]), "the kernel first, then the stride"),
        (lambda layers: field(layers) ** 2, "the width is asked for"),
        (lambda layers: max(k for k, _ in layers), "the others see more"),
        (lambda layers: field(layers) + 1, "go from layer to layer"),
        (lambda layers: field(layers[:2]), "go from layer to layer"),
        (lambda layers: (field(layers), field(layers)), "a number is expected"),
        (lambda layers: field(layers) / 2, "go from layer to layer"),
        (lambda layers: None, "is a return missing"),
        (lambda layers: field(layers[0]), "raises TypeError"),
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
        (line_too_long, "the line goes on rising"),
        (lambda step, steps, warm, highest: highest * (step + 1) / warm, "the line goes on rising"),
        (lambda step, steps, warm, highest: highest * step / (warm - 1), "a step late"),
        (
            lambda step, steps, warm, highest: (
                rate(step, steps, warm, highest) if step < warm else highest * half((step - warm + 1) / steps)
            ),
            "not all of them",
        ),
        (falling(lambda t, n: half(1 - t / n)), "a cosine rises"),
        (falling(lambda t, n: math.sin(math.pi * t / n)), "a sine begins at 0"),
        (falling(lambda t, n: (1 + math.cos(180 * t / n)) / 2), "cos takes radians"),
        (lambda *given: [rate(*given)], "a number is expected"),
        (lambda *given: str(rate(*given)), "a number is expected"),
        (lambda step, *given: rate(step, *given) if step < given[0] - 1 else None, "is a return missing"),
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
        (lambda y, c, eps: eps * hard(y, c) + (1 - eps) / c, "yours is what is kept"),
        (lambda y, c, eps: soft(y, c, eps).softmax(1), "no softmax is needed"),
        (lambda y, c, eps: soft(y, c, eps).numpy(), "a NumPy array"),
        (lambda y, c, eps: soft(y, c, eps).tolist(), "a torch.Tensor is expected"),
        (lambda y, c, eps: torch.where(hard(y, c) > 0, 1 - eps, eps / c), "a row does not sum to 1"),
        (lambda y, c, eps: torch.where(hard(y, c) > 0, 1 - eps, eps / (c - 1)), "the right one included"),
        (lambda y, c, eps: soft(y, 10, eps), "the shape is (5, 10)"),
        (lambda y, c, eps: soft(y, c, eps)[0], "one row a label"),
        (lambda y, c, eps: soft(y, c, eps).half(), "logits are float32"),
        (lambda y, c, eps: None, "is a return missing"),
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
        (turning_the_coins, "those with False"),
        (lambda p, coins: torch.cat([p[~coins], p[coins].flip(3)]), "each should keep its place"),
        (lambda p, coins: p.flip(3) if coins.any() else p, "all pictures are mirrored"),
        (lambda p, coins: p.flip(3) if coins.all() else p, "no picture is mirrored"),
        (one_by_one(lambda picture: picture.flip(1)), "on their heads"),
        (one_by_one(lambda picture: picture.flip(0)), "the colours are exchanged"),
        (
            lambda p, coins: [q.flip(2) if k else q for q, k in zip(p, coins, strict=True)],
            "the result is a list",
        ),
        (lambda p, coins: torch.where(coins, p.flip(3), p), "raises RuntimeError"),
        (lambda p, coins: flip(p, coins).numpy(), "a NumPy array"),
        (lambda p, coins: flip(p, coins).long(), "come back as torch.int64"),
        (lambda p, coins: flip(p, coins)[:, :1], "the shape is (5, 1, 6, 8)"),
        (lambda p, coins: None, "is a return missing"),
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
        (averaged_pictures, "the pictures were averaged"),
        (answered(lambda one, other: one + other / 2), "brackets are missing"),
        (answered(lambda one, other: one / 2 + other), "brackets are missing"),
        (answered(lambda one, other: (one - other) / 2), "half of the difference"),
        (answered(mean, axis=(2, 3)), "turned by 180 degrees"),
        (answered(mean, axis=0), "in another order"),
        (answered(lambda one, other: mean(one, other).softmax(1)), "these are probabilities"),
        (answered(lambda one, other: mean(one.log_softmax(1), other.log_softmax(1))), "these are logarithms"),
        (answered(lambda one, other: torch.stack([one, other])), "the shape is (2, 6, 4)"),
        (answered(lambda one, other: mean(one, other).tolist()), "a torch.Tensor is expected"),
        (answered(lambda one, other: None), "is a return missing"),
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
