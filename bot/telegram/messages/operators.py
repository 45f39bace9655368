"""What the operator group and the coordinators see: cards without a word of hers, invitations, the week's counts."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram.methods import EditMessageText, SendMessage
from aiogram.types import InlineKeyboardMarkup

from bot.domain.case import Case, CaseFile, Claimed, Closed, Queued, Shut, Submitted
from bot.domain.desk import Pile
from bot.domain.ids import CaseCode
from bot.domain.people import Person, Reader, Role
from bot.domain.profile import Suited
from bot.domain.set_up import SetUp
from bot.i18n import Markup, label, moment_in, number_in, text
from bot.telegram.callbacks import Act, CaseAct, WeekOf
from bot.telegram.coding_buttons import Uncoded
from bot.telegram.desk_buttons import DeskLeaf
from bot.telegram.duty_buttons import RotaDay
from bot.telegram.enter_buttons import EnterAct, EnterDoes
from bot.telegram.group_buttons import GroupList
from bot.telegram.keyboards import Row, button, keyboard
from bot.telegram.messages import windows
from bot.telegram.messages.common import (
    SIGNS,
    category_name,
    lines,
    message,
    paragraphs,
    region_name,
    said,
    screen,
    subcategory_name,
)
from bot.telegram.messages.profile import suits
from bot.telegram.service_buttons import ServiceList
from bot.telegram.team_buttons import BroadcastAct, BroadcastOf, Invite


def card(
    group: Reader,
    case: Case,
    zone: ZoneInfo,
    now: datetime,
    *,
    fit: Suited | None,
    why: str | None = None,
    giver: Person | None = None,
) -> SendMessage:
    """A new card. `why` is the key of a line in front of it (still unclaimed, back in the queue, danger now).

    `giver`: whoever holds it hands it over to whoever takes it.
    """
    suit = suits(group.language, case.file, fit) if fit else None
    words = lines(card_words(group.language, case, zone, now, giver.working_name if giver else None, why), suit)
    return message(group, words, _card_buttons(group, case, offered=giver is not None), protected=True)


def card_edited(
    group: Reader,
    case: Case,
    zone: ZoneInfo,
    now: datetime,
    *,
    holder: str | None = None,
    fit: Suited | None = None,
    offered: bool = False,
) -> EditMessageText:
    """The card as the case stands now; its place is found by its slot. `fit`: whom it suits while it waits."""
    why = "card.handed_over" if offered else None
    words = lines(
        card_words(group.language, case, zone, now, holder, why), suits(group.language, case.file, fit) if fit else None
    )
    edit = screen(group, words, _card_buttons(group, case, offered), on=0)
    assert isinstance(edit, EditMessageText)
    return edit


def card_in_private(
    person: Person,
    case: Case,
    zone: ZoneInfo,
    now: datetime,
    *,
    holder: str | None,
    rows: Sequence[Row],
    more: Sequence[Row] = (),
) -> SendMessage:
    """What the card shows, to one of the team; a case that waits can be claimed here. `more`: what else may be done."""
    words = card_words(person.language, case, zone, now, holder, None)
    shown = _card_buttons(person, case, offered=False).inline_keyboard if isinstance(case, Queued) else rows
    return message(person, words, keyboard(*shown, *more), protected=True)


def more_cards(group: Reader, number: int) -> SendMessage:
    """So many cards are still to come; the urgent ones come first."""
    return said(group, "card.more", None, number=number_in(group.language, number))


def card_below(group: Reader, case: Case, older: int) -> SendMessage | EditMessageText:
    """In place of an older card: the newer one stands below."""
    return screen(group, text(group.language, "card.below", code=case.file.code), keyboard(), older)


def card_elsewhere(group: Reader, code: CaseCode, on: int) -> SendMessage | EditMessageText:
    """In place of a card that belongs to another group."""
    return screen(group, text(group.language, "card.elsewhere", code=code), keyboard(), on)


def card_words(
    language: str | None, case: Case, zone: ZoneInfo, now: datetime, holder: str | None, why: str | None = None
) -> Markup:
    """What may be known of a case before it is one's own: no word of hers."""
    file = case.file
    return lines(
        text(language, why) if why else None,
        text(
            language,
            "card.head",
            sign=SIGNS[file.urgency],
            code=file.code,
            urgency=text(language, f"urgency.{file.urgency}"),
        ),
        text(
            language,
            "card.about",
            category=category_name(language, file.category),
            subcategory=subcategory_name(language, file.subcategory)
            if file.subcategory
            else label(language, "card.unknown"),
        ),
        text(
            language,
            "card.where",
            region=region_name(language, file.region),
            reads=label(language, f"language.{file.language}" if file.language else "card.unknown"),
            age=age_name(language, file),
        ),
        text(language, f"card.channel.{file.channel}") if file.channel else None,
        text(language, "card.kinds", kinds=kinds_named(language, file.danger)) if file.danger else None,
        *(windows.left(language, file, now) if isinstance(case, Submitted | Queued | Claimed) else ()),
        _standing(language, case, zone, holder),
    )


