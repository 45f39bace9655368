"""Reaching people: the lawyer at once; her only while she is there, or the way she chose."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from aiogram.methods import TelegramMethod

from bot.domain.case import CaseFile, Contact
from bot.domain.flood import Fold
from bot.domain.follow_up import Reach, Way, way_to
from bot.domain.intake import Author, Entry, Withheld
from bot.domain.masking import WHOLE, traces
from bot.domain.people import Person
from bot.i18n import label
from bot.settings import Settings
from bot.storage.lanes import Lane
from bot.storage.threads import entry_slot
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.messages import conversation, withheld
from bot.telegram.messages import seeker as messages

ALBUM_SETTLES = timedelta(seconds=1.5)
"""An album has no end marker: it is passed on when no new part came for this long."""

ZONES = {"KZ": ZoneInfo("Asia/Almaty"), "KG": ZoneInfo("Asia/Bishkek")}
"""One time zone in each country: UTC+5 since 1 March 2024, and UTC+6 (tzdata)."""


async def pass_on(
    uow: UnitOfWork,
    lawyer: Person,
    entry: Entry,
    *,
    reply_to: int | None = None,
    live: bool = False,
    fold: Fold | None = None,
) -> None:
    """One entry into the private chat of the lawyer who holds the case, under its code.

    `live`: it has just been said, so an album may still be growing. `fold`: it waits behind a notice, and why.
    """
    own = entry.author is Author.LAWYER
    key = "relay.by_lawyer" if own else "relay.edited" if entry.replaces else "relay.head"
    head = label(lawyer.language, key, code=entry.case)
    hides = not own and bool(traces(entry.piece))
    state = await uow.withheld.state(entry.id) if hides else None
    piece = withheld.seen_by_lawyer(lawyer, entry.piece, state) if hides else entry.piece
    methods = conversation.rebuilt(lawyer, piece, head, protected=True)
    answered = entry.replaces or reply_to
    for number, method in enumerate(methods, start=1):
        await uow.outbox.put(
            method,
            case=entry.case,
            slot=entry_slot(entry.id) if number == len(methods) else f"appeal:{entry.case}",
            reply_slot=entry_slot(answered) if answered else None,
            album=album_of(entry) if len(methods) == 1 else None,
            not_before=uow.now + ALBUM_SETTLES if live and entry.piece.album else None,
            mark=label(lawyer.language, "relay.repeated"),
            held=fold or False,
        )
    if state is Withheld.ALLOWED and entry.piece.kind not in WHOLE:
        offer = withheld.may_be_shown(lawyer, entry.case, entry.id)
        await uow.outbox.put(offer, case=entry.case, reply_slot=entry_slot(entry.id), held=fold or False)


def album_of(entry: Entry) -> str | None:
    """What ties the parts of one album together in the outbox."""
    return f"{entry.case}:{entry.author}:{entry.piece.album}" if entry.piece.album else None


async def tell(
    uow: UnitOfWork,
    settings: Settings,
    file: CaseFile,
    method: TelegramMethod[Any],
    *,
    slot: str | None = None,
    replaceable: bool = False,
    reply_slot: str | None = None,
    album: str | None = None,
    by_itself: bool = False,
) -> Reach | None:
    """Say something in a case to her, by her contact choice; how it goes.

    None: she blocked the bot, and it is held; or she came by phone, and nothing is said.
    """
    her = await uow.people.get(file.seeker)
    if not her.has_chat:
        return None
    way = _way(her, file, settings, uow.now, by_itself=by_itself)
    held = way.reach is not Reach.AT_ONCE
    await uow.outbox.put(
        method,
        to=her,
        case=file.code,
        slot=slot,
        replaceable=replaceable,
        reply_slot=reply_slot,
        album=album,
        held=held,
        topic=file.code,
        not_before=uow.now + ALBUM_SETTLES if album else None,
    )
    if held and not her.held:
        await uow.people.set(her, held=True)
    if way.reach is Reach.NOTICE and not await uow.outbox.stands(her, notice_slot(her)):
        await notice(uow, her, way.notice_at)
    return way.reach if her.reachable else None


async def may_come(uow: UnitOfWork, settings: Settings, her: Person) -> bool:
    """True when what is held for her may come now; else the neutral line says that it waits, the way she chose."""
    way = _way(her, her.case.file, settings, uow.now) if her.case else Way(Reach.HELD)
    if way.reach is Reach.NOTICE and await uow.outbox.holds(uow.cipher.lookup("account", her.account)):
        await notice(uow, her, way.notice_at)
    return way.reach is Reach.AT_ONCE


def is_there(her: Person, file: CaseFile, settings: Settings, now: datetime) -> bool:
    """True while the hotline may speak up by itself on her screen, because she is looking at it."""
    return _way(her, file, settings, now, by_itself=True).reach is Reach.AT_ONCE


def zone_of(settings: Settings, file: CaseFile) -> ZoneInfo:
    """The clock she lives by; the organisation's while her country is unknown."""
    return ZONES.get(file.country or "", settings.zone)


def _way(her: Person, file: CaseFile, settings: Settings, now: datetime, *, by_itself: bool = False) -> Way:
    """What has been said about her phone comes before what she chose for the case.

    `by_itself`: nobody says it. Whoever wants to be written to only when she writes is answered, not spoken to.
    """
    if not her.reachable:
        return Way(Reach.HELD)
    if her.frozen:
        return Way(Reach.FROZEN)
    if her.hidden:
        return Way(Reach.HIDDEN)
    if by_itself and file.contact is Contact.WHEN_SHE_WRITES:
        return Way(Reach.HELD)
    present_for = timedelta(minutes=settings.present_minutes)
    return way_to(file.contact, file.hours, her.seen_at, zone_of(settings, file), now, present_for)


def notice_slot(her: Person) -> str:
    """The slot of the one neutral line that says something waits for her."""
    return f"notice:{her.id}"


async def notice(uow: UnitOfWork, her: Person, at: datetime | None) -> None:
    """One neutral line, once, until she comes. In the last lane: what waits for its hour holds up nothing else."""
    await uow.outbox.put(
        messages.waiting_notice(her),
        to=her,
        slot=notice_slot(her),
        replaceable=True,
        not_before=at,
        lane=Lane.DIGEST,
    )
