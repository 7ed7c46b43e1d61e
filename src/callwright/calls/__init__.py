"""Calls: what happened in each, what was said, how it was graded, and the figures over many."""
