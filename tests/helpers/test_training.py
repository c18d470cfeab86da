"""The training loops: exact means, exact accuracy, the right modes, the same bits from one seed."""

import copy
import math

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from bookbuild.model import notebooks
from helpers.training import History, TensorBatches, evaluate, fit, pick_device, train_loop


def blobs(count=103, seed=0):
    """Two separable clouds of points in the plane, labels 0 and 1."""
    generator = torch.Generator().manual_seed(seed)
    y = torch.arange(count) % 2
    X = torch.randn(count, 2, generator=generator) + 4.0 * (2.0 * y[:, None] - 1.0)
    return X, y


def line(count=50, seed=0):
    """Points near a plane over two inputs."""
    generator = torch.Generator().manual_seed(seed)
    X = torch.randn(count, 2, generator=generator)
    noise = 0.1 * torch.randn(count, 1, generator=generator)
    return X, X @ torch.tensor([[2.0], [-1.0]]) + 0.5 + noise


def classifier(seed=0):
    torch.manual_seed(seed)
    return nn.Sequential(nn.Linear(2, 8), nn.ReLU(), nn.Linear(8, 2))


def seeded_batches(X, y, *, batch_size=10, seed=0):
    return TensorBatches(
        X, y, batch_size=batch_size, shuffle=True, generator=torch.Generator().manual_seed(seed)
    )


def fitted(seed=0, num_epochs=3):
    X, y = blobs()
    model = classifier(seed)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    batches = seeded_batches(X, y, seed=seed)
    history = fit(model, batches, nn.CrossEntropyLoss(), optimizer, num_epochs=num_epochs, val_loader=batches)
    return model, history


# ---------------------------------------------------------------- means


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 40), st.integers(1, 45))
def test_evaluate_equals_one_pass_over_everything(count, batch_size):
    X, y = blobs(count)
    model = classifier()
    loss, accuracy = evaluate(model, TensorBatches(X, y, batch_size=batch_size), nn.CrossEntropyLoss())
    with torch.no_grad():
        logits = model(X)
    assert loss == pytest.approx(nn.functional.cross_entropy(logits, y).item(), rel=1e-5)
    assert accuracy == (logits.argmax(1) == y).sum().item() / count


def test_a_short_last_batch_counts_by_its_samples():
    X, y = (
        torch.tensor([[0.0], [0.0], [0.0], [0.0], [0.0]]),
        torch.tensor([[0.0], [0.0], [0.0], [0.0], [3.0]]),
    )
    model = nn.Linear(1, 1)
    nn.init.zeros_(model.weight), nn.init.zeros_(model.bias)
    loss = evaluate(model, TensorBatches(X, y, batch_size=4), nn.MSELoss()).loss
    assert loss == pytest.approx(9 / 5)  # a mean of the two batches would say 4.5


def test_train_loss_is_the_mean_over_samples_of_what_each_batch_cost():
    X, y = line(23)
    model = nn.Linear(2, 1)
    twin = copy.deepcopy(model)
    mean = train_loop(
        model, TensorBatches(X, y, batch_size=5), nn.MSELoss(), torch.optim.SGD(model.parameters(), 0.1)
    )
    squares = 0.0
    for start in range(0, 23, 5):
        rows = slice(start, start + 5)
        error = twin(X[rows]) - y[rows]
        squares += (error**2).sum().item()
        gradients = torch.autograd.grad((error**2).mean(), list(twin.parameters()))
        with torch.no_grad():
            for parameter, gradient in zip(twin.parameters(), gradients, strict=True):
                parameter -= 0.1 * gradient
    assert mean == pytest.approx(squares / 23, rel=1e-5)
    torch.testing.assert_close(model.weight, twin.weight)


# ---------------------------------------------------------------- training


def test_fit_reaches_least_squares():
    X, y = line()
    model = nn.Linear(2, 1)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.3)
    history = fit(model, TensorBatches(X, y, batch_size=len(X)), nn.MSELoss(), optimizer, num_epochs=200)
    design = torch.cat([X, torch.ones(len(X), 1)], dim=1)
    best = torch.linalg.lstsq(design, y).solution
    torch.testing.assert_close(torch.cat([model.weight[0], model.bias]), best[:, 0], rtol=1e-4, atol=1e-4)
    assert history.num_epochs == 200
    assert history.val_loss == history.accuracy == []


def test_fit_separates_separable_classes():
    _, history = fitted(num_epochs=10)
    assert history.accuracy[-1] == 1.0
    assert history.val_loss[-1] < 0.2 * history.val_loss[0]


def test_one_seed_gives_the_same_bits_and_another_does_not():
    (model, history), (twin, again), (_, other) = fitted(0), fitted(0), fitted(1)
    assert history == again
    assert all(torch.equal(a, b) for a, b in zip(model.parameters(), twin.parameters(), strict=True))
    assert other.train_loss != history.train_loss


