"""Measure figures, Jacobians, loaders and training: `make bench`."""
