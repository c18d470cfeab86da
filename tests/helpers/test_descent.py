"""The regression's surface, gradient and paths, held to closed forms and to torch.optim."""

import math

import pytest
import torch
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from helpers import descent

# No deadline: the first call of torch loads half of it. The same examples on every machine.
STEADY = settings(deadline=None, derandomize=True, max_examples=50)

value = st.floats(-3, 3, allow_nan=False).map(lambda number: round(number, 3))
parameter = st.floats(-5, 5, allow_nan=False)


@st.composite
def samples(draw, min_size=2, max_size=12):
    """Draw X and y of one length, X wide enough for a slope to be determined."""
    size = draw(st.integers(min_size, max_size))
    X = torch.tensor(draw(st.lists(value, min_size=size, max_size=size)), dtype=torch.float64)
    y = torch.tensor(draw(st.lists(value, min_size=size, max_size=size)), dtype=torch.float64)
    assume(float(X.std()) > 0.2)
    return X, y


def expected_loss(X, y, w, b):
    """Mean squared error in plain Python, the definition itself."""
    return sum((w * x_i + b - y_i) ** 2 for x_i, y_i in zip(X.tolist(), y.tolist(), strict=True)) / len(X)


def torch_path(X, y, start, lr, momentum, batches):
    """Points that torch.optim.SGD visits on an nn.Linear, given the batches."""
    model = torch.nn.Linear(1, 1, dtype=torch.float64)
    with torch.no_grad():
        model.weight.fill_(start[0])
        model.bias.fill_(start[1])
    optimizer = torch.optim.SGD(model.parameters(), lr=lr, momentum=momentum)
    points = [[model.weight.item(), model.bias.item()]]
    for batch in batches:
        loss = torch.nn.functional.mse_loss(model(X[batch][:, None]), y[batch][:, None])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        points.append([model.weight.item(), model.bias.item()])
    return torch.tensor(points, dtype=torch.float64)


@STEADY
@given(samples())
def test_the_surface_is_lowest_at_the_least_squares_solution(data):
    X, y = data
    w, b = descent.least_squares(X, y)
    # Ends of the grid off the middle, so that the solution lies between grid points.
    grid = descent.surface(X, y, w_range=(w - 1.03, w + 0.97), b_range=(b - 0.91, b + 1.09), num=201)
    lowest_w, lowest_b = grid.argmin
    eigenvalues = torch.linalg.eigvalsh(descent.hessian(X))
    # In a narrow valley the lowest grid point may lie some cells along the valley.
    reach = 0.01 * math.sqrt(2 * float(eigenvalues[1] / eigenvalues[0]))
    assert abs(lowest_w - w) <= reach
    assert abs(lowest_b - b) <= reach
    assert float(grid.loss.min()) >= expected_loss(X, y, w, b) - 1e-12


@STEADY
@given(samples(), parameter, parameter)
def test_the_surface_slopes_as_autograd_says(data, w, b):
    X, y = data
    step = 1e-3
    grid = descent.surface(X, y, w_range=(w - step, w + step), b_range=(b - step, b + step), num=3)
    slope_w = (grid.loss[1, 2] - grid.loss[1, 0]) / (2 * step)
    slope_b = (grid.loss[2, 1] - grid.loss[0, 1]) / (2 * step)
    # Central differences are exact on a quadratic, up to rounding.
    torch.testing.assert_close(
        torch.stack([slope_w, slope_b]), descent.gradient(X, y, w, b), rtol=1e-6, atol=1e-7
    )


@STEADY
@given(samples(), parameter, parameter)
def test_gradient_is_the_formula_and_the_mean_of_the_samples_gradients(data, w, b):
    X, y = data
    error = w * X + b - y
    by_hand = torch.stack([(2 * error * X).mean(), (2 * error).mean()])
    torch.testing.assert_close(descent.gradient(X, y, w, b), by_hand)
    torch.testing.assert_close(descent.sample_gradients(X, y, w, b).mean(0), by_hand)


@STEADY
@given(samples())
def test_least_squares_leaves_no_gradient(data):
    X, y = data
    gradient = descent.gradient(X, y, *descent.least_squares(X, y))
    torch.testing.assert_close(gradient, torch.zeros(2, dtype=torch.float64), atol=1e-9, rtol=0)


def test_least_squares_keeps_its_digits_far_from_zero():
    X = 1e6 + torch.arange(5, dtype=torch.float64)
    w, b = descent.least_squares(X, 2 * X + 3)
    assert w == pytest.approx(2, abs=1e-9)
    assert w * 1e6 + b == pytest.approx(2e6 + 3, rel=1e-12)


