"""How much processor time the parts of a benchmark use, each with all that it started."""

import os
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_PARENT, _USER, _CHILDREN_SYSTEM = 1, 11, 14  # places behind the name in /proc/PID/stat, see proc(5)


def processor_s(pid: int) -> float:
    """Return the seconds that a process and its descendants, the ended ones it waited for included, have used."""
    stats = _stats()
    family, found = {pid}, {pid}
    while found:
        found = {one for one, fields in stats.items() if int(fields[_PARENT]) in family} - family
        family |= found
    used = (int(ticks) for one in family if one in stats for ticks in stats[one][_USER : _CHILDREN_SYSTEM + 1])
    return sum(used) / _TICKS


def _stats() -> dict[int, list[str]]:
    stats = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            try:
                stats[int(folder.name)] = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue  # it has just ended
    return stats
