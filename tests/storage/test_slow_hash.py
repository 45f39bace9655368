"""Her word is kept as scrypt with the numbers of its source, and so that two equal words don't look alike."""

import hashlib

from bot.clock import system_chance
from bot.storage.slow_hash import SALT, hashed, matches


async def test_a_word_is_kept_as_a_slow_salted_hash() -> None:
    kept, other = await hashed("қолшатыр", system_chance), await hashed("қолшатыр", system_chance)
    salt = kept[:SALT]
    assert kept[SALT:] == hashlib.scrypt(
        "қолшатыр".encode(), salt=salt, n=2**15, r=8, p=3, maxmem=2**27, dklen=len(kept) - SALT
    )
    assert kept[SALT:] != other[SALT:]
    assert await matches("қолшатыр", kept)
    assert not await matches("Қолшатыр", kept)
