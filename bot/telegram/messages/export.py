"""Everything that is kept about her, in plain words of her language: one message, or one text file when it is long."""

import html
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram.methods import SendDocument, SendMessage
from aiogram.types import InlineKeyboardMarkup

from bot.domain.case import Case, CaseFile, Closed
from bot.domain.complaint import Complaint
from bot.domain.consent import Consent
from bot.domain.intake import Author, Entry, Kind, Piece
from bot.domain.people import Person
from bot.domain.questionnaire import HAPPENED_SAID, SKIPPED, Answers
from bot.i18n import date_in, label
from bot.telegram.callbacks import Place
from bot.telegram.keyboards import at_hand, go, keyboard
from bot.telegram.messages import coding, sharing
from bot.telegram.messages.common import NO_PREVIEW, answer_name, answers_of
from bot.telegram.outgoing import TEXT_MOST

Said = tuple[datetime, Piece]


@dataclass(frozen=True)
class Appeal:
    """One appeal with all that belongs to it, and the clock she lives by."""

    case: Case
    zone: ZoneInfo
    consents: Sequence[Consent]
    entries: Sequence[Entry]
    referrals: Sequence[sharing.Named] = ()
    complaints: Sequence[Complaint] = ()


@dataclass(frozen=True)
class Everything:
    """All that is kept about one person."""

    appeals: Sequence[Appeal]
    draft: Answers
    draft_words: Sequence[Piece]
    notes: Sequence[Said]


def export(
    person: Person, kept: Everything, zone: ZoneInfo, now: datetime
) -> tuple[SendMessage | SendDocument, bytes | None]:
    """The message; the bytes of its file when all of it doesn't fit into one."""
    language = person.language
    written = "\n".join(_written(person, kept, zone, now))
    markup = _ways(person, kept)
    if len(written) <= TEXT_MOST:
        whole = SendMessage(
            chat_id=person.account, text=written, parse_mode=None, link_preview_options=NO_PREVIEW, reply_markup=markup
        )
        return whole, None
    name = f"{now.astimezone(zone):%Y-%m-%d}.txt"
    caption = "\n\n".join((label(language, "export.file"), label(language, "export.keep")))
    sent = SendDocument(chat_id=person.account, document=name, caption=caption, parse_mode=None, reply_markup=markup)
    return sent, written.encode(errors="replace")


def has_files(kept: Everything) -> bool:
    """True when there is anything that can't be written down."""
    pieces = [entry.piece for appeal in kept.appeals for entry in appeal.entries]
    return any(piece.file_id for piece in (*pieces, *kept.draft_words, *(note for _, note in kept.notes)))


def _ways(person: Person, kept: Everything) -> InlineKeyboardMarkup:
    language = person.language
    files = [go(language, "button.files", Place.FILES)] if has_files(kept) else []
    return keyboard(files, at_hand(language), [go(language, "button.back", Place.DATA)])


def _written(person: Person, kept: Everything, zone: ZoneInfo, now: datetime) -> Iterator[str]:
    language = person.language
    yield label(language, "export", moment=_moment(language, now, zone))
    yield label(language, "export.keep")
    yield ""
    if language is not None:
        yield label(language, "data.language", reads=label(language, f"language.{language}"))
    yield label(language, "export.code", state=_yes_no(language, person.return_code == "kept"))
    yield label(language, "export.hides", state=_yes_no(language, person.auto_hide is not None))
    yield label(language, "export.notebook", state=_yes_no(language, person.disguise is not None))
    for appeal in kept.appeals:
        yield ""
        yield from _appeal(language, appeal)
    if kept.appeals:
        yield ""
        yield label(language, "export.team_notes")
    if kept.draft or kept.draft_words:
        yield ""
        yield label(language, "export.draft")
        yield from _answers(language, kept.draft.items())
        yield from (_piece(language, piece) for piece in kept.draft_words)
    if kept.notes:
        yield ""
        yield label(language, "export.notes")
        yield from (f"{_moment(language, at, zone)} · {_piece(language, piece)}" for at, piece in kept.notes)


def _appeal(language: str | None, appeal: Appeal) -> Iterator[str]:
    case, zone = appeal.case, appeal.zone
    status = label(language, f"status.{type(case).__name__.lower()}")
    yield f"— {label(language, 'case.status', code=case.file.code, status=status)}"
    yield label(language, "export.sent", moment=_moment(language, case.file.submitted_at, zone))
    if isinstance(case, Closed):
        outcome = label(language, f"outcome.{case.outcome}")
        yield label(language, "export.closed", moment=_moment(language, case.at, zone), outcome=outcome)
    yield from _answers(language, answers_of(case.file).items())
    yield from _coded(language, case.file)
    for consent in appeal.consents:
        yield label(
            language,
            "export.consent",
            moment=_moment(language, consent.at, zone),
            name=label(language, f"name.{consent.purpose}"),
            state=_yes_no(language, consent.given),
            version=consent.version,
        )
    for named in appeal.referrals:
        yield sharing.in_export(language, named, _moment(language, named[0].moved_at, zone))
    yield ""
    for entry in appeal.entries:
        who = label(language, "export.by_you" if entry.author is Author.SEEKER else "export.by_lawyer")
        newer = " ✎" if entry.replaces else ""
        yield f"{_moment(language, entry.at, zone)} · {who}{newer}: {_piece(language, entry.piece)}"
    for complaint in appeal.complaints:
        moment, by_us = _moment(language, complaint.at, zone), label(language, "export.by_coordinators")
        yield f"{moment} · {label(language, 'export.to_coordinators')}: {_piece(language, complaint.words)}"
        yield from (f"{by_us}: {_piece(language, told)}" for told in complaint.answers)


def _coded(language: str | None, file: CaseFile) -> Iterator[str]:
    """How the team has coded it for the numbers."""
    if found := coding.answers(language, file):
        yield label(language, "export.coded")
        yield from (html.unescape(each) for each in found)


def _answers(language: str | None, given: Iterable[tuple[str, str | None]]) -> Iterator[str]:
    for question, option in given:
        if option and option != SKIPPED and question not in ("words", HAPPENED_SAID):
            answer = answer_name(language, question, option)
            yield label(language, "appeal.line", name=label(language, f"name.{question}"), answer=answer)


def _piece(language: str | None, piece: Piece) -> str:
    if piece.kind is Kind.TEXT:
        return piece.text
    place = ", ".join(map(str, piece.place or ()))
    return " ".join(part for part in (f"[{label(language, f'export.kind.{piece.kind}')}]", place, piece.text) if part)


def _moment(language: str | None, moment: datetime, zone: ZoneInfo) -> str:
    here = moment.astimezone(zone)
    return f"{date_in(language, here.date())} {here:%H:%M}"


def _yes_no(language: str | None, given: bool) -> str:
    return label(language, f"consents.{'yes' if given else 'no'}")
