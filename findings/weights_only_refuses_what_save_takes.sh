#!/usr/bin/env bash
# torch.save and torch.load(weights_only=True) with plain bytes, whole numbers and a version string.
#
# One would guess that values of one plain type are all loaded or all refused. Some bytes and some ints load,
# others of the same type are refused, and torch.save says nothing about any of them.
. "$(dirname "$0")/environment.sh"
environment torch==2.15.0 numpy==2.4.6

"$PYTHON" - <<'PY' | expect 'one byte: loaded
no byte: UnpicklingError
601 digits: loaded
1001 digits: UnpicklingError
torch.__version__: UnpicklingError
str(torch.__version__): loaded'
import io

import torch

values = {"one byte": b"x", "no byte": b"", "601 digits": 10**600, "1001 digits": 10**1000}
values |= {"torch.__version__": torch.__version__, "str(torch.__version__)": str(torch.__version__)}
for name, value in values.items():
    file = io.BytesIO()
    torch.save(value, file)
    file.seek(0)
    try:
        torch.load(file, weights_only=True)
        print(f"{name}: loaded")
    except Exception as error:
        print(f"{name}: {type(error).__name__}")
PY
