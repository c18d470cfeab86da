"""Chapter 9's checks: the reference answers pass, and each usual wrong answer gets its own diagnosis."""

import math
import warnings

import numpy as np
import torch
from exercise_cases import ExerciseCases
from torch import nn
from torch.nn import functional

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


def size_by_the_layer(n, kernel_size, stride, padding):
    layer = nn.Conv2d(1, 1, kernel_size, stride, padding)
    return layer(torch.zeros(1, 1, n, n)).shape[-1]


def size_by_counting(n, kernel_size, stride, padding):
    count, first = 0, -padding
    while first + kernel_size <= n + padding:
        count, first = count + 1, first + stride
    return count


def linear_with_loops(X, weight, bias):
    rows = [[sum(w * v for w, v in zip(row, x, strict=True)) for row in weight] for x in X]
    return torch.tensor(rows) + bias


def linear_in_place(X, weight, bias):
    out = X @ weight.t_()
    out += bias
    return out


def convolve_as_a_product(image, kernel, stride):
    columns = functional.unfold(image[None, None], kernel.shape, stride=stride)[0]
    side = math.isqrt(columns.shape[1])
    return (kernel.flatten() @ columns).view(side, side)


def convolve_by_shifts(image, kernel, stride):
    n, k = image.shape[0], kernel.shape[0]
    out = 0
    for i in range(k):
        for j in range(k):
            out = out + kernel[i, j] * image[i : n - k + 1 + i : stride, j : n - k + 1 + j : stride]
    return out


def convolve_with_a_module(image, kernel, stride):
    conv = nn.Conv2d(1, 1, len(kernel), stride, bias=False)
    conv.weight = nn.Parameter(kernel[None, None])
    return conv(image[None, None]).squeeze(0, 1)


def convolve_in_place(image, kernel, stride):
    n, k = len(image), len(kernel)
    side = (n - k) // stride + 1
    out = torch.empty(side, side)
    for i in range(side):
        for j in range(side):
            window = image[i * stride : i * stride + k, j * stride : j * stride + k].clone()
            out[i, j] = window.mul_(kernel).sum()
    return image.set_(out)


def convolve_numpy_inside(image, kernel, stride):
    windows = np.lib.stride_tricks.sliding_window_view(image.numpy(), kernel.shape)[::stride, ::stride]
    return torch.from_numpy(np.einsum("ijkl,kl->ij", windows, kernel.numpy()))


class ListedTwice(nn.Module):
    """Right: the list holds layers that are attributes too."""

    def __init__(self, num_inputs, num_hidden, num_classes):
        super().__init__()
        self.hidden, self.output = nn.Linear(num_inputs, num_hidden), nn.Linear(num_hidden, num_classes)
        self.layers = [self.hidden, nn.ReLU(), self.output]

    def forward(self, X):
        """Walk through the list."""
        X = X.reshape(len(X), -1)
        for layer in self.layers:
            X = layer(X)
        return X


class InAModuleList(nn.Module):
    """Right: layers in an nn.ModuleList, ReLU by clamping."""

    def __init__(self, num_inputs, num_hidden, num_classes):
        super().__init__()
        self.sizes = [num_inputs, num_hidden, num_classes]
        self.layers = nn.ModuleList(
            nn.Linear(*pair) for pair in zip(self.sizes, self.sizes[1:], strict=False)
        )

    def forward(self, X):
        """Clamp in between."""
        return self.layers[1](self.layers[0](X.view(X.shape[0], -1)).clamp(min=0))


class IsASequential(nn.Sequential):
    """Right: a Sequential of its own, with an in-place ReLU."""

    def __init__(self, num_inputs, num_hidden, num_classes):
        hidden, output = nn.Linear(num_inputs, num_hidden), nn.Linear(num_hidden, num_classes)
        super().__init__(nn.Flatten(), hidden, nn.ReLU(inplace=True), output)


class IsLazy(nn.Module):
    """Right: layers that find their inputs at the first call."""

    def __init__(self, num_inputs, num_hidden, num_classes):
        super().__init__()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            layers = nn.LazyLinear(num_hidden), nn.ReLU(), nn.LazyLinear(num_classes)
        self.layers = nn.ModuleDict({"body": nn.Sequential(*layers)})

    def forward(self, X):
        """Flatten by hand."""
        return self.layers["body"](X.flatten(start_dim=1))


