"""Return codes: whose is a live one, and what opened nothing. Only keyed hashes; the digits are kept nowhere."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, func, select, update

from bot.domain.ids import PersonId
from bot.domain.people import Person, ReturnCode
from bot.domain.return_code import TRIES_WITHIN
from bot.storage import tables
from bot.storage.transaction import Transaction

P, T = tables.people, tables.code_tries


class Codes:
    """One code a help-seeker; the newest."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def keep(self, person: Person, code: str) -> None:
        """This is her code from now on; an older one opens nothing any more."""
        values = {"return_lookup": self._lookup(code), "return_code": ReturnCode.SHOWN}
        await self._tx.write(update(P).where(P.c.id == person.id).values(values))

    async def owner(self, code: str) -> PersonId | None:
        """The help-seeker whose code this is; None when it is nobody's."""
        return await self._owner([code])

    async def any_live(self, codes: Iterable[str]) -> bool:
        """True when one of these is somebody's code."""
        return await self._owner(codes) is not None

    def note_try(self, person: Person) -> None:
        """A code that opened nothing."""
        self._tx.append(T, id=self._tx.new_id(), person=person.id, at=self._tx.now)

    async def tries(self, person: Person) -> list[datetime]:
        """When this account tried in vain within the last hour, the oldest first."""
        query = select(T.c.at).where(T.c.person == person.id, T.c.at > self._tx.now - TRIES_WITHIN).order_by(T.c.at)
        return [row.at for row in await self._tx.read(query, touching=(T,))]

    async def tries_of_all(self) -> int:
        """How many tries of everybody failed within the last hour."""
        query = select(func.count()).select_from(T).where(T.c.at > self._tx.now - TRIES_WITHIN)
        return int((await self._tx.read(query, touching=(T,)))[0][0])

    async def forget_old(self) -> int:
        """Tries of more than an hour ago count no more; how many those were."""
        return await self._tx.write(delete(T).where(T.c.at <= self._tx.now - TRIES_WITHIN))

    async def _owner(self, codes: Iterable[str]) -> PersonId | None:
        lookups = [self._lookup(code) for code in codes]
        if not lookups:
            return None
        rows = await self._tx.read(select(P.c.id).where(P.c.return_lookup.in_(lookups), P.c.role.is_(None)).limit(1))
        return PersonId(rows[0].id) if rows else None

    def _lookup(self, code: str) -> str:
        return self._tx.cipher.lookup("return", code)
