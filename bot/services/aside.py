"""What could not be handled: kept whole, told of, and of somebody whose case is open passed on all the same.

The minimal path reads the raw update itself: words or one file, from her, into the case she is in. It asks nothing of
the code that failed, so that a fault of ours, or a message nobody knows yet, does not come between her and her lawyer.
"""

from datetime import timedelta
from typing import Any

from bot.domain.case import Claimed, Closed
from bot.domain.complaint import ABOUT
from bot.domain.intake import Author, Kind, Piece
from bot.domain.people import Person
from bot.i18n import lasting
from bot.services.reach import pass_on
from bot.services.return_code import holds_live_code
from bot.storage.intake import PASSED_ON
from bot.storage.lanes import Lane
from bot.storage.threads import entry_slot
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.callbacks import PUT_OFF
from bot.telegram.messages import notebook
from bot.telegram.messages import operators as to_operators
from bot.telegram.messages import seeker as messages
from bot.telegram.middlewares import is_there

AGAIN_AFTER = timedelta(days=1)


async def set_aside(uow: UnitOfWork, update_id: int, raw: dict[str, Any], why: str) -> None:
    """Keep an update that could not be handled; she and the coordinators are told."""
    sender, message_id = _private_sender(raw)
    person = await uow.people.by_account(sender) if sender is not None else None
    if person is not None:
        person = await is_there(uow, person, message_id, puts_off=_puts_off(raw))
        if person.blocked and not person.disguised:  # nothing of hers is kept
            await uow.outbox.put(messages.line(person, "refusal.blocked"), to=person)
            uow.intake.done(update_id, "refused", "refusal.blocked")
            return
        if await _passed_on(uow, person, raw):
            why = f"{PASSED_ON}{why}"
        told = notebook.saved(person) if person.disguised else messages.line(person, "set_aside")
        await uow.outbox.put(told, to=person, lane=Lane.URGENT if person.disguised else Lane.CONVERSATION)
    await uow.intake.set_aside(update_id, raw, why)
    for coordinator in await uow.people.coordinators():
        await _tell(uow, coordinator, "set_aside.coordinators", why=why)


async def remind(uow: UnitOfWork) -> int:
    """Once a day, as long as something waits for a person; how many coordinators were told."""
    if not await uow.intake.count_set_aside():
        return 0
    untold = [each for each in await uow.people.coordinators() if not await uow.outbox.spoken(_slot(each), AGAIN_AFTER)]
    for coordinator in untold:
        await _tell(uow, coordinator, "set_aside.still")
    return len(untold)


async def _tell(uow: UnitOfWork, coordinator: Person, key: str, **more: Any) -> None:
    """How many wait, and how long the oldest has waited."""
    number, since = await uow.intake.count_set_aside(), await uow.intake.oldest_aside()
    waited = lasting(coordinator.language, uow.now - (since or uow.now))
    told = to_operators.to_coordinator(coordinator, key, number=number, span=waited, **more)
    await uow.outbox.put(told, to=coordinator, slot=_slot(coordinator), replaceable=True)


def _slot(coordinator: Person) -> str:
    return f"set_aside:{coordinator.id}"


async def _passed_on(uow: UnitOfWork, her: Person, raw: dict[str, Any]) -> bool:
    """Her words or her file into her open case. False when there is no such case, or nothing that can be passed on.

    Nor what may be meant for nobody there: the words of another appeal she has begun, or a secret she was asked for.
    """
    piece, case = _piece(raw.get("message")), her.case
    if piece is None or case is None or isinstance(case, Closed):
        return False
    if (
        her.on_the_team
        or her.blocked
        or her.disguised
        or her.drafting
        or her.awaiting
        or await _to_coordinators(uow, her, raw["message"])
        or await holds_live_code(uow, piece.text)
    ):
        return False
    entry = await uow.threads.add(case.file.code, Author.SEEKER, piece)
    chat = uow.cipher.lookup("account", her.account)
    uow.threads.show(chat, raw["message"]["message_id"], entry_slot(entry.id), case.file.code)
    if isinstance(case, Claimed):
        await pass_on(uow, await uow.people.get(case.lawyer), entry)
    return True


async def _to_coordinators(uow: UnitOfWork, her: Person, message: dict[str, Any]) -> bool:
    """True for a reply to what the coordinators said to her alone: no lawyer reads it."""
    replied = (message.get("reply_to_message") or {}).get("message_id")
    chat = uow.cipher.lookup("account", her.account)
    shown = await uow.threads.shown(chat, replied) if isinstance(replied, int) else None
    return shown is not None and shown.slot.startswith(ABOUT)


def _piece(message: Any) -> Piece | None:
    """Text, or the first file of a message nobody could read; without its formatting."""
    if not isinstance(message, dict) or not isinstance(message.get("message_id"), int):
        return None
    written = next((message[key] for key in ("text", "caption") if isinstance(message.get(key), str)), "")
    for kind in Kind:
        content = message.get(kind)
        file = content[-1] if isinstance(content, list) and content else content
        if isinstance(file, dict) and isinstance(file.get("file_id"), str):
            return Piece(kind, written, file_id=file["file_id"])
    return Piece(Kind.TEXT, written) if written and not written.startswith("/") else None


def _puts_off(raw: dict[str, Any]) -> bool:
    """True for *not now* and *it is not me*, also when the tap itself could not be handled."""
    tap = raw.get("callback_query")
    data = tap.get("data") if isinstance(tap, dict) else None
    return isinstance(data, str) and data.startswith(PUT_OFF)


def _private_sender(raw: dict[str, Any]) -> tuple[int | None, int | None]:
    """The account behind an update nobody could read, when it came from a private chat, and the message it brought."""
    for kind in ("message", "edited_message", "callback_query"):
        event = raw.get(kind)
        if isinstance(event, dict):
            chat = (event.get("message") or {}).get("chat") if kind == "callback_query" else event.get("chat")
            sender = (event.get("from") or {}).get("id")
            if isinstance(chat, dict) and chat.get("type") == "private" and isinstance(sender, int):
                message_id = event.get("message_id") if kind == "message" else None
                return sender, message_id if isinstance(message_id, int) else None
    return None, None
