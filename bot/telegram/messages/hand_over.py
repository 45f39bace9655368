"""What lawyers see of a hand-over: to whom, the offer with its note, what became of it."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram.methods import EditMessageText, SendMessage
from aiogram.types import InlineKeyboardButton

from bot.domain.case import Claimed
from bot.domain.hand_over import HandOver
from bot.domain.ids import CaseCode
from bot.domain.people import Person
from bot.i18n import label, moment_in, text
from bot.telegram.callbacks import Act, CaseAct
from bot.telegram.keyboards import button, keyboard, named
from bot.telegram.messages.common import message, paragraphs, screen
from bot.telegram.messages.operators import card_words
from bot.telegram.work_buttons import HandTo, Offer, OfferAct


def whom(person: Person, code: CaseCode, others: Sequence[Person], on: int | None) -> SendMessage | EditMessageText:
    """To whom? To a colleague by working name, or to whoever takes it."""
    language = person.language
    rows = [[named(_name(language, each), HandTo(code=code, id=each.id))] for each in others]
    queue = [button(language, "button.hand_to_queue", HandTo(code=code))]
    back = [button(language, "button.back", CaseAct(act=Act.OPEN, code=code))]
    return screen(person, text(language, "hand_over.whom", code=code), keyboard(queue, *rows, back), on)


def standing(
    person: Person, offer: HandOver, to: Person | None, zone: ZoneInfo, on: int | None
) -> SendMessage | EditMessageText:
    """What he has offered and nobody has accepted yet; he may take it back."""
    language = person.language
    words = text(
        language,
        "hand_over.standing" if to else "hand_over.standing_queue",
        code=offer.case,
        name=_name(language, to) if to else "",
        moment=moment_in(language, offer.at, zone),
    )
    return screen(person, words, keyboard([_act(person, OfferAct.WITHDRAW, offer.case)]), on)


def offer(
    person: Person, case: Claimed, offer: HandOver, giver: Person, note: str, zone: ZoneInfo, now: datetime
) -> SendMessage:
    """What a colleague wants to give him: the facts of the card, and the note."""
    language, code = person.language, case.file.code
    name = _name(language, giver)
    words = paragraphs(
        text(language, "hand_over.offer", code=code, name=name),
        card_words(language, case, zone, now, name),
        text(language, "hand_over.note", note=note),
        text(language, "hand_over.how"),
    )
    rows = [[_act(person, OfferAct.ACCEPT, code)]]
    if offer.to is not None:
        rows.append([_act(person, OfferAct.DECLINE, code)])
    rows.append([button(language, "button.not_me", CaseAct(act=Act.NOT_ME, code=code))])
    return message(person, words, keyboard(*rows), protected=True)


def ended(person: Person, code: CaseCode) -> EditMessageText:
    """In place of an offer that stands no more."""
    gone = screen(person, text(person.language, "hand_over.ended", code=code), keyboard(), on=0)
    assert isinstance(gone, EditMessageText)
    return gone


def declined(giver: Person, code: CaseCode, name: str) -> SendMessage:
    """The giver still has it, and may ask somebody else."""
    again = [button(giver.language, "button.hand_over", CaseAct(act=Act.HAND_OVER, code=code))]
    return message(giver, text(giver.language, "hand_over.declined", code=code, name=name), keyboard(again))


def unanswered(giver: Person, offer: HandOver, to: Person | None, zone: ZoneInfo) -> SendMessage:
    """A day has passed and nobody has answered; he still has it."""
    language = giver.language
    words = text(
        language,
        "hand_over.unanswered",
        code=offer.case,
        name=_name(language, to) if to else label(language, "hand_over.whoever"),
        moment=moment_in(language, offer.at, zone),
    )
    return message(giver, words, keyboard([_act(giver, OfferAct.WITHDRAW, offer.case)]))


def said(person: Person, key: str, code: CaseCode, on: int | None, **params: object) -> SendMessage | EditMessageText:
    """What has become of an offer, where it stood."""
    return screen(person, text(person.language, key, code=code, **params), keyboard(), on)


def _name(language: str | None, person: Person) -> str:
    return person.working_name or label(language, "team.unnamed")


def _act(person: Person, act: OfferAct, code: CaseCode) -> InlineKeyboardButton:
    return button(person.language, f"button.offer.{act}", Offer(act=act, code=code))
