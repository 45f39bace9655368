"""The outbox: what is to be said, kept in the same transaction as the reason for saying it.

States: waiting (or held until she writes) → sending → sent · replaced by a newer one of its slot · dead, with why.
At least once: a crash between sending and recording repeats one message (Telegram has no idempotency key); twice is
better than never, and a repetition to staff is marked.
"""

from collections.abc import Collection, Iterable
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import Any

from aiogram.methods import CreateForumTopic, TelegramMethod
from sqlalchemy import exists, func, select, update

from bot.domain.flood import Fold
from bot.domain.ids import CaseCode
from bot.domain.people import NOBODY, Person
from bot.domain.triage import Urgency
from bot.storage import tables
from bot.storage.cases import owner_of
from bot.storage.chats import DELETED_AT_ONCE, Chats
from bot.storage.cipher import HOTLINE
from bot.storage.lanes import Due, Fingerprint, Lane
from bot.storage.people import person_owner
from bot.storage.transaction import Transaction
from bot.storage.turns import TURN, with_reader
from bot.storage.waiting import WIPED, Waiting, again

OUT, K, S = tables.outbox, tables.keys, tables.shown

PINS = ("PinChatMessage", "UnpinChatMessage")

ALBUM_MOST = 10
"""Parts of an album. Source: Bot API, sendMediaGroup."""