def test_the_scheduler_steps_once_an_epoch_and_its_rates_are_recorded():
    X, y = blobs()
    model = classifier()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.4)
    scheduler = torch.optim.lr_scheduler.StepLR(optimizer, step_size=1, gamma=0.5)
    batches = TensorBatches(X, y, batch_size=10)
    history = fit(model, batches, nn.CrossEntropyLoss(), optimizer, num_epochs=3, scheduler=scheduler)
    assert history.lr == [0.4, 0.2, 0.1]


def test_callbacks_hear_of_every_batch_and_epoch():
    X, y = blobs(25)
    model = classifier()
    batches, heard, epochs = TensorBatches(X, y, batch_size=10), [], []
    history = fit(
        model,
        batches,
        nn.CrossEntropyLoss(),
        torch.optim.SGD(model.parameters()),
        num_epochs=2,
        val_loader=batches,
        on_batch=lambda **values: heard.append(tuple(values.values())),
        on_epoch=lambda **values: epochs.append(values),
    )
    assert heard == [(1, 1, 3), (1, 2, 3), (1, 3, 3), (2, 1, 3), (2, 2, 3), (2, 3, 3)]
    assert [values["accuracy"] for values in epochs] == history.accuracy
    assert epochs[1] == {name: getattr(history, name)[1] for name in epochs[1]}


def taught_in(chapter, *cells):
    """Run the named cells of a chapter and return what they define."""
    notebook = notebooks.read(notebooks.find(chapter))
    names = {"torch": torch}
    for cell in notebook.cells:
        if cell.id in cells:
            exec(cell.source, names)
    return names


def test_the_loops_are_those_that_the_chapter_teaches():
    taught = taught_in("12_fashion_mnist", "train-loop", "evaluate")
    X, y = blobs()
    measured = []
    for train, measure in ((taught["train_loop"], taught["evaluate"]), (train_loop, evaluate)):
        model = nn.Sequential(nn.Linear(2, 8), nn.Dropout(0.5), nn.BatchNorm1d(8), nn.Linear(8, 2))
        torch.manual_seed(0)
        model.apply(lambda layer: hasattr(layer, "reset_parameters") and layer.reset_parameters())
        optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
        batches = seeded_batches(X, y)
        train_loss = train(model, batches, nn.CrossEntropyLoss(), optimizer)
        measured.append((train_loss, *measure(model, batches, nn.CrossEntropyLoss())))
    assert measured[0] == measured[1]


def plane_run(train, measure, run):
    """Train a plane by a chapter's functions or by the helpers'; return all that can differ."""
    torch.manual_seed(0)
    model, (X, y) = nn.Linear(2, 1), line(64)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    order = torch.Generator().manual_seed(0)
    loader = DataLoader(TensorDataset(X, y), 10, shuffle=True, generator=order)
    first = train(model, loader, nn.MSELoss(), optimizer)
    history = run(model, loader, nn.MSELoss(), optimizer, num_epochs=3, val_loader=loader)
    score = measure(model, loader, nn.MSELoss())
    loss = score if isinstance(score, float) else score.loss
    return model, (first, loss, history.train_loss, history.val_loss)


def test_the_loop_built_line_by_line_is_this_one_bit_for_bit():
    cells = ("data", "model", "loader", "train-loop", "evaluate", "fit", "fit-loop")
    taught = taught_in("11_training_loop", *cells)
    model, numbers = plane_run(taught["train_loop"], taught["evaluate"], taught["fit"])
    twin, same = plane_run(train_loop, evaluate, fit)
    assert numbers == same
    assert all(torch.equal(a, b) for a, b in zip(model.parameters(), twin.parameters(), strict=True))


def test_the_bare_loop_of_the_chapter_makes_the_same_updates():
    taught = taught_in("11_training_loop", "data", "model", "loader")
    taught["loss_fn"] = nn.MSELoss()
    twin = copy.deepcopy(taught["model"])
    bare = next(cell for cell in notebooks.read(notebooks.find("11")).cells if cell.id == "bare-loop")
    exec(bare.source, taught)
    optimizer = torch.optim.SGD(twin.parameters(), lr=0.1)
    loader = taught["loader_of"](taught["X"], taught["y"])
    for _ in range(20):
        train_loop(twin, loader, nn.MSELoss(), optimizer)
    assert torch.equal(twin.weight, taught["model"].weight)
    assert torch.equal(twin.bias, taught["model"].bias)


# ---------------------------------------------------------------- modes


def test_evaluation_leaves_batch_norm_and_parameters_alone_and_training_does_not():
    X, y = blobs()
    model = nn.Sequential(nn.BatchNorm1d(2), nn.Dropout(0.5), nn.Linear(2, 2))
    before = copy.deepcopy(model.state_dict())
    batches = TensorBatches(X, y, batch_size=10)
    first = evaluate(model, batches, nn.CrossEntropyLoss())
    assert evaluate(model, batches, nn.CrossEntropyLoss()) == first  # dropout would differ
    assert all(torch.equal(before[name], value) for name, value in model.state_dict().items())
    assert all(parameter.grad is None for parameter in model.parameters())
    train_loop(model, batches, nn.CrossEntropyLoss(), torch.optim.SGD(model.parameters(), lr=0.1))
    assert model.training
    assert not torch.equal(before["0.running_mean"], model[0].running_mean)


