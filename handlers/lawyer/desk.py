"""Cards and cases: claim, not me, make current, release."""

from aiogram import Router
from aiogram.filters import BaseFilter
from aiogram.types import CallbackQuery, Message

from bot.domain.desk import Mark
from bot.domain.ids import CaseCode, typed_code
from bot.domain.people import Person
from bot.services import answering, asking, case_view, desk, evidence, queue
from bot.settings import Settings
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.callbacks import Act, CaseAct
from bot.telegram.desk_buttons import CasePart, DeskLeaf
from handlers.filters import Group, OnTheTeam, Private
from handlers.taps import Doing, answered, tapped_on


class TypedCode(BaseFilter):
    """Nothing but the code of a case; it comes as `code`."""

    async def __call__(self, event: Message) -> bool | dict[str, CaseCode]:
        code = typed_code(event.text or "")
        return False if code is None else {"code": code}


def router() -> Router:
    """Buttons of a case, wherever they are tapped; the services look at who taps."""
    router = Router(name="desk")
    router.callback_query.register(claim, CaseAct.filter(), Doing(Act.CLAIM))
    router.callback_query.register(not_me, CaseAct.filter(), Doing(Act.NOT_ME))
    router.callback_query.register(open_from_card, Group(), CaseAct.filter(), Doing(Act.OPEN))
    router.callback_query.register(open_case, CaseAct.filter(), Doing(Act.OPEN))
    router.callback_query.register(release, CaseAct.filter(), Doing(Act.RELEASE))
    router.callback_query.register(send, CaseAct.filter(), Doing(Act.SEND))
    router.callback_query.register(explain_saving, CaseAct.filter(), Doing(Act.SAVE))
    router.callback_query.register(thaw, CaseAct.filter(), Doing(Act.THAW))
    router.callback_query.register(show_folded, CaseAct.filter(), Doing(Act.MORE))
    router.callback_query.register(turn, Private(), DeskLeaf.filter())
    router.callback_query.register(show_part, Private(), CasePart.filter())
    router.message.register(open_typed, Private(), OnTheTeam(), TypedCode())
    return router


async def claim(
    event: CallbackQuery, callback_data: CaseAct, uow: UnitOfWork, person: Person, settings: Settings, bot_name: str
) -> None:
    """Take it. Who never opened the private chat is led there first."""
    code = CaseCode(callback_data.code)
    if person.on_cases and not person.started:
        answered(uow, event, person, "claim.start_first", url=f"https://t.me/{bot_name}?start=claim")
        return
    case = await queue.claim(uow, settings, code, person)
    answered(uow, event, person, "claim.done" if case.lawyer == person.id else "claim.look", code=code)


async def not_me(
    event: CallbackQuery, callback_data: CaseAct, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """A conflict of interest."""
    await desk.not_me(uow, settings, CaseCode(callback_data.code), person)
    answered(uow, event, person, "claim.not_me", code=callback_data.code)


async def thaw(
    event: CallbackQuery, callback_data: CaseAct, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """It is her again."""
    await asking.thaw(uow, settings, CaseCode(callback_data.code), person)


async def open_case(
    event: CallbackQuery, callback_data: CaseAct, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """What he writes goes here from now on."""
    await case_view.open_case(uow, settings, person, CaseCode(callback_data.code))


async def open_from_card(
    event: CallbackQuery, callback_data: CaseAct, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """The same from the group: it is shown in the private chat."""
    await case_view.open_case(uow, settings, person, CaseCode(callback_data.code))
    answered(uow, event, person, "desk.opened", code=callback_data.code)


async def open_typed(message: Message, code: CaseCode, uow: UnitOfWork, person: Person, settings: Settings) -> None:
    """The same by its code; words that are nothing but a code go to nobody."""
    await case_view.open_case(uow, settings, person, code, typed=True)


async def turn(
    event: CallbackQuery, callback_data: DeskLeaf, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """Another pile, or another leaf of it."""
    mark = Mark(callback_data.rank, callback_data.code) if callback_data.code else None
    await desk.turn(uow, settings, person, callback_data.pile, mark, back=callback_data.back, on=tapped_on(event))


async def show_part(
    event: CallbackQuery, callback_data: CasePart, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """What is known, what has happened, what was said."""
    code, on = CaseCode(callback_data.code), tapped_on(event)
    asked = callback_data
    await case_view.show_part(uow, settings, person, code, asked.part, asked.at, back=asked.back, on=on)


async def release(
    event: CallbackQuery, callback_data: CaseAct, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """Back to the queue."""
    await desk.release(uow, settings, CaseCode(callback_data.code), person)


async def send(
    event: CallbackQuery, callback_data: CaseAct, uow: UnitOfWork, person: Person, settings: Settings
) -> None:
    """The words he wrote are for this case."""
    await answering.send_kept(uow, settings, person, CaseCode(callback_data.code))


async def explain_saving(event: CallbackQuery, callback_data: CaseAct, uow: UnitOfWork, person: Person) -> None:
    """How a message is saved as evidence."""
    await evidence.explain(uow, CaseCode(callback_data.code), person)


async def show_folded(event: CallbackQuery, callback_data: CaseAct, uow: UnitOfWork, person: Person) -> None:
    """What waited behind a notice."""
    await desk.show_folded(uow, CaseCode(callback_data.code), person, tapped_on(event))
