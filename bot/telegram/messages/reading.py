"""Articles on her screen: the list, what fits her words, a page, and the quiet button that offers one elsewhere.

Each message begins with a line that tells nobody what it is about. What nobody of the profession has checked yet says
so on each of its pages.
"""

import html
import re
from collections.abc import Sequence

from aiogram.methods import EditMessageText, SendMessage

from bot.articles import article as article_of
from bot.articles import offered
from bot.domain.people import Person
from bot.domain.reading import Article, Paragraph, shown
from bot.i18n import Markup, date_in, text
from bot.telegram.callbacks import Place
from bot.telegram.keyboards import Row, at_hand, button, go, keyboard
from bot.telegram.messages.common import lines, paragraphs, screen
from bot.telegram.reading import Read, Shelf

PAGE = 8
"""Topics on one page of the list; a phone shows about that many buttons without scrolling far."""


def shelf(person: Person, topics: Sequence[Article], page: int, on: int | None = None) -> SendMessage | EditMessageText:
    """The list, some topics a page."""
    language = person.language
    pages = max(-(-len(topics) // PAGE), 1)
    here = page % pages
    more = [button(language, "button.more", Shelf(page=(here + 1) % pages))] if pages > 1 else []
    rows = [_topic(each, turn=True) for each in topics[here * PAGE : (here + 1) * PAGE]]
    markup = keyboard(*rows, more, at_hand(language), [go(language, "button.home", Place.HOME)])
    return screen(person, text(language, "reading.list"), markup, on)


def found(person: Person, topics: Sequence[Article]) -> SendMessage | EditMessageText:
    """What fits the words she looked for; nothing is said in silence."""
    language = person.language
    everything = [button(language, "button.shelf", Shelf(page=0))]
    markup = keyboard(*(_topic(each, turn=True) for each in topics), everything, _lawyer(person), at_hand(language))
    return screen(person, text(language, "reading.found" if topics else "reading.nothing"), markup)


def page(
    person: Person, one: Article, number: int, country: str | None, *, police: bool, on: int | None = None
) -> SendMessage | EditMessageText:
    """One page, with a lawyer, the way back, danger now and hide in reach."""
    language, pages = person.language, len(one.pages)
    before, after = (
        [button(language, f"button.page.{way}", Read(topic=one.topic, page=to, turn=True), page=to + 1, pages=pages)]
        if 0 <= to < pages
        else []
        for way, to in (("before", number - 1), ("after", number + 1))
    )
    markup = keyboard(
        [*before, *after],
        _lawyer(person),
        [go(language, "button.services", Place.SERVICES)],
        [button(language, "button.shelf", Shelf(page=0)), go(language, "button.back", Place.HERE)],
        at_hand(language),
    )
    return screen(person, words(one, number, country, language, police=police), markup, on)


def words(one: Article, number: int, country: str | None, language: str | None, *, police: bool) -> Markup:
    """A page as it is read: neutral first line, title, what is for her country, by whom it was checked, sources."""
    first, *rest = shown(one.pages[number], country, police=police)
    heading = Markup(f"<b>{html.escape(one.title, quote=False)}</b>")
    return paragraphs(
        _said(first, None),
        heading if number == 0 else None,
        *(_said(each, language if country is None else None) for each in rest),
        _foot(one, language, last=number == len(one.pages) - 1),
    )


def offer(language: str | None, *codes: str | None) -> list[Row]:
    """A row for the article that fits each of these sub-categories or kinds of danger best, to open it below."""
    return rows(language, list(dict.fromkeys(topic for code in codes if code for topic in offered(code)[:1])))


def rows(language: str | None, topics: Sequence[str]) -> list[Row]:
    """A row for each of these topics, to open them below; none before a language is chosen."""
    return [_topic(article_of(topic, language)) for topic in topics] if language else []


def _topic(one: Article, *, turn: bool = False) -> Row:
    return [button(one.language, "button.article", Read(topic=one.topic, turn=turn), title=one.title)]


def _lawyer(person: Person) -> Row:
    return [] if person.on_the_team else [go(person.language, "button.ask_lawyer", Place.TALK)]


def _said(paragraph: Paragraph, language: str | None) -> Markup:
    """With the country's name before it where the reader's country is not known (`language` is given then)."""
    marked = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", html.escape(paragraph.words, quote=False))
    if language is None or paragraph.country is None:
        return Markup(marked)
    return Markup(f"<b>{text(language, f'danger.country.{paragraph.country}')}</b> {marked}")


def _foot(one: Article, language: str | None, *, last: bool) -> Markup:
    """Who has read it, or is still reading it; on the last page its date and its sources."""
    state = "checked" if one.reviewed else "awaits"
    by = text(language, f"reading.{state}.{one.reviewer}")
    dated = text(language, "reading.dated", date=date_in(language, one.written)) if last else None
    named = "; ".join(dict.fromkeys(each for each in one.sources.values() if each))
    return lines(
        Markup(f"<i>{by}</i>"),
        Markup(f"<i>{dated}</i>") if dated else None,
        Markup(f"<i>{text(language, 'reading.sources', names=named)}</i>") if last and named else None,
    )
