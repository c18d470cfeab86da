"""The record of measured results: read, held to bands, shown, and written without losing a row."""

import pickle

import pytest
import torch
import yaml
from torch import nn

from bookbuild.bench import timing
from bookbuild.results import __main__ as command
from bookbuild.results import measuring
from bookbuild.results import rows as results_rows
from bookbuild.results.rows import ROWS, Entry
from helpers import recipes, results

pytestmark = pytest.mark.slow

FIELDS = {
    "title": "a way",
    "accuracies": [0.90, 0.92, 0.91],
    "seconds": [12.0, 10.0, 11.0],
    "memory": 900,
    "parameters": 1234,
    "epochs": 3,
    "machine": "2 CPU cores",
    "date": "2026-11-29",
    "data": "CIFAR10: the official files, as published",
}


def one_row(**changes) -> results.Row:
    fields = {**FIELDS, **changes}
    return results.Row(
        **{**fields, "name": "way", **{key: tuple(fields[key]) for key in ("accuracies", "seconds")}}
    )


def test_rows_to_choose_from_have_a_band_on_validation_pictures():
    row = one_row(validation=(0.8, 0.8, 0.8))
    assert row.validation_mean == pytest.approx(0.8)
    # Fewer pictures, counted less exactly: wider than the band of the test set.
    assert row.validation_band == pytest.approx((0.782, 0.818))
    with pytest.raises(ValueError, match="way was not judged on validation pictures"):
        _ = one_row().validation_mean
    with pytest.raises(ValueError, match="way: a band needs three seeds, there are 1"):
        _ = one_row(validation=(0.8,)).validation_band


def test_mean_spread_band_and_fastest():
    row = one_row()
    assert row.mean == pytest.approx(0.91)
    assert row.spread == pytest.approx(0.01)
    assert row.band == pytest.approx((0.88, 0.94))
    assert row.fastest == 10.0


def test_three_seeds_that_agree_by_chance_do_not_make_a_narrow_band():
    assert one_row(accuracies=[0.9, 0.9, 0.9]).band == pytest.approx((0.891, 0.909))


def test_one_seed_has_no_spread_and_makes_no_band():
    row = one_row(accuracies=[0.9])
    assert row.spread is None
    with pytest.raises(ValueError, match="way: a band needs three seeds, there are 1"):
        _ = row.band


def test_a_table_shows_each_row_and_where_it_comes_from():
    shown = results.table([one_row(), one_row(title="another", accuracies=[0.5], seconds=[100.0])])
    assert "91.0 ± 1.0" in shown
    assert "50.0 " in shown
    assert shown.count("2 CPU cores; 2026-11-29") == 1
    assert shown.count(FIELDS["data"]) == 1
    assert max(map(len, shown.splitlines())) <= 78
    with pytest.raises(ValueError, match="at least one row"):
        results.table([])


def test_what_was_not_measured_is_named(tmp_path):
    path = tmp_path / "measured.yaml"
    path.write_text(yaml.safe_dump({"CIFAR10": {"real": {"way": FIELDS}}}))
    assert results.rows("CIFAR10", path=path) == {"way": one_row()}
    with pytest.raises(ValueError, match=r"nothing was measured on CIFAR10 \(stand-in\).*CIFAR10 \(real\)"):
        results.rows("CIFAR10", standin=True, path=path)
    with pytest.raises(KeyError, match="no row 'none' of CIFAR10; there are"):
        results.row("CIFAR10", "none")


def test_recording_a_row_keeps_the_others_and_the_order(tmp_path):
    path = tmp_path / "measured.yaml"
    first, second = ROWS[0].name, ROWS[1].name
    measuring.record("FashionMNIST", "real", second, FIELDS, path)
    measuring.record("FashionMNIST", "real", first, FIELDS, path)
    measuring.record("FashionMNIST", "stand-in", first, {**FIELDS, "memory": 1}, path)
    found = results.rows("FashionMNIST", path=path)
    assert list(found) == [first, second]
    assert found[second].memory == 900
    assert results.rows("FashionMNIST", standin=True, path=path)[first].memory == 1
    measuring.record("FashionMNIST", "real", second, {"validation": [0.5]}, path)
    judged = results.rows("FashionMNIST", path=path)[second]
    assert (judged.validation, judged.memory) == ((0.5,), 900)
    assert list(tmp_path.iterdir()) == [path]


