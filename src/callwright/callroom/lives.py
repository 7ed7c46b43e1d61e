"""Under which identities the processes of one work folder were known, so that the next ends what a killed one left.

Whoever holds the folder's lock knows that every process before it is gone, which the leader learns only from
its silence.
"""

from collections.abc import Sequence
from pathlib import Path
from uuid import UUID


class Lives:
    """The file in which a node keeps its identity, next to those of earlier ones that it has yet to end."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "node"

    def earlier(self) -> list[UUID]:
        """Return who worked here and may not have been ended; nobody where that can't be read."""
        try:
            return [UUID(line) for line in self._file.read_text("ascii").split()]
        except (FileNotFoundError, ValueError):
            return []  # the leader gives up whoever falls silent

    def keep(self, node_ids: Sequence[UUID]) -> None:
        """Write down who is to be ended by whoever works here next."""
        temporary = self._file.with_suffix(".tmp")
        temporary.write_text("\n".join(str(node_id) for node_id in node_ids), "ascii")
        temporary.replace(self._file)
