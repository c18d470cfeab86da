"""TrainingMonitor: what it accepts, what it saves, and how the page answers a drag, a key and a new epoch."""

import json
import math

import pytest
from hands import settle

from helpers.figures.training_monitor import CURVES, TrainingMonitor

CURVE = {
    "train_loss": [0.9, 0.5, 0.3, 0.2],
    "val_loss": [0.8, 0.45, 0.4, 0.42],
    "accuracy": [0.7, 0.8, 0.85, 0.84],
    "lr": [0.1, 0.1, 0.05, 0.05],
}


def state_of(monitor):
    return {name: value for name, value in monitor.get_state().items() if not name.startswith("_")}


#: What a kernel does while a training runs.
SEND = "(traits) => document.querySelector('.live-figure').model.set(traits)"

LISTENERS = """[...document.querySelector('.live-figure').model.listeners]
  .flatMap(([event, heard]) => event.startsWith('change:') ? heard : []).length"""


def readings(page):
    settle(page)
    return page.eval_on_selector_all(".tm-key b", "nodes => nodes.map((node) => node.textContent)")


# ---------------------------------------------------------------- Python


def test_it_follows_numbers_and_saves_no_more_than_those():
    monitor = TrainingMonitor(num_epochs=2)
    monitor.progress(epoch=1, batch=1, num_batches=40)
    monitor.update(train_loss=0.5, val_loss=math.nan, accuracy=0.25, lr=1e-3)
    monitor.update(train_loss=0.123456789, val_loss=0.4, accuracy=0.5, lr=1e-3)
    assert monitor.train_loss == [0.5, 0.123457]
    assert monitor.val_loss == [None, 0.4]
    assert repr(monitor) == "TrainingMonitor(num_epochs=2)"
    assert "NaN" not in json.dumps(state_of(monitor), default=str)
    assert not any("second" in name or "time" in name for name in state_of(monitor))


def test_progress_is_sent_about_twenty_times_an_epoch_and_a_new_run_drops_the_old_one():
    monitor = TrainingMonitor(**CURVE)
    sent = []
    monitor.observe(lambda change: sent.append(change["new"]), "batch")
    for batch in range(1, 392):
        monitor.progress(epoch=1, batch=batch, num_batches=391)
    assert monitor.train_loss == []
    assert 18 <= len(sent) <= 25
    assert (monitor.epoch, monitor.batch, monitor.num_batches) == (1, 391, 391)


def test_the_state_of_a_long_run_stays_small():
    monitor = TrainingMonitor(**{name: [1 / 3 + 1 / (i + 3) for i in range(100)] for name in CURVES})
    assert len(json.dumps(state_of(monitor), default=str)) < 10_000


@pytest.mark.parametrize(
    ("act", "message"),
    [
        (lambda: TrainingMonitor(), "num_epochs must be a whole number, at least 1, got 0"),
        (lambda: TrainingMonitor(num_epochs=-3), "num_epochs .* got -3"),
        (lambda: TrainingMonitor(num_epochs=2, train_loss=[1, 2, 3]), "at least the 3 epochs given, got 2"),
        (lambda: TrainingMonitor(train_loss=[1, 2], lr=[0.1]), "one value an epoch"),
        (lambda: TrainingMonitor(num_epochs=2, lr=[0.1]), "train_loss must be given"),
        (lambda: TrainingMonitor(num_epochs=2, loss_limit=0), "loss_limit must be a number above 0"),
        (lambda: TrainingMonitor(num_epochs=2, accuracy_range=(0.9, 0.5)), "accuracy_range must be"),
        (
            lambda: TrainingMonitor(train_loss=[1], accuracy=[87.5]),
            r"accuracy must lie in \[0, 1\], got 87.5",
        ),
        (lambda: TrainingMonitor(**CURVE).update(train_loss=1.0), "all 4 epochs are recorded"),
        (lambda: TrainingMonitor(num_epochs=9, **CURVE).update(train_loss=1.0), "the same values"),
        (lambda: TrainingMonitor(num_epochs=9).progress(epoch=0, batch=1), "epoch must be a whole number"),
    ],
)
def test_bad_input_is_named(act, message):
    with pytest.raises(ValueError, match=message):
        act()


# ---------------------------------------------------------------- JavaScript without a page


@pytest.mark.parametrize(
    ("value", "ceiling"), [(2.31, 2.5), (2.5, 2.5), (0.1, 0.1), (0.61, 0.8), (0, 1), (9.2, 10)]
)
def test_axes_end_at_round_numbers(run_js, value, ceiling):
    assert run_js("training_monitor/words", "niceCeiling", value) == ceiling


