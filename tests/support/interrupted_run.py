"""A small training run that saves itself and can be told when to die; `test_checkpoints` starts it."""

import os
import random
import signal
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from helpers import checkpoints

NUM_EPOCHS, NUM_STEPS, EVERY = 4, 52, 3


def parts():
    """Everything whose state a run must keep: dropout and batch norm, two averages, a schedule, an order."""
    torch.manual_seed(0)
    random.seed(0)
    np.random.seed(0)
    model = nn.Sequential(nn.Linear(3, 16), nn.BatchNorm1d(16), nn.ReLU(), nn.Dropout(0.3), nn.Linear(16, 1))
    optimizer = torch.optim.AdamW(model.parameters(), lr=0.02)
    scheduler = torch.optim.lr_scheduler.StepLR(optimizer, step_size=2, gamma=0.5)
    X = torch.randn(100, 3, generator=torch.Generator().manual_seed(1))
    loader = DataLoader(
        TensorDataset(X, X.sum(dim=1, keepdim=True).sin()),
        batch_size=8,
        shuffle=True,
        generator=torch.Generator().manual_seed(2),
    )
    batches = checkpoints.Batches(loader)
    return {"model": model, "optimizer": optimizer, "scheduler": scheduler, "batches": batches}


def die():
    """End as a power cut ends a process: no handler, no clean-up."""
    os.kill(os.getpid(), signal.SIGKILL)


def noise():
    """Draw from all three streams of random numbers."""
    return 0.01 * (random.random() + float(np.random.rand()) + torch.randn(1))


def run(path, die_at=None, die_in_save=None):
    """Train to the end, or go on where the checkpoint stands; return the losses of all steps.

    `die_at` is the step after which the process is killed; `die_in_save` the step in whose save it dies,
    with half of the bytes written.
    """
    run_parts, losses = parts(), []
    if path is not None and Path(path).exists():
        losses = checkpoints.load(path, **run_parts)["losses"]
    model, optimizer, scheduler, batches = run_parts.values()
    while batches.epoch < NUM_EPOCHS:
        for X, y in batches:
            optimizer.zero_grad()
            loss = nn.functional.mse_loss(model(X + noise()), y)
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
            if path is not None and len(losses) % EVERY == 0:
                if len(losses) == die_in_save:
                    torch.save = half_of(torch.save)
                checkpoints.save(path, **run_parts, losses=losses)
            if len(losses) == die_at:
                die()
        scheduler.step()
    if path is not None:
        checkpoints.save(path, **run_parts, losses=losses)
    return losses


def half_of(save):
    """Make a save that writes half of its bytes to the disk, and dies."""

    def save_half(content, file):
        save(content, file)
        file.truncate(file.tell() // 2)
        os.fsync(file.fileno())
        die()

    return save_half
