"""Measure: figures, loaders, training; and train what the chapters report."""
