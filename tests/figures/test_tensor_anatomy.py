"""TensorAnatomy: what its arithmetic reads is what torch reads, for any strided view."""

import itertools
import math
import random

import pytest
import torch

from helpers.figures import TensorAnatomy

VIEWS = 500


def random_view(seed):
    """Return a view of a storage of at most 64 elements: permuted, sliced with steps, expanded, narrowed."""
    choose = random.Random(seed)
    shape = [choose.randint(1, 4) for _ in range(choose.randint(0, 4))]
    while math.prod(shape) > 61:
        shape.pop()
    values = torch.arange(math.prod(shape) + 3) * 3 - 7
    view = values[choose.randint(0, 3) :][: math.prod(shape)].view(shape)
    view = view.permute(choose.sample(range(view.ndim), view.ndim))
    for axis, size in enumerate(view.shape):
        start = choose.randint(0, size - 1)
        view = view[(slice(None),) * axis + (slice(start, None, choose.randint(1, 3)),)]
        if view.shape[axis] == 1 and choose.random() < 0.4 and view.numel() <= 16:
            view = view.expand(*view.shape[:axis], choose.randint(1, 4), *view.shape[axis + 1 :])
    return view


def read_whole(figure, run_js):
    """All the figure's values of its first view, at the places that its own arithmetic computes."""
    view = figure.views[0]
    indices = run_js("tensor_anatomy/maths", "allIndices", view["shape"])
    return [figure.storage[run_js("tensor_anatomy/maths", "storagePlace", view, index)] for index in indices]


def test_random_views_are_read_as_torch_reads_them(run_js):
    views = [random_view(seed) for seed in range(VIEWS)]
    figures = [TensorAnatomy(tensors=view) for view in views]
    places = run_js("tensor_anatomy/maths", "placesOf", [figure.views[0] for figure in figures])
    for view, figure, found in zip(views, figures, places, strict=True):
        drawn = [int(figure.storage[place].replace("−", "-")) for place in found]
        assert drawn == view.flatten().tolist()
    kinds = {(view.is_contiguous(), view.ndim) for view in views}
    assert len(kinds) >= 7, "the views are too alike to prove much"


def test_single_elements_match_torchs_indexing(run_js):
    view = torch.arange(24.0).view(2, 3, 4).permute(2, 0, 1)[1:, :, ::2]
    figure = TensorAnatomy(tensors=view)
    expected = [str(int(value)) for value in view.flatten()]
    assert read_whole(figure, run_js) == expected


def test_jumps_lead_from_the_offset_to_the_element(run_js):
    x = torch.arange(20, 32).view(3, 4)[1:, ::2]
    figure = TensorAnatomy(tensors=x)
    jumps = run_js("tensor_anatomy/maths", "hops", figure.views[0], [1, 1])
    assert jumps == [{"axis": 0, "from": 4, "to": 8}, {"axis": 1, "from": 8, "to": 10}]
    assert run_js("tensor_anatomy/maths", "storagePlace", figure.views[0], [1, 1]) == 10


def test_a_place_of_the_storage_leads_back_to_its_index(run_js):
    x = torch.arange(12).view(3, 4)
    views = {"x": x, "x.T": x.T, "x[1:, ::2]": x[1:, ::2]}
    figure = TensorAnatomy(tensors=views)
    found = [run_js("tensor_anatomy/maths", "indexReading", view, 6) for view in figure.views]
    assert found == [[1, 2], [2, 1], [0, 1]]
    assert run_js("tensor_anatomy/maths", "indexReading", figure.views[2], 5) is None


