"""Threads: the conversation of a case, sealed, and which message of which chat shows which part of it."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from typing import Any

from sqlalchemy import delete, func, select

from bot.domain.flood import REPEATED_WITHIN, Said
from bot.domain.ids import CaseCode
from bot.domain.intake import Author, Entry, Piece
from bot.storage import tables
from bot.storage.cases import owner_of
from bot.storage.drafts import kept_of, piece_of
from bot.storage.transaction import Transaction

E, S = tables.entries, tables.shown


def entry_slot(entry: int) -> str:
    """The slot of an entry: its message in either chat."""
    return f"entry:{entry}"


@dataclass(frozen=True)
class Shown:
    """What a message of a chat shows: a slot, and the case it belongs to."""

    slot: str
    case: CaseCode | None

    @property
    def entry(self) -> int | None:
        """The entry it shows; None for a card or a screen."""
        kind, _, number = self.slot.partition(":")
        return int(number) if kind == "entry" else None


class Threads:
    """What was said in each case."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._lately: dict[CaseCode, list[Said]] = {}

    async def add(
        self, code: CaseCode, author: Author, piece: Piece, *, replaces: int | None = None, at: datetime | None = None
    ) -> Entry:
        """Keep a piece in its case."""
        owner = owner_of(code)
        await self._tx.ready(owner)
        entry = Entry(self._tx.new_id(), code, author, at or self._tx.now, piece, replaces)
        sealed = self._tx.seal(owner, f"entries.sealed/{entry.id}", kept_of(piece))
        self._tx.append(E, id=entry.id, case_code=code, author=author, at=entry.at, sealed=sealed, replaces=replaces)
        if code in self._lately:
            self._lately[code].append(self._said(code, author, entry.id, entry.at, replaces, sealed))
        return entry

    async def expect(self, codes: Collection[CaseCode]) -> None:
        """Read what was said lately in these cases for a whole batch at once; later in it only more is added."""
        if not codes:
            return
        since = self._tx.now - REPEATED_WITHIN
        lately = (E.c.case_code.in_(list(codes)), E.c.id >= self._tx.id_at(since), E.c.at > since)
        rows = await self._tx.read(select(E).where(*lately).order_by(E.c.id), touching=(E,))
        self._lately |= {code: [] for code in codes}
        for row in rows:
            code = CaseCode(row.case_code)
            await self._tx.ready(owner_of(code))
            said = self._said(code, Author(row.author), row.id, row.at, row.replaces, row.sealed)
            self._lately[code].append(said)

    async def lately(self, code: CaseCode) -> list[Said]:
        """What was said in this case in the last minutes, in order."""
        if code not in self._lately:
            await self.expect([code])
        return self._lately[code]

    async def of(self, code: CaseCode) -> list[Entry]:
        """All that was said, in order."""
        owner = owner_of(code)
        await self._tx.ready(owner)
        rows = await self._tx.read(select(E).where(E.c.case_code == code).order_by(E.c.id), touching=(E,))
        return [self._entry(owner, row) for row in rows]

    async def page(self, code: CaseCode, at: int, most: int, *, back: bool) -> tuple[list[Entry], int, int]:
        """So many entries from this one on, or up to it, or the last ones; and the ids of the first and the last."""
        owner, mine = owner_of(code), E.c.case_code == code
        await self._tx.ready(owner)
        both = select(func.min(E.c.id).label("first"), func.max(E.c.id).label("last")).where(mine)
        ends = (await self._tx.read(both, touching=(E,)))[0]
        if at and not back:
            rows = list(await self._tx.read(select(E).where(mine, E.c.id >= at).order_by(E.c.id).limit(most)))
        else:
            before = (mine, E.c.id < at) if at else (mine,)
            rows = list(await self._tx.read(select(E).where(*before).order_by(E.c.id.desc()).limit(most)))[::-1]
        return [self._entry(owner, row) for row in rows], ends.first or 0, ends.last or 0

    async def entry(self, number: int) -> Entry | None:
        """One entry; None when there is none."""
        rows = await self._tx.read(select(E).where(E.c.id == number), touching=(E,))
        if not rows:
            return None
        owner = owner_of(CaseCode(rows[0].case_code))
        await self._tx.ready(owner)
        return self._entry(owner, rows[0])

    async def waiting_since(
        self, code: CaseCode, claimed_at: datetime, her_turn_at: datetime | None = None
    ) -> datetime | None:
        """Since when she has had no answer: the claim, or her first words after his last; None if he spoke last.

        `her_turn_at`: he said then that it was her turn, and nothing before waits for an answer.
        """
        his = (E.c.case_code == code, E.c.author == Author.LAWYER, E.c.at >= claimed_at)
        spoken: int | None = (await self._tx.read(select(func.max(E.c.id)).where(*his), touching=(E,)))[0][0]
        if spoken is None and her_turn_at is None:
            return claimed_at
        after = [E.c.id > spoken] if spoken is not None else []  # by id: two of one batch have the same moment
        after += [E.c.at > her_turn_at] if her_turn_at is not None else []
        hers = select(func.min(E.c.at)).where(E.c.case_code == code, E.c.author == Author.SEEKER, *after)
        since: datetime | None = (await self._tx.read(hers))[0][0]
        return since

    def show(self, chat: str, message_id: int, slot: str, case: CaseCode | None) -> None:
        """Note which message of a chat shows a slot."""
        self._tx.append(S, chat=chat, message_id=message_id, slot=slot, case_code=case)

    async def shown(self, chat: str, message_id: int) -> Shown | None:
        """What this message of this chat shows; None when nothing that is remembered."""
        query = select(S.c.slot, S.c.case_code).where(S.c.chat == chat, S.c.message_id == message_id)
        rows = await self._tx.read(query, touching=(S,))
        return Shown(rows[0].slot, rows[0].case_code) if rows else None

    async def newest_case(self, chat: str) -> CaseCode | None:
        """The case of the newest message of this chat that belongs to one."""
        query = (
            select(S.c.case_code)
            .where(S.c.chat == chat, S.c.case_code.is_not(None))
            .order_by(S.c.message_id.desc())
            .limit(1)
        )
        rows = await self._tx.read(query, touching=(S,))
        return CaseCode(rows[0].case_code) if rows else None

    async def message_of(self, chat: str, slot: str) -> int | None:
        """The newest message of this chat that shows this slot."""
        query = select(func.max(S.c.message_id)).where(S.c.chat == chat, S.c.slot == slot)
        found: int | None = (await self._tx.read(query, touching=(S,)))[0][0]
        return found

    async def messages_of(self, chat: str, slot: str) -> list[int]:
        """Every message of this chat that shows this slot."""
        query = select(S.c.message_id).where(S.c.chat == chat, S.c.slot == slot).order_by(S.c.message_id)
        return [row.message_id for row in await self._tx.read(query, touching=(S,))]

    async def forget(self, chat: str, messages: Collection[int]) -> None:
        """These show nothing any more."""
        await self._tx.write(delete(S).where(S.c.chat == chat, S.c.message_id.in_(list(messages))), touching=(S,))

    async def forget_chat(self, chat: str) -> None:
        """Nothing stands in this chat any more. Below zero are no messages, but words that have gone on elsewhere."""
        await self._tx.write(delete(S).where(S.c.chat == chat, S.c.message_id > 0), touching=(S,))

    def _said(
        self, code: CaseCode, author: Author, entry: int, at: datetime, replaces: int | None, sealed: bytes
    ) -> Said:
        """Said lately, and opened when it must be, once."""
        words = cache(partial(self._tx.cipher.open, owner_of(code), f"entries.sealed/{entry}", sealed))
        return Said(entry, author, at, replaces, len(sealed), words, lambda: piece_of(json.loads(words())).album)

    def _entry(self, owner: str, row: Any) -> Entry:
        piece = piece_of(self._tx.unseal(owner, f"entries.sealed/{row.id}", row.sealed))
        return Entry(row.id, CaseCode(row.case_code), Author(row.author), row.at, piece, row.replaces)
