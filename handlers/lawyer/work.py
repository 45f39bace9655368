"""The lawyer's work on a case: notes, its status, how it ends or goes on, and to whom it goes."""

from aiogram import Router
from aiogram.filters import BaseFilter
from aiogram.types import CallbackQuery, Message

from bot.domain.broadcast import BROADCAST
from bot.domain.case_notes import WANTED, WRITTEN, Wanted
from bot.domain.ids import CaseCode, typed_code
from bot.domain.people import Person
from bot.domain.team import TYPED
from bot.services import case_notes, ending, hand_over, status, writing
from bot.settings import Settings
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.callbacks import Act, CaseAct, CloseAs
from bot.telegram.work_buttons import HandTo, Offer, OfferAct, WorkOn, Wrote, WroteAct
from handlers.filters import AnyCommand, Command, OnTheTeam, Private
from handlers.incoming import piece_of, replied_to
from handlers.taps import Doing, tapped_on

NOT_TO_HER = (WANTED, WRITTEN, TYPED, BROADCAST, "offer:")
"""How the slots begin of what a reply to is never for her."""


class Answers(BaseFilter):
    """A reply to a question of the hotline's, to a note, or to an offer; which one comes as `wanted`."""

    async def __call__(self, event: Message, person: Person, uow: UnitOfWork) -> bool | dict[str, Wanted | None]:
        if event.reply_to_message is None:
            return False
        chat = uow.cipher.lookup("account", person.account)
        shown = await uow.threads.shown(chat, event.reply_to_message.message_id)
        if shown is None or not shown.slot.startswith(NOT_TO_HER):
            return False
        return {"wanted": writing.wanted_by(shown.slot, shown.case)}


class Unsure(BaseFilter):
    """A question is open, and he writes without a reply to anything: for whom, nobody can know. It is `wanted`.

    A code alone opens its case, as always.
    """

    async def __call__(
        self, event: Message, person: Person, uow: UnitOfWork, topic: CaseCode | None
    ) -> bool | dict[str, Wanted]:
        wanted, replied = Wanted.of(person.awaiting), replied_to(event)
        if wanted is None or topic not in (None, wanted.case):
            return False
        if replied is None and typed_code(event.text or "") is not None:
            return False
        chat = uow.cipher.lookup("account", person.account)
        if replied is not None and await uow.threads.shown(chat, replied) is not None:
            return False
        return {"wanted": wanted}


class Rewrites(BaseFilter):
    """He edits a message that is a note; its slot comes as `slot`."""

    async def __call__(self, event: Message, person: Person, uow: UnitOfWork) -> bool | dict[str, str]:
        shown = await uow.threads.shown(uow.cipher.lookup("account", person.account), event.message_id)
        return {"slot": shown.slot} if shown is not None and shown.slot.startswith(WRITTEN) else False


class Does(BaseFilter):
    """A button that does this with an offer, or with what he wrote."""

    def __init__(self, act: OfferAct | WroteAct) -> None:
        self._act = act

    async def __call__(self, event: CallbackQuery, callback_data: Offer | Wrote) -> bool:
        return callback_data.act is self._act


def router() -> Router:
    """Before anything else the team writes: what is no word to her must never become one."""
    router = Router(name="work")
    router.message.filter(Private(), OnTheTeam())
    router.edited_message.filter(Private(), OnTheTeam())
    router.message.register(reopen_by_code, Command("reopen"))
    router.message.register(answers, ~AnyCommand(), Answers())
    router.message.register(unsure, ~AnyCommand(), Unsure())
    router.edited_message.register(rewrites, Rewrites())
    router.edited_message.register(answers, Answers())
    router.callback_query.register(note, CaseAct.filter(), Doing(Act.NOTE))
    router.callback_query.register(ask_status, CaseAct.filter(), Doing(Act.STATUS))
    router.callback_query.register(ask_whom, CaseAct.filter(), Doing(Act.HAND_OVER))
    router.callback_query.register(ask_outcome, CaseAct.filter(), Doing(Act.CLOSE))
    router.callback_query.register(ask_why, CaseAct.filter(), Doing(Act.WHY))
    router.callback_query.register(ask_reason, CaseAct.filter(), Doing(Act.REOPEN))
    router.callback_query.register(close, CloseAs.filter())
    router.callback_query.register(choose_status, WorkOn.filter())
    router.callback_query.register(cancel, Wrote.filter(), Does(WroteAct.CANCEL))
    router.callback_query.register(take, Wrote.filter(), Does(WroteAct.TAKE))
    router.callback_query.register(drop, Wrote.filter(), Does(WroteAct.DROP))
    router.callback_query.register(hand_to, HandTo.filter())
    router.callback_query.register(accept, Offer.filter(), Does(OfferAct.ACCEPT))
    router.callback_query.register(decline, Offer.filter(), Does(OfferAct.DECLINE))
    router.callback_query.register(withdraw, Offer.filter(), Does(OfferAct.WITHDRAW))
    return router