@pytest.mark.parametrize("shape", [(), (5,), (3, 4), (2, 3, 4), (4, 4, 2), (2, 2, 2, 2), (2, 2, 4, 4)])
@pytest.mark.parametrize("room", [300, 700])
def test_cells_of_the_grid_do_not_overlap(run_js, shape, room):
    layout = run_js(
        "tensor_anatomy/maths", "gridLayout", shape, {"cellWidth": 29, "cellHeight": 32, "width": room}
    )
    places = [(cell["x"], cell["y"]) for cell in layout["cells"]]
    indices = [tuple(cell["index"]) for cell in layout["cells"]]
    assert indices == list(itertools.product(*map(range, shape)))
    for number, (x, y) in enumerate(places):
        assert 0 <= x <= layout["width"] - 29
        assert 0 <= y <= layout["height"] - 32
        assert all(abs(x - a) >= 29 or abs(y - b) >= 32 for a, b in places[:number])


def test_everything_is_read_off_the_tensor():
    x = torch.arange(20.0, 32.0).view(3, 4)
    figure = TensorAnatomy(tensors={"x": x, "part": x[1:, ::2]}, index=(1, 2))
    assert figure.views[1] == {
        "name": "part",
        "shape": [2, 2],
        "stride": [4, 2],
        "offset": 4,
        "dtype": "float32",
        "contiguous": False,
    }
    assert figure.storage == [str(value) for value in range(20, 32)]
    assert figure.itemsize == 4
    assert figure.index == [1, 2]


def test_values_of_every_kind_are_written_shortly():
    assert TensorAnatomy(tensors=torch.tensor([True, False])).storage == ["True", "False"]
    assert TensorAnatomy(tensors=torch.tensor([-1.5, math.inf, math.nan])).storage == ["−1.5", "inf", "nan"]
    assert TensorAnatomy(tensors=torch.tensor([1 + 2j])).storage == ["1+2j"]
    half = torch.tensor([0.1], dtype=torch.bfloat16, requires_grad=True)
    assert TensorAnatomy(tensors=half).storage == ["0.1001"]


def test_its_text():
    x = torch.arange(64.0).view(2, 2, 4, 4)
    figure = TensorAnatomy(tensors={"x": x, "x.mT": x.mT})
    assert repr(figure) == "TensorAnatomy(x: (2, 2, 4, 4), x.mT: (2, 2, 4, 4))"


@pytest.mark.parametrize(
    ("tensors", "error", "message"),
    [
        ({}, ValueError, "at least one tensor"),
        ([1, 2], TypeError, "x is a list, a torch.Tensor is expected"),
        (torch.empty(0), ValueError, "x has 0 elements, 1 to 64"),
        (torch.arange(65), ValueError, "x has 65 elements"),
        (torch.arange(100).view(10, 10)[:3, :3], ValueError, "holds 100 elements, at most 64"),
        (torch.zeros(1, 1, 1, 1, 1), ValueError, "x has 5 axes, at most 4"),
        (torch.eye(3).to_sparse(), TypeError, "x has no strided storage"),
        (torch.zeros(3, device="meta"), TypeError, "x has no strided storage"),
        (torch.tensor([1j]).conj(), ValueError, "x is a lazy conjugate"),
        ({"a": torch.zeros(3), "b": torch.zeros(3)}, ValueError, "b does not share its storage with a"),
    ],
)
def test_what_cannot_be_drawn_is_refused_by_name(tensors, error, message):
    with pytest.raises(error, match=message):
        TensorAnatomy(tensors=tensors)


def test_views_of_another_dtype_are_refused():
    x = torch.zeros(4)
    with pytest.raises(ValueError, match=r"b reads the storage as torch.int32, but a as torch.float32"):
        TensorAnatomy(tensors={"a": x, "b": x.view(torch.int32)})


@pytest.mark.parametrize("index", [(1,), (1, 2, 3), (3, 0), (0, -1), (0, 1.0), (True, 0)])
def test_an_index_outside_the_first_tensor_is_refused(index):
    with pytest.raises(ValueError, match=r"index must name one element of shape \(3, 4\)"):
        TensorAnatomy(tensors=torch.zeros(3, 4), index=index)
