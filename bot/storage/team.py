"""The team's doors: one-time links."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, func, insert, select, update

from bot.domain.ids import PersonId, new_person_id, new_token
from bot.domain.people import Role
from bot.domain.team import LinkState, Load
from bot.domain.triage import Urgency
from bot.storage import tables
from bot.storage.cipher import HOTLINE
from bot.storage.transaction import Transaction

INV, C = tables.invitations, tables.cases

_LEAVING = 7210443
"""The number of the advisory lock under which a role is taken away; any would do."""

USED_FOR = timedelta(days=30)
"""For how long it is remembered what a link was, so that whoever opens it is told why it does nothing."""


@dataclass(frozen=True)
class Invitation:
    """A one-time link: what it makes of the person who opens it, and under which working name."""

    id: str
    role: Role
    working_name: str | None
    expires_at: datetime


class Team:
    """Who may come in."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def ask_for_name(self, coordinator: PersonId, role: Role, within: timedelta) -> None:
        """The coordinator's next text is the working name of the person to invite."""
        await self.stop_asking(coordinator)
        await self._tx.write(
            insert(INV).values(
                id=new_person_id(self._tx.chance),
                role=role,
                made_by=coordinator,
                expires_at=self._tx.now + within,
            )
        )

    async def stop_asking(self, coordinator: PersonId) -> None:
        """The coordinator does something else instead."""
        await self._tx.write(delete(INV).where(INV.c.made_by == coordinator, INV.c.token_lookup.is_(None)))

    async def invite(
        self, role: Role, within: timedelta, *, name: str | None = None, made_by: PersonId | None = None
    ) -> str:
        """A new one-time key for a link; only its keyed hash is kept."""
        if made_by is not None:
            await self.stop_asking(made_by)
        invitation, token = new_person_id(self._tx.chance), new_token(self._tx.chance)
        await self._tx.ready(HOTLINE)
        await self._tx.write(
            insert(INV).values(
                id=invitation,
                token_lookup=self._tx.cipher.lookup("token", token),
                role=role,
                made_by=made_by,
                sealed_name=self._tx.seal(HOTLINE, f"invitations.sealed_name/{invitation}", name),
                expires_at=self._tx.now + within,
            )
        )
        return token

    async def use(self, token: str) -> Invitation | None:
        """Use a one-time key up; None when it is unknown, used, or too old."""
        fresh = self._fresh(token)
        rows = await self._tx.read(select(INV).where(*fresh))
        if not rows or not await self._tx.write(update(INV).where(*fresh).values(used_at=self._tx.now)):
            return None
        await self._tx.ready(HOTLINE)
        return self._invitation(rows[0])

    async def fresh(self, token: str) -> Invitation | None:
        """What a one-time key would do; it is not used up."""
        rows = await self._tx.read(select(INV).where(*self._fresh(token)))
        await self._tx.ready(HOTLINE)
        return self._invitation(rows[0]) if rows else None

    async def why_not(self, token: str) -> LinkState:
        """Why this key opens nothing."""
        query = select(INV.c.used_at).where(INV.c.token_lookup == self._tx.cipher.lookup("token", token))
        rows = await self._tx.read(query)
        if not rows:
            return LinkState.UNKNOWN
        return LinkState.EXPIRED if rows[0].used_at is None else LinkState.USED

    async def links(self) -> list[Invitation]:
        """Every link that still opens something, the one that ends first on top."""
        here = (INV.c.token_lookup.is_not(None), INV.c.used_at.is_(None), INV.c.expires_at > self._tx.now)
        rows = await self._tx.read(select(INV).where(*here).order_by(INV.c.expires_at, INV.c.id))
        await self._tx.ready(HOTLINE)
        return [self._invitation(row) for row in rows]

    async def withdraw_link(self, invitation: str) -> bool:
        """It opens nothing any more; False when it did not anyway."""
        here = (INV.c.id == invitation, INV.c.token_lookup.is_not(None), INV.c.used_at.is_(None))
        return bool(await self._tx.write(delete(INV).where(*here, INV.c.expires_at > self._tx.now)))

    async def forget_links(self) -> int:
        """Links that ended long ago leave nothing, least of all a name; how many."""
        return await self._tx.write(delete(INV).where(INV.c.expires_at < self._tx.now - USED_FOR))

    async def one_at_a_time(self) -> None:
        """Wait until no other process takes a role away: each of two coordinators might think the other one stays.

        SQLite has one writer.
        """
        if self._tx.dialect != "sqlite":
            await self._tx.read(select(func.pg_advisory_xact_lock(_LEAVING)))

    async def loads(self) -> dict[PersonId, Load]:
        """Whoever holds open cases, and how many."""
        urgent = [
            func.count().filter(C.c.urgency == each).label(each.value) for each in (Urgency.IMMEDIATE, Urgency.HIGH)
        ]
        query = select(C.c.lawyer, func.count().label("open"), *urgent).where(C.c.status == "claimed")
        rows = await self._tx.read(query.group_by(C.c.lawyer))
        return {PersonId(row.lawyer): Load(row.open, row.immediate, row.high) for row in rows}

    async def withdraw_links(self, made_by: PersonId) -> None:
        """Links this coordinator made and nobody used open nothing any more; nothing is being named."""
        await self._tx.write(delete(INV).where(INV.c.made_by == made_by, INV.c.used_at.is_(None)))

    async def naming(self, coordinator: PersonId) -> Role | None:
        """The role of the person the coordinator is naming; None when the question is too old."""
        query = select(INV.c.role).where(
            INV.c.made_by == coordinator, INV.c.token_lookup.is_(None), INV.c.expires_at > self._tx.now
        )
        rows = await self._tx.read(query)
        return Role(rows[0].role) if rows else None

    def _fresh(self, token: str) -> tuple[ColumnElement[bool], ...]:
        lookup = self._tx.cipher.lookup("token", token)
        return INV.c.token_lookup == lookup, INV.c.used_at.is_(None), INV.c.expires_at > self._tx.now

    def _invitation(self, row: Any) -> Invitation:
        name = self._tx.unseal(HOTLINE, f"invitations.sealed_name/{row.id}", row.sealed_name)
        return Invitation(row.id, Role(row.role), name, row.expires_at)