def test_lowest_epoch_is_the_first_of_equals_and_skips_gaps(run_js):
    assert run_js("training_monitor/words", "lowestEpoch", [3, None, 1, 1]) == 3
    assert run_js("training_monitor/words", "lowestEpoch", []) == 0


@pytest.mark.parametrize(
    ("value", "text"), [(0.1, "0.1"), (0, "0"), (2.5, "2.5"), (0.001, "10⁻³"), (0.00025, "2.5×10⁻⁴")]
)
def test_axis_numbers_are_short(run_js, value, text):
    assert run_js("training_monitor/words", "shortNumber", value) == text


@pytest.mark.parametrize(
    ("run", "share", "text"),
    [
        ({"finished": 0, "epoch": 0, "batch": 0}, 0, "Not trained yet"),
        ({"finished": 1, "epoch": 2, "batch": 10}, 0.375, "Epoch 2 of 4, batch 10 of 20 · 1.5 s"),
        ({"finished": 2, "epoch": 2, "batch": 20}, 0.5, "2 of 4 epochs done · 1.5 s"),
        ({"finished": 4, "epoch": 4, "batch": 20}, 1, "Trained for 4 epochs · 1.5 s"),
    ],
)
def test_progress_counts_epochs_and_batches(run_js, run, share, text):
    run |= {"numEpochs": 4, "numBatches": 20, "seconds": 1.5 if run["epoch"] else None}
    assert run_js("training_monitor/words", "shareDone", run) == share
    assert run_js("training_monitor/words", "progressText", run) == text


def test_the_sentence_names_what_was_measured(run_js):
    sentence = run_js("training_monitor/words", "epochSentence", 3, {**CURVE, "accuracy": []})
    assert sentence == "Epoch 3: training loss 0.300, validation loss 0.400, learning rate 0.0500."


# ---------------------------------------------------------------- in the page


def test_keys_slider_and_button_move_the_crosshair(mount):
    page = mount(TrainingMonitor(**CURVE))
    assert readings(page) == ["0.200", "0.420", "84.0 %", "0.05"]
    page.get_by_role("slider", name="epoch").press("ArrowLeft")
    assert readings(page) == ["0.300", "0.400", "85.0 %", "0.05"]
    page.get_by_role("slider", name="epoch").press("Home")
    assert readings(page)[0] == "0.900"
    page.get_by_role("button", name="Lowest validation loss").click()
    assert readings(page)[1] == "0.400"
    assert page.get_by_role("slider", name="epoch").get_attribute("aria-valuetext") == "3 of 4"


@pytest.mark.parametrize("width", [700, 390])
def test_a_drag_over_any_plot_moves_the_crosshair_in_all(mount, width):
    page = mount(TrainingMonitor(**CURVE), width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    box = page.locator(".bf-panel-svg").nth(1).bounding_box()
    y = box["y"] + 40
    page.mouse.move(box["x"] + box["width"] - 20, y)
    page.mouse.down()
    page.mouse.move(box["x"] + 60, y, steps=5)
    assert readings(page) == ["0.900", "0.800", "70.0 %", "0.1"]
    page.mouse.up()
    page.keyboard.press("ArrowRight")
    assert readings(page)[0] == "0.500"


def test_it_follows_a_run_until_the_reader_looks_back(mount):
    monitor = TrainingMonitor(num_epochs=4)
    page = mount(monitor)
    bar = page.get_by_role("progressbar")
    assert page.get_by_text("Not trained yet").is_visible()
    page.evaluate(SEND, {"epoch": 1, "batch": 10, "num_batches": 20})
    readings(page)
    assert bar.get_attribute("aria-valuenow") == "13"
    assert " s" in page.locator(".tm-progress").inner_text()
    page.evaluate(SEND, {"train_loss": [0.9, 0.5], "val_loss": [0.8, 0.45], "epoch": 2})
    assert readings(page)[:2] == ["0.500", "0.450"]
    page.get_by_role("slider", name="epoch").press("ArrowLeft")
    page.evaluate(SEND, {"train_loss": [0.9, 0.5, 0.3], "val_loss": [0.8, 0.45, 0.4], "epoch": 3})
    assert readings(page)[0] == "0.900"
    page.evaluate(SEND, {"train_loss": [], "val_loss": [], "epoch": 0})
    assert readings(page)[0] == ""


def test_leaving_takes_everything_along(mount):
    page = mount(TrainingMonitor(**CURVE))
    assert page.evaluate(LISTENERS) > 0
    page.evaluate("dispatchEvent(new Event('pagehide'))")
    assert page.evaluate(LISTENERS) == 0
    assert page.locator("[data-figure]").count() == 0
