"""Chapter 9's checks: the reference answers pass, and each usual wrong answer gets its own diagnosis."""

import math

import torch
from exercise_cases import ExerciseCases
from torch import nn

from helpers.checks import chapter_09


def output_size(n, kernel_size, stride, padding):
    return (n + 2 * padding - kernel_size) // stride + 1


def linear(X, weight, bias):
    return X @ weight.T + bias


def convolve(image, kernel, stride):
    n, k = len(image), len(kernel)
    starts = range(0, n - k + 1, stride)
    rows = [[(image[i : i + k, j : j + k] * kernel).sum() for j in starts] for i in starts]
    return torch.tensor(rows)


def convolve_unfolded(image, kernel, stride):
    windows = image.unfold(0, len(kernel), stride).unfold(1, len(kernel), stride)
    return (windows * kernel).sum((-1, -2))


def classifier(bend=torch.relu, *, last=lambda logits: logits, flatten=lambda X: X.flatten(1), bias=True):
    class Classifier(nn.Module):
        def __init__(self, num_inputs, num_hidden, num_classes):
            super().__init__()
            self.hidden = nn.Linear(num_inputs, num_hidden, bias=bias)
            self.output = nn.Linear(num_hidden, num_classes, bias=bias)

        def forward(self, X):
            return last(self.output(bend(self.hidden(flatten(X)))))

    return Classifier


class AllInOneStack(nn.Module):
    """Right too: flattening and all layers in one nn.Sequential."""

    def __init__(self, num_inputs, num_hidden, num_classes):
        super().__init__()
        layers = nn.Linear(num_inputs, num_hidden), nn.ReLU(), nn.Linear(num_hidden, num_classes)
        self.stack = nn.Sequential(nn.Flatten(), *layers)

    def forward(self, X):
        """Run through the stack."""
        return self.stack(X)


class EmptyClassifier(nn.Module):
    """The stub of exercise 4."""

    def __init__(self, num_inputs, num_hidden, num_classes):
        super().__init__()

    def forward(self, X):
        """Return what is to be replaced."""
        return ...


class Forgetful(nn.Module):
    """No super().__init__()."""

    def __init__(self, num_inputs, num_hidden, num_classes):
        self.hidden = nn.Linear(num_inputs, num_hidden)


class Listed(nn.Module):
    """Layers in a plain list."""

    def __init__(self, num_inputs, num_hidden, num_classes):
        super().__init__()
        self.layers = [nn.Linear(num_inputs, num_hidden), nn.ReLU(), nn.Linear(num_hidden, num_classes)]

    def forward(self, X):
        """Run through the list."""
        return nn.Sequential(*self.layers)(X.flatten(1))


class MadeOnTheWay(nn.Module):
    """Layers made in forward."""

    def __init__(self, num_inputs, num_hidden, num_classes):
        super().__init__()
        self.sizes = num_inputs, num_hidden, num_classes

    def forward(self, X):
        """Draw new layers each time."""
        inputs, hidden, classes = self.sizes
        return nn.Linear(hidden, classes)(nn.Linear(inputs, hidden)(X.flatten(1)).relu())


class Swapped(nn.Module):
    """The hidden width where the classes belong."""

    def __init__(self, num_inputs, num_hidden, num_classes):
        super().__init__()
        self.layers = nn.Sequential(nn.Flatten(), nn.Linear(num_inputs, num_classes), nn.ReLU())

    def forward(self, X):
        """Stop after one layer."""
        return self.layers(X)


def bottleneck(join=lambda out, x: torch.relu(out + x), *, bend=torch.relu, padding=1, sizes=None):
    class Bottleneck(nn.Module):
        def __init__(self, channels, narrow):
            super().__init__()
            inside = narrow if sizes is None else channels
            self.reduce = nn.Conv2d(channels, inside, 1)
            self.middle = nn.Conv2d(inside, inside, 3, padding=padding)
            self.expand = nn.Conv2d(inside, channels, 1)

        def forward(self, x):
            return join(self.expand(bend(self.middle(bend(self.reduce(x))))), x)

    return Bottleneck


