"""Where settings become parts: the only room that picks implementations."""

from collections.abc import Callable, Mapping

Ready = Callable[[Mapping[str, object] | None], None]
"""Told once by a process when it is ready, with what its supervisor should know."""