@pytest.fixture
def trained(monkeypatch):
    """Replace training by numbers, and list which seeds were asked for, and who judged them."""
    asked = []

    def measure(entry, seed, judges="test"):
        asked.append((entry.name, seed, judges))
        accuracy = round({"test": 0.9, "validation": 0.8}[judges] + seed / 100, 2)
        numbers = {"accuracy": accuracy, "seconds": 10.0 - seed, "memory": 100 + seed}
        return {**numbers, "parameters": 5, "epochs": 2, "device": "a card", "data": "d", "kind": "real"}

    monkeypatch.setattr(measuring, "measure", measure)
    return asked


def test_a_row_is_made_of_one_run_a_seed(trained):
    entry = Entry("way", "a way", "FashionMNIST", train=None)
    kind, fields = measuring.measure_row(entry)
    assert trained == [("way", seed, "test") for seed in range(3)]
    assert kind == "real"
    assert fields["accuracies"] == [0.9, 0.91, 0.92]
    assert fields["memory"] == 102
    assert fields["machine"].startswith("a card, ")
    assert "validation" not in fields


def test_a_row_to_choose_from_is_trained_again_without_its_judges(trained):
    entry = Entry("way", "a way", "CIFAR10", train=None, validated=2, seeds=2)
    _, fields = measuring.measure_row(entry)
    assert [judges for _, _, judges in trained] == ["test"] * 2 + ["validation"] * 2
    assert fields["accuracies"] == [0.9, 0.91]
    assert fields["validation"] == [0.8, 0.81]


def test_judging_by_validation_alone_leaves_the_test_set_alone(trained, monkeypatch, capsys):
    recorded = []
    monkeypatch.setattr(measuring, "record", lambda *what: recorded.append(what))
    command.main(["--validation", "residual-short", "cnn"])
    assert {judges for _, _, judges in trained} == {"validation"}
    assert recorded == [("CIFAR10", "real", "residual-short", {"validation": [0.8, 0.81, 0.82]})]


@pytest.mark.parametrize("judges", ["test", "validation"])
def test_judges_are_never_trained_on(judges, monkeypatch):
    X, y = torch.zeros(6_000, 1, 1, 1, dtype=torch.uint8), torch.arange(6_000)
    test_set = torch.zeros(10, 1, 1, 1, dtype=torch.uint8), torch.arange(6_000, 6_010)
    seen = []

    def train(X, y, seed):
        seen.append(set(y.tolist()))
        return nn.Linear(1, 1), 1

    monkeypatch.setattr(results_rows, "pictures", lambda name: ((X, y), test_set))
    monkeypatch.setattr(recipes, "accuracy", lambda model, X, y: seen.append(set(y.tolist())) or 0.5)
    entry = Entry("way", "a way", "CIFAR10", train, validated=1)
    assert results_rows.run(entry, 0, judges)["accuracy"] == 0.5
    trained_on, judged_on = seen
    assert not trained_on & judged_on
    assert len(judged_on) == {"test": 10, "validation": results_rows.NUM_VALIDATION}[judges]
    assert len(trained_on) == {"test": 6_000, "validation": 1_000}[judges]


def test_an_unknown_row_is_refused():
    with pytest.raises(SystemExit, match="no row is called nothing; there are cnn-short, "):
        command.main(["nothing"])


def test_rows_have_names_of_their_own_and_titles_that_fit():
    names = [entry.name for entry in ROWS]
    assert len(set(names)) == len(names)
    assert max(len(entry.title) for entry in ROWS) <= 36


def test_every_row_is_recorded_and_its_numbers_are_possible():
    for data_set in ("FashionMNIST", "CIFAR10"):
        for kind in ("real", "stand-in"):
            asked = [entry for entry in ROWS if entry.data_set == data_set and kind in entry.kinds]
            found = results.rows(data_set, standin=kind == "stand-in")
            assert list(found) == [entry.name for entry in asked]
            for entry in asked:
                row = found[entry.name]
                assert len(row.accuracies) == len(row.seconds) == entry.seeds
                assert all(0.1 <= accuracy < 1 for accuracy in row.accuracies)
                assert row.title == entry.title
                assert ("stand-in" in row.data) == (kind == "stand-in")
                assert len(row.validation) == (entry.validated if kind == "real" else 0)


def test_a_seed_is_trained_by_what_can_be_sent_to_a_process_of_its_own(monkeypatch):
    sent = []
    monkeypatch.setattr(timing, "in_own_process", lambda *call: sent.append(pickle.loads(pickle.dumps(call))))
    monkeypatch.setattr(results_rows, "run", lambda *what: what)
    for entry in ROWS:
        measuring.measure(entry, 2, "validation")
        function, *arguments = sent.pop()
        assert function(*arguments) == (entry, 2, "validation")
