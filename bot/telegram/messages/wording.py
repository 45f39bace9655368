"""The canned replies as coordinators read and change them."""

from collections.abc import Sequence

from aiogram.methods import EditMessageText, SendMessage
from aiogram.types import InlineKeyboardMarkup

from bot.domain.people import FALLBACK, LANGUAGES, Person
from bot.domain.reply import CannedReply
from bot.i18n import Markup, label, text
from bot.telegram.keyboards import Row, button, keyboard, named
from bot.telegram.messages.common import lines, paragraphs, screen
from bot.telegram.reply_buttons import WordingAsk, WordingList, WordingOf, WordingSwitch


def listed(
    person: Person, shown: Sequence[CannedReply], page: int, last: int, on: int | None
) -> SendMessage | EditMessageText:
    """Every reply: offered, switched off, or not whole."""
    rows: list[Row] = [
        [named(f"{_sign(each)} {each.title(person.language)}", WordingOf(key=each.key))] for each in shown
    ]
    arrows = [named("◀", WordingList(page=page - 1))] if page else []
    if page < last:
        arrows.append(named("▶", WordingList(page=page + 1)))
    language = person.language or LANGUAGES[0]
    add = [button(person.language, "button.reply_add", WordingAsk(language=language))]
    return screen(person, text(person.language, "replies.about"), keyboard(*rows, arrows, add), on)


def one(person: Person, reply: CannedReply, on: int | None) -> SendMessage | EditMessageText:
    """Its words in every language, what is missing, and what can be done."""
    return screen(person, _whole(person, reply), _buttons(person, reply), on)


def kept(person: Person, reply: CannedReply, language: str) -> SendMessage | EditMessageText:
    """These are the words now; the next language that is missing is asked for, or the others are to be looked at."""
    name = label(person.language, f"language.{language}")
    after = _asked(person, reply.missing[0]) if reply.missing else text(person.language, "replies.compare")
    words = paragraphs(text(person.language, "replies.kept", spoken=name), _whole(person, reply), after)
    return screen(person, words, _buttons(person, reply), None)


def ask(person: Person, key: str, language: str, on: int | None) -> SendMessage | EditMessageText:
    """Write it."""
    back = WordingOf(key=key) if key else WordingList()
    return screen(person, _asked(person, language), keyboard([button(person.language, "button.back", back)]), on)


def _asked(person: Person, language: str) -> Markup:
    return text(person.language, "replies.ask", spoken=label(person.language, f"language.{language}"))


def _whole(person: Person, reply: CannedReply) -> Markup:
    reads = person.language
    written = [
        text(reads, "reply.words", spoken=label(reads, f"language.{each}"), words=reply.words[each])
        for each in LANGUAGES
        if each in reply.words
    ]
    missing = [
        text(
            reads,
            "replies.missing",
            spoken=label(reads, f"language.{each}"),
            other=label(reads, f"language.{next(one for one in FALLBACK[each] if one in reply.words)}"),
        )
        for each in reply.missing
    ]
    head = text(reads, "replies.one" if reply.active else "replies.one_off", title=reply.title(reads))
    return paragraphs(head, *written, lines(*missing))


def _buttons(person: Person, reply: CannedReply) -> InlineKeyboardMarkup:
    reads = person.language
    each = [named(f"✎ {label(one, f'language.{one}')}", WordingAsk(language=one, key=reply.key)) for one in LANGUAGES]
    switch = "button.reply_off" if reply.active else "button.reply_on"
    rows: list[Row] = [
        each[:2],
        each[2:],
        [button(reads, switch, WordingSwitch(key=reply.key, on=not reply.active))],
        [button(reads, "button.back", WordingList())],
    ]
    return keyboard(*rows)


def _sign(reply: CannedReply) -> str:
    return "▫️" if not reply.active else "⚠️" if reply.missing else "✅"
