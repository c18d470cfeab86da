"""Chapter 3's own autograd, run from the notebook's cells and held to torch on random formulas."""

import math
import re

import pytest
import torch
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from own_autograd import CELLS, engine, sources

OWN = engine()
Value = OWN["Value"]

numbers = st.floats(-3, 3, allow_nan=False).map(lambda number: round(number, 3))

#: What a formula may do with what it has; each works on values and on tensors alike.
OPERATIONS = {
    "a + b": lambda a, b: a + b,
    "a - b": lambda a, b: a - b,
    "a * b": lambda a, b: a * b,
    "a / b": lambda a, b: a / (b * b + 1),
    "2 + a": lambda a, b: 2 + a,
    "2 - a": lambda a, b: 2 - a,
    "2 * a": lambda a, b: 2 * a,
    "2 / a": lambda a, b: 2 / (a * a + 0.5),
    "-a": lambda a, b: -a,
    "a ** 3": lambda a, b: a**3,
    "exp": lambda a, b: (a * 0.1).exp(),
    "tanh": lambda a, b: a.tanh(),
    "relu": lambda a, b: a.relu(),
}

steps = st.lists(
    st.tuples(st.sampled_from(sorted(OPERATIONS)), st.integers(0, 99), st.integers(0, 99)),
    min_size=1,
    max_size=8,
)


def formula(leaves, plan):
    """Apply the steps of a plan, each to two of the results so far; every leaf is used."""
    made = list(leaves)
    for name, left, right in plan:
        made.append(OPERATIONS[name](made[left % len(made)], made[right % len(made)]))
    return sum(made)


def double(number):
    return torch.tensor(number, dtype=torch.float64, requires_grad=True)


def close(one, other):
    return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(starts=st.lists(numbers, min_size=1, max_size=3), plan=steps)
def test_values_and_gradients_are_torchs(starts, plan):
    ours, theirs = [Value(number) for number in starts], [double(number) for number in starts]
    expected = formula(theirs, plan)
    assume(bool(torch.isfinite(expected)) and abs(expected.item()) < 1e12)
    result = formula(ours, plan)
    assert close(result.data, expected.item())
    for times in (1, 2):
        result.backward()
        expected.backward(retain_graph=True)
        for one, other in zip(ours, theirs, strict=True):
            assert close(one.grad, other.grad.item()), f"after {times} backward"


@pytest.mark.slow
@settings(max_examples=100, deadline=None, derandomize=True)
@given(starts=st.lists(numbers, min_size=2, max_size=2), plan=steps)
def test_the_naive_walk_along_all_paths_finds_the_same(starts, plan):
    by_paths = engine("engine-naive")["backward_by_paths"]
    ours, again = [Value(number) for number in starts], [Value(number) for number in starts]
    formula(ours, plan).backward()
    by_paths(formula(again, plan))
    assert all(close(one.grad, other.grad) for one, other in zip(ours, again, strict=True))


@pytest.mark.parametrize("name", OPERATIONS)
def test_each_operation_alone(name):
    ours, theirs = [Value(0.7), Value(-1.3)], [double(0.7), double(-1.3)]
    (OPERATIONS[name](*ours) + sum(ours)).backward()
    (OPERATIONS[name](*theirs) + sum(theirs)).backward()
    assert all(close(one.grad, other.grad.item()) for one, other in zip(ours, theirs, strict=True))


def test_a_value_visited_by_millions_of_paths_is_visited_once():
    leaf = h = Value(1.0)
    for _ in range(60):
        h = h + h
    h.backward()
    assert leaf.grad == 2.0**60


def test_only_leaves_keep_a_gradient():
    leaf = Value(2.0)
    middle = leaf * 3
    (middle * middle).backward()
    assert (leaf.grad, middle.grad) == (36.0, 0.0)


def test_the_chapter_keeps_its_word_about_the_length():
    cells = sources()
    lines = [line for name in CELLS for line in cells[name].splitlines() if line.strip()]
    assert 45 <= len(lines) <= 65
    assert re.search(r"class Value", cells["engine-value"])
