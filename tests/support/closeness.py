"""How closely a figure's JavaScript has to agree with torch."""

from typing import Any

import torch


def close(found: Any, expected: Any, *, rtol: float = 1e-6, atol: float = 1e-9) -> None:
    """Fail, naming the places, unless numbers and shape are those expected; both are taken as doubles."""
    found, expected = (torch.as_tensor(side, dtype=torch.float64) for side in (found, expected))
    torch.testing.assert_close(found, expected, rtol=rtol, atol=atol)
