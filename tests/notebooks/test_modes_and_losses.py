"""What chapter 10 says of layers, losses and schedules in words, held to torch's own."""

import inspect
import re

import pytest
import torch
from torch import nn
from torch.optim import lr_scheduler

from bookbuild.model import notebooks

WIDE, PICTURES, ROW = (4, 6), (2, 3, 4, 4), (2, 3, 4)

#: Layers that ask for their mode, and some that do not: how to make one, its input, whether it differs.
LAYERS = {
    "Dropout": (nn.Dropout, WIDE, True),
    "Dropout1d": (nn.Dropout1d, ROW, True),
    "Dropout2d": (nn.Dropout2d, PICTURES, True),
    "Dropout3d": (nn.Dropout3d, (2, 3, 4, 4, 4), True),
    "AlphaDropout": (nn.AlphaDropout, WIDE, True),
    "FeatureAlphaDropout": (nn.FeatureAlphaDropout, PICTURES, True),
    "RReLU": (nn.RReLU, WIDE, True),
    "BatchNorm1d": (lambda: nn.BatchNorm1d(6), WIDE, True),
    "BatchNorm2d": (lambda: nn.BatchNorm2d(3), PICTURES, True),
    "BatchNorm1d without buffers": (lambda: nn.BatchNorm1d(6, track_running_stats=False), WIDE, False),
    "InstanceNorm1d": (lambda: nn.InstanceNorm1d(3), ROW, False),
    "InstanceNorm1d with buffers": (lambda: nn.InstanceNorm1d(3, track_running_stats=True), ROW, True),
    "LSTM with dropout": (lambda: nn.LSTM(4, 5, num_layers=2, dropout=0.5), ROW, True),
    "LSTM": (lambda: nn.LSTM(4, 5, num_layers=2), ROW, False),
    "MultiheadAttention with dropout": (lambda: nn.MultiheadAttention(4, 2, dropout=0.5), ROW, True),
    "MultiheadAttention": (lambda: nn.MultiheadAttention(4, 2), ROW, False),
    "TransformerEncoderLayer": (lambda: nn.TransformerEncoderLayer(4, 2, 8), ROW, True),
    "TransformerEncoderLayer without": (lambda: nn.TransformerEncoderLayer(4, 2, 8, dropout=0.0), ROW, False),
    "Linear": (lambda: nn.Linear(6, 2), WIDE, False),
    "Conv2d": (lambda: nn.Conv2d(3, 2, 3), PICTURES, False),
    "ReLU": (nn.ReLU, WIDE, False),
    "LayerNorm": (lambda: nn.LayerNorm(6), WIDE, False),
    "GroupNorm": (lambda: nn.GroupNorm(2, 6), WIDE, False),
}


def output(layer, shape, training):
    generator = torch.Generator().manual_seed(3)
    x = torch.randn(shape, generator=generator)
    torch.manual_seed(1)
    result = layer.train(training)(*[x] * (3 if isinstance(layer, nn.MultiheadAttention) else 1))
    return (result[0] if isinstance(result, tuple) else result).detach()


@pytest.fixture(scope="module")
def rows():
    """Return the chapter's table of modes: the first cell of each row -> the other two."""
    (table,) = (
        cell.source for cell in notebooks.read(notebooks.find("10")).cells if cell.id == "modes-table"
    )
    cells = [[part.strip() for part in line.split("|")[1:4]] for line in table.splitlines() if "|" in line]
    return {first: others for first, *others in cells}


@pytest.mark.parametrize("name", LAYERS)
def test_a_layer_differs_by_mode_or_does_not(name):
    make, shape, differs = LAYERS[name]
    torch.manual_seed(0)
    layer = make()
    assert torch.allclose(output(layer, shape, True), output(layer, shape, False), atol=1e-5) != differs


@pytest.mark.slow
def test_no_layer_of_torch_that_asks_for_its_mode_is_forgotten():
    classes = {
        cls for _, cls in inspect.getmembers(nn, inspect.isclass) if cls.__module__.startswith("torch.nn")
    }
    asking = {cls for cls in classes if re.search(r"self\.training\b", inspect.getsource(cls))} - {nn.Module}
    judged = {base for make, _, _ in LAYERS.values() for base in type(make()).__mro__}
    # SyncBatchNorm is a batch norm, and GRU and RNN are of LSTM's kind: they share a base with one judged.
    kinds = judged - {nn.Module, object}
    assert {cls.__name__ for cls in asking if not kinds & set(cls.__mro__)} == set()


def test_the_table_says_which_layers_differ_and_which_do_not(rows):
    for first, (train, evaluation) in rows.items():
        for name in re.findall(r"`(\w+)`", first):
            assert (
                LAYERS[name][2] == ("the same in both" not in train) == ("the same in both" not in evaluation)
            )


