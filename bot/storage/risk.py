"""Risk phrases that coordinators added or switched off, and who is to be warned about when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, delete, func, insert, select, update

from bot.domain.danger import DangerKind
from bot.domain.ids import PersonId
from bot.domain.risk import Level, Phrase
from bot.storage import tables
from bot.storage.transaction import Transaction

T = tables.risk_phrases
W = tables.warnings

OTHER = "other"
"""Stands in the database for danger of no kind that has an answer of its own."""


@dataclass(frozen=True)
class KeptPhrase:
    """A phrase as coordinators left it: added by one, or one of the files that is switched off."""

    id: int
    phrase: Phrase
    active: bool


@dataclass(frozen=True)
class Warned:
    """Somebody may be in danger, and whoever is on duty hears of it now."""

    person: PersonId
    kind: DangerKind | None


class RiskPhrases:
    """What coordinators changed about the rules of the risk screen."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._version: tuple[int, datetime | None] | None = None

    async def version(self) -> tuple[int, datetime | None]:
        """What changes whenever a phrase does; looked for once in a batch of updates."""
        if self._version is None:
            row = (await self._tx.read(select(func.count().label("number"), func.max(T.c.changed_at).label("latest"))))[
                0
            ]
            self._version = (row.number, row.latest)
        return self._version

    async def all(self) -> list[KeptPhrase]:
        """Every change, the oldest first."""
        return [_kept(row) for row in await self._tx.read(select(T).order_by(T.c.id))]

    async def keep(self, phrase: Phrase, *, active: bool) -> None:
        """Add a phrase, or switch one off or on."""
        values = {
            "kind": phrase.kind or OTHER, "level": phrase.level, "active": active, "changed_at": self._tx.now,
        }  # fmt: skip
        known = (T.c.language == phrase.language, T.c.phrase == phrase.text)
        if not await self._tx.write(update(T).where(*known).values(**values)):
            added = {"id": self._tx.new_id(), "language": phrase.language, "phrase": phrase.text}
            await self._tx.write(insert(T).values(**added, **values))
        self._version = None


class Warnings:
    """Who was told that she may be in danger, and when somebody else is to hear of it."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def told_since(self, person: PersonId, kind: DangerKind | None, since: datetime) -> bool:
        """True when she was told of this kind of danger at that moment or later."""
        query = select(W.c.person).where(W.c.person == person, W.c.kind == (kind or OTHER), W.c.told_at >= since)
        return bool(await self._tx.read(query))

    async def told(self, person: PersonId, kind: DangerKind | None, due: datetime | None) -> None:
        """She has been told now; whoever is on duty hears of it at `due`, or not at all."""
        await self._tx.write(delete(W).where(W.c.person == person, W.c.kind == (kind or OTHER)))
        row = {"person": person, "kind": kind or OTHER, "due": due, "told_at": self._tx.now}
        await self._tx.write(insert(W).values(**row))

    async def cancel(self, person: PersonId) -> bool:
        """Nobody is to hear of it. False when there was nothing to cancel."""
        pending = (W.c.person == person, W.c.due.is_not(None))
        return bool(await self._tx.write(update(W).where(*pending).values(due=None)))

    async def due(self) -> Sequence[Warned]:
        """Whom somebody is to hear of now; each only once."""
        query = select(W).where(W.c.due <= self._tx.now).order_by(W.c.due)
        if self._tx.dialect == "postgresql":
            query = query.with_for_update(skip_locked=True)
        found = [Warned(PersonId(row.person), _kind(row.kind)) for row in await self._tx.read(query)]
        for person in dict.fromkeys(each.person for each in found):
            await self.cancel(person)
        return found

    async def forget(self, older_than: timedelta) -> int:
        """Rows that mean nothing any more."""
        old = (W.c.due.is_(None), W.c.told_at < self._tx.now - older_than)
        if not await self._tx.read(select(W.c.person).where(*old).limit(1)):
            return 0
        return await self._tx.write(delete(W).where(*old))


def _kept(row: Row[Any]) -> KeptPhrase:
    return KeptPhrase(row.id, Phrase(row.language, _kind(row.kind), Level(row.level), row.phrase), row.active)


def _kind(value: str) -> DangerKind | None:
    return None if value == OTHER else DangerKind(value)
