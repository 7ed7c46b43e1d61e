"""A real PostgreSQL as our own child process, with its data in a folder of ours.

It listens on a Unix socket alone, in a folder of mode 0700: who can connect is who runs Callwright, and root. That
is the whole authentication (``trust``), so the folder's permissions must stay as they are made here.
"""

import contextlib
import fcntl
import hashlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import IO
from urllib.parse import quote

import psycopg
import structlog

from callwright.db import postgres_files as files
from callwright.db.errors import EmbeddedDatabaseError

log = structlog.get_logger()

MARK = "cluster_name=callwright"
SUPERUSER = "postgres"
LOGIN = "callwright"
"""The role and the database that the application uses: no superuser, so that row-level security binds it."""
SOCKET_NAME = ".s.PGSQL.5432"
SOCKET_PATH_BYTES = 107  # sockaddr_un.sun_path of Linux, less its terminating zero
LOG_BYTES = 4 * 1024 * 1024
CONNECTIONS = 250
"""For the pools of a web process, a dialer and several call nodes."""
READY_S = 120.0
STOP_S = 30.0
POLL_S = 0.02


class EmbeddedPostgres:
    """The server of one data folder. ``start`` and ``stop`` block: call them from a thread of an event loop's.

    ``data`` is made when missing; ``sockets`` is a private folder of ours with a short path (started by root,
    PostgreSQL's user could not enter that, and a folder beside ``data`` is taken). Without ``durable`` a crash of
    the machine may lose the data: for tests.
    """

    def __init__(self, data: Path, sockets: Path, *, durable: bool = True) -> None:
        self._data = data.absolute()
        self._sockets = _beside(self._data) if os.geteuid() == 0 else sockets.absolute()
        self._durable = durable
        self._process: subprocess.Popen[bytes] | None = None
        self._lock: IO[str] | None = None
        self._bin = files.binaries()
        self._account: files.Account | None = None

    @property
    def url(self) -> str:
        """Where the application's database is, as SQLAlchemy and libpq read it."""
        return self.url_of(LOGIN)

    def url_of(self, database: str, role: str = LOGIN) -> str:
        """Return the address of another database of this server."""
        return f"postgresql://{role}@/{database}?host={quote(str(self._sockets))}"

    @property
    def pid(self) -> int | None:
        """The server's process id while it runs."""
        return self._process.pid if self._process and self._process.poll() is None else None

    def __enter__(self) -> "EmbeddedPostgres":
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> str:
        """Start the server, making its data folder and database when they are new; return ``url``.

        Raises EmbeddedDatabaseError: folder in use, of another version, not enterable, or the server's own word.
        """
        try:
            self._account = files.account()
            self._make_folders()
            self._take_lock()
            self._end_orphan()
            self._check_version()
            if files.major_of_data(self._data) is None:
                self._initialise()
            self._launch()
            self._wait_until_ready()
            self._make_database()
        except OSError as error:
            self.stop()
            raise self._error(
                f"{error.filename}: {error.strerror}",
                "Run Callwright as the user it belongs to, or set CALLWRIGHT_DATA to a folder that may be written.",
            ) from error
        except BaseException:
            self.stop()
            raise
        log.info("database started", folder=str(self._data), pid=self.pid)
        return self.url

    def stop(self) -> None:
        """End the server (fast shutdown: open transactions are rolled back, everything committed is kept)."""
        process, self._process = self._process, None
        if process is not None:
            _end(process)
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    # Steps of starting ------------------------------------------------------------------------------------

    @property
    def _who(self) -> files.Account:
        assert self._account is not None
        return self._account

    def _error(self, why: str, remedy: str) -> EmbeddedDatabaseError:
        return EmbeddedDatabaseError(folder=self._data, why=why, remedy=remedy)

    def _make_folders(self) -> None:
        if not _short_enough(self._sockets):
            raise self._error(
                f"the path of its socket in {self._sockets} is longer than {SOCKET_PATH_BYTES} bytes",
                "Set CALLWRIGHT_DATA to a shorter path.",
            )
        self._data.parent.mkdir(parents=True, exist_ok=True)
        self._sockets.mkdir(parents=True, exist_ok=True)
        self._own(self._sockets)
        self._account = files.reaching(self._who, self._data.parent, self._sockets)
        self._bin = files.binaries_for(self._who)

    def _own(self, folder: Path) -> None:
        if folder.stat().st_uid not in (os.geteuid(), self._who.uid):
            raise self._error(f"the folder {folder} belongs to another user", f"Take {folder} away.")
        if self._who.name:
            os.chown(folder, self._who.uid, self._who.gid)
        folder.chmod(0o700)

    def _take_lock(self) -> None:
        lock = self._private(self._data.with_name(self._data.name + ".lock")).open("a+")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            holder = lock.read().strip() or "unknown"
            lock.close()
            raise self._error(
                f"another Callwright (process {holder}) is using it",
                "End that one first, or set CALLWRIGHT_DATA to another folder.",
            ) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        self._lock = lock

    def _end_orphan(self) -> None:
        """End a server whose Callwright was killed; the lock being ours says that nobody uses it."""
        pid = files.live_server(self._data)
        if pid is None:
            for stale in (self._data / "postmaster.pid", self._sockets / f"{SOCKET_NAME}.lock"):
                stale.unlink(missing_ok=True)
            return
        if not files.was_started_by_us(pid, MARK):
            raise self._error(
                f"a PostgreSQL server (process {pid}) that Callwright did not start is running on it",
                "Stop that server, or set CALLWRIGHT_DATABASE_URL to use it.",
            )
        log.warning("ending a database server left over from a killed process", pid=pid)
        os.kill(pid, signal.SIGINT)
        deadline = time.monotonic() + STOP_S
        while files.live_server(self._data) is not None:
            if time.monotonic() > deadline:
                raise self._error(f"an earlier server (process {pid}) does not end", f"End process {pid}.")
            time.sleep(POLL_S)

    def _check_version(self) -> None:
        made_by, ours = files.major_of_data(self._data), files.major_of_program(self._bin / "postgres")
        if made_by not in (None, ours):
            raise self._error(
                f"PostgreSQL {made_by} made it, and this is PostgreSQL {ours}",
                f"Carry it over with pg_dump of version {made_by}, or set CALLWRIGHT_DATA to another folder.",
            )

    def _initialise(self) -> None:
        """Make the data folder beside its place and move it there: a killed attempt leaves no half of one."""
        if self._data.exists() and any(self._data.iterdir()):
            raise self._error(
                "the folder holds something that is no database", "Move it away, or set CALLWRIGHT_DATA."
            )
        fresh = self._data.with_name(self._data.name + ".new")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir()
        self._own(fresh)
        arguments = [
            "-D",
            str(fresh),
            "-U",
            SUPERUSER,
            "--auth-local=trust",
            "--auth-host=reject",
            "--encoding=UTF8",
        ]
        arguments += ["--locale-provider=builtin", "--locale=C.UTF-8", *([] if self._durable else ["--no-sync"])]
        made = subprocess.run(  # noqa: S603 - the packaged program
            self._who.command(str(self._bin / "initdb"), *arguments), capture_output=True, text=True, check=False
        )
        if made.returncode:
            raise self._error(f"initdb said: {made.stderr.strip()}", "See that the disk is writable and has room.")
        if self._data.exists():
            self._data.rmdir()
        fresh.rename(self._data)

    def _launch(self) -> None:
        options = [
            MARK,
            "listen_addresses=",
            f"unix_socket_directories={self._sockets}",
            "unix_socket_permissions=0700",
        ]
        options += ["port=5432", f"max_connections={CONNECTIONS}", "timezone=UTC", "log_timezone=UTC"]
        options += ["log_error_verbosity=terse"]  # DETAIL quotes rows, and a row holds phone numbers
        if not self._durable:
            # A worker of autovacuum is the superuser's: whoever drops a database at that moment may not end it.
            options += ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off"]
            options += ["max_wal_size=64MB"]
        command = self._who.command(str(self._bin / "postgres"), "-D", str(self._data))
        for option in options:
            command += ["-c", option]
        with self._open_log() as output:
            # A session of its own: Ctrl-C in the terminal ends us, and we end it, after those who use it.
            self._process = subprocess.Popen(  # noqa: S603 - the packaged program
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                cwd="/",
            )

    @property
    def _log_file(self) -> Path:
        return self._data.with_name(self._data.name + ".log")

    def _open_log(self) -> IO[bytes]:
        if self._log_file.exists() and self._log_file.stat().st_size > LOG_BYTES:
            self._log_file.replace(self._log_file.with_suffix(".log.1"))
        return self._private(self._log_file).open("ab")

    def _private(self, file: Path) -> Path:
        """Have a file be ours alone, whoever made it; PostgreSQL's user is handed it open."""
        file.touch(mode=0o600)
        file.chmod(0o600)
        return file

    def _wait_until_ready(self) -> None:
        assert self._process is not None
        deadline = time.monotonic() + READY_S
        while True:
            try:
                psycopg.connect(self.url_of("postgres", SUPERUSER)).close()
            except psycopg.OperationalError:
                if self._process.poll() is not None:
                    raise self._error(f"it ended at once: {self._last_words()}", f"See {self._log_file}.") from None
                if time.monotonic() > deadline:
                    raise self._error(f"it was not ready after {READY_S:.0f} s", f"See {self._log_file}.") from None
                time.sleep(POLL_S)
            else:
                return

    def _last_words(self) -> str:
        lines = self._log_file.read_text(errors="replace").splitlines()
        told = [line for line in lines[-20:] if "FATAL" in line or "PANIC" in line]
        return (told or lines or ["it said nothing"])[-1]

    def _make_database(self) -> None:
        with psycopg.connect(self.url_of("postgres", SUPERUSER), autocommit=True) as connection:
            if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [LOGIN]).fetchone():
                connection.execute(f"CREATE ROLE {LOGIN} LOGIN CREATEROLE CREATEDB")
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [LOGIN]).fetchone():
                connection.execute(f"CREATE DATABASE {LOGIN} OWNER {LOGIN}")


def _end(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError):
        process.send_signal(signal.SIGINT)
    try:
        process.wait(STOP_S)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGQUIT)  # immediate shutdown: the next start recovers from the log
        process.wait()


def _short_enough(folder: Path) -> bool:
    return len(os.fsencode(folder / SOCKET_NAME)) <= SOCKET_PATH_BYTES


def _beside(data: Path) -> Path:
    folder = data.with_name(data.name + ".run")
    if _short_enough(folder):
        return folder
    digest = hashlib.sha256(os.fsencode(data)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"callwright-postgres-{digest}"
