"""The operator groups: where the cards are shown, and what each group is for."""

from typing import Any

from sqlalchemy import delete, func, insert, select, union, update

from bot.domain.groups import Group, Takes
from bot.domain.ids import CaseCode, new_person_id
from bot.storage import tables
from bot.storage.cipher import HOTLINE
from bot.storage.transaction import Transaction

G, S, OUT = tables.groups, tables.shown, tables.outbox


class Groups:
    """The groups that a coordinator has chosen. Of a group its number is kept, sealed, and never its title."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    async def all(self) -> list[Group]:
        """Every operator group, the oldest first."""
        rows = await self._tx.read(select(G).order_by(G.c.since, G.c.id))
        if rows:
            await self._tx.ready(HOTLINE)
        return [self._group(row) for row in rows]

    async def at(self, chat: int) -> Group | None:
        """The operator group with this number; None when it is none."""
        return await self.by_chat(self._tx.cipher.lookup("account", chat))

    async def by_chat(self, chat: str) -> Group | None:
        """The operator group behind this keyed hash; None when there is none."""
        return next((group for group in await self.all() if group.chat == chat), None)

    async def choose(self, chat: int, language: str | None) -> None:
        """This group shows cards from now on, in this language; if it does already, what it takes stays."""
        known = await self.at(chat)
        if known is not None:
            await self._tx.write(update(G).where(G.c.id == known.id).values(language=language))
            return
        await self._tx.ready(HOTLINE)
        group = new_person_id(self._tx.chance)
        nothing_named = {"languages": "", "regions": "", "categories": ""}
        await self._tx.write(
            insert(G).values(
                id=group, **self._place(group, chat), language=language, since=self._tx.now, **nothing_named
            )
        )

    async def take(self, group: Group, takes: Takes) -> None:
        """From now on the group is for this."""
        named = {
            "languages": " ".join(takes.languages),
            "regions": " ".join(takes.regions),
            "categories": " ".join(takes.categories),
        }
        await self._tx.write(update(G).where(G.c.id == group.id).values(**named))

    async def move(self, group: Group, chat: int) -> None:
        """The group has another number; if a group of that number has been chosen meanwhile, it is the same one."""
        if await self.at(chat) is not None:
            await self.forget(group)
            return
        await self._tx.ready(HOTLINE)
        await self._tx.write(update(G).where(G.c.id == group.id).values(**self._place(group.id, chat)))

    async def forget(self, group: Group) -> None:
        """Nothing is shown there any more."""
        await self._tx.write(delete(G).where(G.c.id == group.id))

    async def showing(self, slot: str) -> set[str]:
        """The chats where this stands, or is on its way to."""
        stands = select(S.c.chat).where(S.c.slot == slot)
        going = OUT.c.method.like("Send%"), OUT.c.state.in_(("waiting", "held", "sending"))
        rows = await self._tx.read(
            union(stands, select(OUT.c.chat).where(OUT.c.slot == slot, *going)), touching=(S, OUT)
        )
        return {row.chat for row in rows}

    async def cards_in(self, group: Group, begins: str) -> list[tuple[CaseCode, int]]:
        """The newest card of each case that stands in a group, the newest first."""
        here = S.c.chat == group.chat, S.c.slot.startswith(begins, autoescape=True), S.c.case_code.is_not(None)
        query = select(S.c.case_code, func.max(S.c.message_id).label("newest")).where(*here).group_by(S.c.case_code)
        rows = await self._tx.read(query.order_by(func.max(S.c.message_id).desc()), touching=(S,))
        return [(CaseCode(row.case_code), row.newest) for row in rows]

    def _place(self, group: str, chat: int) -> dict[str, Any]:
        sealed = self._tx.seal(HOTLINE, f"groups.sealed_chat/{group}", chat)
        return {"lookup": self._tx.cipher.lookup("account", chat), "sealed_chat": sealed}

    def _group(self, row: Any) -> Group:
        account: int = self._tx.unseal(HOTLINE, f"groups.sealed_chat/{row.id}", row.sealed_chat)
        named = (tuple(each.split()) for each in (row.languages, row.regions, row.categories))
        return Group(account, row.language, row.id, row.lookup, Takes(*named))
