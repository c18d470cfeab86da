"""What chapter 15 says of several processes: its launcher is started, also where the machine has no name."""

import re
import shutil
import subprocess
import sys
import textwrap
from datetime import timedelta
from pathlib import Path

import pytest
import torch
from torch import nn

from bookbuild.model import notebooks

pytestmark = pytest.mark.slow

CHAPTER = notebooks.read(notebooks.find("15"))
LAUNCHER = ("main", "torchrun", "write-program", "torchrun-function", "all-reduce")

#: Run a command under a host name that no network knows, without touching the machine's own.
NAMELESS = ("unshare", "--uts", "sh", "-c", 'hostname no-such-host.invalid && exec "$@"', "sh")


def source(name: str) -> str:
    return next(cell.source for cell in CHAPTER.cells if cell.id == name)


def run(
    folder: Path, task: str, *changes: tuple[str, str], under: tuple[str, ...] = ()
) -> subprocess.CompletedProcess:
    """Run the chapter's launcher on a task in a new Python; each change replaces a piece of its source."""
    code = "\n\n".join(source(name).replace("torchrun(add_up, num_processes=3)", "") for name in LAUNCHER)
    for old, new in changes:
        assert code.count(old) == 1, old
        code = code.replace(old, new)
    script = folder / "script.py"
    script.write_text(f"import torch\n{code}\n\n{textwrap.dedent(task)}")
    return subprocess.run([*under, sys.executable, script], capture_output=True, text=True, timeout=300)


def test_the_launcher_works_where_the_machines_name_is_unknown(tmp_path):
    if shutil.which("unshare") is None or subprocess.run([*NAMELESS, "true"], capture_output=True).returncode:
        pytest.skip("this system lets us give no other host name to a process")
    done = run(tmp_path, "print(torchrun(add_up))", under=NAMELESS)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip().endswith("[tensor([3.]), tensor([3.])]")


def test_no_command_line_of_the_chapter_looks_for_the_machine_by_its_name():
    (here,) = re.findall(r"`(torchrun --standalone [^`]*)`", source("faster"))
    assert "--local-addr=127.0.0.1" in here
    assert '"--local-addr=127.0.0.1"' in source("torchrun-function")


# ---------------------------------------------------------------- what is written, and when it ends

STRAY = """
def stray(rank, world_size):
    print(f"rank {rank} is here\\n", end="", flush=True)  # in one piece: both write to one place
    if rank == 0:
        dist.all_reduce(torch.ones(1))
    time.sleep(20)

torchrun(stray)
"""


def test_processes_that_do_not_meet_end_and_say_why(tmp_path):
    done = run(tmp_path, STRAY, ("minutes=1", "seconds=3"))
    assert done.returncode != 0
    assert {"rank 0 is here", "rank 1 is here"} <= set(done.stdout.splitlines())
    assert re.search(r"in stray\b", done.stderr)  # the traceback of the process that gave up
    assert "CalledProcessError" in done.stderr


def test_a_launcher_that_takes_too_long_is_ended(tmp_path):
    done = run(tmp_path, STRAY, ("timeout=120", "timeout=1"))
    assert "TimeoutExpired" in done.stderr


def test_the_time_limits_are_those_that_the_chapter_names():
    from torch.distributed.constants import default_pg_nccl_timeout, default_pg_timeout

    said = " ".join(source("wrong").split())
    assert "half an hour with `gloo`, and ten minutes with `nccl`" in said
    assert default_pg_timeout == timedelta(minutes=30)
    assert default_pg_nccl_timeout in (None, timedelta(minutes=10))  # None: built without nccl


# ---------------------------------------------------------------- what the chapter says of the wrapper

FACTS = """
def parcels(model, inputs):
    from torch.distributed.algorithms.ddp_comm_hooks.default_hooks import allreduce_hook

    sent = []
    model.register_comm_hook(None, lambda state, bucket: sent.append(1) or allreduce_hook(state, bucket))
    for _ in range(2):
        sent.clear()
        model(inputs).sum().backward()
    return len(sent)


def facts(rank, world_size):
    if rank == 1:
        time.sleep(2)
    started = time.monotonic()
    later = dist.all_reduce(torch.ones(1), async_op=True)
    left = time.monotonic() - started
    later.wait()
    summed = time.monotonic() - started

    torch.manual_seed(rank)
    held_out = list(torch.utils.data.random_split(range(100), [90, 10])[1])
    own = torch.Generator().manual_seed(0)
    alike = list(torch.utils.data.random_split(range(100), [90, 10], generator=own)[1])

    norm = DistributedDataParallel(nn.BatchNorm1d(2)).eval()
    norm.module.running_mean.fill_(rank + 1.0)
    norm(torch.ones(4, 2))
    small = DistributedDataParallel(nn.Sequential(nn.Linear(3, 8), nn.Tanh(), nn.Linear(8, 1)))
    large = DistributedDataParallel(nn.Sequential(nn.Linear(1000, 1000), nn.Linear(1000, 1000)))
    sent = parcels(small, torch.ones(1, 3)), parcels(large, torch.ones(1, 1000))
    return left, summed, held_out, alike, norm.module.running_mean.tolist(), sent


zero, one = torchrun(facts, parcels)
assert zero[0] < 1 < zero[1], "with async_op=True rank 0 goes on at once, and has the sum when rank 1 has"
assert zero[2] != one[2], "a split drawn from the rank's own seed differs"
assert zero[3] == one[3], "a split with a generator of one seed does not"
assert zero[4] == one[4] == [1.0, 1.0], "the wrapper sends batch norm's statistics around even in eval()"
assert zero[5] == (1, 2), "the chapter's model is one parcel, a large one is several"
"""


def test_what_the_chapter_says_of_waiting_seeds_statistics_and_parcels(tmp_path):
    done = run(tmp_path, FACTS)
    assert done.returncode == 0, done.stderr


def test_a_loss_that_leaves_targets_out_is_no_mean_of_means():
    torch.manual_seed(0)
    scores, targets = torch.randn(8, 3), torch.tensor([0, 1, 2, -100, 0, -100, 1, -100])
    for kept, off in ((targets, True), (targets.clamp(min=0), False)):
        halves = [nn.functional.cross_entropy(scores[rank::2], kept[rank::2]) for rank in range(2)]
        whole = nn.functional.cross_entropy(scores, kept)
        assert torch.isclose(sum(halves) / 2, whole).item() is not off
