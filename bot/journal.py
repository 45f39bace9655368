"""`zhanynda journal verify`: is the journal what was written?"""

import hmac
from dataclasses import dataclass

from bot.storage.chain import ChainBroken, Head
from bot.storage.engine import Database


@dataclass(frozen=True)
class Verified:
    """The journal is whole: its head, how many rows wait for a link, at which row a head noted earlier stands."""

    head: Head
    waiting: int
    noted_at: int | None


async def verify(database: Database, noted: str | None = None) -> Verified:
    """Go through the whole chain, a few rows a transaction. Raises ChainBroken for the first row that doesn't fit.

    Whoever can put back an older database whole, its head included, is found out only by a head noted elsewhere.
    """
    async with database.unit_of_work() as uow:
        head = await uow.chain.head()
    at, noted_at = Head(), None
    while at.last < head.last:
        async with database.unit_of_work() as uow:
            rows = await uow.chain.between(at.last, head.last)
            for row in rows:
                at = uow.chain.follow(at, row)
                if not hmac.compare_digest(at.link, row.link or b""):
                    raise ChainBroken(row.id, row.at)
                if noted is not None and at.link.hex() == noted.strip().lower():
                    noted_at = at.count
        if not rows:
            break
    if at != head:
        raise ChainBroken
    async with database.unit_of_work() as uow:
        return Verified(head, await uow.chain.beyond(), noted_at)