class TwoConvolutions(nn.Module):
    """A plain residual block."""

    def __init__(self, channels, narrow):
        super().__init__()
        self.first = nn.Conv2d(channels, narrow, 3, padding=1)
        self.expand = nn.Conv2d(narrow, channels, 3, padding=1)

    def forward(self, x):
        """Add the input."""
        return torch.relu(self.expand(torch.relu(self.first(x))) + x)


class Unnamed(nn.Module):
    """The last convolution has another name."""

    def __init__(self, channels, narrow):
        super().__init__()
        down, up = nn.Conv2d(channels, narrow, 1), nn.Conv2d(narrow, channels, 1)
        self.layers = nn.Sequential(down, nn.ReLU(), nn.Conv2d(narrow, narrow, 3, padding=1), nn.ReLU(), up)

    def forward(self, x):
        """Add the input."""
        return torch.relu(self.layers(x) + x)


class EmptyBottleneck(nn.Module):
    """The stub of exercise 6."""

    def __init__(self, channels, narrow):
        super().__init__()
        self.expand = ...


RIGHT = {
    "parameters_counted": [3072 * 256 + 256 + 256 * 10 + 10],
    "output_size": [output_size, lambda n, k, s, p: len(range(0, n + 2 * p - k + 1, s))],
    "linear": [linear],
    "classifier": [classifier(), AllInOneStack],
    "convolve": [convolve, convolve_unfolded],
    "bottleneck": [bottleneck()],
}


def loop_one_short(image, kernel, stride):
    return (
        convolve(image[:-1, :-1], kernel, stride) if len(image) > len(kernel) else convolve(image, kernel, 1)
    )