def test_evaluation_records_no_graph():
    seen = []

    def loss_fn(y_hat, y):
        seen.append(y_hat.requires_grad)
        return nn.functional.cross_entropy(y_hat, y)

    evaluate(classifier(), TensorBatches(*blobs(), batch_size=50), loss_fn)
    assert seen == [False, False, False]


def test_gradients_do_not_pile_up_over_batches():
    X, y = line(8)
    model = nn.Linear(2, 1)
    train_loop(
        model, TensorBatches(X, y, batch_size=4), nn.MSELoss(), torch.optim.SGD(model.parameters(), 0.0)
    )
    expected = torch.autograd.grad(nn.functional.mse_loss(model(X[4:]), y[4:]), model.weight)[0]
    torch.testing.assert_close(model.weight.grad, expected)


# ---------------------------------------------------------------- batches


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 30), st.integers(1, 35), st.booleans())
def test_batches_in_order_are_those_of_a_data_loader(count, batch_size, drop_last):
    X, y = blobs(count)
    ours = TensorBatches(X, y, batch_size=batch_size, drop_last=drop_last)
    theirs = DataLoader(TensorDataset(X, y), batch_size=batch_size, drop_last=drop_last)
    assert len(ours) == len(theirs)
    assert len(ours.dataset) == len(theirs.dataset) == count
    assert torch.equal(ours.dataset[0][0], theirs.dataset[0][0])
    assert (ours.batch_size, ours.drop_last) == (theirs.batch_size, theirs.drop_last)
    pairs = list(zip(ours, theirs, strict=True))
    assert all(torch.equal(a, b) for mine, other in pairs for a, b in zip(mine, other, strict=True))


def test_shuffled_batches_hold_each_sample_once_with_its_label_in_new_orders():
    X = torch.arange(23)
    batches = seeded_batches(X, 2 * X, batch_size=5)
    first, second = list(batches), list(batches)
    assert [len(x) for x, _ in first] == [5, 5, 5, 5, 3]
    assert all(torch.equal(2 * x, y) for x, y in first)
    read, reread = (torch.cat([x for x, _ in epoch]) for epoch in (first, second))
    assert torch.equal(read.sort().values, X)
    assert not torch.equal(read, reread)
    again = torch.cat([x for x, _ in seeded_batches(X, X, batch_size=5)])
    assert torch.equal(read, again)


# ---------------------------------------------------------------- errors


def run_on(loader, loss_fn=None, num_epochs=1):
    model = classifier()
    optimizer = torch.optim.SGD(model.parameters())
    return fit(model, loader, loss_fn or nn.CrossEntropyLoss(), optimizer, num_epochs=num_epochs)


@pytest.mark.parametrize(
    ("prepare", "error", "message"),
    [
        (
            lambda X, y: TensorBatches(X, y[:-1], batch_size=3),
            ValueError,
            r"equally many samples, got \[9, 8\]",
        ),
        (lambda X, y: TensorBatches(X, y, batch_size=0), ValueError, "batch_size must be a whole number"),
        (lambda X, y: TensorBatches(batch_size=2), ValueError, "at least one tensor"),
        (lambda X, y: run_on([]), ValueError, "loader gives no sample"),
        (lambda X, y: run_on(TensorBatches(X, y, batch_size=10, drop_last=True)), ValueError, "no sample"),
        (
            lambda X, y: run_on([(X, y.int())]),
            TypeError,
            r"dtype int64, got torch.int32; use labels.long\(\)",
        ),
        (lambda X, y: run_on([(X, y)], num_epochs=-1), ValueError, "num_epochs .* at least 1, got -1"),
        (lambda X, y: run_on([(X, y)], num_epochs=1.5), ValueError, "num_epochs must be a whole number"),
        (lambda X, y: run_on([(X, y)], nn.CrossEntropyLoss(reduction="sum")), ValueError, "reduction='sum'"),
        (lambda X, y: run_on([(X, y.float())], nn.MSELoss()), ValueError, r"one shape.*\(9, 2\) and \(9,\)"),
    ],
)
def test_bad_input_is_named(prepare, error, message):
    with pytest.raises(error, match=message):
        prepare(*blobs(9))


def test_a_regression_has_no_accuracy():
    X, y = line()
    score = evaluate(nn.Linear(2, 1), TensorBatches(X, y, batch_size=7), nn.MSELoss())
    assert score.accuracy is None
    assert math.isfinite(score.loss)


def test_history_keeps_only_what_was_measured():
    history = History()
    history.append(train_loss=1.5, val_loss=None, accuracy=None, lr=0.1)
    assert history == History(train_loss=[1.5], lr=[0.1])


def test_the_device_is_one_that_can_compute():
    device = pick_device()
    assert (torch.ones(2, device=device) + 1).sum().item() == 4.0
    assert (device.type == "cpu") == (not torch.accelerator.is_available())
