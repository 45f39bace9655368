"""What the help-seeker sees: home, the privacy notice, and where her appeals stand. First lines are neutral."""

from collections.abc import Sequence
from datetime import timedelta

from aiogram.methods import EditMessageText, SendMessage
from aiogram.types import InlineKeyboardMarkup

from bot.domain.case import Case, Claimed, Closed
from bot.domain.ids import CaseCode
from bot.domain.people import Person, Reader
from bot.i18n import Markup, label, lasting, text
from bot.settings import Settings
from bot.telegram.callbacks import (
    AfterClosing,
    Choice,
    HowSheIs,
    MyCase,
    Noticed,
    Place,
    Reply,
    Speak,
    Wellbeing,
)
from bot.telegram.keyboards import at_hand, button, go, keyboard, languages, named
from bot.telegram.messages import wishes
from bot.telegram.messages.common import duty_to_report, message, paragraphs, said, screen
from bot.telegram.reading import Shelf


def greeting(person: Person, *, kept: bool = False) -> SendMessage:
    """First contact: all four languages, and danger now, before anything else."""
    words = [text(person.language, "greeting.kept") if kept else None, text(person.language, "greeting")]
    markup = keyboard(*languages(Speak), at_hand(person.language))
    return message(person, paragraphs(*words), markup)


def choose_language(person: Person, on: int | None = None) -> SendMessage | EditMessageText:
    """The four languages again, from the home screen."""
    markup = keyboard(*languages(Speak), [go(person.language, "button.home", Place.HOME)], at_hand(person.language))
    return screen(person, text(person.language, "language.ask"), markup, on)


def notice(person: Person, settings: Settings, on: int | None = None) -> SendMessage | EditMessageText:
    """The privacy notice: who runs it, what is kept, where, how long, and what Telegram sees."""
    words = text(
        person.language,
        "notice",
        organisation=settings.organisation_name or text(person.language, "notice.organisation"),
        storage=settings.organisation_storage or text(person.language, "notice.storage"),
        contact=settings.organisation_contact or text(person.language, "notice.contact"),
        kept=lasting(person.language, settings.kept_for),
        deadline=lasting(person.language, settings.kept_with_deadline),
    )
    words = paragraphs(words, duty_to_report(person.language, settings.countries))
    markup = keyboard([go(person.language, "button.continue", Place.HOME)], at_hand(person.language))
    return screen(person, words, markup, on)


def home(person: Person, codes: Sequence[CaseCode] = (), on: int | None = None) -> SendMessage | EditMessageText:
    """The home screen: short, danger first."""
    language = person.language
    current = person.case.file.code if person.case else None
    begin = "button.resume" if person.drafting else "button.new_again" if current else "button.new"
    words = paragraphs(
        text(language, "home"),
        text(language, "home.cases", codes=", ".join(codes), current=current) if codes and current else None,
    )
    markup = keyboard(
        at_hand(language),
        [go(language, begin, Place.NEW)],
        [go(language, "button.person", Place.TALK)],
        [go(language, "button.services", Place.SERVICES)],
        [go(language, "button.cases", Place.CASES)] if current else [],
        [go(language, "button.again", Place.AGAIN)] if current or person.drafting else [],
        [button(language, "button.read", Shelf(page=0))],
        [go(language, "button.data", Place.DATA)],
        [] if current else [go(language, "button.enter_code", Place.ENTER_CODE)],
        [go(language, "button.language", Place.LANGUAGE)],
    )
    return screen(person, words, markup, on)


def sent(
    person: Person,
    code: CaseCode,
    usual: timedelta,
    *,
    shown: bool,
    on: int | None,
    calling: bool = False,
    expected: Markup | None = None,
) -> SendMessage | EditMessageText:
    """Her appeal is kept, under this number. `shown`: somebody is there to see it. `calling`: people are being called
    right now. `expected`: nobody is there at this hour; from when, and what to do until then."""
    language = person.language
    if shown and calling:
        words = text(language, "case.sent_calling", code=code)
    elif shown and expected:
        words = paragraphs(text(language, "case.sent_later", code=code), expected)
    elif shown:
        words = text(language, "case.sent", code=code, span=lasting(language, usual))
    else:
        words = text(language, "case.sent_nobody", code=code)
    offer = [go(language, "button.code", Place.CODE)] if person.return_code is None else []
    return screen(person, words, keyboard(offer, *_at_hand(person).inline_keyboard), on)


