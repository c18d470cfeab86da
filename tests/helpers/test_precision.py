"""Which number format a device is quicker in: asked once, and without disturbing anything."""

import pytest
import torch

from helpers import precision

CPU = torch.device("cpu")


@pytest.fixture(autouse=True)
def asked_afresh():
    precision.quick_in_bf16.cache_clear()
    yield
    precision.quick_in_bf16.cache_clear()


@pytest.mark.parametrize("quicker", [True, False])
def test_the_quicker_format_is_taken(quicker, monkeypatch):
    def seconds(layer, maps, bf16):
        return 1.0 if bf16 == quicker else 2.0

    monkeypatch.setattr(precision, "_pass_seconds", seconds)
    assert precision.quick_in_bf16(CPU) is quicker


def test_both_formats_are_really_computed_in():
    layer, maps = torch.nn.Conv2d(2, 2, 3), torch.rand(1, 2, 8, 8)
    seen = []
    layer.register_forward_hook(lambda layer, inputs, out: seen.append(out.dtype))
    assert precision._pass_seconds(layer, maps, bf16=True) > 0
    assert precision._pass_seconds(layer, maps, bf16=False) > 0
    assert seen == [torch.bfloat16, torch.float32]


def test_one_slow_round_decides_nothing(monkeypatch):
    rounds = iter([9.0, 1.0, 1.0, 2.0, 2.0, 2.0])
    monkeypatch.setattr(precision, "_pass_seconds", lambda *_: next(rounds))
    assert precision.quick_in_bf16(CPU)


def test_asking_changes_no_random_number_and_is_done_once(monkeypatch):
    torch.manual_seed(3)
    before = torch.get_rng_state()
    with torch.no_grad():  # where nothing could be differentiated
        first = precision.quick_in_bf16(CPU)
    assert torch.equal(before, torch.get_rng_state())
    monkeypatch.setattr(precision, "_pass_seconds", lambda *_: pytest.fail("asked again"))
    assert precision.quick_in_bf16(CPU) is first


def test_an_accelerator_counts_as_quick():
    assert precision.quick_in_bf16(torch.device("cuda"))
