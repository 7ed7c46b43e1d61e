"""Dry runs: what a task would do, asked before or while it does it."""
