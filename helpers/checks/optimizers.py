"""Where an update function leads, and the usual mistakes that lead elsewhere: for checks of optimizers."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import torch
from torch import Tensor

from helpers.checks.report import call, reject, same, tensor, wrong

#: (lr, beta) of the walks that an update function is judged by.
SETTINGS = ((0.05, 0.9), (0.02, 0.5))


def walk(update: Callable[..., object]) -> list[Tensor]:
    """Weights after each of 30 steps on a bowl, for each setting."""
    points = []
    for lr, beta in SETTINGS:
        w, memory = torch.tensor([1.0, -2.0], dtype=torch.float64), {}
        for step in range(1, 31):
            given = f"step {step} at lr={lr}, beta={beta}"
            result = call(update, w.clone(), _slope(w), memory, lr, beta, given=given)
            w = tensor(result, (2,), name=f"with {given}, the returned weights").double().clone()
            points.append(w)
    return points


def _slope(w: Tensor) -> Tensor:
    return torch.tensor([1.0, 10.0], dtype=torch.float64) * w


def diagnose_nesterov(points: list[Tensor]) -> None:
    """Stop with what is wrong about the weights of all walks, unless they are torch's."""

    def walks_like(other: Callable[..., object]) -> bool:
        return same(torch.stack(points), torch.stack(walk(other)), rtol=1e-5)

    if walks_like(_by_torch):
        return
    for update, diagnosis in _usual_updates():
        reject(walks_like(update), diagnosis)
    for unused, values in (
        ("lr and beta are", {"lr": 0.02, "beta": 0.9}),
        ("lr is", {"lr": 0.02}),
        ("beta is", {"beta": 0.9}),
    ):
        diagnosis = f"{unused} not used: the walk does not change with the arguments."
        reject(walks_like(_with_fixed(values)), diagnosis)
    once = same(torch.stack(points[:30]), torch.stack(walk(_by_torch)[:30]), rtol=1e-5)
    reject(once, "the first walk is right, and not the second: is anything kept outside of memory?")
    wrong("the walk is not the one of torch.optim.SGD(..., nesterov=True).")


def _usual_updates() -> Iterable[tuple[Callable[..., Tensor], str]]:
    """Return update functions with a usual mistake each, and its diagnosis."""
    # Each step takes the gradient, the velocity after its update, and beta.
    steps = (
        (lambda g, v, beta: 0 * g, "the weights stay where they are."),
        (lambda g, v, beta: g, "no step depends on an earlier one: is the velocity kept in memory?"),
        (lambda g, v, beta: v, "this is plain momentum: the look ahead is missing in the step."),
        (lambda g, v, beta: (1 + beta) * g, "every velocity starts from zero: is it kept in memory?"),
        (lambda g, v, beta: g + v, "the step adds all of the velocity to the gradient, not its share beta."),
        (lambda g, v, beta: beta * v, "the gradient is missing in the step: it goes along g + beta * v."),
        (lambda g, v, beta: -g - beta * v, "the step goes uphill."),
    )
    for step, diagnosis in steps:
        yield _with_velocity(step), diagnosis

    def nesterov(g: Tensor, v: Tensor, beta: float) -> Tensor:
        return g + beta * v

    mean = _with_velocity(nesterov, share=lambda lr, beta: 1 - beta)
    yield mean, "the velocity takes only the share 1 - beta of the gradient; here it takes all of it."
    twice = _with_velocity(nesterov, share=lambda lr, beta: lr)
    yield twice, "lr is in the velocity and in the step: it counts twice."


def _with_velocity(
    step: Callable[..., Tensor], share: Callable[[float, float], float] = lambda lr, beta: 1.0
) -> Callable[..., Tensor]:
    def update(w: Tensor, grad: Tensor, memory: dict, lr: float, beta: float) -> Tensor:
        memory["v"] = beta * memory.get("v", 0) + share(lr, beta) * grad
        return w - lr * step(grad, memory["v"], beta)

    return update


def _with_fixed(values: dict[str, float]) -> Callable[..., Tensor]:
    return lambda w, grad, memory, lr, beta: _by_torch(w, grad, memory, **({"lr": lr, "beta": beta} | values))


def _by_torch(w: Tensor, grad: Tensor, memory: dict, lr: float, beta: float) -> Tensor:
    """One step of torch's own class, which keeps its state in ``memory``."""
    if "optimizer" not in memory:
        memory["w"] = w.clone()
        memory["optimizer"] = torch.optim.SGD([memory["w"]], lr=lr, momentum=beta, nesterov=True)
    memory["w"].copy_(w)
    memory["w"].grad = grad
    memory["optimizer"].step()
    return memory["w"].clone()
