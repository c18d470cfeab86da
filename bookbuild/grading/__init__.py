"""Assignments for nbgrader: hand out, collect, grade."""
