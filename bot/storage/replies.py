"""Canned replies as coordinators left them: changed, added or switched off, beside those of the files."""

from dataclasses import dataclass

from sqlalchemy import delete, insert, select, update

from bot.storage import tables
from bot.storage.transaction import Transaction

T = tables.replies


@dataclass(frozen=True)
class KeptReply:
    """The words of a reply in one language."""

    key: str
    language: str
    words: str
    active: bool


class Replies:
    """What coordinators changed about the canned replies."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def all(self) -> list[KeptReply]:
        """Every change, by key."""
        rows = await self._tx.read(select(T).order_by(T.c.key, T.c.language))
        return [KeptReply(row.key, row.language, row.words, row.active) for row in rows]

    async def keep(self, key: str, language: str, words: str, *, active: bool) -> None:
        """These are the words now."""
        values = {"words": words, "active": active, "changed_at": self._tx.now}
        here = (T.c.key == key, T.c.language == language)
        if not await self._tx.write(update(T).where(*here).values(**values)):
            await self._tx.write(insert(T).values(key=key, language=language, **values))

    async def forget(self, key: str, language: str) -> None:
        """The words of the files stand again."""
        await self._tx.write(delete(T).where(T.c.key == key, T.c.language == language))
