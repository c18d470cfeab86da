"""Whether bfloat16 is worth it: some processors have instructions for it, others take many times as long."""

from __future__ import annotations

import functools
from time import perf_counter

import torch
from torch import nn


@functools.cache
def quick_in_bf16(device: torch.device) -> bool:
    """Tell whether a device computes convolutions faster in bfloat16 than in float32.

    A CPU is asked by a small convolution in both types, once in a process; an accelerator counts as quick.
    """
    if device.type != "cpu":
        return True
    with torch.random.fork_rng(devices=[]):  # asking must not change what comes out of a seed
        layer = nn.Conv2d(64, 64, 3, padding=1, dtype=torch.float32).to(memory_format=torch.channels_last)
        maps = torch.rand(32, 64, 12, 12, dtype=torch.float32).to(memory_format=torch.channels_last)
    # By turns, and the best of several: another program may run meanwhile.
    seconds = {bf16: [_pass_seconds(layer, maps, bf16) for _ in range(3)] for bf16 in (True, False)}
    return min(seconds[True]) < min(seconds[False])


def _pass_seconds(layer: nn.Module, maps: torch.Tensor, bf16: bool) -> float:
    with torch.enable_grad():
        begun = perf_counter()
        with torch.autocast("cpu", torch.bfloat16, enabled=bf16):
            out = layer(maps)
        out.float().square().mean().backward()
    return perf_counter() - begun
