"""Profiles: whom each lawyer suits, and when he is away. Who has said nothing has an empty one."""

from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from bot.domain.ids import CaseCode, PersonId
from bot.domain.profile import Profile
from bot.storage import tables
from bot.storage.transaction import Transaction

F, CON, ROTA = tables.profiles, tables.conflicts, tables.rota
LISTS = ("languages", "regions", "categories")


class Profiles:
    """One profile a person on the team."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def of(self, person: PersonId) -> Profile:
        """Whom this person suits."""
        rows = await self._tx.read(select(F).where(F.c.person == person))
        return _profile(rows[0]) if rows else Profile()

    async def all(self) -> dict[PersonId, Profile]:
        """The profile of everybody who has said something."""
        return {PersonId(row.person): _profile(row) for row in await self._tx.read(select(F))}

    async def keep(self, person: PersonId, profile: Profile) -> None:
        """As it is now; what stands beside it (duty) stays."""
        values = _columns(profile)
        if not await self._tx.write(update(F).where(F.c.person == person).values(**values)):
            await self._tx.write(insert(F).values(person=person, **values))

    async def forget(self, person: PersonId) -> None:
        """He has left the team: neither whom he suits nor when he was on duty is known any more."""
        for table in (F, ROTA):
            await self._tx.write(delete(table).where(table.c.person == person))

    async def in_conflict(self, case: CaseCode) -> set[PersonId]:
        """Who said *not me* of this case."""
        rows = await self._tx.read(select(CON.c.person).where(CON.c.case_code == case))
        return {PersonId(row.person) for row in rows}

    async def conflicts_of(self, person: PersonId) -> set[CaseCode]:
        """The cases of which this person said *not me*."""
        rows = await self._tx.read(select(CON.c.case_code).where(CON.c.person == person))
        return {CaseCode(row.case_code) for row in rows}


def _profile(row: Row[Any]) -> Profile:
    lists = {name: tuple(getattr(row, name).split()) for name in LISTS}
    return Profile(**lists, woman=row.woman, away_since=row.away_since, away_until=row.away_until)


def _columns(profile: Profile) -> dict[str, Any]:
    lists = {name: " ".join(getattr(profile, name)) for name in LISTS}
    return {**lists, "woman": profile.woman, "away_since": profile.away_since, "away_until": profile.away_until}
