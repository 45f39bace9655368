"""Her own word of the notebook: kept as a slow salted hash, so that whoever takes the database guesses for long."""

import asyncio
import hmac

from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from bot.domain.ids import Chance

SALT = 16
LENGTH = 32
COST, BLOCK, PARALLEL = 2**15, 8, 3
"""scrypt with 32 MiB and three passes, a quarter of a second on one slow core.

Source: OWASP Password Storage Cheat Sheet, "scrypt" (N=2^15, r=8, p=3 among the equal choices). The name of the
function and its numbers are not kept beside the hash: another choice comes with a migration.
"""


async def hashed(word: str, chance: Chance) -> bytes:
    """Salt and hash of a word, in a thread of its own: meanwhile others are served."""
    salt = bytes(chance(256) for _ in range(SALT))
    return salt + await asyncio.to_thread(_derived, word, salt)


async def matches(word: str, kept: bytes) -> bool:
    """True when this is the word that was hashed; compared in constant time."""
    return hmac.compare_digest(await asyncio.to_thread(_derived, word, kept[:SALT]), kept[SALT:])


def _derived(word: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=LENGTH, n=COST, r=BLOCK, p=PARALLEL).derive(word.encode(errors="surrogatepass"))