WRONG = {
    "parameters_counted": [
        (3072 * 256 + 256 * 10, "each sum has a bias too"),
        (3072 * 256 + 256 * 10 + 256, "last layer have biases too"),
        (3072 * 256 + 256 * 10 + 10, "hidden layer have biases too"),
        (1024 * 256 + 256 + 256 * 10 + 10, "three channels"),
        (3072 * 256 + 256, "the first layer alone"),
        (2570, "the last layer alone"),
        (3072 * 256 + 512 + 256 * 10 + 10, "ReLU holds no parameters"),
        (3072 * 256 * 10, "the products of the layers added"),
        (3072 + 256 + 10, "fewer than there are weights"),
        (1_000_000, "too many, or not all of them"),
        ("789,258", "a str; a number is expected"),
    ],
    "output_size": [
        (lambda n, k, s, p: (n + 2 * p - k) / s + 1, "a float; // keeps it an int"),
        (lambda n, k, s, p: math.ceil((n + 2 * p - k) / s) + 1, "reaches beyond the edge"),
        (lambda n, k, s, p: round((n + 2 * p - k) / s + 1), "with n=12, kernel_size=3, stride=2, padding=0"),
        (lambda n, k, s, p: (n + 2 * p - k) // s, "the first window costs no step"),
        (lambda n, k, s, p: (n + p - k) // s + 1, "the padding lies on both sides"),
        (lambda n, k, s, p: (n - k) // s + 1, "the padding is left out"),
        (lambda n, k, s, p: n + 2 * p - k + 1, "the stride is left out"),
        (lambda n, k, s, p: (n + 2 * p) // s, "the kernel's own width is left out"),
        (lambda n, k, s, p: (n + 2 * p - k + 1) // s, "divide first, then add one"),
        (lambda n, k, s, p: n, "has another size"),
        (lambda n, k, s, p: (n, n), "a tuple; a number is expected"),
        (lambda n, k, s: n, "raises TypeError"),
    ],
    "linear": [
        (lambda X, W, b: X @ W + b, "raises RuntimeError"),
        (lambda X, W, b: X @ (W if len(W) == W.shape[1] else W.T) + b, "must be transposed"),
        (lambda X, W, b: X @ W.T, "the bias is missing"),
        (lambda X, W, b: X @ W.T - b, "the bias is added"),
        (lambda X, W, b: (X @ W.T + b).T, "that is (outputs, samples)"),
        (lambda X, W, b: X @ W.T + b.sum(), "the numbers are not"),
        (lambda X, W, b: (X @ W.T + b).sum(1), "the result has shape (4,)"),
        (lambda X, W, b: (X @ W.T + b).tolist(), "a list; a torch.Tensor is expected"),
    ],
    "classifier": [
        (Forgetful, "Is super().__init__() the first line?"),
        (Listed, "self.layers is a plain list"),
        (MadeOnTheWay, "registers no parameters"),
        (Swapped, "not those of the two layers"),
        (classifier(bias=False), "not those of the two layers"),
        (classifier(lambda z: z), "without a non-linearity it is one layer"),
        (classifier(torch.sigmoid), "ReLU is asked for"),
        (classifier(last=lambda z: z.softmax(1)), "softmax is in the model"),
        (classifier(last=lambda z: z.log_softmax(1)), "log-softmax is in the model"),
        (classifier(last=torch.relu), "must not be followed by ReLU"),
        (classifier(last=torch.tanh), "nothing may follow the last layer"),
        (classifier(flatten=lambda X: X), "raises RuntimeError: addmm"),
        (classifier(flatten=lambda X: X.flatten(1).repeat(2, 1)), "6 samples go in and 12 rows come out"),
        (classifier(last=lambda z: z[:, :3]), "has shape (6, 3)"),
        (nn.Linear(12, 5), "not a class that inherits from nn.Module"),
        (lambda *sizes: nn.Linear(12, 5), "not a class that inherits from nn.Module"),
    ],
    "convolve": [
        (lambda image, kernel, stride: convolve(image, kernel.flip(0, 1), stride), "the kernel is flipped"),
        (lambda image, kernel, stride: convolve(image, kernel.T, stride), "of the kernel are swapped"),
        (lambda image, kernel, stride: convolve(image, kernel, stride).T, "columns of the map are swapped"),
        (lambda image, kernel, stride: convolve(image, kernel, 1), "the stride is left out"),
        (lambda *arguments: convolve(*arguments) / arguments[1].numel(), "the mean of the products"),
        (loop_one_short, "the last window that fits is left out"),
        (lambda *arguments: convolve(*arguments)[None], "rows and columns are expected"),
        (lambda *arguments: convolve(*arguments) + 1, "the numbers are not"),
        (lambda image, kernel, stride: image, "not as many windows as fit"),
        (lambda image, kernel, stride: 0.0, "a float; a torch.Tensor is expected"),
    ],
    "bottleneck": [
        (bottleneck(lambda out, x: torch.relu(out)), "the input is not added"),
        (bottleneck(lambda out, x: out + x), "ReLU comes last"),
        (bottleneck(lambda out, x: torch.relu(out) + torch.relu(x)), "ReLU comes after the sum"),
        (bottleneck(lambda out, x: torch.relu(out + 2 * x)), "the input is added twice"),
        (bottleneck(lambda out, x: torch.relu(out - x)), "the ReLU of the input should come out"),
        (bottleneck(bend=lambda z: z), "belongs after each of the first two"),
        (bottleneck(padding=0), "raises RuntimeError"),
        (bottleneck(lambda out, x: torch.relu(out), padding=0), "the size must stay"),
        (bottleneck(sizes="wide"), "works on all channels"),
        (TwoConvolutions, "registers 2 convolutions"),
        (Unnamed, "self.expand is to be the last convolution"),
        (nn.Identity, "registers 0 convolutions"),
    ],
}  # fmt: skip


class TestChapter09(
    ExerciseCases,
    chapter=chapter_09,
    right=RIGHT,
    wrong=WRONG,
    secrets={"parameters_counted": ["789258", "789,258"]},
    stubs={"classifier": [EmptyClassifier], "bottleneck": [EmptyBottleneck]},
):
    """The answers above, judged by the chapter's checks."""
