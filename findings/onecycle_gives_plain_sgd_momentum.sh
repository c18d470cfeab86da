#!/usr/bin/env bash
# torch.optim.lr_scheduler.OneCycleLR and an optimizer without momentum.
#
# One would guess that a schedule of learning rates leaves SGD(momentum=0) without momentum. Its default
# cycle_momentum=True overwrites the 0 by 0.95, without a word, so that thirty equal gradients carry a parameter
# six times as far as the same schedule with cycle_momentum=False.
. "$(dirname "$0")/environment.sh"
environment torch==2.15.0 numpy==2.4.6

"$PYTHON" - <<'PY' | expect 'default: momentum 0.0 becomes 0.95, travelled 9.4
cycle_momentum=False: momentum 0.0 becomes 0.0, travelled 1.5'
import torch

for name, options in {"default": {}, "cycle_momentum=False": {"cycle_momentum": False}}.items():
    place = torch.zeros(1, requires_grad=True)
    optimizer = torch.optim.SGD([place], lr=0.1)
    before = float(optimizer.param_groups[0]["momentum"])
    scheduler = torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=0.1, total_steps=31, **options)
    after = float(optimizer.param_groups[0]["momentum"])
    for _ in range(30):
        place.grad = torch.ones(1)
        optimizer.step()
        scheduler.step()
    print(f"{name}: momentum {before} becomes {after}, travelled {-place.item():.1f}")
PY
