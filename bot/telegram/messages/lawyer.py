"""What a lawyer sees in the private chat: the appeal, the conversation. Everything of hers is protected."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram.methods import EditMessageText, SendMessage

from bot.domain.case import CaseFile, Claimed, Outcome
from bot.domain.consent import Purpose
from bot.domain.follow_up import Reach
from bot.domain.ids import CaseCode
from bot.domain.people import Person
from bot.i18n import Markup, label, moment_in, number_in, text
from bot.telegram.callbacks import Act, CaseAct
from bot.telegram.keyboards import Row, button, keyboard, named
from bot.telegram.messages import windows
from bot.telegram.messages.case_rows import case_rows
from bot.telegram.messages.common import (
    answer_name,
    answers_of,
    lines,
    message,
    paragraphs,
    said,
    screen,
)
from bot.telegram.reply_buttons import DropKept

APPEAL_LINES = ("for_whom", "safe", "age", "country", "region", "category", "subcategory", "happened", "officials")
AFTER_CLOSING = (("button.coding", Act.CODE), ("button.why", Act.WHY), ("button.reopen", Act.REOPEN))
CONTACT_LINES = ("contact", "hours", "prefers_woman", *Purpose)


def appeal(
    person: Person,
    case: Claimed,
    zone: ZoneInfo,
    now: datetime,
    *,
    words: bool,
    moved: bool = False,
) -> SendMessage:
    """Everything she answered. Her words follow as messages of their own.

    `moved`: she has come to write from another account since she sent it.
    """
    language, file = person.language, case.file
    written = paragraphs(
        text(language, "appeal.head", code=file.code, urgency=text(language, f"urgency.{file.urgency}")),
        text(language, "lawyer.moved", code=file.code) if moved else None,
        lines(*windows.by_the_clock(language, windows.windows_of(file, now), zone)),
        lines(*known(language, file)),
        how(language, file),
        text(language, "appeal.words" if words else "appeal.no_words") if file.channel is None else None,
    )
    return message(person, written, keyboard(*case_rows(language, file)), protected=True)


def how(language: str | None, file: CaseFile) -> Markup:
    """How to talk with her: by writing here, or, where she came by phone, only there."""
    return text(language, "appeal.how", code=file.code) if file.channel is None else text(language, "appeal.by_phone")


def known(language: str | None, file: CaseFile) -> list[Markup]:
    """What she answered and agreed to, a line each, and the language she reads."""
    answers = answers_of(file)
    reads = label(language, f"language.{file.language}") if file.language else label(language, "card.unknown")
    return [
        *(
            text(
                language, "appeal.line", name=text(language, f"name.{name}"), answer=_seen_by_him(language, name, value)
            )
            for name in (*APPEAL_LINES, *CONTACT_LINES)
            if (value := answers.get(name))
        ),
        text(language, "appeal.reads", language=reads),
    ]


def folded(person: Person, code: CaseCode, number: int, repeated: int) -> SendMessage | EditMessageText:
    """So much more was written than comes by itself; a tap brings it. Edited where it stands."""
    language = person.language
    counts = {"number": number_in(language, number), "repeated": number_in(language, repeated)}
    markup = keyboard([button(language, "button.folded", CaseAct(act=Act.MORE, code=code))])
    return screen(person, text(language, "flood.more", code=code, **counts), markup, on=0)


def unfolded(person: Person, code: CaseCode, on: int | None) -> SendMessage | EditMessageText:
    """It has come; the notice stays without its button."""
    return screen(person, text(person.language, "flood.shown", code=code), keyboard(), on)


def which_case(person: Person, codes: Sequence[CaseCode]) -> SendMessage:
    """Whose are the words he just wrote? Nothing goes out before he taps."""
    rows = [[named(code, CaseAct(act=Act.SEND, code=code))] for code in codes]
    return said(person, "lawyer.which", keyboard(*rows, [button(person.language, "button.nobody", DropKept())]))


def closed(person: Person, code: CaseCode, outcome: Outcome, on: int | None) -> SendMessage | EditMessageText:
    """The case is closed, with this outcome; it stands where it was asked for."""
    language = person.language
    words = text(language, "close.done", code=code, outcome=text(language, f"outcome.{outcome}"))
    ways = AFTER_CLOSING if outcome is not Outcome.TEST else AFTER_CLOSING[1:]
    more = [button(language, key, CaseAct(act=act, code=code)) for key, act in ways]
    return screen(person, words, keyboard(*([each] for each in more)), on)


def line(person: Person, key: str, code: CaseCode, **params: object) -> SendMessage:
    """One line about a case."""
    return said(person, key, None, code=code, **params)


def receipt(person: Person, code: CaseCode, reach: Reach | None, *, may_thaw: bool) -> SendMessage | EditMessageText:
    """How his words fared; the one line about it in this case is edited where it stands.

    `may_thaw`: nothing goes to her account by itself, and she has no code to say that it is her. He may.
    """
    language = person.language
    thaw = [button(language, "button.thaw", CaseAct(act=Act.THAW, code=code))] if may_thaw else []
    return screen(person, text(language, f"relay.{reach or 'unreachable'}", code=code), keyboard(thaw), on=0)


def failed(person: Person, code: CaseCode, why: str) -> SendMessage:
    """Telegram did not take his words, and what he can do about it."""
    return line(person, "relay.failed", code, why=text(person.language, why))


def reaction(person: Person, code: CaseCode, emoji: str | None) -> SendMessage | EditMessageText:
    """Her silent receipt, edited where it stands; None: she took it back."""
    key = "relay.reacted" if emoji else "relay.reaction_gone"
    return screen(person, text(person.language, key, code=code, emoji=emoji or ""), keyboard(), on=0)


def current(person: Person) -> SendMessage | EditMessageText:
    """The line that is pinned: where his words go; edited where it stands."""
    language = person.language
    words = (
        text(language, "desk.current", code=person.case.file.code) if person.case else text(language, "desk.nowhere")
    )
    return screen(person, words, keyboard(), on=0)


def dropped(person: Person, on: int | None) -> SendMessage | EditMessageText:
    """The kept words went to nobody."""
    return screen(person, text(person.language, "lawyer.dropped"), keyboard(), on)


def consent(person: Person, code: CaseCode, purpose: Purpose, given: bool) -> SendMessage:
    """She has just said yes, or taken it back."""
    key = "lawyer.consent_given" if given else "lawyer.consent_taken_back"
    return line(person, key, code, name=text(person.language, f"name.{purpose}"))


def silent(person: Person, file: CaseFile, since: datetime, until: datetime, zone: ZoneInfo) -> SendMessage:
    """Somebody waits for this lawyer's answer, or for his call."""
    language, code = person.language, file.code
    return said(
        person,
        "lawyer.silent_by_phone" if file.channel else "lawyer.silent",
        keyboard(*opens(language, code)),
        code=code,
        moment=moment_in(language, since, zone),
        until=moment_in(language, until, zone),
    )


def opens(language: str | None, code: CaseCode) -> list[Row]:
    """The way from a reminder to its case."""
    return [[button(language, "button.open", CaseAct(act=Act.OPEN, code=code))]]


def taken_back(person: Person, code: CaseCode, since: datetime, zone: ZoneInfo) -> SendMessage:
    """The case went back to the queue."""
    return line(person, "lawyer.taken_back", code, moment=moment_in(person.language, since, zone))


def _seen_by_him(language: str | None, name: str, value: str) -> str:
    """Her answer as a lawyer reads it: `me` is somebody else to him."""
    if name == "for_whom":
        return label(language, f"appeal.for_whom.{value}")
    return answer_name(language, name, value)
