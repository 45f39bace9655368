"""Which door an event came through, and who stands there. Classes, not `F`: each `F` filter is a thread hop."""

from aiogram.filters import BaseFilter
from aiogram.types import CallbackQuery, Message, TelegramObject

from bot.domain.complaint import ANSWER
from bot.domain.ids import CaseCode, typed_code
from bot.domain.people import Person
from bot.domain.team import ASKED, TYPED
from bot.services import checking, entering, phrasing, wording
from bot.storage.unit_of_work import UnitOfWork


class Private(BaseFilter):
    """In somebody's private chat with the bot."""

    async def __call__(self, event: TelegramObject) -> bool:
        message = event.message if isinstance(event, CallbackQuery) else event
        chat = getattr(message, "chat", None)
        return chat is not None and chat.type == "private"


class Group(BaseFilter):
    """In a group."""

    async def __call__(self, event: TelegramObject) -> bool:
        message = event.message if isinstance(event, CallbackQuery) else event
        chat = getattr(message, "chat", None)
        return chat is not None and chat.type in ("group", "supergroup")


class Channel(BaseFilter):
    """In a channel."""

    async def __call__(self, event: TelegramObject) -> bool:
        chat = getattr(event, "chat", None)
        return chat is not None and chat.type == "channel"


class OnTheTeam(BaseFilter):
    """Whoever has a role: what is written here is nobody's appeal."""

    async def __call__(self, event: TelegramObject, person: Person) -> bool:
        return person.on_the_team


class Naming(BaseFilter):
    """A coordinator who has been asked for a working name, and writes."""

    async def __call__(self, event: Message, person: Person) -> bool:
        return person.coordinates and person.naming is not None and bool(event.text)


class Asked(BaseFilter):
    """A coordinator was asked for this about the team, and writes: in no topic, and in reply to nothing of a case."""

    def __init__(self, what: str) -> None:
        self._what = what

    async def __call__(self, event: Message, person: Person, uow: UnitOfWork, topic: CaseCode | None) -> bool:
        if not person.coordinates or topic is not None or not (person.awaiting or "").startswith(self._what):
            return False
        return not await _replies(event, person, uow)


class Typed(BaseFilter):
    """A new version of what a coordinator wrote about the team."""

    async def __call__(self, event: Message, person: Person, uow: UnitOfWork) -> bool:
        shown = await uow.threads.shown(uow.cipher.lookup("account", person.account), event.message_id)
        return person.on_the_team and shown is not None and shown.slot == TYPED


NEVER_FOR_HER = (ASKED, ANSWER, checking.AWAITED, entering.AWAITED, phrasing.AWAITED, wording.AWAITED)
"""What a coordinator is asked that is no word in the case he is in, or not one that goes there."""


class Lapsed(BaseFilter):
    """He was asked something like it, but too long ago: what is written now would surprise whoever got it.

    The code of a case alone opens it, as always.
    """

    async def __call__(self, event: Message, person: Person, uow: UnitOfWork, topic: CaseCode | None) -> bool:
        if topic is not None or not person.on_the_team or not (person.lapsed or "").startswith(NEVER_FOR_HER):
            return False
        if typed_code(event.text or "") is not None:
            return False
        return not await _replies(event, person, uow)


async def _replies(event: Message, person: Person, uow: UnitOfWork) -> bool:
    if event.reply_to_message is None:
        return False
    chat = uow.cipher.lookup("account", person.account)
    return await uow.threads.shown(chat, event.reply_to_message.message_id) is not None


class Drafting(BaseFilter):
    """She has an appeal open that is not sent, and does not reply to something said in a case."""

    async def __call__(self, event: Message, person: Person, uow: UnitOfWork) -> bool:
        if not person.drafting or event.reply_to_message is None:
            return person.drafting
        chat = uow.cipher.lookup("account", person.account)
        return await uow.threads.shown(chat, event.reply_to_message.message_id) is None


class InTopic(BaseFilter):
    """In the topic of one of her cases."""

    async def __call__(self, event: Message, topic: CaseCode | None) -> bool:
        return topic is not None


class Moving(BaseFilter):
    """A live location that has moved: the first position was taken, where she goes since is nobody's business."""

    async def __call__(self, event: Message) -> bool:
        return event.location is not None and event.edit_date is not None


class InCase(BaseFilter):
    """She has a case her words go to."""

    async def __call__(self, event: TelegramObject, person: Person) -> bool:
        return person.case is not None


class Command(BaseFilter):
    """A command of this name; its argument comes as `argument`."""

    def __init__(self, *names: str) -> None:
        self._names = names

    async def __call__(self, event: Message) -> bool | dict[str, str]:
        if not (event.text or "").startswith("/"):
            return False
        first, _, argument = (event.text or "").partition(" ")
        name, _, _ = first.removeprefix("/").partition("@")
        if name.lower() not in self._names:
            return False
        return {"argument": argument.strip()}


class AnyCommand(BaseFilter):
    """Any command at all."""

    async def __call__(self, event: Message) -> bool:
        return (event.text or "").startswith("/")
