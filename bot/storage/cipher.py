"""Sealing: AES-256-GCM with a data key a case and a person, wrapped by the master key.

A sealed value is bound to its table, column and row, so it can't be moved. Accounts are found and the journal is
chained by HMAC-SHA-256, each with a random key of its own, wrapped like a data key. So a master key opens wrapped keys
and does nothing else: after a rotation the old one can go. To erase is to destroy one wrapped data key.
"""

import base64
import binascii
import hmac
import os
from collections import OrderedDict
from collections.abc import Sequence
from contextlib import suppress

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_NONCE = 12
_CACHED = 4096

HOTLINE = "hotline"
"""The owner of what belongs to no case and no person: the operator group, updates set aside."""

LOOK_UP = "look-up"
"""The owner of the key by which accounts, chats and tokens are found."""

JOURNAL = "journal"
"""The owner of the key that chains the journal."""


class SealBroken(Exception):
    """A sealed value doesn't open: it was moved, changed, or belongs to another key."""


def new_master_key() -> str:
    """A master key as it stands in SECRET_KEYS or the key file: 32 bytes in base64."""
    return base64.b64encode(os.urandom(32)).decode()


def read_master_key(written: str) -> bytes:
    """The key's 32 bytes. Raises ValueError for anything else."""
    try:
        key = base64.b64decode(written.strip(), validate=True)
    except binascii.Error:
        raise ValueError("is not base64") from None
    if len(key) != 32:
        raise ValueError("is not 32 bytes long")
    return key


class Cipher:
    """Seals, opens, and finds. The first master key wraps what is new; the others still open what is old."""

    def __init__(self, master_keys: Sequence[bytes]) -> None:
        self._wrapping = [AESGCM(_derived(key, b"wrap")) for key in master_keys]
        self._macs: dict[str, bytes] = {}
        self._open: OrderedDict[str, AESGCM] = OrderedDict()
        self.current = _derived(master_keys[0], b"name").hex()[:16]
        """Which master key is the current one, told without telling it."""
        self.look_up_before = _derived(master_keys[-1], b"look-up")
        """The look-up key of a database from before it had one of its own."""

    def lookup(self, kind: str, value: int | str) -> str:
        """The keyed hash by which an account, a chat or a token is found; 32 hex digits of HMAC-SHA-256."""
        return self.mac(LOOK_UP, f"{kind}:{value}".encode()).hex()[:32]

    def mac(self, owner: str, message: bytes) -> bytes:
        """HMAC-SHA-256 with the key of LOOK_UP or JOURNAL, which are at hand once the database is open."""
        return hmac.digest(self._macs[owner], message, "sha256")

    def learn_mac(self, owner: str, wrapped: bytes) -> None:
        """Take the key of LOOK_UP or JOURNAL in. Raises SealBroken."""
        self._macs[owner] = self._unwrapped(owner, wrapped)

    def wrap(self, owner: str, key: bytes) -> bytes:
        """A key wrapped by the current master key, for the `keys` table."""
        nonce = os.urandom(_NONCE)
        return nonce + self._wrapping[0].encrypt(nonce, key, owner.encode())

    def rewrapped(self, owner: str, wrapped: bytes) -> bytes | None:
        """The same key wrapped by the current master key; None when it is already. Raises SealBroken."""
        try:
            self._wrapping[0].decrypt(wrapped[:_NONCE], wrapped[_NONCE:], owner.encode())
        except (InvalidTag, ValueError):
            return self.wrap(owner, self._unwrapped(owner, wrapped))
        return None

    def new_key(self, owner: str) -> bytes:
        """A new data key for an owner, wrapped for the `keys` table, and ready to be used."""
        data_key = os.urandom(32)
        self._remember(owner, AESGCM(data_key))
        return self.wrap(owner, data_key)

    def knows(self, owner: str) -> bool:
        """True when the owner's key is at hand."""
        return owner in self._open

    def learn(self, owner: str, wrapped: bytes) -> None:
        """Take a wrapped key in. Raises SealBroken when no master key opens it."""
        self._remember(owner, AESGCM(self._unwrapped(owner, wrapped)))

    def forget(self, owner: str) -> None:
        """Drop a key from memory: its owner is erased, or its making was rolled back."""
        self._open.pop(owner, None)

    def seal(self, owner: str, place: str, plain: bytes) -> bytes:
        """Seal under an owner's key, bound to `place` (table, column, row)."""
        nonce = os.urandom(_NONCE)
        return nonce + self._open[owner].encrypt(nonce, plain, place.encode())

    def open(self, owner: str, place: str, sealed: bytes) -> bytes:
        """Open what was sealed. Raises SealBroken when it was moved or changed."""
        try:
            return self._open[owner].decrypt(sealed[:_NONCE], sealed[_NONCE:], place.encode())
        except (InvalidTag, ValueError):
            raise SealBroken(place.rpartition("/")[0]) from None

    def _unwrapped(self, owner: str, wrapped: bytes) -> bytes:
        for wrapping in self._wrapping:
            with suppress(InvalidTag, ValueError):
                return wrapping.decrypt(wrapped[:_NONCE], wrapped[_NONCE:], owner.encode())
        raise SealBroken(f"no master key opens the key of {owner.partition(':')[0]}")

    def _remember(self, owner: str, key: AESGCM) -> None:
        self._open[owner] = key
        self._open.move_to_end(owner)
        while len(self._open) > _CACHED:
            self._open.popitem(last=False)


def _derived(master: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"zhanynda/" + purpose).derive(master)
