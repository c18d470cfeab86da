#!/usr/bin/env bash
# Arithmetic between a NumPy array and a torch tensor.
#
# One would guess that all operators work or that all refuse. It depends on the operator and on the order, the
# results have NumPy's dtypes, and += between a tensor and an array rebinds the name instead of writing in place.
. "$(dirname "$0")/environment.sh"
environment torch==2.15.0 numpy==2.4.6

"$PYTHON" -W ignore - <<'PY' | expect 'array + tensor: TypeError
array - tensor: TypeError
array * tensor: TypeError
array / tensor: torch.float64
array ** tensor: TypeError
array == tensor: torch.bool
tensor + array: torch.float64
tensor / array: torch.float64
tensor += array: same tensor False, old numbers unchanged True'
import operator

import numpy as np
import torch

array, tensor = np.ones(3), torch.ones(3)
signs = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}
signs |= {"**": operator.pow, "==": operator.eq}
pairs = [("array", sign, "tensor") for sign in signs] + [("tensor", sign, "array") for sign in "+/"]
for left, sign, right in pairs:
    values = {"array": array, "tensor": tensor}
    try:
        found = signs[sign](values[left], values[right]).dtype
    except TypeError:
        found = "TypeError"
    print(f"{left} {sign} {right}: {found}")
before = tensor
tensor += array
print("tensor += array: same tensor", tensor is before, end=", ")
print("old numbers unchanged", torch.equal(before, torch.ones(3)))
PY
