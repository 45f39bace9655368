"""Her own words: into the draft, into the case, or the beginning of an appeal. Nothing she writes is lost."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message, MessageReactionUpdated, ReactionTypeEmoji

from bot.domain.ids import CaseCode
from bot.domain.people import Person
from bot.services import intake, relay, withholding
from bot.settings import Settings
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.callbacks import Withhold
from handlers.filters import AnyCommand, Drafting, InCase, InTopic, Moving, Private
from handlers.incoming import piece_of, replied_to
from handlers.taps import tapped_on


def router() -> Router:
    """Messages and edits in her private chat."""
    router = Router(name="words")
    router.message.filter(Private())
    router.edited_message.filter(Private())
    router.message.register(to_topic, ~AnyCommand(), InTopic())
    router.message.register(to_draft, ~AnyCommand(), Drafting())
    router.message.register(to_case, ~AnyCommand(), InCase())
    router.message.register(to_draft, ~AnyCommand())
    router.edited_message.register(moved, Moving())
    router.edited_message.register(edited)
    router.callback_query.register(withhold, Private(), Withhold.filter())
    router.message_reaction.register(reacted)
    return router


async def to_draft(message: Message, uow: UnitOfWork, person: Person, settings: Settings) -> None:
    """Words before she sends."""
    piece = piece_of(message, person.language)
    await intake.keep_words(uow, settings, person, piece, message.message_id)


async def to_case(message: Message, uow: UnitOfWork, person: Person, settings: Settings) -> None:
    """Words in her case."""
    piece = piece_of(message, person.language)
    await relay.from_seeker(uow, settings, person, piece, message.message_id, replied_to(message))


async def to_topic(message: Message, uow: UnitOfWork, person: Person, settings: Settings, topic: CaseCode) -> None:
    """Words in the topic of a case."""
    piece = piece_of(message, person.language)
    await relay.from_seeker(uow, settings, person, piece, message.message_id, replied_to(message), topic)


async def edited(message: Message, uow: UnitOfWork, person: Person, settings: Settings) -> None:
    """A new version of her words; what was never seen before is taken as new words."""
    piece = piece_of(message, person.language)
    if not await relay.edited(uow, settings, person, piece, message.message_id):
        await intake.keep_words(uow, settings, person, piece, message.message_id)


async def moved(message: Message) -> None:
    """A live location that moved: where she goes is not followed."""


async def withhold(event: CallbackQuery, callback_data: Withhold, uow: UnitOfWork, person: Person) -> None:
    """What was masked in her words: let the lawyer see it, or not."""
    await withholding.choose(uow, person, callback_data.entry, let=callback_data.let, on=tapped_on(event))


async def reacted(event: MessageReactionUpdated, uow: UnitOfWork, person: Person) -> None:
    """A reaction of hers: a silent receipt for the lawyer."""
    emoji = [each.emoji for each in event.new_reaction if isinstance(each, ReactionTypeEmoji)]
    if event.chat.type == "private":
        await relay.reacted(uow, person, event.message_id, emoji[-1] if emoji else None)
