"""The journal's chain: each row is linked to the one before by a keyed hash, so that a changed row shows.

Rows are appended without a link, for no process shall wait for another; what is older than half a minute is linked in
the order of ids. How long the chain is and how it ends is kept as a fact that can't be forged without the key.
"""

import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, func, insert, select, update

from bot.storage import tables
from bot.storage.cipher import JOURNAL, Cipher
from bot.storage.tables import EPOCH
from bot.storage.transaction import Transaction

J, STATE = tables.journal, tables.hotline_state
KEPT_AS = "journal"
"""The name of the fact that tells how far the chain goes."""

LINKED_AFTER = timedelta(seconds=30)
"""Longer than any transaction lasts: a row with a smaller id can't come any more."""

AT_ONCE = 100


class ChainBroken(Exception):
    """The journal is not what was written. `row` doesn't fit; without one the chain's end was cut off or forged."""

    def __init__(self, row: int | None = None, at: datetime | None = None) -> None:
        super().__init__(row)
        self.row = row
        self.at = at


@dataclass(frozen=True)
class Head:
    """How far the chain goes: how many rows, the id of the last, and its link."""

    count: int = 0
    last: int = 0
    link: bytes = b""


class Chain:
    """Links what was appended, and looks at what is linked."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def head(self) -> Head:
        """How far it goes. Raises ChainBroken for a head that was forged."""
        value = await self._kept()
        return Head() if value is None else read_head(self._tx.cipher, value)

    async def link_due(self) -> int:
        """Link the next rows that are old enough; how many. Raises ChainBroken for a link where none can be."""
        head, kept = await self.head(), await self._kept()
        beyond = J.c.id > head.last
        old = select(func.max(J.c.id)).where(beyond, J.c.at <= self._tx.now - LINKED_AFTER)
        settled = (await self._tx.read(old, touching=(J,)))[0][0] or 0
        rows = await self._tx.read(select(J).where(beyond).order_by(J.c.id).limit(AT_ONCE))
        links: list[tuple[int, bytes]] = []
        for row in rows:
            if row.link is not None:
                raise ChainBroken(row.id, row.at)
            if row.id > settled:  # not by its own time: that may lie ahead, when the clock was set back since
                break
            head = self.follow(head, row)
            links.append((row.id, head.link))
        if not links or not await self._keep(head, kept):
            return 0
        for row_id, link in links:
            await self._tx.write(update(J).where(J.c.id == row_id).values(link=link))
        return len(links)

    async def between(self, after: int, last: int) -> Sequence[Row[Any]]:
        """The next rows of the chain as they stand now."""
        return await self._tx.read(select(J).where(J.c.id > after, J.c.id <= last).order_by(J.c.id).limit(AT_ONCE))

    async def beyond(self) -> int:
        """How many rows are not linked yet. Raises ChainBroken when one has a link that the head knows nothing of."""
        head = await self.head()
        linked = select(J).where(J.c.id > head.last, J.c.link.is_not(None)).order_by(J.c.id).limit(1)
        for row in await self._tx.read(linked):
            raise ChainBroken(row.id, row.at)
        return int((await self._tx.read(select(func.count()).select_from(J).where(J.c.id > head.last)))[0][0])

    def follow(self, head: Head, row: Row[Any]) -> Head:
        """The head after this row."""
        moment = (row.at - EPOCH) // timedelta(microseconds=1)
        return next_link(self._tx.cipher, head, [row.id, moment, row.actor, row.role, row.action, row.case_code])

    async def _kept(self) -> str | None:
        rows = await self._tx.read(select(STATE.c.value).where(STATE.c.name == KEPT_AS))
        return rows[0].value if rows else None

    async def _keep(self, head: Head, before: str | None) -> bool:
        """False when another process was faster."""
        told = f"{head.count}:{head.last}:{head.link.hex()}"
        value = f"{told}:{_mac(self._tx.cipher, told)}"
        if before is None:
            await self._tx.write(insert(STATE).values(name=KEPT_AS, value=value))
            return True
        same = (STATE.c.name == KEPT_AS, STATE.c.value == before)
        return bool(await self._tx.write(update(STATE).where(*same).values(value=value)))


def read_head(cipher: Cipher, value: str) -> Head:
    """The head as it is kept. Raises ChainBroken for one that was forged."""
    told, _, mac = value.rpartition(":")
    if not hmac.compare_digest(mac, _mac(cipher, told)):
        raise ChainBroken
    count, last, link = told.split(":")
    return Head(int(count), int(last), bytes.fromhex(link))


def next_link(cipher: Cipher, head: Head, told: Sequence[Any]) -> Head:
    """The head after a row that tells this: id, microseconds since 1970, actor, role, action, case."""
    link = cipher.mac(JOURNAL, head.link + json.dumps(list(told), ensure_ascii=False).encode())
    return Head(head.count + 1, told[0], link)


def _mac(cipher: Cipher, told: str) -> str:
    return cipher.mac(JOURNAL, f"head {told}".encode()).hex()
