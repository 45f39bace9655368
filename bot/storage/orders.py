"""The orders: what is still to be made, kept until it is in the outbox."""

from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Row, delete, select, update

from bot.domain.ids import PersonId
from bot.domain.order import AGAIN_AFTER, Asked, Order, What
from bot.domain.period import Period
from bot.domain.report import Mode
from bot.storage import tables
from bot.storage.transaction import Transaction

ORD = tables.orders


class Orders:
    """Each is taken by the leader alone, and ends in the commit that puts the file into the outbox."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def find(self, person: PersonId | None, asked: Asked) -> Order | None:
        """The same thing, asked for by the same person and not made yet."""
        wanted = _columns(asked) | {"person": person}
        query = select(ORD).where(*(ORD.c[name].is_not_distinct_from(value) for name, value in wanted.items()))
        return next((_order(row) for row in await self._tx.read(query.limit(1), touching=(ORD,))), None)

    async def add(self, person: PersonId | None, asked: Asked) -> Order:
        """Somebody waits for this; made as soon as its turn comes."""
        order = Order(self._tx.new_id(), self._tx.now, person, asked, tried=0)
        self._tx.append(ORD, id=order.id, at=order.at, person=person, tried=0, due=order.at, **_columns(asked))
        return order

    async def to_publish(self) -> list[Order]:
        """What is still to be made of numbers that leave the team."""
        query = select(ORD).where(ORD.c.mode == Mode.PUBLICATION).order_by(ORD.c.id)
        return [_order(row) for row in await self._tx.read(query, touching=(ORD,))]

    async def take(self) -> Order | None:
        """The oldest that is due, counted as tried: should nobody come back to it, it is due again later."""
        query = select(ORD).where(ORD.c.due <= self._tx.now).order_by(ORD.c.id).limit(1)
        found = next((_order(row) for row in await self._tx.read(query, touching=(ORD,))), None)
        if found is None:
            return None
        again = self._tx.now + AGAIN_AFTER[min(found.tried, len(AGAIN_AFTER) - 1)]
        await self._tx.write(update(ORD).where(ORD.c.id == found.id).values(tried=found.tried + 1, due=again))
        return replace(found, tried=found.tried + 1)

    async def end(self, order: Order) -> bool:
        """It is not waited for any more. False when this very try is not the one that counts."""
        return bool(await self._tx.write(delete(ORD).where(ORD.c.id == order.id, ORD.c.tried == order.tried)))


def _columns(asked: Asked) -> dict[str, str | None]:
    return {
        "what": asked.what,
        "mode": asked.mode,
        "first_day": asked.period.first.isoformat(),
        "last_day": asked.period.last.isoformat(),
        "language": asked.language,
    }


def _order(row: Row[Any]) -> Order:
    period = Period(date.fromisoformat(row.first_day), date.fromisoformat(row.last_day))
    person = PersonId(row.person) if row.person else None
    return Order(row.id, row.at, person, Asked(What(row.what), Mode(row.mode), period, row.language), row.tried)
