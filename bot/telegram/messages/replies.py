"""Canned replies as a lawyer chooses and sees them before they go."""

from collections.abc import Sequence

from aiogram.methods import EditMessageText, SendMessage

from bot.domain.ids import CaseCode
from bot.domain.people import LANGUAGES, Person
from bot.domain.reply import CannedReply
from bot.i18n import Markup, label, text
from bot.telegram.keyboards import Row, button, keyboard, named
from bot.telegram.messages.common import paragraphs, screen
from bot.telegram.reply_buttons import ReplyList, ReplySend, ReplyShow


def offer(
    person: Person, code: CaseCode, shown: Sequence[CannedReply], page: int, last: int, on: int | None
) -> SendMessage | EditMessageText:
    """The titles in his language; a tap shows the words."""
    rows: list[Row] = [[named(each.title(person.language), ReplyShow(code=code, key=each.key))] for each in shown]
    arrows = [named("◀", ReplyList(code=code, page=page - 1))] if page else []
    if page < last:
        arrows.append(named("▶", ReplyList(code=code, page=page + 1)))
    return screen(person, text(person.language, "reply.offer", code=code), keyboard(*rows, arrows), on)


def choose(person: Person, code: CaseCode, reply: CannedReply, on: int | None) -> SendMessage | EditMessageText:
    """She has chosen no language yet: in which one shall it go?"""
    each = [
        named(label(language, f"language.{language}"), ReplyShow(code=code, key=reply.key, language=language))
        for language in LANGUAGES
        if language in reply.words
    ]
    words = text(person.language, "reply.no_language", code=code, title=reply.title(person.language))
    return screen(person, words, keyboard(each[:2], each[2:], _back(person, code)), on)


def preview(
    person: Person, code: CaseCode, reply: CannedReply, reads: str, on: int | None
) -> SendMessage | EditMessageText:
    """What she would read, and what that is in his language; which language takes the place of one that is missing."""
    goes = reply.language_for(reads)
    data = ReplySend(code=code, key=reply.key, language=goes, mark=reply.mark(goes))
    send = [button(person.language, "button.reply_send", data, code=code)]
    words = paragraphs(
        text(person.language, "reply.preview", code=code, title=reply.title(person.language)),
        None
        if goes == reads
        else text(
            person.language,
            "reply.missing",
            spoken=label(person.language, f"language.{reads}"),
            other=label(person.language, f"language.{goes}"),
        ),
        _both(person, reply, goes),
    )
    return screen(person, words, keyboard(send, _back(person, code)), on)


def chosen(
    person: Person, code: CaseCode, reply: CannedReply, language: str, on: int, *, said: bool
) -> SendMessage | EditMessageText:
    """What was said stays where it was shown, without its buttons. Not `said`: he is asked for whom it is."""
    key = "reply.said" if said else "reply.kept"
    head = text(person.language, key, code=code, title=reply.title(person.language))
    return screen(person, paragraphs(head, _both(person, reply, language)), keyboard(), on)


def _both(person: Person, reply: CannedReply, goes: str) -> Markup:
    """The words in her language, then in his, each under the name of the language; once when that is the same."""
    his = reply.language_for(person.language)
    return paragraphs(*(
        text(person.language, "reply.words", spoken=label(person.language, f"language.{each}"),
             words=reply.words[each])
        for each in dict.fromkeys((goes, his))
    ))  # fmt: skip


def _back(person: Person, code: CaseCode) -> Row:
    return [button(person.language, "button.back", ReplyList(code=code))]
