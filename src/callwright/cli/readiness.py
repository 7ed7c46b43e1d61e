"""How a process tells its supervisor that it is ready: one JSON line on an inherited pipe."""

import ctypes
import gc
import json
import os
import signal
from collections.abc import Mapping

READY_FD = "CALLWRIGHT_READY_FD"
PR_SET_PDEATHSIG = 1
ERROR_PREFIX = "callwright: "
"""What the line begins with in which a process says why it can't go on."""


def announce(facts: Mapping[str, object] | None = None) -> None:
    """Tell the supervisor, if there is one, that this process is ready; ``facts`` is what it should know."""
    # What was loaded stays: to look through it for garbage takes a fifth of a second, in which a node sends no
    # audio and the web answers nobody.
    gc.collect()
    gc.freeze()
    number = os.environ.pop(READY_FD, None)
    if number is None:
        return
    with os.fdopen(int(number), "w") as pipe:
        pipe.write(json.dumps(dict(facts or {})) + "\n")


def end_with_parent() -> None:
    """Have the kernel end this process should its supervisor die without saying so (prctl(2), Linux)."""
    if READY_FD in os.environ:
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
