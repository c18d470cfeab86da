"""Train what chapters 12 and 13 report, and record what came out: `make results`."""
