"""Referrals as she sees them: who would learn what of her, that it is hers to decide, and what has gone out."""

from collections.abc import Sequence

from aiogram.methods import EditMessageText, SendMessage

from bot.domain.case import CaseFile
from bot.domain.people import Person
from bot.domain.police import PoliceLink
from bot.domain.referral import OUT, Addressee, Referral, ReferralState, ReferralStep
from bot.i18n import Markup, label, text
from bot.telegram.callbacks import Place
from bot.telegram.keyboards import Row, at_hand, button, go, keyboard
from bot.telegram.messages.common import (
    answer_name,
    category_name,
    lines,
    message,
    paragraphs,
    region_name,
    screen,
)
from bot.telegram.referral_buttons import MyReferral

Named = tuple[Referral, Addressee]
NAME_MOST = 40


def facts(language: str | None, file: CaseFile) -> list[str]:
    """What a letter says of a case, and nothing else: what it is about, where, and how old she is, as far as known."""
    return [
        category_name(language, file.category),
        *([region_name(language, file.region)] if file.region else []),
        *([answer_name(language, "age", file.age)] if file.age else []),
    ]


def ask(person: Person, file: CaseFile, named_: Named) -> SendMessage:
    """May it be named there? Who will learn what; yes and no weigh the same."""
    language, (referral, who) = person.language, named_
    yes, no = (
        button(language, f"button.agree.{word}", MyReferral(id=referral.id, given=given))
        for word, given in (("yes", True), ("no", False))
    )
    words = paragraphs(
        text(language, "consents.asked", code=referral.case),
        text(language, "sharing.ask", name=who.name(language)),
        None if who.police_linked is PoliceLink.NO else text(language, "nearby.police"),
        text(language, "sharing.will_know", facts=" · ".join(facts(language, file))),
        text(language, "consents.free"),
    )
    return message(person, words, keyboard([yes, no], at_hand(language)))


def answered(person: Person, named_: Named, *, wished: bool, on: int | None) -> SendMessage | EditMessageText:
    """How it stands after her tap, said honestly. `wished`: she would rather have it stopped, and it has gone out."""
    language, (referral, who) = person.language, named_
    key = "sharing.too_late" if wished else f"sharing.now.{referral.state}"
    words = paragraphs(
        text(language, "sharing.about", code=referral.case),
        text(language, "nearby.name", name=who.name(language)),
        text(language, key),
    )
    mine = [go(language, "button.sharing", Place.SHARING)]
    return screen(person, words, keyboard(mine, at_hand(language), [go(language, "button.home", Place.HOME)]), on)


def sent(person: Person, named_: Named) -> SendMessage:
    """It has gone out; from now on it can't be taken back."""
    language, (referral, who) = person.language, named_
    words = paragraphs(
        text(language, "sharing.about", code=referral.case),
        text(language, "sharing.sent", name=who.name(language)),
    )
    return message(person, words, keyboard([go(language, "button.sharing", Place.SHARING)], at_hand(language)))


def mine(person: Person, referrals: Sequence[Named], on: int | None) -> SendMessage | EditMessageText:
    """Every referral of hers, and one tap to change her answer while that changes anything."""
    language = person.language
    words = paragraphs(
        text(language, "sharing"),
        *(_line(language, each) for each in referrals),
        None if referrals else text(language, "sharing.none"),
    )
    rows = [_change(language, each) for each in referrals]
    back = [go(language, "button.back", Place.DATA), go(language, "button.home", Place.HOME)]
    return screen(person, words, keyboard(*rows, at_hand(language), back), on)


def in_export(language: str | None, named_: Named, moment: str) -> str:
    """A referral as a line of everything that is kept about her; since when it is as it is."""
    referral, who = named_
    state = _state(language, referral)
    return label(language, "export.referral", moment=moment, name=who.name(language), state=state)


def _line(language: str | None, named_: Named) -> Markup:
    referral, who = named_
    return lines(
        text(language, "nearby.name", name=who.name(language)),
        text(language, "sharing.state", code=referral.case, state=_state(language, referral)),
    )


def _state(language: str | None, referral: Referral) -> str:
    return label(language, f"sharing.state.{referral.state}")


def _change(language: str | None, named_: Named) -> Row:
    referral, who = named_
    name = who.name(language)[:NAME_MOST]
    if referral.state in OUT:
        return [button(language, "sharing.stop", MyReferral(id=referral.id, given=False), name=name)]
    if referral.state is ReferralState.ASKED:
        return [
            button(language, f"button.agree.{word}", MyReferral(id=referral.id, given=given))
            for word, given in (("yes", True), ("no", False))
        ]
    if referral.after(ReferralStep.DECLINE):
        return [button(language, "consents.take_back", MyReferral(id=referral.id, given=False), name=name)]
    if referral.after(ReferralStep.AGREE):
        return [button(language, "consents.give", MyReferral(id=referral.id, given=True), name=name)]
    return []
