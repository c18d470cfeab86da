"""The bug clinic: each bug hurts, each repair heals, and each test finds its own bug and no other."""

import math
import warnings
from dataclasses import fields

import pytest
import torch

from helpers import clinic
from helpers.clinic import BROKEN, CHANCE, HEALTHY, Recipe, examine, repaired, run

pytestmark = pytest.mark.slow  # trains

SEEDS = (0, 1)


@pytest.fixture(scope="module")
def courses():
    """All runs that the tests below compare, by name and seed."""
    recipes = BROKEN | {"healthy": HEALTHY, "healthy number": Recipe(number=True)}
    return {(name, seed): run(recipe, seed=seed) for name, recipe in recipes.items() for seed in SEEDS}


def test_a_patient_differs_from_its_repair_in_one_thing_alone():
    for name, recipe in BROKEN.items():
        healed = repaired(recipe)
        different = [f.name for f in fields(Recipe) if getattr(recipe, f.name) != getattr(healed, f.name)]
        assert len(different) == 1, name


@pytest.mark.parametrize("seed", SEEDS)
def test_the_healthy_loops_learn(courses, seed):
    healthy, number = courses["healthy", seed], courses["healthy number", seed]
    assert healthy.accuracy[-1] > 0.93
    assert healthy.val_loss[-1] < 0.3 < CHANCE
    assert number.val_loss[-1] < 0.1
    assert number.accuracy == []


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", BROKEN)
def test_each_bug_hurts_and_its_repair_heals(courses, name, seed):
    healed = courses["healthy number" if BROKEN[name].number else "healthy", seed]
    assert courses[name, seed].val_loss[-1] > 2 * healed.val_loss[-1]
    assert run(repaired(BROKEN[name]), seed=seed, num_epochs=2).val_loss == healed.val_loss[:2]


@pytest.mark.parametrize("seed", SEEDS)
def test_each_curve_has_its_mark(courses, seed):
    assert min(courses["softmax twice", seed].val_loss) > math.log(math.e + 9) - 1
    assert courses["softmax twice", seed].accuracy[-1] > 0.9  # which is what hides the bug
    assert courses["no eval", seed].accuracy[-1] < courses["healthy", seed].accuracy[-1] - 0.03
    climbing = courses["no zero_grad", seed].val_loss
    assert climbing[0] < 1.5 < 2 < climbing[-1]
    stuck = courses["lr too high", seed].val_loss
    assert all(abs(loss - CHANCE) < 0.2 for loss in stuck[-5:])
    # One answer for all, or nearly: which units are left alive, the processor's rounding decides.
    assert courses["lr too high", seed].accuracy[-1] < 0.2
    assert courses["no shuffle", seed].accuracy[-1] < 0.9


@pytest.mark.parametrize("seed", SEEDS)
def test_a_broadcast_target_leaves_the_variance(courses, seed):
    X, _ = clinic.spiral_clouds(30, seed=seed + 1)
    variance = X.norm(dim=1).var(unbiased=False).item()
    assert courses["[N, 1] against [N]", seed].val_loss[-1] == pytest.approx(variance, rel=0.25)


#: field of the findings -> what a healthy loop shows there
HEALTHY_FINDINGS = {
    "labels": lambda value: value > 5,
    "one_batch": lambda value: value < 0.15,
    "leftover": lambda value: value == 0,
    "same_shape": lambda value: value,
    "spread": lambda value: value == 0,
    "step": lambda value: value < 0.2,
}

#: bug -> the tests that must sound the alarm, and no others
ALARMS = {
    "no shuffle": {"labels"},
    "softmax twice": {"one_batch"},
    "no zero_grad": {"one_batch", "leftover"},
    "[N, 1] against [N]": {"one_batch", "same_shape"},
    "no eval": {"one_batch", "spread"},
    "lr too high": {"one_batch", "step"},
}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", [*BROKEN, "healthy", "healthy number"])
def test_the_six_tests_tell_the_bugs_apart(name, seed):
    recipe = BROKEN.get(name) or Recipe(number=name == "healthy number")
    found = examine(recipe, seed=seed)._asdict()
    alarms = {field for field, healthy in HEALTHY_FINDINGS.items() if not healthy(found[field])}
    assert alarms == ALARMS.get(name, set())


def test_runs_repeat_to_the_bit_and_leave_the_global_stream_alone():
    torch.manual_seed(5)
    expected = torch.rand(1)
    torch.manual_seed(5)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        first, second = (run(BROKEN["[N, 1] against [N]"], num_epochs=2) for _ in range(2))
    assert torch.equal(torch.rand(1), expected)
    assert first == second
    assert run(HEALTHY, num_epochs=1, seed=1) != run(HEALTHY, num_epochs=1, seed=2)
