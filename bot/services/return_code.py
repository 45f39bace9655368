"""The return code: shown once, kept as a keyed hash, and a way back to her appeals from any account."""

from aiogram.methods import DeleteMessages

from bot.domain.errors import NotAllowed, OutOfDate
from bot.domain.ids import PersonId
from bot.domain.people import Person, ReturnCode
from bot.domain.return_code import (
    MANY_TRIES,
    PAUSE,
    SHOWN_FOR,
    TRIES,
    TRIES_WITHIN,
    codes_within,
    new_return_code,
)
from bot.domain.rights import Right, require
from bot.i18n import lasting
from bot.services import moving
from bot.settings import Settings
from bot.storage.lanes import Lane
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.messages import operators as to_operators
from bot.telegram.messages import return_code as messages
from bot.telegram.messages.common import said

ASKED = "code"
"""What her next text is once she has said that she has a code."""

ALARMED = "many codes tried"
"""The fact that says when the coordinators were last told."""


async def about(uow: UnitOfWork, person: Person, on: int | None) -> None:
    """What the code is for."""
    require(person, Right.APPEAL)
    await uow.outbox.put(messages.about(person, on), to=person)


async def ask_new(uow: UnitOfWork, person: Person, on: int | None) -> None:
    """Shall a new code replace the old one?"""
    require(person, Right.APPEAL)
    _no_stranger(person)
    await uow.outbox.put(messages.ask_new(person, on), to=person)


async def show(uow: UnitOfWork, person: Person) -> None:
    """A new code, on the screen for ten minutes at most; it opens from now on, whether she confirms it or not.

    Raises NotAllowed where somebody said *it is not me*: her code is what opens that chat again.
    """
    require(person, Right.APPEAL)
    _no_stranger(person)
    code = new_return_code(uow.chance)
    await uow.codes.keep(person, code)
    await uow.outbox.put(messages.digits(person, code), to=person, lives=SHOWN_FOR, lane=Lane.URGENT)


async def confirm(uow: UnitOfWork, person: Person, on: int | None) -> None:
    """She says that she has written it down. Raises OutOfDate for a tap that comes faster than anybody writes."""
    require(person, Right.APPEAL)
    since = await uow.chats.since(_chat(uow, person), on) if on is not None else None
    if on is None or since is None or person.return_code is not ReturnCode.SHOWN:
        raise OutOfDate("refusal.old_button")
    if uow.now - since < PAUSE:
        raise OutOfDate("refusal.code_pause")
    await uow.people.set(person, return_code=ReturnCode.KEPT)
    await delete(uow, person, on)
    await uow.outbox.put(messages.told(person, "code.kept"), to=person)


async def refuse(uow: UnitOfWork, person: Person, on: int | None) -> None:
    """She knows what it is for and wants none."""
    require(person, Right.APPEAL)
    if person.return_code is None:
        await uow.people.set(person, return_code=ReturnCode.REFUSED)
    await uow.outbox.put(messages.told(person, "code.none"), to=person)


async def ask(uow: UnitOfWork, person: Person, on: int | None) -> None:
    """She has a code: her next sixteen digits are it."""
    require(person, Right.APPEAL)
    await uow.people.await_text(person, ASKED)
    await uow.outbox.put(messages.ask(person, on), to=person)


async def enter(uow: UnitOfWork, settings: Settings, person: Person, code: str, message_id: int) -> bool:
    """Sixteen digits alone, asked for or not. False when they are her words as always.

    They are that for somebody in the middle of an appeal who was not asked, unless they open something: a card number
    may be what she has to tell. Five wrong codes an hour; after them the right one is refused too.
    """
    require(person, Right.APPEAL)
    asked = person.awaiting == ASKED or (person.case is None and not person.drafting)
    tries = await uow.codes.tries(person)
    if len(tries) >= TRIES and (asked or await uow.codes.any_live([code])):
        await delete(uow, person, message_id)
        span = lasting(person.language, tries[-TRIES] + TRIES_WITHIN - uow.now)
        await uow.outbox.put(messages.told(person, "code.too_many", span=span), to=person)
        return True
    owner = await uow.codes.owner(code)
    if owner is None:
        await count_try(uow, person)
        if asked:
            await uow.outbox.put(messages.told(person, "code.wrong"), to=person)
        return asked
    await _open(uow, settings, person, owner, message_id)
    return True


async def enter_unseen(uow: UnitOfWork, settings: Settings, person: Person, code: str, message_id: int) -> bool:
    """Sixteen digits in a notebook: they open it, or they are a note like any other; False then."""
    if len(await uow.codes.tries(person)) >= TRIES:
        return False
    owner = await uow.codes.owner(code)
    if owner is None:
        await count_try(uow, person)
        return False
    await _open(uow, settings, person, owner, message_id)
    return True


async def _open(uow: UnitOfWork, settings: Settings, person: Person, owner: PersonId, message_id: int) -> None:
    await delete(uow, person, message_id)
    if owner != person.id:
        await moving.move(uow, settings, await uow.people.get(owner), person)
        return
    await moving.open_again(uow, person)
    if person.disguised:
        await moving.ask_new_word(uow, person)


async def count_try(uow: UnitOfWork, person: Person) -> None:
    """A code that opened nothing; very many in an hour, whoever tries, are told to the coordinators once."""
    uow.codes.note_try(person)
    if await uow.codes.tries_of_all() < MANY_TRIES:
        return
    hour = str(int(uow.now.timestamp() // TRIES_WITHIN.total_seconds()))
    if await uow.intake.fact(ALARMED) == hour:
        return
    await uow.intake.set_fact(ALARMED, hour)
    for coordinator in await uow.people.coordinators():
        await uow.outbox.put(to_operators.to_coordinator(coordinator, "coordinator.codes"), to=coordinator)


async def holds_live_code(uow: UnitOfWork, words: str) -> bool:
    """True when these words hold somebody's return code, alone or among others: they must go to nobody."""
    return await uow.codes.any_live(codes_within(words))


async def keep_back(uow: UnitOfWork, person: Person, message_id: int) -> None:
    """Words that hold a live code: passed on to nobody, deleted where they stand, and that is said."""
    await delete(uow, person, message_id)
    await uow.outbox.put(said(person, "code.not_passed_on"), to=person, lane=Lane.URGENT)


async def delete(uow: UnitOfWork, person: Person, message_id: int) -> None:
    """Take one message out of a chat at once."""
    await uow.chats.gone(_chat(uow, person), [message_id])
    gone = DeleteMessages(chat_id=person.account, message_ids=[message_id])
    await uow.outbox.put(gone, lane=Lane.URGENT)


def _no_stranger(person: Person) -> None:
    if person.frozen:
        raise NotAllowed("refusal.frozen")


def _chat(uow: UnitOfWork, person: Person) -> str:
    return uow.cipher.lookup("account", person.account)