class OwnParameters(nn.Module):
    """Right: weights of its own, kept (inputs, outputs)."""

    def __init__(self, num_inputs, num_hidden, num_classes):
        super().__init__()
        self.W1 = nn.Parameter(torch.randn(num_inputs, num_hidden))
        self.b1 = nn.Parameter(torch.randn(num_hidden))
        self.W2 = nn.Parameter(torch.randn(num_hidden, num_classes))
        self.b2 = nn.Parameter(torch.randn(1, num_classes))

    def forward(self, X):
        """Two products."""
        hidden = torch.einsum("ni,ih->nh", X.flatten(1), self.W1) + self.b1
        return torch.maximum(hidden, torch.zeros(())) @ self.W2 + self.b2


class WritesOverItsInput(nn.Module):
    """Right, and it uses the memory of its input."""

    def __init__(self, num_inputs, num_hidden, num_classes):
        super().__init__()
        self.add_module("hidden", nn.Linear(num_inputs, num_hidden))
        self.register_module("output", nn.Linear(num_hidden, num_classes))

    def forward(self, X):
        """Fill the input with zeros when it is read."""
        hidden = functional.relu(self.hidden(X.flatten(1)), inplace=True)
        X.zero_()
        return self.output(hidden)


class HiddenInADict(nn.Module):
    """Half of the layers in a plain dict."""

    def __init__(self, num_inputs, num_hidden, num_classes):
        super().__init__()
        self.body = {"hidden": [nn.Linear(num_inputs, num_hidden)]}
        self.output = nn.Linear(num_hidden, num_classes)

    def forward(self, X):
        """Look the layer up."""
        return self.output(self.body["hidden"][0](X.flatten(1)).relu())


class NotReady(nn.Module):
    """No super().__init__(), and nothing assigned that would notice."""

    def __init__(self, num_inputs, num_hidden, num_classes):
        self.sizes = num_inputs, num_hidden, num_classes


class WithDropout(nn.Module):
    """A layer that nobody asked for."""

    def __init__(self, num_inputs, num_hidden, num_classes):
        super().__init__()
        hidden, output = nn.Linear(num_inputs, num_hidden), nn.Linear(num_hidden, num_classes)
        self.stack = nn.Sequential(nn.Flatten(), hidden, nn.ReLU(), nn.Dropout(), output)

    def forward(self, X):
        """Run through the stack."""
        return self.stack(X)


class BentElsewhere(nn.Module):
    """ReLU where it does not belong: first, or last."""

    place = "first"

    def __init__(self, num_inputs, num_hidden, num_classes):
        super().__init__()
        self.hidden, self.output = nn.Linear(num_inputs, num_hidden), nn.Linear(num_hidden, num_classes)

    def forward(self, X):
        """Bend before, or behind, both layers."""
        X = X.flatten(1)
        if self.place == "first":
            return self.output(self.hidden(X.relu()))
        return self.output(self.hidden(X)).relu()


class BentLast(BentElsewhere):
    """ReLU behind the last layer alone."""

    place = "last"


def in_sequence(*layers_of):
    """Return a block whose convolutions are in a Sequential, and the last of them under its name too."""

    class Bottleneck(nn.Module):
        def __init__(self, channels, narrow):
            super().__init__()
            self.expand = nn.Conv2d(narrow, channels, 1, bias=False)
            down, middle = (
                nn.Conv2d(channels, narrow, 1, bias=False),
                nn.Conv2d(narrow, narrow, 3, padding="same"),
            )
            self.body = nn.Sequential(down, nn.ReLU(), middle, nn.ReLU(inplace=True), self.expand)

        def forward(self, x):
            change = self.body(x)
            change += x
            return functional.relu(change, inplace=True)

    return Bottleneck


class WithBatchNorm(nn.Module):
    """A real network's block: more than was asked for."""

    def __init__(self, channels, narrow):
        super().__init__()
        self.reduce, self.norm = nn.Conv2d(channels, narrow, 1), nn.BatchNorm2d(narrow)
        self.middle, self.expand = nn.Conv2d(narrow, narrow, 3, padding=1), nn.Conv2d(narrow, channels, 1)

    def forward(self, x):
        """Normalise once."""
        out = self.middle(self.norm(self.reduce(x)).relu()).relu()
        return torch.relu(self.expand(out) + x)


