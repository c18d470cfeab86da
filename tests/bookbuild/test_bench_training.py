"""The races of the benchmark: what the clock counts and when it stops. How long things take is not tested."""

from dataclasses import replace
from functools import partial

import pytest
import torch

from bookbuild.bench import bench_training
from bookbuild.bench.bench_training import RACES, Reached, Stopwatch
from helpers.convnets import residual_net
from helpers.recipes import Recipe

TINY = Recipe(partial(residual_net, 4), num_epochs=8, batch_size=16, augment=False, bf16=False)


@pytest.fixture(scope="module")
def pictures() -> tuple[torch.Tensor, torch.Tensor]:
    """Pictures whose class is how bright they are."""
    y = torch.arange(10).repeat_interleave(10)
    noise = torch.randint(0, 40, (100, 3, 32, 32), generator=torch.Generator().manual_seed(0))
    return (noise + 20 * y[:, None, None, None]).to(torch.uint8), y


def test_the_clock_stands_still_while_the_network_is_asked(monkeypatch):
    now = [0.0]
    monkeypatch.setattr(bench_training, "perf_counter", lambda: now[0])
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
    found = bench_training.seconds_to(0.3, TINY, pictures, pictures)
    assert found["best"] >= 0.3
    assert found["seconds"] > 0
    assert found["memory"] > 100


def test_what_is_never_reached_has_no_seconds(pictures):
    found = bench_training.seconds_to(1.1, replace(TINY, num_epochs=1), pictures, pictures)
    assert found["seconds"] is None
    assert "not reached" in bench_training.report(RACES[0], {"usual": found, "ours": found})


def test_the_report_divides_the_usual_seconds_by_ours():
    numbers = {"best": 0.6, "memory": 1000}
    found = {"usual": {**numbers, "seconds": 36.0}, "ours": {**numbers, "seconds": 5.0}}
    assert bench_training.report(RACES[0], found).splitlines()[-1].split() == [
        "ratio",
        "of",
        "the",
        "seconds",
        "7.2",
    ]


def test_both_sides_of_a_race_train_on_the_same_pictures_to_the_same_accuracy():
    assert [(race.data_set, race.target) for race in RACES] == [("CIFAR10", 0.54), ("FashionMNIST", 0.85)]
    assert RACES[0].usual[1].batch_size == 4
    optimizer = RACES[1].usual[1].optimizer([torch.nn.Parameter(torch.zeros(1))])
    assert optimizer.defaults["lr"] == 0.1


def test_rates_are_counted_in_operations(pictures):
    assert bench_training.multiply_rate(torch.float32, size=64, rounds=3) > 1e6
    assert bench_training.training_rate(TINY, pictures, steps=4) > 1e6
