"""What the prose of chapters 1 to 3 claims and no cell shows: each with the case that could break it."""

import warnings

import numpy as np
import pytest
import torch

from bookbuild.model import notebooks

WHOLE = torch.arange(3)
HALF = torch.ones(3, dtype=torch.float16)
GRID = torch.arange(12).reshape(3, 4)


def shares(a, b):
    return a.untyped_storage().data_ptr() == b.untyped_storage().data_ptr()


# -- chapter 1


def test_recurrent_layers_and_transformers_put_the_samples_second():
    """Unless they are told ``batch_first=True``."""
    steps, samples = 5, 3
    _, last = torch.nn.GRU(4, 2)(torch.zeros(steps, samples, 4))
    assert last.shape[1] == samples
    assert not torch.nn.TransformerEncoderLayer(4, 2).self_attn.batch_first


def test_views_of_other_places_do_not_see_a_write():
    first, second = GRID.clone().unbind()[:2]
    first.fill_(-1)
    assert shares(first, second)
    assert not (second == -1).any()


def test_eps_is_the_distance_to_the_next_larger_number():
    one, eps = torch.tensor(1.0), torch.finfo(torch.float32).eps
    assert torch.nextafter(one, 2 * one) - one == eps
    assert one - torch.nextafter(one, 0 * one) == eps / 2


def test_the_largest_bfloat16_is_more_than_a_power_of_ten_away():
    ratio = torch.finfo(torch.bfloat16).max / torch.finfo(torch.float16).max
    assert f"{ratio:.0e}" == "5e+33"


def test_numbers_of_numpy_keep_their_dtype():
    assert torch.tensor(np.float64(7)).dtype == torch.float64
    assert torch.tensor(np.int32(7)).dtype == torch.int32
    assert torch.tensor([1, 2.5, 1j]).dtype == torch.complex64


def test_the_size_of_a_python_number_is_checked():
    with pytest.raises(RuntimeError):
        torch.tensor(130, dtype=torch.int8)
    assert torch.tensor(2.7, dtype=torch.int8) == 2


@pytest.mark.parametrize(
    ("left", "right", "dtype"),
    [
        (WHOLE, torch.tensor(0.5, dtype=torch.float16), torch.float16),
        (WHOLE, torch.tensor(0.5, dtype=torch.float64), torch.float64),
        (torch.tensor([True]), torch.tensor(2, dtype=torch.int8), torch.int8),
        (torch.tensor([True]), 2, torch.int64),
        (torch.tensor([1], dtype=torch.uint8), 300, torch.uint8),
        (torch.tensor([1], dtype=torch.int8), 0.5, torch.float32),
        (torch.tensor(1, dtype=torch.int8), WHOLE.double(), torch.float64),
        (torch.tensor(1.0).half(), torch.tensor(1.0).double(), torch.float64),
        (WHOLE, 1j, torch.complex64),
        (WHOLE.double(), torch.tensor(1j), torch.complex128),
        (HALF, np.float64(2), torch.float16),
    ],
)
def test_a_number_without_axes_counts_only_if_its_kind_is_higher(left, right, dtype):
    assert (left * right).dtype == dtype


def test_unusual_whole_numbers_have_no_common_dtype():
    with pytest.raises(RuntimeError):
        torch.promote_types(torch.uint16, torch.int16)


@pytest.mark.parametrize("join", [torch.cat, torch.stack])
def test_joining_promotes(join):
    assert join((WHOLE, HALF)).dtype == torch.float16


@pytest.mark.parametrize(
    "write",
    [
        lambda t: t.fill_(1.9),
        lambda t: t.copy_(torch.full((3,), 1.9)),
        lambda t: t.__setitem__(slice(3), 1.9),
    ],
)
def test_writing_casts_in_silence(write):
    counts = torch.zeros(3, dtype=torch.int64)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        write(counts)
    assert counts.tolist() == [1, 1, 1]


def test_a_number_on_the_cpu_joins_any_device_and_no_other_tensor_does():
    far, near = torch.ones(3, device="meta"), torch.ones(3)
    assert (far + torch.tensor(1.0)).device == far.device
    for refused in (lambda: far + near[:1], lambda: near + far.sum(), lambda: torch.cat((far, near))):
        with pytest.raises(RuntimeError):
            refused()


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("formula", [lambda a, t: t + a, lambda a, t: a / t, lambda a, t: a + t])
def test_an_array_and_a_tensor_that_needs_gradients_do_not_meet(formula):
    with pytest.raises((RuntimeError, TypeError)):
        formula(np.ones(3), torch.ones(3, requires_grad=True))


@pytest.mark.filterwarnings("ignore")
def test_numpy_chooses_the_dtype_of_a_mixed_formula():
    ones, counts = torch.ones(3), np.arange(3)
    assert (ones + counts).dtype == torch.float64
    assert (ones + torch.from_numpy(counts)).dtype == torch.float32


def test_a_small_gradient_survives_in_bfloat16_alone():
    small = torch.tensor(1e-9, dtype=torch.float64)
    assert small.to(torch.float16) == 0
    assert small.to(torch.bfloat16) != 0
    assert abs(small.to(torch.bfloat16).double() / small - 1) < 0.01


