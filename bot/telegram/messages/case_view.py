"""A case as its lawyer sees it: what is known, what comes next, its events, and the conversation so far; protected."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram.methods import EditMessageText, SendMessage

from bot.domain.case import Claimed
from bot.domain.desk import Cause, Line, Pile, reminded_at
from bot.domain.ids import CaseCode, PersonId
from bot.domain.intake import Author, Entry, Kind, Withheld
from bot.domain.journal import Note
from bot.domain.masking import WHOLE, traces
from bot.domain.people import Person
from bot.i18n import Markup, label, moment_in, text
from bot.telegram.callbacks import Act, CaseAct, JournalPage, Keep, Unmask
from bot.telegram.desk_buttons import CasePart, DeskLeaf, Part
from bot.telegram.keyboards import Row, button, keyboard, named
from bot.telegram.messages import windows
from bot.telegram.messages.case_rows import case_rows
from bot.telegram.messages.common import lines, message, paragraphs, screen
from bot.telegram.messages.desk import coming, last_word
from bot.telegram.messages.journal import events
from bot.telegram.messages.lawyer import how, known
from bot.telegram.messages.referral import Named
from bot.telegram.messages.referral import line as referral_line
from bot.telegram.messages.withheld import seen_by_lawyer
from bot.telegram.outgoing import TEXT_MOST

CUT = 550
"""Letters of one message on a page of the conversation; six of them and their heads fit into one of Telegram's."""

NEWEST = 9999
"""A page behind the last one: the journal shows its newest."""


@dataclass(frozen=True)
class About:
    """What stands beside a case: whether she writes from another account now, the team's notes, and its referrals.

    `notes`: as far as there is room; all of them are behind *note*. `more`: what else he may do.
    """

    moved: bool = False
    notes: Markup | None = None
    referrals: tuple[Named, ...] = ()
    more: tuple[Row, ...] = ()


def whole(
    person: Person,
    line: Line,
    case: Claimed,
    about: About,
    zone: ZoneInfo,
    now: datetime,
    *,
    typed: bool,
    on: int | None,
) -> SendMessage | EditMessageText:
    """Everything known of a case he holds, and what happens when he does nothing. `typed`: by its code alone."""
    language, file = person.language, case.file
    code = file.code
    words = paragraphs(
        text(language, "appeal.head", code=code, urgency=text(language, f"urgency.{file.urgency}")),
        text(language, "desk.typed") if typed else None,
        text(language, "lawyer.moved", code=code) if about.moved else None,
        lines(
            text(language, "desk.since", moment=moment_in(language, case.at, zone)),
            text(language, f"work.{case.work}") if case.work else None,
            last_word(language, line, zone),
            *_next(language, line, case, zone, now),
        ),
        lines(*windows.by_the_clock(language, windows.windows_of(file, now), zone)),
        lines(*(referral_line(language, each) for each in about.referrals)),
        lines(*known(language, file)),
        how(language, file),
    )
    if about.notes is not None and len(words) + len(about.notes) < TEXT_MOST - 100:
        words = paragraphs(words, about.notes)
    return _shown(
        person, words, [*_parts(language, code), *case_rows(language, file), *about.more, _back(language)], on
    )


def ended_rows(language: str | None, code: CaseCode) -> list[Row]:
    """What he can do with a case that he has closed."""
    return [
        [button(language, "button.events", CasePart(part=Part.EVENTS, code=code))],
        [button(language, "button.note", CaseAct(act=Act.NOTE, code=code))],
        [button(language, "button.refer", CaseAct(act=Act.REFER, code=code))],
        [button(language, "button.reopen", CaseAct(act=Act.REOPEN, code=code))],
        [button(language, "button.keep", Keep(code=code))],
        _back(language),
    ]


def overseen_rows(language: str | None, code: CaseCode) -> list[Row]:
    """What a coordinator can look at in a case that somebody else has."""
    return [[button(language, "button.events", JournalPage(code=code, page=NEWEST))], _back(language)]


