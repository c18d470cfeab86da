"""What the tensor figures share: reading a storage through strides, and drawing nested brackets."""

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

CELL = {"width": 20, "height": 16}

shapes = st.lists(st.integers(0, 4), max_size=4)


@st.composite
def views(draw):
    """Draw a tensor cut and permuted out of a storage that counts from 0."""
    shape = draw(st.lists(st.integers(1, 4), min_size=1, max_size=4))
    tensor = torch.arange(torch.Size(shape).numel()).reshape(shape)
    tensor = tensor.permute(draw(st.permutations(range(tensor.ndim))))
    return tensor[draw(st.integers(0, len(tensor) - 1)) :: draw(st.integers(1, 2))]


@settings(max_examples=40, deadline=None)
@given(views())
def test_a_view_reads_what_torch_reads(run_js, tensor):
    view = {"shape": list(tensor.shape), "stride": tensor.stride(), "offset": tensor.storage_offset()}
    assert run_js("kit/tensors", "readView", view) == tensor.flatten().tolist()
    assert run_js("kit/tensors", "isContiguous", view) == tensor.is_contiguous()


@settings(max_examples=40, deadline=None)
@given(shapes)
def test_fresh_strides_and_indices_are_torchs(run_js, shape):
    tensor = torch.zeros(shape)
    assert run_js("kit/tensors", "contiguousStride", shape) == list(tensor.stride())
    if tensor.numel():
        last = tensor.numel() - 1
        expected = [int(i) for i in torch.unravel_index(torch.tensor(last), tuple(shape))] if shape else []
        assert run_js("kit/tensors", "unravel", last, shape) == expected


@pytest.mark.parametrize(
    ("dim", "ndim", "axis"), [(0, 2, 0), (-1, 3, 2), (2, 2, None), (-3, 2, None), (0.5, 2, None)]
)
def test_axes_are_counted_from_either_end(run_js, dim, ndim, axis):
    assert run_js("kit/tensors", "wrapAxis", dim, ndim) == axis


@settings(max_examples=40, deadline=None)
@given(shapes, st.booleans())
def test_a_grid_has_a_frame_for_every_pair_of_brackets_and_no_two_cells_in_one_place(run_js, shape, stacked):
    drawn = run_js("kit/tensors", "nestedGrid", shape, {"cell": CELL, "stacked": stacked})
    brackets = str(torch.zeros(shape).tolist()).count("[")
    assert len(drawn["frames"]) == brackets
    places = {(place["x"], place["y"]) for place in drawn["places"]}
    assert len(places) == torch.Size(shape).numel()
    for x, y in places:
        assert 0 <= x <= drawn["width"] - CELL["width"]
        assert 0 <= y <= drawn["height"] - CELL["height"]
        inside = [box for box in drawn["frames"] if box["x"] < x < box["x"] + box["width"]]
        assert sum(box["y"] < y < box["y"] + box["height"] for box in inside) == len(shape)


def test_cells_are_as_wide_as_the_room_allows(run_js):
    for shape in ([2, 3], [2, 3, 4], [6]):
        cell = run_js("kit/tensors", "fitCell", [shape], 300, {"most": 60})
        assert run_js("kit/tensors", "nestedGrid", shape, {"cell": cell})["width"] <= 300
        wider = {"width": cell["width"] + 1, "height": 20}
        too_wide = run_js("kit/tensors", "nestedGrid", shape, {"cell": wider})["width"] > 300
        assert too_wide or cell["width"] == 60
