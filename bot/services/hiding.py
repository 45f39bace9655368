"""Hiding: a chat is emptied as far as Telegram allows, by a tap or by itself; nothing is sent there until she comes.

What was said stays kept, and can be brought back on her screen for a while.
"""

from dataclasses import replace
from datetime import timedelta

from aiogram.methods import DeleteForumTopic, DeleteMessages

from bot.domain.case import Claimed, Shut
from bot.domain.errors import OutOfDate
from bot.domain.follow_up import Reach
from bot.domain.hiding import hides_at
from bot.domain.ids import CaseCode
from bot.domain.intake import Author, Piece
from bot.domain.people import AutoHide, Person
from bot.domain.rights import Right, require
from bot.services import moving, notebook, receipts
from bot.services.reach import ZONES
from bot.settings import Settings
from bot.storage.chats import DELETED_AT_ONCE
from bot.storage.lanes import Lane
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.messages import hiding as messages

LINE_LIVES = timedelta(minutes=1)
"""The line that says what can't be removed is itself removed after this long."""

AGAIN_LIVES = timedelta(minutes=10)
AGAIN_MOST = 20
"""What *show again* brings back, and for how long."""


async def hide(uow: UnitOfWork, person: Person) -> None:
    """Empty her chat now, ahead of everything, and say in one neutral line what can't be removed."""
    require(person, Right.APPEAL)
    await empty(uow, person)
    await uow.outbox.put(messages.hidden(person), to=person, lane=Lane.URGENT, lives=LINE_LIVES)


async def empty(uow: UnitOfWork, person: Person) -> None:
    """Everything in her chat goes, in silence; what waits for it is held. Case, draft and the lawyer's copies stay.

    A topic goes with everything in it, however old. How much there is to delete is looked up when it is sent.
    """
    chat = uow.cipher.lookup("account", person.account)
    for code in await uow.outbox.hide(chat):
        await _tell_lawyer(uow, code)
    for _ in range(len(await uow.chats.threads(chat)) + await uow.outbox.making_topics(chat)):
        topic = DeleteForumTopic(chat_id=person.account, message_thread_id=0)
        await uow.outbox.put(topic, to=person, lane=Lane.URGENT)
    calls = -(-len(await uow.chats.standing(chat)) // DELETED_AT_ONCE) + 1  # one more: what is on its way arrives first
    for _ in range(calls):
        await uow.outbox.put(DeleteMessages(chat_id=person.account, message_ids=[]), to=person, lane=Lane.URGENT)
    await uow.threads.forget_chat(chat)
    await uow.people.set(person, hidden=True, held=True)
    await notebook.put_on(uow, person)


async def ask(uow: UnitOfWork, person: Person, on: int | None) -> None:
    """When shall the chat be hidden by itself?"""
    require(person, Right.APPEAL)
    await uow.outbox.put(messages.ask(person, on), to=person)


async def choose(uow: UnitOfWork, person: Person, choice: str, on: int | None) -> None:
    """From now on it is hidden by itself at this time, or never. Raises OutOfDate for a forged choice."""
    require(person, Right.APPEAL)
    if choice not in (messages.OFF, *AutoHide):
        raise OutOfDate("refusal.old_button")
    chosen = None if choice == messages.OFF else AutoHide(choice)
    await uow.people.set(person, auto_hide=chosen)
    await uow.outbox.put(messages.ask(replace(person, auto_hide=chosen), on), to=person)


async def hide_due(uow: UnitOfWork, settings: Settings) -> int:
    """Hide the chats whose time has come, in silence: a line on a lock screen would betray; how many they were."""
    due = []
    for person in await uow.people.hiding_by_themselves():
        span = await uow.chats.span(uow.cipher.lookup("account", person.account))
        country = person.case.file.country if person.case else None
        zone = ZONES.get(country or "", settings.zone)
        if person.auto_hide and span and hides_at(person.auto_hide, *span, zone) <= uow.now:
            due.append(person)
    for person in due:
        await empty(uow, person)
    return len(due)


async def show_again(uow: UnitOfWork, person: Person) -> None:
    """The last that was said, from both sides, back on her screen for a while; each once, as it reads now."""
    require(person, Right.APPEAL)
    if not await moving.may_read_history(uow, person):
        await uow.outbox.put(messages.nothing(person, "again.later"), to=person)
        return
    said = [] if person.frozen else (await _said(uow, person))[-AGAIN_MOST:]
    code = person.case.file.code if person.case else None
    for author, piece in said:
        for method in messages.entry_again(person, author, piece):
            await uow.outbox.put(method, to=person, case=code, lives=AGAIN_LIVES)
    if said:
        await uow.outbox.put(messages.until(person), to=person, lives=AGAIN_LIVES)
    else:
        await uow.outbox.put(messages.nothing(person, "again.nothing"), to=person)


async def _said(uow: UnitOfWork, person: Person) -> list[tuple[Author, Piece]]:
    """What was said in her current case and written in her draft, edited words as they read now."""
    said: dict[int, tuple[Author, Piece]] = {}
    case = None if isinstance(person.case, Shut) else person.case
    for entry in await uow.threads.of(case.file.code) if case else []:
        said[entry.replaces or entry.id] = (entry.author, entry.piece)
    for word in await uow.drafts.words(person.id):
        said[word.replaces or word.id] = (Author.SEEKER, word.piece)
    return list(said.values())


async def wipe_due(uow: UnitOfWork) -> int:
    """Delete what was to stand in a chat for a while only; from how many chats."""
    found = await uow.chats.past_their_time()
    for chat, standing in found.items():
        person = await uow.people.by_chat(chat)
        if person is not None:
            await uow.outbox.put(DeleteMessages(chat_id=person.account, message_ids=standing), lane=Lane.URGENT)
    return len(found)


async def _tell_lawyer(uow: UnitOfWork, code: CaseCode) -> None:
    """His words don't reach her for now."""
    case = await uow.cases.find(code)
    if isinstance(case, Claimed):
        lawyer = await uow.people.get(case.lawyer)
        await receipts.show(uow, lawyer, code, Reach.HIDDEN)