def kinds_named(language: str | None, danger: str) -> str:
    """The kinds of danger that the risk screen saw."""
    return ", ".join(
        label(language, "risk.other" if each == "other" else f"button.kind.{each}") for each in danger.split()
    )


def age_name(language: str | None, file: CaseFile) -> str:
    """The age band in words; `not said` when it wasn't."""
    return label(language, f"option.age.{file.age}" if file.age else "card.unknown")


def _standing(language: str | None, case: Case, zone: ZoneInfo, holder: str | None) -> Markup:
    match case:
        case Submitted():
            return text(language, "card.waiting", moment=moment_in(language, case.file.submitted_at, zone))
        case Queued():
            return text(language, "card.waiting", moment=moment_in(language, case.since, zone))
        case Claimed():
            name = holder or text(language, "team.unnamed")
            held = text(language, "card.claimed", name=name, moment=moment_in(language, case.at, zone))
            return lines(held, text(language, f"work.{case.work}") if case.work else None)
        case Closed():
            return text(language, "card.closed", outcome=text(language, f"outcome.{case.outcome}"))
        case Shut():
            return text(language, "card.gone", code=case.file.code)


def _card_buttons(group: Reader, case: Case, offered: bool) -> InlineKeyboardMarkup:
    code = case.file.code
    if isinstance(case, Claimed) and not offered:
        return keyboard([button(group.language, "button.open", CaseAct(act=Act.OPEN, code=code))])
    if not isinstance(case, Queued) and not offered:
        return keyboard()
    return keyboard(
        [button(group.language, "button.claim", CaseAct(act=Act.CLAIM, code=code))],
        [button(group.language, "button.not_me", CaseAct(act=Act.NOT_ME, code=code))],
    )


def home(person: Person, *, missing: Sequence[SetUp], waiting: int) -> SendMessage:
    """The coordinator's home: links for the team, the week's counts, and what is not set up yet, a button each."""
    language = person.language
    words = paragraphs(
        text(language, "coordinator.home"),
        lines(text(language, "setup"), *(text(language, f"setup.{step}") for step in missing)) if missing else None,
        text(language, "coordinator.waiting", number=number_in(language, waiting)) if waiting else None,
    )
    markup = keyboard(
        [button(language, "button.desk", DeskLeaf(pile=Pile.MINE))],
        [button(language, "button.enter.begin", EnterDoes(act=EnterAct.BEGIN))],
        [button(language, "button.week", WeekOf(year=0, number=0))],
        [button(language, "button.uncoded", Uncoded())],
        [button(language, "button.broadcast", BroadcastOf(act=BroadcastAct.LIST))],
        [button(language, "button.groups", GroupList())],
        [button(language, "button.setup_duty", RotaDay())] if SetUp.DUTY in missing else [],
        [button(language, "button.setup_services", ServiceList(page=0))] if SetUp.SERVICES in missing else [],
        *links(person),
    )
    return message(person, words, markup)


def numbers(person: Person) -> SendMessage:
    """The observer's home."""
    language = person.language
    markup = keyboard([button(language, "button.week", WeekOf(year=0, number=0))])
    return message(person, text(language, "observer.home"), markup)


def proposed(coordinator: Person) -> SendMessage:
    """Someone in the group asks to join; who it is stands in the group, not here."""
    return said(coordinator, "team.proposed", keyboard(*links(coordinator)))


def links(person: Person) -> list[Row]:
    """The one way onto the team, by role."""
    return [
        [button(person.language, "button.invite_lawyer", Invite(role=Role.LAWYER))],
        [button(person.language, "button.invite_coordinator", Invite(role=Role.COORDINATOR))],
        [button(person.language, "button.invite_observer", Invite(role=Role.OBSERVER))],
    ]


def to_coordinator(person: Person, key: str, code: CaseCode | None = None, **params: object) -> SendMessage:
    """A line to a coordinator about a case, without its content."""
    return said(person, key, None, **({"code": code} if code else {}), **params)


def urgent(person: Person, key: str, case: Case, zone: ZoneInfo) -> SendMessage:
    """A line to a coordinator about a case that waits, with a button to take it."""
    language, file = person.language, case.file
    since = case.since if isinstance(case, Queued) else file.submitted_at
    markup = keyboard([button(language, "button.claim", CaseAct(act=Act.CLAIM, code=file.code))])
    return said(
        person,
        key,
        markup if isinstance(case, Queued) else None,
        code=file.code,
        urgency=text(language, f"urgency.{file.urgency}"),
        region=region_name(language, file.region),
        moment=moment_in(language, since, zone),
    )