class Outbox(Waiting):
    """Nothing is sent by hand: put it here."""

    def __init__(self, tx: Transaction, chats: Chats) -> None:
        super().__init__(tx)
        self._chats = chats

    async def put(
        self,
        method: TelegramMethod[Any],
        *,
        to: Person | None = None,
        case: CaseCode | None = None,
        slot: str | None = None,
        replaceable: bool = False,
        reply_slot: str | None = None,
        album: str | None = None,
        mark: str | None = None,
        held: bool | Fold = False,
        not_before: datetime | None = None,
        lane: Lane = Lane.CONVERSATION,
        lives: timedelta | None = None,
        topic: CaseCode | None = None,
        file: bytes | None = None,
        fingerprint: Fingerprint | None = None,
    ) -> None:
        """Say this as soon as its turn comes; sealed with the key of the case, the person, or the hotline.

        `slot`: to be edited; a `replaceable` one gives way. `held`: until she comes, or a fold is opened. More: `Due`.
        """
        self.grew, owner = True, owner_of(case) if case else person_owner(to.id) if to else HOTLINE
        if _chat_of(method, to) != NOBODY and await self._tx.ready(owner):  # else she has no chat, or it was erased
            self._tx.append(
                OUT,
                **self._sealed(owner, method, mark, file, fingerprint, to),
                lane=lane,
                state="held" if held or (to and self._keeps_back(to, method, lane)) else "waiting",
                not_before=not_before or self._tx.now,
                slot=slot,
                replaceable=replaceable,
                album=album,
                reply_slot=reply_slot,
                case_code=case,
                lives=lives and int(lives.total_seconds()),
                topic=topic,
                why=held if isinstance(held, Fold) else None,
            )

    async def lease(self, limit: int, passed_over: Collection[str], *, topics: bool = False) -> list[Due]:
        """The first message of each chat whose turn has come, apart from the chats passed over.

        `topics`: what belongs in one waits until that is made. What another transaction is changing now is left to it.
        """
        turn = {"now": self._tx.now, "passed_over": list(passed_over), "room": limit}
        rows = await self._tx.read(TURN, turn, touching=(OUT,))
        while await self._overtaken({row.slot for row in rows if row.replaceable}):
            rows = await self._tx.read(TURN, turn)
        leased: list[Due] = []
        for row in rows:
            if row.wrapped is None:
                await self.dead([row.id], "erased")
            elif row.hidden and row.lane != Lane.URGENT and row.method.startswith("Send"):  # put while she was hiding
                await self._tx.write(update(OUT).where(OUT.c.id == row.id).values(state="held"))
            elif row.album:
                leased += await self._album(row.chat, row.album)
            else:
                leased.append(self._due(row))
        leased = [resolved for due in leased if (resolved := await self._resolved(due)) is not None]
        if topics:
            leased = [placed for due in leased if (placed := await self._placed(due)) is not None]
        taken = [row for due in leased for row in due.rows]
        if taken:
            await self._tx.write(
                update(OUT).where(OUT.c.id.in_(taken)).values(state="sending", attempts=OUT.c.attempts + 1)
            )
        return leased

    async def sent(self, rows: Iterable[int]) -> None:
        """It arrived. The words are wiped."""
        await self._settle(rows, "sent")

    async def retry(self, rows: Iterable[int], at: datetime, why: str, *, in_doubt: bool = False) -> None:
        """It did not go through; try again then. `in_doubt`: it may have arrived all the same."""
        values: dict[str, Any] = {"state": again(), "not_before": at, "why": why}
        await self._tx.write(
            update(OUT)
            .where(OUT.c.id.in_(list(rows)), OUT.c.state == "sending")
            .values(values | ({"in_doubt": True} if in_doubt else {}))
        )

    async def dead(self, rows: Iterable[int], why: str) -> None:
        """It can't be said; the row stays and says why."""
        await self._tx.write(
            update(OUT).where(OUT.c.id.in_(list(rows))).values(state="dead", why=why, settled_at=self._tx.now)
        )

    async def next_due(self) -> datetime | None:
        """When the earliest waiting message may go."""
        query = select(func.min(OUT.c.not_before)).where(OUT.c.state == "waiting")
        found: datetime | None = (await self._tx.read(query, touching=(OUT,)))[0][0]
        return found

    def _keeps_back(self, to: Person, method: TelegramMethod[Any], lane: Lane) -> bool:
        """A hidden chat hears only what is urgent; where nobody is there, and none may be told by itself, nothing."""
        if self._tx.belated and (to.hidden or to.frozen):
            return type(method).__name__.startswith("Send")
        return to.hidden and lane is not Lane.URGENT

    async def _settle(self, rows: Iterable[int], state: str) -> None:
        values = WIPED | {"state": state, "settled_at": self._tx.now}
        await self._tx.write(update(OUT).where(OUT.c.id.in_(list(rows))).values(values))

    async def _overtaken(self, slots: set[str]) -> int:
        """Of what waits in these slots only the newest is said; how many gave way."""
        if not slots:
            return 0
        newer = OUT.alias("newer")
        overtaken = exists().where(
            newer.c.chat == OUT.c.chat,
            newer.c.slot == OUT.c.slot,
            newer.c.state == "waiting",
            newer.c.replaceable,
            newer.c.id > OUT.c.id,
        )
        return await self._tx.write(
            update(OUT)
            .where(OUT.c.slot.in_(slots), OUT.c.state == "waiting", OUT.c.replaceable, overtaken)
            .values(WIPED | {"state": "replaced", "settled_at": self._tx.now})
        )

    async def _album(self, chat: str, album: str) -> list[Due]:
        query = (
            with_reader()
            .where(OUT.c.chat == chat, OUT.c.album == album, OUT.c.state == "waiting", K.c.wrapped.is_not(None))
            .order_by(OUT.c.id)
            .limit(ALBUM_MOST)
            .with_for_update(of=OUT)
        )
        rows = await self._tx.read(query)
        if not rows or max(row.not_before for row in rows) > self._tx.now:
            return []
        parts = tuple([part for row in rows if (part := await self._resolved(self._due(row))) is not None])
        if len(parts) == 1:
            return [parts[0]]
        return [replace(parts[0], rows=tuple(row for part in parts for row in part.rows), album=parts)]

    async def _resolved(self, due: Due) -> Due | None:
        """What was left open until now; None when nothing is left to be done."""
        if due.method == "DeleteMessages" and not due.params["message_ids"]:
            standing = await self._chats.standing(due.chat, DELETED_AT_ONCE)
            if not standing:
                return await self._nothing_left(due)
            return replace(due, params={**due.params, "message_ids": standing})
        if due.method == "DeleteForumTopic" and not due.params["message_thread_id"]:
            threads = await self._chats.threads(due.chat)
            if not threads:
                return await self._nothing_left(due)
            return replace(due, params={**due.params, "message_thread_id": threads[0]})
        if due.method == "EditForumTopic":
            thread = await self._chats.thread(due.chat, due.topic) if due.topic else None
            return replace(due, thread=thread) if thread else await self._nothing_left(due)
        if due.slot_message == 0 or due.reply_message == 0:
            due = replace(
                due,
                slot_message=await self._message(due.chat, due.slot) if due.slot_message == 0 else None,
                reply_message=await self._reply(due) if due.reply_message == 0 else None,
            )
        if due.method in PINS and due.slot_message is None:
            return await self._nothing_left(due)
        return due

    async def _nothing_left(self, due: Due) -> Due | None:
        await self.sent(due.rows)
        return None

    async def _placed(self, due: Due) -> Due | None:
        """In the topic of its case; None while that has yet to be made."""
        if due.topic is None or not (due.method.startswith("Send") or due.anew):
            return due
        thread = await self._chats.thread(due.chat, due.topic)
        if thread is None:
            name = f"{due.holds.sign} {due.topic}" if due.holds else due.topic
            make = CreateForumTopic(chat_id=due.params["chat_id"], name=name)
            await self.put(make, case=due.case, topic=due.topic, lane=Lane.URGENT)
            return None
        return replace(due, thread=thread or None)

    async def _reply(self, due: Due) -> int | None:
        query = select(OUT.c.reply_slot).where(OUT.c.id == due.rows[0])
        return await self._message(due.chat, (await self._tx.read(query))[0].reply_slot)

    async def _message(self, chat: str, slot: str | None) -> int | None:
        query = select(func.max(S.c.message_id)).where(S.c.chat == chat, S.c.slot == slot)
        found: int | None = (await self._tx.read(query, touching=(S,)))[0][0]
        return found

    def _due(self, row: Any) -> Due:
        kept = self._kept(row)
        edits_slot = row.slot is not None and kept["params"].get("message_id") == 0
        topic = row.topic or (row.case_code if row.holds else None)
        return Due(
            rows=(row.id,),
            chat=row.chat,
            method=row.method,
            params=kept["params"],
            slot=row.slot,
            slot_message=0 if edits_slot else None,
            reply_message=0 if row.reply_slot else None,
            case=row.case_code and CaseCode(row.case_code),
            lane=Lane(row.lane),
            attempts=row.attempts,
            in_doubt=row.in_doubt,
            mark=kept["mark"],
            due_at=row.not_before,
            lives=timedelta(seconds=row.lives) if row.lives else None,
            topic=topic and CaseCode(topic),
            holds=Urgency(row.holds) if row.holds else None,
            file=row.sealed_file and self._tx.cipher.open(row.owner, f"outbox.sealed_file/{row.id}", row.sealed_file),
            fingerprint=Fingerprint(**kept["fingerprint"]) if kept.get("fingerprint") else None,
        )

    def _sealed(
        self,
        owner: str,
        method: TelegramMethod[Any],
        mark: str | None,
        file: bytes | None,
        fingerprint: Fingerprint | None,
        to: Person | None,
    ) -> dict[str, Any]:
        row, params = self._tx.new_id(), _as_json(method)
        kept = {"params": params, "mark": mark, "fingerprint": fingerprint and asdict(fingerprint)}
        return {
            "id": row,
            "chat": self._tx.cipher.lookup("account", _chat_of(method, to)),
            "method": type(method).__name__,
            "owner": owner,
            "sealed": self._tx.seal(owner, f"outbox.sealed/{row}", kept),
            "sealed_file": file and self._tx.cipher.seal(owner, f"outbox.sealed_file/{row}", file),
        }


def _chat_of(method: TelegramMethod[Any], to: Person | None) -> Any:
    """The chat a call is for; one that names none is for the chat of the person it is said to."""
    scope = getattr(method, "scope", None)
    named = getattr(method, "chat_id", None) if scope is None else scope.chat_id
    return to.account if named is None and to is not None else named


def _as_json(method: TelegramMethod[Any]) -> dict[str, Any]:
    """What was set in a call, as JSON; aiogram's placeholders for a bot's defaults are left out."""
    dumped: dict[str, Any] = method.model_dump(
        mode="json", include=method.model_fields_set, exclude_none=True, fallback=lambda value: None, warnings=False
    )
    return dumped
