"""The benchmarks count what they say, and the right file keeps it; how long things take is not tested."""

import pickle
from dataclasses import replace
from functools import partial

import pytest
import torch
import yaml

from bookbuild.bench import __main__ as bench
from bookbuild.bench import figures, loaders, timing, training
from bookbuild.bench.training import RACES, Reached, Stopwatch
from helpers import loading
from helpers.convnets import residual_net
from helpers.recipes import Recipe

pytestmark = pytest.mark.slow  # starts processes

# --- timing -------------------------------------------------------------------------------------


def test_the_fastest_run_counts_and_warming_up_does_not(monkeypatch):
    now, durations = [0.0], iter([0.5, 4, 2, 3])
    monkeypatch.setattr(timing, "perf_counter", lambda: now[0])

    def run():
        now[0] += next(durations)

    assert timing.fastest(run, 3, warm_up=1) == 2


def test_ways_take_turns_and_the_first_round_can_warm_up():
    asked = []
    found = timing.in_rounds("ab", lambda way: asked.append(way) or len(asked), rounds=2, warm_up=1)
    assert asked == list("ababab")
    assert found == {"a": [3, 5], "b": [4, 6]}


def test_the_memory_of_a_process_of_its_own_is_not_that_of_the_process_that_started_it():
    held = bytearray(500 * 2**20)
    held[::4096] = b"x" * len(held[::4096])
    assert timing.in_own_process(timing.peak_memory) < timing.peak_memory() - 400


# --- the command --------------------------------------------------------------------------------


@pytest.fixture
def records(tmp_path, monkeypatch):
    """Replace what is measured by its name, and the records by files of the same name."""
    paths = {subject: tmp_path / subject for subject in bench.RECORDS}
    monkeypatch.setattr(bench, "RECORDS", paths)
    for subject in bench.SUBJECTS:
        monkeypatch.setattr(getattr(bench, subject), "run", lambda *only, subject=subject: {"of": subject})
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "written"),
    [
        ([], []),
        (["--write"], ["jacobians", "loaders"]),
        (["figures", "loaders", "--write"], ["loaders"]),
        (["loaders"], []),
    ],
)
def test_only_what_was_asked_for_is_recorded_and_only_if_it_was_asked_for(records, arguments, written):
    assert bench.main(arguments) == 0
    assert {path.name: yaml.safe_load(path.read_text()) for path in records.iterdir()} == {
        name: {"of": name} for name in written
    }


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["speed"], "invalid choice: 'speed'"),
        (["training", "--write"], "only jacobians, loaders keep a record, not training"),
    ],
)
def test_a_wrong_command_is_refused(records, arguments, said, capsys):
    with pytest.raises(SystemExit):
        bench.main(arguments)
    assert said in capsys.readouterr().err


def test_an_unknown_figure_is_refused(capsys):
    assert bench.main(["figures", "--only", "NoSuchFigure"]) == 1
    assert "no benchmark of a figure starts with 'NoSuchFigure'; there are Desc" in capsys.readouterr().err


# --- figures and loaders ------------------------------------------------------------------------


def test_the_summary_is_median_and_95th_percentile():
    middle, late = figures.summary([float(value) for value in range(1, 100)])
    assert middle == 50
    assert late == 95


@pytest.mark.parametrize("benchmark", figures.BENCHMARKS[:3:2], ids=lambda one: one.name)
def test_every_input_gets_one_answer(browser, benchmark):
    times = figures.measure(browser, benchmark, 5)
    assert len(times.answer) == len(times.work) >= 5
    assert all(0 < work <= answer for work, answer in zip(times.work, times.answer, strict=True))


def test_what_loading_costs_is_shown_as_chapter_5_shows_it(capsys, monkeypatch):
    monkeypatch.setattr(loaders, "WAIT", 1e-4)
    record = loaders.measure(rounds=1, batches=1, copies=3)
    monkeypatch.setattr(loaders, "measure", lambda: record)
    assert loaders.run() == record
    assert capsys.readouterr().out.strip() == loading.table(record)