def test_what_the_table_says_of_evaluation(rows):
    x = torch.tensor([[-1.0, 2.0, 3.0]])
    passing = {
        name.strip("*`") for name, (_, evaluation) in rows.items() if "passes everything" in evaluation
    }
    assert passing == {"dropout", "AlphaDropout"}
    assert all(torch.equal(layer().eval()(x), x) for layer in (nn.Dropout, nn.AlphaDropout))
    said = float(re.search(r"−1 becomes −(\d\.\d+)", rows["`RReLU`"][1])[1])
    slopes = nn.RReLU().eval()(x)[0]
    assert slopes[0].item() == pytest.approx(-said, abs=5e-3)
    assert torch.equal(slopes[1:], x[0, 1:])
    drawn = nn.RReLU()(torch.full((100,), -1.0))
    assert drawn.unique().numel() > 50


def test_batch_norms_buffers_move_in_training_alone():
    for training in (True, False):
        norm = nn.BatchNorm1d(3).train(training)
        norm(torch.randn(8, 3) + 5)
        assert norm.running_mean.any() == training


@pytest.mark.parametrize("kind", [torch.int8, torch.int16, torch.int32, torch.bool])
def test_class_numbers_are_int64_or_uint8(kind):
    z, y = torch.randn(4, 3, requires_grad=True), torch.tensor([0, 2, 1, 1])
    losses = [nn.CrossEntropyLoss()(z, y.to(taken)) for taken in (torch.int64, torch.uint8)]
    gradients = [torch.autograd.grad(loss, z)[0] for loss in losses]
    assert losses[0] == losses[1]
    assert torch.equal(*gradients)
    with pytest.raises(RuntimeError):
        nn.CrossEntropyLoss()(z, y.to(kind))


def test_bce_on_probabilities_goes_silent_at_17_for_a_no():
    for z, silent in ((16.0, False), (17.0, True)):
        logit = torch.tensor([z], requires_grad=True)
        (of_p,) = torch.autograd.grad(nn.BCELoss()(logit.sigmoid(), torch.zeros(1)), logit)
        (of_z,) = torch.autograd.grad(nn.BCEWithLogitsLoss()(logit, torch.zeros(1)), logit)
        assert (of_p.item() == 0) == silent
        assert of_z.item() == pytest.approx(1)


def test_the_losses_of_the_chapter_have_a_reduction_and_none_keeps_one_for_each_target():
    cases = {
        nn.MSELoss: (torch.zeros(4, 2), torch.ones(4, 2)),
        nn.L1Loss: (torch.zeros(4, 2), torch.ones(4, 2)),
        nn.CrossEntropyLoss: (torch.zeros(4, 3), torch.zeros(4, dtype=torch.long)),
        nn.NLLLoss: (torch.zeros(4, 3), torch.zeros(4, dtype=torch.long)),
        nn.BCELoss: (torch.full((4, 2), 0.5), torch.ones(4, 2)),
        nn.BCEWithLogitsLoss: (torch.zeros(4, 2), torch.ones(4, 2)),
    }
    for make, (y_hat, y) in cases.items():
        each = make(reduction="none")(y_hat, y)
        assert each.shape == y.shape
        torch.testing.assert_close(make()(y_hat, y), each.mean())


def test_a_weighted_mean_is_by_weights_for_class_numbers_and_by_n_for_rows():
    logits, y, weight = torch.randn(5, 3), torch.tensor([0, 2, 1, 2, 2]), torch.tensor([1.0, 1.0, 5.0])
    loss_fn, each = nn.CrossEntropyLoss(weight=weight), nn.CrossEntropyLoss(reduction="none")(logits, y)
    weighted = (weight[y] * each).sum()
    torch.testing.assert_close(loss_fn(logits, y), weighted / weight[y].sum())
    rows = nn.functional.one_hot(y, 3).float()
    torch.testing.assert_close(loss_fn(logits, rows), weighted / 5)


def test_a_graph_kept_over_a_step_is_refused_where_weights_were_saved():
    model = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 2))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    loss = model(torch.ones(1, 2)).sum()
    loss.backward(retain_graph=True)
    optimizer.step()
    with pytest.raises(RuntimeError):
        loss.backward()


def test_a_cosine_in_the_wrong_unit_is_down_after_30_calls_and_up_after_60():
    optimizer = torch.optim.SGD([torch.zeros(1)], lr=0.1)
    scheduler = lr_scheduler.CosineAnnealingLR(optimizer, 30)
    rates = []
    for _ in range(61):
        optimizer.step()
        rates.append(optimizer.param_groups[0]["lr"])
        scheduler.step()
    assert rates[0] == pytest.approx(0.1)
    assert rates[30] == pytest.approx(0, abs=1e-9)
    assert rates[60] == pytest.approx(0.1)