@STEADY
@given(
    samples(),
    st.tuples(parameter, parameter),
    st.floats(0.001, 0.3),
    st.integers(1, 15),
    st.sampled_from([0.0, 0.5, 0.95]),
    st.booleans(),
)
def test_a_path_is_that_of_torch_optim(data, start, lr, batch_size, momentum, shuffle):
    X, y = data
    path = descent.path(
        X, y, start=start, lr=lr, batch_size=batch_size, num_epochs=3, momentum=momentum, shuffle=shuffle
    )
    expected = torch_path(X, y, start, lr, momentum, [list(batch) for batch in path.batches])
    torch.testing.assert_close(path.points, expected, rtol=1e-9, atol=1e-9)


@STEADY
@given(samples(), st.tuples(parameter, parameter), st.floats(0.001, 2.0), st.integers(1, 15))
def test_a_paths_losses_are_the_surfaces(data, start, lr, batch_size):
    X, y = data
    path = descent.path(X, y, start=start, lr=lr, batch_size=batch_size, num_epochs=2)
    assert len(path.losses) == len(path.points) == path.num_updates + 1
    for (w, b), loss in zip(path.points.tolist(), path.losses.tolist(), strict=True):
        assert loss == pytest.approx(expected_loss(X, y, w, b), rel=1e-9, abs=1e-12)


@STEADY
@given(st.integers(1, 12), st.integers(1, 15), st.integers(1, 4), st.booleans())
def test_each_epoch_reads_every_sample_once(num_samples, batch_size, num_epochs, shuffle):
    X = torch.linspace(-1, 1, num_samples)
    path = descent.path(X, 2 * X, lr=1e-3, batch_size=batch_size, num_epochs=num_epochs, shuffle=shuffle)
    per_epoch = path.updates_per_epoch
    assert path.num_updates == num_epochs * per_epoch
    for epoch in range(num_epochs):
        read = [i for batch in path.batches[epoch * per_epoch : (epoch + 1) * per_epoch] for i in batch]
        assert sorted(read) == list(range(num_samples))
    assert path.samples_seen[::per_epoch].tolist() == [num_samples * e for e in range(num_epochs + 1)]


def test_the_batches_are_those_of_a_data_loader():
    numbers = list(range(10))
    loader = torch.utils.data.DataLoader(numbers, batch_size=4)
    path = descent.path([float(n) for n in numbers], [0.0] * 10, lr=1e-4, batch_size=4)
    assert [list(batch) for batch in path.batches] == [batch.tolist() for batch in loader]


def test_a_batch_larger_than_the_data_is_one_batch_of_all():
    path = descent.path([0.0, 1.0, 2.0], [0.0, 1.0, 2.0], lr=0.1, batch_size=99)
    assert path.batches == ((0, 1, 2),)


def test_shuffling_repeats_with_its_seed_and_changes_every_epoch():
    run = {"lr": 0.01, "batch_size": 3, "num_epochs": 2, "shuffle": True}
    X = torch.linspace(-1, 1, 30)
    first, again = (descent.path(X, X, **run, seed=4) for _ in range(2))
    assert first.batches == again.batches
    assert first.batches != descent.path(X, X, **run, seed=5).batches
    assert first.batches[:10] != first.batches[10:]


def test_given_orders_are_used_in_turn():
    orders = [[2, 0, 1], [1, 2, 0]]
    path = descent.path([0.0, 1.0, 2.0], [1.0, 0.0, 1.0], lr=0.01, batch_size=2, num_epochs=3, orders=orders)
    assert path.batches == ((2, 0), (1,), (1, 2), (0,), (2, 0), (1,))


@settings(STEADY, max_examples=6)  # each follows two long paths, and any example finds a wrong limit
@given(samples(), st.sampled_from([0.0, 0.5, 0.9]))
def test_the_learning_rate_limit_separates_falling_from_diverging(data, momentum):
    X, y = data
    limit = descent.learning_rate_limit(X, momentum)
    sharpest = torch.linalg.eigh(descent.hessian(X)).eigenvectors[:, 1]
    start = (torch.tensor(descent.least_squares(X, y), dtype=torch.float64) + sharpest).tolist()

    def last_distance(lr):
        points = descent.path(X, y, start=start, lr=lr, num_epochs=300, momentum=momentum).points
        return abs(float((points[-1] - torch.tensor(descent.least_squares(X, y))) @ sharpest))

    assert last_distance(0.97 * limit) < 0.9
    assert last_distance(1.03 * limit) > 1.1


def test_divergence_is_told_and_ends_the_path():
    path = descent.path([1.0, 2.0], [1.0, 2.0], lr=2.0, num_epochs=100)
    assert path.diverged_at == path.num_updates < 100
    assert path.losses[-1] > descent.DIVERGENCE_FACTOR * path.losses[0] >= path.losses[-2]
    assert descent.path([1.0, 2.0], [1.0, 2.0], lr=0.1, num_epochs=100).diverged_at is None