# --- training -----------------------------------------------------------------------------------

TINY = Recipe(partial(residual_net, 4), num_epochs=8, batch_size=16, augment=False, bf16=False)


@pytest.fixture(scope="module")
def pictures() -> tuple[torch.Tensor, torch.Tensor]:
    """Pictures whose class is how bright they are."""
    y = torch.arange(10).repeat_interleave(10)
    noise = torch.randint(0, 40, (100, 3, 32, 32), generator=torch.Generator().manual_seed(0))
    return (noise + 20 * y[:, None, None, None]).to(torch.uint8), y


def test_the_clock_stands_still_while_the_network_is_asked(monkeypatch):
    now = [0.0]
    monkeypatch.setattr(training, "perf_counter", lambda: now[0])
    answers = iter([0.2, 0.4, 0.6])

    def ask():
        now[0] += 100
        return next(answers)

    watch = Stopwatch(ask, 0.6, every=2)

    def train():
        for batch in range(1, 100):
            now[0] += 1
            watch(epoch=1, batch=batch, num_batches=99)

    with pytest.raises(Reached):
        train()
    assert watch.seconds == 6
    assert watch.best == 0.6


def test_training_ends_where_the_target_is_reached(pictures):
    found = training.seconds_to(0.3, TINY, pictures, pictures)
    assert found["best"] >= 0.3
    assert found["seconds"] > 0
    assert found["memory"] > 100


def test_what_is_never_reached_has_no_seconds(pictures):
    found = training.seconds_to(1.1, replace(TINY, num_epochs=1), pictures, pictures)
    assert found["seconds"] is None
    assert "not reached" in training.report(RACES[0], {"usual": found, "ours": found})


def test_the_report_divides_the_usual_seconds_by_ours():
    numbers = {"best": 0.6, "memory": 1000}
    found = {"usual": {**numbers, "seconds": 36.0}, "ours": {**numbers, "seconds": 5.0}}
    last = training.report(RACES[0], found).splitlines()[-1]
    assert last.split() == ["ratio", "of", "the", "seconds", "7.2"]


def test_both_sides_of_a_race_train_on_the_same_pictures_to_the_same_accuracy():
    assert [(race.data_set, race.target) for race in RACES] == [("CIFAR10", 0.54), ("FashionMNIST", 0.85)]
    assert RACES[0].usual[1].batch_size == 4
    optimizer = RACES[1].usual[1].optimizer([torch.nn.Parameter(torch.zeros(1))])
    assert optimizer.defaults["lr"] == 0.1


def test_both_sides_of_every_race_run_in_processes_of_their_own(monkeypatch, capsys):
    seconds = {"tutorial's network, batches of 4": 8.0, "residual net of width 8, one epoch": 2.0}
    seconds |= {"dense network, SGD with lr 0.1": 6.0, "dense network, AdamW, one cycle": 4.0}
    sides = [side for race in RACES for side in (race.usual, race.ours)]

    def seconds_to(target, recipe, train, test):
        found = next(seconds[name] for name, one in sides if one is recipe)
        return {"seconds": found, "best": target, "memory": 1}

    def elsewhere(function, *arguments):
        return pickle.loads(pickle.dumps(function))(*pickle.loads(pickle.dumps(arguments)))

    monkeypatch.setattr(training, "seconds_to", seconds_to)
    monkeypatch.setattr(training, "pictures", lambda name: (name, name))
    monkeypatch.setattr(training, "rates", lambda: "rates")
    monkeypatch.setattr(timing, "in_own_process", elsewhere)
    training.run()
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[-1] for line in lines if "ratio" in line] == ["4.0", "1.5"]


def test_rates_are_counted_in_operations(pictures):
    assert training.multiply_rate(torch.float32, size=64, rounds=3) > 1e6
    assert training.training_rate(TINY, pictures, steps=4) > 1e6