class WrongNames(nn.Module):
    """The name expand at the first convolution."""

    def __init__(self, channels, narrow):
        super().__init__()
        self.expand, self.middle = nn.Conv2d(channels, narrow, 1), nn.Conv2d(narrow, narrow, 3, padding=1)
        self.last = nn.Conv2d(narrow, channels, 1)

    def forward(self, x):
        """Run them in order."""
        return torch.relu(self.last(self.middle(self.expand(x).relu()).relu()) + x)


def unpadded(image, kernel, stride):
    return functional.conv2d(image[None, None], kernel[None, None], stride=stride)


def padded(image, kernel, stride):
    return functional.conv2d(image[None, None], kernel[None, None], stride=stride, padding=1)[0, 0]


def windows_that_leap(image, kernel, stride):
    """Loop over every place, and cut the window at place times stride."""
    side = len(image) - len(kernel) + 1
    out = torch.zeros(side, side)
    for i in range(side):
        for j in range(side):
            window = image[i * stride :, j * stride :][: len(kernel), : len(kernel)]
            out[i, j] = (window * kernel[: len(window), : window.shape[1]]).sum()
    return out


RIGHT = {
    "parameters_counted": [
        3072 * 256 + 256 + 256 * 10 + 10,
        sum(p.numel() for p in nn.Sequential(nn.Linear(3072, 256), nn.Linear(256, 10)).parameters()),
        np.prod([3073, 256]) + np.prod([257, 10]),
        torch.tensor(3073 * 256 + 2570),
        789258.0,
    ],
    "output_size": [
        output_size,
        lambda n, k, s, p: len(range(0, n + 2 * p - k + 1, s)),
        lambda n, k, s, p: int((n + 2 * p - k) / s) + 1,
        lambda n, k, s, p: math.floor((n + 2 * p - k) / s + 1),
        lambda n, k, s, p: divmod(n + 2 * p - k, s)[0] + 1,
        lambda n, k, s, p: np.int64(n + 2 * p - k) // s + 1,
        lambda n, k, s, p: torch.tensor(n + 2 * p - k) // s + 1,
        lambda n, k, s, p: (n + 2 * p - k + s) // s,
        size_by_the_layer,
        size_by_counting,
    ],
    "linear": [
        linear,
        linear_with_loops,
        linear_in_place,
        lambda X, weight, bias: torch.addmm(bias, X, weight.mT),
        lambda X, weight, bias: torch.einsum("ni,oi->no", X, weight).add(bias),
        lambda X, weight, bias: (X[:, None] * weight).sum(dim=-1) + bias,
        lambda X, weight, bias: torch.stack([weight @ x + bias for x in X]),
        lambda X, weight, bias: (weight @ X.T + bias[:, None]).T,
        lambda X, weight, bias: (
            torch.cat([X, torch.ones(len(X), 1)], 1) @ torch.column_stack([weight, bias]).T
        ),
        lambda X, weight, bias: torch.from_numpy(X.numpy() @ weight.numpy().T + bias.numpy()),
    ],
    "classifier": [
        classifier(),
        AllInOneStack,
        ListedTwice,
        InAModuleList,
        IsASequential,
        IsLazy,
        OwnParameters,
        WritesOverItsInput,
        classifier(nn.ReLU(), flatten=lambda X: X.view(-1, 12)),
        classifier(lambda z: z * (z > 0), flatten=nn.Flatten()),
    ],
    "convolve": [
        convolve,
        convolve_unfolded,
        convolve_as_a_product,
        convolve_by_shifts,
        convolve_with_a_module,
        convolve_in_place,
        convolve_numpy_inside,
        lambda image, kernel, stride: unpadded(image, kernel, stride)[0, 0],
    ],
    "bottleneck": [
        bottleneck(),
        bottleneck(lambda out, x: functional.relu_(out.add_(x)), bend=nn.ReLU(inplace=True)),
        bottleneck(lambda out, x: (x + out).clamp_min(0), padding="same"),
        in_sequence(),
    ],
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
        (np.float64(789258.5), "not a whole number"),
        (0, "fewer than there are weights"),
        (-789258, "fewer than there are weights"),
        (6, "fewer than there are weights"),
        (torch.ones(6), "a tensor of shape (6,); one number is expected"),
        ([786432, 256, 2560, 10], "a list; a number is expected"),
        (786_688 * 2570, "too many, or not all of them"),
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
        (lambda n, k, s, p: np.floor((n + 2 * p - k) / s) + 1, "a float; // keeps it an int"),
        (lambda n, k, s, p: torch.floor(torch.tensor((n + 2 * p - k) / s)) + 1, "a float; //"),
        (lambda n, k, s, p: float(output_size(n, k, s, p)), "a float; // keeps it an int"),
        (lambda n, k, s, p: 28, "has another size"),
        (lambda n, k, s, p: -(-n // s), "has another size"),
        (lambda n, k, s, p: (output_size(n, k, s, p),) * 2, "a tuple; a number is expected"),
        (lambda n, k, s, p: torch.zeros(n, n), "one number is expected"),
        (lambda n, k, s, p: nn.Conv2d(1, 1, k, s, p), "a Conv2d; a number is expected"),
        (lambda n, k, s, p: (n, n), "a tuple; a number is expected"),
        (lambda n, k, s, p: True, "a truth value; a number is expected"),
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
        (lambda X, W, b: X.numpy() @ W.numpy().T + b.numpy(), "array; a torch.Tensor is expected"),
        (lambda X, W, b: X * W + b, "raises RuntimeError"),
        (lambda X, W, b: X[0] @ W.T + b, "the result has shape (2,)"),
        (lambda X, W, b: (X @ W.T + b)[None], "the result has shape (1, 4, 2)"),
        (lambda X, W, b: torch.relu(X @ W.T + b), "the numbers are not"),
        (lambda X, W, b: (X @ W.T + b).round(), "the numbers are not"),
        (lambda X, W, b: X @ W.T @ b, "the result has shape (4,)"),
        (lambda X, W, b: (X @ W.T + b) / 0, "holds inf or nan"),
        (lambda X, W, b: nn.Linear(W.shape[1], len(W))(X), "the numbers are not"),
        (lambda X, W, b: nn.Linear(W.shape[1], len(W)), "a Linear; a torch.Tensor is expected"),
    ],
    "classifier": [
        (Forgetful, "Is super().__init__() the first line?"),
        (NotReady, "Is super().__init__() the first line?"),
        (Listed, "self.layers is a plain list"),
        (HiddenInADict, "self.body is a plain list, tuple or dict"),
        (MadeOnTheWay, "registers no parameters"),
        (Swapped, "not those of the two layers"),
        (classifier(bias=False), "not those of the two layers"),
        (classifier(lambda z: z), "without a non-linearity in between"),
        (classifier(torch.sigmoid), "ReLU is asked for"),
        (classifier(torch.tanh), "ReLU is asked for"),
        (classifier(functional.gelu), "ReLU is asked for"),
        (classifier(functional.silu), "ReLU is asked for"),
        (classifier(functional.leaky_relu), "ReLU is asked for"),
        (classifier(functional.softplus), "ReLU is asked for"),
        (classifier(torch.abs), "ReLU is asked for"),
        (classifier(lambda z: torch.where(z > 0.1, z, 0.0)), "ReLU is asked for"),
        (BentElsewhere, "not before the first"),
        (BentLast, "not behind the last"),
        (classifier(flatten=lambda X: X.flatten(1).relu()), "as they are, without a ReLU"),
        (WithDropout, "nothing random is asked for"),
        (classifier(last=lambda z: z.softmax(1)), "softmax is in the model"),
        (classifier(last=nn.Softmax(dim=0)), "runs over the samples"),
        (classifier(last=lambda z: z.log_softmax(1)), "log-softmax is in the model"),
        (classifier(last=torch.relu), "must not be followed by ReLU"),
        (classifier(last=torch.tanh), "nothing may follow the last layer"),
        (classifier(last=torch.sigmoid), "nothing may follow the last layer"),
        (classifier(last=lambda z: z.argmax(1)), "has shape (6,)"),
        (classifier(last=lambda z: z.sum()), "has shape ()"),
        (classifier(last=lambda z: (z, z)), "a tuple; a torch.Tensor is expected"),
        (classifier(flatten=lambda X: X), "the function raises RuntimeError"),
        (classifier(flatten=lambda X: X.flatten(1, 2)), "on a batch of (6, 12), the function raises"),
        (classifier(flatten=lambda X: X.squeeze().flatten(1)), "on a batch of (1, 12, 1), the"),
        (classifier(flatten=lambda X: X.flatten(1).repeat(2, 1)), "6 samples go in and 12 rows come out"),
        (classifier(last=lambda z: z[:, :3]), "has shape (6, 3)"),
        (classifier(last=lambda z: None), "returns None"),
        (nn.Linear(12, 5), "not a class that inherits from nn.Module"),
        (classifier()(12, 7, 5), "not a class that inherits from nn.Module"),
        (lambda *sizes: nn.Linear(12, 5), "not a class that inherits from nn.Module"),
        (nn.Linear, "the function raises RuntimeError"),
        (nn.Bilinear, "the function raises TypeError"),
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
        (unpadded, "the map has shape (1, 1, 3, 3)"),
        (lambda *arguments: unpadded(*arguments).squeeze(), "the map has shape ()"),
        (padded, "not as many windows as fit"),
        (windows_that_leap, "with a picture of 8 x 8, a kernel of 3 x 3 and stride 2"),
        (lambda *arguments: convolve(*arguments).relu(), "the numbers are not"),
        (lambda *arguments: convolve(*arguments).numpy(), "array; a torch.Tensor is expected"),
        (lambda *arguments: convolve(*arguments).tolist(), "a list; a torch.Tensor is expected"),
        (lambda *arguments: convolve(*arguments).flatten(), "rows and columns are expected"),
        (lambda image, kernel, stride: image @ kernel, "raises RuntimeError"),
        (lambda image, kernel, stride: (image[: len(kernel), : len(kernel)] * kernel).sum(), "has shape ()"),
        (lambda image, kernel, stride: convolve(image, kernel, stride)[:3, :2], "not as many windows as fit"),
        (lambda image, kernel, stride: image, "not as many windows as fit"),
        (lambda image, kernel, stride: 0.0, "a float; a torch.Tensor is expected"),
        (lambda image, kernel: image, "raises TypeError"),
    ],
    "bottleneck": [
        (bottleneck(lambda out, x: torch.relu(out)), "the input is not added"),
        (bottleneck(lambda out, x: out + x), "ReLU comes last"),
        (bottleneck(lambda out, x: torch.relu(out) + torch.relu(x)), "ReLU comes after the sum"),
        (bottleneck(lambda out, x: out + torch.relu(x)), "ReLU comes after the sum"),
        (bottleneck(lambda out, x: torch.relu(out + torch.relu(x))), "without a ReLU of its own"),
        (bottleneck(lambda out, x: torch.relu(torch.relu(out) + x)), "no ReLU directly after the last"),
        (bottleneck(lambda out, x: torch.relu(out + 2 * x)), "the input is added twice"),
        (bottleneck(lambda out, x: torch.relu(x - out)), "inside, a ReLU belongs"),
        (bottleneck(lambda out, x: torch.relu(out - x)), "the input is subtracted"),
        (bottleneck(lambda out, x: torch.relu(out * x)), "the input is not added"),
        (bottleneck(lambda out, x: torch.cat([out, x], dim=1)), "(2, 16, 6, 6) comes out"),
        (bottleneck(lambda out, x: torch.sigmoid(out + x)), "the ReLU of the input should come out"),
        (bottleneck(bend=lambda z: z), "belongs after each of the first two"),
        (bottleneck(bend=functional.gelu), "belongs after each of the first two"),
        (bottleneck(bend=functional.leaky_relu), "belongs after each of the first two"),
        (bottleneck(padding=0), "raises RuntimeError"),
        (bottleneck(lambda out, x: torch.relu(out), padding=0), "the size must stay"),
        (bottleneck(sizes="wide"), "works on all channels"),
        (WithBatchNorm, "not those of the three convolutions"),
        (WrongNames, "self.expand is to lead back up"),
        (TwoConvolutions, "registers 2 convolutions"),
        (Unnamed, "self.expand is to be the last convolution"),
        (bottleneck()(8, 3), "not a class that inherits from nn.Module"),
        (Forgetful, "raises TypeError"),
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
