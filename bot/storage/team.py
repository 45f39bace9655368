"""The team's doors: one-time links."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, insert, select, update

from bot.domain.ids import PersonId, new_person_id, new_token
from bot.domain.people import Role
from bot.storage import tables
from bot.storage.cipher import HOTLINE
from bot.storage.transaction import Transaction

INV = tables.invitations


@dataclass(frozen=True)
class Invitation:
    """A one-time link: what it makes of the person who opens it, and under which working name."""

    id: str
    role: Role
    working_name: str | None


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
        lookup = self._tx.cipher.lookup("token", token)
        fresh = (INV.c.token_lookup == lookup, INV.c.used_at.is_(None), INV.c.expires_at > self._tx.now)
        rows = await self._tx.read(select(INV).where(*fresh))
        if not rows or not await self._tx.write(update(INV).where(*fresh).values(used_at=self._tx.now)):
            return None
        await self._tx.ready(HOTLINE)
        name = self._tx.unseal(HOTLINE, f"invitations.sealed_name/{rows[0].id}", rows[0].sealed_name)
        return Invitation(rows[0].id, Role(rows[0].role), name)

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
