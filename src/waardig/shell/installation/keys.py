"""A municipality's own secrets: made once in its own folder, or read from where the installation file says."""

from __future__ import annotations

import os
import secrets
import stat
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from waardig.shell.installation.terms import Installation, Member, SecretMissing, Source


def own_folder(installation: Installation, member: Member) -> Path:
    """The municipality's folder, which only its user can enter."""
    if not installation.state.exists():
        installation.state.mkdir(parents=True)
        installation.state.chmod(0o711)  # the account of the embedded database passes through it
    folder = installation.folder(member)
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def made_once(file: Path, make: Callable[[], bytes]) -> bytes:
    """What stands in the file; made at the first use, whole or not at all, readable by its user only."""
    if not file.exists():
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}-")  # mode 600
        with os.fdopen(handle, "wb") as out:
            out.write(make())
        with suppress(FileExistsError):  # another process was first: its key counts
            os.link(name, file)
        Path(name).unlink()
    return file.read_bytes()


def secret_key(installation: Installation, member: Member, outer: Mapping[str, str]) -> str:
    """The key of this municipality's sessions and signatures.

    Raises:
        SecretMissing: the file names a place where it is not.
    """
    if member.secret_key:
        return read_source(member, "secret key", member.secret_key, outer)
    file = own_folder(installation, member) / "secret-key"
    return made_once(file, lambda: secrets.token_urlsafe(48).encode()).decode()


def log_key(installation: Installation, member: Member) -> Path:
    """The file with the key that signs this municipality's log."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    file = member.log_key or own_folder(installation, member) / "log-key"
    made_once(file, lambda: Ed25519PrivateKey.generate().private_bytes_raw())
    return file


def read_source(member: Member, what: str, source: Source, outer: Mapping[str, str]) -> str:
    """A secret from where it is kept.

    Raises:
        SecretMissing: not there, empty, or in a file that everybody on this machine can read.
    """
    if source.from_file is None:
        found = outer.get(source.from_environment, "")
    else:
        try:
            if source.from_file.stat().st_mode & stat.S_IROTH:
                raise SecretMissing(member.id, what, f"everybody on this machine can read {source}")
            found = source.from_file.read_text(encoding="utf-8").strip()
        except OSError as problem:
            raise SecretMissing(member.id, what, f"{source} cannot be read ({problem.strerror})") from None
    if not found:
        raise SecretMissing(member.id, what, f"{source} is empty")
    return found