def test_the_worked_example_of_five_points():
    X, y = [1.0, 2.0, 3.0, 4.0, 5.0], [5.0, 7.0, 9.0, 11.0, 13.0]
    batch = descent.path(X, y, start=(1, 0), lr=0.01, num_epochs=3)
    torch.testing.assert_close(
        batch.points[1:],
        torch.tensor([[1.4, 0.12], [1.7048, 0.2136], [1.936928, 0.28704]], dtype=torch.float64),
    )
    assert batch.losses.tolist() == pytest.approx([38, 22.6224, 13.65787008, 8.430581689])
    single = descent.path(X, y, start=(1, 0), lr=0.01, batch_size=1)
    assert single.points[-1].tolist() == pytest.approx([2.226768032, 0.4243410624])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"X": [1.0]}, "equally many"),
        ({"X": [[1.0, 2.0]]}, "X must hold N numbers"),
        ({"y": [1.0, math.nan]}, "y must hold finite"),
        ({"start": (1.0,)}, "start must be two finite numbers"),
        ({"lr": 0.0}, "lr must be a positive"),
        ({"lr": math.inf}, "lr must be a positive"),
        ({"batch_size": 0}, "batch_size must be"),
        ({"batch_size": 1.5}, "batch_size must be"),
        ({"num_epochs": 0}, "num_epochs must be"),
        ({"momentum": 1.0}, "momentum must be"),
        ({"orders": []}, "at least one order"),
        ({"orders": [[0, 0]]}, r"orders\[0\]"),
        ({"orders": [[0, None]]}, r"orders\[0\]"),
        ({"orders": [0, 1]}, r"orders\[0\]"),
        ({"orders": 3}, "orders must be a list"),
        ({"X": "ab"}, "X must hold N numbers"),
        ({"X": [0.0, None]}, "X must hold N numbers"),
        ({"y": [[1.0], [2.0, 3.0]]}, "y must hold N numbers"),
        ({"y": torch.tensor([1j, 2.0])}, "y must hold N numbers"),
        ({"orders": [[0, 1]], "shuffle": True}, "not both"),
    ],
)
def test_bad_arguments_are_named(change, message):
    arguments = {"X": [0.0, 1.0], "y": [1.0, 2.0], "lr": 0.1} | change
    with pytest.raises(ValueError, match=message):
        descent.path(arguments.pop("X"), arguments.pop("y"), **arguments)


def test_bad_ranges_and_undetermined_slopes_are_named():
    with pytest.raises(ValueError, match="w_range must be"):
        descent.surface([0.0, 1.0], [0.0, 1.0], w_range=(1, 0), b_range=(0, 1))
    with pytest.raises(ValueError, match="num must be"):
        descent.surface([0.0, 1.0], [0.0, 1.0], w_range=(0, 1), b_range=(0, 1), num=1)
    with pytest.raises(ValueError, match="two different values"):
        descent.least_squares([2.0, 2.0], [0.0, 1.0])


@pytest.mark.parametrize(
    "kind", [torch.tensor, lambda orders: [[bool(i) for i in order] for order in orders]]
)
def test_orders_come_in_any_kind_of_whole_number(kind):
    path = descent.path([0.0, 1.0], [1.0, 3.0], lr=0.1, batch_size=1, orders=kind([[1, 0]]))
    assert path.batches == ((1,), (0,))
    expected = descent.path([1.0, 0.0], [3.0, 1.0], lr=0.1, batch_size=1)
    assert torch.equal(path.points, expected.points)


@pytest.mark.parametrize("mode", [torch.no_grad, torch.inference_mode])
def test_gradients_are_found_where_the_caller_records_none(mode):
    X, y = [1.0, 2.0, 3.0], [1.0, 0.0, 2.0]
    expected = descent.gradient(X, y, 0.5, 1.0), descent.hessian(X), descent.sample_gradients(X, y, 0.5, 1.0)
    with mode():
        found = descent.gradient(X, y, 0.5, 1.0), descent.hessian(X), descent.sample_gradients(X, y, 0.5, 1.0)
        assert descent.path(X, y, lr=0.1).num_updates == 1
    for one, other in zip(found, expected, strict=True):
        assert torch.equal(one, other)


def test_what_asks_for_gradients_is_only_read():
    X = torch.linspace(0, 1, 5, requires_grad=True)
    path = descent.path(X, 2 * X, lr=0.1)
    assert not path.losses.requires_grad
    assert not path.points.requires_grad
    assert X.grad is None
