"""ConvLab: its script held to torch's convolution, ReLU and pooling, and what it does under a hand."""

import pytest
import torch
from closeness import close
from hands import middle
from torch.nn import functional

from helpers.figures.conv_lab import LARGEST, LARGEST_KERNEL, PADDINGS, STRIDES, ConvLab


def cases(count=60):
    """Random pictures and kernels of random sizes, with every stride and padding."""
    generator = torch.Generator().manual_seed(3)

    def size(low, high):
        return int(torch.randint(low, high + 1, (1,), generator=generator))

    for case in range(count):
        kernel = torch.randn(size(1, LARGEST_KERNEL), size(1, LARGEST_KERNEL), generator=generator)
        sides = [size(side + 3, LARGEST) for side in kernel.shape]
        image = torch.rand(sides, generator=generator)
        settings = {"stride": STRIDES[case % 3], "padding": PADDINGS[case // 3 % 3]}
        yield image.double(), kernel.double(), settings


def by_torch(image, kernel, settings):
    return functional.conv2d(image[None, None], kernel[None, None], **settings)[0, 0]


def test_the_map_is_torchs_conv2d(map_js):
    given = list(cases())
    found = map_js("conv_lab/maths", "conv2d", [[i.tolist(), k.tolist(), s] for i, k, s in given])
    for rows, case in zip(found, given, strict=True):
        close(rows, by_torch(*case))


def test_relu_and_pooling_are_torchs(map_js):
    maps = [by_torch(*case) for case in cases()]
    for cut, rows in zip(maps, map_js("conv_lab/maths", "relu", [[m.tolist()] for m in maps]), strict=True):
        close(rows, functional.relu(cut))
    sizes = [1 + case % 2 for case in range(len(maps))]
    pooled = map_js(
        "conv_lab/maths", "maxPool2d", [[m.tolist(), n] for m, n in zip(maps, sizes, strict=True)]
    )
    for values, size, rows in zip(maps, sizes, pooled, strict=True):
        close(rows, functional.max_pool2d(values[None], size)[0])


def test_the_lit_cell_and_the_chain_behind_it_are_torchs(map_js):
    given = list(cases(18))
    calls = [
        [i.tolist(), {"kernel": k.tolist(), "relu": True, "cell": [n % 4, 99], **s}]
        for n, (i, k, s) in enumerate(given)
    ]
    for found, case, call in zip(map_js("conv_lab/maths", "result", calls), given, calls, strict=True):
        expected = by_torch(*case)
        row, column = found["lit"]
        assert (row, column) == (min(call[1]["cell"][0], len(expected) - 1), expected.shape[1] - 1)
        close(found["value"], expected[row, column])
        close(sum(map(sum, found["products"])), expected[row, column])
        close(found["pooled"], functional.max_pool2d(expected.relu()[None], 2)[0])


def test_what_no_window_reads_changes_nothing(map_js):
    given = list(cases())
    sides = [[i.shape[1], k.shape[1], s["stride"], s["padding"]] for i, k, s in given]
    lost = map_js("conv_lab/maths", "unreadAtEnd", sides)
    assert {0, 1, 2} <= set(lost)
    for (image, kernel, settings), count in zip(given, lost, strict=True):
        padded = functional.pad(image, [settings["padding"]] * 4)
        other = padded.clone()
        other[:, padded.shape[1] - count :] = 9.0
        stride = {"stride": settings["stride"], "padding": 0}
        assert torch.equal(by_torch(padded, kernel, stride), by_torch(other, kernel, stride))
        other[:, padded.shape[1] - count - 1] = 9.0
        assert not torch.equal(by_torch(padded, kernel, stride), by_torch(other, kernel, stride))


def test_a_place_in_the_picture_finds_its_window(run_js):
    arguments = [(0, 3, 1, 8), (1, 3, 1, 8), (5, 3, 2, 4), (9, 3, 3, 3), (4, 2, 1, 9)]
    found = [run_js("conv_lab/maths", "nearestWindow", *each) for each in arguments]
    assert found == [0, 0, 2, 2, 4]


def test_the_texts_are_written_out(run_js):
    text = run_js("conv_lab/words", "sumText", [[-1, 0.5], [0, 2]], [[-1, 0], [0, 2]], 1, [0, 3])
    assert text == "out[0, 3] = (−1)·1 + 0.5·0 + 2·1 = 1"
    assert run_js("conv_lab/words", "sumText", [[0]], [[0]], 0, [0, 0]) == "out[0, 0] = 0 = 0"
    assert (
        run_js("conv_lab/words", "sizeText", 10, 3, 1, 0) == "width of the map: ⌊(10 + 2·0 − 3) / 1⌋ + 1 = 8"
    )
    assert run_js("conv_lab/words", "sizeText", 10, 3, 2, 0).endswith("= 4; the last column is never read")
    assert run_js("conv_lab/words", "sizeText", 10, 2, 3, 0).endswith(
        "= 3; the last 2 columns are never read"
    )
    assert run_js("conv_lab/words", "sizeText", 10, 3, 2, 1).endswith("+ 1 = 5")


@pytest.mark.parametrize("width", [288, 358, 700])
@pytest.mark.parametrize("padding", PADDINGS)
def test_all_grids_lie_inside_the_figure(run_js, width, padding):
    picture, map_size = 10 + 2 * padding, 8 + 2 * padding
    sizes = {"picture": [picture] * 2, "kernel": [3, 3], "map": [map_size] * 2, "pooled": [map_size // 2] * 2}
    places = run_js("conv_lab/views", "layout", width, {**sizes, "relu": True, "pool": True})
    for name, [rows, columns] in {**sizes, "products": [3, 3], "relu": [map_size] * 2}.items():
        at = places["pool" if name == "pooled" else name]
        assert at["x"] >= 0
        assert at["x"] + columns * at["cell"] <= width + 2
        assert at["y"] + rows * at["cell"] <= places["height"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"image": torch.ones(13, 10)}, r"image must have 1 to 12 rows and columns, got \(13, 10\)"),
        ({"image": [[0, 1], [1]]}, "image must be rows of numbers, all of one length"),
        ({"image": 2 * torch.ones(10, 10)}, "image must hold numbers from 0 to 1"),
        ({"image": torch.ones(5, 10)}, "image must be at least 3 longer than the kernel"),
        ({"kernel": torch.ones(3)}, r"kernel must have .* got \(3,\)"),
        ({"kernel": torch.full((3, 3), torch.nan)}, "kernel must hold finite"),
        ({"stride": 4}, "stride must be one of 1, 2, 3, got 4"),
        ({"padding": -1}, "padding must be one of 0, 1, 2, got -1"),
        ({"cell": (1,)}, r"cell must be 2 numbers \(row, column\), got \(1,\)"),
    ],
)
def test_a_bad_argument_is_named(arguments, message):
    with pytest.raises(ValueError, match=message):
        ConvLab(**arguments)


def test_repr_holds_sizes_and_no_address():
    assert repr(ConvLab(stride=2)) == "ConvLab(image=(10, 10), kernel=(3, 3), stride=2, padding=0)"


SUM = "document.querySelector('.cl-sum').textContent"
SIZE = "document.querySelector('.cl-size').textContent"


def test_the_window_follows_drag_key_tap_and_slider(mount):
    page = mount(ConvLab())
    assert page.evaluate(SUM) == "out[5, 1] = (−1)·0 + 1·1 + (−1)·0 + 1·1 + (−1)·0 + 1·1 = 3"
    picture = page.locator('[aria-label="picture"] .bf-cell')
    page.mouse.move(*middle(picture.nth(62)))
    page.mouse.down()
    page.mouse.move(*middle(picture.nth(68)), steps=6)
    page.wait_for_function(f"{SUM}.startsWith('out[5, 7] = ') && {SUM}.endsWith(' = −3')")
    page.mouse.up()
    page.keyboard.press("ArrowUp")
    page.wait_for_function(f"{SUM}.startsWith('out[4, 7]')")
    page.keyboard.press("Escape")
    page.wait_for_function(f"{SUM}.startsWith('out[5, 1]')")
    page.locator('[aria-label="feature map"] .bf-cell').nth(0).tap()
    page.wait_for_function(f"{SUM}.startsWith('out[0, 0]') && {SUM}.endsWith(' = 2')")
    page.get_by_role("slider", name="window's row").focus()
    page.keyboard.press("End")
    page.wait_for_function(f"{SUM}.startsWith('out[7, 0]')")


def test_an_arrow_moves_the_window_by_one_stride(mount):
    page = mount(ConvLab(stride=3, cell=(0, 0)))
    page.locator('[aria-label="picture"] .bf-cell[tabindex="0"]').focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function(f"{SUM}.startsWith('out[0, 1]')")
    page.keyboard.press("ArrowDown")
    page.wait_for_function(f"{SUM}.startsWith('out[1, 1]')")


def test_weights_are_painted(mount):
    page = mount(ConvLab())
    kernel = page.locator('[aria-label="kernel"] .bf-cell')
    page.mouse.move(*middle(kernel.nth(0)))
    page.mouse.down()
    page.mouse.move(*middle(kernel.nth(2)), steps=6)
    page.mouse.up()
    page.wait_for_function(f"{SUM}.startsWith('out[5, 1] = (−1)·0 + (−1)·1 + (−1)·1 + (−1)·0 + 1·1')")
    page.keyboard.press("+")
    page.keyboard.press("+")
    page.wait_for_function(f"{SUM}.startsWith('out[5, 1] = (−1)·0 + (−1)·1 + 1·1 + (−1)·0')")
    page.get_by_role("slider", name="chosen weight").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function(f"{SUM}.startsWith('out[5, 1] = (−1)·0 + (−1)·1 + 1.5·1')")
    page.get_by_role("button", name="outline").click()
    page.wait_for_function(f"{SUM}.endsWith('4·1 + (−1)·1 + (−1)·1 = 1')")
    page.get_by_role("button", name="Reset").click()
    page.wait_for_function(f"{SUM}.endsWith(' = 3')")


def test_stride_padding_relu_and_pool_on_a_telephone(mount):
    page = mount(ConvLab(), width=390)
    page.get_by_role("slider", name="stride").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function(f"{SIZE}.endsWith('= 4; the last column is never read')")
    assert page.locator('[aria-label="picture"] .cl-lost').count() == 19
    page.get_by_role("slider", name="padding").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function(f"{SIZE}.includes('10 + 2·1 − 3')")
    for name, title in (("then ReLU", "after ReLU 5 × 5"), ("then max-pool", "pooled 2 × 2")):
        page.get_by_role("checkbox", name=name).check()
        page.wait_for_function(
            "title => [...document.querySelectorAll('.cl-title')].some((text) => text.textContent === title)",
            arg=title,
        )
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
