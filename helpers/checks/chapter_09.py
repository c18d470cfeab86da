"""Checks of chapter 9's exercises: layers, models, convolutions and residual blocks."""

from __future__ import annotations

from collections.abc import Callable

import torch
import torch.nn.functional as tf
from torch import Tensor, nn

from helpers.checks.report import (
    UNATTEMPTED,
    UnattemptedError,
    call,
    exercise,
    function,
    is_placeholder,
    number,
    reject,
    require,
    same,
    tensor,
    whole_number,
    wrong,
)
from helpers.checks.usual import reject_usual


@exercise
def parameters_counted(answer: object) -> str:
    """Judge the number of parameters of 3 x 32 x 32 inputs, 256 hidden numbers, 10 classes."""
    count = whole_number(answer)
    pixels, hidden, classes = 3 * 32 * 32, 256, 10
    weights, biases = hidden * (pixels + classes), hidden + classes
    usual = {
        weights: "the weights are all there; each sum has a bias too.",
        weights + hidden: "the ten sums of the last layer have biases too.",
        weights + classes: "the sums of the hidden layer have biases too.",
        hidden * (pixels // 3 + classes) + biases: "a colour picture has three channels.",
        hidden * pixels + hidden: "that is the first layer alone.",
        hidden * classes + classes: "that is the last layer alone.",
        weights + biases + hidden: "ReLU holds no parameters, and a bias counts once.",
        pixels
        * hidden
        * classes: "widths of neighbours are multiplied, and the products of the layers added.",
    }
    reject(count in usual, usual.get(count, ""))
    reject(count < weights, "that is fewer than there are weights: pixels times 256, and 256 times 10.")
    require(
        count == weights + biases,
        "too many, or not all of them: weights and biases of two layers are asked for.",
    )
    return "each layer holds inputs times outputs, and one bias for each output."


#: (n, kernel_size, stride, padding): between them strides that divide and do not, and padding.
SIZES = (
    (32, 5, 1, 0),
    (28, 3, 1, 1),
    (10, 3, 2, 0),
    (11, 3, 2, 1),
    (224, 7, 2, 3),
    (13, 4, 3, 2),
    (12, 3, 2, 0),
    (5, 5, 1, 0),
)


@exercise
def output_size(answer: object) -> str:
    """Judge a function ``(n, kernel_size, stride, padding) -> int`` against ``nn.Conv2d``."""
    size = function(answer)
    results = []
    for case in SIZES:
        result = call(size, *case, given=_case_text(case))
        results.append(number(result, f"with {_case_text(case)}, the size"))
        whole = not isinstance(result, float) or results[-1] != _true_size(*case)
        require(whole, f"with {_case_text(case)}: the value is right, and a float; // keeps it an int.")
    _diagnose_sizes(results)
    return f"{len(SIZES)} layers return maps of just these sizes."


#: What a wrong formula forgets: the formula and the diagnosis.
SIZE_SLIPS = (
    (
        lambda n, k, s, p: -(-(n + 2 * p - k) // s) + 1,
        "that is rounded up: a window reaches beyond the edge.",
    ),
    (lambda n, k, s, p: (n + 2 * p - k) // s, "one too few: the first window costs no step."),
    (lambda n, k, s, p: (n + p - k) // s + 1, "the padding lies on both sides."),
    (lambda n, k, s, p: (n - k) // s + 1, "the padding is left out."),
    (lambda n, k, s, p: n + 2 * p - k + 1, "the stride is left out."),
    (lambda n, k, s, p: (n + 2 * p) // s, "the kernel's own width is left out."),
    (lambda n, k, s, p: (n + 2 * p - k + 1) // s, "divide first, then add one."),
)


def _diagnose_sizes(results: list[float]) -> None:
    off = [case for case, found in zip(SIZES, results, strict=True) if found != _true_size(*case)]
    if not off:
        return
    for formula, diagnosis in SIZE_SLIPS:
        reject(results == [formula(*case) for case in SIZES], f"with {_case_text(off[0])}: {diagnosis}")
    wrong(f"with {_case_text(off[0])}: the layer's map has another size.")


def _case_text(case: tuple[int, ...]) -> str:
    return "n={}, kernel_size={}, stride={}, padding={}".format(*case)


def _true_size(n: int, kernel: int, stride: int, padding: int) -> int:
    layer = nn.Conv2d(1, 1, kernel, stride=stride, padding=padding, device="meta")
    return layer(torch.empty(1, 1, n, n, device="meta")).shape[-1]


@exercise
def linear(answer: object) -> str:
    """Judge a function ``(X, weight, bias) -> tensor`` against ``nn.Linear``, also on a square weight."""
    compute = function(answer)
    for samples, inputs, outputs in ((4, 3, 2), (5, 4, 4), (1, 2, 6)):
        X, weight, bias = _random(samples, inputs), _random(outputs, inputs), _random(outputs)
        given = f"X ({samples}, {inputs}) and weight ({outputs}, {inputs})"
        result = call(compute, X.clone(), weight.clone(), bias.clone(), given=given)
        found = tensor(result, name=f"with {given}, the result")
        expected = tf.linear(X, weight, bias)
        if same(found, expected, rtol=1e-4, atol=1e-5):
            continue
        reject(same(found, X @ weight.T, rtol=1e-4, atol=1e-5), f"with {given}: the bias is missing.")
        if inputs == outputs:
            turned = same(found, X @ weight + bias, rtol=1e-4, atol=1e-5)
            reject(turned, f"with {given}: the weight must be transposed; its rows are the outputs.")
        reject(same(found, X @ weight.T - bias, rtol=1e-4, atol=1e-5), f"with {given}: the bias is added.")
        turned = found.ndim == 2 and same(found.mT, expected, rtol=1e-4, atol=1e-5)
        reject(turned, f"with {given}: that is (outputs, samples).")
        require(found.shape == expected.shape, f"with {given}: the result has shape {tuple(found.shape)}.")
        wrong(f"with {given}: the shape is right, and the numbers are not.")
    return "three batches, among them a square weight and a single sample, give what nn.Linear gives."


@exercise
def classifier(answer: object) -> str:
    """Judge a class with ``(num_inputs, num_hidden, num_classes)`` by what it registers and computes."""
    inputs, hidden, classes = 12, 7, 5
    given = f"Classifier({inputs}, {hidden}, {classes})"
    model = _model(answer, (inputs, hidden, classes), given)
    torch.manual_seed(0)
    batch = torch.randn(6, 3, 4)
    result = call(model, batch, given=f"{given} on a batch of (6, 3, 4)")
    _diagnose_registered(model, hidden * (inputs + 1) + classes * (hidden + 1))
    logits = tensor(result, name=f"the output of {given}")
    reject(len(logits) != 6, f"6 samples go in and {len(logits)} rows come out: flatten from axis 1.")
    require(tuple(logits.shape) == (6, classes), f"the output of {given} has shape {tuple(logits.shape)}.")
    _diagnose_logits(model, batch, logits)
    return "it holds two layers, keeps the samples apart, bends its input once, and returns logits."


def _model(answer: object, sizes: tuple[int, ...], given: str) -> nn.Module:
    kind = function(answer, "the answer")
    is_module = isinstance(kind, type) and issubclass(kind, nn.Module)
    require(is_module, "the answer is not a class that inherits from nn.Module.")
    try:
        torch.manual_seed(1)
        model = kind(*sizes)
    except Exception as error:  # whatever the reader's code raises is theirs to read
        hint = " Is super().__init__() the first line?" if "Module.__init__" in str(error) else ""
        wrong(f"{given} raises {type(error).__name__}: {' '.join(str(error).split())}.{hint}")
    if any(is_placeholder(value) for value in vars(model).values()):
        raise UnattemptedError(UNATTEMPTED)
    return model


def _diagnose_registered(model: nn.Module, expected: int) -> None:
    count = sum(parameter.numel() for parameter in model.parameters())
    lists = [name for name, value in vars(model).items() if not name.startswith("_") and _holds_layers(value)]
    reject(
        lists, f"self.{''.join(lists[:1])} is a plain list, tuple or dict: the model does not look into it."
    )
    reject(count == 0, "the model registers no parameters: are the layers attributes, made in __init__?")
    require(count == expected, f"the model holds {count} parameters: they are not those of the two layers.")


def _holds_layers(value: object) -> bool:
    found = value.values() if isinstance(value, dict) else value
    return isinstance(value, (list, tuple, dict)) and any(isinstance(item, nn.Module) for item in found)


def _diagnose_logits(model: nn.Module, batch: Tensor, logits: Tensor) -> None:
    def run(X: Tensor) -> Tensor:
        with torch.no_grad():
            return model(X)

    sums = logits.sum(dim=1)
    reject(
        same(sums, torch.ones(6), atol=1e-4) and logits.min() >= 0,
        "softmax is in the model: return the logits.",
    )
    reject(
        same(logits.exp().sum(dim=1), torch.ones(6), atol=1e-4),
        "log-softmax is in the model: return the logits.",
    )
    far = run(100 * torch.randn(400, 3, 4))
    reject(far.min() >= 0, "no logit is ever negative: the last layer must not be followed by ReLU.")
    reject(far.abs().max() <= 1, "the logits stay between -1 and 1: nothing may follow the last layer.")
    zero = run(torch.zeros_like(batch))
    straight = run(batch) + run(-batch) - 2 * zero
    reject(
        straight.abs().max() < 1e-5,
        "f(x) + f(-x) = 2 f(0) everywhere: without a non-linearity it is one layer.",
    )
    big, bigger = run(1e4 * batch), run(2e4 * batch)
    require(
        same(bigger / big, torch.full_like(big, 2.0), rtol=0.05), "ReLU is asked for between the two layers."
    )


@exercise
def convolve(answer: object) -> str:
    """Judge a function ``(image, kernel, stride) -> map`` against ``F.conv2d``."""
    compute = function(answer)
    for n, k, stride in ((5, 3, 1), (7, 2, 1), (8, 3, 2), (9, 3, 3), (4, 4, 1)):
        image, kernel = _random(n, n), _random(k, k)
        given = f"a picture of {n} x {n}, a kernel of {k} x {k} and stride {stride}"
        found = tensor(
            call(compute, image.clone(), kernel.clone(), stride, given=given), name=f"with {given}, the map"
        )
        _diagnose_map(found, image, kernel, stride, given)
    return "five maps, with strides that divide and do not, are those of F.conv2d."


def _diagnose_map(found: Tensor, image: Tensor, kernel: Tensor, stride: int, given: str) -> None:
    def conv(weights: Tensor, step: int = stride) -> Tensor:
        return tf.conv2d(image[None, None], weights[None, None], stride=step)[0, 0]

    expected = conv(kernel)
    if same(found, expected, rtol=1e-4, atol=1e-5):
        return
    usual = (
        (conv(kernel.flip(0, 1)), "the kernel is flipped; torch does not flip it."),
        (conv(kernel.T), "rows and columns of the kernel are swapped."),
        (expected.T, "rows and columns of the map are swapped."),
        (conv(kernel, 1), "the stride is left out: the windows start at every pixel."),
        (expected / kernel.numel(), "that is the mean of the products; their sum is asked for."),
        (
            conv(kernel, 1)[: len(expected), : len(expected)],
            "the map has its size, but the windows do not step.",
        ),
    )
    reject_usual(found, usual, given, rtol=1e-4, atol=1e-5)
    rows, side = tuple(found.shape), len(expected)
    reject(found.ndim != 2, f"with {given}: the map has shape {rows}; rows and columns are expected.")
    reject(side == rows[0] + 1, f"with {given}: the last window that fits is left out.")
    require(
        rows == tuple(expected.shape), f"with {given}: the map has shape {rows}, not as many windows as fit."
    )
    wrong(f"with {given}: the size is right, and the numbers are not.")


@exercise
def bottleneck(answer: object) -> str:
    """Judge a class with ``(channels, narrow)``: its weights, its skip, and its last ReLU."""
    channels, narrow = 8, 3
    given = f"Bottleneck({channels}, {narrow})"
    block = _model(answer, (channels, narrow), given)
    torch.manual_seed(0)
    x = torch.randn(2, channels, 6, 6)
    result = call(block, x.clone(), given=f"{given} on pictures of (2, 8, 6, 6)")
    found = tensor(result, name=f"the output of {given}")
    require(
        found.shape == x.shape,
        f"(2, 8, 6, 6) goes in and {tuple(found.shape)} comes out: the size must stay.",
    )
    _diagnose_convolutions(block, channels, narrow)
    _diagnose_skip(block, x)
    return "three convolutions of the right sizes; with the last one at zero, the block passes its input on."


def _diagnose_convolutions(block: nn.Module, channels: int, narrow: int) -> None:
    convs = [module for module in block.modules() if isinstance(module, nn.Conv2d)]
    require(len(convs) == 3, f"the block registers {len(convs)} convolutions; three are asked for.")
    require(
        isinstance(getattr(block, "expand", None), nn.Conv2d), "self.expand is to be the last convolution."
    )
    shapes = sorted(tuple(conv.weight.shape) for conv in convs)
    wanted = sorted([(narrow, channels, 1, 1), (narrow, narrow, 3, 3), (channels, narrow, 1, 1)])
    wide = (channels, channels, 3, 3) in shapes
    reject(wide, "the 3 x 3 convolution works on all channels: it belongs inside, where they are few.")
    require(
        shapes == wanted, "the convolutions are 1 x 1 down, 3 x 3 within, 1 x 1 up; these have other shapes."
    )
    up = tuple(block.expand.weight.shape) == (channels, narrow, 1, 1)
    require(up, "self.expand is to lead back up from the few channels to all.")


def _diagnose_skip(block: nn.Module, x: Tensor) -> None:
    run: Callable[[Tensor], Tensor] = torch.no_grad()(block)
    for parameter in block.expand.parameters():
        nn.init.zeros_(parameter)
    rest = run(x.clone())
    reject(same(rest, torch.zeros_like(x)), "with expand at zero nothing comes out: the input is not added.")
    reject(
        same(rest, x),
        "with expand at zero the input comes out unchanged, negative numbers too: ReLU comes last.",
    )
    reject(same(rest, 2 * x.relu()) or same(rest, 2 * x), "the input is added twice.")
    require(same(rest, x.relu()), "with expand at zero, the ReLU of the input should come out, and does not.")
    for parameter in block.expand.parameters():
        nn.init.ones_(parameter)
    change = run(x.clone())
    inner = _inner(block, x)
    reject(same(change, inner + x.relu(), rtol=1e-3, atol=1e-4), "ReLU comes after the sum, not before it.")
    bent = same(change, (inner + x).relu(), rtol=1e-3, atol=1e-4)
    require(bent, "inside, a ReLU belongs after each of the first two convolutions.")


def _inner(block: nn.Module, x: Tensor) -> Tensor:
    """Return what 1 x 1, ReLU, 3 x 3, ReLU and ``expand`` add to the input, with the block's own weights."""
    convs = [
        module for module in block.modules() if isinstance(module, nn.Conv2d) and module is not block.expand
    ]
    first, second = sorted(convs, key=lambda conv: conv.kernel_size)
    with torch.no_grad():
        return block.expand(second(first(x).relu()).relu())


def _random(*shape: int) -> Tensor:
    generator = torch.Generator().manual_seed(sum(size * 7**place for place, size in enumerate(shape)))
    return torch.randn(shape, generator=generator)
