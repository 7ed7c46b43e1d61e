"""What is wrong with a script, in words that its author understands."""

import dataclasses
from collections.abc import Mapping, Sequence

from callwright.kit.errors import InvalidInputError


@dataclasses.dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong: ``node`` is where (empty for the script as a whole), ``rule`` a stable name.

    ``field`` is where in the node or the script, steps joined by dots (``branches.yes``); ``path`` the nodes from
    the entry by which a call comes to it; ``values`` what its words speak of.
    """

    node: str
    rule: str
    message: str
    remedy: str
    field: str = ""
    path: tuple[str, ...] = ()
    values: Mapping[str, str] = dataclasses.field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        place = f"Node {self.node}: " if self.node else ""
        return f"{place}{self.message} {self.remedy}".rstrip()


class ScriptInvalidError(InvalidInputError):
    """The script can't be used: {listing}"""

    code = "script-invalid"

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        lines = [str(fault) for fault in self.faults]
        listing = lines[0] if len(lines) == 1 else "".join(f"\n  {n}. {line}" for n, line in enumerate(lines, 1))
        super().__init__(listing=listing)
