"""What waits to be said in a chat, taken as a whole: held, let go, withdrawn, moved."""

from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, case, delete, func, or_, select, update

from bot.domain.flood import Fold
from bot.domain.ids import CaseCode
from bot.domain.people import Person
from bot.storage import tables
from bot.storage.lanes import Lane
from bot.storage.tables import EPOCH
from bot.storage.transaction import Transaction

OUT, K, S, P = tables.outbox, tables.keys, tables.shown, tables.people

WIPED: dict[str, Any] = {"sealed": None, "sealed_file": None}
"""A message that is settled keeps nothing of what it said."""


def again() -> ColumnElement[str]:
    """Where a message goes that did not go through: back among what waits, unless her chat was closed meanwhile.

    Whoever said *it is not me* is answered all the same; what belongs to a case, or says that something waits, is not.
    """
    hidden = OUT.c.chat.in_(select(P.c.lookup).where(P.c.hidden)) & (OUT.c.lane != Lane.URGENT)
    by_itself = OUT.c.case_code.is_not(None) | OUT.c.slot.like("notice:%")
    frozen = OUT.c.chat.in_(select(P.c.lookup).where(P.c.frozen)) & by_itself & (OUT.c.lane != Lane.URGENT)
    return case((hidden | frozen, "held"), else_="waiting")


def _edit_of_a_screen() -> ColumnElement[bool]:
    return OUT.c.method.like("Edit%") & OUT.c.case_code.is_(None)


