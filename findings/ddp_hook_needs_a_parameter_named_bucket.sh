#!/usr/bin/env bash
# DistributedDataParallel.register_comm_hook and the names of a hook's parameters.
#
# DDP calls a hook with two positional arguments, so one would guess that its parameters may have any names. A hook
# whose second parameter is not called `bucket` is refused by a KeyError that says neither what is wrong nor where.
. "$(dirname "$0")/environment.sh"
environment torch==2.15.0 numpy==2.4.6

"$PYTHON" - <<'PY' 2>/dev/null | expect "(state, bucket): registered
(state, parcel): KeyError 'bucket'"
import torch.distributed as dist
from torch import nn
from torch.distributed.algorithms.ddp_comm_hooks.default_hooks import allreduce_hook
from torch.nn.parallel import DistributedDataParallel

store = dist.HashStore()
dist.init_process_group("gloo", store=store, rank=0, world_size=1)
hooks = {
    "(state, bucket)": lambda state, bucket: allreduce_hook(state, bucket),
    "(state, parcel)": lambda state, parcel: allreduce_hook(state, parcel),
}
for name, hook in hooks.items():
    model = DistributedDataParallel(nn.Linear(2, 1))
    try:
        model.register_comm_hook(None, hook)
        print(f"{name}: registered", flush=True)
    except Exception as error:
        print(f"{name}: {type(error).__name__} {error}", flush=True)
dist.destroy_process_group()
PY
