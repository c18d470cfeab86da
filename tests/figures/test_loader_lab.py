"""LoaderLab: its orders are a DataLoader's, its batches are cut as one cuts, and it answers the hand."""

import base64
import io

import pytest
from hands import drag
from PIL import Image

from helpers.figures import LoaderLab
from helpers.figures.loader_lab import SAMPLERS, make_loader, recorded_orders

LABELS = ["bird"] * 4 + ["cat"] * 4 + ["dog"] * 2


@pytest.mark.parametrize("sampler", SAMPLERS)
def test_every_batch_of_the_script_is_one_of_the_dataloaders(map_js, sampler):
    orders = LoaderLab(num_epochs=3).orders[sampler]
    settings = [
        (seed, size, drop) for seed in (0, 3) for size in range(1, len(LABELS) + 1) for drop in (False, True)
    ]
    for seed, size, drop in settings:
        loader = make_loader(LABELS, sampler, seed, size, drop_last=drop)
        expected = [[batch.tolist() for batch in loader] for _ in range(3)]
        found = map_js("loader_lab/maths", "batchesOf", [[order, size, drop] for order in orders[seed]])
        assert found == expected
        assert [len(batches) for batches in found] == [len(loader)] * 3


def test_what_each_sampler_reads():
    stored, shuffled, weighted = (recorded_orders(LABELS, name, 2, 40) for name in SAMPLERS)
    assert stored == [[list(range(10))] * 40] * 2
    assert all(sorted(order) == list(range(10)) for run in shuffled for order in run)
    assert len({tuple(order) for run in shuffled for order in run}) == 80
    read = [LABELS[index] for run in weighted for order in run for index in order]
    assert all(0.28 < read.count(label) / len(read) < 0.39 for label in set(LABELS))


def test_labels_are_counted(run_js):
    counts = run_js("loader_lab/maths", "labelCounts", [9, 9, 0], LABELS)
    assert counts == [["bird", 1], ["cat", 0], ["dog", 2]]
    assert run_js("loader_lab/words", "listed", [4, 4, 2]) == "4, 4 and 2"
    assert run_js("loader_lab/words", "listed", [10]) == "10"


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ({"labels": ["cat"]}, "labels must name 2 to 12 samples, got 1"),
        (
            {"images": [Image.new("RGB", (4, 4))]},
            "images must be none or one for each of the 10 labels, got 1",
        ),
        ({"batch_size": 0}, "batch_size must be a whole number from 1 to 10 .*, got 0"),
        ({"batch_size": 11}, "batch_size must be a whole number from 1 to 10 .*, got 11"),
        ({"sampler": "random"}, "sampler must be one of 'sequential', 'shuffle', 'weighted', got 'random'"),
        ({"seed": 4}, "seed must be a whole number from 0 to 3 .*, got 4"),
        ({"num_epochs": 0}, "num_epochs must be a whole number from 1 to 12, got 0"),
    ],
)
def test_a_bad_argument_is_named(arguments, complaint):
    with pytest.raises(ValueError, match=complaint):
        LoaderLab(**arguments)


def test_the_repr_names_what_forms_the_batches():
    figure = LoaderLab(sampler="weighted", drop_last=True)
    assert repr(figure) == "LoaderLab(sampler='weighted', batch_size=4, drop_last=True)"


def test_pictures_travel_as_small_squares():
    wide = Image.new("RGBA", (300, 100), (255, 0, 0, 0))
    figure = LoaderLab(labels=["a", "b"], images=[wide, wide.convert("RGB")], batch_size=2)
    url = figure.images[0]
    picture = Image.open(io.BytesIO(base64.b64decode(url.split(",")[1])))
    assert picture.size == (96, 96)
    assert picture.convert("RGB").getpixel((48, 48)) == (255, 255, 255)  # what is transparent becomes white
    assert len(url) < 1000


def test_the_edge_of_a_batch_can_be_dragged(mount):
    page = mount(LoaderLab())
    widths = "[...document.querySelectorAll('.bf-band')].map((band) => band.getAttribute('width'))"
    sizes = f"{widths}.map((width) => Math.round(width / 67))"
    assert page.evaluate(sizes) == [4, 4, 2]
    drag(page.locator(".bf-hit"), 67, 0, drop=False)
    page.wait_for_function("window.traits.batch_size === 5")
    assert page.evaluate(sizes) == [5, 5]
    page.keyboard.press("Escape")
    page.mouse.up()
    page.wait_for_function("window.traits.batch_size === 4")
    page.keyboard.press("End")
    page.wait_for_function("window.traits.batch_size === 10")
    assert "1 batch of 10" in page.text_content(".bf-facts")
    page.get_by_role("button", name="Reset").click()
    page.wait_for_function("window.traits.batch_size === 4")


def test_a_new_epoch_moves_the_indices_and_not_the_data(mount):
    page = mount(LoaderLab(), width=390)
    stored = '[aria-label="dataset"] .bf-cell'
    labels = f"[...document.querySelectorAll('{stored}')].map((cell) => cell.getAttribute('aria-label'))"
    cells = "document.querySelectorAll('[aria-label=\"order of the indices\"] .bf-cell')"
    chips = f"[...{cells}].map((cell) => Number(cell.textContent))"
    before, orders = page.evaluate(labels), page.evaluate("window.traits.orders.shuffle[0]")
    assert page.evaluate(chips) == orders[0]
    for _ in range(3):
        page.get_by_role("button", name="Step").click()
    page.wait_for_function("window.traits.epoch === 1")
    assert page.evaluate(chips) == orders[1]
    assert page.evaluate(labels) == before


def test_a_picked_sample_is_found_again_in_another_order(mount):
    page = mount(LoaderLab())
    page.locator('[aria-label="dataset"] .bf-cell').nth(8).click()
    lit = "document.querySelector('[aria-label=\"order of the indices\"] .bf-lit')?.textContent"
    page.wait_for_function(f"{lit} === '8'")
    page.get_by_label("as stored").check()
    page.wait_for_function("document.querySelector('.bf-facts').textContent.startsWith('Batch 2 reads')")
    assert page.evaluate(lit) == "8"
    page.get_by_label("drop_last").check()
    page.wait_for_function("document.querySelector('.bf-facts').textContent.includes('not 8 and 9')")
    assert page.locator(".bf-unread").count() == 2