def status(person: Person, key: str, code: CaseCode, more: Markup | None = None) -> SendMessage:
    """Her appeal has moved: claimed, released, closed, reopened. `more`: what there is to know besides."""
    return message(person, paragraphs(text(person.language, key, code=code), more), _at_hand(person))


def still_waiting(person: Person, code: CaseCode, expected: Markup | None) -> SendMessage:
    """Nobody has taken it yet; from when somebody is on duty, who else may help, and what can be read until then."""
    language = person.language
    markup = keyboard(
        at_hand(language),
        [go(language, "button.services", Place.SERVICES)],
        [button(language, "button.read", Shelf(page=0))],
        [go(language, "button.home", Place.HOME)],
    )
    return message(person, paragraphs(text(language, "case.still_waiting", code=code), expected), markup)


def line(person: Person, key: str, **params: object) -> SendMessage:
    """A word by the way; danger now and hide stand under it too, for it may be the newest in her chat."""
    markup = None if person.on_the_team else keyboard(at_hand(person.language))
    return said(person, key, markup, **params)


def cases(person: Person, hers: Sequence[Case], on: int | None = None) -> SendMessage | EditMessageText:
    """Her appeals, each with where it stands."""
    language = person.language
    rows = [
        [
            named(
                label(language, "case.status", code=case.file.code, status=status_name(language, case)),
                MyCase(code=case.file.code),
            )
        ]
        for case in hers
    ]
    words = text(language, "cases.ask" if hers else "cases.none")
    again = [go(language, "button.again", Place.AGAIN)] if hers or person.drafting else []
    last = (
        again,
        [go(language, "button.new_again", Place.NEW)],
        [go(language, "button.home", Place.HOME)],
        at_hand(language),
    )
    return screen(person, words, keyboard(*rows, *last), on)


def current(person: Person, case: Case, on: int | None = None) -> SendMessage | EditMessageText:
    """Which appeal her words go to, where it stands, and what she may wish for it."""
    language, code = person.language, case.file.code
    prefers = case.file.prefers_woman and not isinstance(case, Closed)
    words = paragraphs(
        text(language, "case.current", code=code),
        text(language, "case.status", code=code, status=status_name(language, case)),
        text(language, "case.prefers_woman") if prefers else None,
        text(language, "case.stays_as_it_is") if prefers and isinstance(case, Claimed) else None,
    )
    markup = keyboard(*wishes.rows(language, case), *_at_hand(person).inline_keyboard)
    return screen(person, words, markup, on)


def after_closing(person: Person, code: CaseCode) -> SendMessage:
    """She wrote after closing: three ways on, and what happens if she taps none."""
    language = person.language
    markup = keyboard(
        *(
            [button(language, f"button.after.{choice}", AfterClosing(code=code, choice=choice))]
            for choice in (Choice.CONTINUE, Choice.NEW, Choice.THANKS)
        ),
        at_hand(language),
    )
    return said(person, "case.after_closing", markup, code=code)


def waiting_notice(person: Person, code: str = "") -> SendMessage:
    """The one neutral line that may stand on a lock screen. `code`: the appeal after which she is asked how she is."""
    show, later, not_me = (
        button(person.language, f"notice.{choice}", Noticed(choice=choice, code=code)) for choice in Reply
    )
    return said(
        person, "notice.waiting", keyboard([show, go(person.language, "button.hide", Place.HIDE)], [later, not_me])
    )


def noticed(person: Person, key: str, on: int | None) -> SendMessage | EditMessageText:
    """One neutral word in place of the line she put off."""
    return screen(person, text(person.language, key), keyboard(), on)


def how_are_you(person: Person, code: CaseCode, on: int | None) -> SendMessage | EditMessageText:
    """How is she? With a way back to help, and a way to be asked no more."""
    language = person.language
    rows = [[button(language, f"follow_up.{each}", HowSheIs(code=code, answer=each))] for each in Wellbeing]
    markup = keyboard(*rows, at_hand(language))
    return screen(person, text(language, "follow_up.ask", code=code), markup, on)


def status_name(language: str | None, case: Case) -> Markup:
    """Where a case stands, in her words."""
    return text(language, f"status.{type(case).__name__.lower()}")


def _at_hand(reader: Reader) -> InlineKeyboardMarkup:
    return keyboard(at_hand(reader.language), [go(reader.language, "button.home", Place.HOME)])
