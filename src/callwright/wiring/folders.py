"""The data folder: what is kept where, and the key that is made once."""

import os
from pathlib import Path

from cryptography.fernet import Fernet

from callwright.kit.secrets import new_key
from callwright.settings import InvalidSettingError, Settings

KEY_FILE = "secret.key"


def prepare(settings: Settings) -> None:
    """Make the folders that every process expects. Raises InvalidSettingError where they can't be written.

    They are private: sockets ask for no password, and recordings are nobody else's.
    """
    try:
        if not settings.data_folder.exists():
            settings.data_folder.mkdir(parents=True)
            # Root runs PostgreSQL as another user, who passes through it on the way to its own folder.
            settings.data_folder.chmod(0o711 if os.geteuid() == 0 else 0o700)
        for folder in (recordings(settings), logs(settings), settings.run_folder):
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o700)
    except OSError as error:
        raise _not_writable(f"{error.filename}: {error.strerror}") from None
    if not os.access(settings.data_folder, os.W_OK | os.X_OK):
        raise _not_writable(f"{settings.data_folder} may not be written")


def _not_writable(why: str) -> InvalidSettingError:
    return InvalidSettingError(name="CALLWRIGHT_DATA", why=f"{why}; name a folder that may be written")


def recordings(settings: Settings) -> Path:
    """Where the disk blob store keeps recordings and other files."""
    return settings.data_folder / "blobs"


def logs(settings: Settings) -> Path:
    """Where each process writes its log."""
    return settings.data_folder / "logs"


def working(settings: Settings) -> Path:
    """Where this call node writes recordings while their call lasts; each node of a data folder has its own."""
    number = "" if settings.node == 1 else f"-{settings.node}"
    return settings.data_folder / f"calls-in-progress{number}"


def secret_key(settings: Settings) -> bytes:
    """Return the key for secrets in the database, made and kept on first use. Raises InvalidSettingError."""
    if settings.secret_key is not None:
        return _checked(settings.secret_key.get_secret_value().encode(), "CALLWRIGHT_SECRET_KEY")
    path = settings.data_folder / KEY_FILE
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _checked(path.read_bytes().strip(), str(path))
    with os.fdopen(descriptor, "wb") as file:
        key = new_key().encode()
        file.write(key)
    return key


def _checked(key: bytes, name: str) -> bytes:
    try:
        Fernet(key)
    except ValueError:
        why = "a Fernet key is 32 random bytes in URL-safe base64; leave it unset to have one made"
        raise InvalidSettingError(name=name, why=why) from None
    return key
