"""The kit's cells: which one lies under a finger, and where an arrow key leads."""

import pytest

SIZE = 30


def grid(rows, columns, skipped=()):
    """Cells of a matrix, 34 pixels apart, named by their place in reading order."""
    return [
        {
            "key": row * columns + column,
            "x": 34 * column,
            "y": 34 * row,
            "width": SIZE,
            "height": SIZE,
            "skip": row * columns + column in skipped,
        }
        for row in range(rows)
        for column in range(columns)
    ]


@pytest.mark.parametrize(
    ("arrow", "expected"),
    [("ArrowRight", 6), ("ArrowLeft", 4), ("ArrowUp", 1), ("ArrowDown", 9), ("Home", 0), ("End", 11)],
)
def test_an_arrow_leads_to_the_next_cell_that_way(run_js, arrow, expected):
    assert run_js("kit/cells", "cellTowards", grid(3, 4), 5, arrow) == expected


@pytest.mark.parametrize(
    ("start", "arrow"), [(3, "ArrowRight"), (4, "ArrowLeft"), (0, "ArrowUp"), (11, "ArrowDown")]
)
def test_at_the_edge_an_arrow_leads_nowhere(run_js, start, arrow):
    assert run_js("kit/cells", "cellTowards", grid(3, 4), start, arrow) is None


def test_arrows_pass_over_skipped_cells(run_js):
    row = grid(1, 6, skipped=(0, 2, 3, 5))
    assert run_js("kit/cells", "cellTowards", row, 1, "ArrowRight") == 4
    assert run_js("kit/cells", "cellTowards", row, 4, "ArrowRight") is None
    assert run_js("kit/cells", "cellTowards", row, 4, "Home") == 1
    assert run_js("kit/cells", "cellTowards", row, 1, "End") == 4


def test_a_cell_straight_ahead_wins_over_a_nearer_one_to_the_side(run_js):
    cells = [*grid(1, 1), *({**cell, "key": 1, "x": 80, "y": 0} for cell in grid(1, 1))]
    cells += [{**cell, "key": 2, "x": 40, "y": 60} for cell in grid(1, 1)]
    assert run_js("kit/cells", "cellTowards", cells, 0, "ArrowRight") == 1


@pytest.mark.parametrize(
    ("x", "y", "expected"),
    [
        (15, 15, 0),
        (49, 15, 1),
        (15, 49, 4),
        (32.5, 15, 1),
        (31, 15, 0),
        (-11, 15, 0),
        (-13, 15, None),
        (15, 200, None),
    ],
)
def test_a_finger_reaches_the_cell_below_it_or_close_by(run_js, x, y, expected):
    assert run_js("kit/cells", "cellUnder", grid(2, 4), x, y) == expected
