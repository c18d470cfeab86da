"""MatmulLab: torch's product, and the script's sums of products held to it."""

import pytest
import torch

from helpers.figures.matmul_lab import MatmulLab


def test_the_product_is_torchs_and_the_scripts_terms_add_up_to_it(map_js):
    torch.manual_seed(0)
    for rows, inner, columns in ((3, 4, 3), (1, 5, 2), (5, 1, 5), (2, 2, 2)):
        a, b = torch.rand(rows, inner, dtype=torch.float64), torch.rand(inner, columns, dtype=torch.float64)
        figure = MatmulLab(a=a, b=b, cell=(0, 0))
        assert figure.product == (a @ b).tolist()
        cells = [[i, j] for i in range(rows) for j in range(columns)]
        added = map_js("matmul_lab/figure", "terms", [[a.tolist(), b.tolist(), cell] for cell in cells])
        assert [terms[-1]["sum"] for terms in added] == pytest.approx((a @ b).flatten().tolist(), rel=1e-12)
        assert all(len(terms) == inner for terms in added)


def test_the_sum_is_written_out_as_far_as_it_is_added(run_js):
    a, b = [[2, -1, 3]], [[1], [3], [2]]
    assert run_js("matmul_lab/figure", "sumText", a, b, [0, 0], 2) == "C[0, 0] = 2·1 + (−1)·3 = −1"
    assert run_js("matmul_lab/figure", "sumText", a, b, [0, 0], 0) == "C[0, 0] = 0 = 0"


@pytest.mark.parametrize(
    ("arguments", "error", "complaint"),
    [
        ({"a": torch.ones(2, 3)}, ValueError, r"a and b must fit: a \(2, 3\) of torch.float32, b \(4, 3\)"),
        ({"a": torch.ones(4)}, ValueError, r"a must be a matrix .* got \(4,\)"),
        ({"b": torch.ones(4, 9)}, ValueError, "b must be a matrix of 1 to 5"),
        ({"a": [[1]]}, TypeError, "a must be a torch.Tensor, got list"),
        ({"a": torch.full((3, 4), torch.nan), "b": torch.ones(4, 3)}, ValueError, "a must hold finite"),
        (
            {"cell": (3, 0)},
            ValueError,
            r"cell\[0\] must be a whole number from 0 to 2 \(the last row\), got 3",
        ),
    ],
)
def test_a_bad_argument_is_named(arguments, error, complaint):
    with pytest.raises(error, match=complaint):
        MatmulLab(**arguments)


def test_the_figure_answers_drag_touch_key_and_slider(mount):
    page = mount(MatmulLab(), width=390)
    line = "document.querySelector('.bf-sum-line').textContent"
    assert page.evaluate(line) == "C[1, 1] = 2·1 + 1·3 + 3·2 + 0·0 = 11"
    assert page.locator(".bf-in").count() == 8
    cells = page.locator('[aria-label="C"] .bf-cell')
    first, last = cells.nth(0).bounding_box(), cells.nth(8).bounding_box()
    page.mouse.move(first["x"] + 8, first["y"] + 8)
    page.mouse.down()
    page.wait_for_function(f"{line}.startsWith('C[0, 0]')")
    page.mouse.move(last["x"] + 8, last["y"] + 8, steps=5)
    page.mouse.up()
    page.wait_for_function(f"{line}.startsWith('C[2, 2]')")
    page.keyboard.press("ArrowUp")
    page.wait_for_function(f"{line}.startsWith('C[1, 2]')")
    page.touchscreen.tap(first["x"] + 8, first["y"] + 8)
    page.wait_for_function(f"{line}.startsWith('C[0, 0]')")
    page.focus("input[type=range]")
    page.keyboard.press("ArrowLeft")
    page.wait_for_function(f"{line} === 'C[0, 0] = 1·2 + 2·1 + 0·0 = 4'")
    assert page.text_content(".bf-cell.bf-lit") == "4"
