"""Processes that hand out what was told until they are killed: ``mortal_relays URL``.

Each line that is read has another one begun, and its process id told. They are forked from this process, which has
read the program once for all of them, and they end with it: once nobody is left who could write a line.
"""

import asyncio
import os
import signal
import sys

from callwright.db.session import Database
from callwright.pushing.handing import CALL_PUSHES
from callwright.worker.relaying import relay_events


def main(url: str) -> None:
    """Begin one for each line."""
    os.setpgid(0, 0)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for those that were killed
    for _ in sys.stdin:
        pid = os.fork()
        if pid == 0:
            os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what it logs is no process id
            asyncio.run(relay_events(Database(url), [CALL_PUSHES]))
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()
    os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    main(sys.argv[1])