def timeline(
    person: Person,
    code: CaseCode,
    notes: Sequence[Note],
    names: Mapping[PersonId, str],
    zone: ZoneInfo,
    *,
    number: int,
    last: int,
    whole: bool,
    on: int | None,
) -> SendMessage | EditMessageText:
    """What has happened to a case, the newest last; back to what is known of one that he holds (`whole`)."""
    language = person.language
    arrows = [named("◀", CasePart(part=Part.EVENTS, code=code, at=number, back=True))] if number else []
    if number < last:
        arrows.append(named("▶", CasePart(part=Part.EVENTS, code=code, at=number + 1)))
    words = paragraphs(text(language, "desk.events", code=code), lines(*events(language, notes, names, zone)))
    return _shown(person, words, [arrows, _facts(language, code) if whole else _back(language)], on)


def conversation(
    person: Person,
    code: CaseCode,
    entries: Sequence[Entry],
    states: Mapping[int, Withheld],
    zone: ZoneInfo,
    *,
    before: bool,
    after: bool,
    on: int | None,
) -> SendMessage | EditMessageText:
    """A page of what was said, masked as it was when it came; what she allowed can be unmasked here too."""
    language = person.language
    said = (_said(person, each, states.get(each.id), zone) for each in entries)
    words = paragraphs(
        text(language, "desk.words", code=code), *said, None if entries else text(language, "desk.last.none")
    )
    arrows, again = [], []
    if entries:
        again = [button(language, "button.words_again", CasePart(part=Part.AGAIN, code=code, at=entries[0].id))]
    if before:
        arrows.append(named("◀", CasePart(part=Part.WORDS, code=code, at=entries[0].id, back=True)))
    if after:
        arrows.append(named("▶", CasePart(part=Part.WORDS, code=code, at=entries[-1].id + 1)))
    masks = [
        [named(f"{label(language, 'button.unmask')} {moment_in(language, each.at, zone)}", Unmask(entry=each.id))]
        for each in entries
        if states.get(each.id) is Withheld.ALLOWED and each.piece.kind not in WHOLE
    ]
    return _shown(person, words, [arrows, again, *masks, _facts(language, code)], on)


def _next(language: str | None, line: Line, case: Claimed, zone: ZoneInfo, now: datetime) -> list[Markup]:
    """What comes by itself; above all what happens when nobody answers. Windows have lines of their own."""
    told = [coming(language, each, zone, now) for each in line.coming if each.cause not in (Cause.SILENT, Cause.WINDOW)]
    back = next((each.at for each in line.coming if each.cause is Cause.SILENT), None)
    if back is None or line.waiting_since is None:
        return [text(language, "desk.quiet"), *told]
    remind = reminded_at(case, line.waiting_since, now)
    return [
        text(language, "desk.silence", until=moment_in(language, back, zone)),
        *([text(language, "desk.remind", moment=moment_in(language, remind, zone))] if remind else []),
        *told,
    ]


def _said(person: Person, entry: Entry, state: Withheld | None, zone: ZoneInfo) -> Markup:
    language = person.language
    hers = entry.author is Author.SEEKER
    hides = hers and bool(traces(entry.piece))
    piece = seen_by_lawyer(person, entry.piece, state) if hides else entry.piece
    kind = None if piece.kind is Kind.TEXT else label(language, f"export.kind.{piece.kind}")
    spoken = piece.text if len(piece.text) <= CUT else f"{piece.text[:CUT]}…"
    return text(
        language,
        f"desk.word.{'edited' if entry.replaces else 'said'}",
        moment=moment_in(language, entry.at, zone),
        who=label(language, f"desk.who.{entry.author}"),
        words="\n".join(part for part in (f"[{kind}]" if kind else "", spoken) if part),
    )


def _parts(language: str | None, code: CaseCode) -> list[Row]:
    return [
        [
            button(language, "button.words", CasePart(part=Part.WORDS, code=code)),
            button(language, "button.events", CasePart(part=Part.EVENTS, code=code)),
        ],
    ]


def _facts(language: str | None, code: CaseCode) -> Row:
    return [button(language, "button.back", CasePart(part=Part.FACTS, code=code))]


def _back(language: str | None) -> Row:
    return [button(language, "button.desk", DeskLeaf(pile=Pile.MINE))]


def _shown(person: Person, words: Markup, rows: Sequence[Row], on: int | None) -> SendMessage | EditMessageText:
    if on is None:
        return message(person, words, keyboard(*rows), protected=True)
    return screen(person, words, keyboard(*rows), on)
