"""All cases of a leaver in one go, as coordinators and colleagues see it: by number, and never by code or word."""

from collections import Counter
from collections.abc import Sequence

from aiogram.methods import EditMessageText, SendMessage

from bot.domain.desk import Pile
from bot.domain.people import Person
from bot.domain.team import Load
from bot.domain.triage import Urgency
from bot.i18n import label, number_in, text
from bot.telegram.desk_buttons import DeskLeaf
from bot.telegram.keyboards import button, keyboard, named
from bot.telegram.messages.common import SIGNS, lines, message, paragraphs, said, screen
from bot.telegram.messages.members import name_of
from bot.telegram.team_buttons import AllAct, AllOf, GiveAll, Member, MemberAct


def whom(
    person: Person, giver: Person, number: int, others: Sequence[tuple[Person, Load]], on: int | None
) -> SendMessage | EditMessageText:
    """To a colleague, with what each holds already, or to the queue."""
    language = person.language
    rows = [
        [named(f"{name_of(language, each)} · {number_in(language, load.open)}", GiveAll(id=giver.id, to=each.id))]
        for each, load in others
    ]
    to_queue = [button(language, "button.give_all.queue", GiveAll(id=giver.id, to="queue"))]
    back = [button(language, "button.back", Member(act=MemberAct.SHOW, id=giver.id))]
    words = text(language, "hand_all.whom", name=name_of(language, giver), number=number_in(language, number))
    return screen(person, words, keyboard(*rows, to_queue, back), on)


def ask_note(
    person: Person, giver: Person, asked: Person | None, number: int, left: int, on: int | None
) -> SendMessage | EditMessageText:
    """One note for all of them; what is left out is counted."""
    language = person.language
    words = lines(
        text(language, "hand_all.note", to=_to(language, asked), number=number_in(language, number)),
        text(language, "hand_all.left", number=number_in(language, left)) if left else None,
    )
    back = [button(language, "button.back", Member(act=MemberAct.SHOW, id=giver.id))]
    return screen(person, words, keyboard(back), on)


def given(person: Person, giver: Person, asked: Person | None, number: int, left: int) -> SendMessage:
    """The colleague is asked, or they wait in the queue."""
    language = person.language
    words = lines(
        text(
            language,
            "hand_all.asked" if asked else "hand_all.queued",
            to=_to(language, asked),
            number=number_in(language, number),
        ),
        text(language, "hand_all.left", number=number_in(language, left)) if left else None,
    )
    back = [button(language, "button.back", Member(act=MemberAct.SHOW, id=giver.id))]
    return message(person, words, keyboard(back))


def yours_are_given(giver: Person, asked: Person | None, number: int) -> SendMessage:
    """Whose cases they are, or were."""
    language = giver.language
    key = "hand_all.yours_asked" if asked else "hand_all.yours_queued"
    return said(giver, key, None, to=_to(language, asked), number=number_in(language, number))


def offered(person: Person, coordinator: Person, giver: Person, urgencies: Sequence[Urgency]) -> SendMessage:
    """So many cases of a colleague; each can be looked at by itself, with the note, before he says yes.

    The note goes with each case and not with all of them: it may name somebody, and is erased with her case.
    """
    language, counts = person.language, Counter(urgencies)
    urgent = [each for each in (Urgency.IMMEDIATE, Urgency.HIGH) if counts[each]]
    words = paragraphs(
        text(
            language,
            "hand_all.offer",
            asks=name_of(language, coordinator),
            name=name_of(language, giver),
            number=number_in(language, len(urgencies)),
        ),
        " · ".join(f"{SIGNS[each]} {number_in(language, counts[each])}" for each in urgent),
    )
    rows = [
        [button(language, "button.all.accept", AllOf(act=AllAct.ACCEPT, id=giver.id))],
        [button(language, "button.all.singly", AllOf(act=AllAct.SINGLY, id=giver.id))],
        [button(language, "button.all.decline", AllOf(act=AllAct.DECLINE, id=giver.id))],
    ]
    return message(person, words, keyboard(*rows), protected=True)


def accepted(person: Person, number: int, on: int | None) -> SendMessage | EditMessageText:
    """They are his; each opens from his desk."""
    language = person.language
    desk = [button(language, "button.desk", DeskLeaf(pile=Pile.MINE))]
    return screen(person, text(language, "hand_all.yours", number=number_in(language, number)), keyboard(desk), on)


def declined(person: Person, on: int | None) -> SendMessage | EditMessageText:
    """He can't take them."""
    return screen(person, text(person.language, "hand_all.you_declined"), keyboard(), on)


def has_accepted(person: Person, lawyer: Person, number: int) -> SendMessage:
    """To whoever asked, and to whose cases they were."""
    language = person.language
    return said(person, "hand_all.accepted", None, name=name_of(language, lawyer), number=number_in(language, number))


def has_declined(person: Person, lawyer: Person, number: int) -> SendMessage:
    """To the same: the cases are where they were."""
    language = person.language
    return said(person, "hand_all.declined", None, name=name_of(language, lawyer), number=number_in(language, number))


def _to(language: str | None, asked: Person | None) -> str:
    return name_of(language, asked) if asked else label(language, "hand_all.to_queue")
