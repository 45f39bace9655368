"""A file sealed to age recipients, written and read as a stream: whoever writes one needs no secret and can't read it.

The format is age v1 (age-encryption.org/v1), so `age --decrypt` opens such a file too. It is authenticated in pieces of
64 KiB, the last one marked as the last: a changed byte and a cut end are both found out. What is sealed passes through
a pipe to a thread, so nothing readable ever lies on a disk and the memory stays small however large it is.
"""

import asyncio
import errno
import os
from asyncio import Future
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path
from typing import IO

import pyrage
from pyrage import x25519

from bot.settings import BadSettings

AT_ONCE = 1 << 18
"""Bytes handed over between the threads at a time."""


class BadBackup(BadSettings):
    """A back-up can't be made, read or put back. A text key says why and what to do."""


def new_identity() -> tuple[str, str]:
    """A file with a new identity, which opens back-ups, as `age-keygen` writes it; and to whom they are sealed."""
    made = x25519.Identity.generate()
    recipient = str(made.to_public())
    return f"# public key: {recipient}\n{made}", recipient


def read_recipients(written: Sequence[str]) -> list[x25519.Recipient]:
    """To whom back-ups are sealed. Raises BadBackup for none, and for one with a mistake in it."""
    if not written:
        raise BadBackup("cli.backup.nobody")
    try:
        return [x25519.Recipient.from_str(each) for each in written]
    except pyrage.RecipientError:
        raise BadBackup("cli.setting.unfit", name="BACKUP_RECIPIENTS", form="age1…") from None


def read_identities(path: Path) -> list[x25519.Identity]:
    """The identities in a file as `age-keygen` writes it. Raises BadBackup for a file without any."""
    try:
        lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
        found = [x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except (OSError, UnicodeDecodeError, pyrage.IdentityError):
        found = []
    if not found:
        raise BadBackup("cli.backup.no_identity", path=str(path))
    return found


class Sealing:
    """A file while it is written, under another name in the same folder."""

    def __init__(self, plain: IO[bytes], sealed: "Future[None]") -> None:
        self._plain = plain
        self._sealed = sealed
        self.whole = False

    async def write(self, piece: bytes) -> None:
        """Seal the next piece. Raises BrokenPipeError when the file can't be written; `finish` says why."""
        await asyncio.to_thread(self._plain.write, piece)

    async def finish(self) -> None:
        """All is said: from here on every byte is on the disk. Raises OSError when it can't be."""
        with suppress(BrokenPipeError):
            await asyncio.to_thread(self._plain.close)
        await self._sealed
        self.whole = True


@asynccontextmanager
async def sealing(path: Path, recipients: Sequence[x25519.Recipient]) -> AsyncIterator[Sealing]:
    """Write a sealed file. It has its name only after `finish`; else nothing of it remains. Raises BadBackup.

    Its rights are the owner's alone. A file that is there already is never touched.
    """
    beside = path.with_name(f".{path.name}.{os.urandom(4).hex()}")
    with _told(path):
        handle = _begun(path, beside)
    read_end, write_end = os.pipe()
    sealed = asyncio.get_running_loop().run_in_executor(None, _seal, read_end, handle, recipients)
    file = Sealing(os.fdopen(write_end, "wb", AT_ONCE), sealed)
    try:
        with _told(path):
            try:
                yield file
            except BrokenPipeError:
                await file.finish()
            _name(beside, path, file)
    finally:
        with suppress(BrokenPipeError, OSError):
            file._plain.close()
        await asyncio.wait([sealed])
        sealed.exception()
        beside.unlink(missing_ok=True)


@asynccontextmanager
async def opened(path: Path, identities: Sequence[x25519.Identity]) -> AsyncIterator[AsyncIterator[bytes]]:
    """The lines of a sealed file. Raises BadBackup for a file that is not whole, or was sealed to somebody else.

    A line is handed out before the end is known to be there: what was read holds only once the lines have ended.
    """
    with _told(path):
        handle = os.open(path, os.O_RDONLY)
    read_end, write_end = os.pipe()
    opening = asyncio.get_running_loop().run_in_executor(None, _open, handle, write_end, identities)
    plain = os.fdopen(read_end, "rb", AT_ONCE)
    try:
        yield _lines(path, plain, opening)
    finally:
        plain.close()
        await asyncio.wait([opening])
        opening.exception()


async def _lines(path: Path, plain: IO[bytes], opening: "Future[None]") -> AsyncIterator[bytes]:
    while lines := await asyncio.to_thread(plain.readlines, AT_ONCE):
        for line in lines:
            yield line
    try:
        await opening
    except pyrage.DecryptError as error:
        not_ours = "No matching keys" in str(error)
        raise BadBackup("cli.backup.not_ours" if not_ours else "cli.backup.damaged", path=str(path)) from None
    except OSError:
        raise BadBackup("cli.backup.damaged", path=str(path)) from None


def _seal(read_end: int, handle: int, recipients: Sequence[x25519.Recipient]) -> None:
    """In a thread: until the pipe ends. Raises OSError for what the disk refuses."""
    with os.fdopen(read_end, "rb", AT_ONCE) as plain, os.fdopen(handle, "wb", AT_ONCE) as file:
        kept = _Kept(file)
        try:
            pyrage.encrypt_io(plain, kept, recipients)
        except pyrage.EncryptError:
            raise kept.error or OSError(errno.EIO, os.strerror(errno.EIO)) from None
        file.flush()
        os.fsync(file.fileno())


def _open(handle: int, write_end: int, identities: Sequence[x25519.Identity]) -> None:
    """In a thread: until the file ends, or nobody reads any more."""
    with os.fdopen(handle, "rb", AT_ONCE) as file, os.fdopen(write_end, "wb", AT_ONCE) as plain:
        pyrage.decrypt_io(file, plain, identities)


class _Kept:
    """A file that remembers what it refused: the library tells it in words only."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.error: OSError | None = None

    def write(self, piece: bytes) -> int:
        with self._remembered():
            return self._file.write(piece)

    def flush(self) -> None:
        with self._remembered():
            self._file.flush()

    @contextmanager
    def _remembered(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            self.error = error
            raise


def _begun(path: Path, beside: Path) -> int:
    if path.exists():
        raise BadBackup("cli.backup.exists", path=str(path))
    return os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)


def _name(beside: Path, path: Path, file: Sealing) -> None:
    if not file.whole:
        return
    if path.exists():
        raise BadBackup("cli.backup.exists", path=str(path))
    beside.rename(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """What the disk refuses, in words."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        why = errno.errorcode.get(error.errno or 0, type(error).__name__)
        raise BadBackup("cli.backup.disk", path=str(path), why=why) from None
