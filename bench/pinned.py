"""Processes of a benchmark, each on a core of its own."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

# One thread each: a library that spins on a core it must share measures nothing but itself.
_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


def two_cores() -> list[int]:
    """Return two cores to run on, twice the same where there is but one."""
    cores = sorted(os.sched_getaffinity(0))[:2]
    return cores if len(cores) == 2 else cores * 2


@contextmanager
def pinned(
    core: int, module: str, *arguments: str, output: int = subprocess.PIPE
) -> Iterator[subprocess.Popen[str]]:
    """Run ``module`` on ``core`` until the end of the context."""
    process = subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        stdin=subprocess.PIPE,
        stdout=output,
        text=True,
        env={**os.environ, **_ONE_THREAD},
    )
    os.sched_setaffinity(process.pid, {core})
    try:
        yield process
    finally:
        process.terminate()
        process.communicate()
