"""Referrals as a lawyer sees them: what there is, to whom, her answer, and what became of it."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from aiogram.methods import EditMessageText, SendMessage
from aiogram.types import InlineKeyboardMarkup

from bot.domain.case import CaseFile
from bot.domain.follow_up import Reach
from bot.domain.ids import CaseCode
from bot.domain.people import LANGUAGES, Person
from bot.domain.police import PoliceLink
from bot.domain.referral import (
    GIVEN_UP_AFTER,
    Addressee,
    Need,
    Referral,
    ReferralState,
    ReferralStep,
    TargetKind,
)
from bot.i18n import Markup, label, moment_in, text
from bot.telegram.callbacks import Act, CaseAct
from bot.telegram.keyboards import Row, button, cut, keyboard, named
from bot.telegram.messages.common import lines, message, paragraphs, quoted, said, screen
from bot.telegram.referral_buttons import ReferralLetter, ReferralOf, ReferTarget, ReferTo

PAGE = 8
Named = tuple[Referral, Addressee]

WRITTEN = frozenset({ReferralState.AGREED, ReferralState.SENT, ReferralState.ACCEPTED})
"""While a referral is like this, a letter can be made for it."""


def overview(
    person: Person, code: CaseCode, referrals: Sequence[Named], *, may_add: bool, on: int | None
) -> SendMessage | EditMessageText:
    """The referrals of a case, and the ways to a new one while he holds it."""
    language = person.language
    words = paragraphs(
        text(language, "referral", code=code),
        lines(*(line(language, each) for each in referrals)) or text(language, "referral.none"),
    )
    rows = [[named(cut(who.name(language)), ReferralOf(id=one.id))] for one, who in referrals]
    new = [[button(language, f"button.refer.{kind}", ReferTo(code=code, kind=kind))] for kind in TargetKind]
    back = [button(language, "button.back", CaseAct(act=Act.OPEN, code=code))]
    return screen(person, words, keyboard(*rows, *(new if may_add else []), back), on)


def choose(
    person: Person, listed: Sequence[Addressee], here: ReferTo, *, warned: bool, on: int | None
) -> SendMessage | EditMessageText:
    """To whom? `warned`: some are left out because an official is involved; they stand behind a button of their own."""
    language, pages = person.language, max(1, -(-len(listed) // PAGE))
    page = here.page % pages
    shown = listed[page * PAGE : (page + 1) * PAGE]
    names = [f"{_sign(each)}{number}. {each.name(language)}" for number, each in enumerate(shown, page * PAGE + 1)]
    words = paragraphs(
        text(language, "referral.choose", code=here.code),
        quoted(*names) or None,
        text(language, "referral.unchecked") if any(not each.checked for each in shown) else None,
        text(language, "referral.linked") if here.linked else None,
        None if listed else text(language, "referral.nobody"),
    )
    rows: list[Row] = [
        [named(cut(name), ReferTarget(code=here.code, **_ids(each)))] for name, each in zip(names, shown, strict=True)
    ]
    if pages > 1:
        more = here.model_copy(update={"page": (page + 1) % pages})
        rows.append([button(language, "button.more", more)])
    if warned and not here.linked:
        linked = here.model_copy(update={"linked": True, "page": 0})
        rows.append([button(language, "button.refer.linked", linked)])
    back = [button(language, "button.back", CaseAct(act=Act.REFER, code=here.code))]
    return screen(person, words, keyboard(*rows, back), on)


def consider(
    person: Person, file: CaseFile, who: Addressee, facts: Sequence[str], *, warned: bool, on: int | None
) -> SendMessage | EditMessageText:
    """This one: what they would learn, whether anybody has checked them, and whether it leads to the police.

    Who came by phone can't be asked here: the lawyer asks, and writes down her yes.
    """
    language, code = person.language, file.code
    words = paragraphs(
        text(language, "nearby.name", name=who.name(language)),
        None if who.checked else text(language, "referral.unchecked"),
        None if who.police_linked is PoliceLink.NO else text(language, "nearby.police"),
        text(language, "referral.linked") if warned else None,
        text(language, "referral.will_know", facts=" · ".join(facts)),
        text(language, "referral.by_phone") if file.channel else None,
    )
    key = "button.refer.agreed" if file.channel else "button.refer.ask"
    ask = [button(language, key, ReferTarget(code=code, **_ids(who), ask=True))]
    back = [button(language, "button.back", ReferTo(code=code, kind=who.target.kind, linked=warned))]
    return screen(person, words, keyboard(ask, back), on)


def asked(person: Person, code: CaseCode, reach: Reach | None) -> SendMessage:
    """She has been asked, and how the question reaches her."""
    return said(person, f"relay.{reach or 'unreachable'}", None, code=code)


def one(person: Person, named_: Named, zone: ZoneInfo, on: int | None) -> SendMessage | EditMessageText:
    """A referral as it stands, and what can be done with it."""
    language, (referral, who) = person.language, named_
    words = paragraphs(
        text(language, "referral.one", code=referral.case, name=who.name(language)),
        text(
            language,
            "referral.since",
            state=label(language, f"referral.state.{referral.state}"),
            moment=moment_in(language, referral.moved_at, zone),
        ),
        text(language, "referral.said_no") if referral.state is ReferralState.DECLINED else None,
    )
    return screen(person, words, keyboard(*_ways(language, referral)), on)


def answered(person: Person, named_: Named) -> SendMessage:
    """She has said yes or no, or has taken her yes back before anything went out."""
    referral, who = named_
    key = "referral.answer.yes" if referral.state is ReferralState.AGREED else "referral.answer.no"
    return said(person, key, _door(person, referral), code=referral.case, name=who.name(person.language))


def stop(person: Person, named_: Named, *, his: bool) -> SendMessage:
    """She would rather have it stopped, though it has gone out. `his`: it is his case, so the referral opens to him."""
    referral, who = named_
    markup = _door(person, referral) if his else None
    return said(person, "referral.answer.stop", markup, code=referral.case, name=who.name(person.language))


def due(person: Person, named_: Named, zone: ZoneInfo) -> SendMessage:
    """What became of it? After a while in vain *no answer* is offered."""
    language, (referral, who) = person.language, named_
    words = paragraphs(
        text(
            language,
            f"referral.due.{referral.state}",
            code=referral.case,
            name=who.name(language),
            moment=moment_in(language, referral.moved_at, zone),
        ),
        text(language, "referral.due.give_up") if _in_vain(referral) else None,
    )
    return message(person, words, keyboard(*_ways(language, referral)))


def letter(
    person: Person, named_: Named, chosen: ReferralLetter, needs: Sequence[Need], on: int | None
) -> SendMessage | EditMessageText:
    """In which language, and what it asks for; a tap on what is chosen takes it back."""
    language, (referral, who) = person.language, named_
    tongues = [
        named(_ticked(label(each, f"language.{each}"), each == chosen.language), _with(chosen, language=each))
        for each in LANGUAGES
    ]
    asks = [
        [named(_ticked(label(language, f"letter.need.{need}"), need in needs),
               _with(chosen, needs=chosen.needs ^ 1 << list(Need).index(need)))]
        for need in Need
    ]  # fmt: skip
    made = [button(language, "button.letter_made", _with(chosen, made=True))] if needs else []
    back = [button(language, "button.back", ReferralOf(id=referral.id))]
    words = text(language, "referral.letter", code=referral.case, name=who.name(language))
    return screen(person, words, keyboard(tongues[:2], tongues[2:], *asks, made, back), on)


def _ways(language: str | None, referral: Referral) -> list[Row]:
    letter = ReferralLetter(id=referral.id)
    steps = [each for each in referral.steps if each is not ReferralStep.GIVE_UP or _in_vain(referral)]
    return [
        [button(language, "button.letter", letter)] if referral.state in WRITTEN else [],
        *([button(language, f"button.referral.{step}", ReferralOf(id=referral.id, step=step))] for step in steps),
        [button(language, "button.back", CaseAct(act=Act.REFER, code=referral.case))],
    ]


def _in_vain(referral: Referral) -> bool:
    return referral.state is ReferralState.SENT and referral.stage >= GIVEN_UP_AFTER


def line(language: str | None, named_: Named) -> Markup:
    """To whom, and how far it has come."""
    referral, who = named_
    state = label(language, f"referral.state.{referral.state}")
    return text(language, "referral.line", name=who.name(language), state=state)


def _door(person: Person, referral: Referral) -> InlineKeyboardMarkup:
    return keyboard([button(person.language, "button.refer_open", ReferralOf(id=referral.id))])


def _ids(who: Addressee) -> dict[str, str]:
    return {"kind": who.target.kind, "id": who.target.id}


def _sign(who: Addressee) -> str:
    return "" if who.checked else "❔ "


def _ticked(words: str, chosen: bool) -> str:
    return f"☑️ {words}" if chosen else words


def _with(letter: ReferralLetter, **changed: object) -> ReferralLetter:
    return letter.model_copy(update=changed)
