"""The rota: who is on duty when, every week anew, and what each says of himself beside it."""

from datetime import datetime

from sqlalchemy import delete, insert, select, update

from bot.domain.duty import OwnWord, Shift
from bot.domain.ids import PersonId
from bot.storage import tables
from bot.storage.transaction import Transaction

T, F = tables.rota, tables.profiles


class Rota:
    """The shifts of the week, and the own words of those who have said any."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def shifts(self) -> list[Shift]:
        """All shifts, from Monday's first on."""
        rows = await self._tx.read(select(T).order_by(T.c.weekday, T.c.from_hour, T.c.id))
        return [Shift(row.id, PersonId(row.person), row.weekday, row.from_hour, row.until_hour) for row in rows]

    async def add(self, person: PersonId, weekday: int, from_hour: int, until_hour: int) -> bool:
        """One more shift; False when this very one is there already."""
        hours = {"person": person, "weekday": weekday, "from_hour": from_hour, "until_hour": until_hour}
        same = (T.c[name] == value for name, value in hours.items())
        if await self._tx.read(select(T.c.id).where(*same)):
            return False
        await self._tx.write(insert(T).values(id=self._tx.new_id(), **hours))
        return True

    async def remove(self, shift: int) -> bool:
        """It is no shift any more; False when it was none."""
        return bool(await self._tx.write(delete(T).where(T.c.id == shift)))

    async def words(self) -> dict[PersonId, OwnWord]:
        """What each says of himself, as far as he has said anything."""
        rows = await self._tx.read(select(F.c.person, F.c.duty, F.c.duty_until).where(F.c.duty.is_not(None)))
        return {PersonId(row.person): OwnWord(row.duty == "on", row.duty_until) for row in rows}

    async def say(self, person: PersonId, word: OwnWord | None) -> None:
        """He says that he is on or off duty; None: the rota alone says it again."""
        duty = None if word is None else "on" if word.on else "off"
        until: datetime | None = word.until if word else None
        values = {"duty": duty, "duty_until": until}
        if not await self._tx.write(update(F).where(F.c.person == person).values(**values)):
            await self._tx.write(insert(F).values(person=person, **values))
