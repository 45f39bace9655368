"""What the operator group and the coordinators see: cards without a word of hers, invitations, the week's counts."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram.methods import EditMessageText, SendMessage
from aiogram.types import InlineKeyboardMarkup

from bot.domain.case import Case, CaseFile, Claimed, Closed, Queued, Shut, Submitted
from bot.domain.ids import CaseCode
from bot.domain.people import Person, Reader, Role
from bot.domain.profile import Suited
from bot.domain.report import DIMENSIONS, Tally, WeeklyCounts
from bot.i18n import Markup, date_in, label, moment_in, number_in, plural, text
from bot.telegram.callbacks import Act, CaseAct, GroupSpeaks, Invite, WeekOf
from bot.telegram.keyboards import Row, button, keyboard, languages, named
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


def card(
    group: Reader,
    case: Case,
    zone: ZoneInfo,
    now: datetime,
    *,
    fit: Suited | None,
    why: str | None = None,
    offered: bool = False,
) -> SendMessage:
    """A new card. `why` is the key of a line in front of it (still unclaimed, back in the queue, danger now).

    `offered`: whoever holds it hands it over to whoever takes it.
    """
    suit = suits(group.language, case.file, fit) if fit else None
    words = lines(card_words(group.language, case, zone, now, None, why), suit)
    return message(group, words, _card_buttons(group, case, offered), protected=True)


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


def more_cards(group: Reader, number: int) -> SendMessage:
    """So many cards are still to come; the urgent ones come first."""
    return said(group, "card.more", None, number=number_in(group.language, number))


def card_below(group: Reader, case: Case, older: int) -> SendMessage | EditMessageText:
    """In place of an older card: the newer one stands below."""
    return screen(group, text(group.language, "card.below", code=case.file.code), keyboard(), older)


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
    if not isinstance(case, Queued) and not offered:
        return keyboard()
    code = case.file.code
    return keyboard(
        [button(group.language, "button.claim", CaseAct(act=Act.CLAIM, code=code))],
        [button(group.language, "button.not_me", CaseAct(act=Act.NOT_ME, code=code))],
    )


def ask_for_group(group: int) -> SendMessage:
    """Shall this group be the operator group? In all four languages; a coordinator taps one."""
    return said(Reader(group, None), "group.ask", keyboard(*languages(GroupSpeaks)))


def home(person: Person, *, has_group: bool, waiting: int) -> SendMessage:
    """The coordinator's home: links for the team, the week's counts, and what is not set up yet."""
    language = person.language
    words = paragraphs(
        text(language, "coordinator.home"),
        None if has_group else text(language, "coordinator.no_group"),
        text(language, "coordinator.waiting", number=number_in(language, waiting)) if waiting else None,
    )
    return message(person, words, keyboard([button(language, "button.week", WeekOf(year=0, number=0))], *links(person)))


def proposed(coordinator: Person) -> SendMessage:
    """Someone in the group asks to join; who it is stands in the group, not here."""
    return said(coordinator, "team.proposed", keyboard(*links(coordinator)))


def links(person: Person) -> list[Row]:
    """The one way onto the team, by role."""
    return [
        [button(person.language, "button.invite_lawyer", Invite(role=Role.LAWYER))],
        [button(person.language, "button.invite_coordinator", Invite(role=Role.COORDINATOR))],
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


def tally(reader: Reader, found: Tally) -> SendMessage:
    """The one line that matters: what came in is what was answered, refused, or waits; or else how much is missing."""
    language, week = reader.language, found.week
    return message(
        reader,
        lines(
            text(
                language,
                "week.head",
                week=week,
                start=date_in(language, week.monday),
                end=date_in(language, week.sunday),
            ),
            text(
                language,
                "digest.tally",
                received=number_in(language, found.received),
                answered=number_in(language, found.answered),
                refused=number_in(language, found.refused),
                waiting=number_in(language, found.waiting),
            ),
            text(language, "digest.missing", number=number_in(language, found.missing))
            if found.missing
            else text(language, "digest.whole"),
        ),
    )


def week(person: Person, counts: WeeklyCounts, *, latest: bool, on: int | None = None) -> SendMessage | EditMessageText:
    """The counts of one week, with arrows to the others."""
    language = person.language
    blocks = [_block(language, name, counts.by[name]) for name in DIMENSIONS] if counts.appeals else []
    words = paragraphs(
        lines(
            text(
                language,
                "week.head",
                week=counts.week,
                start=date_in(language, counts.week.monday),
                end=date_in(language, counts.week.sunday),
            ),
            plural(language, "week.appeals", counts.appeals) if counts.appeals else text(language, "week.none"),
            text(language, "week.before", number=number_in(language, counts.week_before)),
            text(
                language,
                "week.flow",
                claimed=number_in(language, counts.claimed),
                closed=number_in(language, counts.closed),
                waiting=number_in(language, counts.waiting_now),
            ),
            _referrals(language, counts.referrals),
        ),
        *blocks,
    )
    earlier, later = counts.week.shifted(-1), counts.week.shifted(1)
    arrows = [named(f"◀ {earlier}", WeekOf(year=earlier.year, number=earlier.number))]
    if not latest:
        arrows.append(named(f"{later} ▶", WeekOf(year=later.year, number=later.number)))
    return screen(person, words, keyboard(arrows), on)


def _referrals(language: str | None, counts: Mapping[str, int]) -> Markup | None:
    """How many were begun, and how far they have come; nothing where there was none."""
    if not counts:
        return None
    states = (f"{label(language, f'referral.state.{each}')} {number_in(language, n)}" for each, n in counts.items())
    return text(language, "week.referrals", number=number_in(language, sum(counts.values())), states=" · ".join(states))


def _block(language: str | None, dimension: str, counts: Mapping[str, int]) -> Markup:
    rows: Sequence[Markup] = [
        text(
            language,
            "week.line",
            number=number_in(language, count),
            name=_named(language, dimension, code),
        )
        for code, count in counts.items()
    ]
    return lines(Markup(f"<b>{text(language, f'week.by.{dimension}')}</b>"), *rows)


def _named(language: str | None, dimension: str, code: str) -> str:
    if not code:
        return label(language, "week.unknown")
    match dimension:
        case "category":
            return category_name(language, code)
        case "region":
            return region_name(language, code)
        case "language":
            return label(language, f"language.{code}")
        case _:
            return label(language, f"urgency.{code}")