@pytest.mark.parametrize("draw", [torch.rand, torch.randn, torch.randperm])
def test_an_added_draw_moves_what_follows(draw):
    generator = torch.Generator().manual_seed(0)
    without = torch.rand(5, generator=generator)
    draw(5, generator=generator.manual_seed(0))
    assert not torch.equal(without, torch.rand(5, generator=generator))


# -- chapter 2


@pytest.mark.parametrize(
    ("index", "view"),
    [
        (1, True),
        (torch.tensor(1), True),
        (np.int64(1), True),
        ((slice(None), None, ..., 0), True),
        ((slice(1, None), [0]), False),
        (range(2), False),
        (torch.tensor([1]), False),
    ],
)
def test_numbers_and_slices_share_and_one_list_is_enough_for_a_copy(index, view):
    assert shares(GRID, GRID[index]) == view


def test_a_mask_with_fewer_axes_takes_whole_rows():
    assert GRID[torch.tensor([True, False, True])].shape == (2, 4)


def test_reshape_of_a_tensor_with_gaps_shares_where_strides_will_do():
    gaps = GRID[:, :3]
    assert not gaps.is_contiguous()
    assert shares(gaps, gaps.reshape(3, 3, 1))
    assert not shares(gaps, gaps.reshape(9))


@pytest.mark.filterwarnings("ignore")
def test_a_vectors_transpose_is_the_vector():
    assert WHOLE.T.shape == WHOLE.shape


def test_where_nothing_gets_fewer_dim_stays():
    x = torch.rand(2, 3)
    assert x.softmax(dim=0).shape == x.cumsum(dim=0).shape == x.sort(dim=0).values.shape == x.shape


def test_the_mean_of_whole_numbers_needs_a_dtype():
    assert WHOLE.mean(dtype=torch.float32) == 1


def test_some_underscores_change_shape_or_flag_alone():
    row = torch.ones(1, 3)
    row.squeeze_().requires_grad_()
    assert (row.shape, row.requires_grad) == ((3,), True)


def test_a_broadcast_error_counts_axes_from_the_left_of_the_result():
    with pytest.raises(RuntimeError, match="dimension 1"):
        torch.zeros(2, 3, 4) + torch.zeros(5, 4)


# -- chapter 3


def test_a_view_made_without_recording_leads_no_gradient_to_its_base():
    w = torch.tensor([1.0, 2.0], requires_grad=True)
    with torch.no_grad():
        view = w.view(2)
    (view * 2).sum().backward()
    assert w.grad is None


def test_autograd_grad_fills_the_grad_of_no_leaf_but_a_retained_one():
    w = torch.tensor(2.0, requires_grad=True)
    h = w * 3
    h.retain_grad()
    torch.autograd.grad(h * h, w)
    assert w.grad is None
    assert h.grad == 12


def test_a_backward_without_retain_graph_frees_what_was_kept():
    a = torch.tensor(3.0, requires_grad=True)
    square = a * a
    square.backward(retain_graph=True)
    square.backward()
    with pytest.raises(RuntimeError):
        square.backward()


def test_a_sum_with_an_inference_tensor_is_recorded():
    w = torch.tensor(2.0, requires_grad=True)
    with torch.inference_mode():
        z = w * 3
    (z + w).backward()
    assert w.grad == 1


def test_a_loss_that_saves_its_target_refuses_an_inference_tensor():
    student = torch.tensor([2.0], requires_grad=True)
    with torch.inference_mode():
        target = torch.ones(1) * 3
    (student - target).abs().sum().backward()
    with pytest.raises(RuntimeError):
        torch.nn.functional.mse_loss(student, target)


@pytest.mark.parametrize("name", ["SGD", "Adam", "AdamW", "RMSprop", "Adagrad", "NAdam", "Rprop"])
@pytest.mark.parametrize("options", [{}, {"maximize": True}, {"foreach": True}])
def test_an_optimizer_only_reads_grad(name, options):
    w = torch.ones(3, requires_grad=True)
    w.grad = torch.full((3,), 2.0)
    getattr(torch.optim, name)([w], lr=0.1, **options).step()
    assert w.grad.tolist() == [2.0, 2.0, 2.0]
    assert (w != 1).all()


@pytest.mark.filterwarnings("ignore")
def test_gradcheck_in_float32_passes_with_a_wider_nudge():
    v = torch.tensor([1.0, 2.0], requires_grad=True)
    assert torch.autograd.gradcheck(lambda v: v**3, v, eps=1e-2, atol=1e-2)


def test_a_cell_whose_warning_comes_once_runs_again(capsys):
    """PyTorch warns of ``.T`` once for each run, and the cell may be run again."""
    cells = notebooks.read(notebooks.find("02_tensor_operations")).cells
    (source,) = [cell.source for cell in cells if cell.id == "transpose"]
    for _ in range(2):
        exec(source, {"torch": torch})
    assert capsys.readouterr().out.count(".mT (8, 3, 2)") == 2
