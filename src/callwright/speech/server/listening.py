"""The server's place in the file system: one live server per path, no leavings of a dead one in the way."""

import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from callwright.speech.errors import SocketPathError, SpeechServerRunningError


@contextmanager
def claimed(path: Path) -> Iterator[None]:
    """Hold ``path`` for this process. Raises SpeechServerRunningError while another server holds it.

    A lock on a file beside the socket tells a live server from a dead one's socket, also when two start at once.
    """
    lock_path = path.with_name(path.name + ".lock")
    try:
        lock = lock_path.open("w")
    except OSError as error:
        raise SocketPathError(path=path, why=error.strerror) from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SpeechServerRunningError(path=path) from None
        if path.exists() and not path.is_socket():
            raise SocketPathError(path=path, why="a file that is no socket is there already")
        yield


@contextmanager
def bound(path: Path) -> Iterator[socket.socket]:
    """Put a socket at ``path``, which must be claimed, for this user alone (mode 0600); remove it at the end.

    Until somebody listens on it, whoever connects is refused.
    """
    path.unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener:
        listener.setblocking(False)
        umask = os.umask(0o177)
        try:
            listener.bind(str(path))
        except OSError as error:  # AF_UNIX paths hold about 100 bytes
            raise SocketPathError(path=path, why=error.strerror or str(error)) from None
        finally:
            os.umask(umask)
        try:
            yield listener
        finally:
            path.unlink(missing_ok=True)