async def answers(message: Message, uow: UnitOfWork, person: Person, settings: Settings, wanted: Wanted | None) -> None:
    """A note, a reason: whatever was asked for."""
    said = (message.message_id, piece_of(message, person.language))
    await writing.answered(uow, settings, person, wanted, [said])


async def unsure(message: Message, uow: UnitOfWork, person: Person, wanted: Wanted) -> None:
    """Is it a note, or is it for her?"""
    said = (message.message_id, piece_of(message, person.language))
    await writing.unsure(uow, person, wanted, said)


async def rewrites(message: Message, uow: UnitOfWork, person: Person, slot: str) -> None:
    """The note is different now."""
    await writing.edited(uow, person, slot, piece_of(message, person.language))


async def note(
    event: CallbackQuery, callback_data: CaseAct, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """What shall be written down?"""
    await writing.ask_note(uow, settings, CaseCode(callback_data.code), person)


async def take(event: CallbackQuery, callback_data: Wrote, uow: UnitOfWork, person: Person, settings: Settings) -> None:
    """The words that were kept are what was asked for."""
    await writing.take(uow, settings, person, wanted_of(callback_data), tapped_on(event))


async def cancel(event: CallbackQuery, callback_data: Wrote, uow: UnitOfWork, person: Person) -> None:
    """Nothing is written down."""
    await case_notes.cancel(uow, person, wanted_of(callback_data), tapped_on(event))


async def drop(event: CallbackQuery, uow: UnitOfWork, person: Person) -> None:
    """The words that were kept are for nobody."""
    await writing.drop(uow, person, tapped_on(event))


async def ask_status(event: CallbackQuery, callback_data: CaseAct, uow: UnitOfWork, person: Person) -> None:
    """How does it stand?"""
    await status.ask(uow, CaseCode(callback_data.code), person, None)


async def choose_status(
    event: CallbackQuery, callback_data: WorkOn, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """It stands so."""
    code, work = CaseCode(callback_data.code), callback_data.work
    await status.choose(uow, settings, code, work, person, tapped_on(event))


async def ask_outcome(event: CallbackQuery, callback_data: CaseAct, uow: UnitOfWork, person: Person) -> None:
    """How did it end?"""
    await ending.ask_outcome(uow, CaseCode(callback_data.code), person, tapped_on(event))


async def close(
    event: CallbackQuery, callback_data: CloseAs, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """Closed with an outcome, or asked first why."""
    code, outcome = CaseCode(callback_data.code), callback_data.outcome
    await ending.choose(uow, settings, code, outcome, person, tapped_on(event))


async def ask_why(
    event: CallbackQuery, callback_data: CaseAct, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """Why did it end?"""
    await ending.ask_why(uow, settings, CaseCode(callback_data.code), person)


async def ask_reason(
    event: CallbackQuery, callback_data: CaseAct, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """Why shall it be opened again?"""
    await ending.ask_reason(uow, settings, CaseCode(callback_data.code), person)


async def reopen_by_code(message: Message, uow: UnitOfWork, person: Person, settings: Settings, argument: str) -> None:
    """The same, by the code of the case."""
    await ending.ask_reason(uow, settings, CaseCode(argument.upper()), person)


async def ask_whom(
    event: CallbackQuery, callback_data: CaseAct, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """To whom shall it go?"""
    await hand_over.ask_whom(uow, settings, CaseCode(callback_data.code), person, None)


async def hand_to(
    event: CallbackQuery, callback_data: HandTo, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """To this one; with which note?"""
    code, to = CaseCode(callback_data.code), callback_data.id
    await hand_over.choose(uow, settings, code, to, person, tapped_on(event))


async def accept(
    event: CallbackQuery, callback_data: Offer, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """He takes it."""
    await hand_over.accept(uow, settings, CaseCode(callback_data.code), person, tapped_on(event))


async def decline(event: CallbackQuery, callback_data: Offer, uow: UnitOfWork, person: Person) -> None:
    """He can't."""
    await hand_over.decline(uow, CaseCode(callback_data.code), person, tapped_on(event))


async def withdraw(
    event: CallbackQuery, callback_data: Offer, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """The giver keeps it."""
    await hand_over.withdraw(uow, settings, CaseCode(callback_data.code), person, tapped_on(event))


def wanted_of(data: Wrote) -> Wanted:
    """What the button is about."""
    return Wanted(data.kind, CaseCode(data.code), data.leads_to)
