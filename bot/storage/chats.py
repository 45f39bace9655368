"""Chats: what stands in a private chat and can still be deleted there, and the topics of its cases."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, select, update

from bot.domain.ids import CaseCode
from bot.storage import tables
from bot.storage.transaction import Transaction

M, TOP = tables.chat_messages, tables.topics

DELETABLE_FOR = timedelta(hours=48)
"""A bot may delete a message of a private chat, whoever wrote it, for this long. Source: Bot API, deleteMessage."""

DELETED_AT_ONCE = 100
"""Messages in one call. Source: Bot API, deleteMessages."""


class Chats:
    """Message ids alone, by the keyed hash of the chat."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def stand(self, chat: str, message_id: int, *, until: datetime | None = None, case: CaseCode | None = None) -> None:
        """This message has just come to stand in this chat. `until`: when it is deleted there."""
        self._tx.append(M, chat=chat, message_id=message_id, at=self._tx.now, until=until, case_code=case)

    async def standing(self, chat: str, limit: int | None = None) -> list[int]:
        """What stands in a chat and can still be deleted, the newest first."""
        query = (
            select(M.c.message_id)
            .where(M.c.chat == chat, M.c.at > self._tx.now - DELETABLE_FOR)
            .order_by(M.c.message_id.desc())
            .limit(limit)
        )
        return [row.message_id for row in await self._tx.read(query, touching=(M,))]

    async def since(self, chat: str, message_id: int) -> datetime | None:
        """When this message came to stand in this chat; None when it is not known to."""
        query = select(M.c.at).where(M.c.chat == chat, M.c.message_id == message_id)
        rows = await self._tx.read(query, touching=(M,))
        return rows[0].at if rows else None

    async def for_a_while(self, chat: str) -> list[int]:
        """What stands in a chat for a while only."""
        query = select(M.c.message_id).where(M.c.chat == chat, M.c.until.is_not(None))
        return [row.message_id for row in await self._tx.read(query, touching=(M,))]

    async def gone(self, chat: str, messages: Iterable[int]) -> None:
        """These stand there no more."""
        here = (M.c.chat == chat, M.c.message_id.in_(list(messages)))
        await self._tx.write(delete(M).where(*here), touching=(M,))

    async def past_their_time(self) -> dict[str, list[int]]:
        """What was to stand for a while only, by chat, at most one call of each; taken out of the list."""
        query = select(M.c.chat, M.c.message_id).where(M.c.until <= self._tx.now).order_by(M.c.message_id)
        found: dict[str, list[int]] = {}
        for row in await self._tx.read(query, touching=(M,)):
            if len(ids := found.setdefault(row.chat, [])) < DELETED_AT_ONCE:
                ids.append(row.message_id)
        for chat, messages in found.items():
            await self.gone(chat, messages)
        return found

    async def forget_old(self) -> int:
        """What Telegram no longer lets anybody delete is of no use; how many that were."""
        return await self._tx.write(delete(M).where(M.c.at < self._tx.now - DELETABLE_FOR))

    async def of_case(self, code: CaseCode) -> dict[str, list[int]]:
        """Where the words of a case still stand, by chat."""
        return await self._by_chat(M.c.case_code == code)

    async def span(self, chat: str) -> tuple[datetime, datetime] | None:
        """When the oldest and the newest message that stand in a chat came; None when there is none."""
        query = select(func.min(M.c.at).label("oldest"), func.max(M.c.at).label("newest")).where(M.c.chat == chat)
        row = (await self._tx.read(query, touching=(M,)))[0]
        return (row.oldest, row.newest) if row.oldest is not None else None

    async def thread(self, chat: str, code: CaseCode) -> int | None:
        """The topic of a case in a chat; None where there is none yet, 0 where none can be made."""
        query = select(TOP.c.thread_id).where(TOP.c.chat == chat, TOP.c.case_code == code)
        rows = await self._tx.read(query, touching=(TOP,))
        return rows[0].thread_id if rows else None

    async def threads(self, chat: str) -> list[int]:
        """The topics of a chat."""
        rows = await self._tx.read(
            select(TOP.c.thread_id).where(TOP.c.chat == chat, TOP.c.thread_id > 0), touching=(TOP,)
        )
        return [row.thread_id for row in rows]

    async def case_in(self, chat: str, thread: int) -> CaseCode | None:
        """The case whose topic this is."""
        query = select(TOP.c.case_code).where(TOP.c.chat == chat, TOP.c.thread_id == thread)
        rows = await self._tx.read(query, touching=(TOP,))
        return CaseCode(rows[0].case_code) if rows else None

    def topic(self, chat: str, code: CaseCode, thread: int) -> None:
        """The case has this topic in this chat; 0: none can be made there."""
        self._tx.append(TOP, chat=chat, case_code=code, thread_id=thread)

    async def forget_topic(self, chat: str, thread: int) -> None:
        """This topic is there no more."""
        await self._tx.write(delete(TOP).where(TOP.c.chat == chat, TOP.c.thread_id == thread), touching=(TOP,))

    async def move(self, old: str, new: str) -> None:
        """The chat has another number."""
        await self._tx.write(update(M).where(M.c.chat == old).values(chat=new), touching=(M,))

    async def _by_chat(self, where: ColumnElement[bool]) -> dict[str, list[int]]:
        query = select(M.c.chat, M.c.message_id).where(where, M.c.at > self._tx.now - DELETABLE_FOR)
        found: dict[str, list[int]] = {}
        for row in await self._tx.read(query.order_by(M.c.message_id), touching=(M,)):
            found.setdefault(row.chat, []).append(row.message_id)
        return found