class Waiting:
    """The part of the outbox that looks at chats, not at messages."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self.grew = False
        """True when something new may be sent after this transaction: the delivery is woken for nothing else."""

    async def unreachable(self, chat: str, *, for_good: bool) -> int:
        """This chat can't be written to: what waits is kept until she comes back by herself, or dead; how many."""
        waiting = (OUT.c.chat == chat, OUT.c.state.in_(("waiting", "held", "sending")))
        state = "dead" if for_good else "held"
        return await self._tx.write(
            update(OUT).where(*waiting).values(state=state, why="unreachable", settled_at=self._tx.now), touching=(OUT,)
        )

    async def holds(self, chat: str) -> bool:
        """True when something is kept for this chat until somebody comes."""
        held = (OUT.c.chat == chat, OUT.c.state == "held")
        return bool(await self._tx.read(select(OUT.c.id).where(*held).limit(1), touching=(OUT,)))

    async def still_to_come(self, chat: str, case: CaseCode) -> bool:
        """True when words of this case are kept for this chat, or on their way there."""
        here = (OUT.c.chat == chat, OUT.c.case_code == case, OUT.c.slot.like("entry:%"))
        query = select(OUT.c.id).where(*here, OUT.c.state.in_(("waiting", "held", "sending"))).limit(1)
        return bool(await self._tx.read(query, touching=(OUT,)))

    async def stands(self, person: Person, slot: str) -> bool:
        """True when this waits to be said to her, or has been said since she was last here."""
        waits = OUT.c.state.in_(("waiting", "held", "sending"))
        said = (OUT.c.state == "sent") & (OUT.c.settled_at > (person.seen_at or EPOCH))
        query = select(OUT.c.id).where(OUT.c.slot == slot, waits | said).limit(1)
        return bool(await self._tx.read(query, touching=(OUT,)))

    async def withdraw(self, chat: str, case: CaseCode | None = None) -> None:
        """Nothing of this case is said in this chat any more: who sits there no longer holds it. None: of any."""
        waiting = [OUT.c.chat == chat, OUT.c.state.in_(("waiting", "held"))]
        if case is not None:
            waiting.append(OUT.c.case_code == case)
        await self._tx.write(
            update(OUT).where(*waiting).values(WIPED | {"state": "replaced", "settled_at": self._tx.now}),
            touching=(OUT,),
        )

    async def unsay(self, slot: str) -> None:
        """What waits in this slot is true no more, and is not said."""
        waiting = (OUT.c.slot == slot, OUT.c.state.in_(("waiting", "held")))
        values = WIPED | {"state": "replaced", "settled_at": self._tx.now}
        await self._tx.write(update(OUT).where(*waiting).values(values), touching=(OUT,))

    async def hide(self, chat: str) -> list[CaseCode]:
        """Of what waits for this chat nothing is said before she comes back; the cases whose words that holds back.

        A screen, a notice, a sign under a message and what lives for a while only are of no use by then.
        """
        here = (OUT.c.chat == chat, OUT.c.state.in_(("waiting", "held")), OUT.c.method.not_like("Delete%"))
        of_the_moment = or_(
            OUT.c.replaceable,
            OUT.c.lives.is_not(None),
            OUT.c.method.in_(("SetMessageReaction", "CreateForumTopic")),
            _edit_of_a_screen(),
        )
        await self._tx.write(
            update(OUT).where(*here, of_the_moment).values(WIPED | {"state": "replaced", "settled_at": self._tx.now}),
            touching=(OUT,),
        )
        await self._tx.write(update(OUT).where(*here, OUT.c.method != "SetMyCommands").values(state="held"))
        on_its_way = (OUT.c.chat == chat, OUT.c.state == "sending", OUT.c.method.like("Send%"))
        await self._tx.write(
            update(OUT).where(*on_its_way, OUT.c.lane == Lane.URGENT).values(state="replaced", settled_at=self._tx.now)
        )
        words = select(OUT.c.case_code).where(OUT.c.chat == chat, OUT.c.state == "held", OUT.c.slot.like("entry:%"))
        return [CaseCode(row.case_code) for row in await self._tx.read(words.distinct())]

    async def forget_menu(self, chat: str) -> None:
        """Commands that have yet to be set in this chat are not set any more; others take their place."""
        menu = (OUT.c.chat == chat, OUT.c.method == "SetMyCommands", OUT.c.state.in_(("waiting", "held", "sending")))
        values = WIPED | {"state": "replaced", "settled_at": self._tx.now}
        await self._tx.write(update(OUT).where(*menu).values(values), touching=(OUT,))

    async def making_topics(self, chat: str) -> int:
        """Topics that are being made in this chat right now."""
        making = (OUT.c.chat == chat, OUT.c.method == "CreateForumTopic", OUT.c.state == "sending")
        query = select(func.count()).select_from(OUT).where(*making)
        return int((await self._tx.read(query, touching=(OUT,)))[0][0])

    async def in_doubt_after_crash(self) -> int:
        """Whatever was being sent when the process died is said again, marked for staff; how many that are."""
        return await self._tx.write(
            update(OUT).where(OUT.c.state == "sending").values(state=again(), in_doubt=True, not_before=self._tx.now)
        )

    async def in_doubt_after_restore(self) -> list[str]:
        """What waited when the back-up was made may have been said since; the chats it is for."""
        waited = OUT.c.state.in_(("waiting", "sending"))
        chats = [row.chat for row in await self._tx.read(select(OUT.c.chat).where(waited).distinct(), touching=(OUT,))]
        await self._tx.write(update(OUT).where(waited).values(state="waiting", in_doubt=True))
        return chats

    async def let_go(self, chat: str) -> None:
        """She is there: what was held for her is said now, and the notice about it is not needed."""
        self.grew = True
        here = OUT.c.chat == chat
        notice = OUT.c.slot.like("notice:%")
        await self._tx.write(
            update(OUT).where(here, OUT.c.state.in_(("waiting", "held")), notice).values(WIPED | {"state": "replaced"}),
            touching=(OUT,),
        )
        await self._tx.write(
            update(OUT).where(here, OUT.c.state == "held").values(state="waiting", not_before=self._tx.now)
        )

    async def folded(self, chat: str, case: CaseCode) -> tuple[int, int]:
        """How many entries of this case wait behind a notice in this chat, and how many of them only repeat."""
        query = select(OUT.c.why).where(*self._behind_a_notice(chat, case), OUT.c.slot.like("entry:%"))
        found = [row.why for row in await self._tx.read(query, touching=(OUT,))]
        return len(found), found.count(Fold.REPEATED)

    async def unfold(self, chat: str, case: CaseCode) -> int:
        """What waited behind a notice is said now, in its order; how many messages that are."""
        self.grew = True
        here = self._behind_a_notice(chat, case)
        return await self._tx.write(
            update(OUT).where(*here).values(state="waiting", not_before=self._tx.now), touching=(OUT,)
        )

    def _behind_a_notice(self, chat: str, case: CaseCode) -> tuple[ColumnElement[bool], ...]:
        return (OUT.c.chat == chat, OUT.c.case_code == case, OUT.c.state == "held", OUT.c.why.in_(tuple(Fold)))

    async def spoken(self, slot: str, within: timedelta) -> bool:
        """True when something was put into this slot this lately; ids grow with time."""
        since = int((self._tx.now - within - EPOCH).total_seconds() * 1_000_000) << 10
        query = select(OUT.c.id).where(OUT.c.slot == slot, OUT.c.id > since).limit(1)
        return bool(await self._tx.read(query, touching=(OUT,)))

    async def waiting(self, chat: str, lane: Lane) -> int:
        """How many messages of a lane wait for their turn in a chat."""
        here = (OUT.c.chat == chat, OUT.c.lane == lane, OUT.c.state == "waiting")
        query = select(func.count()).select_from(OUT).where(*here)
        return int((await self._tx.read(query, touching=(OUT,)))[0][0])

    async def count(self) -> dict[str, int]:
        """How many messages are in each state."""
        query = select(OUT.c.state, func.count().label("messages")).group_by(OUT.c.state)
        return {row.state: row.messages for row in await self._tx.read(query, touching=(OUT,))}

    async def move_chat(self, old: str, new_chat: int) -> None:
        """The group was upgraded: everything for the old number is for the new one, where nothing is shown yet."""
        self.grew = True
        lookup = self._tx.cipher.lookup("account", new_chat)
        query = (
            select(OUT, K.c.wrapped)
            .join(K, K.c.owner == OUT.c.owner)
            .where(OUT.c.chat == old, OUT.c.sealed.is_not(None))
        )
        for row in await self._tx.read(query, touching=(OUT,)):
            kept = self._kept(row)
            kept["params"]["chat_id"] = new_chat
            sealed = self._tx.seal(row.owner, f"outbox.sealed/{row.id}", kept)
            await self._tx.write(update(OUT).where(OUT.c.id == row.id).values(chat=lookup, sealed=sealed))
        await self._tx.write(update(OUT).where(OUT.c.chat == old).values(chat=lookup))
        await self._tx.write(delete(S).where(S.c.chat == old), touching=(S,))

    def _kept(self, row: Any) -> dict[str, Any]:
        if not self._tx.cipher.knows(row.owner):
            self._tx.cipher.learn(row.owner, row.wrapped)
        kept: dict[str, Any] = self._tx.unseal(row.owner, f"outbox.sealed/{row.id}", row.sealed)
        return kept
