#!/usr/bin/env bash
# torchvision.transforms.ToTensor and grey pictures of more than 8 bits.
#
# Its documentation lists Pillow's modes I and F among those that become floats from 0 to 1, and one would guess the same
# of I;16, the mode of a 16-bit grey PNG. None of the three is scaled, and white of 16 bits becomes -1. The v2 way scales
# I;16, but divides mode I by 2**31 - 1, so that a 16-bit PGM (which Pillow opens as I) is all but black.
. "$(dirname "$0")/environment.sh"
environment torch==2.15.0 torchvision==0.29.2 numpy==2.4.6 pillow==13.0.0

"$PYTHON" - <<'PY' | expect 'L    white 255.0: ToTensor torch.float32 1.0, v2 1
I;16 white 65535.0: ToTensor torch.int16 -1.0, v2 1
I    white 65535.0: ToTensor torch.int32 65535.0, v2 3.05e-05
F    white 255.0: ToTensor torch.float32 255.0, v2 255'
import torch
from PIL import Image
from torchvision import transforms
from torchvision.transforms import v2

to_float = v2.Compose([v2.ToImage(), v2.ToDtype(torch.float32, scale=True)])
for mode, white in (("L", 255), ("I;16", 65535), ("I", 65535), ("F", 255)):
    picture = Image.new(mode, (2, 2), white)
    old, new = transforms.ToTensor()(picture), to_float(picture)
    print(f"{mode:4} white {float(white)}: ToTensor {old.dtype} {float(old.max())}, v2 {new.max().item():.3g}")
PY
