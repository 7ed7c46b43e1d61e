"""Crowds: a script tried on simulated people before one real person is rung."""
